/*
 * event_tree.c - who acts and who is acted upon, by Universal Dependencies trees.
 *
 * Reads   heads and relations.
 * Method  subjects and objects through voice; what a verb has not it takes from the verb
 * it is coordinated with, from the noun it describes, or from the verb that controls it.
 * Cost    bounded steps up a tree; children of a word are a list.
 */
#include "event_act_private.h"

enum { MOST_STEPS = 8 };

static const uint64_t SUBJECT = RAP_REL(NSUBJ) | RAP_REL(NSUBJ_OUTER) | RAP_REL(CSUBJ);
static const uint64_t PASSIVE_SUBJECT = RAP_REL(NSUBJ_PASS) | RAP_REL(CSUBJ_PASS);
static const uint64_t OBLIQUE = RAP_REL(OBL) | RAP_REL(OBL_AGENT) | RAP_REL(NMOD) |
                                RAP_REL(OBL_UNMARKED) | RAP_REL(NMOD_DESC);

uint32_t rap_tree_child(const rap_coder *c, uint32_t token, uint64_t mask)
{
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, mask)) return k;
    return RAP_NONE;
}

static bool has_child(const rap_coder *c, uint32_t token, uint64_t mask)
{
    return rap_tree_child(c, token, mask) != RAP_NONE;
}

bool rap_tree_is_passive(const rap_coder *c, uint32_t verb)
{
    if (has_child(c, verb,
                  RAP_REL(AUX_PASS) | RAP_REL(NSUBJ_PASS) | RAP_REL(OBL_AGENT)))
        return true;
    /* "the man arrested on Monday" */
    return rap_tree_is(c, verb, RAP_REL(ACL)) && c->form[verb] == RAP_FORM_PARTICIPLE;
}

/* "by the army" */
static uint32_t by_whom(const rap_coder *c, uint32_t token)
{
    const uint32_t agent = rap_tree_child(c, token, RAP_REL(OBL_AGENT));
    if (agent != RAP_NONE) return agent;
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k]) {
        if (!rap_tree_is(c, k, RAP_REL(OBL) | RAP_REL(NMOD))) continue;
        const uint32_t mark = rap_tree_child(c, k, RAP_REL(CASE));
        if (mark != RAP_NONE && rap_coder_is(c, mark, RAP_SET_BY) &&
            c->timex[k] == RAP_NONE)
            return k;
    }
    return RAP_NONE;
}

/* A relative pronoun stands for the noun that its clause describes. */
static uint32_t antecedent(const rap_coder *c, uint32_t verb, uint32_t subject)
{
    const bool open = c->upos[subject] == RAP_PRON &&
                      (c->cover[subject] == RAP_NONE ||
                       c->in->names->mention[c->cover[subject]].actor == RAP_NONE);
    if (!open) return subject;
    for (uint32_t n = 0; n < MOST_STEPS; n++) {
        if (rap_tree_is(c, verb, RAP_REL(ACL_RELCL))) return c->head[verb];
        /* "It was A that offered" */
        if (rap_tree_is(c, verb, RAP_REL(ADVCL_RELCL)) &&
            c->upos[c->head[verb]] == RAP_PROPN)
            return c->head[verb];
        if (!rap_tree_is(c, verb, RAP_REL(CONJ))) return subject;
        verb = c->head[verb];
    }
    return subject;
}

/* Of two subjects, as an apposition or a date line is misread, the last that is known;
 * "it" may be read as standing for nobody. */
static uint32_t best_subject(const rap_coder *c, uint32_t verb, uint64_t mask)
{
    const uint32_t first = rap_tree_child(c, verb, mask);
    if (first == RAP_NONE) return rap_tree_child(c, verb, RAP_REL(EXPL));
    uint32_t best = first;
    for (uint32_t k = first; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, mask) && c->cover[k] != RAP_NONE &&
            c->in->names->mention[c->cover[k]].actor != RAP_NONE)
            best = k;
    return best;
}

static uint32_t own_agent(const rap_coder *c, uint32_t verb)
{
    if (rap_tree_is_passive(c, verb)) return by_whom(c, verb);
    const uint32_t subject = best_subject(c, verb, SUBJECT);
    return subject == RAP_NONE ? RAP_NONE : antecedent(c, verb, subject);
}

static uint32_t own_subject(const rap_coder *c, uint32_t verb)
{
    const uint32_t subject = best_subject(c, verb, SUBJECT | PASSIVE_SUBJECT);
    return subject == RAP_NONE ? RAP_NONE : antecedent(c, verb, subject);
}

/* Who does what an infinitive or gerund under `governor` says. */
static uint32_t controller(const rap_coder *c, uint32_t verb, uint32_t governor)
{
    if (rap_tree_is(c, verb, RAP_REL(XCOMP) | RAP_REL(CCOMP))) {
        const uint32_t object =
            rap_tree_child(c, governor, RAP_REL(OBJ) | RAP_REL(IOBJ));
        if (object != RAP_NONE) return object;
        /* "urged on B to" */
        if (has_child(c, governor, PASSIVE_SUBJECT))
            return rap_tree_child(c, governor, PASSIVE_SUBJECT);
    }
    /* "obliges B to leave", where the infinitive is read as an aim */
    if (rap_tree_is(c, verb, RAP_REL(ADVCL)) && c->form[verb] == RAP_FORM_BASE &&
        rap_coder_is(c, governor, RAP_SET_CONTROL))
        return rap_tree_child(c, governor, RAP_REL(OBJ) | RAP_REL(IOBJ));
    /* "accused B of shelling C": the preposition makes the object act. */
    if (rap_tree_is(c, verb, RAP_REL(ADVCL)) && c->form[verb] == RAP_FORM_GERUND) {
        const uint32_t object = rap_tree_child(c, governor, RAP_REL(OBJ));
        const uint32_t mark = rap_tree_child(c, verb, RAP_REL(MARK) | RAP_REL(CASE));
        if (mark != RAP_NONE && rap_coder_is(c, mark, RAP_SET_OWN))
            return object != RAP_NONE ? object
                                      : rap_tree_child(c, governor, PASSIVE_SUBJECT);
    }
    return RAP_NONE;
}

/* A step from a verb without a subject to where it may have one; RAP_NONE: none. */
static uint32_t step_up(const rap_coder *c, uint32_t verb, uint32_t *found)
{
    const uint32_t up = c->head[verb];
    *found = RAP_NONE;
    if (up == verb) return RAP_NONE;
    if (rap_tree_is(c, verb, RAP_REL(CONJ) | RAP_REL(PARATAXIS))) return up;
    if (rap_tree_is(c, verb, RAP_REL(XCOMP) | RAP_REL(CCOMP) | RAP_REL(ADVCL))) {
        if (rap_tree_is(c, verb, RAP_REL(CCOMP)) && c->form[verb] != RAP_FORM_BASE &&
            c->form[verb] != RAP_FORM_GERUND)
            return RAP_NONE;
        *found = controller(c, verb, up);
        return *found == RAP_NONE ? up : RAP_NONE;
    }
    if (rap_tree_is(c, verb, RAP_REL(ACL)) && c->form[verb] != RAP_FORM_PARTICIPLE) {
        /* "A's decision to leave", "made a decision to leave", "troops shelling B" */
        *found = rap_tree_child(c, up, RAP_REL(NMOD_POSS));
        if (*found != RAP_NONE) return RAP_NONE;
        const uint32_t light = rap_tree_light(c, up);
        if (light != RAP_NONE) return light;
        *found = up;
        return RAP_NONE;
    }
    return RAP_NONE;
}

uint32_t rap_tree_agent(const rap_coder *c, uint32_t verb)
{
    if (c->upos[verb] == RAP_ADJ) { /* "is opposed to" */
        const uint32_t subject = own_subject(c, verb);
        if (subject != RAP_NONE) return subject;
    }
    uint32_t agent = own_agent(c, verb);
    if (agent != RAP_NONE || rap_tree_is_passive(c, verb)) return agent;
    uint32_t at = verb;
    for (uint32_t n = 0; n < MOST_STEPS; n++) {
        uint32_t found = RAP_NONE;
        const uint32_t up = step_up(c, at, &found);
        if (found != RAP_NONE) return found;
        if (up == RAP_NONE) return RAP_NONE;
        /* "was arrested and fled": whoever is spoken of acts now. */
        agent = own_subject(c, up);
        if (agent != RAP_NONE) return agent;
        at = up;
    }
    return RAP_NONE;
}

uint32_t rap_tree_agent_above(const rap_coder *c, uint32_t verb)
{
    if (!rap_tree_is(c, verb, RAP_REL(ADVCL)) || c->form[verb] != RAP_FORM_GERUND ||
        has_child(c, verb, SUBJECT))
        return RAP_NONE;
    const uint32_t clause = c->head[verb];
    return rap_tree_is(c, clause, RAP_REL(CCOMP)) ? own_subject(c, c->head[clause])
                                                  : RAP_NONE;
}

/* Whom a passive without a subject of its own is said of. */
static uint32_t passive_patient(const rap_coder *c, uint32_t verb)
{
    if (rap_tree_is(c, verb, RAP_REL(ACL))) return c->head[verb];
    uint32_t at = verb;
    for (uint32_t n = 0; n < MOST_STEPS; n++) {
        const uint32_t up = c->head[at];
        if (up == at || !rap_tree_is(c, at, RAP_REL(CONJ) | RAP_REL(XCOMP)))
            return RAP_NONE;
        const uint32_t subject = own_subject(c, up);
        if (subject != RAP_NONE) return subject;
        at = up;
    }
    return RAP_NONE;
}

/* "lay down their arms": an object behind a particle is at times read as an adverbial,
 * but none of those stands without a marker unless it is a time. */
static uint32_t bare_oblique(const rap_coder *c, uint32_t verb)
{
    for (uint32_t k = c->child[verb]; k != RAP_NONE; k = c->sibling[k])
        if (k > verb && rap_tree_is(c, k, RAP_REL(OBL)) && c->timex[k] == RAP_NONE &&
            (c->upos[k] == RAP_NOUN || c->upos[k] == RAP_PROPN) &&
            !has_child(c, k, RAP_REL(CASE) | RAP_REL(MARK)))
            return k;
    return RAP_NONE;
}

uint32_t rap_tree_patient(const rap_coder *c, uint32_t verb)
{
    if (rap_tree_is_passive(c, verb)) {
        const uint32_t subject = rap_tree_child(c, verb, PASSIVE_SUBJECT);
        return subject != RAP_NONE ? antecedent(c, verb, subject)
                                   : passive_patient(c, verb);
    }
    const uint32_t object = rap_tree_child(c, verb, RAP_REL(OBJ));
    if (object != RAP_NONE) return antecedent(c, verb, object);
    const uint32_t receiver = rap_tree_child(c, verb, RAP_REL(IOBJ));
    if (receiver != RAP_NONE) return antecedent(c, verb, receiver);
    const uint32_t bare = bare_oblique(c, verb);
    if (bare != RAP_NONE) return bare;
    /* "condemned and rejected the plan": the object may hang on the first of two. */
    if (!rap_tree_is(c, verb, RAP_REL(CONJ))) {
        const uint32_t next = rap_tree_child(c, verb, RAP_REL(CONJ));
        if (next != RAP_NONE && c->upos[next] == RAP_VERB &&
            !has_child(c, next, SUBJECT) && c->child[verb] != RAP_NONE &&
            !has_child(c, verb, OBLIQUE | RAP_REL(XCOMP) | RAP_REL(CCOMP)))
            return rap_tree_child(c, next, RAP_REL(OBJ));
        return RAP_NONE;
    }
    return RAP_NONE;
}

uint32_t rap_tree_light(const rap_coder *c, uint32_t noun)
{
    uint32_t at = noun;
    for (uint32_t n = 0; n < MOST_STEPS && rap_tree_is(c, at, RAP_REL(CONJ)); n++)
        at = c->head[at];
    if (!rap_tree_is(c, at,
                     RAP_REL(OBJ) | RAP_REL(NSUBJ_PASS) | RAP_REL(OBL) | RAP_REL(ACL) |
                         RAP_REL(ACL_RELCL))) {
        /* "the talks held by A" */
        const uint32_t told =
            rap_tree_child(c, noun, RAP_REL(ACL) | RAP_REL(ACL_RELCL));
        return told != RAP_NONE && rap_coder_is(c, told, RAP_SET_LIGHT) &&
                       rap_tree_is_passive(c, told)
                   ? told
                   : RAP_NONE;
    }
    const uint32_t verb = c->head[at];
    return rap_coder_is(c, verb, RAP_SET_LIGHT) ? verb : RAP_NONE;
}

/* Does the case marker of `token` read `word`? The second word of "on behalf of" too. */
static bool is_marked(const rap_coder *c, uint32_t token, uint32_t word)
{
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k]) {
        if (!rap_tree_is(c, k, RAP_REL(CASE) | RAP_REL(MARK))) continue;
        if (c->word[k] == word) return true;
    }
    return false;
}

static uint32_t marked_child(const rap_coder *c, uint32_t token, uint32_t word)
{
    const uint64_t wanted = OBLIQUE | RAP_REL(ADVCL) | RAP_REL(ACL) | RAP_REL(XCOMP) |
                            RAP_REL(CCOMP) | RAP_REL(OBJ) | RAP_REL(IOBJ);
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, wanted) && c->timex[k] == RAP_NONE &&
            is_marked(c, k, word))
            return k;
    return RAP_NONE;
}

/* "discussed the crisis in B with A": a parser may hang A from what is nearest. Only
 * markers that join parties are looked for so far down, behind the word. */
static uint32_t marked_below(const rap_coder *c, uint32_t token, uint32_t word)
{
    uint32_t at = token;
    for (uint32_t n = 0; n < MOST_STEPS; n++) {
        uint32_t last = RAP_NONE;
        for (uint32_t k = c->child[at]; k != RAP_NONE; k = c->sibling[k])
            if (k > token &&
                rap_tree_is(c, k,
                            RAP_REL(OBJ) | RAP_REL(OBL) | RAP_REL(NMOD) |
                                RAP_REL(CONJ)) &&
                c->upos[k] != RAP_VERB)
                last = k;
        if (last == RAP_NONE) return RAP_NONE;
        const uint32_t found = marked_child(c, last, word);
        if (found != RAP_NONE) return found;
        at = last;
    }
    return RAP_NONE;
}

uint32_t rap_tree_marked(const rap_coder *c, uint32_t token, uint32_t word)
{
    const uint32_t found = marked_child(c, token, word);
    if (found != RAP_NONE ||
        !rap_act_in(c->lexicon, c->lexicon->known[RAP_SET_FAR], word))
        return found;
    return marked_below(c, token, word);
}

/* ", saying that …" beside a verb is no complement; "of shelling" is. */
static bool is_bare_gerund(const rap_coder *c, uint32_t token)
{
    if (c->form[token] != RAP_FORM_GERUND ||
        has_child(c, token, RAP_REL(MARK) | RAP_REL(CASE)))
        return false;
    const uint32_t mark = rap_tree_child(c, token, RAP_REL(PUNCT));
    return rap_tree_is(c, token, RAP_REL(ADVCL)) ||
           (rap_tree_is(c, token, RAP_REL(CCOMP)) && mark != RAP_NONE && mark < token);
}

uint32_t rap_tree_complement(const rap_coder *c, uint32_t token)
{
    const uint64_t wanted =
        RAP_REL(XCOMP) | RAP_REL(CCOMP) | RAP_REL(ADVCL) | RAP_REL(ACL);
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (k > token && rap_tree_is(c, k, wanted) && !has_child(c, k, RAP_REL(AUX)) &&
            !is_bare_gerund(c, k) &&
            (c->upos[k] == RAP_VERB || rap_tree_is(c, k, RAP_REL(XCOMP))) &&
            (c->form[k] == RAP_FORM_BASE || c->form[k] == RAP_FORM_GERUND ||
             rap_tree_is(c, k, RAP_REL(XCOMP))))
            return k;
    return RAP_NONE;
}

uint32_t rap_tree_clause(const rap_coder *c, uint32_t token)
{
    return rap_tree_child(c, token, RAP_REL(CCOMP));
}

uint32_t rap_tree_owner(const rap_coder *c, uint32_t noun)
{
    const uint32_t owner = rap_tree_child(c, noun, RAP_REL(NMOD_POSS));
    if (owner == RAP_NONE || c->upos[owner] != RAP_PRON ||
        c->cover[owner] != RAP_NONE || !rap_coder_is(c, owner, RAP_SET_WHOSE))
        return owner;
    uint32_t at = noun;
    for (uint32_t n = 0; n < MOST_STEPS && c->head[at] != at; n++) {
        if (rap_tree_is(c, at, RAP_REL(ACL_RELCL))) return c->head[at];
        at = c->head[at];
    }
    return owner;
}

uint32_t rap_tree_predicate(const rap_coder *c, uint32_t token)
{
    uint32_t at = token;
    for (uint32_t n = 0; n < 4 * MOST_STEPS; n++) {
        if (c->upos[at] == RAP_VERB || c->head[at] == at ||
            rap_tree_is(c, at,
                        RAP_REL(ROOT) | RAP_REL(CCOMP) | RAP_REL(ADVCL) |
                            RAP_REL(ACL_RELCL) | RAP_REL(PARATAXIS)))
            return at;
        at = c->head[at];
    }
    return at;
}
