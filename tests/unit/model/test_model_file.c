/* Model files: what is written comes back; what is damaged or made to do harm is refused. */
#include "check.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model_file_private.h"

enum { LIMIT = 4 << 20 };
static const char PROVENANCE[] = "licence\tCC-BY-SA-4.0\n"
                                 "corpora\tone made-up sentence\n"
                                 "date\t2026-11-25\n";
static const float WEIGHTS[2][3] = {{0.5F, -1.0F, 2.0F}, {0.0F, 1e-30F, 3.5F}};
static const int8_t SMALL[5] = {-128, -1, 0, 1, 127};
static const uint16_t CUBE[2][1][2][2] = {{{{1, 2}, {3, 4}}}, {{{5, 6}, {7, 65535}}}};

static void add(rap_model_writer *writer, const char *name, rap_model_type type,
                uint32_t dims, const uint32_t *dim, const void *data)
{
    assert_int_equal(rap_model_writer_add(writer, name, type, dims, dim, data, NULL),
                     RAP_OK);
}

/* Four sections, one of them empty. */
static rap_model_writer *written(void)
{
    rap_model_writer *writer;
    assert_int_equal(rap_model_writer_new(&writer, NULL), RAP_OK);
    const rap_slice text = rap_slice_of(PROVENANCE);
    assert_int_equal(rap_model_writer_text(writer, RAP_MODEL_PROVENANCE, text, NULL),
                     RAP_OK);
    add(writer, "tagger/weights", RAP_MODEL_F32, 2, (uint32_t[]){2, 3}, WEIGHTS);
    add(writer, "tagger/small", RAP_MODEL_I8, 1, (uint32_t[]){5}, SMALL);
    add(writer, "cube", RAP_MODEL_U16, 4, (uint32_t[]){2, 1, 2, 2}, CUBE);
    add(writer, "nothing", RAP_MODEL_I32, 2, (uint32_t[]){0, 7}, NULL);
    return writer;
}

/* The same as bytes in `arena`, at a multiple of 64. */
static rap_slice sample(rap_arena *arena)
{
    *arena = RAP_ARENA(LIMIT);
    rap_model_writer *writer = written();
    rap_slice bytes;
    assert_int_equal(rap_model_assemble(writer, arena, &bytes, NULL), RAP_OK);
    rap_model_writer_free(writer);
    return bytes;
}

static uint8_t *writable(rap_slice bytes)
{
    return (uint8_t *)(uintptr_t)bytes.at;
}

static rap_status opened(rap_slice bytes, rap_error *err)
{
    rap_model *model = NULL;
    *err = (rap_error){0};
    const rap_status status = rap_model_of(bytes, &model, err);
    assert_true((status == RAP_OK) == (model != NULL));
    assert_true(err->at <= bytes.len);
    rap_model_close(model);
    return status;
}

static model_row row_of(rap_slice bytes, uint32_t n)
{
    model_row row;
    memcpy(&row, bytes.at + sizeof(model_head) + n * sizeof row, sizeof row);
    return row;
}

/* Replace row n, make all checksums right, and say how opening fails. */
static void check_hostile(rap_slice bytes, uint32_t n, model_row row, const char *words)
{
    const size_t at = sizeof(model_head) + n * sizeof row;
    uint8_t *copy = aligned_alloc(MODEL_ALIGN, bytes.len);
    assert_non_null(copy);
    memcpy(copy, bytes.at, bytes.len);
    memcpy(copy + at, &row, sizeof row);
    rap_model_seal(copy, bytes.len);
    rap_error err;
    assert_int_equal(opened((rap_slice){(char *)copy, bytes.len}, &err), RAP_E_MODEL);
    if (!strstr(err.text, words)) fail_msg("'%s' lacks '%s'", err.text, words);
    assert_true(err.at >= at && err.at < at + sizeof row);
    free(copy);
}

/* ---- round trips ----------------------------------------------------------------- */

static void arrays_come_back_as_they_were_added(void **state)
{
    (void)state;
    rap_arena arena;
    const rap_slice bytes = sample(&arena);
    rap_model *model;
    rap_model_array got;
    assert_int_equal(rap_model_of(bytes, &model, NULL), RAP_OK);
    assert_int_equal(rap_model_count(model), 5);

    assert_int_equal(
        rap_model_array_get(model, "tagger/weights", RAP_MODEL_F32, 2, &got, NULL), 0);
    assert_int_equal(got.dim[0], 2);
    assert_int_equal(got.dim[1], 3);
    assert_int_equal(got.count, 6);
    assert_memory_equal(got.data, WEIGHTS, sizeof WEIGHTS);
    assert_int_equal(
        rap_model_array_get(model, "tagger/small", RAP_MODEL_I8, 1, &got, NULL), 0);
    assert_memory_equal(got.data, SMALL, sizeof SMALL);
    assert_int_equal(rap_model_array_get(model, "cube", RAP_MODEL_U16, 4, &got, NULL),
                     0);
    assert_memory_equal(got.data, CUBE, sizeof CUBE);
    assert_int_equal(
        rap_model_array_get(model, "nothing", RAP_MODEL_I32, 2, &got, NULL), 0);
    assert_int_equal(got.count, 0);
    assert_int_equal(got.dim[1], 7);
    rap_model_close(model);
    rap_arena_free(&arena);
}

static void every_array_lies_at_a_multiple_of_64_in_the_order_of_adding(void **state)
{
    (void)state;
    static const char *const name[] = {"provenance", "tagger/weights", "tagger/small",
                                       "cube", "nothing"};
    rap_arena arena;
    const rap_slice bytes = sample(&arena);
    rap_model *model;
    assert_int_equal(rap_model_of(bytes, &model, NULL), RAP_OK);
    for (uint32_t n = 0; n < rap_model_count(model); n++) {
        const rap_model_array array = rap_model_at(model, n);
        assert_string_equal(array.name, name[n]);
        assert_int_equal((uintptr_t)array.data % 64, 0);
        size_t product = 1;
        for (uint32_t d = 0; d < RAP_MODEL_DIMS; d++) product *= array.dim[d];
        assert_int_equal(product, array.count);
    }
    rap_model_close(model);
    rap_arena_free(&arena);
}

static void the_provenance_is_read_by_key(void **state)
{
    (void)state;
    rap_arena arena;
    const rap_slice bytes = sample(&arena);
    rap_model *model;
    assert_int_equal(rap_model_of(bytes, &model, NULL), RAP_OK);
    assert_true(rap_slice_is(rap_model_provenance(model), PROVENANCE));
    assert_true(rap_slice_is(rap_model_says(model, "licence"), "CC-BY-SA-4.0"));
    assert_true(rap_slice_is(rap_model_says(model, "date"), "2026-11-25"));
    assert_int_equal(rap_model_says(model, "lic").len, 0);
    rap_model_close(model);
    rap_arena_free(&arena);
}

static void the_same_sections_give_the_same_bytes(void **state)
{
    (void)state;
    rap_arena one, two;
    assert_true(rap_slice_equal(sample(&one), sample(&two)));
    rap_arena_free(&one);
    rap_arena_free(&two);
}

static void another_element_gives_another_checksum(void **state)
{
    (void)state;
    rap_arena arena;
    const rap_slice bytes = sample(&arena);
    rap_model *model;
    assert_int_equal(rap_model_of(bytes, &model, NULL), RAP_OK);
    const uint64_t before = rap_model_checksum(model);
    rap_model_close(model);
    writable(bytes)[row_of(bytes, 2).at] ^= 1;
    rap_model_seal(writable(bytes), bytes.len);
    assert_int_equal(rap_model_of(bytes, &model, NULL), RAP_OK);
    assert_true(rap_model_checksum(model) != before);
    rap_model_close(model);
    rap_arena_free(&arena);
}

static void a_missing_section_or_another_shape_is_named(void **state)
{
    (void)state;
    rap_arena arena;
    const rap_slice bytes = sample(&arena);
    rap_model *model;
    rap_model_array got;
    rap_error err;
    assert_int_equal(rap_model_of(bytes, &model, NULL), RAP_OK);
    assert_int_equal(rap_model_array_get(model, "parser", RAP_MODEL_F32, 2, &got, &err),
                     RAP_E_MODEL);
    assert_non_null(strstr(err.text, "no section 'parser'"));
    assert_null(got.data);
    assert_int_equal(rap_model_array_get(model, "cube", RAP_MODEL_F32, 2, &got, &err),
                     RAP_E_MODEL);
    assert_non_null(strstr(err.text, "'cube' is u16 in 4 dimensions, not f32 in 2"));
    rap_slice text;
    assert_int_equal(rap_model_text_get(model, "tagger/small", &text, &err),
                     RAP_E_MODEL);
    assert_int_equal(text.len, 0);
    assert_true(rap_model_has(model, "cube") && !rap_model_has(model, "cub"));
    rap_model_close(model);
    rap_arena_free(&arena);
}

/* ---- damage ---------------------------------------------------------------------- */

static void every_flipped_bit_is_refused(void **state)
{
    (void)state;
    rap_arena arena;
    rap_error err;
    const rap_slice bytes = sample(&arena);
    for (uint32_t at = 0; at < bytes.len; at++)
        for (uint32_t bit = 0; bit < 8; bit++) {
            writable(bytes)[at] ^= (uint8_t)(1U << bit);
            assert_int_equal(opened(bytes, &err), RAP_E_MODEL);
            writable(bytes)[at] ^= (uint8_t)(1U << bit);
        }
    assert_int_equal(opened(bytes, &err), RAP_OK);
    rap_arena_free(&arena);
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    rap_arena arena;
    rap_error err;
    const rap_slice bytes = sample(&arena);
    for (uint32_t len = 0; len < bytes.len; len++) {
        void *cut = NULL; /* of the exact size, so that ASan sees one byte too far */
        assert_int_equal(posix_memalign(&cut, MODEL_ALIGN, len ? len : 1), 0);
        memcpy(cut, bytes.at, len);
        assert_int_equal(opened((rap_slice){cut, len}, &err), RAP_E_MODEL);
        free(cut);
    }
    assert_int_equal(opened((rap_slice){NULL, 0}, &err), RAP_E_MODEL);
    rap_arena_free(&arena);
}

static void bytes_after_the_end_are_refused(void **state)
{
    (void)state;
    rap_arena arena;
    rap_error err;
    const rap_slice bytes = sample(&arena);
    const uint32_t len = bytes.len + MODEL_ALIGN;
    uint8_t *longer = aligned_alloc(MODEL_ALIGN, len);
    assert_non_null(longer);
    memset(longer, 0, len);
    memcpy(longer, bytes.at, bytes.len);
    assert_int_equal(opened((rap_slice){(char *)longer, len}, &err), RAP_E_MODEL);
    assert_int_equal(err.at, bytes.len);
    const uint64_t size = len;
    memcpy(longer + offsetof(model_head, size), &size, sizeof size);
    rap_model_seal(longer, len);
    assert_int_equal(opened((rap_slice){(char *)longer, len}, &err), RAP_E_MODEL);
    assert_non_null(strstr(err.text, "after the last section"));
    free(longer);
    rap_arena_free(&arena);
}

static void bytes_at_an_odd_address_are_the_callers_mistake(void **state)
{
    (void)state;
    rap_arena arena;
    rap_error err;
    const rap_slice bytes = sample(&arena);
    assert_int_equal(opened(rap_slice_sub(bytes, 16, bytes.len), &err), RAP_E_USAGE);
    assert_non_null(strstr(err.text, "64"));
    rap_arena_free(&arena);
}

static void another_version_is_refused_by_its_number(void **state)
{
    (void)state;
    rap_arena arena;
    rap_error err;
    const rap_slice bytes = sample(&arena);
    writable(bytes)[8] = 2; /* before the checksum: a later head may be another */
    assert_int_equal(opened(bytes, &err), RAP_E_MODEL);
    assert_int_equal(err.at, 8);
    assert_non_null(strstr(err.text, "format 2"));
    rap_arena_free(&arena);
}

/* ---- files made to do harm: every checksum is right -------------------------------- */

static void a_count_of_sections_beyond_the_file_is_refused(void **state)
{
    (void)state;
    static const uint32_t count[] = {6, 7, 100, 1024, 1025, 1U << 25, UINT32_MAX};
    rap_arena arena;
    rap_error err;
    const rap_slice bytes = sample(&arena);
    for (uint32_t i = 0; i < sizeof count / sizeof *count; i++) {
        memcpy(writable(bytes) + offsetof(model_head, sections), &count[i], 4);
        rap_model_seal(writable(bytes), bytes.len);
        assert_int_equal(opened(bytes, &err), RAP_E_MODEL);
    }
    rap_arena_free(&arena);
}

static void a_reserved_field_that_is_used_is_refused(void **state)
{
    (void)state;
    rap_arena arena;
    rap_error err;
    const rap_slice bytes = sample(&arena);
    model_row row = row_of(bytes, 1);
    row.reserved[1] = 1;
    check_hostile(bytes, 1, row, "reserved");
    writable(bytes)[40] = 1;
    rap_model_seal(writable(bytes), bytes.len);
    assert_int_equal(opened(bytes, &err), RAP_E_MODEL);
    assert_int_equal(err.at, 40);
    rap_arena_free(&arena);
}

static void sections_that_overlap_or_leave_a_gap_are_refused(void **state)
{
    (void)state;
    static const char words[] = "does not begin where the one before it ends";
    rap_arena arena;
    const rap_slice bytes = sample(&arena);
    static const uint64_t at[] = {0, 1, 64, UINT64_MAX, UINT64_MAX - 63, 1ULL << 63};
    model_row row = row_of(bytes, 2);
    const uint64_t own = row.at;
    for (uint32_t i = 0; i < sizeof at / sizeof *at; i++) {
        row.at = at[i];
        check_hostile(bytes, 2, row, words);
    }
    row.at = own + 1; /* not at a multiple of 64 */
    check_hostile(bytes, 2, row, words);
    row.at = row_of(bytes, 1).at;
    check_hostile(bytes, 2, row, words);
    row.at = own + 64;
    check_hostile(bytes, 2, row, words);
    row.at = bytes.len;
    check_hostile(bytes, 2, row, words);
    rap_arena_free(&arena);
}

static void sizes_and_shapes_that_do_not_agree_are_refused(void **state)
{
    (void)state;
    rap_arena arena;
    const rap_slice bytes = sample(&arena);
    model_row row = row_of(bytes, 1);
    row.size += 64;
    check_hostile(bytes, 1, row, "not that of its shape");
    row.size = UINT64_MAX;
    check_hostile(bytes, 1, row, "not that of its shape");
    row = row_of(bytes, 1);
    row.dim[2] = 0;
    check_hostile(bytes, 1, row, "unused dimension");
    row = row_of(bytes, 3);
    row.dim[0] = UINT32_MAX;
    row.size = (uint64_t)UINT32_MAX * 8;
    check_hostile(bytes, 3, row, "beyond the end");
    rap_arena_free(&arena);
}

static void dimensions_whose_product_overflows_are_refused(void **state)
{
    (void)state;
    rap_arena arena;
    const rap_slice bytes = sample(&arena);
    model_row row = row_of(bytes, 3);
    /* 2^32 * 2^32 * 2 bytes would be 0 in 64 bits; so would 2^63 elements of two bytes. */
    static const uint32_t dim[][4] = {{1U << 31, 1U << 31, 4, 1},
                                      {1U << 31, 1U << 31, 2, 1},
                                      {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX},
                                      {UINT32_MAX, UINT32_MAX, UINT32_MAX, 0}};
    for (uint32_t i = 0; i < 4; i++) {
        memcpy(row.dim, dim[i], sizeof row.dim);
        row.size = 0;
        check_hostile(bytes, 3, row, "too large");
    }
    rap_arena_free(&arena);
}

static void unknown_types_and_numbers_of_dimensions_are_refused(void **state)
{
    (void)state;
    rap_arena arena;
    const rap_slice bytes = sample(&arena);
    static const uint32_t number[] = {0, 8, 1U << 31, UINT32_MAX};
    for (uint32_t i = 0; i < 4; i++) {
        model_row row = row_of(bytes, 1);
        row.type = number[i];
        check_hostile(bytes, 1, row, "type is unknown");
        row = row_of(bytes, 1);
        row.dims = i == 1 ? 5 : number[i];
        check_hostile(bytes, 1, row, "1 to 4 dimensions");
    }
    rap_arena_free(&arena);
}

static void names_that_are_no_names_are_refused(void **state)
{
    (void)state;
    rap_arena arena;
    const rap_slice bytes = sample(&arena);
    model_row row = row_of(bytes, 1);
    memset(row.name, 'x', sizeof row.name);
    check_hostile(bytes, 1, row, "longer than 63");
    memset(row.name, 0, sizeof row.name);
    check_hostile(bytes, 1, row, "empty");
    row.name[0] = '\n';
    check_hostile(bytes, 1, row, "not of '!' to '~'");
    row.name[0] = (char)0xFF;
    check_hostile(bytes, 1, row, "not of '!' to '~'");
    row.name[0] = 'x';
    row.name[63] = 'y';
    check_hostile(bytes, 1, row, "after its name");
    row = row_of(bytes, 1);
    memcpy(row.name, row_of(bytes, 0).name, sizeof row.name);
    check_hostile(bytes, 1, row, "twice");
    rap_arena_free(&arena);
}

static void a_provenance_that_is_missing_or_no_table_is_refused(void **state)
{
    (void)state;
    static const char *const text[] = {"no tab\n", "key\tno newline", "\tno key\n",
                                       "key\tvalue\n\nkey\tvalue\n", "key\t\xFF\n"};
    for (uint32_t i = 0; i <= 5; i++) {
        rap_model_writer *writer;
        rap_arena arena = RAP_ARENA(LIMIT);
        rap_error err;
        rap_slice bytes;
        assert_int_equal(rap_model_writer_new(&writer, NULL), RAP_OK);
        if (i < 5)
            assert_int_equal(rap_model_writer_text(writer, RAP_MODEL_PROVENANCE,
                                                   rap_slice_of(text[i]), NULL),
                             RAP_OK);
        assert_int_equal(rap_model_assemble(writer, &arena, &bytes, &err), RAP_E_MODEL);
        assert_non_null(strstr(err.text, "provenance"));
        rap_model_writer_free(writer);
        rap_arena_free(&arena);
    }
}

static void flipped_bits_with_right_checksums_never_lead_out_of_the_file(void **state)
{
    (void)state;
    rap_arena arena;
    const rap_slice bytes = sample(&arena);
    uint8_t *copy = aligned_alloc(MODEL_ALIGN, bytes.len);
    assert_non_null(copy);
    for (uint32_t at = 0; at < bytes.len; at++)
        for (uint32_t bit = 0; bit < 8; bit++) {
            memcpy(copy, bytes.at, bytes.len);
            copy[at] ^= (uint8_t)(1U << bit);
            rap_model_seal(copy, bytes.len);
            rap_model *model;
            if (rap_model_of((rap_slice){(char *)copy, bytes.len}, &model, NULL))
                continue;
            for (uint32_t n = 0; n < rap_model_count(model); n++) {
                const rap_model_array a = rap_model_at(model, n);
                const size_t begin = (size_t)((const char *)a.data - (char *)copy);
                assert_true(begin + a.count * rap_model_type_size(a.type) <= bytes.len);
            }
            rap_model_close(model);
        }
    free(copy);
    rap_arena_free(&arena);
}

/* ---- writing --------------------------------------------------------------------- */

static void what_cannot_be_written_is_refused_when_added(void **state)
{
    (void)state;
    rap_model_writer *writer = written();
    rap_error err;
    const uint32_t one = 1, most = UINT32_MAX;
    const uint32_t many[] = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
    char name[66];
    memset(name, 'n', 65);
    name[65] = 0;
    assert_int_equal(rap_model_writer_add(writer, "cube", 1, 1, &one, "", &err),
                     RAP_E_USAGE);
    assert_int_equal(rap_model_writer_add(writer, "a b", 1, 1, &one, "", &err),
                     RAP_E_USAGE);
    assert_int_equal(rap_model_writer_add(writer, name, 1, 1, &one, "", &err),
                     RAP_E_USAGE);
    assert_int_equal(rap_model_writer_add(writer, "x", 0, 1, &one, "", &err),
                     RAP_E_USAGE);
    assert_int_equal(rap_model_writer_add(writer, "x", 1, 0, &one, "", &err),
                     RAP_E_USAGE);
    assert_int_equal(rap_model_writer_add(writer, "x", 1, 4, many, "", &err),
                     RAP_E_USAGE);
    assert_int_equal(rap_model_writer_add(writer, "x", 1, 1, &most, "", &err),
                     RAP_E_LIMIT);
    rap_arena arena = RAP_ARENA(LIMIT), other;
    rap_slice bytes;
    assert_int_equal(rap_model_assemble(writer, &arena, &bytes, NULL), RAP_OK);
    assert_true(rap_slice_equal(bytes, sample(&other))); /* as it was */
    rap_model_writer_free(writer);
    rap_arena_free(&arena);
    rap_arena_free(&other);
}

static void the_most_sections_fit_and_no_more(void **state)
{
    (void)state;
    rap_model_writer *writer;
    assert_int_equal(rap_model_writer_new(&writer, NULL), RAP_OK);
    const rap_slice text = RAP_LIT("key\tvalue\n");
    assert_int_equal(rap_model_writer_text(writer, RAP_MODEL_PROVENANCE, text, NULL),
                     0);
    char name[32];
    for (uint32_t n = 1; n < MODEL_SECTIONS; n++) {
        (void)snprintf(name, sizeof name, "section-%u", n);
        add(writer, name, RAP_MODEL_U32, 1, (uint32_t[]){1}, &n);
    }
    rap_error err;
    assert_int_equal(rap_model_writer_text(writer, "more", text, &err), RAP_E_LIMIT);
    rap_arena arena = RAP_ARENA(LIMIT);
    rap_slice bytes;
    assert_int_equal(rap_model_assemble(writer, &arena, &bytes, NULL), RAP_OK);
    assert_int_equal(opened(bytes, &err), RAP_OK);
    rap_model_writer_free(writer);
    rap_arena_free(&arena);
}

static char folder[64];

static const char *path_of(const char *name)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void a_saved_model_opens_and_replaces_the_old_one(void **state)
{
    (void)state;
    const char *path = path_of("xx.rapmodel");
    rap_model *model;
    rap_error err;
    assert_int_equal(rap_model_open(path, &model, &err), RAP_E_NOTFOUND);
    rap_model_writer *writer = written();
    for (int twice = 0; twice < 2; twice++) {
        assert_int_equal(rap_model_writer_save(writer, path, &err), RAP_OK);
        assert_int_equal(rap_model_open(path, &model, &err), RAP_OK);
        rap_arena arena;
        assert_true(rap_slice_equal(model->bytes, sample(&arena)));
        rap_arena_free(&arena);
        rap_model_close(model);
    }
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0644);
    assert_int_equal(unlink(path), 0);
    rap_model_writer_free(writer);
}

static void a_failed_save_leaves_nothing_behind(void **state)
{
    (void)state;
    rap_error err;
    rap_model_writer *writer = written();
    assert_int_equal(rap_model_writer_save(writer, path_of("no/xx.rapmodel"), &err),
                     RAP_E_IO);
    assert_non_null(strstr(err.text, "no/xx.rapmodel"));
    assert_int_equal(rap_model_writer_save(writer, folder, &err), RAP_E_IO);
    rap_model_writer_free(writer);
    assert_int_equal(rap_model_writer_new(&writer, NULL), RAP_OK);
    assert_int_equal(rap_model_writer_save(writer, path_of("xx.rapmodel"), &err),
                     RAP_E_MODEL);
    rap_model_writer_free(writer);
    assert_int_equal(rmdir(folder), 0); /* it is empty */
    assert_int_equal(mkdir(folder, 0700), 0);
}

static void what_is_no_model_file_is_refused_with_its_name(void **state)
{
    (void)state;
    rap_model *model;
    rap_error err;
    assert_int_equal(rap_model_open(folder, &model, &err), RAP_E_IO);
    const char *path = path_of("empty.rapmodel");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(rap_model_open(path, &model, &err), RAP_E_MODEL);
    assert_non_null(strstr(err.text, "empty.rapmodel"));
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs("not a model", file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(rap_model_open(path, &model, &err), RAP_E_MODEL);
    assert_non_null(strstr(err.text, "empty.rapmodel"));
    assert_null(model);
    assert_int_equal(unlink(path), 0);
    path = path_of("pipe"); /* nobody writes to it: opening must not wait */
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(rap_model_open(path, &model, &err), RAP_E_IO);
    assert_int_equal(unlink(path), 0);
}

static void a_language_without_a_model_is_not_found(void **state)
{
    (void)state;
    rap_model *model;
    rap_error err;
    const rap_language language = {"xx"};
    assert_int_equal(rap_model_builtin(&language, &model, &err), RAP_E_NOTFOUND);
    assert_non_null(strstr(err.text, "xx.rapmodel"));
    assert_null(model);
}

static void the_model_of_english_opens_and_says_its_licence(void **state)
{
    (void)state;
    rap_model *model;
    const rap_language english = {"en"};
    assert_int_equal(rap_model_builtin(&english, &model, NULL), RAP_OK);
    assert_true(rap_model_says(model, "licence").len > 0);
    rap_model_close(model);
}

/* ---- memory and threads ------------------------------------------------------------ */

static void a_reader_survives_every_lost_allocation(void **state)
{
    (void)state;
    rap_arena made, arena;
    rap_model *model;
    const rap_slice bytes = sample(&made);
    CHECK_EVERY_LOST_ALLOCATION(arena, LIMIT, 10,
                                rap_model_read(bytes, "test", &arena, &model, NULL));
    rap_arena_free(&made);
}

static void a_writer_survives_every_lost_allocation(void **state)
{
    (void)state;
    rap_model_writer *writer = written();
    rap_arena arena;
    rap_slice bytes;
    CHECK_EVERY_LOST_ALLOCATION(arena, LIMIT, 10,
                                rap_model_assemble(writer, &arena, &bytes, NULL));
    rap_model_writer_free(writer);

    rap_status status = RAP_E_NOMEM;
    uint32_t n = 0;
    while (status != RAP_OK && n < 10) {
        writer = written();
        for (const char *name = "abc"; *name;
             name++) /* the ninth makes the list grow */
            add(writer, (char[]){*name, 0}, RAP_MODEL_U8, 1, (uint32_t[]){0}, NULL);
        writer->arena.fail_at = writer->arena.calls + ++n;
        status = rap_model_writer_text(writer, "ninth", RAP_LIT("text"), NULL);
        assert_true(status == RAP_OK || status == RAP_E_NOMEM);
        assert_int_equal(writer->arrays.count, status == RAP_OK ? 9 : 8);
        rap_model_writer_free(writer);
    }
    assert_int_equal(n, 4); /* data, name and list, then none left to refuse */
}

static void *sum_all(void *argument)
{
    const rap_model *model = argument;
    uint64_t sum = 0;
    for (uint32_t times = 0; times < 1000; times++)
        for (uint32_t n = 0; n < rap_model_count(model); n++) {
            const rap_model_array array = rap_model_at(model, n);
            const uint8_t *byte = array.data;
            const size_t size = array.count * rap_model_type_size(array.type);
            for (size_t i = 0; i < size; i++) sum += byte[i];
            if (!rap_model_has(model, array.name)) return NULL;
        }
    return (void *)(uintptr_t)sum;
}

static void two_threads_read_one_model(void **state)
{
    (void)state;
    const char *path = path_of("xx.rapmodel");
    rap_model_writer *writer = written();
    rap_model *model;
    assert_int_equal(rap_model_writer_save(writer, path, NULL), RAP_OK);
    assert_int_equal(rap_model_open(path, &model, NULL), RAP_OK);
    pthread_t one, two;
    void *first, *second;
    assert_int_equal(pthread_create(&one, NULL, sum_all, model), 0);
    assert_int_equal(pthread_create(&two, NULL, sum_all, model), 0);
    assert_int_equal(pthread_join(one, &first), 0);
    assert_int_equal(pthread_join(two, &second), 0);
    assert_ptr_equal(first, second);
    assert_non_null(first);
    rap_model_close(model);
    rap_model_writer_free(writer);
    assert_int_equal(unlink(path), 0);
}

static int make_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/rapporteur-model-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_come_back_as_they_were_added),
        cmocka_unit_test(every_array_lies_at_a_multiple_of_64_in_the_order_of_adding),
        cmocka_unit_test(the_provenance_is_read_by_key),
        cmocka_unit_test(the_same_sections_give_the_same_bytes),
        cmocka_unit_test(another_element_gives_another_checksum),
        cmocka_unit_test(a_missing_section_or_another_shape_is_named),
        cmocka_unit_test(every_flipped_bit_is_refused),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(bytes_after_the_end_are_refused),
        cmocka_unit_test(bytes_at_an_odd_address_are_the_callers_mistake),
        cmocka_unit_test(another_version_is_refused_by_its_number),
        cmocka_unit_test(a_count_of_sections_beyond_the_file_is_refused),
        cmocka_unit_test(a_reserved_field_that_is_used_is_refused),
        cmocka_unit_test(sections_that_overlap_or_leave_a_gap_are_refused),
        cmocka_unit_test(sizes_and_shapes_that_do_not_agree_are_refused),
        cmocka_unit_test(dimensions_whose_product_overflows_are_refused),
        cmocka_unit_test(unknown_types_and_numbers_of_dimensions_are_refused),
        cmocka_unit_test(names_that_are_no_names_are_refused),
        cmocka_unit_test(a_provenance_that_is_missing_or_no_table_is_refused),
        cmocka_unit_test(flipped_bits_with_right_checksums_never_lead_out_of_the_file),
        cmocka_unit_test(what_cannot_be_written_is_refused_when_added),
        cmocka_unit_test(the_most_sections_fit_and_no_more),
        cmocka_unit_test(a_saved_model_opens_and_replaces_the_old_one),
        cmocka_unit_test(a_failed_save_leaves_nothing_behind),
        cmocka_unit_test(what_is_no_model_file_is_refused_with_its_name),
        cmocka_unit_test(a_language_without_a_model_is_not_found),
        cmocka_unit_test(the_model_of_english_opens_and_says_its_licence),
        cmocka_unit_test(a_reader_survives_every_lost_allocation),
        cmocka_unit_test(a_writer_survives_every_lost_allocation),
        cmocka_unit_test(two_threads_read_one_model),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
