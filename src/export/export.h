/*
 * export.h - the record for people and programs: tables, JSON, CSV, and one HTML page.
 *
 * Reads   the store, and nothing else.  Writes  to a FILE.
 */
#ifndef RAP_EXPORT_H
#define RAP_EXPORT_H

#include "base.h"
#include "store.h"

/* Views show by default what is right 19 times in 20; confidences are calibrated
 * shares. */
#define RAP_SHOWN_CONFIDENCE 0.95
/* Acts: of 69 read apart 57 to 60 were right (docs/method/event.md). */
#define RAP_SHOWN_ACT_CONFIDENCE 0.93
#define RAP_FOUND_CONFIDENCE 0.5 /* find and show: as likely right as wrong */

typedef enum rap_format {
    RAP_FORMAT_TABLE,
    RAP_FORMAT_JSON,
    RAP_FORMAT_JSONL,
    RAP_FORMAT_CSV,
    RAP_FORMAT_TSV
} rap_format;
bool rap_format_of(const char *name, rap_format *out);

typedef struct rap_view {
    const char *name;  /* "timeline", …; "show" */
    const char *words; /* find: the question; show: the entry's id */
    rap_filter filter;
    rap_format format;
    const char *by; /* log: whose decisions */
    bool orphaned, agreement;
    bool matrix;    /* positions: parties by issues */
    uint32_t width; /* columns; 0: as wide as needed */
    bool colour;
} rap_view;
bool rap_view_is(const char *name);

/* Write the view; *rows counts its rows. RAP_E_USAGE: no such view. RAP_E_IO: `out`. */
rap_status rap_export_view(rap_store *store, const rap_view *view, FILE *out,
                           uint64_t *rows, rap_error *err) RAP_CHECKED;
/* What a new document brings, and why saved searches fired on it. */
typedef struct rap_search_hit {
    const char *search, *words; /* its name; the words it looks for, or "" */
    rap_entries entries;        /* each with evidence in the document */
    rap_entries passages;       /* where no entry says it */
} rap_search_hit;
typedef struct rap_arrival {
    const rap_source_row *source;
    const rap_search_hit *hit; /* [hits] */
    uint32_t hits;
} rap_arrival;
/* Two actors that may be one, and why; a person decides. */
typedef struct rap_actor_proposal {
    const rap_actor_row *one, *other;
    const char *why;
    double confidence; /* not calibrated */
} rap_actor_proposal;
rap_status rap_export_proposals(const rap_actor_proposal *proposal, uint32_t count,
                                const rap_view *view, FILE *out,
                                rap_error *err) RAP_CHECKED;
/* For people: a line, and below it one a hit. For programs: one line of JSON, schema
 * "rapporteur.arrival/1" (docs/format/searches.md). */
rap_status rap_export_arrival(const rap_arrival *arrival, bool json, FILE *out,
                              rap_error *err) RAP_CHECKED;
/* One self-contained page: timeline as SVG, statements, sources, passages. */
rap_status rap_export_page(rap_store *store, const char *title, FILE *out,
                           rap_error *err) RAP_CHECKED;

/* ---- a whole export (docs/format/exports.md) ---------------------------------------- */
enum {                         /* rap_export_options.redact */
       RAP_REDACT_PERSONS = 1, /* and with them all words of reports */
       RAP_REDACT_QUOTES = 2,
       RAP_REDACT_TEXT = 4
};
/* "persons,quotes": into a set of the above; false: there is no such thing. */
bool rap_redact_of(const char *names, uint32_t *out);

typedef struct rap_export_options {
    const char *format; /* "csv", "jsonl", … */
    const char *path;   /* file or folder; NULL or "-": `standard` */
    FILE *standard;
    rap_filter filter;
    uint32_t redact;
    bool full_text;
    const char *language; /* of the list of places: "en" */
} rap_export_options;

typedef struct rap_exported {
    uint64_t entries;  /* exported */
    uint64_t left_out; /* chosen, but the format has no place for them */
    const char *why;   /* they were left out; NULL: none was */
} rap_exported;

/* Is it a format of this module? *folder: it wants a folder. */
bool rap_export_is(const char *format, bool *folder);
/* Export the entries that pass the filter: all of them or nothing, never a part. RAP_E_USAGE:
 * options that do not go together. RAP_E_IO: it cannot be written. */
rap_status rap_export_record(rap_store *store, const rap_export_options *options,
                             rap_exported *count, rap_error *err) RAP_CHECKED;

/* ---- a file or a folder that appears whole or not at all ------------------------------ */
typedef struct rap_out rap_out;
/* `path` NULL or "-": `standard`, for a single file. A folder takes the place of an older
 * export only. RAP_E_USAGE, RAP_E_IO. */
rap_status rap_out_open(const char *path, bool folder, FILE *standard, rap_out **out,
                        rap_error *err) RAP_CHECKED;
/* The file to write; in a folder, one more of that name, which may have one slash. */
rap_status rap_out_begin(rap_out *out, const char *name, FILE **file,
                         rap_error *err) RAP_CHECKED;
/* A folder's file is whole. Those not ended are when the folder is closed. */
rap_status rap_out_end(rap_out *out, FILE *file, rap_error *err) RAP_CHECKED;
/* Put it in its place; or, where `so_far` is a failure, drop it and yield that. */
rap_status rap_out_close(rap_out *out, rap_status so_far, rap_error *err) RAP_CHECKED;

#endif
