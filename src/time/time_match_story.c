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
    const uint32_t next = at + 1;
    if (time_is(m, next, IS_UNIT) && time_value(m, next, IS_UNIT) >= UNIT_DAY) {
        *out = blank(FORM_UNIT, RAP_TIMEX_DATE);
        out->unit = (unit)time_value(m, next, IS_UNIT);
        /* "the next day" is counted along the story, and "last day" is no date. */
        if (at > i && time_is(m, at, IS_ALONG)) return i;
        if (out->unit == UNIT_DAY) return i;
        out->offset = near;
        return next + 1;
    }
    if (time_is_weekday(m, next)) {
        const uint32_t end = time_match_weekday(m, next, out);
        out->near = near;
        return end;
    }
    if (at > i) return i;
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
    if (!time_is(m, next, IS_UNIT)) return i;
    out->unit = (unit)time_value(m, next, IS_UNIT);
    if (out->unit < UNIT_DAY) return i;
    return next + 1;
}

/* "the day after the meeting", "the week before", "the eve of the summit", "the year".
 */
uint32_t time_match_the(const matcher *m, uint32_t i, found *out)
{
    if (!time_is(m, i, IS_THE)) return i;
    *out = blank(FORM_UNIT, RAP_TIMEX_DATE);
    if (time_is(m, i + 1, IS_EVE) && time_is(m, i + 2, IS_OF)) {
        out->unit = UNIT_DAY;
        out->offset = -1;
        out->along = out->event = true;
        return i + 2;
    }
    if (!time_is(m, i + 1, IS_UNIT)) return i;
    out->unit = (unit)time_value(m, i + 1, IS_UNIT);
    if (out->unit >= UNIT_DAY && time_is(m, i + 2, IS_BESIDE)) {
        out->along = true;
        out->offset = (int8_t)time_value(m, i + 2, IS_BESIDE);
        out->event = has_event(m, i + 3);
        return i + 3;
    }
    if (out->unit == UNIT_WEEKEND) {
        out->offset = -1;
        return i + 2;
    }
    return out->unit == UNIT_YEAR && !time_is(m, i + 2, IS_OF) ? i + 2 : i;
}

/* "9 a.m.", "17:25", "7:15 p.m. local time Tuesday". */
uint32_t time_match_clock(const matcher *m, uint32_t i, found *out)
{
    const rap_slice s = rap_cut(m->text, m->at[i].span);
    int32_t value[2] = {0, -1};
    uint32_t n = 0, digits[2] = {0};
    for (uint32_t k = 0; k < s.len && s.len <= 5; k++) {
        if (s.at[k] >= '0' && s.at[k] <= '9') {
            value[n] = (value[n] < 0 ? 0 : value[n]) * 10 + (s.at[k] - '0');
            digits[n]++;
        } else if (s.at[k] == ':' && n == 0) {
            n = 1;
        } else {
            return i;
        }
    }
    if (!digits[0] || digits[0] > 2 || (n && digits[1] != 2) || value[0] > 23 ||
        value[1] > 59)
        return i;
    uint32_t end = i + 1;
    const bool half = time_is(m, end, IS_HALF);
    if (!half && !n) return i;
    if (half && value[0] >= 1 && value[0] <= 12)
        value[0] = value[0] % 12 + time_value(m, end, IS_HALF);
    if (half) end++;
    *out = blank(FORM_CLOCK, RAP_TIMEX_TIME);
    while (time_is(m, end, IS_ZONE)) end++;
    found day;
    uint32_t more = time_match_weekday(m, end, &day);
    if (more == end) more = time_match_phrase(m, end, &day);
    if (more > end && (day.form == FORM_WEEKDAY || day.form == FORM_DAY)) {
        *out = day;
        out->part = PART_NONE;
        end = more;
    }
    out->type = RAP_TIMEX_TIME;
    out->hour = (int8_t)value[0];
    out->minute = (int8_t)(value[1] < 0 ? 0 : value[1]);
    return end;
}
