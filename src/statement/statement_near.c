/*
 * statement_near.c - readings that need no tree: the words beside "X said", the clause
 * around "according to X", the quotations near a cue.
 *
 * Reads   the page; the tree for where a source phrase ends.
 * Writes  readings into w->made.
 * Cost    a quotation is looked for a few words to either side.
 */
#include "statement_tree.h"

enum { QUOTE_NEAR = 14 };

/* ---- quotations that are near a cue -------------------------------------------------- */

static void add_quote(tree *w, const candidate *base, reading_kind kind, uint32_t quote)
{
    const quotation *q = &w->page->quote.at[quote];
    const range r = {q->first, q->last};
    if (r.first <= base->head && base->head <= r.last) return;
    candidate *c = tree_add(w, base, kind);
    if (!c) return;
    for (uint32_t i = 0; i < w->count; i++) /* a reading that has the same words */
        if (w->made[i].contents == 1 && w->made[i].content[0].first == r.first &&
            w->made[i].content[0].last == r.last)
            return;
    c->content[c->contents++] = r;
    tree_keep(w, c);
}

/* The nearest quotations to the right and left in the cue's sentence. */
static void add_near_quotes(tree *w, const candidate *base)
{
    const page *p = w->page;
    const uint32_t head = base->head;
    if (p->look[head].quote != RAP_NONE) return;
    for (uint32_t t = head + 1; t <= p->unit.last && t <= head + QUOTE_NEAR; t++) {
        if (quote_starting(p, t) == RAP_NONE) continue;
        add_quote(w, base, READ_QUOTE, quote_starting(p, t));
        break;
    }
    for (uint32_t t = head; t > p->unit.first && head - t < QUOTE_NEAR; t--) {
        if (quote_ending(p, t - 1) == RAP_NONE) continue;
        add_quote(w, base, READ_QUOTE, quote_ending(p, t - 1));
        break;
    }
}

/* "X was blunt: “…”": of the root of a sentence, the quotation before or behind it. */
static void add_far_quotes(tree *w, const candidate *base)
{
    const page *p = w->page;
    if (head_of(w, base->head) != base->head || p->look[base->head].quote != RAP_NONE)
        return;
    const uint32_t after = quote_starting(p, p->unit.last + 1);
    if (after != RAP_NONE) add_quote(w, base, READ_QUOTE_AFTER, after);
    const uint32_t before =
        p->unit.first > 0 ? quote_ending(p, p->unit.first - 1) : RAP_NONE;
    if (before != RAP_NONE) add_quote(w, base, READ_QUOTE_BEFORE, before);
}

/* ---- whatever the tree says: all before or behind "X said" ----------------------------- */

static void add_side(tree *w, const candidate *base, reading_kind kind, range a,
                     range b)
{
    candidate *c = tree_add(w, base, kind);
    if (!c) return;
    a = tree_trimmed(w->page, a);
    b = tree_trimmed(w->page, b);
    if (range_is(a)) c->content[c->contents++] = a;
    if (range_is(b)) c->content[c->contents++] = b;
    if (kind == READ_BOTH && c->contents < 2) return;
    for (uint32_t i = 0; i < w->count; i++)
        if (c->contents == 1 && w->made[i].contents == 1 &&
            w->made[i].content[0].first == c->content[0].first &&
            w->made[i].content[0].last == c->content[0].last)
            return;
    tree_keep(w, c);
}

/* The words before and behind those of source and cue, `own`. */
static void add_sides(tree *w, const candidate *base, range own)
{
    const page *p = w->page;
    const range left =
        own.first > p->unit.first ? (range){p->unit.first, own.first - 1} : RANGE_NONE;
    const range right =
        own.last < p->unit.last ? (range){own.last + 1, p->unit.last} : RANGE_NONE;
    const bool parted = range_is(left) && (p->look[left.last].mark == ',' ||
                                           p->look[left.last].mark == '-' ||
                                           p->look[left.last].quote != RAP_NONE);
    if (parted) add_side(w, base, READ_LEFT, left, RANGE_NONE);
    add_side(w, base, READ_RIGHT, RANGE_NONE, right);
    if (parted && p->look[right.first].mark == ',')
        add_side(w, base, READ_BOTH, left, right);
}

static void add_sides_of_verb(tree *w, const candidate *base)
{
    range own = base->cue;
    const range source = base->source;
    if (!w->page->look[base->head].word->verb || base->inherited) return;
    if (range_is(source) && source.last < own.first && source.last + 3 > own.first)
        own.first = source.first;
    if (range_is(source) && source.first == own.last + 1) own.last = source.last;
    add_sides(w, base, own);
}

/* "according to X": the clause around it. */
bool tree_source_phrase(tree *w, uint32_t head)
{
    const page *p = w->page;
    const cue_node *n = p->look[head].word->preposition;
    uint32_t last = RAP_NONE;
    for (; n && last == RAP_NONE; n = n->next) last = cue_rest(p, n, head);
    const uint32_t noun = head_of(w, head);
    if (last == RAP_NONE || noun <= last) return false;
    candidate base = {.head = head,
                      .cue = {head, last},
                      .source = tree_trimmed(p, (range){last + 1, w->high[noun]}),
                      .agreeing = RAP_NONE,
                      .same_cue = RAP_NONE,
                      .tail = RAP_NONE};
    const range own = {head, w->high[noun]};
    const uint32_t host = head_of(w, noun);
    if (host != noun && (host < own.first || host > own.last)) {
        candidate *c = tree_add(w, &base, READ_HOST);
        if (!c) return true;
        tree_fill(w, c, tree_below(w, host), own);
        tree_keep(w, c);
    }
    add_sides(w, &base, own);
    add_near_quotes(w, &base);
    return true;
}

void tree_near(tree *w, const candidate *base, bool verb)
{
    if (verb) add_sides_of_verb(w, base);
    add_near_quotes(w, base);
    add_far_quotes(w, base);
}
