/*
 * article_meta.c - what a document says of itself: author, outlet, date, language,
 * kind.
 *
 * Reads   blocks with their zones; what was given.
 * Writes  the metadata of rap_article.
 * Method  only lines that speak of the report are read: its head, the notes on its
 * writer, disclaimers, the policy for comments, copyright lines. Never captions and
 * credits (they name picture agencies), related items or comments (they carry dates of
 *         their own). A field that nothing states stays empty.
 * Cost    linear in bytes.
 */
#include "article_private.h"

enum {
    NAME_WORDS = 6,
    WIRE_BYTES = 120,
    WIRE_GAP = 12,
    SELF_WORDS = 3,
    SPEAKER_TURNS = 4
};

static bool has(const rap_article_block *block, rap_cue cue)
{
    return block->cues & RAP_CUE_BIT(cue);
}

static bool looks(const rap_article_block *block, uint32_t look)
{
    return block->looks & look;
}

static void set_field(rap_field *field, rap_slice text, rap_span span, rap_basis basis)
{
    if (field->text.len || span.begin >= span.end) return;
    *field = (rap_field){rap_cut(text, span), span, basis};
}

/* ---- names in a row of words ------------------------------------------------ */

/* Only white space, or a stop after an initial, parts the two words. */
static bool is_joined(rap_slice text, const rap_cue_word *a, const rap_cue_word *b)
{
    for (uint32_t at = a->span.end; at < b->span.begin;) {
        const uint32_t c = rap_utf8_next(text, &at);
        const bool initial = c == '.' && a->span.end - a->span.begin <= 3 && a->upper;
        const bool address = c == '.' && at == b->span.begin;
        if (!rap_is_space(c) && !initial && !address && c != '&') return false;
        if (c == '\n') return false;
    }
    return true;
}

static bool is_domain(rap_slice text, const rap_cue_words *words, uint32_t i)
{
    return i + 1 < words->count && text.at[words->at[i].span.end] == '.' &&
           words->at[i + 1].span.begin == words->at[i].span.end + 1;
}

/* The name that begins at word `from`: capitalised words and what `inner` lets stand
 * between them. Empty if there is none. */
static rap_span name_from(rap_slice text, const rap_cue_words *words, uint32_t from,
                          uint32_t inner)
{
    rap_span name = {0, 0};
    uint32_t taken = 0;
    for (uint32_t i = from; i < words->count && taken < NAME_WORDS * 2; i++, taken++) {
        const rap_cue_word *word = &words->at[i];
        if (name.end && !is_joined(text, &words->at[i - 1], word)) break;
        const bool domain =
            is_domain(text, words, i) || (i > from && is_domain(text, words, i - 1));
        if (word->upper || domain) {
            if (!name.end) name.begin = word->span.begin;
            name.end = word->span.end;
        } else if (!(word->terms & inner) || !name.end) {
            break;
        }
    }
    return name;
}

/* The name that ends right before word `to`. */
static rap_span name_before(rap_slice text, const rap_cue_words *words, uint32_t to)
{
    rap_span name = {0, 0};
    for (uint32_t i = to; i-- > 0 && to - i <= NAME_WORDS;) {
        if (name.end && !is_joined(text, &words->at[i], &words->at[i + 1])) break;
        if (!words->at[i].upper && !is_domain(text, words, i)) break;
        if (!name.end) name.end = words->at[i].span.end;
        name.begin = words->at[i].span.begin;
    }
    return name;
}

/* ---- the outlet ------------------------------------------------------------- */

static void outlet_from_phrases(const rap_article_knowledge *knowledge, rap_slice text,
                                rap_span span, rap_field *outlet)
{
    rap_cue_words words;
    rap_article_words(knowledge, text, span, &words);
    for (uint32_t p = 0; p < knowledge->outlet.count && !outlet->text.len; p++) {
        const rap_phrase *phrase = &knowledge->outlet.at[p];
        for (uint32_t i = 0; i < words.count; i++) {
            const uint32_t end = rap_article_phrase_at(knowledge, phrase, &words, i);
            if (end == RAP_NONE) continue;
            uint32_t from = end;
            if (from < words.count && words.at[from].terms & RAP_TERM_STOP &&
                !words.at[from].upper)
                from++;
            const rap_span name = phrase->where
                                      ? name_before(text, &words, i)
                                      : name_from(text, &words, from, RAP_TERM_JOINER);
            set_field(outlet, text, name, (rap_basis)phrase->cue);
        }
    }
}

/* Where the piece of a head line between separators that begins at `at` ends. */
static uint32_t piece_end(rap_slice text, uint32_t at, uint32_t end, uint32_t *next)
{
    while (at < end) {
        const uint32_t begin = at;
        const uint32_t c = rap_utf8_next(text, &at);
        const bool bar =
            c == '|' || c == 0xB7 || c == 0x2022 || c == 0x2014 || c == 0x2013;
        if (!bar && c != '\t' && c != ';' && c != '\n') continue;
        *next = at;
        return begin;
    }
    *next = end;
    return end;
}

static bool is_name_piece(const rap_cue_words *words, bool *outlet)
{
    *outlet = false;
    bool capital = words->total >= 1 && words->total <= 6;
    for (uint32_t i = 0; i < words->count; i++) {
        const rap_cue_word *word = &words->at[i];
        *outlet |= (word->terms & RAP_TERM_OUTLET) != 0;
        if (!word->upper &&
            !(i && word->terms & (RAP_TERM_JOINER | RAP_TERM_PERSON | RAP_TERM_OUTLET)))
            capital = false;
    }
    return capital;
}

/* ---- the author ------------------------------------------------------------- */

/* The words of `text[span)` from word `from` as authors: "Jane Doe and John Smith". */
static void author_from(const rap_article_knowledge *knowledge, rap_slice text,
                        rap_span span, uint32_t from, rap_field *author)
{
    rap_cue_words words;
    rap_article_words(knowledge, text, span, &words);
    uint32_t at;
    if (rap_article_cues(knowledge, &words, &at) & RAP_CUE_BIT(RAP_CUE_NO_AUTHOR))
        return;
    if (from >= words.count || words.at[from].terms & RAP_TERM_OUTLET) return;
    const rap_span name = name_from(text, &words, from, RAP_TERM_PERSON | RAP_TERM_AND);
    bool outlet = false;
    for (uint32_t i = from; i < words.count && words.at[i].span.end <= name.end; i++)
        outlet |= words.at[i].terms & RAP_TERM_OUTLET && words.at[i].upper;
    if (!outlet) set_field(author, text, name, RAP_BASIS_STATED);
}

/* The word after the cue that makes `words` a byline. */
static uint32_t after_byline_cue(const rap_article_knowledge *knowledge,
                                 const rap_cue_words *words)
{
    uint32_t longest = 0;
    const uint32_t id = words->count ? words->at[0].id : 0;
    uint32_t p = id ? knowledge->chain.at[id] : RAP_NONE;
    for (; p != RAP_NONE; p = knowledge->phrase.at[p].next) {
        const rap_phrase *phrase = &knowledge->phrase.at[p];
        if (phrase->cue != RAP_CUE_BYLINE && phrase->cue != RAP_CUE_SOURCE) continue;
        const uint32_t end = rap_article_phrase_at(knowledge, phrase, words, 0);
        if (end != RAP_NONE && end > longest) longest = end;
    }
    return longest;
}

/* One piece of a line above the report: "By Jane Doe", "The Herald", "Jane Doe". */
static void read_piece(const rap_article_knowledge *knowledge, rap_slice text,
                       rap_span span, bool parted, rap_article *out)
{
    rap_cue_words words;
    rap_article_words(knowledge, text, span, &words);
    if (!words.count) return;
    uint32_t at;
    const uint32_t cues = rap_article_cues(knowledge, &words, &at);
    const uint32_t from = after_byline_cue(knowledge, &words);
    rap_date date;
    const rap_slice piece = rap_cut(text, span);
    if (cues & RAP_CUE_BIT(RAP_CUE_LABEL)) return;
    if (cues & RAP_CUE_BIT(RAP_CUE_SOURCE)) {
        if (from < words.count)
            set_field(&out->outlet, text,
                      name_from(text, &words, from, RAP_TERM_JOINER | RAP_TERM_OUTLET),
                      RAP_BASIS_STATED);
        return;
    }
    if (cues & RAP_CUE_BIT(RAP_CUE_BYLINE)) {
        author_from(knowledge, text, span, from, &out->author);
        return;
    }
    const rap_span found = rap_date_find(knowledge->calendar, piece, 0, &date);
    if (found.begin < found.end || !parted) return;
    bool outlet;
    if (!is_name_piece(&words, &outlet)) return;
    if (outlet)
        set_field(&out->outlet, text, span, RAP_BASIS_STATED);
    else if (words.total >= 2 && words.total <= 4)
        set_field(&out->author, text, span, RAP_BASIS_STATED);
}

/* A piece is read on either side of the date within it. */
static void read_around_date(const rap_article_knowledge *knowledge, rap_slice text,
                             rap_span piece, bool parted, rap_article *out)
{
    rap_date date;
    const rap_slice line = rap_slice_sub(text, 0, piece.end);
    const rap_span found = rap_date_find(knowledge->calendar, line, piece.begin, &date);
    if (found.begin >= found.end) {
        read_piece(knowledge, text, rap_article_trim(text, piece), parted, out);
        return;
    }
    const rap_span before = {piece.begin, found.begin}, after = {found.end, piece.end};
    read_piece(knowledge, text, rap_article_trim(text, before), false, out);
    read_piece(knowledge, text, rap_article_trim(text, after), false, out);
}

static bool is_sub(const rap_article_block *block, const char *sub)
{
    assert(block);
    return block->sub && strcmp(block->sub, sub) == 0;
}

static void read_head_line(const rap_article_knowledge *knowledge,
                           const rap_article_block *block, rap_article *out)
{
    const rap_slice text = out->text;
    if (is_sub(block, "name") || is_sub(block, "signature") || is_sub(block, "post"))
        return;
    if (is_sub(block, "outlet-name") && !has(block, RAP_CUE_SOURCE)) {
        set_field(&out->outlet, text, block->span, RAP_BASIS_STATED);
        return;
    }
    uint32_t next, at = block->span.begin;
    const bool parted = piece_end(text, at, block->span.end, &next) < block->span.end;
    while (at < block->span.end) {
        const uint32_t end = piece_end(text, at, block->span.end, &next);
        read_around_date(knowledge, text, (rap_span){at, end}, parted, out);
        at = next;
    }
}

/* "Jane Doe is a ...": the name at the head of a note on the writer. */
static void author_from_note(const rap_article_knowledge *knowledge, rap_slice text,
                             const rap_article_block *block, rap_field *author)
{
    rap_cue_words words;
    rap_article_words(knowledge, text, block->span, &words);
    uint32_t from = 0;
    while (from < words.count && from < 4 && words.at[from].colon) from++;
    if (from == 0 || from >= words.count) from = after_byline_cue(knowledge, &words);
    if (from >= words.count) return;
    const rap_span name = name_from(text, &words, from, RAP_TERM_PERSON);
    uint32_t n = 0;
    for (uint32_t i = from; i < words.count && words.at[i].span.end <= name.end; i++) {
        if (words.at[i].terms & RAP_TERM_OUTLET) return;
        if (!n++ && words.at[i].terms & (RAP_TERM_JOINER | RAP_TERM_FUNCTION)) return;
    }
    if (n >= 2 && n <= 5) set_field(author, text, name, RAP_BASIS_STATED);
}

/* ---- the title -------------------------------------------------------------- */

/* "Title | Outlet": the outlet is no part of the title. */
static void read_title(const rap_article_knowledge *knowledge,
                       const rap_article_block *block, rap_article *out)
{
    rap_span span = block->span;
    for (uint32_t at = span.end; at > span.begin + 3; at--) {
        if (out->text.at[at - 1] != '|') continue;
        const rap_span rest = rap_article_trim(out->text, (rap_span){at, span.end});
        rap_cue_words words;
        rap_article_words(knowledge, out->text, rest, &words);
        bool outlet;
        if (is_name_piece(&words, &outlet) || words.total == 1) {
            set_field(&out->outlet, out->text, rest, RAP_BASIS_STATED);
            span = rap_article_trim(out->text, (rap_span){span.begin, at - 1});
        }
        break;
    }
    set_field(&out->title, out->text, span, RAP_BASIS_STATED);
}

/* ---- the kind --------------------------------------------------------------- */

static rap_article_kind kind_of(const rap_article_blocks *blocks, rap_slice text)
{
    uint32_t self = 0, questions = 0;
    bool opinion = false, interview = false, statement = false;
    for (uint32_t i = 0; i < blocks->count; i++) {
        const rap_article_block *block = &blocks->at[i];
        const bool title = block->kind == RAP_ZONE_TITLE;
        const bool head = i < blocks->body, early = head || i <= blocks->body + 1;
        if (block->kind == RAP_ZONE_COMMENTS || block->kind == RAP_ZONE_RELATED)
            continue;
        if (has(block, RAP_CUE_OPINION) &&
            (early || block->kind == RAP_ZONE_DISCLAIMER))
            opinion = true;
        if (title) {
            interview |= has(block, RAP_CUE_INTERVIEW);
            statement |= has(block, RAP_CUE_STATEMENT);
        }
        if (head && has(block, RAP_CUE_LABEL)) {
            interview |= has(block, RAP_CUE_INTERVIEW);
            statement |= has(block, RAP_CUE_STATEMENT);
        }
        if (block->kind == RAP_ZONE_BIO && has(block, RAP_CUE_BIO)) opinion = true;
        if (block->kind != RAP_ZONE_BODY) continue;
        self += block->self;
        questions += text.at[block->span.end - 1] == '?' &&
                     !looks(block, RAP_LOOK_QUOTES) && block->words >= 4;
    }
    if (interview || (questions >= SPEAKER_TURNS && self >= SELF_WORDS))
        return RAP_KIND_INTERVIEW;
    if (statement) return RAP_KIND_STATEMENT;
    return opinion || self >= SELF_WORDS ? RAP_KIND_OPINION : RAP_KIND_REPORT;
}

/* ---- the language ----------------------------------------------------------- */

void rap_article_guess_language(const rap_article_knowledge *knowledge, rap_slice text,
                                char out[4])
{
    enum { LOOKED = 4000, STEP = 900 };
    uint32_t words_seen = 0, known = 0;
    for (uint32_t at = 0; at < text.len && at < LOOKED;) {
        uint32_t end = at + STEP < text.len ? at + STEP : text.len;
        while (end < text.len && text.at[end] != ' ' && text.at[end] != '\n' &&
               end < at + 2 * STEP)
            end++;
        rap_cue_words words;
        rap_article_words(knowledge, text, (rap_span){at, end}, &words);
        words_seen += words.count;
        for (uint32_t i = 0; i < words.count; i++)
            known += (words.at[i].terms & RAP_TERM_FUNCTION) != 0;
        at = end;
    }
    const bool enough = known && known * 100 >= words_seen * 10;
    (void)snprintf(out, 4, "%s", enough ? knowledge->language.code : "und");
}

/* ---- the date --------------------------------------------------------------- */

/* What the words between `from` and the date say of it: 3 published, 1 changed, 2
 * nothing. */
static uint32_t rank_of(const rap_article_knowledge *knowledge, rap_slice text,
                        rap_span before)
{
    rap_cue_words words;
    rap_article_words(knowledge, text, before, &words);
    for (uint32_t i = 0; i < words.count; i++) {
        rap_cue_words rest = {.count = words.count - i, .total = words.count - i};
        memcpy(rest.at, words.at + i, rest.count * sizeof *rest.at);
        uint32_t at;
        const uint32_t cues = rap_article_cues(knowledge, &rest, &at);
        if (cues & RAP_CUE_BIT(RAP_CUE_UPDATED)) return 1;
        if (cues & RAP_CUE_BIT(RAP_CUE_PUBLISHED)) return 3;
    }
    return 2;
}

typedef struct dated {
    rap_date date;
    rap_span span;
    uint32_t rank;
} dated;

static void best_date(const rap_article_knowledge *knowledge, rap_slice text,
                      rap_span within, bool wire, dated *best)
{
    const rap_slice line = rap_slice_sub(text, 0, within.end);
    uint32_t at = within.begin;
    while (at < within.end) {
        rap_date date;
        const rap_span found = rap_date_find(knowledge->calendar, line, at, &date);
        if (found.begin >= found.end) return;
        const uint32_t rank =
            wire ? 2 : rank_of(knowledge, text, (rap_span){at, found.begin});
        if (rank > best->rank) *best = (dated){date, found, rank};
        at = found.end;
    }
}

/* "City, Country, 3 March 2021 (Agency) - ...": a date after capitalised words only,
 * with a dash or a bracket close behind. Empty if the paragraph begins otherwise. */
static rap_span wire_dateline(const rap_article_knowledge *knowledge, rap_slice text,
                              rap_span paragraph)
{
    const rap_span none = {paragraph.begin, paragraph.begin};
    const uint32_t most = paragraph.end - paragraph.begin > WIRE_BYTES
                              ? paragraph.begin + WIRE_BYTES
                              : paragraph.end;
    rap_date date;
    const rap_span found = rap_date_find(
        knowledge->calendar, rap_slice_sub(text, 0, most), paragraph.begin, &date);
    if (found.begin >= found.end) return none;
    rap_cue_words before;
    rap_article_words(knowledge, text, (rap_span){paragraph.begin, found.begin},
                      &before);
    for (uint32_t i = 0; i < before.count; i++)
        if (!before.at[i].upper || before.at[i].terms & RAP_TERM_FUNCTION) return none;
    if (!before.count || before.count > 6) return none;
    const uint32_t near = found.end + WIRE_GAP < most ? found.end + WIRE_GAP : most;
    for (uint32_t at = found.end; at < near;) {
        const uint32_t c = rap_utf8_next(text, &at);
        if (c == '(' || c == '/' ||
            (rap_is_dash(c) && at < text.len && text.at[at] == ' '))
            return (rap_span){paragraph.begin, found.end};
        if (rap_is_letter(c)) break;
    }
    return none;
}

static void find_published(const rap_article_knowledge *knowledge,
                           const rap_article_blocks *blocks, rap_slice text,
                           dated *best)
{
    for (uint32_t i = 0; i < blocks->body; i++)
        if (blocks->at[i].kind == RAP_ZONE_DATELINE ||
            (blocks->at[i].kind == RAP_ZONE_BYLINE))
            best_date(knowledge, text, blocks->at[i].span, false, best);
    if (best->rank) return;
    uint32_t first = blocks->body;
    while (first < blocks->count && blocks->at[first].kind != RAP_ZONE_BODY) first++;
    if (first < blocks->count)
        best_date(knowledge, text,
                  wire_dateline(knowledge, text, blocks->at[first].span), true, best);
    /* A date line under the report, before anything else begins. */
    for (uint32_t i = blocks->body_end; i < blocks->count && !best->rank; i++) {
        const rap_zone_kind kind = blocks->at[i].kind;
        if (kind == RAP_ZONE_COMMENTS || kind == RAP_ZONE_RELATED) break;
        if (kind == RAP_ZONE_DATELINE)
            best_date(knowledge, text, blocks->at[i].span, false, best);
    }
}

rap_status rap_article_read_published(const rap_article_knowledge *knowledge,
                                      const rap_article_blocks *blocks,
                                      rap_arena *arena, rap_article *out,
                                      rap_error *err)
{
    dated best = {.rank = 0};
    find_published(knowledge, blocks, out->text, &best);
    out->published = (rap_published){.earliest = RAP_NO_DAY, .latest = RAP_NO_DAY};
    if (!best.rank) return RAP_OK;
    rap_span *evidence = rap_new(arena, rap_span, 1);
    if (!evidence) return rap_fail(err, RAP_E_NOMEM, 0, "the date of publication");
    *evidence = best.span;
    out->published = (rap_published){.date = best.date,
                                     .earliest = rap_date_earliest(best.date),
                                     .latest = rap_date_latest(best.date),
                                     .basis = RAP_BASIS_STATED,
                                     .evidence = {evidence, 1}};
    return RAP_OK;
}

/* ---- what was given --------------------------------------------------------- */

static bool take(rap_arena *arena, rap_slice given, rap_field *field)
{
    if (!given.len) return true;
    const rap_slice copy = rap_arena_copy(arena, given);
    if (!copy.at) return false;
    rap_span span = {0, 0};
    if (rap_slice_equal(field->text, given)) span = field->span;
    *field = (rap_field){copy, span, RAP_BASIS_GIVEN};
    return true;
}

rap_status rap_article_take_given(const rap_item *item, rap_arena *arena,
                                  rap_article *out, rap_error *err)
{
    const rap_given *given = &item->given;
    if (!take(arena, given->title, &out->title) ||
        !take(arena, given->author, &out->author) ||
        !take(arena, given->outlet, &out->outlet) ||
        !take(arena, given->url, &out->url))
        return rap_fail(err, RAP_E_NOMEM, 0, "the metadata given");
    rap_date date;
    if (!given->date.len || !rap_date_read_iso(given->date, &date)) return RAP_OK;
    out->published = (rap_published){.date = date,
                                     .earliest = rap_date_earliest(date),
                                     .latest = rap_date_latest(date),
                                     .basis = RAP_BASIS_GIVEN};
    return RAP_OK;
}

/* ---- all of it ------------------------------------------------------------------- */

static void read_outlet(const rap_article_knowledge *knowledge,
                        const rap_article_blocks *blocks, rap_article *out)
{
    for (uint32_t i = 0; i < blocks->count; i++) {
        const rap_article_block *block = &blocks->at[i];
        const bool telling =
            block->kind == RAP_ZONE_DISCLAIMER || block->kind == RAP_ZONE_BIO ||
            (has(block, RAP_CUE_COPYRIGHT) && i >= blocks->body) ||
            has(block, RAP_CUE_POLICY) ||
            (block->kind != RAP_ZONE_COMMENTS && block->kind != RAP_ZONE_RELATED &&
             has(block, RAP_CUE_OPINION) && i <= blocks->body + 1);
        if (telling && block->kind != RAP_ZONE_CREDIT &&
            block->kind != RAP_ZONE_CAPTION)
            outlet_from_phrases(knowledge, out->text, block->span, &out->outlet);
    }
}

/* The name stands alone once more, or its writer's post or a date stands beside it. */
static bool is_confirmed(const rap_article_blocks *blocks, uint32_t i, bool opinion)
{
    const rap_article_block *block = &blocks->at[i];
    const rap_article_block *next = i + 1 < blocks->count ? block + 1 : NULL;
    const bool has_date = (next && next->kind == RAP_ZONE_DATELINE) ||
                          (i && block[-1].kind == RAP_ZONE_DATELINE);
    if (is_sub(block, "signature")) return has_date;
    if (next && is_sub(next, "post")) return true;
    if (opinion && has_date) return true;
    for (uint32_t j = i + 1; j < blocks->count; j++)
        if (blocks->at[j].same == i && blocks->at[j].kind == RAP_ZONE_BIO) return true;
    return false;
}

/* A name alone under the title may be a place or a heading: it needs confirming. */
static void read_lone_name(const rap_article_knowledge *knowledge,
                           const rap_article_blocks *blocks, rap_article *out)
{
    const bool opinion = out->kind == RAP_KIND_OPINION;
    for (uint32_t i = 0; i < blocks->body && !out->author.text.len; i++) {
        const rap_article_block *block = &blocks->at[i];
        if (!is_sub(block, "name") && !is_sub(block, "signature")) continue;
        if (block->kind == RAP_ZONE_BYLINE && is_confirmed(blocks, i, opinion))
            author_from(knowledge, out->text, block->span, 0, &out->author);
    }
}

static void read_head(const rap_article_knowledge *knowledge,
                      const rap_article_blocks *blocks, rap_article *out)
{
    if (blocks->title != RAP_NONE)
        read_title(knowledge, &blocks->at[blocks->title], out);
    for (uint32_t i = 0; i < blocks->body; i++) {
        const rap_article_block *block = &blocks->at[i];
        if (block->kind == RAP_ZONE_BYLINE || block->kind == RAP_ZONE_DATELINE ||
            is_sub(block, "section-label") || is_sub(block, "outlet-name"))
            read_head_line(knowledge, block, out);
        if (looks(block, RAP_LOOK_URL))
            set_field(&out->url, out->text, block->span, RAP_BASIS_STATED);
    }
}

/* Notes on the writer; a name alone at the end signs only what a person or a party
 * writes. */
static void read_notes(const rap_article_knowledge *knowledge,
                       const rap_article_blocks *blocks, rap_article *out)
{
    for (uint32_t i = 0; i < blocks->count; i++) {
        const rap_article_block *block = &blocks->at[i];
        if (block->kind != RAP_ZONE_BIO) continue;
        const bool alone = looks(block, RAP_LOOK_NAME);
        if (!alone || out->kind != RAP_KIND_REPORT)
            author_from_note(knowledge, out->text, block, &out->author);
    }
}

void rap_article_read_meta(const rap_article_knowledge *knowledge,
                           const rap_article_blocks *blocks, rap_article *out)
{
    out->kind = kind_of(blocks, out->text);
    read_head(knowledge, blocks, out);
    read_notes(knowledge, blocks, out);
    read_lone_name(knowledge, blocks, out);
    read_outlet(knowledge, blocks, out);
    rap_article_guess_language(knowledge, out->text, out->language);
    const rap_article_block *last =
        blocks->count ? &blocks->at[blocks->count - 1] : NULL;
    out->truncated = blocks->count > 1 && last->kind == RAP_ZONE_BODY &&
                     last->words >= 8 &&
                     !looks(last, RAP_LOOK_TERMINAL | RAP_LOOK_CLOSED);
}
