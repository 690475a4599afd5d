/* test_own_knowledge.c - a person's actor file and dictionaries: found, remembered, applied by
 * a rebuild, and shown. */
#include "check.h"

#include "rapporteur.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64], record[160], report[160];

static void path_of(char out[160], const char *name)
{
    (void)snprintf(out, 160, "%s/%s", folder, name);
}

static void write_file(const char *name, const char *text)
{
    char path[160];
    path_of(path, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    (void)fclose(file);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/rap-own-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    (void)snprintf(record, sizeof record, "%s/talks.rapporteur", folder);
    (void)snprintf(report, sizeof report, "%s/a.txt", folder);
    write_file(
        "a.txt",
        "Ferry talks\nMay 3, 2031\n\nPresident Ada Quill met the Harbour League in "
        "Lakeside on Friday. Quill said: “We will open the line.”\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) == 0 ? 0 : -1;
}

typedef struct heard {
    int lines;
    char first[240];
} heard;

static void hear(void *state, const char *path, const rapporteur_error *err)
{
    heard *h = state;
    assert_non_null(path);
    if (!h->lines++) (void)snprintf(h->first, sizeof h->first, "%s", err->text);
}

static const char *plover; /* whose rules are asked for, or NULL */

/* Add (or read again) with these options; the error's text, or "". */
static const char *run_with(const char *actors, const char *dictionaries, heard *h)
{
    static rapporteur_error err;
    const rapporteur_options options = {.actors = actors,
                                        .dictionaries = dictionaries,
                                        .plover = plover,
                                        .record = record,
                                        .complain = hear,
                                        .state = h};
    const char *paths[] = {report};
    const rapporteur_input input = {.paths = paths, .path_count = 1, .threads = 1};
    rapporteur *engine;
    rapporteur_added added;
    err = (rapporteur_error){0};
    *h = (heard){0};
    if (rapporteur_open(&options, &engine, &err)) return err.text;
    if (access(record, F_OK) != 0)
        (void)rapporteur_add(engine, record, &input, &added, &err);
    else
        (void)rapporteur_rebuild(engine, record, &input, &added, &err);
    rapporteur_close(engine);
    return err.text;
}

static const char *ask(const char *view, const char *words, const char *format)
{
    static char text[8192];
    rapporteur_query query = {.view = view,
                              .words = words,
                              .format = format,
                              .actor = words,
                              .min_confidence = 0};
    rapporteur_error err;
    uint64_t rows;
    FILE *out = tmpfile();
    assert_non_null(out);
    if (rapporteur_ask(record, &query, out, &rows, &err)) fail_msg("%s", err.text);
    rewind(out);
    text[fread(text, 1, sizeof text - 1, out)] = 0;
    (void)fclose(out);
    return text;
}

static void holds(const char *text, const char *part)
{
    if (!strstr(text, part)) fail_msg("\"%s\" has no \"%s\"", text, part);
}

static void actors_beside_the_record_are_found_and_an_edit_is_applied(void **state)
{
    (void)state;
    heard h;
    write_file("talks.actors", "person\tAda Quill\t\tFRA\tGOV\t\tharbour master\tf\n");
    assert_string_equal(run_with(NULL, NULL, &h), "");
    holds(ask("actors", "Quill", "csv"), "Ada Quill,person,France,FRA,GOV");
    write_file("talks.actors", "person\tAda Quill\t\tESP\tOPP\n");
    assert_string_equal(run_with(NULL, NULL, &h), "");
    holds(ask("actors", "Quill", "csv"), "Ada Quill,person,Spain,ESP,OPP");
    write_file("talks.actors", "# mine\nperson\tAda Quill\nfriend\tBea Morn\n");
    holds(run_with(NULL, NULL, &h), "/talks.actors, line 3: ");
    write_file("talks.actors", "person\tAda Quill\nperson\tBj\xf6rn Morn\n");
    holds(run_with(NULL, NULL, &h), "/talks.actors, line 2: not UTF-8");
    write_file("talks.actors", "\xEF\xBB\xBFperson\tAda Quill\t\tESP\tOPP\r\n");
    assert_string_equal(run_with(NULL, NULL, &h), "");
    holds(ask("actors", "Quill", "csv"), "Ada Quill,person,Spain,ESP,OPP");
    assert_string_equal(run_with("none", NULL, &h), "");
    assert_null(strstr(ask("actors", "Quill", "csv"), "ESP"));
    assert_string_equal(run_with(NULL, NULL, &h), ""); /* "none" is remembered */
    assert_null(strstr(ask("actors", "Quill", "csv"), "ESP"));
}

static void dictionaries_are_remembered_until_others_are_given(void **state)
{
    (void)state;
    heard h;
    char lists[160], moved[160];
    path_of(lists, "lists");
    path_of(moved, "moved");
    char command[400];
    (void)snprintf(command, sizeof command, "mkdir '%s'", lists);
    assert_int_equal(system(command), 0);
    holds(run_with(NULL, lists, &h), "/lists: no dictionary there");
    write_file("lists/own.actors.txt",
               "ADA_QUILL [FRAOPP <20300101]\n\t[FRAGOV >20300101]\nBAD LINE\n");
    assert_string_equal(run_with(NULL, lists, &h), "");
    assert_int_equal(h.lines, 1);
    holds(h.first, "/lists/own.actors.txt, line 3: an actor without a code");
    holds(ask("actors", "Quill", "csv"), "Ada Quill,person,France,FRA,GOV");
    assert_string_equal(run_with(NULL, NULL, &h), ""); /* a rebuild uses the same */
    holds(ask("actors", "Quill", "csv"), "France,FRA,GOV");
    assert_int_equal(rename(lists, moved), 0);
    holds(run_with(NULL, NULL, &h), "the record was read with it");
    holds(ask("actors", "Quill", "csv"), "France,FRA,GOV"); /* nothing was lost */
    assert_string_equal(run_with(NULL, "none", &h), "");
    assert_null(strstr(ask("actors", "Quill", "csv"), "France"));
}

static void strict_rules_are_remembered_until_others_are_given(void **state)
{
    (void)state;
    heard h;
    path_of(record, "strict.rapporteur");
    path_of(report, "b.txt");
    write_file("b.txt", "Ferry talks\nMay 3, 2031\n\nPresident Ada Quill will meet "
                        "Bea Morn in Lakeside on Friday.\n");
    plover = "strict";
    assert_string_equal(run_with(NULL, NULL, &h), "");
    plover = NULL;
    holds(ask("events", NULL, "csv"), "AGREE");
    assert_string_equal(run_with(NULL, NULL, &h), ""); /* a rebuild uses the same */
    holds(ask("events", NULL, "csv"), "AGREE");
    plover = "plain";
    assert_string_equal(run_with(NULL, NULL, &h), "");
    plover = NULL;
    holds(ask("events", NULL, "csv"), "CONSULT");
    assert_null(strstr(ask("events", NULL, "csv"), "AGREE"));
}

static void show_tells_an_actor_with_its_mentions(void **state)
{
    (void)state;
    const char *text = ask("show", "ada quill", "table");
    holds(text, "actor Ada Quill\n");
    holds(text, "  mentions    2 in 1 reports, 1 statements\n");
    holds(text, "⟦President Ada Quill⟧ met");
    holds(text, "⟦Quill⟧ said");
    holds(ask("show", "person:ada quill", "json"),
          "\"id\":\"person:ada quill\",\"kind\":\"actor\"");
    holds(ask("show", "quill", "csv"), "a.txt,");
    holds(ask("show", "quill", "jsonl"), "\"quote\":\"President Ada Quill\"");
    assert_string_equal(ask("show", "nobody", "table"), "");
    assert_string_equal(ask("show", "nobody", "json"), "[]\n");
    assert_string_equal(ask("show", "nobody", "jsonl"), "");
}

static void an_actor_has_the_countries_of_all_reports(void **state)
{
    (void)state;
    heard h;
    char lists[160];
    path_of(lists, "own.actors.txt");
    write_file("own.actors.txt",
               "ADA_QUILL [FRAGOV <20310101]\n\t[ESPGOV >20310101]\n");
    write_file("b.txt",
               "Ferry talks\nMay 3, 2029\n\nPresident Ada Quill met the Harbour League "
               "in Lakeside on Thursday. Quill said: “We will wait.”\n");
    path_of(record, "two.rapporteur");
    path_of(report, "a.txt");
    assert_string_equal(run_with(NULL, lists, &h), "");
    holds(ask("actors", "Quill", "csv"), "Ada Quill,person,Spain,ESP,GOV");
    assert_int_equal(remove(record), 0);
    report[strlen(report) - strlen("/a.txt")] = 0; /* the folder: both reports */
    write_file("talks.actors", "");
    assert_string_equal(run_with(NULL, lists, &h), "");
    holds(ask("actors", "Quill", "csv"), "Ada Quill,person,France; Spain,");
}

static void a_file_that_is_not_there_is_an_error_that_names_it(void **state)
{
    (void)state;
    heard h;
    holds(run_with("/nowhere/x.actors", NULL, &h), "/nowhere/x.actors: No such file");
    holds(run_with(NULL, "/nowhere", &h), "/nowhere: No such file");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(actors_beside_the_record_are_found_and_an_edit_is_applied),
        cmocka_unit_test(dictionaries_are_remembered_until_others_are_given),
        cmocka_unit_test(show_tells_an_actor_with_its_mentions),
        cmocka_unit_test(a_file_that_is_not_there_is_an_error_that_names_it),
        cmocka_unit_test(an_actor_has_the_countries_of_all_reports),
        cmocka_unit_test(strict_rules_are_remembered_until_others_are_given),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
