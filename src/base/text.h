/*
 * text.h - UTF-8 and the classes of characters, by the Unicode tables of utf8proc.
 *
 * Reads   bytes.  Cost  linear; ASCII never reaches the tables.
 * All functions accept any bytes: a byte that starts no valid sequence is one character
 * of value RAP_BAD_CHAR and length 1.
 */
#ifndef RAP_TEXT_H
#define RAP_TEXT_H

#include "base.h"

#define RAP_BAD_CHAR 0xFFFDu

/* What the functions below call for characters beyond ASCII: most text never gets there. */
uint32_t rap_utf8_next_wide(rap_slice s, uint32_t *at);
bool rap_is_space_wide(uint32_t c);
bool rap_is_letter_wide(uint32_t c);
bool rap_is_upper_wide(uint32_t c);
bool rap_is_lower_wide(uint32_t c);
bool rap_is_digit_wide(uint32_t c);
uint32_t rap_lower_wide(uint32_t c);

/* Offset of the first byte that is not valid UTF-8 (no surrogates, no overlong forms,
 * nothing above U+10FFFF), or s.len. */
uint32_t rap_utf8_bad(rap_slice s);
/* The character at `*at` (which must be below s.len); moves `*at` past it. */
static inline uint32_t rap_utf8_next(rap_slice s, uint32_t *at)
{
    assert(*at < s.len);
    const uint8_t c = (uint8_t)s.at[*at];
    if (c >= 0x80) return rap_utf8_next_wide(s, at);
    *at += 1;
    return c;
}
/* The character that ends at `at` (which must be above 0); moves `*at` to its start. */
uint32_t rap_utf8_back(rap_slice s, uint32_t *at);
/* Appends `c` to out[4]; returns the bytes written, 1 to 4. */
uint32_t rap_utf8_put(uint32_t c, char out[4]);

/* White_Space, NBSP and zero-width spaces included. */
static inline bool rap_is_space(uint32_t c)
{
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : rap_is_space_wide(c);
}
/* Letters and combining marks. */
static inline bool rap_is_letter(uint32_t c)
{
    return c < 0x80 ? (c | 32u) - 'a' < 26u : rap_is_letter_wide(c);
}
static inline bool rap_is_upper(uint32_t c) /* upper or title case */
{
    return c < 0x80 ? c - 'A' < 26u : rap_is_upper_wide(c);
}
static inline bool rap_is_lower(uint32_t c)
{
    return c < 0x80 ? c - 'a' < 26u : rap_is_lower_wide(c);
}
static inline bool rap_is_digit(uint32_t c) /* any decimal digit */
{
    return c < 0x80 ? c - '0' < 10u : rap_is_digit_wide(c);
}
static inline uint32_t rap_lower(uint32_t c)
{
    return c < 0x80 ? (c - 'A' < 26u ? c + 32 : c) : rap_lower_wide(c);
}
uint32_t rap_columns(uint32_t c); /* cells of a terminal: 0, 1 or 2 */

/* Quotation marks and apostrophes in all styles. */
typedef enum rap_quote {
    RAP_QUOTE_NONE,
    RAP_QUOTE_DOUBLE,          /* " ＂ : opens or closes */
    RAP_QUOTE_DOUBLE_OPEN,     /* “ */
    RAP_QUOTE_DOUBLE_CLOSE,    /* ” */
    RAP_QUOTE_LOW,             /* „ ‚ : opens */
    RAP_QUOTE_GUILLEMET_OPEN,  /* « ‹ */
    RAP_QUOTE_GUILLEMET_CLOSE, /* » › */
    RAP_QUOTE_SINGLE,          /* ' : opens, closes, or an apostrophe */
    RAP_QUOTE_SINGLE_OPEN,     /* ‘ */
    RAP_QUOTE_SINGLE_CLOSE     /* ’ : closes, or an apostrophe */
} rap_quote;
rap_quote rap_quote_of(uint32_t c);
bool rap_is_dash(uint32_t c); /* hyphens and dashes, U+2010 to U+2015 included */

/*
 * Folded copy for comparison of names and words: lower case, without combining marks,
 * dashes as '-', quotation marks as ', runs of white space as one space, trimmed.
 * In the arena, followed by a 0 byte; at == NULL if refused.
 * Method: Unicode NFKD decomposition, then default case folding (utf8proc).
 */
rap_slice rap_fold(rap_arena *arena, rap_slice s) RAP_CHECKED;
/* The same into out[cap]; bytes written, or RAP_NONE if they do not fit. */
uint32_t rap_fold_into(rap_slice s, char *out, uint32_t cap);

#endif
