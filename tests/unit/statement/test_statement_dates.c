/* test_statement_dates.c - when something was said, and on what basis. The report is of
 * Thursday 16 May 2024; parties and places are invented. */
#include "reading.h"

static reader know;
static rap_calendar calendar;
static rap_time_knowledge *time_lists;
static reading page;

static int open_all(void **state)
{
    (void)state;
    rap_error err;
    reader_open(&know);
    if (rap_calendar_open(&know.language, &calendar, &err)) return 1;
    return rap_time_open(&know.language, &calendar, &time_lists, &err) != RAP_OK;
}

static int close_all(void **state)
{
    (void)state;
    rap_time_close(time_lists);
    rap_calendar_close(&calendar);
    reader_close(&know);
    return 0;
}

/* The days of all statements, in order of content: "2024-05-13 -" where the second has
 * none. */
static const char *days(const char *text, bool headline)
{
    static char out[256];
    rap_error err;
    read_layers(&know, &page, rap_slice_of(text));
    if (headline) page.zone[0].kind = RAP_ZONE_STANDFIRST;
    const rap_day day = rap_day_of(2024, 5, 16);
    page.article.published =
        (rap_published){rap_date_of_day(day), day, day, RAP_BASIS_STATED, {0}};
    assert_int_equal(rap_time_run(time_lists, &page.article, &page.tokens, &page.syntax,
                                  &page.arena, &page.scratch, &page.times, &err),
                     RAP_OK);
    const rap_statement_input in = {&page.article, &page.tokens, &page.syntax,
                                    &page.names, &page.times};
    assert_int_equal(rap_statement_run(know.statement, &in, &page.arena, &page.scratch,
                                       &page.statements, &err),
                     RAP_OK);
    size_t used = 0;
    out[0] = 0;
    for (uint32_t i = 0; i < page.statements.count; i++) {
        const char *value = page.statements.statement[i].date.value;
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%s", i ? " " : "",
                                 value[0] ? value : "-");
    }
    reading_free(&page);
    return out;
}

static void the_expression_beside_the_cue_dates(void **state)
{
    (void)state;
    assert_string_equal(days("Novak said on Monday that the talks had failed.", false),
                        "2024-05-13");
    assert_string_equal(days("Novak agreed on Monday to withdraw the troops.", false),
                        "2024-05-13");
    assert_string_equal(days("Rain fell on Wednesday.\nNovak said that the talks on "
                             "Monday had failed.",
                             false),
                        "2024-05-15");
}

static void what_has_been_said_has_no_day(void **state)
{
    (void)state;
    assert_string_equal(days("Novak has said that the plan is dead.", false), "-");
}

static void an_occasion_dates_what_is_said_at_it(void **state)
{
    (void)state;
    assert_string_equal(
        days("The ministers met at a summit on Monday.\nAt the summit Novak said that "
             "the plan was dead. Sedlak said that it was not.",
             false),
        "2024-05-13 2024-05-13");
}

static void a_speaker_goes_on(void **state)
{
    (void)state;
    assert_string_equal(
        days("Sedlak said on Tuesday that it was early.\nNovak said on "
             "Monday that the plan was dead.\nSedlak said that he knew.",
             false),
        "2024-05-14 2024-05-13 2024-05-14");
}

static void what_had_been_said_does_not_go_on(void **state)
{
    (void)state;
    assert_string_equal(
        days("Rain fell on Wednesday.\nNovak had said on Monday that the "
             "plan was dead.\nHe said that it was alive.",
             false),
        "2024-05-13 2024-05-15");
}

static void the_day_may_stand_behind(void **state)
{
    (void)state;
    assert_string_equal(days("Novak said that the plan was dead.\nNovak said on Monday "
                             "that nobody had asked.",
                             false),
                        "2024-05-13 2024-05-13");
}

static void a_document_speaks_on_the_day_it_is_of(void **state)
{
    (void)state;
    assert_string_equal(
        days("Rain fell on Wednesday.\nThe 2013 agreement says that the "
             "border stays open.",
             false),
        "2013");
}

/* Who only comments has no part in the day that the report is about. */
static void an_outsider_speaks_on_no_known_day(void **state)
{
    (void)state;
    assert_string_equal(days("The leaders met on Tuesday.\n\n"
                             "The analyst said that the road was open.",
                             false),
                        "-");
    assert_string_equal(days("The leaders met on Tuesday.\n\n"
                             "The envoy said that the road was open.",
                             false),
                        "2024-05-14");
    assert_string_equal(days("The leaders met on Tuesday.\n\n"
                             "On Monday the analyst said that the road was open.",
                             false),
                        "2024-05-13");
}

static void a_headline_has_the_day_of_what_it_quotes(void **state)
{
    (void)state;
    assert_string_equal(
        days("Novak says that the plan is dead.\nRain fell on Wednesday."
             "\nNovak said on Monday that the plan was dead.",
             true),
        "2024-05-13 2024-05-13");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_expression_beside_the_cue_dates),
        cmocka_unit_test(what_has_been_said_has_no_day),
        cmocka_unit_test(an_occasion_dates_what_is_said_at_it),
        cmocka_unit_test(a_speaker_goes_on),
        cmocka_unit_test(what_had_been_said_does_not_go_on),
        cmocka_unit_test(the_day_may_stand_behind),
        cmocka_unit_test(a_document_speaks_on_the_day_it_is_of),
        cmocka_unit_test(an_outsider_speaks_on_no_known_day),
        cmocka_unit_test(a_headline_has_the_day_of_what_it_quotes),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
