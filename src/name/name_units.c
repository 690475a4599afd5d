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
    uint32_t token;
    uint32_t word, len; /* folded bytes, in pieces.bytes */
    uint8_t flags;
    bool follows; /* no mark but - ' . & / stands before it, in this sentence */
} name_piece;

typedef struct name_pieces {
    RAP_LIST(name_piece) list;
    char *bytes;
    uint32_t used, size;
} name_pieces;

static uint8_t flags_of(rap_slice s)
{
    uint32_t at = 0, upper = 0, lower = 0, first = 0;
    while (at < s.len) {
        const bool begins = at == 0;
        const uint32_t c = rap_utf8_next(s, &at);
        const bool up = c < 128 ? c >= 'A' && c <= 'Z' : rap_is_upper(c);
        if (begins) first = up;
        upper += up;
        lower += c < 128 ? c >= 'a' && c <= 'z' : rap_is_lower(c);
    }
    return (uint8_t)((first ? UNIT_CAPITAL : 0) |
                     (upper && !lower ? UNIT_ALL_CAPS : 0));
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

static bool add_piece(name_work *work, name_pieces *pieces, rap_span span,
                      uint32_t token)
{
    const rap_slice text = work->article->text;
    const rap_slice s = rap_cut(text, span);
    name_piece piece = {.span = span, .token = token, .word = pieces->used};
    if (pieces->size - pieces->used >= WORD_BYTES) {
        const uint32_t len = rap_fold_into(s, pieces->bytes + pieces->used, WORD_BYTES);
        piece.len = len == RAP_NONE ? 0 : len; /* longer than any word we know */
    }
    pieces->used += piece.len;
    piece.flags = flags_of(s);
    if (pieces->list.count) {
        const name_piece *before = &pieces->list.at[pieces->list.count - 1];
        const rap_slice gap = rap_slice_sub(text, before->span.end, span.begin);
        piece.follows =
            work->tokens->sentence[before->token] == work->tokens->sentence[token] &&
            is_bridge(gap);
        bool blank = false;
        for (uint32_t i = gap.len ? 0 : 1; i < gap.len;)
            blank |= rap_is_space(rap_utf8_next(gap, &i));
        if (piece.follows && !blank) piece.flags |= UNIT_JOINED;
    }
    return rap_push(work->scratch, &pieces->list, piece);
}

static bool cut_token(name_work *work, name_pieces *pieces, uint32_t token)
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

/* Style of pieces [from, to]: as style_of() in name_open.c. */
static uint8_t style_of(const name_pieces *pieces, uint32_t from, uint32_t to)
{
    bool all = true;
    for (uint32_t i = from; i <= to; i++)
        all = all && (pieces->list.at[i].flags & UNIT_ALL_CAPS);
    if (all) return 2;
    return pieces->list.at[from].flags & UNIT_CAPITAL ? 1 : 0;
}

/* Longest phrase that begins at piece `from`: its last piece in *to; RAP_NONE if none.
 */
static uint32_t longest(const rap_name_knowledge *knowledge, const name_pieces *pieces,
                        uint32_t from, uint32_t *to)
{
    char key[PHRASE_BYTES];
    uint32_t len = 0, best = RAP_NONE;
    for (uint32_t i = from; i < pieces->list.count; i++) {
        const name_piece *p = &pieces->list.at[i];
        if (!p->len || len + p->len + 1 > sizeof key || (i > from && !p->follows))
            break;
        if (i > from) key[len++] = ' ';
        memcpy(key + len, pieces->bytes + p->word, p->len);
        len += p->len;
        const uint32_t found = rap_map_get(&knowledge->prefix, (rap_slice){key, len});
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

static bool add_unit(name_work *work, uint32_t *capacity, name_unit unit)
{
    if (!rap_list_room(work->scratch, (void **)&work->units.at, work->units.count,
                       capacity, sizeof unit))
        return false;
    work->units.at[work->units.count++] = unit;
    return true;
}

static name_unit unit_of_pieces(const name_work *work, const name_pieces *pieces,
                                uint32_t from, uint32_t to, uint32_t found)
{
    const name_piece *a = &pieces->list.at[from], *b = &pieces->list.at[to];
    name_unit unit = {.span = {a->span.begin, b->span.end},
                      .first = a->token,
                      .last = b->token,
                      .phrase = found,
                      .word = {pieces->bytes + a->word, a->len},
                      .flags = a->flags};
    if (found != RAP_NONE) {
        unit.is = meanings(&work->knowledge->phrases.at[found], a->flags);
        if (style_of(pieces, from, to) != 2) unit.flags &= (uint8_t)~UNIT_ALL_CAPS;
    }
    /* The closing stop of an abbreviation belongs to it: "U.S.", "Gen." */
    const rap_span token = work->tokens->span[b->token];
    const rap_slice text = work->article->text;
    if (token.end == unit.span.end + 1 && text.at[unit.span.end] == '.')
        unit.span.end++;
    return unit;
}

static bool token_has_piece(const name_pieces *pieces, uint32_t at, uint32_t token)
{
    return at < pieces->list.count && pieces->list.at[at].token == token;
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

static bool read_sentence(name_work *work, const name_pieces *pieces, uint32_t sentence,
                          uint32_t *at, uint32_t *capacity, bool *quoted)
{
    const rap_tokens *tokens = work->tokens;
    uint32_t token = tokens->first[sentence];
    while (token < tokens->first[sentence + 1]) {
        if (!token_has_piece(pieces, *at, token)) {
            follow_quotes(work, token, quoted);
            const name_unit mark = {.span = tokens->span[token],
                                    .first = token,
                                    .last = token,
                                    .phrase = RAP_NONE,
                                    .word = {"", 0},
                                    .flags = UNIT_MARK};
            if (!add_unit(work, capacity, mark)) return false;
            token++;
            continue;
        }
        uint32_t to = *at;
        const uint32_t found = longest(work->knowledge, pieces, *at, &to);
        name_unit unit = unit_of_pieces(work, pieces, *at, to, found);
        if (*quoted) unit.flags |= UNIT_QUOTED;
        if (!add_unit(work, capacity, unit)) return false;
        *at = to + 1;
        token = token_has_piece(pieces, *at, unit.last) ? unit.last : unit.last + 1;
    }
    return true;
}

bool units_read(name_work *work)
{
    const rap_tokens *tokens = work->tokens;
    const uint32_t text_len = work->article->text.len;
    name_pieces pieces = {.size = text_len + text_len / 2 + 2 * WORD_BYTES};
    pieces.bytes = rap_new(work->scratch, char, pieces.size);
    work->units.first = rap_new(work->scratch, uint32_t, (size_t)tokens->sentences + 1);
    if (!pieces.bytes || !work->units.first) return false;
    for (uint32_t t = 0; t < tokens->count; t++)
        if (!cut_token(work, &pieces, t)) return false;

    uint32_t at = 0, capacity = 0, zone = RAP_NONE;
    bool quoted = false;
    for (uint32_t s = 0; s < tokens->sentences; s++) {
        if (tokens->zone[s] != zone)
            quoted = false; /* a lost mark harms one paragraph */
        zone = tokens->zone[s];
        work->units.first[s] = work->units.count;
        if (!read_sentence(work, &pieces, s, &at, &capacity, &quoted)) return false;
    }
    work->units.first[tokens->sentences] = work->units.count;
    return true;
}
