/*
 * token_sentence.c - does a sentence end here? See token_private.h.
 *
 * Method  an end mark, then closing quotes and brackets, then something that can begin
 * a sentence. Abbreviations end one only before a word that begins sentences. Cost
 * constant per token.
 */
#include "token_private.h"

static uint32_t first_char(rap_slice text, const token *t)
{
    uint32_t at = t->span.begin;
    return rap_utf8_next(text, &at);
}

static bool is_end_mark(rap_slice text, const token *t)
{
    if (t->kind != RAP_TOKEN_PUNCT) return false;
    const uint32_t c = first_char(text, t);
    return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

static bool touches(const token *left, const token *right)
{
    return left->span.end == right->span.begin;
}

/* A closing quotation mark or bracket, also in the styles that open and close alike. */
static bool closes(rap_slice text, const token *tokens, uint32_t at)
{
    const token *t = &tokens[at];
    if (t->kind != RAP_TOKEN_PUNCT) return false;
    const uint32_t c = first_char(text, t);
    if (c == ')' || c == ']' || c == '}') return true;
    switch (rap_quote_of(c)) {
    case RAP_QUOTE_DOUBLE_CLOSE:
    case RAP_QUOTE_SINGLE_CLOSE:
    case RAP_QUOTE_GUILLEMET_CLOSE:
        return true;
    case RAP_QUOTE_DOUBLE:
    case RAP_QUOTE_SINGLE:
        return touches(&tokens[at - 1], t);
    default:
        return false;
    }
}

/* A mark that may stand before the first word of a sentence. */
static bool is_opening(rap_slice text, const token *t)
{
    const uint32_t c = first_char(text, t);
    return t->kind == RAP_TOKEN_PUNCT &&
           (rap_quote_of(c) || c == '(' || c == '[' || rap_is_dash(c));
}

/* The first token at or after `at` that is no opening mark. */
static uint32_t word_at(rap_slice text, const token *tokens, uint32_t count,
                        uint32_t at)
{
    const uint32_t most = at + 4 < count ? at + 4 : count;
    while (at < most && is_opening(text, &tokens[at])) at++;
    return at;
}

/* "Why?" Ada Example asked: capitalised words, then a verb of saying. */
static bool goes_on_saying(const rap_token_knowledge *knowledge, rap_slice text,
                           const token *tokens, uint32_t count, uint32_t at)
{
    for (uint32_t i = at; i < count && i < at + 7; i++) {
        if (is_end_mark(text, &tokens[i])) return false;
        if (token_word_bits(knowledge, rap_cut(text, tokens[i].span)) & WORD_SAYING)
            return true;
        if (tokens[i].kind == RAP_TOKEN_PUNCT) return false;
    }
    return false;
}

static bool after_abbreviation(const rap_token_knowledge *knowledge, rap_slice text,
                               const token *tokens, uint32_t count, uint32_t at,
                               uint32_t next)
{
    rap_slice word = rap_cut(text, tokens[at].span);
    if (word.at[word.len - 1] == '.') word.len--;
    const uint32_t bits = token_word_bits(knowledge, word);
    if (bits & (WORD_TITLE | WORD_INNER | WORD_FIGURE) && !(bits & WORD_END))
        return false;
    const bool initial = word.len == 1;
    const uint32_t first = word_at(text, tokens, count, next);
    if (first >= count || !(tokens[first].flags & RAP_TOKEN_CAPITAL)) return false;
    if (first > next && !initial) return true; /* U.S. “They … */
    return token_word_bits(knowledge, rap_cut(text, tokens[first].span)) & WORD_STARTER;
}

static bool begins_sentence(const rap_token_knowledge *knowledge, rap_slice text,
                            const token *tokens, uint32_t count, uint32_t end,
                            uint32_t next)
{
    const uint32_t first = word_at(text, tokens, count, next);
    if (first >= count) return true;
    const bool closed = next > end + 1;
    const uint32_t mark = first_char(text, &tokens[end]);
    const bool ellipsis =
        mark == 0x2026 ||
        (mark == '.' && tokens[end].span.end - tokens[end].span.begin > 1);
    const uint32_t c = first_char(text, &tokens[first]);
    if (rap_is_lower(c)) {
        if (closed || ellipsis || mark != '.' || first > next) return false;
        return tokens[end].span.end < tokens[next].span.begin && end > 0 &&
               tokens[end - 1].span.end - tokens[end - 1].span.begin > 3;
    }
    if (!rap_is_letter(c) && !rap_is_digit(c))
        return tokens[first].kind != RAP_TOKEN_PUNCT || first > next;
    if (closed && (mark != '.') && first == next)
        return !goes_on_saying(knowledge, text, tokens, count, first);
    return true;
}

bool token_ends_sentence(const rap_token_knowledge *knowledge, rap_slice text,
                         const token *tokens, uint32_t count, uint32_t *at)
{
    const uint32_t end = *at;
    const bool mark = is_end_mark(text, &tokens[end]);
    if (!mark && !(tokens[end].flags & RAP_TOKEN_ABBREVIATION)) return false;
    uint32_t next = end + 1;
    while (next < count &&
           (closes(text, tokens, next) || (is_end_mark(text, &tokens[next]) &&
                                           touches(&tokens[next - 1], &tokens[next]))))
        next++;
    const bool ends =
        next >= count ||
        (mark ? begins_sentence(knowledge, text, tokens, count, end, next)
              : after_abbreviation(knowledge, text, tokens, count, end, next));
    if (ends) *at = next - 1;
    return ends;
}
