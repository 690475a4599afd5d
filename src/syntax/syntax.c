/*
 * syntax.c - the stage: the best path of states through each sentence; see syntax.h.
 *
 * Method  Viterbi over at most READINGS states a token: the weight of a reading (lists)
 *         plus the weight of the state after the one before (transitions.tsv). Adverbs,
 *         negations and quotation marks with one reading are passed over: they do not
 *         part a verb from its auxiliary.
 * Cost    linear in tokens; at most READINGS^2 sums each.
 */
#include "syntax_private.h"

enum { TITLE_CASE_WORDS = 4 }; /* fewer words do not show that capitals tell nothing */

typedef struct column { /* one token of the search */
    candidates may;
    int32_t score[READINGS]; /* of the best path that ends in each */
    uint8_t back[READINGS];  /* its state in the column before */
    uint32_t before;         /* that column, RAP_NONE at the start */
    uint8_t best;            /* index of the state chosen */
} column;

typedef struct tagger {
    const rap_syntax_knowledge *knowledge;
    const rap_tokens *tokens;
    rap_slice text;
    column *columns; /* [longest sentence] */
    choice *choices; /* [longest sentence] */
    rap_arena *arena;
    uint8_t *upos, *form;
    rap_slice *lemma;
} tagger;

static bool is_quote(const tagger *tag, uint32_t t)
{
    if (tag->tokens->kind[t] != RAP_TOKEN_PUNCT) return false;
    uint32_t at = tag->tokens->span[t].begin;
    const uint32_t c = rap_utf8_next(tag->text, &at);
    return rap_quote_of(c) != RAP_QUOTE_NONE || c == '`';
}

static bool is_transparent(const tagger *tag, uint32_t t, const candidates *may)
{
    if (may->count == 1 && (may->state[0] == STATE_ADV || may->state[0] == STATE_NEG))
        return true;
    return is_quote(tag, t);
}

/* Are most words of the sentence capitalised, as in headlines? */
static bool is_title_case(const tagger *tag, uint32_t first, uint32_t end)
{
    uint32_t words = 0, capitals = 0;
    for (uint32_t t = first; t < end; t++) {
        if (tag->tokens->kind[t] != RAP_TOKEN_WORD ||
            tag->tokens->span[t].end - tag->tokens->span[t].begin < 4)
            continue;
        words++;
        capitals += (tag->tokens->flags[t] & RAP_TOKEN_CAPITAL) != 0;
    }
    return words >= TITLE_CASE_WORDS && capitals * 5 >= words * 4;
}

static bool is_capital_word(const tagger *tag, uint32_t t, uint32_t end)
{
    return t < end && tag->tokens->kind[t] == RAP_TOKEN_WORD &&
           tag->tokens->flags[t] & RAP_TOKEN_CAPITAL;
}

/* A word is initial after the start, an opening quote, a colon, a dash or a bullet. */
static bool opens(const tagger *tag, uint32_t t)
{
    if (tag->tokens->kind[t] != RAP_TOKEN_PUNCT) return false;
    uint32_t at = tag->tokens->span[t].begin;
    const uint32_t c = rap_utf8_next(tag->text, &at);
    return c != ',' && c != ';' && c != ')' && c != '(' && c != '-';
}

static bool is_joined(const tagger *tag, uint32_t t, uint32_t first, uint32_t end)
{
    const rap_span *span = tag->tokens->span;
    return t > first && t + 1 < end && span[t - 1].end == span[t].begin &&
           span[t].end == span[t + 1].begin;
}

/* Before a negation only the auxiliary readings stay ("does not", "has not"). */
static void keep_auxiliaries(candidates *may)
{
    candidates kept = {.from = may->from};
    for (uint32_t i = 0; i < may->count; i++) {
        if (syntax_upos((tag_state)may->state[i]) != RAP_AUX) continue;
        kept.state[kept.count] = may->state[i];
        kept.weight[kept.count++] = may->weight[i];
    }
    if (kept.count) *may = kept;
}

static void read_tokens(tagger *tag, uint32_t first, uint32_t end)
{
    const rap_tokens *tokens = tag->tokens;
    const bool title_case = is_title_case(tag, first, end);
    bool initial = true;
    for (uint32_t t = first; t < end; t++) {
        const word_place here = {.initial = initial,
                                 .title_case = title_case,
                                 .before_name = is_capital_word(tag, t + 1, end),
                                 .joined = is_joined(tag, t, first, end),
                                 .before_figure = t + 1 < end && tokens->kind[t + 1] ==
                                                                     RAP_TOKEN_NUMBER};
        syntax_candidates(tag->knowledge, rap_cut(tag->text, tokens->span[t]),
                          tokens->kind[t], tokens->flags[t], here,
                          &tag->columns[t - first].may);
        const candidates *may = &tag->columns[t - first].may;
        if (t > first && may->state[0] == STATE_NEG)
            keep_auxiliaries(&tag->columns[t - first - 1].may);
        initial = (initial && tokens->kind[t] != RAP_TOKEN_WORD) || opens(tag, t);
    }
}

/* Fill column `to` from column `from` (NULL: the start of the sentence). */
static void step(const rap_syntax_knowledge *knowledge, const column *from, column *to)
{
    for (uint32_t i = 0; i < to->may.count; i++) {
        int32_t best =
            from ? INT32_MIN : knowledge->follows[STATE_START][to->may.state[i]];
        to->back[i] = 0;
        for (uint32_t j = 0; from && j < from->may.count; j++) {
            const int32_t score =
                from->score[j] +
                knowledge->follows[from->may.state[j]][to->may.state[i]];
            if (score <= best) continue;
            best = score;
            to->back[i] = (uint8_t)j;
        }
        to->score[i] = best + to->may.weight[i];
    }
}

static uint8_t best_of(const column *c)
{
    uint8_t best = 0;
    for (uint8_t i = 1; i < c->may.count; i++)
        if (c->score[i] > c->score[best]) best = i;
    return best;
}

static void search(tagger *tag, uint32_t first, uint32_t end)
{
    uint32_t last = RAP_NONE;
    for (uint32_t t = first; t < end; t++) {
        column *c = &tag->columns[t - first];
        c->best = 0;
        if (is_transparent(tag, t, &c->may)) continue;
        c->before = last;
        step(tag->knowledge, last == RAP_NONE ? NULL : &tag->columns[last], c);
        last = t - first;
    }
    if (last == RAP_NONE) return;
    tag->columns[last].best = best_of(&tag->columns[last]);
    while (tag->columns[last].before != RAP_NONE) {
        const column *c = &tag->columns[last];
        tag->columns[c->before].best = c->back[c->best];
        last = c->before;
    }
}

static const reading *reading_of(const word_entry *e, tag_state state)
{
    for (uint32_t i = 0; e && i < e->count; i++)
        if (e->reading[i].state == state) return &e->reading[i];
    return NULL;
}

/* The word in lower case: itself if it is so already. */
static rap_slice lowered(rap_arena *arena, rap_slice word)
{
    bool upper = false;
    for (uint32_t at = 0; at < word.len && !upper;) {
        const uint32_t c = rap_utf8_next(word, &at);
        upper = rap_lower(c) != c;
    }
    if (!upper) return word;
    char *out = rap_new(arena, char, (size_t)word.len * 2 + 1); /* Ⱥ grows by a byte */
    if (!out) return (rap_slice){NULL, 0};
    uint32_t len = 0;
    for (uint32_t at = 0; at < word.len;) {
        const uint32_t begin = at;
        const uint32_t c = rap_utf8_next(word, &at);
        if (rap_lower(c) == c) {
            memcpy(out + len, word.at + begin, at - begin);
            len += at - begin;
        } else {
            len += rap_utf8_put(rap_lower(c), out + len);
        }
    }
    return (rap_slice){out, len};
}

/* The lemma of an unlisted form; at == NULL if the arena refuses. */
static rap_slice derived(const tagger *tag, rap_slice word, tag_state state)
{
    const rap_slice lower = lowered(tag->arena, word);
    char base[FOLD_BYTES];
    if (!lower.at || lower.len > FOLD_BYTES) return lower;
    const uint32_t len = syntax_base_of(tag->knowledge, lower, state, base);
    if (!len) return lower;
    if (len <= lower.len && memcmp(base, lower.at, len) == 0)
        return (rap_slice){lower.at, len};
    return rap_arena_copy(tag->arena, (rap_slice){base, len});
}

static rap_slice lemma_chosen(const tagger *tag, rap_slice word, const column *c)
{
    const tag_state state = (tag_state)c->may.state[c->best];
    const reading *known = reading_of(c->may.from, state);
    if (known && known->lemma) return (rap_slice){known->lemma, known->lemma_len};
    if (state == STATE_PROPN || state == STATE_PUNCT || state == STATE_X) return word;
    return derived(tag, word, state);
}

static uint8_t index_of(const candidates *may, tag_state state)
{
    for (uint8_t i = 0; i < may->count; i++)
        if (may->state[i] == state) return i;
    return READINGS;
}

/* Make participles of the pasts that modify a noun. */
static void reconsider(tagger *tag, uint32_t first, uint32_t end)
{
    bool any = false;
    for (uint32_t i = 0; i < end - first; i++) {
        const column *c = &tag->columns[i];
        const uint8_t past = index_of(&c->may, STATE_VBD);
        const reading *known =
            reading_of(c->may.from, (tag_state)c->may.state[c->best]);
        tag->choices[i] = (choice){
            .state = c->may.state[c->best],
            .either = past < READINGS && index_of(&c->may, STATE_VBN) < READINGS,
            .lemma = known && known->lemma ? (rap_slice){known->lemma, known->lemma_len}
                                           : (rap_slice){"", 0}};
        any |= tag->choices[i].either && tag->choices[i].state == STATE_VBD;
    }
    for (uint32_t i = 1; any && i < end - first; i++) {
        if (!syntax_is_reduced(tag->knowledge, tag->choices, end - first, i)) continue;
        column *c = &tag->columns[i];
        c->best = index_of(&c->may, STATE_VBN);
        tag->choices[i].state = STATE_VBN;
    }
}

static bool write_tags(tagger *tag, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t < end; t++) {
        const column *c = &tag->columns[t - first];
        const tag_state state = (tag_state)c->may.state[c->best];
        const reading *known = reading_of(c->may.from, state);
        tag->upos[t] = (uint8_t)syntax_upos(state);
        tag->form[t] = known ? known->form : (uint8_t)syntax_form(state);
        tag->lemma[t] = lemma_chosen(tag, rap_cut(tag->text, tag->tokens->span[t]), c);
        if (!tag->lemma[t].at) return false;
    }
    return true;
}

static uint32_t longest_sentence(const rap_tokens *tokens)
{
    uint32_t longest = 0;
    for (uint32_t s = 0; s < tokens->sentences; s++) {
        const uint32_t len = tokens->first[s + 1] - tokens->first[s];
        if (len > longest) longest = len;
    }
    return longest;
}

rap_status rap_syntax_run(const rap_syntax_knowledge *knowledge,
                          const rap_article *article, const rap_tokens *tokens,
                          rap_arena *arena, rap_arena *scratch, rap_syntax *out,
                          rap_error *err)
{
    *out = (rap_syntax){0};
    if (knowledge->net)
        return syntax_net_run(knowledge, article, tokens, arena, scratch, out, err);
    tagger tag = {.knowledge = knowledge,
                  .tokens = tokens,
                  .text = article->text,
                  .arena = arena,
                  .columns = rap_new(scratch, column, longest_sentence(tokens)),
                  .choices = rap_new(scratch, choice, longest_sentence(tokens)),
                  .upos = rap_new(arena, uint8_t, tokens->count),
                  .form = rap_new(arena, uint8_t, tokens->count),
                  .lemma = rap_new(arena, rap_slice, tokens->count)};
    if (!tag.columns || !tag.choices || !tag.upos || !tag.form || !tag.lemma)
        return rap_fail(err, RAP_E_NOMEM, 0, "the tags of %u tokens", tokens->count);
    for (uint32_t s = 0; s < tokens->sentences; s++) {
        const uint32_t first = tokens->first[s], end = tokens->first[s + 1];
        read_tokens(&tag, first, end);
        search(&tag, first, end);
        reconsider(&tag, first, end);
        if (!write_tags(&tag, first, end))
            return rap_fail(err, RAP_E_NOMEM, 0, "the lemmas of %u tokens",
                            tokens->count);
    }
    *out = (rap_syntax){.count = tokens->count,
                        .upos = tag.upos,
                        .form = tag.form,
                        .lemma = tag.lemma,
                        .made_by = "syntax rules 1"};
    return RAP_OK;
}
