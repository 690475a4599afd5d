/*
 * rapporteur.h - the installed face of librapporteur: open, add, annotate, query, export.
 *
 * Everything is UTF-8. All spans are [begin, end) byte offsets into a document's text.
 * Functions return 0 on success or a RAPPORTEUR_E_ code; `err` then holds one sentence.
 * The library never prints and never exits. A handle belongs to one thread at a time.
 */
#ifndef RAPPORTEUR_H
#define RAPPORTEUR_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum rapporteur_status {
    RAPPORTEUR_OK,
    RAPPORTEUR_E_INPUT,
    RAPPORTEUR_E_LIMIT,
    RAPPORTEUR_E_NOMEM,
    RAPPORTEUR_E_IO,
    RAPPORTEUR_E_MODEL,
    RAPPORTEUR_E_STORE,
    RAPPORTEUR_E_USAGE,
    RAPPORTEUR_E_NOTFOUND,
    RAPPORTEUR_E_STOPPED
} rapporteur_status;

typedef struct rapporteur_error {
    rapporteur_status status;
    char code[32];  /* short name for scripts, e.g. "page-too-large" */
    uint64_t at;    /* byte offset in the input, 0 if none */
    char text[240]; /* one sentence: what is wrong and what to do */
} rapporteur_error;

typedef struct rapporteur rapporteur; /* an engine: language data, models, actors */

/* One bad document, or line of a file: where, what and what to do. The others go on. */
typedef void (*rapporteur_complaint)(void *state, const char *path,
                                     const rapporteur_error *err);

typedef struct rapporteur_options {
    const char *language; /* NULL: "en" */
    const char *actors;   /* path of an actor file (docs/format/actors.md), or NULL */
    const char *issues;   /* path of an issue file (docs/format/issues.md), or NULL */
    const char *dictionaries; /* folder of PETRARCH dictionaries, or one of them
                                 (docs/format/dictionaries.md), or NULL */
    const char *plover; /* "strict": event types by PLOVER's own rules; "plain"; NULL */
    /* The record that the engine is for, or NULL. What is not given above comes from the
     * record, which remembers what was given last; without that, actors come from
     * NAME.actors and issues from NAME.issues beside NAME.rapporteur. "none" takes nothing, and is remembered. */
    const char *record;
    rapporteur_complaint complain; /* of dictionaries: lines that were left out */
    void *state;                   /* passed to it */
} rapporteur_options;

rapporteur_status rapporteur_open(const rapporteur_options *options, rapporteur **out,
                                  rapporteur_error *err);
void rapporteur_close(rapporteur *engine);
const char *rapporteur_version(void);

/* ---- input ------------------------------------------------------------------------ */
typedef enum rapporteur_media {
    RAPPORTEUR_AUTO,
    RAPPORTEUR_PLAIN,
    RAPPORTEUR_HTML,
    RAPPORTEUR_CONLLU
} rapporteur_media;

/* Called now and then from the caller's thread; total 0: not known. Non-zero stops. */
typedef int (*rapporteur_progress)(void *state, uint64_t done, uint64_t total,
                                   uint64_t bytes);

typedef struct rapporteur_input {
    const char *const *paths; /* [path_count] files, folders, archives, "-" */
    size_t path_count;
    rapporteur_media media;
    const char *title, *author, *outlet, *url,
        *date; /* for all documents; NULL: none */
    const char
        *meta; /* CSV with columns file,title,author,outlet,url,date; NULL: none */
    unsigned threads; /* 0: one a core */
    rapporteur_complaint complain;
    rapporteur_progress progress;
    void *state; /* passed to both */
} rapporteur_input;

/* ---- one document at a time --------------------------------------------------------- */
typedef enum rapporteur_format {
    RAPPORTEUR_JSONL, /* docs/format/jsonl.md */
    RAPPORTEUR_CONLLU_OUT,
    RAPPORTEUR_PLOVER, /* docs/format/exports.md for these */
    RAPPORTEUR_CAMEO,
    RAPPORTEUR_GDELT,
    RAPPORTEUR_GDELT_MENTIONS,
    RAPPORTEUR_BRAT, /* one document a file: of a second one RAPPORTEUR_E_USAGE */
    RAPPORTEUR_TIMEML,
    RAPPORTEUR_EXPLAINED /* JSONL whose events tell what made them */
} rapporteur_format;
/* "jsonl", "conllu", "plover", …; 0: no such format. */
int rapporteur_format_of(const char *name, rapporteur_format *out);

/* Annotate every document and write it to `out`, in the order given, with `whole` as one
 * body without zones. *bad counts documents that could not be read. */
rapporteur_status rapporteur_annotate(rapporteur *engine, const rapporteur_input *input,
                                      rapporteur_format format, int whole, FILE *out,
                                      uint64_t *bad, rapporteur_error *err);

/* ---- the record ---------------------------------------------------------------------- */
typedef struct rapporteur_added {
    uint64_t added, unchanged, bad;
    uint64_t decisions,
        orphaned; /* in the log; those whose words are not found any more */
} rapporteur_added;

/* Add documents to the record at `path`, made when missing. */
rapporteur_status rapporteur_add(rapporteur *engine, const char *path,
                                 const rapporteur_input *input, rapporteur_added *out,
                                 rapporteur_error *err);
/* Recompute all that is derived. */
rapporteur_status rapporteur_rebuild(rapporteur *engine, const char *path,
                                     const rapporteur_input *input,
                                     rapporteur_added *out, rapporteur_error *err);
/* Write what is wrong with the record to `out`, a line each; *wrong counts them. */
rapporteur_status rapporteur_verify(const char *path, FILE *out, uint64_t *wrong,
                                    rapporteur_error *err);

/* The same; and does the record show what a rebuild of a copy shows, made by `engine`? */
rapporteur_status rapporteur_verify_deep(rapporteur *engine, const char *path,
                                         FILE *out, uint64_t *wrong,
                                         rapporteur_error *err);

/* ---- watching ------------------------------------------------------------------------ */
typedef struct rapporteur_watching {
    const rapporteur_input *input; /* its paths: folders */
    const char *searches; /* file of saved searches (docs/format/searches.md); NULL: the
                             record's own, talks.searches beside talks.rapporteur */
    const char *const *words; /* [word_count] searches by words alone */
    size_t word_count;
    int once; /* tell what came since the last time, and return */
    /* A document is new: for people, for programs; did a search fire, or is there none?
     * Non-zero ends. */
    int (*tell)(void *state, const char *text, const char *json, int fired);
    void *state;
} rapporteur_watching;
/* Add what is and what arrives below the folders, and tell of each new document once, also
 * across runs. A record watched for the first time begins now. Ends with
 * RAPPORTEUR_E_STOPPED when input->progress, asked about twice a second, says so. */
rapporteur_status rapporteur_watch(rapporteur *engine, const char *record,
                                   const rapporteur_watching *watching,
                                   rapporteur_error *err);

/* A question to the record. Strings may be NULL: no restriction. */
typedef struct rapporteur_query {
    const char *view;  /* "timeline" "statements" "meetings" "events" "documents"
                           "commitments" "positions" "disagreements" "variants"
                           "actors" "sources" "zones" "find" "show" "log"
                           "changes" */
    const char *words; /* find: the question; show: an entry's id, or an address */
    const char *speaker, *actor, *place, *outlet, *type, *act, *status, *document;
    const char *since, *until, *about;
    const char *issue, *stance, *due_before; /* of positions and commitments */
    double min_confidence; /* below 0: the view's default, right 19 times in 20 */
    uint32_t limit;        /* 0: all */
    const char *format;    /* "table" "json" "jsonl" "csv" "tsv" */
    unsigned width;        /* columns of a table; 0: as wide as it needs */
    int colour;            /* ANSI colours in tables and show */
    const char *review;    /* states, commas between; NULL: all but rejected; "all" */
    const char *by;        /* log: whose decisions */
    int orphaned;          /* log: those whose words are not found any more */
    int agreement;         /* log: how far people agree, instead of rows */
    int matrix;    /* positions: the latest stance of each party on each issue */
    int proposals; /* actors: pairs that may be one person, instead of rows */
} rapporteur_query;
/* Write the answer to `out`; *rows counts its rows. RAPPORTEUR_E_USAGE: no such view,
 * format or filter. */
rapporteur_status rapporteur_ask(const char *path, const rapporteur_query *query,
                                 FILE *out, uint64_t *rows, rapporteur_error *err);
/* One self-contained HTML page of the record. */
rapporteur_status rapporteur_report(const char *path, const char *title, FILE *out,
                                    rapporteur_error *err);

/* ---- what people decide ---------------------------------------------------------------- */
typedef struct rapporteur_decision {
    const char *kind; /* "accept" "reject" "edit" "merge" "split" "note" "undo" "meta"
                         "purge" */
    const char *who, *reason; /* who decides; why, or NULL */
    int final;                /* it stands, whoever decided before */
    /* [what_count] entries by id or its beginning; merge of actors: names; split: the entry,
     * then addresses or documents that leave it; undo: numbers of decisions, none: the last
     * of `who`; meta and purge: a document by number, digest or path. */
    const char *const *what;
    size_t what_count;
    const char *const *set; /* [set_count] edit, meta: "FIELD=VALUE" */
    size_t set_count;
    int actors;         /* merge: actors */
    const char *text;   /* note */
    const char *sheet;  /* meta: CSV, a row a document, instead of `what` and `set` */
    const char *person; /* purge: a name, instead of `what` */
    int words;          /* purge: `person` is no person, but words */
    int dry;            /* purge: only count; the record stays as it is */
} rapporteur_decision;
typedef struct rapporteur_decided {
    int64_t first, last; /* numbers in the log */
    uint64_t documents;  /* meta and its undo: read again; purge: changed */
    uint64_t places;     /* purge of a person: names overwritten */
    uint64_t left;       /* places of one word of the name that may be another's */
    uint64_t apart;      /* decisions of these that are kept apart, */
    char why[120];       /* and why: "ana decided first" */
    uint64_t ended;      /* verdicts that these end */
    uint64_t waiting;    /* merge: verdicts that wait for the undo */
    uint64_t orphaned;   /* decisions that lost their words by these */
} rapporteur_decided;
/* What `edit` can set: a line a kind of entry, its fields with their labels. */
rapporteur_status rapporteur_fields(FILE *out, rapporteur_error *err);
/* Append to the log and apply it, in one transaction: all or nothing. Documents of which
 * something else is said now are read again, by an engine of `options` (of the record's own,
 * for NULL). RAPPORTEUR_E_NOTFOUND: no such entry; RAPPORTEUR_E_USAGE: `err` says why. */
rapporteur_status rapporteur_decide(const rapporteur_options *options, const char *path,
                                    const rapporteur_decision *decision,
                                    rapporteur_decided *out, rapporteur_error *err);

/* ---- export -------------------------------------------------------------------------- */
typedef struct rapporteur_export {
    const char *format; /* "csv" "jsonl" "webannotation" "csl" "bibtex" "ris" "graphml"
                           "gexf" "ics" "plover" "cameo" "gdelt" "timelinejs" "geojson"
                           "markdown" of entries; "brat" "conllu" "timeml" of documents
                           (docs/format/exports.md) */
    const char *path;   /* a file, or a folder for csv, gdelt, brat and timeml; NULL or
                           "-": `standard` */
    FILE *standard;
    rapporteur_query query; /* its filters */
    const char *kinds;      /* "meeting,event"; NULL: all that the format can hold */
    int accepted;           /* only what a person accepted, whatever its confidence */
    int all;                /* of every confidence */
    const char *redact; /* "persons", "quotes", "text", commas between; NULL: nothing */
    int full_text;      /* the texts may leave */
    const rapporteur_input
        *input; /* threads and complaints, for documents; NULL: none */
} rapporteur_export;
typedef struct rapporteur_exported {
    uint64_t count;    /* entries, or documents */
    uint64_t left_out; /* chosen, but the format has no place for them */
    const char *why;   /* "without a known place"; NULL: none was left out */
    int documents;     /* count is of documents */
} rapporteur_exported;
/* Must the documents be read again for this format? Then an engine is needed. */
int rapporteur_export_reads(const char *format);
/* Export what the filters choose, all of it or nothing: a file or folder appears whole or not
 * at all, and the same record gives the same bytes. `engine` may be NULL unless the format
 * reads documents. */
rapporteur_status rapporteur_export_record(rapporteur *engine, const char *record,
                                           const rapporteur_export *options,
                                           rapporteur_exported *out,
                                           rapporteur_error *err);

/* ---- what is known without a record --------------------------------------------------- */
/* Who held `office` ("Ruritanian foreign minister") on the day `on` (YYYY-MM-DD), or all
 * through a month or a year (YYYY-MM, YYYY): a line a tenure that may include it, fields
 * between tabs: person, office, whose, from, until, how the answer stands. `on` NULL: all
 * tenures listed. *held: one person, surely. */
rapporteur_status rapporteur_office(const rapporteur_options *options,
                                    const char *office, const char *on, FILE *out,
                                    int *held, rapporteur_error *err);

#ifdef __cplusplus
}
#endif
#endif
