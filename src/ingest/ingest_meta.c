/*
 * ingest_meta.c - the sheet of --meta: a CSV row a document.
 *
 * Reads   CSV (RFC 4180; comma, semicolon or tab, whichever the first line uses) with
 * the columns file, title, author, outlet, url, date in any order; others are ignored.
 * Cost    the file and its rows in memory, 20 MB at most.
 */
#include "ingest_private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { COLUMNS_MOST = 64, COLUMNS = 6 };
static const size_t SHEET_BYTES = (size_t)256 << 20;

static const char *const column_name[COLUMNS] = {"file",   "title", "author",
                                                 "outlet", "url",   "date"};

typedef struct sheet {
    const char *path;
    rap_slice text;
    uint32_t at, line;
    char separator;
    rap_slice field[COLUMNS_MOST];
    uint32_t fields;
} sheet;

/* ---- fields and rows
 * ---------------------------------------------------------------------- */

/* A quoted field, its doubled quotes halved; `at` is past the first quote. */
static rap_status read_quoted(sheet *in, rap_arena *arena, rap_slice *out,
                              rap_error *err)
{
    const uint32_t begin = in->at, line = in->line;
    uint32_t end = begin;
    while (end < in->text.len) {
        if (in->text.at[end] == '\n') in->line++;
        if (in->text.at[end] != '"') {
            end++;
            continue;
        }
        if (end + 1 == in->text.len || in->text.at[end + 1] != '"') break;
        end += 2;
    }
    if (end >= in->text.len)
        return rap_fail_as(err, RAP_E_INPUT, "bad-meta", begin,
                           "%s, line %u: a quoted field has no end", in->path, line);
    char *copy = rap_new(arena, char, (size_t)(end - begin) + 1);
    if (!copy) return rap_fail(err, RAP_E_NOMEM, 0, "%s", in->path);
    uint32_t len = 0;
    for (uint32_t i = begin; i < end; i++) {
        copy[len++] = in->text.at[i];
        if (in->text.at[i] == '"') i++;
    }
    in->at = end + 1;
    *out = (rap_slice){copy, len};
    return RAP_OK;
}

static bool ends_field(const sheet *in)
{
    if (in->at == in->text.len) return true;
    const char c = in->text.at[in->at];
    return c == in->separator || c == '\n' || c == '\r';
}

static rap_status read_field(sheet *in, rap_arena *arena, rap_slice *out,
                             rap_error *err)
{
    const uint32_t begin = in->at;
    if (in->at < in->text.len && in->text.at[in->at] == '"') {
        in->at++;
        const rap_status status = read_quoted(in, arena, out, err);
        if (status) return status;
        if (ends_field(in)) return RAP_OK;
        return rap_fail_as(err, RAP_E_INPUT, "bad-meta", in->at,
                           "%s, line %u: text after a quoted field", in->path,
                           in->line);
    }
    while (!ends_field(in)) in->at++;
    *out = rap_slice_sub(in->text, begin, in->at);
    return RAP_OK;
}

/* The next row into field[fields]; no fields at the end. */
static rap_status read_row(sheet *in, rap_arena *arena, rap_error *err)
{
    in->fields = 0;
    if (in->at == in->text.len) return RAP_OK;
    in->line++;
    const uint32_t line = in->line;
    for (;;) {
        rap_slice value;
        const rap_status status = read_field(in, arena, &value, err);
        if (status) return status;
        if (in->fields == COLUMNS_MOST)
            return rap_fail_as(err, RAP_E_LIMIT, "bad-meta", in->at,
                               "%s, line %u: more than %d columns", in->path, line,
                               COLUMNS_MOST);
        in->field[in->fields++] = rap_slice_trim(value);
        if (in->at == in->text.len || in->text.at[in->at] != in->separator) break;
        in->at++;
    }
    if (in->at < in->text.len && in->text.at[in->at] == '\r') in->at++;
    if (in->at < in->text.len && in->text.at[in->at] == '\n') in->at++;
    return RAP_OK;
}

/* ---- the sheet
 * -------------------------------------------------------------------------------- */

static char separator_of(rap_slice text)
{
    for (uint32_t i = 0; i < text.len && text.at[i] != '\n'; i++)
        if (text.at[i] == ',' || text.at[i] == ';' || text.at[i] == '\t')
            return text.at[i];
    return ',';
}

static rap_status read_head(sheet *in, rap_arena *arena, uint32_t column[COLUMNS],
                            rap_error *err)
{
    const rap_status status = read_row(in, arena, err);
    if (status) return status;
    for (uint32_t c = 0; c < COLUMNS; c++) {
        column[c] = RAP_NONE;
        for (uint32_t i = 0; i < in->fields; i++)
            if (rap_slice_is_nocase(in->field[i], column_name[c])) column[c] = i;
    }
    if (column[0] != RAP_NONE) return RAP_OK;
    return rap_fail_as(err, RAP_E_INPUT, "bad-meta", 0,
                       "%s: the first line must name its columns, \"file\" among them "
                       "(file,title,author,outlet,url,date)",
                       in->path);
}

static rap_slice cell(const sheet *in, uint32_t column)
{
    return column < in->fields ? in->field[column] : (rap_slice){"", 0};
}

static rap_status add_row(sheet *in, const uint32_t column[COLUMNS], rap_meta *out,
                          rap_error *err)
{
    rap_slice file = cell(in, column[0]);
    while (rap_slice_starts(file, "./")) file = rap_slice_sub(file, 2, file.len);
    if (!file.len) return RAP_OK;
    uint32_t *row = rap_map_put(&out->row_of, &out->arena, file);
    if (!row) return rap_fail(err, RAP_E_NOMEM, 0, "%s", in->path);
    if (*row != RAP_NONE)
        return rap_fail_as(err, RAP_E_INPUT, "bad-meta", in->at,
                           "%s, line %u: %.*s stands in it twice", in->path, in->line,
                           file.len < 80 ? (int)file.len : 80, file.at);
    *row = out->rows.count;
    const rap_given given = {cell(in, column[1]), cell(in, column[2]),
                             cell(in, column[3]), cell(in, column[4]),
                             cell(in, column[5])};
    if (!rap_push(&out->arena, &out->rows, given) ||
        !rap_push(&out->arena, &out->files, file))
        return rap_fail(err, RAP_E_NOMEM, 0, "%s", in->path);
    return RAP_OK;
}

static rap_status read_sheet(const char *path, rap_slice text, rap_meta *out,
                             rap_error *err)
{
    if (rap_slice_starts(text, "\xEF\xBB\xBF")) text = rap_slice_sub(text, 3, text.len);
    sheet in = {.path = path, .text = text, .separator = separator_of(text)};
    uint32_t column[COLUMNS];
    rap_status status = read_head(&in, &out->arena, column, err);
    while (!status) {
        status = read_row(&in, &out->arena, err);
        if (status || !in.fields) break;
        status = add_row(&in, column, out, err);
    }
    return status;
}

/* The file's text, in the arena: what is not UTF-8 is taken for windows-1252. */
static rap_status read_text(const char *path, int *descriptor, rap_meta *out,
                            rap_slice *text, rap_error *err)
{
    rap_source source = rap_source_of_file(descriptor);
    rap_status status = rap_source_fill(&source, (size_t)RAP_LIMIT_PAGE_BYTES + 1, err);
    const rap_slice held = rap_source_peek(&source);
    rap_item item = {.path = path, .media = RAP_MEDIA_PLAIN};
    rap_decoded decoded = {0};
    if (!status) {
        item.bytes = rap_arena_copy(&out->arena, held);
        if (!item.bytes.at) status = rap_fail(err, RAP_E_NOMEM, 0, "%s", path);
    }
    if (!status) status = rap_ingest_decode(&item, &out->arena, &decoded, err);
    *text = decoded.text;
    rap_source_free(&source);
    return status;
}

rap_status rap_meta_read(const char *path, rap_meta *out, rap_error *err)
{
    *out = (rap_meta){.arena = RAP_ARENA(SHEET_BYTES)};
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return rap_fail(err, RAP_E_IO, 0, "%s: cannot be opened: %s", path,
                        strerror(errno));
    rap_slice text;
    rap_error why = {0};
    rap_status status = read_text(path, &descriptor, out, &text, &why);
    if (status)
        status = rap_fail_as(err, status, why.code, why.at, "%s: %s", path, why.text);
    else
        status = read_sheet(path, text, out, err);
    (void)close(descriptor);
    return status;
}

const rap_given *rap_meta_find(const rap_meta *meta, const char *path)
{
    while (strncmp(path, "./", 2) == 0) path += 2;
    while (path) {
        const uint32_t row = rap_map_get(&meta->row_of, rap_slice_of(path));
        if (row != RAP_NONE) return &meta->rows.at[row];
        path = strchr(path, '/');
        if (path) path++;
    }
    return NULL;
}

rap_status rap_ingest_sheet(const char *path, rap_sheet_sink sink, void *state,
                            rap_error *err)
{
    rap_meta meta;
    rap_status status = rap_meta_read(path, &meta, err);
    for (uint32_t i = 0; !status && i < meta.rows.count; i++) {
        const char *file = rap_arena_copy(&meta.arena, meta.files.at[i]).at;
        if (!file) status = rap_fail(err, RAP_E_NOMEM, 0, "%s", path);
        if (!status) status = sink(state, file, &meta.rows.at[i], err);
    }
    rap_meta_free(&meta);
    return status;
}

void rap_meta_free(rap_meta *meta)
{
    rap_arena_free(&meta->arena);
}
