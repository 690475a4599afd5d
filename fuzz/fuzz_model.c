/*
 * fuzz_model.c - any bytes as a model file: as they are, and with their size and checksums
 * made right, so that the checks behind them are reached. Whatever opens is read to its
 * edges, saved again and must be the same bytes.
 */
#include <stdlib.h>

#include "model_file_private.h"

static volatile uint8_t seen;

static void read_edges(const rap_model *model)
{
    for (uint32_t n = 0; n < rap_model_count(model); n++) {
        const rap_model_array array = rap_model_at(model, n);
        const size_t size = array.count * rap_model_type_size(array.type);
        const uint8_t *byte = array.data;
        rap_model_array got;
        if (size) seen = (uint8_t)(byte[0] ^ byte[size - 1]);
        if (rap_model_array_get(model, array.name, array.type, array.dims, &got,
                                NULL) ||
            got.data != array.data)
            abort();
    }
    seen = (uint8_t)rap_model_says(model, "licence").len;
}

/* There is one file of given sections: writing them again gives the same bytes. */
static void check_canonical(const rap_model *model)
{
    rap_model_writer *writer;
    rap_arena arena = RAP_ARENA(MODEL_ARENA);
    rap_slice again;
    if (rap_model_writer_new(&writer, NULL)) abort();
    for (uint32_t n = 0; n < rap_model_count(model); n++) {
        const rap_model_array a = rap_model_at(model, n);
        if (rap_model_writer_add(writer, a.name, a.type, a.dims, a.dim, a.data, NULL))
            abort();
    }
    if (rap_model_assemble(writer, &arena, &again, NULL)) abort();
    if (!rap_slice_equal(again, model->bytes)) abort();
    rap_arena_free(&arena);
    rap_model_writer_free(writer);
}

static void open_and_read(const void *bytes, size_t size)
{
    rap_model *model;
    rap_error err;
    const rap_status status =
        rap_model_of((rap_slice){bytes, (uint32_t)size}, &model, &err);
    if (status == RAP_OK) {
        read_edges(model);
        check_canonical(model);
        rap_model_close(model);
    } else if (status != RAP_E_MODEL || err.at > size || model) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    void *copy = NULL; /* exact size: ASan sees one byte too far */
    if (size > 1 << 17) return 0;
    if (posix_memalign(&copy, MODEL_ALIGN, size ? size : 1) != 0) abort();
    memcpy(copy, data, size);
    open_and_read(copy, size);

    if (size >= sizeof(model_head)) {
        model_head head;
        memcpy(&head, copy, sizeof head);
        memcpy(head.magic, MODEL_MAGIC, sizeof head.magic);
        head.version = MODEL_VERSION;
        head.size = size;
        memcpy(copy, &head, sizeof head);
    }
    rap_model_seal(copy, size);
    open_and_read(copy, size);
    free(copy);
    return 0;
}
