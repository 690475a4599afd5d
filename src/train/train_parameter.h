/*
 * train_parameter.h - what is learned, by several workers at once.
 *
 * Reads   gradients that the workers have summed up for their own batches.
 * Writes  the parameters' values.
 * Method  Adam (Kingma and Ba 2015) with the gradient's length clipped; rows of tables
 *         that no batch touched stay as they are.
 * Cost    a few passes over all dense parameters, and over the rows touched.
 * Memory  an arena that must not be full: a trainer without memory ends the program with
 *         a sentence (train_need).
 * Sums are taken in the order of the workers, so that a run can be repeated bit for bit.
 */
#ifndef RAP_TRAIN_PARAMETER_H
#define RAP_TRAIN_PARAMETER_H

#include <pthread.h>

#include "train_vector.h"

enum { TRAIN_WORKERS = 64, TRAIN_PARAMETERS = 128, TRAIN_NAME = 48 };

/* Zeroed room for `count` items of `size` bytes, at a multiple of 64; never NULL. */
void *train_need(rap_arena *arena, size_t count, size_t size);
_Noreturn void train_no_memory(void);
static inline void train_must(bool ok) /* what an arena answered */
{
    if (!ok) train_no_memory();
}
#define train_new(arena, type, count)                                                  \
    ((type *)train_need((arena), (count), sizeof(type)))

/* ---- chance --------------------------------------------------------------------- */
typedef struct train_random {
    uint64_t state; /* never 0 */
} train_random;
train_random train_random_new(uint64_t seed, uint64_t stream);
uint64_t train_random_next(train_random *random);
float train_random_share(train_random *random);  /* 0 <= x < 1 */
float train_random_normal(train_random *random); /* mean 0, deviation 1 */

/* ---- workers -------------------------------------------------------------------- */
typedef struct train_crew {
    uint32_t workers; /* 1..TRAIN_WORKERS */
    pthread_barrier_t barrier;
} train_crew;
void train_crew_begin(train_crew *crew, uint32_t workers);
void train_crew_end(train_crew *crew);
/* Run work(context, number) for each worker, number 0 in this thread; all are done then. */
void train_crew_run(train_crew *crew, void (*work)(void *context, uint32_t number),
                    void *context);
/* Until all workers have come here. */
void train_crew_wait(train_crew *crew);

/* ---- parameters ----------------------------------------------------------------- */
typedef struct train_touched { /* rows of one worker's gradient that are not zero */
    uint8_t *marked;           /* [rows] */
    uint32_t *row;             /* [count] in order of first touch */
    uint32_t count;
} train_touched;

typedef struct train_parameter {
    char name[TRAIN_NAME];
    uint32_t rows, cols;
    bool by_row;  /* a table: most rows have no gradient in a step */
    float rate;   /* factor on the rate of learning; 1 */
    float *value; /* [rows][cols]; so are the next */
    float *mean, *square;
    float *gradient[TRAIN_WORKERS];
    train_touched touched[TRAIN_WORKERS]; /* by_row only */
    train_touched mine[TRAIN_WORKERS];    /* the rows that a worker sums and moves */
} train_parameter;

typedef struct train_parameters {
    rap_arena *arena;
    train_crew *crew;
    train_random random; /* for first values */
    uint64_t steps;      /* since the last train_parameters_restart */
    double squares[TRAIN_WORKERS];
    train_parameter *at; /* [count] in order of making */
    uint32_t count;
} train_parameters;

void train_parameters_begin(train_parameters *set, rap_arena *arena, train_crew *crew,
                            uint64_t seed);
/* First values are normal with `deviation`. */
train_parameter *train_parameter_new(train_parameters *set, const char *name,
                                     uint32_t rows, uint32_t cols, float deviation,
                                     bool by_row);
/* The gradient of row `row`, known from now on not to be zero. */
float *train_touch(train_parameter *parameter, uint32_t worker, uint32_t row);
/* Called by every worker: all gradients become one step with rate `rate`. */
void train_parameters_step(train_parameters *set, uint32_t worker, float rate,
                           float longest);
/* Forget means and squares: the next phase begins anew. */
void train_parameters_restart(train_parameters *set);

static inline train_view train_value(const train_parameter *p)
{
    return train_view_of(p->value, p->rows, p->cols);
}
static inline train_view train_gradient(const train_parameter *p, uint32_t worker)
{
    return train_view_of(p->gradient[worker], p->rows, p->cols);
}

/* ---- a linear layer: y = x weight' + bias --------------------------------------- */
typedef struct train_linear {
    train_parameter *weight, *bias; /* [out][in], [1][out]; bias may be NULL */
} train_linear;
/* NAME.w and, if asked for, NAME.bias. */
train_linear train_linear_new(train_parameters *set, const char *name, uint32_t out,
                              uint32_t in, float deviation, bool with_bias);
void train_linear_forward(train_linear layer, train_view x, train_view y);
/* dx is added to; dx.at NULL: not wanted. */
void train_linear_backward(train_linear layer, uint32_t worker, train_view x,
                           train_view dy, train_view dx);

#endif
