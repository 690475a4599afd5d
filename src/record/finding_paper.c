/*
 * finding_paper.c - when a document is of, and whose, from the words around one mention.
 *
 * Reads   times, verbs of making, statements, mentions.
 * Cost    a bounded part of a sentence for each.
 */
#include "finding_document.h"
#include "finding_meeting.h"
#include "text.h"

#include <stdlib.h>

enum { MADE_BEHIND = 6, MADE_WHOSE = 18, COUNTED = 8, BEFORE = 6, WINDOW = 80 };

static uint32_t sentence_end(const finder *f, uint32_t token)
{
    return f->in->tokens->first[f->in->tokens->sentence[token] + 1];
}

static const rap_timex *timex_over(const finder *f, uint32_t first, uint32_t end)
{
    for (uint32_t i = rap_first_time(f, first); i < f->in->times->count; i++) {
        const rap_timex *x = &f->in->times->timex[i];
        if (x->first >= end) break;
        const bool day = x->type == RAP_TIMEX_DATE || x->type == RAP_TIMEX_TIME;
        if (x->first >= first && day && x->earliest != RAP_NO_DAY) return x;
    }
    return NULL;
}

static void set_day(named *n, const rap_timex *x, rap_basis basis)
{
    n->date = (rap_when){x->value, x->earliest, x->latest, basis, RAP_NONE};
    n->dated = true;
}

/* "a treaty by the end of the year", "the plan before May": no day of the document. */
static bool is_set_off(const finder *f, const phrase *p, const rap_timex *x)
{
    if (x->first <= p->end) return false;
    return rap_any_of(f, p->end, x->first, FINDING_OFFSET) ||
           rap_any_of(f, p->end, x->first, FINDING_BY) ||
           rap_any_of(f, p->end, x->first, FINDING_WITHIN);
}

/* The day stated with the verb at `token`; NULL: none. */
static const rap_timex *stated_with(const finder *f, uint32_t token)
{
    rap_basis basis;
    const uint32_t at = rap_time_of(f->in->times, f->in->tokens, token, &basis);
    if (at == RAP_NONE || basis != RAP_BASIS_STATED) return NULL;
    const rap_timex *x = &f->in->times->timex[at];
    const bool day = x->type == RAP_TIMEX_DATE || x->type == RAP_TIMEX_TIME;
    return day && x->earliest != RAP_NO_DAY ? x : NULL;
}

/* "two years since the signing of X": counted from the day of the sentence. */
static bool date_anniversary(finder *f, phrase *p)
{
    const rap_times *times = f->in->times;
    const uint32_t begin = f->in->tokens->first[f->in->tokens->sentence[p->head]];
    const uint32_t from = p->first > begin + COUNTED ? p->first - COUNTED : begin;
    const rap_timex *day = NULL, *length = NULL;
    const uint32_t near = p->first > begin + WINDOW ? p->first - WINDOW : begin;
    for (uint32_t i = rap_first_time(f, near); i < times->count; i++) {
        const rap_timex *x = &times->timex[i];
        if (x->first >= p->first) break;
        if (x->type == RAP_TIMEX_DATE && x->earliest != RAP_NO_DAY &&
            x->earliest == x->latest)
            day = x;
        if (x->type == RAP_TIMEX_DURATION && x->first >= from) length = x;
    }
    if (!day || !length || length->last + 1 >= p->first) return false;
    if (!rap_word_is(f, length->last + 1, FINDING_SINCE) &&
        !rap_word_is(f, length->last + 1, FINDING_TOLD))
        return false;
    char *end;
    const unsigned long years = strtoul(length->value + 1, &end, 10);
    if (years == 0 || years > 200 || *end != 'Y') return false;
    const rap_day then = rap_day_add_months(day->earliest, -12 * (int32_t)years);
    char text[12];
    rap_day_format(then, text);
    const char *value = rap_arena_copy(f->arena, rap_slice_of(text)).at;
    f->failed |= !value;
    if (!value) return false;
    p->made.date = (rap_when){value, then, then, RAP_BASIS_INFERRED, RAP_NONE};
    p->made.dated = true;
    return true;
}

/* "signed on Friday", "a declaration, whose text was adopted on Friday" */
static const rap_timex *made_behind(const finder *f, const phrase *p, uint32_t end)
{
    uint32_t reach = MADE_BEHIND;
    for (uint32_t i = p->end; i < end && i < p->end + reach; i++) {
        if (i < p->end + 9 && rap_word_is(f, i, FINDING_WHOSE)) reach = MADE_WHOSE;
        if (rap_word_is(f, i, FINDING_MADE))
            return rap_is_negated(f, i, p->end) ? NULL : stated_with(f, i);
    }
    return NULL;
}

/* "On Friday A issued a statement" */
static const rap_timex *made_before(const finder *f, const phrase *p)
{
    const uint32_t begin = f->in->tokens->first[f->in->tokens->sentence[p->head]];
    for (uint32_t i = p->first; i > begin && p->first - i < 5; i--) {
        if (f->in->syntax->upos[i - 1] != RAP_VERB) continue;
        /* "agreed on Monday to extend the truce": not the day it was made on */
        if (!rap_word_is(f, i - 1, FINDING_MAKE)) return NULL;
        const rap_timex *x = stated_with(f, i - 1);
        if (rap_is_negated(f, i - 1, begin)) return NULL;
        if (!x || x->last >= i - 1) return NULL;
        const bool opens =
            x->first <= begin + 1; /* "On Friday, hours before the talks," */
        const bool apart = rap_any_of(f, x->last + 1, i - 1, FINDING_WHOSE) ||
                           rap_any_of(f, x->last + 1, i - 1, FINDING_OFFSET);
        return opens || !apart ? x : NULL;
    }
    return NULL;
}

void rap_phrase_date(finder *f, phrase *p)
{
    const uint32_t end = sentence_end(f, p->head);
    const rap_timex *x = timex_over(f, p->first, p->end + 4 < end ? p->end + 4 : end);
    if (x && x->first <= p->end + 1 && !is_set_off(f, p, x)) {
        set_day(&p->made, x, RAP_BASIS_STATED);
        p->made.named_day = x->first < p->head;
        return;
    }
    if (p->prospect || date_anniversary(f, p)) return;
    x = made_behind(f, p, end);
    if (!x) x = made_before(f, p);
    if (x) set_day(&p->made, x, RAP_BASIS_STATED);
}

/* ---- status -------------------------------------------------------------------------- */

/* A word of what may be between `from` and `end`: "may", "if", "will". */
static bool is_open(const finder *f, uint32_t from, uint32_t end)
{
    return rap_any_of(f, from, end, FINDING_MAY) ||
           rap_any_of(f, from, end, FINDING_WILL) ||
           rap_any_of(f, from, end, FINDING_IF);
}

/* "may sign a treaty": the verb that would make it, and what leaves it open before that. */
static bool is_to_be_made(const finder *f, const phrase *p, uint32_t from)
{
    for (uint32_t i = from; i < p->first; i++)
        if (f->in->syntax->upos[i] == RAP_VERB && rap_word_is(f, i, FINDING_MAKE) &&
            is_open(f, from, i))
            return true;
    return false;
}

/* "signed the treaty", "the treaty was signed" */
static bool is_signed(const finder *f, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end; i++) {
        const uint8_t form = f->in->syntax->form[i];
        if ((form == RAP_FORM_PAST || form == RAP_FORM_PARTICIPLE) &&
            rap_word_is(f, i, FINDING_SIGN))
            return !is_open(f, i > from + BEFORE ? i - BEFORE : from, i) &&
                   !rap_any_of(f, from, i, FINDING_NOT);
    }
    return false;
}

void rap_phrase_status(const finder *f, phrase *p)
{
    const uint32_t begin = f->in->tokens->first[f->in->tokens->sentence[p->head]];
    const uint32_t end = sentence_end(f, p->head);
    const uint32_t from = p->first > begin + BEFORE ? p->first - BEFORE : begin;
    const uint32_t to = p->end + BEFORE < end ? p->end + BEFORE : end;
    p->prospect = is_to_be_made(f, p, from) ||
                  rap_any_of(f, p->first, p->head, FINDING_PROSPECT) ||
                  (is_open(f, p->end, to) && rap_any_of(f, p->end, to, FINDING_MADE));
    p->made.status = "";
    if (p->prospect)
        p->made.status = p->kind->pact ? "proposed" : "";
    else if (rap_any_of(f, p->end, to, FINDING_FORCE))
        p->made.status = "in-force";
    else if (is_signed(f, from, p->first) || is_signed(f, p->end, to))
        p->made.status = "signed";
}

/* ---- parties --------------------------------------------------------------------- */

static void own_by(finder *f, named *n, uint32_t actor)
{
    actor = rap_state_of(f, actor);
    const rap_actor *a = &f->in->names->actor[actor];
    if (a->kind == RAP_ACTOR_PLACE) return;
    uint32_t *one = rap_new(f->arena, uint32_t, 1);
    f->failed |= !one;
    if (!one) return;
    *one = actor;
    n->who = a->members ? a->member : one;
    n->who_count = a->members ? a->members : 1;
    n->own = n->who_count == 1;
}

uint32_t rap_same_letters(rap_slice a, rap_slice b)
{
    uint32_t n = 0;
    while (n < a.len && n < b.len && a.at[n] == b.at[n]) n++;
    return n;
}

uint32_t rap_state_of_adjective(finder *f, uint32_t token)
{
    const rap_names *n = f->in->names;
    const rap_slice word = f->form[token];
    uint32_t best = RAP_NONE, most = 3;
    for (uint32_t i = 0; i < n->actors; i++) {
        if (n->actor[i].kind != RAP_ACTOR_STATE) continue;
        const rap_slice name = rap_fold(f->scratch, n->actor[i].name);
        f->failed |= !name.at;
        if (!name.at) return RAP_NONE;
        const uint32_t same = rap_same_letters(word, name);
        if (same > most && same + 2 >= name.len && word.len <= name.len + 4)
            most = same, best = i;
    }
    return best;
}

/* "In a statement, A said": the speaker of the sentence, outside the words said. */
static void speaker_phrase(finder *f, phrase *p)
{
    const rap_statements *s = f->in->statements;
    const uint32_t sentence = f->in->tokens->sentence[p->head];
    if (f->said[p->head] != RAP_NONE || p->first == 0 || p->kind->pact) return;
    if (f->in->syntax->upos[p->first - 1] != RAP_ADP) return;
    /* "under the Harbour Declaration": it is told of, not issued with the words */
    if (rap_word_is(f, p->first - 1, FINDING_UNDER)) return;
    /* "said in a statement": of the statement whose verb it is, if any */
    const bool told = p->first > 1 && f->in->syntax->upos[p->first - 2] == RAP_VERB &&
                      f->in->tokens->sentence[p->first - 2] == sentence;
    for (uint32_t i = 0; i < s->count; i++) {
        const rap_statement *one = &s->statement[i];
        if (told && f->cued[p->first - 2] != i) continue;
        const rap_spans at = one->cue.count ? one->cue : one->content;
        if (one->speaker == RAP_NONE || !at.count) continue;
        if (f->in->tokens->sentence[rap_token_at(f, at.at[0].begin)] != sentence)
            continue;
        if (!p->made.dated && one->date.earliest != RAP_NO_DAY &&
            one->date.earliest == one->date.latest)
            p->made.date = one->date, p->made.dated = true;
        if (p->made.who_count) return;
        const uint32_t *several; /* "A and B said in a joint statement" */
        const uint32_t speakers = rap_speakers_of(f, one, &several);
        if (speakers > 1) {
            p->made.who = several;
            p->made.who_count = speakers;
            return;
        }
        own_by(f, &p->made, one->speaker);
        p->made.who_count = rap_name_sides(f, p->made.who_count, &p->made.who);
        p->made.own = p->made.who_count == 1;
        return;
    }
}

/* "Ruritanian-made": each of its parts. */
static bool is_compound(const finder *f, uint32_t token)
{
    return rap_is_dash_at(f, token) || rap_is_dash_at(f, token + 1) ||
           (token && rap_is_dash_at(f, token - 1));
}

/* "between A and B", "by A", "A's plan", "A signed the plan" */
static void party_phrase(finder *f, phrase *p)
{
    const uint32_t end = sentence_end(f, p->head);
    named *n = &p->made;
    for (uint32_t i = p->end; i + 1 < end && i < p->end + 4; i++) {
        uint32_t after;
        if (!rap_word_is(f, i, FINDING_BETWEEN)) continue;
        n->who_count = rap_named_from(f, i + 1, &n->who, &after);
        n->own = n->who_count == 1;
        if (n->who_count) return;
    }
    /* "a truce with A": one of its parties */
    for (uint32_t i = p->head + 1; p->kind->pact && i + 1 < p->end; i++) {
        uint32_t after;
        if (!rap_word_is(f, i, FINDING_WITH)) continue;
        n->who_count = rap_named_from(f, i + 1, &n->who, &after);
        n->partner = n->who_count > 0;
        if (n->who_count) return;
    }
    /* "the statement of A": its author */
    if (p->kind->joint && !p->kind->pact && p->head + 2 < p->end &&
        rap_word_is(f, p->head + 1, FINDING_AUTHOR)) {
        uint32_t after;
        n->who_count = rap_named_from(f, p->head + 2, &n->who, &after);
        n->own = n->who_count == 1;
        if (n->who_count) return;
    }
    for (uint32_t i = p->first; i < p->head; i++) {
        const uint32_t cover = f->cover[i];
        if (p->kind->joint || is_compound(f, i)) continue;
        const uint32_t actor =
            cover != RAP_NONE ? f->in->names->mention[cover].actor
            : f->in->syntax->upos[i] == RAP_ADJ || f->in->syntax->upos[i] == RAP_PROPN
                ? rap_state_of_adjective(f, i)
                : RAP_NONE;
        if (actor != RAP_NONE) own_by(f, n, actor);
        if (n->who_count) return;
    }
    for (uint32_t i = p->first; i-- > 0 && p->first - i < 5;) {
        if (f->in->tokens->sentence[i] != f->in->tokens->sentence[p->head]) return;
        if (!rap_word_is(f, i, FINDING_MAKE) || f->in->syntax->upos[i] != RAP_VERB)
            continue;
        uint32_t begin;
        n->who_count = rap_subject_of(f, i, &n->who, &begin);
        n->own = n->who_count == 1;
        return;
    }
}

/* "A and B said in a joint statement", where no statement is read: who speaks in it. */
static void subject_phrase(finder *f, phrase *p)
{
    const uint32_t begin = f->in->tokens->first[f->in->tokens->sentence[p->head]];
    const uint8_t *upos = f->in->syntax->upos;
    if (p->made.who_count || p->kind->pact || !p->fresh || p->first < begin + 3) return;
    if (upos[p->first - 1] != RAP_ADP || upos[p->first - 2] != RAP_VERB) return;
    uint32_t from;
    p->made.who_count = rap_subject_of(f, p->first - 2, &p->made.who, &from);
    p->made.own = p->made.who_count == 1;
}

void rap_phrase_parties(finder *f, phrase *p)
{
    party_phrase(f, p);
    speaker_phrase(f, p);
    subject_phrase(f, p);
    if (!p->made.jointly || !p->made.own) return;
    p->made.who_count = 0; /* one of several who made it */
    p->made.own = false;
}
