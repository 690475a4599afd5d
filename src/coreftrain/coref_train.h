/*
 * coref_train.h - train the ranker of coreference: a treebank with chains to its weights.
 *
 * Reads   CoNLL-U files with trees and Entity= in MISC (GUM, CorefUD).
 * Writes  data/LANG/coref/ranker.rapmodel.
 * Method  docs/method/coref.md.
 * Cost    3 s a pass of 130,000 words. The same files and options give the same bytes.
 */
#ifndef RAP_COREF_TRAIN_H
#define RAP_COREF_TRAIN_H

#include "base.h"

typedef struct rap_coref_list { /* an option that may be given several times */
    const char *const *at;      /* [count] */
    uint32_t count;
} rap_coref_list;

typedef struct rap_coref_train_options {
    const char *language;
    rap_coref_list treebank,
        skip;              /* files; documents whose id begins so are left out */
    rap_coref_list corpus; /* provenance: "name; version; licence" */
    const char *licence, *command, *date, *out;
    const char *predict,
        *predicted; /* a file to read with the new weights, and where its
                                        chains go; NULL: none */
    uint32_t epochs, bits, embed_bits; /* tables have 2 to this many rows */
    double rate, false_join, false_new, wrong_join; /* costs that the margin asks for */
    double sparse; /* weights are drawn to 0 by so much */
    double calm;   /* added to the squares: what is rare is learned slowly */
    double hidden_rate, hidden_calm, hidden_drop; /* the same of the hidden layer */
    double drop; /* share of features hidden while learning */
} rap_coref_train_options;

rap_coref_train_options rap_coref_train_defaults(void);
/* RAP_E_IO, RAP_E_NOTFOUND, RAP_E_INPUT: a file. RAP_E_NOMEM. */
rap_status rap_coref_train(const rap_coref_train_options *options,
                           rap_error *err) RAP_CHECKED;

#endif
