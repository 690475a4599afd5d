/*
 * token_cut.c - cut what stands between white space into tokens; see token_private.h.
 *
 * Method  from the left, the longest of: an address, a figure, a word with its inner
 *         marks, a run of equal marks. A word is then parted at its contraction and
 * takes its full stop if it is an abbreviation. Cost    linear: each character is
 * looked at a bounded number of times.
 */
#include "token_private.h"

static byte_class class_at(const cutter *cut, uint32_t at, uint32_t end)
{
    uint32_t next;
    return at < end ? token_class(cut->text, at, &next) : IS_SPACE;
}

static bool is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_class(byte_class class)
{
    return class == IS_LETTER || class == IS_DIGIT;
}

/* Letters and capitals of a token, as flags. */
static uint8_t capitals(rap_slice text, rap_span span)
{
    uint32_t at = span.begin;
    uint32_t c = rap_utf8_next(text, &at);
    if (!rap_is_upper(c)) return 0;
    uint32_t letters = 1;
    while (at < span.end) {
        c = rap_utf8_next(text, &at);
        if (rap_is_lower(c)) return RAP_TOKEN_CAPITAL;
        letters += rap_is_upper(c);
    }
    return letters > 1 ? RAP_TOKEN_CAPITAL | RAP_TOKEN_ALL_CAPS : RAP_TOKEN_CAPITAL;
}

static void add(cutter *cut, uint32_t begin, uint32_t end, rap_token_kind kind,
                uint8_t flags)
{
    assert(begin < end);
    const rap_span span = {begin, end};
    if (kind == RAP_TOKEN_WORD || kind == RAP_TOKEN_NUMBER)
        flags |= capitals(cut->text, span);
    if (!rap_push(cut->scratch, &cut->tokens,
                  (token){.span = span, .kind = (uint8_t)kind, .flags = flags}))
        cut->lost = true;
}

/* ---- addresses ------------------------------------------------------------------ */

static bool is_address_byte(char c)
{
    return (uint8_t)c < 128 && c > ' ' && !strchr("\"<>`{}|\\^", c);
}

/* End of the address that begins at `at`: its closing marks belong to the sentence. */
static uint32_t address_end(const cutter *cut, uint32_t at, uint32_t end)
{
    uint32_t to = at;
    bool open = false;
    while (to < end && is_address_byte(cut->text.at[to])) {
        open |= cut->text.at[to] == '(';
        to++;
    }
    while (to > at && strchr(open ? ".,;:!?'" : ".,;:!?')]", cut->text.at[to - 1]))
        to--;
    return to;
}

static uint32_t label_end(const cutter *cut, uint32_t at, uint32_t end, bool mail)
{
    const char *s = cut->text.at;
    while (at < end &&
           (((s[at] | 32) >= 'a' && (s[at] | 32) <= 'z') || is_ascii_digit(s[at]) ||
            s[at] == '-' || (mail && (s[at] == '.' || s[at] == '_' || s[at] == '+'))))
        at++;
    return at;
}

/* End of an internet name (two labels or more, the last one known), or `at`. */
static uint32_t domain_end(const cutter *cut, uint32_t at, uint32_t end,
                           bool any_ending)
{
    uint32_t to = at, last = at, labels = 0;
    for (;;) {
        const uint32_t stop = label_end(cut, to, end, false);
        if (stop == to) break;
        last = to;
        to = stop;
        labels++;
        if (to >= end || cut->text.at[to] != '.' ||
            label_end(cut, to + 1, end, false) == to + 1)
            break;
        to++;
    }
    const rap_slice ending = rap_slice_sub(cut->text, last, to);
    if (labels < 2 || !ending.len || ending.at[0] < 'a' || ending.at[0] > 'z')
        return at;
    if (any_ending) return to;
    return token_word_bits(cut->knowledge, ending) & WORD_ADDRESS ? to : at;
}

static uint32_t mail_end(const cutter *cut, uint32_t at, uint32_t end)
{
    const uint32_t sign = label_end(cut, at, end, true);
    if (sign == at || sign >= end || cut->text.at[sign] != '@') return at;
    const uint32_t to = domain_end(cut, sign + 1, end, true);
    return to > sign + 1 ? to : at;
}

/* End of a scheme's "://" at `at`, or `at`. */
static uint32_t scheme_end(const cutter *cut, uint32_t at, uint32_t end)
{
    uint32_t to = at;
    while (to < end && (cut->text.at[to] | 32) >= 'a' && (cut->text.at[to] | 32) <= 'z')
        to++;
    if (to == at || end - to < 4 || memcmp(cut->text.at + to, "://", 3) != 0) return at;
    return to + 3;
}

/* End of "@name" or "#tag", or `at`. */
static uint32_t tag_end(const cutter *cut, uint32_t at, uint32_t end)
{
    if (class_at(cut, at + 1, end) != IS_LETTER) return at;
    uint32_t to = at + 1, next = to;
    while (to < end) {
        const byte_class class = token_class(cut->text, to, &next);
        if (!is_word_class(class) && cut->text.at[to] != '_') break;
        to = next;
    }
    return to;
}

static uint32_t url_end(const cutter *cut, uint32_t at, uint32_t end)
{
    const rap_slice rest = rap_slice_sub(cut->text, at, end);
    if (rest.at[0] == '@' || rest.at[0] == '#') return tag_end(cut, at, end);
    if (scheme_end(cut, at, end) > at ||
        rap_slice_is_nocase(rap_slice_sub(rest, 0, rest.len < 4 ? rest.len : 4),
                            "www."))
        return address_end(cut, at, end);
    const uint32_t mail = mail_end(cut, at, end);
    if (mail > at) return mail;
    const uint32_t domain = domain_end(cut, at, end, false);
    if (domain == at) return at;
    if (domain < end && cut->text.at[domain] == '/') return address_end(cut, at, end);
    return is_word_class(class_at(cut, domain, end)) ? at : domain;
}

/* ---- figures -------------------------------------------------------------------- */

static uint32_t digits_end(const cutter *cut, uint32_t at, uint32_t end)
{
    uint32_t next = at;
    while (at < end && token_class(cut->text, at, &next) == IS_DIGIT) at = next;
    return at;
}

/* Groups of digits that hyphens do not part: telephone numbers, ISO dates. */
static uint32_t grouped_end(const cutter *cut, uint32_t at, uint32_t end)
{
    uint32_t len[3] = {0}, n = 0, to = at;
    while (n < 3) {
        const uint32_t stop = digits_end(cut, to, end);
        len[n] = stop - to;
        if (!len[n]) return at;
        n++;
        to = stop;
        if (to >= end || cut->text.at[to] != '-') break;
        to++;
    }
    if (is_word_class(class_at(cut, to, end)) || cut->text.at[to - 1] == '-') return at;
    const bool phone = len[0] == 3 && ((n == 2 && len[1] == 4) ||
                                       (n == 3 && len[1] == 3 && len[2] == 4));
    return phone || (n == 3 && len[0] == 4 && len[1] == 2 && len[2] == 2) ? to : at;
}

/* 2,000 3.5 10:30 9/11: marks between digits belong to the figure. */
static uint32_t figure_end(const cutter *cut, uint32_t at, uint32_t end)
{
    const uint32_t grouped = grouped_end(cut, at, end);
    if (grouped > at) return grouped;
    uint32_t to = digits_end(cut, at, end);
    while (to + 1 < end && strchr(",.:/", cut->text.at[to]) && cut->text.at[to] &&
           is_ascii_digit(cut->text.at[to + 1]))
        to = digits_end(cut, to + 1, end);
    return to;
}

/* The letters after a figure are its ending (15th) or a unit of its own (10km). */
static uint32_t cut_figure(cutter *cut, uint32_t at, uint32_t end)
{
    uint32_t to = figure_end(cut, at, end);
    uint32_t letters = to, next;
    while (letters < end && is_word_class(token_class(cut->text, letters, &next)))
        letters = next;
    const rap_slice tail = rap_slice_sub(cut->text, to, letters);
    if (tail.len && token_word_bits(cut->knowledge, tail) & WORD_UNIT) {
        add(cut, at, to, RAP_TOKEN_NUMBER, 0);
        add(cut, to, letters, RAP_TOKEN_WORD, 0);
    } else {
        add(cut, at, letters, RAP_TOKEN_NUMBER, 0);
    }
    return letters;
}

/* ---- words ---------------------------------------------------------------------- */

static bool is_single_letter(const cutter *cut, uint32_t at, uint32_t end)
{
    uint32_t next;
    return at < end && token_class(cut->text, at, &next) == IS_LETTER &&
           !is_word_class(class_at(cut, next, end));
}

/* May the hyphen at `at`, after the part [begin, at), stay inside the word? */
static bool keeps_hyphen(const cutter *cut, uint32_t begin, uint32_t at, uint32_t end)
{
    if (token_word_bits(cut->knowledge, rap_slice_sub(cut->text, begin, at)) &
        WORD_PREFIX)
        return true;
    uint32_t next, to;
    (void)token_class(cut->text, at, &next);
    for (to = next; to < end && class_at(cut, to, end) == IS_LETTER;)
        (void)token_class(cut->text, to, &to);
    return token_word_bits(cut->knowledge, rap_slice_sub(cut->text, next, to)) &
           WORD_SUFFIX;
}

/* Does the mark at `at` join the letters on both sides into one word? */
static bool joins(const cutter *cut, uint32_t begin, uint32_t part, uint32_t at,
                  uint32_t end)
{
    uint32_t next;
    const byte_class class = token_class(cut->text, at, &next);
    if (!is_word_class(class_at(cut, next, end))) return false;
    switch (class) {
    case IS_APOSTROPHE:
        return class_at(cut, next, end) == IS_LETTER;
    case IS_HYPHEN:
        return keeps_hyphen(cut, part, at, end);
    case IS_DOT:
        return is_single_letter(cut, part, end) && is_single_letter(cut, next, end);
    default:
        break;
    }
    if (cut->text.at[at] == '_') return true;
    return cut->text.at[at] == '&' && at - begin <= 3 &&
           rap_is_upper((uint8_t)cut->text.at[begin]) &&
           rap_is_upper((uint8_t)cut->text.at[next]);
}

/* End of the word at `begin`, with the marks inside it. */
static uint32_t word_end(const cutter *cut, uint32_t begin, uint32_t end)
{
    uint32_t at = begin, part = begin, next;
    while (at < end) {
        if (is_word_class(token_class(cut->text, at, &next))) {
            at = next;
            continue;
        }
        if (at == begin || !joins(cut, begin, part, at, end)) break;
        at = next;
        part = at;
    }
    return at;
}

/* The first character after `at` that is not white space, within the zone; 0 if none.
 */
static uint32_t char_after(const cutter *cut, uint32_t at)
{
    while (at < cut->zone_end) {
        const uint32_t c = rap_utf8_next(cut->text, &at);
        if (!rap_is_space(c)) return c;
    }
    return 0;
}

/* Is [begin, stop) with the full stop at `stop` an abbreviation? */
static bool is_abbreviation(const cutter *cut, uint32_t begin, uint32_t stop,
                            uint32_t end)
{
    const rap_slice word = rap_slice_sub(cut->text, begin, stop);
    if (class_at(cut, stop + 1, end) == IS_DOT) return false; /* an ellipsis */
    if (memchr(word.at, '.', word.len) && is_single_letter(cut, stop - 1, end))
        return true; /* U.S. */
    uint32_t at = begin;
    const bool capital = rap_is_upper(rap_utf8_next(cut->text, &at));
    const uint32_t after = char_after(cut, stop + 1);
    if (at == stop) /* an initial */
        return capital && word.at[0] != 'I' &&
               (rap_is_upper(after) || rap_is_digit(after));
    const uint32_t bits = token_word_bits(cut->knowledge, word);
    if (bits & (WORD_INNER | WORD_END)) return true;
    if (bits & WORD_FIGURE && rap_is_digit(after)) return true;
    return bits & WORD_TITLE && capital &&
           (rap_is_upper(after) || rap_quote_of(after) != RAP_QUOTE_NONE);
}

/* Where the contraction in [begin, end) begins, or `end`. */
static uint32_t clitic_begin(const cutter *cut, uint32_t begin, uint32_t end)
{
    uint32_t at = end, apostrophe = end;
    for (uint32_t steps = 0; at > begin && steps < 4; steps++) {
        const uint32_t c = rap_utf8_back(cut->text, &at);
        if (rap_quote_of(c) == RAP_QUOTE_NONE) continue;
        apostrophe = at;
        break;
    }
    if (apostrophe >= end || apostrophe == begin) return end;
    const uint32_t wider = apostrophe - 1; /* n't begins a letter earlier */
    if (wider > begin &&
        token_word_bits(cut->knowledge, rap_slice_sub(cut->text, wider, end)) &
            WORD_CLITIC)
        return wider;
    if (token_word_bits(cut->knowledge, rap_slice_sub(cut->text, apostrophe, end)) &
        WORD_CLITIC)
        return apostrophe;
    return end;
}

/* Where a word written together falls apart, or `end`. */
static uint32_t split_at(const cutter *cut, uint32_t begin, uint32_t end)
{
    const uint32_t first = (uint8_t)cut->text.at[begin] | 32u;
    if (end - begin > 8 || first < 'a' || first > 'z' ||
        !(cut->knowledge->split_starts >> (first - 'a') & 1))
        return end;
    char folded[FOLD_BYTES];
    const uint32_t len =
        rap_fold_into(rap_slice_sub(cut->text, begin, end), folded, sizeof folded);
    if (len != end - begin) return end;
    const uint32_t head =
        rap_map_get(&cut->knowledge->splits, (rap_slice){folded, len});
    return head == RAP_NONE ? end : begin + head;
}

static void add_parts(cutter *cut, uint32_t begin, uint32_t middle, uint32_t end)
{
    if (middle == end) {
        add(cut, begin, end, RAP_TOKEN_WORD, 0);
        return;
    }
    add(cut, begin, middle, RAP_TOKEN_WORD, RAP_TOKEN_MULTI);
    add(cut, middle, end, RAP_TOKEN_WORD, RAP_TOKEN_MULTI_REST);
}

/* A bare apostrophe after a plural is a possessive, unless it closes a quotation. */
static bool is_possessive(const cutter *cut, uint32_t begin, uint32_t at, uint32_t end)
{
    if (at <= begin || !cut->knowledge->possessive[(uint8_t)cut->text.at[at - 1]])
        return false;
    uint32_t next;
    if (at >= end || token_class(cut->text, at, &next) != IS_APOSTROPHE || next != end)
        return false;
    const uint32_t after = char_after(cut, end);
    if (!rap_is_letter(after) && !rap_is_digit(after)) return false;
    /* An opening single quote not far to the left has the better claim. */
    for (uint32_t i = cut->tokens.count, n = 0; i > 0 && n < 40; n++) {
        const token *t = &cut->tokens.at[--i];
        const uint32_t c = t->span.begin;
        uint32_t past = c;
        const rap_quote quote = rap_quote_of(rap_utf8_next(cut->text, &past));
        if (t->flags & RAP_TOKEN_MULTI_REST || t->kind != RAP_TOKEN_PUNCT) continue;
        if (quote == RAP_QUOTE_SINGLE_CLOSE) return true;
        if (quote == RAP_QUOTE_SINGLE_OPEN) return false;
        if (quote == RAP_QUOTE_SINGLE)
            return !(c == 0 || rap_is_space((uint8_t)cut->text.at[c - 1]));
    }
    return true;
}

static uint32_t cut_word(cutter *cut, uint32_t begin, uint32_t end)
{
    const uint32_t stop = word_end(cut, begin, end);
    if (stop < end && cut->text.at[stop] == '.' &&
        is_abbreviation(cut, begin, stop, end)) {
        add(cut, begin, stop + 1, RAP_TOKEN_WORD, RAP_TOKEN_ABBREVIATION);
        return stop + 1;
    }
    if (is_possessive(cut, begin, stop, end)) {
        add_parts(cut, begin, stop, end);
        return end;
    }
    const uint32_t clitic = clitic_begin(cut, begin, stop);
    add_parts(cut, begin, clitic < stop ? clitic : split_at(cut, begin, stop), stop);
    return stop;
}

/* ---- marks ---------------------------------------------------------------------- */

/* 'em, '90s, .5: marks that begin a word or a figure. 0 if this is none. */
static uint32_t cut_leading(cutter *cut, byte_class class, uint32_t at, uint32_t next,
                            uint32_t end)
{
    const bool first = at == 0 || !is_word_class(class_at(cut, at - 1, at));
    if (!first || next >= end) return 0;
    if (is_ascii_digit(cut->text.at[next]) &&
        (class == IS_DOT || class == IS_APOSTROPHE)) {
        const uint32_t to = figure_end(cut, next, end);
        uint32_t stop = to;
        if (class == IS_APOSTROPHE) {
            if (to - next != 2 || stop >= end || cut->text.at[stop] != 's') return 0;
            stop++;
        }
        add(cut, at, stop, RAP_TOKEN_NUMBER, 0);
        return stop;
    }
    if (class != IS_APOSTROPHE) return 0;
    uint32_t to = next;
    while (to < end && class_at(cut, to, end) == IS_LETTER)
        (void)token_class(cut->text, to, &to);
    const uint32_t bits =
        token_word_bits(cut->knowledge, rap_slice_sub(cut->text, at, to));
    /* A clitic here was written apart from its word: "he 's", "leaders' 's". */
    if (!(bits & (WORD_APOSTROPHE | WORD_CLITIC))) return 0;
    add(cut, at, to, RAP_TOKEN_WORD, 0);
    return to;
}

/* End of a run of marks that make one token: ... -- !!! ''. */
static uint32_t run_end(const cutter *cut, byte_class class, uint32_t at, uint32_t next,
                        uint32_t end)
{
    const char c = cut->text.at[at];
    const bool repeats = class == IS_DOT || class == IS_ELLIPSIS || class == IS_MARK ||
                         c == '-' || c == '=' || c == '*' || c == '_' || c == '~' ||
                         c == '+' || c == '`' || c == '\'';
    if (!repeats) return next;
    uint32_t to = next;
    const uint32_t most = c == '\'' || c == '`' ? at + 2 : end;
    while (to < most && to < end) {
        uint32_t after;
        if (token_class(cut->text, to, &after) != class) break;
        if (class != IS_MARK && class != IS_DOT && class != IS_ELLIPSIS &&
            cut->text.at[to] != c)
            break;
        to = after;
    }
    return to;
}

static uint32_t cut_mark(cutter *cut, byte_class class, uint32_t at, uint32_t next,
                         uint32_t end)
{
    const uint32_t leading = cut_leading(cut, class, at, next, end);
    if (leading) return leading;
    const uint32_t to = run_end(cut, class, at, next, end);
    add(cut, at, to, class == IS_SYMBOL ? RAP_TOKEN_SYMBOL : RAP_TOKEN_PUNCT, 0);
    return to;
}

/* :-) ;D and the like: a whole chunk of two to four marks that begins with eyes. */
static bool is_face(rap_slice chunk)
{
    if (chunk.len < 2 || chunk.len > 4 || !strchr(":;=", chunk.at[0])) return false;
    const char last = chunk.at[chunk.len - 1];
    if (!strchr(")(DPpO/|]", last) || !last) return false;
    return chunk.len == 2 || chunk.at[1] == '-' || chunk.at[1] == '\'' ||
           chunk.at[1] == last;
}

static bool may_hold_address(rap_slice chunk)
{
    return memchr(chunk.at, '.', chunk.len) || memchr(chunk.at, '@', chunk.len) ||
           memchr(chunk.at, '/', chunk.len) || memchr(chunk.at, '#', chunk.len);
}

/* All letters of ASCII: by far the most frequent chunk. */
static bool is_plain(rap_slice chunk)
{
    for (uint32_t i = 0; i < chunk.len; i++)
        if ((uint8_t)((chunk.at[i] | 32) - 'a') > 'z' - 'a') return false;
    return true;
}

void token_cut_chunk(cutter *cut, uint32_t begin, uint32_t end)
{
    const rap_slice chunk = rap_slice_sub(cut->text, begin, end);
    if (is_plain(chunk)) {
        add_parts(cut, begin, split_at(cut, begin, end), end);
        return;
    }
    if (is_face(chunk)) {
        add(cut, begin, end, RAP_TOKEN_SYMBOL, 0);
        return;
    }
    const bool address = may_hold_address(chunk);
    bool fresh = true; /* an address begins only after a mark */
    for (uint32_t at = begin; at < end && !cut->lost;) {
        uint32_t next;
        const byte_class class = token_class(cut->text, at, &next);
        const uint32_t url = address && fresh ? url_end(cut, at, end) : at;
        fresh = !is_word_class(class);
        if (url > at) {
            add(cut, at, url, RAP_TOKEN_URL, 0);
            at = url;
        } else if (class == IS_DIGIT) {
            at = cut_figure(cut, at, end);
        } else if (class == IS_LETTER) {
            at = cut_word(cut, at, end);
        } else {
            at = cut_mark(cut, class, at, next, end);
        }
    }
}
