/*
 * record.c - the order of facts, the ids of entries; see record.h.
 */
#include "record_private.h"

#include <stdlib.h>

const char *rap_entry_kind_name(rap_entry_kind kind)
{
    static const char *const name[] = {
        "meeting",  "statement",    "event",   "document", "commitment",
        "position", "disagreement", "variant", "passage",  "detail"};
    return name[kind];
}

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

rap_status rap_record_join(const rap_fact *fact, uint32_t count, rap_arena *arena,
                           rap_arena *scratch, rap_joint *out, rap_error *err)
{
    *out = (rap_joint){0};
    if (count &&
        (fact[0].kind == RAP_ENTRY_DOCUMENT || fact[0].kind == RAP_ENTRY_COMMITMENT))
        return rap_record_cluster(fact, count, NULL, arena, scratch, out, err);
    return rap_record_meetings(fact, count, arena, scratch, out, err);
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
