/*
 * train_text.c - plain text to sentences of words, cut as reports are.
 *
 * Method  lines are zones of an article, read by the token stage in pieces; lines that
 *         name a source and sentences that are very short or long are left out.
 */
#include "token.h"
#include "train_corpus.h"
#include "train_parameter.h"

enum { PIECE = 256 << 10, LINES = 4096, FEWEST = 3, MOST = 150 };

typedef struct cutting {
    const rap_token_knowledge *knowledge;
    train_corpora *corpora;
    rap_arena layers, scratch;
    rap_zone zone[LINES];
} cutting;

/* Zones for the lines from `*at`; moves `*at` past them. */
static uint32_t next_lines(cutting *c, rap_slice bytes, uint32_t *at)
{
    uint32_t zones = 0;
    const uint32_t begin = *at;
    while (*at < bytes.len && *at - begin < PIECE && zones < LINES) {
        const char *found = memchr(bytes.at + *at, '\n', bytes.len - *at);
        const uint32_t end = found ? (uint32_t)(found - bytes.at) : bytes.len;
        const rap_slice whole = rap_slice_sub(bytes, *at, end);
        const rap_slice line = rap_slice_trim(whole);
        *at = end + (found != NULL);
        if (!line.len || rap_slice_starts(line, "# source:")) continue;
        const uint32_t from = (uint32_t)(line.at - bytes.at) - begin;
        c->zone[zones++] = (rap_zone){.span = {from, from + line.len},
                                      .kind = RAP_ZONE_BODY,
                                      .duplicate_of = RAP_NONE};
    }
    return zones;
}

static void take_sentence(cutting *c, rap_slice text, const rap_tokens *tokens,
                          uint32_t s)
{
    train_corpora *corpora = c->corpora;
    const uint32_t count = tokens->first[s + 1] - tokens->first[s];
    if (count < FEWEST || count > MOST) return;
    const train_sentence sentence = {corpora->text.type.count, count};
    bool ok = rap_push(corpora->arena, &corpora->text.sentence, sentence);
    for (uint32_t i = 0; i < count; i++) {
        const rap_slice form = rap_cut(text, tokens->span[tokens->first[s] + i]);
        const uint32_t type = train_type_of(&corpora->types, form);
        corpora->types.all.at[type].count++;
        ok = ok && rap_push(corpora->arena, &corpora->text.type, type);
    }
    train_must(ok);
    if (count > corpora->longest) corpora->longest = count;
}

static rap_status cut_piece(cutting *c, rap_slice text, uint32_t zones, rap_error *err)
{
    rap_tokens tokens;
    const rap_article article = {.text = text, .zone = c->zone, .zones = zones};
    rap_arena_clear(&c->layers);
    rap_arena_clear(&c->scratch);
    rap_status status =
        rap_token_run(c->knowledge, &article, &c->layers, &c->scratch, &tokens, err);
    for (uint32_t s = 0; !status && s < tokens.sentences; s++)
        take_sentence(c, text, &tokens, s);
    return status;
}

static rap_status cut_all(cutting *c, rap_slice bytes, rap_error *err)
{
    rap_status status = RAP_OK;
    for (uint32_t at = 0; !status && at < bytes.len;) {
        const uint32_t begin = at;
        const uint32_t zones = next_lines(c, bytes, &at);
        status = cut_piece(c, rap_slice_sub(bytes, begin, at), zones, err);
    }
    return status;
}

rap_status train_text_read(const rap_language *language, const char *path,
                           train_corpora *corpora, rap_error *err)
{
    rap_slice bytes;
    rap_token_knowledge *knowledge;
    rap_status status = train_file_read(path, corpora->arena, &bytes, err);
    if (status) return status;
    train_must(rap_push(corpora->arena, &corpora->running, bytes));
    if ((status = rap_token_open(language, &knowledge, err))) return status;
    rap_arena own = RAP_ARENA(sizeof(cutting) + 64);
    cutting *c = train_new(&own, cutting, 1);
    c->knowledge = knowledge;
    c->corpora = corpora;
    c->layers = c->scratch = RAP_ARENA((size_t)1 << 30);
    status = cut_all(c, bytes, err);
    rap_arena_free(&c->layers);
    rap_arena_free(&c->scratch);
    rap_arena_free(&own);
    rap_token_close(knowledge);
    return status;
}
