/*
 * finding_side.c - the parties a report is about, and the states behind its persons.
 *
 * Reads   actors and their mentions in the body.
 * Method  the two that agree, sign or meet; else the states and bodies named most, each with
 *         all who act for its country.
 * Cost    linear in mentions; the main parties are sought once.
 */
#include "finding_private.h"
#include "text.h"

enum { MOST_PAIRS = 64 };

/* A state or body counts with everybody who acts for its country. */
static uint32_t count_mentions(const finder *f, uint32_t *count)
{
    const rap_names *n = f->in->names;
    uint32_t total = 0;
    for (uint32_t i = 0; i < n->mentions; i++) {
        const uint32_t actor = n->mention[i].actor;
        if (actor == RAP_NONE || n->actor[actor].kind == RAP_ACTOR_PLACE) continue;
        if (!rap_is_body(f, f->in->tokens->sentence[n->mention[i].first])) continue;
        count[actor]++;
        for (uint32_t k = 0; k < n->actor[actor].members; k++)
            count[n->actor[actor].member[k]]++; /* "the A and B services" */
        total++;
    }
    return total;
}

static uint32_t strength(const finder *f, const uint32_t *count, uint32_t actor)
{
    const rap_names *n = f->in->names;
    const rap_actor *a = &n->actor[actor];
    uint32_t sum = count[actor];
    if (a->kind != RAP_ACTOR_STATE) return sum;
    for (uint32_t i = 0; i < n->actors; i++)
        if (i != actor && a->code.len && n->actor[i].kind != RAP_ACTOR_GROUP &&
            rap_slice_equal(a->code, n->actor[i].code))
            sum += count[i];
    return sum;
}

typedef struct pair { /* two that something is between */
    uint32_t one, other, times;
} pair;
typedef RAP_LIST(pair) pair_list;

static bool is_party(const rap_actor *a)
{
    return a->kind == RAP_ACTOR_STATE ||
           (a->kind == RAP_ACTOR_ORGANISATION && !rap_slice_is(a->sector, "IGO"));
}

static void count_pair(finder *f, pair_list *list, uint32_t a, uint32_t b)
{
    const rap_names *n = f->in->names;
    if (a == b || !is_party(&n->actor[a]) || !is_party(&n->actor[b])) return;
    const pair fresh = {a < b ? a : b, a < b ? b : a, 1};
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i].one == fresh.one && list->at[i].other == fresh.other) {
            list->at[i].times++;
            return;
        }
    if (list->count < MOST_PAIRS) f->failed |= !rap_push(f->scratch, list, fresh);
}

/* "between A and B": allies are listed together too, and mediators. */
static void count_pairs(finder *f, pair_list *list)
{
    const rap_names *n = f->in->names;
    for (uint32_t i = 0; i < n->mentions; i++) {
        const rap_mention *m = &n->mention[i];
        if (m->actor == RAP_NONE || !rap_is_body(f, f->in->tokens->sentence[m->first]))
            continue;
        const rap_actor *a = &n->actor[m->actor];
        const rap_mention *next = i + 1 < n->mentions ? m + 1 : NULL;
        if (a->members || !next || next->actor == RAP_NONE ||
            next->first != m->last + 2)
            continue;
        if (m->first && rap_word_is(f, m->first - 1, FINDING_BETWEEN) &&
            rap_word_is(f, m->last + 1, FINDING_AND))
            count_pair(f, list, m->actor, next->actor);
    }
}

/* The two that things are between more often than any others, and more than once. */
static uint32_t parties_together(finder *f, const uint32_t **who)
{
    pair_list list = {0};
    finding_who both = {.count = 0};
    count_pairs(f, &list);
    uint32_t most = 1, next = 0, best = RAP_NONE;
    for (uint32_t i = 0; i < list.count; i++) {
        if (list.at[i].times > most)
            next = most, most = list.at[i].times, best = i;
        else if (list.at[i].times > next)
            next = list.at[i].times;
    }
    *who = NULL;
    if (best == RAP_NONE || next == most) return 0;
    rap_who_take(&both, list.at[best].one);
    rap_who_take(&both, list.at[best].other);
    return rap_who_keep(f, &both, who);
}

static uint32_t strongest_parties(finder *f, uint32_t most, const uint32_t **who)
{
    const rap_names *n = f->in->names;
    uint32_t *count = rap_new(f->scratch, uint32_t, n->actors);
    finding_who list = {.count = 0};
    *who = NULL;
    f->failed |= !count;
    if (!count || count_mentions(f, count) < 4) return 0;
    while (list.count < most) {
        uint32_t best = RAP_NONE, high = 1;
        for (uint32_t i = 0; i < n->actors; i++) {
            const rap_actor *a = &n->actor[i];
            if (a->kind != RAP_ACTOR_STATE && a->kind != RAP_ACTOR_ORGANISATION)
                continue;
            const uint32_t s = strength(f, count, i);
            bool there = false;
            for (uint32_t k = 0; k < list.count; k++) there |= list.at[k] == i;
            if (!there && s > high) high = s, best = i;
        }
        if (best == RAP_NONE) break;
        rap_who_take(&list, best);
    }
    return rap_who_keep(f, &list, who);
}

uint32_t rap_home_state(finder *f)
{
    const rap_names *n = f->in->names;
    uint32_t *count = rap_new(f->scratch, uint32_t, n->actors);
    uint32_t best = RAP_NONE, high = 0, next = 0;
    f->failed |= !count;
    if (!count || count_mentions(f, count) < 4) return RAP_NONE;
    for (uint32_t i = 0; i < n->actors; i++) {
        if (n->actor[i].kind != RAP_ACTOR_STATE) continue;
        const uint32_t s = strength(f, count, i);
        if (s > high)
            next = high, high = s, best = i;
        else if (s > next)
            next = s;
    }
    return high > 2 * next ? best : RAP_NONE;
}

uint32_t rap_most_named(finder *f, uint32_t most, const uint32_t **who)
{
    const rap_names *n = f->in->names;
    uint32_t *count = rap_new(f->scratch, uint32_t, n->actors);
    finding_who list = {.count = 0};
    *who = NULL;
    f->failed |= !count;
    if (!count || !count_mentions(f, count)) return 0;
    while (list.count < most) {
        uint32_t best = RAP_NONE, high = 0;
        for (uint32_t i = 0; i < n->actors; i++)
            if (count[i] > high) high = count[i], best = i;
        if (best == RAP_NONE) break;
        count[best] = 0;
        rap_who_take(&list, best);
    }
    return rap_who_keep(f, &list, who);
}

/* The two that the report says agree, sign or meet: the first list of several parties
 * before such a verb. */
static uint32_t parties_that_agree(finder *f, const uint32_t **who)
{
    const rap_tokens *t = f->in->tokens;
    for (uint32_t i = 0; i < t->count; i++) {
        if (f->in->syntax->upos[i] != RAP_VERB || !rap_is_body(f, t->sentence[i]))
            continue;
        if (!rap_word_is(f, i, FINDING_AGREE)) continue;
        if (rap_listed_before(f, i, who) == 2) return 2;
    }
    return 0;
}

uint32_t rap_named_pair(finder *f, const uint32_t **who)
{
    const uint32_t *sides;
    const uint32_t count = rap_main_parties(f, 2, &sides);
    *who = sides;
    return f->sides_named ? count : 0;
}

uint32_t rap_main_parties(finder *f, uint32_t most, const uint32_t **who)
{
    if (!f->sides_known) {
        f->sides_known = true;
        f->sides_count = parties_that_agree(f, &f->sides);
        f->sides_named = f->sides_count > 0;
        if (!f->sides_count) f->sides_count = parties_together(f, &f->sides);
        if (!f->sides_count) f->sides_count = strongest_parties(f, most, &f->sides);
    }
    *who = f->sides;
    return f->sides_count < most ? f->sides_count : most;
}

/* The strongest state or body beside the main two; RAP_NONE: there is none. */
static uint32_t third_party(finder *f, uint32_t count, const uint32_t *who)
{
    const uint32_t *three;
    const uint32_t most = strongest_parties(f, 3, &three);
    for (uint32_t i = 0; i < most; i++) {
        bool there = false;
        for (uint32_t k = 0; k < count; k++) there |= who[k] == three[i];
        if (!there) return three[i];
    }
    return RAP_NONE;
}

uint32_t rap_three_parties(finder *f, const uint32_t **who)
{
    const uint32_t *two;
    const uint32_t count = rap_main_parties(f, 2, &two);
    const uint32_t third = count == 2 ? third_party(f, count, two) : RAP_NONE;
    finding_who list = {.count = 0};
    for (uint32_t i = 0; i < count; i++) rap_who_take(&list, two[i]);
    if (third != RAP_NONE) rap_who_take(&list, third);
    return rap_who_keep(f, &list, who);
}

/* Is it a group of which only "the sides" is known? */
static bool is_unnamed_sides(const finder *f, const rap_actor *a)
{
    return a->kind == RAP_ACTOR_GROUP && !a->members &&
           rap_name_ends_in(f, a, FINDING_PARTIES);
}

uint32_t rap_name_sides(finder *f, uint32_t count, const uint32_t **who)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!is_unnamed_sides(f, &f->in->names->actor[(*who)[i]])) continue;
        const uint32_t *two;
        const uint32_t named = rap_main_parties(f, 2, &two);
        if (named == 2) *who = two;
        return named == 2 ? 2 : count;
    }
    return count;
}

/* "the Ruritanian parliament", "X's assembly": the state or land whose parliament it is, by
 * its key "org:OWNER:words"; RAP_NONE: another body, or its land is not named. */
uint32_t rap_land_of(const finder *f, uint32_t actor)
{
    const rap_names *n = f->in->names;
    const rap_actor *a = &n->actor[actor];
    if (a->kind != RAP_ACTOR_ORGANISATION || !rap_slice_is(a->sector, "LEG") ||
        !rap_slice_starts(a->key, "org:"))
        return RAP_NONE;
    const rap_slice owned = rap_slice_sub(a->key, 4, a->key.len);
    for (uint32_t i = 0; i < n->actors; i++) {
        const rap_actor *o = &n->actor[i];
        if (o->kind != RAP_ACTOR_STATE && o->kind != RAP_ACTOR_PLACE) continue;
        if (owned.len > o->key.len && owned.at[o->key.len] == ':' &&
            rap_slice_equal(rap_slice_sub(owned, 0, o->key.len), o->key))
            return i;
    }
    return RAP_NONE;
}

static bool acts_for_state(const rap_actor *a)
{
    if (!a->code.len || !a->country.len) return false;
    if (a->kind == RAP_ACTOR_STATE || a->kind == RAP_ACTOR_PLACE) return false;
    return rap_slice_is(a->sector, "GOV") || rap_slice_is(a->sector, "MIL");
}

uint32_t rap_state_behind(finder *f, uint32_t count, const uint32_t *who,
                          const uint32_t **states)
{
    const rap_names *n = f->in->names;
    finding_who list = {.count = 0};
    *states = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const rap_actor *a = &n->actor[who[i]];
        if (a->kind != RAP_ACTOR_PERSON || !acts_for_state(a)) continue;
        for (uint32_t k = 0; k < n->actors; k++)
            if (n->actor[k].kind == RAP_ACTOR_STATE &&
                rap_slice_equal(n->actor[k].code, a->code))
                rap_who_take(&list, k);
    }
    return list.count ? rap_who_keep(f, &list, states) : 0;
}

uint32_t rap_add_states(finder *f, uint32_t count, const uint32_t **who)
{
    const rap_names *n = f->in->names;
    finding_who list = {.count = 0};
    for (uint32_t i = 0; i < count; i++) rap_who_take(&list, (*who)[i]);
    for (uint32_t i = 0; i < count; i++) {
        const rap_actor *a = &n->actor[(*who)[i]];
        const uint32_t land = rap_land_of(f, (*who)[i]);
        if (land != RAP_NONE) rap_who_take(&list, land);
        if (!acts_for_state(a)) continue;
        for (uint32_t k = 0; k < n->actors; k++)
            if (n->actor[k].kind == RAP_ACTOR_STATE &&
                rap_slice_equal(n->actor[k].code, a->code))
                rap_who_take(&list, k);
    }
    return rap_who_keep(f, &list, who);
}
