/*
 * time_resolve.c - the values of all expressions, in text order; see timex.h.
 *
 * Reads   expressions in text order, the report's day as far as it is known.
 * Writes  rap_timex: values, days, confidence, slips.
 * Method  anchors move along: the report's day; the day last told of, for what counts
 *         along the story ("the next day"); the day of the event told of, from "on
 *         Wednesday, two days after the talks". A narrative of the past, which its
 *         dates tell, counts everything from where it stands; time_value.c gives values.
 * Cost    constant work an expression.
 */
#include "time_value.h"

enum {
    CLOCK_REACH = 9,      /* atoms from a clock to its day */
    NARRATIVE_DATES = 12, /* a narrative has so many dates, */
    NARRATIVE_YEARS = 6,  /* so many of them with their year, */
    NARRATIVE_TIMES = 6,  /* and so many to each word counted from the report's day */
    LEAP_YEARS = 10       /* a single mention so far off is an aside of the narrative */
};

/* Whether a narrative only mentions what lies far from what it tells: "as in 1614". */
static bool is_aside(const found *f, int32_t year, anchors *a)
{
    if (!a->narrative || !a->year) return false;
    const bool back =
        f->form == FORM_DATE && f->year && !f->month && year < a->year && !f->leads;
    const bool far = year > a->year + LEAP_YEARS || year < a->year - LEAP_YEARS;
    const bool near = year <= a->leap + LEAP_YEARS && year >= a->leap - LEAP_YEARS;
    const bool confirmed = a->leap && near && (f->month || year == a->leap);
    if ((!far && !back) || confirmed) {
        a->leap = 0;
        return false;
    }
    a->leap = year;
    return true;
}

/* The quarter and the day that the sentences around talk of. */
static void note_talk(const found *f, const meaning *v, anchors *a)
{
    if (v->earliest == RAP_NO_DAY || v->latest == RAP_NO_DAY) return;
    const rap_date date = rap_date_of_day(v->earliest);
    if (f->form == FORM_QUARTER && !f->offset && f->unit != UNIT_YEAR) {
        a->quarter = date.year * 4 + (date.month - 1) / 3;
        a->quarter_sentence = f->sentence;
    }
    if (v->earliest != v->latest || f->form == FORM_CLOCK) return;
    a->weekday = f->form == FORM_WEEKDAY && f->joined ? v->earliest : RAP_NO_DAY;
    a->weekday_last = f->last;
    a->same = v->earliest;
    a->same_sentence = f->sentence;
}

/* What the story now stands at. */
static void move_anchors(const found *f, const meaning *v, anchors *a)
{
    const bool follows = a->before != RAP_NO_DAY && f->first <= a->before_last + 2;
    if (f->form == FORM_DURATION && f->beside && follows && f->count > 0 &&
        f->count < 1000 && (f->unit == UNIT_DAY || f->unit == UNIT_WEEK))
        a->event = a->before - f->beside_way * f->count * (f->unit == UNIT_DAY ? 1 : 7);
    a->before = RAP_NO_DAY;
    if (f->type != RAP_TIMEX_DATE && f->type != RAP_TIMEX_TIME) return;
    if (v->earliest == RAP_NO_DAY || v->latest == RAP_NO_DAY) return;
    if (v->latest - v->earliest > 366) return;
    const rap_date date = rap_date_of_day(v->earliest);
    const bool day = v->latest - v->earliest <= 1;
    if (day) {
        a->before = v->earliest;
        a->before_last = f->last;
    }
    const rap_day now = a->base.day != RAP_NO_DAY ? a->base.day : a->base.latest;
    if (now != RAP_NO_DAY ? v->earliest > now : f->ahead) return;
    if (f->tense == TENSE_FUTURE && !(a->narrative && f->day)) return;
    if (f->tail && !f->month) return;
    /* "a year earlier" compares; the story does not go back. */
    const bool compares = f->form == FORM_SHIFT || (f->form == FORM_UNIT && f->along);
    if (compares && f->offset < 0 && f->unit >= UNIT_MONTH) return;
    if (is_aside(f, date.year, a)) return;
    if (f->zone != a->zone) a->explicit_year = false;
    a->year = date.year;
    a->month = v->latest - v->earliest <= 31 ? date.month : 0;
    if (day) a->day = v->earliest;
    a->explicit_year = f->year != 0 || (a->explicit_year && f->form == FORM_DATE);
    a->zone = f->zone;
    a->sentence = f->sentence;
}

/* "from July to September 1936", "15 November - 3 February 1989": the year stands at
 * the second. */
static void take_year(const found *found_at, uint32_t count, uint32_t i, found *f)
{
    const bool open = ((f->form == FORM_DATE && f->month) || f->form == FORM_SEASON) &&
                      !f->has_of_year && f->near == NEAR_NONE;
    if (!open || !f->joined || i + 1 == count) return;
    const found *next = &found_at[i + 1];
    if (next->form != f->form || !next->year || next->first > f->last + 3 ||
        next->sentence != f->sentence || (f->form == FORM_DATE && !next->month))
        return;
    f->year = next->year - (f->month > next->month ? 1 : 0);
}

/* "at 5 a.m. on October 3": the day of a clock stands behind it. */
static void look_ahead(const found *found_at, uint32_t count, uint32_t i, anchors *a)
{
    const found *f = &found_at[i], *next = f + 1;
    const found *end = &found_at[count];
    while (next < end && next->form == FORM_CLOCK)
        next++; /* "2 pm (1200 GMT) on Friday" */
    if (next == end || next->sentence != f->sentence ||
        next->first > f->last + CLOCK_REACH)
        return;
    const bool day = (next->form == FORM_DATE && next->day) ||
                     next->form == FORM_WEEKDAY || next->form == FORM_DAY;
    if (!day) return;
    meaning v = {.earliest = RAP_NO_DAY, .latest = RAP_NO_DAY};
    time_value_of(next, a, &v);
    a->same = v.earliest;
    a->same_sentence = f->sentence;
}

/* Whether a text is a narrative of the past: dates of old years everywhere, hardly a
 * word that is counted from the report's own day. */
static bool is_narrative(const found *found_at, uint32_t count, reference base)
{
    uint32_t dates = 0, years = 0, old = 0, news = 0;
    for (uint32_t i = 0; i < count; i++) {
        const found *f = &found_at[i];
        if (f->form == FORM_DATE) dates++;
        if (f->form == FORM_DATE && f->year) {
            years++;
            if (!base.year || f->year < base.year - 1) old++;
        }
        const bool counted = f->form == FORM_DAY || f->form == FORM_WEEKDAY ||
                             (f->form == FORM_UNIT && !f->along) ||
                             (f->form == FORM_SHIFT && !f->along);
        if (counted && !f->quoted) news++;
    }
    return dates >= NARRATIVE_DATES && years >= NARRATIVE_YEARS && 2 * old >= years &&
           dates >= NARRATIVE_TIMES * news;
}

/* A narrative counts from where it stands: "the summer", "by the end of the year". */
static reference standing(const anchors *a)
{
    reference here = {RAP_NO_DAY, a->year, a->month, RAP_NO_DAY, RAP_NO_DAY};
    if (a->day == RAP_NO_DAY || !a->month) return here;
    const rap_date told = rap_date_of_day(a->day);
    if (told.year == a->year && told.month == a->month) here.day = a->day;
    return here;
}

/* What the source itself got wrong. */
static rap_slip slip_of(const found *f, const meaning *v, reference base)
{
    const bool day = f->form == FORM_DATE && f->day && v->earliest != RAP_NO_DAY;
    if (day && f->weekday < 7 && rap_day_weekday(v->earliest) != f->weekday)
        return RAP_SLIP_WEEKDAY;
    const bool past = f->tense == TENSE_PAST && !f->ahead && f->year;
    if (day && past && base.latest != RAP_NO_DAY && v->earliest > base.latest)
        return RAP_SLIP_AHEAD;
    return RAP_SLIP_NONE;
}

static rap_timex timex_of(const matcher *m, const found *f, const meaning *v,
                          const char *value, rap_slip slip)
{
    const bool exact = v->value[0] != 'X';
    rap_timex_type type = f->type;
    if (f->form == FORM_SHIFT && v->value[0] == 'P' && v->value[1] != 'A')
        type = RAP_TIMEX_DURATION;
    const float sure = !exact                      ? 0.6F
                       : slip                      ? 0.5F
                       : f->along || f->year_along ? 0.75F
                       : f->has_of_year            ? 0.97F
                                                   : 0.88F;
    return (rap_timex){.span = {m->at[f->first].span.begin, m->at[f->last].span.end},
                       .first = m->at[f->first].token,
                       .last = m->at[f->last].token,
                       .type = type,
                       .value = value,
                       .mod = f->mod,
                       .earliest = v->earliest,
                       .latest = v->latest,
                       .confidence = sure,
                       .slip = slip};
}

rap_status time_resolve(const matcher *m, const found *found_at, uint32_t count,
                        reference base, rap_arena *arena, rap_timex *out,
                        rap_error *err)
{
    anchors a = {.base = base,
                 .day = RAP_NO_DAY,
                 .event = RAP_NO_DAY,
                 .before = RAP_NO_DAY,
                 .same = RAP_NO_DAY,
                 .weekday = RAP_NO_DAY,
                 .quarter = -1,
                 .zone = RAP_NONE,
                 .narrative = is_narrative(found_at, count, base)};
    for (uint32_t i = 0; i < count; i++) {
        const found *f = &found_at[i];
        meaning v = {.earliest = RAP_NO_DAY, .latest = RAP_NO_DAY};
        anchors here = a;
        if (a.narrative && a.year && f->form != FORM_DAY && f->form != FORM_LITERAL)
            here.base = standing(&a);
        found said = *f;
        take_year(found_at, count, i, &said);
        if (f->form == FORM_CLOCK || time_is_part_alone(f))
            look_ahead(found_at, count, i, &here);
        time_value_of(&said, &here, &v);
        note_talk(&said, &v, &a);
        move_anchors(&said, &v, &a);
        const char *value = rap_arena_printf(arena, "%s", v.value);
        if (!value) return rap_fail(err, RAP_E_NOMEM, 0, "values of times");
        out[i] = timex_of(m, &said, &v, value, slip_of(&said, &v, base));
    }
    return RAP_OK;
}
