/*
 * finding_outcome.c - whether what was owed was done.
 *
 * Reads   the clause behind a commitment and the sentence that follows it; words.tsv.
 * Method  a verb of keeping, breaking, extending or disputing there whose subject owes it, or
 *         is a pronoun; "they did not" alone breaks it, "they did" keeps it.
 * Cost    two sentences a commitment.
 */
#include "finding_private.h"
#include "text.h"

enum { SUBJECT_GAP = 3 };

/* Do those who owe it, or "they", stand right before the verb at `token`? */
static bool is_theirs(finder *f, uint32_t token, const uint32_t *who, uint32_t count)
{
    const uint32_t *subject;
    uint32_t begin;
    const uint32_t n = rap_subject_of(f, token, &subject, &begin);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < count; k++)
            if (subject[i] == who[k]) return true;
    for (uint32_t i = token; i-- > 0 && token - i <= SUBJECT_GAP;)
        if (f->in->syntax->upos[i] == RAP_PRON) return true;
    return false;
}

/* "they did not", "it has": an auxiliary that ends its clause stands for the verb. */
static const char *bare_auxiliary(const finder *f, uint32_t token, uint32_t end)
{
    if (f->in->syntax->upos[token] != RAP_AUX && f->in->syntax->upos[token] != RAP_VERB)
        return NULL;
    if (!rap_word_is(f, token, FINDING_DO)) return NULL;
    const bool negated = token + 1 < end && rap_word_is(f, token + 1, FINDING_NOT);
    const uint32_t next = token + 1 + negated;
    if (next < end && f->in->syntax->upos[next] != RAP_PUNCT) return NULL;
    return negated ? "breached" : "kept";
}

static const char *outcome_at(const finder *f, uint32_t token, uint32_t end)
{
    static const struct {
        finding_class class;
        const char *status;
    } table[] = {{FINDING_BREACHED, "breached"},
                 {FINDING_KEPT, "kept"},
                 {FINDING_EXTENDED, "extended"},
                 {FINDING_DISPUTED, "disputed"}};
    for (uint32_t i = 0; i < sizeof table / sizeof *table; i++)
        if (rap_class_at(f, table[i].class, token, end)) {
            const bool turned = rap_is_negated(f, token, token > 3 ? token - 3 : 0);
            if (turned && table[i].class == FINDING_KEPT) return "breached";
            return turned ? NULL : table[i].status;
        }
    return bare_auxiliary(f, token, end);
}

const char *rap_outcome_of(finder *f, uint32_t begin, uint32_t end, const uint32_t *who,
                           uint32_t count, const char *status)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t sentence = t->sentence[begin];
    uint32_t last = t->first[sentence + 1];
    if (sentence + 1 < t->sentences && t->zone[sentence + 1] == t->zone[sentence])
        last = t->first[sentence + 2];
    for (uint32_t i = end; i < last; i++) {
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos != RAP_VERB && upos != RAP_AUX) continue;
        const char *found = outcome_at(f, i, t->first[t->sentence[i] + 1]);
        if (found && is_theirs(f, i, who, count)) return found;
    }
    return status;
}
