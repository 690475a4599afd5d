/*
 * article_html_meta.c - what an HTML page says of itself: JSON-LD, <meta>, links,
 * marked elements.
 *
 * Reads   the tree, the blocks, html-meta.tsv, what was given with the document.
 * Writes  html_meta, then the metadata fields of rap_article.
 * Method  per field the most explicit source first; for the date JSON-LD, <meta>,
 * marked elements, the address, dated lines. A date is the day as the publisher wrote
 * it, in the publisher's own zone. What was given wins. Bounds  JSON-LD: 16 scripts of
 * at most 1 MiB, 2000 values looked at. Cost    linear.
 */
#include "article_html_private.h"
#include "text.h"

#include <jansson.h>
#include <stdlib.h>

enum {
    SCRIPTS = 16,
    SCRIPT_BYTES = 1024 * 1024,
    JSON_VALUES = 2000,
    FIELD_BYTES = 1000
};

typedef struct collector {
    const html_page *page;
    html_meta *out;
    rap_slice stated[HTML_FIELDS]; /* of <meta> */
    uint32_t rank[HTML_FIELDS];
    rap_slice json_title, json_author, json_outlet, json_date, json_url, json_language;
    rap_slice canonical, html_title, time_marked, time_any, mark_author;
    bool json_article, full;
} collector;

/* ---- JSON-LD
 * ---------------------------------------------------------------------------- */

/* A copy of a JSON string as plain text: markup and references in it are resolved. */
static rap_slice plain_copy(collector *c, const char *text)
{
    rap_slice s = rap_slice_of(text);
    if (s.len > FIELD_BYTES) return (rap_slice){"", 0};
    s = rap_arena_copy(c->page->scratch, s);
    if (!s.at) {
        c->full = true;
        return (rap_slice){"", 0};
    }
    if (!memchr(s.at, '&', s.len) && !memchr(s.at, '<', s.len))
        return rap_slice_trim(s);
    rap_html_tree tree;
    if (rap_html_parse(c->page->knowledge->html, s, c->page->scratch, &tree, NULL)) {
        c->full = true;
        return (rap_slice){"", 0};
    }
    s = rap_html_text_of(&tree, 0, c->page->scratch);
    if (!s.at) c->full = true;
    return s.at ? rap_slice_trim(s) : (rap_slice){"", 0};
}

static rap_slice json_text(collector *c, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_array(value)) value = json_array_get(value, 0);
    if (json_is_object(value)) value = json_object_get(value, "name");
    if (!json_is_string(value)) return (rap_slice){"", 0};
    return plain_copy(c, json_string_value(value));
}

static bool is_address(rap_slice s)
{
    return rap_slice_starts(s, "http:") || rap_slice_starts(s, "https:") ||
           rap_slice_starts(s, "//") || rap_slice_starts(s, "www.");
}

/* "A, B" of one author or a list of them, each a string or an object with a name. */
static rap_slice json_names(collector *c, const json_t *value)
{
    enum { MOST_NAMES = 12 };
    const size_t count = json_is_array(value) ? json_array_size(value) : 1;
    rap_slice all = {"", 0};
    for (size_t i = 0; i < count && i < MOST_NAMES && !c->full; i++) {
        const json_t *one = json_is_array(value) ? json_array_get(value, i) : value;
        if (json_is_object(one)) one = json_object_get(one, "name");
        if (json_is_array(one)) one = json_array_get(one, 0);
        if (!json_is_string(one)) continue;
        const rap_slice name = plain_copy(c, json_string_value(one));
        if (!name.len || name.len > 100 || is_address(name)) continue;
        const char *joined =
            rap_arena_printf(c->page->scratch, "%.*s%s%.*s", (int)all.len, all.at,
                             all.len ? ", " : "", (int)name.len, name.at);
        if (!joined)
            c->full = true;
        else
            all = rap_slice_of(joined);
    }
    return all;
}

static bool is_article_type(const json_t *type)
{
    if (json_is_array(type)) type = json_array_get(type, 0);
    if (!json_is_string(type)) return false;
    const rap_slice s = rap_slice_of(json_string_value(type));
    return rap_slice_ends(s, "Article") || rap_slice_ends(s, "Posting") ||
           rap_slice_ends(s, "Report");
}

static void set_first(rap_slice *field, rap_slice value)
{
    if (!field->len) *field = value;
}

static void read_object(collector *c, const json_t *object)
{
    const bool article = is_article_type(json_object_get(object, "@type"));
    if (!article && !json_object_get(object, "datePublished")) return;
    if (c->json_article) return; /* the first article is the page's own */
    c->json_article = article;
    set_first(&c->json_title, json_text(c, object, "headline"));
    set_first(&c->json_date, json_text(c, object, "datePublished"));
    set_first(&c->json_url, json_text(c, object, "url"));
    set_first(&c->json_outlet, json_text(c, object, "publisher"));
    set_first(&c->json_language, json_text(c, object, "inLanguage"));
    if (!c->json_author.len)
        c->json_author = json_names(c, json_object_get(object, "author"));
    if (!c->json_author.len)
        c->json_author = json_names(c, json_object_get(object, "creator"));
}

/* All objects of the document, outer ones first, without recursion. */
static void read_json(collector *c, json_t *root)
{
    RAP_LIST(json_t *) todo = {0};
    if (!rap_push(c->page->scratch, &todo, root)) c->full = true;
    for (uint32_t n = 0; n < todo.count && n < JSON_VALUES && !c->full; n++) {
        json_t *value = todo.at[n], *inner;
        const char *key;
        size_t i;
        if (json_is_array(value)) {
            json_array_foreach(value, i, inner) if (todo.count < JSON_VALUES &&
                                                    !rap_push(c->page->scratch, &todo,
                                                              inner)) c->full = true;
        } else if (json_is_object(value)) {
            read_object(c, value);
            json_object_foreach(
                value, key,
                inner) if ((json_is_object(inner) || json_is_array(inner)) &&
                           todo.count < JSON_VALUES &&
                           !rap_push(c->page->scratch, &todo, inner)) c->full = true;
        }
    }
}

static void read_script(collector *c, uint32_t i)
{
    const rap_html_tree *tree = c->page->tree;
    if (tree->node[i].end == i + 1 || tree->node[i + 1].text.len > SCRIPT_BYTES) return;
    const rap_slice raw = rap_arena_copy(c->page->scratch, tree->node[i + 1].text);
    if (!raw.at) {
        c->full = true;
        return;
    }
    /* Publishers break lines inside strings: JSON allows no control characters there,
     * and outside them a space is as good. The copy is ours to change. */
    char *bytes = rap_new(c->page->scratch, char, (size_t)raw.len + 1);
    if (!bytes) {
        c->full = true;
        return;
    }
    for (uint32_t b = 0; b < raw.len; b++)
        bytes[b] = (uint8_t)raw.at[b] < ' ' ? ' ' : raw.at[b];
    uint32_t begin = 0;
    while (begin < raw.len && bytes[begin] != '{' && bytes[begin] != '[') begin++;
    json_t *root =
        json_loadb(bytes + begin, raw.len - begin, JSON_DISABLE_EOF_CHECK, NULL);
    if (!root) return; /* not JSON after all: the page has other words for it */
    read_json(c, root);
    json_decref(root);
}

/* ---- elements
 * ------------------------------------------------------------------------------ */

static rap_slice attribute(const collector *c, uint32_t i, const char *name)
{
    const rap_slice *value = rap_html_attribute_of(c->page->tree, i, name);
    return value ? rap_slice_trim(*value) : (rap_slice){"", 0};
}

static void read_meta(collector *c, uint32_t i)
{
    static const char *const naming[] = {"property", "name", "itemprop", "http-equiv"};
    const rap_slice content = attribute(c, i, "content");
    if (!content.len || content.len > FIELD_BYTES) return;
    for (uint32_t n = 0; n < 4; n++) {
        const rap_slice name = attribute(c, i, naming[n]);
        char folded[96];
        const uint32_t len = name.len && name.len < 64
                                 ? rap_fold_into(name, folded, sizeof folded)
                                 : RAP_NONE;
        if (len == RAP_NONE) continue;
        for (uint32_t f = 0; f <= HTML_LANGUAGE; f++) {
            const uint32_t rank =
                rap_map_get(&c->page->knowledge->meta[f], (rap_slice){folded, len});
            if (rank == RAP_NONE || (c->stated[f].len && c->rank[f] <= rank)) continue;
            if (f == HTML_AUTHOR && is_address(content)) continue;
            c->stated[f] = content;
            c->rank[f] = rank;
        }
    }
}

static rap_slice inner_text(collector *c, uint32_t i)
{
    const rap_html_node *node = &c->page->tree->node[i];
    if (node->end - i > 40) return (rap_slice){"", 0};
    rap_slice s = rap_html_text_of(c->page->tree, i, c->page->scratch);
    if (!s.at) c->full = true;
    s = s.at ? rap_slice_trim(s) : (rap_slice){"", 0};
    return s.len < 200 ? s : (rap_slice){"", 0};
}

static void read_marked(collector *c, uint32_t i)
{
    const rap_html_node *node = &c->page->tree->node[i];
    const rap_slice property = attribute(c, i, "itemprop");
    if (node->tag == RAP_HTML_TIME || rap_slice_is(property, "datePublished")) {
        rap_slice value = attribute(c, i, "datetime");
        if (!value.len) value = attribute(c, i, "content");
        if (!value.len) value = inner_text(c, i);
        if (rap_slice_is(property, "datePublished") ||
            rap_html_attribute_of(c->page->tree, i, "pubdate"))
            set_first(&c->time_marked, value);
        else if (c->page->role[i] != RAP_ZONE_COMMENTS &&
                 c->page->role[i] != RAP_ZONE_RELATED &&
                 !rap_slice_is(property, "dateModified"))
            set_first(&c->time_any, value);
    }
    const bool author = rap_slice_is(property, "author") ||
                        rap_slice_is_nocase(attribute(c, i, "rel"), "author");
    if (author && !c->mark_author.len && c->page->role[i] != RAP_ZONE_COMMENTS)
        c->mark_author = inner_text(c, i);
}

static void read_element(collector *c, uint32_t i, uint32_t *scripts)
{
    const rap_html_node *node = &c->page->tree->node[i];
    switch (node->tag) {
    case RAP_HTML_TEXT:
        return;
    case RAP_HTML_META:
        read_meta(c, i);
        break;
    case RAP_HTML_TITLE:
        if (!c->html_title.len) c->html_title = inner_text(c, i);
        return;
    case RAP_HTML_LINK:
        if (rap_slice_is_nocase(attribute(c, i, "rel"), "canonical"))
            set_first(&c->canonical, attribute(c, i, "href"));
        return;
    case RAP_HTML_SCRIPT:
        if (*scripts < SCRIPTS &&
            rap_slice_is_nocase(attribute(c, i, "type"), "application/ld+json")) {
            ++*scripts;
            read_script(c, i);
        }
        return;
    default:
        break;
    }
    if (node->attributes) read_marked(c, i);
}

/* ---- dates ----------------------------------------------------------------------- */

static bool is_plausible(rap_date date)
{
    return date.precision != RAP_PRECISION_NONE && date.year >= 1900 &&
           date.year < 2100;
}

/* ISO 8601 at the start, else the first date written out. */
static bool read_date(const collector *c, rap_slice text, rap_date *out)
{
    if (!text.len) return false;
    rap_date date;
    if (rap_date_read_iso(text, &date) && is_plausible(date) &&
        date.precision == RAP_PRECISION_DAY) {
        *out = date;
        return true;
    }
    const rap_span span = rap_date_find(c->page->knowledge->calendar, text, 0, &date);
    if (span.begin == span.end || date.precision != RAP_PRECISION_DAY ||
        !is_plausible(date))
        return false;
    *out = date;
    return true;
}

static bool read_digits(rap_slice s, uint32_t at, uint32_t count, uint32_t *out)
{
    if (at + count > s.len) return false;
    *out = 0;
    for (uint32_t i = at; i < at + count; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        *out = *out * 10 + (uint32_t)(s.at[i] - '0');
    }
    return true;
}

/* "/2022/10/31/", "/2022-10-31-" or "/20221031" in an address. */
static bool date_in_address(rap_slice url, rap_date *out)
{
    for (uint32_t i = 0; i + 9 < url.len; i++) {
        if (url.at[i] != '/' && url.at[i] != '-') continue;
        uint32_t year, month, day;
        if (!read_digits(url, i + 1, 4, &year) || year < 1990 || year >= 2100) continue;
        const char mark = url.at[i + 5];
        const bool parted = mark == '/' || mark == '-';
        const uint32_t m = i + 5 + parted, d = m + 2 + parted;
        if (!read_digits(url, m, 2, &month) || !read_digits(url, d, 2, &day)) continue;
        if (parted && url.at[m + 2] != mark) continue;
        if (d + 2 < url.len && url.at[d + 2] >= '0' && url.at[d + 2] <= '9') continue;
        if (month < 1 || month > 12 || day < 1 ||
            day > rap_days_in_month((int32_t)year, month))
            continue;
        *out =
            (rap_date){(int32_t)year, (uint8_t)month, (uint8_t)day, RAP_PRECISION_DAY};
        return true;
    }
    return false;
}

static void set_date(collector *c)
{
    html_meta *out = c->out;
    out->date_basis = RAP_BASIS_STATED;
    if (read_date(c, c->json_date, &out->date)) return;
    if (read_date(c, c->stated[HTML_PUBLISHED], &out->date)) return;
    if (read_date(c, c->time_marked, &out->date)) return;
    if (read_date(c, c->time_any, &out->date)) return;
    out->date_basis = RAP_BASIS_INFERRED;
    if (date_in_address(out->url, &out->date)) return;
    out->date = (rap_date){0};
    out->date_basis = RAP_BASIS_UNKNOWN;
}

/* ---- what the page states
 * ---------------------------------------------------------------------- */

static rap_slice first_of(rap_slice a, rap_slice b)
{
    if (a.len) return a;
    return b.len ? b : (rap_slice){"", 0}; /* never a NULL to do arithmetic on */
}

/* The host of an address without "www.". */
static rap_slice host_of(rap_slice url)
{
    uint32_t begin = rap_slice_find(url, RAP_LIT("//"), 0);
    if (begin == url.len) return (rap_slice){"", 0};
    begin += 2;
    uint32_t end = begin;
    while (end < url.len && url.at[end] != '/' && url.at[end] != ':' &&
           url.at[end] != '?' && url.at[end] != '#')
        end++;
    rap_slice host = rap_slice_sub(url, begin, end);
    if (rap_slice_starts(host, "www.")) host = rap_slice_sub(host, 4, host.len);
    return host;
}

static void set_language(collector *c)
{
    rap_slice tag = attribute(c, 0, "lang");
    tag = first_of(tag, c->json_language);
    tag = first_of(tag, c->stated[HTML_LANGUAGE]);
    memcpy(c->out->language, "und", 4);
    const bool two =
        tag.len >= 2 && (tag.len == 2 || tag.at[2] == '-' || tag.at[2] == '_');
    if (!two) return;
    for (uint32_t i = 0; i < 2; i++) {
        const char lower = (char)(tag.at[i] | 32);
        if (lower < 'a' || lower > 'z') {
            memcpy(c->out->language, "und", 4);
            return;
        }
        c->out->language[i] = lower;
    }
    c->out->language[2] = 0;
}

bool rap_article_html_meta(const html_page *page, html_meta *out)
{
    *out = (html_meta){.language = "und"};
    collector c = {.page = page, .out = out};
    uint32_t scripts = 0;
    for (uint32_t i = 0; i < page->tree->count && !c.full; i++)
        read_element(&c, i, &scripts);
    if (c.full) return false;
    out->headline = first_of(c.json_title, c.stated[HTML_TITLE]);
    out->title = first_of(c.html_title, c.stated[HTML_TITLE]);
    if (rap_slice_equal(out->title, out->headline))
        out->title = first_of(c.stated[HTML_TITLE], out->title);
    out->author =
        first_of(first_of(c.json_author, c.stated[HTML_AUTHOR]), c.mark_author);
    out->outlet = first_of(c.stated[HTML_OUTLET], c.json_outlet);
    out->url = is_address(c.canonical) ? c.canonical
                                       : first_of(c.stated[HTML_URL], c.json_url);
    out->host = host_of(out->url);
    out->description = first_of(c.stated[HTML_DESCRIPTION], (rap_slice){"", 0});
    out->section = first_of(c.stated[HTML_SECTION], (rap_slice){"", 0});
    set_language(&c);
    set_date(&c);
    return true;
}

/* ---- the fields of the article
 * --------------------------------------------------------------------- */

static bool keep_field(const html_page *page, rap_slice text, rap_span span,
                       rap_basis basis, rap_field *out)
{
    text = rap_slice_trim(text);
    if (!text.len) return true;
    const rap_slice copy = rap_arena_copy(page->arena, text);
    if (!copy.at) return false;
    *out = (rap_field){copy, span, basis};
    return true;
}

/* Where in the blocks of `kind` the words of `text` stand; empty if nowhere. */
static rap_span find_words(const html_page *page, rap_slice text, rap_zone_kind kind)
{
    const rap_slice all = {page->text, page->len};
    for (uint32_t b = 0; b < page->blocks && text.len; b++) {
        if (page->block[b].zone != kind) continue;
        const rap_slice words = rap_cut(all, page->block[b].span);
        const uint32_t at = rap_slice_find(words, text, 0);
        if (at == words.len) continue;
        const uint32_t begin = page->block[b].span.begin + at;
        return (rap_span){begin, begin + text.len};
    }
    return (rap_span){0, 0};
}

static const html_block *first_block(const html_page *page, rap_zone_kind kind)
{
    for (uint32_t b = 0; b < page->blocks; b++)
        if (page->block[b].zone == kind) return &page->block[b];
    return NULL;
}

static bool set_title(const html_page *page, const html_meta *meta, rap_field *out)
{
    const html_block *block = first_block(page, RAP_ZONE_TITLE);
    if (block)
        return keep_field(page,
                          rap_cut((rap_slice){page->text, page->len}, block->span),
                          block->span, RAP_BASIS_STATED, out);
    return keep_field(page, first_of(meta->headline, meta->title), (rap_span){0, 0},
                      RAP_BASIS_STATED, out);
}

/* The longest byline prefix ("by") that begins the line, in bytes. */
uint32_t rap_article_html_prefix(const html_page *page, rap_slice line)
{
    uint32_t best = 0;
    for (uint32_t end = 1; end < line.len && end < 24; end++) {
        if (line.at[end] != ' ' && line.at[end - 1] != ':') continue;
        char folded[80];
        const uint32_t len =
            rap_fold_into(rap_slice_sub(line, 0, end), folded, sizeof folded);
        if (len == RAP_NONE) continue;
        if (rap_map_get(&page->knowledge->meta[HTML_BYLINE_PREFIX],
                        (rap_slice){folded, len}) != RAP_NONE)
            best = end;
    }
    return best;
}

/* Whether it can name an author: letters, and no word such as "admin" alone. */
static bool is_name(const html_page *page, rap_slice name)
{
    char folded[200];
    const uint32_t len =
        name.len < 80 ? rap_fold_into(name, folded, sizeof folded) : RAP_NONE;
    if (len == RAP_NONE) return name.len >= 80;
    bool letter = false;
    for (uint32_t at = 0; at < name.len;)
        if (rap_is_letter(rap_utf8_next(name, &at))) letter = true;
    return letter && rap_map_get(&page->knowledge->meta[HTML_NO_AUTHOR],
                                 (rap_slice){folded, len}) == RAP_NONE;
}

/* Whether the last word of a byline cannot end a name: a weekday, or a small letter
 * first. */
static bool is_tail(const html_page *page, rap_slice word)
{
    uint32_t at = 0;
    const uint32_t c = rap_utf8_next(word, &at);
    return !rap_is_letter(c) || rap_is_lower(c) ||
           rap_calendar_weekday(page->knowledge->calendar, word) < 7;
}

/* The name in a byline from `begin` on: up to a line break, a bar or a date, without
 * the words that lead to the date ("on Monday, "). */
static rap_span name_in(const html_page *page, uint32_t begin, uint32_t end)
{
    const rap_slice all = {page->text, page->len};
    while (begin < end && all.at[begin] == ' ') begin++;
    for (uint32_t i = begin; i < end; i++)
        if (all.at[i] == '\n' || all.at[i] == '|') end = i;
    rap_date date;
    const rap_span dated = rap_date_find(page->knowledge->calendar,
                                         rap_slice_sub(all, 0, end), begin, &date);
    end = dated.begin < end ? dated.begin : end;
    for (;;) {
        while (end > begin && (all.at[end - 1] == ' ' || all.at[end - 1] == ',')) end--;
        uint32_t word = end;
        while (word > begin && all.at[word - 1] != ' ' && all.at[word - 1] != ',')
            word--;
        if (word == end || !is_tail(page, rap_slice_sub(all, word, end))) break;
        end = word;
    }
    return (rap_span){begin, end};
}

/* The byline of the visible page: what follows "by", or a short line marked as byline.
 */
static bool author_from_text(const html_page *page, rap_field *out)
{
    enum { MOST_WORDS = 20, MOST_BARE = 4 };
    const rap_slice all = {page->text, page->len};
    for (uint32_t b = 0; b < page->blocks; b++) {
        const html_block *block = &page->block[b];
        if (block->zone != RAP_ZONE_BYLINE || block->words > MOST_WORDS) continue;
        const rap_slice line = rap_cut(all, block->span);
        const uint32_t prefix = rap_article_html_prefix(page, line);
        if (!prefix && (block->words < 2 || block->words > MOST_BARE)) continue;
        const rap_span span =
            name_in(page, block->span.begin + prefix, block->span.end);
        const rap_slice name = rap_cut(all, span);
        if (!name.len || !is_name(page, name)) continue;
        return keep_field(page, name, span, RAP_BASIS_STATED, out);
    }
    return true;
}

static bool set_author(const html_page *page, const html_meta *meta, rap_field *out)
{
    rap_slice author = meta->author;
    const uint32_t prefix = rap_article_html_prefix(page, author);
    author = rap_slice_trim(rap_slice_sub(author, prefix, author.len));
    if (!is_name(page, author)) return author_from_text(page, out);
    rap_span span = find_words(page, author, RAP_ZONE_BYLINE);
    if (span.begin == span.end) span = find_words(page, author, RAP_ZONE_BOILERPLATE);
    return keep_field(page, author, span, RAP_BASIS_STATED, out);
}

static bool keep_date(const html_page *page, rap_date date, rap_basis basis,
                      rap_span span, rap_published *out)
{
    rap_span *evidence = rap_new(page->arena, rap_span, 1);
    if (!evidence) return false;
    *evidence = span;
    *out = (rap_published){date,
                           rap_date_earliest(date),
                           rap_date_latest(date),
                           basis,
                           {evidence, span.end > span.begin ? 1 : 0}};
    return true;
}

/* The first dated line before the end of the body, outside it; a line marked as the
 * dateline or byline counts, any other must be short. With `want`, that day only. */
static rap_span dated_line(const html_page *page, rap_date *want, bool any)
{
    const rap_slice all = {page->text, page->len};
    for (uint32_t b = 0; b < page->blocks; b++) {
        html_block *block = &page->block[b];
        if (block->kept || block->zone == RAP_ZONE_COMMENTS ||
            block->zone == RAP_ZONE_RELATED || block->words > 20)
            continue;
        const bool marked =
            block->zone == RAP_ZONE_DATELINE || block->zone == RAP_ZONE_BYLINE;
        if (!marked && !any) continue;
        rap_date date;
        const rap_slice line = rap_slice_sub(all, 0, block->span.end);
        const rap_span span =
            rap_date_find(page->knowledge->calendar, line, block->span.begin, &date);
        if (span.begin == span.end || date.precision != RAP_PRECISION_DAY ||
            !is_plausible(date))
            continue;
        if (want->precision == RAP_PRECISION_DAY &&
            rap_date_earliest(*want) != rap_date_earliest(date))
            continue;
        *want = date;
        if (block->zone == RAP_ZONE_BOILERPLATE && block->words < 12)
            block->zone = RAP_ZONE_DATELINE;
        return span;
    }
    return (rap_span){0, 0};
}

static bool set_published(const html_page *page, const html_meta *meta,
                          const rap_item *item, rap_published *out)
{
    rap_date given;
    if (item->given.date.len && rap_date_read_iso(item->given.date, &given))
        return keep_date(page, given, RAP_BASIS_GIVEN, (rap_span){0, 0}, out);
    rap_date date = meta->date;
    rap_span span = dated_line(page, &date, date.precision == RAP_PRECISION_DAY);
    if (date.precision == RAP_PRECISION_NONE) return true;
    const bool from_line = meta->date.precision == RAP_PRECISION_NONE;
    return keep_date(page, date, from_line ? RAP_BASIS_STATED : meta->date_basis, span,
                     out);
}

static bool has_word(const rap_map *map, rap_slice text)
{
    uint32_t begin = 0;
    while (begin < text.len) {
        uint32_t end = begin;
        while (end < text.len && text.at[end] != '/' && text.at[end] != ' ') end++;
        char folded[64];
        const uint32_t len =
            rap_fold_into(rap_slice_sub(text, begin, end), folded, sizeof folded);
        if (len != RAP_NONE && len &&
            rap_map_get(map, (rap_slice){folded, len}) != RAP_NONE)
            return true;
        begin = end + 1;
    }
    return false;
}

static rap_article_kind kind_of(const html_page *page, const html_meta *meta)
{
    static const struct {
        html_field field;
        rap_article_kind kind;
    } by[] = {{HTML_KIND_OPINION, RAP_KIND_OPINION},
              {HTML_KIND_INTERVIEW, RAP_KIND_INTERVIEW},
              {HTML_KIND_STATEMENT, RAP_KIND_STATEMENT}};
    for (uint32_t i = 0; i < 3; i++) {
        const rap_map *map = &page->knowledge->meta[by[i].field];
        if (has_word(map, meta->section) || has_word(map, meta->url)) return by[i].kind;
    }
    return RAP_KIND_REPORT;
}

static bool set_given(const html_page *page, const rap_given *given, rap_article *out)
{
    const rap_span none = {0, 0};
    return keep_field(page, given->title, none, RAP_BASIS_GIVEN, &out->title) &&
           keep_field(page, given->author, none, RAP_BASIS_GIVEN, &out->author) &&
           keep_field(page, given->outlet, none, RAP_BASIS_GIVEN, &out->outlet) &&
           keep_field(page, given->url, none, RAP_BASIS_GIVEN, &out->url);
}

/* A report whose last full paragraph ends without a stop breaks off. */
static bool breaks_off(const html_page *page)
{
    enum { LEAST_WORDS = 12 };
    for (uint32_t b = page->blocks; b-- > 0;)
        if (page->block[b].kept)
            return !page->block[b].ends && page->block[b].words >= LEAST_WORDS &&
                   !page->block[b].sub;
    return false;
}

bool rap_article_html_fields(const html_page *page, const html_meta *meta,
                             const rap_item *item, rap_article *out)
{
    const rap_span none = {0, 0};
    memcpy(out->language, meta->language, sizeof out->language);
    out->kind = kind_of(page, meta);
    out->truncated = breaks_off(page);
    const rap_slice outlet = first_of(meta->outlet, meta->host);
    const rap_basis basis = meta->outlet.len ? RAP_BASIS_STATED : RAP_BASIS_INFERRED;
    return set_published(page, meta, item, &out->published) &&
           set_title(page, meta, &out->title) && set_author(page, meta, &out->author) &&
           keep_field(page, outlet, none, basis, &out->outlet) &&
           keep_field(page, meta->url, none, RAP_BASIS_STATED, &out->url) &&
           set_given(page, &item->given, out);
}
