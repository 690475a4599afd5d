/* test_compare.c - wordings, documents, details and copies of several reports. */
#include "check.h"

#include "record.h"

#include <string.h>

static rap_arena arena, scratch;

static void fresh(void)
{
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    arena = RAP_ARENA(1 << 24);
    scratch = RAP_ARENA(1 << 24);
}

static const rap_slice ada = {"person:ada quill", 16}, bo = {"person:bo lind", 14};
static const rap_slice sides[2] = {{"VLD", 3}, {"KST", 3}};
static const rap_slice none[2] = {{"", 0}, {"", 0}};

static rap_fact said(int64_t document, const rap_slice *who, const char *words,
                     rap_day day)
{
    return (rap_fact){.document = document,
                      .kind = RAP_ENTRY_STATEMENT,
                      .anchor = {10, 60},
                      .anchor_words = rap_slice_of(words),
                      .who = who,
                      .who_count = 1,
                      .country = none,
                      .earliest = day,
                      .latest = day};
}

static uint32_t wordings(const rap_fact *fact, uint32_t count)
{
    rap_map stop = {0};
    rap_joint joint;
    rap_error err;
    fresh();
    static const char *const word[] = {"the", "we", "of",  "to",
                                       "a",   "is", "not", "have"};
    for (uint32_t i = 0; i < 8; i++) {
        uint32_t *slot = rap_map_put(&stop, &scratch, rap_slice_of(word[i]));
        assert_non_null(slot);
        *slot = 1;
    }
    assert_int_equal(
        rap_record_variants(fact, count, &stop, &arena, &scratch, &joint, &err),
        RAP_OK);
    return joint.entries;
}

static void other_words_of_one_utterance_join(void **state)
{
    (void)state;
    const rap_fact f[] = {
        said(1, &ada, "the harbour agreement opens a new chapter for both islands",
             100),
        said(2, &ada, "the harbour accord opens a new chapter for the two islands",
             101)};
    assert_int_equal(wordings(f, 2), 1);
}

static uint32_t with_senses(const char *one, const char *other, rap_alignment *out)
{
    rap_map words = {0};
    fresh();
    static const char *const sense[][2] = {{"accord", "agreement"},
                                           {"begin", "launch"}};
    for (uint32_t i = 0; i < 2; i++)
        for (uint32_t k = 0; k < 2; k++) {
            uint32_t *slot = rap_map_put(&words, &scratch, rap_slice_of(sense[i][k]));
            assert_non_null(slot);
            *slot = RAP_RECORD_SENSE + i;
        }
    *out = rap_record_align(rap_slice_of(one), rap_slice_of(other), &words);
    return out->words;
}

static void words_of_one_sense_answer_each_other_for_less(void **state)
{
    (void)state;
    rap_alignment x;
    assert_int_equal(with_senses("launch Quill accord", "begin Quill agreement", &x),
                     3);
    assert_int_equal(x.names, 1);
    assert_true(x.share > 0.7 && x.share < 0.9);
    assert_int_equal(with_senses("launch accord", "agreement signed", &x), 1);
}

static void the_same_words_on_another_occasion_stay_apart(void **state)
{
    (void)state;
    const rap_fact f[] = {
        said(1, &ada, "the harbour agreement opens a new chapter for both islands",
             100),
        said(2, &ada, "the harbour agreement opens a new chapter for both islands",
             160)};
    assert_int_equal(wordings(f, 2), 2);
}

static void the_same_words_of_another_speaker_stay_apart(void **state)
{
    (void)state;
    const rap_fact f[] = {
        said(1, &ada, "the islands will never be part of the mainland", 100),
        said(2, &bo, "the islands will never be part of the mainland", 100)};
    assert_int_equal(wordings(f, 2), 2);
}

static rap_fact document(int64_t number, const char *terms, rap_day day)
{
    return (rap_fact){.document = number,
                      .kind = RAP_ENTRY_DOCUMENT,
                      .anchor = {5, 20},
                      .who = sides,
                      .who_count = 2,
                      .country = none,
                      .type = RAP_LIT("agreement"),
                      .terms = rap_slice_of(terms),
                      .happened = true,
                      .earliest = day,
                      .latest = day};
}

static uint32_t documents(const rap_fact *fact, uint32_t count)
{
    rap_joint joint;
    rap_error err;
    fresh();
    assert_int_equal(rap_record_join(fact, count, &arena, &scratch, &joint, &err),
                     RAP_OK);
    return joint.entries;
}

static void a_document_of_one_day_and_the_same_parties_is_one(void **state)
{
    (void)state;
    const rap_fact f[] = {document(1, "harbour", 100), document(2, "port", 100)};
    assert_int_equal(documents(f, 2), 1);
}

static void documents_of_other_days_stay_apart(void **state)
{
    (void)state;
    const rap_fact f[] = {document(1, "harbour", 100), document(2, "harbour", 140)};
    assert_int_equal(documents(f, 2), 2);
}

static void sharing_the_actors_is_not_enough(void **state)
{
    (void)state;
    const rap_fact f[] = {document(1, "harbour", RAP_NO_DAY),
                          document(2, "grain export", RAP_NO_DAY)};
    assert_int_equal(documents(f, 2), 2);
}

static void an_adjective_is_a_word_of_the_name_it_is_made_of(void **state)
{
    (void)state;
    const rap_fact f[] = {document(1, "org:littoral_union", RAP_NO_DAY),
                          document(2, "littoral", RAP_NO_DAY)};
    assert_int_equal(documents(f, 2), 1);
}

static rap_fact plain(int64_t number, const char *terms, float confidence, rap_day day)
{
    rap_fact f = document(number, terms, day);
    f.confidence = confidence;
    f.happened = false;
    return f;
}

static void the_accord_alone_is_the_one_that_another_report_names(void **state)
{
    (void)state;
    const rap_fact f[] = {plain(1, "place:aldenport", 0.72f, 100),
                          plain(2, "", 0.67f, RAP_NO_DAY)};
    assert_int_equal(documents(f, 2), 1);
    const rap_fact passing[] = {plain(1, "place:aldenport", 0.72f, 100),
                                plain(2, "", 0.5f, RAP_NO_DAY)};
    assert_int_equal(documents(passing, 2), 2);
    const rap_fact of_another[] = {plain(1, "ORM", 0.72f, 100),
                                   plain(2, "", 0.67f, RAP_NO_DAY)};
    assert_int_equal(documents(of_another, 2), 2);
}

static void the_accord_alone_is_not_that_of_some_year(void **state)
{
    (void)state;
    rap_fact f[] = {plain(1, "", 0.67f, 100), plain(2, "", 0.67f, RAP_NO_DAY)};
    f[0].latest = 464;
    assert_int_equal(documents(f, 2), 2);
}

static rap_fact amount(int64_t number, double low, double high, const char *terms)
{
    return (rap_fact){.document = number,
                      .kind = RAP_ENTRY_DETAIL,
                      .name = RAP_LIT("soldier"),
                      .type = RAP_LIT("number"),
                      .terms = rap_slice_of(terms),
                      .low = low,
                      .high = high};
}

static void amounts_conflict_only_when_their_ranges_part(void **state)
{
    (void)state;
    const rap_fact exact = amount(1, 2000, 2000, "bridge guard river");
    const rap_fact rough = amount(2, 1000, 9999, "bridge guard river");
    const rap_fact other = amount(3, 300, 300, "bridge guard river");
    const rap_fact apart = amount(4, 300, 300, "parade capital");
    assert_false(rap_record_conflict(&exact, &rough, true, NULL));
    assert_true(rap_record_conflict(&exact, &other, true, NULL));
    assert_false(rap_record_conflict(&exact, &apart, true, NULL));
    const rap_fact again = amount(1, 300, 300, "bridge guard river");
    assert_false(
        rap_record_conflict(&exact, &again, true, NULL)); /* one report: two things */
}

static void facts_that_join_share_a_block(void **state)
{
    (void)state;
    const rap_fact a = document(1, "harbour", 100), b = document(2, "port", 100);
    uint64_t x[RAP_RECORD_BLOCKS], y[RAP_RECORD_BLOCKS];
    const uint32_t n = rap_record_blocks(&a, x), m = rap_record_blocks(&b, y);
    bool shared = false;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < m; k++) shared |= x[i] == y[k];
    assert_true(shared);
}

static uint32_t sample_of(const char *text, rap_copy *copy)
{
    *copy = (rap_copy){0};
    assert_true(rap_copy_add(copy, rap_slice_of(text), &arena));
    return copy->sample.count;
}

static void a_text_that_was_cut_is_a_copy_and_another_is_not(void **state)
{
    (void)state;
    static char whole[20000], part[10000], other[20000];
    fresh();
    size_t used = 0;
    for (uint32_t i = 0; i < 800; i++)
        used +=
            (size_t)snprintf(whole + used, sizeof whole - used, "word%u ", i * i % 977);
    memcpy(part, whole, used / 2);
    used = 0;
    for (uint32_t i = 0; i < 800; i++)
        used +=
            (size_t)snprintf(other + used, sizeof other - used, "term%u ", i * 7 % 911);
    rap_copy a, b, c;
    const uint32_t n = sample_of(whole, &a), m = sample_of(part, &b),
                   k = sample_of(other, &c);
    uint32_t with_part = 0, with_other = 0;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < m; j++)
            if (a.sample.at[i] == b.sample.at[j]) {
                with_part++;
                break;
            }
        for (uint32_t j = 0; j < k; j++) with_other += a.sample.at[i] == c.sample.at[j];
    }
    assert_true(rap_is_copy(with_part, n, m));
    assert_false(rap_is_copy(with_other, n, k));
    assert_int_equal(sample_of("", &a), 0);
}

static void rougher_is_not_other(void **state)
{
    (void)state;
    const rap_fact few = amount(1, 1900, 2100, "island patrol send");
    const rap_fact rough = amount(2, 1000, 999999, "island patrol send");
    const rap_fact close = amount(2, 2000, 2000, "island patrol send");
    assert_false(rap_record_conflict(&few, &rough, true, NULL));
    assert_true(rap_record_less_precise(&few, &rough, true, NULL));
    assert_true(rap_record_less_precise(&rough, &few, true, NULL));
    assert_false(rap_record_less_precise(&few, &close, true, NULL));
    rap_fact same = rough;
    same.document = 1;
    assert_false(rap_record_less_precise(&few, &same, true, NULL));
}

static rap_fact day_of(int64_t number, double day, const char *terms)
{
    rap_fact f = amount(number, day, day, terms);
    f.name = f.type = RAP_LIT("day");
    return f;
}

static void close_days_of_one_thing_at_one_place_conflict(void **state)
{
    (void)state;
    const rap_fact a = day_of(1, 700, "accept harbour place:aldenport plan");
    const rap_fact b = day_of(2, 701, "accept place:aldenport plan separately");
    const rap_fact later = day_of(2, 720, "accept place:aldenport plan separately");
    const rap_fact other = day_of(2, 701, "accept place:tessany plan separately");
    assert_true(rap_record_conflict(&a, &b, true, NULL));
    assert_false(rap_record_conflict(&a, &later, true, NULL));
    assert_false(rap_record_conflict(&a, &other, true, NULL));
}

static void wordings_with_other_figures_stay_apart(void **state)
{
    (void)state;
    const rap_fact f[] = {
        said(1, &ada, "the union gives 40 million crowns for both islands", 100),
        said(2, &ada, "the union gives 60 million crowns for both islands", 100)};
    assert_int_equal(wordings(f, 2), 2);
}

static void the_next_meeting_on_two_days_conflicts(void **state)
{
    (void)state;
    rap_fact a = {.document = 1,
                  .kind = RAP_ENTRY_MEETING,
                  .who = sides,
                  .who_count = 2,
                  .country = sides,
                  .planned = true,
                  .earliest = 100,
                  .latest = 100};
    rap_fact b = a;
    b.document = 2;
    b.earliest = b.latest = 101;
    assert_true(rap_record_other_plan(&a, &b));
    b.earliest = b.latest = 130;
    assert_false(rap_record_other_plan(&a, &b)); /* another round */
    b.earliest = b.latest = 101;
    b.planned = false;
    assert_false(rap_record_other_plan(&a, &b));
}

static rap_fact duty(int64_t number, rap_day due, const char *terms)
{
    return (rap_fact){.document = number,
                      .kind = RAP_ENTRY_COMMITMENT,
                      .terms = rap_slice_of(terms),
                      .due_earliest = due,
                      .due_latest = due};
}

static void one_duty_due_on_two_days_conflicts(void **state)
{
    (void)state;
    const rap_fact a = duty(1, 100, "boat port return"),
                   b = duty(2, 130, "boat return"), other = duty(2, 130, "fee pay"),
                   later = duty(2, 900, "boat return");
    assert_true(rap_record_other_due(&a, &b, NULL));
    assert_false(rap_record_other_due(&a, &other, NULL));
    assert_false(rap_record_other_due(&a, &later, NULL));
    assert_false(rap_record_other_due(&a, &a, NULL));
}

static void tolls_of_a_war_compare_by_what_they_count(void **state)
{
    (void)state;
    rap_fact a = amount(1, 20000, 20000, "war"), b = amount(2, 60000, 60000, "front");
    a.type = b.type = RAP_LIT("toll");
    a.name = b.name = RAP_LIT("killed");
    assert_true(rap_record_needs_story(&a));
    assert_true(rap_record_conflict(&a, &b, true, NULL));
    b.name = RAP_LIT("displaced");
    assert_false(rap_record_conflict(&a, &b, true, NULL));
    rap_fact c = amount(1, 3, 3, "shop fire"), d = amount(2, 5, 5, "bridge raid");
    c.type = d.type = RAP_LIT("toll");
    c.earliest = c.latest = d.earliest = d.latest = 100;
    assert_false(rap_record_conflict(&c, &d, true, NULL)); /* two attacks of one day */
}

static void a_document_holds_or_does_not_hold_a_name(void **state)
{
    (void)state;
    rap_fact a = amount(1, 0, 0, "agreement"), b = amount(2, 1, 1, "agreement");
    a.type = b.type = RAP_LIT("content");
    a.name = b.name = RAP_LIT("KST");
    assert_false(rap_record_conflict(&a, &b, true, NULL)); /* of no known document */
    a.place = b.place = RAP_LIT("17");
    assert_true(rap_record_conflict(&a, &b, true, NULL));
    b.place = RAP_LIT("18");
    assert_false(rap_record_conflict(&a, &b, true, NULL));
}

static void ranks_of_one_person_in_two_spellings_conflict(void **state)
{
    (void)state;
    static const rap_slice one = {"person:orsin vayle", 18},
                           two = {"person:orsen vayle", 18};
    rap_fact a = amount(1, 3, 3, ""), b = amount(2, 4, 4, "");
    a.type = b.type = RAP_LIT("rank");
    a.who = &one;
    b.who = &two;
    a.who_count = b.who_count = 1;
    assert_true(rap_record_conflict(&a, &b, true, NULL));
    uint64_t x[RAP_RECORD_BLOCKS], y[RAP_RECORD_BLOCKS];
    const uint32_t n = rap_record_blocks(&a, x), m = rap_record_blocks(&b, y);
    bool shared = false;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < m; k++) shared |= x[i] == y[k];
    assert_true(shared);
}

static rap_fact stance(int64_t number, const rap_slice *who, const char *type,
                       uint32_t begin, uint32_t end)
{
    return (rap_fact){.document = number,
                      .kind = RAP_ENTRY_POSITION,
                      .anchor = {begin, end},
                      .who = who,
                      .who_count = 1,
                      .country = &(rap_slice){0},
                      .earliest = 100,
                      .latest = 100,
                      .name = RAP_LIT("mediation"),
                      .type = rap_slice_of(type),
                      .terms = RAP_LIT(""),
                      .confidence = 0.7f};
}

static void sums_of_two_things_in_a_few_words_are_no_matter(void **state)
{
    (void)state;
    rap_fact a = amount(1, 125e9, 125e9, "goods impose autumn tariff worth");
    rap_fact b = amount(2, 360e9, 360e9, "goods remove tariff worth");
    a.type = b.type = RAP_LIT("sum");
    a.name = b.name = RAP_LIT("dollar");
    assert_false(rap_record_same_matter(&a, &b, true, NULL));
    b.terms = RAP_LIT("goods impose tariff worth");
    assert_true(rap_record_conflict(&a, &b, true, NULL));
}

static void a_rejection_answers_the_proposal_of_another_right_before(void **state)
{
    (void)state;
    const rap_slice league = RAP_LIT("org:league"), crown = RAP_LIT("RUR");
    const rap_fact offer = stance(1, &league, "proposes", 10, 60);
    const rap_fact refusal = stance(1, &crown, "rejects", 70, 110);
    assert_true(rap_record_answers(&refusal, &offer));
    assert_false(rap_record_answers(&offer, &refusal));
    const rap_fact own = stance(1, &crown, "proposes", 10, 60);
    assert_false(rap_record_answers(&refusal, &own));
    const rap_fact far = stance(1, &crown, "rejects", 900, 950);
    assert_false(rap_record_answers(&far, &offer));
    const rap_fact elsewhere = stance(2, &crown, "rejects", 70, 110);
    assert_false(rap_record_answers(&elsewhere, &offer));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_of_two_things_in_a_few_words_are_no_matter),
        cmocka_unit_test(a_rejection_answers_the_proposal_of_another_right_before),
        cmocka_unit_test(other_words_of_one_utterance_join),
        cmocka_unit_test(words_of_one_sense_answer_each_other_for_less),
        cmocka_unit_test(the_same_words_on_another_occasion_stay_apart),
        cmocka_unit_test(the_same_words_of_another_speaker_stay_apart),
        cmocka_unit_test(a_document_of_one_day_and_the_same_parties_is_one),
        cmocka_unit_test(documents_of_other_days_stay_apart),
        cmocka_unit_test(sharing_the_actors_is_not_enough),
        cmocka_unit_test(rougher_is_not_other),
        cmocka_unit_test(an_adjective_is_a_word_of_the_name_it_is_made_of),
        cmocka_unit_test(close_days_of_one_thing_at_one_place_conflict),
        cmocka_unit_test(the_accord_alone_is_the_one_that_another_report_names),
        cmocka_unit_test(the_accord_alone_is_not_that_of_some_year),
        cmocka_unit_test(amounts_conflict_only_when_their_ranges_part),
        cmocka_unit_test(wordings_with_other_figures_stay_apart),
        cmocka_unit_test(the_next_meeting_on_two_days_conflicts),
        cmocka_unit_test(one_duty_due_on_two_days_conflicts),
        cmocka_unit_test(tolls_of_a_war_compare_by_what_they_count),
        cmocka_unit_test(a_document_holds_or_does_not_hold_a_name),
        cmocka_unit_test(ranks_of_one_person_in_two_spellings_conflict),
        cmocka_unit_test(facts_that_join_share_a_block),
        cmocka_unit_test(a_text_that_was_cut_is_a_copy_and_another_is_not)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    return failed;
}
