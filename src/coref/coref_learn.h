/*
 * coref_learn.h - the ranker's cases, for the trainer: the same code as the stage's.
 *
 * Reads   the layers of one document.
 * Writes  its mentions, the candidates of each and the features of each pair.
 * Only the trainer includes this header.
 */
#ifndef RAP_COREF_LEARN_H
#define RAP_COREF_LEARN_H

#include "coref.h"

typedef struct coref_work rap_coref_cases;

enum { RAP_COREF_CANDIDATES = 80, RAP_COREF_FEATURES = 240, RAP_COREF_BASES = 100 };

/* Width of the hidden layer; one for pairs, one for "begins a chain". */
enum { RAP_COREF_HIDDEN = 16 };

typedef struct rap_coref_features { /* numbers, to be cut to a table's bits */
    uint32_t at
        [RAP_COREF_FEATURES]; /* [count] for the linear part: with the kinds of both */
    uint32_t
        base[RAP_COREF_BASES]; /* [bases] for the hidden layer, which combines them */
    uint32_t count, bases;
} rap_coref_features;

typedef struct rap_coref_candidate {
    uint32_t before; /* a mention, or RAP_NONE: begins a chain */
    uint8_t nearer;  /* candidates between that agree with the mention, at most 7 */
    uint8_t nearer_subjects; /* those that are subjects */
} rap_coref_candidate;

/* The lists without weights. */
rap_status rap_coref_open_bare(const rap_language *language, rap_coref_knowledge **out,
                               rap_error *err) RAP_CHECKED;
/* The cases of a document, in `scratch`; NULL when it is full or there are no trees. */
rap_coref_cases *rap_coref_cases_of(const rap_coref_knowledge *knowledge,
                                    const rap_article *article,
                                    const rap_tokens *tokens, const rap_syntax *syntax,
                                    rap_arena *scratch);
/* Forgets all joins. */
void rap_coref_cases_reset(rap_coref_cases *cases);
uint32_t rap_coref_cases_count(const rap_coref_cases *cases);
/* Tokens of mention `i`, inclusive. */
void rap_coref_cases_span(const rap_coref_cases *cases, uint32_t i, uint32_t *first,
                          uint32_t *last);
uint32_t rap_coref_cases_form(const rap_coref_cases *cases, uint32_t i);
uint32_t rap_coref_cases_before(const rap_coref_cases *cases, uint32_t i,
                                rap_coref_candidate out[RAP_COREF_CANDIDATES]);
/* Joins as the stage would: later features depend on it. */
void rap_coref_cases_join(rap_coref_cases *cases, uint32_t i, uint32_t before);
void rap_coref_cases_features(const rap_coref_cases *cases, uint32_t i,
                              rap_coref_candidate candidate, rap_coref_features *out);

#endif
