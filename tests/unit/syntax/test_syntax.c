/* test_syntax.c - tags and lemmas of own examples, and what holds for any bytes. */
#include "check.h"
#include "syntax.h"
#include "text.h"

static rap_token_knowledge *token_lists;
static rap_syntax_knowledge *lists;
static rap_arena arena, scratch;
static rap_tokens tokens;
static rap_syntax syntax;

static int open_lists(void **state)
{
    (void)state;
    rap_language language;
    rap_error err;
    if (rap_language_open("en", &language, &err)) return 1;
    if (rap_token_open(&language, &token_lists, &err)) return 1;
    return rap_syntax_open(&language, &lists, &err) != RAP_OK;
}

static int close_lists(void **state)
{
    (void)state;
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    rap_token_close(token_lists);
    rap_syntax_close(lists);
    return 0;
}

static rap_status run_with(rap_slice text, rap_arena *to, rap_arena *aside)
{
    rap_arena_free(&arena);
    arena = RAP_ARENA(1 << 24);
    rap_arena mine = RAP_ARENA(1 << 24);
    const rap_zone zone = {.span = {0, text.len}, .kind = RAP_ZONE_BODY};
    const rap_article article = {.text = text, .zone = &zone, .zones = 1};
    rap_error err;
    assert_int_equal(rap_token_run(token_lists, &article, &arena, &mine, &tokens, &err),
                     RAP_OK);
    rap_arena_free(&mine);
    return rap_syntax_run(lists, &article, &tokens, to, aside, &syntax, &err);
}

static void run_slice(rap_slice text)
{
    rap_arena_free(&scratch);
    scratch = RAP_ARENA(1 << 24);
    assert_int_equal(run_with(text, &scratch, &scratch), RAP_OK);
}

/* The tag of each token, with spaces between them. */
static const char *tags(const char *text)
{
    static char out[1024];
    size_t used = 0;
    run_slice(rap_slice_of(text));
    for (uint32_t t = 0; t < tokens.count; t++)
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%s", t ? " " : "",
                                 rap_upos_name((rap_upos)syntax.upos[t]));
    return out;
}

static const char *lemmas(const char *text)
{
    static char out[1024];
    size_t used = 0;
    run_slice(rap_slice_of(text));
    for (uint32_t t = 0; t < tokens.count; t++)
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%.*s", t ? " " : "",
                                 (int)syntax.lemma[t].len, syntax.lemma[t].at);
    return out;
}

#define TAGS(text, want) assert_string_equal(tags(text), (want))
#define LEMMAS(text, want) assert_string_equal(lemmas(text), (want))

static void tags_a_plain_report(void **state)
{
    (void)state;
    TAGS("The minister told reporters on Friday that the talks would continue.",
         "DET NOUN VERB NOUN ADP PROPN SCONJ DET NOUN AUX VERB PUNCT");
    TAGS("Avaria has not signed the new treaty.",
         "PROPN AUX PART VERB DET ADJ NOUN PUNCT");
}

static void tells_nouns_from_verbs_by_their_neighbours(void **state)
{
    (void)state;
    TAGS("She claims it.", "PRON VERB PRON PUNCT");
    TAGS("The claims were false.", "DET NOUN AUX ADJ PUNCT");
    TAGS("They plan to demand peace.", "PRON VERB PART VERB NOUN PUNCT");
    TAGS("Their plan meets the demands.", "PRON NOUN VERB DET NOUN PUNCT");
    TAGS("It does not need excuses.", "PRON AUX PART VERB NOUN PUNCT");
    TAGS("He will call the talks.", "PRON AUX VERB DET NOUN PUNCT");
}

static void tells_past_from_participle(void **state)
{
    (void)state;
    run_slice(RAP_LIT("He rejected it. It was rejected. They have rejected it."));
    assert_int_equal(syntax.form[1], RAP_FORM_PAST);
    assert_int_equal(syntax.form[6], RAP_FORM_PARTICIPLE);
    assert_int_equal(syntax.form[10], RAP_FORM_PARTICIPLE);
    run_slice(RAP_LIT("The truce brokered by Avaria failed."));
    assert_int_equal(syntax.form[2], RAP_FORM_PARTICIPLE);
    assert_int_equal(syntax.form[5], RAP_FORM_PAST);
    run_slice(RAP_LIT("The talks held in Avaria failed."));
    assert_int_equal(syntax.form[2], RAP_FORM_PARTICIPLE);
    assert_int_equal(syntax.form[5], RAP_FORM_PAST);
}

static void looks_through_adverbs_and_quotation_marks(void **state)
{
    (void)state;
    run_slice(RAP_LIT("It was reportedly \"rejected\" by them."));
    assert_int_equal(syntax.upos[4], RAP_VERB);
    assert_int_equal(syntax.form[4], RAP_FORM_PARTICIPLE);
}

static void names_have_capitals_that_their_place_does_not_explain(void **state)
{
    (void)state;
    TAGS("Ada Roe arrived in Avaria.", "PROPN PROPN VERB ADP PROPN PUNCT");
    TAGS("Talks began.", "NOUN VERB PUNCT");
    TAGS("The US told us.", "DET PROPN VERB PRON PUNCT");
}

static void gives_lemmas(void **state)
{
    (void)state;
    LEMMAS("The parties said they were negotiating.",
           "the party say they be negotiate .");
    LEMMAS("Rebels left villages; men carried bodies.",
           "rebel leave village ; man carry body .");
    LEMMAS("She stopped, begged and committed.", "she stop , beg and commit .");
    LEMMAS("It has been renegotiated.", "it have be renegotiate .");
}

static void the_lemma_of_a_name_keeps_its_capital(void **state)
{
    (void)state;
    LEMMAS("In Avaria", "in Avaria");
}

static void nothing_gives_nothing(void **state)
{
    (void)state;
    run_slice(RAP_LIT(""));
    assert_int_equal(syntax.count, 0);
}

static void any_bytes_give_a_sound_layer(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "They", " ",        "said",   " ", ".",   "\xFF",     "I",    "\"",
        "-",    " ",        "to",     " ", "\n",  "\xC3\x89", "15th", "'s",
        " ",    "\xC8\xBA", "called", "!", "ING", "ed"};
    uint32_t seed = 99;
    for (uint32_t round = 0; round < 2000; round++) {
        char text[160];
        uint32_t len = 0;
        while (len < 120) {
            seed = seed * 1664525 + 1013904223;
            const char *part = parts[(seed >> 16) % (sizeof parts / sizeof *parts)];
            memcpy(text + len, part, strlen(part));
            len += (uint32_t)strlen(part);
        }
        run_slice((rap_slice){text, len});
        assert_int_equal(syntax.count, tokens.count);
        for (uint32_t t = 0; t < syntax.count; t++) {
            assert_true(syntax.upos[t] < RAP_UPOS_COUNT);
            assert_true(syntax.form[t] <= RAP_FORM_GERUND);
            assert_true(syntax.lemma[t].at && syntax.lemma[t].len > 0);
        }
    }
}

static void survives_every_lost_allocation(void **state)
{
    (void)state;
    rap_arena one, other = RAP_ARENA(1 << 20);
    const rap_slice text = RAP_LIT("She KEPT Renegotiating. They fled.");
    CHECK_EVERY_LOST_ALLOCATION(one, 1 << 20, 60, run_with(text, &one, &other));
    rap_arena_free(&other);
    other = RAP_ARENA(1 << 20);
    CHECK_EVERY_LOST_ALLOCATION(one, 1 << 20, 60, run_with(text, &other, &one));
    rap_arena_free(&other);
    syntax = (rap_syntax){0};
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_a_plain_report),
        cmocka_unit_test(tells_nouns_from_verbs_by_their_neighbours),
        cmocka_unit_test(tells_past_from_participle),
        cmocka_unit_test(looks_through_adverbs_and_quotation_marks),
        cmocka_unit_test(names_have_capitals_that_their_place_does_not_explain),
        cmocka_unit_test(gives_lemmas),
        cmocka_unit_test(the_lemma_of_a_name_keeps_its_capital),
        cmocka_unit_test(nothing_gives_nothing),
        cmocka_unit_test(any_bytes_give_a_sound_layer),
        cmocka_unit_test(survives_every_lost_allocation),
    };
    return cmocka_run_group_tests(tests, open_lists, close_lists);
}
