/*
 * event_dating.c - when and where an act takes place, and who tells of it.
 *
 * Reads   times, places, statements, trees.
 * Method  a time belongs to the predicate it hangs from; an act without one takes the time
 * of the verb that governs it, of the statement whose cue it is or that it stands in, of
 * the report's main occasion.
 * Cost    bounded by the times and statements around a sentence.
 */
#include "event_act_private.h"

enum { MOST_TIMES = 16, MOST_STEPS = 12, MOST_STATEMENTS = 64, NEAR_STATEMENTS = 8 };

static bool dates(const rap_timex *t)
{
    return t->type != RAP_TIMEX_DURATION && t->type != RAP_TIMEX_SET &&
           t->value[0] >= '0' && t->value[0] <= '9' && t->earliest != RAP_NO_DAY &&
           t->latest != RAP_NO_DAY;
}

static uint32_t first_time(const rap_times *times, uint32_t token)
{
    uint32_t low = 0, high = times->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (times->timex[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Does the way up from the time at [first, last] lead to `token` before another verb? */
static bool hangs_from(const rap_coder *c, const rap_timex *t, uint32_t token)
{
    uint32_t at = t->first;
    for (uint32_t n = 0; n < MOST_STEPS; n++) {
        if (at == token) return true;
        const bool inside = at >= t->first && at <= t->last;
        if (!inside && c->upos[at] == RAP_VERB) return false;
        if (c->head[at] == at) return false;
        at = c->head[at];
    }
    return false;
}

static bool time_of(const rap_coder *c, uint32_t token, rap_when *when)
{
    const rap_times *times = c->in->times;
    uint32_t i = first_time(times, c->begin);
    for (uint32_t n = 0; n < MOST_TIMES && i < times->count; n++, i++) {
        const rap_timex *t = &times->timex[i];
        if (t->first >= c->end) break;
        if (!dates(t) || !hangs_from(c, t, token)) continue;
        *when = (rap_when){t->value, t->earliest, t->latest, RAP_BASIS_STATED, i};
        return true;
    }
    return false;
}

/* The first statement whose content begins behind `at`. */
static uint32_t statement_behind(const rap_statements *said, uint32_t at)
{
    uint32_t low = 0, high = said->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (said->statement[middle].content.at[0].begin <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The statement whose cue the act is: "demanded". */
static bool cue_time(const rap_coder *c, rap_span trigger, rap_when *when)
{
    const rap_statements *said = c->in->statements;
    const uint32_t near = statement_behind(said, trigger.begin);
    const uint32_t from = near > NEAR_STATEMENTS ? near - NEAR_STATEMENTS : 0;
    for (uint32_t i = from; i < said->count && i < near + NEAR_STATEMENTS; i++) {
        const rap_statement *s = &said->statement[i];
        for (uint32_t k = 0; k < s->cue.count; k++)
            if (rap_span_overlaps(s->cue.at[k], trigger) && s->date.value[0]) {
                *when = s->date;
                return true;
            }
    }
    return false;
}

static uint32_t first_occasion(const rap_times *times, uint32_t token)
{
    uint32_t low = 0, high = times->occasions;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (times->occasion[middle].token < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool occasion_time(const rap_coder *c, uint32_t token, rap_when *when)
{
    const rap_times *times = c->in->times;
    for (uint32_t i = first_occasion(times, c->begin); i < times->occasions; i++) {
        const rap_occasion *o = &times->occasion[i];
        if (o->token >= c->end) return false;
        if (o->apart) continue;
        if (o->token != token && rap_tree_predicate(c, o->token) != token) continue;
        *when = (rap_when){o->value, o->day, o->day, RAP_BASIS_INFERRED, o->timex};
        return true;
    }
    return false;
}

/* "signed a deal that ends the war on Monday": a noun that is no subject and that no light
 * verb carries has no part in the day of the clause. */
static bool is_aside(const rap_coder *c, uint32_t token)
{
    return c->upos[token] == RAP_NOUN && rap_tree_light(c, token) == RAP_NONE &&
           !rap_tree_is(c, token, RAP_REL(NSUBJ) | RAP_REL(NSUBJ_PASS) | RAP_REL(ROOT));
}

void rap_act_when(const rap_coder *c, uint32_t token, rap_when *when)
{
    *when = (rap_when){
        .value = "", .earliest = RAP_NO_DAY, .latest = RAP_NO_DAY, .timex = RAP_NONE};
    if (time_of(c, token, when) || cue_time(c, c->in->tokens->span[token], when))
        return;
    if (is_aside(c, token)) return;
    uint32_t at = token;
    for (uint32_t n = 0; n < MOST_STEPS && c->head[at] != at; n++) {
        if (rap_tree_is(c, at,
                        RAP_REL(CCOMP) | RAP_REL(ADVCL) | RAP_REL(ACL) |
                            RAP_REL(ACL_RELCL) | RAP_REL(PARATAXIS)))
            break;
        at = c->head[at];
        if (c->upos[at] == RAP_VERB && time_of(c, at, when)) return;
    }
    occasion_time(c, rap_tree_predicate(c, token), when);
}

/* ---- where ------------------------------------------------------------------------- */

static bool set_place(const rap_coder *c, uint32_t token, rap_event *event)
{
    if (c->cover[token] == RAP_NONE) return false;
    const rap_mention *m = &c->in->names->mention[c->cover[token]];
    if (m->actor == RAP_NONE || m->form != RAP_MENTION_NAME || m->modifier)
        return false;
    const rap_actor_kind kind = c->in->names->actor[m->actor].kind;
    if (kind != RAP_ACTOR_PLACE && kind != RAP_ACTOR_STATE) return false;
    event->place = m->span;
    event->place_name = rap_cut(c->in->article->text, m->span);
    return true;
}

static bool place_of(const rap_coder *c, uint32_t token, rap_event *event)
{
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k]) {
        if (!rap_tree_is(c, k, RAP_REL(OBL) | RAP_REL(NMOD))) continue;
        const uint32_t mark = rap_tree_child(c, k, RAP_REL(CASE));
        if (mark != RAP_NONE && rap_coder_is(c, mark, RAP_SET_PLACE) &&
            set_place(c, k, event))
            return true;
    }
    return false;
}

void rap_act_where(const rap_coder *c, uint32_t token, rap_event *event)
{
    if (place_of(c, token, event)) return;
    const uint32_t light = rap_tree_light(c, token);
    if (light != RAP_NONE) place_of(c, light, event);
}

/* ---- who tells of it --------------------------------------------------------------- */

uint32_t rap_act_statements_before(const rap_coder *c, uint32_t at)
{
    return statement_behind(c->in->statements, at);
}

uint32_t rap_act_statement(const rap_coder *c, rap_span trigger)
{
    const rap_statements *said = c->in->statements;
    uint32_t low = statement_behind(said, trigger.begin);
    for (uint32_t n = 0; n < MOST_STATEMENTS && low > 0; n++, low--) {
        const rap_spans content = said->statement[low - 1].content;
        for (uint32_t k = 0; k < content.count; k++)
            if (rap_span_holds(content.at[k], trigger)) return low - 1;
    }
    return RAP_NONE;
}
