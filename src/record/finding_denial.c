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

enum { NEAR = 12, NEAR_BYTES = 1500, MOST_CLAIMS = 4, OBJECT_REACH = 5 };

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

typedef struct denial { /* on its way in */
    uint32_t speaker;
    rap_span span;   /* the words that deny */
    uint32_t before; /* statements before this one may be the claim */
    rap_when date;
} denial;

/* The last claim before a denial, by `speaker` or, RAP_NONE, by another one. */
static const rap_statement *claim_before(const finder *f, const denial *d,
                                         uint32_t speaker)
{
    const uint32_t at = d->span.begin;
    for (uint32_t i = d->before; i-- > 0 && d->before - i <= NEAR;) {
        const rap_statement *s = &f->in->statements->statement[i];
        if (!s->content.count || s->speaker == RAP_NONE || s->speaker == d->speaker)
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

/* Has the same one denied the same claim before? */
static bool is_told(const finder *f, const denial *d, rap_span claim)
{
    for (uint32_t i = 0; i < f->list.count; i++) {
        const rap_finding *p = &f->list.at[i];
        if (p->kind != RAP_ENTRY_DISAGREEMENT || p->who_count < 2) continue;
        if (p->who[p->who_count - 1] == d->speaker &&
            rap_span_overlaps(p->evidence.at[p->evidence.count - 2], claim))
            return true;
    }
    return false;
}

static void add_dispute(finder *f, uint32_t last, const denial *d)
{
    uint32_t claim[MOST_CLAIMS];
    const uint32_t n = claims_up_to(f, last, claim);
    rap_span evidence[MOST_CLAIMS + 1];
    uint32_t *who = rap_new(f->arena, uint32_t, n + 1);
    f->failed |= !who;
    if (!who || is_told(f, d, hull_of(&f->in->statements->statement[last]))) return;
    for (uint32_t i = 0; i < n; i++) {
        const rap_statement *s = &f->in->statements->statement[claim[n - 1 - i]];
        evidence[i] = hull_of(s);
        who[i] = s->speaker;
    }
    evidence[n] = d->span;
    who[n] = d->speaker;
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
                               .date = d->date,
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

/* Does tokens [begin, end) hold a word for what was said, or a pronoun for it? */
static bool names_claim(const finder *f, uint32_t begin, uint32_t end)
{
    if (begin < end && f->in->syntax->upos[begin] == RAP_PRON) return true;
    for (uint32_t i = begin; i < end && i < begin + OBJECT_REACH; i++)
        if (f->in->syntax->upos[i] == RAP_NOUN && rap_word_is(f, i, FINDING_CLAIM))
            return true;
    return false;
}

static bool calls_false(const finder *f, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (rap_class_at(f, FINDING_FALSE, i, end)) return true;
    return false;
}

/* "called the minister's claim false": whose it is; RAP_NONE: it is not said. */
static uint32_t owner_of_claim(const finder *f, uint32_t verb, uint32_t end,
                               uint32_t speaker)
{
    const rap_names *n = f->in->names;
    for (uint32_t i = verb + 1; i < end && i <= verb + OBJECT_REACH; i++) {
        const uint32_t index = n->at_token[i];
        if (index == RAP_NONE) continue;
        const uint32_t actor = n->mention[index].actor;
        if (actor != RAP_NONE && actor != speaker &&
            n->actor[actor].kind == RAP_ACTOR_PERSON)
            return actor;
    }
    return RAP_NONE;
}

/* "The front denied it", "called the claim a fabrication": all that is said of what another
 * claimed right before. */
static void from_verb(finder *f, uint32_t verb)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t *who;
    uint32_t begin, clause, end;
    rap_clause_of(f, verb, &clause, &end);
    if (verb + 1 >= end || rap_is_negated(f, verb, verb)) return;
    if (!names_claim(f, verb + 1, end)) return;
    if (!rap_word_is(f, verb, FINDING_DENY) && !calls_false(f, verb + 1, end)) return;
    if (rap_subject_of(f, verb, &who, &begin) != 1) return;
    denial d = {.speaker = who[0],
                .span = rap_tokens_of(f, begin, end),
                .date = rap_when_of(f, verb)};
    const rap_statements *s = f->in->statements;
    while (d.before < s->count &&
           (!s->statement[d.before].content.count ||
            hull_of(&s->statement[d.before]).begin < d.span.begin))
        d.before++;
    const uint32_t named = owner_of_claim(f, verb, end, d.speaker);
    const rap_statement *claim = claim_before(f, &d, named);
    if (!claim) return;
    const uint32_t told = t->sentence[rap_token_at(f, hull_of(claim).begin)];
    if (named == RAP_NONE && told + 1 < t->sentence[verb])
        return; /* it is what was said last */
    add_dispute(f, (uint32_t)(claim - s->statement), &d);
}

void rap_find_denials(finder *f)
{
    const rap_statements *s = f->in->statements;
    const rap_tokens *t = f->in->tokens;
    for (uint32_t i = 0; i < t->count; i++)
        if (f->in->syntax->upos[i] == RAP_VERB && rap_is_body(f, t->sentence[i]))
            from_verb(f, i);
    for (uint32_t i = 0; i < s->count; i++) {
        const rap_statement *said = &s->statement[i];
        if (!said->content.count || said->speaker == RAP_NONE) continue;
        if (said->confidence < 0.5f || !is_denial(f, said)) continue;
        const denial d = {said->speaker, denial_of(f, said), i, said->date};
        const uint32_t named = named_in(f, said);
        const rap_statement *claim = claim_before(f, &d, named);
        if (!claim) continue;
        if (named == RAP_NONE && !share_words(f, claim, said)) continue;
        add_dispute(f, (uint32_t)(claim - s->statement), &d);
    }
}
