/*
 * sqlite_copy.c - syndicated and re-posted texts: found when they are put, counted once.
 *
 * Method  a document's sample (record.h) is looked up in the table of all samples; the
 *         document that shares most of the smaller sample, if it is a copy, lends its
 *         voice. Only standfirst and body are compared: what stands around a text differs
 *         from outlet to outlet.
 * Cost    a look-up a sampled run; runs that VOICES independent texts share are
 *         boilerplate and tell nothing.
 */
#include "store_private.h"

#include <stdlib.h>

enum { COMMON = 200, VOICES = 4, MOST_SAMPLE = 4096 };

typedef struct seen {
    int64_t document;
    uint32_t shared;
} seen;

typedef struct copying {
    sqlite_store *store;
    rap_error *err;
    rap_arena arena;
    rap_copy copy;
    RAP_LIST(int64_t) hits; /* documents, one a shared run */
    uint32_t common;        /* runs of its sample that are boilerplate */
} copying;

static rap_status no_memory(copying *c)
{
    return rap_fail(c->err, RAP_E_NOMEM, 0, "no memory to look for copies");
}

static bool sample_zones(copying *c, const rap_stored_document *d)
{
    const rap_slice text = d->text_is_source ? d->bytes : d->text;
    for (uint32_t i = 0; i < d->zone_count; i++) {
        const rap_stored_zone *z = &d->zones[i];
        if (strcmp(z->kind, "body") != 0 && strcmp(z->kind, "standfirst") != 0)
            continue;
        if (z->span.end > text.len) continue;
        if (!rap_copy_add(&c->copy, rap_cut(text, z->span), &c->arena)) return false;
    }
    return true;
}

/* The documents that share run `hash`, unless many do. */
static rap_status look_up(copying *c, int64_t hash)
{
    static const char sql[] = "SELECT s.document, a.voice FROM shingle s"
                              " JOIN article a ON a.document = s.document"
                              " WHERE s.hash = ?1 LIMIT ?2";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(c->store, sql, &s, c->err);
    if (status) return status;
    const uint32_t before = c->hits.count;
    int64_t voice[VOICES];
    uint32_t voices = 0;
    (void)sqlite3_bind_int64(s, 1, hash);
    (void)sqlite3_bind_int(s, 2, COMMON);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        if (!rap_push(&c->arena, &c->hits, sqlite3_column_int64(s, 0))) break;
        const int64_t one = sqlite3_column_int64(s, 1);
        uint32_t k = 0;
        while (k < voices && voice[k] != one) k++;
        if (k == voices && voices < VOICES) voice[voices++] = one;
    }
    if (step == SQLITE_ROW)
        status = no_memory(c);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(c->store, c->err);
    (void)sqlite3_reset(s);
    if (voices == VOICES) c->hits.count = before, c->common++;
    return status;
}

static rap_status put_run(copying *c, int64_t hash, int64_t id)
{
    static const char sql[] = "INSERT OR IGNORE INTO shingle VALUES (?1, ?2)";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(c->store, sql, &s, c->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, hash);
    (void)sqlite3_bind_int64(s, 2, id);
    return rap_sqlite_done(c->store, s, c->err);
}

static int by_number(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* Voice of `document` if it is a copy; 0 if it is not. */
static rap_status voice_of(copying *c, const seen *other, uint32_t sample,
                           int64_t *voice)
{
    static const char sql[] = "SELECT sample, voice FROM article WHERE document = ?1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(c->store, sql, &s, c->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, other->document);
    *voice = 0;
    if (sqlite3_step(s) == SQLITE_ROW &&
        rap_is_copy(other->shared, sample, (uint32_t)sqlite3_column_int64(s, 0)))
        *voice = sqlite3_column_int64(s, 1);
    (void)sqlite3_reset(s);
    return RAP_OK;
}

static rap_status find_voice(copying *c, uint32_t sample, int64_t id, int64_t *voice)
{
    rap_status status = RAP_OK;
    *voice = id;
    if (c->hits.count) qsort(c->hits.at, c->hits.count, sizeof *c->hits.at, by_number);
    uint32_t most = 0;
    for (uint32_t i = 0; !status && i < c->hits.count;) {
        seen one = {c->hits.at[i], 0};
        for (; i < c->hits.count && c->hits.at[i] == one.document; i++) one.shared++;
        int64_t found = 0;
        if (one.document == id || one.shared <= most) continue;
        status = voice_of(c, &one, sample, &found);
        if (found) *voice = found, most = one.shared;
    }
    return status;
}

static rap_status set_voice(copying *c, int64_t id, uint32_t sample, int64_t voice)
{
    static const char sql[] =
        "UPDATE article SET sample = ?2, voice = ?3 WHERE document = ?1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(c->store, sql, &s, c->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, id);
    (void)sqlite3_bind_int64(s, 2, sample);
    (void)sqlite3_bind_int64(s, 3, voice);
    return rap_sqlite_done(c->store, s, c->err);
}

/* Each run once; the sample of a giant text is cut short. */
static uint32_t each_once(copying *c)
{
    uint32_t n = 0;
    int64_t *at = c->copy.sample.at;
    if (!c->copy.sample.count) return 0;
    qsort(at, c->copy.sample.count, sizeof *at, by_number);
    for (uint32_t i = 0; i < c->copy.sample.count && n < MOST_SAMPLE; i++)
        if (!n || at[i] != at[n - 1]) at[n++] = at[i];
    return n;
}

rap_status rap_sqlite_put_copy(sqlite_store *store, const rap_stored_document *document,
                               int64_t id, rap_error *err)
{
    copying c = {.store = store, .err = err, .arena = RAP_ARENA(256u << 20)};
    rap_status status = sample_zones(&c, document) ? RAP_OK : no_memory(&c);
    const uint32_t sample = status ? 0 : each_once(&c);
    int64_t voice = id;
    for (uint32_t i = 0; !status && i < sample; i++)
        status = look_up(&c, c.copy.sample.at[i]);
    if (!status) status = find_voice(&c, sample - c.common, id, &voice);
    for (uint32_t i = 0; !status && i < sample; i++)
        status = put_run(&c, c.copy.sample.at[i], id);
    if (!status) status = set_voice(&c, id, sample, voice);
    rap_arena_free(&c.arena);
    return status;
}
