/* test_token.c - words and sentences of own examples, and what holds for any bytes. */
#include "check.h"
#include "text.h"
#include "token.h"

static rap_token_knowledge *knowledge;

static int open_lists(void **state)
{
    (void)state;
    rap_language language;
    rap_error err;
    if (rap_language_open("en", &language, &err)) return 1;
    return rap_token_open(&language, &knowledge, &err) != RAP_OK;
}

static int close_lists(void **state)
{
    (void)state;
    rap_token_close(knowledge);
    return 0;
}

static rap_arena arena, scratch;
static rap_tokens tokens;

/* Tokenise `text` as one zone of the body. */
static void run_slice(rap_slice text)
{
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    arena = scratch = RAP_ARENA(1 << 24);
    const rap_zone zone = {.span = {0, text.len}, .kind = RAP_ZONE_BODY};
    const rap_article article = {.text = text, .zone = &zone, .zones = 1};
    rap_error err;
    assert_int_equal(
        rap_token_run(knowledge, &article, &arena, &scratch, &tokens, &err), RAP_OK);
}

/* The tokens of `text` with spaces between them and bars between sentences. */
static const char *cut(const char *text)
{
    static char out[2048];
    const rap_slice s = rap_slice_of(text);
    size_t used = 0;
    run_slice(s);
    for (uint32_t t = 0; t < tokens.count; t++) {
        const char *gap = t == 0                                         ? ""
                          : tokens.sentence[t] != tokens.sentence[t - 1] ? " | "
                                                                         : " ";
        const rap_slice word = rap_cut(s, tokens.span[t]);
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%.*s", gap,
                                 (int)word.len, word.at);
        assert_true(used < sizeof out);
    }
    out[used] = 0;
    return out;
}

#define CUTS(text, want) assert_string_equal(cut(text), (want))

static void parts_marks_from_words(void **state)
{
    (void)state;
    CUTS("They met, talked (briefly) and left.",
         "They met , talked ( briefly ) and left .");
    CUTS("A long-term, cross-border plan", "A long - term , cross - border plan");
    CUTS("an anti-war, pre-election, non-aligned bloc",
         "an anti-war , pre-election , non-aligned bloc");
    CUTS("war \xE2\x80\x94 or peace\xE2\x80\x93talks",
         "war \xE2\x80\x94 or peace \xE2\x80\x93 talks");
    CUTS("Wait... what?!", "Wait ... what ?!");
}

static void keeps_figures_whole(void **state)
{
    (void)state;
    CUTS("2,000 men, 3.5 per cent, the 1990s, the 15th",
         "2,000 men , 3.5 per cent , the 1990s , the 15th");
    CUTS("a 44-day war and $10m or 7% at 10:30",
         "a 44 - day war and $ 10 m or 7 % at 10:30");
    CUTS("in 2021-22 and on 2021-05-09", "in 2021 - 22 and on 2021-05-09");
    assert_int_equal(tokens.kind[1], RAP_TOKEN_NUMBER);
}

static void parts_contractions_in_all_quotes(void **state)
{
    (void)state;
    CUTS("don't he\xE2\x80\x99s we'll cannot",
         "do n't he \xE2\x80\x99s we 'll can not");
    assert_true(tokens.flags[0] & RAP_TOKEN_MULTI);
    assert_true(tokens.flags[1] & RAP_TOKEN_MULTI_REST);
    CUTS("the leaders\xE2\x80\x99 talks", "the leaders \xE2\x80\x99 talks");
    assert_true(tokens.flags[2] & RAP_TOKEN_MULTI_REST);
    CUTS("O'Neill and d\xE2\x80\x99"
         "Arc",
         "O'Neill and d\xE2\x80\x99"
         "Arc");
}

static void tells_a_closing_quote_from_a_possessive(void **state)
{
    (void)state;
    CUTS("the \xE2\x80\x98talks\xE2\x80\x99 began",
         "the \xE2\x80\x98 talks \xE2\x80\x99 began");
    assert_int_equal(tokens.kind[3], RAP_TOKEN_PUNCT);
}

static void keeps_addresses_whole(void **state)
{
    (void)state;
    CUTS(
        "See https://example.org/a?b=1, www.example.com. Or ask a.b@example.net!",
        "See https://example.org/a?b=1 , www.example.com . | Or ask a.b@example.net !");
    assert_int_equal(tokens.kind[1], RAP_TOKEN_URL);
    CUTS("@desk_one on #talks at example.com", "@desk_one on #talks at example.com");
}

static void keeps_the_stop_of_abbreviations(void **state)
{
    (void)state;
    CUTS("Gen. Ada Roe met Mr. Poe in the U.S. on Jan. 5 at 9 a.m. They agreed.",
         "Gen. Ada Roe met Mr. Poe in the U.S. on Jan. 5 at 9 a.m. | They agreed .");
    CUTS("Article No. 5 says no. They left.", "Article No. 5 says no . | They left .");
    CUTS("J. K. Roe spoke. It was plan B. Then he left.",
         "J. K. Roe spoke . | It was plan B. | Then he left .");
    assert_true(tokens.flags[0] & RAP_TOKEN_ABBREVIATION);
}

static void keeps_closing_quotes_in_the_sentence(void **state)
{
    (void)state;
    CUTS("\"We agreed. We signed.\" He left.",
         "\" We agreed . | We signed . \" | He left .");
    CUTS("\xE2\x80\x9CIt is over,\xE2\x80\x9D he said. (He smiled.) Then he left.",
         "\xE2\x80\x9C It is over , \xE2\x80\x9D he said . | ( He smiled . ) | Then he "
         "left .");
}

static void goes_on_after_a_quoted_question(void **state)
{
    (void)state;
    CUTS("\xE2\x80\x9CWhy?\xE2\x80\x9D Ada Roe asked. \xE2\x80\x9CWho?\xE2\x80\x9D he "
         "said.",
         "\xE2\x80\x9C Why ? \xE2\x80\x9D Ada Roe asked . | "
         "\xE2\x80\x9C Who ? \xE2\x80\x9D he said .");
}

static void parts_sentences_without_a_space(void **state)
{
    (void)state;
    CUTS("They left the region.The mission stayed.",
         "They left the region . | The mission stayed .");
}

static void ends_sentences_at_layout(void **state)
{
    (void)state;
    CUTS("The plan:\n1. talks\n2. a truce", "The plan : | 1 . talks | 2 . a truce");
    CUTS("the talks went\non", "the talks went on");
    CUTS("No stop here\n\nnor here", "No stop here | nor here");
}

static void reads_only_the_reports_own_zones(void **state)
{
    (void)state;
    const rap_slice text = RAP_LIT("Title here Body here Comment here");
    const rap_zone zone[] = {{.span = {0, 10}, .kind = RAP_ZONE_TITLE},
                             {.span = {11, 20}, .kind = RAP_ZONE_BODY},
                             {.span = {21, 33}, .kind = RAP_ZONE_COMMENTS}};
    const rap_article article = {.text = text, .zone = zone, .zones = 3};
    rap_error err;
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    arena = scratch = RAP_ARENA(1 << 20);
    assert_int_equal(
        rap_token_run(knowledge, &article, &arena, &scratch, &tokens, &err), RAP_OK);
    assert_int_equal(tokens.count, 4);
    assert_int_equal(tokens.sentences, 2);
    assert_int_equal(tokens.zone[1], 1);
    assert_int_equal(rap_sentence_span(&tokens, 1).begin, 11);
}

static void nothing_gives_nothing(void **state)
{
    (void)state;
    CUTS("", "");
    CUTS(" \n \xC2\xA0 ", "");
    assert_int_equal(tokens.sentences, 0);
    assert_int_equal(tokens.first[0], 0);
}

/* Spans rise and stay in bounds, no token is empty or holds white space at its edges,
 * sentences never fall, and every other byte is white space. */
static void check_layer(rap_slice text)
{
    uint32_t last = 0;
    for (uint32_t t = 0; t < tokens.count; t++) {
        const rap_span span = tokens.span[t];
        assert_true(last <= span.begin && span.begin < span.end &&
                    span.end <= text.len);
        while (last < span.begin) assert_true(rap_is_space(rap_utf8_next(text, &last)));
        last = span.end;
        assert_true(t == 0 || tokens.sentence[t - 1] <= tokens.sentence[t]);
        assert_true(tokens.sentence[t] < tokens.sentences);
        assert_true(tokens.first[tokens.sentence[t]] <= t);
        assert_true(t < tokens.first[tokens.sentence[t] + 1]);
    }
    while (last < text.len) assert_true(rap_is_space(rap_utf8_next(text, &last)));
    assert_int_equal(tokens.first[tokens.sentences], tokens.count);
}

static void any_bytes_give_a_sound_layer(void **state)
{
    (void)state;
    static const char *const parts[] = {"a",        ".",  "'",        "\xE2\x80\x99",
                                        "\"",       "-",  "1",        ",",
                                        " ",        "\n", "\xC2\xA0", "U.S",
                                        "@",        "#",  "www.",     "\xFF",
                                        "\xE2\x80", "!",  "s",        "://",
                                        "n't",      "B",  "\xD0\x90", "\xE2\x80\xA6",
                                        ")",        "Mr."};
    uint32_t seed = 12345;
    for (uint32_t round = 0; round < 3000; round++) {
        char text[160];
        uint32_t len = 0;
        while (len < 120) {
            seed = seed * 1664525 + 1013904223;
            const char *part = parts[(seed >> 16) % (sizeof parts / sizeof *parts)];
            memcpy(text + len, part, strlen(part));
            len += (uint32_t)strlen(part);
        }
        run_slice((rap_slice){text, len});
        check_layer((rap_slice){text, len});
    }
}

static rap_status run_with(rap_arena *a, rap_arena *s)
{
    const rap_slice text =
        RAP_LIT("They met. He didn't agree.\n\nSo it goes, she said; the "
                "rest of them had left by 10 a.m. or so.");
    const rap_zone zone = {.span = {0, text.len}, .kind = RAP_ZONE_BODY};
    const rap_article article = {.text = text, .zone = &zone, .zones = 1};
    rap_error err;
    const rap_status status = rap_token_run(knowledge, &article, a, s, &tokens, &err);
    assert_true(status == RAP_OK || tokens.count == 0);
    return status;
}

static void survives_every_lost_allocation(void **state)
{
    (void)state;
    rap_arena one, other = RAP_ARENA(1 << 20);
    CHECK_EVERY_LOST_ALLOCATION(one, 1 << 20, 50, run_with(&one, &other));
    rap_arena_free(&other);
    other = RAP_ARENA(1 << 20);
    CHECK_EVERY_LOST_ALLOCATION(one, 1 << 20, 50, run_with(&other, &one));
    rap_arena_free(&other);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
}

static void finds_the_first_record_from_a_number_on(void **state)
{
    (void)state;
    static const struct record {
        uint8_t other;
        uint32_t number;
    } record[] = {{9, 2}, {8, 2}, {7, 5}, {6, 11}};
    static const uint32_t want[] = {0, 0, 0, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4};
    for (uint32_t value = 0; value < sizeof want / sizeof *want; value++)
        assert_int_equal(rap_first_from(record, sizeof *record,
                                        offsetof(struct record, number), 4, value),
                         want[value]);
    assert_int_equal(rap_first_from(NULL, sizeof *record, 0, 0, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_marks_from_words),
        cmocka_unit_test(keeps_figures_whole),
        cmocka_unit_test(parts_contractions_in_all_quotes),
        cmocka_unit_test(tells_a_closing_quote_from_a_possessive),
        cmocka_unit_test(keeps_addresses_whole),
        cmocka_unit_test(keeps_the_stop_of_abbreviations),
        cmocka_unit_test(keeps_closing_quotes_in_the_sentence),
        cmocka_unit_test(goes_on_after_a_quoted_question),
        cmocka_unit_test(parts_sentences_without_a_space),
        cmocka_unit_test(ends_sentences_at_layout),
        cmocka_unit_test(reads_only_the_reports_own_zones),
        cmocka_unit_test(nothing_gives_nothing),
        cmocka_unit_test(any_bytes_give_a_sound_layer),
        cmocka_unit_test(survives_every_lost_allocation),
        cmocka_unit_test(finds_the_first_record_from_a_number_on),
    };
    return cmocka_run_group_tests(tests, open_lists, close_lists);
}
