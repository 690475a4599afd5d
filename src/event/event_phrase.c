/*
 * event_phrase.c - a pattern over trees at a verb; see event_dictionary_private.h.
 *
 * Reads   the tree of a sentence.
 * Method  each phrase of the pattern at a dependent of the verb, or of what was met before;
 *         before the verb at its subject, its auxiliaries or the word above.
 * Cost    phrases times dependents of RAP_MOST_ANCHORS words.
 */
#include "event_dictionary_private.h"

typedef struct phrase { /* elements [from, to) */
    const rap_book_element *marker, *head;
    const rap_book_element *modifier;
    uint32_t modifiers; /* they stand together, before the head */
    bool before;        /* the verb */
} phrase;

/* An option whose last word is `token` itself. */
static bool ends_at(const rap_matcher *m, const rap_book_element *e, uint32_t token)
{
    return rap_pattern_options_before(m, e, token + 1) > 0;
}

static bool has_modifier(const rap_matcher *m, const rap_book_element *e, uint32_t head)
{
    const uint64_t wanted = RAP_REL(AMOD) | RAP_REL(COMPOUND) | RAP_REL(NMOD) |
                            RAP_REL(NMOD_POSS) | RAP_REL(DET) | RAP_REL(NUMMOD);
    for (uint32_t k = m->c->child[head]; k != RAP_NONE; k = m->c->sibling[k])
        if (rap_tree_is(m->c, k, wanted) && ends_at(m, e, k)) return true;
    return false;
}

static bool fits_head(rap_matcher *m, const phrase *f, uint32_t token)
{
    if (!f->head) return true;
    if (rap_pattern_is_party(f->head))
        return rap_pattern_party(m, (rap_element_kind)f->head->kind, token);
    if (!ends_at(m, f->head, token)) return false;
    for (uint32_t i = 0; i < f->modifiers; i++)
        if (!has_modifier(m, &f->modifier[i], token)) return false;
    return true;
}

/* The word itself, or one joined to it. */
static bool fits_joined(rap_matcher *m, const phrase *f, uint32_t token)
{
    if (fits_head(m, f, token)) return true;
    for (uint32_t k = m->c->child[token]; k != RAP_NONE; k = m->c->sibling[k])
        if (rap_tree_is(m->c, k, RAP_REL(CONJ)) && fits_head(m, f, k)) return true;
    return false;
}

static bool has_marker(const rap_matcher *m, const phrase *f, uint32_t token)
{
    for (uint32_t k = m->c->child[token]; k != RAP_NONE; k = m->c->sibling[k])
        if (rap_tree_is(m->c, k, RAP_REL(CASE) | RAP_REL(MARK)) &&
            ends_at(m, f->marker, k))
            return true;
    return false;
}

static void add_anchor(rap_matcher *m, uint32_t token)
{
    for (uint32_t i = 0; i < m->anchors; i++)
        if (m->anchor[i] == token) return;
    if (m->anchors < RAP_MOST_ANCHORS) m->anchor[m->anchors++] = token;
}

/* A dependent of what was met already. */
static bool fits_dependent(rap_matcher *m, const phrase *f)
{
    for (uint32_t i = 0; i < m->anchors; i++)
        for (uint32_t k = m->c->child[m->anchor[i]]; k != RAP_NONE;
             k = m->c->sibling[k]) {
            if ((k < m->verb) != f->before ||
                rap_tree_is(m->c, k, RAP_REL(PUNCT) | RAP_REL(CASE)))
                continue;
            const bool marked = rap_tree_child(m->c, k, RAP_REL(CASE)) != RAP_NONE;
            if (f->marker ? !has_marker(m, f, k) : marked) continue;
            if (!fits_joined(m, f, k)) continue;
            if (f->head) add_anchor(m, k);
            return true;
        }
    return false;
}

/* Before the verb: its subject, its auxiliaries, or the word that governs it. */
static bool fits_before(rap_matcher *m, const phrase *f)
{
    const rap_coder *c = m->c;
    if (f->marker) return fits_dependent(m, f);
    const uint32_t subject = rap_tree_is_passive(c, m->verb)
                                 ? rap_tree_patient(c, m->verb)
                                 : rap_tree_agent(c, m->verb);
    if (subject != RAP_NONE && fits_joined(m, f, subject)) return true;
    for (uint32_t k = c->child[m->verb]; k != RAP_NONE && k < m->verb;
         k = c->sibling[k])
        if (rap_tree_is(c, k, RAP_REL(AUX) | RAP_REL(AUX_PASS) | RAP_REL(ADVMOD)) &&
            fits_head(m, f, k)) {
            rap_pattern_note(m, k);
            return true;
        }
    const uint32_t up = c->head[m->verb];
    if (up >= m->verb || !rap_tree_is(c, m->verb, RAP_REL(XCOMP) | RAP_REL(CCOMP)))
        return false;
    if (!fits_head(m, f, up)) return false;
    rap_pattern_note(m, up);
    return true;
}

/* The patient of a passive stands before its verb. */
static bool fits_after(rap_matcher *m, const phrase *f)
{
    const uint32_t patient = rap_tree_patient(m->c, m->verb);
    if (!f->marker && patient != RAP_NONE && fits_joined(m, f, patient)) {
        add_anchor(m, patient);
        return true;
    }
    if (patient != RAP_NONE && f->marker) add_anchor(m, patient);
    if (fits_dependent(m, f)) return true;
    /* A particle. */
    return !f->marker && m->last + 1 < m->c->end && f->head &&
           !rap_pattern_is_party(f->head) &&
           rap_pattern_options_at(m, f->head, m->last + 1) == 1 &&
           m->c->head[m->last + 1] == m->verb;
}

/* The phrase that begins at element `from`; returns the one behind it. */
static uint32_t phrase_at(const rap_matcher *m, const rap_book_pattern *pattern,
                          uint32_t from, phrase *out)
{
    const rap_book_element *e = &m->book->element[pattern->element];
    *out = (phrase){.before = from < pattern->verb};
    uint32_t at = from;
    for (; at < pattern->elements && e[at].phrase == e[from].phrase; at++) {
        if (e[at].role == RAP_ELEMENT_MARKER) {
            out->marker = &e[at];
        } else if (e[at].role == RAP_ELEMENT_MODIFIER) {
            if (!out->modifiers++) out->modifier = &e[at];
        } else {
            out->head = &e[at];
        }
    }
    return at;
}

bool rap_pattern_tree(rap_matcher *m, const rap_book_pattern *pattern)
{
    m->anchors = 0;
    add_anchor(m, m->verb);
    for (uint32_t at = 0; at < pattern->elements;) {
        phrase f;
        at = phrase_at(m, pattern, at, &f);
        if (!(f.before ? fits_before(m, &f) : fits_after(m, &f))) return false;
    }
    return true;
}
