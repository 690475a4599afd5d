/*
 * sqlite_purge.c - removing a document, or a person's names, so that no byte is left.
 *
 * Method  one transaction blanks the ground truth and the words of decisions, drops what was
 *         derived, and logs the purge; `state` says that the file is still to be cleaned. Then
 *         both full-text indexes are rebuilt, the file is written anew with secure_delete,
 *         and the WAL is cut to nothing; a purge that is cut off there is finished by whoever
 *         opens the record for writing next. A name is overwritten byte for byte, so that
 *         every span and address stays; a document whose text holds it in another encoding
 *         goes as a whole.
 * Cost    reads every document once; writes the file once.
 */
#include "store_private.h"

#include "text.h"

#include <stdlib.h>

enum { LEAST_FORM = 3, LEAST_SURNAME = 4, MOST_FORMS = 256 };

typedef struct purging {
    sqlite_store *store;
    const rap_decision *by;
    rap_error *err;
    rap_arena arena;
    RAP_LIST(rap_slice) forms; /* what a person is called, the longest first */
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

/* ---- what a person is called --------------------------------------------------------- */

static uint32_t lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (uint32_t)c + 32 : (unsigned char)c;
}

static bool is_boundary(rap_slice s, uint32_t at)
{
    if (at >= s.len) return true;
    const unsigned char c = (unsigned char)s.at[at];
    return c < 0x80 && (c < '0' || c > '9') &&
           (lower(s.at[at]) < 'a' || lower(s.at[at]) > 'z');
}

/* Bytes of `s` at `at` that stand for the space of a name: white space, or what a URL or a
 * file name has there; 0: none. */
static uint32_t gap_at(rap_slice s, uint32_t at)
{
    uint32_t end = at;
    while (end < s.len && strchr(" \t\r\n-_+.", s.at[end]) && s.at[end]) end++;
    if (end == at && end + 3 <= s.len && !memcmp(s.at + end, "%20", 3)) return 3;
    if (end == at && end + 2 <= s.len && !memcmp(s.at + end, "\xC2\xA0", 2)) return 2;
    return end - at;
}

/* Where `form` ends if it stands at `at`; 0: it does not. */
static uint32_t form_end(rap_slice s, uint32_t at, rap_slice form)
{
    if (at && !is_boundary(s, at - 1)) return 0;
    for (uint32_t i = 0; i < form.len; i++) {
        if (at >= s.len) return 0;
        const uint32_t gap = form.at[i] == ' ' ? gap_at(s, at) : 0;
        if (!gap && lower(s.at[at]) != lower(form.at[i])) return 0;
        at += gap ? gap : 1;
    }
    return is_boundary(s, at) ? at : 0;
}

/* Overwrite (or count only, `out` NULL) every form in `s`. */
static uint32_t redact(const purging *p, rap_slice s, char *out)
{
    uint32_t found = 0;
    for (uint32_t at = 0; at < s.len; at++) {
        uint32_t end = 0;
        for (uint32_t f = 0; f < p->forms.count && !end; f++)
            end = form_end(s, at, p->forms.at[f]);
        if (!end) continue;
        for (uint32_t i = at; out && i < end; i++)
            if (out[i] != ' ' && out[i] != '\n') out[i] = '_';
        found++;
        at = end - 1;
    }
    return found;
}

/* The longest first, each once. */
static bool add_form(purging *p, rap_slice form)
{
    form = rap_slice_trim(form);
    if (form.len < LEAST_FORM || p->forms.count >= MOST_FORMS) return true;
    uint32_t at = p->forms.count;
    for (uint32_t i = 0; i < p->forms.count; i++)
        if (rap_slice_equal(p->forms.at[i], form)) return true;
    if (!rap_push(&p->arena, &p->forms, form)) return false;
    for (; at > 0 && p->forms.at[at - 1].len < form.len; at--)
        p->forms.at[at] = p->forms.at[at - 1];
    p->forms.at[at] = form;
    return true;
}

static bool add_surname(purging *p, rap_slice form)
{
    uint32_t begin = form.len;
    while (begin && form.at[begin - 1] != ' ') begin--;
    const rap_slice last = rap_slice_sub(form, begin, form.len);
    return !begin || last.len < LEAST_SURNAME || add_form(p, last);
}

/* The key of the one person who goes by `name`; "" when nobody does. */
static rap_status person_key(purging *p, const char *name, const char **out)
{
    static const char sql[] =
        "SELECT count(DISTINCT a.key), max(a.key) FROM actor a WHERE a.kind = 'person' "
        "AND"
        " (a.key = ?1 OR a.name = ?1 COLLATE NOCASE OR EXISTS (SELECT 1"
        "  FROM actor_alias l WHERE l.document = a.document AND l.actor = a.n"
        "  AND l.alias = ?1 COLLATE NOCASE))";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
    int64_t keys = 0;
    if (sqlite3_step(s) == SQLITE_ROW) {
        keys = sqlite3_column_int64(s, 0);
        *out = rap_sqlite_text(s, 1, &p->arena);
    } else {
        status = rap_sqlite_fail(p->store, p->err);
    }
    (void)sqlite3_reset(s);
    if (!status && keys > 1)
        status =
            rap_fail(p->err, RAP_E_USAGE, 0,
                     "several persons go by \"%.80s\"; give the whole name or a key "
                     "(actors --format json)",
                     name);
    return status || *out ? status : no_memory(p);
}

static rap_status find_forms(purging *p, const char *name)
{
    static const char sql[] =
        "SELECT name FROM actor WHERE key = ?1 UNION SELECT "
        "CAST(substr(coalesce(x.text,"
        " d.bytes), m.span_begin + 1, m.span_end - m.span_begin) AS TEXT) FROM actor a"
        " JOIN mention m ON m.document = a.document AND m.actor = a.n AND m.form = "
        "'name'"
        " JOIN document d ON d.id = a.document JOIN article x ON x.document = d.id"
        " WHERE a.key = ?1";
    const char *key = "";
    sqlite3_stmt *s;
    rap_status status = person_key(p, name, &key);
    if (!status) status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    bool whole = !strcmp(key, name) || (add_form(p, rap_slice_of(name)) &&
                                        add_surname(p, rap_slice_of(name)));
    (void)sqlite3_bind_text(s, 1, key, -1, SQLITE_STATIC);
    while (whole && *key && sqlite3_step(s) == SQLITE_ROW) {
        const char *form = rap_sqlite_text(s, 0, &p->arena);
        whole = form && add_form(p, rap_slice_of(form)) &&
                add_surname(p, rap_slice_of(form));
    }
    (void)sqlite3_reset(s);
    if (!whole) return no_memory(p);
    return p->forms.count ? RAP_OK
                          : rap_fail(p->err, RAP_E_USAGE, 0,
                                     "a name to purge needs three letters at least");
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

/* Row: id, bytes, text, path and what was given. */
static rap_status purge_row(purging *p, sqlite3_stmt *s, rap_arena *arena)
{
    const int64_t document = sqlite3_column_int64(s, 0);
    rap_slice part[2]; /* bytes, text */
    for (int i = 0; i < 2; i++) {
        const char *at = sqlite3_column_blob(s, 1 + i);
        const rap_slice held = {at ? at : "", (uint32_t)sqlite3_column_bytes(s, 1 + i)};
        part[i] = rap_arena_copy(arena, held);
        if (!part[i].at) return no_memory(p);
    }
    char *field[FIELDS];
    uint32_t found = 0;
    for (int i = 0; i < FIELDS; i++) {
        const char *text = rap_sqlite_text(s, 3 + i, arena);
        const rap_slice copy = rap_arena_copy(arena, rap_slice_of(text));
        if (!text || !copy.at) return no_memory(p);
        field[i] = rap_arena_printf(arena, "%s", text);
        if (!field[i]) return no_memory(p);
        found += redact(p, copy, field[i]);
    }
    (void)sqlite3_reset(s);
    char *bytes = rap_new(arena, char, (size_t)part[0].len + 1);
    if (!bytes) return no_memory(p);
    if (part[0].len) memcpy(bytes, part[0].at, part[0].len);
    const uint32_t in_bytes = redact(p, part[0], bytes);
    if (redact(p, part[1], NULL) > in_bytes) return blank_document(p, document);
    if (!in_bytes && !found) return RAP_OK;
    return write_redacted(p, document, (rap_slice){bytes, part[0].len}, field);
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
        if (text && redact(p, rap_slice_of(text), NULL)) return true;
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
        "SELECT decision, n, quote, prefix, suffix, facet FROM decision_anchor";
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
    if (!status && person) status = find_forms(p, person);
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
