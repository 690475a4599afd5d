/*
 * finding_people.c - who took part in a meeting, when a report says it by rank or side.
 *
 * Reads   mentions, actors, events; the parties of the report (finding_clause.c).
 * Method  a group with members is its members. One of a rank ("the two generals") is the
 *         persons of that sector named before it, else the parties of the report beside
 *         it; one of a union ("European leaders", "the bloc's leaders") has the union
 *         beside it. Sides without a name are the parties of the report.
 * Cost    a bounded number of mentions before each.
 */
#include "finding_meeting.h"
#include "text.h"

enum { LOOK_BACK = 160, LONG_WORD = 5, OWNER_REACH = 5, WINDOW = 80 };

bool rap_people_has(const people *list, uint32_t actor)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i] == actor) return true;
    return false;
}

void rap_people_take(people *list, uint32_t actor)
{
    if (!rap_people_has(list, actor) && list->count < MOST_PEOPLE)
        list->at[list->count++] = actor;
}

uint32_t rap_near_first(const finder *f, uint32_t token)
{
    const uint32_t first = f->in->tokens->first[f->in->tokens->sentence[token]];
    return token > first + WINDOW ? token - WINDOW : first;
}

static uint32_t near_end(const finder *f, uint32_t token)
{
    const uint32_t end = f->in->tokens->first[f->in->tokens->sentence[token] + 1];
    return end - token > WINDOW ? token + WINDOW : end;
}

/* ---- ranks and unions ---------------------------------------------------------------- */

static const rap_actor *actor_of(const finder *f, uint32_t actor)
{
    return &f->in->names->actor[actor];
}

static bool is_union(const rap_actor *a)
{
    return a->kind == RAP_ACTOR_ORGANISATION && rap_slice_is(a->sector, "IGO");
}

uint32_t rap_main_union(finder *f)
{
    if (f->union_known) return f->main_union;
    f->union_known = true;
    f->main_union = RAP_NONE;
    const rap_names *n = f->in->names;
    uint32_t *count = rap_new(f->scratch, uint32_t, n->actors);
    f->failed |= !count;
    if (!count) return RAP_NONE;
    for (uint32_t i = 0; i < n->mentions; i++)
        if (n->mention[i].actor != RAP_NONE) count[n->mention[i].actor]++;
    for (uint32_t i = 0; i < n->actors; i++)
        if (is_union(&n->actor[i]) &&
            (f->main_union == RAP_NONE || count[i] > count[f->main_union]))
            f->main_union = i;
    return f->main_union;
}

/* Do two names share a long word, "European leaders" and "European Union"? */
static bool shares_word(rap_slice name, rap_slice other)
{
    rap_slice part, with, rest;
    while (rap_split_next(&name, ' ', &part)) {
        if (part.len < LONG_WORD) continue;
        for (rest = other; rap_split_next(&rest, ' ', &with);)
            if (rap_slice_equal(part, with)) return true;
    }
    return false;
}

/* The union whose name or code an unnamed rank bears. */
static uint32_t union_of(const finder *f, uint32_t actor)
{
    const rap_names *n = f->in->names;
    const rap_actor *a = &n->actor[actor];
    for (uint32_t i = 0; i < n->actors; i++) {
        if (!is_union(&n->actor[i]) || i == actor) continue;
        const bool same = a->country.len && rap_slice_is(a->code, "IGO") &&
                          rap_slice_equal(a->country, n->actor[i].country);
        if (same || shares_word(n->actor[i].name, a->name)) return i;
    }
    return RAP_NONE;
}

/* Persons of `sector` named before `token`, the nearest first, at most two. */
static uint32_t persons_before(const finder *f, rap_slice sector, uint32_t token,
                               uint32_t out[2])
{
    const rap_names *n = f->in->names;
    uint32_t count = 0, at = 0, high = n->mentions;
    while (at < high) {
        const uint32_t middle = at + (high - at) / 2;
        if (n->mention[middle].first < token)
            at = middle + 1;
        else
            high = middle;
    }
    for (uint32_t seen = 0; at-- > 0 && seen < LOOK_BACK && count < 2; seen++) {
        const uint32_t actor = n->mention[at].actor;
        if (actor == RAP_NONE || n->actor[actor].kind != RAP_ACTOR_PERSON) continue;
        if (!rap_slice_equal(n->actor[actor].sector, sector)) continue;
        if (n->mention[at].form != RAP_MENTION_NAME) continue;
        if (!count || out[0] != actor) out[count++] = actor;
    }
    return count;
}

/* A group of which only the rank is known: "the commanders", "the mediators". */
static bool is_rank(const finder *f, const rap_actor *a)
{
    return a->kind == RAP_ACTOR_GROUP && !a->members &&
           rap_names_class(f, a, FINDING_RANK);
}

/* "the bloc's leaders", "ministers of the member states", "their leaders" after them: a
 * union is named beside the words from `first` to `last`. */
static bool is_bloc(const finder *f, uint32_t first, uint32_t last)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t sentence = t->sentence[first], end = t->first[sentence + 1];
    const uint32_t behind = last + 4 < end ? last + 4 : end;
    const bool own =
        rap_word_is(f, first, FINDING_OWN) ||
        (first > t->first[sentence] && rap_word_is(f, first - 1, FINDING_OWN));
    const uint32_t before = own && sentence ? t->first[sentence - 1] : first;
    const uint32_t from = first - before > WINDOW ? first - WINDOW : before;
    for (uint32_t i = from; i < behind; i++) {
        if (i > last && f->in->syntax->upos[i] != RAP_ADP &&
            f->in->syntax->upos[i] != RAP_DET && !rap_class_at(f, FINDING_BLOC, i, end))
            return false;
        if (rap_class_at(f, FINDING_BLOC, i, end)) return true;
    }
    return false;
}

/* "the same mediators": those of a union that were named before. */
static uint32_t union_before(const finder *f, uint32_t actor)
{
    const rap_slice name = f->in->names->actor[actor].name;
    uint32_t at = name.len;
    while (at && name.at[at - 1] != ' ') at--;
    const rap_slice last = rap_slice_sub(name, at, name.len);
    for (uint32_t i = actor; i-- > 0 && actor - i < MOST_PEOPLE * 4;)
        if (f->in->names->actor[i].kind == RAP_ACTOR_GROUP && last.len >= LONG_WORD &&
            rap_slice_find(f->in->names->actor[i].name, last, 0) <
                f->in->names->actor[i].name.len) {
            const uint32_t body = union_of(f, i);
            if (body != RAP_NONE) return body;
        }
    return RAP_NONE;
}

static void add_rank(finder *f, people *list, uint32_t actor, uint32_t token)
{
    const rap_actor *a = actor_of(f, actor);
    const uint32_t cover = f->cover[token];
    uint32_t body = union_of(f, actor), two[2];
    if (body == RAP_NONE && !a->code.len && cover != RAP_NONE &&
        is_bloc(f, f->in->names->mention[cover].first,
                f->in->names->mention[cover].last))
        body = rap_main_union(f);
    if (body == RAP_NONE && !a->code.len) body = union_before(f, actor);
    if (body != RAP_NONE || a->code.len) {
        rap_people_take(list, actor);
        if (body != RAP_NONE) rap_people_take(list, body);
        return;
    }
    const bool soldiers = rap_slice_is(a->sector, "MIL");
    if (soldiers && persons_before(f, a->sector, token, two) == 2) {
        rap_people_take(list, two[1]);
        rap_people_take(list, two[0]);
        return;
    }
    rap_people_take(list, actor);
    const uint32_t *sides;
    const uint32_t count = soldiers ? rap_main_parties(f, 2, &sides) : 0;
    for (uint32_t i = 0; i < count; i++) rap_people_take(list, sides[i]);
}

void rap_people_add(finder *f, people *list, uint32_t actor, uint32_t token)
{
    const rap_actor *a = actor_of(f, actor);
    const uint32_t *who = &actor;
    if (a->members) {
        for (uint32_t i = 0; i < a->members; i++) rap_people_take(list, a->member[i]);
        return;
    }
    if (a->kind == RAP_ACTOR_PLACE) return;
    if (is_rank(f, a)) {
        add_rank(f, list, actor, token);
        return;
    }
    const uint32_t count = rap_name_sides(f, 1, &who), land = rap_land_of(f, actor);
    for (uint32_t i = 0; i < count; i++) rap_people_take(list, rap_state_of(f, who[i]));
    if (land != RAP_NONE) rap_people_take(list, land);
}

/* ---- by place ------------------------------------------------------------------------ */

/* What "who" or "which" before the verb at `token` stands for; RAP_NONE: it has none. */
static uint32_t antecedent(const finder *f, uint32_t token)
{
    const rap_syntax *s = f->in->syntax;
    uint32_t verb = token;
    if (!s->head) return RAP_NONE;
    for (uint32_t turn = 0; turn < 3 && s->relation[verb] == RAP_REL_CONJ; turn++)
        verb = s->head[verb];
    if (s->relation[verb] != RAP_REL_ACL_RELCL && s->relation[verb] != RAP_REL_ACL)
        return RAP_NONE;
    const uint32_t noun = s->head[verb];
    return f->cover[noun] == RAP_NONE ? RAP_NONE
                                      : f->in->names->mention[f->cover[noun]].actor;
}

/* "report to both leaders before they meet": "they" are those of the rank right before, the
 * parties of the report. */
static bool add_they(finder *f, people *list, uint32_t verb)
{
    const uint32_t subject = rap_subject_token(f, verb);
    const uint32_t begin = f->in->tokens->first[f->in->tokens->sentence[verb]];
    if (subject == RAP_NONE || f->in->syntax->upos[subject] != RAP_PRON) return false;
    for (uint32_t i = subject; i > begin && subject - i < OWNER_REACH; i--) {
        const uint8_t upos = f->in->syntax->upos[i - 1];
        if (upos == RAP_NOUN && rap_word_is(f, i - 1, FINDING_RANK) &&
            !rap_slice_equal(f->form[i - 1], f->lemma[i - 1])) {
            const uint32_t *two;
            const uint32_t count = rap_named_pair(f, &two);
            for (uint32_t k = 0; k < count; k++) rap_people_take(list, two[k]);
            return true; /* without a pair they stay unnamed */
        }
        if (upos == RAP_NOUN || upos == RAP_PROPN) return false;
    }
    return false;
}

void rap_people_before(finder *f, people *list, uint32_t token)
{
    const uint32_t *who;
    uint32_t begin;
    if (add_they(f, list, token)) return;
    const uint32_t count = rap_subject_of(f, token, &who, &begin);
    for (uint32_t i = 0; i < count; i++) rap_people_add(f, list, who[i], begin);
    if (count) return;
    const uint32_t actor = antecedent(f, token);
    if (actor != RAP_NONE) rap_people_add(f, list, actor, token);
}

void rap_people_from(finder *f, people *list, uint32_t token, uint32_t *end)
{
    const uint32_t *who;
    const uint32_t last = f->in->tokens->first[f->in->tokens->sentence[token] + 1];
    while (token + 1 < last &&
           (f->in->syntax->upos[token] == RAP_DET ||
            rap_word_is(f, token, FINDING_EACH)) &&
           f->cover[token] == RAP_NONE)
        token++;
    const uint32_t count = rap_named_from(f, token, &who, end);
    for (uint32_t i = 0; i < count; i++) rap_people_add(f, list, who[i], token);
}

/* ---- events -------------------------------------------------------------------------- */

/* Is the actor, or a group that it is a member of, named in tokens [from, to)? */
static bool is_named_in(const finder *f, uint32_t actor, uint32_t from, uint32_t to)
{
    const rap_names *n = f->in->names;
    for (uint32_t i = from; i < to; i++) {
        const uint32_t inner = n->at_token[i]; /* "the leaders of A and B": A */
        if (inner != RAP_NONE && n->mention[inner].actor == actor) return true;
        if (f->cover[i] == RAP_NONE) continue;
        const uint32_t other = n->mention[f->cover[i]].actor;
        if (other == actor) return true;
        for (uint32_t k = 0; other != RAP_NONE && k < n->actor[other].members; k++)
            if (n->actor[other].member[k] == actor) return true;
    }
    return false;
}

/* Where the actor is named in tokens [from, to); `to` if it is not. */
static uint32_t named_at(const finder *f, uint32_t actor, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (f->cover[i] != RAP_NONE &&
            f->in->names->mention[f->cover[i]].actor == actor)
            return i;
    return to;
}

/* "they met" of leaders just named: then whom the event stage has does not count. "the
 * generals met": the rank for which the event stage names others. */
static bool add_unnamed_subject(finder *f, const telling *t, people *own)
{
    const rap_event *e = &f->in->events->event[t->event];
    const uint32_t first = rap_near_first(f, t->head), last = near_end(f, t->head);
    bool lent = false;
    if (t->form != TOLD_BY_VERB) return false;
    if (add_they(f, own, t->head)) return true;
    for (uint32_t i = 0; i < e->sources; i++)
        lent |= !is_named_in(f, e->source[i], first, last);
    if (!lent) return false;
    const uint32_t subject = rap_subject_token(f, t->head);
    const uint32_t cover = subject == RAP_NONE ? RAP_NONE : f->cover[subject];
    const uint32_t actor =
        cover == RAP_NONE ? RAP_NONE : f->in->names->mention[cover].actor;
    if (actor != RAP_NONE && is_rank(f, actor_of(f, actor)))
        rap_people_add(f, own, actor, subject);
    return false;
}

void rap_people_of_event(finder *f, telling *t)
{
    const rap_event *e = &f->in->events->event[t->event];
    const uint32_t first = rap_near_first(f, t->head), last = near_end(f, t->head);
    people own = {.count = 0};
    if (t->form == TOLD_BY_NOUN && rap_people_of_bloc(f, &own, t->end + 1, t->to)) {
        for (uint32_t i = 0; i < e->sources; i++)
            if (is_named_in(f, e->source[i], first, t->head))
                rap_people_take(&own, e->source[i]);
        t->who = own;
        return;
    }
    const bool settled = add_unnamed_subject(f, t, &own);
    for (uint32_t i = 0; i < own.count; i++) rap_people_take(&t->who, own.at[i]);
    /* whom the stage lent is taken only for "the sides" */
    bool sides = false;
    for (uint32_t i = first; i < last && !sides; i++)
        sides = rap_word_is(f, i, FINDING_PARTIES);
    for (uint32_t i = 0; i < e->sources && !settled; i++) {
        const uint32_t from = own.count ? t->head : first;
        if (is_named_in(f, e->source[i], from, last) || (sides && !own.count))
            rap_people_add(f, &t->who, e->source[i],
                           named_at(f, e->source[i], first, last - 1));
    }
    const bool visit = e->mode && !strcmp(e->mode, "visit");
    for (uint32_t i = 0; i < e->targets; i++)
        if (!visit || actor_of(f, e->target[i])->kind == RAP_ACTOR_PERSON)
            rap_people_add(f, &t->who, e->target[i], t->head);
    if (e->host != RAP_NONE) rap_people_take(&t->host, e->host);
}
