/*
 * statement_date.c - when something was said, and why we think so.
 *
 * Reads   drafts in text order, the times stage: expressions, occasions, aspects.
 * Writes  rap_statement.date.
 * Method  the expression beside the cue (stated); none for "has said". Else inferred: an
 *         occasion that the sentence names, the statement before in the paragraph, the
 *         speaker's last one, an occasion in the paragraph, what the report is about. At
 *         the end days given behind, and headlines by what they quote.
 * Cost    a sentence a draft; headlines are bounded.
 */
#include <string.h>

#include "statement_date.h"

enum {
    LEAD_TOKENS = 250,
    FOCUS_DAYS = 7,
    NEAR_TOKENS = 120,   /* of a sentence, on either side of a cue */
    NEAR_DRAFTS = 4,     /* statements of the same sentence */
    NEAR_SENTENCES = 1,  /* before a cue, within its paragraph */
    NEAR_ZONES = 4,      /* paragraphs in which a speaker goes on */
    AHEAD_ZONES = 2,     /* in which the day of what was said before is given */
    SUBJECT_TOKENS = 12, /* of a document that are read for its day */
    SUBJECT_LEAD = 3,
    OPENING = 4, /* tokens at the head of a sentence */
    HEADLINES = 4,
    QUOTED_LEAST = 8 /* bytes of a headline's quotation that are found again */
};

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
    /* "Monday's talks", not "agreed on Monday to meet" */
    const bool owns =
        next == RAP_PART && !(p->tokens->flags[x->last] & RAP_TOKEN_SPACE_AFTER);
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

/* The statement of the same sentence whose content holds the cue of `d`: "he added that
 * the other side has promised"; NULL if there is none. */
static const draft *enclosing(const page *p, const draft *d)
{
    const rap_span at = p->tokens->span[d->cue_token];
    const uint32_t own = (uint32_t)(d - p->draft.at);
    const uint32_t from = own > NEAR_DRAFTS ? own - NEAR_DRAFTS : 0;
    for (uint32_t i = from; i < p->draft.count && i <= own + NEAR_DRAFTS; i++)
        if (i != own && in_content(&p->draft.at[i], at)) return &p->draft.at[i];
    return NULL;
}

/* Whether an expression may date the cue: it is not part of what was said, nor of what
 * others say in the sentence, unless the cue is too. */
static bool may_date(const page *p, const draft *d, const draft *outer, rap_span span)
{
    if (outer) return in_content(outer, span) && !in_content(d, span);
    return !is_said(p, d, span);
}

/* The dated expression of the cue's sentence next to the cue. */
static uint32_t timex_beside(const page *p, const draft *d)
{
    const draft *outer = enclosing(p, d);
    const uint32_t sentence = p->tokens->sentence[d->cue_token];
    uint32_t best = RAP_NONE, best_gap = RAP_NONE;
    const uint32_t begin = p->tokens->first[sentence];
    const uint32_t end = p->tokens->first[sentence + 1];
    const uint32_t from =
        d->cue_token > begin + NEAR_TOKENS ? d->cue_token - NEAR_TOKENS : begin;
    for (uint32_t t = from; t < end && t < d->cue_token + NEAR_TOKENS; t++) {
        const uint32_t x = p->look[t].timex;
        if (x == RAP_NONE) continue;
        const rap_timex *timex = &p->in->times->timex[x];
        if (!is_dated(timex) || !may_date(p, d, outer, timex->span) ||
            describes(p, timex))
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
        if (o->placed && !o->apart && !is_said(p, d, p->tokens->span[o->token]))
            return o;
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
    for (uint32_t i = from; i > 0; i--) {
        const rap_occasion *o = &times->occasion[i - 1];
        const uint32_t before = p->tokens->sentence[o->token];
        if (p->tokens->zone[before] != p->tokens->zone[sentence] ||
            before + NEAR_SENTENCES < sentence)
            break;
        if (o->placed && !o->apart && !is_said(p, d, p->tokens->span[o->token]))
            return o;
    }
    return NULL;
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
    if (!text[0]) return RAP_OK; /* only bounds are known */
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
static void find_focus(const page *p, dating *e)
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
static uint32_t slot_of(const dating *e, uint32_t speaker)
{
    uint32_t i = 0;
    const uint32_t kept = e->speakers < DATED_SPEAKERS ? e->speakers : DATED_SPEAKERS;
    while (i < kept && e->said[i].speaker != speaker) i++;
    return i < kept ? i : DATED_SPEAKERS;
}

static void carry(dating *e, const rap_statement *s, uint32_t zone, bool back,
                  bool occasion)
{
    e->when = s->date;
    e->zone = zone;
    e->back = back;
    e->occasion = occasion;
    if (s->speaker == RAP_NONE || back) return;
    uint32_t slot = slot_of(e, s->speaker);
    if (slot == DATED_SPEAKERS) slot = e->speakers++ % DATED_SPEAKERS;
    e->said[slot].speaker = s->speaker;
    e->said[slot].zone = zone;
    e->said[slot].when = s->date;
}

/* The day of the speaker's last statement, if that was a few paragraphs before. */
static const rap_when *said_before(const dating *e, uint32_t speaker, uint32_t zone)
{
    const uint32_t slot = speaker == RAP_NONE ? DATED_SPEAKERS : slot_of(e, speaker);
    if (slot == DATED_SPEAKERS || e->said[slot].zone + NEAR_ZONES < zone) return NULL;
    return &e->said[slot].when;
}

static const rap_when unknown = {"", RAP_NO_DAY, RAP_NO_DAY, RAP_BASIS_UNKNOWN,
                                 RAP_NONE};

static rap_when when_of_occasion(const rap_occasion *o)
{
    return (rap_when){o->value, o->day, o->day, RAP_BASIS_INFERRED, o->timex};
}

/* "says", "promise": not "to promise", "will promise". */
static bool is_present(const page *p, uint32_t token)
{
    const uint8_t form = p->syntax->form[token];
    if (form == RAP_FORM_PRESENT) return true;
    if (form != RAP_FORM_BASE || token == 0) return false;
    const rap_upos before = upos_at(p, token - 1);
    return before != RAP_PART && before != RAP_AUX;
}

/* Where nothing near gives a day: a document speaks on the day of what the report counts
 * its news from; an opinion's present is its own day; all else the day told of first. */
static rap_when far_date(const page *p, const dating *e, const draft *d, bool document)
{
    const rap_times *times = p->in->times;
    const rap_day own = times->published.earliest;
    if (document && times->occasions && times->main_occasion != RAP_NONE) {
        const rap_occasion *o = &times->occasion[times->main_occasion];
        if (own == RAP_NO_DAY || o->day + FOCUS_DAYS >= own) return when_of_occasion(o);
    }
    const bool now = p->in->article->kind == RAP_KIND_OPINION && !document &&
                     is_present(p, d->cue_token);
    return now ? e->own : e->focus;
}

/* Of a statement without a date beside it: the day of an occasion that its sentence
 * names; else that of the statement before in the paragraph; else of the speaker's last
 * statement; else of an occasion in the paragraph; else the day the report is about. */
static void date_from_context(const page *p, dating *e, const draft *d,
                              rap_statement *s, uint32_t zone, bool document)
{
    const rap_occasion *o = occasion_beside(p, d);
    const rap_when *when = e->zone == zone ? &e->when : NULL;
    if (!when) when = said_before(e, s->speaker, zone);
    if (!o && !when) o = occasion_before(p, d);
    if (o) {
        s->date = when_of_occasion(o);
        carry(e, s, zone, false, true);
        return;
    }
    const bool goes_on = e->occasion && e->zone + 1 == zone;
    s->date = counts_to_own(p, d) ? e->own
              : when              ? *when
              : goes_on           ? e->when
                                  : far_date(p, e, d, document);
    if (s->date.basis == RAP_BASIS_STATED) s->date.basis = RAP_BASIS_INFERRED;
}

/* "has criticised it and insisted": the perfect goes on in the sentence. */
static bool is_perfect(const page *p, dating *e, const draft *d, const rap_statement *s)
{
    const uint32_t sentence = p->tokens->sentence[d->cue_token];
    const uint8_t form = p->syntax->form[d->cue_token];
    const bool past = form == RAP_FORM_PAST || form == RAP_FORM_PARTICIPLE;
    if (has_aspect(p, d, RAP_ASPECT_PERFECT)) {
        e->perfect = sentence;
        e->perfect_speaker = s->speaker;
        return true;
    }
    return past && s->speaker != RAP_NONE && e->perfect == sentence &&
           e->perfect_speaker == s->speaker;
}

/* "In the first months of the war both denied it": the sentence opens with a time that no
 * day can be given for. */
static bool opens_vaguely(const page *p, const draft *d)
{
    const uint32_t first = p->tokens->first[p->tokens->sentence[d->cue_token]];
    for (uint32_t t = first; t < first + OPENING && t < d->cue_token; t++) {
        if (p->look[t].timex == RAP_NONE) continue;
        const rap_timex *x = &p->in->times->timex[p->look[t].timex];
        const bool open = x->type == RAP_TIMEX_DURATION && x->value[1] == 'X';
        return open && !is_said(p, d, x->span);
    }
    return false;
}

/* "the 2013 accord speaks of": a document speaks on the day it is of. */
static uint32_t timex_of_document(const page *p, const draft *d)
{
    if (!range_is(d->subject)) return RAP_NONE;
    const uint32_t begin = p->tokens->first[p->tokens->sentence[d->subject.first]];
    const uint32_t most = d->subject.first + SUBJECT_TOKENS;
    uint32_t from = d->subject.first; /* the subject may be its noun alone */
    while (from > begin && d->subject.first - from < SUBJECT_LEAD &&
           (upos_at(p, from - 1) == RAP_NUM || upos_at(p, from - 1) == RAP_PROPN ||
            upos_at(p, from - 1) == RAP_ADJ))
        from--;
    for (uint32_t t = from; t <= d->subject.last && t < most; t++) {
        const uint32_t x = p->look[t].timex;
        if (x != RAP_NONE && is_dated(&p->in->times->timex[x])) return x;
    }
    return RAP_NONE;
}

void date_statement(const page *p, dating *e, const draft *d, rap_statement *s,
                    bool document)
{
    const uint32_t zone = p->tokens->zone[p->tokens->sentence[d->cue_token]];
    const uint32_t own = document ? timex_of_document(p, d) : RAP_NONE;
    if (own != RAP_NONE) {
        s->date = when_of(p->in->times, own, RAP_BASIS_STATED);
        return;
    }
    const uint32_t beside = timex_beside(p, d);
    if (beside != RAP_NONE) {
        s->date = when_of(p->in->times, beside, RAP_BASIS_STATED);
        if (!is_past_day(p, &p->in->times->timex[beside])) return;
        if (has_clock(s->date.value)) return; /* a time of day stays where it stands */
        carry(e, s, zone, has_aspect(p, d, RAP_ASPECT_PLUPERFECT), false);
        return;
    }
    const bool nested = enclosing(p, d) != NULL;
    const bool open = nested ? has_aspect(p, d, RAP_ASPECT_PLUPERFECT)
                             : is_perfect(p, e, d, s) || opens_vaguely(p, d);
    if (open)
        s->date = unknown;
    else
        date_from_context(p, e, d, s, zone, document);
}

rap_status date_begin(const page *p, dating *e, rap_arena *arena, rap_error *err)
{
    *e = (dating){.zone = RAP_NONE, .perfect = RAP_NONE};
    const rap_status status = published(p, arena, &e->own, err);
    e->focus = e->when = e->own;
    if (!status) find_focus(p, e);
    return status;
}

static uint32_t zone_of(const page *p, const rap_statement *s)
{
    return p->tokens->zone[s->sentence];
}

/* Whether what was said is told as lying back: "had said on Friday". The cue is a few
 * words at its span. */
static bool looks_back(const page *p, const rap_statement *s)
{
    if (!s->cue.count || !p->in->times->aspect) return false;
    const rap_span said = s->cue.at[0];
    uint32_t low = 0, high = p->tokens->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (p->tokens->span[middle].begin < said.begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (uint32_t t = low; t < p->tokens->count && p->tokens->span[t].begin < said.end;
         t++)
        if (p->in->times->aspect[t] == RAP_ASPECT_PLUPERFECT) return true;
    return false;
}

/* "X called it a mistake. 'It is …', X said on Friday": the day is given behind. */
static void look_ahead(const page *p, const dating *e, rap_statement *list,
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

/* ---- headlines ---------------------------------------------------------------------
 */

static bool is_headline(const page *p, const rap_statement *s)
{
    const rap_zone_kind kind = p->in->article->zone[zone_of(p, s)].kind;
    return kind == RAP_ZONE_TITLE || kind == RAP_ZONE_STANDFIRST;
}

static bool holds_words(const page *p, const rap_statement *s, rap_slice words)
{
    for (uint32_t i = 0; i < s->content.count; i++) {
        const rap_slice said = rap_cut(p->text, s->content.at[i]);
        if (rap_slice_find(said, words, 0) < said.len) return true;
    }
    return false;
}

/* What a headline quotes is told below, with its day: the same words, else the first
 * words of the same speaker. */
static void date_headlines(const page *p, rap_statement *list, uint32_t count)
{
    for (uint32_t i = 0; i < count && i < HEADLINES && is_headline(p, &list[i]); i++) {
        rap_statement *s = &list[i];
        if (s->date.basis == RAP_BASIS_STATED) continue;
        const rap_slice words = rap_cut(p->text, s->content.at[0]);
        const rap_statement *told = NULL;
        for (uint32_t n = i + 1; n < count; n++) {
            if (is_headline(p, &list[n]) || !list[n].date.value[0]) continue;
            const bool same =
                words.len >= QUOTED_LEAST && holds_words(p, &list[n], words);
            const bool speaker =
                s->speaker != RAP_NONE && list[n].speaker == s->speaker;
            if (same || (speaker && !told)) told = &list[n];
            if (same) break;
        }
        if (!told) continue;
        s->date = told->date;
        s->date.basis = RAP_BASIS_INFERRED;
    }
}

/* ---- outsiders ---------------------------------------------------------------------
 */

static uint32_t token_from(const page *p, uint32_t offset)
{
    uint32_t low = 0, high = p->tokens->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (p->tokens->span[middle].begin < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* "an analyst", "X, an expert on the region": is the source one who only comments? */
static bool is_outsider(const page *p, const rap_statement *s)
{
    if (!s->source.count) return false;
    const rap_span source = s->source.at[0];
    const uint32_t first = token_from(p, source.begin);
    for (uint32_t t = first; t < first + SUBJECT_TOKENS && t < p->tokens->count; t++) {
        if (p->tokens->span[t].begin >= source.end) break;
        if (p->look[t].word->outsider && upos_at(p, t) != RAP_ADJ) return true;
    }
    return false;
}

/* What outsiders say has no part in the day the report is about. */
static void open_outsiders(const page *p, const dating *e, rap_statement *list,
                           uint32_t count)
{
    uint32_t known[DATED_SPEAKERS], speakers = 0;
    for (uint32_t i = 0; i < count; i++) {
        rap_statement *s = &list[i];
        bool outside = is_outsider(p, s);
        for (uint32_t k = 0; k < speakers && !outside; k++)
            outside = known[k] == s->speaker;
        if (!outside) continue;
        if (s->speaker != RAP_NONE && speakers < DATED_SPEAKERS)
            known[speakers++] = s->speaker;
        if (s->date.basis == RAP_BASIS_INFERRED && s->date.timex == e->focus.timex)
            s->date = unknown;
    }
}

void date_end(const page *p, const dating *e, rap_statement *list, uint32_t count)
{
    look_ahead(p, e, list, count);
    open_outsiders(p, e, list, count);
    date_headlines(p, list, count);
}
