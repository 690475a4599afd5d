/* test_decide.c - what people decide stands on exact words, and on nothing else. */
#include "store_sample.h"

/* ---- deciding in one line ------------------------------------------------------------- */

static rap_status decide_as(rap_store *store, rap_decision d, const char *one,
                            const char *two, rap_error *err)
{
    const char *what[2] = {one, two};
    rap_decided decided;
    d.at = "2031-05-06T09:00:00Z";
    if (!d.who) d.who = "ann";
    if (!d.count) {
        d.what = what;
        d.count = one ? two ? 2 : 1 : 0;
    }
    rap_status status = rap_store_begin(store, err);
    if (!status) status = rap_store_decide(store, &d, &decided, err);
    if (!status) return rap_store_commit(store, err);
    rap_store_rollback(store);
    return status;
}

static void decide(rap_store *store, rap_decision d, const char *one, const char *two)
{
    rap_error err;
    if (decide_as(store, d, one, two, &err)) fail_msg("%s", err.text);
}

static void accept(rap_store *store, const char *id)
{
    decide(store, (rap_decision){.kind = RAP_DECIDE_ACCEPT}, id, NULL);
}

static void reject(rap_store *store, const char *id)
{
    decide(store, (rap_decision){.kind = RAP_DECIDE_REJECT}, id, NULL);
}

static void edit(rap_store *store, const char *id, const char *field, const char *value)
{
    const rap_setting set = {field, value};
    decide(store, (rap_decision){.kind = RAP_DECIDE_EDIT, .set = &set, .sets = 1}, id,
           NULL);
}

static void undo(rap_store *store)
{
    decide(store, (rap_decision){.kind = RAP_DECIDE_UNDO}, NULL, NULL);
}

/* The ids of the two statements and the meeting of two_documents(). */
static char first[16], second[16], meeting[16];

static rap_store *decided_on(void)
{
    rap_store *store = two_documents();
    rap_entries e = ask(store, &(rap_filter){.kinds = 1u << RAP_ENTRY_STATEMENT});
    assert_int_equal(e.count, 2);
    (void)snprintf(first, sizeof first, "%s", e.entry[0].id);
    (void)snprintf(second, sizeof second, "%s", e.entry[1].id);
    e = ask(store, &(rap_filter){.kinds = 1u << RAP_ENTRY_MEETING});
    (void)snprintf(meeting, sizeof meeting, "%s", e.entry[0].id);
    return store;
}

static const rap_entry *entry_of(rap_store *store, const char *id)
{
    const rap_entries e = ask(store, &(rap_filter){.id = id});
    return e.count ? &e.entry[0] : NULL;
}

static const char *review_of(rap_store *store, const char *id)
{
    const rap_entry *entry = entry_of(store, id);
    return entry ? entry->review : "gone";
}

static rap_log_row log_row(rap_store *store, uint32_t n)
{
    rap_log_rows rows;
    rap_error err;
    rap_arena_free(&arena);
    arena = RAP_ARENA(1 << 22);
    if (rap_store_log(store, &(rap_log_filter){0}, &arena, &rows, &err))
        fail_msg("%s", err.text);
    assert_true(n < rows.count);
    return rows.row[n];
}

/* Put document two again, changed by `change`, and join. */
static void put_two_again(rap_store *store, void (*change)(sample *))
{
    static sample two;
    sample_make(&two, "reports/two.txt", " Rain fell.");
    if (change) change(&two);
    put(store, &two);
    join(store);
}

/* ---- tests ------------------------------------------------------------------------------ */

static void a_verdict_stands_after_the_documents_are_read_again(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    accept(store, first);
    reject(store, second);
    for (int again = 0; again < 2; again++) {
        assert_string_equal(review_of(store, first), "accepted");
        assert_string_equal(review_of(store, second), "rejected");
        put_two_again(store, NULL);
    }
    assert_int_equal(count_of(store, (rap_filter){.kinds = 1u << RAP_ENTRY_STATEMENT}),
                     1);
    assert_int_equal(count_of(store, (rap_filter){.review = "rejected"}), 1);
    assert_int_equal(count_of(store, (rap_filter){.review = "accepted,rejected"}), 2);
    assert_int_equal(count_of(store, (rap_filter){.review = "all"}), 4);
    assert_int_equal(count_of(store, (rap_filter){.min_confidence = 0.99}), 1);
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

static void a_beginning_of_an_id_must_mean_one_entry(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    rap_error err;
    const rap_decision d = {.kind = RAP_DECIDE_ACCEPT};
    assert_int_equal(decide_as(store, d, "s", NULL, &err), RAP_E_USAGE);
    assert_int_equal(decide_as(store, d, "q", NULL, &err), RAP_E_NOTFOUND);
    assert_int_equal(decide_as(store, d, "", NULL, &err), RAP_E_NOTFOUND);
    assert_int_equal(decide_as(store, d, "m", NULL, &err), RAP_OK);
    assert_string_equal(review_of(store, meeting), "accepted");
    rap_store_close(store);
}

static void an_edit_keeps_what_the_program_reads_beside_it(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    edit(store, meeting, "place", "Harrow Bay");
    edit(store, meeting, "date", "2031-06");
    edit(store, first, "speaker", "Aland; Somebody New");
    put_two_again(store, NULL);
    const rap_entry *e = entry_of(store, meeting);
    assert_string_equal(e->place, "Harrow Bay");
    assert_string_equal(e->date, "2031-06");
    assert_string_equal(e->latest, "2031-06-30");
    assert_string_equal(e->review, "edited");
    assert_int_equal(e->machines, 2);
    assert_string_equal(e->machine[0].field, "date");
    assert_string_equal(e->machine[0].value, "2031-05-04");
    assert_string_equal(e->machine[1].value, "Lakeside");
    assert_int_equal(count_of(store, (rap_filter){.place = "harrow"}), 1);
    assert_int_equal(count_of(store, (rap_filter){.since = "2031-06-15"}), 1);
    e = entry_of(store, first);
    assert_int_equal(e->who_count, 2);
    assert_string_equal(e->who[0].key, "ALD");
    assert_string_equal(e->who[1].name, "Somebody New");
    assert_string_equal(e->machine[0].value, "Ada Quill");
    assert_int_equal(count_of(store, (rap_filter){.speaker = "somebody"}), 1);
    assert_int_equal(count_of(store, (rap_filter){.actor = "nobody"}), 0);
    undo(store);
    undo(store);
    undo(store);
    e = entry_of(store, meeting);
    assert_string_equal(e->place, "Lakeside");
    assert_string_equal(e->review, "suggested");
    assert_int_equal(e->machines, 0);
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

static void what_cannot_be_edited_is_refused(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    rap_error err;
    const rap_setting words = {"what", "never said"}, date = {"date", "soon"};
    rap_decision d = {.kind = RAP_DECIDE_EDIT, .set = &words, .sets = 1};
    assert_int_equal(decide_as(store, d, first, NULL, &err), RAP_E_USAGE);
    d.set = &date;
    assert_int_equal(decide_as(store, d, first, NULL, &err), RAP_E_USAGE);
    d.sets = 0;
    assert_int_equal(decide_as(store, d, first, NULL, &err), RAP_E_USAGE);
    d = (rap_decision){.kind = RAP_DECIDE_ACCEPT, .who = "a\nb"};
    assert_int_equal(decide_as(store, d, first, NULL, &err), RAP_E_USAGE);
    d = (rap_decision){.kind = RAP_DECIDE_MERGE};
    assert_int_equal(decide_as(store, d, first, meeting, &err), RAP_E_USAGE);
    assert_int_equal(decide_as(store, d, first, first, &err), RAP_E_USAGE);
    reject(store, first);
    assert_int_equal(decide_as(store, d, first, second, &err), RAP_E_USAGE);
    d.final = true;
    assert_int_equal(decide_as(store, d, first, second, &err), RAP_OK);
    assert_string_equal(review_of(store, first), "suggested"); /* with other reports */
    undo(store);
    assert_string_equal(review_of(store, first), "rejected");
    d.final = false;
    d.actors = true;
    assert_int_equal(decide_as(store, d, "Aland", "Ada Quill", &err), RAP_E_USAGE);
    assert_int_equal(decide_as(store, d, "Ada Quill", "Quill", &err), RAP_E_USAGE);
    d = (rap_decision){.kind = RAP_DECIDE_SPLIT};
    assert_int_equal(decide_as(store, d, second, "2", &err), RAP_E_USAGE);
    d = (rap_decision){.kind = RAP_DECIDE_NOTE, .text = "  "};
    assert_int_equal(decide_as(store, d, second, NULL, &err), RAP_E_USAGE);
    const rap_setting twice[] = {{"place", "Tarn"}, {"place", "Fell"}};
    d = (rap_decision){.kind = RAP_DECIDE_EDIT, .set = twice, .sets = 2};
    assert_int_equal(decide_as(store, d, meeting, NULL, &err), RAP_E_USAGE);
    rap_store_close(store);
}

static void a_label_is_one_of_its_labels(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    rap_error err;
    static const rap_setting wrong[] = {{"status", "nonsense"},
                                        {"type", "banana"},
                                        {"mode", "loud"},
                                        {"type", "consult"}};
    for (uint32_t i = 0; i < 4; i++) {
        const rap_decision d = {.kind = RAP_DECIDE_EDIT, .set = &wrong[i], .sets = 1};
        assert_int_equal(decide_as(store, d, meeting, NULL, &err), RAP_E_USAGE);
        if (!i) assert_non_null(strstr(err.text, "happened planned proposed"));
    }
    edit(store, meeting, "status", "denied");
    edit(store, meeting, "mode", "phone");
    edit(store, meeting, "type", "");
    edit(store, first, "act", "promise");
    assert_string_equal(entry_of(store, meeting)->status, "denied");
    rap_store_close(store);
}

static void one_command_decides_once_on_each_and_is_undone_as_one(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    const char *what[] = {first, second, first};
    decide(store, (rap_decision){.kind = RAP_DECIDE_ACCEPT, .what = what, .count = 3},
           NULL, NULL);
    reject(store, meeting);
    decide(store, (rap_decision){.kind = RAP_DECIDE_UNDO}, "1-3", "2");
    assert_string_equal(log_row(store, 5).detail, "decision 3");
    assert_int_equal(count_of(store, (rap_filter){.review = "suggested"}), 4);
    rap_error err;
    const rap_decision undoes = {.kind = RAP_DECIDE_UNDO};
    assert_int_equal(decide_as(store, undoes, "5-3", NULL, &err), RAP_E_USAGE);
    assert_int_equal(decide_as(store, undoes, "-3", NULL, &err), RAP_E_USAGE);
    rap_store_close(store);
}

static void merged_statements_are_one_entry_with_both_quotes(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    decide(store, (rap_decision){.kind = RAP_DECIDE_MERGE}, first, second);
    put_two_again(store, NULL);
    const rap_entry *e = entry_of(store, first);
    assert_int_equal(e->documents, 2);
    assert_int_equal(e->evidence_count, 2);
    assert_string_equal(e->why, "merged by ann");
    assert_string_equal(review_of(store, second), "gone");
    assert_int_equal(verify(store), 0);
    undo(store);
    assert_int_equal(entry_of(store, first)->documents, 1);
    assert_string_equal(review_of(store, second), "suggested");
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

static void a_part_that_is_split_off_is_an_entry_of_its_own(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    decide(store, (rap_decision){.kind = RAP_DECIDE_SPLIT}, meeting, "2");
    put_two_again(store, NULL);
    assert_int_equal(count_of(store, (rap_filter){.kinds = 1u << RAP_ENTRY_MEETING}),
                     2);
    assert_int_equal(entry_of(store, meeting)->documents, 1);
    undo(store);
    assert_int_equal(entry_of(store, meeting)->documents, 2);
    const char *address = rap_address(
        &arena, entry_of(store, meeting)->evidence[2].sha256, (rap_span){30, 50});
    char part[96];
    (void)snprintf(part, sizeof part, "%s", address);
    decide(store, (rap_decision){.kind = RAP_DECIDE_SPLIT}, meeting, part);
    assert_int_equal(entry_of(store, meeting)->documents, 1);
    rap_error err;
    assert_int_equal(
        decide_as(store, (rap_decision){.kind = RAP_DECIDE_SPLIT}, meeting, "2", &err),
        RAP_E_NOTFOUND);
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

static void who_decides_second_is_kept_apart_unless_it_is_final(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    accept(store, first);
    accept(store, second);
    decide(store, (rap_decision){.kind = RAP_DECIDE_REJECT, .who = "bea"}, first, NULL);
    decide(store, (rap_decision){.kind = RAP_DECIDE_ACCEPT, .who = "bea"}, second,
           NULL);
    assert_string_equal(review_of(store, first), "accepted");
    assert_string_equal(log_row(store, 2).state, "apart");
    rap_agreements list;
    rap_error err;
    assert_int_equal(rap_store_agreement(store, &arena, &list, &err), RAP_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.row[0].both, 2);
    assert_int_equal(list.row[0].same, 1);
    assert_true(list.row[0].kappa > -0.001 && list.row[0].kappa < 0.001);
    decide(store,
           (rap_decision){.kind = RAP_DECIDE_REJECT, .who = "bea", .final = true},
           first, NULL);
    assert_string_equal(review_of(store, first), "rejected");
    assert_int_equal(decide_as(store,
                               (rap_decision){.kind = RAP_DECIDE_UNDO, .who = "bea"},
                               "1", NULL, &err),
                     RAP_E_USAGE); /* another's */
    rap_store_close(store);
}

static void an_undo_can_be_undone(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    accept(store, first);
    undo(store);
    assert_string_equal(review_of(store, first), "suggested");
    decide(store, (rap_decision){.kind = RAP_DECIDE_UNDO}, "2", NULL);
    assert_string_equal(review_of(store, first), "accepted");
    rap_error err;
    assert_int_equal(
        decide_as(store, (rap_decision){.kind = RAP_DECIDE_UNDO}, "2", NULL, &err),
        RAP_E_USAGE);
    rap_store_close(store);
}

static uint32_t borland[] = {1};
static void by_another_speaker(sample *s)
{
    s->reading[1].who = borland;
}

static void with_another_key(sample *s)
{
    s->actor[2].key = "Q1";
    s->actor[2].name = "President Ada Quill";
    s->alias[0] = "Ada Quill";
    s->reading[0].confidence = s->reading[1].confidence = 0.51;
}

static void without_the_statement(sample *s)
{
    s->document.reading_count = 1;
}

static void what_is_read_otherwise_waits_for_another_look(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    accept(store, second);
    put_two_again(store, by_another_speaker);
    assert_string_equal(review_of(store, second), "suggested");
    assert_string_equal(log_row(store, 0).state, "orphaned");
    assert_non_null(strstr(log_row(store, 0).why, "who"));
    put_two_again(store, without_the_statement);
    assert_string_equal(log_row(store, 0).state, "orphaned");
    put_two_again(store, with_another_key); /* the same person by other lists */
    assert_string_equal(review_of(store, second), "accepted");
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

static rap_stored_reading three[3];
static void told_by_two(sample *s)
{
    three[0] = s->reading[0];
    three[1] = s->reading[1];
    three[2] = s->reading[1];
    three[2].who = borland;
    s->document.readings = three;
    s->document.reading_count = 3;
}

static void a_decision_never_falls_on_the_twin_of_its_words(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    put_two_again(store, told_by_two);
    const rap_entries e =
        ask(store, &(rap_filter){.speaker = "BOR", .kinds = 1u << RAP_ENTRY_STATEMENT});
    assert_int_equal(e.count, 1);
    char twin[16];
    (void)snprintf(twin, sizeof twin, "%s", e.entry[0].id);
    edit(store, twin, "venue",
         "the pier"); /* what edits say nothing of must be alike */
    put_two_again(store, NULL);
    assert_string_equal(log_row(store, 0).state, "orphaned");
    assert_string_equal(review_of(store, second), "suggested");
    put_two_again(store, told_by_two);
    assert_string_equal(review_of(store, twin), "edited");
    rap_store_close(store);
}

static void put_given(rap_store *store, sample *s, const char *name, const char *tail)
{
    sample_make(s, name, tail);
    put(store, s);
    join(store);
}

static void a_corrected_version_takes_the_place_of_the_first(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    static sample earlier, later;
    put_given(store, &earlier, "reports/three.txt",
              " Rain fell on the old pier of the lake, all night.");
    rap_entries e = ask(store, &(rap_filter){.document = "3", .act = "demand"});
    char id[16];
    (void)snprintf(id, sizeof id, "%s", e.entry[0].id);
    accept(store, id);
    put_given(store, &later, "reports/corrected.txt",
              " Rain fell on the old pier of the lake. Snow too.");
    const rap_setting set = {"replaces", "reports/three.txt"};
    decide(store, (rap_decision){.kind = RAP_DECIDE_META, .set = &set, .sets = 1},
           "corrected", NULL);
    put_given(store, &earlier, "reports/three.txt",
              " Rain fell on the old pier of the lake, all night.");
    assert_int_equal(count_of(store, (rap_filter){.document = "3"}), 0);
    e = ask(store, &(rap_filter){.review = "accepted"});
    assert_int_equal(e.count, 1);
    assert_int_equal(e.entry[0].evidence[0].document, 4);
    rap_source_rows sources;
    rap_error err;
    assert_int_equal(rap_store_sources(store, &(rap_filter){0}, &arena, &sources, &err),
                     RAP_OK);
    assert_int_equal(sources.row[2].replaced_by, 4);
    const rap_setting circle = {"replaces", "4"};
    assert_int_equal(
        decide_as(store,
                  (rap_decision){.kind = RAP_DECIDE_META, .set = &circle, .sets = 1},
                  "3", NULL, &err),
        RAP_E_USAGE);
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

static rap_status note_date(void *state, const rap_stored_document *d, rap_error *err)
{
    (void)err;
    (void)snprintf(state, 32, "%s %s", d->given_date, d->given_outlet);
    return RAP_OK;
}

static void what_is_said_of_a_document_wins_and_makes_it_stale(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    rap_error err;
    char seen[32] = "";
    assert_int_equal(rap_store_documents(store, true, note_date, seen, &err), RAP_OK);
    assert_string_equal(seen, "");
    const rap_setting set = {"date", "2031-05-07"};
    decide(store, (rap_decision){.kind = RAP_DECIDE_META, .set = &set, .sets = 1}, "2",
           NULL);
    assert_int_equal(rap_store_documents(store, true, note_date, seen, &err), RAP_OK);
    assert_string_equal(seen, "2031-05-07 The Lake Post");
    put_two_again(store, NULL);
    seen[0] = 0;
    assert_int_equal(rap_store_documents(store, true, note_date, seen, &err), RAP_OK);
    assert_string_equal(seen, "");
    rap_store_close(store);
}

static rap_changes changes_of(rap_store *store, const char *since, const char *id)
{
    rap_changes list;
    rap_error err;
    if (rap_store_changes(store, since, id, &arena, &list, &err))
        fail_msg("%s", err.text);
    return list;
}

static void every_id_says_when_it_came_changed_and_went(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    rap_changes c = changes_of(store, "2020", second);
    assert_int_equal(c.count, 1);
    assert_string_equal(c.row[0].what, "added");
    put_two_again(store, NULL);
    assert_string_equal(changes_of(store, NULL, second).row[0].what, "added");
    edit(store, first, "venue", "the pier");
    c = changes_of(store, "1", NULL);
    assert_int_equal(c.count, 1);
    assert_string_equal(c.row[0].fields, "review");
    put_two_again(store, without_the_statement);
    c = changes_of(store, NULL, second);
    assert_string_equal(c.row[0].what, "gone");
    assert_non_null(strstr(c.row[0].why, "not read"));
    put_two_again(store, NULL);
    assert_string_equal(changes_of(store, NULL, second).row[0].fields, "back");
    decide(store, (rap_decision){.kind = RAP_DECIDE_MERGE}, first, second);
    c = changes_of(store, NULL, second);
    assert_string_equal(c.row[0].why, "it was merged");
    assert_string_equal(c.row[0].replaced_by, first);
    rap_store_close(store);
}

static void an_address_leads_to_its_passage(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    rap_error err;
    rap_evidence passage;
    const rap_entry *e = entry_of(store, first);
    const char *address =
        rap_address(&arena, e->evidence[0].sha256, e->evidence[0].span);
    assert_int_equal(rap_store_passage_at(store, address, &arena, &passage, &err),
                     RAP_OK);
    assert_string_equal(passage.quote, "the ferry treaty must be signed");
    static const char *const wrong[] = {"rap:00000000/1-2", "rap:12/1-2", "rap:", "x",
                                        "rap:0123456789/5-2"};
    for (uint32_t i = 0; i < 5; i++)
        assert_int_not_equal(
            rap_store_passage_at(store, wrong[i], &arena, &passage, &err), RAP_OK);
    rap_store_close(store);
}

static void two_spellings_of_a_person_can_be_one_actor(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    static sample third;
    sample_make(&third, "reports/three.txt", " Snow fell.");
    third.actor[2].key = "person:ada quil";
    third.actor[2].name = "Ada Quil";
    third.alias[0] = "Quil";
    put(store, &third);
    join(store);
    decide(store, (rap_decision){.kind = RAP_DECIDE_MERGE, .actors = true}, "Ada Quill",
           "Ada Quil");
    rap_actor_rows rows;
    rap_error err;
    assert_int_equal(rap_store_actors(store, &(rap_filter){0}, &arena, &rows, &err),
                     RAP_OK);
    assert_int_equal(rows.count, 3);
    undo(store);
    assert_int_equal(rap_store_actors(store, &(rap_filter){0}, &arena, &rows, &err),
                     RAP_OK);
    assert_int_equal(rows.count, 4);
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

/* ---- removing --------------------------------------------------------------------------- */

/* How often a word stands in any file of the folder. */
static bool is_in_a_file(const char *word)
{
    char command[256];
    (void)snprintf(command, sizeof command, "grep -a -i -q '%s' '%s'/*", word, folder);
    return system(command) == 0;
}

static void purge(rap_store *store, const char *document, const char *person)
{
    rap_error err;
    rap_decided decided;
    const rap_decision d = {
        .kind = RAP_DECIDE_PURGE, .at = "2031-05-07T10:00:00Z", .who = "ann"};
    rap_status status = rap_store_begin(store, &err);
    if (!status) status = rap_store_purge(store, &d, document, person, &decided, &err);
    if (!status) status = rap_store_join(store, &err);
    if (!status) status = rap_store_commit(store, &err);
    if (!status) status = rap_store_finish_purge(store, &err);
    if (status) fail_msg("%s", err.text);
}

static void a_purged_document_leaves_no_byte_and_a_whole_log(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    static sample secret;
    put_given(store, &secret, "reports/secret.txt", " The zanzibarite sank.");
    const rap_entries e =
        ask(store, &(rap_filter){.document = "secret", .act = "demand"});
    char id[16];
    (void)snprintf(id, sizeof id, "%s", e.entry[0].id);
    decide(store, (rap_decision){.kind = RAP_DECIDE_NOTE, .text = "zanzibarite!"}, id,
           NULL);
    accept(store, first);
    assert_true(is_in_a_file("zanzibarite"));
    purge(store, "reports/secret.txt", NULL);
    assert_false(is_in_a_file("zanzibarite"));
    assert_string_equal(log_row(store, 0).quote, "");
    assert_string_equal(review_of(store, first), "accepted");
    bool there = false;
    rap_error err;
    assert_int_equal(rap_store_has(store, &secret.document.sha256, &there, &err),
                     RAP_OK);
    assert_true(there); /* and is not taken in again */
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
    assert_false(is_in_a_file("zanzibarite"));
    assert_false(is_in_a_file("secret.txt"));
}

static void a_purged_entry_says_what_stands_for_it(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    accept(store, meeting);
    purge(store, "reports/one.txt", NULL);
    const rap_entries e = ask(store, &(rap_filter){.kinds = 1u << RAP_ENTRY_MEETING});
    assert_int_equal(e.count, 1);
    rap_changes changes;
    rap_error err;
    assert_int_equal(rap_store_changes(store, NULL, meeting, &arena, &changes, &err),
                     RAP_OK);
    assert_int_equal(changes.count, 1);
    assert_string_equal(changes.row[0].what, "gone");
    assert_string_equal(changes.row[0].replaced_by, e.entry[0].id);
    rap_store_close(store);
}

static void a_purged_person_is_named_nowhere_and_spans_stay(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    accept(store, first);
    accept(store, meeting);
    purge(store, NULL, "Ada Quill");
    assert_false(is_in_a_file("quill"));
    rap_error err;
    char seen[32];
    assert_int_equal(rap_store_documents(store, true, note_date, seen, &err), RAP_OK);
    rap_evidence passage;
    rap_arena_free(&arena);
    arena = RAP_ARENA(1 << 20);
    sample one;
    sample_make(&one, "x", "");
    char hex[65];
    rap_sha256_hex(&one.document.sha256, hex);
    const char *address = rap_address(&arena, hex, (rap_span){62, 95});
    assert_int_equal(rap_store_passage_at(store, address, &arena, &passage, &err),
                     RAP_OK);
    assert_string_equal(passage.quote, "President ___ _____ said the ferr");
    rap_store_close(store);
}

static void a_verdict_follows_its_words_into_the_later_version(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    static sample earlier, later;
    accept(store, meeting);
    put_given(store, &later, "reports/corrected.txt", " Corrected.");
    const rap_setting set = {"replaces", "reports/one.txt"};
    decide(store, (rap_decision){.kind = RAP_DECIDE_META, .set = &set, .sets = 1},
           "corrected", NULL);
    put_given(store, &earlier, "reports/one.txt", "");
    const rap_entries e = ask(
        store, &(rap_filter){.kinds = 1u << RAP_ENTRY_MEETING, .review = "accepted"});
    assert_int_equal(e.count, 1); /* now founded by the second report */
    assert_int_equal(e.entry[0].documents, 2);
    assert_int_equal(e.entry[0].evidence[0].document, 2);
    assert_int_equal(e.entry[0].since_review, 0);
    assert_string_equal(log_row(store, 0).state, "applied");
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

static void
a_name_is_purged_with_its_case_and_only_where_it_is_the_persons(void **state)
{
    (void)state;
    static sample one;
    rap_store *store = open_as(RAP_STORE_CREATE);
    sample_make(&one, "reports/ada-quill.txt",
                " A quill pen, a Quill. Quill said no. ADA QUILL left.");
    rap_stored_mention mention[3] = {one.mention[0], one.mention[1]};
    mention[2] = (rap_stored_mention){of(&one, "Quill said no"), 2, "name", 0.9};
    mention[2].span.end -= 8;
    one.document.mentions = mention;
    one.document.mention_count = 3;
    put(store, &one);
    join(store);
    rap_error err;
    rap_decided decided = {0};
    rap_decision d = {
        .kind = RAP_DECIDE_PURGE, .at = "2031-05-07T10:00:00Z", .who = "ann"};
    assert_int_equal(rap_store_begin(store, &err), RAP_OK);
    assert_int_equal(rap_store_purge(store, &d, NULL, "pen", &decided, &err),
                     RAP_E_NOTFOUND);
    assert_int_equal(rap_store_purge(store, &d, NULL, "Aland", &decided, &err),
                     RAP_E_NOTFOUND); /* a state */
    assert_int_equal(rap_store_purge(store, &d, NULL, "Ada Quill", &decided, &err),
                     RAP_OK);
    assert_int_equal(decided.documents, 1);
    assert_int_equal(decided.places, 4); /* the path too */
    assert_int_equal(decided.left, 1);
    assert_int_equal(rap_store_join(store, &err), RAP_OK);
    assert_int_equal(rap_store_commit(store, &err), RAP_OK);
    assert_int_equal(rap_store_finish_purge(store, &err), RAP_OK);
    assert_true(is_in_a_file("A quill pen, a Quill. _____ said no. ___ _____ left."));
    assert_false(is_in_a_file("Ada Quill"));
    assert_false(is_in_a_file("ada-quill"));
    d.words = true;
    assert_int_equal(rap_store_begin(store, &err), RAP_OK);
    assert_int_equal(rap_store_purge(store, &d, NULL, "Quill", &decided, &err), RAP_OK);
    assert_int_equal(decided.places, 1);
    assert_int_equal(rap_store_commit(store, &err), RAP_OK);
    assert_true(is_in_a_file("A quill pen, a _____."));
    rap_store_close(store);
}

/* ---- what came after a decision ------------------------------------------------------- */

static void put_three(rap_store *store)
{
    static sample later;
    sample_make(&later, "reports/three.txt", " Snow fell.");
    put(store, &later);
    join(store);
}

static void an_accepted_entry_says_what_came_since(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    accept(store, meeting);
    assert_int_equal(entry_of(store, meeting)->since_review, 0);
    put_three(store);
    assert_string_equal(review_of(store, meeting), "accepted");
    assert_int_equal(entry_of(store, meeting)->since_review, 1);
    assert_int_equal(entry_of(store, meeting)->documents, 3);
    accept(store, meeting); /* now it is checked with all three */
    assert_int_equal(entry_of(store, meeting)->since_review, 0);
    undo(store);
    assert_int_equal(entry_of(store, meeting)->since_review, 1);
    edit(store, meeting, "place", "Harrow Bay");
    assert_int_equal(entry_of(store, meeting)->since_review, 0);
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

static void a_rejection_does_not_hide_reports_that_came_after_it(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    reject(store, meeting);
    put_two_again(store, NULL);
    assert_string_equal(review_of(store, meeting), "rejected");
    put_three(store);
    assert_string_equal(review_of(store, meeting), "suggested");
    rap_log_row row = log_row(store, 0);
    assert_string_equal(row.state, "apart");
    assert_string_equal(row.why, "reports came after it to the entry: document 3");
    reject(store, meeting);
    assert_string_equal(review_of(store, meeting), "rejected");
    assert_string_equal(log_row(store, 0).state, "overtaken");
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

static void the_last_word_of_a_person_counts(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    edit(store, meeting, "place", "Harrow Bay");
    reject(store, meeting);
    assert_string_equal(review_of(store, meeting), "rejected");
    assert_string_equal(entry_of(store, meeting)->place, "Lakeside");
    assert_string_equal(log_row(store, 0).state, "overtaken");
    edit(store, meeting, "place", "Tarn");
    assert_string_equal(review_of(store, meeting), "edited");
    assert_string_equal(log_row(store, 1).state, "overtaken");
    undo(store);
    assert_string_equal(review_of(store, meeting), "rejected");
    undo(store);
    assert_string_equal(entry_of(store, meeting)->place, "Harrow Bay");
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

/* ---- older records, lost memory ---------------------------------------------------------- */

static void a_record_of_format_2_keeps_documents_and_decisions(void **state)
{
    (void)state;
    rap_store_close(two_documents());
    tamper(
        "DROP TRIGGER document_is_fixed; DROP TRIGGER decision_is_fixed;"
        "DROP TABLE decision; DROP TABLE decision_anchor; DROP TABLE history;"
        "DROP TABLE touched; DROP TABLE applied; DROP TABLE given;"
        "DROP VIEW v_sources; DROP VIEW v_decisions; DROP VIEW v_changes;"
        "ALTER TABLE document DROP COLUMN redacted_sha256;"
        "ALTER TABLE document DROP COLUMN purged_at;"
        "ALTER TABLE document DROP COLUMN seal;"
        "CREATE TABLE decision (id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT"
        " NULL, kind TEXT NOT NULL, document_sha256 TEXT NOT NULL, quote TEXT NOT NULL,"
        " entry_kind TEXT NOT NULL, payload TEXT NOT NULL, previous_hash TEXT NOT NULL,"
        " hash TEXT NOT NULL UNIQUE) STRICT;"
        "INSERT INTO decision VALUES (1, '2030', 'old', 'accept', '00', 'met',"
        " 'meeting', '{}', '', '0123456789abcdef0123456789abcdef');"
        "INSERT INTO state VALUES ('watched', '7'); PRAGMA user_version = 2");
    rap_store *store = NULL;
    rap_error err;
    assert_int_equal(rap_store_open(path, RAP_STORE_READ, &store, &err), RAP_E_STORE);
    store = open_as(RAP_STORE_WRITE);
    int64_t watched = 0;
    assert_int_equal(rap_store_recall(store, "watched", 0, &watched, &err), RAP_OK);
    assert_int_equal(watched, 7);
    bool stale = false;
    assert_int_equal(rap_store_is_stale(store, &stale, &err), RAP_OK);
    assert_true(stale);
    assert_int_equal(verify(store), 0); /* not yet read, and whole */
    static sample one, two;
    sample_make(&one, "reports/one.txt", "");
    sample_make(&two, "reports/two.txt", " Rain fell.");
    put(store, &one);
    put(store, &two);
    join(store);
    assert_int_equal(count_of(store, (rap_filter){0}), 4);
    accept(store, "m");
    assert_string_equal(log_row(store, 0).who, "old");
    assert_string_equal(log_row(store, 0).state, "orphaned");
    if (verify(store)) fail_msg("%s", first_wrong);
    rap_store_close(store);
}

static void every_lost_allocation_of_the_log_is_reported(void **state)
{
    (void)state;
    rap_store *store = decided_on();
    accept(store, first);
    decide(store, (rap_decision){.kind = RAP_DECIDE_REJECT, .who = "bea"}, first, NULL);
    rap_log_rows rows;
    rap_agreements agreements;
    rap_changes changes;
    rap_error err;
    rap_arena a;
    CHECK_EVERY_LOST_ALLOCATION(
        a, 1 << 22, 2000,
        (rap_store_log(store, &(rap_log_filter){0}, &a, &rows, &err)));
    CHECK_EVERY_LOST_ALLOCATION(a, 1 << 22, 2000,
                                (rap_store_agreement(store, &a, &agreements, &err)));
    CHECK_EVERY_LOST_ALLOCATION(
        a, 1 << 22, 2000, (rap_store_changes(store, NULL, NULL, &a, &changes, &err)));
    rap_store_close(store);
}

int main(void)
{
#define DECIDE_TEST(test)                                                              \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        DECIDE_TEST(a_verdict_stands_after_the_documents_are_read_again),
        DECIDE_TEST(a_beginning_of_an_id_must_mean_one_entry),
        DECIDE_TEST(an_edit_keeps_what_the_program_reads_beside_it),
        DECIDE_TEST(what_cannot_be_edited_is_refused),
        DECIDE_TEST(merged_statements_are_one_entry_with_both_quotes),
        DECIDE_TEST(a_part_that_is_split_off_is_an_entry_of_its_own),
        DECIDE_TEST(who_decides_second_is_kept_apart_unless_it_is_final),
        DECIDE_TEST(an_undo_can_be_undone),
        DECIDE_TEST(what_is_read_otherwise_waits_for_another_look),
        DECIDE_TEST(a_decision_never_falls_on_the_twin_of_its_words),
        DECIDE_TEST(a_corrected_version_takes_the_place_of_the_first),
        DECIDE_TEST(what_is_said_of_a_document_wins_and_makes_it_stale),
        DECIDE_TEST(every_id_says_when_it_came_changed_and_went),
        DECIDE_TEST(an_address_leads_to_its_passage),
        DECIDE_TEST(two_spellings_of_a_person_can_be_one_actor),
        DECIDE_TEST(a_purged_document_leaves_no_byte_and_a_whole_log),
        DECIDE_TEST(a_purged_entry_says_what_stands_for_it),
        DECIDE_TEST(a_purged_person_is_named_nowhere_and_spans_stay),
        DECIDE_TEST(a_name_is_purged_with_its_case_and_only_where_it_is_the_persons),
        DECIDE_TEST(a_verdict_follows_its_words_into_the_later_version),
        DECIDE_TEST(a_label_is_one_of_its_labels),
        DECIDE_TEST(one_command_decides_once_on_each_and_is_undone_as_one),
        DECIDE_TEST(an_accepted_entry_says_what_came_since),
        DECIDE_TEST(a_rejection_does_not_hide_reports_that_came_after_it),
        DECIDE_TEST(the_last_word_of_a_person_counts),
        DECIDE_TEST(a_record_of_format_2_keeps_documents_and_decisions),
        DECIDE_TEST(every_lost_allocation_of_the_log_is_reported)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rap_arena_free(&arena);
    return failed;
}
