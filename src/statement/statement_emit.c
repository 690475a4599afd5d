/*
 * statement_emit.c - from drafts to the layer: speaker, addressee, date, confidence,
 * order.
 *
 * Method  the speaker is the mention at the head of the subject; a document speaks for
 *         whoever issued it; statement_date.c gives the date.
 */
#include <stdlib.h>
#include <string.h>

#include "statement_date.h"

enum { NAMESAKES_MOST = 256, REPORTS_NEAR = 8 };
static const float NAMESAKE = 0.85f, FAR_MOST = 0.94f, MODIFIER_MOST = 0.82f;
static const float UNSAID = 0.55f; /* at most, of what somebody did not say */
static const float SURE = 0.85f;   /* a mention as certain as this costs nothing */

typedef struct emission { /* what goes from one statement to the next */
    uint32_t issuer;      /* actor that issued the last document, or RAP_NONE */
    dating dating;        /* what is known of days so far */
} emission;

static bool starts_phrase(const page *p, range r, const rap_mention *m)
{
    return m->first <= r.first || !is_nominal(p, m->first - 1) ||
           upos_at(p, m->first - 1) == RAP_DET || upos_at(p, m->first - 1) == RAP_ADJ;
}

/* How well mention `m` stands for the whole of `r`; below 0: not at all. */
static int mention_score(const page *p, range r, const rap_mention *m)
{
    if (m->modifier || m->first > r.last || m->last < r.first) return -1;
    const rap_actor *a = m->actor == RAP_NONE ? NULL : &p->names->actor[m->actor];
    int score = 1;
    if (m->first <= r.first) score += 4;
    if (m->first <= r.first && m->last >= r.last) score += 6;
    if (a && a->kind == RAP_ACTOR_PERSON) score += 3;
    if (a && a->kind == RAP_ACTOR_PLACE) score -= 2;
    if (m->actor == RAP_NONE) score -= 2;
    if (m->nested) score -= 1;
    if (m->last < p->tokens->count - 1 && m->last < r.last &&
        upos_at(p, m->last + 1) == RAP_PART)
        score -= 6; /* "Armenia’s ambassador" is not Armenia */
    if (m->first > r.first && upos_at(p, m->first - 1) == RAP_ADP) score -= 5;
    if (!starts_phrase(p, r, m)) score -= 1;
    return score;
}

/* First mention that may overlap tokens from `first` on: mentions rise by begin. */
static uint32_t mention_from(const page *p, uint32_t first)
{
    uint32_t low = 0, high = p->names->mentions;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (p->names->mention[middle].first < first)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t best_mention(const page *p, range r)
{
    uint32_t best = RAP_NONE;
    int best_score = 0;
    if (!range_is(r)) return RAP_NONE;
    const uint32_t at = p->look[r.first].mention;
    if (at != RAP_NONE) {
        best_score = mention_score(p, r, &p->names->mention[at]);
        if (best_score > 0) best = at;
    }
    for (uint32_t i = mention_from(p, r.first); i < p->names->mentions; i++) {
        const rap_mention *m = &p->names->mention[i];
        if (m->first > r.last) break;
        const int score = mention_score(p, r, m);
        if (score <= best_score || score <= 0) continue;
        best = i;
        best_score = score;
    }
    return best;
}

/* The head noun of `r` is a document: last noun before "of" or a preposition. */
static bool is_document(const page *p, range r)
{
    if (!range_is(r)) return false;
    uint32_t head = r.first;
    for (uint32_t t = r.first; t <= r.last; t++) {
        if (upos_at(p, t) == RAP_ADP) break;
        if (upos_at(p, t) == RAP_NOUN) head = t;
    }
    return (p->look[head].word->document & DOCUMENT_SPEAKS) != 0;
}

/* "The party released a statement": whoever issues a document from here on. */
static void follow_issuer(const page *p, emission *e, uint32_t from, uint32_t to)
{
    for (uint32_t t = from; t < to; t++) {
        if (!(classes_at(p, t) & CLASS_ISSUE) || upos_at(p, t) != RAP_VERB) continue;
        bool document = false;
        for (uint32_t k = t + 1; k < to && k < t + 8; k++)
            document |= (p->look[k].word->document & DOCUMENT_SPEAKS) != 0;
        if (!document || t == 0) continue;
        const uint32_t first = p->tokens->first[p->tokens->sentence[t]];
        for (uint32_t k = t; k > first; k--) {
            const uint32_t m = p->look[k - 1].mention;
            if (m == RAP_NONE || p->names->mention[m].modifier) continue;
            if (p->names->mention[m].actor == RAP_NONE) continue;
            const uint32_t start = p->names->mention[m].first;
            const bool listed = start > first && upos_at(p, start - 1) == RAP_CCONJ;
            e->issuer = listed ? RAP_NONE : p->names->mention[m].actor;
            break;
        }
    }
}

/* "A spokesman, Omar Haddad, said": the person named beside a description. */
static uint32_t named_beside(const page *p, const draft *d)
{
    if (!range_is(d->named)) return RAP_NONE;
    const uint32_t m = p->look[d->named.last].mention;
    if (!mention_is_person(p, m)) return RAP_NONE;
    const rap_mention *mention = &p->names->mention[m];
    const bool whole =
        mention->last == d->named.last && mention->first <= d->named.first + 1;
    if (!whole || mention->form != RAP_MENTION_NAME) return RAP_NONE;
    const uint32_t subject = best_mention(p, d->subject);
    const bool has_name = subject != RAP_NONE && mention_is_person(p, subject) &&
                          p->names->mention[subject].form == RAP_MENTION_NAME;
    return has_name ? RAP_NONE : m;
}

/* The last word of `name`. */
static rap_slice last_word(rap_slice name)
{
    uint32_t at = name.len;
    while (at > 0 && name.at[at - 1] != ' ') at--;
    return rap_slice_sub(name, at, name.len);
}

/* A body or country named like a person of the report is that person's surname. */
static uint32_t namesake(const page *p, const rap_mention *m)
{
    if (m->first != m->last || p->names->actor[m->actor].kind == RAP_ACTOR_PERSON)
        return RAP_NONE;
    const rap_slice word = rap_cut(p->text, p->tokens->span[m->first]);
    const uint32_t most =
        p->names->actors < NAMESAKES_MOST ? p->names->actors : NAMESAKES_MOST;
    for (uint32_t a = 0; a < most; a++) {
        const rap_actor *actor = &p->names->actor[a];
        if (actor->kind != RAP_ACTOR_PERSON || actor->name.len == word.len) continue;
        if (rap_slice_equal(last_word(actor->name), word)) return a;
    }
    return RAP_NONE;
}

/* Is another person named between a subject and its verb? "X, led by Y, said" */
static bool other_between(const page *p, uint32_t first, uint32_t end, uint32_t actor)
{
    for (uint32_t t = first; t < end; t++) {
        const uint32_t m = p->look[t].mention;
        if (p->look[t].quote == RAP_NONE && mention_is_person(p, m) &&
            p->names->mention[m].actor != actor)
            return true;
    }
    return false;
}

/* How sure one may be at most that `m` is who speaks. */
static float most_of_speaker(const page *p, const draft *d, const rap_mention *m)
{
    float most = 1.0f;
    const range r = d->subject;
    const bool left = r.last < d->cue_token;
    if (left && other_between(p, r.last + 1, d->cue_token, m->actor)) most = FAR_MOST;
    if (m->form == RAP_MENTION_NAME && m->last < r.last &&
        (upos_at(p, m->last + 1) == RAP_NOUN || upos_at(p, m->last + 1) == RAP_ADJ))
        most = MODIFIER_MOST; /* "a Front source" is not the Front */
    if (m->first > r.first && !mention_is_person(p, p->look[r.first].mention) &&
        upos_at(p, m->first - 1) == RAP_ADP)
        most = MODIFIER_MOST;
    for (uint32_t t = r.first; t <= r.last && t < m->first; t++)
        if (upos_at(p, t) == RAP_CCONJ) most = MODIFIER_MOST;
    for (uint32_t t = m->last + 1; t <= r.last; t++)
        if (upos_at(p, t) == RAP_CCONJ) most = MODIFIER_MOST;
    return most;
}

/* How sure the speaker of `d` is; *most: confidence is at most that. */
static float resolve_speaker(const page *p, const emission *e, const draft *d,
                             rap_statement *s, float *most)
{
    s->speaker = s->addressee = s->within = RAP_NONE;
    const uint32_t to = best_mention(p, d->addressee);
    if (to != RAP_NONE) s->addressee = p->names->mention[to].actor;
    if (d->speaker != RAP_NONE) {
        s->speaker = d->speaker;
        return 1.0f;
    }
    const uint32_t named = named_beside(p, d);
    const uint32_t m = named != RAP_NONE ? named : best_mention(p, d->subject);
    if (m != RAP_NONE && p->names->mention[m].actor != RAP_NONE) {
        const rap_mention *mention = &p->names->mention[m];
        s->speaker = mention->actor;
        if (is_document(p, d->subject) && mention->form == RAP_MENTION_NOMINAL &&
            mention->confidence < 0.5f && e->issuer != RAP_NONE)
            s->speaker = e->issuer;
        const uint32_t person = namesake(p, mention);
        if (person != RAP_NONE) {
            s->speaker = person;
            return NAMESAKE;
        }
        const float by_form = mention->form == RAP_MENTION_PRONOUN   ? 0.9f
                              : mention->form == RAP_MENTION_NOMINAL ? 0.97f
                                                                     : 1.0f;
        const float sure = mention->confidence >= SURE
                               ? by_form
                               : by_form * (0.5f + 0.5f * mention->confidence / SURE);
        if (named == RAP_NONE) *most = most_of_speaker(p, d, mention);
        return sure;
    }
    if (is_document(p, d->subject) && e->issuer != RAP_NONE) {
        s->speaker = e->issuer;
        return 0.85f;
    }
    return range_is(d->subject) ? 0.9f : 0.75f;
}

/* Does the noun at `token` stand in one series with the head of the subject `r`? */
static bool is_joined(const page *p, range r, uint32_t token)
{
    const uint32_t head = tree_head_in(p, r);
    for (uint32_t n = 0; n <= RAP_ALSO_MOST && token != head; n++) {
        const uint32_t up = p->syntax->head[token];
        if (p->syntax->relation[token] != RAP_REL_CONJ || up < r.first || up > r.last)
            return false;
        token = up;
    }
    return token == head;
}

static bool speaks(const rap_statement *s, uint32_t actor)
{
    for (uint32_t i = 0; i < s->alsos; i++)
        if (s->also[i] == actor) return true;
    return s->speaker == actor;
}

/* "A and B said": B too. */
static void note_others(const page *p, const draft *d, rap_statement *s)
{
    const range r = d->subject;
    if (!p->syntax->head || s->speaker == RAP_NONE || !range_is(r)) return;
    for (uint32_t i = mention_from(p, r.first); i < p->names->mentions; i++) {
        const rap_mention *m = &p->names->mention[i];
        if (m->first > r.last || s->alsos == RAP_ALSO_MOST) break;
        if (m->modifier || m->nested || m->actor == RAP_NONE || speaks(s, m->actor))
            continue;
        const uint32_t head = tree_head_in(p, (range){m->first, m->last});
        if (is_joined(p, r, head)) s->also[s->alsos++] = m->actor;
    }
}

/* ---- the layer
 * ----------------------------------------------------------------------- */

static rap_status spans_in(rap_arena *arena, const rap_span *at, uint32_t count,
                           rap_spans *out, rap_error *err)
{
    rap_span *copy = rap_new(arena, rap_span, count);
    if (!copy) return rap_fail(err, RAP_E_NOMEM, 0, "statement: the arena is full");
    if (count) memcpy(copy, at, count * sizeof *copy);
    *out = (rap_spans){copy, count};
    return RAP_OK;
}

/* The words of the source: a description with the name beside it. */
static rap_span source_of(const page *p, const draft *d)
{
    rap_span source = d->source;
    if (named_beside(p, d) == RAP_NONE) return source;
    const rap_span name = rap_tokens_span(p->tokens, d->named.first, d->named.last);
    if (name.begin < source.begin) source.begin = name.begin;
    if (name.end > source.end) source.end = name.end;
    return source;
}

static rap_status emit_one(const page *p, emission *e, const draft *d, rap_arena *arena,
                           rap_statement *s, rap_error *err)
{
    *s = (rap_statement){.venue = d->venue,
                         .mode = d->mode,
                         .act = d->act,
                         .negated = d->negated,
                         .sentence = p->tokens->sentence[d->cue_token]};
    rap_status status = spans_in(arena, d->content, d->contents, &s->content, err);
    if (!status) status = spans_in(arena, &d->cue, d->cue.end > 0, &s->cue, err);
    const rap_span source = source_of(p, d);
    if (!status) status = spans_in(arena, &source, source.end > 0, &s->source, err);
    if (status) return status;
    float most = 1.0f;
    const float speaker = resolve_speaker(p, e, d, s, &most);
    /* Whether it is printed hangs on the words alone. */
    s->confidence = d->confidence < 0.5f
                        ? d->confidence * speaker
                        : 0.5f + (d->confidence - 0.5f) * speaker * speaker;
    note_others(p, d, s);
    if (s->confidence > most) s->confidence = most;
    if (s->confidence > d->most) s->confidence = d->most;
    if (d->negated && d->act == RAP_ACT_STATE && s->confidence > UNSAID)
        s->confidence = UNSAID;
    date_statement(p, &e->dating, d, s, is_document(p, d->subject));
    if (s->speaker != RAP_NONE && is_document(p, d->venue_tokens))
        e->issuer = s->speaker;
    return RAP_OK;
}

static int by_content(const void *a, const void *b)
{
    const rap_span x = ((const rap_statement *)a)->content.at[0];
    const rap_span y = ((const rap_statement *)b)->content.at[0];
    if (x.begin != y.begin) return x.begin < y.begin ? -1 : 1;
    return x.end > y.end ? -1 : x.end < y.end;
}

/* The sentence a content begins in: the tokens' sentences rise with their spans. */
static uint32_t sentence_at(const rap_tokens *tokens, uint32_t offset)
{
    uint32_t low = 0, high = tokens->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (tokens->span[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return tokens->sentence[low < tokens->count ? low : tokens->count - 1];
}

/* Does the content of `outer` hold the whole of `span`? */
static bool tells(const rap_statement *outer, rap_span span)
{
    for (uint32_t i = 0; i < outer->content.count; i++) {
        const rap_span c = outer->content.at[i];
        if (c.begin <= span.begin && span.end <= c.end) return true;
    }
    return false;
}

/* Reports in reports: of the statements near by the shortest whose words hold the cue. */
static void note_reports(rap_statement *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!list[i].cue.count) continue;
        uint32_t least = UINT32_MAX;
        const uint32_t from = i > REPORTS_NEAR ? i - REPORTS_NEAR : 0;
        for (uint32_t k = from; k < count && k <= i + REPORTS_NEAR; k++) {
            if (k == i || !tells(&list[k], list[i].cue.at[0])) continue;
            const rap_spans c = list[k].content;
            const uint32_t size = c.at[c.count - 1].end - c.at[0].begin;
            if (size >= least) continue;
            least = size;
            list[i].within = k;
        }
    }
}

rap_status emit_all(page *p, rap_arena *arena, rap_statements *out, rap_error *err)
{
    rap_statement *list = rap_new(arena, rap_statement, p->draft.count);
    if (!list) return rap_fail(err, RAP_E_NOMEM, 0, "statement: the arena is full");
    emission e = {.issuer = RAP_NONE};
    rap_status status = date_begin(p, &e.dating, arena, err);
    uint32_t count = 0, read = 0;
    for (uint32_t i = 0; i < p->draft.count && !status; i++) {
        const draft *d = &p->draft.at[i];
        if (d->contents == 0) continue;
        if (d->cue_token > read) follow_issuer(p, &e, read, d->cue_token);
        if (d->cue_token > read) read = d->cue_token;
        status = emit_one(p, &e, d, arena, &list[count], err);
        if (!status) list[count].sentence = sentence_at(p->tokens, d->content[0].begin);
        count++;
    }
    if (status) return status;
    qsort(list, count, sizeof *list, by_content);
    date_end(p, &e.dating, list, count);
    note_reports(list, count);
    *out = (rap_statements){list, count, "statement 2"};
    return RAP_OK;
}
