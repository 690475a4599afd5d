/*
 * sqlite_append.c - a decision at the end of the log.
 *
 * Method  the words of a decision (anchors, reason, payload) are sealed with a salt of their
 *         own; its hash covers who, when, what kind, the seals and the hash before it. Purged
 *         words leave the seal, so that the chain still holds, and take the salt with them,
 *         so that nobody can guess them from it.
 */
#include "store_private.h"

enum { SALT_HEX = 33 };

/* What the hash of decision `d` covers, but the hash before it. */
#define DECISION_HASH(previous_)                                                       \
    "rap_seal(d.id, d.at, d.who, d.kind, d.final, d.target, d.seal,"                   \
    " (SELECT group_concat(s, ' ') FROM (SELECT rap_seal(a.n, a.document_sha256,"      \
    "  a.entry_kind, a.span_begin, a.span_end, a.seal) AS s FROM decision_anchor a"    \
    "  WHERE a.decision = d.id ORDER BY a.n)), " previous_ ")"
#define ITS_HASH DECISION_HASH("d.previous_hash")

const char rap_sqlite_decision_hash[] =
    "SELECT d.id, d.previous_hash, d.hash, " ITS_HASH ","
    " d.salt IS NULL OR d.seal = rap_seal(d.salt, d.reason, d.payload),"
    " d.salt IS NOT NULL OR (d.reason IS NULL AND d.payload IS NULL),"
    " NOT EXISTS (SELECT 1 FROM decision_anchor a WHERE a.decision = d.id AND"
    "  NOT CASE WHEN a.salt IS NULL THEN a.quote IS NULL AND a.prefix IS NULL"
    "   AND a.suffix IS NULL AND a.facet IS NULL"
    "  ELSE a.seal = rap_seal(a.salt, a.quote, a.prefix, a.suffix, a.facet) END)"
    " FROM decision d ORDER BY d.id";

static rap_status make_salt(sqlite_store *store, char salt[SALT_HEX], rap_error *err)
{
    static const char sql[] = "SELECT lower(hex(randomblob(16)))";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    if (sqlite3_step(s) == SQLITE_ROW)
        (void)snprintf(salt, SALT_HEX, "%s", (const char *)sqlite3_column_text(s, 0));
    else
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status;
}

static void bind_words(sqlite3_stmt *s, int at, rap_slice words)
{
    (void)sqlite3_bind_text(s, at, words.len ? words.at : "", (int)words.len,
                            SQLITE_STATIC);
}

static rap_status append_anchor(sqlite_store *store, int64_t id, uint32_t n,
                                const sqlite_anchor *a, rap_error *err)
{
    static const char sql[] =
        "INSERT INTO decision_anchor VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
        " ?11, rap_seal(?11, ?7, ?8, ?9, ?10))";
    char salt[SALT_HEX];
    sqlite3_stmt *s;
    rap_status status = make_salt(store, salt, err);
    if (!status) status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, id);
    (void)sqlite3_bind_int64(s, 2, n);
    (void)sqlite3_bind_text(s, 3, a->sha256, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 4, a->kind, -1, SQLITE_STATIC);
    (void)sqlite3_bind_int64(s, 5, a->span.begin);
    (void)sqlite3_bind_int64(s, 6, a->span.end);
    bind_words(s, 7, a->quote);
    bind_words(s, 8, a->prefix);
    bind_words(s, 9, a->suffix);
    (void)sqlite3_bind_text(s, 10, a->facet, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 11, salt, -1, SQLITE_STATIC);
    return rap_sqlite_done(store, s, err);
}

static rap_status append_row(sqlite_store *store, const sqlite_decision *d, int64_t id,
                             rap_error *err)
{
    static const char sql[] = "INSERT INTO decision SELECT d.*, " DECISION_HASH(
        "d.previous_hash") " FROM (SELECT ?1 AS id, ?2 AS at, ?3 AS who, ?4 AS kind, "
                           "?5 AS final,"
                           " ?6 AS target, ?7 AS reason, ?8 AS payload, ?9 AS salt,"
                           " rap_seal(?9, ?7, ?8) AS seal, coalesce((SELECT hash FROM "
                           "decision"
                           "  ORDER BY id DESC LIMIT 1), '') AS previous_hash) d";
    char salt[SALT_HEX];
    sqlite3_stmt *s;
    rap_status status = make_salt(store, salt, err);
    if (!status) status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, id);
    (void)sqlite3_bind_text(s, 2, d->by->at, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 3, d->by->who, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 4, d->kind, -1, SQLITE_STATIC);
    (void)sqlite3_bind_int(s, 5, d->by->final);
    if (d->target) (void)sqlite3_bind_int64(s, 6, d->target);
    rap_sqlite_bind(s, 7, d->by->reason);
    rap_sqlite_bind(s, 8, d->payload);
    (void)sqlite3_bind_text(s, 9, salt, -1, SQLITE_STATIC);
    return rap_sqlite_done(store, s, err);
}

static rap_status last_decision(sqlite_store *store, int64_t *id, rap_error *err)
{
    static const char sql[] = "SELECT coalesce(max(id), 0) FROM decision";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    if (sqlite3_step(s) == SQLITE_ROW)
        *id = sqlite3_column_int64(s, 0);
    else
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status;
}

rap_status rap_sqlite_append(sqlite_store *store, const sqlite_decision *d, int64_t *id,
                             rap_error *err)
{
    rap_status status = last_decision(store, id, err);
    if (status) return status;
    ++*id;
    for (uint32_t i = 0; !status && i < d->anchors; i++)
        status = append_anchor(store, *id, i, &d->anchor[i], err);
    return status ? status : append_row(store, d, *id, err);
}

/* Migration: the same words under a chain of this version. */
rap_status rap_sqlite_chain_anew(sqlite_store *store, rap_error *err)
{
    static const char next[] =
        "SELECT id FROM decision WHERE id > ?1 ORDER BY id LIMIT 1";
    static const char set[] =
        "UPDATE decision AS d SET previous_hash = ?2, hash = " DECISION_HASH(
            "?2") " WHERE id = ?1";
    static const char get[] = "SELECT hash FROM decision WHERE id = ?1";
    char previous[65] = "";
    int64_t id = 0;
    rap_status status = rap_sqlite_run(store, "DROP TRIGGER decision_is_fixed", err);
    for (;;) {
        sqlite3_stmt *s;
        if (!status) status = rap_sqlite_cached(store, next, &s, err);
        if (status) return status;
        (void)sqlite3_bind_int64(s, 1, id);
        const bool more = sqlite3_step(s) == SQLITE_ROW;
        if (more) id = sqlite3_column_int64(s, 0);
        (void)sqlite3_reset(s);
        if (!more) break;
        status = rap_sqlite_cached(store, set, &s, err);
        if (status) return status;
        (void)sqlite3_bind_int64(s, 1, id);
        (void)sqlite3_bind_text(s, 2, previous, -1, SQLITE_TRANSIENT);
        status = rap_sqlite_done(store, s, err);
        if (!status) status = rap_sqlite_cached(store, get, &s, err);
        if (status) return status;
        (void)sqlite3_bind_int64(s, 1, id);
        if (sqlite3_step(s) == SQLITE_ROW)
            (void)snprintf(previous, sizeof previous, "%s",
                           (const char *)sqlite3_column_text(s, 0));
        (void)sqlite3_reset(s);
    }
    return rap_sqlite_run(
        store,
        "CREATE TRIGGER decision_is_fixed BEFORE UPDATE ON decision BEGIN"
        " SELECT raise(ABORT, 'the log of decisions only grows'); END;",
        err);
}
