/* test_time_examples.c - the examples of the lists of times, each expression in brackets with
 * its value, read on Thursday 16 May 2024. */
#include "check.h"
#include "timex.h"

enum { TEXT_BYTES = 1024, ZONES = 8 };

typedef struct marked { /* an example without its marks */
    char text[TEXT_BYTES];
    uint32_t len;
    struct {
        rap_span span;
        rap_slice value;
    } want[16];
    uint32_t wants;
} marked;

static rap_language language;
static rap_calendar calendar;
static rap_token_knowledge *token_lists;
static rap_syntax_knowledge *syntax_lists;
static rap_time_knowledge *lists;

static int open_lists(void **state)
{
    (void)state;
    rap_error err;
    if (rap_language_open("en", &language, &err)) return 1;
    if (rap_calendar_open(&language, &calendar, &err)) return 1;
    if (rap_token_open(&language, &token_lists, &err)) return 1;
    if (rap_syntax_open(&language, &syntax_lists, &err)) return 1;
    return rap_time_open(&language, &calendar, &lists, &err) != RAP_OK;
}

static int close_lists(void **state)
{
    (void)state;
    rap_time_close(lists);
    rap_syntax_close(syntax_lists);
    rap_token_close(token_lists);
    rap_calendar_close(&calendar);
    return 0;
}

static marked read_marks(rap_slice example)
{
    marked m = {.len = 0};
    for (uint32_t i = 0; i < example.len && m.len + 1 < TEXT_BYTES; i++) {
        const char c = example.at[i];
        if (c == '[') {
            m.want[m.wants].span.begin = m.len;
        } else if (c == '=') {
            m.want[m.wants].span.end = m.len;
            const uint32_t end = rap_slice_find(example, RAP_LIT("]"), i);
            m.want[m.wants++].value = rap_slice_sub(example, i + 1, end);
            i = end;
        } else if (c == '/' && i + 1 < example.len && example.at[i + 1] == '/') {
            m.text[m.len++] = '\n';
            i++;
        } else {
            m.text[m.len++] = c;
        }
    }
    return m;
}

/* One body zone a paragraph. */
static uint32_t cut_zones(rap_slice text, rap_zone zone[ZONES])
{
    uint32_t n = 0;
    for (uint32_t from = 0; from < text.len && n < ZONES;) {
        const uint32_t end = rap_slice_find(text, RAP_LIT("\n"), from);
        zone[n++] = (rap_zone){.span = {from, end}, .kind = RAP_ZONE_BODY};
        from = end + 1;
    }
    return n;
}

static bool holds(const rap_times *times, const marked *m)
{
    bool good = times->count == m->wants;
    for (uint32_t i = 0; good && i < m->wants; i++) {
        const rap_timex *t = &times->timex[i];
        good = t->span.begin == m->want[i].span.begin &&
               t->span.end == m->want[i].span.end &&
               rap_slice_is(m->want[i].value, t->value);
    }
    return good;
}

static bool is_read(rap_slice example)
{
    static rap_zone zone[ZONES];
    const marked m = read_marks(example);
    rap_article article = {.text = {m.text, m.len}, .zone = zone};
    article.zones = cut_zones(article.text, zone);
    const rap_day day = rap_day_of(2024, 5, 16);
    article.published =
        (rap_published){rap_date_of_day(day), day, day, RAP_BASIS_GIVEN, {0}};
    rap_arena arena = RAP_ARENA(1 << 24), scratch = RAP_ARENA(1 << 24);
    rap_tokens tokens;
    rap_syntax syntax;
    rap_times times;
    rap_error err;
    assert_int_equal(
        rap_token_run(token_lists, &article, &arena, &scratch, &tokens, &err), RAP_OK);
    assert_int_equal(rap_syntax_run(syntax_lists, &article, &tokens, &arena, &scratch,
                                    &syntax, &err),
                     RAP_OK);
    assert_int_equal(
        rap_time_run(lists, &article, &tokens, &syntax, &arena, &scratch, &times, &err),
        RAP_OK);
    const bool good = holds(&times, &m);
    for (uint32_t i = 0; !good && i < times.count; i++) {
        const rap_slice s = rap_cut(article.text, times.timex[i].span);
        print_error("  read [%.*s=%s]\n", (int)s.len, s.at, times.timex[i].value);
    }
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    return good;
}

/* Rows of `file` whose last field, the example in field `at`, is read otherwise. */
static uint32_t failures_in(const char *file, uint32_t at)
{
    rap_slice bytes, field[RAP_TSV_FIELDS];
    rap_error err;
    assert_int_equal(rap_language_file(&language, file, &bytes, &err), RAP_OK);
    rap_tsv tsv = rap_tsv_open(bytes);
    uint32_t n, failures = 0, rows = 0;
    while ((n = rap_tsv_next(&tsv, field))) {
        assert_int_equal(n, at + 1); /* no row without an example */
        rows++;
        if (is_read(field[at])) continue;
        print_error("%s:%u: %.*s\n", file, tsv.line, (int)field[at].len, field[at].at);
        failures++;
    }
    assert_true(rows > 0);
    return failures;
}

static void every_word_is_read_in_its_example(void **state)
{
    (void)state;
    assert_int_equal(failures_in("time/words.tsv", 3), 0);
}

static void every_phrase_is_read_in_its_example(void **state)
{
    (void)state;
    assert_int_equal(failures_in("time/phrases.tsv", 4), 0);
}

static void every_feast_is_read_in_its_example(void **state)
{
    (void)state;
    assert_int_equal(failures_in("time/feasts.tsv", 5), 0);
}

static void every_pattern_is_read_in_its_example(void **state)
{
    (void)state;
    assert_int_equal(failures_in("time/patterns.tsv", 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_is_read_in_its_example),
        cmocka_unit_test(every_phrase_is_read_in_its_example),
        cmocka_unit_test(every_feast_is_read_in_its_example),
        cmocka_unit_test(every_pattern_is_read_in_its_example),
    };
    return cmocka_run_group_tests(tests, open_lists, close_lists);
}
