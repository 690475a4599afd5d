/*
 * export_webannotation.c - the record as W3C Web Annotations (w3.org/TR/annotation-model).
 *
 * Writes  one AnnotationCollection with one page; an annotation an entry, a target a stretch
 *         of evidence, with a TextQuoteSelector and a TextPositionSelector.
 * Method  the standard counts characters; bytes, roles and addresses stand under a prefix of
 *         our own. A quote is exact: whoever cannot find it at its position, between its
 *         prefix and suffix, has another text and must not guess.
 */
#include "exporting_private.h"

enum { CONTEXT_BYTES = 48 }; /* of prefix and suffix */

typedef struct annotating {
    rap_exporting *job;
    FILE *out;
    uint64_t written;
} annotating;

/* ---- selectors ---------------------------------------------------------------------- */

static bool is_inside(rap_slice text, uint32_t at)
{
    return at < text.len && ((unsigned char)text.at[at] & 0xC0u) == 0x80u;
}

static void set_slice(json_t *object, const char *name, rap_slice s)
{
    (void)json_object_set_new(object, name, json_stringn(s.at, s.len));
}

static json_t *quote_selector(rap_slice text, rap_span span)
{
    uint32_t begin = span.begin > CONTEXT_BYTES ? span.begin - CONTEXT_BYTES : 0;
    uint32_t end =
        text.len - span.end > CONTEXT_BYTES ? span.end + CONTEXT_BYTES : text.len;
    while (is_inside(text, begin)) begin++;
    while (is_inside(text, end)) end--;
    json_t *item = json_object();
    rap_json_set(item, "type", "TextQuoteSelector");
    set_slice(item, "exact", rap_cut(text, span));
    set_slice(item, "prefix", rap_slice_sub(text, begin, span.begin));
    set_slice(item, "suffix", rap_slice_sub(text, span.end, end));
    return item;
}

static json_t *position_selector(const rap_points *points, rap_span span)
{
    json_t *item = json_object();
    rap_json_set(item, "type", "TextPositionSelector");
    (void)json_object_set_new(item, "start",
                              json_integer(rap_points_at(points, span.begin)));
    (void)json_object_set_new(item, "end",
                              json_integer(rap_points_at(points, span.end)));
    return item;
}

/* ---- targets ------------------------------------------------------------------------ */

static json_t *bytes_of(rap_span span)
{
    json_t *list = json_array();
    (void)json_array_append_new(list, json_integer(span.begin));
    (void)json_array_append_new(list, json_integer(span.end));
    return list;
}

/* Where the text is to be found: its own address, else its digest. */
static void set_source(json_t *item, const rap_report *report)
{
    char digest[80];
    (void)snprintf(digest, sizeof digest, "urn:sha256:%s", report->sha256);
    rap_json_set(item, "source", report->url[0] ? report->url : digest);
    rap_json_set(item, "rapporteur:sha256", report->sha256);
}

static json_t *target_of(rap_exporting *job, const rap_evidence *evidence,
                         rap_error *err)
{
    if (rap_exporting_passage(job, evidence->document, evidence->span, err))
        return NULL;
    json_t *selectors = json_array();
    if (!rap_hides(job, RAP_REDACT_QUOTES))
        (void)json_array_append_new(selectors,
                                    quote_selector(job->text, evidence->span));
    (void)json_array_append_new(selectors,
                                position_selector(&job->points, evidence->span));
    json_t *item = json_object();
    rap_json_set(item, "type", "SpecificResource");
    set_source(item, rap_exporting_report(job, evidence->document));
    (void)json_object_set_new(item, "selector", selectors);
    rap_json_set(item, "rapporteur:role", evidence->role);
    rap_json_set(item, "rapporteur:address", rap_exporting_address(job, evidence));
    (void)json_object_set_new(item, "rapporteur:bytes", bytes_of(evidence->span));
    return item;
}

/* ---- annotations -------------------------------------------------------------------- */

static void add_body(json_t *list, const char *purpose, const char *value)
{
    if (!value || !value[0]) return;
    json_t *item = json_object();
    rap_json_set(item, "type", "TextualBody");
    rap_json_set(item, "purpose", purpose);
    rap_json_set(item, "format", "text/plain");
    rap_json_set(item, "value", value);
    (void)json_array_append_new(list, item);
}

static json_t *bodies_of(const rap_entry *e)
{
    json_t *list = json_array();
    add_body(list, "classifying", rap_entry_kind_name(e->kind));
    add_body(list, "tagging", e->type);
    add_body(list, "tagging", e->act);
    add_body(list, "tagging", e->stance);
    add_body(list, "tagging", e->status);
    for (uint32_t i = 0; i < e->who_count; i++)
        add_body(list, "identifying", e->who[i].name);
    for (uint32_t i = 0; i < e->whom_count; i++)
        add_body(list, "identifying", e->whom[i].name);
    add_body(list, "describing", e->what);
    return list;
}

static json_t *annotation_of(const rap_entry *e, json_t *targets)
{
    char id[64];
    (void)snprintf(id, sizeof id, "urn:rapporteur:entry:%s", e->id);
    json_t *item = json_object();
    rap_json_set(item, "id", id);
    rap_json_set(item, "type", "Annotation");
    rap_json_set(item, "motivation", "describing");
    (void)json_object_set_new(item, "body", bodies_of(e));
    (void)json_object_set_new(item, "target", targets);
    rap_json_set(item, "rapporteur:date", e->date);
    (void)json_object_set_new(item, "rapporteur:confidence", json_real(e->confidence));
    rap_json_set(item, "rapporteur:review", e->review);
    return item;
}

static rap_status put_entry(void *state, const rap_entry *entry, rap_error *err)
{
    annotating *a = state;
    json_t *targets = json_array();
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < entry->evidence_count; i++) {
        json_t *target = target_of(a->job, &entry->evidence[i], err);
        if (!target) status = err->status;
        if (target) (void)json_array_append_new(targets, target);
    }
    if (status) {
        json_decref(targets);
        return status;
    }
    (void)fputs(a->written++ ? ",\n" : "\n", a->out);
    return rap_json_put(annotation_of(entry, targets), a->out, err);
}

rap_status rap_export_webannotation(rap_exporting *job, rap_error *err)
{
    annotating a = {.job = job};
    rap_status status = rap_out_begin(job->out, "annotations.jsonld", &a.out, err);
    if (status) return status;
    (void)fputs(
        "{\"@context\":[\"http://www.w3.org/ns/anno.jsonld\","
        "{\"rapporteur\":\"urn:rapporteur:\"}],"
        "\"id\":\"urn:rapporteur:record\",\"type\":\"AnnotationCollection\","
        "\"label\":\"Rapporteur\",\"first\":{\"id\":\"urn:rapporteur:record:1\","
        "\"type\":\"AnnotationPage\",\"partOf\":\"urn:rapporteur:record\","
        "\"startIndex\":0,\"items\":[",
        a.out);
    status = rap_exporting_each(job, put_entry, &a, err);
    (void)fprintf(a.out, "]},\"total\":%llu}\n", (unsigned long long)a.written);
    return status;
}
