/*
 * finding_owner.c - whose meeting a noun tells of.
 *
 * Reads   the words before and behind the noun, the verb that it hangs from.
 * Method  "between A and B", "of the bloc's leaders", "A's meeting with B", "A held talks",
 *         "A, during a meeting with B, said", "signed by A and B after ten days of talks",
 *         "their first meeting", "adopted in a session" of a parliament.
 * Cost    a bounded part of a sentence for each.
 */
#include "finding_meeting.h"
#include "text.h"

enum { OWNER_REACH = 5 };

/* "of the bloc's leaders", "of the member states": the union of the report. */
bool rap_people_of_bloc(finder *f, people *list, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end && i < from + 3; i++) {
        if (!rap_class_at(f, FINDING_BLOC, i, end)) continue;
        const uint32_t body = rap_main_union(f);
        if (body != RAP_NONE) rap_people_take(list, body);
        return body != RAP_NONE;
    }
    return false;
}

/* "A and B signed it after the summit, their first": whose it is by the sentence's verb. */
static void add_subject(finder *f, telling *t)
{
    const uint32_t begin = rap_near_first(f, t->head);
    for (uint32_t i = t->first; i > begin; i--) {
        if (f->in->syntax->upos[i - 1] != RAP_VERB) continue;
        people list = {.count = 0};
        rap_people_before(f, &list, i - 1);
        if (list.count > 1) t->who = list;
        if (list.count) return;
    }
}

/* "A, during a meeting with B, said": the subject of the verb that the noun hangs from. */
static void add_clause_subject(finder *f, telling *t)
{
    const rap_syntax *s = f->in->syntax;
    if (!s->head || s->relation[t->head] != RAP_REL_OBL) return;
    const uint32_t verb = s->head[t->head];
    if (s->upos[verb] == RAP_VERB) rap_people_before(f, &t->who, verb);
}

/* "adopted during a session": that of the parliament or council named before it. */
static void add_house(finder *f, telling *t)
{
    const uint32_t begin = rap_near_first(f, t->head);
    for (uint32_t i = t->first; i > begin; i--) {
        const uint32_t cover = f->cover[i - 1];
        if (cover == RAP_NONE || f->in->names->mention[cover].actor == RAP_NONE)
            continue;
        const uint32_t actor = f->in->names->mention[cover].actor;
        const rap_actor *a = &f->in->names->actor[actor];
        if (a->kind != RAP_ACTOR_ORGANISATION ||
            (!rap_slice_is(a->sector, "LEG") && !rap_slice_is(a->sector, "IGO")))
            continue;
        rap_people_add(f, &t->who, actor, i - 1);
        t->body = true;
        return;
    }
}

/* The subject of the verb whose object the noun is: it holds or begins the meeting. */
static void add_governor(finder *f, telling *t)
{
    const rap_syntax *s = f->in->syntax;
    if (!s->head || s->relation[t->head] != RAP_REL_OBJ) return;
    const uint32_t verb = s->head[t->head];
    if (s->upos[verb] != RAP_VERB || verb > t->head) return;
    const bool holds =
        rap_word_is(f, verb, FINDING_CONVENE) || rap_word_is(f, verb, FINDING_HOST);
    if (!holds && !rap_word_is(f, verb, FINDING_START)) return;
    people list = {.count = 0};
    rap_people_before(f, &list, verb);
    if (!list.count && verb > 1 && s->upos[verb - 1] == RAP_PART &&
        f->cover[verb - 2] != RAP_NONE) { /* "obliges A to open talks" */
        const uint32_t actor = f->in->names->mention[f->cover[verb - 2]].actor;
        if (actor != RAP_NONE) rap_people_add(f, &list, actor, verb - 2);
    }
    t->held = list.count > 0;
    for (uint32_t i = 0; i < list.count; i++)
        rap_people_take(holds && list.count == 1 ? &t->host : &t->who, list.at[i]);
    const bool to = verb > 0 && s->upos[verb - 1] == RAP_PART;
    if (to && s->form[verb] == RAP_FORM_BASE) t->status = "planned";
}

/* "its summit", "the council's session": the one whose it is. */
static void add_owner(finder *f, telling *t)
{
    const rap_names *n = f->in->names;
    const uint32_t begin = rap_near_first(f, t->head);
    const bool alone = !t->who.count;
    uint32_t end;
    for (uint32_t i = t->head; i > begin && t->head - i < OWNER_REACH; i--) {
        const uint32_t cover = f->cover[i - 1];
        const uint8_t upos = f->in->syntax->upos[i - 1];
        if (cover != RAP_NONE && n->mention[cover].actor != RAP_NONE) {
            rap_people_from(f, &t->who, n->mention[cover].first, &end);
            t->body = alone && t->who.count == 1;
            if (!t->who.count) add_subject(f, t);
            return;
        }
        if (upos != RAP_ADJ && upos != RAP_NOUN && upos != RAP_PART && upos != RAP_NUM)
            break;
    }
    if (t->first == begin || !rap_word_is(f, t->first, FINDING_OWN)) return;
    if (t->past) add_subject(f, t);
    if (t->who.count) return;
    for (uint32_t i = t->head; i > begin; i--) {
        const uint32_t cover = f->cover[i - 1];
        if (cover == RAP_NONE || n->mention[cover].actor == RAP_NONE) continue;
        const rap_actor_kind kind = n->actor[n->mention[cover].actor].kind;
        if (kind != RAP_ACTOR_ORGANISATION && kind != RAP_ACTOR_STATE) continue;
        rap_people_add(f, &t->who, n->mention[cover].actor, i - 1);
        t->body = true;
        return;
    }
}

/* The parties behind the preposition at `token`; false: it has none. */
static bool add_behind(finder *f, telling *t, uint32_t token)
{
    people list = {.count = 0};
    uint32_t end;
    if (rap_people_of_bloc(f, &list, token + 1, t->to)) {
        t->who = list;
        return true;
    }
    rap_people_from(f, &list, token + 1, &end);
    if (!list.count) return false;
    const rap_actor_kind kind = f->in->names->actor[list.at[0]].kind;
    const bool with =
        !rap_word_is(f, token, FINDING_TAIL) || rap_word_is(f, token, FINDING_BETWEEN);
    if (list.count == 1 && kind == RAP_ACTOR_STATE && !with) return false;
    t->who = list;
    return true;
}

void rap_people_of_noun(finder *f, telling *t)
{
    bool behind = false;
    for (uint32_t i = t->head + 1; i + 1 < t->to && i < t->head + 5 && !behind; i++) {
        if (f->in->syntax->upos[i] == RAP_VERB) break;
        if (f->in->syntax->upos[i] == RAP_ADP) behind = add_behind(f, t, i);
    }
    const bool with = t->who.count == 1;
    if (t->who.count < 2) add_owner(f, t);
    if (t->who.count < 2) add_governor(f, t);
    if (!t->who.count && rap_word_is(f, t->head, FINDING_SITTING)) add_house(f, t);
    if (with && t->who.count == 1 && !t->definite) add_clause_subject(f, t);
}

void rap_people_of_length(finder *f, telling *t)
{
    const rap_syntax *s = f->in->syntax;
    const uint32_t begin = rap_near_first(f, t->head);
    uint32_t after = t->first, verb = RAP_NONE, end;
    while (after > begin && t->first - after < OWNER_REACH &&
           !rap_word_is(f, after - 1, FINDING_TOLD))
        after--;
    if (after == begin || !rap_word_is(f, after - 1, FINDING_TOLD)) return;
    for (uint32_t i = after; i > begin && verb == RAP_NONE; i--)
        if (s->upos[i - 1] == RAP_VERB) verb = i - 1;
    if (verb == RAP_NONE) return;
    people list = {.count = 0};
    for (uint32_t i = verb + 1; i + 1 < after && !list.count; i++)
        if (rap_word_is(f, i, FINDING_AGENT)) rap_people_from(f, &list, i + 1, &end);
    if (!list.count) rap_people_before(f, &list, verb);
    for (uint32_t i = 0; i < list.count; i++) rap_people_take(&t->who, list.at[i]);
    rap_telling_place(f, t, verb + 1, after, true);
}
