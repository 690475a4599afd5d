/* train_parameter.c - see train_parameter.h. */
#include "train_parameter.h"

#include <math.h>

static const float MEAN_DECAY = 0.9f, SQUARE_DECAY = 0.98f; /* as train_adam_move has */

void train_parameters_begin(train_parameters *set, rap_arena *arena, train_crew *crew,
                            uint64_t seed)
{
    *set = (train_parameters){.arena = arena, .crew = crew};
    set->random = train_random_new(seed, 0);
    set->at = train_new(arena, train_parameter, TRAIN_PARAMETERS);
}

static train_touched touched_new(rap_arena *arena, uint32_t rows)
{
    return (train_touched){train_new(arena, uint8_t, rows),
                           train_new(arena, uint32_t, rows), 0};
}

train_parameter *train_parameter_new(train_parameters *set, const char *name,
                                     uint32_t rows, uint32_t cols, float deviation,
                                     bool by_row)
{
    assert(set->count < TRAIN_PARAMETERS && rows && cols);
    train_parameter *p = &set->at[set->count++];
    const size_t size = (size_t)rows * cols;
    (void)snprintf(p->name, sizeof p->name, "%s", name);
    p->rows = rows;
    p->cols = cols;
    p->by_row = by_row;
    p->rate = 1;
    p->value = train_new(set->arena, float, size);
    p->mean = train_new(set->arena, float, size);
    p->square = train_new(set->arena, float, size);
    for (uint32_t k = 0; k < set->crew->workers; k++) {
        p->gradient[k] = train_new(set->arena, float, size);
        if (!by_row) continue;
        p->touched[k] = touched_new(set->arena, rows);
        p->mine[k] = touched_new(set->arena, rows);
    }
    for (size_t i = 0; deviation > 0 && i < size; i++)
        p->value[i] = deviation * train_random_normal(&set->random);
    return p;
}

static void touch(train_touched *touched, uint32_t row)
{
    if (touched->marked[row]) return;
    touched->marked[row] = 1;
    touched->row[touched->count++] = row;
}

float *train_touch(train_parameter *parameter, uint32_t worker, uint32_t row)
{
    assert(parameter->by_row && row < parameter->rows);
    touch(&parameter->touched[worker], row);
    return parameter->gradient[worker] + (size_t)row * parameter->cols;
}

void train_parameters_restart(train_parameters *set)
{
    set->steps = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        const train_parameter *p = &set->at[i];
        const size_t bytes = (size_t)p->rows * p->cols * sizeof(float);
        memset(p->mean, 0, bytes);
        memset(p->square, 0, bytes);
    }
}

/* ---- one step: each worker sums and moves its share of every parameter ---------------- */

/* Worker `worker`'s numbers of a dense parameter. */
static void share_of(const train_parameter *p, uint32_t workers, uint32_t worker,
                     size_t *first, size_t *count)
{
    const size_t size = (size_t)p->rows * p->cols;
    *first = size * worker / workers;
    *count = size * (worker + 1) / workers - *first;
}

/* The sum of all gradients goes to worker 0's; the others become 0. Returns the sum's
 * squares. */
static double gather_dense(train_parameter *p, uint32_t workers, uint32_t worker)
{
    size_t first, count;
    share_of(p, workers, worker, &first, &count);
    for (uint32_t k = 1; k < workers; k++) {
        train_add(p->gradient[0] + first, p->gradient[k] + first, count);
        memset(p->gradient[k] + first, 0, count * sizeof(float));
    }
    return train_squares(p->gradient[0] + first, count);
}

static double gather_rows(train_parameter *p, uint32_t workers, uint32_t worker)
{
    train_touched *mine = &p->mine[worker];
    for (uint32_t k = 0; k < workers; k++)
        for (uint32_t i = 0; i < p->touched[k].count; i++) {
            const uint32_t row = p->touched[k].row[i];
            if (row % workers != worker) continue;
            const size_t at = (size_t)row * p->cols;
            touch(mine, row);
            p->touched[k].marked[row] = 0;
            if (!k) continue;
            train_add(p->gradient[0] + at, p->gradient[k] + at, p->cols);
            memset(p->gradient[k] + at, 0, p->cols * sizeof(float));
        }
    double squares = 0;
    for (uint32_t i = 0; i < mine->count; i++)
        squares +=
            train_squares(p->gradient[0] + (size_t)mine->row[i] * p->cols, p->cols);
    return squares;
}

static void move_dense(train_parameter *p, uint32_t workers, uint32_t worker,
                       const train_adam *adam)
{
    size_t first, count;
    share_of(p, workers, worker, &first, &count);
    train_adam_move(adam, p->value + first, p->gradient[0] + first, p->mean + first,
                    p->square + first, count);
}

static void move_rows(train_parameter *p, uint32_t worker, const train_adam *adam)
{
    train_touched *mine = &p->mine[worker];
    for (uint32_t i = 0; i < mine->count; i++) {
        const size_t at = (size_t)mine->row[i] * p->cols;
        train_adam_move(adam, p->value + at, p->gradient[0] + at, p->mean + at,
                        p->square + at, p->cols);
        mine->marked[mine->row[i]] = 0;
    }
    mine->count = 0;
}

/* Gradients count as the mean over workers, no longer than `longest`. */
static float scale_of(const train_parameters *set, float longest)
{
    const uint32_t workers = set->crew->workers;
    double squares = 0;
    for (uint32_t k = 0; k < workers; k++) squares += set->squares[k];
    const double length = sqrt(squares) / workers;
    return (float)((length > (double)longest ? (double)longest / length : 1) / workers);
}

void train_parameters_step(train_parameters *set, uint32_t worker, float rate,
                           float longest)
{
    const uint32_t workers = set->crew->workers;
    train_crew_wait(set->crew);
    if (!worker) set->steps++;
    double squares = 0;
    for (uint32_t i = 0; i < set->count; i++)
        squares += set->at[i].by_row ? gather_rows(&set->at[i], workers, worker)
                                     : gather_dense(&set->at[i], workers, worker);
    set->squares[worker] = squares;
    train_crew_wait(set->crew);
    train_adam adam = {.scale = scale_of(set, longest)};
    adam.mean_factor = 1 / (1 - powf(MEAN_DECAY, (float)set->steps));
    adam.square_factor = 1 / (1 - powf(SQUARE_DECAY, (float)set->steps));
    for (uint32_t i = 0; i < set->count; i++) {
        train_parameter *p = &set->at[i];
        adam.rate = rate * p->rate;
        if (p->by_row)
            move_rows(p, worker, &adam);
        else
            move_dense(p, workers, worker, &adam);
        if (p->by_row) p->touched[worker].count = 0;
    }
    train_crew_wait(set->crew);
}

/* ---- linear layers -------------------------------------------------------------------- */

train_linear train_linear_new(train_parameters *set, const char *name, uint32_t out,
                              uint32_t in, float deviation, bool with_bias)
{
    char part[TRAIN_NAME];
    train_linear layer = {0};
    (void)snprintf(part, sizeof part, "%s.w", name);
    layer.weight = train_parameter_new(set, part, out, in, deviation, false);
    (void)snprintf(part, sizeof part, "%s.bias", name);
    if (with_bias) layer.bias = train_parameter_new(set, part, 1, out, 0, false);
    return layer;
}

void train_linear_forward(train_linear layer, train_view x, train_view y)
{
    train_times_turned(x, train_value(layer.weight), 0, y);
    for (uint32_t t = 0; layer.bias && t < y.rows; t++)
        train_add(train_row(y, t), layer.bias->value, y.cols);
}

void train_linear_backward(train_linear layer, uint32_t worker, train_view x,
                           train_view dy, train_view dx)
{
    train_turned_times(dy, x, 1, train_gradient(layer.weight, worker));
    for (uint32_t t = 0; layer.bias && t < dy.rows; t++)
        train_add(layer.bias->gradient[worker], train_row(dy, t), dy.cols);
    if (dx.at) train_times(dy, train_value(layer.weight), 1, dx);
}
