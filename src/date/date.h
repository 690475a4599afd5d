/*
 * date.h - days, partial dates, and absolute dates written out in text.
 *
 * Reads   text; the language's calendar.tsv (months, weekdays).
 * Writes  nothing beyond its arguments.
 * Method  proleptic Gregorian calendar by Howard Hinnant's days_from_civil; a partial
 * date is a span of days, as in EDTF (ISO 8601-2) level 1.
 */
#ifndef RAP_DATE_H
#define RAP_DATE_H

#include "base.h"
#include "language.h"

typedef int32_t rap_day; /* days since 1970-01-01 */
#define RAP_NO_DAY INT32_MIN

typedef enum rap_precision {
    RAP_PRECISION_NONE, /* no date */
    RAP_PRECISION_DAY,
    RAP_PRECISION_MONTH,
    RAP_PRECISION_YEAR,
    RAP_PRECISION_RANGE /* only earliest and latest are known */
} rap_precision;

typedef struct rap_date { /* a year, a month or a day */
    int32_t year;         /* astronomical; 0 with precision NONE */
    uint8_t month, day;   /* 0 where unknown */
    rap_precision precision;
} rap_date;

rap_day rap_day_of(int32_t year, uint32_t month, uint32_t day);
void rap_day_civil(rap_day day, int32_t *year, uint32_t *month, uint32_t *day_of_month);
uint32_t rap_day_weekday(rap_day day); /* 0 Monday .. 6 Sunday */
uint32_t rap_days_in_month(int32_t year, uint32_t month);
rap_day rap_day_add_months(rap_day day, int32_t months); /* clamps to the month's end */
rap_date rap_date_of_day(rap_day day);
rap_day rap_date_earliest(rap_date date); /* RAP_NO_DAY without a date */
rap_day rap_date_latest(rap_date date);
/* "2022-10-31", "2022-10", "2022", "" into out[12]. */
void rap_date_format(rap_date date, char out[12]);
void rap_day_format(rap_day day, char out[12]); /* "" for RAP_NO_DAY */
/* ISO 8601 at the start of `s`: YYYY[-MM[-DD[T…]]]; bytes read, 0 if there is none. */
uint32_t rap_date_read_iso(rap_slice s, rap_date *out);
/* The calendar date that a TIMEX3 value means: its own year, month and day
 * ("2022-10-31TEV" is 2022-10-31), else what all days from `earliest` to `latest`
 * share. */
rap_date rap_date_of_value(const char *value, rap_day earliest, rap_day latest);

/* ---- the words of the calendar ------------------------------------------------- */
typedef struct rap_calendar {
    rap_map month, weekday; /* folded word or abbreviation -> 1..12, 0..6 */
    rap_arena arena;
} rap_calendar;
rap_status rap_calendar_open(const rap_language *language, rap_calendar *out,
                             rap_error *err) RAP_CHECKED;
void rap_calendar_close(rap_calendar *calendar);
uint32_t rap_calendar_month(const rap_calendar *calendar, rap_slice word);   /* 0: no */
uint32_t rap_calendar_weekday(const rap_calendar *calendar, rap_slice word); /* 7: no */
/*
 * The first absolute date in text[from, text.len): "November 1, 2022", "1 Nov 2022",
 * "2022-11-01T10:00", "1.11.2022", "1/11/2022" only when a part above 12 settles the
 * order, "Nov. 2022". A day needs its year. Returns its span, empty at text.len if there is none.
 */
rap_span rap_date_find(const rap_calendar *calendar, rap_slice text, uint32_t from,
                       rap_date *out);

#endif
