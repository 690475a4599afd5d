/*
 * finding_bond.c - a duty as a finding: its document, its day, its debtors.
 *
 * Reads   documents found before, times of the sentence.
 * Method  who is bound by the text that a passage is about owes what it binds nobody named to;
 *         the same words read by two verbs are one duty.
 * Cost    the findings of the report for each.
 */
#include "finding_bond.h"
#include "text.h"

#include <string.h>

enum { MOST_EVIDENCE = 600 };

rap_slice rap_document_in(finder *f, uint32_t begin, uint32_t end)
{
    const rap_span span = rap_tokens_of(f, begin, end);
    for (uint32_t i = 0; i < f->list.count; i++) {
        const rap_finding *d = &f->list.at[i];
        if (d->kind != RAP_ENTRY_DOCUMENT) continue;
        for (uint32_t e = 0; e < d->evidence.count; e++)
            if (rap_span_overlaps(d->evidence.at[e], span)) return d->name;
    }
    return (rap_slice){0};
}

/* Who is bound by the text that a passage is about: the one it names, else the only one of
 * several parties in the report. */
static uint32_t parties_of_text(finder *f, uint32_t begin, uint32_t end,
                                const uint32_t **who)
{
    const rap_span span = rap_tokens_of(f, begin, end);
    const rap_finding *only = NULL;
    for (uint32_t i = 0; i < f->list.count; i++) {
        const rap_finding *d = &f->list.at[i];
        if (d->kind != RAP_ENTRY_DOCUMENT || d->who_count < 2) continue;
        bool here = false;
        for (uint32_t e = 0; e < d->evidence.count; e++)
            here |= rap_span_overlaps(d->evidence.at[e], span);
        if (here || !only || d->evidence.count > only->evidence.count) only = d;
        if (here) break;
    }
    if (!only) return 0;
    *who = only->who;
    return only->who_count;
}

/* The same duty read by another of its verbs: the same words and debtors; the surer reading
 * and the day that one of them has are kept. */
static bool is_owed_already(finder *f, rap_span span, const uint32_t *who,
                            uint32_t count, const finding_due *due, float confidence)
{
    for (uint32_t i = 0; i < f->list.count; i++) {
        rap_finding *c = &f->list.at[i];
        if (c->kind != RAP_ENTRY_COMMITMENT || c->who_count != count ||
            c->anchor.begin != span.begin || c->anchor.end != span.end)
            continue;
        uint32_t same = 0;
        for (uint32_t k = 0; k < count; k++) same += c->who[k] == who[k];
        if (same < count || (c->due[0] && due->value[0] && strcmp(c->due, due->value)))
            continue;
        if (!c->due[0]) {
            c->due = due->value;
            c->due_earliest = due->earliest;
            c->due_latest = due->latest;
            c->due_basis = due->basis;
        }
        if (c->confidence < confidence) c->confidence = confidence;
        return true;
    }
    return false;
}

void rap_bond_add(finder *f, const bond *b)
{
    const rap_tokens *t = f->in->tokens;
    if (b->begin >= b->end) return;
    const rap_span span = rap_tokens_of(f, b->begin, b->end);
    if (span.end - span.begin > MOST_EVIDENCE) return;
    const uint32_t sentence = t->sentence[b->begin];
    const finding_due d =
        b->term ? rap_due_of(f, b->term)
                : rap_due_in(f, b->at ? b->at : b->begin, t->first[sentence + 1]);
    const uint32_t *who = b->who;
    uint32_t named = rap_name_sides(f, b->count, &who);
    /* "is to be opened": who is bound by the text owes it */
    const bool inferred = !named && d.bounded;
    if (inferred) named = parties_of_text(f, b->begin, b->end, &who);
    const uint32_t count = rap_add_states(f, named, &who);
    float confidence = b->confidence;
    if (is_owed_already(f, span, who, count, &d, confidence)) return;
    if (!count) confidence *= d.bounded ? 0.65f : 0.4f;
    rap_find_add(
        f,
        (rap_finding){
            .kind = RAP_ENTRY_COMMITMENT,
            .anchor = span,
            .who = who,
            .who_count = count,
            .inferred = inferred,
            .according_to = b->according_to,
            .name = rap_document_in(f, t->first[sentence], t->first[sentence + 1]),
            .class = "",
            .stance = "",
            .status = rap_outcome_of(f, b->begin, b->end, who, count, b->status),
            .whom = b->to,
            .whom_count = b->to_count,
            .terms = rap_terms_untimed(f, b->begin, b->end),
            .date = rap_when_of(f, b->begin),
            .due = d.value,
            .due_earliest = d.earliest,
            .due_latest = d.latest,
            .due_basis = d.basis,
            .confidence = confidence},
        &span, 1);
}
