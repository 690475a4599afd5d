/*
 * train_read.c - the written model reads the dev files, as a program would.
 *
 * Method  sentences longer than the reader's window are cut into pieces; a head beyond a
 *         piece is then wrong, as it is in use.
 */
#include <stdlib.h>

#include "train_private.h"

typedef struct dev_reading {
    const train_network *net;
    const rap_net *trained;
    rap_net_work *work;
    rap_train_score *score;
    rap_slice form[RAP_NET_WINDOW];
    rap_net_word found[RAP_NET_WINDOW];
} dev_reading;

static void count_words(const train_word *word, uint32_t count, uint32_t offset,
                        const rap_net_word *found, rap_train_score *score)
{
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *wanted = word[i].label, *label = found[i].label;
        const uint32_t head = found[i].head ? found[i].head + offset : 0;
        score->upos += wanted[RAP_NET_UPOS] == label[RAP_NET_UPOS];
        score->xpos += wanted[RAP_NET_XPOS] == label[RAP_NET_XPOS];
        score->heads += head == word[i].head;
        score->relations +=
            head == word[i].head && wanted[RAP_NET_DEPREL] == label[RAP_NET_DEPREL];
    }
}

static void read_sentence(dev_reading *r, const train_word *word, uint32_t count)
{
    const train_corpora *c = &r->net->corpora;
    uint8_t expected[TRAIN_SENTENCE_WORDS], found[TRAIN_SENTENCE_WORDS];
    for (uint32_t at = 0; at < count; at += RAP_NET_WINDOW) {
        const uint32_t rest = count - at;
        const uint32_t words = rest < RAP_NET_WINDOW ? rest : RAP_NET_WINDOW;
        const uint32_t first[2] = {0, words};
        for (uint32_t i = 0; i < words; i++)
            r->form[i] = c->types.all.at[word[at + i].type].bytes;
        rap_net_read(r->trained, r->work, r->form, first, 1, r->found);
        count_words(word + at, words, at, r->found, r->score);
        for (uint32_t i = 0; i < words; i++) {
            expected[at + i] = word[at + i].label[RAP_NET_ENTITY];
            found[at + i] = r->found[i].label[RAP_NET_ENTITY];
        }
    }
    train_score_names(c->labels[RAP_NET_ENTITY].name, expected, found, count, r->score);
    r->score->words += count;
    r->score->sentences++;
}

static void read_banks(dev_reading *r, rap_train_score *scores)
{
    const train_corpora *c = &r->net->corpora;
    for (uint32_t i = 0; i < c->dev_count; i++) {
        const train_treebank *bank = &c->dev[i];
        scores[i] = (rap_train_score){0};
        r->score = &scores[i];
        for (uint32_t s = 0; s < bank->sentence.count; s++)
            read_sentence(r, bank->word.at + bank->sentence.at[s].first,
                          bank->sentence.at[s].count);
    }
}

rap_status train_model_score(const train_network *net, rap_train_score *scores,
                             rap_error *err)
{
    rap_model *model = NULL;
    rap_net *trained = NULL;
    rap_status status = rap_model_open(net->options->out, &model, err);
    if (!status) status = rap_net_open(model, &trained, err);
    dev_reading *r = status ? NULL : calloc(1, sizeof *r);
    rap_net_work *work = r ? rap_net_work_new(trained) : NULL;
    if (!status && !work) status = rap_fail(err, RAP_E_NOMEM, 0, "no memory to read");
    if (work) {
        *r = (dev_reading){.net = net, .trained = trained, .work = work};
        read_banks(r, scores);
    }
    rap_net_work_free(work);
    free(r);
    rap_net_close(trained);
    rap_model_close(model);
    return status;
}
