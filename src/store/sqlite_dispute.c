/*
 * sqlite_dispute.c - where details of several reports contradict each other.
 *
 * Method  details are sorted by what they measure; each takes with it those on the same
 *         matter, and they are an entry if two of them conflict. What agrees is shown
 *         beside what does not.
 * Cost    n log n, and at most WINDOW comparisons a detail.
 */
#include "store_private.h"

#include <stdlib.h>

enum { WINDOW = 128, MOST_CLAIMS = 12 };

typedef struct dispute {
    sqlite_store *store;
    int64_t document; /* the one being joined */
    rap_error *err;
    rap_entry_kind kind;
    rap_arena arena;
    sqlite_facts facts;
    uint32_t *order; /* [facts.count] */
    bool *taken;     /* [facts.count] */
} dispute;

static rap_status no_memory(dispute *d)
{
    return rap_fail(d->err, RAP_E_NOMEM, 0, "no memory to compare the details of %s",
                    d->store->path);
}

static int by_place(const rap_fact *a, const rap_fact *b)
{
    if (a->document != b->document) return a->document > b->document ? 1 : -1;
    if (a->anchor.begin != b->anchor.begin)
        return a->anchor.begin > b->anchor.begin ? 1 : -1;
    return (a->anchor.end > b->anchor.end) - (a->anchor.end < b->anchor.end);
}

static int by_measure(const void *left, const void *right, void *state)
{
    const dispute *d = state;
    const uint32_t i = *(const uint32_t *)left, k = *(const uint32_t *)right;
    const rap_fact *a = &d->facts.fact[i], *b = &d->facts.fact[k];
    int order = rap_slice_compare(a->type, b->type);
    /* offices of one person stand together, whatever they are called */
    if (!order && a->who_count && b->who_count)
        order = rap_slice_compare(a->who[0], b->who[0]);
    else if (!order)
        order = rap_slice_compare(a->name, b->name);
    return order ? order : by_place(a, b);
}

static rap_status enter(dispute *d, const uint32_t *member, uint32_t count,
                        const char *kind, const char *why)
{
    bool fresh = false;
    for (uint32_t i = 0; i < count; i++) fresh |= d->facts.fresh[member[i]];
    if (!fresh) return RAP_OK; /* as it was */
    sqlite_claim *claim = rap_new(&d->arena, sqlite_claim, count);
    if (!claim) return no_memory(d);
    for (uint32_t i = 0; i < count; i++) {
        const rap_status dropped = rap_sqlite_drop_claim(
            d->store, RAP_ENTRY_DISAGREEMENT, d->facts.number[member[i]],
            d->facts.fact[member[i]].anchor.begin, d->err);
        if (dropped) return dropped;
    }
    for (uint32_t i = 0; i < count; i++) {
        const rap_fact *f = &d->facts.fact[member[i]];
        const bool stance = d->kind == RAP_ENTRY_POSITION;
        const char *value =
            rap_arena_copy(&d->arena, stance ? f->type : f->anchor_words).at;
        if (!value) return no_memory(d);
        claim[i] = (sqlite_claim){d->facts.number[member[i]], value, f->anchor,
                                  f->anchor_words};
    }
    const rap_fact *first = &d->facts.fact[member[0]];
    const char *type = kind ? kind : rap_arena_copy(&d->arena, first->type).at;
    const char *what = rap_arena_copy(&d->arena, first->name).at;
    if (!type || !what) return no_memory(d);
    const sqlite_derived made = {.kind = RAP_ENTRY_DISAGREEMENT,
                                 .what = what,
                                 .type = type,
                                 .claim = claim,
                                 .claims = count,
                                 .why = why,
                                 .confidence = 0.7};
    return rap_sqlite_enter_derived(d->store, &made, d->err);
}

/* All on the matter of detail `at`, in the order of readings; an entry if two conflict. */
static rap_status take_matter(dispute *d, uint32_t at)
{
    uint32_t member[MOST_CLAIMS] = {d->order[at]}, count = 1;
    bool conflict = false, rough = false;
    const rap_fact *f = &d->facts.fact[d->order[at]];
    for (uint32_t k = at + 1; k < d->facts.count && k < at + WINDOW; k++) {
        const uint32_t other = d->order[k];
        const rap_fact *g = &d->facts.fact[other];
        if (!rap_slice_equal(f->type, g->type)) break;
        if (d->taken[other] || !rap_record_same_matter(f, g)) continue;
        for (uint32_t m = 0; m < count; m++) {
            conflict |= rap_record_conflict(&d->facts.fact[member[m]], g);
            rough |= rap_record_less_precise(&d->facts.fact[member[m]], g);
        }
        if (count < MOST_CLAIMS) member[count++] = other;
    }
    if (!conflict && !rough) return RAP_OK;
    for (uint32_t m = 0; m < count; m++) d->taken[member[m]] = true;
    if (!conflict)
        return enter(d, member, count, "precision", "the same, told more roughly");
    return enter(d, member, count, NULL, "told of the same, and not the same");
}

/* Who stands against whom on the issue of position `at`, one claim a party and stance. */
static rap_status take_issue(dispute *d, uint32_t at)
{
    uint32_t member[MOST_CLAIMS] = {d->order[at]}, count = 1;
    const rap_fact *f = &d->facts.fact[d->order[at]];
    bool opposed = false;
    for (uint32_t k = at + 1; k < d->facts.count && k < at + WINDOW; k++) {
        const uint32_t other = d->order[k];
        const rap_fact *g = &d->facts.fact[other];
        if (d->taken[other] || !rap_slice_equal(f->name, g->name)) continue;
        bool against = false, again = false;
        for (uint32_t m = 0; m < count; m++) {
            const rap_fact *h = &d->facts.fact[member[m]];
            against |= rap_record_opposed(h, g);
            again |= rap_slice_equal(h->type, g->type) && h->who_count &&
                     g->who_count && rap_slice_equal(h->who[0], g->who[0]) &&
                     h->document == g->document;
        }
        opposed |= against;
        if (against && !again && count < MOST_CLAIMS) member[count++] = other;
    }
    if (!opposed) return RAP_OK;
    for (uint32_t m = 0; m < count; m++) d->taken[member[m]] = true;
    return enter(d, member, count, "stance", "opposed on one issue in the same days");
}

static int by_issue(const void *left, const void *right, void *state)
{
    const dispute *d = state;
    const uint32_t i = *(const uint32_t *)left, k = *(const uint32_t *)right;
    const rap_fact *a = &d->facts.fact[i], *b = &d->facts.fact[k];
    int order = rap_slice_compare(a->name, b->name);
    if (!order) order = (a->earliest > b->earliest) - (a->earliest < b->earliest);
    return order ? order : by_place(a, b);
}

static rap_status join(dispute *d, rap_entry_kind kind)
{
    d->kind = kind;
    rap_status status = rap_sqlite_near(d->store, d->document, kind,
                                        RAP_ENTRY_DISAGREEMENT, &d->arena, d->err);
    if (!status)
        status = rap_sqlite_load_facts(d->store, d->document, kind, &d->arena,
                                       &d->facts, d->err);
    if (status) return status;
    d->order = rap_new(&d->arena, uint32_t, d->facts.count);
    d->taken = rap_new(&d->arena, bool, d->facts.count);
    if (!d->order || !d->taken) return no_memory(d);
    for (uint32_t i = 0; i < d->facts.count; i++) d->order[i] = i;
    if (d->facts.count)
        qsort_r(d->order, d->facts.count, sizeof *d->order,
                kind == RAP_ENTRY_DETAIL ? by_measure : by_issue, d);
    for (uint32_t i = 0; !status && i < d->facts.count; i++) {
        if (d->taken[d->order[i]]) continue;
        status = kind == RAP_ENTRY_DETAIL ? take_matter(d, i) : take_issue(d, i);
    }
    return status;
}

rap_status rap_sqlite_join_disputes(sqlite_store *store, int64_t document,
                                    rap_error *err)
{
    dispute d = {.store = store,
                 .document = document,
                 .err = err,
                 .arena = RAP_ARENA(SIZE_MAX / 4)};
    rap_status status = join(&d, RAP_ENTRY_DETAIL);
    rap_arena_clear(&d.arena);
    if (!status) status = join(&d, RAP_ENTRY_POSITION);
    rap_arena_free(&d.arena);
    return status;
}
