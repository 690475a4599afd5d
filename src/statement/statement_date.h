/* statement_date.h - the days of statements; for statement_emit.c only. */
#ifndef RAP_STATEMENT_DATE_H
#define RAP_STATEMENT_DATE_H

#include "statement_private.h"

enum { DATED_SPEAKERS = 16 }; /* whose last day is kept */

typedef struct dating { /* what is known of days from one statement to the next */
    rap_when own;       /* the report's own day */
    rap_when focus;     /* the day the report is about */
    rap_when when;      /* of the last statement with a date beside it */
    uint32_t zone;      /* its paragraph */
    bool occasion;      /* it is that of an occasion: the next paragraph may go on */
    bool back;          /* it looked back, "had said": nothing after it goes on there */
    struct {
        uint32_t speaker, zone;
        rap_when when;
    } said[DATED_SPEAKERS]; /* the last day of each speaker, in a ring */
    uint32_t speakers;
    uint32_t perfect; /* sentence of the last "has said" */
    uint32_t perfect_speaker;
} dating;

/* RAP_E_NOMEM: the arena is full. */
rap_status date_begin(const page *p, dating *e, rap_arena *arena,
                      rap_error *err) RAP_CHECKED;
/* Sets s->date; the speaker is known. document: its subject is one. */
void date_statement(const page *p, dating *e, const draft *d, rap_statement *s,
                    bool document);
/* What only the whole list tells; it is in text order. */
void date_end(const page *p, const dating *e, rap_statement *list, uint32_t count);

#endif
