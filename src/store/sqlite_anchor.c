/*
 * sqlite_anchor.c - from an entry to the words a decision is anchored to, and back.
 *
 * Method  an anchor is a document's digest, a kind, the exact words, and up to CONTEXT bytes
 *         before and behind them, cut at words. It stands where a reading of that kind has
 *         those words in that context: exactly once, or once at the same place, or once read
 *         the same; else nowhere. A corrected version of a document takes its place.
 * Cost    a look-up by document and kind; the text of the candidates.
 */
#include "store_private.h"

#include <stdlib.h>

enum { CONTEXT = 48, MOST_VERSIONS = 64 };

static rap_status no_memory(rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a decision");
}

/* ---- facets: what the program read there ------------------------------------------ */

#define NAMES_OF(role_)                                                                \
    "json((SELECT json_group_array(name) FROM (SELECT a.name AS name"                  \
    " FROM reading_party p JOIN actor a ON a.document = p.document AND a.n = p.actor"  \
    " WHERE p.reading = r.number AND p.role = '" role_ "' ORDER BY p.n)))"
#define WHO NAMES_OF("who")
#define WHOM NAMES_OF("whom")
#define HOST NAMES_OF("host")
/* Dates count where the report states them: others move with what is said of the report.
 * Readings of one kind and place are twins: told apart by what they say alone. */
static const char facet_sql[] =
    "SELECT json_object('who', " WHO ", 'whom', " WHOM ", 'host', " HOST ","
    " 'date', CASE WHEN r.date_basis = 'stated' THEN r.date END, 'place', r.place,"
    " 'status', r.status, 'type', r.type, 'name', r.name, 'stance', r.stance,"
    " 'due', r.due, 'twins', (SELECT count(*) FROM reading t"
    "  WHERE t.document = r.document AND t.kind = r.kind"
    "  AND t.span_begin = r.span_begin AND t.span_end = r.span_end))"
    " FROM reading r WHERE r.number = ?1"
    " UNION ALL SELECT json_object('type', e.type, 'what', e.what) FROM entry e"
    " WHERE e.number = ?1 AND e.number >> 52 > 0";

static rap_status facet_of(sqlite_store *store, int64_t number, rap_arena *arena,
                           const char **out, rap_error *err)
{
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, facet_sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, number);
    const int step = sqlite3_step(s);
    *out = step == SQLITE_ROW ? rap_sqlite_text(s, 0, arena) : "{}";
    if (!*out) status = no_memory(err);
    if (step != SQLITE_ROW && step != SQLITE_DONE) status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status;
}

/* Parties are the same when their names, or other names of them in the report, are: a list of
 * actors that gives a person another key or fuller name changes nothing. */
rap_status rap_sqlite_reads_otherwise(sqlite_store *store, int64_t number,
                                      const char *facet, const char *except,
                                      rap_arena *arena, const char **out,
                                      rap_error *err)
{
    static const char sql[] =
        "SELECT group_concat(o.key, ', ') FROM json_each(?1) o JOIN json_each(?2) n"
        " ON n.key = o.key WHERE o.value IS NOT n.value AND o.key <> 'twins'"
        " AND instr(',' || ?3 || ',', ',' || o.key || ',') = 0"
        " AND NOT (o.type = 'array' AND json_array_length(o.value) ="
        "   json_array_length(n.value) AND NOT EXISTS (SELECT 1 FROM "
        "json_each(o.value) w"
        "   WHERE NOT EXISTS (SELECT 1 FROM reading_party p JOIN actor a"
        "    ON a.document = p.document AND a.n = p.actor"
        "    WHERE p.reading = ?4 AND p.role = o.key AND (a.name = w.value COLLATE "
        "NOCASE"
        "     OR EXISTS (SELECT 1 FROM actor_alias l WHERE l.document = a.document"
        "      AND l.actor = a.n AND l.alias = w.value COLLATE NOCASE)))))";
    const char *now;
    sqlite3_stmt *s;
    rap_status status = facet_of(store, number, arena, &now, err);
    if (!status) status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, facet, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 2, now, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 3, except, -1, SQLITE_STATIC);
    (void)sqlite3_bind_int64(s, 4, number);
    *out = NULL;
    if (sqlite3_step(s) == SQLITE_ROW)
        *out = rap_sqlite_text(s, 0, arena);
    else
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status || *out ? status : no_memory(err);
}

/* ---- anchors --------------------------------------------------------------------- */

/* Up to CONTEXT bytes before `at`, from the start of a word. */
static rap_slice words_before(rap_slice text, uint32_t at)
{
    uint32_t begin = at > CONTEXT ? at - CONTEXT : 0;
    while (begin && begin < at && text.at[begin - 1] != ' ') begin++;
    while (begin < at && ((unsigned char)text.at[begin] & 0xC0) == 0x80) begin++;
    return rap_slice_sub(text, begin, at);
}

static rap_slice words_behind(rap_slice text, uint32_t at)
{
    uint32_t end = text.len - at > CONTEXT ? at + CONTEXT : text.len;
    while (end < text.len && end > at && text.at[end] != ' ') end--;
    return rap_slice_sub(text, at, end);
}

/* Row: digest, text, kind, begin, end. */
static rap_status take_anchor(sqlite_store *store, sqlite3_stmt *s, rap_arena *arena,
                              sqlite_anchor *out, rap_error *err)
{
    const int step = sqlite3_step(s);
    if (step == SQLITE_DONE)
        return rap_fail(err, RAP_E_NOTFOUND, 0, "nothing to decide on there");
    if (step != SQLITE_ROW) return rap_sqlite_fail(store, err);
    const char *bytes = sqlite3_column_blob(s, 1);
    const rap_slice text = {bytes ? bytes : "", (uint32_t)sqlite3_column_bytes(s, 1)};
    const rap_span span = {(uint32_t)sqlite3_column_int64(s, 3),
                           (uint32_t)sqlite3_column_int64(s, 4)};
    if (span.begin > span.end || span.end > text.len)
        return rap_fail_as(err, RAP_E_STORE, "damaged", 0, "%s: a span is damaged",
                           store->path);
    *out =
        (sqlite_anchor){.sha256 = rap_sqlite_text(s, 0, arena),
                        .kind = rap_sqlite_text(s, 2, arena),
                        .span = span,
                        .quote = rap_arena_copy(arena, rap_cut(text, span)),
                        .prefix = rap_arena_copy(arena, words_before(text, span.begin)),
                        .suffix = rap_arena_copy(arena, words_behind(text, span.end))};
    if (!out->sha256 || !out->kind || !out->quote.at || !out->prefix.at ||
        !out->suffix.at)
        return no_memory(err);
    return RAP_OK;
}

#define OF_TEXT                                                                        \
    " JOIN document d ON d.id = r.document JOIN article x ON x.document = d.id"

rap_status rap_sqlite_anchor_entry(sqlite_store *store, int64_t number,
                                   rap_arena *arena, sqlite_anchor *out, rap_error *err)
{
    static const char sql[] =
        "SELECT d.sha256, coalesce(x.text, d.bytes), r.kind, r.span_begin, r.span_end"
        " FROM reading r" OF_TEXT " WHERE r.number = ?1"
        " UNION ALL SELECT d.sha256, coalesce(x.text, d.bytes), e.kind, c.span_begin,"
        " c.span_end FROM entry e JOIN entry_claim c ON c.entry = e.number AND c.n = 0"
        " JOIN reading r ON r.number = c.reading" OF_TEXT " WHERE e.number = ?1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, number);
    status = take_anchor(store, s, arena, out, err);
    (void)sqlite3_reset(s);
    return status ? status : facet_of(store, number, arena, &out->facet, err);
}

rap_status rap_sqlite_anchor_actor(sqlite_store *store, const char *name,
                                   rap_arena *arena, sqlite_anchor *out, rap_error *err)
{
    /* one key; or a person, body or state that goes by that name and no other one does */
    static const char which[] =
        "SELECT count(DISTINCT a.key), min(a.key) FROM actor a WHERE a.key = ?1"
        " OR a.name = ?1 COLLATE NOCASE OR EXISTS (SELECT 1 FROM actor_alias l WHERE"
        "  l.document = a.document AND l.actor = a.n AND l.alias = ?1 COLLATE NOCASE)";
    static const char sql[] =
        "SELECT d.sha256, coalesce(x.text, d.bytes), 'actor', r.span_begin, r.span_end"
        " FROM actor a JOIN mention r ON r.document = a.document AND r.actor = "
        "a.n" OF_TEXT
        " WHERE a.key = ?1 ORDER BY r.form <> 'name', r.document, r.n LIMIT 1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, which, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
    if (sqlite3_step(s) != SQLITE_ROW) return rap_sqlite_fail(store, err);
    const int64_t keys = sqlite3_column_int64(s, 0);
    const char *key = rap_sqlite_text(s, 1, arena);
    (void)sqlite3_reset(s);
    if (!key) return no_memory(err);
    if (keys != 1)
        return rap_fail(err, keys ? RAP_E_USAGE : RAP_E_NOTFOUND, 0,
                        keys ? "several actors go by \"%.80s\"; give one's key (actors "
                               "--format json)"
                             : "no actor goes by \"%.80s\"",
                        name);
    status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, key, -1, SQLITE_STATIC);
    status = take_anchor(store, s, arena, out, err);
    out->facet = "{}";
    (void)sqlite3_reset(s);
    return status;
}

/* ---- back ------------------------------------------------------------------------ */

/* The document of a digest, or the latest version that stands in its place; 0 and *why. */
static rap_status document_now(sqlite_store *store, const char *sha256, int64_t *out,
                               const char **why, rap_error *err)
{
    static const char sql[] =
        "WITH RECURSIVE version (id, n) AS (SELECT id, 0 FROM document WHERE sha256 = "
        "?1"
        " UNION ALL SELECT g.replaced_by, n + 1 FROM version v JOIN given g"
        "  ON g.document = v.id WHERE g.replaced_by IS NOT NULL AND n < ?2)"
        " SELECT v.id, d.purged_at IS NOT NULL FROM version v"
        " JOIN document d ON d.id = v.id ORDER BY v.n DESC LIMIT 1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, sha256, -1, SQLITE_STATIC);
    (void)sqlite3_bind_int(s, 2, MOST_VERSIONS);
    const int step = sqlite3_step(s);
    *out = 0;
    if (step == SQLITE_DONE)
        *why = "its document is not in the record";
    else if (step != SQLITE_ROW)
        status = rap_sqlite_fail(store, err);
    else if (sqlite3_column_int(s, 1))
        *why = "its document was purged";
    else
        *out = sqlite3_column_int64(s, 0);
    (void)sqlite3_reset(s);
    return status;
}

typedef struct candidates {
    int64_t last;  /* found */
    int64_t there; /* at the same place */
    int64_t alike; /* read the same */
    uint32_t count, at_place, read_alike;
} candidates;

static rap_status count_candidates(sqlite_store *store, sqlite3_stmt *s,
                                   const sqlite_anchor *a, rap_arena *arena,
                                   candidates *c, rap_error *err)
{
    RAP_LIST(int64_t) list = {0};
    rap_status status = RAP_OK;
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        c->last = sqlite3_column_int64(s, 0);
        c->count++;
        if (!rap_push(arena, &list, c->last)) return no_memory(err);
        if (sqlite3_column_int64(s, 1) != a->span.begin) continue;
        c->there = c->last;
        c->at_place++;
    }
    if (step != SQLITE_DONE) return rap_sqlite_fail(store, err);
    for (uint32_t i = 0; !status && i < list.count && list.count > 1; i++) {
        const char *differs;
        status = rap_sqlite_reads_otherwise(store, list.at[i], a->facet, "", arena,
                                            &differs, err);
        if (status || *differs) continue;
        c->alike = list.at[i];
        c->read_alike++;
    }
    return status;
}

/* Were there others like it at its place when it was decided on? Then it must say the same
 * now, lest the decision fall on its twin. */
static bool had_twins(const char *facet)
{
    const char *twins = strstr(facet, "\"twins\":");
    return twins && strtol(twins + 8, NULL, 10) > 1;
}

/* Words and context stand in the text of `x` and `d` where `r` says. */
#define STANDS                                                                         \
    " r.span_end - r.span_begin = length(?3) AND r.span_begin >= length(?4)"           \
    " AND substr(coalesce(x.text, d.bytes), r.span_begin + 1, length(?3)) = ?3"        \
    " AND substr(coalesce(x.text, d.bytes), r.span_begin + 1 - length(?4),"            \
    "  length(?4)) = ?4 AND substr(coalesce(x.text, d.bytes), r.span_end + 1,"         \
    "  length(?5)) = ?5"

rap_status rap_sqlite_resolve(sqlite_store *store, const sqlite_anchor *a,
                              rap_arena *arena, int64_t *out, const char **why,
                              rap_error *err)
{
    static const char readings[] =
        "SELECT r.number, r.span_begin FROM reading r" OF_TEXT
        " WHERE r.document = ?1 AND r.kind = ?2 AND" STANDS;
    static const char claims[] =
        "SELECT e.number, r.span_begin FROM reading f JOIN entry_claim r"
        " ON r.reading = f.number AND r.n = 0 JOIN entry e ON e.number = r.entry"
        " AND e.kind = ?2 AND e.number >> 52 > 0 JOIN document d ON d.id = f.document"
        " JOIN article x ON x.document = d.id WHERE f.document = ?1 AND" STANDS;
    static const char actors[] =
        "SELECT (r.document << 20) + r.actor, r.span_begin FROM mention r" OF_TEXT
        " WHERE r.document = ?1 AND ?2 <> '' AND r.actor IS NOT NULL AND" STANDS;
    int64_t document;
    *out = 0;
    *why = a->quote.at ? "" : "its words were purged";
    if (!a->quote.at) return RAP_OK;
    rap_status status = document_now(store, a->sha256, &document, why, err);
    if (status || !document) return status;
    const bool claim = !strcmp(a->kind, "disagreement") || !strcmp(a->kind, "variant");
    const char *sql = claim ? claims : strcmp(a->kind, "actor") ? readings : actors;
    sqlite3_stmt *s;
    status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    const rap_slice *const words[] = {&a->quote, &a->prefix, &a->suffix};
    (void)sqlite3_bind_int64(s, 1, document);
    (void)sqlite3_bind_text(s, 2, a->kind, -1, SQLITE_STATIC);
    for (int i = 0; i < 3; i++)
        (void)sqlite3_bind_blob(s, 3 + i, words[i]->len ? words[i]->at : "",
                                (int)words[i]->len, SQLITE_STATIC);
    candidates c = {0};
    status = count_candidates(store, s, a, arena, &c, err);
    (void)sqlite3_reset(s);
    if (status) return status;
    if (c.count == 1 && had_twins(a->facet)) {
        const char *differs;
        status = rap_sqlite_reads_otherwise(store, c.last, a->facet, "", arena,
                                            &differs, err);
        if (status) return status;
        if (*differs) c.count = 0;
    }
    if (!c.count) *why = "nothing is read from its words any more";
    if (c.count > 1) *why = "its words are read in several ways";
    *out = c.count == 1        ? c.last
           : c.at_place == 1   ? c.there
           : c.read_alike == 1 ? c.alike
                               : 0;
    if (*out) *why = "";
    return RAP_OK;
}
