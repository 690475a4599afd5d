/*
 * fuzz_neural.c - networks with hostile sections, and words of any bytes.
 *
 * The input's first bytes patch a small sound model: section, offset, length, bytes; the
 * rest are words. What opens must read them to a tree.
 */
#include "../tests/unit/neural/small_net.h"

enum { PATCHES = 4, MOST_WORDS = 64 };

typedef struct input {
    const uint8_t *at;
    size_t left;
} input;

static uint8_t next(input *in)
{
    if (!in->left) return 0;
    in->left--;
    return *in->at++;
}

static void patch(input *in, rap_model *whole, rap_slice bytes)
{
    for (uint32_t n = next(in) % PATCHES; n; n--) {
        const rap_model_array a =
            rap_model_at(whole, next(in) % rap_model_count(whole));
        const size_t size = a.count * rap_model_type_size(a.type);
        size_t to = next(in);
        to = (to << 8 | next(in)) % (size ? size : 1);
        uint8_t *data =
            (uint8_t *)(uintptr_t)bytes.at + ((const char *)a.data - bytes.at);
        for (uint32_t len = next(in) % 16; len && to < size; len--)
            data[to++] = next(in);
    }
}

/* The patched sections as a sound file. */
static rap_model *rewritten(rap_model *whole, rap_arena *arena)
{
    rap_model_writer *w;
    rap_slice bytes;
    rap_model *model = NULL;
    rap_error err;
    if (rap_model_writer_new(&w, NULL)) abort();
    for (uint32_t n = 0; n < rap_model_count(whole); n++) {
        const rap_model_array a = rap_model_at(whole, n);
        if (rap_model_writer_add(w, a.name, a.type, a.dims, a.dim, a.data, NULL))
            abort();
    }
    if (rap_model_assemble(w, arena, &bytes, NULL) == RAP_OK &&
        rap_model_of(bytes, &model, &err))
        model = NULL;
    rap_model_writer_free(w);
    return model;
}

static void read_words(input *in, const rap_net *net)
{
    rap_slice form[MOST_WORDS];
    rap_net_word out[MOST_WORDS];
    uint32_t first[2] = {0, 0};
    rap_net_work *work = rap_net_work_new(net);
    if (!work) abort();
    while (in->left && first[1] < MOST_WORDS) {
        uint32_t len = next(in) % 24;
        if (len > in->left) len = (uint32_t)in->left;
        form[first[1]++] = (rap_slice){(const char *)in->at, len};
        in->at += len;
        in->left -= len;
    }
    if (first[1]) {
        rap_net_read(net, work, form, first, 1, out);
        for (uint32_t i = 0; i < first[1]; i++) {
            uint32_t at = i + 1, steps = 0;
            while (at && steps++ <= first[1]) at = out[at - 1].head;
            if (at) abort();
        }
    }
    rap_net_work_free(work);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static rap_slice sound;
    static rap_arena kept = {.limit = 1 << 23};
    if (!sound.at) sound = small_net_bytes(1, &kept);
    input in = {data, size};
    rap_arena arena = RAP_ARENA(1 << 24);
    char *copy = aligned_alloc(64, (sound.len + 63) / 64 * 64);
    rap_model *whole, *model;
    rap_net *net;
    rap_error err;
    if (!copy) abort();
    memcpy(copy, sound.at, sound.len);
    const rap_slice bytes = {copy, sound.len};
    if (rap_model_of(bytes, &whole, &err)) abort();
    patch(&in, whole, bytes);
    model = rewritten(whole, &arena);
    if (model && rap_net_open(model, &net, &err) == RAP_OK) {
        read_words(&in, net);
        rap_net_close(net);
    }
    if (model) rap_model_close(model);
    rap_model_close(whole);
    rap_arena_free(&arena);
    free(copy);
    return 0;
}
