/*
 * event_frame.c - when, where, under whom and how a meeting takes place.
 *
 * Reads   tokens, tags, mentions, times.
 * Method  the date is the next time expression of the clause, to the right before the
 * left; "two days after the meeting" is counted back from the date of its main clause.
 * The place follows "in" or "at", with nothing between it and the meeting but times:
 * "met to discuss the war in X" names no place of the meeting.
 * Cost    a bounded number of times and tokens a trigger.
 */
#include "event_private.h"

enum {
    NEAR_TIMES = 8,
    TIME_REACH = 24,
    PLACE_REACH = 16,
    HOST_REACH = 16,
    MODE_REACH = 4
};
enum { SETS_APART = RAP_MEETING_AFTER | RAP_MEETING_BEFORE };
enum { LONGEST_AGO = 400, PARAGRAPH_REACH = 3, RECENT_DAYS = 62 };

/* ---- when --------------------------------------------------------------------------
 */

static bool is_dating(const rap_timex *t)
{
    /* A length, a habit or a vague past dates nothing. */
    return t->type != RAP_TIMEX_DURATION && t->type != RAP_TIMEX_SET &&
           t->value[0] >= '0' && t->value[0] <= '9' && t->earliest != RAP_NO_DAY &&
           t->latest != RAP_NO_DAY;
}

/* Is there another clause between tokens `from` and `to`? */
static bool another_clause(const rap_finder *f, uint32_t from, uint32_t to,
                           uint32_t cuts)
{
    const rap_syntax *syntax = f->in->syntax;
    for (uint32_t t = from; t < to; t++) {
        if (syntax->upos[t] == RAP_VERB && syntax->form[t] != RAP_FORM_GERUND &&
            syntax->form[t] != RAP_FORM_PARTICIPLE)
            return true;
        if (syntax->upos[t] == RAP_AUX || syntax->upos[t] == RAP_SCONJ) return true;
        if (f->classes[t] & cuts) return true;
    }
    return false;
}

/* "A, who arrived on Monday, met B": does the time at [first, last] belong to an aside
 * that a comma closes before `token`? */
static bool lies_aside(const rap_finder *f, const rap_timex *time, uint32_t token)
{
    bool closed = false;
    for (uint32_t t = time->last + 1; t < token && t < time->last + TIME_REACH; t++)
        closed = closed || rap_event_is_comma(f, t);
    if (!closed) return false;
    for (uint32_t t = time->first; t > f->begin && t + TIME_REACH > time->first; t--) {
        if (rap_event_is_comma(f, t - 1)) return false;
        if (rap_event_is_finite(f, t - 1)) return true;
    }
    return false;
}

static uint32_t first_time_from(const rap_finder *f, uint32_t token)
{
    const rap_times *times = f->in->times;
    uint32_t low = f->times_begin, high = times->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (times->timex[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t time_behind(const rap_finder *f, uint32_t token, bool *crossed)
{
    const rap_times *times = f->in->times;
    uint32_t i = first_time_from(f, token);
    for (uint32_t n = 0; n < NEAR_TIMES && i < times->count; n++, i++) {
        const rap_timex *t = &times->timex[i];
        if (t->first >= f->end || t->first > token + TIME_REACH) break;
        if (!is_dating(t)) continue;
        *crossed = another_clause(f, token, t->first, SETS_APART);
        return i;
    }
    return RAP_NONE;
}

static uint32_t time_ahead(const rap_finder *f, uint32_t token, bool *crossed)
{
    const rap_times *times = f->in->times;
    uint32_t i = first_time_from(f, token);
    for (uint32_t n = 0; n < NEAR_TIMES && i > f->times_begin; n++, i--) {
        const rap_timex *t = &times->timex[i - 1];
        if (t->first < f->begin) break;
        if (!is_dating(t)) continue;
        *crossed = another_clause(f, t->last + 1, token, 0) || lies_aside(f, t, token);
        return i - 1;
    }
    return RAP_NONE;
}

/* News tells of a past far from its own day by its own dates. */
static bool is_recent(const rap_finder *f, rap_day day)
{
    const rap_day today = f->in->times->published.earliest;
    return today != RAP_NO_DAY && day > today - RECENT_DAYS && day <= today;
}

/* The last day named in the sentences before, in the same paragraph. */
static uint32_t time_told_before(const rap_finder *f)
{
    const rap_times *times = f->in->times;
    const rap_tokens *tokens = f->in->tokens;
    uint32_t first = f->sentence;
    while (first > 0 && tokens->zone[first - 1] == tokens->zone[f->sentence] &&
           first + PARAGRAPH_REACH > f->sentence)
        first--;
    for (uint32_t i = f->times_begin, n = 0; i > 0 && n < NEAR_TIMES; i--, n++) {
        const rap_timex *t = &times->timex[i - 1];
        if (t->first < tokens->first[first]) break;
        if (is_dating(t) && t->latest == t->earliest && is_recent(f, t->latest))
            return i - 1;
    }
    return RAP_NONE;
}

static rap_when dated(const rap_finder *f, uint32_t timex, rap_basis basis)
{
    const rap_timex *t = &f->in->times->timex[timex];
    return (rap_when){t->value, t->earliest, t->latest, basis, timex};
}

/* Days of "P2D" and "P1W"; 0 for other lengths. */
static int32_t days_of(const char *value)
{
    if (value[0] != 'P') return 0;
    int32_t n = 0;
    const char *at = value + 1;
    while (*at >= '0' && *at <= '9' && n < LONGEST_AGO) n = n * 10 + (*at++ - '0');
    if (at[0] == 'D' && !at[1]) return n;
    return at[0] == 'W' && !at[1] ? 7 * n : 0;
}

/* "on Wednesday, two days after the meeting": Wednesday less two. Sets `found`; false
 * when the arena is full. */
static bool counted_back(const rap_finder *f, uint32_t first, rap_when *when,
                         bool *found)
{
    uint32_t t = first;
    while (t > f->begin && t + MODE_REACH > first &&
           !(f->classes[t - 1] & (RAP_MEETING_AFTER | RAP_MEETING_BEFORE)))
        t--;
    if (t == f->begin || t + MODE_REACH <= first || t - 1 <= f->begin) return true;
    const uint32_t prep = t - 1;
    const uint32_t length =
        f->timex[prep] != RAP_NONE ? f->timex[prep] : f->timex[prep - 1];
    if (length == RAP_NONE) return true;
    const int32_t days = days_of(f->in->times->timex[length].value);
    if (!days) return true;
    bool crossed = false;
    const uint32_t anchor = time_ahead(f, f->in->times->timex[length].first, &crossed);
    rap_day day = RAP_NO_DAY;
    if (anchor != RAP_NONE) {
        const rap_timex *a = &f->in->times->timex[anchor];
        if (a->earliest == a->latest) day = a->earliest;
    } else if (f->in->times->published.date.precision == RAP_PRECISION_DAY) {
        day = f->in->times->published.earliest;
    }
    if (day == RAP_NO_DAY) return true;
    day += f->classes[prep] & RAP_MEETING_AFTER ? -days : days;
    char text[12];
    rap_day_format(day, text);
    const rap_slice value = rap_arena_copy(f->arena, rap_slice_of(text));
    if (!value.at) return false;
    *when = (rap_when){value.at, day, day, RAP_BASIS_STATED, RAP_NONE};
    *found = true;
    return true;
}

/* In the sentence: the time behind, else before the trigger, in the same clause. */
static bool told_here(const rap_finder *f, const rap_reading *reading, rap_when *when)
{
    bool far_behind = false, far_ahead = false;
    const uint32_t behind = time_behind(f, reading->trigger + 1, &far_behind);
    const uint32_t ahead = time_ahead(f, reading->first, &far_ahead);
    if (behind != RAP_NONE && far_behind && reading->behind)
        time_behind(f, reading->behind, &far_behind);
    if (behind != RAP_NONE && !far_behind)
        *when = dated(f, behind, RAP_BASIS_STATED);
    else if (ahead != RAP_NONE && !far_ahead)
        *when = dated(f, ahead, reading->aside ? RAP_BASIS_INFERRED : RAP_BASIS_STATED);
    return behind != RAP_NONE || ahead != RAP_NONE;
}

bool rap_event_when(const rap_finder *f, const rap_reading *reading, bool looks_back,
                    rap_when *when)
{
    bool found = false;
    *when = (rap_when){
        .value = "", .earliest = RAP_NO_DAY, .latest = RAP_NO_DAY, .timex = RAP_NONE};
    if (!counted_back(f, reading->first, when, &found)) return false;
    if (found || told_here(f, reading, when)) return true;
    const uint32_t told = looks_back ? time_told_before(f) : RAP_NONE;
    if (told != RAP_NONE) *when = dated(f, told, RAP_BASIS_INFERRED);
    return true;
}

/* ---- where -------------------------------------------------------------------------
 */

static bool is_place(const rap_finder *f, uint32_t token)
{
    const uint32_t mention = f->cover[token];
    if (mention == RAP_NONE) return false;
    const rap_mention *m = &f->in->names->mention[mention];
    if (m->actor == RAP_NONE || m->modifier || m->form != RAP_MENTION_NAME)
        return false;
    const rap_actor_kind kind = f->in->names->actor[m->actor].kind;
    return kind == RAP_ACTOR_PLACE || kind == RAP_ACTOR_STATE;
}

static bool set_place(const rap_finder *f, rap_event *event, uint32_t token)
{
    event->place = f->in->names->mention[f->cover[token]].span;
    event->place_name = rap_cut(f->in->article->text, event->place);
    return true;
}

/* A capitalised run that no list knows: "in Xyz". */
static bool set_unknown_place(const rap_finder *f, rap_event *event, uint32_t token)
{
    uint32_t t = token;
    while (t < f->end && f->in->syntax->upos[t] == RAP_PROPN &&
           f->cover[t] == RAP_NONE && f->timex[t] == RAP_NONE)
        t++;
    if (t == token) return false;
    /* "in the Xyzian capital" */
    if (t < f->end && f->in->syntax->upos[t] == RAP_NOUN && f->timex[t] == RAP_NONE)
        return false;
    event->place = rap_tokens_span(f->in->tokens, token, t - 1);
    event->place_name = rap_cut(f->in->article->text, event->place);
    return true;
}

/* Behind "in": "Sochi", "the resort of Sochi". */
static bool read_place(const rap_finder *f, rap_event *event, uint32_t token)
{
    uint32_t t = token;
    for (; t < f->end && t < token + 6; t++) {
        const uint32_t next = t + 1 < f->end ? f->in->syntax->upos[t + 1] : RAP_PUNCT;
        const bool describes = (next == RAP_NOUN || next == RAP_ADJ) &&
                               f->cover[t + 1] != f->cover[t] &&
                               f->timex[t + 1] == RAP_NONE;
        if (is_place(f, t)) return !describes && set_place(f, event, t);
        const uint8_t upos = f->in->syntax->upos[t];
        const bool passes = f->cover[t] == RAP_NONE && f->timex[t] == RAP_NONE &&
                            (upos == RAP_DET || upos == RAP_ADJ || upos == RAP_NOUN ||
                             f->classes[t] & RAP_MEETING_OF);
        if (!passes) break;
    }
    return t < f->end && t < token + 6 && f->timex[t] == RAP_NONE &&
           set_unknown_place(f, event, t);
}

static bool scan_place(const rap_finder *f, rap_event *event, uint32_t from)
{
    for (uint32_t t = from; t + 1 < f->end && t < from + PLACE_REACH; t++) {
        const uint8_t upos = f->in->syntax->upos[t];
        const bool timed =
            f->timex[t] != RAP_NONE || (upos == RAP_ADP && f->timex[t + 1] != RAP_NONE);
        if (timed) continue;
        if (f->classes[t] & RAP_MEETING_PLACE) return read_place(f, event, t + 1);
        const bool talks = upos == RAP_ADP &&
                           f->classes[t + 1] & (RAP_MEETING_NOUN | RAP_MEETING_WEAK);
        const bool passes = upos == RAP_ADV || talks || upos == RAP_NUM ||
                            f->classes[t] & (RAP_MEETING_NOUN | RAP_MEETING_EACH) ||
                            rap_event_is_comma(f, t);
        if (!passes) return false;
    }
    return false;
}

void rap_event_place(const rap_finder *f, const rap_reading *reading, rap_event *event)
{
    if (scan_place(f, event, reading->trigger + 1)) return;
    if (reading->after > reading->trigger + 1 && scan_place(f, event, reading->after))
        return;
    if (reading->behind && scan_place(f, event, reading->behind)) return;
    /* "the Sochi meeting" */
    if (reading->first > f->begin && is_place(f, reading->first - 1)) {
        const rap_mention *m = &f->in->names->mention[f->cover[reading->first - 1]];
        if (f->in->names->actor[m->actor].kind == RAP_ACTOR_PLACE) {
            set_place(f, event, reading->first - 1);
            return;
        }
    }
    /* "In Sochi, A met B" */
    if (f->begin + 1 < f->end && f->classes[f->begin] & RAP_MEETING_PLACE &&
        is_place(f, f->begin + 1) && reading->who.first != RAP_NONE &&
        !another_clause(f, f->begin + 2, reading->first, 0))
        set_place(f, event, f->begin + 1);
}

/* ---- under whom --------------------------------------------------------------------
 */

static uint32_t actor_before(const rap_finder *f, uint32_t token)
{
    uint32_t t = token;
    if (t > f->begin && rap_event_is_owning(f, t - 1)) t--;
    if (t <= f->begin || f->cover[t - 1] == RAP_NONE) return RAP_NONE;
    return f->in->names->mention[f->cover[t - 1]].actor;
}

uint32_t rap_event_host(const rap_finder *f, const rap_reading *reading)
{
    const uint32_t wanted = RAP_MEETING_HOST | RAP_MEETING_MEDIATE;
    for (uint32_t t = reading->after; t < f->end && t < reading->after + HOST_REACH;
         t++) {
        const uint8_t upos = f->in->syntax->upos[t];
        if (rap_event_is_finite(f, t) && !(f->classes[t] & wanted) && upos != RAP_AUX)
            return RAP_NONE;
        if (!(f->classes[t] & wanted)) continue;
        const bool by =
            t + 1 < f->end && f->classes[t + 1] & (RAP_MEETING_BY | RAP_MEETING_OF);
        if (by) {
            const rap_parties who = rap_parties_after(f, t + 2, RAP_FOLLOWS_ALL);
            if (who.count) return who.actor[0];
        }
        if (upos == RAP_NOUN) return actor_before(f, t);
    }
    return RAP_NONE;
}

const char *rap_event_mode(const rap_finder *f, const rap_reading *reading)
{
    const uint32_t from =
        reading->first > f->begin + MODE_REACH ? reading->first - MODE_REACH : f->begin;
    const uint32_t most = reading->trigger + MODE_REACH + 1;
    for (uint32_t t = from; t < f->end && t < most; t++)
        if (f->classes[t] & RAP_MEETING_PHONE) return "phone";
    for (uint32_t t = reading->first; t < reading->trigger; t++)
        if (f->classes[t] & RAP_MEETING_MEDIATE) return "third-party";
    if (reading->host != RAP_NONE && reading->who.count > 2) return "third-party";
    if (reading->mode) return reading->mode;
    const rap_meeting_word *word =
        rap_meeting_word_of(f->knowledge, f->in->syntax->lemma[reading->trigger]);
    return word ? word->mode : NULL;
}
