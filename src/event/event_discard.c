/*
 * event_discard.c - events that dictionaries take away; see event_dictionary_private.h.
 *
 * Method  the words of a discard in a row, in any case, leave out the events of the sentence,
 *         or of the document. A meeting whose verb has a code in the dictionaries takes that
 *         code, or gives way to the act that it is there.
 * Cost    linear in tokens and in the discards that begin with their words.
 */
#include "event_dictionary_private.h"

typedef struct discarder {
    const struct rap_book *book;
    const rap_tokens *tokens;
    const uint32_t *form; /* [T] */
    bool *out;            /* [S] */
    bool story;
} discarder;

static bool stands(const discarder *d, rap_book_option words, uint32_t from,
                   uint32_t end)
{
    if (from + words.count > end) return false;
    for (uint32_t i = 0; i < words.count; i++)
        if (d->form[from + i] != d->book->list[words.first + i]) return false;
    return true;
}

static void read_sentence(discarder *d, uint32_t sentence)
{
    const uint32_t end = d->tokens->first[sentence + 1];
    for (uint32_t t = d->tokens->first[sentence]; t < end; t++) {
        if (d->form[t] == RAP_NONE) continue;
        const uint32_t *first = &d->book->first_discard[d->form[t]];
        for (uint32_t i = first[0]; i < first[1]; i++) {
            if (!stands(d, d->book->discard[i].words, t, end)) continue;
            d->out[sentence] = true;
            d->story = d->story || d->book->discard[i].story;
        }
    }
}

/* The first token that ends behind `byte`, or RAP_NONE. */
static uint32_t token_at(const rap_tokens *tokens, uint32_t byte)
{
    uint32_t low = 0, high = tokens->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (tokens->span[middle].end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low < tokens->count ? low : RAP_NONE;
}

bool rap_discards_apply(const struct rap_book *book, const rap_event_input *in,
                        rap_arena *scratch, rap_found_list *list)
{
    const rap_tokens *tokens = in->tokens;
    if (!book || !book->discards || !list->count) return true;
    uint32_t *form = rap_new(scratch, uint32_t, tokens->count);
    discarder d = {.book = book,
                   .tokens = tokens,
                   .form = form,
                   .out = rap_new(scratch, bool, tokens->sentences)};
    if (!form || !d.out) return false;
    for (uint32_t t = 0; t < tokens->count; t++)
        form[t] = rap_book_word(book, rap_cut(in->article->text, tokens->span[t]));
    for (uint32_t s = 0; s < tokens->sentences; s++) read_sentence(&d, s);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const uint32_t t = token_at(tokens, list->at[i].event.trigger.begin);
        const bool out = t != RAP_NONE && d.out[tokens->sentence[t]];
        if (!d.story && !out) list->at[kept++] = list->at[i];
    }
    list->count = kept;
    return true;
}

/* ---- meetings ---------------------------------------------------------------------- */

/* What the dictionaries say of the verb in the trigger of a meeting; false: it is none. */
static bool retell(const rap_coder *c, rap_event *event)
{
    const rap_tokens *tokens = c->in->tokens;
    uint32_t t = token_at(tokens, event->trigger.begin);
    for (; t < tokens->count && tokens->span[t].begin < event->trigger.end; t++) {
        const uint32_t index = c->patterns->hit[t].frame;
        if (index == RAP_NONE) continue;
        if (index == RAP_ACT_SILENT) return false;
        const rap_frame *frame = &c->lexicon->frame[index];
        if (frame->type != RAP_CONSULT) return !c->patterns->hit[t].told;
        event->cameo = frame->cameo;
        event->rule = frame->rule;
        if (frame->mode) event->mode = frame->mode;
        return true;
    }
    return true;
}

uint32_t rap_patterns_retell(const rap_coder *c, uint32_t told)
{
    rap_found_list *list = c->list;
    uint32_t kept = 0, meetings = 0;
    for (uint32_t i = told; i < list->count; i++)
        c->patterns->hit[list->at[i].token].told = true;
    for (uint32_t i = 0; i < list->count; i++) {
        if (i < told && !retell(c, &list->at[i].event)) continue;
        list->at[kept++] = list->at[i];
        meetings += i < told;
    }
    list->count = kept;
    return meetings;
}
