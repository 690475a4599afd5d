/*
 * event_need.c - which frame of the lexicon stands at a word.
 *
 * Reads   trees, lemmas; the lexicon.
 * Method  the first frame of the word whose needs all stand around it; frames that need
 *         more come first.
 * Cost    frames of a word, their needs and the dependents of a word are bounded.
 */
#include "event_act_private.h"

static bool fits_set(const rap_coder *c, uint32_t token, uint32_t set)
{
    if (token == RAP_NONE) return false;
    return set == RAP_NONE ||
           (c->word[token] != RAP_NONE && rap_act_in(c->lexicon, set, c->word[token]));
}

/* The head of a list fits if any of its members does, "talks and consultations"; a
 * measure, if what it measures does: "tons of aid". */
static bool any_fits(const rap_coder *c, uint32_t token, uint32_t set)
{
    if (fits_set(c, token, set)) return true;
    if (token == RAP_NONE) return false;
    const bool measures = rap_coder_is(c, token, RAP_SET_MEASURE);
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if ((rap_tree_is(c, k, RAP_REL(CONJ)) ||
             (measures && rap_tree_is(c, k, RAP_REL(NMOD)))) &&
            fits_set(c, k, set))
            return true;
    return false;
}

static bool has_case(const rap_coder *c, uint32_t token, const rap_frame *frame,
                     const rap_need *need)
{
    uint32_t at = rap_tree_marked(c, token, need->word);
    if (at == RAP_NONE && frame->noun) {
        const uint32_t light = rap_tree_light(c, token);
        if (light != RAP_NONE) at = rap_tree_marked(c, light, need->word);
    }
    if (at == RAP_NONE && !frame->noun) {
        const uint32_t object = rap_tree_patient(c, token);
        if (object != RAP_NONE) at = rap_tree_marked(c, object, need->word);
    }
    return any_fits(c, at, need->set);
}

static bool has_particle(const rap_coder *c, uint32_t token, uint32_t word)
{
    const uint64_t wanted = RAP_REL(COMPOUND_PRT) | RAP_REL(ADVMOD) | RAP_REL(CASE) |
                            RAP_REL(OBL) | RAP_REL(FIXED) | RAP_REL(XCOMP);
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (c->word[k] == word && rap_tree_is(c, k, wanted)) return true;
    /* Parsers often hang the particle on the object: "carried out the attack". */
    return token + 1 < c->end && c->word[token + 1] == word &&
           (c->upos[token + 1] == RAP_ADP || c->upos[token + 1] == RAP_ADV);
}

static bool has_modifier(const rap_coder *c, uint32_t token, const rap_frame *frame,
                         uint32_t set)
{
    if (!frame->noun) token = rap_tree_patient(c, token);
    if (token == RAP_NONE) return false;
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(AMOD) | RAP_REL(COMPOUND) | RAP_REL(NMOD)) &&
            fits_set(c, k, set))
            return true;
    return false;
}

/* "hand in weapons", with the particle read as a preposition. */
static bool behind_particle(const rap_coder *c, uint32_t token, const rap_frame *frame,
                            uint32_t set)
{
    for (uint32_t i = 0; i < frame->needs; i++) {
        if (frame->need[i].kind != RAP_NEED_PARTICLE) continue;
        const uint32_t at = rap_tree_marked(c, token, frame->need[i].word);
        if (set != RAP_NONE && any_fits(c, at, set)) return true;
    }
    return false;
}

/* "must leave", "should leave" */
static bool is_duty(const rap_coder *c, uint32_t verb)
{
    if (verb == RAP_NONE) return false;
    for (uint32_t k = c->child[verb]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(AUX)) &&
            (rap_coder_is(c, k, RAP_SET_DUTY) || rap_coder_is(c, k, RAP_SET_MUST)))
            return true;
    return false;
}

static uint32_t last_child(const rap_coder *c, uint32_t token)
{
    uint32_t last = token;
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (c->upos[k] != RAP_PUNCT) last = k;
    return last;
}

/* "the war", "fighting", "last week's talks", but not "a new war", "war crimes". */
bool rap_act_is_given(const rap_coder *c, uint32_t noun)
{
    if (rap_tree_is(c, noun, RAP_REL(COMPOUND) | RAP_REL(AMOD) | RAP_REL(FLAT)) ||
        c->upos[noun] == RAP_PROPN)
        return false;
    /* "a declaration of war", but "ten days of talks" */
    if (rap_tree_is(c, noun, RAP_REL(NMOD)) &&
        !rap_coder_is(c, c->head[noun], RAP_SET_MEASURE) &&
        rap_tree_child(c, noun, RAP_REL(DET) | RAP_REL(NMOD_POSS) | RAP_REL(AMOD)) ==
            RAP_NONE)
        return false;
    bool open = false, dated = false;
    for (uint32_t k = c->child[noun]; k != RAP_NONE; k = c->sibling[k]) {
        if (rap_tree_is(c, k, RAP_REL(DET) | RAP_REL(AMOD)) &&
            rap_coder_is(c, k, RAP_SET_OPEN))
            open = true;
        /* "a meeting set for May 4" */
        const uint32_t at = rap_tree_is(c, k, RAP_REL(ACL)) && c->child[k] != RAP_NONE
                                ? last_child(c, k)
                                : k;
        dated = dated || c->timex[at] != RAP_NONE;
    }
    return !open || dated;
}

/* Its verb or, "there would be consequences", its subject. */
static bool fits_clause(const rap_coder *c, uint32_t clause, uint32_t set)
{
    if (any_fits(c, clause, set)) return true;
    return clause != RAP_NONE && set != RAP_NONE &&
           any_fits(c, rap_tree_child(c, clause, RAP_REL(NSUBJ) | RAP_REL(NSUBJ_PASS)),
                    set);
}

/* "called the deal a step": parsers make two objects of it. */
static bool has_second_object(const rap_coder *c, uint32_t verb, uint32_t set)
{
    const uint32_t first = rap_tree_child(c, verb, RAP_REL(OBJ));
    if (first == RAP_NONE) return false;
    for (uint32_t k = c->sibling[first]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(OBJ)) && fits_set(c, k, set)) return true;
    return false;
}

static bool is_negated(const rap_coder *c, uint32_t token)
{
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(ADVMOD)) && rap_coder_is(c, k, RAP_SET_NEGATION))
            return true;
    return false;
}

static bool stands(const rap_coder *c, uint32_t token, const rap_frame *frame,
                   const rap_need *need)
{
    switch (need->kind) {
    case RAP_NEED_CASE:
        return has_case(c, token, frame, need);
    case RAP_NEED_PARTICLE:
        return has_particle(c, token, need->word);
    case RAP_NEED_OBJECT:
        return any_fits(c, rap_tree_patient(c, token), need->set) ||
               behind_particle(c, token, frame, need->set);
    case RAP_NEED_COMPLEMENT:
        return any_fits(c, rap_tree_complement(c, token), need->set) ||
               (need->set != RAP_NONE && has_second_object(c, token, need->set));
    case RAP_NEED_CLAUSE:
        return fits_clause(c, rap_tree_clause(c, token), need->set);
    case RAP_NEED_MODIFIER:
        return has_modifier(c, token, frame, need->set);
    case RAP_NEED_LIGHT:
        return fits_set(c, rap_tree_light(c, token), need->set);
    case RAP_NEED_SUBJECT:
        return any_fits(c, rap_tree_agent(c, token), need->set);
    case RAP_NEED_ACTIVE:
        return !rap_tree_is_passive(c, token);
    case RAP_NEED_PASSIVE:
        return rap_tree_is_passive(c, token);
    case RAP_NEED_TARGET:
        return true; /* asked of the parties once they are known */
    case RAP_NEED_PERSON:
        return rap_actor_is_person(c, rap_tree_patient(c, token));
    case RAP_NEED_PERSONAL:
        return rap_actor_is_person(c, rap_tree_agent(c, token));
    case RAP_NEED_NEGATED:
        return is_negated(c, token);
    case RAP_NEED_OWNED:
        return rap_tree_child(c, token, RAP_REL(NMOD_POSS)) != RAP_NONE;
    case RAP_NEED_UNDER:
        return any_fits(c, rap_tree_child(c, token, RAP_REL(CASE)), need->set);
    case RAP_NEED_GIVEN:
        return rap_act_is_given(c, token);
    case RAP_NEED_DUTY:
        return is_duty(c, rap_tree_clause(c, token));
    }
    return false;
}

static bool fits(const rap_coder *c, uint32_t token, const rap_frame *frame)
{
    const uint8_t upos = c->upos[token];
    const bool is_noun = upos == RAP_NOUN || upos == RAP_PROPN;
    if (frame->noun != is_noun) return false;
    if (frame->adjective != (upos == RAP_ADJ || upos == RAP_ADV)) return false;
    if (!is_noun && !frame->adjective && upos != RAP_VERB) return false;
    for (uint32_t i = 0; i < frame->needs; i++)
        if (stands(c, token, frame, &frame->need[i]) == frame->need[i].absent)
            return false;
    return true;
}

/* A person's own dictionaries know first. */
uint32_t rap_act_frame_at(const rap_coder *c, uint32_t token)
{
    const rap_act_lexicon *lexicon = c->lexicon;
    const uint32_t own = c->patterns ? rap_patterns_at(c, token) : RAP_NONE;
    if (own != RAP_NONE) return own == RAP_ACT_SILENT ? RAP_NONE : own;
    if (c->word[token] == RAP_NONE) return RAP_NONE;
    const uint32_t *first = &lexicon->first_entry[c->word[token]];
    for (uint32_t i = first[0]; i < first[1]; i++)
        if (fits(c, token, &lexicon->frame[lexicon->entry[i].frame]))
            return lexicon->entry[i].frame;
    return RAP_NONE;
}

/* "reached a deal": the object is part of what tells of the act. */
bool rap_frame_names_object(const rap_frame *frame)
{
    for (uint32_t i = 0; i < frame->needs; i++)
        if (frame->need[i].kind == RAP_NEED_OBJECT && frame->need[i].set != RAP_NONE)
            return true;
    return false;
}
