/*
 * export_arrival.c - a new document while watching: what it brings, which searches fired.
 */
#include "export_private.h"

#include <jansson.h>
#include <stdlib.h>

enum { QUOTE_BYTES = 160, QUOTE_ARENA = 64 * 1024 };

/* What an entry quotes from the document, at most: the words of a statement, not its
 * speaker's name. */
static const rap_evidence *evidence_in(const rap_entry *entry, int64_t document)
{
    const rap_evidence *longest = NULL;
    for (uint32_t i = 0; i < entry->evidence_count; i++) {
        const rap_evidence *e = &entry->evidence[i];
        if (e->document == document &&
            (!longest ||
             e->span.end - e->span.begin > longest->span.end - longest->span.begin))
            longest = e;
    }
    return longest;
}

/* ---- for people ------------------------------------------------------------------- */

static void print_count(FILE *out, uint32_t count, const char *what, bool *any)
{
    if (!count) return;
    (void)fprintf(out, "%s%u %s%s", *any ? ", " : "", count, what,
                  count == 1 ? "" : "s");
    *any = true;
}

static void print_counts(FILE *out, const rap_source_row *s)
{
    bool any = false;
    (void)fputs("    ", out);
    print_count(out, s->statements, "statement", &any);
    print_count(out, s->meetings, "meeting", &any);
    print_count(out, s->events, "event", &any);
    (void)fputs(any ? "\n" : "nothing for the record\n", out);
}

/* On one line, cut at white space. */
static void print_quote(FILE *out, rap_arena *arena, const char *quote)
{
    rap_arena_clear(arena);
    const char *line = rap_one_line(arena, quote);
    if (!line) line = "";
    size_t len = strlen(line);
    if (len > QUOTE_BYTES) {
        for (len = QUOTE_BYTES; len && line[len] != ' ';) len--;
        (void)fprintf(out, "\"%.*s …\"\n", (int)len, line);
    } else {
        (void)fprintf(out, "\"%s\"\n", line);
    }
}

static void print_hit(FILE *out, rap_arena *arena, const rap_search_hit *hit,
                      int64_t document)
{
    for (uint32_t i = 0; i < hit->entries.count; i++) {
        const rap_entry *entry = &hit->entries.entry[i];
        const rap_evidence *evidence = evidence_in(entry, document);
        if (!evidence) continue;
        (void)fprintf(out, "    %s: %s %s ", hit->search,
                      rap_entry_kind_name(entry->kind), entry->id);
        print_quote(out, arena, evidence->quote);
    }
    for (uint32_t i = 0; i < hit->passages.count; i++) {
        const rap_evidence *evidence = hit->passages.entry[i].evidence;
        (void)fprintf(out, "    %s: bytes %u-%u ", hit->search, evidence->span.begin,
                      evidence->span.end);
        print_quote(out, arena, evidence->quote);
    }
}

static void print_arrival(const rap_arrival *a, FILE *out)
{
    const rap_source_row *s = a->source;
    rap_arena arena = {.limit = QUOTE_ARENA};
    (void)fprintf(out, "new %lld  %s", (long long)s->document,
                  s->title[0] ? s->title : s->path);
    if (s->outlet[0] || s->published[0])
        (void)fprintf(out, " (%s%s%s)", s->outlet,
                      s->outlet[0] && s->published[0] ? ", " : "", s->published);
    (void)fputs("\n", out);
    if (s->error_code[0])
        (void)fprintf(out, "    could not be read: byte %llu: %s [%s]\n",
                      (unsigned long long)s->error_at, s->error_text, s->error_code);
    else if (s->copy_of)
        (void)fprintf(out, "    a copy of %lld: nothing new\n", (long long)s->copy_of);
    else
        print_counts(out, s);
    for (uint32_t i = 0; i < a->hits; i++)
        print_hit(out, &arena, &a->hit[i], s->document);
    rap_arena_free(&arena);
}

/* ---- for programs ----------------------------------------------------------------- */

static json_t *text_or_null(const char *text)
{
    return text[0] ? json_string(text) : json_null();
}

static json_t *found_of(const rap_entry *entry, const rap_evidence *evidence)
{
    json_t *found = json_object();
    if (entry->kind != RAP_ENTRY_PASSAGE) {
        json_object_set_new(found, "id", json_string(entry->id));
        json_object_set_new(found, "kind",
                            json_string(rap_entry_kind_name(entry->kind)));
        json_object_set_new(found, "confidence", json_real(entry->confidence));
    }
    json_object_set_new(found, "span",
                        json_pack("[I,I]", (json_int_t)evidence->span.begin,
                                  (json_int_t)evidence->span.end));
    json_object_set_new(found, "quote", json_string(evidence->quote));
    return found;
}

static json_t *list_of(const rap_entries *entries, int64_t document)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < entries->count; i++) {
        const rap_evidence *evidence = evidence_in(&entries->entry[i], document);
        if (evidence)
            json_array_append_new(list, found_of(&entries->entry[i], evidence));
    }
    return list;
}

static json_t *hits_of(const rap_arrival *a)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < a->hits; i++) {
        json_t *hit = json_object();
        json_object_set_new(hit, "search", json_string(a->hit[i].search));
        json_object_set_new(hit, "words", text_or_null(a->hit[i].words));
        json_object_set_new(hit, "entries",
                            list_of(&a->hit[i].entries, a->source->document));
        json_object_set_new(hit, "passages",
                            list_of(&a->hit[i].passages, a->source->document));
        json_array_append_new(list, hit);
    }
    return list;
}

static json_t *json_of(const rap_arrival *a)
{
    const rap_source_row *s = a->source;
    json_t *item = json_object();
    json_object_set_new(item, "schema", json_string("rapporteur.arrival/1"));
    json_object_set_new(item, "document", json_integer(s->document));
    json_object_set_new(item, "sha256", json_string(s->sha256));
    json_object_set_new(item, "path", json_string(s->path));
    json_object_set_new(item, "title", text_or_null(s->title));
    json_object_set_new(item, "outlet", text_or_null(s->outlet));
    json_object_set_new(item, "url", text_or_null(s->url));
    json_object_set_new(item, "published", text_or_null(s->published));
    json_object_set_new(item, "copy_of",
                        s->copy_of ? json_integer(s->copy_of) : json_null());
    json_object_set_new(item, "statements", json_integer(s->statements));
    json_object_set_new(item, "meetings", json_integer(s->meetings));
    json_object_set_new(item, "events", json_integer(s->events));
    json_object_set_new(item, "error", text_or_null(s->error_code));
    json_object_set_new(item, "matches", hits_of(a));
    return item;
}

rap_status rap_export_arrival(const rap_arrival *arrival, bool json, FILE *out,
                              rap_error *err)
{
    if (json) {
        json_t *item = json_of(arrival);
        char *line = json_dumps(item, JSON_COMPACT | JSON_REAL_PRECISION(6));
        json_decref(item);
        if (!line) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for JSON");
        (void)fprintf(out, "%s\n", line);
        free(line);
    } else {
        print_arrival(arrival, out);
    }
    return ferror(out) ? rap_fail(err, RAP_E_IO, 0, "what is new cannot be written")
                       : RAP_OK;
}
