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
/* For people: a line, and below it one a hit. For programs: one line of JSON, schema
 * "rapporteur.arrival/1" (docs/format/searches.md). */
rap_status rap_export_arrival(const rap_arrival *arrival, bool json, FILE *out,
                              rap_error *err) RAP_CHECKED;
/* One self-contained page: timeline as SVG, statements, sources, passages. */
rap_status rap_export_page(rap_store *store, const char *title, FILE *out,
                           rap_error *err) RAP_CHECKED;

#endif
