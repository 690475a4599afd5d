/* train_batch.c - sentences to batches, in an order of chance. */
#include "train_private.h"

train_batch train_batch_new(rap_arena *arena, uint32_t words_most)
{
    return (train_batch){.words_most = words_most,
                         .start = train_new(arena, uint32_t, words_most + 1),
                         .word = train_new(arena, train_word, words_most)};
}

train_deck train_deck_new(rap_arena *arena, const train_sentences *sentences,
                          uint64_t seed)
{
    train_deck deck = {.sentence = sentences->at, .count = sentences->count};
    deck.order = train_new(arena, uint32_t, deck.count);
    for (uint32_t i = 0; i < deck.count; i++) deck.order[i] = i;
    deck.next = deck.count; /* shuffled before the first is dealt */
    deck.random = train_random_new(seed, 1);
    return deck;
}

static void shuffle(train_deck *deck)
{
    for (uint32_t i = deck->count - 1; i > 0; i--) {
        const uint32_t j = (uint32_t)(train_random_next(&deck->random) % (i + 1));
        const uint32_t kept = deck->order[i];
        deck->order[i] = deck->order[j];
        deck->order[j] = kept;
    }
    deck->next = 0;
}

uint32_t train_deck_deal(train_deck *deck, uint32_t workers, uint32_t worker,
                         uint32_t most, train_hand *hand)
{
    assert(deck->count);
    uint32_t all = 0;
    hand->count = 0;
    for (uint32_t k = 0; k < workers; k++)
        for (uint32_t words = 0;; deck->next++) {
            if (deck->next == deck->count) shuffle(deck);
            const uint32_t sentence = deck->order[deck->next];
            const uint32_t count = deck->sentence[sentence].count;
            if (words && words + count > most) break;
            if (k == worker) hand->sentence[hand->count++] = sentence;
            words += count;
            all += count;
            if (words >= most) {
                deck->next++;
                break;
            }
        }
    return all;
}
