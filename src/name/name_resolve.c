/*
 * name_resolve.c - descriptions and pronouns, from the names before them.
 *
 * Method  one walk in text order. A description takes the last person whose title has
 * the same office and country; else it is an actor of its own, by its wording. A plural
 *         takes the actors last named together. A pronoun takes the subject of its own
 * or the last sentences, in this paragraph or the one before. What stays in doubt stays
 * open. Cost    every look back is bounded by LOOK_BACK mentions: linear.
 */
#include <inttypes.h>

#include "name_private.h"

enum {
    LOOK_BACK = 60,
    PRONOUN_BACK = 24,
    PRONOUN_SENTENCES = 3,
    TOGETHER_SENTENCES = 20
};

typedef struct name_together { /* actors last named together */
    uint32_t actor[FOUND_MEMBERS];
    uint32_t count;
    uint32_t sentence;
    rap_span span;
} name_together;

enum { MOST_PAIRS = 64, MOST_PARTIES = 6 };
typedef struct name_pairs { /* parties that one sentence names */
    struct {
        uint32_t one, other, times;
    } pair[MOST_PAIRS];
    uint32_t count;
} name_pairs;

typedef struct name_walk {
    name_work *work;
    name_pairs pairs;
    rap_map side; /* code -> the first actor of that side */
    name_together chain, persons, states;
    uint32_t bloc, rebels, state; /* last named: an IGO, an armed group, a state */
    rap_map body; /* wording of an office -> the actor it last stood for */
} name_walk;

static uint32_t zone_of(const name_walk *walk, uint32_t sentence)
{
    return walk->work->tokens->zone[sentence];
}

static name_made *made_at(const name_walk *walk, uint32_t actor)
{
    return &walk->work->made.at[actor];
}

static bool is_person(const name_walk *walk, uint32_t actor)
{
    return actor != RAP_NONE && made_at(walk, actor)->actor.kind == RAP_ACTOR_PERSON;
}

/* A state, or a body that negotiates: a government, an armed group. */
static bool is_party(const name_walk *walk, uint32_t actor)
{
    if (actor == RAP_NONE) return false;
    const rap_actor *a = &made_at(walk, actor)->actor;
    return a->kind == RAP_ACTOR_STATE ||
           (a->kind == RAP_ACTOR_ORGANISATION &&
            (rap_slice_is(a->sector, "REB") || rap_slice_is(a->sector, "GOV") ||
             rap_slice_is(a->sector, "MIL")));
}

static bool is_state(const name_walk *walk, uint32_t actor)
{
    return actor != RAP_NONE && made_at(walk, actor)->actor.kind == RAP_ACTOR_STATE;
}

/* ---- who was named together -------------------------------------------------------
 */

static void follow_chain(name_walk *walk, const name_found *f)
{
    name_together *chain = &walk->chain;
    if (f->nested) return;
    const bool fits = is_person(walk, f->actor) || is_party(walk, f->actor);
    if (!f->joined || !chain->count) chain->count = 0;
    if (!fits) {
        chain->count = 0;
        return;
    }
    if (!chain->count) chain->span = f->span;
    if (chain->count && is_person(walk, chain->actor[0]) != is_person(walk, f->actor))
        chain->count = 0;
    for (uint32_t i = 0; i < chain->count; i++)
        if (chain->actor[i] == f->actor) return;
    if (chain->count == FOUND_MEMBERS) return;
    if (!chain->count) chain->span = f->span;
    chain->actor[chain->count++] = f->actor;
    chain->span.end = f->span.end;
    chain->sentence = f->sentence;
    if (chain->count > 1) {
        if (is_person(walk, f->actor))
            walk->persons = *chain;
        else
            walk->states = *chain;
    }
}

/* The distinct persons (or parties) of this sentence and some before. */
static name_together near(const name_walk *walk, uint32_t index, bool persons,
                          uint32_t sentences)
{
    name_together out = {.span = walk->work->found.at[index].span};
    const name_found *here = &walk->work->found.at[index];
    for (uint32_t i = index; i-- > 0 && index - i < LOOK_BACK;) {
        const name_found *f = &walk->work->found.at[i];
        if (f->sentence + sentences < here->sentence) break;
        if (f->actor == RAP_NONE || f->nested ||
            !(persons ? is_person(walk, f->actor) : is_party(walk, f->actor)))
            continue;
        bool known = false;
        for (uint32_t k = 0; k < out.count; k++) known |= out.actor[k] == f->actor;
        if (known) continue;
        if (out.count == FOUND_MEMBERS) return (name_together){0};
        out.actor[out.count++] = f->actor;
        out.sentence = f->sentence;
    }
    return out;
}

/* The group of these actors, in the order of their indices so that it has one key. */
static uint32_t group_of(name_walk *walk, name_together members)
{
    name_work *work = walk->work;
    for (uint32_t i = 1; i < members.count; i++)
        for (uint32_t k = i; k && members.actor[k - 1] > members.actor[k]; k--) {
            const uint32_t swap = members.actor[k];
            members.actor[k] = members.actor[k - 1];
            members.actor[k - 1] = swap;
        }
    rap_slice keys[1 + 2 * FOUND_MEMBERS] = {RAP_LIT("group")};
    rap_slice names[2 * FOUND_MEMBERS];
    for (uint32_t i = 0; i < members.count; i++) {
        const rap_actor *a = &made_at(walk, members.actor[i])->actor;
        keys[1 + 2 * i] = RAP_LIT(":");
        keys[2 + 2 * i] = a->key;
        names[2 * i] = i ? RAP_LIT(", ") : RAP_LIT("");
        names[1 + 2 * i] = a->name;
    }
    const rap_slice key = in_one(work->arena, keys, 1 + 2 * members.count);
    const rap_slice name = in_one(work->arena, names, 2 * members.count);
    if (!key.at || !name.at) return RAP_NONE;
    const uint32_t actor = actor_of_key(work, key, name, RAP_ACTOR_GROUP);
    if (actor == RAP_NONE) return RAP_NONE;
    name_made *made = made_at(walk, actor);
    for (uint32_t i = 0; !made->members.count || i < members.count; i++) {
        if (i >= members.count) break;
        if (is_in_list(&made->members, members.actor[i])) continue;
        if (!rap_push(work->arena, &made->members, members.actor[i])) return RAP_NONE;
    }
    const rap_slice words = words_of(work, members.span);
    if (!made->aliases.count && words.len &&
        !rap_push(work->arena, &made->aliases, words))
        return RAP_NONE;
    return actor;
}

/* ---- actors of their own ------------------------------------------------------------
 */

/* Twelve hex digits that tell texts apart: an unnamed actor is of its document only. Two
 * different texts share them once in 10^14 pairs. */
static rap_slice document_of(name_work *work)
{
    if (!work->document[0])
        (void)snprintf(work->document, sizeof work->document, "%012" PRIx64,
                       rap_hash(work->article->text) >> 16);
    return (rap_slice){work->document, sizeof work->document - 1};
}

/* An actor without a name: "kind:owner:words", and the document it stands in unless the
 * owner makes it firm. */
static uint32_t own_actor(name_walk *walk, name_found *f, const char *kind,
                          rap_actor_kind as)
{
    name_work *work = walk->work;
    char folded[PHRASE_BYTES];
    rap_slice words = words_of(work, f->role_span);
    if (!words.len) words = words_of(work, f->span);
    uint32_t len = rap_fold_into(words, folded, sizeof folded);
    if (len == RAP_NONE) len = 0;
    const rap_slice owner =
        f->owner == RAP_NONE ? (rap_slice){"", 0} : entry_at(work, f->owner)->key;
    char place[16] = ""; /* each "a diplomat" is another */
    if (f->indefinite) (void)snprintf(place, sizeof place, "@%u", f->span.begin);
    /* "Ruritania's army" is one everywhere; "the army", "the envoy", "rebels" are not. */
    const bool firm = as == RAP_ACTOR_ORGANISATION && f->owner != RAP_NONE;
    const rap_slice piece[] = {
        rap_slice_of(kind), RAP_LIT(":"),        owner,        RAP_LIT(":"),
        {folded, len},      rap_slice_of(place), RAP_LIT("#"), document_of(work)};
    enum { PIECES = sizeof piece / sizeof *piece, OF_DOCUMENT = 2 };
    const rap_slice key =
        in_one(work->arena, piece, firm ? PIECES - OF_DOCUMENT : PIECES);
    if (!key.at) return RAP_NONE;
    const uint32_t actor = actor_of_key(work, key, words, as);
    if (actor == RAP_NONE) return RAP_NONE;
    if (f->owner2 == RAP_NONE) actor_country(work, actor, f->owner);
    rap_actor *a = &made_at(walk, actor)->actor;
    if (f->role != RAP_NONE && !a->sector.len)
        a->sector = entry_at(work, f->role)->sector;
    return actor;
}

/* ---- persons by office ------------------------------------------------------ */

static rap_slice rank_of(const name_work *work, uint32_t role)
{
    return role == RAP_NONE ? (rap_slice){"", 0} : entry_at(work, role)->rank;
}

/* Does the person hold the office, by a title in this text or in the lists? 2: the very
 * office; 1: one of the same rank. */
static uint32_t office_match(const name_walk *walk, const name_made *made,
                             uint32_t role)
{
    const name_work *work = walk->work;
    const name_entry *want = entry_at(work, role);
    if (is_in_list(&made->offices, role)) return 2;
    if (made->entry != RAP_NONE) {
        const rap_slice offices = entry_at(work, made->entry)->offices;
        if (rap_slice_equal(offices, want->name)) return 2;
    }
    for (uint32_t i = 0; i < made->offices.count; i++)
        if (rap_slice_equal(rank_of(work, made->offices.at[i]), want->rank)) return 1;
    return 0;
}

static bool is_of_country(const name_work *work, const name_made *made, uint32_t owner)
{
    const name_entry *e = entry_at(work, owner);
    /* "the AU's envoy", "the Abkhaz leader": a title must name the body or the place.
     */
    if (e->kind != N_STATE) return is_in_list(&made->owners, owner);
    for (uint32_t i = 0; i < made->owners.count; i++)
        if (entry_at(work, made->owners.at[i])->kind == N_PLACE) return false;
    return rap_slice_equal(made->actor.code, e->home);
}

/* The last person before f (or, failing that, the next after) who fits. */
static uint32_t person_with(const name_walk *walk, uint32_t index, uint32_t role,
                            uint32_t owner, uint32_t least, uint32_t not_this)
{
    const name_work *work = walk->work;
    uint32_t weaker = RAP_NONE;
    for (uint32_t i = index; i-- > 0 && index - i < LOOK_BACK * 4;) {
        const name_found *f = &work->found.at[i];
        if (!is_person(walk, f->actor) || f->kind == FOUND_PRONOUN ||
            f->actor == not_this)
            continue;
        const name_made *made = made_at(walk, f->actor);
        if (owner != RAP_NONE && !is_of_country(work, made, owner)) continue;
        const uint32_t match = role == RAP_NONE ? 2 : office_match(walk, made, role);
        if (match == 2) return f->actor;
        if (match == 1 && weaker == RAP_NONE) weaker = f->actor;
    }
    if (weaker != RAP_NONE && least <= 1) return weaker;
    for (uint32_t i = index + 1; i < work->found.count && i - index < LOOK_BACK; i++) {
        const name_found *f = &work->found.at[i];
        if (!is_person(walk, f->actor) || f->kind > FOUND_RUN || f->actor == not_this)
            continue;
        const name_made *made = made_at(walk, f->actor);
        if (owner != RAP_NONE && !is_of_country(work, made, owner)) continue;
        if (role != RAP_NONE && office_match(walk, made, role) == 2) return f->actor;
    }
    return RAP_NONE;
}

/* The person a possessive before f points to: the last subject. */
static uint32_t possessor(const name_walk *walk, uint32_t index, bool person)
{
    const name_work *work = walk->work;
    const name_found *here = &work->found.at[index];
    if (here->of != RAP_NONE) return work->found.at[here->of].actor;
    uint32_t any = RAP_NONE;
    for (uint32_t i = index; i-- > 0 && index - i < PRONOUN_BACK;) {
        const name_found *f = &work->found.at[i];
        if (f->sentence + 1 < here->sentence) break;
        if (f->nested || f->actor == RAP_NONE ||
            !(is_person(walk, f->actor) || (!person && is_state(walk, f->actor))))
            continue;
        if (f->subject) return f->actor;
        if (any == RAP_NONE) any = f->actor;
    }
    return any;
}

/* The entry of the state with an actor's country. */
static uint32_t home_of(const name_walk *walk, uint32_t actor)
{
    if (actor == RAP_NONE) return RAP_NONE;
    return rap_map_get(&walk->work->knowledge->state, made_at(walk, actor)->actor.code);
}

static bool has_rank(const name_walk *walk, uint32_t role, const char *rank)
{
    return rap_slice_is(rank_of(walk->work, role), rank);
}

/* The first office of a person that says what it is: not "his counterpart". */
static uint32_t office_of(const name_walk *walk, const name_made *made)
{
    for (uint32_t i = 0; i < made->offices.count; i++)
        if (!has_rank(walk, made->offices.at[i], "counterpart"))
            return made->offices.at[i];
    return RAP_NONE;
}

/* "his Russian counterpart": who holds the office of the other, for that country. */
static uint32_t counterpart(name_walk *walk, uint32_t index, name_found *f)
{
    const uint32_t other = possessor(walk, index, true);
    if (!is_person(walk, other) || f->owner == RAP_NONE) return RAP_NONE;
    const uint32_t role = office_of(walk, made_at(walk, other));
    if (role == RAP_NONE) return RAP_NONE;
    const uint32_t named = person_with(walk, index, role, f->owner, 1, other);
    return named != RAP_NONE
               ? named
               : holder_described(walk->work, f, entry_at(walk->work, role)->name);
}

static bool resolve_role(name_walk *walk, uint32_t index)
{
    name_work *work = walk->work;
    name_found *f = &work->found.at[index];
    if (f->same_as != RAP_NONE && is_person(walk, work->found.at[f->same_as].actor)) {
        f->actor = work->found.at[f->same_as].actor;
        return true;
    }
    f->same_as = RAP_NONE;
    uint32_t holder = RAP_NONE; /* is not the one it holds */
    bool possessed = false;
    if (f->owner == RAP_NONE && (f->his || f->of != RAP_NONE)) {
        holder = possessor(walk, index, false);
        possessed = true;
        if (is_person(walk, holder) || is_state(walk, holder))
            f->owner = home_of(walk, holder);
    }
    f->confidence = 0.8f;
    if (has_rank(walk, f->role, "counterpart")) {
        f->actor = counterpart(walk, index, f);
    } else if (f->definite || f->his || f->owner != RAP_NONE) {
        const bool bare = f->owner == RAP_NONE;
        const bool known = (f->definite || f->his) && !(possessed && bare);
        const rap_slice words = words_of(work, f->role_span);
        f->actor = holder_of_year(work, f, words);
        if (f->actor == RAP_NONE && known)
            f->actor = person_with(walk, index, f->role, f->owner, 2, holder);
        if (f->actor == RAP_NONE) { /* who is in office, before one of the same rank */
            f->actor = holder_described(work, f, words);
            f->confidence = f->actor != RAP_NONE ? 0.75f : 0.8f;
        }
        if (f->actor == RAP_NONE && known && !(bare || possessed))
            f->actor = person_with(walk, index, f->role, f->owner, 1, holder);
        if (f->actor == RAP_NONE && !bare && f->definite &&
            has_rank(walk, f->role, "head")) {
            f->actor = person_with(walk, index, RAP_NONE, f->owner, 2, RAP_NONE);
            f->confidence = 0.6f;
        }
    }
    if (f->actor != RAP_NONE || work->full) return !work->full;
    f->confidence = 0.6f;
    f->actor = own_actor(walk, f, "role", RAP_ACTOR_PERSON);
    return f->actor != RAP_NONE;
}

/* ---- plurals ---------------------------------------------------------------- */

static bool fits(const name_together *t, uint32_t count)
{
    return t->count > 1 && (!count || t->count == count);
}

/* "the two leaders", "the countries", "both sides": the actors last named together. */
static uint32_t those(name_walk *walk, uint32_t index, name_found *f, bool persons)
{
    const name_together *first = persons ? &walk->persons : &walk->states;
    const name_together here = near(walk, index, persons, 2);
    if (zone_of(walk, first->sentence) != zone_of(walk, f->sentence) &&
        fits(&here, f->count ? f->count : 2) &&
        zone_of(walk, here.sentence) == zone_of(walk, f->sentence))
        return group_of(walk, here);
    if (fits(first, f->count) && first->sentence + TOGETHER_SENTENCES > f->sentence)
        return group_of(walk, *first);
    if (!fits(&here, f->count ? f->count : 2)) return RAP_NONE;
    f->confidence = 0.55f; /* merely near each other */
    return group_of(walk, here);
}

/* "Jane Doe and John Roe, the ministers of Ruritania and Graustark,": by the tree an
 * apposition, by the text right behind those named together. */
static bool describes_those(const name_walk *walk, const name_found *f)
{
    const rap_syntax *syntax = walk->work->syntax;
    const name_together *persons = &walk->persons;
    if (!syntax->head || persons->sentence != f->sentence || !fits(persons, f->count) ||
        persons->span.end > f->span.begin)
        return false;
    bool apposed = false;
    for (uint32_t t = f->first; t <= f->last; t++)
        apposed |= syntax->relation[t] == RAP_REL_APPOS && syntax->head[t] < f->first;
    const rap_slice gap = rap_slice_trim(
        rap_slice_sub(walk->work->article->text, persons->span.end, f->span.begin));
    return apposed && rap_slice_is(gap, ",");
}

/* Who holds the office for `owner`, where the office is that of a counterpart. */
static uint32_t counterpart_of(name_walk *walk, uint32_t index, const name_found *f,
                               uint32_t owner)
{
    name_found one = *f;
    one.owner = owner;
    one.owner2 = RAP_NONE;
    return counterpart(walk, index, &one);
}

/* "his Ruritanian and Bordurian counterparts": two persons as far as the text or the lists
 * know them, else the states for which they act; false: an arena is full. */
static bool counterparts(name_walk *walk, uint32_t index, name_found *f)
{
    name_together both = {.count = 2, .span = f->span};
    const uint32_t owner[2] = {f->owner, f->owner2};
    for (uint32_t i = 0; i < 2; i++) {
        if (entry_at(walk->work, owner[i])->kind != N_STATE) return true;
        both.actor[i] = counterpart_of(walk, index, f, owner[i]);
        if (both.actor[i] == RAP_NONE)
            both.actor[i] = actor_of_entry(walk->work, owner[i]);
        if (both.actor[i] == RAP_NONE) return false;
    }
    if (both.actor[0] == both.actor[1]) return true;
    f->actor = group_of(walk, both);
    return f->actor != RAP_NONE;
}

static bool resolve_roles(name_walk *walk, uint32_t index)
{
    name_work *work = walk->work;
    name_found *f = &work->found.at[index];
    f->confidence = 0.7f;
    if (describes_those(walk, f)) {
        f->actor = group_of(walk, walk->persons);
        f->confidence = 0.8f;
        return f->actor != RAP_NONE;
    }
    if (f->owner != RAP_NONE && f->owner2 != RAP_NONE &&
        has_rank(walk, f->role, "counterpart")) {
        if (!counterparts(walk, index, f)) return false;
    } else if (f->owner != RAP_NONE && f->owner2 != RAP_NONE) {
        name_together both = {.count = 2, .span = f->span};
        both.actor[0] = person_with(walk, index, f->role, f->owner, 1, RAP_NONE);
        both.actor[1] = person_with(walk, index, f->role, f->owner2, 1, RAP_NONE);
        if (both.actor[0] != RAP_NONE && both.actor[1] != RAP_NONE &&
            both.actor[0] != both.actor[1]) {
            f->actor = group_of(walk, both);
            return f->actor != RAP_NONE;
        }
    } else if (f->owner == RAP_NONE && f->definite && has_rank(walk, f->role, "head")) {
        f->actor = those(walk, index, f, true);
    }
    if (f->actor == RAP_NONE) f->actor = own_actor(walk, f, "group", RAP_ACTOR_GROUP);
    return f->actor != RAP_NONE;
}

/* The states of persons last named together: their countries. */
static uint32_t countries_of(name_walk *walk, uint32_t index, uint32_t count)
{
    name_together persons = walk->persons;
    if (!fits(&persons, count)) persons = near(walk, index, true, 2);
    if (!fits(&persons, count ? count : 2)) return RAP_NONE;
    persons.span = (rap_span){0, 0};
    for (uint32_t i = 0; i < persons.count; i++) {
        const uint32_t home = home_of(walk, persons.actor[i]);
        if (home == RAP_NONE) return RAP_NONE;
        persons.actor[i] = actor_of_entry(walk->work, home);
        if (persons.actor[i] == RAP_NONE) return RAP_NONE;
        for (uint32_t k = 0; k < i; k++)
            if (persons.actor[k] == persons.actor[i]) return RAP_NONE;
    }
    return group_of(walk, persons);
}

static bool are_states(const name_walk *walk, uint32_t group)
{
    const index_list *members = &made_at(walk, group)->members;
    for (uint32_t i = 0; i < members->count; i++)
        if (!is_state(walk, members->at[i])) return false;
    return true;
}

/* How much a pair stands out: sentences with both, then those with the rarer of them. */
static uint64_t weight_of(const name_walk *walk, uint32_t i)
{
    const uint32_t one = made_at(walk, walk->pairs.pair[i].one)->sentences;
    const uint32_t other = made_at(walk, walk->pairs.pair[i].other)->sentences;
    return (uint64_t)walk->pairs.pair[i].times << 32 | (one < other ? one : other);
}

/* The two parties that sentences of the document name together most often, whatever a
 * mediator's share: false where no two stand out. */
static bool are_opposed(const name_walk *walk, name_together *out)
{
    const name_pairs *pairs = &walk->pairs;
    uint64_t best = 0, second = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < pairs->count; i++) {
        const uint64_t weight = weight_of(walk, i);
        if (weight > best) {
            second = best;
            best = weight;
            at = i;
        } else if (weight > second) {
            second = weight;
        }
    }
    if (best == second || pairs->pair[at].times < 2) return false;
    *out = (name_together){.actor = {pairs->pair[at].one, pairs->pair[at].other},
                           .count = 2};
    return true;
}

/* "both sides", "the parties": never merely whom the sentence before names. */
static bool resolve_sides(name_walk *walk, uint32_t index)
{
    name_found *f = &walk->work->found.at[index];
    name_together opposed;
    const name_together *last = &walk->states;
    const bool close = fits(last, f->count) && last->sentence + 2 >= f->sentence;
    f->confidence = 0.7f;
    if ((!f->count || f->count == 2) && are_opposed(walk, &opposed)) {
        f->actor = group_of(walk, opposed);
    } else if (close) {
        f->confidence = 0.6f;
        f->actor = group_of(walk, *last);
    } else {
        f->confidence = 0.4f;
        f->actor = own_actor(walk, f, "group", RAP_ACTOR_GROUP);
    }
    return f->actor != RAP_NONE;
}

static bool resolve_pair(name_walk *walk, uint32_t index)
{
    name_found *f = &walk->work->found.at[index];
    const bool persons = has_rank(walk, f->role, "person");
    if (!persons && !has_rank(walk, f->role, "state"))
        return resolve_sides(walk, index);
    f->confidence = 0.7f;
    f->actor = those(walk, index, f, persons);
    if (!persons) {
        if (f->actor != RAP_NONE && !are_states(walk, f->actor)) f->actor = RAP_NONE;
        if (f->actor == RAP_NONE) f->actor = countries_of(walk, index, f->count);
    }
    if (f->actor == RAP_NONE) {
        f->confidence = 0.4f;
        f->actor = own_actor(walk, f, "group", RAP_ACTOR_GROUP);
    }
    return f->actor != RAP_NONE;
}

/* ---- offices, blocs, countries, peoples ------------------------------------- */

static bool resolve_body(name_walk *walk, uint32_t index)
{
    name_work *work = walk->work;
    name_found *f = &work->found.at[index];
    const rap_slice row = entry_at(work, f->entry)->name;
    if (f->owner == RAP_NONE && (f->his || f->of != RAP_NONE))
        f->owner = home_of(walk, possessor(walk, index, false));
    uint32_t *slot = rap_map_put(&walk->body, work->scratch, row);
    if (!slot) return false;
    f->confidence = f->owner != RAP_NONE ? 0.85f : 0.6f;
    if (f->owner == RAP_NONE && f->definite && *slot != RAP_NONE) {
        f->actor = *slot;
        return true;
    }
    f->actor = own_actor(walk, f, "org", RAP_ACTOR_ORGANISATION);
    *slot = f->actor;
    return f->actor != RAP_NONE;
}

static void resolve_land(name_walk *walk, uint32_t index)
{
    name_found *f = &walk->work->found.at[index];
    f->confidence = 0.6f;
    if (f->his) {
        const uint32_t home = home_of(walk, possessor(walk, index, false));
        if (home != RAP_NONE) f->actor = actor_of_entry(walk->work, home);
    } else if (f->definite) {
        f->actor = walk->state;
    }
}

static bool resolve_people(name_walk *walk, uint32_t index)
{
    name_found *f = &walk->work->found.at[index];
    if (f->plural) {
        f->confidence = 0.7f;
        f->actor = own_actor(walk, f, "people", RAP_ACTOR_GROUP);
        return f->actor != RAP_NONE;
    }
    f->confidence = 0.75f;
    f->actor = person_with(walk, index, RAP_NONE, f->owner, 2, RAP_NONE);
    return true;
}

/* ---- pronouns --------------------------------------------------------------- */

static bool may_be(const name_walk *walk, const name_found *pronoun,
                   const name_found *f)
{
    if (f->actor == RAP_NONE || f->nested) return false;
    const name_made *made = made_at(walk, f->actor);
    if (pronoun->plural)
        return made->actor.kind == RAP_ACTOR_GROUP &&
               !(f->kind == FOUND_PRONOUN && f->confidence < 0.5f);
    if (made->actor.kind != RAP_ACTOR_PERSON) return false;
    if (f->quoted && !pronoun->quoted) return false;
    return !made->sex || made->sex == pronoun->sex;
}

static bool resolve_pronoun(name_walk *walk, uint32_t index)
{
    name_work *work = walk->work;
    name_found *p = &work->found.at[index];
    uint32_t best = RAP_NONE, subjects_in = RAP_NONE, any = RAP_NONE;
    for (uint32_t i = index; i-- > 0 && index - i < PRONOUN_BACK;) {
        const name_found *f = &work->found.at[i];
        if (f->sentence + PRONOUN_SENTENCES < p->sentence ||
            zone_of(walk, f->sentence) + 1 < zone_of(walk, p->sentence))
            break;
        if (!may_be(walk, p, f)) continue;
        if (any == RAP_NONE) any = i;
        if (!f->subject) continue;
        /* The first subject of the nearest sentence that has one. */
        if (subjects_in != RAP_NONE && f->sentence != subjects_in) break;
        subjects_in = f->sentence;
        if (best == RAP_NONE || f->sentence != p->sentence) best = i;
    }
    const uint32_t chosen = best != RAP_NONE ? best : any;
    p->confidence = 0.3f;
    if (chosen == RAP_NONE) return true;
    const name_found *f = &work->found.at[chosen];
    p->actor = f->actor;
    const bool close = f->sentence + 1 >= p->sentence;
    p->confidence = p->quoted ? 0.45f : best != RAP_NONE && close ? 0.8f : 0.6f;
    if (!p->plural && !made_at(walk, p->actor)->sex && p->confidence > 0.7f)
        made_at(walk, p->actor)->sex = p->sex;
    return true;
}

/* "they": the actors just named together, where no plural word came since. */
static bool resolve_they(name_walk *walk, uint32_t index)
{
    name_found *p = &walk->work->found.at[index];
    if (!resolve_pronoun(walk, index)) return false;
    if (p->quoted || (p->actor != RAP_NONE && p->confidence > 0.7f)) return true;
    const name_together *t = walk->persons.sentence >= walk->states.sentence
                                 ? &walk->persons
                                 : &walk->states;
    const name_together close = near(walk, index, true, 1);
    if (t->count > 1 && t->sentence + 1 >= p->sentence)
        p->actor = group_of(walk, *t);
    else if (close.count == 2 && close.sentence + 1 >= p->sentence)
        p->actor = group_of(walk, close);
    else
        return true;
    p->confidence = 0.6f;
    return p->actor != RAP_NONE;
}

/* ---- who is opposed to whom ------------------------------------------------- */

/* A state, its government and its army are one side, as whichever was named first; its
 * rebels are another. RAP_NONE when the arena refused. */
static uint32_t side_of(name_walk *walk, uint32_t actor)
{
    name_made *made = made_at(walk, actor);
    if (made->side != RAP_NONE) return made->side;
    made->side = actor;
    if (!made->actor.code.len || rap_slice_is(made->actor.sector, "REB")) return actor;
    uint32_t *slot = rap_map_put(&walk->side, walk->work->scratch, made->actor.code);
    if (!slot) return RAP_NONE;
    if (*slot == RAP_NONE) *slot = actor;
    return made->side = *slot;
}

static void note_pair(name_walk *walk, uint32_t one, uint32_t other)
{
    name_pairs *pairs = &walk->pairs;
    const uint32_t a = one < other ? one : other, b = one < other ? other : one;
    uint32_t i = 0;
    while (i < pairs->count && (pairs->pair[i].one != a || pairs->pair[i].other != b))
        i++;
    if (i == MOST_PAIRS) return;
    if (i == pairs->count) {
        pairs->pair[i].one = a;
        pairs->pair[i].other = b;
        pairs->count++;
    }
    pairs->pair[i].times++;
}

/* The distinct sides of one sentence, each with each; false when the arena refused. */
static bool note_sentence(name_walk *walk, uint32_t from, uint32_t to)
{
    uint32_t party[MOST_PARTIES], count = 0;
    for (uint32_t i = from; i < to && count < MOST_PARTIES; i++) {
        const name_found *f = &walk->work->found.at[i];
        if (f->nested || !is_party(walk, f->actor)) continue;
        const uint32_t side = side_of(walk, f->actor);
        if (side == RAP_NONE) return false;
        bool known = false;
        for (uint32_t k = 0; k < count; k++) known |= party[k] == side;
        if (known) continue;
        party[count++] = side;
        made_at(walk, side)->sentences++;
    }
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = i + 1; k < count; k++) note_pair(walk, party[i], party[k]);
    return true;
}

/* Before the walk: offices that need no person ("the Ruritanian army", "the army"), then
 * the parties of every sentence. */
static bool gather_pairs(name_walk *walk)
{
    name_work *work = walk->work;
    for (uint32_t i = 0; i < work->found.count; i++) {
        const name_found *f = &work->found.at[i];
        if (f->kind != FOUND_BODY || f->his || f->of != RAP_NONE) continue;
        if (!resolve_body(walk, i) || !actor_note(work, f->actor, f)) return false;
    }
    uint32_t from = 0;
    for (uint32_t i = 1; i <= work->found.count; i++) {
        if (i < work->found.count &&
            work->found.at[i].sentence == work->found.at[from].sentence)
            continue;
        if (!note_sentence(walk, from, i)) return false;
        from = i;
    }
    return true;
}

/* ---- the walk --------------------------------------------------------------- */

static bool resolve(name_walk *walk, uint32_t index)
{
    name_work *work = walk->work;
    name_found *f = &work->found.at[index];
    switch (f->kind) {
    case FOUND_ROLE:
        return resolve_role(walk, index);
    case FOUND_ROLES:
        return resolve_roles(walk, index);
    case FOUND_PAIR:
        return resolve_pair(walk, index);
    case FOUND_BODY:
        return resolve_body(walk, index);
    case FOUND_PEOPLE:
        return resolve_people(walk, index);
    case FOUND_CROWD:
        f->confidence = 0.8f;
        f->actor = own_actor(walk, f, "group", RAP_ACTOR_GROUP);
        return f->actor != RAP_NONE;
    case FOUND_BLOC:
        f->confidence = 0.6f;
        f->actor = rap_slice_is(entry_at(work, f->entry)->sector, "REB") ? walk->rebels
                                                                         : walk->bloc;
        return true;
    case FOUND_LAND:
        resolve_land(walk, index);
        return true;
    case FOUND_PRONOUN:
        return f->plural ? resolve_they(walk, index) : resolve_pronoun(walk, index);
    default:
        return true;
    }
}

/* What later descriptions look back to. */
static void remember(name_walk *walk, const name_found *f)
{
    if (f->actor == RAP_NONE) return;
    const rap_actor *a = &made_at(walk, f->actor)->actor;
    if (a->kind == RAP_ACTOR_ORGANISATION && rap_slice_is(a->code, "IGO"))
        walk->bloc = f->actor;
    if (a->kind == RAP_ACTOR_ORGANISATION && rap_slice_is(a->sector, "REB"))
        walk->rebels = f->actor;
    if (a->kind == RAP_ACTOR_STATE && (f->subject || walk->state == RAP_NONE))
        walk->state = f->actor;
}

bool actors_resolve(name_work *work)
{
    name_walk walk = {
        .work = work, .bloc = RAP_NONE, .rebels = RAP_NONE, .state = RAP_NONE};
    if (work->found.count && !gather_pairs(&walk)) return false;
    for (uint32_t i = 0; i < work->found.count; i++) {
        const bool named = work->found.at[i].actor != RAP_NONE;
        if (!named && !resolve(&walk, i)) return false;
        const name_found *f = &work->found.at[i];
        if (!named && f->actor != RAP_NONE && !actor_note(work, f->actor, f))
            return false;
        if (named && f->titled && f->owner == RAP_NONE && (f->his || f->of != RAP_NONE))
            actor_country(work, f->actor, home_of(&walk, possessor(&walk, i, false)));
        follow_chain(&walk, f);
        remember(&walk, f);
    }
    return true;
}
