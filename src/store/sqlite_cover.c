/*
 * sqlite_cover.c - which documents a decision covers, and which came after it.
 *
 * Method  the payload of a verdict or merge lists the numbers of the documents that its entry
 *         rested on when it was taken; the later version of one stands for it. A decision
 *         without the list (an older record's) covers what had been added by then, one whose
 *         words were purged covers all.
 * Cost    in proportion to the documents of one entry, times the decisions on it.
 */
#include "store_private.h"

/* Does decision `d` cover document `m`? */
#define COVERS                                                                         \
    " CASE WHEN d.payload IS NULL THEN 1"                                              \
    " WHEN json_type(d.payload, '$.documents') = 'array' THEN EXISTS ("                \
    "  WITH RECURSIVE older (id) AS (SELECT m.id UNION SELECT g.document FROM older"   \
    "   JOIN given g ON g.replaced_by = older.id) SELECT 1 FROM older"                 \
    "  JOIN json_each(d.payload, '$.documents') j ON j.value = older.id)"              \
    " ELSE m.added_at <= d.at END"
#define OF_ENTRY(entry_)                                                               \
    " FROM entry_reading er JOIN reading r ON r.number = er.reading"                   \
    " JOIN document m ON m.id = r.document WHERE er.entry = " entry_

static rap_status no_memory(rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory for what a decision covers");
}

rap_status rap_sqlite_add_cover(sqlite_store *store, int64_t entry, rap_arena *arena,
                                const char **payload, rap_error *err)
{
    static const char sql[] =
        "SELECT json_set(?2, '$.documents', json((SELECT json_group_array(id) FROM"
        " (SELECT m.id AS id" OF_ENTRY("?1") " UNION SELECT value FROM json_each(?2,"
                                             "  '$.documents') ORDER BY 1))))";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, entry);
    (void)sqlite3_bind_text(s, 2, *payload, -1, SQLITE_STATIC);
    const char *whole = NULL;
    if (sqlite3_step(s) == SQLITE_ROW)
        whole = rap_sqlite_text(s, 0, arena);
    else
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    *payload = whole;
    return status || whole ? status : no_memory(err);
}

rap_status rap_sqlite_not_covered(sqlite_store *store, int64_t decision, int64_t entry,
                                  rap_arena *arena, const char **out, rap_error *err)
{
    static const char sql[] =
        "SELECT group_concat(id, ', ') FROM (SELECT DISTINCT m.id AS id" OF_ENTRY(
            "?2") " AND EXISTS (SELECT 1 FROM decision d WHERE d.id = ?1"
                  "  AND NOT " COVERS ") ORDER BY m.id)";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, decision);
    (void)sqlite3_bind_int64(s, 2, entry);
    *out = NULL;
    if (sqlite3_step(s) == SQLITE_ROW)
        *out = rap_sqlite_text(s, 0, arena);
    else
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status || *out ? status : no_memory(err);
}

rap_status rap_sqlite_since_review(sqlite_store *store, int64_t entry, uint32_t *out,
                                   rap_error *err)
{
    static const char sql[] = "SELECT count(DISTINCT m.id)" OF_ENTRY(
        "?1") " AND NOT EXISTS (SELECT 1 FROM"
              " applied p JOIN decision d ON d.id = p.decision WHERE p.subject = ?1"
              "  AND p.state = 'applied' AND d.kind IN ('accept', 'edit', 'merge')"
              "  AND " COVERS ")";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, entry);
    *out = 0;
    if (sqlite3_step(s) == SQLITE_ROW)
        *out = (uint32_t)sqlite3_column_int64(s, 0);
    else
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status;
}

/* The entry that a reading of another document than the anchor's, its later version, is part
 * of without founding it. */
static rap_status part_of(sqlite_store *store, int64_t reading, const char *sha256,
                          int64_t *out, rap_error *err)
{
    static const char sql[] =
        "SELECT er.entry FROM reading r JOIN document m ON m.id = r.document"
        " AND m.sha256 <> ?2 JOIN entry_reading er ON er.reading = r.number"
        " AND er.entry >> 52 = 0 WHERE r.number = ?1"
        " AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.number = ?1)";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, reading);
    (void)sqlite3_bind_text(s, 2, sha256, -1, SQLITE_STATIC);
    const int step = sqlite3_step(s);
    *out = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    if (step != SQLITE_ROW && step != SQLITE_DONE) status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status;
}

rap_status rap_sqlite_follow(sqlite_store *store, int64_t decision, const char *sha256,
                             rap_arena *arena, int64_t *subject, rap_error *err)
{
    int64_t entry = 0;
    const char *beyond = "";
    rap_status status = part_of(store, *subject, sha256, &entry, err);
    if (!status && entry)
        status = rap_sqlite_not_covered(store, decision, entry, arena, &beyond, err);
    if (!status && entry && !*beyond) *subject = entry;
    return status;
}
