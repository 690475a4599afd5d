/*
 * event.h - who did what to whom.
 *
 * Reads   all layers before it; the event lexicon (data/LANG/event).
 * Writes  rap_events in the PLOVER ontology with CAMEO codes.
 * Method  first method: meetings (CONSULT) from verbs and nouns of meeting with their
 *         participants, place and date; docs/method/event.md.
 * Cost    linear in tokens.
 */
#ifndef RAP_EVENT_H
#define RAP_EVENT_H

#include "article.h"
#include "base.h"
#include "name.h"
#include "statement.h"
#include "syntax.h"
#include "timex.h"
#include "token.h"

typedef enum rap_event_status {
    RAP_EVENT_HAPPENED,
    RAP_EVENT_PLANNED,
    RAP_EVENT_PROPOSED,
    RAP_EVENT_HYPOTHETICAL,
    RAP_EVENT_DENIED
} rap_event_status;
const char *rap_event_status_name(rap_event_status status);

typedef struct rap_event {
    rap_span trigger;  /* the words that make the event: "met", "trilateral meeting" */
    rap_spans repeats; /* further words in this document for the same event */
    rap_span evidence; /* the clause or sentence to quote */
    const char *type;  /* PLOVER type: "CONSULT" */
    const char *mode;  /* PLOVER mode or NULL: "visit", "third-party", "phone" */
    const char *const *context; /* [contexts] PLOVER contexts */
    uint32_t contexts;
    const char *cameo;      /* "046" */
    const uint32_t *source; /* [sources] actors; all participants of a CONSULT */
    uint32_t sources;
    const uint32_t *target; /* [targets] actors */
    uint32_t targets;
    uint32_t host;        /* actor or RAP_NONE */
    rap_span place;       /* words; empty if not said */
    rap_slice place_name; /* "Sochi"; empty if not said */
    rap_when date;
    rap_event_status status;
    const char *rule; /* the row of the lexicon that made it, "event/act_aid.tsv:12", or
                        * NULL */
    const char *frame; /* what that row asks for: "send|deploy v obj=@aid", or NULL */
    const rap_span *source_words; /* [sources] the words that name each there; empty:
                                   * the report's parties, supplied; NULL: not kept */
    const rap_span *target_words; /* [targets] the same */
    uint32_t statement; /* inside this statement (who alleges it), or RAP_NONE */
    float confidence;
} rap_event;

typedef struct rap_events {
    const rap_event *event; /* [count] by trigger */
    uint32_t count;
    const char *made_by;
} rap_events;

typedef struct rap_event_knowledge rap_event_knowledge; /* const, shared by threads */
rap_status rap_event_open(const rap_language *language, rap_event_knowledge **out,
                          rap_error *err) RAP_CHECKED;
/* The same with dictionaries, whose patterns win over the lexicon; not kept; NULL: none. */
struct rap_dictionary;
rap_status rap_event_open_with(const rap_language *language,
                               const struct rap_dictionary *dictionary,
                               rap_event_knowledge **out, rap_error *err) RAP_CHECKED;
void rap_event_close(rap_event_knowledge *knowledge);

typedef struct rap_event_input {
    const rap_article *article;
    const rap_tokens *tokens;
    const rap_syntax *syntax;
    const rap_names *names;
    const rap_times *times;
    const rap_statements *statements;
    bool strict; /* types by PLOVER's own rules: a meeting to come is AGREE */
} rap_event_input;

/* An act's type by PLOVER's own rules: promises are AGREE and CONCEDE, what is called off
 * is REJECT. */
void rap_event_make_strict(rap_event *event);
/* RAP_E_NOMEM: an arena is full. On failure `out` is empty. */
rap_status rap_event_run(const rap_event_knowledge *knowledge,
                         const rap_event_input *in, rap_arena *arena,
                         rap_arena *scratch, rap_events *out,
                         rap_error *err) RAP_CHECKED;

#endif
