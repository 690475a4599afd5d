/*
 * article_blocks.c - cut a plain text into blocks and describe each.
 *
 * Reads   the text; the cue phrases.
 * Writes  rap_article_blocks: one block a line, or a paragraph where lines were
 * wrapped. Method  lines are joined only if many of them break before a small letter,
 * as text wrapped at a column does. Repeats are found by a hash of the letters and
 * digits. Cost    linear in bytes.
 */
#include "article_private.h"

enum { CAPTION_WORDS = 60, PAREN_WORDS = 6, LINE_WORDS = 16, HEAD_BLOCKS = 12 };

/* ---- cutting -------------------------------------------------------------------- */

rap_span rap_article_trim(rap_slice text, rap_span span)
{
    while (span.begin < span.end) {
        uint32_t next = span.begin;
        if (!rap_is_space(rap_utf8_next(text, &next))) break;
        span.begin = next;
    }
    while (span.begin < span.end) {
        uint32_t before = span.end;
        if (!rap_is_space(rap_utf8_back(text, &before))) break;
        span.end = before;
    }
    return span;
}

/* The next line at `*at`, trimmed, empty for a blank one; moves `*at` past its end. */
static rap_span next_line(rap_slice text, uint32_t *at)
{
    const uint32_t begin = *at;
    uint32_t end = begin;
    while (end < text.len && text.at[end] != '\n' && text.at[end] != '\r') end++;
    *at = end;
    if (end < text.len)
        *at = end +
              (text.at[end] == '\r' && end + 1 < text.len && text.at[end + 1] == '\n'
                   ? 2
                   : 1);
    return rap_article_trim(text, (rap_span){begin, end});
}

static bool starts_lower(rap_slice text, rap_span span)
{
    uint32_t at = span.begin;
    return at < span.end && rap_is_lower(rap_utf8_next(text, &at));
}

/* Lines were wrapped at a column: a fair share of the lines go on with a small letter.
 */
static bool is_wrapped(rap_slice text)
{
    uint32_t pairs = 0, lower = 0;
    rap_span last = {0, 0};
    for (uint32_t at = 0; at < text.len;) {
        const rap_span line = next_line(text, &at);
        if (last.begin < last.end && line.begin < line.end) {
            pairs++;
            const uint32_t len = last.end - last.begin;
            lower += len >= 40 && len <= 160 && starts_lower(text, line);
        }
        last = line;
    }
    return lower >= 3 && lower * 3 >= pairs;
}

static bool push_block(rap_arena *scratch, rap_article_blocks *out, uint32_t *capacity,
                       rap_span span, bool gap)
{
    if (!rap_list_room(scratch, (void **)&out->at, out->count, capacity,
                       sizeof *out->at))
        return false;
    out->at[out->count++] = (rap_article_block){.span = span,
                                                .looks = gap ? RAP_LOOK_GAP : 0,
                                                .same = RAP_NONE,
                                                .cue_at = RAP_NONE,
                                                .kind = RAP_ZONE_BODY};
    return true;
}

/* `join` 0: each line is a block; else lines at least that long take up the next one.
 */
static rap_status cut(rap_slice text, uint32_t join, rap_arena *scratch,
                      rap_article_blocks *out, rap_error *err)
{
    *out = (rap_article_blocks){.title = RAP_NONE};
    uint32_t capacity = 0, gaps = 0, last_len = 0;
    bool gap = true;
    for (uint32_t at = 0; at < text.len;) {
        const rap_span line = next_line(text, &at);
        if (line.begin == line.end) {
            gap = true;
            continue;
        }
        if (!gap && join && last_len >= join)
            out->at[out->count - 1].span.end = line.end;
        else if (!push_block(scratch, out, &capacity, line, gap))
            return rap_fail(err, RAP_E_NOMEM, line.begin, "%u blocks of text",
                            out->count);
        gaps += gap;
        gap = false;
        last_len = line.end - line.begin;
    }
    out->body_end = out->count;
    out->spaced = gaps * 10 >= out->count * 4;
    return RAP_OK;
}

rap_status rap_article_paragraphs(rap_slice text, rap_arena *scratch,
                                  rap_article_blocks *out, rap_error *err)
{
    return cut(text, 1, scratch, out, err);
}

/* ---- looks: the end --------------------------------------------------------- */

static bool is_closing(uint32_t c)
{
    const rap_quote quote = rap_quote_of(c);
    return c == ')' || c == ']' ||
           (quote != RAP_QUOTE_NONE && quote != RAP_QUOTE_DOUBLE_OPEN &&
            quote != RAP_QUOTE_LOW && quote != RAP_QUOTE_GUILLEMET_OPEN &&
            quote != RAP_QUOTE_SINGLE_OPEN);
}

static uint32_t look_at_end(rap_slice text, rap_span span)
{
    uint32_t at = span.end, looks = 0, c = 0;
    while (at > span.begin) {
        c = rap_utf8_back(text, &at);
        if (!is_closing(c)) break;
        looks |= RAP_LOOK_CLOSED;
    }
    if (c == '.' || c == '!' || c == '?' || c == 0x2026) looks |= RAP_LOOK_TERMINAL;
    if (c == ',' || c == ';' || c == ':') looks |= RAP_LOOK_OPEN;
    /* "U.S." ends in a stop that ends no sentence. */
    if (c == '.' && (at < span.begin + 2 || text.at[at - 2] != '.'))
        looks |= RAP_LOOK_FULL_STOP;
    return looks;
}

static uint32_t look_at_parenthesis(const rap_article_knowledge *knowledge,
                                    rap_slice text, rap_span span)
{
    const char close = text.at[span.end - 1];
    if (close != ')' && close != ']') return 0;
    const uint32_t least = span.end - span.begin > 80 ? span.end - 80 : span.begin;
    uint32_t at = span.end - 1;
    while (at > least && text.at[at] != '(' && text.at[at] != '[') at--;
    if (at == least) return 0;
    rap_cue_words words;
    rap_article_words(knowledge, text, (rap_span){at, span.end}, &words);
    return words.total && words.total <= PAREN_WORDS ? RAP_LOOK_PAREN : 0;
}

/* ---- looks: the beginning --------------------------------------------------- */

/* "1. ", "12) ", "- ", "• ", "* ". */
static uint32_t look_at_marker(rap_slice text, rap_article_block *block)
{
    uint32_t at = block->span.begin, value = 0, digits = 0;
    while (at < block->span.end && digits < 4 && text.at[at] >= '0' &&
           text.at[at] <= '9')
        value = value * 10 + (uint32_t)(text.at[at++] - '0'), digits++;
    const bool point =
        digits && at < block->span.end && (text.at[at] == '.' || text.at[at] == ')');
    if (point && at + 1 < block->span.end &&
        (text.at[at + 1] == ' ' || text.at[at + 1] == '\t')) {
        block->number = value;
        return RAP_LOOK_NUMBERED;
    }
    at = block->span.begin;
    const uint32_t c = rap_utf8_next(text, &at);
    const bool mark = c == 0x2022 || c == 0xB7 || c == '*' || c == 0x25CF ||
                      c == 0x25AA || c == 0xBB || rap_is_dash(c);
    if (!mark || at >= block->span.end) return 0;
    return rap_is_space(rap_utf8_next(text, &at)) ? RAP_LOOK_BULLET : 0;
}

static uint32_t look_at_letters(const rap_cue_words *words, rap_slice text,
                                rap_span span)
{
    uint32_t at = span.begin, c = 0;
    while (at < span.end && !rap_is_letter(c = rap_utf8_next(text, &at)) &&
           !rap_is_digit(c))
        continue;
    uint32_t looks = rap_is_upper(c) ? RAP_LOOK_UPPER : 0;
    if (words->total < 1 || words->total > 5) return looks;
    bool outlet = false, all = true, single = words->total == 1;
    for (uint32_t i = 0; i < words->count; i++) {
        const rap_cue_word *word = &words->at[i];
        outlet |= (word->terms & RAP_TERM_OUTLET) != 0;
        if (word->upper ||
            (i && word->terms & (RAP_TERM_PERSON | RAP_TERM_JOINER | RAP_TERM_OUTLET)))
            continue;
        all = false;
    }
    for (at = span.begin; all && at < span.end;) {
        c = rap_utf8_next(text, &at);
        all = rap_is_letter(c) || rap_is_space(c) || c == '.' || c == '&' ||
              rap_is_dash(c) || rap_quote_of(c) == RAP_QUOTE_SINGLE ||
              rap_quote_of(c) == RAP_QUOTE_SINGLE_CLOSE;
    }
    if (!all) return looks;
    if (outlet && !single) looks |= RAP_LOOK_OUTLET;
    return single ? looks : looks | RAP_LOOK_NAME;
}

/* ---- looks: markup ---------------------------------------------------------- */

static bool holds(rap_slice s, const char *what)
{
    return rap_slice_find(s, rap_slice_of(what), 0) < s.len;
}

static uint32_t look_for_markup(rap_slice text, rap_span span)
{
    const rap_slice s = rap_cut(text, span);
    if (s.at[0] == '<' || rap_slice_starts(s, "![") || rap_slice_starts(s, "!--"))
        return RAP_LOOK_RESIDUE;
    uint32_t marks = 0;
    const uint32_t looked = s.len < 400 ? s.len : 400;
    for (uint32_t i = 0; i < looked; i++)
        marks += strchr("<>{}[]=;_\\", s.at[i]) != NULL;
    const rap_slice start = {s.at, looked};
    const bool tags = holds(start, "-->") || holds(start, "<!--") ||
                      holds(start, "</") || holds(start, "/>");
    if (marks * 100 > looked * 15 || (tags && looked < 200)) return RAP_LOOK_RESIDUE;
    const bool address = rap_slice_starts(s, "http://") ||
                         rap_slice_starts(s, "https://") || rap_slice_starts(s, "www.");
    return address && !memchr(s.at, ' ', s.len) ? RAP_LOOK_URL : 0;
}

/* The separator that begins at `at`: its bytes, or 0. */
static bool is_bar(uint32_t c)
{
    return c == '|' || c == 0xBB || c == '>' || c == 0x203A || c == 0xB7 ||
           c == 0x2022 || c == '/';
}

/* "Home » News » Politics": three pieces or more, each of a few words. */
static uint32_t look_for_navigation(const rap_cue_words *words, rap_slice text,
                                    rap_span span)
{
    if (words->total > 24 || span.end - span.begin > 240) return 0;
    uint32_t bars = 0, odd = 0;
    for (uint32_t at = span.begin; at < span.end;) {
        const uint32_t begin = at;
        const uint32_t c = rap_utf8_next(text, &at);
        if (!is_bar(c)) continue;
        const bool parted = begin > span.begin && text.at[begin - 1] == ' ' &&
                            at < span.end && text.at[at] == ' ';
        bars += parted;
        odd += c == 0xBB || c == '>' || c == 0x203A;
    }
    return (bars >= 2 || (bars && odd)) && words->total <= (bars + 1) * 4 ? RAP_LOOK_NAV
                                                                          : 0;
}

/* "Jane Doe | The Herald": names between bars. */
static uint32_t look_for_pieces(const rap_cue_words *words, rap_slice text,
                                rap_span span)
{
    if (words->total < 2 || words->total > 10) return 0;
    if (rap_slice_find(rap_cut(text, span), RAP_LIT(" | "), 0) >= span.end - span.begin)
        return 0;
    for (uint32_t i = 0; i < words->count; i++) {
        const uint32_t small = RAP_TERM_JOINER | RAP_TERM_PERSON | RAP_TERM_OUTLET;
        if (!words->at[i].upper && !(i && words->at[i].terms & small)) return 0;
    }
    return RAP_LOOK_PIECES;
}

/* "Jane Doe in Geneva": two or three capitals, a word of place, capitals. */
static uint32_t look_for_signature(const rap_cue_words *words)
{
    if (words->total < 4 || words->total > 7) return 0;
    uint32_t name = 0;
    while (name < words->count && words->at[name].upper) name++;
    if (name < 2 || name > 3 || name + 1 >= words->count) return 0;
    if (!(words->at[name].terms & RAP_TERM_PLACE)) return 0;
    for (uint32_t i = name + 1; i < words->count; i++)
        if (!words->at[i].upper) return 0;
    return RAP_LOOK_SIGNED;
}

/* "News | Conflict", "Commentary / Lake States": a label among short pieces. */
static bool is_label_row(const rap_article_knowledge *knowledge, rap_slice text,
                         rap_span span, const rap_cue_words *words)
{
    if (words->total > 6 || words->total < 2) return false;
    uint32_t begin = span.begin;
    bool parted = false, label = false;
    for (uint32_t at = span.begin; at <= span.end; at++) {
        const bool bar = at < span.end && strchr("|/>", text.at[at]) && text.at[at];
        if (at < span.end && !bar) continue;
        parted |= bar;
        rap_cue_words piece;
        uint32_t ignored;
        rap_article_words(knowledge, text, (rap_span){begin, at}, &piece);
        label |= (rap_article_cues(knowledge, &piece, &ignored) &
                  RAP_CUE_BIT(RAP_CUE_LABEL)) != 0;
        begin = at + 1;
    }
    return parted && label;
}

/* ---- looks: dates ----------------------------------------------------------- */

static bool holds_bar(rap_slice text, rap_span span)
{
    for (uint32_t at = span.begin; at < span.end;) {
        const uint32_t c = rap_utf8_next(text, &at);
        if (c == '|' || c == 0xB7 || c == 0x2022 || c == 0x2014 || c == 0x2013 ||
            c == '/')
            return true;
    }
    return false;
}

/* "14:07", "9.47 pm": two numbers with a colon between. */
static bool is_time(const rap_cue_words *words, uint32_t i)
{
    return i + 1 < words->count && words->at[i].number && words->at[i].colon &&
           words->at[i + 1].number &&
           words->at[i + 1].span.begin == words->at[i].span.end + 1;
}

/* Words that belong to no date, in a line that holds one; RAP_NONE if it holds none. */
static uint32_t words_beside_date(const rap_article_knowledge *knowledge,
                                  rap_slice text, rap_span span,
                                  const rap_cue_words *words, bool *capital)
{
    rap_date date;
    const rap_slice line = rap_cut(text, span);
    rap_span found = rap_date_find(knowledge->calendar, line, 0, &date);
    bool dated = found.begin < found.end, month = false, figure = false;
    found.begin += span.begin, found.end += span.begin;
    uint32_t beside = 0, figures = 0;
    *capital = true;
    for (uint32_t i = 0; i < words->count; i++) {
        const rap_cue_word *word = &words->at[i];
        if (dated && rap_span_overlaps(word->span, found)) continue;
        const rap_slice letters = rap_cut(text, word->span);
        const bool is_month = rap_calendar_month(knowledge->calendar, letters) != 0;
        const bool digit = letters.at[0] >= '0' && letters.at[0] <= '9';
        month |= is_month;
        figure |= digit;
        figures += word->number;
        if (is_month || digit || word->terms & RAP_TERM_CLOCK) continue;
        if (rap_calendar_weekday(knowledge->calendar, letters) < 7) continue;
        beside++;
        if (!word->upper &&
            !(word->terms & (RAP_TERM_JOINER | RAP_TERM_PERSON | RAP_TERM_OUTLET)))
            *capital = false;
    }
    dated |= month && figure;
    dated |= beside == 0 && figures >= 3; /* "03/04/2023": the order is not settled */
    return dated ? beside : RAP_NONE;
}

static uint32_t look_for_date(const rap_article_knowledge *knowledge, rap_slice text,
                              const rap_article_block *block,
                              const rap_cue_words *words)
{
    uint32_t looks = 0;
    for (uint32_t i = 0; i + 1 < words->count && i < LINE_WORDS; i++) {
        if (!is_time(words, i)) continue;
        looks |= RAP_LOOK_TIME;
        const bool seconds = is_time(words, i + 1);
        if (i < 8 && words->at[i + 1].colon && !seconds && words->total > i + 2)
            looks |= RAP_LOOK_STAMPED;
    }
    if (words->total > LINE_WORDS + 8 || block->span.end - block->span.begin > 240)
        return looks;
    bool capital;
    const uint32_t beside =
        words_beside_date(knowledge, text, block->span, words, &capital);
    if (beside == RAP_NONE) return looks;
    const uint32_t told = RAP_CUE_BIT(RAP_CUE_PUBLISHED) |
                          RAP_CUE_BIT(RAP_CUE_UPDATED) | RAP_CUE_BIT(RAP_CUE_BYLINE) |
                          RAP_CUE_BIT(RAP_CUE_SOURCE);
    if (beside == 0) return looks | RAP_LOOK_DATELINE | RAP_LOOK_BARE;
    const bool stop = block->looks & RAP_LOOK_FULL_STOP && !(block->cues & told);
    if (stop || words->total > LINE_WORDS || looks & RAP_LOOK_STAMPED) return looks;
    if (block->cues & told && beside <= 7) return looks | RAP_LOOK_DATELINE;
    const bool parted = holds_bar(text, block->span) || looks & RAP_LOOK_TIME;
    if (capital && beside <= (parted ? 6u : 2u)) return looks | RAP_LOOK_DATELINE;
    return looks;
}

/* ---- one block -------------------------------------------------------------- */

static uint32_t look_for_quotes(rap_slice text, rap_span span)
{
    for (uint32_t at = span.begin; at < span.end;) {
        const uint32_t c = rap_utf8_next(text, &at);
        const rap_quote quote =
            c == '"' || c >= 0x80 ? rap_quote_of(c) : RAP_QUOTE_NONE;
        if (quote == RAP_QUOTE_DOUBLE || quote == RAP_QUOTE_DOUBLE_OPEN ||
            quote == RAP_QUOTE_GUILLEMET_OPEN || quote == RAP_QUOTE_LOW)
            return RAP_LOOK_QUOTES;
    }
    return 0;
}

/* "(left)", ", right,": where persons stand in a picture. */
static uint32_t look_for_sides(rap_slice text, rap_span span,
                               const rap_cue_words *words)
{
    for (uint32_t i = 1; i < words->count; i++) {
        const rap_cue_word *word = &words->at[i];
        if (!(word->terms & RAP_TERM_SIDE) || word->span.end >= span.end) continue;
        const char before = text.at[word->span.begin - 1],
                   after = text.at[word->span.end];
        const char earlier =
            word->span.begin > span.begin + 1 ? text.at[word->span.begin - 2] : 0;
        if (before == '(' && after == ')') return RAP_LOOK_SIDES;
        if (before == ' ' && earlier == ',' && after == ',') return RAP_LOOK_SIDES;
    }
    return 0;
}

static uint64_t key_of(rap_slice text, rap_span span)
{
    uint64_t hash = 14695981039346656037u;
    for (uint32_t at = span.begin; at < span.end;) {
        const uint32_t c = rap_utf8_next(text, &at);
        if (rap_is_letter(c) || rap_is_digit(c))
            hash = (hash ^ rap_lower(c)) * 1099511628211u;
    }
    return hash ^ hash >> 32;
}

/* First person pronouns outside quotations. */
static uint32_t count_self(const rap_cue_words *words, rap_slice text, rap_span span)
{
    uint32_t count = 0, at = span.begin;
    bool quoted = false;
    for (uint32_t i = 0; i < words->count; i++) {
        if (!(words->at[i].terms & RAP_TERM_SELF)) continue;
        while (at < words->at[i].span.begin) {
            const rap_quote quote = rap_quote_of(rap_utf8_next(text, &at));
            if (quote == RAP_QUOTE_DOUBLE)
                quoted = !quoted;
            else if (quote == RAP_QUOTE_DOUBLE_OPEN)
                quoted = true;
            else if (quote == RAP_QUOTE_DOUBLE_CLOSE)
                quoted = false;
        }
        count += !quoted;
    }
    return count;
}

static void describe(const rap_article_knowledge *knowledge, rap_slice text,
                     rap_article_block *block)
{
    rap_cue_words words;
    const rap_span span = block->span;
    rap_article_words(knowledge, text, span, &words);
    block->words = words.total;
    block->self = count_self(&words, text, span);
    block->key = key_of(text, span);
    block->cues = rap_article_cues(knowledge, &words, &block->cue_at);
    block->looks |= look_at_end(text, span) | look_at_marker(text, block) |
                    look_at_letters(&words, text, span) | look_for_markup(text, span) |
                    look_for_navigation(&words, text, span) |
                    look_for_quotes(text, span);
    block->looks |= look_at_parenthesis(knowledge, text, span) |
                    look_for_sides(text, span, &words) |
                    look_for_pieces(&words, text, span) | look_for_signature(&words);
    if (is_label_row(knowledge, text, span, &words))
        block->cues |= RAP_CUE_BIT(RAP_CUE_LABEL);
    block->looks |= look_for_date(knowledge, text, block, &words);
    if (block->looks & RAP_LOOK_DATELINE) block->looks &= ~(uint32_t)RAP_LOOK_NAV;
}

/* ---- repeats ---------------------------------------------------------------- */

typedef struct repeats { /* open addressing: key -> index of the first block + 1 */
    uint64_t *key;
    uint32_t *index;
    uint32_t mask;
} repeats;

static uint32_t *repeat_slot(const repeats *table, uint64_t key)
{
    uint32_t i = (uint32_t)key & table->mask;
    while (table->index[i] && table->key[i] != key) i = (i + 1) & table->mask;
    table->key[i] = key;
    return &table->index[i];
}

/* Captions also stand under their words before the credit, so that a later line without
 * the credit is seen to be the same. */
static void note_repeat(const repeats *table, rap_slice text,
                        rap_article_blocks *blocks, uint32_t i)
{
    rap_article_block *block = &blocks->at[i];
    uint32_t *slot = repeat_slot(table, block->key);
    if (*slot) {
        block->same = *slot - 1;
        block->stem = blocks->at[block->same].key != block->key;
    } else {
        *slot = i + 1;
    }
    if (!block->caption || block->cue_at == RAP_NONE) return;
    slot =
        repeat_slot(table, key_of(text, (rap_span){block->span.begin, block->cue_at}));
    if (!*slot) *slot = i + 1;
}

static rap_status find_repeats(rap_slice text, rap_article_blocks *blocks,
                               rap_arena *scratch, rap_error *err)
{
    uint32_t size = 16;
    while (size / 4 < blocks->count && size < UINT32_MAX / 4) size *= 2;
    const repeats table = {rap_new(scratch, uint64_t, size),
                           rap_new(scratch, uint32_t, size), size - 1};
    if (!table.key || !table.index)
        return rap_fail(err, RAP_E_NOMEM, 0, "%u blocks of text", blocks->count);
    for (uint32_t i = 0; i < blocks->count; i++)
        if (blocks->at[i].words) note_repeat(&table, text, blocks, i);
    return RAP_OK;
}

/* ---- captions --------------------------------------------------------------- */

static bool has(const rap_article_block *block, rap_cue cue)
{
    return block->cues & RAP_CUE_BIT(cue);
}

/* "... / AFP", "... | Reuters": a credit behind a separator at the end. */
static bool ends_in_credit(rap_slice text, const rap_article_block *block)
{
    if (!has(block, RAP_CUE_CREDIT_END)) return false;
    if (block->looks & RAP_LOOK_PAREN) return true;
    const uint32_t least = block->span.end > block->span.begin + 40
                               ? block->span.end - 40
                               : block->span.begin;
    for (uint32_t at = block->span.end; at > least + 1; at--)
        if (strchr("/|", text.at[at - 1]) && text.at[at - 1]) return true;
    return false;
}

static bool is_caption(rap_slice text, const rap_article_blocks *blocks, uint32_t i)
{
    const rap_article_block *block = &blocks->at[i];
    if (block->words > CAPTION_WORDS || has(block, RAP_CUE_CREDIT)) return false;
    const bool early = i < HEAD_BLOCKS;
    if (has(block, RAP_CUE_CAPTION)) return true;
    if (block->words <= 45 && ends_in_credit(text, block) && block->words >= 5)
        return early || !(block->looks & RAP_LOOK_FULL_STOP) || block->words <= 35;
    if (!early || !i) return false;
    if (block->looks & RAP_LOOK_SIDES && block->words <= 45) return true;
    const bool next_is_credit = i + 1 < blocks->count &&
                                has(&blocks->at[i + 1], RAP_CUE_CREDIT) &&
                                !(blocks->at[i + 1].looks & RAP_LOOK_GAP);
    if (next_is_credit && blocks->spaced && block->words >= 5) return true;
    return block->looks & RAP_LOOK_PAREN && block->words >= 8 && block->words <= 45 &&
           !(block->looks & RAP_LOOK_TERMINAL);
}

rap_status rap_article_blocks_of(const rap_article_knowledge *knowledge, rap_slice text,
                                 rap_arena *scratch, rap_article_blocks *out,
                                 rap_error *err)
{
    rap_status status = cut(text, is_wrapped(text) ? 40 : 0, scratch, out, err);
    if (status) return status;
    for (uint32_t i = 0; i < out->count; i++) describe(knowledge, text, &out->at[i]);
    for (uint32_t i = 0; i < out->count; i++)
        out->at[i].caption = is_caption(text, out, i);
    return find_repeats(text, out, scratch, err);
}

/* ---- zones ------------------------------------------------------------------ */

rap_status rap_article_zones(const rap_article_blocks *blocks, rap_arena *arena,
                             rap_article *out, rap_error *err)
{
    rap_zone *zone = rap_new(arena, rap_zone, blocks->count);
    if (!zone) return rap_fail(err, RAP_E_NOMEM, 0, "%u zones", blocks->count);
    for (uint32_t i = 0; i < blocks->count; i++) {
        const rap_article_block *block = &blocks->at[i];
        assert(block->span.begin < block->span.end);
        assert(!i || blocks->at[i - 1].span.end <= block->span.begin);
        zone[i] = (rap_zone){block->span, block->kind, block->sub, block->same};
    }
    out->zone = zone;
    out->zones = blocks->count;
    return RAP_OK;
}
