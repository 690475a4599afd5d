/*
 * finding_issue.c - which matter a passage is about.
 *
 * Reads   issues.tsv and the person's own issues; word classes, trees and chains where
 *         there are any.
 * Method  the weightiest phrase of the list in the words of the stance, the nearer to
 *         their top the better; else in what a pronoun or "the plan" among them stands
 *         for; else in the sentence, in the one before, in most of the report; else the
 *         longest noun phrase in its own words.
 * Cost    linear in the tokens of two sentences; the theme of a report is sought once.
 */
#include "finding_private.h"
#include "text.h"

#include <string.h>

enum {
    LABEL_WORDS = 4,
    KIND_WEIGHT = 6,
    AGREEMENT_WEIGHT = 3,
    PLAIN_WEIGHT = 4,
    MOST_BACK = 8
};

/* How sure the issue of a stance is, by where it was found. */
static const float IN_THEME = 0.62f, IN_OWN_WORDS = 0.6f;

/* Whose words name no matter: a place or a person ("Port Sudan"), and beside the stance
 * itself anybody who is named or described ("in a letter to the mediators"). */
static bool is_name(const finder *f, uint32_t token, bool beside)
{
    const uint32_t cover = f->cover[token];
    if (cover == RAP_NONE || f->in->names->mention[cover].actor == RAP_NONE)
        return false;
    if (beside) return true;
    const rap_mention *m = &f->in->names->mention[cover];
    const rap_actor_kind kind = f->in->names->actor[m->actor].kind;
    return m->form == RAP_MENTION_NAME &&
           (kind == RAP_ACTOR_PLACE || kind == RAP_ACTOR_STATE ||
            kind == RAP_ACTOR_PERSON);
}

static const finding_phrase *weightiest(const finder *f, uint32_t begin, uint32_t end,
                                        bool beside)
{
    const finding_table *table = &f->knowledge->issues;
    const finding_phrase *best = NULL;
    for (uint32_t i = begin; i < end; i++) {
        if (is_name(f, i, beside)) continue;
        const finding_phrase *p = rap_phrase_at(f, table, i, end, NULL);
        if (!p && f->in->syntax->upos[i] == RAP_VERB) /* "carry it out" */
            p = rap_parted_phrase_at(f, table, i, end);
        if (!p) continue;
        if (!best || p->weight > best->weight ||
            (p->weight == best->weight && p->words > best->words))
            best = p;
        i += p->words - 1; /* "peace proposal": no proposal as well */
    }
    return best;
}

/* What the agreement of the report is about, where it is called no more than that. */
static const char *kind_of_agreement(finder *f)
{
    const rap_tokens *t = f->in->tokens;
    uint32_t *count = rap_new(f->scratch, uint32_t, f->knowledge->issue.count);
    f->failed |= !count;
    uint32_t best = RAP_NONE, most = 1;
    for (uint32_t i = 0; count && i < t->count; i++) {
        if (!rap_is_body(f, t->sentence[i])) continue;
        const finding_phrase *p = rap_phrase_at(f, &f->knowledge->issues, i,
                                                t->first[t->sentence[i] + 1], NULL);
        if (!p || p->weight != KIND_WEIGHT) continue;
        if (++count[p->value] > most) most = count[p->value], best = p->value;
    }
    return best == RAP_NONE ? NULL : f->knowledge->issue.at[best];
}

static const char *label_of(finder *f, const finding_phrase *best)
{
    if (!best) return NULL;
    if (best->weight <= AGREEMENT_WEIGHT && !f->agreed_known) {
        f->agreed_known = true;
        f->agreed = kind_of_agreement(f);
    }
    if (best->weight <= AGREEMENT_WEIGHT && f->agreed) return f->agreed;
    return f->knowledge->issue.at[best->value];
}

static const char *issue_in(finder *f, uint32_t begin, uint32_t end)
{
    return label_of(f, weightiest(f, begin, end, true));
}

static bool is_label_word(const finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    return (upos == RAP_NOUN || upos == RAP_ADJ) && f->cover[token] == RAP_NONE &&
           rap_map_get(&f->knowledge->stop, f->form[token]) == RAP_NONE;
}

/* The longest run of nouns and adjectives that ends in a noun, in its own words. */
static rap_slice noun_phrase_in(finder *f, uint32_t begin, uint32_t end)
{
    uint32_t best = 0, at = 0;
    for (uint32_t i = begin; i < end;) {
        uint32_t to = i;
        while (to < end && to - i < LABEL_WORDS && is_label_word(f, to)) to++;
        uint32_t cut = to;
        while (cut > i && f->in->syntax->upos[cut - 1] != RAP_NOUN) cut--;
        if (cut - i > best) best = cut - i, at = i;
        i = to > i ? to : i + 1;
    }
    if (!best) return (rap_slice){0};
    rap_slice label = rap_fold(f->arena, rap_words_of(f, at, at + best));
    f->failed |= !label.at;
    return label;
}

/* "clear instructions" says more of the matter than what the report is about; "the step"
 * does not. */
static bool is_telling(rap_slice label)
{
    return label.len && memchr(label.at, ' ', label.len) != NULL;
}

/* The issue that most sentences of the report touch. */
static const char *theme_of(finder *f)
{
    const rap_tokens *t = f->in->tokens;
    if (f->theme_known) return f->theme;
    f->theme_known = true;
    uint32_t *count = rap_new(f->scratch, uint32_t, f->knowledge->issue.count);
    f->failed |= !count;
    uint32_t most = 1;
    for (uint32_t s = 0; count && s < t->sentences; s++) {
        const char *issue =
            rap_is_body(f, s) ? issue_in(f, t->first[s], t->first[s + 1]) : NULL;
        for (uint32_t i = 0; issue && i < f->knowledge->issue.count; i++) {
            if (f->knowledge->issue.at[i] != issue) continue;
            if (++count[i] > most) most = count[i], f->theme = issue;
        }
    }
    return f->theme;
}

/* ---- what "it" and "the plan" stand for -------------------------------------------- */

/* The nearest earlier mention of the same thing whose words, or else whose sentence, name an
 * issue. */
static const char *issue_of_chain(finder *f, uint32_t mention, bool near_too)
{
    const rap_coref *coref = f->in->coref;
    const rap_tokens *t = f->in->tokens;
    const char *near = NULL;
    uint32_t at = coref->mention[mention].before;
    for (uint32_t turn = 0; at != RAP_NONE && turn < MOST_BACK; turn++) {
        const rap_coref_mention *m = &coref->mention[at];
        const char *issue = issue_in(f, m->first, m->last + 1);
        if (issue) return issue;
        const uint32_t s = t->sentence[m->first];
        if (!near && near_too) near = issue_in(f, t->first[s], t->first[s + 1]);
        at = m->before;
    }
    return near;
}

static bool is_thing(const rap_coref_mention *m)
{
    return m->gender != RAP_COREF_MALE && m->gender != RAP_COREF_FEMALE &&
           m->gender != RAP_COREF_PERSON && m->form != RAP_COREF_NAME;
}

static const char *issue_behind(finder *f, uint32_t begin, uint32_t end, bool near_too)
{
    const rap_coref *coref = f->in->coref;
    if (!coref || !coref->at_head) return NULL;
    for (uint32_t i = begin; i < end; i++) {
        const uint32_t mention = coref->at_head[i];
        if (mention == RAP_NONE || !is_thing(&coref->mention[mention])) continue;
        if (coref->mention[mention].first < begin) continue;
        /* the object itself, not what is told of it */
        const uint32_t above = f->in->syntax->head[i];
        if (above >= begin && above < end && above != i) continue;
        const char *issue =
            issue_of_chain(f, mention, near_too && !rap_word_is(f, i, FINDING_TALKS));
        if (issue) return issue;
    }
    return NULL;
}

/* What the rest of the sentence is about, without what somebody says in it of something
 * else. */
static const char *issue_beside(finder *f, uint32_t token)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t end = t->first[t->sentence[token] + 1];
    const finding_phrase *best = NULL;
    for (uint32_t i = t->first[t->sentence[token]]; i < end;) {
        uint32_t to = i + 1;
        while (to < end && f->said[to] == f->said[i]) to++;
        const bool own = f->said[i] == RAP_NONE || f->said[i] == f->said[token];
        const finding_phrase *p = own ? weightiest(f, i, to, true) : NULL;
        if (p && (!best || p->weight > best->weight)) best = p;
        i = to;
    }
    return label_of(f, best);
}

rap_slice rap_issue_of(finder *f, uint32_t begin, uint32_t end, float *surety)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t sentence = t->sentence[begin];
    *surety = 1.0f;
    const finding_phrase *own = weightiest(f, begin, end, false);
    const char *issue =
        !own || own->weight <= PLAIN_WEIGHT
            ? issue_behind(f, begin, end, !own || own->weight < PLAIN_WEIGHT)
            : NULL;
    if (!issue) issue = label_of(f, own);
    if (issue) return rap_slice_of(issue);
    if (!issue) issue = issue_beside(f, begin);
    if (!issue) issue = issue_in(f, t->first[sentence], t->first[sentence + 1]);
    if (!issue && sentence && t->zone[sentence - 1] == t->zone[sentence])
        issue = issue_in(f, t->first[sentence - 1], t->first[sentence]);
    if (issue) return rap_slice_of(issue);
    const rap_slice words = noun_phrase_in(f, begin, end);
    *surety = IN_OWN_WORDS;
    if (is_telling(words)) return rap_renamed_issue(f, words);
    *surety = IN_THEME;
    issue = theme_of(f);
    if (issue) return rap_slice_of(issue);
    *surety = IN_OWN_WORDS;
    return rap_renamed_issue(f, words);
}

bool rap_names_issue(finder *f, uint32_t begin, uint32_t end)
{
    return weightiest(f, begin, end, false) != NULL;
}

/* Does the phrase that holds `token` name a matter of its own? */
static bool is_in_matter(const finder *f, uint32_t token, uint32_t begin, uint32_t end)
{
    uint32_t after;
    for (uint32_t i = token > begin + 2 ? token - 2 : begin; i <= token; i++) {
        const finding_phrase *p =
            rap_phrase_at(f, &f->knowledge->issues, i, end, &after);
        if (p && after > token) return p->weight > PLAIN_WEIGHT;
    }
    return false;
}

bool rap_is_matter(const finder *f, uint32_t begin, uint32_t end)
{
    const uint32_t *head = f->in->syntax->head;
    for (uint32_t i = begin; head && i < end; i++)
        if ((head[i] < begin || head[i] >= end || head[i] == i) &&
            f->in->syntax->upos[i] == RAP_NOUN)
            return is_in_matter(f, i, begin, end);
    return false;
}
