/*
 * statement.c - the stage: paragraph by paragraph, unit by unit; see statement.h.
 *
 * Method  a unit is a sentence of the token stage; sentences inside one quotation are
 * one unit, and so is what follows the quotation in the same breath (“Really?” asked
 *         the envoy.). Units are at most UNIT_MOST tokens, so that the cost stays
 * linear.
 */
#include "statement_private.h"
#include "text.h"

enum { UNIT_MOST = 600, DATELINE_MOST = 18, CITY_LEAST = 4 };

static char mark_of(rap_slice token)
{
    uint32_t at = 0;
    const uint32_t c = rap_utf8_next(token, &at);
    if (rap_is_dash(c)) return '-';
    if (rap_quote_of(c)) return '"';
    if (c == 0x2026) return '.';
    return c < 0x80 ? (char)c : '.';
}

static bool fill_look(page *p)
{
    const uint32_t count = p->tokens->count;
    p->look = rap_new(p->scratch, look, count);
    if (!p->look) return false;
    for (uint32_t t = 0; t < count; t++) {
        const rap_slice token = rap_cut(p->text, p->tokens->span[t]);
        const bool punct = p->tokens->kind[t] == RAP_TOKEN_PUNCT;
        p->look[t] = (look){.word = lexicon_find(p->knowledge, token),
                            .quote = RAP_NONE,
                            .mention = RAP_NONE,
                            .timex = RAP_NONE,
                            .mark = punct ? mark_of(token) : 0};
    }
    return true;
}

/* The widest mention over each token: mentions come by begin, the longer first. */
static void fill_mentions(page *p)
{
    uint32_t reached = 0; /* tokens below it are settled */
    for (uint32_t i = 0; i < p->names->mentions; i++) {
        const rap_mention *m = &p->names->mention[i];
        for (uint32_t t = m->first > reached ? m->first : reached; t <= m->last; t++)
            p->look[t].mention = i;
        if (m->last + 1 > reached) reached = m->last + 1;
    }
    for (uint32_t i = 0; i < p->in->times->count; i++) {
        const rap_timex *x = &p->in->times->timex[i];
        for (uint32_t t = x->first; t <= x->last && t < p->tokens->count; t++)
            p->look[t].timex = i;
    }
}

/* May a unit end before `token`, the first of a new sentence? */
static bool may_part(const page *p, uint32_t token)
{
    const uint32_t q = p->look[token].quote;
    if (q != RAP_NONE && p->look[token - 1].quote == q) return false;
    const bool capital = p->tokens->flags[token] & RAP_TOKEN_CAPITAL;
    const bool after_quote = quote_ending(p, token - 1) != RAP_NONE;
    return !after_quote || capital || q != RAP_NONE ||
           p->tokens->kind[token] != RAP_TOKEN_WORD;
}

static bool cut_units(page *p, range r)
{
    p->units.count = 0;
    uint32_t first = r.first;
    for (uint32_t t = r.first + 1; t <= r.last + 1; t++) {
        const bool end = t > r.last;
        const bool sentence =
            !end && p->tokens->sentence[t] != p->tokens->sentence[t - 1];
        const bool part = end || (sentence && may_part(p, t)) || t - first >= UNIT_MOST;
        if (!part) continue;
        if (!rap_push(p->scratch, &p->units, (range){first, t - 1})) return false;
        first = t;
    }
    return true;
}

/* Does the quotation open at the paragraph's end go on in the next one? */
static void mark_run_on(page *p)
{
    if (p->quotes_from == 0 || p->quotes_from >= p->quote.count) return;
    quotation *before = &p->quote.at[p->quotes_from - 1];
    const quotation *first = &p->quote.at[p->quotes_from];
    if (before->closed) return;
    bool starts = true;
    for (uint32_t t = before->last + 1; t < first->first; t++)
        if (p->tokens->kind[t] == RAP_TOKEN_WORD) starts = false;
    before->runs_on = starts;
}

/* First token after "CAIRO, May 4 (Wire) -" at the start of `r`; else r.first. */
uint32_t page_past_dateline(const page *p, range r)
{
    bool sure = false, bracket = false;
    for (uint32_t t = r.first; t < r.last && t < r.first + DATELINE_MOST; t++) {
        const char mark = p->look[t].mark;
        const uint8_t flags = p->tokens->flags[t];
        const rap_span span = p->tokens->span[t];
        const bool number = p->tokens->kind[t] == RAP_TOKEN_NUMBER;
        const bool word = p->tokens->kind[t] == RAP_TOKEN_WORD;
        if (mark == '-' && t > r.first && p->tokens->span[t - 1].end < span.begin) {
            while (t < r.last && p->look[t].mark == '-') t++;
            const bool starts =
                p->look[t].mark || (p->tokens->flags[t] & RAP_TOKEN_CAPITAL);
            return sure && starts ? t : r.first;
        }
        if (mark == '(') bracket = sure = true;
        if (mark == ')') bracket = false;
        if (mark == '"' || (word && !bracket && !(flags & RAP_TOKEN_CAPITAL))) break;
        if (number ||
            ((flags & RAP_TOKEN_ALL_CAPS) && span.end - span.begin >= CITY_LEAST))
            sure = true;
    }
    return r.first;
}

static bool read_paragraph(page *p, rap_span span, range r)
{
    bool read;
    if (!quote_paragraph(p, span, r)) return false;
    if (!turn_read(p, r, &read)) return false;
    if (read) return true;
    r.first = page_past_dateline(p, r);
    if (!cut_units(p, r)) return false;
    mark_run_on(p);
    for (uint32_t i = 0; i < p->units.count; i++) {
        p->unit = p->units.at[i];
        if (!content_unit(p)) return false;
    }
    p->unit = r;
    return content_leftovers(p);
}

static bool is_told(rap_zone_kind kind)
{
    return kind == RAP_ZONE_BODY || kind == RAP_ZONE_STANDFIRST;
}

static bool read_all(page *p)
{
    const rap_tokens *tokens = p->tokens;
    for (uint32_t s = 0; s < tokens->sentences;) {
        const uint32_t zone = tokens->zone[s];
        uint32_t end = s;
        while (end < tokens->sentences && tokens->zone[end] == zone) end++;
        const rap_zone *z = &p->in->article->zone[zone];
        const range r = {tokens->first[s], tokens->first[end] - 1};
        s = end;
        if (is_told(z->kind) && range_is(r) && !read_paragraph(p, z->span, r))
            return false;
    }
    return true;
}

rap_status rap_statement_run(const rap_statement_knowledge *knowledge,
                             const rap_statement_input *in, rap_arena *arena,
                             rap_arena *scratch, rap_statements *out, rap_error *err)
{
    return statement_run_watched(knowledge, in, arena, scratch, NULL, out, err);
}

rap_status statement_run_watched(const rap_statement_knowledge *knowledge,
                                 const rap_statement_input *in, rap_arena *arena,
                                 rap_arena *scratch, const tree_watch *watch,
                                 rap_statements *out, rap_error *err)
{
    *out = (rap_statements){0};
    page p = {.knowledge = knowledge,
              .in = in,
              .text = in->article->text,
              .tokens = in->tokens,
              .syntax = in->syntax,
              .names = in->names,
              .scratch = scratch,
              .waiting = RAP_NONE,
              .interviewee = RAP_NONE,
              .last = RAP_NONE};
    if (!fill_look(&p))
        return rap_fail(err, RAP_E_NOMEM, 0, "statement: the scratch arena is full");
    fill_mentions(&p);
    turn_find(&p);
    if (!read_all(&p) || !tree_read(&p, watch))
        return rap_fail(err, RAP_E_NOMEM, 0, "statement: the scratch arena is full");
    return emit_all(&p, arena, out, err);
}
