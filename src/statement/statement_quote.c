/*
 * statement_quote.c - pairs of quotation marks.
 *
 * Reads   the text of one paragraph, its tokens.
 * Writes  p->quote: top-level quotations; look.quote of the tokens in them.
 * Method  one scan with a short stack of open marks. An apostrophe is a single mark
 * after a letter, or before a figure; a straight mark opens after white space or a
 *         bracket and closes else. A single mark that never closes is an apostrophe. A
 *         double mark that never closes ends with its paragraph (repeated at the start
 * of the next one, it goes on there). Cost    linear in bytes.
 */
#include "statement_private.h"
#include "text.h"

enum { DEPTH_MOST = 4, SPEECH_WORDS = 4 };

typedef enum style { STYLE_DOUBLE, STYLE_SINGLE, STYLE_GUILLEMET } style;

typedef struct open_mark {
    style style;
    uint32_t at, inner; /* offsets of the mark and of what follows it */
} open_mark;

typedef struct matcher {
    page *p;
    open_mark open[DEPTH_MOST];
    uint32_t depth;
    rap_span span;
    bool doubles_only; /* single marks have shown to be apostrophes */
} matcher;

static style style_of(rap_quote quote)
{
    switch (quote) {
    case RAP_QUOTE_GUILLEMET_OPEN:
    case RAP_QUOTE_GUILLEMET_CLOSE:
        return STYLE_GUILLEMET;
    case RAP_QUOTE_SINGLE:
    case RAP_QUOTE_SINGLE_OPEN:
    case RAP_QUOTE_SINGLE_CLOSE:
        return STYLE_SINGLE;
    default:
        return STYLE_DOUBLE;
    }
}

/* Index in the stack of the innermost open mark of `style`, or RAP_NONE. */
static uint32_t open_of(const matcher *m, style wanted)
{
    for (uint32_t i = m->depth; i > 0; i--)
        if (m->open[i - 1].style == wanted) return i - 1;
    return RAP_NONE;
}

static bool keep(matcher *m, open_mark open, uint32_t inner_end, uint32_t end,
                 bool closed)
{
    if (open.inner >= inner_end) return true; /* nothing inside */
    return rap_push(m->p->scratch, &m->p->quote,
                    (quotation){.outer = {open.at, end},
                                .inner = {open.inner, inner_end},
                                .closed = closed,
                                .owner = RAP_NONE});
}

static void push_mark(matcher *m, style kind, uint32_t at, uint32_t after)
{
    if (m->depth < DEPTH_MOST) m->open[m->depth++] = (open_mark){kind, at, after};
}

/* Closes the mark at stack index `i`, dropping what was left open inside it. */
static bool close_mark(matcher *m, uint32_t i, uint32_t at, uint32_t after)
{
    m->depth = i;
    return i > 0 || keep(m, m->open[0], at, after, true);
}

/* What the mark does, by its shape and its neighbours: opens (1), closes (-1), 0. */
static int direction(const matcher *m, rap_quote quote, uint32_t before, uint32_t after)
{
    const bool starts = before == 0 || rap_is_space(before) || rap_is_dash(before) ||
                        before == '(' || before == '[' || rap_quote_of(before) != 0;
    const bool word = rap_is_letter(after) || rap_is_digit(after);
    const bool blank = after == 0 || rap_is_space(after);
    const uint32_t open = open_of(m, style_of(quote));
    if (m->doubles_only && m->depth == 0 && style_of(quote) == STYLE_SINGLE) return 0;
    switch (quote) {
    case RAP_QUOTE_DOUBLE_OPEN:
        return m->depth && starts && blank ? 0 : 1;
    case RAP_QUOTE_LOW:
        return 1;
    case RAP_QUOTE_GUILLEMET_OPEN:
        return open != RAP_NONE && blank ? -1 : 1;
    case RAP_QUOTE_GUILLEMET_CLOSE:
        return open == RAP_NONE && starts && word ? 1 : -1;
    case RAP_QUOTE_DOUBLE_CLOSE:
        return open == RAP_NONE && starts && word ? 1 : -1;
    case RAP_QUOTE_DOUBLE:
        return open == RAP_NONE ? (blank ? 0 : 1) : -1;
    case RAP_QUOTE_SINGLE_OPEN:
        return starts && !rap_is_digit(after) ? 1 : 0;
    case RAP_QUOTE_SINGLE:
        if (starts && rap_is_letter(after) && open == RAP_NONE) return 1;
        return open != RAP_NONE && !word && !rap_is_space(before) ? -1 : 0;
    case RAP_QUOTE_SINGLE_CLOSE:
        return open != RAP_NONE && !word && !rap_is_space(before) ? -1 : 0;
    default:
        return 0;
    }
}

/* In „low“ style the closing mark is the one that opens elsewhere. */
static bool closes_low(const matcher *m, rap_quote quote, uint32_t before,
                       rap_slice text)
{
    if (quote != RAP_QUOTE_DOUBLE_OPEN || m->depth == 0 || rap_is_space(before))
        return false;
    const open_mark *top = &m->open[m->depth - 1];
    uint32_t at = top->at;
    return rap_quote_of(rap_utf8_next(text, &at)) == RAP_QUOTE_LOW;
}

static bool step(matcher *m, rap_slice text, uint32_t at, uint32_t after,
                 uint32_t before, uint32_t c)
{
    const rap_quote quote = rap_quote_of(c);
    uint32_t peek = after;
    const uint32_t next = after < m->span.end ? rap_utf8_next(text, &peek) : 0;
    int way = direction(m, quote, before, next);
    if (closes_low(m, quote, before, text)) way = -1;
    if (way == 0) return true;
    const uint32_t open = open_of(m, style_of(quote));
    if (way > 0 && open == 0 && m->open[0].style != STYLE_SINGLE) {
        /* The same style again: the earlier one lost its closing mark. */
        const uint32_t end = at;
        const open_mark lost = m->open[0];
        m->depth = 0;
        if (!keep(m, lost, end, end, false)) return false;
    }
    if (way > 0) {
        push_mark(m, style_of(quote), at, after);
        return true;
    }
    return open == RAP_NONE || close_mark(m, open, at, after);
}

static bool scan(matcher *m)
{
    const rap_slice text = m->p->text;
    uint32_t at = m->span.begin, before = 0;
    while (at < m->span.end) {
        const uint32_t begin = at;
        const uint32_t c = rap_utf8_next(text, &at);
        if (rap_quote_of(c) && !step(m, text, begin, at, before, c)) return false;
        before = c;
    }
    if (m->depth == 0 || m->open[0].style == STYLE_SINGLE) return true;
    m->depth = 0;
    return keep(m, m->open[0], m->span.end, m->span.end, false);
}

/* ---- tokens and shape -------------------------------------------------------------
 */

/* The last character within `span` that is no white space; 0 if there is none. */
static uint32_t last_char(rap_slice text, rap_span span)
{
    uint32_t at = span.end;
    while (at > span.begin) {
        const uint32_t c = rap_utf8_back(text, &at);
        if (!rap_is_space(c) && rap_quote_of(c) == RAP_QUOTE_NONE) return c;
    }
    return 0;
}

static bool ends_sentence(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

/* A quotation is speech if it reads like a sentence: it starts with a capital and is
 * long enough, or ends with a stop or the comma before "X said". */
static bool is_speech(const page *p, const quotation *q)
{
    uint32_t first = q->first;
    while (first <= q->last && p->tokens->kind[first] == RAP_TOKEN_PUNCT) first++;
    if (first > q->last) return false;
    const bool capital = p->tokens->flags[first] & RAP_TOKEN_CAPITAL;
    const uint32_t c = last_char(p->text, q->inner);
    if (!q->closed) return capital || q->words >= SPEECH_WORDS;
    if (!capital) return false;
    if (ends_sentence(c) || c == ',') return true;
    return q->words >= SPEECH_WORDS && has_finite(p, (range){q->first, q->last});
}

/* Tokens of each quotation found; one walk, as both lists rise. */
static void place_tokens(page *p, range r)
{
    uint32_t token = r.first;
    for (uint32_t i = p->quotes_from; i < p->quote.count; i++) {
        quotation *q = &p->quote.at[i];
        while (token <= r.last && p->tokens->span[token].end <= q->outer.begin) token++;
        q->first = token;
        while (token <= r.last && p->tokens->span[token].begin < q->outer.end) {
            q->words += p->tokens->kind[token] == RAP_TOKEN_WORD;
            token++;
        }
        q->last = token - 1; /* below first only where no token lies */
        if (q->last + 1 == q->first) continue;
        q->speech = is_speech(p, q);
        for (uint32_t t = q->first; t <= q->last; t++) p->look[t].quote = i;
    }
}

/* Drop quotations without tokens: they cannot be spoken of. */
static void drop_empty(page *p)
{
    uint32_t kept = p->quotes_from;
    for (uint32_t i = p->quotes_from; i < p->quote.count; i++)
        if (p->quote.at[i].words > 0) p->quote.at[kept++] = p->quote.at[i];
    p->quote.count = kept;
}

/* Marks without words leave their tokens pointing nowhere. */
static void clear_stale(page *p, range r)
{
    for (uint32_t i = p->quotes_from; i < p->quote.count; i++)
        for (uint32_t t = p->quote.at[i].first; t <= p->quote.at[i].last; t++)
            p->look[t].quote = i;
    for (uint32_t t = r.first; t <= r.last; t++) {
        const uint32_t q = p->look[t].quote;
        if (q == RAP_NONE) continue;
        if (q >= p->quote.count || t < p->quote.at[q].first || t > p->quote.at[q].last)
            p->look[t].quote = RAP_NONE;
    }
}

bool quote_paragraph(page *p, rap_span span, range r)
{
    p->quotes_from = p->quote.count;
    matcher m = {.p = p, .span = span};
    if (!scan(&m)) return false;
    if (m.depth > 0 && m.open[0].style == STYLE_SINGLE) { /* once more, without it */
        p->quote.count = p->quotes_from;
        m = (matcher){.p = p, .span = span, .doubles_only = true};
        if (!scan(&m)) return false;
    }
    place_tokens(p, r);
    drop_empty(p);
    clear_stale(p, r);
    return true;
}

uint32_t quote_starting(const page *p, uint32_t token)
{
    if (token >= p->tokens->count) return RAP_NONE;
    const uint32_t q = p->look[token].quote;
    return q != RAP_NONE && p->quote.at[q].first == token ? q : RAP_NONE;
}

uint32_t quote_ending(const page *p, uint32_t token)
{
    if (token >= p->tokens->count) return RAP_NONE;
    const uint32_t q = p->look[token].quote;
    return q != RAP_NONE && p->quote.at[q].last == token ? q : RAP_NONE;
}
