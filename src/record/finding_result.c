/*
 * finding_result.c - what came of a meeting: what its parties agreed, signed or failed to.
 *
 * Reads   verbs of agreeing, making and failing in the sentence that tells of the meeting and
 *         in the next.
 * Method  the verb is past and not only possible; its subject are parties of the meeting,
 *         unnamed leaders or sides, or a document brought in as new ("a statement was
 *         adopted"). What was done before it came of something else.
 * Cost    two sentences a telling.
 */
#include "finding_meeting.h"

enum { BEFORE = 6, SUBJECT = 12, BEHIND = 26, OFFSET_REACH = 4, WINDOW = 80 };

/* "said", "has said", "was said", not "the text agreed there" */
static bool is_told(const finder *f, uint32_t token, uint32_t begin)
{
    const uint8_t form = f->in->syntax->form[token];
    if (f->in->syntax->upos[token] != RAP_VERB) return false;
    if (form == RAP_FORM_PAST) return true;
    if (form != RAP_FORM_PARTICIPLE) return false;
    for (uint32_t i = token; i > begin && token - i < 3; i--)
        if (f->in->syntax->upos[i - 1] == RAP_AUX) return true;
    return false;
}

static bool is_result_verb(const finder *f, uint32_t token, uint32_t begin)
{
    return is_told(f, token, begin) &&
           (rap_word_is(f, token, FINDING_AGREE) ||
            rap_word_is(f, token, FINDING_MAKE) || rap_word_is(f, token, FINDING_FAIL));
}

/* "may have agreed", "if they signed" */
static bool is_open(const finder *f, uint32_t token, uint32_t begin)
{
    const uint32_t from = token > begin + BEFORE ? token - BEFORE : begin;
    return rap_any_of(f, from, token, FINDING_MAY) ||
           rap_any_of(f, from, token, FINDING_WILL) ||
           rap_any_of(f, from, token, FINDING_IF);
}

/* Leaders, sides, or a new document before the verb: none of them named. */
static bool has_plain_subject(const finder *f, uint32_t token, uint32_t begin)
{
    const uint32_t from = token > begin + BEFORE ? token - BEFORE : begin;
    for (uint32_t i = token; i > from; i--) {
        if (f->in->syntax->upos[i - 1] != RAP_NOUN) continue;
        if (rap_word_is(f, i - 1, FINDING_PARTIES) ||
            rap_word_is(f, i - 1, FINDING_RANK))
            return true;
        const uint32_t first = i > from + 3 ? i - 4 : from;
        return rap_any_of(f, first, i - 1, FINDING_FRESH) &&
               rap_phrase_at(f, &f->knowledge->documents, i - 1, token, NULL) != NULL;
    }
    return false;
}

/* Is the verb at `token` what those who met did? *first: where its subject begins. */
static bool is_by_them(finder *f, uint32_t token, uint32_t begin, const people *who,
                       uint32_t *first)
{
    const uint32_t *subject;
    const uint32_t count = rap_subject_of(f, token, &subject, first);
    for (uint32_t i = 0; i < count; i++)
        if (rap_people_has(who, subject[i])) return true;
    return !count && has_plain_subject(f, token, begin);
}

/* "before the talks": what is told beside it did not come of it. */
static bool is_before(const finder *f, const telling *t)
{
    const uint32_t from = t->first > OFFSET_REACH ? t->first - OFFSET_REACH : 0;
    return t->aside && !rap_any_of(f, from, t->first, FINDING_TOLD);
}

bool rap_meeting_result(finder *f, const telling *t, const people *who,
                        uint32_t *out_from, uint32_t *out_to)
{
    const rap_tokens *tokens = f->in->tokens;
    const uint32_t sentence = tokens->sentence[t->head];
    const uint32_t last =
        sentence + 2 < tokens->sentences ? sentence + 2 : tokens->sentences;
    const uint32_t top = tokens->first[sentence], bottom = tokens->first[last];
    const uint32_t start = t->head > top + WINDOW ? t->head - WINDOW : top;
    const uint32_t stop = bottom - t->head > WINDOW ? t->head + WINDOW : bottom;
    if (is_before(f, t)) return false;
    for (uint32_t i = start; i < stop; i++) {
        const uint32_t begin = tokens->first[tokens->sentence[i]];
        uint32_t first = i, from, to;
        if (i == t->head || !rap_is_body(f, tokens->sentence[i])) continue;
        if (!is_result_verb(f, i, begin) || is_open(f, i, begin)) continue;
        if (!is_by_them(f, i, begin, who, &first)) continue;
        rap_clause_of(f, i, &from, &to);
        if (first < i && i - first <= SUBJECT) from = first;
        if (i > from + SUBJECT) from = i;
        if (to > i + BEHIND) to = i + BEHIND;
        *out_from = from;
        *out_to = to;
        return true;
    }
    return false;
}
