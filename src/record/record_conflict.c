/*
 * record_conflict.c - do two details contradict each other?
 *
 * Method  amounts of one thing, told in the same words, whose ranges do not meet; and two
 *         offices of one person that cannot be two wordings of one. "About 2,000" and
 *         "thousands" agree; so do "2025" and "November 2025": precision is no conflict.
 */
#include "record_private.h"

/* Enough of the same words around both amounts? */
static bool same_matter(const rap_fact *a, const rap_fact *b, uint32_t least)
{
    uint32_t smaller;
    const uint32_t shared = rap_terms_shared(a->terms, b->terms, &smaller);
    return shared >= least && shared * 4 >= smaller;
}

const char *rap_record_conflict(const rap_fact *a, const rap_fact *b, rap_arena *arena)
{
    if (a->document == b->document || !rap_slice_equal(a->type, b->type)) return NULL;
    if (rap_slice_is(a->type, "role")) return NULL;
    if (!rap_slice_equal(a->name, b->name)) return NULL;
    if (a->low <= b->high && b->low <= a->high) return NULL;
    const bool length = rap_slice_is(a->type, "length");
    if (!same_matter(a, b, length ? 2 : 2)) return NULL;
    return rap_arena_printf(arena, "%s", length ? "length" : "number");
}
