/*
 * neural.h - one network for tags, trees and names: an encoder of recurrent units and
 * small heads upon it.
 *
 * Reads   word forms, sentence by sentence; a model file (sections in docs/format/model.md).
 * Writes  for each word: tags, head, relation, name tag.
 * Method  embeddings of words and hashed sub-words; two one-directional stacks, trained
 *         first to guess a word from both sides of it (Baevski et al. 2019, "Cloze-driven
 *         Pretraining of Self-attention Networks"); bidirectional simple recurrent units
 *         above (Lei et al. 2018); biaffine heads (Dozat and Manning 2017, "Deep Biaffine
 *         Attention for Neural Dependency Parsing") and a maximum spanning tree where
 *         the best heads make none (Chu and Liu 1965, Edmonds 1967).
 * Cost    linear in words: what is longer than RAP_NET_WINDOW words is read in pieces.
 * Memory  the network is const after opening and shared by threads; a workspace is one
 *         thread's, of fixed size.
 */
#ifndef RAP_NEURAL_H
#define RAP_NEURAL_H

#include "model_file.h"

typedef struct rap_net rap_net;
typedef struct rap_net_work rap_net_work;

enum { RAP_NET_WINDOW = 192 };

typedef enum rap_net_labels {
    RAP_NET_UPOS,
    RAP_NET_XPOS,
    RAP_NET_DEPREL,
    RAP_NET_ENTITY, /* IOB2 */
    RAP_NET_LABELS
} rap_net_labels;

/* `model` is borrowed until rap_net_close. RAP_E_MODEL: not a network that this version
 * reads; the error names the section. */
rap_status rap_net_open(const rap_model *model, rap_net **out,
                        rap_error *err) RAP_CHECKED;
void rap_net_close(rap_net *net);
/* The labels of one kind; `names[count]` is the network's. */
uint32_t rap_net_label_names(const rap_net *net, rap_net_labels kind,
                             const char *const **names);

/* The kinds of lists of names, up to 8 (`names[count]` is the network's; 0: no lists), and
 * those that have the word `form`: bit i for kind i. */
uint32_t rap_net_trait_names(const rap_net *net, const char *const **names);
uint8_t rap_net_traits(const rap_net *net, rap_slice form);

/* NULL if there is no memory. */
rap_net_work *rap_net_work_new(const rap_net *net) RAP_CHECKED;
void rap_net_work_free(rap_net_work *work);

typedef struct rap_net_word {
    uint8_t label[RAP_NET_LABELS]; /* index into the names of each kind */
    uint16_t head; /* word of the batch's sentence from 1; 0 at the root */
} rap_net_word;

/*
 * Read a batch of sentences: words first[s] to first[s+1] - 1 are sentence s; each has 1 to
 * RAP_NET_WINDOW words, all together at most RAP_NET_WINDOW. Fills out[first[count]].
 * Always a tree with one root a sentence. The same on every processor and whatever was
 * read before.
 */
void rap_net_read(const rap_net *net, rap_net_work *work, const rap_slice *form,
                  const uint32_t *first, uint32_t count, rap_net_word *out);

#endif
