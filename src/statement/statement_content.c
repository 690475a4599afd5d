/*
 * statement_content.c - what was said: the words on the right or left of a cue.
 *
 * Method  right: addressee and adjuncts are stepped over, then the frames of the cue
 * are tried in turn. Left: a quotation or a clause before ", X said". Contents end at
 *         the unit's end or where the next cue's own clause begins. Quotations that no
 * cue of their unit owns go on the statement before them in the paragraph.
 */
#include "statement_private.h"

enum {
    ADJUNCTS_MOST = 5,
    FREE_WORDS = 5,
    CLAUSE_MOST = 30,
    CLAUSE_LEAST = 4,
    AS_MOST = 14,
    TITLE_WORDS = 5,
    VENUE_AFTER = 1,
    LONG_CONTENT = 35,
    POINTING_WORDS = 3
};

static bool has_class(const page *p, uint32_t token, uint32_t classes)
{
    return token <= p->unit.last && (classes_at(p, token) & classes) != 0;
}

static char mark_at(const page *p, uint32_t token)
{
    return token <= p->unit.last ? p->look[token].mark : 0;
}

static bool is_gerund(const page *p, uint32_t token)
{
    if (token > p->unit.last) return false;
    return p->syntax->form[token] == RAP_FORM_GERUND && upos_at(p, token) != RAP_ADJ;
}

static bool is_infinitive(const page *p, uint32_t token)
{
    if (!has_class(p, token, CLASS_TO) || token == p->unit.last) return false;
    uint32_t next = token + 1;
    while (next < p->unit.last && (is_adverb(p, next) || has_class(p, next, CLASS_NOT)))
        next++;
    if (p->look[next].quote != RAP_NONE && quote_starting(p, next) != RAP_NONE) next++;
    if (next > p->unit.last) return false;
    if (p->syntax->form[next] == RAP_FORM_GERUND) return false;
    return upos_at(p, next) == RAP_VERB || upos_at(p, next) == RAP_AUX ||
           p->syntax->form[next] == RAP_FORM_BASE;
}

/* Bounds of confidence, from what went wrong on reports not read before. */
static const float UNSURE_MOST = 0.55f, NESTED_MOST = 0.8f, POINTING_MOST = 0.6f;
static const float LONG_MOST = 0.9f, JOINED_MOST = 0.82f, ASIDE_MOST = 0.85f;
static const float RELATIVE_MOST = 0.93f, PARTED_MOST = 0.93f;
static const float DIRECT_CONFIDENCE = 0.97f;

/* ---- stepping over addressee and adjuncts ------------------------------------------
 */

static uint32_t past_adverbs(const page *p, uint32_t token)
{
    while (token < p->unit.last && is_adverb(p, token) && !p->look[token].mark &&
           p->look[token].quote == RAP_NONE && p->look[token].timex == RAP_NONE)
        token++;
    return token;
}

static void note_venue(const page *p, cue *c, range r)
{
    for (uint32_t t = r.first; t <= r.last && !range_is(c->venue); t++)
        if (p->look[t].word->document & DOCUMENT_VENUE) c->venue = r;
}

/* The token after one adjunct at `token`, or `token` if there is none. */
static uint32_t past_adjunct(const page *p, cue *c, uint32_t token)
{
    if (token > p->unit.last || p->look[token].quote != RAP_NONE) return token;
    if (p->look[token].timex != RAP_NONE) {
        const uint32_t next = p->in->times->timex[p->look[token].timex].last + 1;
        const bool phrase =
            next <= p->unit.last && ((upos_at(p, next) == RAP_PART &&
                                      !has_class(p, next, CLASS_TO | CLASS_NOT)) ||
                                     is_finite(p, next));
        return phrase ? token : next; /* "said Monday’s meeting was useful" */
    }
    if (has_class(p, token, CLASS_AS) && token < p->unit.last &&
        is_adverb(p, token + 1))
        return token + 2; /* "as well" */
    if (has_class(p, token, CLASS_PLACE) || upos_at(p, token) == RAP_ADP) {
        const uint32_t next = token + 1;
        if (next > p->unit.last || has_class(p, token, CLASS_TO | CLASS_AS))
            return token;
        if (p->look[next].timex != RAP_NONE)
            return p->in->times->timex[p->look[next].timex].last + 1;
        const uint32_t title = quote_starting(p, next); /* on “The Morning Hour” */
        if (title != RAP_NONE && p->quote.at[title].words <= TITLE_WORDS)
            return p->quote.at[title].last + 1;
        const range r = phrase_right(p, next, true);
        if (!range_is(r) || has_class(p, next, CLASS_THAT)) return token;
        note_venue(p, c, r);
        return r.last + 1;
    }
    const uint32_t past = past_adverbs(p, token);
    return past;
}

static uint32_t past_adjuncts(const page *p, cue *c, uint32_t token)
{
    for (uint32_t n = 0; n < ADJUNCTS_MOST; n++) {
        const uint32_t next = past_adjunct(p, c, token);
        if (next == token) break;
        token = next;
    }
    return token;
}

/* ", in a tweet, that": over commas too, if that or a quotation follows. */
static uint32_t past_commas(const page *p, cue *c, uint32_t token)
{
    if (mark_at(p, token) != ',') return token;
    if (mark_at(p, token + 2) == ',' && has_class(p, token + 3, CLASS_THAT))
        return token + 3; /* ", though, that" */
    cue trial = *c;
    uint32_t next = past_adjuncts(p, &trial, token + 1);
    if (next == token + 1) return token;
    if (mark_at(p, next) == ',') next++;
    if (!has_class(p, next, CLASS_THAT) && quote_starting(p, next) == RAP_NONE)
        return token;
    *c = trial;
    return next;
}

static uint32_t past_addressee(const page *p, cue *c, uint32_t token)
{
    const uint32_t frames = c->entry->frames;
    if ((frames & FRAME_TELL) && token <= p->unit.last &&
        !has_class(p, token, CLASS_THAT) && p->look[token].quote == RAP_NONE &&
        p->look[token].timex == RAP_NONE) {
        const range r = phrase_right(p, token, false);
        if (range_is(r) && (r.last >= p->unit.last || !is_finite(p, r.last + 1))) {
            c->addressee = r;
            return r.last + 1;
        }
    }
    if ((frames & (FRAME_TOADDR | FRAME_SAY)) && has_class(p, token, CLASS_TO) &&
        !is_infinitive(p, token)) {
        const range r = phrase_right(p, token + 1, false);
        if (range_is(r)) {
            c->addressee = r;
            return r.last + 1;
        }
    }
    return token;
}

/* ---- frames
 * -------------------------------------------------------------------------- */

static bool fit(cue *c, uint32_t frame, range content)
{
    if (!range_is(content)) return false;
    c->frame = frame;
    c->content = content;
    return true;
}

/* A clause without "that" at `token`: a noun phrase, and a finite verb before the next
 * comma or inside a relative clause. */
static bool is_clause(const page *p, uint32_t token)
{
    token = past_adverbs(p, token);
    if (has_class(p, token, CLASS_IF | CLASS_THERE)) return true;
    const range r = phrase_right(p, token, true);
    if (!range_is(r) || r.last >= p->unit.last) return false;
    if (has_class(p, r.last + 1, CLASS_THAT)) return false; /* "said last week that" */
    if (has_class(p, r.last + 1, CLASS_RELATIVE) || mark_at(p, r.last + 1) == ',')
        return has_finite(p, (range){r.last + 1, p->unit.last});
    const uint32_t end = r.last + CLAUSE_MOST;
    for (uint32_t t = r.last + 1; t <= p->unit.last && t < end; t++) {
        if (is_finite(p, t)) return true;
        if (p->look[t].quote != RAP_NONE) continue;
        if (p->look[t].mark == ',' || p->look[t].mark == ';') return false;
    }
    return false;
}

/* The tagger may miss the verb: after a strong cue a long stretch still is a clause. */
static bool seems_clause(const page *p, const cue *c, uint32_t token)
{
    if (c->entry->weight < 0.9f || token + CLAUSE_LEAST > p->unit.last) return false;
    return range_is(phrase_right(p, token, true)) && p->look[token].timex == RAP_NONE;
}

/* A quotation at `token`, maybe after a comma or colon. RAP_NONE if there is none. */
static uint32_t quote_at(const page *p, uint32_t token)
{
    const char mark = mark_at(p, token);
    const uint32_t at = mark == ',' || mark == ':' ? token + 1 : token;
    return at <= p->unit.last && quote_starting(p, at) != RAP_NONE ? at : RAP_NONE;
}

/* "rejects that reading": here that is no conjunction, but a determiner. */
static bool is_pointing(const page *p, const cue *c, uint32_t token)
{
    if (!has_class(p, token, CLASS_THAT)) return false;
    const bool takes_noun = c->entry->frames & (FRAME_OBJ | FRAME_NP);
    return (upos_at(p, token) == RAP_DET || takes_noun) &&
           !has_finite(p, (range){token + 1, p->unit.last});
}

/* Clauses: with that, a quotation, whether, bare. `near`: before the adjuncts. */
static bool match_clause(const page *p, cue *c, uint32_t token)
{
    const uint32_t frames = c->entry->frames, end = p->unit.last;
    if (token > end) return false;
    /* "disputed that, saying" */
    const bool alone = mark_at(p, token + 1) == ',' && is_gerund(p, token + 2);
    if (has_class(p, token, CLASS_THAT) && token < end && (frames & FRAME_THAT) &&
        !alone && !is_pointing(p, c, token))
        return fit(c, FRAME_THAT, (range){token + 1, end});
    const uint32_t quote = quote_at(p, token);
    if (quote != RAP_NONE && (frames & (FRAME_SAY | FRAME_BARE | FRAME_OBJ | FRAME_NP)))
        return fit(c, FRAME_SAY, (range){quote, end});
    const uint32_t wh = CLASS_WH | (frames & FRAME_BARE ? 0 : CLASS_IF);
    if ((frames & FRAME_WH) && has_class(p, token, wh))
        return fit(c, FRAME_WH, (range){token, end});
    if ((frames & FRAME_TO) && is_infinitive(p, token))
        return fit(c, FRAME_TO, (range){token, end});
    /* "promised never to go" */
    if ((frames & FRAME_TO) && has_class(p, token, CLASS_NOT) &&
        is_infinitive(p, token + 1))
        return fit(c, FRAME_TO, (range){token, end});
    if ((frames & FRAME_BARE) && is_clause(p, token))
        return fit(c, FRAME_BARE, (range){token, end});
    return false;
}

static bool match_object_to(const page *p, cue *c, uint32_t token)
{
    const uint32_t frames = c->entry->frames;
    if ((frames & FRAME_OTO_TO) && has_class(p, token, CLASS_TO) &&
        !is_infinitive(p, token))
        token++;
    else if (!(frames & FRAME_OTO))
        return false;
    const range r = phrase_right(p, token, true);
    if (!range_is(r)) return false;
    uint32_t next = r.last + 1;
    if (has_class(p, next, CLASS_NOT)) next++;
    if (!is_infinitive(p, next)) return false;
    c->addressee = r;
    return fit(c, FRAME_OTO, (range){r.last + 1, p->unit.last});
}

static bool match_of(const page *p, cue *c, uint32_t token)
{
    if (!(c->entry->frames & FRAME_OF)) return false;
    const range r = phrase_right(p, token, false);
    uint32_t last = range_is(r) ? r.last : token - 1;
    /* phrase_right takes "of" with it: look for the first one inside. */
    for (uint32_t t = token; range_is(r) && t <= r.last; t++)
        if (has_class(p, t, CLASS_OF) && t > token) {
            last = t - 1;
            break;
        }
    if (!range_is(r) || !has_class(p, last + 1, CLASS_OF) || last + 2 > p->unit.last)
        return false;
    c->addressee = (range){token, last};
    return fit(c, FRAME_OF, (range){last + 2, p->unit.last});
}

static bool match_as(const page *p, cue *c, uint32_t token)
{
    const range r = phrase_right(p, token, true);
    if (!range_is(r) || r.last >= p->unit.last) return false;
    const uint32_t next = r.last + 1;
    for (uint32_t t = next; (c->entry->frames & FRAME_AS) && t < next + AS_MOST; t++) {
        if (has_class(p, t, CLASS_AS))
            return fit(c, FRAME_AS, (range){token, p->unit.last});
        if (t >= p->unit.last || p->look[t].mark || is_finite(p, t)) break;
    }
    if (!(c->entry->frames & FRAME_COMP)) return false;
    const range close = phrase_right(p, token, false);
    for (uint32_t t = close.last + 1; t <= next; t++) {
        const bool predicate = quote_starting(p, t) != RAP_NONE ||
                               upos_at(p, t) == RAP_DET || upos_at(p, t) == RAP_ADJ;
        if (predicate && !has_class(p, t, CLASS_RELATIVE | CLASS_THAT))
            return fit(c, FRAME_COMP, (range){token, p->unit.last});
    }
    return false;
}

static bool match_preposition(const page *p, cue *c, uint32_t token)
{
    static const struct {
        uint32_t frame, class;
    } table[] = {{FRAME_ON, CLASS_ON},    {FRAME_AGAINST, CLASS_AGAINST},
                 {FRAME_FOR, CLASS_FOR},  {FRAME_ABOUT, CLASS_ABOUT},
                 {FRAME_OF, CLASS_OF},    {FRAME_TO_NP, CLASS_TO},
                 {FRAME_TO_GER, CLASS_TO}};
    for (uint32_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!(c->entry->frames & table[i].frame) ||
            !has_class(p, token, table[i].class))
            continue;
        if (table[i].class == CLASS_TO && is_infinitive(p, token)) continue;
        const range r = phrase_right(p, token + 1, true);
        if (!range_is(r) && !is_gerund(p, token + 1)) continue;
        /* The agreement "to X" keeps its preposition, as an infinitive does. */
        const uint32_t first = table[i].class == CLASS_TO ? token : token + 1;
        return fit(c, table[i].frame, (range){first, p->unit.last});
    }
    return false;
}

static bool match_object(const page *p, cue *c, uint32_t token)
{
    const uint32_t frames = c->entry->frames;
    if ((frames & (FRAME_GER | FRAME_NP)) && is_gerund(p, token))
        return fit(c, FRAME_GER, (range){token, p->unit.last});
    if (!(frames & (FRAME_OBJ | FRAME_NP))) return false;
    if (has_class(p, token, CLASS_IMPERSONAL) || has_class(p, token, CLASS_WH))
        return false;
    if (token > p->unit.last || p->look[token].timex != RAP_NONE) return false;
    const bool pointing = is_pointing(p, c, token);
    if (!range_is(phrase_right(p, token + pointing, true))) return false;
    return fit(c, FRAME_OBJ, (range){token, p->unit.last});
}

static bool match_noun(const page *p, cue *c)
{
    const uint32_t next = c->last + 1, frames = c->entry->frames;
    if ((frames & FRAME_THAT) && has_class(p, next, CLASS_THAT) && next < p->unit.last)
        return fit(c, FRAME_THAT, (range){next + 1, p->unit.last});
    if ((frames & FRAME_TO) && is_infinitive(p, next))
        return fit(c, FRAME_TO, (range){next, p->unit.last});
    return match_preposition(p, c, next);
}

void content_match(const page *p, cue *c)
{
    c->frame = 0;
    c->after = c->last + 1;
    if (c->type == CUE_NOUN) {
        match_noun(p, c);
        return;
    }
    uint32_t token = c->inverted ? c->subject.last + 1 : c->last + 1;
    token = past_adverbs(p, token);
    c->after = token;
    if (token > p->unit.last) return;
    if (c->type == CUE_PASSIVE && range_is(c->subject)) c->after = token;
    if (!c->inverted) {
        if (match_object_to(p, c, token) || match_of(p, c, token) ||
            match_as(p, c, token))
            return;
    }
    if (p->look[token].timex != RAP_NONE) token = past_adjuncts(p, c, token);
    const uint32_t near = token;
    token = past_addressee(p, c, token);
    if (match_clause(p, c, token)) return;
    if (!c->inverted && near == token &&
        (match_preposition(p, c, near) || match_object(p, c, near)))
        return;
    const uint32_t direct = token;
    token = past_adjuncts(p, c, token);
    token = past_commas(p, c, token);
    c->after = token;
    if (token > p->unit.last || match_clause(p, c, token) || c->inverted) return;
    if ((c->entry->frames & FRAME_BARE) && seems_clause(p, c, direct)) {
        c->hedged = true;
        fit(c, FRAME_BARE, (range){direct, p->unit.last});
    }
}

/* ---- drafts
 * ---------------------------------------------------------------------------- */

static rap_span span_of(const page *p, range r)
{
    return range_is(r) ? rap_tokens_span(p->tokens, r.first, r.last) : (rap_span){0, 0};
}

static bool add_span(draft *d, rap_span span)
{
    const uint32_t most = sizeof d->content / sizeof *d->content;
    if (span.begin >= span.end) return true;
    if (d->contents == most) { /* keep all the words: lengthen the last piece */
        d->content[most - 1].end = span.end;
        return true;
    }
    d->content[d->contents++] = span;
    return true;
}

/* The words inside the marks, without the comma before "X said". */
rap_span quote_inside(const page *p, const quotation *q)
{
    rap_span s = q->inner;
    while (s.end > s.begin) {
        const char c = p->text.at[s.end - 1];
        if (c != ',' && c != ' ' && c != '\n' && c != '\t' && c != '\r') break;
        s.end--;
    }
    return s;
}

/* `r` without the punctuation at its edges; quotations and closing brackets stay. */
static range without_marks(const page *p, range r)
{
    while (range_is(r) && p->look[r.last].quote == RAP_NONE && p->look[r.last].mark &&
           p->look[r.last].mark != ')') {
        if (r.first == r.last) return RANGE_NONE;
        r.last--;
    }
    while (range_is(r) && p->look[r.first].quote == RAP_NONE &&
           (p->look[r.first].mark == ',' || p->look[r.first].mark == '-'))
        r.first++;
    return r;
}

static bool only_quote(const page *p, range r, uint32_t *quote)
{
    r = without_marks(p, r);
    *quote = range_is(r) ? quote_starting(p, r.first) : RAP_NONE;
    return *quote != RAP_NONE && p->quote.at[*quote].last >= r.last;
}

/* The quotations in `r` belong to draft `index`; false if there are none. */
static bool own_quotes(page *p, range r, uint32_t index)
{
    bool quoted = false;
    for (uint32_t t = r.first; t <= r.last; t++) {
        const uint32_t q = p->look[t].quote;
        if (q == RAP_NONE) continue;
        quoted = true;
        if (p->quote.at[q].first == t) p->quote.at[q].owner = index;
        t = p->quote.at[q].last < r.last ? p->quote.at[q].last : r.last;
    }
    return quoted;
}

void content_add(page *p, draft *d, range r, uint32_t index)
{
    r = without_marks(p, r);
    if (!range_is(r)) return;
    const bool quoted = own_quotes(p, r, index);
    uint32_t quote;
    if (only_quote(p, r, &quote)) {
        add_span(d, quote_inside(p, &p->quote.at[quote]));
        if (d->contents == 1) d->mode = RAP_MODE_DIRECT;
        return;
    }
    if (quoted || d->mode == RAP_MODE_DIRECT)
        d->mode = quoted || d->contents ? RAP_MODE_MIXED : RAP_MODE_INDIRECT;
    add_span(d, span_of(p, r));
}

static float frame_weight(uint32_t frame)
{
    switch (frame) {
    case FRAME_THAT:
    case FRAME_SAY:
        return 1.0f;
    case FRAME_BARE:
        return 0.97f;
    case FRAME_OF:
    case FRAME_TO:
    case FRAME_OTO:
    case FRAME_WH:
        return 0.95f;
    case FRAME_OBJ:
        return 0.85f;
    default:
        return 0.9f;
    }
}

static float type_weight(const cue *c)
{
    switch (c->type) {
    case CUE_FINITE:
        return c->hedged ? 0.7f : c->relative ? 0.85f : 1.0f;
    case CUE_SHARED:
        return 0.9f;
    case CUE_PARTICIPLE:
        return c->hedged ? 0.75f : 0.9f;
    case CUE_PASSIVE:
        return range_is(c->subject) ? 0.85f : 0.6f;
    case CUE_NOUN:
        return 0.85f;
    default:
        return 1.0f;
    }
}

/* A warning is a threat where the speaker is going to act: "warned it would strike". */
static rap_act act_of(const page *p, const cue *c)
{
    const rap_act act = c->entry->act;
    if (c->negated && (c->frame == FRAME_WH || c->frame == FRAME_TO))
        return RAP_ACT_STATE; /* did not say whether, refused to comment */
    if (act != RAP_ACT_THREATEN || (c->entry->frames & (FRAME_TO | FRAME_OBJ)))
        return act;
    const uint32_t first = c->content.first;
    const bool own = range_is(c->content) && has_class(p, first, CLASS_PRONOUN) &&
                     has_class(p, first + 1, CLASS_MODAL);
    return own ? act : RAP_ACT_STATE;
}

static draft draft_of(const page *p, const cue *c, uint32_t frame)
{
    return (draft){.cue = span_of(p, (range){c->token, c->last}),
                   .source = span_of(p, c->subject),
                   .venue = span_of(p, c->venue),
                   .cue_token = c->token,
                   .subject = c->subject,
                   .named = c->named,
                   .addressee = c->addressee,
                   .venue_tokens = c->venue,
                   .mode = RAP_MODE_INDIRECT,
                   .act = act_of(p, c),
                   .negated = c->negated,
                   .nested = c->nested,
                   .confidence =
                       c->entry->weight * frame_weight(frame) * type_weight(c),
                   .most = c->unsure   ? UNSURE_MOST
                           : c->nested ? NESTED_MOST
                                       : 1.0f,
                   .type = (uint8_t)c->type,
                   .frame = frame,
                   .speaker = RAP_NONE};
}

bool content_keep(page *p, draft d)
{
    if (d.contents == 0) return true;
    d.own = d.contents;
    if (!rap_push(p->scratch, &p->draft, d)) return false;
    p->last = p->draft.count - 1;
    return true;
}

/* ---- where a content ends
 * ---------------------------------------------------------------- */

/* Does the text right before `token` separate clauses? */
static bool separated(const page *p, uint32_t token)
{
    if (token <= p->unit.first) return true;
    const uint32_t t = token - 1;
    if (p->look[t].mark == ',' || p->look[t].mark == ';' || p->look[t].mark == '-')
        return true;
    const uint32_t q = quote_ending(p, t);
    if (q != RAP_NONE &&
        quote_inside(p, &p->quote.at[q]).end < p->quote.at[q].inner.end)
        return true;
    if (!has_class(p, t, CLASS_CLAUSE | CLASS_AND)) return false;
    return t > p->unit.first &&
           (p->look[t - 1].mark == ',' || p->look[t - 1].mark == ';');
}

/* Where the clause of `c` begins, the conjunction and comma before it included. */
static uint32_t clause_start(const page *p, const cue *c)
{
    uint32_t begin = c->begin;
    if (begin > p->unit.first && has_class(p, begin - 1, CLASS_CLAUSE | CLASS_AND))
        begin--;
    if (begin > p->unit.first && p->look[begin - 1].mark == ',') begin--;
    return begin;
}

/* ", the road and the port", "on land, in the sea and in the air" */
static bool goes_on_as_list(const page *p, uint32_t comma, uint32_t last)
{
    const uint32_t next = comma + 1;
    if (next > last || has_finite(p, (range){next, last})) return false;
    if (is_nominal(p, next) || has_class(p, next, CLASS_TO)) return true;
    if (upos_at(p, next) != RAP_ADP) return false;
    for (uint32_t t = next; t <= last; t++)
        if (has_class(p, t, CLASS_AND)) return true;
    return false;
}

/* "raised the matter last week", but not "a six-week pause" */
static bool is_late_date(const page *p, uint32_t token, uint32_t last)
{
    const uint32_t x = p->look[token].timex;
    if (x == RAP_NONE || p->look[token - 1].timex != RAP_NONE) return false;
    if (!is_nominal(p, token - 1) || upos_at(p, token - 1) == RAP_DET) return false;
    const uint32_t next = p->in->times->timex[x].last + 1;
    return next > last || !is_nominal(p, next);
}

/* Contents that are phrases, not clauses, end at the first comma or conjunction of
 * clauses. */
static uint32_t phrase_end(const page *p, range r, uint32_t frame)
{
    const bool phrase = frame == FRAME_OBJ || frame == FRAME_COMP ||
                        frame == FRAME_ON || frame == FRAME_FOR ||
                        frame == FRAME_AGAINST || frame == FRAME_ABOUT ||
                        frame == FRAME_TO_NP;
    const bool verbal = frame == FRAME_TO || frame == FRAME_OTO || frame == FRAME_OF ||
                        frame == FRAME_GER || frame == FRAME_AS ||
                        frame == FRAME_TO_GER;
    if (!phrase && !verbal) return r.last;
    for (uint32_t t = r.first + 1; t <= r.last; t++) {
        const uint32_t q = p->look[t].quote;
        if (q != RAP_NONE) {
            t = p->quote.at[q].last < r.last ? p->quote.at[q].last : r.last;
            if (quote_ending(p, t) != RAP_NONE && separated(p, t + 1)) return t;
            continue;
        }
        if (p->look[t].mark == ',') {
            if (!goes_on_as_list(p, t, r.last)) return t - 1;
        }
        if (has_class(p, t, CLASS_CLAUSE) && phrase && upos_at(p, t) != RAP_ADP)
            return t - 1;
        if (phrase && is_late_date(p, t, r.last)) return t - 1;
    }
    return r.last;
}

static uint32_t before_comma(const page *p, range r)
{
    for (uint32_t t = r.first + 1; t <= r.last; t++)
        if (p->look[t].mark == ',' && p->look[t].quote == RAP_NONE) return t - 1;
    return r.last;
}

static bool is_spaced_dash(const page *p, uint32_t token)
{
    if (token <= p->unit.first || token >= p->unit.last) return false;
    return p->look[token].mark == '-' &&
           p->tokens->span[token - 1].end < p->tokens->span[token].begin &&
           p->tokens->span[token].end < p->tokens->span[token + 1].begin;
}

static bool has_mark(const page *p, range r, char mark)
{
    for (uint32_t t = r.first; range_is(r) && t <= r.last; t++)
        if (p->look[t].mark == mark && p->look[t].quote == RAP_NONE) return true;
    return false;
}

/* The finite verb after the conjunction at `token`, whose subject would be one named
 * before; RAP_NONE if a clause with its own subject follows. */
static uint32_t verb_after(const page *p, uint32_t token, uint32_t last)
{
    if (upos_at(p, token) != RAP_CCONJ && !has_class(p, token, CLASS_AND))
        return RAP_NONE;
    uint32_t t = token + 1;
    while (t < last && is_adverb(p, t)) t++;
    return t <= last && is_finite(p, t) ? t : RAP_NONE;
}

/* Does the reporter go on at `token`? ", although", a dash that closes nothing, and "X
 * said it will go and offered talks", whose tense is the reporter's. */
static bool is_reporters(const page *p, uint32_t token, uint32_t last, bool modal)
{
    const uint32_t next = token + 1;
    if (p->look[token].mark == ',')
        return has_class(p, next, CLASS_ASIDE) ||
               (has_class(p, next, CLASS_AS) && next < last &&
                has_class(p, next + 1, CLASS_PRONOUN));
    if (is_spaced_dash(p, token)) return !has_mark(p, (range){next, last}, '-');
    const uint32_t verb = modal ? verb_after(p, token, last) : RAP_NONE;
    return verb != RAP_NONE && upos_at(p, verb) == RAP_VERB &&
           p->syntax->form[verb] == RAP_FORM_PAST;
}

/* The end of a reported clause in `r`: before the reporter's own words. */
static uint32_t reported_end(const page *p, range r)
{
    bool clause = false, modal = false; /* what came so far */
    for (uint32_t t = r.first; t <= r.last; t++) {
        const uint32_t q = p->look[t].quote;
        if (q != RAP_NONE) {
            clause |= has_finite(p, (range){t, p->quote.at[q].last});
            t = p->quote.at[q].last < r.last ? p->quote.at[q].last : r.last;
            continue;
        }
        if (clause && is_reporters(p, t, r.last, modal))
            return p->look[t - 1].mark == ',' ? t - 2 : t - 1;
        if (!is_finite(p, t)) continue;
        clause = true;
        modal = has_class(p, t, CLASS_MODAL) ||
                (modal && p->syntax->form[t] == RAP_FORM_BASE); /* "will go" */
    }
    return r.last;
}

/* The end of the content of cue `i`: before the next clause with a cue of its own. */
static uint32_t content_end(const page *p, uint32_t i)
{
    const cue *c = &p->cues.at[i];
    uint32_t end = phrase_end(p, c->content, c->frame);
    if (c->frame == FRAME_THAT || c->frame == FRAME_BARE)
        end = reported_end(p, (range){c->content.first, end});
    if (c->type == CUE_PARTICIPLE && c->begin == p->unit.first)
        end = before_comma(p, (range){c->content.first, end});
    for (uint32_t k = i + 1; k < p->cues.count; k++) {
        const cue *next = &p->cues.at[k];
        if (next->token <= c->content.first) continue;
        const uint32_t begin = next->inverted ? next->token : next->begin;
        if (begin > end) break;
        if (next->type == CUE_SHARED || next->type == CUE_PARTICIPLE) {
            if (begin <= c->content.first || (!next->frame && next->type == CUE_SHARED))
                continue;
            return begin - 1;
        }
        if (next->type == CUE_SOURCE ||
            (next->type == CUE_FINITE && separated(p, begin))) {
            const uint32_t start = clause_start(p, next);
            if (start <= c->content.first) continue;
            if (next->type == CUE_SOURCE && p->look[begin - 1].mark != ',')
                return begin - 1;
            return start - 1;
        }
    }
    for (uint32_t t = c->content.first; t <= end; t++) {
        if (p->look[t].quote != RAP_NONE) continue;
        if (p->look[t].mark == ';' && t > c->content.first) return t - 1;
    }
    return end;
}

/* ---- left of the cue
 * ------------------------------------------------------------------------ */

typedef enum side { SIDE_NONE, SIDE_RIGHT, SIDE_LEFT, SIDE_BOTH } side;

/* What lies between the last cut and the clause of `c`. */
static range left_of(const page *p, const cue *c)
{
    const uint32_t begin = c->inverted ? c->token : c->begin;
    uint32_t first = p->cut > p->unit.first ? p->cut : p->unit.first;
    while (first < begin && p->look[first].quote == RAP_NONE && p->look[first].mark)
        first++;
    return begin > first ? (range){first, begin - 1} : RANGE_NONE;
}

static bool holds_quote(const page *p, range r)
{
    for (uint32_t t = r.first; range_is(r) && t <= r.last; t++)
        if (p->look[t].quote != RAP_NONE) return true;
    return false;
}

/* After the cue nothing is left, or a comma or full stop comes. */
static bool closes(const page *p, uint32_t token)
{
    return token > p->unit.last || p->look[token].mark == ',' ||
           p->look[token].mark == '.' || p->look[token].mark == ';' ||
           p->look[token].mark == '-' || p->look[token].mark == ')';
}

static side parenthesis(const page *p, const cue *c)
{
    const uint32_t after = c->after;
    if (c->frame == FRAME_SAY) return SIDE_BOTH; /* "A is true, X said, “and B”" */
    if (after >= p->unit.last || p->look[after].mark != ',') return SIDE_LEFT;
    for (uint32_t k = 0; k < p->cues.count; k++) { /* ", X said, adding" */
        const cue *next = &p->cues.at[k];
        if ((next->type == CUE_PARTICIPLE || next->type == CUE_SHARED) &&
            next->begin >= after && next->begin <= after + 1)
            return SIDE_LEFT;
    }
    const uint32_t next = after + 1;
    if (quote_starting(p, next) != RAP_NONE) return SIDE_BOTH;
    const range rest = {next, p->unit.last};
    if (c->inverted && upos_at(p, next) == RAP_DET) return SIDE_LEFT; /* apposition */
    if (has_class(p, next, CLASS_RELATIVE) || is_gerund(p, next)) return SIDE_LEFT;
    if (has_class(p, next, CLASS_AND | CLASS_CLAUSE | CLASS_THAT)) return SIDE_BOTH;
    return has_finite(p, rest) || holds_quote(p, rest) ? SIDE_BOTH : SIDE_LEFT;
}

static side side_of_source(const page *p, const cue *c)
{
    const range left = left_of(p, c);
    const bool more = c->after < p->unit.last && p->look[c->after].mark == ',';
    const bool starts =
        !range_is(left) || (left.last - left.first < 2 && !holds_quote(p, left));
    if (starts)
        return more && (c->entry->place & PLACE_BEFORE) ? SIDE_RIGHT : SIDE_NONE;
    if (!(c->entry->place & PLACE_AFTER) && !more) return SIDE_NONE;
    return more && !has_finite(p, left) ? SIDE_BOTH : SIDE_LEFT;
}

/* “A,” X said, because of “B”: what follows goes on if it quotes and has no cue. */
static side quote_goes_on(const page *p, const cue *c)
{
    if (c->after >= p->unit.last || p->look[c->after].mark != ',') return SIDE_LEFT;
    for (uint32_t k = 0; k < p->cues.count; k++)
        if (p->cues.at[k].token > c->token) return SIDE_LEFT;
    return holds_quote(p, (range){c->after, p->unit.last}) ? SIDE_BOTH : SIDE_LEFT;
}

static side side_of(const page *p, const cue *c)
{
    if (c->type == CUE_SOURCE) return side_of_source(p, c);
    const side right = c->frame ? SIDE_RIGHT : SIDE_NONE;
    if (c->type != CUE_FINITE || c->relative) return right;
    const range left = left_of(p, c);
    if (!range_is(left)) return right;
    const uint32_t before = (c->inverted ? c->token : c->begin) - 1;
    const uint32_t quote = quote_ending(p, before);
    const bool comma = p->look[before].mark == ',' && p->look[before].quote == RAP_NONE;
    const bool spoken =
        quote_ending(p, comma && before > left.first ? before - 1 : before) != RAP_NONE;
    const bool strong = c->frame && c->frame != FRAME_BARE && c->frame != FRAME_SAY;
    if (quote == RAP_NONE && !comma && p->look[before].mark != '-') return right;
    const bool told =
        quote != RAP_NONE && p->quote.at[quote].speech; /* “A,” X said of B */
    if (strong && !told && !(spoken && mark_at(p, c->after) == ',')) return right;
    if (!(c->entry->frames & FRAME_SAY)) return right;
    if (spoken &&
        (quote == RAP_NONE || separated(p, before + 1) || p->quote.at[quote].speech)) {
        return c->frame == FRAME_SAY ? SIDE_BOTH : quote_goes_on(p, c);
    }
    const bool inserted_quote = c->frame == FRAME_SAY && p->look[c->after].mark == ',';
    if (c->frame && !inserted_quote) return right;
    if (!closes(p, c->after) && !(comma && has_finite(p, left))) return right;
    const bool adverbial = has_class(p, left.first, CLASS_CLAUSE | CLASS_PLACE) ||
                           is_gerund(p, left.first);
    if (!has_finite(p, left) || adverbial) {
        const bool inserted = c->after < p->unit.last && p->look[c->after].mark == ',';
        return inserted && left.last > left.first ? SIDE_BOTH
               : has_finite(p, left)              ? SIDE_LEFT
                                                  : right;
    }
    return parenthesis(p, c);
}

/* ---- statements of a unit
 * --------------------------------------------------------------------- */

static range right_of(page *p, uint32_t i, side which)
{
    const cue *c = &p->cues.at[i];
    if (c->type == CUE_SOURCE || (which == SIDE_BOTH && !c->frame)) {
        cue rest = *c;
        rest.content = (range){c->after, p->unit.last};
        rest.frame = 0;
        for (uint32_t k = i + 1; k < p->cues.count; k++) {
            const cue *next = &p->cues.at[k];
            const bool cuts = next->type == CUE_SHARED || next->type == CUE_PARTICIPLE;
            if (cuts && next->begin > c->after + 1)
                return (range){c->after, next->begin - 1};
        }
        return rest.content;
    }
    const uint32_t quote = p->look[c->token].quote;
    if (quote == RAP_NONE) return (range){c->content.first, content_end(p, i)};
    /* The verb itself is quoted: they “agreed to stop” and “to talk”. */
    cue whole = *c;
    whole.frame = FRAME_THAT;
    whole.content.first = p->quote.at[quote].first;
    p->cues.at[i] = whole;
    return (range){whole.content.first, content_end(p, i)};
}

/* "that claim": the words point at something said before. */
static bool is_pointing_phrase(const page *p, range r)
{
    return r.last - r.first < POINTING_WORDS && p->look[r.first].mention == RAP_NONE &&
           (has_class(p, r.first, CLASS_THAT) || upos_at(p, r.first) == RAP_DET ||
            upos_at(p, r.first) == RAP_PRON) &&
           !has_finite(p, r);
}

/* How sure one may be at most that all of `r`, a clause, is what was said. */
static float most_of(const page *p, range r)
{
    if (!range_is(r)) return 1.0f;
    float most = 1.0f;
    if (is_pointing_phrase(p, r) && !holds_quote(p, r)) most = POINTING_MOST;
    if (r.last - r.first > LONG_CONTENT && LONG_MOST < most) most = LONG_MOST;
    for (uint32_t t = r.first; t <= r.last; t++) {
        if (p->look[t].quote != RAP_NONE) continue;
        float here = 1.0f;
        if (t > r.first && verb_after(p, t, r.last) != RAP_NONE) here = JOINED_MOST;
        if (p->look[t].mark == ',' && has_class(p, t + 1, CLASS_CLAUSE | CLASS_AS))
            here = ASIDE_MOST;
        if (p->look[t].mark == ',' &&
            (has_class(p, t + 1, CLASS_RELATIVE | CLASS_WH) || is_gerund(p, t + 1)))
            here = RELATIVE_MOST;
        if (here < most) most = here;
    }
    return most;
}

/* A finite cue with nothing on either side: “Really?” X asked. - the quotation is in
 * the unit before; or it ends in a colon, and the quotation is still to come. */
static bool look_around(page *p, const cue *c)
{
    if (c->type != CUE_FINITE || c->relative || !(c->entry->frames & FRAME_SAY))
        return true;
    draft d = draft_of(p, c, FRAME_SAY);
    const bool colon = c->after <= p->unit.last && p->look[c->after].mark == ':';
    if (colon && c->after >= p->unit.last) {
        if (!rap_push(p->scratch, &p->draft, d)) return false;
        p->waiting = p->draft.count - 1;
        return true;
    }
    if (c->begin != p->unit.first || p->unit.first == 0 || !closes(p, c->after))
        return true;
    const uint32_t q = quote_ending(p, p->unit.first - 1);
    if (q == RAP_NONE || q < p->quotes_from || p->quote.at[q].owner != RAP_NONE)
        return true;
    p->quote.at[q].owner = p->draft.count;
    add_span(&d, quote_inside(p, &p->quote.at[q]));
    d.mode = RAP_MODE_DIRECT;
    return content_keep(p, d);
}

/* Does what follows a venue up to `last` only describe it: no comma, no finite verb but
 * one that may be a participle ("in a statement adopted at noon")? */
static bool ends_content(const page *p, uint32_t token, uint32_t last)
{
    for (uint32_t t = token; t <= last; t++) {
        if (p->look[t].mark == ',' || p->look[t].quote != RAP_NONE) return false;
        if (is_finite(p, t) && (t > token || upos_at(p, t) != RAP_VERB)) return false;
    }
    return true;
}

/* "asked for help in a statement": the venue behind a content is no part of it. */
static range without_venue(const page *p, cue *c, range r)
{
    for (uint32_t t = r.first + VENUE_AFTER; range_is(r) && t + 1 < r.last; t++) {
        if (!has_class(p, t, CLASS_PLACE) || !has_class(p, t + 1, CLASS_INDEFINITE))
            continue;
        if (p->look[t].quote != RAP_NONE) continue;
        const range venue = phrase_right(p, t + 1, false);
        cue trial = *c;
        trial.venue = RANGE_NONE;
        if (range_is(venue)) note_venue(p, &trial, venue);
        if (!range_is(trial.venue)) continue;
        /* "his plan, set out in a letter, had failed" is all content. */
        if (upos_at(p, t - 1) == RAP_VERB || !ends_content(p, venue.last + 1, r.last))
            continue;
        if (!range_is(c->venue)) c->venue = venue;
        return (range){r.first, t - 1};
    }
    return r;
}

/* Nobody said, one wonders: nobody's statement. */
static bool is_nobody(const page *p, const cue *c)
{
    if (!range_is(c->subject)) return false;
    const uint32_t first = c->subject.first;
    if (first > p->unit.first && has_class(p, first - 1, CLASS_NOBODY) &&
        p->tokens->kind[first] == RAP_TOKEN_WORD)
        return true; /* a negation is no part of the phrase: "No one" */
    if (has_class(p, first, CLASS_NOBODY)) /* but "No 10" */
        return first == c->subject.last || p->tokens->kind[first + 1] == RAP_TOKEN_WORD;
    return has_class(p, first, CLASS_ONE) && first == c->subject.last && !c->inverted &&
           p->syntax->form[c->token] != RAP_FORM_PAST;
}

/* "refused to comment on the claim": words that were not said. */
static void note_refusal(const page *p, cue *c)
{
    if (c->frame != FRAME_TO || c->entry->act != RAP_ACT_REFUSE) return;
    if (has_class(p, c->content.first + 1, CLASS_MUTE)) c->negated = true;
}

/* The clause that `r` opens keeps its "that"; a quotation is the words said, no more. */
static void take_conjunction(const page *p, draft *d, range r)
{
    if (d->mode == RAP_MODE_DIRECT || r.first <= p->unit.first) return;
    const uint32_t before = r.first - 1;
    if (!has_class(p, before, CLASS_THAT) || p->look[before].quote != RAP_NONE) return;
    rap_span *span = &d->content[d->contents - 1];
    if (span->begin == p->tokens->span[r.first].begin)
        span->begin = p->tokens->span[before].begin;
}

static bool say_of_cue(page *p, uint32_t i)
{
    cue *c = &p->cues.at[i];
    if (is_nobody(p, c)) return true;
    if (c->frame && asks_for_anonymity(p, c->content)) return true;
    note_refusal(p, c);
    const side which = side_of(p, c);
    if (which == SIDE_NONE) return look_around(p, c);
    range right = RANGE_NONE;
    if (which == SIDE_RIGHT || which == SIDE_BOTH)
        right = without_venue(p, c, right_of(p, i, which));
    draft d = draft_of(p, c, c->frame ? c->frame : FRAME_SAY);
    const uint32_t index = p->draft.count;
    if (which == SIDE_LEFT || which == SIDE_BOTH) {
        range left = left_of(p, c);
        if (has_class(p, left.first, CLASS_AND) && left.first < left.last) left.first++;
        content_add(p, &d, left, index);
        p->cut = c->after;
    }
    const uint32_t before = d.contents;
    content_add(p, &d, right, index);
    if (d.contents > before) take_conjunction(p, &d, right);
    if (d.mode != RAP_MODE_DIRECT) {
        const float most = most_of(p, right);
        if (most < d.most) d.most = most;
        if (d.contents > 1 && PARTED_MOST < d.most) d.most = PARTED_MOST;
    }
    /* A whole quotation beside its cue is hardly ever anything else. */
    if (d.mode == RAP_MODE_DIRECT && c->type == CUE_FINITE &&
        c->entry->weight >= 0.8f && d.confidence < DIRECT_CONFIDENCE)
        d.confidence = DIRECT_CONFIDENCE;
    return content_keep(p, d);
}

/* A unit that is one quotation: it belongs to a colon before, or to who spoke last. */
static bool say_of_quote(page *p, uint32_t q)
{
    quotation *quote = &p->quote.at[q];
    if (p->waiting != RAP_NONE) {
        draft *d = &p->draft.at[p->waiting];
        add_span(d, quote_inside(p, quote));
        d->own = d->contents;
        d->mode = RAP_MODE_DIRECT;
        quote->owner = p->last = p->waiting;
        p->waiting = RAP_NONE;
    }
    return true;
}

bool content_unit(page *p)
{
    p->cut = p->unit.first;
    uint32_t quote;
    if (only_quote(p, p->unit, &quote)) return say_of_quote(p, quote);
    if (!cue_collect(p)) return false;
    p->waiting = RAP_NONE;
    for (uint32_t i = 0; i < p->cues.count; i++)
        if (!say_of_cue(p, i)) return false;
    return turn_colon(p);
}

/* ---- quotations that nobody owns
 * ------------------------------------------------------------------ */

/* Is there nothing but this quotation in its sentence? */
static bool stands_alone(const page *p, const quotation *q)
{
    const uint32_t first = q->first, last = q->last;
    const uint32_t *sentence = p->tokens->sentence;
    const bool starts = first == 0 || sentence[first - 1] != sentence[first] ||
                        quote_ending(p, first - 1) != RAP_NONE;
    const bool ends = last + 1 >= p->tokens->count ||
                      sentence[last + 1] != sentence[last] || p->look[last + 1].mark ||
                      quote_starting(p, last + 1) != RAP_NONE ||
                      (p->tokens->flags[last + 1] & RAP_TOKEN_CAPITAL);
    return starts && ends;
}

static bool go_on(page *p, uint32_t owner, quotation *q)
{
    draft *d = &p->draft.at[owner];
    q->owner = owner;
    return add_span(d, quote_inside(p, q));
}

/* A statement by whoever spoke last, as far as the text lets one tell. */
static bool free_statement(page *p, quotation *q, uint32_t before, float confidence)
{
    draft d = {.cue_token = q->first,
               .subject = RANGE_NONE,
               .named = RANGE_NONE,
               .addressee = RANGE_NONE,
               .venue_tokens = RANGE_NONE,
               .act = RAP_ACT_STATE,
               .most = 1.0f,
               .confidence = confidence,
               .speaker = RAP_NONE};
    if (before != RAP_NONE) {
        d.subject = p->draft.at[before].subject;
        d.source = p->draft.at[before].source;
    }
    q->owner = p->draft.count;
    d.mode = RAP_MODE_DIRECT;
    add_span(&d, quote_inside(p, q));
    return content_keep(p, d);
}

static uint32_t zone_of(const page *p, uint32_t token)
{
    return p->tokens->zone[p->tokens->sentence[token]];
}

static bool whole_paragraph(const page *p, const quotation *q)
{
    const bool starts =
        q->first == 0 || zone_of(p, q->first - 1) != zone_of(p, q->first);
    const bool ends = q->last + 1 >= p->tokens->count ||
                      zone_of(p, q->last + 1) != zone_of(p, q->last);
    return starts && ends;
}

/* The draft that owns the quotation before `i` if it is in this paragraph, or runs on.
 */
static uint32_t owner_before(const page *p, uint32_t i)
{
    for (uint32_t k = i, n = 0; k > p->quotes_from && n < TITLE_WORDS; k--, n++) {
        const quotation *earlier = &p->quote.at[k - 1]; /* over quoted titles */
        if (earlier->owner != RAP_NONE || stands_alone(p, earlier))
            return earlier->owner;
    }
    if (i == 0) return RAP_NONE;
    const quotation *before = &p->quote.at[i - 1];
    if (i > p->quotes_from || before->runs_on) return before->owner;
    /* A paragraph that is one quotation, right after one with a quotation: the same. */
    const uint32_t zone = zone_of(p, p->quote.at[i].first);
    const bool next = zone_of(p, before->first) + 1 == zone;
    return next && whole_paragraph(p, &p->quote.at[i]) ? before->owner : RAP_NONE;
}

bool content_leftovers(page *p)
{
    for (uint32_t i = p->quotes_from; i < p->quote.count; i++) {
        quotation *q = &p->quote.at[i];
        if (q->owner != RAP_NONE) continue;
        if (!q->speech || !stands_alone(p, q)) continue;
        const uint32_t owner = owner_before(p, i);
        bool ok = true;
        if (owner != RAP_NONE)
            ok = go_on(p, owner, q);
        else if (q->words >= FREE_WORDS)
            ok = free_statement(p, q, p->last, p->last == RAP_NONE ? 0.25f : 0.4f);
        if (!ok) return false;
    }
    return true;
}
