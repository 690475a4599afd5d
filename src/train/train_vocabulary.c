/* train_vocabulary.c - distinct forms and the words of the network. */
#include <stdlib.h>

#include "train_corpus.h"
#include "train_parameter.h"

enum { FEWEST = 3 }; /* words that are rarer have no vector */

uint32_t train_type_of(train_types *types, rap_slice form)
{
    uint32_t *type = rap_map_put(&types->map, types->arena, form);
    train_must(type != NULL);
    if (*type != RAP_NONE) return *type;
    *type = types->all.count;
    train_type made = {.bytes = form};
    rap_form_read(form, &made.form);
    train_must(rap_push(types->arena, &types->all, made));
    return *type;
}

typedef struct entry { /* forms of one key */
    uint32_t key;
    uint64_t count;
} entry;

static uint32_t power_of_two(uint64_t least)
{
    uint32_t power = 1;
    while (power < least) power *= 2;
    return power;
}

/* Where `key` stands or would stand. */
static uint32_t slot_of(const uint32_t *slot_key, uint32_t slots, uint32_t key)
{
    uint32_t at = key & (slots - 1);
    while (slot_key[at] && slot_key[at] != key) at = (at + 1) & (slots - 1);
    return at;
}

/* The distinct keys in order of first appearance. */
static entry *keys_of(const train_types *types, rap_arena *arena, uint32_t *count)
{
    const uint32_t slots = power_of_two((uint64_t)types->all.count * 2 + 2);
    uint32_t *slot_key = train_new(arena, uint32_t, slots);
    uint32_t *slot_entry = train_new(arena, uint32_t, slots);
    entry *entries = train_new(arena, entry, types->all.count + 1);
    *count = 0;
    for (uint32_t t = 0; t < types->all.count; t++) {
        const train_type *type = &types->all.at[t];
        const uint32_t at = slot_of(slot_key, slots, type->form.key);
        if (!slot_key[at]) {
            slot_key[at] = type->form.key;
            slot_entry[at] = *count;
            entries[(*count)++] = (entry){type->form.key, 0};
        }
        entries[slot_entry[at]].count += type->count;
    }
    return entries;
}

/* Of those alike by key: dev files, which add forms, then change nothing. */
static int more_frequent(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    return x->key < y->key ? -1 : x->key > y->key;
}

void train_vocabulary_make(train_types *types, uint32_t most, train_vocabulary *out)
{
    rap_arena scratch = RAP_ARENA(types->arena->limit);
    uint32_t keys;
    entry *entries = keys_of(types, &scratch, &keys);
    qsort(entries, keys, sizeof *entries, more_frequent);
    uint32_t words = 1;
    while (words <= keys && words < most && entries[words - 1].count >= FEWEST) words++;
    out->words = words;
    out->slots = power_of_two((uint64_t)words * 2);
    out->count = train_new(types->arena, uint64_t, words);
    out->slot_key = train_new(types->arena, uint32_t, out->slots);
    out->slot_word = train_new(types->arena, uint32_t, out->slots);
    for (uint32_t word = 1; word < words; word++) {
        const entry *e = &entries[word - 1];
        const uint32_t at = slot_of(out->slot_key, out->slots, e->key);
        out->slot_key[at] = e->key;
        out->slot_word[at] = word;
        out->count[word] = e->count;
    }
    for (uint32_t t = 0; t < types->all.count; t++) {
        train_type *type = &types->all.at[t];
        type->word = out->slot_word[slot_of(out->slot_key, out->slots, type->form.key)];
    }
    rap_arena_free(&scratch);
}
