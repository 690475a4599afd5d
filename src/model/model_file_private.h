/* model_file_private.h - the bytes of a model file, for its reader, its writer, the tests
 * and the fuzzer; docs/format/model.md says the same in words. */
#ifndef RAP_MODEL_FILE_PRIVATE_H
#define RAP_MODEL_FILE_PRIVATE_H

#include "model_file.h"

enum {
    MODEL_VERSION = 1,
    MODEL_ALIGN = 64,      /* a cache line, and the widest vector there is */
    MODEL_NAME = 64,       /* bytes of a name with its 0 */
    MODEL_SECTIONS = 1024, /* a model has some dozens */
    MODEL_BYTES = 1 << 30,
    MODEL_ARENA = 1 << 20 /* the table of the most sections needs a tenth */
};
#define MODEL_MAGIC "RAPMODEL" /* the 8 bytes without the 0 */

typedef struct model_head { /* at byte 0 */
    char magic[8];
    uint32_t version, sections;
    uint64_t size;           /* bytes of the whole file */
    uint64_t reserved[3];    /* 0 */
    uint64_t table_checksum; /* of the rows */
    uint64_t head_checksum;  /* of the 56 bytes before */
} model_head;

typedef struct model_row { /* row n at byte 64 + 128 n */
    char name[MODEL_NAME]; /* filled up with 0 */
    uint32_t type, dims;
    uint32_t dim[RAP_MODEL_DIMS]; /* those unused are 1 */
    uint64_t at, size;    /* bytes from the beginning of the file; of the data */
    uint64_t checksum;    /* of the data */
    uint64_t reserved[2]; /* 0 */
} model_row;

static_assert(sizeof(model_head) == 64, "the head is 64 bytes");
static_assert(offsetof(model_head, table_checksum) == 48, "as in docs/format/model.md");
static_assert(sizeof(model_row) == 128, "a row is 128 bytes");
static_assert(offsetof(model_row, at) == 88, "as in docs/format/model.md");

struct rap_model {
    rap_arena arena; /* holds this struct and the arrays' heads */
    rap_slice bytes;
    void *mapped; /* bytes.len bytes to unmap, or NULL */
    rap_model_array *array;
    uint32_t count;
    rap_slice provenance;
    char label[64]; /* the file's name, for errors */
};

struct rap_model_writer {
    rap_arena arena; /* holds this struct and copies of all data */
    RAP_LIST(rap_model_array) arrays;
    uint64_t size; /* bytes of the sections with their padding */
};

static inline uint64_t model_padded(uint64_t size)
{
    return (size + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
}

/* Check `bytes` and make a model of them in `arena`, which stays the caller's. */
rap_status rap_model_read(rap_slice bytes, const char *label, rap_arena *arena,
                          rap_model **out, rap_error *err) RAP_CHECKED;
/* What is wrong with a name or a shape, or NULL; `*count` elements, `*size` bytes. */
const char *rap_model_bad_name(const char name[MODEL_NAME]);
const char *rap_model_bad_shape(uint32_t type, uint32_t dims, const uint32_t *dim,
                                uint64_t *count, uint64_t *size);
/* Set the checksums of all sections inside the file, of the table and the head, whatever
 * the bytes are. */
void rap_model_seal(uint8_t *bytes, size_t size);
/* The file of `writer`, in `arena`, at a multiple of 64 bytes. */
rap_status rap_model_assemble(const rap_model_writer *writer, rap_arena *arena,
                              rap_slice *out, rap_error *err) RAP_CHECKED;

#endif
