/*
 * name_chain.c - mentions that the names left open, by the chains of coreference.
 *
 * Method  every mention of a chain takes the actor of the mention before it, back to a name
 *         or a settled description; the confidence is the product of the links'. An open
 *         mention gets the actor if that is likely enough and of a fitting kind; a pronoun
 *         of the third person that had no mention becomes one.
 * Cost    linear in mentions.
 */
#include "name_private.h"

enum { LEAST_PERCENT = 65 };

typedef struct chain_work {
    const rap_names *names;
    const rap_coref *coref;
    const rap_tokens *tokens;
    uint32_t *named; /* [T] the mention whose head has this token, or RAP_NONE */
    uint32_t *actor; /* [mentions of chains] or RAP_NONE */
    float *confidence;
} chain_work;

/* The bare name or head noun of a mention, token by token; the inner one wins. */
static void point_to_heads(chain_work *work)
{
    const rap_tokens *tokens = work->tokens;
    for (uint32_t t = 0; t < tokens->count; t++) work->named[t] = RAP_NONE;
    for (uint32_t i = 0; i < work->names->mentions; i++) {
        const rap_mention *m = &work->names->mention[i];
        if (m->modifier) continue;
        for (uint32_t t = m->first; t <= m->last; t++)
            if (rap_span_holds(m->head, tokens->span[t])) work->named[t] = i;
    }
}

/* May a pronoun or description of this gender be an actor of that kind? */
static bool is_fitting(const rap_coref_mention *m, const rap_actor *actor)
{
    switch (m->gender) {
    case RAP_COREF_MALE:
    case RAP_COREF_FEMALE:
    case RAP_COREF_PERSON:
        return actor->kind == RAP_ACTOR_PERSON;
    case RAP_COREF_GROUP:
    case RAP_COREF_THING:
        return actor->kind != RAP_ACTOR_PERSON && actor->kind != RAP_ACTOR_GROUP;
    default:
        return m->form != RAP_COREF_PRONOUN || actor->kind == RAP_ACTOR_GROUP ||
               actor->kind == RAP_ACTOR_ORGANISATION;
    }
}

static void follow_chains(chain_work *work)
{
    const rap_names *names = work->names;
    for (uint32_t i = 0; i < work->coref->mentions; i++) {
        const rap_coref_mention *m = &work->coref->mention[i];
        const uint32_t named =
            m->form == RAP_COREF_COORDINATION ? RAP_NONE : work->named[m->head];
        work->actor[i] = RAP_NONE;
        if (named != RAP_NONE && names->mention[named].actor != RAP_NONE &&
            names->mention[named].confidence >= LEAST_PERCENT / 100.0f) {
            work->actor[i] = names->mention[named].actor;
            work->confidence[i] = names->mention[named].confidence;
        } else if (m->before != RAP_NONE && work->actor[m->before] != RAP_NONE &&
                   is_fitting(m, &names->actor[work->actor[m->before]])) {
            work->actor[i] = work->actor[m->before];
            work->confidence[i] = work->confidence[m->before] * m->confidence;
        }
    }
}

static bool is_likely(const chain_work *work, uint32_t i)
{
    return work->actor[i] != RAP_NONE && work->confidence[i] >= LEAST_PERCENT / 100.0f;
}

/* A pronoun that the names have not seen. */
static bool is_added(const chain_work *work, uint32_t i)
{
    const rap_coref_mention *m = &work->coref->mention[i];
    return m->form == RAP_COREF_PRONOUN && m->person == 3 &&
           work->named[m->head] == RAP_NONE && is_likely(work, i);
}

/* Open mentions that a chain settles. */
static void settle(const chain_work *work, rap_mention *mention, const uint32_t *at)
{
    for (uint32_t i = 0; i < work->coref->mentions; i++) {
        const rap_coref_mention *m = &work->coref->mention[i];
        if (m->form == RAP_COREF_COORDINATION || !is_likely(work, i)) continue;
        const uint32_t named = work->named[m->head];
        if (named == RAP_NONE || work->names->mention[named].actor != RAP_NONE)
            continue;
        mention[at[named]].actor = work->actor[i];
        mention[at[named]].confidence = work->confidence[i];
    }
}

/* Both lists as one, by begin; at[i]: where mention i of the names has gone. */
static uint32_t merge(const chain_work *work, rap_mention *out, uint32_t *at)
{
    const rap_names *names = work->names;
    uint32_t count = 0, i = 0, end = 0;
    for (uint32_t k = 0; k <= work->coref->mentions; k++) {
        const bool last = k == work->coref->mentions;
        if (!last && !is_added(work, k)) continue;
        const rap_coref_mention *m = last ? NULL : &work->coref->mention[k];
        const uint32_t begin = last ? UINT32_MAX : work->tokens->span[m->first].begin;
        for (; i < names->mentions && names->mention[i].span.begin <= begin; i++) {
            if (names->mention[i].span.end > end) end = names->mention[i].span.end;
            at[i] = count;
            out[count++] = names->mention[i];
        }
        if (last) break;
        const rap_span span = rap_tokens_span(work->tokens, m->first, m->last);
        out[count++] = (rap_mention){.span = span,
                                     .head = span,
                                     .first = m->first,
                                     .last = m->last,
                                     .actor = work->actor[k],
                                     .form = RAP_MENTION_PRONOUN,
                                     .nested = span.begin < end,
                                     .confidence = work->confidence[k]};
    }
    return count;
}

static bool join(chain_work *work, rap_arena *arena, rap_arena *scratch, rap_names *out)
{
    const uint32_t most = work->names->mentions + work->coref->mentions;
    work->named = rap_new(scratch, uint32_t, work->tokens->count);
    work->actor = rap_new(scratch, uint32_t, work->coref->mentions);
    work->confidence = rap_new(scratch, float, work->coref->mentions);
    uint32_t *at = rap_new(scratch, uint32_t, work->names->mentions);
    rap_mention *merged = rap_new(scratch, rap_mention, most);
    uint32_t *at_token = rap_new(arena, uint32_t, work->tokens->count);
    if (!work->named || !work->actor || !work->confidence || !at || !merged ||
        !at_token)
        return false;
    point_to_heads(work);
    follow_chains(work);
    const uint32_t count = merge(work, merged, at);
    settle(work, merged, at);
    rap_mention *mention = rap_new(arena, rap_mention, count);
    if (!mention) return false;
    memcpy(mention, merged, count * sizeof *mention);
    for (uint32_t t = 0; t < work->tokens->count; t++) at_token[t] = RAP_NONE;
    for (uint32_t i = 0; i < count; i++) at_token[mention[i].first] = i;
    *out = *work->names;
    out->mention = mention;
    out->mentions = count;
    out->at_token = at_token;
    return true;
}

rap_status rap_name_join(const rap_names *names, const rap_coref *coref,
                         const rap_tokens *tokens, rap_arena *arena, rap_arena *scratch,
                         rap_names *out, rap_error *err)
{
    chain_work work = {.names = names, .coref = coref, .tokens = tokens};
    *out = *names;
    if (!coref->mentions) return RAP_OK;
    if (join(&work, arena, scratch, out)) return RAP_OK;
    *out = (rap_names){0};
    return rap_fail(err, RAP_E_NOMEM, 0, "names: an arena is full");
}
