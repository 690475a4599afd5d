/*
 * event_dictionary.c - dictionaries of verbs compiled; see event_dictionary_private.h.
 *
 * Method  every word becomes a number; a set its members, nested sets in place; a code a
 *         frame of the lexicon with agent and patient as parties. A word with a hyphen is
 *         met whole and in parts.
 * Cost    linear in what the dictionaries hold, sets within sets bounded.
 */
#include "event_dictionary_private.h"
#include "text.h"

#include <stdlib.h>

enum { WORD_BYTES = 64, MOST_NESTED = 8, MOST_OPTIONS = 1 << 16, MOST_PHRASES = 255 };

typedef struct compiler {
    const rap_dictionary *d;
    rap_arena *arena;
    rap_act_lexicon *lexicon;
    rap_cameo cameo;
    struct rap_book *book;
    RAP_LIST(uint32_t) list;
    RAP_LIST(rap_book_option) options;
    RAP_LIST(rap_book_element) elements;
    RAP_LIST(rap_book_pattern) patterns;
    RAP_LIST(rap_book_verb) verbs;
    RAP_LIST(rap_book_discard) discards;
    RAP_LIST(rap_frame) frames;
    rap_map sets;  /* "file name" -> set */
    uint32_t *set; /* [2 * sets] options of each set once it is compiled; RAP_NONE */
} compiler;

/* ---- words ------------------------------------------------------------------------- */

uint32_t rap_book_word(const struct rap_book *book, rap_slice word)
{
    char folded[WORD_BYTES];
    const uint32_t len = rap_fold_into(word, folded, sizeof folded);
    return len == RAP_NONE ? RAP_NONE
                           : rap_map_get(&book->word, (rap_slice){folded, len});
}

/* Adds the word to the list of the option at hand. A word too long is in no text. */
static bool add_word(compiler *c, rap_slice word)
{
    char folded[WORD_BYTES];
    const uint32_t len = rap_fold_into(word, folded, sizeof folded);
    uint32_t id = RAP_NONE;
    if (len != RAP_NONE) {
        const uint32_t known = rap_map_get(&c->book->word, (rap_slice){folded, len});
        id = known;
        if (known == RAP_NONE) {
            const rap_slice kept = rap_arena_copy(c->arena, (rap_slice){folded, len});
            uint32_t *slot =
                kept.at ? rap_map_put(&c->book->word, c->arena, kept) : NULL;
            if (!slot) return false;
            id = *slot = c->book->word.count - 1;
        }
    }
    return rap_push(c->arena, &c->list, id);
}

/* Words between blanks; with `parts`, a hyphen is a word of its own. */
static bool add_words(compiler *c, rap_slice words, bool parts, rap_book_option *out)
{
    rap_slice word;
    *out = (rap_book_option){c->list.count, 0};
    while (words.len && rap_split_next(&words, ' ', &word)) {
        if (!word.len) continue;
        uint32_t from = 0;
        for (uint32_t i = 0; parts && i < word.len; i++) {
            if (word.at[i] != '-' || !i || i + 1 == word.len) continue;
            if (!add_word(c, rap_slice_sub(word, from, i)) ||
                !add_word(c, RAP_LIT("-")))
                return false;
            from = i + 1;
        }
        if (!add_word(c, rap_slice_sub(word, from, word.len))) return false;
    }
    out->count = c->list.count - out->first;
    return true;
}

static bool add_option(compiler *c, rap_slice words)
{
    rap_book_option option;
    if (!add_words(c, words, false, &option)) return false;
    if (option.count && !rap_push(c->arena, &c->options, option)) return false;
    if (rap_slice_find(words, RAP_LIT("-"), 0) == words.len) return true;
    return add_words(c, words, true, &option) &&
           rap_push(c->arena, &c->options, option);
}

/* ---- sets -------------------------------------------------------------------------- */

static uint32_t set_named(const compiler *c, uint32_t file, rap_slice name)
{
    char key[WORD_BYTES + 16];
    while (name.len && name.at[name.len - 1] == '_') name.len--;
    if (name.len > WORD_BYTES) return RAP_NONE;
    const int len = snprintf(key, sizeof key, "%u %.*s", file, (int)name.len, name.at);
    return rap_map_get(&c->sets, (rap_slice){key, (uint32_t)len});
}

static bool name_sets(compiler *c)
{
    for (uint32_t i = 0; i < c->d->sets; i++) {
        const rap_dictionary_set *s = &c->d->set[i];
        const char *key = rap_arena_printf(c->arena, "%u %.*s", s->file,
                                           (int)s->name.len, s->name.at);
        uint32_t *slot =
            key ? rap_map_put(&c->sets, c->arena, rap_slice_of(key)) : NULL;
        if (!slot) return false;
        *slot = i;
    }
    c->set = rap_new(c->arena, uint32_t, 2 * (size_t)c->d->sets);
    for (uint32_t i = 0; c->set && i < 2 * c->d->sets; i++) c->set[i] = RAP_NONE;
    return c->set != NULL;
}

/* The members of a set with those of the sets in it; a set that holds itself stops at
 * MOST_NESTED. */
static bool expand_set(compiler *c, uint32_t set)
{
    uint32_t waiting[MOST_NESTED] = {set}, depth = 1, taken = 0;
    c->set[2 * set] = c->options.count;
    while (depth && taken < MOST_OPTIONS) {
        const rap_dictionary_set *s = &c->d->set[waiting[--depth]];
        for (uint32_t i = 0; i < s->members && taken < MOST_OPTIONS; i++, taken++) {
            const rap_slice member = c->d->phrase[s->member + i];
            const bool nested = rap_slice_starts(member, "&");
            const uint32_t inner =
                nested ? set_named(c, s->file, rap_slice_sub(member, 1, member.len))
                       : RAP_NONE;
            if (inner != RAP_NONE && inner != set && depth < MOST_NESTED)
                waiting[depth++] = inner;
            else if (!nested && !add_option(c, member))
                return false;
        }
        taken++;
    }
    c->set[2 * set + 1] = c->options.count - c->set[2 * set];
    return true;
}

/* ---- codes as frames --------------------------------------------------------------- */

static bool add_frame(compiler *c, rap_slice code, rap_dictionary_place place,
                      uint32_t *out)
{
    const rap_cameo_row *row = code.len ? rap_cameo_of(&c->cameo, code) : NULL;
    *out = RAP_NONE;
    if (!row) return true;
    const rap_slice kept = rap_arena_copy(c->arena, code);
    rap_frame frame = {.type = row->type,
                       .mode = row->mode,
                       .cameo = kept.at,
                       .contexts = row->contexts,
                       .sources = 1,
                       .targets = 1,
                       .example = {"", 0},
                       .file = {"", 0},
                       .line = place.line,
                       .uses = 1};
    frame.source[0].kind = RAP_PART_AGENT;
    frame.target[0].kind = RAP_PART_PATIENT;
    memcpy(frame.context, row->context, sizeof frame.context);
    frame.rule =
        rap_arena_printf(c->arena, "%s:%u", c->d->file[place.file], place.line);
    if (!kept.at || !frame.rule) return false;
    *out = c->lexicon->frames + c->frames.count;
    return rap_push(c->arena, &c->frames, frame);
}

/* Over trees the second code is that of a passive clause; over words in a row, what the
 * target does: the same on both sides is done together. */
static bool add_act(compiler *c, const rap_dictionary_act *act, bool tree,
                    rap_dictionary_place place, rap_book_act *out)
{
    *out = (rap_book_act){RAP_NONE, RAP_NONE, false};
    if (act->silent) {
        out->frame = out->passive = RAP_ACT_SILENT;
        return true;
    }
    if (!add_frame(c, act->code, place, &out->frame)) return false;
    out->passive = out->frame;
    if (tree && act->back.len) return add_frame(c, act->back, place, &out->passive);
    out->mutual = act->back.len && rap_slice_equal(act->code, act->back);
    return true;
}

/* ---- patterns and verbs ------------------------------------------------------------ */

static bool add_element(compiler *c, const rap_dictionary_element *e, uint32_t file,
                        rap_book_element *out)
{
    *out = (rap_book_element){.option = c->options.count,
                              .kind = (uint8_t)e->kind,
                              .role = (uint8_t)e->role,
                              .phrase = (uint8_t)(e->phrase & MOST_PHRASES),
                              .joined = e->joined,
                              .exact = e->exact};
    if (e->kind == RAP_ELEMENT_SET) {
        const uint32_t set = set_named(c, file, e->word);
        if (set == RAP_NONE) return true; /* no options: never met */
        if (c->set[2 * set] == RAP_NONE && !expand_set(c, set)) return false;
        out->option = c->set[2 * set];
        out->options = c->set[2 * set + 1];
        return true;
    }
    if (e->kind == RAP_ELEMENT_WORD && !add_option(c, e->word)) return false;
    out->options = c->options.count - out->option;
    return true;
}

static bool add_pattern(compiler *c, const rap_dictionary_pattern *p)
{
    rap_book_pattern out = {.element = c->elements.count,
                            .elements = p->elements,
                            .verb = p->verb,
                            .word = RAP_NONE,
                            .verb_joined = p->verb_joined,
                            .tree = p->tree};
    for (uint32_t i = 0; i < p->elements; i++) {
        rap_book_element e;
        if (!add_element(c, &c->d->element[p->element + i], p->place.file, &e) ||
            !rap_push(c->arena, &c->elements, e))
            return false;
        if (e.kind == RAP_ELEMENT_WORD && e.options == 1)
            out.word = c->list.at[c->options.at[e.option].first];
    }
    return add_act(c, &p->act, p->tree, p->place, &out.act) &&
           rap_push(c->arena, &c->patterns, out);
}

/* Of a block, the more parts first, then as written. */
static bool add_patterns(compiler *c)
{
    const rap_dictionary *d = c->d;
    uint32_t *first = rap_new(c->arena, uint32_t, (size_t)d->blocks + 1);
    if (!first) return false;
    c->book->first_pattern = first;
    uint32_t at = 0;
    for (uint32_t block = 0; block < d->blocks; block++) {
        const uint32_t begin = at;
        uint32_t most = 0;
        first[block] = c->patterns.count;
        for (; at < d->patterns && d->pattern[at].block == block; at++)
            if (d->pattern[at].elements > most) most = d->pattern[at].elements;
        for (uint32_t n = most + 1; n-- > 0;)
            for (uint32_t i = begin; i < at; i++)
                if (d->pattern[i].elements == n && !add_pattern(c, &d->pattern[i]))
                    return false;
    }
    first[d->blocks] = c->patterns.count;
    return true;
}

/* Is any pattern of the verb's file over trees? A file is of one kind. */
static bool is_tree_file(const rap_dictionary *d, uint32_t file)
{
    for (uint32_t i = 0; i < d->patterns; i++)
        if (d->pattern[i].place.file == file) return d->pattern[i].tree;
    return false;
}

static bool add_verbs(compiler *c)
{
    const rap_dictionary *d = c->d;
    bool *tree = rap_new(c->arena, bool, d->files);
    if (!tree) return false;
    for (uint32_t f = 0; f < d->files; f++) tree[f] = is_tree_file(d, f);
    for (uint32_t i = 0; i < d->verbs; i++) {
        const rap_dictionary_verb *v = &d->verb[i];
        rap_book_verb out = {.block = v->block, .given = v->given};
        rap_book_option form;
        if (!add_words(c, v->form, false, &form) ||
            !add_words(c, v->before, true, &out.before) ||
            !add_words(c, v->after, true, &out.after) ||
            !add_act(c, &v->act, tree[v->place.file], v->place, &out.act))
            return false;
        if (!form.count || c->list.at[form.first] == RAP_NONE) continue;
        out.word = c->list.at[form.first];
        /* "[---]" of a verb leaves it to its patterns, and to the lexicon. */
        if (out.act.frame == RAP_ACT_SILENT) out.act.frame = out.act.passive = RAP_NONE;
        if (!rap_push(c->arena, &c->verbs, out)) return false;
    }
    return true;
}

static bool add_discards(compiler *c)
{
    for (uint32_t i = 0; i < c->d->discards; i++) {
        rap_book_discard out = {.story = c->d->discard[i].story};
        if (!add_words(c, c->d->discard[i].phrase, true, &out.words)) return false;
        if (out.words.count && c->list.at[out.words.first] != RAP_NONE &&
            !rap_push(c->arena, &c->discards, out))
            return false;
    }
    return true;
}

/* ---- tables by word ---------------------------------------------------------------- */

static uint32_t length_of(const rap_book_verb *v)
{
    return v->before.count + v->after.count;
}

/* [words + 1]; counts[w] items begin at first[w]; NULL without memory. */
static uint32_t *starts_of(compiler *c, const uint32_t *word, uint32_t count)
{
    const uint32_t words = c->book->word.count;
    uint32_t *first = rap_new(c->arena, uint32_t, (size_t)words + 2);
    if (!first) return NULL;
    for (uint32_t i = 0; i < count; i++) first[word[i] + 1]++;
    for (uint32_t w = 0; w < words; w++) first[w + 1] += first[w];
    return first;
}

static bool sort_verbs(compiler *c)
{
    enum { LONGEST = 6 };
    const uint32_t count = c->verbs.count, words = c->book->word.count;
    uint32_t *word = rap_new(c->arena, uint32_t, count);
    uint32_t *next = rap_new(c->arena, uint32_t, (size_t)words + 1);
    rap_book_verb *sorted = rap_new(c->arena, rap_book_verb, count);
    if (!word || !next || !sorted) return false;
    for (uint32_t i = 0; i < count; i++) word[i] = c->verbs.at[i].word;
    c->book->first_verb = starts_of(c, word, count);
    if (!c->book->first_verb) return false;
    memcpy(next, c->book->first_verb, (words + 1) * sizeof *next);
    for (uint32_t n = LONGEST + 1; n-- > 0;)
        for (uint32_t i = 0; i < count; i++) {
            const rap_book_verb *v = &c->verbs.at[i];
            const uint32_t len = length_of(v) < LONGEST ? length_of(v) : LONGEST;
            if (len == n) sorted[next[v->word]++] = *v;
        }
    c->book->verb = sorted;
    c->book->verbs = count;
    return true;
}

static bool sort_discards(compiler *c)
{
    const uint32_t count = c->discards.count, words = c->book->word.count;
    uint32_t *word = rap_new(c->arena, uint32_t, count);
    uint32_t *next = rap_new(c->arena, uint32_t, (size_t)words + 1);
    rap_book_discard *sorted = rap_new(c->arena, rap_book_discard, count);
    if (!word || !next || !sorted) return false;
    for (uint32_t i = 0; i < count; i++)
        word[i] = c->list.at[c->discards.at[i].words.first];
    c->book->first_discard = starts_of(c, word, count);
    if (!c->book->first_discard) return false;
    memcpy(next, c->book->first_discard, (words + 1) * sizeof *next);
    for (uint32_t i = 0; i < count; i++) sorted[next[word[i]]++] = c->discards.at[i];
    c->book->discard = sorted;
    c->book->discards = count;
    return true;
}

/* The frames of the lexicon, and behind them the dictionaries'. */
static bool join_frames(compiler *c)
{
    rap_act_lexicon *lexicon = c->lexicon;
    const uint32_t all = lexicon->frames + c->frames.count;
    rap_frame *frame = rap_new(c->arena, rap_frame, all);
    if (!frame) return false;
    if (lexicon->frames) memcpy(frame, lexicon->frame, lexicon->frames * sizeof *frame);
    if (c->frames.count)
        memcpy(frame + lexicon->frames, c->frames.at, c->frames.count * sizeof *frame);
    lexicon->frame = frame;
    lexicon->frames = all;
    return true;
}

static bool compile(compiler *c)
{
    if (!name_sets(c) || !add_patterns(c) || !add_verbs(c) || !add_discards(c) ||
        !sort_verbs(c) || !sort_discards(c) || !join_frames(c))
        return false;
    c->book->list = c->list.at;
    c->book->option = c->options.at;
    c->book->element = c->elements.at;
    c->book->pattern = c->patterns.at;
    return true;
}

rap_status rap_book_open(const rap_language *language, const rap_dictionary *dictionary,
                         rap_arena *arena, rap_act_lexicon *lexicon,
                         const struct rap_book **out, rap_error *err)
{
    compiler c = {.d = dictionary,
                  .arena = arena,
                  .lexicon = lexicon,
                  .book = rap_new(arena, struct rap_book, 1)};
    *out = NULL;
    const rap_status status = rap_cameo_read(language, arena, &c.cameo, err);
    if (status) return status;
    if (!c.book || !compile(&c))
        return rap_fail(err, RAP_E_NOMEM, 0, "the verb dictionaries are too large");
    *out = c.book;
    return RAP_OK;
}
