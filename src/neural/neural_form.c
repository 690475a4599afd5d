/* neural_form.c - features of a word form; see neural_form.h. */
#include "neural_form.h"

#include <string.h>

#include "text.h"

/* What a feature is; part of its hash, so that "ed" as prefix and as suffix differ. */
enum feature {
    FEATURE_WHOLE = 10,
    FEATURE_SUFFIX, /* + length - 1 */
    FEATURE_PREFIX = 21,
    FEATURE_SHAPE = 30,
    FEATURE_TRAITS,
    FEATURE_TRAITS_LENGTH,
    FEATURE_TRIGRAM = 40,
    FEATURE_TETRAGRAM
};
enum {
    FOLDED = 60,
    SUFFIXES = 4,
    PREFIXES = 3,
    SHAPE = 30,
    TRIGRAMS = 14,
    TETRAGRAMS = 12
};

/* FNV-1a with a final mix (Fowler, Noll, Vo; the mix after Stafford). */
static uint64_t hash(const char *at, uint32_t len, uint64_t seed)
{
    uint64_t h = seed * 0x9E3779B97F4A7C15u + 1469598103934665603u;
    for (uint32_t i = 0; i < len; i++) h = (h ^ (uint8_t)at[i]) * 1099511628211u;
    h ^= h >> 29;
    h *= 0xBF58476D1CE4E5B9u;
    return h ^ (h >> 32);
}

static void add(rap_form *form, const char *at, uint32_t len, unsigned kind)
{
    if (form->features == RAP_FORM_FEATURES) return;
    form->row[form->features++] = (uint16_t)(hash(at, len, kind) % RAP_FORM_ROWS);
}

typedef struct folded { /* '<', the characters, '>' */
    char text[FOLDED + 8];
    uint32_t len, chars;
    uint32_t start[FOLDED + 8]; /* [chars + 1] of text */
} folded;

/* Long forms are cut: what follows tells no more. */
static rap_slice shortened(rap_slice form)
{
    uint32_t at = 0;
    while (at < form.len) {
        uint32_t next = at;
        (void)rap_utf8_next(form, &next);
        if (next > FOLDED / 3) break;
        at = next;
    }
    if (form.len > FOLDED / 3 && at) form.len = at;
    return form;
}

static void fold_quote(rap_slice form, folded *out)
{
    uint32_t at = 0;
    if (!form.len) return;
    const rap_quote quote = rap_quote_of(rap_utf8_next(form, &at));
    if (at != form.len || quote == RAP_QUOTE_NONE) return;
    const bool single = quote >= RAP_QUOTE_SINGLE;
    out->text[1] = single ? '\'' : '"';
    out->len = 2;
}

static void fold(rap_slice form, folded *out)
{
    out->text[0] = '<';
    out->len = 1;
    fold_quote(form, out);
    if (out->len == 1) {
        const rap_slice cut = shortened(form);
        uint32_t len = rap_fold_into(cut, out->text + 1, FOLDED);
        if (len == RAP_NONE || !len) {
            len = cut.len < FOLDED ? cut.len : FOLDED;
            if (len) memcpy(out->text + 1, cut.at, len);
        }
        out->len += len;
    }
    for (uint32_t i = 1; i < out->len; i++)
        if (rap_is_digit((unsigned char)out->text[i]) && out->text[i] > 0)
            out->text[i] = '0';
    out->text[out->len++] = '>';
    out->chars = 0;
    for (uint32_t i = 0; i < out->len; i++)
        if (((uint8_t)out->text[i] & 0xC0) != 0x80) out->start[out->chars++] = i;
    out->start[out->chars] = out->len;
}

static void add_chars(rap_form *form, const folded *f, uint32_t from, uint32_t to,
                      unsigned kind)
{
    add(form, f->text + f->start[from], f->start[to] - f->start[from], kind);
}

static void add_affixes(rap_form *form, const folded *f)
{
    const uint32_t chars = f->chars - 2; /* without the marks of its ends */
    add_chars(form, f, 1, 1 + chars, FEATURE_WHOLE);
    for (uint32_t k = 1; k <= SUFFIXES && k <= chars; k++)
        add_chars(form, f, 1 + chars - k, 1 + chars, FEATURE_SUFFIX + k - 1);
    for (uint32_t k = 1; k <= PREFIXES && k <= chars; k++)
        add_chars(form, f, 1, 1 + k, FEATURE_PREFIX + k - 1);
}

static void add_ngrams(rap_form *form, const folded *f)
{
    for (uint32_t i = 0; i + 3 <= f->chars && i < TRIGRAMS; i++)
        add_chars(form, f, i, i + 3, FEATURE_TRIGRAM);
    for (uint32_t i = 0; i + 4 <= f->chars && i < TETRAGRAMS; i++)
        add_chars(form, f, i, i + 4, FEATURE_TETRAGRAM);
}

static char class_of(uint32_t c)
{
    if (rap_is_upper(c)) return 'X';
    if (rap_is_letter(c)) return 'x';
    if (rap_is_digit(c)) return 'd';
    return c < 0x80 ? (char)c : 'o';
}

/* Shape ("Xx", "d,d", "X.X."; runs as one) and traits (how capitals, figures and hyphens
 * stand in it). */
static void add_shape(rap_form *form, rap_slice bytes)
{
    char shape[SHAPE] = {0}, last = 0;
    uint32_t len = 0, chars = 0;
    bool first = false, lower = false, digit = false, hyphen = false;
    for (uint32_t at = 0; at < bytes.len && len < SHAPE; chars++) {
        const char class = class_of(rap_utf8_next(bytes, &at));
        if (!chars) first = class == 'X';
        lower = lower || class == 'x';
        digit = digit || class == 'd';
        hyphen = hyphen || class == '-';
        if (class != last) shape[len++] = class;
        last = class;
    }
    add(form, shape, len, FEATURE_SHAPE);
    const char traits[] = {(char)('0' + first), (char)('0' + !lower),
                           (char)('0' + digit), (char)('0' + hyphen),
                           (char)('0' + (chars > 8 ? 8 : chars))};
    add(form, traits, 4, FEATURE_TRAITS);
    add(form, traits, 5, FEATURE_TRAITS_LENGTH);
}

void rap_form_read(rap_slice form, rap_form *out)
{
    folded f;
    fold(form, &f);
    const uint64_t key = hash(f.text + 1, f.len - 2, 1);
    out->key = (uint32_t)(key >> 32) ? (uint32_t)(key >> 32) : 1;
    out->features = 0;
    add_affixes(out, &f);
    add_shape(out, form);
    add_ngrams(out, &f);
}

uint64_t rap_form_exact(rap_slice form)
{
    const uint64_t h = hash(form.at, form.len, 2);
    return h ? h : 1;
}
