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
uint32_t time_match_number(const matcher *m, uint32_t i, int32_t *count)
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
uint32_t time_match_shift(const matcher *m, uint32_t i, found *out)
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

/* "and a half" after a unit or before it: half of that unit is added. */
static bool is_and_half(const matcher *m, uint32_t i)
{
    return time_is(m, i, IS_AND) && time_is(m, i + 1, IS_ONE) &&
           time_is(m, i + 2, IS_HALVES);
}

/* What stands before a count: "the last", "another", "the first", "the". */
typedef struct frame {
    bool the, framed, span, article;
    uint32_t at; /* the count */
} frame;

static frame frame_at(const matcher *m, uint32_t i)
{
    frame f = {.at = past(m, i, IS_THE)};
    f.the = f.at > i;
    f.span = time_is(m, f.at, IS_SPAN);
    const bool counts = time_is(m, f.at + 1, IS_NUMBER) ||
                        time_is(m, f.at + 1, IS_UNITS) || is_figures(m, f.at + 1, 1, 3);
    f.framed = f.span || time_is(m, f.at, IS_ANOTHER) ||
               (f.the && time_is(m, f.at, IS_ORDINAL) && counts);
    if (f.framed) f.at++;
    f.article = time_is(m, f.at, IS_ONE);
    return f;
}

/* A count and what may stand between it and its unit: "15 to 20", "two and a half",
 * "four previous", "two full". *hyphen: the unit hangs on it. */
static uint32_t match_counted(const matcher *m, frame *f, found *out, bool *hyphen)
{
    uint32_t next = time_match_number(m, f->at, &out->count);
    *hyphen = false;
    if (next == f->at) return next;
    if (!f->article && is_hyphen(m, next) && time_is(m, next + 1, IS_TO) &&
        is_hyphen(m, next + 2))
        next++; /* "three-to-five" */
    if (!f->article && (time_is(m, next, IS_TO) || is_hyphen(m, next))) {
        int32_t most;
        const uint32_t from = past_hyphen(m, next + 1);
        const uint32_t more = time_match_number(m, from, &most);
        if (more > from && most != COUNT_OPEN && !time_is(m, next + 1, IS_ONE))
            next = more; /* a range has the value of its lower end */
    }
    if (is_and_half(m, next)) {
        out->half = true;
        next += 3;
    }
    *hyphen = is_hyphen(m, next);
    if (*hyphen) next++;
    if (f->the && time_is(m, next, IS_ALONG) && !*hyphen) {
        f->framed = true; /* "the four previous weeks" */
        next++;
    }
    return past(m, next, IS_FILLER);
}

/* Whether a unit without a count is an expression: "years", "the last decade". */
static bool is_uncounted(const matcher *m, uint32_t i, const frame *f, uint32_t unit_at,
                         bool long_one)
{
    /* The count before it has been refused already: "44 years old". */
    const uint32_t before = i > m->begin && is_hyphen(m, i - 1) ? i - 2 : i - 1;
    if (is_figures(m, before, 1, 6) || time_is(m, before, IS_NUMBER)) return false;
    if (time_is(m, unit_at, IS_UNITS))
        return !(f->the && !f->framed &&
                 (time_is(m, unit_at + 1, IS_OF) || is_year(m, unit_at + 1)));
    if (!long_one && !(f->framed && (f->span || !f->the))) return false;
    return !(f->span && time_value(m, f->at - 1, IS_SPAN) != -1 && !f->the);
}

/* Whether an article before a counted unit is part of it. It belongs to another noun in
 * "the 44-day war" and "a five year low", not in "for the nine months, losses …". */
static bool takes_article(const matcher *m, uint32_t i, const frame *f,
                          const found *out, uint32_t unit_at, bool adjective)
{
    const bool one = time_is(m, unit_at, IS_UNIT);
    if (f->article && (adjective || (one && out->count > 1))) return false;
    if (f->article && !one && out->count == 1) return false;
    if (!f->the || f->framed) return true;
    if (adjective || one) return false;
    const uint32_t next = unit_at + 1;
    const bool stands =
        next < m->end && (is_char(m, next, ',') || time_is(m, next, IS_ENDED));
    return stands && i > m->begin && m->syntax->upos[m->at[i - 1].token] == RAP_ADP;
}

/* "weeks or months", "a minute and a half", "24 hours a day". */
static uint32_t match_unit_tail(const matcher *m, uint32_t end, bool counted,
                                found *out)
{
    if (!counted && time_is(m, end, IS_TO) && time_is(m, end + 1, IS_UNITS))
        return end + 2;
    if (counted && is_and_half(m, end)) {
        out->half = true;
        return end + 3;
    }
    int32_t more;
    const uint32_t other =
        counted && time_is(m, end, IS_TO) && time_is(m, end + 1, IS_NUMBER)
            ? time_match_number(m, end + 1, &more)
            : end;
    if (other > end + 1 && !time_is(m, other, IS_UNITS) && more != COUNT_OPEN &&
        more < 4)
        return other; /* "a year or two" */
    const bool rate = counted && out->unit == UNIT_HOUR && time_is(m, end, IS_ONE) &&
                      time_is(m, end + 1, IS_UNIT);
    if (!rate) return end;
    out->form = FORM_SET;
    out->type = RAP_TIMEX_SET;
    out->count = 1;
    out->unit = (unit)time_value(m, end + 1, IS_UNIT);
    return end + 2;
}

/* "44-day", "the last two years", "15 to 20 years", "decades-long", "two years ago". */
uint32_t time_match_count(const matcher *m, uint32_t i, found *out)
{
    *out = blank(FORM_DURATION, RAP_TIMEX_DURATION);
    frame f = frame_at(m, i);
    bool hyphen;
    const uint32_t at = match_counted(m, &f, out, &hyphen);
    const bool counted = at > f.at;
    const bool one = time_is(m, at, IS_UNIT), many = time_is(m, at, IS_UNITS);
    if (!one && !many) return i;
    if (is_figures(m, f.at, 1, 6) && is_capital(m, at)) return i; /* a name */
    out->unit = (unit)time_value(m, at, one ? IS_UNIT : IS_UNITS);
    const uint32_t end = at + 1;
    const bool long_one = is_hyphen(m, end) && time_is(m, end + 1, IS_LONG);
    const bool old = time_is(m, past_hyphen(m, end), IS_OLD);
    if (!counted && !is_uncounted(m, i, &f, at, long_one)) return i;
    if (!counted && many) out->count = COUNT_OPEN;
    if (old && counted && out->count != COUNT_OPEN) return i;
    if (one && !hyphen && is_year(m, f.at)) return i; /* "the 1988 quarter" */
    if (f.article && (out->unit == UNIT_SECOND || out->unit == UNIT_QUARTER)) return i;
    if (out->unit == UNIT_QUARTER && (time_is(m, end, IS_OF) || !counted)) return i;
    if (one && out->unit == UNIT_YEAR && !hyphen && is_year_ago(m, at)) return i;
    if (!takes_article(m, i, &f, out, at, hyphen || long_one)) return i;
    if (long_one || (old && is_hyphen(m, end))) return end + 2;
    const uint32_t tail = match_unit_tail(m, end, counted, out);
    return out->form == FORM_SET ? tail : time_match_shift(m, tail, out);
}

/* "half a century", "a half-hour" */
uint32_t time_match_half(const matcher *m, uint32_t i, found *out)
{
    uint32_t at = past(m, i, IS_ONE);
    if (!time_is(m, at, IS_HALVES)) return i;
    at = past_hyphen(m, at + 1);
    if (at > i + 1 || !time_is(m, i, IS_ONE)) at = past(m, at, IS_ONE);
    if (!time_is(m, at, IS_UNIT)) return i;
    *out = blank(FORM_DURATION, RAP_TIMEX_DURATION);
    out->unit = (unit)time_value(m, at, IS_UNIT);
    out->count = 0;
    out->half = true;
    const bool whole = out->unit != UNIT_WEEKEND && out->unit != UNIT_QUARTER;
    return whole ? time_match_shift(m, at + 1, out) : i;
}

/* "per day" */
static uint32_t match_rate(const matcher *m, uint32_t i, found *out)
{
    if (!time_is(m, i, IS_PER) || !time_is(m, i + 1, IS_UNIT)) return i;
    *out = blank(FORM_SET, RAP_TIMEX_SET);
    out->unit = (unit)time_value(m, i + 1, IS_UNIT);
    return out->unit >= UNIT_DAY ? i + 2 : i;
}

/* "every day", "each Monday", "every two years". */
uint32_t time_match_set(const matcher *m, uint32_t i, found *out)
{
    if (!time_is(m, i, IS_EACH)) return match_rate(m, i, out);
    *out = blank(FORM_SET, RAP_TIMEX_SET);
    out->unit = UNIT_DAY;
    if (time_is(m, i + 1, IS_OTHER) && time_is(m, i + 2, IS_UNIT)) {
        out->count = 2; /* "every other week" */
        out->unit = (unit)time_value(m, i + 2, IS_UNIT);
        return i + 3;
    }
    int32_t count;
    const uint32_t at = time_match_number(m, i + 1, &count);
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
