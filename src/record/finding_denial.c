/*
 * finding_denial.c - what one speaker of a report claims and another denies.
 *
 * Reads   statements and their acts; stances of their words.
 * Method  a denial is answered to a claim: the last statement before it, near by, of the
 *         one whom its words name ("called the minister's claim false"), or, where it
 *         names nobody, of another speaker in the paragraph before.
 * Cost    NEAR statements for each denial.
 */
#include "finding_private.h"
#include "text.h"

enum { NEAR = 12, NEAR_BYTES = 1500, MOST_CLAIMS = 4 };

static rap_span hull_of(const rap_statement *s)
{
    return (rap_span){s->content.at[0].begin, s->content.at[s->content.count - 1].end};
}

/* The other speaker whom a denial names; RAP_NONE: nobody. */
static uint32_t named_in(const finder *f, const rap_statement *s)
{
    const rap_span span = hull_of(s);
    const rap_names *n = f->in->names;
    for (uint32_t t = rap_token_at(f, span.begin);
         t < f->in->tokens->count && f->in->tokens->span[t].begin < span.end; t++) {
        if (f->cover[t] == RAP_NONE) continue;
        const uint32_t actor = n->mention[f->cover[t]].actor;
        if (actor != RAP_NONE && actor != s->speaker &&
            n->actor[actor].kind == RAP_ACTOR_PERSON)
            return actor;
    }
    return RAP_NONE;
}

static bool is_denial(finder *f, const rap_statement *s)
{
    if (s->act == RAP_ACT_DENY) return true;
    if (s->act == RAP_ACT_REFUSE || s->speaker == RAP_NONE) return false;
    const rap_span span = hull_of(s);
    const uint32_t count = f->in->tokens->count;
    for (uint32_t t = rap_token_at(f, span.begin);
         t < count && f->in->tokens->span[t].begin < span.end; t++)
        if (rap_class_at(f, FINDING_FALSE, t, count)) return true;
    return false;
}

static const rap_statement *claim_before(const finder *f, uint32_t index,
                                         uint32_t speaker)
{
    const rap_statement *denial = &f->in->statements->statement[index];
    const uint32_t at = denial->content.at[0].begin;
    for (uint32_t i = index; i-- > 0 && index - i <= NEAR;) {
        const rap_statement *s = &f->in->statements->statement[i];
        if (!s->content.count || s->speaker == RAP_NONE ||
            s->speaker == denial->speaker)
            continue;
        if (s->content.at[0].begin + NEAR_BYTES < at) break;
        if (s->confidence < 0.5f || s->act == RAP_ACT_DENY) continue;
        if (speaker == RAP_NONE || s->speaker == speaker) return s;
    }
    return NULL;
}

/* What the claimant said in one go: his statements up to `last`, nobody else between. */
static uint32_t claims_up_to(const finder *f, uint32_t last, uint32_t out[MOST_CLAIMS])
{
    const rap_statements *s = f->in->statements;
    const uint32_t speaker = s->statement[last].speaker;
    uint32_t n = 0;
    for (uint32_t i = last + 1; i-- > 0 && n < MOST_CLAIMS;) {
        if (s->statement[i].speaker != speaker || !s->statement[i].content.count) break;
        out[n++] = i;
    }
    return n;
}

/* With the verb of saying where it stands next to the words: it may be all that denies. */
static rap_span denial_of(const finder *f, const rap_statement *s)
{
    rap_span span = hull_of(s);
    if (!s->cue.count) return span;
    const rap_span cue = s->cue.at[0];
    const rap_tokens *t = f->in->tokens;
    if (t->sentence[rap_token_at(f, cue.begin)] !=
        t->sentence[rap_token_at(f, span.begin)])
        return span;
    if (cue.end <= span.begin) span.begin = cue.begin;
    return span;
}

static void add_dispute(finder *f, uint32_t last, const rap_statement *denial)
{
    uint32_t claim[MOST_CLAIMS];
    const uint32_t n = claims_up_to(f, last, claim);
    rap_span evidence[MOST_CLAIMS + 1];
    uint32_t *who = rap_new(f->arena, uint32_t, n + 1);
    f->failed |= !who;
    if (!who) return;
    for (uint32_t i = 0; i < n; i++) {
        const rap_statement *s = &f->in->statements->statement[claim[n - 1 - i]];
        evidence[i] = hull_of(s);
        who[i] = s->speaker;
    }
    evidence[n] = denial_of(f, denial);
    who[n] = denial->speaker;
    rap_find_add(f,
                 (rap_finding){.kind = RAP_ENTRY_DISAGREEMENT,
                               .anchor = evidence[n],
                               .who = who,
                               .who_count = n + 1,
                               .according_to = RAP_NONE,
                               .class = "denial",
                               .stance = "",
                               .status = "",
                               .terms = "",
                               .date = denial->date,
                               .due = "",
                               .due_earliest = RAP_NO_DAY,
                               .due_latest = RAP_NO_DAY,
                               .due_basis = "",
                               .confidence = 0.6f},
                 evidence, n + 1);
}

/* Words with content that both use. */
static bool share_words(finder *f, const rap_statement *a, const rap_statement *b)
{
    const rap_span x = hull_of(a), y = hull_of(b);
    const uint32_t count = f->in->tokens->count;
    uint32_t shared = 0;
    for (uint32_t i = rap_token_at(f, x.begin);
         i < count && f->in->tokens->span[i].begin < x.end; i++) {
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos != RAP_NOUN && upos != RAP_PROPN && upos != RAP_ADJ) continue;
        for (uint32_t k = rap_token_at(f, y.begin);
             k < count && f->in->tokens->span[k].begin < y.end; k++)
            if (rap_slice_equal(f->lemma[i], f->lemma[k])) {
                shared++;
                break;
            }
    }
    return shared >= 2;
}

void rap_find_denials(finder *f)
{
    const rap_statements *s = f->in->statements;
    for (uint32_t i = 0; i < s->count; i++) {
        const rap_statement *denial = &s->statement[i];
        if (!denial->content.count || denial->speaker == RAP_NONE) continue;
        if (denial->confidence < 0.5f || !is_denial(f, denial)) continue;
        const uint32_t named = named_in(f, denial);
        const rap_statement *claim = claim_before(f, i, named);
        if (!claim) continue;
        if (named == RAP_NONE && !share_words(f, claim, denial)) continue;
        add_dispute(f, (uint32_t)(claim - s->statement), denial);
    }
}
