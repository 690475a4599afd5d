/*
 * sqlite_purge.c - removing a document, or a person's names, so that no byte is left.
 *
 * Method  one transaction blanks the ground truth and the words of decisions, drops what was
 *         derived, and logs the purge; `state` says that the file is still to be cleaned. Then
 *         both full-text indexes are rebuilt, the file is written anew with secure_delete,
 *         and the WAL is cut to nothing; a purge that is cut off there is finished by whoever
 *         opens the record for writing next. A name (sqlite_purge_name.c) is overwritten
 *         byte for byte, so that every span and address stays; a document whose text holds it in another encoding
 *         goes as a whole.
 * Cost    reads every document once; writes the file once.
 */
#include "sqlite_purge_private.h"

typedef struct purging {
    sqlite_store *store;
    const rap_decision *by;
    rap_error *err;
    rap_arena arena;
    purge_names names;
    uint32_t places, left; /* overwritten; words of a name that nobody resolves */
    RAP_LIST(sqlite_anchor) touched;
} purging;

static rap_status no_memory(purging *p)
{
    return rap_fail(p->err, RAP_E_NOMEM, 0, "no memory to purge");
}

/* ---- triggers ---------------------------------------------------------------------- */

static rap_status set_triggers(purging *p, bool on)
{
    static const char *const names[] = {"document_is_fixed", "decision_is_fixed",
                                        "decision_anchor_is_fixed"};
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < 3; i++) {
        char sql[96];
        (void)snprintf(sql, sizeof sql, "DROP TRIGGER IF EXISTS %s", names[i]);
        status = rap_sqlite_run(p->store, sql, p->err);
        for (uint32_t k = 0; !status && on && rap_sqlite_schema[k]; k++) {
            const char *at = rap_sqlite_schema[k];
            const size_t len = strlen(names[i]);
            if (!strncmp(at, "CREATE TRIGGER ", 15) &&
                !strncmp(at + 15, names[i], len) && at[15 + len] == ' ')
                status = rap_sqlite_run(p->store, at, p->err);
        }
    }
    return status;
}

static rap_status run_text(purging *p, const char *sql, const char *text)
{
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, text, -1, SQLITE_STATIC);
    return rap_sqlite_done(p->store, s, p->err);
}

/* ---- a whole document -------------------------------------------------------------- */

static rap_status touch(purging *p, int64_t document)
{
    static const char sql[] = "SELECT sha256 FROM document WHERE id = ?1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    sqlite_anchor anchor = {.kind = "source",
                            .quote = RAP_LIT(""),
                            .prefix = RAP_LIT(""),
                            .suffix = RAP_LIT(""),
                            .facet = "{}"};
    if (sqlite3_step(s) == SQLITE_ROW) anchor.sha256 = rap_sqlite_text(s, 0, &p->arena);
    (void)sqlite3_reset(s);
    return anchor.sha256 && rap_push(&p->arena, &p->touched, anchor) ? RAP_OK
                                                                     : no_memory(p);
}

/* The words of every decision on the document, and of what undid those. */
static rap_status purge_decisions_on(purging *p, const char *sha256)
{
    static const char words[] =
        "WITH ours AS (SELECT decision FROM decision_anchor WHERE document_sha256 = ?1)"
        " UPDATE decision SET reason = NULL, payload = NULL, salt = NULL"
        " WHERE kind <> 'purge' AND (id IN (SELECT decision FROM ours)"
        "  OR target IN (SELECT decision FROM ours))";
    static const char anchors[] =
        "UPDATE decision_anchor SET quote = NULL, prefix = NULL, suffix = NULL,"
        " facet = NULL, salt = NULL WHERE document_sha256 = ?1";
    const rap_status status = run_text(p, words, sha256);
    return status ? status : run_text(p, anchors, sha256);
}

static rap_status blank_document(purging *p, int64_t document)
{
    static const char blank[] =
        "UPDATE document SET bytes = x'', path = '', media_type = '', charset = NULL,"
        " given_title = NULL, given_author = NULL, given_outlet = NULL, given_url = "
        "NULL,"
        " given_date = NULL, purged_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),"
        " redacted_sha256 ="
        " 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'"
        " WHERE id = ?1"; /* the digest of no bytes */
    static const char seal[] =
        "UPDATE document AS d SET seal = " RAP_DOCUMENT_SEAL " WHERE id = ?1";
    /* its copies are to find another voice */
    static const char copies[] =
        "UPDATE article SET given = '' WHERE voice = ?1 AND document <> ?1";
    rap_status status = rap_sqlite_run_with(p->store, copies, document, p->err);
    if (!status) status = rap_sqlite_forget(p->store, document, p->err);
    if (!status) status = rap_sqlite_run_with(p->store, blank, document, p->err);
    if (!status) status = rap_sqlite_run_with(p->store, seal, document, p->err);
    if (!status) status = touch(p, document);
    if (status) return status;
    return purge_decisions_on(p, p->touched.at[p->touched.count - 1].sha256);
}

/* ---- a person in one document -------------------------------------------------------- */

enum { FIELDS = 6 }; /* path and what was given */

static rap_status write_redacted(purging *p, int64_t document, rap_slice bytes,
                                 char *const field[FIELDS])
{
    static const char set[] =
        "UPDATE document SET bytes = ?2, redacted_sha256 = ?3, path = ?4,"
        " given_title = ?5, given_author = ?6, given_outlet = ?7, given_url = ?8,"
        " given_date = ?9 WHERE id = ?1";
    static const char seal[] =
        "UPDATE document AS d SET seal = " RAP_DOCUMENT_SEAL " WHERE id = ?1";
    char hex[65];
    const rap_sha256 digest = rap_sha256_of(bytes);
    rap_sha256_hex(&digest, hex);
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(p->store, set, &s, p->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    (void)sqlite3_bind_blob(s, 2, bytes.len ? bytes.at : "", (int)bytes.len,
                            SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 3, hex, 64, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 4, field[0], -1, SQLITE_STATIC);
    for (int i = 1; i < FIELDS; i++) rap_sqlite_bind(s, 4 + i, field[i]);
    status = rap_sqlite_done(p->store, s, p->err);
    if (!status) status = rap_sqlite_run_with(p->store, seal, document, p->err);
    if (!status) status = rap_sqlite_forget(p->store, document, p->err);
    return status ? status : touch(p, document);
}

/* Is the person mentioned in the document; and, `out` given, overwritten there in what is
 * source and text at once. */
static rap_status redact_mentions(purging *p, int64_t document, rap_slice bytes,
                                  char *out, bool *mentioned, uint32_t *found)
{
    static const char sql[] =
        "SELECT m.span_begin, m.span_end FROM mention m JOIN actor a ON a.document ="
        " m.document AND a.n = m.actor WHERE m.document = ?1 AND m.form <> 'pronoun' "
        "AND"
        " (a.key = ?2 OR EXISTS (SELECT 1 FROM actor_member g JOIN actor o ON "
        "o.document"
        "  = g.document AND o.n = g.member WHERE g.document = a.document"
        "  AND g.actor = a.n AND o.key = ?2))";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    (void)sqlite3_bind_text(s, 2, p->names.key, -1, SQLITE_STATIC);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const rap_span span = {(uint32_t)sqlite3_column_int64(s, 0),
                               (uint32_t)sqlite3_column_int64(s, 1)};
        *mentioned = true;
        if (out) *found += rap_purge_redact_within(&p->names, bytes, span, out);
    }
    if (step != SQLITE_DONE) status = rap_sqlite_fail(p->store, p->err);
    (void)sqlite3_reset(s);
    return status;
}

static rap_status is_read(purging *p, int64_t document, bool *out)
{
    static const char sql[] = "SELECT 1 FROM mention WHERE document = ?1 LIMIT 1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    *out = sqlite3_step(s) == SQLITE_ROW;
    (void)sqlite3_reset(s);
    return RAP_OK;
}

/* Overwrite in a copy of the bytes. Where the text is another than the bytes, single words
 * go wherever they stand in a document that mentions the person. *hidden: the text holds
 * more of the name than the bytes show. In a document without mentions, too. */
static rap_status redact_bytes(purging *p, int64_t document, const rap_slice part[2],
                               bool is_text, char *bytes, bool *mentioned,
                               uint32_t *found, bool *hidden)
{
    rap_status status = redact_mentions(p, document, part[0], NULL, mentioned, found);
    if (status) return status;
    bool read =
        true; /* an earlier version, or what could not be read, has no mentions */
    if (!*mentioned) status = is_read(p, document, &read);
    if (status) return status;
    if (!read)
        *mentioned = rap_purge_redact(&p->names, part[0], false, false, NULL) > 0;
    const bool words = *mentioned && (!is_text || !read);
    *found = rap_purge_redact(&p->names, part[0], words, false, bytes);
    *hidden =
        !is_text && rap_purge_redact(&p->names, part[1], words, false, NULL) > *found;
    if (is_text)
        status = redact_mentions(p, document, part[0], bytes, mentioned, found);
    const purge_names single = {.whole = p->names.word, .given = true};
    p->left +=
        rap_purge_redact(&single, (rap_slice){bytes, part[0].len}, false, false, NULL);
    return status;
}

/* Row: id, bytes, text, path and what was given. */
static rap_status purge_row(purging *p, sqlite3_stmt *s, rap_arena *arena)
{
    const int64_t document = sqlite3_column_int64(s, 0);
    const bool is_text = sqlite3_column_type(s, 2) == SQLITE_NULL;
    rap_slice part[2]; /* bytes, text */
    for (int i = 0; i < 2; i++) {
        const char *at = sqlite3_column_blob(s, 1 + i);
        const rap_slice held = {at ? at : "", (uint32_t)sqlite3_column_bytes(s, 1 + i)};
        part[i] = rap_arena_copy(arena, held);
        if (!part[i].at) return no_memory(p);
    }
    const char *given[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
        given[i] = rap_sqlite_text(s, 3 + i, arena);
        if (!given[i]) return no_memory(p);
    }
    (void)sqlite3_reset(s);
    char *bytes = rap_new(arena, char, (size_t)part[0].len + 1);
    if (!bytes) return no_memory(p);
    if (part[0].len) memcpy(bytes, part[0].at, part[0].len);
    uint32_t found = 0;
    bool mentioned = false, hidden = false;
    const rap_status status =
        redact_bytes(p, document, part, is_text, bytes, &mentioned, &found, &hidden);
    if (status) return status;
    char *field[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
        field[i] = rap_arena_printf(arena, "%s", given[i]);
        if (!field[i]) return no_memory(p);
        const bool address = i == 0 || i == 4; /* path, URL: of any case */
        found += rap_purge_redact(&p->names, rap_slice_of(given[i]), mentioned,
                                  address && !p->names.given, field[i]);
    }
    p->places += found;
    if (hidden) return blank_document(p, document);
    return found ? write_redacted(p, document, (rap_slice){bytes, part[0].len}, field)
                 : RAP_OK;
}

static rap_status purge_person_in_documents(purging *p)
{
    static const char sql[] =
        "SELECT d.id, d.bytes, a.text, d.path, d.given_title, d.given_author,"
        " d.given_outlet, d.given_url, d.given_date FROM document d LEFT JOIN article a"
        " ON a.document = d.id WHERE d.id > ?1 AND d.purged_at IS NULL"
        " ORDER BY d.id LIMIT 1";
    rap_arena arena = RAP_ARENA(1u << 30);
    int64_t last = 0;
    rap_status status = RAP_OK;
    while (!status) {
        sqlite3_stmt *s;
        rap_arena_clear(&arena);
        status = rap_sqlite_cached(p->store, sql, &s, p->err);
        if (status) break;
        (void)sqlite3_bind_int64(s, 1, last);
        const int step = sqlite3_step(s);
        if (step == SQLITE_ROW) {
            last = sqlite3_column_int64(s, 0);
            status = purge_row(p, s, &arena);
        } else if (step != SQLITE_DONE) {
            status = rap_sqlite_fail(p->store, p->err);
        }
        (void)sqlite3_reset(s);
        if (step == SQLITE_DONE) break;
    }
    rap_arena_free(&arena);
    return status;
}

/* ---- a person in the log ------------------------------------------------------------- */

static bool names_person(const purging *p, sqlite3_stmt *s, int from, int to)
{
    for (int i = from; i < to; i++) {
        const char *text = (const char *)sqlite3_column_text(s, i);
        if (text && rap_purge_redact(&p->names, rap_slice_of(text), true, false, NULL))
            return true;
    }
    return false;
}

/* Blank the rows of `ask` (two numbers, then words) that name the person, by `blank`. */
static rap_status purge_words(purging *p, const char *ask, const char *blank)
{
    RAP_LIST(int64_t) list = {0};
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(p->store, ask, &s, p->err);
    if (status) return status;
    const int columns = sqlite3_column_count(s);
    while (!status && sqlite3_step(s) == SQLITE_ROW)
        if (names_person(p, s, 2, columns) &&
            (!rap_push(&p->arena, &list, sqlite3_column_int64(s, 0)) ||
             !rap_push(&p->arena, &list, sqlite3_column_int64(s, 1))))
            status = no_memory(p);
    (void)sqlite3_reset(s);
    for (uint32_t i = 0; !status && i < list.count; i += 2)
        status =
            rap_sqlite_run_pair(p->store, blank, list.at[i], list.at[i + 1], p->err);
    return status;
}

static rap_status purge_person_in_log(purging *p)
{
    static const char ask[] = "SELECT id, 0, reason, payload FROM decision";
    static const char blank[] = "UPDATE decision SET reason = NULL, payload = NULL,"
                                " salt = NULL WHERE id = ?1 AND ?2 = 0";
    static const char ask_anchors[] =
        "SELECT decision, n, quote, prefix, suffix, facet FROM decision_anchor"
        " WHERE document_sha256 IN (SELECT sha256 FROM document"
        "  WHERE redacted_sha256 IS NOT NULL)";
    static const char blank_anchor[] =
        "UPDATE decision_anchor SET quote = NULL, prefix = NULL, suffix = NULL,"
        " facet = NULL, salt = NULL WHERE decision = ?1 AND n = ?2";
    const rap_status status = purge_words(p, ask, blank);
    return status ? status : purge_words(p, ask_anchors, blank_anchor);
}

/* What is kept under a name (saved searches, paths) and names the person is forgotten. */
static rap_status purge_person_in_settings(purging *p)
{
    static const char ask[] = "SELECT rowid, 0, value FROM (SELECT row_number() OVER"
                              " (ORDER BY name) AS rowid, value FROM state)";
    static const char blank[] =
        "DELETE FROM state WHERE ?2 = 0 AND name = (SELECT name FROM state"
        " ORDER BY name LIMIT 1 OFFSET ?1 - 1)";
    return purge_words(p, ask, blank);
}

/* ---- both ---------------------------------------------------------------------------- */

static rap_status log_purge(purging *p, rap_decided *out)
{
    const sqlite_decision row = {.by = p->by,
                                 .kind = rap_decision_kind_name(RAP_DECIDE_PURGE),
                                 .anchor = p->touched.at,
                                 .anchors = p->touched.count};
    out->documents = p->touched.count;
    out->places = p->places;
    out->left = p->left;
    out->stale = true;
    const rap_status status = rap_sqlite_append(p->store, &row, &out->first, p->err);
    out->last = out->first;
    return status;
}

static rap_status purge(purging *p, const char *document, const char *person)
{
    int64_t number = 0;
    rap_status status = RAP_OK;
    if (document) status = rap_sqlite_document_of(p->store, document, &number, p->err);
    if (!status && person)
        status = rap_purge_find(p->store, person, p->by->words, &p->arena, &p->names,
                                p->err);
    if (!status) status = rap_sqlite_bare(p->store, p->err);
    if (!status) status = set_triggers(p, false);
    if (!status && document) status = blank_document(p, number);
    if (!status && person) status = purge_person_in_documents(p);
    if (!status && person) status = purge_person_in_log(p);
    if (!status && person) status = purge_person_in_settings(p);
    if (!status) status = set_triggers(p, true);
    return status;
}

rap_status rap_sqlite_purge(rap_store *head, const rap_decision *by,
                            const char *document, const char *person, rap_decided *out,
                            rap_error *err)
{
    purging p = {
        .store = sqlite_of(head), .by = by, .err = err, .arena = RAP_ARENA(256u << 20)};
    rap_status status = purge(&p, document, person);
    if (!status && !p.touched.count)
        status = rap_fail(err, RAP_E_NOTFOUND, 0, "the record does not name \"%.80s\"",
                          person ? person : "");
    if (!status) status = log_purge(&p, out);
    if (!status) status = rap_sqlite_due_for_join(p.store, "0", err);
    if (!status) status = rap_store_remember(head, RAP_JOIN_AGAIN, 1, err);
    if (!status) status = rap_store_remember(head, "purging", 1, err);
    if (!status) status = rap_store_remember(head, "stale", 1, err);
    if (!status) status = rap_sqlite_apply(p.store, err);
    rap_arena_free(&p.arena);
    return status;
}

/* The WAL cut to nothing: not while anybody reads from it. */
static rap_status empty_wal(sqlite_store *store, rap_error *err)
{
    int64_t busy = 0;
    const rap_status status =
        rap_sqlite_number(store, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, err);
    if (status || !busy) return status;
    return rap_fail_as(
        err, RAP_E_STORE, "busy", 0,
        "%s is being read: what was purged leaves its -wal when the next "
        "command writes",
        store->path);
}

rap_status rap_sqlite_finish_purge(rap_store *head, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    rap_status status = rap_sqlite_run(
        store,
        "PRAGMA secure_delete=ON; BEGIN IMMEDIATE;"
        "INSERT INTO entry_fts (entry_fts) VALUES ('rebuild');"
        "INSERT INTO passage_fts (passage_fts) VALUES ('rebuild'); COMMIT; VACUUM;",
        err);
    if (!status) status = empty_wal(store, err);
    if (!status)
        status = rap_sqlite_run(store,
                                "BEGIN IMMEDIATE; INSERT OR REPLACE INTO state"
                                " VALUES ('purging', '0'); COMMIT",
                                err);
    return status ? status : empty_wal(store, err);
}
