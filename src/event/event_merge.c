/*
 * event_merge.c - two tellings of one meeting in one document.
 *
 * Reads   found meetings in text order.
 * Method  the same parties (one may name fewer where the day is the same), the same
 *         status, no disagreement of date and place; a definite noun of meeting without
 *         parties repeats the meeting told last.
 * Cost    each meeting is compared with the NEAR_EVENTS before it.
 */
#include "event_private.h"

enum { NEAR_EVENTS = 32 };
static const float SURE_OF_GUESS = 0.94f;

static bool has_date(const rap_event *event)
{
    return event->date.value[0] != 0;
}

static bool same_day(const rap_event *a, const rap_event *b)
{
    return has_date(a) && has_date(b) && a->date.earliest == b->date.earliest &&
           a->date.latest == b->date.latest;
}

static uint32_t shared(const rap_event *a, const rap_event *b)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < a->sources; i++)
        for (uint32_t k = 0; k < b->sources; k++) count += a->source[i] == b->source[k];
    return count;
}

static bool places_agree(const rap_event *a, const rap_event *b)
{
    return !a->place_name.len || !b->place_name.len ||
           rap_slice_equal(a->place_name, b->place_name);
}

static bool phones_agree(const rap_event *a, const rap_event *b)
{
    const bool phone_a = a->mode && strcmp(a->mode, "phone") == 0;
    const bool phone_b = b->mode && strcmp(b->mode, "phone") == 0;
    return phone_a == phone_b;
}

static bool are_one(const rap_found *a, const rap_found *b)
{
    const rap_event *x = &a->event, *y = &b->event;
    if (x->status != y->status || !places_agree(x, y) || !phones_agree(x, y))
        return false;
    const uint32_t common = shared(x, y);
    const bool equal = common == x->sources && common == y->sources;
    if (same_day(x, y)) {
        const bool within = common == x->sources || common == y->sources;
        return equal || (within && common > 1 && !a->apart && !b->apart);
    }
    /* Where no day is told, the same parties met once in one report; what was only
     * proposed or denied may be many things. */
    const bool real = x->status == RAP_EVENT_HAPPENED || x->status == RAP_EVENT_PLANNED;
    return equal && real && !a->once_more && !b->once_more &&
           (!has_date(x) || !has_date(y));
}

static bool add_repeats(const rap_finder *f, rap_event *to, rap_span trigger,
                        rap_spans more)
{
    const uint32_t count = to->repeats.count + 1 + more.count;
    rap_span *wider = rap_new(f->arena, rap_span, count);
    if (!wider) return false;
    uint32_t n = 0;
    for (uint32_t k = 0; k < to->repeats.count; k++) wider[n++] = to->repeats.at[k];
    wider[n++] = trigger;
    for (uint32_t k = 0; k < more.count; k++) wider[n++] = more.at[k];
    /* Repeats of two tellings may lie among each other. */
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t k = i; k > 0 && wider[k - 1].begin > wider[k].begin; k--) {
            const rap_span late = wider[k - 1];
            wider[k - 1] = wider[k];
            wider[k] = late;
        }
    to->repeats = (rap_spans){wider, n};
    return true;
}

bool rap_event_add_repeat(rap_arena *arena, rap_event *to, rap_span trigger)
{
    if (to->repeats.count >= RAP_MOST_REPEATS) return true;
    const rap_finder f = {.arena = arena};
    return add_repeats(&f, to, trigger, (rap_spans){0});
}

static bool is_firmer(const rap_event *a, const rap_event *b)
{
    if (!has_date(b)) return has_date(a);
    return a->date.basis == RAP_BASIS_STATED && b->date.basis != RAP_BASIS_STATED;
}

/* `to` takes over what `from` tells; false when the arena is full. */
static bool take_over(const rap_finder *f, rap_event *to, const rap_event *from)
{
    if (!add_repeats(f, to, from->trigger, from->repeats)) return false;
    if (from->sources > to->sources) {
        to->source = from->source;
        to->sources = from->sources;
        to->source_words = from->source_words;
    }
    /* That the undated telling is of the dated meeting is likely, not certain. */
    const bool guessed = has_date(to) != has_date(from);
    if (is_firmer(from, to)) to->date = from->date;
    if (to->host == RAP_NONE) to->host = from->host;
    if (!to->mode) to->mode = from->mode;
    if (!to->place_name.len) {
        to->place = from->place;
        to->place_name = from->place_name;
    }
    if (from->confidence > to->confidence) to->confidence = from->confidence;
    if (guessed && to->confidence > SURE_OF_GUESS) to->confidence = SURE_OF_GUESS;
    return true;
}

/* "Monday's meeting", "the meeting on Monday": the time belongs to the noun. */
static bool is_beside(const rap_finder *f, uint32_t first, uint32_t trigger)
{
    const uint32_t *timex = f->timex;
    if (first > f->begin && timex[first - 1] != RAP_NONE) return true;
    if (first > f->begin + 1 && rap_event_is_owning(f, first - 1) &&
        timex[first - 2] != RAP_NONE)
        return true;
    return (trigger + 1 < f->end && timex[trigger + 1] != RAP_NONE) ||
           (trigger + 2 < f->end && timex[trigger + 2] != RAP_NONE &&
            f->in->syntax->upos[trigger + 1] == RAP_ADP);
}

bool rap_event_repeat(const rap_finder *f, uint32_t first, uint32_t trigger)
{
    if (!f->list->count) return true;
    rap_event *last = &f->list->at[f->list->count - 1].event;
    if (last->repeats.count >= RAP_MOST_REPEATS) return true;
    rap_reading reading = {.first = first, .trigger = trigger};
    rap_when when;
    if (!rap_event_when(f, &reading, false, &when)) return false;
    const bool dated = when.basis == RAP_BASIS_STATED && has_date(last);
    if (dated &&
        (when.earliest > last->date.latest || when.latest < last->date.earliest))
        return true;
    if (!has_date(last) && when.basis == RAP_BASIS_STATED &&
        is_beside(f, first, trigger))
        last->date = when;
    return add_repeats(f, last, rap_tokens_span(f->in->tokens, first, trigger),
                       (rap_spans){0});
}

bool rap_event_merge(const rap_finder *f)
{
    rap_found_list *list = f->list;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const rap_found found = list->at[i];
        rap_found *same = NULL;
        for (uint32_t k = kept; k > 0 && k + NEAR_EVENTS > kept && !same; k--) {
            rap_found *other = &list->at[k - 1];
            const uint32_t repeats =
                other->event.repeats.count + found.event.repeats.count;
            if (repeats < RAP_MOST_REPEATS && are_one(other, &found)) same = other;
        }
        if (!same)
            list->at[kept++] = found;
        else if (!take_over(f, &same->event, &found.event))
            return false;
    }
    list->count = kept;
    return true;
}

/* ---- acts over trees --------------------------------------------------------------- */

static bool holds(const uint32_t *all, uint32_t count, uint32_t actor)
{
    for (uint32_t i = 0; i < count; i++)
        if (all[i] == actor) return true;
    return false;
}

static bool same_actors(const uint32_t *a, uint32_t as, const uint32_t *b, uint32_t bs)
{
    if (as != bs) return false;
    for (uint32_t i = 0; i < as; i++)
        if (!holds(b, bs, a[i])) return false;
    return true;
}

/* The same words about the same by the same to the same; a meeting needs no same words. */
static bool are_one_act(const rap_found *a, const rap_found *b)
{
    const rap_event *x = &a->event, *y = &b->event;
    if (strcmp(x->type, y->type) != 0 || x->status != y->status) return false;
    if (!same_actors(x->source, x->sources, y->source, y->sources)) return false;
    if (x->targets && y->targets &&
        !same_actors(x->target, x->targets, y->target, y->targets))
        return false;
    if (has_date(x) && has_date(y) && !same_day(x, y)) return false;
    /* "shot and killed" */
    const bool here =
        x->evidence.begin == y->evidence.begin && x->targets && y->targets;
    if (here && places_agree(x, y)) return true;
    const bool met = strcmp(x->type, "CONSULT") == 0 && x->sources > 1;
    return places_agree(x, y) && (met ? phones_agree(x, y) : a->theme == b->theme);
}

bool rap_acts_merge(rap_arena *arena, rap_found_list *list, uint32_t from)
{
    const rap_finder f = {.arena = arena, .list = list};
    uint32_t kept = from;
    for (uint32_t i = from; i < list->count; i++) {
        const rap_found found = list->at[i];
        rap_found *same = NULL;
        for (uint32_t k = kept; k > 0 && k + NEAR_EVENTS > kept && !same; k--)
            if (list->at[k - 1].event.repeats.count < RAP_MOST_REPEATS &&
                are_one_act(&list->at[k - 1], &found))
                same = &list->at[k - 1];
        if (!same) {
            list->at[kept++] = found;
            continue;
        }
        if (!take_over(&f, &same->event, &found.event)) return false;
        if (!same->event.targets) {
            same->event.target = found.event.target;
            same->event.targets = found.event.targets;
            same->event.target_words = found.event.target_words;
        }
    }
    list->count = kept;
    return true;
}
