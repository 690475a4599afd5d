/*
 * sqlite_plain.c - the words of a passage as another report would be compared with them.
 *
 * Method  names are replaced by a word for the actor, times by one for their value: "Baku" and
 *         "the Azerbaijani capital's" are what each report calls it, "two years ago" and
 *         "2020" are one year. Only the comparison sees these words.
 * Cost    the names and times of a document once, then those of the passage.
 */
#include "store_private.h"

typedef RAP_LIST(sqlite_known) known_list;

static rap_status no_memory(sqlite_store *store, rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory to compare the words of %s",
                    store->path);
}

/* Names and times of a document, the earlier and longer first. */
static rap_status load(sqlite_store *store, sqlite_plain *plain, int64_t document,
                       rap_error *err)
{
    static const char sql[] =
        "SELECT m.span_begin, m.span_end, a.key, 0 FROM mention m JOIN actor a"
        " ON a.document = m.document AND a.n = m.actor"
        " WHERE m.document = ?1 AND m.form = 'name' AND instr(a.key, '#') = 0"
        " UNION ALL SELECT span_begin, span_end, value, 1 FROM time WHERE document = ?1"
        " AND value <> '' AND value NOT LIKE '%REF' ORDER BY 1, 2 DESC";
    sqlite3_stmt *s;
    known_list list = {0};
    rap_arena_clear(&plain->arena);
    plain->count = 0;
    plain->document = document;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const char *key = (const char *)sqlite3_column_text(s, 2);
        if (!key) break;
        const sqlite_known known = {{(uint32_t)sqlite3_column_int64(s, 0),
                                     (uint32_t)sqlite3_column_int64(s, 1)},
                                    (uint32_t)rap_hash(rap_slice_of(key)),
                                    sqlite3_column_int(s, 3) != 0};
        if (!rap_push(&plain->arena, &list, known)) break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(store, err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    plain->known = list.at;
    plain->count = list.count;
    return status;
}

/* The first that begins at or after `byte`. */
static uint32_t first_from(const sqlite_plain *plain, uint32_t byte)
{
    uint32_t low = 0, high = plain->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (plain->known[middle].span.begin >= byte)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

enum { KNOWN_BYTES = 12 }; /* a blank, a letter, eight digits, a blank */

rap_status rap_sqlite_plain_words(sqlite_store *store, sqlite_plain *plain,
                                  int64_t document, rap_span span, rap_slice words,
                                  rap_arena *arena, rap_slice *out, rap_error *err)
{
    *out = words;
    if (plain->document != document) {
        const rap_status status = load(store, plain, document, err);
        if (status) return status;
    }
    const uint32_t first = first_from(plain, span.begin);
    uint32_t end = first;
    while (end < plain->count && plain->known[end].span.begin < span.end) end++;
    char *text =
        rap_new(arena, char, words.len + (size_t)(end - first) * KNOWN_BYTES + 1);
    if (!text) return no_memory(store, err);
    uint32_t used = 0, at = 0;
    for (uint32_t i = first; i < end; i++) {
        const sqlite_known *k = &plain->known[i];
        const uint32_t begin = k->span.begin - span.begin;
        if (begin < at || k->span.end > span.begin + words.len) continue;
        memcpy(text + used, words.at + at, begin - at);
        used += begin - at;
        used += (uint32_t)snprintf(text + used, KNOWN_BYTES, " %c%08x ",
                                   k->is_time ? 't' : 'Q', k->hash);
        at = k->span.end - span.begin;
    }
    memcpy(text + used, words.at + at, words.len - at);
    *out = (rap_slice){text, used + words.len - at};
    return RAP_OK;
}
