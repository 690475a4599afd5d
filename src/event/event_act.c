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
#include "event_dictionary_private.h"

enum {
    MOST_STEPS = 6,
    NEAR_ACTS = 48,
    OBJECT_REACH = 6,
    GOVERNOR_REACH = 6,
    WISH_REACH = 4
};

/* ---- what another act is about ----------------------------------------------------- */

/* An act that tells of a wish about another one. */
static bool takes_acts(rap_plover type)
{
    return type == RAP_AGREE || type == RAP_REQUEST || type == RAP_REJECT ||
           type == RAP_THREATEN || type == RAP_CONCEDE;
}

/* "agreed at a meeting", "gave in after threats" */
static bool is_circumstance(const rap_coder *c, uint32_t token)
{
    if (!rap_tree_is(c, token, RAP_REL(OBL)) || c->upos[token] == RAP_VERB)
        return false;
    const uint32_t mark = rap_tree_child(c, token, RAP_REL(CASE));
    return mark != RAP_NONE && (rap_coder_is(c, mark, RAP_SET_PLACE) ||
                                rap_coder_is(c, mark, RAP_SET_AWAY));
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
        if (is_circumstance(c, at)) return false;
        /* "the plan proposed by A was rejected": both are told. */
        if (rap_tree_is(c, at, RAP_REL(ACL)) && rap_tree_is_passive(c, at))
            return false;
        const bool conj =
            rap_tree_is(c, at, RAP_REL(CONJ)) &&
            (rap_tree_child(c, at, RAP_REL(NSUBJ) | RAP_REL(AUX)) == RAP_NONE);
        if (rap_tree_is(c, at, RAP_REL(CONJ)) && !conj) return false;
        const uint32_t up = c->head[at];
        const rap_frame *act = rap_act_at(c, up);
        const rap_frame *own = rap_act_at(c, token);
        const bool same = act && own && act->type == own->type && !act->noun;
        /* "denied that he had signed": told, as denied */
        if (act && act->type == RAP_REJECT && rap_coder_is(c, up, RAP_SET_DENY) &&
            rap_tree_is(c, at, RAP_REL(CCOMP) | RAP_REL(XCOMP)))
            return false;
        if (act && !conj && (act->silent || same || takes_acts(act->type)) &&
            !rap_tree_is(c, at, RAP_REL(CONJ)))
            return true;
        at = up;
    }
    return false;
}

/* ---- parties ----------------------------------------------------------------------- */

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

static bool is_answer(rap_plover type)
{
    return type == RAP_REJECT || type == RAP_AGREE;
}

/* "A continued the dialogue": with the other party of the report; who hosts the talks and
 * is none of them sits beside them. */
static void complete_meeting(const rap_coder *c, uint32_t token, const rap_frame *frame,
                             rap_cast *source, uint32_t *host)
{
    const uint32_t object = frame->noun ? token : rap_tree_patient(c, token);
    if (source->count != 1 || frame->mode || object == RAP_NONE ||
        !rap_coder_is(c, object, RAP_SET_MEETING) || !rap_act_is_given(c, object) ||
        rap_tree_child(c, object, RAP_REL(DET) | RAP_REL(NMOD_POSS)) == RAP_NONE)
        return;
    const uint32_t agent = source->actor[0];
    if (rap_cast_other_side(c, source) || !c->sides || !c->sides->count ||
        !rap_coder_is(c, token, RAP_SET_HOST))
        return;
    *host = agent;
    rap_cast_both(c, source);
}

/* "does not want to make deals with B": what is refused jointly is refused to B. */
static void part_refuser(const rap_coder *c, uint32_t token, const rap_frame *frame,
                         rap_telling *t)
{
    if (t->type != RAP_REJECT || frame->type == RAP_REJECT || frame->targets ||
        frame->sources < 2 || !frame->source[1].joins)
        return;
    rap_cast_parts(c, token, frame, frame->source, 1, RAP_REACH_OWNER, &t->source);
    rap_cast_parts(c, token, frame, frame->source + 1, frame->sources - 1,
                   RAP_REACH_ALL, &t->target);
}

/* ---- one event --------------------------------------------------------------------- */

static bool copy_cast(const rap_coder *c, const rap_cast *cast, const uint32_t **actor,
                      uint32_t *count, const rap_span **words)
{
    uint32_t *copy = rap_new(c->arena, uint32_t, cast->count);
    rap_span *spans = rap_new(c->arena, rap_span, cast->count);
    if (!copy || !spans) return false;
    memcpy(copy, cast->actor, cast->count * sizeof *copy);
    memcpy(spans, cast->words, cast->count * sizeof *spans);
    *words = spans;
    *actor = copy;
    *count = cast->count;
    return true;
}

static bool names_complement(const rap_frame *frame)
{
    for (uint32_t i = 0; i < frame->needs; i++)
        if (frame->need[i].kind == RAP_NEED_COMPLEMENT && !frame->need[i].absent)
            return frame->type == RAP_AGREE || frame->type == RAP_REJECT;
    return false;
}

static rap_span trigger_of(const rap_coder *c, uint32_t token, const rap_frame *frame,
                           const rap_telling *t)
{
    uint32_t first = token, last = token;
    const uint32_t governor = t->stand.governor;
    if (t->type == RAP_REJECT && frame->type != RAP_REJECT && governor != RAP_NONE &&
        governor < token && token - governor < GOVERNOR_REACH)
        first = governor; /* "does not want to sign" */
    const uint32_t light = frame->noun ? rap_tree_light(c, token) : RAP_NONE;
    if (light != RAP_NONE && light < token && token - light < 4) first = light;
    const uint32_t object = rap_tree_child(c, token, RAP_REL(OBJ));
    if (!frame->noun && rap_frame_names_object(frame) && object != RAP_NONE &&
        object > token && object - token < OBJECT_REACH)
        last = object;
    const uint32_t particle = rap_tree_child(c, token, RAP_REL(COMPOUND_PRT));
    if (particle == token + 1 && last == token) last = particle;
    const uint32_t wish = rap_tree_complement(c, token);
    if (names_complement(frame) && wish != RAP_NONE && wish > token &&
        wish - token < WISH_REACH)
        last = wish; /* "agreed to extend" */
    return rap_tokens_span(c->in->tokens, first, last);
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
        about = rap_tree_child(c, token, RAP_REL(OBJ) | RAP_REL(NMOD) | RAP_REL(OBL));
    if (about != RAP_NONE && c->timex[about] != RAP_NONE) about = RAP_NONE;
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
    for (uint32_t i = 0; i < far.count; i++)
        rap_cast_add(target, far.actor[i], far.words[i], far.sure);
}

/* "Ruritanian ministers discussed" */
static bool are_several(const rap_coder *c, uint32_t token, const rap_frame *frame)
{
    const uint32_t agent = frame->noun ? RAP_NONE : rap_tree_agent(c, token);
    const rap_mention *m = agent == RAP_NONE || c->cover[agent] == RAP_NONE
                               ? NULL
                               : &c->in->names->mention[c->cover[agent]];
    if (!m || m->actor == RAP_NONE || !rap_coder_is(c, agent, RAP_SET_PAIR))
        return false;
    const rap_actor *actor = &c->in->names->actor[m->actor];
    return actor->kind == RAP_ACTOR_GROUP && actor->code.len;
}

/* By PLOVER's rules a party that calls for an end of its own conflict agrees. */
static bool is_own_peace(const rap_coder *c, const rap_frame *frame,
                         const rap_cast *source)
{
    bool asks = false;
    for (uint32_t i = 0; i < frame->needs; i++)
        asks = asks || (frame->need[i].kind == RAP_NEED_CASE && !frame->need[i].absent);
    return asks && frame->type == RAP_REQUEST && frame->mode &&
           strcmp(frame->mode, "yield") == 0 && c->sides && c->sides->fought &&
           rap_cast_is_party(c, source);
}

/* "agreed to a ceasefire", "signed a truce": with that it is there. */
static bool is_agreed_truce(const rap_coder *c, const rap_frame *frame,
                            const rap_stand *stand)
{
    if (!frame->noun || !frame->mode || strcmp(frame->mode, "ceasefire") != 0 ||
        stand->status != RAP_EVENT_PLANNED || stand->governor == RAP_NONE)
        return false;
    const rap_frame *act = rap_act_at(c, stand->governor);
    return act && (act->type == RAP_AGREE || act->type == RAP_SUPPORT) &&
           rap_event_stand(c, stand->governor).status == RAP_EVENT_HAPPENED;
}

/* A mediator who ends the parties' war retreats from nothing. */
static bool is_others_peace(const rap_coder *c, const rap_frame *frame,
                            const rap_cast *source)
{
    return frame->mode && strcmp(frame->mode, "ceasefire") == 0 && c->sides &&
           c->sides->count && !rap_cast_is_party(c, source) &&
           !rap_cast_is_vague(c, source);
}

/* False: nobody acts, somebody who must be there is missing, or the report's parties are
 * asked for and not known yet. */
static bool gather(const rap_coder *c, uint32_t token, const rap_frame *frame,
                   rap_telling *t)
{
    rap_cast *source = &t->source, *target = &t->target;
    t->host = RAP_NONE;
    rap_cast_parts(c, token, frame, frame->source, frame->sources, RAP_REACH_OWNER,
                   source);
    if (!source->count) return false;
    rap_cast_parts(c, token, frame, frame->target, frame->targets, RAP_REACH_ALL,
                   target);
    if (c->patterns) rap_patterns_cast(c, token, source, target);
    t->stand = rap_event_stand(c, token);
    if (is_agreed_truce(c, frame, &t->stand)) t->stand.status = RAP_EVENT_HAPPENED;
    t->type = rap_patterns_settle(c, token, &t->stand)
                  ? frame->type
                  : rap_act_settle(c, token, frame, &t->stand);
    if (t->type == RAP_CONSULT && !target->count)
        complete_meeting(c, token, frame, source, &t->host);
    part_refuser(c, token, frame, t);
    if (!source->count) return false; /* who refuses is not named */
    if (target->both && rap_cast_is_party(c, source)) target->count = 0;
    rap_cast_drop_shared(source, target);
    if (may_look_deep(frame, source) && rap_cast_is_vague(c, target))
        look_deep(c, token, frame, source, target);
    if (!target->count && frame->targets && !frame->noun) {
        rap_cast_goal(c, token, target);
        rap_cast_drop_shared(source, target);
    }
    if (t->type == RAP_AGREE && source->count > 1)
        target->count = 0; /* with each other */
    const bool which = t->type == RAP_REJECT && !frame->noun &&
                       rap_tree_is(c, token, RAP_REL(ACL_RELCL));
    const bool alone = t->type == RAP_REJECT || source->count == 1;
    if ((!target->count || which) && is_answer(t->type) && alone)
        rap_act_answered(c, token, t->type, source, target);
    if (is_others_peace(c, frame, source)) return false;
    if (c->in->strict && is_own_peace(c, frame, source)) t->type = RAP_AGREE;
    const bool mutual = t->type == RAP_COOPERATE && source->count > 1;
    if (needs_target(t->type) && !target->count && !mutual) return false;
    const bool many = source->count > 1 || are_several(c, token, frame);
    if (asks_target(frame) && !(frame->targets ? target->count : many)) return false;
    return !frame->noun || t->type != RAP_CONSULT || source->count + target->count > 1;
}

static bool put_act(const rap_coder *c, uint32_t token, const rap_frame *frame,
                    const rap_telling *t)
{
    const rap_plover type = t->type;
    rap_event event = {.trigger = trigger_of(c, token, frame, t),
                       .evidence = rap_sentence_span(c->in->tokens, c->sentence),
                       .type = rap_plover_name(type),
                       .mode = rap_act_mode(c, token, frame, type),
                       .context = frame->contexts ? frame->context : NULL,
                       .contexts = frame->contexts,
                       .cameo = rap_act_cameo(frame, type),
                       .rule = frame->rule,
                       .frame = frame->text,
                       .host = t->host,
                       .status = t->stand.status};
    rap_act_when(c, token, &event.date);
    const bool plans = type != RAP_AGREE && type == frame->type &&
                       rap_coder_is(c, token, RAP_SET_PLAN);
    if (event.status == RAP_EVENT_HAPPENED && (plans || is_to_come(c, &event.date)))
        event.status = RAP_EVENT_PLANNED;
    rap_event *told = t->source.both && type == RAP_CONSULT && frame->noun
                          ? rap_sides_told(c, &t->source, event.type, &event.date)
                          : NULL;
    if (told) return rap_event_add_repeat(c->arena, told, event.trigger);
    rap_act_where(c, token, &event);
    event.statement = rap_act_statement(c, c->in->tokens->span[token]);
    event.confidence =
        rap_act_confidence(c, token, frame, t) * rap_patterns_sure(c, token);
    if (!copy_cast(c, &t->source, &event.source, &event.sources, &event.source_words) ||
        !copy_cast(c, &t->target, &event.target, &event.targets, &event.target_words))
        return false;
    return rap_push(
        c->arena, c->list,
        (rap_found){.event = event, .token = token, .theme = theme_of(c, token)});
}

/* "accuse each other", "fired at one another" */
static bool is_each_other(const rap_coder *c, uint32_t token)
{
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k]) {
        if (!rap_tree_is(c, k, RAP_REL(OBJ) | RAP_REL(OBL) | RAP_REL(IOBJ))) continue;
        if (rap_coder_is(c, k, RAP_SET_EACH)) return true;
        const uint32_t second = rap_tree_child(c, k, RAP_REL(FIXED) | RAP_REL(DET));
        if (second != RAP_NONE && rap_coder_is(c, second, RAP_SET_EACH) &&
            c->upos[k] != RAP_NOUN)
            return true;
    }
    return false;
}

static bool is_shared_type(rap_plover type)
{
    return type == RAP_AGREE || type == RAP_CONSULT || type == RAP_COOPERATE;
}

static bool write_act(const rap_coder *c, uint32_t token, const rap_frame *frame)
{
    rap_telling t;
    if (!gather(c, token, frame, &t)) return true;
    if (t.source.count != 2 || is_shared_type(t.type) || !is_each_other(c, token))
        return put_act(c, token, frame, &t);
    const rap_cast both = t.source;
    for (uint32_t i = 0; i < 2; i++) { /* each does it to the other */
        t.source.count = t.target.count = 0;
        rap_cast_add(&t.source, both.actor[i], both.words[i], both.sure);
        rap_cast_add(&t.target, both.actor[1 - i], both.words[1 - i], both.sure);
        if (!put_act(c, token, frame, &t)) return false;
    }
    return true;
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

static bool read_sentence(rap_coder *c, uint32_t sentence, uint32_t told)
{
    c->sentence = sentence;
    c->begin = c->in->tokens->first[sentence];
    c->end = c->in->tokens->first[sentence + 1];
    for (uint32_t t = c->begin; t < c->end; t++) {
        const rap_frame *frame = rap_act_at(c, t);
        if (!frame || frame->silent) continue;
        /* A withdrawal or truce agreed on or asked for is told besides. */
        if (frame->type != RAP_RETREAT && is_content(c, t)) continue;
        if (frame->type == RAP_CONSULT && is_told(c, told, t)) continue;
        /* A noun that completes an act, "signed an agreement", is that act's. */
        const rap_frame *up = c->head[t] != t ? rap_act_at(c, c->head[t]) : NULL;
        if (frame->noun && up && !up->noun &&
            rap_tree_is(c, t, RAP_REL(OBJ) | RAP_REL(NSUBJ_PASS)) &&
            rap_frame_names_object(up) && rap_tree_agent(c, c->head[t]) != RAP_NONE)
            continue;
        if (!write_act(c, t, frame)) return false;
    }
    return true;
}

static bool read_sentences(rap_coder *c, uint32_t told)
{
    const rap_tokens *tokens = c->in->tokens;
    for (uint32_t s = 0; s < tokens->sentences; s++)
        if (is_zone_read(c->in->article->zone[tokens->zone[s]].kind) &&
            !read_sentence(c, s, told))
            return false;
    return true;
}

/* A first reading tells who the report is about; its acts are thrown away. */
static bool find_sides(rap_coder *c, rap_arena *scratch, rap_sides *sides)
{
    rap_arena *arena = c->arena;
    rap_found_list *list = c->list, first = {0};
    for (uint32_t i = 0; i < list->count; i++)
        if (!rap_push(scratch, &first, list->at[i])) return false;
    c->arena = scratch;
    c->list = &first;
    const bool fits = read_sentences(c, list->count);
    if (fits) rap_sides_find(c, sides);
    c->arena = arena;
    c->list = list;
    return fits;
}

static void match_frames(rap_coder *c)
{
    const rap_tokens *tokens = c->in->tokens;
    for (uint32_t s = 0; s < tokens->sentences; s++) {
        if (!is_zone_read(c->in->article->zone[tokens->zone[s]].kind)) continue;
        c->begin = tokens->first[s];
        c->end = tokens->first[s + 1];
        if (c->patterns) rap_patterns_sentence(c->patterns, c);
        for (uint32_t t = c->begin; t < c->end; t++) c->act[t] = rap_act_frame_at(c, t);
    }
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

/* "the leaders of A": within a description the name counts. */
static bool is_part_of_nominal(const rap_names *names, uint32_t wide, uint32_t inner)
{
    const rap_mention *a = &names->mention[wide], *b = &names->mention[inner];
    return a->form == RAP_MENTION_NOMINAL && b->form != RAP_MENTION_NOMINAL &&
           !rap_span_overlaps(a->head, b->span);
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
        for (uint32_t t = names->mention[i].first; t <= names->mention[i].last; t++)
            if (c->cover[t] == RAP_NONE || is_part_of_nominal(names, c->cover[t], i))
                c->cover[t] = i;
    for (uint32_t i = 0; i < times->count; i++)
        for (uint32_t t = times->timex[i].first; t <= times->timex[i].last; t++)
            c->timex[t] = i;
}

bool rap_acts_find(const rap_event_knowledge *knowledge, const rap_event_input *in,
                   rap_arena *arena, rap_arena *scratch, rap_found_list *list)
{
    const uint32_t count = in->tokens->count;
    uint32_t told = list->count;
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
    struct rap_patterns patterns;
    if (knowledge->book) {
        if (!rap_patterns_open(knowledge->book, in, scratch, &patterns)) return false;
        c.patterns = &patterns;
    }
    link_tree(&c);
    cover_tokens(&c);
    match_frames(&c);
    rap_sides sides = {.count = 0};
    if (!find_sides(&c, scratch, &sides)) return false;
    c.sides = &sides;
    if (!read_sentences(&c, told)) return false;
    if (c.patterns) told = rap_patterns_retell(&c, told);
    return rap_acts_merge(arena, list, told);
}
