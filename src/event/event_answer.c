/*
 * event_answer.c - whom an answer is directed at.
 *
 * Reads   the acts told before, statements, trees.
 * Method  what is refused or accepted by no more than a pronoun, a definite noun or a
 *         relative clause is who proposed it last, or who claimed it.
 * Cost    a bounded number of acts and statements before the word.
 */
#include "event_act_private.h"

enum { NEAR_ACTS = 48, ANSWER_REACH = 400, NEAR_STATEMENTS = 8, CLAIM_REACH = 300 };
static const float SURE_OF_ANSWER = 0.6f;

/* Nobody acts upon himself. */
void rap_cast_drop_shared(const rap_cast *from, rap_cast *cast)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < cast->count; i++) {
        bool shared = false;
        for (uint32_t k = 0; k < from->count; k++)
            shared = shared || from->actor[k] == cast->actor[i];
        if (shared) continue;
        cast->words[kept] = cast->words[i];
        cast->actor[kept++] = cast->actor[i];
    }
    cast->count = kept;
}

/* "turned the offer down", "denied it", "which B rejected": words that tell what is
 * answered by pointing back. */
static bool points_back(const rap_coder *c, uint32_t token, uint32_t object)
{
    if (c->upos[object] == RAP_PRON || rap_tree_is(c, token, RAP_REL(ACL_RELCL)))
        return true;
    return c->upos[object] == RAP_NOUN &&
           rap_tree_child(c, object, RAP_REL(DET)) != RAP_NONE &&
           rap_tree_child(c, object, RAP_REL(NMOD) | RAP_REL(NMOD_POSS)) == RAP_NONE;
}

static bool is_word_of(const rap_coder *c, const rap_found *found, uint32_t word)
{
    return found->token < c->in->tokens->count && c->word[found->token] == word;
}

/* The act that proposes what `token` answers, told shortly before it; NULL: none. */
static const rap_event *proposal_before(const rap_coder *c, uint32_t token,
                                        uint32_t object)
{
    const uint32_t here = c->in->tokens->span[token].begin;
    for (uint32_t i = c->list->count, n = 0; i > 0 && n < NEAR_ACTS; i--, n++) {
        const rap_found *found = &c->list->at[i - 1];
        const rap_event *e = &found->event;
        if (e->trigger.begin >= here) continue;
        if (here - e->trigger.begin >= ANSWER_REACH) return NULL;
        const bool offers = e->type == rap_plover_name(RAP_AGREE) &&
                            is_word_of(c, found, c->word[object]);
        if ((offers || e->type == rap_plover_name(RAP_REQUEST)) && e->sources == 1)
            return e;
        if (e->trigger.begin < c->in->tokens->span[c->begin].begin) return NULL;
        /* acts of the answer's own sentence may stand between */
    }
    return NULL;
}

/* Who claimed what `token` denies, in a statement that ends shortly before it. */
static uint32_t claimant_before(const rap_coder *c, uint32_t token)
{
    const rap_statements *said = c->in->statements;
    const uint32_t here = c->in->tokens->span[token].begin;
    uint32_t best = RAP_NONE;
    const uint32_t near = rap_act_statements_before(c, here);
    const uint32_t from = near > NEAR_STATEMENTS ? near - NEAR_STATEMENTS : 0;
    for (uint32_t i = from; i < near; i++) {
        const rap_statement *s = &said->statement[i];
        const uint32_t end = s->content.at[s->content.count - 1].end;
        if (end <= here && here - end < CLAIM_REACH && s->speaker != RAP_NONE)
            best = s->speaker;
    }
    return best;
}

/* What B answers by no more than a definite noun or a pronoun is who proposed it last, or
 * who claimed it. */
void rap_act_answered(const rap_coder *c, uint32_t token, rap_plover type,
                      const rap_cast *source, rap_cast *target)
{
    const uint32_t object = rap_tree_patient(c, token);
    if (object == RAP_NONE || !points_back(c, token, object)) return;
    rap_cast who = {.count = 0, .sure = SURE_OF_ANSWER};
    const rap_event *proposal = proposal_before(c, token, object);
    const bool claim = c->upos[object] == RAP_PRON
                           ? rap_coder_is(c, token, RAP_SET_DENY)
                           : rap_coder_is(c, object, RAP_SET_CLAIM);
    const uint32_t claimant =
        !proposal && type == RAP_REJECT && claim ? claimant_before(c, token) : RAP_NONE;
    const rap_span words = c->in->tokens->span[object];
    if (proposal) rap_cast_add(&who, proposal->source[0], words, SURE_OF_ANSWER);
    if (claimant != RAP_NONE) rap_cast_add(&who, claimant, words, SURE_OF_ANSWER);
    rap_cast_drop_shared(source, &who);
    if (who.count && !rap_are_compatriots(c, source, who.actor[0])) *target = who;
}
