/*
 * record_copy.c - is one text a copy of another?
 *
 * Method  FracMinHash (Irber et al. 2022): of the hashes of all runs of SHINGLE words those
 *         below 1/SCALE of the range are kept, the same ones in every text, so that what
 *         two texts share of their samples estimates what they share of their runs. The
 *         share of the shorter's sample that stands in the longer (containment) finds
 *         copies that were cut, given another headline, or set among other words.
 * Cost    linear in bytes; one number kept in SCALE words.
 */
#include "record.h"
#include "text.h"

enum { SHINGLE = 3, SCALE = 6, WORD_BYTES = 64 };

static bool is_word_char(uint32_t c)
{
    return rap_is_letter(c) || rap_is_digit(c);
}

/* The hash of the next word at or after *at; false: none is left. */
static bool next_word(rap_slice s, uint32_t *at, uint64_t *out)
{
    while (*at < s.len) {
        const uint32_t begin = *at;
        if (!is_word_char(rap_utf8_next(s, at))) continue;
        uint32_t end = *at;
        while (*at < s.len && is_word_char(rap_utf8_next(s, at))) end = *at;
        char word[WORD_BYTES];
        const uint32_t len =
            rap_fold_into(rap_slice_sub(s, begin, end), word, WORD_BYTES);
        *out = rap_hash(len == RAP_NONE ? rap_slice_sub(s, begin, end)
                                        : (rap_slice){word, len});
        return true;
    }
    return false;
}

static uint64_t mix(uint64_t h)
{
    h ^= h >> 33;
    h *= 0xFF51AFD7ED558CCDu;
    h ^= h >> 33;
    h *= 0xC4CEB9FE1A85EC53u;
    return h ^ h >> 33;
}

bool rap_copy_add(rap_copy *copy, rap_slice text, rap_arena *arena)
{
    uint64_t run[SHINGLE] = {0}, word;
    uint32_t seen = 0;
    for (uint32_t at = 0; next_word(text, &at, &word);) {
        memmove(run, run + 1, sizeof run - sizeof *run);
        run[SHINGLE - 1] = word;
        if (++seen < SHINGLE) continue;
        uint64_t hash = 0;
        for (uint32_t i = 0; i < SHINGLE; i++) hash = mix(hash * 31 + run[i]);
        copy->runs++;
        if (hash % SCALE == 0 && !rap_push(arena, &copy->sample, (int64_t)(hash >> 1)))
            return false;
    }
    return true;
}

bool rap_is_copy(uint32_t shared, uint32_t sample, uint32_t other)
{
    const uint32_t least = sample < other ? sample : other;
    if (least < RAP_COPY_LEAST) return shared >= 4 && shared * 10 >= least * 7;
    return shared * 100 >= least * RAP_COPY_PERCENT;
}
