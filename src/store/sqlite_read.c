/*
 * sqlite_read.c - questions to the record: entries by filter, sources, actors, zones.
 *
 * Method  a filter becomes a WHERE clause with bound values; nothing of the person's
 * input ever becomes SQL. Quotes are cut from the document's text at their spans, not
 *         from the copy that verify compares.
 * Cost    three indexed look-ups an entry.
 */
#include "store_private.h"

#include "text.h"

#include <ctype.h>
#include <stdlib.h>

enum { CLAUSE_BYTES = 4096, CLAUSE_VALUES = 24, MOST_FOUND = 50 };
enum { QUESTION_BYTES = 1024 * 1024, ENTRY_BYTES = 256 * 1024 * 1024 };
/* A paragraph against an entry: its words count 4 there, and entries come first. */
#define PASSAGE_WEIGHT 3.0

typedef struct clause { /* " AND …" with ?1, ?2, … */
    char sql[CLAUSE_BYTES];
    size_t len;
    const char *text[CLAUSE_VALUES]; /* NULL: `number` */
    double number[CLAUSE_VALUES];
    int values;
} clause;

/* Add `sql`, in which every "@" stands for the value just pushed. */
static void clause_add(clause *c, const char *sql)
{
    for (; *sql; sql++) {
        assert(c->len + 8 < CLAUSE_BYTES);
        if (*sql == '@')
            c->len += (size_t)snprintf(c->sql + c->len, 8, "?%d", c->values);
        else
            c->sql[c->len++] = *sql;
    }
    c->sql[c->len] = 0;
}

static void clause_text(clause *c, const char *sql, const char *value)
{
    assert(c->values < CLAUSE_VALUES);
    c->text[c->values++] = value;
    clause_add(c, sql);
}

static void clause_number(clause *c, const char *sql, double value)
{
    assert(c->values < CLAUSE_VALUES);
    c->number[c->values] = value;
    c->text[c->values++] = NULL;
    clause_add(c, sql);
}

static void clause_bind(const clause *c, sqlite3_stmt *s)
{
    for (int i = 0; i < c->values; i++) {
        if (c->text[i])
            (void)sqlite3_bind_text(s, i + 1, c->text[i], -1, SQLITE_STATIC);
        else
            (void)sqlite3_bind_double(s, i + 1, c->number[i]);
    }
}

static const char *given(const char *text)
{
    return text && *text ? text : NULL;
}

/* ---- filter to clause ------------------------------------------------------------ */

static rap_status no_memory(rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the answer");
}

/* A party by part of its name or of one of its wordings, or by its code. */
#define KEYS_LIKE                                                                      \
    "p.key IN (SELECT key FROM actor WHERE rap_has(name, @) UNION SELECT a.key FROM"   \
    " actor a JOIN actor_alias l ON l.document = a.document AND l.actor = a.n"         \
    " WHERE rap_has(l.alias, @))"

static rap_status filter_party(clause *c, const char *words, bool speaker,
                               rap_arena *arena, rap_error *err)
{
    const rap_slice folded = rap_fold(arena, rap_slice_of(words));
    if (!folded.at) return no_memory(err);
    /* The code is compared with the words as given: folded, "ARM" would be "arm". */
    clause_text(c, " AND (", words);
    clause_add(c, "EXISTS (SELECT 1 FROM entry_party p WHERE p.entry = e.number");
    if (speaker) clause_add(c, " AND p.role = 'who'");
    clause_add(c, " AND p.code = @ COLLATE NOCASE)");
    clause_text(c, " OR EXISTS (SELECT 1 FROM entry_party p WHERE p.entry = e.number",
                folded.at);
    if (speaker) clause_add(c, " AND p.role = 'who'");
    clause_add(c, " AND " KEYS_LIKE ") OR rap_has(e.said_by, @))");
    return RAP_OK;
}

static rap_status filter_has(clause *c, const char *sql, const char *words,
                             rap_arena *arena, rap_error *err)
{
    if (!given(words)) return RAP_OK;
    const rap_slice folded = rap_fold(arena, rap_slice_of(words));
    if (!folded.at) return no_memory(err);
    clause_text(c, sql, folded.at);
    return RAP_OK;
}

/* "2022-10" as the first or last day it allows, in the arena. */
static rap_status edge_of(const char *text, bool last, rap_arena *arena,
                          const char **out, rap_error *err)
{
    rap_date date;
    const rap_slice s = rap_slice_of(text);
    if (rap_date_read_iso(s, &date) != s.len || !s.len)
        return rap_fail(err, RAP_E_USAGE, 0,
                        "\"%s\" is no date; write YYYY, YYYY-MM or YYYY-MM-DD", text);
    char day[12];
    rap_day_format(last ? rap_date_latest(date) : rap_date_earliest(date), day);
    *out = rap_arena_copy(arena, rap_slice_of(day)).at;
    return *out ? RAP_OK : no_memory(err);
}

/* Days that may lie within [since, until]; what has no day at all does not. */
static rap_status filter_days(clause *c, const char *earliest, const char *latest,
                              const rap_filter *f, rap_arena *arena, rap_error *err)
{
    const char *day;
    char sql[160];
    if (given(f->since)) {
        const rap_status status = edge_of(f->since, false, arena, &day, err);
        if (status) return status;
        (void)snprintf(sql, sizeof sql,
                       " AND (%s >= @ OR (%s IS NULL AND %s IS NOT NULL))", latest,
                       latest, earliest);
        clause_text(c, sql, day);
    }
    if (given(f->until)) {
        const rap_status status = edge_of(f->until, true, arena, &day, err);
        if (status) return status;
        (void)snprintf(sql, sizeof sql,
                       " AND (%s <= @ OR (%s IS NULL AND %s IS NOT NULL))", earliest,
                       earliest, latest);
        clause_text(c, sql, day);
    }
    return RAP_OK;
}

static rap_status filter_due(clause *c, const rap_filter *f, rap_arena *arena,
                             rap_error *err)
{
    const char *day;
    if (!given(f->due_before)) return RAP_OK;
    const rap_status status = edge_of(f->due_before, true, arena, &day, err);
    if (!status) clause_text(c, " AND e.due_earliest <= @", day);
    return status;
}

/* A document by its number, or by part of its path. */
static void filter_document(clause *c, const char *document, const char *by_id,
                            const char *by_path)
{
    if (!given(document)) return;
    bool number = *document != '0';
    for (const char *at = document; *at; at++)
        number &= isdigit((unsigned char)*at) != 0;
    if (number)
        clause_number(c, by_id, strtod(document, NULL));
    else
        clause_text(c, by_path, document);
}

#define IN_DOCUMENT                                                                    \
    " AND EXISTS (SELECT 1 FROM entry_reading er JOIN reading r ON r.number = "        \
    "er.reading"                                                                       \
    " JOIN document d ON d.id = r.document JOIN article a ON a.document = d.id"        \
    " WHERE er.entry = e.number AND "

static void filter_kinds(clause *c, uint32_t kinds)
{
    if (!kinds) return;
    clause_add(c, " AND e.kind IN ('-'");
    for (int kind = 0; kind < RAP_ENTRY_KINDS; kind++)
        if (kinds & 1u << kind)
            clause_text(c, ", @", rap_entry_kind_name((rap_entry_kind)kind));
    clause_add(c, ")");
}

static void filter_passage(clause *c, const rap_evidence *passage)
{
    clause_number(c,
                  " AND e.number IN (SELECT er.entry FROM reading r JOIN reading_span s"
                  " ON s.reading = r.number JOIN entry_reading er"
                  " ON er.reading = r.number WHERE r.document = @",
                  (double)passage->document);
    clause_number(c, " AND s.span_begin < @", passage->span.end);
    clause_number(c, " AND s.span_end > @)", passage->span.begin);
}

/* Rejected entries are shown to who asks for them, or names one. */
static void filter_review(clause *c, const rap_filter *f)
{
    if (!given(f->review)) {
        if (!given(f->id)) clause_add(c, " AND e.review <> 'rejected'");
        return;
    }
    if (strcmp(f->review, "all") != 0)
        clause_text(c, " AND instr(',' || @ || ',', ',' || e.review || ',') > 0",
                    f->review);
}

static rap_status filter_entries(sqlite_store *store, clause *c, const rap_filter *f,
                                 rap_arena *arena, rap_error *err)
{
    filter_kinds(c, f->kinds);
    filter_review(c, f);
    if (given(f->id)) clause_text(c, " AND substr(e.id, 1, length(@)) = @", f->id);
    if (f->min_confidence > 0 && !given(f->id))
        clause_number(c,
                      " AND (e.confidence >= @ OR e.review IN ('accepted', 'edited'))",
                      f->min_confidence);
    if (given(f->type))
        clause_text(c, " AND (e.type = @ COLLATE NOCASE OR e.cameo = @)", f->type);
    if (given(f->stance)) clause_text(c, " AND e.stance = @ COLLATE NOCASE", f->stance);
    if (given(f->act)) clause_text(c, " AND e.act = @ COLLATE NOCASE", f->act);
    if (given(f->status)) clause_text(c, " AND e.status = @ COLLATE NOCASE", f->status);
    if (f->passage) filter_passage(c, f->passage);
    filter_document(c, f->document, IN_DOCUMENT "d.id = @)",
                    IN_DOCUMENT "instr(d.path, @) > 0)");
    rap_status status = filter_has(c, " AND rap_has(e.place, @)", f->place, arena, err);
    if (!status)
        status =
            filter_has(c, IN_DOCUMENT "rap_has(a.outlet, @))", f->outlet, arena, err);
    if (!status && given(f->speaker))
        status = filter_party(c, f->speaker, true, arena, err);
    if (!status && given(f->actor))
        status = filter_party(c, f->actor, false, arena, err);
    if (!status)
        status = filter_has(c, " AND e.kind = 'position' AND rap_has(e.name, @)",
                            f->issue, arena, err);
    if (!status) status = filter_due(c, f, arena, err);
    if (!status) status = filter_days(c, "e.earliest", "e.latest", f, arena, err);
    if (status || !given(f->about)) return status;
    const char *match = rap_sqlite_match(store, f->about, "AND", arena);
    if (!match) return no_memory(err);
    if (!*match)
        clause_add(c, " AND 0");
    else
        clause_text(c,
                    " AND e.number IN (SELECT rowid FROM entry_fts"
                    " WHERE entry_fts MATCH @)",
                    match);
    return RAP_OK;
}

/* ---- entries --------------------------------------------------------------------- */

typedef RAP_LIST(rap_party) parties;
typedef RAP_LIST(rap_evidence) evidences;
typedef RAP_LIST(rap_entry) entries;

static bool read_party(sqlite3_stmt *s, rap_arena *arena, rap_party *out)
{
    const char *field[5];
    bool whole = true;
    for (int i = 0; i < 5; i++) {
        field[i] = rap_sqlite_text(s, 1 + i, arena);
        whole &= field[i] != NULL;
    }
    *out = (rap_party){field[0], field[1], field[2], field[3], field[4]};
    return whole;
}

static rap_status read_parties(sqlite_store *store, int64_t number, rap_arena *arena,
                               rap_entry *entry, rap_error *err)
{
    static const char sql[] = "SELECT role, key, name, kind, country, code"
                              " FROM entry_party WHERE entry = ?1 ORDER BY role, n";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, number);
    parties who = {0}, whom = {0}, host = {0}, side = {0}, according = {0};
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const char *role = (const char *)sqlite3_column_text(s, 0);
        parties *to = !strcmp(role, "who")    ? &who
                      : !strcmp(role, "whom") ? &whom
                      : !strcmp(role, "host") ? &host
                      : !strcmp(role, "side") ? &side
                                              : &according;
        rap_party party;
        if (!read_party(s, arena, &party) || !rap_push(arena, to, party)) break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    entry->who = who.at, entry->who_count = who.count;
    entry->whom = whom.at, entry->whom_count = whom.count;
    entry->side = side.at, entry->side_count = side.count;
    entry->host = host.count ? host.at : NULL;
    entry->according_to = according.count ? according.at : NULL;
    return status;
}

static bool read_one_evidence(sqlite3_stmt *s, rap_arena *arena, rap_evidence *out)
{
    *out = (rap_evidence){.document = sqlite3_column_int64(s, 0),
                          .path = rap_sqlite_text(s, 1, arena),
                          .outlet = rap_sqlite_text(s, 2, arena),
                          .published = rap_sqlite_text(s, 3, arena),
                          .role = rap_sqlite_text(s, 4, arena),
                          .span = {(uint32_t)sqlite3_column_int64(s, 5),
                                   (uint32_t)sqlite3_column_int64(s, 6)},
                          .quote = rap_sqlite_text(s, 7, arena),
                          .sha256 = rap_sqlite_text(s, 8, arena)};
    return out->path && out->outlet && out->published && out->role && out->quote &&
           out->sha256;
}

static rap_status read_evidence(sqlite_store *store, int64_t number, rap_arena *arena,
                                rap_entry *entry, rap_error *err)
{
    static const char sql[] =
        "SELECT d.id, d.path, a.outlet, a.published, s.role, s.span_begin, s.span_end,"
        " CAST(substr(coalesce(a.text, d.bytes), s.span_begin + 1,"
        " s.span_end - s.span_begin) AS TEXT), d.sha256"
        " FROM entry_reading er JOIN reading r ON r.number = er.reading"
        " JOIN reading_span s ON s.reading = r.number JOIN document d ON d.id = "
        "r.document"
        " JOIN article a ON a.document = d.id WHERE er.entry = ?1"
        " ORDER BY d.id, s.span_begin, s.span_end, s.role, r.number, s.n";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, number);
    evidences list = {0};
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_evidence evidence;
        if (!read_one_evidence(s, arena, &evidence) ||
            !rap_push(arena, &list, evidence))
            break;
        if (list.count == 1 || list.at[list.count - 2].document != evidence.document)
            entry->documents++;
    }
    if (step == SQLITE_ROW)
        status = no_memory(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    entry->evidence = list.at;
    entry->evidence_count = list.count;
    return status;
}

/* The sides of a disagreement, or the wordings of an utterance; its evidence too. */
static bool read_one_claim(sqlite3_stmt *s, rap_arena *arena, rap_claim *out)
{
    *out = (rap_claim){.value = rap_sqlite_text(s, 9, arena),
                       .by = rap_sqlite_text(s, 10, arena)};
    return read_one_evidence(s, arena, &out->evidence) && out->value && out->by;
}

typedef RAP_LIST(rap_claim) claim_list;

static rap_status read_claim_rows(sqlite_store *store, const char *sql, int64_t number,
                                  rap_arena *arena, claim_list *list, rap_error *err)
{
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, number);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_claim claim;
        if (!read_one_claim(s, arena, &claim) || !rap_push(arena, list, claim)) break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status;
}

/* Duties that a report quotes from the document, under the id of their commitment. */
static rap_status read_clauses(sqlite_store *store, int64_t number, rap_arena *arena,
                               rap_entry *entry, rap_error *err)
{
    static const char sql[] =
        "SELECT d.id, d.path, a.outlet, a.published, 'clause', c.span_begin, "
        "c.span_end,"
        " CAST(substr(coalesce(a.text, d.bytes), c.span_begin + 1,"
        " c.span_end - c.span_begin) AS TEXT), d.sha256, ce.id, coalesce((SELECT name "
        "FROM"
        "  entry_party p WHERE p.entry = ce.number AND p.role = 'who' AND p.n = 0), '')"
        " FROM entry_reading er CROSS JOIN reading r ON r.number = er.reading"
        " CROSS JOIN reading c ON c.document = r.document AND c.kind = 'commitment'"
        "  AND c.name = r.name AND c.confidence >= 0.5"
        " CROSS JOIN entry_reading cer ON cer.reading = c.number"
        " CROSS JOIN entry ce ON ce.number = cer.entry AND ce.kind = 'commitment'"
        " JOIN document d ON d.id = c.document JOIN article a ON a.document = d.id"
        " WHERE er.entry = ?1 ORDER BY ce.at, ce.id, d.id, c.span_begin";
    claim_list list = {0};
    const rap_status status = read_claim_rows(store, sql, number, arena, &list, err);
    entry->clause = list.at;
    entry->clauses = list.count;
    return status;
}

static rap_status read_claims(sqlite_store *store, int64_t number, rap_arena *arena,
                              rap_entry *entry, rap_error *err)
{
    static const char sql[] =
        "SELECT d.id, d.path, a.outlet, a.published, 'evidence', c.span_begin,"
        " c.span_end, CAST(substr(coalesce(a.text, d.bytes), c.span_begin + 1,"
        " c.span_end - c.span_begin) AS TEXT), d.sha256, c.value, coalesce((SELECT "
        "name FROM"
        "  reading_party p JOIN actor x ON x.document = p.document AND x.n = p.actor"
        "  WHERE p.reading = r.number AND p.role = 'who' AND p.n = (r.kind ="
        "  'disagreement' AND c.value = 'denial')),"
        "  r.said_by, a.outlet, d.path)"
        " FROM entry_claim c JOIN reading r ON r.number = c.reading"
        " JOIN document d ON d.id = r.document JOIN article a ON a.document = d.id"
        " WHERE c.entry = ?1 ORDER BY c.n";
    claim_list list = {0};
    const rap_status status = read_claim_rows(store, sql, number, arena, &list, err);
    evidences all = {0};
    for (uint32_t i = 0; i < list.count; i++)
        if (!rap_push(arena, &all, list.at[i].evidence)) return no_memory(err);
    entry->claim = list.at;
    entry->claims = list.count;
    if (list.count) entry->evidence = all.at, entry->evidence_count = all.count;
    return status;
}

/* Every wording of a document's name, the most frequent first. */
static rap_status read_names(sqlite_store *store, int64_t number, rap_arena *arena,
                             rap_entry *entry, rap_error *err)
{
    static const char sql[] =
        "SELECT group_concat(quote, '; ') FROM (SELECT s.quote AS quote FROM"
        " entry_reading er JOIN reading_span s ON s.reading = er.reading"
        " AND s.role = 'evidence' WHERE er.entry = ?1 GROUP BY s.quote"
        " ORDER BY count(*) DESC, min(s.reading), min(s.n) LIMIT 12)";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, number);
    if (sqlite3_step(s) != SQLITE_ROW) status = rap_sqlite_fail(store, err);
    if (!status) entry->names = rap_sqlite_text(s, 0, arena);
    (void)sqlite3_reset(s);
    if (!status && !entry->names) status = no_memory(err);
    return status;
}

/* Why its readings are one: the distinct reasons, "; " between them. */
static rap_status read_why(sqlite_store *store, int64_t number, rap_arena *arena,
                           rap_entry *entry, rap_error *err)
{
    static const char sql[] = "SELECT why FROM entry_reading"
                              " WHERE entry = ?1 AND why <> '' ORDER BY reading";
    RAP_LIST(const char *) list = {0};
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, number);
    int step;
    while (!status && (step = sqlite3_step(s)) == SQLITE_ROW) {
        const char *why = (const char *)sqlite3_column_text(s, 0);
        uint32_t i = 0;
        while (i < list.count && strcmp(list.at[i], why) != 0) i++;
        if (i < list.count) continue;
        why = rap_sqlite_text(s, 0, arena);
        if (!why || !rap_push(arena, &list, why)) status = no_memory(err);
    }
    if (!status && step != SQLITE_DONE) status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    for (uint32_t i = 0; i < list.count && !status; i++) {
        entry->why =
            i ? rap_arena_printf(arena, "%s; %s", entry->why, list.at[i]) : list.at[0];
        if (!entry->why) status = no_memory(err);
    }
    return status;
}

/* What the program itself reads where a person edited. */
static rap_status read_machine(sqlite_store *store, int64_t number, rap_arena *arena,
                               rap_entry *entry, rap_error *err)
{
    static const char sql[] =
        "SELECT field, value FROM machine_value WHERE entry = ?1 ORDER BY field";
    RAP_LIST(rap_setting) list = {0};
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, number);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const rap_setting one = {rap_sqlite_text(s, 0, arena),
                                 rap_sqlite_text(s, 1, arena)};
        if (!one.field || !one.value || !rap_push(arena, &list, one)) break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    entry->machine = list.at;
    entry->machines = list.count;
    return status;
}

#define ENTRY_COLUMNS                                                                  \
    "e.number, e.kind, e.confidence, e.id, e.date, e.earliest, e.latest, "             \
    "e.date_basis,"                                                                    \
    " e.what, e.said_by, e.place, e.venue, e.mode, e.act, e.status, e.type, e.cameo,"  \
    " e.name, e.stance, e.due, e.due_earliest, e.due_latest, e.due_basis, e.sources,"  \
    " e.review"

static rap_entry_kind kind_of(const char *name)
{
    int kind = 0;
    while (kind < RAP_ENTRY_KINDS - 1 &&
           strcmp(name, rap_entry_kind_name((rap_entry_kind)kind)) != 0)
        kind++;
    return (rap_entry_kind)kind;
}

static bool read_entry_row(sqlite3_stmt *s, rap_arena *arena, rap_entry *out)
{
    const char *field[20], *review = rap_sqlite_text(s, 24, arena);
    bool whole = review != NULL;
    for (int i = 0; i < 20; i++) {
        field[i] = rap_sqlite_text(s, 3 + i, arena);
        whole &= field[i] != NULL;
    }
    *out = (rap_entry){
        .kind = kind_of((const char *)sqlite3_column_text(s, 1)),
        .confidence = sqlite3_column_double(s, 2),
        .id = field[0],
        .date = field[1],
        .earliest = field[2],
        .latest = field[3],
        .date_basis = field[4],
        .what = field[5],
        .said_by = field[6],
        .place = field[7],
        .venue = field[8],
        .mode = field[9],
        .act = field[10],
        .status = field[11],
        .type = field[12],
        .cameo = field[13],
        .name = field[14],
        .stance = field[15],
        .due = field[16],
        .due_earliest = field[17],
        .due_latest = field[18],
        .due_basis = field[19],
        .names = "",
        .sources = (uint32_t)sqlite3_column_int64(s, 23),
        .review = review,
        .why = "",
        .rank = sqlite3_column_count(s) > 25 ? -sqlite3_column_double(s, 25) : 0};
    return whole;
}

static bool has_claims(rap_entry_kind kind)
{
    return kind == RAP_ENTRY_DISAGREEMENT || kind == RAP_ENTRY_VARIANT;
}

/* The entry in the row that `s` stands on, with all that hangs on it. */
static rap_status read_entry(sqlite_store *store, sqlite3_stmt *s, rap_arena *arena,
                             rap_entry *entry, rap_error *err)
{
    const int64_t number = sqlite3_column_int64(s, 0);
    if (!read_entry_row(s, arena, entry)) return no_memory(err);
    rap_status status = read_parties(store, number, arena, entry, err);
    if (!status) status = read_evidence(store, number, arena, entry, err);
    if (!status) status = read_why(store, number, arena, entry, err);
    if (!status && !strcmp(entry->review, "edited"))
        status = read_machine(store, number, arena, entry, err);
    if (!status && has_claims(entry->kind))
        status = read_claims(store, number, arena, entry, err);
    if (!status && entry->kind == RAP_ENTRY_DOCUMENT)
        status = read_names(store, number, arena, entry, err);
    if (!status && entry->kind == RAP_ENTRY_DOCUMENT)
        status = read_clauses(store, number, arena, entry, err);
    return status;
}

static rap_status read_entries(sqlite_store *store, const char *sql, const clause *c,
                               rap_arena *arena, rap_entries *out, rap_error *err)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    clause_bind(c, s);
    entries list = {0};
    rap_status status = RAP_OK;
    int step = SQLITE_DONE;
    while (!status && (step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_entry entry;
        status = read_entry(store, s, arena, &entry, err);
        if (!status && !rap_push(arena, &list, entry)) status = no_memory(err);
    }
    if (!status && step != SQLITE_DONE) status = rap_sqlite_fail(store, err);
    (void)sqlite3_finalize(s);
    if (!status) *out = (rap_entries){list.at, list.count};
    return status;
}

/* An id may be cut short, but must still say which entry is meant. */
static rap_status one_of_id(const rap_filter *f, rap_entries *out, rap_error *err)
{
    if (!given(f->id) || out->count < 2) return RAP_OK;
    for (uint32_t i = 0; i < out->count; i++) {
        if (strcmp(out->entry[i].id, f->id) != 0) continue;
        *out = (rap_entries){&out->entry[i], 1};
        return RAP_OK;
    }
    const rap_status status =
        rap_fail(err, RAP_E_USAGE, 0, "\"%s\" begins more than one id: %s, %s%s", f->id,
                 out->entry[0].id, out->entry[1].id, out->count > 2 ? ", …" : "");
    *out = (rap_entries){0};
    return status;
}

/* The question that `f` asks, in the order of the timeline. */
static rap_status entries_query(sqlite_store *store, const rap_filter *f,
                                rap_arena *arena, clause *c, const char **sql,
                                rap_error *err)
{
    const rap_status bad = filter_entries(store, c, f, arena, err);
    if (bad) return bad;
    char limit[32] = "";
    if (f->limit) (void)snprintf(limit, sizeof limit, " LIMIT %u", f->limit);
    *sql = rap_arena_printf(arena,
                            "SELECT " ENTRY_COLUMNS " FROM entry e"
                            " WHERE 1%s ORDER BY e.day, e.latest, e.at, e.id%s",
                            c->sql, limit);
    return *sql ? RAP_OK : no_memory(err);
}

rap_status rap_sqlite_entries(rap_store *head, const rap_filter *f, rap_arena *arena,
                              rap_entries *out, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    clause c = {0};
    const char *sql;
    rap_status status = entries_query(store, f, arena, &c, &sql, err);
    if (!status) status = read_entries(store, sql, &c, arena, out, err);
    return status ? status : one_of_id(f, out, err);
}

/* One entry at a time: a record of any size passes through the memory of one. */
rap_status rap_sqlite_each_entry(rap_store *head, const rap_filter *f,
                                 rap_entry_sink sink, void *state, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    rap_arena question = RAP_ARENA(QUESTION_BYTES), arena = RAP_ARENA(ENTRY_BYTES);
    sqlite3_stmt *s = NULL;
    clause c = {0};
    const char *sql;
    rap_status status = entries_query(store, f, &question, &c, &sql, err);
    if (!status && sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) != SQLITE_OK)
        status = rap_sqlite_fail(store, err);
    if (!status) clause_bind(&c, s);
    int step = SQLITE_DONE;
    while (!status && (step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_entry entry;
        rap_arena_clear(&arena);
        status = read_entry(store, s, &arena, &entry, err);
        if (!status) status = sink(state, &entry, err);
    }
    if (!status && step != SQLITE_DONE) status = rap_sqlite_fail(store, err);
    (void)sqlite3_finalize(s);
    rap_arena_free(&arena);
    rap_arena_free(&question);
    return status;
}

/* ---- find ------------------------------------------------------------------------ */

/* Does the evidence of `a` say again what stands in that of `b`? */
static bool tells_again(const rap_entry *a, const rap_entry *b)
{
    if (!a->evidence_count || !b->evidence_count) return false;
    const rap_evidence *x = &a->evidence[0], *y = &b->evidence[0];
    if (x->document != y->document || !rap_span_overlaps(x->span, y->span))
        return false;
    const rap_span both = {x->span.begin > y->span.begin ? x->span.begin
                                                         : y->span.begin,
                           x->span.end < y->span.end ? x->span.end : y->span.end};
    return 2 * (both.end - both.begin) > x->span.end - x->span.begin;
}

/* A statement, the stance in it and the promise it makes are three entries of one passage:
 * the best stays, so that a short answer holds more than one. */
static uint32_t each_passage_once(rap_entry *entry, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool again = false;
        for (uint32_t k = 0; k < kept && !again; k++)
            again = tells_again(&entry[i], &entry[k]);
        if (!again) entry[kept++] = entry[i];
    }
    return kept;
}

static bool read_passage(sqlite3_stmt *s, rap_arena *arena, rap_entry *out)
{
    rap_evidence *evidence = rap_new(arena, rap_evidence, 1);
    if (!evidence) return false;
    const char *quote = rap_sqlite_text(s, 7, arena);
    const char *id =
        rap_arena_printf(arena, "%lld-%lld", (long long)sqlite3_column_int64(s, 0),
                         (long long)sqlite3_column_int64(s, 10));
    const bool whole = read_one_evidence(s, arena, evidence);
    *out = (rap_entry){.id = id,
                       .kind = RAP_ENTRY_PASSAGE,
                       .date = evidence->published,
                       .earliest = "",
                       .latest = "",
                       .date_basis = "",
                       .what = quote,
                       .said_by = "",
                       .place = "",
                       .venue = "",
                       .mode = "",
                       .act = "",
                       .status = "",
                       .type = "",
                       .cameo = "",
                       .name = "",
                       .stance = "",
                       .due = "",
                       .due_earliest = "",
                       .due_latest = "",
                       .due_basis = "",
                       .names = "",
                       .why = "",
                       .review = "",
                       .confidence = 1,
                       .documents = 1,
                       .sources = 1,
                       .evidence = evidence,
                       .evidence_count = 1,
                       .rank = -sqlite3_column_double(s, 9) * PASSAGE_WEIGHT};
    return whole && quote && id;
}

/* Passages of one document, or of all for 0: a passage's row is its document and zone. */
static rap_status add_passages(sqlite_store *store, const char *match, int64_t document,
                               uint32_t most, rap_arena *arena, entries *list,
                               rap_error *err)
{
    static const char sql[] =
        "SELECT d.id, d.path, a.outlet, a.published, 'passage', z.span_begin,"
        " z.span_end, p.words, d.sha256, p.rank_, z.n FROM (SELECT rowid AS at, words,"
        "  bm25(passage_fts) AS rank_ FROM passage_fts WHERE passage_fts MATCH ?1"
        "  AND rowid >= ?3 AND rowid < ?4"
        "  ORDER BY rank_ LIMIT ?2) p"
        " JOIN zone z ON z.document = p.at >> 20 AND z.n = p.at & 1048575"
        " JOIN document d ON d.id = z.document JOIN article a ON a.document = d.id"
        " ORDER BY p.rank_";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    rap_sqlite_bind(s, 1, match);
    (void)sqlite3_bind_int64(s, 2, most);
    (void)sqlite3_bind_int64(s, 3, document << RAP_PASSAGE_BITS);
    (void)sqlite3_bind_int64(s, 4,
                             document ? (document + 1) << RAP_PASSAGE_BITS : INT64_MAX);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_entry entry;
        if (!read_passage(s, arena, &entry) || !rap_push(arena, list, entry)) break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status;
}

static int by_rank(const void *left, const void *right)
{
    const rap_entry *a = left, *b = right;
    if (a->rank != b->rank) return a->rank < b->rank ? 1 : -1;
    return strcmp(a->id, b->id);
}

static bool has_filters(const rap_filter *f)
{
    return f->kinds || given(f->speaker) || given(f->actor) || given(f->place) ||
           given(f->outlet) || given(f->type) || given(f->act) || given(f->status) ||
           given(f->document) || given(f->since) || given(f->until) ||
           given(f->about) || given(f->issue) || given(f->stance) ||
           given(f->due_before) || given(f->review);
}

/* Weights of words, parties, place, title: what was said before what surrounds it. */
rap_status rap_sqlite_find(rap_store *head, const char *question, const rap_filter *f,
                           rap_arena *arena, rap_entries *out, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    clause c = {0};
    const uint32_t most = f->limit ? f->limit : MOST_FOUND;
    const char *match = rap_sqlite_match(store, question ? question : "", "OR", arena);
    if (!match) return no_memory(err);
    if (!*match) return RAP_OK;
    clause_text(&c, " AND entry_fts MATCH @", match);
    const rap_status bad = filter_entries(store, &c, f, arena, err);
    if (bad) return bad;
    const char *sql = rap_arena_printf(
        arena,
        "SELECT " ENTRY_COLUMNS ", bm25(entry_fts, 4.0, 2.0, 2.0, 0.5) AS rank_"
        " FROM entry_fts JOIN entry e ON e.number = entry_fts.rowid"
        " WHERE 1%s ORDER BY rank_, e.confidence DESC, e.number LIMIT %u",
        c.sql, most > 1000 ? most : most + most / 4 + 5);
    if (!sql) return no_memory(err);
    rap_status status = read_entries(store, sql, &c, arena, out, err);
    if (status) return status;
    entries list = {0};
    for (uint32_t i = 0; i < out->count; i++)
        if (!rap_push(arena, &list, out->entry[i])) return no_memory(err);
    if (!has_filters(f))
        status = add_passages(store, match, 0, most, arena, &list, err);
    if (status) return status;
    if (list.count) qsort(list.at, list.count, sizeof *list.at, by_rank);
    list.count = each_passage_once(list.at, list.count);
    *out = (rap_entries){list.at, list.count < most ? list.count : most};
    return RAP_OK;
}

rap_status rap_sqlite_passages(rap_store *head, int64_t document, const char *words,
                               rap_arena *arena, rap_entries *out, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    entries list = {0};
    const char *match = rap_sqlite_match(store, words ? words : "", "AND", arena);
    if (!match) return no_memory(err);
    if (!*match) return RAP_OK;
    const rap_status status =
        add_passages(store, match, document, MOST_FOUND, arena, &list, err);
    *out = (rap_entries){list.at, list.count};
    return status;
}

/* ---- sources --------------------------------------------------------------------- */

typedef RAP_LIST(rap_source_row) source_rows;

static bool read_source(sqlite3_stmt *s, rap_arena *arena, rap_source_row *out)
{
    const char *field[15];
    bool whole = true;
    for (int i = 0; i < 15; i++) {
        field[i] = rap_sqlite_text(s, 6 + i, arena);
        whole &= field[i] != NULL;
    }
    *out = (rap_source_row){.document = sqlite3_column_int64(s, 0),
                            .bytes = (uint64_t)sqlite3_column_int64(s, 1),
                            .error_at = (uint64_t)sqlite3_column_int64(s, 2),
                            .statements = (uint32_t)sqlite3_column_int64(s, 3),
                            .meetings = (uint32_t)sqlite3_column_int64(s, 4),
                            .events = (uint32_t)sqlite3_column_int64(s, 5),
                            .sha256 = field[0],
                            .path = field[1],
                            .media_type = field[2],
                            .title = field[3],
                            .author = field[4],
                            .outlet = field[5],
                            .url = field[6],
                            .language = field[7],
                            .kind = field[8],
                            .published = field[9],
                            .published_basis = field[10],
                            .error_code = field[11],
                            .error_text = field[12],
                            .added_at = field[13],
                            .copy_of = sqlite3_column_int64(s, 21),
                            .replaced_by = sqlite3_column_int64(s, 22),
                            .proposed = sqlite3_column_int64(s, 23)};
    return whole;
}

static rap_status filter_documents(clause *c, const rap_filter *f, rap_arena *arena,
                                   rap_error *err)
{
    filter_document(c, f->document, " AND d.id = @", " AND instr(d.path, @) > 0");
    if (f->after) clause_number(c, " AND d.id > @", (double)f->after);
    const rap_status status =
        filter_has(c, " AND rap_has(a.outlet, @)", f->outlet, arena, err);
    if (status) return status;
    return filter_days(c, "a.published_earliest", "a.published_latest", f, arena, err);
}

rap_status rap_sqlite_sources(rap_store *head, const rap_filter *f, rap_arena *arena,
                              rap_source_rows *out, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    clause c = {0};
    rap_status status = filter_documents(&c, f, arena, err);
    if (status) return status;
    clause_number(&c, " ORDER BY d.id LIMIT @", f->limit ? f->limit : -1.0);
    const char *sql = rap_arena_printf(
        arena,
        "SELECT d.id, length(d.bytes), a.error_at,"
        " (SELECT count(*) FROM reading r WHERE r.document = d.id AND r.kind = "
        "'statement'),"
        " (SELECT count(*) FROM reading r WHERE r.document = d.id AND r.kind = "
        "'meeting'),"
        " (SELECT count(*) FROM reading r WHERE r.document = d.id AND r.kind = "
        "'event'),"
        " d.sha256, d.path, d.media_type, a.title, a.author, a.outlet, a.url, "
        "a.language,"
        " a.kind, a.published, a.published_basis, a.error_code, a.error_text, "
        "d.added_at, '', CASE WHEN a.voice <> d.id THEN a.voice ELSE 0 END,"
        " coalesce(g.replaced_by, 0), CASE WHEN a.url IS NOT NULL AND g.replaced_by IS"
        "  NULL THEN coalesce((SELECT max(o.document) FROM article o WHERE o.url = "
        "a.url"
        "  AND o.document > d.id), 0) ELSE 0 END"
        " FROM document d LEFT JOIN article a ON a.document = d.id"
        " LEFT JOIN given g ON g.document = d.id WHERE d.purged_at IS NULL%s",
        c.sql);
    if (!sql) return no_memory(err);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    clause_bind(&c, s);
    source_rows list = {0};
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_source_row row;
        if (!read_source(s, arena, &row) || !rap_push(arena, &list, row)) break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_finalize(s);
    if (!status) *out = (rap_source_rows){list.at, list.count};
    return status;
}

/* ---- actors ---------------------------------------------------------------------- */

typedef RAP_LIST(rap_actor_row) actor_rows;

static bool read_actor(sqlite3_stmt *s, rap_arena *arena, rap_actor_row *out)
{
    const char *field[8];
    bool whole = true;
    for (int i = 0; i < 8; i++) {
        field[i] = rap_sqlite_text(s, i, arena);
        whole &= field[i] != NULL;
    }
    *out = (rap_actor_row){.key = field[0],
                           .name = field[1],
                           .kind = field[2],
                           .country = field[3],
                           .code = field[4],
                           .sector = field[5],
                           .roles = field[6],
                           .aliases = field[7],
                           .mentions = (uint32_t)sqlite3_column_int64(s, 8),
                           .documents = (uint32_t)sqlite3_column_int64(s, 9),
                           .statements = (uint32_t)sqlite3_column_int64(s, 10)};
    return whole;
}

/* One row a key: the fullest of its names; what max() picks lends its row to the
 * others. */
static const char actor_query[] =
    "WITH chosen AS (SELECT a.key AS key, a.name AS name, a.kind AS kind,"
    "  a.country AS country, a.code AS code, a.sector AS sector, max(length(a.name)),"
    "  count(*) AS documents FROM actor a JOIN document d ON d.id = a.document"
    "  JOIN article t ON t.document = d.id WHERE 1%s GROUP BY a.key),"
    " mentioned AS (SELECT a.key AS key, count(*) AS n FROM actor a"
    "  JOIN document d ON d.id = a.document JOIN mention m ON m.document = a.document"
    "  AND m.actor = a.n WHERE 1%s GROUP BY a.key),"
    " said AS (SELECT a.key AS key, count(*) AS n FROM reading r"
    "  JOIN reading_party p ON p.reading = r.number AND p.role = 'who'"
    "  JOIN actor a ON a.document = p.document AND a.n = p.actor"
    "  JOIN document d ON d.id = a.document WHERE r.kind = 'statement'%s GROUP BY "
    "a.key)"
    " SELECT c.key, c.name, c.kind,"
    "  (SELECT group_concat(country, '; ') FROM (SELECT a.country AS country FROM "
    "actor a"
    "   WHERE a.key = c.key AND a.country <> '' GROUP BY a.country"
    "   ORDER BY count(*) DESC, a.country)),"
    "  c.code, c.sector,"
    "  (SELECT group_concat(role, '; ') FROM (SELECT DISTINCT r.role FROM actor a"
    "   JOIN actor_role r ON r.document = a.document AND r.actor = a.n"
    "   WHERE a.key = c.key ORDER BY r.role)),"
    "  (SELECT group_concat(alias, '; ') FROM (SELECT DISTINCT l.alias FROM actor a"
    "   JOIN actor_alias l ON l.document = a.document AND l.actor = a.n"
    "   WHERE a.key = c.key ORDER BY l.alias)),"
    "  coalesce(m.n, 0) AS mentions, c.documents, coalesce(s.n, 0)"
    " FROM chosen c LEFT JOIN mentioned m ON m.key = c.key LEFT JOIN said s ON s.key = "
    "c.key"
    " WHERE 1%s ORDER BY mentions DESC, c.name, c.key LIMIT %lld";

rap_status rap_sqlite_actors(rap_store *head, const rap_filter *f, rap_arena *arena,
                             rap_actor_rows *out, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    clause c = {0};
    filter_document(&c, f->document, " AND d.id = @", " AND instr(d.path, @) > 0");
    const char *of_document = rap_arena_copy(arena, rap_slice_of(c.sql)).at;
    c.len = 0;
    c.sql[0] = 0;
    if (given(f->actor)) {
        const rap_slice folded = rap_fold(arena, rap_slice_of(f->actor));
        if (!folded.at) return no_memory(err);
        clause_text(&c, " AND (c.code = @ COLLATE NOCASE", f->actor);
        clause_text(&c, " OR c.key = @", f->actor);
        clause_text(&c,
                    " OR rap_has(c.name, @) OR EXISTS (SELECT 1 FROM actor a"
                    " JOIN actor_alias l ON l.document = a.document AND l.actor = a.n"
                    " WHERE a.key = c.key AND rap_has(l.alias, @)))",
                    folded.at);
    }
    if (!of_document) return no_memory(err);
    const char *sql =
        rap_arena_printf(arena, actor_query, of_document, of_document, of_document,
                         c.sql, f->limit ? (long long)f->limit : -1LL);
    if (!sql) return no_memory(err);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    clause_bind(&c, s);
    actor_rows list = {0};
    rap_status status = RAP_OK;
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_actor_row row;
        if (!read_actor(s, arena, &row) || !rap_push(arena, &list, row)) break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_finalize(s);
    if (!status) *out = (rap_actor_rows){list.at, list.count};
    return status;
}

/* ---- zones ----------------------------------------------------------------------- */

typedef RAP_LIST(rap_zone_row) zone_rows;

enum { ZONE_WORDS = 120 }; /* bytes of a zone that are shown */

/* The beginning of a zone's words, ending at a whole character. */
static const char *beginning(sqlite3_stmt *s, int column, rap_arena *arena)
{
    const char *bytes = sqlite3_column_blob(s, column);
    uint32_t len = (uint32_t)sqlite3_column_bytes(s, column);
    if (!bytes) return "";
    if (len > ZONE_WORDS) {
        len = ZONE_WORDS;
        while (len && ((unsigned char)bytes[len] & 0xC0) == 0x80) len--;
    }
    return rap_arena_copy(arena, (rap_slice){bytes, len}).at;
}

rap_status rap_sqlite_zones(rap_store *head, const rap_filter *f, rap_arena *arena,
                            rap_zone_rows *out, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    clause c = {0};
    rap_status status = filter_documents(&c, f, arena, err);
    if (status) return status;
    if (given(f->type)) clause_text(&c, " AND z.kind = @ COLLATE NOCASE", f->type);
    clause_number(&c, " ORDER BY d.id, z.n LIMIT @", f->limit ? f->limit : -1.0);
    const char *sql = rap_arena_printf(
        arena,
        "SELECT d.id, d.path, z.kind, z.sub, z.span_begin, z.span_end,"
        " substr(coalesce(a.text, d.bytes), z.span_begin + 1,"
        " min(z.span_end - z.span_begin, %d)) FROM zone z"
        " JOIN document d ON d.id = z.document JOIN article a ON a.document = d.id"
        " WHERE 1%s",
        ZONE_WORDS + 4, c.sql);
    if (!sql) return no_memory(err);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    clause_bind(&c, s);
    zone_rows list = {0};
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const rap_zone_row row = {.document = sqlite3_column_int64(s, 0),
                                  .path = rap_sqlite_text(s, 1, arena),
                                  .kind = rap_sqlite_text(s, 2, arena),
                                  .sub = rap_sqlite_text(s, 3, arena),
                                  .span = {(uint32_t)sqlite3_column_int64(s, 4),
                                           (uint32_t)sqlite3_column_int64(s, 5)},
                                  .words = beginning(s, 6, arena)};
        if (!row.path || !row.kind || !row.sub || !row.words ||
            !rap_push(arena, &list, row))
            break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_finalize(s);
    if (!status) *out = (rap_zone_rows){list.at, list.count};
    return status;
}

/* ---- text ------------------------------------------------------------------------ */

rap_status rap_sqlite_text_of(rap_store *head, int64_t document, rap_arena *arena,
                              rap_slice *out, rap_error *err)
{
    static const char sql[] =
        "SELECT coalesce(a.text, d.bytes) FROM document d JOIN article a"
        " ON a.document = d.id WHERE d.id = ?1";
    sqlite_store *store = sqlite_of(head);
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    const int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        const char *bytes = sqlite3_column_blob(s, 0);
        *out = rap_arena_copy(arena,
                              (rap_slice){bytes, (uint32_t)sqlite3_column_bytes(s, 0)});
        if (!out->at) status = no_memory(err);
    } else if (step == SQLITE_DONE) {
        status = rap_fail(err, RAP_E_NOTFOUND, 0, "the record has no document %lld",
                          (long long)document);
    } else {
        status = rap_sqlite_fail(store, err);
    }
    (void)sqlite3_reset(s);
    return status;
}
