/*
 * sqlite_open.c - opening, closing and transactions of a record in SQLite.
 *
 * Method  a record at rest is one plain file in rollback mode, which opens read-only
 * from any medium and leaves nothing beside it. A writer switches it to WAL while it
 *         works and back when it is the last to close; a writer that is killed leaves
 * the WAL, and the next one to open finishes what was committed. A new record is made
 * under another name and linked into place, so that no moment shows half a record.
 * synchronous=FULL: what is committed survives a power cut (with NORMAL tens of commits
 * were lost; FULL costs 13 % in batches of 100).
 */
#include "store_private.h"

#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 5000 }; /* how long a writer waits for another */

/* ---- statements ------------------------------------------------------------------ */

rap_status rap_sqlite_fail(sqlite_store *store, rap_error *err)
{
    const char *said = sqlite3_errmsg(store->db);
    switch (sqlite3_errcode(store->db) & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return rap_fail_as(err, RAP_E_STORE, "busy", 0,
                           "%s is in use by another process; try again when it is done",
                           store->path);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return rap_fail_as(err, RAP_E_STORE, "damaged", 0, "%s is damaged (%s)",
                           store->path, said);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return rap_fail_as(err, RAP_E_STORE, "read-only", 0,
                           "%s cannot be written (%s)", store->path, said);
    case SQLITE_NOMEM:
        return rap_fail(err, RAP_E_NOMEM, 0, "%s: no more memory", store->path);
    case SQLITE_FULL:
        return rap_fail_as(err, RAP_E_IO, "disk-full", 0,
                           "%s: the disk is full; nothing of this batch was kept",
                           store->path);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return rap_fail(err, RAP_E_IO, 0, "%s: %s", store->path, said);
    case SQLITE_TOOBIG:
        return rap_fail(err, RAP_E_LIMIT, 0, "%s: %s", store->path, said);
    default:
        return rap_fail(err, RAP_E_STORE, 0, "%s: %s", store->path, said);
    }
}

rap_status rap_sqlite_run(sqlite_store *store, const char *sql, rap_error *err)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    return RAP_OK;
}

rap_status rap_sqlite_cached(sqlite_store *store, const char *sql, sqlite3_stmt **out,
                             rap_error *err)
{
    uint32_t i = 0;
    while (i < RAP_SQL_CACHED && store->cached[i].sql && store->cached[i].sql != sql)
        i++;
    assert(i < RAP_SQL_CACHED);
    if (!store->cached[i].sql) {
        if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                               &store->cached[i].statement, NULL) != SQLITE_OK)
            return rap_sqlite_fail(store, err);
        store->cached[i].sql = sql;
    }
    *out = store->cached[i].statement;
    (void)sqlite3_reset(*out);
    (void)sqlite3_clear_bindings(*out);
    return RAP_OK;
}

rap_status rap_sqlite_done(sqlite_store *store, sqlite3_stmt *statement, rap_error *err)
{
    int step = sqlite3_step(statement);
    while (step == SQLITE_ROW) step = sqlite3_step(statement);
    const rap_status status =
        step == SQLITE_DONE ? RAP_OK : rap_sqlite_fail(store, err);
    (void)sqlite3_reset(statement);
    return status;
}

void rap_sqlite_bind(sqlite3_stmt *statement, int at, const char *text)
{
    if (text && *text)
        (void)sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
    else
        (void)sqlite3_bind_null(statement, at);
}

void rap_sqlite_bind_day(sqlite3_stmt *statement, int at, rap_day day)
{
    char iso[12];
    rap_day_format(day, iso);
    if (*iso)
        (void)sqlite3_bind_text(statement, at, iso, -1, SQLITE_TRANSIENT);
    else
        (void)sqlite3_bind_null(statement, at);
}

const char *rap_sqlite_text(sqlite3_stmt *statement, int column, rap_arena *arena)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    if (!text) return "";
    const int len = sqlite3_column_bytes(statement, column);
    return rap_arena_copy(arena, (rap_slice){text, (uint32_t)len}).at;
}

rap_day rap_sqlite_day(sqlite3_stmt *statement, int column)
{
    rap_date date;
    const char *text = (const char *)sqlite3_column_text(statement, column);
    if (!text || !rap_date_read_iso(rap_slice_of(text), &date)) return RAP_NO_DAY;
    return rap_date_earliest(date);
}

rap_status rap_sqlite_number(sqlite_store *store, const char *sql, int64_t *out,
                             rap_error *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    const int step = sqlite3_step(statement);
    *out = step == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    const rap_status status = step == SQLITE_ROW || step == SQLITE_DONE
                                  ? RAP_OK
                                  : rap_sqlite_fail(store, err);
    (void)sqlite3_finalize(statement);
    return status;
}

/* ---- rap_has(text, folded words): do the words stand in the text, from a word's
 * start? */

static bool starts_word(rap_slice s, uint32_t at)
{
    if (!at) return true;
    const uint32_t before = rap_utf8_back(s, &at);
    return !rap_is_letter(before) && !rap_is_digit(before);
}

static bool has_words(rap_slice text, rap_slice words)
{
    uint32_t at = rap_slice_find(text, words, 0);
    while (at < text.len && !starts_word(text, at))
        at = rap_slice_find(text, words, at + 1);
    return at < text.len;
}

static void sql_has(sqlite3_context *context, int count, sqlite3_value **value)
{
    (void)count;
    const char *text = (const char *)sqlite3_value_text(value[0]);
    const char *words = (const char *)sqlite3_value_text(value[1]);
    if (!text || !words) {
        sqlite3_result_int(context, 0);
        return;
    }
    char buffer[512];
    rap_arena arena = RAP_ARENA(1u << 30);
    rap_slice folded = {buffer,
                        rap_fold_into(rap_slice_of(text), buffer, sizeof buffer)};
    if (folded.len == RAP_NONE) folded = rap_fold(&arena, rap_slice_of(text));
    if (!folded.at)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_int(context, has_words(folded, rap_slice_of(words)));
    rap_arena_free(&arena);
}

/* ---- opening --------------------------------------------------------------------- */

static void sqlite_close(rap_store *head)
{
    sqlite_store *store = sqlite_of(head);
    for (uint32_t i = 0; i < RAP_SQL_CACHED; i++)
        (void)sqlite3_finalize(store->cached[i].statement);
    if (store->db && store->writes && sqlite3_get_autocommit(store->db)) {
        /* The last one out makes it one plain file again; refused while others read. */
        (void)sqlite3_busy_timeout(store->db, 0);
        (void)sqlite3_exec(store->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    }
    (void)sqlite3_close_v2(store->db);
    free(store->path);
    free(store);
}

/* "file:" URI of `path` that promises nobody writes it; malloc'ed. */
static char *immutable_uri(const char *path)
{
    static const char digit[] = "0123456789ABCDEF";
    char *uri = malloc(strlen(path) * 3 + sizeof "file:?immutable=1");
    if (!uri) return NULL;
    char *to = stpcpy(uri, "file:");
    for (; *path; path++) {
        const unsigned char c = (unsigned char)*path;
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
            (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '-' || c == '_') {
            *to++ = (char)c;
        } else {
            *to++ = '%';
            *to++ = digit[c >> 4];
            *to++ = digit[c & 15];
        }
    }
    (void)stpcpy(to, "?immutable=1");
    return uri;
}

static bool has_wal(const char *path)
{
    char *wal = NULL;
    if (asprintf(&wal, "%s-wal", path) < 0) return true;
    const bool there = access(wal, F_OK) == 0;
    free(wal);
    return there;
}

/* Connect; reading a file in WAL mode whose folder refuses the index beside it works
 * when there is no WAL: then nobody writes, and SQLite may be told so. */
static rap_status connect_to(sqlite_store *store, rap_error *err)
{
    /* NOMUTEX: a store is one thread's. */
    const int flags = (store->writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                      SQLITE_OPEN_NOMUTEX;
    int opened = sqlite3_open_v2(store->path, &store->db, flags, NULL);
    if (opened == SQLITE_OK && !store->writes) {
        opened =
            sqlite3_exec(store->db, "SELECT 1 FROM sqlite_schema", NULL, NULL, NULL);
        if ((opened == SQLITE_CANTOPEN || opened == SQLITE_READONLY) &&
            !has_wal(store->path)) {
            char *uri = immutable_uri(store->path);
            (void)sqlite3_close(store->db);
            store->db = NULL;
            if (!uri) return rap_fail(err, RAP_E_NOMEM, 0, "%s", store->path);
            opened = sqlite3_open_v2(uri, &store->db, flags | SQLITE_OPEN_URI, NULL);
            free(uri);
        }
        if (opened == SQLITE_BUSY) opened = SQLITE_OK;
    }
    if (!store->db) return rap_fail(err, RAP_E_NOMEM, 0, "%s", store->path);
    if (opened != SQLITE_OK) {
        if (opened == SQLITE_NOTADB)
            return rap_fail(err, RAP_E_STORE, 0, "%s is not a record", store->path);
        return rap_sqlite_fail(store, err);
    }
    return RAP_OK;
}

static rap_status set_up(sqlite_store *store, rap_error *err)
{
    (void)sqlite3_busy_timeout(store->db, BUSY_MS);
    (void)sqlite3_extended_result_codes(store->db, 0);
    if (sqlite3_create_function(store->db, "rap_has", 2,
                                SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                NULL, sql_has, NULL, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    const rap_status status = rap_sqlite_add_seal(store, err);
    if (status) return status;
    return rap_sqlite_run(store,
                          "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;"
                          "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
                          "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;",
                          err);
}

static rap_status check_kind(sqlite_store *store, int64_t *version, rap_error *err)
{
    int64_t application = 0;
    rap_status status =
        rap_sqlite_number(store, "PRAGMA application_id", &application, err);
    if (!status) status = rap_sqlite_number(store, "PRAGMA user_version", version, err);
    if (status && !strcmp(err->code, "damaged"))
        return rap_fail(err, RAP_E_STORE, 0, "%s is not a record, or is damaged",
                        store->path);
    if (status) return status;
    if (application != RAP_SQLITE_APPLICATION)
        return rap_fail(err, RAP_E_STORE, 0, "%s is not a record", store->path);
    if (*version > RAP_SQLITE_VERSION)
        return rap_fail(err, RAP_E_STORE, 0,
                        "%s was made by a newer version (format %d, this one reads %d)",
                        store->path, (int)*version, RAP_SQLITE_VERSION);
    return RAP_OK;
}

/* ---- making a record ------------------------------------------------------------- */

static rap_status make_file(const char *path, rap_error *err)
{
    char sql[128];
    sqlite_store store = {.writes = true};
    if (asprintf(&store.path, "%s", path) < 0)
        return rap_fail(err, RAP_E_NOMEM, 0, "%s", path);
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    rap_status status = RAP_OK;
    if (sqlite3_open_v2(path, &store.db, flags, NULL) != SQLITE_OK)
        status = rap_sqlite_fail(&store, err);
    (void)snprintf(sql, sizeof sql, "PRAGMA application_id=%d; PRAGMA user_version=%d;",
                   RAP_SQLITE_APPLICATION, RAP_SQLITE_VERSION);
    if (!status) status = rap_sqlite_run(&store, "PRAGMA synchronous=FULL; BEGIN", err);
    for (uint32_t i = 0; !status && rap_sqlite_schema[i]; i++)
        status = rap_sqlite_run(&store, rap_sqlite_schema[i], err);
    if (!status) status = rap_sqlite_run(&store, sql, err);
    if (!status) status = rap_sqlite_run(&store, "COMMIT", err);
    (void)sqlite3_close(store.db);
    free(store.path);
    return status;
}

/* Make an empty record at `path` in one step; one that appeared meanwhile is kept. */
static rap_status make_record(const char *path, rap_error *err)
{
    char *draft = NULL;
    if (asprintf(&draft, "%s.%ld.new", path, (long)getpid()) < 0)
        return rap_fail(err, RAP_E_NOMEM, 0, "%s", path);
    (void)unlink(draft);
    rap_status status = make_file(draft, err);
    if (!status && link(draft, path) != 0 && errno != EEXIST &&
        rename(draft, path) != 0) /* a file system without links */
        status = rap_fail(err, RAP_E_IO, 0, "%s: %s", path, strerror(errno));
    (void)unlink(draft);
    free(draft);
    return status;
}

/* An empty file is where a record may be made: mktemp leaves one. */
static rap_status make_if_missing(const char *path, rap_error *err)
{
    if (access(path, F_OK) == 0) {
        FILE *file = fopen(path, "rb");
        const bool empty = file && fgetc(file) == EOF && !ferror(file);
        if (file) (void)fclose(file);
        if (!empty) return RAP_OK;
        return make_file(path, err);
    }
    return make_record(path, err);
}

/* ---- transactions ---------------------------------------------------------------- */

static rap_status sqlite_begin(rap_store *store, rap_error *err)
{
    return rap_sqlite_run(sqlite_of(store), "BEGIN IMMEDIATE", err);
}

/* A transaction that reads holds its state from the first row on. */
static rap_status sqlite_hold(rap_store *store, rap_error *err)
{
    return rap_sqlite_run(sqlite_of(store), "BEGIN; SELECT count(*) FROM state", err);
}

/* What people decided is applied in every state that can be seen. */
static rap_status sqlite_commit(rap_store *head, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    rap_status status = RAP_OK;
    if (store->due)
        status = rap_sqlite_apply(store, err);
    else if (store->due_from)
        status = rap_sqlite_apply_new(store, store->due_from, err);
    store->due_from = 0;
    store->bare = false;
    if (!status && store->writes) status = rap_sqlite_note_changes(store, err);
    return status ? status : rap_sqlite_run(store, "COMMIT", err);
}

static void sqlite_rollback(rap_store *store)
{
    sqlite_of(store)->bare = sqlite_of(store)->due = false;
    sqlite_of(store)->due_from = 0;
    (void)sqlite3_exec(sqlite_of(store)->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- what is there --------------------------------------------------------------- */

static rap_status sqlite_has(rap_store *head, const rap_sha256 *sha256, bool *out,
                             rap_error *err)
{
    static const char sql[] =
        "SELECT 1 FROM document d LEFT JOIN article a ON a.document = d.id"
        " WHERE d.sha256 = ?1 AND (d.purged_at IS NOT NULL OR (a.document IS NOT NULL"
        "  AND (?2 IS NULL OR a.engine = ?2)))";
    sqlite_store *store = sqlite_of(head);
    sqlite3_stmt *statement;
    rap_status status = rap_sqlite_cached(store, sql, &statement, err);
    if (status) return status;
    char hex[65];
    rap_sha256_hex(sha256, hex);
    rap_sqlite_bind(statement, 1, hex);
    rap_sqlite_bind(statement, 2, store->engine);
    const int step = sqlite3_step(statement);
    *out = step == SQLITE_ROW;
    if (step != SQLITE_ROW && step != SQLITE_DONE) status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(statement);
    return status;
}

static rap_status sqlite_is_joined(rap_store *store, bool *out, rap_error *err)
{
    int64_t joined = 0;
    const rap_status status = rap_sqlite_number(
        sqlite_of(store), "SELECT value = '1' FROM state WHERE name = 'joined'",
        &joined, err);
    *out = joined != 0;
    return status;
}

static rap_status sqlite_count(rap_store *store, uint64_t *documents, rap_error *err)
{
    int64_t count = 0;
    const rap_status status = rap_sqlite_number(
        sqlite_of(store), "SELECT count(*) FROM document WHERE purged_at IS NULL",
        &count, err);
    *documents = (uint64_t)count;
    return status;
}

static rap_status sqlite_made_by(rap_store *head, char out[65], rap_error *err)
{
    static const char sql[] = "SELECT min(engine), max(engine) FROM article";
    sqlite_store *store = sqlite_of(head);
    out[0] = 0;
    bool joined = false;
    sqlite3_stmt *statement = NULL;
    rap_status status = sqlite_is_joined(head, &joined, err);
    if (!status) status = rap_sqlite_cached(store, sql, &statement, err);
    if (status || !joined) return status;
    if (sqlite3_step(statement) == SQLITE_ROW) {
        const char *least = (const char *)sqlite3_column_text(statement, 0);
        const char *most = (const char *)sqlite3_column_text(statement, 1);
        if (least && most && !strcmp(least, most)) (void)snprintf(out, 65, "%s", least);
    } else {
        status = rap_sqlite_fail(store, err);
    }
    (void)sqlite3_reset(statement);
    return status;
}

static rap_status sqlite_set_made_by(rap_store *store, const char *fingerprint,
                                     rap_error *err)
{
    (void)err;
    (void)snprintf(sqlite_of(store)->engine, sizeof sqlite_of(store)->engine, "%s",
                   fingerprint);
    return RAP_OK;
}

static const rap_store_class sqlite_class = {
    .close = sqlite_close,
    .has = sqlite_has,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .put = rap_sqlite_put,
    .join = rap_sqlite_join,
    .made_by = sqlite_made_by,
    .set_made_by = sqlite_set_made_by,
    .is_joined = sqlite_is_joined,
    .count = sqlite_count,
    .recall = rap_sqlite_recall,
    .remember = rap_sqlite_remember,
    .setting = rap_sqlite_setting,
    .set_setting = rap_sqlite_set_setting,
    .documents = rap_sqlite_documents,
    .entries = rap_sqlite_entries,
    .hold = sqlite_hold,
    .each_entry = rap_sqlite_each_entry,
    .find = rap_sqlite_find,
    .passages = rap_sqlite_passages,
    .sources = rap_sqlite_sources,
    .actors = rap_sqlite_actors,
    .mentions = rap_sqlite_mentions,
    .zones = rap_sqlite_zones,
    .decide = rap_sqlite_decide,
    .log = rap_sqlite_log,
    .decisions = rap_sqlite_decisions,
    .agreement = rap_sqlite_agreement,
    .changes = rap_sqlite_changes,
    .purge = rap_sqlite_purge,
    .finish_purge = rap_sqlite_finish_purge,
    .copy_to = rap_sqlite_copy_to,
    .compare = rap_sqlite_compare,
    .passage_at = rap_sqlite_passage_at,
    .text = rap_sqlite_text_of,
    .verify = rap_sqlite_verify,
};

static rap_status open_record(sqlite_store *store, rap_error *err)
{
    int64_t version = 0;
    rap_status status = connect_to(store, err);
    if (!status) status = set_up(store, err);
    if (!status) status = check_kind(store, &version, err);
    if (status) return status;
    if (!store->writes && version < RAP_SQLITE_VERSION)
        return rap_fail_as(
            err, RAP_E_STORE, "older", 0,
            "%s was made by an older version; add or rebuild brings it up to date",
            store->path);
    if (!store->writes) return RAP_OK;
    status = rap_sqlite_run(store, "PRAGMA journal_mode=WAL", err);
    if (!status) status = rap_sqlite_migrate(store, version, err);
    return status ? status : rap_sqlite_watch_entries(store, err);
}

/* What a purge that was killed had removed must not stay in the file; while others read it,
 * the next one to open it finishes. */
static rap_status finish_purge_if_cut_off(sqlite_store *store, rap_error *err)
{
    bool purging = false;
    rap_status status = rap_store_is_purging(&store->head, &purging, err);
    if (status || !purging) return status;
    status = rap_sqlite_finish_purge(&store->head, err);
    return status && !strcmp(err->code, "busy") ? RAP_OK : status;
}

static bool is_folder(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0 && S_ISDIR(there.st_mode);
}

rap_status rap_sqlite_open(const char *path, rap_store_mode mode, rap_store **out,
                           rap_error *err)
{
    if (!path || !*path) return rap_fail(err, RAP_E_USAGE, 0, "a record needs a name");
    if (mode == RAP_STORE_CREATE) {
        const rap_status made = make_if_missing(path, err);
        if (made) return made;
    } else if (access(path, F_OK) != 0) {
        return rap_fail(err, RAP_E_NOTFOUND, 0, "%s: no such record", path);
    } else if (is_folder(path)) {
        return rap_fail(err, RAP_E_STORE, 0, "%s is a folder, not a record", path);
    }
    sqlite_store *store = calloc(1, sizeof *store);
    if (!store) return rap_fail(err, RAP_E_NOMEM, 0, "%s", path);
    store->head.functions = &sqlite_class;
    /* A name like ":memory:" means a file all the same. */
    if (asprintf(&store->path, "%s%s", *path == ':' ? "./" : "", path) < 0)
        store->path = NULL;
    store->writes = mode != RAP_STORE_READ;
    rap_status status = RAP_OK;
    if (store->path)
        status = open_record(store, err);
    else
        status = rap_fail(err, RAP_E_NOMEM, 0, "%s", path);
    if (status) {
        store->writes = false; /* what is not a record is left as it was */
        sqlite_close(&store->head);
        return status;
    }
    *out = &store->head;
    if (store->writes) status = finish_purge_if_cut_off(store, err);
    if (status) {
        sqlite_close(&store->head);
        *out = NULL;
    }
    return status;
}
