/*
 * article.c - open the knowledge, read one document; see article.h.
 *
 * Method  HTML goes to the HTML reader of this module, everything else is plain text.
 */
#include "article_html_private.h"
#include "article_private.h"

#include <stdlib.h>

enum { KNOWLEDGE_LIMIT = 4 << 20 };

const char *rap_zone_name(rap_zone_kind kind)
{
    static const char *const name[RAP_ZONE_KINDS] = {
        "title",      "standfirst",  "byline",   "dateline", "body",
        "caption",    "credit",      "bio",      "comments", "related",
        "disclaimer", "boilerplate", "duplicate"};
    return name[kind];
}

const char *rap_basis_name(rap_basis basis)
{
    static const char *const name[] = {"unknown", "stated", "inferred", "given"};
    return name[basis];
}

const char *rap_article_kind_name(rap_article_kind kind)
{
    static const char *const name[] = {"report", "opinion", "statement", "interview"};
    return name[kind];
}

rap_status rap_article_open(const rap_language *language, const rap_calendar *calendar,
                            rap_article_knowledge **out, rap_error *err)
{
    *out = NULL;
    rap_article_knowledge *knowledge = calloc(1, sizeof *knowledge);
    if (!knowledge) return rap_fail(err, RAP_E_NOMEM, 0, "the knowledge of articles");
    knowledge->arena = RAP_ARENA(KNOWLEDGE_LIMIT);
    knowledge->calendar = calendar;
    knowledge->language = *language;
    rap_status status = rap_article_cues_read(knowledge, err);
    if (!status)
        status = rap_article_html_open(language, calendar, &knowledge->html, err);
    if (status) {
        rap_article_close(knowledge);
        return status;
    }
    *out = knowledge;
    return RAP_OK;
}

void rap_article_close(rap_article_knowledge *knowledge)
{
    if (!knowledge) return;
    rap_article_html_close(knowledge->html);
    rap_arena_free(&knowledge->arena);
    free(knowledge);
}

static rap_status read_whole(const rap_article_knowledge *knowledge, rap_arena *arena,
                             rap_arena *scratch, rap_article *out, rap_error *err)
{
    rap_article_blocks blocks;
    rap_status status = rap_article_paragraphs(out->text, scratch, &blocks, err);
    if (!status) status = rap_article_zones(&blocks, arena, out, err);
    rap_article_guess_language(knowledge, out->text, out->language);
    return status;
}

static rap_status read_plain(const rap_article_knowledge *knowledge, rap_arena *arena,
                             rap_arena *scratch, rap_article *out, rap_error *err)
{
    rap_article_blocks blocks;
    rap_status status =
        rap_article_blocks_of(knowledge, out->text, scratch, &blocks, err);
    if (status) return status;
    rap_article_mark_zones(knowledge, out->text, &blocks);
    rap_article_read_meta(knowledge, &blocks, out);
    status = rap_article_read_published(knowledge, &blocks, arena, out, err);
    return status ? status : rap_article_zones(&blocks, arena, out, err);
}

/* All that an HTML page shows, as body. */
static rap_status make_body(rap_arena *arena, rap_article *out, rap_error *err)
{
    rap_zone *zone = rap_new(arena, rap_zone, out->zones);
    if (!zone) return rap_fail(err, RAP_E_NOMEM, 0, "%u zones", out->zones);
    for (uint32_t i = 0; i < out->zones; i++)
        zone[i] = (rap_zone){out->zone[i].span, RAP_ZONE_BODY, NULL, RAP_NONE};
    *out = (rap_article){.text = out->text,
                         .runs = out->runs,
                         .run_count = out->run_count,
                         .zone = zone,
                         .zones = out->zones,
                         .published = {.earliest = RAP_NO_DAY, .latest = RAP_NO_DAY}};
    return RAP_OK;
}

static rap_status read_html(const rap_article_knowledge *knowledge,
                            const rap_item *item, const rap_decoded *decoded,
                            bool whole, rap_arena *arena, rap_arena *scratch,
                            rap_article *out, rap_error *err)
{
    rap_status status =
        rap_article_html(knowledge->html, item, decoded, arena, scratch, out, err);
    if (!status && whole) status = make_body(arena, out, err);
    if (status) return status;
    if (whole || rap_slice_is(rap_slice_of(out->language), "und"))
        rap_article_guess_language(knowledge, out->text, out->language);
    return RAP_OK;
}

rap_status rap_article_run(const rap_article_knowledge *knowledge, const rap_item *item,
                           const rap_decoded *decoded,
                           const rap_article_options *options, rap_arena *arena,
                           rap_arena *scratch, rap_article *out, rap_error *err)
{
    const bool whole = options && options->whole;
    *out = (rap_article){.text = decoded->text,
                         .runs = decoded->runs,
                         .run_count = decoded->run_count,
                         .published = {.earliest = RAP_NO_DAY, .latest = RAP_NO_DAY}};
    rap_status status =
        item->media == RAP_MEDIA_HTML
            ? read_html(knowledge, item, decoded, whole, arena, scratch, out, err)
        : whole ? read_whole(knowledge, arena, scratch, out, err)
                : read_plain(knowledge, arena, scratch, out, err);
    if (!status) status = rap_article_take_given(item, arena, out, err);
    if (status) *out = (rap_article){0};
    return status;
}
