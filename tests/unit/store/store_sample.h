/*
 * store_sample.h - a small report about invented states, as the store takes it, and a record
 * in a folder of its own.
 */
#ifndef STORE_SAMPLE_H
#define STORE_SAMPLE_H

#include "check.h"

#include "decide.h"
#include "store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a record in a folder of its own ------------------------------------------------
 */
static char folder[64], path[96];

static inline int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/rap-store-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    (void)snprintf(path, sizeof path, "%s/r.rapporteur", folder);
    return 0;
}

static inline int remove_folder(void **state)
{
    (void)state;
    char command[128];
    (void)chmod(folder, 0700);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) == 0 ? 0 : -1;
}

static inline uint32_t files_in_folder(void)
{
    char command[128];
    (void)snprintf(command, sizeof command, "ls -A '%s' | wc -l", folder);
    FILE *pipe = popen(command, "r");
    uint32_t n = 99;
    assert_int_equal(fscanf(pipe, "%u", &n), 1);
    (void)pclose(pipe);
    return n;
}

static inline rap_store *open_as(rap_store_mode mode)
{
    rap_store *store = NULL;
    rap_error err;
    if (rap_store_open(path, mode, &store, &err))
        fail_msg("%s: %s", err.code, err.text);
    return store;
}

/* ---- a report in three sentences ----------------------------------------------------
 */
static const char report[] =
    "The presidents of Aland and Borland met in Lakeside on 4 May. "
    "President Ada Quill said the ferry treaty must be signed. "
    "A café owner watched.";

typedef struct sample {
    char text[256];
    rap_stored_document document;
    rap_stored_actor actor[3];
    rap_stored_mention mention[2];
    rap_stored_zone zone[1];
    rap_stored_time time[1];
    rap_stored_reading reading[2];
    rap_span span[4];
    rap_stored_spans spans[4];
    const char *alias[1], *role[1];
    uint32_t who[2], speaker[1];
} sample;

static inline rap_span of(const sample *s, const char *words)
{
    const char *at = strstr(s->text, words);
    assert_non_null(at);
    const uint32_t begin = (uint32_t)(at - s->text);
    return (rap_span){begin, begin + (uint32_t)strlen(words)};
}

static inline void sample_make(sample *s, const char *name, const char *tail)
{
    memset(s, 0, sizeof *s);
    (void)snprintf(s->text, sizeof s->text, "%s%s", report, tail);
    s->alias[0] = "Quill";
    s->role[0] = "President";
    s->actor[0] = (rap_stored_actor){.key = "ALD",
                                     .name = "Aland",
                                     .kind = "state",
                                     .country = "Aland",
                                     .code = "ALD"};
    s->actor[1] = (rap_stored_actor){.key = "BOR",
                                     .name = "Borland",
                                     .kind = "state",
                                     .country = "Borland",
                                     .code = "BOR"};
    s->span[3] = of(s, "President");
    s->actor[2] = (rap_stored_actor){.key = "person:ada quill",
                                     .name = "Ada Quill",
                                     .kind = "person",
                                     .country = "Aland",
                                     .code = "ALD",
                                     .sector = "GOV",
                                     .aliases = s->alias,
                                     .alias_count = 1,
                                     .roles = s->role,
                                     .role_spans = &s->span[3],
                                     .role_count = 1};
    s->mention[0] = (rap_stored_mention){of(s, "Aland"), 0, "name", 0.9};
    s->mention[1] = (rap_stored_mention){of(s, "Ada Quill"), 2, "name", 0.9};
    s->zone[0] = (rap_stored_zone){{0, (uint32_t)strlen(s->text)}, "body", NULL};
    const rap_day day = rap_day_of(2031, 5, 4);
    s->time[0] = (rap_stored_time){of(s, "4 May"), "DATE", "2031-05-04", day, day};
    s->span[0] = of(s, "met");
    s->span[1] = of(s, "The presidents of Aland and Borland met in Lakeside on 4 May.");
    s->span[2] = of(s, "the ferry treaty must be signed");
    s->spans[0] = (rap_stored_spans){"trigger", &s->span[0], 1};
    s->spans[1] = (rap_stored_spans){"evidence", &s->span[1], 1};
    s->spans[2] = (rap_stored_spans){"content", &s->span[2], 1};
    s->who[1] = 1;
    s->speaker[0] = 2;
    s->reading[0] = (rap_stored_reading){.kind = RAP_ENTRY_MEETING,
                                         .anchor = s->span[0],
                                         .what = "met",
                                         .who = s->who,
                                         .who_count = 2,
                                         .host = RAP_NONE,
                                         .place = "Lakeside",
                                         .status = "happened",
                                         .type = "CONSULT",
                                         .cameo = "040",
                                         .date = "2031-05-04",
                                         .date_basis = "stated",
                                         .earliest = day,
                                         .latest = day,
                                         .confidence = 0.97,
                                         .spans = s->spans,
                                         .span_groups = 2};
    s->reading[1] = (rap_stored_reading){.kind = RAP_ENTRY_STATEMENT,
                                         .anchor = s->span[2],
                                         .what = "the ferry treaty must be signed",
                                         .who = s->speaker,
                                         .who_count = 1,
                                         .host = RAP_NONE,
                                         .mode = "indirect",
                                         .act = "demand",
                                         .earliest = RAP_NO_DAY,
                                         .latest = RAP_NO_DAY,
                                         .confidence = 0.7,
                                         .spans = &s->spans[2],
                                         .span_groups = 1};
    const rap_slice bytes = rap_slice_of(s->text);
    s->document = (rap_stored_document){.sha256 = rap_sha256_of(bytes),
                                        .bytes = bytes,
                                        .path = name,
                                        .media_type = "text/plain",
                                        .given_outlet = "The Lake Post",
                                        .added_at = "2031-05-05T08:00:00Z",
                                        .text = bytes,
                                        .text_is_source = true,
                                        .title = "Two presidents",
                                        .outlet = "The Lake Post",
                                        .language = "en",
                                        .kind = "report",
                                        .published = "2031-05-04",
                                        .published_basis = "stated",
                                        .published_precision = "day",
                                        .published_earliest = day,
                                        .published_latest = day,
                                        .zones = s->zone,
                                        .zone_count = 1,
                                        .actors = s->actor,
                                        .actor_count = 3,
                                        .mentions = s->mention,
                                        .mention_count = 2,
                                        .times = s->time,
                                        .time_count = 1,
                                        .readings = s->reading,
                                        .reading_count = 2};
}

static inline void put(rap_store *store, sample *s)
{
    rap_error err;
    rap_status status = rap_store_begin(store, &err);
    if (!status) status = rap_store_set_made_by(store, "engine one", &err);
    if (!status) status = rap_store_put(store, &s->document, &err);
    if (!status) status = rap_store_commit(store, &err);
    if (status) fail_msg("%s", err.text);
}

static inline void join(rap_store *store)
{
    rap_error err;
    rap_status status = rap_store_begin(store, &err);
    if (!status) status = rap_store_join(store, &err);
    if (!status) status = rap_store_commit(store, &err);
    if (status) fail_msg("%s", err.text);
}

static rap_arena arena;

static inline rap_entries ask(rap_store *store, const rap_filter *filter)
{
    rap_entries entries;
    rap_error err;
    rap_arena_free(&arena);
    arena = RAP_ARENA(1 << 22);
    if (rap_store_entries(store, filter, &arena, &entries, &err))
        fail_msg("%s", err.text);
    return entries;
}

static inline uint32_t count_of(rap_store *store, rap_filter filter)
{
    return ask(store, &filter).count;
}

static char first_wrong[512];
static inline void keep_line(void *state, const char *line)
{
    (void)state;
    if (!*first_wrong) (void)snprintf(first_wrong, sizeof first_wrong, "%s", line);
}

static inline uint32_t verify(rap_store *store)
{
    uint32_t wrong = 99;
    rap_error err;
    first_wrong[0] = 0;
    if (rap_store_verify(store, keep_line, NULL, &wrong, &err))
        fail_msg("%s", err.text);
    return wrong;
}

/* Two documents in a joined record. */
static inline rap_store *two_documents(void)
{
    static sample one, two;
    rap_store *store = open_as(RAP_STORE_CREATE);
    sample_make(&one, "reports/one.txt", "");
    sample_make(&two, "reports/two.txt", " Rain fell.");
    put(store, &one);
    put(store, &two);
    join(store);
    return store;
}

/* Run SQL behind the store's back. */
static inline void tamper(const char *sql)
{
    sqlite3 *db;
    char *said = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK) fail_msg("%s", said);
    (void)sqlite3_close(db);
}

#endif
