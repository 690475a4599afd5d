/*
 * statement_read.c - the readings of one cue in the tree: what may be its content, whose
 * words they are, and the words that say so.
 *
 * Method  dependents by relation; the source is the subject, the agent of a passive, the
 *         owner of a noun, or the subject of the verb that governs this one.
 */
#include "statement_tree.h"

enum {
    CHILDREN_MOST = 64,
    OBLIQUES_MOST = 5,
    CLIMB_MOST = 5,
    GROUP_MOST = 8,
    COLON_MOST = 14,
    PIECES = 2
};

typedef struct parts { /* the dependents of a cue, RAP_NONE where there is none */
    uint32_t subject, passive, agent, object, indirect, ccomp, xcomp, parataxis;
    uint32_t owner, copula, expletive, csubj;
    uint32_t oblique[OBLIQUES_MOST], obliques; /* obl, nmod, advcl, acl on the right */
    uint32_t last; /* the last token of the verb's own phrase */
    bool negated, modal, condition;
} parts;

static void lengthen(const tree *w, parts *d, uint32_t t)
{
    if (w->high[t] > d->last) d->last = w->high[t];
}

static void note_right(const tree *w, parts *d, uint32_t t)
{
    if (d->obliques < OBLIQUES_MOST) d->oblique[d->obliques++] = t;
    lengthen(w, d, t);
}

static void note_child(const tree *w, parts *d, uint32_t head, uint32_t t)
{
    const page *p = w->page;
    switch (relation_at(w, t)) {
    case RAP_REL_NSUBJ:
    case RAP_REL_NSUBJ_OUTER:
        if (d->subject == RAP_NONE) d->subject = t;
        break;
    case RAP_REL_NSUBJ_PASS:
        d->passive = t;
        break;
    case RAP_REL_OBL_AGENT:
        d->agent = t;
        break;
    case RAP_REL_OBJ:
        d->object = t;
        if (t > head) lengthen(w, d, t);
        break;
    case RAP_REL_IOBJ:
        d->indirect = t;
        break;
    case RAP_REL_CCOMP:
        d->ccomp = t;
        break;
    case RAP_REL_XCOMP:
        d->xcomp = t;
        if (t > head) lengthen(w, d, t);
        break;
    case RAP_REL_PARATAXIS:
        d->parataxis = t;
        break;
    case RAP_REL_CSUBJ:
    case RAP_REL_CSUBJ_OUTER:
    case RAP_REL_CSUBJ_PASS:
        d->csubj = t;
        break;
    case RAP_REL_EXPL:
        d->expletive = t;
        break;
    case RAP_REL_COP:
        d->copula = t;
        break;
    case RAP_REL_NMOD_POSS:
        d->owner = t;
        break;
    case RAP_REL_AUX:
    case RAP_REL_AUX_PASS:
        if (classes_at(p, t) & CLASS_MODAL) d->modal = true;
        break;
    case RAP_REL_OBL:
    case RAP_REL_NMOD:
    case RAP_REL_ADVCL:
    case RAP_REL_ACL:
        if (t > head) note_right(w, d, t);
        break;
    default:
        break;
    }
    if (classes_at(p, t) & CLASS_NOT) d->negated = true;
    if (relation_at(w, t) == RAP_REL_MARK && (classes_at(p, t) & CLASS_IF))
        d->condition = true;
}

static parts parts_of(const tree *w, uint32_t head)
{
    parts d = {RAP_NONE, RAP_NONE, RAP_NONE, RAP_NONE, RAP_NONE, RAP_NONE,
               RAP_NONE, RAP_NONE, RAP_NONE, RAP_NONE, RAP_NONE, RAP_NONE,
               {0},      0,        head,     false,    false,    false};
    const uint32_t end = w->from[head + 1];
    for (uint32_t i = w->from[head], n = 0; i < end && n < CHILDREN_MOST; i++, n++)
        note_child(w, &d, head, w->child[i]);
    return d;
}

/* ---- ranges -------------------------------------------------------------------------
 */

static bool is_edge_mark(const page *p, uint32_t t)
{
    return p->tokens->kind[t] == RAP_TOKEN_PUNCT && p->look[t].quote == RAP_NONE;
}

range tree_trimmed(const page *p, range r)
{
    while (range_is(r) && is_edge_mark(p, r.first) && p->look[r.first].mark != '(')
        r.first++;
    while (range_is(r) && is_edge_mark(p, r.last) && p->look[r.last].mark != ')') {
        if (r.last == 0) return RANGE_NONE;
        r.last--;
    }
    return r;
}

/* What is below `t`, within the sentence, without `hole` (the cue's own clause). */
void tree_fill(const tree *w, candidate *c, range whole, range hole)
{
    const uint32_t least = w->page->unit.first; /* behind the dateline */
    if (whole.first < least) whole.first = least;
    range piece[PIECES] = {whole, RANGE_NONE};
    if (range_is(hole) && hole.first <= whole.last && hole.last >= whole.first) {
        piece[0] = hole.first > whole.first ? (range){whole.first, hole.first - 1}
                                            : RANGE_NONE;
        piece[1] =
            hole.last < whole.last ? (range){hole.last + 1, whole.last} : RANGE_NONE;
    }
    for (uint32_t i = 0; i < PIECES; i++) {
        const range r = tree_trimmed(w->page, piece[i]);
        if (range_is(r)) c->content[c->contents++] = r;
    }
}

range tree_below(const tree *w, uint32_t t)
{
    return (range){w->low[t], w->high[t]};
}

/* `r` without the preposition that opens it; *by: its token, or RAP_NONE. */
static range without_case(const tree *w, uint32_t t, uint32_t *by)
{
    range r = tree_below(w, t);
    *by = RAP_NONE;
    while (r.first < r.last) {
        const rap_relation rel = relation_at(w, r.first);
        const bool case_word =
            (rel == RAP_REL_CASE || rel == RAP_REL_FIXED ||
             (rel == RAP_REL_MARK && w->page->syntax->upos[r.first] == RAP_ADP)) &&
            r.first != t;
        if (!case_word) break;
        if (*by == RAP_NONE) *by = r.first;
        r.first++;
    }
    return r;
}

/* ---- the cue's words ----------------------------------------------------------------
 */

static bool is_of_group(const tree *w, uint32_t t, uint32_t head)
{
    const rap_relation r = relation_at(w, t);
    if (head_of(w, t) != head) return false;
    if (r == RAP_REL_AUX || r == RAP_REL_AUX_PASS || r == RAP_REL_COP) return true;
    return r == RAP_REL_ADVMOD && w->low[t] == t && w->high[t] == t &&
           !(classes_at(w->page, t) & (CLASS_WH | CLASS_CLAUSE));
}

/* The cue at `head` with its auxiliaries, adverbs and particle. */
static range cue_group(const tree *w, uint32_t head)
{
    const page *p = w->page;
    range r = {head, head};
    for (uint32_t n = 0; n < GROUP_MOST && r.first > p->unit.first; n++) {
        if (!is_of_group(w, r.first - 1, head)) break;
        r.first--;
    }
    while (r.last < p->unit.last && head_of(w, r.last + 1) == head &&
           relation_at(w, r.last + 1) == RAP_REL_COMPOUND_PRT)
        r.last++;
    return r;
}

/* ---- the source ---------------------------------------------------------------------
 */

/* The words below `t` up to the cue at `head`, if that is one of them. */
static range source_range(const tree *w, uint32_t t, uint32_t head)
{
    range r = tree_below(w, t);
    if (r.first <= head && head <= r.last) {
        if (head > t)
            r.last = head - 1;
        else
            r.first = t;
    }
    r = tree_trimmed(w->page, r);
    return r;
}

/* Who stands for "who": the noun that the clause describes. */
static uint32_t antecedent(const tree *w, uint32_t head)
{
    const rap_relation r = relation_at(w, head);
    return r == RAP_REL_ACL_RELCL || r == RAP_REL_ACL ? head_of(w, head) : RAP_NONE;
}

static bool is_relative_word(const tree *w, uint32_t t)
{
    return (classes_at(w->page, t) & (CLASS_RELATIVE | CLASS_THAT)) != 0 &&
           w->page->syntax->upos[t] == RAP_PRON;
}

static void set_source(const tree *w, candidate *c, uint32_t t)
{
    c->source = source_range(w, t, c->head);
    if (!is_relative_word(w, t)) return;
    const uint32_t noun = antecedent(w, c->head);
    if (noun == RAP_NONE) return;
    range r = {w->low[noun], t > 0 ? t - 1 : t};
    r = tree_trimmed(w->page, r);
    if (range_is(r) && r.first <= noun && noun <= r.last) c->source = r;
}

/* The subject of a verb without one: that of the verb that governs it. */
static void climb_to_source(const tree *w, candidate *c)
{
    uint32_t at = c->head;
    for (uint32_t n = 0; n < CLIMB_MOST; n++) {
        const uint32_t up = head_of(w, at);
        const rap_relation r = relation_at(w, at);
        if (up == at) return;
        const parts d = parts_of(w, up);
        c->inherited = true;
        if (r == RAP_REL_ACL) {
            c->source = source_range(w, up, c->cue.first);
            if (c->source.first > up || c->source.last < up) c->source = RANGE_NONE;
            return;
        }
        if (r == RAP_REL_XCOMP && d.object != RAP_NONE && d.object != at &&
            d.object < at) {
            c->source = source_range(w, d.object, at);
            return;
        }
        if (r != RAP_REL_XCOMP && r != RAP_REL_CONJ && r != RAP_REL_ADVCL &&
            r != RAP_REL_PARATAXIS && r != RAP_REL_CCOMP && r != RAP_REL_OBJ &&
            r != RAP_REL_OBL)
            return;
        if ((r == RAP_REL_CCOMP || r == RAP_REL_PARATAXIS) &&
            w->page->syntax->form[at] != RAP_FORM_GERUND)
            return;
        const uint32_t subject = d.subject != RAP_NONE ? d.subject : d.passive;
        if (subject != RAP_NONE) {
            const uint32_t own = c->head;
            c->head = up; /* for "who", whose noun the governor describes */
            set_source(w, c, subject);
            c->head = own;
            return;
        }
        at = up;
    }
}

static void find_source(const tree *w, candidate *c, const parts *d, bool noun)
{
    if (noun && d->owner != RAP_NONE) {
        c->source = source_range(w, d->owner, c->head);
        if (range_is(c->source) && w->page->syntax->upos[c->source.last] == RAP_PART)
            c->source.last--;
        return;
    }
    if (d->subject != RAP_NONE && d->subject != d->expletive) {
        set_source(w, c, d->subject);
        return;
    }
    if (d->agent != RAP_NONE) {
        uint32_t by;
        c->source = tree_trimmed(w->page, without_case(w, d->agent, &by));
        return;
    }
    if (d->passive != RAP_NONE || d->expletive != RAP_NONE) return;
    if (noun) { /* "criticism from X", "an X proposal" */
        for (uint32_t i = 0; i < d->obliques; i++) {
            uint32_t by;
            const range r = without_case(w, d->oblique[i], &by);
            if (by == RAP_NONE || !(classes_at(w->page, by) & CLASS_BY)) continue;
            c->source = tree_trimmed(w->page, r);
            return;
        }
    }
    climb_to_source(w, c);
}

/* The first of a series that the noun at `t` ends, if it is the subject of `verb`: "A, B
 * and C said"; else `t`. */
static uint32_t series_begin(const tree *w, uint32_t t, uint32_t verb)
{
    uint32_t at = t;
    for (uint32_t n = 0; n < GROUP_MOST && relation_at(w, at) == RAP_REL_CONJ; n++)
        at = head_of(w, at);
    return relation_at(w, at) == RAP_REL_NSUBJ && head_of(w, at) == verb && at < t ? at
                                                                                   : t;
}

range tree_source(const tree *w, range subject, uint32_t token)
{
    const page *p = w->page;
    for (uint32_t t = subject.first; range_is(subject) && t <= subject.last; t++) {
        const uint32_t up = head_of(w, t);
        if (up != t && up >= subject.first && up <= subject.last) continue;
        if (upos_at(p, t) == RAP_PUNCT) continue;
        range r = tree_trimmed(p, tree_below(w, series_begin(w, t, token)));
        if (range_is(r) && relation_at(w, r.last) == RAP_REL_CASE) r.last--; /* ’s */
        const bool covers = r.first <= subject.first && subject.last <= r.last;
        const bool beside = r.last < token || r.first > token;
        return covers && beside ? r : subject;
    }
    return subject;
}

/* ---- candidates ---------------------------------------------------------------------
 */

candidate *tree_add(tree *w, const candidate *base, reading_kind kind)
{
    if (w->count >= CANDIDATES_MOST) return NULL;
    candidate *c = &w->made[w->count];
    *c = *base;
    c->kind = kind;
    return c;
}

/* Keep what was added last if it has words; a content never holds its own source. */
void tree_keep(tree *w, const candidate *c)
{
    if (c && c->contents > 0) w->count++;
}

static void add_whole(tree *w, const candidate *base, reading_kind kind, range whole)
{
    candidate *c = tree_add(w, base, kind);
    if (!c) return;
    range hole = c->cue;
    if (range_is(c->source) && whole.first <= hole.first && hole.last <= whole.last) {
        if (c->source.first < hole.first && c->source.last + 1 >= hole.first)
            hole.first = c->source.first;
        if (c->source.last > hole.last && c->source.first <= hole.last + 1)
            hole.last = c->source.last;
    }
    tree_fill(w, c, whole, hole);
    tree_keep(w, c);
}

static void add_obliques(tree *w, const candidate *base, const parts *d,
                         reading_kind kind)
{
    for (uint32_t i = 0; i < d->obliques; i++) {
        const uint32_t t = d->oblique[i];
        const rap_relation r = relation_at(w, t);
        candidate *c = tree_add(w, base,
                                r == RAP_REL_ADVCL ? READ_ADVCL
                                : r == RAP_REL_ACL ? READ_ACL
                                                   : kind);
        if (!c) return;
        uint32_t by;
        const range whole = without_case(w, t, &by);
        if (by == c->cue.last + 1) c->cue.last = whole.first - 1;
        tree_fill(w, c, whole, RANGE_NONE);
        tree_keep(w, c);
    }
}

static void add_objects(tree *w, const candidate *base, const parts *d)
{
    const uint32_t head = base->head;
    if (d->object != RAP_NONE)
        add_whole(w, base, READ_OBJECT, tree_below(w, d->object));
    if (d->object != RAP_NONE && d->xcomp != RAP_NONE && d->object > head &&
        d->xcomp > d->object)
        add_whole(w, base, READ_OBJECT_XCOMP,
                  (range){w->low[d->object], w->high[d->xcomp]});
    const uint32_t first =
        d->indirect != RAP_NONE && d->indirect > head ? d->indirect : d->object;
    if (first != RAP_NONE && first > head && d->last > w->high[first])
        add_whole(w, base, READ_OBJECT_REST, (range){w->low[first], d->last});
}

static void add_passives(tree *w, const candidate *base, const parts *d)
{
    if (d->passive == RAP_NONE) return;
    add_whole(w, base, READ_PASSIVE, tree_below(w, d->passive));
    const uint32_t after = base->cue.last + 1;
    if (d->last < after || w->high[d->passive] >= base->cue.first) return;
    candidate *c = tree_add(w, base, READ_PASSIVE_REST);
    if (!c) return;
    const range subject = tree_trimmed(w->page, tree_below(w, d->passive));
    const range rest = tree_trimmed(w->page, (range){after, d->last});
    if (range_is(subject)) c->content[c->contents++] = subject;
    if (range_is(rest)) c->content[c->contents++] = rest;
    tree_keep(w, c);
}

/* "X is likely to go", "X seems to go": the subject belongs to what is said. */
static void add_raised(tree *w, const candidate *base, const parts *d)
{
    if (d->xcomp == RAP_NONE || d->xcomp < base->head || d->subject == RAP_NONE ||
        w->high[d->subject] >= base->cue.first)
        return;
    candidate *c = tree_add(w, base, READ_RAISED);
    if (!c) return;
    c->source = RANGE_NONE;
    c->content[c->contents++] = tree_trimmed(w->page, tree_below(w, d->subject));
    const range rest = tree_trimmed(w->page, tree_below(w, d->xcomp));
    if (!range_is(c->content[0]) || !range_is(rest)) return;
    c->content[c->contents++] = rest;
    tree_keep(w, c);
}

static void add_clauses(tree *w, const candidate *base, const parts *d)
{
    if (d->ccomp != RAP_NONE) add_whole(w, base, READ_CCOMP, tree_below(w, d->ccomp));
    if (d->csubj != RAP_NONE) add_whole(w, base, READ_CSUBJ, tree_below(w, d->csubj));
    if (d->parataxis != RAP_NONE)
        add_whole(w, base, READ_PARATAXIS, tree_below(w, d->parataxis));
    if (d->xcomp != RAP_NONE) add_whole(w, base, READ_XCOMP, tree_below(w, d->xcomp));
    const rap_relation r = relation_at(w, base->head);
    const uint32_t up = head_of(w, base->head);
    const bool as =
        r == RAP_REL_ADVCL && (classes_at(w->page, w->low[base->head]) & CLASS_AS);
    if ((r == RAP_REL_PARATAXIS || as) && up != base->head) {
        candidate *c = tree_add(w, base, READ_HOST);
        if (!c) return;
        tree_fill(w, c, tree_below(w, up), tree_below(w, base->head));
        tree_keep(w, c);
    }
    if (r == RAP_REL_ACL_RELCL && d->object == RAP_NONE && up < base->head) {
        const range whole = {w->low[up], w->low[base->head] > w->low[up]
                                             ? w->low[base->head] - 1
                                             : w->low[up]};
        add_whole(w, base, READ_RELATIVE, whole);
    }
    if (r == RAP_REL_ACL && w->page->syntax->form[base->head] == RAP_FORM_PARTICIPLE &&
        up < base->head) {
        candidate *c = tree_add(w, base, READ_RELATIVE);
        if (!c) return;
        if (d->agent == RAP_NONE) c->source = RANGE_NONE;
        tree_fill(w, c, (range){w->low[up], base->cue.first - 1}, RANGE_NONE);
        tree_keep(w, c);
    }
}

static candidate base_of(const tree *w, uint32_t head, const parts *d)
{
    candidate c = {.head = head,
                   .cue = cue_group(w, head),
                   .source = RANGE_NONE,
                   .negated = d->negated,
                   .agreeing = RAP_NONE,
                   .same_cue = RAP_NONE,
                   .tail = RAP_NONE};
    return c;
}

/* "in the words of X: …", "X: …": a short phrase without a verb before a colon. */
static void add_colon(tree *w, uint32_t head)
{
    const page *p = w->page;
    if (head == p->unit.first || head >= p->unit.last || p->look[head].mark != ':')
        return;
    if (head - p->unit.first > COLON_MOST || p->look[head].quote != RAP_NONE) return;
    const range left = tree_trimmed(p, (range){p->unit.first, head - 1});
    if (!range_is(left) || has_finite(p, left)) return;
    candidate base = {.head = head,
                      .cue = {head, head},
                      .source = left,
                      .agreeing = RAP_NONE,
                      .same_cue = RAP_NONE,
                      .tail = RAP_NONE};
    add_whole(w, &base, READ_COLON, (range){head + 1, p->unit.last});
}

/* "Nobody said": nobody's statement. */
static bool is_nobody(const page *p, range source)
{
    if (!range_is(source)) return false;
    const uint32_t before = source.first > 0 ? classes_at(p, source.first - 1) : 0;
    return ((classes_at(p, source.first) | before) & CLASS_NOBODY) != 0;
}

void tree_candidates(tree *w, uint32_t head)
{
    const page *p = w->page;
    const rap_upos upos = upos_at(p, head);
    if (upos == RAP_PUNCT) {
        add_colon(w, head);
        return;
    }
    if (tree_source_phrase(w, head)) return;
    const bool verb = upos == RAP_VERB || upos == RAP_AUX;
    const bool noun = upos == RAP_NOUN;
    if (upos == RAP_ADV && sense_at(p, head, SENSE_ADVERB) &&
        head_of(w, head) != head) {
        candidate hearsay = {.head = head,
                             .cue = {head, head},
                             .source = RANGE_NONE,
                             .agreeing = RAP_NONE,
                             .same_cue = RAP_NONE,
                             .tail = RAP_NONE};
        add_whole(w, &hearsay, READ_HOST, tree_below(w, head_of(w, head)));
        return;
    }
    const bool root = upos == RAP_PROPN && head_of(w, head) == head;
    if (!verb && !noun && !root && upos != RAP_ADJ) return;
    const parts d = parts_of(w, head);
    if (d.condition) return;
    candidate base = base_of(w, head, &d);
    /* A noun's own owner; else, of what somebody does with it, who does that. */
    find_source(w, &base, &d, noun);
    if (is_nobody(p, base.source)) return;
    add_clauses(w, &base, &d);
    add_raised(w, &base, &d);
    add_passives(w, &base, &d);
    if (verb) add_objects(w, &base, &d);
    add_obliques(w, &base, &d, noun ? READ_NMOD : READ_OBLIQUE);
    tree_near(w, &base, verb);
}
