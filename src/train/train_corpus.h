/*
 * train_corpus.h - what the trainer learns from: treebanks, names, plain text.
 *
 * Reads   CoNLL-U and IOB2 files, text with one paragraph a line.
 * Writes  sentences as runs of words; a word is the index of its form among all distinct
 *         forms, with its labels.
 * Cost    linear in bytes.
 */
#ifndef RAP_TRAIN_CORPUS_H
#define RAP_TRAIN_CORPUS_H

#include "base.h"
#include "conllu.h"
#include "language.h"
#include "neural.h"
#include "neural_form.h"
#include "train.h"

enum { TRAIN_LABELS = 250, TRAIN_NO_LABEL = 255, TRAIN_NO_HEAD = 0xFFFF };
enum { TRAIN_SENTENCE_WORDS = 1000 }; /* longer ones are left out */

/* ---- distinct forms ------------------------------------------------------------- */
typedef struct train_type {
    rap_slice bytes;
    rap_form form;  /* what the network sees of it */
    uint64_t count; /* how often it was read, weighted */
    uint32_t word;  /* of the vocabulary; 0: none */
    uint8_t traits; /* a bit for each kind of list that has it */
} train_type;

typedef struct train_types {
    rap_arena *arena;
    rap_map map;
    RAP_LIST(train_type) all;
} train_types;
/* The index of a form, which is borrowed. */
uint32_t train_type_of(train_types *types, rap_slice form);

/* Words of the network: the `most` most frequent keys read three times or more, from 1.
 * Sets train_type.word. */
typedef struct train_vocabulary {
    uint32_t words;                 /* with word 0 */
    uint64_t *count;                /* [words] */
    uint32_t *slot_key, *slot_word; /* [slots] open addressing from key % slots */
    uint32_t slots;                 /* a power of two */
} train_vocabulary;
void train_vocabulary_make(train_types *types, uint32_t most, train_vocabulary *out);

/* What the lists of names of a language say of words: data/LANG/names. */
typedef struct train_traits {
    const char *name[RAP_FORM_TRAITS]; /* [kinds] */
    uint32_t kinds;
    uint32_t *slot_key; /* [slots] as in train_vocabulary */
    uint8_t *slot_bits; /* [slots] */
    uint32_t slots;     /* 0: no lists */
    uint32_t words;
} train_traits;
/* Sets train_type.traits. RAP_E_INPUT: a list with more kinds than a word can have. */
rap_status train_traits_read(const char *language, train_types *types,
                             train_traits *out, rap_error *err) RAP_CHECKED;

/* ---- labels --------------------------------------------------------------------- */
typedef struct train_labels {
    const char *name[TRAIN_LABELS];
    rap_map map;
    uint32_t count;
} train_labels;

/* ---- words and sentences -------------------------------------------------------- */
typedef struct train_word {
    uint32_t type;
    uint16_t head;                 /* 0 at the root; TRAIN_NO_HEAD: not known */
    uint8_t label[RAP_NET_LABELS]; /* TRAIN_NO_LABEL: not known */
} train_word;

typedef struct train_sentence {
    uint32_t first, count;
} train_sentence;
typedef RAP_LIST(train_sentence) train_sentences;

typedef struct train_treebank {
    RAP_LIST(train_word) word;
    train_sentences sentence;
} train_treebank;

typedef struct train_text {
    RAP_LIST(uint32_t) type;
    train_sentences sentence;
} train_text;

enum { TRAIN_VERB_FORMS = 6 };
typedef struct train_corpora {
    rap_arena *arena;
    train_types types;
    train_labels labels[RAP_NET_LABELS];
    uint32_t verb_form[TRAIN_LABELS][TRAIN_VERB_FORMS]; /* by xpos: how often */
    train_treebank bank;
    train_treebank *dev; /* [dev_count] */
    uint32_t dev_count;
    train_text text;
    RAP_LIST(const rap_conllu_word *) given; /* the words of the treebanks, as read */
    RAP_LIST(rap_slice) running;             /* the bytes of the texts */
    uint32_t longest;                        /* words of the longest sentence */
    uint32_t unaligned;     /* sentences of names that no treebank has */
    uint32_t without_names; /* sentences of the treebanks that have none */
} train_corpora;

/* Read all that `options` name. */
rap_status train_corpora_read(const rap_train_options *options, rap_arena *arena,
                              train_corpora *out, rap_error *err) RAP_CHECKED;

/* For train_text.c: one file. */
rap_status train_text_read(const rap_language *language, const char *path,
                           train_corpora *corpora, rap_error *err) RAP_CHECKED;
rap_status train_file_read(const char *path, rap_arena *arena, rap_slice *out,
                           rap_error *err) RAP_CHECKED;

#endif
