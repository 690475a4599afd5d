/*
 * pipeline_json.c - a document as "rapporteur.document/1"; docs/format/jsonl.md.
 *
 * Method  jansson values, dumped compactly in a fixed order. Failed allocations are
 *         jansson's NULLs, which its _new functions pass on; the end result is then
 * NULL.
 */
#include "pipeline.h"

#include <jansson.h>
#include <stdlib.h>

enum { SIGNIFICANT_DIGITS = 6 };
/* Annotate prints what is at least as likely right as wrong. */
static const float SHOWN = 0.5f;

static json_t *string_of(rap_slice s)
{
    return json_stringn(s.at ? s.at : "", s.len);
}

static json_t *string_or_null(const char *text)
{
    return text && text[0] ? json_string(text) : json_null();
}

static json_t *slice_or_null(rap_slice s)
{
    return s.len ? string_of(s) : json_null();
}

static json_t *span_of(rap_span span)
{
    json_t *pair = json_array();
    json_array_append_new(pair, json_integer(span.begin));
    json_array_append_new(pair, json_integer(span.end));
    return pair;
}

static json_t *spans_of(rap_spans spans)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < spans.count; i++)
        json_array_append_new(list, span_of(spans.at[i]));
    return list;
}

static json_t *day_or_null(rap_day day)
{
    char text[12];
    rap_day_format(day, text);
    return string_or_null(text);
}

/* Two decimals: a calibrated share, not a measurement. */
static json_t *share_of(float confidence)
{
    return json_real((double)(int)(confidence * 100.0f + 0.5f) / 100.0);
}

static json_t *id_of(char letter, uint32_t index)
{
    char id[16];
    (void)snprintf(id, sizeof id, "%c%u", letter, index + 1);
    return json_string(id);
}

static json_t *actor_or_null(uint32_t actor)
{
    return actor == RAP_NONE ? json_null() : id_of('a', actor);
}

static json_t *actors_of(const uint32_t *actor, uint32_t count)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < count; i++)
        json_array_append_new(list, id_of('a', actor[i]));
    return list;
}

/* ---- head ----------------------------------------------------------------------- */

/* Paths are bytes; JSON is UTF-8: what is not becomes '?'. */
static json_t *path_of(const char *path)
{
    json_t *text = json_string(path ? path : "");
    if (text) return text;
    char *ascii = strdup(path);
    for (char *at = ascii; at && *at; at++)
        if ((unsigned char)*at >= 0x80) *at = '?';
    text = json_string(ascii ? ascii : "");
    free(ascii);
    return text;
}

static json_t *source_of(const rap_document *doc)
{
    char hex[65];
    rap_sha256_hex(&doc->sha256, hex);
    json_t *source = json_object();
    json_object_set_new(source, "path", path_of(doc->path));
    json_object_set_new(source, "sha256", json_string(hex));
    json_object_set_new(source, "bytes", json_integer(doc->bytes));
    json_object_set_new(source, "media_type", json_string(rap_media_name(doc->media)));
    json_object_set_new(source, "charset", string_or_null(doc->decoded.charset));
    return source;
}

static json_t *field_of(const rap_field *field)
{
    if (!field->text.len) return json_null();
    json_t *value = json_object();
    json_object_set_new(value, "text", string_of(field->text));
    json_object_set_new(value, "span",
                        field->span.end > field->span.begin ? span_of(field->span)
                                                            : json_null());
    json_object_set_new(value, "basis", json_string(rap_basis_name(field->basis)));
    return value;
}

static json_t *published_of(const rap_published *published)
{
    static const char *const precision[] = {"none", "day", "month", "year", "range"};
    if (published->basis == RAP_BASIS_UNKNOWN) return json_null();
    char value[12];
    rap_date_format(published->date, value);
    json_t *date = json_object();
    json_object_set_new(date, "value", string_or_null(value));
    json_object_set_new(date, "earliest", day_or_null(published->earliest));
    json_object_set_new(date, "latest", day_or_null(published->latest));
    json_object_set_new(date, "precision",
                        json_string(precision[published->date.precision]));
    json_object_set_new(date, "basis", json_string(rap_basis_name(published->basis)));
    json_object_set_new(date, "evidence", spans_of(published->evidence));
    return date;
}

static json_t *meta_of(const rap_document *doc)
{
    const rap_article *article = &doc->article;
    json_t *meta = json_object();
    json_object_set_new(meta, "title", field_of(&article->title));
    json_object_set_new(meta, "author", field_of(&article->author));
    json_object_set_new(meta, "outlet", field_of(&article->outlet));
    json_object_set_new(meta, "url", slice_or_null(article->url.text));
    json_object_set_new(meta, "language", json_string(article->language));
    json_object_set_new(meta, "kind",
                        json_string(rap_article_kind_name(article->kind)));
    json_object_set_new(meta, "published", published_of(&doc->times.published));
    json_object_set_new(meta, "truncated", json_boolean(article->truncated));
    return meta;
}

/* ---- layers ------------------------------------------------------------------------
 */

static json_t *zones_of(const rap_article *article)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < article->zones; i++) {
        const rap_zone *zone = &article->zone[i];
        json_t *item = json_object();
        json_object_set_new(item, "kind", json_string(rap_zone_name(zone->kind)));
        json_object_set_new(item, "span", span_of(zone->span));
        if (zone->sub) json_object_set_new(item, "sub", json_string(zone->sub));
        if (zone->duplicate_of != RAP_NONE && zone->duplicate_of < article->zones)
            json_object_set_new(item, "duplicate_of",
                                span_of(article->zone[zone->duplicate_of].span));
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *times_of(const rap_times *times)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < times->count; i++) {
        const rap_timex *timex = &times->timex[i];
        json_t *item = json_object();
        json_object_set_new(item, "id", id_of('t', i));
        json_object_set_new(item, "span", span_of(timex->span));
        json_object_set_new(item, "type",
                            json_string(rap_timex_type_name(timex->type)));
        json_object_set_new(item, "value", json_string(timex->value));
        if (timex->mod) json_object_set_new(item, "mod", json_string(timex->mod));
        json_object_set_new(item, "earliest", day_or_null(timex->earliest));
        json_object_set_new(item, "latest", day_or_null(timex->latest));
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *roles_of(const rap_actor *actor)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < actor->roles; i++) {
        json_t *role = json_object();
        json_object_set_new(role, "text", string_of(actor->role[i].text));
        json_object_set_new(role, "span", span_of(actor->role[i].span));
        json_array_append_new(list, role);
    }
    return list;
}

static json_t *actors_list(const rap_names *names)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < names->actors; i++) {
        const rap_actor *actor = &names->actor[i];
        json_t *aliases = json_array();
        for (uint32_t a = 0; a < actor->aliases; a++)
            json_array_append_new(aliases, string_of(actor->alias[a]));
        json_t *item = json_object();
        json_object_set_new(item, "id", id_of('a', i));
        json_object_set_new(item, "name", string_of(actor->name));
        json_object_set_new(item, "kind",
                            json_string(rap_actor_kind_name(actor->kind)));
        json_object_set_new(item, "country", slice_or_null(actor->country));
        json_object_set_new(item, "code", slice_or_null(actor->code));
        json_object_set_new(item, "sector", slice_or_null(actor->sector));
        json_object_set_new(item, "roles", roles_of(actor));
        json_object_set_new(item, "aliases", aliases);
        if (actor->members)
            json_object_set_new(item, "members",
                                actors_of(actor->member, actor->members));
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *mentions_of(const rap_names *names)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < names->mentions; i++) {
        const rap_mention *mention = &names->mention[i];
        /* Adjectives serve the later stages; they are not mentions of an actor. */
        if (mention->modifier || mention->confidence < SHOWN) continue;
        json_t *item = json_object();
        json_object_set_new(item, "span", span_of(mention->span));
        json_object_set_new(item, "actor", actor_or_null(mention->actor));
        json_object_set_new(item, "form",
                            json_string(rap_mention_form_name(mention->form)));
        if (mention->nested) json_object_set_new(item, "nested", json_true());
        json_object_set_new(item, "confidence", share_of(mention->confidence));
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *when_of(const rap_when *when)
{
    json_t *date = json_object();
    json_object_set_new(date, "value", string_or_null(when->value));
    json_object_set_new(date, "basis", json_string(rap_basis_name(when->basis)));
    json_object_set_new(date, "earliest", day_or_null(when->earliest));
    json_object_set_new(date, "latest", day_or_null(when->latest));
    return date;
}

static json_t *statements_of(const rap_document *doc)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < doc->statements.count; i++) {
        const rap_statement *s = &doc->statements.statement[i];
        if (s->confidence < SHOWN) continue;
        json_t *item = json_object();
        json_object_set_new(item, "id", id_of('s', i));
        json_object_set_new(item, "content", spans_of(s->content));
        json_object_set_new(item, "cue", spans_of(s->cue));
        json_object_set_new(item, "source", spans_of(s->source));
        json_object_set_new(item, "speaker", actor_or_null(s->speaker));
        json_object_set_new(item, "addressee", actor_or_null(s->addressee));
        json_object_set_new(item, "venue",
                            slice_or_null(rap_cut(doc->article.text, s->venue)));
        json_object_set_new(item, "mode",
                            json_string(rap_statement_mode_name(s->mode)));
        json_object_set_new(item, "act", json_string(rap_act_name(s->act)));
        if (s->negated) json_object_set_new(item, "negated", json_true());
        json_object_set_new(item, "date", when_of(&s->date));
        json_object_set_new(item, "confidence", share_of(s->confidence));
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *plover_of(const rap_event *event)
{
    json_t *contexts = json_array();
    for (uint32_t c = 0; c < event->contexts; c++)
        json_array_append_new(contexts, json_string(event->context[c]));
    json_t *plover = json_object();
    json_object_set_new(plover, "type", json_string(event->type));
    json_object_set_new(plover, "mode", string_or_null(event->mode));
    json_object_set_new(plover, "context", contexts);
    return plover;
}

static json_t *events_of(const rap_document *doc)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < doc->events.count; i++) {
        const rap_event *e = &doc->events.event[i];
        if (e->confidence < SHOWN) continue;
        json_t *item = json_object();
        json_object_set_new(item, "id", id_of('e', i));
        json_object_set_new(item, "trigger", span_of(e->trigger));
        json_object_set_new(item, "plover", plover_of(e));
        json_object_set_new(item, "cameo", string_or_null(e->cameo));
        json_object_set_new(item, "sources", actors_of(e->source, e->sources));
        json_object_set_new(item, "targets", actors_of(e->target, e->targets));
        json_object_set_new(item, "host", actor_or_null(e->host));
        json_object_set_new(item, "date", when_of(&e->date));
        json_object_set_new(item, "place", slice_or_null(e->place_name));
        json_object_set_new(item, "status",
                            json_string(rap_event_status_name(e->status)));
        json_object_set_new(item, "repeats", spans_of(e->repeats));
        json_object_set_new(item, "statement",
                            e->statement == RAP_NONE ? json_null()
                                                     : id_of('s', e->statement));
        json_object_set_new(item, "confidence", share_of(e->confidence));
        json_array_append_new(list, item);
    }
    return list;
}

/* ---- the whole
 * ------------------------------------------------------------------------ */

static json_t *error_of(const rap_error *error)
{
    json_t *item = json_object();
    json_object_set_new(item, "code", json_string(error->code));
    json_object_set_new(item, "message", json_string(error->text));
    json_object_set_new(item, "at", json_integer((json_int_t)error->at));
    return item;
}

static json_t *document_of(const rap_document *doc)
{
    json_t *root = json_object();
    json_object_set_new(root, "schema", json_string("rapporteur.document/1"));
    json_object_set_new(root, "source", source_of(doc));
    if (doc->error.status) {
        json_object_set_new(root, "error", error_of(&doc->error));
        return root;
    }
    json_object_set_new(root, "meta", meta_of(doc));
    json_object_set_new(root, "text", string_of(doc->article.text));
    json_object_set_new(root, "zones", zones_of(&doc->article));
    json_object_set_new(root, "times", times_of(&doc->times));
    json_object_set_new(root, "actors", actors_list(&doc->names));
    json_object_set_new(root, "mentions", mentions_of(&doc->names));
    json_object_set_new(root, "statements", statements_of(doc));
    json_object_set_new(root, "events", events_of(doc));
    return root;
}

char *rap_document_json(const rap_document *document, size_t *len)
{
    *len = 0;
    json_t *root = document_of(document);
    char *text =
        root ? json_dumps(root, JSON_COMPACT | JSON_REAL_PRECISION(SIGNIFICANT_DIGITS))
             : NULL;
    json_decref(root);
    if (!text) return NULL;
    const size_t used = strlen(text);
    char *line = realloc(text, used + 2);
    if (!line) {
        free(text);
        return NULL;
    }
    line[used] = '\n';
    line[used + 1] = 0;
    *len = used + 1;
    return line;
}
