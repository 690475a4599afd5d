/*
 * finding_commitment.c - who owes what, until when.
 *
 * Reads   statements, clauses, durations and dates; words.tsv.
 * Method  a promise or an acceptance binds its speaker; "agreed to", "must", "is obliged
 *         to" bind the subject before them; "we will" binds the speaker; a mandate with an
 *         end is a commitment with a date.
 */
#include "finding_bond.h"
#include "text.h"

enum { MOST_EVIDENCE = 600 };

/* A statement less sure than this tells less than the clause of its verb. */
static const float UNSURE = 0.6f;
/* A duty of somebody who is only described. */
static const float OF_SOMEBODY = 0.8f;

/* ---- commitments ----------------------------------------------------------------- */

/* Is it to do something that was agreed to, not a thing accepted? "A ceasefire" and "unhindered
 * access" are deeds, as far as the list of issues knows them; "the plan" is none. */
static bool opens_with_deed(finder *f, uint32_t begin, uint32_t end, bool of_agreement)
{
    if (of_agreement && rap_is_matter(f, begin, end)) return true;
    for (uint32_t i = begin; i < end && i < begin + 5; i++) {
        if (rap_class_at(f, FINDING_UNDERTAKE, i, end)) return true;
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos == RAP_VERB) return true;
    }
    return false;
}

/* "agreed to", not "supports" */
static bool is_agreement(const finder *f, const rap_statement *s)
{
    const rap_tokens *t = f->in->tokens;
    for (uint32_t i = s->cue.count ? rap_token_at(f, s->cue.at[0].begin) : t->count;
         i < t->count && t->span[i].begin < s->cue.at[0].end; i++)
        if (rap_word_is(f, i, FINDING_AGREE)) return true;
    return false;
}

static void from_statement(finder *f, const rap_statement *s)
{
    if (s->act != RAP_ACT_PROMISE && s->act != RAP_ACT_ACCEPT) return;
    const uint32_t *who, *to = &s->addressee;
    if (s->negated || rap_is_cue_supposed(f, s)) return;
    const uint32_t count = rap_speakers_of(f, s, &who);
    if (!count) return;
    for (uint32_t i = 0; i < s->content.count; i++) {
        bond b = {.who = who,
                  .count = count,
                  .begin = rap_token_at(f, s->content.at[i].begin),
                  .status = "in-force",
                  .to = to,
                  .to_count = s->addressee != RAP_NONE,
                  .according_to = RAP_NONE,
                  .confidence = s->confidence * 0.9f};
        b.end = rap_token_at(f, s->content.at[i].end - 1) + 1;
        if (!rap_is_body(f, f->in->tokens->sentence[b.begin])) continue;
        if (s->act == RAP_ACT_ACCEPT &&
            !opens_with_deed(f, b.begin, b.end, is_agreement(f, s)))
            continue;
        rap_bond_add(f, &b);
    }
}

/* Does the speaker of a content mean himself and his side? */
static bool is_first_person(const finder *f, uint32_t will)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t first = t->first[t->sentence[will]];
    for (uint32_t i = will; i > first && will - i < 3; i--)
        if (rap_word_is(f, i - 1, FINDING_FIRST)) return true;
    return false;
}

/* Behind "will": to be something is no deed. */
static bool is_deed(const finder *f, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end && i < from + 4; i++) {
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos == RAP_VERB) return f->in->syntax->form[i] == RAP_FORM_BASE;
        if (upos == RAP_AUX) return false;
    }
    return false;
}

static bool is_deed_or_gerund(const finder *f, uint32_t token)
{
    return f->in->syntax->upos[token] == RAP_VERB ||
           f->in->syntax->form[token] == RAP_FORM_GERUND;
}

static bool acts_for(const rap_actor *a)
{
    return a->kind == RAP_ACTOR_STATE || rap_slice_is(a->sector, "GOV") ||
           rap_slice_is(a->sector, "MIL");
}

/* Is the subject of "will" the speaker or his state? */
static bool is_own_side(const finder *f, const bond *b, uint32_t speaker)
{
    const rap_actor *s = &f->in->names->actor[speaker];
    for (uint32_t i = 0; i < b->count; i++) {
        const rap_actor *a = &f->in->names->actor[b->who[i]];
        if (b->who[i] == speaker) return true;
        if (a->kind == RAP_ACTOR_STATE && s->code.len && acts_for(s) &&
            rap_slice_equal(a->code, s->code))
            return true;
    }
    return false;
}

/* "His land and its neighbour would sign": he foretells what he cannot promise. */
static bool is_alone(const bond *b, uint32_t speaker)
{
    for (uint32_t i = 0; i < b->count; i++)
        if (b->who[i] == speaker) return true;
    return b->count == 1;
}

/* What a speaker says that he or his side will do, and what a text says that a party
 * will do. */
static void from_will(finder *f, uint32_t token)
{
    const uint32_t said = f->said[token];
    if (said == RAP_NONE || token + 1 >= f->in->tokens->count) return;
    if (rap_word_is(f, token + 1, FINDING_NOT)) return; /* a refusal */
    const rap_statement *s = &f->in->statements->statement[said];
    bond b = {.status = "in-force", .according_to = RAP_NONE};
    uint32_t begin;
    rap_own_clause_of(f, token, &b.begin, &b.end);
    uint32_t *one = rap_new(f->arena, uint32_t, 1);
    f->failed |= !one;
    if (!one || !is_deed(f, token + 1, b.end)) return;
    b.count = rap_subject_of(f, token, &b.who, &begin);
    if (s->speaker == RAP_NONE) {
        if (!b.count || s->mode == RAP_MODE_DIRECT) return;
        b.confidence = s->confidence * 0.75f;
    } else if (is_first_person(f, token) ||
               (is_own_side(f, &b, s->speaker) && is_alone(&b, s->speaker))) {
        *one = s->speaker;
        b.who = one;
        b.count = 1;
        b.confidence = s->confidence * 0.8f;
    } else {
        return;
    }
    rap_bond_add(f, &b);
    /* what a text says that its parties together will do */
    if (s->speaker == RAP_NONE && b.count > 1)
        rap_take_on(f, b.who, b.count, b.begin, b.end, b.confidence);
}

/* Is `token` a form of be or have, or a verb, that an obligation hangs on? */
static bool carries(const finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    return upos == RAP_AUX || upos == RAP_VERB;
}

static bool names_document(const finder *f, uint32_t sentence)
{
    const rap_tokens *t = f->in->tokens;
    for (uint32_t i = t->first[sentence]; i < t->first[sentence + 1]; i++)
        if (rap_phrase_at(f, &f->knowledge->documents, i, t->first[sentence + 1], NULL))
            return true;
    return false;
}

/* The last day named behind "is due to": what is planned for it; NULL: none is. */
static const rap_timex *day_behind(const finder *f, uint32_t token, uint32_t end)
{
    const rap_timex *last = NULL;
    for (uint32_t i = rap_times_from(f, token); i < f->in->times->count; i++) {
        const rap_timex *x = &f->in->times->timex[i];
        if (x->first >= end) break;
        if (x->type == RAP_TIMEX_DATE && x->earliest != RAP_NO_DAY &&
            x->latest - x->earliest < 32)
            last = x;
    }
    return last;
}

/* "They might agree to talk": not in their own words, it is no duty. */
static bool is_only_possible(const finder *f, uint32_t token, uint32_t begin,
                             const bond *b)
{
    const uint32_t said = f->said[token];
    if (rap_word_is(f, token, FINDING_MUST)) return false;
    if (said != RAP_NONE) {
        const uint32_t speaker = f->in->statements->statement[said].speaker;
        if (speaker == RAP_NONE || is_own_side(f, b, speaker)) return false;
    }
    for (uint32_t i = token > begin + 3 ? token - 3 : begin; i < token; i++)
        if (rap_word_is(f, i, FINDING_MAY)) return true;
    return false;
}

/* "must", "is to", "has undertaken to": binds the subject. What a person says that
 * another must do is a demand; only a text, or a day by which, makes it a duty. */
static void from_duty(finder *f, uint32_t token, uint32_t after, bool undertaken)
{
    const rap_tokens *t = f->in->tokens;
    bond b = {.status = "in-force", .according_to = RAP_NONE, .at = token};
    uint32_t subject, clause;
    rap_own_clause_of(f, token, &clause, &b.end);
    if (after >= b.end) return;
    const uint32_t sentence = t->sentence[token];
    b.count = rap_subject_of(f, token, &b.who, &subject);
    b.begin = b.count ? subject : clause;
    const uint32_t said = f->said[token];
    const bool we = !b.count && said != RAP_NONE && is_first_person(f, token);
    if (we) b.count = rap_speakers_of(f, &f->in->statements->statement[said], &b.who);
    if (b.count && !we && is_only_possible(f, token, b.begin, &b)) return;
    const bool by = rap_due_in(f, token, t->first[sentence + 1]).bounded;
    const rap_timex *day = day_behind(f, after, t->first[sentence + 1]);
    const bool bounded = by || day;
    if (!by && day && day->first < b.end && b.count) b.term = day;
    const bool text = names_document(f, sentence);
    const bool own = b.count && f->said[token] == RAP_NONE &&
                     f->in->article->kind == RAP_KIND_REPORT;
    /* "is expected to meet": of no text and without a day it is only news */
    const bool awaited =
        !undertaken && token + 1 < after && rap_word_is(f, token + 1, FINDING_PLAN);
    if (!undertaken && !bounded && !text && (!own || awaited)) return;
    if (undertaken && !b.count) return;
    if (said != RAP_NONE && !we)
        b.according_to = f->in->statements->statement[said].speaker;
    b.confidence = undertaken ? 0.78f : bounded ? 0.82f : 0.62f;
    if (rap_is_negated(f, token, b.begin) && undertaken) return;
    rap_bond_add(f, &b);
}

/* "would propose a truce of ten days", "demanded a mandate of a year": there is none yet. */
static bool is_only_wished(const finder *f, uint32_t token)
{
    uint32_t clause, end;
    rap_clause_of(f, token, &clause, &end);
    for (uint32_t i = token > clause + 8 ? token - 8 : clause; i < token; i++) {
        const finding_phrase *p =
            rap_phrase_at(f, &f->knowledge->stances, i, token, NULL);
        if (f->in->syntax->upos[i] != RAP_VERB || !p) continue;
        if (p->value == STANCE_PROPOSES || p->value == STANCE_DEMANDS ||
            p->value == STANCE_REJECTS || p->value == STANCE_OPPOSES)
            return true;
    }
    return false;
}

/* "The mission is set to expire in 2025", "with a mandate of six months" */
static void from_term(finder *f, uint32_t token)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t sentence = t->sentence[token];
    const uint32_t first = t->first[sentence], end = t->first[sentence + 1];
    const rap_timex *found = NULL;
    for (uint32_t i = rap_times_from(f, token); i < f->in->times->count; i++) {
        const rap_timex *x = &f->in->times->timex[i];
        if (x->first >= end || x->first >= token + 10) break;
        found = x;
    }
    if (!found) return;
    bool ends = found->type == RAP_TIMEX_DURATION && found->first <= token + 3;
    for (uint32_t i = token + 1; i < found->first; i++)
        ends |= rap_word_is(f, i, FINDING_EXPIRE) && f->in->syntax->upos[i] == RAP_VERB;
    if (!ends || is_only_wished(f, token)) return;
    const finding_due d = rap_due_of(f, found);
    const rap_span span = rap_tokens_of(f, first, end);
    const uint32_t *who = NULL;
    uint32_t count = 0;
    for (uint32_t i = first; i < end && !count; i++)
        if (f->cover[i] != RAP_NONE) count = rap_named_from(f, i, &who, &(uint32_t){0});
    if (span.end - span.begin > MOST_EVIDENCE) return;
    rap_find_add(f,
                 (rap_finding){.kind = RAP_ENTRY_COMMITMENT,
                               .anchor = span,
                               .who = who,
                               .who_count = count,
                               .according_to = RAP_NONE,
                               .name = rap_document_in(f, first, end),
                               .class = "",
                               .stance = "",
                               .status = "in-force",
                               .terms = rap_terms_of(f, first, end),
                               .date = rap_when_of(f, token),
                               .due = d.value,
                               .due_earliest = d.earliest,
                               .due_latest = d.latest,
                               .due_basis = d.basis,
                               .confidence = 0.72f},
                 &span, 1);
}

static const rap_timex *length_from(const finder *f, uint32_t token, uint32_t reach)
{
    const uint32_t i = rap_times_from(f, token);
    if (i == f->in->times->count) return NULL;
    const rap_timex *x = &f->in->times->timex[i];
    return x->first <= token + reach && x->type == RAP_TIMEX_DURATION ? x : NULL;
}

static bool is_infinitive_from(const finder *f, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i + 1 < end && i < from + 8; i++)
        if (f->in->syntax->upos[i] == RAP_PART &&
            f->in->syntax->upos[i + 1] == RAP_VERB)
            return true;
    return false;
}

/* "to disarm", "to “permanently leave": a particle or preposition with a verb behind it. */
static bool opens_infinitive(const finder *f, uint32_t at, uint32_t end)
{
    const uint8_t upos = f->in->syntax->upos[at];
    if (upos == RAP_PART) return true;
    if (upos != RAP_ADP) return false;
    for (uint32_t i = at + 1; i < end && i < at + 4; i++)
        if (f->in->syntax->upos[i] == RAP_VERB)
            return f->in->syntax->form[i] == RAP_FORM_BASE;
    return false;
}

/* The token behind a noun phrase without a name that begins at `from`; 0: none is there. */
static uint32_t plain_noun_from(const finder *f, uint32_t from, uint32_t end)
{
    uint32_t noun = 0;
    for (uint32_t i = from; i < end && i < from + 5; i++) {
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos == RAP_NOUN)
            noun = i + 1;
        else if (upos != RAP_DET && upos != RAP_ADJ)
            break;
    }
    return noun;
}

/* "the text obliges the rebels to disarm", "gives them 30 days to disarm" */
static void from_obliger(finder *f, uint32_t token, uint32_t end)
{
    uint32_t behind, subject, clause;
    const uint32_t *by;
    bond b = {.status = "in-force", .according_to = RAP_NONE, .confidence = 0.75f};
    b.count = rap_named_from(f, token + 1, &b.who, &behind);
    /* "the front" may be none of the parties known by name: it owes it all the same */
    if (!b.count) behind = plain_noun_from(f, token + 1, end);
    if (!b.count) b.confidence = OF_SOMEBODY;
    if (!behind || behind >= end) return;
    const uint32_t subjects = rap_subject_of(f, token, &by, &subject);
    for (uint32_t i = 0; i < subjects; i++)
        if (f->in->names->actor[by[i]].kind == RAP_ACTOR_PERSON) return;
    const bool term = length_from(f, behind, 1) != NULL;
    const bool to = opens_infinitive(f, behind, end);
    if (!to && !(term && is_infinitive_from(f, behind, end))) return;
    rap_own_clause_of(f, token, &clause, &b.end);
    b.begin = token;
    rap_bond_add(f, &b);
}

/* "has until 15 March to" */
static const rap_timex *day_until(const finder *f, uint32_t token, uint32_t end)
{
    if (token + 2 >= end || !rap_word_is(f, token + 1, FINDING_BY)) return NULL;
    const uint32_t i = rap_times_from(f, token + 2);
    if (i == f->in->times->count) return NULL;
    const rap_timex *x = &f->in->times->timex[i];
    const bool day = x->first == token + 2 && x->type == RAP_TIMEX_DATE;
    return day && x->latest != RAP_NO_DAY ? x : NULL;
}

/* "the mediators have five months to hold a conference" */
static void from_term_to_do(finder *f, uint32_t token, uint32_t end)
{
    const rap_timex *term = length_from(f, token + 1, 0);
    uint32_t clause;
    bond b = {.status = "in-force", .according_to = RAP_NONE, .confidence = 0.78f};
    if (!term) term = day_until(f, token, end);
    if (!term || !is_infinitive_from(f, term->last + 1, end)) return;
    rap_own_clause_of(f, token, &clause, &b.end);
    b.term = term;
    b.count = rap_subject_of(f, token, &b.who, &b.begin);
    if (!b.count) b.begin = clause;
    rap_bond_add(f, &b);
}

/* "the ministry's commitment to lifting the blockade" */
static void from_pledge(finder *f, uint32_t token, uint32_t end)
{
    uint32_t clause;
    bond b = {.status = "in-force", .according_to = RAP_NONE, .confidence = 0.62f};
    if (token < 2 || token + 2 >= end) return;
    const uint8_t next = f->in->syntax->upos[token + 1];
    if (next != RAP_PART && next != RAP_ADP && next != RAP_SCONJ) return;
    const uint32_t cover =
        f->cover[token - 1] != RAP_NONE ? f->cover[token - 1] : f->cover[token - 2];
    if (cover == RAP_NONE || !is_deed_or_gerund(f, token + 2)) return;
    const rap_mention *m = &f->in->names->mention[cover];
    const uint32_t count = rap_named_from(f, m->first, &b.who, &clause);
    if (!count || m->last + 3 < token) return;
    b.count = count;
    rap_own_clause_of(f, token, &clause, &b.end);
    b.begin = m->first;
    rap_bond_add(f, &b);
}

/* "an office to be opened within 30 days" */
static void from_passive_infinitive(finder *f, uint32_t token, uint32_t end)
{
    const rap_syntax *s = f->in->syntax;
    bond b = {.status = "in-force", .according_to = RAP_NONE, .confidence = 0.75f};
    if (token < 1 || token + 2 >= end || s->upos[token] != RAP_PART) return;
    if (!rap_word_is(f, token + 1, FINDING_PASSIVE)) return;
    if (s->form[token + 2] != RAP_FORM_PARTICIPLE || !s->head) return;
    uint32_t clause;
    rap_clause_of(f, token, &clause, &b.end);
    const uint32_t noun = token - 1; /* the tree may hang it on the verb before */
    if (s->upos[noun] != RAP_NOUN) return;
    if (!rap_due_in(f, token, b.end).bounded) return;
    b.begin = noun;
    while (b.begin > clause && s->head[b.begin - 1] == noun) b.begin--;
    rap_bond_add(f, &b);
}

/* Is it the verb of a promise or an acceptance, which from_statement has read? */
static bool is_told_as_act(const finder *f, uint32_t token)
{
    if (f->cued[token] == RAP_NONE) return false;
    const rap_statement *s = &f->in->statements->statement[f->cued[token]];
    if (s->confidence < UNSURE) return false; /* the clause by itself is surer */
    return s->act == RAP_ACT_PROMISE || s->act == RAP_ACT_ACCEPT;
}

static void at_token(finder *f, uint32_t token, uint32_t end)
{
    from_passive_infinitive(f, token, end);
    if (f->in->syntax->upos[token] == RAP_NOUN && rap_word_is(f, token, FINDING_PLEDGE))
        from_pledge(f, token, end);
    const uint8_t upos = f->in->syntax->upos[token];
    if (upos == RAP_NOUN && rap_word_is(f, token, FINDING_TERM)) from_term(f, token);
    if (!carries(f, token)) return;
    if (rap_word_is(f, token, FINDING_WILL)) from_will(f, token);
    if (is_told_as_act(f, token)) return;
    if (rap_word_is(f, token, FINDING_OBLIGER)) from_obliger(f, token, end);
    if (rap_word_is(f, token, FINDING_HAVE)) from_term_to_do(f, token, end);
    const uint32_t taken = rap_class_at(f, FINDING_UNDERTAKE, token, end);
    if (taken) {
        from_duty(f, token, taken, true);
    } else if (rap_word_is(f, token, FINDING_MUST)) {
        from_duty(f, token, token + 1, false);
    } else if (token + 1 < end) {
        const uint32_t to = rap_class_at(f, FINDING_OBLIGE, token + 1, end);
        const bool has = rap_word_is(f, token, FINDING_HAVE);
        if (to && (upos == RAP_AUX || has)) from_duty(f, token, to, false);
    }
}

void rap_find_commitments(finder *f)
{
    const rap_tokens *t = f->in->tokens;
    for (uint32_t i = 0; i < f->in->statements->count; i++)
        from_statement(f, &f->in->statements->statement[i]);
    for (uint32_t i = 0; i < t->count; i++)
        if (rap_is_body(f, t->sentence[i]))
            at_token(f, i, t->first[t->sentence[i] + 1]);
}
