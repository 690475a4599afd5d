/*
 * event_party.c - the two parties that a report is about.
 *
 * Reads   mentions, trees, the events found so far.
 * Method  actors are taken for whom they act: a person for a state or for the rebels of its
 *         country. Each coordination, each "between A and B", each event between two of
 *         them speaks for the pair; the pair with most voices is the report's, if there are
 *         enough, with how often the report names both, and no other comes near.
 * Cost    one pass over mentions and events; pairs are among the first MOST_SIDES.
 */
#include "event_act_private.h"

enum {
    MOST_SIDES = 24,
    MOST_ROW = 8,
    FEWEST_VOICES = 3,
    FEWEST_MENTIONS = 6,
    RANK_STATE = 3,
    MOST_VOICES = 60000
};
enum { FOUGHT = 1, TALKED = 2, PEACE_REACH = 8 }; /* what bonds a pair */
enum { VOICE_ROW = 1, VOICE_BETWEEN = 3, VOICE_HOME = 3, VOICE_WEIGHT = 4 };

static const float SURE_OF_OTHER = 0.8f;

typedef struct side {
    rap_slice code;
    bool rebel;
    uint32_t actor; /* who stands for it best */
    uint8_t rank;   /* of that actor: a state before a body before a person */
    uint32_t mentions;
} side;

typedef struct table {
    side at[MOST_SIDES];
    uint32_t count;
    uint16_t voice[MOST_SIDES][MOST_SIDES]; /* [low][high] */
    uint8_t bond[MOST_SIDES][MOST_SIDES];   /* [low][high] */
} table;

bool rap_sector_is(const rap_coder *c, rap_slice sector, rap_known_set set)
{
    const uint32_t word =
        sector.len ? rap_act_word(c->lexicon, sector) : (uint32_t)RAP_NONE;
    return word != RAP_NONE && rap_act_in(c->lexicon, c->lexicon->known[set], word);
}

static uint8_t rank_of(const rap_actor *actor)
{
    return actor->kind == RAP_ACTOR_STATE          ? RANK_STATE
           : actor->kind == RAP_ACTOR_ORGANISATION ? 2
           : actor->kind == RAP_ACTOR_PERSON       ? 1
                                                   : 0;
}

/* For whom the actor acts, as an index into the table; RAP_NONE: nobody known. */
static uint32_t side_of(const rap_coder *c, uint32_t index, table *all)
{
    const rap_actor *actor = &c->in->names->actor[index];
    const uint8_t rank = rank_of(actor);
    if (!rank || !actor->code.len || !actor->country.len) return RAP_NONE;
    const bool rebel = rap_sector_is(c, actor->sector, RAP_SET_REBEL);
    for (uint32_t i = 0; i < all->count; i++) {
        side *s = &all->at[i];
        if (s->rebel != rebel || !rap_slice_equal(s->code, actor->code)) continue;
        if (rank > s->rank) {
            s->rank = rank;
            s->actor = index;
        }
        return i;
    }
    if (all->count == MOST_SIDES) return RAP_NONE;
    all->at[all->count] = (side){actor->code, rebel, index, rank, 0};
    return all->count++;
}

static void hear(table *all, uint32_t a, uint32_t b, uint16_t voices)
{
    if (a == RAP_NONE || b == RAP_NONE || a == b) return;
    uint16_t *cell = a < b ? &all->voice[a][b] : &all->voice[b][a];
    if (*cell < MOST_VOICES) *cell = (uint16_t)(*cell + voices);
}

static void bind(table *all, uint32_t a, uint32_t b, uint8_t bond)
{
    if (a == RAP_NONE || b == RAP_NONE || a == b) return;
    uint8_t *cell = a < b ? &all->bond[a][b] : &all->bond[b][a];
    *cell |= bond;
}

static uint32_t actor_at(const rap_coder *c, uint32_t token)
{
    return c->cover[token] == RAP_NONE ? RAP_NONE
                                       : c->in->names->mention[c->cover[token]].actor;
}

/* "the war between", "signed a truce": the word, the few behind it, what describes it. */
static bool speaks_of_conflict(const rap_coder *c, uint32_t token, uint32_t reach)
{
    for (uint32_t t = token; t < token + reach && t < c->in->tokens->count; t++)
        if (rap_coder_is(c, t, RAP_SET_CONFLICT)) return true;
    for (uint32_t k = c->child[token]; k != RAP_NONE; k = c->sibling[k])
        if (rap_coder_is(c, k, RAP_SET_CONFLICT)) return true;
    return false;
}

/* "A and B", "between A and B": two alone; among more, mediators stand too. */
static void hear_row(const rap_coder *c, uint32_t token, table *all)
{
    uint32_t row[MOST_ROW], count = 0;
    for (uint32_t k = token; k != RAP_NONE && count < MOST_ROW;
         k = k == token ? c->child[token] : c->sibling[k]) {
        if (k != token && !rap_tree_is(c, k, RAP_REL(CONJ))) continue;
        const uint32_t actor = actor_at(c, k);
        if (actor != RAP_NONE) row[count++] = side_of(c, actor, all);
    }
    if (count != 2) return;
    const uint32_t mark = rap_tree_child(c, token, RAP_REL(CASE));
    const bool between = mark != RAP_NONE && rap_coder_is(c, mark, RAP_SET_BETWEEN);
    hear(all, row[0], row[1], between ? VOICE_BETWEEN : VOICE_ROW);
    if (between && speaks_of_conflict(c, c->head[token], 1))
        bind(all, row[0], row[1], FOUGHT);
}

static bool is_of(const rap_event *e, rap_plover type)
{
    return e->type == rap_plover_name(type);
}

/* Many meet a mediator; those who agree or fight are parties. */
static uint16_t voice_of(const rap_event *e)
{
    if (e->sources == 2 && !e->targets)
        return is_of(e, RAP_AGREE) || is_of(e, RAP_ASSAULT) || is_of(e, RAP_SUPPORT) ? 2
               : is_of(e, RAP_CONSULT) || is_of(e, RAP_COOPERATE)                    ? 1
                                                                  : 0;
    if (e->sources != 1 || e->targets != 1) return 0;
    const bool against = is_of(e, RAP_ASSAULT) || is_of(e, RAP_ACCUSE) ||
                         is_of(e, RAP_THREATEN) || is_of(e, RAP_REJECT) ||
                         is_of(e, RAP_COERCE);
    return against ? 2 : 1;
}

/* What the event says of its parties: that they fight, or talk. */
static uint8_t bond_of(const rap_coder *c, const rap_found *found)
{
    const rap_event *e = &found->event;
    if (is_of(e, RAP_ASSAULT) || is_of(e, RAP_COERCE) || is_of(e, RAP_THREATEN) ||
        is_of(e, RAP_RETREAT))
        return FOUGHT;
    if (!is_of(e, RAP_CONSULT) && !is_of(e, RAP_AGREE) && !is_of(e, RAP_SUPPORT))
        return 0;
    const bool peace = found->token < c->in->tokens->count &&
                       speaks_of_conflict(c, found->token, PEACE_REACH);
    return peace ? FOUGHT | TALKED : TALKED;
}

static void bind_event(const rap_coder *c, const rap_found *found, table *all)
{
    const rap_event *e = &found->event;
    const uint8_t bond = bond_of(c, found);
    uint32_t row[MOST_ROW], count = 0;
    for (uint32_t i = 0; bond && i < e->sources && count < MOST_ROW; i++)
        row[count++] = side_of(c, e->source[i], all);
    for (uint32_t i = 0; bond && i < e->targets && count < MOST_ROW; i++)
        row[count++] = side_of(c, e->target[i], all);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < i; k++) bind(all, row[i], row[k], bond);
}

static void hear_event(const rap_coder *c, const rap_event *e, table *all)
{
    const uint16_t voice = voice_of(e);
    if (!voice) return;
    const uint32_t other = e->sources == 2 ? e->source[1] : e->target[0];
    const uint32_t first = side_of(c, e->source[0], all);
    hear(all, first, side_of(c, other, all), voice);
}

/* Voices, and how much the report speaks of the one that it speaks of less. A state and
 * the rebels of its country are parties if anything joins them. */
static uint32_t weigh(const table *all, uint32_t a, uint32_t b)
{
    const uint32_t x = all->at[a].mentions, y = all->at[b].mentions;
    uint32_t voices = all->voice[a][b];
    if (voices && rap_slice_equal(all->at[a].code, all->at[b].code))
        voices += VOICE_HOME;
    if (voices < FEWEST_VOICES) return 0;
    return VOICE_WEIGHT * voices + (x < y ? x : y);
}

/* Two states of which the report speaks far more than of any third, if anything joins
 * them; bodies of states mostly mediate. */
static bool rule_all(const table *all, rap_sides *out)
{
    uint32_t first = RAP_NONE, second = RAP_NONE, third = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        if (all->at[i].rank != RANK_STATE) continue;
        const uint32_t mentions = all->at[i].mentions;
        if (first == RAP_NONE || mentions > all->at[first].mentions) {
            if (second != RAP_NONE) third = all->at[second].mentions;
            second = first;
            first = i;
        } else if (second == RAP_NONE || mentions > all->at[second].mentions) {
            if (second != RAP_NONE) third = all->at[second].mentions;
            second = i;
        } else if (mentions > third) {
            third = mentions;
        }
    }
    if (second == RAP_NONE || all->at[second].mentions < FEWEST_MENTIONS ||
        2 * third > all->at[second].mentions)
        return false;
    if (!all->voice[first < second ? first : second][first < second ? second : first])
        return false;
    out->actor[0] = all->at[first].actor;
    out->actor[1] = all->at[second].actor;
    return true;
}

static uint8_t bond_between(const table *all, uint32_t x, uint32_t y)
{
    for (uint32_t a = 0; a < all->count; a++)
        for (uint32_t b = a + 1; b < all->count; b++)
            if ((all->at[a].actor == x && all->at[b].actor == y) ||
                (all->at[a].actor == y && all->at[b].actor == x))
                return all->bond[a][b];
    return 0;
}

/* Two of the many of a world war are not what the report is about: the pair has four in
 * ten of all mentions of sides. */
static bool dominate(const table *all, uint32_t x, uint32_t y)
{
    uint32_t both = 0, total = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        total += all->at[i].mentions;
        if (all->at[i].actor == x || all->at[i].actor == y) both += all->at[i].mentions;
    }
    return 10 * both >= 4 * total;
}

static void choose(const table *all, rap_sides *out)
{
    uint32_t best = 0, next = 0;
    bool home = false;
    for (uint32_t a = 0; a < all->count; a++)
        for (uint32_t b = a + 1; b < all->count; b++) {
            const uint32_t weight = weigh(all, a, b);
            if (weight > best) {
                next = best;
                best = weight;
                out->actor[0] = all->at[a].actor;
                out->actor[1] = all->at[b].actor;
                home = rap_slice_equal(all->at[a].code, all->at[b].code);
            } else if (weight > next) {
                next = weight;
            }
        }
    if (best <= next && !rule_all(all, out)) return;
    if (!dominate(all, out->actor[0], out->actor[1])) return;
    out->count = 2;
    out->home = best > next && home;
    const uint8_t bond = bond_between(all, out->actor[0], out->actor[1]);
    out->fought = out->home || (bond & FOUGHT);
    out->talked = out->fought || (bond & TALKED);
}

void rap_sides_find(const rap_coder *c, rap_sides *out)
{
    table all = {.count = 0};
    *out = (rap_sides){.count = 0};
    for (uint32_t i = 0; i < c->in->names->mentions; i++) {
        const rap_mention *m = &c->in->names->mention[i];
        const uint32_t own =
            m->actor == RAP_NONE ? RAP_NONE : side_of(c, m->actor, &all);
        if (own != RAP_NONE) all.at[own].mentions++;
        for (uint32_t t = m->first; t <= m->last; t++)
            if (c->cover[t] == i && (c->head[t] < m->first || c->head[t] > m->last))
                hear_row(c, t, &all);
    }
    for (uint32_t i = 0; i < c->list->count; i++) {
        hear_event(c, &c->list->at[i].event, &all);
        bind_event(c, &c->list->at[i], &all);
    }
    choose(&all, out);
}

static bool acts_for(const rap_coder *c, uint32_t actor, uint32_t party)
{
    const rap_actor *a = &c->in->names->actor[actor], *b = &c->in->names->actor[party];
    return actor == party || (a->code.len && rap_slice_equal(a->code, b->code) &&
                              rap_sector_is(c, a->sector, RAP_SET_REBEL) ==
                                  rap_sector_is(c, b->sector, RAP_SET_REBEL));
}

bool rap_cast_is_party(const rap_coder *c, const rap_cast *cast)
{
    for (uint32_t i = 0; c->sides && i < cast->count; i++)
        for (uint32_t k = 0; k < c->sides->count; k++)
            if (acts_for(c, cast->actor[i], c->sides->actor[k])) return true;
    return false;
}

bool rap_cast_other_side(const rap_coder *c, rap_cast *cast)
{
    for (uint32_t k = 0; c->sides && k < c->sides->count; k++) {
        if (!acts_for(c, cast->actor[0], c->sides->actor[k])) continue;
        rap_cast_add(cast, c->sides->actor[1 - k], (rap_span){0, 0}, SURE_OF_OTHER);
        return true;
    }
    return false;
}

void rap_cast_both(const rap_coder *c, rap_cast *cast)
{
    cast->count = 0;
    for (uint32_t k = 0; k < c->sides->count; k++)
        rap_cast_add(cast, c->sides->actor[k], (rap_span){0, 0}, SURE_OF_OTHER);
    cast->both = true;
}

static bool covers(const rap_coder *c, const rap_event *e, const rap_cast *cast)
{
    for (uint32_t i = 0; i < cast->count; i++) {
        bool there = false;
        for (uint32_t k = 0; k < e->sources && !there; k++)
            there = acts_for(c, e->source[k], cast->actor[i]);
        if (!there) return false;
    }
    return true;
}

static bool may_be_when(const rap_when *a, const rap_when *b)
{
    return a->earliest == RAP_NO_DAY || b->earliest == RAP_NO_DAY ||
           (a->earliest <= b->latest && b->earliest <= a->latest);
}

rap_event *rap_sides_told(const rap_coder *c, const rap_cast *cast, const char *type,
                          const rap_when *when)
{
    for (uint32_t i = 0; i < c->list->count; i++) {
        rap_event *e = &c->list->at[i].event;
        if (strcmp(e->type, type) == 0 && e->status == RAP_EVENT_HAPPENED &&
            covers(c, e, cast) && may_be_when(&e->date, when))
            return e;
    }
    return NULL;
}
