/*
 * syntax_guess.c - the possible readings of one token; see syntax_private.h.
 *
 * Method  the table of words, else the longest known ending, else a noun. A capital
 * that its place does not explain makes a name.
 */
#include "syntax_private.h"

static void add(candidates *out, tag_state state, int weight)
{
    for (uint32_t i = 0; i < out->count; i++)
        if (out->state[i] == state) return;
    if (out->count == READINGS) return;
    out->state[out->count] = (uint8_t)state;
    out->weight[out->count++] = (int8_t)weight;
}

static void only(candidates *out, tag_state state)
{
    *out = (candidates){.count = 0};
    add(out, state, 0);
}

static void add_entry(candidates *out, const word_entry *e, int weight)
{
    for (uint32_t i = 0; i < e->count; i++)
        add(out, (tag_state)e->reading[i].state, e->reading[i].weight + weight);
}

/* What the longest known ending tells; endings of names stand behind a '^'. */
static const word_entry *ending_entry(const rap_syntax_knowledge *knowledge,
                                      rap_slice word, bool name)
{
    char key[SUFFIX_BYTES + 1] = "^";
    uint32_t len = word.len > SUFFIX_BYTES ? SUFFIX_BYTES : word.len;
    for (; len; len--) {
        memcpy(key + 1, word.at + word.len - len, len);
        const uint32_t i =
            rap_map_get(&knowledge->suffixes,
                        name ? (rap_slice){key, len + 1} : (rap_slice){key + 1, len});
        if (i != RAP_NONE) return &knowledge->entries.at[i];
    }
    return NULL;
}

static void guess(const rap_syntax_knowledge *knowledge, rap_slice folded, int weight,
                  candidates *out)
{
    const word_entry *e =
        folded.len > 3 ? ending_entry(knowledge, folded, false) : NULL;
    if (e) {
        add_entry(out, e, weight);
        return;
    }
    add(out, STATE_NOUN, weight);
    add(out, STATE_ADJ, weight - 3);
    add(out, STATE_VB, weight - 5);
    add(out, STATE_VBP, weight - 5);
}

/* Has the entry a reading that no name has: a word of a closed class? */
static bool is_function_word(const word_entry *e)
{
    return e->closed && e->reading[0].state != STATE_NOUN &&
           e->reading[0].state != STATE_NOUNS && e->reading[0].state != STATE_NUM;
}

static void capitalised(const rap_syntax_knowledge *knowledge, rap_slice folded,
                        uint8_t flags, word_place place, candidates *out)
{
    const word_entry *e = out->from;
    const bool explained =
        place.initial || place.title_case || flags & RAP_TOKEN_ALL_CAPS;
    const bool caps = flags & RAP_TOKEN_ALL_CAPS && !place.title_case;
    if (e && is_function_word(e)) { /* US, WHO: short names in capitals, not words */
        const bool initials = caps && folded.len < 4;
        add_entry(out, e, initials ? -2 : 0);
        add(out, STATE_PROPN, initials ? 0 : -4);
        return;
    }
    if (e && e->proper) {
        add(out, STATE_ADJ, 0);
        add(out, STATE_PROPN, -1);
        return;
    }
    if (e && explained && !caps) {
        add_entry(out, e, 0);
        const bool near_name =
            place.before_figure || (place.before_name && !place.title_case);
        add(out, STATE_PROPN, near_name ? -1 : -3);
        return;
    }
    add(out, STATE_PROPN, 0);
    if (e) {
        add_entry(out, e, -5);
        return;
    }
    const word_entry *ending = ending_entry(knowledge, folded, true);
    if (ending) add_entry(out, ending, 0);
    if (explained) guess(knowledge, folded, -2, out);
}

static void figure(rap_slice word, candidates *out)
{
    const char end = word.at[word.len - 1];
    if (end == 's') {
        only(out, STATE_NOUNS);
    } else if (end == 't' || end == 'd' || end == 'h') { /* 1st 2nd 15th */
        only(out, STATE_ADJ);
        add(out, STATE_NOUN, -2);
    } else {
        only(out, STATE_NUM);
    }
}

/* A hyphen that joins words is a state of its own; of the symbols some are words. */
static void mark(const rap_syntax_knowledge *knowledge, rap_slice folded, uint8_t kind,
                 word_place place, candidates *out)
{
    const bool hyphen = folded.len == 1 && folded.at[0] == '-' && place.joined;
    out->from = kind == RAP_TOKEN_SYMBOL ? syntax_entry(knowledge, folded) : NULL;
    if (out->from)
        add_entry(out, out->from, 0);
    else
        add(out,
            kind == RAP_TOKEN_SYMBOL ? STATE_SYM
            : hyphen                 ? STATE_HYPH
                                     : STATE_PUNCT,
            0);
}

void syntax_candidates(const rap_syntax_knowledge *knowledge, rap_slice word,
                       uint8_t kind, uint8_t flags, word_place place, candidates *out)
{
    out->count = 0;
    out->from = NULL;
    switch (kind) {
    case RAP_TOKEN_NUMBER:
        figure(word, out);
        return;
    case RAP_TOKEN_URL:
        only(out, STATE_X);
        return;
    default:
        break;
    }
    char buffer[FOLD_BYTES];
    const uint32_t len = rap_fold_into(word, buffer, sizeof buffer);
    const rap_slice folded = {buffer, len == RAP_NONE ? 0 : len};
    if (kind == RAP_TOKEN_PUNCT || kind == RAP_TOKEN_SYMBOL) {
        mark(knowledge, folded, kind, place, out);
        return;
    }
    out->from = syntax_entry(knowledge, folded);
    if (flags & RAP_TOKEN_CAPITAL) {
        capitalised(knowledge, folded, flags, place, out);
    } else if (out->from && out->from->count) {
        add_entry(out, out->from, 0);
    } else {
        guess(knowledge, folded, 0, out);
    }
    assert(out->count > 0);
}
