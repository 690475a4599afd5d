/*
 * finding_commitment.c - who owes what, until when.
 *
 * Reads   statements, clauses, durations and dates; words.tsv.
 * Method  a promise or an acceptance binds its speaker; "agreed to", "must", "is obliged
 *         to" bind the subject before them; "we will" binds the speaker; a mandate with an
 *         end is a commitment with a date. "Within 30 days" counts from the day of the
 *         document that the sentence stands under, and only if that day is known.
 */
#include "finding_private.h"
#include "text.h"

enum { MOST_EVIDENCE = 600, MOST_TERM_YEARS = 100 };

typedef struct due {
    const char *value; /* "" if open */
    rap_day earliest, latest;
    const char *basis;
    bool bounded; /* a term or day is named, known or not */
} due;

static due open_end(void)
{
    return (due){"", RAP_NO_DAY, RAP_NO_DAY, "", false};
}

/* ---- terms ----------------------------------------------------------------------- */

/* The day a term runs from: that of the agreement this report tells of. */
static rap_day start_of_terms(const finder *f)
{
    for (uint32_t i = 0; i < f->list.count; i++) {
        const rap_finding *d = &f->list.at[i];
        if (d->kind != RAP_ENTRY_DOCUMENT || d->who_count < 2) continue;
        if (d->date.earliest != RAP_NO_DAY && d->date.earliest == d->date.latest)
            return d->date.earliest;
    }
    return RAP_NO_DAY;
}

/* "P30D", "P5M", "P2W" after `start`; RAP_NO_DAY: no such length. */
static rap_day after_length(rap_day start, const char *length)
{
    uint32_t n = 0;
    const char *at = length;
    if (*at++ != 'P' || start == RAP_NO_DAY) return RAP_NO_DAY;
    while (*at >= '0' && *at <= '9' && n < 100000) n = n * 10 + (uint32_t)(*at++ - '0');
    if (!n || at[1]) return RAP_NO_DAY;
    if (*at == 'D' && n <= 366 * MOST_TERM_YEARS) return start + (rap_day)n;
    if (*at == 'W' && n <= 53 * MOST_TERM_YEARS) return start + (rap_day)(7 * n);
    if (*at == 'M' && n <= 12 * MOST_TERM_YEARS)
        return rap_day_add_months(start, (int32_t)n);
    if (*at == 'Y' && n <= MOST_TERM_YEARS)
        return rap_day_add_months(start, (int32_t)(12 * n));
    return RAP_NO_DAY;
}

static due due_of_timex(finder *f, const rap_timex *x)
{
    due d = open_end();
    d.bounded = true;
    char day[12] = "";
    if (x->type == RAP_TIMEX_DURATION) {
        const rap_day end = after_length(start_of_terms(f), x->value);
        if (end == RAP_NO_DAY) return d;
        rap_day_format(end, day);
        d.earliest = d.latest = end;
        d.basis = "computed";
    } else {
        if (x->latest == RAP_NO_DAY) return d;
        rap_date_format(rap_date_of_value(x->value, x->earliest, x->latest), day);
        d.earliest = x->earliest;
        d.latest = x->latest;
        d.basis = "stated";
    }
    const rap_slice kept = rap_arena_copy(f->arena, rap_slice_of(day));
    f->failed |= !kept.at;
    d.value = kept.at ? kept.at : "";
    return d;
}

/* Does a word that bounds a term stand before `token`? */
static bool is_bound(const finder *f, uint32_t token, uint32_t begin, bool length)
{
    for (uint32_t i = token > begin + 3 ? token - 3 : begin; i < token; i++) {
        const uint32_t after =
            rap_class_at(f, length ? FINDING_WITHIN : FINDING_BY, i, token);
        if (after == token) return true;
    }
    return false;
}

static due due_in(finder *f, uint32_t begin, uint32_t end)
{
    const rap_times *times = f->in->times;
    for (uint32_t i = 0; i < times->count; i++) {
        const rap_timex *x = &times->timex[i];
        if (x->first < begin || x->last >= end) continue;
        const bool length = x->type == RAP_TIMEX_DURATION;
        if (is_bound(f, x->first, begin, length)) return due_of_timex(f, x);
    }
    return open_end();
}

/* ---- commitments ----------------------------------------------------------------- */

static rap_slice document_in(finder *f, uint32_t begin, uint32_t end)
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

typedef struct bond {
    const uint32_t *who;
    uint32_t count;
    uint32_t begin, end; /* tokens */
    const char *status;
    uint32_t according_to;
    float confidence;
} bond;

static void add_commitment(finder *f, const bond *b)
{
    const rap_tokens *t = f->in->tokens;
    if (b->begin >= b->end) return;
    const rap_span span = rap_tokens_of(f, b->begin, b->end);
    if (span.end - span.begin > MOST_EVIDENCE) return;
    const uint32_t sentence = t->sentence[b->begin];
    const due d = due_in(f, b->begin, t->first[sentence + 1]);
    float confidence = b->confidence;
    if (!b->count) confidence *= d.bounded ? 0.65f : 0.4f;
    rap_find_add(f,
                 (rap_finding){
                     .kind = RAP_ENTRY_COMMITMENT,
                     .anchor = span,
                     .who = b->who,
                     .who_count = b->count,
                     .according_to = b->according_to,
                     .name = document_in(f, t->first[sentence], t->first[sentence + 1]),
                     .class = "",
                     .stance = "",
                     .status = b->status,
                     .terms = rap_terms_of(f, b->begin, b->end),
                     .date = rap_when_of(f, b->begin),
                     .due = d.value,
                     .due_earliest = d.earliest,
                     .due_latest = d.latest,
                     .due_basis = d.basis,
                     .confidence = confidence},
                 &span, 1);
}

/* Is it to do something that was agreed to, not a thing accepted? */
static bool opens_with_deed(const finder *f, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end && i < begin + 5; i++) {
        if (rap_class_at(f, FINDING_UNDERTAKE, i, end)) return true;
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos == RAP_VERB) return true;
    }
    return false;
}

static void from_statement(finder *f, const rap_statement *s)
{
    if (s->act != RAP_ACT_PROMISE && s->act != RAP_ACT_ACCEPT) return;
    if (s->speaker == RAP_NONE || s->negated) return;
    const rap_actor *a = &f->in->names->actor[s->speaker];
    uint32_t *one = rap_new(f->arena, uint32_t, 1);
    f->failed |= !one;
    if (!one || a->kind == RAP_ACTOR_PLACE) return;
    *one = s->speaker;
    for (uint32_t i = 0; i < s->content.count; i++) {
        bond b = {.who = a->members ? a->member : one,
                  .count = a->members ? a->members : 1,
                  .begin = rap_token_at(f, s->content.at[i].begin),
                  .status = "in-force",
                  .according_to = RAP_NONE,
                  .confidence = s->confidence * 0.9f};
        b.end = rap_token_at(f, s->content.at[i].end - 1) + 1;
        if (!rap_is_body(f, f->in->tokens->sentence[b.begin])) continue;
        if (s->act == RAP_ACT_ACCEPT && !opens_with_deed(f, b.begin, b.end)) continue;
        add_commitment(f, &b);
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

static void from_will(finder *f, uint32_t token)
{
    const uint32_t said = f->said[token];
    if (said == RAP_NONE || !is_first_person(f, token)) return;
    const rap_statement *s = &f->in->statements->statement[said];
    if (s->speaker == RAP_NONE || rap_is_negated(f, token + 1, token)) return;
    bond b = {.status = "in-force", .according_to = RAP_NONE};
    rap_clause_of(f, token, &b.begin, &b.end);
    uint32_t *one = rap_new(f->arena, uint32_t, 1);
    f->failed |= !one;
    if (!one || !is_deed(f, token + 1, b.end)) return;
    *one = s->speaker;
    b.who = one;
    b.count = 1;
    b.confidence = s->confidence * 0.8f;
    add_commitment(f, &b);
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

/* "must", "is to", "has undertaken to": binds the subject. What a person says that
 * another must do is a demand; only a text, or a day by which, makes it a duty. */
static void from_duty(finder *f, uint32_t token, uint32_t after, bool undertaken)
{
    const rap_tokens *t = f->in->tokens;
    bond b = {.status = "in-force", .according_to = RAP_NONE};
    uint32_t subject, clause;
    rap_clause_of(f, token, &clause, &b.end);
    if (after >= b.end) return;
    const uint32_t sentence = t->sentence[token];
    b.count = rap_subject_of(f, token, &b.who, &subject);
    b.begin = b.count ? subject : clause;
    const bool bounded = due_in(f, b.begin, t->first[sentence + 1]).bounded;
    const bool text = names_document(f, sentence);
    if (!undertaken && !bounded && !text) return;
    if (undertaken && !b.count) return;
    const uint32_t said = f->said[token];
    if (said != RAP_NONE) b.according_to = f->in->statements->statement[said].speaker;
    b.confidence = undertaken ? 0.78f : bounded ? 0.82f : 0.62f;
    if (rap_is_negated(f, token, b.begin) && undertaken) return;
    add_commitment(f, &b);
}

/* "The mission is set to expire in 2025", "with a mandate of six months" */
static void from_term(finder *f, uint32_t token)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t sentence = t->sentence[token];
    const uint32_t first = t->first[sentence], end = t->first[sentence + 1];
    const rap_timex *found = NULL;
    for (uint32_t i = 0; i < f->in->times->count; i++) {
        const rap_timex *x = &f->in->times->timex[i];
        if (x->first > token && x->first < end && x->first < token + 10) found = x;
    }
    if (!found) return;
    bool ends = found->type == RAP_TIMEX_DURATION && found->first <= token + 3;
    for (uint32_t i = token + 1; i < found->first; i++)
        ends |= rap_word_is(f, i, FINDING_EXPIRE) && f->in->syntax->upos[i] == RAP_VERB;
    if (!ends) return;
    const due d = due_of_timex(f, found);
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
                               .name = document_in(f, first, end),
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

static void at_token(finder *f, uint32_t token, uint32_t end)
{
    const uint8_t upos = f->in->syntax->upos[token];
    if (upos == RAP_NOUN && rap_word_is(f, token, FINDING_TERM)) from_term(f, token);
    if (!carries(f, token)) return;
    if (rap_word_is(f, token, FINDING_WILL)) from_will(f, token);
    if (f->cued[token] != RAP_NONE) return;
    const uint32_t taken = rap_class_at(f, FINDING_UNDERTAKE, token, end);
    if (taken) {
        from_duty(f, token, taken, true);
    } else if (rap_word_is(f, token, FINDING_MUST)) {
        from_duty(f, token, token + 1, false);
    } else if (token + 1 < end) {
        const uint32_t to = rap_class_at(f, FINDING_OBLIGE, token + 1, end);
        if (to && upos == RAP_AUX) from_duty(f, token, to, false);
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
