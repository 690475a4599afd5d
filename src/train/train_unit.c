/*
 * train_unit.c - simple recurrent units, forward and backward.
 *
 * Method  Lei et al. 2018, "Simple Recurrent Units for Highly Parallelizable Recurrence":
 *         one matrix product for all words, then steps without a matrix.
 */
#include <math.h>

#include "train_private.h"

train_unit train_unit_new(train_parameters *set, const char *name, uint32_t inputs,
                          uint32_t width, uint32_t parts, bool backward)
{
    char part[TRAIN_NAME];
    train_unit unit = {inputs, width, parts, backward, NULL, NULL};
    (void)snprintf(part, sizeof part, "%s.w", name);
    unit.matrix = train_parameter_new(set, part, parts * width, inputs,
                                      sqrtf(1.0f / (float)inputs), false);
    (void)snprintf(part, sizeof part, "%s.gate", name);
    unit.gate = train_parameter_new(set, part, 4, width, 0.1f, false);
    for (uint32_t i = 0; i < width; i++) {
        unit.gate->value[2 * width + i] = 1; /* remember, until taught to forget */
        unit.gate->value[3 * width + i] = 0;
    }
    return unit;
}

train_unit_state train_unit_state_new(rap_arena *arena, const train_unit *unit,
                                      uint32_t words_most)
{
    const size_t size = (size_t)words_most * unit->width;
    return (train_unit_state){.u = train_new(arena, float, size * unit->parts),
                              .du = train_new(arena, float, size * unit->parts),
                              .cell = train_new(arena, float, size),
                              .forget = train_new(arena, float, size),
                              .reset = train_new(arena, float, size),
                              .carry = train_new(arena, float, unit->width),
                              .zero = train_new(arena, float, unit->width)};
}

/* The n-th word that the unit reads of words [first, end). */
static uint32_t nth(const train_unit *unit, uint32_t first, uint32_t end, uint32_t n)
{
    return unit->backward ? end - 1 - n : first + n;
}

/* Word `t`; `before` is the word read before it, `t` itself at the begin. */
static train_step step_of(const train_unit *unit, const train_unit_state *state,
                          train_view highway, uint32_t t, uint32_t before)
{
    const uint32_t width = unit->width;
    const size_t at = (size_t)t * width;
    const float *u = state->u + at * unit->parts;
    return (train_step){
        .width = width,
        .u = u,
        .highway = unit->parts == 4 ? u + 3 * width : train_row(highway, t),
        .before = t == before ? state->zero : state->cell + (size_t)before * width,
        .gate = unit->gate->value,
        .cell = state->cell + at,
        .forget = state->forget + at,
        .reset = state->reset + at};
}

void train_unit_forward(const train_unit *unit, train_unit_state *state,
                        const train_batch *batch, train_view x, train_view highway,
                        train_view y)
{
    const uint32_t outputs = unit->parts * unit->width;
    train_times_turned(x, train_value(unit->matrix), 0,
                       train_view_of(state->u, batch->words, outputs));
    for (uint32_t s = 0; s < batch->sentences; s++) {
        const uint32_t first = batch->start[s], end = batch->start[s + 1];
        uint32_t before = nth(unit, first, end, 0);
        for (uint32_t i = 0; i < end - first; i++) {
            const uint32_t t = nth(unit, first, end, i);
            train_step step = step_of(unit, state, highway, t, before);
            step.y = train_row(y, t);
            train_step_forward(&step);
            before = t;
        }
    }
}

static void steps_back(const train_unit *unit, train_unit_state *state, uint32_t first,
                       uint32_t end, uint32_t worker, train_view highway, train_view dy,
                       train_view d_highway)
{
    const uint32_t width = unit->width;
    memset(state->carry, 0, width * sizeof *state->carry);
    for (uint32_t i = end - first; i-- > 0;) {
        const uint32_t t = nth(unit, first, end, i);
        const uint32_t before = nth(unit, first, end, i ? i - 1 : 0);
        const train_step step = step_of(unit, state, highway, t, before);
        float *du = state->du + (size_t)t * unit->parts * width;
        float *own = du + (size_t)3 * width;
        if (unit->parts == 4) memset(own, 0, width * sizeof *own);
        train_step_backward(
            &step, &(train_step_back){
                       .dy = train_row(dy, t),
                       .carry = state->carry,
                       .du = du,
                       .d_highway = unit->parts == 4 ? own : train_row(d_highway, t),
                       .d_gate = unit->gate->gradient[worker]});
    }
}

void train_unit_backward(const train_unit *unit, train_unit_state *state,
                         const train_batch *batch, uint32_t worker, train_view x,
                         train_view highway, train_view dy, train_view dx,
                         train_view d_highway)
{
    for (uint32_t s = 0; s < batch->sentences; s++)
        steps_back(unit, state, batch->start[s], batch->start[s + 1], worker, highway,
                   dy, d_highway);
    const train_view du =
        train_view_of(state->du, batch->words, unit->parts * unit->width);
    train_turned_times(du, x, 1, train_gradient(unit->matrix, worker));
    train_times(du, train_value(unit->matrix), 1, dx);
}
