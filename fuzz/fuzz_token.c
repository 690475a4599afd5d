/*
 * fuzz_token.c - any bytes as a body: tokens, sentences, tags.
 *
 * The bytes need not be UTF-8. Spans must rise and stay in bounds, sentences must hold
 * all tokens, and every token must have a tag and a lemma.
 */
#include "syntax.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct lists {
    rap_token_knowledge *token;
    rap_syntax_knowledge *syntax;
} lists;

static lists open_lists(void)
{
    lists all = {0};
    rap_language language;
    rap_error err;
    if (rap_language_open("en", &language, &err) ||
        rap_token_open(&language, &all.token, &err) ||
        rap_syntax_open(&language, &all.syntax, &err))
        abort();
    return all;
}

static void check(rap_slice text, const rap_tokens *tokens, const rap_syntax *syntax)
{
    uint32_t last = 0;
    for (uint32_t t = 0; t < tokens->count; t++) {
        const rap_span span = tokens->span[t];
        if (span.begin < last || span.end <= span.begin || span.end > text.len) abort();
        last = span.end;
        if (tokens->sentence[t] >= tokens->sentences) abort();
        if (syntax->upos[t] >= RAP_UPOS_COUNT || !syntax->lemma[t].len) abort();
    }
    if (tokens->first[tokens->sentences] != tokens->count) abort();
    if (syntax->count != tokens->count) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static lists all;
    if (!all.token) all = open_lists();
    if (size > 1 << 16) return 0;
    const rap_slice text = {(const char *)data, (uint32_t)size};
    const rap_zone zone = {.span = {0, text.len}, .kind = RAP_ZONE_BODY};
    const rap_article article = {.text = text, .zone = &zone, .zones = 1};
    rap_arena arena = RAP_ARENA((size_t)64 << 20),
              scratch = RAP_ARENA((size_t)64 << 20);
    rap_tokens tokens;
    rap_syntax syntax;
    rap_error err;
    if (rap_token_run(all.token, &article, &arena, &scratch, &tokens, &err) == RAP_OK &&
        rap_syntax_run(all.syntax, &article, &tokens, &arena, &scratch, &syntax,
                       &err) == RAP_OK)
        check(text, &tokens, &syntax);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    return 0;
}
