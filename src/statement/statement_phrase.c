/*
 * statement_phrase.c - noun phrases and clause starts, from word classes alone.
 *
 * Method  a noun phrase is a run of determiners, adjectives, nouns, numbers and names,
 *         with possessives, "of" and other prepositions that follow a noun, brackets
 * and coordination. A mention found by the name module is never cut. Cost    linear in
 * the phrase; phrases are at most PHRASE_MOST tokens.
 */
#include "statement_private.h"

enum { PHRASE_MOST = 40, BRACKET_MOST = 12, FRAGMENT_MOST = 4, UNNAMED_MOST = 6 };

static bool is_personal(const page *p, uint32_t token)
{
    return (classes_at(p, token) & CLASS_PRONOUN) != 0;
}

bool is_adverb(const page *p, uint32_t token)
{
    if (classes_at(p, token) & (CLASS_WH | CLASS_CLAUSE | CLASS_NOT)) return false;
    return (classes_at(p, token) & CLASS_ADVERB) != 0 || upos_at(p, token) == RAP_ADV;
}

bool is_nominal(const page *p, uint32_t token)
{
    const look *l = &p->look[token];
    if (l->word->classes & (CLASS_THAT | CLASS_TO | CLASS_NOT | CLASS_RELATIVE))
        return false;
    if (l->mention != RAP_NONE) {
        const rap_mention *m = &p->names->mention[l->mention];
        if (m->form != RAP_MENTION_PRONOUN && !l->mark) return true;
    }
    switch (upos_at(p, token)) {
    case RAP_DET:
    case RAP_ADJ:
    case RAP_NOUN:
    case RAP_PROPN:
    case RAP_NUM:
    case RAP_SYM:
        return !(l->word->classes & (CLASS_WH | CLASS_AND));
    case RAP_PRON:
        return true;
    case RAP_PART:
        return true; /* the possessive: the others were refused above */
    default:
        return false;
    }
}

bool is_finite(const page *p, uint32_t token)
{
    const uint32_t classes = classes_at(p, token);
    const rap_upos upos = upos_at(p, token);
    const uint8_t form = p->syntax->form[token];
    const bool after_to = token > 0 && (classes_at(p, token - 1) & CLASS_TO);
    if (after_to || form == RAP_FORM_GERUND) return false;
    if (upos == RAP_AUX) return true;
    if (classes & (CLASS_BE | CLASS_HAVE | CLASS_DO | CLASS_MODAL))
        return upos == RAP_VERB || upos == RAP_AUX;
    return upos == RAP_VERB && form != RAP_FORM_PARTICIPLE;
}

bool has_finite(const page *p, range r)
{
    for (uint32_t t = r.first; range_is(r) && t <= r.last; t++)
        if (is_finite(p, t)) return true;
    return false;
}

/* The opening bracket of the one that closes at `token`, or `token`. */
static uint32_t bracket_left(const page *p, uint32_t token, uint32_t least)
{
    for (uint32_t n = 0, t = token; n < BRACKET_MOST && t > least; n++, t--)
        if (p->look[t - 1].mark == '(') return t - 1;
    return token;
}

static uint32_t bracket_right(const page *p, uint32_t token, uint32_t most)
{
    for (uint32_t n = 0, t = token; n < BRACKET_MOST && t < most; n++, t++)
        if (p->look[t + 1].mark == ')') return t + 1;
    return token;
}

/* A preposition or conjunction between two parts of one phrase. */
static bool is_joint(const page *p, uint32_t token)
{
    const rap_upos upos = upos_at(p, token);
    if (p->look[token].mark || (classes_at(p, token) & CLASS_AS)) return false;
    if (classes_at(p, token) & CLASS_TO) return upos == RAP_ADP;
    return upos == RAP_ADP || upos == RAP_CCONJ || (classes_at(p, token) & CLASS_OF);
}

/* A participle inside a phrase: "an estimated 40,000", "the union’s monitoring team".
 */
static bool is_inner_participle(const page *p, uint32_t token)
{
    if (token <= p->unit.first || token >= p->unit.last) return false;
    const rap_upos before = upos_at(p, token - 1), after = upos_at(p, token + 1);
    return upos_at(p, token) == RAP_VERB &&
           (before == RAP_DET || (before == RAP_PART && is_nominal(p, token - 1))) &&
           (after == RAP_NOUN || after == RAP_NUM);
}

static bool in_time(const page *p, uint32_t token)
{
    return p->look[token].timex != RAP_NONE;
}

/* One step of phrase_left: the new first token, or `first` where the phrase begins. */
static uint32_t step_left(const page *p, uint32_t first)
{
    const uint32_t least = p->unit.first, t = first - 1;
    const uint32_t q = p->look[t].quote;
    if (q != RAP_NONE) {
        if (p->look[first].quote == q) return t;
        const quotation *quote = &p->quote.at[q];
        const bool part = !quote->speech && quote->first >= least &&
                          quote->words <= FRAGMENT_MOST && upos_at(p, first) != RAP_DET;
        return part ? quote->first : first;
    }
    if (p->look[t].mark == ')') {
        const uint32_t open = bracket_left(p, t, least);
        return open == t ? first : open;
    }
    if (p->look[t].mark == '-' && t > least && is_nominal(p, t - 1) &&
        p->tokens->span[t].end == p->tokens->span[first].begin)
        return t;
    const bool genitive = upos_at(p, first) == RAP_PART;
    if (in_time(p, t) && !genitive && !in_time(p, first)) return first;
    if (is_personal(p, t) && upos_at(p, t) == RAP_PRON) return first;
    if (is_nominal(p, t) || is_inner_participle(p, t)) return t;
    if (is_joint(p, t) && t > least && is_nominal(p, t - 1) && !in_time(p, t - 1) &&
        p->look[t - 1].quote == RAP_NONE)
        return t - 1;
    return first;
}

range phrase_left(const page *p, uint32_t token)
{
    const uint32_t least = p->unit.first;
    if (p->look[token].mark == ')') {
        const uint32_t open = bracket_left(p, token, least);
        if (open == token || open == least) return RANGE_NONE;
        range r = phrase_left(p, open - 1); /* once: what precedes is no bracket */
        if (range_is(r)) r.last = token;
        return r;
    }
    if (is_personal(p, token)) return (range){token, token};
    const bool quoted = p->look[token].quote != RAP_NONE;
    if (!quoted && !is_nominal(p, token)) return RANGE_NONE;
    uint32_t first = token;
    for (uint32_t n = 0; n < PHRASE_MOST && first > least; n++) {
        const uint32_t next = step_left(p, first);
        if (next == first) break;
        first = next;
    }
    return (range){first, token};
}

/* A new name begins at `token` right after a common noun: "told reporters Russia was".
 */
static bool starts_anew(const page *p, uint32_t token)
{
    const uint32_t m = p->look[token].mention;
    if (m == RAP_NONE || p->look[token - 1].mention == m) return false;
    const rap_mention *mention = &p->names->mention[m];
    if (mention->first != token || mention->form != RAP_MENTION_NAME ||
        mention->modifier)
        return false;
    return upos_at(p, token - 1) == RAP_NOUN &&
           !(p->names->actor[mention->actor == RAP_NONE ? 0 : mention->actor].kind ==
                 RAP_ACTOR_PERSON &&
             p->look[token - 1].mention != RAP_NONE);
}

/* One step of phrase_right: the new last token, or `last` where the phrase ends. */
static uint32_t step_right(const page *p, uint32_t last, bool deep)
{
    const uint32_t most = p->unit.last, t = last + 1;
    const uint32_t m = p->look[last].mention;
    if (m != RAP_NONE && p->look[t].mention == m) return t;
    const uint32_t q = p->look[t].quote;
    if (q != RAP_NONE)
        return p->look[last].quote == q ||
                       (deep && !p->quote.at[q].speech && upos_at(p, last) == RAP_DET)
                   ? t
                   : last;
    if (p->look[t].mark == '(') {
        const uint32_t close = bracket_right(p, t, most);
        return close == t ? last : close;
    }
    if (t < most && p->look[t].mark == '-' && is_nominal(p, t + 1) &&
        p->tokens->span[t].begin == p->tokens->span[last].end)
        return t;
    if (is_personal(p, t)) return last;
    if (in_time(p, t) && !in_time(p, last)) return last;
    if (upos_at(p, t) == RAP_DET && upos_at(p, last) != RAP_DET && !is_joint(p, last))
        return last;
    if (is_nominal(p, t) && !starts_anew(p, t)) return t;
    if (is_inner_participle(p, t)) return t;
    if (deep && is_joint(p, t) && t < most && is_nominal(p, t + 1) &&
        !in_time(p, t + 1))
        return t + 1;
    if (!deep && (classes_at(p, t) & CLASS_OF) && t < most && is_nominal(p, t + 1))
        return t + 1;
    return last;
}

range phrase_right(const page *p, uint32_t token, bool deep)
{
    if (token > p->unit.last || p->look[token].mark) return RANGE_NONE;
    if (is_personal(p, token)) return (range){token, token};
    if (!is_nominal(p, token) || upos_at(p, token) == RAP_PART) return RANGE_NONE;
    uint32_t last = token;
    for (uint32_t n = 0; n < PHRASE_MOST && last < p->unit.last; n++) {
        const uint32_t next = step_right(p, last, deep);
        if (next == last) break;
        last = next;
    }
    return (range){token, last};
}

bool asks_for_anonymity(const page *p, range r)
{
    bool passive = false;
    if (!range_is(r)) return false;
    if (classes_at(p, r.first) & CLASS_NOT) r.first++;
    if (!range_is(r) || !(classes_at(p, r.first) & CLASS_TO)) return false;
    for (uint32_t t = r.first; t <= r.last && t < r.first + UNNAMED_MOST; t++) {
        if (passive && (classes_at(p, t) & CLASS_UNNAMED)) return true;
        if (classes_at(p, t) & CLASS_BE) passive = true;
    }
    return false;
}

/* First token after the comma that closes what starts at `token`; `end` if none does.
 */
static uint32_t past_comma(const page *p, uint32_t token, uint32_t end)
{
    while (token < end && p->look[token].mark != ',') token++;
    return token < end ? token + 1 : end;
}

range phrase_of_clause(const page *p, uint32_t token, uint32_t end)
{
    while (token < end) {
        const uint32_t classes = classes_at(p, token);
        if (p->look[token].quote != RAP_NONE) return RANGE_NONE;
        if (in_time(p, token)) {
            token = p->in->times->timex[p->look[token].timex].last + 1;
        } else if (p->look[token].mark || (classes & (CLASS_AND | CLASS_CLAUSE)) ||
                   is_adverb(p, token)) {
            token++;
        } else if (upos_at(p, token) == RAP_ADP || (classes & CLASS_PLACE)) {
            const range r = phrase_right(p, token + 1, true);
            token = range_is(r) ? r.last + 1 : token + 1;
        } else if (is_nominal(p, token)) {
            const range r = phrase_right(p, token, true);
            return range_is(r) && r.last < end ? r : RANGE_NONE;
        } else {
            token = past_comma(p, token, end);
        }
    }
    return RANGE_NONE;
}
