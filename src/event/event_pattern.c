/*
 * event_pattern.c - the pattern of a person's dictionary that stands at a verb; see
 * event_dictionary_private.h and docs/format/dictionaries.md.
 *
 * Reads   words and tree of a sentence, mentions.
 * Method  words in a row: outwards from the verb, each part at the nearest place that the
 *         verb's own clause reaches; over trees: event_phrase.c. The pattern of most parts is
 *         taken.
 * Cost    a pattern whose rarest word is not in the sentence costs one look; else parts
 *         times REACH.
 */
#include "event_dictionary_private.h"

enum { REACH = 24, DEEP = 12, ABOVE = 4, NEAR_PARTICLE = 4 };

/* How much of an act's confidence its source leaves. */
static const float SURE_OF_PATTERN = 0.9f, SURE_OF_BARE_VERB = 0.8f;
static const rap_pattern_hit NO_HIT = {
    .frame = RAP_NONE, .source = RAP_NONE, .target = RAP_NONE};

/* ---- words ------------------------------------------------------------------------- */

bool rap_patterns_open(const struct rap_book *book, const rap_event_input *in,
                       rap_arena *scratch, struct rap_patterns *out)
{
    const uint32_t count = in->tokens->count;
    *out = (struct rap_patterns){.book = book,
                                 .form = rap_new(scratch, uint32_t, count),
                                 .lemma = rap_new(scratch, uint32_t, count),
                                 .seen = rap_new(scratch, uint32_t, book->word.count),
                                 .hit = rap_new(scratch, rap_pattern_hit, count)};
    if (!out->form || !out->lemma || !out->seen || !out->hit) return false;
    for (uint32_t t = 0; t < count; t++) {
        out->form[t] =
            rap_book_word(book, rap_cut(in->article->text, in->tokens->span[t]));
        out->lemma[t] = rap_book_word(book, in->syntax->lemma[t]);
        out->hit[t] = NO_HIT;
    }
    return true;
}

static bool is_word(const rap_matcher *m, uint32_t token, uint32_t word, bool exact)
{
    if (word == RAP_NONE) return false;
    return m->p->form[token] == word || (!exact && m->p->lemma[token] == word);
}

/* Do the words of the option stand at [from, from + count)? Only the last may bend. */
static bool stands_at(const rap_matcher *m, rap_book_option option, uint32_t from,
                      bool exact)
{
    if (from + option.count > m->c->end) return false;
    for (uint32_t i = 0; i < option.count; i++)
        if (!is_word(m, from + i, m->book->list[option.first + i],
                     exact || i + 1 < option.count))
            return false;
    return true;
}

/* Words of the longest option of `e` that begins at `from`; 0: none. */
uint32_t rap_pattern_options_at(const rap_matcher *m, const rap_book_element *e,
                                uint32_t from)
{
    uint32_t best = 0;
    for (uint32_t i = 0; i < e->options; i++) {
        const rap_book_option option = m->book->option[e->option + i];
        if (option.count > best && stands_at(m, option, from, e->exact))
            best = option.count;
    }
    return best;
}

/* The same for options that end before `end`. */
uint32_t rap_pattern_options_before(const rap_matcher *m, const rap_book_element *e,
                                    uint32_t end)
{
    uint32_t best = 0;
    for (uint32_t i = 0; i < e->options; i++) {
        const rap_book_option option = m->book->option[e->option + i];
        if (option.count > best && end >= m->c->begin + option.count &&
            stands_at(m, option, end - option.count, e->exact))
            best = option.count;
    }
    return best;
}

/* ---- what the verb reaches --------------------------------------------------------- */

static bool hangs_on(const rap_matcher *m, uint32_t token, uint32_t verb)
{
    for (uint32_t n = 0; n < DEEP; n++) {
        if (token == verb) return true;
        if (m->c->head[token] == token) return false;
        token = m->c->head[token];
    }
    return false;
}

static bool is_clause(const rap_matcher *m, uint32_t token)
{
    return rap_tree_is(m->c, token,
                       RAP_REL(ADVCL) | RAP_REL(ACL) | RAP_REL(ACL_RELCL) |
                           RAP_REL(PARATAXIS) | RAP_REL(CCOMP) | RAP_REL(CSUBJ));
}

/* Words that govern the verb, "failed to", and what belongs to these. */
static bool governs(const rap_matcher *m, uint32_t token)
{
    uint32_t up = m->verb;
    const uint64_t under =
        RAP_REL(XCOMP) | RAP_REL(CCOMP) | RAP_REL(ADVCL) | RAP_REL(ACL) | RAP_REL(AUX);
    for (uint32_t n = 0; n < ABOVE && rap_tree_is(m->c, up, under); n++) {
        up = m->c->head[up];
        uint32_t at = token;
        for (uint32_t k = 0; k < ABOVE && at != up && !is_clause(m, at); k++)
            at = m->c->head[at];
        if (at == up) return true;
    }
    return false;
}

static bool is_reached(const rap_matcher *m, uint32_t token)
{
    if (hangs_on(m, token, m->verb)) return true;
    return token < m->verb && governs(m, token);
}

/* Words that say themselves whether it happened. */
void rap_pattern_note(rap_matcher *m, uint32_t token)
{
    const rap_coder *c = m->c;
    const bool tells = c->upos[token] == RAP_AUX || c->upos[token] == RAP_PART ||
                       rap_coder_is(c, token, RAP_SET_NEGATION) ||
                       (c->upos[token] == RAP_VERB && token < m->verb);
    m->hit.whole = m->hit.whole || tells;
}

/* ---- parties ----------------------------------------------------------------------- */

static uint32_t mention_at(const rap_matcher *m, uint32_t token)
{
    const uint32_t cover = m->c->cover[token];
    if (cover == RAP_NONE) return RAP_NONE;
    const rap_mention *mention = &m->c->in->names->mention[cover];
    return mention->actor == RAP_NONE ? RAP_NONE : cover;
}

/* The word of the mention that hangs on a word outside it. */
static uint32_t top_of(const rap_matcher *m, const rap_mention *mention)
{
    for (uint32_t t = mention->first; t < mention->last; t++) {
        const uint32_t up = m->c->head[t];
        if (up < mention->first || up > mention->last) return t;
    }
    return mention->last;
}

static bool has_joined(const rap_matcher *m, uint32_t token)
{
    for (uint32_t k = m->c->child[token]; k != RAP_NONE; k = m->c->sibling[k])
        if (rap_tree_is(m->c, k, RAP_REL(CONJ)) && mention_at(m, k) != RAP_NONE)
            return true;
    return false;
}

/* A party at `token` for the mark of the pattern; false: nobody is named there. */
bool rap_pattern_party(rap_matcher *m, rap_element_kind kind, uint32_t token)
{
    const uint32_t mention = mention_at(m, token);
    if (kind == RAP_ELEMENT_SKIP)
        return mention != RAP_NONE || m->c->upos[token] == RAP_NOUN ||
               m->c->upos[token] == RAP_PROPN || m->c->upos[token] == RAP_PRON;
    if (mention == RAP_NONE) return false;
    const uint32_t top = top_of(m, &m->c->in->names->mention[mention]);
    if (kind == RAP_ELEMENT_COMPOUND && !has_joined(m, top)) return false;
    if (kind == RAP_ELEMENT_TARGET)
        m->hit.target = top;
    else
        m->hit.source = top;
    m->together = m->together || kind == RAP_ELEMENT_COMPOUND;
    return true;
}

/* ---- words in a row ---------------------------------------------------------------- */

/* `e` at the word before `*end`, or, with a gap, further back; moves `*end` before it. */
static bool match_before(rap_matcher *m, const rap_book_element *e, bool joined,
                         uint32_t *end)
{
    for (uint32_t n = 0; n < REACH && m->c->begin < *end; n++, (*end)--) {
        const uint32_t token = *end - 1;
        const uint32_t words =
            rap_pattern_is_party(e) ? 0 : rap_pattern_options_before(m, e, *end);
        if (words && is_reached(m, token)) {
            for (uint32_t i = 0; i < words; i++) rap_pattern_note(m, token - i);
            *end -= words;
            return true;
        }
        if (rap_pattern_is_party(e) && is_reached(m, token) &&
            rap_pattern_party(m, (rap_element_kind)e->kind, token)) {
            const uint32_t mention = mention_at(m, token);
            *end =
                mention == RAP_NONE ? token : m->c->in->names->mention[mention].first;
            if (*end < m->c->begin) *end = m->c->begin;
            return true;
        }
        if (joined) return false;
    }
    return false;
}

/* The same behind the verb: `*from` moves behind the element. */
static bool match_after(rap_matcher *m, const rap_book_element *e, uint32_t *from)
{
    for (uint32_t n = 0; n < REACH && *from < m->c->end; n++, (*from)++) {
        const uint32_t token = *from;
        const uint32_t words =
            rap_pattern_is_party(e) ? 0 : rap_pattern_options_at(m, e, token);
        if (words && hangs_on(m, token, m->verb)) {
            *from += words;
            return true;
        }
        if (rap_pattern_is_party(e) && hangs_on(m, token, m->verb) &&
            rap_pattern_party(m, (rap_element_kind)e->kind, token)) {
            const uint32_t mention = mention_at(m, token);
            *from = mention == RAP_NONE ? token + 1
                                        : m->c->in->names->mention[mention].last + 1;
            return true;
        }
        if (e->joined) return false;
    }
    return false;
}

static bool match_row(rap_matcher *m, const rap_book_pattern *pattern)
{
    const rap_book_element *e = &m->book->element[pattern->element];
    uint32_t end = m->first, from = m->last + 1;
    for (uint32_t i = pattern->verb; i-- > 0;) {
        const bool joined =
            i + 1 == pattern->verb ? pattern->verb_joined : e[i + 1].joined;
        if (!match_before(m, &e[i], joined, &end)) return false;
    }
    for (uint32_t i = pattern->verb; i < pattern->elements; i++)
        if (!match_after(m, &e[i], &from)) return false;
    return true;
}

/* ---- at a verb --------------------------------------------------------------------- */

static uint32_t frame_of(const rap_matcher *m, const rap_book_act *act)
{
    return rap_tree_is_passive(m->c, m->verb) ? act->passive : act->frame;
}

static bool match(rap_matcher *m, const rap_book_pattern *pattern)
{
    if (pattern->word != RAP_NONE && m->p->seen[pattern->word] != m->p->sentence)
        return false;
    m->hit = NO_HIT;
    m->together = false;
    const bool fits =
        !pattern->elements ||
        (pattern->tree ? rap_pattern_tree(m, pattern) : match_row(m, pattern));
    if (!fits) return false;
    m->hit.frame = frame_of(m, &pattern->act);
    m->hit.mutual = pattern->act.mutual || m->together;
    return true;
}

/* Do the words beside the verb stand there? Sets m->first and m->last. */
static bool has_words(rap_matcher *m, const rap_book_verb *v)
{
    m->first = m->last = m->verb;
    if (v->before.count) {
        if (m->verb < m->c->begin + v->before.count ||
            !stands_at(m, v->before, m->verb - v->before.count, true))
            return false;
        m->first = m->verb - v->before.count;
    }
    if (!v->after.count) return true;
    if (stands_at(m, v->after, m->verb + 1, true)) {
        m->last = m->verb + v->after.count;
        return true;
    }
    if (v->after.count > 1) return false;
    for (uint32_t t = m->verb + 2; t < m->c->end && t <= m->verb + NEAR_PARTICLE; t++)
        if (m->c->head[t] == m->verb && stands_at(m, v->after, t, true) &&
            rap_tree_is(m->c, t, RAP_REL(COMPOUND_PRT) | RAP_REL(ADVMOD)))
            return true;
    return false;
}

static rap_pattern_hit hit_of(const rap_matcher *m, const rap_book_act *act)
{
    rap_pattern_hit hit = NO_HIT;
    hit.frame = frame_of(m, act);
    hit.mutual = act->mutual;
    return hit;
}

/* One verb of the dictionaries at this word: its patterns, then its own code. */
static bool read_verb(rap_matcher *m, const rap_book_verb *v, rap_pattern_hit *out)
{
    if (!has_words(m, v)) return false;
    const uint32_t *first = &m->book->first_pattern[v->block];
    for (uint32_t i = first[0]; i < first[1]; i++) {
        if (!match(m, &m->book->pattern[i])) continue;
        if (m->hit.frame == RAP_NONE) continue; /* its code has no type */
        *out = m->hit;
        return true;
    }
    if (out->frame == RAP_NONE) *out = hit_of(m, &v->act);
    return false;
}

static bool read_verbs(rap_matcher *m, uint32_t word, bool lemma, rap_pattern_hit *out)
{
    if (word == RAP_NONE) return false;
    for (uint32_t i = m->book->first_verb[word]; i < m->book->first_verb[word + 1]; i++)
        if (!(lemma && m->book->verb[i].given) && read_verb(m, &m->book->verb[i], out))
            return true;
    return false;
}

void rap_patterns_sentence(struct rap_patterns *p, const rap_coder *c)
{
    p->sentence++;
    for (uint32_t t = c->begin; t < c->end; t++) {
        if (p->form[t] != RAP_NONE) p->seen[p->form[t]] = p->sentence;
        if (p->lemma[t] != RAP_NONE) p->seen[p->lemma[t]] = p->sentence;
    }
}

uint32_t rap_patterns_at(const rap_coder *c, uint32_t token)
{
    struct rap_patterns *p = c->patterns;
    if (c->upos[token] != RAP_VERB) return RAP_NONE;
    rap_matcher m = {.c = c, .p = p, .book = p->book, .verb = token};
    rap_pattern_hit best = NO_HIT;
    best.patterned = read_verbs(&m, p->form[token], false, &best);
    if (!best.patterned && p->lemma[token] != p->form[token])
        best.patterned = read_verbs(&m, p->lemma[token], true, &best);
    p->hit[token] = best;
    return best.frame;
}

float rap_patterns_sure(const rap_coder *c, uint32_t token)
{
    if (!c->patterns || c->patterns->hit[token].frame == RAP_NONE) return 1;
    return c->patterns->hit[token].patterned ? SURE_OF_PATTERN : SURE_OF_BARE_VERB;
}

void rap_patterns_cast(const rap_coder *c, uint32_t token, rap_cast *source,
                       rap_cast *target)
{
    const rap_pattern_hit *hit = &c->patterns->hit[token];
    if (hit->frame == RAP_NONE || hit->frame == RAP_ACT_SILENT) return;
    if (hit->source != RAP_NONE) {
        *source = (rap_cast){.sure = 1};
        rap_cast_phrase(c, hit->source, RAP_REACH_OWNER, source);
    }
    if (hit->target != RAP_NONE) {
        *target = (rap_cast){.sure = 1};
        rap_cast_phrase(c, hit->target, RAP_REACH_ALL, target);
    }
    if (!hit->mutual) return;
    for (uint32_t i = 0; i < target->count; i++)
        rap_cast_add(source, target->actor[i], target->words[i], target->sure);
    target->count = 0;
}

bool rap_patterns_settle(const rap_coder *c, uint32_t token, rap_stand *stand)
{
    if (!c->patterns || c->patterns->hit[token].frame == RAP_NONE) return false;
    if (c->patterns->hit[token].whole)
        *stand = (rap_stand){.status = RAP_EVENT_HAPPENED, .governor = RAP_NONE};
    return true;
}
