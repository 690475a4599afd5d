/* Bytes of any charset to UTF-8, and each offset of the text back to its byte. */
#include "check.h"

#include "ingest.h"
#include "text.h"

#include <stdlib.h>

static rap_arena arena;

static rap_item item_of(rap_slice bytes, rap_media media, const char *charset)
{
    return (rap_item){
        .path = "t", .bytes = bytes, .media = media, .charset = rap_slice_of(charset)};
}

static rap_status run(const rap_item *item, rap_arena *where, rap_decoded *out)
{
    rap_error err;
    return rap_ingest_decode(item, where, out, &err);
}

/* What holds for any bytes. */
static void check_way_back(const rap_item *item, const rap_decoded *d)
{
    assert_int_equal(rap_utf8_bad(d->text), d->text.len);
    uint32_t last = 0;
    for (uint32_t at = 0; at <= d->text.len; at++) {
        const uint32_t source = rap_run_source(d->runs, d->run_count, at);
        assert_true(source <= item->bytes.len);
        assert_true(source >= last);
        last = source;
    }
    for (uint32_t i = 1; i < d->run_count; i++) {
        assert_true(d->runs[i].text_at > d->runs[i - 1].text_at);
        assert_true(d->runs[i].source_at > d->runs[i - 1].source_at);
    }
    if (d->run_count) return;
    assert_int_equal(d->text.len, item->bytes.len);
    if (d->text.len) assert_ptr_equal(d->text.at, item->bytes.at);
}

static void check_text(rap_slice bytes, rap_media media, const char *label,
                       const char *want, const char *charset)
{
    const rap_item item = item_of(bytes, media, label);
    rap_decoded d;
    arena = RAP_ARENA(1 << 20);
    assert_int_equal(run(&item, &arena, &d), RAP_OK);
    assert_true(rap_slice_is(d.text, want));
    assert_string_equal(d.charset, charset);
    check_way_back(&item, &d);
    rap_arena_free(&arena);
}

static void utf8_is_the_bytes_themselves(void **state)
{
    (void)state;
    check_text(RAP_LIT(""), RAP_MEDIA_PLAIN, NULL, "", "utf-8");
    check_text(RAP_LIT("caf\xC3\xA9"), RAP_MEDIA_PLAIN, NULL, "caf\xC3\xA9", "utf-8");
    check_text(RAP_LIT("\xEF\xBB\xBFx"), RAP_MEDIA_PLAIN, NULL, "\xEF\xBB\xBFx",
               "utf-8");
}

static void utf8_overrides_a_false_label(void **state)
{
    (void)state;
    check_text(RAP_LIT("caf\xC3\xA9"), RAP_MEDIA_PLAIN, "iso-8859-1", "caf\xC3\xA9",
               "utf-8");
    check_text(RAP_LIT("<meta charset=koi8-r>caf\xC3\xA9"), RAP_MEDIA_HTML, NULL,
               "<meta charset=koi8-r>caf\xC3\xA9", "utf-8");
}

static void one_fault_does_not_make_utf8_another_charset(void **state)
{
    (void)state;
    check_text(RAP_LIT("\xE2\x80\x9Cyes\xE2\x80\x9D \xE2"), RAP_MEDIA_PLAIN, NULL,
               "\xE2\x80\x9Cyes\xE2\x80\x9D \xEF\xBF\xBD", "utf-8");
}

static void other_bytes_are_windows_1252(void **state)
{
    (void)state;
    check_text(RAP_LIT("\x93yes\x94 caf\xE9 \x80"), RAP_MEDIA_PLAIN, NULL,
               "\xE2\x80\x9Cyes\xE2\x80\x9D caf\xC3\xA9 \xE2\x82\xAC", "windows-1252");
    check_text(RAP_LIT("\x93yes\x94"), RAP_MEDIA_PLAIN, "ISO-8859-1",
               "\xE2\x80\x9Cyes\xE2\x80\x9D", "windows-1252");
    check_text(RAP_LIT("caf\xE9"), RAP_MEDIA_PLAIN, "utf-8", "caf\xC3\xA9",
               "windows-1252"); /* the label is false */
    check_text(RAP_LIT("caf\xE9"), RAP_MEDIA_PLAIN, "no-such-label", "caf\xC3\xA9",
               "windows-1252");
}

static void a_page_states_its_charset(void **state)
{
    (void)state;
    check_text(RAP_LIT("<meta charset=\"windows-1251\">\xCC\xE8\xF0"), RAP_MEDIA_HTML,
               NULL, "<meta charset=\"windows-1251\">\xD0\x9C\xD0\xB8\xD1\x80",
               "windows-1251");
    check_text(RAP_LIT("<!-- <meta charset=koi8-r> --><META content='text/html; "
                       "charset=cp1251' http-equiv=Content-Type>\xCC"),
               RAP_MEDIA_HTML, NULL,
               "<!-- <meta charset=koi8-r> --><META content='text/html; "
               "charset=cp1251' http-equiv=Content-Type>\xD0\x9C",
               "windows-1251");
    check_text(RAP_LIT("<meta charset=utf-16>caf\xE9"), RAP_MEDIA_HTML, NULL,
               "<meta charset=utf-16>caf\xC3\xA9", "windows-1252");
    check_text(RAP_LIT("<meta charset=windows-1251>\xCC"), RAP_MEDIA_PLAIN, NULL,
               "<meta charset=windows-1251>\xC3\x8C", "windows-1252");
}

static void marked_utf16_is_read(void **state)
{
    (void)state;
    check_text(RAP_LIT("\xFF\xFEH\0\xE9\0\x3D\xD8\x00\xDE"), RAP_MEDIA_PLAIN, NULL,
               "H\xC3\xA9\xF0\x9F\x98\x80", "utf-16le");
    check_text(RAP_LIT("\xFE\xFF\0H\xD8\x3D\0i\0"), RAP_MEDIA_PLAIN, NULL,
               "H\xEF\xBF\xBDi\xEF\xBF\xBD", "utf-16be");
    check_text(RAP_LIT("\xFF\xFE"), RAP_MEDIA_PLAIN, NULL, "", "utf-16le");
}

static void characters_of_several_bytes_are_read(void **state)
{
    (void)state;
    check_text(RAP_LIT("a\xB1\xB1\xBE\xA9z"), RAP_MEDIA_PLAIN, "gb2312",
               "a\xE5\x8C\x97\xE4\xBA\xACz", "gbk");
    check_text(RAP_LIT("\x93\x8C\x8B\x9E"), RAP_MEDIA_PLAIN, "shift_jis",
               "\xE6\x9D\xB1\xE4\xBA\xAC", "shift_jis");
    check_text(RAP_LIT("\xA5_\xA8\xCA"), RAP_MEDIA_PLAIN, "big5",
               "\xE5\x8C\x97\xE4\xBA\xAC", "big5");
    check_text(RAP_LIT("a\x1B$BEl\x1B(Bz"), RAP_MEDIA_PLAIN, "iso-2022-jp",
               "a\xE6\x9D\xB1z", "iso-2022-jp");
    check_text(RAP_LIT("a\xFF"
                       "b\xB1"),
               RAP_MEDIA_PLAIN, "euc-kr",
               "a\xEF\xBF\xBD"
               "b\xEF\xBF\xBD",
               "euc-kr");
}

static void each_word_is_found_in_the_source(void **state)
{
    (void)state;
    const rap_slice bytes = RAP_LIT("\x93yes\x94 said caf\xE9 owners \x80");
    const rap_item item = item_of(bytes, RAP_MEDIA_PLAIN, NULL);
    rap_decoded d;
    arena = RAP_ARENA(1 << 20);
    assert_int_equal(run(&item, &arena, &d), RAP_OK);
    static const char *const words[] = {"yes", "said", "caf", "owners"};
    for (uint32_t i = 0; i < 4; i++) {
        const rap_slice word = rap_slice_of(words[i]);
        const uint32_t text_at = rap_slice_find(d.text, word, 0);
        assert_int_equal(rap_run_source(d.runs, d.run_count, text_at),
                         rap_slice_find(bytes, word, 0));
    }
    assert_int_equal(rap_run_source(d.runs, d.run_count, d.text.len), bytes.len);
    rap_arena_free(&arena);
}

static void binary_and_large_bytes_are_refused(void **state)
{
    (void)state;
    rap_decoded d;
    rap_error err;
    arena = RAP_ARENA(1 << 20);
    rap_item item = item_of(RAP_LIT("ab\0c"), RAP_MEDIA_PLAIN, NULL);
    assert_int_equal(rap_ingest_decode(&item, &arena, &d, &err), RAP_E_INPUT);
    assert_string_equal(err.code, "binary");
    assert_int_equal(err.at, 2);
    char *large = calloc(RAP_LIMIT_PAGE_BYTES + 1, 1);
    assert_non_null(large);
    item.bytes = (rap_slice){large, RAP_LIMIT_PAGE_BYTES + 1};
    assert_int_equal(rap_ingest_decode(&item, &arena, &d, &err), RAP_E_LIMIT);
    assert_string_equal(err.code, "page-too-large");
    free(large);
    rap_arena_free(&arena);
}

/* Any bytes, under every label: valid text, rising runs, offsets in bounds. */
static void any_bytes_give_valid_text_and_a_way_back(void **state)
{
    (void)state;
    static const char *const labels[] = {
        "",        "utf-8",      "windows-1252", "koi8-r",
        "gbk",     "big5",       "euc-jp",       "shift_jis",
        "euc-kr",  "gb18030",    "iso-2022-jp",  "windows-1258",
        "tis-620", "iso-8859-8", "macintosh",    "x-mac-cyrillic"};
    uint32_t seed = 7;
    for (uint32_t round = 0; round < 640; round++) {
        char bytes[96];
        const uint32_t len = round % sizeof bytes;
        for (uint32_t i = 0; i < len; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = (char)(seed >> 24);
            if (!bytes[i]) bytes[i] = 27;
            if (round % 3 == 0 && seed >> 16 & 1) bytes[i] &= 0x7F;
            if (!bytes[i]) bytes[i] = 'x';
        }
        const rap_item item = item_of((rap_slice){bytes, len},
                                      round % 2 ? RAP_MEDIA_HTML : RAP_MEDIA_PLAIN,
                                      labels[round % (sizeof labels / sizeof *labels)]);
        rap_decoded d;
        arena = RAP_ARENA(1 << 20);
        assert_int_equal(run(&item, &arena, &d), RAP_OK);
        check_way_back(&item, &d);
        rap_arena_free(&arena);
    }
}

static void survives_every_lost_allocation(void **state)
{
    (void)state;
    const rap_item item = item_of(RAP_LIT("\x93yes\x94"), RAP_MEDIA_PLAIN, NULL);
    rap_decoded d;
    CHECK_EVERY_LOST_ALLOCATION(arena, 1 << 16, 10, run(&item, &arena, &d));
}

static void every_known_charset_can_be_read_here(void **state)
{
    (void)state;
    static const char *const names[] = {
        "ibm866",       "iso-8859-2",   "iso-8859-3",    "iso-8859-4",   "iso-8859-5",
        "iso-8859-6",   "iso-8859-7",   "iso-8859-8",    "iso-8859-10",  "iso-8859-13",
        "iso-8859-14",  "iso-8859-15",  "iso-8859-16",   "koi8-r",       "koi8-u",
        "macintosh",    "windows-874",  "windows-1250",  "windows-1251", "windows-1253",
        "windows-1254", "windows-1255", "windows-1256",  "windows-1257", "windows-1258",
        "gbk",          "gb18030",      "big5",          "euc-jp",       "iso-2022-jp",
        "shift_jis",    "euc-kr",       "x-mac-cyrillic"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const rap_item item =
            item_of(RAP_LIT("a\xE4\xE4\x1B(B"), RAP_MEDIA_PLAIN, names[i]);
        rap_decoded d;
        arena = RAP_ARENA(1 << 16);
        assert_int_equal(run(&item, &arena, &d), RAP_OK);
        assert_string_equal(d.charset, names[i]);
        rap_arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_the_bytes_themselves),
        cmocka_unit_test(utf8_overrides_a_false_label),
        cmocka_unit_test(one_fault_does_not_make_utf8_another_charset),
        cmocka_unit_test(other_bytes_are_windows_1252),
        cmocka_unit_test(a_page_states_its_charset),
        cmocka_unit_test(marked_utf16_is_read),
        cmocka_unit_test(characters_of_several_bytes_are_read),
        cmocka_unit_test(each_word_is_found_in_the_source),
        cmocka_unit_test(binary_and_large_bytes_are_refused),
        cmocka_unit_test(any_bytes_give_valid_text_and_a_way_back),
        cmocka_unit_test(survives_every_lost_allocation),
        cmocka_unit_test(every_known_charset_can_be_read_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
