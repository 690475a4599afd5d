/*
 * time_match_count.c - counted units: how long, how often, how long ago.
 *
 * Reads   the atoms of a sentence.  Writes  what an expression says.
 * Cost    constant work an atom: every pattern is bounded.
 */
#include "time_grammar.h"

/* ---- counts
 * ------------------------------------------------------------------------------ */

/* A number in figures or words at `i`; COUNT_OPEN for "several". */
static uint32_t match_number(const matcher *m, uint32_t i, int32_t *count)
{
    if (is_figures(m, i, 1, 6)) {
        *count = m->at[i].figures;
        return i + 1;
    }
    uint32_t at = i;
    if (time_is(m, at, IS_ONE)) at++;
    if (time_is(m, at, IS_COUPLE)) {
        *count = 2;
        return past(m, at + 1, IS_OF);
    }
    if (!time_is(m, at, IS_NUMBER)) {
        *count = 1;
        return at; /* "a", or nothing at all */
    }
    int32_t value = 0;
    uint32_t words = 0;
    for (; words < 4 && time_is(m, at, IS_NUMBER); words++, at++) {
        const int32_t next = time_value(m, at, IS_NUMBER);
        if (next == COUNT_OPEN) {
            *count = COUNT_OPEN;
            return words ? at : at + 1;
        }
        value = next == 100 ? (value ? value : 1) * 100 : value + next;
        if (next >= 20 && is_hyphen(m, at + 1) && time_is(m, at + 2, IS_NUMBER)) at++;
    }
    *count = value;
    return at;
}

/* What follows a counted unit: "ago", "later", "after the meeting", "from now". */
static uint32_t match_shift(const matcher *m, uint32_t i, found *out)
{
    if (time_is(m, i, IS_SHIFT)) {
        const int32_t shift = time_value(m, i, IS_SHIFT);
        out->form = FORM_SHIFT;
        out->type = RAP_TIMEX_DATE;
        out->offset = shift < 0 ? -1 : 1;
        out->along = shift == -1 || shift == 1;
        return i + 1;
    }
    if (time_is(m, i, IS_FROM) && time_is(m, i + 1, IS_NOW)) {
        out->form = FORM_SHIFT;
        out->type = RAP_TIMEX_DATE;
        out->offset = 1;
        return i + 2;
    }
    uint32_t at = i, end = i;
    const phrase *p = time_phrase_at(m, at, &end);
    if (p && p->kind == PHRASE_EXACT) {
        out->exact = true;
        at = end;
    }
    if (!time_is(m, at, IS_BESIDE)) return i;
    out->beside_way = (int8_t)time_value(m, at, IS_BESIDE);
    if (has_event(m, at + 1)) {
        out->beside = true;
        out->past = at + 1;
        return i;
    }
    out->form = FORM_SHIFT;
    out->type = RAP_TIMEX_DATE;
    out->offset = out->beside_way;
    out->along = true;
    return at + 1;
}

/* "44-day", "the last two years", "15 to 20 years", "decades-long", "two years ago". */
uint32_t time_match_count(const matcher *m, uint32_t i, found *out)
{
    *out = blank(FORM_DURATION, RAP_TIMEX_DURATION);
    uint32_t at = past(m, i, IS_THE);
    const bool the = at > i;
    bool framed = false; /* the last …, another …, the first … */
    if (time_is(m, at, IS_SPAN) || time_is(m, at, IS_ANOTHER) ||
        (the && time_is(m, at, IS_ORDINAL) &&
         (time_is(m, at + 1, IS_NUMBER) || time_is(m, at + 1, IS_UNITS)))) {
        framed = true;
        at++;
    }
    const bool span_word = framed && time_is(m, at - 1, IS_SPAN);
    const bool article = time_is(m, at, IS_ONE);
    uint32_t next = match_number(m, at, &out->count);
    const bool counted = next > at;
    if (counted && !article && (time_is(m, next, IS_TO) || is_hyphen(m, next))) {
        int32_t most;
        const uint32_t more = match_number(m, next + 1, &most);
        if (more > next + 1 && most != COUNT_OPEN && !time_is(m, next + 1, IS_ONE))
            next = more; /* a range has the value of its lower end */
    }
    const bool hyphen = counted && is_hyphen(m, next);
    if (hyphen) next++;
    if (counted && time_is(m, next, IS_FILLER)) next++;
    const bool one = time_is(m, next, IS_UNIT), many = time_is(m, next, IS_UNITS);
    if (!one && !many) return i;
    out->unit = (unit)time_value(m, next, one ? IS_UNIT : IS_UNITS);
    const uint32_t end = next + 1;
    const bool long_one = is_hyphen(m, end) && time_is(m, end + 1, IS_LONG);
    const bool old =
        time_is(m, end, IS_OLD) || (is_hyphen(m, end) && time_is(m, end + 1, IS_OLD));
    if (!counted) {
        /* The count before it has been refused already: "44 years old". */
        const uint32_t before = i > m->begin && is_hyphen(m, i - 1) ? i - 2 : i - 1;
        if (is_figures(m, before, 1, 6) || time_is(m, before, IS_NUMBER)) return i;
        if (one && !long_one && !(framed && (span_word || !the))) return i;
        if (one && span_word && time_value(m, at - 1, IS_SPAN) != -1 && !the) return i;
        if (many) out->count = COUNT_OPEN;
        if (the && many && !span_word && !framed && time_is(m, end, IS_OF)) return i;
    }
    if (old && counted && out->count != COUNT_OPEN) return i;
    if (one && !hyphen && is_year(m, at)) return i; /* "the 1988 quarter" */
    if (article && (out->unit == UNIT_SECOND || out->unit == UNIT_QUARTER)) return i;
    if (out->unit == UNIT_QUARTER && time_is(m, end, IS_OF)) return i;
    if (article && many && out->count == 1) return i;
    /* Before a counted unit an article belongs to another noun: "the 44-day war". */
    const bool adjective = hyphen || long_one;
    if ((the && !framed && (counted || adjective)) || (article && adjective)) return i;
    if (long_one || (old && is_hyphen(m, end))) return end + 2;
    return match_shift(m, end, out);
}

/* "every day", "each Monday", "every two years". */
uint32_t time_match_set(const matcher *m, uint32_t i, found *out)
{
    if (!time_is(m, i, IS_EACH)) return i;
    *out = blank(FORM_SET, RAP_TIMEX_SET);
    out->unit = UNIT_DAY;
    int32_t count;
    const uint32_t at = match_number(m, i + 1, &count);
    out->count = count;
    if (at > i + 1 && time_is(m, at, IS_UNITS)) {
        out->unit = (unit)time_value(m, at, IS_UNITS);
        return at + 1;
    }
    if (time_is(m, i + 1, IS_UNIT)) {
        out->unit = (unit)time_value(m, i + 1, IS_UNIT);
        return i + 2;
    }
    if (time_is_weekday(m, i + 1)) {
        out->weekday = (uint8_t)time_value(m, i + 1, IS_WEEKDAY);
        return i + 2;
    }
    if (time_is_month(m, i + 1)) {
        out->month = (uint8_t)time_value(m, i + 1, IS_MONTH);
        return i + 2;
    }
    if (time_is(m, i + 1, IS_PART)) {
        out->part = (int8_t)time_value(m, i + 1, IS_PART);
        return i + 2;
    }
    return i;
}
