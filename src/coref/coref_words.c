/*
 * coref_words.c - the words of a document as hashes, and what lies in quotation marks.
 *
 * Cost    linear in bytes; 12 bytes of scratch a token.
 */
#include "coref_private.h"
#include "text.h"

enum { WORD_BYTES = 64 };

static uint32_t hash_of(rap_slice s)
{
    char folded[WORD_BYTES];
    const uint32_t len = rap_fold_into(s, folded, sizeof folded);
    const uint64_t hash = rap_hash(len == RAP_NONE ? s : (rap_slice){folded, len});
    return (uint32_t)(hash ^ hash >> 32);
}

uint32_t coref_lookup(const rap_coref_knowledge *knowledge, char prefix, rap_slice word)
{
    char key[WORD_BYTES + 2] = {prefix, ':'};
    const uint32_t len = rap_fold_into(word, key + 2, WORD_BYTES);
    return len == RAP_NONE ? RAP_NONE
                           : rap_map_get(&knowledge->word, (rap_slice){key, len + 2});
}

/* 1: opens, 2: closes, 3: either, 0: no quotation mark that parts speech. */
static uint32_t mark_of(const coref_work *work, uint32_t t)
{
    const rap_slice s = rap_cut(work->article->text, work->tokens->span[t]);
    if (work->tokens->kind[t] == RAP_TOKEN_WORD || s.len > 4) return 0;
    uint32_t at = 0;
    switch (rap_quote_of(rap_utf8_next(s, &at))) {
    case RAP_QUOTE_DOUBLE:
        return 3;
    case RAP_QUOTE_DOUBLE_OPEN:
    case RAP_QUOTE_GUILLEMET_OPEN:
    case RAP_QUOTE_LOW:
        return 1;
    case RAP_QUOTE_DOUBLE_CLOSE:
    case RAP_QUOTE_GUILLEMET_CLOSE:
        return 2;
    default:
        return 0;
    }
}

/* A quotation ends with its paragraph, for marks are left out often. */
static void read_quotations(coref_work *work)
{
    const rap_tokens *tokens = work->tokens;
    uint32_t quotation = 0, quotations = 0;
    for (uint32_t t = 0; t < tokens->count; t++) {
        const uint32_t sentence = tokens->sentence[t];
        if (t && sentence != tokens->sentence[t - 1] &&
            tokens->zone[sentence] != tokens->zone[tokens->sentence[t - 1]])
            quotation = 0;
        const uint32_t mark = mark_of(work, t);
        if (mark == 2 || (mark == 3 && quotation))
            quotation = 0;
        else if (mark)
            quotation = ++quotations;
        work->quotation[t] = quotation;
    }
}

bool coref_words_read(coref_work *work)
{
    const uint32_t count = work->tokens->count;
    work->word = rap_new(work->scratch, uint32_t, count);
    work->lemma = rap_new(work->scratch, uint32_t, count);
    work->quotation = rap_new(work->scratch, uint32_t, count);
    if (!work->word || !work->lemma || !work->quotation) return false;
    for (uint32_t t = 0; t < count; t++) {
        const rap_slice form = rap_cut(work->article->text, work->tokens->span[t]);
        const rap_slice lemma = work->syntax->lemma[t];
        work->word[t] = hash_of(form);
        work->lemma[t] = lemma.at == form.at || rap_slice_equal(lemma, form)
                             ? work->word[t]
                             : hash_of(lemma);
    }
    read_quotations(work);
    return true;
}
