/*
 * train_vector.h - matrices as views, their products, and loops over elements.
 *
 * Reads   floats.  Writes  floats of the caller.
 * Method  products by OpenBLAS, on one thread of its own; loops that the compiler makes
 *         vectors of, for the processor at hand.
 * Cost    the products are nearly all of a training run.
 * Results differ in the last bits from processor to processor, never from run to run.
 */
#ifndef RAP_TRAIN_VECTOR_H
#define RAP_TRAIN_VECTOR_H

#include "base.h"

typedef struct train_view { /* rows * cols numbers, not owned */
    float *at;
    uint32_t rows, cols, stride; /* stride: from row to row, cols or more */
} train_view;

static inline train_view train_view_of(float *at, uint32_t rows, uint32_t cols)
{
    return (train_view){at, rows, cols, cols};
}
static inline float *train_row(train_view v, uint32_t row)
{
    return v.at + (size_t)row * v.stride;
}
static inline train_view train_rows(train_view v, uint32_t first, uint32_t count)
{
    assert(first + count <= v.rows);
    return (train_view){train_row(v, first), count, v.cols, v.stride};
}
static inline train_view train_cols(train_view v, uint32_t first, uint32_t count)
{
    assert(first + count <= v.cols);
    return (train_view){v.at + first, v.rows, count, v.stride};
}
/* All zeros. */
void train_clear(train_view v);

/* OpenBLAS may then be called from several threads at once: it starts none itself. */
void train_vector_begin(void);
/* c = keep c + a b */
void train_times(train_view a, train_view b, float keep, train_view c);
/* c = keep c + a b', where b' is b turned: rows of b against rows of a */
void train_times_turned(train_view a, train_view b, float keep, train_view c);
/* c = keep c + a' b */
void train_turned_times(train_view a, train_view b, float keep, train_view c);

void train_add(float *a, const float *b, size_t count);      /* a += b */
void train_multiply(float *a, const float *b, size_t count); /* a *= b */
double train_squares(const float *a, size_t count);          /* sum of a a */

/* max(x, 0.1 x), as the network has it; then the gradient from the result. */
void train_leaky(float *x, size_t count);
void train_leaky_back(float *gradient, const float *y, size_t count);

/* The loss of choosing `wanted` by softmax over score[count]; the scores become their
 * gradient times `weight`. `right`: none scores more. */
float train_softmax(float *score, uint32_t count, uint32_t wanted, float weight,
                    bool *right);

/* Adam (Kingma and Ba 2015) for `count` numbers: decay of means 0.9, of squares 0.98. */
typedef struct train_adam {
    float rate, mean_factor,
        square_factor; /* the factors undo the zeros at the begin */
    float scale;       /* of gradients: clipping, workers */
} train_adam;
void train_adam_move(const train_adam *adam, float *value, float *gradient, float *mean,
                     float *square, size_t count); /* gradient becomes 0 */

/* One word of one direction of a simple recurrent unit; src/neural/neural_kernel.h has
 * the recurrence. All arrays [width] but u [3][width] and gate [4][width]. */
typedef struct train_step {
    uint32_t width;
    const float *u, *highway, *before, *gate; /* before: the cell of the word before */
    float *cell, *forget, *reset, *y;
} train_step;
void train_step_forward(const train_step *step);

typedef struct train_step_back {
    const float *dy;  /* [width] */
    float *carry;     /* [width] gradient of the cell: in this word's, out before's */
    float *du;        /* [3][width] is set */
    float *d_highway; /* [width] is added to */
    float *d_gate;    /* [4][width] is added to */
} train_step_back;
void train_step_backward(const train_step *step, const train_step_back *back);

#endif
