/*
 * time_occasion.c - the days of summits, talks and ceremonies; see timex.h.
 *
 * Reads   the values of all expressions, words of class `occasion`.
 * Writes  rap_occasion: mentions whose day is known.
 * Method  a mention is dated by the day beside it ("the talks on Monday", "Monday's
 *         meeting"), or by the days between ("on Wednesday, two days after the talks");
 *         others mean the last one of the same word, else the last one, else the one
 *         that the report counts its own news from.
 * Cost    linear in atoms; a bounded window a mention.
 */
#include "time_private.h"

enum {
    BEHIND = 8,
    AHEAD = 3,
    COUNTED = 8,
    WORDS = 32,
    LONGEST = 60,
    LOOK_BACK = 8,
    PERFECT_REACH = 4
};

typedef struct occasions {
    const matcher *m;
    const found *found;
    const rap_timex *timex;
    uint32_t count;
    uint32_t next;     /* first expression that begins at the atom at hand or later */
    rap_day today;     /* last day the report may be of; RAP_NO_DAY */
    rap_day published; /* its day, where it is known */
    RAP_LIST(rap_occasion) list;
    struct {
        uint32_t word, of; /* entry of the lists; index into list */
    } last[WORDS];
    uint32_t words;
    uint32_t counted; /* index into list of the one news is counted from; RAP_NONE */
} occasions;

static bool is_past_day(const occasions *o, const rap_timex *t)
{
    return t->earliest != RAP_NO_DAY && t->earliest == t->latest &&
           (o->today == RAP_NO_DAY || t->earliest <= o->today);
}

static bool is_verb(const matcher *m, uint32_t i)
{
    return m->syntax->upos[m->at[i].token] == RAP_VERB;
}

/* The day right behind the mention at `i`, "the talks in Norvik on Monday"; no verb and
 * no other clause lies between. */
static uint32_t day_behind(const occasions *o, uint32_t i)
{
    if (o->next >= o->count) return RAP_NONE;
    const found *f = &o->found[o->next];
    if (f->first > i + BEHIND ||
        f->sentence != o->m->tokens->sentence[o->m->at[i].token])
        return RAP_NONE;
    for (uint32_t n = i + 1; n < f->first; n++)
        if (is_verb(o->m, n) || o->m->at[n].kind == ATOM_OTHER) return RAP_NONE;
    return is_past_day(o, &o->timex[o->next]) ? o->next : RAP_NONE;
}

/* The day that describes the mention: "Monday's meeting", "the May 3 summit". */
static uint32_t day_ahead(const occasions *o, uint32_t i)
{
    if (!o->next) return RAP_NONE;
    const found *f = &o->found[o->next - 1];
    if (f->last + AHEAD < i || f->last >= i) return RAP_NONE;
    for (uint32_t n = f->last + 1; n < i; n++) {
        const uint8_t upos = o->m->syntax->upos[o->m->at[n].token];
        if (upos != RAP_PART && upos != RAP_NOUN && upos != RAP_PROPN &&
            upos != RAP_ADJ)
            return RAP_NONE;
    }
    return is_past_day(o, &o->timex[o->next - 1]) ? o->next - 1 : RAP_NONE;
}

/* The day of an event "two days after" which something was on a day of the same
 * sentence, or else of the report itself. */
static rap_day counted_from(const occasions *o, uint32_t at, uint32_t *from)
{
    const found *f = &o->found[at];
    if (f->form != FORM_DURATION || !f->beside || f->unit != UNIT_DAY || f->count < 1 ||
        f->count > LONGEST)
        return RAP_NO_DAY;
    for (uint32_t i = at; i > 0 && i + LOOK_BACK > at; i--) {
        if (o->found[i - 1].sentence != f->sentence) break;
        const rap_timex *t = &o->timex[i - 1];
        if (!is_past_day(o, t)) continue;
        if (o->published != RAP_NO_DAY && t->earliest + LONGEST < o->published)
            continue;
        *from = i - 1;
        return o->timex[i - 1].earliest - f->beside_way * f->count;
    }
    return o->published == RAP_NO_DAY ? RAP_NO_DAY
                                      : o->published - f->beside_way * f->count;
}

/* "on Wednesday, two days after the talks": the day counted back to, and from where. */
static rap_day day_counted(const occasions *o, uint32_t i, uint32_t *from)
{
    if (!o->next) return RAP_NO_DAY;
    const uint32_t at = o->next - 1;
    const found *f = &o->found[at];
    if (f->last + COUNTED < i ||
        f->sentence != o->m->tokens->sentence[o->m->at[i].token])
        return RAP_NO_DAY;
    *from = at;
    if (f->form == FORM_UNIT && f->event && f->unit == UNIT_DAY &&
        is_past_day(o, &o->timex[at]))
        return o->timex[at].earliest - f->offset;
    return counted_from(o, at, from);
}

static uint32_t last_of_word(const occasions *o, uint32_t entry)
{
    for (uint32_t i = 0; i < o->words; i++)
        if (o->last[i].word == entry) return o->last[i].of;
    return RAP_NONE;
}

static void remember(occasions *o, uint32_t entry)
{
    uint32_t i = 0;
    while (i < o->words && o->last[i].word != entry) i++;
    if (i == WORDS) return;
    if (i == o->words) o->words++;
    o->last[i].word = entry;
    o->last[i].of = o->list.count - 1;
}

static rap_status keep(occasions *o, rap_arena *arena, rap_occasion one, rap_error *err)
{
    char text[12];
    if (!one.value) {
        rap_day_format(one.day, text);
        one.value = rap_arena_printf(arena, "%s", text);
    }
    if (!one.value || !rap_push(arena, &o->list, one))
        return rap_fail(err, RAP_E_NOMEM, 0, "occasions");
    return RAP_OK;
}

/* "a day after the two sides signed": an occasion without a noun of its own. */
static rap_status read_counted(occasions *o, rap_arena *arena, uint32_t at,
                               rap_error *err)
{
    const found *f = &o->found[at];
    if (!f->beside || f->past >= o->m->end) return RAP_OK;
    rap_occasion one = {.token = o->m->at[f->past].token, .timex = at, .apart = true};
    one.day = counted_from(o, at, &one.timex);
    if (one.day == RAP_NO_DAY) return RAP_OK;
    const rap_status status = keep(o, arena, one, err);
    if (!status && o->counted == RAP_NONE) o->counted = o->list.count - 1;
    return status;
}

/* "an extraordinary session" is told of for the first time. */
static bool is_new(const matcher *m, uint32_t i)
{
    for (uint32_t n = 1; n <= AHEAD && i >= n; n++) {
        if (time_is(m, i - n, IS_ONE)) return true;
        const uint8_t upos = m->syntax->upos[m->at[i - n].token];
        if (upos != RAP_ADJ && upos != RAP_NOUN && upos != RAP_PROPN) return false;
    }
    return false;
}

/* "at the summit", "after long talks", "when the talks …": not "an expert on the talks". */
static bool is_placed(const matcher *m, uint32_t i)
{
    for (uint32_t n = 1; n <= BEHIND && i >= n; n++) {
        const uint32_t at = i - n;
        if (time_is(m, at, IS_AT) || time_is(m, at, IS_BESIDE) ||
            time_is(m, at, IS_DURING))
            return true;
        const uint8_t upos = m->syntax->upos[m->at[at].token];
        if (upos == RAP_VERB || upos == RAP_ADP || upos == RAP_PUNCT) return false;
    }
    return false;
}

/* The mention at atom `i`. */
static rap_status read_mention(occasions *o, rap_arena *arena, uint32_t i,
                               rap_error *err)
{
    rap_occasion one = {
        .token = o->m->at[i].token, .day = RAP_NO_DAY, .timex = RAP_NONE};
    const uint32_t entry = o->m->at[i].word;
    one.day = day_counted(o, i, &one.timex);
    const bool counted = one.day != RAP_NO_DAY;
    one.apart = counted;
    one.placed = is_placed(o->m, i);
    if (!counted) {
        one.timex = day_ahead(o, i);
        if (one.timex != RAP_NONE)
            one.placed = true; /* "who hosted Saturday's talks" */
        if (one.timex == RAP_NONE) one.timex = day_behind(o, i);
        if (one.timex != RAP_NONE) one.day = o->timex[one.timex].earliest;
    }
    const bool dated = one.day != RAP_NO_DAY;
    if (!dated && is_new(o->m, i)) return RAP_OK;
    if (!dated) {
        uint32_t same = last_of_word(o, entry);
        if (same == RAP_NONE) same = o->counted;
        if (same == RAP_NONE && o->list.count) same = o->list.count - 1;
        if (same == RAP_NONE) return RAP_OK;
        one.day = o->list.at[same].day;
        one.value = o->list.at[same].value;
        one.timex = o->list.at[same].timex;
    }
    const rap_status status = keep(o, arena, one, err);
    if (status) return status;
    if (dated) remember(o, entry);
    if (counted && o->counted == RAP_NONE) o->counted = o->list.count - 1;
    return RAP_OK;
}

/* ---- has said, had said ------------------------------------------------------------
 */

rap_status time_aspects(const matcher *m, rap_times *times, rap_arena *arena,
                        rap_error *err)
{
    uint8_t *aspect = rap_new(arena, uint8_t, m->tokens->count);
    if (!aspect) return rap_fail(err, RAP_E_NOMEM, 0, "aspects of verbs");
    memset(aspect, RAP_ASPECT_NONE, m->tokens->count);
    for (uint32_t i = 0; i < m->end; i++) {
        if (!time_is(m, i, IS_PERFECT)) continue;
        const uint32_t sentence = m->tokens->sentence[m->at[i].token];
        for (uint32_t n = i + 1; n < m->end && n <= i + PERFECT_REACH; n++) {
            const uint32_t t = m->at[n].token;
            const uint8_t upos = m->syntax->upos[t];
            if (m->tokens->sentence[t] != sentence) break;
            if (upos != RAP_VERB && upos != RAP_ADV && upos != RAP_PART &&
                upos != RAP_AUX)
                break;
            if (upos != RAP_VERB) continue;
            const bool past = m->syntax->form[t] == RAP_FORM_PARTICIPLE ||
                              m->syntax->form[t] == RAP_FORM_PAST;
            if (past) aspect[t] = (uint8_t)time_value(m, i, IS_PERFECT);
            break;
        }
    }
    times->aspect = aspect;
    return RAP_OK;
}

rap_status time_occasions(const matcher *m, const found *found_at, rap_times *times,
                          rap_arena *arena, rap_error *err)
{
    occasions o = {.m = m,
                   .found = found_at,
                   .timex = times->timex,
                   .count = times->count,
                   .today = times->published.latest,
                   .published = RAP_NO_DAY,
                   .counted = RAP_NONE};
    const rap_published *published = &times->published;
    if (published->date.precision == RAP_PRECISION_DAY)
        o.published = published->earliest;
    for (uint32_t i = 0; i < m->end; i++) {
        while (o.next < o.count && o.found[o.next].first < i) {
            const rap_status status = read_counted(&o, arena, o.next, err);
            if (status) return status;
            o.next++;
        }
        if (!time_is(m, i, IS_OCCASION)) continue;
        const rap_status status = read_mention(&o, arena, i, err);
        if (status) return status;
    }
    times->occasion = o.list.at;
    times->occasions = o.list.count;
    times->main_occasion = o.counted;
    return RAP_OK;
}
