/*
 * timex.h - time expressions and their values; the date of the report itself.
 *
 * Reads   rap_article, rap_tokens, rap_syntax; the language's lists (data/LANG/time).
 * Writes  rap_times: TIMEX3 expressions of title, standfirst and body, and `published`.
 * Method  rules: lexical triggers, then composition, then resolution against the
 * reference date by tense and direction (TimeML 1.2.1; as HeidelTime and SynTime do);
 *         docs/method/time.md.
 * Cost    linear in tokens.
 */
#ifndef RAP_TIMEX_H
#define RAP_TIMEX_H

#include "article.h"
#include "base.h"
#include "date.h"
#include "language.h"
#include "syntax.h"
#include "token.h"

typedef enum rap_timex_type {
    RAP_TIMEX_DATE,
    RAP_TIMEX_TIME,
    RAP_TIMEX_DURATION,
    RAP_TIMEX_SET
} rap_timex_type;
const char *rap_timex_type_name(rap_timex_type type);

/* A slip of the source itself; the value stays as written. */
typedef enum rap_slip {
    RAP_SLIP_NONE,
    RAP_SLIP_WEEKDAY, /* "Monday, 1 November 2022" was a Tuesday */
    RAP_SLIP_AHEAD    /* told as past, but after the report */
} rap_slip;
const char *rap_slip_name(rap_slip slip);

typedef struct rap_timex {
    rap_span span;
    uint32_t first, last; /* tokens, inclusive */
    rap_timex_type type;
    const char *value; /* TIMEX3 value: "2022-10-31", "P44D", "PAST_REF"; never NULL */
    const char *mod;   /* TIMEX3 MOD: "START", "APPROX"; NULL if none */
    rap_day earliest, latest; /* days it may mean; RAP_NO_DAY where open */
    float confidence;
    rap_slip slip;
} rap_timex;

/* A word for something that people came together for, "the summit", or an event without
 * one, "two days after they signed", whose day the text gives: beside it, by "two days after the summit", or at an earlier mention. */
typedef struct rap_occasion {
    uint32_t token;
    rap_day day;
    const char *value; /* the day in ISO 8601 */
    uint32_t timex;    /* what it follows from; index into timex */
    bool placed;       /* "at the summit", "when the talks": something happened there */
    bool apart;        /* what is told here was before or after it: "the eve of" */
} rap_occasion;

/* Where a verb stands to the time that is told of. */
typedef enum rap_aspect {
    RAP_ASPECT_NONE,
    RAP_ASPECT_PERFECT,    /* has said: at some time before now */
    RAP_ASPECT_PLUPERFECT, /* had said: before what is told of */
} rap_aspect;

typedef struct rap_times {
    const rap_timex *timex; /* [count] in text order */
    uint32_t count;
    rap_published published; /* the article's where stated or given, else inferred */
    const char *made_by;
    const rap_occasion *occasion; /* [occasions] in text order */
    uint32_t occasions;
    uint32_t
        main_occasion; /* the one that the report counts its news from, or RAP_NONE */
    const uint8_t *aspect; /* [T] rap_aspect of verbs */
} rap_times;

typedef struct rap_time_knowledge rap_time_knowledge; /* const, shared by threads */
rap_status rap_time_open(const rap_language *language, const rap_calendar *calendar,
                         rap_time_knowledge **out, rap_error *err) RAP_CHECKED;
void rap_time_close(rap_time_knowledge *knowledge);

/* RAP_E_NOMEM: an arena is full. On failure `out` is empty. */
rap_status rap_time_run(const rap_time_knowledge *knowledge, const rap_article *article,
                        const rap_tokens *tokens, const rap_syntax *syntax,
                        rap_arena *arena, rap_arena *scratch, rap_times *out,
                        rap_error *err) RAP_CHECKED;

/*
 * When something told of at `token` happened: the nearest fitting expression of its
 * clause or sentence (stated), else the sentences before it in the paragraph
 * (inferred), else nothing. Index into times, or RAP_NONE.
 */
uint32_t rap_time_of(const rap_times *times, const rap_tokens *tokens, uint32_t token,
                     rap_basis *basis);

#endif
