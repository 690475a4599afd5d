/*
 * statement_emit.c - from drafts to the layer: speaker, addressee, date, confidence,
 * order.
 *
 * Method  the speaker is the mention at the head of the subject; a document speaks for
 *         whoever issued it; the date is the time expression beside the cue, else that
 * of the statement before, else the report's.
 */
#include <stdlib.h>
#include <string.h>

#include "statement_private.h"

enum {
    LEAD_TOKENS = 250,
    FOCUS_DAYS = 7,
    NAMESAKES_MOST = 256,
    NEAR_DRAFTS = 4,    /* statements of the same sentence */
    NEAR_SENTENCES = 1, /* before a cue, within its paragraph */
    NEAR_ZONES = 4,     /* paragraphs in which a speaker goes on */
    AHEAD_ZONES = 2,    /* in which the day of what was said before is given */
    SPEAKERS = 16       /* whose last day is kept */
};
static const float NAMESAKE = 0.85f, FAR_MOST = 0.94f, MODIFIER_MOST = 0.82f;
static const float UNSAID = 0.55f; /* at most, of what somebody did not say */
static const float SURE = 0.85f;   /* a mention as certain as this costs nothing */

typedef struct emission { /* what goes from one statement to the next */
    uint32_t issuer;      /* actor that issued the last document, or RAP_NONE */
    rap_when own;         /* the report's own day */
    rap_when focus;       /* the day the report is about */
    rap_when when;        /* of the last statement with a date beside it */
    uint32_t zone;        /* its paragraph */
    bool occasion;        /* it is that of an occasion: the next paragraph may go on */
    bool back; /* it looked back, "had said": nothing after it goes on there */
    struct {
        uint32_t speaker, zone;
        rap_when when;
    } said[SPEAKERS]; /* the last day of each speaker, in a ring */
    uint32_t speakers;
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
    s->speaker = s->addressee = RAP_NONE;
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

/* ---- dates -------------------------------------------------------------------------
 */

static rap_when when_of(const rap_times *times, uint32_t timex, rap_basis basis)
{
    const rap_timex *x = &times->timex[timex];
    return (rap_when){x->value, x->earliest, x->latest, basis, timex};
}

static bool in_content(const draft *d, rap_span span)
{
    for (uint32_t i = 0; i < d->contents; i++)
        if (rap_span_overlaps(d->content[i], span)) return true;
    return false;
}

/* Whether an expression is part of what somebody says in this sentence. */
static bool is_said(const page *p, const draft *d, rap_span span)
{
    if (in_content(d, span)) return true;
    const uint32_t at = (uint32_t)(d - p->draft.at);
    const uint32_t from = at > NEAR_DRAFTS ? at - NEAR_DRAFTS : 0;
    for (uint32_t i = from; i < p->draft.count && i <= at + NEAR_DRAFTS; i++)
        if (i != at && in_content(&p->draft.at[i], span)) return true;
    return false;
}

/* "the 2020 war": an expression between a phrase's first word and its noun. */
static bool describes(const page *p, const rap_timex *x)
{
    if (x->last + 1 >= p->tokens->count || x->first == 0) return false;
    const rap_upos next = upos_at(p, x->last + 1), before = upos_at(p, x->first - 1);
    const bool owns = next == RAP_PART;
    return owns || ((before == RAP_DET || before == RAP_PRON || before == RAP_PART ||
                     before == RAP_ADJ) &&
                    (next == RAP_NOUN || next == RAP_PROPN || next == RAP_ADJ));
}

/* Whether another verb stands between the cue and an expression behind it. */
static bool has_verb_between(const page *p, const draft *d, const rap_timex *x)
{
    for (uint32_t t = d->cue_token + 1; t < x->first; t++)
        if (upos_at(p, t) == RAP_VERB && p->look[t].quote == RAP_NONE) return true;
    return false;
}

static bool is_dated(const rap_timex *x)
{
    return (x->type == RAP_TIMEX_DATE || x->type == RAP_TIMEX_TIME) &&
           x->earliest != RAP_NO_DAY && x->latest != RAP_NO_DAY;
}

/* A dated expression of the cue's sentence that is not part of what was said. */
static uint32_t timex_beside(const page *p, const draft *d)
{
    const uint32_t sentence = p->tokens->sentence[d->cue_token];
    uint32_t best = RAP_NONE, best_gap = RAP_NONE;
    for (uint32_t t = p->tokens->first[sentence]; t < p->tokens->first[sentence + 1];
         t++) {
        const uint32_t x = p->look[t].timex;
        if (x == RAP_NONE) continue;
        const rap_timex *timex = &p->in->times->timex[x];
        if (!is_dated(timex) || is_said(p, d, timex->span) || describes(p, timex))
            continue;
        if (t > d->cue_token && has_verb_between(p, d, timex)) continue;
        const uint32_t gap = t > d->cue_token ? t - d->cue_token : d->cue_token - t;
        if (gap < best_gap) best = x;
        if (gap < best_gap) best_gap = gap;
    }
    return best;
}

/* Index of the first occasion at token `token` or behind it. */
static uint32_t occasion_from(const rap_times *times, uint32_t token)
{
    uint32_t low = 0, high = times->occasions;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (times->occasion[middle].token < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The occasion that the cue's sentence names outside of what was said: "after the
 * talks". */
static const rap_occasion *occasion_beside(const page *p, const draft *d)
{
    const rap_times *times = p->in->times;
    const uint32_t sentence = p->tokens->sentence[d->cue_token];
    const uint32_t from = occasion_from(times, p->tokens->first[sentence]);
    for (uint32_t i = from; i < times->occasions; i++) {
        const rap_occasion *o = &times->occasion[i];
        if (o->token >= p->tokens->first[sentence + 1]) break;
        if (!o->apart && !is_said(p, d, p->tokens->span[o->token])) return o;
    }
    return NULL;
}

/* "Two days after the talks, the minister says": on the report's own day, from which
 * the talks' was counted. */
static bool counts_to_own(const page *p, const draft *d)
{
    const rap_times *times = p->in->times;
    const uint32_t sentence = p->tokens->sentence[d->cue_token];
    const uint32_t i = occasion_from(times, p->tokens->first[sentence]);
    if (i == times->occasions) return false;
    const rap_occasion *o = &times->occasion[i];
    return o->apart && p->tokens->sentence[o->token] == sentence &&
           times->timex[o->timex].type == RAP_TIMEX_DURATION &&
           times->timex[o->timex].first == p->tokens->first[sentence];
}

/* The last occasion in the sentences before, in the same paragraph. */
static const rap_occasion *occasion_before(const page *p, const draft *d)
{
    const rap_times *times = p->in->times;
    const uint32_t sentence = p->tokens->sentence[d->cue_token];
    const uint32_t from = occasion_from(times, p->tokens->first[sentence]);
    if (!from) return NULL;
    const rap_occasion *o = &times->occasion[from - 1];
    const uint32_t before = p->tokens->sentence[o->token];
    const bool near = p->tokens->zone[before] == p->tokens->zone[sentence] &&
                      before + NEAR_SENTENCES >= sentence;
    return near && !o->apart && !is_said(p, d, p->tokens->span[o->token]) ? o : NULL;
}

static bool has_aspect(const page *p, const draft *d, rap_aspect aspect)
{
    return p->in->times->aspect && p->in->times->aspect[d->cue_token] == aspect;
}

static rap_status published(const page *p, rap_arena *arena, rap_when *out,
                            rap_error *err)
{
    const rap_published *day = &p->in->times->published;
    *out = (rap_when){"", RAP_NO_DAY, RAP_NO_DAY, RAP_BASIS_UNKNOWN, RAP_NONE};
    if (day->basis == RAP_BASIS_UNKNOWN) return RAP_OK;
    char text[12];
    rap_date_format(day->date, text);
    const rap_slice copy = rap_arena_copy(arena, rap_slice_of(text));
    if (!copy.at) return rap_fail(err, RAP_E_NOMEM, 0, "statement: the arena is full");
    *out =
        (rap_when){copy.at, day->earliest, day->latest, RAP_BASIS_INFERRED, RAP_NONE};
    return RAP_OK;
}

/* A single day that may be when something was said: not after the report. */
static bool is_past_day(const page *p, const rap_timex *x)
{
    const rap_day latest = p->in->times->published.latest;
    return x->earliest != RAP_NO_DAY && x->earliest == x->latest &&
           (latest == RAP_NO_DAY || x->earliest <= latest);
}

/* The day a report is about: the first day named in its body, if it is not long before
 * the report; else the report's own. */
static void find_focus(const page *p, emission *e)
{
    const rap_day earliest = p->in->times->published.earliest;
    for (uint32_t i = 0; i < p->in->times->count; i++) {
        const rap_timex *x = &p->in->times->timex[i];
        if (x->first >= p->tokens->count || x->first > LEAD_TOKENS) break;
        const uint32_t zone = p->tokens->zone[p->tokens->sentence[x->first]];
        if (p->in->article->zone[zone].kind != RAP_ZONE_BODY) continue;
        if (!is_past_day(p, x) || earliest == RAP_NO_DAY) continue;
        if (x->earliest + FOCUS_DAYS < earliest) continue;
        e->focus = when_of(p->in->times, i, RAP_BASIS_INFERRED);
        return;
    }
}

/* Does the ISO value give an hour: 2023-07-17T19:05? */
static bool has_clock(const char *value)
{
    const char *t = strchr(value, 'T');
    return t && t[1] >= '0' && t[1] <= '9';
}

/* Slot of `speaker` in the ring; SPEAKERS if there is none. */
static uint32_t slot_of(const emission *e, uint32_t speaker)
{
    uint32_t i = 0;
    const uint32_t kept = e->speakers < SPEAKERS ? e->speakers : SPEAKERS;
    while (i < kept && e->said[i].speaker != speaker) i++;
    return i < kept ? i : SPEAKERS;
}

static void carry(emission *e, const rap_statement *s, uint32_t zone, bool back,
                  bool occasion)
{
    e->when = s->date;
    e->zone = zone;
    e->back = back;
    e->occasion = occasion;
    if (s->speaker == RAP_NONE || back) return;
    uint32_t slot = slot_of(e, s->speaker);
    if (slot == SPEAKERS) slot = e->speakers++ % SPEAKERS;
    e->said[slot].speaker = s->speaker;
    e->said[slot].zone = zone;
    e->said[slot].when = s->date;
}

/* The day of the speaker's last statement, if that was a few paragraphs before. */
static const rap_when *said_before(const emission *e, uint32_t speaker, uint32_t zone)
{
    const uint32_t slot = speaker == RAP_NONE ? SPEAKERS : slot_of(e, speaker);
    if (slot == SPEAKERS || e->said[slot].zone + NEAR_ZONES < zone) return NULL;
    return &e->said[slot].when;
}

/* Whether the cue is itself part of what another statement says: "he added that the
 * other side has promised". */
static bool is_nested(const page *p, const draft *d)
{
    return is_said(p, d, p->tokens->span[d->cue_token]);
}

/* Of a statement without a date beside it: the day of an occasion that its sentence
 * names; else that of the statement before in the paragraph; else of an occasion in the
 * paragraph; else of the speaker's last statement; else the day the report is about. */
static void date_from_context(const page *p, emission *e, const draft *d,
                              rap_statement *s, uint32_t zone)
{
    const rap_occasion *o = occasion_beside(p, d);
    const rap_when *when = e->zone == zone ? &e->when : NULL;
    if (!when) when = said_before(e, s->speaker, zone);
    if (!o && !when) o = occasion_before(p, d);
    if (o) {
        s->date = (rap_when){o->value, o->day, o->day, RAP_BASIS_INFERRED, o->timex};
        carry(e, s, zone, false, true);
        return;
    }
    const bool goes_on = e->occasion && e->zone + 1 == zone;
    s->date = counts_to_own(p, d) ? e->own
              : when              ? *when
              : goes_on           ? e->when
                                  : e->focus;
    if (s->date.basis == RAP_BASIS_STATED) s->date.basis = RAP_BASIS_INFERRED;
}

/* The expression beside the cue; none for what has been said at some time before; else
 * what the context gives. */
static void date_of(const page *p, emission *e, const draft *d, rap_statement *s)
{
    const uint32_t zone = p->tokens->zone[p->tokens->sentence[d->cue_token]];
    const uint32_t beside = timex_beside(p, d);
    if (beside != RAP_NONE) {
        s->date = when_of(p->in->times, beside, RAP_BASIS_STATED);
        if (!is_past_day(p, &p->in->times->timex[beside])) return;
        if (has_clock(s->date.value)) return; /* a time of day stays where it stands */
        carry(e, s, zone, has_aspect(p, d, RAP_ASPECT_PLUPERFECT), false);
        return;
    }
    if (!has_aspect(p, d, RAP_ASPECT_PERFECT) || is_nested(p, d))
        date_from_context(p, e, d, s, zone);
    else
        s->date = (rap_when){"", RAP_NO_DAY, RAP_NO_DAY, RAP_BASIS_UNKNOWN, RAP_NONE};
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
    s->confidence = d->confidence * resolve_speaker(p, e, d, s, &most);
    if (s->confidence > most) s->confidence = most;
    if (s->confidence > d->most) s->confidence = d->most;
    if (d->negated && d->act == RAP_ACT_STATE && s->confidence > UNSAID)
        s->confidence = UNSAID;
    date_of(p, e, d, s);
    if (s->speaker != RAP_NONE && is_document(p, d->venue_tokens))
        e->issuer = s->speaker;
    return RAP_OK;
}

static uint32_t zone_of(const page *p, const rap_statement *s)
{
    return p->tokens->zone[s->sentence];
}

/* Whether what was said is told as lying back: "had said on Friday". */
static bool looks_back(const page *p, const rap_statement *s)
{
    if (!s->cue.count || !p->in->times->aspect) return false;
    const rap_span said = s->cue.at[0];
    for (uint32_t t = p->tokens->first[s->sentence];
         t < p->tokens->count && p->tokens->span[t].begin < said.end; t++)
        if (p->tokens->span[t].begin >= said.begin &&
            p->in->times->aspect[t] == RAP_ASPECT_PLUPERFECT)
            return true;
    return false;
}

/* "X called it a mistake. 'It is …', X said on Friday": the day is given behind. */
static void look_ahead(const page *p, const emission *e, rap_statement *list,
                       uint32_t count)
{
    for (uint32_t i = 0; i + 1 < count; i++) {
        rap_statement *s = &list[i];
        const rap_statement *next = s + 1;
        const bool open = s->date.timex == e->focus.timex && s->speaker != RAP_NONE &&
                          s->date.basis == RAP_BASIS_INFERRED;
        if (!open || next->speaker != s->speaker ||
            next->date.basis != RAP_BASIS_STATED || looks_back(p, next) ||
            next->date.latest == RAP_NO_DAY ||
            zone_of(p, next) > zone_of(p, s) + AHEAD_ZONES)
            continue;
        s->date = next->date;
        s->date.basis = RAP_BASIS_INFERRED;
    }
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

rap_status emit_all(page *p, rap_arena *arena, rap_statements *out, rap_error *err)
{
    rap_statement *list = rap_new(arena, rap_statement, p->draft.count);
    if (!list) return rap_fail(err, RAP_E_NOMEM, 0, "statement: the arena is full");
    emission e = {.issuer = RAP_NONE, .zone = RAP_NONE};
    rap_status status = published(p, arena, &e.own, err);
    e.focus = e.when = e.own;
    if (!status) find_focus(p, &e);
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
    look_ahead(p, &e, list, count);
    *out = (rap_statements){list, count, "statement 1"};
    return RAP_OK;
}
