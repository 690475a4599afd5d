/*
 * sqlite_read.c - questions to the record: entries by filter, and by relevance.
 *
 * Method  quotes are cut from the document's text at their spans, not from the copy that
 *         verify compares.
 * Cost    three indexed look-ups an entry.
 */
#include "sqlite_clause_private.h"

#include <stdlib.h>

enum { MOST_FOUND = 50 };
enum { QUESTION_BYTES = 1024 * 1024, ENTRY_BYTES = 256 * 1024 * 1024 };
/* A paragraph against an entry: its words count 4 there, and entries come first. */
#define PASSAGE_WEIGHT 3.0

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
        status = rap_no_answer(err);
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
        status = rap_no_answer(err);
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
        status = rap_no_answer(err);
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
        if (!rap_push(arena, &all, list.at[i].evidence)) return rap_no_answer(err);
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
    if (!status && !entry->names) status = rap_no_answer(err);
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
        if (!why || !rap_push(arena, &list, why)) status = rap_no_answer(err);
    }
    if (!status && step != SQLITE_DONE) status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    for (uint32_t i = 0; i < list.count && !status; i++) {
        entry->why =
            i ? rap_arena_printf(arena, "%s; %s", entry->why, list.at[i]) : list.at[0];
        if (!entry->why) status = rap_no_answer(err);
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
        status = rap_no_answer(err);
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
    if (!read_entry_row(s, arena, entry)) return rap_no_answer(err);
    rap_status status = read_parties(store, number, arena, entry, err);
    if (!status) status = read_evidence(store, number, arena, entry, err);
    if (!status) status = read_why(store, number, arena, entry, err);
    if (!status &&
        (!strcmp(entry->review, "accepted") || !strcmp(entry->review, "edited")))
        status = rap_sqlite_since_review(store, number, &entry->since_review, err);
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

static rap_status read_entries(sqlite_store *store, const char *sql,
                               const sqlite_clause *c, rap_arena *arena,
                               rap_entries *out, rap_error *err)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    rap_clause_bind(c, s);
    entries list = {0};
    rap_status status = RAP_OK;
    int step = SQLITE_DONE;
    while (!status && (step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_entry entry;
        status = read_entry(store, s, arena, &entry, err);
        if (!status && !rap_push(arena, &list, entry)) status = rap_no_answer(err);
    }
    if (!status && step != SQLITE_DONE) status = rap_sqlite_fail(store, err);
    (void)sqlite3_finalize(s);
    if (!status) *out = (rap_entries){list.at, list.count};
    return status;
}

/* An id may be cut short, but must still say which entry is meant. */
static rap_status one_of_id(const rap_filter *f, rap_entries *out, rap_error *err)
{
    if (!rap_given_text(f->id) || out->count < 2) return RAP_OK;
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
                                rap_arena *arena, sqlite_clause *c, const char **sql,
                                rap_error *err)
{
    const rap_status bad = rap_filter_entries(store, c, f, arena, err);
    if (bad) return bad;
    char limit[32] = "";
    if (f->limit) (void)snprintf(limit, sizeof limit, " LIMIT %u", f->limit);
    *sql = rap_arena_printf(arena,
                            "SELECT " ENTRY_COLUMNS " FROM entry e"
                            " WHERE 1%s ORDER BY e.day, e.latest, e.at, e.id%s",
                            c->sql, limit);
    return *sql ? RAP_OK : rap_no_answer(err);
}

rap_status rap_sqlite_entries(rap_store *head, const rap_filter *f, rap_arena *arena,
                              rap_entries *out, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    sqlite_clause c = {0};
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
    sqlite_clause c = {0};
    const char *sql;
    rap_status status = entries_query(store, f, &question, &c, &sql, err);
    if (!status && sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) != SQLITE_OK)
        status = rap_sqlite_fail(store, err);
    if (!status) rap_clause_bind(&c, s);
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
        " z.span_end, w.words, d.sha256, p.rank_, z.n FROM (SELECT rowid AS at,"
        "  bm25(passage_fts) AS rank_ FROM passage_fts WHERE passage_fts MATCH ?1"
        "  AND rowid >= ?3 AND rowid < ?4"
        "  ORDER BY rank_ LIMIT ?2) p"
        " JOIN passage_fts w ON w.rowid = p.at"
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
        status = rap_no_answer(err);
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
    return f->kinds || rap_given_text(f->speaker) || rap_given_text(f->actor) ||
           rap_given_text(f->place) || rap_given_text(f->outlet) ||
           rap_given_text(f->type) || rap_given_text(f->act) ||
           rap_given_text(f->status) || rap_given_text(f->document) ||
           rap_given_text(f->since) || rap_given_text(f->until) ||
           rap_given_text(f->about) || rap_given_text(f->issue) ||
           rap_given_text(f->stance) || rap_given_text(f->due_before) ||
           rap_given_text(f->review);
}

/* Weights of words, parties, place, title: what was said before what surrounds it. */
rap_status rap_sqlite_find(rap_store *head, const char *question, const rap_filter *f,
                           rap_arena *arena, rap_entries *out, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    sqlite_clause c = {0};
    const uint32_t most = f->limit ? f->limit : MOST_FOUND;
    const char *match = rap_sqlite_match(store, question ? question : "", "OR", arena);
    if (!match) return rap_no_answer(err);
    if (!*match) return RAP_OK;
    rap_clause_text(&c, " AND entry_fts MATCH @", match);
    const rap_status bad = rap_filter_entries(store, &c, f, arena, err);
    if (bad) return bad;
    /* ranked by number alone: a common word is in most entries, and few of them are read */
    const char *sql = rap_arena_printf(
        arena,
        "SELECT " ENTRY_COLUMNS ", f.rank_ FROM"
        " (SELECT e.number AS n, bm25(entry_fts, 4.0, 2.0, 2.0, 0.5) AS rank_"
        "  FROM entry_fts JOIN entry e ON e.number = entry_fts.rowid"
        "  WHERE 1%s ORDER BY rank_, e.confidence DESC, e.number LIMIT %u) f"
        " JOIN entry e ON e.number = f.n ORDER BY f.rank_, e.confidence DESC, e.number",
        c.sql, most > 1000 ? most : most + most / 4 + 5);
    if (!sql) return rap_no_answer(err);
    rap_status status = read_entries(store, sql, &c, arena, out, err);
    if (status) return status;
    entries list = {0};
    for (uint32_t i = 0; i < out->count; i++)
        if (!rap_push(arena, &list, out->entry[i])) return rap_no_answer(err);
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
    if (!match) return rap_no_answer(err);
    if (!*match) return RAP_OK;
    const rap_status status =
        add_passages(store, match, document, MOST_FOUND, arena, &list, err);
    *out = (rap_entries){list.at, list.count};
    return status;
}
