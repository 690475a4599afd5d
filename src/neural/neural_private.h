/* neural_private.h - what the files of this folder share; never included elsewhere. */
#ifndef RAP_NEURAL_PRIVATE_H
#define RAP_NEURAL_PRIVATE_H

#include "neural.h"
#include "neural_form.h"
#include "neural_kernel.h"

enum { NET_LAYERS = 4 }; /* most of either kind */

typedef struct net_unit { /* one direction of a layer */
    const float *gate;    /* [4 * width] */
} net_unit;

typedef struct net_layer {
    rap_matrix matrix[2]; /* of each direction; upper layers have both in matrix[0] */
    net_unit unit[2];     /* forward, backward */
    uint32_t parts; /* outputs of a unit by its width: 4 with a highway of its own */
} net_layer;

typedef struct net_head { /* a linear layer */
    rap_matrix matrix;
} net_head;

typedef struct net_shape {
    uint32_t words, word_width, row_width, width, lower, upper, arc, relation;
    uint32_t labels[RAP_NET_LABELS];
} net_shape;

struct rap_net {
    rap_arena arena;
    rap_path path;
    net_shape shape;
    const uint32_t *vocabulary_key;  /* [slots] open addressing, 0 where empty */
    const uint32_t *vocabulary_word; /* [slots] below shape.words */
    uint32_t slots;                  /* a power of two */
    const int8_t *word;              /* [words][word_width] */
    const float *word_scale;         /* [words] */
    const int8_t *row;               /* [RAP_FORM_ROWS][row_width] */
    const float *row_scale;          /* [RAP_FORM_ROWS] */
    const uint32_t *trait_key; /* [trait_slots] as vocabulary_key; NULL: no lists */
    const uint8_t *trait_bits; /* [trait_slots] one bit a kind of name word */
    uint32_t trait_slots;
    const char *const *trait_name; /* [trait_kinds] */
    uint32_t trait_kinds;
    const int8_t *trait;      /* [RAP_FORM_TRAITS][row_width] */
    const float *trait_scale; /* [RAP_FORM_TRAITS] */
    net_layer lower[NET_LAYERS], upper[NET_LAYERS];
    rap_matrix tags; /* upos, xpos, entity: their rows after one another */
    uint32_t tag_at[RAP_NET_LABELS]; /* first output of each kind; deprel: unused */
    rap_matrix arc_dependent, arc_head, arc_score;
    const float *arc_root;      /* [arc] */
    rap_matrix relation_parts;  /* dependent's part, then head's, [relation] each */
    const float *relation_root; /* [relation] */
    rap_matrix relation_out;
    const char *const *name[RAP_NET_LABELS];
};

/* The best tree of `count` words: score[i * (count + 1) + j] of head j (0: root) for word
 * i, -infinity where barred (j == i + 1). head[count]: 0 at the one root, else a word from
 * 1. Cost: count squared; linear where the best heads make a tree. */
typedef struct tree_work { /* for up to RAP_NET_WINDOW words */
    float *score;          /* [(window + 1)^2], overwritten */
    float *weight;         /* [(window + 1)^2] */
    uint16_t *mark;        /* [4 * (window + 1)] */
    uint16_t *from, *to;   /* [(window + 1)^2] each */
} tree_work;
void net_tree(const float *score, uint32_t count, tree_work *work, uint16_t *head);

#endif
