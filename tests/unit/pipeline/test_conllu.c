/* test_conllu.c - documents that come with their words, and words going out. */
#include "check.h"

#include "conllu.h"
#include "pipeline.h"

#include <stdlib.h>

#define TEST(name) cmocka_unit_test(name)
#define BLANK "\t_\t_\t_\t_\t_\t_\t_\t_\n"
#define CLOSE "\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"

static rap_engine *engine;

static int open_engine(void **state)
{
    (void)state;
    return rap_engine_open(&(rap_engine_options){.language = "en"}, &engine, NULL);
}

static int close_engine(void **state)
{
    (void)state;
    rap_engine_close(engine);
    return 0;
}

static void read_as(rap_document *doc, const char *bytes, size_t len, rap_media media)
{
    const rap_item item = {
        .path = "words", .bytes = {bytes, (uint32_t)len}, .media = media};
    rap_document_clear(doc);
    assert_int_equal(rap_document_read(engine, &item,
                                       &(rap_analysis_options){.whole = true}, doc,
                                       NULL),
                     RAP_OK);
}

static void read_given(rap_document *doc, const char *text)
{
    read_as(doc, text, strlen(text), RAP_MEDIA_CONLLU);
}

static void assert_token(const rap_document *doc, uint32_t t, const char *want)
{
    assert_true(t < doc->tokens.count);
    const rap_slice form = rap_cut(doc->article.text, doc->tokens.span[t]);
    assert_int_equal(form.len, strlen(want));
    assert_memory_equal(form.at, want, form.len);
}

static void assert_text(const rap_document *doc, const char *want)
{
    assert_int_equal(doc->error.status, RAP_OK);
    assert_int_equal(doc->article.text.len, strlen(want));
    assert_memory_equal(doc->article.text.at, want, strlen(want));
}

static void assert_refused(const char *text, const char *mark)
{
    rap_document doc = {0};
    read_given(&doc, text);
    assert_int_equal(doc.error.status, RAP_E_INPUT);
    assert_string_equal(doc.error.code, "conllu");
    assert_int_equal(doc.error.at, strstr(text, mark) - text);
    assert_int_equal(doc.tokens.count, 0);
    rap_document_free(&doc);
}

static void the_text_is_spelt_from_the_forms(void **state)
{
    (void)state;
    rap_document doc = {0};
    read_given(&doc, "# newpar\n1\tGo" BLANK "2\ton" CLOSE "3\t!" CLOSE "\n"
                     "1\tWe" BLANK "2\twait" BLANK "\n"
                     "1\tHere" BLANK "\n# newpar id = p2\n1\tNow" BLANK);
    assert_text(&doc, "Go on!We wait Here\n\nNow");
    assert_int_equal(doc.tokens.sentences, 4);
    assert_int_equal(doc.article.zones, 2);
    assert_int_equal(doc.article.zone[0].kind, RAP_ZONE_BODY);
    assert_int_equal(doc.article.zone[0].span.end, 18);
    assert_int_equal(doc.tokens.zone[2], 0);
    assert_int_equal(doc.tokens.zone[3], 1);
    assert_int_equal(doc.article.title.text.len, 0);
    rap_document_free(&doc);
}

static void given_tokens_stay_as_they_are(void **state)
{
    (void)state;
    rap_document doc = {0};
    read_given(&doc, "1\tice-cold" BLANK "2\t200km" BLANK "3\tcan" CLOSE "4\tnot" BLANK
                     "5\tU.N" CLOSE "6\t." BLANK "7\tdo n't" BLANK);
    assert_text(&doc, "ice-cold 200km cannot U.N. do n't");
    static const char *const want[] = {"ice-cold", "200km", "can",   "not",
                                       "U.N",      ".",     "do n't"};
    for (uint32_t t = 0; t < 7; t++) assert_token(&doc, t, want[t]);
    assert_int_equal(doc.tokens.count, 7);
    assert_int_equal(doc.tokens.sentences, 1);
    rap_document_free(&doc);
}

static void words_share_the_surface_of_their_token(void **state)
{
    (void)state;
    rap_document doc = {0};
    read_given(&doc,
               "1-2\tdon't" BLANK "1\tdo" BLANK "2\tnot" BLANK "3-5\txyz" BLANK
               "3\tlong" BLANK "4\tb" BLANK "5\tc" BLANK "6-7\t\xC3\xA9\xC3\xA9" BLANK
               "6\ta" BLANK "7\tb" BLANK "8-8\tsingle" BLANK "8\tSINGLE" BLANK
               "9-10\tof the" BLANK "9\tof" BLANK "10\tthe" BLANK);
    assert_text(&doc, "don't xyz \xC3\xA9\xC3\xA9 single of the");
    static const char *const want[] = {"do",       "n't",      "x",      "y",  "z",
                                       "\xC3\xA9", "\xC3\xA9", "single", "of", "the"};
    for (uint32_t t = 0; t < 10; t++) assert_token(&doc, t, want[t]);
    const uint8_t *flags = doc.tokens.flags;
    assert_true(flags[0] & RAP_TOKEN_MULTI && flags[1] & RAP_TOKEN_MULTI_REST);
    assert_true(flags[2] & RAP_TOKEN_MULTI && flags[4] & RAP_TOKEN_MULTI_REST);
    assert_false(flags[7] & (RAP_TOKEN_MULTI | RAP_TOKEN_MULTI_REST));
    assert_false(flags[0] & RAP_TOKEN_SPACE_AFTER);
    assert_true(flags[1] & RAP_TOKEN_SPACE_AFTER);
    rap_document_free(&doc);
}

static void what_cannot_be_spelt_is_named_with_its_byte(void **state)
{
    (void)state;
    assert_refused("1-3\tzz" BLANK "1\ta" BLANK "2\tb" BLANK "3\tc" BLANK, "zz");
    assert_refused("1\ta" BLANK "2\t\xC2\xA0" BLANK, "\xC2\xA0");
    assert_refused("Prose.\n", "Prose");
    assert_refused("1\ta" BLANK "1\tb" BLANK, "1\tb");
}

/* Kinds and flags of our own cuts are those of the tokeniser. */
static void kinds_and_flags_are_the_tokenisers(void **state)
{
    (void)state;
    static const char text[] = "Mr. Olm of the UN said on May 3, 2021: \"It's 15 km to "
                               "www.port.example,\" at 5 % less \xE2\x80\x93 don't!\n";
    rap_document doc = {0}, given = {0};
    read_as(&doc, text, sizeof text - 1, RAP_MEDIA_PLAIN);
    size_t len;
    char *words = rap_document_conllu(&doc, &len);
    read_as(&given, words, len, RAP_MEDIA_CONLLU);
    assert_int_equal(given.tokens.count, doc.tokens.count);
    for (uint32_t t = 0; t < doc.tokens.count; t++) {
        assert_int_equal(given.tokens.kind[t], doc.tokens.kind[t]);
        assert_int_equal(given.tokens.flags[t], doc.tokens.flags[t]);
        assert_int_equal(given.tokens.span[t].begin, doc.tokens.span[t].begin);
        assert_int_equal(given.syntax.upos[t], doc.syntax.upos[t]);
    }
    free(words);
    rap_document_free(&doc);
    rap_document_free(&given);
}

static void other_cuts_get_kinds_by_their_letters(void **state)
{
    (void)state;
    rap_document doc = {0};
    read_given(&doc, "1\tU.N" CLOSE "2\t.-led" BLANK "3\t10-year" BLANK "4\t?!" CLOSE
                     "5\t)" BLANK "6\tco." BLANK);
    const uint8_t *kind = doc.tokens.kind, *flags = doc.tokens.flags;
    assert_int_equal(kind[0], RAP_TOKEN_WORD);
    assert_true(flags[0] & RAP_TOKEN_ALL_CAPS);
    assert_int_equal(kind[1], RAP_TOKEN_WORD);
    assert_int_equal(kind[2], RAP_TOKEN_NUMBER);
    assert_int_equal(kind[3], RAP_TOKEN_PUNCT);
    assert_int_equal(kind[4], RAP_TOKEN_PUNCT);
    rap_document_free(&doc);
}

/* Every token as written leads back to its form in the file. */
static void runs_lead_back_to_the_file(void **state)
{
    (void)state;
    static const char file[] = "\xEF\xBB\xBF# newdoc\n1\tGo" BLANK "2-3\tdon't" BLANK
                               "2\tdo" BLANK "3\tn't" BLANK "\n"
                               "1\tOn" BLANK;
    rap_document doc = {0};
    read_given(&doc, file);
    assert_text(&doc, "Go don't On");
    static const char *const form[] = {"Go", "don't", "On"};
    static const uint32_t at[] = {0, 3, 9};
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(rap_run_source(doc.article.runs, doc.article.run_count, at[i]),
                         strstr(file, form[i]) - file);
    rap_document_free(&doc);
}

static void white_space_in_a_sentence_is_one_space_in_its_text(void **state)
{
    (void)state;
    static const char text[] =
        "They met\n  in\tthe \xC2\xA0 old port, and don't\ntalk.\n";
    rap_document doc = {0};
    read_as(&doc, text, sizeof text - 1, RAP_MEDIA_PLAIN);
    size_t len;
    char *words = rap_document_conllu(&doc, &len);
    assert_non_null(
        strstr(words, "# text = They met in the old port, and don't talk.\n"));
    assert_non_null(strstr(words, "\n9-10\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"));
    assert_non_null(strstr(words, "SpaceAfter=No|Span=25:29\n"));
    free(words);
    rap_document_free(&doc);
}

/* A layer as a parser and a name tagger would fill it. */
static void trees_tags_and_names_are_written_where_they_are(void **state)
{
    (void)state;
    static const char text[] = "Port Vell closed.\n";
    static const uint32_t head[] = {1, 2, 2, 2};
    static const uint8_t relation[] = {RAP_REL_COMPOUND, RAP_REL_NSUBJ_PASS,
                                       RAP_REL_ROOT, RAP_REL_PUNCT};
    static const uint8_t xpos[] = {0, 0, 1, 2};
    static const char *const tag[] = {"NNP", "VBD", "."};
    static const rap_entity entity = {0, 1, RAP_ENTITY_LOC};
    rap_document doc = {0};
    read_as(&doc, text, sizeof text - 1, RAP_MEDIA_PLAIN);
    assert_int_equal(doc.tokens.count, 4);
    doc.syntax.head = head;
    doc.syntax.relation = relation;
    doc.syntax.xpos = xpos;
    doc.syntax.xpos_name = tag;
    doc.syntax.entity = &entity;
    doc.syntax.entities = 1;
    size_t len;
    char *words = rap_document_conllu(&doc, &len);
    assert_non_null(strstr(words, "\tNNP\t_\t2\tcompound\t_\t"));
    assert_non_null(strstr(words, "\tNNP\t_\t3\tnsubj:pass\t_\t"));
    assert_non_null(strstr(words, "\t0\troot\t_\tSpaceAfter=No|Span=10:16\n"));
    assert_non_null(strstr(words, "Name=B-LOC|Span=0:4\n"));
    assert_non_null(strstr(words, "Name=I-LOC|Span=5:9\n"));
    assert_non_null(strstr(words, "\t.\t_\t3\tpunct\t_\tSpan=16:17\n"));
    free(words);
    rap_document_free(&doc);
}

static void no_words_give_no_output(void **state)
{
    (void)state;
    rap_document doc = {0};
    size_t len = 9;
    read_given(&doc, "# nothing\n\n");
    assert_int_equal(doc.error.status, RAP_OK);
    char *words = rap_document_conllu(&doc, &len);
    assert_int_equal(len, 0);
    free(words);
    read_given(&doc, "no columns\n");
    words = rap_document_conllu(&doc, &len);
    assert_int_equal(len, 0);
    free(words);
    rap_document_free(&doc);
}

/* Damaged files are refused or read; layers hold, and what is printed is read alike. */
static void damaged_files_leave_layers_in_order(void **state)
{
    (void)state;
    static const char file[] =
        "# newdoc\n# text = Envoy Olm didn't meet us.\n1\tEnvoy" BLANK "2\tOlm" BLANK
        "3-4\tdidn't" BLANK "3\tdid" BLANK "4\tn't" BLANK "5\tmeet" BLANK "6\tus" CLOSE
        "7\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n1\tHe" BLANK "2\tsaid" BLANK "3\tso" BLANK
        "\n";
    rap_document doc = {0}, again = {0};
    char bytes[sizeof file];
    uint32_t seed = 5;
    for (int round = 0; round < 500; round++) {
        memcpy(bytes, file, sizeof file);
        for (int change = 0; change <= round % 3; change++) {
            seed = seed * 1103515245u + 12345u;
            bytes[(seed >> 8) % (sizeof file - 1)] =
                "\n\t _-.1\"'a\v\xC2\xA0#|="[(seed >> 24) % 16];
        }
        read_as(&doc, bytes, sizeof file - 1, RAP_MEDIA_CONLLU);
        assert_string_not_equal(doc.error.code, "layer");
        if (doc.error.status) continue;
        size_t len;
        char *words = rap_document_conllu(&doc, &len);
        read_as(&again, words, len, RAP_MEDIA_CONLLU);
        assert_int_equal(again.error.status, RAP_OK);
        assert_int_equal(again.tokens.count, doc.tokens.count);
        assert_int_equal(again.tokens.sentences, doc.tokens.sentences);
        free(words);
    }
    rap_document_free(&doc);
    rap_document_free(&again);
}

static void memory_that_runs_out_is_an_error_of_the_document(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 60; n++) {
        rap_document doc = {.arena = {.fail_at = n}};
        read_given(&doc, "1\tGo" BLANK "2-3\tdon't" BLANK "2\tdo" BLANK "3\tn't" BLANK);
        assert_true(doc.error.status == RAP_OK || doc.error.status == RAP_E_NOMEM);
        rap_document_free(&doc);
        doc = (rap_document){.scratch = {.fail_at = n}};
        read_given(&doc, "1\tGo" BLANK);
        assert_true(doc.error.status == RAP_OK || doc.error.status == RAP_E_NOMEM);
        rap_document_free(&doc);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_text_is_spelt_from_the_forms),
        TEST(given_tokens_stay_as_they_are),
        TEST(words_share_the_surface_of_their_token),
        TEST(what_cannot_be_spelt_is_named_with_its_byte),
        TEST(kinds_and_flags_are_the_tokenisers),
        TEST(other_cuts_get_kinds_by_their_letters),
        TEST(runs_lead_back_to_the_file),
        TEST(white_space_in_a_sentence_is_one_space_in_its_text),
        TEST(trees_tags_and_names_are_written_where_they_are),
        TEST(no_words_give_no_output),
        TEST(damaged_files_leave_layers_in_order),
        TEST(memory_that_runs_out_is_an_error_of_the_document),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
