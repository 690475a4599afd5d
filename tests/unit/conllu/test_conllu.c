/* test_conllu.c - CoNLL-U and IOB2 files, good and hostile. */
#include "check.h"

#include "conllu.h"

#include <stdlib.h>

#define TEST(name) cmocka_unit_test(name)
enum { LIMIT = 1 << 22 };

typedef struct reading {
    rap_arena arena;
    rap_conllu file;
    rap_error err;
    rap_status status;
} reading;

static reading read_bytes(const char *bytes, uint32_t len, bool iob2)
{
    reading r = {.arena = RAP_ARENA(LIMIT)};
    const rap_slice s = {bytes, len};
    r.status = (iob2 ? rap_iob2_read : rap_conllu_read)(s, &r.arena, &r.file, &r.err);
    return r;
}

static reading read_text(const char *text)
{
    return read_bytes(text, (uint32_t)strlen(text), false);
}

static void assert_slice(rap_slice s, const char *want)
{
    assert_int_equal(s.len, strlen(want));
    assert_memory_equal(s.at ? s.at : "", want, s.len);
}

/* Refused, with the byte at which `mark` begins in the text. */
static void assert_refused(const char *text, const char *mark)
{
    reading r = read_text(text);
    assert_int_equal(r.status, RAP_E_INPUT);
    assert_string_equal(r.err.code, "conllu");
    assert_int_equal(r.err.at, strstr(text, mark) - text);
    assert_int_equal(r.file.words, 0);
    assert_null(r.file.word);
    rap_arena_free(&r.arena);
}

#define BLANK "\t_\t_\t_\t_\t_\t_\t_\t_\n"

static const char TALKS[] =
    "# newdoc id = talks\n"
    "# newpar\n"
    "# sent_id = talks-1\n"
    "# text = They don't agree.\n"
    "1\tThey\tthey\tPRON\tPRP\tCase=Nom|Number=Plur\t4\tnsubj\t4:nsubj\t_\n"
    "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tNote=x\n"
    "2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_\n"
    "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n"
    "3.1\tever\tever\tADV\tRB\t_\t_\t_\t_\t_\n"
    "4\tagree\tagree\tVERB\tVB\t_\t0\troot\t_\tGloss=y|SpaceAfter=No\n"
    "5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n"
    "\n"
    "# sent_id = talks-2\n"
    "1\t_\t_\tSYM\t_\t_\t0\troot\t_\t_\n"
    "\n";

static void every_column_is_read(void **state)
{
    (void)state;
    reading r = read_text(TALKS);
    assert_int_equal(r.status, RAP_OK);
    assert_int_equal(r.file.sentences, 2);
    assert_int_equal(r.file.words, 6);
    assert_int_equal(r.file.empty_nodes, 1);
    const rap_conllu_word *w = r.file.word;
    assert_slice(w[0].form, "They");
    assert_slice(w[0].lemma, "they");
    assert_slice(w[0].upos, "PRON");
    assert_slice(w[0].xpos, "PRP");
    assert_slice(w[0].deprel, "nsubj");
    assert_slice(w[0].deps, "4:nsubj");
    assert_slice(w[0].misc, "");
    assert_slice(rap_conllu_value(w[0].feats, "Number"), "Plur");
    assert_slice(rap_conllu_value(w[0].feats, "Num"), "");
    assert_slice(rap_conllu_value(w[3].misc, "SpaceAfter"), "No");
    assert_int_equal(w[0].head, 4);
    assert_int_equal(w[3].head, 0);
    assert_slice(w[5].form, "_");
    assert_slice(w[5].lemma, "_");
    rap_arena_free(&r.arena);
}

static void sentences_know_what_their_comments_say(void **state)
{
    (void)state;
    reading r = read_text(TALKS);
    const rap_conllu_sentence *s = r.file.sentence;
    assert_slice(s[0].id, "talks-1");
    assert_slice(s[0].text, "They don't agree.");
    assert_true(s[0].new_document && s[0].new_paragraph);
    assert_true(rap_slice_starts(s[0].comments, "# newdoc id"));
    assert_true(rap_slice_ends(s[0].comments, "agree."));
    assert_int_equal(s[0].count, 5);
    assert_int_equal(s[1].first, 5);
    assert_false(s[1].new_document || s[1].new_paragraph);
    rap_arena_free(&r.arena);
}

static void multiword_tokens_hold_their_words(void **state)
{
    (void)state;
    reading r = read_text(TALKS);
    assert_int_equal(r.file.multis, 1);
    const rap_conllu_multi *m = r.file.multi;
    assert_slice(m->form, "don't");
    assert_slice(m->misc, "Note=x");
    assert_int_equal(m->first, 1);
    assert_int_equal(m->last, 2);
    assert_true(m->space_after);
    assert_int_equal(r.file.word[0].multi, RAP_NONE);
    assert_int_equal(r.file.word[1].multi, 0);
    assert_int_equal(r.file.word[2].multi, 0);
    assert_false(r.file.word[1].space_after);
    assert_true(r.file.word[2].space_after);
    assert_false(r.file.word[3].space_after);
    assert_true(r.file.word[4].space_after);
    rap_arena_free(&r.arena);
}

static void the_text_shows_the_spaces(void **state)
{
    (void)state;
    reading r =
        read_text("# text = (a) b\n1\t(" BLANK "2\ta" BLANK "3\t)" BLANK "4\tb" BLANK);
    assert_false(r.file.word[0].space_after);
    assert_false(r.file.word[1].space_after);
    assert_true(r.file.word[2].space_after);
    rap_arena_free(&r.arena);
    r = read_text("# text = quite another\n1\t(" BLANK "2\ta" BLANK);
    assert_int_equal(r.status, RAP_OK);
    assert_true(r.file.word[0].space_after);
    rap_arena_free(&r.arena);
}

static void loose_files_are_read_too(void **state)
{
    (void)state;
    reading r =
        read_text("\xEF\xBB\xBF\n\n# newdoc\r\n\r\n1\ta" BLANK "# said\n2\tb\t_"
                  "\t_\t_\t_\t_\t_\t_\t_\r\n \n1\tc" BLANK "\n\n1\td\t_\t_\t_\t_"
                  "\t_\t_\t_\tz");
    assert_int_equal(r.status, RAP_OK);
    assert_int_equal(r.file.sentences, 3);
    assert_true(r.file.sentence[0].new_document);
    assert_false(r.file.sentence[1].new_document);
    assert_slice(r.file.word[3].misc, "z");
    rap_arena_free(&r.arena);
}

static void nothing_gives_nothing(void **state)
{
    (void)state;
    reading r = read_bytes(NULL, 0, false);
    assert_int_equal(r.status, RAP_OK);
    assert_int_equal(r.file.sentences, 0);
    rap_arena_free(&r.arena);
    r = read_text("# only\n\n\n# comments");
    assert_int_equal(r.status, RAP_OK);
    assert_int_equal(r.file.words, 0);
    rap_arena_free(&r.arena);
}

static void what_is_wrong_is_named_with_its_byte(void **state)
{
    (void)state;
    assert_refused("1\ta" BLANK "xyz nine\n", "xyz");
    assert_refused("1\ta" BLANK "2\tb\t_\t_\t_\t_\t_\t_\t_\n", "2\tb");
    assert_refused("1\ta" BLANK "2\tb\t_\t_\t_\t_\t_\t_\t_\t_\t_\n", "2\tb");
    assert_refused("1\ta\t\t_\t_\t_\t_\t_\t_\t_\n", "\t_");
    assert_refused("1\ta" BLANK "3\tb" BLANK, "3\tb");
    assert_refused("2\ta" BLANK, "2");
    assert_refused("1\ta" BLANK "1\tb" BLANK, "1\tb");
    assert_refused("0\ta" BLANK, "0");
    assert_refused("1\ta" BLANK "99999999999\tb" BLANK, "99999");
    assert_refused("1\tfoe\t_\t_\t_\t_\t2\t_\t_\t_\n\n1\tb" BLANK, "foe");
    assert_refused("1\ta\t_\t_\t_\t_\t-1\t_\t_\t_\n", "-1");
    assert_refused("1\ta" BLANK "1.2\tb" BLANK, "1.2");
    assert_refused("1.1\tb" BLANK "1\ta" BLANK, "1.1");
}

static void ranges_hold_words_that_follow(void **state)
{
    (void)state;
    assert_refused("1-2\tab" BLANK "1\ta" BLANK "\n", "ab");
    assert_refused("2-3\tab" BLANK "1\ta" BLANK, "2-3");
    assert_refused("1-3\tabc" BLANK "1\ta" BLANK "2-3\tbc" BLANK, "2-3");
    assert_refused("1-2\tx" BLANK "1-2\ty" BLANK, "1-2\ty");
    assert_refused("2-1\tx" BLANK, "2-1");
    assert_refused("1-2-3\tx" BLANK, "1-2-3");
    assert_refused("1-2\tx" BLANK, "x");
}

static void bytes_that_are_not_utf8_are_refused(void **state)
{
    (void)state;
    assert_refused("1\ta\xFF\xFE" BLANK, "\xFF");
}

static void iob2_has_forms_and_labels(void **state)
{
    (void)state;
    static const char text[] = "# text = Port Ardo's mayor\n"
                               "1\tPort\tB-LOC\t-\tann\n2\tArdo\tI-LOC\t-\tann\n"
                               "3\t's\tO\t-\t-\n4\tmayor\tO\n";
    reading r = read_bytes(text, sizeof text - 1, true);
    assert_int_equal(r.status, RAP_OK);
    assert_int_equal(r.file.words, 4);
    assert_slice(r.file.word[1].label, "I-LOC");
    assert_slice(r.file.word[3].label, "O");
    assert_slice(r.file.word[3].lemma, "");
    assert_int_equal(r.file.word[0].head, RAP_NONE);
    assert_false(r.file.word[1].space_after);
    assert_true(r.file.word[2].space_after);
    rap_arena_free(&r.arena);
    r = read_bytes("1\ta\n", 4, true);
    assert_int_equal(r.status, RAP_E_INPUT);
    rap_arena_free(&r.arena);
}

/* Any cut and any changed byte: read or refused, and what is read is in bounds. */
static void broken_files_stay_in_bounds(void **state)
{
    (void)state;
    const uint32_t len = sizeof TALKS - 1;
    char *bytes = malloc(len);
    assert_non_null(bytes);
    for (uint32_t i = 0; i < len; i++) {
        static const char other[] = "\t\n-.9_\r#";
        for (uint32_t k = 0; k < sizeof other - 1; k++) {
            memcpy(bytes, TALKS, len);
            bytes[i] = other[k];
            reading r = read_bytes(bytes, k ? len : i, false);
            assert_true(r.status == RAP_OK || r.status == RAP_E_INPUT);
            uint32_t next = 0;
            for (uint32_t s = 0; s < r.file.sentences; s++) {
                assert_int_equal(r.file.sentence[s].first, next);
                assert_true(r.file.sentence[s].count > 0);
                next += r.file.sentence[s].count;
            }
            assert_int_equal(next, r.file.words);
            rap_arena_free(&r.arena);
        }
    }
    free(bytes);
}

static void survives_every_lost_allocation(void **state)
{
    (void)state;
    rap_arena arena;
    rap_conllu file;
    rap_error err;
    const rap_slice s = {TALKS, sizeof TALKS - 1};
    CHECK_EVERY_LOST_ALLOCATION(arena, LIMIT, 20,
                                rap_conllu_read(s, &arena, &file, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_column_is_read),
        TEST(sentences_know_what_their_comments_say),
        TEST(multiword_tokens_hold_their_words),
        TEST(the_text_shows_the_spaces),
        TEST(loose_files_are_read_too),
        TEST(nothing_gives_nothing),
        TEST(what_is_wrong_is_named_with_its_byte),
        TEST(ranges_hold_words_that_follow),
        TEST(bytes_that_are_not_utf8_are_refused),
        TEST(iob2_has_forms_and_labels),
        TEST(broken_files_stay_in_bounds),
        TEST(survives_every_lost_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
