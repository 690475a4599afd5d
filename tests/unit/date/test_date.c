/* Calendar arithmetic and absolute dates in text. */
#include "check.h"

#include "date.h"

static rap_calendar calendar;

static int open_calendar(void **state)
{
    (void)state;
    rap_language english;
    return rap_language_open("en", &english, NULL) ||
           rap_calendar_open(&english, &calendar, NULL);
}

static int close_calendar(void **state)
{
    (void)state;
    rap_calendar_close(&calendar);
    return 0;
}

static void every_day_survives_a_round_trip(void **state)
{
    (void)state;
    uint32_t weekday = rap_day_weekday(rap_day_of(1600, 1, 1));
    for (rap_day day = rap_day_of(1600, 1, 1); day < rap_day_of(2400, 1, 1); day++) {
        int32_t year;
        uint32_t month, of_month;
        rap_day_civil(day, &year, &month, &of_month);
        assert_int_equal(rap_day_of(year, month, of_month), day);
        assert_true(of_month <= rap_days_in_month(year, month));
        assert_int_equal(rap_day_weekday(day), weekday);
        weekday = (weekday + 1) % 7;
    }
}

static void known_days_fall_on_their_weekdays(void **state)
{
    (void)state;
    assert_int_equal(rap_day_of(1970, 1, 1), 0);
    assert_int_equal(rap_day_weekday(rap_day_of(2024, 2, 29)), 3); /* a Thursday */
    assert_int_equal(rap_day_weekday(rap_day_of(1969, 7, 20)), 6); /* a Sunday */
}

static void months_are_added_up_to_the_months_end(void **state)
{
    (void)state;
    assert_int_equal(rap_day_add_months(rap_day_of(2024, 1, 31), 1),
                     rap_day_of(2024, 2, 29));
    assert_int_equal(rap_day_add_months(rap_day_of(2024, 3, 15), -15),
                     rap_day_of(2022, 12, 15));
}

static void check_date(const char *text, const char *want, const char *words)
{
    rap_date date;
    char value[12];
    const rap_slice s = rap_slice_of(text);
    const rap_span span = rap_date_find(&calendar, s, 0, &date);
    rap_date_format(date, value);
    assert_string_equal(value, want);
    assert_true(rap_slice_is(rap_cut(s, span), words));
}

static void absolute_dates_are_read_in_all_orders(void **state)
{
    (void)state;
    check_date("Signed on November 1, 2022, in the port", "2022-11-01",
               "November 1, 2022");
    check_date("on 1st Nov., 2022.", "2022-11-01", "1st Nov., 2022");
    check_date("published 2022-11-01T10:00", "2022-11-01", "2022-11-01");
    check_date("in Sept. 2020 and", "2020-09", "Sept. 2020");
    check_date("31/12/2021", "2021-12-31", "31/12/2021");
    check_date("on 5.3.2024", "2024-03-05", "5.3.2024");
    check_date("on 11.13.2024", "2024-11-13", "11.13.2024");
    check_date("Feb\xC2\xA0"
               "9 2020",
               "2020-02-09",
               "Feb\xC2\xA0"
               "9 2020");
}

static void what_is_no_date_is_left_alone(void **state)
{
    (void)state;
    check_date("on 1/11/2022", "", ""); /* the order is not settled */
    check_date("February 30, 2022", "", "");
    check_date("they may 12 times", "", "");
    check_date("resolution 2022-13-01", "", "");
    check_date("Marching 5, 2022", "", "");
    check_date("", "", "");
}

static void an_iso_date_may_be_partial(void **state)
{
    (void)state;
    rap_date date;
    assert_int_equal(rap_date_read_iso(RAP_LIT("2022"), &date), 4);
    assert_int_equal(date.precision, RAP_PRECISION_YEAR);
    assert_int_equal(rap_date_earliest(date), rap_day_of(2022, 1, 1));
    assert_int_equal(rap_date_latest(date), rap_day_of(2022, 12, 31));
    assert_int_equal(rap_date_read_iso(RAP_LIT("2022-02"), &date), 7);
    assert_int_equal(rap_date_latest(date), rap_day_of(2022, 2, 28));
    assert_int_equal(rap_date_read_iso(RAP_LIT("20225"), &date), 0);
    assert_int_equal(rap_date_earliest((rap_date){0}), RAP_NO_DAY);
}

static void check_value(const char *value, rap_day from, rap_day to, const char *want)
{
    char text[12];
    rap_date_format(rap_date_of_value(value, from, to), text);
    assert_string_equal(text, want);
}

static void a_timex_value_means_a_calendar_date(void **state)
{
    (void)state;
    const rap_day day = rap_day_of(2022, 10, 31);
    check_value("2022-10-31TEV", RAP_NO_DAY, RAP_NO_DAY, "2022-10-31");
    check_value("2022-W44", day, day + 6, "2022");
    check_value("2022-W43", day - 7, day - 1, "2022-10");
    check_value("XXXX-WXX-1", day, day, "2022-10-31");
    check_value("XXXX-10-31", RAP_NO_DAY, RAP_NO_DAY, "");
    check_value("P3M", RAP_NO_DAY, RAP_NO_DAY, "");
    check_value("", RAP_NO_DAY, RAP_NO_DAY, "");
}

static void any_bytes_end(void **state)
{
    (void)state;
    char bytes[48];
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        for (uint32_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1103515245u + 12345u;
            bytes[i] = "0123456789/-., MayJune\xC2\xA0\xFF"[(seed >> 16) % 26];
        }
        rap_date date;
        const rap_slice s = {bytes, sizeof bytes};
        const rap_span span = rap_date_find(&calendar, s, 0, &date);
        assert_true(span.begin <= span.end && span.end <= s.len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_survives_a_round_trip),
        cmocka_unit_test(known_days_fall_on_their_weekdays),
        cmocka_unit_test(months_are_added_up_to_the_months_end),
        cmocka_unit_test(absolute_dates_are_read_in_all_orders),
        cmocka_unit_test(what_is_no_date_is_left_alone),
        cmocka_unit_test(an_iso_date_may_be_partial),
        cmocka_unit_test(a_timex_value_means_a_calendar_date),
        cmocka_unit_test(any_bytes_end),
    };
    return cmocka_run_group_tests(tests, open_calendar, close_calendar);
}
