/*
 * timex.c - the stage: find expressions, learn the report's day, give values; see
 * timex.h.
 *
 * Method  time_match.c finds, time_tense.c tells past from future, time_published.c
 * infers the report's day where it is not stated, time_resolve.c gives the values.
 */
#include "time_private.h"

static const char made_by[] = "time 2";

enum { WINDOW = 32 }; /* expressions looked at on either side of something told */

const char *rap_timex_type_name(rap_timex_type type)
{
    static const char *const name[] = {"DATE", "TIME", "DURATION", "SET"};
    return name[type];
}

const char *rap_slip_name(rap_slip slip)
{
    static const char *const name[] = {"none", "weekday", "ahead"};
    return name[slip];
}

/* ---- finding
 * ----------------------------------------------------------------------------- */

static bool is_read(rap_zone_kind kind)
{
    return kind == RAP_ZONE_TITLE || kind == RAP_ZONE_STANDFIRST ||
           kind == RAP_ZONE_BODY || kind == RAP_ZONE_CAPTION;
}

static void place_found(const matcher *m, const rap_article *article, uint32_t sentence,
                        found *f)
{
    f->sentence = sentence;
    f->zone = m->tokens->zone[sentence];
    f->zone_kind = article->zone[f->zone].kind;
    f->leads = !sentence || m->tokens->zone[sentence - 1] != f->zone;
    f->quoted = m->at[f->first].flags & ATOM_QUOTED;
    f->ahead = f->first > m->begin && time_is(m, f->first - 1, IS_AHEAD);
    /* "Until Friday, they had …" at the head of a sentence is told of the past. */
    f->until = f->ahead && time_value(m, f->first - 1, IS_AHEAD) == 1 &&
               f->first > m->begin + 2;
    const uint32_t next = f->last + 1;
    f->joined = time_is(m, next, IS_TO) || time_is(m, next, IS_AND) ||
                (next < m->end && m->at[next].kind == ATOM_HYPHEN);
    f->tense = time_tense_of(m, f);
}

static rap_status find_all(matcher *m, const rap_article *article, const atoms *all,
                           rap_arena *scratch, found_list *out, rap_error *err)
{
    for (uint32_t s = 0; s < m->tokens->sentences; s++) {
        if (!is_read(article->zone[m->tokens->zone[s]].kind)) continue;
        m->begin = all->first[s];
        m->end = all->first[s + 1];
        for (uint32_t i = m->begin; i < m->end;) {
            found f;
            uint32_t skip = 1;
            if (time_match(m, i, &f, &skip)) {
                place_found(m, article, s, &f);
                const bool kept = !f.only_ahead || f.tense == TENSE_FUTURE;
                if (kept && !rap_push(scratch, out, f))
                    return rap_fail(err, RAP_E_NOMEM, 0, "time expressions");
            }
            i += skip;
        }
    }
    m->begin = 0;
    m->end = all->count;
    return RAP_OK;
}

/* ---- the stage
 * ----------------------------------------------------------------------------- */

static bool is_known(const rap_published *published)
{
    return published->basis != RAP_BASIS_UNKNOWN &&
           published->date.precision != RAP_PRECISION_NONE;
}

static reference reference_of(const rap_published *published, int32_t year)
{
    reference base = {RAP_NO_DAY, year, 0, published->earliest, published->latest};
    const rap_date date = published->date;
    if (date.precision == RAP_PRECISION_NONE || date.precision == RAP_PRECISION_RANGE)
        return base;
    base.year = date.year;
    base.month = date.month;
    if (date.precision == RAP_PRECISION_DAY) base.day = rap_date_earliest(date);
    return base;
}

/* Captions were read for the report's day only. */
static uint32_t drop_captions(found *at, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (at[i].zone_kind != RAP_ZONE_CAPTION) at[kept++] = at[i];
    return kept;
}

rap_status rap_time_run(const rap_time_knowledge *knowledge, const rap_article *article,
                        const rap_tokens *tokens, const rap_syntax *syntax,
                        rap_arena *arena, rap_arena *scratch, rap_times *out,
                        rap_error *err)
{
    *out = (rap_times){.published = {.earliest = RAP_NO_DAY, .latest = RAP_NO_DAY}};
    assert(syntax->count == tokens->count);
    atoms all;
    rap_status status = time_atoms_cut(knowledge, article, tokens, scratch, &all, err);
    if (status) return status;
    matcher m = {.knowledge = knowledge,
                 .text = article->text,
                 .tokens = tokens,
                 .syntax = syntax,
                 .at = all.at,
                 .starters = time_match_starters()};
    found_list list = {0};
    status = find_all(&m, article, &all, scratch, &list, err);
    if (status) return status;

    inferred own = {.published = article->published};
    if (!is_known(&article->published))
        status = time_infer(&m, article, list.at, list.count, arena, &own, err);
    if (status) return status;

    const uint32_t count = drop_captions(list.at, list.count);
    rap_timex *timex = rap_new(arena, rap_timex, count);
    if (!timex) return rap_fail(err, RAP_E_NOMEM, 0, "%u time expressions", count);
    status = time_resolve(&m, list.at, count, reference_of(&own.published, own.year),
                          arena, timex, err);
    if (status) return status;
    rap_times times = {
        .timex = timex, .count = count, .published = own.published, .made_by = made_by};
    status = time_occasions(&m, list.at, &times, arena, err);
    if (!status) status = time_aspects(&m, &times, arena, err);
    if (!status) *out = times;
    return status;
}

/* ---- when something happened
 * ------------------------------------------------------------- */

/* Index of the first expression that begins at token `token` or later. */
static uint32_t first_from(const rap_times *times, uint32_t token)
{
    return rap_first_from(times->timex, sizeof *times->timex,
                          offsetof(rap_timex, first), times->count, token);
}

/* Only a day, month or year dates something; "now" and "44-day" do not. */
static bool is_dating(const rap_timex *t)
{
    return (t->type == RAP_TIMEX_DATE || t->type == RAP_TIMEX_TIME) &&
           t->earliest != RAP_NO_DAY && t->latest != RAP_NO_DAY;
}

/* Tokens between, with a price for whatever is less exact than a day. */
static uint32_t distance(const rap_timex *t, uint32_t token)
{
    const uint32_t gap = t->first > token  ? t->first - token
                         : token > t->last ? token - t->last
                                           : 0;
    return gap + (t->latest - t->earliest > 31 ? 12 : t->latest > t->earliest ? 4 : 0);
}

uint32_t rap_time_of(const rap_times *times, const rap_tokens *tokens, uint32_t token,
                     rap_basis *basis)
{
    *basis = RAP_BASIS_UNKNOWN;
    if (token >= tokens->count) return RAP_NONE;
    const uint32_t sentence = tokens->sentence[token];
    const uint32_t end = tokens->first[sentence + 1];
    const uint32_t begin = first_from(times, tokens->first[sentence]);
    const uint32_t middle = first_from(times, token);
    uint32_t best = RAP_NONE, nearest = UINT32_MAX;
    for (uint32_t i = middle - begin > WINDOW ? middle - WINDOW : begin;
         i < times->count && i < middle + WINDOW && times->timex[i].first < end; i++) {
        if (!is_dating(&times->timex[i])) continue;
        const uint32_t gap = distance(&times->timex[i], token);
        if (gap >= nearest) continue;
        nearest = gap;
        best = i;
    }
    if (best != RAP_NONE) {
        *basis = RAP_BASIS_STATED;
        return best;
    }
    /* The sentences before, in the same paragraph: the last that dates by the day. */
    for (uint32_t i = begin; i > 0 && i + WINDOW > begin; i--) {
        const rap_timex *t = &times->timex[i - 1];
        if (tokens->zone[tokens->sentence[t->first]] != tokens->zone[sentence]) break;
        if (!is_dating(t) || t->latest - t->earliest > 31) continue;
        *basis = RAP_BASIS_INFERRED;
        return i - 1;
    }
    return RAP_NONE;
}
