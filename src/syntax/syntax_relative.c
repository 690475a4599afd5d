/*
 * syntax_relative.c - participles that look like pasts; see syntax_private.h.
 *
 * Method  "the statement adopted in May": a form that is past and participle, directly
 *         after a noun and without an object, is a participle when the noun is no
 * subject (it stands after a preposition that hangs on a verb, or after a verb that
 * takes no clause), or when the clause has another finite verb after it. Cost    looks
 * at most REACH tokens to each side.
 */
#include "syntax_private.h"

enum { REACH = 24 };

static bool is_noun(uint8_t state)
{
    return state == STATE_NOUN || state == STATE_NOUNS;
}

static bool in_noun_phrase(uint8_t state)
{
    return is_noun(state) || state == STATE_PROPN || state == STATE_ADJ ||
           state == STATE_DET || state == STATE_HIS || state == STATE_NUM ||
           state == STATE_POSS || state == STATE_HYPH || state == STATE_SYM;
}

static bool is_preposition(uint8_t state)
{
    return state == STATE_ADP || state == STATE_OF || state == STATE_BY;
}

static bool is_finite(uint8_t state)
{
    return state == STATE_VBD || state == STATE_VBZ || state == STATE_BE ||
           state == STATE_HAVE || state == STATE_MODAL;
}

static bool is_verb(uint8_t state)
{
    return is_finite(state) || state == STATE_VB || state == STATE_VBP ||
           state == STATE_VBG || state == STATE_VBN || state == STATE_DO;
}

/* What follows has no object and is no clause. */
static bool has_no_object(const choice *choices, uint32_t count, uint32_t at)
{
    uint32_t next = at + 1;
    while (next < count && choices[next].state == STATE_ADV) next++;
    return next < count &&
           (is_preposition(choices[next].state) || choices[next].state == STATE_TO ||
            choices[next].state == STATE_PRON || is_finite(choices[next].state));
}

/* The token before the noun phrase that ends before `at`; RAP_NONE at the start. */
static uint32_t before_phrase(const choice *choices, uint32_t at)
{
    while (at > 0 && in_noun_phrase(choices[at - 1].state)) at--;
    return at > 0 ? at - 1 : RAP_NONE;
}

static bool takes_clause(const rap_syntax_knowledge *knowledge, const choice *verb)
{
    const word_entry *e = syntax_entry(knowledge, verb->lemma);
    return !e || e->clause;
}

/* Can the noun phrase that ends before `at` be no subject? */
static bool is_no_subject(const rap_syntax_knowledge *knowledge, const choice *choices,
                          uint32_t at)
{
    for (uint32_t steps = 0; steps < REACH; steps++) {
        const uint32_t before = before_phrase(choices, at);
        if (before == RAP_NONE) return false;
        const uint8_t state = choices[before].state;
        if (is_verb(state)) return !takes_clause(knowledge, &choices[before]);
        if (!is_preposition(state) || before == 0) return false;
        uint32_t hang = before - 1;
        while (hang > 0 && choices[hang].state == STATE_ADV) hang--;
        const uint8_t head = choices[hang].state;
        if (is_verb(head)) return true; /* agreed on the steps needed */
        if (!in_noun_phrase(head)) return false;
        at = hang + 1;
    }
    return false;
}

/* Is there a finite verb further on in the clause, not the verb of another subject? */
static bool has_later_verb(const choice *choices, uint32_t count, uint32_t at)
{
    for (uint32_t i = at + 1; i < count && i < at + REACH; i++) {
        const uint8_t state = choices[i].state;
        if (is_finite(state)) return true;
        if (state == STATE_PUNCT || state == STATE_SCONJ || state == STATE_REL ||
            state == STATE_CCONJ || state == STATE_SUBJ || state == STATE_TO)
            return false;
    }
    return false;
}

bool syntax_is_reduced(const rap_syntax_knowledge *knowledge, const choice *choices,
                       uint32_t count, uint32_t at)
{
    return choices[at].state == STATE_VBD && choices[at].either && at > 0 &&
           is_noun(choices[at - 1].state) && has_no_object(choices, count, at) &&
           (has_later_verb(choices, count, at) ||
            is_no_subject(knowledge, choices, at));
}
