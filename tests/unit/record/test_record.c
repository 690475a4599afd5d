/* test_record.c - which readings are one entry. */
#include "check.h"

#include "record.h"

#define DAY(d) (rap_day_of(2031, 5, (d)))

typedef struct draft { /* a meeting: parties as "key/COUNTRY", up to four */
    const char *who[4];
    const char *country[4];
    const char *place;
    rap_day earliest, latest;
    bool planned;
} draft;

enum { MOST = 400 };
static rap_slice keys[MOST][4], countries[MOST][4];

static void facts_of(const draft *d, uint32_t count, rap_fact *out)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t n = 0;
        while (n < 4 && d[i].who[n]) {
            keys[i][n] = rap_slice_of(d[i].who[n]);
            countries[i][n] = rap_slice_of(d[i].country[n]);
            n++;
        }
        out[i] = (rap_fact){.document = i + 1,
                            .kind = RAP_ENTRY_MEETING,
                            .anchor = {10, 13},
                            .anchor_words = RAP_LIT("met"),
                            .who = keys[i],
                            .who_count = n,
                            .country = countries[i],
                            .place = rap_slice_of(d[i].place),
                            .earliest = d[i].earliest,
                            .latest = d[i].latest,
                            .told = RAP_NO_DAY,
                            .due_latest = RAP_NO_DAY,
                            .happened = !d[i].planned,
                            .confidence = 0.9f};
    }
}

static rap_arena arena, scratch;

static rap_joint join(const rap_fact *fact, uint32_t count)
{
    rap_joint joint;
    rap_error err;
    arena = RAP_ARENA(1 << 24);
    scratch = RAP_ARENA(1 << 24);
    assert_int_equal(rap_record_join(fact, count, &arena, &scratch, &joint, &err),
                     RAP_OK);
    return joint;
}

static void done(void)
{
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
}

static uint32_t entries_of(const draft *d, uint32_t count)
{
    rap_fact fact[8];
    facts_of(d, count, fact);
    const uint32_t entries = join(fact, count).entries;
    done();
    return entries;
}

static void one_meeting_told_twice_is_one_entry(void **state)
{
    (void)state;
    const draft d[] = {{{"person:ada", "person:bo"},
                        {"AAA", "BBB"},
                        "Lakeside",
                        DAY(4),
                        DAY(4),
                        false},
                       {{"AAA", "BBB"}, {"AAA", "BBB"}, "", DAY(3), DAY(5), false}};
    rap_fact fact[2];
    facts_of(d, 2, fact);
    const rap_joint joint = join(fact, 2);
    assert_int_equal(joint.entries, 1);
    /* The wider span begins earlier, so it is the first, and the other says why it
     * joined. */
    assert_string_equal(joint.why[1], "");
    assert_non_null(strstr(joint.why[0], "2 parties"));
    assert_non_null(strstr(joint.why[0], "2031-05-04"));
    done();
}

static void other_days_other_meetings(void **state)
{
    (void)state;
    const draft d[] = {{{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(4), DAY(4), false},
                       {{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(5), DAY(5), false}};
    assert_int_equal(entries_of(d, 2), 2);
}

static void a_month_dates_no_single_meeting(void **state)
{
    (void)state;
    const draft d[] = {{{"AAA", "BBB"}, {"AAA", "BBB"}, "", DAY(4), DAY(4), false},
                       {{"AAA", "BBB"}, {"AAA", "BBB"}, "", DAY(1), DAY(31), false}};
    assert_int_equal(entries_of(d, 2), 2);
}

static void a_planned_meeting_stays_apart_from_one_that_happened(void **state)
{
    (void)state;
    const draft d[] = {{{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(4), DAY(4), false},
                       {{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(4), DAY(4), true}};
    assert_int_equal(entries_of(d, 2), 2);
}

static void place_and_one_party_suffice(void **state)
{
    (void)state;
    const draft d[] = {{{"person:ada"}, {"AAA"}, "Old  Harbour", DAY(4), DAY(4), false},
                       {{"person:ada", "person:bo"},
                        {"AAA", "BBB"},
                        "old harbour",
                        DAY(4),
                        DAY(4),
                        false}};
    assert_int_equal(entries_of(d, 2), 1);
    draft apart[2] = {d[0], d[1]};
    apart[0].place = "";
    assert_int_equal(entries_of(apart, 2), 2);
}

static void other_people_of_the_same_countries_are_another_meeting(void **state)
{
    (void)state;
    const draft d[] = {
        {{"person:ada", "person:bo"}, {"AAA", "BBB"}, "", DAY(4), DAY(4), false},
        {{"person:ann", "person:ben"}, {"AAA", "BBB"}, "", DAY(4), DAY(4), false},
        {{"person:ada", "person:ben"}, {"AAA", "BBB"}, "", DAY(4), DAY(4), false}};
    assert_int_equal(entries_of(d, 3), 3);
}

static void separate_talks_before_a_wider_meeting_stay_apart(void **state)
{
    (void)state;
    const draft d[] = {
        {{"AAA", "BBB", "CCC"}, {"AAA", "BBB", "CCC"}, "Port", DAY(4), DAY(4), false},
        {{"CCC", "AAA"}, {"CCC", "AAA"}, "Port", DAY(4), DAY(4), false},
        {{"CCC", "BBB"}, {"CCC", "BBB"}, "Port", DAY(4), DAY(4), false}};
    assert_int_equal(entries_of(d, 3), 3);
    /* A single shorter account of the wide meeting joins it. */
    assert_int_equal(entries_of(d, 2), 1);
}

static void a_meeting_without_a_date_joins_only_the_one_it_can_be(void **state)
{
    (void)state;
    draft d[] = {
        {{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(4), DAY(4), false},
        {{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", RAP_NO_DAY, RAP_NO_DAY, false},
        {{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(20), DAY(20), false}};
    assert_int_equal(entries_of(d, 2), 1);
    assert_int_equal(entries_of(d, 3), 3);
    d[1].place = "";
    assert_int_equal(entries_of(d, 2), 2);
}

static void a_report_long_after_may_be_a_day_off(void **state)
{
    (void)state;
    const draft d[] = {{{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(4), DAY(4), false},
                       {{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(5), DAY(5), false}};
    rap_fact fact[2];
    facts_of(d, 2, fact);
    fact[0].told = fact[1].told = DAY(30);
    const rap_joint joint = join(fact, 2);
    assert_int_equal(joint.entries, 1);
    assert_non_null(strstr(joint.why[1], "a day apart"));
    done();
    fact[0].told = DAY(4);
    assert_int_equal(join(fact, 2).entries, 2);
    done();
}

static void a_meeting_without_a_day_is_none_of_months_ago(void **state)
{
    (void)state;
    const draft d[] = {
        {{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(4), DAY(4), false},
        {{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", RAP_NO_DAY, RAP_NO_DAY, false}};
    rap_fact fact[2];
    facts_of(d, 2, fact);
    fact[1].told = DAY(20);
    const rap_joint joint = join(fact, 2);
    assert_int_equal(joint.entries, 1);
    assert_non_null(strstr(joint.why[1], "no date"));
    done();
    fact[1].told = DAY(4) + 100;
    assert_int_equal(join(fact, 2).entries, 2);
    done();
}

static void a_town_and_its_state_are_one_place(void **state)
{
    (void)state;
    const draft d[] = {{{"person:a"}, {"AAA"}, "Port", DAY(4), DAY(4), false},
                       {{"person:a"}, {"AAA"}, "Kestria", DAY(4), DAY(4), false}};
    rap_fact fact[2];
    facts_of(d, 2, fact);
    assert_int_equal(join(fact, 2).entries, 2);
    done();
    fact[0].place_key = RAP_LIT("place:port"), fact[0].place_code = RAP_LIT("KST");
    fact[1].place_key = fact[1].place_code = RAP_LIT("KST");
    assert_int_equal(join(fact, 2).entries, 1);
    done();
}

static void what_was_announced_for_another_place_is_one(void **state)
{
    (void)state;
    const draft d[] = {
        {{"person:a", "person:b"}, {"AAA", "BBB"}, "Port", DAY(9), DAY(9), false},
        {{"AAA"}, {"AAA"}, "Lakeside", DAY(1), DAY(31), false}};
    rap_fact fact[2];
    facts_of(d, 2, fact);
    fact[1].planned = true;
    assert_int_equal(join(fact, 2).entries, 2);
    done();
    fact[0].terms = RAP_LIT("moved:lakeside");
    assert_int_equal(join(fact, 2).entries, 1);
    done();
}

static void what_is_to_be_by_a_day_is_the_one_that_was(void **state)
{
    (void)state;
    const draft d[] = {
        {{"person:a", "person:b"}, {"AAA", "BBB"}, "Port", DAY(9), DAY(9), false},
        {{"AAA", "BBB"}, {"AAA", "BBB"}, "", DAY(3), DAY(10), false}};
    rap_fact fact[2];
    facts_of(d, 2, fact);
    fact[1].planned = true;
    assert_int_equal(join(fact, 2).entries, 1);
    done();
}

static void readings_of_one_report_stay_apart(void **state)
{
    (void)state;
    const draft d[] = {{{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(4), DAY(4), false},
                       {{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(4), DAY(4), false}};
    rap_fact fact[2];
    facts_of(d, 2, fact);
    fact[1].document = fact[0].document;
    assert_int_equal(join(fact, 2).entries, 2);
    done();
}

static void statements_are_entries_of_their_own(void **state)
{
    (void)state;
    const draft d[] = {{{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(4), DAY(4), false},
                       {{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(4), DAY(4), false}};
    rap_fact fact[2];
    facts_of(d, 2, fact);
    fact[0].kind = fact[1].kind = RAP_ENTRY_STATEMENT;
    assert_int_equal(join(fact, 2).entries, 2);
    done();
}

static uint32_t seed = 7;
static uint32_t dice(uint32_t sides)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % sides;
}

/* Facts in another order give the same partition. */
static void the_order_of_facts_does_not_matter(void **state)
{
    (void)state;
    static const char *const code[] = {"AAA", "BBB", "CCC", "DDD"};
    static const char *const person[] = {"person:a", "person:b", "person:c",
                                         "person:d"};
    static draft d[60];
    static rap_fact fact[60], mixed[60];
    for (uint32_t round = 0; round < 20; round++) {
        for (uint32_t i = 0; i < 60; i++) {
            d[i] =
                (draft){.place = dice(2) ? "Port" : "", .earliest = DAY(1 + dice(4))};
            d[i].latest = d[i].earliest + (rap_day)dice(3);
            for (uint32_t k = 0; k < 1 + dice(3); k++) {
                const uint32_t c = dice(4);
                d[i].who[k] = dice(2) ? code[c] : person[c];
                d[i].country[k] = code[c];
            }
        }
        facts_of(d, 60, fact);
        uint32_t at[60], first[60];
        for (uint32_t i = 0; i < 60; i++) at[i] = i;
        for (uint32_t i = 59; i > 0; i--) {
            const uint32_t k = dice(i + 1), t = at[i];
            at[i] = at[k];
            at[k] = t;
        }
        for (uint32_t i = 0; i < 60; i++) mixed[i] = fact[at[i]];
        const rap_joint one = join(fact, 60);
        memcpy(first, one.entry, sizeof first);
        done();
        const rap_joint two = join(mixed, 60);
        for (uint32_t i = 0; i < 60; i++) assert_int_equal(two.entry[i], first[at[i]]);
        done();
    }
}

static void nothing_gives_nothing(void **state)
{
    (void)state;
    assert_int_equal(join(NULL, 0).entries, 0);
    done();
}

static void many_meetings_of_one_day_take_bounded_time(void **state)
{
    (void)state;
    static rap_fact fact[20000];
    static draft d[1] = {{{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", 1, 1, false}};
    facts_of(d, 1, fact);
    for (uint32_t i = 1; i < 20000; i++) fact[i] = fact[0], fact[i].document = i + 1;
    (void)join(fact, 20000);
    done();
}

static void every_lost_allocation_is_reported(void **state)
{
    (void)state;
    const draft d[] = {{{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(4), DAY(4), false},
                       {{"AAA", "BBB"}, {"AAA", "BBB"}, "Port", DAY(4), DAY(4), false}};
    rap_fact fact[2];
    facts_of(d, 2, fact);
    rap_joint joint;
    rap_error err;
    rap_arena one, other = RAP_ARENA(1 << 20);
    CHECK_EVERY_LOST_ALLOCATION(one, 1 << 20, 50,
                                (rap_record_join(fact, 2, &one, &other, &joint, &err)));
    rap_arena_free(&other);
    one = RAP_ARENA(1 << 20);
    CHECK_EVERY_LOST_ALLOCATION(other, 1 << 20, 50,
                                (rap_record_join(fact, 2, &one, &other, &joint, &err)));
    rap_arena_free(&one);
}

static void names_of_entries_last(void **state)
{
    (void)state;
    const rap_sha256 digest = rap_sha256_of(RAP_LIT("a report"));
    char a[9], b[9];
    rap_entry_id(RAP_ENTRY_MEETING, &digest, (rap_span){3, 9}, 0, a);
    rap_entry_id(RAP_ENTRY_MEETING, &digest, (rap_span){3, 9}, 0, b);
    assert_string_equal(a, b);
    assert_int_equal(strlen(a), 8);
    assert_int_equal(a[0], 'm');
    rap_entry_id(RAP_ENTRY_MEETING, &digest, (rap_span){3, 9}, 1, b);
    assert_string_not_equal(a, b);
    rap_entry_id(RAP_ENTRY_STATEMENT, &digest, (rap_span){3, 9}, 0, b);
    assert_int_equal(b[0], 's');
    assert_string_not_equal(a + 1, b + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_meeting_told_twice_is_one_entry),
        cmocka_unit_test(other_days_other_meetings),
        cmocka_unit_test(a_month_dates_no_single_meeting),
        cmocka_unit_test(a_planned_meeting_stays_apart_from_one_that_happened),
        cmocka_unit_test(place_and_one_party_suffice),
        cmocka_unit_test(other_people_of_the_same_countries_are_another_meeting),
        cmocka_unit_test(separate_talks_before_a_wider_meeting_stay_apart),
        cmocka_unit_test(a_meeting_without_a_date_joins_only_the_one_it_can_be),
        cmocka_unit_test(a_report_long_after_may_be_a_day_off),
        cmocka_unit_test(a_meeting_without_a_day_is_none_of_months_ago),
        cmocka_unit_test(a_town_and_its_state_are_one_place),
        cmocka_unit_test(what_was_announced_for_another_place_is_one),
        cmocka_unit_test(what_is_to_be_by_a_day_is_the_one_that_was),
        cmocka_unit_test(readings_of_one_report_stay_apart),
        cmocka_unit_test(statements_are_entries_of_their_own),
        cmocka_unit_test(the_order_of_facts_does_not_matter),
        cmocka_unit_test(nothing_gives_nothing),
        cmocka_unit_test(many_meetings_of_one_day_take_bounded_time),
        cmocka_unit_test(every_lost_allocation_is_reported),
        cmocka_unit_test(names_of_entries_last)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
