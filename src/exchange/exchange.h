/*
 * exchange.h - what the formats of others have in common: coded events, XML, tables between
 * tabs, and positions counted in characters.
 *
 * Reads   what the caller fills in.  Writes  to a FILE; nothing is kept.
 * Method  jansson for JSON, libxml2's writer for XML; docs/format/exports.md says which
 *         column comes from where.
 * Cost    linear in what is written.
 */
#ifndef RAP_EXCHANGE_H
#define RAP_EXCHANGE_H

#include "base.h"
#include "date.h"
#include "language.h"

/* ---- one event, as data sets of events have it ------------------------------------- */
typedef struct rap_coded_actor {
    const char *name, *code,
        *sector;      /* code: ISO 3166 alpha-3 or PLOVER's; "" where none */
    const char *key;  /* its identity in the record */
    const char *role; /* office as worded; "" where none */
} rap_coded_actor;

typedef struct rap_coded_place {
    const char *name;    /* as the text has it; "" where none */
    const char *known;   /* name in the list of places; "" where it is not there */
    const char *country; /* alpha-3 of a known place; "" where none or disputed */
    bool region;         /* the point stands for all of it */
    double latitude, longitude;
} rap_coded_place;

typedef struct rap_coded_event {
    const char *id;           /* unique in the data set */
    uint64_t number;          /* the same as a number below 2^50 */
    rap_day earliest, latest; /* RAP_NO_DAY where open */
    const char *date_basis;
    rap_day published; /* of the report; RAP_NO_DAY where not known to the day */
    const char *type, *mode, *cameo, *status; /* PLOVER; "" where none */
    const char *const *context;               /* [contexts] */
    uint32_t contexts;
    const rap_coded_actor *source; /* [sources] */
    uint32_t sources;
    const rap_coded_actor *target; /* [targets] */
    uint32_t targets;
    rap_coded_place place;
    const char *words;   /* the sentence or clause; "" where it may not leave */
    const char *trigger; /* the words of the event; "" likewise */
    uint32_t begin, end; /* of `words` in the text, in characters */
    uint32_t trigger_at; /* of `trigger`, in characters */
    uint32_t sentence;   /* from 1; 0: not known */
    const char *address; /* "rap:DOCUMENT/BEGIN-END" */
    const char *document, *title, *outlet, *url, *language; /* "" where not known */
    uint32_t document_chars;
    uint32_t mentions, voices, articles; /* how often told, by how many, in how many */
    double confidence;
    const char *review;
    const char *said_by; /* who alleges it; "" for the report's own voice */
} rap_coded_event;

/* The day that tables of events ask for: the event's, where it is known to the day; where
 * nothing is known of its date, that of the report. RAP_NO_DAY: no table can hold it. */
rap_day rap_coded_day(const rap_coded_event *event);
/* Its first day, likewise: for formats that can tell a last one too. */
rap_day rap_coded_first_day(const rap_coded_event *event);
/* Did it happen? Tables without a column for the status hold nothing else. */
bool rap_coded_happened(const rap_coded_event *event);
/* 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; 0
 * for a type that is not PLOVER's. */
int rap_plover_quad(const char *type);
/* The same by the CAMEO code's root, as GDELT has it. */
int rap_cameo_quad(const char *cameo);

/* May it be a record of event data? Not without an actor. */
bool rap_coded_has_actor(const rap_coded_event *event);

/* One line of PLOVER JSON, for events with an actor and a first day; what did not happen is
 * marked by PLOVER's auxiliary contexts. RAP_E_NOMEM. */
rap_status rap_plover_write(const rap_coded_event *event, FILE *out,
                            rap_error *err) RAP_CHECKED;
/* Rows of PETRARCH's table, one a pair of actors; how many: none for what did not happen, or
 * has no actor or day. */
uint32_t rap_cameo_write(const rap_coded_event *event, FILE *out);
/* Rows of GDELT's tables of events and of mentions, likewise. */
uint32_t rap_gdelt_write(const rap_coded_event *event, FILE *out);
uint32_t rap_gdelt_write_mentions(const rap_coded_event *event, FILE *out);

/* PLOVER's 16 types. */
enum { RAP_PLOVER_TYPES = 16 };
extern const char *const rap_plover_type[RAP_PLOVER_TYPES];

/* ---- places ----------------------------------------------------------------------- */
typedef struct rap_places rap_places; /* data/LANG/exchange/places.tsv; const, shared */
/* RAP_E_MODEL: a row cannot be read. RAP_E_NOMEM. */
rap_status rap_places_open(const rap_language *language, rap_places **out,
                           rap_error *err) RAP_CHECKED;
void rap_places_close(rap_places *places);
/* Where `name` lies, compared without case and accents; `known` is empty where it is not in
 * the list. `name` is kept, not copied. */
rap_coded_place rap_places_find(const rap_places *places, const char *name);

/* ---- tables between tabs ---------------------------------------------------------- */
/* A cell: tabs, line ends and other control characters become spaces. */
void rap_cell_write(FILE *out, rap_slice text);

/* ---- positions in characters ------------------------------------------------------ */
typedef struct rap_points { /* from bytes to code points of one text */
    rap_slice text;
    const uint32_t
        *before; /* [text.len / 256 + 1] characters that begin before byte 256 n */
} rap_points;
rap_status rap_points_open(rap_arena *arena, rap_slice text, rap_points *out,
                           rap_error *err) RAP_CHECKED;
/* Characters that begin before byte `at` (at most text.len). */
uint32_t rap_points_at(const rap_points *points, uint32_t at);

/* ---- XML -------------------------------------------------------------------------- */
typedef struct rap_xml rap_xml;
/* `pretty`: an element a line, for documents without mixed content. RAP_E_NOMEM. */
rap_status rap_xml_open(FILE *out, bool pretty, rap_xml **xml,
                        rap_error *err) RAP_CHECKED;
void rap_xml_begin(rap_xml *xml, const char *element);
void rap_xml_attribute(rap_xml *xml, const char *name, const char *value);
/* Characters that XML cannot hold become U+FFFD, one for one. */
void rap_xml_text(rap_xml *xml, rap_slice text);
void rap_xml_end(rap_xml *xml);
/* An element with text and no attributes. */
void rap_xml_element(rap_xml *xml, const char *element, const char *text);
/* Ends the document and frees the writer; the first failure since it was opened:
 * RAP_E_NOMEM, RAP_E_IO. */
rap_status rap_xml_close(rap_xml *xml, rap_error *err) RAP_CHECKED;

#endif
