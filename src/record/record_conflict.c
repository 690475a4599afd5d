/*
 * record_conflict.c - do two details contradict each other?
 *
 * Method  amounts of one thing, told in the same words, whose ranges do not meet; and two
 *         offices of one person. "About 2,000" and "thousands" agree: what is only less
 *         precise is no conflict. Names of states and persons are on every page of a
 *         process and do not make two passages one matter.
 */
#include "record_private.h"

#include "text.h"

/* "Thousands" beside "about 2,000": how many times the lower end the upper one is. */
static const double ROUGH = 5, CLOSE = 1.6;
/* A stance read by its verb, on an issue that its words name. */
static const float SURE = 0.65f;

enum {
    MOST_HOURS = 48,
    LARGE = 1000,
    FEW_DAYS = 7,
    CLOSE_DAYS = 3,
    MOST_SHIFT = 400,
    MOST_TIMES = 4,
    SEASON = 400,
    ANSWER_BYTES = 300
};

static bool tells_apart(rap_slice term)
{
    if (rap_slice_starts(term, "person:") || rap_slice_starts(term, "group:"))
        return false;
    for (uint32_t i = 0; i < term.len; i++)
        if (term.at[i] < 'A' || term.at[i] > 'Z') return true;
    return false; /* a country's code */
}

/* The number of a word's sense; RAP_NONE: it has none. */
static uint32_t sense_of(rap_slice word, const rap_map *senses)
{
    const uint32_t sense = senses ? rap_map_get(senses, word) : RAP_NONE;
    return sense != RAP_NONE && sense >= RAP_RECORD_SENSE ? sense : RAP_NONE;
}

static bool has(rap_slice list, rap_slice term, const rap_map *senses)
{
    const uint32_t sense = sense_of(term, senses);
    rap_slice part;
    while (rap_split_next(&list, ' ', &part))
        if (rap_slice_equal(part, term) ||
            (sense != RAP_NONE && sense_of(part, senses) == sense))
            return true;
    return false;
}

/* Words in common that tell one matter from another; *smaller: of so many. */
static uint32_t telling(const rap_fact *a, const rap_fact *b, const rap_map *senses,
                        uint32_t *smaller)
{
    uint32_t n = 0, of_a = 0, of_b = 0;
    rap_slice list = a->terms, part;
    while (rap_split_next(&list, ' ', &part)) {
        if (!tells_apart(part)) continue;
        of_a++;
        n += has(b->terms, part, senses);
    }
    list = b->terms;
    while (rap_split_next(&list, ' ', &part)) of_b += tells_apart(part);
    *smaller = of_a < of_b ? of_a : of_b;
    return n;
}

static bool same_day(const rap_fact *a, const rap_fact *b)
{
    return a->earliest != RAP_NO_DAY && a->earliest == a->latest &&
           b->earliest == a->earliest && b->latest == a->latest;
}

static bool same_person(const rap_fact *a, const rap_fact *b)
{
    return a->who_count && b->who_count && rap_same_person(a->who[0], b->who[0]);
}

static bool shares_place(const rap_fact *a, const rap_fact *b)
{
    rap_slice list = a->terms, part;
    while (rap_split_next(&list, ' ', &part))
        if (rap_slice_starts(part, "place:") && has(b->terms, part, NULL)) return true;
    return false;
}

/* One thing at one place, told of days that lie close: a slip, or another count. */
static bool same_occasion(const rap_fact *a, const rap_fact *b)
{
    uint32_t smaller;
    const double gap = a->low - b->low; /* days */
    if (gap > CLOSE_DAYS || gap < -CLOSE_DAYS || !shares_place(a, b)) return false;
    const uint32_t n = telling(a, b, NULL, &smaller);
    return n >= 3 && n * 5 >= smaller * 2;
}

static bool days_close(const rap_fact *a, const rap_fact *b)
{
    if (a->earliest == RAP_NO_DAY || b->earliest == RAP_NO_DAY) return false;
    const int64_t gap = (int64_t)a->earliest - b->earliest;
    return gap <= 2 * FEW_DAYS && gap >= -2 * FEW_DAYS;
}

static bool in_one_week(const rap_fact *a, const rap_fact *b)
{
    if (a->earliest == RAP_NO_DAY || b->earliest == RAP_NO_DAY) return false;
    const int64_t gap = (int64_t)a->earliest - b->earliest;
    return gap <= FEW_DAYS && gap >= -FEW_DAYS;
}

/* Told within a year or so, as far as it is known when. */
static bool told_together(const rap_fact *a, const rap_fact *b)
{
    if (a->earliest == RAP_NO_DAY || b->earliest == RAP_NO_DAY) return true;
    const int64_t gap = (int64_t)a->earliest - b->earliest;
    return gap <= SEASON && gap >= -SEASON;
}

/* The dead of a war, or of one attack. */
static bool same_toll(const rap_fact *a, const rap_fact *b, const rap_map *senses)
{
    uint32_t smaller;
    if (!rap_slice_equal(a->name, b->name)) return false;
    if (a->low >= LARGE && b->low >= LARGE) return told_together(a, b);
    if (a->low >= LARGE || b->low >= LARGE || !same_day(a, b)) return false;
    return shares_place(a, b) || telling(a, b, senses, &smaller) >= 2;
}

/* "length of talks", "length of fighting" */
static bool is_process(const rap_fact *f)
{
    return rap_slice_is(f->type, "length") && rap_slice_starts(f->name, "length of");
}

/* Whom a side was led by, why something failed, of how many a document is, whose land is. */
static bool is_account(const rap_fact *f)
{
    static const char *const type[] = {"leader", "reason", "sides", "belonging",
                                       "participants"};
    for (uint32_t i = 0; i < sizeof type / sizeof *type; i++)
        if (rap_slice_is(f->type, type[i])) return true;
    return false;
}

static bool same_account(const rap_fact *a, const rap_fact *b)
{
    const bool placed = a->place.len && rap_slice_equal(a->place, b->place);
    if (!rap_slice_equal(a->name, b->name)) return false;
    if (rap_slice_is(a->type, "belonging")) /* to one state, or to none */
        return !a->terms.len || !b->terms.len || rap_slice_equal(a->terms, b->terms);
    if (rap_slice_is(a->type, "sides") || rap_slice_is(a->type, "participants"))
        return placed;
    if (rap_slice_is(a->type, "reason") && a->who_count && b->who_count &&
        !rap_in_common(a, b))
        return false;
    return placed || (!a->place.len && !b->place.len && in_one_week(a, b));
}

/* Other reasons have no word in common. */
static bool other_account(const rap_fact *a, const rap_fact *b)
{
    uint32_t smaller;
    if (rap_slice_is(a->type, "leader") || rap_slice_is(a->type, "participants"))
        return !same_person(a, b);
    if (!rap_slice_is(a->type, "reason")) return a->low != b->low;
    return !telling(a, b, NULL, &smaller) && smaller;
}

bool rap_record_needs_story(const rap_fact *fact)
{
    return !rap_slice_is(fact->type, "role") && !rap_slice_is(fact->type, "rank");
}

/* The same talks, as far as one story tells of one: lengths of a kind, told in one week. */
static bool same_process(const rap_fact *a, const rap_fact *b)
{
    const double more = a->high > b->high ? a->high : b->high,
                 less = a->low < b->low ? a->low : b->low;
    return less > 0 && in_one_week(a, b) && more / less <= MOST_TIMES;
}

bool rap_record_same_matter(const rap_fact *a, const rap_fact *b, bool story,
                            const rap_map *senses)
{
    uint32_t smaller;
    if (!rap_slice_equal(a->type, b->type)) return false;
    if (is_account(a)) return same_account(a, b);
    if (rap_slice_is(a->type, "role") || rap_slice_is(a->type, "rank"))
        return same_person(a, b);
    if (rap_slice_is(a->type, "day")) return same_occasion(a, b);
    if (rap_slice_is(a->type, "toll")) return same_toll(a, b, senses);
    const bool lengths = rap_slice_is(a->type, "length");
    if (story && is_process(a) && rap_slice_equal(a->name, b->name))
        return same_process(a, b);
    if (!lengths && !rap_slice_equal(a->name, b->name)) return false;
    if (rap_slice_is(a->type, "content")) /* of one document, as the store knows it */
        return a->place.len && rap_slice_equal(a->place, b->place);
    const uint32_t n = telling(a, b, NULL, &smaller);
    if (rap_slice_is(a->type, "sum")) /* of many things in one article */
        return n >= 2 && n * 5 >= smaller * 4;
    if (n >= 3 && n * 2 >= smaller) return true;
    if (lengths) /* how long one thing took on one day */
        return n && same_day(a, b) && a->high < MOST_HOURS && b->high < MOST_HOURS;
    if (n >= 2 && n * 3 >= smaller * 2) return true;
    /* "will send forty observers", "fifty observers would be sent": in few words all agree */
    if (story && !lengths && n && n * 2 >= smaller && days_close(a, b) &&
        telling(a, b, senses, &smaller) * 2 > smaller)
        return true;
    return n && a->low >= LARGE && b->low >= LARGE;
}

bool rap_record_less_precise(const rap_fact *a, const rap_fact *b, bool story,
                             const rap_map *senses)
{
    if (a->document == b->document || !rap_record_same_matter(a, b, story, senses))
        return false;
    if (a->low > b->high || b->low > a->high) return false;
    if (rap_slice_is(a->type, "length")) /* "150 days", "five months" */
        return a->low != b->low && a->high != b->high;
    const bool counted = rap_slice_is(a->type, "number") ||
                         rap_slice_is(a->type, "sum") || rap_slice_is(a->type, "toll");
    if (!counted || a->low <= 0 || b->low <= 0) return false;
    const double wide_a = a->high / a->low, wide_b = b->high / b->low;
    return wide_a > wide_b ? wide_a > ROUGH && wide_b < CLOSE
                           : wide_b > ROUGH && wide_a < CLOSE;
}

bool rap_record_conflict(const rap_fact *a, const rap_fact *b, bool story,
                         const rap_map *senses)
{
    if (a->document == b->document || !rap_record_same_matter(a, b, story, senses))
        return false;
    if (is_account(a)) return other_account(a, b);
    return a->low > b->high || b->low > a->high;
}

/* ---- duties and meetings ------------------------------------------------------------ */

static bool days_meet(rap_day a, rap_day b, rap_day c, rap_day d)
{
    return a <= d && c <= b;
}

/* "group:…:tigrayan fighters#1", "group::fighters#2": the last word of what they are called. */
static rap_slice head_of(rap_slice key)
{
    if (!rap_slice_starts(key, "group:")) return (rap_slice){0};
    const uint32_t end = rap_slice_find(key, RAP_LIT("#"), 0);
    uint32_t begin = end;
    while (begin && key.at[begin - 1] != ' ' && key.at[begin - 1] != ':') begin--;
    return rap_slice_sub(key, begin, end);
}

/* Who owes it: a party of both, bodies called alike, or nobody named in one of them. */
static bool same_debtor(const rap_fact *a, const rap_fact *b)
{
    if (!a->who_count || !b->who_count || rap_in_common(a, b)) return true;
    for (uint32_t i = 0; i < a->who_count; i++)
        for (uint32_t k = 0; k < b->who_count; k++) {
            const rap_slice head = head_of(a->who[i]);
            if (head.len && rap_slice_equal(head, head_of(b->who[k]))) return true;
        }
    return false;
}

bool rap_record_other_due(const rap_fact *a, const rap_fact *b, const rap_map *senses)
{
    uint32_t smaller;
    if (a->document == b->document) return false;
    if (a->due_latest == RAP_NO_DAY || b->due_latest == RAP_NO_DAY) return false;
    if (a->due_earliest == RAP_NO_DAY || b->due_earliest == RAP_NO_DAY) return false;
    if (days_meet(a->due_earliest, a->due_latest, b->due_earliest, b->due_latest))
        return false;
    const int64_t gap = (int64_t)a->due_latest - b->due_latest;
    if (gap > MOST_SHIFT || gap < -MOST_SHIFT || !same_debtor(a, b)) return false;
    const uint32_t n = telling(a, b, senses, &smaller);
    return n >= 2 && n * 3 >= smaller;
}

static bool is_day(const rap_fact *f)
{
    return f->earliest != RAP_NO_DAY && f->earliest == f->latest;
}

bool rap_record_other_plan(const rap_fact *a, const rap_fact *b)
{
    if (a->kind != RAP_ENTRY_MEETING || a->document == b->document) return false;
    if (!a->planned || !b->planned || !is_day(a) || !is_day(b)) return false;
    const int64_t gap = (int64_t)a->earliest - b->earliest;
    if (!gap || gap > CLOSE_DAYS || gap < -CLOSE_DAYS) return false;
    const uint32_t n = rap_parties_of(a), m = rap_parties_of(b), least = n < m ? n : m;
    return least > 1 && rap_in_common(a, b) >= least;
}

const char *rap_record_other_meeting(const rap_fact *a, const rap_fact *b)
{
    if (a->document == b->document) return NULL;
    /* towns of one state may be each other's suburbs */
    if (a->place_code.len && b->place_code.len && a->place_key.len &&
        b->place_key.len && !rap_slice_equal(a->place_code, b->place_code))
        return "place";
    const bool days = is_day(a) && is_day(b) && a->earliest != b->earliest;
    return days ? "day" : NULL;
}

/* ---- stances ------------------------------------------------------------------------ */

static int direction(rap_slice stance)
{
    static const char *const toward[] = {"supports", "proposes", "demands", "concedes"};
    static const char *const against[] = {"rejects", "opposes"};
    for (uint32_t i = 0; i < 4; i++)
        if (rap_slice_is(stance, toward[i])) return 1;
    for (uint32_t i = 0; i < 2; i++)
        if (rap_slice_is(stance, against[i])) return -1;
    return 0;
}

/* Surely read, and on the matter itself: what one demands another may reject in part. */
static bool is_for_or_against(const rap_fact *f)
{
    return f->confidence >= SURE && !rap_slice_is(f->type, "demands") &&
           !rap_slice_is(f->type, "concedes");
}

/* Days that lie close, or may be the same. */
static bool same_days(const rap_fact *a, const rap_fact *b)
{
    if (a->earliest == RAP_NO_DAY || b->earliest == RAP_NO_DAY) return false;
    if (a->latest == RAP_NO_DAY || b->latest == RAP_NO_DAY) return false;
    return (int64_t)a->earliest <= (int64_t)b->latest + FEW_DAYS &&
           (int64_t)b->earliest <= (int64_t)a->latest + FEW_DAYS;
}

bool rap_record_opposed(const rap_fact *a, const rap_fact *b, bool story)
{
    uint32_t smaller;
    if (!rap_slice_equal(a->name, b->name) || !same_days(a, b)) return false;
    if (direction(a->type) * direction(b->type) >= 0 || rap_in_common(a, b))
        return false;
    /* a clause in a clause is the same stance told twice, unless a proposal is rejected */
    if (a->document == b->document && rap_span_overlaps(a->anchor, b->anchor) &&
        !rap_slice_is(a->type, "proposes") && !rap_slice_is(b->type, "proposes"))
        return false;
    const uint32_t n = telling(a, b, NULL, &smaller);
    if (a->document == b->document) return n >= 3; /* one report, one choice of words */
    if (!story) return false;                      /* one issue of two conflicts */
    if (is_for_or_against(a) && is_for_or_against(b)) return true;
    return n >= 2 || (n && smaller < 3);
}

bool rap_record_answers(const rap_fact *answer, const rap_fact *proposal)
{
    if (answer->document != proposal->document || direction(answer->type) >= 0)
        return false;
    if (!rap_slice_is(proposal->type, "proposes")) return false;
    for (uint32_t i = 0; i < answer->who_count; i++)
        for (uint32_t k = 0; k < proposal->who_count; k++)
            if (rap_slice_equal(answer->who[i], proposal->who[k])) return false;
    if (!rap_slice_equal(answer->name, proposal->name) || !same_days(answer, proposal))
        return false;
    return proposal->anchor.end <= answer->anchor.begin &&
           answer->anchor.begin - proposal->anchor.end <= ANSWER_BYTES;
}
