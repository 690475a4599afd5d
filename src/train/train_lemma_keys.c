/* train_lemma_keys.c - maps with keys of several parts; see train_lemma_private.h. */
#include "train_lemma_private.h"

/* The slot of a key that is copied at its first use; NULL if memory is lost. */
uint32_t *train_lemma_slot_of(trainer *t, rap_map *map, rap_slice key)
{
    uint32_t *slot = NULL;
    if (rap_map_get(map, key) == RAP_NONE) {
        key = rap_arena_copy(t->arena, key);
        if (!key.at) goto lost;
    }
    slot = rap_map_put(map, t->arena, key);
    if (slot) return slot;
lost:
    t->lost = true;
    return NULL;
}

void train_lemma_key_number(key_bytes *key, uint32_t number)
{
    memcpy(key->at + key->len, &number, sizeof number);
    key->len += (uint32_t)sizeof number;
}

void train_lemma_key_slice(key_bytes *key, rap_slice s)
{
    assert(s.len <= LEMMA_BYTES);
    train_lemma_key_number(key, s.len);
    if (s.len > 0) memcpy(key->at + key->len, s.at, s.len);
    key->len += s.len;
}

uint32_t *train_lemma_slot_of_key(trainer *t, rap_map *map, const key_bytes *key)
{
    return train_lemma_slot_of(t, map, (rap_slice){key->at, key->len});
}

/* Count one more in a map of counts; the new count. */
uint32_t train_lemma_count_up(trainer *t, const key_bytes *key)
{
    uint32_t *slot = train_lemma_slot_of_key(t, &t->vote_map, key);
    if (!slot) return 0;
    *slot = *slot == RAP_NONE ? 1 : *slot + 1;
    return *slot;
}

rap_slice train_lemma_copy(trainer *t, rap_slice s)
{
    const rap_slice made = rap_arena_copy(t->arena, s);
    if (!made.at) t->lost = true;
    return made;
}

uint64_t train_lemma_hash_of(const lemma_form *form)
{
    uint64_t hash = 0;
    for (uint32_t i = form->folded_count; i-- > 0;)
        hash = lemma_hash(hash, form->folded[i]);
    return hash;
}
