/* UTF-8 and character classes, on all bytes. */
#include "check.h"

#include "text.h"

static void bad_bytes_are_found_where_they_stand(void **state)
{
    (void)state;
    assert_int_equal(rap_utf8_bad(RAP_LIT("plain words")), 11);
    assert_int_equal(rap_utf8_bad(RAP_LIT("a\xC3\xA9 “x”")), 11);
    assert_int_equal(rap_utf8_bad(RAP_LIT("ab\xFF")), 2);
    assert_int_equal(rap_utf8_bad(RAP_LIT("\xC0\x80")), 0);         /* overlong */
    assert_int_equal(rap_utf8_bad(RAP_LIT("\xED\xA0\x80")), 0);     /* surrogate */
    assert_int_equal(rap_utf8_bad(RAP_LIT("\xF4\x90\x80\x80")), 0); /* above U+10FFFF */
    assert_int_equal(rap_utf8_bad(RAP_LIT("0123456789\xE2\x80")), 10);
}

static void every_character_survives_a_round_trip(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        if (c >= 0xD800 && c < 0xE000) continue;
        char bytes[4];
        const rap_slice s = {bytes, rap_utf8_put(c, bytes)};
        uint32_t at = 0, back = s.len;
        assert_int_equal(rap_utf8_bad(s), s.len);
        assert_int_equal(rap_utf8_next(s, &at), c);
        assert_int_equal(at, s.len);
        assert_int_equal(rap_utf8_back(s, &back), c);
        assert_int_equal(back, 0);
    }
}

static void any_bytes_are_walked_to_their_end_both_ways(void **state)
{
    (void)state;
    char bytes[64];
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        for (uint32_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1103515245u + 12345u;
            bytes[i] = (char)(seed >> 16);
        }
        const rap_slice s = {bytes, sizeof bytes};
        uint32_t at = 0, steps = 0;
        while (at < s.len) (void)rap_utf8_next(s, &at), steps++;
        assert_int_equal(at, s.len);
        assert_true(steps <= s.len);
        while (at > 0) (void)rap_utf8_back(s, &at);
    }
}

static void folding_ignores_case_marks_and_styles(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(4096);
    assert_true(rap_slice_is(rap_fold(&arena, RAP_LIT("  Xankəndi — Vuçić’s  ")),
                             "xankəndi - vucic's"));
    assert_true(rap_slice_is(rap_fold(&arena, RAP_LIT("STRASSE")), "strasse"));
    assert_true(rap_slice_is(rap_fold(&arena, RAP_LIT("")), ""));
    char small[4];
    assert_int_equal(rap_fold_into(RAP_LIT("abcde"), small, 4), RAP_NONE);
    assert_int_equal(rap_fold_into(RAP_LIT("abcd"), small, 4), 4);
    rap_arena_free(&arena);
}

static void quotation_marks_are_known_in_all_styles(void **state)
{
    (void)state;
    assert_int_equal(rap_quote_of('"'), RAP_QUOTE_DOUBLE);
    assert_int_equal(rap_quote_of(0x201C), RAP_QUOTE_DOUBLE_OPEN);
    assert_int_equal(rap_quote_of(0x201E), RAP_QUOTE_LOW);
    assert_int_equal(rap_quote_of(0xAB), RAP_QUOTE_GUILLEMET_OPEN);
    assert_int_equal(rap_quote_of(0x2019), RAP_QUOTE_SINGLE_CLOSE);
    assert_int_equal(rap_quote_of('x'), RAP_QUOTE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_bytes_are_found_where_they_stand),
        cmocka_unit_test(every_character_survives_a_round_trip),
        cmocka_unit_test(any_bytes_are_walked_to_their_end_both_ways),
        cmocka_unit_test(folding_ignores_case_marks_and_styles),
        cmocka_unit_test(quotation_marks_are_known_in_all_styles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
