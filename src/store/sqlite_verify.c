/*
 * sqlite_verify.c - what is wrong with a record.
 *
 * Method  the file (integrity_check), its references, the digest of every document,
 * every quote against the text at its span, the chain of decisions, and the full-text
 *         index. Nothing is written: FTS5 checks its index only on a connection that
 * may write, so a second one is opened, asked, and rolled back. Cost    reads the whole
 * file once; memory of the largest document.
 */
#include "store_private.h"

#include "text.h"

typedef struct verifying {
    sqlite_store *store;
    void (*report)(void *, const char *);
    void *state;
    uint32_t wrong;
    bool stale; /* documents wait for being read: no damage */
    rap_arena arena;
    rap_error *err;
} verifying;

/* What is damaged may be any bytes: none reaches a terminal that is no character. */
static void make_plain(char *line)
{
    const rap_slice s = rap_slice_of(line);
    for (uint32_t at = 0; at < s.len;) {
        const uint32_t begin = at, c = rap_utf8_next(s, &at);
        if (c >= ' ' && c != 0x7F && c != RAP_BAD_CHAR) continue;
        memset(line + begin, '?', at - begin);
    }
}

static void tell(verifying *v, const char *format, ...) RAP_PRINTF(2, 3);
static void tell(verifying *v, const char *format, ...)
{
    char line[512];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(line, sizeof line, format, args);
    va_end(args);
    v->wrong++;
    make_plain(line);
    if (v->report) v->report(v->state, line);
}

/* Damage met while reading is a finding; only a lack of memory and a busy file fail. */
static rap_status read_on(verifying *v, sqlite3_stmt *s, int step)
{
    rap_status status = RAP_OK;
    if (step != SQLITE_DONE) {
        rap_error err;
        status = rap_sqlite_fail(v->store, &err);
        if (status == RAP_E_NOMEM || !strcmp(err.code, "busy")) {
            *v->err = err;
        } else {
            tell(v, "reading stopped: %s", err.text);
            status = RAP_OK;
        }
    }
    (void)sqlite3_finalize(s);
    return status;
}

static rap_status ask(verifying *v, const char *sql, sqlite3_stmt **out)
{
    *out = NULL;
    if (sqlite3_prepare_v2(v->store->db, sql, -1, out, NULL) == SQLITE_OK)
        return RAP_OK;
    return read_on(v, NULL, SQLITE_ERROR);
}

static const char *text_of(sqlite3_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    return text ? text : "";
}

static rap_status check_file(verifying *v)
{
    sqlite3_stmt *s;
    int step = SQLITE_DONE;
    rap_status status = ask(v, "PRAGMA integrity_check", &s);
    if (status || !s) return status;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        if (strcmp(text_of(s, 0), "ok") != 0) tell(v, "file: %s", text_of(s, 0));
    status = read_on(v, s, step);
    if (!status) status = ask(v, "PRAGMA foreign_key_check", &s);
    if (status || !s) return status;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        tell(v, "a row of %s points at nothing in %s", text_of(s, 0), text_of(s, 2));
    return read_on(v, s, step);
}

/* ---- documents and quotes -------------------------------------------------------- */

static void check_digest(verifying *v, sqlite3_stmt *s)
{
    const rap_slice bytes = {sqlite3_column_blob(s, 2),
                             (uint32_t)sqlite3_column_bytes(s, 2)};
    const rap_sha256 digest = rap_sha256_of(bytes);
    char hex[65];
    rap_sha256_hex(&digest, hex);
    if (!sqlite3_column_int(s, 6))
        tell(v, "document %lld (%s): what is kept of it is not what was sealed",
             (long long)sqlite3_column_int64(s, 0), text_of(s, 3));
    if (strcmp(hex, text_of(s, 1)) != 0)
        tell(v, "document %lld (%s): its bytes are not those of its digest %.12s…",
             (long long)sqlite3_column_int64(s, 0), text_of(s, 3), text_of(s, 1));
}

static rap_status check_quotes(verifying *v, int64_t document, const char *path,
                               rap_slice text)
{
    static const char sql[] =
        "SELECT s.span_begin, s.span_end, CAST(s.quote AS BLOB), r.id FROM reading r"
        " JOIN reading_span s ON s.reading = r.number WHERE r.document = ?1";
    sqlite3_stmt *s;
    rap_status status = ask(v, sql, &s);
    if (status || !s) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const int64_t begin = sqlite3_column_int64(s, 0),
                      end = sqlite3_column_int64(s, 1);
        const char *quote = sqlite3_column_blob(s, 2);
        const rap_slice words = {quote ? quote : "",
                                 (uint32_t)sqlite3_column_bytes(s, 2)};
        const bool quoted = sqlite3_column_type(s, 2) != SQLITE_NULL;
        const bool inside = 0 <= begin && begin <= end && end <= (int64_t)text.len;
        if (!inside ||
            (quoted && !rap_slice_equal(
                           words, rap_slice_sub(text, (uint32_t)begin, (uint32_t)end))))
            tell(v, "%s in document %lld (%s): its quote does not stand at %lld-%lld",
                 text_of(s, 3), (long long)document, path, (long long)begin,
                 (long long)end);
    }
    return read_on(v, s, step);
}

static rap_status check_documents(verifying *v)
{
    sqlite3_stmt *s;
    rap_status status =
        ask(v,
            "SELECT d.id, coalesce(d.redacted_sha256, d.sha256), d.bytes, d.path,"
            " coalesce(a.text, d.bytes), a.document IS NULL AND d.purged_at IS NULL,"
            " d.seal = " RAP_DOCUMENT_SEAL " FROM document d"
            " LEFT JOIN article a ON a.document = d.id ORDER BY d.id",
            &s);
    if (status || !s) return status;
    int step = SQLITE_DONE;
    while (!status && (step = sqlite3_step(s)) == SQLITE_ROW) {
        check_digest(v, s);
        const int64_t id = sqlite3_column_int64(s, 0);
        if (sqlite3_column_int(s, 5) && !v->stale)
            tell(v, "document %lld (%s): nothing was read from it; rebuild the record",
                 (long long)id, text_of(s, 3));
        const char *bytes = sqlite3_column_blob(s, 4);
        const rap_slice text = {bytes ? bytes : "",
                                (uint32_t)sqlite3_column_bytes(s, 4)};
        status = check_quotes(v, id, text_of(s, 3), text);
    }
    if (status) {
        (void)sqlite3_finalize(s);
        return status;
    }
    return read_on(v, s, step);
}

/* ---- entries --------------------------------------------------------------------- */

static rap_status check_count(verifying *v, const char *sql, const char *what)
{
    sqlite3_stmt *s;
    const rap_status status = ask(v, sql, &s);
    if (status || !s) return status;
    int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        const int64_t n = sqlite3_column_int64(s, 0);
        if (n) tell(v, "%lld %s", (long long)n, what);
        step = sqlite3_step(s);
    }
    return read_on(v, s, step);
}

static rap_status check_entries(verifying *v)
{
    rap_status status =
        check_count(v,
                    "SELECT count(*) FROM entry e WHERE NOT EXISTS (SELECT 1"
                    " FROM entry_reading er WHERE er.entry = e.number)",
                    "entries without a reading");
    if (!status) /* meetings are entered by the join; the others at once */
        status =
            check_count(v,
                        "SELECT count(*) FROM reading r WHERE r.kind NOT IN ('detail', "
                        "'disagreement') AND"
                        " (r.kind IN ('statement', 'event', 'position') OR"
                        " (SELECT value FROM state WHERE name = 'joined') = '1') AND"
                        " NOT EXISTS (SELECT 1 FROM entry_reading er"
                        " WHERE er.reading = r.number)",
                        "readings without an entry");
    if (!status)
        status = check_count(
            v,
            "SELECT (SELECT count(*) FROM entry WHERE number NOT IN"
            " (SELECT rowid FROM entry_fts)) + (SELECT count(*)"
            " FROM entry_fts WHERE rowid NOT IN (SELECT number FROM entry))",
            "entries that differ from the full-text index");
    return status;
}

/* FTS5's own check of index against content. Opens the file for writing, which may be
 * refused: then this check is left out. */
static void check_index(verifying *v)
{
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(v->store->path, &db, SQLITE_OPEN_READWRITE, NULL) ==
            SQLITE_OK &&
        !sqlite3_db_readonly(db, "main")) {
        (void)sqlite3_busy_timeout(db, 1000);
        (void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK) {
            const int checked = sqlite3_exec(
                db, "INSERT INTO entry_fts(entry_fts) VALUES('integrity-check')", NULL,
                NULL, NULL);
            if ((checked & 0xFF) == SQLITE_CORRUPT)
                tell(v, "the full-text index is damaged; rebuild the record");
            (void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
        }
    }
    (void)sqlite3_close(db);
}

/* ---- decisions ------------------------------------------------------------------- */

static rap_status check_decisions(verifying *v)
{
    sqlite3_stmt *s;
    const rap_status status = ask(v, rap_sqlite_decision_hash, &s);
    if (status || !s) return status;
    char previous[65] = "";
    int64_t expected = 0;
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const int64_t id = sqlite3_column_int64(s, 0);
        if (id != ++expected || strcmp(previous, text_of(s, 1)) != 0 ||
            strcmp(text_of(s, 2), text_of(s, 3)) != 0)
            tell(v, "decision %lld: the chain of the log is broken here",
                 (long long)id);
        else if (!sqlite3_column_int(s, 4) || !sqlite3_column_int(s, 5) ||
                 !sqlite3_column_int(s, 6))
            tell(v, "decision %lld: its words are not those that were sealed",
                 (long long)id);
        expected = id;
        (void)snprintf(previous, sizeof previous, "%s", text_of(s, 2));
    }
    return read_on(v, s, step);
}

static rap_status check_log(verifying *v)
{
    rap_status status = check_decisions(v);
    if (!status)
        status =
            check_count(v,
                        "SELECT count(*) FROM decision_anchor WHERE decision NOT IN"
                        " (SELECT id FROM decision)",
                        "anchors without a decision");
    if (!status && !v->stale)
        status = check_count(v,
                             "SELECT count(*) FROM decision WHERE id NOT IN"
                             " (SELECT decision FROM applied)",
                             "decisions that are not applied");
    if (!status) /* what was cut off may still stand in what was made of it */
        status =
            check_count(v,
                        "SELECT (SELECT count(*) FROM applied WHERE decision NOT IN"
                        " (SELECT id FROM decision)) + (SELECT count(*) FROM history"
                        " WHERE decision > (SELECT coalesce(max(id), 0)"
                        "  FROM decision))",
                        "traces of decisions that the log does not have");
    return status;
}

rap_status rap_sqlite_verify(rap_store *store, void (*report)(void *, const char *),
                             void *state, uint32_t *wrong, rap_error *err)
{
    verifying v = {
        .store = sqlite_of(store), .report = report, .state = state, .err = err};
    rap_status status = check_file(&v);
    rap_error ignored;
    if (!status && rap_store_is_stale(store, &v.stale, &ignored)) v.stale = false;
    if (!status) status = check_documents(&v);
    if (!status) status = check_entries(&v);
    if (!status) status = check_log(&v);
    if (!status) check_index(&v);
    *wrong = v.wrong;
    return status;
}
