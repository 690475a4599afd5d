/*
 * exchange_plover.c - events as PLOVER JSON, one a line (draft 2.0, chapter "Data Fields").
 *
 * Method  the fields and their objects are PLOVER's. What it has no field for stands under
 *         "rapporteur", so that nobody takes it for PLOVER's. Its auxiliary modes (future,
 *         hypothetical, negation), which it puts into `context`, say what did not happen.
 */
#include "exchange.h"

#include <jansson.h>
#include <stdlib.h>

static void set(json_t *object, const char *name, const char *text)
{
    if (text && text[0]) (void)json_object_set_new(object, name, json_string(text));
}

static void set_day(json_t *object, const char *name, rap_day day)
{
    char text[12];
    rap_day_format(day, text);
    set(object, name, text);
}

static json_t *entities_of(const rap_coded_actor *actor, uint32_t count)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < count; i++) {
        json_t *item = json_object();
        set(item, "code", actor[i].code);
        set(item, "sector", actor[i].sector);
        set(item, "entity_text", actor[i].name);
        set(item, "identifier_id", actor[i].key);
        set(item, "office", actor[i].role);
        (void)json_array_append_new(list, item);
    }
    return list;
}

static json_t *list_of(const char *text)
{
    json_t *list = json_array();
    if (text && text[0]) (void)json_array_append_new(list, json_string(text));
    return list;
}

static const char *auxiliary_of(const char *status)
{
    if (strcmp(status, "planned") == 0) return "future";
    if (strcmp(status, "proposed") == 0 || strcmp(status, "hypothetical") == 0)
        return "hypothetical";
    return strcmp(status, "denied") == 0 ? "negation" : "";
}

static json_t *contexts_of(const rap_coded_event *event)
{
    json_t *list = list_of(auxiliary_of(event->status));
    for (uint32_t i = 0; i < event->contexts; i++)
        (void)json_array_append_new(list, json_string(event->context[i]));
    return list;
}

static json_t *place_of(const rap_coded_place *place)
{
    json_t *item = json_object();
    set(item, "extracted_place", place->name);
    if (!place->known[0]) return item;
    set(item, "resolved_place", place->known);
    set(item, "country_code", place->country);
    (void)json_object_set_new(item, "lat", json_real(place->latitude));
    (void)json_object_set_new(item, "lon", json_real(place->longitude));
    (void)json_object_set_new(item, "resolution", json_integer(place->region ? 2 : 4));
    return item;
}

static json_t *text_info_of(const rap_coded_event *event)
{
    json_t *item = json_object();
    if (event->sentence)
        (void)json_object_set_new(item, "sequence", json_integer(event->sentence));
    (void)json_object_set_new(item, "start", json_integer(event->begin));
    (void)json_object_set_new(item, "end", json_integer(event->end));
    return item;
}

static json_t *citation_of(const rap_coded_event *event)
{
    json_t *item = json_object();
    set(item, "citation", event->address);
    set(item, "url", event->url);
    set(item, "title", event->title);
    set(item, "language", event->language);
    set(item, "publication", event->outlet);
    set(item, "coder", "Rapporteur");
    set(item, "codebook", "plover-2.0-draft");
    return item;
}

static json_t *own_of(const rap_coded_event *event)
{
    json_t *item = json_object();
    set(item, "status", event->status);
    set(item, "cameo", event->cameo);
    set(item, "date_basis",
        event->earliest == RAP_NO_DAY ? "publication" : event->date_basis);
    set(item, "said_by", event->said_by);
    set(item, "review", event->review);
    (void)json_object_set_new(item, "confidence", json_real(event->confidence));
    (void)json_object_set_new(item, "voices", json_integer(event->voices));
    return item;
}

static json_t *record_of(const rap_coded_event *event)
{
    json_t *item = json_object();
    set(item, "id", event->id);
    set_day(item, "date", rap_coded_first_day(event));
    if (event->earliest != RAP_NO_DAY && event->latest != event->earliest)
        set_day(item, "enddate", event->latest);
    (void)json_object_set_new(item, "actor",
                              entities_of(event->source, event->sources));
    if (event->targets)
        (void)json_object_set_new(item, "recipient",
                                  entities_of(event->target, event->targets));
    (void)json_object_set_new(item, "event", list_of(event->type));
    const int quad = rap_plover_quad(event->type);
    if (quad) (void)json_object_set_new(item, "quad_code", json_integer(quad));
    (void)json_object_set_new(item, "mode", list_of(event->mode));
    (void)json_object_set_new(item, "context", contexts_of(event));
    if (event->trigger[0])
        (void)json_object_set_new(item, "event_text", list_of(event->trigger));
    if (event->place.name[0])
        (void)json_object_set_new(item, "event_loc", place_of(&event->place));
    set(item, "text", event->words);
    (void)json_object_set_new(item, "text_info", text_info_of(event));
    (void)json_object_set_new(item, "cite_info", citation_of(event));
    (void)json_object_set_new(item, "rapporteur", own_of(event));
    return item;
}

rap_status rap_plover_write(const rap_coded_event *event, FILE *out, rap_error *err)
{
    json_t *item = record_of(event);
    char *text = json_dumps(item, JSON_COMPACT | JSON_REAL_PRECISION(6));
    json_decref(item);
    if (!text) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a line of JSON");
    (void)fprintf(out, "%s\n", text);
    free(text);
    return RAP_OK;
}
