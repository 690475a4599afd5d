/*
 * fuzz_html.c - any bytes as an HTML page: the tree, then the article.
 *
 * A node's parent stands before it and holds it; zones must rise and stay in bounds;
 * runs must rise.
 */
#include "article.h"
#include "html.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct lists {
    rap_calendar calendar;
    rap_html_knowledge *html;
    rap_article_knowledge *article;
} lists;

static void open_lists(lists *all)
{
    rap_language language;
    rap_error err;
    if (rap_language_open("en", &language, &err) ||
        rap_calendar_open(&language, &all->calendar, &err) ||
        rap_html_open(&language, &all->html, &err) ||
        rap_article_open(&language, &all->calendar, &all->article, &err))
        abort();
}

static void check_tree(const rap_html_tree *tree)
{
    if (!tree->count || tree->node[0].end != tree->count) abort();
    for (uint32_t i = 1; i < tree->count; i++) {
        const rap_html_node *node = &tree->node[i];
        if (node->parent >= i || node->end <= i) abort();
        if (node->end > tree->node[node->parent].end) abort();
        if (node->source < tree->node[i - 1].source) abort();
    }
}

static void check_article(const rap_article *article)
{
    uint32_t last = 0;
    for (uint32_t z = 0; z < article->zones; z++) {
        const rap_span span = article->zone[z].span;
        if (span.begin < last || span.end <= span.begin) abort();
        if (span.end > article->text.len) abort();
        last = span.end;
    }
    for (uint32_t r = 1; r < article->run_count; r++)
        if (article->runs[r].text_at <= article->runs[r - 1].text_at) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static lists all;
    if (!all.html) open_lists(&all);
    if (size > 1 << 16) return 0;
    const rap_item item = {.path = "page",
                           .bytes = {size ? (const char *)data : "", (uint32_t)size},
                           .media = RAP_MEDIA_HTML};
    const rap_article_options options = {.whole = false};
    rap_arena arena = RAP_ARENA((size_t)64 << 20),
              scratch = RAP_ARENA((size_t)64 << 20);
    rap_html_tree tree;
    rap_decoded decoded;
    rap_article article;
    rap_error err;
    if (rap_html_parse(all.html, item.bytes, &arena, &tree, &err) == RAP_OK)
        check_tree(&tree);
    if (rap_ingest_decode(&item, &arena, &decoded, &err) == RAP_OK &&
        rap_article_run(all.article, &item, &decoded, &options, &arena, &scratch,
                        &article, &err) == RAP_OK)
        check_article(&article);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    return 0;
}
