/*
 * finding_phrase.c - noun phrases that name a document.
 *
 * Reads   words of documents.tsv, word classes, mentions.
 * Method  a word of the list at the head of its noun phrase; what stands before it and a
 *         short tail behind it qualify it, actors by their keys.
 * Cost    a bounded part of a sentence for each.
 */
#include "finding_document.h"
#include "finding_meeting.h"
#include "text.h"

enum { PHRASE_REACH = 8 };

static uint32_t sentence_end(const finder *f, uint32_t token)
{
    return f->in->tokens->first[f->in->tokens->sentence[token] + 1];
}

bool rap_is_dash_at(const finder *f, uint32_t token)
{
    uint32_t at = 0;
    const rap_slice s = rap_cut(f->in->article->text, f->in->tokens->span[token]);
    return s.len <= 4 && rap_is_dash(rap_utf8_next(s, &at));
}

static bool is_quote(const finder *f, uint32_t token)
{
    uint32_t at = 0;
    const rap_slice s = rap_cut(f->in->article->text, f->in->tokens->span[token]);
    return rap_quote_of(rap_utf8_next(s, &at)) != RAP_QUOTE_NONE;
}

/* May `token` stand in a noun phrase before its head? */
static bool qualifies(const finder *f, uint32_t token)
{
    switch (f->in->syntax->upos[token]) {
    case RAP_ADJ:
    case RAP_NOUN:
    case RAP_PROPN:
    case RAP_NUM:
        return true;
    case RAP_VERB:
        return f->in->syntax->form[token] == RAP_FORM_PARTICIPLE;
    case RAP_PART: /* 's */
        return f->in->tokens->span[token].end - f->in->tokens->span[token].begin <= 4;
    default:
        return is_quote(f, token) || rap_is_dash_at(f, token) ||
               f->cover[token] != RAP_NONE;
    }
}

void rap_named_add_word(named *n, rap_slice word)
{
    for (uint32_t i = 0; i < n->words; i++)
        if (rap_slice_equal(n->word[i], word)) return;
    if (n->words < MOST_QUALIFIERS) n->word[n->words++] = word;
}

/* What qualifies a phrase: its content words, and actors by their keys. */
static void take_word(const finder *f, named *n, uint32_t token)
{
    const uint32_t cover = f->cover[token];
    if (cover != RAP_NONE && f->in->names->mention[cover].actor != RAP_NONE) {
        rap_named_add_word(n,
                           f->in->names->actor[f->in->names->mention[cover].actor].key);
        return;
    }
    const uint8_t upos = f->in->syntax->upos[token];
    const rap_slice word = f->lemma[token];
    if (upos != RAP_ADJ && upos != RAP_NOUN && upos != RAP_PROPN && upos != RAP_VERB)
        return;
    if (word.len > 1 && rap_map_get(&f->knowledge->stop, word) == RAP_NONE)
        rap_named_add_word(n, word);
}

/* "on missing persons", "of the parliament": up to four words behind the head. */
static uint32_t take_tail(const finder *f, named *n, uint32_t from, uint32_t end)
{
    if (from + 1 >= end || !rap_word_is(f, from, FINDING_TAIL)) return from;
    /* "on missing persons", not "on ending the war" */
    if (f->in->syntax->upos[from + 1] == RAP_VERB &&
        (from + 2 >= end || f->in->syntax->upos[from + 2] != RAP_NOUN))
        return from;
    uint32_t at = from + 1;
    while (at < end && at < from + 6 &&
           (qualifies(f, at) || f->in->syntax->upos[at] == RAP_DET) &&
           !is_quote(f, at)) {
        const uint32_t i = rap_first_time(f, at);
        if (i < f->in->times->count && f->in->times->timex[i].first <= at) break;
        /* "of principles the lands vowed": another phrase */
        if (f->in->syntax->upos[at] == RAP_DET && at > from + 1 &&
            f->in->syntax->upos[at - 1] != RAP_ADP)
            break;
        take_word(f, n, at++);
    }
    while (at > from + 1 && f->in->syntax->upos[at - 1] == RAP_DET) at--;
    return at == from + 1 ? from : at;
}

static uint32_t phrase_begin(const finder *f, uint32_t head, uint32_t first)
{
    uint32_t at = head;
    while (at > first && head - at < PHRASE_REACH && qualifies(f, at - 1)) at--;
    while (at < head && (is_quote(f, at) || rap_is_dash_at(f, at))) at++;
    if (at > first && rap_is_dash_at(f, at) == false && at > first + 1 &&
        rap_is_dash_at(f, at - 1))
        at -= 2; /* "so-called" */
    if (at > first && f->in->syntax->upos[at - 1] == RAP_DET) at--;
    return at;
}

/* "legal agreements", "future agreements": not one document, but the kind; "the statements
 * of A" are many. */
static bool is_kind_only(const finder *f, const phrase *p, bool name)
{
    const bool many = f->in->syntax->upos[p->head] == RAP_NOUN &&
                      !rap_slice_equal(f->lemma[p->head], f->form[p->head]);
    const uint8_t upos = f->in->syntax->upos[p->first];
    const bool led =
        upos == RAP_DET || upos == RAP_NUM || upos == RAP_PRON || p->definite;
    if (p->kind->any || p->kind->named || name) return false;
    if (many && p->kind->joint && !p->kind->pact) return true;
    /* "spending plans", "unanimous agreement" */
    if (!p->kind->joint) return many && !led;
    return !led && (many || (p->kind->pact && !p->made.nouns && p->first < p->head));
}

/* "the ceasefire statement" is a pact: the kind of the noun that qualifies it. */
static const finding_kind *pact_before(const finder *f, const phrase *p)
{
    for (uint32_t i = p->first; i < p->head && !p->kind->pact && p->kind->joint; i++) {
        const finding_phrase *word =
            rap_phrase_at(f, &f->knowledge->documents, i, p->head, NULL);
        if (f->in->syntax->upos[i] != RAP_NOUN || !word) continue;
        const finding_kind *kind = &f->knowledge->document.at[word->value];
        if (kind->pact) return kind;
    }
    return p->kind;
}

static bool is_party_at(const finder *f, uint32_t token)
{
    const uint32_t cover = f->cover[token];
    const uint32_t actor =
        cover == RAP_NONE ? RAP_NONE : f->in->names->mention[cover].actor;
    return actor != RAP_NONE && (f->in->names->actor[actor].kind == RAP_ACTOR_STATE ||
                                 f->in->names->actor[actor].members);
}

/* "the A-B treaty": both are its parties and do not tell it from "the treaty". */
static bool is_side(const finder *f, const phrase *p, uint32_t token)
{
    if (!p->kind->pact || !is_party_at(f, token)) return false;
    const uint32_t cover = f->cover[token];
    uint32_t sides = 0;
    for (uint32_t i = p->first; i < p->head; i++)
        sides += is_party_at(f, i) && f->cover[i] != cover;
    const uint32_t actor = f->in->names->mention[cover].actor;
    return sides > 0 || f->in->names->actor[actor].members;
}

/* "to sign the treaty in Oslo": where, and no qualifier. */
static bool is_to_make(const finder *f, uint32_t first)
{
    return first > 1 && f->in->syntax->form[first - 1] == RAP_FORM_BASE &&
           f->in->syntax->upos[first - 2] == RAP_PART &&
           rap_word_is(f, first - 1, FINDING_MAKE);
}

/* A proper name, a number, or a nation: "the 1991 principles", "a Ruritanian concept". */
static bool is_naming(finder *f, const phrase *p, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    if (upos == RAP_PROPN || upos == RAP_NUM) return true;
    return !p->kind->joint && upos == RAP_ADJ &&
           rap_state_of_adjective(f, token) != RAP_NONE;
}

/* "the Declaration of Principles": the second noun is part of the name; "the releases" of
 * captives are no text. */
static bool is_no_head(const finder *f, uint32_t token, uint32_t first,
                       const finding_kind *kind)
{
    if (kind->any && f->in->syntax->upos[token] == RAP_NOUN &&
        !rap_slice_equal(f->lemma[token], f->form[token]))
        return true;
    if (f->in->syntax->upos[token] != RAP_PROPN || token < first + 2) return false;
    if (!rap_word_is(f, token - 1, FINDING_OF)) return false;
    return rap_phrase_at(f, &f->knowledge->documents, token - 2, token - 1, NULL) !=
           NULL;
}

/* "Bill Quill": a word of a person's name. */
static bool is_of_person(const finder *f, uint32_t token)
{
    const rap_names *n = f->in->names;
    const rap_mention *m =
        f->cover[token] == RAP_NONE ? NULL : &n->mention[f->cover[token]];
    return m && m->actor != RAP_NONE && m->form == RAP_MENTION_NAME &&
           n->actor[m->actor].kind == RAP_ACTOR_PERSON;
}

bool rap_phrase_read(finder *f, uint32_t token, uint32_t *after, phrase *out)
{
    const uint32_t first = f->in->tokens->first[f->in->tokens->sentence[token]];
    const uint32_t end = sentence_end(f, token);
    const finding_phrase *p =
        rap_phrase_at(f, &f->knowledge->documents, token, end, after);
    const uint8_t upos = f->in->syntax->upos[token];
    if (!p || is_no_head(f, token, first, &f->knowledge->document.at[p->value]))
        return false;
    /* "a tweet that": after an article a word of the list is a noun, whatever its tag */
    const bool tagged = upos == RAP_NOUN || upos == RAP_PROPN || p->words > 1;
    const uint8_t form = f->in->syntax->form[token];
    if (!tagged && (form == RAP_FORM_PAST || form == RAP_FORM_PARTICIPLE)) return false;
    if (!tagged && (token == first || (f->in->syntax->upos[token - 1] != RAP_DET &&
                                       f->in->syntax->upos[token - 1] != RAP_NOUN)))
        return false;
    if (*after < end && f->in->syntax->upos[*after] == RAP_NOUN) return false;
    if (is_of_person(f, token)) return false;
    *out = (phrase){.first = phrase_begin(f, token, first),
                    .head = token,
                    .end = *after,
                    .kind = &f->knowledge->document.at[p->value]};
    bool name = upos == RAP_PROPN;
    out->made.bare = true;
    for (uint32_t i = out->first; i < token; i++) {
        const uint8_t kind = f->in->syntax->upos[i];
        name |= is_naming(f, out, i);
        out->made.bare &= kind == RAP_DET || kind == RAP_PUNCT ||
                          rap_word_is(f, i, FINDING_DESCRIBE) || is_side(f, out, i);
        if (rap_word_is(f, i, FINDING_NO)) return false;
        out->definite |= rap_word_is(f, i, FINDING_DEFINITE);
        out->fresh |= rap_word_is(f, i, FINDING_FRESH);
        out->made.nouns |= kind == RAP_NOUN || kind == RAP_PROPN;
        out->made.jointly |= rap_word_is(f, i, FINDING_JOINTLY);
        out->made.three |= rap_word_is(f, i, FINDING_OF_THREE);
        out->another |= rap_word_is(f, i, FINDING_AGAIN);
        if (!is_side(f, out, i)) take_word(f, &out->made, i);
    }
    out->made.noun = f->lemma[token];
    if (p->words == 1 && is_kind_only(f, out, name)) return false;
    out->kind = pact_before(f, out);
    /* "the text of the accord" is the accord; "called it a deal" names none */
    if (out->kind->any && *after < end && rap_word_is(f, *after, FINDING_AUTHOR))
        return false;
    if (f->in->syntax->head && f->in->syntax->relation[token] == RAP_REL_XCOMP)
        return false;
    out->made.proper = upos == RAP_PROPN;
    out->points_back = out->kind->any || (out->kind->named && !name);
    out->made.opens = out->fresh;
    if (p->words == 1) {
        /* a bare plural or "in agreement" names nothing */
        if (out->first == token && upos == RAP_NOUN) return false;
    } else {
        for (uint32_t i = token; i + 1 < *after; i++) take_word(f, &out->made, i);
    }
    const uint32_t words = out->made.words;
    if (*after < end && is_to_make(f, out->first) &&
        rap_word_is(f, *after, FINDING_AT)) {
        out->end = *after;
        return true;
    }
    out->end = take_tail(f, &out->made, *after, end);
    out->made.bare &= words == out->made.words;
    return true;
}
