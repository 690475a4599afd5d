/*
 * sqlite_find.c - from a question in plain words to an FTS5 query.
 *
 * Method  words are runs of letters and digits, each quoted, so that nothing a person
 * types is FTS5 syntax; words that carry no meaning (store/stopwords.tsv of the
 * languages in the record) are left out, unless nothing else is left. FTS5 ranks by
 * BM25 (Robertson and Zaragoza 2009).
 */
#include "store_private.h"

#include "text.h"

enum { MOST_WORDS = 64, WORD_BYTES = 96 };

typedef struct words {
    char word[MOST_WORDS][WORD_BYTES];
    uint32_t count;
} words;

static bool is_word_char(uint32_t c)
{
    return c != RAP_BAD_CHAR && (rap_is_letter(c) || rap_is_digit(c));
}

static bool is_there(const words *w, rap_slice word)
{
    for (uint32_t i = 0; i < w->count; i++)
        if (rap_slice_is(word, w->word[i])) return true;
    return false;
}

/* Words of `s`, folded, each once; what is longer than any word is passed over. */
static void cut_words(rap_slice s, words *out)
{
    out->count = 0;
    uint32_t at = 0;
    while (at < s.len && out->count < MOST_WORDS) {
        uint32_t begin = at;
        if (!is_word_char(rap_utf8_next(s, &at))) continue;
        uint32_t end = at;
        while (at < s.len && is_word_char(rap_utf8_next(s, &at))) end = at;
        char *word = out->word[out->count];
        const uint32_t len =
            rap_fold_into(rap_slice_sub(s, begin, end), word, WORD_BYTES - 1);
        if (len == RAP_NONE || !len) continue;
        word[len] = 0;
        if (!is_there(out, (rap_slice){word, len})) out->count++;
    }
}

static bool add_stop_words(const char *language_code, rap_arena *arena, rap_map *stop)
{
    rap_language language;
    rap_slice bytes;
    rap_error err;
    if (rap_language_open(language_code, &language, &err) ||
        rap_language_file(&language, "store/stopwords.tsv", &bytes, &err))
        return true; /* a language without a list leaves nothing out */
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    while (rap_tsv_next(&tsv, field)) {
        uint32_t *value = rap_map_put(stop, arena, field[0]);
        if (!value) return false;
        *value = RAP_RECORD_STOP;
    }
    return true;
}

static bool add_senses(const char *language_code, rap_arena *arena, rap_map *map)
{
    rap_language language;
    rap_slice bytes;
    rap_error err;
    if (rap_language_open(language_code, &language, &err) ||
        rap_language_file(&language, "store/senses.tsv", &bytes, &err))
        return true; /* without a list every word has a sense of its own */
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS], word;
    for (uint32_t sense = RAP_RECORD_SENSE; rap_tsv_next(&tsv, field); sense++)
        while (rap_split_next(&field[0], '|', &word)) {
            uint32_t *value = rap_map_put(map, arena, word);
            if (!value) return false;
            if (*value == RAP_NONE) *value = sense;
        }
    return true;
}

/* `add` for every language of the record. */
static bool add_languages(sqlite_store *store, rap_arena *arena, rap_map *map,
                          bool (*add)(const char *, rap_arena *, rap_map *))
{
    sqlite3_stmt *s = NULL;
    bool whole = true;
    if (sqlite3_prepare_v2(store->db,
                           "SELECT DISTINCT language FROM article"
                           " WHERE language IS NOT NULL ORDER BY 1 LIMIT 16",
                           -1, &s, NULL) != SQLITE_OK)
        return true;
    while (whole && sqlite3_step(s) == SQLITE_ROW)
        whole = add((const char *)sqlite3_column_text(s, 0), arena, map);
    (void)sqlite3_finalize(s);
    return whole;
}

bool rap_sqlite_stop_words(sqlite_store *store, rap_arena *arena, rap_map *stop)
{
    return add_languages(store, arena, stop, add_stop_words);
}

bool rap_sqlite_senses(sqlite_store *store, rap_arena *arena, rap_map *map)
{
    return add_languages(store, arena, map, add_stop_words) &&
           add_languages(store, arena, map, add_senses);
}

const char *rap_sqlite_match(sqlite_store *store, const char *question,
                             const char *between, rap_arena *arena)
{
    rap_map stop = {0};
    words *w = rap_new(arena, words, 1);
    if (!w || !rap_sqlite_stop_words(store, arena, &stop)) return NULL;
    cut_words(rap_slice_of(question), w);
    bool told = false; /* is there a word that carries meaning? */
    for (uint32_t i = 0; i < w->count; i++)
        told |= rap_map_get(&stop, rap_slice_of(w->word[i])) == RAP_NONE;
    const char *match = "";
    for (uint32_t i = 0; match && i < w->count; i++) {
        if (told && rap_map_get(&stop, rap_slice_of(w->word[i])) != RAP_NONE) continue;
        match =
            *match ? rap_arena_printf(arena, "%s %s \"%s\"", match, between, w->word[i])
                   : rap_arena_printf(arena, "\"%s\"", w->word[i]);
    }
    return match;
}
