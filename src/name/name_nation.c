/*
 * name_nation.c - adjectives of nations: "Ruritanian".
 *
 * Reads   tokens that no mention covers and that begin as such an adjective does.
 * Writes  a mention marked `modifier`, of the state; later stages read from it whose court,
 *         troops or plan is meant.
 * Method  the lists' adjectives, of two words before those of one, written with a capital.
 * Cost    linear in tokens.
 */
#include "name_private.h"

#include "text.h"

/* The state of the adjective text[span), or RAP_NONE. */
static uint32_t land_of(const name_work *work, rap_span span)
{
    char key[PHRASE_BYTES];
    const rap_slice words = rap_cut(work->article->text, span);
    uint32_t at = 0;
    if (!words.len || !rap_is_upper(rap_utf8_next(words, &at))) return RAP_NONE;
    const uint32_t len = folded_words(words, key);
    const name_entry *entries = work->knowledge->entries.at;
    const uint32_t found =
        len ? rap_map_get(&work->knowledge->prefix, (rap_slice){key, len}) : RAP_NONE;
    if (found == RAP_NONE || found == PREFIX_ONLY) return RAP_NONE;
    const name_phrase *p = &work->knowledge->phrases.at[found];
    if (!(p->is & BIT(N_ADJECTIVE)) || p->land == RAP_NONE) return RAP_NONE;
    return entries[p->land].home.len ? p->land : RAP_NONE;
}

static bool add_nation(name_work *work, uint32_t first, uint32_t last, uint32_t land)
{
    const rap_span span = rap_tokens_span(work->tokens, first, last);
    const uint32_t actor = actor_of_entry(work, land);
    return actor != RAP_NONE &&
           rap_push(work->scratch, &work->found,
                    (name_found){.span = span,
                                 .head = span,
                                 .first = first,
                                 .last = last,
                                 .sentence = work->tokens->sentence[first],
                                 .entry = land,
                                 .role = RAP_NONE,
                                 .owner = RAP_NONE,
                                 .owner2 = RAP_NONE,
                                 .actor = actor,
                                 .confidence = 0.9f,
                                 .same_as = RAP_NONE,
                                 .of = RAP_NONE,
                                 .kind = FOUND_NAMED,
                                 .modifier = true});
}

bool nations_add(name_work *work)
{
    const rap_tokens *tokens = work->tokens;
    uint8_t *taken = rap_new(work->scratch, uint8_t, tokens->count);
    if (!taken) return false;
    for (uint32_t i = 0; i < work->found.count; i++)
        for (uint32_t t = work->found.at[i].first; t <= work->found.at[i].last; t++)
            taken[t] = 1;
    for (uint32_t i = 0; i < work->nations.count; i++) {
        const uint32_t t = work->nations.at[i];
        if (taken[t] || !(tokens->flags[t] & RAP_TOKEN_CAPITAL)) continue;
        const bool two = t + 1 < tokens->count && !taken[t + 1] &&
                         tokens->sentence[t + 1] == tokens->sentence[t];
        uint32_t last = t + two;
        uint32_t land = land_of(work, rap_tokens_span(tokens, t, last));
        if (land == RAP_NONE && two)
            land = land_of(work, rap_tokens_span(tokens, t, last = t));
        if (land == RAP_NONE) continue;
        if (!add_nation(work, t, last, land)) return false;
        taken[last] = 1;
    }
    return true;
}
