/* test_meeting.c - meetings of own sentences about invented parties, and hostile texts.
 * Tokens and tags are real; actors and times come from the small lists below, so that a
 * change of those stages changes nothing here. */
#include "check.h"
#include "event.h"

#include <stdlib.h>

typedef struct known {
    const char *word;
    const char *name; /* of the actor it stands for; "" stays open */
    rap_actor_kind kind;
    rap_mention_form form;
    bool modifier;
} known;

static const known list[] = {
    {"Arvid", "Arvid", RAP_ACTOR_PERSON, RAP_MENTION_NAME, false},
    {"Bruna", "Bruna", RAP_ACTOR_PERSON, RAP_MENTION_NAME, false},
    {"Corin", "Corin", RAP_ACTOR_PERSON, RAP_MENTION_NAME, false},
    {"Dagny", "Dagny", RAP_ACTOR_PERSON, RAP_MENTION_NAME, false},
    {"Orlind", "Orlind", RAP_ACTOR_STATE, RAP_MENTION_NAME, false},
    {"Selvia", "Selvia", RAP_ACTOR_STATE, RAP_MENTION_NAME, false},
    {"Orlindian", "Orlind", RAP_ACTOR_STATE, RAP_MENTION_NAME, true},
    {"Selvian", "Selvia", RAP_ACTOR_STATE, RAP_MENTION_NAME, true},
    {"Halden", "Halden", RAP_ACTOR_PLACE, RAP_MENTION_NAME, false},
    {"his", "Arvid", RAP_ACTOR_PERSON, RAP_MENTION_PRONOUN, false},
    {"he", "Arvid", RAP_ACTOR_PERSON, RAP_MENTION_PRONOUN, false},
    {"leaders", "leaders", RAP_ACTOR_GROUP, RAP_MENTION_NOMINAL, false},
    {"reporters", "reporters", RAP_ACTOR_GROUP, RAP_MENTION_NOMINAL, false},
    {"commander", "", RAP_ACTOR_PERSON, RAP_MENTION_NOMINAL, false},
};
enum { KNOWN = sizeof list / sizeof *list };

typedef struct day {
    const char *word;
    const char *value;
    rap_timex_type type;
} day;

/* The reports are of Wednesday 2024-03-06. */
static const day days[] = {
    {"Monday", "2024-03-04", RAP_TIMEX_DATE},
    {"Tuesday", "2024-03-05", RAP_TIMEX_DATE},
    {"Wednesday", "2024-03-06", RAP_TIMEX_DATE},
    {"Friday", "2024-03-08", RAP_TIMEX_DATE},
    {"fortnight", "P2W", RAP_TIMEX_DURATION},
    {"week", "P1W", RAP_TIMEX_DURATION},
};
enum { DAYS = sizeof days / sizeof *days };

static rap_token_knowledge *token_lists;
static rap_syntax_knowledge *syntax_lists;
static rap_event_knowledge *lexicon;
static rap_arena layers, arena, scratch;
static rap_event_input input;
static rap_events events;

static int open_lists(void **state)
{
    (void)state;
    rap_language language;
    rap_error err;
    if (rap_language_open("en", &language, &err)) return 1;
    if (rap_token_open(&language, &token_lists, &err)) return 1;
    if (rap_syntax_open(&language, &syntax_lists, &err)) return 1;
    return rap_event_open(&language, &lexicon, &err) != RAP_OK;
}

static int close_lists(void **state)
{
    (void)state;
    rap_arena_free(&layers);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    rap_token_close(token_lists);
    rap_syntax_close(syntax_lists);
    rap_event_close(lexicon);
    return 0;
}

/* ---- layers by the lists above ------------------------------------------------------
 */

static rap_slice word_of(uint32_t token)
{
    return rap_cut(input.article->text, input.tokens->span[token]);
}

static uint32_t actor_named(rap_actor *actor, uint32_t *actors, const known *k)
{
    for (uint32_t i = 0; i < *actors; i++)
        if (rap_slice_is(actor[i].name, k->name)) return i;
    actor[*actors] = (rap_actor){.name = rap_slice_of(k->name),
                                 .kind = k->kind,
                                 .key = rap_slice_of(k->name),
                                 .known = k->kind != RAP_ACTOR_GROUP};
    return (*actors)++;
}

static void fill_names(rap_names *names)
{
    const uint32_t count = input.tokens->count;
    rap_actor *actor = rap_new(&layers, rap_actor, KNOWN);
    rap_mention *mention = rap_new(&layers, rap_mention, count);
    uint32_t *member = rap_new(&layers, uint32_t, 2);
    uint32_t *at_token = rap_new(&layers, uint32_t, count);
    assert_true(actor && mention && member && at_token);
    uint32_t actors = 0;
    for (uint32_t i = 0; i < KNOWN; i++)
        if (list[i].name[0]) actor_named(actor, &actors, &list[i]);
    member[1] = 1; /* Arvid and Bruna */
    for (uint32_t i = 0; i < actors; i++)
        if (rap_slice_is(actor[i].name, "leaders")) {
            actor[i].member = member;
            actor[i].members = 2;
        }
    uint32_t mentions = 0;
    for (uint32_t t = 0; t < count; t++) {
        at_token[t] = RAP_NONE;
        for (uint32_t i = 0; i < KNOWN; i++) {
            if (!rap_slice_is_nocase(word_of(t), list[i].word)) continue;
            const rap_span span = input.tokens->span[t];
            at_token[t] = mentions;
            mention[mentions++] = (rap_mention){
                .span = span,
                .head = span,
                .first = t,
                .last = t,
                .actor =
                    list[i].name[0] ? actor_named(actor, &actors, &list[i]) : RAP_NONE,
                .form = list[i].form,
                .modifier = list[i].modifier,
                .confidence = list[i].form == RAP_MENTION_NAME ? 0.95f : 0.8f};
        }
    }
    *names = (rap_names){actor, actors, mention, mentions, at_token, "test"};
}

static void fill_times(rap_times *times)
{
    const uint32_t count = input.tokens->count;
    rap_timex *timex = rap_new(&layers, rap_timex, count);
    assert_non_null(timex);
    uint32_t n = 0;
    for (uint32_t t = 0; t < count; t++)
        for (uint32_t i = 0; i < DAYS; i++) {
            if (!rap_slice_is(word_of(t), days[i].word)) continue;
            rap_date date;
            const bool dated =
                rap_date_read_iso(rap_slice_of(days[i].value), &date) > 0;
            const rap_day at = dated ? rap_date_earliest(date) : RAP_NO_DAY;
            timex[n++] = (rap_timex){.span = input.tokens->span[t],
                                     .first = t,
                                     .last = t,
                                     .type = days[i].type,
                                     .value = days[i].value,
                                     .earliest = at,
                                     .latest = at,
                                     .confidence = 0.95f};
        }
    const rap_day today = rap_day_of(2024, 3, 6);
    *times = (rap_times){
        .timex = timex,
        .count = n,
        .published = {rap_date_of_day(today), today, today, RAP_BASIS_GIVEN, {0}},
        .made_by = "test"};
}

/* All layers before events, of one body zone a line. */
static void read_layers(rap_slice text)
{
    static rap_article article;
    static rap_tokens tokens;
    static rap_syntax syntax;
    static rap_names names;
    static rap_times times;
    static rap_statements statements;
    static rap_zone zone[8];
    rap_arena_free(&layers);
    layers = RAP_ARENA(1u << 30);
    rap_arena aside = RAP_ARENA(1u << 30);
    uint32_t zones = 0, begin = 0;
    for (uint32_t i = 0; i <= text.len && zones < 8; i++) {
        if (i < text.len && text.at[i] != '\n') continue;
        if (i > begin)
            zone[zones++] = (rap_zone){.span = {begin, i}, .kind = RAP_ZONE_BODY};
        begin = i + 1;
    }
    article = (rap_article){.text = text, .zone = zone, .zones = zones};
    statements = (rap_statements){0};
    input = (rap_event_input){&article, &tokens, &syntax, &names, &times, &statements, false};
    rap_error err;
    assert_int_equal(
        rap_token_run(token_lists, &article, &layers, &aside, &tokens, &err), RAP_OK);
    assert_int_equal(
        rap_syntax_run(syntax_lists, &article, &tokens, &layers, &aside, &syntax, &err),
        RAP_OK);
    rap_arena_free(&aside);
    syntax.head = NULL; /* acts over trees have tests of their own */
    fill_names(&names);
    fill_times(&times);
}

static rap_status run(rap_arena *to, rap_arena *with)
{
    rap_error err;
    return rap_event_run(lexicon, &input, to, with, &events, &err);
}

static void run_text(rap_slice text)
{
    read_layers(text);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    arena = RAP_ARENA(1u << 30);
    scratch = RAP_ARENA(1u << 30);
    assert_int_equal(run(&arena, &scratch), RAP_OK);
}

/* ---- what was found, as one line ----------------------------------------------------
 */

typedef struct line {
    char text[1024];
    size_t used;
} line;

static void put(line *l, rap_slice s)
{
    assert_true(l->used + s.len < sizeof l->text);
    if (s.len) memcpy(l->text + l->used, s.at, s.len);
    l->used += s.len;
    l->text[l->used] = 0;
}

static int by_name(const void *a, const void *b)
{
    const rap_actor *actor = input.names->actor;
    return rap_slice_compare(actor[*(const uint32_t *)a].name,
                             actor[*(const uint32_t *)b].name);
}

/* "Arvid Bruna happened 2024-03-04 @Halden phone ^Corin", events parted by " | ". */
static const char *told(const char *text)
{
    static line l;
    l = (line){.used = 0};
    run_text(rap_slice_of(text));
    for (uint32_t i = 0; i < events.count; i++) {
        const rap_event *e = &events.event[i];
        uint32_t who[64];
        assert_in_range(e->sources, 2, 64);
        memcpy(who, e->source, e->sources * sizeof *who);
        qsort(who, e->sources, sizeof *who, by_name);
        if (i) put(&l, RAP_LIT(" | "));
        for (uint32_t k = 0; k < e->sources; k++) {
            put(&l, input.names->actor[who[k]].name);
            put(&l, RAP_LIT(" "));
        }
        put(&l, rap_slice_of(rap_event_status_name(e->status)));
        if (e->date.value[0]) put(&l, RAP_LIT(" "));
        put(&l, rap_slice_of(e->date.value));
        if (e->place_name.len) put(&l, RAP_LIT(" @"));
        put(&l, e->place_name);
        if (e->mode) put(&l, RAP_LIT(" "));
        put(&l, rap_slice_of(e->mode));
        if (e->host != RAP_NONE) {
            put(&l, RAP_LIT(" ^"));
            put(&l, input.names->actor[e->host].name);
        }
    }
    return l.text;
}

#define TOLD(text, want) assert_string_equal(told(text), (want))

/* ---- behaviour ----------------------------------------------------------------------
 */

static void subject_and_object_of_a_verb_meet(void **state)
{
    (void)state;
    TOLD("Arvid met Bruna.", "Arvid Bruna happened");
    TOLD("Arvid met with Bruna and Corin in Halden on Monday.",
         "Arvid Bruna Corin happened 2024-03-04 @Halden");
    TOLD("Arvid and Bruna met in Halden on Monday.",
         "Arvid Bruna happened 2024-03-04 @Halden");
    TOLD("On Monday, Arvid and Bruna met in Halden.",
         "Arvid Bruna happened 2024-03-04 @Halden");
    TOLD("In Halden, Arvid, Bruna and Corin met.",
         "Arvid Bruna Corin happened @Halden");
    TOLD("Arvid and Bruna have met each other twice.", "Arvid Bruna happened");
    TOLD("Arvid and Bruna have met three times in Halden.",
         "Arvid Bruna happened @Halden");
    TOLD("Arvid of Orlind and Bruna of Selvia met in Halden.",
         "Arvid Bruna happened @Halden");
    TOLD("Corin met Arvid of Orlind and Bruna of Selvia.",
         "Arvid Bruna Corin happened");
    TOLD("Arvid of Zembla and Bruna of Ruria met in Halden.",
         "Arvid Bruna happened @Halden");
    TOLD("The Zemblan Arvid and the Rurian Bruna met.", "Arvid Bruna happened");
    TOLD("Zembla met Bruna.", "");
    TOLD("Arvid met Bruna in the Zemblan capital.", "Arvid Bruna happened");
    TOLD("Arvid met Bruna in Zembla.", "Arvid Bruna happened @Zembla");
    TOLD("Arvid met in Halden on Monday with Bruna.",
         "Arvid Bruna happened 2024-03-04 @Halden");
    TOLD("Corin waited as Arvid met Bruna.", "Arvid Bruna happened");
    TOLD("Arvid and Bruna sat down in Halden.", "Arvid Bruna happened @Halden");
    TOLD("Arvid, who arrived on Monday, met Bruna.", "Arvid Bruna happened");
    TOLD("Corin praised Arvid, who met Bruna.", "Arvid Bruna happened");
    TOLD("Arvid arrived in Halden and met Bruna.", "Arvid Bruna happened");
    TOLD("The leaders met in Halden.", "Arvid Bruna happened @Halden");
    TOLD("Arvid’s rival thanked Corin before Bruna met Dagny.", "Bruna Dagny happened");
}

static void nouns_of_meeting_name_their_parties(void **state)
{
    (void)state;
    TOLD("Talks between Arvid and Bruna ended in Halden.",
         "Arvid Bruna happened @Halden");
    TOLD("A meeting of Arvid, Bruna and Corin took place in Halden on Monday.",
         "Arvid Bruna Corin happened 2024-03-04 @Halden");
    TOLD("Arvid had a meeting with Bruna on Monday.",
         "Arvid Bruna happened 2024-03-04");
    TOLD("Arvid held talks with Bruna and Corin.", "Arvid Bruna Corin happened");
    TOLD("Arvid and Bruna held talks in Halden.", "Arvid Bruna happened @Halden");
    TOLD("Orlind welcomed Arvid's meeting with Bruna.", "Arvid Bruna happened");
    TOLD("Corin spoke of his meeting with Bruna in Halden.",
         "Arvid Bruna happened @Halden");
    TOLD("The Orlindian-Selvian talks ended.", "Orlind Selvia happened");
    TOLD("The Orlind and Selvia meetings ended.", "");
    TOLD("Arvid spoke to the press after talks with Bruna.", "Arvid Bruna happened");
    TOLD("After talks with Bruna, Arvid left.", "Arvid Bruna happened");
    TOLD("After meeting Bruna, Arvid left.", "Arvid Bruna happened");
    TOLD("Arvid, speaking after talks with Bruna, urged caution.",
         "Arvid Bruna happened");
    TOLD("Arvid flew to Halden for talks with Bruna.", "Arvid Bruna happened visit");
    TOLD("Arvid held separate talks with Bruna and Corin.",
         "Arvid Bruna happened | Arvid Corin happened");
}

static void calls_are_meetings_by_phone(void **state)
{
    (void)state;
    TOLD("Arvid spoke by phone with Bruna on Monday.",
         "Arvid Bruna happened 2024-03-04 phone");
    TOLD("Arvid had a telephone call with Bruna.", "Arvid Bruna happened phone");
    assert_string_equal(events.event[0].cameo, "041");
    TOLD("Arvid and Bruna spoke on the phone.", "Arvid Bruna happened phone");
    TOLD("Arvid and Bruna spoke on the steps.", "");
    TOLD("Arvid held separate phone calls with Bruna and Corin.",
         "Arvid Bruna happened phone | Arvid Corin happened phone");
}

static void hosts_are_told_apart(void **state)
{
    (void)state;
    TOLD("Corin hosted talks between Arvid and Bruna.", "Arvid Bruna happened ^Corin");
    TOLD("On Monday Corin was mediating talks between Arvid and Bruna.",
         "Arvid Bruna happened ^Corin");
    TOLD("Corin offered to mediate talks between Arvid and Bruna.",
         "Arvid Bruna proposed ^Corin");
    TOLD("Corin received Arvid in Halden.", "Arvid Corin happened @Halden ^Corin");
    TOLD("Arvid was received by Corin.", "Arvid Corin happened ^Corin");
    TOLD("Arvid and Bruna met under the mediation of Corin.",
         "Arvid Bruna happened ^Corin");
    TOLD("Arvid and Bruna held trilateral talks with Corin.",
         "Arvid Bruna Corin happened third-party");
}

static void status_follows_the_words_around(void **state)
{
    (void)state;
    TOLD("Arvid is to meet Bruna on Friday.", "Arvid Bruna planned 2024-03-08");
    TOLD("Arvid will meet Bruna.", "Arvid Bruna planned");
    TOLD("Arvid is to fly to Halden for talks with Bruna.",
         "Arvid Bruna planned visit");
    TOLD("Arvid flew to Halden to meet Bruna.", "Arvid Bruna happened");
    TOLD("Arvid and Bruna are scheduled to meet in Halden.",
         "Arvid Bruna planned @Halden");
    TOLD("Arvid and Bruna meet on Friday.", "Arvid Bruna planned 2024-03-08");
    TOLD("Arvid refused to meet Bruna.", "Arvid Bruna denied");
    TOLD("Arvid did not meet Bruna.", "Arvid Bruna denied");
    TOLD("A meeting between Arvid and Bruna was cancelled.", "Arvid Bruna denied");
    TOLD("Talks between Arvid and Bruna will resume on Friday.",
         "Arvid Bruna planned 2024-03-08");
    TOLD("The visit would be followed by a summit between Arvid and Bruna.",
         "Arvid Bruna planned multilateral");
    TOLD("Arvid proposed a meeting with Bruna.", "Arvid Bruna proposed");
    TOLD("Arvid called for talks with Bruna.", "Arvid Bruna proposed");
    TOLD("Corin asked Arvid to meet Bruna.", "Arvid Bruna proposed");
    TOLD("Arvid could meet Bruna.", "Arvid Bruna hypothetical");
    TOLD("If Arvid and Bruna meet, the war may end.", "Arvid Bruna hypothetical");
    TOLD("Officials who declined to be named said that Arvid met Bruna.",
         "Arvid Bruna happened");
}

static void one_party_makes_no_meeting(void **state)
{
    (void)state;
    TOLD("Arvid met the deadline.", "");
    TOLD("Arvid and Bruna met reporters.", "");
    TOLD("Arvid and Bruna met the demands of the strikers.", "");
    TOLD("Arvid met Bruna's envoy.", "");
    TOLD("The commander met Bruna.", "");
    TOLD("A meeting in Halden ended.", "");
    TOLD("Arvid met Arvid.", "");
    TOLD("Arvid met Halden.", "");
    TOLD("Arvid was met by Orlind protesters.", "");
}

static void a_new_clause_brings_no_party(void **state)
{
    (void)state;
    TOLD("Arvid met Bruna and Corin left.", "Arvid Bruna happened");
    TOLD("After meeting Bruna, Corin and Dagny left.", "Bruna Corin Dagny happened");
    TOLD("After talks with Bruna, Corin and Dagny left.", "Bruna Corin Dagny happened");
    TOLD("Arvid, the president of Orlind, met Bruna.", "Arvid Bruna happened");
}

static void dates_belong_to_their_own_clause(void **state)
{
    (void)state;
    TOLD("Corin said on Monday that Arvid had met Bruna.", "Arvid Bruna happened");
    TOLD("Arvid told the press on Monday a week after his talks with Bruna.",
         "Arvid Bruna happened 2024-02-26");
    TOLD("Arvid met Bruna to discuss the war in Orlind.", "Arvid Bruna happened");
}

static void later_words_repeat_the_meeting(void **state)
{
    (void)state;
    TOLD("Arvid met Bruna in Halden.\nMonday's meeting was short. After the summit "
         "they left. A meeting is an event.",
         "Arvid Bruna happened 2024-03-04 @Halden");
    assert_int_equal(events.event[0].repeats.count, 2);
    TOLD("Arvid met Bruna. The next meeting is in May.", "Arvid Bruna happened");
    assert_int_equal(events.event[0].repeats.count, 0);
}

static void tellings_of_one_meeting_become_one(void **state)
{
    (void)state;
    TOLD("Arvid met Bruna on Monday.\nTalks between Arvid and Bruna took place in "
         "Halden on Monday.",
         "Arvid Bruna happened 2024-03-04 @Halden");
    TOLD("Arvid met Bruna on Monday. Arvid met Bruna on Tuesday.",
         "Arvid Bruna happened 2024-03-04 | Arvid Bruna happened 2024-03-05");
    TOLD("Arvid, Bruna and Corin met on Monday. Arvid and Bruna met on Monday.",
         "Arvid Bruna Corin happened 2024-03-04");
    TOLD("Arvid met Bruna on Monday. Arvid and Bruna met again in Halden.",
         "Arvid Bruna happened 2024-03-04 | Arvid Bruna happened @Halden");
    TOLD("Arvid met Bruna on Monday. Arvid refused to meet Bruna.",
         "Arvid Bruna happened 2024-03-04 | Arvid Bruna denied");
}

static void weak_patterns_are_less_sure(void **state)
{
    (void)state;
    told("Arvid met Bruna on Monday.");
    assert_true(events.event[0].confidence >= 0.95f);
    told("Arvid met Bruna and rebel officers.");
    assert_true(events.event[0].confidence < 0.95f);
    told("Arvid discussed the border with Bruna.");
    assert_int_equal(events.count, 1);
    assert_true(events.event[0].confidence < 0.95f);
    told("The leaders met.");
    assert_true(events.event[0].confidence < 0.95f);
    told("Arvid said he had met Bruna.");
    assert_true(events.event[0].confidence < 0.95f);
    told("Arvid met Bruna in Corin's year.");
    assert_true(events.event[0].confidence >= 0.95f);
    told("Arvid refused to meet Bruna.");
    assert_true(events.event[0].confidence < 0.95f);
}

/* ---- what holds for any text --------------------------------------------------------
 */

static void check_spans(void)
{
    const uint32_t len = input.article->text.len;
    for (uint32_t i = 0; i < events.count; i++) {
        const rap_event *e = &events.event[i];
        assert_true(e->trigger.begin < e->trigger.end && e->trigger.end <= len);
        assert_true(rap_span_holds(e->evidence, e->trigger));
        assert_true(i == 0 || events.event[i - 1].trigger.begin <= e->trigger.begin);
        assert_true(e->confidence >= 0 && e->confidence <= 1);
        assert_true(e->sources >= 2);
        for (uint32_t k = 1; k < e->repeats.count; k++)
            assert_true(e->repeats.at[k - 1].begin <= e->repeats.at[k].begin);
    }
}

static void odd_texts_are_read_without_harm(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "",
        " ",
        "met",
        "with",
        "meeting with",
        "met with and",
        "Arvid met",
        ", , ,",
        "talks between",
        "talks between Arvid and",
        "Arvid's",
        "( Arvid met ( Bruna",
        "and and Arvid and and Bruna met and and",
        "to meet",
        "who met whom",
        "Arvid, Arvid, Arvid, Arvid, met Bruna, Bruna, Bruna,",
        "in",
        "in met in",
        "a week after",
        "a week after talks with Bruna Arvid left"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        run_text(rap_slice_of(odd[i]));
        check_spans();
    }
}

static void run_repeated(const char *part, uint32_t times)
{
    const size_t len = strlen(part);
    char *bytes = malloc(len * times + 1);
    assert_non_null(bytes);
    for (uint32_t i = 0; i < times; i++) memcpy(bytes + i * len, part, len);
    run_text((rap_slice){bytes, (uint32_t)(len * times)});
    check_spans();
    free(bytes);
}

/* Quadratic work would run into the test's time limit. */
static void long_texts_stay_cheap(void **state)
{
    (void)state;
    run_repeated("meeting ", 100000);
    run_repeated("the meeting. ", 100000);
    run_repeated("Arvid met Bruna. ", 30000);
    run_repeated("Arvid and ", 50000);
    run_repeated("Monday met ", 50000);
    run_repeated("talks with Arvid, ", 30000);
}

static const char sample[] =
    "Arvid met Bruna in Halden on Monday. The meeting was short. Arvid held separate "
    "talks with Bruna and Corin. Arvid told the press a week after talks with Dagny.";

static rap_status run_clean(rap_arena *to)
{
    rap_arena with = RAP_ARENA(1 << 24);
    const rap_status status = run(to, &with);
    rap_arena_free(&with);
    if (status) assert_int_equal(events.count, 0);
    return status;
}

static rap_status run_scratch(rap_arena *with)
{
    rap_arena to = RAP_ARENA(1 << 24);
    const rap_status status = run(&to, with);
    rap_arena_free(&to);
    return status;
}

static void survives_every_lost_allocation(void **state)
{
    (void)state;
    read_layers(rap_slice_of(sample));
    rap_arena lossy;
    CHECK_EVERY_LOST_ALLOCATION(lossy, 1 << 24, 100, run_clean(&lossy));
    CHECK_EVERY_LOST_ALLOCATION(lossy, 1 << 24, 100, run_scratch(&lossy));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(subject_and_object_of_a_verb_meet),
        cmocka_unit_test(nouns_of_meeting_name_their_parties),
        cmocka_unit_test(calls_are_meetings_by_phone),
        cmocka_unit_test(hosts_are_told_apart),
        cmocka_unit_test(status_follows_the_words_around),
        cmocka_unit_test(one_party_makes_no_meeting),
        cmocka_unit_test(a_new_clause_brings_no_party),
        cmocka_unit_test(dates_belong_to_their_own_clause),
        cmocka_unit_test(later_words_repeat_the_meeting),
        cmocka_unit_test(tellings_of_one_meeting_become_one),
        cmocka_unit_test(weak_patterns_are_less_sure),
        cmocka_unit_test(odd_texts_are_read_without_harm),
        cmocka_unit_test(long_texts_stay_cheap),
        cmocka_unit_test(survives_every_lost_allocation),
    };
    return cmocka_run_group_tests(tests, open_lists, close_lists);
}
