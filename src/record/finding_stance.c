/*
 * finding_stance.c - what the words of a statement say of its speaker's stance.
 *
 * Reads   statements with their acts; stances.tsv, contents.tsv.
 * Method  the verb of saying first ("vowed", "rejected"), then the act of the statement,
 *         then the words said ("should", "never"), if it is the speaker's side of which
 *         they are said. To insist that something is so is to stand by it.
 */
#include "finding_private.h"
#include "text.h"

enum { OPENING = 8 };

static finding_stand none(void)
{
    return (finding_stand){STANCES, 0, false};
}

uint32_t rap_turned_stance(uint32_t stance)
{
    switch (stance) {
    case STANCE_SUPPORTS:
    case STANCE_PROPOSES:
    case STANCE_CONCEDES:
        return STANCE_REJECTS;
    default:
        return STANCES;
    }
}

/* Is it somebody else of whom the verb at `token` speaks? "We" and "he" may be the
 * speaker; a party with a name that is not his is another. What one says that another
 * must do is one's own demand. */
static bool is_of_another(finder *f, uint32_t token, uint32_t end, uint32_t stance,
                          uint32_t speaker)
{
    const uint32_t *who;
    uint32_t begin;
    if (stance == STANCE_UNDECIDED) return false;
    /* a modal tells what others are to do; "want" tells who wants it */
    if (stance == STANCE_DEMANDS && f->in->syntax->upos[token] != RAP_VERB)
        return false;
    if (token + 1 < end && rap_word_is(f, token + 1, FINDING_AGENT)) return true;
    const uint32_t count = rap_subject_of(f, token, &who, &begin);
    /* "his side has made concessions" */
    if (count &&
        (rap_word_is(f, begin, FINDING_OWN) || rap_word_is(f, begin, FINDING_FIRST) ||
         (begin && rap_word_is(f, begin - 1, FINDING_OWN)) ||
         (begin && rap_word_is(f, begin - 1, FINDING_FIRST))))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (who[i] == speaker) return false;
    return count > 0;
}

/* The verb of a phrase: "fully committed", else its first word. */
static uint32_t verb_of(const finder *f, uint32_t token, const finding_phrase *p)
{
    for (uint32_t i = token; i < token + p->words; i++)
        if (f->in->syntax->upos[i] == RAP_VERB || f->in->syntax->upos[i] == RAP_AUX)
            return i;
    return token;
}

/* "The papers were not signed": nobody is said to refuse. */
static bool is_passive_at(const finder *f, uint32_t token, uint32_t begin, uint32_t end)
{
    uint32_t verb = token;
    while (verb < end && verb < token + 3 &&
           f->in->syntax->form[verb] != RAP_FORM_PARTICIPLE)
        verb++;
    if (verb >= end || f->in->syntax->form[verb] != RAP_FORM_PARTICIPLE) return false;
    for (uint32_t i = verb > begin + 2 ? verb - 2 : begin; i < verb; i++)
        if (rap_word_is(f, i, FINDING_PASSIVE)) return true;
    return false;
}

/* "It had to be done", "the steps needed": told, not demanded; but in the words of a reporter
 * "he said that they were obliged to" is what he said of now. */
static bool is_told(const finder *f, const rap_statement *s, uint32_t token,
                    const finding_phrase *p)
{
    const uint8_t form = f->in->syntax->form[token];
    if (form == RAP_FORM_PARTICIPLE) return true;
    if (form != RAP_FORM_PAST) return false;
    return s->mode != RAP_MODE_INDIRECT || p->words < 2;
}

/* What the words of a content say of its speaker. */
static finding_stand stance_in(finder *f, const rap_statement *s, uint32_t begin,
                               uint32_t end)
{
    finding_stand best = none();
    const bool depends = rap_word_is(f, begin, FINDING_IF); /* on others */
    for (uint32_t i = begin; i < end; i++) {
        const finding_phrase *p =
            rap_phrase_at(f, &f->knowledge->contents, i, end, NULL);
        if (!p || p->weight <= best.weight) continue;
        if (depends && p->value != STANCE_UNDECIDED) continue;
        if (p->value == STANCE_DEMANDS && is_told(f, s, i, p)) continue;
        if (p->value == STANCE_REJECTS && is_passive_at(f, i, begin, end)) continue;
        if (is_of_another(f, verb_of(f, i, p), end, p->value, s->speaker)) continue;
        const bool plain = p->value != STANCE_SUPPORTS && p->value != STANCE_PROPOSES;
        const bool turns = !plain && rap_is_negated(f, i, begin);
        best = (finding_stand){turns ? STANCE_REJECTS : p->value, p->weight, true};
    }
    return best;
}

/* "that Borduria take it over": a bare verb behind a name. */
static bool is_subjunctive(const finder *f, uint32_t verb, uint32_t begin)
{
    const rap_syntax *s = f->in->syntax;
    if (!s->head || !rap_slice_equal(f->form[verb], f->lemma[verb])) return false;
    for (uint32_t i = begin; i < verb; i++)
        if (s->head[i] == verb && s->relation[i] == RAP_REL_NSUBJ)
            return s->upos[i] == RAP_PROPN;
    return false;
}

/* Is it said that something is so, not that it shall be: "that the text is final"? */
static bool asserts(const finder *f, uint32_t begin, uint32_t end)
{
    const uint8_t *class = f->in->syntax->upos;
    if (class[begin] != RAP_SCONJ && !(begin && class[begin - 1] == RAP_SCONJ))
        return false;
    for (uint32_t i = begin; i < end && i < begin + OPENING; i++) {
        const uint8_t upos = f->in->syntax->upos[i], form = f->in->syntax->form[i];
        if (upos != RAP_VERB && upos != RAP_AUX) continue;
        const finding_phrase *p =
            rap_phrase_at(f, &f->knowledge->contents, i, end, NULL);
        if (p && p->value == STANCE_DEMANDS) return false;
        if (form == RAP_FORM_PARTICIPLE) continue;
        if (is_subjunctive(f, i, begin)) return false;
        return form == RAP_FORM_PRESENT || form == RAP_FORM_PAST ||
               rap_word_is(f, i, FINDING_WILL);
    }
    return false;
}

/* "criticised", "had vowed": what the verb of saying itself says. */
static finding_stand stance_of_cue(const finder *f, const rap_statement *s)
{
    const rap_tokens *t = f->in->tokens;
    if (s->negated) return none();
    for (uint32_t c = 0; c < s->cue.count; c++) {
        for (uint32_t at = rap_token_at(f, s->cue.at[c].begin);
             at < t->count && t->span[at].begin < s->cue.at[c].end; at++) {
            const uint32_t end = t->first[t->sentence[at] + 1];
            const finding_phrase *p =
                rap_phrase_at(f, &f->knowledge->stances, at, end, NULL);
            if (p) return (finding_stand){p->value, p->weight, false};
        }
    }
    return none();
}

static finding_stand stance_of_act(const rap_statement *s)
{
    static const struct {
        rap_act act;
        finding_stand stand;
    } table[] = {{RAP_ACT_DEMAND, {STANCE_DEMANDS, 85, false}},
                 {RAP_ACT_PROPOSE, {STANCE_PROPOSES, 85, false}},
                 {RAP_ACT_PROMISE, {STANCE_SUPPORTS, 85, false}},
                 {RAP_ACT_ACCEPT, {STANCE_SUPPORTS, 85, false}},
                 {RAP_ACT_REFUSE, {STANCE_REJECTS, 88, false}},
                 {RAP_ACT_PRAISE, {STANCE_SUPPORTS, 75, false}}};
    for (uint32_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].act == s->act) return table[i].stand;
    return none();
}

/* "He denied that his government had accepted the plan": what is denied turned round. */
static finding_stand stance_of_denial(finder *f, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        const finding_phrase *p =
            rap_phrase_at(f, &f->knowledge->stances, i, end, NULL);
        if (!p || f->in->syntax->upos[i] != RAP_VERB) continue;
        const uint32_t stance = rap_turned_stance(p->value);
        if (stance != STANCES) return (finding_stand){stance, p->weight, false};
    }
    return none();
}

bool rap_opens_negated(const finder *f, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end && i < begin + 3; i++)
        if (rap_word_is(f, i, FINDING_NOT)) return true;
    return false;
}

finding_stand rap_stance_of_clause(const finder *f, finding_stand stand, uint32_t begin,
                                   uint32_t end)
{
    if (stand.stance != STANCE_DEMANDS && stand.stance != STANCE_PROPOSES) return stand;
    if (!asserts(f, begin, end)) return stand;
    if (stand.stance == STANCE_PROPOSES) return none();
    return (finding_stand){STANCE_SUPPORTS, 70, true};
}

finding_stand rap_stance_of(finder *f, const rap_statement *s, uint32_t begin,
                            uint32_t end)
{
    const finding_stand cue = stance_of_cue(f, s), act = stance_of_act(s);
    if (cue.stance == STANCE_UNDECIDED) return cue; /* "declined to comment" */
    if (s->act == RAP_ACT_DENY) return stance_of_denial(f, begin, end);
    finding_stand found = cue.stance != STANCES ? cue : act;
    if (found.stance == act.stance && act.weight > found.weight) found = act;
    if (s->act == RAP_ACT_ASK && f->in->syntax->upos[begin] == RAP_PART)
        found = (finding_stand){STANCE_DEMANDS, 75, false};
    if (found.stance == STANCES) return stance_in(f, s, begin, end);
    const bool turns = s->negated || (found.stance == STANCE_SUPPORTS &&
                                      rap_opens_negated(f, begin, end));
    if (turns) found.stance = rap_turned_stance(found.stance);
    const finding_stand as = rap_stance_of_clause(f, found, begin, end);
    if (as.stance == found.stance) return found;
    const finding_stand said = stance_in(f, s, begin, end);
    return said.stance != STANCES ? said : as;
}
