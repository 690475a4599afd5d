/*
 * finding_telling.c - the words of a report that tell of a meeting, one by one.
 *
 * Reads   events of consultation; nouns and verbs of meeting that made no event.
 * Method  an event is the surer reading of its words. Of each telling: its clause, the place
 *         behind or before it, whether it was held, is to come or was called off, and whether
 *         it points back to one told before. Days: finding_when.c.
 * Cost    a bounded part of a sentence for each.
 */
#include "finding_meeting.h"
#include "text.h"

enum {
    REACH = 10,
    PLACE_REACH = 16,
    BEFORE = 4,
    MONTH_DAYS = 32,
    PHRASE = 7,
    SUBJECT = 24
};

static uint32_t sentence_first(const finder *f, uint32_t token)
{
    return f->in->tokens->first[f->in->tokens->sentence[token]];
}

static uint32_t sentence_end(const finder *f, uint32_t token)
{
    return f->in->tokens->first[f->in->tokens->sentence[token] + 1];
}

/* ---- places -------------------------------------------------------------------------- */

static bool in_time(const finder *f, uint32_t token)
{
    const uint32_t i = rap_first_time(f, token);
    return i < f->in->times->count && f->in->times->timex[i].first <= token;
}

/* Does the place at `token` hang from the telling, not from another noun beside it? */
static bool belongs(const finder *f, const telling *t, uint32_t token)
{
    const rap_syntax *s = f->in->syntax;
    uint32_t at = token;
    if (!s->head) return true;
    while (s->relation[at] == RAP_REL_FLAT || s->relation[at] == RAP_REL_COMPOUND)
        at = s->head[at];
    bool chained = true; /* by "of", or to a time: "the resort of A", "late May in A" */
    for (uint32_t turn = 0; turn < 4 && s->relation[at] == RAP_REL_NMOD; turn++) {
        const uint32_t over = s->head[at];
        /* "a summit on Ruritania in Norvik" is there, "talks on a truce in Norvik" are not */
        if (over == t->head) return chained || f->cover[at] != RAP_NONE;
        const bool of = at > 0 && f->in->syntax->upos[at - 1] == RAP_ADP &&
                        !rap_word_is(f, at - 1, FINDING_AT);
        chained &= of || in_time(f, over);
        at = over;
    }
    return chained; /* not "a rally in A" beside the meeting */
}

typedef enum place_form { PLACE_BEFORE, PLACE_BEHIND, PLACE_APART } place_form;

static bool take_place(finder *f, telling *t, uint32_t token, place_form form)
{
    const bool modifier = form == PLACE_BEFORE;
    const rap_names *n = f->in->names;
    const uint32_t at = n->at_token[token];
    if (at == RAP_NONE || n->mention[at].actor == RAP_NONE) return false;
    const rap_mention *m = &n->mention[at];
    const rap_actor_kind kind = n->actor[m->actor].kind;
    if (m->form != RAP_MENTION_NAME || m->modifier) return false;
    /* "in the Avalon conflict" is no place */
    if (!modifier && m->last + 1 < sentence_end(f, token) &&
        f->in->syntax->upos[m->last + 1] == RAP_NOUN && !in_time(f, m->last + 1))
        return false;
    if (form == PLACE_BEHIND && !belongs(f, t, m->last)) return false;
    if (kind != RAP_ACTOR_PLACE && (kind != RAP_ACTOR_STATE || modifier)) return false;
    t->where = m->actor;
    t->place_span = m->head;
    t->place = rap_cut(f->in->article->text, m->head);
    return true;
}

/* "in the Kenyan capital": the one city of that state that the report names. */
static bool take_capital(finder *f, telling *t, uint32_t from, uint32_t capital)
{
    const rap_names *n = f->in->names;
    uint32_t found = RAP_NONE;
    for (uint32_t i = from; i < capital; i++) {
        const uint32_t state = rap_state_of_adjective(f, i);
        for (uint32_t k = 0; state != RAP_NONE && k < n->actors; k++) {
            if (n->actor[k].kind != RAP_ACTOR_PLACE || !n->actor[k].code.len) continue;
            if (!rap_slice_equal(n->actor[k].code, n->actor[state].code)) continue;
            if (found != RAP_NONE) return false;
            found = k;
        }
    }
    if (found == RAP_NONE) return false;
    t->where = found;
    t->place = n->actor[found].name;
    t->place_span = rap_tokens_of(f, from, capital + 1);
    return true;
}

/* The place behind the preposition at `token`: "in (the resort of) X". */
static bool place_behind(finder *f, telling *t, uint32_t token, uint32_t end,
                         place_form form)
{
    for (uint32_t i = token + 1; i < end && i < token + 6; i++) {
        if (take_place(f, t, i, form)) return true;
        if (rap_word_is(f, i, FINDING_CAPITAL)) return take_capital(f, t, token + 1, i);
        const uint8_t upos = f->in->syntax->upos[i];
        const bool of =
            upos == RAP_ADP && i > token + 1 && f->in->syntax->upos[i - 1] == RAP_NOUN;
        if (upos != RAP_DET && upos != RAP_ADJ && upos != RAP_NOUN && !of) return false;
    }
    return false;
}

static bool is_at(const finder *f, uint32_t token)
{
    return f->in->syntax->upos[token] == RAP_ADP && rap_word_is(f, token, FINDING_AT);
}

void rap_telling_place(finder *f, telling *t, uint32_t from, uint32_t end, bool apart)
{
    const place_form form = apart ? PLACE_APART : PLACE_BEHIND;
    uint32_t verbs = 0;
    for (uint32_t i = from; i + 1 < end && i < from + PLACE_REACH && verbs < 2; i++) {
        if (t->place.len || rap_class_at(f, FINDING_MOVED, i, end)) return;
        verbs += f->in->syntax->upos[i] == RAP_VERB;
        t->placed = is_at(f, i) && place_behind(f, t, i, end, form);
    }
}

static void set_place(finder *f, telling *t)
{
    const rap_event *e = t->event == RAP_NONE ? NULL : &f->in->events->event[t->event];
    rap_telling_place(f, t, t->end, t->to, false);
    for (uint32_t i = t->first; i < t->head && !t->place.len;
         i++) /* "the Oslo talks" */
        (void)take_place(f, t, i, PLACE_BEFORE);
    if (!t->place.len && t->from < t->head && is_at(f, t->from))
        (void)place_behind(f, t, t->from, t->head, PLACE_BEHIND);
    /* "in Geneva, where the two met" */
    const uint32_t first = sentence_first(f, t->head);
    for (uint32_t i = t->from; i < t->head && i < t->from + 2 && !t->place.len; i++)
        if (rap_word_is(f, i, FINDING_WHERE))
            for (uint32_t k = i; k > first && i - k < 4 && !t->place.len; k--)
                (void)take_place(f, t, k - 1, PLACE_APART);
    /* "travelled to Oslo for talks" */
    const bool visit = e && e->mode && !strcmp(e->mode, "visit");
    const bool noun = visit && t->form == TOLD_BY_NOUN;
    for (uint32_t i = t->first; noun && !t->place.len && i > first + 1; i--) {
        if (t->first - i > REACH || f->in->syntax->upos[i - 1] == RAP_PUNCT) break;
        if (f->in->syntax->upos[i - 2] == RAP_ADP)
            (void)take_place(f, t, i - 1, PLACE_APART);
    }
    if (t->place.len || !e || !e->place_name.len) return;
    t->place = e->place_name;
    t->place_span = e->place;
    const uint32_t cover = f->cover[rap_token_at(f, e->place.begin)];
    if (cover != RAP_NONE) t->where = f->in->names->mention[cover].actor;
}

/* "in A and not in B as had been announced" */
static void set_moved(finder *f, telling *t)
{
    for (uint32_t i = t->end; i + 1 < t->to; i++) {
        const uint32_t after = rap_class_at(f, FINDING_MOVED, i, t->to);
        if (!after) continue;
        telling other = *t;
        if (after < t->to && take_place(f, &other, after, PLACE_APART))
            t->moved_from = other.place;
        return;
    }
}

/* ---- held, to come, called off ------------------------------------------------------- */

/* "is to meet", "scheduled to begin", not the "to" of "face-to-face" or "flew to A". */
static bool is_due(const finder *f, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end; i++) {
        const uint32_t after = rap_class_at(f, FINDING_OBLIGE, i, end);
        if (after > i + 1) return true;
        if (after && i && f->in->syntax->upos[i - 1] == RAP_AUX) return true;
    }
    return false;
}

/* "suspended its part in the talks": what is called off is something else. */
static bool is_of_other(const finder *f, const telling *t, uint32_t verb)
{
    const rap_syntax *s = f->in->syntax;
    if (!s->head || s->upos[verb] != RAP_VERB || verb >= t->first) return false;
    for (uint32_t i = verb + 1; i < t->first; i++)
        if (s->head[i] == verb && s->relation[i] == RAP_REL_OBJ) return true;
    return false;
}

static bool is_cancelled(const finder *f, const telling *t)
{
    for (uint32_t i = t->from; i < t->to; i++)
        if (rap_class_at(f, FINDING_CANCEL, i, t->to) && !is_of_other(f, t, i))
            return true;
    return false;
}

static const char *status_of(const finder *f, const telling *t)
{
    const rap_published *p = &f->in->times->published;
    if (is_cancelled(f, t)) return "denied";
    /* a report whose day is inferred may be later than it seems */
    const bool sure = p->basis == RAP_BASIS_STATED || p->basis == RAP_BASIS_GIVEN;
    if (t->date.earliest != RAP_NO_DAY && sure && t->date.earliest > p->latest)
        return "planned";
    if (t->event != RAP_NONE)
        return rap_event_status_name(f->in->events->event[t->event].status);
    const uint32_t from = t->first > t->from + 4 ? t->first - 4 : t->from;
    if (rap_any_of(f, from, t->head, FINDING_WILL) ||
        rap_any_of(f, from, t->head, FINDING_MUST) || is_due(f, from, t->head))
        return "planned";
    const uint32_t to = t->end + 3 < t->to ? t->end + 3 : t->to;
    if (t->status) return t->status;
    return rap_any_of(f, from, to, FINDING_PLAN) ||
                   rap_any_of(f, t->end, to, FINDING_WILL)
               ? "planned"
               : "happened";
}

/* ---- the phrase ---------------------------------------------------------------------- */

static uint32_t phrase_first(const finder *f, uint32_t head)
{
    const uint32_t begin = sentence_first(f, head);
    uint32_t at = head;
    while (at > begin && head - at < PHRASE) {
        const uint8_t upos = f->in->syntax->upos[at - 1];
        const bool inside = upos == RAP_ADJ || upos == RAP_NOUN || upos == RAP_PROPN ||
                            upos == RAP_NUM || upos == RAP_DET || upos == RAP_PART ||
                            rap_word_is(f, at - 1, FINDING_OWN);
        if (!inside) break;
        at--;
        if (upos == RAP_DET || rap_word_is(f, at, FINDING_OWN)) break;
    }
    return at;
}

static uint32_t figure_at(const finder *f, uint32_t token)
{
    const finding_phrase *p =
        rap_phrase_at(f, &f->knowledge->units, token, token + 1, NULL);
    if (!p || f->knowledge->unit.at[p->value].class != FINDING_FIGURE) return 0;
    return (uint32_t)f->knowledge->unit.at[p->value].low;
}

/* "met three times", "two meetings" */
static uint32_t times_of(const finder *f, const telling *t)
{
    uint32_t n = 0;
    if (t->form == TOLD_BY_NOUN)
        for (uint32_t i = t->first; i < t->head && !n; i++) n = figure_at(f, i);
    for (uint32_t i = t->head + 1; i + 1 < t->to && i < t->head + 4 && !n; i++)
        if (rap_word_is(f, i + 1, FINDING_TIMES)) n = figure_at(f, i);
    return n ? n : 1;
}

/* A preposition of time before the phrase: it only dates what is told. */
static bool is_aside(const finder *f, const telling *t)
{
    const uint32_t begin = sentence_first(f, t->head);
    const uint32_t from = t->first > begin + 2 ? t->first - 2 : begin;
    for (uint32_t i = t->first; i > from; i--) {
        if (rap_word_is(f, i - 1, FINDING_OFFSET)) return true;
        if (f->in->syntax->upos[i - 1] != RAP_ADP) return false;
    }
    return false;
}

/* "Saturday's talks" */
static bool any_owner(const finder *f, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end; i++)
        if (f->in->syntax->upos[i] == RAP_PART || rap_word_is(f, i, FINDING_OWN))
            return true;
    return false;
}

/* "held talks", "opened negotiations" */
static bool is_light(const finder *f, const telling *t)
{
    const rap_syntax *s = f->in->syntax;
    if (t->form != TOLD_BY_NOUN || !s->head || s->relation[t->head] != RAP_REL_OBJ)
        return false;
    const uint32_t verb = s->head[t->head];
    return rap_word_is(f, verb, FINDING_CONVENE) ||
           rap_word_is(f, verb, FINDING_START) || rap_word_is(f, verb, FINDING_HAVE);
}

static void read_phrase(const finder *f, telling *t)
{
    if (t->form == TOLD_BY_NOUN) t->first = phrase_first(f, t->head);
    const uint32_t behind = t->end + 2 < t->to ? t->end + 2 : t->to;
    t->another = rap_any_of(f, t->first, behind, FINDING_AGAIN);
    t->aside = t->form == TOLD_BY_NOUN && is_aside(f, t);
    t->definite = t->form == TOLD_BY_NOUN && !rap_word_is(f, t->first, FINDING_FRESH) &&
                  (rap_any_of(f, t->first, t->head, FINDING_DEFINITE) ||
                   any_owner(f, t->first, t->head));
    for (uint32_t i = t->first; i < t->head; i++)
        if (f->in->syntax->upos[i] == RAP_NOUN && f->cover[i] == RAP_NONE &&
            !rap_word_is(f, i, FINDING_PLAINLY) && !in_time(f, i))
            t->apart_by = f->lemma[i];
    t->times = times_of(f, t);
    t->light = is_light(f, t);
}

/* "their first summit since May": tells of the one in May too, and dates no other. */
static bool is_since(const finder *f, const telling *t)
{
    for (uint32_t i = t->end; i < t->to && i < t->end + 3; i++)
        if (rap_word_is(f, i, FINDING_SINCE)) return true;
    return false;
}

/* "The president of A, X, and the president of B met": all of the subject is told of it. */
static void take_subject(const finder *f, telling *t)
{
    if (t->form != TOLD_BY_VERB || !f->in->syntax->head) return;
    const uint32_t subject = rap_tree_subject(f, t->head);
    if (subject == RAP_NONE || subject >= t->from || t->from - subject > SUBJECT)
        return;
    if (f->in->syntax->upos[subject] == RAP_PRON) return;
    const uint32_t cover = f->cover[subject];
    t->from = cover == RAP_NONE ? subject : f->in->names->mention[cover].first;
}

void rap_telling_read(finder *f, telling *t)
{
    t->until = RAP_NO_DAY;
    t->where = t->sitting = RAP_NONE;
    t->date = (rap_when){"", RAP_NO_DAY, RAP_NO_DAY, RAP_BASIS_UNKNOWN, RAP_NONE};
    t->mode = "";
    rap_clause_of(f, t->head, &t->from, &t->to);
    if (t->to < t->end) t->to = t->end;
    take_subject(f, t);
    read_phrase(f, t);
    set_place(f, t);
    set_moved(f, t);
    rap_telling_date(f, t);
    t->past = t->form == TOLD_BY_NOUN && is_since(f, t);
    t->another |= t->past;
    if (t->event != RAP_NONE) {
        const char *mode = f->in->events->event[t->event].mode;
        if (mode) t->mode = mode;
        rap_people_of_event(f, t);
    } else if (t->form == TOLD_BY_NOUN) {
        rap_people_of_noun(f, t);
    }
    if (rap_telling_length(f, t)) rap_people_of_length(f, t);
    t->status = status_of(f, t);
}
