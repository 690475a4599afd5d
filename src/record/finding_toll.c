/*
 * finding_toll.c - how many were killed, wounded, driven out: numbers that reports compare.
 *
 * Reads   tolls.tsv; word classes.
 * Method  an amount of persons, or of nothing named, with a word of a toll beside it ("killed
 *         at least 20", "millions have been driven from their homes"), or of a toll by its
 *         noun ("221 deaths"). The word nearest to the amount, behind it first, tells which.
 * Cost    TOLL_REACH tokens an amount.
 */
#include "finding_private.h"
#include "text.h"

enum { TOLL_REACH = 8 };

static const finding_phrase *toll_at(const finder *f, uint32_t token, uint32_t end,
                                     bool persons)
{
    const finding_phrase *p = rap_phrase_at(f, &f->knowledge->tolls, token, end, NULL);
    if (!p) return NULL;
    const bool person = !strcmp(f->knowledge->toll.at[p->value], "person");
    return person == persons ? p : NULL;
}

static bool ends_reach(const finder *f, uint32_t token)
{
    return f->in->tokens->kind[token] == RAP_TOKEN_NUMBER ||
           f->in->syntax->upos[token] == RAP_NUM;
}

/* The toll told beside tokens [begin, end) of a sentence [first, last). */
static const finding_phrase *toll_beside(const finder *f, uint32_t begin, uint32_t end,
                                         uint32_t first, uint32_t last)
{
    for (uint32_t i = end; i < last && i < end + TOLL_REACH && !ends_reach(f, i); i++) {
        if (f->in->syntax->upos[i] == RAP_CCONJ) break; /* "and wounded many more" */
        const finding_phrase *p = toll_at(f, i, last, false);
        if (p) return p;
    }
    for (uint32_t i = begin; i > first && begin - i < TOLL_REACH; i--) {
        if (ends_reach(f, i - 1)) return NULL;
        const finding_phrase *p = toll_at(f, i - 1, last, false);
        if (p) return p;
    }
    return NULL;
}

const char *rap_toll_of(const finder *f, uint32_t begin, uint32_t end, uint32_t noun)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t sentence = t->sentence[begin];
    const uint32_t first = t->first[sentence], last = t->first[sentence + 1];
    const finding_phrase *p = NULL;
    if (noun != RAP_NONE) {
        for (uint32_t i = end; !p && i <= noun; i++) p = toll_at(f, i, last, false);
        if (!p && !toll_at(f, noun, last, true)) return NULL;
        if (!p) p = toll_beside(f, begin, noun + 1, first, last);
    } else {
        p = toll_beside(f, begin, end, first, last);
    }
    return p ? f->knowledge->toll.at[p->value] : NULL;
}
