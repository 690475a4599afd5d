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

enum { WINDOW = 128, MOST_CLAIMS = 12, SHARED_ACTORS = 5 };

typedef struct dispute {
    sqlite_store *store;
    int64_t document; /* the one being joined */
    rap_error *err;
    rap_entry_kind kind;
    rap_arena arena;
    rap_map senses;
    int64_t left, right; /* documents last asked about, */
    bool told_together;  /* and whether they tell one story */
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

/* What a side says, in short. */
static const char *value_of(dispute *d, const rap_fact *f)
{
    char day[12];
    switch (d->kind) {
    case RAP_ENTRY_POSITION:
        return rap_arena_copy(&d->arena, f->type).at;
    case RAP_ENTRY_COMMITMENT:
        rap_day_format(f->due_latest, day);
        return rap_arena_copy(&d->arena, rap_slice_of(day)).at;
    case RAP_ENTRY_MEETING:
        rap_day_format(f->earliest, day);
        return rap_arena_copy(&d->arena, rap_slice_of(day)).at;
    default:
        return rap_arena_copy(&d->arena, f->anchor_words).at;
    }
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
        const char *value = value_of(d, f);
        if (!value) return no_memory(d);
        claim[i] = (sqlite_claim){d->facts.number[member[i]], value, f->anchor,
                                  f->anchor_words};
    }
    const rap_fact *first = &d->facts.fact[member[0]];
    const char *type = kind ? kind : rap_arena_copy(&d->arena, first->type).at;
    const bool detail =
        (d->kind == RAP_ENTRY_DETAIL || d->kind == RAP_ENTRY_POSITION) &&
        !rap_slice_is(first->type, "content");
    const char *what =
        rap_arena_copy(&d->arena, detail ? first->name : first->anchor_words).at;
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

/* Do two documents name enough of the same actors to be on one story? */
static rap_status ask_story(dispute *d, int64_t left, int64_t right)
{
    static const char sql[] =
        "SELECT count(*), (SELECT count(*) FROM actor WHERE document = ?1 AND kind IN "
        "('person', 'state', 'organisation')), (SELECT count(*) FROM actor WHERE "
        "document = ?2 AND kind IN ('person', 'state', 'organisation')) FROM actor a"
        " WHERE a.document = ?1 AND a.kind IN ('person', 'state', 'organisation')"
        " AND EXISTS (SELECT 1 FROM actor b WHERE b.key = a.key AND b.document = ?2)";
    sqlite3_stmt *s;
    if (d->left == left && d->right == right) return RAP_OK;
    rap_status status = rap_sqlite_cached(d->store, sql, &s, d->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, left);
    (void)sqlite3_bind_int64(s, 2, right);
    if (sqlite3_step(s) == SQLITE_ROW) {
        const int shared = sqlite3_column_int(s, 0), n = sqlite3_column_int(s, 1),
                  m = sqlite3_column_int(s, 2), least = n < m ? n : m;
        d->told_together = shared >= SHARED_ACTORS && shared * 3 >= least;
        d->left = left;
        d->right = right;
    } else {
        status = rap_sqlite_fail(d->store, d->err);
    }
    (void)sqlite3_reset(s);
    return status;
}

typedef struct comparison {
    bool same, conflict, rough;
    const char *type; /* NULL: that of the details */
} comparison;

static rap_status compare(dispute *d, const rap_fact *f, const rap_fact *g,
                          comparison *out)
{
    *out = (comparison){0};
    if (rap_record_needs_story(f)) {
        const rap_status status = ask_story(d, f->document, g->document);
        if (status || !d->told_together) return status;
    }
    switch (d->kind) {
    case RAP_ENTRY_COMMITMENT:
        out->conflict = rap_record_other_due(f, g, &d->senses);
        out->type = "due";
        break;
    case RAP_ENTRY_MEETING:
        out->type = rap_record_other_meeting(f, g);
        out->conflict = out->type != NULL;
        break;
    default:
        out->same = rap_record_same_matter(f, g, &d->senses);
        out->conflict = rap_record_conflict(f, g, &d->senses);
        out->rough = rap_record_less_precise(f, g, &d->senses);
    }
    out->same |= out->conflict;
    return RAP_OK;
}

/* All on the matter of fact `at`, in the order of readings; an entry if two conflict. */
static rap_status take_matter(dispute *d, uint32_t at)
{
    uint32_t member[MOST_CLAIMS] = {d->order[at]}, count = 1;
    bool conflict = false, rough = false;
    const char *type = NULL;
    const rap_fact *f = &d->facts.fact[d->order[at]];
    for (uint32_t k = at + 1; k < d->facts.count && k < at + WINDOW; k++) {
        const uint32_t other = d->order[k];
        const rap_fact *g = &d->facts.fact[other];
        comparison c;
        if (d->kind == RAP_ENTRY_DETAIL && !rap_slice_equal(f->type, g->type)) break;
        if (d->taken[other]) continue;
        rap_status status = compare(d, f, g, &c);
        if (status) return status;
        if (!c.same) continue;
        for (uint32_t m = 0; !status && m < count; m++) {
            status = compare(d, &d->facts.fact[member[m]], g, &c);
            conflict |= c.conflict;
            rough |= c.rough;
            if (c.type) type = c.type;
        }
        if (status) return status;
        if (count < MOST_CLAIMS) member[count++] = other;
    }
    if (!conflict && !rough) return RAP_OK;
    for (uint32_t m = 0; m < count; m++) d->taken[member[m]] = true;
    if (!conflict)
        return enter(d, member, count, "precision", "the same, told more roughly");
    return enter(d, member, count, type, "told of the same, and not the same");
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
            if (h->document != g->document) {
                const rap_status status = ask_story(d, h->document, g->document);
                if (status) return status;
            }
            against |= rap_record_opposed(h, g, d->told_together);
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

/* The entry of the document that a passage is on, as a place; empty: of none. */
static rap_status entry_behind(dispute *d, rap_fact *f)
{
    static const char sql[] =
        "SELECT er.entry FROM reading r JOIN reading_span s ON s.reading = r.number"
        " JOIN entry_reading er ON er.reading = r.number"
        " WHERE r.document = ?1 AND r.kind = 'document' AND s.role = 'evidence'"
        " AND s.span_begin < ?3 AND s.span_end > ?2 ORDER BY er.entry LIMIT 1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(d->store, sql, &s, d->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, f->document);
    (void)sqlite3_bind_int64(s, 2, f->anchor.begin);
    (void)sqlite3_bind_int64(s, 3, f->anchor.end);
    const int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        const char *entry = rap_sqlite_text(s, 0, &d->arena);
        if (!entry) status = no_memory(d);
        f->place = rap_slice_of(entry ? entry : "");
    } else if (step != SQLITE_DONE) {
        status = rap_sqlite_fail(d->store, d->err);
    }
    (void)sqlite3_reset(s);
    return status;
}

/* Details of what documents hold, with the entries of the documents. */
static rap_status find_entries(dispute *d)
{
    rap_status status = RAP_OK;
    rap_fact *fact = rap_new(&d->arena, rap_fact, d->facts.count);
    if (!fact) return no_memory(d);
    for (uint32_t i = 0; !status && i < d->facts.count; i++) {
        fact[i] = d->facts.fact[i];
        if (rap_slice_is(fact[i].type, "content")) status = entry_behind(d, &fact[i]);
    }
    d->facts.fact = fact;
    return status;
}

static rap_status join(dispute *d, rap_entry_kind kind)
{
    d->kind = kind;
    rap_status status = rap_sqlite_near(d->store, d->document, kind,
                                        RAP_ENTRY_DISAGREEMENT, &d->arena, d->err);
    if (!status)
        status = rap_sqlite_load_facts(d->store, d->document, kind, &d->arena,
                                       &d->facts, d->err);
    if (!status && kind == RAP_ENTRY_DETAIL) status = find_entries(d);
    if (status) return status;
    d->order = rap_new(&d->arena, uint32_t, d->facts.count);
    d->taken = rap_new(&d->arena, bool, d->facts.count);
    if (!d->order || !d->taken) return no_memory(d);
    for (uint32_t i = 0; i < d->facts.count; i++) d->order[i] = i;
    if (d->facts.count)
        qsort_r(d->order, d->facts.count, sizeof *d->order,
                kind == RAP_ENTRY_POSITION ? by_issue : by_measure, d);
    for (uint32_t i = 0; !status && i < d->facts.count; i++) {
        if (d->taken[d->order[i]]) continue;
        status = kind == RAP_ENTRY_POSITION ? take_issue(d, i) : take_matter(d, i);
    }
    return status;
}

rap_status rap_sqlite_join_disputes(sqlite_store *store, int64_t document,
                                    rap_error *err)
{
    static const rap_entry_kind kind[] = {RAP_ENTRY_DETAIL, RAP_ENTRY_POSITION,
                                          RAP_ENTRY_COMMITMENT, RAP_ENTRY_MEETING};
    dispute d = {.store = store,
                 .document = document,
                 .err = err,
                 .arena = RAP_ARENA(SIZE_MAX / 4)};
    rap_arena words = RAP_ARENA(SIZE_MAX / 4);
    rap_status status =
        rap_sqlite_senses(store, &words, &d.senses) ? RAP_OK : no_memory(&d);
    for (uint32_t i = 0; !status && i < sizeof kind / sizeof *kind; i++) {
        status = join(&d, kind[i]);
        rap_arena_clear(&d.arena);
    }
    rap_arena_free(&d.arena);
    rap_arena_free(&words);
    return status;
}
