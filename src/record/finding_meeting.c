/*
 * finding_meeting.c - the meetings of one report.
 *
 * Reads   events of consultation, nouns and verbs of meeting, verbs of holding and of
 *         taking part.
 * Method  every telling is read (finding_telling.c), tellings of one meeting are joined
 *         (finding_sitting.c), and each meeting has what all its tellings say
 *         (finding_gather.c). An event is the surer reading of its words; who only writes,
 *         wishes or agrees to meet has not met.
 * Cost    linear in tokens.
 */
#include "finding_meeting.h"
#include "text.h"

enum { LOOK_BACK = 8, ROUNDS = 6 };

/* Of some forty read that no event tells, five in six were meetings with these parties. */
static const float SURE_OF_WORDS = 0.72f;

/* ---- which events are meetings ------------------------------------------------------- */

static uint32_t parties_of(const rap_event *e, const rap_names *n)
{
    uint32_t count = e->targets;
    for (uint32_t i = 0; i < e->sources; i++) {
        const uint32_t members = n->actor[e->source[i]].members;
        count += members ? members : 1;
    }
    return count;
}

static bool has_source(const rap_event *e, uint32_t actor)
{
    for (uint32_t i = 0; i < e->sources; i++)
        if (e->source[i] == actor) return true;
    return false;
}

static bool same_sources(const rap_event *a, const rap_event *b)
{
    if (a->sources != b->sources) return false;
    for (uint32_t i = 0; i < a->sources; i++)
        if (!has_source(b, a->source[i])) return false;
    return true;
}

/* Are its parties those of the report, not named with it? */
static bool is_supplied(const rap_event *e)
{
    return e->source_words && !e->source_words[0].end;
}

bool rap_finding_is_meeting(const rap_events *events, uint32_t index,
                            const rap_names *names)
{
    const rap_event *e = &events->event[index];
    if (strcmp(e->type, "CONSULT") != 0 || !e->sources) return false;
    const bool fixed = e->date.earliest != RAP_NO_DAY || e->place_name.len;
    const bool group = names->actor[e->source[0]].kind == RAP_ACTOR_GROUP;
    if (parties_of(e, names) < 2 && !(group && fixed)) return false;
    /* Who mediates need not sit there; "the talks", without parties or day, may be any. */
    if (e->targets && e->mode && strcmp(e->mode, "third-party") == 0) return false;
    if (is_supplied(e) && e->date.earliest == RAP_NO_DAY) return false;
    for (uint32_t i = index > LOOK_BACK ? index - LOOK_BACK : 0; i < index; i++) {
        const rap_event *other = &events->event[i];
        if (strcmp(other->type, "CONSULT") == 0 && same_sources(e, other) &&
            rap_span_overlaps(other->evidence, e->evidence) && !e->place_name.len)
            return false;
    }
    return true;
}

/* ---- tellings ------------------------------------------------------------------------ */

static bool is_noun(const finder *f, uint32_t token)
{
    return f->in->syntax->upos[token] == RAP_NOUN;
}

static bool is_verb(const finder *f, uint32_t token)
{
    return f->in->syntax->upos[token] == RAP_VERB;
}

/* The noun of meeting at `token`: the token behind it, 0: none. */
static uint32_t noun_at(const finder *f, uint32_t token)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t end = t->first[t->sentence[token] + 1];
    const uint32_t after =
        is_noun(f, token) ? rap_class_at(f, FINDING_MEETING, token, end) : 0;
    /* "meeting room", "talks team" are none, nor is a "press conference" */
    if (!after || (after < end && is_noun(f, after))) return 0;
    /* "a round of violence" */
    if (rap_word_is(f, token, FINDING_ROUND) && after == token + 1 && after < end &&
        f->in->syntax->upos[after] == RAP_ADP)
        return 0;
    const bool first = token == t->first[t->sentence[token]];
    return !first && rap_word_is(f, token - 1, FINDING_NEWS) ? 0 : after;
}

static bool has_word(const finder *f, rap_span trigger, finding_class class)
{
    for (uint32_t i = rap_token_at(f, trigger.begin);
         i < f->in->tokens->count && f->in->tokens->span[i].begin < trigger.end; i++)
        if (rap_word_is(f, i, class)) return true;
    return false;
}

/* Did those who consult each other come together, or speak? */
static bool is_together(const finder *f, const rap_event *e)
{
    static const finding_class words[] = {
        FINDING_MEETING, FINDING_MEET, FINDING_CONSULT, FINDING_HOST, FINDING_REPORT};
    if (e->mode && (!strcmp(e->mode, "visit") || !strcmp(e->mode, "phone")))
        return true;
    for (uint32_t i = 0; i < sizeof words / sizeof *words; i++)
        if (has_word(f, e->trigger, words[i])) return true;
    return false;
}

/* Is it a consultation that a chronology may name, if only by its noun? */
static bool may_tell(const finder *f, uint32_t event)
{
    const rap_event *e = &f->in->events->event[event];
    if (strcmp(e->type, "CONSULT") != 0 || !is_together(f, e)) return false;
    return f->meeting[event] ||
           (e->sources && has_word(f, e->trigger, FINDING_MEETING));
}

static bool note_events(meeting_search *c)
{
    const finder *f = c->f;
    c->event_at = rap_new(f->scratch, uint32_t, f->in->tokens->count);
    for (uint32_t i = 0; c->event_at && i < f->in->tokens->count; i++)
        c->event_at[i] = RAP_NONE;
    for (uint32_t i = f->in->events->count; c->event_at && i-- > 0;)
        if (may_tell(f, i)) {
            const uint32_t at =
                rap_token_at(f, f->in->events->event[i].trigger.end - 1);
            c->event_at[at] = i;
        }
    return c->event_at != NULL;
}

static void push(meeting_search *c, const telling *t)
{
    c->f->failed |= !rap_push(c->f->scratch, &c->tellings, *t);
}

/* One's own people are no other party: "will brief their troops". */
static bool is_own_people(const finder *f, uint32_t verb)
{
    if (!rap_word_is(f, verb, FINDING_REPORT)) return false;
    const uint32_t next = verb + 1;
    return next < f->in->tokens->count && rap_word_is(f, next, FINDING_OWN);
}

/* "agreed to discuss": what is agreed on has not been held. */
static bool is_intent(const finder *f, const telling *t)
{
    const rap_syntax *s = f->in->syntax;
    if (t->form != TOLD_BY_VERB || strcmp(t->status, "happened") != 0 || !s->head ||
        s->form[t->head] != RAP_FORM_BASE || t->date.value[0] || t->place.len)
        return false;
    uint32_t at = t->head;
    for (uint32_t turn = 0; turn < 4; turn++) {
        if (s->relation[at] != RAP_REL_CONJ && s->relation[at] != RAP_REL_XCOMP)
            return false;
        at = s->head[at];
        if (rap_word_is(f, at, FINDING_AGREE)) return true;
    }
    return false;
}

/* What was only wished for, without a day or place, is a position and no meeting. */
static bool is_wish(const telling *t)
{
    const bool open =
        !strcmp(t->status, "proposed") || !strcmp(t->status, "hypothetical");
    return open && !t->date.value[0] && !t->place.len;
}

/* The host by the trigger's own verb: "hosted the talks", "organise a conference". */
static void move_host(finder *f, telling *t)
{
    const rap_event *e = &f->in->events->event[t->event];
    const uint32_t verb = rap_token_at(f, e->trigger.begin);
    const rap_syntax *s = f->in->syntax;
    if (!rap_word_is(f, verb, FINDING_HOST)) return;
    /* "in the EU facilitated negotiations of May": by the one named right before, which is
     * no subject behind its preposition */
    const uint32_t cover = verb && verb < t->head ? f->cover[verb - 1] : RAP_NONE;
    uint32_t before = cover == RAP_NONE ? 0 : f->in->names->mention[cover].first;
    while (before && s->upos[before - 1] == RAP_DET) before--;
    if (before && s->upos[before - 1] == RAP_ADP) {
        t->who.count = 0;
        if (f->in->names->mention[cover].actor != RAP_NONE)
            rap_people_add(f, &t->host, f->in->names->mention[cover].actor, verb - 1);
        return;
    }
    /* "A and B, which are hosting the talks": of others, told before */
    const bool others = t->form == TOLD_BY_NOUN && t->definite && !e->targets;
    if (e->sources != 1 && !others) return;
    for (uint32_t i = 0; i < t->who.count; i++) rap_people_take(&t->host, t->who.at[i]);
    t->who.count = 0;
}

/* "in May and July": the token of the second time told with it; RAP_NONE: it has none. */
static const rap_timex *second_day(const finder *f, const telling *t)
{
    const rap_times *times = f->in->times;
    if (!t->own_day || t->until != RAP_NO_DAY) return NULL;
    for (uint32_t i = rap_first_time(f, t->from); i + 1 < times->count; i++) {
        const rap_timex *x = &times->timex[i], *y = &times->timex[i + 1];
        if (x->first > t->to) return NULL;
        if (x->first < t->from || x->value != t->date.value) continue;
        const bool joined =
            y->first == x->last + 2 && f->in->syntax->upos[x->last + 1] == RAP_CCONJ;
        const bool day = y->type == RAP_TIMEX_DATE && y->earliest != RAP_NO_DAY &&
                         y->latest != RAP_NO_DAY && y->earliest > x->latest + 1;
        return joined && day ? y : NULL;
    }
    return NULL;
}

/* A telling of two days is one of two meetings. */
static void push_days(meeting_search *c, telling *t)
{
    const rap_timex *x = second_day(c->f, t);
    if (x && t->times <= 2) t->times = 1;
    push(c, t);
    if (!x) return;
    t->date.value = x->value;
    t->date.earliest = x->earliest;
    t->date.latest = x->latest;
    t->another = true;
    push(c, t);
}

/* False: its verb only says who holds a meeting told of beside it. */
static bool from_event(meeting_search *c, uint32_t event, uint32_t token)
{
    finder *f = c->f;
    const rap_event *e = &f->in->events->event[event];
    telling t = {.form = is_verb(f, token) ? TOLD_BY_VERB : TOLD_BY_NOUN,
                 .head = token,
                 .first = token,
                 .end = token + 1,
                 .event = event,
                 .confidence = e->confidence};
    if (is_own_people(f, token)) return true;
    rap_telling_read(f, &t);
    move_host(f, &t);
    const bool holds = t.form == TOLD_BY_VERB && rap_word_is(f, token, FINDING_HOST);
    if (holds && t.who.count < 2) return false;
    if (is_intent(f, &t) || is_wish(&t)) return true;
    f->told[event] = true;
    push_days(c, &t);
    return true;
}

/* "a final round would follow", "they will meet again": those who met before. */
static void take_last(const meeting_search *c, telling *t, uint32_t sentences)
{
    const uint32_t *sentence = c->f->in->tokens->sentence;
    if (t->who.count || !t->another || !c->tellings.count) return;
    const telling *last = &c->tellings.at[c->tellings.count - 1];
    if (sentence[t->head] - sentence[last->head] <= sentences) t->who = last->who;
}

/* "a second round": of the talks that were held before it. */
static void take_round(const meeting_search *c, telling *t)
{
    for (uint32_t i = c->tellings.count, n = 0; i-- > 0 && n < ROUNDS; n++) {
        const telling *last = &c->tellings.at[i];
        if (t->who.count || !t->another) return;
        if (last->who.count > 1 && !strcmp(last->status, "happened") &&
            strcmp(last->mode, "phone") != 0)
            t->who = last->who;
    }
}

static void from_noun(meeting_search *c, uint32_t token, uint32_t after)
{
    finder *f = c->f;
    const rap_syntax *s = f->in->syntax;
    telling t = {.form = TOLD_BY_NOUN,
                 .head = after - 1,
                 .end = after,
                 .event = RAP_NONE,
                 .confidence = SURE_OF_WORDS};
    /* the object of a verb that tells of it already */
    if (s->head && s->relation[token] == RAP_REL_OBJ &&
        c->event_at[s->head[token]] != RAP_NONE)
        return;
    rap_telling_read(f, &t);
    if (!t.definite) take_last(c, &t, 0);
    if (rap_word_is(f, token, FINDING_ROUND)) take_round(c, &t);
    if (t.past && !t.date.value[0]) return;
    push_days(c, &t);
}

/* Members of government or of a union, a council: whom an official meets when he reports
 * to them. */
static bool is_body(const finder *f, const people *who)
{
    for (uint32_t i = 0; i < who->count; i++) {
        const rap_actor *a = &f->in->names->actor[who->at[i]];
        if (a->kind != RAP_ACTOR_GROUP && a->kind != RAP_ACTOR_ORGANISATION) continue;
        if (rap_slice_is(a->sector, "GOV") || rap_slice_is(a->sector, "IGO") ||
            rap_slice_is(a->sector, "LEG") || rap_slice_is(a->code, "IGO"))
            return true;
    }
    return false;
}

/* "dared him to meet": without a day or place it is only wished for, but for "is to meet". */
static bool is_dare(const finder *f, const telling *t)
{
    const rap_syntax *s = f->in->syntax;
    if (t->head < 2 || s->form[t->head] != RAP_FORM_BASE || t->own_day ||
        t->place.len || t->date.earliest != RAP_NO_DAY ||
        s->upos[t->head - 1] != RAP_PART)
        return false;
    return s->upos[t->head - 2] != RAP_AUX &&
           !rap_word_is(f, t->head - 2, FINDING_PLAN);
}

/* "met each of them": the parties of the clause before. */
static void take_them(finder *f, telling *t, people *other)
{
    const uint32_t begin = f->in->tokens->first[f->in->tokens->sentence[t->head]];
    for (uint32_t i = t->head + 1; i < t->to && i < t->head + 4; i++) {
        const uint32_t cover = f->cover[i];
        if (f->in->syntax->upos[i] != RAP_PRON ||
            (cover != RAP_NONE && f->in->names->mention[cover].actor != RAP_NONE))
            continue;
        for (uint32_t v = t->from; v > begin && !other->count; v--)
            if (f->in->syntax->upos[v - 1] == RAP_VERB)
                rap_people_before(f, other, v - 1);
        return;
    }
}

/* "was met with scorn" */
static bool is_passive(const finder *f, uint32_t verb)
{
    if (f->in->syntax->form[verb] != RAP_FORM_PARTICIPLE) return false;
    for (uint32_t i = verb; i > 0 && verb - i < 3; i--)
        if (rap_word_is(f, i - 1, FINDING_PASSIVE)) return true;
    return false;
}

/* "met", "report to the ministers", "their leaders will discuss it on Thursday" */
static void from_verb(meeting_search *c, uint32_t token)
{
    finder *f = c->f;
    const rap_tokens *tokens = f->in->tokens;
    const uint32_t end = tokens->first[tokens->sentence[token] + 1];
    const uint32_t report = rap_class_at(f, FINDING_REPORT, token, end);
    const bool debate = rap_word_is(f, token, FINDING_DEBATE);
    telling t = {.form = TOLD_BY_VERB,
                 .head = token,
                 .first = token,
                 .end = token + 1,
                 .event = RAP_NONE,
                 .confidence = SURE_OF_WORDS};
    people other = {.count = 0};
    uint32_t behind;
    rap_telling_read(f, &t);
    rap_people_before(f, &t.who, token);
    take_last(c, &t, 2);
    rap_people_from(f, &other, report ? report : token + 1, &behind);
    if (!other.count && !debate) take_them(f, &t, &other);
    if (report && (!is_body(f, &other) || is_own_people(f, token))) return;
    if (is_passive(f, token)) return;
    if (debate && !is_body(f, &t.who)) return;
    if ((report || debate) && !t.date.value[0]) return;
    for (uint32_t i = 0; i < other.count && !debate; i++)
        rap_people_take(&t.who, other.at[i]);
    if (!t.date.value[0] && t.who.count < 2) return;
    if (is_dare(f, &t)) return;
    if (is_intent(f, &t)) return;
    push(c, &t);
}

/* "X brought A and B together in May": a verb of holding whose objects are two parties. */
static bool from_convening(meeting_search *c, uint32_t token, uint32_t after)
{
    finder *f = c->f;
    uint32_t end;
    telling t = {.form = TOLD_BY_VERB,
                 .head = token,
                 .first = token,
                 .end = after,
                 .event = RAP_NONE,
                 .confidence = SURE_OF_WORDS};
    if (after >= f->in->tokens->first[f->in->tokens->sentence[token] + 1]) return false;
    rap_people_from(f, &t.who, after, &end);
    if (t.who.count < 2) return false;
    rap_telling_read(f, &t);
    if (!t.date.value[0] && !t.place.len) return false;
    rap_people_before(f, &t.host, token);
    push_days(c, &t);
    return true;
}

/* "hosted by X", "X, who also took part" */
static void from_part(meeting_search *c, uint32_t token, uint32_t after, bool host)
{
    finder *f = c->f;
    taking_part l = {.token = token, .host = host};
    uint32_t end;
    if (host && from_convening(c, token, after)) return;
    if (host && after < f->in->tokens->count && rap_word_is(f, after, FINDING_AGENT))
        rap_people_from(f, &l.who, after + 1, &end);
    else
        rap_people_before(f, &l.who, token);
    if (l.who.count) f->failed |= !rap_push(f->scratch, &c->parts, l);
}

/* All events with the trigger of `event`. */
static bool from_events(meeting_search *c, uint32_t event, uint32_t token)
{
    const rap_events *events = c->f->in->events;
    const rap_span trigger = events->event[event].trigger;
    bool told = false;
    for (uint32_t e = event; e < events->count; e++) {
        if (events->event[e].trigger.begin > trigger.end) break;
        if (events->event[e].trigger.end == trigger.end && may_tell(c->f, e))
            told |= from_event(c, e, token);
    }
    return told;
}

/* Returns the token to go on with. */
static uint32_t read_token(meeting_search *c, uint32_t i, uint32_t end)
{
    const finder *f = c->f;
    const uint32_t event = c->event_at[i];
    if (event != RAP_NONE && from_events(c, event, i)) return i + 1;
    const uint32_t noun = noun_at(f, i);
    if (noun) {
        from_noun(c, i, noun);
        return noun;
    }
    if (!is_verb(f, i)) return i + 1;
    const uint32_t host = rap_class_at(f, FINDING_HOST, i, end),
                   part = rap_class_at(f, FINDING_ATTEND, i, end);
    if (rap_word_is(f, i, FINDING_MEET) || rap_word_is(f, i, FINDING_DEBATE) ||
        rap_class_at(f, FINDING_REPORT, i, end))
        from_verb(c, i);
    else if (host || part)
        from_part(c, i, host ? host : part, host > 0);
    return i + 1;
}

static void collect(meeting_search *c)
{
    const rap_tokens *t = c->f->in->tokens;
    for (uint32_t i = 0; i < t->count && !c->f->failed;) {
        const bool body = rap_is_body(c->f, t->sentence[i]);
        i = body ? read_token(c, i, t->first[t->sentence[i] + 1]) : i + 1;
    }
}

void rap_find_meetings(finder *f)
{
    meeting_search c = {.f = f};
    f->failed |= !note_events(&c);
    if (f->failed) return;
    collect(&c);
    rap_meetings_gather(&c, rap_tellings_join(f, &c.tellings));
}
