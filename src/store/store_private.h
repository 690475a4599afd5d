/*
 * store_private.h - the table of functions behind store.h, and what the files of the
 * SQLite store share.
 */
#ifndef RAP_STORE_PRIVATE_H
#define RAP_STORE_PRIVATE_H

#include "decide.h"
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
    rap_status (*documents)(rap_store *, bool, rap_stored_sink, void *, rap_error *);
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
    rap_status (*mentions)(rap_store *, const char *, uint32_t, rap_mention_sink,
                           void *, rap_error *);
    rap_status (*zones)(rap_store *, const rap_filter *, rap_arena *, rap_zone_rows *,
                        rap_error *);
    rap_status (*decide)(rap_store *, const rap_decision *, rap_decided *, rap_error *);
    rap_status (*log)(rap_store *, const rap_log_filter *, rap_arena *, rap_log_rows *,
                      rap_error *);
    rap_status (*decisions)(rap_store *, uint64_t *, uint64_t *, rap_error *);
    rap_status (*agreement)(rap_store *, rap_arena *, rap_agreements *, rap_error *);
    rap_status (*changes)(rap_store *, const char *, const char *, rap_arena *,
                          rap_changes *, rap_error *);
    rap_status (*purge)(rap_store *, const rap_decision *, const char *, const char *,
                        rap_decided *, rap_error *);
    rap_status (*finish_purge)(rap_store *, rap_error *);
    rap_status (*copy_to)(rap_store *, const char *, rap_error *);
    rap_status (*compare)(rap_store *, const char *, void (*)(void *, const char *),
                          void *, uint32_t *, rap_error *);
    rap_status (*passage_at)(rap_store *, const char *, rap_arena *, rap_evidence *,
                             rap_error *);
    rap_status (*text)(rap_store *, int64_t, rap_arena *, rap_slice *, rap_error *);
    rap_status (*verify)(rap_store *, void (*)(void *, const char *), void *,
                         uint32_t *, rap_error *);
} rap_store_class;

struct rap_store {
    const rap_store_class *functions;
};

/* ---- the SQLite store ------------------------------------------------------------ */
enum { RAP_SQL_CACHED = 256, RAP_PASSAGE_BITS = 20 };

typedef struct sqlite_store {
    rap_store head; /* first: a rap_store is the head of its own kind */
    sqlite3 *db;
    char *path;
    bool writes;      /* opened for writing */
    bool bare;        /* the entries are as the program reads them */
    bool due;         /* commit is to apply the log, */
    int64_t due_from; /* or its verdicts from here on; 0: none */
    char engine[65];  /* "": none named */
    struct {
        const char *sql; /* the literal it was prepared from: compared by address */
        sqlite3_stmt *statement;
    } cached[RAP_SQL_CACHED];
} sqlite_store;

static inline sqlite_store *sqlite_of(rap_store *store)
{
    return (sqlite_store *)store;
}

extern const char *const rap_sqlite_schema[]; /* version 3; NULL at the end */
enum {
    RAP_SQLITE_APPLICATION = 0x52415052, /* "RAPR" */
    RAP_SQLITE_VERSION = 3               /* PRAGMA user_version of this build */
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
rap_status rap_sqlite_mentions(rap_store *, const char *, uint32_t, rap_mention_sink,
                               void *, rap_error *);
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

/* In `state`: a document was put again since the last join. */
#define RAP_JOIN_AGAIN "join_again"

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
/* fact->place: the entry of the meeting or document on whose evidence its words stand; of the one
 * meeting of its report in which fact->who[0] took part. Left as it is where there is none. */
rap_status rap_sqlite_behind(sqlite_store *store, rap_fact *fact, rap_entry_kind kind,
                             rap_arena *arena, rap_error *err) RAP_CHECKED;
rap_status rap_sqlite_attended(sqlite_store *store, rap_fact *fact, rap_arena *arena,
                               rap_error *err) RAP_CHECKED;
/* *out becomes true if the report of `there` has who->who[0] at the meeting there->place. */
rap_status rap_sqlite_is_present(sqlite_store *store, const rap_fact *there,
                                 const rap_fact *who, bool *out,
                                 rap_error *err) RAP_CHECKED;
/* Whether documents tell one story: they name four of the same persons, states, bodies or
 * places, two fifths of those of the shorter list. Set `store` and `arena`, zero the rest;
 * whom a document names is read once and stays in the arena. */
typedef struct sqlite_cast {
    int64_t document;
    RAP_LIST(uint64_t) key; /* hashes of the keys of whom it names, rising */
} sqlite_cast;
typedef struct sqlite_stories {
    sqlite_store *store;
    rap_arena *arena;
    sqlite_cast *at; /* a list for rap_push */
    uint32_t count, capacity;
} sqlite_stories;
rap_status rap_sqlite_one_story(sqlite_stories *stories, int64_t left, int64_t right,
                                bool *out, rap_error *err) RAP_CHECKED;
/* Names and times of the document last asked about; zero it, and give it an arena. */
typedef struct sqlite_known {
    rap_span span;
    uint32_t hash; /* of the actor's key, of the time's value */
    bool is_time;
} sqlite_known;
typedef struct sqlite_plain {
    rap_arena arena;
    int64_t document;
    const sqlite_known *known; /* [count] */
    uint32_t count;
} sqlite_plain;
/* `words`, which stand at `span` of a document, with names and times by what they mean. */
rap_status rap_sqlite_plain_words(sqlite_store *store, sqlite_plain *plain,
                                  int64_t document, rap_span span, rap_slice words,
                                  rap_arena *arena, rap_slice *out,
                                  rap_error *err) RAP_CHECKED;
/* The facts of temp.near in order of their readings' numbers. */
typedef struct sqlite_facts {
    const rap_fact *fact; /* [count] */
    const int64_t *number;
    const bool *fresh;  /* of the document being joined */
    const bool *stated; /* its report gives the date */
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

/* What a reader sees of the entry in row `e_`, for telling what changed. */
#define RAP_ENTRY_JSON(e_)                                                             \
    "json_object('date', " e_ ".date, 'place', " e_ ".place, 'status', " e_            \
    ".status, 'type', " e_ ".type, 'name', " e_ ".name, 'stance', " e_                 \
    ".stance, 'act', " e_ ".act, 'due', " e_ ".due, 'what', " e_                       \
    ".what, 'review', " e_ ".review, 'documents', " e_                                 \
    ".documents, 'who', (SELECT group_concat(name, '; ') FROM (SELECT name"            \
    " FROM entry_party WHERE entry = " e_ ".number AND role = 'who' ORDER BY n)),"     \
    " 'whom', (SELECT group_concat(name, '; ') FROM (SELECT name FROM entry_party"     \
    " WHERE entry = " e_ ".number AND role = 'whom' ORDER BY n)))"

/* ---- decisions, in several files --------------------------------------------------- */
rap_status rap_sqlite_decide(rap_store *, const rap_decision *, rap_decided *,
                             rap_error *);
rap_status rap_sqlite_log(rap_store *, const rap_log_filter *, rap_arena *,
                          rap_log_rows *, rap_error *);
rap_status rap_sqlite_decisions(rap_store *, uint64_t *, uint64_t *, rap_error *);
rap_status rap_sqlite_agreement(rap_store *, rap_arena *, rap_agreements *,
                                rap_error *);
rap_status rap_sqlite_changes(rap_store *, const char *, const char *, rap_arena *,
                              rap_changes *, rap_error *);
rap_status rap_sqlite_purge(rap_store *, const rap_decision *, const char *,
                            const char *, rap_decided *, rap_error *);
rap_status rap_sqlite_finish_purge(rap_store *, rap_error *);
rap_status rap_sqlite_copy_to(rap_store *, const char *, rap_error *);
rap_status rap_sqlite_compare(rap_store *, const char *, void (*)(void *, const char *),
                              void *, uint32_t *, rap_error *);

/* Words of a document that a decision is anchored to. */
typedef struct sqlite_anchor {
    const char *sha256, *kind; /* kind: of an entry, or "actor", "source" */
    rap_span span;
    rap_slice quote, prefix, suffix; /* at NULL: purged */
    const char *facet;               /* JSON: what the program read there */
} sqlite_anchor;
/* The anchor of what founded entry `number`, of the mention that names an actor, or of
 * reading `number` that founded none. */
rap_status rap_sqlite_anchor_entry(sqlite_store *store, int64_t number,
                                   rap_arena *arena, sqlite_anchor *out,
                                   rap_error *err) RAP_CHECKED;
rap_status rap_sqlite_anchor_actor(sqlite_store *store, const char *name,
                                   rap_arena *arena, sqlite_anchor *out,
                                   rap_error *err) RAP_CHECKED;
/* What stands at an anchor now: a reading's or claim entry's number; of an actor, document *
 * 2^20 + n. 0: nothing, and *why says so in a literal. */
rap_status rap_sqlite_resolve(sqlite_store *store, const sqlite_anchor *anchor,
                              rap_arena *arena, int64_t *out, const char **why,
                              rap_error *err) RAP_CHECKED;
/* Names of the fields in which the program reads `number` otherwise than `facet` says, those
 * of `except` left out, commas between; "" if in none. */
rap_status rap_sqlite_reads_otherwise(sqlite_store *store, int64_t number,
                                      const char *facet, const char *except,
                                      rap_arena *arena, const char **out,
                                      rap_error *err) RAP_CHECKED;
/* ---- what a decision covers ---- */
#define RAP_CAME_SINCE "reports came after it to the entry: document "
/* Add the documents that an entry rests on to *payload, as those a decision covers. */
rap_status rap_sqlite_add_cover(sqlite_store *store, int64_t entry, rap_arena *arena,
                                const char **payload, rap_error *err) RAP_CHECKED;
/* Numbers of the documents of an entry that a decision does not cover, commas between. */
rap_status rap_sqlite_not_covered(sqlite_store *store, int64_t decision, int64_t entry,
                                  rap_arena *arena, const char **out,
                                  rap_error *err) RAP_CHECKED;
/* How many documents of an entry no accept, edit or merge that applies to it covers. */
rap_status rap_sqlite_since_review(sqlite_store *store, int64_t entry, uint32_t *out,
                                   rap_error *err) RAP_CHECKED;
/* *subject stands in a later version of the document of digest `sha256`, and is now told in
 * an entry that rests on nothing but what the decision covers: that entry is meant. */
rap_status rap_sqlite_follow(sqlite_store *store, int64_t decision, const char *sha256,
                             rap_arena *arena, int64_t *subject,
                             rap_error *err) RAP_CHECKED;
/* Append one decision: its anchors, its payload (JSON). */
typedef struct sqlite_decision {
    const rap_decision *by;
    const char *kind, *payload;
    int64_t target;
    const sqlite_anchor *anchor;
    uint32_t anchors;
} sqlite_decision;
rap_status rap_sqlite_append(sqlite_store *store, const sqlite_decision *decision,
                             int64_t *id, rap_error *err) RAP_CHECKED;
/* Set the entries back to what the program reads, once a transaction. */
rap_status rap_sqlite_bare(sqlite_store *store, rap_error *err) RAP_CHECKED;
/* Apply verdicts and notes from decision `from` on to entries that stand as decided. */
rap_status rap_sqlite_apply_new(sqlite_store *store, int64_t from,
                                rap_error *err) RAP_CHECKED;
/* Apply the log to bare entries. */
rap_status rap_sqlite_apply(sqlite_store *store, rap_error *err) RAP_CHECKED;
/* Write an entry's words into the full-text index anew. */
rap_status rap_sqlite_index_entry(sqlite_store *store, int64_t entry,
                                  rap_error *err) RAP_CHECKED;
/* Keep how the program joined an entry, before a decision changes it. */
rap_status rap_sqlite_keep_machine(sqlite_store *store, int64_t entry,
                                   rap_error *err) RAP_CHECKED;
/* Put entry `other` into `entry`; take readings out of it as an entry of their own. */
rap_status rap_sqlite_merge(sqlite_store *store, int64_t entry, int64_t other,
                            const char *why, rap_error *err) RAP_CHECKED;
rap_status rap_sqlite_split(sqlite_store *store, int64_t entry, const int64_t *reading,
                            uint32_t count, rap_error *err) RAP_CHECKED;
/* One actor of two: `document` * 2^20 + n each. */
rap_status rap_sqlite_merge_actors(sqlite_store *store, int64_t one, int64_t other,
                                   rap_error *err) RAP_CHECKED;
/* Undo on the tables what merges, splits and edits did. */
rap_status rap_sqlite_regroup_bare(sqlite_store *store, rap_error *err) RAP_CHECKED;
/* Run a cached statement with two numbers. */
rap_status rap_sqlite_run_pair(sqlite_store *store, const char *sql, int64_t one,
                               int64_t two, rap_error *err) RAP_CHECKED;
/* The column that `field` of an entry of `kind` is called here, "who" or "whom" or "host" for
 * parties; NULL: there is none that may be edited. */
const char *rap_sqlite_field(const char *kind, const char *field);
/* The labels that a column of such an entry can hold, blanks between; NULL: any words. */
const char *rap_sqlite_values(const char *kind, const char *column);
/* RAP_E_USAGE, and what it may be, where the value is none of the column's. */
rap_status rap_sqlite_check_value(const char *kind, const char *column,
                                  const char *value, rap_error *err) RAP_CHECKED;
rap_status rap_sqlite_check_date(const char *value, rap_error *err) RAP_CHECKED;
rap_status rap_sqlite_check_said(const rap_setting *set, rap_error *err) RAP_CHECKED;
/* Does the decision mean something, and can the log hold it? */
rap_status rap_sqlite_check_decision(const rap_decision *by,
                                     rap_error *err) RAP_CHECKED;
rap_status rap_sqlite_edit(sqlite_store *store, int64_t entry, const char *column,
                           const char *value, rap_error *err) RAP_CHECKED;
/* Drop what was derived from a document. The entries are bare. */
rap_status rap_sqlite_forget(sqlite_store *store, int64_t document,
                             rap_error *err) RAP_CHECKED;
/* A document that this engine read before something else was said of it: put it by `put`, or
 * only write that down, if what it says is the same. */
rap_status rap_sqlite_is_restated(sqlite_store *store, int64_t document, bool *out,
                                  rap_error *err) RAP_CHECKED;
typedef rap_status (*rap_derived_put)(void *state);
rap_status rap_sqlite_restate(sqlite_store *store, int64_t document,
                              const rap_stored_document *d, rap_derived_put put,
                              void *state, rap_error *err) RAP_CHECKED;
/* What people said of documents, from the log. */
rap_status rap_sqlite_fold_given(sqlite_store *store, rap_error *err) RAP_CHECKED;
/* Note from now on which entries this connection writes. */
rap_status rap_sqlite_watch_entries(sqlite_store *store, rap_error *err) RAP_CHECKED;
/* Bring `history` up to date with what was touched. */
rap_status rap_sqlite_note_changes(sqlite_store *store, rap_error *err) RAP_CHECKED;
/* The document that a person means by number, digest, address or path; RAP_E_NOTFOUND,
 * RAP_E_USAGE when several are. */
rap_status rap_sqlite_document_of(sqlite_store *store, const char *text, int64_t *out,
                                  rap_error *err) RAP_CHECKED;
/* The number of the entry that `text` is, or alone begins. */
rap_status rap_sqlite_entry_of(sqlite_store *store, const char *text, int64_t *out,
                               rap_error *err) RAP_CHECKED;

/* ---- seals ----------------------------------------------------------------------- */
/* The SQL function rap_seal(value, …): SHA-256, in hex, of every value's length, its bytes
 * and a line end; NULL is a dash. */
rap_status rap_sqlite_add_seal(sqlite_store *store, rap_error *err) RAP_CHECKED;
/* What the seal of a document covers; of table `d`. */
#define RAP_DOCUMENT_SEAL                                                              \
    "rap_seal(d.id, d.sha256, d.path, d.media_type, d.charset, d.given_title,"         \
    " d.given_author, d.given_outlet, d.given_url, d.given_date, d.added_at,"          \
    " d.redacted_sha256, d.purged_at)"
/* What a reading of a document depends on besides its bytes; of `d` and `given g`. */
#define RAP_GIVEN_SEAL                                                                 \
    "rap_seal(g.title, g.author, g.outlet, g.url, g.date, g.replaced_by,"              \
    " d.redacted_sha256)"

rap_status rap_sqlite_documents(rap_store *, bool, rap_stored_sink, void *,
                                rap_error *);
rap_status rap_sqlite_passage_at(rap_store *, const char *, rap_arena *, rap_evidence *,
                                 rap_error *);
/* Bring an older record to this version: its ground truth is kept, the rest is made empty
 * and filled by the next rebuild or add. */
rap_status rap_sqlite_migrate(sqlite_store *store, int64_t version,
                              rap_error *err) RAP_CHECKED;
/* A row a decision: id, previous_hash, hash, the hash its parts have, and whether its words,
 * their absence, and those of its anchors are as sealed. */
extern const char rap_sqlite_decision_hash[];
/* Hash every decision again, each with the hash before it. */
rap_status rap_sqlite_chain_anew(sqlite_store *store, rap_error *err) RAP_CHECKED;
/* One number from a query without parameters. */
rap_status rap_sqlite_number(sqlite_store *store, const char *sql, int64_t *out,
                             rap_error *err) RAP_CHECKED;

#endif
