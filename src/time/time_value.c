/*
 * time_value.c - what one expression means, seen from where the text stands.
 *
 * Reads   an expression, the anchors.
 * Writes  its TIMEX3 value, earliest and latest day.
 * Method  TimeML 1.2.1; a year that is not said is the nearest that fits the tense.
 * Cost    constant work an expression.
 */
#include "time_value.h"

enum {
    QUARTER_HOLDS = 6,   /* sentences after which a quarter is no longer talked of */
    SPOKEN_DAYS = 3,     /* before the report, that "today" of a quotation may mean */
    WRONG_WEEKDAY = 800, /* days of distance that a weekday outweighs */
    WRONG_TENSE = 200    /* days of distance that a verb's tense outweighs */
};

static void set_value(meaning *out, rap_day earliest, rap_day latest, const char *value)
{
    (void)snprintf(out->value, sizeof out->value, "%s", value);
    out->earliest = earliest;
    out->latest = latest;
}

static bool is_year_written(int32_t year)
{
    return year >= 1 && year <= 9999;
}

static void set_date(meaning *out, rap_date date)
{
    char text[12];
    if (!is_year_written(date.year)) {
        set_value(out, RAP_NO_DAY, RAP_NO_DAY, "XXXX");
        return;
    }
    rap_date_format(date, text);
    set_value(out, rap_date_earliest(date), rap_date_latest(date), text);
}

static void set_day(meaning *out, rap_day day)
{
    if (day == RAP_NO_DAY)
        set_value(out, RAP_NO_DAY, RAP_NO_DAY, "XXXX-XX-XX");
    else
        set_date(out, rap_date_of_day(day));
}

/* A day of the report's month, where the day is not known. */
static void set_open_day(meaning *out, reference base)
{
    char text[32] = "XXXX-XX-XX";
    if (is_year_written(base.year) && base.month)
        (void)snprintf(text, sizeof text, "%04d-%02u-XX", base.year, base.month + 0u);
    set_value(out, base.earliest, base.latest, text);
}

static void set_month(meaning *out, int32_t year, int32_t month)
{
    const int32_t since = year * 12 + month - 1;
    set_date(out,
             (rap_date){since / 12, (uint8_t)(since % 12 + 1), 0, RAP_PRECISION_MONTH});
}

static void set_year(meaning *out, int32_t year)
{
    set_date(out, (rap_date){year, 0, 0, RAP_PRECISION_YEAR});
}

/* ISO 8601: the week of `day` belongs to the year of its Thursday. */
static void set_week(meaning *out, rap_day day, const char *ending)
{
    if (day == RAP_NO_DAY) {
        set_value(out, RAP_NO_DAY, RAP_NO_DAY, "XXXX-WXX");
        return;
    }
    const rap_day monday = day - (rap_day)rap_day_weekday(day);
    const rap_date thursday = rap_date_of_day(monday + 3);
    const rap_day first = rap_day_of(thursday.year, 1, 1);
    const int32_t week = (monday + 3 - first) / 7 + 1;
    char text[32];
    (void)snprintf(text, sizeof text, "%04d-W%02d%s", thursday.year, week, ending);
    const bool end_only = *ending;
    set_value(out, end_only ? monday + 5 : monday, monday + 6, text);
}

static void set_quarter(meaning *out, int32_t quarter)
{
    const int32_t year = quarter / 4;
    const uint32_t first = (uint32_t)(quarter % 4) * 3 + 1;
    if (quarter < 4 || !is_year_written(year)) {
        set_value(out, RAP_NO_DAY, RAP_NO_DAY, "XXXX-QX");
        return;
    }
    char text[32];
    (void)snprintf(text, sizeof text, "%04d-Q%d", year, quarter % 4 + 1);
    set_value(out, rap_day_of(year, first, 1),
              rap_day_of(year, first + 2, rap_days_in_month(year, first + 2)), text);
}

/* ---- the year that is not said
 * ---------------------------------------------------------- */

rap_day time_base_day(reference base)
{
    if (base.day != RAP_NO_DAY) return base.day;
    if (!base.year) return RAP_NO_DAY;
    return rap_day_of(base.year, base.month ? base.month : 7, 15);
}

/* A day that stands for the month or day in year `year`. */
static rap_day day_in(const found *f, uint8_t month, int32_t year)
{
    const uint32_t most = rap_days_in_month(year, month);
    const uint32_t day = f->day && f->form == FORM_DATE ? f->day : 15;
    return rap_day_of(year, month, day > most ? most : day);
}

/* The year in which `month` (and day) of `f` fits its tense best. */
/* How badly a day `gap` days from the report fits what is said. What lies behind is told
 * of more often, unless the words point ahead; the verb may mislead, so that it weighs
 * much but does not decide. */
int64_t time_misfit(const found *f, int64_t gap, rap_day slack)
{
    const bool ahead = f->tense == TENSE_FUTURE || (f->until && f->tense != TENSE_PAST);
    int64_t cost = gap > 0 ? (ahead ? gap : 2 * gap) : -gap;
    if (f->tense == TENSE_PAST && !f->ahead && gap > slack) cost += WRONG_TENSE;
    if (ahead && gap < -slack) cost += WRONG_TENSE;
    return cost;
}

static int32_t fitting_year(const found *f, uint8_t month, reference base)
{
    const rap_day now = time_base_day(base);
    if (now == RAP_NO_DAY) return 0;
    if (!base.month) return base.year; /* undated days are that year's */
    const bool whole_month = f->form != FORM_DATE || !f->day;
    /* A month that has begun counts as past and as future. */
    const rap_day slack = whole_month ? 15 : base.day == RAP_NO_DAY ? 31 : 0;
    int32_t best = base.year;
    int64_t best_cost = INT64_MAX;
    for (int32_t year = base.year - 1; year <= base.year + 1; year++) {
        const int64_t gap = (int64_t)day_in(f, month, year) - now;
        int64_t cost = time_misfit(f, gap, slack);
        /* "Monday, October 31": the year in which that was a Monday. */
        if (f->weekday < 7 && f->day &&
            rap_day_weekday(day_in(f, month, year)) != f->weekday)
            cost += WRONG_WEEKDAY;
        if (cost >= best_cost) continue;
        best_cost = cost;
        best = year;
    }
    return best;
}

/* Last, this or next `month` seen from the report. */
static int32_t near_year(int8_t near, uint8_t month, reference base)
{
    if (!base.year) return 0;
    const uint8_t now = base.month ? base.month : 6;
    /* "last February" in March is last year's; this year's is "last month". */
    if (near < 0) return month + 1 < now ? base.year : base.year - 1;
    if (near > 0) return month > now ? base.year : base.year + 1;
    return base.year;
}

static int32_t year_of(const found *f, uint8_t month, const anchors *a)
{
    if (f->year) return f->year;
    if (f->year_near) return a->base.year ? a->base.year + f->near : 0;
    if (f->year_along) return a->year ? a->year + f->offset : 0;
    if (f->near != NEAR_NONE) return near_year(f->near, month, a->base);
    /* A narrative runs on, from December into January. */
    if (a->narrative && a->year)
        return a->year + (a->month && month + 9 <= a->month ? 1 : 0);
    const bool told = f->form != FORM_QUARTER && f->tense != TENSE_FUTURE && a->year;
    /* In a story of another year, set just before in the same paragraph, the year
     * stays. */
    const bool story = told && a->explicit_year && a->zone == f->zone &&
                       f->sentence <= a->sentence + 1 && a->month &&
                       a->year < a->base.year - 1;
    if (story) return a->year;
    return fitting_year(f, month, a->base);
}

/* ---- dates
 * --------------------------------------------------------------------------------- */

static void resolve_date(const found *f, const anchors *a, meaning *out)
{
    char text[32];
    if (!f->month) {
        set_year(out, f->year);
        if (f->year_end) out->latest = rap_day_of(f->year_end, 12, 31);
        return;
    }
    const int32_t year = year_of(f, f->month, a);
    if (!year) {
        (void)snprintf(text, sizeof text, f->day ? "XXXX-%02u-%02u" : "XXXX-%02u",
                       (unsigned)f->month, (unsigned)f->day);
        set_value(out, RAP_NO_DAY, RAP_NO_DAY, text);
        return;
    }
    const uint32_t most = rap_days_in_month(year, f->month);
    const uint8_t day = f->day > most ? (uint8_t)most : f->day;
    set_date(out, (rap_date){year, f->month, day,
                             day ? RAP_PRECISION_DAY : RAP_PRECISION_MONTH});
    if (f->day_end && f->day_end <= most && out->earliest != RAP_NO_DAY)
        out->latest = rap_day_of(year, f->month, f->day_end);
}

static rap_day weekday_day(const found *f, rap_day now)
{
    const rap_day today = (rap_day)rap_day_weekday(now), want = f->weekday;
    const rap_day back = (today - want + 7) % 7, on = (want - today + 7) % 7;
    if (f->near == -1) return now - (back ? back : 7);
    if (f->near == 1) return now + (on ? on : 7);
    if (f->near == 0) return now - today + want;
    const bool on_from_now = f->tense == TENSE_FUTURE || f->tense == TENSE_PRESENT;
    if (on_from_now || f->until) return now + (f->until && !on ? 7 : on);
    return now - back;
}

/* The first such weekday after `day`, or the last before it. */
static rap_day weekday_beside(uint8_t weekday, rap_day day, int32_t way)
{
    const rap_day today = (rap_day)rap_day_weekday(day), want = weekday;
    const rap_day on = (want - today + 7) % 7, back = (today - want + 7) % 7;
    return way > 0 ? day + (on ? on : 7) : day - (back ? back : 7);
}

static void resolve_weekday(const found *f, const anchors *a, meaning *out)
{
    if (f->along && a->day != RAP_NO_DAY) {
        set_day(out, weekday_beside(f->weekday, a->day, f->offset));
        return;
    }
    /* "Wednesday or Thursday" */
    const bool goes_on = a->weekday != RAP_NO_DAY && f->near == NEAR_NONE &&
                         f->first == a->weekday_last + 2;
    if (goes_on) {
        set_day(out, weekday_beside(f->weekday, a->weekday, 1));
        return;
    }
    if (a->base.day != RAP_NO_DAY) {
        set_day(out, weekday_day(f, a->base.day));
        return;
    }
    char text[32];
    (void)snprintf(text, sizeof text, "XXXX-WXX-%u", f->weekday + 1u);
    set_value(out, RAP_NO_DAY, RAP_NO_DAY, text);
}

/* "at dawn", "early morning": of a day that stands beside it. */
bool time_is_part_alone(const found *f)
{
    return f->form == FORM_UNIT && f->unit == UNIT_DAY && f->part != PART_NONE &&
           !f->along;
}

/* "last week", "that year", "the next day": a unit, counted from an anchor. */
static void resolve_unit(const found *f, const anchors *a, meaning *out)
{
    rap_day day = a->base.day;
    int32_t year = a->base.year;
    uint8_t month = a->base.month;
    if (time_is_part_alone(f) && a->same != RAP_NO_DAY &&
        a->same_sentence == f->sentence)
        day = a->same;
    /* "on June 9, the day after the vote": one day in two ways. */
    if (f->event && f->unit == UNIT_DAY && a->before != RAP_NO_DAY &&
        a->same_sentence == f->sentence && f->first <= a->before_last + 2) {
        set_day(out, a->before);
        return;
    }
    if (f->along) {
        day = f->event && a->event != RAP_NO_DAY ? a->event : a->day;
        if (!f->event && a->same != RAP_NO_DAY && a->same_sentence == f->sentence)
            day = a->same;
        if (day == RAP_NO_DAY && !f->offset) day = a->base.day;
        year = a->year ? a->year : year;
        month = a->month && a->year ? a->month : a->year ? 0 : month;
    }
    char text[32];
    switch (f->unit) {
    case UNIT_WEEK:
        set_week(out, day == RAP_NO_DAY ? day : day + 7 * f->offset, "");
        return;
    case UNIT_WEEKEND:
        /* The weekend before, seen from a day of the week; the same on the weekend. */
        if (day != RAP_NO_DAY && rap_day_weekday(day) < 5) day += 7 * f->offset;
        set_week(out, day, "-WE");
        return;
    case UNIT_MONTH:
        if (!month) break;
        set_month(out, year, month + f->offset);
        return;
    case UNIT_QUARTER:
        if (!month) break;
        set_quarter(out, year * 4 + (month - 1) / 3 + f->offset);
        return;
    case UNIT_YEAR:
        if (!year) break;
        set_year(out, year + f->offset);
        return;
    case UNIT_DECADE:
    case UNIT_CENTURY:
        if (!year) break;
        year = f->unit == UNIT_DECADE ? year / 10 + f->offset : year / 100 + f->offset;
        if (year < 1 || year > 999) break;
        (void)snprintf(text, sizeof text, "%d", year);
        year *= f->unit == UNIT_DECADE ? 10 : 100;
        set_value(out, rap_day_of(year, 1, 1),
                  rap_day_of(year + (f->unit == UNIT_DECADE ? 9 : 99), 12, 31), text);
        return;
    default:
        set_day(out, day == RAP_NO_DAY ? day : day + f->offset);
        return;
    }
    set_value(out, RAP_NO_DAY, RAP_NO_DAY, "XXXX");
}

/* ---- counts
 * ---------------------------------------------------------------------------------- */

static void duration_value(int32_t count, unit u, char out[48])
{
    const char *time = u <= UNIT_HOUR ? "T" : "";
    const char *code = time_unit_code[u] + (u <= UNIT_HOUR ? 1 : 0);
    if (count == COUNT_OPEN) {
        (void)snprintf(out, 48, "P%sX%s", time, code);
        return;
    }
    if (u == UNIT_DECADE || u == UNIT_CENTURY) {
        count *= u == UNIT_DECADE ? 10 : 100;
        code = time_unit_code[UNIT_YEAR];
    }
    (void)snprintf(out, 48, "P%s%d%s", time, count, code);
}

/* "two and a half years" is P2.5Y, "a minute and a half" PT1M30S. */
static void add_half(int32_t count, unit u, char out[48])
{
    static const char *const half[UNITS] = {
        [UNIT_MINUTE] = "PT30S", [UNIT_HOUR] = "PT30M", [UNIT_DAY] = "PT12H",
        [UNIT_YEAR] = "P6M",     [UNIT_DECADE] = "P5Y", [UNIT_CENTURY] = "P50Y"};
    if (count == COUNT_OPEN || u == UNIT_WEEKEND || u == UNIT_QUARTER) return;
    if (!count && half[u]) {
        (void)snprintf(out, 48, "%s", half[u]);
        return;
    }
    if (u == UNIT_DECADE || u == UNIT_CENTURY)
        (void)snprintf(out, 48, "P%dY",
                       count * (u == UNIT_DECADE ? 10 : 100) +
                           (u == UNIT_DECADE ? 5 : 50));
    else if (u == UNIT_HOUR || u == UNIT_MINUTE)
        (void)snprintf(out, 48, "PT%d%s30%s", count, time_unit_code[u] + 1,
                       time_unit_code[u - 1] + 1);
    else
        (void)snprintf(out, 48, "P%s%d.5%s", u == UNIT_SECOND ? "T" : "", count,
                       time_unit_code[u] + (u == UNIT_SECOND ? 1 : 0));
}

/* Whether the text talks of a quarter of a year now. */
static bool is_in_quarter(const found *f, const anchors *a)
{
    return a->quarter >= 0 && f->sentence <= a->quarter_sentence + QUARTER_HOLDS;
}

static void resolve_shift(const found *f, const anchors *a, meaning *out)
{
    if (f->unit == UNIT_YEAR && f->count == 1 && f->offset < 0 && is_in_quarter(f, a)) {
        set_quarter(out, a->quarter - 4); /* the same quarter of that year */
        return;
    }
    const rap_day day = f->along ? a->day : a->base.day;
    int32_t year = f->along ? a->year : a->base.year;
    const uint8_t month = f->along ? a->month : a->base.month;
    if (f->count == COUNT_OPEN && !f->along) {
        const bool back = f->offset < 0;
        set_value(out, back ? RAP_NO_DAY : a->base.day, back ? a->base.day : RAP_NO_DAY,
                  back ? "PAST_REF" : "FUTURE_REF");
        return;
    }
    char text[48];
    duration_value(f->count, f->unit, text);
    set_value(out, RAP_NO_DAY, RAP_NO_DAY, text);
    if (f->count == COUNT_OPEN || f->count > 5000) return;
    const int32_t way = f->count * f->offset;
    switch (f->unit) {
    case UNIT_DAY:
        if (day != RAP_NO_DAY) set_day(out, day + way);
        return;
    case UNIT_WEEK:
        if (day == RAP_NO_DAY) return;
        if (f->along)
            set_day(out, day + 7 * way);
        else
            set_week(out, day + 7 * way, "");
        return;
    case UNIT_MONTH:
        if (month && year + way / 12 > 1) set_month(out, year, month + way);
        return;
    case UNIT_YEAR:
    case UNIT_DECADE:
    case UNIT_CENTURY:
        year += way * (f->unit == UNIT_YEAR ? 1 : f->unit == UNIT_DECADE ? 10 : 100);
        if ((f->along ? a->year : a->base.year) && is_year_written(year))
            set_year(out, year);
        return;
    default:
        return;
    }
}

static void resolve_set(const found *f, meaning *out)
{
    char text[48];
    duration_value(f->count, f->unit, text);
    if (f->weekday < 7)
        (void)snprintf(text, sizeof text, "XXXX-WXX-%u", f->weekday + 1u);
    if (f->month) (void)snprintf(text, sizeof text, "XXXX-%02u", (unsigned)f->month);
    if (f->part != PART_NONE)
        (void)snprintf(text, sizeof text, "XXXX-XX-XXT%s", time_part_code[f->part]);
    set_value(out, RAP_NO_DAY, RAP_NO_DAY, text);
}

/* ---- named parts of a year, and longer
 * ---------------------------------------------------- */

/* First month of a quarter (1..4) or a season (0..3). */
static uint8_t first_month(const found *f)
{
    static const uint8_t season[4] = {3, 6, 9, 12};
    return f->form == FORM_SEASON ? season[f->day & 3] : (uint8_t)(3 * f->day - 2);
}

/* "the quarter", "the year-ago period": the quarter told of, else the last whole one. */
static void resolve_told_quarter(const found *f, const anchors *a, meaning *out)
{
    if (is_in_quarter(f, a)) {
        set_quarter(out, a->quarter + 4 * f->offset);
    } else if (f->unit == UNIT_YEAR && a->base.year) {
        set_year(out, a->base.year + f->offset);
    } else if (a->base.month) {
        const int32_t now = a->base.year * 4 + (a->base.month - 1) / 3;
        set_quarter(out, now - 1 + 4 * f->offset);
    } else {
        set_value(out, RAP_NO_DAY, RAP_NO_DAY, "XXXX-QX");
    }
}

/* The year of a season of the story: "the next spring". */
static int32_t season_year(const found *f, const anchors *a)
{
    const uint8_t middle = (uint8_t)(first_month(f) % 12 + 1);
    if (!f->along) return year_of(f, middle, a);
    if (!a->year) return 0;
    return a->year + (a->month && middle < a->month ? f->near : 0);
}

static void resolve_season(const found *f, const anchors *a, meaning *out)
{
    const uint8_t first = first_month(f);
    const int32_t year = season_year(f, a);
    char text[32];
    (void)snprintf(text, sizeof text, "%04d-%s", year, time_season_code[f->day & 3]);
    if (!is_year_written(year)) {
        memcpy(text, "XXXX", 4);
        set_value(out, RAP_NO_DAY, RAP_NO_DAY, text);
        return;
    }
    rap_day begin = rap_day_of(year, first, 1);
    const rap_day end = rap_day_add_months(begin, 3) - 1;
    /* "the winter of 2022" may be either of two. */
    if (first == 12) begin = rap_day_add_months(begin, -12);
    set_value(out, begin, end, text);
}

static void resolve_quarter(const found *f, const anchors *a, meaning *out)
{
    if (!f->day) {
        resolve_told_quarter(f, a, out);
        return;
    }
    const int32_t year = year_of(f, (uint8_t)(first_month(f) + 1), a);
    if (is_year_written(year)) {
        set_quarter(out, (year + f->offset) * 4 + f->day - 1);
        return;
    }
    char text[32];
    (void)snprintf(text, sizeof text, "XXXX-Q%u", f->day + 0u);
    set_value(out, RAP_NO_DAY, RAP_NO_DAY, text);
}

static void resolve_half(const found *f, const anchors *a, meaning *out)
{
    const uint32_t first = f->day == 2 ? 7 : 1;
    const int32_t year = f->has_of_year ? year_of(f, (uint8_t)(first + 2), a)
                         : a->narrative ? a->year
                                        : a->base.year;
    char text[32];
    (void)snprintf(text, sizeof text, "%04d-H%u", year, f->day + 0u);
    if (!is_year_written(year)) {
        memcpy(text, "XXXX", 4);
        set_value(out, RAP_NO_DAY, RAP_NO_DAY, text);
        return;
    }
    const rap_day begin = rap_day_of(year, first, 1);
    set_value(out, begin, rap_day_add_months(begin, 6) - 1, text);
}

static void resolve_decade(const found *f, meaning *out)
{
    char text[16];
    const bool decade = f->form == FORM_DECADE;
    (void)snprintf(text, sizeof text, decade ? "%03d" : "%02d",
                   f->year / (decade ? 10 : 100));
    set_value(out, rap_day_of(f->year, 1, 1),
              rap_day_of(f->year + (decade ? 9 : 99), 12, 31), text);
}

static void resolve_literal(const found *f, const anchors *a, meaning *out)
{
    const rap_day now = a->base.day;
    const bool past = strcmp(f->literal, "PAST_REF") == 0;
    const bool future = strcmp(f->literal, "FUTURE_REF") == 0;
    set_value(out, future ? now : RAP_NO_DAY, past ? now : RAP_NO_DAY, f->literal);
}

/* "today": of the report, or of the day told of where it is spoken. */
static void resolve_day(const found *f, const anchors *a, meaning *out)
{
    const bool near = a->base.day != RAP_NO_DAY && a->day <= a->base.day &&
                      a->day > a->base.day - SPOKEN_DAYS;
    const bool spoken =
        f->quoted && a->day != RAP_NO_DAY && (a->zone == f->zone || near);
    const rap_day now = spoken ? a->day : a->base.day;
    if (now != RAP_NO_DAY)
        set_day(out, now + f->offset);
    else
        set_open_day(out, a->base);
}

/* The week of a day, the part of a day, the clock. */
static void add_part(const found *f, meaning *out)
{
    if (f->week_of && out->earliest != RAP_NO_DAY) set_week(out, out->earliest, "");
    if (f->type != RAP_TIMEX_TIME) return;
    const size_t len = strlen(out->value);
    if (f->hour >= 0)
        (void)snprintf(out->value + len, sizeof out->value - len, "T%02d:%02d", f->hour,
                       f->minute);
    else if (f->part != PART_NONE)
        (void)snprintf(out->value + len, sizeof out->value - len, "T%s",
                       time_part_code[f->part]);
}

void time_value_of(const found *f, const anchors *a, meaning *out)
{
    switch (f->form) {
    case FORM_DATE:
        resolve_date(f, a, out);
        break;
    case FORM_WEEKDAY:
        resolve_weekday(f, a, out);
        break;
    case FORM_UNIT:
        resolve_unit(f, a, out);
        break;
    case FORM_DAY:
        resolve_day(f, a, out);
        break;
    case FORM_SHIFT:
        resolve_shift(f, a, out);
        break;
    case FORM_DURATION:
        duration_value(f->count, f->unit, out->value);
        if (f->half) add_half(f->count, f->unit, out->value);
        out->earliest = out->latest = RAP_NO_DAY;
        break;
    case FORM_SET:
        resolve_set(f, out);
        break;
    case FORM_LITERAL:
        resolve_literal(f, a, out);
        break;
    case FORM_DECADE:
    case FORM_CENTURY:
        resolve_decade(f, out);
        break;
    case FORM_QUARTER:
        resolve_quarter(f, a, out);
        break;
    case FORM_SEASON:
        resolve_season(f, a, out);
        break;
    case FORM_HALF:
        resolve_half(f, a, out);
        break;
    case FORM_FEAST:
        time_feast_value(f, a, out);
        break;
    case FORM_CLOCK:
        /* Of a day of the same sentence, else of the day the text stands at. */
        set_day(out, a->same != RAP_NO_DAY && a->same_sentence == f->sentence
                         ? a->same
                         : a->base.day);
        break;
    }
    add_part(f, out);
}
