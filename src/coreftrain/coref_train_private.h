/* coref_train_private.h - documents with chains; see coref_train.h. */
#ifndef RAP_COREF_TRAIN_PRIVATE_H
#define RAP_COREF_TRAIN_PRIVATE_H

#include "conllu.h"
#include "coref_learn.h"
#include "coref_train.h"

typedef struct coref_document {
    rap_arena arena;
    rap_conllu file; /* of the whole file; this document's sentences */
    uint32_t sentence, sentences;
    rap_article article;
    rap_tokens tokens;
    rap_syntax syntax;
    rap_coref_cases *cases;
    uint32_t *chain;  /* [mentions] from 1; 0: no gold mention */
    uint32_t *before; /* [mentions] as joined in the last pass */
    uint32_t gold,
        gold_found; /* gold mentions of chains of two or more; those we have */
} coref_document;

typedef struct coref_corpus {
    coref_document *document; /* [count] */
    uint32_t count, capacity;
    rap_arena files[8];
    uint32_t file;
} coref_corpus;

rap_status coref_corpus_read(coref_corpus *corpus, const rap_coref_knowledge *knowledge,
                             const char *path, rap_coref_list skip, rap_error *err);
rap_status coref_corpus_write(const coref_corpus *corpus, const char *path,
                              rap_error *err);
void coref_corpus_free(coref_corpus *corpus);

#endif
