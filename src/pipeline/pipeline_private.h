/* pipeline_private.h - what the files of this folder share; never included elsewhere. */
#ifndef RAP_PIPELINE_PRIVATE_H
#define RAP_PIPELINE_PRIVATE_H

#include "pipeline.h"

/*
 * A document that comes as CoNLL-U: its words and sentences are kept, its text is built
 * from them, each paragraph is one zone of body. Reads `decoded`; writes `article` and
 * `tokens` in `arena`.
 * RAP_E_INPUT "conllu": not CoNLL-U, a form of white space only, a multiword token with
 * more words than characters; err->at is the byte in the source. RAP_E_NOMEM.
 */
rap_status rap_pipeline_given(const rap_article_knowledge *articles,
                              const rap_token_knowledge *words, const rap_item *item,
                              const rap_decoded *decoded, rap_arena *arena,
                              rap_arena *scratch, rap_article *article,
                              rap_tokens *tokens, rap_error *err) RAP_CHECKED;

#endif
