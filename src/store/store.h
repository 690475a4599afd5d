/*
 * store.h - the record as one file.
 *
 * Reads and writes  a SQLite database (docs/format/record.md): documents and decisions are
 *         the ground truth, everything else is derived and can be rebuilt.
 * The store is reached through the table of functions rap_store_class, so that another
 * engine can stand beside SQLite; a rap_store is one thread's.
 * Durability  WAL, synchronous=FULL, one transaction a batch: a process killed at any moment
 *         leaves the last whole batch.
 */
#ifndef RAP_STORE_H
#define RAP_STORE_H

#include "base.h"
#include "date.h"
#include "record.h"

/* ---- what is written ----------------------------------------------------------- */
typedef struct rap_stored_spans {
    const char *
        role; /* "content" "cue" "source" "trigger" "repeat" "evidence" "place" "venue" */
    const rap_span *span;
    uint32_t count;
} rap_stored_spans;

typedef struct rap_stored_actor {
    const char *key, *name, *kind, *country, *code, *sector;
    const char *const *roles;   /* [role_count] as worded */
    const rap_span *role_spans; /* [role_count] */
    uint32_t role_count;
    const char *const *aliases; /* [alias_count] */
    uint32_t alias_count;
    const uint32_t *members; /* [member_count] indices into the document's actors */
    uint32_t member_count;
} rap_stored_actor;

typedef struct rap_stored_mention {
    rap_span span;
    uint32_t actor; /* index into the document's actors, or RAP_NONE */
    const char *form;
    double confidence;
} rap_stored_mention;

typedef struct rap_stored_reading { /* a statement, meeting or event of one document */
    rap_entry_kind kind;
    rap_span anchor;
    const char *what; /* statement: its words; event: its trigger */
    const uint32_t
        *who; /* [who_count] indices into actors: speaker, participants, sources */
    uint32_t who_count;
    const uint32_t *whom; /* [whom_count] addressee, targets */
    uint32_t whom_count;
    const uint32_t *pair; /* [pair_count] parties that are not named with it */
    uint32_t pair_count;
    const uint32_t *part; /* [part_count] meeting: who took part besides */
    uint32_t part_count;
    const uint32_t *about; /* [about_count] whom the report is about, for joining */
    uint32_t about_count;
    uint32_t host;  /* actor index or RAP_NONE */
    uint32_t where; /* the place's actor index + 1; 0: none known */
    const char *
        said_by; /* speaker's words when no actor was found: "one Russian expert"; "" */
    const char *place, *venue, *mode, *act, *status, *type, *cameo; /* "" where none */
    const char *date, *date_basis;                                  /* "" where none */
    rap_day earliest, latest;
    const char *name, *stance, *terms; /* as in rap_finding; "" or NULL where none */
    const char *due, *due_basis;
    rap_day due_earliest, due_latest; /* read only where `due` is given */
    uint32_t according_to;            /* actor index + 1; 0: the report itself */
    double low, high;                 /* detail: the amount lies within */
    double confidence;
    const rap_stored_spans
        *spans; /* [span_groups]; "evidence" is what an entry quotes */
    uint32_t span_groups;
} rap_stored_reading;

typedef struct rap_stored_time {
    rap_span span;
    const char *type, *value;
    rap_day earliest, latest;
} rap_stored_time;

typedef struct rap_stored_zone {
    rap_span span;
    const char *kind, *sub;
} rap_stored_zone;

typedef struct rap_stored_document {
    /* ground truth */
    rap_sha256 sha256;
    rap_slice bytes; /* the source, as found */
    const char *path, *media_type, *charset;
    const char *given_title, *given_author, *given_outlet, *given_url, *given_date;
    const char *added_at; /* ISO 8601 instant */
    /* derived */
    const char *error_code, *error_text; /* "": it could be read */
    uint64_t error_at;
    rap_slice text;
    bool text_is_source; /* then text is not stored twice */
    const char *title, *author, *outlet, *url, *language, *kind;
    const char *published, *published_basis, *published_precision;
    rap_day published_earliest, published_latest;
    bool truncated;
    const rap_stored_zone *zones;
    uint32_t zone_count;
    const rap_stored_actor *actors;
    uint32_t actor_count;
    const rap_stored_mention *mentions;
    uint32_t mention_count;
    const rap_stored_time *times;
    uint32_t time_count;
    const rap_stored_reading *readings;
    uint32_t reading_count;
} rap_stored_document;

/* ---- what is read --------------------------------------------------------------- */
typedef struct rap_evidence {
    int64_t document;
    const char *path, *outlet, *published;
    const char *role; /* as in rap_stored_spans */
    rap_span span;
    const char *quote;  /* the bytes at `span` */
    const char *sha256; /* of the document: rap_address() makes the passage's address */
} rap_evidence;

typedef struct rap_claim { /* one side of a disagreement, one wording of an utterance */
    const char *value;     /* what it says, in short; wordings: the words */
    const char *by;        /* who says it: speaker, else outlet or path */
    rap_evidence evidence;
} rap_claim;

typedef struct rap_party {
    const char *key, *name, *kind, *country, *code;
} rap_party;

typedef struct rap_setting { /* a field of an entry or document, and its value */
    const char *field, *value;
} rap_setting;

typedef struct rap_entry {
    const char *id;
    rap_entry_kind kind;
    const char *date, *earliest, *latest, *date_basis; /* "" where none */
    const char *what, *said_by, *place, *venue, *mode, *act, *status, *type, *cameo;
    const rap_party *who; /* [who_count] */
    uint32_t who_count;
    const rap_party *whom;
    uint32_t whom_count;
    const rap_party
        *side; /* [side_count] meeting: states for which those of `who` act */
    uint32_t side_count;
    const rap_party *host;         /* NULL if none */
    const rap_party *according_to; /* whose account it is; NULL: the report's own */
    const char *name, *stance, *due, *due_earliest, *due_latest, *due_basis;
    const char *names; /* document: every wording, "; " between */
    uint32_t sources;  /* independent voices: copies of one text count once */
    const rap_claim
        *claim; /* [claims] disagreement: what each says; variant: wordings */
    uint32_t claims;
    const rap_claim *clause; /* [clauses] document: duties quoted from it, `value` the
                              * id of the commitment; the same id, the same clause */
    uint32_t clauses;
    double confidence;
    const char *review;         /* "suggested" "accepted" "rejected" "edited" */
    uint32_t since_review;      /* accepted, edited: documents that came after */
    const rap_setting *machine; /* [machines] edited: what the program itself reads */
    uint32_t machines;
    const char *why;              /* how its readings were joined; "" for one reading */
    uint32_t documents;           /* distinct documents in the evidence */
    const rap_evidence *evidence; /* [evidence_count] in document order */
    uint32_t evidence_count;
    double rank; /* find: the better the higher; 0 elsewhere */
} rap_entry;

typedef struct rap_entries {
    const rap_entry *entry;
    uint32_t count;
} rap_entries;

typedef struct rap_filter { /* NULL or 0: no restriction */
    uint32_t kinds;         /* 1 << rap_entry_kind, 0: all */
    const char *id;         /* an entry's id or an unambiguous beginning of it */
    const char *speaker;    /* any party in `who`, by part of a name or by code */
    const char *actor;      /* any party at all */
    const char *place, *outlet, *type, *act, *status;
    const char *document; /* number, path or part of the path */
    const char *since,
        *until;        /* ISO dates, maybe partial; entries that may lie within */
    const char *about; /* words: full-text search over the entry's words */
    const char *issue; /* position: part of its issue */
    const char *stance;
    const char *due_before; /* ISO date: what falls due by then */
    const char *review;     /* states, commas between; NULL: all but rejected; "all" */
    const rap_evidence *passage; /* entries that rest on a part of it */
    double min_confidence;       /* of what nobody accepted */
    int64_t after;               /* sources: documents of a higher number */
    uint32_t limit;              /* 0: all */
} rap_filter;

typedef struct rap_source_row { /* `sources` */
    int64_t document;
    const char *sha256, *path, *media_type, *title, *author, *outlet, *url, *language,
        *kind;
    const char *published, *published_basis, *error_code, *error_text, *added_at;
    uint64_t bytes, error_at;
    uint32_t statements, meetings, events;
    int64_t copy_of;     /* the first document of which it is a copy; 0: of none */
    int64_t replaced_by; /* the later version that stands in its place; 0: none */
    int64_t proposed; /* a later document of the same URL, not yet said to be one; 0 */
} rap_source_row;
typedef struct rap_actor_row { /* `actors` */
    const char *key, *name, *kind, *code, *sector;
    const char *country;         /* joined by "; ", that of most documents first */
    const char *roles, *aliases; /* joined by "; " */
    uint32_t mentions, documents, statements;
} rap_actor_row;
typedef struct rap_zone_row { /* `zones` */
    int64_t document;
    const char *path, *kind, *sub, *words; /* words: the beginning */
    rap_span span;
} rap_zone_row;
typedef struct rap_source_rows {
    const rap_source_row *row;
    uint32_t count;
} rap_source_rows;
typedef struct rap_actor_rows {
    const rap_actor_row *row;
    uint32_t count;
} rap_actor_rows;
typedef struct rap_zone_rows {
    const rap_zone_row *row;
    uint32_t count;
} rap_zone_rows;

/* ---- the store ------------------------------------------------------------------ */
typedef struct rap_store rap_store;
typedef enum rap_store_mode {
    RAP_STORE_READ,
    RAP_STORE_WRITE,
    RAP_STORE_CREATE
} rap_store_mode;

/* Open a record. RAP_E_NOTFOUND: no such file (READ, WRITE). RAP_E_STORE: not a record, made
 * by a newer version, damaged, or busy. CREATE makes it when missing. Older versions are
 * migrated on WRITE and CREATE. */
rap_status rap_store_open(const char *path, rap_store_mode mode, rap_store **out,
                          rap_error *err) RAP_CHECKED;
void rap_store_close(rap_store *store);

/* Is a document with this digest there, read by the engine of rap_store_set_made_by (by any,
 * when none is set)? */
rap_status rap_store_has(rap_store *store, const rap_sha256 *sha256, bool *out,
                         rap_error *err) RAP_CHECKED;
rap_status rap_store_begin(rap_store *store, rap_error *err) RAP_CHECKED;
rap_status rap_store_commit(rap_store *store, rap_error *err) RAP_CHECKED;
/* Forget everything since begin; closing does the same. */
void rap_store_rollback(rap_store *store);
/* Put one document; its derived rows replace older ones. Within begin and commit. */
rap_status rap_store_put(rap_store *store, const rap_stored_document *document,
                         rap_error *err) RAP_CHECKED;
/* Join the readings into entries (rap_record_join). Within begin and commit. */
rap_status rap_store_join(rap_store *store, rap_error *err) RAP_CHECKED;
/* The engine that made the derived rows; empty: none yet, several, or cut off before the
 * join. */
rap_status rap_store_made_by(rap_store *store, char out[65],
                             rap_error *err) RAP_CHECKED;
/* Name the engine whose readings are put from now on. */
rap_status rap_store_set_made_by(rap_store *store, const char *fingerprint,
                                 rap_error *err) RAP_CHECKED;

/* Are all readings joined into entries? Not after an add that was cut off: whoever opens the
 * record next should join again. */
rap_status rap_store_is_joined(rap_store *store, bool *out, rap_error *err) RAP_CHECKED;
rap_status rap_store_count(rap_store *store, uint64_t *documents,
                           rap_error *err) RAP_CHECKED;

/* A number kept in the record under a name, for whoever goes on where another run
 * stopped; `otherwise` when there is none. Setting: within begin and commit. */
rap_status rap_store_recall(rap_store *store, const char *name, int64_t otherwise,
                            int64_t *out, rap_error *err) RAP_CHECKED;
rap_status rap_store_remember(rap_store *store, const char *name, int64_t number,
                              rap_error *err) RAP_CHECKED;

/* The same with words: a setting that a rebuild shall find again; "" when there is none. */
rap_status rap_store_setting(rap_store *store, const char *name, rap_arena *arena,
                             const char **out, rap_error *err) RAP_CHECKED;
rap_status rap_store_set_setting(rap_store *store, const char *name, const char *value,
                                 rap_error *err) RAP_CHECKED;

/* Every document's ground truth, with what people said of it since, for rebuild: calls
 * `sink` in order of number. `stale`: only those never read, or read before that was said. */
typedef rap_status (*rap_stored_sink)(void *state, const rap_stored_document *document,
                                      rap_error *err);
rap_status rap_store_documents(rap_store *store, bool stale, rap_stored_sink sink,
                               void *state, rap_error *err) RAP_CHECKED;

rap_status rap_store_entries(rap_store *store, const rap_filter *filter,
                             rap_arena *arena, rap_entries *out,
                             rap_error *err) RAP_CHECKED;
/* See the record as it is now, whatever others write, until the store is closed. For
 * readers that ask several questions of one state, and soon close: who opens a record at
 * rest for writing waits for them, and is told after five seconds that it is busy. */
rap_status rap_store_hold(rap_store *store, rap_error *err) RAP_CHECKED;
/* The same entries one by one, in the memory of one: each lives until `sink` returns. The
 * sink may ask the store for texts, sources and actors. An id may be cut short; all that
 * begin with it are meant. */
typedef rap_status (*rap_entry_sink)(void *state, const rap_entry *entry,
                                     rap_error *err);
rap_status rap_store_each_entry(rap_store *store, const rap_filter *filter,
                                rap_entry_sink sink, void *state,
                                rap_error *err) RAP_CHECKED;
/* Entries by relevance to a question in plain words (FTS5, BM25). */
rap_status rap_store_find(rap_store *store, const char *question,
                          const rap_filter *filter, rap_arena *arena, rap_entries *out,
                          rap_error *err) RAP_CHECKED;
/* The passages of one document that hold every word of `words`, the best first. */
rap_status rap_store_passages(rap_store *store, int64_t document, const char *words,
                              rap_arena *arena, rap_entries *out,
                              rap_error *err) RAP_CHECKED;
rap_status rap_store_sources(rap_store *store, const rap_filter *filter,
                             rap_arena *arena, rap_source_rows *out,
                             rap_error *err) RAP_CHECKED;
rap_status rap_store_actors(rap_store *store, const rap_filter *filter,
                            rap_arena *arena, rap_actor_rows *out,
                            rap_error *err) RAP_CHECKED;
/* Where the reports mention the actor of that key, in their order; at most `limit`, 0: all.
 * A row lives until `sink` returns, which may ask the store for texts. */
typedef struct rap_mention_row {
    rap_evidence evidence; /* role: the form of the mention; quote: "" */
    double confidence;
} rap_mention_row;
typedef rap_status (*rap_mention_sink)(void *state, const rap_mention_row *row,
                                       rap_error *err);
rap_status rap_store_mentions(rap_store *store, const char *key, uint32_t limit,
                              rap_mention_sink sink, void *state,
                              rap_error *err) RAP_CHECKED;
rap_status rap_store_zones(rap_store *store, const rap_filter *filter, rap_arena *arena,
                           rap_zone_rows *out, rap_error *err) RAP_CHECKED;
/* The stable address of a passage: "rap:" and the beginning of the document's SHA-256,
 * "/", begin, "-", end. NULL: no memory. */
const char *rap_address(rap_arena *arena, const char *sha256, rap_span span);
/* The passage at an address; its quote is the bytes there. RAP_E_NOTFOUND, RAP_E_USAGE. */
rap_status rap_store_passage_at(rap_store *store, const char *address, rap_arena *arena,
                                rap_evidence *out, rap_error *err) RAP_CHECKED;
/* The text of a document, for showing evidence in context. */
rap_status rap_store_text(rap_store *store, int64_t document, rap_arena *arena,
                          rap_slice *out, rap_error *err) RAP_CHECKED;
/* What is wrong with the record: calls `report` a line each; *wrong counts them. Checks the
 * file's integrity, digests and seals of documents, that every quote stands at its span, and
 * the log of decisions. */
rap_status rap_store_verify(rap_store *store, void (*report)(void *, const char *),
                            void *state, uint32_t *wrong, rap_error *err) RAP_CHECKED;

#endif
