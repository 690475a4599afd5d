/*
 * syntax.c - the stage: tags, lemmas, trees and names by the trained network; see syntax.h.
 *
 * Sentences go through the network in batches of up to RAP_NET_WINDOW words. A longer
 * one is read in pieces, cut after a mark if there is one; the roots of its later pieces
 * become parataxis of the first: linear, and still one tree.
 * Memory  workspaces are kept in a pool behind a lock: what one has learned of frequent
 *         forms serves the next document, too. Nothing else changes after opening.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "neural.h"
#include "syntax.h"
#include "syntax_lemma.h"
#include "text.h"

enum { ENTITY_BEGINS = 0x80, NO_ENTITY = 0x7F };

struct rap_syntax_work {
    rap_net_work *net;
    rap_slice form[RAP_NET_WINDOW];
    rap_net_word word[RAP_NET_WINDOW];
    uint32_t first[RAP_NET_WINDOW + 1];
    uint32_t at[RAP_NET_WINDOW]; /* first token of each piece of the batch */
    uint32_t pieces;
    struct rap_syntax_work *next; /* in the pool */
};

/* Workspaces that no thread uses just now: what a thread learns of frequent forms serves
 * the next document, too. */
struct rap_syntax_pool {
    pthread_mutex_t lock;
    struct rap_syntax_work *idle;
};
typedef struct rap_syntax_work workspace;

struct rap_syntax_knowledge {
    rap_model *model;
    rap_net *net;
    lemma_model lemmas;
    const char *const *xpos_name; /* the network's */
    /* By label of the network. */
    uint8_t upos_of[256], form_of[256], relation_of[256], entity_of[256];
    uint16_t lemma_tag[256];
    /* Kinds of the lists of names, as bits of a word's traits. */
    uint8_t typed[RAP_ENTITY_OTHER], place_part, people;
    struct rap_syntax_pool *pool;
};

typedef struct reader {
    const rap_syntax_knowledge *knowledge;
    const rap_tokens *tokens;
    rap_slice text;
    workspace *work;
    rap_arena *arena;
    uint8_t *upos, *xpos, *form, *relation, *entity;
    uint32_t *head;
    rap_slice *lemma;
    RAP_LIST(rap_entity) entities;
} reader;

/* ---- labels -------------------------------------------------------------------------- */

static bool upos_named(const char *name, uint8_t *out)
{
    for (int u = 0; u < RAP_UPOS_COUNT; u++)
        if (strcmp(name, rap_upos_name((rap_upos)u)) == 0) {
            *out = (uint8_t)u;
            return true;
        }
    return false;
}

/* "B-PER" as a type with ENTITY_BEGINS; types that are not ours are OTHER. */
static uint8_t entity_named(const char *name)
{
    if (name[0] != 'B' && name[0] != 'I') return NO_ENTITY;
    const uint8_t begins = name[0] == 'B' ? ENTITY_BEGINS : 0;
    for (int e = 0; e < RAP_ENTITY_OTHER; e++)
        if (name[1] && strcmp(name + 2, rap_entity_type_name((rap_entity_type)e)) == 0)
            return (uint8_t)(begins | e);
    return begins | RAP_ENTITY_OTHER;
}

static rap_status read_labels(rap_syntax_knowledge *k, rap_error *err)
{
    const char *const *name;
    uint32_t count = rap_net_label_names(k->net, RAP_NET_UPOS, &name);
    for (uint32_t i = 0; i < count; i++)
        if (!upos_named(name[i], &k->upos_of[i]))
            return rap_fail(err, RAP_E_MODEL, 0,
                            "the model's word class %s is not one of Universal "
                            "Dependencies",
                            name[i]);
    count = rap_net_label_names(k->net, RAP_NET_DEPREL, &name);
    for (uint32_t i = 0; i < count; i++)
        k->relation_of[i] = (uint8_t)rap_relation_named(rap_slice_of(name[i]));
    count = rap_net_label_names(k->net, RAP_NET_ENTITY, &name);
    for (uint32_t i = 0; i < count; i++) k->entity_of[i] = entity_named(name[i]);
    count = rap_net_label_names(k->net, RAP_NET_XPOS, &k->xpos_name);
    for (uint32_t i = 0; i < count; i++)
        k->lemma_tag[i] =
            (uint16_t)lemma_tag(&k->lemmas, rap_slice_of(k->xpos_name[i]));
    rap_model_array form;
    rap_status status =
        rap_model_array_get(k->model, "labels.xpos.form", RAP_MODEL_U8, 1, &form, err);
    if (status) return status;
    if (form.count != count)
        return rap_fail(err, RAP_E_MODEL, 0,
                        "model section labels.xpos.form: another size than the tags");
    memcpy(k->form_of, form.data, count);
    for (uint32_t i = 0; i < count; i++)
        if (k->form_of[i] > RAP_FORM_GERUND)
            return rap_fail(err, RAP_E_MODEL, 0,
                            "model section labels.xpos.form: an unknown verb form");
    return RAP_OK;
}

static void read_kinds(rap_syntax_knowledge *k)
{
    static const struct {
        const char *kind;
        rap_entity_type type;
    } of[] = {{"given", RAP_ENTITY_PER},
              {"surname", RAP_ENTITY_PER},
              {"place", RAP_ENTITY_LOC},
              {"org", RAP_ENTITY_ORG}};
    const char *const *name;
    const uint32_t count = rap_net_trait_names(k->net, &name);
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t bit = (uint8_t)(1u << i);
        for (size_t n = 0; n < sizeof of / sizeof *of; n++)
            if (strcmp(name[i], of[n].kind) == 0) k->typed[of[n].type] |= bit;
        if (strcmp(name[i], "place-part") == 0) k->place_part |= bit;
        if (strcmp(name[i], "people") == 0) k->people |= bit;
    }
}

static rap_status open_all(rap_syntax_knowledge *k, const rap_language *language,
                           rap_error *err)
{
    k->pool = calloc(1, sizeof *k->pool);
    if (!k->pool || pthread_mutex_init(&k->pool->lock, NULL))
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the network");
    rap_status status = rap_model_builtin(language, &k->model, err);
    if (!status) status = rap_net_open(k->model, &k->net, err);
    if (!status) status = lemma_open(k->model, &k->lemmas, err);
    if (!status) status = read_labels(k, err);
    if (!status) read_kinds(k);
    return status;
}

rap_status rap_syntax_open(const rap_language *language, rap_syntax_knowledge **out,
                           rap_error *err)
{
    *out = NULL;
    rap_syntax_knowledge *knowledge = calloc(1, sizeof *knowledge);
    if (!knowledge) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the network");
    const rap_status status = open_all(knowledge, language, err);
    if (status) {
        rap_syntax_close(knowledge);
        return status;
    }
    *out = knowledge;
    return RAP_OK;
}

void rap_syntax_close(rap_syntax_knowledge *knowledge)
{
    if (!knowledge) return;
    if (knowledge->pool) {
        while (knowledge->pool->idle) {
            workspace *work = knowledge->pool->idle;
            knowledge->pool->idle = work->next;
            rap_net_work_free(work->net);
            free(work);
        }
        (void)pthread_mutex_destroy(&knowledge->pool->lock);
        free(knowledge->pool);
    }
    rap_net_close(knowledge->net);
    rap_model_close(knowledge->model);
    free(knowledge);
}

uint64_t rap_syntax_fingerprint(const rap_syntax_knowledge *knowledge)
{
    return rap_model_checksum(knowledge->model);
}

/* A workspace of this thread's until give_back; NULL if there is no memory. */
static workspace *take(const rap_syntax_knowledge *knowledge)
{
    struct rap_syntax_pool *pool = knowledge->pool;
    (void)pthread_mutex_lock(&pool->lock);
    workspace *work = pool->idle;
    if (work) pool->idle = work->next;
    (void)pthread_mutex_unlock(&pool->lock);
    if (work) return work;
    work = calloc(1, sizeof *work);
    if (!work) return NULL;
    work->net = rap_net_work_new(knowledge->net);
    if (work->net) return work;
    free(work);
    return NULL;
}

static void give_back(const rap_syntax_knowledge *knowledge, workspace *work)
{
    struct rap_syntax_pool *pool = knowledge->pool;
    (void)pthread_mutex_lock(&pool->lock);
    work->next = pool->idle;
    pool->idle = work;
    (void)pthread_mutex_unlock(&pool->lock);
}

/* ---- one batch ----------------------------------------------------------------------- */

/* The lemma of token t: in the text where it is how the word is written. */
static rap_slice lemma_at(const reader *r, uint32_t t, uint32_t xpos)
{
    char lemma[LEMMA_BYTES];
    const rap_slice form = rap_cut(r->text, r->tokens->span[t]);
    const uint32_t len = lemma_of(&r->knowledge->lemmas, form, (rap_upos)r->upos[t],
                                  r->knowledge->lemma_tag[xpos], lemma, sizeof lemma);
    if (!len) return form;
    if (len <= form.len && memcmp(lemma, form.at, len) == 0)
        return rap_slice_sub(form, 0, len);
    return rap_arena_copy(r->arena, (rap_slice){lemma, len});
}

static bool write_word(reader *r, uint32_t t, uint32_t piece, const rap_net_word *word)
{
    const rap_syntax_knowledge *k = r->knowledge;
    const uint8_t xpos = word->label[RAP_NET_XPOS];
    r->upos[t] = k->upos_of[word->label[RAP_NET_UPOS]];
    r->xpos[t] = xpos;
    r->form[t] = r->upos[t] == RAP_VERB || r->upos[t] == RAP_AUX ? k->form_of[xpos]
                                                                 : RAP_FORM_NONE;
    r->head[t] = word->head ? piece + word->head - 1 : t;
    r->relation[t] = word->head ? k->relation_of[word->label[RAP_NET_DEPREL]]
                                : (uint8_t)RAP_REL_ROOT;
    if (word->head && r->relation[t] == RAP_REL_ROOT)
        r->relation[t] = RAP_REL_PARATAXIS;
    r->entity[t] = k->entity_of[word->label[RAP_NET_ENTITY]];
    r->lemma[t] = lemma_at(r, t, xpos);
    return r->lemma[t].at != NULL;
}

static bool read_batch(reader *r)
{
    workspace *work = r->work;
    rap_net_read(r->knowledge->net, work->net, work->form, work->first, work->pieces,
                 work->word);
    for (uint32_t p = 0; p < work->pieces; p++)
        for (uint32_t i = work->first[p]; i < work->first[p + 1]; i++)
            if (!write_word(r, work->at[p] + i - work->first[p], work->at[p],
                            &work->word[i]))
                return false;
    work->pieces = 0;
    return true;
}

/* Tokens [first, end) as one piece of the batch, which is read first if it is full. */
static bool add_piece(reader *r, uint32_t first, uint32_t end)
{
    workspace *work = r->work;
    const uint32_t count = end - first;
    if (work->pieces && work->first[work->pieces] + count > RAP_NET_WINDOW &&
        !read_batch(r))
        return false;
    const uint32_t used = work->first[work->pieces];
    for (uint32_t i = 0; i < count; i++)
        work->form[used + i] = rap_cut(r->text, r->tokens->span[first + i]);
    work->at[work->pieces++] = first;
    work->first[work->pieces] = used + count;
    return true;
}

/* Where the piece that begins at `first` of a long sentence ends: after the last mark of
 * the window's second half, else with the window. */
static uint32_t piece_end(const reader *r, uint32_t first, uint32_t end)
{
    if (end - first <= RAP_NET_WINDOW) return end;
    for (uint32_t t = first + RAP_NET_WINDOW; t > first + RAP_NET_WINDOW / 2; t--)
        if (r->tokens->kind[t - 1] == RAP_TOKEN_PUNCT) return t;
    return first + RAP_NET_WINDOW;
}

static bool add_sentences(reader *r)
{
    const rap_tokens *tokens = r->tokens;
    for (uint32_t s = 0; s < tokens->sentences; s++) {
        const uint32_t end = tokens->first[s + 1];
        for (uint32_t t = tokens->first[s]; t < end;) {
            const uint32_t stop = piece_end(r, t, end);
            if (!add_piece(r, t, stop)) return false;
            t = stop;
        }
    }
    return read_batch(r);
}

/* ---- the document ---------------------------------------------------------------------- */

/* One root a sentence: those of later pieces hang on the first. */
static void join_pieces(reader *r)
{
    const rap_tokens *tokens = r->tokens;
    for (uint32_t s = 0; s < tokens->sentences; s++) {
        if (tokens->first[s + 1] - tokens->first[s] <= RAP_NET_WINDOW) continue;
        uint32_t root = RAP_NONE;
        for (uint32_t t = tokens->first[s]; t < tokens->first[s + 1]; t++) {
            if (r->head[t] != t) continue;
            if (root == RAP_NONE) {
                root = t;
                continue;
            }
            r->head[t] = root;
            r->relation[t] = RAP_REL_PARATAXIS;
        }
    }
}

static bool gather_entities(reader *r)
{
    const rap_tokens *tokens = r->tokens;
    for (uint32_t t = 0; t < tokens->count; t++) {
        const uint8_t tag = r->entity[t];
        if (tag == NO_ENTITY) continue;
        rap_entity *last =
            r->entities.count ? &r->entities.at[r->entities.count - 1] : NULL;
        const uint8_t type = tag & (uint8_t)~ENTITY_BEGINS;
        if (!(tag & ENTITY_BEGINS) && last && last->last + 1 == t &&
            last->type == type && tokens->sentence[t] == tokens->sentence[t - 1]) {
            last->last = t;
            continue;
        }
        if (!rap_push(r->arena, &r->entities,
                      (rap_entity){t, t, (rap_entity_type)type}))
            return false;
    }
    return true;
}

/* ---- lists have the last word ------------------------------------------------------------ */

/* The one type that lists give a word that they call nothing else; RAP_ENTITY_OTHER if
 * there is none. */
static rap_entity_type listed_type(const rap_syntax_knowledge *k, uint8_t traits)
{
    rap_entity_type only = RAP_ENTITY_OTHER;
    if (traits & k->people) return only;
    for (int type = 0; type < RAP_ENTITY_OTHER; type++) {
        if (!(traits & k->typed[type])) continue;
        if (only != RAP_ENTITY_OTHER) return RAP_ENTITY_OTHER;
        only = (rap_entity_type)type;
    }
    return only;
}

/* Is every word of the name a place's in the lists, and nothing else's? */
static bool is_listed_place(const reader *r, const rap_entity *entity)
{
    const uint8_t place =
        (uint8_t)(r->knowledge->typed[RAP_ENTITY_LOC] | r->knowledge->place_part);
    for (uint32_t t = entity->first; t <= entity->last; t++) {
        const uint8_t traits =
            rap_net_traits(r->knowledge->net, rap_cut(r->text, r->tokens->span[t]));
        if (!traits || traits & (uint8_t)~place) return false;
    }
    return true;
}

/* The network sees lists as one hint among many; where they leave no choice they decide. */
static void follow_lists(reader *r)
{
    for (uint32_t i = 0; i < r->entities.count; i++) {
        rap_entity *entity = &r->entities.at[i];
        if (entity->type == RAP_ENTITY_OTHER) continue;
        if (entity->first < entity->last) {
            if (is_listed_place(r, entity)) entity->type = RAP_ENTITY_LOC;
            continue;
        }
        const rap_slice form = rap_cut(r->text, r->tokens->span[entity->first]);
        const rap_entity_type type =
            listed_type(r->knowledge, rap_net_traits(r->knowledge->net, form));
        if (type != RAP_ENTITY_OTHER) entity->type = type;
    }
}

static bool reader_room(reader *r, rap_arena *scratch)
{
    const uint32_t count = r->tokens->count;
    r->upos = rap_new(r->arena, uint8_t, count);
    r->xpos = rap_new(r->arena, uint8_t, count);
    r->form = rap_new(r->arena, uint8_t, count);
    r->relation = rap_new(r->arena, uint8_t, count);
    r->head = rap_new(r->arena, uint32_t, count);
    r->lemma = rap_new(r->arena, rap_slice, count);
    r->entity = rap_new(scratch, uint8_t, count);
    return r->upos && r->xpos && r->form && r->relation && r->head && r->lemma &&
           r->entity;
}

static bool read_all(reader *r, rap_arena *scratch)
{
    if (!reader_room(r, scratch)) return false;
    r->work = take(r->knowledge);
    if (!r->work) return false;
    r->work->pieces = 0;
    const bool ok = add_sentences(r) && gather_entities(r);
    give_back(r->knowledge, r->work);
    return ok;
}

rap_status rap_syntax_run(const rap_syntax_knowledge *knowledge,
                          const rap_article *article, const rap_tokens *tokens,
                          rap_arena *arena, rap_arena *scratch, rap_syntax *out,
                          rap_error *err)
{
    *out = (rap_syntax){0};
    reader r = {.knowledge = knowledge,
                .tokens = tokens,
                .text = article->text,
                .arena = arena};
    if (!read_all(&r, scratch))
        return rap_fail(err, RAP_E_NOMEM, 0, "the tags of %u tokens", tokens->count);
    join_pieces(&r);
    follow_lists(&r);
    *out = (rap_syntax){.count = tokens->count,
                        .upos = r.upos,
                        .xpos = r.xpos,
                        .form = r.form,
                        .lemma = r.lemma,
                        .head = r.head,
                        .relation = r.relation,
                        .entity = r.entities.at,
                        .entities = r.entities.count,
                        .xpos_name = knowledge->xpos_name,
                        .made_by = "syntax network 1"};
    return RAP_OK;
}
