/*
 * time_match.c - find time expressions; see timex.h.
 *
 * Reads   the atoms of a sentence.
 * Writes  one `found` an expression: what was said, not yet what it means.
 * Method  a small grammar without recursion: at each atom that the lists know, every
 *         pattern is tried and the longest match wins; then what may stand before it
 *         ("early", "the end of", "more than") is part of it.
 * Cost    constant work an atom: every pattern is bounded.
 */
#include "time_private.h"

enum { PHRASE_ATOMS = 6, PHRASE_BYTES = 96 };

bool time_is(const matcher *m, uint32_t i, word_class class)
{
    if (i < m->begin || i >= m->end || m->at[i].word == RAP_NONE) return false;
    return m->knowledge->word.at[m->at[i].word].classes >> class & 1;
}

int32_t time_value(const matcher *m, uint32_t i, word_class class)
{
    return m->knowledge->word.at[m->at[i].word].value[class];
}

static bool is_char(const matcher *m, uint32_t i, char c)
{
    return i >= m->begin && i < m->end && m->text.at[m->at[i].span.begin] == c &&
           m->at[i].span.end == m->at[i].span.begin + 1;
}

static bool is_hyphen(const matcher *m, uint32_t i)
{
    return i < m->end && m->at[i].kind == ATOM_HYPHEN && !is_char(m, i, '/');
}

static bool is_capital(const matcher *m, uint32_t i)
{
    return i < m->end && (m->at[i].flags & ATOM_CAPITAL);
}

static bool is_figures(const matcher *m, uint32_t i, uint32_t least, uint32_t most)
{
    return i >= m->begin && i < m->end && m->at[i].kind == ATOM_FIGURES &&
           m->at[i].digits >= least && m->at[i].digits <= most;
}

static bool is_year(const matcher *m, uint32_t i)
{
    return is_figures(m, i, 4, 4) && m->at[i].figures >= 1000 &&
           m->at[i].figures <= 2999;
}

/* `i`, or past a comma that stands there. */
static uint32_t past_comma(const matcher *m, uint32_t i)
{
    return is_char(m, i, ',') ? i + 1 : i;
}

static uint32_t past(const matcher *m, uint32_t i, word_class class)
{
    return time_is(m, i, class) ? i + 1 : i;
}

static found blank(form kind, rap_timex_type type)
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

/* ---- phrases ----------------------------------------------------------------------
 */

const phrase *time_phrase_at(const matcher *m, uint32_t i, uint32_t *end)
{
    if (!time_is(m, i, IS_PHRASE)) return NULL;
    char key[PHRASE_BYTES];
    uint32_t len = 0;
    const phrase *best = NULL;
    for (uint32_t n = i; n < m->end && n < i + PHRASE_ATOMS; n++) {
        if (n > i) key[len++] = ' ';
        const uint32_t more = rap_fold_into(rap_cut(m->text, m->at[n].span), key + len,
                                            PHRASE_BYTES - 1 - len);
        if (more == RAP_NONE) break;
        len += more;
        const uint32_t row = rap_map_get(&m->knowledge->phrases, (rap_slice){key, len});
        if (row != RAP_NONE) {
            best = &m->knowledge->phrase.at[row];
            *end = n + 1;
        }
        if (len + 2 >= PHRASE_BYTES) break;
    }
    return best;
}

static uint32_t match_phrase(const matcher *m, uint32_t i, found *out)
{
    uint32_t end = i;
    const phrase *p = time_phrase_at(m, i, &end);
    if (!p || p->kind == PHRASE_ABOUT || p->kind == PHRASE_EXACT) return i;
    if (p->kind == PHRASE_SET && is_capital(m, i) &&
        (i > m->begin || is_capital(m, end)))
        return i; /* a name: "the Daily Telegraph" */
    *out = blank(FORM_LITERAL, RAP_TIMEX_DATE);
    out->literal = p->value;
    if (p->kind == PHRASE_SET) out->type = RAP_TIMEX_SET;
    if (p->kind == PHRASE_DURATION) out->type = RAP_TIMEX_DURATION;
    if (p->kind == PHRASE_NONE) out->literal = NULL;
    if (p->kind == PHRASE_DAY) {
        out->form = FORM_DAY;
        out->offset = p->days;
        out->part = p->part;
        if (out->part == PART_NONE && time_is(m, end, IS_PART))
            out->part = (int8_t)time_value(m, end++, IS_PART);
        if (out->part != PART_NONE) out->type = RAP_TIMEX_TIME;
    }
    return end;
}

/* ---- calendar dates -----------------------------------------------------------------
 */

/* A month or weekday word that is also another word needs a neighbour that settles it.
 */
static bool is_settled(const matcher *m, uint32_t i)
{
    if (!is_capital(m, i)) return false;
    if (!time_is(m, i, IS_UNSURE)) return true;
    const uint32_t next = past_comma(m, i + 1);
    if (is_figures(m, next, 1, 4) || time_is(m, i + 1, IS_NEAR)) return true;
    if (time_is(m, next, IS_MONTH) && is_capital(m, next)) return true;
    if (i == m->begin || time_is(m, i - 1, IS_THE)) return false;
    return time_is(m, i - 1, IS_YEAR_AFTER) || time_is(m, i - 1, IS_NEAR) ||
           time_is(m, i - 1, IS_MOD) || m->at[i - 1].kind == ATOM_FIGURES ||
           (is_hyphen(m, i - 1) && i - 1 > m->begin && time_is(m, i - 2, IS_MOD)) ||
           time_is(m, i - 1, IS_ORDINAL);
}

static bool is_month(const matcher *m, uint32_t i)
{
    return time_is(m, i, IS_MONTH) && is_settled(m, i);
}

static bool is_weekday(const matcher *m, uint32_t i)
{
    return time_is(m, i, IS_WEEKDAY) && is_settled(m, i);
}

/* A day of the month, "12" or "12th"; 0 if there is none. */
static uint8_t day_at(const matcher *m, uint32_t i)
{
    int32_t day = 0;
    if (is_figures(m, i, 1, 2)) day = m->at[i].figures;
    if (time_is(m, i, IS_ORDINAL) &&
        rap_is_digit((unsigned char)m->text.at[m->at[i].span.begin]))
        day = time_value(m, i, IS_ORDINAL);
    return day >= 1 && day <= 31 ? (uint8_t)day : 0;
}

/* "that year", "last year", with or without "of" in front: sets what year is meant. */
static uint32_t match_year_words(const matcher *m, uint32_t i, found *out)
{
    uint32_t at = past(m, past(m, i, IS_OF), IS_THE);
    const bool along = time_is(m, at, IS_ALONG), near = time_is(m, at, IS_NEAR);
    if (!along && !near) return i;
    uint32_t end = at + 1;
    if (along && time_is(m, end, IS_ALONG)) end++; /* that same year */
    if (!time_is(m, end, IS_UNIT) || time_value(m, end, IS_UNIT) != UNIT_YEAR) return i;
    if (near) {
        out->year_near = true;
        out->near = (int8_t)time_value(m, at, IS_NEAR);
    } else {
        out->year_along = true;
        out->offset = (int8_t)time_value(m, at, IS_ALONG);
    }
    out->has_of_year = true;
    return end + 1;
}

/* The year of a date that has its month: ", 2022", "of 2022", "of that year". */
static uint32_t match_year_part(const matcher *m, uint32_t i, found *out)
{
    uint32_t at = past(m, past_comma(m, i), IS_OF);
    if (is_year(m, at)) {
        out->year = m->at[at].figures;
        out->has_of_year = true;
        return at + 1;
    }
    return match_year_words(m, i, out);
}

/* "November 11-12", "November 3rd": the day and what may follow; `i` if there is none.
 */
static uint32_t match_day_part(const matcher *m, uint32_t i, found *out)
{
    out->day = day_at(m, i);
    if (!out->day) return i;
    const bool joined = is_hyphen(m, i + 1) || time_is(m, i + 1, IS_TO);
    const uint8_t more = day_at(m, i + 2);
    if (more > out->day) {
        const bool whole =
            time_is(m, i + 1, IS_AND) && is_year(m, past_comma(m, i + 3));
        if (joined || whole) {
            out->day_end = more;
            return i + 3;
        }
    }
    return i + 1;
}

/* "Monday, October 31, 2022", "31 October 2022", "October 2022", "October". */
static uint32_t match_date(const matcher *m, uint32_t i, found *out)
{
    *out = blank(FORM_DATE, RAP_TIMEX_DATE);
    uint32_t at = i;
    if (is_weekday(m, at) && past_comma(m, at + 1) < m->end) {
        out->weekday = (uint8_t)time_value(m, at, IS_WEEKDAY);
        at = past(m, past_comma(m, at + 1), IS_THE);
    }
    uint32_t end;
    if (is_month(m, at)) {
        out->month = (uint8_t)time_value(m, at, IS_MONTH);
        end = match_day_part(m, at + 1, out);
        if (out->weekday < 7 && !out->day) return i;
        return match_year_part(m, end, out);
    }
    if (at == i) at = past(m, at, IS_THE);
    end = match_day_part(m, at, out);
    if (!out->day) return i;
    end = past(m, end, IS_OF);
    if (!is_month(m, end)) return i;
    out->month = (uint8_t)time_value(m, end, IS_MONTH);
    return match_year_part(m, end + 1, out);
}

/* "2022-10-31", "31/10/2022", "31.10.2022" where the order is settled. */
static uint32_t match_numeric(const matcher *m, uint32_t i, found *out)
{
    const atom *a = &m->at[i];
    uint32_t end = i + 1;
    rap_span span = a->span;
    if (a->kind == ATOM_FIGURES) {
        end = i + 5;
        if (end > m->end || m->at[i + 1].kind != ATOM_HYPHEN ||
            m->at[i + 3].kind != ATOM_HYPHEN)
            return i;
        for (uint32_t n = i + 1; n < end; n++)
            if (!(m->at[n].flags & ATOM_CLOSE)) return i;
        span.end = m->at[end - 1].span.end;
    }
    const rap_slice s = rap_cut(m->text, span);
    if (s.len < 8 || s.len > 10) return i;
    uint32_t part[3] = {0}, digits[3] = {0}, n = 0;
    for (uint32_t k = 0; k < s.len; k++) {
        if (s.at[k] >= '0' && s.at[k] <= '9') {
            part[n] = part[n] * 10 + (uint32_t)(s.at[k] - '0');
            digits[n]++;
        } else if (n == 2 || !strchr(".-/", s.at[k])) {
            return i;
        } else {
            n++;
        }
    }
    if (n != 2) return i;
    uint32_t year = part[0], month = part[1], day = part[2];
    if (digits[2] == 4) {
        year = part[2];
        const bool day_first = part[0] > 12 || part[0] == part[1] ||
                               s.at[digits[0]] == '.'; /* dots: the day first */
        day = day_first ? part[0] : part[1];
        month = day_first ? part[1] : part[0];
        if (!day_first && part[1] <= 12) return i; /* the order is not settled */
    } else if (digits[0] != 4) {
        return i;
    }
    if (year < 1000 || year > 2999 || month < 1 || month > 12 || day < 1 ||
        day > rap_days_in_month((int32_t)year, month))
        return i;
    *out = blank(FORM_DATE, RAP_TIMEX_DATE);
    out->year = (int32_t)year;
    out->month = (uint8_t)month;
    out->day = (uint8_t)day;
    out->has_of_year = true;
    return end;
}

/* Whether the word after a number is a plural noun: "1998 people" counts, it dates not.
 */
static bool is_counted(const matcher *m, uint32_t i)
{
    if (i >= m->end || is_capital(m, i)) return false;
    if (time_is(m, i, IS_UNIT) || time_is(m, i, IS_UNITS)) return true;
    const uint32_t t = m->at[i].token;
    if (m->syntax->upos[t] != RAP_NOUN) return false;
    const rap_slice written = rap_cut(m->text, m->tokens->span[t]);
    return !rap_slice_equal(written, m->syntax->lemma[t]);
}

/* "2020", "1998-1999" standing alone. */
static uint32_t match_year(const matcher *m, uint32_t i, found *out)
{
    if (!is_year(m, i) || m->at[i].figures < 1600 || m->at[i].figures > 2100) return i;
    const bool close = m->at[i].flags & ATOM_CLOSE;
    if (i > m->begin) {
        if (time_is(m, i - 1, IS_NUMBERED)) return i;
        const unsigned char before = (unsigned char)m->text.at[m->at[i - 1].span.begin];
        if (close &&
            (before == '$' || before == '#' || before == ':' || before >= 0xC2) &&
            m->at[i - 1].kind != ATOM_HYPHEN && m->at[i - 1].kind != ATOM_WORD &&
            rap_quote_of(before) == RAP_QUOTE_NONE && before != 0xE2)
            return i;
        if (is_hyphen(m, i - 1) && close && i - 1 > m->begin &&
            m->at[i - 2].kind == ATOM_FIGURES)
            return i;
    }
    const bool sure = i > m->begin && time_is(m, i - 1, IS_YEAR_AFTER);
    if (!sure && is_counted(m, i + 1)) return i;
    *out = blank(FORM_DATE, RAP_TIMEX_DATE);
    out->year = m->at[i].figures;
    out->has_of_year = true;
    if (is_hyphen(m, i + 1) && is_figures(m, i + 2, 2, 4) &&
        (m->at[i + 1].flags & m->at[i + 2].flags & ATOM_CLOSE)) {
        int32_t to = m->at[i + 2].figures;
        if (m->at[i + 2].digits == 2) to += out->year / 100 * 100;
        if (m->at[i + 2].digits == 3 || to <= out->year || to > 2999) return i + 1;
        out->year_end = to;
        return i + 3;
    }
    return i + 1;
}

/* "1990s", "the 1990s", "the nineties". */
static uint32_t match_decade(const matcher *m, uint32_t i, found *out)
{
    const uint32_t at = past(m, i, IS_THE);
    if (at >= m->end) return i;
    *out = blank(FORM_DECADE, RAP_TIMEX_DATE);
    if (time_is(m, at, IS_DECADE) && at > i) {
        out->year = 1900 + 10 * time_value(m, at, IS_DECADE);
        return at + 1;
    }
    const rap_slice s = rap_cut(m->text, m->at[at].span);
    if (s.len != 5 || s.at[4] != 's' || s.at[3] != '0') return i;
    for (uint32_t k = 0; k < 3; k++) {
        if (s.at[k] < '0' || s.at[k] > '9') return i;
        out->year = out->year * 10 + (s.at[k] - '0');
    }
    out->year *= 10;
    return out->year >= 1000 ? at + 1 : i;
}

/* "the winter of 2022", "spring 2021", "the third quarter of 2022", "the 20th century".
 */
static uint32_t match_named_part(const matcher *m, uint32_t i, found *out)
{
    const uint32_t at = past(m, i, IS_THE);
    if (time_is(m, at, IS_SEASON)) {
        *out = blank(FORM_SEASON, RAP_TIMEX_DATE);
        out->day = (uint8_t)time_value(m, at, IS_SEASON);
        const uint32_t end = match_year_part(m, at + 1, out);
        if (end > at + 1) return end;
        const bool sure =
            at > i && !time_is(m, at, IS_UNSURE_SEASON) && !time_is(m, at + 1, IS_OF);
        return sure ? at + 1 : i;
    }
    if (!time_is(m, at, IS_ORDINAL)) return i;
    const uint32_t unit_at = is_hyphen(m, at + 1) ? at + 2 : at + 1;
    if (!time_is(m, unit_at, IS_UNIT)) return i;
    const int32_t which = time_value(m, at, IS_ORDINAL);
    const int32_t what = time_value(m, unit_at, IS_UNIT);
    if (what == UNIT_CENTURY) {
        *out = blank(FORM_CENTURY, RAP_TIMEX_DATE);
        out->year = (which - 1) * 100;
        return unit_at + 1;
    }
    if (what != UNIT_QUARTER || which > 4) return i;
    *out = blank(FORM_QUARTER, RAP_TIMEX_DATE);
    out->day = (uint8_t)which;
    return match_year_part(m, unit_at + 1, out);
}

/* ---- counted from now or along the story
 * ---------------------------------------------- */

static uint32_t match_weekday(const matcher *m, uint32_t i, found *out)
{
    *out = blank(FORM_WEEKDAY, RAP_TIMEX_DATE);
    if (time_is(m, i, IS_WEEKDAYS)) {
        out->form = FORM_SET;
        out->type = RAP_TIMEX_SET;
        out->weekday = (uint8_t)time_value(m, i, IS_WEEKDAYS);
        return i + 1;
    }
    if (!is_weekday(m, i)) return i;
    out->weekday = (uint8_t)time_value(m, i, IS_WEEKDAY);
    if (!time_is(m, i + 1, IS_PART)) return i + 1;
    out->part = (int8_t)time_value(m, i + 1, IS_PART);
    out->type = RAP_TIMEX_TIME;
    return i + 2;
}

/* "last week", "this year", "next Monday", "last June", "this morning". */
static uint32_t match_near(const matcher *m, uint32_t i, found *out)
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
    if (is_weekday(m, next)) {
        const uint32_t end = match_weekday(m, next, out);
        out->near = near;
        return end;
    }
    if (at > i) return i;
    if (is_month(m, next)) {
        *out = blank(FORM_DATE, RAP_TIMEX_DATE);
        out->month = (uint8_t)time_value(m, next, IS_MONTH);
        const uint32_t end = match_day_part(m, next + 1, out);
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
static uint32_t match_along(const matcher *m, uint32_t i, found *out)
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

/* Whether the words after a "before" or "after" name an event, not a new sentence. */
static bool has_event(const matcher *m, uint32_t i)
{
    return i < m->end && m->at[i].kind != ATOM_OTHER;
}

/* "the day after the meeting", "the week before", "the eve of the summit", "the year".
 */
static uint32_t match_the(const matcher *m, uint32_t i, found *out)
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
static uint32_t match_clock(const matcher *m, uint32_t i, found *out)
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
    uint32_t more = match_weekday(m, end, &day);
    if (more == end) more = match_phrase(m, end, &day);
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
static uint32_t match_count(const matcher *m, uint32_t i, found *out)
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
static uint32_t match_set(const matcher *m, uint32_t i, found *out)
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
    if (is_weekday(m, i + 1)) {
        out->weekday = (uint8_t)time_value(m, i + 1, IS_WEEKDAY);
        return i + 2;
    }
    if (is_month(m, i + 1)) {
        out->month = (uint8_t)time_value(m, i + 1, IS_MONTH);
        return i + 2;
    }
    if (time_is(m, i + 1, IS_PART)) {
        out->part = (int8_t)time_value(m, i + 1, IS_PART);
        return i + 2;
    }
    return i;
}

/* ---- the longest
 * ---------------------------------------------------------------------- */

typedef uint32_t pattern(const matcher *m, uint32_t i, found *out);

/* Patterns for words; the earlier wins where two are equally long. */
static pattern *const pattern_of[] = {
    match_phrase, match_date,    match_year,    match_decade,     match_near,
    match_along,  match_the,     match_weekday, match_named_part, match_count,
    match_set,    match_numeric, match_clock};
enum { PATTERNS = sizeof pattern_of / sizeof *pattern_of };

static uint32_t match_plain(const matcher *m, uint32_t i, found *out)
{
    uint32_t best = i;
    if (i >= m->end) return i;
    for (uint32_t p = 0; p < PATTERNS; p++) {
        found f;
        const uint32_t end = pattern_of[p](m, i, &f);
        if (end <= best || end > m->end) continue;
        best = end;
        *out = f;
    }
    return best;
}

/* What "early" or "the end of" may stand before. */
static bool takes_mod(const found *f)
{
    switch (f->form) {
    case FORM_DATE:
        return !f->day && !f->literal;
    case FORM_WEEKDAY:
    case FORM_UNIT:
    case FORM_DECADE:
    case FORM_CENTURY:
    case FORM_QUARTER:
    case FORM_SEASON:
        return true;
    case FORM_DAY:
        return true;
    default:
        return false;
    }
}

/* "early September", "mid-December", "later this year", "the end of the year". */
static uint32_t match_with_mod(const matcher *m, uint32_t i, found *out)
{
    uint32_t at = past(m, i, IS_THE);
    int32_t mod;
    if (time_is(m, at, IS_EDGE) && time_is(m, at + 1, IS_OF)) {
        mod = time_value(m, at, IS_EDGE);
        at += 2;
    } else if (time_is(m, at, IS_MOD)) {
        mod = time_value(m, at, IS_MOD);
        at += is_hyphen(m, at + 1) ? 2 : 1;
    } else {
        return i;
    }
    const uint32_t end = match_plain(m, at, out);
    if (end == at || !takes_mod(out)) return i;
    out->mod = time_mod_code[mod];
    return end;
}

/* "the morning of October 31". */
static uint32_t match_with_part(const matcher *m, uint32_t i, found *out)
{
    const uint32_t at = past(m, i, IS_THE);
    if (!time_is(m, at, IS_PART) || !time_is(m, at + 1, IS_OF)) return i;
    const uint32_t end = match_plain(m, at + 2, out);
    if (end == at + 2 || out->part != PART_NONE) return i;
    const bool day = out->form == FORM_WEEKDAY || out->form == FORM_DAY ||
                     (out->form == FORM_DATE && out->day && !out->day_end);
    if (!day) return i;
    out->part = (int8_t)time_value(m, at, IS_PART);
    out->type = RAP_TIMEX_TIME;
    return end;
}

/* "more than two years", "nearly 12 hours", "around 7:15 p.m.". */
static uint32_t match_with_about(const matcher *m, uint32_t i, found *out)
{
    const char *mod = NULL;
    uint32_t at = i;
    if (time_is(m, i, IS_ABOUT)) {
        mod = time_about_code[time_value(m, i, IS_ABOUT)];
        at = i + 1;
    } else {
        const phrase *p = time_phrase_at(m, i, &at);
        if (!p || p->kind != PHRASE_ABOUT) return i;
        mod = p->value;
    }
    if (time_is(m, at, IS_THE)) return i; /* "over the last two years": a preposition */
    const uint32_t end = match_plain(m, at, out);
    const bool count = end > at && (out->form == FORM_DURATION ||
                                    out->form == FORM_SHIFT || out->hour >= 0);
    if (!count || (out->form != FORM_CLOCK && out->count == COUNT_OPEN)) return i;
    out->mod = mod;
    return end;
}

/* The classes with which an expression may begin. */
static uint64_t starters(void)
{
    static const uint8_t class[] = {
        IS_NUMBER, IS_UNITS, IS_UNIT,    IS_ORDINAL, IS_SEASON,   IS_NEAR,  IS_ALONG,
        IS_SPAN,   IS_MOD,   IS_EDGE,    IS_ABOUT,   IS_THE,      IS_ONE,   IS_ANOTHER,
        IS_EACH,   IS_MONTH, IS_WEEKDAY, IS_PHRASE,  IS_WEEKDAYS, IS_DECADE};
    uint64_t set = 0;
    for (uint32_t i = 0; i < sizeof class; i++) set |= (uint64_t)1 << class[i];
    return set;
}

bool time_match(const matcher *m, uint32_t i, found *out, uint32_t *skip)
{
    *skip = 1;
    const atom *a = &m->at[i];
    const bool digit = a->kind == ATOM_FIGURES ||
                       (a->kind == ATOM_WORD && m->text.at[a->span.begin] >= '0' &&
                        m->text.at[a->span.begin] <= '9');
    if (a->word == RAP_NONE && !digit) return false;
    if (!digit && !(m->knowledge->word.at[a->word].classes & starters())) return false;
    uint32_t end = match_plain(m, i, out);
    found f;
    uint32_t other = match_with_mod(m, i, &f);
    if (other > end && other <= m->end) {
        end = other;
        *out = f;
    }
    other = match_with_part(m, i, &f);
    if (other > end && other <= m->end) {
        end = other;
        *out = f;
    }
    other = match_with_about(m, i, &f);
    if (other > end && other <= m->end) {
        end = other;
        *out = f;
    }
    if (end == i) return false;
    *skip = (out->form == FORM_DURATION && out->past > end ? out->past : end) - i;
    if (out->form == FORM_LITERAL && !out->literal) return false;
    out->first = i;
    out->last = end - 1;
    return true;
}
