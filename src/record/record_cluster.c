/*
 * record_cluster.c - documents and commitments of many reports as entries.
 *
 * Method  facts are taken in order; each goes to the first group (by its blocks) that has a
 *         member it is one with and none that speaks against it.
 * Cost    facts times blocks times CANDIDATES judgements, however many facts there are.
 */
#include "record_private.h"
#include "text.h"

enum { CANDIDATES = 48, MEMBERS = 64 };

typedef struct link { /* one group under one block */
    uint32_t group, next;
} link;

typedef struct member {
    uint32_t fact, next;
} member;

typedef struct clustering {
    const rap_fact *fact;
    const rap_map *stop; /* variants: words without content */
    rap_arena *arena, *scratch;
    rap_map block; /* 8 bytes of a block -> last link */
    RAP_LIST(link) links;
    RAP_LIST(uint32_t) groups; /* first member of each, index into `members` */
    RAP_LIST(member) members;
    uint32_t *of_fact; /* [facts] group */
    const char **why;  /* [facts] */
} clustering;

static verdict judge(const clustering *c, uint32_t a, uint32_t b, const char **why)
{
    const rap_fact *f = &c->fact[a], *g = &c->fact[b];
    *why = NULL;
    if (f->kind == RAP_ENTRY_STATEMENT)
        return rap_judge_variant(f, g, c->stop, c->arena, why);
    return f->kind == RAP_ENTRY_DOCUMENT ? rap_judge_document(f, g, c->arena, why)
                                         : rap_judge_commitment(f, g, c->arena, why);
}

/* Why `fact` belongs to `group`; NULL: it does not. *nomem: the reason found no room. */
static const char *fits(const clustering *c, uint32_t fact, uint32_t group, bool *nomem)
{
    const char *found = NULL;
    uint32_t seen = 0, agree = 0;
    for (uint32_t m = c->groups.at[group]; m != RAP_NONE && seen < MEMBERS;
         m = c->members.at[m].next, seen++) {
        const char *why;
        const verdict v = judge(c, fact, c->members.at[m].fact, &why);
        if (v == VERDICT_NEVER) return NULL;
        if (v != VERDICT_ONE) continue;
        agree++;
        *nomem |= !why;
        if (!found) found = why;
    }
    /* a wording that holds two others does not make one of them */
    const bool variant = c->fact[fact].kind == RAP_ENTRY_STATEMENT;
    return variant && agree * 2 <= seen ? NULL : found;
}

static bool join_group(clustering *c, uint32_t fact, uint32_t group)
{
    assert(c->groups.at);
    const member m = {fact, c->groups.at[group]};
    if (!rap_push(c->scratch, &c->members, m)) return false;
    c->groups.at[group] = c->members.count - 1;
    c->of_fact[fact] = group;
    return true;
}

static bool open_group(clustering *c, uint32_t fact)
{
    return rap_push(c->scratch, &c->groups, RAP_NONE) &&
           join_group(c, fact, c->groups.count - 1);
}

static bool note_block(clustering *c, const uint64_t *block, uint32_t group)
{
    const rap_slice key =
        rap_arena_copy(c->scratch, (rap_slice){(const char *)block, sizeof *block});
    uint32_t *last = key.at ? rap_map_put(&c->block, c->scratch, key) : NULL;
    if (!last) return false;
    assert(*last == RAP_NONE || c->links.at);
    if (*last != RAP_NONE && c->links.at[*last].group == group) return true;
    if (!rap_push(c->scratch, &c->links, (link){group, *last})) return false;
    *last = c->links.count - 1;
    return true;
}

static bool place(clustering *c, uint32_t fact)
{
    uint64_t block[RAP_RECORD_BLOCKS];
    const uint32_t blocks = rap_record_blocks(&c->fact[fact], block);
    bool nomem = false, placed = false;
    for (uint32_t b = 0; b < blocks && !placed; b++) {
        const rap_slice key = {(const char *)&block[b], sizeof block[b]};
        uint32_t seen = 0;
        for (uint32_t l = rap_map_get(&c->block, key);
             l != RAP_NONE && !placed && seen < CANDIDATES;
             l = c->links.at[l].next, seen++) {
            const char *why = fits(c, fact, c->links.at[l].group, &nomem);
            if (nomem) return false;
            if (!why) continue;
            c->why[fact] = why;
            if (!join_group(c, fact, c->links.at[l].group)) return false;
            placed = true;
        }
    }
    if (!placed && !open_group(c, fact)) return false;
    for (uint32_t b = 0; b < blocks; b++)
        if (!note_block(c, &block[b], c->of_fact[fact])) return false;
    return true;
}

rap_status rap_record_cluster(const rap_fact *fact, uint32_t count, const rap_map *stop,
                              rap_arena *arena, rap_arena *scratch, rap_joint *out,
                              rap_error *err)
{
    clustering c = {.fact = fact, .stop = stop, .arena = arena, .scratch = scratch};
    const uint32_t *order = rap_record_order(fact, count, scratch);
    c.of_fact = rap_new(arena, uint32_t, count);
    c.why = rap_new(arena, const char *, count);
    bool whole = order && c.of_fact && c.why;
    for (uint32_t i = 0; whole && i < count; i++) c.why[i] = "";
    for (uint32_t i = 0; whole && i < count; i++) whole = place(&c, order[i]);
    if (!whole)
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory to join %u readings", count);
    *out = (rap_joint){c.of_fact, c.groups.count, c.why};
    return RAP_OK;
}

rap_status rap_record_variants(const rap_fact *fact, uint32_t count,
                               const rap_map *stop, rap_arena *arena,
                               rap_arena *scratch, rap_joint *out, rap_error *err)
{
    return rap_record_cluster(fact, count, stop, arena, scratch, out, err);
}
