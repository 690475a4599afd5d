/*
 * event_confidence.c - how likely an act is right, by what it was read from.
 *
 * Reads   the frame, where its word stands in the tree, how its parties were found.
 * Method  a sum of log-odds, one for each thing that is so; fitted on the annotated
 *         reports and on sentences with one marked pair, docs/method/event.md. What is
 *         right there: type and source, and a target if one is given.
 * Cost    constant.
 */
#include "event_act_private.h"

#include <math.h>

enum { FAR_AGENT = 8 };
static const float SURE_NAME = 0.95f, SURE_NEAR = 0.75f;

static const float BASE = 0.72f;
static const float BY_TYPE[RAP_PLOVER_TYPES] = {
    [RAP_AGREE] = 0.23f,     [RAP_CONSULT] = 0.12f,   [RAP_SUPPORT] = 0.15f,
    [RAP_CONCEDE] = 0.47f,   [RAP_COOPERATE] = 0.03f, [RAP_AID] = 0.20f,
    [RAP_RETREAT] = -0.55f,  [RAP_REQUEST] = 0.05f,   [RAP_ACCUSE] = 0.84f,
    [RAP_REJECT] = 0.56f,    [RAP_THREATEN] = 0.14f,  [RAP_PROTEST] = -0.23f,
    [RAP_SANCTION] = -0.78f, [RAP_MOBILIZE] = -0.61f, [RAP_COERCE] = -0.51f,
    [RAP_ASSAULT] = -0.05f};
static const float BY_STATUS[] = {[RAP_EVENT_HAPPENED] = 0,
                                  [RAP_EVENT_PLANNED] = -0.25f,
                                  [RAP_EVENT_PROPOSED] = -0.77f,
                                  [RAP_EVENT_HYPOTHETICAL] = -0.69f,
                                  [RAP_EVENT_DENIED] = -0.09f};
static const float VERB = -0.07f, NOUN = 0.24f, LIGHT_NOUN = -0.37f, ADJECTIVE = 0.30f;
static const float OWN_AGENT = 0.36f, OTHERS_AGENT = -0.17f, AGENT_FAR_OFF = -0.77f;
static const float MAIN_CLAUSE = 0.39f, SIDE_CLAUSE = -0.07f, UNDER_OTHERS = -0.51f;
static const float SOURCE_NAMED = 0.15f, SOURCE_FAR = -0.05f, SOURCE_SUPPLIED = -0.30f,
                   TARGET_FAR = -0.33f;
static const float CONVERTED = -0.32f, VAGUE = -0.32f, INSIDE_STATEMENT = -0.23f;

static float of_carrier(const rap_coder *c, uint32_t token, const rap_frame *frame)
{
    if (frame->adjective) return ADJECTIVE;
    if (!frame->noun) return VERB;
    return rap_tree_light(c, token) == RAP_NONE ? NOUN : LIGHT_NOUN;
}

/* The clause that the word heads, and whether its agent stands in it. */
static float of_clause(const rap_coder *c, uint32_t token)
{
    const uint32_t agent = rap_tree_agent(c, token);
    const bool own = agent != RAP_NONE && c->head[agent] == token;
    float sum = own ? OWN_AGENT : OTHERS_AGENT;
    if (rap_tree_is(c, token,
                    RAP_REL(ROOT) | RAP_REL(CCOMP) | RAP_REL(PARATAXIS) |
                        RAP_REL(CONJ)))
        sum += MAIN_CLAUSE;
    else
        sum += rap_tree_is(c, token, RAP_REL(ADVCL) | RAP_REL(ACL_RELCL))
                   ? SIDE_CLAUSE
                   : UNDER_OTHERS;
    if (agent == RAP_NONE) return sum;
    const uint32_t distance = token > agent ? token - agent : agent - token;
    return distance < FAR_AGENT ? sum : sum + AGENT_FAR_OFF;
}

static float of_parties(const rap_coder *c, const rap_cast *source,
                        const rap_cast *target)
{
    float sum = 0;
    if (source->sure >= SURE_NAME) sum += SOURCE_NAMED;
    if (source->sure < SURE_NEAR) sum += SOURCE_FAR;
    if (source->both) sum += SOURCE_SUPPLIED;
    if (target->count && target->sure < SURE_NEAR) sum += TARGET_FAR;
    if (rap_cast_is_vague(c, source) || (target->count && rap_cast_is_vague(c, target)))
        sum += VAGUE;
    return sum;
}

float rap_act_confidence(const rap_coder *c, uint32_t token, const rap_frame *frame,
                         const rap_telling *t)
{
    float sum = BASE + BY_TYPE[t->type] + BY_STATUS[t->stand.status];
    sum += of_carrier(c, token, frame) + of_parties(c, &t->source, &t->target);
    if (!frame->noun) sum += of_clause(c, token);
    if (t->type != frame->type) sum += CONVERTED;
    if (rap_act_statement(c, c->in->tokens->span[token]) != RAP_NONE)
        sum += INSIDE_STATEMENT;
    return 1 / (1 + expf(-sum));
}
