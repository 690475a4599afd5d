/*
 * train_cloze.c - the layers below learn from plain text: guess a word from what stands
 * before it and what comes after.
 *
 * Method  Baevski et al. 2019, "Cloze-driven Pretraining of Self-attention Networks": the
 *         state of the forward stack after the word before, and of the backward stack
 *         after the word behind. Softmax over the batch's own words and words drawn by
 *         their frequency to the 3/4 (Mikolov et al. 2013), each score less the logarithm
 *         of its chance to be among the candidates (Bengio and Senecal 2008). The vectors
 *         of words going in and coming out are the same (Press and Wolf 2017).
 * Cost    words times candidates times the width of a vector, three times.
 */
#include <math.h>

#include "train_private.h"

/* draw[] holds each word as often as its share asks for. */
static void fill_draws(train_cloze *cloze, const train_vocabulary *vocabulary)
{
    double all = 0, below = 0;
    uint32_t n = 0;
    for (uint32_t w = 1; w < vocabulary->words; w++)
        all += pow((double)vocabulary->count[w], 0.75);
    for (uint32_t w = 1; w < vocabulary->words; w++) {
        const double share = pow((double)vocabulary->count[w], 0.75) / all;
        cloze->share[w] = (float)share;
        below += share;
        while (n < TRAIN_DRAWS && n < below * TRAIN_DRAWS) cloze->draw[n++] = w;
    }
    while (n < TRAIN_DRAWS) cloze->draw[n++] = vocabulary->words - 1;
}

train_cloze train_cloze_new(rap_arena *arena, train_parameters *set,
                            const rap_train_options *options,
                            const train_vocabulary *vocabulary)
{
    const uint32_t width = 2 * options->width;
    train_cloze cloze = {.samples = options->samples};
    cloze.query = train_linear_new(set, "cloze.query", options->word_width, width,
                                   sqrtf(1.0f / (float)width), false);
    cloze.bias = train_parameter_new(set, "cloze.bias", vocabulary->words, 1, 0, true);
    cloze.draw = train_new(arena, uint32_t, TRAIN_DRAWS);
    cloze.share = train_new(arena, float, vocabulary->words);
    fill_draws(&cloze, vocabulary);
    return cloze;
}

train_cloze_state train_cloze_state_new(rap_arena *arena, const train_cloze *cloze,
                                        const train_encoder *encoder,
                                        uint32_t words_most)
{
    const size_t words = words_most, most = words + cloze->samples;
    const size_t cols = encoder->word->cols, width = 2 * (size_t)encoder->width;
    return (train_cloze_state){.around = train_new(arena, float, words *width),
                               .d_around = train_new(arena, float, words *width),
                               .query = train_new(arena, float, words *cols),
                               .d_query = train_new(arena, float, words *cols),
                               .vector = train_new(arena, float, most *cols),
                               .d_vector = train_new(arena, float, most *cols),
                               .score = train_new(arena, float, words *most),
                               .bias = train_new(arena, float, most),
                               .candidate = train_new(arena, uint32_t, most),
                               .place = train_new(arena, uint32_t, cloze->bias->rows)};
}

/* ---- what stands around a word ----------------------------------------------------------- */

/* Copy between the states of a word's neighbours and what it is guessed from: the forward
 * half of the word before, the backward half of the word behind. */
static void move_around(const train_batch *batch, uint32_t width, train_view states,
                        train_view around, bool back)
{
    const size_t bytes = width * sizeof(float);
    train_clear(back ? states : around);
    for (uint32_t s = 0; s < batch->sentences; s++)
        for (uint32_t t = batch->start[s]; t + 1 < batch->start[s + 1]; t++) {
            float *forward = train_row(states, t), *after = train_row(around, t + 1);
            float *backward = train_row(states, t + 1) + width;
            float *before = train_row(around, t) + width;
            memcpy(back ? forward : after, back ? after : forward, bytes);
            memcpy(back ? backward : before, back ? before : backward, bytes);
        }
}

/* ---- candidates -------------------------------------------------------------------------- */

static uint32_t word_at(const train_network *net, const train_worker *worker,
                        uint32_t t)
{
    return net->corpora.types.all.at[worker->batch.word[t].type].word;
}

static void add_candidate(train_cloze_state *c, uint32_t word)
{
    if (c->place[word]) return;
    c->candidate[c->count++] = word;
    c->place[word] = c->count;
}

static void choose_candidates(const train_network *net, train_worker *worker)
{
    const train_cloze *cloze = &net->cloze;
    train_cloze_state *c = &worker->cloze;
    c->count = 0;
    for (uint32_t t = 0; t < worker->batch.words; t++) {
        const uint32_t word = word_at(net, worker, t);
        if (word) add_candidate(c, word);
    }
    for (uint32_t i = 0; i < cloze->samples; i++)
        add_candidate(
            c, cloze->draw[train_random_next(&worker->random) & (TRAIN_DRAWS - 1)]);
    const uint32_t cols = net->encoder.word->cols;
    const float tries = (float)(cloze->samples + worker->batch.words);
    for (uint32_t i = 0; i < c->count; i++) {
        const uint32_t word = c->candidate[i];
        const float chance = 1 - powf(1 - cloze->share[word], tries);
        memcpy(c->vector + (size_t)i * cols,
               net->encoder.word->value + (size_t)word * cols, cols * sizeof(float));
        c->bias[i] = cloze->bias->value[word] - logf(chance + 1e-9f);
    }
}

static void forget_candidates(train_cloze_state *c)
{
    for (uint32_t i = 0; i < c->count; i++) c->place[c->candidate[i]] = 0;
}

/* ---- guesses ----------------------------------------------------------------------------- */

static void guess(const train_network *net, train_worker *worker, train_view scores,
                  train_guesses *guesses)
{
    train_cloze_state *c = &worker->cloze;
    const float weight = 1.0f / (float)scores.rows;
    for (uint32_t t = 0; t < scores.rows; t++) {
        float *row = train_row(scores, t);
        const uint32_t word = word_at(net, worker, t);
        if (!word) {
            memset(row, 0, scores.cols * sizeof *row);
            continue;
        }
        const uint32_t wanted = c->place[word] - 1;
        train_add(row, c->bias, scores.cols);
        bool right;
        guesses->loss +=
            (double)train_softmax(row, scores.cols, wanted, weight, &right);
        guesses->right += right;
        guesses->words++;
    }
}

/* The gradient of the candidates' vectors and biases. */
static void candidates_back(const train_network *net, train_worker *worker,
                            train_view d_score, train_view query)
{
    const uint32_t cols = net->encoder.word->cols;
    train_cloze_state *c = &worker->cloze;
    train_turned_times(d_score, query, 0, train_view_of(c->d_vector, c->count, cols));
    memset(c->bias, 0, c->count * sizeof *c->bias);
    for (uint32_t t = 0; t < d_score.rows; t++)
        train_add(c->bias, train_row(d_score, t), c->count);
    for (uint32_t i = 0; i < c->count; i++) {
        const uint32_t word = c->candidate[i];
        train_add(train_touch(net->encoder.word, worker->number, word),
                  c->d_vector + (size_t)i * cols, cols);
        *train_touch(net->cloze.bias, worker->number, word) += c->bias[i];
    }
}

void train_cloze_run(const train_network *net, train_worker *worker,
                     train_guesses *guesses)
{
    const uint32_t words = worker->batch.words, width = net->encoder.width;
    const uint32_t cols = net->encoder.word->cols;
    train_cloze_state *c = &worker->cloze;
    const train_view around = train_view_of(c->around, words, 2 * width);
    const train_view query = train_view_of(c->query, words, cols);
    move_around(&worker->batch, width, train_states(net, worker, 0, false), around,
                false);
    train_linear_forward(net->cloze.query, around, query);
    choose_candidates(net, worker);
    const train_view score = train_view_of(c->score, words, c->count);
    const train_view vector = train_view_of(c->vector, c->count, cols);
    train_times_turned(query, vector, 0, score);
    guess(net, worker, score, guesses);

    const train_view d_query = train_view_of(c->d_query, words, cols);
    const train_view d_around = train_view_of(c->d_around, words, 2 * width);
    train_times(score, vector, 0, d_query);
    candidates_back(net, worker, score, query);
    train_clear(d_around);
    train_linear_backward(net->cloze.query, worker->number, around, d_query, d_around);
    move_around(&worker->batch, width, train_states(net, worker, 0, true), d_around,
                true);
    forget_candidates(c);
}
