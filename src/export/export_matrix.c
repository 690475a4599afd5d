/*
 * export_matrix.c - parties by issues: the latest stance of each, with what came before.
 *
 * Reads   positions, by the filters of the view.
 * Method  who takes a stance together with others has it too. Parties and issues come by how
 *         often they take one; a cell is the latest dated stance, with its entry and the
 *         number of stances behind it. A table has as many issues as its line has room for;
 *         CSV, TSV and JSON have all.
 * Cost    positions, and parties times issues of those shown.
 */
#include "export_private.h"

#include <jansson.h>
#include <stdlib.h>

enum { TABLE_ISSUES = 14, CELL_COLUMNS = 26, PARTY_COLUMNS = 24 };

typedef struct line { /* a party or an issue */
    const char *key, *label;
    const rap_party *party; /* NULL: an issue */
    uint32_t count;
} line;

typedef struct lines {
    rap_map at; /* key -> index */
    RAP_LIST(line) line;
} lines;

typedef struct cell {
    const rap_entry *latest;
    uint32_t count;
} cell;

typedef struct matrix {
    rap_arena *arena;
    const rap_entries *entries;
    lines parties, issues;
    uint32_t *party, *issue; /* in the order they are shown */
    cell *cells;             /* [issues] of the party at hand */
} matrix;

static bool count_line(matrix *m, lines *all, const char *key, const char *label,
                       const rap_party *party)
{
    uint32_t *slot = rap_map_put(&all->at, m->arena, rap_slice_of(key));
    if (!slot) return false;
    if (*slot == RAP_NONE) {
        *slot = all->line.count;
        if (!rap_push(m->arena, &all->line, (line){key, label, party, 0})) return false;
    }
    all->line.at[*slot].count++;
    return true;
}

static int by_count(const void *left, const void *right, void *state)
{
    const lines *all = state;
    const line *a = &all->line.at[*(const uint32_t *)left],
               *b = &all->line.at[*(const uint32_t *)right];
    if (a->count != b->count) return a->count < b->count ? 1 : -1;
    return strcmp(a->key, b->key);
}

static uint32_t *order_of(matrix *m, lines *all)
{
    uint32_t *order = rap_new(m->arena, uint32_t, all->line.count);
    for (uint32_t i = 0; order && i < all->line.count; i++) order[i] = i;
    if (order && all->line.count)
        qsort_r(order, all->line.count, sizeof *order, by_count, all);
    return order;
}

static bool fill(matrix *m)
{
    for (uint32_t i = 0; i < m->entries->count; i++) {
        const rap_entry *e = &m->entries->entry[i];
        if (!e->who_count) continue;
        if (!count_line(m, &m->issues, e->name, e->name, NULL)) return false;
        for (uint32_t w = 0; w < e->who_count; w++)
            if (!count_line(m, &m->parties, e->who[w].key, e->who[w].name, &e->who[w]))
                return false;
    }
    m->party = order_of(m, &m->parties);
    m->issue = order_of(m, &m->issues);
    m->cells = rap_new(m->arena, cell, m->issues.line.count);
    return m->party && m->issue && m->cells;
}

static bool takes(const rap_entry *e, const char *key)
{
    for (uint32_t w = 0; w < e->who_count; w++)
        if (!strcmp(e->who[w].key, key)) return true;
    return false;
}

/* The cells of one party, by issue. */
static void fill_row(matrix *m, uint32_t party)
{
    const char *key = m->parties.line.at[party].key;
    for (uint32_t i = 0; i < m->issues.line.count; i++) m->cells[i] = (cell){NULL, 0};
    for (uint32_t i = 0; i < m->entries->count; i++) {
        const rap_entry *e = &m->entries->entry[i];
        if (!takes(e, key)) continue;
        cell *c = &m->cells[rap_map_get(&m->issues.at, rap_slice_of(e->name))];
        if (!c->latest || strcmp(e->latest, c->latest->latest) >= 0) c->latest = e;
        c->count++;
    }
}

static const char *words_of(const matrix *m, const cell *c, bool ids)
{
    if (!c->latest) return "";
    const char *space = c->latest->date[0] ? " " : "";
    if (ids)
        return rap_arena_printf(m->arena, "%s%s%s %s", c->latest->stance, space,
                                c->latest->date, c->latest->id);
    return c->count > 1 ? rap_arena_printf(m->arena, "%s%s%s (%u)", c->latest->stance,
                                           space, c->latest->date, c->count)
                        : rap_arena_printf(m->arena, "%s%s%s", c->latest->stance, space,
                                           c->latest->date);
}

/* ---- as a grid ----------------------------------------------------------------------- */

static uint32_t columns_for(const rap_view *view, uint32_t issues)
{
    uint32_t room = TABLE_ISSUES;
    if (view->format != RAP_FORMAT_TABLE) return issues;
    if (view->width)
        room = view->width > PARTY_COLUMNS + CELL_COLUMNS
                   ? (view->width - PARTY_COLUMNS) / CELL_COLUMNS
                   : 1;
    if (room > TABLE_ISSUES) room = TABLE_ISSUES;
    return issues < room ? issues : room;
}

static bool put_rows(matrix *m, rap_grid *grid, bool ids)
{
    bool whole = true;
    for (uint32_t p = 0; p < m->parties.line.count && whole; p++) {
        fill_row(m, m->party[p]);
        bool any = false;
        for (uint32_t i = 0; i + 1 < grid->columns; i++)
            any |= m->cells[m->issue[i]].latest != NULL;
        if (!any) continue; /* its issues are beyond the line */
        whole = rap_push(m->arena, &grid->cell, m->parties.line.at[m->party[p]].label);
        for (uint32_t i = 0; i + 1 < grid->columns && whole; i++) {
            const char *words = words_of(m, &m->cells[m->issue[i]], ids);
            whole = words && rap_push(m->arena, &grid->cell, words);
        }
    }
    return whole;
}

static rap_status put_grid(matrix *m, const rap_view *view, FILE *out, uint64_t *rows,
                           rap_error *err)
{
    const uint32_t issues = columns_for(view, m->issues.line.count);
    rap_column *column = rap_new(m->arena, rap_column, (size_t)issues + 1);
    if (!column) return rap_fail(err, RAP_E_NOMEM, 0, "too many issues");
    column[0] = (rap_column){"party", false, 1};
    for (uint32_t i = 0; i < issues; i++)
        column[i + 1] = (rap_column){m->issues.line.at[m->issue[i]].label, false, 1};
    rap_grid grid = {column, issues + 1, {0}};
    const bool whole = put_rows(m, &grid, view->format != RAP_FORMAT_TABLE);
    if (whole) *rows = grid.cell.count / grid.columns;
    return rap_grid_put(&grid, whole, view, out, err);
}

/* ---- as JSON: a cell with its history ----------------------------------------------- */

static json_t *stance_of(const rap_entry *e)
{
    json_t *item = json_object();
    json_object_set_new(item, "entry", json_string(e->id));
    json_object_set_new(item, "stance", json_string(e->stance));
    json_object_set_new(item, "date", e->date[0] ? json_string(e->date) : json_null());
    return item;
}

static json_t *history_of(const matrix *m, const char *party, const char *issue)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < m->entries->count; i++) {
        const rap_entry *e = &m->entries->entry[i];
        if (!strcmp(e->name, issue) && takes(e, party))
            json_array_append_new(list, stance_of(e));
    }
    return list;
}

static json_t *item_of(const matrix *m, const line *party, const char *issue,
                       const cell *c)
{
    json_t *item = json_object(), *actor = json_object(),
           *latest = stance_of(c->latest);
    json_object_set_new(actor, "name", json_string(party->label));
    json_object_set_new(actor, "kind", json_string(party->party->kind));
    json_object_set_new(actor, "key", json_string(party->key));
    json_object_set_new(item, "actor", actor);
    json_object_set_new(item, "issue", json_string(issue));
    json_object_update(item, latest);
    json_decref(latest);
    json_object_set_new(item, "history", history_of(m, party->key, issue));
    return item;
}

static bool put_item(json_t *item, bool line_each, bool first, FILE *out)
{
    const bool written =
        item && fputs(line_each || first ? "" : ",", out) >= 0 &&
        json_dumpf(item, out, JSON_COMPACT | JSON_REAL_PRECISION(6)) == 0 &&
        fputs(line_each ? "\n" : "", out) >= 0;
    json_decref(item);
    return written;
}

static rap_status put_json(matrix *m, const rap_view *view, FILE *out, uint64_t *rows,
                           rap_error *err)
{
    const bool line_each = view->format == RAP_FORMAT_JSONL;
    bool written = line_each || fputc('[', out) != EOF;
    for (uint32_t p = 0; p < m->parties.line.count; p++) {
        fill_row(m, m->party[p]);
        for (uint32_t i = 0; i < m->issues.line.count && written; i++) {
            const cell *c = &m->cells[m->issue[i]];
            if (!c->latest) continue;
            const line *party = &m->parties.line.at[m->party[p]];
            json_t *item = item_of(m, party, m->issues.line.at[m->issue[i]].key, c);
            written = put_item(item, line_each, !*rows, out);
            ++*rows;
        }
    }
    if (written && !line_each) written = fputs("]\n", out) >= 0;
    return written ? RAP_OK : rap_fail(err, RAP_E_IO, 0, "cannot write");
}

rap_status rap_view_matrix(rap_store *store, const rap_view *view, rap_arena *arena,
                           FILE *out, uint64_t *rows, rap_error *err)
{
    rap_filter filter = view->filter;
    rap_entries entries;
    filter.kinds = 1u << RAP_ENTRY_POSITION;
    const rap_status status = rap_store_entries(store, &filter, arena, &entries, err);
    if (status) return status;
    matrix m = {.arena = arena, .entries = &entries};
    if (!fill(&m))
        return rap_fail(err, RAP_E_NOMEM, 0, "too many positions; use --limit");
    if (view->format == RAP_FORMAT_JSON || view->format == RAP_FORMAT_JSONL)
        return put_json(&m, view, out, rows, err);
    return put_grid(&m, view, out, rows, err);
}
