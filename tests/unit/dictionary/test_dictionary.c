/* test_dictionary.c - dictionaries of invented parties, as tables and as complaints. */
#include "check.h"
#include "dictionary.h"

#include <stdlib.h>

typedef struct told {
    uint32_t count;
    char text[16][240];
    uint64_t at[16];
} told;

static void tell(void *state, const rap_error *err)
{
    told *t = state;
    if (t->count < 16) {
        memcpy(t->text[t->count], err->text, sizeof err->text);
        t->at[t->count] = err->at;
    }
    t->count++;
}

static rap_dictionary *read_one(const char *name, const char *text, told *t)
{
    rap_dictionary *d;
    rap_error err;
    const rap_dictionary_file file = {name, rap_slice_of(text)};
    *t = (told){0};
    assert_int_equal(rap_dictionary_open(&file, 1, tell, t, &d, &err), RAP_OK);
    return d;
}

static void is_slice(rap_slice s, const char *text)
{
    if (!rap_slice_is(s, text))
        fail_msg("\"%.*s\" is not \"%s\"", (int)s.len, s.at, text);
}

static rap_day day(int32_t year, uint32_t month, uint32_t number)
{
    return rap_day_of(year, month, number);
}

/* ---- actors ------------------------------------------------------------------------ */

static void an_actor_has_wordings_and_a_code(void **state)
{
    (void)state;
    told t;
    rap_dictionary *d = read_one("a/own.actors.txt",
                                 "\xEF\xBB\xBF# ours\r\n"
                                 "RURITANIA_ [RUR] # a kingdom\n"
                                 "+KINGDOM_OF_RURITANIA\n"
                                 "+STRELSAU ; its capital\n"
                                 "\n"
                                 "MIRA  VELKOVA\n"
                                 "\t[RURGOV]\n",
                                 &t);
    assert_int_equal(t.count, 0);
    assert_int_equal(d->actors, 2);
    assert_int_equal(d->actor[0].phrases, 3);
    is_slice(d->phrase[d->actor[0].phrase], "RURITANIA");
    is_slice(d->phrase[d->actor[0].phrase + 1], "KINGDOM OF RURITANIA");
    is_slice(d->phrase[d->actor[0].phrase + 2], "STRELSAU");
    is_slice(d->code[d->actor[0].code].code, "RUR");
    is_slice(d->phrase[d->actor[1].phrase], "MIRA VELKOVA");
    is_slice(d->code[d->actor[1].code].code, "RURGOV");
    assert_int_equal(d->actor[1].place.line, 6);
    assert_string_equal(d->file[0], "own.actors.txt");
    rap_dictionary_close(d);
}

static void codes_hold_on_their_days_and_dated_ones_come_first(void **state)
{
    (void)state;
    told t;
    rap_dictionary *d = read_one("x.actors.txt",
                                 "PAVEL_BRANDT_ [RUR]\n"
                                 "\t[RUROPP <950601]\n"
                                 "\t[RURGOV 19950601 - 19990815]\n"
                                 "\t[RURMIL 20030101-050101] [RURELI >20050101]\n",
                                 &t);
    assert_int_equal(t.count, 0);
    const rap_dictionary_code *code = &d->code[d->actor[0].code];
    const uint32_t codes = d->actor[0].codes;
    assert_int_equal(codes, 5);
    const struct {
        rap_day from, to;
        uint32_t want;
    } cases[] = {
        {day(1990, 1, 1), day(1990, 1, 1), 1},
        {day(1995, 5, 31), day(1995, 5, 31), 1},
        {day(1995, 6, 1), day(1995, 6, 1), 2},
        {day(1999, 8, 14), day(1999, 8, 14), 2},
        {day(1999, 8, 15), day(1999, 8, 15), 0}, /* the undated one */
        {day(2004, 2, 29), day(2004, 2, 29), 3},
        {day(2005, 1, 1), day(2026, 1, 1), 4},
        {day(1999, 8, 1), day(1999, 8, 31), RAP_NONE}, /* within or not: open */
        {RAP_NO_DAY, RAP_NO_DAY, RAP_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(
            rap_dictionary_code_on(code, codes, cases[i].from, cases[i].to),
            cases[i].want);
    rap_dictionary_close(d);
}

static void an_unknown_day_leaves_one_code_standing(void **state)
{
    (void)state;
    told t;
    rap_dictionary *d =
        read_one("x.actors.txt",
                 "DUCHY_OF_LORN [LRN]\nLORN_LEAGUE [LRN <900101]\n\t[LRN]\n", &t);
    for (uint32_t i = 0; i < 2; i++)
        assert_int_equal(rap_dictionary_code_on(&d->code[d->actor[i].code],
                                                d->actor[i].codes, RAP_NO_DAY,
                                                RAP_NO_DAY),
                         0);
    rap_dictionary_close(d);
}

static void a_bad_line_is_told_with_its_place_and_the_others_load(void **state)
{
    (void)state;
    told t;
    rap_dictionary *d = read_one("lists/x.actors.txt",
                                 "ALDA [ALD]\n"
                                 "BORN [BRN 9913-990201]\n" /* a month 13 */
                                 "CARN\n"
                                 "DORN [DRN]\n"
                                 "+\n"
                                 "ERN [ERN\n"
                                 "F\xff [FFF]\n",
                                 &t);
    assert_int_equal(d->actors, 2);
    assert_int_equal(d->left_out, t.count);
    assert_non_null(
        strstr(t.text[0], "lists/x.actors.txt, line 2: the days of a code"));
    assert_int_equal(t.at[0], 11);
    is_slice(d->phrase[d->actor[1].phrase], "DORN");
    bool carn = false, utf8 = false;
    for (uint32_t i = 0; i < t.count; i++) {
        carn = carn || strstr(t.text[i], "line 3: an actor without a code");
        utf8 = utf8 || (strstr(t.text[i], "line 7: not UTF-8") && t.at[i] == 62);
    }
    assert_true(carn);
    assert_true(utf8);
    rap_dictionary_close(d);
}

static void comments_may_run_over_lines(void **state)
{
    (void)state;
    told t;
    rap_dictionary *d = read_one("x.actors.txt",
                                 "<!-- VERSION 1 -->\n<!-- a\n# b -->\nOLD [OLD]\n-->\n"
                                 "<! -- so too -->\nALDA [ALD] <!-- no -->\n",
                                 &t);
    assert_int_equal(d->actors, 1);
    is_slice(d->phrase[0], "ALDA");
    rap_dictionary_close(d);
}

static void ten_lines_of_a_file_are_told_and_the_rest_counted(void **state)
{
    (void)state;
    told t;
    char text[256] = "";
    for (int i = 0; i < 14; i++) strcat(text, "+NOBODY\n");
    rap_dictionary *d = read_one("x.actors.txt", text, &t);
    assert_int_equal(t.count, 11);
    assert_int_equal(d->left_out, 14);
    assert_string_equal(t.text[10], "x.actors.txt: 4 more lines could not be read");
    rap_dictionary_close(d);
}

/* ---- agents and discards ----------------------------------------------------------- */

static void agents_have_plurals_prefixes_and_substitutions(void **state)
{
    (void)state;
    told t;
    rap_dictionary *d = read_one("x.agents.txt",
                                 "!PERSON! = MAN, MEN, WOMAN\n"
                                 "FERRY!PERSON! [~LAB]\n"
                                 "DEPUTY [~GOV]\n"
                                 "SCOUT [~MIL]\n"
                                 "GOLDEN_GOOSE {GOLDEN_GEESE} [~GGS]\n"
                                 "TROOPS {} [ ~MIL ]\n"
                                 "RELIEF_BODY [NGO~]\n"
                                 "STOKER_ [~LAB]\n"
                                 "!NONE!_OF [~GOV]\n"
                                 "PLAIN [GOV]\n",
                                 &t);
    static const struct {
        const char *phrase, *plural, *code;
        bool leads;
    } want[] = {{"FERRYMAN", "", "LAB", false},
                {"FERRYMEN", "", "LAB", false},
                {"FERRYWOMAN", "", "LAB", false},
                {"DEPUTY", "DEPUTIES", "GOV", false},
                {"SCOUT", "SCOUTS", "MIL", false},
                {"GOLDEN GOOSE", "GOLDEN GEESE", "GGS", false},
                {"TROOPS", "", "MIL", false},
                {"RELIEF BODY", "RELIEF BODIES", "NGO", true},
                {"STOKER", "", "LAB", false}};
    assert_int_equal(d->agents, sizeof want / sizeof *want);
    for (uint32_t i = 0; i < d->agents; i++) {
        is_slice(d->agent[i].phrase, want[i].phrase);
        is_slice(d->agent[i].plural, want[i].plural);
        is_slice(d->agent[i].code, want[i].code);
        assert_int_equal(d->agent[i].leads, want[i].leads);
    }
    assert_int_equal(t.count, 2);
    assert_non_null(strstr(t.text[0], "line 9"));
    assert_non_null(strstr(t.text[1], "line 10"));
    rap_dictionary_close(d);
}

static void discards_are_for_the_sentence_or_the_story(void **state)
{
    (void)state;
    told t;
    rap_dictionary *d =
        read_one("x.discards.txt", "YEARS LATER\n+Chess Cup  # sport\n+\n", &t);
    assert_int_equal(d->discards, 2);
    assert_int_equal(t.count, 1);
    is_slice(d->discard[1].phrase, "Chess Cup");
    assert_true(d->discard[1].story && !d->discard[0].story);
    rap_dictionary_close(d);
}

/* ---- verbs ------------------------------------------------------------------------- */

static void sets_blocks_and_verbs_are_read(void **state)
{
    (void)state;
    told t;
    rap_dictionary *d = read_one("x.verbs.txt",
                                 "&CASH_\n+CROWN\n+SILVER CROWN\n+&OTHER\n\n"
                                 "--- TELL [010] ---\n"
                                 "TELL {TELLS TOLD }\n"
                                 "+CLEAR_UP\n"
                                 "WIRE_+TAP {WIRE_+TAPPED} [170]\n"
                                 "--- MEET [031:032] ---\n"
                                 "MEET\n"
                                 "--- DREAM [---] ---\n"
                                 "DREAM [013]\n",
                                 &t);
    assert_int_equal(t.count, 0);
    assert_int_equal(d->sets, 1);
    is_slice(d->set[0].name, "CASH");
    assert_int_equal(d->set[0].members, 3);
    is_slice(d->phrase[d->set[0].member + 1], "SILVER CROWN");
    is_slice(d->phrase[d->set[0].member + 2], "&OTHER");
    assert_int_equal(d->blocks, 3);
    assert_int_equal(d->verbs, 8);
    is_slice(d->verb[0].form, "TELLS");
    assert_true(d->verb[0].given && !d->verb[2].given);
    is_slice(d->verb[2].form, "TELL");
    is_slice(d->verb[3].form, "CLEAR");
    is_slice(d->verb[3].after, "UP");
    is_slice(d->verb[4].before, "WIRE");
    is_slice(d->verb[4].form, "TAPPED");
    is_slice(d->verb[4].act.code, "170");
    is_slice(d->verb[6].act.code, "031");
    is_slice(d->verb[6].act.back, "032");
    assert_int_equal(d->verb[6].block, 1);
    is_slice(d->verb[7].act.code, "013");
    rap_dictionary_close(d);
}

static const rap_dictionary_element *element(const rap_dictionary *d, uint32_t pattern,
                                             uint32_t n)
{
    assert_true(n < d->pattern[pattern].elements);
    return &d->element[d->pattern[pattern].element + n];
}

static void patterns_in_a_row_know_gaps_parties_and_joins(void **state)
{
    (void)state;
    told t;
    rap_dictionary *d = read_one("x.verbs.txt",
                                 "--- HOLD [---] ---\nHOLD\n"
                                 "- $ BACK_IN_* ^ TALK_ &CASH WITH + [046]\n"
                                 "- % *_UP [030:030]\n"
                                 "- * NOTHING [---]\n",
                                 &t);
    assert_int_equal(t.count, 0);
    assert_int_equal(d->patterns, 3);
    const rap_dictionary_pattern *p = d->pattern;
    assert_int_equal(p[0].elements, 8);
    assert_int_equal(p[0].verb, 3);
    assert_true(p[0].verb_joined && !p[0].tree);
    assert_int_equal(element(d, 0, 0)->kind, RAP_ELEMENT_SOURCE);
    assert_true(element(d, 0, 2)->joined && !element(d, 0, 1)->joined);
    assert_int_equal(element(d, 0, 3)->kind, RAP_ELEMENT_SKIP);
    assert_true(element(d, 0, 4)->exact);
    assert_int_equal(element(d, 0, 5)->kind, RAP_ELEMENT_SET);
    assert_int_equal(element(d, 0, 7)->kind, RAP_ELEMENT_TARGET);
    assert_int_equal(element(d, 1, 0)->kind, RAP_ELEMENT_COMPOUND);
    assert_true(element(d, 1, 1)->joined);
    is_slice(p[1].act.back, "030");
    assert_true(p[2].act.silent);
    rap_dictionary_close(d);
}

static void patterns_over_trees_know_phrases(void **state)
{
    (void)state;
    told t;
    rap_dictionary *d =
        read_one("x.verbs.txt",
                 "--- SEND [---] ---\nSEND\n"
                 "- &ARMY * {RELIEF SUPPLY} (TO {POOR TOWN}) (OF) [:070] # a note\n",
                 &t);
    assert_int_equal(t.count, 0);
    const rap_dictionary_pattern *p = d->pattern;
    assert_true(p->tree);
    assert_int_equal(p->elements, 7);
    assert_int_equal(p->act.code.len, 0);
    is_slice(p->act.back, "070");
    static const rap_element_role role[] = {RAP_ELEMENT_HEAD,     RAP_ELEMENT_MODIFIER,
                                            RAP_ELEMENT_HEAD,     RAP_ELEMENT_MARKER,
                                            RAP_ELEMENT_MODIFIER, RAP_ELEMENT_HEAD,
                                            RAP_ELEMENT_MARKER};
    static const uint32_t phrase[] = {1, 2, 2, 3, 3, 3, 4};
    for (uint32_t i = 0; i < 7; i++) {
        assert_int_equal(element(d, 0, i)->role, role[i]);
        assert_int_equal(element(d, 0, i)->phrase, phrase[i]);
    }
    rap_dictionary_close(d);
}

static void broken_patterns_are_told_one_by_one(void **state)
{
    (void)state;
    told t;
    static const char *const bad[] = {"- ONE TWO [010]", "- * [0+1]",    "- * * [010]",
                                      "- * (TO [010]",   "- * {A [010]", "- * A] [010]",
                                      "- * & [010]"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[256];
        (void)snprintf(
            text, sizeof text,
            "--- GO [010] ---\nGO\n- * (TO TOWN) [042]\n%s\n- * HOME [040]\n", bad[i]);
        rap_dictionary *d = read_one("x.verbs.txt", text, &t);
        assert_int_equal(d->left_out, 1);
        assert_non_null(strstr(t.text[0], "x.verbs.txt, line 4: "));
        assert_int_equal(d->patterns, 2);
        is_slice(element(d, 1, 0)->word, "HOME");
        rap_dictionary_close(d);
    }
}

static void rules_that_rewrite_events_are_counted_and_not_used(void **state)
{
    (void)state;
    told t;
    rap_dictionary *d = read_one(
        "x.verbs.txt", "--- GO [010] ---\nGO\n~ a (b . GO) SAY = a b 112\n", &t);
    assert_int_equal(d->transforms, 1);
    assert_int_equal(d->left_out, 0);
    rap_dictionary_close(d);
}

/* ---- files ------------------------------------------------------------------------- */

static void files_are_known_by_name_or_by_their_blocks(void **state)
{
    (void)state;
    const rap_slice verbs = RAP_LIT("# mine\n--- GO [010] ---\nGO\n");
    const rap_slice other = RAP_LIT("a letter\n---\n");
    assert_true(
        rap_dictionary_is_file((rap_dictionary_file){"d/My.agents.txt", other}));
    assert_true(rap_dictionary_is_file((rap_dictionary_file){"CAMEO.9.txt", verbs}));
    assert_false(rap_dictionary_is_file((rap_dictionary_file){"CAMEO.9.md", verbs}));
    assert_false(rap_dictionary_is_file((rap_dictionary_file){"notes.txt", other}));
    told t;
    rap_dictionary *d = read_one("notes.txt", "a letter\n", &t);
    assert_int_equal(t.count, 1);
    assert_non_null(strstr(t.text[0], "not a dictionary"));
    rap_dictionary_close(d);
}

static void the_digest_tells_names_and_bytes_apart(void **state)
{
    (void)state;
    told t;
    rap_dictionary *a = read_one("a.actors.txt", "ALDA [ALD]\n", &t);
    rap_dictionary *b = read_one("b.actors.txt", "ALDA [ALD]\n", &t);
    rap_dictionary *c = read_one("z/a.actors.txt", "ALDA [ALD]\n", &t);
    assert_memory_not_equal(&a->digest, &b->digest, sizeof a->digest);
    assert_memory_equal(&a->digest, &c->digest, sizeof a->digest);
    rap_dictionary_close(a);
    rap_dictionary_close(b);
    rap_dictionary_close(c);
}

static void any_cut_of_a_dictionary_is_read(void **state)
{
    (void)state;
    static const char text[] =
        "&S\n+A B\n--- SEND [01:02] ---\n+SEND_OFF {+SENT_OFF} [03]\n"
        "- $_A * {B &C} (TO +) % ^ [:04]\n~ x\n!P! = A\n[1]\n<!--\n";
    static const char *const names[] = {"x.verbs.txt", "x.actors.txt", "x.agents.txt",
                                        "x.discards.txt"};
    for (uint32_t len = 0; len < sizeof text; len++)
        for (size_t i = 0; i < 4; i++) {
            char *cut = malloc(len + 1); /* exact, for the sanitizer */
            assert_non_null(cut);
            memcpy(cut, text, len);
            const rap_dictionary_file file = {names[i], {cut, len}};
            rap_dictionary *d;
            rap_error err;
            assert_int_equal(rap_dictionary_open(&file, 1, NULL, NULL, &d, &err),
                             RAP_OK);
            rap_dictionary_close(d);
            free(cut);
        }
}

static void too_much_is_refused_before_it_is_read(void **state)
{
    (void)state;
    rap_dictionary *d;
    rap_error err;
    const rap_dictionary_file file = {"x.actors.txt", {"", (64u << 20) + 1}};
    assert_int_equal(rap_dictionary_open(&file, 1, NULL, NULL, &d, &err), RAP_E_LIMIT);
    assert_null(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_actor_has_wordings_and_a_code),
        cmocka_unit_test(codes_hold_on_their_days_and_dated_ones_come_first),
        cmocka_unit_test(an_unknown_day_leaves_one_code_standing),
        cmocka_unit_test(a_bad_line_is_told_with_its_place_and_the_others_load),
        cmocka_unit_test(comments_may_run_over_lines),
        cmocka_unit_test(ten_lines_of_a_file_are_told_and_the_rest_counted),
        cmocka_unit_test(agents_have_plurals_prefixes_and_substitutions),
        cmocka_unit_test(discards_are_for_the_sentence_or_the_story),
        cmocka_unit_test(sets_blocks_and_verbs_are_read),
        cmocka_unit_test(patterns_in_a_row_know_gaps_parties_and_joins),
        cmocka_unit_test(patterns_over_trees_know_phrases),
        cmocka_unit_test(broken_patterns_are_told_one_by_one),
        cmocka_unit_test(rules_that_rewrite_events_are_counted_and_not_used),
        cmocka_unit_test(files_are_known_by_name_or_by_their_blocks),
        cmocka_unit_test(the_digest_tells_names_and_bytes_apart),
        cmocka_unit_test(any_cut_of_a_dictionary_is_read),
        cmocka_unit_test(too_much_is_refused_before_it_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
