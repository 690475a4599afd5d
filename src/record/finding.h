/*
 * finding.h - what one document adds to the record beyond statements and events.
 *
 * Reads   all layers of one document; the language's lists (data/LANG/record).
 * Writes  rap_findings: the documents it names, who owes what until when, who stands
 *         where on which issue, and measurable details that other reports may contradict.
 * Method  statements give speaker, act and words; clauses give a party before a verb of
 *         stance or obligation; noun phrases give documents; docs/method/record.md.
 * Cost    linear in tokens.
 */
#ifndef RAP_FINDING_H
#define RAP_FINDING_H

#include "article.h"
#include "base.h"
#include "coref.h"
#include "event.h"
#include "name.h"
#include "record.h"
#include "statement.h"
#include "syntax.h"
#include "timex.h"
#include "token.h"

typedef struct rap_finding {
    rap_entry_kind kind; /* document, meeting, commitment, position, disagreement
                            or detail */
    rap_span anchor;     /* what names it: the noun phrase, the clause */
    rap_spans evidence;  /* what it rests on */
    const uint32_t *who; /* [who_count] actors: parties; who owes; who stands there */
    uint32_t who_count;
    rap_slice called; /* position: what several are called together; empty if not */
    const uint32_t
        *whom; /* [whom_count] position: on whose behalf; commitment: to whom */
    uint32_t whom_count;
    bool inferred; /* `who` is not named with it: the parties the report is about */
    const uint32_t
        *about; /* [about_count] document: the actors most named in its report */
    uint32_t about_count;
    uint32_t according_to; /* actor who says so, or RAP_NONE: the report itself */
    rap_slice name;        /* document: as worded; commitment: the document it is under;
                              position: the issue; detail: what is measured; meeting: what
                              came of it, as worded */
    const char *class;  /* document: "agreement", …; detail: "number", "role", … */
    const char *stance; /* position: "supports", …; "" elsewhere */
    const char *status; /* "in-force", "proposed", …; "" if not said */
    const char *terms;  /* content words, folded stems, rising, each once, spaces
                              between: what joining compares */
    rap_when date;
    /* of meetings only; NULL, 0 and empty where not said */
    rap_slice place;
    uint32_t
        lent; /* the last so many of `who` are the report's parties, not named with it */
    const uint32_t *part; /* [part_count] who is told to have taken part besides */
    uint32_t part_count;
    const uint32_t *host; /* [host_count] who holds or leads it */
    uint32_t host_count;
    const uint32_t *where; /* the actor of the place */
    const char *mode;      /* PLOVER mode: "visit", "third-party", "phone" */
    rap_span trigger, place_span, result; /* result: `name` where it stands */
    rap_spans repeats;                    /* further words for it */
    /* `due`, `due_latest`: the last day of one of several days; `low`: how many meetings it
     * is, when it is a series; `terms`: ranks "r:", what tells it apart "q:", the place that
     * it was announced for "moved:" */
    const char *due; /* ISO date, maybe partial; "" if open */
    rap_day due_earliest, due_latest;
    const char *due_basis; /* "stated", "computed", "" */
    double low, high;      /* detail: the amount lies within; else 0, 0 */
    float confidence;
} rap_finding;

typedef struct rap_findings {
    const rap_finding *finding; /* [count] in text order */
    uint32_t count;
    const bool *told; /* [events] is it told by a finding of kind meeting? */
} rap_findings;

typedef struct rap_finding_knowledge rap_finding_knowledge; /* const, shared */
/* `own`: the person's issue file (docs/format/issues.md), may be empty; `own_path` names it
 * in errors. RAP_E_INPUT: a row of it cannot be read; err->at is its byte. */
rap_status rap_finding_open(const rap_language *language, rap_slice own,
                            const char *own_path, rap_finding_knowledge **out,
                            rap_error *err) RAP_CHECKED;
void rap_finding_close(rap_finding_knowledge *knowledge);

typedef struct rap_finding_input {
    const rap_article *article;
    const rap_tokens *tokens;
    const rap_syntax *syntax;
    const rap_names *names;
    const rap_times *times;
    const rap_statements *statements;
    const rap_events *events;
    const rap_coref *coref; /* NULL: pronouns and descriptions stay open */
} rap_finding_input;

/* RAP_E_NOMEM: an arena is full. On failure `out` is empty. */
rap_status rap_finding_run(const rap_finding_knowledge *knowledge,
                           const rap_finding_input *in, rap_arena *arena,
                           rap_arena *scratch, rap_findings *out,
                           rap_error *err) RAP_CHECKED;

/* Is event `index` a meeting that a chronology would name: a consultation of two parties,
 * or of a group on a day or at a place, not told by an earlier event of its sentence? */
bool rap_finding_is_meeting(const rap_events *events, uint32_t index,
                            const rap_names *names);

#endif
