/*
 * time_tense.c - whether what an expression dates lies in the past or the future.
 *
 * Reads   word classes and verb forms of the sentence.
 * Method  the nearest verb to the left within the clause, else to the right, with the
 *         words around it that put it into the future ("will", "scheduled"); no tree is
 *         needed.
 * Cost    a bounded window of atoms an expression.
 */
#include "time_private.h"

enum { WINDOW_LEFT = 24, WINDOW_RIGHT = 24, WINDOW_GROUP = 5, WINDOW_OPEN = 3 };

static bool is_verb(const matcher *m, uint32_t i)
{
    const uint8_t upos = m->syntax->upos[m->at[i].token];
    return upos == RAP_VERB || upos == RAP_AUX;
}

static bool is_stop(const matcher *m, uint32_t i)
{
    const char c = m->text.at[m->at[i].span.begin];
    return m->at[i].kind == ATOM_OTHER && (c == ';' || c == ':');
}

/* "he said that on Friday", "…, and on Friday": a clause begins `n` atoms before. */
static bool opens_clause(const matcher *m, uint32_t i, uint32_t n)
{
    const uint8_t upos = m->syntax->upos[m->at[i].token];
    return n <= WINDOW_OPEN && (upos == RAP_SCONJ || (upos == RAP_CCONJ && n == 2));
}

/* Whether a word just before the verb at `i` puts it into the future. */
static bool is_led_ahead(const matcher *m, uint32_t i)
{
    for (uint32_t n = 1; n <= WINDOW_GROUP && i >= m->begin + n; n++) {
        if (is_stop(m, i - n)) return false;
        if (time_is(m, i - n, IS_FUTURE)) return true;
        const uint8_t verb = m->syntax->form[m->at[i - n].token];
        if (is_verb(m, i - n) && verb == RAP_FORM_PAST) return false;
    }
    return false;
}

/* Whether the infinitive whose "to" is at `to` is one that things "are to" or "are set to"
 * do; what they "were set to" do may be done by now. */
static bool is_bound(const matcher *m, uint32_t to)
{
    if (to < m->begin + 1 || !time_is(m, to - 1, IS_BOUND)) return false;
    return to < m->begin + 2 || !is_verb(m, to - 2) ||
           m->syntax->form[m->at[to - 2].token] != RAP_FORM_PAST;
}

static tense tense_of_verb(const matcher *m, uint32_t i)
{
    if (time_is(m, i, IS_FUTURE)) return TENSE_FUTURE;
    if (is_led_ahead(m, i)) return TENSE_FUTURE;
    const bool infinitive = i > m->begin && time_is(m, i - 1, IS_INFINITIVE);
    if (infinitive && is_bound(m, i - 1)) return TENSE_FUTURE;
    switch (m->syntax->form[m->at[i].token]) {
    case RAP_FORM_PAST:
    case RAP_FORM_PARTICIPLE:
        return TENSE_PAST;
    case RAP_FORM_PRESENT:
        return TENSE_PRESENT;
    case RAP_FORM_BASE:
        return infinitive ? TENSE_UNKNOWN : TENSE_PRESENT;
    default:
        return TENSE_UNKNOWN;
    }
}

tense time_tense_of(const matcher *m, const found *f)
{
    for (uint32_t n = 1; n <= WINDOW_LEFT && f->first >= m->begin + n; n++) {
        const uint32_t i = f->first - n;
        if (is_stop(m, i) || opens_clause(m, i, n)) break;
        if (time_is(m, i, IS_FUTURE) && !is_verb(m, i) && n <= WINDOW_GROUP)
            return TENSE_FUTURE;
        if (!is_verb(m, i)) continue;
        const tense found_tense = tense_of_verb(m, i);
        if (found_tense != TENSE_UNKNOWN) return found_tense;
    }
    for (uint32_t i = f->last + 1; i < m->end && i <= f->last + WINDOW_RIGHT; i++) {
        if (is_stop(m, i)) break;
        if (!is_verb(m, i)) continue;
        if (time_is(m, i, IS_FUTURE)) return TENSE_FUTURE;
        /* "has agreed": the participle decides. */
        if (m->syntax->upos[m->at[i].token] == RAP_AUX && i + 1 < m->end &&
            is_verb(m, i + 1))
            continue;
        const tense found_tense = tense_of_verb(m, i);
        if (found_tense != TENSE_UNKNOWN) return found_tense;
    }
    return TENSE_UNKNOWN;
}
