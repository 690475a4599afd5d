/*
 * sqlite_state.c - numbers and words kept in the record under a name, such as the last
 * document that was told of by `watch`, or the folder of the dictionaries that it is read
 * with. A rebuild leaves them alone.
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

rap_status rap_sqlite_set_setting(rap_store *head, const char *name, const char *value,
                                  rap_error *err)
{
    static const char sql[] = "INSERT OR REPLACE INTO state VALUES (?1, ?2)";
    sqlite_store *store = sqlite_of(head);
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    rap_sqlite_bind(s, 1, name);
    rap_sqlite_bind(s, 2, value);
    return rap_sqlite_done(store, s, err);
}

rap_status rap_sqlite_setting(rap_store *head, const char *name, rap_arena *arena,
                              const char **out, rap_error *err)
{
    static const char sql[] = "SELECT value FROM state WHERE name = ?1";
    sqlite_store *store = sqlite_of(head);
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    rap_sqlite_bind(s, 1, name);
    const int step = sqlite3_step(s);
    const char *value = step == SQLITE_ROW ? rap_sqlite_text(s, 0, arena) : "";
    (void)sqlite3_reset(s);
    if (step != SQLITE_ROW && step != SQLITE_DONE) return rap_sqlite_fail(store, err);
    if (!value) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a setting");
    *out = value;
    return RAP_OK;
}

rap_status rap_sqlite_remember(rap_store *head, const char *name, int64_t number,
                               rap_error *err)
{
    char value[24];
    (void)snprintf(value, sizeof value, "%lld", (long long)number);
    return rap_sqlite_set_setting(head, name, value, err);
}
