/* test_export.c - a file or folder appears whole or not at all; what may not leave does not. */
#include "check.h"

#include "export.h"
#include "text.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a folder of its own ------------------------------------------------------------ */

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/rap-export-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) == 0 ? 0 : -1;
}

static const char *in_folder(const char *name)
{
    static char path[4][256];
    static int next;
    next = (next + 1) % 4;
    (void)snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
    return path[next];
}

/* The bytes of a file; "" where there is none. */
static const char *bytes_of(const char *name)
{
    static char bytes[1 << 16];
    FILE *file = fopen(in_folder(name), "rb");
    const size_t len = file ? fread(bytes, 1, sizeof bytes - 1, file) : 0;
    if (file) (void)fclose(file);
    bytes[len] = 0;
    return bytes;
}

static bool is_there(const char *name)
{
    struct stat found;
    return lstat(in_folder(name), &found) == 0;
}

static rap_status open_out(const char *name, bool as_folder, rap_out **out)
{
    rap_error err;
    return rap_out_open(in_folder(name), as_folder, NULL, out, &err);
}

static void put_in(rap_out *out, const char *name, const char *words)
{
    FILE *file;
    rap_error err;
    assert_int_equal(rap_out_begin(out, name, &file, &err), RAP_OK);
    (void)fputs(words, file);
    assert_int_equal(rap_out_end(out, file, &err), RAP_OK);
}

/* ---- files and folders -------------------------------------------------------------- */

static void a_file_appears_when_it_is_whole(void **state)
{
    (void)state;
    rap_out *out;
    rap_error err;
    assert_int_equal(open_out("a", false, &out), RAP_OK);
    put_in(out, "unused", "one");
    assert_false(is_there("a"));
    assert_int_equal(rap_out_close(out, RAP_OK, &err), RAP_OK);
    assert_string_equal(bytes_of("a"), "one");
    assert_false(is_there("a.part"));
}

static void a_failure_leaves_the_file_of_before(void **state)
{
    (void)state;
    rap_out *out;
    rap_error err = {.status = RAP_E_STORE};
    assert_int_equal(open_out("a", false, &out), RAP_OK);
    put_in(out, "", "one");
    assert_int_equal(rap_out_close(out, RAP_OK, &err), RAP_OK);
    assert_int_equal(open_out("a", false, &out), RAP_OK);
    put_in(out, "", "two");
    assert_int_equal(rap_out_close(out, RAP_E_STORE, &err), RAP_E_STORE);
    assert_string_equal(bytes_of("a"), "one");
    assert_false(is_there("a.part"));
}

static void write_folder(const char *name, const char *words)
{
    rap_out *out;
    rap_error err;
    assert_int_equal(open_out(name, true, &out), RAP_OK);
    put_in(out, "b.txt", words);
    put_in(out, "sub/c.txt", "deep");
    assert_int_equal(rap_out_close(out, RAP_OK, &err), RAP_OK);
}

static void a_folder_lists_its_files_and_takes_the_place_of_an_older_one(void **state)
{
    (void)state;
    write_folder("d", "old");
    write_folder("d/", "new");
    assert_string_equal(bytes_of("d/b.txt"), "new");
    assert_string_equal(bytes_of("d/sub/c.txt"), "deep");
    assert_string_equal(
        bytes_of("d/MANIFEST.sha256"),
        "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437  b.txt\n"
        "74611c1d6455b534323a21f8133a6f43dc3a8188e7b946f96dcc28dde932fcb2  "
        "sub/c.txt\n");
    assert_false(is_there("d.part"));
}

static void a_folder_of_somebody_else_is_left_alone(void **state)
{
    (void)state;
    rap_out *out;
    assert_int_equal(mkdir(in_folder("d"), 0777), 0);
    FILE *file = fopen(in_folder("d/thesis"), "w");
    (void)fputs("years", file);
    (void)fclose(file);
    assert_int_equal(open_out("d", true, &out), RAP_E_USAGE);
    assert_int_equal(open_out("d", false, &out), RAP_E_USAGE);
    assert_int_equal(open_out("d/thesis", true, &out), RAP_E_USAGE);
    assert_string_equal(bytes_of("d/thesis"), "years");
    write_folder("e", "ours");
    assert_int_equal(rename(in_folder("d/thesis"), in_folder("e/sub/thesis")), 0);
    assert_int_equal(open_out("e", true, &out), RAP_E_USAGE);
    assert_string_equal(bytes_of("e/sub/thesis"), "years");
}

static void an_empty_folder_may_be_taken(void **state)
{
    (void)state;
    assert_int_equal(mkdir(in_folder("d"), 0777), 0);
    write_folder("d", "new");
    assert_string_equal(bytes_of("d/b.txt"), "new");
}

static void what_a_killed_run_left_is_cleared_away(void **state)
{
    (void)state;
    assert_int_equal(mkdir(in_folder("d.part"), 0777), 0);
    FILE *file = fopen(in_folder("d.part/half"), "w");
    (void)fclose(file);
    write_folder("d", "new");
    assert_false(is_there("d/half"));
    assert_false(is_there("d.part"));
}

static void two_exports_to_one_place_do_not_mix(void **state)
{
    (void)state;
    rap_out *first, *second;
    rap_error err;
    for (int as_folder = 0; as_folder < 2; as_folder++) {
        assert_int_equal(open_out("a", as_folder, &first), RAP_OK);
        assert_int_equal(open_out("a", as_folder, &second), RAP_E_IO);
        put_in(first, "b", "first");
        assert_int_equal(rap_out_close(first, RAP_OK, &err), RAP_OK);
        assert_string_equal(bytes_of(as_folder ? "a/b" : "a"), "first");
        if (!as_folder) (void)remove(in_folder("a"));
    }
}

static void a_link_at_the_name_aside_is_not_followed(void **state)
{
    (void)state;
    rap_out *out;
    FILE *file = fopen(in_folder("mine"), "w");
    (void)fputs("mine", file);
    (void)fclose(file);
    assert_int_equal(symlink(in_folder("mine"), in_folder("a.part")), 0);
    assert_int_equal(open_out("a", false, &out), RAP_E_IO);
    assert_string_equal(bytes_of("mine"), "mine");
}

static void a_device_or_pipe_is_never_replaced(void **state)
{
    (void)state;
    rap_out *out;
    rap_error err;
    assert_int_equal(mkfifo(in_folder("pipe"), 0600), 0);
    assert_int_equal(symlink(in_folder("pipe"), in_folder("link")), 0);
    assert_int_equal(open_out("pipe", false, &out), RAP_E_USAGE);
    assert_int_equal(open_out("link", false, &out), RAP_E_USAGE);
    assert_int_equal(open_out("pipe", true, &out), RAP_E_USAGE);
    assert_false(is_there("pipe.part"));
    assert_int_equal(rap_out_open("/dev/null", false, NULL, &out, &err), RAP_E_USAGE);
}

static void a_link_leads_to_the_file_that_is_written(void **state)
{
    (void)state;
    rap_out *out;
    rap_error err;
    FILE *file = fopen(in_folder("a"), "w");
    (void)fclose(file);
    assert_int_equal(symlink(in_folder("a"), in_folder("link")), 0);
    assert_int_equal(open_out("link", false, &out), RAP_OK);
    put_in(out, "", "one");
    assert_int_equal(rap_out_close(out, RAP_OK, &err), RAP_OK);
    assert_string_equal(bytes_of("a"), "one");
}

static void a_folder_needs_a_name(void **state)
{
    (void)state;
    rap_out *out;
    rap_error err;
    assert_int_equal(rap_out_open(NULL, true, stdout, &out, &err), RAP_E_USAGE);
    assert_int_equal(rap_out_open("-", true, stdout, &out, &err), RAP_E_USAGE);
    assert_int_equal(rap_out_open("", false, stdout, &out, &err), RAP_E_USAGE);
}

/* ---- a record of one report --------------------------------------------------------- */

static const char report[] = "Ada Quill met Bo Reed in Vienna on 4 May. "
                             "Quill, of Aland, said: =1+1\tis \"what\" they offer, é.";

typedef struct sample {
    rap_stored_document document;
    rap_stored_actor actor[3];
    rap_stored_reading reading[2];
    rap_span span[4];
    rap_stored_spans spans[4];
    uint32_t both[2], one[1];
} sample;

static rap_span of(const char *words)
{
    const char *at = strstr(report, words);
    assert_non_null(at);
    const uint32_t begin = (uint32_t)(at - report);
    return (rap_span){begin, begin + (uint32_t)strlen(words)};
}

static rap_stored_reading reading_of(rap_entry_kind kind, rap_span anchor,
                                     const char *what)
{
    const rap_day day = rap_day_of(2031, 5, 4);
    return (rap_stored_reading){.kind = kind,
                                .anchor = anchor,
                                .what = what,
                                .host = RAP_NONE,
                                .date = "2031-05-04",
                                .date_basis = "stated",
                                .earliest = day,
                                .latest = day,
                                .said_by = "",
                                .place = "",
                                .venue = "",
                                .mode = "",
                                .act = "",
                                .status = "",
                                .type = "",
                                .cameo = "",
                                .confidence = 0.97};
}

static bool odd_bytes; /* is something wrong with the sample? */

static void make_sample(sample *s)
{
    *s = (sample){.both = {0, 1}};
    s->actor[0] = (rap_stored_actor){.key = "person:ada quill",
                                     .name = "Ada Quill",
                                     .kind = "person",
                                     .country = "Aland",
                                     .code = "ALD",
                                     .sector = "GOV"};
    s->actor[1] = (rap_stored_actor){.key = "person:bo reed",
                                     .name = "Bo Reed",
                                     .kind = "person",
                                     .country = "",
                                     .code = "",
                                     .sector = ""};
    s->actor[2] = (rap_stored_actor){.key = "ALD",
                                     .name = "Aland",
                                     .kind = "state",
                                     .country = "Aland",
                                     .code = "ALD",
                                     .sector = ""};
    s->span[0] = of("met");
    s->span[1] = of("Ada Quill met Bo Reed in Vienna on 4 May.");
    s->span[2] = s->span[3] = of("=1+1\tis \"what\" they offer, é");
    s->spans[0] = (rap_stored_spans){"trigger", &s->span[0], 1};
    s->spans[1] = (rap_stored_spans){"evidence", &s->span[1], 1};
    s->spans[2] = (rap_stored_spans){"content", &s->span[2], 1};
    s->spans[3] = (rap_stored_spans){"evidence", &s->span[3], 1};
    s->reading[0] = reading_of(RAP_ENTRY_MEETING, s->span[0],
                               "Ada Quill met Bo Reed in Vienna on 4 May.");
    s->reading[0].who = s->both;
    s->reading[0].who_count = 2;
    s->reading[0].place = "Vienna";
    s->reading[0].status = "happened";
    s->reading[0].type = "CONSULT";
    s->reading[0].cameo = "046";
    s->reading[0].spans = &s->spans[0];
    s->reading[0].span_groups = 2;
    s->reading[1] =
        reading_of(RAP_ENTRY_STATEMENT, s->span[2], "=1+1\tis \"what\" they offer, é");
    s->reading[1].who = s->one;
    s->reading[1].who_count = 1;
    s->reading[1].act = "state";
    s->reading[1].spans = &s->spans[2];
    s->reading[1].span_groups = 2;
    const rap_slice bytes = rap_slice_of(report);
    s->document = (rap_stored_document){.sha256 = rap_sha256_of(bytes),
                                        .bytes = bytes,
                                        .path = "/home/somebody/clips/quill.txt",
                                        .media_type = "text/plain",
                                        .added_at = "2031-05-05T08:00:00Z",
                                        .text = bytes,
                                        .text_is_source = true,
                                        .title = "Quill in Vienna",
                                        .author = "Lena Marr",
                                        .outlet = "The Lake Post",
                                        .url = "https://lake.example/quill",
                                        .language = "en",
                                        .kind = "report",
                                        .published = "2031-05-05",
                                        .published_basis = "stated",
                                        .published_precision = "day",
                                        .published_earliest = RAP_NO_DAY,
                                        .published_latest = RAP_NO_DAY,
                                        .actors = s->actor,
                                        .actor_count = 3,
                                        .readings = s->reading,
                                        .reading_count = 2};
    if (odd_bytes) {
        s->document.path = "qu\xffll.txt";
        s->document.outlet = "The \xc3 Post";
        s->actor[0].name = "Ada \x80 Quill";
    }
}

static rap_store *open_record(void)
{
    static sample s;
    rap_store *store = NULL;
    rap_error err;
    make_sample(&s);
    rap_status status =
        rap_store_open(in_folder("r.rapporteur"), RAP_STORE_CREATE, &store, &err);
    if (!status) status = rap_store_begin(store, &err);
    if (!status) status = rap_store_set_made_by(store, "engine", &err);
    if (!status) status = rap_store_put(store, &s.document, &err);
    if (!status) status = rap_store_join(store, &err);
    if (!status) status = rap_store_commit(store, &err);
    if (status) fail_msg("%s", err.text);
    rap_store_close(store);
    status = rap_store_open(in_folder("r.rapporteur"), RAP_STORE_READ, &store, &err);
    if (status) fail_msg("%s", err.text);
    return store;
}

static rap_exported export_to(const char *name, rap_export_options options)
{
    char path[256];
    rap_exported count;
    rap_error err;
    rap_store *store = open_record();
    (void)snprintf(path, sizeof path, "%s", in_folder(name));
    options.path = path;
    if (rap_export_record(store, &options, &count, &err)) fail_msg("%s", err.text);
    rap_store_close(store);
    return count;
}

static void tables_follow_rfc_4180_and_run_no_formula(void **state)
{
    (void)state;
    assert_int_equal(export_to("out", (rap_export_options){.format = "csv"}).entries,
                     2);
    const char *rows = bytes_of("out/statements.csv");
    assert_non_null(strstr(rows, "\"'=1+1\tis \"\"what\"\" they offer, é\""));
    assert_non_null(
        strstr(rows, "2031-05-04,day,2031-05-04,2031-05-04,stated,Ada Quill,"));
    assert_non_null(strstr(bytes_of("out/sources.csv"), ",quill.txt,"));
}

static void nothing_depends_on_clock_or_folder(void **state)
{
    (void)state;
    static const char *const formats[] = {"jsonl",   "webannotation", "csl",
                                          "graphml", "gexf",          "timelinejs",
                                          "plover",  "markdown"};
    for (uint32_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        (void)export_to("out", (rap_export_options){.format = formats[i]});
        const char *bytes = bytes_of("out");
        assert_true(bytes[0] != 0);
        assert_null(strstr(bytes, "somebody"));
        assert_null(strstr(bytes, "08:00"));
        assert_null(strstr(bytes, folder));
    }
}

static void persons_leave_as_numbers_and_states_as_themselves(void **state)
{
    (void)state;
    static const char *const formats[] = {
        "jsonl", "webannotation", "csl",   "bibtex",     "ris",     "graphml",
        "gexf",  "plover",        "cameo", "timelinejs", "geojson", "markdown"};
    for (uint32_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        const rap_export_options options = {
            .format = formats[i], .redact = RAP_REDACT_PERSONS | RAP_REDACT_QUOTES};
        (void)export_to("out", options);
        const char *bytes = bytes_of("out");
        static const char *const names[] = {"Quill", "quill", "Reed", "reed",
                                            "Marr",  "1+1",   "offer"};
        for (uint32_t n = 0; n < sizeof names / sizeof *names; n++)
            if (strstr(bytes, names[n])) fail_msg("%s: %s", formats[i], names[n]);
    }
    (void)export_to(
        "out", (rap_export_options){.format = "jsonl",
                                    .redact = RAP_REDACT_PERSONS | RAP_REDACT_QUOTES});
    assert_non_null(strstr(bytes_of("out"), "\"person 1\""));
    assert_non_null(strstr(bytes_of("out"), "\"person 2\""));
    assert_non_null(strstr(bytes_of("out"), "\"Vienna\""));
}

static void what_is_no_utf_8_leaves_as_a_mark(void **state)
{
    (void)state;
    static const char *const formats[] = {
        "jsonl", "webannotation", "csl",   "bibtex",     "ris",     "graphml",
        "gexf",  "plover",        "cameo", "timelinejs", "geojson", "markdown"};
    odd_bytes = true;
    for (uint32_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        (void)export_to("out", (rap_export_options){.format = formats[i]});
        const rap_slice bytes = rap_slice_of(bytes_of("out"));
        if (rap_utf8_bad(bytes) != bytes.len) fail_msg("%s", formats[i]);
    }
    (void)remove(in_folder("out"));
    (void)export_to("out", (rap_export_options){.format = "csv"});
    assert_non_null(strstr(bytes_of("out/sources.csv"), ",qu\xef\xbf\xbdll.txt,"));
    odd_bytes = false;
}

static void a_damaged_record_is_an_error(void **state)
{
    (void)state;
    static const char *const formats[] = {"webannotation", "csl", "plover"};
    char path[256];
    rap_store_close(open_record());
    sqlite3 *db;
    assert_int_equal(sqlite3_open(in_folder("r.rapporteur"), &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "UPDATE reading_span SET span_end = 9999", NULL, NULL, NULL),
        SQLITE_OK);
    (void)sqlite3_close(db);
    rap_store *store;
    rap_error why;
    assert_int_equal(
        rap_store_open(in_folder("r.rapporteur"), RAP_STORE_READ, &store, &why),
        RAP_OK);
    (void)snprintf(path, sizeof path, "%s", in_folder("out"));
    for (uint32_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        rap_exported count;
        rap_error err;
        const rap_export_options options = {.format = formats[i], .path = path};
        assert_int_equal(rap_export_record(store, &options, &count, &err), RAP_E_STORE);
        assert_false(is_there("out"));
    }
    rap_store_close(store);
}

static void redaction_is_named_or_refused(void **state)
{
    (void)state;
    uint32_t redact;
    assert_true(rap_redact_of("persons", &redact));
    assert_int_equal(redact, RAP_REDACT_PERSONS | RAP_REDACT_QUOTES);
    assert_true(rap_redact_of("quotes,text", &redact));
    assert_int_equal(redact, RAP_REDACT_QUOTES | RAP_REDACT_TEXT);
    assert_false(rap_redact_of("names", &redact));
    assert_false(rap_redact_of("persons,", &redact));
    assert_false(rap_redact_of("", &redact));
}

static void full_text_leaves_only_when_asked_for(void **state)
{
    (void)state;
    (void)export_to("out", (rap_export_options){.format = "csv"});
    assert_false(is_there("out/texts"));
    (void)export_to("out", (rap_export_options){.format = "csv", .full_text = true});
    assert_true(is_there("out/texts"));
    rap_store *store = open_record();
    rap_exported count;
    rap_error err;
    const rap_export_options both = {
        .format = "csv", .path = in_folder("x"), .full_text = true, .redact = 2};
    assert_int_equal(rap_export_record(store, &both, &count, &err), RAP_E_USAGE);
    const rap_export_options none = {
        .format = "jsonl", .path = in_folder("x"), .full_text = true};
    assert_int_equal(rap_export_record(store, &none, &count, &err), RAP_E_USAGE);
    assert_false(is_there("x"));
    rap_store_close(store);
}

static void what_a_format_cannot_hold_is_counted(void **state)
{
    (void)state;
    rap_exported done = export_to("out", (rap_export_options){.format = "geojson"});
    assert_int_equal(done.entries, 1);
    assert_int_equal(done.left_out, 1);
    assert_string_equal(done.why, "without a known place");
    done = export_to("out", (rap_export_options){.format = "ics"});
    assert_int_equal(done.entries, 0);
    done = export_to(
        "out", (rap_export_options){.format = "jsonl", .filter = {.speaker = "quill"}});
    assert_int_equal(done.entries, 2);
}

static void a_format_that_is_none_writes_nothing(void **state)
{
    (void)state;
    bool as_folder;
    assert_false(rap_export_is("xlsx", &as_folder));
    assert_true(rap_export_is("csv", &as_folder) && as_folder);
    assert_true(rap_export_is("ris", &as_folder) && !as_folder);
    rap_store *store = open_record();
    rap_exported count;
    rap_error err;
    const rap_export_options options = {.format = "xlsx", .path = in_folder("x")};
    assert_int_equal(rap_export_record(store, &options, &count, &err), RAP_E_USAGE);
    assert_false(is_there("x"));
    rap_store_close(store);
}

int main(void)
{
#define EXPORT_TEST(test)                                                              \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        EXPORT_TEST(a_file_appears_when_it_is_whole),
        EXPORT_TEST(a_failure_leaves_the_file_of_before),
        EXPORT_TEST(a_folder_lists_its_files_and_takes_the_place_of_an_older_one),
        EXPORT_TEST(a_folder_of_somebody_else_is_left_alone),
        EXPORT_TEST(an_empty_folder_may_be_taken),
        EXPORT_TEST(what_a_killed_run_left_is_cleared_away),
        EXPORT_TEST(two_exports_to_one_place_do_not_mix),
        EXPORT_TEST(a_link_at_the_name_aside_is_not_followed),
        EXPORT_TEST(a_device_or_pipe_is_never_replaced),
        EXPORT_TEST(a_link_leads_to_the_file_that_is_written),
        EXPORT_TEST(a_folder_needs_a_name),
        EXPORT_TEST(tables_follow_rfc_4180_and_run_no_formula),
        EXPORT_TEST(nothing_depends_on_clock_or_folder),
        EXPORT_TEST(persons_leave_as_numbers_and_states_as_themselves),
        EXPORT_TEST(what_is_no_utf_8_leaves_as_a_mark),
        EXPORT_TEST(a_damaged_record_is_an_error),
        EXPORT_TEST(redaction_is_named_or_refused),
        EXPORT_TEST(full_text_leaves_only_when_asked_for),
        EXPORT_TEST(what_a_format_cannot_hold_is_counted),
        EXPORT_TEST(a_format_that_is_none_writes_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
