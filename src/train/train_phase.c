/*
 * train_phase.c - the two phases of a run: plain text, then treebanks; each by all workers
 * together.
 */
#include <time.h>

#include "train_private.h"

enum { REPORT_STEPS = 10 };
/* Of plain text: the rate rises over the first part and falls to the last. */
static const float TEXT_RISE = 0.01f, TEXT_END = 0.05f;

double train_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

typedef struct phase {
    train_network *net;
    const char *name;
    double begun;
    uint64_t total;                           /* words to read */
    rap_train_score (*scores)[TRAIN_WORKERS]; /* [dev] of each worker */
} phase;

typedef struct pace { /* one worker's count of what has been read; the same in all */
    uint64_t done, steps, words; /* words: of its own since the last report */
    double loss;
} pace;

static void report(const phase *p, pace *own, uint32_t worker)
{
    const rap_train_options *o = p->net->options;
    if (worker || !o->report || ++own->steps % REPORT_STEPS || !own->words) return;
    const double seconds = train_seconds() - p->begun;
    o->report(o->context,
              &(rap_train_progress){.phase = p->name,
                                    .share = (double)own->done / (double)p->total,
                                    .loss = own->loss / (double)own->words,
                                    .words_a_second = (double)own->done / seconds,
                                    .seconds = seconds});
    own->words = 0;
    own->loss = 0;
}

static uint64_t words_of(const train_sentences *sentences)
{
    uint64_t words = 0;
    for (uint32_t i = 0; i < sentences->count; i++) words += sentences->at[i].count;
    return words;
}

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static train_worker *worker_new(rap_arena *arena, const train_network *net,
                                uint32_t number, uint32_t words_most)
{
    train_worker *w = train_new(arena, train_worker, 1);
    w->number = number;
    w->batch = train_batch_new(arena, words_most);
    w->encoding = train_encoding_new(arena, &net->encoder, words_most);
    return w;
}

static train_hand hand_new(rap_arena *arena, uint32_t words_most)
{
    return (train_hand){train_new(arena, uint32_t, words_most), 0};
}

/* ---- plain text -------------------------------------------------------------------------- */

static void fill_from_text(const train_text *text, const train_hand *hand,
                           train_batch *batch)
{
    batch->words = 0;
    batch->sentences = hand->count;
    for (uint32_t s = 0; s < hand->count; s++) {
        const train_sentence sentence = text->sentence.at[hand->sentence[s]];
        batch->start[s] = batch->words;
        for (uint32_t i = 0; i < sentence.count; i++)
            batch->word[batch->words++].type = text->type.at[sentence.first + i];
    }
    batch->start[hand->count] = batch->words;
}

static float text_rate(const rap_train_options *options, float share)
{
    const float rise = share < TEXT_RISE ? share / TEXT_RISE : 1;
    return (float)options->text_rate * (1 - share * (1 - TEXT_END)) * rise;
}

static void text_step(const train_network *net, train_worker *w, train_guesses *guesses)
{
    const train_drops drops = {.word = (float)net->options->text_word_drop,
                               .input = (float)net->options->text_input_drop};
    train_embed(net, w, drops);
    train_lower_forward(net, w);
    train_cloze_run(net, w, guesses);
    train_lower_backward(net, w);
    train_embed_backward(net, w, drops);
}

static void text_work(void *context, uint32_t number)
{
    const phase *p = context;
    train_network *net = p->net;
    const rap_train_options *o = net->options;
    const uint32_t most = larger(o->text_batch, net->corpora.longest);
    rap_arena arena = RAP_ARENA(net->arena->limit);
    train_worker *w = worker_new(&arena, net, number, most);
    w->random = train_random_new(o->seed, 10 + number);
    w->cloze = train_cloze_state_new(&arena, &net->cloze, &net->encoder, most);
    train_deck deck = train_deck_new(&arena, &net->corpora.text.sentence, o->seed);
    train_hand hand = hand_new(&arena, most);
    pace own = {0};
    while (own.done < p->total) {
        train_guesses guesses = {0};
        own.done += train_deck_deal(&deck, o->workers, number, o->text_batch, &hand);
        fill_from_text(&net->corpora.text, &hand, &w->batch);
        text_step(net, w, &guesses);
        const float share = (float)((double)own.done / (double)p->total);
        train_parameters_step(&net->set, number, text_rate(o, share),
                              (float)o->longest);
        own.words += guesses.words;
        own.loss += guesses.loss;
        report(p, &own, number);
    }
    rap_arena_free(&arena);
}

void train_text_phase(train_network *net)
{
    const double words = (double)words_of(&net->corpora.text.sentence);
    phase p = {.net = net, .name = "text", .begun = train_seconds()};
    p.total = (uint64_t)(words * net->options->text_epochs);
    train_parameters_restart(&net->set);
    train_crew_run(&net->crew, text_work, &p);
}

/* ---- treebanks --------------------------------------------------------------------------- */

static void add_sentence(const train_treebank *bank, uint32_t s, train_batch *batch)
{
    const train_sentence sentence = bank->sentence.at[s];
    assert(batch->words + sentence.count <= batch->words_most);
    batch->start[batch->sentences++] = batch->words;
    memcpy(batch->word + batch->words, bank->word.at + sentence.first,
           sentence.count * sizeof *batch->word);
    batch->words += sentence.count;
    batch->start[batch->sentences] = batch->words;
}

static void bank_step(const train_network *net, train_worker *w, rap_train_score *score)
{
    const rap_train_options *o = net->options;
    const train_drops drops = {.word = (float)o->word_drop,
                               .input = (float)o->input_drop,
                               .state = (float)o->drop};
    train_embed(net, w, drops);
    train_lower_forward(net, w);
    train_upper_forward(net, w, drops);
    train_heads_run(net, w, true, score);
    train_upper_backward(net, w, drops);
    train_lower_backward(net, w);
    train_embed_backward(net, w, drops);
}

static void read_batch(const train_network *net, train_worker *w,
                       rap_train_score *score)
{
    const train_drops none = {0};
    train_embed(net, w, none);
    train_lower_forward(net, w);
    train_upper_forward(net, w, none);
    train_heads_run(net, w, false, score);
}

/* This worker's share of a dev file, with the network as it is. */
static void read_bank(const train_network *net, train_worker *w,
                      const train_treebank *bank, rap_train_score *score)
{
    const uint32_t workers = net->crew.workers;
    uint32_t s = 0;
    for (uint32_t n = 0; s < bank->sentence.count; n++) {
        w->batch.words = w->batch.sentences = 0;
        while (s < bank->sentence.count &&
               w->batch.words + bank->sentence.at[s].count <= w->batch.words_most)
            add_sentence(bank, s++, &w->batch);
        if (n % workers == w->number) read_batch(net, w, score);
    }
}

static void score_dev(const phase *p, train_worker *w, double epochs)
{
    const train_network *net = p->net;
    char text[128];
    for (uint32_t i = 0; i < net->corpora.dev_count; i++) {
        rap_train_score *own = &p->scores[i][w->number];
        *own = (rap_train_score){0};
        read_bank(net, w, &net->corpora.dev[i], own);
    }
    train_crew_wait(&p->net->crew);
    for (uint32_t i = 0; !w->number && i < net->corpora.dev_count; i++) {
        rap_train_score sum = {0};
        for (uint32_t k = 0; k < net->crew.workers; k++)
            train_score_add(&sum, &p->scores[i][k]);
        rap_train_score_text(&sum, text);
        train_note(net->options, "epoch %.0f, %.0f s: %s: %s", epochs,
                   train_seconds() - p->begun, net->options->dev.at[i], text);
    }
    train_crew_wait(&p->net->crew);
}

static float bank_rate(const rap_train_options *options, uint64_t done, uint64_t total)
{
    const double rise =
        done < options->warm_words ? (double)done / (double)options->warm_words : 1;
    const double left = 1 - (double)done / (double)total;
    return (float)(options->rate * rise * (left > 0 ? left : 0));
}

static void bank_work(void *context, uint32_t number)
{
    const phase *p = context;
    train_network *net = p->net;
    const rap_train_options *o = net->options;
    const uint32_t most = larger(o->batch, net->corpora.longest);
    const double epoch = (double)p->total / o->epochs;
    rap_arena arena = RAP_ARENA(net->arena->limit);
    train_worker *w = worker_new(&arena, net, number, most);
    w->random = train_random_new(o->seed, 100 + number);
    w->heads = train_heads_state_new(&arena, &net->heads, most, net->corpora.longest);
    train_deck deck = train_deck_new(&arena, &net->corpora.bank.sentence, o->seed);
    train_hand hand = hand_new(&arena, most);
    pace own = {0};
    double next = o->report_every * epoch;
    while (own.done < p->total) {
        rap_train_score score = {0};
        own.done += train_deck_deal(&deck, o->workers, number, o->batch, &hand);
        w->batch.words = w->batch.sentences = 0;
        for (uint32_t i = 0; i < hand.count; i++)
            add_sentence(&net->corpora.bank, hand.sentence[i], &w->batch);
        bank_step(net, w, &score);
        train_parameters_step(&net->set, number, bank_rate(o, own.done, p->total),
                              (float)o->longest);
        own.words += score.words;
        own.loss += score.loss;
        report(p, &own, number);
        if ((double)own.done < next) continue;
        score_dev(p, w, (double)own.done / epoch);
        next += o->report_every * epoch;
    }
    rap_arena_free(&arena);
}

void train_bank_phase(train_network *net)
{
    const double words = (double)words_of(&net->corpora.bank.sentence);
    phase p = {.net = net, .name = "treebanks", .begun = train_seconds()};
    p.total = (uint64_t)(words * net->options->epochs);
    p.scores = train_need(net->arena, net->corpora.dev_count + 1, sizeof *p.scores);
    net->encoder.word->rate = (float)net->options->embedding_rate;
    train_parameters_restart(&net->set);
    train_crew_run(&net->crew, bank_work, &p);
}
