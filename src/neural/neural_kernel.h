/*
 * neural_kernel.h - the arithmetic of the network: 8-bit matrix products and the steps of
 * simple recurrent units.
 *
 * Method  weights in 8 bits with one scale a row; inputs in 7 bits with one scale a token
 *         (dynamic, symmetric, offset 64), so that pairs of products never saturate 16
 *         bits; sums in 32 bits. Sigmoids by a polynomial. Every path (portable, AVX2,
 *         AVX-512 VNNI) gives the same bits: integer sums are exact, and the floats are
 *         computed in one order without contraction.
 * Cost    one pass over the weights of a matrix for each group of rows.
 */
#ifndef RAP_NEURAL_KERNEL_H
#define RAP_NEURAL_KERNEL_H

#include "base.h"

enum { RAP_LANES = 16 }; /* outputs of a block; widths of units are multiples of it */

typedef enum rap_path { RAP_PATH_PORTABLE, RAP_PATH_AVX2, RAP_PATH_VNNI } rap_path;
rap_path rap_path_best(void); /* the fastest that this processor has */

typedef struct rap_matrix {
    uint32_t rows, cols; /* outputs, inputs */
    uint32_t blocks;     /* of RAP_LANES outputs, the last filled up with zeros */
    uint32_t quads;      /* of four inputs, likewise */
    int8_t *packed;      /* [blocks][quads][RAP_LANES][4], 64-byte aligned */
    float *scale;        /* [blocks * RAP_LANES] */
    float *bias;         /* likewise; 0 where there is none */
    int32_t *offset;     /* likewise: what the inputs' offset of 64 adds to each sum */
} rap_matrix;

/* Weights [rows][cols] with scale[rows] and bias[rows] (NULL: none), copied into `arena`.
 * False when the arena refuses. */
bool rap_matrix_new(rap_arena *arena, uint32_t rows, uint32_t cols,
                    const int8_t *weight, const float *scale, const float *bias,
                    rap_matrix *out) RAP_CHECKED;
/* The rows of `below` follow those of `above`; both take the same inputs. */
bool rap_matrix_join(rap_arena *arena, const rap_matrix *above, const rap_matrix *below,
                     rap_matrix *out) RAP_CHECKED;

/* Bytes of one quantised row of `cols` inputs. */
static inline uint32_t rap_quant_bytes(uint32_t cols)
{
    return (cols + 3) / 4 * 4;
}
/* x[cols] as 7-bit numbers around 64 into out[rap_quant_bytes(cols)]; the scale. */
float rap_quantise(rap_path path, const float *x, uint32_t cols, uint8_t *out);
/* y[t * stride + r] for t < count, r < blocks * RAP_LANES, from count rows of quantised
 * inputs, one after the other. `y` must have room for whole blocks. */
void rap_matrix_times(rap_path path, const rap_matrix *matrix, uint32_t count,
                      const uint8_t *inputs, const float *scales, float *y,
                      uint32_t stride);

/* y[r] = x . row[r] for r < rows; rows and x of `width`, a multiple of RAP_LANES. */
void rap_dots(rap_path path, const float *x, const float *row, uint32_t rows,
              uint32_t width, float *y);

/*
 * One direction of a simple recurrent unit over `count` tokens (Lei et al. 2018, "Simple
 * Recurrent Units for Highly Parallelizable Recurrence"):
 *   f = sigmoid(u1 + vf c' + bf), r = sigmoid(u2 + vr c' + br)
 *   c = f c' + (1 - f) u0,        y = r c + (1 - r) x
 */
typedef struct rap_unit_run {
    uint32_t width; /* H, a multiple of RAP_LANES */
    uint32_t count; /* tokens */
    bool backward;  /* from the last token to the first */
    const float *u; /* token t at u + t * u_stride: u0, u1, u2, each [H] */
    const float *x; /* highway input of token t at x + t * x_stride, [H] */
    float *y;       /* output of token t at y + t * y_stride, [H] */
    uint32_t u_stride, x_stride, y_stride;
    const float *gate; /* vf, vr, bf, br, each [H] */
    float *cell;       /* [H], scratch */
} rap_unit_run;
void rap_unit_steps(rap_path path, const rap_unit_run *run);

#endif
