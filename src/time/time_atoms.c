/*
 * time_atoms.c - tokens cut again at hyphens, with what the lists say of each.
 *
 * Reads   rap_tokens, the text.
 * Writes  atoms: "44-day" is three, however the tokens stand.
 * Method  a token of kind PUNCT or SYMBOL is one atom; others break at every dash.
 * Cost    linear in bytes; two passes, so that the array is exact.
 */
#include "time_private.h"

enum {
    FOLDED_BYTES = 32, /* longer words are in no list */
    MEMO_BITS = 8
};

typedef struct word_memo { /* a short word looked up: they come again and again */
    uint64_t word;         /* its bytes */
    uint32_t len, found;   /* len 0: none yet */
} word_memo;

typedef struct cutter { /* one document */
    const rap_time_knowledge *knowledge;
    rap_slice text;
    word_memo memo[1 << MEMO_BITS];
} cutter;

/* A token of at most eight bytes, of the text's last eight none, as a number. */
static inline uint64_t short_word(rap_slice text, rap_span token)
{
    return rap_eight_bytes(text.at + token.begin)
           << (8 - (token.end - token.begin)) * 8;
}

/* Has a short token neither hyphen nor slash nor a wider character? Nearly all are so. */
static bool is_plain(rap_slice text, rap_span token)
{
    const uint32_t len = token.end - token.begin;
    if (len > 8 || text.len - token.begin < 8) return false;
    const uint64_t ones = 0x0101010101010101u;
    const uint64_t all = short_word(text, token);
    const uint64_t hyphen = all ^ ones * '-', slash = all ^ ones * '/';
    /* A zero byte is the one that borrows from its high bit. */
    const uint64_t marked = ((hyphen - ones) & ~hyphen) | ((slash - ones) & ~slash);
    return !((all | marked) & ones << 7);
}

/* End of the atom that begins at `from`; *dash tells whether it is one hyphen. */
static uint32_t atom_end(rap_slice text, uint32_t from, uint32_t end, bool *dash)
{
    uint32_t at = from;
    *dash = false;
    while (at < end) {
        const unsigned char byte = (unsigned char)text.at[at];
        uint32_t next = at + 1;
        if (byte == '-' || byte == '/' || byte >= 0x80) {
            next = at;
            const uint32_t c = rap_utf8_next(text, &next);
            if (c == '/' || rap_is_dash(c)) {
                *dash = at == from;
                return *dash ? next : at;
            }
        }
        at = next < end ? next : end;
    }
    return at;
}

static uint32_t count_atoms(rap_slice text, const rap_tokens *tokens)
{
    uint32_t count = 0;
    bool dash;
    for (uint32_t t = 0; t < tokens->count; t++) {
        const rap_span span = tokens->span[t];
        if (is_plain(text, span))
            count++;
        else
            for (uint32_t at = span.begin; at < span.end; count++)
                at = atom_end(text, at, span.end, &dash);
    }
    return count;
}

static bool has_bit(const rap_time_knowledge *k, rap_slice s)
{
    const uint32_t bit = time_word_bit(s);
    return k->known[bit / 64] >> bit % 64 & 1;
}

/* May it be in the lists? What is not ASCII is looked up always. */
static bool may_be_known(const rap_time_knowledge *k, rap_slice s)
{
    if (s.len < 2 || has_bit(k, s)) return true;
    for (uint32_t i = 0; i < s.len; i++)
        if ((uint8_t)s.at[i] >= 0x80) return true;
    return false;
}

static uint32_t look_up(const rap_time_knowledge *k, rap_slice s)
{
    while (s.len > 1 && s.at[s.len - 1] == '.') s.len--;
    if (s.len >= FOLDED_BYTES || !may_be_known(k, s)) return RAP_NONE;
    char folded[2 * FOLDED_BYTES];
    const uint32_t len = rap_fold_into(s, folded, sizeof folded);
    if (len == RAP_NONE) return RAP_NONE;
    return rap_map_get(&k->words, (rap_slice){folded, len});
}

/* The same for a token that is_plain. */
static uint32_t look_up_plain(cutter *c, rap_span token)
{
    const rap_slice s = rap_cut(c->text, token);
    if (s.len > 1 && s.at[s.len - 1] != '.' && !has_bit(c->knowledge, s))
        return RAP_NONE;
    const uint64_t bytes = short_word(c->text, token);
    word_memo *memo = &c->memo[bytes * 0x9E3779B97F4A7C15u >> (64 - MEMO_BITS)];
    if (memo->word != bytes || memo->len != s.len)
        *memo = (word_memo){bytes, s.len, look_up(c->knowledge, s)};
    return memo->found;
}

const word *time_word_of(const rap_time_knowledge *k, rap_slice text)
{
    const uint32_t at = look_up(k, text);
    return at == RAP_NONE ? NULL : &k->word.at[at];
}

/* Digits only, thousands parted by commas allowed; sets value and digits. */
static bool read_figures(rap_slice s, atom *out)
{
    int32_t value = 0;
    uint32_t digits = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.at[i] == ',' && i > 0 && i + 3 < s.len) continue;
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        if (digits < 7) value = value * 10 + (s.at[i] - '0');
        digits++;
    }
    out->figures = digits > 6 ? -1 : value;
    out->digits = (uint8_t)(s.len > 250 ? 250 : s.len); /* "2,000" is not a year */
    return digits > 0;
}

static atom make_atom(cutter *cut, rap_span span, uint32_t token, bool plain, bool dash)
{
    const rap_time_knowledge *k = cut->knowledge;
    atom a = {.span = span, .token = token, .word = RAP_NONE, .kind = ATOM_OTHER};
    const rap_slice s = rap_cut(cut->text, span);
    if (dash) {
        a.kind = ATOM_HYPHEN;
    } else if (read_figures(s, &a)) {
        a.kind = ATOM_FIGURES;
    } else {
        uint32_t next = 0;
        const uint32_t c = rap_utf8_next(s, &next);
        a.word = plain ? look_up_plain(cut, span) : look_up(k, s);
        if (a.word != RAP_NONE) a.classes = k->word.at[a.word].classes;
        a.kind = rap_is_letter(c) || rap_is_digit(c) ? ATOM_WORD : ATOM_OTHER;
        if (rap_is_upper(c)) a.flags |= ATOM_CAPITAL;
    }
    return a;
}

/* Whether text after this token is inside quotation marks. */
static bool quoted_after(rap_slice s, bool quoted)
{
    if (((uint8_t)s.at[0] | 32u) - 'a' < 26) return quoted; /* most are words */
    uint32_t next = 0;
    switch (rap_quote_of(rap_utf8_next(s, &next))) {
    case RAP_QUOTE_DOUBLE:
        return !quoted;
    case RAP_QUOTE_DOUBLE_OPEN:
    case RAP_QUOTE_LOW:
    case RAP_QUOTE_GUILLEMET_OPEN:
        return true;
    case RAP_QUOTE_DOUBLE_CLOSE:
    case RAP_QUOTE_GUILLEMET_CLOSE:
        return false;
    default:
        return quoted;
    }
}

rap_status time_atoms_cut(const rap_time_knowledge *knowledge,
                          const rap_article *article, const rap_tokens *tokens,
                          rap_arena *scratch, atoms *out, rap_error *err)
{
    *out = (atoms){0};
    const rap_slice text = article->text;
    const uint32_t count = count_atoms(text, tokens);
    atom *at = rap_new(scratch, atom, count);
    uint32_t *first = rap_new(scratch, uint32_t, tokens->sentences + 1);
    if (!at || !first) return rap_fail(err, RAP_E_NOMEM, 0, "%u atoms", count);

    cutter cut = {.knowledge = knowledge, .text = text};
    uint32_t n = 0;
    bool quoted = false;
    for (uint32_t s = 0; s < tokens->sentences; s++) {
        if (s == 0 || tokens->zone[s] != tokens->zone[s - 1]) quoted = false;
        first[s] = n;
        for (uint32_t t = tokens->first[s]; t < tokens->first[s + 1]; t++) {
            const rap_span span = tokens->span[t];
            const bool plain = is_plain(text, span);
            quoted = quoted_after(rap_cut(text, span), quoted);
            for (uint32_t from = span.begin; from < span.end; n++) {
                bool dash = false;
                const uint32_t end =
                    plain ? span.end : atom_end(text, from, span.end, &dash);
                at[n] = make_atom(&cut, (rap_span){from, end}, t, plain, dash);
                if (quoted) at[n].flags |= ATOM_QUOTED;
                if (n > 0 && at[n - 1].span.end == from) at[n].flags |= ATOM_CLOSE;
                from = end;
            }
        }
    }
    assert(n == count);
    first[tokens->sentences] = n;
    *out = (atoms){at, count, first};
    return RAP_OK;
}
