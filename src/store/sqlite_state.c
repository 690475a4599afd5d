/*
 * sqlite_state.c - numbers kept in the record under a name, such as the last document that
 * was told of by `watch`. No reading depends on them: a rebuild leaves them alone.
 */
#include "store_private.h"

rap_status rap_sqlite_recall(rap_store *head, const char *name, int64_t otherwise,
                             int64_t *out, rap_error *err)
{
    static const char sql[] =
        "SELECT CAST(value AS INTEGER) FROM state WHERE name = ?1";
    sqlite_store *store = sqlite_of(head);
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    rap_sqlite_bind(s, 1, name);
    const int step = sqlite3_step(s);
    *out = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : otherwise;
    (void)sqlite3_reset(s);
    return step == SQLITE_ROW || step == SQLITE_DONE ? RAP_OK
                                                     : rap_sqlite_fail(store, err);
}

rap_status rap_sqlite_remember(rap_store *head, const char *name, int64_t number,
                               rap_error *err)
{
    static const char sql[] = "INSERT OR REPLACE INTO state VALUES (?1, ?2)";
    sqlite_store *store = sqlite_of(head);
    char value[24];
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)snprintf(value, sizeof value, "%lld", (long long)number);
    rap_sqlite_bind(s, 1, name);
    rap_sqlite_bind(s, 2, value);
    return rap_sqlite_done(store, s, err);
}
