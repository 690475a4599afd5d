/*
 * record_party.c - parties of two facts compared.
 *
 * Method  by key; a state and whoever acts for it are one party, as are a person of a
 *         rebel movement and that movement; two persons of one country are two.
 */
#include "record_private.h"
#include "text.h"

static bool has_key(const rap_fact *f, rap_slice key)
{
    for (uint32_t i = 0; i < f->who_count; i++)
        if (rap_same_person(f->who[i], key)) return true;
    return false;
}

/* The state itself, an unnamed body of its people ("the delegation of A"), or the
 * movement that a rebel speaks for. */
static bool stands_for_country(const rap_fact *f, uint32_t i)
{
    const bool movement = rap_slice_ends(f->country[i], RAP_REBELS) &&
                          rap_slice_starts(f->who[i], "org:");
    return movement || rap_slice_equal(f->who[i], f->country[i]) ||
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

bool rap_parties_within(const rap_fact *part, const rap_fact *whole)
{
    return common_parties(part, whole) == rap_parties_of(part);
}

bool rap_parties_equal(const rap_fact *a, const rap_fact *b)
{
    return a->who_count && rap_parties_within(a, b) && rap_parties_within(b, a);
}

/* Both name somebody for one country, and never the same: other people, another
 * meeting. */
bool rap_parties_clash(const rap_fact *a, const rap_fact *b)
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
