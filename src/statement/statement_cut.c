/*
 * statement_cut.c - the readings of one cue, each with less of its words: a content often
 * ends before the reporter's own clause, and a tree often hangs that clause on it.
 *
 * Reads   the readings in w->made.
 * Writes  shorter ones behind them.
 * Method  before each dependent at the right edge of the content, a few levels down;
 *         behind what stands before "that"; one piece of two; the quotation inside.
 * Cost    levels and dependents are bounded.
 */
#include "statement_tree.h"

enum {
    LEVELS_MOST = 4,
    CHILDREN_MOST = 24,
    CUTS_MOST = 8,
    HEAD_MOST = 60,
    QUOTE_MOST = 80,
    AFTER_MOST = 16
};

/* What may be no part of what was said: never an object, a subject, a word of a name. */
static bool is_loose(rap_relation r)
{
    switch (r) {
    case RAP_REL_ACL:
    case RAP_REL_ACL_RELCL:
    case RAP_REL_ADVCL:
    case RAP_REL_ADVCL_RELCL:
    case RAP_REL_ADVMOD:
    case RAP_REL_APPOS:
    case RAP_REL_CCOMP:
    case RAP_REL_CONJ:
    case RAP_REL_DEP:
    case RAP_REL_DISLOCATED:
    case RAP_REL_LIST:
    case RAP_REL_NMOD:
    case RAP_REL_NMOD_UNMARKED:
    case RAP_REL_OBL:
    case RAP_REL_OBL_AGENT:
    case RAP_REL_OBL_UNMARKED:
    case RAP_REL_PARATAXIS:
    case RAP_REL_XCOMP:
        return true;
    default:
        return false;
    }
}

uint32_t tree_head_in(const page *p, range r)
{
    for (uint32_t t = r.first; t <= r.last && t < r.first + HEAD_MOST; t++) {
        const uint32_t up = p->syntax->head[t];
        if (up >= r.first && up <= r.last && up != t) continue;
        if (upos_at(p, t) != RAP_PUNCT) return t;
    }
    return r.first;
}

static bool same_content(const candidate *a, const candidate *b)
{
    if (a->contents != b->contents) return false;
    for (uint32_t i = 0; i < a->contents; i++)
        if (a->content[i].first != b->content[i].first ||
            a->content[i].last != b->content[i].last)
            return false;
    return true;
}

/* `c` as one more reading, unless one of its kind has the same words. */
static void keep_shorter(tree *w, const candidate *c)
{
    if (w->count >= CANDIDATES_MOST) return;
    for (uint32_t i = 0; i < w->count; i++)
        if (same_content(&w->made[i], c)) return;
    w->made[w->count++] = *c;
}

typedef struct cutting { /* the cuts of one reading */
    tree *w;
    uint32_t index;  /* of the reading in w->made */
    uint32_t before; /* readings when it began */
    range whole;     /* its last piece */
} cutting;

static void cut_before(cutting *k, uint32_t t, uint32_t level)
{
    const tree *w = k->w;
    const uint32_t begin = w->low[t];
    if (begin <= k->whole.first || w->count - k->before >= CUTS_MOST) return;
    candidate c = w->made[k->index];
    const range rest = tree_trimmed(w->page, (range){k->whole.first, begin - 1});
    if (!range_is(rest)) return;
    c.content[c.contents - 1] = rest;
    c.cut = CUT_TAIL;
    c.tail = begin;
    c.end = k->whole.last;
    c.loose = relation_at(w, t);
    c.level = level;
    keep_shorter(k->w, &c);
}

/* Before each dependent of `at` on its right; the last of them goes on to the edge. */
static uint32_t cut_children(cutting *k, uint32_t at, uint32_t level)
{
    const tree *w = k->w;
    uint32_t last = RAP_NONE;
    const uint32_t end = w->from[at + 1];
    for (uint32_t i = w->from[at], n = 0; i < end && n < CHILDREN_MOST; i++) {
        const uint32_t t = w->child[i];
        if (t <= k->whole.first || t <= at || t > k->whole.last) continue;
        n++;
        if (upos_at(w->page, t) == RAP_PUNCT) continue;
        last = t;
        if (is_loose(relation_at(w, t))) cut_before(k, t, level);
    }
    return last;
}

static void cut_tails(tree *w, uint32_t index)
{
    const candidate *base = &w->made[index];
    cutting k = {w, index, w->count, base->content[base->contents - 1]};
    uint32_t at = tree_head_in(w->page, k.whole);
    if (at != base->head) {
        const uint32_t own = cut_children(&k, base->head, 0); /* siblings */
        if (own != RAP_NONE && own > at) at = own;
    }
    for (uint32_t level = 1; level <= LEVELS_MOST && at != RAP_NONE; level++)
        at = cut_children(&k, at, level);
    w->made[index].cuts = w->count - k.before;
}

/* ", when asked, that the road is open": from "that" on. */
static void cut_front(tree *w, uint32_t index)
{
    candidate c = w->made[index];
    const range r = c.content[c.contents - 1];
    const uint32_t at = tree_head_in(w->page, r);
    const uint32_t end = w->from[at + 1];
    for (uint32_t i = w->from[at], n = 0; i < end && n < CHILDREN_MOST; i++, n++) {
        const uint32_t t = w->child[i];
        if (t <= r.first || t > r.last || relation_at(w, t) != RAP_REL_MARK) continue;
        if (!(classes_at(w->page, t) & CLASS_THAT)) continue;
        c.content[c.contents - 1].first = t;
        c.cut = CUT_FRONT;
        c.tail = r.first;
        keep_shorter(w, &c);
        return;
    }
}

static void cut_pieces(tree *w, uint32_t index)
{
    const candidate base = w->made[index];
    if (base.contents != 2) return;
    candidate c = base;
    c.contents = 1;
    c.cut = CUT_FIRST;
    c.tail = base.content[1].first;
    keep_shorter(w, &c);
    c.content[0] = base.content[1];
    c.cut = CUT_SECOND;
    c.tail = base.content[0].first;
    keep_shorter(w, &c);
}

static void cut_to_quote(tree *w, uint32_t index)
{
    const page *p = w->page;
    candidate c = w->made[index];
    const range r = c.content[0];
    for (uint32_t t = r.first;
         c.contents == 1 && t <= r.last && t < r.first + QUOTE_MOST; t++) {
        const uint32_t q = quote_starting(p, t);
        if (q == RAP_NONE || p->quote.at[q].last > r.last) continue;
        if (t == r.first && p->quote.at[q].last == r.last) return;
        c.content[0] = (range){t, p->quote.at[q].last};
        c.cut = CUT_QUOTE;
        c.tail = r.first;
        keep_shorter(w, &c);
        return;
    }
}

/* A content that ends with its sentence, and the quotation right behind it. */
static void join_next(tree *w, uint32_t index)
{
    const page *p = w->page;
    candidate c = w->made[index];
    const uint32_t quote = quote_starting(p, p->unit.last + 1);
    if (quote == RAP_NONE || c.contents == PARTS_MOST) return;
    if (c.content[c.contents - 1].last + AFTER_MOST < p->unit.last) return;
    for (uint32_t i = 0; i < c.contents; i++)
        if (c.content[i].last > p->unit.last) return; /* goes on by itself */
    for (uint32_t t = c.content[c.contents - 1].last + 1; t <= p->unit.last; t++)
        if (p->tokens->kind[t] == RAP_TOKEN_WORD && t > c.cue.last &&
            !(range_is(c.source) && c.source.first <= t && t <= c.source.last))
            return;
    const quotation *q = &p->quote.at[quote];
    c.content[c.contents++] = (range){q->first, q->last};
    c.cut = CUT_JOINED;
    c.tail = q->first;
    keep_shorter(w, &c);
}

void tree_cuts(tree *w)
{
    const uint32_t count = w->count;
    for (uint32_t i = 0; i < count; i++) {
        cut_tails(w, i);
        cut_front(w, i);
        cut_pieces(w, i);
        cut_to_quote(w, i);
        join_next(w, i);
    }
}
