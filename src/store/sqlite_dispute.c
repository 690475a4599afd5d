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

enum { WINDOW = 128, MOST_CLAIMS = 12, TOPIC_WORDS = 5 };

typedef struct dispute {
    sqlite_store *store;
    int64_t document; /* the one being joined */
    rap_error *err;
    rap_entry_kind kind;
    rap_arena arena;
    rap_map senses;
    sqlite_stories stories;
    sqlite_facts facts;
    int64_t *entry;  /* [facts.count] meetings, documents: what they are joined to */
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
    const bool by_name = rap_slice_is(a->type, "leader") ||
                         rap_slice_is(a->type, "reason") ||
                         rap_slice_is(a->type, "participants");
    if (!order && !by_name && a->who_count && b->who_count)
        order = rap_slice_compare(a->who[0], b->who[0]);
    else if (!order)
        order = rap_slice_compare(a->name, b->name);
    return order ? order : by_place(a, b);
}

/* The day or place of a meeting as one report has it. */
static const char *occasion_of(dispute *d, uint32_t member, const char *type)
{
    const rap_fact *f = &d->facts.fact[member];
    char day[12], last[12];
    if (!strcmp(type, "place") && f->place.len)
        return rap_arena_copy(&d->arena, f->place).at;
    rap_day_format(f->earliest, day);
    rap_day_format(f->latest, last);
    if (!day[0]) return "not said";
    return rap_arena_printf(&d->arena, "%s%s%s%s", day,
                            f->earliest < f->latest ? "/" : "",
                            f->earliest < f->latest ? last : "",
                            d->facts.stated[member] ? "" : " (inferred)");
}

/* What a side says, in short. */
static const char *value_of(dispute *d, uint32_t member, const char *type)
{
    const rap_fact *f = &d->facts.fact[member];
    char day[12];
    switch (d->kind) {
    case RAP_ENTRY_POSITION:
        return rap_arena_copy(&d->arena, f->type).at;
    case RAP_ENTRY_COMMITMENT:
        rap_day_format(f->due_latest, day);
        return rap_arena_copy(&d->arena, rap_slice_of(day)).at;
    case RAP_ENTRY_MEETING:
    case RAP_ENTRY_DOCUMENT:
        return occasion_of(d, member, type);
    default:
        return rap_arena_copy(&d->arena, f->anchor_words).at;
    }
}

/* The sentence that tells of a meeting: its trigger alone says neither day nor place. */
static rap_status sentence_of(dispute *d, sqlite_claim *claim)
{
    static const char sql[] =
        "SELECT span_begin, span_end, quote FROM reading_span WHERE reading = ?1"
        " AND role = 'evidence' ORDER BY n LIMIT 1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(d->store, sql, &s, d->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, claim->reading);
    const int step = sqlite3_step(s);
    if (step == SQLITE_ROW && sqlite3_column_type(s, 2) != SQLITE_NULL) {
        const char *quote = rap_sqlite_text(s, 2, &d->arena);
        if (!quote) status = no_memory(d);
        claim->span = (rap_span){(uint32_t)sqlite3_column_int64(s, 0),
                                 (uint32_t)sqlite3_column_int64(s, 1)};
        claim->quote = rap_slice_of(quote ? quote : "");
    } else if (step != SQLITE_ROW && step != SQLITE_DONE) {
        status = rap_sqlite_fail(d->store, d->err);
    }
    (void)sqlite3_reset(s);
    return status;
}

static rap_status claim_of(dispute *d, uint32_t member, const char *type,
                           sqlite_claim *out)
{
    const rap_fact *f = &d->facts.fact[member];
    const char *value = value_of(d, member, type);
    if (!value) return no_memory(d);
    *out = (sqlite_claim){d->facts.number[member], value, f->anchor, f->anchor_words};
    return d->kind == RAP_ENTRY_MEETING ? sentence_of(d, out) : RAP_OK;
}

/* Words of the matter, without the keys of actors; empty: none. */
static const char *words_of(dispute *d, rap_slice terms)
{
    const char *words = "";
    rap_slice part;
    for (uint32_t n = 0;
         words && n < TOPIC_WORDS && rap_split_next(&terms, ' ', &part);) {
        bool plain = part.len > 0;
        for (uint32_t i = 0; i < part.len && plain; i++)
            plain = part.at[i] != ':' && (part.at[i] < '0' || part.at[i] > 'Z');
        if (!plain) continue;
        words = rap_arena_printf(&d->arena, "%s%s%.*s", words, n++ ? ", " : "",
                                 (int)part.len, part.at);
    }
    return words;
}

/* Is its matter best told by its own words? */
static bool is_told_in_words(const rap_fact *f)
{
    static const char *const type[] = {"content", "leader",    "reason",
                                       "sides",   "belonging", "participants"};
    for (uint32_t i = 0; i < sizeof type / sizeof *type; i++)
        if (rap_slice_is(f->type, type[i])) return true;
    return false;
}

/* "length: committee, joint, monitor", "recognition", "the text does not name Borduria" */
static const char *topic_of(dispute *d, const rap_fact *first)
{
    if (d->kind == RAP_ENTRY_POSITION || rap_slice_is(first->type, "role"))
        return rap_arena_copy(&d->arena, first->name).at;
    if (d->kind != RAP_ENTRY_DETAIL || is_told_in_words(first))
        return rap_arena_copy(&d->arena, first->anchor_words).at;
    if (rap_slice_is(first->type, "rank")) return "rank";
    const char *words = words_of(d, first->terms);
    return words ? rap_arena_printf(&d->arena, "%.*s%s%s", (int)first->name.len,
                                    first->name.at, *words ? ": " : "", words)
                 : NULL;
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
        rap_status status = claim_of(d, member[i], kind ? kind : "", &claim[i]);
        if (!status)
            status =
                rap_sqlite_drop_claim(d->store, RAP_ENTRY_DISAGREEMENT,
                                      claim[i].reading, claim[i].span.begin, d->err);
        if (status) return status;
    }
    const rap_fact *first = &d->facts.fact[member[0]];
    const char *type = kind ? kind : rap_arena_copy(&d->arena, first->type).at;
    const char *what = topic_of(d, first);
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

typedef struct comparison {
    bool same, conflict, rough;
    const char *type; /* NULL: that of the details */
} comparison;

/* What two facts are to each other, if their reports tell one story or not. */
static comparison compare_as(const dispute *d, uint32_t left, uint32_t right,
                             bool story)
{
    const rap_fact *f = &d->facts.fact[left], *g = &d->facts.fact[right];
    comparison c = {0};
    switch (d->kind) {
    case RAP_ENTRY_COMMITMENT:
        c.conflict = story && rap_record_other_due(f, g, &d->senses);
        c.type = "due";
        break;
    case RAP_ENTRY_MEETING:
    case RAP_ENTRY_DOCUMENT:
        c.conflict = story && rap_record_other_plan(f, g);
        c.type = c.conflict ? "day" : NULL;
        c.same = d->entry[left] && d->entry[left] == d->entry[right];
        if (c.conflict || !c.same) break;
        if (!d->facts.stated[left] || !d->facts.stated[right]) break;
        c.type = rap_record_other_meeting(f, g);
        c.conflict = c.type != NULL;
        break;
    default:
        if (rap_record_needs_story(f) && !story) break;
        c.same = rap_record_same_matter(f, g, story, &d->senses);
        c.conflict = rap_record_conflict(f, g, story, &d->senses);
        c.rough = rap_record_less_precise(f, g, story, &d->senses);
    }
    c.same |= c.conflict;
    return c;
}

/* Whether reports tell one story is asked only where it makes a difference. */
static rap_status compare(dispute *d, uint32_t left, uint32_t right, comparison *out)
{
    const rap_fact *f = &d->facts.fact[left], *g = &d->facts.fact[right];
    *out = compare_as(d, left, right, true);
    const comparison apart = compare_as(d, left, right, false);
    if (out->same == apart.same && out->conflict == apart.conflict &&
        out->rough == apart.rough)
        return RAP_OK;
    bool story = false, known = false;
    rap_status status =
        rap_sqlite_one_story(&d->stories, f->document, g->document, &story, d->err);
    if (!status && !story) *out = apart;
    if (status || !out->conflict || !rap_slice_is(f->type, "participants"))
        return status;
    status = rap_sqlite_is_present(d->store, f, g, &known, d->err);
    if (!status) status = rap_sqlite_is_present(d->store, g, f, &known, d->err);
    out->conflict &= !known;
    return status;
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
        rap_status status = compare(d, d->order[at], other, &c);
        if (status) return status;
        if (!c.same) continue;
        for (uint32_t m = 0; !status && m < count; m++) {
            status = compare(d, member[m], other, &c);
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

/* What a member rejects, as its own report tells of it right before: another report may
 * have others propose it. */
static void add_rejected(dispute *d, uint32_t at, uint32_t member[MOST_CLAIMS],
                         uint32_t *count)
{
    const uint32_t found = *count, first = at > WINDOW ? at - WINDOW : 0;
    for (uint32_t k = first; k < d->facts.count && k < at + WINDOW; k++) {
        const uint32_t other = d->order[k];
        const rap_fact *g = &d->facts.fact[other];
        bool rejected = false;
        for (uint32_t m = 0; m < found && !d->taken[other]; m++)
            rejected |= rap_record_answers(&d->facts.fact[member[m]], g);
        for (uint32_t m = 0; m < *count; m++) rejected &= member[m] != other;
        if (rejected && *count < MOST_CLAIMS) member[(*count)++] = other;
    }
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
            bool opposes = rap_record_opposed(h, g, true);
            if (opposes && h->document != g->document) {
                const rap_status status = rap_sqlite_one_story(
                    &d->stories, h->document, g->document, &opposes, d->err);
                if (status) return status;
            }
            against |= opposes;
            again |= rap_slice_equal(h->type, g->type) && h->who_count &&
                     g->who_count && rap_slice_equal(h->who[0], g->who[0]) &&
                     h->document == g->document;
        }
        opposed |= against;
        if (against && !again && count < MOST_CLAIMS) member[count++] = other;
    }
    if (!opposed) return RAP_OK;
    add_rejected(d, at, member, &count);
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

/* Details of documents and meetings, with the entries of these. */
static rap_status find_entries(dispute *d)
{
    rap_status status = RAP_OK;
    rap_fact *fact = rap_new(&d->arena, rap_fact, d->facts.count);
    if (!fact) return no_memory(d);
    for (uint32_t i = 0; !status && i < d->facts.count; i++) {
        fact[i] = d->facts.fact[i];
        if (rap_slice_is(fact[i].type, "content") ||
            rap_slice_is(fact[i].type, "sides"))
            status = rap_sqlite_behind(d->store, &fact[i], RAP_ENTRY_DOCUMENT,
                                       &d->arena, d->err);
        else if (rap_slice_is(fact[i].type, "participants"))
            status = rap_sqlite_attended(d->store, &fact[i], &d->arena, d->err);
        else if (rap_slice_is(fact[i].name, "called off"))
            status = rap_sqlite_behind(d->store, &fact[i], RAP_ENTRY_MEETING, &d->arena,
                                       d->err);
    }
    d->facts.fact = fact;
    return status;
}

/* The entries of meetings and documents. */
static rap_status find_joined(dispute *d)
{
    static const char sql[] =
        "SELECT er.entry FROM entry_reading er JOIN entry e ON e.number = er.entry"
        " WHERE er.reading = ?1 AND e.kind = ?2";
    rap_status status = RAP_OK;
    d->entry = rap_new(&d->arena, int64_t, d->facts.count);
    if (!d->entry) return no_memory(d);
    for (uint32_t i = 0; !status && i < d->facts.count; i++) {
        sqlite3_stmt *s;
        status = rap_sqlite_cached(d->store, sql, &s, d->err);
        if (status) break;
        (void)sqlite3_bind_int64(s, 1, d->facts.number[i]);
        rap_sqlite_bind(s, 2, rap_entry_kind_name(d->kind));
        const int step = sqlite3_step(s);
        d->entry[i] = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
        if (step != SQLITE_ROW && step != SQLITE_DONE)
            status = rap_sqlite_fail(d->store, d->err);
        (void)sqlite3_reset(s);
    }
    return status;
}

static rap_status join(dispute *d, rap_entry_kind kind)
{
    d->kind = kind;
    const bool joined = kind == RAP_ENTRY_MEETING || kind == RAP_ENTRY_DOCUMENT;
    rap_status status =
        rap_sqlite_near(d->store, d->document, kind,
                        joined ? kind : RAP_ENTRY_DISAGREEMENT, &d->arena, d->err);
    if (!status)
        status = rap_sqlite_load_facts(d->store, d->document, kind, &d->arena,
                                       &d->facts, d->err);
    if (!status && kind == RAP_ENTRY_DETAIL) status = find_entries(d);
    if (!status && joined) status = find_joined(d);
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
                                          RAP_ENTRY_COMMITMENT, RAP_ENTRY_MEETING,
                                          RAP_ENTRY_DOCUMENT};
    dispute d = {.store = store,
                 .document = document,
                 .err = err,
                 .arena = RAP_ARENA(SIZE_MAX / 4)};
    rap_arena words = RAP_ARENA(SIZE_MAX / 4);
    d.stories = (sqlite_stories){.store = store, .arena = &words};
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
