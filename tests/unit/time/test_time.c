/* test_time.c - expressions and values of own examples, the report's day, and what
 * holds for any bytes. Parties and places are invented. */
#include "check.h"
#include "timex.h"

static rap_calendar calendar;
static rap_token_knowledge *token_lists;
static rap_syntax_knowledge *syntax_lists;
static rap_time_knowledge *lists;
static rap_arena arena, scratch;
static rap_tokens tokens;
static rap_syntax syntax;
static rap_times times;
static rap_slice body;

static int open_lists(void **state)
{
    (void)state;
    rap_language language;
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
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    rap_time_close(lists);
    rap_syntax_close(syntax_lists);
    rap_token_close(token_lists);
    rap_calendar_close(&calendar);
    return 0;
}

/* Run on paragraphs of `text`, parted by '\n'; published "" leaves the day to be
 * inferred. Lines that begin with '#' are comments, with '@' the date line. */
static rap_status run_with(rap_slice text, const char *published, rap_arena *to,
                           rap_arena *aside)
{
    static rap_zone zone[16];
    rap_arena_free(&arena);
    arena = RAP_ARENA(1 << 24);
    rap_arena mine = RAP_ARENA(1 << 24);
    rap_article article = {.text = text, .zone = zone};
    for (uint32_t from = 0; from < text.len && article.zones < 16;) {
        uint32_t end = rap_slice_find(text, RAP_LIT("\n"), from);
        if (article.zones == 15) end = text.len;
        if (end > from)
            zone[article.zones++] =
                (rap_zone){.span = {from, end},
                           .kind = text.at[from] == '#'   ? RAP_ZONE_COMMENTS
                                   : text.at[from] == '@' ? RAP_ZONE_DATELINE
                                                          : RAP_ZONE_BODY};
        from = end + 1;
    }
    rap_date date;
    article.published.earliest = article.published.latest = RAP_NO_DAY;
    if (rap_date_read_iso(rap_slice_of(published), &date))
        article.published = (rap_published){.date = date,
                                            .earliest = rap_date_earliest(date),
                                            .latest = rap_date_latest(date),
                                            .basis = RAP_BASIS_GIVEN};
    rap_error err;
    body = text;
    assert_int_equal(rap_token_run(token_lists, &article, &arena, &mine, &tokens, &err),
                     RAP_OK);
    assert_int_equal(
        rap_syntax_run(syntax_lists, &article, &tokens, &arena, &mine, &syntax, &err),
        RAP_OK);
    rap_arena_free(&mine);
    return rap_time_run(lists, &article, &tokens, &syntax, to, aside, &times, &err);
}

static void run(const char *text, const char *published)
{
    rap_arena_free(&scratch);
    scratch = RAP_ARENA(1 << 24);
    assert_int_equal(run_with(rap_slice_of(text), published, &scratch, &scratch),
                     RAP_OK);
}

/* "words = value; words = value" of all expressions. */
static const char *found(const char *text, const char *published)
{
    static char out[2048];
    size_t used = 0;
    out[0] = 0;
    run(text, published);
    for (uint32_t i = 0; i < times.count; i++) {
        const rap_slice s = rap_cut(body, times.timex[i].span);
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%.*s = %s",
                                 i ? "; " : "", (int)s.len, s.at, times.timex[i].value);
    }
    return out;
}

static const char *inferred(const char *text)
{
    static char out[12];
    run(text, "");
    rap_date_format(times.published.date, out);
    return out;
}

/* Thursday. */
#define DAY "2024-05-16"

static void absolute_dates_are_read_in_every_order(void **state)
{
    (void)state;
    assert_string_equal(found("They met on March 4, 2021 in Norvik.", DAY),
                        "March 4, 2021 = 2021-03-04");
    assert_string_equal(found("They met on 4 March 2021.", DAY),
                        "4 March 2021 = 2021-03-04");
    assert_string_equal(found("They met on the 4th of March, 2021.", DAY),
                        "the 4th of March, 2021 = 2021-03-04");
    assert_string_equal(found("They met on 2021-03-04.", DAY),
                        "2021-03-04 = 2021-03-04");
    assert_string_equal(found("They met on Thursday, March 4, 2021.", DAY),
                        "Thursday, March 4, 2021 = 2021-03-04");
    assert_string_equal(found("The talks of March 2021 failed.", DAY),
                        "March 2021 = 2021-03");
    assert_string_equal(found("They met on March 4-5, 2021.", DAY),
                        "March 4 = 2021-03-04; 5, 2021 = 2021-03-05");
    assert_int_equal(times.timex[0].latest, rap_day_of(2021, 3, 5));
}

static void a_missing_year_is_the_nearest_that_fits_the_tense(void **state)
{
    (void)state;
    assert_string_equal(found("The council met on November 12.", DAY),
                        "November 12 = 2023-11-12");
    assert_string_equal(found("The council will meet on November 12.", DAY),
                        "November 12 = 2024-11-12");
    assert_string_equal(found("The fighting began in April.", DAY), "April = 2024-04");
}

static void weekdays_follow_the_tense(void **state)
{
    (void)state;
    assert_string_equal(found("The envoys met on Monday.", DAY), "Monday = 2024-05-13");
    assert_string_equal(found("The envoys will meet on Monday.", DAY),
                        "Monday = 2024-05-20");
    assert_string_equal(found("He said so last Thursday.", DAY),
                        "last Thursday = 2024-05-09");
    assert_string_equal(found("They signed it on Saturday night.", DAY),
                        "Saturday night = 2024-05-11TNI");
}

static void words_that_are_other_words_too_need_a_neighbour(void **state)
{
    (void)state;
    assert_string_equal(found("They may march, and the sun sat low.", DAY), "");
    assert_string_equal(found("They met in May.", DAY), "May = 2024-05");
    assert_string_equal(found("The president may visit Norvik.", DAY), "");
}

static void units_count_from_the_report(void **state)
{
    (void)state;
    assert_string_equal(
        found("Last week they met, and this year they will meet next month.", DAY),
        "Last week = 2024-W19; this year = 2024; next month = 2024-06");
    assert_string_equal(found("The war ended two years ago.", DAY),
                        "two years ago = 2022");
    assert_string_equal(found("He arrived yesterday and leaves tomorrow.", DAY),
                        "yesterday = 2024-05-15; tomorrow = 2024-05-17");
    assert_string_equal(found("It must end by the end of the year.", DAY),
                        "the end of the year = 2024");
    assert_string_equal(times.timex[0].mod, "END");
}

static void stories_count_from_the_day_last_told(void **state)
{
    (void)state;
    assert_string_equal(
        found("On March 4, 2021 they met. The next day they signed.", DAY),
        "March 4, 2021 = 2021-03-04; The next day = 2021-03-05");
    assert_string_equal(
        found("The war began in 2019. In June of that year the city fell.", DAY),
        "2019 = 2019; June of that year = 2019-06");
    assert_string_equal(
        found("They signed in 2010. A decade later it is forgotten.", DAY),
        "2010 = 2010; A decade later = 2020");
}

static void the_day_of_an_event_follows_from_the_days_since(void **state)
{
    (void)state;
    assert_string_equal(
        found("He spoke on Wednesday two days after the summit. The day "
              "after the summit, the envoy left.",
              DAY),
        "Wednesday = 2024-05-15; two days = P2D; "
        "The day after = 2024-05-14");
}

static void durations_and_sets_have_their_values(void **state)
{
    (void)state;
    assert_string_equal(found("The 12-day war left a decades-long conflict.", DAY),
                        "12-day = P12D; decades-long = PXDE");
    assert_string_equal(found("It took nearly 12 hours and three months.", DAY),
                        "nearly 12 hours = PT12H; three months = P3M");
    assert_string_equal(times.timex[0].mod, "LESS_THAN");
    assert_string_equal(found("A mandate of 10 to 15 years was offered.", DAY),
                        "10 to 15 years = P10Y");
    assert_string_equal(found("They meet every week, twice every two years.", DAY),
                        "every week = P1W; every two years = P2Y");
    assert_string_equal(found("He has twenty-one years of experience.", DAY),
                        "twenty-one years = P21Y");
}

static void longer_periods_have_their_values(void **state)
{
    (void)state;
    assert_string_equal(
        found("In the 1990s and in the winter of 2001 they fought.", DAY),
        "the 1990s = 199; the winter of 2001 = 2001-WI");
    assert_string_equal(
        found("In early September and in the third quarter of 2020.", DAY),
        "early September = 2023-09; the third quarter of 2020 = 2020-Q3");
    assert_string_equal(found("It dates from the 19th century.", DAY),
                        "the 19th century = 18");
}

static void vague_words_refer_to_now_before_or_after(void **state)
{
    (void)state;
    assert_string_equal(
        found("For the time being they wait; they recently met and will soon again.",
              DAY),
        "For the time being = PRESENT_REF; recently = PAST_REF; soon = FUTURE_REF");
}

static void numbers_are_not_years(void **state)
{
    (void)state;
    assert_string_equal(found("Some 2000 soldiers left under Resolution 1701.", DAY),
                        "");
    assert_string_equal(found("A man, 44 years old, paid $1999.", DAY), "");
}

static void the_day_is_inferred_from_a_chain(void **state)
{
    (void)state;
    /* 12 March 2019 was a Tuesday. */
    const char *text = "The minister of Arland addressed parliament on Thursday two "
                       "days after the talks "
                       "in Norvik.\nThe talks were held on March 12. They were the "
                       "first since October "
                       "2018.\nThe mandate will expire in 2025.";
    assert_string_equal(inferred(text), "2019-03-14");
    assert_int_equal(times.published.basis, RAP_BASIS_INFERRED);
    assert_true(times.published.evidence.count >= 3);
    assert_string_equal(times.timex[2].value, "2019-03-12");
}

static void an_anniversary_dates_the_report(void **state)
{
    (void)state;
    assert_string_equal(
        inferred("June 9, 2018, marks three years since the truce of Norvik."),
        "2018-06-09");
    assert_string_equal(
        inferred("He spoke two years to the day after the war broke out "
                 "on June 9, 2016."),
        "2018-06-09");
}

static void a_day_without_its_year_heads_the_report(void **state)
{
    (void)state;
    /* 7 August 2019 was a Wednesday. */
    assert_string_equal(inferred("NORVIK, Aug 7 (Wire) - Arland and Borland signed on "
                                 "Wednesday, a year after they met in July 2018."),
                        "2019-08-07");
    assert_string_equal(inferred("@ Norvik, 7 August\nThe first talks since March 2019 "
                                 "were held on August 5."),
                        "2019-08-07");
}

static void nobody_comments_before_the_report(void **state)
{
    (void)state;
    assert_string_equal(inferred("The envoy said on Monday that the talks had failed.\n"
                                 "# Reader, May 15, 2024: at last"),
                        "2024-05-13");
}

static void days_ahead_are_no_evidence(void **state)
{
    (void)state;
    assert_string_equal(inferred("The mandate will expire on March 3, 2031. The envoy "
                                 "will return by June 2031."),
                        "");
    assert_int_equal(times.published.basis, RAP_BASIS_UNKNOWN);
    assert_string_equal(inferred("They met in Norvik on Monday."), "");
}

static void what_is_not_known_stays_open(void **state)
{
    (void)state;
    assert_string_equal(found("They met on Monday, and on October 27.", ""),
                        "Monday = XXXX-WXX-1; October 27 = XXXX-10-27");
    assert_int_equal(times.timex[0].earliest, RAP_NO_DAY);
}

static void what_happened_takes_the_day_nearest_to_it(void **state)
{
    (void)state;
    run("They met on Monday. The envoy left.\nHe was tired.", DAY);
    rap_basis basis;
    assert_int_equal(rap_time_of(&times, &tokens, 1, &basis), 0);
    assert_int_equal(basis, RAP_BASIS_STATED);
    const uint32_t left = tokens.first[1] + 2;
    assert_int_equal(rap_time_of(&times, &tokens, left, &basis), 0);
    assert_int_equal(basis, RAP_BASIS_INFERRED);
    const uint32_t tired = tokens.first[2] + 2;
    assert_int_equal(rap_time_of(&times, &tokens, tired, &basis), RAP_NONE);
    assert_int_equal(basis, RAP_BASIS_UNKNOWN);
}

static void a_narrative_counts_from_where_it_stands(void **state)
{
    (void)state;
    const char *text =
        "The war of Arland began on 3 March 1931. In April the army crossed the river. "
        "On 5 May it took Norvik. In 1902 it had failed to.\n"
        "In November the king fled. In January the army reached the coast.\n"
        "By the end of the year the sides were tired. On 2 June 1933 they talked. "
        "On 4 June they signed. The army left on 1 August 1933 and the fleet in May "
        "1934. In July 1934 the king came back. He died on 9 September 1940.";
    run(text, DAY);
    assert_string_equal(times.timex[1].value, "1931-04");
    assert_string_equal(times.timex[2].value, "1931-05-05");
    assert_string_equal(times.timex[3].value, "1902"); /* an aside */
    assert_string_equal(times.timex[4].value, "1931-11");
    assert_string_equal(times.timex[5].value, "1932-01");
    assert_string_equal(times.timex[6].value, "1932");
    assert_string_equal(times.timex[8].value, "1933-06-04");
}

static void a_slip_of_the_source_is_flagged_and_stays(void **state)
{
    (void)state;
    run("They met on Friday, March 4, 2021, and signed on May 30, 2024.", DAY);
    assert_string_equal(times.timex[0].value, "2021-03-04");
    assert_int_equal(times.timex[0].slip, RAP_SLIP_WEEKDAY);
    assert_string_equal(times.timex[1].value, "2024-05-30");
    assert_int_equal(times.timex[1].slip, RAP_SLIP_AHEAD);
    assert_string_equal(rap_slip_name(RAP_SLIP_WEEKDAY), "weekday");
    run("They met on Thursday, March 4, 2021.", DAY);
    assert_int_equal(times.timex[0].slip, RAP_SLIP_NONE);
}

/* The day of the occasion at the word that begins at `word`; RAP_NO_DAY: none. */
static rap_day occasion_at(const char *text, const char *word)
{
    const uint32_t at = (uint32_t)(strstr(text, word) - text);
    for (uint32_t i = 0; i < times.occasions; i++)
        if (tokens.span[times.occasion[i].token].begin == at)
            return times.occasion[i].day;
    return RAP_NO_DAY;
}

static void an_occasion_has_the_day_told_of_it(void **state)
{
    (void)state;
    const char *text = "The envoy spoke on Wednesday, two days after the summit in "
                       "Norvik.\nAfter the summit he flew home. A meeting is planned.";
    run(text, DAY);
    assert_int_equal(occasion_at(text, "summit"), rap_day_of(2024, 5, 13));
    assert_true(times.occasion[0].apart);
    assert_int_equal(occasion_at(text, "summit he"), rap_day_of(2024, 5, 13));
    assert_int_equal(occasion_at(text, "meeting"), RAP_NO_DAY);
    const char *beside =
        "The talks in Norvik on Monday failed, and the talks will go on.";
    run(beside, DAY);
    assert_int_equal(occasion_at(beside, "talks in"), rap_day_of(2024, 5, 13));
    assert_int_equal(occasion_at(beside, "talks will"), rap_day_of(2024, 5, 13));
}

static void verbs_know_whether_they_look_back(void **state)
{
    (void)state;
    run("He has warned them. She had said so. They agreed.", DAY);
    assert_int_equal(times.aspect[2], RAP_ASPECT_PERFECT);
    assert_int_equal(times.aspect[tokens.first[1] + 2], RAP_ASPECT_PLUPERFECT);
    assert_int_equal(times.aspect[tokens.first[2] + 1], RAP_ASPECT_NONE);
}

static void comments_without_a_year_date_the_report_with_what_it_says(void **state)
{
    (void)state;
    /* 20 March was a Monday in 2023. */
    assert_string_equal(
        inferred(
            "Two days after the talks in Norvik, Arland says it has won. The envoy "
            "said on Saturday that nobody had signed.\n"
            "# Reader, 20 March, 14:07: at last\n"
            "# Other: see you in February 2024"),
        "2023-03-20");
}

static void a_chain_with_its_date_gives_the_day_and_comments_bound_it(void **state)
{
    (void)state;
    /* 14 March 2024 was a Thursday. */
    assert_string_equal(
        inferred("On Saturday, two days after the meeting in Norvik on 14 "
                 "March 2024, the islanders gathered.\n"
                 "# Reader, 17 March, 09:12: at last"),
        "2024-03-16");
    assert_int_equal(times.published.latest, rap_day_of(2024, 3, 17));
}

static void a_date_line_whose_order_is_open_is_settled_by_the_report(void **state)
{
    (void)state;
    assert_string_equal(
        inferred("@ 05/03/2024 - 14:33\nThe envoys met in Norvik on March 4."),
        "2024-03-05");
    assert_string_equal(
        inferred("@ 05/03/2024 - 14:33\nThe envoys met in Norvik on May 2."),
        "2024-05-03");
    assert_string_equal(inferred("@ 05/03/2024\nThe envoys met in Norvik on March 20, "
                                 "2024."),
                        "2024-05-03");
    run("@ 05/03/2024 - 14:33\nThe envoys met in Norvik.", "");
    assert_int_equal(times.published.date.precision, RAP_PRECISION_RANGE);
    assert_int_equal(times.published.earliest, rap_day_of(2024, 3, 5));
    assert_int_equal(times.published.latest, rap_day_of(2024, 5, 3));
}

static void a_report_has_bounds_where_its_day_is_not_known(void **state)
{
    (void)state;
    /* 4 March 2021 was a Thursday. */
    assert_string_equal(
        inferred("The envoys met in Norvik on March 4, 2021. They parted "
                 "on Thursday without a word."),
        "2021-03");
    assert_int_equal(times.published.latest, rap_day_of(2021, 3, 10));
    run("The envoys met in Norvik on March 4, 2021. They will meet in May 2021.", "");
    assert_int_equal(times.published.date.precision, RAP_PRECISION_RANGE);
    assert_int_equal(times.published.earliest, rap_day_of(2021, 3, 4));
    assert_int_equal(times.published.latest, rap_day_of(2021, 5, 31));
    assert_int_equal(times.published.evidence.count, 2);
}

static void spans_rise_in_any_bytes(void **state)
{
    (void)state;
    static const char bytes[] =
        "\xff\xfe On \xe2\x80\x9cMonday\xe2\x80\x9d 3\xc2\xa0May "
        "2024\xe2\x80\x93"
        "25, 99/99/9999 00-00-0000 9:99 \xf0\x9f 31 February 2023 "
        "every the last of a next";
    run(bytes, DAY);
    uint32_t last = 0;
    for (uint32_t i = 0; i < times.count; i++) {
        assert_true(times.timex[i].span.begin >= last);
        assert_true(times.timex[i].span.end > times.timex[i].span.begin);
        assert_true(times.timex[i].span.end <= body.len);
        assert_non_null(times.timex[i].value);
        last = times.timex[i].span.end;
    }
    run("", DAY);
    assert_int_equal(times.count, 0);
    run("", "");
    assert_int_equal(times.published.basis, RAP_BASIS_UNKNOWN);
}

static void every_lost_allocation_is_reported(void **state)
{
    (void)state;
    const rap_slice text =
        rap_slice_of("They met on Monday, March 4, 2021, and last week.");
    rap_arena one, other = RAP_ARENA(1 << 20);
    CHECK_EVERY_LOST_ALLOCATION(one, 1 << 20, 50, run_with(text, DAY, &one, &other));
    rap_arena_free(&other);
    other = RAP_ARENA(1 << 20);
    CHECK_EVERY_LOST_ALLOCATION(one, 1 << 20, 50, run_with(text, "", &other, &one));
    rap_arena_free(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absolute_dates_are_read_in_every_order),
        cmocka_unit_test(a_missing_year_is_the_nearest_that_fits_the_tense),
        cmocka_unit_test(weekdays_follow_the_tense),
        cmocka_unit_test(words_that_are_other_words_too_need_a_neighbour),
        cmocka_unit_test(units_count_from_the_report),
        cmocka_unit_test(stories_count_from_the_day_last_told),
        cmocka_unit_test(the_day_of_an_event_follows_from_the_days_since),
        cmocka_unit_test(durations_and_sets_have_their_values),
        cmocka_unit_test(longer_periods_have_their_values),
        cmocka_unit_test(vague_words_refer_to_now_before_or_after),
        cmocka_unit_test(numbers_are_not_years),
        cmocka_unit_test(the_day_is_inferred_from_a_chain),
        cmocka_unit_test(an_anniversary_dates_the_report),
        cmocka_unit_test(a_day_without_its_year_heads_the_report),
        cmocka_unit_test(nobody_comments_before_the_report),
        cmocka_unit_test(days_ahead_are_no_evidence),
        cmocka_unit_test(what_is_not_known_stays_open),
        cmocka_unit_test(what_happened_takes_the_day_nearest_to_it),
        cmocka_unit_test(a_narrative_counts_from_where_it_stands),
        cmocka_unit_test(a_slip_of_the_source_is_flagged_and_stays),
        cmocka_unit_test(an_occasion_has_the_day_told_of_it),
        cmocka_unit_test(verbs_know_whether_they_look_back),
        cmocka_unit_test(comments_without_a_year_date_the_report_with_what_it_says),
        cmocka_unit_test(a_chain_with_its_date_gives_the_day_and_comments_bound_it),
        cmocka_unit_test(a_date_line_whose_order_is_open_is_settled_by_the_report),
        cmocka_unit_test(a_report_has_bounds_where_its_day_is_not_known),
        cmocka_unit_test(spans_rise_in_any_bytes),
        cmocka_unit_test(every_lost_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, open_lists, close_lists);
}
