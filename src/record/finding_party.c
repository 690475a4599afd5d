/*
 * finding_party.c - who does what a verb says.
 *
 * Reads   tokens, word classes, mentions, statements; trees where there are any.
 * Method  the subject is the mention that ends right before the verb, adverbs and
 *         auxiliaries apart, and the list it closes; else, and where that one only describes
 *         another, the verb's nsubj by the tree, or that of the verb it is joined to.
 * Cost    a sentence a verb.
 */
#include "finding_private.h"
#include "text.h"

#include <string.h>

enum { SUBJECT_REACH = 8, TREE_REACH = 80 };

void rap_who_take(finding_who *list, uint32_t actor)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i] == actor) return;
    if (list->count < FINDING_MOST_WHO) list->at[list->count++] = actor;
}

static bool is_of_class(const finder *f, rap_slice word, finding_class class)
{
    char folded[48];
    const uint32_t len = rap_fold_into(word, folded, sizeof folded);
    if (len == RAP_NONE) return false;
    const finding_table *t = &f->knowledge->words;
    for (uint32_t i = rap_map_get(&t->first, (rap_slice){folded, len}); i != RAP_NONE;
         i = t->phrase.at[i].next)
        if (t->phrase.at[i].value == class && t->phrase.at[i].words == 1) return true;
    return false;
}

/* Is the last word of its name one of `class`? */
bool rap_name_ends_in(const finder *f, const rap_actor *a, finding_class class)
{
    rap_slice rest = a->name, part, last = {0};
    while (rap_split_next(&rest, ' ', &part)) last = part;
    return is_of_class(f, last, class);
}

bool rap_names_class(const finder *f, const rap_actor *a, finding_class class)
{
    rap_slice rest = a->name, part;
    while (rap_split_next(&rest, ' ', &part))
        if (is_of_class(f, part, class)) return true;
    return false;
}

uint32_t rap_state_of(const finder *f, uint32_t actor)
{
    const rap_names *n = f->in->names;
    const rap_actor *a = &n->actor[actor];
    const bool body = a->kind == RAP_ACTOR_ORGANISATION || a->kind == RAP_ACTOR_GROUP;
    if (!body || !rap_name_ends_in(f, a, FINDING_GOVERNMENT)) return actor;
    /* "the federal government": that of the state the report is most about */
    if (!a->code.len) return f->home == RAP_NONE ? actor : f->home;
    for (uint32_t i = 0; i < n->actors; i++)
        if (n->actor[i].kind == RAP_ACTOR_STATE &&
            rap_slice_equal(n->actor[i].code, a->code))
            return i;
    return actor;
}

/* The members of a group, or the actor itself. Places owe and think nothing. */
static void take_members(const finder *f, finding_who *list, uint32_t actor)
{
    const rap_actor *a = &f->in->names->actor[actor];
    for (uint32_t i = 0; i < a->members; i++) rap_who_take(list, a->member[i]);
    if (!a->members && a->kind != RAP_ACTOR_PLACE)
        rap_who_take(list, rap_state_of(f, actor));
}

/* "A's army and the armed Front": a list whose first member, ending before `end`, no mention
 * holds; the state whose army it is. *begin: its first token. RAP_NONE: it is none. */
static uint32_t force_before(const finder *f, uint32_t end, uint32_t first,
                             uint32_t *begin)
{
    if (end < first + 3 || !rap_word_is(f, end - 1, FINDING_FORCES) ||
        f->in->syntax->upos[end - 2] != RAP_PART)
        return RAP_NONE;
    const uint32_t owner = f->in->names->at_token[end - 3];
    if (owner == RAP_NONE) return RAP_NONE;
    const rap_mention *m = &f->in->names->mention[owner];
    if (m->actor == RAP_NONE || f->in->names->actor[m->actor].kind != RAP_ACTOR_STATE)
        return RAP_NONE;
    *begin = m->first;
    return m->actor;
}

/* The parties that end at `token`, and those listed before them. */
static void take_backward(const finder *f, finding_who *list, uint32_t token,
                          uint32_t first, uint32_t *begin)
{
    const rap_names *n = f->in->names;
    uint32_t at = token;
    for (uint32_t turn = 0; turn < FINDING_MOST_WHO; turn++) {
        const rap_mention *m = &n->mention[f->cover[at]];
        if (m->actor != RAP_NONE && !m->modifier) take_members(f, list, m->actor);
        *begin = m->first;
        uint32_t back = m->first;
        if (back > first + 1 && rap_is_mark(f, back - 1, "(") &&
            f->cover[back - 2] != RAP_NONE) {
            at = back - 2; /* "the Liberation Front (LF)": one party */
            continue;
        }
        while (back > first && f->in->syntax->upos[back - 1] == RAP_ADJ &&
               f->cover[back - 1] == RAP_NONE)
            back--; /* "and the armed Front" */
        if (back > first && f->in->syntax->upos[back - 1] == RAP_DET) back--;
        const uint32_t joint = back;
        while (back > first && rap_word_is(f, back - 1, FINDING_AND) &&
               joint - back < 2)
            back--;
        if (back == joint || back == first) return;
        if (f->cover[back - 1] == RAP_NONE) {
            const uint32_t state = force_before(f, back, first, begin);
            if (state != RAP_NONE) rap_who_take(list, state);
            return;
        }
        if (rap_is_mark(f, back, ",") && joint - back == 1 && turn == 0) return;
        /* "…, and A must": another clause, unless more commas make it a list */
        const uint32_t before = n->mention[f->cover[back - 1]].first;
        if (joint - back == 2 && turn == 0 &&
            (before == first || !rap_is_mark(f, before - 1, ",")))
            return;
        at = back - 1;
    }
}

/* The same in the order of the text. */
static void take_list(const finder *f, finding_who *list, uint32_t token,
                      uint32_t first, uint32_t *begin)
{
    take_backward(f, list, token, first, begin);
    for (uint32_t i = 0; 2 * i + 1 < list->count; i++) {
        const uint32_t other = list->at[list->count - 1 - i];
        list->at[list->count - 1 - i] = list->at[i];
        list->at[i] = other;
    }
}

uint32_t rap_who_keep(finder *f, const finding_who *list, const uint32_t **who)
{
    uint32_t *kept = rap_new(f->arena, uint32_t, list->count);
    f->failed |= !kept;
    if (!kept) return 0;
    memcpy(kept, list->at, list->count * sizeof *kept);
    *who = kept;
    return list->count;
}

/* A quotation mark: “ ” " ' */
bool rap_is_quote(const finder *f, uint32_t token)
{
    const rap_slice s = rap_cut(f->in->article->text, f->in->tokens->span[token]);
    return rap_slice_is(s, "“") || rap_slice_is(s, "”") || rap_is_mark(f, token, "\"'");
}

/* May `token` stand between a subject and its verb? */
static bool is_between(const finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    return upos == RAP_AUX || upos == RAP_ADV || upos == RAP_PART ||
           rap_word_is(f, token, FINDING_SOME) || rap_word_is(f, token, FINDING_WILL);
}

/* "Ruritania, which offered": the noun for which a relative pronoun stands. */
static uint32_t antecedent_of(const finder *f, uint32_t subject, uint32_t verb)
{
    const rap_syntax *s = f->in->syntax;
    const bool relative = f->cover[subject] == RAP_NONE &&
                          rap_word_is(f, subject, FINDING_RELATIVE) &&
                          (s->relation[verb] == RAP_REL_ACL_RELCL ||
                           s->relation[verb] == RAP_REL_ADVCL_RELCL);
    return relative && s->head[verb] < verb ? s->head[verb] : subject;
}

uint32_t rap_tree_subject(const finder *f, uint32_t verb)
{
    const rap_syntax *s = f->in->syntax;
    const rap_tokens *t = f->in->tokens;
    const uint32_t first = t->first[t->sentence[verb]],
                   end = t->first[t->sentence[verb] + 1];
    uint32_t at = verb;
    if (s->relation[at] == RAP_REL_AUX || s->relation[at] == RAP_REL_AUX_PASS ||
        s->relation[at] == RAP_REL_COP)
        at = s->head[at]; /* "must": the subject hangs on the verb behind */
    for (uint32_t turn = 0; turn < SUBJECT_REACH; turn++) {
        /* however long a sentence is, its verb stands near its subject */
        const uint32_t from = at > first + TREE_REACH ? at - TREE_REACH : first,
                       to = end - at > TREE_REACH ? at + TREE_REACH : end;
        for (uint32_t i = from; i < to; i++)
            if (s->head[i] == at && i != at &&
                (s->relation[i] == RAP_REL_NSUBJ ||
                 s->relation[i] == RAP_REL_NSUBJ_PASS))
                return antecedent_of(f, i, at);
        if (s->relation[at] != RAP_REL_CONJ && s->relation[at] != RAP_REL_XCOMP)
            return RAP_NONE;
        at = s->head[at];
    }
    return RAP_NONE;
}

static uint32_t subject_by_place(const finder *f, uint32_t verb)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t first = t->first[t->sentence[verb]];
    uint32_t at = verb;
    for (uint32_t i = 0; i < SUBJECT_REACH && at > first; i++) {
        at--;
        if (rap_is_mark(f, at, ")")) { /* "the Front (FNL) agreed" */
            const uint32_t stop = at > first + 6 ? at - 6 : first;
            while (at > stop && !rap_is_mark(f, at, "(")) at--;
            continue;
        }
        if (f->cover[at] != RAP_NONE) return at;
        /* "the president, Ada Quill, refused" */
        if (rap_is_mark(f, at, ",") && at + 1 == verb && at > first &&
            f->cover[at - 1] != RAP_NONE)
            continue;
        if (!is_between(f, at) && !rap_is_quote(f, at)) return RAP_NONE;
    }
    return RAP_NONE;
}

/* "the two sides have agreed": the noun of unnamed sides before the verb. */
static uint32_t sides_before(const finder *f, uint32_t verb, uint32_t first)
{
    uint32_t at = verb;
    for (uint32_t i = 0; i < SUBJECT_REACH && at > first; i++) {
        at--;
        if (rap_word_is(f, at, FINDING_PARTIES)) return at;
        if (!is_between(f, at) && !rap_is_quote(f, at)) return RAP_NONE;
    }
    return RAP_NONE;
}

/* "Ada Quill of the Front": does the party at `token` only describe the one at `top`? */
static bool is_part_of(const finder *f, uint32_t token, uint32_t top)
{
    const rap_syntax *s = f->in->syntax;
    if (f->cover[top] != RAP_NONE && f->cover[top] == f->cover[token]) return false;
    /* "an office chaired by Borduria": no party */
    if (f->cover[top] == RAP_NONE && s->upos[top] != RAP_NOUN) return false;
    for (uint32_t turn = 0; turn < SUBJECT_REACH && token != top; turn++) {
        const uint8_t relation = s->relation[token];
        if (relation == RAP_REL_CONJ || relation == RAP_REL_APPOS) return false;
        if (s->head[token] == token) return false;
        token = s->head[token];
    }
    return token == top;
}

uint32_t rap_subject_token(const finder *f, uint32_t verb)
{
    const uint32_t at = subject_by_place(f, verb);
    if (!f->in->syntax->head) return at;
    const uint32_t top = rap_tree_subject(f, verb);
    return at == RAP_NONE || (top != RAP_NONE && is_part_of(f, at, top)) ? top : at;
}

uint32_t rap_subject_of(finder *f, uint32_t token, const uint32_t **who,
                        uint32_t *begin)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t first = t->first[t->sentence[token]];
    uint32_t at = rap_subject_token(f, token);
    *who = NULL;
    *begin = token;
    if (at == RAP_NONE) at = sides_before(f, token, first);
    if (at == RAP_NONE || at >= token) return 0;
    if (f->cover[at] == RAP_NONE) {
        *begin = at;
        return rap_word_is(f, at, FINDING_PARTIES) ? rap_main_parties(f, 2, who) : 0;
    }
    finding_who list = {.count = 0};
    take_list(f, &list, at, first, begin);
    return rap_name_sides(f, rap_who_keep(f, &list, who), who);
}

uint32_t rap_listed_before(finder *f, uint32_t token, const uint32_t **who)
{
    uint32_t begin;
    const uint32_t at = subject_by_place(f, token);
    finding_who list = {.count = 0};
    *who = NULL;
    if (at == RAP_NONE) return 0;
    take_list(f, &list, at, f->in->tokens->first[f->in->tokens->sentence[token]],
              &begin);
    return rap_who_keep(f, &list, who);
}

/* "Ruritania and Borduria agreed": all of the list that stands before the cue. */
static uint32_t speakers_in_list(finder *f, const rap_statement *s,
                                 const uint32_t **who)
{
    uint32_t begin;
    if (!s->cue.count) return 0;
    const rap_tokens *t = f->in->tokens;
    for (uint32_t at = rap_token_at(f, s->cue.at[0].begin);
         at < t->count && t->span[at].begin < s->cue.at[0].end; at++) {
        if (f->in->syntax->upos[at] != RAP_VERB) continue;
        const uint32_t count = rap_subject_of(f, at, who, &begin);
        for (uint32_t i = 0; i < count; i++)
            if ((*who)[i] == s->speaker) return count;
        return 0;
    }
    return 0;
}

uint32_t rap_speakers_of(finder *f, const rap_statement *s, const uint32_t **who)
{
    *who = NULL;
    if (s->speaker == RAP_NONE) return 0;
    const rap_actor *a = &f->in->names->actor[s->speaker];
    if (a->kind == RAP_ACTOR_PLACE) return 0;
    if (a->members) {
        *who = a->member;
        return a->members;
    }
    const uint32_t listed = speakers_in_list(f, s, who);
    if (listed > 1) return listed;
    uint32_t *one = rap_new(f->arena, uint32_t, 1);
    f->failed |= !one;
    if (!one) return 0;
    *one = s->speaker;
    *who = one;
    return rap_name_sides(f, 1, who);
}

uint32_t rap_named_from(finder *f, uint32_t token, const uint32_t **who, uint32_t *end)
{
    const uint32_t last = f->in->tokens->first[f->in->tokens->sentence[token] + 1];
    finding_who list = {.count = 0};
    uint32_t at = token;
    *who = NULL;
    *end = token;
    while (at < last && f->in->syntax->upos[at] == RAP_DET) at++;
    while (at < last && f->cover[at] != RAP_NONE) {
        const rap_mention *m = &f->in->names->mention[f->cover[at]];
        if (m->actor != RAP_NONE) take_members(f, &list, m->actor);
        at = *end = m->last + 1;
        uint32_t next = at;
        while (
            next < last && next < at + 3 &&
            (rap_word_is(f, next, FINDING_AND) || f->in->syntax->upos[next] == RAP_DET))
            next++;
        if (next == at) break;
        at = next;
    }
    return rap_who_keep(f, &list, who);
}

uint32_t rap_named_inside(finder *f, uint32_t token, uint32_t before,
                          const uint32_t **who, uint32_t *begin)
{
    const rap_names *n = f->in->names;
    const uint32_t stop = token > SUBJECT_REACH ? token - SUBJECT_REACH : 0;
    finding_who list = {.count = 0};
    *who = NULL;
    for (uint32_t at = token + 1; at-- > stop;) {
        const uint32_t index = n->at_token[at];
        if (index == RAP_NONE) continue;
        const rap_mention *m = &n->mention[index];
        if (m->last < token || m->last >= before) continue;
        if (m->actor != RAP_NONE) take_members(f, &list, m->actor);
        *begin = m->first;
        return rap_who_keep(f, &list, who);
    }
    return 0;
}
