/*
 * event_confidence.c - how likely an act is right, by what it was read from.
 *
 * Reads   the frame, where its word stands in the tree, how its parties were found, what
 *         stands where the frame expects the target.
 * Method  a sum of log-odds, one for each thing that is so; fitted on the annotated
 *         reports, on sentences with one marked pair and on acts that a reader judged,
 *         docs/method/event.md. Right there are the type, the source and the target as the
 *         clause has them: a target that it names and the act leaves out is wrong.
 * Cost    constant.
 */
#include "event_act_private.h"

#include <math.h>

enum { FAR_AGENT = 8, NEAR_WORDS = 12 };
static const float SURE_NAME = 0.95f;

static const float BASE = -0.06f;
static const float BY_TYPE[RAP_PLOVER_TYPES] = {
    [RAP_AGREE] = 0.19f,     [RAP_CONSULT] = -0.03f,  [RAP_SUPPORT] = 0.66f,
    [RAP_CONCEDE] = 0.44f,   [RAP_COOPERATE] = 0.37f, [RAP_AID] = 0.06f,
    [RAP_RETREAT] = -0.53f,  [RAP_REQUEST] = -0.17f,  [RAP_ACCUSE] = 0.45f,
    [RAP_REJECT] = 0.38f,    [RAP_THREATEN] = -0.19f, [RAP_PROTEST] = -0.31f,
    [RAP_SANCTION] = -0.37f, [RAP_MOBILIZE] = -0.50f, [RAP_COERCE] = -0.50f,
    [RAP_ASSAULT] = 0.05f};
static const float BY_STATUS[] = {[RAP_EVENT_HAPPENED] = 0,
                                  [RAP_EVENT_PLANNED] = 0,
                                  [RAP_EVENT_PROPOSED] = -0.82f,
                                  [RAP_EVENT_HYPOTHETICAL] = -0.93f,
                                  [RAP_EVENT_DENIED] = -0.29f};
/* what carries the act */
static const float LIGHT_NOUN = -0.34f, SAYING = -0.72f, PASSIVE = 0.49f,
                   CONVERTED = -0.22f, INSIDE_STATEMENT = -0.31f;
/* its clause and agent */
static const float OWN_AGENT = 0.64f, AGENT_FAR_OFF = -0.89f, NOUN_AGENT = -0.14f,
                   MAIN_CLAUSE = 0.25f, JOINED_CLAUSE = 0.44f;
/* its source */
static const float SOURCE_NAMED = 0.14f, SOURCE_DESCRIBED = 0.25f,
                   SOURCE_BESIDE_HEAD = -0.63f, SOURCE_UNLISTED = -0.57f,
                   SOURCE_SUPPLIED = -0.30f;
/* its target */
static const float TARGET_NONE = -0.82f, LEFT_OUT_NAME = -1.12f, LEFT_OUT_NOUN = -0.52f,
                   LEFT_OUT_NEAR = -0.15f, TARGET_BESIDE_HEAD = -0.37f,
                   TARGET_OBJECT = 0.38f, TARGET_PLAIN = 0.83f, COMPATRIOTS = 0.25f,
                   ABROAD = 0.10f, TARGET_UNLISTED = -0.80f;
static const float WAR = 0.54f;

/* ---- where the frame expects the target -------------------------------------------- */

static uint32_t place_of_case(const rap_coder *c, uint32_t token,
                              const rap_frame *frame, uint32_t word)
{
    uint32_t at = rap_tree_marked(c, token, word);
    if (at != RAP_NONE) return at;
    const uint32_t beside =
        frame->noun ? rap_tree_light(c, token) : rap_tree_patient(c, token);
    return beside == RAP_NONE ? RAP_NONE : rap_tree_marked(c, beside, word);
}

static uint32_t place_of_part(const rap_coder *c, uint32_t token,
                              const rap_frame *frame, const rap_part *part)
{
    switch (part->kind) {
    case RAP_PART_PATIENT:
        return frame->noun ? rap_tree_child(c, token, RAP_REL(NMOD))
                           : rap_tree_patient(c, token);
    case RAP_PART_RECEIVER:
        return rap_tree_child(c, token, RAP_REL(IOBJ));
    case RAP_PART_CASE:
        return place_of_case(c, token, frame, part->word);
    default:
        return RAP_NONE;
    }
}

typedef struct place { /* the head of the phrase where the target should be */
    uint32_t head;     /* or RAP_NONE */
    bool object;       /* the frame's object, not one that a preposition marks */
} place;

static place place_of(const rap_coder *c, uint32_t token, const rap_frame *frame)
{
    for (uint32_t i = 0; i < frame->targets; i++) {
        const uint32_t at = place_of_part(c, token, frame, &frame->target[i]);
        if (at != RAP_NONE && c->timex[at] == RAP_NONE)
            return (place){at, frame->target[i].kind == RAP_PART_PATIENT};
    }
    return (place){frame->noun ? RAP_NONE : rap_tree_patient(c, token), false};
}

/* Is `token` among the words that name somebody in `cast`? */
static bool is_named_by(const rap_coder *c, const rap_cast *cast, uint32_t token)
{
    const uint32_t at = c->in->tokens->span[token].begin;
    for (uint32_t i = 0; i < cast->count; i++)
        if (cast->words[i].begin <= at && at < cast->words[i].end) return true;
    return false;
}

static bool holds(const rap_cast *cast, uint32_t actor)
{
    for (uint32_t i = 0; i < cast->count; i++)
        if (cast->actor[i] == actor) return true;
    return false;
}

/* Is another party named shortly behind the act? */
static bool leaves_out_near(const rap_coder *c, uint32_t token, const rap_cast *source)
{
    for (uint32_t t = token + 1; t < c->end && t < token + NEAR_WORDS; t++) {
        if (c->cover[t] == RAP_NONE) continue;
        const uint32_t actor = c->in->names->mention[c->cover[t]].actor;
        if (actor != RAP_NONE && !holds(source, actor)) return true;
    }
    return false;
}

/* ---- what speaks for and against --------------------------------------------------- */

static float of_no_target(const rap_coder *c, uint32_t token, const rap_frame *frame,
                          const rap_telling *t)
{
    const bool shared =
        t->type == RAP_AGREE || t->type == RAP_CONSULT || t->type == RAP_COOPERATE;
    if (shared && t->source.count > 1) return 0;
    float sum = TARGET_NONE;
    const uint32_t at = place_of(c, token, frame).head;
    if (at != RAP_NONE && (c->upos[at] == RAP_PROPN || c->upos[at] == RAP_PRON))
        sum += LEFT_OUT_NAME;
    if (at != RAP_NONE && c->upos[at] == RAP_NOUN) sum += LEFT_OUT_NOUN;
    return leaves_out_near(c, token, &t->source) ? sum + LEFT_OUT_NEAR : sum;
}

/* A person, or one that a list knows; else it may be anything: "strong leaders". */
static bool is_listed(const rap_actor *actor)
{
    return actor->code.len || actor->known || actor->kind == RAP_ACTOR_PERSON;
}

/* Acts whose target is plainly what their word governs. */
static bool is_plain(rap_plover type)
{
    return type == RAP_ACCUSE || type == RAP_SUPPORT || type == RAP_ASSAULT ||
           type == RAP_REQUEST;
}

static float of_target(const rap_coder *c, uint32_t token, const rap_frame *frame,
                       const rap_telling *t)
{
    if (!t->target.count) return of_no_target(c, token, frame, t);
    const place at = place_of(c, token, frame);
    const bool head = at.head != RAP_NONE && is_named_by(c, &t->target, at.head);
    float sum = 0;
    if (head && at.object) sum += TARGET_OBJECT;
    if (head && is_plain(t->type)) sum += TARGET_PLAIN;
    if (!head && at.head != RAP_NONE) sum += TARGET_BESIDE_HEAD;
    const rap_actor *all = c->in->names->actor;
    if (!is_listed(&all[t->target.actor[0]])) sum += TARGET_UNLISTED;
    if (rap_are_compatriots(c, &t->source, t->target.actor[0]))
        sum += COMPATRIOTS;
    else if (all[t->source.actor[0]].code.len && all[t->target.actor[0]].code.len)
        sum += ABROAD;
    return sum;
}

static float of_source(const rap_coder *c, uint32_t token, const rap_frame *frame,
                       const rap_cast *source)
{
    const uint32_t agent = frame->noun ? RAP_NONE : rap_tree_agent(c, token);
    const rap_actor *actor = &c->in->names->actor[source->actor[0]];
    float sum = source->sure >= SURE_NAME ? SOURCE_NAMED : 0;
    if (source->both)
        sum += SOURCE_SUPPLIED;
    else if (!frame->noun && !frame->adjective &&
             (agent == RAP_NONE || !is_named_by(c, source, agent)))
        sum += SOURCE_BESIDE_HEAD;
    if (agent != RAP_NONE && c->cover[agent] != RAP_NONE &&
        c->in->names->mention[c->cover[agent]].form == RAP_MENTION_NOMINAL)
        sum += SOURCE_DESCRIBED;
    return is_listed(actor) ? sum : sum + SOURCE_UNLISTED;
}

/* The clause that the word heads, and whether its agent stands in it. */
static float of_clause(const rap_coder *c, uint32_t token)
{
    float sum = 0;
    if (rap_tree_is(c, token, RAP_REL(ROOT) | RAP_REL(CCOMP) | RAP_REL(PARATAXIS)))
        sum += MAIN_CLAUSE;
    if (rap_tree_is(c, token, RAP_REL(CONJ))) sum += JOINED_CLAUSE;
    const uint32_t agent = rap_tree_agent(c, token);
    if (agent == RAP_NONE) return sum;
    if (c->head[agent] == token) sum += OWN_AGENT;
    if (c->upos[agent] == RAP_NOUN) sum += NOUN_AGENT;
    const uint32_t distance = token > agent ? token - agent : agent - token;
    return distance < FAR_AGENT ? sum : sum + AGENT_FAR_OFF;
}

static float of_carrier(const rap_coder *c, uint32_t token, const rap_frame *frame)
{
    float sum = rap_coder_is(c, token, RAP_SET_SAY) ? SAYING : 0;
    if (!frame->noun) sum += of_clause(c, token);
    if (!frame->noun && rap_tree_is_passive(c, token)) sum += PASSIVE;
    const bool light =
        frame->noun && !frame->adjective && rap_tree_light(c, token) != RAP_NONE;
    return light ? sum + LIGHT_NOUN : sum;
}

float rap_act_confidence(const rap_coder *c, uint32_t token, const rap_frame *frame,
                         const rap_telling *t)
{
    float sum = BASE + BY_TYPE[t->type] + BY_STATUS[t->stand.status];
    sum += of_carrier(c, token, frame) + of_source(c, token, frame, &t->source) +
           of_target(c, token, frame, t);
    if (t->type != frame->type) sum += CONVERTED;
    if (c->sides && c->sides->fought) sum += WAR;
    if (rap_act_statement(c, c->in->tokens->span[token]) != RAP_NONE)
        sum += INSIDE_STATEMENT;
    return 1 / (1 + expf(-sum));
}
