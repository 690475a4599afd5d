/*
 * store_private.h - the table of functions behind store.h, and what the files of the
 * SQLite store share.
 */
#ifndef RAP_STORE_PRIVATE_H
#define RAP_STORE_PRIVATE_H

#include "store.h"

#include <sqlite3.h>

/* One engine for records. Each function is the one of the same name in store.h. */
typedef struct rap_store_class {
    void (*close)(rap_store *);
    rap_status (*has)(rap_store *, const rap_sha256 *, bool *, rap_error *);
    rap_status (*begin)(rap_store *, rap_error *);
    rap_status (*commit)(rap_store *, rap_error *);
    void (*rollback)(rap_store *);
    rap_status (*put)(rap_store *, const rap_stored_document *, rap_error *);
    rap_status (*join)(rap_store *, rap_error *);
    rap_status (*made_by)(rap_store *, char[65], rap_error *);
    rap_status (*set_made_by)(rap_store *, const char *, rap_error *);
    rap_status (*is_joined)(rap_store *, bool *, rap_error *);
    rap_status (*count)(rap_store *, uint64_t *, rap_error *);
    rap_status (*recall)(rap_store *, const char *, int64_t, int64_t *, rap_error *);
    rap_status (*remember)(rap_store *, const char *, int64_t, rap_error *);
    rap_status (*setting)(rap_store *, const char *, rap_arena *, const char **,
                          rap_error *);
    rap_status (*set_setting)(rap_store *, const char *, const char *, rap_error *);
    rap_status (*decide)(rap_store *, const rap_decision *, rap_error *);
    rap_status (*documents)(rap_store *, rap_stored_sink, void *, rap_error *);
    rap_status (*entries)(rap_store *, const rap_filter *, rap_arena *, rap_entries *,
                          rap_error *);
    rap_status (*hold)(rap_store *, rap_error *);
    rap_status (*each_entry)(rap_store *, const rap_filter *, rap_entry_sink, void *,
                             rap_error *);
    rap_status (*find)(rap_store *, const char *, const rap_filter *, rap_arena *,
                       rap_entries *, rap_error *);
    rap_status (*passages)(rap_store *, int64_t, const char *, rap_arena *,
                           rap_entries *, rap_error *);
    rap_status (*sources)(rap_store *, const rap_filter *, rap_arena *,
                          rap_source_rows *, rap_error *);
    rap_status (*actors)(rap_store *, const rap_filter *, rap_arena *, rap_actor_rows *,
                         rap_error *);
    rap_status (*zones)(rap_store *, const rap_filter *, rap_arena *, rap_zone_rows *,
                        rap_error *);
    rap_status (*text)(rap_store *, int64_t, rap_arena *, rap_slice *, rap_error *);
    rap_status (*verify)(rap_store *, void (*)(void *, const char *), void *,
                         uint32_t *, rap_error *);
} rap_store_class;

struct rap_store {
    const rap_store_class *functions;
};

/* ---- the SQLite store ------------------------------------------------------------ */
enum { RAP_SQL_CACHED = 128, RAP_PASSAGE_BITS = 20 };

typedef struct sqlite_store {
    rap_store head; /* first: a rap_store is the head of its own kind */
    sqlite3 *db;
    char *path;
    bool writes;     /* opened for writing */
    char engine[65]; /* "": none named */
    struct {
        const char *sql; /* the literal it was prepared from: compared by address */
        sqlite3_stmt *statement;
    } cached[RAP_SQL_CACHED];
} sqlite_store;

static inline sqlite_store *sqlite_of(rap_store *store)
{
    return (sqlite_store *)store;
}

extern const char *const rap_sqlite_schema[]; /* version 2; NULL at the end */
enum {
    RAP_SQLITE_APPLICATION = 0x52415052, /* "RAPR" */
    RAP_SQLITE_VERSION = 2               /* PRAGMA user_version of this build */
};

rap_status rap_sqlite_open(const char *path, rap_store_mode mode, rap_store **out,
                           rap_error *err) RAP_CHECKED;
/* The error that the connection is in, as ours: busy, damaged, full, … */
rap_status rap_sqlite_fail(sqlite_store *store, rap_error *err) RAP_CHECKED;
rap_status rap_sqlite_run(sqlite_store *store, const char *sql,
                          rap_error *err) RAP_CHECKED;
/* A statement prepared once; `sql` must be a literal of one address. Reset and without
 * bindings. */
rap_status rap_sqlite_cached(sqlite_store *store, const char *sql, sqlite3_stmt **out,
                             rap_error *err) RAP_CHECKED;
/* Run a cached statement to its end. */
rap_status rap_sqlite_done(sqlite_store *store, sqlite3_stmt *statement,
                           rap_error *err) RAP_CHECKED;
/* Bind text that outlives the statement's run; "" and NULL become SQL NULL. */
void rap_sqlite_bind(sqlite3_stmt *statement, int at, const char *text);
void rap_sqlite_bind_day(sqlite3_stmt *statement, int at, rap_day day);
/* A column as text in the arena, "" for NULL; NULL: no memory. */
const char *rap_sqlite_text(sqlite3_stmt *statement, int column, rap_arena *arena);
rap_day rap_sqlite_day(sqlite3_stmt *statement, int column);

rap_status rap_sqlite_put(rap_store *, const rap_stored_document *, rap_error *);
rap_status rap_sqlite_join(rap_store *, rap_error *);
/* Make the entry of `count` readings: reading[0] founded it, `lead` words it. */
rap_status rap_sqlite_enter(sqlite_store *store, const int64_t *reading,
                            const char *const *why, uint32_t count, int64_t lead,
                            const char *members, rap_error *err) RAP_CHECKED;
/* The parties of an entry from its readings. */
rap_status rap_sqlite_gather_parties(sqlite_store *store, int64_t entry,
                                     rap_error *err) RAP_CHECKED;
/* Sample the document's text, and find whose copy it is. */
rap_status rap_sqlite_put_copy(sqlite_store *store, const rap_stored_document *document,
                               int64_t id, rap_error *err) RAP_CHECKED;
rap_status rap_sqlite_due_for_join(sqlite_store *store, const char *joined,
                                   rap_error *err) RAP_CHECKED;
/* Run a cached statement whose only value is `number`. */
rap_status rap_sqlite_run_with(sqlite_store *store, const char *sql, int64_t number,
                               rap_error *err) RAP_CHECKED;
rap_status rap_sqlite_decide(rap_store *, const rap_decision *, rap_error *);
rap_status rap_sqlite_entries(rap_store *, const rap_filter *, rap_arena *,
                              rap_entries *, rap_error *);
rap_status rap_sqlite_each_entry(rap_store *, const rap_filter *, rap_entry_sink,
                                 void *, rap_error *);
rap_status rap_sqlite_find(rap_store *, const char *, const rap_filter *, rap_arena *,
                           rap_entries *, rap_error *);
rap_status rap_sqlite_recall(rap_store *, const char *, int64_t, int64_t *,
                             rap_error *);
rap_status rap_sqlite_remember(rap_store *, const char *, int64_t, rap_error *);
rap_status rap_sqlite_setting(rap_store *, const char *, rap_arena *, const char **,
                              rap_error *);
rap_status rap_sqlite_set_setting(rap_store *, const char *, const char *, rap_error *);
rap_status rap_sqlite_passages(rap_store *, int64_t, const char *, rap_arena *,
                               rap_entries *, rap_error *);
rap_status rap_sqlite_sources(rap_store *, const rap_filter *, rap_arena *,
                              rap_source_rows *, rap_error *);
rap_status rap_sqlite_actors(rap_store *, const rap_filter *, rap_arena *,
                             rap_actor_rows *, rap_error *);
rap_status rap_sqlite_zones(rap_store *, const rap_filter *, rap_arena *,
                            rap_zone_rows *, rap_error *);
rap_status rap_sqlite_text_of(rap_store *, int64_t, rap_arena *, rap_slice *,
                              rap_error *);
rap_status rap_sqlite_verify(rap_store *, void (*)(void *, const char *), void *,
                             uint32_t *, rap_error *);
/* The words of `question` as an FTS5 query joined by `between` ("OR", "AND"), stop
 * words of the record's languages left out; "" when it has no word. NULL: no memory. */
const char *rap_sqlite_match(sqlite_store *store, const char *question,
                             const char *between, rap_arena *arena);
/* Fill `stop` with the stop words of the record's languages; false: no memory. */
bool rap_sqlite_stop_words(sqlite_store *store, rap_arena *arena, rap_map *stop);
/* Those and words of one sense (record.h). */
bool rap_sqlite_senses(sqlite_store *store, rap_arena *arena, rap_map *map);

/* ---- the join, in several files -------------------------------------------------- */
typedef struct sqlite_claim { /* a row of entry_claim on its way in */
    int64_t reading;
    const char *value;
    rap_span span;
    rap_slice quote;
} sqlite_claim;
typedef struct sqlite_derived { /* an entry made of claims */
    rap_entry_kind kind;
    uint32_t aspect; /* tells several of one kind and founder apart; below 64 */
    const char *what, *type;
    const sqlite_claim *claim; /* [claims] the first one's reading founds the entry */
    uint32_t claims;
    const char *why;
    double confidence;
} sqlite_derived;
rap_status rap_sqlite_enter_derived(sqlite_store *store, const sqlite_derived *derived,
                                    rap_error *err) RAP_CHECKED;
/* Forget the entries of `kind` that have a claim there. */
rap_status rap_sqlite_drop_claim(sqlite_store *store, rap_entry_kind kind,
                                 int64_t reading, uint32_t begin,
                                 rap_error *err) RAP_CHECKED;
rap_status rap_sqlite_join_variants(sqlite_store *store, int64_t document,
                                    rap_error *err) RAP_CHECKED;
rap_status rap_sqlite_join_disputes(sqlite_store *store, int64_t document,
                                    rap_error *err) RAP_CHECKED;
/* The facts of temp.near in order of their readings' numbers. */
typedef struct sqlite_facts {
    const rap_fact *fact; /* [count] */
    const int64_t *number;
    const bool *fresh; /* of the document being joined */
    uint32_t count;
} sqlite_facts;
rap_status rap_sqlite_load_facts(sqlite_store *store, int64_t document,
                                 rap_entry_kind kind, rap_arena *arena,
                                 sqlite_facts *out, rap_error *err) RAP_CHECKED;
/* Fill temp.near with the readings of kind `read` of `document`, what shares a block with
 * them, and all that stands with either in an entry of kind `made`. */
rap_status rap_sqlite_near(sqlite_store *store, int64_t document, rap_entry_kind read,
                           rap_entry_kind made, rap_arena *scratch,
                           rap_error *err) RAP_CHECKED;
/* Hash of one decision, given the hash before it; hex[65]. False: no memory. */
bool rap_sqlite_decision_hash(int64_t id, const char *const field[7],
                              const char *previous, char hex[65]);

#endif
