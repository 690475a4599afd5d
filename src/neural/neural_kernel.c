/* neural_kernel.c - 8-bit matrix products and recurrent units; see neural_kernel.h. */
#include "neural_kernel.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define WITH_X86 1
#endif

enum { OFFSET = 64, LARGEST = 63, BLOCK_BYTES = RAP_LANES * 4 };

rap_path rap_path_best(void)
{
#ifdef WITH_X86
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vnni"))
        return RAP_PATH_VNNI;
    if (__builtin_cpu_supports("avx2")) return RAP_PATH_AVX2;
#endif
    return RAP_PATH_PORTABLE;
}

/* ---- matrices ---------------------------------------------------------------------- */

static void *aligned(rap_arena *arena, size_t bytes)
{
    char *at = rap_arena_new(arena, bytes + 63, 1);
    return at ? at + (64 - (uintptr_t)at % 64) % 64 : NULL;
}

static bool matrix_room(rap_arena *arena, uint32_t blocks, uint32_t cols,
                        rap_matrix *out)
{
    const size_t lanes = (size_t)blocks * RAP_LANES;
    out->cols = cols;
    out->blocks = blocks;
    out->quads = (cols + 3) / 4;
    out->packed = aligned(arena, (size_t)blocks * out->quads * BLOCK_BYTES);
    out->scale = aligned(arena, lanes * sizeof *out->scale);
    out->bias = aligned(arena, lanes * sizeof *out->bias);
    out->offset = aligned(arena, lanes * sizeof *out->offset);
    return out->packed && out->scale && out->bias && out->offset;
}

bool rap_matrix_new(rap_arena *arena, uint32_t rows, uint32_t cols,
                    const int8_t *weight, const float *scale, const float *bias,
                    rap_matrix *out)
{
    const uint32_t blocks = (rows + RAP_LANES - 1) / RAP_LANES;
    if (!matrix_room(arena, blocks, cols, out)) return false;
    out->rows = rows;
    for (uint32_t r = 0; r < rows; r++) {
        int8_t *block =
            out->packed + (size_t)(r / RAP_LANES) * out->quads * BLOCK_BYTES;
        int32_t sum = 0;
        for (uint32_t c = 0; c < cols; c++) {
            const int8_t w = weight[(size_t)r * cols + c];
            block[(size_t)(c / 4) * BLOCK_BYTES + (r % RAP_LANES) * 4 + c % 4] = w;
            sum += w;
        }
        out->offset[r] = OFFSET * sum;
        out->scale[r] = scale[r];
        out->bias[r] = bias ? bias[r] : 0;
    }
    return true;
}

bool rap_matrix_join(rap_arena *arena, const rap_matrix *above, const rap_matrix *below,
                     rap_matrix *out)
{
    assert(above->cols == below->cols && above->rows % RAP_LANES == 0);
    const uint32_t blocks = above->blocks + below->blocks;
    if (!matrix_room(arena, blocks, above->cols, out)) return false;
    out->rows = above->rows + below->rows;
    const size_t half = (size_t)above->blocks * above->quads * BLOCK_BYTES;
    memcpy(out->packed, above->packed, half);
    memcpy(out->packed + half, below->packed,
           (size_t)below->blocks * below->quads * BLOCK_BYTES);
    const size_t top = (size_t)above->blocks * RAP_LANES;
    const size_t rest = (size_t)below->blocks * RAP_LANES;
    memcpy(out->scale, above->scale, top * sizeof *out->scale);
    memcpy(out->scale + top, below->scale, rest * sizeof *out->scale);
    memcpy(out->bias, above->bias, top * sizeof *out->bias);
    memcpy(out->bias + top, below->bias, rest * sizeof *out->bias);
    memcpy(out->offset, above->offset, top * sizeof *out->offset);
    memcpy(out->offset + top, below->offset, rest * sizeof *out->offset);
    return true;
}

/* Sums to floats, one block of one row. */
static inline __attribute__((always_inline)) void
finish(const rap_matrix *m, uint32_t block, const int32_t *sum, float scale, float *y)
{
    const size_t at = (size_t)block * RAP_LANES;
    for (uint32_t i = 0; i < RAP_LANES; i++)
        y[i] = (float)(sum[i] - m->offset[at + i]) * (scale * m->scale[at + i]) +
               m->bias[at + i];
}

static void times_portable(const rap_matrix *m, uint32_t count, const uint8_t *inputs,
                           const float *scales, float *y, uint32_t stride)
{
    const uint32_t bytes = m->quads * 4;
    for (uint32_t b = 0; b < m->blocks; b++) {
        const int8_t *block = m->packed + (size_t)b * m->quads * BLOCK_BYTES;
        for (uint32_t t = 0; t < count; t++) {
            const uint8_t *x = inputs + (size_t)t * bytes;
            int32_t sum[RAP_LANES] = {0};
            for (uint32_t q = 0; q < m->quads; q++)
                for (uint32_t i = 0; i < RAP_LANES; i++)
                    for (uint32_t k = 0; k < 4; k++)
                        sum[i] += x[q * 4 + k] * block[q * BLOCK_BYTES + i * 4 + k];
            finish(m, b, sum, scales[t], y + (size_t)t * stride + b * RAP_LANES);
        }
    }
}

#ifdef WITH_X86
static inline int32_t four(const uint8_t *x)
{
    int32_t v;
    memcpy(&v, x, sizeof v);
    return v;
}

/* `rows` rows (a constant) of one block: each weight is loaded once for all of them. */
#define AVX2 __attribute__((target("avx2")))
static inline __attribute__((always_inline)) AVX2 void
block_avx2(const rap_matrix *m, uint32_t b, const uint32_t rows, const uint8_t *x,
           const float *scales, float *y, uint32_t stride)
{
    const int8_t *w = m->packed + (size_t)b * m->quads * BLOCK_BYTES;
    const uint32_t bytes = m->quads * 4;
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i low[4], high[4];
#pragma GCC unroll 4
    for (uint32_t r = 0; r < rows; r++) low[r] = high[r] = _mm256_setzero_si256();
    for (uint32_t q = 0; q < m->quads; q++, w += BLOCK_BYTES) {
        const __m256i w0 = _mm256_load_si256((const __m256i *)(const void *)w);
        const __m256i w1 = _mm256_load_si256((const __m256i *)(const void *)(w + 32));
#pragma GCC unroll 4
        for (uint32_t r = 0; r < rows; r++) {
            const __m256i in = _mm256_set1_epi32(four(x + (size_t)r * bytes + q * 4));
            low[r] = _mm256_add_epi32(
                low[r], _mm256_madd_epi16(_mm256_maddubs_epi16(in, w0), ones));
            high[r] = _mm256_add_epi32(
                high[r], _mm256_madd_epi16(_mm256_maddubs_epi16(in, w1), ones));
        }
    }
#pragma GCC unroll 4
    for (uint32_t r = 0; r < rows; r++) {
        int32_t sum[RAP_LANES];
        _mm256_storeu_si256((__m256i *)(void *)sum, low[r]);
        _mm256_storeu_si256((__m256i *)(void *)(sum + 8), high[r]);
        finish(m, b, sum, scales[r], y + (size_t)r * stride);
    }
}

AVX2 static void times_avx2(const rap_matrix *m, uint32_t count, const uint8_t *inputs,
                            const float *scales, float *y, uint32_t stride)
{
    const uint32_t bytes = m->quads * 4;
    for (uint32_t b = 0; b < m->blocks; b++) {
        uint32_t t = 0;
        for (; t + 4 <= count; t += 4)
            block_avx2(m, b, 4, inputs + (size_t)t * bytes, scales + t,
                       y + (size_t)t * stride + b * RAP_LANES, stride);
        for (; t < count; t++)
            block_avx2(m, b, 1, inputs + (size_t)t * bytes, scales + t,
                       y + (size_t)t * stride + b * RAP_LANES, stride);
    }
}

#define VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))
static inline __attribute__((always_inline)) VNNI void
block_vnni(const rap_matrix *m, uint32_t b, const uint32_t rows, const uint8_t *x,
           const float *scales, float *y, uint32_t stride)
{
    const int8_t *w = m->packed + (size_t)b * m->quads * BLOCK_BYTES;
    const uint32_t bytes = m->quads * 4;
    __m512i sums[8];
#pragma GCC unroll 8
    for (uint32_t r = 0; r < rows; r++) sums[r] = _mm512_setzero_si512();
    for (uint32_t q = 0; q < m->quads; q++, w += BLOCK_BYTES) {
        const __m512i weights = _mm512_load_si512(w);
#pragma GCC unroll 8
        for (uint32_t r = 0; r < rows; r++)
            sums[r] = _mm512_dpbusd_epi32(
                sums[r], _mm512_set1_epi32(four(x + (size_t)r * bytes + q * 4)),
                weights);
    }
#pragma GCC unroll 8
    for (uint32_t r = 0; r < rows; r++) {
        int32_t sum[RAP_LANES];
        _mm512_storeu_si512(sum, sums[r]);
        finish(m, b, sum, scales[r], y + (size_t)r * stride);
    }
}

VNNI static void times_vnni(const rap_matrix *m, uint32_t count, const uint8_t *inputs,
                            const float *scales, float *y, uint32_t stride)
{
    const uint32_t bytes = m->quads * 4;
    for (uint32_t b = 0; b < m->blocks; b++) {
        uint32_t t = 0;
        for (; t + 8 <= count; t += 8)
            block_vnni(m, b, 8, inputs + (size_t)t * bytes, scales + t,
                       y + (size_t)t * stride + b * RAP_LANES, stride);
        for (; t < count; t++)
            block_vnni(m, b, 1, inputs + (size_t)t * bytes, scales + t,
                       y + (size_t)t * stride + b * RAP_LANES, stride);
    }
}
#endif

void rap_matrix_times(rap_path path, const rap_matrix *matrix, uint32_t count,
                      const uint8_t *inputs, const float *scales, float *y,
                      uint32_t stride)
{
#ifdef WITH_X86
    if (path == RAP_PATH_VNNI)
        times_vnni(matrix, count, inputs, scales, y, stride);
    else if (path == RAP_PATH_AVX2)
        times_avx2(matrix, count, inputs, scales, y, stride);
    else
#endif
        times_portable(matrix, count, inputs, scales, y, stride);
    (void)path;
}

/* ---- element by element ------------------------------------------------------------ */
/* One body for all paths: vectors of 16 floats, which the compiler cuts to the
 * registers of the target. */
typedef float floats __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t ints __attribute__((vector_size(64), aligned(4), may_alias));
#define BODY static inline __attribute__((always_inline)) void

BODY load(floats *out, const float *at)
{
    memcpy(out, at, sizeof *out);
}
BODY store(float *at, const floats *v)
{
    memcpy(at, v, sizeof *v);
}

/* 1 / (1 + exp(-x)): the exponential as 2^n times a polynomial of degree 5 (the
 * coefficients of Cephes' expf), x cut to [-30, 30]; error below 3e-7. */
BODY sigmoid(floats *v)
{
    const floats top = (floats){0} + 30.0f, bottom = (floats){0} - 30.0f;
    floats x = -*v;
    x = (floats)(((ints)x & (x < top)) | ((ints)top & ~(x < top)));
    x = (floats)(((ints)x & (x > bottom)) | ((ints)bottom & ~(x > bottom)));
    const floats half = (floats){0} + 0.5f;
    const floats scaled = x * 1.44269504088896341f;
    const ints sign = (ints)scaled & (ints)((floats){0} - 0.0f);
    const ints n = __builtin_convertvector(scaled + (floats)((ints)half | sign),
                                           ints); /* to the nearest */
    const floats whole = __builtin_convertvector(n, floats);
    x = x - whole * 0.693359375f - whole * -2.12194440e-4f;
    floats p = x * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * x + 8.3334519073e-3f;
    p = p * x + 4.1665795894e-2f;
    p = p * x + 1.6666665459e-1f;
    p = p * x + 5.0000001201e-1f;
    p = p * x * x + x + 1.0f;
    const floats power = (floats)((n + 127) << 23);
    *v = 1.0f / (p * power + 1.0f);
}

BODY unit_step(const rap_unit_run *run, const float *u, const float *x, float *y)
{
    const uint32_t width = run->width;
    const float *gate = run->gate;
    for (uint32_t i = 0; i < width; i += RAP_LANES) {
        floats u0, f, r, c, in, vf, vr, bf, br;
        load(&u0, u + i);
        load(&f, u + width + i);
        load(&r, u + 2 * width + i);
        load(&in, x + i);
        load(&c, run->cell + i);
        load(&vf, gate + i);
        load(&vr, gate + width + i);
        load(&bf, gate + 2 * width + i);
        load(&br, gate + 3 * width + i);
        f = f + vf * c + bf;
        r = r + vr * c + br;
        sigmoid(&f);
        sigmoid(&r);
        c = f * c + (1.0f - f) * u0;
        in = r * c + (1.0f - r) * in;
        store(run->cell + i, &c);
        store(y + i, &in);
    }
}

BODY unit_steps(const rap_unit_run *run)
{
    memset(run->cell, 0, run->width * sizeof *run->cell);
    for (uint32_t i = 0; i < run->count; i++) {
        const size_t t = run->backward ? run->count - 1 - i : i;
        unit_step(run, run->u + t * run->u_stride, run->x + t * run->x_stride,
                  run->y + t * run->y_stride);
    }
}

/* `cols` need not be a multiple of anything: the tail goes by itself. */
BODY quantise(const float *x, uint32_t cols, float *scale, uint8_t *out)
{
    float largest = 0;
    for (uint32_t i = 0; i < cols; i++) {
        const float size = x[i] < 0 ? -x[i] : x[i];
        largest = size > largest ? size : largest;
    }
    *scale = largest / LARGEST;
    const float factor = largest > 0 ? LARGEST / largest : 0;
    for (uint32_t i = 0; i < cols; i++)
        out[i] = (uint8_t)(int32_t)(x[i] * factor + (OFFSET + 0.5f));
    for (uint32_t i = cols; i < rap_quant_bytes(cols); i++) out[i] = OFFSET;
}

/* Sixteen running sums, added up in one order on every path. */
BODY dots(const float *x, const float *row, uint32_t rows, uint32_t width, float *y)
{
    for (uint32_t r = 0; r < rows; r++) {
        floats sum = (floats){0};
        for (uint32_t i = 0; i < width; i += RAP_LANES) {
            floats a, b;
            load(&a, x + i);
            load(&b, row + (size_t)r * width + i);
            sum = sum + a * b;
        }
        float part[RAP_LANES];
        store(part, &sum);
        for (uint32_t half = RAP_LANES / 2; half; half /= 2)
            for (uint32_t i = 0; i < half; i++) part[i] += part[i + half];
        y[r] = part[0];
    }
}

#ifdef WITH_X86
AVX2 static void dots_avx2(const float *x, const float *row, uint32_t rows,
                           uint32_t width, float *y)
{
    dots(x, row, rows, width, y);
}
VNNI static void dots_vnni(const float *x, const float *row, uint32_t rows,
                           uint32_t width, float *y)
{
    dots(x, row, rows, width, y);
}
AVX2 static void steps_avx2(const rap_unit_run *run)
{
    unit_steps(run);
}
VNNI static void steps_vnni(const rap_unit_run *run)
{
    unit_steps(run);
}
AVX2 static void quantise_avx2(const float *x, uint32_t cols, float *scale,
                               uint8_t *out)
{
    quantise(x, cols, scale, out);
}
VNNI static void quantise_vnni(const float *x, uint32_t cols, float *scale,
                               uint8_t *out)
{
    quantise(x, cols, scale, out);
}
#endif

void rap_unit_steps(rap_path path, const rap_unit_run *run)
{
    assert(run->width % RAP_LANES == 0);
#ifdef WITH_X86
    if (path == RAP_PATH_VNNI)
        steps_vnni(run);
    else if (path == RAP_PATH_AVX2)
        steps_avx2(run);
    else
#endif
        unit_steps(run);
    (void)path;
}

float rap_quantise(rap_path path, const float *x, uint32_t cols, uint8_t *out)
{
    float scale = 0;
#ifdef WITH_X86
    if (path == RAP_PATH_VNNI)
        quantise_vnni(x, cols, &scale, out);
    else if (path == RAP_PATH_AVX2)
        quantise_avx2(x, cols, &scale, out);
    else
#endif
        quantise(x, cols, &scale, out);
    (void)path;
    return scale;
}

void rap_dots(rap_path path, const float *x, const float *row, uint32_t rows,
              uint32_t width, float *y)
{
    assert(width % RAP_LANES == 0);
#ifdef WITH_X86
    if (path == RAP_PATH_VNNI)
        dots_vnni(x, row, rows, width, y);
    else if (path == RAP_PATH_AVX2)
        dots_avx2(x, row, rows, width, y);
    else
#endif
        dots(x, row, rows, width, y);
    (void)path;
}
