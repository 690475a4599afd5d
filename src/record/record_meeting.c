/*
 * record_meeting.c - which readings of many reports are one meeting.
 *
 * Method  readings with known days are sorted by (day, document, anchor) and taken one by
 *         one; each goes to the earliest group one of whose members is the same meeting and
 *         none of whose members speaks against it (complete linkage: chains do not form).
 *         Then those without a day, or of which only the last day is known, go to the only
 *         group that they can mean. Readings of one report are kept apart: its stage joined
 *         what is one. A wrong join hides a meeting and puts words under a date they do not
 *         belong to, so every doubt keeps facts apart.
 * Cost    n log n, and n times the groups of the same days, at most WINDOW of them.
 */
#include "record_private.h"
#include "text.h"

enum {
    PRECISE_DAYS = 3, /* a wider span of days dates no single meeting */
    WINDOW = 256,     /* groups looked at for one fact */
    RETROSPECT = 4,   /* days after which a report may be a day off */
    FRESH = 45        /* days for which a meeting needs no date: parties meet again */
};

typedef struct meeting { /* one fact, prepared for comparison */
    uint32_t fact;
    uint32_t group, next; /* the next member of its group, or RAP_NONE */
    rap_slice place;      /* folded */
    bool dated;           /* on known days */
} meeting;

typedef struct group {
    uint32_t first, last;     /* members, indices into meetings */
    rap_day earliest, latest; /* days that all its dated members allow */
} group;

typedef struct joiner {
    const rap_fact *fact;
    meeting *meeting;
    uint32_t meetings; /* dated ones, which come first */
    group *group;
    uint32_t groups;
    const char **why; /* [facts] */
    rap_arena *arena;
} joiner;

static const rap_fact *fact_of(const joiner *j, uint32_t at)
{
    return &j->fact[j->meeting[at].fact];
}

/* ---- days ---------------------------------------------------------------------------- */

static bool is_dated(const rap_fact *f)
{
    return f->earliest != RAP_NO_DAY && f->latest != RAP_NO_DAY &&
           f->latest >= f->earliest && (int64_t)f->latest - f->earliest < PRECISE_DAYS;
}

/* The last day of a meeting of several. */
static rap_day last_day(const rap_fact *f)
{
    return f->due_latest != RAP_NO_DAY && f->due_latest > f->latest ? f->due_latest
                                                                    : f->latest;
}

static bool days_overlap(const rap_fact *a, const rap_fact *b)
{
    return a->earliest <= last_day(b) && b->earliest <= last_day(a);
}

static bool is_retrospect(const rap_fact *f)
{
    return f->told != RAP_NO_DAY && f->told >= f->earliest + RETROSPECT;
}

/* Told of long after, by reports that are one day apart. */
static bool is_day_off(const rap_fact *a, const rap_fact *b)
{
    if (!is_retrospect(a) || !is_retrospect(b) || rap_in_common(a, b) < 2) return false;
    if (a->inferred && b->inferred) return false;
    return a->earliest <= last_day(b) + 1 && b->earliest <= last_day(a) + 1;
}

/* ---- places -------------------------------------------------------------------------- */

/* One place by name or key, or a town and the state that it lies in. */
static bool same_place(const meeting *a, const meeting *b, const rap_fact *f,
                       const rap_fact *g)
{
    if (!a->place.len || !b->place.len) return false;
    if (rap_slice_equal(a->place, b->place)) return true;
    if (!f->place_key.len || !g->place_key.len) return false;
    return rap_slice_equal(f->place_key, g->place_key) ||
           rap_slice_equal(f->place_key, g->place_code) ||
           rap_slice_equal(g->place_key, f->place_code);
}

static bool has_term_of(const rap_fact *f, const char *kind, rap_slice word)
{
    rap_slice terms = f->terms, term;
    const rap_slice prefix = rap_slice_of(kind);
    while (rap_split_next(&terms, ' ', &term))
        if (rap_slice_starts(term, kind) &&
            rap_slice_equal(rap_slice_sub(term, prefix.len, term.len), word))
            return true;
    return false;
}

/* "in A and not in B as had been announced", and the announcement. */
static bool was_moved(const joiner *j, uint32_t a, uint32_t b)
{
    const rap_fact *f = fact_of(j, a), *g = fact_of(j, b);
    return (g->planned && has_term_of(f, "moved:", j->meeting[b].place)) ||
           (f->planned && has_term_of(g, "moved:", j->meeting[a].place));
}

/* ---- what both have in common -------------------------------------------------------- */

/* Words that both have: ranks ("r:commander"), what tells a meeting apart ("q:donor"). */
static bool share_term(const rap_fact *a, const rap_fact *b, const char *kind)
{
    rap_slice terms = a->terms, term;
    const rap_slice prefix = rap_slice_of(kind);
    while (rap_split_next(&terms, ' ', &term))
        if (rap_slice_starts(term, kind) &&
            has_term_of(b, kind, rap_slice_sub(term, prefix.len, term.len)))
            return true;
    return false;
}

static bool is_series(const rap_fact *f)
{
    return f->low > 1;
}

/*
 * {X, Y} and {X, Z} beside {X, Y, Z}: separate talks before or after a wider one. A fact is
 * then no short account of the wider meeting. Looks back and ahead over the same days.
 */
static bool competes(const joiner *j, uint32_t part, uint32_t whole)
{
    const rap_fact *small = fact_of(j, part), *big = fact_of(j, whole);
    if (rap_parties_within(big, small)) return false;
    const uint32_t from = part > WINDOW ? part - WINDOW : 0;
    for (uint32_t k = from; k < j->meetings && k < part + WINDOW; k++) {
        const rap_fact *other = fact_of(j, k);
        if (!days_overlap(small, other) || !rap_parties_within(other, big) ||
            rap_parties_within(big, other))
            continue;
        if (rap_in_common(other, small) && !rap_parties_within(other, small) &&
            !rap_parties_within(small, other))
            return true;
    }
    return false;
}

/* Nothing in who, where or what speaks against one meeting. */
static bool may_be_one(const joiner *j, uint32_t a, uint32_t b)
{
    const meeting *m = &j->meeting[a], *n = &j->meeting[b];
    const rap_fact *f = fact_of(j, a), *g = fact_of(j, b);
    if (f->document == g->document || is_series(f) != is_series(g)) return false;
    if (was_moved(j, a, b)) return true;
    const bool place = m->place.len && n->place.len, same = same_place(m, n, f, g);
    const bool loose = f->inferred || g->inferred || !f->who_count || !g->who_count;
    if (!loose && rap_parties_clash(f, g)) return false;
    /* The same parties on the same day: one report names the house, the other the town. */
    const bool house = !f->place_code.len || !g->place_code.len; /* of no known state */
    const bool keyed = f->place_key.len && g->place_key.len && !house;
    if (place && !same && !rap_parties_equal(f, g) &&
        (keyed || loose || !f->place_key.len))
        return false;
    if (place && !same && loose) return false;
    if (loose || share_term(f, g, "r:")) return true;
    if (m->dated && n->dated && rap_parties_within(f, g)) return !competes(j, a, b);
    if (m->dated && n->dated && rap_parties_within(g, f)) return !competes(j, b, a);
    return rap_parties_within(f, g) || rap_parties_within(g, f) ||
           rap_in_common(f, g) >= 2;
}

static bool compatible(const joiner *j, uint32_t a, uint32_t b)
{
    const rap_fact *f = fact_of(j, a), *g = fact_of(j, b);
    const bool dated = j->meeting[a].dated && j->meeting[b].dated;
    if (dated && !days_overlap(f, g) && !is_day_off(f, g)) return false;
    return may_be_one(j, a, b);
}

/* Why these two, on the same days, are one meeting; NULL: they are not. The caller has
 * ruled out what speaks against it. *nomem: the reason found no room. */
static const char *same_meeting(const joiner *j, uint32_t a, uint32_t b, bool *nomem)
{
    const rap_fact *f = fact_of(j, a), *g = fact_of(j, b);
    const bool same = days_overlap(f, g);
    if (!same && !is_day_off(f, g)) return NULL;
    const uint32_t common = rap_in_common(f, g);
    const bool place = same_place(&j->meeting[a], &j->meeting[b], f, g);
    const bool rank = share_term(f, g, "r:");
    const bool unnamed = f->inferred || g->inferred || !f->who_count || !g->who_count;
    if (common < 2 && !(common == 1 && (place || rank)) && !(unnamed && place))
        return NULL;
    char day[12];
    rap_day_format(f->earliest > g->earliest ? f->earliest : g->earliest, day);
    const char *why = rap_arena_printf(
        j->arena, "%s (%s), %u %s in common%s%s", same ? "same days" : "a day apart",
        day, common, common == 1 ? "party" : "parties", place ? ", same place" : "",
        rank ? ", same rank" : "");
    *nomem |= !why;
    return why;
}

/* ---- groups -------------------------------------------------------------------------- */

static void group_add(joiner *j, uint32_t at, uint32_t to)
{
    meeting *m = &j->meeting[at];
    group *g = &j->group[to];
    m->group = to;
    j->meeting[g->last].next = at;
    g->last = at;
    if (!m->dated) return;
    const rap_fact *f = fact_of(j, at);
    if (f->earliest < g->earliest) g->earliest = f->earliest;
    if (last_day(f) > g->latest) g->latest = last_day(f);
}

static void group_new(joiner *j, uint32_t at)
{
    const rap_fact *f = fact_of(j, at);
    const bool dated = j->meeting[at].dated;
    j->meeting[at].group = j->groups;
    j->group[j->groups++] = (group){at, at, dated ? f->earliest : RAP_NO_DAY,
                                    dated ? last_day(f) : RAP_NO_DAY};
}

/* The reason to put meeting `at` into group `to`, or NULL. */
static const char *fits(const joiner *j, uint32_t at, uint32_t to, bool *nomem)
{
    const group *g = &j->group[to];
    const rap_fact *f = fact_of(j, at);
    if (f->earliest > g->latest + 1 || g->earliest > last_day(f) + 1) return NULL;
    uint32_t seen = 0;
    for (uint32_t k = g->first; k != RAP_NONE && seen < WINDOW; k = j->meeting[k].next)
        if (seen++, !compatible(j, at, k)) return NULL;
    const char *why = NULL;
    seen = 0;
    for (uint32_t k = g->first; !why && k != RAP_NONE && seen < WINDOW;
         k = j->meeting[k].next, seen++)
        why = same_meeting(j, at, k, nomem);
    return why;
}

static bool place_dated(joiner *j, uint32_t at)
{
    const uint32_t from = j->groups > WINDOW ? j->groups - WINDOW : 0;
    for (uint32_t g = from; g < j->groups; g++) {
        bool nomem = false;
        const char *why = fits(j, at, g, &nomem);
        if (nomem) return false;
        if (!why) continue;
        j->why[j->meeting[at].fact] = why;
        group_add(j, at, g);
        return true;
    }
    group_new(j, at);
    return true;
}

/* ---- without a day ------------------------------------------------------------------- */

/* May a reading without a day, or with an open one, be of the days of group `to`? What has
 * happened was before its report; what is to come is not of the past. */
static bool days_allow(const rap_fact *f, const group *g)
{
    if (g->earliest == RAP_NO_DAY) return true;
    if (f->earliest != RAP_NO_DAY && g->latest < f->earliest) return false;
    if (f->latest != RAP_NO_DAY && g->earliest > f->latest) return false;
    if (f->told == RAP_NO_DAY) return true;
    return f->planned ? g->latest >= f->told : g->earliest <= f->told;
}

/* Two intervals that are known and have days in common. */
static bool share_days(const rap_fact *f, const rap_fact *g)
{
    if (f->earliest == RAP_NO_DAY || f->latest == RAP_NO_DAY ||
        g->earliest == RAP_NO_DAY || g->latest == RAP_NO_DAY)
        return false;
    return days_overlap(f, g);
}

/* Was the meeting of `g` news, or to come, when the report of `f` told of one without a day?
 * The same parties meet at the same place again and again. */
static bool is_fresh(const rap_fact *f, const rap_fact *g)
{
    if (f->told == RAP_NO_DAY || g->latest == RAP_NO_DAY) return true;
    return (int64_t)f->told - g->latest <= FRESH;
}

/* What makes a reading without a day one with another; NULL: nothing does. */
static const char *sign_of(const joiner *j, uint32_t a, uint32_t b)
{
    const rap_fact *f = fact_of(j, a), *g = fact_of(j, b);
    const bool place = same_place(&j->meeting[a], &j->meeting[b], f, g);
    const bool equal = rap_parties_equal(f, g), rank = share_term(f, g, "r:");
    const uint32_t common = rap_in_common(f, g);
    if (was_moved(j, a, b) && share_days(f, g)) return "announced for another place";
    const bool part = common && rap_parties_within(f, g); /* it names one of them */
    if (place && (equal || common > 1 || part) && is_fresh(f, g))
        return "no date, but the same parties at the same place, once";
    const bool open = f->planned || g->planned; /* "met in May" may be any of May */
    if (open && share_days(f, g) && common && (rank || (equal && common > 1)))
        return rank ? "same rank and party within the days it was to be"
                    : "same parties within the days it was to be";
    if (share_term(f, g, "q:") &&
        (equal || (common && !f->inferred && !g->inferred) ||
         ((f->inferred || g->inferred) && rap_same_story(f, g))))
        return "no other meeting so named of these parties";
    return NULL;
}

static const char *fits_without_day(const joiner *j, uint32_t at, uint32_t to)
{
    const group *g = &j->group[to];
    const char *why = NULL;
    uint32_t seen = 0;
    if (!days_allow(fact_of(j, at), g)) return NULL;
    for (uint32_t k = g->first; k != RAP_NONE && seen < WINDOW;
         k = j->meeting[k].next) {
        if (seen++, !may_be_one(j, at, k)) return NULL;
        if (!why) why = sign_of(j, at, k);
    }
    return why;
}

/* The only group that a reading without a day can mean; none if there are two. */
static void place_undated(joiner *j, uint32_t at)
{
    const rap_fact *f = fact_of(j, at);
    const uint32_t from = j->groups > WINDOW ? j->groups - WINDOW : 0;
    uint32_t found = RAP_NONE;
    const char *why = NULL;
    const bool may = f->happened && f->kind == RAP_ENTRY_MEETING;
    for (uint32_t g = from; may && g < j->groups; g++) {
        const char *reason = fits_without_day(j, at, g);
        if (!reason) continue;
        if (found != RAP_NONE) {
            found = RAP_NONE;
            break;
        }
        found = g;
        why = reason;
    }
    if (found == RAP_NONE) {
        group_new(j, at);
        return;
    }
    j->why[j->meeting[at].fact] = why;
    group_add(j, at, found);
}

/* ---- the whole ----------------------------------------------------------------------- */

/* Dated meetings first, the rest behind, each in the order of facts. */
static bool prepare(joiner *j, const uint32_t *order, uint32_t count,
                    rap_arena *scratch)
{
    uint32_t n = 0;
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < count; i++) {
            const rap_fact *f = &j->fact[order[i]];
            const bool dated =
                f->kind == RAP_ENTRY_MEETING && f->happened && is_dated(f);
            if (dated != (pass == 0)) continue;
            const rap_slice place = rap_fold(scratch, f->place);
            if (!place.at) return false;
            j->meeting[n++] = (meeting){
                .fact = order[i], .next = RAP_NONE, .place = place, .dated = dated};
        }
        if (pass == 0) j->meetings = n;
    }
    return true;
}

static void number_entries(const joiner *j, const uint32_t *order, uint32_t count,
                           uint32_t *of_fact, uint32_t *of_group, uint32_t *entry)
{
    for (uint32_t i = 0; i < count; i++)
        of_fact[j->meeting[i].fact] = j->meeting[i].group;
    for (uint32_t g = 0; g < j->groups; g++) of_group[g] = RAP_NONE;
    uint32_t next = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t *number = &of_group[of_fact[order[i]]];
        if (*number == RAP_NONE) *number = next++;
        entry[order[i]] = *number;
    }
    assert(next == j->groups);
}

rap_status rap_record_meetings(const rap_fact *fact, uint32_t count, rap_arena *arena,
                               rap_arena *scratch, rap_joint *out, rap_error *err)
{
    uint32_t *order = rap_record_order(fact, count, scratch);
    uint32_t *entry = rap_new(arena, uint32_t, count);
    uint32_t *of_fact = rap_new(scratch, uint32_t, count);
    uint32_t *of_group = rap_new(scratch, uint32_t, count);
    joiner j = {.fact = fact, .arena = arena};
    j.why = rap_new(arena, const char *, count);
    j.meeting = rap_new(scratch, meeting, count);
    j.group = rap_new(scratch, group, count);
    bool whole = order && entry && of_fact && of_group && j.why && j.meeting && j.group;
    for (uint32_t i = 0; whole && i < count; i++) j.why[i] = "";
    whole = whole && prepare(&j, order, count, scratch);
    for (uint32_t i = 0; whole && i < j.meetings; i++) whole = place_dated(&j, i);
    if (!whole)
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory to join %u readings", count);
    for (uint32_t i = j.meetings; i < count; i++) place_undated(&j, i);
    number_entries(&j, order, count, of_fact, of_group, entry);
    *out = (rap_joint){entry, j.groups, j.why};
    return RAP_OK;
}
