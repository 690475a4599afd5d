/*
 * fuzz_time.c - any bytes as a body: time expressions and the report's day.
 *
 * The bytes need not be UTF-8. Expressions must rise, stay within their sentence and
 * have a value; days must not be in the wrong order.
 */
#include "timex.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct lists {
    rap_calendar calendar;
    rap_token_knowledge *token;
    rap_syntax_knowledge *syntax;
    rap_time_knowledge *time;
} lists;

static void open_lists(lists *all)
{
    rap_language language;
    rap_error err;
    if (rap_language_open("en", &language, &err) ||
        rap_calendar_open(&language, &all->calendar, &err) ||
        rap_token_open(&language, &all->token, &err) ||
        rap_syntax_open(&language, &all->syntax, &err) ||
        rap_time_open(&language, &all->calendar, &all->time, &err))
        abort();
}

static void check(const rap_tokens *tokens, const rap_times *times)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < times->count; i++) {
        const rap_timex *t = &times->timex[i];
        if (t->span.begin < last || t->span.end <= t->span.begin) abort();
        last = t->span.end;
        if (t->first > t->last || t->last >= tokens->count || !t->value) abort();
        if (tokens->sentence[t->first] != tokens->sentence[t->last]) abort();
        if (t->earliest != RAP_NO_DAY && t->latest != RAP_NO_DAY &&
            t->earliest > t->latest)
            abort();
    }
    for (uint32_t i = 0; i < times->occasions; i++) {
        const rap_occasion *o = &times->occasion[i];
        if (o->token >= tokens->count || !o->value || o->day == RAP_NO_DAY) abort();
        if (i && o->token < times->occasion[i - 1].token) abort();
        if (o->timex != RAP_NONE && o->timex >= times->count) abort();
    }
    const rap_published *day = &times->published;
    if (day->earliest != RAP_NO_DAY && day->latest != RAP_NO_DAY &&
        day->earliest > day->latest)
        abort();
    for (uint32_t t = 0; t < tokens->count; t++) {
        if (times->aspect[t] > RAP_ASPECT_PLUPERFECT) abort();
        rap_basis basis;
        const uint32_t of = rap_time_of(times, tokens, t, &basis);
        if (of != RAP_NONE && of >= times->count) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static lists all;
    if (!all.time) open_lists(&all);
    if (size > 1 << 14) return 0;
    const rap_slice text = {(const char *)data, (uint32_t)size};
    const rap_zone zone = {.span = {0, text.len}, .kind = RAP_ZONE_BODY};
    rap_article article = {.text = text, .zone = &zone, .zones = 1};
    if (size & 1) {
        const rap_day day = rap_day_of(2024, 2, 29);
        article.published =
            (rap_published){rap_date_of_day(day), day, day, RAP_BASIS_GIVEN, {0}};
    }
    rap_arena arena = RAP_ARENA((size_t)64 << 20),
              scratch = RAP_ARENA((size_t)64 << 20);
    rap_tokens tokens;
    rap_syntax syntax;
    rap_times times;
    rap_error err;
    if (rap_token_run(all.token, &article, &arena, &scratch, &tokens, &err) == RAP_OK &&
        rap_syntax_run(all.syntax, &article, &tokens, &arena, &scratch, &syntax,
                       &err) == RAP_OK &&
        rap_time_run(all.time, &article, &tokens, &syntax, &arena, &scratch, &times,
                     &err) == RAP_OK)
        check(&tokens, &times);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    return 0;
}
