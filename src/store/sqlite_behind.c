/*
 * sqlite_behind.c - the meeting or document that a detail is of.
 *
 * Method  by the evidence that its words stand on, or by who took part.
 * Cost    a query a detail.
 */
#include "store_private.h"

static rap_status no_memory(sqlite_store *store, rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory to compare the details of %s",
                    store->path);
}

rap_status rap_sqlite_behind(sqlite_store *store, rap_fact *f, rap_entry_kind kind,
                             rap_arena *arena, rap_error *err)
{
    static const char sql[] =
        "SELECT er.entry FROM reading r JOIN reading_span s ON s.reading = r.number"
        " JOIN entry_reading er ON er.reading = r.number"
        " WHERE r.document = ?1 AND r.kind = ?4 AND s.role = 'evidence'"
        " AND s.span_begin < ?3 AND s.span_end > ?2 ORDER BY er.entry LIMIT 1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, f->document);
    (void)sqlite3_bind_int64(s, 2, f->anchor.begin);
    (void)sqlite3_bind_int64(s, 3, f->anchor.end);
    rap_sqlite_bind(s, 4, rap_entry_kind_name(kind));
    const int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        const char *entry = rap_sqlite_text(s, 0, arena);
        if (!entry) status = no_memory(store, err);
        f->place = rap_slice_of(entry ? entry : "");
    } else if (step != SQLITE_DONE) {
        status = rap_sqlite_fail(store, err);
    }
    (void)sqlite3_reset(s);
    return status;
}

rap_status rap_sqlite_attended(sqlite_store *store, rap_fact *f, rap_arena *arena,
                               rap_error *err)
{
    static const char sql[] =
        "SELECT min(er.entry), count(DISTINCT er.entry) FROM reading r"
        " JOIN reading_party p ON p.reading = r.number AND p.role = 'part'"
        " JOIN actor a ON a.document = p.document AND a.n = p.actor AND a.key = ?2"
        " JOIN entry_reading er ON er.reading = r.number"
        " WHERE r.document = ?1 AND r.kind = 'meeting'";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status || !f->who_count) return status;
    (void)sqlite3_bind_int64(s, 1, f->document);
    (void)sqlite3_bind_text(s, 2, f->who[0].at, (int)f->who[0].len, SQLITE_STATIC);
    if (sqlite3_step(s) != SQLITE_ROW) {
        status = rap_sqlite_fail(store, err);
    } else if (sqlite3_column_int(s, 1) == 1) {
        const char *entry = rap_sqlite_text(s, 0, arena);
        if (!entry) status = no_memory(store, err);
        f->place = rap_slice_of(entry ? entry : "");
    }
    (void)sqlite3_reset(s);
    return status;
}

rap_status rap_sqlite_is_present(sqlite_store *store, const rap_fact *there,
                                 const rap_fact *who, bool *out, rap_error *err)
{
    static const char sql[] =
        "SELECT 1 FROM entry_reading er JOIN reading r ON r.number = er.reading"
        " JOIN reading_party p ON p.reading = r.number"
        "  AND p.role IN ('who', 'part', 'host')"
        " JOIN actor a ON a.document = p.document AND a.n = p.actor AND a.key = ?3"
        " WHERE er.entry = CAST(?1 AS INTEGER) AND r.document = ?2 LIMIT 1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, there->place.at, (int)there->place.len,
                            SQLITE_STATIC);
    (void)sqlite3_bind_int64(s, 2, there->document);
    (void)sqlite3_bind_text(s, 3, who->who[0].at, (int)who->who[0].len, SQLITE_STATIC);
    const int step = sqlite3_step(s);
    *out |= step == SQLITE_ROW;
    (void)sqlite3_reset(s);
    return step == SQLITE_ROW || step == SQLITE_DONE ? RAP_OK
                                                     : rap_sqlite_fail(store, err);
}
