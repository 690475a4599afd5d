/*
 * reading_private.h - what the files of the library's face share: the engine's handle,
 * the pool of reading threads, and the way from a document's layers to the store.
 */
#ifndef RAP_READING_PRIVATE_H
#define RAP_READING_PRIVATE_H

#include "dictionary.h"
#include "finding.h"
#include "pipeline.h"
#include "rapporteur.h"
#include "store.h"

typedef struct
    rap_own_file { /* a person's list; all malloc'ed, NULL where there is none */
    char *bytes;
    uint32_t len;
    char *path; /* as errors name it */
    char *set;  /* what a record that the engine reads shall remember; NULL: as it is */
} rap_own_file;

struct rapporteur {
    rap_engine *engine;
    char language[4];
    rap_own_file actors; /* the engine may point into it */
    rap_own_file issues;
    rap_dictionary *dictionary;
    char *set_dictionaries; /* as rap_own_file's */
    const char *set_plover; /* "strict" or "plain"; NULL: not given */
};

/* Hand `from` to the caller; yields its status. */
rapporteur_status rap_face_error(rap_status status, const rap_error *from,
                                 rapporteur_error *to);
/* The bytes of a person's own file (actors, issues, searches, a dictionary), malloc'ed.
 * RAP_E_IO, RAP_E_LIMIT. */
rap_status rap_read_file(const char *path, char **out, uint32_t *len,
                         rap_error *err) RAP_CHECKED;
/* "talks.actors" for the record "talks.rapporteur" and the ending "actors", if it is there;
 * malloc'ed, or NULL. */
char *rap_file_beside(const char *record, const char *ending);

/* ---- a person's own knowledge (own_knowledge.c) ------------------------------------ */
/* Fill `inner` with actors and dictionaries by `options`; what it points to is `engine`'s. */
rap_status rap_own_open(const rapporteur_options *options, rapporteur *engine,
                        rap_engine_options *inner, rap_error *err) RAP_CHECKED;
void rap_own_close(rapporteur *engine);
/* The record remembers what was given. */
rap_status rap_own_keep(const rapporteur *engine, rap_store *store,
                        rap_error *err) RAP_CHECKED;

/* ---- questions that need the language's lists (actor_proposals.c) ------------------ */
struct rap_view;
rap_status rap_ask_proposals(rap_store *store, const struct rap_view *view, FILE *out,
                             uint64_t *rows, rap_error *err) RAP_CHECKED;

/* ---- the pool -------------------------------------------------------------------- */
/* One document on its way through the pool, owned by its slot. */
typedef struct rap_job {
    rap_item item; /* deep copy: what ingest lends ends with its call */
    void *copied;  /* the memory of it */
    rap_error item_error;
    rap_document document;
    rap_status status; /* of reading it; not RAP_OK only without memory */
    rap_error err;
    char *text; /* annotate: what to print; malloc'ed */
    size_t len;
    rap_arena arena; /* add: `stored` lives here and in the document */
    rap_stored_document stored;
} rap_job;

typedef struct rap_pool rap_pool;
typedef struct rap_pool_options {
    const rap_engine *engine;
    rap_analysis_options analysis;
    unsigned threads; /* 0: one a core */
    void *state;      /* passed to both: */
    /* In a thread of the pool, on a document that was read. */
    rap_status (*work)(void *state, rap_job *job, rap_error *err);
    /* In the caller's thread, in the order in which documents were submitted. */
    rap_status (*deliver)(void *state, rap_job *job, rap_error *err);
} rap_pool_options;

rap_status rap_pool_open(const rap_pool_options *options, rap_pool **out,
                         rap_error *err) RAP_CHECKED;
/* Take a copy of `item`; waits, and delivers, while the queue is full. */
rap_status rap_pool_submit(rap_pool *pool, const rap_item *item,
                           rap_error *err) RAP_CHECKED;
/* Wait for all that was submitted and deliver it. */
rap_status rap_pool_drain(rap_pool *pool, rap_error *err) RAP_CHECKED;
/* Ends the threads; what was not delivered is dropped. */
void rap_pool_close(rap_pool *pool);

/* ---- the record ------------------------------------------------------------------ */
/* Open a record for reading, joined if that was cut off and it can be written. */
rap_status rap_open_joined(const char *path, rap_store **out,
                           rap_error *err) RAP_CHECKED;
rap_filter rap_filter_of(const rapporteur_query *query);
/* A stored document as it came in. */
rap_item rap_item_of_stored(const rap_stored_document *document);

/* A document that was read in one of the formats of annotate, malloc'ed; NULL: no memory.
 * (annotate.c) */
char *rap_document_text(const rap_document *document, const rap_engine *engine,
                        rapporteur_format format, size_t *len);

/* ---- input ----------------------------------------------------------------------- */
/* Counts what is done and tells the caller; RAP_E_STOPPED when it wants no more. */
typedef struct rap_teller {
    const rapporteur_input *input;
    uint64_t done, total, bytes;
} rap_teller;
rap_status rap_teller_done(rap_teller *teller, uint64_t bytes,
                           rap_error *err) RAP_CHECKED;
void rap_teller_complain(const rap_teller *teller, const char *path,
                         const rap_error *err);
/* Walk all paths of `input`. */
rap_status rap_input_walk(const rapporteur_input *input, rap_item_sink sink,
                          void *state, rap_error *err) RAP_CHECKED;

/* Read what is stale again, put and join it, within the transaction that `store` is in.
 * (record_add.c) */
rap_status rap_read_stale(rapporteur *engine, rap_store *store, uint64_t *documents,
                          rap_error *err) RAP_CHECKED;

/* ---- from layers to the store ------------------------------------------------------
 */
/* Fill job->stored from job->item and job->document, with what module record finds in
 * it. RAP_E_NOMEM. */
rap_status rap_stored_of(const rap_finding_knowledge *knowledge, rap_job *job,
                         const char *added_at, rap_error *err) RAP_CHECKED;

#endif
