/*
 * export_grid.c - rows and columns as a table, CSV or TSV.
 *
 * Method  a table measures every cell in terminal columns, then shrinks the widest
 * flexible columns until the line fits; CSV follows RFC 4180; TSV has no raw tab or
 * line end.
 */
#include "export_private.h"
#include "text.h"

enum { GAP = 2, NARROWEST = 12, MOST_COLUMNS = 16 };

static uint32_t columns_of(const char *text)
{
    const rap_slice s = rap_slice_of(text);
    uint32_t width = 0;
    for (uint32_t at = 0; at < s.len;) width += rap_columns(rap_utf8_next(s, &at));
    return width;
}

static uint32_t rows_of(const rap_grid *grid)
{
    return grid->cell.count / grid->columns;
}

static void measure(const rap_grid *grid, uint32_t width[MOST_COLUMNS])
{
    for (uint32_t c = 0; c < grid->columns; c++) {
        width[c] = columns_of(grid->column[c].name);
        for (uint32_t r = 0; r < rows_of(grid); r++) {
            const uint32_t cell = columns_of(grid->cell.at[r * grid->columns + c]);
            if (cell > width[c]) width[c] = cell;
        }
    }
}

/* Takes columns from the one that is widest for its share, until the line fits or all are narrow. */
static void fit(const rap_grid *grid, uint32_t width[MOST_COLUMNS], uint32_t line)
{
    for (;;) {
        uint32_t total = 0, widest = RAP_NONE;
        for (uint32_t c = 0; c < grid->columns; c++) {
            total += width[c] + (c ? GAP : 0);
            const uint32_t share = grid->column[c].share;
            if (share && width[c] > NARROWEST &&
                (widest == RAP_NONE ||
                 width[c] * grid->column[widest].share > width[widest] * share))
                widest = c;
        }
        if (total <= line || widest == RAP_NONE) return;
        width[widest]--;
    }
}

static void pad(FILE *out, uint32_t columns)
{
    while (columns--) (void)fputc(' ', out);
}

/* Prints at most `width` columns of `text`, an ellipsis where it is cut. */
static void put_cell(FILE *out, const char *text, uint32_t width, bool right, bool last)
{
    const uint32_t whole = columns_of(text);
    if (right && whole < width) pad(out, width - whole);
    const rap_slice s = rap_slice_of(text);
    uint32_t used = 0;
    for (uint32_t at = 0; at < s.len;) {
        const uint32_t begin = at;
        const uint32_t c = rap_utf8_next(s, &at), wide = rap_columns(c);
        if (whole > width && used + wide > width - 1) break;
        if (c < 0x20 || c == 0x7F)
            continue; /* nothing of a report reaches the terminal raw */
        (void)fwrite(s.at + begin, 1, at - begin, out);
        used += wide;
    }
    if (whole > width) (void)fputs("…", out), used++;
    if (!right && !last && used < width) pad(out, width - used);
}

static void write_table(const rap_grid *grid, const rap_view *view, FILE *out)
{
    uint32_t width[MOST_COLUMNS];
    assert(grid->columns <= MOST_COLUMNS);
    measure(grid, width);
    if (view->width) fit(grid, width, view->width);
    if (view->colour) (void)fputs("\033[1m", out);
    for (uint32_t c = 0; c < grid->columns; c++) {
        if (c) pad(out, GAP);
        put_cell(out, grid->column[c].name, width[c], grid->column[c].right,
                 c + 1 == grid->columns);
    }
    (void)fputs(view->colour ? "\033[0m\n" : "\n", out);
    for (uint32_t r = 0; r < rows_of(grid); r++) {
        for (uint32_t c = 0; c < grid->columns; c++) {
            const char *cell = grid->cell.at[r * grid->columns + c];
            if (c) pad(out, GAP);
            put_cell(out, cell, width[c], grid->column[c].right,
                     c + 1 == grid->columns);
        }
        (void)fputc('\n', out);
    }
}

static void put_csv(FILE *out, const char *text)
{
    const char *s = text ? text : "";
    if (!strpbrk(s, ",\"\r\n")) {
        (void)fputs(s, out);
        return;
    }
    (void)fputc('"', out);
    for (; *s; s++) {
        if (*s == '"') (void)fputc('"', out);
        (void)fputc(*s, out);
    }
    (void)fputc('"', out);
}

static void put_tsv(FILE *out, const char *text)
{
    for (const char *s = text ? text : ""; *s; s++)
        (void)fputc(*s == '\t' || *s == '\n' || *s == '\r' ? ' ' : *s, out);
}

static void write_separated(const rap_grid *grid, bool csv, FILE *out)
{
    for (uint32_t r = 0; r <= rows_of(grid); r++) {
        for (uint32_t c = 0; c < grid->columns; c++) {
            const char *cell =
                r ? grid->cell.at[(r - 1) * grid->columns + c] : grid->column[c].name;
            if (c) (void)fputc(csv ? ',' : '\t', out);
            (csv ? put_csv : put_tsv)(out, cell);
        }
        (void)fputs(csv ? "\r\n" : "\n", out);
    }
}

void rap_grid_write(const rap_grid *grid, const rap_view *view, FILE *out)
{
    if (view->format == RAP_FORMAT_TABLE) {
        if (rows_of(grid)) write_table(grid, view, out);
    } else {
        write_separated(grid, view->format == RAP_FORMAT_CSV, out);
    }
}
