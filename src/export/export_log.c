/*
 * export_log.c - the log of decisions, how far people agree, and what changed.
 */
#include "export_private.h"

#include <stdarg.h>

static bool add_row(rap_arena *arena, rap_grid *grid, ...)
{
    va_list cells;
    va_start(cells, grid);
    bool fits = true;
    for (uint32_t c = 0; c < grid->columns && fits; c++)
        fits = rap_push(arena, &grid->cell, rap_one_line(arena, va_arg(cells, char *)));
    va_end(cells);
    return fits;
}

#define GRID(columns_) ((rap_grid){columns_, sizeof columns_ / sizeof *columns_, {0}})

static const char *number_of(rap_arena *arena, uint64_t value)
{
    const char *text = rap_arena_printf(arena, "%llu", (unsigned long long)value);
    return text ? text : "";
}

static const char *share_of(rap_arena *arena, double value)
{
    const char *text = rap_arena_printf(arena, "%.3f", value);
    return text ? text : "";
}

static rap_status view_agreement(rap_store *store, const rap_view *view,
                                 rap_arena *arena, FILE *out, uint64_t *rows,
                                 rap_error *err)
{
    static const rap_column columns[] = {{"one", false, 1},    {"other", false, 1},
                                         {"both", true, 0},    {"same", true, 0},
                                         {"percent", true, 0}, {"kappa", false, 0}};
    rap_grid grid = GRID(columns);
    rap_agreements list;
    const rap_status status = rap_store_agreement(store, arena, &list, err);
    if (status) return status;
    bool whole = true;
    *rows = list.count;
    for (uint32_t i = 0; i < list.count && whole; i++) {
        const rap_agreement *a = &list.row[i];
        whole = add_row(arena, &grid, a->one, a->other, number_of(arena, a->both),
                        number_of(arena, a->same),
                        number_of(arena, (100ull * a->same + a->both / 2) / a->both),
                        share_of(arena, a->kappa));
    }
    return rap_grid_put(&grid, whole, view, out, err);
}

rap_status rap_view_log(rap_store *store, const rap_view *view, rap_arena *arena,
                        FILE *out, uint64_t *rows, rap_error *err)
{
    static const rap_column columns[] = {
        {"n", true, 0},       {"at", false, 0},      {"by", false, 0},
        {"kind", false, 0},   {"state", false, 0},   {"entry", false, 0},
        {"detail", false, 2}, {"quote", false, 3},   {"reason", false, 2},
        {"why", false, 2},    {"address", false, 0}, {"path", false, 1}};
    if (view->agreement) return view_agreement(store, view, arena, out, rows, err);
    rap_grid grid = GRID(columns);
    if (view->format == RAP_FORMAT_TABLE) grid.columns -= 2;
    rap_log_rows list;
    const rap_log_filter filter = {
        .entry = view->words, .who = view->by, .orphaned = view->orphaned};
    const rap_status status = rap_store_log(store, &filter, arena, &list, err);
    if (status) return status;
    bool whole = true;
    *rows = list.count;
    for (uint32_t i = 0; i < list.count && whole; i++) {
        const rap_log_row *r = &list.row[i];
        whole = add_row(arena, &grid, number_of(arena, (uint64_t)r->id), r->at, r->who,
                        r->kind, r->state, r->entry, r->detail, r->quote, r->reason,
                        r->why, r->address, r->path);
    }
    return rap_grid_put(&grid, whole, view, out, err);
}

/* ---- what changed ---------------------------------------------------------------------- */

static rap_status put_changes(rap_store *store, const char *since, const char *id,
                              const rap_view *view, rap_arena *arena, FILE *out,
                              uint64_t *rows, rap_error *err)
{
    static const rap_column columns[] = {
        {"at", false, 0},          {"what", false, 0},   {"id", false, 0},
        {"kind", false, 0},        {"fields", false, 2}, {"why", false, 2},
        {"replaced_by", false, 0}, {"address", false, 0}};
    rap_grid grid = GRID(columns);
    rap_changes list;
    const rap_status status = rap_store_changes(store, since, id, arena, &list, err);
    if (status) return status;
    bool whole = true;
    *rows = list.count;
    for (uint32_t i = 0; i < list.count && whole; i++) {
        const rap_change *c = &list.row[i];
        whole = add_row(arena, &grid, c->at, c->what, c->id, c->kind, c->fields, c->why,
                        c->replaced_by, c->address);
    }
    return rap_grid_put(&grid, whole, view, out, err);
}

rap_status rap_view_changes(rap_store *store, const rap_view *view, rap_arena *arena,
                            FILE *out, uint64_t *rows, rap_error *err)
{
    return put_changes(store, view->filter.since, NULL, view, arena, out, rows, err);
}

rap_status rap_show_gone(rap_store *store, const rap_view *view, rap_arena *arena,
                         FILE *out, uint64_t *rows, rap_error *err)
{
    rap_changes list;
    if (view->format != RAP_FORMAT_TABLE)
        return put_changes(store, NULL, view->words, view, arena, out, rows, err);
    const rap_status status =
        rap_store_changes(store, NULL, view->words, arena, &list, err);
    if (status || !list.count) return status;
    const rap_change *c = &list.row[0];
    (void)fprintf(out, "%s %s\n", c->kind, c->id);
    rap_put_fact(out, "gone", c->at);
    rap_put_fact(out, "why", c->why);
    rap_put_fact(out, "see", c->replaced_by);
    rap_put_fact(out, "stood at", c->address);
    *rows = 1;
    return RAP_OK;
}
