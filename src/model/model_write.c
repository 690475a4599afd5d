/*
 * model_write.c - make a model file of named arrays; see model_file.h.
 *
 * Method  the writer holds copies; saving lays them out in memory, seals the checksums,
 *         reads the result with the reader itself, and only then touches the disk. Nothing
 *         in the file depends on the clock, addresses or the machine, so the same sections
 *         give the same bytes.
 */
#include "model_file_private.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Copies of all data and, while saving, the file. */
enum { WRITER_ARENA = MODEL_BYTES + MODEL_ARENA };

rap_status rap_model_writer_new(rap_model_writer **out, rap_error *err)
{
    rap_arena arena = RAP_ARENA(WRITER_ARENA);
    *out = rap_new(&arena, rap_model_writer, 1);
    if (!*out) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a model writer");
    (*out)->arena = arena;
    return RAP_OK;
}

void rap_model_writer_free(rap_model_writer *writer)
{
    if (!writer) return;
    rap_arena arena = writer->arena; /* it holds the writer itself */
    rap_arena_free(&arena);
}

/* ---- adding -------------------------------------------------------------------- */

static bool is_there(const rap_model_writer *writer, const char *name)
{
    for (uint32_t n = 0; n < writer->arrays.count; n++)
        if (strcmp(writer->arrays.at[n].name, name) == 0) return true;
    return false;
}

/* Bytes of the file with `more` sections. */
static uint64_t size_of(const rap_model_writer *writer, uint32_t more)
{
    const uint64_t rows = (uint64_t)writer->arrays.count + more;
    return sizeof(model_head) + rows * sizeof(model_row) + writer->size;
}

static rap_status copy_in(rap_model_writer *writer, rap_model_array array, size_t size,
                          rap_error *err)
{
    char *data = rap_new(&writer->arena, char, size);
    const rap_slice name = rap_arena_copy(&writer->arena, rap_slice_of(array.name));
    if (!data || !name.at)
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for section '%s'", array.name);
    if (size) memcpy(data, array.data, size);
    array.name = name.at;
    array.data = data;
    if (!rap_push(&writer->arena, &writer->arrays, array))
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for section '%s'", array.name);
    writer->size += model_padded(size);
    return RAP_OK;
}

rap_status rap_model_writer_add(rap_model_writer *writer, const char *name,
                                rap_model_type type, uint32_t dims, const uint32_t *dim,
                                const void *data, rap_error *err)
{
    char padded[MODEL_NAME] = {0};
    memcpy(padded, name, strnlen(name, MODEL_NAME));
    uint64_t count, size;
    const char *bad = rap_model_bad_name(padded);
    if (!bad) bad = rap_model_bad_shape(type, dims, dim, &count, &size);
    if (!bad && is_there(writer, name)) bad = "it is there already";
    if (bad) return rap_fail(err, RAP_E_USAGE, 0, "section '%.70s': %s", name, bad);
    if (writer->arrays.count == MODEL_SECTIONS || size > MODEL_BYTES ||
        size_of(writer, 1) + model_padded(size) > MODEL_BYTES)
        return rap_fail(err, RAP_E_LIMIT, 0,
                        "section '%s': the model would exceed %d sections or 1 GiB",
                        name, MODEL_SECTIONS);
    rap_model_array array = {name, type, dims, {1, 1, 1, 1}, (size_t)count, data};
    for (uint32_t d = 0; d < dims; d++) array.dim[d] = dim[d];
    return copy_in(writer, array, (size_t)size, err);
}

rap_status rap_model_writer_text(rap_model_writer *writer, const char *name,
                                 rap_slice text, rap_error *err)
{
    return rap_model_writer_add(writer, name, RAP_MODEL_U8, 1, &text.len, text.at, err);
}

/* ---- the file ------------------------------------------------------------------ */

static void put_section(char *file, uint32_t n, const rap_model_array *array,
                        uint64_t at)
{
    const uint64_t size = array->count * rap_model_type_size(array->type);
    model_row row = {.type = array->type, .dims = array->dims, .at = at, .size = size};
    memcpy(row.name, array->name, strlen(array->name));
    memcpy(row.dim, array->dim, sizeof row.dim);
    memcpy(file + sizeof(model_head) + (size_t)n * sizeof row, &row, sizeof row);
    if (size) memcpy(file + at, array->data, size);
}

rap_status rap_model_assemble(const rap_model_writer *writer, rap_arena *arena,
                              rap_slice *out, rap_error *err)
{
    *out = (rap_slice){"", 0};
    const uint64_t size = size_of(writer, 0);
    char *room = rap_new(arena, char, size + MODEL_ALIGN);
    if (!room) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the model");
    char *file = room + (MODEL_ALIGN - (uintptr_t)room % MODEL_ALIGN) % MODEL_ALIGN;

    const model_head head = {.magic = MODEL_MAGIC,
                             .version = MODEL_VERSION,
                             .sections = writer->arrays.count,
                             .size = size};
    memcpy(file, &head, sizeof head);
    uint64_t at = sizeof head + (uint64_t)head.sections * sizeof(model_row);
    for (uint32_t n = 0; n < head.sections; n++) {
        const rap_model_array *array = &writer->arrays.at[n];
        put_section(file, n, array, at);
        at += model_padded(array->count * rap_model_type_size(array->type));
    }
    assert(at == size);
    rap_model_seal((uint8_t *)file, size);
    *out = (rap_slice){file, (uint32_t)size};

    rap_model *model; /* in the arena: nothing to close */
    return rap_model_read(*out, "model", arena, &model, err);
}

/* ---- to the disk --------------------------------------------------------------- */

static rap_status system_said(const char *path, rap_error *err)
{
    return rap_fail(err, RAP_E_IO, 0, "%s: cannot be written: %s", path,
                    strerror(errno));
}

static bool write_all(int file, rap_slice bytes)
{
    while (bytes.len) {
        const ssize_t put = write(file, bytes.at, bytes.len);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        bytes = rap_slice_sub(bytes, (uint32_t)put, bytes.len);
    }
    return true;
}

/* Fill the new file and flush it to the disk; closes `file` in any case. */
static bool fill(int file, rap_slice bytes)
{
    const bool written =
        fchmod(file, 0644) == 0 && write_all(file, bytes) && fsync(file) == 0;
    const int why = errno;
    const bool closed = close(file) == 0;
    if (!written) errno = why;
    return written && closed;
}

static rap_status replace(const char *path, char *beside, rap_slice bytes,
                          rap_error *err)
{
    const int file = mkstemp(beside);
    if (file < 0) return system_said(path, err);
    if (fill(file, bytes) && rename(beside, path) == 0) return RAP_OK;
    const rap_status status = system_said(path, err);
    (void)unlink(beside);
    return status;
}

rap_status rap_model_writer_save(const rap_model_writer *writer, const char *path,
                                 rap_error *err)
{
    rap_arena arena = RAP_ARENA(WRITER_ARENA);
    rap_slice bytes;
    rap_status status = rap_model_assemble(writer, &arena, &bytes, err);
    if (!status) {
        char *beside = rap_arena_printf(&arena, "%s.XXXXXX", path);
        if (beside)
            status = replace(path, beside, bytes, err);
        else
            status = rap_fail(err, RAP_E_NOMEM, 0, "%s: no memory", path);
    }
    rap_arena_free(&arena);
    return status;
}
