/*
 * token.c - the stage: zones, chunks, sentences; see token.h.
 *
 * Method  white space parts chunks; token_cut.c cuts them; token_sentence.c says where
 *         sentences end. A blank line, and a line that begins a list item, end one too.
 */
#include "token_private.h"

static bool is_read(rap_zone_kind kind)
{
    return kind == RAP_ZONE_TITLE || kind == RAP_ZONE_STANDFIRST ||
           kind == RAP_ZONE_BODY || kind == RAP_ZONE_CAPTION;
}

/* Moves past white space; newlines seen are added to *lines. */
static uint32_t skip_space(rap_slice text, uint32_t at, uint32_t end, uint32_t *lines)
{
    uint32_t next;
    while (at < end && token_class(text, at, &next) == IS_SPACE) {
        *lines += text.at[at] == '\n';
        at = next;
    }
    return at;
}

static uint32_t skip_chunk(rap_slice text, uint32_t at, uint32_t end)
{
    uint32_t next;
    while (at < end && token_class(text, at, &next) != IS_SPACE) at = next;
    return at < end ? at : end;
}

typedef struct work { /* what one run gathers */
    cutter cut;
    RAP_LIST(uint32_t) breaks; /* tokens before which the layout ends a sentence */
    RAP_LIST(uint32_t) first;  /* [S] */
    RAP_LIST(uint32_t) zone;   /* [S] */
} work;

/* Does a line that begins with this chunk begin a list item? */
static bool is_item(rap_slice chunk)
{
    uint32_t at = 0;
    const uint32_t c = rap_utf8_next(chunk, &at);
    if (c == 0x2022 || c == 0x25CF || c == 0x25AA || c == 0x2023) return true;
    if (at == chunk.len && (rap_is_dash(c) || c == '*' || c == 0xB7)) return true;
    while (at < chunk.len && chunk.at[at] >= '0' && chunk.at[at] <= '9') at++;
    const char last = chunk.at[chunk.len - 1];
    return chunk.len > 1 && at + 1 == chunk.len && at < 4 &&
           (last == '.' || last == ')');
}

static bool cut_zone(work *w, rap_span zone)
{
    cutter *cut = &w->cut;
    cut->zone_end = zone.end;
    uint32_t at = zone.begin;
    while (at < zone.end && !cut->lost) {
        uint32_t lines = 0;
        const uint32_t begin = skip_space(cut->text, at, zone.end, &lines);
        if (begin >= zone.end) break;
        at = skip_chunk(cut->text, begin, zone.end);
        const bool layout =
            lines > 1 || (lines == 1 && is_item(rap_slice_sub(cut->text, begin, at)));
        if (layout && !rap_push(cut->scratch, &w->breaks, cut->tokens.count))
            return false;
        const uint32_t from = cut->tokens.count;
        token_cut_chunk(cut, begin, at);
        if (cut->tokens.count > from)
            cut->tokens.at[cut->tokens.count - 1].flags |= RAP_TOKEN_SPACE_AFTER;
    }
    return !cut->lost;
}

/* Part tokens [from, count) of zone number `zone` into sentences. */
static bool find_sentences(work *w, uint32_t from, uint32_t zone, uint32_t *layout)
{
    const token_list *tokens = &w->cut.tokens;
    const uint32_t count = tokens->count;
    uint32_t begin = from;
    while (begin < count) {
        uint32_t end = count, last = begin;
        while (*layout < w->breaks.count && w->breaks.at[*layout] <= begin) ++*layout;
        if (*layout < w->breaks.count && w->breaks.at[*layout] < count)
            end = w->breaks.at[*layout];
        while (last + 1 < end && !token_ends_sentence(w->cut.knowledge, w->cut.text,
                                                      tokens->at, end, &last))
            last++;
        if (!rap_push(w->cut.scratch, &w->first, begin) ||
            !rap_push(w->cut.scratch, &w->zone, zone))
            return false;
        begin = last + 1;
    }
    return true;
}

static rap_status fill(const work *w, rap_arena *arena, rap_tokens *out, rap_error *err)
{
    const uint32_t count = w->cut.tokens.count, sentences = w->first.count;
    rap_span *span = rap_new(arena, rap_span, count);
    uint32_t *sentence = rap_new(arena, uint32_t, count);
    uint8_t *kind = rap_new(arena, uint8_t, count);
    uint8_t *flags = rap_new(arena, uint8_t, count);
    uint32_t *first = rap_new(arena, uint32_t, (size_t)sentences + 1);
    uint32_t *zone = rap_new(arena, uint32_t, sentences);
    if (!span || !sentence || !kind || !flags || !first || !zone)
        return rap_fail(err, RAP_E_NOMEM, 0, "%u tokens", count);
    for (uint32_t i = 0; i < count; i++) {
        span[i] = w->cut.tokens.at[i].span;
        kind[i] = w->cut.tokens.at[i].kind;
        flags[i] = w->cut.tokens.at[i].flags;
        assert(span[i].begin < span[i].end &&
               (i == 0 || span[i - 1].end <= span[i].begin));
    }
    for (uint32_t i = 0; i < sentences; i++) {
        first[i] = w->first.at[i];
        zone[i] = w->zone.at[i];
        const uint32_t end = i + 1 < sentences ? w->first.at[i + 1] : count;
        for (uint32_t t = first[i]; t < end; t++) sentence[t] = i;
    }
    first[sentences] = count;
    *out = (rap_tokens){count, sentences, span, sentence,       kind,
                        flags, first,     zone, "token rules 1"};
    return RAP_OK;
}

rap_status rap_token_run(const rap_token_knowledge *knowledge,
                         const rap_article *article, rap_arena *arena,
                         rap_arena *scratch, rap_tokens *out, rap_error *err)
{
    *out = (rap_tokens){0};
    work w = {
        .cut = {.knowledge = knowledge, .text = article->text, .scratch = scratch}};
    uint32_t layout = 0;
    for (uint32_t i = 0; i < article->zones; i++) {
        if (!is_read(article->zone[i].kind)) continue;
        const uint32_t from = w.cut.tokens.count;
        if (!cut_zone(&w, article->zone[i].span) ||
            !find_sentences(&w, from, i, &layout))
            return rap_fail(err, RAP_E_NOMEM, article->zone[i].span.begin,
                            "the tokens of zone %u", i);
    }
    return fill(&w, arena, out, err);
}

uint32_t rap_first_from(const void *records, size_t size, size_t offset, uint32_t count,
                        uint32_t value)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        uint32_t number;
        memcpy(&number, (const char *)records + middle * size + offset, sizeof number);
        if (number < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
