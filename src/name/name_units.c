/*
 * name_units.c - the document as phrases of the lists, unknown words and marks.
 *
 * Method  every token is cut into pieces of letters and digits, so that "People's",
 *         "Nagorno-Karabakh" and "U.S." compare as words whatever the tokeniser made of
 *         them; then the longest phrase of the lists is taken, left to right.
 */
#include "name_private.h"

typedef struct name_piece {
    rap_span span;
    uint64_t head; /* word_head of the folded word */
    uint32_t token;
    uint32_t word; /* folded bytes, in work->bytes */
    uint32_t bit;  /* word_bit of it */
    uint8_t len, flags;
    bool follows; /* no mark but - ' . & / stands before it, in this sentence */
} name_piece;

/* Everything here is of one sentence, and its memory serves the next. */
typedef RAP_LIST(name_piece) name_pieces;

static uint8_t flags_of_counts(bool first, uint32_t upper, uint32_t lower)
{
    return (uint8_t)((first ? UNIT_CAPITAL : 0) |
                     (upper && !lower ? UNIT_ALL_CAPS : 0));
}

static uint8_t flags_of(rap_slice s)
{
    uint32_t at = 0, upper = 0, lower = 0;
    bool first = false;
    while (at < s.len) {
        const bool begins = at == 0;
        const uint32_t c = rap_utf8_next(s, &at);
        const bool up = rap_is_upper(c);
        if (begins) first = up;
        upper += up;
        lower += rap_is_lower(c);
    }
    return flags_of_counts(first, upper, lower);
}

/* ---- eight letters at once ------------------------------------------------------ */

enum { CHUNK = 8 };
static const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;

/* The high bit of every byte of `ascii` that is `c` or more. */
static inline uint64_t at_least(uint64_t ascii, char c)
{
    return (ascii + ones * (uint64_t)(0x80 - c)) & highs;
}

static inline uint64_t between(uint64_t ascii, char first, char last)
{
    return at_least(ascii, first) & ~at_least(ascii, (char)(last + 1));
}

/* The first `len` bytes of text[at..], eight at most; 0 behind them. */
static inline uint64_t chunk_at(rap_slice text, uint32_t at, uint32_t len)
{
    if (text.len - at < CHUNK) return word_head(text.at + at, len);
    const uint64_t eight = rap_eight_bytes(text.at + at);
    return len < CHUNK ? eight & (((uint64_t)1 << len * 8) - 1) : eight;
}

/* As rap_eight_bytes reads them; one store, once compiled. */
static inline void put_chunk(uint64_t chunk, char *out)
{
    out[0] = (char)chunk;
    out[1] = (char)(chunk >> 8);
    out[2] = (char)(chunk >> 16);
    out[3] = (char)(chunk >> 24);
    out[4] = (char)(chunk >> 32);
    out[5] = (char)(chunk >> 40);
    out[6] = (char)(chunk >> 48);
    out[7] = (char)(chunk >> 56);
}

/* Folds text[span) into `out`, which has room for WORD_BYTES, and sets its head and flags;
 * false if it is longer or holds more than ASCII letters and digits. */
static inline bool fold_plain(rap_slice text, rap_span span, char *out,
                              name_piece *piece)
{
    const uint32_t len = span.end - span.begin;
    uint64_t any_upper = 0, any_lower = 0;
    if (len > WORD_BYTES) return false;
    for (uint32_t i = 0; i < len; i += CHUNK) {
        const uint32_t left = len - i < CHUNK ? len - i : CHUNK;
        const uint64_t chunk = chunk_at(text, span.begin + i, left);
        if (chunk & highs) return false;
        const uint64_t upper = between(chunk, 'A', 'Z');
        const uint64_t folded = chunk | upper >> 2; /* 0x80 >> 2 is 'a' - 'A' */
        const uint64_t letters = between(folded, 'a', 'z');
        const uint64_t plain = letters | between(folded, '0', '9');
        if (plain != highs >> (CHUNK - left) * 8) return false;
        put_chunk(folded, out + i);
        if (!i) piece->head = folded;
        if (!i) piece->flags = upper & 0x80 ? UNIT_CAPITAL : 0;
        any_upper |= upper;
        any_lower |= letters & ~upper;
    }
    piece->flags |= UNIT_PLAIN;
    if (any_upper && !any_lower) piece->flags |= UNIT_ALL_CAPS;
    piece->len = (uint8_t)len;
    return true;
}

/* ---- pieces ----------------------------------------------------------------------- */

static bool bytes_widen(name_work *work)
{
    const uint32_t wider = (work->bytes.count + WORD_BYTES) * 2;
    char *moved = rap_new(work->scratch, char, wider);
    if (!moved) return false;
    if (work->bytes.count) memcpy(moved, work->bytes.at, work->bytes.count);
    work->bytes.at = moved;
    work->bytes.capacity = wider;
    return true;
}

/* Room for one more word in work->bytes. */
static inline bool bytes_room(name_work *work)
{
    return work->bytes.count + WORD_BYTES <= work->bytes.capacity || bytes_widen(work);
}

/* The bytes have room for it. Longer than any word we know: no folded form. */
static void fold_piece(name_work *work, name_piece *piece)
{
    const rap_slice text = work->article->text;
    char *out = work->bytes.at + work->bytes.count;
    if (!fold_plain(text, piece->span, out, piece)) {
        const rap_slice s = rap_cut(text, piece->span);
        const uint32_t len = rap_fold_into(s, out, WORD_BYTES);
        piece->flags = flags_of(s);
        piece->len = (uint8_t)(len == RAP_NONE ? 0 : len);
        piece->head = word_head(out, piece->len);
    }
}

static bool is_word_char(uint32_t c)
{
    if (c < 128)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c >= '0' && c <= '9');
    return rap_is_letter(c) || rap_is_digit(c);
}

/* May a name go on over the bytes `gap` between two pieces? */
static bool is_bridge(rap_slice gap)
{
    uint32_t at = 0;
    bool space = false;
    while (at < gap.len) {
        const uint32_t c = rap_utf8_next(gap, &at);
        if (c == '\n') return false;
        if (rap_is_space(c))
            space = true;
        else if (rap_is_dash(c) && (space || at < gap.len))
            return false; /* a dash between blanks parts sentences, not names */
        else if (c != '.' && c != '&' && c != '/' && !rap_is_dash(c) && c != '\'' &&
                 rap_quote_of(c) != RAP_QUOTE_SINGLE_CLOSE)
            return false;
    }
    return true;
}

/* Does the piece go on over what stands between it and the one before it? */
static void join_over(rap_slice gap, name_piece *piece)
{
    piece->follows = is_bridge(gap);
    if (!piece->follows) return;
    bool blank = false;
    for (uint32_t i = 0; i < gap.len;) blank |= rap_is_space(rap_utf8_next(gap, &i));
    if (!blank) piece->flags |= UNIT_JOINED;
}

/* The last of the pieces is whole but for its bit and what stands before it. */
static inline void end_piece(name_work *work, name_pieces *pieces)
{
    const rap_slice text = work->article->text;
    name_piece *piece = &pieces->at[pieces->count - 1];
    const uint32_t from = pieces->count > 1 ? piece[-1].span.end : RAP_NONE;
    piece->bit = word_bit(piece->head, piece->len);
    work->bytes.count += piece->len;
    if (from == RAP_NONE) return;
    if (piece->span.begin == from + 1 && text.at[from] == ' ') /* nearly always */
        piece->follows = true;
    else
        join_over(rap_slice_sub(text, from, piece->span.begin), piece);
}

/* One more piece, to be filled by the caller; NULL when the arena refused. */
static inline name_piece *next_piece(name_work *work, name_pieces *pieces,
                                     rap_span span, uint32_t token)
{
    if ((pieces->count == pieces->capacity &&
         !rap_list_room(work->scratch, (void **)&pieces->at, pieces->count,
                        &pieces->capacity, sizeof *pieces->at)) ||
        !bytes_room(work))
        return NULL;
    name_piece *piece = &pieces->at[pieces->count++];
    piece->span = span;
    piece->token = token;
    piece->word = work->bytes.count;
    piece->follows = false;
    return piece;
}

static bool add_piece(name_work *work, name_pieces *pieces, rap_span span,
                      uint32_t token)
{
    name_piece *piece = next_piece(work, pieces, span, token);
    if (!piece) return false;
    fold_piece(work, piece);
    end_piece(work, pieces);
    return true;
}

/* A token that is no plain word. */
static bool cut_apart(name_work *work, name_pieces *pieces, uint32_t token)
{
    const rap_span span = work->tokens->span[token];
    const rap_slice text = rap_slice_sub(work->article->text, 0, span.end);
    uint32_t at = span.begin, begin = RAP_NONE;
    while (at < span.end) {
        const uint32_t from = at;
        const bool word = is_word_char(rap_utf8_next(text, &at));
        if (word && begin == RAP_NONE) begin = from;
        if (!word && begin != RAP_NONE) {
            if (!add_piece(work, pieces, (rap_span){begin, from}, token)) return false;
            begin = RAP_NONE;
        }
    }
    return begin == RAP_NONE ||
           add_piece(work, pieces, (rap_span){begin, span.end}, token);
}

static bool cut_token(name_work *work, name_pieces *pieces, uint32_t token)
{
    const rap_span span = work->tokens->span[token];
    name_piece *piece = next_piece(work, pieces, span, token);
    if (!piece) return false;
    /* Most tokens are plain words. */
    if (span.begin < span.end &&
        fold_plain(work->article->text, span, work->bytes.at + piece->word, piece)) {
        end_piece(work, pieces);
        return true;
    }
    pieces->count--;
    return cut_apart(work, pieces, token);
}

/* ---- units ------------------------------------------------------------------------ */

/* Style of pieces [from, to]: as style_of() in name_open.c. */
static uint8_t style_of(const name_pieces *pieces, uint32_t from, uint32_t to)
{
    bool all = true;
    for (uint32_t i = from; i <= to; i++)
        all = all && (pieces->at[i].flags & UNIT_ALL_CAPS);
    if (all) return 2;
    return pieces->at[from].flags & UNIT_CAPITAL ? 1 : 0;
}

/* What the lists have for the word of a piece. */
static uint32_t find_word(name_work *work, const name_piece *piece)
{
    const rap_slice word = {work->bytes.at + piece->word, piece->len};
    if (word.len > sizeof piece->head)
        return rap_map_get(&work->knowledge->prefix, word);
    struct name_memo *memo = &work->memo[piece->bit % MEMO];
    if (memo->word != piece->head)
        *memo = (struct name_memo){piece->head,
                                   rap_map_get(&work->knowledge->prefix, word)};
    return memo->found;
}

/* Longest phrase that begins at piece `from`: its last piece in *to; RAP_NONE if none.
 */
static uint32_t longest(name_work *work, const name_pieces *pieces, uint32_t from,
                        uint32_t *to)
{
    const rap_name_knowledge *knowledge = work->knowledge;
    const name_piece *begin = &pieces->at[from];
    if (!begin->len) return RAP_NONE;
    char key[PHRASE_BYTES];
    uint32_t len = 0, best = RAP_NONE;
    for (uint32_t i = from; i < pieces->count; i++) {
        const name_piece *p = &pieces->at[i];
        if (!p->len || len + p->len + 1 > sizeof key || (i > from && !p->follows))
            break;
        /* The first word is looked up where it stands; most phrases end there. */
        if (i == from + 1) {
            if (!has_bit(knowledge->pairs, pair_bit(begin->bit, p->bit))) break;
            memcpy(key, work->bytes.at + begin->word, len);
        }
        if (i > from) key[len++] = ' ';
        if (i > from) memcpy(key + len, work->bytes.at + p->word, p->len);
        len += p->len;
        const uint32_t found =
            i > from ? rap_map_get(&knowledge->prefix, (rap_slice){key, len})
                     : find_word(work, begin);
        if (found == RAP_NONE) break;
        if (found == PREFIX_ONLY ||
            knowledge->phrases.at[found].style > style_of(pieces, from, i))
            continue;
        best = found;
        *to = i;
    }
    return best;
}

/* A name's meanings count only for a capitalised word: "turkey", "chad", "may". */
static bits meanings(const name_phrase *p, uint8_t flags)
{
    const bits names = IS_NAMED | IS_GIVEN | BIT(N_SEAT) | BIT(N_ADJECTIVE) |
                       BIT(N_PEOPLE) | BIT(N_PEOPLES) | BIT(N_HONORIFIC);
    return flags & UNIT_CAPITAL ? p->is : p->is & ~names;
}

/* Room for all units of a sentence; what it held is of the one before. */
static bool units_room(name_work *work, uint32_t most)
{
    if (most <= work->units.capacity) return true;
    work->units.at = rap_new(work->scratch, name_unit, (size_t)most * 2);
    work->units.capacity = work->units.at ? most * 2 : 0;
    return work->units.at != NULL;
}

static void fill_unit(const name_work *work, const name_pieces *pieces, uint32_t from,
                      uint32_t to, uint32_t found, name_unit *unit)
{
    const name_piece *a = &pieces->at[from], *b = &pieces->at[to];
    *unit = (name_unit){.span = {a->span.begin, b->span.end},
                        .first = a->token,
                        .last = b->token,
                        .phrase = found,
                        .word = {work->bytes.at + a->word, a->len},
                        .flags = a->flags};
    if (from != to) unit->flags &= (uint8_t)~UNIT_PLAIN;
    if (found != RAP_NONE) {
        unit->is = meanings(&work->knowledge->phrases.at[found], a->flags);
        if (style_of(pieces, from, to) != 2) unit->flags &= (uint8_t)~UNIT_ALL_CAPS;
    }
    /* The closing stop of an abbreviation belongs to it: "U.S.", "Gen." */
    const rap_span token = work->tokens->span[b->token];
    const rap_slice text = work->article->text;
    if (token.end == unit->span.end + 1 && text.at[unit->span.end] == '.')
        unit->span.end++;
    if (work->quoted) unit->flags |= UNIT_QUOTED;
}

static bool token_has_piece(const name_pieces *pieces, uint32_t at, uint32_t token)
{
    return at < pieces->count && pieces->at[at].token == token;
}

/* Opens or closes a quotation: marks only, an apostrophe never. */
static void follow_quotes(const name_work *work, uint32_t token, bool *quoted)
{
    const rap_slice s = rap_cut(work->article->text, work->tokens->span[token]);
    uint32_t at = 0;
    switch (rap_quote_of(rap_utf8_next(s, &at))) {
    case RAP_QUOTE_DOUBLE:
        *quoted = !*quoted;
        break;
    case RAP_QUOTE_DOUBLE_OPEN:
    case RAP_QUOTE_LOW:
    case RAP_QUOTE_GUILLEMET_OPEN:
        *quoted = true;
        break;
    case RAP_QUOTE_DOUBLE_CLOSE:
    case RAP_QUOTE_GUILLEMET_CLOSE:
        *quoted = false;
        break;
    default:
        break;
    }
}

static bool join_units(name_work *work, const name_pieces *pieces, uint32_t sentence)
{
    const rap_tokens *tokens = work->tokens;
    const uint32_t end = tokens->first[sentence + 1];
    uint32_t token = tokens->first[sentence], at = 0;
    if (!units_room(work, end - token + pieces->count)) return false;
    while (token < end) {
        name_unit *unit = &work->units.at[work->units.count++];
        if (!token_has_piece(pieces, at, token)) {
            follow_quotes(work, token, &work->quoted);
            *unit = (name_unit){.span = tokens->span[token],
                                .first = token,
                                .last = token,
                                .phrase = RAP_NONE,
                                .word = {"", 0},
                                .flags = UNIT_MARK};
            token++;
            continue;
        }
        uint32_t to = at;
        const uint32_t found =
            has_bit(work->knowledge->begins, pieces->at[at].bit)
                ? longest(work, pieces, at, &to) /* most words begin no phrase */
                : RAP_NONE;
        fill_unit(work, pieces, at, to, found, unit);
        at = to + 1;
        token = token_has_piece(pieces, at, unit->last) ? unit->last : unit->last + 1;
    }
    return true;
}

/* The capitalised tokens that name_nation.c looks up. */
static bool note_nations(name_work *work, const name_pieces *pieces)
{
    for (uint32_t i = 0; i < pieces->count; i++) {
        const name_piece *p = &pieces->at[i];
        if ((p->flags & UNIT_CAPITAL) && has_bit(work->knowledge->nations, p->bit) &&
            p->span.begin == work->tokens->span[p->token].begin &&
            !rap_push(work->scratch, &work->nations, p->token))
            return false;
    }
    return true;
}

bool units_read(name_work *work, uint32_t sentence)
{
    const rap_tokens *tokens = work->tokens;
    if (!sentence || tokens->zone[sentence] != tokens->zone[sentence - 1])
        work->quoted = false; /* a lost mark harms one paragraph */
    name_pieces pieces = {.at = work->pieces, .capacity = work->pieces_capacity};
    work->bytes.count = work->units.count = 0;
    for (uint32_t t = tokens->first[sentence]; t < tokens->first[sentence + 1]; t++)
        if (!cut_token(work, &pieces, t)) return false;
    work->pieces = pieces.at;
    work->pieces_capacity = pieces.capacity;
    return note_nations(work, &pieces) && join_units(work, &pieces, sentence);
}
