/* fuzz_article.c - any bytes as a plain or an HTML article; the first byte chooses. */
#include "article.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static rap_article_knowledge *open_knowledge(void)
{
    static rap_calendar calendar;
    rap_language language;
    rap_article_knowledge *knowledge = NULL;
    rap_error err;
    if (rap_language_open("en", &language, &err)) return NULL;
    if (rap_calendar_open(&language, &calendar, &err)) return NULL;
    if (rap_article_open(&language, &calendar, &knowledge, &err)) return NULL;
    return knowledge;
}

/* Zones rise and leave out nothing but white space. */
static void check(const rap_article *article)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < article->zones; i++) {
        const rap_span span = article->zone[i].span;
        assert(at <= span.begin && span.begin < span.end &&
               span.end <= article->text.len);
        while (at < span.begin) assert(rap_is_space(rap_utf8_next(article->text, &at)));
        at = span.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static rap_article_knowledge *knowledge;
    if (!knowledge) knowledge = open_knowledge();
    if (!knowledge || !size || size > 1 << 20) return 0;
    const rap_slice bytes = {(const char *)data + 1, (uint32_t)size - 1};
    const rap_item item = {.path = "fuzz",
                           .bytes = bytes,
                           .media = data[0] & 1 ? RAP_MEDIA_HTML : RAP_MEDIA_PLAIN};
    const rap_article_options options = {.whole = (data[0] & 2) != 0};
    rap_arena arena = RAP_ARENA(1u << 28), scratch = RAP_ARENA(1u << 28);
    rap_decoded decoded;
    rap_article article;
    rap_error err;
    if (rap_ingest_decode(&item, &arena, &decoded, &err) == RAP_OK &&
        rap_article_run(knowledge, &item, &decoded, &options, &arena, &scratch,
                        &article, &err) == RAP_OK)
        check(&article);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    return 0;
}
