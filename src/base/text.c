/*
 * text.c - UTF-8 and character classes; see text.h.
 *
 * Method  validity by the table of well-formed sequences in the Unicode Standard,
 *         chapter 3 (table 3-7), eight ASCII bytes at a time where possible.
 */
#include "text.h"

#include <utf8proc.h>

/* Length of the well-formed sequence at `at`, 0 if there is none. */
static uint32_t sequence_len(rap_slice s, uint32_t at)
{
    const uint8_t *b = (const uint8_t *)s.at + at;
    const uint32_t left = s.len - at;
    if (b[0] < 0x80) return 1;
    if (b[0] < 0xC2) return 0;
    if (b[0] < 0xE0) return left > 1 && (b[1] & 0xC0) == 0x80 ? 2 : 0;
    if (b[0] < 0xF0) {
        const uint8_t low = b[0] == 0xE0 ? 0xA0 : 0x80,
                      high = b[0] == 0xED ? 0x9F : 0xBF;
        return left > 2 && b[1] >= low && b[1] <= high && (b[2] & 0xC0) == 0x80 ? 3 : 0;
    }
    if (b[0] > 0xF4) return 0;
    const uint8_t low = b[0] == 0xF0 ? 0x90 : 0x80, high = b[0] == 0xF4 ? 0x8F : 0xBF;
    return left > 3 && b[1] >= low && b[1] <= high && (b[2] & 0xC0) == 0x80 &&
                   (b[3] & 0xC0) == 0x80
               ? 4
               : 0;
}

uint32_t rap_utf8_bad(rap_slice s)
{
    uint32_t at = 0;
    while (at < s.len) {
        uint64_t word;
        if (s.len - at >= sizeof word) {
            memcpy(&word, s.at + at, sizeof word);
            if (!(word & 0x8080808080808080u)) {
                at += (uint32_t)sizeof word;
                continue;
            }
        }
        const uint32_t len = sequence_len(s, at);
        if (!len) return at;
        at += len;
    }
    return at;
}

uint32_t rap_utf8_next_wide(rap_slice s, uint32_t *at)
{
    const uint8_t *b = (const uint8_t *)s.at + *at;
    const uint32_t len = sequence_len(s, *at);
    *at += len ? len : 1;
    switch (len) {
    case 2:
        return (b[0] & 0x1Fu) << 6 | (b[1] & 0x3Fu);
    case 3:
        return (b[0] & 0x0Fu) << 12 | (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu);
    case 4:
        return (b[0] & 0x07u) << 18 | (b[1] & 0x3Fu) << 12 | (b[2] & 0x3Fu) << 6 |
               (b[3] & 0x3Fu);
    default:
        return RAP_BAD_CHAR;
    }
}

uint32_t rap_utf8_back(rap_slice s, uint32_t *at)
{
    assert(*at > 0 && *at <= s.len);
    uint32_t start = *at - 1;
    while (start > 0 && *at - start < 4 && ((uint8_t)s.at[start] & 0xC0) == 0x80)
        start--;
    uint32_t end = start;
    const uint32_t c = rap_utf8_next(s, &end);
    if (end == *at) {
        *at = start;
        return c;
    }
    *at -= 1; /* not a whole sequence: the last byte stands alone */
    return RAP_BAD_CHAR;
}

uint32_t rap_utf8_put(uint32_t c, char out[4])
{
    return (uint32_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
}

static bool has_category(uint32_t c, utf8proc_category_t low, utf8proc_category_t high)
{
    const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= low && category <= high;
}

bool rap_is_space_wide(uint32_t c)
{
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 ||
           c == 0x3000 || c == 0xFEFF;
}

bool rap_is_letter_wide(uint32_t c)
{
    return has_category(c, UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_ME);
}

bool rap_is_upper_wide(uint32_t c)
{
    const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool rap_is_lower_wide(uint32_t c)
{
    return has_category(c, UTF8PROC_CATEGORY_LL, UTF8PROC_CATEGORY_LL);
}

bool rap_is_digit_wide(uint32_t c)
{
    return has_category(c, UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_ND);
}

uint32_t rap_lower_wide(uint32_t c)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

uint32_t rap_columns(uint32_t c)
{
    if (c < 0x80) return c >= 0x20 && c != 0x7F;
    const int width = utf8proc_charwidth((utf8proc_int32_t)c);
    return width > 0 ? (uint32_t)width : 0;
}

rap_quote rap_quote_of(uint32_t c)
{
    switch (c) {
    case '"':
    case 0xFF02:
        return RAP_QUOTE_DOUBLE;
    case 0x201C:
    case 0x201F:
        return RAP_QUOTE_DOUBLE_OPEN;
    case 0x201D:
        return RAP_QUOTE_DOUBLE_CLOSE;
    case 0x201E:
    case 0x201A:
        return RAP_QUOTE_LOW;
    case 0xAB:
    case 0x2039:
        return RAP_QUOTE_GUILLEMET_OPEN;
    case 0xBB:
    case 0x203A:
        return RAP_QUOTE_GUILLEMET_CLOSE;
    case '\'':
        return RAP_QUOTE_SINGLE;
    case 0x2018:
    case 0x201B:
        return RAP_QUOTE_SINGLE_OPEN;
    case 0x2019:
        return RAP_QUOTE_SINGLE_CLOSE;
    default:
        return RAP_QUOTE_NONE;
    }
}

bool rap_is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* Writes the folded form of one character; returns its bytes, RAP_NONE if no room. */
static uint32_t fold_char(uint32_t c, char *out, uint32_t cap)
{
    utf8proc_int32_t part[16];
    int boundary = 0;
    const utf8proc_ssize_t n = utf8proc_decompose_char(
        (utf8proc_int32_t)c, part, 16,
        UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
        &boundary);
    uint32_t used = 0;
    for (utf8proc_ssize_t i = 0; i < n && i < 16; i++) {
        char bytes[4];
        const uint32_t len = rap_utf8_put((uint32_t)part[i], bytes);
        if (used + len > cap) return RAP_NONE;
        memcpy(out + used, bytes, len);
        used += len;
    }
    return used;
}

/* Copies the ASCII letters, digits and marks at the start of `s` in lower case; returns
 * how many: most words end here, without the general path. */
static uint32_t fold_ascii(rap_slice s, char *out, uint32_t cap)
{
    const uint32_t most = s.len < cap ? s.len : cap;
    uint32_t at = 0;
    for (; at < most; at++) {
        const uint8_t c = (uint8_t)s.at[at];
        if (c <= ' ' || c >= 0x7F) break;
        out[at] = (char)((unsigned)(c - 'A') < 26u ? c + 32 : c);
    }
    return at;
}

uint32_t rap_fold_into(rap_slice s, char *out, uint32_t cap)
{
    uint32_t used = fold_ascii(s, out, cap);
    bool gap = false;
    for (uint32_t at = used; at < s.len;) {
        uint32_t c = rap_utf8_next(s, &at);
        if (rap_is_space(c)) {
            gap = used > 0;
            continue;
        }
        if (gap) {
            if (used >= cap) return RAP_NONE;
            out[used++] = ' ';
            gap = false;
        }
        if (rap_is_dash(c)) c = '-';
        if (c >= 0x80 && rap_quote_of(c)) c = '\'';
        if (c < 0x80) {
            if (used >= cap) return RAP_NONE;
            out[used++] = (char)rap_lower(c);
            continue;
        }
        const uint32_t len = fold_char(c, out + used, cap - used);
        if (len == RAP_NONE) return RAP_NONE;
        used += len;
    }
    return used;
}

rap_slice rap_fold(rap_arena *arena, rap_slice s)
{
    /* Compatibility decomposition can widen a character; 4 to 1 holds for all but a few
     * ligatures, which are then refused as if the arena were full. */
    const uint32_t cap = s.len < UINT32_MAX / 8 ? s.len * 4 + 4 : 0;
    char *out = rap_new(arena, char, (size_t)cap + 1);
    if (!out) return (rap_slice){NULL, 0};
    const uint32_t len = rap_fold_into(s, out, cap);
    if (len == RAP_NONE) return (rap_slice){NULL, 0};
    out[len] = 0;
    return (rap_slice){out, len};
}
