/*
 * pipeline_coded.c - the events of one document in the formats of event data.
 *
 * Method  each event becomes a rap_coded_event; module exchange knows the formats. What is
 *         printed is what `annotate` prints as JSON: at least as likely right as wrong.
 */
#include "pipeline.h"

#include <stdlib.h>

static const float SHOWN = 0.5f;

enum { NUMBER_BITS = 14, ADDRESS_BYTES = 64 };

typedef struct coder {
    rap_arena arena;
    const rap_document *doc;
    const rap_places *places;
    rap_points points;
    char hex[65];
    uint64_t high; /* the document's part of an event's number */
    bool failed;   /* the arena refused: one check at the end */
} coder;

/* ---- pieces ----------------------------------------------------------------------- */

static const char *text_of(coder *c, rap_slice s)
{
    if (!s.len) return "";
    const char *at = rap_arena_copy(&c->arena, s).at;
    c->failed |= !at;
    return at ? at : "";
}

static const rap_coded_actor *actors_of(coder *c, const uint32_t *index, uint32_t count)
{
    rap_coded_actor *list = rap_new(&c->arena, rap_coded_actor, count);
    c->failed |= !list;
    for (uint32_t i = 0; list && i < count; i++) {
        const rap_actor *actor = &c->doc->names.actor[index[i]];
        list[i] = (rap_coded_actor){
            .name = text_of(c, actor->name),
            .code = text_of(c, actor->code),
            .sector = text_of(c, actor->sector),
            .key = text_of(c, actor->key),
            .role = actor->roles ? text_of(c, actor->role[0].text) : ""};
    }
    return list;
}

/* The sentence that holds byte `at`, from 1; 0 between sentences. */
static uint32_t sentence_at(const rap_tokens *tokens, uint32_t at)
{
    uint32_t low = 0, high = tokens->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (tokens->span[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < tokens->count && tokens->span[low].begin <= at
               ? tokens->sentence[low] + 1
               : 0;
}

static const char *speaker_of(coder *c, uint32_t statement)
{
    if (statement == RAP_NONE) return "";
    const uint32_t speaker = c->doc->statements.statement[statement].speaker;
    return speaker == RAP_NONE ? "" : text_of(c, c->doc->names.actor[speaker].name);
}

static rap_day published_day(const rap_published *published)
{
    return published->date.precision == RAP_PRECISION_DAY
               ? rap_date_earliest(published->date)
               : RAP_NO_DAY;
}

static void code_report(coder *c, rap_coded_event *out)
{
    const rap_article *article = &c->doc->article;
    out->published = published_day(&c->doc->times.published);
    out->document = c->hex;
    out->title = text_of(c, article->title.text);
    out->outlet = text_of(c, article->outlet.text);
    out->url = text_of(c, article->url.text);
    out->language = article->language;
    out->document_chars = rap_points_at(&c->points, article->text.len);
    out->mentions = out->voices = out->articles = 1;
    out->review = "";
}

static rap_coded_event code_event(coder *c, uint32_t index)
{
    const rap_event *e = &c->doc->events.event[index];
    const rap_slice text = c->doc->article.text;
    rap_coded_event out = {
        .id = rap_arena_printf(&c->arena, "%.12s-e%u", c->hex, index + 1),
        .number = c->high | (index & ((1u << NUMBER_BITS) - 1)),
        .earliest = e->date.earliest,
        .latest = e->date.latest,
        .date_basis = rap_basis_name(e->date.basis),
        .type = e->type,
        .mode = e->mode ? e->mode : "",
        .cameo = e->cameo,
        .status = rap_event_status_name(e->status),
        .context = e->context,
        .contexts = e->contexts,
        .source = actors_of(c, e->source, e->sources),
        .sources = e->sources,
        .target = actors_of(c, e->target, e->targets),
        .targets = e->targets,
        .place = rap_places_find(c->places, text_of(c, e->place_name)),
        .words = text_of(c, rap_cut(text, e->evidence)),
        .trigger = text_of(c, rap_cut(text, e->trigger)),
        .begin = rap_points_at(&c->points, e->evidence.begin),
        .end = rap_points_at(&c->points, e->evidence.end),
        .trigger_at = rap_points_at(&c->points, e->trigger.begin),
        .sentence = sentence_at(&c->doc->tokens, e->trigger.begin),
        .address = rap_arena_printf(&c->arena, "rap:%.12s/%u-%u", c->hex,
                                    e->evidence.begin, e->evidence.end),
        .confidence = (double)(int)(e->confidence * 100.0f + 0.5f) / 100.0,
        .said_by = speaker_of(c, e->statement)};
    c->failed |= !out.id || !out.address;
    code_report(c, &out);
    out.mentions = 1 + e->repeats.count;
    return out;
}

/* ---- the whole -------------------------------------------------------------------- */

static rap_status write_event(const rap_coded_event *event, rap_coded_format format,
                              FILE *out, rap_error *err)
{
    switch (format) {
    case RAP_CODED_CAMEO:
        (void)rap_cameo_write(event, out);
        return RAP_OK;
    case RAP_CODED_GDELT:
        (void)rap_gdelt_write(event, out);
        return RAP_OK;
    case RAP_CODED_GDELT_MENTIONS:
        (void)rap_gdelt_write_mentions(event, out);
        return RAP_OK;
    default: /* what has no actor or day is in the JSON of documents */
        if (!rap_coded_has_actor(event) || rap_coded_first_day(event) == RAP_NO_DAY)
            return RAP_OK;
        return rap_plover_write(event, out, err);
    }
}

static rap_status write_events(coder *c, rap_coded_format format, FILE *out,
                               rap_error *err)
{
    const rap_events *events = &c->doc->events;
    rap_status status =
        rap_points_open(&c->arena, c->doc->article.text, &c->points, err);
    for (uint32_t i = 0; !status && i < events->count; i++) {
        if (events->event[i].confidence < SHOWN) continue;
        const rap_coded_event event = code_event(c, i);
        if (c->failed)
            status = rap_fail(err, RAP_E_NOMEM, 0, "no memory for an event");
        else
            status = write_event(&event, format, out, err);
    }
    return status;
}

char *rap_document_coded(const rap_document *document, const rap_places *places,
                         rap_coded_format format, size_t *len)
{
    char *text = NULL;
    rap_error err;
    *len = 0;
    FILE *out = open_memstream(&text, len);
    if (!out) return NULL;
    coder c = {.arena = RAP_ARENA(document->arena.limit), /* as the document itself */
               .doc = document,
               .places = places};
    rap_sha256_hex(&document->sha256, c.hex);
    for (int i = 0; i < 5; i++) c.high = c.high << 8 | document->sha256.byte[i];
    c.high = c.high >> 4 << NUMBER_BITS;
    const rap_status status =
        document->error.status ? RAP_OK : write_events(&c, format, out, &err);
    rap_arena_free(&c.arena);
    if (fclose(out) == 0 && !status) return text;
    free(text);
    return NULL;
}
