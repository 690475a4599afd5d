/* exporting_private.h - shared by the formats of a whole export; never included elsewhere. */
#ifndef RAP_EXPORTING_PRIVATE_H
#define RAP_EXPORTING_PRIVATE_H

#include "exchange.h"
#include "export_private.h"

#include <jansson.h>

typedef struct rap_report { /* a document of the record, as it may leave */
    int64_t number;
    const char *sha256, *name; /* name: of its file, without folders */
    const char *title, *author, *outlet, *url, *language, *kind;
    const char *published, *published_basis, *media_type, *error;
    uint64_t bytes;
    int64_t copy_of; /* 0: of none */
    bool cited;      /* an entry that was exported rests on it */
} rap_report;

typedef struct rap_exporting { /* one export */
    rap_store *store;
    const rap_export_options *options;
    rap_out *out;
    rap_exported *count;
    rap_arena arena;    /* lives as long as the export */
    rap_arena scratch;  /* of one entry */
    rap_report *report; /* [reports] by number */
    uint32_t reports;
    rap_actor_rows actors;
    rap_map actor_of; /* key -> index into actors */
    rap_places *places;
    /* redaction */
    rap_map person;    /* key -> 1, 2, … in order of appearance */
    rap_map name_word; /* folded words of which names of persons are made */
    /* the text that was asked for last */
    rap_arena text_arena;
    int64_t text_of;
    rap_slice text;
    rap_points points;
} rap_exporting;

typedef struct rap_export_format {
    const char *name;
    bool folder;
    uint32_t kinds;  /* 1 << rap_entry_kind it can hold; 0: all */
    bool holds_text; /* takes --full-text */
    rap_status (*run)(rap_exporting *job, rap_error *err);
} rap_export_format;

/* Every entry that is to be exported, redacted, in order; `job->scratch` is cleared before
 * each. What `sink` leaves out it counts in job->count->left_out. */
rap_status rap_exporting_each(rap_exporting *job, rap_entry_sink sink, void *state,
                              rap_error *err) RAP_CHECKED;
/* The report of that number; never NULL for an entry's evidence. */
rap_report *rap_exporting_report(const rap_exporting *job, int64_t number);
/* Its text and the way to characters; they live until the next call. */
rap_status rap_exporting_text(rap_exporting *job, int64_t document,
                              rap_error *err) RAP_CHECKED;
/* The same for a passage. RAP_E_STORE: it lies outside its text. */
rap_status rap_exporting_passage(rap_exporting *job, int64_t document, rap_span span,
                                 rap_error *err) RAP_CHECKED;
/* "rap:0123456789ab/10-20" in the scratch; NULL: no memory. */
const char *rap_exporting_address(rap_exporting *job, const rap_evidence *evidence);
/* The actor of that key, or NULL. */
const rap_actor_row *rap_exporting_actor(const rap_exporting *job, const char *key);
/* The first evidence to quote, or NULL. */
const rap_evidence *rap_first_quoted(const rap_entry *entry);
static inline bool rap_hides(const rap_exporting *job, uint32_t what)
{
    return (job->options->redact & what) != 0;
}

/* ---- redaction (export_redact.c) -------------------------------------------------- */
/* Load what redaction needs. */
rap_status rap_redact_open(rap_exporting *job, rap_error *err) RAP_CHECKED;
/* A copy without what may not leave, in the scratch. */
rap_status rap_redact_entry(rap_exporting *job, const rap_entry *entry, rap_entry *out,
                            rap_error *err) RAP_CHECKED;
rap_status rap_redact_report(rap_exporting *job, rap_report *report,
                             rap_error *err) RAP_CHECKED;
/* `text`, or a copy in which what is no UTF-8 is U+FFFD; "" for NULL. NULL: no memory. */
const char *rap_clean_text(rap_arena *arena, const char *text);
/* `text`, or "" where it names a person and may not. */
const char *rap_redact_words(rap_exporting *job, const char *text);
/* "person 3": what stands for the person of that key. NULL: no memory. */
const char *rap_redact_person(rap_exporting *job, const char *key);

/* ---- JSON ------------------------------------------------------------------------- */
json_t *rap_entry_object(const rap_entry *entry); /* as in the views; export_json.c */
void rap_json_set(json_t *object, const char *name,
                  const char *text); /* not if empty */
/* Writes and frees `item`. RAP_E_NOMEM. */
rap_status rap_json_put(json_t *item, FILE *out, rap_error *err) RAP_CHECKED;

/* ---- the formats ------------------------------------------------------------------ */
rap_status rap_export_csv(rap_exporting *job, rap_error *err);
rap_status rap_export_jsonl(rap_exporting *job, rap_error *err);
rap_status rap_export_webannotation(rap_exporting *job, rap_error *err);
rap_status rap_export_csl(rap_exporting *job, rap_error *err);
rap_status rap_export_bibtex(rap_exporting *job, rap_error *err);
rap_status rap_export_ris(rap_exporting *job, rap_error *err);
rap_status rap_export_graphml(rap_exporting *job, rap_error *err);
rap_status rap_export_gexf(rap_exporting *job, rap_error *err);
rap_status rap_export_ics(rap_exporting *job, rap_error *err);
rap_status rap_export_plover(rap_exporting *job, rap_error *err);
rap_status rap_export_cameo(rap_exporting *job, rap_error *err);
rap_status rap_export_gdelt(rap_exporting *job, rap_error *err);
rap_status rap_export_timelinejs(rap_exporting *job, rap_error *err);
rap_status rap_export_geojson(rap_exporting *job, rap_error *err);
rap_status rap_export_markdown(rap_exporting *job, rap_error *err);

#endif
