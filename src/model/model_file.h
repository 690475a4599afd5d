/*
 * model_file.h - a trained model as one file: named arrays, mapped read-only.
 *
 * Reads   LANG.rapmodel (docs/format/model.md): from a path, from bytes, or compiled into
 *         the binary. Every offset, size, shape and checksum is checked on opening, so what
 *         has opened can be read without a further check.
 * Writes  the same, through rap_model_writer (used by the trainer alone).
 * Memory  the arrays are the file's own bytes, never copied; const, shared by threads.
 *         While a model from a path is open, its file must not be changed in place (the
 *         system would stop the program); the writer replaces files by renaming.
 * Cost    opening is linear in the file's bytes: 16 MB in about 1 ms (docs/format/model.md).
 */
#ifndef RAP_MODEL_FILE_H
#define RAP_MODEL_FILE_H

#include "language.h"

typedef enum rap_model_type { /* the numbers stand in files */
                              RAP_MODEL_U8 = 1,
                              RAP_MODEL_I8 = 2,
                              RAP_MODEL_U16 = 3,
                              RAP_MODEL_I16 = 4,
                              RAP_MODEL_U32 = 5,
                              RAP_MODEL_I32 = 6,
                              RAP_MODEL_F32 =
                                  7 /* IEEE 754 binary32; any bits, NaN and infinity too */
} rap_model_type;

#define RAP_MODEL_DIMS 4
#define RAP_MODEL_PROVENANCE "provenance" /* the section that every model has */

typedef struct rap_model_array {
    const char *name; /* at most 63 characters '!' to '~' */
    rap_model_type type;
    uint32_t dims;                /* 1..RAP_MODEL_DIMS */
    uint32_t dim[RAP_MODEL_DIMS]; /* [dims], slowest first; those unused are 1 */
    size_t count;                 /* elements: the product of dim */
    const void *data;             /* [count] of `type`, at a multiple of 64 bytes */
} rap_model_array;

/* ---- reading ----------------------------------------------------------------- */
typedef struct rap_model rap_model;

/*
 * Open a model; `*out` is NULL on failure. For all three:
 * RAP_E_MODEL: not a sound model file; err->at is the byte that shows it.
 * RAP_E_LIMIT: above 1 GiB. RAP_E_NOMEM: no memory for the table of sections.
 */
/* RAP_E_NOTFOUND: no such file. RAP_E_IO: the system refuses to read or map it. */
rap_status rap_model_open(const char *path, rap_model **out,
                          rap_error *err) RAP_CHECKED;
/* `bytes` are borrowed until rap_model_close.
 * RAP_E_USAGE: they do not begin at a multiple of 64 bytes. */
rap_status rap_model_of(rap_slice bytes, rap_model **out, rap_error *err) RAP_CHECKED;
/* The model of `language` in models/. RAP_E_NOTFOUND: this build has none. */
rap_status rap_model_builtin(const rap_language *language, rap_model **out,
                             rap_error *err) RAP_CHECKED;
void rap_model_close(rap_model *model); /* NULL is allowed; arrays are gone then */

/* The array `name`. RAP_E_MODEL: there is none, or it has another type or number of
 * dimensions; `out` is empty then, and `err` says which. Sizes are for the caller to
 * compare. */
rap_status rap_model_array_get(const rap_model *model, const char *name,
                               rap_model_type type, uint32_t dims, rap_model_array *out,
                               rap_error *err) RAP_CHECKED;
/* The same for a section of u8 in one dimension, as text. */
rap_status rap_model_text_get(const rap_model *model, const char *name, rap_slice *out,
                              rap_error *err) RAP_CHECKED;
bool rap_model_has(const rap_model *model, const char *name);

/* All sections in the file's order. */
uint32_t rap_model_count(const rap_model *model);
rap_model_array rap_model_at(const rap_model *model, uint32_t n); /* n < count */

/* Lines of key, tab, value: where the model comes from. */
rap_slice rap_model_provenance(const rap_model *model);
/* The value of the first line whose key is `key`; empty if there is none. */
rap_slice rap_model_says(const rap_model *model, const char *key);
/* Stands for every byte of the file against accidents, not against forgers: models with
 * the same number are the same. */
uint64_t rap_model_checksum(const rap_model *model);

size_t rap_model_type_size(rap_model_type type);      /* bytes an element; 0: no type */
const char *rap_model_type_name(rap_model_type type); /* "u8", …; "?": no type */

/* ---- writing ------------------------------------------------------------------ */
typedef struct rap_model_writer rap_model_writer;

rap_status rap_model_writer_new(rap_model_writer **out, rap_error *err) RAP_CHECKED;
void rap_model_writer_free(rap_model_writer *writer); /* NULL is allowed */
/* Add an array; `data` is copied. RAP_E_USAGE: a bad name, type or shape, or a name that is
 * there. RAP_E_LIMIT: above 1024 sections or 1 GiB. On failure the writer is as it was. */
rap_status rap_model_writer_add(rap_model_writer *writer, const char *name,
                                rap_model_type type, uint32_t dims, const uint32_t *dim,
                                const void *data, rap_error *err) RAP_CHECKED;
/* Text as u8 in one dimension; "provenance" is added this way and may not be left out. */
rap_status rap_model_writer_text(rap_model_writer *writer, const char *name,
                                 rap_slice text, rap_error *err) RAP_CHECKED;
/* Write all sections in the order of adding, through a file beside `path` that is checked,
 * flushed to the disk and renamed: `path` is the old file or the new one, whole. The same
 * sections in the same order give the same bytes. RAP_E_MODEL: the provenance is missing or
 * has another form; RAP_E_IO: the system refuses; `path` is then as it was. */
rap_status rap_model_writer_save(const rap_model_writer *writer, const char *path,
                                 rap_error *err) RAP_CHECKED;

#endif
