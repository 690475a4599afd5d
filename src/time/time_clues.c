/*
 * time_clues.c - gather what may tell a report's day; see time_published.c.
 *
 * Reads   the expressions of the whole report, captions, date lines, comments.
 * Writes  clues, readers.
 * Cost    linear in expressions; a bounded part of each line.
 */
#include "time_clues.h"

enum {
    LEAD_ZONES = 3, /* title, standfirst, first paragraph */
    DATE_GAP = 4    /* bytes between a day and its month */
};

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

void time_gather(const matcher *m, const rap_article *article, const found *found_at,
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

readers time_read_comments(const rap_article *article, const rap_calendar *calendar)
{
    readers r = {.first = RAP_NO_DAY};
    for (uint32_t z = 0; z < article->zones; z++)
        if (article->zone[z].kind == RAP_ZONE_COMMENTS)
            read_comment(article, calendar, article->zone[z].span, &r);
    return r;
}

/* The last day of weekday `weekday` not after the first comment, which may lack its
 * year: then that of a year readers name, or the one before, which fits best. */
