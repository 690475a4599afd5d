/*
 * time_feast.c - the days of feasts.
 *
 * Reads   a feast of the lists, the year said, or where the text stands.
 * Writes  its day, or the days of a period.
 * Method  Easter by the algorithms of Meeus; feasts of the Islamic calendar by its civil
 *         (tabular) form, which the sighted moon may miss by a day; without a year, the
 *         feast that fits the tense best.
 * Cost    constant.
 */
#include "time_value.h"

enum { MOON_SLACK = 1, YEARS_ABOUT = 1 };

/* Easter Sunday of the western churches: Meeus, Jones and Butcher. */
static rap_day western_easter(int32_t year)
{
    const int32_t a = year % 19, b = year / 100, c = year % 100;
    const int32_t moon = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int32_t week = (32 + 2 * (b % 4) + 2 * (c / 4) - moon - c % 4) % 7;
    const int32_t late = (a + 11 * moon + 22 * week) / 451;
    const int32_t day = moon + week - 7 * late + 114;
    return rap_day_of(year, (uint32_t)(day / 31), (uint32_t)(day % 31 + 1));
}

/* Easter Sunday of the eastern churches: Meeus, from the Julian calendar. */
static rap_day eastern_easter(int32_t year)
{
    const int32_t moon = (19 * (year % 19) + 15) % 30;
    const int32_t week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
    const int32_t day = moon + week + 114;
    const int32_t behind = year / 100 - year / 400 - 2; /* days the calendars differ */
    return rap_day_of(year, (uint32_t)(day / 31), (uint32_t)(day % 31 + 1)) + behind;
}

/* Day `day` of month `month` of the year `year` of the Hijra. */
static rap_day islamic_day(int32_t year, int32_t month, int32_t day)
{
    const int32_t epoch = 2440588; /* Julian day of 1970-01-01 */
    return (11 * year + 3) / 30 + 354 * year + 30 * month - (month - 1) / 2 + day +
           1948440 - 385 - epoch;
}

/* The first such day that falls into the year `year` of our calendar. */
static rap_day islamic_in(const feast *f, int32_t year)
{
    const int32_t about = (int32_t)((int64_t)(year - 622) * 33 / 32);
    for (int32_t y = about - 1; y <= about + 2; y++) {
        const rap_day day = islamic_day(y, f->month, f->number);
        if (rap_date_of_day(day).year == year) return day;
    }
    return RAP_NO_DAY;
}

static rap_day nth_weekday(const feast *f, int32_t year)
{
    if (f->number > 0) {
        const rap_day first = rap_day_of(year, f->month, 1);
        const rap_day wait = (f->weekday + 7 - (rap_day)rap_day_weekday(first)) % 7;
        return first + wait + 7 * (f->number - 1);
    }
    const rap_day last = rap_day_of(year, f->month, rap_days_in_month(year, f->month));
    return last - ((rap_day)rap_day_weekday(last) + 7 - f->weekday) % 7;
}

static rap_day feast_day(const feast *f, int32_t year)
{
    switch (f->rule) {
    case FEAST_EASTER:
        return western_easter(year) + f->number;
    case FEAST_ORTHODOX:
        return eastern_easter(year) + f->number;
    case FEAST_ISLAMIC:
        return islamic_in(f, year);
    case FEAST_NTH:
        return nth_weekday(f, year);
    default:
        return rap_day_of(year, f->month, f->day);
    }
}

/* The year of the feast: as said, else the one told of, else the one that fits best. */
static int32_t feast_year(const found *f, const anchors *a)
{
    const reference base = a->base;
    if (f->year) return f->year;
    if (f->year_near) return base.year ? base.year + f->near : 0;
    if (f->year_along || a->narrative) return a->year ? a->year + f->offset : 0;
    const rap_day now = time_base_day(base);
    if (now == RAP_NO_DAY) return 0;
    int32_t best = 0;
    int64_t least = INT64_MAX;
    for (int32_t year = base.year - YEARS_ABOUT; year <= base.year + YEARS_ABOUT;
         year++) {
        const rap_day day = feast_day(f->feast, year);
        if (day == RAP_NO_DAY) continue;
        const int64_t cost = time_misfit(f, (int64_t)day - now, 0);
        if (cost >= least) continue;
        least = cost;
        best = year;
    }
    return best;
}

/* The sighted moon may miss the reckoned day by one: of a feast of that calendar the
 * value is the month, and the days are those around it. */
static void set_feast(meaning *out, const feast *f, rap_day day)
{
    char text[12];
    rap_date date = rap_date_of_day(day);
    const bool moon = f->rule == FEAST_ISLAMIC;
    if (moon) {
        date.day = 0;
        date.precision = RAP_PRECISION_MONTH;
    }
    rap_date_format(date, text);
    (void)snprintf(out->value, sizeof out->value, "%s", text);
    out->earliest = moon ? day - MOON_SLACK : day;
    out->latest = moon ? day + f->weekday - 1 + MOON_SLACK : day;
}

void time_feast_value(const found *f, const anchors *a, meaning *out)
{
    const int32_t year = feast_year(f, a);
    const rap_day day =
        year > 0 && year <= 9999 ? feast_day(f->feast, year) : RAP_NO_DAY;
    if (day != RAP_NO_DAY) {
        set_feast(out, f->feast, day);
        return;
    }
    (void)snprintf(out->value, sizeof out->value, "XXXX-XX-XX");
    if (f->feast->rule == FEAST_FIXED)
        (void)snprintf(out->value, sizeof out->value, "XXXX-%02u-%02u",
                       f->feast->month + 0u, f->feast->day + 0u);
    out->earliest = out->latest = RAP_NO_DAY;
}
