/*
 * syntax_lemma.h - the trained lemmatiser: a word with its tags to its lemma.
 *
 * Reads   the sections "lemma.*" of a model; forms of any bytes.
 * Writes  a lemma into the caller's bytes.
 * Method  docs/method/lemma.md: a table of words, else the longest known ending, gives an
 *         edit script; classes of tags and ways to write say what becomes of capitals.
 * Cost    linear in the form; about 0.1 microseconds a word.
 * For the files of src/syntax and for src/train, which writes what is read here.
 */
#ifndef RAP_SYNTAX_LEMMA_H
#define RAP_SYNTAX_LEMMA_H

#include "model_file.h"
#include "syntax.h"

enum {
    LEMMA_CHARS = 48,   /* longer forms are their own lemma */
    LEMMA_BYTES = 512,  /* room that is always enough for a form of LEMMA_CHARS */
    LEMMA_ENDING = 6,   /* characters of the longest ending looked up */
    LEMMA_CHOICES = 4,  /* scripts that an ending may offer */
    LEMMA_AS_IT_IS = 0, /* the script that changes nothing but capitals */
    LEMMA_NO_SCRIPT = 0xFFFF,
    LEMMA_HAS_WRITINGS = 0x8000 /* in a value of `words`: capitals are entries of
                                 * their own */
};

/* How a form is written. */
typedef enum lemma_shape {
    LEMMA_LOWER,   /* no capital */
    LEMMA_TITLE,   /* the first letter alone is a capital */
    LEMMA_SINGLE,  /* one letter, a capital */
    LEMMA_SHORT,   /* two or three letters, all capitals */
    LEMMA_UPPER,   /* more letters, all capitals */
    LEMMA_MIXED,   /* some capitals */
    LEMMA_GROUPED, /* figures with commas between, no letter */
    LEMMA_SHAPES
} lemma_shape;

/* How a word is mostly written where capitals tell something. */
typedef enum lemma_habit {
    LEMMA_UNSEEN,
    LEMMA_COMMON, /* lower case */
    LEMMA_NAME,   /* a first capital */
    LEMMA_CAPITALS,
    LEMMA_HABITS
} lemma_habit;

/* What the lemma is made from. */
typedef enum lemma_case {
    LEMMA_FOLDED, /* lower case, plain apostrophes, figures without commas */
    LEMMA_KEPT,   /* as written */
    LEMMA_TITLED, /* folded but for a first capital */
    LEMMA_CASES,
    LEMMA_BY_TABLE = LEMMA_CASES /* in a script: what `cases` says */
} lemma_case;

/* Hashes in rising order, found through their upper bits. The two lower bits of a key are
 * no part of the hash; `common` holds a lemma_habit there, the others 0. */
typedef struct lemma_table {
    const uint32_t *key;   /* [count] rising */
    const uint32_t *start; /* [2^bits + 1] first key with these upper bits */
    const uint16_t *value; /* [count]; NULL in `common` */
    uint32_t count, bits;  /* bits 1..31 */
} lemma_table;

typedef struct lemma_model {
    uint32_t tags, classes, scripts, lists;
    const uint8_t
        *class_of;        /* [RAP_UPOS_COUNT][tags + 1] below classes; the last column
                              * is for a tag that is not known */
    const uint8_t *cases; /* [classes][LEMMA_SHAPES][LEMMA_HABITS] lemma_case */
    const uint8_t *script_case;  /* [scripts] lemma_case or LEMMA_BY_TABLE */
    const uint8_t *script_strip; /* [scripts] characters to take off the end */
    const uint32_t *script_off;  /* [scripts] lemma_off_hash of these characters */
    const uint32_t *add_start;   /* [scripts + 1] into add, never falling */
    const uint16_t *list; /* [lists][LEMMA_CHOICES] scripts, LEMMA_NO_SCRIPT after the
                                  * last; by likelihood, the first always there */
    rap_slice add;        /* UTF-8 */
    rap_slice tag_names;  /* one a line, `tags` lines */
    lemma_table words;    /* value: a script, LEMMA_HAS_WRITINGS or not */
    lemma_table endings;  /* value: a list */
    lemma_table common;
} lemma_model;

/* The arrays of `model`, borrowed. RAP_E_MODEL: a section is missing or holds what points
 * outside; `out` is empty then. */
rap_status lemma_open(const rap_model *model, lemma_model *out,
                      rap_error *err) RAP_CHECKED;
/* What lemma_open checks. RAP_E_MODEL. */
rap_status lemma_check(const lemma_model *model, rap_error *err) RAP_CHECKED;

/* The index of a tag of the language ("NNP"); model->tags if it has none of that name. */
uint32_t lemma_tag(const lemma_model *model, rap_slice name);
/* Write the lemma of `form`; `tag` as of lemma_tag. The bytes written, 0 if `room` is too
 * small. A form that is too long or not UTF-8 is its own lemma. */
uint32_t lemma_of(const lemma_model *model, rap_slice form, rap_upos upos, uint32_t tag,
                  char *out, uint32_t room);

/* ---- for the trainer ----------------------------------------------------------- */
typedef struct lemma_form {
    uint32_t written[LEMMA_CHARS], folded[LEMMA_CHARS]; /* characters */
    uint32_t written_count, folded_count;
    lemma_shape shape;
} lemma_form;
/* False: too long or not UTF-8. */
bool lemma_read(rap_slice form, lemma_form *out);
/* The folded form of `s` into out[LEMMA_BYTES]; bytes written, 0 where lemma_read fails. */
uint32_t lemma_fold(rap_slice s, char *out);

/* Hash of characters taken from the end to the start: begin with 0. */
static inline uint64_t lemma_hash(uint64_t hash, uint32_t character)
{
    return ((hash << 5 | hash >> 59) ^ character) * UINT64_C(0x9E3779B97F4A7C15);
}
/* How a script knows the characters that it takes off. */
static inline uint32_t lemma_off_hash(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}
uint32_t lemma_word_key(uint64_t hash, uint32_t of_class);
uint32_t lemma_writing_key(uint64_t hash, uint32_t of_class, lemma_shape shape);
uint32_t lemma_ending_key(uint64_t hash, uint32_t of_class);
uint32_t lemma_common_key(uint64_t hash);
lemma_habit lemma_habit_of(const lemma_model *model, uint64_t hash);

#endif
