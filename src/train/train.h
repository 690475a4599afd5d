/*
 * train.h - train the network of a language: treebanks, names and text to a model file.
 *
 * Reads   CoNLL-U, IOB2 and text files.
 * Writes  one model file (docs/format/model.md) for src/neural to read.
 * Method  docs/training.md.
 * Cost    hours at most on two cores: 8 million words of text take about twenty minutes
 *         a pass, the treebanks of one language two to three.
 * The same files, options and number of workers give the same bytes on the same machine.
 * The only module that may end the program: when there is no memory (train_parameter.h).
 */
#ifndef RAP_TRAIN_H
#define RAP_TRAIN_H

#include "base.h"

typedef struct rap_train_list { /* an option that may be given several times */
    const char *const *at;      /* [count] */
    uint32_t count;
} rap_train_list;

typedef struct rap_train_progress {
    const char *phase;
    double share; /* 0..1 of the phase */
    double loss;  /* a word, since the last report */
    double words_a_second, seconds;
} rap_train_progress;

typedef struct rap_train_options {
    const char *language;    /* ISO 639-1 */
    rap_train_list treebank; /* CoNLL-U files */
    rap_train_list names;    /* IOB2 files over sentences of the treebanks */
    rap_train_list text;     /* one paragraph a line */
    const char *forms;       /* inflected forms for the lemmas; NULL: none */
    rap_train_list dev, dev_names;
    rap_train_list skip;   /* documents whose id begins so are left out */
    rap_train_list corpus; /* provenance: "name; version; licence" */
    const char *licence, *command, *date;
    const char *out, *save_encoder, *load_encoder; /* NULL: not wanted */

    uint32_t workers, seed;
    /* the network */
    uint32_t words, word_width, row_width, width, lower, upper, arc, relation;
    /* the lower layers, from text */
    uint32_t text_batch, samples;
    double text_epochs, text_rate, text_word_drop, text_input_drop;
    /* all of it, from treebanks */
    uint32_t batch, report_every; /* epochs */
    uint32_t warm_words;          /* the rate rises over so many */
    double epochs, rate, word_drop, input_drop, drop, tag_weight, entity_weight;
    double embedding_rate; /* factor on the rate of learning of the words' vectors */
    double longest;        /* gradients are cut to this length */

    void (*report)(void *context, const rap_train_progress *progress);
    void (*note)(void *context, const char *line);
    void *context; /* of both, which may be NULL */
} rap_train_options;

/* The defaults of all numbers; the rest is empty. */
rap_train_options rap_train_defaults(void);

typedef struct rap_train_score { /* of one dev file */
    uint64_t words, sentences;
    uint64_t upos, xpos, heads, relations;             /* words that are right */
    uint64_t names_right, names_found, names_expected; /* spans with their type */
    double loss;
} rap_train_score;

/*
 * Train and write the model. scores[dev.count]: what the written model reaches on each
 * dev file.
 * RAP_E_USAGE: options that contradict each other or a size that cannot be.
 * RAP_E_IO, RAP_E_NOTFOUND: a file. RAP_E_INPUT: what a file holds; RAP_E_LIMIT: more
 * than 250 labels of a kind. RAP_E_MODEL: an encoder of another shape or vocabulary.
 */
rap_status rap_train_run(const rap_train_options *options, rap_train_score *scores,
                         rap_error *err) RAP_CHECKED;
/* "UPOS 97.01 XPOS ..." into out[128]. */
void rap_train_score_text(const rap_train_score *score, char out[128]);

#endif
