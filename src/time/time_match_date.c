/*
 * time_match_date.c - dates of the calendar: days, months, years, decades, seasons.
 *
 * Reads   the atoms of a sentence.  Writes  what an expression says.
 * Cost    constant work an atom: every pattern is bounded.
 */
#include "time_grammar.h"

/* ---- calendar dates -----------------------------------------------------------------
 */

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

/* Whether a word of time may follow a month or weekday: "Sunday Morning". */
static bool is_time_word(const matcher *m, uint32_t i)
{
    return time_is(m, i, IS_PART) || time_is(m, i, IS_WEEKDAY) ||
           time_is(m, i, IS_MONTH) || time_is(m, i, IS_TO) || time_is(m, i, IS_AND);
}

/* A month or weekday word that is also another word needs a neighbour that settles it.
 */
static bool is_settled(const matcher *m, uint32_t i)
{
    if (!is_capital(m, i)) return false;
    if (!time_is(m, i, IS_UNSURE)) return true;
    const uint32_t next = past_comma(m, i + 1);
    if (is_figures(m, next, 1, 4) || day_at(m, next) || time_is(m, i + 1, IS_NEAR))
        return true;
    if (time_is(m, next, IS_MONTH) && is_capital(m, next)) return true;
    if (is_joint(m, i + 1) && time_is(m, i + 2, IS_MONTH)) return true;
    if (i == m->begin || time_is(m, i - 1, IS_THE)) return false;
    if (m->at[i - 1].kind == ATOM_FIGURES || time_is(m, i - 1, IS_ORDINAL)) return true;
    /* A name goes on, "and Jan Novak", but not after a preposition: "in June Novak". */
    const bool placed = m->syntax->upos[m->at[i - 1].token] == RAP_ADP;
    if (is_capital(m, i + 1) && !is_time_word(m, i + 1) && !placed) return false;
    /* "under a June agreement" */
    if (time_is(m, i - 1, IS_ONE)) return time_is(m, i, IS_MONTH);
    return time_is(m, i - 1, IS_YEAR_AFTER) || time_is(m, i - 1, IS_NEAR) ||
           time_is(m, i - 1, IS_MOD) ||
           (is_hyphen(m, i - 1) && i - 1 > m->begin && time_is(m, i - 2, IS_MOD));
}

bool time_is_month(const matcher *m, uint32_t i)
{
    return time_is(m, i, IS_MONTH) && is_settled(m, i);
}

bool time_is_weekday(const matcher *m, uint32_t i)
{
    return time_is(m, i, IS_WEEKDAY) && is_settled(m, i);
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

/* A year in words: "nineteen ninety-one", "two thousand and eight". */
static uint32_t match_spoken_year(const matcher *m, uint32_t i, int32_t *year)
{
    if (!time_is(m, i, IS_NUMBER)) return i;
    const int32_t first = time_value(m, i, IS_NUMBER);
    int32_t rest = 0;
    uint32_t at = i + 1;
    if (first == 2 && time_is(m, at, IS_THOUSAND)) {
        *year = 2000;
        const uint32_t from = past(m, at + 1, IS_AND);
        const uint32_t end = time_match_number(m, from, &rest);
        const bool more = end > from && rest > 0 && rest < 100;
        if (more) *year += rest;
        return more ? end : at + 1;
    }
    if (first < 13 || first > 20) return i;
    const uint32_t end = time_match_number(m, at, &rest);
    if (end == at || rest < 10 || rest > 99) return i;
    *year = first * 100 + rest;
    return end;
}

/* A year in figures or words at `i`. */
static uint32_t match_any_year(const matcher *m, uint32_t i, int32_t *year)
{
    if (!is_year(m, i)) return match_spoken_year(m, i, year);
    *year = m->at[i].figures;
    return i + 1;
}

/* The year of a date that has its month: ", 2022", "of 2022", "of that year". */
uint32_t time_match_year_part(const matcher *m, uint32_t i, found *out)
{
    const uint32_t at = past(m, past_comma(m, i), IS_OF);
    const uint32_t end = match_any_year(m, at, &out->year);
    if (end == at) return match_year_words(m, i, out);
    out->has_of_year = true;
    return end;
}

/* Whether a number before `i` counts something: "April 1 and 30 men". */
static bool is_other_number(const matcher *m, uint32_t i)
{
    if (i >= m->end || time_is(m, i, IS_MONTH) || time_is(m, i, IS_OF)) return false;
    const uint8_t upos = m->syntax->upos[m->at[i].token];
    return time_is(m, i, IS_UNITS) || upos == RAP_NOUN || upos == RAP_ADJ ||
           upos == RAP_PROPN || upos == RAP_NUM;
}

/* The day of a month at `i`; of a range, "11-12", the first by itself: day_end is the
 * other. *last: past the whole range. */
static uint32_t match_day(const matcher *m, uint32_t i, found *out, uint32_t *last)
{
    out->day = day_at(m, i);
    *last = i + 1;
    if (!out->day) return i;
    const uint32_t next = past(m, i + 2, IS_THE);
    const uint8_t more = day_at(m, next);
    if (more <= out->day) return i + 1;
    const bool and = time_is(m, i + 1, IS_AND);
    if (!is_any_dash(m, i + 1) && !time_is(m, i + 1, IS_TO) && !and) return i + 1;
    if (and&&is_other_number(m, next + 1)) return i + 1;
    out->day_end = more;
    *last = next + 1;
    return i + 1;
}

/* "November 3", "November 11" of "November 11-12, 2022": day and year after a month. */
uint32_t time_match_day_part(const matcher *m, uint32_t i, found *out)
{
    uint32_t last;
    const uint32_t end = match_day(m, i, out, &last);
    const uint32_t year = time_match_year_part(m, end > i ? last : i, out);
    return out->day_end ? end : year > last || end == i ? year : end;
}

/* "4 March 2021", "the 4th of March"; of "4-6 March" the first is "4" alone. */
static uint32_t match_day_first(const matcher *m, uint32_t i, found *out)
{
    uint32_t last;
    const uint32_t end = match_day(m, i, out, &last);
    const uint32_t month = past(m, last, IS_OF);
    if (end == i || !time_is_month(m, month)) return i;
    out->month = (uint8_t)time_value(m, month, IS_MONTH);
    const uint32_t year = time_match_year_part(m, month + 1, out);
    return out->day_end ? end : year;
}

/* The end of "November 11-12, 2022": a day whose month stands before the range. */
static uint32_t match_day_last(const matcher *m, uint32_t i, found *out)
{
    const uint8_t day = day_at(m, i);
    if (!day || i < m->begin + 3 || day_at(m, i - 2) >= day || !day_at(m, i - 2))
        return i;
    if (!is_joint(m, i - 1) || !time_is_month(m, i - 3)) return i;
    const uint32_t end = time_match_year_part(m, i + 1, out);
    if (time_is(m, i - 1, IS_AND) && is_other_number(m, i + 1)) return i;
    out->day = day;
    out->month = (uint8_t)time_value(m, i - 3, IS_MONTH);
    out->tail = true;
    return end;
}

/* "Monday, October 31, 2022", "31 October 2022", "October 2022", "October". */
uint32_t time_match_date(const matcher *m, uint32_t i, found *out)
{
    *out = blank(FORM_DATE, RAP_TIMEX_DATE);
    const uint32_t tail = match_day_last(m, i, out);
    if (tail > i) return tail;
    uint32_t at = i;
    if (time_is_weekday(m, at) && past_comma(m, at + 1) < m->end) {
        out->weekday = (uint8_t)time_value(m, at, IS_WEEKDAY);
        at = past(m, past_comma(m, at + 1), IS_THE);
    }
    if (time_is_month(m, at)) {
        out->month = (uint8_t)time_value(m, at, IS_MONTH);
        const uint32_t end = time_match_day_part(m, at + 1, out);
        return out->weekday < 7 && !out->day ? i : end;
    }
    if (at == i) at = past(m, at, IS_THE);
    const uint32_t end = match_day_first(m, at, out);
    return end > at ? end : i;
}

/* "2022-10-31", "31/10/2022", "31.10.2022" where the order is settled. */
uint32_t time_match_numeric(const matcher *m, uint32_t i, found *out)
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

/* The first year of a range whose last begins at `i`: "1996" of "1992-96"; else 0. */
static int32_t range_begin(const matcher *m, uint32_t i)
{
    if (i < m->begin + 2 || !is_hyphen(m, i - 1) || !is_year(m, i - 2)) return 0;
    if (!(m->at[i].flags & m->at[i - 1].flags & ATOM_CLOSE)) return 0;
    if (i > m->begin + 2 && is_hyphen(m, i - 3) && m->at[i - 2].flags & ATOM_CLOSE)
        return 0;
    return m->at[i - 2].figures;
}

/* The last year of a range that ends at `i`, "1992-96" or "1992-1996"; else 0. */
static int32_t range_end(const matcher *m, uint32_t i)
{
    if (!is_figures(m, i, 2, 4) || m->at[i].digits == 3) return 0;
    const int32_t from = range_begin(m, i);
    if (from < 1600) return 0;
    int32_t to = m->at[i].figures;
    if (m->at[i].digits == 2) to += from / 100 * 100;
    return to > from && to <= 2100 ? to : 0;
}

static uint32_t match_range_end(const matcher *m, uint32_t i, found *out)
{
    *out = blank(FORM_DATE, RAP_TIMEX_DATE);
    out->year = range_end(m, i);
    out->has_of_year = out->tail = true;
    return out->year ? i + 1 : i;
}

/* Whether what stands before a year says that it is a number or a name instead. */
static bool is_no_year(const matcher *m, uint32_t i)
{
    if (i == m->begin) return false;
    if (time_is(m, i - 1, IS_NUMBERED)) return true;
    if (!(m->at[i].flags & ATOM_CLOSE)) return false;
    const unsigned char before = (unsigned char)m->text.at[m->at[i - 1].span.begin];
    if ((before == '$' || before == '#' || before == ':' || before >= 0xC2) &&
        m->at[i - 1].kind != ATOM_HYPHEN && m->at[i - 1].kind != ATOM_WORD &&
        rap_quote_of(before) == RAP_QUOTE_NONE && before != 0xE2)
        return true;
    return is_hyphen(m, i - 1) && i - 1 > m->begin && m->at[i - 2].kind == ATOM_FIGURES;
}

/* "fiscal 2020", "the year 2020", "nineteen ninety-one": with words around it. */
static uint32_t match_year_in_words(const matcher *m, uint32_t i, found *out)
{
    *out = blank(FORM_DATE, RAP_TIMEX_DATE);
    uint32_t at = past(m, i, IS_THE);
    const bool the = at > i;
    at = past(m, at, IS_FISCAL);
    const bool fiscal = at > i + the;
    const bool year =
        time_is(m, at, IS_UNIT) && time_value(m, at, IS_UNIT) == UNIT_YEAR;
    if (year && (the || fiscal)) at++;
    const bool sure =
        fiscal || year || (at > m->begin && time_is(m, at - 1, IS_YEAR_AFTER));
    if (!sure || (at > i && !fiscal && !year)) return i;
    if (at == i && is_year(m, at)) return i;
    const uint32_t end = match_any_year(m, at, &out->year);
    out->has_of_year = true;
    return end > at ? end : i;
}

/* "2020" standing alone; of "1998-1999" each year by itself. */
uint32_t time_match_year(const matcher *m, uint32_t i, found *out)
{
    const uint32_t tail = match_range_end(m, i, out);
    if (tail > i) return tail;
    const uint32_t worded = match_year_in_words(m, i, out);
    if (worded > i) return worded;
    if (!is_year(m, i) || m->at[i].figures < 1600 || m->at[i].figures > 2100) return i;
    if (is_no_year(m, i)) return i;
    const bool sure = i > m->begin && time_is(m, i - 1, IS_YEAR_AFTER);
    if (!sure && is_counted(m, i + 1)) return i;
    *out = blank(FORM_DATE, RAP_TIMEX_DATE);
    out->year = m->at[i].figures;
    out->has_of_year = true;
    out->year_end = range_end(m, i + 2);
    return i + 1;
}

/* "1990s", "the 1990s", "the nineties". */
uint32_t time_match_decade(const matcher *m, uint32_t i, found *out)
{
    const uint32_t at = past(m, i, IS_THE);
    if (at >= m->end) return i;
    *out = blank(FORM_DECADE, RAP_TIMEX_DATE);
    if (time_is(m, at, IS_DECADE) && at > i) {
        out->year = 1900 + 10 * time_value(m, at, IS_DECADE);
        return at + 1;
    }
    rap_slice s = rap_cut(m->text, m->at[at].span);
    const bool led = at > i || (i > m->begin && time_is(m, i - 1, IS_MOD));
    const bool marked = s.len > 3 && rap_is_digit((unsigned char)s.at[s.len - 3]) &&
                        !rap_is_digit((unsigned char)s.at[s.len - 4]);
    if (led && marked)
        s = rap_slice_sub(s, s.len - 3, s.len); /* an apostrophe before */
    if (led && s.len == 3 && s.at[2] == 's' && s.at[1] == '0' && s.at[0] >= '2' &&
        s.at[0] <= '9') {
        out->year = 1900 + 10 * (s.at[0] - '0'); /* "the 90s" */
        return at + 1;
    }
    if (s.len != 5 || s.at[4] != 's' || s.at[3] != '0') return i;
    for (uint32_t k = 0; k < 3; k++) {
        if (s.at[k] < '0' || s.at[k] > '9') return i;
        out->year = out->year * 10 + (s.at[k] - '0');
    }
    out->year *= 10;
    return out->year >= 1000 ? at + 1 : i;
}

/* "winter of 1988-89", "spring 2021": the year of a season, the first of two. */
static uint32_t match_season_year(const matcher *m, uint32_t i, found *out)
{
    const uint32_t end = time_match_year_part(m, i, out);
    const bool two = end > i && range_end(m, end + 1) && is_year(m, end - 1);
    return two ? end + 2 : end;
}

static uint32_t match_season(const matcher *m, uint32_t i, found *out)
{
    const uint32_t at = past(m, i, IS_THE);
    *out = blank(FORM_SEASON, RAP_TIMEX_DATE);
    out->day = (uint8_t)time_value(m, at, IS_SEASON);
    const uint32_t end = match_season_year(m, at + 1, out);
    if (end > at + 1) return end;
    if (time_is(m, at + 1, IS_OF)) return i;
    /* "the fall and winter" */
    const bool pair = is_joint(m, at + 1) && time_is(m, at + 2, IS_SEASON);
    const bool second =
        at > m->begin + 1 && is_joint(m, at - 1) && time_is(m, at - 2, IS_SEASON);
    const bool sure = at > i && !time_is(m, at, IS_UNSURE_SEASON);
    return sure || second || (pair && at > i) ? at + 1 : i;
}

/* "the 1989 third quarter", "the fiscal first quarter", "the 1988 quarter": what stands
 * before the ordinal or the quarter. */
static uint32_t match_quarter_lead(const matcher *m, uint32_t i, found *out)
{
    uint32_t at = i;
    if (is_year(m, at)) {
        out->year = m->at[at].figures;
        out->has_of_year = true;
        at++;
    }
    return past(m, at, IS_FISCAL);
}

/* "the second week" of something that is not a date itself. */
static bool match_nth_unit(const matcher *m, uint32_t unit_at, found *out)
{
    *out = blank(FORM_DURATION, RAP_TIMEX_DURATION);
    out->unit = (unit)time_value(m, unit_at, IS_UNIT);
    const uint32_t of = past(m, unit_at + 1, IS_OF);
    return of == unit_at + 1 || !(time_is(m, of, IS_MONTH) || is_year(m, of));
}

uint32_t time_match_named_part(const matcher *m, uint32_t i, found *out)
{
    uint32_t at = past(m, i, IS_THE);
    if (time_is(m, at, IS_SEASON)) return match_season(m, i, out);
    *out = blank(FORM_QUARTER, RAP_TIMEX_DATE);
    out->unit = UNIT_QUARTER;
    const uint32_t lead = match_quarter_lead(m, at, out);
    if (at > i && lead > at && out->year && time_is(m, lead, IS_UNIT) &&
        time_value(m, lead, IS_UNIT) == UNIT_QUARTER)
        return lead + 1;
    at = lead;
    if (!time_is(m, at, IS_ORDINAL)) return i;
    const uint32_t unit_at = past_hyphen(m, at + 1);
    if (!time_is(m, unit_at, IS_UNIT)) return i;
    const int32_t which = time_value(m, at, IS_ORDINAL);
    const int32_t what = time_value(m, unit_at, IS_UNIT);
    if (what == UNIT_CENTURY) {
        *out = blank(FORM_CENTURY, RAP_TIMEX_DATE);
        out->year = (which - 1) * 100;
        return unit_at + 1;
    }
    const bool span = what >= UNIT_DAY && what <= UNIT_YEAR && what != UNIT_QUARTER;
    if (span && at > i && unit_at == at + 1 && !out->year)
        return match_nth_unit(m, unit_at, out) ? unit_at + 1 : i;
    if (what != UNIT_QUARTER || which > 4) return i;
    out->day = (uint8_t)which;
    return out->year ? unit_at + 1 : time_match_year_part(m, unit_at + 1, out);
}

/* Past "'s", in one piece or, after figures, in two. */
static uint32_t past_owned(const matcher *m, uint32_t i)
{
    if (time_is(m, i, IS_OWNED)) return i + 1;
    if (i + 1 >= m->end || !(m->at[i].flags & m->at[i + 1].flags & ATOM_CLOSE))
        return i;
    const rap_slice mark = rap_cut(m->text, m->at[i].span);
    const rap_slice letter = rap_cut(m->text, m->at[i + 1].span);
    uint32_t at = 0;
    const rap_quote quote = rap_quote_of(rap_utf8_next(mark, &at));
    const bool two = (quote == RAP_QUOTE_SINGLE || quote == RAP_QUOTE_SINGLE_CLOSE) &&
                     at == mark.len && letter.len == 1 && letter.at[0] == 's';
    return two ? i + 2 : i;
}

/* "next year's first quarter", "last year's second half". */
uint32_t time_match_owned_part(const matcher *m, uint32_t i, found *out)
{
    found year = blank(FORM_QUARTER, RAP_TIMEX_DATE);
    uint32_t owner = match_year_words(m, i, &year);
    if (is_year(m, i)) {
        owner = i + 1;
        year.year = m->at[i].figures;
        year.has_of_year = true;
    }
    const uint32_t at = past_owned(m, owner);
    if (owner == i || at == owner) return i;
    if (!time_is(m, at, IS_ORDINAL)) return i;
    const int32_t which = time_value(m, at, IS_ORDINAL);
    *out = year;
    out->day = (uint8_t)which;
    if (which <= 2 && time_is(m, at + 1, IS_HALVES)) {
        out->form = FORM_HALF;
        return at + 2;
    }
    const bool quarter = which <= 4 && time_is(m, at + 1, IS_UNIT) &&
                         time_value(m, at + 1, IS_UNIT) == UNIT_QUARTER;
    return quarter ? at + 2 : i;
}

/* "the week of March 6" */
uint32_t time_match_week_of(const matcher *m, uint32_t i, found *out)
{
    const uint32_t at = past(m, i, IS_THE);
    if (at == i || !time_is(m, at, IS_UNIT) ||
        time_value(m, at, IS_UNIT) != UNIT_WEEK || !time_is(m, at + 1, IS_OF))
        return i;
    const uint32_t end = time_match_date(m, at + 2, out);
    if (end == at + 2 || !out->day || out->day_end) return i;
    out->week_of = true;
    return end;
}

/* "the second half of 2008", "the first half of the year". */
uint32_t time_match_half_year(const matcher *m, uint32_t i, found *out)
{
    const uint32_t at = past(m, i, IS_THE);
    if (at == i || !time_is(m, at + 1, IS_HALVES)) return i;
    const bool latter = time_is(m, at, IS_LATTER);
    if (!latter && !time_is(m, at, IS_ORDINAL)) return i;
    const int32_t which = latter ? 2 : time_value(m, at, IS_ORDINAL);
    if (which > 2 || !time_is(m, at + 2, IS_OF)) return i;
    *out = blank(FORM_HALF, RAP_TIMEX_DATE);
    out->day = (uint8_t)which;
    const uint32_t end = time_match_year_part(m, at + 2, out);
    if (end > at + 2) return end;
    const bool year = time_is(m, at + 3, IS_THE) && time_is(m, at + 4, IS_UNIT) &&
                      time_value(m, at + 4, IS_UNIT) == UNIT_YEAR;
    return year ? at + 5 : i;
}

/* ---- feasts ------------------------------------------------------------------------
 */

/* "Omar Ramadan", "Ramadan Omar": a person's name. */
static bool is_in_name(const matcher *m, uint32_t i, uint32_t end)
{
    if (is_capital(m, end) && !is_time_word(m, end)) return true;
    return i > m->begin + 1 && is_capital(m, i - 1);
}

/* "Christmas 2021", "Easter", "New Year's Eve". */
uint32_t time_match_feast(const matcher *m, uint32_t i, found *out)
{
    if (!is_capital(m, i)) return i;
    uint32_t end = i;
    const phrase *p = time_phrase_at(m, i, &end);
    if (!p || p->kind != PHRASE_FEAST) return i;
    *out = blank(FORM_FEAST, RAP_TIMEX_DATE);
    out->feast = &m->knowledge->feast.at[p->feast];
    if (out->feast->rule == FEAST_ISLAMIC && is_in_name(m, i, end)) return i;
    out->month = out->feast->month;
    out->day = out->feast->day ? out->feast->day : 15;
    end = time_match_year_part(m, end, out);
    if (time_is(m, end, IS_UNIT) && time_value(m, end, IS_UNIT) == UNIT_WEEK) {
        out->week_of = true; /* "Easter week" */
        return out->year ? end + 1 : time_match_year_part(m, end + 1, out);
    }
    if (!time_is(m, end, IS_PART)) return end;
    out->part = (int8_t)time_value(m, end, IS_PART);
    out->type = RAP_TIMEX_TIME;
    return end + 1;
}

uint32_t time_match_weekday(const matcher *m, uint32_t i, found *out)
{
    *out = blank(FORM_WEEKDAY, RAP_TIMEX_DATE);
    if (time_is(m, i, IS_WEEKDAYS)) {
        out->form = FORM_SET;
        out->type = RAP_TIMEX_SET;
        out->weekday = (uint8_t)time_value(m, i, IS_WEEKDAYS);
        return i + 1;
    }
    if (!time_is_weekday(m, i)) return i;
    out->weekday = (uint8_t)time_value(m, i, IS_WEEKDAY);
    if (!time_is(m, i + 1, IS_PART)) return i + 1;
    out->part = (int8_t)time_value(m, i + 1, IS_PART);
    out->type = RAP_TIMEX_TIME;
    return i + 2;
}
