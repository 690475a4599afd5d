/*
 * sqlite_restate.c - a document of which something else is said, and which says the same.
 *
 * Method  the document is put within a savepoint. If all that was read from it is as before
 *         (its title and dates, zones, times, actors, mentions, readings, and whose copy it
 *         is), what was put is taken back, and only outlet, author and URL are written: no
 *         entry is touched and nothing joined anew.
 * Cost    two digests of what is derived from one document.
 */
#include "store_private.h"

/* Was the document read by this engine, before something else was said of it? */
rap_status rap_sqlite_is_restated(sqlite_store *store, int64_t document, bool *out,
                                  rap_error *err)
{
    static const char sql[] =
        "SELECT 1 FROM document d JOIN article a ON a.document = d.id LEFT JOIN given g"
        " ON g.document = d.id WHERE d.id = ?1 AND a.engine = ?2"
        " AND a.given <> " RAP_GIVEN_SEAL;
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    (void)sqlite3_bind_text(s, 2, store->engine, -1, SQLITE_STATIC);
    *out = sqlite3_step(s) == SQLITE_ROW;
    (void)sqlite3_reset(s);
    return RAP_OK;
}

/* Every row gives one seal; what it depends on but for outlet, author and URL. */
static const char *const parts[] = {
    "SELECT rap_seal(text, title, language, kind, published, published_earliest,"
    " published_latest, published_precision, published_basis, truncated, sample, voice,"
    " error_code) FROM article WHERE document = ?1",
    "SELECT rap_seal(kind, sub, span_begin, span_end) FROM zone WHERE document = ?1"
    " ORDER BY n",
    "SELECT rap_seal(span_begin, span_end, type, value, earliest, latest) FROM time"
    " WHERE document = ?1 ORDER BY n",
    "SELECT rap_seal(key, name, kind, country, code, sector) FROM actor"
    " WHERE document = ?1 ORDER BY n",
    "SELECT rap_seal(actor, role, span_begin, span_end) FROM actor_role"
    " WHERE document = ?1 ORDER BY actor, n",
    "SELECT rap_seal(actor, alias) FROM actor_alias WHERE document = ?1"
    " ORDER BY actor, n",
    "SELECT rap_seal(actor, member) FROM actor_member WHERE document = ?1"
    " ORDER BY actor, member",
    "SELECT rap_seal(span_begin, span_end, actor, form, confidence) FROM mention"
    " WHERE document = ?1 ORDER BY n",
    "SELECT rap_seal(id, kind, span_begin, span_end, what, said_by, place, venue, mode,"
    " act, status, type, cameo, date, date_basis, earliest, latest, name, stance, "
    "terms,"
    " due, due_basis, due_earliest, due_latest, low, high, confidence) FROM reading"
    " WHERE document = ?1 ORDER BY number",
    "SELECT rap_seal(p.reading, p.role, p.n, p.actor) FROM reading r JOIN "
    "reading_party p"
    " ON p.reading = r.number WHERE r.document = ?1 ORDER BY p.reading, p.role, p.n",
    "SELECT rap_seal(s.reading, s.role, s.span_begin, s.span_end) FROM reading r"
    " JOIN reading_span s ON s.reading = r.number WHERE r.document = ?1"
    " ORDER BY s.reading, s.n"};

static rap_status add_part(sqlite_store *store, const char *sql, int64_t document,
                           rap_sha256 *digest, rap_error *err)
{
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        *digest =
            rap_sha256_of2((rap_slice){(const char *)digest->byte, sizeof digest->byte},
                           rap_slice_of((const char *)sqlite3_column_text(s, 0)));
    if (step != SQLITE_DONE) status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status;
}

static rap_status digest_of(sqlite_store *store, int64_t document, rap_sha256 *out,
                            rap_error *err)
{
    rap_status status = RAP_OK;
    *out = (rap_sha256){{0}};
    for (uint32_t i = 0; !status && i < sizeof parts / sizeof *parts; i++)
        status = add_part(store, parts[i], document, out, err);
    return status;
}

static rap_status restate(sqlite_store *store, int64_t document,
                          const rap_stored_document *d, rap_error *err)
{
    static const char sql[] =
        "UPDATE article AS a SET author = ?2, outlet = ?3, url = ?4, given ="
        " (SELECT " RAP_GIVEN_SEAL " FROM document d LEFT JOIN given g"
        "  ON g.document = d.id WHERE d.id = ?1) WHERE document = ?1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    rap_sqlite_bind(s, 2, d->author);
    rap_sqlite_bind(s, 3, d->outlet);
    rap_sqlite_bind(s, 4, d->url);
    return rap_sqlite_done(store, s, err);
}

rap_status rap_sqlite_restate(sqlite_store *store, int64_t document,
                              const rap_stored_document *d, rap_derived_put put,
                              void *state, rap_error *err)
{
    rap_sha256 before, after;
    rap_status status = rap_sqlite_bare(store, err); /* not within the savepoint */
    if (!status) status = digest_of(store, document, &before, err);
    if (!status) status = rap_sqlite_run(store, "SAVEPOINT restate", err);
    if (!status) status = put(state);
    if (!status) status = digest_of(store, document, &after, err);
    if (status) return status; /* the transaction is not committed */
    const bool same = !memcmp(before.byte, after.byte, sizeof before.byte);
    if (same) status = rap_sqlite_run(store, "ROLLBACK TO restate", err);
    if (!status) status = rap_sqlite_run(store, "RELEASE restate", err);
    return status || !same ? status : restate(store, document, d, err);
}
