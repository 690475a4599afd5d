/*
 * export.c - the views: which rows, which columns; see export.h.
 */
#include "export_private.h"
#include "text.h"

#include <stdarg.h>

enum { ARENA_LIMIT = 1024 * 1024 * 1024 };

bool rap_format_of(const char *name, rap_format *out)
{
    static const char *const names[] = {"table", "json", "jsonl", "csv", "tsv"};
    for (uint32_t i = 0; i < 5; i++)
        if (strcmp(name, names[i]) == 0) return *out = (rap_format)i, true;
    return false;
}

const char *rap_one_line(rap_arena *arena, const char *text)
{
    const rap_slice s = rap_slice_of(text);
    char *out = rap_new(arena, char, (size_t)s.len + 1);
    if (!out) return NULL;
    uint32_t used = 0;
    for (uint32_t at = 0; at < s.len;) {
        const uint32_t begin = at;
        if (!rap_is_space(rap_utf8_next(s, &at))) {
            memcpy(out + used, s.at + begin, at - begin);
            used += at - begin;
        } else if (used && out[used - 1] != ' ') {
            out[used++] = ' ';
        }
    }
    while (used && out[used - 1] == ' ') used--;
    out[used] = 0;
    return out;
}

const char *rap_parties_text(rap_arena *arena, const rap_party *party, uint32_t count,
                             const char *otherwise)
{
    if (!count) return otherwise;
    const char *text = party[0].name;
    for (uint32_t i = 1; i < count && text; i++)
        text = rap_arena_printf(arena, "%s, %s", text, party[i].name);
    return text ? text : otherwise;
}

/* ---- rows -------------------------------------------------------------------------
 */

static bool add_row(rap_arena *arena, rap_grid *grid, ...)
{
    va_list cells;
    va_start(cells, grid);
    bool fits = true;
    for (uint32_t c = 0; c < grid->columns && fits; c++) {
        const char *cell = va_arg(cells, const char *);
        fits = rap_push(arena, &grid->cell, cell ? rap_one_line(arena, cell) : NULL);
    }
    va_end(cells);
    return fits;
}

static const char *figure(rap_arena *arena, uint64_t value)
{
    return rap_arena_printf(arena, "%llu", (unsigned long long)value);
}

static const char *sure(rap_arena *arena, double confidence)
{
    return rap_arena_printf(arena, "%.2f", confidence);
}

/* Outlets or file names of the reports an entry rests on. */
static const char *reports_of(rap_arena *arena, const rap_entry *entry)
{
    const char *text = "";
    int64_t last = -1;
    for (uint32_t i = 0; i < entry->evidence_count && text; i++) {
        const rap_evidence *evidence = &entry->evidence[i];
        if (evidence->document == last) continue;
        last = evidence->document;
        const char *slash = strrchr(evidence->path, '/');
        const char *name = evidence->outlet[0] ? evidence->outlet
                           : slash             ? slash + 1
                                               : evidence->path;
        if (strstr(text, name)) continue;
        text = rap_arena_printf(arena, "%s%s%s", text, text[0] ? ", " : "", name);
    }
    return text;
}

static const rap_column timeline_columns[] = {
    {"date", false, 0}, {"id", false, 0},      {"kind", false, 0},
    {"who", false, 1},  {"what", false, 3},    {"where", false, 1},
    {"sure", false, 0}, {"reports", false, 1}, {"review", false, 0}};
static const rap_column statement_columns[] = {
    {"date", false, 0}, {"id", false, 0},      {"speaker", false, 1},
    {"act", false, 0},  {"words", false, 3},   {"to", false, 1},
    {"sure", false, 0}, {"reports", false, 1}, {"review", false, 0}};
static const rap_column meeting_columns[] = {
    {"date", false, 0},  {"id", false, 0},      {"participants", false, 1},
    {"place", false, 1}, {"status", false, 0},  {"what", false, 3},
    {"sure", false, 0},  {"reports", false, 1}, {"review", false, 0}};
static const rap_column event_columns[] = {
    {"date", false, 0},    {"id", false, 0},     {"type", false, 0},
    {"cameo", false, 0},   {"who", false, 1},    {"whom", false, 1},
    {"what", false, 3},    {"status", false, 0}, {"sure", false, 0},
    {"reports", false, 1}, {"review", false, 0}};
static const rap_column document_columns[] = {
    {"date", false, 0}, {"id", false, 0},      {"name", false, 2},
    {"type", false, 0}, {"parties", false, 2}, {"names", false, 2},
    {"sure", false, 0}, {"reports", false, 1}, {"review", false, 0}};
static const rap_column commitment_columns[] = {
    {"due", false, 0},  {"due_by", false, 0},  {"id", false, 0},
    {"who", false, 1},  {"what", false, 3},    {"document", false, 1},
    {"sure", false, 0}, {"reports", false, 1}, {"review", false, 0}};
static const rap_column position_columns[] = {
    {"actor", false, 1},        {"issue", false, 1}, {"stance", false, 0},
    {"date", false, 0},         {"id", false, 0},    {"what", false, 3},
    {"according_to", false, 1}, {"sure", false, 0},  {"reports", false, 1},
    {"review", false, 0}};
static const rap_column claim_columns[] = {
    {"id", false, 0},    {"topic", false, 1}, {"type", false, 0},
    {"date", false, 0},  {"by", false, 1},    {"says", false, 1},
    {"quote", false, 3}, {"path", false, 1},  {"review", false, 0}};
static const rap_column find_columns[] = {{"id", false, 0},      {"kind", false, 0},
                                          {"date", false, 0},    {"who", false, 1},
                                          {"what", false, 3},    {"sure", false, 0},
                                          {"reports", false, 1}, {"review", false, 0}};

const char *rap_review_text(rap_arena *arena, const rap_entry *entry)
{
    if (!entry->since_review) return entry->review;
    const char *text =
        rap_arena_printf(arena, "%s, %u %s since", entry->review, entry->since_review,
                         entry->since_review == 1 ? "report" : "reports");
    return text ? text : entry->review;
}

static bool add_entry(rap_arena *arena, rap_grid *grid, const rap_entry *entry)
{
    const char *who =
        rap_parties_text(arena, entry->who, entry->who_count, entry->said_by);
    const char *whom = rap_parties_text(arena, entry->whom, entry->whom_count, "");
    const char *kind = rap_entry_kind_name(entry->kind);
    const char *share = sure(arena, entry->confidence);
    const char *review = rap_review_text(arena, entry);
    const char *reports = reports_of(arena, entry);
    if (grid->column == timeline_columns)
        return add_row(arena, grid, entry->date, entry->id, kind, who,
                       entry->kind == RAP_ENTRY_DOCUMENT && entry->name[0]
                           ? entry->name
                           : entry->what,
                       entry->place, share, reports, review);
    if (grid->column == statement_columns)
        return add_row(arena, grid, entry->date, entry->id, who, entry->act,
                       entry->what, whom, share, reports, review);
    if (grid->column == meeting_columns)
        return add_row(arena, grid, entry->date, entry->id, who, entry->place,
                       entry->status, entry->what, share, reports, review);
    if (grid->column == event_columns)
        return add_row(arena, grid, entry->date, entry->id, entry->type, entry->cameo,
                       who, whom, entry->what, entry->status, share, reports, review);
    return add_row(arena, grid, entry->id, kind, entry->date, who, entry->what, share,
                   reports, review);
}

static bool add_record_entry(rap_arena *arena, rap_grid *grid, const rap_entry *e)
{
    const char *who = rap_parties_text(arena, e->who, e->who_count, "");
    const char *share = sure(arena, e->confidence), *reports = reports_of(arena, e);
    const char *review = rap_review_text(arena, e);
    if (grid->column == document_columns)
        return add_row(arena, grid, e->date, e->id, e->name, e->type, who, e->names,
                       share, reports, review);
    if (grid->column == commitment_columns)
        return add_row(arena, grid, e->due, e->due_basis, e->id, who, e->what, e->name,
                       share, reports, review);
    if (grid->column == position_columns)
        return add_row(arena, grid, who, e->name, e->stance, e->date, e->id, e->what,
                       e->according_to ? e->according_to->name : "", share, reports,
                       review);
    for (uint32_t i = 0; i < e->claims; i++) /* a row a side */
        if (!add_row(arena, grid, e->id, e->what, e->type, e->date, e->claim[i].by,
                     e->claim[i].value, e->claim[i].evidence.quote,
                     e->claim[i].evidence.path, review))
            return false;
    return true;
}

static bool is_record_grid(const rap_grid *grid)
{
    return grid->column == document_columns || grid->column == commitment_columns ||
           grid->column == position_columns || grid->column == claim_columns;
}

#define GRID(columns_) ((rap_grid){columns_, sizeof columns_ / sizeof *columns_, {0}})

/* Did a person decide on any of them? Then a reader is told of which. */
static bool is_reviewed(const rap_entries *entries)
{
    for (uint32_t i = 0; i < entries->count; i++) {
        const char *review = entries->entry[i].review;
        if (review[0] && strcmp(review, "suggested") != 0) return true;
    }
    return false;
}

static rap_status write_entries(rap_store *store, const rap_entries *entries,
                                rap_grid grid, const rap_view *view, rap_arena *arena,
                                FILE *out, rap_error *err)
{
    (void)store;
    if (view->format == RAP_FORMAT_TABLE && !is_reviewed(entries)) grid.columns--;
    if (view->format == RAP_FORMAT_JSON || view->format == RAP_FORMAT_JSONL)
        return rap_entries_json(entries, view, out, err);
    for (uint32_t i = 0; i < entries->count; i++)
        if (!(is_record_grid(&grid) ? add_record_entry : add_entry)(arena, &grid,
                                                                    &entries->entry[i]))
            return rap_fail(err, RAP_E_NOMEM, 0, "too many entries; use --limit");
    rap_grid_write(&grid, view, out);
    return RAP_OK;
}

rap_status rap_grid_put(const rap_grid *grid, bool whole, const rap_view *view,
                        FILE *out, rap_error *err)
{
    if (!whole) return rap_fail(err, RAP_E_NOMEM, 0, "too many rows; use --limit");
    if (view->format == RAP_FORMAT_JSON || view->format == RAP_FORMAT_JSONL)
        return rap_grid_json(grid, view, out, err);
    rap_grid_write(grid, view, out);
    return RAP_OK;
}

/* ---- the views ----------------------------------------------------------------------
 */

typedef struct view_job {
    rap_store *store;
    const rap_view *view;
    rap_arena *arena;
    FILE *out;
    uint64_t *rows;
} view_job;

static rap_status view_entries(const view_job *job, rap_grid grid, uint32_t kinds,
                               rap_error *err)
{
    rap_filter filter = job->view->filter;
    rap_entries entries;
    filter.kinds = kinds;
    const rap_status status =
        rap_store_entries(job->store, &filter, job->arena, &entries, err);
    if (status) return status;
    *job->rows = entries.count;
    return write_entries(job->store, &entries, grid, job->view, job->arena, job->out,
                         err);
}

static rap_status view_find(const view_job *job, rap_error *err)
{
    rap_entries entries;
    const rap_status status = rap_store_find(
        job->store, job->view->words, &job->view->filter, job->arena, &entries, err);
    if (status) return status;
    *job->rows = entries.count;
    return write_entries(job->store, &entries, GRID(find_columns), job->view,
                         job->arena, job->out, err);
}

/* What is no entry is an actor, or was an entry. */
static rap_status show_other(const view_job *job, rap_error *err)
{
    rap_actor_rows rows;
    const rap_status status =
        rap_actors_called(job->store, job->view->words, job->arena, &rows, err);
    if (status) return status;
    if (!rows.count)
        return rap_show_gone(job->store, job->view, job->arena, job->out, job->rows,
                             err);
    *job->rows = rows.count;
    return rap_show_actors(job->store, &rows, job->view, job->arena, job->out, err);
}

static rap_status view_show(const view_job *job, rap_error *err)
{
    rap_filter filter = {.id = job->view->words};
    rap_entries entries;
    if (!strncmp(job->view->words, "rap:", 4))
        return rap_show_passage(job->store, job->view, job->arena, job->out, job->rows,
                                err);
    const rap_status status =
        rap_store_entries(job->store, &filter, job->arena, &entries, err);
    if (status) return status;
    *job->rows = entries.count;
    if (!entries.count) return show_other(job, err);
    if (job->view->format != RAP_FORMAT_TABLE)
        return write_entries(job->store, &entries, GRID(find_columns), job->view,
                             job->arena, job->out, err);
    return rap_show(job->store, &entries, job->view, job->out, err);
}

/* Is there a version of another report? Then a reader is told. */
static bool has_versions(const rap_source_rows *rows)
{
    for (uint32_t i = 0; i < rows->count; i++)
        if (rows->row[i].replaced_by || rows->row[i].proposed) return true;
    return false;
}

static const char *number_or_none(rap_arena *arena, int64_t number)
{
    return number ? figure(arena, (uint64_t)number) : "";
}

static rap_status view_sources(const view_job *job, rap_error *err)
{
    static const rap_column columns[] = {
        {"n", true, 0},       {"published", false, 0},  {"dated_by", false, 0},
        {"outlet", false, 1}, {"title", false, 3},      {"author", false, 1},
        {"kind", false, 0},   {"statements", true, 0},  {"meetings", true, 0},
        {"bytes", true, 0},   {"copy_of", true, 0},     {"path", false, 1},
        {"error", false, 1},  {"replaced_by", true, 0}, {"proposed", true, 0},
        {"sha256", false, 0}};
    rap_grid grid = GRID(columns);
    rap_source_rows rows;
    const rap_status status =
        rap_store_sources(job->store, &job->view->filter, job->arena, &rows, err);
    if (status) return status;
    if (job->view->format == RAP_FORMAT_TABLE) /* digests are for machines */
        grid.columns -= has_versions(&rows) ? 1 : 3;
    *job->rows = rows.count;
    bool whole = true;
    for (uint32_t i = 0; i < rows.count && whole; i++) {
        const rap_source_row *row = &rows.row[i];
        rap_arena *arena = job->arena;
        whole = add_row(arena, &grid, figure(arena, (uint64_t)row->document),
                        row->published, row->published_basis, row->outlet, row->title,
                        row->author, row->kind, figure(arena, row->statements),
                        figure(arena, row->meetings), figure(arena, row->bytes),
                        number_or_none(arena, row->copy_of), row->path, row->error_text,
                        number_or_none(arena, row->replaced_by),
                        number_or_none(arena, row->proposed), row->sha256);
    }
    return rap_grid_put(&grid, whole, job->view, job->out, err);
}

static rap_status view_actors(const view_job *job, rap_error *err)
{
    static const rap_column columns[] = {
        {"name", false, 1},     {"kind", false, 0},      {"country", false, 1},
        {"code", false, 0},     {"sector", false, 0},    {"mentions", true, 0},
        {"documents", true, 0}, {"statements", true, 0}, {"roles", false, 1},
        {"names", false, 1},    {"key", false, 0}};
    rap_grid grid = GRID(columns);
    if (job->view->format == RAP_FORMAT_TABLE) grid.columns--; /* for machines */
    rap_actor_rows rows;
    const rap_status status =
        rap_store_actors(job->store, &job->view->filter, job->arena, &rows, err);
    if (status) return status;
    *job->rows = rows.count;
    bool whole = true;
    for (uint32_t i = 0; i < rows.count && whole; i++) {
        const rap_actor_row *row = &rows.row[i];
        rap_arena *arena = job->arena;
        whole = add_row(arena, &grid, row->name, row->kind, row->country, row->code,
                        row->sector, figure(arena, row->mentions),
                        figure(arena, row->documents), figure(arena, row->statements),
                        row->roles, row->aliases, row->key);
    }
    return rap_grid_put(&grid, whole, job->view, job->out, err);
}

rap_status rap_export_proposals(const rap_actor_proposal *proposal, uint32_t count,
                                const rap_view *view, FILE *out, rap_error *err)
{
    static const rap_column columns[] = {
        {"name", false, 1},          {"mentions", true, 0}, {"other", false, 1},
        {"other_mentions", true, 0}, {"country", false, 1}, {"roles", false, 1},
        {"why", false, 2},           {"sure", false, 0},    {"key", false, 0},
        {"other_key", false, 0}};
    rap_grid grid = GRID(columns);
    if (view->format == RAP_FORMAT_TABLE) grid.columns -= 2; /* for machines */
    rap_arena arena = RAP_ARENA((size_t)1 << 30);
    bool whole = true;
    for (uint32_t i = 0; i < count && whole; i++) {
        const rap_actor_row *a = proposal[i].one, *b = proposal[i].other;
        const char *sure = rap_arena_printf(&arena, "%.2f", proposal[i].confidence);
        whole = sure && add_row(&arena, &grid, a->name, figure(&arena, a->mentions),
                                b->name, figure(&arena, b->mentions),
                                a->country[0] ? a->country : b->country,
                                a->roles[0] ? a->roles : b->roles, proposal[i].why,
                                sure, a->key, b->key);
    }
    const rap_status status = rap_grid_put(&grid, whole, view, out, err);
    rap_arena_free(&arena);
    return status;
}

static rap_status view_zones(const view_job *job, rap_error *err)
{
    static const rap_column columns[] = {
        {"document", true, 0}, {"path", false, 1}, {"begin", true, 0}, {"end", true, 0},
        {"zone", false, 0},    {"sub", false, 0},  {"words", false, 3}};
    rap_grid grid = GRID(columns);
    rap_zone_rows rows;
    const rap_status status =
        rap_store_zones(job->store, &job->view->filter, job->arena, &rows, err);
    if (status) return status;
    *job->rows = rows.count;
    bool whole = true;
    for (uint32_t i = 0; i < rows.count && whole; i++) {
        const rap_zone_row *row = &rows.row[i];
        rap_arena *arena = job->arena;
        whole = add_row(arena, &grid, figure(arena, (uint64_t)row->document), row->path,
                        figure(arena, row->span.begin), figure(arena, row->span.end),
                        row->kind, row->sub, row->words);
    }
    return rap_grid_put(&grid, whole, job->view, job->out, err);
}

bool rap_view_is(const char *name)
{
    static const char *const names[] = {
        "timeline",  "statements",    "meetings", "events", "documents", "commitments",
        "positions", "disagreements", "variants", "actors", "sources",   "zones",
        "find",      "show",          "log",      "changes"};
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) return true;
    return false;
}

static rap_status run_view(const view_job *job, rap_error *err)
{
    const char *name = job->view->name;
    if (strcmp(name, "timeline") == 0)
        return view_entries(job, GRID(timeline_columns), 0, err);
    if (strcmp(name, "statements") == 0)
        return view_entries(job, GRID(statement_columns), 1u << RAP_ENTRY_STATEMENT,
                            err);
    if (strcmp(name, "meetings") == 0)
        return view_entries(job, GRID(meeting_columns), 1u << RAP_ENTRY_MEETING, err);
    if (strcmp(name, "events") == 0) /* a meeting is an event too: PLOVER's CONSULT */
        return view_entries(job, GRID(event_columns),
                            1u << RAP_ENTRY_EVENT | 1u << RAP_ENTRY_MEETING, err);
    if (strcmp(name, "documents") == 0)
        return view_entries(job, GRID(document_columns), 1u << RAP_ENTRY_DOCUMENT, err);
    if (strcmp(name, "commitments") == 0)
        return view_entries(job, GRID(commitment_columns), 1u << RAP_ENTRY_COMMITMENT,
                            err);
    if (strcmp(name, "positions") == 0 && job->view->matrix)
        return rap_view_matrix(job->store, job->view, job->arena, job->out, job->rows,
                               err);
    if (strcmp(name, "positions") == 0)
        return view_entries(job, GRID(position_columns), 1u << RAP_ENTRY_POSITION, err);
    if (strcmp(name, "disagreements") == 0)
        return view_entries(job, GRID(claim_columns), 1u << RAP_ENTRY_DISAGREEMENT,
                            err);
    if (strcmp(name, "variants") == 0)
        return view_entries(job, GRID(claim_columns), 1u << RAP_ENTRY_VARIANT, err);
    if (strcmp(name, "actors") == 0) return view_actors(job, err);
    if (strcmp(name, "sources") == 0) return view_sources(job, err);
    if (strcmp(name, "zones") == 0) return view_zones(job, err);
    if (strcmp(name, "find") == 0) return view_find(job, err);
    if (strcmp(name, "log") == 0)
        return rap_view_log(job->store, job->view, job->arena, job->out, job->rows,
                            err);
    if (strcmp(name, "changes") == 0)
        return rap_view_changes(job->store, job->view, job->arena, job->out, job->rows,
                                err);
    return view_show(job, err);
}

rap_status rap_export_view(rap_store *store, const rap_view *view, FILE *out,
                           uint64_t *rows, rap_error *err)
{
    *rows = 0;
    if (!rap_view_is(view->name))
        return rap_fail(err, RAP_E_USAGE, 0, "no such view: %s", view->name);
    rap_arena arena = RAP_ARENA(ARENA_LIMIT);
    const view_job job = {store, view, &arena, out, rows};
    rap_status status = run_view(&job, err);
    rap_arena_free(&arena);
    if (!status && ferror(out)) status = rap_fail(err, RAP_E_IO, 0, "cannot write");
    return status;
}
