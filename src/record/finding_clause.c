/*
 * finding_clause.c - how far a clause goes, and when it is told of.
 *
 * Reads   tokens, word classes, time expressions, statements; trees where there are any.
 * Method  a clause ends at a mark with another clause behind it; by the tree also where a
 *         clause with a subject of its own is joined to it.
 * Cost    a sentence a clause.
 */
#include "finding_private.h"
#include "text.h"

#include <stdlib.h>

enum { CLAUSE_TOKENS = 60 };

rap_span rap_tokens_of(const finder *f, uint32_t first, uint32_t end)
{
    return rap_tokens_span(f->in->tokens, first, end - 1);
}

uint32_t rap_token_at(const finder *f, uint32_t byte)
{
    uint32_t low = 0, high = f->in->tokens->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (f->in->tokens->span[middle].end > byte)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

bool rap_is_body(const finder *f, uint32_t sentence)
{
    const rap_zone *zone = &f->in->article->zone[f->in->tokens->zone[sentence]];
    return zone->kind == RAP_ZONE_BODY || zone->kind == RAP_ZONE_STANDFIRST;
}

rap_slice rap_words_of(const finder *f, uint32_t first, uint32_t end)
{
    return rap_cut(f->in->article->text, rap_tokens_of(f, first, end));
}

/* ---- clauses --------------------------------------------------------------------- */

bool rap_is_mark(const finder *f, uint32_t token, const char *marks)
{
    const rap_slice s = rap_cut(f->in->article->text, f->in->tokens->span[token]);
    return s.len == 1 && strchr(marks, s.at[0]);
}

/* A comma or semicolon at `token` with another clause behind it. */
static bool is_break(const finder *f, uint32_t token, uint32_t end)
{
    if (rap_is_mark(f, token, ";")) return true;
    if (!rap_is_mark(f, token, ",") || token + 1 >= end) return false;
    return rap_word_is(f, token + 1, FINDING_BREAK);
}

void rap_clause_of(const finder *f, uint32_t token, uint32_t *begin, uint32_t *end)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t sentence = t->sentence[token];
    const uint32_t first = t->first[sentence], last = t->first[sentence + 1];
    uint32_t b = token, e = token + 1;
    while (b > first && token - b < CLAUSE_TOKENS && !is_break(f, b - 1, last)) b--;
    while (e < last && e - token < CLAUSE_TOKENS && !is_break(f, e, last)) e++;
    while (e > token + 1 && f->in->syntax->upos[e - 1] == RAP_PUNCT &&
           rap_is_mark(f, e - 1, ".,;:!?"))
        e--;
    *begin = b;
    *end = e;
}

static bool hangs_on(const finder *f, uint32_t token, uint32_t top)
{
    const uint32_t *head = f->in->syntax->head;
    for (uint32_t turn = 0; turn < CLAUSE_TOKENS; turn++) {
        if (token == top) return true;
        if (head[token] == token) return false;
        token = head[token];
    }
    return false;
}

/* The first token of what hangs on `top`, without gaps. */
static uint32_t begin_of_subtree(const finder *f, uint32_t top, uint32_t first)
{
    uint32_t begin = top;
    for (uint32_t i = top; i > first && (hangs_on(f, i - 1, top) ||
                                         f->in->syntax->upos[i - 1] == RAP_PUNCT);
         i--)
        if (hangs_on(f, i - 1, top)) begin = i - 1;
    return begin;
}

static bool has_subject(const finder *f, uint32_t verb, uint32_t first, uint32_t end)
{
    const rap_syntax *s = f->in->syntax;
    for (uint32_t i = first; i < end; i++)
        if (s->head[i] == verb &&
            (s->relation[i] == RAP_REL_NSUBJ || s->relation[i] == RAP_REL_NSUBJ_PASS))
            return true;
    return false;
}

void rap_own_clause_of(const finder *f, uint32_t token, uint32_t *begin, uint32_t *end)
{
    const rap_syntax *s = f->in->syntax;
    rap_clause_of(f, token, begin, end);
    if (!s->head) return;
    uint32_t verb = token;
    while (verb != s->head[verb] && s->upos[verb] == RAP_AUX) verb = s->head[verb];
    const uint32_t b = *begin, e = *end;
    if (s->relation[verb] == RAP_REL_CONJ && s->head[verb] < verb &&
        has_subject(f, verb, b, e)) {
        *begin = begin_of_subtree(f, verb, b);
        if (s->upos[*begin] == RAP_CCONJ && *begin < token) ++*begin;
    }
    for (uint32_t i = verb + 1; i < e; i++) {
        if (s->head[i] != verb || s->relation[i] != RAP_REL_CONJ) continue;
        if (!has_subject(f, i, verb, e)) continue;
        const uint32_t next = begin_of_subtree(f, i, verb);
        if (next > token && next < *end) *end = next;
        break;
    }
    while (*end > token + 1 && s->upos[*end - 1] == RAP_PUNCT) --*end;
}

uint32_t rap_end_of_subtree(const finder *f, uint32_t top, uint32_t end)
{
    uint32_t last = top;
    for (uint32_t i = top + 1; i < end; i++) {
        if (hangs_on(f, i, top))
            last = i;
        else if (f->in->syntax->upos[i] != RAP_PUNCT)
            break;
    }
    while (last > top && rap_is_mark(f, last, ",;:")) last--;
    return last + 1;
}

bool rap_is_cue_supposed(const finder *f, const rap_statement *s)
{
    if (!s->cue.count) return false;
    const uint32_t cue = rap_token_at(f, s->cue.at[0].begin);
    if (cue >= f->in->tokens->count) return false;
    const uint32_t first = f->in->tokens->first[f->in->tokens->sentence[cue]];
    const uint32_t last = rap_token_at(f, s->cue.at[0].end - 1);
    bool may = false;
    for (uint32_t i = cue > first + 2 ? cue - 2 : first; i <= last; i++) {
        if (rap_word_is(f, i, FINDING_NOT)) return false;
        may |= rap_word_is(f, i, FINDING_MAY);
    }
    return may;
}

bool rap_is_negated(const finder *f, uint32_t token, uint32_t begin)
{
    const uint32_t from = token > begin + 4 ? token - 4 : begin;
    for (uint32_t i = from; i < token; i++)
        if (rap_word_is(f, i, FINDING_NOT)) return true;
    return false;
}

/* ---- time ------------------------------------------------------------------------ */

rap_when rap_when_of(const finder *f, uint32_t token)
{
    const uint32_t said = f->said[token];
    if (said != RAP_NONE) return f->in->statements->statement[said].date;
    rap_when when = {"", RAP_NO_DAY, RAP_NO_DAY, RAP_BASIS_UNKNOWN, RAP_NONE};
    when.timex = rap_time_of(f->in->times, f->in->tokens, token, &when.basis);
    if (when.timex == RAP_NONE) {
        const rap_published *p = &f->in->times->published;
        if (p->basis == RAP_BASIS_UNKNOWN) return when;
        char day[12];
        rap_date_format(p->date, day);
        const char *value = rap_arena_copy(f->arena, rap_slice_of(day)).at;
        return (rap_when){value ? value : "", p->earliest, p->latest,
                          RAP_BASIS_INFERRED, RAP_NONE};
    }
    const rap_timex *x = &f->in->times->timex[when.timex];
    when.value = x->value;
    when.earliest = x->earliest;
    when.latest = x->latest;
    return when;
}

bool rap_said_at(const finder *f, uint32_t token, rap_when *out)
{
    const uint32_t sentence = f->in->tokens->sentence[token];
    const uint32_t end = f->in->tokens->first[sentence + 1];
    for (uint32_t i = f->in->tokens->first[sentence]; i < end; i++) {
        const uint32_t said = f->cued[i] != RAP_NONE ? f->cued[i] : f->said[i];
        if (said == RAP_NONE) continue;
        const rap_when *when = &f->in->statements->statement[said].date;
        if (when->earliest == RAP_NO_DAY || when->earliest != when->latest) continue;
        *out = *when;
        return true;
    }
    return false;
}
