/*
 * sqlite_log.c - the log of decisions for people, and how far two of them agree.
 */
#include "store_private.h"

static rap_status no_memory(rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the log");
}

typedef RAP_LIST(rap_log_row) row_list;

static bool read_row(sqlite3_stmt *s, rap_arena *arena, rap_log_row *out)
{
    const char *field[12];
    bool whole = true;
    for (int i = 0; i < 12; i++) {
        field[i] = rap_sqlite_text(s, 3 + i, arena);
        whole &= field[i] != NULL;
    }
    *out = (rap_log_row){.id = sqlite3_column_int64(s, 0),
                         .target = sqlite3_column_int64(s, 1),
                         .final = sqlite3_column_int(s, 2) != 0,
                         .at = field[0],
                         .who = field[1],
                         .kind = field[2],
                         .reason = field[3],
                         .state = field[4],
                         .why = field[5],
                         .entry = field[6],
                         .entry_kind = field[7],
                         .address = field[8],
                         .path = field[9],
                         .quote = field[10],
                         .detail = field[11]};
    return whole;
}

rap_status rap_sqlite_log(rap_store *head, const rap_log_filter *f, rap_arena *arena,
                          rap_log_rows *out, rap_error *err)
{
    static const char sql[] =
        "SELECT d.id, coalesce(d.target, 0), d.final, d.at, d.who, d.kind, d.reason,"
        " coalesce(p.state, 'applied'), p.why, p.entry, a.entry_kind,"
        " CASE WHEN a.span_end > 0 THEN 'rap:' || substr(a.document_sha256, 1, 12) || "
        "'/'"
        "  || a.span_begin || '-' || a.span_end WHEN a.decision IS NOT NULL THEN"
        "  'rap:' || substr(a.document_sha256, 1, 12) END, m.path, a.quote,"
        " coalesce(json_extract(d.payload, '$.text'), (SELECT group_concat(j.key || '='"
        "  || j.value, ', ') FROM json_each(d.payload, '$.set') j),"
        "  CASE WHEN d.target IS NOT NULL THEN 'decision ' || d.target END,"
        "  (SELECT group_concat(o.quote, ' | ') FROM decision_anchor o"
        "   WHERE o.decision = d.id AND o.n > 0))"
        " FROM decision d LEFT JOIN applied p ON p.decision = d.id"
        " LEFT JOIN decision_anchor a ON a.decision = d.id AND a.n = 0"
        " LEFT JOIN document m ON m.sha256 = a.document_sha256"
        " WHERE (?1 IS NULL OR substr(p.entry, 1, length(?1)) = ?1) AND (?2 IS NULL OR "
        "d.who = ?2)"
        " AND (NOT ?3 OR p.state = 'orphaned') AND d.id >= ?4 ORDER BY d.id";
    sqlite_store *store = sqlite_of(head);
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    rap_sqlite_bind(s, 1, f->entry);
    rap_sqlite_bind(s, 2, f->who);
    (void)sqlite3_bind_int(s, 3, f->orphaned);
    (void)sqlite3_bind_int64(s, 4, f->from);
    row_list list = {0};
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_log_row row;
        if (!read_row(s, arena, &row) || !rap_push(arena, &list, row)) break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    if (!status) *out = (rap_log_rows){list.at, list.count};
    return status;
}

rap_status rap_sqlite_decisions(rap_store *head, uint64_t *standing, uint64_t *orphaned,
                                rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    int64_t count = 0;
    rap_status status =
        rap_sqlite_number(store,
                          "SELECT count(*) FROM applied p JOIN decision d ON d.id ="
                          " p.decision WHERE p.state <> 'undone' AND d.kind NOT IN"
                          " ('undo', 'purge')",
                          &count, err);
    *standing = (uint64_t)count;
    if (!status)
        status = rap_sqlite_number(
            store, "SELECT count(*) FROM applied WHERE state = 'orphaned'", &count,
            err);
    *orphaned = (uint64_t)count;
    return status;
}

/* ---- agreement --------------------------------------------------------------------- */

enum { VERDICTS = 3 };

typedef struct table { /* how often one said i and the other k */
    const char *one, *other;
    uint32_t n[VERDICTS][VERDICTS];
} table;

typedef RAP_LIST(table) table_list;

/* Cohen 1960: agreement beyond what the shares of each verdict would give by chance. */
static rap_agreement measure(const table *t)
{
    rap_agreement out = {t->one, t->other, 0, 0, 1};
    double chance = 0;
    for (int i = 0; i < VERDICTS; i++)
        for (int k = 0; k < VERDICTS; k++) out.both += t->n[i][k];
    for (int i = 0; i < VERDICTS; i++) {
        uint32_t row = 0, column = 0;
        out.same += t->n[i][i];
        for (int k = 0; k < VERDICTS; k++) row += t->n[i][k], column += t->n[k][i];
        chance += (double)row * column;
    }
    chance /= (double)out.both * out.both;
    if (chance < 1) out.kappa = ((double)out.same / out.both - chance) / (1 - chance);
    return out;
}

/* Row: one, other, verdict of one, of the other, how often; rows of a pair together. */
static bool take_count(sqlite3_stmt *s, rap_arena *arena, table_list *list)
{
    const char *one = rap_sqlite_text(s, 0, arena);
    const char *other = rap_sqlite_text(s, 1, arena);
    if (!one || !other) return false;
    const table *last = list->count ? &list->at[list->count - 1] : NULL;
    if (!last || strcmp(last->one, one) != 0 || strcmp(last->other, other) != 0) {
        const table fresh = {.one = one, .other = other};
        if (!rap_push(arena, list, fresh)) return false;
    }
    const int i = sqlite3_column_int(s, 2), k = sqlite3_column_int(s, 3);
    list->at[list->count - 1].n[i][k] = (uint32_t)sqlite3_column_int64(s, 4);
    return true;
}

/* The last verdict of each person on each passage, by where it stands: agreement does not
 * depend on what the program reads today. */
static const char pairs[] =
    "WITH said AS (SELECT d.who AS who, CASE d.kind WHEN 'accept' THEN 0 WHEN 'reject'"
    "  THEN 1 ELSE 2 END AS verdict, a.document_sha256 || ' ' || a.entry_kind || ' ' ||"
    "  a.span_begin || '-' || a.span_end || ' ' || CASE WHEN json_extract(a.facet,"
    "  '$.twins') > 1 THEN a.facet ELSE '' END AS passage,"
    "  max(d.id) FROM decision d"
    "  JOIN decision_anchor a ON a.decision = d.id AND a.n = 0 LEFT JOIN applied p"
    "  ON p.decision = d.id WHERE d.kind IN ('accept', 'reject', 'edit') AND NOT "
    "d.final"
    "  AND p.state IS NOT 'undone' GROUP BY d.who, passage)"
    " SELECT x.who, y.who, x.verdict, y.verdict, count(*) FROM said x JOIN said y"
    " ON y.passage = x.passage AND y.who > x.who GROUP BY 1, 2, 3, 4 ORDER BY 1, 2";

rap_status rap_sqlite_agreement(rap_store *head, rap_arena *arena, rap_agreements *out,
                                rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, pairs, &s, err);
    if (status) return status;
    table_list list = {0};
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        if (!take_count(s, arena, &list)) break;
    if (step == SQLITE_ROW)
        status = no_memory(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    rap_agreement *row = rap_new(arena, rap_agreement, list.count);
    if (!status && !row) status = no_memory(err);
    if (status) return status;
    for (uint32_t i = 0; i < list.count; i++) row[i] = measure(&list.at[i]);
    *out = (rap_agreements){row, list.count};
    return RAP_OK;
}
