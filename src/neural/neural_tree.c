/*
 * neural_tree.c - the best tree with one root, from the scores of all heads.
 *
 * Method  each word takes its best head; where that makes no tree, cycles are contracted
 *         along growing paths (Chu and Liu 1965, Edmonds 1967; paths after Gabow et al.
 *         1986). The root is the word that scores best as one.
 * Cost    linear in the scores.
 */
#include <string.h>

#include "neural_private.h"

enum { SLOTS = RAP_NET_WINDOW + 1, NODES = 2 * SLOTS, NO_NODE = 0xFFFF };
static const float BARRED = -1e9f;

typedef struct edge { /* a dependent and its head; 0 is the root */
    uint16_t from, to;
} edge;

/* Nodes are words (1..count) and, from count + 1, the cycles that were contracted; the
 * weights of a node stand in a slot, which a cycle takes over from one of its members. */
typedef struct growth {
    uint32_t size; /* slots: count + 1 */
    tree_work *work;
    uint16_t slot[NODES], parent[NODES], node_of[SLOTS];
    edge best[NODES];
    float best_weight[NODES];
    bool done[NODES], on_path[NODES], gone[SLOTS];
    uint16_t path[NODES];
    uint32_t nodes, length;
} growth;

static float *weight_of(const growth *g, uint32_t slot, uint32_t head)
{
    return &g->work->weight[(size_t)slot * g->size + head];
}

/* The head of each word that scores best; false if they do not make a tree. */
static bool best_heads(const float *score, uint32_t count, uint16_t *head)
{
    uint32_t roots = 0;
    for (uint32_t i = 0; i < count; i++) {
        const float *row = score + (size_t)i * (count + 1);
        uint32_t best = 0;
        for (uint32_t j = 1; j <= count; j++)
            if (j != i + 1 && row[j] > row[best]) best = j;
        head[i] = (uint16_t)best;
        roots += best == 0;
    }
    return roots == 1;
}

static bool is_tree(const uint16_t *head, uint32_t count, uint16_t *mark)
{
    memset(mark, 0, (count + 1) * sizeof *mark);
    for (uint32_t i = 1; i <= count; i++) {
        uint32_t at = i;
        while (at && !mark[at]) {
            mark[at] = (uint16_t)i;
            at = head[at - 1];
        }
        if (at && mark[at] == i) return false;
    }
    return true;
}

static uint32_t best_root(const float *score, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (score[(size_t)i * (count + 1)] > score[(size_t)best * (count + 1)])
            best = i;
    return best;
}

static void growth_begin(growth *g, const float *score, uint32_t count, tree_work *work)
{
    memset(g, 0, sizeof *g);
    g->work = work;
    g->size = count + 1;
    g->nodes = count + 1;
    const uint32_t root = best_root(score, count);
    for (uint32_t node = 0; node < NODES; node++) g->parent[node] = NO_NODE;
    for (uint32_t s = 0; s <= count; s++) {
        g->slot[s] = g->node_of[s] = (uint16_t)s;
        for (uint32_t j = 0; s && j <= count; j++) {
            const bool barred = j == s || (j == 0) != (s == root + 1);
            const size_t at = (size_t)s * g->size + j;
            work->weight[at] = barred ? BARRED : score[(size_t)(s - 1) * g->size + j];
            work->from[at] = (uint16_t)s;
            work->to[at] = (uint16_t)j;
        }
    }
    g->done[0] = true;
}

/* The best head of the node at the end of the path: its slot. */
static uint32_t choose(growth *g, uint32_t node)
{
    const uint32_t slot = g->slot[node];
    uint32_t best = NO_NODE;
    for (uint32_t j = 0; j < g->size; j++)
        if (j != slot && !g->gone[j] &&
            (best == NO_NODE || *weight_of(g, slot, j) > *weight_of(g, slot, best)))
            best = j;
    const size_t at = (size_t)slot * g->size + best;
    g->best[node] = (edge){g->work->from[at], g->work->to[at]};
    g->best_weight[node] = g->work->weight[at];
    return best;
}

/* Member `slot` of a cycle flows into slot `into`: the better edge of the two stays,
 * where an edge into a member is worth what it gains over the member's own. */
static void merge(growth *g, uint32_t into, uint32_t slot, float lost, bool first)
{
    tree_work *work = g->work;
    for (uint32_t j = 0; j < g->size; j++) {
        const size_t a = (size_t)into * g->size + j, b = (size_t)slot * g->size + j;
        const float in = work->weight[b] - lost;
        if (first || in > work->weight[a]) {
            work->weight[a] = in;
            work->from[a] = work->from[b];
            work->to[a] = work->to[b];
        }
        const size_t c = (size_t)j * g->size + into, d = (size_t)j * g->size + slot;
        if (j && !first && work->weight[d] > work->weight[c]) {
            work->weight[c] = work->weight[d];
            work->from[c] = work->from[d];
            work->to[c] = work->to[d];
        }
    }
}

/* The path from `node` to its end becomes one node, the new end. */
static void contract(growth *g, uint32_t node)
{
    const uint32_t made = g->nodes++;
    const uint32_t into = g->slot[node];
    bool first = true;
    uint32_t begin = g->length;
    while (g->path[begin - 1] != node) begin--;
    for (uint32_t i = begin - 1; i < g->length; i++) {
        const uint32_t member = g->path[i];
        merge(g, into, g->slot[member], g->best_weight[member], first);
        first = false;
        g->parent[member] = (uint16_t)made;
        g->on_path[member] = false;
        g->gone[g->slot[member]] = true;
    }
    g->gone[into] = false;
    g->slot[made] = (uint16_t)into;
    g->node_of[into] = (uint16_t)made;
    g->length = begin - 1;
    g->path[g->length++] = (uint16_t)made;
    g->on_path[made] = true;
}

static void grow_from(growth *g, uint32_t node)
{
    g->length = 0;
    g->path[g->length++] = (uint16_t)node;
    g->on_path[node] = true;
    for (;;) {
        const uint32_t head = g->node_of[choose(g, g->path[g->length - 1])];
        if (g->done[head]) break;
        if (g->on_path[head]) {
            contract(g, head);
        } else {
            g->path[g->length++] = (uint16_t)head;
            g->on_path[head] = true;
        }
    }
    for (uint32_t i = 0; i < g->length; i++) {
        g->done[g->path[i]] = true;
        g->on_path[g->path[i]] = false;
    }
}

/* The edge into a cycle replaces that of the member which it enters. */
static void expand(growth *g, uint32_t count, uint16_t *head)
{
    for (uint32_t made = g->nodes - 1; made > count; made--) {
        const edge e = g->best[made];
        uint32_t member = e.from;
        while (g->parent[member] != made) member = g->parent[member];
        g->best[member] = e;
    }
    for (uint32_t i = 1; i <= count; i++) head[i - 1] = g->best[i].to;
}

void net_tree(const float *score, uint32_t count, tree_work *work, uint16_t *head)
{
    assert(count && count <= RAP_NET_WINDOW);
    if (best_heads(score, count, head) && is_tree(head, count, work->mark)) return;
    growth g;
    growth_begin(&g, score, count, work);
    for (uint32_t i = 1; i <= count; i++) {
        uint32_t top = i;
        while (g.parent[top] != NO_NODE) top = g.parent[top];
        if (!g.done[top]) grow_from(&g, top);
    }
    expand(&g, count, head);
}
