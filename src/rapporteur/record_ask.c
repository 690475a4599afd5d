/*
 * record_ask.c - questions to the record, and its page.
 */
#include "export.h"
#include "reading_private.h"

/* Views show what is right 19 times in 20: a wrong entry costs a reader more than a
 * missing one. Who searches or names an entry wants what there is, and sees how sure it
 * is. */
static double shown_confidence(const char *view)
{
    const bool asked = strcmp(view, "find") == 0 || strcmp(view, "show") == 0;
    if (strcmp(view, "events") == 0) return RAP_SHOWN_ACT_CONFIDENCE;
    return asked ? RAP_FOUND_CONFIDENCE : RAP_SHOWN_CONFIDENCE;
}

/* An add that was cut off leaves meetings that are not joined. Join them, if the record
 * can be written just now; if not, it is shown as it is. */
static rap_status finish_join(const char *path)
{
    rap_store *store;
    rap_error why;
    rap_status status = rap_store_open(path, RAP_STORE_WRITE, &store, &why);
    if (status) return status;
    status = rap_store_begin(store, &why);
    if (!status) status = rap_store_join(store, &why);
    if (!status) status = rap_store_commit(store, &why);
    rap_store_close(store);
    return status;
}

rap_status rap_open_joined(const char *path, rap_store **out, rap_error *err)
{
    bool joined = true;
    rap_status status = rap_store_open(path, RAP_STORE_READ, out, err);
    if (!status) status = rap_store_is_joined(*out, &joined, err);
    if (status || joined) return status;
    rap_store_close(*out);
    *out = NULL;
    (void)finish_join(path);
    return rap_store_open(path, RAP_STORE_READ, out, err);
}

rap_filter rap_filter_of(const rapporteur_query *q)
{
    return (rap_filter){.speaker = q->speaker,
                        .actor = q->actor,
                        .place = q->place,
                        .outlet = q->outlet,
                        .type = q->type,
                        .act = q->act,
                        .status = q->status,
                        .document = q->document,
                        .since = q->since,
                        .until = q->until,
                        .about = q->about,
                        .issue = q->issue,
                        .stance = q->stance,
                        .due_before = q->due_before,
                        .review = q->review,
                        .min_confidence = q->min_confidence,
                        .limit = q->limit};
}

static rap_status view_of(const rapporteur_query *q, rap_view *out, rap_error *err)
{
    *out = (rap_view){.name = q->view,
                      .words = q->words,
                      .filter = rap_filter_of(q),
                      .by = q->by,
                      .orphaned = q->orphaned != 0,
                      .agreement = q->agreement != 0,
                      .matrix = q->matrix != 0,
                      .width = q->width,
                      .colour = q->colour != 0};
    if (!q->view || !rap_view_is(q->view))
        return rap_fail(err, RAP_E_USAGE, 0, "there is no view \"%s\"",
                        q->view ? q->view : "");
    /* a matrix is an overview, as on the page: each cell leads to its words */
    if (q->min_confidence < 0)
        out->filter.min_confidence =
            q->matrix ? RAP_FOUND_CONFIDENCE : shown_confidence(q->view);
    if (!rap_format_of(q->format ? q->format : "table", &out->format))
        return rap_fail(err, RAP_E_USAGE, 0,
                        "there is no format \"%s\"; use table, json, jsonl, csv or tsv",
                        q->format);
    return RAP_OK;
}

rapporteur_status rapporteur_ask(const char *path, const rapporteur_query *query,
                                 FILE *out, uint64_t *rows, rapporteur_error *err)
{
    rap_error why = {0};
    rap_view view;
    rap_store *store = NULL;
    uint64_t count = 0;
    rap_status status = view_of(query, &view, &why);
    if (!status) status = rap_open_joined(path, &store, &why);
    if (!status)
        status = query->proposals ? rap_ask_proposals(store, &view, out, &count, &why)
                                  : rap_export_view(store, &view, out, &count, &why);
    rap_store_close(store);
    if (rows) *rows = count;
    return rap_face_error(status, &why, err);
}

/* A page without a title is called as the record's file is, without its ending. */
static const char *title_of(const char *path, const char *title, char out[256])
{
    if (title && title[strspn(title, " \t\r\n")]) return title;
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    const size_t len = dot && dot != name ? (size_t)(dot - name) : strlen(name);
    (void)snprintf(out, 256, "%.*s", (int)(len < 255 ? len : 255), name);
    return out;
}

rapporteur_status rapporteur_report(const char *path, const char *title, FILE *out,
                                    rapporteur_error *err)
{
    char name[256];
    rap_error why = {0};
    rap_store *store = NULL;
    rap_status status = rap_open_joined(path, &store, &why);
    if (!status)
        status = rap_export_page(store, title_of(path, title, name), out, &why);
    rap_store_close(store);
    return rap_face_error(status, &why, err);
}
