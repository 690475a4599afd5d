/* article_pages.h - what the tests of this module share: a page of lines and their
 * zones. */
#ifndef ARTICLE_PAGES_H
#define ARTICLE_PAGES_H

#include "check.h"

#include "article.h"
#include "text.h"

static rap_language language;
static rap_calendar calendar;
static rap_article_knowledge *knowledge;

static inline int open_knowledge(void **state)
{
    (void)state;
    rap_error err;
    if (rap_language_open("en", &language, &err)) return 1;
    if (rap_calendar_open(&language, &calendar, &err)) return 1;
    return rap_article_open(&language, &calendar, &knowledge, &err) != RAP_OK;
}

static inline int close_knowledge(void **state)
{
    (void)state;
    rap_article_close(knowledge);
    rap_calendar_close(&calendar);
    return 0;
}

static inline rap_status read_text(rap_slice text, const rap_item *item, bool whole,
                                   rap_arena *arena, rap_arena *scratch,
                                   rap_article *out)
{
    rap_error err;
    const rap_decoded decoded = {.text = text, .charset = "utf-8"};
    const rap_article_options options = {.whole = whole};
    return rap_article_run(knowledge, item, &decoded, &options, arena, scratch, out,
                           &err);
}

/* Zones rise, hold words at both ends, and leave out nothing but white space. */
static inline void check_zones(const rap_article *article)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i <= article->zones; i++) {
        const uint32_t next =
            i < article->zones ? article->zone[i].span.begin : article->text.len;
        assert_true(at <= next && next <= article->text.len);
        while (at < next) assert_true(rap_is_space(rap_utf8_next(article->text, &at)));
        if (i == article->zones) break;
        const rap_zone *zone = &article->zone[i];
        assert_true(zone->span.begin < zone->span.end);
        assert_true(zone->kind < RAP_ZONE_KINDS);
        assert_true(zone->duplicate_of == RAP_NONE || zone->duplicate_of < i);
        at = zone->span.end;
    }
}

typedef struct page_line {
    char zone; /* letter of zone_letter */
    const char *text;
} page_line;

typedef struct page_facts {
    const char *separator, *title, *author, *outlet, *published; /* NULL: not known */
    rap_article_kind kind;
    bool truncated;
} page_facts;

static inline void check_field(const char *name, rap_field field, const char *want)
{
    const rap_slice text = rap_slice_of(want);
    if (!rap_slice_equal(field.text, text))
        fail_msg("%s is '%.*s', not '%s'", name, (int)field.text.len, field.text.at,
                 want ? want : "");
}

static inline void check_page(const page_line *page, size_t lines,
                              const page_facts *facts)
{
    static const char zone_letter[] =
        "TSYDBCRWMLIPU"; /* in the order of rap_zone_kind */
    rap_arena arena = RAP_ARENA(1 << 20), scratch = RAP_ARENA(1 << 20);
    char text[16384];
    size_t len = 0;
    for (size_t i = 0; i < lines; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s", page[i].text,
                                facts->separator);
    assert_true(len < sizeof text);
    rap_article article;
    const rap_item item = {.path = "page.txt", .media = RAP_MEDIA_PLAIN};
    const rap_slice bytes = {text, (uint32_t)len};
    assert_int_equal(read_text(bytes, &item, false, &arena, &scratch, &article),
                     RAP_OK);
    check_zones(&article);
    for (uint32_t i = 0; i < article.zones && i < lines; i++) {
        assert_true(
            rap_slice_is(rap_cut(article.text, article.zone[i].span), page[i].text));
        if (zone_letter[article.zone[i].kind] != page[i].zone)
            fail_msg("zone %s, not %c: %s", rap_zone_name(article.zone[i].kind),
                     page[i].zone, page[i].text);
    }
    assert_int_equal(article.zones, lines);
    check_field("title", article.title, facts->title);
    check_field("author", article.author, facts->author);
    check_field("outlet", article.outlet, facts->outlet);
    char published[12];
    rap_date_format(article.published.date, published);
    assert_string_equal(published, facts->published ? facts->published : "");
    assert_int_equal(article.kind, facts->kind);
    assert_int_equal(article.truncated, facts->truncated);
    assert_string_equal(article.language, "en");
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
}

#endif
