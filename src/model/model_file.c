/*
 * model_file.c - check a model file and give out its arrays; see model_file.h.
 *
 * Method  the layout is canonical (docs/format/model.md): each section begins where the one
 *         before ends, at the next multiple of 64, and the bytes between are 0. So one
 *         comparison a section shows overlaps, gaps and bad alignment alike, and every byte
 *         of a file is checked: by a checksum, or by being 0. Checksums come before what
 *         they cover is believed; the checks after them hold against a file that was made
 *         to do harm, whose checksums are right.
 */
#include "model_file_private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "embedded.h"
#include "text.h"

extern const rap_embedded rap_model_trained[];

/* ---- types, names and shapes -------------------------------------------------- */

static const struct {
    const char *name;
    size_t size;
} type_of[] = {{"?", 0},   {"u8", 1},  {"i8", 1},  {"u16", 2},
               {"i16", 2}, {"u32", 4}, {"i32", 4}, {"f32", 4}};

static uint32_t known(uint32_t type)
{
    return type <= RAP_MODEL_F32 ? type : 0;
}

size_t rap_model_type_size(rap_model_type type)
{
    return type_of[known(type)].size;
}

const char *rap_model_type_name(rap_model_type type)
{
    return type_of[known(type)].name;
}

const char *rap_model_bad_name(const char name[MODEL_NAME])
{
    uint32_t len = 0;
    while (len < MODEL_NAME && name[len]) {
        if (name[len] < '!' || name[len] > '~') return "its name is not of '!' to '~'";
        len++;
    }
    if (len == 0) return "its name is empty";
    if (len == MODEL_NAME) return "its name is longer than 63 bytes";
    for (uint32_t i = len; i < MODEL_NAME; i++)
        if (name[i]) return "bytes stand after its name";
    return NULL;
}

const char *rap_model_bad_shape(uint32_t type, uint32_t dims, const uint32_t *dim,
                                uint64_t *count, uint64_t *size)
{
    *count = *size = 0;
    if (!rap_model_type_size(type)) return "its type is unknown";
    if (dims < 1 || dims > RAP_MODEL_DIMS) return "it has not 1 to 4 dimensions";
    uint64_t product = 1;
    for (uint32_t d = 0; d < dims; d++)
        if (__builtin_mul_overflow(product, dim[d], &product))
            return "its dimensions are too large";
    if (__builtin_mul_overflow(product, rap_model_type_size(type), size))
        return "its dimensions are too large";
    *count = product;
    return NULL;
}

/* ---- checks, in the order of the bytes ----------------------------------------- */

typedef struct reading {
    rap_model *model;
    model_head head;
    uint64_t next; /* where the next section must begin; never above the file's size */
    rap_error *err;
} reading;

static rap_status refuse(const reading *r, uint64_t at, const char *what)
{
    return rap_fail(r->err, RAP_E_MODEL, at,
                    "%s: byte %llu: %s; build or fetch the model again",
                    r->model->label, (unsigned long long)at, what);
}

static rap_status refuse_section(const reading *r, uint64_t at, const model_row *row,
                                 const char *what)
{
    return rap_fail(r->err, RAP_E_MODEL, at,
                    "%s: byte %llu: section '%s': %s; build or fetch the model again",
                    r->model->label, (unsigned long long)at, row->name, what);
}

static uint64_t checksum(rap_slice bytes, uint64_t begin, uint64_t size)
{
    assert(begin <= bytes.len && size <= bytes.len - begin);
    return XXH3_64bits(bytes.at + begin, size);
}

static uint64_t table_end(const model_head *head)
{
    return sizeof *head + (uint64_t)head->sections * sizeof(model_row);
}

static rap_status check_head(reading *r)
{
    const rap_slice bytes = r->model->bytes;
    model_head *head = &r->head;
    if (bytes.len < sizeof *head || memcmp(bytes.at, MODEL_MAGIC, 8) != 0)
        return refuse(r, 0, "not a Rapporteur model");
    memcpy(head, bytes.at, sizeof *head);
    if (head->version != MODEL_VERSION)
        return rap_fail(r->err, RAP_E_MODEL, 8,
                        "%s: a model of format %u; this program reads format %d",
                        r->model->label, head->version, MODEL_VERSION);
    if (checksum(bytes, 0, offsetof(model_head, head_checksum)) != head->head_checksum)
        return refuse(r, 0, "the head is damaged");
    if (head->size != bytes.len)
        return refuse(r, bytes.len < head->size ? bytes.len : head->size,
                      "the file is shorter or longer than its head says");
    for (uint32_t i = 0; i < 3; i++)
        if (head->reserved[i])
            return refuse(r, 24 + 8 * i, "a reserved field is not 0");
    if (bytes.len % MODEL_ALIGN)
        return refuse(r, bytes.len, "the size is not a multiple of 64");
    if (head->sections > MODEL_SECTIONS || table_end(head) > bytes.len)
        return refuse(r, 12, "more sections than fit");
    if (checksum(bytes, sizeof *head, table_end(head) - sizeof *head) !=
        head->table_checksum)
        return refuse(r, sizeof *head, "the table of sections is damaged");
    return RAP_OK;
}

/* The rest of a row: its fields beyond name and shape, and its place in the file. */
static rap_status check_place(reading *r, uint64_t at, const model_row *row,
                              uint64_t size)
{
    for (uint32_t d = row->dims; d < RAP_MODEL_DIMS; d++)
        if (row->dim[d] != 1)
            return refuse_section(r, at + offsetof(model_row, dim), row,
                                  "an unused dimension is not 1");
    for (uint32_t i = 0; i < 2; i++)
        if (row->reserved[i])
            return refuse_section(r, at + offsetof(model_row, reserved), row,
                                  "a reserved field is not 0");
    if (row->size != size)
        return refuse_section(r, at + offsetof(model_row, size), row,
                              "its size is not that of its shape");
    if (row->at != r->next)
        return refuse_section(r, at + offsetof(model_row, at), row,
                              "it does not begin where the one before it ends");
    if (size > r->model->bytes.len - r->next)
        return refuse_section(r, at + offsetof(model_row, size), row,
                              "it reaches beyond the end of the file");
    return RAP_OK;
}

static rap_status check_data(reading *r, const model_row *row)
{
    const rap_slice bytes = r->model->bytes;
    if (checksum(bytes, row->at, row->size) != row->checksum)
        return refuse_section(r, row->at, row, "its data is damaged");
    /* The file's size is a multiple of 64, so the padding is inside it. */
    r->next = model_padded(row->at + row->size);
    assert(r->next <= bytes.len);
    for (uint64_t at = row->at + row->size; at < r->next; at++)
        if (bytes.at[at]) return refuse_section(r, at, row, "a byte after it is not 0");
    return RAP_OK;
}

static rap_status check_section(reading *r, uint32_t n)
{
    rap_model *model = r->model;
    const uint64_t at = sizeof(model_head) + (uint64_t)n * sizeof(model_row);
    const char *name = model->bytes.at + at; /* 0-terminated once it is checked */
    model_row row;
    memcpy(&row, name, sizeof row);

    const char *bad = rap_model_bad_name(row.name);
    if (bad) return refuse(r, at, bad);
    if (rap_model_has(model, name))
        return refuse_section(r, at, &row, "it is there twice");
    uint64_t count, size;
    bad = rap_model_bad_shape(row.type, row.dims, row.dim, &count, &size);
    if (bad) return refuse_section(r, at + offsetof(model_row, type), &row, bad);
    rap_status status = check_place(r, at, &row, size);
    if (!status) status = check_data(r, &row);
    if (status) return status;

    model->array[model->count++] = (rap_model_array){
        .name = name,
        .type = row.type,
        .dims = row.dims,
        .dim = {row.dim[0], row.dim[1], row.dim[2], row.dim[3]},
        .count = (size_t)count,
        .data = model->bytes.at + row.at,
    };
    return RAP_OK;
}

/* Lines of key, tab, value, each with its newline. */
static rap_status check_provenance(reading *r)
{
    rap_slice *text = &r->model->provenance;
    rap_error why;
    if (rap_model_text_get(r->model, RAP_MODEL_PROVENANCE, text, &why))
        return refuse(r, sizeof(model_head), "no section 'provenance' of text");
    const uint64_t begin = (uint64_t)(text->at - r->model->bytes.at);
    const uint32_t bad = rap_utf8_bad(*text);
    if (bad < text->len) return refuse(r, begin + bad, "the provenance is not UTF-8");
    for (uint32_t at = 0; at < text->len;) {
        const uint32_t end = rap_slice_find(*text, RAP_LIT("\n"), at);
        const uint32_t tab = rap_slice_find(*text, RAP_LIT("\t"), at);
        if (end == text->len || tab >= end || tab == at)
            return refuse(r, begin + at,
                          "the provenance is not lines of key and value");
        at = end + 1;
    }
    return RAP_OK;
}

static rap_status check_all(reading *r)
{
    rap_status status = RAP_OK;
    r->next = table_end(&r->head);
    for (uint32_t n = 0; n < r->head.sections && !status; n++)
        status = check_section(r, n);
    if (status) return status;
    if (r->next != r->model->bytes.len)
        return refuse(r, r->next, "bytes after the last section");
    return check_provenance(r);
}

static bool machine_is_little_endian(void)
{
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
}

rap_status rap_model_read(rap_slice bytes, const char *label, rap_arena *arena,
                          rap_model **out, rap_error *err)
{
    *out = NULL;
    if (!machine_is_little_endian())
        return rap_fail(err, RAP_E_MODEL, 0,
                        "%s: models can be read on little-endian machines only", label);
    if ((uintptr_t)bytes.at % MODEL_ALIGN)
        return rap_fail(err, RAP_E_USAGE, 0,
                        "%s: the model does not begin at a multiple of 64 bytes",
                        label);
    if (bytes.len > MODEL_BYTES)
        return rap_fail(err, RAP_E_LIMIT, MODEL_BYTES, "%s: larger than 1 GiB", label);
    rap_model *model = rap_new(arena, rap_model, 1);
    if (!model) return rap_fail(err, RAP_E_NOMEM, 0, "%s: no memory", label);
    model->bytes = bytes;
    (void)snprintf(model->label, sizeof model->label, "%s", label);

    reading r = {.model = model, .err = err};
    rap_status status = check_head(&r);
    if (status) return status;
    model->array = rap_new(arena, rap_model_array, r.head.sections);
    if (!model->array) return rap_fail(err, RAP_E_NOMEM, 0, "%s: no memory", label);
    status = check_all(&r);
    if (!status) *out = model;
    return status;
}

void rap_model_seal(uint8_t *bytes, size_t size)
{
    model_head head;
    if (size < sizeof head || size > MODEL_BYTES) return;
    memcpy(&head, bytes, sizeof head);
    const uint64_t end = table_end(&head);
    for (uint64_t at = sizeof head; at < end && end <= size; at += sizeof(model_row)) {
        model_row row;
        memcpy(&row, bytes + at, sizeof row);
        if (row.at > size || row.size > size - row.at) continue;
        row.checksum = XXH3_64bits(bytes + row.at, row.size);
        memcpy(bytes + at, &row, sizeof row);
    }
    if (end <= size)
        head.table_checksum = XXH3_64bits(bytes + sizeof head, end - sizeof head);
    head.head_checksum = XXH3_64bits(&head, offsetof(model_head, head_checksum));
    memcpy(bytes, &head, sizeof head);
}

/* ---- opening ------------------------------------------------------------------- */

/* A model in an arena of its own, which the model then holds. */
static rap_status open_bytes(rap_slice bytes, const char *label, rap_model **out,
                             rap_error *err)
{
    rap_arena arena = RAP_ARENA(MODEL_ARENA);
    const rap_status status = rap_model_read(bytes, label, &arena, out, err);
    if (status)
        rap_arena_free(&arena);
    else
        (*out)->arena = arena;
    return status;
}

rap_status rap_model_of(rap_slice bytes, rap_model **out, rap_error *err)
{
    return open_bytes(bytes, "model", out, err);
}

static rap_status map_file(const char *path, rap_slice *out, rap_error *err)
{
    /* Not blocking: a pipe of that name must not make us wait. */
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return rap_fail(err, errno == ENOENT ? RAP_E_NOTFOUND : RAP_E_IO, 0,
                        "%s: cannot be opened: %s", path, strerror(errno));
    struct stat about;
    rap_status status = RAP_OK;
    if (fstat(file, &about) != 0)
        status = rap_fail(err, RAP_E_IO, 0, "%s: %s", path, strerror(errno));
    else if (!S_ISREG(about.st_mode))
        status = rap_fail(err, RAP_E_IO, 0, "%s: not a file", path);
    else if (about.st_size > MODEL_BYTES)
        status = rap_fail(err, RAP_E_LIMIT, MODEL_BYTES, "%s: larger than 1 GiB", path);
    else if (about.st_size == 0)
        status = rap_fail(err, RAP_E_MODEL, 0, "%s: the file is empty", path);
    if (!status) {
        const size_t size = (size_t)about.st_size;
        /* All pages at once: every byte is read for its checksum anyway. */
        void *at = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
        if (at == MAP_FAILED)
            status = rap_fail(err, RAP_E_IO, 0, "%s: cannot be mapped: %s", path,
                              strerror(errno));
        else
            *out = (rap_slice){at, (uint32_t)size};
    }
    (void)close(file);
    return status;
}

static void unmap(rap_slice bytes)
{
    (void)munmap((void *)(uintptr_t)bytes.at, bytes.len);
}

rap_status rap_model_open(const char *path, rap_model **out, rap_error *err)
{
    *out = NULL;
    rap_slice bytes;
    rap_status status = map_file(path, &bytes, err);
    if (status) return status;
    const char *slash = strrchr(path, '/');
    status = open_bytes(bytes, slash ? slash + 1 : path, out, err);
    if (status)
        unmap(bytes);
    else
        (*out)->mapped = (void *)(uintptr_t)bytes.at;
    return status;
}

rap_status rap_model_builtin(const rap_language *language, rap_model **out,
                             rap_error *err)
{
    *out = NULL;
    char name[sizeof language->code + sizeof ".rapmodel"];
    (void)snprintf(name, sizeof name, "%s.rapmodel", language->code);
    for (const rap_embedded *file = rap_model_trained; file->name; file++) {
        if (strcmp(file->name, name) != 0) continue;
        const rap_slice bytes = {file->begin, (uint32_t)(file->end - file->begin)};
        return open_bytes(bytes, name, out, err);
    }
    return rap_fail(err, RAP_E_NOTFOUND, 0, "no model %s in this build", name);
}

void rap_model_close(rap_model *model)
{
    if (!model) return;
    if (model->mapped) unmap(model->bytes);
    rap_arena arena = model->arena; /* it holds the model itself */
    rap_arena_free(&arena);
}

/* ---- reading ------------------------------------------------------------------- */

static const rap_model_array *find(const rap_model *model, const char *name)
{
    for (uint32_t n = 0; n < model->count; n++)
        if (strcmp(model->array[n].name, name) == 0) return &model->array[n];
    return NULL;
}

bool rap_model_has(const rap_model *model, const char *name)
{
    return find(model, name) != NULL;
}

rap_status rap_model_array_get(const rap_model *model, const char *name,
                               rap_model_type type, uint32_t dims, rap_model_array *out,
                               rap_error *err)
{
    *out = (rap_model_array){0};
    const rap_model_array *array = find(model, name);
    if (!array)
        return rap_fail(err, RAP_E_MODEL, 0, "%s: no section '%s'", model->label, name);
    if (array->type != type || array->dims != dims)
        return rap_fail(err, RAP_E_MODEL, 0,
                        "%s: section '%s' is %s in %u dimensions, not %s in %u",
                        model->label, name, rap_model_type_name(array->type),
                        array->dims, rap_model_type_name(type), dims);
    *out = *array;
    return RAP_OK;
}

rap_status rap_model_text_get(const rap_model *model, const char *name, rap_slice *out,
                              rap_error *err)
{
    *out = (rap_slice){"", 0};
    rap_model_array array;
    const rap_status status =
        rap_model_array_get(model, name, RAP_MODEL_U8, 1, &array, err);
    if (!status) *out = (rap_slice){array.data, (uint32_t)array.count};
    return status;
}

uint32_t rap_model_count(const rap_model *model)
{
    return model->count;
}

rap_model_array rap_model_at(const rap_model *model, uint32_t n)
{
    assert(n < model->count);
    return model->array[n];
}

rap_slice rap_model_provenance(const rap_model *model)
{
    return model->provenance;
}

rap_slice rap_model_says(const rap_model *model, const char *key)
{
    rap_slice rest = model->provenance, line;
    while (rap_split_next(&rest, '\n', &line)) {
        const uint32_t tab = rap_slice_find(line, RAP_LIT("\t"), 0);
        if (tab < line.len && rap_slice_is(rap_slice_sub(line, 0, tab), key))
            return rap_slice_sub(line, tab + 1, line.len);
    }
    return (rap_slice){"", 0};
}

uint64_t rap_model_checksum(const rap_model *model)
{
    model_head head;
    memcpy(&head, model->bytes.at, sizeof head);
    return head.head_checksum; /* covers the table's, which covers the sections' */
}
