/*
 * pipeline_json.c - a document as "rapporteur.document/1"; docs/format/jsonl.md.
 *
 * Method  written straight through with yajl's generator, in a fixed order. Its status
 * is looked at once, at the end: after a failure it writes nothing more.
 */
#include "pipeline.h"
#include "text.h"

#include <stdlib.h>
#include <yajl/yajl_gen.h>

/* Annotate prints what is at least as likely right as wrong. */
static const float SHOWN = 0.5f;
static const float SHOWN_EVENT = 0.01f; /* who codes acts wants what there is */

typedef struct json {
    yajl_gen gen;
    yajl_gen_status status; /* the first failure, or yajl_gen_status_ok */
    bool explains;          /* events tell what made them */
} json;

/* ---- values -----------------------------------------------------------------------
 */

static void note(json *out, yajl_gen_status status)
{
    if (out->status == yajl_gen_status_ok) out->status = status;
}

static void put_slice(json *out, rap_slice s)
{
    note(out,
         yajl_gen_string(out->gen, (const unsigned char *)(s.at ? s.at : ""), s.len));
}

static void put_text(json *out, const char *text)
{
    put_slice(out, rap_slice_of(text));
}

static void put_null(json *out)
{
    note(out, yajl_gen_null(out->gen));
}

static void put_number(json *out, uint64_t value)
{
    char text[24];
    char *at = text + sizeof text;
    do *--at = (char)('0' + value % 10);
    while (value /= 10);
    note(out, yajl_gen_number(out->gen, at, (size_t)(text + sizeof text - at)));
}

/* Two decimals: a calibrated share, not a measurement. */
static void put_share(json *out, float share)
{
    char text[8];
    const unsigned hundredths = (unsigned)(share * 100.0f + 0.5f);
    (void)snprintf(text, sizeof text, "%u.%02u", hundredths / 100 % 10,
                   hundredths % 100);
    note(out, yajl_gen_number(out->gen, text, strlen(text)));
}

static void open_list(json *out)
{
    note(out, yajl_gen_array_open(out->gen));
}

static void close_list(json *out)
{
    note(out, yajl_gen_array_close(out->gen));
}

static void open_object(json *out)
{
    note(out, yajl_gen_map_open(out->gen));
}

static void close_object(json *out)
{
    note(out, yajl_gen_map_close(out->gen));
}

/* ---- named values ------------------------------------------------------------------
 */

static void text_or_null(json *out, const char *name, const char *text)
{
    put_text(out, name);
    if (text && text[0])
        put_text(out, text);
    else
        put_null(out);
}

static void slice_or_null(json *out, const char *name, rap_slice s)
{
    put_text(out, name);
    if (s.len)
        put_slice(out, s);
    else
        put_null(out);
}

static void put_span(json *out, rap_span span)
{
    open_list(out);
    put_number(out, span.begin);
    put_number(out, span.end);
    close_list(out);
}

static void named_span(json *out, const char *name, rap_span span)
{
    put_text(out, name);
    put_span(out, span);
}

static void named_spans(json *out, const char *name, rap_spans spans)
{
    put_text(out, name);
    open_list(out);
    for (uint32_t i = 0; i < spans.count; i++) put_span(out, spans.at[i]);
    close_list(out);
}

static void day_or_null(json *out, const char *name, rap_day day)
{
    char text[12];
    rap_day_format(day, text);
    text_or_null(out, name, text);
}

static void named_share(json *out, float share)
{
    put_text(out, "confidence");
    put_share(out, share);
}

static void named_true(json *out, const char *name)
{
    put_text(out, name);
    note(out, yajl_gen_bool(out->gen, 1));
}

static void put_id(json *out, char letter, uint32_t index)
{
    char id[16];
    char *at = id + sizeof id;
    uint64_t value = (uint64_t)index + 1;
    do *--at = (char)('0' + value % 10);
    while (value /= 10);
    *--at = letter;
    put_slice(out, (rap_slice){at, (uint32_t)(id + sizeof id - at)});
}

static void named_id(json *out, const char *name, char letter, uint32_t index)
{
    put_text(out, name);
    if (index == RAP_NONE)
        put_null(out);
    else
        put_id(out, letter, index);
}

static void named_actors(json *out, const char *name, const uint32_t *actor,
                         uint32_t count)
{
    put_text(out, name);
    open_list(out);
    for (uint32_t i = 0; i < count; i++) put_id(out, 'a', actor[i]);
    close_list(out);
}

static void named_slices(json *out, const char *name, const rap_slice *slice,
                         uint32_t count)
{
    put_text(out, name);
    open_list(out);
    for (uint32_t i = 0; i < count; i++) put_slice(out, slice[i]);
    close_list(out);
}

/* ---- head
 * ---------------------------------------------------------------------------- */

/* Paths are bytes; JSON is UTF-8: what is not becomes '?'. */
static void put_path(json *out, const char *path)
{
    const rap_slice s = rap_slice_of(path);
    if (rap_utf8_bad(s) == s.len) {
        put_slice(out, s);
        return;
    }
    char *ascii = strdup(path);
    for (char *at = ascii; at && *at; at++)
        if ((unsigned char)*at >= 0x80) *at = '?';
    put_text(out, ascii);
    free(ascii);
}

static void put_source(json *out, const rap_document *doc)
{
    char hex[65];
    rap_sha256_hex(&doc->sha256, hex);
    put_text(out, "source");
    open_object(out);
    put_text(out, "path");
    put_path(out, doc->path);
    text_or_null(out, "sha256", hex);
    put_text(out, "bytes");
    put_number(out, doc->bytes);
    text_or_null(out, "media_type", rap_media_name(doc->media));
    text_or_null(out, "charset", doc->decoded.charset);
    close_object(out);
}

static void put_field(json *out, const char *name, const rap_field *field)
{
    put_text(out, name);
    if (!field->text.len) {
        put_null(out);
        return;
    }
    open_object(out);
    slice_or_null(out, "text", field->text);
    if (field->span.end > field->span.begin)
        named_span(out, "span", field->span);
    else
        text_or_null(out, "span", NULL);
    text_or_null(out, "basis", rap_basis_name(field->basis));
    close_object(out);
}

static void put_published(json *out, const rap_published *published)
{
    static const char *const precision[] = {"none", "day", "month", "year", "range"};
    put_text(out, "published");
    if (published->basis == RAP_BASIS_UNKNOWN) {
        put_null(out);
        return;
    }
    char value[12];
    rap_date_format(published->date, value);
    open_object(out);
    text_or_null(out, "value", value);
    day_or_null(out, "earliest", published->earliest);
    day_or_null(out, "latest", published->latest);
    text_or_null(out, "precision", precision[published->date.precision]);
    text_or_null(out, "basis", rap_basis_name(published->basis));
    named_spans(out, "evidence", published->evidence);
    close_object(out);
}

static void put_meta(json *out, const rap_document *doc)
{
    const rap_article *article = &doc->article;
    put_text(out, "meta");
    open_object(out);
    put_field(out, "title", &article->title);
    put_field(out, "author", &article->author);
    put_field(out, "outlet", &article->outlet);
    slice_or_null(out, "url", article->url.text);
    text_or_null(out, "language", article->language);
    text_or_null(out, "kind", rap_article_kind_name(article->kind));
    put_published(out, &doc->times.published);
    put_text(out, "truncated");
    note(out, yajl_gen_bool(out->gen, article->truncated));
    close_object(out);
}

/* ---- layers
 * ---------------------------------------------------------------------------- */

static void put_zones(json *out, const rap_article *article)
{
    put_text(out, "zones");
    open_list(out);
    for (uint32_t i = 0; i < article->zones; i++) {
        const rap_zone *zone = &article->zone[i];
        open_object(out);
        text_or_null(out, "kind", rap_zone_name(zone->kind));
        named_span(out, "span", zone->span);
        if (zone->sub) text_or_null(out, "sub", zone->sub);
        if (zone->duplicate_of != RAP_NONE && zone->duplicate_of < article->zones)
            named_span(out, "duplicate_of", article->zone[zone->duplicate_of].span);
        close_object(out);
    }
    close_list(out);
}

static void put_times(json *out, const rap_times *times)
{
    put_text(out, "times");
    open_list(out);
    for (uint32_t i = 0; i < times->count; i++) {
        const rap_timex *timex = &times->timex[i];
        open_object(out);
        named_id(out, "id", 't', i);
        named_span(out, "span", timex->span);
        text_or_null(out, "type", rap_timex_type_name(timex->type));
        text_or_null(out, "value", timex->value);
        if (timex->mod) text_or_null(out, "mod", timex->mod);
        day_or_null(out, "earliest", timex->earliest);
        day_or_null(out, "latest", timex->latest);
        if (timex->slip) text_or_null(out, "slip", rap_slip_name(timex->slip));
        close_object(out);
    }
    close_list(out);
}

static void put_roles(json *out, const rap_actor *actor)
{
    put_text(out, "roles");
    open_list(out);
    for (uint32_t i = 0; i < actor->roles; i++) {
        open_object(out);
        slice_or_null(out, "text", actor->role[i].text);
        named_span(out, "span", actor->role[i].span);
        close_object(out);
    }
    close_list(out);
}

static void put_actors(json *out, const rap_names *names)
{
    put_text(out, "actors");
    open_list(out);
    for (uint32_t i = 0; i < names->actors; i++) {
        const rap_actor *actor = &names->actor[i];
        open_object(out);
        named_id(out, "id", 'a', i);
        slice_or_null(out, "name", actor->name);
        text_or_null(out, "kind", rap_actor_kind_name(actor->kind));
        slice_or_null(out, "country", actor->country);
        if (actor->code.len) slice_or_null(out, "code", actor->code);
        slice_or_null(out, "sector", actor->sector);
        put_roles(out, actor);
        named_slices(out, "aliases", actor->alias, actor->aliases);
        if (actor->members) named_actors(out, "members", actor->member, actor->members);
        close_object(out);
    }
    close_list(out);
}

static void put_mentions(json *out, const rap_names *names)
{
    put_text(out, "mentions");
    open_list(out);
    for (uint32_t i = 0; i < names->mentions; i++) {
        const rap_mention *mention = &names->mention[i];
        /* Adjectives serve the later stages; they are not mentions of an actor. */
        if (mention->modifier || mention->confidence < SHOWN) continue;
        open_object(out);
        named_span(out, "span", mention->span);
        named_id(out, "actor", 'a', mention->actor);
        text_or_null(out, "form", rap_mention_form_name(mention->form));
        if (mention->nested) named_true(out, "nested");
        named_share(out, mention->confidence);
        close_object(out);
    }
    close_list(out);
}

static void put_when(json *out, const rap_when *when)
{
    char value[12];
    rap_date_format(rap_date_of_value(when->value, when->earliest, when->latest),
                    value);
    put_text(out, "date");
    open_object(out);
    text_or_null(out, "value", value);
    text_or_null(out, "basis", rap_basis_name(when->basis));
    day_or_null(out, "earliest", when->earliest);
    day_or_null(out, "latest", when->latest);
    close_object(out);
}

static void put_statement(json *out, const rap_document *doc, uint32_t i)
{
    const rap_statement *s = &doc->statements.statement[i];
    open_object(out);
    named_id(out, "id", 's', i);
    named_spans(out, "content", s->content);
    named_spans(out, "cue", s->cue);
    named_spans(out, "source", s->source);
    named_id(out, "speaker", 'a', s->speaker);
    if (s->alsos) named_actors(out, "with", s->also, s->alsos);
    named_id(out, "addressee", 'a', s->addressee);
    if (s->within != RAP_NONE) named_id(out, "within", 's', s->within);
    slice_or_null(out, "venue", rap_cut(doc->article.text, s->venue));
    text_or_null(out, "mode", rap_statement_mode_name(s->mode));
    text_or_null(out, "act", rap_act_name(s->act));
    if (s->negated) named_true(out, "negated");
    put_when(out, &s->date);
    named_share(out, s->confidence);
    close_object(out);
}

static void put_plover(json *out, const rap_event *event)
{
    put_text(out, "plover");
    open_object(out);
    text_or_null(out, "type", event->type);
    text_or_null(out, "mode", event->mode);
    put_text(out, "context");
    open_list(out);
    for (uint32_t c = 0; c < event->contexts; c++) put_text(out, event->context[c]);
    close_list(out);
    close_object(out);
}

/* The words that name each actor there; null for one that the report supplies. */
static void named_words(json *out, const char *name, const rap_span *words,
                        uint32_t count)
{
    put_text(out, name);
    open_list(out);
    for (uint32_t i = 0; words && i < count; i++)
        if (words[i].end)
            put_span(out, words[i]);
        else
            put_null(out);
    close_list(out);
}

/* Which row of which list made the event, what it asks for, and which words gave it. */
static void put_explanation(json *out, const rap_event *event)
{
    put_text(out, "explain");
    open_object(out);
    text_or_null(out, "rule", event->rule);
    text_or_null(out, "frame", event->frame);
    named_words(out, "sources", event->source_words, event->sources);
    named_words(out, "targets", event->target_words, event->targets);
    close_object(out);
}

static void put_event(json *out, const rap_document *doc, uint32_t i)
{
    const rap_event *e = &doc->events.event[i];
    open_object(out);
    named_id(out, "id", 'e', i);
    named_span(out, "trigger", e->trigger);
    put_plover(out, e);
    text_or_null(out, "cameo", e->cameo);
    named_actors(out, "sources", e->source, e->sources);
    named_actors(out, "targets", e->target, e->targets);
    named_id(out, "host", 'a', e->host);
    put_when(out, &e->date);
    slice_or_null(out, "place", e->place_name);
    text_or_null(out, "status", rap_event_status_name(e->status));
    named_spans(out, "repeats", e->repeats);
    named_id(out, "statement", 's', e->statement);
    named_share(out, e->confidence);
    if (out->explains) put_explanation(out, e);
    close_object(out);
}

static void put_layers(json *out, const rap_document *doc)
{
    put_meta(out, doc);
    put_text(out, "text");
    put_slice(out, doc->article.text);
    put_zones(out, &doc->article);
    put_times(out, &doc->times);
    put_actors(out, &doc->names);
    put_mentions(out, &doc->names);
    put_text(out, "statements");
    open_list(out);
    for (uint32_t i = 0; i < doc->statements.count; i++)
        if (doc->statements.statement[i].confidence >= SHOWN)
            put_statement(out, doc, i);
    close_list(out);
    put_text(out, "events");
    open_list(out);
    for (uint32_t i = 0; i < doc->events.count; i++)
        if (doc->events.event[i].confidence >= SHOWN_EVENT) put_event(out, doc, i);
    close_list(out);
}

static void put_error(json *out, const rap_error *error)
{
    put_text(out, "error");
    open_object(out);
    text_or_null(out, "code", error->code);
    text_or_null(out, "message", error->text);
    put_text(out, "at");
    put_number(out, error->at);
    close_object(out);
}

/* ---- the whole
 * ---------------------------------------------------------------------------- */

typedef struct buffer {
    char *at;
    size_t len, size;
    bool full; /* the machine has no more memory; what follows is dropped */
} buffer;

static void append(void *context, const char *bytes, size_t len)
{
    buffer *b = context;
    if (b->full) return;
    if (b->size - b->len < len + 1) {
        const size_t wider = (b->size + len) * 3 / 2 + 256;
        char *moved = realloc(b->at, wider);
        if (!moved) {
            b->full = true;
            return;
        }
        b->at = moved;
        b->size = wider;
    }
    memcpy(b->at + b->len, bytes, len);
    b->len += len;
    b->at[b->len] = 0;
}

static char *print_document(const rap_document *document, bool explains, size_t *len)
{
    buffer b = {0};
    json out = {.gen = yajl_gen_alloc(NULL),
                .status = yajl_gen_status_ok,
                .explains = explains};
    *len = 0;
    if (!out.gen) return NULL;
    yajl_gen_config(out.gen, yajl_gen_print_callback, append, &b);
    open_object(&out);
    text_or_null(&out, "schema", "rapporteur.document/1");
    put_source(&out, document);
    if (document->error.status)
        put_error(&out, &document->error);
    else
        put_layers(&out, document);
    close_object(&out);
    yajl_gen_free(out.gen);
    append(&b, "\n", 1);
    if (b.full || out.status != yajl_gen_status_ok) {
        free(b.at);
        return NULL;
    }
    *len = b.len;
    return b.at;
}

char *rap_document_json(const rap_document *document, size_t *len)
{
    return print_document(document, false, len);
}

char *rap_document_json_explained(const rap_document *document, size_t *len)
{
    return print_document(document, true, len);
}
