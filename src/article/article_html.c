/*
 * article_html.c - one HTML page as text, zones and metadata; the knowledge it needs.
 *
 * Reads   decoded bytes; html-classes.tsv, html-lines.tsv, html-meta.tsv of the
 * language. Writes  rap_article. Method  parse, render, roles, metadata, choice of the
 * body: see article_html_private.h. Cost    linear in bytes; docs/method/html.md has
 * the speed.
 */
#include "article_html_private.h"
#include "text.h"

#include <stdlib.h>

enum { KNOWLEDGE_BYTES = 4 * 1024 * 1024 };

/* ---- knowledge
 * ------------------------------------------------------------------------ */

static uint8_t zone_of(rap_slice name)
{
    for (uint32_t kind = 0; kind < RAP_ZONE_KINDS; kind++)
        if (rap_slice_is(name, rap_zone_name((rap_zone_kind)kind)))
            return (uint8_t)kind;
    return HTML_NO_ROLE;
}

typedef struct reader { /* one data file being read */
    rap_article_html_knowledge *knowledge;
    const char *name;
    rap_tsv tsv;
    rap_slice field[RAP_TSV_FIELDS];
    rap_error *err;
} reader;

static rap_status bad_row(const reader *r)
{
    return rap_fail(r->err, RAP_E_MODEL, r->tsv.at, "%s: line %u cannot be used",
                    r->name, r->tsv.line);
}

/* Put the members of a comma-separated list, folded; `rank` grows when `ranked`. */
static rap_status put_list(reader *r, rap_map *map, rap_slice list, uint32_t value,
                           bool ranked)
{
    rap_slice part;
    while (rap_split_next(&list, ',', &part)) {
        if (!part.len) return bad_row(r);
        const rap_slice key = rap_fold(&r->knowledge->arena, part);
        uint32_t *slot = key.at ? rap_map_put(map, &r->knowledge->arena, key) : NULL;
        if (!slot) return rap_fail(r->err, RAP_E_NOMEM, 0, "%s", r->name);
        if (*slot == RAP_NONE) *slot = value;
        if (ranked) value++;
    }
    return RAP_OK;
}

/* "tag-related<TAB>aside" */
static rap_status put_tags(reader *r, uint8_t zone, rap_slice list)
{
    rap_slice part;
    while (rap_split_next(&list, ',', &part)) {
        uint32_t tag = RAP_HTML_OTHER + 1;
        while (tag < RAP_HTML_TAGS &&
               !rap_slice_is(part, rap_html_tag_name((rap_html_tag)tag)))
            tag++;
        if (tag == RAP_HTML_TAGS) return bad_row(r);
        r->knowledge->tag_role[tag] = zone;
    }
    return RAP_OK;
}

static rap_status put_class_row(reader *r)
{
    rap_slice kind = r->field[0];
    const bool tags = rap_slice_starts(kind, "tag-");
    if (tags) kind = rap_slice_sub(kind, 4, kind.len);
    const uint8_t zone = zone_of(kind);
    if (zone == HTML_NO_ROLE) return bad_row(r);
    if (tags) return put_tags(r, zone, r->field[1]);
    return put_list(r, &r->knowledge->class_words, r->field[1], zone, false);
}

static rap_status put_line_row(reader *r)
{
    const uint8_t zone = zone_of(r->field[0]);
    rap_map *map = NULL;
    if (rap_slice_is(r->field[1], "start")) map = &r->knowledge->line_start;
    if (rap_slice_is(r->field[1], "whole")) map = &r->knowledge->line_whole;
    if (rap_slice_is(r->field[1], "part")) map = &r->knowledge->line_part;
    if (rap_slice_is(r->field[1], "section")) map = &r->knowledge->line_section;
    if (!map || zone == HTML_NO_ROLE) return bad_row(r);
    return put_list(r, map, r->field[2], zone, false);
}

static rap_status put_meta_row(reader *r)
{
    static const char *const name[HTML_FIELDS] = {
        "published",    "title",          "author",        "outlet",        "url",
        "description",  "section",        "language",      "byline-prefix", "no-author",
        "kind-opinion", "kind-interview", "kind-statement"};
    uint32_t field = 0;
    while (field < HTML_FIELDS && !rap_slice_is(r->field[0], name[field])) field++;
    if (field == HTML_FIELDS) return bad_row(r);
    return put_list(r, &r->knowledge->meta[field], r->field[1],
                    r->knowledge->meta[field].count, true);
}

static rap_status read_file(rap_article_html_knowledge *knowledge,
                            const rap_language *language, const char *name,
                            rap_status (*put)(reader *), rap_error *err)
{
    rap_slice bytes;
    rap_status status = rap_language_file(language, name, &bytes, err);
    reader r = {.knowledge = knowledge, .name = name, .err = err};
    if (!status) r.tsv = rap_tsv_open(bytes);
    while (!status && rap_tsv_next(&r.tsv, r.field)) status = put(&r);
    return status;
}

rap_status rap_article_html_open(const rap_language *language,
                                 const rap_calendar *calendar,
                                 rap_article_html_knowledge **out, rap_error *err)
{
    *out = NULL;
    rap_article_html_knowledge *knowledge = calloc(1, sizeof *knowledge);
    if (!knowledge) return rap_fail(err, RAP_E_NOMEM, 0, "the lists for HTML articles");
    knowledge->arena = RAP_ARENA(KNOWLEDGE_BYTES);
    knowledge->calendar = calendar;
    memset(knowledge->tag_role, HTML_NO_ROLE, sizeof knowledge->tag_role);
    rap_status status = rap_html_open(language, &knowledge->html, err);
    if (!status)
        status = read_file(knowledge, language, "article/html-classes.tsv",
                           put_class_row, err);
    if (!status)
        status =
            read_file(knowledge, language, "article/html-lines.tsv", put_line_row, err);
    if (!status)
        status =
            read_file(knowledge, language, "article/html-meta.tsv", put_meta_row, err);
    if (status) {
        rap_article_html_close(knowledge);
        return status;
    }
    *out = knowledge;
    return RAP_OK;
}

void rap_article_html_close(rap_article_html_knowledge *knowledge)
{
    if (!knowledge) return;
    rap_html_close(knowledge->html);
    rap_arena_free(&knowledge->arena);
    free(knowledge);
}

/* ---- one page
 * ---------------------------------------------------------------------------- */

/* Text -> decoded -> source: cut each run where the decoder's own runs begin anew. */
static bool compose_runs(const html_page *page, const rap_decoded *decoded,
                         rap_article *out)
{
    out->runs = page->run.at;
    out->run_count = page->run.count;
    if (!decoded->run_count) return true;
    RAP_LIST(rap_run) list = {0};
    uint32_t k = 0; /* the decoder's run that holds the place */
    for (uint32_t i = 0; i < page->run.count; i++) {
        const rap_run run = page->run.at[i];
        const uint32_t text_end =
            i + 1 < page->run.count ? page->run.at[i + 1].text_at : page->len;
        const uint32_t end = run.source_at + (text_end - run.text_at);
        while (k + 1 < decoded->run_count &&
               decoded->runs[k + 1].text_at <= run.source_at)
            k++;
        const uint32_t past = run.source_at - decoded->runs[k].text_at;
        if (!rap_push(page->arena, &list,
                      (rap_run){run.text_at, decoded->runs[k].source_at + past}))
            return false;
        for (uint32_t n = k + 1;
             n < decoded->run_count && decoded->runs[n].text_at < end; n++) {
            const uint32_t at =
                run.text_at + (decoded->runs[n].text_at - run.source_at);
            if (!rap_push(page->arena, &list,
                          (rap_run){at, decoded->runs[n].source_at}))
                return false;
        }
    }
    out->runs = list.at;
    out->run_count = list.count;
    return true;
}

/* Paragraphs of the body that repeat an earlier one word for word are its duplicates;
 * lists and tables may repeat themselves. */
static bool make_zones(const html_page *page, rap_article *out)
{
    enum { LEAST_WORDS = 15 };
    rap_zone *zone = rap_new(page->arena, rap_zone, page->blocks);
    if (!zone) return false;
    rap_map seen = {0};
    for (uint32_t b = 0; b < page->blocks; b++) {
        const html_block *block = &page->block[b];
        zone[b] = (rap_zone){block->span, block->zone, block->sub, RAP_NONE};
        if (!block->kept || block->sub || block->words < LEAST_WORDS) continue;
        uint32_t *slot =
            rap_map_put(&seen, page->scratch,
                        rap_cut((rap_slice){page->text, page->len}, block->span));
        if (!slot) return false;
        if (*slot == RAP_NONE) {
            *slot = b;
            continue;
        }
        zone[b].kind = RAP_ZONE_DUPLICATE;
        zone[b].duplicate_of = *slot;
    }
    out->zone = zone;
    out->zones = page->blocks;
    return true;
}

static bool read_page(html_page *page, const rap_item *item, const rap_decoded *decoded,
                      rap_article *out)
{
    html_meta meta;
    if (!rap_article_html_render(page) || !rap_article_html_roles(page) ||
        !rap_article_html_meta(page, &meta) || !rap_article_html_choose(page, &meta))
        return false;
    out->text = (rap_slice){page->text, page->len};
    return rap_article_html_fields(page, &meta, item, out) &&
           compose_runs(page, decoded, out) && make_zones(page, out);
}

rap_status rap_article_html(const rap_article_html_knowledge *knowledge,
                            const rap_item *item, const rap_decoded *decoded,
                            rap_arena *arena, rap_arena *scratch, rap_article *out,
                            rap_error *err)
{
    *out = (rap_article){.published = {.earliest = RAP_NO_DAY, .latest = RAP_NO_DAY}};
    rap_html_tree tree;
    rap_status status =
        rap_html_parse(knowledge->html, decoded->text, scratch, &tree, err);
    if (status) {
        *out = (rap_article){0};
        return status;
    }
    html_page page = {
        .knowledge = knowledge, .tree = &tree, .arena = arena, .scratch = scratch};
    if (read_page(&page, item, decoded, out)) return RAP_OK;
    *out = (rap_article){0};
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a page of %u bytes",
                    decoded->text.len);
}
