/*
 * finding_sitting.c - which tellings of one report are one meeting.
 *
 * Method  tellings are taken in text order. Each goes to the meeting told before that it
 *         is most like: the same parties, day, place; a definite noun without any of its
 *         own points back to the last one it can mean. Another day or place, other
 *         parties, "met again" or another status keep it apart. What names neither day,
 *         place nor parties founds no meeting.
 * Cost    each telling is compared with the RECENT meetings before it.
 */
#include "finding_meeting.h"
#include "text.h"

enum { RECENT = 24, ENOUGH = 4, PRECISE_DAYS = 3, NEXT = 2, VERB_REACH = 10 };

typedef struct sitting { /* what its tellings say together */
    uint32_t first;      /* telling */
    people who;
    rap_day earliest, latest;
    rap_slice place;
    uint32_t where;
    const char *status, *weekday;
    rap_slice apart_by;
    uint32_t last; /* sentence of its last telling */
    bool phone, series, definite, past;
    uint32_t into; /* the sitting that it turned out to be, or RAP_NONE */
} sitting;

typedef RAP_LIST(sitting) sittings;

static bool is_dated(rap_day earliest, rap_day latest)
{
    return earliest != RAP_NO_DAY && latest != RAP_NO_DAY;
}

static rap_day last_day(const telling *t)
{
    return t->until == RAP_NO_DAY ? t->date.latest : t->until;
}

static bool is_phone(const telling *t)
{
    return strcmp(t->mode, "phone") == 0;
}

/* ---- what speaks against it ---------------------------------------------------------- */

/* A town and the state it lies in are no two places. */
static bool places_agree(const finder *f, const telling *t, const sitting *s)
{
    if (!t->place.len || !s->place.len || rap_slice_equal(t->place, s->place))
        return true;
    if (t->where == RAP_NONE || s->where == RAP_NONE) return false;
    if (t->where == s->where) return true;
    const rap_actor *a = &f->in->names->actor[t->where],
                    *b = &f->in->names->actor[s->where];
    if (!a->code.len || !b->code.len) return true; /* a house in the town */
    const bool wider = a->kind == RAP_ACTOR_STATE || b->kind == RAP_ACTOR_STATE;
    return wider && rap_slice_equal(a->code, b->code);
}

static bool days_agree(const telling *t, const sitting *s)
{
    if (!t->own_day && t->definite && !t->who.count && !t->place.len) return true;
    if (!is_dated(t->date.earliest, t->date.latest) ||
        !is_dated(s->earliest, s->latest))
        return true;
    return t->date.earliest <= s->latest && s->earliest <= last_day(t);
}

static uint32_t common(const people *a, const people *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->count; i++) n += rap_people_has(b, a->at[i]);
    return n;
}

/* An unnamed rank ("his counterparts") may be anybody. */
static uint32_t unnamed(const finder *f, const people *list)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const rap_actor *a = &f->in->names->actor[list->at[i]];
        n += a->kind == RAP_ACTOR_GROUP && !a->code.len;
    }
    return n;
}

static bool parties_agree(const finder *f, const people *a, const people *b)
{
    const uint32_t n = a->count, m = b->count, both = common(a, b);
    if (!n || !m || both > 1) return true;
    return both + unnamed(f, b) >= n || both + unnamed(f, a) >= m;
}

/* What was to come and what was held are one only on one day. "The talks" alone are held
 * or to come as those are that it means. */
static bool status_agrees(const telling *t, const sitting *s)
{
    if (!strcmp(t->status, s->status)) return true;
    if (t->definite && !t->own_day && !t->who.count && !t->place.len)
        return strcmp(s->status, "planned") != 0;
    return is_dated(t->date.earliest, t->date.latest) &&
           is_dated(s->earliest, s->latest) && days_agree(t, s);
}

static bool may_be(const finder *f, const telling *t, const sitting *s)
{
    return places_agree(f, t, s) && days_agree(t, s) &&
           parties_agree(f, &t->who, &s->who) && is_phone(t) == s->phone &&
           (t->times > 1) == s->series;
}

/* ---- what speaks for it -------------------------------------------------------------- */

static bool is_same_day(const telling *t, const sitting *s)
{
    if (t->weekday && s->weekday && !strcmp(t->weekday, s->weekday)) return true;
    return is_dated(t->date.earliest, t->date.latest) &&
           is_dated(s->earliest, s->latest) && days_agree(t, s) &&
           t->date.latest - t->date.earliest < PRECISE_DAYS;
}

/* "membership talks" are not those told of before as "the talks". */
static bool is_named_apart(const telling *t, const sitting *s)
{
    return t->apart_by.len && !rap_slice_equal(t->apart_by, s->apart_by);
}

/* 0: another one; the more the likelier. */
static uint32_t likeness(const finder *f, const telling *t, const sitting *s)
{
    if (!may_be(f, t, s) || !status_agrees(t, s) || is_named_apart(t, s)) return 0;
    const bool day = is_same_day(t, s);
    /* the one that "the first since May" tells of is not spoken of again */
    if (s->past && !day) return 0;
    const bool place = t->place.len && s->place.len;
    const uint32_t both = common(&t->who, &s->who);
    if (t->another && !(day && (place || both))) return 0;
    /* "the summit of 20 June" is not what was told of ten sentences before without a day */
    const bool own = (t->own_day && !day) || (t->place.len && !place);
    const bool next = f->in->tokens->sentence[t->head] - s->last <= NEXT;
    const bool whole = both && both == t->who.count && both == s->who.count;
    uint32_t points = both > 1 ? 3u : both ? 2u : 0u;
    if (day) points += 3;
    if (place) points += 3;
    if (t->definite && !t->who.count && (next || !own)) points += 3;
    if (t->definite && whole) points += 1;
    if (t->definite || t->aside || day || place) points++;
    return points >= ENOUGH ? points : 0;
}

static uint32_t most_like(const finder *f, const telling *t, const sittings *list)
{
    uint32_t best = RAP_NONE, most = 0;
    for (uint32_t i = list->count; i-- > 0 && list->count - i <= RECENT;) {
        const uint32_t like = likeness(f, t, &list->at[i]);
        if (like > most) most = like, best = i;
    }
    return best;
}

/* ---- one by one ---------------------------------------------------------------------- */

static void add_to(const finder *f, const telling *t, sitting *s)
{
    for (uint32_t i = 0; i < t->who.count; i++) rap_people_take(&s->who, t->who.at[i]);
    if (!is_dated(s->earliest, s->latest)) {
        s->earliest = t->date.earliest;
        s->latest = last_day(t);
    } else if (t->until != RAP_NO_DAY && t->until > s->latest) {
        s->latest = t->until;
    }
    if (!s->place.len) s->place = t->place, s->where = t->where;
    if (!s->apart_by.len) s->apart_by = t->apart_by;
    if (!s->weekday) s->weekday = t->weekday;
    if (!strcmp(t->status, "happened")) s->status = t->status;
    s->last = f->in->tokens->sentence[t->head];
}

/* "his meeting with B" without a day or place is the one meeting of both that has them. */
static uint32_t whole_of(const finder *f, const sittings *all, uint32_t part)
{
    const sitting *p = &all->at[part];
    uint32_t found = RAP_NONE;
    if (!p->definite || p->place.len || is_dated(p->earliest, p->latest))
        return RAP_NONE;
    const uint32_t from = part > RECENT ? part - RECENT : 0;
    for (uint32_t i = from; i < all->count && i < part + RECENT; i++) {
        const sitting *w = &all->at[i];
        const bool fixed = w->place.len || is_dated(w->earliest, w->latest);
        if (i == part || w->into != RAP_NONE || strcmp(p->status, w->status)) continue;
        if (!fixed || p->phone != w->phone || p->series || w->series) continue;
        if (common(&p->who, &w->who) < 2 || !parties_agree(f, &p->who, &w->who))
            continue;
        if (found != RAP_NONE) return RAP_NONE;
        found = i;
    }
    return found;
}

/* "The negotiations between A and B continue": a course of things. */
static bool is_process(const finder *f, const telling *t)
{
    const bool fixed = t->own_day || t->placed || t->until != RAP_NO_DAY;
    const bool visit = !strcmp(t->mode, "visit"); /* "arrived for talks" */
    return t->form == TOLD_BY_NOUN && !fixed && !visit && !t->held && !t->light &&
           rap_word_is(f, t->head, FINDING_PROCESS);
}

/* Does a telling say enough for a meeting of its own? */
static bool founds(const finder *f, const telling *t)
{
    if (is_process(f, t)) return false;
    const bool fixed = t->date.value[0] || t->place.len;
    const bool own = t->own_day || t->placed || t->event != RAP_NONE;
    if (t->aside && t->event == RAP_NONE && !fixed) return false;
    /* "their approach to negotiations", told of on some day: no meeting */
    if (t->form == TOLD_BY_NOUN && !own && !t->held && t->first == t->head)
        return false;
    if (t->form == TOLD_BY_NOUN && !own && !t->held && t->definite && !t->past)
        return false;
    const bool group =
        t->who.count && f->in->names->actor[t->who.at[0]].kind == RAP_ACTOR_GROUP;
    if (fixed) return true;
    if (t->held && !strcmp(t->status, "planned")) return true;
    if (t->who.count > 1) return !t->definite || t->event != RAP_NONE;
    return t->event != RAP_NONE && !strcmp(t->status, "planned") &&
           (t->who.count || t->host.count) && !group;
}

/* "will meet on 2 May for their first talks": the noun tells of what the verb tells. */
static bool is_of_verb(const finder *f, const telling *t, const telling *verb)
{
    if (t->form != TOLD_BY_NOUN || verb->form != TOLD_BY_VERB || t->event != RAP_NONE ||
        verb->sitting == RAP_NONE || t->from != verb->from || t->placed ||
        (t->own_day && strcmp(t->date.value, verb->date.value) != 0))
        return false;
    return t->first > verb->head && t->first - verb->head <= VERB_REACH &&
           f->in->syntax->upos[t->first - 1] == RAP_ADP;
}

uint32_t rap_tellings_join(finder *f, telling_list *list)
{
    sittings all = {0};
    for (uint32_t i = 0; i < list->count && !f->failed; i++) {
        telling *t = &list->at[i];
        uint32_t at = i && is_of_verb(f, t, t - 1) ? t[-1].sitting : RAP_NONE;
        if (at != RAP_NONE) {
            t->sitting = at;
            all.at[at].last = f->in->tokens->sentence[t->head];
            t->who.count = 0;
            continue;
        }
        at = most_like(f, t, &all);
        if (at == RAP_NONE) {
            if (!founds(f, t)) continue;
            const sitting fresh = {.first = i,
                                   .earliest = RAP_NO_DAY,
                                   .latest = RAP_NO_DAY,
                                   .where = RAP_NONE,
                                   .status = t->status,
                                   .definite = t->definite,
                                   .past = t->past,
                                   .into = RAP_NONE,
                                   .phone = is_phone(t),
                                   .series = t->times > 1};
            f->failed |= !rap_push(f->scratch, &all, fresh);
            if (f->failed) return 0;
            at = all.count - 1;
        }
        t->sitting = at;
        add_to(f, t, &all.at[at]);
    }
    for (uint32_t i = 0; i < all.count; i++) all.at[i].into = whole_of(f, &all, i);
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i].sitting != RAP_NONE &&
            all.at[list->at[i].sitting].into != RAP_NONE)
            list->at[i].sitting = all.at[list->at[i].sitting].into;
    return all.count;
}
