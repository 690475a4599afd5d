/* test_party.c - acts of the parties that a report is about, over trees written by hand:
 * nouns and sides that name nobody, answers, what each does to the other. */
#include "trees.h"

#include "event_lexicon_private.h"

#include <stdlib.h>

static rap_language language;
static rap_event_knowledge *lexicon;
static rap_arena arena, scratch;
static rap_events events;
static tree t;

/* Its events come first. */
static const char FOUGHT[] = "Orlind Orlind PROPN 4 nsubj\n"
                             "and and CCONJ 3 cc\n"
                             "Selvia Selvia PROPN 1 conj\n"
                             "fought/past fight VERB 0 root\n";

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

/* What is told after the two parties of the report fought each other. */
static const char *told(const char *words)
{
    static char out[512];
    static char text[TREE_BYTES];
    (void)snprintf(text, sizeof text, "%s%s", FOUGHT, words);
    tree_read(&t, text);
    t.input.strict = strict;
    for (uint32_t i = 0; i < t.names.actors; i++)
        t.actor[i].code = t.actor[i].country = t.actor[i].name;
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

/* ---- the report's parties ---------------------------------------------------------- */

static void a_truce_that_names_nobody_is_the_parties(void **state)
{
    (void)state;
    assert_string_equal(told("The the DET 6 det\n"
                             "truce truce NOUN 7 nsubj\n"
                             "held/past hold VERB 0 root"),
                        "ASSAULT Orlind+Selvia>; RETREAT/ceasefire Orlind+Selvia>");
}

static void a_new_war_is_not_the_one_told_of(void **state)
{
    (void)state;
    assert_string_equal(told("A a DET 7 det\n"
                             "new new ADJ 7 amod\n"
                             "war war NOUN 8 nsubj\n"
                             "loomed/past loom VERB 0 root"),
                        "ASSAULT Orlind+Selvia>");
}

static void an_act_between_them_is_the_parties(void **state)
{
    (void)state;
    assert_string_equal(told("Talks talk NOUN 8 nsubj\n"
                             "between between ADP 7 case\n"
                             "them they PRON 5 nmod\n"
                             "failed/past fail VERB 0 root"),
                        "ASSAULT Orlind+Selvia>; CONSULT Orlind+Selvia>");
}

static void a_mediator_serves_both(void **state)
{
    (void)state;
    assert_string_equal(told("Halden Halden PROPN 6 nsubj\n"
                             "brokered/past broker VERB 0 root\n"
                             "a a DET 8 det\n"
                             "truce truce NOUN 6 obj"),
                        "ASSAULT Orlind+Selvia>; CONSULT/third-party "
                        "Halden>Orlind+Selvia");
}

static void a_party_continues_talks_with_the_other(void **state)
{
    (void)state;
    assert_string_equal(told("Selvia Selvia PROPN 6 nsubj\n"
                             "resumed/past resume VERB 0 root\n"
                             "the the DET 8 det\n"
                             "talks talk NOUN 6 obj"),
                        "ASSAULT Orlind+Selvia>; CONSULT Selvia+Orlind>");
}

static void without_two_that_stand_out_nobody_is_supplied(void **state)
{
    (void)state;
    assert_string_equal(told("Halden Halden PROPN 8 nsubj\n"
                             "and and CCONJ 7 cc\n"
                             "Orlind Orlind PROPN 5 conj\n"
                             "fought/past fight VERB 0 root\n"
                             "The the DET 10 det\n"
                             "truce truce NOUN 11 nsubj\n"
                             "held/past hold VERB 0 root"),
                        "ASSAULT Orlind+Selvia>; ASSAULT Halden+Orlind>");
}

static void who_calls_for_an_end_of_his_war_strictly_agrees(void **state)
{
    (void)state;
    static const char call[] = "Orlind Orlind PROPN 6 nsubj\n"
                               "called/past call VERB 0 root\n"
                               "for for ADP 8 case\n"
                               "peace peace NOUN 6 obl\n";
    assert_string_equal(told(call), "ASSAULT Orlind+Selvia>; REQUEST/yield Orlind>");
    strict = true;
    assert_string_equal(told(call), "ASSAULT Orlind+Selvia>; AGREE Orlind>");
    strict = false;
}

static void talks_are_not_supplied_to_those_who_never_talked(void **state)
{
    (void)state;
    /* three coordinations, no act between them */
    tree_read(&t, "Orlind Orlind PROPN 4 nsubj\n"
                  "and and CCONJ 3 cc\n"
                  "Selvia Selvia PROPN 1 conj\n"
                  "slept/past sleep VERB 0 root\n"
                  "Orlind Orlind PROPN 8 nsubj\n"
                  "and and CCONJ 7 cc\n"
                  "Selvia Selvia PROPN 5 conj\n"
                  "slept/past sleep VERB 0 root\n"
                  "Orlind Orlind PROPN 12 nsubj\n"
                  "and and CCONJ 11 cc\n"
                  "Selvia Selvia PROPN 9 conj\n"
                  "slept/past sleep VERB 0 root\n"
                  "The the DET 14 det\n"
                  "war war NOUN 15 nsubj\n"
                  "ended/past end VERB 0 root");
    for (uint32_t i = 0; i < t.names.actors; i++)
        t.actor[i].code = t.actor[i].country = t.actor[i].name;
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    arena = scratch = RAP_ARENA(1u << 26);
    assert_int_equal(run(&arena, &scratch), RAP_OK);
    assert_int_equal(events.count, 0);
}

/* ---- answers ----------------------------------------------------------------------- */

static void what_is_refused_is_the_proposers(void **state)
{
    (void)state;
    assert_string_equal(told("Halden Halden PROPN 6 nsubj\n"
                             "proposed/past propose VERB 0 root\n"
                             "a a DET 8 det\n"
                             "plan plan NOUN 6 obj\n"
                             "Selvia Selvia PROPN 10 nsubj\n"
                             "rejected/past reject VERB 0 root\n"
                             "it it PRON 10 obj"),
                        "ASSAULT Orlind+Selvia>; REQUEST Halden>Orlind+Selvia; REJECT "
                        "Selvia>Halden");
}

static void each_accuses_the_other(void **state)
{
    (void)state;
    assert_string_equal(told("Halden Halden PROPN 8 nsubj\n"
                             "and and CCONJ 7 cc\n"
                             "Ulm Ulm PROPN 5 conj\n"
                             "condemned/past condemn VERB 0 root\n"
                             "each each DET 8 obj\n"
                             "other other ADJ 9 fixed"),
                        "ASSAULT Orlind+Selvia>; ACCUSE/disapprove Halden>Ulm; "
                        "ACCUSE/disapprove Ulm>Halden");
}

static void the_army_whose_owner_is_described_is_his(void **state)
{
    (void)state;
    assert_string_equal(told("Ulm Ulm PROPN 5 dep\n"
                             ", , PUNCT 8 punct\n"
                             "whose whose PRON 8 nmod:poss\n"
                             "army army NOUN 9 nsubj\n"
                             "attacked/past attack VERB 5 acl:relcl\n"
                             "Halden Halden PROPN 9 obj"),
                        "ASSAULT Orlind+Selvia>; ASSAULT Ulm>Halden");
}

static void every_allocation_of_two_readings_may_fail(void **state)
{
    (void)state;
    (void)told("Halden Halden PROPN 6 nsubj\n"
               "brokered/past broker VERB 0 root\n"
               "a a DET 8 det\n"
               "truce truce NOUN 6 obj");
    rap_arena to, with = RAP_ARENA(1u << 26);
    CHECK_EVERY_LOST_ALLOCATION(to, 1u << 26, 64, run(&to, &with));
    rap_arena_free(&with);
    rap_arena other = RAP_ARENA(1u << 26);
    CHECK_EVERY_LOST_ALLOCATION(to, 1u << 26, 64, run(&other, &to));
    rap_arena_free(&other);
    events = (rap_events){0};
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_truce_that_names_nobody_is_the_parties),
        cmocka_unit_test(a_new_war_is_not_the_one_told_of),
        cmocka_unit_test(an_act_between_them_is_the_parties),
        cmocka_unit_test(a_mediator_serves_both),
        cmocka_unit_test(a_party_continues_talks_with_the_other),
        cmocka_unit_test(without_two_that_stand_out_nobody_is_supplied),
        cmocka_unit_test(who_calls_for_an_end_of_his_war_strictly_agrees),
        cmocka_unit_test(talks_are_not_supplied_to_those_who_never_talked),
        cmocka_unit_test(what_is_refused_is_the_proposers),
        cmocka_unit_test(each_accuses_the_other),
        cmocka_unit_test(the_army_whose_owner_is_described_is_his),
        cmocka_unit_test(every_allocation_of_two_readings_may_fail),
    };
    return cmocka_run_group_tests(tests, open_lists, close_lists);
}
