/*
 * coref_feature.c - what the ranker sees of a mention and of one before it.
 *
 * Method  surface features as in Durrett and Klein, "Easy Victories and Uphill Battles in
 *         Coreference Resolution" (2013): words at fixed places, distances, agreement, each
 *         alone and together with the kinds of both mentions; and what the chain of the
 *         earlier one holds so far. Every feature is a number; the table cuts it to its bits.
 * Cost    constant a pair.
 */
#include "coref_private.h"

/* ---- candidates ------------------------------------------------------------------ */

enum {
    WINDOW = 40,
    WINDOW_NOUN = 12, /* beyond it what shares a word */
    SAME_HEADS = 6,
    SAME_TEXTS = 2,
    SAME_PARTS = 4,
    SENTENCES_BACK = 30
};

static bool is_listed(const rap_coref_candidate *list, uint32_t count, uint32_t value)
{
    for (uint32_t i = 0; i < count; i++)
        if (list[i].before == value) return true;
    return false;
}

static bool is_among(const uint32_t *list, uint32_t count, uint32_t value)
{
    for (uint32_t i = 0; i < count; i++)
        if (list[i] == value) return true;
    return false;
}

static uint32_t follow(const coref_work *work, uint32_t item, uint32_t kind,
                       uint32_t most, rap_coref_candidate *out, uint32_t count)
{
    uint32_t at = item;
    for (uint32_t i = 0; i < most; i++) {
        const coref_item *here = &work->items.at[at];
        at = kind == 0   ? here->same_text
             : kind == 1 ? here->same_head
                         : here->same_part;
        if (at == RAP_NONE) break;
        if (count < MOST_CANDIDATES && !is_listed(out, count, at))
            out[count++] = (rap_coref_candidate){.before = at};
    }
    return count;
}

static bool is_person(uint32_t class)
{
    return class == CLASS_MALE || class == CLASS_FEMALE || class == CLASS_PERSON;
}

/* Nothing in number, person and gender speaks against the two. */
static bool agree(const coref_item *m, const coref_item *a)
{
    if (m->number && a->number && m->number != a->number) return false;
    if (m->person && a->person && m->person != a->person) return false;
    if (!m->class || !a->class || m->class == a->class) return true;
    if (is_person(m->class) != is_person(a->class)) return false;
    return !is_person(m->class) || m->class == CLASS_PERSON || a->class == CLASS_PERSON;
}

/* How many that agree stand between. */
static uint32_t rank(const coref_work *work, const coref_item *m,
                     rap_coref_candidate *out, uint32_t count)
{
    enum { MOST = 7 };
    uint8_t nearer = 0, subjects = 0;
    for (uint32_t i = 0; i < count; i++) {
        const coref_item *a = &work->items.at[out[i].before];
        out[i].nearer = nearer;
        out[i].nearer_subjects = subjects;
        if (!agree(m, a)) continue;
        if (nearer < MOST) nearer++;
        if (a->subject && subjects < MOST) subjects++;
    }
    return count;
}

uint32_t coref_candidates(const coref_work *work, uint32_t item,
                          rap_coref_candidate out[MOST_CANDIDATES])
{
    const coref_item *m = &work->items.at[item];
    uint32_t count = 0;
    const uint32_t window = m->form == RAP_COREF_PRONOUN ? WINDOW : WINDOW_NOUN;
    for (uint32_t i = item; i-- > 0 && item - i <= window;) {
        const coref_item *a = &work->items.at[i];
        if (a->sentence + SENTENCES_BACK < m->sentence) break;
        out[count++] = (rap_coref_candidate){.before = i};
    }
    if (m->form == RAP_COREF_PRONOUN) return rank(work, m, out, count);
    count = follow(work, item, 0, SAME_TEXTS, out, count);
    count = follow(work, item, 1, SAME_HEADS, out, count);
    if (m->form == RAP_COREF_NAME)
        count = follow(work, item, 2, SAME_PARTS, out, count);
    return rank(work, m, out, count);
}

/* ---- links by word --------------------------------------------------------------- */

static bool point(coref_work *work, rap_map *map, const uint32_t *hash, uint32_t item,
                  uint32_t *before)
{
    const rap_slice key = {(const char *)hash, sizeof *hash};
    uint32_t *slot = rap_map_put(map, work->scratch, key);
    if (!slot) return false;
    if (*slot != item) *before = *slot;
    *slot = item;
    return true;
}

bool coref_items_link(coref_work *work)
{
    rap_map heads = {0}, texts = {0}, parts = {0};
    for (uint32_t i = 0; i < work->items.count; i++) {
        coref_item *item = &work->items.at[i];
        item->chain = i;
        if (item->form == RAP_COREF_PRONOUN) continue;
        if (!point(work, &heads, &item->head_lemma, i, &item->same_head) ||
            !point(work, &texts, &item->text, i, &item->same_text))
            return false;
        if (item->same_head != RAP_NONE)
            item->count = work->items.at[item->same_head].count + 1;
        if (item->form != RAP_COREF_NAME) continue;
        for (uint32_t w = 0; w < item->contents; w++) {
            uint32_t before = RAP_NONE;
            if (!point(work, &parts, &item->content[w], i, &before)) return false;
            if (before != RAP_NONE &&
                (item->same_part == RAP_NONE || before > item->same_part))
                item->same_part = before;
        }
    }
    return true;
}

void coref_join(coref_work *work, uint32_t index, uint32_t before)
{
    coref_item *m = &work->items.at[index];
    m->chain = before == RAP_NONE ? index : work->items.at[before].chain;
    coref_item *first = &work->items.at[m->chain];
    if (m->chain == index) {
        first->size = 0;
        first->classes = first->numbers = 0;
        first->named = false;
    }
    first->size++;
    first->newest = index;
    if (m->class) first->classes |= (uint8_t)(1u << (m->class - 1));
    if (m->number) first->numbers |= (uint8_t)(1u << m->number);
    first->named |= m->form == RAP_COREF_NAME;
}

/* ---- features -------------------------------------------------------------------- */

typedef struct feature_list {
    rap_coref_features *out;
    uint32_t type, types; /* of the mention; of both */
} feature_list;

static void put(feature_list *list, uint32_t template, uint32_t value)
{
    const uint32_t feature = coref_mix(template * 2654435761u, value);
    rap_coref_features *out = list->out;
    assert(out->count + 2 <= RAP_COREF_FEATURES && out->bases < RAP_COREF_BASES);
    /* Kinds are hashes already: to combine them costs no second hash. */
    out->at[out->count++] = feature ^ list->type;
    out->at[out->count++] = feature ^ list->types;
    out->base[out->bases++] = feature;
}

/* For facts that mean the same whatever the kinds. */
static void put_plain(feature_list *list, uint32_t template, uint32_t value)
{
    rap_coref_features *out = list->out;
    assert(out->count < RAP_COREF_FEATURES && out->bases < RAP_COREF_BASES);
    out->at[out->count++] = out->base[out->bases++] =
        coref_mix(template * 2654435761u, value);
}

static uint32_t bucket(uint32_t n)
{
    if (n < 5) return n;
    uint32_t out = 5;
    for (n >>= 3; n; n >>= 1) out++;
    return out;
}

static uint32_t pack(uint32_t a, uint32_t b)
{
    return a * 64 + b;
}

static void put_new(feature_list *list, const coref_item *m, uint32_t index)
{
    const uint32_t seen = m->same_text == RAP_NONE    ? 0
                          : index - m->same_text < 40 ? 1
                                                      : 2;
    const uint32_t heads = m->count > 3 ? 3 : m->count;
    put_plain(list, 1, m->type);
    put_plain(list, 2, m->head_lemma);
    put(list, 3, m->head_word);
    put(list, 4, m->first_word);
    put(list, 5, m->last_word);
    put(list, 6, m->before_word);
    put(list, 7, m->after_word);
    put(list, 8, bucket(m->last - m->first + 1));
    put(list, 9, m->relation);
    put(list, 10, m->class);
    put(list, 11, pack(heads, seen));
    put(list, 12, pack(m->entity, heads));
    put(list, 13, bucket(m->order));
    put(list, 14, pack(m->nested, m->quotation != 0));
    put(list, 15, pack(m->predicate, pack(m->clause, m->apposed)));
    put(list, 16, m->governor_lemma);
    put(list, 17, bucket(m->sentence));
    put(list, 18, pack(m->same_part != RAP_NONE, heads));
    put(list, 19, pack(m->number, m->relation));
    put(list, 20, pack(bucket(m->contents), pack(heads, seen)));
    put(list, 21, coref_mix(m->governor_lemma, m->relation));
}

static bool holds(const coref_item *item, uint32_t word)
{
    return is_among(item->content, item->contents, word);
}

/* How the words of both agree, for two that are no pronouns. */
static void put_words(feature_list *list, const coref_item *m, const coref_item *a)
{
    uint32_t extra = 0, missing = 0;
    for (uint32_t i = 0; i < m->contents; i++) extra += !holds(a, m->content[i]);
    for (uint32_t i = 0; i < a->contents; i++) missing += !holds(m, a->content[i]);
    const bool text = m->text == a->text, head = m->head_lemma == a->head_lemma;
    const uint32_t shared = m->contents - extra;
    put(list, 40, pack(text, head));
    put(list, 41, pack(extra > 2 ? 2 : extra, pack(missing > 2 ? 2 : missing, head)));
    put(list, 42, pack(shared > 3 ? 3 : shared, head));
    put(list, 43, pack(holds(a, m->head_lemma), holds(m, a->head_lemma)));
    put(list, 44, m->initials && m->initials == a->initials && !text);
    put_plain(list, 45, coref_mix(m->head_lemma, a->head_lemma));
    put(list, 46, pack(m->determiner, pack(head, text)));
    put(list, 47, pack(m->head_word == a->head_word, head));
    if (head) put(list, 48, m->head_lemma);
    if (head) put(list, 49, pack(bucket(m->sentence - a->sentence), text));
    put(list, 50, pack(m->first_word == a->first_word, m->last_word == a->last_word));
}

/* 0: apart; 1: a holds m; 2: a's whole is a copula's subject or a predicate of m; … */
static uint32_t place_of(const coref_item *m, const coref_item *a)
{
    if (m->sentence != a->sentence) return 0;
    if (a->governor == m->head && m->predicate) return 1;
    if (m->governor == a->head && m->apposed) return 2;
    if (m->governor == a->head) return a->last >= m->last ? 3 : 4;
    if (a->last >= m->last) return 5;
    if (a->governor == m->governor) return 6;
    if (a->governor == m->head) return 7;
    return 8;
}

static void put_pair(feature_list *list, const coref_work *work, uint32_t index,
                     rap_coref_candidate candidate)
{
    const uint32_t before = candidate.before;
    const coref_item *m = &work->items.at[index], *a = &work->items.at[before];
    const uint32_t sentences = m->sentence - a->sentence;
    const uint32_t apart = bucket(sentences);
    const uint32_t quoted = m->quotation == a->quotation ? (m->quotation != 0)
                            : !m->quotation              ? 2
                            : !a->quotation              ? 3
                                                         : 4;
    const uint32_t place = place_of(m, a);
    put(list, 70, apart);
    put(list, 71, bucket(index - before));
    put(list, 72, place);
    put(list, 73, pack(m->class, a->class));
    put(list, 74, pack(m->number, a->number));
    put(list, 75, pack(m->person, a->person));
    put(list, 76, pack(m->entity, a->entity));
    put(list, 77, pack(quoted, apart > 2 ? 2 : apart));
    put(list, 78, pack(m->relation, a->relation));
    put(list, 79, a->head_lemma);
    put(list, 80, a->first_word);
    put(list, 81, a->last_word);
    put(list, 82, a->before_word);
    put(list, 83, a->after_word);
    put(list, 84, pack(a->subject, pack(apart > 3 ? 3 : apart, bucket(a->order))));
    put(list, 85, bucket(a->last - a->first + 1));
    put(list, 86, pack(m->zone - a->zone > 2 ? 2 : m->zone - a->zone, a->nested));
    put(list, 87, pack(bucket(a->count), a->determiner));
    put(list, 88,
        pack(m->governor_lemma == a->governor_lemma, m->relation == a->relation));
    put(list, 89, coref_mix(m->governor_lemma, a->head_lemma));
    put(list, 90, pack(place, pack(a->form, a->class)));
    put(list, 91, pack(m->pronoun && m->head_word == a->head_word, apart));
    put(list, 92, pack(a->predicate, pack(a->clause, a->apposed)));
    put(list, 93, m->head_lemma);
    const bool fits = agree(m, a);
    const uint32_t zones = m->zone - a->zone;
    put(list, 94, pack(candidate.nearer, fits));
    put(list, 95, pack(candidate.nearer_subjects, pack(fits, a->subject)));
    put(list, 96, pack(zones > 6 ? 6 : zones, m->person));
    put(list, 97, coref_mix(a->governor_lemma, quoted));
    put(list, 98, pack(a->relation, fits));
    if (!m->pronoun && !a->pronoun) put_words(list, m, a);
}

/* What the chain of the earlier mention holds so far. */
static void put_chain(feature_list *list, const coref_work *work, uint32_t index,
                      uint32_t before)
{
    const coref_item *m = &work->items.at[index], *a = &work->items.at[before];
    const coref_item *first = &work->items.at[a->chain];
    put(list, 120, bucket(first->size));
    put(list, 121, pack(m->class, 0) * 256 + first->classes);
    put(list, 122, pack(m->number, first->numbers));
    put(list, 123, pack(first->newest == before, first->named));
    put(list, 124, pack(bucket(first->size), bucket(m->sentence - a->sentence)));
    if (m->pronoun) return;
    put(list, 125, pack(first->text == m->text, first->head_lemma == m->head_lemma));
    put_plain(list, 126, coref_mix(m->head_lemma, first->head_lemma));
}

void coref_features(const coref_work *work, uint32_t index,
                    rap_coref_candidate candidate, rap_coref_features *out)
{
    const uint32_t before = candidate.before;
    const coref_item *m = &work->items.at[index];
    feature_list list = {.out = out, .type = coref_mix(m->type, 41)};
    out->count = out->bases = 0;
    if (before == RAP_NONE) {
        list.types = coref_mix(m->form, 77);
        put_plain(&list, 200, m->type);
        put_new(&list, m, index);
        return;
    }
    list.types = coref_mix(m->type + 500u, work->items.at[before].type);
    put_plain(&list, 201, m->type);
    put_plain(&list, 202, work->items.at[before].type);
    put_plain(&list, 203, list.types);
    put_pair(&list, work, index, candidate);
    put_chain(&list, work, index, before);
}
