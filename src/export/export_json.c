/*
 * export_json.c - entries and grids as JSON, by jansson; docs/format/jsonl.md.
 */
#include "export_private.h"

#include <jansson.h>
#include <stdlib.h>

enum { FLAGS = JSON_COMPACT | JSON_REAL_PRECISION(6) };

static json_t *text_or_null(const char *text)
{
    return text && text[0] ? json_string(text) : json_null();
}

static json_t *share_of(double confidence)
{
    return json_real((double)(int)(confidence * 100.0 + 0.5) / 100.0);
}

static json_t *party_of(const rap_party *party)
{
    if (!party) return json_null();
    json_t *item = json_object();
    json_object_set_new(item, "name", json_string(party->name));
    json_object_set_new(item, "kind", text_or_null(party->kind));
    json_object_set_new(item, "country", text_or_null(party->country));
    json_object_set_new(item, "code", text_or_null(party->code));
    json_object_set_new(item, "key", text_or_null(party->key));
    return item;
}

static json_t *parties_of(const rap_party *party, uint32_t count)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < count; i++)
        json_array_append_new(list, party_of(&party[i]));
    return list;
}

static json_t *evidence_of(const rap_entry *entry)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < entry->evidence_count; i++) {
        const rap_evidence *evidence = &entry->evidence[i];
        json_t *span = json_array();
        json_array_append_new(span, json_integer(evidence->span.begin));
        json_array_append_new(span, json_integer(evidence->span.end));
        json_t *item = json_object();
        json_object_set_new(item, "document", json_integer(evidence->document));
        json_object_set_new(item, "path", text_or_null(evidence->path));
        json_object_set_new(item, "outlet", text_or_null(evidence->outlet));
        json_object_set_new(item, "published", text_or_null(evidence->published));
        json_object_set_new(item, "role", text_or_null(evidence->role));
        json_object_set_new(item, "span", span);
        json_object_set_new(item, "quote", json_string(evidence->quote));
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *date_of(const rap_entry *entry)
{
    json_t *date = json_object();
    json_object_set_new(date, "value", text_or_null(entry->date));
    json_object_set_new(date, "earliest", text_or_null(entry->earliest));
    json_object_set_new(date, "latest", text_or_null(entry->latest));
    json_object_set_new(date, "basis", text_or_null(entry->date_basis));
    return date;
}

static void add_own_fields(json_t *item, const rap_entry *entry)
{
    json_t *who = parties_of(entry->who, entry->who_count);
    json_t *whom = parties_of(entry->whom, entry->whom_count);
    if (entry->kind == RAP_ENTRY_STATEMENT) {
        json_object_set_new(item, "speaker",
                            entry->who_count ? party_of(entry->who) : json_null());
        json_object_set_new(item, "speakers", who);
        json_object_set_new(item, "said_by", text_or_null(entry->said_by));
        json_object_set_new(item, "addressee",
                            entry->whom_count ? party_of(entry->whom) : json_null());
        json_object_set_new(item, "venue", text_or_null(entry->venue));
        json_object_set_new(item, "mode", text_or_null(entry->mode));
        json_object_set_new(item, "act", text_or_null(entry->act));
        json_decref(whom);
        return;
    }
    const bool meeting = entry->kind == RAP_ENTRY_MEETING;
    json_object_set_new(item, meeting ? "participants" : "sources", who);
    json_object_set_new(item, "targets", whom);
    json_object_set_new(item, "host", party_of(entry->host));
    json_object_set_new(item, "outcome", json_null());
    json_object_set_new(item, "status", text_or_null(entry->status));
    json_object_set_new(item, "type", text_or_null(entry->type));
    json_object_set_new(item, "mode", text_or_null(entry->mode));
    json_object_set_new(item, "cameo", text_or_null(entry->cameo));
}

static json_t *entry_of(const rap_entry *entry)
{
    json_t *item = json_object();
    json_object_set_new(item, "id", json_string(entry->id));
    json_object_set_new(item, "kind", json_string(rap_entry_kind_name(entry->kind)));
    json_object_set_new(item, "date", date_of(entry));
    json_object_set_new(item, "what", text_or_null(entry->what));
    json_object_set_new(item, "place", text_or_null(entry->place));
    add_own_fields(item, entry);
    json_object_set_new(item, "confidence", share_of(entry->confidence));
    json_object_set_new(item, "review", text_or_null(entry->review));
    json_object_set_new(item, "joined_because", text_or_null(entry->why));
    json_object_set_new(item, "documents", json_integer(entry->documents));
    json_object_set_new(item, "evidence", evidence_of(entry));
    return item;
}

/* Writes one object of a list: "[a,\n b]" or a line each. */
static rap_status put_item(json_t *item, bool lines, bool first, FILE *out,
                           rap_error *err)
{
    char *text = item ? json_dumps(item, FLAGS) : NULL;
    json_decref(item);
    if (!text) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a line of JSON");
    if (!lines) (void)fputs(first ? "[" : ",\n ", out);
    (void)fputs(text, out);
    if (lines) (void)fputc('\n', out);
    free(text);
    return RAP_OK;
}

static void put_end(bool lines, bool empty, FILE *out)
{
    if (!lines) (void)fputs(empty ? "[]\n" : "]\n", out);
}

rap_status rap_entries_json(const rap_entries *entries, const rap_view *view, FILE *out,
                            rap_error *err)
{
    const bool lines = view->format == RAP_FORMAT_JSONL;
    for (uint32_t i = 0; i < entries->count; i++) {
        const rap_status status =
            put_item(entry_of(&entries->entry[i]), lines, i == 0, out, err);
        if (status) return status;
    }
    put_end(lines, entries->count == 0, out);
    return RAP_OK;
}

rap_status rap_grid_json(const rap_grid *grid, const rap_view *view, FILE *out,
                         rap_error *err)
{
    const bool lines = view->format == RAP_FORMAT_JSONL;
    const uint32_t rows = grid->cell.count / grid->columns;
    for (uint32_t r = 0; r < rows; r++) {
        json_t *item = json_object();
        for (uint32_t c = 0; c < grid->columns; c++) {
            const char *cell = grid->cell.at[r * grid->columns + c];
            const bool figure = grid->column[c].right && cell && cell[0];
            json_object_set_new(item, grid->column[c].name,
                                figure ? json_integer(strtoll(cell, NULL, 10))
                                       : text_or_null(cell));
        }
        const rap_status status = put_item(item, lines, r == 0, out, err);
        if (status) return status;
    }
    put_end(lines, rows == 0, out);
    return RAP_OK;
}
