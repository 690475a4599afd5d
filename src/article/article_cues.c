/*
 * article_cues.c - the cue phrases of a language, and finding them in a block.
 *
 * Reads article/{cues,outlet-cues,outlet-words,function-words,person-words,terms}.tsv.
 * Method  every word of a phrase has a number; a block becomes a row of such numbers,
 * and phrases are tried where their first word stands. Cost    linear in the words of a
 * block times the phrases that begin with one word.
 */
#include "article_private.h"

enum { ID_ANY = 1, ID_NUMBER = 2, MOST_ANY = 4 };
enum { WHERE_WHOLE, WHERE_START, WHERE_END, WHERE_INSIDE };

static const char *const cue_name[RAP_CUES] = {
    "label",     "opinion",    "interview", "statement", "byline",    "source",
    "reporting", "no_author",  "published", "updated",   "age",       "caption",
    "credit",    "credit_end", "social",    "notice",    "copyright", "disclaimer",
    "policy",    "comments",   "form",      "says",      "related",   "related_line",
    "bio",       "maybe_bio"};
static const char *const where_name[] = {"whole", "start", "end", "inside"};

/* ---- words ---------------------------------------------------------------------- */

static bool is_word_char(uint32_t c)
{
    return rap_is_letter(c) || rap_is_digit(c);
}

/* A mark that stands inside a word when a letter follows: ' - & . */
static bool is_inner(uint32_t c)
{
    const rap_quote quote = rap_quote_of(c);
    return quote == RAP_QUOTE_SINGLE || quote == RAP_QUOTE_SINGLE_CLOSE || c == '-' ||
           c == '&' || c == 0x2011;
}

static uint32_t word_end(rap_slice text, uint32_t at, uint32_t end, bool *number)
{
    *number = true;
    while (at < end) {
        uint32_t next = at;
        const uint32_t c = rap_utf8_next(text, &next);
        if (!is_word_char(c)) {
            uint32_t after = next;
            if (!is_inner(c) || next >= end ||
                !is_word_char(rap_utf8_next(text, &after)))
                break;
        }
        if (!rap_is_digit(c)) *number = false;
        at = next;
    }
    return at;
}

static void look_up(const rap_article_knowledge *knowledge, rap_slice word,
                    rap_cue_word *out)
{
    char folded[64];
    const uint32_t len = rap_fold_into(word, folded, sizeof folded);
    if (len == RAP_NONE) return;
    const rap_slice key = {folded, len};
    const uint32_t id = rap_map_get(&knowledge->word, key);
    const uint32_t terms = rap_map_get(&knowledge->terms, key);
    out->id = id == RAP_NONE ? 0 : id;
    out->terms = terms == RAP_NONE ? 0 : (uint16_t)terms;
}

void rap_article_words(const rap_article_knowledge *knowledge, rap_slice text,
                       rap_span span, rap_cue_words *out)
{
    out->count = out->total = 0;
    for (uint32_t at = span.begin; at < span.end;) {
        uint32_t next = at;
        const uint32_t c = rap_utf8_next(text, &next);
        const bool mark = c == 0xA9 || c == '@'; /* (c) and @ are words of their own */
        if (!mark && !is_word_char(c)) {
            at = next;
            continue;
        }
        bool number = false;
        const uint32_t end = mark ? next : word_end(text, at, span.end, &number);
        out->total++;
        if (out->count < RAP_CUE_WORDS) {
            rap_cue_word word = {.span = {at, end}, .number = number};
            word.upper = rap_is_upper(c);
            word.colon = end < span.end && text.at[end] == ':';
            look_up(knowledge, rap_cut(text, word.span), &word);
            if (number) word.id = ID_NUMBER;
            out->at[out->count++] = word;
        }
        at = end;
    }
}

/* ---- matching --------------------------------------------------------------- */

uint32_t rap_article_phrase_at(const rap_article_knowledge *knowledge,
                               const rap_phrase *phrase, const rap_cue_words *words,
                               uint32_t from)
{
    const rap_phrase_word *want = knowledge->phrase_word.at + phrase->first;
    uint32_t at = from, loose = RAP_NONE, loose_at = 0, skipped = 0;
    for (uint32_t i = 0; i < phrase->count;) {
        if (want[i].id == ID_ANY) {
            loose = ++i, loose_at = at, skipped = 0;
            continue;
        }
        if (at < words->count && words->at[at].id == want[i].id &&
            (!want[i].colon || words->at[at].colon)) {
            i++, at++;
            continue;
        }
        /* No match: let the last `*` swallow one word more. */
        if (loose == RAP_NONE || ++skipped > MOST_ANY) return RAP_NONE;
        i = loose, at = loose_at + skipped;
    }
    return at;
}

static bool answers(const rap_article_knowledge *knowledge, const rap_phrase *phrase,
                    const rap_cue_words *words, uint32_t from)
{
    if (words->total > phrase->most) return false;
    const bool at_start = phrase->where == WHERE_WHOLE || phrase->where == WHERE_START;
    if (at_start && from != 0) return false;
    const uint32_t end = rap_article_phrase_at(knowledge, phrase, words, from);
    if (end == RAP_NONE) return false;
    const bool to_end = phrase->where == WHERE_WHOLE || phrase->where == WHERE_END;
    return !to_end || end == words->total;
}

uint32_t rap_article_cues(const rap_article_knowledge *knowledge,
                          const rap_cue_words *words, uint32_t *at)
{
    uint32_t cues = 0;
    *at = RAP_NONE;
    for (uint32_t i = 0; i < words->count; i++) {
        const uint32_t id = words->at[i].id;
        uint32_t p = id ? knowledge->chain.at[id] : RAP_NONE;
        for (; p != RAP_NONE; p = knowledge->phrase.at[p].next) {
            const rap_phrase *phrase = &knowledge->phrase.at[p];
            if (!answers(knowledge, phrase, words, i)) continue;
            cues |= 1u << phrase->cue;
            if (phrase->cue == RAP_CUE_CAPTION && i && *at == RAP_NONE)
                *at = words->at[i].span.begin;
        }
    }
    return cues;
}

/* ---- reading the data ------------------------------------------------------- */

static uint32_t word_id(rap_article_knowledge *knowledge, rap_slice word)
{
    if (rap_slice_is(word, "*")) return ID_ANY;
    if (rap_slice_is(word, "#")) return ID_NUMBER;
    const rap_slice key = rap_fold(&knowledge->arena, word);
    uint32_t *slot =
        key.at ? rap_map_put(&knowledge->word, &knowledge->arena, key) : NULL;
    if (!slot) return RAP_NONE;
    if (*slot == RAP_NONE) {
        *slot = knowledge->chain.count;
        if (!rap_push(&knowledge->arena, &knowledge->chain, RAP_NONE)) return RAP_NONE;
    }
    return *slot;
}

static bool read_phrase(rap_article_knowledge *knowledge, rap_slice words,
                        rap_phrase *phrase)
{
    phrase->first = knowledge->phrase_word.count;
    phrase->next = RAP_NONE;
    rap_slice word;
    while (rap_split_next(&words, ' ', &word)) {
        const bool colon = word.len > 1 && word.at[word.len - 1] == ':';
        if (colon) word.len--;
        if (!word.len) continue;
        const uint32_t id = word_id(knowledge, word);
        const rap_phrase_word one = {id, colon};
        if (id == RAP_NONE ||
            !rap_push(&knowledge->arena, &knowledge->phrase_word, one))
            return false;
        phrase->count++;
    }
    return true;
}

static uint32_t name_index(rap_slice name, const char *const *names, uint32_t count)
{
    uint32_t i = 0;
    while (i < count && !rap_slice_is(name, names[i])) i++;
    return i;
}

static uint32_t number_of(rap_slice digits)
{
    uint32_t value = 0;
    for (uint32_t i = 0; i < digits.len && value < 10000; i++)
        if (digits.at[i] >= '0' && digits.at[i] <= '9')
            value = value * 10 + (uint32_t)(digits.at[i] - '0');
    return value;
}

static rap_status read_cues(rap_article_knowledge *knowledge, rap_slice bytes,
                            rap_error *err)
{
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    uint32_t n;
    while ((n = rap_tsv_next(&tsv, field))) {
        const uint32_t cue = name_index(field[0], cue_name, RAP_CUES);
        const uint32_t where = name_index(field[1], where_name, 4);
        if (n != 4 || cue == RAP_CUES || where == 4)
            return rap_fail(err, RAP_E_MODEL, tsv.at,
                            "cues.tsv line %u: not 'class, where, most, phrase'",
                            tsv.line);
        rap_phrase phrase = {
            .most = number_of(field[2]), .cue = (uint8_t)cue, .where = (uint8_t)where};
        if (!read_phrase(knowledge, field[3], &phrase) || !phrase.count)
            return rap_fail(err, RAP_E_NOMEM, 0, "the cue phrases");
        uint32_t *chain =
            &knowledge->chain.at[knowledge->phrase_word.at[phrase.first].id];
        phrase.next = *chain;
        *chain = knowledge->phrase.count;
        if (!rap_push(&knowledge->arena, &knowledge->phrase, phrase))
            return rap_fail(err, RAP_E_NOMEM, 0, "the cue phrases");
    }
    return RAP_OK;
}

static rap_status read_outlet_cues(rap_article_knowledge *knowledge, rap_slice bytes,
                                   rap_error *err)
{
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    uint32_t n;
    while ((n = rap_tsv_next(&tsv, field))) {
        if (n != 3)
            return rap_fail(err, RAP_E_MODEL, tsv.at,
                            "outlet-cues.tsv line %u: not 'side, basis, phrase'",
                            tsv.line);
        rap_phrase phrase = {.where = rap_slice_is(field[0], "before"),
                             .cue = rap_slice_is(field[1], "stated")
                                        ? RAP_BASIS_STATED
                                        : RAP_BASIS_INFERRED};
        if (!read_phrase(knowledge, field[2], &phrase) ||
            !rap_push(&knowledge->arena, &knowledge->outlet, phrase))
            return rap_fail(err, RAP_E_NOMEM, 0, "the cue phrases");
    }
    return RAP_OK;
}

static rap_status add_term(rap_article_knowledge *knowledge, rap_slice word,
                           uint32_t bit, rap_error *err)
{
    const rap_slice key = rap_fold(&knowledge->arena, word);
    uint32_t *slot =
        key.at ? rap_map_put(&knowledge->terms, &knowledge->arena, key) : NULL;
    if (!slot) return rap_fail(err, RAP_E_NOMEM, 0, "the cue words");
    *slot = *slot == RAP_NONE ? bit : *slot | bit;
    return RAP_OK;
}

static rap_status read_terms(rap_article_knowledge *knowledge, rap_slice bytes,
                             rap_error *err)
{
    static const char *const name[] = {"joiner", "person", "stop", "and",
                                       "place",  "clock",  "side"};
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    uint32_t n;
    rap_status status = RAP_OK;
    while (!status && (n = rap_tsv_next(&tsv, field))) {
        const uint32_t class = name_index(field[0], name, 7);
        if (n != 2 || class == 7)
            return rap_fail(err, RAP_E_MODEL, tsv.at,
                            "terms.tsv line %u: not 'class, word'", tsv.line);
        status = add_term(knowledge, field[1], 1u << class, err);
    }
    return status;
}

static rap_status read_list(rap_article_knowledge *knowledge, const char *name,
                            rap_term bit, rap_error *err)
{
    rap_slice bytes;
    rap_status status = rap_language_file(&knowledge->language, name, &bytes, err);
    if (status) return status;
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    while (!status && rap_tsv_next(&tsv, field))
        status = add_term(knowledge, field[0], (uint32_t)bit, err);
    return status;
}

rap_status rap_article_cues_read(rap_article_knowledge *knowledge, rap_error *err)
{
    /* Numbers 0 to 2 are no word, any word, a number. */
    for (uint32_t i = 0; i < 3; i++)
        if (!rap_push(&knowledge->arena, &knowledge->chain, RAP_NONE))
            return rap_fail(err, RAP_E_NOMEM, 0, "the cue phrases");
    const rap_language *language = &knowledge->language;
    rap_slice bytes;
    rap_status status = rap_language_file(language, "article/cues.tsv", &bytes, err);
    if (!status) status = read_cues(knowledge, bytes, err);
    if (!status)
        status = rap_language_file(language, "article/outlet-cues.tsv", &bytes, err);
    if (!status) status = read_outlet_cues(knowledge, bytes, err);
    if (!status) status = rap_language_file(language, "article/terms.tsv", &bytes, err);
    if (!status) status = read_terms(knowledge, bytes, err);
    if (!status)
        status = read_list(knowledge, "article/outlet-words.tsv", RAP_TERM_OUTLET, err);
    if (!status)
        status =
            read_list(knowledge, "article/function-words.tsv", RAP_TERM_FUNCTION, err);
    if (!status)
        status = read_list(knowledge, "article/person-words.tsv", RAP_TERM_SELF, err);
    return status;
}
