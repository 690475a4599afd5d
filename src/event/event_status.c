/*
 * event_status.c - did it happen, or is it planned, proposed, possible, denied?
 *
 * Reads   auxiliaries, negations and the words that govern the act.
 * Method  the act's own verb group first; then, up the tree, the verbs it is the
 * complement of, until one that only tells ("said").
 * Cost    bounded steps.
 */
#include "event_act_private.h"

enum { MOST_STEPS = 6 };

/* "signed nothing", "neither side signed" */
static bool is_negated_party(const rap_coder *c, uint32_t token)
{
    if (!rap_tree_is(c, token, RAP_REL(NSUBJ) | RAP_REL(NSUBJ_PASS) | RAP_REL(OBJ)))
        return false;
    if (c->upos[token] == RAP_PRON && rap_coder_is(c, token, RAP_SET_NEGATION))
        return true;
    const uint32_t first = rap_tree_child(c, token, RAP_REL(DET) | RAP_REL(CC_PRECONJ));
    return first != RAP_NONE && rap_coder_is(c, first, RAP_SET_NEGATION);
}

static void read_group(const rap_coder *c, uint32_t verb, rap_stand *stand)
{
    for (uint32_t k = c->child[verb]; k != RAP_NONE; k = c->sibling[k]) {
        if (rap_tree_is(c, k, RAP_REL(AUX) | RAP_REL(AUX_PASS))) {
            if (rap_coder_is(c, k, RAP_SET_WILL)) {
                stand->will = true;
                stand->status = RAP_EVENT_PLANNED;
            } else if (rap_coder_is(c, k, RAP_SET_WOULD)) {
                stand->status = RAP_EVENT_HYPOTHETICAL;
                stand->would = true;
            } else if (rap_coder_is(c, k, RAP_SET_MODAL)) {
                stand->status = RAP_EVENT_HYPOTHETICAL;
            } else if (rap_coder_is(c, k, RAP_SET_MUST)) {
                stand->status = RAP_EVENT_PLANNED;
                stand->governed = true;
            } else if (rap_coder_is(c, k, RAP_SET_DUTY)) {
                stand->status = RAP_EVENT_PROPOSED;
            }
        }
        if (rap_tree_is(c, k, RAP_REL(MARK)) && rap_coder_is(c, k, RAP_SET_IF) &&
            k < verb) {
            stand->status = RAP_EVENT_HYPOTHETICAL;
            stand->conditional = true;
        }
        const bool negates = rap_tree_is(
            c, k, RAP_REL(ADVMOD) | RAP_REL(DET) | RAP_REL(CC_PRECONJ) | RAP_REL(MARK));
        if (negates && rap_coder_is(c, k, RAP_SET_NEGATION)) stand->negated = true;
        if (is_negated_party(c, k)) stand->negated = true;
    }
}

/* "are to meet" */
static bool is_bound_to(const rap_coder *c, uint32_t verb)
{
    if (c->form[verb] != RAP_FORM_BASE) return false;
    const uint32_t be = rap_tree_child(c, verb, RAP_REL(COP) | RAP_REL(AUX));
    const uint32_t to = rap_tree_child(c, verb, RAP_REL(MARK));
    return be != RAP_NONE && to != RAP_NONE && be < to && c->upos[to] == RAP_PART;
}

/* "expects B to refuse", but "expects to meet B", "is expected to refuse" */
static bool foresees(const rap_coder *c, uint32_t verb)
{
    return rap_coder_is(c, verb, RAP_SET_FORESEE) && !rap_tree_is_passive(c, verb) &&
           rap_tree_child(c, verb, RAP_REL(OBJ)) != RAP_NONE;
}

/* What the word above makes of the act; false: go no further. */
static bool read_governor(const rap_coder *c, uint32_t up, rap_stand *stand)
{
    static const struct {
        rap_known_set set;
        rap_event_status status;
    } all[] = {{RAP_SET_REFUSE, RAP_EVENT_DENIED},
               {RAP_SET_PROPOSE, RAP_EVENT_PROPOSED},
               {RAP_SET_DOUBT, RAP_EVENT_HYPOTHETICAL},
               {RAP_SET_PLAN, RAP_EVENT_PLANNED}};
    for (uint32_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!rap_coder_is(c, up, all[i].set)) continue;
        if (stand->status == RAP_EVENT_HAPPENED)
            stand->status = foresees(c, up) ? RAP_EVENT_HYPOTHETICAL : all[i].status;
        stand->governed = true;
        stand->governor = up;
        rap_stand above = {.status = RAP_EVENT_HAPPENED};
        read_group(c, up, &above);
        stand->negated = stand->negated || above.negated;
        return false;
    }
    return !rap_coder_is(c, up, RAP_SET_SAY);
}

/* "the meeting planned for Monday collapsed", "a round was put off"; but talks that fail
 * are held. */
static bool falls_through(const rap_coder *c, uint32_t token)
{
    const uint32_t up = c->head[token];
    if (c->upos[token] == RAP_VERB || up == token) return false;
    const uint32_t told = rap_tree_child(c, token, RAP_REL(ACL));
    if (rap_tree_is(c, token, RAP_REL(NSUBJ)) && rap_coder_is(c, up, RAP_SET_FALL) &&
        told != RAP_NONE && rap_coder_is(c, told, RAP_SET_PLAN))
        return true;
    const uint32_t particle = rap_tree_child(c, up, RAP_REL(COMPOUND_PRT));
    return rap_tree_is(c, token, RAP_REL(NSUBJ_PASS) | RAP_REL(OBJ)) &&
           particle != RAP_NONE && rap_coder_is(c, particle, RAP_SET_OFF);
}

static bool is_yet_to_come(const rap_coder *c, uint32_t verb)
{
    const uint32_t yet = rap_tree_child(c, verb, RAP_REL(ADVMOD));
    return yet != RAP_NONE && rap_coder_is(c, yet, RAP_SET_YET);
}

static bool is_under(const rap_coder *c, uint32_t token)
{
    return rap_tree_is(c, token,
                       RAP_REL(XCOMP) | RAP_REL(CCOMP) | RAP_REL(CONJ) | RAP_REL(OBJ) |
                           RAP_REL(ACL) | RAP_REL(NMOD) | RAP_REL(NSUBJ_PASS) |
                           RAP_REL(OBL) | RAP_REL(ADVCL));
}

rap_stand rap_event_stand(const rap_coder *c, uint32_t token)
{
    rap_stand stand = {.status = RAP_EVENT_HAPPENED, .governor = RAP_NONE};
    read_group(c, token, &stand);
    if (falls_through(c, token)) {
        stand.status = RAP_EVENT_DENIED;
        return stand;
    }
    if (is_bound_to(c, token)) stand.status = RAP_EVENT_PLANNED;
    uint32_t at = token;
    for (uint32_t n = 0; n < MOST_STEPS && c->head[at] != at && is_under(c, at); n++) {
        const uint32_t up = c->head[at];
        const bool conj = rap_tree_is(c, at, RAP_REL(CONJ));
        /* An adverbial says when or why, not whether; "to" leads to an aim. */
        if (rap_tree_is(c, at, RAP_REL(ADVCL) | RAP_REL(OBL) | RAP_REL(NMOD)) &&
            !rap_coder_is(c, up, RAP_SET_PLAN) && !rap_coder_is(c, up, RAP_SET_PROPOSE))
            break;
        if (rap_tree_is(c, at, RAP_REL(ADVCL)) &&
            rap_tree_child(c, at, RAP_REL(NSUBJ) | RAP_REL(NSUBJ_PASS)) != RAP_NONE)
            break; /* "while he supports it, he wants" */
        if (conj) {
            const bool own =
                rap_tree_child(c, at, RAP_REL(AUX) | RAP_REL(NSUBJ)) != RAP_NONE;
            if (!own) read_group(c, up, &stand);
        } else if (rap_tree_is(c, at, RAP_REL(CCOMP)) &&
                   rap_coder_is(c, up, RAP_SET_SAY)) {
            if (stand.would &&
                !stand.conditional) { /* the future, as told in the past */
                stand.status = RAP_EVENT_PLANNED;
                stand.will = true;
            }
            break; /* "told them that he had signed" */
        } else if (rap_tree_is(c, at, RAP_REL(XCOMP)) &&
                   rap_coder_is(c, up, RAP_SET_HAVE)) {
            /* "have to meet", but "have yet to meet" */
            stand.status = is_yet_to_come(c, up) || is_yet_to_come(c, at)
                               ? RAP_EVENT_DENIED
                               : RAP_EVENT_PLANNED;
            break;
        } else if (!read_governor(c, up, &stand)) {
            break;
        } else if (rap_tree_is(c, at,
                               RAP_REL(XCOMP) | RAP_REL(OBJ) | RAP_REL(NSUBJ_PASS))) {
            read_group(c, up, &stand);
        } else {
            break;
        }
        at = up;
    }
    if (stand.negated && !stand.will && stand.status != RAP_EVENT_HYPOTHETICAL)
        stand.status = RAP_EVENT_DENIED;
    return stand;
}
