/*
 * event_dictionary_private.h - verbs, patterns and discards of a person's dictionaries,
 * compiled and matched.
 *
 * Reads   rap_dictionary; event/cameo.tsv; the tree of a sentence.
 * Writes  frames beside those of the lexicon, and which of them stands at a word.
 * event_cameo.c       the PLOVER type of a CAMEO code
 * event_dictionary.c  dictionaries compiled to words, verbs, patterns and frames
 * event_pattern.c     the pattern at a verb, over words in a row
 * event_phrase.c      the same over trees
 * event_discard.c     sentences and documents that a discard leaves out
 */
#ifndef RAP_EVENT_DICTIONARY_PRIVATE_H
#define RAP_EVENT_DICTIONARY_PRIVATE_H

#include "dictionary.h"
#include "event_act_private.h"

/* ---- event_cameo.c ----------------------------------------------------------------- */
typedef struct rap_cameo_row {
    rap_slice code;
    rap_plover type;
    const char *mode; /* or NULL */
    const char *context[RAP_MOST_CONTEXTS];
    uint32_t contexts;
} rap_cameo_row;
typedef struct rap_cameo {
    rap_map code; /* -> row */
    const rap_cameo_row *row;
} rap_cameo;
rap_status rap_cameo_read(const rap_language *language, rap_arena *arena,
                          rap_cameo *out, rap_error *err) RAP_CHECKED;
/* What the code, or its longest known beginning, means; NULL: no type of PLOVER. */
const rap_cameo_row *rap_cameo_of(const rap_cameo *cameo, rap_slice code);

/* ---- event_dictionary.c ------------------------------------------------------------ */
typedef struct rap_book_option { /* words in a row: word[first, first + count) */
    uint32_t first, count;
} rap_book_option;

typedef struct rap_book_element {
    uint32_t option, options; /* of a word or a set */
    uint8_t kind, role;       /* rap_element_kind, rap_element_role */
    uint8_t phrase;           /* patterns over trees: 1, 2, … */
    bool joined, exact;
} rap_book_element;

typedef struct rap_book_act {
    uint32_t frame;   /* of the lexicon, RAP_NONE: no type, or RAP_ACT_SILENT */
    uint32_t passive; /* the same in a passive clause */
    bool mutual;      /* both sides do it: "031:031" */
} rap_book_act;

typedef struct rap_book_pattern {
    uint32_t element, elements, verb;
    uint32_t word; /* that must stand in the sentence, or RAP_NONE */
    bool verb_joined, tree;
    rap_book_act act;
} rap_book_pattern;

typedef struct rap_book_verb {
    uint32_t word;
    rap_book_option before, after;
    uint32_t block;
    bool given; /* this form only */
    rap_book_act act;
} rap_book_verb;

typedef struct rap_book_discard {
    rap_book_option words;
    bool story;
} rap_book_discard;

struct rap_book {   /* const after opening */
    rap_map word;   /* folded -> id */
    uint32_t *list; /* words of options */
    rap_book_option *option;
    rap_book_element *element;
    rap_book_pattern *pattern; /* by block, the more parts first */
    uint32_t *first_pattern;   /* [blocks + 1] */
    rap_book_verb *verb;       /* by word, those of several words first */
    uint32_t verbs;
    uint32_t *first_verb;      /* [word.count + 1] */
    rap_book_discard *discard; /* by first word */
    uint32_t discards;
    uint32_t *first_discard; /* [word.count + 1] */
};

/* Compile `dictionary`: its frames are added to `lexicon`. RAP_E_NOMEM. */
rap_status rap_book_open(const rap_language *language, const rap_dictionary *dictionary,
                         rap_arena *arena, rap_act_lexicon *lexicon,
                         const struct rap_book **out, rap_error *err) RAP_CHECKED;
/* The id of a folded word, or RAP_NONE. */
uint32_t rap_book_word(const struct rap_book *book, rap_slice word);

/* ---- event_pattern.c --------------------------------------------------------------- */
typedef struct rap_pattern_hit { /* what stands at a verb */
    uint32_t frame;
    uint32_t source, target; /* tokens that the pattern names, or RAP_NONE */
    bool mutual;
    bool patterned; /* by a pattern, not by the bare verb */
    bool told;      /* an act was written here */
    bool whole;     /* its words say themselves whether it happened: "WOULD NOT *" */
} rap_pattern_hit;

struct rap_patterns { /* one document */
    const struct rap_book *book;
    uint32_t *form, *lemma;   /* [T] ids, or RAP_NONE */
    uint32_t *seen, sentence; /* [words] the last sentence + 1 that has the word */
    rap_pattern_hit *hit;     /* [T] */
};
/* Ids of the words of a document; false when the arena is full. */
bool rap_patterns_open(const struct rap_book *book, const rap_event_input *in,
                       rap_arena *scratch, struct rap_patterns *out);
/* The sentence at hand is another. */
void rap_patterns_sentence(struct rap_patterns *patterns, const rap_coder *c);

enum { RAP_MOST_ANCHORS = 12 };
typedef struct rap_matcher {
    const rap_coder *c;
    const struct rap_patterns *p;
    const struct rap_book *book;
    uint32_t verb, first, last; /* tokens of the verb and of all its words */
    rap_pattern_hit hit;
    bool together; /* the pattern wants parties joined by "and" */
    uint32_t anchor[RAP_MOST_ANCHORS], anchors; /* over trees: heads that were met */
} rap_matcher;
/* A party at `token` for the mark of the pattern; false: nobody is named there. */
bool rap_pattern_party(rap_matcher *m, rap_element_kind kind, uint32_t token);
/* Words that say themselves whether it happened. */
void rap_pattern_note(rap_matcher *m, uint32_t token);
/* Words of the longest option of `e` that begins at `from`, or ends before `end`; 0: none.
 */
uint32_t rap_pattern_options_at(const rap_matcher *m, const rap_book_element *e,
                                uint32_t from);
uint32_t rap_pattern_options_before(const rap_matcher *m, const rap_book_element *e,
                                    uint32_t end);
static inline bool rap_pattern_is_party(const rap_book_element *e)
{
    return e->kind != RAP_ELEMENT_WORD && e->kind != RAP_ELEMENT_SET;
}

/* ---- event_phrase.c ---------------------------------------------------------------- */
bool rap_pattern_tree(rap_matcher *m, const rap_book_pattern *pattern);

/* ---- event_discard.c --------------------------------------------------------------- */
/* Drops events that a discard leaves out; false when the arena is full. */
bool rap_discards_apply(const struct rap_book *book, const rap_event_input *in,
                        rap_arena *scratch, rap_found_list *list);
/* The first `told` events are meetings found without the dictionaries: they take their
 * codes, or go. Returns how many are left. */
uint32_t rap_patterns_retell(const rap_coder *c, uint32_t told);

#endif
