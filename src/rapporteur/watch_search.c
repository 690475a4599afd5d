/*
 * watch_search.c - saved searches, from a person's plain text file (docs/format/searches.md).
 *
 * A row: name, words, filters as the views have them (`actor=Valdoria|type=DEMAND`).
 */
#include "watch_private.h"

#include "text.h"

#include <stdlib.h>

enum { MOST_SEARCHES = 10000 };

static const char *kept(rap_arena *arena, rap_slice s)
{
    return rap_arena_printf(arena, "%.*s", (int)s.len, s.at);
}

static rap_status bad_row(const char *path, const rap_tsv *tsv, rap_slice what,
                          const char *why, rap_error *err)
{
    return rap_fail(err, RAP_E_USAGE, tsv->at, "%s: line %u: '%.*s': %s", path,
                    tsv->line, (int)(what.len > 60 ? 60 : what.len), what.at, why);
}

static bool take_kind(rap_slice value, rap_filter *f)
{
    for (int kind = 0; kind < RAP_ENTRY_KINDS; kind++)
        if (rap_slice_is(value, rap_entry_kind_name((rap_entry_kind)kind)))
            return f->kinds |= 1u << kind, true;
    return false;
}

/* The field of the filter that takes the words of `key`; NULL: none does. */
static const char **field_of(rap_filter *f, rap_slice key)
{
    const struct {
        const char *key, **field;
    } fields[] = {{"actor", &f->actor},   {"speaker", &f->speaker},
                  {"place", &f->place},   {"outlet", &f->outlet},
                  {"type", &f->type},     {"act", &f->act},
                  {"status", &f->status}, {"issue", &f->issue},
                  {"stance", &f->stance}, {"due-before", &f->due_before}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (rap_slice_is(key, fields[i].key)) return fields[i].field;
    return NULL;
}

static rap_status take_filter(const char *path, const rap_tsv *tsv, rap_slice part,
                              rap_arena *arena, rap_filter *f, rap_error *err)
{
    rap_slice value = part, key;
    if (!rap_split_next(&value, '=', &key) || !key.len || !value.len)
        return bad_row(path, tsv, part, "no filter; write it as actor=NAME", err);
    if (rap_slice_is(key, "kind"))
        return take_kind(value, f)
                   ? RAP_OK
                   : bad_row(path, tsv, value,
                             "no kind of entry; statement, meeting, event, "
                             "commitment, … are",
                             err);
    const char *words = kept(arena, value);
    if (!words) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for searches");
    if (rap_slice_is(key, "min-confidence")) {
        char *end;
        f->min_confidence = strtod(words, &end);
        return *end || f->min_confidence < 0 || f->min_confidence > 1
                   ? bad_row(path, tsv, value, "no share between 0 and 1", err)
                   : RAP_OK;
    }
    const char **field = field_of(f, key);
    if (!field)
        return bad_row(
            path, tsv, key,
            "no such filter; kind actor speaker place outlet type act status "
            "issue stance due-before min-confidence are",
            err);
    *field = words;
    return RAP_OK;
}

static rap_status take_row(const char *path, const rap_tsv *tsv, const rap_slice *field,
                           rap_arena *arena, rap_search *out, rap_error *err)
{
    *out = (rap_search){.name = kept(arena, field[0]),
                        .words = kept(arena, field[1]),
                        .filtered = field[2].len > 0};
    if (!out->name || !out->words)
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for searches");
    if (!field[0].len)
        return bad_row(path, tsv, field[1], "a search needs a name", err);
    if (!field[1].len && !field[2].len)
        return bad_row(path, tsv, field[0], "a search needs words or a filter", err);
    rap_slice rest = field[2], part;
    rap_status status = RAP_OK;
    while (!status && rap_split_next(&rest, '|', &part))
        if (part.len) status = take_filter(path, tsv, part, arena, &out->filter, err);
    return status;
}

rap_status rap_searches_read(const char *path, rap_slice bytes, rap_arena *arena,
                             rap_searches *out, rap_error *err)
{
    RAP_LIST(rap_search) list = {0};
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    rap_status status = RAP_OK;
    *out = (rap_searches){0};
    while (!status && rap_tsv_next(&tsv, field)) {
        rap_search search;
        status = take_row(path, &tsv, field, arena, &search, err);
        if (!status && list.count == MOST_SEARCHES)
            status = rap_fail(err, RAP_E_LIMIT, tsv.at, "%s: more than %d searches",
                              path, MOST_SEARCHES);
        if (!status && !rap_push(arena, &list, search))
            status = rap_fail(err, RAP_E_NOMEM, 0, "no memory for searches");
    }
    if (!status) *out = (rap_searches){list.at, list.count};
    return status;
}
