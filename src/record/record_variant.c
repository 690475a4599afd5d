/*
 * record_variant.c - one utterance in the words of several reports.
 *
 * Method  words are compared by their folded letters, or by a beginning they share (a
 *         stem); a greedy match in order, as for copies, finds what both have; words of
 *         three letters and less count little, since every sentence has them.
 * Cost    the product of both lengths, at most MOST_WORDS each.
 */
#include "record_private.h"
#include "text.h"

enum { MOST_WORDS = 120, WORD_BYTES = 32, STEM = 5 };

typedef struct word {
    char text[WORD_BYTES];
    uint32_t len, begin, end;
} word;

static bool is_word_char(uint32_t c)
{
    return rap_is_letter(c) || rap_is_digit(c);
}

static uint32_t cut_words(rap_slice s, word *out)
{
    uint32_t n = 0;
    for (uint32_t at = 0; at < s.len && n < MOST_WORDS;) {
        word w = {.begin = at};
        if (!is_word_char(rap_utf8_next(s, &at))) continue;
        w.end = at;
        while (at < s.len && is_word_char(rap_utf8_next(s, &at))) w.end = at;
        w.len = rap_fold_into(rap_slice_sub(s, w.begin, w.end), w.text, WORD_BYTES);
        if (w.len == RAP_NONE) w.len = 0;
        if (w.len) out[n++] = w;
    }
    return n;
}

static bool weighs(const word *w)
{
    return w->len > 3;
}

/* The same word, or two forms of one: a common beginning and little else. */
static bool alike(const word *a, const word *b)
{
    if (a->len == b->len && !memcmp(a->text, b->text, a->len)) return true;
    const uint32_t least = a->len < b->len ? a->len : b->len;
    const uint32_t most = a->len < b->len ? b->len : a->len;
    uint32_t same = 0;
    while (same < least && a->text[same] == b->text[same]) same++;
    return same >= STEM && most - same <= 4;
}

static double weight_of(const word *w, uint32_t count, uint32_t *heavy)
{
    double sum = 0;
    *heavy = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += weighs(&w[i]) ? 1.0 : 0.25;
        *heavy += weighs(&w[i]);
    }
    return sum;
}

static void widen(rap_span *span, const word *w)
{
    if (w->begin < span->begin) span->begin = w->begin;
    if (w->end > span->end) span->end = w->end;
}

rap_status rap_record_align(rap_slice left, rap_slice right, rap_arena *scratch,
                            rap_alignment *out, rap_error *err)
{
    *out = (rap_alignment){.left = {UINT32_MAX, 0}, .right = {UINT32_MAX, 0}};
    word *a = rap_new(scratch, word, MOST_WORDS),
         *b = rap_new(scratch, word, MOST_WORDS);
    bool *taken = rap_new(scratch, bool, MOST_WORDS);
    if (!a || !b || !taken) return rap_fail(err, RAP_E_NOMEM, 0, "comparing wordings");
    const uint32_t n = cut_words(left, a), m = cut_words(right, b);
    uint32_t heavy_a, heavy_b;
    const double whole_a = weight_of(a, n, &heavy_a),
                 whole_b = weight_of(b, m, &heavy_b);
    double common = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < m; k++) {
            if (taken[k] || !alike(&a[i], &b[k])) continue;
            taken[k] = true;
            common += weighs(&a[i]) ? 1.0 : 0.25;
            if (weighs(&a[i])) {
                out->words++;
                widen(&out->left, &a[i]);
                widen(&out->right, &b[k]);
            }
            break;
        }
    const double least = whole_a < whole_b ? whole_a : whole_b;
    out->share = least > 0 ? common / least : 0;
    if (!out->words) out->left = out->right = (rap_span){0, 0};
    return RAP_OK;
}
