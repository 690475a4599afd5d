/*
 * time_published.c - the day of a report that does not state it.
 *
 * Reads   clues: expressions of the whole report, captions, date lines, comments.
 * Writes  inferred: the day, the month or bounds, and the words they follow from.
 * Method  the first rule that holds of the table in docs/method/time.md. Undated days
 *         need a year: that of the newest past day with one, else the year for which
 *         most speaks. What lies ahead is no evidence but of a bound, and the latest
 *         date of a text never is by itself.
 * Cost    linear in expressions.
 */
#include "time_clues.h"

enum {
    EVIDENCE = 6,
    CANDIDATE_YEARS = 4,
    SURE = 2,     /* evidence that lets an undated day date the report */
    RECENT = 14,  /* days between what a report tells as one story */
    USUAL_LAG = 3 /* days from the last thing told of to the report */
};

/* ---- the rules
 * --------------------------------------------------------------------------- */

typedef struct answer {
    rap_date date;
    rap_day earliest, latest;
    rap_span evidence[EVIDENCE];
    uint32_t spans;
} answer;

static void cite(answer *a, rap_span span)
{
    if (a->spans < EVIDENCE && span.end > span.begin) a->evidence[a->spans++] = span;
}

static void answer_day(answer *a, rap_day day, rap_day slack)
{
    a->date = rap_date_of_day(day);
    a->earliest = day;
    a->latest = day + slack;
}

static void answer_month(answer *a, rap_day earliest, rap_day in_month)
{
    a->date = rap_date_of_day(in_month);
    a->date.day = 0;
    a->date.precision = RAP_PRECISION_MONTH;
    a->earliest = earliest;
    a->latest = rap_date_latest(a->date);
}

/* Two years to the day after a full date; a full date that marks two years. */
static bool find_anniversary(const matcher *m, const found *found_at, uint32_t count,
                             answer *a)
{
    for (uint32_t i = 0; i + 1 < count; i++) {
        const found *f = &found_at[i], *next = f + 1;
        if (next->sentence != f->sentence) continue;
        const bool years = f->form == FORM_DURATION && f->unit == UNIT_YEAR &&
                           f->count > 0 && f->count < 500;
        if (years && f->exact && f->beside_way == 1 && is_full(next)) {
            const rap_day day = rap_day_add_months(day_of(next), 12 * f->count);
            const bool weekday =
                i > 0 && f[-1].sentence == f->sentence && f[-1].form == FORM_WEEKDAY;
            if (weekday && f[-1].weekday != rap_day_weekday(day)) continue;
            if (weekday) cite(a, span_of(m, &f[-1]));
            cite(a, span_of(m, f));
            cite(a, span_of(m, next));
            answer_day(a, day, 6);
            return true;
        }
        const uint32_t at = f->last + 1;
        const bool marks = time_is(m, at, IS_MARKS) || time_is(m, at + 1, IS_MARKS);
        if (is_full(f) && marks && next->form == FORM_DURATION &&
            next->unit == UNIT_YEAR && next->first <= at + 4) {
            cite(a, span_of(m, f));
            cite(a, span_of(m, next));
            answer_day(a, day_of(f), 6);
            return true;
        }
    }
    return false;
}

/* Weekday of the day told of that fits "on Friday, two days after". */
static bool fits_chain(const clues *c, rap_day day)
{
    return c->chain && (rap_day_weekday(day) + (uint32_t)c->chain_count->count) % 7 ==
                           c->chain->weekday;
}

static rap_day place(const undated *u, int32_t year)
{
    const uint32_t most = rap_days_in_month(year, u->month);
    return rap_day_of(year, u->month, u->day > most ? most : u->day);
}

static bool is_named(const clues *c, int32_t year)
{
    const int32_t bit = year - FIRST_YEAR;
    return bit >= 0 && bit < YEARS && (c->told[bit / 8] >> bit % 8 & 1);
}

/* The latest undated day in `year`, not later than half a year after the newest known.
 */
static const undated *latest_undated(const clues *c, int32_t year, bool dateline)
{
    const undated *best = NULL;
    for (uint32_t i = 0; i < c->days; i++) {
        const undated *u = &c->day[i];
        if (dateline && !u->dateline) continue;
        if (c->newest != RAP_NO_DAY && place(u, year) > c->newest + 183) continue;
        if (!best || place(u, year) > place(best, year)) best = u;
    }
    return best;
}

/* How much speaks for `year` as the year of the undated days. */
static uint32_t evidence_for(const clues *c, const found *found_at, uint32_t count,
                             int32_t year)
{
    uint32_t score = 0;
    bool chain = false, dateline = false, after = false;
    const undated *latest = latest_undated(c, year, false);
    if (!latest) return 0;
    for (uint32_t i = 0; i < c->days; i++) {
        const rap_day day = place(&c->day[i], year);
        chain |= fits_chain(c, day) && place(latest, year) == day;
        dateline |= c->day[i].dateline && c->weekday &&
                    rap_day_weekday(day) == c->weekday->weekday;
        after |=
            c->open_is_month && day > c->newest_open && day <= c->newest_open + 366;
    }
    score += (chain ? 2u : 0u) + (dateline ? 2u : 0u) + (after ? 1u : 0u);
    for (int32_t n = 1; n < 64; n++)
        if (c->ago >> n & 1 && is_named(c, year - n)) return score + 1;
    for (uint32_t i = 0; i + 1 < count; i++) {
        const found *f = &found_at[i];
        if (f->form == FORM_DURATION && f->unit == UNIT_YEAR && f->beside_way == 1 &&
            f->count > 0 && f[1].sentence == f->sentence && f[1].form == FORM_DATE &&
            f[1].year == year - f->count)
            return score + 1;
    }
    return score;
}

/* Whether an undated day of `year` belongs to one story with the newest dated one. */
static bool is_one_story(const clues *c, int32_t year)
{
    for (uint32_t i = 0; i < c->days; i++) {
        const rap_day gap = place(&c->day[i], year) - c->newest;
        if (gap <= RECENT && gap >= -RECENT) return true;
    }
    return false;
}

/* The year of the undated days, or 0; *score is what speaks for it. */
static int32_t year_of_undated(const clues *c, const found *found_at, uint32_t count,
                               uint32_t *score)
{
    *score = 0;
    rap_day newest = c->newest_open;
    if (c->newest != RAP_NO_DAY && (newest == RAP_NO_DAY || c->newest >= newest)) {
        newest = c->newest;
        *score = SURE;
        if (is_one_story(c, rap_date_of_day(newest).year))
            return rap_date_of_day(newest).year;
        *score = 0;
    }
    if (newest == RAP_NO_DAY) return 0;
    const int32_t from = rap_date_of_day(newest).year;
    int32_t best = 0;
    for (int32_t year = from; year < from + CANDIDATE_YEARS; year++) {
        const uint32_t more = evidence_for(c, found_at, count, year);
        if (more <= *score) continue;
        *score = more;
        best = year;
    }
    return best;
}

static bool find_dateline(const clues *c, int32_t year, answer *a)
{
    const undated *line = latest_undated(c, year, true);
    if (!line) return false;
    rap_day day = place(line, year);
    if (c->newest != RAP_NO_DAY && day < c->newest) day = place(line, year + 1);
    cite(a, line->span);
    cite(a, c->newest != RAP_NO_DAY ? c->newest_span : c->open_span);
    answer_day(a, day, 0);
    return true;
}

static bool find_chain(const matcher *m, const clues *c, int32_t year, answer *a)
{
    const undated *best = year ? latest_undated(c, year, false) : NULL;
    if (best && !fits_chain(c, place(best, year))) best = NULL;
    const bool full = c->newest != RAP_NO_DAY && fits_chain(c, c->newest);
    if (!best && !full) return false;
    rap_day day = best ? place(best, year) : c->newest;
    if (full && c->newest > day) day = c->newest;
    cite(a, best ? best->span : c->newest_span);
    cite(a, span_of(m, c->chain));
    cite(a, span_of(m, c->chain_count));
    if (best) cite(a, c->newest != RAP_NO_DAY ? c->newest_span : c->open_span);
    answer_day(a, day + c->chain_count->count, 6);
    return true;
}

static rap_day last_before(const readers *r, int32_t year, uint32_t weekday)
{
    rap_day best = RAP_NO_DAY, least = 7;
    const int32_t from = year ? year : r->year - 1, to = year ? year : r->year;
    for (int32_t y = from; y <= to; y++) {
        const rap_day comment =
            r->first != RAP_NO_DAY ? r->first : rap_day_of(y, r->month, r->day);
        const rap_day back =
            ((rap_day)rap_day_weekday(comment) - (rap_day)weekday + 7) % 7;
        if (back >= least) continue;
        least = back;
        best = comment - back;
        if (r->first != RAP_NO_DAY) break;
    }
    return best;
}

/* Nobody comments before a report is out; the weekday of its news is the last before.
 * "Two days after the talks" at the head counts on from that weekday. */
static bool find_comments(const matcher *m, const rap_article *article, const clues *c,
                          int32_t year, answer *a)
{
    if (!c->weekday) return false;
    const readers r = time_read_comments(article, m->knowledge->calendar);
    if (r.first == RAP_NO_DAY && (!r.day || !(year || r.year))) return false;
    const uint32_t since = c->since ? (uint32_t)c->since->count : 0;
    const rap_day day = last_before(&r, year, (c->weekday->weekday + since) % 7);
    if (day == RAP_NO_DAY || (c->newest != RAP_NO_DAY && day < c->newest)) return false;
    if (c->newest_open != RAP_NO_DAY && c->open_is_month && day + 31 < c->newest_open)
        return false;
    if (c->since) cite(a, span_of(m, c->since));
    cite(a, span_of(m, c->weekday));
    cite(a, r.span);
    if (r.first == RAP_NO_DAY && !year) cite(a, r.year_span);
    const rap_day comment = r.first != RAP_NO_DAY
                                ? r.first
                                : rap_day_of(rap_date_of_day(day).year, r.month, r.day);
    answer_day(a, day, comment >= day ? comment - day : 0);
    return true;
}

/* Only the month: "today", "last month" or a weekday beside days of the past. */
static bool find_month(const matcher *m, const clues *c, int32_t year, answer *a)
{
    const undated *late = latest_undated(c, year, false);
    rap_day last = c->newest;
    rap_span span = c->newest_span;
    if (late && (last == RAP_NO_DAY || place(late, year) > last)) {
        last = place(late, year);
        span = late->span;
    }
    if (last == RAP_NO_DAY) return false;
    /* Who writes "last month" calls neither this month nor that one by its name. */
    if (c->last_month && late && c->weekday && last - place(late, year) < RECENT) {
        const rap_day first = last - rap_date_of_day(last).day + 1;
        cite(a, span);
        cite(a, span_of(m, c->last_month));
        answer_month(a, rap_day_add_months(first, 1), rap_day_add_months(first, 2));
        return true;
    }
    const found *news = c->today ? c->today : c->weekday;
    if (!news || !late) return false;
    cite(a, span);
    cite(a, span_of(m, news));
    answer_month(a, last, last + USUAL_LAG);
    return true;
}

static void sort_spans(rap_span *span, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t k = i; k > 0 && span[k].begin < span[k - 1].begin; k--) {
            const rap_span kept = span[k];
            span[k] = span[k - 1];
            span[k - 1] = kept;
        }
}

/* A report that has a day is not later than its first comment. */
static void cap_by_comments(const rap_article *article, const rap_calendar *calendar,
                            answer *a)
{
    const readers r = time_read_comments(article, calendar);
    const rap_day first =
        r.first != RAP_NO_DAY ? r.first
        : r.day ? rap_day_of(rap_date_of_day(a->earliest).year, r.month, r.day)
                : RAP_NO_DAY;
    if (first == RAP_NO_DAY || first < a->earliest || first >= a->latest) return;
    a->latest = first;
    cite(a, r.span);
}

/* ---- "05/03/2024" ------------------------------------------------------------------
 */

typedef struct either { /* a day whose order is not settled */
    rap_day day[2];     /* the day first; the month first */
    rap_span span;
} either;

/* Figures and marks at `at`: "5/3/2024" with neither part above 12. */
static bool read_either(rap_slice text, uint32_t at, uint32_t most, either *out)
{
    uint32_t part[3] = {0}, digits[3] = {0}, n = 0, i = at;
    for (; i < most && n < 3; i++) {
        const char c = text.at[i];
        if (c >= '0' && c <= '9' && digits[n] < 4) {
            part[n] = part[n] * 10 + (uint32_t)(c - '0');
            digits[n]++;
        } else if ((c == '/' || c == '-') && n < 2 && digits[n]) {
            n++;
        } else {
            break;
        }
    }
    const bool whole = n == 2 && digits[0] <= 2 && digits[1] <= 2 && digits[2] == 4;
    if (!whole || part[0] < 1 || part[0] > 12 || part[1] < 1 || part[1] > 12 ||
        part[0] == part[1] || part[2] < 1000 || part[2] > 2999)
        return false;
    out->day[0] = rap_day_of((int32_t)part[2], part[1], part[0]);
    out->day[1] = rap_day_of((int32_t)part[2], part[0], part[1]);
    out->span = (rap_span){at, i};
    return true;
}

static bool find_line(const rap_article *article, either *out)
{
    for (uint32_t z = 0; z < article->zones; z++) {
        const rap_zone *zone = &article->zone[z];
        if (zone->kind != RAP_ZONE_DATELINE) continue;
        const uint32_t begin = zone->span.begin;
        const uint32_t most =
            begin + LINE_BYTES < zone->span.end ? begin + LINE_BYTES : zone->span.end;
        for (uint32_t at = begin; at < most; at++) {
            const bool fresh =
                at == begin || !rap_is_digit((unsigned char)article->text.at[at - 1]);
            if (fresh && read_either(article->text, at, most, out)) return true;
        }
    }
    return false;
}

/* How well `day` suits what the report tells; below 0: it cannot be. */
static int32_t suits(const clues *c, const readers *r, rap_day day)
{
    if (c->newest != RAP_NO_DAY && day < c->newest) return -1;
    if (r->first != RAP_NO_DAY && day > r->first) return -1;
    int32_t score = 0;
    if (c->newest != RAP_NO_DAY && day <= c->newest + RECENT) score++;
    if (r->first != RAP_NO_DAY && r->first <= day + RECENT) score += 2;
    for (uint32_t i = 0; i < c->days; i++) {
        const rap_day told = place(&c->day[i], rap_date_of_day(day).year);
        if (told <= day && told + RECENT >= day) return score + 2;
    }
    return score;
}

/* A date line in figures whose order is not settled: what the report tells settles it,
 * or else both days are bounds. */
static bool find_either(const rap_article *article, const rap_calendar *calendar,
                        const clues *c, answer *a)
{
    either line;
    if (!find_line(article, &line)) return false;
    const readers r = time_read_comments(article, calendar);
    const int32_t first = suits(c, &r, line.day[0]), second = suits(c, &r, line.day[1]);
    if (first < 0 && second < 0) return false;
    cite(a, line.span);
    if (first != second) {
        if (c->newest != RAP_NO_DAY) cite(a, c->newest_span);
        answer_day(a, line.day[first > second ? 0 : 1], 0);
        return true;
    }
    const bool ordered = line.day[0] < line.day[1];
    a->date = (rap_date){.precision = RAP_PRECISION_RANGE};
    a->earliest = line.day[ordered ? 0 : 1];
    a->latest = line.day[ordered ? 1 : 0];
    return true;
}

/* "on Saturday", where the newest day told of was one: the report is of that week. */
static bool find_week(const matcher *m, const clues *c, answer *a)
{
    if (c->newest == RAP_NO_DAY || !c->weekday ||
        rap_day_weekday(c->newest) != c->weekday->weekday)
        return false;
    cite(a, c->newest_span);
    cite(a, span_of(m, c->weekday));
    a->earliest = c->newest;
    a->latest = c->newest + 6;
    a->date = rap_date_of_value("", a->earliest, a->latest);
    if (a->date.precision != RAP_PRECISION_MONTH)
        a->date.precision = RAP_PRECISION_RANGE;
    return true;
}

/* Nothing but bounds: not before the newest day told of, nor after what lies ahead. */
static bool find_bounds(const clues *c, answer *a)
{
    if (c->newest == RAP_NO_DAY) return false;
    cite(a, c->newest_span);
    a->date = (rap_date){.precision = RAP_PRECISION_RANGE};
    a->earliest = c->newest;
    a->latest = c->soonest > c->newest ? c->soonest : RAP_NO_DAY;
    if (a->latest != RAP_NO_DAY) cite(a, c->soonest_span);
    return true;
}

rap_status time_infer(const matcher *m, const rap_article *article,
                      const found *found_at, uint32_t count, rap_arena *arena,
                      inferred *out, rap_error *err)
{
    *out = (inferred){.published = {.earliest = RAP_NO_DAY, .latest = RAP_NO_DAY}};
    clues c;
    time_gather(m, article, found_at, count, &c);
    uint32_t score;
    const int32_t year = year_of_undated(&c, found_at, count, &score);
    answer a = {.spans = 0};
    bool known = find_either(article, m->knowledge->calendar, &c, &a) ||
                 find_anniversary(m, found_at, count, &a);
    if (!known && year) known = find_dateline(&c, year, &a);
    if (!known) known = find_chain(m, &c, year, &a);
    if (known && a.date.precision == RAP_PRECISION_DAY)
        cap_by_comments(article, m->knowledge->calendar, &a);
    if (!known) known = find_comments(m, article, &c, year, &a);
    if (!known && score >= SURE) known = find_month(m, &c, year, &a);
    if (!known) known = find_week(m, &c, &a) || find_bounds(&c, &a);
    out->year = year;
    if (!known) return RAP_OK;
    const int32_t first = rap_date_of_day(a.earliest).year;
    if (a.date.precision != RAP_PRECISION_RANGE)
        out->year = a.date.year;
    else if (a.latest != RAP_NO_DAY && rap_date_of_day(a.latest).year == first)
        out->year = first;
    out->month = a.date.month;
    sort_spans(a.evidence, a.spans);
    rap_span *kept = rap_new(arena, rap_span, a.spans);
    if (!kept) return rap_fail(err, RAP_E_NOMEM, 0, "evidence of the report's day");
    memcpy(kept, a.evidence, a.spans * sizeof *kept);
    out->published = (rap_published){
        a.date, a.earliest, a.latest, RAP_BASIS_INFERRED, {kept, a.spans}};
    return RAP_OK;
}
