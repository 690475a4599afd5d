/*
 * coref_mention.c - a mention for every nominal head of a tree.
 *
 * Method  a head's phrase is its own word and the subtrees of the dependents that belong to
 *         a noun phrase (not its preposition, copula, subject, conjuncts, appositions,
 *         asides), without the marks at its edges. A head with conjuncts makes a second
 *         mention of all of them.
 * Cost    linear in tokens: subtrees are measured from the leaves up.
 */
#include <stdlib.h>

#include "coref_private.h"
#include "text.h"

/* ---- subtrees -------------------------------------------------------------------- */

static void widen(rap_span *span, rap_span by)
{
    if (by.begin < span->begin) span->begin = by.begin;
    if (by.end > span->end) span->end = by.end;
}

/* The tokens below each token, from the leaves up. */
static bool measure(coref_work *work)
{
    const uint32_t count = work->tokens->count;
    const uint32_t *head = work->syntax->head;
    uint32_t *waiting = rap_new(work->scratch, uint32_t, count);
    uint32_t *queue = rap_new(work->scratch, uint32_t, count);
    work->extent = rap_new(work->scratch, rap_span, count);
    if (!waiting || !queue || !work->extent) return false;
    uint32_t queued = 0;
    for (uint32_t t = 0; t < count; t++) {
        work->extent[t] = (rap_span){t, t};
        if (head[t] != t) waiting[head[t]]++;
    }
    for (uint32_t t = 0; t < count; t++)
        if (!waiting[t]) queue[queued++] = t;
    for (uint32_t i = 0; i < queued; i++) {
        const uint32_t t = queue[i], up = head[t];
        if (up == t) continue;
        widen(&work->extent[up], work->extent[t]);
        if (--waiting[up] == 0) queue[queued++] = up;
    }
    return true;
}

/* ---- phrases --------------------------------------------------------------------- */

static bool is_within(rap_relation relation, bool before)
{
    switch (relation) {
    case RAP_REL_CC:
    case RAP_REL_CONJ:
    case RAP_REL_APPOS:
    case RAP_REL_COP:
    case RAP_REL_AUX:
    case RAP_REL_AUX_PASS:
    case RAP_REL_NSUBJ:
    case RAP_REL_NSUBJ_OUTER:
    case RAP_REL_NSUBJ_PASS:
    case RAP_REL_CSUBJ:
    case RAP_REL_CSUBJ_OUTER:
    case RAP_REL_EXPL:
    case RAP_REL_MARK:
    case RAP_REL_PUNCT:
    case RAP_REL_DISCOURSE:
    case RAP_REL_PARATAXIS:
    case RAP_REL_REPARANDUM:
    case RAP_REL_VOCATIVE:
    case RAP_REL_DISLOCATED:
    case RAP_REL_LIST:
    case RAP_REL_ADVCL:
    case RAP_REL_CC_PRECONJ:
    case RAP_REL_ORPHAN:
        return false;
    case RAP_REL_CASE:
        return !before; /* the possessive mark */
    case RAP_REL_ADVMOD:
        return !before;
    case RAP_REL_AMOD: /* "left the door open" read as one phrase */
        return before;
    default:
        return true;
    }
}

/* Of a copula's predicate the adverbials are the clause's. */
static bool is_of_clause(rap_relation relation)
{
    return relation == RAP_REL_OBL || relation == RAP_REL_OBL_UNMARKED ||
           relation == RAP_REL_ADVMOD || relation == RAP_REL_CCOMP;
}

/* Where the first conjunct or comma-parted aside after each head begins. */
static bool gather(coref_work *work)
{
    const uint32_t count = work->tokens->count;
    const uint32_t *head = work->syntax->head;
    const uint8_t *relation = work->syntax->relation;
    uint32_t *barrier = rap_new(work->scratch, uint32_t, count);
    bool *predicate = rap_new(work->scratch, bool, count);
    work->phrase = rap_new(work->scratch, rap_span, count);
    work->series = rap_new(work->scratch, uint32_t, count);
    if (!barrier || !predicate || !work->phrase || !work->series) return false;
    for (uint32_t t = 0; t < count; t++) {
        work->phrase[t] = (rap_span){t, t};
        work->series[t] = barrier[t] = RAP_NONE;
    }
    for (uint32_t t = 0; t < count; t++) {
        const uint32_t up = head[t];
        predicate[up] |= relation[t] == RAP_REL_COP && up != t;
        if (up >= t || (relation[t] != RAP_REL_CONJ && relation[t] != RAP_REL_APPOS))
            continue;
        if (barrier[up] == RAP_NONE) barrier[up] = work->extent[t].begin;
        if (relation[t] == RAP_REL_CONJ) work->series[up] = work->extent[t].end;
    }
    for (uint32_t t = 0; t < count; t++) {
        const uint32_t up = head[t];
        if (up == t || !is_within((rap_relation)relation[t], t < up)) continue;
        if (t > up && barrier[up] != RAP_NONE && t > barrier[up]) continue;
        if (predicate[up] && is_of_clause((rap_relation)relation[t])) continue;
        widen(&work->phrase[up], work->extent[t]);
    }
    return true;
}

static bool is_mark(const coref_work *work, uint32_t t)
{
    return work->syntax->upos[t] == RAP_PUNCT;
}

/* How many brackets more are opened than closed. */
static int depth_at(const coref_work *work, uint32_t t)
{
    const rap_slice s = rap_cut(work->article->text, work->tokens->span[t]);
    if (s.len != 1) return 0;
    return s.at[0] == '(' || s.at[0] == '['   ? 1
           : s.at[0] == ')' || s.at[0] == ']' ? -1
                                              : 0;
}

/* A mark that closes quotation marks which were opened inside the span. */
static bool closes_inside(const coref_work *work, rap_span span)
{
    const uint32_t quotation = work->quotation[span.end - 1];
    return quotation && !work->quotation[span.end] &&
           work->quotation[span.begin] != quotation;
}

/* Without the marks at its edges, but with a bracket that was opened inside. */
static rap_span trim(const coref_work *work, rap_span span, uint32_t head)
{
    while (span.begin < head && is_mark(work, span.begin)) span.begin++;
    while (span.end > head && is_mark(work, span.end)) {
        if (closes_inside(work, span)) break;
        if (depth_at(work, span.end) < 0) {
            int depth = 0;
            enum { BRACKET_WORDS = 30 };
            uint32_t t = span.end;
            for (uint32_t i = 0; i < BRACKET_WORDS && t > span.begin && depth <= 0; i++)
                depth += depth_at(work, --t);
            if (depth > 0) break;
        }
        span.end--;
    }
    return span;
}

/* ---- which heads ----------------------------------------------------------------- */

static bool is_part_of_name(rap_relation relation)
{
    return relation == RAP_REL_FLAT || relation == RAP_REL_FIXED ||
           relation == RAP_REL_GOESWITH;
}

static uint32_t tag_of(const coref_work *work, uint32_t t)
{
    const rap_syntax *syntax = work->syntax;
    if (!syntax->xpos || !syntax->xpos_name) return TAG_OTHER;
    const uint32_t tag = coref_lookup(work->knowledge, 't',
                                      rap_slice_of(syntax->xpos_name[syntax->xpos[t]]));
    return tag == RAP_NONE ? TAG_OTHER : tag;
}

static bool is_argument(rap_relation relation)
{
    switch (relation) {
    case RAP_REL_NSUBJ:
    case RAP_REL_NSUBJ_PASS:
    case RAP_REL_OBJ:
    case RAP_REL_IOBJ:
    case RAP_REL_OBL:
    case RAP_REL_NMOD:
    case RAP_REL_NMOD_POSS:
    case RAP_REL_OBL_AGENT:
        return true;
    default:
        return false;
    }
}

static bool is_nominal(const coref_work *work, uint32_t t)
{
    const rap_relation relation = (rap_relation)work->syntax->relation[t];
    if (is_part_of_name(relation)) return false;
    const rap_slice form = rap_cut(work->article->text, work->tokens->span[t]);
    switch ((rap_upos)work->syntax->upos[t]) {
    case RAP_NOUN:
    case RAP_PROPN:
        return true;
    case RAP_PRON: {
        const uint32_t tag = tag_of(work, t);
        return tag != TAG_RELATIVE && tag != TAG_EXISTENTIAL;
    }
    case RAP_NUM:
        return relation != RAP_REL_NUMMOD && relation != RAP_REL_COMPOUND;
    case RAP_DET:
        return is_argument(relation);
    case RAP_ADJ:
        return is_argument(relation);
    case RAP_ADV:
        return coref_lookup(work->knowledge, 'p', form) != RAP_NONE &&
               relation == RAP_REL_ADVMOD;
    default:
        return false;
    }
}

/* ---- what is known of one -------------------------------------------------------- */

static uint32_t entity_of(const coref_work *work, uint32_t t)
{
    const rap_syntax *syntax = work->syntax;
    const uint32_t at = rap_first_from(syntax->entity, sizeof *syntax->entity,
                                       offsetof(rap_entity, last), syntax->entities, t);
    if (at == syntax->entities || syntax->entity[at].first > t) return 0;
    return (uint32_t)syntax->entity[at].type + 1;
}

/* The class of a name: by an honorific or a given name in it, else by its type. */
static uint32_t class_of_name(const coref_work *work, const coref_item *item)
{
    enum { NAME_WORDS = 8 };
    const uint32_t end =
        item->last < item->first + NAME_WORDS ? item->last : item->first + NAME_WORDS;
    for (uint32_t t = item->first; t <= end; t++) {
        const rap_slice form = rap_cut(work->article->text, work->tokens->span[t]);
        if (!(work->tokens->flags[t] & RAP_TOKEN_CAPITAL)) continue;
        uint32_t class = coref_lookup(work->knowledge, 'h', form);
        if (class == RAP_NONE) class = coref_lookup(work->knowledge, 'g', form);
        if (class != RAP_NONE &&
            (item->entity == 0 || item->entity == RAP_ENTITY_PER + 1))
            return class;
    }
    if (item->entity == RAP_ENTITY_PER + 1) return CLASS_PERSON;
    if (item->entity == RAP_ENTITY_ORG + 1) return CLASS_GROUP;
    return item->entity == RAP_ENTITY_LOC + 1 ? CLASS_PLACE : CLASS_NONE;
}

static void describe_pronoun(const coref_work *work, coref_item *item, uint32_t row)
{
    const coref_pronoun *pronoun = &work->knowledge->pronoun[row];
    item->form = RAP_COREF_PRONOUN;
    item->pronoun = (uint8_t)(row + 1);
    item->person = pronoun->person;
    item->number = pronoun->number;
    item->class = pronoun->class;
    item->type = (uint8_t)(16 + row);
}

static void describe_noun(const coref_work *work, coref_item *item)
{
    const uint32_t t = item->head;
    item->form =
        work->syntax->upos[t] == RAP_PROPN ? RAP_COREF_NAME : RAP_COREF_NOMINAL;
    item->person = 3;
    const uint32_t tag = tag_of(work, t);
    item->number = tag == TAG_PLURAL     ? NUMBER_PLURAL
                   : tag == TAG_SINGULAR ? NUMBER_SINGULAR
                                         : NUMBER_OPEN;
    const uint32_t class = coref_lookup(work->knowledge, 'n', work->syntax->lemma[t]);
    item->class = (uint8_t)(class == RAP_NONE ? CLASS_NONE : class);
    if (item->form == RAP_COREF_NAME || item->entity == RAP_ENTITY_PER + 1) {
        const uint32_t name = class_of_name(work, item);
        if (name != CLASS_NONE && item->class != CLASS_MALE &&
            item->class != CLASS_FEMALE)
            item->class = (uint8_t)name;
    }
    const rap_slice opening =
        rap_cut(work->article->text, work->tokens->span[item->first]);
    const uint32_t kind =
        item->first == t ? RAP_NONE : coref_lookup(work->knowledge, 'k', opening);
    item->determiner = (uint8_t)(kind == RAP_NONE ? KIND_BARE : kind);
    item->type = (uint8_t)(item->form == RAP_COREF_NAME ? 1 + (item->determiner != 0)
                                                        : 4 + item->determiner);
}

/* Determiners and possessive marks aside, mentions of the same words have one hash. */
static uint32_t hash_words(const coref_work *work, const coref_item *item)
{
    enum { TEXT_WORDS = 16 };
    uint32_t hash = 7, words = 0;
    for (uint32_t t = item->first; t <= item->last && words < TEXT_WORDS; t++) {
        const rap_relation relation = (rap_relation)work->syntax->relation[t];
        if (t != item->head && (relation == RAP_REL_DET || relation == RAP_REL_CASE) &&
            (t == item->first || t == item->last))
            continue;
        hash = coref_mix(hash, work->word[t]);
        words++;
    }
    return hash;
}

static bool is_content(rap_upos upos)
{
    return upos == RAP_NOUN || upos == RAP_PROPN || upos == RAP_ADJ ||
           upos == RAP_NUM || upos == RAP_VERB || upos == RAP_X;
}

/* Content words, and the initials by which a longer name may be called. */
static void gather_content(const coref_work *work, coref_item *item)
{
    uint32_t initials = 11, capitals = 0;
    for (uint32_t t = item->first; t <= item->last && item->contents < CONTENT_WORDS;
         t++) {
        if (!is_content((rap_upos)work->syntax->upos[t])) continue;
        item->content[item->contents++] = work->lemma[t];
        if (!(work->tokens->flags[t] & RAP_TOKEN_CAPITAL)) continue;
        uint32_t at = work->tokens->span[t].begin;
        initials = coref_mix(initials, rap_utf8_next(work->article->text, &at));
        capitals++;
    }
    if (capitals > 1) item->initials = initials | 1;
    if (item->first != item->last ||
        !(work->tokens->flags[item->head] & RAP_TOKEN_ALL_CAPS))
        return;
    const rap_span span = work->tokens->span[item->head];
    initials = 11;
    for (uint32_t at = span.begin; at < span.end;) {
        const uint32_t c = rap_utf8_next(work->article->text, &at);
        if (c != '.') initials = coref_mix(initials, c);
    }
    item->initials = initials | 1;
}

static void describe(const coref_work *work, coref_item *item)
{
    const rap_syntax *syntax = work->syntax;
    const uint32_t t = item->head, sentence = work->tokens->sentence[t];
    const uint32_t begin = work->tokens->first[sentence];
    const uint32_t end = work->tokens->first[sentence + 1];
    item->sentence = sentence;
    item->zone = work->tokens->zone[sentence];
    item->relation = syntax->relation[t];
    item->upos = syntax->upos[t];
    item->quotation = work->quotation[t];
    item->governor = syntax->head[t] == t ? RAP_NONE : syntax->head[t];
    item->governor_lemma = item->governor == RAP_NONE ? 1 : work->lemma[item->governor];
    item->head_word = work->word[t];
    item->head_lemma = work->lemma[t];
    item->first_word = work->word[item->first];
    item->last_word = work->word[item->last];
    item->before_word = item->first > begin ? work->word[item->first - 1] : 2;
    item->after_word = item->last + 1 < end ? work->word[item->last + 1] : 3;
    item->entity = (uint8_t)entity_of(work, t);
    item->subject =
        item->relation == RAP_REL_NSUBJ || item->relation == RAP_REL_NSUBJ_PASS;
    item->apposed = item->relation == RAP_REL_APPOS;
    const uint32_t row = coref_lookup(
        work->knowledge, 'p', rap_cut(work->article->text, work->tokens->span[t]));
    if (item->form == RAP_COREF_COORDINATION) {
        item->number = NUMBER_PLURAL;
        item->person = 3;
        item->type = 3;
        const uint32_t class = coref_lookup(work->knowledge, 'n', syntax->lemma[t]);
        item->class = (uint8_t)(class == RAP_NONE ? class_of_name(work, item) : class);
    } else if (row != RAP_NONE && item->first == item->last) {
        describe_pronoun(work, item, row);
    } else {
        describe_noun(work, item);
    }
    item->text = hash_words(work, item);
    gather_content(work, item);
}

/* ---- all of them ----------------------------------------------------------------- */

static bool add(coref_work *work, uint32_t head, rap_span span, rap_coref_form form)
{
    coref_item item = {.first = span.begin,
                       .last = span.end,
                       .head = head,
                       .same_head = RAP_NONE,
                       .same_text = RAP_NONE,
                       .same_part = RAP_NONE,
                       .form = (uint8_t)form};
    describe(work, &item);
    return rap_push(work->scratch, &work->items, item);
}

static int by_place(const void *a, const void *b)
{
    const coref_item *one = a, *other = b;
    if (one->first != other->first) return one->first < other->first ? -1 : 1;
    if (one->last != other->last) return one->last > other->last ? -1 : 1;
    return one->head < other->head ? -1 : one->head > other->head;
}

/* Phrases of malformed trees may be one another's: the same words are one mention. */
static void sort_items(coref_work *work)
{
    if (!work->items.count) return;
    qsort(work->items.at, work->items.count, sizeof *work->items.at, by_place);
    uint32_t kept = 1;
    for (uint32_t i = 1; i < work->items.count; i++) {
        const coref_item *last = &work->items.at[kept - 1], *here = &work->items.at[i];
        if (last->first == here->first && last->last == here->last) continue;
        work->items.at[kept++] = *here;
    }
    work->items.count = kept;
}

/* "begins later, ends no later than one before it" within a sentence. */
static void mark_nested(coref_work *work)
{
    uint32_t end = 0, order = 0, sentence = RAP_NONE;
    for (uint32_t i = 0; i < work->items.count; i++) {
        coref_item *item = &work->items.at[i];
        if (item->sentence != sentence) {
            sentence = item->sentence;
            order = 0;
            end = 0;
        }
        item->nested = order && item->last <= end;
        item->order = order++;
        if (item->last > end) end = item->last;
    }
}

/* What the words below a head say of its mentions: a copula, an owner, a clause. */
static bool mark_dependents(coref_work *work)
{
    const rap_syntax *syntax = work->syntax;
    uint32_t *item_of = rap_new(work->scratch, uint32_t, work->tokens->count);
    if (!item_of) return false;
    for (uint32_t t = 0; t < work->tokens->count; t++) item_of[t] = RAP_NONE;
    for (uint32_t i = 0; i < work->items.count; i++)
        item_of[work->items.at[i].head] = i; /* the phrase, after its coordination */
    for (uint32_t t = 0; t < work->tokens->count; t++) {
        const uint32_t up = syntax->head[t];
        if (up == t || item_of[up] == RAP_NONE) continue;
        coref_item *item = &work->items.at[item_of[up]];
        if (syntax->relation[t] == RAP_REL_COP) item->predicate = true;
        if (syntax->relation[t] == RAP_REL_ACL_RELCL ||
            syntax->relation[t] == RAP_REL_ACL)
            item->clause = true;
        if (syntax->relation[t] == RAP_REL_NMOD_POSS && item->determiner == KIND_BARE &&
            item->form == RAP_COREF_NOMINAL) {
            item->determiner = KIND_POSSESSED;
            item->type = 4 + KIND_POSSESSED;
        }
    }
    return true;
}

bool coref_mentions_find(coref_work *work)
{
    if (!measure(work) || !gather(work)) return false;
    for (uint32_t t = 0; t < work->tokens->count; t++) {
        if (!is_nominal(work, t)) continue;
        const rap_span span = trim(work, work->phrase[t], t);
        if (!add(work, t, span, RAP_COREF_NOMINAL)) return false;
        if (work->series[t] == RAP_NONE || work->series[t] <= span.end) continue;
        const rap_span all = trim(work, (rap_span){span.begin, work->series[t]}, t);
        if (all.end > span.end && !add(work, t, all, RAP_COREF_COORDINATION))
            return false;
    }
    sort_items(work);
    mark_nested(work);
    return mark_dependents(work);
}
