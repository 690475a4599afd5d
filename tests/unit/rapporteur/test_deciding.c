/* test_deciding.c - decisions as users of the library take them. */
#include "check.h"

#include "rapporteur.h"

#include <stdbool.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64], record[96], report[96], other[96];
static rapporteur *engine;

static const char text[] =
    "Ferry talks in Lakeside\nMay 5, 2031\n\nPresident Ada Quill and Prime Minister "
    "Bruno "
    "Faber met in Lakeside on Monday. “We will open the ferry line,” Quill said. Faber "
    "said that he had no answer yet.\n";

static void write_file(const char *path, const char *words)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(words, 1, strlen(words), file), strlen(words));
    (void)fclose(file);
}

static void add(const char *path)
{
    const rapporteur_input input = {.paths = &path, .path_count = 1};
    rapporteur_error err;
    if (rapporteur_add(engine, record, &input, NULL, &err)) fail_msg("%s", err.text);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/rap-decide-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    (void)snprintf(record, sizeof record, "%s/r.rapporteur", folder);
    (void)snprintf(report, sizeof report, "%s/one.txt", folder);
    (void)snprintf(other, sizeof other, "%s/two.txt", folder);
    write_file(report, text);
    add(report);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) == 0 ? 0 : -1;
}

static int open_engine(void **state)
{
    (void)state;
    rapporteur_error err;
    return rapporteur_open(NULL, &engine, &err) ? -1 : 0;
}

static int close_engine(void **state)
{
    (void)state;
    rapporteur_close(engine);
    return 0;
}

/* All that a view answers, malloc'ed. */
static char *answer(rapporteur_query query, uint64_t *rows)
{
    rapporteur_error err;
    FILE *out = tmpfile();
    query.format = "jsonl";
    if (rapporteur_ask(record, &query, out, rows, &err)) fail_msg("%s", err.text);
    const size_t len = (size_t)ftell(out);
    char *bytes = calloc(1, len + 1);
    assert_non_null(bytes);
    rewind(out);
    assert_int_equal(fread(bytes, 1, len, out), len);
    (void)fclose(out);
    return bytes;
}

static bool answers(rapporteur_query query, const char *words)
{
    uint64_t rows;
    char *all = answer(query, &rows);
    const bool there = strstr(all, words) != NULL;
    free(all);
    return there;
}

static rapporteur_decided decide(rapporteur_decision d)
{
    rapporteur_decided decided;
    rapporteur_error err;
    d.who = "ann";
    if (rapporteur_decide(NULL, record, &d, &decided, &err)) fail_msg("%s", err.text);
    return decided;
}

static rapporteur_status decide_badly(rapporteur_decision d)
{
    rapporteur_error err;
    return rapporteur_decide(NULL, record, &d, NULL, &err);
}

static void expect_whole(void)
{
    uint64_t wrong = 99;
    rapporteur_error err;
    FILE *out = tmpfile();
    if (rapporteur_verify_deep(engine, record, out, &wrong, &err))
        fail_msg("%s", err.text);
    if (wrong) {
        char line[200] = "";
        rewind(out);
        (void)fgets(line, sizeof line, out);
        fail_msg("%s", line);
    }
    (void)fclose(out);
}

/* The id of the one statement with these words. */
static void find_statement(const char *words, char id[9])
{
    uint64_t rows;
    char *all = answer((rapporteur_query){.view = "statements", .about = words}, &rows);
    const char *at = strstr(all, "\"id\":\"");
    assert_non_null(at);
    (void)snprintf(id, 9, "%.8s", at + 6);
    free(all);
}

/* ---- tests ------------------------------------------------------------------------------ */

static void what_is_said_of_a_document_dates_what_depended_on_it(void **state)
{
    (void)state;
    static const char *const document[] = {"one.txt"};
    static const char *const set[] = {"date=2031-06-10", "outlet=The Lake Post"};
    const rapporteur_query meetings = {.view = "meetings", .min_confidence = 0.1};
    assert_true(answers(meetings, "2031-05-05"));
    const rapporteur_decided decided = decide((rapporteur_decision){
        .kind = "meta", .what = document, .what_count = 1, .set = set, .set_count = 2});
    assert_int_equal(decided.first, 1);
    assert_int_equal(decided.documents, 1);
    assert_true(answers(meetings, "2031-06-09"));
    assert_true(answers((rapporteur_query){.view = "sources"}, "The Lake Post"));
    expect_whole();
    (void)decide((rapporteur_decision){.kind = "undo"});
    assert_true(answers(meetings, "2031-05-05"));
    expect_whole();
}

static void a_sheet_says_it_of_many_documents(void **state)
{
    (void)state;
    char sheet[96];
    (void)snprintf(sheet, sizeof sheet, "%s/sheet.csv", folder);
    write_file(other, "Rain fell on Lakeside.\n");
    add(other);
    write_file(sheet, "file,outlet,date\none.txt,The Post,\ntwo.txt,,2031-05-09\n");
    rapporteur_decided decided =
        decide((rapporteur_decision){.kind = "meta", .sheet = sheet});
    assert_int_equal(decided.last, 2);
    assert_int_equal(decided.documents, 2);
    assert_true(answers((rapporteur_query){.view = "sources"}, "2031-05-09"));
    write_file(sheet, "file,outlet\nthree.txt,The Post\n");
    assert_int_equal(decide_badly((rapporteur_decision){
                         .kind = "meta", .who = "ann", .sheet = sheet}),
                     RAPPORTEUR_E_NOTFOUND);
    uint64_t rows;
    free(answer((rapporteur_query){.view = "log"}, &rows));
    assert_int_equal(rows, 2); /* all or nothing */
    expect_whole();
}

static void a_decision_stands_after_a_rebuild_and_its_address_is_shown(void **state)
{
    (void)state;
    char id[9];
    find_statement("ferry line", id);
    const char *what = id;
    (void)decide(
        (rapporteur_decision){.kind = "accept", .what = &what, .what_count = 1});
    const rapporteur_input input = {0};
    rapporteur_error err;
    assert_int_equal(rapporteur_rebuild(engine, record, &input, NULL, &err),
                     RAPPORTEUR_OK);
    const rapporteur_query accepted = {.view = "statements", .review = "accepted"};
    assert_true(answers(accepted, id));
    uint64_t rows;
    char *all = answer(accepted, &rows);
    assert_int_equal(rows, 1);
    const char *address = strstr(all, "rap:");
    char words[64] = "";
    (void)sscanf(address, "%63[^\"]", words);
    assert_true(answers((rapporteur_query){.view = "show", .words = words}, id));
    free(all);
    expect_whole();
}

static void a_purged_person_is_not_read_again(void **state)
{
    (void)state;
    char command[160];
    const rapporteur_decided decided =
        decide((rapporteur_decision){.kind = "purge", .person = "Ada Quill"});
    assert_int_equal(decided.documents, 1);
    (void)snprintf(command, sizeof command, "grep -a -i -q quill '%s'", record);
    assert_int_not_equal(system(command), 0);
    assert_true(answers((rapporteur_query){.view = "actors"}, "Faber"));
    expect_whole();
    static const char *const document[] = {"1"};
    (void)decide(
        (rapporteur_decision){.kind = "purge", .what = document, .what_count = 1});
    (void)snprintf(command, sizeof command, "grep -a -i -q faber '%s'", record);
    assert_int_not_equal(system(command), 0);
    add(report); /* its bytes are known, and not taken in again */
    uint64_t rows;
    free(answer((rapporteur_query){.view = "sources"}, &rows));
    assert_int_equal(rows, 0);
    expect_whole();
}

static void a_purge_can_be_counted_first(void **state)
{
    (void)state;
    const rapporteur_decided would =
        decide((rapporteur_decision){.kind = "purge", .person = "Ada Quill", .dry = 1});
    assert_int_equal(would.documents, 1);
    assert_int_equal(would.places, 2);
    assert_true(answers((rapporteur_query){.view = "actors"}, "Ada Quill"));
    uint64_t rows;
    free(answer((rapporteur_query){.view = "log"}, &rows));
    assert_int_equal(rows, 0);
    assert_int_equal(decide_badly((rapporteur_decision){
                         .kind = "purge", .who = "ann", .person = "ferry"}),
                     RAPPORTEUR_E_NOTFOUND);
    assert_int_equal(
        decide((rapporteur_decision){.kind = "purge", .person = "Lakeside", .words = 1})
            .places,
        2);
    expect_whole();
}

static void what_became_of_a_decision_is_told(void **state)
{
    (void)state;
    char id[9];
    rapporteur_error err;
    rapporteur_decided told;
    find_statement("ferry", id);
    const char *const what[] = {id};
    rapporteur_decision d = {.kind = "accept", .what = what, .what_count = 1};
    assert_int_equal(decide(d).apart, 0);
    d.kind = "reject";
    d.who = " bea ";
    assert_int_equal(rapporteur_decide(NULL, record, &d, &told, &err), RAPPORTEUR_OK);
    assert_int_equal(told.apart, 1);
    assert_int_equal(told.ended, 0);
    assert_string_equal(told.why, "ann decided first");
    assert_true(answers((rapporteur_query){.view = "log"}, "\"bea\""));
    assert_int_equal(decide(d).ended, 1); /* by ann herself */
}

static void a_page_is_called_as_its_record_where_nobody_names_it(void **state)
{
    (void)state;
    static const char *const title[] = {NULL, "", " "};
    for (int i = 0; i < 3; i++) {
        char page[4096] = "";
        rapporteur_error err;
        FILE *out = tmpfile();
        assert_int_equal(rapporteur_report(record, title[i], out, &err), RAPPORTEUR_OK);
        rewind(out);
        (void)fread(page, 1, sizeof page - 1, out);
        (void)fclose(out);
        assert_non_null(strstr(page, "<title>r</title>"));
    }
}

static void what_is_decided_wrongly_is_told(void **state)
{
    (void)state;
    static const char *const nobody[] = {"zzzzzzzz"};
    static const char *const set[] = {"no equals sign"};
    assert_int_equal(decide_badly((rapporteur_decision){.kind = "judge", .who = "ann"}),
                     RAPPORTEUR_E_USAGE);
    assert_int_equal(
        decide_badly((rapporteur_decision){.kind = "accept", .who = "ann"}),
        RAPPORTEUR_E_USAGE);
    assert_int_equal(decide_badly((rapporteur_decision){
                         .kind = "accept", .who = "", .what = nobody, .what_count = 1}),
                     RAPPORTEUR_E_USAGE);
    assert_int_equal(
        decide_badly((rapporteur_decision){
            .kind = "accept", .who = "ann", .what = nobody, .what_count = 1}),
        RAPPORTEUR_E_NOTFOUND);
    assert_int_equal(decide_badly((rapporteur_decision){.kind = "edit",
                                                        .who = "ann",
                                                        .what = nobody,
                                                        .what_count = 1,
                                                        .set = set,
                                                        .set_count = 1}),
                     RAPPORTEUR_E_USAGE);
    assert_int_equal(decide_badly((rapporteur_decision){.kind = "purge", .who = "ann"}),
                     RAPPORTEUR_E_USAGE);
    assert_int_equal(decide_badly((rapporteur_decision){
                         .kind = "purge", .who = "ann", .person = "Nobody Atall"}),
                     RAPPORTEUR_E_NOTFOUND);
    uint64_t rows;
    free(answer((rapporteur_query){.view = "log"}, &rows));
    assert_int_equal(rows, 0);
    expect_whole();
}

int main(void)
{
#define DECIDING_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        DECIDING_TEST(what_is_said_of_a_document_dates_what_depended_on_it),
        DECIDING_TEST(a_sheet_says_it_of_many_documents),
        DECIDING_TEST(a_decision_stands_after_a_rebuild_and_its_address_is_shown),
        DECIDING_TEST(a_purged_person_is_not_read_again),
        DECIDING_TEST(a_purge_can_be_counted_first),
        DECIDING_TEST(what_became_of_a_decision_is_told),
        DECIDING_TEST(a_page_is_called_as_its_record_where_nobody_names_it),
        DECIDING_TEST(what_is_decided_wrongly_is_told)};
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
