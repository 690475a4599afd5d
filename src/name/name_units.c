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
    uint32_t word; /* folded bytes, in work->bytes */
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

/* Folds ASCII `s` into out[s.len] and sets *flags; false at the first other byte. */
static bool fold_ascii(rap_slice s, char *out, uint8_t *flags)
{
    uint32_t upper = 0, lower = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        const unsigned char c = (unsigned char)s.at[i];
        if (c >= 128) return false;
        const bool up = c >= 'A' && c <= 'Z';
        upper += up;
        lower += c >= 'a' && c <= 'z';
        out[i] = (char)(up ? c + ('a' - 'A') : c);
    }
    *flags = flags_of_counts(s.at[0] >= 'A' && s.at[0] <= 'Z', upper, lower);
    return true;
}

/* Room for one more word in work->bytes. */
static bool bytes_room(name_work *work)
{
    const uint32_t need = work->bytes.count + WORD_BYTES;
    if (need <= work->bytes.capacity) return true;
    const uint32_t wider = need * 2;
    char *moved = rap_new(work->scratch, char, wider);
    if (!moved) return false;
    if (work->bytes.count) memcpy(moved, work->bytes.at, work->bytes.count);
    work->bytes.at = moved;
    work->bytes.capacity = wider;
    return true;
}

/* The bytes have room for it. Longer than any word we know: no folded form. */
static void fold_piece(name_work *work, rap_slice s, name_piece *piece)
{
    char *out = work->bytes.at + work->bytes.count;
    uint32_t len = s.len;
    if (s.len > WORD_BYTES || !fold_ascii(s, out, &piece->flags)) {
        piece->flags = flags_of(s);
        len = rap_fold_into(s, out, WORD_BYTES);
        if (len == RAP_NONE) len = 0;
    }
    piece->len = (uint8_t)len;
    work->bytes.count += len;
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

/* Does the piece go on from the one before it? */
static void join_piece(const name_work *work, const name_piece *before,
                       name_piece *piece)
{
    const rap_slice text = work->article->text;
    const rap_slice gap = rap_slice_sub(text, before->span.end, piece->span.begin);
    if (gap.len == 1 && gap.at[0] == ' ') { /* nearly always */
        piece->follows = true;
        return;
    }
    piece->follows = is_bridge(gap);
    bool blank = false;
    for (uint32_t i = 0; i < gap.len;) blank |= rap_is_space(rap_utf8_next(gap, &i));
    if (piece->follows && !blank) piece->flags |= UNIT_JOINED;
}

/* One more piece, to be filled by the caller; NULL when the arena refused. */
static name_piece *next_piece(name_work *work, name_pieces *pieces, rap_span span,
                              uint32_t token)
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
    fold_piece(work, rap_cut(work->article->text, span), piece);
    if (pieces->count > 1) join_piece(work, piece - 1, piece);
    return true;
}

static bool is_ascii_upper(uint32_t c)
{
    return c - 'A' < 26;
}

static bool is_ascii_word_char(uint32_t c)
{
    return (c | 32) - 'a' < 26 || c - '0' < 10;
}

/* Folds `len` ASCII letters and digits into `out`; false at the first other byte. */
static bool fold_word(const char *s, uint32_t len, char *out, uint8_t *flags)
{
    uint32_t upper = 0, lower = 0;
    for (uint32_t i = 0; i < len; i++) {
        const uint32_t c = (uint8_t)s[i];
        if (!is_ascii_word_char(c)) return false;
        const uint32_t up = is_ascii_upper(c);
        upper += up;
        lower += c >= 'a';
        out[i] = (char)(c | up << 5);
    }
    *flags = flags_of_counts(is_ascii_upper((uint8_t)s[0]), upper, lower);
    return true;
}

/* The token as one piece, if it is a plain word: most are. *done tells; false when the
 * arena refused. */
static bool add_whole(name_work *work, name_pieces *pieces, uint32_t token, bool *done)
{
    const rap_span span = work->tokens->span[token];
    const uint32_t len = span.end - span.begin;
    uint8_t flags;
    if (!bytes_room(work)) return false;
    *done = len <= WORD_BYTES && fold_word(work->article->text.at + span.begin, len,
                                           work->bytes.at + work->bytes.count, &flags);
    if (!*done) return true;
    name_piece *piece = next_piece(work, pieces, span, token);
    if (!piece) return false;
    piece->len = (uint8_t)len;
    piece->flags = flags;
    work->bytes.count += len;
    if (pieces->count > 1) join_piece(work, piece - 1, piece);
    return true;
}

static bool cut_token(name_work *work, name_pieces *pieces, uint32_t token)
{
    bool done;
    if (!add_whole(work, pieces, token, &done)) return false;
    if (done) return true;
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
        all = all && (pieces->at[i].flags & UNIT_ALL_CAPS);
    if (all) return 2;
    return pieces->at[from].flags & UNIT_CAPITAL ? 1 : 0;
}

/* What the lists have for a single word, whose bit is `bit`. */
static uint32_t find_word(name_work *work, rap_slice word, uint32_t bit)
{
    if (word.len > 8) return rap_map_get(&work->knowledge->prefix, word);
    /* The bytes behind a word may be read: bytes_room. */
    const uint64_t bytes = rap_eight_bytes(word.at) << (8 - word.len) * 8;
    struct name_memo *memo = &work->memo[bit % MEMO];
    if (memo->word != bytes)
        *memo = (struct name_memo){bytes, rap_map_get(&work->knowledge->prefix, word)};
    return memo->found;
}

/* Longest phrase that begins at piece `from`: its last piece in *to; RAP_NONE if none.
 */
static uint32_t longest(name_work *work, const name_pieces *pieces, uint32_t from,
                        uint32_t *to)
{
    const rap_name_knowledge *knowledge = work->knowledge;
    const name_piece *begin = &pieces->at[from];
    const uint32_t bit = begin_bit(work->bytes.at + begin->word, begin->len);
    if (!(knowledge->begins[bit / 64] >> bit % 64 & 1)) return RAP_NONE;
    char key[PHRASE_BYTES];
    uint32_t len = 0, best = RAP_NONE;
    for (uint32_t i = from; i < pieces->count; i++) {
        const name_piece *p = &pieces->at[i];
        if (!p->len || len + p->len + 1 > sizeof key || (i > from && !p->follows))
            break;
        /* The first word is looked up where it stands; most phrases end there. */
        if (i == from + 1) {
            const uint32_t pair =
                pair_bit(bit, begin_bit(work->bytes.at + p->word, p->len));
            if (!(knowledge->pairs[pair / 64] >> pair % 64 & 1)) break;
            memcpy(key, work->bytes.at + begin->word, len);
        }
        if (i > from) key[len++] = ' ';
        if (i > from) memcpy(key + len, work->bytes.at + p->word, p->len);
        len += p->len;
        const uint32_t found =
            i > from
                ? rap_map_get(&knowledge->prefix, (rap_slice){key, len})
                : find_word(work, (rap_slice){work->bytes.at + begin->word, len}, bit);
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

/* One more unit, to be filled by the caller; NULL when the arena refused. */
static name_unit *next_unit(name_work *work)
{
    return rap_push(work->scratch, &work->units, (name_unit){.phrase = RAP_NONE})
               ? &work->units.at[work->units.count - 1]
               : NULL;
}

static void fill_unit(const name_work *work, const name_pieces *pieces, uint32_t from,
                      uint32_t to, uint32_t found, name_unit *unit)
{
    const name_piece *a = &pieces->at[from], *b = &pieces->at[to];
    unit->span = (rap_span){a->span.begin, b->span.end};
    unit->first = a->token;
    unit->last = b->token;
    unit->phrase = found;
    unit->word = (rap_slice){work->bytes.at + a->word, a->len};
    unit->flags = a->flags;
    if (found != RAP_NONE) {
        unit->is = meanings(&work->knowledge->phrases.at[found], a->flags);
        if (style_of(pieces, from, to) != 2) unit->flags &= (uint8_t)~UNIT_ALL_CAPS;
    }
    /* The closing stop of an abbreviation belongs to it: "U.S.", "Gen." */
    const rap_span token = work->tokens->span[b->token];
    const rap_slice text = work->article->text;
    if (token.end == unit->span.end + 1 && text.at[unit->span.end] == '.')
        unit->span.end++;
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
    uint32_t token = tokens->first[sentence], at = 0;
    while (token < tokens->first[sentence + 1]) {
        if (!token_has_piece(pieces, at, token)) {
            follow_quotes(work, token, &work->quoted);
            name_unit *mark = next_unit(work);
            if (!mark) return false;
            mark->span = tokens->span[token];
            mark->first = mark->last = token;
            mark->word = (rap_slice){"", 0};
            mark->flags = UNIT_MARK;
            token++;
            continue;
        }
        uint32_t to = at;
        const uint32_t found = longest(work, pieces, at, &to);
        name_unit *unit = next_unit(work);
        if (!unit) return false;
        fill_unit(work, pieces, at, to, found, unit);
        if (work->quoted) unit->flags |= UNIT_QUOTED;
        at = to + 1;
        token = token_has_piece(pieces, at, unit->last) ? unit->last : unit->last + 1;
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
    return join_units(work, &pieces, sentence);
}
