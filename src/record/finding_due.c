/*
 * finding_due.c - until when something is owed.
 *
 * Reads   time expressions, the documents found before; words.tsv.
 * Method  a day behind "by", a term behind "within": "within 30 days" counts from a day in its
 *         sentence, else from the day of the agreement that the report tells of, and only if
 *         one is known.
 * Cost    the time expressions of a sentence.
 */
#include "finding_private.h"
#include "text.h"

enum { MOST_TERM_YEARS = 100, MOST_UP = 24, NEWS_DAYS = 60 };

finding_due rap_no_due(void)
{
    return (finding_due){"", RAP_NO_DAY, RAP_NO_DAY, "", false};
}

/* The first time expression at or after `token`. */
uint32_t rap_times_from(const finder *f, uint32_t token)
{
    uint32_t low = 0, high = f->in->times->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (f->in->times->timex[middle].first >= token)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* ---- terms ----------------------------------------------------------------------- */

static bool has_day(const rap_finding *d)
{
    return d->date.earliest != RAP_NO_DAY && d->date.earliest == d->date.latest;
}

static bool is_named_in(const finder *f, const rap_finding *d, uint32_t sentence)
{
    const rap_tokens *t = f->in->tokens;
    const rap_span span = rap_tokens_of(f, t->first[sentence], t->first[sentence + 1]);
    for (uint32_t e = 0; e < d->evidence.count; e++)
        if (rap_span_overlaps(d->evidence.at[e], span)) return true;
    return false;
}

/* Is it as new as the report? An older one has to be named with its term. */
static bool is_news(const finder *f, const rap_finding *d)
{
    const rap_published *p = &f->in->times->published;
    if (p->basis == RAP_BASIS_UNKNOWN || p->latest == RAP_NO_DAY) return true;
    return (int64_t)d->date.earliest + NEWS_DAYS >= p->earliest;
}

/* The day a term in `sentence` runs from: that of the agreement it names, else of the first new
 * one that the report tells of. */
static rap_day start_of_terms(const finder *f, uint32_t sentence)
{
    rap_day news = RAP_NO_DAY;
    for (uint32_t i = 0; i < f->list.count; i++) {
        const rap_finding *d = &f->list.at[i];
        if (d->kind != RAP_ENTRY_DOCUMENT || d->who_count < 2 || !has_day(d)) continue;
        if (is_named_in(f, d, sentence)) return d->date.earliest;
        if (news == RAP_NO_DAY && is_news(f, d)) news = d->date.earliest;
    }
    return news;
}

/* "P30D", "P5M", "P2W" after `start`; RAP_NO_DAY: no such length. */
static rap_day after_length(rap_day start, const char *length)
{
    uint32_t n = 0;
    const char *at = length;
    if (*at++ != 'P' || start == RAP_NO_DAY) return RAP_NO_DAY;
    while (*at >= '0' && *at <= '9' && n < 100000) n = n * 10 + (uint32_t)(*at++ - '0');
    if (!n || at[1]) return RAP_NO_DAY;
    if (*at == 'D' && n <= 366 * MOST_TERM_YEARS) return start + (rap_day)n;
    if (*at == 'W' && n <= 53 * MOST_TERM_YEARS) return start + (rap_day)(7 * n);
    if (*at == 'M' && n <= 12 * MOST_TERM_YEARS)
        return rap_day_add_months(start, (int32_t)n);
    if (*at == 'Y' && n <= MOST_TERM_YEARS)
        return rap_day_add_months(start, (int32_t)(12 * n));
    return RAP_NO_DAY;
}

/* The verb above a token in the tree, or the top of its sentence. */
static uint32_t verb_above(const finder *f, uint32_t token)
{
    const uint32_t *head = f->in->syntax->head;
    for (uint32_t turn = 0; turn < MOST_UP; turn++) {
        if (head[token] == token) return token;
        token = head[token];
        if (f->in->syntax->upos[token] == RAP_VERB) return token;
    }
    return token;
}

/* May a term run from a day in its sentence? "Counted from 18 March", "deployed on 18 March with
 * a mandate of", but not from the day of something else that the sentence tells. */
static bool runs_from(const finder *f, const rap_timex *day, const rap_timex *term)
{
    if (!f->in->syntax->head) return true;
    if (day->first && rap_word_is(f, day->first - 1, FINDING_FROM)) return true;
    return verb_above(f, day->first) == verb_above(f, term->first);
}

/* The day named in the sentence, from which a mandate runs. */
static rap_day day_beside(const finder *f, const rap_timex *term)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t sentence = t->sentence[term->first];
    for (uint32_t i = rap_times_from(f, t->first[sentence]); i < f->in->times->count;
         i++) {
        const rap_timex *x = &f->in->times->timex[i];
        if (x->first >= t->first[sentence + 1]) break;
        if (x->type == RAP_TIMEX_DATE && x->earliest != RAP_NO_DAY &&
            x->earliest == x->latest && runs_from(f, x, term))
            return x->earliest;
    }
    return RAP_NO_DAY;
}

finding_due rap_due_of(finder *f, const rap_timex *x)
{
    finding_due d = rap_no_due();
    d.bounded = true;
    char day[12] = "";
    if (x->type == RAP_TIMEX_DURATION) {
        const rap_day beside = day_beside(f, x);
        const rap_day end = after_length(
            beside == RAP_NO_DAY ? start_of_terms(f, f->in->tokens->sentence[x->first])
                                 : beside,
            x->value);
        if (end == RAP_NO_DAY) return d;
        rap_day_format(end, day);
        d.earliest = d.latest = end;
        d.basis = "computed";
    } else {
        if (x->latest == RAP_NO_DAY) return d;
        rap_date_format(rap_date_of_value(x->value, x->earliest, x->latest), day);
        d.earliest = x->earliest;
        d.latest = x->latest;
        d.basis = "stated";
    }
    const rap_slice kept = rap_arena_copy(f->arena, rap_slice_of(day));
    f->failed |= !kept.at;
    d.value = kept.at ? kept.at : "";
    return d;
}

/* Does a word that bounds a term stand before `token`? */
static bool is_bound(const finder *f, uint32_t token, uint32_t begin, bool length)
{
    for (uint32_t i = token > begin + 3 ? token - 3 : begin; i < token; i++) {
        const uint32_t after =
            rap_class_at(f, length ? FINDING_WITHIN : FINDING_BY, i, token);
        if (after == token) return true;
    }
    return false;
}

finding_due rap_due_in(finder *f, uint32_t begin, uint32_t end)
{
    const rap_times *times = f->in->times;
    for (uint32_t i = rap_times_from(f, begin); i < times->count; i++) {
        const rap_timex *x = &times->timex[i];
        if (x->first >= end) break;
        if (x->last >= end) continue;
        const bool length = x->type == RAP_TIMEX_DURATION;
        if (is_bound(f, x->first, begin, length)) return rap_due_of(f, x);
    }
    return rap_no_due();
}
