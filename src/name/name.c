/*
 * name.c - the stage: units, names, actors, descriptions; see name.h.
 */
#include "name_private.h"

static const char made_by[] = "name 2";

const char *rap_actor_kind_name(rap_actor_kind kind)
{
    static const char *const name[] = {"person", "state", "organisation", "group",
                                       "place"};
    return name[kind];
}

const char *rap_mention_form_name(rap_mention_form form)
{
    static const char *const name[] = {"name", "nominal", "pronoun"};
    return name[form];
}

/* By begin, the longer first; insertion, because the walk leaves them nearly in order.
 */
static void sort_found(name_work *work)
{
    name_found *f = work->found.at;
    for (uint32_t i = 1; i < work->found.count; i++) {
        const name_found one = f[i];
        uint32_t k = i;
        while (k && (f[k - 1].span.begin > one.span.begin ||
                     (f[k - 1].span.begin == one.span.begin &&
                      f[k - 1].span.end < one.span.end))) {
            f[k] = f[k - 1];
            k--;
        }
        f[k] = one;
    }
}

static rap_mention_form form_of(const name_found *f)
{
    if (f->kind == FOUND_PRONOUN) return RAP_MENTION_PRONOUN;
    return f->kind == FOUND_NAMED || f->kind == FOUND_RUN ? RAP_MENTION_NAME
                                                          : RAP_MENTION_NOMINAL;
}

/* A name whose kind stayed open is no mention; an open description or pronoun is. */
static bool is_kept(const name_found *f)
{
    return f->actor != RAP_NONE || f->kind > FOUND_RUN;
}

static rap_mention mention_of(const name_found *f, const uint32_t *number)
{
    return (rap_mention){.span = f->span,
                         .head = f->head,
                         .first = f->first,
                         .last = f->last,
                         .actor = f->actor == RAP_NONE ? RAP_NONE : number[f->actor],
                         .form = form_of(f),
                         .nested = f->nested,
                         .modifier = f->modifier,
                         .confidence = f->actor == RAP_NONE ? 0.3f : f->confidence};
}

/* Actors in order of first mention; a group brings its members. number[made] is set. */
static uint32_t number_actors(const name_work *work, uint32_t *number)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < work->made.count; i++) number[i] = RAP_NONE;
    for (uint32_t i = 0; i < work->found.count; i++) {
        const uint32_t actor = work->found.at[i].actor;
        if (actor == RAP_NONE || number[actor] != RAP_NONE) continue;
        number[actor] = count++;
        const index_list *members = &work->made.at[actor].members;
        for (uint32_t m = 0; m < members->count; m++)
            if (number[members->at[m]] == RAP_NONE) number[members->at[m]] = count++;
    }
    return count;
}

static void fill_actors(const name_work *work, const uint32_t *number, rap_actor *out)
{
    for (uint32_t i = 0; i < work->made.count; i++) {
        if (number[i] == RAP_NONE) continue;
        const name_made *made = &work->made.at[i];
        rap_actor *actor = &out[number[i]];
        *actor = made->actor;
        actor->role = made->roles.at;
        actor->roles = made->roles.count;
        actor->alias = made->aliases.at;
        actor->aliases = made->aliases.count;
        for (uint32_t m = 0; m < made->members.count; m++)
            made->members.at[m] = number[made->members.at[m]];
        actor->member = made->members.at;
        actor->members = made->members.count;
    }
}

static bool write_out(name_work *work, rap_names *out)
{
    uint32_t *number = rap_new(work->scratch, uint32_t, work->made.count);
    rap_mention *mention = rap_new(work->arena, rap_mention, work->found.count);
    uint32_t *at_token = rap_new(work->arena, uint32_t, work->tokens->count);
    if (!number || !mention || !at_token) return false;
    const uint32_t actors = number_actors(work, number);
    rap_actor *actor = rap_new(work->arena, rap_actor, actors);
    if (!actor) return false;
    fill_actors(work, number, actor);
    for (uint32_t t = 0; t < work->tokens->count; t++) at_token[t] = RAP_NONE;
    uint32_t mentions = 0;
    for (uint32_t i = 0; i < work->found.count; i++) {
        const name_found *f = &work->found.at[i];
        if (!is_kept(f)) continue;
        at_token[f->first] = mentions; /* a later one is the inner */
        mention[mentions++] = mention_of(f, number);
    }
    *out = (rap_names){actor, actors, mention, mentions, at_token, made_by};
    return true;
}

/* Borrowed words move to the document's arena: the scratch may be cleared. */
static bool keep_words(name_work *work)
{
    for (uint32_t i = 0; i < work->made.count; i++) {
        rap_actor *a = &work->made.at[i].actor;
        a->key = rap_arena_copy(work->arena, a->key);
        a->name = rap_arena_copy(work->arena, a->name);
        if (!a->key.at || !a->name.at) return false;
    }
    return true;
}

rap_status rap_name_run(const rap_name_knowledge *knowledge, const rap_article *article,
                        const rap_tokens *tokens, const rap_syntax *syntax,
                        rap_arena *arena, rap_arena *scratch, rap_names *out,
                        rap_error *err)
{
    name_work work = {.knowledge = knowledge,
                      .article = article,
                      .tokens = tokens,
                      .syntax = syntax,
                      .arena = arena,
                      .scratch = scratch};
    *out = (rap_names){0};
    assert(syntax->count == tokens->count);
    if (!names_parse(&work) || !actors_make(&work) || !actors_resolve(&work) ||
        !nations_add(&work))
        return rap_fail(err, RAP_E_NOMEM, 0, "names: an arena is full");
    sort_found(&work);
    if (!keep_words(&work) || !write_out(&work, out)) {
        *out = (rap_names){0};
        return rap_fail(err, RAP_E_NOMEM, 0, "names: an arena is full");
    }
    return RAP_OK;
}

uint32_t rap_names_covering(const rap_names *names, uint32_t token)
{
    /* Mentions that begin at or before the token, from the last one back. */
    enum { MOST_INSIDE = 32 };
    const uint32_t after =
        rap_first_from(names->mention, sizeof *names->mention,
                       offsetof(rap_mention, first), names->mentions, token + 1);
    uint32_t best = RAP_NONE;
    for (uint32_t i = after; i-- > 0 && after - i <= MOST_INSIDE;)
        if (names->mention[i].last >= token) best = i;
    return best;
}
