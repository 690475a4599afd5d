/* train_private.h - the network in training: its parameters, and what each worker holds of
 * one batch. For the files of this folder. */
#ifndef RAP_TRAIN_PRIVATE_H
#define RAP_TRAIN_PRIVATE_H

#include "model_file.h"
#include "train_corpus.h"
#include "train_parameter.h"

enum { TRAIN_LAYERS = 4, TRAIN_MOST_WIDTH = 512 };

/* ---- batches --------------------------------------------------------------------- */
typedef struct train_batch {
    uint32_t words, sentences, words_most;
    uint32_t *start;  /* [sentences + 1] first word; start[sentences] == words */
    train_word *word; /* [words]; of plain text only the type is set */
} train_batch;
train_batch train_batch_new(rap_arena *arena, uint32_t words_most);

/* Sentences in an order of chance that every worker knows, dealt one after the other. */
typedef struct train_deck {
    const train_sentence *sentence;
    uint32_t *order; /* [count] */
    uint32_t count, next;
    train_random random;
} train_deck;
train_deck train_deck_new(rap_arena *arena, const train_sentences *sentences,
                          uint64_t seed);
/* Deal to all workers; `hand` gets the sentences of worker `worker`: at least one, with at
 * most `most` words together if there are several. Returns the words dealt to all. */
typedef struct train_hand {
    uint32_t *sentence; /* [count] */
    uint32_t count;
} train_hand;
uint32_t train_deck_deal(train_deck *deck, uint32_t workers, uint32_t worker,
                         uint32_t most, train_hand *hand);

/* ---- recurrent units -------------------------------------------------------------- */
typedef struct train_unit { /* one direction of one layer */
    uint32_t inputs, width;
    uint32_t parts; /* 3, or 4 with a highway of its own */
    bool backward;
    train_parameter *matrix; /* [parts * width][inputs] */
    train_parameter *gate;   /* [4][width] */
} train_unit;
typedef struct train_unit_state { /* of one batch */
    float *u, *du;                /* [words][parts * width] */
    float *cell, *forget, *reset; /* [words][width] */
    float *carry, *zero;          /* [width] */
} train_unit_state;
train_unit train_unit_new(train_parameters *set, const char *name, uint32_t inputs,
                          uint32_t width, uint32_t parts, bool backward);
train_unit_state train_unit_state_new(rap_arena *arena, const train_unit *unit,
                                      uint32_t words_most);
/* `highway` [words][width]; not read with parts == 4. */
void train_unit_forward(const train_unit *unit, train_unit_state *state,
                        const train_batch *batch, train_view x, train_view highway,
                        train_view y);
/* dx and d_highway are added to; they may be the same numbers. */
void train_unit_backward(const train_unit *unit, train_unit_state *state,
                         const train_batch *batch, uint32_t worker, train_view x,
                         train_view highway, train_view dy, train_view dx,
                         train_view d_highway);

/* ---- the encoder ------------------------------------------------------------------ */
typedef struct train_encoder {
    uint32_t width, lowers, uppers; /* uppers: 0 until train_encoder_extend */
    train_parameter *word, *row;
    train_parameter *trait; /* NULL: no lists of names, or while text is read */
    train_unit lower[2][TRAIN_LAYERS], upper[2][TRAIN_LAYERS]; /* [direction] */
} train_encoder;

typedef struct train_drops { /* shares left out; 0 outside of training */
    float word, input, state;
} train_drops;

typedef struct train_encoding { /* one worker's batch in the encoder */
    uint32_t *word;             /* [words] after words were left out by chance */
    float *input, *d_input, *input_mask; /* [words][word_width + row_width] */
    /* Outputs of the lower layers but the last, [words][width]. */
    float *side[2][TRAIN_LAYERS], *d_side[2][TRAIN_LAYERS];
    /* [words][2 * width]: of the lower layers together, then of each upper one. */
    float *state[TRAIN_LAYERS + 1], *d_state[TRAIN_LAYERS + 1];
    float *mask[TRAIN_LAYERS + 1];
    train_unit_state lower[2][TRAIN_LAYERS], upper[2][TRAIN_LAYERS];
} train_encoding;

train_encoder train_encoder_new(train_parameters *set, const rap_train_options *options,
                                uint32_t words);
void train_encoder_extend(train_encoder *encoder, train_parameters *set,
                          uint32_t uppers, bool traits);
train_encoding train_encoding_new(rap_arena *arena, const train_encoder *encoder,
                                  uint32_t words_most);

/* ---- heads ------------------------------------------------------------------------ */
typedef struct train_heads {
    uint32_t arc, relation;             /* widths */
    train_linear label[RAP_NET_LABELS]; /* RAP_NET_DEPREL: from relation, not states */
    train_linear arc_dependent, arc_head, arc_score;
    train_parameter *arc_root; /* [1][arc] */
    train_linear relation_dependent, relation_head;
    train_parameter *relation_root; /* [1][relation] */
} train_heads;

typedef struct train_heads_state { /* [words] rows each */
    float *label[RAP_NET_LABELS];  /* [labels] */
    float *arc[2], *d_arc[2];      /* [arc] dependent, head */
    float *product, *d_product;    /* [arc] */
    float *score;                  /* [longest][longest + 1] of one sentence */
    float *part[2], *hidden, *d_hidden, *d_head_part; /* [relation] */
    uint16_t *head; /* what the relation is told: gold in training, else the best */
    uint8_t *chosen[RAP_NET_LABELS];
} train_heads_state;

train_heads train_heads_new(train_parameters *set, const rap_train_options *options,
                            const train_corpora *corpora);
train_heads_state train_heads_state_new(rap_arena *arena, const train_heads *heads,
                                        uint32_t words_most, uint32_t longest);

/* ---- cloze ------------------------------------------------------------------------ */
typedef struct train_cloze { /* guesses words from both sides of them */
    train_linear query;      /* states to a vector of a word */
    train_parameter *bias;   /* [words][1] */
    uint32_t *draw;          /* [TRAIN_DRAWS] words by their frequency to the 3/4 */
    float *share;            /* [words] of them */
    uint32_t samples;
} train_cloze;
enum { TRAIN_DRAWS = 1 << 22 };

typedef struct train_cloze_state {
    float *around, *d_around;    /* [words][2 * width] */
    float *query, *d_query;      /* [words][word_width] */
    float *vector, *d_vector;    /* [candidates][word_width] */
    float *score;                /* [words][candidates] */
    float *bias;                 /* [candidates] */
    uint32_t *candidate, *place; /* [candidates] words; [words of the vocabulary] + 1 */
    uint32_t count;
} train_cloze_state;

train_cloze train_cloze_new(rap_arena *arena, train_parameters *set,
                            const rap_train_options *options,
                            const train_vocabulary *vocabulary);
train_cloze_state train_cloze_state_new(rap_arena *arena, const train_cloze *cloze,
                                        const train_encoder *encoder,
                                        uint32_t words_most);

/* ---- a worker and its work --------------------------------------------------------- */
typedef struct train_worker {
    uint32_t number;
    train_random random;
    train_batch batch;
    train_encoding encoding;
    train_heads_state heads;
    train_cloze_state cloze;
} train_worker;

typedef struct train_network {
    const rap_train_options *options;
    train_corpora corpora;
    train_vocabulary vocabulary;
    train_traits traits;
    train_crew crew;
    train_parameters set;
    train_encoder encoder;
    train_heads heads;
    train_cloze cloze;
    rap_arena *arena; /* parameters and corpora */
} train_network;

void train_embed(const train_network *net, train_worker *worker, train_drops drops);
void train_embed_backward(const train_network *net, train_worker *worker,
                          train_drops drops);
/* Fills state[0]; the gradient is that of d_state[0]. */
void train_lower_forward(const train_network *net, train_worker *worker);
void train_lower_backward(const train_network *net, train_worker *worker);
/* state[0] to state[uppers], each thinned out; backward from d_state[uppers]. */
void train_upper_forward(const train_network *net, train_worker *worker,
                         train_drops drops);
void train_upper_backward(const train_network *net, train_worker *worker,
                          train_drops drops);

/* Sums of one batch. The heads read state[uppers]; `learn`: their gradients are added, that
 * of the states too. Else heads and labels are the network's own choice, and `score`
 * counts them. */
void train_heads_run(const train_network *net, train_worker *worker, bool learn,
                     rap_train_score *score);
void train_labels_run(const train_network *net, train_worker *worker, bool learn,
                      rap_train_score *score);
void train_arcs_run(const train_network *net, train_worker *worker, bool learn,
                    rap_train_score *score);
void train_relations_run(const train_network *net, train_worker *worker, bool learn,
                         rap_train_score *score);

typedef struct train_guesses {
    uint64_t words, right;
    double loss;
} train_guesses;
/* One batch of text from state[0]; leaves d_state[0]. */
void train_cloze_run(const train_network *net, train_worker *worker,
                     train_guesses *guesses);

/* The states of the batch under way. */
static inline train_view train_states(const train_network *net,
                                      const train_worker *worker, uint32_t layer,
                                      bool gradient)
{
    const train_encoding *e = &worker->encoding;
    return train_view_of(gradient ? e->d_state[layer] : e->state[layer],
                         worker->batch.words, 2 * net->encoder.width);
}

/* Name spans with their types of one sentence, tags as indices into `names`; those typed
 * OTH are not counted. TRAIN_NO_LABEL reads as outside. */
void train_score_names(const char *const *names, const uint8_t *expected,
                       const uint8_t *found, uint32_t count, rap_train_score *score);
void train_score_add(rap_train_score *sum, const rap_train_score *part);

/* ---- phases ------------------------------------------------------------------------- */
void train_text_phase(train_network *net);
void train_bank_phase(train_network *net);
rap_status train_encoder_save(const train_network *net, const char *path,
                              rap_error *err) RAP_CHECKED;
rap_status train_encoder_load(train_network *net, const char *path,
                              rap_error *err) RAP_CHECKED;
/* Write the model; `scores` [dev] go into its provenance, NULL: none yet. */
rap_status train_model_write(train_network *net, const rap_train_score *scores,
                             rap_error *err) RAP_CHECKED;
/* Read the dev files with the model at options->out. */
rap_status train_model_score(const train_network *net, rap_train_score *scores,
                             rap_error *err) RAP_CHECKED;

double train_seconds(void); /* of a clock that never goes back */
void train_note(const rap_train_options *options, const char *format, ...)
    RAP_PRINTF(2, 3);

#endif
