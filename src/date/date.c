/*
 * date.c - calendar arithmetic and absolute dates in text; see date.h.
 */
#include "date.h"

#include "text.h"

/* ---- arithmetic ----------------------------------------------------------------- */

/* Howard Hinnant, "chrono-compatible low-level date algorithms": eras of 400 years that
 * begin on 1 March, so that the leap day is the last of its year. */
rap_day rap_day_of(int32_t year, uint32_t month, uint32_t day)
{
    assert(month >= 1 && month <= 12 && day >= 1 && day <= 31);
    const int32_t y = year - (month <= 2);
    const int32_t era = (y >= 0 ? y : y - 399) / 400;
    const uint32_t of_era = (uint32_t)(y - era * 400);
    const uint32_t of_year =
        (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const uint32_t days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * 146097 + (int32_t)days - 719468;
}

void rap_day_civil(rap_day day, int32_t *year, uint32_t *month, uint32_t *day_of_month)
{
    const int32_t z = day + 719468;
    const int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    const uint32_t of_era = (uint32_t)(z - era * 146097);
    const uint32_t y =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const uint32_t of_year = of_era - (365 * y + y / 4 - y / 100);
    const uint32_t shifted = (5 * of_year + 2) / 153;
    *day_of_month = of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = (int32_t)y + era * 400 + (*month <= 2);
}

uint32_t rap_day_weekday(rap_day day)
{
    return (uint32_t)(((int64_t)day % 7 + 7 + 3) % 7); /* 1970-01-01 was a Thursday */
}

uint32_t rap_days_in_month(int32_t year, uint32_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

rap_day rap_day_add_months(rap_day day, int32_t months)
{
    int32_t year;
    uint32_t month, of_month;
    rap_day_civil(day, &year, &month, &of_month);
    const int32_t since = year * 12 + (int32_t)month - 1 + months;
    year = since >= 0 ? since / 12 : (since - 11) / 12;
    month = (uint32_t)(since - year * 12) + 1;
    const uint32_t most = rap_days_in_month(year, month);
    return rap_day_of(year, month, of_month > most ? most : of_month);
}

rap_date rap_date_of_day(rap_day day)
{
    rap_date date = {.precision = RAP_PRECISION_DAY};
    uint32_t month, of_month;
    rap_day_civil(day, &date.year, &month, &of_month);
    date.month = (uint8_t)month;
    date.day = (uint8_t)of_month;
    return date;
}

rap_day rap_date_earliest(rap_date date)
{
    switch (date.precision) {
    case RAP_PRECISION_DAY:
        return rap_day_of(date.year, date.month, date.day);
    case RAP_PRECISION_MONTH:
        return rap_day_of(date.year, date.month, 1);
    case RAP_PRECISION_YEAR:
        return rap_day_of(date.year, 1, 1);
    default:
        return RAP_NO_DAY;
    }
}

rap_day rap_date_latest(rap_date date)
{
    switch (date.precision) {
    case RAP_PRECISION_DAY:
        return rap_day_of(date.year, date.month, date.day);
    case RAP_PRECISION_MONTH:
        return rap_day_of(date.year, date.month,
                          rap_days_in_month(date.year, date.month));
    case RAP_PRECISION_YEAR:
        return rap_day_of(date.year, 12, 31);
    default:
        return RAP_NO_DAY;
    }
}

void rap_date_format(rap_date date, char out[12])
{
    const int32_t clamped = date.year < 0 ? 0 : date.year > 9999 ? 9999 : date.year;
    const unsigned year = (unsigned)clamped % 10000u; /* the length is plain to see */
    if (date.precision == RAP_PRECISION_DAY)
        (void)snprintf(out, 12, "%04u-%02u-%02u", year, date.month % 100u,
                       date.day % 100u);
    else if (date.precision == RAP_PRECISION_MONTH)
        (void)snprintf(out, 12, "%04u-%02u", year, date.month % 100u);
    else if (date.precision == RAP_PRECISION_YEAR)
        (void)snprintf(out, 12, "%04u", year);
    else
        out[0] = 0;
}

void rap_day_format(rap_day day, char out[12])
{
    out[0] = 0;
    if (day != RAP_NO_DAY) rap_date_format(rap_date_of_day(day), out);
}

/* ---- reading figures ------------------------------------------------------------- */

/* Digits at `at`: the value, and their number in *digits (at most 9 are read). */
static uint32_t figures(rap_slice s, uint32_t at, uint32_t *digits)
{
    uint32_t value = 0;
    *digits = 0;
    while (at + *digits < s.len && *digits < 9 && s.at[at + *digits] >= '0' &&
           s.at[at + *digits] <= '9')
        value = value * 10 + (uint32_t)(s.at[at + (*digits)++] - '0');
    return value;
}

static bool is_digit_at(rap_slice s, uint32_t at)
{
    return at < s.len && s.at[at] >= '0' && s.at[at] <= '9';
}

static bool is_possible(int32_t year, uint32_t month, uint32_t day)
{
    return year >= 1000 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= rap_days_in_month(year, month);
}

uint32_t rap_date_read_iso(rap_slice s, rap_date *out)
{
    uint32_t n;
    *out = (rap_date){0};
    const uint32_t year = figures(s, 0, &n);
    if (n != 4 || year < 1000 || year > 2999) return 0;
    rap_date date = {.year = (int32_t)year, .precision = RAP_PRECISION_YEAR};
    uint32_t at = 4;
    if (at < s.len && (s.at[at] == '-' || s.at[at] == '/') && is_digit_at(s, at + 1)) {
        const uint32_t month = figures(s, at + 1, &n);
        if (n != 2 || month < 1 || month > 12) return 0;
        date.month = (uint8_t)month;
        date.precision = RAP_PRECISION_MONTH;
        at += 3;
        if (at < s.len && s.at[at] == s.at[4] && is_digit_at(s, at + 1)) {
            const uint32_t day = figures(s, at + 1, &n);
            if (n != 2 || !is_possible(date.year, month, day)) return 0;
            date.day = (uint8_t)day;
            date.precision = RAP_PRECISION_DAY;
            at += 3;
        }
    }
    if (is_digit_at(s, at)) return 0;
    *out = date;
    return at;
}

rap_date rap_date_of_value(const char *value, rap_day earliest, rap_day latest)
{
    rap_date date;
    const rap_slice s = rap_slice_of(value);
    const uint32_t read = rap_date_read_iso(s, &date);
    if (read && (read == s.len || s.at[read] == 'T')) return date;
    if (earliest == RAP_NO_DAY || latest == RAP_NO_DAY) return (rap_date){0};
    const rap_date first = rap_date_of_day(earliest), last = rap_date_of_day(latest);
    if (first.year != last.year) return (rap_date){0};
    date = first;
    if (first.day != last.day) date.day = 0, date.precision = RAP_PRECISION_MONTH;
    if (first.month != last.month)
        date.day = date.month = 0, date.precision = RAP_PRECISION_YEAR;
    return date;
}

/* ---- the words of the calendar ----------------------------------------------------
 */

static rap_status read_calendar(rap_calendar *calendar, rap_slice bytes, rap_error *err)
{
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    uint32_t n;
    while ((n = rap_tsv_next(&tsv, field))) {
        const bool month = rap_slice_is(field[0], "month");
        uint32_t digits;
        const uint32_t value = figures(field[1], 0, &digits);
        if (n != 3 || !digits || (!month && !rap_slice_is(field[0], "weekday")) ||
            value > 12)
            return rap_fail(err, RAP_E_MODEL, tsv.at,
                            "calendar.tsv line %u: not 'month|weekday, number, words'",
                            tsv.line);
        rap_slice word;
        while (rap_split_next(&field[2], ',', &word)) {
            const rap_slice key = rap_fold(&calendar->arena, word);
            uint32_t *slot =
                key.at ? rap_map_put(month ? &calendar->month : &calendar->weekday,
                                     &calendar->arena, key)
                       : NULL;
            if (!slot) return rap_fail(err, RAP_E_NOMEM, 0, "the calendar");
            *slot = value;
        }
    }
    return RAP_OK;
}

rap_status rap_calendar_open(const rap_language *language, rap_calendar *out,
                             rap_error *err)
{
    *out = (rap_calendar){.arena = RAP_ARENA(1 << 20)};
    rap_slice bytes;
    rap_status status = rap_language_file(language, "calendar.tsv", &bytes, err);
    if (!status) status = read_calendar(out, bytes, err);
    if (status) rap_calendar_close(out);
    return status;
}

void rap_calendar_close(rap_calendar *calendar)
{
    rap_arena_free(&calendar->arena);
    *calendar = (rap_calendar){0};
}

static uint32_t look_up(const rap_map *map, rap_slice word, uint32_t none)
{
    char folded[32];
    const uint32_t len = rap_fold_into(word, folded, sizeof folded);
    if (len == RAP_NONE) return none;
    const uint32_t value = rap_map_get(map, (rap_slice){folded, len});
    return value == RAP_NONE ? none : value;
}

uint32_t rap_calendar_month(const rap_calendar *calendar, rap_slice word)
{
    return look_up(&calendar->month, word, 0);
}

uint32_t rap_calendar_weekday(const rap_calendar *calendar, rap_slice word)
{
    return look_up(&calendar->weekday, word, 7);
}

/* ---- absolute dates in text --------------------------------------------------------
 */

/* End of the white space, commas and full stops that may stand inside a date. */
static uint32_t skip_gap(rap_slice s, uint32_t at)
{
    uint32_t most = 0;
    while (at < s.len && most++ < 4) {
        uint32_t next = at;
        const uint32_t c = rap_utf8_next(s, &next);
        if (c != ',' && c != '.' && c != '-' && c != '/' &&
            !(rap_is_space(c) && c != '\n'))
            break;
        at = next;
    }
    return at;
}

static uint32_t word_end(rap_slice s, uint32_t at)
{
    while (at < s.len) {
        uint32_t next = at;
        if (!rap_is_letter(rap_utf8_next(s, &next))) break;
        at = next;
    }
    return at;
}

/* Past an ordinal ending right after the figures of a day ("1st"), else `at`. */
static uint32_t skip_ordinal(rap_slice s, uint32_t at)
{
    const uint32_t end = word_end(s, at);
    return end > at && end - at <= 2 ? end : at;
}

/* "1 November 2022", "1st Nov., 2022", "2022-11-01", "13/11/2022" at `at`. */
static uint32_t read_from_figures(const rap_calendar *calendar, rap_slice s,
                                  uint32_t at, rap_date *out)
{
    rap_slice rest = rap_slice_sub(s, at, s.len);
    uint32_t n;
    const uint32_t first = figures(s, at, &n);
    if (n == 4) {
        const uint32_t len = rap_date_read_iso(rest, out);
        return len > 4 && out->precision == RAP_PRECISION_DAY ? at + len : 0;
    }
    if (n > 2 || first == 0 || first > 31) return 0;
    uint32_t next = skip_ordinal(s, at + n);
    uint32_t digits;
    const char mark = next < s.len ? s.at[next] : 0;
    if (next == at + n && (mark == '/' || mark == '.' || mark == '-')) {
        const uint32_t second = figures(s, next + 1, &digits);
        const uint32_t middle = next + 1 + digits;
        if (digits >= 1 && digits <= 2 && middle < s.len && s.at[middle] == mark) {
            const uint32_t year = figures(s, middle + 1, &digits);
            const uint32_t end = middle + 1 + digits;
            /* With dots the day is first everywhere; with a slash it may be either. */
            const bool day_first =
                first > 12 || first == second || (mark == '.' && second <= 12);
            const uint32_t day = day_first ? first : second;
            const uint32_t month = day_first ? second : first;
            if (digits != 4 || !is_possible((int32_t)year, month, day)) return 0;
            if (!day_first && second <= 12) return 0; /* the order is not settled */
            *out = (rap_date){(int32_t)year, (uint8_t)month, (uint8_t)day,
                              RAP_PRECISION_DAY};
            return end;
        }
    }
    next = skip_gap(s, next);
    const uint32_t end = word_end(s, next);
    if (end == next) return 0;
    const uint32_t month = rap_calendar_month(calendar, rap_slice_sub(s, next, end));
    if (!month) return 0;
    next = skip_gap(s, end);
    const uint32_t year = figures(s, next, &digits);
    if (digits != 4 || !is_possible((int32_t)year, month, first)) return 0;
    *out = (rap_date){(int32_t)year, (uint8_t)month, (uint8_t)first, RAP_PRECISION_DAY};
    return next + digits;
}

/* "November 1, 2022", "Nov. 2022" where the word [at, end) is a month. */
static uint32_t read_from_month(rap_slice s, uint32_t end, uint32_t month,
                                rap_date *out)
{
    uint32_t digits, next = skip_gap(s, end);
    const uint32_t first = figures(s, next, &digits);
    if (digits == 4 && first >= 1000 && first <= 2999) {
        *out = (rap_date){(int32_t)first, (uint8_t)month, 0, RAP_PRECISION_MONTH};
        return next + digits;
    }
    if (!digits || digits > 2) return 0;
    next = skip_gap(s, skip_ordinal(s, next + digits));
    const uint32_t year = figures(s, next, &digits);
    if (digits != 4 || !is_possible((int32_t)year, month, first)) return 0;
    *out = (rap_date){(int32_t)year, (uint8_t)month, (uint8_t)first, RAP_PRECISION_DAY};
    return next + digits;
}

rap_span rap_date_find(const rap_calendar *calendar, rap_slice text, uint32_t from,
                       rap_date *out)
{
    bool fresh = true; /* the last character was neither letter nor digit */
    for (uint32_t at = from; at < text.len;) {
        uint32_t next = at, end = 0;
        const uint32_t c = rap_utf8_next(text, &next);
        const bool letter = rap_is_letter(c), digit = rap_is_digit(c);
        if (fresh && digit) end = read_from_figures(calendar, text, at, out);
        if (fresh && letter) {
            const uint32_t last = word_end(text, at);
            const uint32_t month =
                last - at < 32
                    ? rap_calendar_month(calendar, rap_slice_sub(text, at, last))
                    : 0;
            if (month) end = read_from_month(text, last, month, out);
            next = last;
        }
        if (end && !is_digit_at(text, end)) return (rap_span){at, end};
        fresh = !letter && !digit;
        at = next;
    }
    *out = (rap_date){0};
    return (rap_span){text.len, text.len};
}
