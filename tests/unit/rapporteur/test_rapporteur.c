/* test_rapporteur.c - the library as its users call it. */
#include "check.h"

#include "rapporteur.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPORTS = 130 }; /* more than a batch */

static char folder[64], record[96], reports[96];
static const char *paths[1];
static rapporteur *engine;

static void write_file(const char *name, const char *bytes, size_t len)
{
    char path[160];
    (void)snprintf(path, sizeof path, "%s/%s", reports, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    (void)fclose(file);
}

static void write_reports(void)
{
    for (int i = 0; i < REPORTS; i++) {
        char text[600], name[16];
        const int len = snprintf(
            text, sizeof text,
            "Ferry talks, part %d\nMay %d, 2031\n\nPresident Ada Quill and Prime "
            "Minister "
            "Bruno Faber met in Lakeside on May %d, 2031. “We will open the ferry line "
            "number %d,” Quill said. Faber said that he had no answer yet.\n",
            i, i % 27 + 1, i % 27 + 1, i);
        (void)snprintf(name, sizeof name, "%03d.txt", i);
        write_file(name, text, (size_t)len);
    }
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/rap-face-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    (void)snprintf(record, sizeof record, "%s/r.rapporteur", folder);
    (void)snprintf(reports, sizeof reports, "%s/in", folder);
    char command[128];
    (void)snprintf(command, sizeof command, "mkdir '%s'", reports);
    if (system(command)) return -1;
    paths[0] = reports;
    write_reports();
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

static rapporteur_input all_reports(unsigned threads)
{
    return (rapporteur_input){.paths = paths, .path_count = 1, .threads = threads};
}

static rapporteur_added add(const rapporteur_input *input)
{
    rapporteur_added added;
    rapporteur_error err;
    if (rapporteur_add(engine, record, input, &added, &err)) fail_msg("%s", err.text);
    return added;
}

/* All of a stream's bytes, malloc'ed, with a 0 behind. */
static char *bytes_of(FILE *file, size_t *len)
{
    *len = (size_t)ftell(file);
    char *bytes = malloc(*len + 1);
    assert_non_null(bytes);
    rewind(file);
    assert_int_equal(fread(bytes, 1, *len, file), *len);
    bytes[*len] = 0;
    (void)fclose(file);
    return bytes;
}

static char *answer(const char *view, uint64_t *rows)
{
    rapporteur_query query = {.view = view, .words = "ferry", .format = "jsonl"};
    rapporteur_error err;
    size_t len;
    FILE *out = tmpfile();
    if (rapporteur_ask(record, &query, out, rows, &err)) fail_msg("%s", err.text);
    return bytes_of(out, &len);
}

static void expect_verified(void)
{
    uint64_t wrong = 99;
    rapporteur_error err;
    FILE *out = tmpfile();
    if (rapporteur_verify(record, out, &wrong, &err)) fail_msg("%s", err.text);
    size_t len;
    char *lines = bytes_of(out, &len);
    if (wrong) fail_msg("%s", lines);
    free(lines);
}

/* ---- annotate
 * ------------------------------------------------------------------------ */

static char *annotate(unsigned threads, rapporteur_format format, size_t *len,
                      uint64_t *bad)
{
    rapporteur_input input = all_reports(threads);
    rapporteur_error err;
    FILE *out = tmpfile();
    if (rapporteur_annotate(engine, &input, format, 0, out, bad, &err))
        fail_msg("%s", err.text);
    return bytes_of(out, len);
}

static void annotated_lines_come_in_order_whatever_the_threads(void **state)
{
    (void)state;
    size_t len[2];
    uint64_t bad;
    for (int format = RAPPORTEUR_JSONL; format <= RAPPORTEUR_CONLLU_OUT; format++) {
        char *one = annotate(1, (rapporteur_format)format, &len[0], &bad);
        char *many = annotate(7, (rapporteur_format)format, &len[1], &bad);
        assert_int_equal(len[0], len[1]);
        assert_memory_equal(one, many, len[0]);
        assert_int_equal(bad, 0);
        free(one);
        free(many);
    }
}

static void a_bad_document_is_a_line_and_the_others_go_on(void **state)
{
    (void)state;
    write_file("050b.txt", "\0\1\2\3\0\0\377\0", 8);
    size_t len, lines = 0;
    uint64_t bad = 0;
    char *out = annotate(2, RAPPORTEUR_JSONL, &len, &bad);
    for (size_t i = 0; i < len; i++) lines += out[i] == '\n';
    assert_int_equal(lines, REPORTS + 1);
    assert_int_equal(bad, 1);
    assert_non_null(strstr(out, "\"error\""));
    free(out);
}

static void an_output_that_cannot_be_written_is_an_error(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    if (!full) skip();
    rapporteur_input input = all_reports(2);
    rapporteur_error err;
    uint64_t bad;
    assert_int_equal(
        rapporteur_annotate(engine, &input, RAPPORTEUR_JSONL, 0, full, &bad, &err),
        RAPPORTEUR_E_IO);
    (void)fclose(full);
}

/* ---- the record
 * ---------------------------------------------------------------------- */

static void adding_twice_changes_nothing(void **state)
{
    (void)state;
    const rapporteur_input input = all_reports(2);
    rapporteur_added added = add(&input);
    assert_int_equal(added.added, REPORTS);
    uint64_t rows;
    char *before = answer("timeline", &rows);
    added = add(&input);
    assert_int_equal(added.added, 0);
    assert_int_equal(added.unchanged, REPORTS);
    char *after = answer("timeline", &rows);
    assert_string_equal(before, after);
    free(before);
    free(after);
    expect_verified();
}

static void the_record_does_not_depend_on_threads_and_survives_a_rebuild(void **state)
{
    (void)state;
    static const char *const view[] = {"timeline", "statements", "meetings",
                                       "actors",   "zones",      "find"};
    char *first[6];
    uint64_t rows;
    rapporteur_input input = all_reports(1);
    (void)add(&input);
    for (int i = 0; i < 6; i++) first[i] = answer(view[i], &rows);
    assert_int_equal(unlink(record), 0);
    input = all_reports(5);
    (void)add(&input);
    for (int again = 0; again < 2; again++) {
        for (int i = 0; i < 6; i++) {
            char *now = answer(view[i], &rows);
            assert_string_equal(now, first[i]);
            free(now);
        }
        rapporteur_added added;
        rapporteur_error err;
        assert_int_equal(rapporteur_rebuild(engine, record, &input, &added, &err),
                         RAPPORTEUR_OK);
        assert_int_equal(added.added, REPORTS);
    }
    for (int i = 0; i < 6; i++) free(first[i]);
    expect_verified();
}

static void the_same_bytes_twice_in_one_input_are_one_document(void **state)
{
    (void)state;
    static const char text[] = "Rain fell on the lake.\n";
    write_file("a1.txt", text, sizeof text - 1);
    write_file("a2.txt", text, sizeof text - 1);
    const rapporteur_input input = all_reports(2);
    const rapporteur_added added = add(&input);
    assert_int_equal(added.added, REPORTS + 1);
    assert_int_equal(added.unchanged, 1);
}

static int stop_after_40(void *state, uint64_t done, uint64_t total, uint64_t bytes)
{
    (void)state;
    (void)total;
    (void)bytes;
    return done >= 40;
}

static void a_stopped_add_keeps_what_it_did_and_the_next_goes_on(void **state)
{
    (void)state;
    rapporteur_input input = all_reports(2);
    input.progress = stop_after_40;
    rapporteur_added added;
    rapporteur_error err;
    assert_int_equal(rapporteur_add(engine, record, &input, &added, &err),
                     RAPPORTEUR_E_STOPPED);
    assert_int_equal(added.added, 40);
    expect_verified();
    input.progress = NULL;
    added = add(&input);
    assert_int_equal(added.unchanged, 40);
    assert_int_equal(added.added, REPORTS - 40);
    expect_verified();
}

static uint64_t complaints;
static void count_complaint(void *state, const char *path, const rapporteur_error *err)
{
    (void)state;
    assert_non_null(strstr(path, "050b.txt"));
    assert_true(err->code[0] != 0);
    complaints++;
}

static void bytes_that_are_no_text_are_reported_each_time_and_not_kept(void **state)
{
    (void)state;
    write_file("050b.txt", "\0\1\2\3\0\0\377\0", 8);
    rapporteur_input input = all_reports(2);
    input.complain = count_complaint;
    complaints = 0;
    rapporteur_added added = add(&input);
    assert_int_equal(added.added, REPORTS);
    assert_int_equal(added.bad, 1);
    added = add(&input);
    assert_int_equal(added.unchanged, REPORTS);
    assert_int_equal(added.bad, 1);
    assert_int_equal(complaints, 2);
    uint64_t rows;
    free(answer("sources", &rows));
    assert_int_equal(rows, REPORTS);
    expect_verified();
}

static void what_is_asked_wrongly_is_told(void **state)
{
    (void)state;
    rapporteur_input input = all_reports(1);
    rapporteur_added added;
    rapporteur_error err;
    uint64_t rows;
    input.date = "yesterday";
    assert_int_equal(rapporteur_add(engine, record, &input, &added, &err),
                     RAPPORTEUR_E_USAGE);
    input.date = NULL;
    (void)add(&input);
    rapporteur_query query = {.view = "horoscope", .format = "json"};
    assert_int_equal(rapporteur_ask(record, &query, stdout, &rows, &err),
                     RAPPORTEUR_E_USAGE);
    query = (rapporteur_query){.view = "timeline", .format = "papyrus"};
    assert_int_equal(rapporteur_ask(record, &query, stdout, &rows, &err),
                     RAPPORTEUR_E_USAGE);
    query = (rapporteur_query){.view = "timeline", .since = "soon"};
    assert_int_equal(rapporteur_ask(record, &query, stdout, &rows, &err),
                     RAPPORTEUR_E_USAGE);
    query = (rapporteur_query){.view = "timeline"};
    assert_int_equal(rapporteur_ask("/no/such/record", &query, stdout, &rows, &err),
                     RAPPORTEUR_E_NOTFOUND);
    assert_int_equal(
        rapporteur_rebuild(engine, "/no/such/record", &input, &added, &err),
        RAPPORTEUR_E_NOTFOUND);
    const rapporteur_options options = {.actors = "/no/such/actors"};
    rapporteur *other = NULL;
    assert_int_equal(rapporteur_open(&options, &other, &err), RAPPORTEUR_E_IO);
    assert_null(other);
}

static void nothing_to_add_makes_an_empty_record(void **state)
{
    (void)state;
    const rapporteur_input input = {0};
    const rapporteur_added added = add(&input);
    assert_int_equal(added.added, 0);
    uint64_t rows = 9;
    free(answer("timeline", &rows));
    assert_int_equal(rows, 0);
    expect_verified();
    FILE *out = tmpfile();
    rapporteur_error err;
    assert_int_equal(rapporteur_report(record, "Nothing", out, &err), RAPPORTEUR_OK);
    (void)fclose(out);
}

/* The matrix of the examples in `format`. */
static char *matrix_as(const char *format, uint64_t *rows)
{
    const rapporteur_query query = {
        .view = "positions", .format = format, .min_confidence = -1, .matrix = 1};
    rapporteur_error err;
    size_t len;
    FILE *out = tmpfile();
    if (rapporteur_ask(record, &query, out, rows, &err)) fail_msg("%s", err.text);
    return bytes_of(out, &len);
}

static void a_matrix_has_a_row_a_party_and_cells_with_their_history(void **state)
{
    (void)state;
    uint64_t rows = 0;
    static const char report[] =
        "Ferry talks fail\nMay 3, 2031\n\nNorway rejected a withdrawal of its forces. "
        "Iceland rejected a ceasefire and supported a referendum.\n";
    write_file("000.txt", report, sizeof report - 1);
    const rapporteur_input input = all_reports(1);
    (void)add(&input);
    char *csv = matrix_as("csv", &rows);
    assert_memory_equal(csv, "party,", 6);
    assert_true(rows > 1);
    free(csv);
    char *json = matrix_as("json", &rows);
    assert_non_null(strstr(json, "\"history\":[{\"entry\":"));
    free(json);
    char *table = matrix_as("table", &rows);
    assert_memory_equal(table, "party ", 6);
    free(table);
}

int main(void)
{
#define FACE_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        FACE_TEST(a_matrix_has_a_row_a_party_and_cells_with_their_history),
        FACE_TEST(annotated_lines_come_in_order_whatever_the_threads),
        FACE_TEST(a_bad_document_is_a_line_and_the_others_go_on),
        FACE_TEST(an_output_that_cannot_be_written_is_an_error),
        FACE_TEST(adding_twice_changes_nothing),
        FACE_TEST(the_record_does_not_depend_on_threads_and_survives_a_rebuild),
        FACE_TEST(the_same_bytes_twice_in_one_input_are_one_document),
        FACE_TEST(a_stopped_add_keeps_what_it_did_and_the_next_goes_on),
        FACE_TEST(bytes_that_are_no_text_are_reported_each_time_and_not_kept),
        FACE_TEST(what_is_asked_wrongly_is_told),
        FACE_TEST(nothing_to_add_makes_an_empty_record)};
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
