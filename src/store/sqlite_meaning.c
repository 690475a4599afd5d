/*
 * sqlite_meaning.c - the entry or document that a person means by what was typed.
 *
 * Method  an id or its unambiguous beginning; a number, digest, address, path or part of it.
 */
#include "store_private.h"

rap_status rap_sqlite_entry_of(sqlite_store *store, const char *text, int64_t *out,
                               rap_error *err)
{
    static const char sql[] =
        "SELECT number, id FROM entry WHERE id >= ?1 AND id < ?1 || '{'"
        " ORDER BY id LIMIT 3";
    static const char gone[] = "SELECT 1 FROM history WHERE id = ?1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, text, -1, SQLITE_STATIC);
    uint32_t found = 0;
    int step = SQLITE_DONE;
    char first[16] = "", second[16] = "";
    while (*text && (step = sqlite3_step(s)) == SQLITE_ROW) {
        const char *id = (const char *)sqlite3_column_text(s, 1);
        if (!found) *out = sqlite3_column_int64(s, 0);
        (void)snprintf(found ? second : first, sizeof first, "%s", id);
        found++;
        if (strcmp(id, text) != 0) continue;
        found = 1; /* a whole id, though others begin with it */
        break;
    }
    if (step != SQLITE_DONE && step != SQLITE_ROW) status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    if (status || found == 1) return status;
    if (found)
        return rap_fail(err, RAP_E_USAGE, 0, "\"%s\" begins more than one id: %s, %s%s",
                        text, first, second, found > 2 ? ", …" : "");
    status = rap_sqlite_cached(store, gone, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, text, -1, SQLITE_STATIC);
    const bool was = sqlite3_step(s) == SQLITE_ROW;
    (void)sqlite3_reset(s);
    return rap_fail(err, RAP_E_NOTFOUND, 0,
                    was ? "entry %.40s is gone; 'show' says where to"
                        : "the record has no entry \"%.40s\"",
                    text);
}

rap_status rap_sqlite_document_of(sqlite_store *store, const char *text, int64_t *out,
                                  rap_error *err)
{
    static const char sql[] =
        "SELECT id FROM document WHERE purged_at IS NULL AND CASE ?2"
        " WHEN 0 THEN id = CAST(?1 AS INTEGER)"
        " WHEN 1 THEN substr(sha256, 1, length(?1)) = ?1"
        " ELSE path = ?1 OR (instr(path, ?1) > 0 AND NOT EXISTS (SELECT 1"
        "  FROM document o WHERE o.path = ?1)) END LIMIT 2";
    char digest[65];
    if (sscanf(text, "rap:%64[0-9a-f]", digest) == 1) text = digest;
    const size_t len = strlen(text);
    const bool number = len < 8 && strspn(text, "0123456789") == len;
    const bool hex = len >= 8 && len <= 64 && strspn(text, "0123456789abcdef") == len;
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, text, -1, SQLITE_STATIC);
    (void)sqlite3_bind_int(s, 2, number ? 0 : hex ? 1 : 2);
    int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        *out = sqlite3_column_int64(s, 0);
        step = sqlite3_step(s);
        if (step == SQLITE_ROW)
            status = rap_fail(err, RAP_E_USAGE, 0,
                              "several documents are meant by \"%.80s\"; give a number "
                              "(sources)",
                              text);
    } else if (step == SQLITE_DONE) {
        status = rap_fail(err, RAP_E_NOTFOUND, 0,
                          "the record has no document \"%.80s\"", text);
    } else {
        status = rap_sqlite_fail(store, err);
    }
    (void)sqlite3_reset(s);
    return status;
}
