/* test_event_dictionary.c - verbs, patterns and discards of dictionaries over trees written by
 * hand: every form that docs/format/dictionaries.md says is supported. */
#include "trees.h"

#include "dictionary.h"
#include "event_dictionary_private.h"

static rap_language language;
static rap_arena arena, scratch;
static tree t;

static void put(char *out, size_t room, const char *format, rap_slice words)
{
    const size_t used = strlen(out);
    (void)snprintf(out + used, room - used, format, (int)words.len, words.at);
}

/* The events of the sentence as "code source+source>target status", with dictionaries. */
static const char *coded_with(const char *verbs, const char *discards,
                              const char *words)
{
    static char out[512];
    const rap_dictionary_file files[] = {{"t.verbs.txt", rap_slice_of(verbs)},
                                         {"t.discards.txt", rap_slice_of(discards)}};
    rap_dictionary *d;
    rap_event_knowledge *knowledge;
    rap_events events;
    rap_error err;
    assert_int_equal(rap_dictionary_open(files, 2, NULL, NULL, &d, &err), RAP_OK);
    assert_int_equal(d->left_out, 0);
    assert_int_equal(rap_event_open_with(&language, d, &knowledge, &err), RAP_OK);
    tree_read(&t, words);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    arena = scratch = RAP_ARENA(1u << 26);
    assert_int_equal(
        rap_event_run(knowledge, &t.input, &arena, &scratch, &events, &err), RAP_OK);
    out[0] = 0;
    for (uint32_t i = 0; i < events.count; i++) {
        const rap_event *e = &events.event[i];
        put(out, sizeof out, i ? "; %.*s " : "%.*s ", rap_slice_of(e->cameo));
        for (uint32_t k = 0; k < e->sources; k++)
            put(out, sizeof out, k ? "+%.*s" : "%.*s", t.actor[e->source[k]].name);
        for (uint32_t k = 0; k < e->targets; k++)
            put(out, sizeof out, k ? "+%.*s" : ">%.*s", t.actor[e->target[k]].name);
        if (e->status != RAP_EVENT_HAPPENED)
            put(out, sizeof out, " %.*s",
                rap_slice_of(rap_event_status_name(e->status)));
    }
    rap_event_close(knowledge);
    rap_dictionary_close(d);
    return out;
}

static const char *coded(const char *verbs, const char *words)
{
    return coded_with(verbs, "", words);
}

/* ---- verbs ------------------------------------------------------------------------- */

static const char blimmed[] = "Orlind Orlind PROPN 2 nsubj\n"
                              "blimmed/past blim VERB 0 root\n"
                              "Selvia Selvia PROPN 2 obj";

static void a_verb_has_the_code_of_its_block_or_its_own(void **state)
{
    (void)state;
    assert_string_equal(coded("--- BLIM [112] ---\nBLIM\n", blimmed),
                        "112 Orlind>Selvia");
    assert_string_equal(coded("--- BLIM [112] ---\nBLIM [160]\n", blimmed),
                        "160 Orlind>Selvia");
}

static void given_forms_and_lemmas_are_met(void **state)
{
    (void)state;
    assert_string_equal(coded("--- X [112] ---\nSPURN {BLIMMED}\n", blimmed),
                        "112 Orlind>Selvia");
    assert_string_equal(coded("--- X [112] ---\nSPURN {BLIM}\n", blimmed), "");
}

static const char turned_down[] = "Orlind Orlind PROPN 2 nsubj\n"
                                  "jibbed/past jib VERB 0 root\n"
                                  "off off ADP 2 compound:prt\n"
                                  "Selvia Selvia PROPN 2 obj";

static void a_verb_of_several_words_comes_before_its_first(void **state)
{
    (void)state;
    assert_string_equal(
        coded("--- A [112] ---\nJIB\n--- B [120] ---\n+JIB_OFF\n", turned_down),
        "120 Orlind>Selvia");
    assert_string_equal(coded("--- B [120] ---\n+JIB_ON\n", turned_down), "");
    assert_string_equal(coded("--- B [170] ---\nWIRE_+TAP\n",
                              "Orlind Orlind PROPN 3 nsubj\n"
                              "wire wire NOUN 3 obl\n"
                              "taps/present tap VERB 0 root\n"
                              "Selvia Selvia PROPN 3 obj"),
                        "170 Orlind>Selvia");
}

static void a_passive_turns_the_parties(void **state)
{
    (void)state;
    assert_string_equal(coded("--- BLIM [112] ---\nBLIM\n",
                              "Selvia Selvia PROPN 3 nsubj:pass\n"
                              "was be AUX 3 aux:pass\n"
                              "blimmed/participle blim VERB 0 root\n"
                              "by by ADP 5 case\n"
                              "Orlind Orlind PROPN 3 obl:agent"),
                        "112 Orlind>Selvia");
}

static void a_code_beyond_plover_makes_no_event(void **state)
{
    (void)state;
    assert_string_equal(coded("--- BLIM [010] ---\nBLIM\n", blimmed), "");
    assert_string_equal(coded("--- BLIM [901] ---\nBLIM\n", blimmed), "");
    assert_string_equal(coded("--- BLIM [---] ---\nBLIM\n", blimmed), "");
}

static void dictionaries_win_over_the_lexicon(void **state)
{
    (void)state;
    static const char condemned[] = "Orlind Orlind PROPN 2 nsubj\n"
                                    "condemned/past condemn VERB 0 root\n"
                                    "Selvia Selvia PROPN 2 obj";
    assert_string_equal(coded("--- OTHER [112] ---\nOTHER\n", condemned),
                        "111 Orlind>Selvia");
    assert_string_equal(coded("--- CONDEMN [1123] ---\nCONDEMN\n", condemned),
                        "1123 Orlind>Selvia");
}

static void the_code_stands_whatever_the_tense_and_the_status_tells_it(void **state)
{
    (void)state;
    assert_string_equal(coded("--- FUND [071] ---\nFUND\n",
                              "Orlind Orlind PROPN 3 nsubj\n"
                              "will will AUX 3 aux\n"
                              "fund/base fund VERB 0 root\n"
                              "Selvia Selvia PROPN 3 obj"),
                        "071 Orlind>Selvia planned");
}

/* ---- words in a row ---------------------------------------------------------------- */

static const char cut_ties[] = "Orlind Orlind PROPN 3 nsubj\n"
                               "now now ADV 3 advmod\n"
                               "zented/past zent VERB 0 root\n"
                               "all all DET 6 det\n"
                               "trade trade NOUN 6 compound\n"
                               "ties tie NOUN 3 obj\n"
                               "with with ADP 8 case\n"
                               "Selvia Selvia PROPN 6 nmod";

static void words_stand_in_order_with_gaps(void **state)
{
    (void)state;
    static const char rule[] = "--- ZENT [---] ---\nZENT\n- * TIE WITH [161]\n";
    assert_string_equal(coded(rule, cut_ties), "161 Orlind>Selvia");
    assert_string_equal(
        coded("--- ZENT [---] ---\nZENT\n- * WITH TIE [161]\n", cut_ties), "");
}

static void an_underscore_leaves_no_gap(void **state)
{
    (void)state;
    assert_string_equal(
        coded("--- ZENT [---] ---\nZENT\n- * TRADE_TIE [161]\n", cut_ties),
        "161 Orlind>Selvia");
    assert_string_equal(
        coded("--- ZENT [---] ---\nZENT\n- * ALL_TIE [161]\n", cut_ties), "");
    assert_string_equal(
        coded("--- ZENT [---] ---\nZENT\n- NOW_* TIE [161]\n", cut_ties),
        "161 Orlind>Selvia");
    assert_string_equal(
        coded("--- ZENT [---] ---\nZENT\n- ORLIND_* TIE [161]\n", cut_ties), "");
}

static void an_underscore_at_the_end_wants_this_form(void **state)
{
    (void)state;
    assert_string_equal(coded("--- ZENT [---] ---\nZENT\n- * TIE_ [161]\n", cut_ties),
                        "");
    assert_string_equal(coded("--- ZENT [---] ---\nZENT\n- * TIES_ [161]\n", cut_ties),
                        "161 Orlind>Selvia");
}

static void sets_hold_words_phrases_and_sets(void **state)
{
    (void)state;
    static const char rule[] = "&BOND\n+&LINK\n+PACT\n\n&LINK\n+TRADE TIE\n+&BOND\n\n"
                               "--- ZENT [---] ---\nZENT\n- * &BOND WITH [161]\n";
    assert_string_equal(coded(rule, cut_ties), "161 Orlind>Selvia");
    assert_string_equal(
        coded("&BOND\n+PACT\n\n--- ZENT [---] ---\nZENT\n- * &BOND [161]\n", cut_ties),
        "");
    assert_string_equal(
        coded("&BOND\n+PACT\n\n--- ZENT [---] ---\nZENT\n- * &NONE [161]\n", cut_ties),
        "");
}

static void the_pattern_of_most_parts_is_taken(void **state)
{
    (void)state;
    assert_string_equal(coded("--- ZENT [112] ---\nZENT\n- * TIE [160]\n"
                              "- * TRADE TIE [163]\n- * TIE [164]\n",
                              cut_ties),
                        "163 Orlind>Selvia");
}

static void a_pattern_of_the_verb_alone_is_a_code_for_it(void **state)
{
    (void)state;
    assert_string_equal(coded("--- BLIM [---] ---\nBLIM\n- * [160]\n", blimmed),
                        "160 Orlind>Selvia");
}

static void a_null_pattern_silences_its_verb(void **state)
{
    (void)state;
    assert_string_equal(coded("--- ZENT [112] ---\nZENT\n- * TIE [---]\n", cut_ties),
                        "");
}

static void marks_name_the_parties(void **state)
{
    (void)state;
    static const char words[] = "Orlind Orlind PROPN 2 nsubj\n"
                                "sent/past send VERB 0 root\n"
                                "Marn Marn PROPN 2 iobj\n"
                                "arms arm NOUN 2 obj\n"
                                "against against ADP 6 case\n"
                                "Selvia Selvia PROPN 2 obl";
    assert_string_equal(
        coded("--- SEND [---] ---\nSEND\n- $ * ARM AGAINST + [190]\n", words),
        "190 Orlind>Selvia");
    assert_string_equal(coded("--- SEND [---] ---\nSEND\n- + * ARM $ [190]\n", words),
                        "190 Selvia>Orlind");
    assert_string_equal(
        coded("--- SEND [---] ---\nSEND\n- $ * ^ ARM AGAINST + [190]\n", words),
        "190 Orlind>Selvia");
}

static void a_compound_is_parties_on_both_sides(void **state)
{
    (void)state;
    static const char joint[] = "Orlind Orlind PROPN 4 nsubj\n"
                                "and and CCONJ 3 cc\n"
                                "Selvia Selvia PROPN 1 conj\n"
                                "drilled/past drill VERB 0 root";
    static const char alone[] = "Orlind Orlind PROPN 2 nsubj\n"
                                "drilled/past drill VERB 0 root";
    static const char rule[] = "--- DRILL [---] ---\nDRILL\n- % * [062:062]\n";
    assert_string_equal(coded(rule, joint), "062 Orlind+Selvia");
    assert_string_equal(coded(rule, alone), "");
}

static void equal_codes_of_both_sides_are_one_act_together(void **state)
{
    (void)state;
    assert_string_equal(coded("--- BLIM [050:050] ---\nBLIM\n", blimmed),
                        "050 Orlind+Selvia");
    assert_string_equal(coded("--- BLIM [042:043] ---\nBLIM\n", blimmed),
                        "042 Orlind>Selvia");
}

static const char refused[] = "Orlind Orlind PROPN 4 nsubj\n"
                              "did do AUX 4 aux\n"
                              "not not PART 4 advmod\n"
                              "blim/base blim VERB 0 root\n"
                              "Selvia Selvia PROPN 4 obj";

static void words_of_denial_in_a_pattern_are_its_own(void **state)
{
    (void)state;
    assert_string_equal(coded("--- BLIM [112] ---\nBLIM\n", refused),
                        "112 Orlind>Selvia denied");
    assert_string_equal(coded("--- BLIM [112] ---\nBLIM\n- NOT * [050]\n", refused),
                        "050 Orlind>Selvia");
}

static void a_word_above_the_verb_may_govern_it(void **state)
{
    (void)state;
    static const char words[] = "Orlind Orlind PROPN 2 nsubj\n"
                                "failed/past fail VERB 0 root\n"
                                "to to PART 4 mark\n"
                                "blim/base blim VERB 2 xcomp\n"
                                "Selvia Selvia PROPN 4 obj";
    assert_string_equal(coded("--- BLIM [---] ---\nBLIM\n- FAIL_TO_* [111]\n", words),
                        "111 Orlind>Selvia");
}

static void words_of_another_clause_are_out_of_reach(void **state)
{
    (void)state;
    static const char words[] = "Orlind Orlind PROPN 2 nsubj\n"
                                "blimmed/past blim VERB 0 root\n"
                                "Selvia Selvia PROPN 2 obj\n"
                                "and and CCONJ 6 cc\n"
                                "Marn Marn PROPN 6 nsubj\n"
                                "gorped/past gorp VERB 2 parataxis\n"
                                "talks talk NOUN 6 obj";
    assert_string_equal(
        coded("--- GORP [112] ---\nGORP\n- SELVIA * TALKS [160]\n", words), "112 Marn");
}

/* ---- over trees -------------------------------------------------------------------- */

static const char rushed[] = "Orlind Orlind PROPN 2 nsubj\n"
                             "vorled/past vorl VERB 0 root\n"
                             "fresh fresh ADJ 5 amod\n"
                             "arms arms NOUN 5 compound\n"
                             "shipments shipment NOUN 2 obj\n"
                             "to to ADP 9 case\n"
                             "the the DET 9 det\n"
                             "northern northern ADJ 9 amod\n"
                             "border border NOUN 2 obl\n"
                             "of of ADP 11 case\n"
                             "Selvia Selvia PROPN 9 nmod";

static void a_bare_noun_is_a_head(void **state)
{
    (void)state;
    static const char other[] = "- * (AT NIGHT) [150]\n";
    char rule[256];
    static const struct {
        const char *pattern, *want;
    } cases[] = {
        {"- * SHIPMENT [072]\n", "072 Orlind>Selvia"},
        {"- * ARMS [072]\n", ""}, /* no head */
        {"- * {ARMS SHIPMENT} [072]\n", "072 Orlind>Selvia"},
        {"- * {FRESH ARMS SHIPMENT} [072]\n", "072 Orlind>Selvia"},
        {"- * {OLD SHIPMENT} [072]\n", ""},
        {"- * (TO BORDER) [154]\n", "154 Orlind>Selvia"},
        {"- * (TO) [154]\n", "154 Orlind>Selvia"},
        {"- * (FROM BORDER) [154]\n", ""},
        {"- * (TO {NORTHERN BORDER}) [154]\n", "154 Orlind>Selvia"},
        {"- * (TO {SOUTHERN BORDER}) [154]\n", ""},
        {"- * SHIPMENT (TO BORDER) (OF SELVIA) [154]\n", "154 Orlind>Selvia"},
        {"- * (TO BORDER) (OF +) [154]\n", "154 Orlind>Selvia"},
        {"- ORLIND * SHIPMENT [072]\n", "072 Orlind>Selvia"},
        {"- MARN * SHIPMENT [072]\n", ""},
        {"- (TO BORDER) * [072]\n", ""}, /* it stands behind */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        (void)snprintf(rule, sizeof rule, "--- VORL [---] ---\nVORL\n%s%s",
                       cases[i].pattern, other);
        const char *got = coded(rule, rushed);
        if (strcmp(got, cases[i].want))
            fail_msg("%s gives \"%s\"", cases[i].pattern, got);
    }
}

static void a_second_code_is_for_the_passive(void **state)
{
    (void)state;
    static const char rule[] = "--- BLIM [---] ---\nBLIM\n- * [112:160]\n"
                               "- * (AT NIGHT) [150]\n";
    assert_string_equal(coded(rule, blimmed), "112 Orlind>Selvia");
    assert_string_equal(coded(rule, "Selvia Selvia PROPN 3 nsubj:pass\n"
                                    "was be AUX 3 aux:pass\n"
                                    "blimmed/participle blim VERB 0 root\n"
                                    "by by ADP 5 case\n"
                                    "Orlind Orlind PROPN 3 obl:agent"),
                        "160 Orlind>Selvia");
}

static void auxiliaries_and_negations_stand_before_the_verb(void **state)
{
    (void)state;
    assert_string_equal(coded("--- BLIM [---] ---\nBLIM\n- NOT * [050]\n"
                              "- * (AT NIGHT) [150]\n",
                              refused),
                        "050 Orlind>Selvia");
}

/* ---- discards ---------------------------------------------------------------------- */

static void a_discard_leaves_out_its_sentence(void **state)
{
    (void)state;
    static const char verbs[] = "--- BLIM [112] ---\nBLIM\n";
    assert_string_equal(coded_with(verbs, "SELVIA\n", blimmed), "");
    assert_string_equal(coded_with(verbs, "+BLIMMED SELVIA\n", blimmed), "");
    assert_string_equal(coded_with(verbs, "BLIMMED ORLIND\n", blimmed),
                        "112 Orlind>Selvia");
}

/* ---- the table of codes, and memory ------------------------------------------------ */

static void a_code_means_what_its_beginning_means(void **state)
{
    (void)state;
    rap_cameo cameo;
    rap_error err;
    rap_arena own = RAP_ARENA(1 << 20);
    assert_int_equal(rap_cameo_read(&language, &own, &cameo, &err), RAP_OK);
    static const struct {
        const char *code;
        int type;
        const char *mode;
    } cases[] = {{"0312", RAP_AGREE, NULL},
                 {"042", RAP_CONSULT, "visit"},
                 {"0874", RAP_RETREAT, "disarm"},
                 {"1031", RAP_REQUEST, "assist"},
                 {"1829", RAP_ASSAULT, "beat"},
                 {"173", RAP_COERCE, "arrest"},
                 {"195", RAP_ASSAULT, "aerial"},
                 {"0256", -1, NULL},
                 {"010", -1, NULL},
                 {"1", -1, NULL},
                 {"", -1, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const rap_cameo_row *row = rap_cameo_of(&cameo, rap_slice_of(cases[i].code));
        assert_int_equal(row ? (int)row->type : -1, cases[i].type);
        if (row && cases[i].mode) assert_string_equal(row->mode, cases[i].mode);
    }
    rap_arena_free(&own);
}

static rap_status open_book(rap_arena *own, const rap_dictionary *d)
{
    rap_act_lexicon acts = {0};
    const struct rap_book *book;
    rap_error err;
    return rap_book_open(&language, d, own, &acts, &book, &err);
}

static void survives_every_lost_allocation(void **state)
{
    (void)state;
    const rap_dictionary_file files[] = {
        {"t.verbs.txt", RAP_LIT("&S\n+A B\n+C-D\n--- SEND [031] ---\n+SEND_OFF {SENT}\n"
                                "- $ * &S {X Y} (TO +) [042]\n")},
        {"t.discards.txt", RAP_LIT("YEARS LATER\n")}};
    rap_dictionary *d;
    rap_error err;
    assert_int_equal(rap_dictionary_open(files, 2, NULL, NULL, &d, &err), RAP_OK);
    rap_arena own;
    CHECK_EVERY_LOST_ALLOCATION(own, 4 << 20, 2000, open_book(&own, d));
    rap_dictionary_close(d);
}

static int open_language(void **state)
{
    (void)state;
    rap_error err;
    return rap_language_open("en", &language, &err) != RAP_OK;
}

static int close_arenas(void **state)
{
    (void)state;
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_verb_has_the_code_of_its_block_or_its_own),
        cmocka_unit_test(given_forms_and_lemmas_are_met),
        cmocka_unit_test(a_verb_of_several_words_comes_before_its_first),
        cmocka_unit_test(a_passive_turns_the_parties),
        cmocka_unit_test(a_code_beyond_plover_makes_no_event),
        cmocka_unit_test(dictionaries_win_over_the_lexicon),
        cmocka_unit_test(the_code_stands_whatever_the_tense_and_the_status_tells_it),
        cmocka_unit_test(words_stand_in_order_with_gaps),
        cmocka_unit_test(an_underscore_leaves_no_gap),
        cmocka_unit_test(an_underscore_at_the_end_wants_this_form),
        cmocka_unit_test(sets_hold_words_phrases_and_sets),
        cmocka_unit_test(the_pattern_of_most_parts_is_taken),
        cmocka_unit_test(a_pattern_of_the_verb_alone_is_a_code_for_it),
        cmocka_unit_test(a_null_pattern_silences_its_verb),
        cmocka_unit_test(marks_name_the_parties),
        cmocka_unit_test(a_compound_is_parties_on_both_sides),
        cmocka_unit_test(equal_codes_of_both_sides_are_one_act_together),
        cmocka_unit_test(words_of_denial_in_a_pattern_are_its_own),
        cmocka_unit_test(a_word_above_the_verb_may_govern_it),
        cmocka_unit_test(words_of_another_clause_are_out_of_reach),
        cmocka_unit_test(a_bare_noun_is_a_head),
        cmocka_unit_test(a_second_code_is_for_the_passive),
        cmocka_unit_test(auxiliaries_and_negations_stand_before_the_verb),
        cmocka_unit_test(a_discard_leaves_out_its_sentence),
        cmocka_unit_test(a_code_means_what_its_beginning_means),
        cmocka_unit_test(survives_every_lost_allocation),
    };
    return cmocka_run_group_tests(tests, open_language, close_arenas);
}
