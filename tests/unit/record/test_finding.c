/* test_finding.c - documents, commitments, positions, meetings and details in one text. */
#include "check.h"

#include "finding.h"
#include "text.h"

enum { MOST_ZONES = 16, BYTES = 64 << 20 };

static const char own[] =
    "state\tValdoria\tVLD\t\tGOV\t\tValdorian\tValdorian/Valdorians\tAldenport\n"
    "state\tKestria\tKST\t\tGOV\t\tKestrian\tKestrian/Kestrians\tTessany\n"
    "person\tEdda Ekholm\tVLD\tVLD\tGOV\t\tpresident\tf\n";

typedef struct reading { /* one text, read up to the events */
    rap_calendar calendar;
    rap_language language;
    rap_token_knowledge *token;
    rap_syntax_knowledge *syntax;
    rap_coref_knowledge *coref;
    rap_name_knowledge *name;
    rap_time_knowledge *time;
    rap_statement_knowledge *statement;
    rap_event_knowledge *event;
    rap_finding_knowledge *finding;
    rap_article article;
    rap_zone zone[MOST_ZONES];
    rap_tokens tokens;
    rap_syntax syntaxes;
    rap_coref chains;
    rap_names names;
    rap_times times;
    rap_statements statements;
    rap_events events;
    rap_arena arena, scratch;
} reading;

static reading r;
static rap_findings found;

static int open_all(void **state)
{
    (void)state;
    rap_error err;
    assert_int_equal(rap_language_open("en", &r.language, &err), RAP_OK);
    assert_int_equal(rap_calendar_open(&r.language, &r.calendar, &err), RAP_OK);
    assert_int_equal(rap_token_open(&r.language, &r.token, &err), RAP_OK);
    assert_int_equal(rap_syntax_open(&r.language, &r.syntax, &err), RAP_OK);
    assert_int_equal(rap_coref_open(&r.language, &r.coref, &err), RAP_OK);
    if (rap_name_open(&r.language, rap_slice_of(own), "own", &r.name, &err))
        fail_msg("%s", err.text);
    assert_int_equal(rap_time_open(&r.language, &r.calendar, &r.time, &err), RAP_OK);
    assert_int_equal(rap_statement_open(&r.language, &r.statement, &err), RAP_OK);
    assert_int_equal(rap_event_open(&r.language, &r.event, &err), RAP_OK);
    assert_int_equal(rap_finding_open(&r.language, RAP_LIT(""), "", &r.finding, &err),
                     RAP_OK);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    rap_finding_close(r.finding);
    rap_event_close(r.event);
    rap_statement_close(r.statement);
    rap_time_close(r.time);
    rap_name_close(r.name);
    rap_coref_close(r.coref);
    rap_syntax_close(r.syntax);
    rap_token_close(r.token);
    rap_calendar_close(&r.calendar);
    rap_arena_free(&r.arena);
    rap_arena_free(&r.scratch);
    return 0;
}

/* Paragraphs, one a line, become zones of the body; published on 12 June 2031. */
static void cut_zones(rap_slice text)
{
    r.article = (rap_article){.text = text, .zone = r.zone, .language = "en"};
    const rap_date day = {2031, 6, 12, RAP_PRECISION_DAY};
    r.article.published = (rap_published){
        day, rap_date_earliest(day), rap_date_latest(day), RAP_BASIS_GIVEN, {0}};
    for (uint32_t at = 0; at < text.len && r.article.zones < MOST_ZONES;) {
        const uint32_t end = rap_slice_find(text, RAP_LIT("\n"), at);
        if (end > at)
            r.zone[r.article.zones++] = (rap_zone){
                .span = {at, end}, .kind = RAP_ZONE_BODY, .duplicate_of = RAP_NONE};
        at = end + 1;
    }
}

#define STAGE(call) assert_int_equal((call), RAP_OK), rap_arena_clear(&r.scratch)

static rap_finding_input layers_of(const char *text)
{
    rap_error err;
    rap_arena_free(&r.arena);
    rap_arena_free(&r.scratch);
    r.arena = RAP_ARENA(BYTES);
    r.scratch = RAP_ARENA(BYTES);
    cut_zones(rap_slice_of(text));
    rap_arena *arena = &r.arena, *scratch = &r.scratch;
    STAGE(rap_token_run(r.token, &r.article, arena, scratch, &r.tokens, &err));
    STAGE(rap_syntax_run(r.syntax, &r.article, &r.tokens, arena, scratch, &r.syntaxes,
                         &err));
    STAGE(rap_coref_run(r.coref, &r.article, &r.tokens, &r.syntaxes, arena, scratch,
                        &r.chains, &err));
    STAGE(rap_name_run(r.name, &r.article, &r.tokens, &r.syntaxes, arena, scratch,
                       &r.names, &err));
    STAGE(rap_time_run(r.time, &r.article, &r.tokens, &r.syntaxes, arena, scratch,
                       &r.times, &err));
    const rap_statement_input said = {&r.article, &r.tokens, &r.syntaxes, &r.names,
                                      &r.times};
    STAGE(rap_statement_run(r.statement, &said, arena, scratch, &r.statements, &err));
    const rap_event_input done = {&r.article, &r.tokens,     &r.syntaxes, &r.names,
                                  &r.times,   &r.statements, false};
    STAGE(rap_event_run(r.event, &done, arena, scratch, &r.events, &err));
    return (rap_finding_input){&r.article, &r.tokens,     &r.syntaxes, &r.names,
                               &r.times,   &r.statements, &r.events,   &r.chains};
}

static void read(const char *text)
{
    rap_error err;
    const rap_finding_input in = layers_of(text);
    assert_int_equal(
        rap_finding_run(r.finding, &in, &r.arena, &r.scratch, &found, &err), RAP_OK);
}

static const rap_finding *first_of(rap_entry_kind kind)
{
    for (uint32_t i = 0; i < found.count; i++)
        if (found.finding[i].kind == kind) return &found.finding[i];
    fail_msg("no %s", rap_entry_kind_name(kind));
    return NULL;
}

static uint32_t count_of(rap_entry_kind kind)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < found.count; i++) n += found.finding[i].kind == kind;
    return n;
}

static bool has_party(const rap_finding *f, const char *name)
{
    for (uint32_t i = 0; i < f->who_count; i++)
        if (rap_slice_is(r.names.actor[f->who[i]].name, name)) return true;
    return false;
}

/* ---- tests --------------------------------------------------------------------------
 */

static void a_promise_binds_its_speaker(void **state)
{
    (void)state;
    read("Kestria has promised to return the captured boats by 30 June 2031.");
    const rap_finding *c = first_of(RAP_ENTRY_COMMITMENT);
    assert_true(has_party(c, "Kestria"));
    assert_string_equal(c->due, "2031-06-30");
    assert_string_equal(c->due_basis, "stated");
}

static void a_term_counts_from_the_day_of_its_document(void **state)
{
    (void)state;
    read("Valdoria and Kestria signed the harbour agreement on 10 June 2031.\n"
         "Under the agreement, Kestria must withdraw its boats within 30 days.");
    const rap_finding *c = first_of(RAP_ENTRY_COMMITMENT);
    assert_true(has_party(c, "Kestria"));
    assert_string_equal(c->due, "2031-07-10");
    assert_string_equal(c->due_basis, "computed");
}

static void a_term_does_not_run_from_a_day_of_something_else(void **state)
{
    (void)state;
    read("Under the harbour agreement, whose text was printed on 1 April 2031, Kestria "
         "must withdraw its boats within 30 days.");
    assert_string_equal(first_of(RAP_ENTRY_COMMITMENT)->due, "");
}

static void a_party_that_only_describes_the_subject_owes_nothing(void **state)
{
    (void)state;
    read("An office chaired by Kestria must be opened by 30 June 2031.");
    assert_false(has_party(first_of(RAP_ENTRY_COMMITMENT), "Kestria"));
}

static void a_term_without_a_beginning_stays_open(void **state)
{
    (void)state;
    read("Under the agreement, Kestria must withdraw its boats within 30 days.");
    assert_string_equal(first_of(RAP_ENTRY_COMMITMENT)->due, "");
}

static void a_demand_is_no_commitment_of_him_who_is_asked(void **state)
{
    (void)state;
    read("“Kestria must leave the islands,” the Valdorian president said.");
    assert_int_equal(count_of(RAP_ENTRY_COMMITMENT), 0);
}

static void a_refusal_is_a_position_on_an_issue(void **state)
{
    (void)state;
    read("Kestria rejected a withdrawal of its forces from the islands.");
    const rap_finding *p = first_of(RAP_ENTRY_POSITION);
    assert_true(has_party(p, "Kestria"));
    assert_string_equal(p->stance, "rejects");
    assert_true(rap_slice_is(p->name, "withdrawal of forces"));
}

static void what_is_denied_turns_round(void **state)
{
    (void)state;
    read("Kestria will not accept a withdrawal of its forces.");
    assert_string_equal(first_of(RAP_ENTRY_POSITION)->stance, "rejects");
}

static void a_verb_and_its_particle_may_be_parted(void **state)
{
    (void)state;
    read("Kestria turned the border plan down on Monday.");
    const rap_finding *p = first_of(RAP_ENTRY_POSITION);
    assert_true(has_party(p, "Kestria"));
    assert_string_equal(p->stance, "rejects");
}

static void what_one_is_to_be_moved_to_do_is_no_position(void **state)
{
    (void)state;
    read("The mediators tried to convince Kestria to accept the border line.\n"
         "President Edda Ekholm denied that boats had crossed the border.");
    assert_int_equal(count_of(RAP_ENTRY_POSITION), 0);
}

static void a_verb_of_stance_counts_behind_its_auxiliaries(void **state)
{
    (void)state;
    read("Kestria has repeatedly vowed to disarm the island guards.");
    assert_string_equal(first_of(RAP_ENTRY_POSITION)->stance, "supports");
    read("Kestria has vowed never to recognise the island government.");
    assert_string_equal(first_of(RAP_ENTRY_POSITION)->stance, "rejects");
}

static void a_noun_of_stance_is_its_owners(void **state)
{
    (void)state;
    read("The mediators noted Kestria's opposition to a referendum.");
    const rap_finding *p = first_of(RAP_ENTRY_POSITION);
    assert_true(has_party(p, "Kestria"));
    assert_string_equal(p->stance, "opposes");
    assert_true(rap_slice_is(p->name, "elections"));
}

static void each_member_of_a_list_is_a_position(void **state)
{
    (void)state;
    read("Valdoria and Kestria agreed to exchange all prisoners and to withdraw their "
         "troops.");
    assert_int_equal(count_of(RAP_ENTRY_POSITION), 2);
}

static void several_keep_what_they_are_called_together(void **state)
{
    (void)state;
    read("Valdoria and Kestria signed the harbour agreement on 10 June 2031.\n"
         "The two sides rejected a referendum. Valdoria and Kestria support a "
         "ceasefire.");
    uint32_t called = 0;
    for (uint32_t i = 0; i < found.count; i++) {
        const rap_finding *p = &found.finding[i];
        if (p->kind != RAP_ENTRY_POSITION) continue;
        assert_int_equal(p->who_count, 2);
        called += rap_slice_is(p->called, "The two sides");
        if (!strcmp(p->stance, "supports")) assert_int_equal(p->called.len, 0);
    }
    assert_int_equal(called, 1);
}

static void a_noun_before_a_relative_clause_is_its_subject(void **state)
{
    (void)state;
    read("It was Kestria that rejected the referendum.");
    assert_true(has_party(first_of(RAP_ENTRY_POSITION), "Kestria"));
}

static void what_is_only_supposed_is_no_position(void **state)
{
    (void)state;
    read("Kestria might accept a referendum, and Valdoria should support a ceasefire.");
    assert_int_equal(count_of(RAP_ENTRY_POSITION), 0);
}

static void to_suggest_that_something_is_so_proposes_nothing(void **state)
{
    (void)state;
    read("Kestria suggested that the referendum was a fraud.");
    for (uint32_t i = 0; i < found.count; i++)
        if (found.finding[i].kind == RAP_ENTRY_POSITION)
            assert_string_not_equal(found.finding[i].stance, "proposes");
}

static void a_person_sent_away_is_no_matter_rejected(void **state)
{
    (void)state;
    read("Shells fell on the border posts. President Edda Ekholm on Friday dismissed "
         "Ivo Sorel as her deputy and named Mila Brandt in his place.");
    assert_int_equal(count_of(RAP_ENTRY_POSITION), 0);
}

static void a_place_names_no_matter(void **state)
{
    (void)state;
    read("In Port Aldenport, Kestria urged Valdoria to go back to the table.");
    assert_true(rap_slice_is(first_of(RAP_ENTRY_POSITION)->name, "talks"));
}

static void what_another_says_beside_it_is_not_the_matter(void **state)
{
    (void)state;
    read("Kestria welcomed the step, and President Edda Ekholm said the border talks "
         "should go on. Kestria promised to protect civilians.");
    const rap_finding *p = first_of(RAP_ENTRY_POSITION);
    assert_true(has_party(p, "Kestria"));
    bool civilians = false;
    for (uint32_t i = 0; i < found.count; i++)
        civilians |= rap_slice_is(found.finding[i].name, "protection of civilians");
    assert_true(civilians);
}

static void what_one_undertakes_not_to_do_is_no_other_matter(void **state)
{
    (void)state;
    read("Valdoria wants a legally binding accord. In spring Kestria undertook not to "
         "cause "
         "significant harm to its neighbours.");
    for (uint32_t i = 0; i < found.count; i++)
        if (found.finding[i].kind == RAP_ENTRY_POSITION)
            assert_string_not_equal(found.finding[i].stance, "rejects");
}

static void an_office_holder_speaks_for_his_state(void **state)
{
    (void)state;
    read("Valdoria waited. President Edda Ekholm rejected the border line.");
    const rap_finding *p = first_of(RAP_ENTRY_POSITION);
    assert_int_equal(p->whom_count, 1);
    assert_true(rap_slice_is(r.names.actor[p->whom[0]].name, "Valdoria"));
}

static rap_status learn(const char *issues, rap_error *err)
{
    rap_finding_close(r.finding);
    r.finding = NULL;
    const rap_status status =
        rap_finding_open(&r.language, rap_slice_of(issues), "own", &r.finding, err);
    return status;
}

static void own_issues_win_and_rename_those_of_the_lists(void **state)
{
    (void)state;
    rap_error err;
    assert_int_equal(
        learn("# islands\nHarbour\tferry traffic|port\nForces\twithdrawal of forces\n",
              &err),
        RAP_OK);
    read("Kestria rejected a withdrawal of its forces from the islands.");
    assert_true(rap_slice_is(first_of(RAP_ENTRY_POSITION)->name, "Forces"));
    read("Kestria rejected a ceasefire at the port.");
    assert_true(rap_slice_is(first_of(RAP_ENTRY_POSITION)->name, "Harbour"));
    assert_int_equal(learn("", &err), RAP_OK);
}

static void a_bad_row_of_issues_is_named(void **state)
{
    (void)state;
    static const char *const bad[] = {"A\tx\n\tport\n",
                                      "A\tx\nB\tone two three four five six seven\n",
                                      "A\tx\nB\xff\tport\n"};
    rap_error err;
    for (uint32_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(learn(bad[i], &err), RAP_E_INPUT);
        assert_non_null(strstr(err.text, "own line 2"));
    }
    assert_int_equal(learn("", &err), RAP_OK);
}

static void a_mention_is_no_position(void **state)
{
    (void)state;
    read("The ferry between Valdoria and Kestria leaves at noon.");
    assert_int_equal(count_of(RAP_ENTRY_POSITION), 0);
    assert_int_equal(count_of(RAP_ENTRY_COMMITMENT), 0);
}

static void one_document_by_several_names_is_one(void **state)
{
    (void)state;
    read("Valdoria and Kestria signed the harbour agreement on 10 June 2031.\n"
         "The agreement opens two ports. The text says nothing of islands.");
    assert_int_equal(count_of(RAP_ENTRY_DOCUMENT), 1);
    const rap_finding *d = first_of(RAP_ENTRY_DOCUMENT);
    assert_int_equal(d->evidence.count, 3);
    assert_true(has_party(d, "Valdoria") && has_party(d, "Kestria"));
    assert_string_equal(d->date.value, "2031-06-10");
}

static void another_document_of_the_kind_stays_apart(void **state)
{
    (void)state;
    read("Valdoria and Kestria signed the harbour agreement on 10 June 2031.\n"
         "A separate agreement on fishing rights is to follow.");
    assert_int_equal(count_of(RAP_ENTRY_DOCUMENT), 2);
}

static void a_kind_of_document_is_none(void **state)
{
    (void)state;
    read("Valdoria does not want to conclude international agreements with Kestria.\n"
         "It waits for future treaties on fishing.");
    assert_int_equal(count_of(RAP_ENTRY_DOCUMENT), 0);
}

static void a_document_has_the_day_of_what_is_said_in_it(void **state)
{
    (void)state;
    read("In a statement on 10 June 2031, President Edda Ekholm said that the port "
         "would open.");
    const rap_finding *d = first_of(RAP_ENTRY_DOCUMENT);
    assert_string_equal(d->date.value, "2031-06-10");
}

static void a_day_makes_a_meeting_without_names(void **state)
{
    (void)state;
    read("A further round of talks is planned for 20 June 2031.");
    const rap_finding *m = first_of(RAP_ENTRY_MEETING);
    assert_string_equal(m->status, "planned");
    assert_string_equal(m->date.value, "2031-06-20");
    read("The day after the summit it rained.");
    assert_int_equal(count_of(RAP_ENTRY_MEETING), 0);
}

static const rap_finding *nth_meeting(uint32_t n)
{
    for (uint32_t i = 0; i < found.count; i++)
        if (found.finding[i].kind == RAP_ENTRY_MEETING && !n--)
            return &found.finding[i];
    fail_msg("no such meeting");
    return NULL;
}

static bool is_host(const rap_finding *m, const char *name)
{
    for (uint32_t i = 0; i < m->host_count; i++)
        if (rap_slice_is(r.names.actor[m->host[i]].name, name)) return true;
    return false;
}

static void what_is_told_again_is_the_same_meeting(void **state)
{
    (void)state;
    read("Valdoria and Kestria met in Norvik on 10 June 2031.\n"
         "President Edda Ekholm called the meeting useful. After the talks she went "
         "home.");
    assert_int_equal(count_of(RAP_ENTRY_MEETING), 1);
    const rap_finding *m = nth_meeting(0);
    assert_string_equal(m->date.value, "2031-06-10");
    assert_true(has_party(m, "Valdoria") && has_party(m, "Kestria"));
    assert_false(has_party(m, "Edda Ekholm"));
}

static void another_round_is_another_meeting(void **state)
{
    (void)state;
    read("Valdoria and Kestria met in Norvik on 10 June 2031.\n"
         "They will meet again on 20 July 2031.");
    assert_int_equal(count_of(RAP_ENTRY_MEETING), 2);
    assert_string_equal(nth_meeting(1)->date.value, "2031-07-20");
    assert_true(has_party(nth_meeting(1), "Valdoria"));
}

static void the_first_since_tells_of_the_one_before(void **state)
{
    (void)state;
    read(
        "Valdoria and Kestria signed a statement after the summit, their first meeting "
        "since May 2029.");
    const rap_finding *m = first_of(RAP_ENTRY_MEETING);
    assert_string_equal(m->date.value, "2029-05");
    assert_true(has_party(m, "Valdoria") && has_party(m, "Kestria"));
}

static void who_holds_it_is_its_host(void **state)
{
    (void)state;
    read("Valdoria and Kestria held talks in Norvik on 10 June 2031.\n"
         "The talks were hosted by President Edda Ekholm.");
    assert_int_equal(count_of(RAP_ENTRY_MEETING), 1);
    assert_true(is_host(nth_meeting(0), "Edda Ekholm"));
}

static void a_parliament_meets_for_its_land(void **state)
{
    (void)state;
    read("Valdoria waits.\n"
         "The Valdorian parliament adopted a statement during an emergency session on "
         "10 June 2031.");
    assert_true(has_party(first_of(RAP_ENTRY_MEETING), "Valdoria"));
    assert_true(has_party(first_of(RAP_ENTRY_DOCUMENT), "Valdoria"));
    read("Valdoria waits.\n"
         "The Kestrian parliament held an emergency session on 10 June 2031.");
    assert_false(has_party(first_of(RAP_ENTRY_MEETING), "Valdoria"));
}

static void face_to_face_talks_that_began_were_held(void **state)
{
    (void)state;
    read("Kestria's army and the armed Reef Front (RF) began face-to-face talks in the "
         "Valdorian city of Aldenport on 10 June 2031.");
    const rap_finding *m = first_of(RAP_ENTRY_MEETING);
    assert_string_equal(m->status, "happened");
    assert_int_equal(m->evidence.at[0].begin, 0);
}

static void who_leaves_the_talks_does_not_call_them_off(void **state)
{
    (void)state;
    read("Kestria suspended its part in the talks with Valdoria in Aldenport.");
    for (uint32_t i = 0; i < found.count; i++)
        if (found.finding[i].kind == RAP_ENTRY_MEETING)
            assert_string_not_equal(found.finding[i].status, "denied");
    read("The talks of Kestria and Valdoria in Aldenport on 10 June 2031 were "
         "suspended.");
    assert_string_equal(first_of(RAP_ENTRY_MEETING)->status, "denied");
}

static void the_parties_are_those_that_things_are_between(void **state)
{
    (void)state;
    read("Norway sent a ship. Norway paid for it. Norway said that peace between "
         "Valdoria and Kestria was near. Norway is a friend of Valdoria.\n"
         "The quarrel between Valdoria and Kestria is old. Kestria wants a treaty.");
    const rap_finding *d = first_of(RAP_ENTRY_DOCUMENT);
    assert_true(d->inferred && has_party(d, "Valdoria") && has_party(d, "Kestria"));
    assert_false(has_party(d, "Norway"));
}

static void a_truce_with_another_is_not_lent_to_the_two_of_the_report(void **state)
{
    (void)state;
    read("The quarrel between Valdoria and Kestria is old. Peace between Valdoria and "
         "Kestria is far.\n"
         "Aldenport recalls the old trade pact with Norway.");
    const rap_finding *d = first_of(RAP_ENTRY_DOCUMENT);
    assert_true(has_party(d, "Norway"));
    assert_false(has_party(d, "Kestria"));
}

static void a_name_of_a_person_is_no_document(void **state)
{
    (void)state;
    read("Former President Bill Quill arrived. Bill Quill said nothing.");
    assert_int_equal(count_of(RAP_ENTRY_DOCUMENT), 0);
}

static void what_is_agreed_on_has_not_been_held(void **state)
{
    (void)state;
    read("Valdoria and Kestria agreed to discuss the islands with each other.");
    assert_int_equal(count_of(RAP_ENTRY_MEETING), 0);
}

static void a_press_conference_is_no_meeting(void **state)
{
    (void)state;
    read("Edda Ekholm gave a press conference in Norvik on 10 June 2031.");
    assert_int_equal(count_of(RAP_ENTRY_MEETING), 0);
}

static void talks_of_several_days_have_a_last_one(void **state)
{
    (void)state;
    read("The talks between Valdoria and Kestria opened on 10 June 2031 and are due to "
         "end "
         "on 15 June 2031.");
    const rap_finding *m = first_of(RAP_ENTRY_MEETING);
    assert_string_equal(m->date.value, "2031-06-10");
    assert_string_equal(m->due, "2031-06-15");
}

static void two_days_are_two_meetings(void **state)
{
    (void)state;
    read(
        "Edda Ekholm brought together Valdoria and Kestria in May 2031 and July 2031.");
    assert_int_equal(count_of(RAP_ENTRY_MEETING), 2);
    assert_string_equal(nth_meeting(1)->date.value, "2031-07");
}

static void what_came_of_a_meeting_is_its_outcome(void **state)
{
    (void)state;
    read("Valdoria and Kestria met in Norvik on 10 June 2031.\n"
         "The two sides agreed to open the port.");
    const rap_finding *m = nth_meeting(0);
    assert_true(rap_slice_starts(m->name, "The two sides agreed to open the port"));
    read("Valdoria and Kestria met in Norvik on 10 June 2031.\n"
         "The two sides may have agreed to open the port.");
    assert_int_equal(nth_meeting(0)->name.len, 0);
}

static void a_day_by_which_is_no_day_of_a_document(void **state)
{
    (void)state;
    read("Valdoria and Kestria may sign a harbour agreement by 10 June 2031.");
    const rap_finding *d = first_of(RAP_ENTRY_DOCUMENT);
    assert_string_equal(d->date.value, "");
    assert_string_equal(d->status, "proposed");
}

static void a_joint_statement_is_of_those_who_say_it(void **state)
{
    (void)state;
    read("The army and the Reef Front will stop fighting on Monday, Valdoria and "
         "Kestria "
         "said in a joint statement on 10 June 2031.");
    const rap_finding *d = first_of(RAP_ENTRY_DOCUMENT);
    for (uint32_t i = 0; i < found.count; i++)
        if (rap_slice_is(found.finding[i].name, "a joint statement"))
            d = &found.finding[i];
    assert_true(has_party(d, "Valdoria") && has_party(d, "Kestria"));
    assert_string_equal(d->date.value, "2031-06-10");
}

static void the_place_it_was_signed_in_names_a_document(void **state)
{
    (void)state;
    read("Valdoria and Kestria signed a declaration in Aldenport on 10 June 2031.\n"
         "Under the Aldenport Declaration, both are to leave the islands.");
    assert_int_equal(count_of(RAP_ENTRY_DOCUMENT), 1);
    read("Valdoria and Kestria signed a declaration in Aldenport on 10 June 2031.\n"
         "Under the Tessany Declaration, both were to leave the islands.");
    assert_int_equal(count_of(RAP_ENTRY_DOCUMENT), 2);
}

static void an_extension_does_not_date_the_truce(void **state)
{
    (void)state;
    read("Valdoria and Kestria had on Monday agreed to extend the harbour truce.");
    assert_string_equal(first_of(RAP_ENTRY_DOCUMENT)->date.value, "");
}

static void an_anniversary_dates_a_document(void **state)
{
    (void)state;
    read("10 June 2031 marks two years since the signing of the harbour agreement.");
    assert_string_equal(first_of(RAP_ENTRY_DOCUMENT)->date.value, "2029-06-10");
}

static void the_day_it_was_issued_stands_before_the_verb(void **state)
{
    (void)state;
    read("On 10 June 2031, hours before the talks, Kestria issued a statement on the "
         "port.");
    assert_string_equal(first_of(RAP_ENTRY_DOCUMENT)->date.value, "2031-06-10");
}

static void a_ceasefire_statement_is_a_pact(void **state)
{
    (void)state;
    read("Valdoria and Kestria signed the ceasefire statement on 10 June 2031.");
    const rap_finding *d = first_of(RAP_ENTRY_DOCUMENT);
    assert_string_equal(d->class, "agreement");
    assert_string_equal(d->status, "signed");
}

static void the_statement_is_the_one_just_issued(void **state)
{
    (void)state;
    read("The joint statement of 10 June 2029 ended the war.\n"
         "On 12 June 2031 Kestria issued a special statement on the islands. The "
         "statement "
         "names nobody.");
    assert_int_equal(count_of(RAP_ENTRY_DOCUMENT), 2);
    for (uint32_t i = 0; i < found.count; i++)
        if (found.finding[i].kind == RAP_ENTRY_DOCUMENT)
            assert_int_equal(found.finding[i].evidence.count,
                             strcmp(found.finding[i].date.value, "2031-06-12") ? 1 : 2);
}

static void numbers_are_ranges(void **state)
{
    (void)state;
    read("About 2,000 fishermen blocked the port.");
    const rap_finding *d = first_of(RAP_ENTRY_DETAIL);
    assert_true(d->low < 2000 && d->high > 2000);
    assert_true(rap_slice_is(d->name, "fisherman"));
    read("The talks took twelve hours.");
    assert_true(first_of(RAP_ENTRY_DETAIL)->low == 12);
}

static const rap_finding *detail_of(const char *class)
{
    for (uint32_t i = 0; i < found.count; i++)
        if (found.finding[i].kind == RAP_ENTRY_DETAIL &&
            !strcmp(found.finding[i].class, class))
            return &found.finding[i];
    return NULL;
}

static void the_killed_and_the_displaced_are_tolls(void **state)
{
    (void)state;
    read("The shelling killed 40 civilians.");
    assert_non_null(detail_of("toll"));
    assert_true(rap_slice_is(detail_of("toll")->name, "killed"));
    read("Millions have been driven from their homes.");
    assert_true(rap_slice_is(detail_of("toll")->name, "displaced"));
    read("The talks on prisoners took place in 40 towns.");
    assert_null(detail_of("toll"));
}

static void what_stands_behind_a_number_is_not_always_counted(void **state)
{
    (void)state;
    read("Kestria drove 60,000 from their homes.");
    assert_true(rap_slice_is(detail_of("toll")->name, "displaced"));
    read("Kestria will hand over 300 soldiers.");
    assert_true(detail_of("number")->low == 300 && detail_of("number")->high == 300);
}

static void lengths_of_talks_are_told_from_terms(void **state)
{
    (void)state;
    read("Kestria and Valdoria agreed after three days of talks.");
    assert_true(rap_slice_is(detail_of("length")->name, "length of talks"));
    read("Kestria must leave within three days.");
    assert_true(rap_slice_is(detail_of("length")->name, "length"));
}

static void a_claim_that_is_called_false_is_denied(void **state)
{
    (void)state;
    read("President Edda Ekholm said that the ferries were running. Kestria called the "
         "claim a fabrication.");
    assert_int_equal(first_of(RAP_ENTRY_DISAGREEMENT)->who_count, 2);
}

static void a_sum_of_money_counts_by_its_currency(void **state)
{
    (void)state;
    read("The union pledged $300 million in aid to Kestria.");
    const rap_finding *d = detail_of("sum");
    assert_non_null(d);
    assert_true(rap_slice_is(d->name, "dollar"));
    assert_true(d->low == 300e6);
    read("The union pledged 20 million euros to Kestria.");
    assert_true(rap_slice_is(detail_of("sum")->name, "euro"));
}

static void a_rank_before_a_name_is_a_detail(void **state)
{
    (void)state;
    read("Lieutenant General Orsin Vayle met Secretary-General Ilda Moor.");
    const rap_finding *d = detail_of("rank");
    assert_non_null(d);
    assert_true(rap_slice_is(d->name, "rank: lieutenant general"));
    read("Orsin Vayle, a major in the Kestrian army, met Ilda Moor.");
    assert_true(rap_slice_is(detail_of("rank")->name, "rank: major"));
}

static void what_a_document_does_not_name_is_a_detail(void **state)
{
    (void)state;
    read("Valdoria and Kestria signed the harbour agreement on 10 June 2031.\n"
         "The agreement does not mention Kestria.");
    const rap_finding *d = detail_of("content");
    assert_non_null(d);
    assert_true(rap_slice_is(d->name, "KST"));
    assert_true(d->low == 0);
}

static void a_claim_is_denied_in_a_clause_of_its_own(void **state)
{
    (void)state;
    read(
        "President Edda Ekholm said that the ferries were running. Kestria denied it.");
    const rap_finding *d = first_of(RAP_ENTRY_DISAGREEMENT);
    assert_int_equal(d->who_count, 2);
    assert_true(rap_slice_is(r.names.actor[d->who[1]].name, "Kestria"));
}

static void what_was_owed_and_not_done_is_breached(void **state)
{
    (void)state;
    read("The harbour agreement obliges Kestria to return the boats by 30 June 2031. "
         "Kestria missed the deadline.");
    assert_string_equal(first_of(RAP_ENTRY_COMMITMENT)->status, "breached");
    read("The harbour agreement obliges Kestria to return the boats by 30 June 2031. "
         "The weather was fine.");
    assert_string_equal(first_of(RAP_ENTRY_COMMITMENT)->status, "in-force");
}

static void what_one_foretells_of_others_is_not_owed(void **state)
{
    (void)state;
    read("The Valdorian president said that Valdoria and Kestria would next propose a "
         "truce "
         "of about ten days.");
    assert_int_equal(count_of(RAP_ENTRY_COMMITMENT), 0);
    read("Edda Ekholm flew to Tessany and is expected to meet the Kestrian envoys.");
    assert_int_equal(count_of(RAP_ENTRY_COMMITMENT), 0);
}

static void one_duty_by_two_verbs_is_one(void **state)
{
    (void)state;
    read("Edda Ekholm said that Valdoria would open the port but warned that it would "
         "answer any attack.");
    assert_true(count_of(RAP_ENTRY_COMMITMENT) <= 2);
    for (uint32_t i = 0; i < found.count; i++)
        for (uint32_t k = i + 1; k < found.count; k++)
            if (found.finding[i].kind == RAP_ENTRY_COMMITMENT &&
                found.finding[k].kind == RAP_ENTRY_COMMITMENT)
                assert_false(
                    found.finding[i].anchor.begin == found.finding[k].anchor.begin &&
                    found.finding[i].anchor.end == found.finding[k].anchor.end);
}

static void what_one_might_agree_to_is_not_owed(void **state)
{
    (void)state;
    read("Kestria might agree to return the boats by 30 June 2031.");
    assert_int_equal(count_of(RAP_ENTRY_COMMITMENT), 0);
}

static void a_thing_to_be_made_in_a_term_is_owed(void **state)
{
    (void)state;
    read("Valdoria and Kestria signed the harbour agreement on 10 June 2031.\n"
         "It speaks of a joint port office to be opened within 30 days.");
    assert_string_equal(first_of(RAP_ENTRY_COMMITMENT)->due, "2031-07-10");
}

static void somebody_described_owes_by_a_day(void **state)
{
    (void)state;
    read("The harbour agreement obliges the guards to leave the bridge by 30 June "
         "2031.");
    assert_string_equal(first_of(RAP_ENTRY_COMMITMENT)->due, "2031-06-30");
    assert_true(first_of(RAP_ENTRY_COMMITMENT)->confidence >= 0.5f);
    read("Kestria has until 15 June 2031 to leave the bridge.");
    assert_string_equal(first_of(RAP_ENTRY_COMMITMENT)->due, "2031-06-15");
}

static void quotation_marks_do_not_part_a_phrase(void **state)
{
    (void)state;
    read("Kestria has decided “to return all captured boats and crews”.");
    assert_true(has_party(first_of(RAP_ENTRY_COMMITMENT), "Kestria"));
}

static void joined_clauses_are_two_duties(void **state)
{
    (void)state;
    read("Under the harbour agreement Kestria must open the port by 20 June 2031 and "
         "Valdoria must pay the crews by 30 June 2031.");
    uint32_t days = 0;
    for (uint32_t i = 0; i < found.count; i++) {
        const rap_finding *c = &found.finding[i];
        if (c->kind != RAP_ENTRY_COMMITMENT) continue;
        days +=
            !strcmp(c->due, "2031-06-20") + 2 * (uint32_t)!strcmp(c->due, "2031-06-30");
        assert_null(strstr(c->terms, "2031"));
        assert_int_equal(c->who_count, 1);
    }
    assert_int_equal(days, 3);
}

static void spans_lie_in_the_text_and_any_bytes_are_survived(void **state)
{
    (void)state;
    static const char *const text[] = {
        "", "\n\n", "\xff\xfe agreed to \xc3 must \xe2\x80",
        "must must must to to within within 30 30 days days by by",
        "agreement agreement agreement treaty plan statement of of of the the"};
    for (uint32_t i = 0; i < sizeof text / sizeof *text; i++) {
        read(text[i]);
        for (uint32_t k = 0; k < found.count; k++) {
            const rap_finding *f = &found.finding[k];
            assert_true(f->anchor.begin <= f->anchor.end);
            assert_true(f->anchor.end <= strlen(text[i]));
            assert_true(!k || found.finding[k - 1].anchor.begin <= f->anchor.begin);
        }
    }
}

static void every_lost_allocation_is_reported(void **state)
{
    (void)state;
    const rap_finding_input in = layers_of(
        "Valdoria and Kestria signed the harbour agreement on 10 June 2031.\n"
        "Kestria promised to return the boats within 30 days and rejected a "
        "withdrawal of its forces. About 2,000 fishermen blocked the port. Edda Ekholm "
        "hosted the talks in Aldenport on 12 June 2031. They will meet again.");
    rap_arena scratch = RAP_ARENA(BYTES), arena;
    rap_error err;
    CHECK_EVERY_LOST_ALLOCATION(
        arena, BYTES, 4000,
        rap_finding_run(r.finding, &in, &arena, &scratch, &found, &err));
    rap_arena_free(&scratch);
}

static void who_led_a_delegation_is_a_detail(void **state)
{
    (void)state;
    read("Ada Quill, who led the Kestrian delegation, left Lindhaven early.");
    const rap_finding *d = detail_of("leader");
    assert_non_null(d);
    assert_int_equal(d->who_count, 1);
    read("Ada Quill, who led the talks, left Lindhaven early.");
    assert_null(detail_of("leader"));
    read("Ada Quill led the country to peace.");
    assert_null(detail_of("leader"));
}

static void why_a_meeting_was_called_off_is_a_detail(void **state)
{
    (void)state;
    read("The talks between Valdoria and Kestria, set for 12 June 2031, were postponed "
         "for technical reasons.");
    const rap_finding *d = detail_of("reason");
    assert_non_null(d);
    assert_string_equal(d->terms, "technical");
    assert_string_equal(d->date.value, "2031-06-12");
    read("The talks between Valdoria and Kestria were suspended after ten hours.");
    assert_null(detail_of("reason"));
    read("Valdoria called the ferry service off for technical reasons.");
    assert_null(detail_of("reason"));
}

static void why_nobody_signed_is_a_detail(void **state)
{
    (void)state;
    read("Kestria did not sign the accord because it leaves the islands out.");
    assert_non_null(detail_of("reason"));
    assert_true(rap_slice_is(detail_of("reason")->name, "not signed"));
    read("Kestria signed the accord because it leaves the islands out.");
    assert_null(detail_of("reason"));
    read("Kestria refused on principle to pay.");
    assert_null(detail_of("reason"));
}

static void of_how_many_a_document_is_stands_in_its_name(void **state)
{
    (void)state;
    read("Under the trilateral accord signed in 2029 the port stays open.");
    assert_non_null(detail_of("sides"));
    assert_true(detail_of("sides")->low == 3);
    read("Orlind mediated an accord between Valdoria and Kestria on the port.");
    assert_non_null(detail_of("sides"));
    assert_true(detail_of("sides")->low == 2);
    read("Relations between Valdoria and Kestria are bad.");
    assert_null(detail_of("sides"));
}

static void who_also_took_part_is_a_detail(void **state)
{
    (void)state;
    const char *met = "The leaders of Valdoria and Kestria met in Lindhaven on 12 June "
                      "2031. ";
    char text[200];
    (void)snprintf(text, sizeof text, "%sAda Quill also attended the talks.", met);
    read(text);
    assert_non_null(detail_of("participants"));
    assert_int_equal(detail_of("participants")->who_count, 1);
    (void)snprintf(text, sizeof text, "%sAda Quill will attend the next talks.", met);
    read(text);
    assert_null(detail_of("participants"));
    (void)snprintf(text, sizeof text, "%sAda Quill did not attend the talks.", met);
    read(text);
    assert_null(detail_of("participants"));
}

static void whose_a_territory_is_is_a_detail(void **state)
{
    (void)state;
    read("Kosovo is part of Serbia, the minister said.");
    const rap_finding *d = detail_of("belonging");
    assert_non_null(d);
    assert_true(d->low == 1);
    read("Kosovo has never been part of Serbia, the minister said.");
    assert_non_null(detail_of("belonging"));
    assert_true(detail_of("belonging")->low == 0);
    read("Kosovo could be part of Serbia, the minister said.");
    assert_null(detail_of("belonging"));
    read("If Kosovo is part of Serbia, the talks are over.");
    assert_null(detail_of("belonging"));
    read("The train is part of Serbia's plan.");
    assert_null(detail_of("belonging"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_promise_binds_its_speaker),
        cmocka_unit_test(a_term_counts_from_the_day_of_its_document),
        cmocka_unit_test(a_term_does_not_run_from_a_day_of_something_else),
        cmocka_unit_test(a_party_that_only_describes_the_subject_owes_nothing),
        cmocka_unit_test(a_term_without_a_beginning_stays_open),
        cmocka_unit_test(a_demand_is_no_commitment_of_him_who_is_asked),
        cmocka_unit_test(a_refusal_is_a_position_on_an_issue),
        cmocka_unit_test(what_is_denied_turns_round),
        cmocka_unit_test(a_verb_and_its_particle_may_be_parted),
        cmocka_unit_test(what_one_is_to_be_moved_to_do_is_no_position),
        cmocka_unit_test(a_verb_of_stance_counts_behind_its_auxiliaries),
        cmocka_unit_test(a_noun_of_stance_is_its_owners),
        cmocka_unit_test(each_member_of_a_list_is_a_position),
        cmocka_unit_test(several_keep_what_they_are_called_together),
        cmocka_unit_test(a_noun_before_a_relative_clause_is_its_subject),
        cmocka_unit_test(what_is_only_supposed_is_no_position),
        cmocka_unit_test(to_suggest_that_something_is_so_proposes_nothing),
        cmocka_unit_test(a_person_sent_away_is_no_matter_rejected),
        cmocka_unit_test(a_place_names_no_matter),
        cmocka_unit_test(what_another_says_beside_it_is_not_the_matter),
        cmocka_unit_test(what_one_undertakes_not_to_do_is_no_other_matter),
        cmocka_unit_test(an_office_holder_speaks_for_his_state),
        cmocka_unit_test(own_issues_win_and_rename_those_of_the_lists),
        cmocka_unit_test(a_bad_row_of_issues_is_named),
        cmocka_unit_test(a_mention_is_no_position),
        cmocka_unit_test(one_document_by_several_names_is_one),
        cmocka_unit_test(another_document_of_the_kind_stays_apart),
        cmocka_unit_test(a_kind_of_document_is_none),
        cmocka_unit_test(a_document_has_the_day_of_what_is_said_in_it),
        cmocka_unit_test(a_day_makes_a_meeting_without_names),
        cmocka_unit_test(what_is_told_again_is_the_same_meeting),
        cmocka_unit_test(another_round_is_another_meeting),
        cmocka_unit_test(the_first_since_tells_of_the_one_before),
        cmocka_unit_test(who_holds_it_is_its_host),
        cmocka_unit_test(a_parliament_meets_for_its_land),
        cmocka_unit_test(face_to_face_talks_that_began_were_held),
        cmocka_unit_test(who_leaves_the_talks_does_not_call_them_off),
        cmocka_unit_test(the_parties_are_those_that_things_are_between),
        cmocka_unit_test(a_truce_with_another_is_not_lent_to_the_two_of_the_report),
        cmocka_unit_test(a_name_of_a_person_is_no_document),
        cmocka_unit_test(what_is_agreed_on_has_not_been_held),
        cmocka_unit_test(a_press_conference_is_no_meeting),
        cmocka_unit_test(talks_of_several_days_have_a_last_one),
        cmocka_unit_test(two_days_are_two_meetings),
        cmocka_unit_test(what_came_of_a_meeting_is_its_outcome),
        cmocka_unit_test(a_day_by_which_is_no_day_of_a_document),
        cmocka_unit_test(a_joint_statement_is_of_those_who_say_it),
        cmocka_unit_test(the_place_it_was_signed_in_names_a_document),
        cmocka_unit_test(an_extension_does_not_date_the_truce),
        cmocka_unit_test(an_anniversary_dates_a_document),
        cmocka_unit_test(the_day_it_was_issued_stands_before_the_verb),
        cmocka_unit_test(a_ceasefire_statement_is_a_pact),
        cmocka_unit_test(the_statement_is_the_one_just_issued),
        cmocka_unit_test(numbers_are_ranges),
        cmocka_unit_test(the_killed_and_the_displaced_are_tolls),
        cmocka_unit_test(what_stands_behind_a_number_is_not_always_counted),
        cmocka_unit_test(lengths_of_talks_are_told_from_terms),
        cmocka_unit_test(a_claim_that_is_called_false_is_denied),
        cmocka_unit_test(a_sum_of_money_counts_by_its_currency),
        cmocka_unit_test(who_led_a_delegation_is_a_detail),
        cmocka_unit_test(why_a_meeting_was_called_off_is_a_detail),
        cmocka_unit_test(why_nobody_signed_is_a_detail),
        cmocka_unit_test(of_how_many_a_document_is_stands_in_its_name),
        cmocka_unit_test(who_also_took_part_is_a_detail),
        cmocka_unit_test(whose_a_territory_is_is_a_detail),
        cmocka_unit_test(a_rank_before_a_name_is_a_detail),
        cmocka_unit_test(what_a_document_does_not_name_is_a_detail),
        cmocka_unit_test(a_claim_is_denied_in_a_clause_of_its_own),
        cmocka_unit_test(what_was_owed_and_not_done_is_breached),
        cmocka_unit_test(what_one_foretells_of_others_is_not_owed),
        cmocka_unit_test(one_duty_by_two_verbs_is_one),
        cmocka_unit_test(what_one_might_agree_to_is_not_owed),
        cmocka_unit_test(a_thing_to_be_made_in_a_term_is_owed),
        cmocka_unit_test(somebody_described_owes_by_a_day),
        cmocka_unit_test(quotation_marks_do_not_part_a_phrase),
        cmocka_unit_test(joined_clauses_are_two_duties),
        cmocka_unit_test(spans_lie_in_the_text_and_any_bytes_are_survived),
        cmocka_unit_test(every_lost_allocation_is_reported)};
    return cmocka_run_group_tests(tests, open_all, close_all);
}
