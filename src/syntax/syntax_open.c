/*
 * syntax_open.c - read the lists into one table of words; see syntax_private.h.
 *
 * Method  the closed classes first: they are complete. Verbs and nouns are entered with
 *         all their regular forms, so that tagging needs one look-up a word.
 */
#include <stdlib.h>

#include "syntax_private.h"

/* ---- entries -------------------------------------------------------------------- */

const word_entry *syntax_entry(const rap_syntax_knowledge *knowledge, rap_slice folded)
{
    const uint32_t i = rap_map_get(&knowledge->words, folded);
    return i == RAP_NONE ? NULL : &knowledge->entries.at[i];
}

word_entry *syntax_entry_put(rap_syntax_knowledge *knowledge, rap_map *map,
                             rap_slice word)
{
    uint32_t i = rap_map_get(map, word);
    if (i != RAP_NONE) return &knowledge->entries.at[i];
    const rap_slice key = rap_arena_copy(&knowledge->arena, word);
    uint32_t *slot = key.at ? rap_map_put(map, &knowledge->arena, key) : NULL;
    if (!slot ||
        !rap_push(&knowledge->arena, &knowledge->entries, (word_entry){.count = 0}))
        return NULL;
    *slot = knowledge->entries.count - 1;
    return &knowledge->entries.at[*slot];
}

void syntax_reading_put(word_entry *entry, tag_state state, int weight, rap_slice lemma)
{
    for (uint32_t i = 0; i < entry->count; i++)
        if (entry->reading[i].state == state) {
            if (entry->reading[i].weight < weight)
                entry->reading[i].weight = (int8_t)weight;
            if (lemma.len && !entry->reading[i].lemma) {
                entry->reading[i].lemma = lemma.at;
                entry->reading[i].lemma_len = (uint8_t)lemma.len;
            }
            return;
        }
    if (entry->count == READINGS) return;
    entry->reading[entry->count++] = (reading){.lemma = lemma.len ? lemma.at : NULL,
                                               .lemma_len = (uint8_t)lemma.len,
                                               .state = (uint8_t)state,
                                               .form = (uint8_t)syntax_form(state),
                                               .weight = (int8_t)weight};
}

typedef struct loader {
    rap_syntax_knowledge *knowledge;
    bool lost;   /* the arena refused */
    bool closed; /* the closed classes are being read */
} loader;

/* Add one reading of `word`; words of the closed classes take none from other lists. */
static void put(loader *load, rap_slice word, tag_state state, int weight,
                rap_slice lemma)
{
    if (!word.len || lemma.len > UINT8_MAX) return;
    word_entry *e = syntax_entry_put(load->knowledge, &load->knowledge->words, word);
    if (!e) {
        load->lost = true;
        return;
    }
    if (e->closed && !load->closed) return;
    e->closed = load->closed;
    syntax_reading_put(e, state, weight, lemma);
}

/* "NOUN" or "NOUN:-2". */
static bool read_weighed(rap_slice part, tag_state *out, int *weight)
{
    const uint32_t colon = rap_slice_find(part, RAP_LIT(":"), 0);
    *weight = 0;
    if (colon < part.len) {
        const rap_slice figure = rap_slice_sub(part, colon + 1, part.len);
        const bool minus = figure.len && figure.at[0] == '-';
        for (uint32_t i = minus;
             i < figure.len && figure.at[i] >= '0' && figure.at[i] <= '9'; i++)
            *weight = (*weight * 10 + figure.at[i] - '0') % 100;
        if (minus) *weight = -*weight;
    }
    return syntax_state_named(rap_slice_sub(part, 0, colon), out);
}

static bool put_readings(loader *load, rap_slice readings, rap_slice word,
                         rap_slice lemma)
{
    rap_slice part;
    while (rap_split_next(&readings, ' ', &part)) {
        tag_state state;
        int weight;
        if (!part.len) continue;
        if (!read_weighed(part, &state, &weight)) return false;
        put(load, word, state, weight, lemma);
    }
    return true;
}

/* ---- verbs and nouns with their forms -----------------------------------------------
 */

static void put_plural(loader *load, rap_slice noun, int weight)
{
    char form[FOLD_BYTES];
    put(load, (rap_slice){form, syntax_with_s(noun, form)}, STATE_NOUNS, weight, noun);
}

enum { NEVER = -5 }; /* even a word known as a verb alone is a noun after an article */

typedef struct verb_use { /* weights of a base as a verb and as a noun */
    int verb, noun;
} verb_use;

static void put_present(loader *load, rap_slice base, verb_use use)
{
    char form[FOLD_BYTES];
    if (use.noun == 0) put(load, base, STATE_NOUN, 0, base);
    put(load, base, STATE_VB, use.verb, base);
    put(load, base, STATE_VBP, use.verb, base);
    if (use.noun < 0) put(load, base, STATE_NOUN, use.noun, base);
    put(load, (rap_slice){form, syntax_with_s(base, form)}, STATE_VBZ, use.verb, base);
    put_plural(load, base, use.noun);
}

static void put_gerund(loader *load, rap_slice base, bool doubled)
{
    char form[FOLD_BYTES];
    const rap_slice gerund = {form, syntax_with_ing(base, doubled, form)};
    put(load, gerund, STATE_VBG, 0, base);
    put(load, gerund, STATE_NOUN, -3, (rap_slice){"", 0});
}

static void put_past(loader *load, rap_slice base, bool doubled)
{
    char form[FOLD_BYTES];
    const rap_slice past = {form, syntax_with_ed(base, doubled, form)};
    put(load, past, STATE_VBD, 0, base);
    put(load, past, STATE_VBN, 0, base);
    put(load, past, STATE_ADJ, -4, (rap_slice){"", 0});
}

static void put_regular(loader *load, rap_slice word, verb_use use)
{
    const bool marked = rap_slice_ends(word, "+");
    if (marked) word.len--;
    const rap_slice base = rap_arena_copy(&load->knowledge->arena, word);
    if (!base.at) {
        load->lost = true;
        return;
    }
    put_present(load, base, use);
    const bool doubles = marked || syntax_doubles(base);
    if (doubles) {
        put_past(load, base, true);
        put_gerund(load, base, true);
    }
    if (!doubles || marked) { /* travelled and traveled are both written */
        put_past(load, base, false);
        put_gerund(load, base, false);
    }
}

static bool read_verb(loader *load, rap_slice field[], uint32_t fields)
{
    static const verb_use verb = {0, NEVER}, verb_noun = {0, -1}, noun_verb = {-2, 0};
    const verb_use *use = rap_slice_is(field[0], "verb")        ? &verb
                          : rap_slice_is(field[0], "verb-noun") ? &verb_noun
                          : rap_slice_is(field[0], "noun-verb") ? &noun_verb
                                                                : NULL;
    rap_slice word;
    if (rap_slice_is(field[0], "clause")) {
        while (rap_split_next(&field[1], ',', &word)) {
            word_entry *e =
                syntax_entry_put(load->knowledge, &load->knowledge->words, word);
            if (e) e->clause = true;
        }
        return true;
    }
    if (!use || fields != 2) return false;
    while (rap_split_next(&field[1], ',', &word))
        if (word.len) put_regular(load, word, *use);
    return true;
}

static bool read_irregular(loader *load, rap_slice field[], uint32_t fields)
{
    if (fields < 3) return false;
    rap_slice base = field[0], word;
    const bool marked = rap_slice_ends(base, "+");
    if (marked) base.len--;
    put_present(load, base, (verb_use){0, field[3].len ? -1 : NEVER});
    put_gerund(load, base, marked || syntax_doubles(base));
    while (rap_split_next(&field[1], ',', &word)) /* bid, cut: the past is rarer */
        put(load, word, STATE_VBD, rap_slice_equal(word, base) ? -2 : 0, base);
    while (rap_split_next(&field[2], ',', &word)) put(load, word, STATE_VBN, 0, base);
    return true;
}

/* ---- the other lists ----------------------------------------------------------------
 */

static rap_verb_form form_named(rap_slice name)
{
    static const char *const names[] = {"",     "base",       "present",
                                        "past", "participle", "gerund"};
    for (uint32_t i = RAP_FORM_BASE; i <= RAP_FORM_GERUND; i++)
        if (rap_slice_is(name, names[i])) return (rap_verb_form)i;
    return RAP_FORM_NONE;
}

static bool read_closed(loader *load, rap_slice field[], uint32_t fields)
{
    if (fields < 2) return false;
    rap_slice word;
    load->closed = true;
    while (rap_split_next(&field[1], ',', &word)) {
        if (!word.len) continue;
        if (!put_readings(load, field[0], word, field[2])) return false;
        word_entry *e =
            syntax_entry_put(load->knowledge, &load->knowledge->words, word);
        const rap_verb_form form = form_named(field[3]);
        for (uint32_t i = 0; e && form && i < e->count; i++)
            if (!e->reading[i].form) e->reading[i].form = (uint8_t)form;
    }
    load->closed = false;
    return true;
}

static bool is_short(rap_slice word)
{
    uint32_t groups = 0;
    for (uint32_t i = 0; i < word.len; i++)
        groups +=
            strchr("aeiou", word.at[i]) && (i == 0 || !strchr("aeiou", word.at[i - 1]));
    return word.len < 9 && (groups == 1 || (groups == 2 && rap_slice_ends(word, "e")) ||
                            rap_slice_ends(word, "y"));
}

/* bigger, biggest: formed like the past of a verb. */
static void put_comparison(loader *load, rap_slice word)
{
    char form[FOLD_BYTES];
    if (!is_short(word)) return;
    const uint32_t len = syntax_with_ed(word, syntax_doubles(word), form);
    if (!len || len + 2 > sizeof form) return;
    form[len - 1] = 'r';
    put(load, (rap_slice){form, len}, STATE_ADJ, 0, word);
    put(load, (rap_slice){form, len}, STATE_ADV, -3, word);
    form[len - 1] = 's';
    form[len] = 't';
    put(load, (rap_slice){form, len + 1}, STATE_ADJ, 0, word);
}

static void put_proper(loader *load, rap_slice word)
{
    word_entry *e = syntax_entry_put(load->knowledge, &load->knowledge->words, word);
    if (!e) {
        load->lost = true;
        return;
    }
    e->proper = true;
    if (!e->closed) syntax_reading_put(e, STATE_ADJ, 0, (rap_slice){"", 0});
}

static bool read_word(loader *load, rap_slice field[], uint32_t fields)
{
    if (fields < 2) return false;
    if (rap_slice_is(field[0], "plural")) {
        rap_slice plural, singular = {"", 0};
        if (!rap_split_next(&field[1], ',', &plural)) return false;
        (void)rap_split_next(&field[1], ',', &singular);
        put(load, plural, STATE_NOUNS, 0, singular);
        return true;
    }
    const bool proper = rap_slice_is(field[0], "proper");
    const bool noun = rap_slice_find(field[0], RAP_LIT("NOUN"), 0) < field[0].len;
    const bool adjective = rap_slice_starts(field[0], "ADJ");
    rap_slice word;
    while (rap_split_next(&field[1], ',', &word)) {
        if (!word.len) continue;
        if (proper)
            put_proper(load, word);
        else if (!put_readings(load, field[0], word, (rap_slice){"", 0}))
            return false;
        if (noun) put_plural(load, word, 0);
        if (adjective) put_comparison(load, word);
    }
    return true;
}

static bool read_suffix(loader *load, rap_slice field[], uint32_t fields)
{
    if (fields != 2 || field[0].len > SUFFIX_BYTES + 1) return false;
    word_entry *e =
        syntax_entry_put(load->knowledge, &load->knowledge->suffixes, field[0]);
    if (!e) {
        load->lost = true;
        return true;
    }
    rap_slice part;
    while (rap_split_next(&field[1], ' ', &part)) {
        tag_state state;
        int weight;
        if (!read_weighed(part, &state, &weight)) return false;
        syntax_reading_put(e, state, weight, (rap_slice){"", 0});
    }
    return true;
}

/* ---- transitions
 * ---------------------------------------------------------------------- */

static bool set_row(int8_t *row, rap_slice weights)
{
    rap_slice part, name;
    while (rap_split_next(&weights, ' ', &part)) {
        if (!part.len) continue;
        const uint32_t colon = rap_slice_find(part, RAP_LIT(":"), 0);
        rap_slice names = rap_slice_sub(part, 0, colon);
        const rap_slice figure = rap_slice_sub(part, colon, part.len);
        if (figure.len < 2) return false;
        const bool minus = figure.at[1] == '-';
        const char digit = figure.at[figure.len - 1];
        if (figure.len != (minus ? 3u : 2u) || digit < '0' || digit > '9') return false;
        const int8_t weight = (int8_t)(minus ? '0' - digit : digit - '0');
        while (rap_split_next(&names, ',', &name)) {
            tag_state to;
            if (rap_slice_is(name, "*"))
                memset(row, weight, STATES);
            else if (syntax_state_named(name, &to))
                row[to] = weight;
            else
                return false;
        }
    }
    return true;
}

static bool read_transition(loader *load, rap_slice field[], uint32_t fields)
{
    rap_slice name;
    while (fields == 2 && rap_split_next(&field[0], ',', &name)) {
        tag_state from;
        if (!syntax_state_named(name, &from) ||
            !set_row(load->knowledge->follows[from], field[1]))
            return false;
    }
    return fields == 2;
}

/* ---- opening
 * ---------------------------------------------------------------------------- */

typedef bool (*row_reader)(loader *load, rap_slice field[], uint32_t fields);

static rap_status read_file(loader *load, const rap_language *language,
                            const char *file, row_reader read, rap_error *err)
{
    rap_slice bytes;
    const rap_status status = rap_language_file(language, file, &bytes, err);
    if (status) return status;
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    uint32_t n;
    while ((n = rap_tsv_next(&tsv, field))) {
        if (!read(load, field, n))
            return rap_fail(err, RAP_E_MODEL, tsv.at,
                            "%s line %u: not as its head says", file, tsv.line);
        if (load->lost) return rap_fail(err, RAP_E_NOMEM, 0, "the lists of %s", file);
    }
    return RAP_OK;
}

rap_status rap_syntax_open(const rap_language *language, rap_syntax_knowledge **out,
                           rap_error *err)
{
    static const struct {
        const char *file;
        row_reader read;
    } files[] = {{"syntax/closed.tsv", read_closed},
                 {"syntax/irregular.tsv", read_irregular},
                 {"syntax/verbs.tsv", read_verb},
                 {"syntax/words.tsv", read_word},
                 {"syntax/suffixes.tsv", read_suffix},
                 {"syntax/transitions.tsv", read_transition}};
    *out = NULL;
    rap_syntax_knowledge *knowledge = calloc(1, sizeof *knowledge);
    if (!knowledge) return rap_fail(err, RAP_E_NOMEM, 0, "the lists of the tagger");
    knowledge->arena = RAP_ARENA((size_t)64 << 20);
    loader load = {.knowledge = knowledge};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const rap_status status =
            read_file(&load, language, files[i].file, files[i].read, err);
        if (status) {
            rap_syntax_close(knowledge);
            return status;
        }
    }
    rap_status status = rap_model_builtin(language, &knowledge->model, err);
    if (!status) status = syntax_net_open(knowledge, err);
    if (status && status != RAP_E_NOTFOUND) {
        rap_syntax_close(knowledge);
        return status;
    }
    *out = knowledge;
    return RAP_OK;
}

void rap_syntax_close(rap_syntax_knowledge *knowledge)
{
    if (!knowledge) return;
    syntax_net_close(knowledge);
    rap_arena_free(&knowledge->arena);
    free(knowledge);
}
