/*
 * pipeline_given.c - tokens and sentences as a CoNLL-U file gives them.
 *
 * Reads   the file's words, ranges and spaces (conllu.h).
 * Writes  the text they spell, with its way back to the file, and both layers over it.
 * Method  forms one after the other, a space where the file has one, a blank line at
 *         "# newdoc" and "# newpar". The words of a multiword token share its surface:
 *         as they are spelt while they are, then in proportion to their lengths. Kinds
 *         and flags are the tokeniser's where it cuts the same token, else by letters.
 * Cost    linear in bytes; one run of 8 bytes a token as written.
 */
#include "pipeline_private.h"

#include "conllu.h"
#include "text.h"

typedef struct builder { /* the state of one run */
    rap_slice source;    /* the decoded file */
    const rap_decoded *decoded;
    rap_conllu file;
    char *text;
    rap_run *run;
    rap_zone *zone;
    rap_span *span;     /* [words] */
    uint32_t *sentence; /* [words] */
    uint8_t *kind, *flags;
    uint32_t *first, *in_zone; /* [sentences] */
    uint32_t len, runs, zones; /* so far */
    bool space;                /* one is due before the next form */
    rap_error *err;
} builder;

/* A place in the decoded file as one in its bytes. */
static uint32_t source_of(const builder *b, const char *at)
{
    const uint32_t offset = (uint32_t)(at - b->source.at);
    return b->decoded->run_count
               ? rap_run_source(b->decoded->runs, b->decoded->run_count, offset)
               : offset;
}

static rap_status bad(const builder *b, rap_slice form, const char *what)
{
    return rap_fail_as(b->err, RAP_E_INPUT, "conllu", source_of(b, form.at), "%s",
                       what);
}

/* ---- characters ------------------------------------------------------------------ */

/* Without white space of any kind at the edges. */
static rap_span trim(rap_slice text, rap_span span)
{
    for (uint32_t at = span.begin; at < span.end; span.begin = at)
        if (!rap_is_space(rap_utf8_next(text, &at))) break;
    for (uint32_t at = span.end; at > span.begin; span.end = at)
        if (!rap_is_space(rap_utf8_back(text, &at))) break;
    return span;
}

/* Characters that are not white space. */
static uint32_t count_letters(rap_slice s)
{
    uint32_t count = 0;
    for (uint32_t at = 0; at < s.len;) count += !rap_is_space(rap_utf8_next(s, &at));
    return count;
}

/* Past the next `count` characters that are not white space. */
static uint32_t skip_letters(rap_slice s, uint32_t at, uint32_t count)
{
    while (count && at < s.len) count -= !rap_is_space(rap_utf8_next(s, &at));
    return at;
}

/* ---- multiword tokens ------------------------------------------------------------ */

/* The words from `first` share text[span) in proportion to the lengths of their forms;
 * each gets a letter at least. `letters` is what the span holds. */
static void share_out(builder *b, rap_span span, uint32_t letters, uint32_t first,
                      uint32_t last)
{
    const rap_slice text = {b->text, span.end};
    uint64_t weight = 0, passed = 0;
    for (uint32_t w = first; w <= last; w++) weight += b->file.word[w].form.len;
    uint32_t at = span.begin, used = 0;
    for (uint32_t w = first; w <= last; w++) {
        passed += b->file.word[w].form.len;
        uint32_t upto = (uint32_t)((letters * passed + weight / 2) / weight);
        const uint32_t most = letters - (last - w);
        if (upto <= used) upto = used + 1;
        if (upto > most || w == last) upto = most;
        const uint32_t end = skip_letters(text, at, upto - used);
        b->span[w] = trim(text, (rap_span){at, end});
        at = end;
        used = upto;
    }
}

/* Spans for the words of a multiword token over its surface text[span). */
static rap_status divide(builder *b, rap_slice form, rap_span span, uint32_t first,
                         uint32_t last)
{
    const rap_slice text = {b->text, span.end};
    uint32_t letters = count_letters(rap_slice_sub(text, span.begin, span.end));
    if (last - first >= letters)
        return bad(b, form, "the multiword token has more words than characters");
    for (; first < last; first++) {
        const rap_slice word = b->file.word[first].form;
        const uint32_t taken = count_letters(word);
        if (!taken || word.len >= span.end - span.begin ||
            letters < taken + (last - first) ||
            memcmp(text.at + span.begin, word.at, word.len) != 0)
            break;
        b->span[first] = trim(text, (rap_span){span.begin, span.begin + word.len});
        span.begin += word.len;
        letters -= taken;
    }
    share_out(b, span, letters, first, last);
    return RAP_OK;
}

/* ---- the text -------------------------------------------------------------------- */

/* Appends a form as written; *out is where it stands. */
static rap_status put_form(builder *b, rap_slice form, rap_span *out)
{
    const rap_span inner = trim(form, (rap_span){0, form.len});
    if (inner.begin >= inner.end)
        return bad(b, form, "the form is nothing but white space");
    if (b->space) b->text[b->len++] = ' ';
    const uint32_t len = inner.end - inner.begin;
    b->run[b->runs++] = (rap_run){b->len, source_of(b, form.at + inner.begin)};
    memcpy(b->text + b->len, form.at + inner.begin, len);
    *out = (rap_span){b->len, b->len + len};
    b->len += len;
    return RAP_OK;
}

/* Appends the token that begins with word `at`; moves *at past its words. */
static rap_status put_token(builder *b, uint32_t *at)
{
    const uint32_t first = *at;
    const rap_conllu_word *word = &b->file.word[first];
    uint32_t last = first;
    rap_slice form = word->form;
    if (word->multi != RAP_NONE) {
        last = b->file.multi[word->multi].last;
        form = b->file.multi[word->multi].form;
    }
    rap_span span;
    rap_status status = put_form(b, form, &span);
    if (!status && last > first) status = divide(b, form, span, first, last);
    if (status) return status;
    if (last == first) b->span[first] = span;
    for (uint32_t w = first; w <= last && last > first; w++)
        b->flags[w] = w == first ? RAP_TOKEN_MULTI : RAP_TOKEN_MULTI_REST;
    b->space = b->file.word[last].space_after;
    if (b->space) b->flags[last] |= RAP_TOKEN_SPACE_AFTER;
    *at = last + 1;
    return RAP_OK;
}

/* A new paragraph: the one before ends, and white space parts them. */
static void begin_zone(builder *b, uint32_t first)
{
    if (b->zones) {
        b->zone[b->zones - 1].span.end = b->len;
        b->flags[first - 1] |= RAP_TOKEN_SPACE_AFTER;
        b->text[b->len++] = '\n';
        b->text[b->len++] = '\n';
    }
    b->zone[b->zones++] = (rap_zone){
        .span.begin = b->len, .kind = RAP_ZONE_BODY, .duplicate_of = RAP_NONE};
    b->space = false;
}

static rap_status put_sentence(builder *b, uint32_t s)
{
    const rap_conllu_sentence *sentence = &b->file.sentence[s];
    if (!s || sentence->new_document || sentence->new_paragraph)
        begin_zone(b, sentence->first);
    b->first[s] = sentence->first;
    b->in_zone[s] = b->zones - 1;
    const uint32_t end = sentence->first + sentence->count;
    for (uint32_t w = sentence->first; w < end; w++) b->sentence[w] = s;
    rap_status status = RAP_OK;
    for (uint32_t w = sentence->first; w < end && !status;) status = put_token(b, &w);
    return status;
}

static uint32_t count_zones(const rap_conllu *file)
{
    uint32_t count = file->sentences > 0;
    for (uint32_t s = 1; s < file->sentences; s++)
        count += file->sentence[s].new_document || file->sentence[s].new_paragraph;
    return count;
}

/* Bytes of text at most: a space after each token, two line ends before each zone. */
static size_t count_bytes(const rap_conllu *file, uint32_t zones)
{
    size_t bytes = (size_t)zones * 2;
    for (uint32_t w = 0; w < file->words; w++) bytes += file->word[w].form.len + 1;
    for (uint32_t m = 0; m < file->multis; m++) bytes += file->multi[m].form.len + 1;
    return bytes;
}

static rap_status make_room(builder *b, rap_arena *arena)
{
    const rap_conllu *file = &b->file;
    const uint32_t zones = count_zones(file);
    b->text = rap_new(arena, char, count_bytes(file, zones));
    b->run = rap_new(arena, rap_run, file->words);
    b->zone = rap_new(arena, rap_zone, zones);
    b->span = rap_new(arena, rap_span, file->words);
    b->sentence = rap_new(arena, uint32_t, file->words);
    b->kind = rap_new(arena, uint8_t, file->words);
    b->flags = rap_new(arena, uint8_t, file->words);
    b->first = rap_new(arena, uint32_t, (size_t)file->sentences + 1);
    b->in_zone = rap_new(arena, uint32_t, file->sentences);
    if (b->text && b->run && b->zone && b->span && b->sentence && b->kind && b->flags &&
        b->first && b->in_zone)
        return RAP_OK;
    return rap_fail(b->err, RAP_E_NOMEM, 0, "%u words", file->words);
}

static rap_status build(builder *b)
{
    rap_status status = RAP_OK;
    for (uint32_t s = 0; s < b->file.sentences && !status; s++)
        status = put_sentence(b, s);
    if (status || !b->zones) return status;
    b->zone[b->zones - 1].span.end = b->len;
    b->flags[b->file.words - 1] |= RAP_TOKEN_SPACE_AFTER;
    b->first[b->file.sentences] = b->file.words;
    return RAP_OK;
}

/* ---- kinds ----------------------------------------------------------------------- */

enum { LOOK_FLAGS = RAP_TOKEN_CAPITAL | RAP_TOKEN_ALL_CAPS | RAP_TOKEN_ABBREVIATION };

/* Kind of a token that the tokeniser would not cut so; `there` is what it found. */
static rap_token_kind kind_by_letters(rap_slice form, rap_token_kind there)
{
    bool letters = false, digits = false;
    for (uint32_t at = 0; at < form.len;) {
        const uint32_t c = rap_utf8_next(form, &at);
        if (rap_is_digit(c) && !letters) digits = true;
        letters |= rap_is_letter(c);
    }
    if (digits) return RAP_TOKEN_NUMBER;
    if (letters) return RAP_TOKEN_WORD;
    return there == RAP_TOKEN_SYMBOL ? RAP_TOKEN_SYMBOL : RAP_TOKEN_PUNCT;
}

static uint8_t flags_by_letters(rap_slice form, rap_token_kind kind)
{
    if (kind != RAP_TOKEN_WORD && kind != RAP_TOKEN_NUMBER) return 0;
    uint32_t at = 0, upper = 0;
    bool lower = false;
    const bool capital = rap_is_upper(rap_utf8_next(form, &at));
    for (at = 0; at < form.len;) {
        const uint32_t c = rap_utf8_next(form, &at);
        upper += rap_is_upper(c);
        lower |= rap_is_lower(c);
    }
    uint32_t flags = capital ? RAP_TOKEN_CAPITAL : 0;
    if (capital && upper > 1 && !lower) flags |= RAP_TOKEN_ALL_CAPS;
    if (kind == RAP_TOKEN_WORD && form.len > 1 && form.at[form.len - 1] == '.')
        flags |= RAP_TOKEN_ABBREVIATION;
    return (uint8_t)flags;
}

/* `cut` is how the tokeniser would part the text. */
static void take_kinds(builder *b, const rap_tokens *cut)
{
    const rap_slice text = {b->text, b->len};
    uint32_t c = 0;
    for (uint32_t w = 0; w < b->file.words; w++) {
        const rap_span span = b->span[w];
        while (c < cut->count && cut->span[c].end <= span.begin) c++;
        const bool found = c < cut->count;
        if (found && cut->span[c].begin == span.begin && cut->span[c].end == span.end) {
            b->kind[w] = cut->kind[c];
            b->flags[w] |= cut->flags[c] & LOOK_FLAGS;
            continue;
        }
        const rap_slice form = rap_cut(text, span);
        const rap_token_kind kind = kind_by_letters(
            form, found ? (rap_token_kind)cut->kind[c] : RAP_TOKEN_PUNCT);
        b->kind[w] = (uint8_t)kind;
        b->flags[w] |= flags_by_letters(form, kind);
    }
}

/* ---- the whole ------------------------------------------------------------------- */

/* Metadata as for any text that is body from end to end; the zones are the file's. */
static rap_status make_article(const builder *b, const rap_article_knowledge *knowledge,
                               const rap_item *item, rap_arena *arena,
                               rap_arena *scratch, rap_article *out)
{
    const rap_article_options whole = {.whole = true};
    const rap_decoded text = {.text = {b->text, b->len},
                              .charset = b->decoded->charset,
                              .runs = b->run,
                              .run_count = b->runs};
    rap_item plain = *item;
    plain.media = RAP_MEDIA_PLAIN;
    const rap_status status =
        rap_article_run(knowledge, &plain, &text, &whole, arena, scratch, out, b->err);
    if (status) return status;
    out->zone = b->zone;
    out->zones = b->zones;
    return RAP_OK;
}

rap_status rap_pipeline_given(const rap_article_knowledge *articles,
                              const rap_token_knowledge *words, const rap_item *item,
                              const rap_decoded *decoded, rap_arena *arena,
                              rap_arena *scratch, rap_article *article,
                              rap_tokens *tokens, rap_error *err)
{
    builder b = {.source = decoded->text, .decoded = decoded, .err = err};
    *article = (rap_article){0};
    *tokens = (rap_tokens){0};
    rap_status status = rap_conllu_read(b.source, scratch, &b.file, err);
    if (status == RAP_E_INPUT) err->at = source_of(&b, b.source.at + err->at);
    if (!status) status = make_room(&b, arena);
    if (!status) status = build(&b);
    if (!status) status = make_article(&b, articles, item, arena, scratch, article);
    rap_tokens cut = {0};
    if (!status) status = rap_token_run(words, article, scratch, scratch, &cut, err);
    if (status) {
        *article = (rap_article){0};
        return status;
    }
    take_kinds(&b, &cut);
    *tokens = (rap_tokens){b.file.words, b.file.sentences, b.span,
                           b.sentence,   b.kind,           b.flags,
                           b.first,      b.in_zone,        "given by CoNLL-U"};
    return RAP_OK;
}
