/*
 * export_actor.c - actors by name or key, with their mentions in context.
 *
 * Reads   the store's actors and mentions.  Writes  for people: facts, then each passage with
 *         its mentions marked; for programs: one object an actor, or a row a mention.
 * Cost    the text of one document and the strings of one mention at a time.
 */
#include "export_private.h"
#include "text.h"

#include <jansson.h>
#include <stdlib.h>

enum { REACH = 160, TEXT_BYTES = 512 * 1024 * 1024 };

/* ---- which actors ------------------------------------------------------------------ */

static bool is_same(rap_arena *arena, const char *a, const char *b)
{
    const rap_slice x = rap_fold(arena, rap_slice_of(a)),
                    y = rap_fold(arena, rap_slice_of(b));
    return x.at && y.at && rap_slice_equal(x, y);
}

static bool is_called(rap_arena *arena, const rap_actor_row *row, const char *words)
{
    if (is_same(arena, row->key, words) || is_same(arena, row->name, words))
        return true;
    rap_slice rest = rap_slice_of(row->aliases), part;
    while (rest.len && rap_split_next(&rest, ';', &part)) {
        const rap_slice one = rap_arena_copy(arena, part);
        if (one.at && is_same(arena, one.at, words)) return true;
    }
    return false;
}

rap_status rap_actors_called(rap_store *store, const char *words, rap_arena *arena,
                             rap_actor_rows *out, rap_error *err)
{
    const rap_filter filter = {.actor = words};
    rap_status status = rap_store_actors(store, &filter, arena, out, err);
    if (status) return status;
    /* Those that are called so; else all that have it in their names. */
    RAP_LIST(rap_actor_row) exact = {0};
    for (uint32_t i = 0; i < out->count; i++)
        if (is_called(arena, &out->row[i], words) &&
            !rap_push(arena, &exact, out->row[i]))
            return rap_fail(err, RAP_E_NOMEM, 0, "too many actors");
    if (exact.count) *out = (rap_actor_rows){exact.at, exact.count};
    return RAP_OK;
}

/* ---- for people -------------------------------------------------------------------- */

typedef struct showing {
    rap_store *store;
    FILE *out;
    bool colour;
    rap_arena arena; /* text and strings of the document at hand */
    int64_t document;
    rap_slice text;
    rap_evidence first; /* of the passage at hand */
    rap_passage passage;
    bool open;
    bool begun; /* JSON: a mention has been written */
} showing;

static void close_passage(showing *s)
{
    if (!s->open) return;
    s->open = false;
    rap_put_place(s->out, &s->first);
    rap_put_passage(s->out, s->text, &s->passage, s->colour);
}

static rap_status turn_to(showing *s, const rap_evidence *e, rap_error *err)
{
    if (s->document == e->document) return RAP_OK;
    rap_arena_clear(&s->arena);
    s->document = e->document;
    s->text = (rap_slice){"", 0};
    return rap_store_text(s->store, e->document, &s->arena, &s->text, err);
}

/* Strings of the mention outlive the call of the store. */
static bool keep(showing *s, const rap_evidence *e)
{
    s->first = *e;
    s->first.path = rap_arena_copy(&s->arena, rap_slice_of(e->path)).at;
    s->first.outlet = rap_arena_copy(&s->arena, rap_slice_of(e->outlet)).at;
    s->first.published = rap_arena_copy(&s->arena, rap_slice_of(e->published)).at;
    s->first.sha256 = rap_arena_copy(&s->arena, rap_slice_of(e->sha256)).at;
    return s->first.path && s->first.outlet && s->first.published && s->first.sha256;
}

static rap_status show_mention(void *state, const rap_mention_row *row, rap_error *err)
{
    showing *s = state;
    const rap_span span = row->evidence.span;
    if (s->open && s->document == row->evidence.document &&
        rap_span_holds(s->passage.around, span)) {
        rap_add_mark(&s->passage, span);
        return RAP_OK;
    }
    close_passage(s);
    const rap_status status = turn_to(s, &row->evidence, err);
    if (status) return status;
    if (span.end > s->text.len || span.begin > span.end)
        return rap_fail_as(err, RAP_E_STORE, "damaged", 0,
                           "a mention ends outside its "
                           "report");
    if (!keep(s, &row->evidence))
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a mention");
    s->passage = (rap_passage){.around = rap_context(s->text, span, REACH)};
    rap_add_mark(&s->passage, span);
    s->open = true;
    return RAP_OK;
}

static void put_counts(FILE *out, const rap_actor_row *row)
{
    (void)fprintf(out, "  %-11s %u in %u reports, %u statements\n", "mentions",
                  row->mentions, row->documents, row->statements);
}

static void put_head(const showing *s, const rap_actor_row *row)
{
    (void)fprintf(s->out, "%sactor ", s->colour ? "\033[1m" : "");
    rap_put_plain(s->out, rap_slice_of(row->name));
    (void)fprintf(s->out, "%s\n", s->colour ? "\033[0m" : "");
    rap_put_fact(s->out, "key", row->key);
    rap_put_fact(s->out, "kind", row->kind);
    rap_put_fact(s->out, "country", row->country);
    rap_put_fact(s->out, "code", row->code);
    rap_put_fact(s->out, "sector", row->sector);
    rap_put_fact(s->out, "roles", row->roles);
    rap_put_fact(s->out, "names", row->aliases);
    put_counts(s->out, row);
}

/* ---- for programs ------------------------------------------------------------------ */

static json_t *text_or_null(const char *text)
{
    return text && text[0] ? json_string(text) : json_null();
}

static json_t *list_of(const char *joined)
{
    json_t *list = json_array();
    rap_slice rest = rap_slice_of(joined), part;
    while (rest.len && rap_split_next(&rest, ';', &part))
        if (part.len) json_array_append_new(list, json_stringn(part.at, part.len));
    return list;
}

/* Writes `value`, without its closing mark where more is to come. False: no memory. */
static bool put_json(FILE *out, json_t *value, bool more)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(6));
    json_decref(value);
    if (!text) return false;
    const size_t len = strlen(text);
    (void)fwrite(text, 1, more ? len - 1 : len, out);
    free(text);
    return true;
}

static rap_status put_mention(void *state, const rap_mention_row *row, rap_error *err)
{
    showing *s = state;
    const rap_evidence *e = &row->evidence;
    const rap_status status = turn_to(s, e, err);
    if (status) return status;
    if (e->span.end > s->text.len || e->span.begin > e->span.end)
        return rap_fail_as(err, RAP_E_STORE, "damaged", 0,
                           "a mention ends outside its "
                           "report");
    const rap_slice quote = rap_cut(s->text, e->span);
    json_t *item =
        json_pack("{s:I, s:o, s:o, s:o, s:o, s:[I,I], s:s%, s:f}", "document",
                  (json_int_t)e->document, "path", text_or_null(e->path), "outlet",
                  text_or_null(e->outlet), "published", text_or_null(e->published),
                  "form", text_or_null(e->role), "span", (json_int_t)e->span.begin,
                  (json_int_t)e->span.end, "quote", quote.at, (size_t)quote.len,
                  "confidence", row->confidence);
    if (s->begun) (void)fputs(",\n  ", s->out);
    s->begun = true;
    if (item && put_json(s->out, item, false)) return RAP_OK;
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a mention");
}

static bool put_object(const showing *s, const rap_actor_row *row)
{
    json_t *item = json_pack(
        "{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:i, s:i, s:i, s:o, s:o}", "id", row->key,
        "kind", "actor", "name", row->name, "actor_kind", text_or_null(row->kind),
        "country", text_or_null(row->country), "code", text_or_null(row->code),
        "sector", text_or_null(row->sector), "mentions", (int)row->mentions,
        "documents", (int)row->documents, "statements", (int)row->statements, "roles",
        list_of(row->roles), "names", list_of(row->aliases));
    return item && put_json(s->out, item, true) &&
           fputs(",\"evidence\":[", s->out) >= 0;
}

static rap_status show_json(showing *s, const rap_actor_row *row, const rap_view *view,
                            rap_error *err)
{
    if (!put_object(s, row))
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for an actor");
    s->begun = false;
    const rap_status status =
        rap_store_mentions(s->store, row->key, view->filter.limit, put_mention, s, err);
    (void)fputs("]}", s->out);
    return status;
}

/* ---- a row a mention ---------------------------------------------------------------- */

typedef struct listing {
    showing *showing;
    rap_grid *grid;
    rap_arena *arena;
    const char *name;
} listing;

static bool add_cell(const listing *l, const char *text)
{
    return text && rap_push(l->arena, &l->grid->cell, text);
}

static rap_status list_mention(void *state, const rap_mention_row *row, rap_error *err)
{
    listing *l = state;
    const rap_evidence *e = &row->evidence;
    rap_status status = turn_to(l->showing, e, err);
    if (status) return status;
    const bool inside =
        e->span.end <= l->showing->text.len && e->span.begin <= e->span.end;
    const rap_slice quote =
        inside ? rap_cut(l->showing->text, e->span) : (rap_slice){"", 0};
    rap_arena *arena = l->arena;
    if (add_cell(l, l->name) &&
        add_cell(l, rap_arena_printf(arena, "%lld", (long long)e->document)) &&
        add_cell(l, rap_arena_copy(arena, rap_slice_of(e->path)).at) &&
        add_cell(l, rap_arena_printf(arena, "%u", e->span.begin)) &&
        add_cell(l, rap_arena_printf(arena, "%u", e->span.end)) &&
        add_cell(l, rap_arena_copy(arena, rap_slice_of(e->role)).at) &&
        add_cell(l, rap_arena_printf(arena, "%.2f", row->confidence)) &&
        add_cell(l, rap_arena_copy(arena, quote).at))
        return RAP_OK;
    return rap_fail(err, RAP_E_NOMEM, 0, "too many mentions; use --limit");
}

static rap_status list_all(showing *s, const rap_actor_rows *rows, const rap_view *view,
                           rap_arena *arena, rap_error *err)
{
    static const rap_column columns[] = {{"actor", false, 1},     {"document", true, 0},
                                         {"path", false, 1},      {"begin", true, 0},
                                         {"end", true, 0},        {"form", false, 0},
                                         {"confidence", true, 0}, {"words", false, 3}};
    rap_grid grid = {columns, sizeof columns / sizeof *columns, {0}};
    rap_status status = RAP_OK;
    for (uint32_t i = 0; i < rows->count && !status; i++) {
        listing l = {s, &grid, arena, rows->row[i].name};
        status = rap_store_mentions(s->store, rows->row[i].key, view->filter.limit,
                                    list_mention, &l, err);
    }
    if (!status) rap_grid_write(&grid, view, s->out);
    return status;
}

/* ---- all ---------------------------------------------------------------------------- */

static rap_status show_people(showing *s, const rap_actor_row *row,
                              const rap_view *view, rap_error *err)
{
    put_head(s, row);
    const rap_status status = rap_store_mentions(s->store, row->key, view->filter.limit,
                                                 show_mention, s, err);
    if (!status) close_passage(s);
    s->open = false;
    return status;
}

static rap_status show_each(showing *s, const rap_actor_rows *rows,
                            const rap_view *view, rap_error *err)
{
    const bool people = view->format == RAP_FORMAT_TABLE;
    const bool lines = view->format == RAP_FORMAT_JSONL;
    rap_status status = RAP_OK;
    if (!people && !lines) (void)fputc('[', s->out);
    for (uint32_t i = 0; i < rows->count && !status; i++) {
        if (i) (void)fputs(people || lines ? "\n" : ",\n ", s->out);
        s->document = 0;
        status = people ? show_people(s, &rows->row[i], view, err)
                        : show_json(s, &rows->row[i], view, err);
    }
    if (!people && (!lines || rows->count)) (void)fputs(lines ? "\n" : "]\n", s->out);
    return status;
}

rap_status rap_show_actors(rap_store *store, const rap_actor_rows *rows,
                           const rap_view *view, rap_arena *arena, FILE *out,
                           rap_error *err)
{
    showing s = {.store = store,
                 .out = out,
                 .colour = view->colour,
                 .arena = RAP_ARENA(TEXT_BYTES)};
    const bool grid = view->format == RAP_FORMAT_CSV || view->format == RAP_FORMAT_TSV;
    const rap_status status =
        grid ? list_all(&s, rows, view, arena, err) : show_each(&s, rows, view, err);
    rap_arena_free(&s.arena);
    return status;
}
