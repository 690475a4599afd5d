/* test_examples.c - every row of the lexicon of acts has an example, and the example makes
 * an event of the row's type. Tokens, tags and trees are the model's, and another model may
 * misread a few short sentences about invented parties: those are printed, and may be one
 * in twenty. Without a model there is nothing to test. */
#include "check.h"
#include "event.h"
#include "event_lexicon_private.h"

#include <stdlib.h>

static const struct {
    const char *word, *name;
    bool person;
} known[] = {{"Orlind", "Orlind", false},   {"Selvia", "Selvia", false},
             {"Halden", "Halden", false},   {"Arvid", "Arvid", true},
             {"Bruna", "Bruna", true},      {"Selvian", "Selvia", false},
             {"Workers", "workers", false}, {"Students", "students", false},
             {"Farmers", "farmers", false}};
enum { KNOWN = sizeof known / sizeof *known, MOST_WORDS = 64, FEW = 20 };

static rap_language language;
static rap_token_knowledge *token_lists;
static rap_syntax_knowledge *syntax_lists;
static rap_event_knowledge *lexicon;
static rap_arena lists, arena, scratch;
static rap_act_lexicon acts;

static int open_lists(void **state)
{
    (void)state;
    rap_error err;
    lists = RAP_ARENA(1u << 26);
    if (rap_language_open("en", &language, &err)) return 1;
    if (rap_token_open(&language, &token_lists, &err)) return 1;
    if (rap_syntax_open(&language, &syntax_lists, &err)) return 1;
    if (rap_act_lexicon_read(&language, &lists, &acts, &err)) return 1;
    return rap_event_open(&language, &lexicon, &err) != RAP_OK;
}

static int close_lists(void **state)
{
    (void)state;
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    rap_arena_free(&lists);
    rap_token_close(token_lists);
    rap_syntax_close(syntax_lists);
    rap_event_close(lexicon);
    return 0;
}

static rap_actor actor[KNOWN];
static rap_mention mention[MOST_WORDS];
static uint32_t at_token[MOST_WORDS];

static void read_names(rap_slice text, const rap_tokens *tokens, rap_names *names)
{
    *names = (rap_names){actor, KNOWN, mention, 0, at_token, "test"};
    for (uint32_t i = 0; i < KNOWN; i++)
        actor[i] =
            (rap_actor){.name = rap_slice_of(known[i].name),
                        .kind = known[i].person ? RAP_ACTOR_PERSON : RAP_ACTOR_STATE,
                        .key = rap_slice_of(known[i].name),
                        .known = true};
    for (uint32_t t = 0; t < tokens->count && t < MOST_WORDS; t++) {
        at_token[t] = RAP_NONE;
        for (uint32_t i = 0; i < KNOWN; i++) {
            if (!rap_slice_is(rap_cut(text, tokens->span[t]), known[i].word)) continue;
            at_token[t] = names->mentions;
            mention[names->mentions++] = (rap_mention){.span = tokens->span[t],
                                                       .head = tokens->span[t],
                                                       .first = t,
                                                       .last = t,
                                                       .actor = i,
                                                       .form = RAP_MENTION_NAME,
                                                       .confidence = 0.95f};
        }
    }
}

/* Does the example make an event of the row's type? `trees` is false without a model. */
static bool holds(const rap_frame *frame, bool *trees)
{
    static rap_zone zone;
    static rap_tokens tokens;
    static rap_syntax syntax;
    static rap_names names;
    rap_error err;
    rap_events events;
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    arena = scratch = RAP_ARENA(1u << 28);
    zone = (rap_zone){.span = {0, frame->example.len}, .kind = RAP_ZONE_BODY};
    const rap_article article = {.text = frame->example, .zone = &zone, .zones = 1};
    assert_int_equal(
        rap_token_run(token_lists, &article, &arena, &scratch, &tokens, &err), RAP_OK);
    assert_int_equal(rap_syntax_run(syntax_lists, &article, &tokens, &arena, &scratch,
                                    &syntax, &err),
                     RAP_OK);
    *trees = syntax.head != NULL;
    read_names(frame->example, &tokens, &names);
    const rap_times times = {
        .main_occasion = RAP_NONE,
        .published = {.earliest = RAP_NO_DAY, .latest = RAP_NO_DAY}};
    const rap_statements statements = {0};
    const rap_event_input input = {&article, &tokens,     &syntax, &names,
                                   &times,   &statements, false};
    assert_int_equal(rap_event_run(lexicon, &input, &arena, &scratch, &events, &err),
                     RAP_OK);
    for (uint32_t i = 0; i < events.count; i++)
        if (strcmp(events.event[i].type, rap_plover_name(frame->type)) == 0)
            return true;
    return false;
}

static void the_example_of_a_row_makes_its_act(void **state)
{
    (void)state;
    uint32_t rows = 0, failed = 0;
    for (uint32_t i = 0; i < acts.frames; i++) {
        const rap_frame *frame = &acts.frame[i];
        if (frame->silent) continue;
        bool trees = false;
        rows++;
        if (holds(frame, &trees)) continue;
        if (!trees) skip();
        failed++;
        print_message("%.*s line %u: %.*s\n", (int)frame->file.len, frame->file.at,
                      frame->line, (int)frame->example.len, frame->example.at);
    }
    print_message("%u of %u rows\n", rows - failed, rows);
    assert_true(failed * FEW <= rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_a_row_makes_its_act)};
    return cmocka_run_group_tests(tests, open_lists, close_lists);
}
