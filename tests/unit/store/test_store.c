/* test_store.c - the record as one file: what is put is found again, and nothing is
 * lost. */
#include "store_sample.h"

/* ---- tests --------------------------------------------------------------------------
 */

static void one_meeting_in_two_documents_is_one_entry_with_both_quotes(void **state)
{
    (void)state;
    rap_store *store = two_documents();
    const rap_entries e = ask(store, &(rap_filter){.kinds = 1u << RAP_ENTRY_MEETING});
    assert_int_equal(e.count, 1);
    assert_int_equal(e.entry[0].documents, 2);
    assert_int_equal(e.entry[0].evidence_count, 4);
    assert_int_equal(e.entry[0].who_count, 2);
    assert_string_equal(e.entry[0].who[0].name, "Aland");
    assert_string_equal(e.entry[0].place, "Lakeside");
    assert_string_equal(e.entry[0].date, "2031-05-04");
    assert_string_equal(e.entry[0].review, "suggested");
    assert_non_null(strstr(e.entry[0].why, "2 parties"));
    for (uint32_t i = 0; i < e.entry[0].evidence_count; i++) {
        const rap_evidence *v = &e.entry[0].evidence[i];
        assert_memory_equal(v->quote, report + v->span.begin,
                            v->span.end - v->span.begin);
    }
    assert_int_equal(count_of(store, (rap_filter){0}), 4); /* one in two wordings */
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

typedef struct stream {
    rap_entries whole;
    uint32_t seen, stop_at;
} stream;

static rap_status compare_entry(void *state, const rap_entry *entry, rap_error *err)
{
    stream *s = state;
    const rap_entry *same = &s->whole.entry[s->seen++];
    assert_string_equal(entry->id, same->id);
    assert_int_equal(entry->evidence_count, same->evidence_count);
    for (uint32_t i = 0; i < entry->evidence_count; i++)
        assert_string_equal(entry->evidence[i].quote, same->evidence[i].quote);
    assert_int_equal(entry->who_count, same->who_count);
    if (s->seen == s->stop_at) return rap_fail(err, RAP_E_STOPPED, 0, "enough");
    return RAP_OK;
}

static void entries_one_by_one_are_those_of_the_list(void **state)
{
    (void)state;
    rap_store *store = two_documents();
    rap_error err;
    stream s = {.whole = ask(store, &(rap_filter){0})};
    assert_int_equal(
        rap_store_each_entry(store, &(rap_filter){0}, compare_entry, &s, &err), RAP_OK);
    assert_int_equal(s.seen, s.whole.count);
    s = (stream){.whole = s.whole, .stop_at = 2};
    assert_int_equal(
        rap_store_each_entry(store, &(rap_filter){0}, compare_entry, &s, &err),
        RAP_E_STOPPED);
    assert_int_equal(s.seen, 2);
    rap_store_close(store);
}

static void a_held_store_sees_one_state_whatever_others_write(void **state)
{
    (void)state;
    static sample three;
    rap_store *writer = two_documents();
    rap_store *reader = open_as(RAP_STORE_READ);
    rap_error err;
    assert_int_equal(rap_store_hold(reader, &err), RAP_OK);
    sample_make(&three, "reports/three.txt", " Snow fell.");
    put(writer, &three);
    join(writer);
    assert_int_equal(count_of(reader, (rap_filter){0}), 4);
    rap_store_close(reader);
    rap_store_close(writer);
    reader = open_as(RAP_STORE_READ);
    assert_true(count_of(reader, (rap_filter){0}) > 4);
    rap_store_close(reader);
}

static void filters_say_what_they_mean(void **state)
{
    (void)state;
    rap_store *store = two_documents();
    assert_int_equal(count_of(store, (rap_filter){.speaker = "quill"}), 3);
    assert_int_equal(count_of(store, (rap_filter){.speaker = "uill"}), 0);
    assert_int_equal(count_of(store, (rap_filter){.actor = "ALD"}), 4);
    assert_int_equal(count_of(store, (rap_filter){.actor = "borl"}), 1);
    assert_int_equal(count_of(store, (rap_filter){.place = "LAKE"}), 1);
    assert_int_equal(count_of(store, (rap_filter){.outlet = "lake post"}), 4);
    assert_int_equal(count_of(store, (rap_filter){.document = "1"}), 3);
    assert_int_equal(count_of(store, (rap_filter){.document = "two.txt"}), 3);
    assert_int_equal(count_of(store, (rap_filter){.type = "consult"}), 1);
    assert_int_equal(count_of(store, (rap_filter){.act = "demand"}), 2);
    assert_int_equal(count_of(store, (rap_filter){.status = "happened"}), 1);
    assert_int_equal(count_of(store, (rap_filter){.min_confidence = 0.95}), 1);
    assert_int_equal(count_of(store, (rap_filter){.since = "2031-05"}), 1);
    assert_int_equal(count_of(store, (rap_filter){.until = "2031-05-03"}), 0);
    assert_int_equal(count_of(store, (rap_filter){.since = "2031-05-05"}), 0);
    assert_int_equal(count_of(store, (rap_filter){.about = "ferry treaties"}), 3);
    assert_int_equal(count_of(store, (rap_filter){.about = "ferry bridge"}), 0);
    assert_int_equal(count_of(store, (rap_filter){.limit = 2}), 2);
    rap_store_close(store);
}

static void an_id_may_be_cut_short_and_shows_whatever_its_confidence(void **state)
{
    (void)state;
    rap_store *store = two_documents();
    char id[16];
    const rap_entries e = ask(store, &(rap_filter){.kinds = 1u << RAP_ENTRY_STATEMENT});
    (void)snprintf(id, sizeof id, "%s", e.entry[0].id);
    assert_int_equal(count_of(store, (rap_filter){.id = id, .min_confidence = 1}), 1);
    id[6] = 0;
    assert_int_equal(count_of(store, (rap_filter){.id = id}), 1);
    rap_entries none;
    rap_error err;
    assert_int_equal(
        rap_store_entries(store, &(rap_filter){.id = "s"}, &arena, &none, &err),
        RAP_E_USAGE);
    assert_int_equal(
        rap_store_entries(store, &(rap_filter){.since = "soon"}, &arena, &none, &err),
        RAP_E_USAGE);
    rap_store_close(store);
}

static void find_ranks_entries_and_no_question_is_syntax(void **state)
{
    (void)state;
    rap_store *store = two_documents();
    rap_arena_free(&arena);
    arena = RAP_ARENA(1 << 22);
    static const char *const question[] = {"Who met in Lakeside?",
                                           "\"",
                                           "AND OR NOT",
                                           "a* NEAR(b c)",
                                           "ferry AND (treaty",
                                           "words: {x} ^ferry",
                                           "; DROP TABLE entry",
                                           "",
                                           "   ",
                                           "\xff\xfe broken \xc3"};
    rap_entries e;
    rap_error err;
    for (uint32_t i = 0; i < sizeof question / sizeof *question; i++)
        assert_int_equal(
            rap_store_find(store, question[i], &(rap_filter){0}, &arena, &e, &err),
            RAP_OK);
    assert_int_equal(rap_store_find(store, "Who must sign the treaty on the ferry?",
                                    &(rap_filter){0}, &arena, &e, &err),
                     RAP_OK);
    assert_int_equal(e.count, 2); /* each report once, whatever its entries are */
    assert_int_not_equal(e.entry[0].kind, RAP_ENTRY_MEETING);
    assert_true(e.entry[0].rank >= e.entry[1].rank);
    assert_int_equal(rap_store_find(store, "lakeside talks", &(rap_filter){.limit = 1},
                                    &arena, &e, &err),
                     RAP_OK);
    assert_int_equal(e.entry[0].kind, RAP_ENTRY_MEETING);
    rap_store_close(store);
}

static void putting_the_same_document_again_changes_nothing(void **state)
{
    (void)state;
    rap_store *store = two_documents();
    char before[4][16];
    rap_entries e = ask(store, &(rap_filter){0});
    for (uint32_t i = 0; i < 4; i++) (void)snprintf(before[i], 16, "%s", e.entry[i].id);
    sample one;
    sample_make(&one, "elsewhere/copy.txt", "");
    put(store, &one);
    bool joined = true;
    rap_error err;
    assert_int_equal(rap_store_is_joined(store, &joined, &err), RAP_OK);
    assert_false(joined);
    join(store);
    e = ask(store, &(rap_filter){0});
    assert_int_equal(e.count, 4);
    for (uint32_t i = 0; i < 4; i++) assert_string_equal(e.entry[i].id, before[i]);
    uint64_t documents = 0;
    assert_int_equal(rap_store_count(store, &documents, &err), RAP_OK);
    assert_int_equal(documents, 2);
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

static void a_meeting_that_is_corrected_leaves_its_entry(void **state)
{
    (void)state;
    rap_store *store = two_documents();
    sample two;
    sample_make(&two, "reports/two.txt", " Rain fell.");
    two.reading[0].earliest = two.reading[0].latest = rap_day_of(2031, 6, 1);
    put(store, &two);
    join(store);
    assert_int_equal(count_of(store, (rap_filter){.kinds = 1u << RAP_ENTRY_MEETING}),
                     2);
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

static void a_document_is_known_by_its_digest_and_engine(void **state)
{
    (void)state;
    rap_store *store = two_documents();
    sample one;
    rap_error err;
    bool there = false;
    sample_make(&one, "x", "");
    assert_int_equal(rap_store_has(store, &one.document.sha256, &there, &err), RAP_OK);
    assert_true(there);
    char engine[65];
    assert_int_equal(rap_store_made_by(store, engine, &err), RAP_OK);
    assert_string_equal(engine, "engine one");
    assert_int_equal(rap_store_set_made_by(store, "engine two", &err), RAP_OK);
    assert_int_equal(rap_store_has(store, &one.document.sha256, &there, &err), RAP_OK);
    assert_false(there);
    rap_store_close(store);
}

static rap_status copy_path(void *state, const rap_stored_document *d, rap_error *err)
{
    (void)err;
    char *paths = state;
    strcat(strcat(paths, d->path), " ");
    assert_string_equal(d->given_outlet, "The Lake Post");
    assert_memory_equal(d->bytes.at, report, sizeof report - 1);
    return RAP_OK;
}

static void ground_truth_comes_back_in_order(void **state)
{
    (void)state;
    rap_store *store = two_documents();
    char paths[128] = "";
    rap_error err;
    assert_int_equal(rap_store_documents(store, false, copy_path, paths, &err), RAP_OK);
    assert_string_equal(paths, "reports/one.txt reports/two.txt ");
    rap_store_close(store);
}

static void sources_actors_and_zones_are_listed(void **state)
{
    (void)state;
    rap_store *store = two_documents();
    rap_error err;
    rap_source_rows sources;
    rap_actor_rows actors;
    rap_zone_rows zones;
    const rap_filter all = {0};
    rap_arena_free(&arena);
    arena = RAP_ARENA(1 << 22);
    assert_int_equal(rap_store_sources(store, &all, &arena, &sources, &err), RAP_OK);
    assert_int_equal(sources.count, 2);
    assert_string_equal(sources.row[1].path, "reports/two.txt");
    assert_int_equal(sources.row[1].statements, 1);
    assert_int_equal(sources.row[1].meetings, 1);
    assert_int_equal(rap_store_actors(store, &all, &arena, &actors, &err), RAP_OK);
    assert_int_equal(actors.count, 3);
    const rap_filter quill = {.actor = "quill"};
    assert_int_equal(rap_store_actors(store, &quill, &arena, &actors, &err), RAP_OK);
    assert_int_equal(actors.count, 1);
    assert_string_equal(actors.row[0].name, "Ada Quill");
    assert_string_equal(actors.row[0].roles, "President");
    assert_string_equal(actors.row[0].aliases, "Quill");
    assert_int_equal(actors.row[0].mentions, 2);
    assert_int_equal(actors.row[0].statements, 2);
    const rap_filter second = {.document = "2"};
    assert_int_equal(rap_store_zones(store, &second, &arena, &zones, &err), RAP_OK);
    assert_int_equal(zones.count, 1);
    assert_memory_equal(zones.row[0].words, report, 100);
    assert_true(strlen(zones.row[0].words) <= 120);
    rap_slice text;
    assert_int_equal(rap_store_text(store, 1, &arena, &text, &err), RAP_OK);
    assert_true(rap_slice_is(text, report));
    assert_int_equal(rap_store_text(store, 77, &arena, &text, &err), RAP_E_NOTFOUND);
    rap_store_close(store);
}

static void a_record_at_rest_is_one_file_and_reading_leaves_it_alone(void **state)
{
    (void)state;
    rap_store_close(two_documents());
    assert_int_equal(files_in_folder(), 1);
    struct stat before, after;
    assert_int_equal(stat(path, &before), 0);
    assert_int_equal(chmod(path, 0400), 0);
    assert_int_equal(chmod(folder, 0500), 0);
    rap_store *store = open_as(RAP_STORE_READ);
    assert_int_equal(count_of(store, (rap_filter){0}), 4); /* one in two wordings */
    assert_int_equal(verify(store), 0);
    assert_int_equal(files_in_folder(), 1);
    rap_store_close(store);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    assert_int_equal(files_in_folder(), 1);
}

static void a_reader_sees_whole_batches_while_a_writer_works(void **state)
{
    (void)state;
    rap_store *writer = two_documents();
    rap_error err;
    sample three;
    sample_make(&three, "reports/three.txt", " Snow fell.");
    assert_int_equal(rap_store_begin(writer, &err), RAP_OK);
    assert_int_equal(rap_store_put(writer, &three.document, &err), RAP_OK);
    rap_store *reader = open_as(RAP_STORE_READ);
    uint64_t documents = 0;
    assert_int_equal(rap_store_count(reader, &documents, &err), RAP_OK);
    assert_int_equal(documents, 2);
    rap_store_rollback(writer);
    rap_store_close(reader);
    rap_store_close(writer);
}

static void what_cannot_be_opened_says_so(void **state)
{
    (void)state;
    rap_store *store = NULL;
    rap_error err;
    assert_int_equal(rap_store_open(path, RAP_STORE_READ, &store, &err),
                     RAP_E_NOTFOUND);
    assert_int_equal(rap_store_open(path, RAP_STORE_WRITE, &store, &err),
                     RAP_E_NOTFOUND);
    assert_int_equal(files_in_folder(), 0);
    FILE *file = fopen(path, "wb");
    for (int i = 0; i < 3000; i++) (void)fputs("not a record ", file);
    (void)fclose(file);
    for (int mode = RAP_STORE_READ; mode <= RAP_STORE_CREATE; mode++)
        assert_int_equal(rap_store_open(path, (rap_store_mode)mode, &store, &err),
                         RAP_E_STORE);
    (void)unlink(path);
    tamper("CREATE TABLE other (x)");
    assert_int_equal(rap_store_open(path, RAP_STORE_CREATE, &store, &err), RAP_E_STORE);
    assert_null(store);
    (void)unlink(path);
    rap_store_close(open_as(RAP_STORE_CREATE));
    tamper("PRAGMA user_version=99");
    assert_int_equal(rap_store_open(path, RAP_STORE_READ, &store, &err), RAP_E_STORE);
    assert_non_null(strstr(err.text, "newer"));
    (void)snprintf(path, sizeof path, "%s/no/such/folder", folder);
    assert_int_equal(rap_store_open(path, RAP_STORE_CREATE, &store, &err), RAP_E_IO);
}

static void ground_truth_cannot_be_changed(void **state)
{
    (void)state;
    rap_store_close(two_documents());
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_not_equal(
        sqlite3_exec(db, "UPDATE document SET path = ''", NULL, NULL, NULL), SQLITE_OK);
    assert_int_not_equal(sqlite3_exec(db, "DELETE FROM document", NULL, NULL, NULL),
                         SQLITE_OK);
    (void)sqlite3_close(db);
}

static void verify_finds_what_was_tampered_with(void **state)
{
    (void)state;
    static const char *const harm[] = {
        "DROP TRIGGER document_is_fixed;"
        "UPDATE document SET bytes = CAST('Another text' AS BLOB) WHERE id = 1",
        "UPDATE reading_span SET quote = 'never said' WHERE role = 'evidence'",
        "UPDATE reading_span SET span_end = 100000 WHERE role = 'trigger'",
        "DELETE FROM entry_fts WHERE rowid = (SELECT min(number) FROM entry)",
        "UPDATE entry_fts_content SET c0 = 'other words'",
        "DELETE FROM entry WHERE kind = 'statement'",
        "DROP TRIGGER decision_is_fixed; UPDATE decision SET who = 'eve' WHERE id = 1",
        "DROP TRIGGER decision_is_kept; DELETE FROM decision WHERE id = 1",
        "DROP TRIGGER decision_is_kept; DROP TRIGGER decision_anchor_is_kept;"
        "DELETE FROM decision WHERE id = 2;"
        "DELETE FROM decision_anchor WHERE decision = 2",
        "DROP TRIGGER decision_is_fixed; UPDATE decision SET reason = 'x' WHERE id = 2",
        "DROP TRIGGER decision_anchor_is_fixed;"
        "UPDATE decision_anchor SET quote = 'meet' WHERE decision = 1",
        "DROP TRIGGER document_is_fixed; UPDATE document SET path = 'x' WHERE id = 1",
        "DELETE FROM article WHERE document = 2"};
    for (uint32_t i = 0; i < sizeof harm / sizeof *harm; i++) {
        (void)unlink(path);
        rap_store *store = two_documents();
        rap_error err;
        static const char *const meeting[] = {"m"};
        const rap_decision d = {
            .at = "2031-05-06T09:00:00Z", .who = "ann", .what = meeting, .count = 1};
        rap_decided decided;
        assert_int_equal(rap_store_begin(store, &err), RAP_OK);
        assert_int_equal(rap_store_decide(store, &d, &decided, &err), RAP_OK);
        assert_int_equal(rap_store_decide(store, &d, &decided, &err), RAP_OK);
        assert_int_equal(rap_store_commit(store, &err), RAP_OK);
        assert_int_equal(verify(store), 0);
        rap_store_close(store);
        tamper(harm[i]);
        store = open_as(RAP_STORE_READ);
        if (!verify(store)) fail_msg("not found: %s", harm[i]);
        rap_store_close(store);
    }
}

static void every_view_opens_without_this_program(void **state)
{
    (void)state;
    rap_store_close(two_documents());
    static const char *const view[] = {"v_timeline", "v_statements", "v_meetings",
                                       "v_events",   "v_sources",    "v_actors",
                                       "v_zones",    "v_evidence",   "v_decisions"};
    static const int rows[] = {4, 2, 1, 1, 2, 3, 2, 8, 0};
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    for (uint32_t i = 0; i < 9; i++) {
        char sql[64];
        sqlite3_stmt *s;
        (void)snprintf(sql, sizeof sql, "SELECT * FROM %s", view[i]);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
        int n = 0;
        while (sqlite3_step(s) == SQLITE_ROW) n++;
        if (n != rows[i]) fail_msg("%s has %d rows", view[i], n);
        (void)sqlite3_finalize(s);
    }
    (void)sqlite3_close(db);
}

static void a_document_that_could_not_be_read_is_a_source_all_the_same(void **state)
{
    (void)state;
    rap_store *store = open_as(RAP_STORE_CREATE);
    const rap_slice bytes = {"\0\1\2", 3};
    sample bad = {.document = {.sha256 = rap_sha256_of(bytes),
                               .bytes = bytes,
                               .path = "picture.png",
                               .added_at = "2031-05-05T08:00:00Z",
                               .published_earliest = RAP_NO_DAY,
                               .published_latest = RAP_NO_DAY,
                               .error_code = "binary",
                               .error_text = "this is no text",
                               .error_at = 2}};
    put(store, &bad);
    join(store);
    rap_source_rows sources;
    rap_error err;
    rap_arena_free(&arena);
    arena = RAP_ARENA(1 << 20);
    assert_int_equal(rap_store_sources(store, &(rap_filter){0}, &arena, &sources, &err),
                     RAP_OK);
    assert_string_equal(sources.row[0].error_code, "binary");
    assert_int_equal(sources.row[0].error_at, 2);
    assert_int_equal(verify(store), 0);
    rap_store_close(store);
}

static void a_second_writer_is_told_that_the_record_is_busy(void **state)
{
    (void)state;
    rap_store *one = two_documents();
    rap_error err;
    assert_int_equal(rap_store_begin(one, &err), RAP_OK);
    rap_store *two = open_as(RAP_STORE_WRITE);
    assert_int_equal(rap_store_begin(two, &err), RAP_E_STORE);
    assert_string_equal(err.code, "busy");
    rap_store_close(two);
    assert_int_equal(rap_store_commit(one, &err), RAP_OK);
    rap_store_close(one);
}

static void every_lost_allocation_of_a_question_is_reported(void **state)
{
    (void)state;
    rap_store *store = two_documents();
    rap_entries e;
    rap_error err;
    rap_arena a;
    const rap_filter filter = {.actor = "aland", .about = "met", .since = "2031"};
    CHECK_EVERY_LOST_ALLOCATION(a, 1 << 22, 2000,
                                (rap_store_entries(store, &filter, &a, &e, &err)));
    CHECK_EVERY_LOST_ALLOCATION(
        a, 1 << 22, 2000, (rap_store_find(store, "who met", &filter, &a, &e, &err)));
    rap_actor_rows rows;
    CHECK_EVERY_LOST_ALLOCATION(a, 1 << 22, 2000,
                                (rap_store_actors(store, &filter, &a, &rows, &err)));
    rap_store_close(store);
}

int main(void)
{
#define STORE_TEST(test)                                                               \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        STORE_TEST(one_meeting_in_two_documents_is_one_entry_with_both_quotes),
        STORE_TEST(entries_one_by_one_are_those_of_the_list),
        STORE_TEST(a_held_store_sees_one_state_whatever_others_write),
        STORE_TEST(filters_say_what_they_mean),
        STORE_TEST(an_id_may_be_cut_short_and_shows_whatever_its_confidence),
        STORE_TEST(find_ranks_entries_and_no_question_is_syntax),
        STORE_TEST(putting_the_same_document_again_changes_nothing),
        STORE_TEST(a_meeting_that_is_corrected_leaves_its_entry),
        STORE_TEST(a_document_is_known_by_its_digest_and_engine),
        STORE_TEST(ground_truth_comes_back_in_order),
        STORE_TEST(sources_actors_and_zones_are_listed),
        STORE_TEST(a_record_at_rest_is_one_file_and_reading_leaves_it_alone),
        STORE_TEST(a_reader_sees_whole_batches_while_a_writer_works),
        STORE_TEST(what_cannot_be_opened_says_so),
        STORE_TEST(ground_truth_cannot_be_changed),
        STORE_TEST(verify_finds_what_was_tampered_with),
        STORE_TEST(every_view_opens_without_this_program),
        STORE_TEST(a_document_that_could_not_be_read_is_a_source_all_the_same),
        STORE_TEST(a_second_writer_is_told_that_the_record_is_busy),
        STORE_TEST(every_lost_allocation_of_a_question_is_reported)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rap_arena_free(&arena);
    return failed;
}
