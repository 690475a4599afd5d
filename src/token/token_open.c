/*
 * token_open.c - read the lists of the language; see token_private.h.
 */
#include <stdlib.h>

#include "token_private.h"

typedef struct kind_name {
    const char *file, *kind; /* first column of the file */
    uint32_t bit;
} kind_name;

static const kind_name kinds[] = {
    {"token/abbreviations.tsv", "title", WORD_TITLE},
    {"token/abbreviations.tsv", "figure", WORD_FIGURE},
    {"token/abbreviations.tsv", "inner", WORD_INNER},
    {"token/abbreviations.tsv", "end", WORD_END},
    {"token/contractions.tsv", "clitic", WORD_CLITIC},
    {"token/contractions.tsv", "split", WORD_SPLIT},
    {"token/contractions.tsv", "apostrophe", WORD_APOSTROPHE},
    {"token/contractions.tsv", "unit", WORD_UNIT},
    {"token/contractions.tsv", "possessive", 0},
    {"token/hyphens.tsv", "prefix", WORD_PREFIX},
    {"token/hyphens.tsv", "suffix", WORD_SUFFIX},
    {"token/addresses.tsv", "ending", WORD_ADDRESS},
    {"token/sentences.tsv", "starter", WORD_STARTER},
    {"token/sentences.tsv", "saying", WORD_SAYING},
};

static const kind_name *kind_of(const char *file, rap_slice kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].file, file) == 0 && rap_slice_is(kind, kinds[i].kind))
            return &kinds[i];
    return NULL;
}

/* Adds `bit` to the word's bits; false when the arena refuses. */
static bool put_word(rap_token_knowledge *knowledge, rap_slice word, uint32_t bit)
{
    const rap_slice key = rap_fold(&knowledge->arena, word);
    uint32_t *slot =
        key.at ? rap_map_put(&knowledge->words, &knowledge->arena, key) : NULL;
    if (!slot) return false;
    *slot = (*slot == RAP_NONE ? 0 : *slot) | bit;
    return true;
}

/* "can|not": the word without its bar, and where the bar was. */
static bool put_split(rap_token_knowledge *knowledge, rap_slice word)
{
    rap_slice head, tail;
    char joined[FOLD_BYTES];
    if (!rap_split_next(&word, '|', &head) || !rap_split_next(&word, '|', &tail) ||
        head.len + tail.len > sizeof joined)
        return true; /* no bar, nothing to part */
    memcpy(joined, head.at, head.len);
    memcpy(joined + head.len, tail.at, tail.len);
    const rap_slice key =
        rap_fold(&knowledge->arena, (rap_slice){joined, head.len + tail.len});
    uint32_t *slot =
        key.at ? rap_map_put(&knowledge->splits, &knowledge->arena, key) : NULL;
    if (!slot) return false;
    *slot = head.len;
    if (key.len && key.at[0] >= 'a' && key.at[0] <= 'z')
        knowledge->split_starts |= 1u << (key.at[0] - 'a');
    return true;
}

static bool put(rap_token_knowledge *knowledge, rap_slice word, uint32_t bit)
{
    if (!word.len) return true;
    if (bit == WORD_SPLIT) return put_split(knowledge, word);
    if (bit) return put_word(knowledge, word, bit);
    knowledge->possessive[(uint8_t)word.at[0]] = 1;
    return true;
}

static rap_status read_file(rap_token_knowledge *knowledge,
                            const rap_language *language, const char *file,
                            rap_error *err)
{
    rap_slice bytes;
    const rap_status status = rap_language_file(language, file, &bytes, err);
    if (status) return status;
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    uint32_t n;
    while ((n = rap_tsv_next(&tsv, field))) {
        const kind_name *kind = kind_of(file, field[0]);
        if (n != 2 || !kind)
            return rap_fail(err, RAP_E_MODEL, tsv.at, "%s line %u: not 'kind, words'",
                            file, tsv.line);
        rap_slice word;
        while (rap_split_next(&field[1], ',', &word))
            if (!put(knowledge, word, kind->bit))
                return rap_fail(err, RAP_E_NOMEM, 0, "the lists of %s", file);
    }
    return RAP_OK;
}

rap_status rap_token_open(const rap_language *language, rap_token_knowledge **out,
                          rap_error *err)
{
    static const char *const files[] = {"token/abbreviations.tsv",
                                        "token/contractions.tsv", "token/hyphens.tsv",
                                        "token/addresses.tsv", "token/sentences.tsv"};
    *out = NULL;
    rap_token_knowledge *knowledge = calloc(1, sizeof *knowledge);
    if (!knowledge) return rap_fail(err, RAP_E_NOMEM, 0, "the lists of the tokeniser");
    knowledge->arena = RAP_ARENA((size_t)8 << 20);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const rap_status status = read_file(knowledge, language, files[i], err);
        if (status) {
            rap_token_close(knowledge);
            return status;
        }
    }
    *out = knowledge;
    return RAP_OK;
}

void rap_token_close(rap_token_knowledge *knowledge)
{
    if (!knowledge) return;
    rap_arena_free(&knowledge->arena);
    free(knowledge);
}

uint32_t token_word_bits(const rap_token_knowledge *knowledge, rap_slice word)
{
    char folded[FOLD_BYTES];
    const uint32_t len = rap_fold_into(word, folded, sizeof folded);
    if (len == RAP_NONE) return 0;
    const uint32_t bits = rap_map_get(&knowledge->words, (rap_slice){folded, len});
    return bits == RAP_NONE ? 0 : bits;
}
