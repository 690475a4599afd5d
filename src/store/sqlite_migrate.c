/*
 * sqlite_migrate.c - records of older formats.
 *
 * Method  ground truth and the numbers of `state` are kept, all else is dropped and made
 *         anew, empty; every document is then one that was never read, and the next add or
 *         rebuild reads it. One transaction. Decisions of formats 1 and 2 had neither seal nor context: they are
 *         kept under a new chain, and listed as orphaned.
 */
#include "store_private.h"

#include <stdlib.h>

static bool is_kept(const char *name)
{
    static const char *const kept[] = {"document", "decision", "state"};
    for (uint32_t i = 0; i < 3; i++)
        if (!strcmp(name, kept[i])) return true;
    return false;
}

/* "DROP TABLE x; …" for what is derived, entries before readings before documents. */
static rap_status list_derived(sqlite_store *store, rap_arena *arena, const char **out,
                               rap_error *err)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(store->db,
                           "SELECT type, name FROM sqlite_schema t WHERE type IN"
                           " ('view', 'trigger') OR (type = 'table' AND NOT EXISTS"
                           "  (SELECT 1 FROM sqlite_schema f WHERE f.sql LIKE"
                           "   'CREATE VIRTUAL TABLE%' AND t.name LIKE f.name || '\\_%'"
                           "   ESCAPE '\\')) ORDER BY type DESC, rowid DESC",
                           -1, &s, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    const char *sql = "";
    while (sql && sqlite3_step(s) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(s, 1);
        if (!strncmp(name, "sqlite_", 7) || is_kept(name)) continue;
        sql = rap_arena_printf(arena, "%sDROP %s IF EXISTS \"%s\";", sql,
                               (const char *)sqlite3_column_text(s, 0), name);
    }
    (void)sqlite3_finalize(s);
    *out = sql;
    return sql ? RAP_OK : rap_fail(err, RAP_E_NOMEM, 0, "%s", store->path);
}

static rap_status run_schema(sqlite_store *store, rap_error *err)
{
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && rap_sqlite_schema[i]; i++)
        if (strncmp(rap_sqlite_schema[i], "CREATE TABLE document ", 22) != 0)
            status = rap_sqlite_run(store, rap_sqlite_schema[i], err);
    return status;
}

static rap_status seal_documents(sqlite_store *store, rap_error *err)
{
    return rap_sqlite_run(
        store,
        "DROP TRIGGER document_is_fixed;"
        "UPDATE document AS d SET seal = " RAP_DOCUMENT_SEAL ";"
        "CREATE TRIGGER document_is_fixed BEFORE UPDATE ON document BEGIN"
        " SELECT raise(ABORT, 'documents are ground truth: never changed'); END;",
        err);
}

static rap_status move_decisions(sqlite_store *store, rap_error *err)
{
    static const char anchors[] =
        "INSERT INTO decision_anchor SELECT id, 0, document_sha256, entry_kind, 0, 0,"
        " quote, '', '', '{}', salt, rap_seal(salt, quote, '', '', '{}') FROM"
        " (SELECT *, substr(hash, 1, 32) AS salt FROM old_decision);";
    static const char move[] =
        "INSERT INTO decision SELECT id, at, who, kind, 0, NULL, NULL, payload, salt,"
        " rap_seal(salt, NULL, payload), '', hash FROM"
        " (SELECT *, substr(hash, 1, 32) AS salt FROM old_decision);"
        "DROP TABLE old_decision;";
    rap_status status = rap_sqlite_run(store, anchors, err);
    if (!status) status = rap_sqlite_run(store, move, err);
    return status ? status : rap_sqlite_chain_anew(store, err);
}

rap_status rap_sqlite_migrate(sqlite_store *store, int64_t version, rap_error *err)
{
    if (version >= RAP_SQLITE_VERSION) return RAP_OK;
    char set[64];
    (void)snprintf(set, sizeof set, "PRAGMA user_version=%d", RAP_SQLITE_VERSION);
    rap_arena arena = RAP_ARENA(1u << 20);
    const char *drop = NULL;
    rap_status status = rap_sqlite_run(store, "BEGIN IMMEDIATE", err);
    if (!status) status = list_derived(store, &arena, &drop, err);
    if (!status) status = rap_sqlite_run(store, drop, err);
    if (!status)
        status = rap_sqlite_run(store,
                                "ALTER TABLE decision RENAME TO old_decision;"
                                "ALTER TABLE document ADD COLUMN redacted_sha256 TEXT;"
                                "ALTER TABLE document ADD COLUMN purged_at TEXT;"
                                "ALTER TABLE document ADD COLUMN seal TEXT NOT NULL"
                                " DEFAULT '';",
                                err);
    if (!status) status = run_schema(store, err);
    if (!status) status = seal_documents(store, err);
    if (!status) status = move_decisions(store, err);
    if (!status)
        status = rap_sqlite_run(
            store, "INSERT OR REPLACE INTO state VALUES ('stale', '1')", err);
    if (!status) status = rap_sqlite_run(store, set, err);
    if (!status) status = rap_sqlite_run(store, "COMMIT", err);
    rap_arena_free(&arena);
    return status;
}
