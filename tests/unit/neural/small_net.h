/* small_net.h - a network of a few units with weights by chance, as a model in memory. */
#ifndef RAP_SMALL_NET_H
#define RAP_SMALL_NET_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model_file_private.h"
#include "neural_private.h"

enum { SMALL_WORDS = 5, SMALL_SLOTS = 8, SMALL_WIDTH = 16, SMALL_PART = 12 };

static uint32_t small_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void small_weights(rap_model_writer *w, const char *name, uint32_t rows,
                          uint32_t cols, uint32_t *state)
{
    int8_t *at = malloc((size_t)rows * cols);
    if (!at) abort();
    for (size_t i = 0; i < (size_t)rows * cols; i++)
        at[i] = (int8_t)((int32_t)(small_random(state) % 255) - 127);
    if (rap_model_writer_add(w, name, RAP_MODEL_I8, 2, (uint32_t[]){rows, cols}, at,
                             NULL))
        abort();
    free(at);
}

static void small_floats(rap_model_writer *w, const char *name, uint32_t count,
                         float size, uint32_t *state)
{
    float *at = malloc(count * sizeof *at);
    if (!at) abort();
    for (uint32_t i = 0; i < count; i++)
        at[i] = size * (float)(small_random(state) % 2001) / 1000 - size;
    if (rap_model_writer_add(w, name, RAP_MODEL_F32, 1, (uint32_t[]){count}, at, NULL))
        abort();
    free(at);
}

static void small_linear(rap_model_writer *w, const char *name, uint32_t rows,
                         uint32_t cols, bool bias, uint32_t *state)
{
    char part[64];
    (void)snprintf(part, sizeof part, "%s.w", name);
    small_weights(w, part, rows, cols, state);
    (void)snprintf(part, sizeof part, "%s.scale", name);
    small_floats(w, part, rows, 0.02f, state);
    (void)snprintf(part, sizeof part, "%s.bias", name);
    if (bias) small_floats(w, part, rows, 0.5f, state);
}

static void small_layer(rap_model_writer *w, const char *name, uint32_t parts,
                        uint32_t cols, uint32_t *state)
{
    static const char *const direction[] = {"forward", "backward"};
    char part[64];
    for (int d = 0; d < 2; d++) {
        (void)snprintf(part, sizeof part, "%s.%s", name, direction[d]);
        small_linear(w, part, parts * SMALL_WIDTH, cols, false, state);
        (void)snprintf(part, sizeof part, "%s.%s.gate", name, direction[d]);
        small_floats(w, part, 4 * SMALL_WIDTH, 1, state);
    }
}

static void small_text(rap_model_writer *w, const char *name, const char *text)
{
    if (rap_model_writer_text(w, name, rap_slice_of(text), NULL)) abort();
}

static rap_model_writer *small_net(uint32_t seed)
{
    rap_model_writer *w;
    uint32_t *state = &seed;
    if (rap_model_writer_new(&w, NULL)) abort();
    small_text(w, RAP_MODEL_PROVENANCE, "what\tmade for a test\n");
    const int32_t config[] = {RAP_FORM_VERSION,
                              SMALL_WORDS,
                              SMALL_PART,
                              SMALL_PART,
                              SMALL_WIDTH,
                              2,
                              1,
                              16,
                              16};
    if (rap_model_writer_add(w, "net.config", RAP_MODEL_I32, 1, (uint32_t[]){9}, config,
                             NULL))
        abort();
    small_text(w, "labels.upos", "NOUN\nVERB\nPUNCT\n");
    small_text(w, "labels.xpos", "NN\nVB\nVBD\n.\n");
    small_text(w, "labels.deprel", "root\nnsubj\npunct\n");
    small_text(w, "labels.entity", "O\nB-PER\nI-PER\nB-LOC\nI-LOC\n");
    uint32_t key[SMALL_SLOTS] = {0}, word[SMALL_SLOTS] = {0};
    rap_form form;
    rap_form_read(RAP_LIT("envoys"), &form);
    key[form.key % SMALL_SLOTS] = form.key;
    word[form.key % SMALL_SLOTS] = 3;
    if (rap_model_writer_add(w, "vocabulary.key", RAP_MODEL_U32, 1,
                             (uint32_t[]){SMALL_SLOTS}, key, NULL) ||
        rap_model_writer_add(w, "vocabulary.word", RAP_MODEL_U32, 1,
                             (uint32_t[]){SMALL_SLOTS}, word, NULL))
        abort();
    small_weights(w, "embed.word.w", SMALL_WORDS, SMALL_PART, state);
    small_floats(w, "embed.word.scale", SMALL_WORDS, 0.02f, state);
    small_weights(w, "embed.row.w", RAP_FORM_ROWS, SMALL_PART, state);
    small_floats(w, "embed.row.scale", RAP_FORM_ROWS, 0.02f, state);
    small_layer(w, "lower0", 4, 2 * SMALL_PART, state);
    small_layer(w, "lower1", 3, SMALL_WIDTH, state);
    small_layer(w, "upper0", 3, 2 * SMALL_WIDTH, state);
    small_linear(w, "tag.upos", 3, 2 * SMALL_WIDTH, true, state);
    small_linear(w, "tag.xpos", 4, 2 * SMALL_WIDTH, true, state);
    small_linear(w, "tag.entity", 5, 2 * SMALL_WIDTH, true, state);
    small_linear(w, "arc.dependent", 16, 2 * SMALL_WIDTH, true, state);
    small_linear(w, "arc.head", 16, 2 * SMALL_WIDTH, true, state);
    small_linear(w, "arc.score", 16, 16, true, state);
    small_floats(w, "arc.root", 16, 1, state);
    small_linear(w, "relation.dependent", 16, 2 * SMALL_WIDTH, true, state);
    small_linear(w, "relation.head", 16, 2 * SMALL_WIDTH, false, state);
    small_floats(w, "relation.root", 16, 1, state);
    small_linear(w, "relation.out", 3, 16, true, state);
    return w;
}

/* The model of small_net(seed) as bytes in `arena`. */
static rap_slice small_net_bytes(uint32_t seed, rap_arena *arena)
{
    rap_model_writer *w = small_net(seed);
    rap_slice bytes;
    if (rap_model_assemble(w, arena, &bytes, NULL)) abort();
    rap_model_writer_free(w);
    return bytes;
}

#endif
