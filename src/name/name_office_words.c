/*
 * name_office_words.c - the wording of an office taken apart: whose it is, what it is,
 * whether it is held now; see name_office_private.h.
 *
 * Method  "the former UN special envoy for Syria" is the owners {UN, Syria}, the words
 * "special envoy", and "before". The longest listed phrase wins, as in a text; small
 * words count for nothing, so that "minister of" and "minister for" are one.
 */
#include "name_private.h"

bool office_add_owner(uint32_t *owner, uint32_t *owners, uint32_t entry)
{
    uint32_t at = 0;
    while (at < *owners && owner[at] < entry) at++;
    if (at < *owners && owner[at] == entry) return true;
    if (*owners == OFFICE_OWNERS) return false;
    for (uint32_t i = *owners; i > at; i--) owner[i] = owner[i - 1];
    owner[at] = entry;
    (*owners)++;
    return true;
}

uint32_t office_key(const office_words *words, rap_slice rest, char *out)
{
    char folded[OFFICE_BYTES];
    uint32_t len = 0;
    for (uint32_t i = 0; i < words->owners; i++)
        for (uint32_t shift = 0; shift < 32; shift += 8)
            out[len++] = (char)(words->owner[i] >> shift & 0xFF);
    const uint32_t n = folded_words(rest, folded);
    memcpy(out + len, folded, n);
    return len + n;
}

/* The state, place or body that a phrase stands for, or RAP_NONE. */
static uint32_t owner_of(const name_phrase *p, bool seats)
{
    if (seats && (p->is & BIT(N_SEAT))) return p->seat;
    if (p->is & (BIT(N_STATE) | BIT(N_PLACE) | BIT(N_ORGANISATION))) return p->named;
    return p->is & (BIT(N_ADJECTIVE) | BIT(N_PEOPLE) | BIT(N_PEOPLES)) ? p->land
                                                                       : RAP_NONE;
}

/* One past the longest phrase at `from` that is an owner; `from` if there is none. */
static uint32_t over_owner(const rap_name_knowledge *knowledge, rap_slice s,
                           uint32_t from, bool seats, uint32_t *entry)
{
    uint32_t best = from;
    for (uint32_t end = from; end < s.len;) {
        end = rap_slice_find(s, RAP_LIT(" "), end + 1);
        const uint32_t found =
            rap_map_get(&knowledge->prefix, rap_slice_sub(s, from, end));
        if (found == RAP_NONE) break;
        if (found == PREFIX_ONLY) continue;
        const uint32_t owner = owner_of(&knowledge->phrases.at[found], seats);
        if (owner == RAP_NONE) continue;
        *entry = owner;
        best = end;
    }
    return best;
}

/* A word that is no part of what the office is called. */
static bool is_small(const rap_name_knowledge *knowledge, rap_slice word,
                     office_when *when)
{
    const uint32_t said = rap_map_get(&knowledge->offices.when, word);
    if (said == OFFICE_BEFORE || said == OFFICE_TO_COME) *when = (office_when)said;
    return said != RAP_NONE ||
           is_of_class(knowledge, word,
                       BIT(N_DEFINITE) | BIT(N_POSSESSIVE) | BIT(N_LINK));
}

static void add_word(office_words *out, rap_slice word)
{
    if (out->len) out->rest[out->len++] = ' ';
    memcpy(out->rest + out->len, word.at, word.len);
    out->len += word.len;
}

static bool take_apart(const rap_name_knowledge *knowledge, rap_slice text, bool seats,
                       office_words *out)
{
    char folded[PHRASE_BYTES];
    const rap_slice s = {folded, folded_words(text, folded)};
    *out = (office_words){0};
    for (uint32_t at = 0; at < s.len;) {
        uint32_t entry = RAP_NONE;
        const uint32_t past = over_owner(knowledge, s, at, seats, &entry);
        const uint32_t end = past > at ? past : rap_slice_find(s, RAP_LIT(" "), at);
        const rap_slice word = rap_slice_sub(s, at, end);
        if (past > at) {
            if (!office_add_owner(out->owner, &out->owners, entry)) return false;
        } else if (!is_small(knowledge, word, &out->when)) {
            add_word(out, word);
        }
        at = end + 1;
    }
    return s.len > 0;
}

bool office_words_of(const rap_name_knowledge *knowledge, rap_slice text,
                     office_words *out)
{
    return take_apart(knowledge, text, false, out);
}

bool office_words_by_seat(const rap_name_knowledge *knowledge, rap_slice text,
                          office_words *out)
{
    return take_apart(knowledge, text, true, out);
}
