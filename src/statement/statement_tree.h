/*
 * statement_tree.h - what the files that read the trees share; never leaves the folder.
 *
 * statement_tree.c  the readings of each cue, the best kept   statement_read.c  the
 * readings: content, source, cue   statement_near.c  those that need no tree
 * statement_cut.c   shorter ones   statement_fact.c  the facts of a reading
 */
#ifndef RAP_STATEMENT_TREE_H
#define RAP_STATEMENT_TREE_H

#include "statement_private.h"

enum { CANDIDATES_MOST = 72 };

typedef struct tree {
    page *page;
    const tree_watch *watch;
    uint32_t *from, *child; /* children of t: child[from[t] .. from[t+1]-1] */
    uint32_t *low, *high;   /* [T] first and last token at or below t */
    uint32_t *by_cue;       /* [T] draft with its cue there, or RAP_NONE */
    uint32_t *by_sentence;  /* [S] first draft of the sentence, or RAP_NONE */
    uint32_t *next;         /* [drafts] next draft of the sentence, or RAP_NONE */
    uint32_t drafts;        /* made by rule */
    candidate made[CANDIDATES_MOST]; /* readings of the cue at hand */
    uint32_t count;
} tree;

static inline rap_relation relation_at(const tree *w, uint32_t token)
{
    return (rap_relation)w->page->syntax->relation[token];
}
static inline uint32_t head_of(const tree *w, uint32_t token)
{
    return w->page->syntax->head[token];
}
/* The first class of `token`'s lemma that is of `kind`; 0: none. */
uint32_t sense_at(const page *p, uint32_t token, uint8_t kind);
/* The subject of a rule's draft with all that describes it: ", the envoy of Y,". */
range tree_source(const tree *w, range subject, uint32_t token);
/* The readings of the cue at `head` into w->made. */
void tree_candidates(tree *w, uint32_t head);
/* `base` as one more reading of `kind`, to be filled and kept; NULL: there is no room. */
candidate *tree_add(tree *w, const candidate *base, reading_kind kind);
/* Keep what was added last if it has words. */
void tree_keep(tree *w, const candidate *c);
/* The words of `whole` without those of `hole`, the cue's own clause. */
void tree_fill(const tree *w, candidate *c, range whole, range hole);
/* All tokens at or below `t`. */
range tree_below(const tree *w, uint32_t t);
/* statement_near.c: what stands beside "X said", and the quotations near it. */
void tree_near(tree *w, const candidate *base, bool verb);
/* "according to X" at `head`: the readings of it; false: there is none. */
bool tree_source_phrase(tree *w, uint32_t head);
/* Shorter ones behind them. */
void tree_cuts(tree *w);
/* `r` without the marks at its edges; a bracket that closes one inside stays. */
range tree_trimmed(const page *p, range r);
/* The facts of `c` as features. */
void tree_features(const tree *w, candidate *c);
/* The same of a rule's draft, against the readings of its cue in w->made. */
void tree_rule_features(const tree *w, const draft *d, candidate *c);
float tree_likeness(const tree *w, const draft *d, const candidate *c);
/* How alike `c` is to the draft of the same cue, and to the likest of the sentence. */
void tree_compare(const tree *w, candidate *c, float *same, float *other);

#endif
