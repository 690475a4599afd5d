/* coref_private.h - what the files of this module share; see coref.h. */
#ifndef RAP_COREF_PRIVATE_H
#define RAP_COREF_PRIVATE_H

#include "coref.h"
#include "coref_learn.h"
#include "model_file.h"

typedef enum coref_number { NUMBER_OPEN, NUMBER_SINGULAR, NUMBER_PLURAL } coref_number;

typedef enum coref_class { /* of a head noun; the "noun" rows of the list, in this order */
                           CLASS_NONE,
                           CLASS_MALE,
                           CLASS_FEMALE,
                           CLASS_PERSON,
                           CLASS_GROUP,
                           CLASS_PLACE,
                           CLASS_TIME,
                           CLASS_ABSTRACT,
                           CLASS_THING,
                           CLASSES
} coref_class;

typedef enum coref_determiner { /* the "kind" rows */
                                KIND_BARE,
                                KIND_DEFINITE,
                                KIND_DEMONSTRATIVE,
                                KIND_INDEFINITE,
                                KIND_POSSESSIVE,
                                KIND_POSSESSED /* "Ruritania's army" */
} coref_determiner;

typedef enum coref_tag {
    TAG_OTHER,
    TAG_PLURAL,
    TAG_SINGULAR,
    TAG_RELATIVE,
    TAG_EXISTENTIAL
} coref_tag;

typedef struct coref_pronoun { /* a row of the list */
    uint8_t person;            /* 1 2 3, 0: open */
    uint8_t number;            /* coref_number */
    uint8_t class;             /* coref_class; CLASS_NONE: open */
} coref_pronoun;

enum { MOST_PRONOUNS = 40, MOST_TAGS = 256 };

struct rap_coref_knowledge {
    rap_arena arena;
    coref_pronoun pronoun[MOST_PRONOUNS];
    uint32_t pronouns;
    rap_map
        word; /* "p:he" -> pronoun, "n:boy" -> coref_class, "h:mr", "k:the", "t:NNS", "g:Jane" */
    rap_model *model;
    const int8_t *weight; /* [1 << bits]; NULL: no weights, nothing is joined */
    const int8_t *embed;  /* [1 << embed_bits][RAP_COREF_HIDDEN] */
    const float *bias;    /* [2][RAP_COREF_HIDDEN]: of a pair; of "begins a chain" */
    const float *out;     /* [2][RAP_COREF_HIDDEN] */
    uint32_t bits, embed_bits;
    float scale, embed_scale; /* of the numbers of 8 bits */
};

enum { CONTENT_WORDS = 8 };

/* All that the ranker asks of a mention. Words are hashes of their folded bytes. */
typedef struct coref_item {
    uint32_t first, last, head;
    uint32_t sentence, zone;
    uint32_t text; /* hash of the words without determiner and possessive mark */
    uint32_t head_word, head_lemma, first_word, last_word, before_word, after_word;
    uint32_t governor; /* token, or RAP_NONE at a root */
    uint32_t governor_lemma;
    uint32_t quotation; /* 0 outside quotation marks, else which */
    uint32_t same_head; /* the mention before with this head lemma, or RAP_NONE */
    uint32_t same_text;
    uint32_t same_part; /* names: the mention before that has one of its words */
    uint32_t count;     /* mentions before with this head lemma */
    uint32_t order;     /* of its sentence's mentions */
    uint8_t form;       /* rap_coref_form */
    uint8_t type;       /* pronoun + 8, or form and determiner: small */
    uint8_t relation, upos, entity; /* entity: rap_entity_type + 1, 0: none */
    uint8_t number, person, class, determiner;
    uint8_t pronoun; /* 1 + row, 0: none */
    bool clause;     /* has a relative clause or the like */
    bool subject;
    bool predicate; /* has a copula */
    bool nested;    /* inside another mention */
    bool apposed;   /* stands beside its governor: "Doe, the minister" */
    uint32_t
        content[CONTENT_WORDS]; /* its words that are no determiners and the like */
    uint8_t contents;
    uint32_t initials; /* of a name's words, or the letters of an acronym; 0: neither */
    /* Of its chain so far; read at the first mention, which `chain` names. */
    uint32_t chain, size, newest;
    uint8_t classes, numbers; /* bits of coref_class and coref_number seen in it */
    bool named;
} coref_item;

typedef struct coref_work { /* one run */
    const rap_coref_knowledge *knowledge;
    const rap_article *article;
    const rap_tokens *tokens;
    const rap_syntax *syntax;
    rap_arena *scratch;
    uint32_t *word, *lemma; /* [T] hashes */
    uint32_t *quotation;    /* [T] */
    rap_span *extent;       /* [T] tokens of the whole subtree, inclusive */
    rap_span *phrase;       /* [T] of the mention that a head makes */
    uint32_t
        *series; /* [T] last token of the last part coordinated with it, or RAP_NONE */
    RAP_LIST(coref_item) items;
} coref_work;

bool coref_words_read(coref_work *work);    /* word, lemma, quotation */
bool coref_mentions_find(coref_work *work); /* items, sorted */
bool coref_items_link(coref_work *work);    /* same_head and the like */
/* `item` goes to the chain of `before`, or begins one (RAP_NONE). In text order. */
void coref_join(coref_work *work, uint32_t item, uint32_t before);

uint32_t coref_lookup(const rap_coref_knowledge *knowledge, char prefix,
                      rap_slice word);

enum { MOST_CANDIDATES = RAP_COREF_CANDIDATES };
/* Earlier mentions that `item` is compared with, the nearest first. */
uint32_t coref_candidates(const coref_work *work, uint32_t item,
                          rap_coref_candidate out[MOST_CANDIDATES]);
/* Features of "begins a chain" (before == RAP_NONE) or of the pair: numbers to be cut to
 * the table's bits. */
void coref_features(const coref_work *work, uint32_t item,
                    rap_coref_candidate candidate, rap_coref_features *out);

/* A hash of two numbers; quick, for it is asked some thousand times a mention. */
static inline uint32_t coref_mix(uint32_t a, uint32_t b)
{
    uint32_t mixed = a * 0x9E3779B1u ^ b * 0x85EBCA77u;
    mixed ^= mixed >> 15;
    mixed *= 0x2C1B3C6Du;
    mixed ^= mixed >> 13;
    mixed *= 0x297A2D39u;
    return mixed ^ mixed >> 16;
}

#endif
