/*
 * sqlite_story.c - do two documents tell one story?
 *
 * Method  whom and what places a document names, read once and kept as rising hashes of
 *         the actors' keys; two documents are compared by merging theirs.
 * Cost    one query a document, then time linear in both lists.
 */
#include "store_private.h"

#include <stdlib.h>

enum { SHARED_ACTORS = 4 };

static int by_value(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static rap_status load_keys(sqlite_stories *stories, sqlite_cast *out, rap_error *err)
{
    static const char sql[] = "SELECT DISTINCT key FROM actor WHERE document = ?1 AND"
                              " kind IN ('person', 'state', 'organisation', 'place')";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(stories->store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, out->document);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const char *key = (const char *)sqlite3_column_text(s, 0);
        if (!key || !rap_push(stories->arena, &out->key, rap_hash(rap_slice_of(key))))
            break;
    }
    if (step == SQLITE_ROW)
        status = rap_fail(err, RAP_E_NOMEM, 0, "no memory to compare the reports of %s",
                          stories->store->path);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(stories->store, err);
    (void)sqlite3_reset(s);
    if (!status && out->key.count)
        qsort(out->key.at, out->key.count, sizeof *out->key.at, by_value);
    return status;
}

/* Whom a document names, read at the first question; its place in stories->cast. */
static rap_status find_cast(sqlite_stories *stories, int64_t document, uint32_t *out,
                            rap_error *err)
{
    for (*out = 0; *out < stories->count; ++*out)
        if (stories->at[*out].document == document) return RAP_OK;
    sqlite_cast cast = {.document = document};
    rap_status status = load_keys(stories, &cast, err);
    if (!status && !rap_push(stories->arena, stories, cast))
        status = rap_fail(err, RAP_E_NOMEM, 0, "no memory to compare the reports of %s",
                          stories->store->path);
    return status;
}

static uint32_t in_both(const sqlite_cast *a, const sqlite_cast *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0, k = 0; i < a->key.count && k < b->key.count;) {
        const uint64_t left = a->key.at[i], right = b->key.at[k];
        n += left == right;
        if (left <= right)
            i++;
        else
            k++;
    }
    return n;
}

rap_status rap_sqlite_one_story(sqlite_stories *stories, int64_t left, int64_t right,
                                bool *out, rap_error *err)
{
    uint32_t i, k;
    rap_status status = find_cast(stories, left, &i, err);
    if (!status) status = find_cast(stories, right, &k, err);
    if (status) return status;
    const sqlite_cast *a = &stories->at[i], *b = &stories->at[k];
    const uint32_t shared = in_both(a, b),
                   least = a->key.count < b->key.count ? a->key.count : b->key.count;
    *out = shared >= SHARED_ACTORS && shared * 5 >= least * 2;
    return RAP_OK;
}
