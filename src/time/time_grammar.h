/*
 * time_grammar.h - the small words of the patterns, and the patterns by name; for the
 * files time_match*.c only.
 *
 * A pattern looks at the atoms from `i` and returns the atom past the expression, or
 * `i` where there is none; what was said goes to *out.
 */
#ifndef RAP_TIME_GRAMMAR_H
#define RAP_TIME_GRAMMAR_H

#include "time_private.h"

static inline bool is_char(const matcher *m, uint32_t i, char c)
{
    return i >= m->begin && i < m->end && m->text.at[m->at[i].span.begin] == c &&
           m->at[i].span.end == m->at[i].span.begin + 1;
}

static inline bool is_hyphen(const matcher *m, uint32_t i)
{
    return i < m->end && m->at[i].kind == ATOM_HYPHEN && !is_char(m, i, '/');
}

static inline bool is_any_dash(const matcher *m, uint32_t i)
{
    return i >= m->begin && i < m->end && m->at[i].kind == ATOM_HYPHEN;
}

static inline bool is_capital(const matcher *m, uint32_t i)
{
    return i < m->end && (m->at[i].flags & ATOM_CAPITAL);
}

static inline bool is_figures(const matcher *m, uint32_t i, uint32_t least,
                              uint32_t most)
{
    return i >= m->begin && i < m->end && m->at[i].kind == ATOM_FIGURES &&
           m->at[i].digits >= least && m->at[i].digits <= most;
}

static inline bool is_year(const matcher *m, uint32_t i)
{
    return is_figures(m, i, 4, 4) && m->at[i].figures >= 1000 &&
           m->at[i].figures <= 2999;
}

/* `i`, or past a comma that stands there. */
static inline uint32_t past_comma(const matcher *m, uint32_t i)
{
    return is_char(m, i, ',') ? i + 1 : i;
}

static inline uint32_t past_hyphen(const matcher *m, uint32_t i)
{
    return is_hyphen(m, i) ? i + 1 : i;
}

static inline uint32_t past(const matcher *m, uint32_t i, word_class class)
{
    return time_is(m, i, class) ? i + 1 : i;
}

/* A word or mark that joins the ends of a range: "to", "and", a dash. */
static inline bool is_joint(const matcher *m, uint32_t i)
{
    return time_is(m, i, IS_TO) || time_is(m, i, IS_AND) || is_any_dash(m, i);
}

/* "year-ago", "year-earlier" at `i`: hyphenated, so that it describes a noun. */
static inline bool is_year_ago(const matcher *m, uint32_t i)
{
    return time_is(m, i, IS_UNIT) && time_value(m, i, IS_UNIT) == UNIT_YEAR &&
           is_hyphen(m, i + 1) && time_is(m, i + 2, IS_SHIFT) &&
           time_value(m, i + 2, IS_SHIFT) < 0;
}

static inline found blank(form kind, rap_timex_type type)
{
    return (found){.form = kind,
                   .type = type,
                   .weekday = 7,
                   .near = NEAR_NONE,
                   .part = PART_NONE,
                   .hour = -1,
                   .minute = -1,
                   .count = 1};
}

/* Whether the words after a "before" or "after" name an event, not a new sentence. */
static inline bool has_event(const matcher *m, uint32_t i)
{
    return i < m->end && m->at[i].kind != ATOM_OTHER;
}

/* ---- the patterns -------------------------------------------------------------- */

typedef uint32_t pattern(const matcher *m, uint32_t i, found *out);

/* time_match.c */
pattern time_match_phrase;
/* time_match_date.c */
pattern time_match_date, time_match_numeric, time_match_year, time_match_decade,
    time_match_named_part, time_match_half_year, time_match_owned_part,
    time_match_week_of, time_match_feast, time_match_weekday;
/* The year of a date that has its month: ", 2022", "of 2022", "of that year". */
pattern time_match_year_part;
/* "3", "3rd, 2022" after a month: its day and year; `i`: none. */
pattern time_match_day_part;
bool time_is_month(const matcher *m, uint32_t i);
bool time_is_weekday(const matcher *m, uint32_t i);
/* time_match_story.c */
pattern time_match_part;
pattern time_match_near, time_match_along, time_match_the, time_match_clock;
/* "last year's", "year-ago", "the latest quarter": periods of accounts. */
pattern time_match_period;
/* time_match_count.c */
/* A number in figures or words at `i`; COUNT_OPEN for "several". */
uint32_t time_match_number(const matcher *m, uint32_t i, int32_t *count);
pattern time_match_count, time_match_half, time_match_set;
/* What follows a counted unit: "ago", "later", "after the meeting", "from now". */
pattern time_match_shift;

#endif
