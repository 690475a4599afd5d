/*
 * pipeline_timeml.c - a document as TimeML 1.2.1 (timeml.org), as TempEval-3 lays it out.
 *
 * Writes  DCT, the text with TIMEX3 and EVENT around its words, a MAKEINSTANCE an event, and
 *         a TLINK where an event's date comes from an expression of the text.
 * Method  elements may not cross: where two overlap, the one that begins first stays. Taken
 *         out of its elements, TEXT is the document's text, byte for byte (characters that
 *         XML cannot hold apart).
 */
#include "pipeline.h"

#include <stdlib.h>

static const float SHOWN = 0.5f;

typedef struct timeml {
    rap_xml *xml;
    const rap_document *doc;
    bool *written; /* [events] has its EVENT element */
    bool *dated;   /* [times] has its TIMEX3 element */
} timeml;

static void put_number(rap_xml *xml, const char *name, const char *prefix,
                       uint32_t number)
{
    char value[24];
    (void)snprintf(value, sizeof value, "%s%u", prefix, number);
    rap_xml_attribute(xml, name, value);
}

/* ---- head ----------------------------------------------------------------------------- */

static void put_creation_time(rap_xml *xml, const rap_published *published)
{
    char value[12];
    rap_date_format(published->date, value);
    rap_xml_begin(xml, "DCT");
    if (value[0]) {
        rap_xml_begin(xml, "TIMEX3");
        rap_xml_attribute(xml, "tid", "t0");
        rap_xml_attribute(xml, "type", "DATE");
        rap_xml_attribute(xml, "value", value);
        rap_xml_attribute(xml, "temporalFunction", "false");
        rap_xml_attribute(xml, "functionInDocument", "CREATION_TIME");
        rap_xml_text(xml, rap_slice_of(value));
        rap_xml_end(xml);
    }
    rap_xml_end(xml);
}

/* ---- text ----------------------------------------------------------------------------- */

static void put_timex(timeml *t, uint32_t index)
{
    const rap_timex *x = &t->doc->times.timex[index];
    rap_xml_begin(t->xml, "TIMEX3");
    put_number(t->xml, "tid", "t", index + 1);
    rap_xml_attribute(t->xml, "type", rap_timex_type_name(x->type));
    rap_xml_attribute(t->xml, "value", x->value);
    if (x->mod) rap_xml_attribute(t->xml, "mod", x->mod);
    rap_xml_text(t->xml, rap_cut(t->doc->article.text, x->span));
    rap_xml_end(t->xml);
    t->dated[index] = true;
}

static void put_event(timeml *t, uint32_t index)
{
    const rap_event *e = &t->doc->events.event[index];
    rap_xml_begin(t->xml, "EVENT");
    put_number(t->xml, "eid", "e", index + 1);
    rap_xml_attribute(t->xml, "class", "OCCURRENCE");
    rap_xml_text(t->xml, rap_cut(t->doc->article.text, e->trigger));
    rap_xml_end(t->xml);
    t->written[index] = true;
}

static bool is_shown(const timeml *t, uint32_t event)
{
    const rap_event *e = &t->doc->events.event[event];
    return e->confidence >= SHOWN && e->trigger.begin < e->trigger.end;
}

/* Two rising lists merged; what begins before `at` crosses an element and is left out. */
static void put_text(timeml *t)
{
    const rap_slice text = t->doc->article.text;
    const rap_times *times = &t->doc->times;
    const rap_events *events = &t->doc->events;
    uint32_t at = 0, x = 0, e = 0;
    for (;;) {
        while (x < times->count && times->timex[x].span.begin < at) x++;
        while (e < events->count &&
               (!is_shown(t, e) || events->event[e].trigger.begin < at))
            e++;
        const bool has_time = x < times->count, has_event = e < events->count;
        if (!has_time && !has_event) break;
        const bool time_first =
            has_time && (!has_event ||
                         times->timex[x].span.begin <= events->event[e].trigger.begin);
        const rap_span span =
            time_first ? times->timex[x].span : events->event[e].trigger;
        rap_xml_text(t->xml, rap_slice_sub(text, at, span.begin));
        if (time_first)
            put_timex(t, x++);
        else
            put_event(t, e++);
        at = span.end;
    }
    rap_xml_text(t->xml, rap_slice_sub(text, at, text.len));
}

/* ---- tail ----------------------------------------------------------------------------- */

static void put_instance(timeml *t, uint32_t index)
{
    const rap_event *e = &t->doc->events.event[index];
    const bool denied = e->status == RAP_EVENT_DENIED;
    rap_xml_begin(t->xml, "MAKEINSTANCE");
    put_number(t->xml, "eiid", "ei", index + 1);
    put_number(t->xml, "eventID", "e", index + 1);
    rap_xml_attribute(t->xml, "pos", "OTHER");
    rap_xml_attribute(t->xml, "tense",
                      e->status == RAP_EVENT_PLANNED ? "FUTURE" : "NONE");
    rap_xml_attribute(t->xml, "aspect", "NONE");
    rap_xml_attribute(t->xml, "polarity", denied ? "NEG" : "POS");
    if (e->status == RAP_EVENT_PROPOSED || e->status == RAP_EVENT_HYPOTHETICAL)
        rap_xml_attribute(t->xml, "modality", rap_event_status_name(e->status));
    rap_xml_end(t->xml);
}

static void put_link(timeml *t, uint32_t index, uint32_t *links)
{
    const uint32_t timex = t->doc->events.event[index].date.timex;
    if (timex == RAP_NONE || timex >= t->doc->times.count || !t->dated[timex]) return;
    rap_xml_begin(t->xml, "TLINK");
    put_number(t->xml, "lid", "l", ++*links);
    rap_xml_attribute(t->xml, "relType", "IS_INCLUDED");
    put_number(t->xml, "eventInstanceID", "ei", index + 1);
    put_number(t->xml, "relatedToTime", "t", timex + 1);
    rap_xml_end(t->xml);
}

static void put_document(timeml *t)
{
    char hex[65];
    uint32_t links = 0;
    rap_sha256_hex(&t->doc->sha256, hex);
    rap_xml_begin(t->xml, "TimeML");
    rap_xml_attribute(t->xml, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    rap_xml_attribute(t->xml, "xsi:noNamespaceSchemaLocation",
                      "http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd");
    rap_xml_text(t->xml, RAP_LIT("\n"));
    rap_xml_element(t->xml, "DOCID", hex);
    rap_xml_text(t->xml, RAP_LIT("\n"));
    put_creation_time(t->xml, &t->doc->times.published);
    rap_xml_text(t->xml, RAP_LIT("\n"));
    rap_xml_begin(t->xml, "TEXT");
    put_text(t);
    rap_xml_end(t->xml);
    for (uint32_t i = 0; i < t->doc->events.count; i++) {
        if (!t->written[i]) continue;
        rap_xml_text(t->xml, RAP_LIT("\n"));
        put_instance(t, i);
    }
    for (uint32_t i = 0; i < t->doc->events.count; i++)
        if (t->written[i]) put_link(t, i, &links);
    rap_xml_text(t->xml, RAP_LIT("\n"));
    rap_xml_end(t->xml);
}

char *rap_document_timeml(const rap_document *document, size_t *len)
{
    char *text = NULL;
    rap_error err;
    rap_arena arena = RAP_ARENA(document->arena.limit);
    timeml t = {.doc = document,
                .written = rap_new(&arena, bool, document->events.count),
                .dated = rap_new(&arena, bool, document->times.count)};
    *len = 0;
    FILE *out = open_memstream(&text, len);
    rap_status status = out && t.written && t.dated ? RAP_OK : RAP_E_NOMEM;
    if (!status) status = rap_xml_open(out, false, &t.xml, &err);
    if (!status && !document->error.status) put_document(&t);
    if (!status) status = rap_xml_close(t.xml, &err);
    rap_arena_free(&arena);
    if (out && fclose(out) == 0 && !status) return text;
    free(text);
    return NULL;
}
