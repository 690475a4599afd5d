/*
 * event_settle.c - the type, mode and code that an act becomes by how it is told.
 *
 * Reads   the frame at a word, its status, what it is about.
 * Method  PLOVER: help announced is AGREE, help refused is REJECT; docs/method/event.md.
 * Cost    constant.
 */
#include "event_act_private.h"

static bool is_cooperation(rap_plover type)
{
    return type == RAP_SUPPORT || type == RAP_COOPERATE || type == RAP_AID;
}

/* The act that a wish is about, for its mode: the lexicon's act at its complement. */
static const rap_frame *wished(const rap_coder *c, uint32_t token)
{
    uint32_t at = rap_tree_complement(c, token);
    if (at == RAP_NONE) at = rap_tree_clause(c, token);
    if (at == RAP_NONE) at = rap_tree_patient(c, token);
    if (at != RAP_NONE && rap_act_at(c, at)) return rap_act_at(c, at);
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(OBL) | RAP_REL(NMOD) | RAP_REL(ADVCL)) &&
            rap_act_at(c, k))
            return rap_act_at(c, k);
    return NULL;
}

static const char *wish_mode(rap_plover wish, const rap_frame *of)
{
    if (wish != RAP_REQUEST && wish != RAP_REJECT) return NULL;
    if (!of || of->silent) return NULL;
    switch (of->type) {
    case RAP_CONSULT:
        return "meet";
    case RAP_AID:
    case RAP_COOPERATE:
        return "assist";
    case RAP_RETREAT:
    case RAP_CONCEDE:
        return "yield";
    default:
        return "change";
    }
}

/* "vowed never to attack B", whichever verb the parser gives the negation to */
static bool is_forsworn(const rap_coder *c, uint32_t token)
{
    const uint32_t verb = rap_tree_complement(c, token);
    if (verb == RAP_NONE) return false;
    for (uint32_t k = c->child[verb]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(ADVMOD)) && rap_coder_is(c, k, RAP_SET_NEGATION))
            return true;
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (k > token && k < verb && rap_tree_is(c, k, RAP_REL(ADVMOD)) &&
            rap_coder_is(c, k, RAP_SET_NEGATION))
            return true;
    return false;
}

/* "vowed never to recognise B" */
static bool promises_not(const rap_coder *c, uint32_t token)
{
    const uint32_t verb = rap_tree_complement(c, token);
    const rap_frame *of = verb == RAP_NONE ? NULL : rap_act_at(c, verb);
    if (of && (of->silent || of->type >= RAP_THREATEN)) return false;
    return is_forsworn(c, token);
}

/* "will support" promises; "would not agree" refuses. */
rap_plover rap_act_settle(const rap_coder *c, uint32_t token, const rap_frame *frame,
                          rap_stand *stand)
{
    rap_plover type = frame->type;
    const bool kind = is_cooperation(type) || type == RAP_AGREE ||
                      type == RAP_CONCEDE || type == RAP_CONSULT || type == RAP_RETREAT;
    const bool refuses = stand->will || stand->would || stand->governed;
    if (kind && stand->negated && refuses && !stand->conditional) {
        stand->status = RAP_EVENT_HAPPENED;
        return RAP_REJECT;
    }
    if (type == RAP_AGREE && promises_not(c, token)) {
        stand->status = RAP_EVENT_HAPPENED;
        return RAP_REJECT;
    }
    if (type == RAP_THREATEN && frame->mode && is_forsworn(c, token)) {
        stand->status = RAP_EVENT_HAPPENED;
        return RAP_AGREE;
    }
    if (stand->negated || !stand->will) return type;
    if (!is_cooperation(type)) return type;
    stand->status = RAP_EVENT_HAPPENED; /* the word is given */
    return RAP_AGREE;
}

const char *rap_act_cameo(const rap_frame *frame, rap_plover type)
{
    if (type == frame->type) return frame->cameo;
    if (type == RAP_REJECT) return "120";
    if (type == RAP_CONCEDE) return "080";
    return frame->type == RAP_AID         ? "033"
           : frame->type == RAP_COOPERATE ? "031"
                                          : "030";
}

const char *rap_act_mode(const rap_coder *c, uint32_t token, const rap_frame *frame,
                         rap_plover type)
{
    if (frame->mode) return type == frame->type ? frame->mode : NULL;
    if (type == RAP_CONSULT)
        for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
            if (rap_coder_is(c, k, RAP_SET_PHONE)) return "phone";
    return wish_mode(type, wished(c, token));
}
