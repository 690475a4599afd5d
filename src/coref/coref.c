/*
 * coref.c - the stage: mentions, each joined to one before it or first of a chain.
 *
 * Method  from left to right; the best of all candidates and of "begins a chain" wins.
 * Cost    MOST_CANDIDATES pairs a mention at most, of RAP_COREF_FEATURES look-ups and
 *         RAP_COREF_BASES short vectors.
 */
#include <math.h>
#include <stdlib.h>

#include "coref_private.h"

static const char made_by[] = "coref 1";

/* ---- cases ----------------------------------------------------------------------- */

rap_coref_cases *rap_coref_cases_of(const rap_coref_knowledge *knowledge,
                                    const rap_article *article,
                                    const rap_tokens *tokens, const rap_syntax *syntax,
                                    rap_arena *scratch)
{
    coref_work *work = rap_new(scratch, coref_work, 1);
    if (!work || !syntax->head || !syntax->relation) return NULL;
    *work = (coref_work){.knowledge = knowledge,
                         .article = article,
                         .tokens = tokens,
                         .syntax = syntax,
                         .scratch = scratch};
    return coref_words_read(work) && coref_mentions_find(work) && coref_items_link(work)
               ? work
               : NULL;
}

void rap_coref_cases_reset(rap_coref_cases *cases)
{
    for (uint32_t i = 0; i < cases->items.count; i++) cases->items.at[i].chain = i;
}

uint32_t rap_coref_cases_count(const rap_coref_cases *cases)
{
    return cases->items.count;
}

void rap_coref_cases_span(const rap_coref_cases *cases, uint32_t i, uint32_t *first,
                          uint32_t *last)
{
    *first = cases->items.at[i].first;
    *last = cases->items.at[i].last;
}

uint32_t rap_coref_cases_form(const rap_coref_cases *cases, uint32_t i)
{
    return cases->items.at[i].form;
}

uint32_t rap_coref_cases_before(const rap_coref_cases *cases, uint32_t i,
                                rap_coref_candidate out[RAP_COREF_CANDIDATES])
{
    return coref_candidates(cases, i, out);
}

void rap_coref_cases_join(rap_coref_cases *cases, uint32_t i, uint32_t before)
{
    coref_join(cases, i, before);
}

void rap_coref_cases_features(const rap_coref_cases *cases, uint32_t i,
                              rap_coref_candidate candidate, rap_coref_features *out)
{
    coref_features(cases, i, candidate, out);
}

/* ---- ranking --------------------------------------------------------------------- */

/* The hidden layer: sums of the features' vectors, cut at 0. */
static float hidden_score(const rap_coref_knowledge *k, const rap_coref_features *f,
                          bool is_new)
{
    const uint32_t mask = (1u << k->embed_bits) - 1;
    const float *bias = k->bias + (is_new ? RAP_COREF_HIDDEN : 0);
    const float *out = k->out + (is_new ? RAP_COREF_HIDDEN : 0);
    int16_t sum[RAP_COREF_HIDDEN] = {0}; /* 100 numbers of 8 bits at most */
    static_assert(RAP_COREF_BASES * 128 <= INT16_MAX, "sums may not overflow");
    for (uint32_t i = 0; i < f->bases; i++) {
        const int8_t *vector =
            k->embed + (size_t)(f->base[i] & mask) * RAP_COREF_HIDDEN;
        for (uint32_t h = 0; h < RAP_COREF_HIDDEN; h++)
            sum[h] = (int16_t)(sum[h] + vector[h]);
    }
    float score = 0;
    for (uint32_t h = 0; h < RAP_COREF_HIDDEN; h++) {
        const float state = (float)sum[h] * k->embed_scale + bias[h];
        if (state > 0) score += state * out[h];
    }
    return score;
}

static float score_of(const coref_work *work, uint32_t item, rap_coref_candidate before)
{
    const rap_coref_knowledge *k = work->knowledge;
    rap_coref_features f;
    coref_features(work, item, before, &f);
    const uint32_t mask = (1u << k->bits) - 1;
    int32_t sum = 0;
    for (uint32_t i = 0; i < f.count; i++) sum += k->weight[f.at[i] & mask];
    return (float)sum * k->scale + hidden_score(k, &f, before.before == RAP_NONE);
}

typedef struct choice {
    uint32_t before;
    float confidence;
} choice;

static choice choose(const coref_work *work, uint32_t item)
{
    rap_coref_candidate before[MOST_CANDIDATES];
    float score[MOST_CANDIDATES];
    const uint32_t count = coref_candidates(work, item, before);
    float best = score_of(work, item, (rap_coref_candidate){.before = RAP_NONE});
    const float alone = best;
    uint32_t at = RAP_NONE;
    for (uint32_t i = 0; i < count; i++) {
        score[i] = score_of(work, item, before[i]);
        if (score[i] <= best) continue;
        best = score[i];
        at = i;
    }
    float total = expf(alone - best), right = at == RAP_NONE ? total : 0.0f;
    /* What joins it to the same chain speaks for the same. */
    for (uint32_t i = 0; i < count; i++) {
        const float share = expf(score[i] - best);
        total += share;
        if (at != RAP_NONE && work->items.at[before[i].before].chain ==
                                  work->items.at[before[at].before].chain)
            right += share;
    }
    return (choice){at == RAP_NONE ? RAP_NONE : before[at].before, right / total};
}

/* Indices of mentions by their last token; of one end, the inner first. */
static const uint32_t *order_ends(const coref_work *work, rap_arena *arena)
{
    const uint32_t count = work->items.count, tokens = work->tokens->count;
    uint32_t *by_end = rap_new(arena, uint32_t, count);
    uint32_t *from = rap_new(work->scratch, uint32_t, tokens + 1);
    if (!by_end || !from) return NULL;
    for (uint32_t i = 0; i < count; i++) from[work->items.at[i].last + 1]++;
    for (uint32_t t = 0; t < tokens; t++) from[t + 1] += from[t];
    for (uint32_t i = count; i-- > 0;) by_end[from[work->items.at[i].last]++] = i;
    return by_end;
}

static rap_coref_gender gender_of(uint32_t class)
{
    static const rap_coref_gender of[CLASSES] = {
        [CLASS_MALE] = RAP_COREF_MALE,      [CLASS_FEMALE] = RAP_COREF_FEMALE,
        [CLASS_PERSON] = RAP_COREF_PERSON,  [CLASS_GROUP] = RAP_COREF_GROUP,
        [CLASS_PLACE] = RAP_COREF_THING,    [CLASS_TIME] = RAP_COREF_THING,
        [CLASS_ABSTRACT] = RAP_COREF_THING, [CLASS_THING] = RAP_COREF_THING};
    return of[class];
}

static bool write_out(coref_work *work, rap_arena *arena, rap_coref *out)
{
    const uint32_t count = work->items.count, tokens = work->tokens->count;
    rap_coref_mention *mention = rap_new(arena, rap_coref_mention, count);
    uint32_t *at_head = rap_new(arena, uint32_t, tokens);
    const uint32_t *by_end = order_ends(work, arena);
    if (!mention || !at_head || !by_end) return false;
    for (uint32_t t = 0; t < tokens; t++) at_head[t] = RAP_NONE;
    uint32_t chains = 0;
    for (uint32_t i = 0; i < count; i++) {
        const choice made =
            work->knowledge->weight ? choose(work, i) : (choice){RAP_NONE, 0.0f};
        coref_join(work, i, made.before);
        const coref_item *item = &work->items.at[i];
        mention[i] = (rap_coref_mention){
            .first = item->first,
            .last = item->last,
            .head = item->head,
            .chain = made.before == RAP_NONE ? chains++ : mention[made.before].chain,
            .before = made.before,
            .form = (rap_coref_form)item->form,
            .gender = gender_of(item->class),
            .person = item->person,
            .confidence = made.confidence};
        if (item->form != RAP_COREF_COORDINATION) at_head[item->head] = i;
    }
    *out = (rap_coref){mention, count, chains, by_end, at_head, made_by};
    return true;
}

rap_status rap_coref_run(const rap_coref_knowledge *knowledge,
                         const rap_article *article, const rap_tokens *tokens,
                         const rap_syntax *syntax, rap_arena *arena, rap_arena *scratch,
                         rap_coref *out, rap_error *err)
{
    *out = (rap_coref){.made_by = made_by};
    if (!syntax->head || !syntax->relation) return RAP_OK;
    assert(syntax->count == tokens->count);
    coref_work *work = rap_coref_cases_of(knowledge, article, tokens, syntax, scratch);
    if (work && write_out(work, arena, out)) return RAP_OK;
    *out = (rap_coref){0};
    return rap_fail(err, RAP_E_NOMEM, 0, "coreference: an arena is full");
}
