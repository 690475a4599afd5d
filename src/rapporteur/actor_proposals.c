/*
 * actor_proposals.c - which actors of a record may be one person, spelled in two ways.
 *
 * Reads   the store's actors, and which reports name them; the language's list of sounds.
 * Writes  pairs with their grounds, the surest first; nothing is merged.
 * Method  persons whose names end in the same consonants are compared (rap_actor_alike);
 *         whom one report names both are two.
 * Cost    linear in the actors but for those with the same consonants; each pair found asks
 *         the store twice.
 */
#include <stdlib.h>

#include "alike.h"
#include "export.h"
#include "reading_private.h"

enum { MOST_ROLES = 32, MOST_COMPARED = 4000 };

typedef RAP_LIST(rap_actor_proposal) proposal_list;
typedef RAP_LIST(int64_t) number_list;

typedef struct proposing {
    rap_store *store;
    const rap_name_knowledge *names;
    const rap_actor_rows *rows;
    rap_arena *arena;
    uint32_t *before; /* [rows] the row before with the same consonants, or RAP_NONE */
    proposal_list found;
} proposing;

static rap_person_known known_of(const rap_actor_row *row, rap_slice role[MOST_ROLES])
{
    rap_person_known out = {.name = rap_slice_of(row->name),
                            .country = rap_slice_of(row->country),
                            .roles = role};
    rap_slice list = rap_slice_of(row->roles);
    while (list.len && out.role_count < MOST_ROLES &&
           rap_split_next(&list, ';', &role[out.role_count]))
        out.role_count++;
    return out;
}

typedef struct documents { /* of the mentions of one actor */
    rap_arena *arena;
    number_list at; /* rising */
} documents;

static rap_status note_document(void *state, const rap_mention_row *row, rap_error *err)
{
    documents *of = state;
    const int64_t document = row->evidence.document;
    if (of->at.count && of->at.at[of->at.count - 1] == document) return RAP_OK;
    return rap_push(of->arena, &of->at, document)
               ? RAP_OK
               : rap_fail(err, RAP_E_NOMEM, 0, "too many mentions");
}

/* Does one report name both? Then they are two. */
static rap_status are_in_one(const proposing *p, const char *one, const char *other,
                             bool *out, rap_error *err)
{
    documents a = {.arena = p->arena}, b = {.arena = p->arena};
    *out = false;
    rap_status status = rap_store_mentions(p->store, one, 0, note_document, &a, err);
    if (!status)
        status = rap_store_mentions(p->store, other, 0, note_document, &b, err);
    for (uint32_t i = 0, j = 0; i < a.at.count && j < b.at.count && !*out;) {
        *out = a.at.at[i] == b.at.at[j];
        if (a.at.at[i] < b.at.at[j])
            i++;
        else
            j++;
    }
    return status;
}

static rap_status compare(proposing *p, uint32_t i, uint32_t j, rap_error *err)
{
    const rap_actor_row *one = &p->rows->row[i], *other = &p->rows->row[j];
    rap_slice role_one[MOST_ROLES], role_other[MOST_ROLES];
    const rap_person_known a = known_of(one, role_one), b = known_of(other, role_other);
    rap_alike alike;
    bool both;
    if (!rap_actor_alike(p->names, &a, &b, &alike)) return RAP_OK;
    const rap_status status = are_in_one(p, one->key, other->key, &both, err);
    if (status || both) return status;
    const char *why = rap_arena_printf(
        p->arena, "%s%s%s; spelling %.2f apart%s", alike.country ? "same country" : "",
        alike.country && alike.office ? ", " : "", alike.office ? "same office" : "",
        alike.cost / 100.0, alike.short_name ? "; one name is shorter" : "");
    const rap_actor_proposal made = {one, other, why, (double)alike.confidence};
    return why && rap_push(p->arena, &p->found, made)
               ? RAP_OK
               : rap_fail(err, RAP_E_NOMEM, 0, "too many proposals");
}

static int by_confidence(const void *a, const void *b)
{
    const rap_actor_proposal *x = a, *y = b;
    if (x->confidence != y->confidence) return x->confidence < y->confidence ? 1 : -1;
    const int names = strcmp(x->one->name, y->one->name);
    return names ? names : strcmp(x->other->name, y->other->name);
}

/* Rows of persons chained by their last consonants, each compared with those before it. */
static rap_status compare_all(proposing *p, rap_error *err)
{
    rap_map last = {0};
    rap_status status = RAP_OK;
    for (uint32_t i = 0; i < p->rows->count && !status; i++) {
        char bucket[RAP_ALIKE_BYTES];
        if (strcmp(p->rows->row[i].kind, "person") != 0) continue;
        const uint32_t len =
            rap_alike_bucket(p->names, rap_slice_of(p->rows->row[i].name), bucket);
        const rap_slice key = rap_arena_copy(p->arena, (rap_slice){bucket, len});
        uint32_t *head = key.at ? rap_map_put(&last, p->arena, key) : NULL;
        if (!head) return rap_fail(err, RAP_E_NOMEM, 0, "too many actors");
        p->before[i] = *head;
        *head = i;
        uint32_t compared = 0;
        for (uint32_t j = p->before[i];
             j != RAP_NONE && compared < MOST_COMPARED && !status;
             j = p->before[j], compared++)
            status = compare(p, j, i, err);
    }
    return status;
}

static rap_status propose(rap_store *store, const rap_name_knowledge *names,
                          const rap_view *view, FILE *out, uint64_t *rows,
                          rap_error *err)
{
    rap_arena arena = RAP_ARENA((size_t)1 << 30);
    rap_actor_rows actors;
    proposing p = {.store = store, .names = names, .rows = &actors, .arena = &arena};
    rap_filter all = view->filter;
    all.limit = 0;
    rap_status status = rap_store_actors(store, &all, &arena, &actors, err);
    if (!status) {
        p.before = rap_new(&arena, uint32_t, actors.count);
        if (!p.before) status = rap_fail(err, RAP_E_NOMEM, 0, "too many actors");
    }
    if (!status) status = compare_all(&p, err);
    if (!status) {
        if (p.found.count)
            qsort(p.found.at, p.found.count, sizeof *p.found.at, by_confidence);
        const uint32_t limit = view->filter.limit;
        const uint32_t count = limit && limit < p.found.count ? limit : p.found.count;
        *rows = count;
        status = rap_export_proposals(p.found.at, count, view, out, err);
    }
    rap_arena_free(&arena);
    return status;
}

rap_status rap_ask_proposals(rap_store *store, const rap_view *view, FILE *out,
                             uint64_t *rows, rap_error *err)
{
    rap_language language;
    rap_name_knowledge *names = NULL;
    rap_status status = rap_language_open("en", &language, err);
    if (!status) status = rap_name_open(&language, (rap_slice){"", 0}, "", &names, err);
    if (!status) status = propose(store, names, view, out, rows, err);
    rap_name_close(names);
    return status;
}
