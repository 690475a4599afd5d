/* test_watch.c - saved searches, and folders that tell what arrived. */
#include "check.h"

#include "watch_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATIENCE_MS = 5000, IMPATIENCE_MS = 50 };

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/rapporteur-watch-XXXXXX");
    return mkdtemp(folder) ? 0 : 1;
}

static int drop_folder(void **state)
{
    (void)state;
    char command[128];
    (void)snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static rap_status read_rows(const char *rows, rap_arena *arena, rap_searches *out,
                            rap_error *err)
{
    return rap_searches_read("mine.searches", rap_slice_of(rows), arena, out, err);
}

static void a_search_has_a_name_words_and_filters(void **state)
{
    (void)state;
    rap_arena arena = {.limit = 1 << 20};
    rap_searches s;
    rap_error err;
    assert_int_equal(
        read_rows("# mine\n\nferries\tferries observers\n"
                  "owed\t\tkind=commitment|actor=Kestria|min-confidence=0.7\n",
                  &arena, &s, &err),
        RAP_OK);
    assert_int_equal(s.count, 2);
    assert_string_equal(s.search[0].words, "ferries observers");
    assert_false(s.search[0].filtered);
    assert_true(s.search[1].filtered);
    assert_string_equal(s.search[1].filter.actor, "Kestria");
    assert_int_equal(s.search[1].filter.kinds, 1u << RAP_ENTRY_COMMITMENT);
    assert_true(s.search[1].filter.min_confidence > 0.69);
    rap_arena_free(&arena);
}

static void a_row_that_is_no_search_names_its_line(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "a\tb\n\tnameless\n",        "a\tb\nempty\n",
        "a\tb\nc\td\tcolour=red\n",  "a\tb\nc\td\tactor\n",
        "a\tb\nc\td\tkind=rumour\n", "a\tb\nc\td\tmin-confidence=2\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        rap_arena arena = {.limit = 1 << 20};
        rap_searches s;
        rap_error err = {0};
        assert_int_equal(read_rows(bad[i], &arena, &s, &err), RAP_E_USAGE);
        assert_non_null(strstr(err.text, "line 2"));
        assert_int_equal(s.count, 0);
        rap_arena_free(&arena);
    }
}

static void lost_memory_is_told_while_searches_are_read(void **state)
{
    (void)state;
    rap_arena arena;
    rap_searches s;
    rap_error err;
    CHECK_EVERY_LOST_ALLOCATION(
        arena, 1 << 20, 100,
        read_rows("a\tb\nc\td\tactor=E|place=F\n", &arena, &s, &err));
}

/* ---- folders --------------------------------------------------------------------- */

static void put(const char *name)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs("text\n", file);
    (void)fclose(file);
}

static rap_folder_watch *watch_folder(void)
{
    const char *const paths[] = {folder};
    rap_folder_watch *w;
    rap_error err;
    assert_int_equal(rap_folder_watch_open(paths, 1, &w, &err), RAP_OK);
    return w;
}

static bool told_of(const char *const *paths, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(paths[i]) >= strlen(name) &&
            strcmp(paths[i] + strlen(paths[i]) - strlen(name), name) == 0)
            return true;
    return false;
}

static size_t wait_for(rap_folder_watch *w, int ms, const char *const **paths)
{
    size_t count;
    rap_error err;
    assert_int_equal(rap_folder_watch_wait(w, ms, paths, &count, &err), RAP_OK);
    return count;
}

static void a_file_is_told_of_once_when_it_is_whole(void **state)
{
    (void)state;
    const char *const *paths;
    rap_folder_watch *w = watch_folder();
    assert_int_equal(wait_for(w, 0, &paths), 0);
    char path[128];
    (void)snprintf(path, sizeof path, "%s/slow.txt", folder);
    FILE *file = fopen(path, "w");
    (void)fputs("half ", file);
    (void)fflush(file);
    assert_int_equal(wait_for(w, IMPATIENCE_MS, &paths), 0);
    (void)fclose(file);
    assert_int_equal(wait_for(w, PATIENCE_MS, &paths), 1);
    assert_true(told_of(paths, 1, "/slow.txt"));
    assert_int_equal(wait_for(w, IMPATIENCE_MS, &paths), 0);
    rap_folder_watch_close(w);
}

static void a_file_on_its_way_counts_when_it_has_its_name(void **state)
{
    (void)state;
    const char *const *paths;
    rap_folder_watch *w = watch_folder();
    put("report.html.part");
    put(".hidden");
    assert_int_equal(wait_for(w, IMPATIENCE_MS, &paths), 0);
    char from[128], to[128];
    (void)snprintf(from, sizeof from, "%s/report.html.part", folder);
    (void)snprintf(to, sizeof to, "%s/report.html", folder);
    assert_int_equal(rename(from, to), 0);
    assert_int_equal(wait_for(w, PATIENCE_MS, &paths), 1);
    assert_true(told_of(paths, 1, "/report.html"));
    rap_folder_watch_close(w);
}

static void a_new_folder_is_told_of_and_watched(void **state)
{
    (void)state;
    const char *const *paths;
    rap_folder_watch *w = watch_folder();
    char inner[128];
    (void)snprintf(inner, sizeof inner, "%s/inner", folder);
    assert_int_equal(mkdir(inner, 0700), 0);
    assert_true(wait_for(w, PATIENCE_MS, &paths) >= 1);
    assert_true(told_of(paths, 1, "/inner"));
    put("inner/late.txt");
    assert_int_equal(wait_for(w, PATIENCE_MS, &paths), 1);
    assert_true(told_of(paths, 1, "/inner/late.txt"));
    rap_folder_watch_close(w);
}

static void what_is_no_folder_is_refused(void **state)
{
    (void)state;
    const char *const paths[] = {"/dev/null"};
    rap_folder_watch *w;
    rap_error err;
    assert_int_equal(rap_folder_watch_open(paths, 1, &w, &err), RAP_E_IO);
    assert_non_null(strstr(err.text, "/dev/null"));
    assert_null(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_has_a_name_words_and_filters),
        cmocka_unit_test(a_row_that_is_no_search_names_its_line),
        cmocka_unit_test(lost_memory_is_told_while_searches_are_read),
        cmocka_unit_test_setup_teardown(a_file_is_told_of_once_when_it_is_whole,
                                        make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(a_file_on_its_way_counts_when_it_has_its_name,
                                        make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(a_new_folder_is_told_of_and_watched,
                                        make_folder, drop_folder),
        cmocka_unit_test(what_is_no_folder_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
