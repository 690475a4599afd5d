/*
 * ingest_lines.c - JSON Lines: an object a line with "text" or "html".
 *
 * Reads   fields text or html; title, url, date, outlet, author (a string or a list).
 * Method  jansson, strict; before it a scan that refuses what would make it deep or
 * large. Cost    one line at a time. A bad line is one error item, and the others go
 * on.
 */
#include "ingest_private.h"

#include <jansson.h>

enum { VALUES_MOST = 1000000 };

/* ---- the scan before the parser
 * -------------------------------------------------------- */

static uint32_t scan_string(rap_slice line, uint32_t at)
{
    while (at < line.len && line.at[at] != '"') at += line.at[at] == '\\' ? 2 : 1;
    return at < line.len ? at : line.len;
}

/* Depth and number of values: both bound what the parser will need. */
static rap_status check_shape(rap_slice line, uint64_t offset, rap_error *why)
{
    uint32_t depth = 0, values = 0;
    for (uint32_t i = 0; i < line.len; i++) {
        const char c = line.at[i];
        if (c == '"') i = scan_string(line, i + 1);
        if (c == '{' || c == '[') depth++;
        if ((c == '}' || c == ']') && depth) depth--;
        values += c == ',' || c == '{' || c == '[';
        if (depth > RAP_LIMIT_JSON_DEPTH)
            return rap_fail_as(why, RAP_E_LIMIT, "json-too-deep", offset + i,
                               "it is nested deeper than %u", RAP_LIMIT_JSON_DEPTH);
        if (values > VALUES_MOST)
            return rap_fail_as(why, RAP_E_LIMIT, "json-too-large", offset + i,
                               "it holds more than %d values", VALUES_MOST);
    }
    return RAP_OK;
}

/* ---- one line
 * ------------------------------------------------------------------------------ */

static void make_printable(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 32 || (unsigned char)*text > 126) *text = '?';
}

static rap_status parse(rap_slice line, uint64_t offset, json_t **out, rap_error *why)
{
    *out = NULL;
    const rap_status status = check_shape(line, offset, why);
    if (status) return status;
    json_error_t error;
    const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL;
    *out = json_loadb(line.at, line.len, flags, &error);
    if (*out) return RAP_OK;
    if (json_error_code(&error) == json_error_out_of_memory)
        return rap_fail(why, RAP_E_NOMEM, offset, "no memory for the line");
    make_printable(error.text);
    const uint64_t at = error.position > 0 ? (uint64_t)error.position : 0;
    return rap_fail_as(why, RAP_E_INPUT, "bad-json", offset + at, "%s", error.text);
}

static rap_slice string_of(const json_t *value)
{
    if (!json_is_string(value)) return (rap_slice){"", 0};
    const size_t len = json_string_length(value);
    return (rap_slice){json_string_value(value), (uint32_t)len};
}

/* A list of authors becomes one string. */
static rap_slice author_of(const json_t *value, rap_arena *arena)
{
    if (!json_is_array(value)) return rap_slice_trim(string_of(value));
    rap_slice all = {"", 0};
    for (size_t i = 0; i < json_array_size(value); i++) {
        const rap_slice one = rap_slice_trim(string_of(json_array_get(value, i)));
        if (!one.len) continue;
        char *joined = rap_arena_printf(arena, "%.*s%s%.*s", (int)all.len, all.at,
                                        all.len ? ", " : "", (int)one.len, one.at);
        if (!joined) return all; /* the arena is full: as many as fit */
        all = rap_slice_of(joined);
    }
    return all;
}

static rap_status read_object(const json_t *object, rap_arena *arena, rap_item *item,
                              rap_error *why)
{
    const json_t *text = json_object_get(object, "text");
    const json_t *html = json_object_get(object, "html");
    const bool plain = json_is_string(text);
    if (!plain && !json_is_string(html))
        return rap_fail_as(why, RAP_E_INPUT, "no-text", 0,
                           "it has no \"text\" and no \"html\" that is a string");
    item->bytes = string_of(plain ? text : html);
    item->media = plain ? RAP_MEDIA_PLAIN : RAP_MEDIA_HTML;
    item->charset = RAP_LIT("utf-8");
    item->given = (rap_given){
        .title = rap_slice_trim(string_of(json_object_get(object, "title"))),
        .author = author_of(json_object_get(object, "author"), arena),
        .outlet = rap_slice_trim(string_of(json_object_get(object, "outlet"))),
        .url = rap_slice_trim(string_of(json_object_get(object, "url"))),
        .date = rap_slice_trim(string_of(json_object_get(object, "date")))};
    if (item->bytes.len > RAP_LIMIT_PAGE_BYTES)
        return rap_fail_as(
            why, RAP_E_LIMIT, "page-too-large", 0,
            "its text is larger than %u MB, the most one document may have",
            RAP_LIMIT_PAGE_BYTES >> 20);
    return RAP_OK;
}

bool rap_lines_is_document(rap_slice line)
{
    rap_error why;
    json_t *object;
    if (rap_slice_starts(line, "\xEF\xBB\xBF")) line = rap_slice_sub(line, 3, line.len);
    if (parse(line, 0, &object, &why)) return false;
    const bool is = json_is_object(object) && (json_object_get(object, "text") ||
                                               json_object_get(object, "html"));
    json_decref(object);
    return is;
}

typedef struct place {
    rap_walk *walk;
    const char *file, *path; /* "f.jsonl" and "f.jsonl:12" */
    uint64_t line, offset;   /* from 1; of its first byte in the file */
} place;

/* The error as a person needs it: the line and the byte, then what is wrong there. */
static rap_status refuse_line(const place *p, const rap_error *why)
{
    rap_error named = *why;
    if (named.at < p->offset) named.at = p->offset;
    (void)snprintf(
        named.text, sizeof named.text, "line %llu, byte %llu of the file: %.160s",
        (unsigned long long)p->line, (unsigned long long)named.at, why->text);
    return rap_walk_refuse(p->walk, p->path, &named);
}

static rap_status give_line(const place *p, rap_slice line)
{
    rap_error why = {0};
    json_t *object = NULL;
    rap_arena *arena = &p->walk->lines;
    rap_item item = {.path = p->path};
    rap_status status = parse(line, p->offset, &object, &why);
    if (!status && !json_is_object(object))
        status = rap_fail_as(&why, RAP_E_INPUT, "bad-json", p->offset,
                             "it is not an object");
    if (!status) status = read_object(object, arena, &item, &why);
    if (status)
        status = refuse_line(p, &why);
    else
        status = rap_walk_give(p->walk, &item, p->file);
    json_decref(object);
    return status;
}

/* ---- the lines
 * --------------------------------------------------------------------------------- */

/* The next line without its end; `*whole` counts the end too, 0 when nothing is left.
 */
static rap_status next_line(rap_source *source, rap_slice *line, size_t *whole,
                            rap_error *why)
{
    size_t scanned = 0;
    for (;;) {
        const rap_slice held = rap_source_peek(source);
        const char *end = held.len > scanned
                              ? memchr(held.at + scanned, '\n', held.len - scanned)
                              : NULL;
        *line = (rap_slice){held.at, end ? (uint32_t)(end - held.at) : held.len};
        *whole = line->len + (end ? 1u : 0u);
        if (line->len > RAP_LIMIT_LINE_BYTES)
            return rap_fail_as(why, RAP_E_LIMIT, "line-too-long", source->offset,
                               "the line is longer than %u MB and is passed over",
                               RAP_LIMIT_LINE_BYTES >> 20);
        if (end || source->ended) return RAP_OK;
        scanned = held.len;
        const rap_status status = rap_source_fill(source, scanned + 1, why);
        if (status) return status;
    }
}

static rap_status pass_line(rap_source *source, rap_error *why)
{
    for (;;) {
        const rap_slice held = rap_source_peek(source);
        const char *end = held.len ? memchr(held.at, '\n', held.len) : NULL;
        rap_source_take(source, end ? (size_t)(end - held.at) + 1 : held.len);
        if (end || source->ended) return RAP_OK;
        const rap_status status = rap_source_fill(source, 1, why);
        if (status) return status;
    }
}

static bool name_line(place *p)
{
    rap_arena *arena = &p->walk->lines;
    p->path = rap_arena_printf(arena, "%s:%llu", p->file, (unsigned long long)p->line);
    return p->path != NULL;
}

/* A line too long is one error; what cannot be read further is one more. */
static rap_status pass_over(const place *p, rap_source *source, const rap_error *why,
                            bool *more)
{
    rap_status status = refuse_line(p, why);
    *more = !source->failed.status;
    rap_error next = {0};
    if (!status && *more && pass_line(source, &next)) {
        *more = false;
        status = refuse_line(p, &next);
    }
    return status;
}

static rap_status walk_line(place *p, rap_source *source, bool *more)
{
    rap_error why = {0};
    rap_slice line;
    size_t whole = 0;
    rap_arena_clear(&p->walk->lines);
    p->line++;
    p->offset = source->offset;
    if (!name_line(p)) return rap_fail(p->walk->err, RAP_E_NOMEM, 0, "%s", p->file);
    rap_status status = next_line(source, &line, &whole, &why);
    if (status) return pass_over(p, source, &why, more);
    if (rap_slice_trim(line).len) status = give_line(p, line);
    rap_source_take(source, whole);
    *more = whole > 0;
    return status;
}

rap_status rap_walk_lines(rap_walk *walk, rap_source *source, const char *path)
{
    place p = {.walk = walk, .file = path};
    if (rap_slice_starts(rap_source_peek(source), "\xEF\xBB\xBF"))
        rap_source_take(source, 3);
    bool more = true;
    rap_status status = RAP_OK;
    while (!status && more) status = walk_line(&p, source, &more);
    return status;
}
