/* fuzz_statement.c - any bytes as the body of a report, read up to the statements. */
#include <stdlib.h>

#include "statement.h"

enum { FUZZ_BYTES = 64 << 20 };

static rap_token_knowledge *token;
static rap_syntax_knowledge *syntax;
static rap_statement_knowledge *statement;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    rap_language language;
    rap_error err;
    if (rap_language_open("en", &language, &err) ||
        rap_token_open(&language, &token, &err) ||
        rap_syntax_open(&language, &syntax, &err) ||
        rap_statement_open(&language, &statement, &err))
        abort();
    return 0;
}

static void read_layers(const rap_article *article, rap_arena *arena,
                        rap_arena *scratch)
{
    rap_tokens tokens;
    rap_syntax words;
    rap_statements statements;
    rap_error err;
    const rap_names names = {0};
    const rap_times times = {0};
    if (rap_token_run(token, article, arena, scratch, &tokens, &err)) return;
    if (rap_syntax_run(syntax, article, &tokens, arena, scratch, &words, &err)) return;
    const rap_statement_input in = {article, &tokens, &words, &names, &times};
    if (rap_statement_run(statement, &in, arena, scratch, &statements, &err)) return;
    for (uint32_t i = 0; i < statements.count; i++)
        for (uint32_t k = 0; k < statements.statement[i].content.count; k++)
            if (statements.statement[i].content.at[k].end > article->text.len) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || size > 1 << 20) return 0;
    const rap_zone zone = {
        .span = {0, (uint32_t)size}, .kind = RAP_ZONE_BODY, .duplicate_of = RAP_NONE};
    const rap_article article = {
        .text = {(const char *)data, (uint32_t)size}, .zone = &zone, .zones = 1};
    rap_arena arena = RAP_ARENA(FUZZ_BYTES), scratch = RAP_ARENA(FUZZ_BYTES);
    read_layers(&article, &arena, &scratch);
    rap_arena_free(&scratch);
    rap_arena_free(&arena);
    return 0;
}
