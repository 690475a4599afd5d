/* Language data inside the binary. */
#include "check.h"

#include "language.h"

static void a_known_language_gives_its_files(void **state)
{
    (void)state;
    rap_language english;
    rap_slice bytes;
    assert_int_equal(rap_language_open("en", &english, NULL), RAP_OK);
    assert_int_equal(rap_language_file(&english, "calendar.tsv", &bytes, NULL), RAP_OK);
    assert_true(rap_slice_starts(bytes, "# "));
    assert_int_equal(bytes.at[bytes.len], 0);
}

static void what_is_missing_is_an_error_with_its_name(void **state)
{
    (void)state;
    rap_language language = {0};
    rap_slice bytes;
    rap_error err;
    assert_int_equal(rap_language_open("xx", &language, &err), RAP_E_NOTFOUND);
    assert_non_null(strstr(err.text, "xx"));
    assert_int_equal(rap_language_open("en", &language, &err), RAP_OK);
    assert_int_equal(rap_language_file(&language, "no.tsv", &bytes, &err), RAP_E_MODEL);
    assert_non_null(strstr(err.text, "no.tsv"));
}

static void a_folder_is_listed_in_name_order(void **state)
{
    (void)state;
    rap_language english;
    const char *name, *last = "";
    rap_slice bytes;
    assert_int_equal(rap_language_open("en", &english, NULL), RAP_OK);
    uint32_t n = 0;
    for (; rap_language_list(&english, "", n, &name, &bytes); n++) {
        assert_true(strcmp(last, name) < 0);
        last = name;
    }
    assert_true(n > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_known_language_gives_its_files),
        cmocka_unit_test(what_is_missing_is_an_error_with_its_name),
        cmocka_unit_test(a_folder_is_listed_in_name_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
