/*
 * coref.h - who and what is spoken of again: mentions of any kind and their chains.
 *
 * Reads   rap_article, rap_tokens, rap_syntax with trees; the language's lists
 *         (data/LANG/coref) and weights.
 * Writes  rap_coref: M mentions (noun phrases, names, pronouns), each in one of C chains.
 * Method  a mention for every nominal head of a tree; each then takes the mention before it
 *         that a trained ranker likes best, or begins a chain; docs/method/coref.md.
 * Cost    linear in tokens: a mention is compared with a bounded number of those before it.
 */
#ifndef RAP_COREF_H
#define RAP_COREF_H

#include "article.h"
#include "base.h"
#include "language.h"
#include "syntax.h"
#include "token.h"

typedef enum rap_coref_form {
    RAP_COREF_NAME,
    RAP_COREF_NOMINAL,
    RAP_COREF_PRONOUN,
    RAP_COREF_COORDINATION /* "Ruritania and Borduria" as one */
} rap_coref_form;

typedef enum rap_coref_gender { /* what its own words say */
                                RAP_COREF_OPEN,
                                RAP_COREF_MALE,
                                RAP_COREF_FEMALE,
                                RAP_COREF_PERSON,
                                RAP_COREF_GROUP, /* persons as one: a ministry */
                                RAP_COREF_THING
} rap_coref_gender;

typedef struct rap_coref_mention {
    uint32_t first, last; /* tokens of one sentence, inclusive */
    uint32_t head;        /* of the phrase; of its first part in a coordination */
    uint32_t chain;       /* 0..C-1 in order of first mention */
    uint32_t before; /* the mention it was joined to, RAP_NONE if it begins a chain */
    rap_coref_form form;
    rap_coref_gender gender;
    uint8_t person;   /* grammatical: 1, 2, 3; 0: open */
    float confidence; /* 0..1 that `before` is right, by the ranker */
} rap_coref_mention;

typedef struct rap_coref {
    const rap_coref_mention *mention; /* [mentions] by first token, the longer first */
    uint32_t mentions;
    uint32_t chains;
    const uint32_t
        *by_end; /* [mentions] by last token, the one that begins last first */
    const uint32_t *at_head; /* [T] the mention of this head that is no coordination, or
                              * RAP_NONE; NULL without trees */
    const char *made_by;
} rap_coref;

typedef struct rap_coref_knowledge rap_coref_knowledge; /* const, shared by threads */
rap_status rap_coref_open(const rap_language *language, rap_coref_knowledge **out,
                          rap_error *err) RAP_CHECKED;
void rap_coref_close(rap_coref_knowledge *knowledge); /* NULL is allowed */

/* Without trees there are no mentions. RAP_E_NOMEM: an arena is full. On failure `out` is
 * empty. */
rap_status rap_coref_run(const rap_coref_knowledge *knowledge,
                         const rap_article *article, const rap_tokens *tokens,
                         const rap_syntax *syntax, rap_arena *arena, rap_arena *scratch,
                         rap_coref *out, rap_error *err) RAP_CHECKED;

#endif
