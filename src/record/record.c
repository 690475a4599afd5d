/*
 * record.c - which readings of many documents are one entry; see record.h.
 *
 * Method  meetings that happened are sorted by (day, document, anchor) and taken one by
 * one; each goes to the earliest group one of whose members is the same meeting and
 * none of whose members speaks against it (complete linkage: chains do not form).
 *         Sameness is judged by `same_meeting` below. A wrong join hides a meeting and
 * puts words under a date they do not belong to, so every doubt keeps facts apart. Cost
 * n log n, and n times the meetings of the same three days, at most WINDOW of them.
 */
#include "record_private.h"

#include "text.h"

#include <stdlib.h>

enum {
    PRECISE_DAYS = 3, /* a wider span of days dates no single meeting */
    WINDOW = 256      /* groups looked at for one fact */
};

const char *rap_entry_kind_name(rap_entry_kind kind)
{
    static const char *const name[] = {
        "meeting",  "statement",    "event",   "document", "commitment",
        "position", "disagreement", "variant", "passage",  "detail"};
    return name[kind];
}

typedef struct meeting { /* one fact, prepared for comparison */
    uint32_t fact;
    uint32_t group, next; /* the next member of its group, or RAP_NONE */
    rap_slice place;      /* folded */
    bool dated;           /* happened, and on known days */
} meeting;

typedef struct group {
    uint32_t first, last;     /* members, indices into meetings */
    rap_day earliest, latest; /* days that all its dated members allow */
    uint32_t next_here;       /* the next dated group at the same place, or RAP_NONE */
} group;

typedef struct joiner {
    const rap_fact *fact;
    meeting *meeting;
    uint32_t meetings;
    group *group;
    uint32_t groups;
    rap_map here;     /* folded place -> the last dated group there */
    const char **why; /* [facts] */
    rap_arena *arena;
} joiner;

/* ---- order --------------------------------------------------------------------- */

static int compare_number(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* The order in which facts are looked at and entries numbered: total but for facts that
 * are equal in all that is compared here, which it leaves as they come. */
static int compare_facts(const rap_fact *a, const rap_fact *b)
{
    int order = compare_number(a->earliest, b->earliest);
    if (!order) order = compare_number(a->document, b->document);
    if (!order) order = compare_number(a->anchor.begin, b->anchor.begin);
    if (!order) order = compare_number(a->anchor.end, b->anchor.end);
    if (!order) order = compare_number(a->kind, b->kind);
    if (!order) order = compare_number(a->latest, b->latest);
    if (!order) order = rap_slice_compare(a->place, b->place);
    for (uint32_t i = 0; !order && i < a->who_count && i < b->who_count; i++)
        order = rap_slice_compare(a->who[i], b->who[i]);
    return order ? order : compare_number(a->who_count, b->who_count);
}

static int compare_at(const void *a, const void *b, void *facts)
{
    const rap_fact *fact = facts;
    const uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    const int order = compare_facts(&fact[i], &fact[j]);
    return order ? order : compare_number(i, j);
}

uint32_t *rap_record_order(const rap_fact *fact, uint32_t count, rap_arena *scratch)
{
    uint32_t *at = rap_new(scratch, uint32_t, count);
    if (!at) return NULL;
    for (uint32_t i = 0; i < count; i++) at[i] = i;
    union { /* qsort_r takes its argument without const and hands it back as given */
        const rap_fact *given;
        void *taken;
    } facts = {fact};
    if (count) qsort_r(at, count, sizeof *at, compare_at, facts.taken);
    return at;
}

/* ---- participants -------------------------------------------------------------- */

static bool has_key(const rap_fact *f, rap_slice key)
{
    for (uint32_t i = 0; i < f->who_count; i++)
        if (rap_slice_equal(f->who[i], key)) return true;
    return false;
}

/* The state itself, or an unnamed body of its people ("the delegation of A"). */
static bool stands_for_country(const rap_fact *f, uint32_t i)
{
    return rap_slice_equal(f->who[i], f->country[i]) ||
           rap_slice_starts(f->who[i], "group:");
}

/* Does party `i` of `a` stand in `b` by its own key, or as the state it acts for? Two
 * different persons of one country are two parties, and no match. */
static bool party_in(const rap_fact *a, uint32_t i, const rap_fact *b)
{
    if (has_key(b, a->who[i])) return true;
    if (!a->country[i].len) return false;
    const bool is_state = stands_for_country(a, i);
    for (uint32_t j = 0; j < b->who_count; j++) {
        if (!rap_slice_equal(a->country[i], b->country[j])) continue;
        if (is_state || stands_for_country(b, j)) return true;
    }
    return false;
}

static bool counted_before(const rap_fact *a, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++) {
        if (rap_slice_equal(a->who[k], a->who[i])) return true;
        if (a->country[i].len && rap_slice_equal(a->country[k], a->country[i]) &&
            (rap_slice_equal(a->who[i], a->country[i]) ||
             rap_slice_equal(a->who[k], a->country[k])))
            return true; /* a state and the person who acts for it count once */
    }
    return false;
}

uint32_t rap_parties_of(const rap_fact *a)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->who_count; i++) n += !counted_before(a, i);
    return n;
}

/* Parties of `a` that also stand in `b`. */
static uint32_t common_parties(const rap_fact *a, const rap_fact *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->who_count; i++)
        n += !counted_before(a, i) && party_in(a, i, b);
    return n;
}

/* The lower of both counts: {A, A's president} against {A} has one party in common. */
uint32_t rap_in_common(const rap_fact *a, const rap_fact *b)
{
    const uint32_t n = common_parties(a, b), m = common_parties(b, a);
    return n < m ? n : m;
}

static bool within(const rap_fact *part, const rap_fact *whole)
{
    return common_parties(part, whole) == rap_parties_of(part);
}

static bool equal_parties(const rap_fact *a, const rap_fact *b)
{
    return a->who_count && within(a, b) && within(b, a);
}

/* Both name somebody for one country, and never the same: other people, another
 * meeting. */
static bool others_for_one_country(const rap_fact *a, const rap_fact *b)
{
    for (uint32_t i = 0; i < a->who_count; i++) {
        if (!a->country[i].len || party_in(a, i, b)) continue;
        bool there = false, known = false;
        for (uint32_t j = 0; j < b->who_count; j++) {
            if (!rap_slice_equal(a->country[i], b->country[j])) continue;
            there = true;
            known |= party_in(b, j, a);
        }
        if (there && !known) return true;
    }
    return false;
}

/* ---- sameness ------------------------------------------------------------------ */

static bool is_dated(const rap_fact *f)
{
    return f->earliest != RAP_NO_DAY && f->latest != RAP_NO_DAY &&
           f->latest >= f->earliest && (int64_t)f->latest - f->earliest < PRECISE_DAYS;
}

static bool days_overlap(const rap_fact *a, const rap_fact *b)
{
    return a->earliest <= b->latest && b->earliest <= a->latest;
}

static bool same_place(const meeting *a, const meeting *b)
{
    return a->place.len && rap_slice_equal(a->place, b->place);
}

static bool other_place(const meeting *a, const meeting *b)
{
    return a->place.len && b->place.len && !rap_slice_equal(a->place, b->place);
}

/*
 * {X, Y} and {X, Z} beside {X, Y, Z}: separate talks before or after a wider one. A
 * fact is then no short account of the wider meeting. Looks back and ahead over the
 * same days.
 */
static bool competes(const joiner *j, uint32_t part, uint32_t whole)
{
    const rap_fact *small = &j->fact[j->meeting[part].fact];
    const rap_fact *big = &j->fact[j->meeting[whole].fact];
    if (within(big, small)) return false;
    const uint32_t from = part > WINDOW ? part - WINDOW : 0;
    for (uint32_t k = from; k < j->meetings && k < part + WINDOW; k++) {
        const meeting *m = &j->meeting[k];
        const rap_fact *other = &j->fact[m->fact];
        if (!m->dated || !days_overlap(small, other)) continue;
        if (!within(other, big) || within(big, other)) continue;
        if (rap_in_common(other, small) && !within(other, small) &&
            !within(small, other))
            return true;
    }
    return false;
}

/* Nothing in these two speaks against one meeting. */
static bool compatible(const joiner *j, uint32_t a, uint32_t b)
{
    const meeting *m = &j->meeting[a], *n = &j->meeting[b];
    const rap_fact *f = &j->fact[m->fact], *g = &j->fact[n->fact];
    if (m->dated && n->dated && !days_overlap(f, g)) return false;
    if (others_for_one_country(f, g)) return false;
    /* The same parties on the same day: one report names the house, the other the town.
     */
    if (other_place(m, n) && !equal_parties(f, g)) return false;
    if (within(f, g)) return !competes(j, a, b);
    if (within(g, f)) return !competes(j, b, a);
    return rap_in_common(f, g) >= 2;
}

/* Why these two are one meeting; NULL: they are not. The caller has ruled out what
 * speaks against it. "" when memory runs out is no reason a reader could use, so that
 * is NULL too and *nomem is set. */
static const char *same_meeting(const joiner *j, uint32_t a, uint32_t b, bool *nomem)
{
    const meeting *m = &j->meeting[a], *n = &j->meeting[b];
    const rap_fact *f = &j->fact[m->fact], *g = &j->fact[n->fact];
    if (!m->dated || !n->dated || !days_overlap(f, g)) return NULL;
    const uint32_t common = rap_in_common(f, g);
    const bool place = same_place(m, n);
    if (common < 2 && !(common == 1 && place)) return NULL;
    char day[12];
    rap_day_format(f->earliest > g->earliest ? f->earliest : g->earliest, day);
    const char *why = rap_arena_printf(j->arena, "same days (%s), %u %s in common%s",
                                       day, common, common == 1 ? "party" : "parties",
                                       place ? ", same place" : "");
    *nomem |= !why;
    return why;
}

/* ---- groups -------------------------------------------------------------------- */

static void group_add(joiner *j, uint32_t at, uint32_t to)
{
    meeting *m = &j->meeting[at];
    group *g = &j->group[to];
    m->group = to;
    j->meeting[g->last].next = at;
    g->last = at;
    const rap_fact *f = &j->fact[m->fact];
    if (!m->dated) return;
    if (f->earliest > g->earliest) g->earliest = f->earliest;
    if (f->latest < g->latest) g->latest = f->latest;
}

static void group_new(joiner *j, uint32_t at)
{
    const rap_fact *f = &j->fact[j->meeting[at].fact];
    j->meeting[at].group = j->groups;
    j->group[j->groups++] = (group){at, at, f->earliest, f->latest, RAP_NONE};
}

/* The reason to put meeting `at` into group `to`, or NULL. */
static const char *fits(const joiner *j, uint32_t at, uint32_t to, bool *nomem)
{
    const group *g = &j->group[to];
    const rap_fact *f = &j->fact[j->meeting[at].fact];
    if (f->earliest > g->latest || g->earliest > f->latest) return NULL;
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

/* Chain the dated groups by place. */
static bool note_places(joiner *j, rap_arena *scratch)
{
    for (uint32_t g = 0; g < j->groups; g++) {
        const rap_slice place = j->meeting[j->group[g].first].place;
        uint32_t *last = rap_map_put(&j->here, scratch, place);
        if (!last) return false;
        j->group[g].next_here = *last;
        *last = g;
    }
    return true;
}

/* The only dated group with the same parties at the same place, within the days that
 * the fact allows; RAP_NONE if there is none, more than one, or too many to tell. */
static uint32_t only_group(const joiner *j, uint32_t at)
{
    const rap_fact *f = &j->fact[j->meeting[at].fact];
    uint32_t found = RAP_NONE, seen = 0;
    for (uint32_t g = rap_map_get(&j->here, j->meeting[at].place); g != RAP_NONE;
         g = j->group[g].next_here) {
        if (++seen > WINDOW) return RAP_NONE;
        if (!equal_parties(f, &j->fact[j->meeting[j->group[g].first].fact])) continue;
        if (f->earliest != RAP_NO_DAY && j->group[g].latest < f->earliest) continue;
        if (f->latest != RAP_NO_DAY && j->group[g].earliest > f->latest) continue;
        if (found != RAP_NONE) return RAP_NONE;
        found = g;
    }
    return found;
}

static void place_undated(joiner *j, uint32_t at)
{
    const rap_fact *f = &j->fact[j->meeting[at].fact];
    uint32_t to = RAP_NONE;
    if (f->kind == RAP_ENTRY_MEETING && f->happened && j->meeting[at].place.len)
        to = only_group(j, at);
    if (to == RAP_NONE) {
        group_new(j, at);
        return;
    }
    j->why[j->meeting[at].fact] =
        "no date, but the same parties at the same place, once";
    group_add(j, at, to);
}

/* ---- the whole ----------------------------------------------------------------- */

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

rap_status rap_record_join(const rap_fact *fact, uint32_t count, rap_arena *arena,
                           rap_arena *scratch, rap_joint *out, rap_error *err)
{
    *out = (rap_joint){0};
    if (count &&
        (fact[0].kind == RAP_ENTRY_DOCUMENT || fact[0].kind == RAP_ENTRY_COMMITMENT))
        return rap_record_cluster(fact, count, NULL, arena, scratch, out, err);
    uint32_t *order = rap_record_order(fact, count, scratch);
    uint32_t *entry = rap_new(arena, uint32_t, count);
    uint32_t *of_fact = rap_new(scratch, uint32_t, count);
    uint32_t *of_group = rap_new(scratch, uint32_t, count);
    joiner j = {.fact = fact, .arena = arena};
    j.why = rap_new(arena, const char *, count);
    j.meeting = rap_new(scratch, meeting, count);
    j.group = rap_new(scratch, group, count);
    if (!order || !entry || !of_fact || !of_group || !j.why || !j.meeting || !j.group)
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory to join %u readings", count);
    for (uint32_t i = 0; i < count; i++) j.why[i] = "";
    if (!prepare(&j, order, count, scratch))
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory to join %u readings", count);
    for (uint32_t i = 0; i < j.meetings; i++)
        if (!place_dated(&j, i))
            return rap_fail(err, RAP_E_NOMEM, 0, "no memory to join %u readings",
                            count);
    if (!note_places(&j, scratch))
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory to join %u readings", count);
    for (uint32_t i = j.meetings; i < count; i++) place_undated(&j, i);
    number_entries(&j, order, count, of_fact, of_group, entry);
    *out = (rap_joint){entry, j.groups, j.why};
    return RAP_OK;
}

void rap_entry_id(rap_entry_kind kind, const rap_sha256 *document, rap_span anchor,
                  uint32_t salt, char at[9])
{
    static const char letter[] = "msedcpxvqn";
    static const char digit[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    char key[64];
    const int len = snprintf(key, sizeof key, "%u %u %u %u", (unsigned)kind,
                             anchor.begin, anchor.end, salt);
    const rap_sha256 name =
        rap_sha256_of2((rap_slice){(const char *)document->byte, sizeof document->byte},
                       (rap_slice){key, (uint32_t)len});
    uint64_t bits = 0;
    for (uint32_t i = 0; i < 8; i++) bits = bits << 8 | name.byte[i];
    at[0] = letter[kind];
    for (uint32_t i = 1; i < 8; i++, bits /= 36) at[i] = digit[bits % 36];
    at[8] = 0;
}
