/*
 * sqlite_given.c - what people said of documents since they were added, from the log.
 *
 * Method  the later word wins, field by field, whoever says it. A document whose reading was
 *         made before (its seal differs) is stale: it is read again, and nothing else.
 */
#include "store_private.h"

static const char *const fields[] = {"title", "author", "outlet",
                                     "url",   "date",   "replaces"};

static rap_status set_field(sqlite_store *store, const char *sha256, const char *field,
                            const char *value, rap_error *err)
{
    static const char *const sql[] = {
        "INSERT INTO given (document, title) SELECT id, ?2 FROM document WHERE sha256 ="
        " ?1 ON CONFLICT (document) DO UPDATE SET title = excluded.title",
        "INSERT INTO given (document, author) SELECT id, ?2 FROM document WHERE sha256 "
        "="
        " ?1 ON CONFLICT (document) DO UPDATE SET author = excluded.author",
        "INSERT INTO given (document, outlet) SELECT id, ?2 FROM document WHERE sha256 "
        "="
        " ?1 ON CONFLICT (document) DO UPDATE SET outlet = excluded.outlet",
        "INSERT INTO given (document, url) SELECT id, ?2 FROM document WHERE sha256 ="
        " ?1 ON CONFLICT (document) DO UPDATE SET url = excluded.url",
        "INSERT INTO given (document, date) SELECT id, ?2 FROM document WHERE sha256 ="
        " ?1 ON CONFLICT (document) DO UPDATE SET date = excluded.date",
        "INSERT INTO given (document, replaced_by) SELECT o.id, n.id FROM document n"
        " JOIN document o ON o.sha256 = ?2 WHERE n.sha256 = ?1"
        " ON CONFLICT (document) DO UPDATE SET replaced_by = excluded.replaced_by"};
    for (uint32_t i = 0; i < 6; i++) {
        if (strcmp(fields[i], field) != 0) continue;
        if (i == 5 && !*value) return RAP_OK;
        sqlite3_stmt *s;
        const rap_status status = rap_sqlite_cached(store, sql[i], &s, err);
        if (status) return status;
        (void)sqlite3_bind_text(s, 1, sha256, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(s, 2, value, -1, SQLITE_STATIC);
        return rap_sqlite_done(store, s, err);
    }
    return RAP_OK;
}

/* "replaces=" with nothing behind it takes back what the document replaced before. */
static rap_status take_back(sqlite_store *store, const char *sha256, rap_error *err)
{
    static const char sql[] = "UPDATE given SET replaced_by = NULL WHERE replaced_by ="
                              " (SELECT id FROM document WHERE sha256 = ?1)";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, sha256, -1, SQLITE_STATIC);
    return rap_sqlite_done(store, s, err);
}

rap_status rap_sqlite_fold_given(sqlite_store *store, rap_error *err)
{
    static const char sql[] =
        "SELECT a.document_sha256, j.key, j.value FROM decision d"
        " JOIN decision_anchor a ON a.decision = d.id AND a.n = 0,"
        " json_each(d.payload, '$.set') j WHERE d.kind = 'meta' AND d.payload IS NOT"
        " NULL AND NOT EXISTS (SELECT 1 FROM applied p WHERE p.decision = d.id"
        "  AND p.state = 'undone') ORDER BY d.id";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_run(store, "DELETE FROM given", err);
    if (!status) status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    int step = SQLITE_DONE;
    while (!status && (step = sqlite3_step(s)) == SQLITE_ROW) {
        const char *sha256 = (const char *)sqlite3_column_text(s, 0);
        const char *field = (const char *)sqlite3_column_text(s, 1);
        const char *value = (const char *)sqlite3_column_text(s, 2);
        if (!sha256 || !field || !value) continue; /* not written here */
        if (!strcmp(field, "replaces") && !*value)
            status = take_back(store, sha256, err);
        else
            status = set_field(store, sha256, field, value, err);
    }
    if (!status && step != SQLITE_DONE) status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status;
}
