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

uint32_t time_match_phrase(const matcher *m, uint32_t i, found *out)
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

/* ---- the longest
 * ---------------------------------------------------------------------- */

/* Patterns for words; the earlier wins where two are equally long. */
static pattern *const pattern_of[] = {
    time_match_phrase,     time_match_date,  time_match_year, time_match_decade,
    time_match_near,       time_match_along, time_match_the,  time_match_weekday,
    time_match_named_part, time_match_count, time_match_set,  time_match_numeric,
    time_match_clock};
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
