/*
 * finding_meeting.c - meetings that a report knows by day or place, not by who sat there.
 *
 * Reads   nouns and verbs of meeting; events, which are the surer reading and go first.
 * Method  "a meeting in Lakeside on May 4", "the sides met again on May 9": a day or a
 *         place makes it one of its own. Its parties are those named with it, else those
 *         the report is about (inferred). What an event of the document tells already is
 *         left out: the same words, or the same days.
 */
#include "finding_private.h"
#include "text.h"

enum { REACH = 10, BEFORE = 4, MONTH_DAYS = 32, LOOK_BACK = 8 };

static const float SURE_OF_TALKS = 0.6f;

typedef struct sitting {       /* a meeting while it is being found */
    uint32_t head, begin, end; /* tokens */
    const rap_timex *day;
    rap_slice place;
    const uint32_t *who;
    uint32_t count;
    bool inferred;
    const char *status;
} sitting;

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

/* Is it a word of an event already found? */
static bool is_told(const finder *f, uint32_t token)
{
    const rap_span span = f->in->tokens->span[token];
    for (uint32_t i = 0; i < f->in->events->count; i++) {
        const rap_event *e = &f->in->events->event[i];
        if (!f->meeting[i]) continue;
        if (rap_span_overlaps(e->trigger, span)) return true;
        for (uint32_t k = 0; k < e->repeats.count; k++)
            if (rap_span_overlaps(e->repeats.at[k], span)) return true;
    }
    return false;
}

/* Is a meeting on these days there already, with the same or no place? */
static bool is_same_days(const finder *f, const sitting *s)
{
    for (uint32_t i = 0; i < f->in->events->count && s->day; i++) {
        const rap_event *e = &f->in->events->event[i];
        if (!f->meeting[i]) continue;
        if (e->date.earliest == RAP_NO_DAY || e->date.latest == RAP_NO_DAY) continue;
        if (e->date.earliest > s->day->latest || s->day->earliest > e->date.latest)
            continue;
        if (!s->place.len || !e->place_name.len ||
            rap_slice_equal(s->place, e->place_name))
            return true;
    }
    for (uint32_t i = 0; i < f->list.count && s->day; i++) {
        const rap_finding *m = &f->list.at[i];
        if (m->kind == RAP_ENTRY_MEETING && m->date.earliest <= s->day->latest &&
            s->day->earliest <= m->date.latest)
            return true;
    }
    return false;
}

static bool in_words(const finder *f, uint32_t from, uint32_t end, finding_class class)
{
    for (uint32_t i = from; i < end; i++)
        if (rap_class_at(f, class, i, end)) return true;
    return false;
}

/* "The day after the summit" is not the summit's day. */
static bool is_offset(const finder *f, const rap_timex *x, uint32_t head)
{
    const uint32_t from = x->first > 2 ? x->first - 2 : 0;
    if (x->first > head) return false;
    for (uint32_t i = from; i < head; i++)
        if (rap_word_is(f, i, FINDING_OFFSET)) return true;
    return false;
}

/* A day or month within reach behind the head, or right before it. */
static const rap_timex *day_of(const finder *f, uint32_t head, uint32_t begin,
                               uint32_t end)
{
    for (uint32_t i = 0; i < f->in->times->count; i++) {
        const rap_timex *x = &f->in->times->timex[i];
        if (x->first >= end || x->first > head + REACH) break;
        if (x->first < begin || x->last + BEFORE < head || x->type != RAP_TIMEX_DATE)
            continue;
        if (x->earliest == RAP_NO_DAY || x->latest == RAP_NO_DAY) continue;
        if (x->latest - x->earliest >= MONTH_DAYS) continue;
        if (x->first < head && is_offset(f, x, head)) continue;
        return x;
    }
    return NULL;
}

static rap_slice place_of(const finder *f, uint32_t head, uint32_t end)
{
    const rap_names *n = f->in->names;
    for (uint32_t i = head + 1; i + 1 < end && i < head + REACH; i++) {
        if (f->in->syntax->upos[i] != RAP_ADP || !rap_word_is(f, i, FINDING_TAIL))
            continue;
        const uint32_t at = f->in->syntax->upos[i + 1] == RAP_DET ? i + 2 : i + 1;
        if (at >= end || f->cover[at] == RAP_NONE) continue;
        const rap_mention *m = &n->mention[f->cover[at]];
        if (m->actor == RAP_NONE || n->actor[m->actor].kind != RAP_ACTOR_PLACE)
            continue;
        return rap_cut(f->in->article->text, m->head);
    }
    return (rap_slice){0};
}

static const char *status_of(const finder *f, const sitting *s)
{
    const rap_published *p = &f->in->times->published;
    if (in_words(f, s->begin, s->end, FINDING_CANCEL)) return "denied";
    if (s->day && p->basis != RAP_BASIS_UNKNOWN && s->day->earliest > p->latest)
        return "planned";
    const uint32_t from = s->head > s->begin + 4 ? s->head - 4 : s->begin;
    if (in_words(f, from, s->head, FINDING_WILL) ||
        in_words(f, from, s->head, FINDING_MUST) ||
        in_words(f, from, s->head, FINDING_OBLIGE))
        return "planned";
    const uint32_t to = s->head + 3 < s->end ? s->head + 3 : s->end;
    return in_words(f, from, to, FINDING_PLAN) ? "planned" : "happened";
}

/* When something was said in the sentence: "told reporters after the talks". */
static const rap_when *said_beside(const finder *f, uint32_t token)
{
    const rap_span s = rap_sentence_span(f->in->tokens, f->in->tokens->sentence[token]);
    for (uint32_t i = 0; i < f->in->statements->count; i++) {
        const rap_statement *one = &f->in->statements->statement[i];
        if (!one->content.count || !rap_span_overlaps(one->content.at[0], s)) continue;
        if (one->date.earliest != RAP_NO_DAY && one->date.earliest == one->date.latest)
            return &one->date;
    }
    return NULL;
}

static void add_meeting(finder *f, const sitting *s)
{
    const rap_span span = rap_tokens_of(f, s->begin, s->end);
    rap_basis basis;
    rap_when date = {"", RAP_NO_DAY, RAP_NO_DAY, RAP_BASIS_UNKNOWN, RAP_NONE};
    if (s->day) {
        date = (rap_when){s->day->value, s->day->earliest, s->day->latest,
                          RAP_BASIS_STATED, RAP_NONE};
    } else {
        const uint32_t at = rap_time_of(f->in->times, f->in->tokens, s->head, &basis);
        const rap_when *said = said_beside(f, s->head);
        if (at == RAP_NONE && said) {
            date = *said;
            date.basis = RAP_BASIS_INFERRED;
        } else if (at != RAP_NONE && !is_offset(f, &f->in->times->timex[at], s->head)) {
            const rap_timex *x = &f->in->times->timex[at];
            date = (rap_when){x->value, x->earliest, x->latest, basis, RAP_NONE};
        }
    }
    rap_find_add(f,
                 (rap_finding){.kind = RAP_ENTRY_MEETING,
                               .anchor = f->in->tokens->span[s->head],
                               .who = s->who,
                               .who_count = s->count,
                               .according_to = RAP_NONE,
                               .class = "CONSULT",
                               .stance = "",
                               .status = s->status,
                               .terms = s->inferred ? "inferred" : "",
                               .date = date,
                               .place = s->place,
                               .due = "",
                               .due_earliest = RAP_NO_DAY,
                               .due_latest = RAP_NO_DAY,
                               .due_basis = "",
                               .confidence = s->inferred ? 0.55f : 0.62f},
                 &span, 1);
}

/* "its summit", "the council's session": the one whose it is. */
static void owner_of(finder *f, sitting *s)
{
    const rap_names *n = f->in->names;
    uint32_t after, at = RAP_NONE;
    s->count = 0;
    for (uint32_t i = s->head; i > s->begin && s->head - i < 4 && at == RAP_NONE; i--) {
        const uint32_t cover = f->cover[i - 1];
        const uint8_t upos = f->in->syntax->upos[i - 1];
        if (cover != RAP_NONE && n->mention[cover].actor != RAP_NONE) at = i - 1;
        if (at == RAP_NONE && upos != RAP_ADJ && upos != RAP_NOUN && upos != RAP_PART)
            break;
    }
    const rap_tokens *t = f->in->tokens;
    const uint32_t first_token = t->first[t->sentence[s->head]];
    for (uint32_t i = s->head; at == RAP_NONE && i > first_token; i--) {
        const uint32_t cover = f->cover[i - 1];
        if (cover == RAP_NONE || n->mention[cover].actor == RAP_NONE) continue;
        const rap_actor_kind kind = n->actor[n->mention[cover].actor].kind;
        const bool body = kind == RAP_ACTOR_ORGANISATION || kind == RAP_ACTOR_STATE;
        if (body && s->head > s->begin && rap_word_is(f, s->head - 1, FINDING_OWN))
            at = i - 1;
    }
    if (at == RAP_NONE) return;
    const uint32_t first = n->mention[f->cover[at]].first;
    s->count = rap_named_from(f, first, &s->who, &after);
    if (after > s->head + 1) s->count = 0;
}

/* "between A and B", "of the leaders", behind the noun. */
static void parties_behind(finder *f, sitting *s)
{
    uint32_t after;
    for (uint32_t i = s->head + 1; i + 1 < s->end && i < s->head + 5; i++) {
        if (f->in->syntax->upos[i] != RAP_ADP) continue;
        s->count = rap_named_from(f, i + 1, &s->who, &after);
        s->count = rap_name_sides(f, s->count, &s->who);
        if (s->count > 1) return;
    }
    owner_of(f, s);
}

static void take_sitting(finder *f, sitting *s)
{
    s->day = day_of(f, s->head, s->begin, s->end);
    s->place = place_of(f, s->head, s->end);
    if (!s->day && !s->place.len) return;
    if (is_same_days(f, s)) return;
    if (!s->count) {
        s->inferred = true;
        s->count = rap_named_pair(f, &s->who);
    }
    if (!s->day && s->count < 2) return;
    s->status = status_of(f, s);
    add_meeting(f, s);
}

static void from_noun(finder *f, uint32_t token)
{
    const rap_tokens *t = f->in->tokens;
    sitting s = {.head = token};
    /* "meeting room", "talks team" are none; nor is a meeting another one is told by */
    if (token + 1 < t->count && t->sentence[token + 1] == t->sentence[token] &&
        f->in->syntax->upos[token + 1] == RAP_NOUN)
        return;
    rap_clause_of(f, token, &s.begin, &s.end);
    parties_behind(f, &s);
    take_sitting(f, &s);
}

static void from_verb(finder *f, uint32_t token)
{
    sitting s = {.head = token};
    uint32_t begin;
    rap_clause_of(f, token, &s.begin, &s.end);
    s.count = rap_subject_of(f, token, &s.who, &begin);
    if (s.count) s.begin = begin;
    if (day_of(f, token, s.begin, s.end)) take_sitting(f, &s);
}

void rap_find_meetings(finder *f)
{
    const rap_tokens *t = f->in->tokens;
    for (uint32_t i = 0; i < t->count; i++) {
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos != RAP_NOUN && upos != RAP_VERB) continue;
        const bool noun = upos == RAP_NOUN && rap_word_is(f, i, FINDING_MEETING);
        const bool verb = upos == RAP_VERB && rap_word_is(f, i, FINDING_MEET);
        if ((!noun && !verb) || !rap_is_body(f, t->sentence[i]) || is_told(f, i))
            continue;
        if (noun) from_noun(f, i);
        if (verb) from_verb(f, i);
    }
}
