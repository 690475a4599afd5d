/* test_chain.c - open mentions and unseen pronouns take the actor of their chain. */
#include "check.h"

#include "name.h"

/* "Ruritania said it waits . She , the envoy , left": tokens 0 to 9. */
enum { TOKENS = 10 };

typedef struct given {
    rap_span span[TOKENS];
    rap_actor actor[2];
    rap_mention mention[3];
    rap_coref_mention chain[4];
    rap_names names;
    rap_tokens tokens;
    rap_coref coref;
} given;

static void fill(given *g)
{
    static const uint32_t begin[TOKENS] = {0, 10, 15, 18, 24, 26, 30, 32, 36, 42};
    static const uint32_t end[TOKENS] = {9, 14, 17, 23, 25, 29, 31, 35, 41, 43};
    *g = (given){0};
    for (uint32_t t = 0; t < TOKENS; t++) g->span[t] = (rap_span){begin[t], end[t]};
    g->actor[0] = (rap_actor){.name = RAP_LIT("Ruritania"), .kind = RAP_ACTOR_STATE};
    g->actor[1] = (rap_actor){.name = RAP_LIT("Jane Doe"), .kind = RAP_ACTOR_PERSON};
    g->mention[0] = (rap_mention){.span = {0, 9}, .head = {0, 9}, .confidence = 0.9f};
    g->mention[1] = (rap_mention){.span = {26, 29},
                                  .head = {26, 29},
                                  .first = 5,
                                  .last = 5,
                                  .actor = RAP_NONE,
                                  .form = RAP_MENTION_PRONOUN,
                                  .confidence = 0.3f};
    g->chain[0] = (rap_coref_mention){.before = RAP_NONE, .person = 3};
    g->chain[1] = (rap_coref_mention){.first = 2,
                                      .last = 2,
                                      .head = 2,
                                      .before = 0,
                                      .form = RAP_COREF_PRONOUN,
                                      .gender = RAP_COREF_THING,
                                      .person = 3,
                                      .confidence = 0.9f};
    g->chain[2] = (rap_coref_mention){.first = 5,
                                      .last = 5,
                                      .head = 5,
                                      .before = 1,
                                      .form = RAP_COREF_PRONOUN,
                                      .gender = RAP_COREF_FEMALE,
                                      .person = 3,
                                      .confidence = 0.9f};
    g->names = (rap_names){
        .actor = g->actor, .actors = 2, .mention = g->mention, .mentions = 2};
    g->tokens = (rap_tokens){.count = TOKENS, .span = g->span};
    g->coref = (rap_coref){.mention = g->chain, .mentions = 3, .chains = 1};
}

static rap_names joined(given *g, rap_arena *arena)
{
    rap_arena scratch = RAP_ARENA(1 << 20);
    rap_names out;
    rap_error err;
    *arena = RAP_ARENA(1 << 20);
    assert_int_equal(
        rap_name_join(&g->names, &g->coref, &g->tokens, arena, &scratch, &out, &err),
        RAP_OK);
    rap_arena_free(&scratch);
    return out;
}

static void a_pronoun_without_a_mention_becomes_one(void **state)
{
    (void)state;
    given g;
    rap_arena arena;
    fill(&g);
    const rap_names out = joined(&g, &arena);
    assert_int_equal(out.mentions, 3);
    assert_int_equal(out.mention[1].first, 2);
    assert_int_equal(out.mention[1].actor, 0);
    assert_int_equal(out.mention[1].form, RAP_MENTION_PRONOUN);
    assert_true(out.mention[1].confidence > 0.8f && out.mention[1].confidence < 0.82f);
    assert_int_equal(out.at_token[2], 1);
    assert_int_equal(out.at_token[5], 2);
    rap_arena_free(&arena);
}

static void a_link_of_an_unfitting_kind_is_not_followed(void **state)
{
    (void)state;
    given g;
    rap_arena arena;
    fill(&g);
    const rap_names out = joined(&g, &arena);
    assert_int_equal(out.mention[2].actor, RAP_NONE); /* she is no state */
    rap_arena_free(&arena);
}

static void an_open_mention_takes_the_actor_of_its_chain(void **state)
{
    (void)state;
    given g;
    rap_arena arena;
    fill(&g);
    g.mention[0].actor = 1;
    g.chain[1].gender = RAP_COREF_FEMALE;
    const rap_names out = joined(&g, &arena);
    assert_int_equal(out.mention[2].actor, 1);
    rap_arena_free(&arena);
}

static void what_is_not_likely_stays_open(void **state)
{
    (void)state;
    given g;
    rap_arena arena;
    fill(&g);
    g.chain[1].confidence = 0.5f;
    const rap_names out = joined(&g, &arena);
    assert_int_equal(out.mentions, 2);
    rap_arena_free(&arena);
}

static void without_chains_names_stay_as_they_are(void **state)
{
    (void)state;
    given g;
    rap_arena arena;
    fill(&g);
    g.coref.mentions = 0;
    const rap_names out = joined(&g, &arena);
    assert_ptr_equal(out.mention, g.names.mention);
    assert_int_equal(out.mentions, 2);
    rap_arena_free(&arena);
}

static void every_lost_allocation_is_reported(void **state)
{
    (void)state;
    given g;
    fill(&g);
    rap_arena arena, scratch = RAP_ARENA(1 << 20);
    rap_names out;
    rap_error err;
    CHECK_EVERY_LOST_ALLOCATION(
        arena, 1 << 20, 20,
        rap_name_join(&g.names, &g.coref, &g.tokens, &arena, &scratch, &out, &err));
    rap_arena_free(&scratch);
    arena = RAP_ARENA(1 << 20);
    CHECK_EVERY_LOST_ALLOCATION(
        scratch, 1 << 20, 20,
        rap_name_join(&g.names, &g.coref, &g.tokens, &arena, &scratch, &out, &err));
    rap_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pronoun_without_a_mention_becomes_one),
        cmocka_unit_test(a_link_of_an_unfitting_kind_is_not_followed),
        cmocka_unit_test(an_open_mention_takes_the_actor_of_its_chain),
        cmocka_unit_test(what_is_not_likely_stays_open),
        cmocka_unit_test(without_chains_names_stay_as_they_are),
        cmocka_unit_test(every_lost_allocation_is_reported)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
