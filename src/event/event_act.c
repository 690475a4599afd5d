/*
 * event_act.c - frames matched at a word, and the events that they become.
 *
 * Reads   all layers before events.
 * Method  each verb, noun and adjective of the lexicon: the first of its frames whose needs
 * stand around it; then parties, status, date, place. What an act demands, refuses or
 * promises is no act of its own. Without an actor nothing is written.
 * Cost    linear: frames of a word and dependents of a token are bounded.
 */
#include "event_act_private.h"

#include <stdlib.h>

enum { MOST_STEPS = 6, NEAR_ACTS = 48, ANSWER_REACH = 400, OBJECT_REACH = 6 };

/* How sure a frame's act is once found, by what carries it. */
static const float SURE_OF_VERB = 0.9f, SURE_OF_LIGHT = 0.85f, SURE_OF_NOUN = 0.62f,
                   SURE_OF_ANSWER = 0.6f;

/* ---- needs ------------------------------------------------------------------------- */

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

/* "the war", "fighting", "last week's talks", but not "a new war", "war crimes". */
static bool is_given(const rap_coder *c, uint32_t noun)
{
    if (rap_tree_is(c, noun, RAP_REL(COMPOUND) | RAP_REL(AMOD) | RAP_REL(FLAT)))
        return false;
    for (uint32_t k = c->child[noun]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(DET) | RAP_REL(AMOD)) &&
            rap_coder_is(c, k, RAP_SET_OPEN))
            return false;
    return true;
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
        return any_fits(c, rap_tree_complement(c, token), need->set);
    case RAP_NEED_CLAUSE:
        return any_fits(c, rap_tree_clause(c, token), need->set);
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
    case RAP_NEED_GIVEN:
        return is_given(c, token);
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

static uint32_t frame_at(const rap_coder *c, uint32_t token)
{
    const rap_act_lexicon *lexicon = c->lexicon;
    if (c->word[token] == RAP_NONE) return RAP_NONE;
    const uint32_t *first = &lexicon->first_entry[c->word[token]];
    for (uint32_t i = first[0]; i < first[1]; i++)
        if (fits(c, token, &lexicon->frame[lexicon->entry[i].frame]))
            return lexicon->entry[i].frame;
    return RAP_NONE;
}

/* ---- what an act becomes ----------------------------------------------------------- */

static const rap_frame *act_at(const rap_coder *c, uint32_t token)
{
    return c->act[token] == RAP_NONE ? NULL : &c->lexicon->frame[c->act[token]];
}

static bool is_cooperation(rap_plover type)
{
    return type == RAP_SUPPORT || type == RAP_COOPERATE || type == RAP_AID;
}

/* An act that tells of a wish about another one. */
static bool takes_acts(rap_plover type)
{
    return type == RAP_AGREE || type == RAP_REQUEST || type == RAP_REJECT ||
           type == RAP_THREATEN || type == RAP_CONCEDE;
}

/* Is the act at `token` what another act wants, refuses or promises? */
static bool is_content(const rap_coder *c, uint32_t token)
{
    uint32_t at = token;
    for (uint32_t n = 0; n < MOST_STEPS && c->head[at] != at; n++) {
        const bool clause =
            rap_tree_is(c, at,
                        RAP_REL(ADVCL) | RAP_REL(ACL_RELCL) | RAP_REL(PARATAXIS) |
                            RAP_REL(NSUBJ) | RAP_REL(CSUBJ) | RAP_REL(NMOD_POSS));
        const bool aim = rap_tree_is(c, at, RAP_REL(ADVCL)) &&
                         c->form[at] != RAP_FORM_PAST &&
                         rap_tree_child(c, at, RAP_REL(NSUBJ)) == RAP_NONE;
        if (clause && !aim) return false;
        const bool conj =
            rap_tree_is(c, at, RAP_REL(CONJ)) &&
            (rap_tree_child(c, at, RAP_REL(NSUBJ) | RAP_REL(AUX)) == RAP_NONE);
        if (rap_tree_is(c, at, RAP_REL(CONJ)) && !conj) return false;
        const uint32_t up = c->head[at];
        const rap_frame *act = act_at(c, up);
        const rap_frame *own = act_at(c, token);
        const bool same = act && own && act->type == own->type && !act->noun;
        if (act && !conj && (act->silent || same || takes_acts(act->type)) &&
            !rap_tree_is(c, at, RAP_REL(CONJ)))
            return true;
        at = up;
    }
    return false;
}

/* The act that a wish is about, for its mode: the lexicon's act at its complement. */
static const rap_frame *wished(const rap_coder *c, uint32_t token)
{
    uint32_t at = rap_tree_complement(c, token);
    if (at == RAP_NONE) at = rap_tree_clause(c, token);
    if (at == RAP_NONE) at = rap_tree_patient(c, token);
    if (at != RAP_NONE && act_at(c, at)) return act_at(c, at);
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(OBL) | RAP_REL(NMOD) | RAP_REL(ADVCL)) &&
            act_at(c, k))
            return act_at(c, k);
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

/* "vowed never to attack B" */
static bool is_forsworn(const rap_coder *c, uint32_t token)
{
    const uint32_t verb = rap_tree_complement(c, token);
    if (verb == RAP_NONE) return false;
    for (uint32_t k = c->child[verb]; k != RAP_NONE; k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(ADVMOD)) && rap_coder_is(c, k, RAP_SET_NEGATION))
            return true;
    return false;
}

/* "vowed never to recognise B" */
static bool promises_not(const rap_coder *c, uint32_t token)
{
    const uint32_t verb = rap_tree_complement(c, token);
    const rap_frame *of = verb == RAP_NONE ? NULL : act_at(c, verb);
    if (of && (of->silent || of->type >= RAP_THREATEN)) return false;
    return is_forsworn(c, token);
}

/* "will support" promises; "would not agree" refuses; "will withdraw" concedes. */
static rap_plover settle_type(const rap_coder *c, uint32_t token,
                              const rap_frame *frame, rap_stand *stand)
{
    rap_plover type = frame->type;
    const bool kind = is_cooperation(type) || type == RAP_AGREE ||
                      type == RAP_CONCEDE || type == RAP_CONSULT || type == RAP_RETREAT;
    const bool refuses = stand->will || stand->would || stand->governed;
    if (kind && stand->negated && refuses && !stand->conditional) {
        stand->status = RAP_EVENT_HAPPENED;
        return RAP_REJECT;
    }
    if (type == RAP_AGREE && promises_not(c, token)) return RAP_REJECT;
    if (type == RAP_THREATEN && frame->mode && is_forsworn(c, token)) return RAP_AGREE;
    if (stand->negated || !stand->will) return type;
    if (is_cooperation(type) || type == RAP_RETREAT) {
        stand->status = RAP_EVENT_HAPPENED; /* the word is given */
        return type == RAP_RETREAT ? RAP_CONCEDE : RAP_AGREE;
    }
    return type;
}

static const char *settle_cameo(const rap_frame *frame, rap_plover type)
{
    if (type == frame->type) return frame->cameo;
    if (type == RAP_REJECT) return "120";
    if (type == RAP_CONCEDE) return "080";
    return frame->type == RAP_AID         ? "033"
           : frame->type == RAP_COOPERATE ? "031"
                                          : "030";
}

static bool needs_target(rap_plover type)
{
    return type == RAP_COOPERATE || type == RAP_AID || type == RAP_SANCTION;
}

static bool asks_target(const rap_frame *frame)
{
    for (uint32_t i = 0; i < frame->needs; i++)
        if (frame->need[i].kind == RAP_NEED_TARGET) return true;
    return false;
}

/* Nobody acts upon himself. */
static void drop_shared(const rap_cast *from, rap_cast *cast)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < cast->count; i++) {
        bool shared = false;
        for (uint32_t k = 0; k < from->count; k++)
            shared = shared || from->actor[k] == cast->actor[i];
        if (!shared) cast->actor[kept++] = cast->actor[i];
    }
    cast->count = kept;
}

static bool is_answer(rap_plover type)
{
    return type == RAP_REJECT || type == RAP_AGREE;
}

/* "A offered to mediate. B turned the offer down": what B answers is A's, if the object
 * is no more than a definite noun or a pronoun. */
static void answered(const rap_coder *c, uint32_t token, const rap_cast *source,
                     rap_cast *target)
{
    const uint32_t object = rap_tree_patient(c, token);
    if (object == RAP_NONE || !c->list->count) return;
    const bool bare = c->upos[object] == RAP_PRON ||
                      rap_tree_is(c, token, RAP_REL(ACL_RELCL)) ||
                      (c->upos[object] == RAP_NOUN &&
                       rap_tree_child(c, object, RAP_REL(DET)) != RAP_NONE &&
                       rap_tree_child(c, object, RAP_REL(NMOD)) == RAP_NONE);
    const rap_found *found = &c->list->at[c->list->count - 1];
    const rap_event *last = &found->event;
    const bool near =
        c->in->tokens->span[token].begin >= last->trigger.begin &&
        c->in->tokens->span[token].begin - last->trigger.begin < ANSWER_REACH;
    const uint32_t said = found->token;
    const bool proposes = last->type == rap_plover_name(RAP_REQUEST) ||
                          (last->type == rap_plover_name(RAP_AGREE) && said < token &&
                           c->word[said] == c->word[object]);
    if (!bare || !near || !proposes || last->sources != 1) return;
    rap_cast who = {.actor = {last->source[0]}, .count = 1, .sure = SURE_OF_ANSWER};
    drop_shared(source, &who);
    if (who.count) *target = who;
}

/* ---- one event --------------------------------------------------------------------- */

static bool copy_cast(const rap_coder *c, const rap_cast *cast, const uint32_t **actor,
                      uint32_t *count)
{
    uint32_t *copy = rap_new(c->arena, uint32_t, cast->count);
    if (!copy) return false;
    memcpy(copy, cast->actor, cast->count * sizeof *copy);
    *actor = copy;
    *count = cast->count;
    return true;
}

/* "reached a deal": the object is part of what tells of the act. */
static bool names_object(const rap_frame *frame)
{
    for (uint32_t i = 0; i < frame->needs; i++)
        if (frame->need[i].kind == RAP_NEED_OBJECT && frame->need[i].set != RAP_NONE)
            return true;
    return false;
}

static rap_span trigger_of(const rap_coder *c, uint32_t token, const rap_frame *frame)
{
    uint32_t first = token, last = token;
    const uint32_t light = frame->noun ? rap_tree_light(c, token) : RAP_NONE;
    if (light != RAP_NONE && light < token && token - light < 4) first = light;
    const uint32_t object = rap_tree_child(c, token, RAP_REL(OBJ));
    if (!frame->noun && names_object(frame) && object != RAP_NONE && object > token &&
        object - token < OBJECT_REACH)
        last = object;
    const uint32_t particle = rap_tree_child(c, token, RAP_REL(COMPOUND_PRT));
    if (particle == token + 1 && last == token) last = particle;
    return rap_tokens_span(c->in->tokens, first, last);
}

/* Promises and concessions are often made to nobody, and those who agree with each other
 * need nobody else; a reproach without its object is more often an idiom. */
static float cost_of_nobody(rap_plover type, const rap_cast *source)
{
    if (type == RAP_AGREE && source->count > 1) return 1;
    const bool alone = type == RAP_AGREE || type == RAP_SUPPORT ||
                       type == RAP_CONCEDE || type == RAP_RETREAT ||
                       type == RAP_MOBILIZE;
    return alone ? 0.88f : 0.75f;
}

/* Parties of a passive are surer than those far off; the status costs something too. */
static float sure_of(const rap_coder *c, uint32_t token, const rap_frame *frame,
                     const rap_cast *source, const rap_cast *target,
                     const rap_stand *stand)
{
    float sure = SURE_OF_VERB;
    if (frame->noun)
        sure = rap_tree_light(c, token) != RAP_NONE ? SURE_OF_LIGHT : SURE_OF_NOUN;
    const float weakest = source->sure < target->sure ? source->sure : target->sure;
    sure *= 0.4f + 0.6f * weakest;
    if (frame->targets && !target->count) sure *= cost_of_nobody(frame->type, source);
    if (frame->adjective) sure *= 0.9f;
    if (rap_cast_is_vague(c, source) || (target->count && rap_cast_is_vague(c, target)))
        sure *= 0.95f;
    if (stand->status == RAP_EVENT_HYPOTHETICAL) sure *= 0.85f;
    if (stand->status == RAP_EVENT_DENIED) sure *= 0.9f;
    return sure;
}

static const char *mode_of(const rap_coder *c, uint32_t token, const rap_frame *frame,
                           rap_plover type)
{
    if (frame->mode) return type == frame->type ? frame->mode : NULL;
    if (type == RAP_CONSULT)
        for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
            if (rap_coder_is(c, k, RAP_SET_PHONE)) return "phone";
    return wish_mode(type, wished(c, token));
}

/* A promise or praise is for others than one's own. */
static bool is_friendly(rap_plover type)
{
    return type <= RAP_AID;
}

static bool is_verbal(rap_plover type)
{
    return type == RAP_AGREE || type == RAP_CONSULT || type == RAP_SUPPORT ||
           type == RAP_CONCEDE || type == RAP_REQUEST || type == RAP_ACCUSE ||
           type == RAP_REJECT || type == RAP_THREATEN;
}

/* Who agrees alone promises somebody something; several agree with each other. */
static bool may_look_deep(const rap_frame *frame, const rap_cast *source)
{
    return frame->targets || (frame->type == RAP_AGREE && source->count == 1);
}

/* Dated after the report, whatever its tense. */
static bool is_to_come(const rap_coder *c, const rap_when *when)
{
    const rap_day today = c->in->times->published.latest;
    return today != RAP_NO_DAY && when->earliest != RAP_NO_DAY &&
           when->earliest > today && when->basis == RAP_BASIS_STATED;
}

/* The word of an act and what it is about: "demand … withdraw". */
static uint64_t theme_of(const rap_coder *c, uint32_t token)
{
    const rap_slice *lemma = c->in->syntax->lemma;
    uint32_t about = rap_tree_complement(c, token);
    if (about == RAP_NONE) about = rap_tree_clause(c, token);
    if (about == RAP_NONE)
        about = rap_tree_child(c, token, RAP_REL(OBJ) | RAP_REL(NMOD));
    const uint64_t own = rap_hash(lemma[token]);
    return (about == RAP_NONE ? own : own * 31 + rap_hash(lemma[about])) | 1;
}

/* "withdraw its troops from A": A says more than "troops"; of an act of force both do. */
static void look_deep(const rap_coder *c, uint32_t token, const rap_frame *frame,
                      const rap_cast *source, rap_cast *target)
{
    rap_cast far = {.sure = 1};
    rap_cast_deep(c, token, is_verbal(frame->type), is_friendly(frame->type), source,
                  &far);
    if (!far.count || rap_cast_is_vague(c, &far)) {
        if (!target->count) *target = far;
        return;
    }
    if (is_verbal(frame->type)) target->count = 0;
    for (uint32_t i = 0; i < far.count && target->count < RAP_MOST_PARTIES; i++)
        target->actor[target->count++] = far.actor[i];
    if (target->sure > far.sure) target->sure = far.sure;
}

static bool write_act(const rap_coder *c, uint32_t token, const rap_frame *frame)
{
    rap_cast source, target;
    rap_cast_parts(c, token, frame, frame->source, frame->sources, RAP_REACH_OWNER,
                   &source);
    if (*c->wanted || !source.count) return true;
    rap_cast_parts(c, token, frame, frame->target, frame->targets, RAP_REACH_ALL,
                   &target);
    if (*c->wanted) return true;
    drop_shared(&source, &target);
    if (may_look_deep(frame, &source) && rap_cast_is_vague(c, &target))
        look_deep(c, token, frame, &source, &target);
    rap_stand stand = rap_event_stand(c, token);
    const rap_plover type = settle_type(c, token, frame, &stand);
    if (type == RAP_AGREE && source.count > 1) target.count = 0; /* with each other */
    if (!target.count && is_answer(type)) answered(c, token, &source, &target);
    const bool mutual = type == RAP_COOPERATE && source.count > 1;
    if (needs_target(type) && !target.count && !mutual) return true;
    if (asks_target(frame) && !(frame->targets ? target.count : source.count > 1))
        return true;
    if (frame->noun && type == RAP_CONSULT && source.count + target.count < 2)
        return true;
    rap_event event = {.trigger = trigger_of(c, token, frame),
                       .evidence = rap_sentence_span(c->in->tokens, c->sentence),
                       .type = rap_plover_name(type),
                       .mode = mode_of(c, token, frame, type),
                       .context = frame->contexts ? frame->context : NULL,
                       .contexts = frame->contexts,
                       .cameo = settle_cameo(frame, type),
                       .rule = frame->rule,
                       .host = RAP_NONE,
                       .status = stand.status};
    rap_act_when(c, token, &event.date);
    const bool plans = type != RAP_AGREE && rap_coder_is(c, token, RAP_SET_PLAN);
    if (event.status == RAP_EVENT_HAPPENED && (plans || is_to_come(c, &event.date)))
        event.status = RAP_EVENT_PLANNED;
    rap_act_where(c, token, &event);
    event.statement = rap_act_statement(c, c->in->tokens->span[token]);
    event.confidence = sure_of(c, token, frame, &source, &target, &stand);
    if (!copy_cast(c, &source, &event.source, &event.sources) ||
        !copy_cast(c, &target, &event.target, &event.targets))
        return false;
    return rap_push(
        c->arena, c->list,
        (rap_found){.event = event, .token = token, .theme = theme_of(c, token)});
}

/* ---- one document ------------------------------------------------------------------ */

static bool is_zone_read(rap_zone_kind kind)
{
    return kind == RAP_ZONE_BODY || kind == RAP_ZONE_STANDFIRST;
}

/* The meetings' own finder has told of this word already. */
static bool is_told(const rap_coder *c, uint32_t told, uint32_t token)
{
    const uint32_t object = rap_tree_child(c, token, RAP_REL(OBJ));
    const bool behind = object != RAP_NONE && object > token;
    const rap_span trigger =
        rap_tokens_span(c->in->tokens, token, behind ? object : token);
    for (uint32_t i = told; i > 0 && told - i < NEAR_ACTS; i--) {
        const rap_event *e = &c->list->at[i - 1].event;
        if (rap_span_overlaps(e->trigger, trigger)) return true;
        for (uint32_t k = 0; k < e->repeats.count; k++)
            if (rap_span_overlaps(e->repeats.at[k], trigger)) return true;
    }
    return false;
}

typedef RAP_LIST(uint32_t) token_list;

static void enter_sentence(rap_coder *c, uint32_t sentence)
{
    c->sentence = sentence;
    c->begin = c->in->tokens->first[sentence];
    c->end = c->in->tokens->first[sentence + 1];
}

/* `later`: acts that ask for the report's parties. */
static bool read_sentence(rap_coder *c, uint32_t sentence, uint32_t told,
                          rap_arena *scratch, token_list *later)
{
    bool wanted = false;
    c->wanted = &wanted;
    enter_sentence(c, sentence);
    for (uint32_t t = c->begin; t < c->end; t++) c->act[t] = frame_at(c, t);
    for (uint32_t t = c->begin; t < c->end; t++) {
        const rap_frame *frame = act_at(c, t);
        if (!frame || frame->silent || is_content(c, t)) continue;
        if (frame->type == RAP_CONSULT && is_told(c, told, t)) continue;
        /* A noun that completes an act, "signed an agreement", is that act's. */
        const rap_frame *up = c->head[t] != t ? act_at(c, c->head[t]) : NULL;
        if (frame->noun && up && !up->noun &&
            rap_tree_is(c, t, RAP_REL(OBJ) | RAP_REL(NSUBJ_PASS)) && up->needs)
            continue;
        wanted = false;
        if (!write_act(c, t, frame)) return false;
        if (wanted && !rap_push(scratch, later, t)) return false;
    }
    return true;
}

/* Acts of parties that only the whole report tells. */
static bool read_later(rap_coder *c, const token_list *later)
{
    rap_sides sides;
    bool wanted = false;
    rap_sides_find(c, &sides);
    c->sides = &sides;
    c->wanted = &wanted;
    bool fits = true;
    for (uint32_t i = 0; i < later->count && fits; i++) {
        const uint32_t token = later->at[i];
        enter_sentence(c, c->in->tokens->sentence[token]);
        fits = write_act(c, token, act_at(c, token));
    }
    c->sides = NULL;
    return fits;
}

static int by_place(const void *left, const void *right)
{
    const rap_found *a = left, *b = right;
    const uint32_t x = a->event.trigger.begin, y = b->event.trigger.begin;
    return x != y ? (x > y) - (x < y) : (a->token > b->token) - (a->token < b->token);
}

static void link_tree(rap_coder *c)
{
    const uint32_t count = c->in->tokens->count;
    for (uint32_t t = 0; t < count; t++) c->child[t] = c->sibling[t] = RAP_NONE;
    for (uint32_t t = count; t > 0; t--) { /* backwards: children come out in order */
        const uint32_t head = c->head[t - 1];
        if (head == t - 1) continue;
        c->sibling[t - 1] = c->child[head];
        c->child[head] = t - 1;
    }
}

static void cover_tokens(rap_coder *c)
{
    const rap_names *names = c->in->names;
    const rap_times *times = c->in->times;
    for (uint32_t t = 0; t < c->in->tokens->count; t++) {
        c->word[t] = rap_act_word(c->lexicon, c->in->syntax->lemma[t]);
        c->cover[t] = c->timex[t] = c->act[t] = RAP_NONE;
    }
    for (uint32_t i = 0; i < names->mentions; i++)
        for (uint32_t t = names->mention[i].first;
             t <= names->mention[i].last && c->cover[t] == RAP_NONE; t++)
            c->cover[t] = i;
    for (uint32_t i = 0; i < times->count; i++)
        for (uint32_t t = times->timex[i].first; t <= times->timex[i].last; t++)
            c->timex[t] = i;
}

bool rap_acts_find(const rap_event_knowledge *knowledge, const rap_event_input *in,
                   rap_arena *arena, rap_arena *scratch, rap_found_list *list)
{
    const rap_tokens *tokens = in->tokens;
    const uint32_t count = tokens->count, told = list->count;
    rap_coder c = {.knowledge = knowledge,
                   .lexicon = &knowledge->acts,
                   .in = in,
                   .arena = arena,
                   .head = in->syntax->head,
                   .relation = in->syntax->relation,
                   .upos = in->syntax->upos,
                   .form = in->syntax->form,
                   .child = rap_new(scratch, uint32_t, count),
                   .sibling = rap_new(scratch, uint32_t, count),
                   .word = rap_new(scratch, uint32_t, count),
                   .cover = rap_new(scratch, uint32_t, count),
                   .timex = rap_new(scratch, uint32_t, count),
                   .act = rap_new(scratch, uint32_t, count),
                   .list = list};
    if (!c.child || !c.sibling || !c.word || !c.cover || !c.timex || !c.act)
        return false;
    link_tree(&c);
    cover_tokens(&c);
    token_list later = {0};
    for (uint32_t s = 0; s < tokens->sentences; s++)
        if (is_zone_read(in->article->zone[tokens->zone[s]].kind) &&
            !read_sentence(&c, s, told, scratch, &later))
            return false;
    if (!read_later(&c, &later)) return false;
    if (list->count > told)
        qsort(list->at + told, list->count - told, sizeof *list->at, by_place);
    return rap_acts_merge(arena, list, told);
}
