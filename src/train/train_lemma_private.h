/* train_lemma_private.h - what the files train_lemma*.c share; never included elsewhere. */
#ifndef RAP_TRAIN_LEMMA_PRIVATE_H
#define RAP_TRAIN_LEMMA_PRIVATE_H

#include "syntax_lemma.h"
#include "train_lemma.h"

enum {
    TAGS = 254,
    SCRIPT_TYPES = 3, /* an ending offers scripts of at least so many words */
    HABIT_COUNT = 3,  /* a word of the text is known if it occurs so often */
    CASE_TYPES = 3,   /* words that make a rule for capitals */
    LIST_VOTES = 4,   /* words of a treebank that a list outweighs */
    CANDIDATES = 8    /* scripts kept for each ending on the way */
};

typedef struct script {
    rap_slice add;
    uint8_t from, strip; /* lemma_case or LEMMA_BY_TABLE; characters */
    uint32_t off;        /* lemma_off_hash of the characters */
    uint32_t types;      /* words that it makes */
} script;

typedef struct word_type { /* a folded form in one class */
    rap_slice folded, lemma;
    uint32_t tokens, votes, script;
    uint8_t of_class;
    bool kept, has_writings;
    bool overruled; /* the treebanks' lemma, by a list */
} word_type;

typedef struct writing { /* a word as it is written */
    rap_slice form, lemma;
    uint32_t type, votes;
    lemma_shape shape;
} writing;

typedef struct text_word { /* what the text says of a folded word */
    rap_slice folded;
    uint32_t total, habit[LEMMA_HABITS];
} text_word;

typedef struct ending_vote {
    uint32_t script, types, next; /* next: RAP_NONE at the last */
} ending_vote;

typedef struct candidate {
    uint32_t script;
    double share;
} candidate;

/* A node; its parent, one character shorter, stands before it. */
typedef struct ending {
    uint64_t hash;
    uint32_t parent, votes, first, list;
    uint8_t of_class, length, candidates;
    bool kept;
    candidate candidate[CANDIDATES];
} ending;

typedef struct entry {
    uint32_t key;
    uint16_t value;
} entry;
typedef RAP_LIST(entry) entry_list;

/* The state of one run. A refused allocation sets `lost`, and the steps after it do
 * nothing. */
typedef struct trainer {
    rap_arena *arena;
    const rap_train_lemma_input *input;
    bool lost;     /* an allocation was refused */
    bool too_many; /* tags, scripts or lists */

    rap_map tag_map, type_map, writing_map, vote_map, script_map, list_map, text_map,
        ending_map;
    RAP_LIST(rap_slice) tags;
    RAP_LIST(word_type) types;
    RAP_LIST(writing) writings;
    RAP_LIST(script) scripts;
    RAP_LIST(text_word) text;
    RAP_LIST(ending) endings;
    RAP_LIST(ending_vote) votes;
    RAP_LIST(uint16_t) lists;

    uint32_t tokens[RAP_UPOS_COUNT][TAGS + 1]; /* the last column: all tags */
    uint8_t *class_of;                         /* [RAP_UPOS_COUNT][tags + 1] */
    struct {
        rap_upos upos;
        uint32_t tag;
    } class_tags[256];
    uint32_t classes;
    uint32_t (*case_votes)[LEMMA_SHAPES][LEMMA_HABITS][LEMMA_CASES]; /* [classes] */
    lemma_model model;
} trainer;

/* Keys of several parts: each with its length before it. Kinds of counts share a map. */
enum { KEY_LEMMA = 1, KEY_WRITING, KEY_CASE };
typedef struct key_bytes {
    char at[4 * LEMMA_BYTES];
    uint32_t len;
} key_bytes;

/* The slot of a key that is copied at its first use; NULL if memory is lost. */
uint32_t *train_lemma_slot_of(trainer *t, rap_map *map, rap_slice key);
void train_lemma_key_number(key_bytes *key, uint32_t number);
void train_lemma_key_slice(key_bytes *key, rap_slice s);
uint32_t *train_lemma_slot_of_key(trainer *t, rap_map *map, const key_bytes *key);
/* Count one more of a key; the new count, 0 if memory is lost. */
uint32_t train_lemma_count_up(trainer *t, const key_bytes *key);
rap_slice train_lemma_copy(trainer *t, rap_slice s);
/* lemma_hash of all characters. */
uint64_t train_lemma_hash_of(const lemma_form *form);
/* The class of a word's tags. */
uint8_t train_lemma_class_of_word(const trainer *t, const rap_conllu_word *word);
/* Where the class of two tags stands. */
uint8_t *train_lemma_class_at(const trainer *t, rap_upos upos, uint32_t tag);
void train_lemma_classes(trainer *t);
void train_lemma_text(trainer *t);
/* Lemmas of the treebanks are words too; after the words. */
void train_lemma_lemma_words(trainer *t);
/* How a word of the text is mostly written. */
lemma_habit train_lemma_habit_of(const text_word *word);
/* How many characters two begin with in common. */
uint32_t train_lemma_shared(const uint32_t *a, uint32_t a_count, const uint32_t *b,
                            uint32_t b_count);
/* The index of a script, made if it is new; 0 if memory is lost or there are too many. */
uint32_t train_lemma_script_of(trainer *t, lemma_case from, uint32_t strip,
                               uint32_t off, const uint32_t *add, uint32_t add_count);
/* From the folded form to the folded lemma; capitals are for the table. */
uint32_t train_lemma_folded_script(trainer *t, rap_slice folded, rap_slice lemma);
/* From the form to the lemma, both as written. */
uint32_t train_lemma_written_script(trainer *t, rap_slice form, rap_slice lemma);
/* What a lemma_case makes of a form, before any script; the number of characters. */
uint32_t train_lemma_based(const lemma_form *form, lemma_case from,
                           uint32_t out[LEMMA_CHARS]);
void train_lemma_words(trainer *t);
/* Makes model.cases; needs model.common. False: memory is lost. */
bool train_lemma_cases(trainer *t);
/* Adds to `out` the endings to keep. */
void train_lemma_endings(trainer *t, entry_list *out);

#endif
