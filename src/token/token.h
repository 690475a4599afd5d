/*
 * token.h - cut the text of the zones into sentences and tokens.
 *
 * Reads   rap_article: title, standfirst, body and caption zones; sentences never cross a
 *         zone's end.
 * Writes  rap_tokens: T tokens in S sentences, as spans into the article's text.
 * Method  rules with the language's lists (abbreviations, honorifics, contractions);
 *         docs/method/token.md.
 * Cost    linear in bytes.
 */
#ifndef RAP_TOKEN_H
#define RAP_TOKEN_H

#include "article.h"
#include "base.h"
#include "language.h"

typedef enum rap_token_kind {
    RAP_TOKEN_WORD,
    RAP_TOKEN_NUMBER, /* figures: 2,000 3.5 44 15th */
    RAP_TOKEN_PUNCT,
    RAP_TOKEN_SYMBOL,
    RAP_TOKEN_URL /* addresses, e-mail, handles, hash tags */
} rap_token_kind;

enum { /* rap_tokens.flags */
       RAP_TOKEN_SPACE_AFTER = 1,
       RAP_TOKEN_MULTI = 2,        /* first word of a multiword token (do|n't) */
       RAP_TOKEN_MULTI_REST = 4,   /* a further word of it */
       RAP_TOKEN_CAPITAL = 8,      /* starts with an upper-case letter */
       RAP_TOKEN_ALL_CAPS = 16,    /* two letters or more, all upper case */
       RAP_TOKEN_ABBREVIATION = 32 /* carries its full stop */
};

typedef struct rap_tokens {
    uint32_t count;           /* T */
    uint32_t sentences;       /* S */
    const rap_span *span;     /* [T] rising, never overlapping, never empty */
    const uint32_t *sentence; /* [T] 0..S-1, never falling */
    const uint8_t *kind;      /* [T] rap_token_kind */
    const uint8_t *flags;     /* [T] */
    const uint32_t *first;    /* [S+1] first token of each sentence; first[S] == T */
    const uint32_t *zone;     /* [S] index into the article's zones, never falling */
    const char *made_by;      /* stage and version */
} rap_tokens;

typedef struct rap_token_knowledge rap_token_knowledge; /* const, shared by threads */
rap_status rap_token_open(const rap_language *language, rap_token_knowledge **out,
                          rap_error *err) RAP_CHECKED;
void rap_token_close(rap_token_knowledge *knowledge);

/*
 * Tokenise `article`; the arrays of `out` live in `arena`.
 * RAP_E_NOMEM: an arena is full. On failure `out` is empty, and `err` says why.
 */
rap_status rap_token_run(const rap_token_knowledge *knowledge,
                         const rap_article *article, rap_arena *arena,
                         rap_arena *scratch, rap_tokens *out,
                         rap_error *err) RAP_CHECKED;

/* The first of `count` records whose number at `offset` is `value` or more, count if there
 * is none; the numbers (tokens, bytes) never fall. `size` bytes a record. */
uint32_t rap_first_from(const void *records, size_t size, size_t offset, uint32_t count,
                        uint32_t value);

/* Span of tokens [first, last]. */
static inline rap_span rap_tokens_span(const rap_tokens *tokens, uint32_t first,
                                       uint32_t last)
{
    return (rap_span){tokens->span[first].begin, tokens->span[last].end};
}
/* Span of a whole sentence, edge punctuation included. */
static inline rap_span rap_sentence_span(const rap_tokens *tokens, uint32_t sentence)
{
    return rap_tokens_span(tokens, tokens->first[sentence],
                           tokens->first[sentence + 1] - 1);
}

#endif
