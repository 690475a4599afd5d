/* test_examples.c - every example of the cue lists yields a statement with its cue. */
#include "reading.h"

static reader know;

static bool has_cue(const reading *d, rap_slice word)
{
    for (uint32_t i = 0; i < d->statements.count; i++) {
        const rap_statement *s = &d->statements.statement[i];
        if (s->cue.count == 0) continue;
        const rap_slice cue = rap_cut(d->article.text, s->cue.at[0]);
        rap_slice list = word, form;
        while (rap_split_next(&list, ' ', &form)) {
            char copy[64];
            if (form.len > cue.len || form.len >= sizeof copy) continue;
            memcpy(copy, form.at, form.len);
            copy[form.len] = 0;
            if (rap_slice_is_nocase(rap_slice_sub(cue, 0, form.len), copy)) return true;
        }
    }
    return false;
}

/* Examples of `file` (column `example`) without a cue among the forms in column
 * `forms`. */
static uint32_t count_failures(const char *file, uint32_t forms, uint32_t example,
                               uint32_t *rows)
{
    rap_slice bytes, field[RAP_TSV_FIELDS];
    rap_error err;
    assert_int_equal(rap_language_file(&know.language, file, &bytes, &err), RAP_OK);
    rap_tsv tsv = rap_tsv_open(bytes);
    uint32_t failures = 0;
    while (rap_tsv_next(&tsv, field) > 0) {
        reading d;
        read_text(&know, &d, field[example]);
        ++*rows;
        if (!has_cue(&d, field[forms])) {
            print_error("%s:%u: %.*s\n", file, tsv.line, (int)field[example].len,
                        field[example].at);
            failures++;
        }
        reading_free(&d);
    }
    return failures;
}

static void every_example_of_the_lists_is_read(void **state)
{
    (void)state;
    uint32_t rows = 0, failures = 0;
    failures += count_failures("statement/verbs.tsv", 2, 6, &rows);
    failures += count_failures("statement/nouns.tsv", 1, 5, &rows);
    failures += count_failures("statement/prepositions.tsv", 0, 4, &rows);
    print_message("%u examples, %u not read\n", rows, failures);
    assert_int_equal(failures, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_of_the_lists_is_read)};
    reader_open(&know);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    reader_close(&know);
    return failed;
}
