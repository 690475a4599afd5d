/* Slices, arenas, lists, tables, TSV and digests. */
#include "check.h"

#include "base.h"

static void an_arena_refuses_what_is_over_its_limit(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1000);
    assert_non_null(rap_new(&arena, char, 900));
    assert_null(rap_new(&arena, char, 200));
    assert_non_null(rap_new(&arena, char, 80));
    assert_null(rap_new(&arena, uint64_t, SIZE_MAX / 4)); /* no overflow */
    rap_arena_free(&arena);
}

static void an_arena_refuses_the_call_a_test_names(void **state)
{
    (void)state;
    rap_arena arena = {.limit = 1000, .fail_at = 2};
    assert_non_null(rap_new(&arena, char, 1));
    assert_null(rap_new(&arena, char, 1));
    assert_non_null(rap_new(&arena, char, 1));
    rap_arena_free(&arena);
}

static void a_cleared_arena_gives_zeroed_memory_again(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1 << 20);
    for (int round = 0; round < 3; round++) {
        char *at = rap_new(&arena, char, 40000);
        assert_non_null(at);
        for (int i = 0; i < 40000; i++) assert_int_equal(at[i], 0);
        memset(at, 'x', 40000);
        rap_arena_clear(&arena);
    }
    rap_arena_free(&arena);
}

static void a_list_keeps_its_items_when_it_grows(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1 << 20);
    RAP_LIST(uint32_t) list = {0};
    for (uint32_t i = 0; i < 1000; i++) assert_true(rap_push(&arena, &list, i));
    for (uint32_t i = 0; i < 1000; i++) assert_int_equal(list.at[i], i);
    rap_arena_free(&arena);
}

static void a_refused_push_leaves_the_list_as_it_was(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(64);
    RAP_LIST(uint64_t) list = {0};
    uint32_t pushed = 0;
    while (rap_push(&arena, &list, pushed)) pushed++;
    assert_int_equal(list.count, pushed);
    for (uint32_t i = 0; i < pushed; i++) assert_int_equal(list.at[i], i);
    rap_arena_free(&arena);
}

static void a_table_finds_every_key_and_no_other(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1 << 22);
    rap_map map = {0};
    assert_int_equal(rap_map_get(&map, RAP_LIT("x")), RAP_NONE);
    for (uint32_t i = 0; i < 5000; i++) {
        const char *key = rap_arena_printf(&arena, "key %u", i);
        uint32_t *value = rap_map_put(&map, &arena, rap_slice_of(key));
        assert_int_equal(*value, RAP_NONE);
        *value = i;
    }
    assert_int_equal(rap_map_get(&map, RAP_LIT("key 4999")), 4999);
    assert_int_equal(rap_map_get(&map, RAP_LIT("key 5000")), RAP_NONE);
    assert_int_equal(*rap_map_put(&map, &arena, RAP_LIT("key 17")), 17);
    rap_arena_free(&arena);
}

static void tsv_skips_comments_and_trims_fields(void **state)
{
    (void)state;
    rap_tsv tsv = rap_tsv_open(RAP_LIT("# head\n\n a \tb\r\nlast"));
    rap_slice field[RAP_TSV_FIELDS];
    assert_int_equal(rap_tsv_next(&tsv, field), 2);
    assert_true(rap_slice_is(field[0], "a") && rap_slice_is(field[1], "b"));
    assert_int_equal(tsv.line, 3);
    assert_int_equal(tsv.at, 8);
    assert_int_equal(rap_tsv_next(&tsv, field), 1);
    assert_true(rap_slice_is(field[0], "last") && field[1].len == 0);
    assert_int_equal(rap_tsv_next(&tsv, field), 0);
}

static void a_split_keeps_empty_parts(void **state)
{
    (void)state;
    rap_slice list = RAP_LIT("a||b"), part;
    assert_true(rap_split_next(&list, '|', &part) && rap_slice_is(part, "a"));
    assert_true(rap_split_next(&list, '|', &part) && part.len == 0);
    assert_true(rap_split_next(&list, '|', &part) && rap_slice_is(part, "b"));
    assert_false(rap_split_next(&list, '|', &part));
}

static void a_digest_is_the_published_one(void **state)
{
    (void)state;
    char hex[65];
    const rap_sha256 whole = rap_sha256_of(RAP_LIT("abc"));
    const rap_sha256 parts = rap_sha256_of2(RAP_LIT("a"), RAP_LIT("bc"));
    rap_sha256_hex(&whole, hex);
    assert_string_equal(
        hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_memory_equal(&whole, &parts, sizeof whole);
}

static void an_error_names_its_code_and_place(void **state)
{
    (void)state;
    rap_error err;
    assert_int_equal(rap_fail(&err, RAP_E_LIMIT, 7, "over %d", 5), RAP_E_LIMIT);
    assert_string_equal(err.code, "limit");
    assert_string_equal(err.text, "over 5");
    assert_int_equal(err.at, 7);
    assert_int_equal(rap_fail_as(&err, RAP_E_INPUT, "binary", 0, "x"), RAP_E_INPUT);
    assert_string_equal(err.code, "binary");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_refuses_what_is_over_its_limit),
        cmocka_unit_test(an_arena_refuses_the_call_a_test_names),
        cmocka_unit_test(a_cleared_arena_gives_zeroed_memory_again),
        cmocka_unit_test(a_list_keeps_its_items_when_it_grows),
        cmocka_unit_test(a_refused_push_leaves_the_list_as_it_was),
        cmocka_unit_test(a_table_finds_every_key_and_no_other),
        cmocka_unit_test(tsv_skips_comments_and_trims_fields),
        cmocka_unit_test(a_split_keeps_empty_parts),
        cmocka_unit_test(a_digest_is_the_published_one),
        cmocka_unit_test(an_error_names_its_code_and_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
