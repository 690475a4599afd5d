/*
 * train_lemma.h - learn the tables of the lemmatiser.
 *
 * Reads   words of treebanks, running text, a list of inflected forms.
 * Writes  the sections "lemma.*" of a model (src/syntax/syntax_lemma.h).
 * Method  docs/method/lemma.md. The same input gives the same bytes.
 * Cost    about 1.5 seconds and 100 MB for 330,000 words and 40 MB of text.
 */
#ifndef RAP_TRAIN_LEMMA_H
#define RAP_TRAIN_LEMMA_H

#include "conllu.h"
#include "model_file.h"
#include "syntax.h"

typedef struct rap_train_lemma_input {
    const rap_conllu_word *const *word; /* [words] of all treebanks, in their order */
    uint32_t words;
    rap_slice text; /* running text, untagged; lines that begin with "# " are skipped */
    rap_slice
        forms; /* a list: lemma, UPOS, forms with tags (docs/training.md); or empty */
} rap_train_lemma_input;

/* Add the sections to `writer`. RAP_E_INPUT: no words. RAP_E_LIMIT: more tags, scripts or
 * lists than the form holds. RAP_E_NOMEM: `arena`, which holds all that is made on the
 * way, is full. Of the sections some may then be in the writer. */
rap_status rap_train_lemma(const rap_train_lemma_input *input, rap_model_writer *writer,
                           rap_arena *arena, rap_error *err) RAP_CHECKED;

#endif
