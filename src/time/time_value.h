/* time_value.h - what time_resolve.c asks of time_value.c; never included elsewhere. */
#ifndef RAP_TIME_VALUE_H
#define RAP_TIME_VALUE_H

#include "time_private.h"

/* Where the text stands. */
typedef struct anchors {
    reference base;
    rap_day day;        /* last told of */
    int32_t year;       /* last told of; 0 */
    uint8_t month;      /* 0: only the year was told */
    bool explicit_year; /* the text named that year */
    rap_day event;      /* RAP_NO_DAY */
    bool narrative;     /* the text tells of years long past, not of the news */
    int32_t leap;       /* year of an aside of the narrative, not confirmed yet; 0 */
    int32_t quarter;    /* last told of, as year * 4 + 0..3; -1 */
    uint32_t quarter_sentence;
    rap_day weekday;        /* of an expression that "and" or "to" stands after */
    uint32_t weekday_last;  /* its last atom */
    rap_day same;           /* a day told of in this sentence, past or future */
    uint32_t same_sentence; /* its sentence */
    uint32_t zone, sentence, last_atom; /* of the expression that set them */
    rap_day before;       /* day of the expression right before; RAP_NO_DAY */
    uint32_t before_last; /* its last atom */
} anchors;

typedef struct meaning {
    char value[48];
    rap_day earliest, latest;
} meaning;

/* What `f` means, seen from `a`. */
void time_value_of(const found *f, const anchors *a, meaning *out);
/* "at dawn", "early morning": of a day that stands beside it. */
bool time_is_part_alone(const found *f);

/* ---- for time_feast.c only ------------------------------------------------------ */
/* The report's day, or one that stands for it. */
rap_day time_base_day(reference base);
/* How badly a day `gap` days from the report fits the tense of `f`. */
int64_t time_misfit(const found *f, int64_t gap, rap_day slack);
/* What a feast means. */
void time_feast_value(const found *f, const anchors *a, meaning *out);

#endif
