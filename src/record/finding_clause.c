/*
 * finding_clause.c - who does what a verb says, how far its clause goes, and when.
 *
 * Reads   tokens, word classes, mentions, statements; trees where there are any.
 * Method  with a tree the subject is the verb's nsubj, or that of the verb it is joined
 *         to; without one it is the mention that ends right before the verb, adverbs and
 *         auxiliaries apart, and the list it closes.
 */
#include "finding_private.h"
#include "text.h"

#include <stdlib.h>

enum { SUBJECT_REACH = 8, MOST_WHO = 16, CLAUSE_TOKENS = 60 };

rap_span rap_tokens_of(const finder *f, uint32_t first, uint32_t end)
{
    return rap_tokens_span(f->in->tokens, first, end - 1);
}

uint32_t rap_token_at(const finder *f, uint32_t byte)
{
    uint32_t low = 0, high = f->in->tokens->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (f->in->tokens->span[middle].end > byte)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

bool rap_is_body(const finder *f, uint32_t sentence)
{
    const rap_zone *zone = &f->in->article->zone[f->in->tokens->zone[sentence]];
    return zone->kind == RAP_ZONE_BODY || zone->kind == RAP_ZONE_STANDFIRST;
}

rap_slice rap_words_of(const finder *f, uint32_t first, uint32_t end)
{
    return rap_cut(f->in->article->text, rap_tokens_of(f, first, end));
}

/* ---- clauses --------------------------------------------------------------------- */

static bool is_mark(const finder *f, uint32_t token, const char *marks)
{
    const rap_slice s = rap_cut(f->in->article->text, f->in->tokens->span[token]);
    return s.len == 1 && strchr(marks, s.at[0]);
}

/* A comma or semicolon at `token` with another clause behind it. */
static bool is_break(const finder *f, uint32_t token, uint32_t end)
{
    if (is_mark(f, token, ";")) return true;
    if (!is_mark(f, token, ",") || token + 1 >= end) return false;
    return rap_word_is(f, token + 1, FINDING_BREAK);
}

void rap_clause_of(const finder *f, uint32_t token, uint32_t *begin, uint32_t *end)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t sentence = t->sentence[token];
    const uint32_t first = t->first[sentence], last = t->first[sentence + 1];
    uint32_t b = token, e = token + 1;
    while (b > first && token - b < CLAUSE_TOKENS && !is_break(f, b - 1, last)) b--;
    while (e < last && e - token < CLAUSE_TOKENS && !is_break(f, e, last)) e++;
    while (e > token + 1 && f->in->syntax->upos[e - 1] == RAP_PUNCT &&
           is_mark(f, e - 1, ".,;:!?"))
        e--;
    *begin = b;
    *end = e;
}

static bool hangs_on(const finder *f, uint32_t token, uint32_t top)
{
    const uint32_t *head = f->in->syntax->head;
    for (uint32_t turn = 0; turn < CLAUSE_TOKENS; turn++) {
        if (token == top) return true;
        if (head[token] == token) return false;
        token = head[token];
    }
    return false;
}

uint32_t rap_end_of_subtree(const finder *f, uint32_t top, uint32_t end)
{
    uint32_t last = top;
    for (uint32_t i = top + 1; i < end; i++) {
        if (hangs_on(f, i, top))
            last = i;
        else if (f->in->syntax->upos[i] != RAP_PUNCT)
            break;
    }
    while (last > top && is_mark(f, last, ",;:")) last--;
    return last + 1;
}

bool rap_is_negated(const finder *f, uint32_t token, uint32_t begin)
{
    const uint32_t from = token > begin + 4 ? token - 4 : begin;
    for (uint32_t i = from; i < token; i++)
        if (rap_word_is(f, i, FINDING_NOT)) return true;
    return false;
}

/* ---- subjects -------------------------------------------------------------------- */

typedef struct who_list {
    uint32_t at[MOST_WHO];
    uint32_t count;
} who_list;

static void take(who_list *list, uint32_t actor)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i] == actor) return;
    if (list->count < MOST_WHO) list->at[list->count++] = actor;
}

/* Is the last word of its name one of `class`? */
static bool ends_in(const finder *f, const rap_actor *a, finding_class class)
{
    rap_slice rest = a->name, part, last = {0};
    while (rap_split_next(&rest, ' ', &part)) last = part;
    char folded[48];
    const uint32_t len = rap_fold_into(last, folded, sizeof folded);
    if (len == RAP_NONE) return false;
    const finding_table *t = &f->knowledge->words;
    for (uint32_t i = rap_map_get(&t->first, (rap_slice){folded, len}); i != RAP_NONE;
         i = t->phrase.at[i].next)
        if (t->phrase.at[i].value == class && t->phrase.at[i].words == 1) return true;
    return false;
}

/* "The government of A" is A: reports change between them from sentence to sentence. */
static uint32_t state_of(const finder *f, uint32_t actor)
{
    const rap_names *n = f->in->names;
    const rap_actor *a = &n->actor[actor];
    const bool body = a->kind == RAP_ACTOR_ORGANISATION || a->kind == RAP_ACTOR_GROUP;
    if (!body || !a->code.len || !ends_in(f, a, FINDING_GOVERNMENT)) return actor;
    for (uint32_t i = 0; i < n->actors; i++)
        if (n->actor[i].kind == RAP_ACTOR_STATE &&
            rap_slice_equal(n->actor[i].code, a->code))
            return i;
    return actor;
}

/* The members of a group, or the actor itself. Places owe and think nothing. */
static void take_members(const finder *f, who_list *list, uint32_t actor)
{
    const rap_actor *a = &f->in->names->actor[actor];
    for (uint32_t i = 0; i < a->members; i++) take(list, a->member[i]);
    if (!a->members && a->kind != RAP_ACTOR_PLACE) take(list, state_of(f, actor));
}

/* The parties that end at `token`, and those listed before them. */
static void take_backward(const finder *f, who_list *list, uint32_t token,
                          uint32_t first, uint32_t *begin)
{
    const rap_names *n = f->in->names;
    uint32_t at = token;
    for (uint32_t turn = 0; turn < MOST_WHO; turn++) {
        const rap_mention *m = &n->mention[f->cover[at]];
        if (m->actor != RAP_NONE && !m->modifier) take_members(f, list, m->actor);
        *begin = m->first;
        uint32_t back = m->first;
        if (back > first + 1 && is_mark(f, back - 1, "(") &&
            f->cover[back - 2] != RAP_NONE) {
            at = back - 2; /* "the Liberation Front (LF)": one party */
            continue;
        }
        if (back > first && f->in->syntax->upos[back - 1] == RAP_DET) back--;
        const uint32_t joint = back;
        while (back > first && rap_word_is(f, back - 1, FINDING_AND) &&
               joint - back < 2)
            back--;
        if (back == joint || back == first || f->cover[back - 1] == RAP_NONE) return;
        if (is_mark(f, back, ",") && joint - back == 1 && turn == 0) return;
        at = back - 1;
    }
}

/* The same in the order of the text. */
static void take_list(const finder *f, who_list *list, uint32_t token, uint32_t first,
                      uint32_t *begin)
{
    take_backward(f, list, token, first, begin);
    for (uint32_t i = 0; 2 * i + 1 < list->count; i++) {
        const uint32_t other = list->at[list->count - 1 - i];
        list->at[list->count - 1 - i] = list->at[i];
        list->at[i] = other;
    }
}

static uint32_t hand_over(finder *f, const who_list *list, const uint32_t **who)
{
    uint32_t *kept = rap_new(f->arena, uint32_t, list->count);
    f->failed |= !kept;
    if (!kept) return 0;
    memcpy(kept, list->at, list->count * sizeof *kept);
    *who = kept;
    return list->count;
}

/* A quotation mark: “ ” " ' */
static bool is_quote(const finder *f, uint32_t token)
{
    const rap_slice s = rap_cut(f->in->article->text, f->in->tokens->span[token]);
    return rap_slice_is(s, "“") || rap_slice_is(s, "”") || is_mark(f, token, "\"'");
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
                          s->relation[verb] == RAP_REL_ACL_RELCL;
    return relative && s->head[verb] < verb ? s->head[verb] : subject;
}

/* The last token of the subject by the tree; RAP_NONE: the tree has none. */
static uint32_t subject_by_tree(const finder *f, uint32_t verb)
{
    const rap_syntax *s = f->in->syntax;
    const rap_tokens *t = f->in->tokens;
    const uint32_t first = t->first[t->sentence[verb]],
                   end = t->first[t->sentence[verb] + 1];
    uint32_t at = verb;
    for (uint32_t turn = 0; turn < SUBJECT_REACH; turn++) {
        for (uint32_t i = first; i < end; i++)
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
        if (is_mark(f, at, ")")) { /* "the Front (FNL) agreed" */
            const uint32_t stop = at > first + 6 ? at - 6 : first;
            while (at > stop && !is_mark(f, at, "(")) at--;
            continue;
        }
        if (f->cover[at] != RAP_NONE) return at;
        /* "the president, Ada Quill, refused" */
        if (is_mark(f, at, ",") && at + 1 == verb && at > first &&
            f->cover[at - 1] != RAP_NONE)
            continue;
        if (!is_between(f, at) && !is_quote(f, at)) return RAP_NONE;
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
        if (!is_between(f, at) && !is_quote(f, at)) return RAP_NONE;
    }
    return RAP_NONE;
}

uint32_t rap_subject_of(finder *f, uint32_t token, const uint32_t **who,
                        uint32_t *begin)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t first = t->first[t->sentence[token]];
    uint32_t at = subject_by_place(f, token);
    if (at == RAP_NONE && f->in->syntax->head) at = subject_by_tree(f, token);
    *who = NULL;
    *begin = token;
    if (at == RAP_NONE) at = sides_before(f, token, first);
    if (at == RAP_NONE || at >= token) return 0;
    if (f->cover[at] == RAP_NONE) {
        *begin = at;
        return rap_word_is(f, at, FINDING_PARTIES) ? rap_main_parties(f, 2, who) : 0;
    }
    who_list list = {.count = 0};
    take_list(f, &list, at, first, begin);
    return rap_name_sides(f, hand_over(f, &list, who), who);
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
    who_list list = {.count = 0};
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
    return hand_over(f, &list, who);
}

uint32_t rap_named_inside(finder *f, uint32_t token, uint32_t before,
                          const uint32_t **who, uint32_t *begin)
{
    const rap_names *n = f->in->names;
    const uint32_t stop = token > SUBJECT_REACH ? token - SUBJECT_REACH : 0;
    who_list list = {.count = 0};
    *who = NULL;
    for (uint32_t at = token + 1; at-- > stop;) {
        const uint32_t index = n->at_token[at];
        if (index == RAP_NONE) continue;
        const rap_mention *m = &n->mention[index];
        if (m->last < token || m->last >= before) continue;
        if (m->actor != RAP_NONE) take_members(f, &list, m->actor);
        *begin = m->first;
        return hand_over(f, &list, who);
    }
    return 0;
}

/* A state or body counts with everybody who acts for its country. */
static uint32_t count_mentions(const finder *f, uint32_t *count)
{
    const rap_names *n = f->in->names;
    uint32_t total = 0;
    for (uint32_t i = 0; i < n->mentions; i++) {
        const uint32_t actor = n->mention[i].actor;
        if (actor == RAP_NONE || n->actor[actor].kind == RAP_ACTOR_PLACE) continue;
        if (!rap_is_body(f, f->in->tokens->sentence[n->mention[i].first])) continue;
        count[actor]++;
        total++;
    }
    return total;
}

static uint32_t strength(const finder *f, const uint32_t *count, uint32_t actor)
{
    const rap_names *n = f->in->names;
    const rap_actor *a = &n->actor[actor];
    uint32_t sum = count[actor];
    if (a->kind != RAP_ACTOR_STATE) return sum;
    for (uint32_t i = 0; i < n->actors; i++)
        if (i != actor && a->code.len && n->actor[i].kind != RAP_ACTOR_GROUP &&
            rap_slice_equal(a->code, n->actor[i].code))
            sum += count[i];
    return sum;
}

static uint32_t strongest_parties(finder *f, uint32_t most, const uint32_t **who)
{
    const rap_names *n = f->in->names;
    uint32_t *count = rap_new(f->scratch, uint32_t, n->actors);
    who_list list = {.count = 0};
    *who = NULL;
    f->failed |= !count;
    if (!count || count_mentions(f, count) < 4) return 0;
    while (list.count < most) {
        uint32_t best = RAP_NONE, high = 1;
        for (uint32_t i = 0; i < n->actors; i++) {
            const rap_actor *a = &n->actor[i];
            if (a->kind != RAP_ACTOR_STATE && a->kind != RAP_ACTOR_ORGANISATION)
                continue;
            const uint32_t s = strength(f, count, i);
            bool there = false;
            for (uint32_t k = 0; k < list.count; k++) there |= list.at[k] == i;
            if (!there && s > high) high = s, best = i;
        }
        if (best == RAP_NONE) break;
        take(&list, best);
    }
    return hand_over(f, &list, who);
}

uint32_t rap_most_named(finder *f, uint32_t most, const uint32_t **who)
{
    const rap_names *n = f->in->names;
    uint32_t *count = rap_new(f->scratch, uint32_t, n->actors);
    who_list list = {.count = 0};
    *who = NULL;
    f->failed |= !count;
    if (!count || !count_mentions(f, count)) return 0;
    while (list.count < most) {
        uint32_t best = RAP_NONE, high = 0;
        for (uint32_t i = 0; i < n->actors; i++)
            if (count[i] > high) high = count[i], best = i;
        if (best == RAP_NONE) break;
        count[best] = 0;
        take(&list, best);
    }
    return hand_over(f, &list, who);
}

/* The two that the report says agree, sign or meet: the first list of several parties
 * before such a verb. */
static uint32_t parties_that_agree(finder *f, const uint32_t **who)
{
    const rap_tokens *t = f->in->tokens;
    for (uint32_t i = 0; i < t->count; i++) {
        if (f->in->syntax->upos[i] != RAP_VERB || !rap_is_body(f, t->sentence[i]))
            continue;
        if (!rap_word_is(f, i, FINDING_AGREE)) continue;
        uint32_t begin;
        const uint32_t at = subject_by_place(f, i);
        if (at == RAP_NONE) continue;
        who_list list = {.count = 0};
        take_list(f, &list, at, t->first[t->sentence[i]], &begin);
        if (list.count == 2) return hand_over(f, &list, who);
    }
    return 0;
}

uint32_t rap_named_pair(finder *f, const uint32_t **who)
{
    const uint32_t *sides;
    const uint32_t count = rap_main_parties(f, 2, &sides);
    *who = sides;
    return f->sides_named ? count : 0;
}

uint32_t rap_main_parties(finder *f, uint32_t most, const uint32_t **who)
{
    if (!f->sides_known) {
        f->sides_known = true;
        f->sides_count = parties_that_agree(f, &f->sides);
        f->sides_named = f->sides_count > 0;
        if (!f->sides_count) f->sides_count = strongest_parties(f, most, &f->sides);
    }
    *who = f->sides;
    return f->sides_count < most ? f->sides_count : most;
}

/* Is it a group of which only "the sides" is known? */
static bool is_unnamed_sides(const finder *f, const rap_actor *a)
{
    return a->kind == RAP_ACTOR_GROUP && !a->members && ends_in(f, a, FINDING_PARTIES);
}

uint32_t rap_name_sides(finder *f, uint32_t count, const uint32_t **who)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!is_unnamed_sides(f, &f->in->names->actor[(*who)[i]])) continue;
        const uint32_t *two;
        const uint32_t named = rap_main_parties(f, 2, &two);
        if (named == 2) *who = two;
        return named == 2 ? 2 : count;
    }
    return count;
}

static bool acts_for_state(const rap_actor *a)
{
    if (!a->code.len || !a->country.len) return false;
    if (a->kind == RAP_ACTOR_STATE || a->kind == RAP_ACTOR_PLACE) return false;
    return rap_slice_is(a->sector, "GOV") || rap_slice_is(a->sector, "MIL");
}

uint32_t rap_state_behind(finder *f, uint32_t count, const uint32_t *who,
                          const uint32_t **states)
{
    const rap_names *n = f->in->names;
    who_list list = {.count = 0};
    *states = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const rap_actor *a = &n->actor[who[i]];
        if (a->kind != RAP_ACTOR_PERSON || !acts_for_state(a)) continue;
        for (uint32_t k = 0; k < n->actors; k++)
            if (n->actor[k].kind == RAP_ACTOR_STATE &&
                rap_slice_equal(n->actor[k].code, a->code))
                take(&list, k);
    }
    return list.count ? hand_over(f, &list, states) : 0;
}

uint32_t rap_add_states(finder *f, uint32_t count, const uint32_t **who)
{
    const rap_names *n = f->in->names;
    who_list list = {.count = 0};
    for (uint32_t i = 0; i < count; i++) take(&list, (*who)[i]);
    for (uint32_t i = 0; i < count; i++) {
        const rap_actor *a = &n->actor[(*who)[i]];
        if (!acts_for_state(a)) continue;
        for (uint32_t k = 0; k < n->actors; k++)
            if (n->actor[k].kind == RAP_ACTOR_STATE &&
                rap_slice_equal(n->actor[k].code, a->code))
                take(&list, k);
    }
    return hand_over(f, &list, who);
}

/* ---- time ------------------------------------------------------------------------ */

rap_when rap_when_of(const finder *f, uint32_t token)
{
    const uint32_t said = f->said[token];
    if (said != RAP_NONE) return f->in->statements->statement[said].date;
    rap_when when = {"", RAP_NO_DAY, RAP_NO_DAY, RAP_BASIS_UNKNOWN, RAP_NONE};
    when.timex = rap_time_of(f->in->times, f->in->tokens, token, &when.basis);
    if (when.timex == RAP_NONE) {
        const rap_published *p = &f->in->times->published;
        if (p->basis == RAP_BASIS_UNKNOWN) return when;
        char day[12];
        rap_date_format(p->date, day);
        const char *value = rap_arena_copy(f->arena, rap_slice_of(day)).at;
        return (rap_when){value ? value : "", p->earliest, p->latest,
                          RAP_BASIS_INFERRED, RAP_NONE};
    }
    const rap_timex *x = &f->in->times->timex[when.timex];
    when.value = x->value;
    when.earliest = x->earliest;
    when.latest = x->latest;
    return when;
}

/* ---- terms ----------------------------------------------------------------------- */

static int by_bytes(const void *a, const void *b)
{
    return rap_slice_compare(*(const rap_slice *)a, *(const rap_slice *)b);
}

/* The word that stands for `token` in terms; empty: none. A mention counts once, by its
 * actor, so that other names of it compare equal. */
static rap_slice term_of(const finder *f, uint32_t token)
{
    const uint32_t cover = f->cover[token];
    if (cover != RAP_NONE && f->in->names->mention[cover].actor != RAP_NONE) {
        const rap_mention *m = &f->in->names->mention[cover];
        const rap_slice key = f->in->names->actor[m->actor].key;
        return rap_slice_sub(key, 0, rap_slice_find(key, RAP_LIT("#"), 0));
    }
    const uint8_t upos = f->in->syntax->upos[token];
    if (upos == RAP_PUNCT || upos == RAP_SYM || upos == RAP_ADP || upos == RAP_DET ||
        upos == RAP_PRON || upos == RAP_AUX || upos == RAP_CCONJ || upos == RAP_SCONJ ||
        upos == RAP_PART)
        return (rap_slice){0};
    const rap_slice word = f->lemma[token].len ? f->lemma[token] : f->form[token];
    if (word.len < 2 || rap_map_get(&f->knowledge->stop, word) != RAP_NONE)
        return (rap_slice){0};
    return word;
}

static const char *join_terms(rap_arena *arena, rap_slice *term, uint32_t count)
{
    if (count) qsort(term, count, sizeof *term, by_bytes);
    size_t size = 1;
    for (uint32_t i = 0; i < count; i++) size += term[i].len + 1;
    char *out = rap_new(arena, char, size);
    if (!out) return NULL;
    size_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i && rap_slice_equal(term[i], term[i - 1])) continue;
        if (used) out[used++] = ' ';
        for (uint32_t b = 0; b < term[i].len; b++)
            out[used++] = term[i].at[b] == ' ' ? '_' : term[i].at[b];
    }
    return out;
}

const char *rap_terms_of(finder *f, uint32_t first, uint32_t end)
{
    return rap_terms_around(f, first, end, end, end);
}

const char *rap_terms_around(finder *f, uint32_t first, uint32_t end, uint32_t from,
                             uint32_t to)
{
    rap_slice *term = rap_new(f->scratch, rap_slice, end - first);
    const char *joined = NULL;
    uint32_t count = 0;
    for (uint32_t i = first; term && i < end; i++) {
        if (i >= from && i < to) continue;
        const rap_slice word = term_of(f, i);
        if (word.len) term[count++] = word;
    }
    if (term) joined = join_terms(f->arena, term, count);
    f->failed |= !joined;
    return joined ? joined : "";
}
