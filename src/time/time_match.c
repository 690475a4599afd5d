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
#include "time_grammar.h"

/* ---- phrases ----------------------------------------------------------------------
 */

const phrase *time_phrase_at(const matcher *m, uint32_t i, uint32_t *end)
{
    if (!time_is(m, i, IS_PHRASE)) return NULL;
    const rap_time_knowledge *k = m->knowledge;
    uint32_t entry[PHRASE_ATOMS];
    const phrase *best = NULL;
    for (uint32_t n = i; n < m->end && n < i + PHRASE_ATOMS; n++) {
        entry[n - i] = is_hyphen(m, n) ? HYPHEN_WORD : m->at[n].word;
        if (entry[n - i] == RAP_NONE) break;
        const uint32_t row = rap_map_get(
            &k->phrases,
            (rap_slice){(const char *)entry, (n - i + 1) * (uint32_t)sizeof *entry});
        if (row == RAP_NONE) break;
        if (row == PHRASE_OPEN) continue;
        best = &k->phrase.at[row];
        *end = n + 1;
    }
    return best;
}

/* "a fortnight ago": a phrase of whole weeks or days is a count of them. */
static uint32_t match_phrase_shift(const matcher *m, uint32_t end, const phrase *p,
                                   found *out)
{
    const char *v = p->value;
    const bool counts =
        v[1] >= '1' && v[1] <= '9' && (v[2] == 'D' || v[2] == 'W') && !v[3];
    if (!counts || !time_is(m, end, IS_SHIFT)) return end;
    *out = blank(FORM_DURATION, RAP_TIMEX_DURATION);
    out->count = v[1] - '0';
    out->unit = v[2] == 'D' ? UNIT_DAY : UNIT_WEEK;
    return time_match_shift(m, end, out);
}

uint32_t time_match_phrase(const matcher *m, uint32_t i, found *out)
{
    uint32_t end = i;
    const phrase *p = time_phrase_at(m, i, &end);
    if (!p || p->kind == PHRASE_ABOUT || p->kind == PHRASE_EXACT ||
        p->kind == PHRASE_FEAST)
        return i;
    if (p->kind == PHRASE_SET && is_capital(m, i) &&
        (i > m->begin || is_capital(m, end)))
        return i; /* a name: "the Daily Telegraph" */
    if (p->kind == PHRASE_SET && is_capital(m, end) && !time_is(m, end, IS_WEEKDAY))
        return i; /* "the daily Gazette" */
    *out = blank(FORM_LITERAL, RAP_TIMEX_DATE);
    out->literal = p->value;
    out->only_ahead = p->kind == PHRASE_AHEAD;
    if (p->kind == PHRASE_SET) out->type = RAP_TIMEX_SET;
    if (p->kind == PHRASE_DURATION) out->type = RAP_TIMEX_DURATION;
    if (p->kind == PHRASE_NONE) out->literal = NULL;
    if (p->kind == PHRASE_DURATION) return match_phrase_shift(m, end, p, out);
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

/* ---- the longest ------------------------------------------------------------------
 */

_Static_assert(WORD_CLASSES <= 64, "a class is a bit of 64");

typedef struct rule { /* how an expression is read from its first atom */
    pattern *match;
    uint64_t starts; /* classes of the word it may begin with */
    bool digits;     /* it may begin with a digit */
} rule;

/* The patterns; the earlier wins where two are equally long. */
static const rule rules[] = {
    {time_match_phrase, 1ull << IS_PHRASE, false},
    {time_match_feast, 1ull << IS_PHRASE, false},
    {time_match_date,
     1ull << IS_MONTH | 1ull << IS_WEEKDAY | 1ull << IS_THE | 1ull << IS_ORDINAL, true},
    {time_match_year, 1ull << IS_NUMBER | 1ull << IS_FISCAL | 1ull << IS_THE, true},
    {time_match_decade, 1ull << IS_THE, true},
    {time_match_near, 1ull << IS_THE | 1ull << IS_NEAR, false},
    {time_match_along, 1ull << IS_THE | 1ull << IS_ALONG, false},
    {time_match_the, 1ull << IS_THE | 1ull << IS_UNIT, false},
    {time_match_period, 1ull << IS_THE | 1ull << IS_UNIT | 1ull << IS_LATEST, false},
    {time_match_weekday, 1ull << IS_WEEKDAY | 1ull << IS_WEEKDAYS, false},
    {time_match_part, 1ull << IS_PART, false},
    {time_match_named_part,
     1ull << IS_THE | 1ull << IS_SEASON | 1ull << IS_ORDINAL | 1ull << IS_FISCAL, true},
    {time_match_half_year, 1ull << IS_THE, false},
    {time_match_owned_part, 1ull << IS_THE | 1ull << IS_NEAR | 1ull << IS_ALONG, true},
    {time_match_week_of, 1ull << IS_THE, false},
    {time_match_half, 1ull << IS_HALVES | 1ull << IS_ONE, false},
    {time_match_count,
     1ull << IS_THE | 1ull << IS_SPAN | 1ull << IS_ANOTHER | 1ull << IS_ONE |
         1ull << IS_NUMBER | 1ull << IS_UNIT | 1ull << IS_UNITS | 1ull << IS_COUPLE,
     true},
    {time_match_set, 1ull << IS_EACH | 1ull << IS_PER, false},
    {time_match_numeric, 0, true},
    {time_match_clock, 0, true}};
enum { RULES = sizeof rules / sizeof *rules };

/* Does the atom at `i` begin with a digit, or is it "'90s"? */
static bool begins_digits(const matcher *m, uint32_t i)
{
    const atom *a = &m->at[i];
    const unsigned char c = (unsigned char)m->text.at[a->span.begin];
    return (c >= '0' && c <= '9') ||
           ((c == '\'' || c == 0xE2) && a->span.end - a->span.begin > 3);
}

static uint32_t match_plain(const matcher *m, uint32_t i, found *out)
{
    uint32_t best = i;
    if (i >= m->end) return i;
    const uint64_t classes = m->at[i].classes & m->starters;
    const bool digits = begins_digits(m, i);
    if (!classes && !digits) return i;
    for (uint32_t p = 0; p < RULES; p++) {
        if (!(rules[p].starts & classes) && !(digits && rules[p].digits)) continue;
        found f;
        const uint32_t end = rules[p].match(m, i, &f);
        if (end <= best || end > m->end) continue;
        best = end;
        *out = f;
    }
    return best;
}

/* What "early" or "the end of" may stand before; "earlier Friday" is two things. */
static bool takes_mod(const found *f, bool compared)
{
    switch (f->form) {
    case FORM_DATE:
        return !f->day && !f->literal;
    case FORM_WEEKDAY:
    case FORM_DAY:
        return !compared;
    case FORM_UNIT:
    case FORM_DECADE:
    case FORM_CENTURY:
    case FORM_QUARTER:
    case FORM_SEASON:
        return true;
    default:
        return false;
    }
}

/* "mid-afternoon", "early morning", "late night yesterday" from its second word. */
static uint32_t match_part_after_mod(const matcher *m, uint32_t i, found *out)
{
    if (!time_is(m, i, IS_PART)) return i;
    found day;
    uint32_t end = time_match_weekday(m, i + 1, &day);
    if (end == i + 1) end = time_match_phrase(m, i + 1, &day);
    const bool named = end > i + 1 && day.part == PART_NONE &&
                       (day.form == FORM_WEEKDAY || day.form == FORM_DAY);
    *out = named ? day : blank(FORM_UNIT, RAP_TIMEX_TIME);
    if (!named) out->unit = UNIT_DAY;
    out->type = RAP_TIMEX_TIME;
    out->part = (int8_t)time_value(m, i, IS_PART);
    return named ? end : i + 1;
}

/* "the month" of "the end of the month": one that means something with its edge only. */
static uint32_t match_bare_unit(const matcher *m, uint32_t i, found *out)
{
    if (!time_is(m, i, IS_THE) || !time_is(m, i + 1, IS_UNIT) ||
        time_is(m, i + 2, IS_BESIDE) || time_is(m, i + 2, IS_OF))
        return i;
    *out = blank(FORM_UNIT, RAP_TIMEX_DATE);
    out->unit = (unit)time_value(m, i + 1, IS_UNIT);
    const bool span = out->unit >= UNIT_WEEK && out->unit != UNIT_YEAR;
    return span ? i + 2 : i;
}

/* "spring" of "late spring" */
static uint32_t match_bare_season(const matcher *m, uint32_t i, found *out)
{
    if (!time_is(m, i, IS_SEASON)) return i;
    *out = blank(FORM_SEASON, RAP_TIMEX_DATE);
    out->day = (uint8_t)time_value(m, i, IS_SEASON);
    return i + 1;
}

/* "early September", "mid-December", "later this year", "the end of the year". */
static uint32_t match_with_mod(const matcher *m, uint32_t i, found *out)
{
    uint32_t at = past(m, i, IS_THE);
    int32_t mod;
    bool compared = false;
    if (time_is(m, at, IS_EDGE) && time_is(m, at + 1, IS_OF)) {
        mod = time_value(m, at, IS_EDGE);
        at += 2;
    } else if (time_is(m, at, IS_MOD)) {
        mod = time_value(m, at, IS_MOD);
        compared = time_is(m, at, IS_SHIFT);
        at = past_hyphen(m, at + 1);
    } else {
        return i;
    }
    uint32_t end = match_part_after_mod(m, at, out);
    if (end == at) end = match_bare_unit(m, at, out);
    if (end == at && time_is(m, at, IS_ON)) at++; /* "late in 1985" */
    if (end <= at) end = match_plain(m, at, out);
    if (end == at) end = match_bare_season(m, at, out);
    if (end == at || (out->form == FORM_UNIT && out->unit == UNIT_DAY && compared) ||
        !takes_mod(out, compared))
        return i;
    out->mod = time_mod_code[mod];
    return end;
}

/* "the morning of October 31", "the early hours of Monday". */
static uint32_t match_with_part(const matcher *m, uint32_t i, found *out)
{
    uint32_t at = past(m, i, IS_THE);
    const char *mod =
        time_is(m, at, IS_MOD) ? time_mod_code[time_value(m, at, IS_MOD)] : NULL;
    if (mod) at = past_hyphen(m, at + 1);
    const bool has_part = time_is(m, at, IS_PART);
    const int8_t part = has_part ? (int8_t)time_value(m, at, IS_PART) : PART_NONE;
    if (has_part) at++;
    const bool hours =
        time_is(m, at, IS_UNITS) && time_value(m, at, IS_UNITS) == UNIT_HOUR;
    if (hours) at++;
    if ((!has_part && !(hours && mod)) || !time_is(m, at, IS_OF)) return i;
    const uint32_t end = match_plain(m, at + 1, out);
    if (end == at + 1 || out->part != PART_NONE) return i;
    const bool day = out->form == FORM_WEEKDAY || out->form == FORM_DAY ||
                     (out->form == FORM_DATE && out->day && !out->day_end);
    if (!day) return i;
    out->part = part;
    if (mod) out->mod = mod;
    if (has_part) out->type = RAP_TIMEX_TIME;
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

static const rule wider[] = {
    {match_with_mod, 1ull << IS_THE | 1ull << IS_EDGE | 1ull << IS_MOD, false},
    {match_with_part, 1ull << IS_THE | 1ull << IS_MOD | 1ull << IS_PART, false},
    {match_with_about, 1ull << IS_ABOUT | 1ull << IS_PHRASE, false}};

uint64_t time_match_starters(void)
{
    uint64_t starters = 0;
    for (uint32_t p = 0; p < RULES; p++) starters |= rules[p].starts;
    for (uint32_t p = 0; p < sizeof wider / sizeof *wider; p++)
        starters |= wider[p].starts;
    return starters;
}

bool time_match(const matcher *m, uint32_t i, found *out, uint32_t *skip)
{
    *skip = 1;
    const uint64_t classes = m->at[i].classes & m->starters;
    if (!classes && !begins_digits(m, i)) return false;
    uint32_t end = match_plain(m, i, out);
    for (uint32_t p = 0; p < sizeof wider / sizeof *wider; p++) {
        if (!(wider[p].starts & classes)) continue;
        found f;
        const uint32_t other = wider[p].match(m, i, &f);
        if (other <= end || other > m->end) continue;
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
