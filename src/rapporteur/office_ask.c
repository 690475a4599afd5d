/*
 * office_ask.c - who held an office on a day: the lists of offices, asked directly.
 *
 * Reads   the language's lists of actors and the person's own; no record, no models.
 * Writes  a line a tenure: person, office, owner, from, until, how the answer stands.
 */
#include <stdlib.h>

#include "name.h"
#include "reading_private.h"

enum { MOST_TENURES = 128 };

static void print_date(FILE *out, rap_date date)
{
    char text[12];
    rap_date_format(date, text);
    (void)fprintf(out, "\t%s", text);
}

static void print_tenure(FILE *out, const rap_tenure *t, const char *answer)
{
    (void)fprintf(out, "%.*s\t%.*s", t->person.len ? (int)t->person.len : 1,
                  t->person.len ? t->person.at : "?", (int)t->office.len, t->office.at);
    for (uint32_t i = 0; i < t->owners; i++)
        (void)fprintf(out, "%s%.*s", i ? ", " : "\t", (int)t->owner[i].len,
                      t->owner[i].at);
    if (!t->owners) (void)fputc('\t', out);
    print_date(out, t->from);
    print_date(out, t->until);
    (void)fprintf(out, "\t%s%s", answer, t->acting ? ", acting" : "");
    if (!t->until.precision) {
        char known[12];
        rap_date_format(t->known, known);
        (void)fprintf(out, ", known to %s", known);
    }
    (void)fputc('\n', out);
}

/* The days asked for: one, those of a month or a year, or none (RAP_NO_DAY). */
typedef struct asked_days {
    rap_day from, to;
} asked_days;

static rap_status read_days(const char *on, asked_days *out, rap_error *err)
{
    const rap_slice text = rap_slice_of(on);
    rap_date date = {0};
    *out = (asked_days){RAP_NO_DAY, RAP_NO_DAY};
    if (!text.len) return RAP_OK;
    if (rap_date_read_iso(text, &date) != text.len || !date.precision)
        return rap_fail(err, RAP_E_USAGE, 0,
                        "'%s' is no date; write YYYY-MM-DD, YYYY-MM or YYYY", on);
    *out = (asked_days){rap_date_earliest(date), rap_date_latest(date)};
    return RAP_OK;
}

static rap_status ask(const rapporteur_options *options, const char *office,
                      asked_days days, FILE *out, int *held, rap_error *err)
{
    static const char *const word[] = {"unlisted", "not known", "one of several",
                                       "held"};
    rap_language language;
    rap_name_knowledge *names = NULL;
    char *own = NULL;
    uint32_t own_len = 0, count = 0;
    const char *path = options && options->actors ? options->actors : "";
    rap_status status = rap_language_open(
        options && options->language ? options->language : "en", &language, err);
    if (!status && *path) status = rap_read_file(path, &own, &own_len, err);
    if (!status)
        status = rap_name_open(&language, (rap_slice){own ? own : "", own_len}, path,
                               &names, err);
    if (!status) {
        rap_tenure tenure[MOST_TENURES];
        const bool all = days.from == RAP_NO_DAY;
        const rap_office_answer answer =
            rap_name_office(names, rap_slice_of(office), days.from, days.to, tenure,
                            MOST_TENURES, &count);
        *held = answer == RAP_OFFICE_HELD || (all && count);
        if (!count) (void)fprintf(out, "?\t%s\t\t\t\t%s\n", office, word[answer]);
        for (uint32_t i = 0; i < count; i++)
            print_tenure(out, &tenure[i], all ? "listed" : word[answer]);
    }
    rap_name_close(names);
    free(own);
    return status;
}

rapporteur_status rapporteur_office(const rapporteur_options *options,
                                    const char *office, const char *on, FILE *out,
                                    int *held, rapporteur_error *err)
{
    rap_error why = {0};
    asked_days days;
    *held = 0;
    rap_status status = read_days(on, &days, &why);
    if (!status) status = ask(options, office, days, out, held, &why);
    return rap_face_error(status, &why, err);
}
