/*
 * record_variant.c - one utterance in the words of several reports.
 *
 * Method  words are compared by their folded letters, or by a long beginning they share
 *         (forms of one word); words of the stop list weigh little, since every sentence
 *         has them. Two wordings are one utterance when most of the shorter stands in the
 *         longer, both were said by the same or by nobody known, and on the same days:
 *         what is only alike, by others or on another occasion, stays apart.
 * Cost    the product of both lengths, at most MOST_WORDS each.
 */
#include "record_private.h"
#include "text.h"

enum {
    MOST_WORDS = 80,
    WORD_BYTES = 32,
    STEM = 5,
    SLACK_DAYS = 4,
    MOST_LOOSE = 4,
    NEAR_BYTES = 700
};

/* What a word counts that only another one of its sense answers. */
static const double OTHER_WORD = 0.75;
/* Of what one report tells twice, neither of it a quotation: it would not be reworded. */
static const double SAME_REPORT = 0.7;

typedef struct word {
    char text[WORD_BYTES];
    uint32_t len, begin, end;
    uint32_t sense; /* words of one sense have one number; 0: none known */
    bool heavy, taken, capital, figure;
} word;

static bool is_word_char(uint32_t c)
{
    return rap_is_letter(c) || rap_is_digit(c);
}

/* Does a sentence or a quotation begin here, where a capital tells nothing? */
static bool is_first(rap_slice s, uint32_t at)
{
    return at < 2 || s.at[at - 1] != ' ' || s.at[at - 2] == '.';
}

static uint32_t cut_words(rap_slice s, const rap_map *stop, word *out)
{
    uint32_t n = 0;
    for (uint32_t at = 0; at < s.len && n < MOST_WORDS;) {
        word w = {.begin = at};
        if (!is_word_char(rap_utf8_next(s, &at))) continue;
        w.end = at;
        while (at < s.len && is_word_char(rap_utf8_next(s, &at))) w.end = at;
        w.len = rap_fold_into(rap_slice_sub(s, w.begin, w.end), w.text, WORD_BYTES);
        if (w.len == RAP_NONE || !w.len) continue;
        const uint32_t known = rap_map_get(stop, (rap_slice){w.text, w.len});
        w.heavy = w.len > 1 && known != RAP_RECORD_STOP;
        w.sense = w.heavy && known != RAP_NONE ? known : 0;
        w.capital =
            n && !is_first(s, w.begin) && s.at[w.begin] >= 'A' && s.at[w.begin] <= 'Z';
        w.figure = rap_is_digit((unsigned char)w.text[0]);
        out[n++] = w;
    }
    return n;
}

/* The same word, or two forms of one: a common beginning and little else. */
static bool same_form(const word *a, const word *b)
{
    if (a->len == b->len && !memcmp(a->text, b->text, a->len)) return true;
    const uint32_t least = a->len < b->len ? a->len : b->len;
    const uint32_t most = a->len < b->len ? b->len : a->len;
    uint32_t same = 0;
    while (same < least && a->text[same] == b->text[same]) same++;
    if (same == least && least >= 4 && most - least <= 2) return true;
    return same >= STEM && most - same <= 4;
}

static bool alike(const word *a, const word *b)
{
    return same_form(a, b) || (a->sense && a->sense == b->sense);
}

static double weight_of(const word *w)
{
    return w->heavy ? 1.0 : 0.2;
}

static double weigh(const word *w, uint32_t count, uint32_t *heavy)
{
    double sum = 0;
    *heavy = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += weight_of(&w[i]);
        *heavy += w[i].heavy;
    }
    return sum;
}

static void widen(rap_span *span, const word *w)
{
    if (w->begin < span->begin) span->begin = w->begin;
    if (w->end > span->end) span->end = w->end;
}

static void match(word *a, uint32_t n, word *b, uint32_t m, rap_alignment *out)
{
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < m; k++) {
            if (b[k].taken || a[i].heavy != b[k].heavy || !alike(&a[i], &b[k]))
                continue;
            b[k].taken = true;
            out->common +=
                weight_of(&a[i]) * (same_form(&a[i], &b[k]) ? 1 : OTHER_WORD);
            if (a[i].heavy) {
                out->words++;
                out->names += a[i].capital && b[k].capital;
                out->figures += a[i].figure;
                widen(&out->left, &a[i]);
                widen(&out->right, &b[k]);
            }
            break;
        }
}

rap_alignment rap_record_align(rap_slice left, rap_slice right, const rap_map *stop)
{
    rap_alignment out = {.left = {UINT32_MAX, 0}, .right = {UINT32_MAX, 0}};
    word a[MOST_WORDS], b[MOST_WORDS];
    const uint32_t n = cut_words(left, stop, a), m = cut_words(right, stop, b);
    uint32_t heavy_a, heavy_b;
    const double whole_a = weigh(a, n, &heavy_a), whole_b = weigh(b, m, &heavy_b);
    for (uint32_t i = 0; i < n; i++) out.left_figures += a[i].figure;
    for (uint32_t i = 0; i < m; i++) out.right_figures += b[i].figure;
    match(a, n, b, m, &out);
    const double least = whole_a < whole_b ? whole_a : whole_b;
    out.share = least > 0 ? out.common / least : 0;
    out.heavy = heavy_a < heavy_b ? heavy_a : heavy_b;
    out.most = heavy_a < heavy_b ? heavy_b : heavy_a;
    out.all = n < m ? n : m;
    if (!out.words) out.left = out.right = (rap_span){0, 0};
    return out;
}

/* ---- one utterance? ---------------------------------------------------------------- */

static bool is_known(rap_slice key)
{
    return key.len && !rap_slice_starts(key, "group::");
}

/* "role:…": a person of whom only the office is known. */
static bool is_office(const rap_fact *f)
{
    return f->who_count == 1 && rap_slice_starts(f->who[0], "role:");
}

static bool all_known(const rap_fact *f)
{
    for (uint32_t i = 0; i < f->who_count; i++)
        if (!is_known(f->who[i])) return false;
    return f->who_count > 0;
}

static bool days_apart(const rap_fact *a, const rap_fact *b)
{
    if (a->earliest == RAP_NO_DAY || b->earliest == RAP_NO_DAY) return false;
    if (a->latest == RAP_NO_DAY || b->latest == RAP_NO_DAY) return false;
    return (int64_t)a->earliest > (int64_t)b->latest + SLACK_DAYS ||
           (int64_t)b->earliest > (int64_t)a->latest + SLACK_DAYS;
}

/* At most two letters apart: one name in the spelling of two outlets. */
static bool nearly_equal(rap_slice a, rap_slice b)
{
    uint32_t row[64];
    if (a.len >= 64 || b.len >= 64) return false;
    for (uint32_t k = 0; k <= b.len; k++) row[k] = k;
    for (uint32_t i = 0; i < a.len; i++) {
        uint32_t corner = row[0];
        row[0] = i + 1;
        for (uint32_t k = 0; k < b.len; k++) {
            uint32_t least = corner + (a.at[i] != b.at[k]);
            if (row[k + 1] + 1 < least) least = row[k + 1] + 1;
            if (row[k] + 1 < least) least = row[k] + 1;
            corner = row[k + 1];
            row[k + 1] = least;
        }
    }
    return row[b.len] <= 2;
}

bool rap_same_person(rap_slice a, rap_slice b)
{
    if (rap_slice_equal(a, b)) return true;
    if (!rap_slice_starts(a, "person:") || !rap_slice_starts(b, "person:"))
        return false;
    const uint32_t x = rap_slice_find(a, RAP_LIT(" "), 0);
    const uint32_t y = rap_slice_find(b, RAP_LIT(" "), 0);
    if (x == a.len || y == b.len || a.len < x + 5 || b.len < y + 5) return false;
    return nearly_equal(rap_slice_sub(a, 0, x), rap_slice_sub(b, 0, y)) &&
           nearly_equal(rap_slice_sub(a, x, a.len), rap_slice_sub(b, y, b.len));
}

static bool same_speaker(const rap_fact *a, const rap_fact *b)
{
    if (rap_in_common(a, b)) return true;
    return a->who_count == 1 && b->who_count == 1 &&
           rap_same_person(a->who[0], b->who[0]);
}

static bool is_direct(const rap_fact *f)
{
    return rap_slice_is(f->type, "direct");
}

/* An indirect account and the quotation that follows it. */
static bool are_near(const rap_fact *a, const rap_fact *b)
{
    return is_direct(a) != is_direct(b) && a->document == b->document &&
           a->anchor.begin < b->anchor.end + NEAR_BYTES &&
           b->anchor.begin < a->anchor.end + NEAR_BYTES;
}

verdict rap_judge_variant(const rap_fact *a, const rap_fact *b, const rap_map *stop,
                          rap_arena *arena, const char **why)
{
    if (a->document == b->document && rap_span_overlaps(a->anchor, b->anchor))
        return VERDICT_NONE; /* one telling inside another */
    if (days_apart(a, b)) return VERDICT_NEVER;
    /* "his counterpart" may be the one whom another report names */
    const bool open = is_office(a) != is_office(b);
    const bool both = all_known(a) && all_known(b) && !open;
    const bool same = same_speaker(a, b);
    if (both && !same) return VERDICT_NEVER;
    const rap_alignment x = rap_record_align(a->anchor_words, b->anchor_words, stop);
    /* "40 million", "60 million": not said in one breath; times are no figures here */
    if (x.left_figures && x.right_figures && !x.figures) return VERDICT_NONE;
    /* The fewer words, the more of them must agree; without a speaker, nearly all. */
    double least = x.heavy <= MOST_LOOSE ? 0.66 : 0.55;
    if (same && are_near(a, b) && x.words >= x.names + 3) least = 0.42;
    const bool whole = same && x.share > 0.99 && x.words && x.all >= 4;
    if (a->document == b->document && is_direct(a) == is_direct(b)) least = SAME_REPORT;
    if (!same) least = x.words >= 4 ? 0.55 : 0.65;
    if (!whole && (x.words < 2 || x.share < least)) return VERDICT_NONE;
    if (!whole && x.words < 3 && x.heavy > 3) return VERDICT_NONE;
    /* "a peace treaty" is in many a sentence */
    if (!whole && x.heavy < 3 && x.most > x.heavy + 1) return VERDICT_NONE;
    if (!same && both && x.words < 3) return VERDICT_NONE;
    *why = rap_arena_printf(arena, "%s, %u of %u words with content in common",
                            same ? "same speaker" : "no other speaker named", x.words,
                            x.heavy);
    return VERDICT_ONE;
}
