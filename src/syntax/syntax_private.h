/* syntax_private.h - what the files of this folder share; never included elsewhere. */
#ifndef RAP_SYNTAX_PRIVATE_H
#define RAP_SYNTAX_PRIVATE_H

#include "neural.h"
#include "syntax.h"
#include "syntax_lemma.h"
#include "text.h"

/* The states of the tagger: finer than the tags, so that one state tells what may
 * follow. */
typedef enum tag_state {
    STATE_ADJ,
    STATE_ADP,
    STATE_BY,
    STATE_OF,
    STATE_ADV,
    STATE_NEG,
    STATE_TO,
    STATE_POSS,
    STATE_BE,
    STATE_HAVE,
    STATE_DO,
    STATE_MODAL,
    STATE_HYPH,
    STATE_CCONJ,
    STATE_DET,
    STATE_HIS,
    STATE_INTJ,
    STATE_NOUN,
    STATE_NOUNS,
    STATE_NUM,
    STATE_PRON,
    STATE_SUBJ,
    STATE_REL,
    STATE_PROPN,
    STATE_PUNCT,
    STATE_SCONJ,
    STATE_SYM,
    STATE_VB,
    STATE_VBP,
    STATE_VBZ,
    STATE_VBD,
    STATE_VBN,
    STATE_VBG,
    STATE_X,
    STATE_START,
    STATES
} tag_state;

rap_upos syntax_upos(tag_state state);
rap_verb_form
syntax_form(tag_state state); /* RAP_FORM_NONE where the state does not tell */

typedef struct reading { /* one way to read a word */
    const char *lemma;   /* NULL: the word itself */
    uint8_t lemma_len, state, form;
    int8_t weight;
} reading;

enum { READINGS = 6, FOLD_BYTES = 48 };
typedef struct word_entry {
    reading reading[READINGS];
    uint8_t count;
    bool closed; /* complete: other lists add nothing */
    bool proper; /* an adjective also when written with a capital */
    bool clause; /* a verb that takes a clause without a conjunction */
} word_entry;

enum { SUFFIX_BYTES = 6 }; /* the longest ending in the list */

struct rap_syntax_knowledge {
    rap_arena arena;
    rap_map words; /* folded word -> index into word_entry */
    RAP_LIST(word_entry) entries;
    rap_map suffixes;               /* ending -> index into word_entry */
    int8_t follows[STATES][STATES]; /* [before][after] */
    rap_model *model;               /* NULL: the rules alone */
    rap_net *net;
    lemma_model lemmas;
    const char *const *xpos_name; /* the network's */
    uint8_t upos_of[256], form_of[256], relation_of[256], entity_of[256];
    uint16_t lemma_tag[256];
    struct rap_syntax_pool *pool; /* workspaces for the threads */
};

/* The network of knowledge->model. */
rap_status syntax_net_open(rap_syntax_knowledge *knowledge, rap_error *err) RAP_CHECKED;
void syntax_net_close(rap_syntax_knowledge *knowledge);
rap_status syntax_net_run(const rap_syntax_knowledge *knowledge,
                          const rap_article *article, const rap_tokens *tokens,
                          rap_arena *arena, rap_arena *scratch, rap_syntax *out,
                          rap_error *err) RAP_CHECKED;

/* The entry of a word for reading or for adding; NULL if absent or out of memory. */
const word_entry *syntax_entry(const rap_syntax_knowledge *knowledge, rap_slice folded);
word_entry *syntax_entry_put(rap_syntax_knowledge *knowledge, rap_map *map,
                             rap_slice word);
/* Add a reading; of one state twice the likelier stays; a full entry drops it. */
void syntax_reading_put(word_entry *entry, tag_state state, int weight,
                        rap_slice lemma);
bool syntax_state_named(rap_slice name, tag_state *out);

/* Forms of regular words, into out[FOLD_BYTES]; bytes written, 0 if they do not fit. */
uint32_t syntax_with_s(rap_slice base, char *out);
uint32_t syntax_with_ed(rap_slice base, bool doubled, char *out);
uint32_t syntax_with_ing(rap_slice base, bool doubled, char *out);
bool syntax_doubles(
    rap_slice base); /* one syllable that ends consonant-vowel-consonant */
/* The base that a form of this state seems to have; bytes into out, 0 if none is seen.
 */
uint32_t syntax_base_of(const rap_syntax_knowledge *knowledge, rap_slice form,
                        tag_state state, char *out);

typedef struct candidates { /* the readings of one token in its place */
    const word_entry *from; /* where the lemmas stand; NULL if none */
    uint8_t count;
    uint8_t state[READINGS];
    int8_t weight[READINGS];
} candidates;

typedef struct word_place { /* what stands around a token */
    bool initial;           /* first word of a sentence, a quotation, an item */
    bool title_case;        /* capitals tell nothing in this sentence */
    bool before_name;       /* the next word has a capital */
    bool joined;            /* no white space on either side */
    bool before_figure;     /* the next token is one */
} word_place;
void syntax_candidates(const rap_syntax_knowledge *knowledge, rap_slice word,
                       uint8_t kind, uint8_t flags, word_place place, candidates *out);

/* What the search chose for one token. */
typedef struct choice {
    uint8_t state;
    bool either;     /* could be past and participle */
    rap_slice lemma; /* of a verb, if listed */
} choice;
/* Is the past at `at` of a sentence's choices rather a participle that modifies the
 * noun before it ("the talks held in May failed")? */
bool syntax_is_reduced(const rap_syntax_knowledge *knowledge, const choice *choices,
                       uint32_t count, uint32_t at);

#endif
