/* test_act.c - acts over trees written by hand: voice, light verbs, control, relative
 * clauses, status; and the lexicon itself. */
#include "trees.h"

#include "event_lexicon_private.h"

#include <stdlib.h>

static rap_language language;
static rap_event_knowledge *lexicon;
static rap_arena arena, scratch;
static rap_events events;
static tree t;

static int open_lists(void **state)
{
    (void)state;
    rap_error err;
    if (rap_language_open("en", &language, &err)) return 1;
    return rap_event_open(&language, &lexicon, &err) != RAP_OK;
}

static int close_lists(void **state)
{
    (void)state;
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    rap_event_close(lexicon);
    return 0;
}

static rap_status run(rap_arena *to, rap_arena *with)
{
    rap_error err;
    return rap_event_run(lexicon, &t.input, to, with, &events, &err);
}

/* ---- what was found, as one line ---------------------------------------------------- */

static void put_actors(char *out, size_t room, const uint32_t *actor, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const rap_slice name = t.actor[actor[i]].name;
        const size_t used = strlen(out);
        (void)snprintf(out + used, room - used, "%s%.*s", i ? "+" : "", (int)name.len,
                       name.at);
    }
}

static bool strict; /* types by PLOVER's own rules */

static const char *told(const char *words)
{
    static char out[512];
    tree_read(&t, words);
    t.input.strict = strict;
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    arena = RAP_ARENA(1u << 26);
    scratch = RAP_ARENA(1u << 26);
    assert_int_equal(run(&arena, &scratch), RAP_OK);
    out[0] = 0;
    for (uint32_t i = 0; i < events.count; i++) {
        const rap_event *e = &events.event[i];
        size_t used = strlen(out);
        (void)snprintf(out + used, sizeof out - used, "%s%s%s%s ", i ? "; " : "",
                       e->type, e->mode ? "/" : "", e->mode ? e->mode : "");
        put_actors(out, sizeof out, e->source, e->sources);
        used = strlen(out);
        (void)snprintf(out + used, sizeof out - used, ">");
        put_actors(out, sizeof out, e->target, e->targets);
        used = strlen(out);
        if (e->status != RAP_EVENT_HAPPENED)
            (void)snprintf(out + used, sizeof out - used, " %s",
                           rap_event_status_name(e->status));
    }
    return out;
}

/* ---- voice ------------------------------------------------------------------------- */

static void a_subject_acts_on_an_object(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 2 nsubj\n"
                             "condemned/past condemn VERB 0 root\n"
                             "Selvia Selvia PROPN 2 obj"),
                        "ACCUSE/disapprove Orlind>Selvia");
}

static void a_passive_turns_the_parties_round(void **state)
{
    (void)state;
    assert_string_equal(told("Selvia Selvia PROPN 3 nsubj:pass\n"
                             "was be AUX 3 aux:pass\n"
                             "condemned/participle condemn VERB 0 root\n"
                             "by by ADP 5 case\n"
                             "Orlind Orlind PROPN 3 obl:agent"),
                        "ACCUSE/disapprove Orlind>Selvia");
}

static void a_passive_without_an_agent_is_no_event(void **state)
{
    (void)state;
    assert_string_equal(told("Selvia Selvia PROPN 3 nsubj:pass\n"
                             "was be AUX 3 aux:pass\n"
                             "condemned/participle condemn VERB 0 root"),
                        "");
}

static void a_relative_clause_tells_of_its_antecedent(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 6 nsubj\n"
                             ", , PUNCT 4 punct\n"
                             "which which PRON 4 nsubj\n"
                             "condemned/past condemn VERB 1 acl:relcl\n"
                             "Selvia Selvia PROPN 4 obj\n"
                             "slept/past sleep VERB 0 root"),
                        "ACCUSE/disapprove Orlind>Selvia");
}

static void the_second_of_two_verbs_shares_the_subject(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 2 nsubj\n"
                             "slept/past sleep VERB 0 root\n"
                             "and and CCONJ 4 cc\n"
                             "condemned/past condemn VERB 2 conj\n"
                             "Selvia Selvia PROPN 4 obj"),
                        "ACCUSE/disapprove Orlind>Selvia");
}

/* ---- phrases ----------------------------------------------------------------------- */

static void nations_and_owners_stand_for_unnamed_bodies(void **state)
{
    (void)state;
    assert_string_equal(told("Orlindian Orlind ADJ 2 amod\n"
                             "courts court NOUN 3 nsubj\n"
                             "condemned/past condemn VERB 0 root\n"
                             "Selvia Selvia PROPN 6 nmod:poss\n"
                             "'s 's PART 4 case\n"
                             "plan plan NOUN 3 obj"),
                        "ACCUSE/disapprove Orlind>Selvia");
}

static void a_list_names_all_its_members(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 4 nsubj\n"
                             "and and CCONJ 3 cc\n"
                             "Halden Halden PROPN 1 conj\n"
                             "condemned/past condemn VERB 0 root\n"
                             "Selvia Selvia PROPN 4 obj"),
                        "ACCUSE/disapprove Orlind+Halden>Selvia");
}

/* ---- nouns and light verbs --------------------------------------------------------- */

static void a_light_verb_carries_the_act_of_its_object(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 2 nsubj\n"
                             "reached/past reach VERB 0 root\n"
                             "a a DET 4 det\n"
                             "deal deal NOUN 2 obj\n"
                             "with with ADP 6 case\n"
                             "Selvia Selvia PROPN 4 nmod"),
                        "AGREE Orlind+Selvia>");
}

static void a_nominal_act_needs_its_actor(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 3 nmod:poss\n"
                             "'s 's PART 1 case\n"
                             "attack attack NOUN 6 nsubj\n"
                             "on on ADP 5 case\n"
                             "Selvia Selvia PROPN 3 nmod\n"
                             "failed/past fail VERB 0 root"),
                        "ASSAULT Orlind>Selvia");
    assert_string_equal(told("the the DET 2 det\n"
                             "attack attack NOUN 5 nsubj\n"
                             "on on ADP 4 case\n"
                             "Selvia Selvia PROPN 2 nmod\n"
                             "failed/past fail VERB 0 root"),
                        "");
}

/* ---- control and content ----------------------------------------------------------- */

static void who_goes_there_to_do_it_does_it_there(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 2 nsubj\n"
                             "flew/past fly VERB 0 root\n"
                             "to to ADP 4 case\n"
                             "Selvia Selvia PROPN 2 obl\n"
                             "to to PART 6 mark\n"
                             "investigate/base investigate VERB 2 advcl\n"
                             "fraud fraud NOUN 6 obj"),
                        "CONSULT/visit Orlind>Selvia; ACCUSE/investigate "
                        "Orlind>Selvia");
}

static void who_refuses_must_be_named(void **state)
{
    (void)state;
    assert_string_equal(told("will will AUX 3 aux\n"
                             "not not PART 3 advmod\n"
                             "agree/base agree VERB 0 root\n"
                             "with with ADP 5 case\n"
                             "Selvia Selvia PROPN 3 obl\n"
                             "on on ADP 7 case\n"
                             "gas gas NOUN 3 obl"),
                        "");
}

static void what_is_denied_is_told_as_denied(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 2 nsubj\n"
                             "denied/past deny VERB 0 root\n"
                             "attacking/gerund attack VERB 2 xcomp\n"
                             "Selvia Selvia PROPN 3 obj"),
                        "REJECT/change Orlind>Selvia; ASSAULT Orlind>Selvia denied");
}

static void what_is_yet_to_come_has_not_happened(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 2 nsubj\n"
                             "has/present have VERB 0 root\n"
                             "yet yet ADV 2 advmod\n"
                             "to to PART 5 mark\n"
                             "condemn/base condemn VERB 2 xcomp\n"
                             "Selvia Selvia PROPN 5 obj"),
                        "ACCUSE/disapprove Orlind>Selvia denied");
}

static void an_owner_acts_without_an_object(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 3 nmod:poss\n"
                             "'s 's PART 1 case\n"
                             "invasion invasion NOUN 4 nsubj\n"
                             "failed/past fail VERB 0 root"),
                        "ASSAULT Orlind>");
}

static void what_is_demanded_is_no_act_of_its_own(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 2 nsubj\n"
                             "urged/past urge VERB 0 root\n"
                             "Selvia Selvia PROPN 2 obj\n"
                             "to to PART 5 mark\n"
                             "help/base help VERB 2 xcomp\n"
                             "Halden Halden PROPN 5 obj"),
                        "REQUEST/assist Orlind>Selvia");
}

static void a_retreat_that_is_demanded_is_told_besides(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 2 nsubj\n"
                             "urged/past urge VERB 0 root\n"
                             "Selvia Selvia PROPN 2 obj\n"
                             "to to PART 5 mark\n"
                             "release/base release VERB 2 xcomp\n"
                             "prisoners prisoner NOUN 5 obj"),
                        "REQUEST/yield Orlind>Selvia; RETREAT/release Selvia> "
                        "proposed");
}

static void the_accused_does_what_he_is_accused_of(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 2 nsubj\n"
                             "accused/past accuse VERB 0 root\n"
                             "Selvia Selvia PROPN 2 obj\n"
                             "of of SCONJ 5 mark\n"
                             "shelling/gerund shell VERB 2 advcl\n"
                             "Halden Halden PROPN 5 obj"),
                        "ACCUSE/allege Orlind>Selvia; "
                        "ASSAULT/heavy-weapons Selvia>Halden");
}

/* ---- status ------------------------------------------------------------------------ */

static void help_to_come_is_a_promise(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 3 nsubj\n"
                             "will will AUX 3 aux\n"
                             "help/base help VERB 0 root\n"
                             "Selvia Selvia PROPN 3 obj"),
                        "AGREE Orlind>Selvia");
}

static void what_one_will_not_support_one_rejects(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 4 nsubj\n"
                             "will will AUX 4 aux\n"
                             "not not PART 4 advmod\n"
                             "support/base support VERB 0 root\n"
                             "Selvia Selvia PROPN 4 obj"),
                        "REJECT Orlind>Selvia");
}

static void what_did_not_happen_is_denied(void **state)
{
    (void)state;
    assert_string_equal(told("Orlind Orlind PROPN 4 nsubj\n"
                             "did do AUX 4 aux\n"
                             "not not PART 4 advmod\n"
                             "attack/base attack VERB 0 root\n"
                             "Selvia Selvia PROPN 4 obj"),
                        "ASSAULT Orlind>Selvia denied");
}

static void an_act_names_the_row_that_made_it(void **state)
{
    (void)state;
    told("Orlind Orlind PROPN 2 nsubj\n"
         "condemned/past condemn VERB 0 root\n"
         "Selvia Selvia PROPN 2 obj");
    assert_int_equal(events.count, 1);
    assert_true(
        rap_slice_starts(rap_slice_of(events.event[0].rule), "event/act_accuse"));
}

/* ---- invariants -------------------------------------------------------------------- */

/* The same by PLOVER's own rules. */
static const char *told_strictly(const char *words)
{
    strict = true;
    const char *line = told(words);
    strict = false;
    return line;
}

static const char WILL_MEET[] = "Orlind Orlind PROPN 3 nsubj\n"
                                "will will AUX 3 aux\n"
                                "meet/base meet VERB 0 root\n"
                                "Selvia Selvia PROPN 3 obj";
static const char WILL_WITHDRAW[] = "Orlind Orlind PROPN 3 nsubj\n"
                                    "will will AUX 3 aux\n"
                                    "withdraw/base withdraw VERB 0 root\n"
                                    "from from ADP 5 case\n"
                                    "Selvia Selvia PROPN 3 obl";
static const char DID_NOT_MEET[] = "Orlind Orlind PROPN 4 nsubj\n"
                                   "did do AUX 4 aux\n"
                                   "not not PART 4 advmod\n"
                                   "meet/base meet VERB 0 root\n"
                                   "Selvia Selvia PROPN 4 obj";

static void a_meeting_to_come_is_strictly_an_agreement(void **state)
{
    (void)state;
    assert_string_equal(told(WILL_MEET), "CONSULT Orlind+Selvia> planned");
    assert_string_equal(told_strictly(WILL_MEET), "AGREE Orlind+Selvia>");
}

static void a_retreat_to_come_is_strictly_a_concession(void **state)
{
    (void)state;
    assert_string_equal(told(WILL_WITHDRAW), "RETREAT/withdraw Orlind>Selvia planned");
    assert_string_equal(told_strictly(WILL_WITHDRAW), "CONCEDE Orlind>Selvia");
}

static void a_meeting_that_was_not_held_is_strictly_a_rejection(void **state)
{
    (void)state;
    assert_string_equal(told(DID_NOT_MEET), "CONSULT Orlind+Selvia> denied");
    assert_string_equal(told_strictly(DID_NOT_MEET), "REJECT/meet Orlind+Selvia>");
}

static void what_happened_is_the_same_by_strict_rules(void **state)
{
    (void)state;
    static const char met[] = "Orlind Orlind PROPN 2 nsubj\n"
                              "met/past meet VERB 0 root\n"
                              "Selvia Selvia PROPN 2 obj";
    assert_string_equal(told(met), "CONSULT Orlind+Selvia>");
    assert_string_equal(told_strictly(met), "CONSULT Orlind+Selvia>");
}

static void an_act_keeps_the_words_that_name_its_parties(void **state)
{
    (void)state;
    (void)told("Orlind Orlind PROPN 2 nsubj\n"
               "condemned/past condemn VERB 0 root\n"
               "Selvia Selvia PROPN 2 obj");
    assert_int_equal(events.count, 1);
    const rap_event *e = &events.event[0];
    assert_true(rap_slice_is(rap_cut(t.article.text, e->source_words[0]), "Orlind"));
    assert_true(rap_slice_is(rap_cut(t.article.text, e->target_words[0]), "Selvia"));
    assert_non_null(strstr(e->frame, "condemn"));
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    tree_read(&t, "Orlind Orlind PROPN 2 nsubj\n"
                  "condemned/past condemn VERB 0 root\n"
                  "Selvia Selvia PROPN 2 obj");
    rap_arena to, with = RAP_ARENA(1u << 26);
    CHECK_EVERY_LOST_ALLOCATION(to, 1u << 26, 64, run(&to, &with));
    rap_arena_free(&with);
    rap_arena other = RAP_ARENA(1u << 26);
    CHECK_EVERY_LOST_ALLOCATION(to, 1u << 26, 64, run(&other, &to));
    rap_arena_free(&other);
    events = (rap_events){0};
}

static void no_row_of_the_lexicon_hides_another(void **state)
{
    (void)state;
    rap_arena lists = RAP_ARENA(1u << 26);
    rap_act_lexicon acts = {0};
    rap_error err;
    assert_int_equal(rap_act_lexicon_read(&language, &lists, &acts, &err), RAP_OK);
    const rap_frame *first = NULL;
    const uint32_t faults = rap_act_lexicon_faults(&acts, &first);
    if (faults)
        print_message("%u hidden rows, one in %.*s line %u\n", faults,
                      (int)first->file.len, first->file.at, first->line);
    assert_int_equal(faults, 0);
    assert_true(acts.entries > 1000);
    rap_arena_free(&lists);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_subject_acts_on_an_object),
        cmocka_unit_test(a_passive_turns_the_parties_round),
        cmocka_unit_test(a_passive_without_an_agent_is_no_event),
        cmocka_unit_test(a_relative_clause_tells_of_its_antecedent),
        cmocka_unit_test(the_second_of_two_verbs_shares_the_subject),
        cmocka_unit_test(nations_and_owners_stand_for_unnamed_bodies),
        cmocka_unit_test(a_list_names_all_its_members),
        cmocka_unit_test(a_light_verb_carries_the_act_of_its_object),
        cmocka_unit_test(a_nominal_act_needs_its_actor),
        cmocka_unit_test(who_goes_there_to_do_it_does_it_there),
        cmocka_unit_test(who_refuses_must_be_named),
        cmocka_unit_test(what_is_denied_is_told_as_denied),
        cmocka_unit_test(what_is_yet_to_come_has_not_happened),
        cmocka_unit_test(an_owner_acts_without_an_object),
        cmocka_unit_test(what_is_demanded_is_no_act_of_its_own),
        cmocka_unit_test(a_retreat_that_is_demanded_is_told_besides),
        cmocka_unit_test(the_accused_does_what_he_is_accused_of),
        cmocka_unit_test(help_to_come_is_a_promise),
        cmocka_unit_test(what_one_will_not_support_one_rejects),
        cmocka_unit_test(what_did_not_happen_is_denied),
        cmocka_unit_test(an_act_names_the_row_that_made_it),
        cmocka_unit_test(a_meeting_to_come_is_strictly_an_agreement),
        cmocka_unit_test(a_retreat_to_come_is_strictly_a_concession),
        cmocka_unit_test(a_meeting_that_was_not_held_is_strictly_a_rejection),
        cmocka_unit_test(what_happened_is_the_same_by_strict_rules),
        cmocka_unit_test(an_act_keeps_the_words_that_name_its_parties),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(no_row_of_the_lexicon_hides_another),
    };
    return cmocka_run_group_tests(tests, open_lists, close_lists);
}
