/*
 * time_published.c - the day of a report that does not state it.
 *
 * Reads   the expressions of the whole report, captions and date lines included.
 * Writes  inferred: the day or month, what it may be at the earliest and latest, and
 * the words it follows from. Method  in this order, the first that holds: anniversary
 * "9 May 2020 marks two years", "two years to the day after 9 May 2018" date line    a
 * day without its year, at the head of the report chain        "on Friday, two days
 * after the talks", where a day told of, two days earlier, was a Wednesday today told
 * as news, with days of the past beside it: their month last month   with days of the
 * past called by their month: not that one weekday      told as news, with undated days
 * of the past: their month Undated days need a year: that of the newest past day with a
 * year; else the year with most evidence among those after the newest past year. What
 * lies ahead ("will expire in 2030") is no evidence, and the latest date of a text
 * never is by itself. docs/method/time.md. Cost    linear in expressions.
 */
#include "time_private.h"

enum {
    EVIDENCE = 6,
    CANDIDATE_YEARS = 4,
    SURE = 2,       /* evidence that lets an undated day date the report */
    LEAD_ZONES = 3, /* title, standfirst, first paragraph */
    UNDATED = 64,
    FIRST_YEAR = 1600,
    YEARS = 600,
    DATE_GAP = 4,     /* bytes between a day and its month */
    LINE_BYTES = 200, /* of a line that are read for its date */
    RECENT = 14,      /* days between what a report tells as one story */
    USUAL_LAG = 3     /* days from the last thing told of to the report */
};

typedef struct undated { /* a past day told of without its year */
    uint8_t month, day;
    rap_span span;
    bool dateline;
} undated;

typedef struct clues {
    rap_day newest; /* newest past day with its year; RAP_NO_DAY */
    rap_span newest_span;
    rap_day newest_open; /* last day of the newest past month or year told of */
    rap_day soonest;     /* first day of what lies ahead, with its year; RAP_NO_DAY */
    rap_span soonest_span;
    bool open_is_month;
    rap_span open_span;
    uint64_t ago;                /* bit N: "N years ago" is said */
    uint8_t told[YEARS / 8 + 1]; /* bit per year from FIRST_YEAR that is named */
    undated day[UNDATED];
    uint32_t days;
    const found *weekday; /* first told as news, outside quotations */
    const found *today, *last_month;
    const found *since; /* "Two days after the talks" at the head of a sentence */
    const found *chain, *chain_count; /* "on Friday, two days after the talks" */
} clues;

static rap_span span_of(const matcher *m, const found *f)
{
    return (rap_span){m->at[f->first].span.begin, m->at[f->last].span.end};
}

static bool is_told(const found *f)
{
    return f->tense == TENSE_PAST && !f->ahead;
}

static bool is_full(const found *f)
{
    return f->form == FORM_DATE && f->year && f->month && f->day;
}

static rap_day day_of(const found *f)
{
    const uint32_t most = rap_days_in_month(f->year, f->month);
    return rap_day_of(f->year, f->month, f->day > most ? most : f->day);
}

/* ---- gathering
 * ------------------------------------------------------------------------ */

static void add_undated(clues *c, uint8_t month, uint8_t day, rap_span span,
                        bool dateline)
{
    if (c->days == UNDATED || day > rap_days_in_month(2000, month)) return;
    c->day[c->days++] = (undated){month, day, span, dateline};
}

/* "GENEVA, Nov 2 (Agency) -": only names before it, a mark after it. */
static bool is_dateline(const matcher *m, const found *f)
{
    if (f->sentence != 0 &&
        m->tokens->zone[f->sentence] == m->tokens->zone[f->sentence - 1])
        return false;
    const uint32_t begin = m->tokens->first[f->sentence];
    const uint32_t first = m->at[f->first].token;
    if (first == begin || first - begin > 6) return false;
    for (uint32_t t = begin; t < first; t++)
        if (m->tokens->kind[t] == RAP_TOKEN_WORD &&
            !(m->tokens->flags[t] & RAP_TOKEN_CAPITAL))
            return false;
    const uint32_t next = m->at[f->last].token + 1;
    if (next >= m->tokens->count) return false;
    const unsigned char c = (unsigned char)m->text.at[m->tokens->span[next].begin];
    return c == '(' || c == '-' || c == ':' || c == 0xE2;
}

static void gather_date(const matcher *m, const found *f, clues *c)
{
    if (f->has_of_year && !f->year) return; /* "of that year" */
    const bool caption = f->zone_kind == RAP_ZONE_CAPTION;
    const bool shown = caption && f->tense != TENSE_FUTURE && !f->ahead;
    if (f->year && (is_told(f) || shown)) {
        const rap_day latest =
            f->day ? day_of(f)
                   : rap_date_latest((rap_date){f->year, f->month, 0,
                                                f->month ? RAP_PRECISION_MONTH
                                                         : RAP_PRECISION_YEAR});
        if (f->day && f->month && (c->newest == RAP_NO_DAY || latest > c->newest)) {
            c->newest = latest;
            c->newest_span = span_of(m, f);
        }
        if (!f->day && (c->newest_open == RAP_NO_DAY || latest > c->newest_open)) {
            c->newest_open = latest;
            c->open_is_month = f->month != 0;
            c->open_span = span_of(m, f);
        }
    }
    if (f->year || !f->month || !f->day || f->near != NEAR_NONE) return;
    const bool dateline = is_dateline(m, f);
    const bool told = is_told(f) || shown;
    if (told || dateline) add_undated(c, f->month, f->day, span_of(m, f), dateline);
}

/* What will be, with its year, bounds the report from above. */
static void gather_ahead(const matcher *m, const found *f, clues *c)
{
    if (f->form != FORM_DATE || !f->year || f->tense != TENSE_FUTURE || f->quoted)
        return;
    const rap_day day = rap_date_latest((rap_date){f->year, f->month, f->day,
                                                   f->day     ? RAP_PRECISION_DAY
                                                   : f->month ? RAP_PRECISION_MONTH
                                                              : RAP_PRECISION_YEAR});
    if (day == RAP_NO_DAY || (c->soonest != RAP_NO_DAY && day >= c->soonest)) return;
    c->soonest = day;
    c->soonest_span = span_of(m, f);
}

static void gather_one(const matcher *m, const found *f, clues *c)
{
    gather_ahead(m, f, c);
    const bool news = is_told(f) && !f->quoted && f->zone_kind != RAP_ZONE_CAPTION;
    if (f->form == FORM_DATE) gather_date(m, f, c);
    const int32_t bit = f->year - FIRST_YEAR;
    if (f->form == FORM_DATE && bit >= 0 && bit < YEARS)
        c->told[bit / 8] = (uint8_t)(c->told[bit / 8] | 1u << bit % 8);
    if (f->form == FORM_SHIFT && f->unit == UNIT_YEAR && f->offset < 0 && !f->along &&
        f->count > 0 && f->count < 64)
        c->ago |= (uint64_t)1 << f->count;
    if (f->form == FORM_WEEKDAY && f->near == NEAR_NONE && news && !c->weekday)
        c->weekday = f;
    if (f->form == FORM_DAY && !f->offset && f->part == PART_NONE && !f->quoted &&
        !c->today && f->zone < m->tokens->zone[0] + LEAD_ZONES)
        c->today = f;
    if (f->form == FORM_UNIT && f->unit == UNIT_MONTH && !f->along && f->offset == -1 &&
        !f->quoted && !c->last_month)
        c->last_month = f;
}

typedef struct piece { /* a run of letters or digits in a line */
    uint32_t begin, end;
    uint32_t value; /* of at most two digits, or of a month; 0: neither */
    bool month;
} piece;

static piece next_piece(rap_slice text, const rap_calendar *calendar, uint32_t at,
                        uint32_t most)
{
    piece p = {.begin = at, .end = at};
    while (p.end < most && (text.at[p.end] | 32) >= 'a' && (text.at[p.end] | 32) <= 'z')
        p.end++;
    if (p.end > at) {
        p.value = rap_calendar_month(calendar, rap_slice_sub(text, at, p.end));
        p.month = p.value > 0;
        return p;
    }
    uint32_t value = 0;
    while (p.end < most && text.at[p.end] >= '0' && text.at[p.end] <= '9') {
        value = value < 100 ? value * 10 + (uint32_t)(text.at[p.end] - '0') : value;
        p.end++;
    }
    p.value = value <= 31 && p.end - at <= 2 ? value : 0;
    if (p.end == at) p.end++; /* neither letters nor digits */
    return p;
}

/* The first day with its month in `span`, "7 August" or "Aug 7", and its words. */
static bool read_month_day(rap_slice text, const rap_calendar *calendar, rap_span span,
                           uint8_t *month, uint8_t *day, rap_span *words)
{
    const uint32_t most =
        span.begin + LINE_BYTES < span.end ? span.begin + LINE_BYTES : span.end;
    piece last = {0};
    for (uint32_t at = span.begin; at < most;) {
        const piece p = next_piece(text, calendar, at, most);
        at = p.end;
        if (!p.value) continue;
        const bool pair = last.value && last.month != p.month &&
                          p.begin <= last.end + DATE_GAP &&
                          !(at < most && text.at[at] == ':'); /* a time of day */
        if (pair) {
            *month = (uint8_t)(p.month ? p.value : last.value);
            *day = (uint8_t)(p.month ? last.value : p.value);
            *words = (rap_span){last.begin, p.end};
            if (*day <= rap_days_in_month(2000, *month)) return true;
        }
        last = p;
    }
    return false;
}

/* Undated days in the lines that date the report. */
static void gather_lines(const rap_article *article, const rap_calendar *calendar,
                         clues *c)
{
    for (uint32_t z = 0; z < article->zones; z++) {
        const rap_zone *zone = &article->zone[z];
        uint8_t month, day;
        rap_span words;
        if (zone->kind == RAP_ZONE_DATELINE &&
            read_month_day(article->text, calendar, zone->span, &month, &day, &words))
            add_undated(c, month, day, words, true);
    }
}

static void gather(const matcher *m, const rap_article *article, const found *found_at,
                   uint32_t count, clues *c)
{
    *c =
        (clues){.newest = RAP_NO_DAY, .newest_open = RAP_NO_DAY, .soonest = RAP_NO_DAY};
    gather_lines(article, m->knowledge->calendar, c);
    for (uint32_t i = 0; i < count; i++) {
        const found *f = &found_at[i];
        gather_one(m, f, c);
        const bool since = f->form == FORM_DURATION && f->beside &&
                           f->beside_way == 1 && f->unit == UNIT_DAY && f->count > 0 &&
                           f->count < 15 && !f->quoted &&
                           m->at[f->first].token == m->tokens->first[f->sentence];
        if (since && !c->since && f->zone < m->tokens->zone[0] + LEAD_ZONES + 3)
            c->since = f;
        const bool chain = i > 0 && f->form == FORM_DURATION && f->beside &&
                           f->beside_way == 1 && f->unit == UNIT_DAY && f->count > 0 &&
                           f->count < 15 && f->first <= f[-1].last + 3 &&
                           f[-1].form == FORM_WEEKDAY && is_told(&f[-1]);
        if (!chain || c->chain) continue;
        c->chain = &f[-1];
        c->chain_count = f;
    }
}

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

typedef struct readers { /* what the dates of readers' comments say */
    rap_day first;       /* the first full date; RAP_NO_DAY */
    rap_span span;       /* its words, or those of the day */
    uint8_t month, day;  /* the first day without a year; 0 */
    int32_t year;        /* the first year that a reader names; 0 */
    rap_span year_span;
} readers;

static void read_comment(const rap_article *article, const rap_calendar *calendar,
                         rap_span zone, readers *r)
{
    const rap_slice s = rap_cut(article->text, zone);
    rap_date date;
    const rap_span at = rap_date_find(calendar, s, 0, &date);
    if (at.begin < s.len && date.precision == RAP_PRECISION_DAY) {
        const rap_day day = rap_date_earliest(date);
        if (r->first != RAP_NO_DAY && day >= r->first) return;
        r->first = day;
        r->span = (rap_span){zone.begin + at.begin, zone.begin + at.end};
        return;
    }
    if (at.begin < s.len && !r->year) {
        r->year = date.year;
        r->year_span = (rap_span){zone.begin + at.begin, zone.begin + at.end};
    }
    uint8_t month, day;
    rap_span words;
    if (r->day || !read_month_day(article->text, calendar, zone, &month, &day, &words))
        return;
    r->month = month;
    r->day = day;
    r->span = words;
}

static readers read_comments(const rap_article *article, const rap_calendar *calendar)
{
    readers r = {.first = RAP_NO_DAY};
    for (uint32_t z = 0; z < article->zones; z++)
        if (article->zone[z].kind == RAP_ZONE_COMMENTS)
            read_comment(article, calendar, article->zone[z].span, &r);
    return r;
}

/* The last day of weekday `weekday` not after the first comment, which may lack its
 * year: then that of a year readers name, or the one before, which fits best. */
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
    const readers r = read_comments(article, m->knowledge->calendar);
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
    const readers r = read_comments(article, calendar);
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
    const readers r = read_comments(article, calendar);
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
    gather(m, article, found_at, count, &c);
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
