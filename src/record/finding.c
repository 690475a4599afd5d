/*
 * finding.c - the stage: tables a token wide, then each kind of finding in turn.
 */
#include "finding_private.h"
#include "text.h"

#include <stdlib.h>

enum { WORD_BYTES = 64 };

void rap_find_add(finder *f, rap_finding finding, const rap_span *evidence,
                  uint32_t count)
{
    rap_span *kept = rap_new(f->arena, rap_span, count);
    if (kept) memcpy(kept, evidence, count * sizeof *kept);
    finding.evidence = (rap_spans){kept, count};
    f->failed |= !kept || !rap_push(f->arena, &f->list, finding);
}

/* ---- tables by token --------------------------------------------------------------- */

static bool fold_words(finder *f)
{
    const uint32_t count = f->in->tokens->count;
    rap_slice *form = rap_new(f->scratch, rap_slice, count);
    rap_slice *lemma = rap_new(f->scratch, rap_slice, count);
    if (!form || !lemma) return false;
    for (uint32_t i = 0; i < count; i++) {
        form[i] =
            rap_fold(f->scratch, rap_cut(f->in->article->text, f->in->tokens->span[i]));
        lemma[i] = rap_fold(f->scratch, f->in->syntax->lemma[i]);
        if (!form[i].at || !lemma[i].at) return false;
    }
    f->form = form;
    f->lemma = lemma;
    return true;
}

static uint32_t *nothing(finder *f)
{
    uint32_t *table = rap_new(f->scratch, uint32_t, f->in->tokens->count);
    for (uint32_t i = 0; table && i < f->in->tokens->count; i++) table[i] = RAP_NONE;
    return table;
}

static bool cover_tokens(finder *f)
{
    uint32_t *cover = nothing(f);
    if (!cover) return false;
    const rap_names *n = f->in->names;
    for (uint32_t i = 0; i < n->mentions; i++) {
        const rap_mention *m = &n->mention[i];
        for (uint32_t t = m->first; t <= m->last; t++)
            if (cover[t] == RAP_NONE) cover[t] = i;
    }
    f->cover = cover;
    return true;
}

static void mark(const finder *f, uint32_t *table, rap_spans spans, uint32_t statement)
{
    for (uint32_t i = 0; i < spans.count; i++) {
        const uint32_t count = f->in->tokens->count;
        for (uint32_t t = rap_token_at(f, spans.at[i].begin);
             t < count && f->in->tokens->span[t].begin < spans.at[i].end; t++)
            table[t] = statement;
    }
}

static bool mark_statements(finder *f)
{
    uint32_t *said = nothing(f), *cued = nothing(f);
    if (!said || !cued) return false;
    const rap_statements *s = f->in->statements;
    for (uint32_t i = 0; i < s->count; i++) {
        mark(f, said, s->statement[i].content, i);
        mark(f, cued, s->statement[i].cue, i);
    }
    f->said = said;
    f->cued = cued;
    return true;
}

static bool mark_meetings(finder *f)
{
    bool *meeting = rap_new(f->scratch, bool, f->in->events->count);
    for (uint32_t i = 0; meeting && i < f->in->events->count; i++)
        meeting[i] = rap_finding_is_meeting(f->in->events, i, f->in->names);
    f->meeting = meeting;
    f->told = rap_new(f->arena, bool, f->in->events->count);
    return meeting && f->told;
}

static int compare(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* "In May and July", "with A and B": two meetings of the same words, by day and parties. */
static int by_anchor(const void *left, const void *right)
{
    const rap_finding *a = left, *b = right;
    int order = compare(a->anchor.begin, b->anchor.begin);
    if (!order) order = compare((uint32_t)a->kind, (uint32_t)b->kind);
    if (!order) order = compare(a->anchor.end, b->anchor.end);
    if (!order)
        order = (a->date.earliest > b->date.earliest) -
                (a->date.earliest < b->date.earliest);
    for (uint32_t i = 0; !order && i < a->who_count && i < b->who_count; i++)
        order = compare(a->who[i], b->who[i]);
    return order;
}

rap_status rap_finding_run(const rap_finding_knowledge *knowledge,
                           const rap_finding_input *in, rap_arena *arena,
                           rap_arena *scratch, rap_findings *out, rap_error *err)
{
    *out = (rap_findings){0};
    finder f = {.knowledge = knowledge, .in = in, .arena = arena, .scratch = scratch};
    if (!fold_words(&f) || !cover_tokens(&f) || !mark_statements(&f) ||
        !mark_meetings(&f))
        return rap_fail(err, RAP_E_NOMEM, 0, "the findings of a document");
    f.home = rap_home_state(&f);
    rap_find_documents(&f);
    rap_find_meetings(&f);
    rap_find_commitments(&f);
    rap_find_positions(&f);
    rap_find_details(&f);
    rap_find_contents(&f);
    rap_find_denials(&f);
    rap_find_accounts(&f);
    if (f.failed) return rap_fail(err, RAP_E_NOMEM, 0, "the findings of a document");
    if (f.list.count) qsort(f.list.at, f.list.count, sizeof *f.list.at, by_anchor);
    *out = (rap_findings){f.list.at, f.list.count, f.told};
    return RAP_OK;
}
