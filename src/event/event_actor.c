/*
 * event_actor.c - the actors that a phrase names.
 *
 * Reads   mentions, trees.
 * Method  from the head of a phrase: the mention over it; else its apposition, its nation
 * ("the Ruritanian court"), its owner ("Ruritania's court") or whose it is ("the court
 * of Ruritania"); then the same for each phrase coordinated with it.
 * Cost    a bounded number of words a phrase.
 */
#include "event_act_private.h"

enum { MOST_PHRASES = 32, MOST_DEPTH = 4, NEAR_EVENTS = 24, NEAR_MENTIONS = 64 };
static const float SURE_OF_NATION = 0.85f, SURE_OF_OWNER = 0.8f, SURE_OF_CONCERN = 0.7f,
                   SURE_OF_FAR = 0.6f, SURE_OF_SIDES = 0.7f, SURE_OF_BOTH = 0.8f,
                   SURE_OF_ABOVE = 0.85f;

void rap_cast_add(rap_cast *cast, uint32_t actor, rap_span words, float sure)
{
    if (cast->sure > sure) cast->sure = sure;
    for (uint32_t i = 0; i < cast->count; i++)
        if (cast->actor[i] == actor) return;
    if (cast->count == RAP_MOST_PARTIES) return;
    cast->words[cast->count] = words;
    cast->actor[cast->count++] = actor;
}

/* A group whose members are known stands for them. */
static void add_mention(const rap_coder *c, const rap_mention *m, float sure,
                        rap_cast *cast)
{
    const rap_actor *actor = &c->in->names->actor[m->actor];
    /* A name is hardly ever another's once the names stage takes it for known. */
    const float known =
        m->form == RAP_MENTION_NAME && m->confidence >= 0.85f ? 0.99f : m->confidence;
    if (known < sure) sure = known;
    for (uint32_t i = 0; i < actor->members; i++)
        rap_cast_add(cast, actor->member[i], m->span, sure);
    if (!actor->members) rap_cast_add(cast, m->actor, m->span, sure);
}

static const rap_mention *mention_at(const rap_coder *c, uint32_t token)
{
    if (c->cover[token] == RAP_NONE) return NULL;
    const rap_mention *m = &c->in->names->mention[c->cover[token]];
    return m->actor == RAP_NONE ? NULL : m;
}

/* "officials": a body that only the words around it give a country. */
static bool is_vague(const rap_coder *c, const rap_mention *m)
{
    const rap_actor *actor = &c->in->names->actor[m->actor];
    return m->form != RAP_MENTION_NAME && !actor->known && !actor->members &&
           !actor->code.len && actor->kind != RAP_ACTOR_PERSON;
}

typedef struct walk { /* phrases still to be read */
    uint32_t token[MOST_PHRASES];
    uint8_t depth[MOST_PHRASES];
    rap_reach reach[MOST_PHRASES];
    float sure[MOST_PHRASES];
    uint32_t count;
} walk;

static bool push(walk *w, uint32_t token, uint8_t depth, rap_reach reach, float sure)
{
    if (w->count == MOST_PHRASES || depth > MOST_DEPTH) return false;
    w->token[w->count] = token;
    w->depth[w->count] = depth;
    w->reach[w->count] = reach;
    w->sure[w->count++] = sure;
    return true;
}

static bool is_of(const rap_coder *c, uint32_t token)
{
    const uint32_t mark = rap_tree_child(c, token, RAP_REL(CASE));
    return mark != RAP_NONE && rap_coder_is(c, mark, RAP_SET_OWN);
}

static bool is_place(const rap_coder *c, uint32_t token)
{
    const uint32_t mark = rap_tree_child(c, token, RAP_REL(CASE));
    return mark != RAP_NONE && rap_coder_is(c, mark, RAP_SET_PLACE);
}

/* Does anything under `token` (a few steps down) name an actor? */
static bool names_someone(const rap_coder *c, uint32_t token)
{
    if (mention_at(c, token)) return true;
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (mention_at(c, k) && rap_tree_is(c, k,
                                            RAP_REL(AMOD) | RAP_REL(COMPOUND) |
                                                RAP_REL(NMOD_POSS) | RAP_REL(NMOD)))
            return true;
    return false;
}

/* The same, or under what depends on it: "the extension of the mandate of A". */
static bool names_within(const rap_coder *c, uint32_t token)
{
    if (names_someone(c, token)) return true;
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(NMOD) | RAP_REL(NMOD_POSS) | RAP_REL(APPOS)) &&
            names_someone(c, k))
            return true;
    return false;
}

/* "despite A", "according to A" */
static bool is_marked_away(const rap_coder *c, uint32_t token)
{
    const uint32_t mark = rap_tree_child(c, token, RAP_REL(CASE) | RAP_REL(MARK));
    return mark != RAP_NONE && rap_coder_is(c, mark, RAP_SET_AWAY);
}

/* Nations and names before the head: "Ruritanian and Sylvan ministers". */
static bool push_nations(const rap_coder *c, uint32_t token, uint8_t depth, walk *w)
{
    bool any = false;
    const uint64_t wanted = RAP_REL(AMOD) | RAP_REL(COMPOUND) | RAP_REL(NMOD_DESC) |
                            RAP_REL(FLAT) | RAP_REL(APPOS) | RAP_REL(NMOD_UNMARKED);
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, wanted) && names_someone(c, k))
            any = push(w, k, depth, RAP_REACH_HEAD, SURE_OF_NATION) || any;
    return any;
}

static bool push_owners(const rap_coder *c, uint32_t token, uint8_t depth, bool places,
                        bool any_case, walk *w)
{
    const uint32_t owner = rap_tree_owner(c, token);
    if (owner != RAP_NONE && names_someone(c, owner))
        return push(w, owner, depth, RAP_REACH_OWNER, SURE_OF_OWNER);
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k]) {
        if (!rap_tree_is(c, k, RAP_REL(NMOD)) || c->timex[k] != RAP_NONE) continue;
        const bool there = places && is_place(c, k) && names_someone(c, k);
        if (!any_case && !is_of(c, k) && !there) continue;
        if (any_case && (is_marked_away(c, k) || !names_within(c, k))) continue;
        if (push(w, k, depth, any_case ? RAP_REACH_ALL : RAP_REACH_OWNER,
                 any_case ? SURE_OF_CONCERN : SURE_OF_OWNER))
            return true;
    }
    return false;
}

/* "the plan drafted by A" */
static bool push_maker(const rap_coder *c, uint32_t token, uint8_t depth, walk *w)
{
    const uint32_t made = rap_tree_child(c, token, RAP_REL(ACL));
    if (made == RAP_NONE || !rap_tree_is_passive(c, made)) return false;
    const uint32_t maker = rap_tree_agent(c, made);
    return maker != RAP_NONE && names_someone(c, maker) &&
           push(w, maker, depth, RAP_REACH_OWNER, SURE_OF_CONCERN);
}

/* Those that the report is about. */
static bool add_both(const rap_coder *c, rap_span words, float sure, rap_cast *cast)
{
    for (uint32_t i = 0; c->sides && i < c->sides->count; i++)
        rap_cast_add(cast, c->sides->actor[i], words, sure);
    cast->both = c->sides && c->sides->count;
    return cast->both;
}

/* Who met or agreed last before `token`. */
static bool add_last_pair(const rap_coder *c, uint32_t token, rap_cast *cast)
{
    const rap_event *last = NULL;
    const uint32_t here = c->in->tokens->span[token].begin;
    for (uint32_t i = c->list->count; i > 0 && c->list->count - i < NEAR_EVENTS; i--) {
        const rap_event *e = &c->list->at[i - 1].event;
        if (e->trigger.begin > here || e->sources < 2 || e->targets) continue;
        if (!last || e->trigger.begin > last->trigger.begin) last = e;
    }
    for (uint32_t i = 0; last && i < last->sources; i++)
        rap_cast_add(cast, last->source[i], c->in->tokens->span[token], SURE_OF_SIDES);
    return last != NULL;
}

/* "the sides", "the two rival camps", but not "European leaders". */
static bool is_bare(const rap_coder *c, uint32_t token)
{
    const uint64_t telling = RAP_REL(NMOD) | RAP_REL(NMOD_POSS) | RAP_REL(AMOD) |
                             RAP_REL(COMPOUND) | RAP_REL(ACL) | RAP_REL(ACL_RELCL);
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, telling) && !rap_coder_is(c, k, RAP_SET_RIVAL))
            return false;
    return true;
}

/* "the delegations said they had agreed": the words that a pronoun stands for. */
static uint32_t spelled(const rap_coder *c, uint32_t token)
{
    const rap_names *names = c->in->names;
    const rap_mention *own = mention_at(c, token);
    if (!own || own->form != RAP_MENTION_PRONOUN) return token;
    for (uint32_t i = c->cover[token], n = 0; i > 0 && n < NEAR_MENTIONS; i--, n++) {
        const rap_mention *m = &names->mention[i - 1];
        if (m->actor != own->actor || m->form != RAP_MENTION_NOMINAL) continue;
        for (uint32_t t = m->first; t <= m->last; t++)
            if (c->in->tokens->span[t].begin == m->head.begin) return t;
    }
    return token;
}

/* Where a state and its own rebels are the parties, "the army" and "the fighters" are
 * theirs. */
static bool add_home(const rap_coder *c, const rap_mention *m, rap_cast *cast)
{
    const rap_actor *all = c->in->names->actor;
    const rap_slice sector = all[m->actor].sector;
    const bool rebel = rap_sector_is(c, sector, RAP_SET_REBEL);
    if (!rebel && !rap_sector_is(c, sector, RAP_SET_STATELY)) return false;
    if (!c->sides || !c->sides->count || !c->sides->home) return false;
    for (uint32_t i = 0; i < 2; i++)
        if (rap_sector_is(c, all[c->sides->actor[i]].sector, RAP_SET_REBEL) == rebel)
            rap_cast_add(cast, c->sides->actor[i], m->span, SURE_OF_SIDES);
    return true;
}

/* "neither man", "both sides" */
static bool is_either(const rap_coder *c, uint32_t token)
{
    const uint32_t which = rap_tree_child(c, token, RAP_REL(DET_PREDET) | RAP_REL(DET));
    return which != RAP_NONE && rap_coder_is(c, which, RAP_SET_BOTH);
}

/* "the sides" are the report's parties; "the two leaders" who met or agreed last. */
static bool add_sides(const rap_coder *c, uint32_t token, rap_cast *cast)
{
    const bool pair = rap_coder_is(c, token, RAP_SET_PAIR) || is_either(c, token);
    if (!pair && !rap_coder_is(c, token, RAP_SET_SIDES)) return false;
    if (!is_bare(c, token)) return false;
    if (pair && add_last_pair(c, token, cast)) return true;
    if (add_both(c, c->in->tokens->span[token], SURE_OF_SIDES, cast)) return true;
    return add_last_pair(c, token, cast);
}

/* One phrase without what is coordinated with it. */
static void read_phrase(const rap_coder *c, walk *w, uint32_t at, rap_cast *cast)
{
    uint32_t token = w->token[at];
    const uint8_t depth = (uint8_t)(w->depth[at] + 1);
    const rap_mention *m = mention_at(c, token);
    if (m && !is_vague(c, m)) {
        add_mention(c, m, w->sure[at], cast);
        return;
    }
    token = spelled(c, token);
    if ((m || is_either(c, token)) && add_sides(c, token, cast)) return;
    const bool found =
        push_nations(c, token, depth, w) ||
        (w->reach[at] >= RAP_REACH_OWNER &&
         push_owners(c, token, depth, w->reach[at] >= RAP_REACH_PLACE, false, w)) ||
        (w->reach[at] == RAP_REACH_ALL && push_maker(c, token, depth, w)) ||
        (w->reach[at] == RAP_REACH_ALL && push_owners(c, token, depth, true, true, w));
    if (found || !m) return;
    if (!is_bare(c, token) || !add_home(c, m, cast))
        add_mention(c, m, w->sure[at], cast);
}

void rap_cast_phrase(const rap_coder *c, uint32_t token, rap_reach reach,
                     rap_cast *cast)
{
    walk w = {.count = 0};
    push(&w, token, 0, reach, 1);
    for (uint32_t i = 0; i < w.count; i++) {
        const uint32_t at = w.token[i];
        read_phrase(c, &w, i, cast);
        for (uint32_t k = c->child[at]; k != RAP_NONE; k = c->sibling[k])
            if (rap_tree_is(c, k, RAP_REL(CONJ)) && c->upos[k] != RAP_VERB)
                push(&w, k, w.depth[i], w.reach[i], w.sure[i]);
    }
}

bool rap_actor_is_person(const rap_coder *c, uint32_t token)
{
    const rap_mention *m = token == RAP_NONE ? NULL : mention_at(c, token);
    return m && c->in->names->actor[m->actor].kind == RAP_ACTOR_PERSON;
}

/* ---- the parts of a frame ---------------------------------------------------------- */

static void add_agent_of_noun(const rap_coder *c, uint32_t noun, rap_cast *cast)
{
    const uint32_t light = rap_tree_light(c, noun);
    const uint32_t agent = light == RAP_NONE ? RAP_NONE : rap_tree_agent(c, light);
    if (agent != RAP_NONE) {
        rap_cast_phrase(c, agent, RAP_REACH_OWNER, cast);
        if (cast->count) return;
    }
    const uint32_t owner = rap_tree_child(c, noun, RAP_REL(NMOD_POSS));
    if (owner != RAP_NONE) rap_cast_phrase(c, owner, RAP_REACH_OWNER, cast);
    if (cast->count) return;
    for (uint32_t k = c->child[noun]; k != RAP_NONE; k = c->sibling[k]) {
        const uint32_t mark = rap_tree_child(c, k, RAP_REL(CASE));
        if (rap_tree_is(c, k, RAP_REL(NMOD)) && mark != RAP_NONE &&
            rap_coder_is(c, mark, RAP_SET_BY) && c->timex[k] == RAP_NONE)
            rap_cast_phrase(c, k, RAP_REACH_OWNER, cast);
    }
    for (uint32_t k = c->child[noun]; !cast->count && k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(AMOD) | RAP_REL(COMPOUND)))
            rap_cast_phrase(c, k, RAP_REACH_HEAD, cast);
}

static void add_patient_of_noun(const rap_coder *c, uint32_t noun, rap_cast *cast)
{
    for (uint32_t k = c->child[noun]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(NMOD)) && is_of(c, k) &&
            c->timex[k] == RAP_NONE) {
            rap_cast_phrase(c, k, RAP_REACH_ALL, cast);
            return;
        }
}

static void add_marked(const rap_coder *c, uint32_t token, const rap_frame *frame,
                       uint32_t word, rap_reach reach, rap_cast *cast)
{
    uint32_t at = rap_tree_marked(c, token, word);
    if (at == RAP_NONE && frame->noun) {
        const uint32_t light = rap_tree_light(c, token);
        if (light != RAP_NONE) at = rap_tree_marked(c, light, word);
    }
    /* "signed an agreement with B": the marker may hang on the object. */
    if (at == RAP_NONE && !frame->noun) {
        const uint32_t object = rap_tree_patient(c, token);
        if (object != RAP_NONE) at = rap_tree_marked(c, object, word);
    }
    if (at == RAP_NONE) return;
    /* "between them" */
    if (c->upos[at] == RAP_PRON && !mention_at(c, at) &&
        rap_act_in(c->lexicon, c->lexicon->known[RAP_SET_BETWEEN], word)) {
        add_both(c, c->in->tokens->span[at], SURE_OF_BOTH, cast);
        return;
    }
    /* "for B to leave" */
    const uint32_t subject =
        c->upos[at] == RAP_VERB
            ? rap_tree_child(c, at, RAP_REL(NSUBJ) | RAP_REL(NSUBJ_PASS))
            : RAP_NONE;
    if (c->upos[at] == RAP_VERB && subject == RAP_NONE) {
        const uint32_t patient = rap_tree_patient(c, at);
        if (patient != RAP_NONE) rap_cast_phrase(c, patient, reach, cast);
        return;
    }
    rap_cast_phrase(c, subject != RAP_NONE ? subject : at, reach, cast);
}

static void add_of_complement(const rap_coder *c, uint32_t token, bool subject,
                              rap_reach reach, rap_cast *cast)
{
    uint32_t verb = rap_tree_complement(c, token);
    if (verb == RAP_NONE) verb = rap_tree_clause(c, token);
    if (verb == RAP_NONE) return;
    uint32_t at = RAP_NONE;
    if (subject) {
        at = rap_tree_child(c, verb, RAP_REL(NSUBJ) | RAP_REL(NSUBJ_PASS));
    } else {
        at = rap_tree_patient(c, verb);
        for (uint32_t k = c->child[verb]; at == RAP_NONE && k != RAP_NONE;
             k = c->sibling[k])
            if (rap_tree_is(c, k, RAP_REL(OBL)) && !is_place(c, k) &&
                c->timex[k] == RAP_NONE)
                at = k;
    }
    if (at != RAP_NONE) rap_cast_phrase(c, at, reach, cast);
}

/* "A said it would help", "We will help", A said: who speaks acts. */
static uint32_t sayer_for(const rap_coder *c, uint32_t verb, uint32_t agent)
{
    if (c->upos[agent] != RAP_PRON || mention_at(c, agent)) return agent;
    uint32_t at = verb;
    for (uint32_t n = 0; n < MOST_DEPTH && c->head[at] != at; n++) {
        const uint32_t up = c->head[at];
        if (rap_tree_is(c, at, RAP_REL(CCOMP) | RAP_REL(PARATAXIS)) &&
            rap_coder_is(c, up, RAP_SET_SAY)) {
            const uint32_t sayer = rap_tree_agent(c, up);
            return sayer == RAP_NONE ? agent : sayer;
        }
        if (!rap_tree_is(c, at, RAP_REL(CONJ) | RAP_REL(XCOMP) | RAP_REL(CCOMP)))
            return agent;
        at = up;
    }
    return agent;
}

/* "We condemn A" within what B is quoted with. */
static void add_speaker(const rap_coder *c, uint32_t agent, rap_cast *cast)
{
    if (!rap_coder_is(c, agent, RAP_SET_SELF) || mention_at(c, agent)) return;
    const uint32_t said = rap_act_statement(c, c->in->tokens->span[agent]);
    if (said == RAP_NONE) return;
    const rap_statement *s = &c->in->statements->statement[said];
    if (s->speaker != RAP_NONE)
        rap_cast_add(cast, s->speaker, c->in->tokens->span[agent], s->confidence);
}

/* "A and B agreed at a summit": who acts where the noun stands. */
static void add_above(const rap_coder *c, uint32_t noun, rap_cast *cast)
{
    const uint32_t verb = rap_tree_predicate(c, noun);
    if (verb == noun || c->upos[verb] != RAP_VERB) return;
    const uint32_t agent = rap_tree_agent(c, verb);
    if (agent != RAP_NONE) rap_cast_phrase(c, agent, RAP_REACH_OWNER, cast);
    if (cast->count && cast->sure > SURE_OF_ABOVE) cast->sure = SURE_OF_ABOVE;
}

/* "the war" is the parties' only where the report has them fight. */
static bool suits_sides(const rap_coder *c, const rap_frame *frame)
{
    if (!c->sides || !c->sides->count) return false;
    const bool fight = frame->type == RAP_ASSAULT || frame->type == RAP_RETREAT;
    if (fight) return c->sides->fought;
    const bool meets = frame->type == RAP_CONSULT || frame->type == RAP_SUPPORT;
    return !meets || c->sides->talked;
}

static void add_part(const rap_coder *c, uint32_t token, const rap_frame *frame,
                     const rap_part *part, rap_reach reach, rap_cast *cast)
{
    uint32_t at = RAP_NONE;
    switch (part->kind) {
    case RAP_PART_AGENT:
        if (frame->noun) {
            add_agent_of_noun(c, token, cast);
            return;
        }
        at = rap_tree_agent(c, token);
        if (at == RAP_NONE) return;
        add_speaker(c, at, cast);
        at = sayer_for(c, token, at);
        reach = RAP_REACH_PLACE;
        break;
    case RAP_PART_PATIENT:
        if (frame->noun) {
            add_patient_of_noun(c, token, cast);
            return;
        }
        at = rap_tree_patient(c, token);
        /* "the draft proposed by A": not A again */
        if (rap_tree_is(c, token, RAP_REL(ACL)) && reach > RAP_REACH_PLACE)
            reach = RAP_REACH_PLACE;
        break;
    case RAP_PART_RECEIVER:
        at = rap_tree_child(c, token, RAP_REL(IOBJ));
        break;
    case RAP_PART_COMPLEMENT_SUBJECT:
    case RAP_PART_COMPLEMENT_OBJECT:
        add_of_complement(c, token, part->kind == RAP_PART_COMPLEMENT_SUBJECT, reach,
                          cast);
        return;
    case RAP_PART_ABOVE:
        add_above(c, token, cast);
        return;
    case RAP_PART_BOTH:
        if (!suits_sides(c, frame)) return;
        /* "The treaty was signed": of a verb, only where nobody is named as acting. */
        if (!frame->noun && part < frame->source + frame->sources &&
            part >= frame->source &&
            (!rap_tree_is_passive(c, token) || rap_tree_is(c, token, RAP_REL(ACL))))
            return;
        add_both(c, (rap_span){0, 0}, SURE_OF_BOTH, cast);
        return;
    case RAP_PART_CASE:
        add_marked(c, token, frame, part->word, reach, cast);
        return;
    }
    if (at != RAP_NONE) rap_cast_phrase(c, at, reach, cast);
    if (cast->count || part->kind != RAP_PART_AGENT) return;
    at = rap_tree_agent_above(c, token);
    if (at != RAP_NONE) rap_cast_phrase(c, at, reach, cast);
}

void rap_cast_parts(const rap_coder *c, uint32_t token, const rap_frame *frame,
                    const rap_part *part, uint32_t parts, rap_reach reach,
                    rap_cast *cast)
{
    *cast = (rap_cast){.sure = 1};
    for (uint32_t i = 0; i < parts; i++)
        if (part[i].joins || !cast->count)
            add_part(c, token, frame, &part[i], reach, cast);
}

/* ---- far targets ------------------------------------------------------------------- */

static bool leads_away(const rap_coder *c, uint32_t token, bool verbal)
{
    if (c->timex[token] != RAP_NONE) return true;
    if (rap_tree_is(c, token,
                    RAP_REL(NSUBJ) | RAP_REL(NSUBJ_PASS) | RAP_REL(PARATAXIS) |
                        RAP_REL(PUNCT) | RAP_REL(OBL_AGENT)))
        return true;
    if (rap_tree_is(c, token, RAP_REL(CONJ)) && c->upos[token] == RAP_VERB) return true;
    if (is_marked_away(c, token)) return true;
    /* "…, after B had left" */
    if (rap_tree_is(c, token, RAP_REL(ADVCL) | RAP_REL(ACL_RELCL)) &&
        rap_tree_child(c, token, RAP_REL(NSUBJ) | RAP_REL(NSUBJ_PASS)) != RAP_NONE)
        return true;
    return verbal && rap_tree_is(c, token, RAP_REL(OBL) | RAP_REL(NMOD)) &&
           is_place(c, token);
}

/* Can the word be a meeting or a signing? Those are at a place. */
static bool is_ceremony(const rap_coder *c, uint32_t token)
{
    if (c->word[token] == RAP_NONE) return false;
    const uint32_t *first = &c->lexicon->first_entry[c->word[token]];
    for (uint32_t i = first[0]; i < first[1]; i++) {
        const rap_frame *frame = &c->lexicon->frame[c->lexicon->entry[i].frame];
        if (!frame->silent && !frame->noun && !rap_frame_names_object(frame) &&
            (frame->type == RAP_CONSULT || frame->type == RAP_SUPPORT))
            return true;
    }
    return false;
}

/* A place beside the act is where it is done; further down, what it is about: "agreed in A
 * to build a centre in B", but not "to meet in B". */
static bool is_subject_matter(const rap_coder *c, uint32_t token, uint8_t depth)
{
    if (rap_tree_is(c, token, RAP_REL(NMOD))) return depth > 1;
    return depth > 0 && rap_tree_is(c, token, RAP_REL(OBL)) &&
           !is_ceremony(c, c->head[token]);
}

static bool is_among(const rap_cast *cast, uint32_t actor)
{
    for (uint32_t i = 0; i < cast->count; i++)
        if (cast->actor[i] == actor) return true;
    return false;
}

bool rap_are_compatriots(const rap_coder *c, const rap_cast *cast, uint32_t actor)
{
    const rap_actor *all = c->in->names->actor;
    for (uint32_t i = 0; i < cast->count; i++)
        if (all[actor].code.len &&
            rap_slice_equal(all[cast->actor[i]].code, all[actor].code))
            return true;
    return false;
}

/* Whom the phrase of `token` names, with those coordinated with it, the source apart. */
static void add_list(const rap_coder *c, uint32_t token, const rap_cast *source,
                     rap_cast *cast)
{
    rap_cast all = {.sure = 1};
    rap_cast_phrase(c, token, RAP_REACH_HEAD, &all);
    for (uint32_t i = 0; i < all.count; i++)
        if (!is_among(source, all.actor[i]))
            rap_cast_add(cast, all.actor[i], all.words[i], SURE_OF_FAR);
}

/* "the Gulf war": the name of a thing, not of a party. */
static bool is_label(const rap_coder *c, uint32_t token, const rap_mention *m)
{
    return rap_tree_is(c, token, RAP_REL(COMPOUND)) &&
           !c->in->names->actor[m->actor].code.len &&
           c->in->names->actor[m->actor].kind == RAP_ACTOR_PLACE;
}

void rap_cast_deep(const rap_coder *c, uint32_t token, bool verbal, bool abroad,
                   const rap_cast *source, rap_cast *cast)
{
    walk w = {.count = 0};
    const uint32_t light =
        c->upos[token] == RAP_VERB ? RAP_NONE : rap_tree_light(c, token);
    push(&w, token, 0, RAP_REACH_ALL, SURE_OF_FAR);
    if (light != RAP_NONE) push(&w, light, 0, RAP_REACH_ALL, SURE_OF_FAR);
    for (uint32_t i = 0; i < w.count; i++)
        for (uint32_t k = c->child[w.token[i]]; k != RAP_NONE; k = c->sibling[k]) {
            if (k == token ||
                leads_away(c, k, verbal && !is_subject_matter(c, k, w.depth[i])))
                continue;
            const rap_mention *m = mention_at(c, k);
            if (m && is_label(c, k, m)) continue;
            if (m && !is_vague(c, m) && !is_among(source, m->actor) &&
                !(abroad && rap_are_compatriots(c, source, m->actor))) {
                add_list(c, k, source, cast);
                return;
            }
            push(&w, k, (uint8_t)(w.depth[i] + 1), RAP_REACH_ALL, SURE_OF_FAR);
        }
}

void rap_cast_goal(const rap_coder *c, uint32_t verb, rap_cast *cast)
{
    if (!rap_tree_is(c, verb, RAP_REL(ADVCL)) || c->form[verb] != RAP_FORM_BASE) return;
    const uint32_t up = c->head[verb];
    for (uint32_t k = c->child[up]; k != RAP_NONE && k < verb; k = c->sibling[k]) {
        const uint32_t mark = rap_tree_child(c, k, RAP_REL(CASE));
        if (rap_tree_is(c, k, RAP_REL(OBL)) && mark != RAP_NONE && mention_at(c, k) &&
            rap_coder_is(c, mark, RAP_SET_GOAL) && c->timex[k] == RAP_NONE)
            rap_cast_add(cast, mention_at(c, k)->actor, mention_at(c, k)->span,
                         SURE_OF_FAR);
    }
}

bool rap_cast_is_vague(const rap_coder *c, const rap_cast *cast)
{
    for (uint32_t i = 0; i < cast->count; i++) {
        const rap_actor *actor = &c->in->names->actor[cast->actor[i]];
        if (actor->kind != RAP_ACTOR_GROUP || actor->code.len || actor->known)
            return false;
    }
    return true;
}
