/* time_clues.h - what a report says about its own day; for time_clues.c and
 * time_published.c only. */
#ifndef RAP_TIME_CLUES_H
#define RAP_TIME_CLUES_H

#include "time_private.h"

enum {
    UNDATED = 64,
    FIRST_YEAR = 1600,
    YEARS = 600,
    LINE_BYTES = 200 /* of a line that are read for its date */
};

typedef struct undated { /* a past day told of without its year */
    uint8_t month, day;
    rap_span span;
    bool dateline;
} undated;

typedef struct clues {
    rap_day newest; /* newest past day with its year; RAP_NO_DAY */
    rap_span newest_span;
    rap_day newest_open; /* last day of the newest past month or year told of */
    rap_day soonest;     /* first day of what lies ahead, with its year; RAP_NO_DAY */
    rap_span soonest_span;
    bool open_is_month;
    rap_span open_span;
    uint64_t ago;                /* bit N: "N years ago" is said */
    uint8_t told[YEARS / 8 + 1]; /* bit per year from FIRST_YEAR that is named */
    undated day[UNDATED];
    uint32_t days;
    const found *weekday; /* first told as news, outside quotations */
    const found *today, *last_month;
    const found *since; /* "Two days after the talks" at the head of a sentence */
    const found *chain, *chain_count; /* "on Friday, two days after the talks" */
} clues;

typedef struct readers { /* what the dates of readers' comments say */
    rap_day first;       /* the first full date; RAP_NO_DAY */
    rap_span span;       /* its words, or those of the day */
    uint8_t month, day;  /* the first day without a year; 0 */
    int32_t year;        /* the first year that a reader names; 0 */
    rap_span year_span;
} readers;

static inline rap_span span_of(const matcher *m, const found *f)
{
    return (rap_span){m->at[f->first].span.begin, m->at[f->last].span.end};
}

static inline bool is_told(const found *f)
{
    return f->tense == TENSE_PAST && !f->ahead;
}

static inline bool is_full(const found *f)
{
    return f->form == FORM_DATE && f->year && f->month && f->day;
}

static inline rap_day day_of(const found *f)
{
    const uint32_t most = rap_days_in_month(f->year, f->month);
    return rap_day_of(f->year, f->month, f->day > most ? most : f->day);
}

void time_gather(const matcher *m, const rap_article *article, const found *found_at,
                 uint32_t count, clues *c);
readers time_read_comments(const rap_article *article, const rap_calendar *calendar);

#endif
