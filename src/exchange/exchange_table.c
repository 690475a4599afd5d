/*
 * exchange_table.c - events as rows: PETRARCH's table and GDELT 2.0's two.
 *
 * Method  these tables have one source and one target a row: lists become pairs. Parties of
 *         a meeting without a target met each other: a row each way, as CAMEO's coders do.
 *         Columns that nothing is known for are empty, never filled with a default.
 */
#include "exchange.h"

typedef struct pair {
    const rap_coded_actor *source, *target; /* target NULL: none */
} pair;

/* ---- pairs ------------------------------------------------------------------------ */

static bool is_mutual(const rap_coded_event *event)
{
    return !event->targets && event->sources > 1 && strcmp(event->type, "CONSULT") == 0;
}

static uint32_t pairs_of(const rap_coded_event *event)
{
    if (is_mutual(event)) return event->sources * (event->sources - 1);
    return event->sources * (event->targets ? event->targets : 1);
}

static pair pair_at(const rap_coded_event *event, uint32_t index)
{
    if (is_mutual(event)) {
        const uint32_t others = event->sources - 1;
        const uint32_t from = index / others, to = index % others;
        return (pair){&event->source[from], &event->source[to + (to >= from)]};
    }
    const uint32_t targets = event->targets ? event->targets : 1;
    return (pair){&event->source[index / targets],
                  event->targets ? &event->target[index % targets] : NULL};
}

/* Rows of an event: none where it did not happen, or has no actor or day. */
static uint32_t rows_of(const rap_coded_event *event)
{
    if (!rap_coded_happened(event) || rap_coded_day(event) == RAP_NO_DAY ||
        !rap_coded_has_actor(event) || !event->cameo[0])
        return 0;
    return pairs_of(event);
}

/* ---- cells ------------------------------------------------------------------------ */

static void put(FILE *out, const char *text)
{
    rap_cell_write(out, rap_slice_of(text));
}

static void cell(FILE *out, const char *text)
{
    put(out, text);
    (void)fputc('\t', out);
}

static void empty(FILE *out, uint32_t cells)
{
    while (cells--) (void)fputc('\t', out);
}

static void number(FILE *out, uint64_t value)
{
    (void)fprintf(out, "%llu\t", (unsigned long long)value);
}

/* "20221031" */
static void compact_day(FILE *out, rap_day day)
{
    int32_t year;
    uint32_t month, of_month;
    rap_day_civil(day, &year, &month, &of_month);
    (void)fprintf(out, "%04d%02u%02u", year, month, of_month);
}

/* ---- PETRARCH --------------------------------------------------------------------- */

static void put_code(FILE *out, const rap_coded_actor *actor)
{
    if (!actor || (!actor->code[0] && !actor->sector[0])) {
        cell(out, "---");
        return;
    }
    put(out, actor->code);
    /* A body without a country has its sector's code: IGO, not IGOIGO. */
    cell(out, strcmp(actor->code, actor->sector) == 0 ? "" : actor->sector);
}

static const char *words_or(const char *text)
{
    return text[0] ? text : "---";
}

uint32_t rap_cameo_write(const rap_coded_event *event, FILE *out)
{
    const uint32_t rows = rows_of(event);
    for (uint32_t i = 0; i < rows; i++) {
        const pair actors = pair_at(event, i);
        compact_day(out, rap_coded_day(event));
        (void)fputc('\t', out);
        put_code(out, actors.source);
        put_code(out, actors.target);
        cell(out, event->cameo);
        empty(out, 1); /* issues: PETRARCH counts words of a list of its own */
        cell(out, event->id);
        cell(out, event->url);
        cell(out, event->outlet[0] ? event->outlet : "NULL");
        cell(out, actors.source->name);
        cell(out, actors.target ? actors.target->name : "---");
        put(out, words_or(event->trigger));
        (void)fputc('\n', out);
    }
    return rows;
}

/* ---- GDELT ------------------------------------------------------------------------ */

enum { MOST_PAIRS = 1000 }; /* of one event: they share its number's last digits */

static bool is_group_code(const char *code)
{
    static const char *const groups[] = {"IGO", "UNO", "EUR", "NGO",
                                         "ISM", "IMG", "MNC"};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (strcmp(code, groups[i]) == 0) return true;
    return false;
}

/* Code, name, country, known group, ethnic, religion x2, type x3. */
static void put_gdelt_actor(FILE *out, const rap_coded_actor *actor)
{
    if (!actor) {
        empty(out, 10);
        return;
    }
    const bool group = is_group_code(actor->code);
    put(out, actor->code);
    cell(out, strcmp(actor->code, actor->sector) == 0 ? "" : actor->sector);
    cell(out, actor->name);
    cell(out, group ? "" : actor->code);
    cell(out, group ? actor->code : "");
    empty(out, 3);
    cell(out, actor->sector);
    empty(out, 2);
}

/* SQLDATE, MonthYear, Year, FractionDate. */
static void put_gdelt_day(FILE *out, rap_day day)
{
    int32_t year;
    uint32_t month, of_month;
    rap_day_civil(day, &year, &month, &of_month);
    (void)fprintf(out, "%04d%02u%02u\t%04d%02u\t%04d\t%.4f\t", year, month, of_month,
                  year, month, year, year + (month * 30.0 + of_month) / 365.0);
}

/* The code, its three figures, its root. */
static void put_gdelt_code(FILE *out, const char *cameo)
{
    cell(out, cameo);
    (void)fprintf(out, "%.3s\t%.2s\t", cameo, cameo);
    const int quad = rap_cameo_quad(cameo);
    if (quad)
        number(out, (uint64_t)quad);
    else
        empty(out, 1);
}

/* Type, name, country, ADM1, ADM2, latitude, longitude, feature. */
static void put_gdelt_place(FILE *out, const rap_coded_place *place)
{
    if (!place->known[0]) {
        empty(out, 1);
        cell(out, place->name);
        empty(out, 6);
        return;
    }
    cell(out, place->region ? "5" : "4");
    cell(out, place->known);
    empty(out, 3); /* FIPS 10-4 codes: not kept here */
    (void)fprintf(out, "%.4f\t%.4f\t\t", place->latitude, place->longitude);
}

static uint64_t gdelt_number(const rap_coded_event *event, uint32_t index)
{
    return event->number * MOST_PAIRS + index;
}

static void put_added(FILE *out, rap_day published)
{
    if (published != RAP_NO_DAY) {
        compact_day(out, published);
        (void)fputs("000000", out);
    }
    (void)fputc('\t', out);
}

uint32_t rap_gdelt_write(const rap_coded_event *event, FILE *out)
{
    const uint32_t rows = rows_of(event);
    for (uint32_t i = 0; i < rows && i < MOST_PAIRS; i++) {
        const pair actors = pair_at(event, i);
        number(out, gdelt_number(event, i));
        put_gdelt_day(out, rap_coded_day(event));
        put_gdelt_actor(out, actors.source);
        put_gdelt_actor(out, actors.target);
        empty(out, 1); /* IsRootEvent */
        put_gdelt_code(out, event->cameo);
        empty(out, 1); /* GoldsteinScale */
        number(out, event->mentions);
        number(out, event->voices);
        number(out, event->articles);
        empty(out, 1);  /* AvgTone */
        empty(out, 16); /* where the actors are */
        put_gdelt_place(out, &event->place);
        put_added(out, event->published);
        put(out, event->url);
        (void)fputc('\n', out);
    }
    return rows < MOST_PAIRS ? rows : MOST_PAIRS;
}

uint32_t rap_gdelt_write_mentions(const rap_coded_event *event, FILE *out)
{
    const uint32_t rows = rows_of(event);
    for (uint32_t i = 0; i < rows && i < MOST_PAIRS; i++) {
        number(out, gdelt_number(event, i));
        put_added(out, event->published);
        put_added(out, event->published);
        cell(out, event->url[0] ? "1" : "2"); /* web, or a citation alone */
        cell(out, event->outlet);
        cell(out, event->url[0] ? event->url : event->address);
        if (event->sentence)
            number(out, event->sentence);
        else
            empty(out, 1);
        (void)fprintf(out, "-1\t-1\t%u\t1\t%u\t%u\t\t\t", event->trigger_at,
                      (unsigned)(event->confidence * 10.0 + 0.5) * 10,
                      event->document_chars);
        put(out, event->address);
        (void)fputc('\n', out);
    }
    return rows < MOST_PAIRS ? rows : MOST_PAIRS;
}
