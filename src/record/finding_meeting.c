/*
 * finding_meeting.c - the meetings of one report.
 *
 * Reads   events of consultation, nouns and verbs of meeting, verbs of holding and of
 *         taking part.
 * Method  every telling is read (finding_telling.c), tellings of one meeting are joined
 *         (finding_sitting.c), and each meeting has the parties, hosts, days and places of
 *         all its tellings. What says nothing new of it is no evidence. Parties that are
 *         not named with it are those the report is about (inferred).
 * Cost    linear in tokens.
 */
#include "finding_meeting.h"
#include "text.h"

enum {
    LOOK_BACK = 8,
    MOST_SPANS = 24,
    NEAR = 40,
    RANKS = 6,
    TOPIC = 9,
    ABOUT = 10,
    LONG_CLAUSE = 40,
    BEFORE_NOUN = 8,
    BEHIND_NOUN = 16,
    SAID_NEAR = 4,
    SAID_BYTES = 80
};

static const float SURE_OF_TALKS = 0.6f;

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

bool rap_finding_is_meeting(const rap_events *events, uint32_t index,
                            const rap_names *names)
{
    const rap_event *e = &events->event[index];
    if (strcmp(e->type, "CONSULT") != 0 || !e->sources) return false;
    const bool fixed = e->date.earliest != RAP_NO_DAY || e->place_name.len;
    const bool group = names->actor[e->source[0]].kind == RAP_ACTOR_GROUP;
    if (parties_of(e, names) < 2 && !(group && fixed)) return false;
    /* Who mediates need not sit there; "the talks", without day or place, may be any. */
    if (e->targets && e->mode && strcmp(e->mode, "third-party") == 0) return false;
    if (!fixed && e->confidence < SURE_OF_TALKS) return false;
    for (uint32_t i = index > LOOK_BACK ? index - LOOK_BACK : 0; i < index; i++) {
        const rap_event *other = &events->event[i];
        if (strcmp(other->type, "CONSULT") == 0 && same_sources(e, other) &&
            rap_span_overlaps(other->evidence, e->evidence) && !e->place_name.len)
            return false;
    }
    return true;
}

/* ---- tellings ------------------------------------------------------------------------ */

typedef struct link { /* "X hosted the talks", "X also took part" */
    uint32_t token;
    people who;
    bool host;
} link;

typedef struct collector {
    finder *f;
    telling_list tellings;
    RAP_LIST(link) links;
    const uint32_t
        *about; /* [about_count] whom the report names most, once asked for */
    uint32_t about_count;
    uint32_t *event_at; /* [T] the first event whose trigger ends there, or RAP_NONE */
} collector;

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

static bool note_events(collector *c)
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

static void push(collector *c, const telling *t)
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
    if (e->sources != 1) return;
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
static void push_days(collector *c, telling *t)
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
static bool from_event(collector *c, uint32_t event, uint32_t token)
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
static void take_last(const collector *c, telling *t, uint32_t sentences)
{
    const uint32_t *sentence = c->f->in->tokens->sentence;
    if (t->who.count || !t->another || !c->tellings.count) return;
    const telling *last = &c->tellings.at[c->tellings.count - 1];
    if (sentence[t->head] - sentence[last->head] <= sentences) t->who = last->who;
}

static void from_noun(collector *c, uint32_t token, uint32_t after)
{
    finder *f = c->f;
    const rap_syntax *s = f->in->syntax;
    telling t = {.form = TOLD_BY_NOUN,
                 .head = after - 1,
                 .end = after,
                 .event = RAP_NONE,
                 .confidence = 0.62f};
    /* the object of a verb that tells of it already */
    if (s->head && s->relation[token] == RAP_REL_OBJ &&
        c->event_at[s->head[token]] != RAP_NONE)
        return;
    rap_telling_read(f, &t);
    if (!t.definite) take_last(c, &t, 0);
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

/* "met", "report to the ministers", "their leaders will discuss it on Thursday" */
static void from_verb(collector *c, uint32_t token)
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
                 .confidence = 0.62f};
    people other = {.count = 0};
    uint32_t behind;
    rap_telling_read(f, &t);
    rap_people_before(f, &t.who, token);
    take_last(c, &t, 2);
    rap_people_from(f, &other, report ? report : token + 1, &behind);
    if (!other.count && !debate) take_them(f, &t, &other);
    if (report && (!is_body(f, &other) || is_own_people(f, token))) return;
    if (debate && !is_body(f, &t.who)) return;
    if ((report || debate) && !t.date.value[0]) return;
    for (uint32_t i = 0; i < other.count && !debate; i++)
        rap_people_take(&t.who, other.at[i]);
    if (!t.date.value[0] && t.who.count < 2) return;
    if (is_intent(f, &t)) return;
    push(c, &t);
}

/* "X brought A and B together in May": a verb of holding whose objects are two parties. */
static bool from_convening(collector *c, uint32_t token, uint32_t after)
{
    finder *f = c->f;
    uint32_t end;
    telling t = {.form = TOLD_BY_VERB,
                 .head = token,
                 .first = token,
                 .end = after,
                 .event = RAP_NONE,
                 .confidence = 0.62f};
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
static void from_part(collector *c, uint32_t token, uint32_t after, bool host)
{
    finder *f = c->f;
    link l = {.token = token, .host = host};
    uint32_t end;
    if (host && from_convening(c, token, after)) return;
    if (host && after < f->in->tokens->count && rap_word_is(f, after, FINDING_AGENT))
        rap_people_from(f, &l.who, after + 1, &end);
    else
        rap_people_before(f, &l.who, token);
    if (l.who.count) f->failed |= !rap_push(f->scratch, &c->links, l);
}

/* All events with the trigger of `event`. */
static bool from_events(collector *c, uint32_t event, uint32_t token)
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

static void read_token(collector *c, uint32_t i, uint32_t end)
{
    const finder *f = c->f;
    const uint32_t event = c->event_at[i];
    if (event != RAP_NONE && from_events(c, event, i)) return;
    const uint32_t noun = noun_at(f, i);
    if (noun) {
        from_noun(c, i, noun);
        return;
    }
    if (!is_verb(f, i)) return;
    const uint32_t host = rap_class_at(f, FINDING_HOST, i, end),
                   part = rap_class_at(f, FINDING_ATTEND, i, end);
    if (rap_word_is(f, i, FINDING_MEET) || rap_word_is(f, i, FINDING_DEBATE) ||
        rap_class_at(f, FINDING_REPORT, i, end))
        from_verb(c, i);
    else if (host || part)
        from_part(c, i, host ? host : part, host > 0);
}

static void collect(collector *c)
{
    const rap_tokens *t = c->f->in->tokens;
    for (uint32_t i = 0; i < t->count && !c->f->failed; i++)
        if (rap_is_body(c->f, t->sentence[i]))
            read_token(c, i, t->first[t->sentence[i] + 1]);
}

/* ---- who held it, who took part ------------------------------------------------------- */

static uint32_t first_telling(const collector *c, uint32_t token)
{
    uint32_t low = 0, high = c->tellings.count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (c->tellings.at[middle].head < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The telling that a verb of holding or taking part is about: the nearest of its sentence,
 * for taking part else the last before. */
static telling *told_near(collector *c, const link *l)
{
    const rap_tokens *t = c->f->in->tokens;
    const uint32_t begin = t->first[t->sentence[l->token]];
    uint32_t i = first_telling(c, begin);
    telling *best = NULL;
    uint32_t least = NEAR;
    for (uint32_t k = i; k < c->tellings.count; k++) {
        telling *one = &c->tellings.at[k];
        const uint32_t far =
            one->head < l->token ? l->token - one->head : one->head - l->token;
        if (t->sentence[one->head] != t->sentence[l->token]) break;
        if (one->sitting != RAP_NONE && far < least) best = one, least = far;
    }
    for (uint32_t seen = 0; !best && !l->host && i-- > 0 && seen < NEAR; seen++)
        if (c->tellings.at[i].sitting != RAP_NONE) best = &c->tellings.at[i];
    return best;
}

static void add_links(collector *c)
{
    for (uint32_t i = 0; i < c->links.count; i++) {
        const link *l = &c->links.at[i];
        telling *t = told_near(c, l);
        for (uint32_t k = 0; t && k < l->who.count; k++)
            rap_people_take(l->host ? &t->host : &t->part, l->who.at[k]);
    }
}

/* ---- findings ------------------------------------------------------------------------ */

/* Does the telling say more of its meeting than that there was one? */
static bool is_telling(const telling *t)
{
    if (t->form == TOLD_BY_VERB || t->event != RAP_NONE) return true;
    if (t->aside) return t->placed || t->who.count;
    return t->own_day || t->place.len || t->who.count || t->host.count;
}

/* The token behind the last of those that tell of an occasion named aside. */
static uint32_t end_of_aside(const finder *f, const telling *t)
{
    uint32_t end = t->end;
    if (t->placed) {
        const uint32_t place = rap_token_at(f, t->place_span.end - 1) + 1;
        if (place > end) end = place;
    }
    for (uint32_t i = t->end; i < t->to && i < t->end + NEAR; i++) {
        const uint32_t cover = f->cover[i];
        if (cover == RAP_NONE) continue;
        const uint32_t actor = f->in->names->mention[cover].actor;
        if (actor != RAP_NONE && rap_people_has(&t->who, actor)) end = i + 1;
    }
    return end < t->to ? end : t->to;
}

/* A mark or conjunction at the edge of what is quoted. */
static bool is_edge(const finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    return upos == RAP_PUNCT || upos == RAP_CCONJ || upos == RAP_SCONJ ||
           upos == RAP_DET || upos == RAP_ADP || upos == RAP_PART;
}

/* Where what tells of `t` begins, behind another meeting told of before it. */
static uint32_t part_from(const finder *f, const telling *other, const telling *t)
{
    for (uint32_t i = t->first; i > other->end; i--)
        if (f->in->syntax->upos[i - 1] == RAP_CCONJ ||
            f->in->syntax->upos[i - 1] == RAP_PUNCT)
            return i;
    return t->first;
}

/* The clause, as far as it tells of this meeting: up to another one told of in it. */
static rap_span words_of(const collector *c, uint32_t index)
{
    const finder *f = c->f;
    const telling *t = &c->tellings.at[index];
    uint32_t from = t->aside ? t->first : t->from;
    uint32_t to = t->aside ? end_of_aside(f, t) : t->to;
    const bool long_one = t->form == TOLD_BY_NOUN && to - from > LONG_CLAUSE;
    if (long_one) { /* the phrase, its day and its parties tell enough */
        if (t->first > from + BEFORE_NOUN) from = t->first - BEFORE_NOUN;
        if (to > t->end + BEHIND_NOUN) to = t->end + BEHIND_NOUN;
    }
    for (uint32_t i = index; i-- > 0 && c->tellings.at[i].head >= from;) {
        const telling *other = &c->tellings.at[i];
        if (other->sitting == t->sitting || other->head >= t->first) continue;
        from = part_from(f, other, t);
        break;
    }
    for (uint32_t i = index + 1; i < c->tellings.count; i++) {
        const telling *other = &c->tellings.at[i];
        if (other->first >= to) break;
        if (other->sitting == t->sitting || other->first < t->end) continue;
        to = other->first;
        while (to > t->end && is_edge(f, to - 1)) to--;
        break;
    }
    while (from < t->first && f->in->syntax->upos[from] == RAP_PUNCT) from++;
    return rap_tokens_of(f, from, to > t->end ? to : t->end);
}

typedef struct gathered { /* one meeting of the report */
    const telling *first, *dated, *placed;
    people who, host, part; /* part: those told elsewhere that they took part */
    rap_span span[MOST_SPANS], repeat[MOST_SPANS];
    uint32_t spans, repeats;
    const char *status, *mode;
    float confidence;
    rap_day until;
    rap_slice moved_from, apart_by;
    uint32_t times, rank_from, rank_to;
    uint32_t topic, topic_end; /* tokens of "on the border" behind its noun; 0: none */
    bool body;
} gathered;

/* The surer date: stated before inferred, the narrower before the wider. */
static bool is_firmer(const rap_when *a, const rap_when *b)
{
    if (!a->value[0]) return false;
    if (!b->value[0]) return true;
    const bool stated = a->basis == RAP_BASIS_STATED,
               other = b->basis == RAP_BASIS_STATED;
    if (stated != other) return stated;
    return (int64_t)a->latest - a->earliest < (int64_t)b->latest - b->earliest;
}

/* "negotiations on self-management" */
static void set_topic(const finder *f, const telling *t, gathered *g)
{
    if (t->form != TOLD_BY_NOUN || t->end + 1 >= t->to) return;
    if (f->in->syntax->upos[t->end] != RAP_ADP || rap_word_is(f, t->end, FINDING_AT) ||
        !rap_word_is(f, t->end, FINDING_TAIL))
        return;
    g->topic = t->end + 1;
    g->topic_end = t->to < t->end + TOPIC ? t->to : t->end + TOPIC;
}

static void gather(const collector *c, uint32_t index, gathered *g)
{
    const telling *t = &c->tellings.at[index];
    if (!g->first) {
        *g = (gathered){.first = t,
                        .dated = t,
                        .status = t->status,
                        .mode = "",
                        .until = RAP_NO_DAY,
                        .times = t->times,
                        .rank_from = t->form == TOLD_BY_VERB ? t->from : t->first,
                        .rank_to = t->to < t->end + RANKS ? t->to : t->end + RANKS,
                        .apart_by = t->apart_by};
        set_topic(c->f, t, g);
    }
    for (uint32_t i = 0; i < t->who.count; i++) rap_people_take(&g->who, t->who.at[i]);
    for (uint32_t i = 0; i < t->part.count; i++)
        rap_people_take(&g->part, t->part.at[i]);
    for (uint32_t i = 0; i < t->host.count; i++)
        rap_people_take(&g->host, t->host.at[i]);
    if (is_firmer(&t->date, &g->dated->date)) g->dated = t;
    if (!g->placed && t->place.len) g->placed = t;
    if (t->until != RAP_NO_DAY) g->until = t->until;
    if (t->moved_from.len) g->moved_from = t->moved_from;
    if (!g->mode[0]) g->mode = t->mode;
    if (!strcmp(t->status, "happened")) g->status = t->status;
    if (t->confidence > g->confidence) g->confidence = t->confidence;
    g->body |= t->body;
    if (is_telling(t)) {
        const rap_span words = words_of(c, index);
        bool there = false;
        for (uint32_t i = 0; i < g->spans && !there; i++)
            there = rap_span_holds(g->span[i], words);
        if (!there && g->spans < MOST_SPANS) g->span[g->spans++] = words;
    } else if (!t->aside && g->repeats < MOST_SPANS) {
        g->repeat[g->repeats++] = rap_tokens_of(c->f, t->first, t->end);
    }
}

static const uint32_t *keep(finder *f, const people *list)
{
    uint32_t *kept = rap_new(f->arena, uint32_t, list->count);
    f->failed |= !kept;
    if (kept) memcpy(kept, list->at, list->count * sizeof *kept);
    return kept;
}

static rap_spans keep_spans(finder *f, const rap_span *span, uint32_t count)
{
    rap_span *kept = rap_new(f->arena, rap_span, count);
    f->failed |= !kept;
    if (kept) memcpy(kept, span, count * sizeof *kept);
    return (rap_spans){kept, kept ? count : 0};
}

/* One that goes between parties, or a rank that nobody is named for. */
static bool is_third(const finder *f, uint32_t actor)
{
    const rap_actor *a = &f->in->names->actor[actor];
    return rap_slice_is(a->sector, "IGO") ||
           (a->kind == RAP_ACTOR_GROUP && !a->code.len);
}

/* Who took part: those named; else whose meeting it is; else the two of the report. Returns
 * how many of the last it lent. */
static uint32_t lend_parties(finder *f, gathered *g)
{
    const uint32_t *two;
    uint32_t named = 0;
    if (g->body) return 0;
    for (uint32_t i = 0; i < g->who.count; i++) named += !is_third(f, g->who.at[i]);
    if (named) return 0;
    if (!g->who.count && g->host.count && strcmp(g->status, "planned") == 0) {
        g->who = g->host;
        return 0;
    }
    const uint32_t before = g->who.count, count = rap_named_pair(f, &two);
    for (uint32_t i = 0; i < count; i++) rap_people_take(&g->who, two[i]);
    return g->who.count - before;
}

/* "Before the summit, A received B": on its day or the one before. */
static void date_by_aside(const collector *c, gathered *g, rap_when *date)
{
    const finder *f = c->f;
    const uint32_t sentence = f->in->tokens->sentence[g->first->head];
    for (const telling *t = g->first; t-- > c->tellings.at;) {
        if (f->in->tokens->sentence[t->head] != sentence) return;
        if (!t->aside || t->sitting == RAP_NONE || t->sitting == g->first->sitting)
            continue;
        const rap_when *day = &g[(int64_t)t->sitting - g->first->sitting].dated->date;
        if (!day->value[0] || day->earliest != day->latest) return;
        *date = *day;
        date->earliest--;
        date->basis = RAP_BASIS_INFERRED;
        return;
    }
}

static const char *day_text(finder *f, rap_day day)
{
    char text[12];
    rap_day_format(day, text);
    const char *kept = rap_arena_copy(f->arena, rap_slice_of(text)).at;
    f->failed |= !kept;
    return kept ? kept : "";
}

/* A term of `kind`, once, its spaces closed. */
static const char *add_term(finder *f, const char *terms, const char *kind,
                            rap_slice word)
{
    if (!word.len) return terms;
    const rap_slice folded = rap_fold(f->scratch, word);
    char *one = folded.at ? rap_arena_printf(f->scratch, "%s%.*s", kind,
                                             (int)folded.len, folded.at)
                          : NULL;
    f->failed |= !one;
    if (!one) return terms;
    for (char *c = one + strlen(kind); *c; c++)
        if (*c == ' ' && strcmp(kind, "moved:") != 0) *c = '_';
    rap_slice list = rap_slice_of(terms), part;
    while (rap_split_next(&list, ' ', &part))
        if (rap_slice_is(part, one)) return terms;
    const char *out =
        rap_arena_printf(f->arena, "%s%s%s", terms, *terms ? " " : "", one);
    f->failed |= !out;
    return out ? out : terms;
}

/* What other reports may know it by: ranks, the noun that tells it apart, the topic. */
static const char *terms_of_meeting(finder *f, const gathered *g)
{
    const char *terms = "";
    terms = add_term(f, terms, "moved:", g->moved_from);
    terms = add_term(f, terms, "q:", g->apart_by);
    for (uint32_t i = g->topic; g->topic && i < g->topic_end; i++)
        if (is_noun(f, i)) terms = add_term(f, terms, "q:", f->lemma[i]);
    for (uint32_t i = g->rank_from; i < g->rank_to; i++)
        if (rap_word_is(f, i, FINDING_RANK))
            terms = add_term(f, terms, "r:", f->lemma[i]);
    for (uint32_t i = 0; i < g->who.count; i++)
        if (rap_slice_is(f->in->names->actor[g->who.at[i]].sector, "MIL"))
            terms = add_term(f, terms, "r:", RAP_LIT("mil"));
    return terms;
}

/* "A told B that", right after both met: said there. */
static void add_said(const finder *f, gathered *g)
{
    const rap_statements *said = f->in->statements;
    if (g->who.count != 2 || strcmp(g->status, "happened") != 0) return;
    const rap_tokens *t = f->in->tokens;
    const uint32_t from = t->sentence[g->first->head];
    uint32_t low = 0, high = said->count;
    while (low < high) { /* the first statement behind the meeting */
        const uint32_t middle = low + (high - low) / 2;
        const rap_spans words = said->statement[middle].content;
        if (words.count && words.at[0].begin < t->span[g->first->head].begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (uint32_t i = low; i < said->count && g->spans < MOST_SPANS; i++) {
        const rap_statement *s = &said->statement[i];
        if (!s->content.count ||
            t->sentence[rap_token_at(f, s->content.at[0].begin)] > from + SAID_NEAR)
            return;
        if (s->speaker == RAP_NONE || s->addressee == RAP_NONE || !s->cue.count ||
            s->speaker == s->addressee || !rap_people_has(&g->who, s->speaker) ||
            !rap_people_has(&g->who, s->addressee))
            continue;
        rap_span span = s->cue.at[0];
        if (s->source.count && s->source.at[0].begin < span.begin &&
            span.begin - s->source.at[0].begin < SAID_BYTES)
            span.begin = s->source.at[0].begin;
        g->span[g->spans++] = span;
    }
}

static void add_meeting(collector *c, gathered *g)
{
    finder *f = c->f;
    add_said(f, g);
    const uint32_t lent = lend_parties(f, g);
    const bool inferred = lent && lent == g->who.count;
    const telling *t = g->first;
    rap_when date = g->dated->date;
    if (!date.value[0] && date.earliest == RAP_NO_DAY) date_by_aside(c, g, &date);
    const bool dated = date.value[0] || date.earliest != RAP_NO_DAY;
    if (!dated && !g->placed && g->who.count < 2 && strcmp(g->status, "planned"))
        return;
    if (!dated && !g->who.count && !g->host.count) return; /* "a summit in Egypt" */
    float confidence = g->confidence;
    if (t->event == RAP_NONE && inferred) confidence = 0.55f;
    /* what joins a reading that names no parties or no day */
    if (!c->about) c->about_count = rap_most_named(f, ABOUT, &c->about);
    const uint32_t about_count = lent || !dated ? c->about_count : 0;
    uint32_t *where = NULL;
    if (g->placed && g->placed->where != RAP_NONE) {
        where = rap_new(f->arena, uint32_t, 1);
        f->failed |= !where;
        if (where) *where = g->placed->where;
    }
    const rap_finding m = {
        .kind = RAP_ENTRY_MEETING,
        .anchor = t->event != RAP_NONE ? f->in->events->event[t->event].trigger
                                       : f->in->tokens->span[t->head],
        .who = keep(f, &g->who),
        .who_count = g->who.count,
        .lent = lent,
        .part = keep(f, &g->part),
        .part_count = g->part.count,
        .about = c->about,
        .about_count = about_count,
        .host = keep(f, &g->host),
        .host_count = g->host.count,
        .where = where,
        .according_to = RAP_NONE,
        .class = "CONSULT",
        .mode = g->mode,
        .stance = "",
        .status = g->status,
        .terms = terms_of_meeting(f, g),
        .date = date,
        .place = g->placed ? g->placed->place : (rap_slice){0},
        .place_span = g->placed ? g->placed->place_span : (rap_span){0},
        .trigger = rap_tokens_of(f, t->first, t->end),
        .repeats = keep_spans(f, g->repeat, g->repeats),
        .due = day_text(f, g->until),
        .due_earliest = g->until,
        .due_latest = g->until,
        .due_basis = "",
        .low = g->times,
        .high = g->times,
        .confidence = confidence};
    if (!g->spans) g->span[g->spans++] = m.trigger;
    rap_find_add(f, m, g->span, g->spans);
}

void rap_find_meetings(finder *f)
{
    collector c = {.f = f};
    f->failed |= !note_events(&c);
    if (f->failed) return;
    collect(&c);
    const uint32_t count = rap_tellings_join(f, &c.tellings);
    add_links(&c);
    gathered *all = rap_new(f->scratch, gathered, count);
    f->failed |= !all;
    for (uint32_t i = 0; i < c.tellings.count && !f->failed; i++)
        if (c.tellings.at[i].sitting != RAP_NONE)
            gather(&c, i, &all[c.tellings.at[i].sitting]);
    for (uint32_t i = 0; i < count && !f->failed; i++)
        if (all[i].first) add_meeting(&c, &all[i]);
}
