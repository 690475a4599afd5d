/*
 * finding_when.c - the days of a meeting, from the words around one telling.
 *
 * Reads   times, occasions, statements.
 * Method  the day of the event that tells it; else the one that governs it in its clause, the
 *         end of its length ("after ten days of talks"), the term it is to be within, its
 *         occasion, the day of its sentence. A day that another is counted from is none.
 * Cost    a bounded part of a sentence for each.
 */
#include "finding_meeting.h"
#include "text.h"

#include <stdlib.h>

enum { REACH = 10, BEFORE = 4, MONTH_DAYS = 32, MOST_TIMES = 16 };

static uint32_t sentence_first(const finder *f, uint32_t token)
{
    return f->in->tokens->first[f->in->tokens->sentence[token]];
}

static uint32_t sentence_end(const finder *f, uint32_t token)
{
    return f->in->tokens->first[f->in->tokens->sentence[token] + 1];
}

uint32_t rap_first_time(const finder *f, uint32_t token)
{
    uint32_t low = 0, high = f->in->times->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (f->in->times->timex[middle].last < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
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

static bool is_weekday_only(const rap_timex *x)
{
    return !strncmp(x->value, "XXXX-W", 6);
}

/* A day or month within reach behind the head, or right before it. */
static const rap_timex *day_of(const finder *f, const telling *t)
{
    const rap_times *times = f->in->times;
    for (uint32_t i = rap_first_time(f, t->from); i < times->count; i++) {
        const rap_timex *x = &times->timex[i];
        if (x->first >= t->to || x->first > t->head + REACH) break;
        if (x->first > t->end && rap_any_of(f, t->end, x->first, FINDING_MEETING))
            break;
        if (x->last + BEFORE < t->first || x->type != RAP_TIMEX_DATE) continue;
        const bool open = x->earliest == RAP_NO_DAY || x->latest == RAP_NO_DAY;
        if (open ? !is_weekday_only(x) : x->latest - x->earliest >= MONTH_DAYS)
            continue;
        if (x->first < t->head && is_offset(f, x, t->first)) continue;
        return x;
    }
    return NULL;
}

/* "P10D", "PT12H": days; 0: another or no length. */
static uint32_t days_long(const char *value)
{
    if (value[0] != 'P') return 0;
    const bool hours = value[1] == 'T';
    char *end;
    const unsigned long n = strtoul(value + 1 + hours, &end, 10);
    if (n == 0 || n > 60) return 0;
    if (hours) return *end == 'H' && n < 48 ? 1 : 0;
    return *end == 'D' ? (uint32_t)n : *end == 'W' && n < 9 ? (uint32_t)n * 7 : 0;
}

/* "on Monday" in a report that tells only of its month: about then. */
static void set_about(finder *f, telling *t)
{
    const rap_published *p = &f->in->times->published;
    if (p->basis == RAP_BASIS_UNKNOWN) return;
    char text[12];
    rap_date_format(p->date, text);
    const char *value = rap_arena_copy(f->arena, rap_slice_of(text)).at;
    f->failed |= !value;
    if (value)
        t->date =
            (rap_when){value, p->earliest, p->latest, RAP_BASIS_INFERRED, RAP_NONE};
}

static void set_day(finder *f, telling *t, const rap_timex *x, rap_basis basis)
{
    if (is_weekday_only(x)) t->weekday = x->value;
    if (x->earliest == RAP_NO_DAY || x->latest == RAP_NO_DAY)
        set_about(f, t);
    else
        t->date = (rap_when){x->value, x->earliest, x->latest, basis, RAP_NONE};
    /* "must meet by Monday" */
    const rap_published *p = &f->in->times->published;
    const bool by = x->first > t->head && rap_word_is(f, x->first - 1, FINDING_BY) &&
                    !rap_word_is(f, x->first - 1, FINDING_OFFSET);
    if (by && p->basis != RAP_BASIS_UNKNOWN && p->earliest < t->date.earliest)
        t->date.earliest = p->earliest;
}

/* "are to meet within five days" of the report */
static bool set_term(finder *f, telling *t)
{
    const rap_times *times = f->in->times;
    const rap_published *p = &times->published;
    if (p->basis == RAP_BASIS_UNKNOWN) return false;
    for (uint32_t i = rap_first_time(f, t->end); i < times->count; i++) {
        const rap_timex *x = &times->timex[i];
        if (x->first >= t->to || x->first > t->end + BEFORE) return false;
        const uint32_t days = x->type == RAP_TIMEX_DURATION ? days_long(x->value) : 0;
        if (!days || !rap_word_is(f, x->first - 1, FINDING_WITHIN)) continue;
        t->date = (rap_when){"", p->earliest, p->latest + (rap_day)days,
                             RAP_BASIS_INFERRED, RAP_NONE};
        return true;
    }
    return false;
}

/* "had been due to end on October 30": the last day of what began on `t->date`. */
static void set_until(finder *f, telling *t)
{
    const rap_times *times = f->in->times;
    const uint32_t end = sentence_end(f, t->head);
    if (t->date.latest == RAP_NO_DAY || !rap_any_of(f, t->from, t->to, FINDING_START))
        return;
    for (uint32_t i = rap_first_time(f, t->head), n = 0; i < times->count; i++, n++) {
        const rap_timex *x = &times->timex[i];
        if (x->first >= end || n == MOST_TIMES) return;
        if (x->earliest == RAP_NO_DAY || x->earliest != x->latest) continue;
        const uint32_t from = x->first > t->head + 3 ? x->first - 3 : t->head;
        if (x->latest <= t->date.latest ||
            !rap_any_of(f, from, x->first, FINDING_EXPIRE))
            continue;
        t->until = x->latest;
        return;
    }
}

/* "ten days of talks": the length right before the noun; NULL: none. */
const rap_timex *rap_telling_length(const finder *f, const telling *t)
{
    const rap_times *times = f->in->times;
    const uint32_t from = t->first > 2 ? t->first - 2 : 0;
    const uint32_t i = rap_first_time(f, from);
    if (t->form != TOLD_BY_NOUN || i >= times->count) return NULL;
    const rap_timex *x = &times->timex[i];
    if (x->type != RAP_TIMEX_DURATION || x->last >= t->head) return NULL;
    return days_long(x->value) ? x : NULL;
}

/* The one weekday of the sentence, where its week is not known. */
static const rap_timex *only_weekday(const finder *f, const telling *t)
{
    const rap_times *times = f->in->times;
    const rap_timex *found = NULL;
    const uint32_t end = sentence_end(f, t->head);
    for (uint32_t i = rap_first_time(f, sentence_first(f, t->head)); i < times->count;
         i++) {
        const rap_timex *x = &times->timex[i];
        if (x->first >= end) break;
        if (x->type == RAP_TIMEX_DATE && found) return NULL;
        if (x->type == RAP_TIMEX_DATE) found = x;
    }
    return found && is_weekday_only(found) ? found : NULL;
}

/* "on Monday, three days before they meet": the word between a day and what is counted from
 * it; RAP_NONE: there is none. */
static uint32_t offset_between(const finder *f, const rap_timex *x, uint32_t head)
{
    for (uint32_t i = x->last + 1; i < head; i++)
        if (rap_word_is(f, i, FINDING_OFFSET)) return i;
    return RAP_NONE;
}

/* Count from `x` by the days before `offset`; without them the day stays open. */
static void set_counted(finder *f, telling *t, const rap_timex *x, uint32_t offset)
{
    const rap_times *times = f->in->times;
    const uint32_t i = rap_first_time(f, offset - 1);
    const rap_timex *length = i < times->count ? &times->timex[i] : NULL;
    if (!length || length->last + 1 != offset || length->type != RAP_TIMEX_DURATION ||
        x->earliest == RAP_NO_DAY || x->earliest != x->latest)
        return;
    const rap_day days = (rap_day)days_long(length->value);
    const rap_day day =
        rap_word_is(f, offset, FINDING_TOLD) ? x->earliest - days : x->earliest + days;
    char text[12];
    rap_day_format(day, text);
    const char *value = rap_arena_copy(f->arena, rap_slice_of(text)).at;
    f->failed |= !value;
    if (value && days)
        t->date = (rap_when){value, day, day, RAP_BASIS_INFERRED, RAP_NONE};
}

/* The day of its sentence, or of what is said in it: "told reporters after the talks". */
static void set_day_around(finder *f, telling *t)
{
    rap_basis basis;
    const uint32_t at = rap_time_of(f->in->times, f->in->tokens, t->head, &basis);
    const rap_timex *x = at == RAP_NONE ? NULL : &f->in->times->timex[at];
    const bool wide = x && x->earliest != RAP_NO_DAY && x->latest != RAP_NO_DAY &&
                      x->latest - x->earliest >= MONTH_DAYS;
    if (x && basis == RAP_BASIS_STATED && x->type == RAP_TIMEX_DATE && !wide &&
        !t->aside && !t->definite &&
        (x->earliest != RAP_NO_DAY || is_weekday_only(x))) {
        const uint32_t offset = offset_between(f, x, t->head);
        if (offset == RAP_NONE)
            set_day(f, t, x, RAP_BASIS_INFERRED);
        else
            set_counted(f, t, x, offset);
        return;
    }
    x = at == RAP_NONE && !t->aside ? only_weekday(f, t) : NULL;
    if (x) set_day(f, t, x, RAP_BASIS_INFERRED);
    if (!rap_telling_length(f, t) || !rap_said_at(f, t->head, &t->date)) return;
    t->date.basis = RAP_BASIS_INFERRED;
}

/* "signed on 2 May after ten days of talks": they ended then. */
static void set_length(finder *f, telling *t, const rap_timex *length)
{
    rap_basis basis;
    const uint32_t days = days_long(length->value);
    const uint32_t at = rap_time_of(f->in->times, f->in->tokens, t->head, &basis);
    if (at == RAP_NONE) return;
    const rap_timex *x = &f->in->times->timex[at];
    if (x->earliest == RAP_NO_DAY || x->earliest != x->latest) return;
    if (days < 2) {
        set_day(f, t, x, basis);
        return;
    }
    char text[12];
    rap_day_format(x->latest - (rap_day)days, text);
    const char *value = rap_arena_copy(f->arena, rap_slice_of(text)).at;
    f->failed |= !value;
    t->date = (rap_when){value ? value : "", x->latest - (rap_day)days,
                         x->latest - (rap_day)days + 1, RAP_BASIS_INFERRED, RAP_NONE};
    t->until = x->latest;
}

/* The day of the occasion at the head, as the times stage counts it. */
static bool set_occasion(const finder *f, telling *t)
{
    const rap_times *times = f->in->times;
    uint32_t low = 0, high = times->occasions;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (times->occasion[middle].token < t->head)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == times->occasions || times->occasion[low].token != t->head) return false;
    const rap_occasion *o = &times->occasion[low];
    t->date = (rap_when){o->value, o->day, o->day, RAP_BASIS_INFERRED, RAP_NONE};
    return true;
}

/* "on Nov. 11-13", "11 to 13 November": the last day of the range that begins with `x`. */
static void set_range(const finder *f, telling *t, const rap_timex *x)
{
    const rap_times *times = f->in->times;
    const uint32_t i = (uint32_t)(x - times->timex) + 1;
    if (i >= times->count || x->earliest == RAP_NO_DAY || x->earliest != x->latest)
        return;
    const rap_timex *y = &times->timex[i];
    const bool near = y->first > x->last && y->first <= x->last + 2;
    const bool day = y->earliest != RAP_NO_DAY && y->earliest == y->latest;
    if (near && day && y->latest > x->latest && y->latest - x->latest < MONTH_DAYS &&
        f->in->syntax->upos[y->first - 1] != RAP_CCONJ)
        t->until = y->latest;
}

/* Is the event's day its own? Not one that it is counted from, nor that of the dateline where
 * another stands behind it. */
static bool is_dated_by(const finder *f, const telling *t, const rap_event *e,
                        const rap_timex *x)
{
    if (e->date.earliest == RAP_NO_DAY) return false;
    if (e->date.basis != RAP_BASIS_STATED && e->status != RAP_EVENT_HAPPENED)
        return false;
    const bool behind = x && x->first > t->head && x->earliest != e->date.earliest;
    if (behind && e->date.earliest == f->in->times->published.earliest) return false;
    if (e->date.timex == RAP_NONE || t->form != TOLD_BY_VERB) return true;
    const rap_timex *far = &f->in->times->timex[e->date.timex];
    return far->first > t->head || far->first < sentence_first(f, t->head) ||
           offset_between(f, far, t->head) == RAP_NONE;
}

void rap_telling_date(finder *f, telling *t)
{
    const rap_event *e = t->event == RAP_NONE ? NULL : &f->in->events->event[t->event];
    const rap_timex *x = day_of(f, t), *length = rap_telling_length(f, t);
    const bool dated = e && is_dated_by(f, t, e, x);
    t->own_day = x || (dated && e->date.basis == RAP_BASIS_STATED);
    if (dated) {
        t->date = e->date;
    } else if (x) {
        set_day(f, t, x, RAP_BASIS_STATED);
        set_range(f, t, x);
    } else if (length) {
        set_length(f, t, length);
    }
    if (t->date.value[0] || t->date.earliest != RAP_NO_DAY) {
        set_until(f, t);
        return;
    }
    if (set_term(f, t)) return;
    if (t->definite || t->aside) set_occasion(f, t);
    if (!t->date.value[0]) set_day_around(f, t);
}
