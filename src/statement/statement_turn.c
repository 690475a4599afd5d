/*
 * statement_turn.c - words without a verb of saying: turns of an interview (NAME: …) and
 * quotations after a colon (X went further: “…”).
 *
 * Reads   the page: tokens, quotations, mentions.
 * Writes  drafts of statements.
 * Method  a turn is a paragraph that opens with a label of capitalised words and a
 *         colon; labels count where the article is an interview or where they alternate.
 *         Turns of a person, or marked as answers, are that person's words; questions
 *         are nobody's. docs/method/statement.md.
 * Cost    linear in tokens.
 */
#include "statement_private.h"

enum { LABEL_MOST = 5, TURNS_LEAST = 4, COLON_MOST = 24, ROLE_MOST = 14 };
static const float NAMED_TURN = 0.9f, ANSWER_TURN = 0.78f;
static const float NAME_COLON = 0.88f, VERB_COLON = 0.8f, HEADING = 0.55f;

bool mention_is_person(const page *p, uint32_t mention)
{
    if (mention == RAP_NONE || p->names->mention[mention].actor == RAP_NONE)
        return false;
    const uint32_t actor = p->names->mention[mention].actor;
    return p->names->actor[actor].kind == RAP_ACTOR_PERSON;
}

/* ---- interviews -------------------------------------------------------------------
 */

/* The words before the colon that opens paragraph `r`; none if it has no such label. */
static range label_of(const page *p, range r)
{
    for (uint32_t t = r.first; t <= r.last && t <= r.first + LABEL_MOST; t++) {
        if (p->look[t].mark == ':')
            return t > r.first && t < r.last ? (range){r.first, t - 1} : RANGE_NONE;
        if (p->look[t].mark == '.') continue; /* initials */
        if (p->look[t].mark || !(p->tokens->flags[t] & RAP_TOKEN_CAPITAL)) break;
    }
    return RANGE_NONE;
}

static bool same_word(const page *p, uint32_t a, uint32_t b)
{
    return rap_slice_equal(rap_cut(p->text, p->tokens->span[a]),
                           rap_cut(p->text, p->tokens->span[b]));
}

static bool asks(const page *p, range r)
{
    const rap_span last = p->tokens->span[r.last];
    return last.end > last.begin && p->text.at[last.end - 1] == '?';
}

static bool is_answer_mark(const page *p, range label)
{
    return label.first == label.last && (classes_at(p, label.first) & CLASS_ANSWER);
}

/* The person whose answers the text gives: the first one named before the turns. */
static uint32_t first_person(const page *p, uint32_t end)
{
    for (uint32_t i = 0; i < p->names->mentions; i++) {
        const rap_mention *m = &p->names->mention[i];
        if (m->first >= end) break;
        if (m->form == RAP_MENTION_NAME && mention_is_person(p, i)) return m->actor;
    }
    return RAP_NONE;
}

void turn_find(page *p)
{
    uint32_t turns = 0, repeated = 0, start = RAP_NONE;
    uint32_t before[2] = {RAP_NONE, RAP_NONE}; /* last words of the two labels before */
    for (uint32_t s = 0; s < p->tokens->sentences; s++) {
        const uint32_t *zone = p->tokens->zone;
        if (s > 0 && zone[s] == zone[s - 1]) continue;
        if (p->in->article->zone[zone[s]].kind != RAP_ZONE_BODY) continue;
        const range r = {p->tokens->first[s], p->tokens->count - 1};
        const range label = label_of(p, r);
        if (!range_is(label)) continue;
        if (start == RAP_NONE) start = label.first;
        turns++;
        if (before[1] != RAP_NONE && same_word(p, before[1], label.last)) repeated++;
        before[1] = before[0];
        before[0] = label.last;
    }
    const bool interview = p->in->article->kind == RAP_KIND_INTERVIEW && turns > 1;
    p->interview = interview || (turns >= TURNS_LEAST && repeated > 1);
    p->interviewee = p->interview ? first_person(p, start) : RAP_NONE;
}

bool turn_read(page *p, range r, bool *read)
{
    *read = false;
    const range label = p->interview ? label_of(p, r) : RANGE_NONE;
    if (!range_is(label)) return true;
    const bool answer = is_answer_mark(p, label);
    const bool person = mention_is_person(p, p->look[label.last].mention);
    if (!answer && (!person || asks(p, r))) return true;
    *read = true;
    const rap_span words = rap_tokens_span(p->tokens, label.last + 2, r.last);
    draft d = {.contents = 1,
               .source = rap_tokens_span(p->tokens, label.first, label.last),
               .cue_token = label.first,
               .subject = label,
               .named = RANGE_NONE,
               .addressee = RANGE_NONE,
               .venue_tokens = RANGE_NONE,
               .mode = RAP_MODE_DIRECT,
               .act = RAP_ACT_STATE,
               .most = 1.0f,
               .confidence = answer ? ANSWER_TURN : NAMED_TURN,
               .speaker = answer ? p->interviewee : RAP_NONE};
    d.content[0] = words;
    return content_keep(p, d);
}

/* ---- a colon before a quotation ----------------------------------------------------
 */

/* The person who speaks before the colon at `colon`; none if that is not clear. */
static range speaker_before(const page *p, uint32_t colon)
{
    const uint32_t first = p->unit.first;
    if (colon - first > COLON_MOST) return RANGE_NONE;
    const range r = phrase_of_clause(p, first, colon + 1);
    if (!range_is(r) || r.last >= colon) return RANGE_NONE;
    const uint32_t m = p->look[r.first].mention;
    if (!mention_is_person(p, m) || p->names->mention[m].modifier) return RANGE_NONE;
    if (colon - r.last > ROLE_MOST) return RANGE_NONE;
    for (uint32_t t = r.first; t < colon; t++) {
        if (p->look[t].quote != RAP_NONE) return RANGE_NONE;
        if (classes_at(p, t) & (CLASS_MODAL | CLASS_IF | CLASS_NOT)) return RANGE_NONE;
    }
    return r;
}

/* Name: ‘The end is near’ - without a stop it is a headline, maybe not word for word. */
static bool is_heading(const page *p, const quotation *q)
{
    const rap_span s = quote_inside(p, q);
    const char last = s.end > s.begin ? p->text.at[s.end - 1] : 0;
    const bool stop = last == '.' || last == '!' || last == '?' || (last & 0x80);
    return !stop && q->last == p->unit.last;
}

static uint32_t colon_of(const page *p)
{
    for (uint32_t t = p->unit.first + 1; t <= p->unit.last; t++)
        if (p->look[t].quote == RAP_NONE && p->look[t].mark == ':') return t;
    return RAP_NONE;
}

bool turn_colon(page *p)
{
    const uint32_t colon = colon_of(p);
    if (colon == RAP_NONE || p->waiting != RAP_NONE) return true;
    const uint32_t q = colon < p->unit.last ? quote_starting(p, colon + 1) : RAP_NONE;
    if (colon < p->unit.last && q == RAP_NONE) return true;
    if (q != RAP_NONE && (p->quote.at[q].owner != RAP_NONE || !p->quote.at[q].speech))
        return true;
    const range r = speaker_before(p, colon);
    if (!range_is(r)) return true;
    const bool verb = has_finite(p, (range){r.last + 1, colon - 1});
    const bool heading = q != RAP_NONE && is_heading(p, &p->quote.at[q]);
    draft d = {.source = rap_tokens_span(p->tokens, r.first, r.last),
               .cue_token = r.last,
               .subject = r,
               .named = RANGE_NONE,
               .addressee = RANGE_NONE,
               .venue_tokens = RANGE_NONE,
               .mode = RAP_MODE_DIRECT,
               .act = RAP_ACT_STATE,
               .most = 1.0f,
               .confidence = heading ? HEADING
                             : verb  ? VERB_COLON
                                     : NAME_COLON,
               .speaker = RAP_NONE};
    if (q == RAP_NONE) { /* the quotation is the next unit */
        if (!rap_push(p->scratch, &p->draft, d)) return false;
        p->waiting = p->draft.count - 1;
        return true;
    }
    d.content[d.contents++] = quote_inside(p, &p->quote.at[q]);
    p->quote.at[q].owner = p->draft.count;
    return content_keep(p, d);
}
