/*
 * time_match_story.c - what is counted from the report or along the story, and clocks.
 *
 * Reads   the atoms of a sentence.  Writes  what an expression says.
 * Cost    constant work an atom: every pattern is bounded.
 */
#include "time_grammar.h"

/* "last week", "this year", "next Monday", "last June", "this morning". */
uint32_t time_match_near(const matcher *m, uint32_t i, found *out)
{
    const uint32_t at = past(m, i, IS_THE);
    if (!time_is(m, at, IS_NEAR)) return i;
    const int8_t near = (int8_t)time_value(m, at, IS_NEAR);
    const uint32_t next = past(m, at + 1, IS_FISCAL);
    if (time_is(m, next, IS_UNIT) && time_value(m, next, IS_UNIT) >= UNIT_DAY) {
        *out = blank(FORM_UNIT, RAP_TIMEX_DATE);
        out->unit = (unit)time_value(m, next, IS_UNIT);
        /* "the next day" is counted along the story, and "last day" is no date. */
        if (at > i && next == at + 1 && time_is(m, at, IS_ALONG)) return i;
        if (out->unit == UNIT_DAY) return i;
        out->offset = near;
        return next + 1;
    }
    if (time_is_weekday(m, next)) {
        const uint32_t end = time_match_weekday(m, next, out);
        out->near = near;
        return end;
    }
    if (at > i && !time_is(m, next, IS_SEASON)) return i;
    if (time_is_month(m, next)) {
        *out = blank(FORM_DATE, RAP_TIMEX_DATE);
        out->month = (uint8_t)time_value(m, next, IS_MONTH);
        const uint32_t end = time_match_day_part(m, next + 1, out);
        out->near = near;
        return end;
    }
    if (time_is(m, next, IS_SEASON)) {
        *out = blank(FORM_SEASON, RAP_TIMEX_DATE);
        out->day = (uint8_t)time_value(m, next, IS_SEASON);
        out->near = near;
        out->along = at > i; /* "the next spring" of the story */
        return next + 1;
    }
    if (time_is(m, next, IS_PART) && near == 0) {
        *out = blank(FORM_DAY, RAP_TIMEX_TIME);
        out->part = (int8_t)time_value(m, next, IS_PART);
        return next + 1;
    }
    return i;
}

/* "that year", "the next day", "the same evening", "the following week". */
uint32_t time_match_along(const matcher *m, uint32_t i, found *out)
{
    const uint32_t at = past(m, i, IS_THE);
    if (!time_is(m, at, IS_ALONG)) return i;
    const uint32_t next = time_is(m, at + 1, IS_ALONG) ? at + 2 : at + 1;
    *out = blank(FORM_UNIT, RAP_TIMEX_DATE);
    out->along = true;
    out->offset = (int8_t)time_value(m, next - 1, IS_ALONG);
    if (time_is(m, next, IS_PART)) {
        out->unit = UNIT_DAY;
        out->type = RAP_TIMEX_TIME;
        out->part = (int8_t)time_value(m, next, IS_PART);
        return next + 1;
    }
    if (time_is_weekday(m, next) && out->offset) {
        out->form = FORM_WEEKDAY; /* "the following Monday" */
        out->weekday = (uint8_t)time_value(m, next, IS_WEEKDAY);
        return next + 1;
    }
    if (!time_is(m, next, IS_UNIT)) return i;
    out->unit = (unit)time_value(m, next, IS_UNIT);
    if (out->unit < UNIT_DAY) return i;
    return next + 1;
}

/* "month's end", "year-end", "year-end 1989" */
static uint32_t match_unit_end(const matcher *m, uint32_t i, found *out)
{
    const bool joined = time_is(m, i + 1, IS_OWNED) || is_hyphen(m, i + 1);
    if (!joined || !time_is(m, i, IS_UNIT) || !time_is(m, i + 2, IS_EDGE)) return i;
    *out = blank(FORM_UNIT, RAP_TIMEX_DATE);
    out->unit = (unit)time_value(m, i, IS_UNIT);
    out->mod = time_mod_code[time_value(m, i + 2, IS_EDGE)];
    if (out->unit < UNIT_WEEK) return i;
    if (out->unit == UNIT_YEAR && is_year(m, i + 3)) {
        out->form = FORM_DATE;
        out->year = m->at[i + 3].figures;
        out->has_of_year = true;
        return i + 4;
    }
    out->along = time_is(m, i + 1, IS_OWNED);
    return i + 3;
}

/* "the night before", "the Monday before", "in the morning": of the story. */
static uint32_t match_the_part(const matcher *m, uint32_t i, found *out)
{
    if (time_is(m, i + 1, IS_PART) && time_is(m, i + 2, IS_BESIDE)) {
        out->unit = UNIT_DAY; /* "the night before" */
        out->along = true;
        out->type = RAP_TIMEX_TIME;
        out->part = (int8_t)time_value(m, i + 1, IS_PART);
        out->offset = (int8_t)time_value(m, i + 2, IS_BESIDE);
        out->event = has_event(m, i + 3);
        return i + 3;
    }
    if (time_is_weekday(m, i + 1) && time_is(m, i + 2, IS_BESIDE) &&
        !has_event(m, i + 3)) {
        out->form = FORM_WEEKDAY; /* "the Monday before" */
        out->weekday = (uint8_t)time_value(m, i + 1, IS_WEEKDAY);
        out->along = true;
        out->offset = (int8_t)time_value(m, i + 2, IS_BESIDE);
        return i + 3;
    }
    if (time_is(m, i + 1, IS_PART) && i > m->begin && time_is(m, i - 1, IS_ON) &&
        !time_is(m, i + 2, IS_OF)) {
        out->unit = UNIT_DAY; /* "in the morning" of the day told of */
        out->along = true;
        out->type = RAP_TIMEX_TIME;
        out->part = (int8_t)time_value(m, i + 1, IS_PART);
        return i + 2;
    }
    return i;
}

/* "the day after the meeting", "the week before", "the eve of the summit", "the year".
 */
uint32_t time_match_the(const matcher *m, uint32_t i, found *out)
{
    if (!time_is(m, i, IS_THE)) return match_unit_end(m, i, out);
    *out = blank(FORM_UNIT, RAP_TIMEX_DATE);
    if (time_is(m, i + 1, IS_EVE) && time_is(m, i + 2, IS_OF)) {
        out->unit = UNIT_DAY;
        out->offset = -1;
        out->along = out->event = true;
        return i + 2;
    }
    const uint32_t part = match_the_part(m, i, out);
    if (part > i) return part;
    const uint32_t at = past(m, past(m, i + 1, IS_FISCAL), IS_FILLER);
    if (!time_is(m, at, IS_UNIT)) return i;
    out->unit = (unit)time_value(m, at, IS_UNIT);
    if (at > i + 1 && out->unit != UNIT_YEAR) return i;
    if (out->unit >= UNIT_DAY && time_is(m, at + 1, IS_BESIDE)) {
        out->along = true;
        out->offset = (int8_t)time_value(m, at + 1, IS_BESIDE);
        out->event = has_event(m, at + 2);
        return at + 2;
    }
    if (out->unit == UNIT_WEEKEND) {
        out->offset = -1;
        return at + 1;
    }
    /* "later in the day" */
    const bool in =
        i > m->begin + 1 && time_is(m, i - 1, IS_ON) && time_is(m, i - 2, IS_MOD);
    if (out->unit == UNIT_DAY && in) {
        out->along = true;
        return at + 1;
    }
    const bool ended = time_is(m, at + 1, IS_ENDED) && out->unit >= UNIT_WEEK &&
                       out->unit != UNIT_QUARTER;
    if ((out->unit != UNIT_YEAR && !ended) || time_is(m, at + 1, IS_OF)) return i;
    if (ended) { /* a year of accounts, not of the calendar */
        out->form = FORM_DURATION;
        out->type = RAP_TIMEX_DURATION;
    }
    return at + 1;
}

/* "the year-ago quarter", "the latest period", "the quarter": periods of accounts. */
uint32_t time_match_period(const matcher *m, uint32_t i, found *out)
{
    const uint32_t start = past(m, i, IS_THE);
    uint32_t at = past(m, start, IS_LATEST);
    *out = blank(FORM_QUARTER, RAP_TIMEX_DATE);
    out->unit = UNIT_QUARTER;
    if (is_year_ago(m, at)) {
        out->offset = -1;
        at += 3;
    } else if (start == i) {
        return i;
    }
    const bool compared = out->offset < 0 || at > start;
    const uint32_t which = past_hyphen(m, at + 1);
    if (out->offset < 0 && time_is(m, at, IS_ORDINAL) && time_is(m, which, IS_UNIT) &&
        time_value(m, which, IS_UNIT) == UNIT_QUARTER) {
        out->day = (uint8_t)time_value(m, at, IS_ORDINAL);
        return out->day <= 4 ? which + 1 : i;
    }
    if (time_is(m, at, IS_UNIT) && time_value(m, at, IS_UNIT) == UNIT_QUARTER &&
        !time_is(m, at + 1, IS_OF))
        return at + 1;
    out->unit = UNIT_YEAR; /* where no quarter is told of */
    if (compared && time_is(m, at, IS_PERIOD)) return at + 1;
    return out->offset < 0 ? at : i;
}

/* "at night", "at noon": a part of any day, or of the day told of. */
uint32_t time_match_part(const matcher *m, uint32_t i, found *out)
{
    if (i == m->begin || !time_is(m, i - 1, IS_AT) || time_is(m, i + 1, IS_OF))
        return i;
    const bool moment = time_is(m, i, IS_MOMENT);
    found day;
    uint32_t end = time_match_weekday(m, i + 1, &day);
    if (end == i + 1) end = time_match_phrase(m, i + 1, &day);
    const bool named = end > i + 1 && day.part == PART_NONE &&
                       (day.form == FORM_WEEKDAY || day.form == FORM_DAY);
    *out = named    ? day /* "at noon Tuesday" */
           : moment ? blank(FORM_UNIT, RAP_TIMEX_TIME)
                    : blank(FORM_SET, RAP_TIMEX_SET);
    out->part = (int8_t)time_value(m, i, IS_PART);
    if (named) out->type = RAP_TIMEX_TIME;
    if (named) return end;
    out->unit = UNIT_DAY;
    return i + 1;
}

/* ---- clocks ------------------------------------------------------------------------
 */

/* "9", "17:25", "5pm", "19:00hrs": hour and minute, and past the words of the clock. */
static uint32_t match_hour(const matcher *m, uint32_t i, int32_t value[2])
{
    const rap_slice s = rap_cut(m->text, m->at[i].span);
    uint32_t n = 0, digits[2] = {0}, k = 0;
    value[0] = 0;
    value[1] = -1;
    for (; k < s.len && k < 5; k++) {
        if (s.at[k] == ':' && n == 0) {
            n = 1;
        } else if (s.at[k] >= '0' && s.at[k] <= '9') {
            value[n] = (value[n] < 0 ? 0 : value[n]) * 10 + (s.at[k] - '0');
            digits[n]++;
        } else {
            break;
        }
    }
    if (digits[0] == 4 && !n && k == s.len && time_is(m, i + 1, IS_ZONE)) {
        value[1] = value[0] % 100; /* "1200 GMT" */
        value[0] /= 100;
        return value[0] < 24 && value[1] < 60 ? i + 1 : i;
    }
    if (!digits[0] || digits[0] > 2 || (n && digits[1] != 2) || value[0] > 23 ||
        value[1] > 59)
        return i;
    const word *glued =
        k < s.len ? time_word_of(m->knowledge, rap_slice_sub(s, k, s.len)) : NULL;
    if (k < s.len && (!glued || !glued->classes)) return i;
    uint32_t end = i + 1;
    const bool half = glued ? glued->classes >> IS_HALF & 1 : time_is(m, end, IS_HALF);
    const bool hours =
        glued ? glued->classes >> IS_CLOCK & 1 : n && time_is(m, end, IS_CLOCK);
    if (!half && (!n || (glued && !hours))) return i;
    const int32_t noon = !half   ? 0
                         : glued ? glued->value[IS_HALF]
                                 : time_value(m, end, IS_HALF);
    if (half && value[0] >= 1 && value[0] <= 12) value[0] = value[0] % 12 + noon;
    return glued ? end : end + (half || hours ? 1 : 0);
}

/* "9 a.m.", "17:25", "7:15 p.m. local time Tuesday", "5 p.m. EST Nov. 9". */
uint32_t time_match_clock(const matcher *m, uint32_t i, found *out)
{
    int32_t value[2];
    uint32_t end = match_hour(m, i, value);
    if (end == i) return i;
    *out = blank(FORM_CLOCK, RAP_TIMEX_TIME);
    while (time_is(m, end, IS_ZONE)) end++;
    found day;
    const uint32_t from = past_comma(m, end);
    uint32_t more = time_match_date(m, from, &day);
    bool whole = more > from && day.day && !day.day_end;
    if (!whole) more = time_match_weekday(m, end, &day);
    if (!whole && more == end) more = time_match_phrase(m, end, &day);
    whole |= more > end && (day.form == FORM_WEEKDAY || day.form == FORM_DAY);
    if (whole) {
        *out = day;
        out->part = PART_NONE;
        end = more;
        while (time_is(m, end, IS_ZONE)) end++;
    }
    out->type = RAP_TIMEX_TIME;
    out->hour = (int8_t)value[0];
    out->minute = (int8_t)(value[1] < 0 ? 0 : value[1]);
    return end;
}
