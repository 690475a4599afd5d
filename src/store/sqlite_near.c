/*
 * sqlite_near.c - what a join looks at: temp.near.
 *
 * Method  the readings of one document, the newest NEAR before it of each block they stand
 *         in, and their fellows in entries that exist. A pair of words that more statements share
 *         tells nothing: such a block is passed over.
 * Cost    in proportion to the document, however large the record is.
 */
#include "store_private.h"

enum { NEAR = 24 };

typedef RAP_LIST(int64_t) blocks;

typedef struct nearing {
    sqlite_store *store;
    int64_t document;
    rap_arena *arena;
    rap_error *err;
} nearing;

static rap_status run_kind(nearing *j, const char *sql, const char *kind)
{
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(j->store, sql, &s, j->err);
    if (status) return status;
    rap_sqlite_bind(s, 1, kind);
    if (sqlite3_bind_parameter_count(s) > 1)
        (void)sqlite3_bind_int64(s, 2, j->document);
    return rap_sqlite_done(j->store, s, j->err);
}

/* The blocks of what is in temp.near. */
static rap_status load_blocks(nearing *j, blocks *out)
{
    static const char sql[] = "SELECT b.block FROM temp.near n CROSS JOIN new_block b "
                              "ON b.reading = n.reading"
                              " UNION SELECT b.block FROM temp.near n"
                              " CROSS JOIN reading_block b ON b.reading = n.reading";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(j->store, sql, &s, j->err);
    if (status) return status;
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        if (!rap_push(j->arena, out, sqlite3_column_int64(s, 0))) break;
    if (step == SQLITE_ROW)
        status =
            rap_fail(j->err, RAP_E_NOMEM, 0, "no memory to join %s", j->store->path);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(j->store, j->err);
    (void)sqlite3_reset(s);
    return status;
}

/* Add what shares a block with temp.near: the newest of each block. */
static rap_status add_sharing(nearing *j, bool words)
{
    static const char sql[] =
        "INSERT OR IGNORE INTO temp.near SELECT reading FROM reading_block"
        " WHERE block = ?1 AND NOT (?3 AND (SELECT count(*) FROM (SELECT 1 FROM"
        "  reading_block WHERE block = ?1 LIMIT ?2 + 1)) > ?2)"
        " ORDER BY reading DESC LIMIT ?2";
    blocks list = {0};
    rap_status status = load_blocks(j, &list);
    for (uint32_t i = 0; !status && i < list.count; i++) {
        sqlite3_stmt *s;
        status = rap_sqlite_cached(j->store, sql, &s, j->err);
        if (status) break;
        (void)sqlite3_bind_int64(s, 1, list.at[i]);
        (void)sqlite3_bind_int(s, 2, NEAR);
        (void)sqlite3_bind_int(s, 3, words);
        status = rap_sqlite_done(j->store, s, j->err);
    }
    return status;
}

/* Fill temp.near: the readings not yet joined, what shares a block with them, and all that
 * stands in one entry of kind `made` with either. */
static rap_status find_near(nearing *j, const char *read, const char *made, bool words)
{
    static const char fresh[] = "INSERT INTO temp.near SELECT number FROM reading"
                                " INDEXED BY reading_document"
                                " WHERE kind = ?1 AND document = ?2";
    static const char fellows[] =
        "INSERT OR IGNORE INTO temp.near SELECT o.reading FROM temp.near n"
        " CROSS JOIN entry_reading er ON er.reading = n.reading"
        " CROSS JOIN entry e ON e.number = er.entry AND e.kind = ?1"
        " CROSS JOIN entry_reading o ON o.entry = e.number";
    rap_status status = rap_sqlite_run(j->store, "DELETE FROM temp.near", j->err);
    if (!status) status = run_kind(j, fresh, read);
    if (!status) status = add_sharing(j, words);
    if (!status) status = run_kind(j, fellows, made);
    return status;
}

static rap_status prepare_near(nearing *j)
{
    return rap_sqlite_run(
        j->store, "CREATE TEMP TABLE IF NOT EXISTS near (reading INTEGER PRIMARY KEY)",
        j->err);
}

rap_status rap_sqlite_near(sqlite_store *store, int64_t document, rap_entry_kind read,
                           rap_entry_kind made, rap_arena *scratch, rap_error *err)
{
    nearing j = {store, document, scratch, err};
    const rap_status status = prepare_near(&j);
    if (status) return status;
    return find_near(&j, rap_entry_kind_name(read), rap_entry_kind_name(made),
                     read == RAP_ENTRY_STATEMENT || read == RAP_ENTRY_DETAIL);
}
