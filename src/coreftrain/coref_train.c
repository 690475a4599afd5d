/*
 * coref_train.c - the ranker's weights by online learning; see coref_train.h.
 *
 * Method  each mention chooses among its candidates and "begins a chain". The softmax of
 *         their scores, raised by the costs of wrong choices, is moved towards the right
 *         ones by AdaGrad. Mentions are joined as the model would join them, so that it
 *         learns from chains like those it will see.
 */
#include <math.h>
#include <stdlib.h>

#include "coref_learn.h"
#include "coref_train.h"
#include "coref_train_private.h"
#include "model_file.h"

typedef struct learner {
    const rap_coref_train_options *options;
    float *weight, *square; /* [1 << bits] */
    double *lag;            /* [1 << bits] changes times the step they were made at */
    float *mean;            /* [1 << bits] weights averaged over all steps */
    double steps;
    uint32_t mask;
    uint64_t right, all, chance;
    double loss;
} learner;

rap_coref_train_options rap_coref_train_defaults(void)
{
    return (rap_coref_train_options){.language = "en",
                                     .epochs = 4,
                                     .bits = 19,
                                     .rate = 0.05,
                                     .false_join = 0.1,
                                     .false_new = 3.5,
                                     .wrong_join = 1.0,
                                     .sparse = 0.0002,
                                     .drop = 0.1,
                                     .calm = 1.0};
}

typedef struct option { /* one choice of a mention */
    uint32_t feature[RAP_COREF_FEATURES];
    uint32_t count, before; /* RAP_NONE: begins a chain */
    bool right;
    double score, raised, gradient;
} option;

enum { OPTIONS = RAP_COREF_CANDIDATES + 1 };

static double score_of(const learner *l, const option *o, bool change)
{
    const float *weight = change ? l->weight : l->mean;
    double sum = 0;
    for (uint32_t i = 0; i < o->count; i++)
        sum += (double)weight[o->feature[i] & l->mask];
    return sum;
}

static uint32_t draw(learner *l)
{
    l->chance = l->chance * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(l->chance >> 33);
}

/* Without a share of its features, so that no single one is relied on. */
static void hide(learner *l, option *o)
{
    const uint32_t limit = (uint32_t)(l->options->drop * (1u << 31));
    uint32_t kept = 0;
    for (uint32_t i = 0; i < o->count; i++)
        if (draw(l) >= limit) o->feature[kept++] = o->feature[i];
    o->count = kept;
}

static uint32_t options_of(learner *l, const coref_document *doc, uint32_t i,
                           bool change, option *options)
{
    rap_coref_candidate before[RAP_COREF_CANDIDATES + 1];
    const uint32_t count = rap_coref_cases_before(doc->cases, i, before);
    before[count] = (rap_coref_candidate){.before = RAP_NONE};
    bool any = false;
    for (uint32_t k = 0; k <= count; k++) {
        option *o = &options[k];
        o->before = before[k].before;
        o->count = rap_coref_cases_features(doc->cases, i, before[k], o->feature);
        if (change) hide(l, o);
        o->score = score_of(l, o, change);
        o->right = k < count && doc->chain[i] && doc->chain[o->before] == doc->chain[i];
        any |= o->right;
    }
    options[count].right = !any;
    return count + 1;
}

/* Gradients of the loss by each score. */
static void blame(learner *l, option *options, uint32_t count)
{
    const bool is_new = options[count - 1].right;
    double top = -INFINITY, top_right = -INFINITY;
    for (uint32_t k = 0; k < count; k++) {
        option *o = &options[k];
        o->raised = o->score;
        if (!o->right)
            o->raised += is_new                  ? l->options->false_join
                         : o->before == RAP_NONE ? l->options->false_new
                                                 : l->options->wrong_join;
        if (o->raised > top) top = o->raised;
        if (o->right && o->score > top_right) top_right = o->score;
    }
    double total = 0, total_right = 0;
    for (uint32_t k = 0; k < count; k++) {
        total += exp(options[k].raised - top);
        if (options[k].right) total_right += exp(options[k].score - top_right);
    }
    for (uint32_t k = 0; k < count; k++) {
        option *o = &options[k];
        o->gradient = exp(o->raised - top) / total;
        if (o->right) o->gradient -= exp(o->score - top_right) / total_right;
    }
    l->loss += log(total) + top - log(total_right) - top_right;
}

static void move(learner *l, const option *o)
{
    enum { LEAST = 1000000 };
    if (fabs(o->gradient) < 1.0 / LEAST) return;
    const float g = (float)o->gradient, rate = (float)l->options->rate;
    const float pull = (float)l->options->sparse;
    for (uint32_t i = 0; i < o->count; i++) {
        const uint32_t at = o->feature[i] & l->mask;
        l->square[at] += g * g;
        const float step = rate / sqrtf(l->square[at] + (float)l->options->calm);
        float w = l->weight[at] - step * g;
        const float shrink = step * pull;
        w = w > shrink ? w - shrink : w < -shrink ? w + shrink : 0.0f;
        l->lag[at] += l->steps * (double)(w - l->weight[at]);
        l->weight[at] = w;
    }
}

/* Weights averaged over all steps are steadier than the last ones. */
static void average(learner *l)
{
    for (uint32_t i = 0; i <= l->mask; i++)
        l->mean[i] = l->weight[i] - (float)(l->lag[i] / (l->steps + 1));
}

static const option *best_of(const option *options, uint32_t count)
{
    const option *best = &options[count - 1];
    for (uint32_t k = 0; k + 1 < count; k++)
        if (options[k].score > best->score) best = &options[k];
    return best;
}

static void learn(learner *l, coref_document *doc, option *options, bool change)
{
    const uint32_t mentions = rap_coref_cases_count(doc->cases);
    rap_coref_cases_reset(doc->cases);
    for (uint32_t i = 0; i < mentions; i++) {
        const uint32_t count = options_of(l, doc, i, change, options);
        const option *best = best_of(options, count);
        l->right += best->right;
        l->all++;
        rap_coref_cases_join(doc->cases, i, best->before);
        doc->before[i] = best->before;
        if (!change) continue;
        l->steps += 1;
        blame(l, options, count);
        for (uint32_t k = 0; k < count; k++) move(l, &options[k]);
    }
}

static void shuffle(learner *l, uint32_t *order, uint32_t count)
{
    for (uint32_t i = count; i > 1; i--) {
        const uint32_t k = draw(l) % i;
        const uint32_t swap = order[i - 1];
        order[i - 1] = order[k];
        order[k] = swap;
    }
}

/* Weights as 8-bit numbers of one scale. */
static float quantise(const learner *l, int8_t *out)
{
    float most = 0;
    for (uint32_t i = 0; i <= l->mask; i++)
        if (fabsf(l->mean[i]) > most) most = fabsf(l->mean[i]);
    const float scale = most > 0 ? most / 127.0f : 1.0f;
    for (uint32_t i = 0; i <= l->mask; i++) {
        const float w = roundf(l->mean[i] / scale);
        out[i] = (int8_t)w;
    }
    return scale;
}

static rap_status save(const learner *l, const char *provenance, rap_error *err)
{
    const uint32_t count = l->mask + 1, one = 1;
    int8_t *weight = malloc(count);
    rap_model_writer *writer = NULL;
    if (!weight) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the weights");
    rap_status status = rap_model_writer_new(&writer, err);
    const float scale = quantise(l, weight);
    if (!status)
        status = rap_model_writer_text(writer, RAP_MODEL_PROVENANCE,
                                       rap_slice_of(provenance), err);
    if (!status)
        status = rap_model_writer_add(writer, "weight", RAP_MODEL_I8, 1, &count, weight,
                                      err);
    if (!status)
        status =
            rap_model_writer_add(writer, "scale", RAP_MODEL_F32, 1, &one, &scale, err);
    if (!status) status = rap_model_writer_save(writer, l->options->out, err);
    rap_model_writer_free(writer);
    free(weight);
    return status;
}

static void note(const char *what, uint32_t epoch, const learner *l)
{
    fprintf(stderr, "%s %u: loss %.4f right %.4f of %llu\n", what, epoch,
            l->loss / (double)l->all, (double)l->right / (double)l->all,
            (unsigned long long)l->all);
}

static rap_status run(learner *l, coref_corpus *corpus, coref_corpus *test,
                      rap_error *err)
{
    option *options = calloc(OPTIONS, sizeof *options);
    uint32_t *order = calloc(corpus->count + 1, sizeof *order);
    l->chance = 1;
    if (!options || !order) {
        free(options);
        free(order);
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory");
    }
    for (uint32_t i = 0; i < corpus->count; i++) order[i] = i;
    for (uint32_t epoch = 0; epoch < l->options->epochs; epoch++) {
        shuffle(l, order, corpus->count);
        l->loss = 0;
        l->right = l->all = 0;
        for (uint32_t i = 0; i < corpus->count; i++)
            learn(l, &corpus->document[order[i]], options, true);
        note("pass", epoch + 1, l);
        average(l);
        l->right = l->all = 0;
        l->loss = 0;
        for (uint32_t i = 0; i < test->count; i++)
            learn(l, &test->document[i], options, false);
        if (test->count) note("  held out", epoch + 1, l);
    }
    free(options);
    free(order);
    return RAP_OK;
}

static rap_status save_all(const learner *l, rap_error *err)
{
    const rap_coref_train_options *options = l->options;
    char text[8000];
    size_t at = (size_t)snprintf(
        text, sizeof text,
        "stage\tcoref\nlanguage\t%s\nlicence\t%s\ncommand\t%s\ndate\t%s\n",
        options->language, options->licence ? options->licence : "",
        options->command ? options->command : "", options->date ? options->date : "");
    for (uint32_t i = 0; i < options->corpus.count && at < sizeof text; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "corpus\t%s\n",
                               options->corpus.at[i]);
    if (at >= sizeof text)
        return rap_fail(err, RAP_E_USAGE, 0, "too long a provenance");
    return save(l, text, err);
}

static rap_status read_all(const rap_coref_train_options *options,
                           const rap_coref_knowledge *knowledge, coref_corpus *corpus,
                           coref_corpus *test, rap_error *err)
{
    rap_status status = RAP_OK;
    for (uint32_t i = 0; i < options->treebank.count && !status; i++)
        status = coref_corpus_read(corpus, knowledge, options->treebank.at[i],
                                   options->skip, err);
    if (status || !options->predict) return status;
    return coref_corpus_read(test, knowledge, options->predict, (rap_coref_list){0},
                             err);
}

rap_status rap_coref_train(const rap_coref_train_options *options, rap_error *err)
{
    rap_language language;
    rap_coref_knowledge *knowledge = NULL;
    coref_corpus corpus = {0}, test = {0};
    learner l = {.options = options, .mask = (1u << options->bits) - 1};
    rap_status status = rap_language_open(options->language, &language, err);
    if (!status) status = rap_coref_open_bare(&language, &knowledge, err);
    if (!status) status = read_all(options, knowledge, &corpus, &test, err);
    l.weight = calloc((size_t)l.mask + 1, sizeof *l.weight);
    l.square = calloc((size_t)l.mask + 1, sizeof *l.square);
    l.lag = calloc((size_t)l.mask + 1, sizeof *l.lag);
    l.mean = calloc((size_t)l.mask + 1, sizeof *l.mean);
    if (!status && (!l.weight || !l.square || !l.lag || !l.mean))
        status = rap_fail(err, RAP_E_NOMEM, 0, "no memory for the weights");
    if (!status) status = run(&l, &corpus, &test, err);
    if (!status && options->predicted)
        status = coref_corpus_write(&test, options->predicted, err);
    if (!status && options->out) status = save_all(&l, err);
    coref_corpus_free(&corpus);
    coref_corpus_free(&test);
    rap_coref_close(knowledge);
    free(l.weight);
    free(l.square);
    free(l.lag);
    free(l.mean);
    return status;
}
