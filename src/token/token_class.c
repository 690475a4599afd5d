/*
 * token_class.c - the class of a character, by a table for ASCII; see token_private.h.
 */
#include "token_private.h"

static const uint8_t ascii_class[128] = {
    ['\t'] = IS_SPACE,      ['\n'] = IS_SPACE,  ['\v'] = IS_SPACE, ['\f'] = IS_SPACE,
    ['\r'] = IS_SPACE,      [' '] = IS_SPACE,   ['!'] = IS_MARK,   ['"'] = IS_QUOTE,
    ['#'] = IS_SYMBOL,      ['$'] = IS_SYMBOL,  ['%'] = IS_SYMBOL, ['&'] = IS_SYMBOL,
    ['\''] = IS_APOSTROPHE, ['('] = IS_OPEN,    [')'] = IS_CLOSE,  ['*'] = IS_SYMBOL,
    ['+'] = IS_SYMBOL,      [','] = IS_COMMA,   ['-'] = IS_HYPHEN, ['.'] = IS_DOT,
    ['/'] = IS_SYMBOL,      ['0'] = IS_DIGIT,   ['1'] = IS_DIGIT,  ['2'] = IS_DIGIT,
    ['3'] = IS_DIGIT,       ['4'] = IS_DIGIT,   ['5'] = IS_DIGIT,  ['6'] = IS_DIGIT,
    ['7'] = IS_DIGIT,       ['8'] = IS_DIGIT,   ['9'] = IS_DIGIT,  [':'] = IS_COMMA,
    [';'] = IS_COMMA,       ['<'] = IS_SYMBOL,  ['='] = IS_SYMBOL, ['>'] = IS_SYMBOL,
    ['?'] = IS_MARK,        ['@'] = IS_SYMBOL,  ['A'] = IS_LETTER, ['B'] = IS_LETTER,
    ['C'] = IS_LETTER,      ['D'] = IS_LETTER,  ['E'] = IS_LETTER, ['F'] = IS_LETTER,
    ['G'] = IS_LETTER,      ['H'] = IS_LETTER,  ['I'] = IS_LETTER, ['J'] = IS_LETTER,
    ['K'] = IS_LETTER,      ['L'] = IS_LETTER,  ['M'] = IS_LETTER, ['N'] = IS_LETTER,
    ['O'] = IS_LETTER,      ['P'] = IS_LETTER,  ['Q'] = IS_LETTER, ['R'] = IS_LETTER,
    ['S'] = IS_LETTER,      ['T'] = IS_LETTER,  ['U'] = IS_LETTER, ['V'] = IS_LETTER,
    ['W'] = IS_LETTER,      ['X'] = IS_LETTER,  ['Y'] = IS_LETTER, ['Z'] = IS_LETTER,
    ['['] = IS_OPEN,        ['\\'] = IS_SYMBOL, [']'] = IS_CLOSE,  ['^'] = IS_SYMBOL,
    ['_'] = IS_SYMBOL,      ['`'] = IS_QUOTE,   ['a'] = IS_LETTER, ['b'] = IS_LETTER,
    ['c'] = IS_LETTER,      ['d'] = IS_LETTER,  ['e'] = IS_LETTER, ['f'] = IS_LETTER,
    ['g'] = IS_LETTER,      ['h'] = IS_LETTER,  ['i'] = IS_LETTER, ['j'] = IS_LETTER,
    ['k'] = IS_LETTER,      ['l'] = IS_LETTER,  ['m'] = IS_LETTER, ['n'] = IS_LETTER,
    ['o'] = IS_LETTER,      ['p'] = IS_LETTER,  ['q'] = IS_LETTER, ['r'] = IS_LETTER,
    ['s'] = IS_LETTER,      ['t'] = IS_LETTER,  ['u'] = IS_LETTER, ['v'] = IS_LETTER,
    ['w'] = IS_LETTER,      ['x'] = IS_LETTER,  ['y'] = IS_LETTER, ['z'] = IS_LETTER,
    ['{'] = IS_OPEN,        ['|'] = IS_SYMBOL,  ['}'] = IS_CLOSE,  ['~'] = IS_SYMBOL,
};

static bool is_symbol(uint32_t c)
{
    return (c >= 0xA2 && c <= 0xA9) || c == 0xAC || (c >= 0xAE && c <= 0xB1) ||
           c == 0xB6 || c == 0xD7 || c == 0xF7 || (c >= 0x20A0 && c <= 0x20CF) ||
           (c >= 0x2100 && c <= 0x2BFF) || (c >= 0x1F000 && c <= 0x1FAFF);
}

static byte_class wide_class(uint32_t c)
{
    if (c == 0x2019 || c == 0x02BC) return IS_APOSTROPHE;
    if (c == 0x2026) return IS_ELLIPSIS;
    if (c == 0x2010 || c == 0x2011) return IS_HYPHEN;
    if (rap_is_dash(c)) return IS_DASH;
    if (rap_quote_of(c)) return IS_QUOTE;
    if (rap_is_space(c)) return IS_SPACE;
    if (c == RAP_BAD_CHAR || c == 0xAD) return IS_LETTER;
    if (rap_is_letter(c)) return IS_LETTER;
    if (rap_is_digit(c)) return IS_DIGIT;
    return is_symbol(c) ? IS_SYMBOL : IS_OTHER;
}

byte_class token_class(rap_slice text, uint32_t at, uint32_t *next)
{
    const uint8_t byte = (uint8_t)text.at[at];
    if (byte < 128) {
        *next = at + 1;
        return (byte_class)ascii_class[byte];
    }
    *next = at;
    return wide_class(rap_utf8_next(text, next));
}
