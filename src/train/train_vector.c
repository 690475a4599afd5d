/* train_vector.c - see train_vector.h. Compiled with -O3 -ffast-math. */
#include "train_vector.h"

#include <cblas.h>
#include <math.h>

/* The widest registers of the processor, chosen when the program starts. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) &&            \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define WIDEST                                                                         \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define WIDEST
#endif

/* Of a loop: its arrays do not overlap, which gcc 12 does not take from `restrict`. */
#ifdef __clang__
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define INDEPENDENT _Pragma("GCC ivdep")
#endif

void train_vector_begin(void)
{
    openblas_set_num_threads(1);
}

void train_clear(train_view v)
{
    for (uint32_t r = 0; r < v.rows; r++)
        memset(train_row(v, r), 0, v.cols * sizeof *v.at);
}

/* ---- products ----------------------------------------------------------------------- */

static void product(train_view a, CBLAS_TRANSPOSE turn_a, train_view b,
                    CBLAS_TRANSPOSE turn_b, uint32_t inner, float keep, train_view c)
{
    if (!c.rows || !c.cols) return;
    if (!inner) {
        assert(keep == 1);
        return;
    }
    cblas_sgemm(CblasRowMajor, turn_a, turn_b, (blasint)c.rows, (blasint)c.cols,
                (blasint)inner, 1, a.at, (blasint)a.stride, b.at, (blasint)b.stride,
                keep, c.at, (blasint)c.stride);
}

void train_times(train_view a, train_view b, float keep, train_view c)
{
    assert(a.cols == b.rows && a.rows == c.rows && b.cols == c.cols);
    product(a, CblasNoTrans, b, CblasNoTrans, a.cols, keep, c);
}

void train_times_turned(train_view a, train_view b, float keep, train_view c)
{
    assert(a.cols == b.cols && a.rows == c.rows && b.rows == c.cols);
    product(a, CblasNoTrans, b, CblasTrans, a.cols, keep, c);
}

void train_turned_times(train_view a, train_view b, float keep, train_view c)
{
    assert(a.rows == b.rows && a.cols == c.rows && b.cols == c.cols);
    product(a, CblasTrans, b, CblasNoTrans, a.rows, keep, c);
}

/* ---- elements ----------------------------------------------------------------------- */

WIDEST void train_add(float *restrict a, const float *restrict b, size_t count)
{
    for (size_t i = 0; i < count; i++) a[i] += b[i];
}

WIDEST void train_multiply(float *restrict a, const float *restrict b, size_t count)
{
    for (size_t i = 0; i < count; i++) a[i] *= b[i];
}

WIDEST double train_squares(const float *a, size_t count)
{
    float sum = 0;
    for (size_t i = 0; i < count; i++) sum += a[i] * a[i];
    return (double)sum;
}

WIDEST void train_leaky(float *x, size_t count)
{
    for (size_t i = 0; i < count; i++) x[i] = x[i] > 0 ? x[i] : 0.1f * x[i];
}

WIDEST void train_leaky_back(float *restrict gradient, const float *restrict y,
                             size_t count)
{
    for (size_t i = 0; i < count; i++) gradient[i] *= y[i] > 0 ? 1 : 0.1f;
}

WIDEST float train_softmax(float *score, uint32_t count, uint32_t wanted, float weight,
                           bool *right)
{
    float most = score[0], sum = 0;
    for (uint32_t i = 1; i < count; i++) most = score[i] > most ? score[i] : most;
    *right = score[wanted] >= most;
    for (uint32_t i = 0; i < count; i++) {
        score[i] = expf(score[i] - most);
        sum += score[i];
    }
    const float share = score[wanted] / sum, factor = weight / sum;
    for (uint32_t i = 0; i < count; i++) score[i] *= factor;
    score[wanted] -= weight;
    return -logf(share + 1e-20f);
}

WIDEST void train_adam_move(const train_adam *adam, float *restrict value,
                            float *restrict gradient, float *restrict mean,
                            float *restrict square, size_t count)
{
    const float rate = adam->rate, scale = adam->scale;
    const float mean_factor = adam->mean_factor, square_factor = adam->square_factor;
    for (size_t i = 0; i < count; i++) {
        const float g = gradient[i] * scale;
        mean[i] = 0.9f * mean[i] + 0.1f * g;
        square[i] = 0.98f * square[i] + 0.02f * g * g;
        value[i] -=
            rate * (mean[i] * mean_factor) / (sqrtf(square[i] * square_factor) + 1e-8f);
        gradient[i] = 0;
    }
}

/* ---- recurrent units ---------------------------------------------------------------- */

static inline __attribute__((always_inline)) float sigmoid(float x)
{
    return 1 / (1 + expf(-x));
}

WIDEST void train_step_forward(const train_step *step)
{
    const size_t width = step->width;
    const float *restrict u = step->u, *restrict in = step->highway;
    const float *restrict before = step->before, *restrict gate = step->gate;
    float *restrict cell = step->cell, *restrict forget = step->forget;
    float *restrict reset = step->reset, *restrict y = step->y;
    INDEPENDENT
    for (size_t i = 0; i < width; i++) {
        const float f =
            sigmoid(u[width + i] + gate[i] * before[i] + gate[2 * width + i]);
        const float r = sigmoid(u[2 * width + i] + gate[width + i] * before[i] +
                                gate[3 * width + i]);
        const float c = f * before[i] + (1 - f) * u[i];
        forget[i] = f;
        reset[i] = r;
        cell[i] = c;
        y[i] = r * c + (1 - r) * in[i];
    }
}

WIDEST void train_step_backward(const train_step *step, const train_step_back *back)
{
    const size_t width = step->width;
    const float *restrict u = step->u, *restrict in = step->highway;
    const float *restrict before = step->before, *restrict gate = step->gate;
    const float *restrict cell = step->cell, *restrict forget = step->forget;
    const float *restrict reset = step->reset, *restrict dy = back->dy;
    float *restrict carry = back->carry, *restrict du = back->du;
    float *restrict d_highway = back->d_highway, *restrict d_gate = back->d_gate;
    float *restrict d_forget = d_gate + 2 * width, *restrict d_reset = d_forget + width;
    INDEPENDENT
    for (size_t i = 0; i < width; i++) {
        const float f = forget[i], r = reset[i];
        const float dr = dy[i] * (cell[i] - in[i]) * r * (1 - r);
        const float dc = carry[i] + dy[i] * r;
        const float df = dc * (before[i] - u[i]) * f * (1 - f);
        d_highway[i] += dy[i] * (1 - r);
        du[i] = dc * (1 - f);
        du[width + i] = df;
        du[2 * width + i] = dr;
        d_gate[i] += df * before[i];
        d_gate[width + i] += dr * before[i];
        d_forget[i] += df;
        d_reset[i] += dr;
        carry[i] = dc * f + df * gate[i] + dr * gate[width + i];
    }
}
