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

enum { HIDDEN = RAP_COREF_HIDDEN };

typedef struct parameters { /* numbers that are learned, with what learning needs */
    float *now, *square;    /* [count] */
    double *lag;            /* [count] changes times the step they were made at */
    float *mean;            /* [count] averaged over all steps */
    size_t count;
} parameters;

typedef struct learner {
    const rap_coref_train_options *options;
    parameters weight;    /* [1 << bits] */
    parameters embed;     /* [1 << embed_bits][HIDDEN] */
    parameters bias, out; /* [2][HIDDEN] */
    double steps; /* after the first pass, which is too far off to be averaged */
    uint32_t mask, embed_mask;
    uint64_t right, all, chance;
    double loss;
} learner;

rap_coref_train_options rap_coref_train_defaults(void)
{
    return (rap_coref_train_options){.language = "en",
                                     .epochs = 5,
                                     .bits = 18,
                                     .embed_bits = 15,
                                     .rate = 0.04,
                                     .hidden_rate = 0.03,
                                     .false_join = 0.1,
                                     .false_new = 3.5,
                                     .wrong_join = 1.0,
                                     .sparse = 0.0002,
                                     .drop = 0.3,
                                     .hidden_drop = 0.4,
                                     .calm = 1.0,
                                     .hidden_calm = 0.1};
}

typedef struct option { /* one choice of a mention */
    rap_coref_features f;
    uint32_t before;      /* RAP_NONE: begins a chain */
    float hidden[HIDDEN]; /* cut at 0 */
    bool right;
    double score, raised, gradient;
} option;

enum { OPTIONS = RAP_COREF_CANDIDATES + 1 };

/* ---- parameters ------------------------------------------------------------------ */

static bool make(parameters *p, size_t count)
{
    p->count = count;
    p->now = calloc(count, sizeof *p->now);
    p->square = calloc(count, sizeof *p->square);
    p->lag = calloc(count, sizeof *p->lag);
    p->mean = calloc(count, sizeof *p->mean);
    return p->now && p->square && p->lag && p->mean;
}

static void drop_all(parameters *p)
{
    free(p->now);
    free(p->square);
    free(p->lag);
    free(p->mean);
}

/* One step of AdaGrad against gradient `g`; then towards 0 by `pull` of the step. */
static void step(const learner *l, parameters *p, size_t at, float g, double rate,
                 double calm, double pull)
{
    p->square[at] += g * g;
    const float size = (float)rate / sqrtf(p->square[at] + (float)calm);
    float now = p->now[at] - size * g;
    const float shrink = size * (float)pull;
    now = now > shrink ? now - shrink : now < -shrink ? now + shrink : 0.0f;
    p->lag[at] += l->steps * (double)(now - p->now[at]);
    p->now[at] = now;
}

/* Averaged over all steps they are steadier than the last ones. */
static void average(const learner *l, parameters *p)
{
    for (size_t i = 0; i < p->count; i++)
        p->mean[i] = p->now[i] - (float)(p->lag[i] / (l->steps + 1));
}

/* ---- scores ---------------------------------------------------------------------- */

static double hidden_score(const learner *l, option *o, bool change)
{
    const size_t kind = o->before == RAP_NONE ? HIDDEN : 0;
    const float *embed = change ? l->embed.now : l->embed.mean;
    const float *out = (change ? l->out.now : l->out.mean) + kind;
    float sum[HIDDEN];
    memcpy(sum, (change ? l->bias.now : l->bias.mean) + kind, sizeof sum);
    for (uint32_t i = 0; i < o->f.bases; i++) {
        const float *vector = embed + (size_t)(o->f.base[i] & l->embed_mask) * HIDDEN;
        for (uint32_t h = 0; h < HIDDEN; h++) sum[h] += vector[h];
    }
    double score = 0;
    for (uint32_t h = 0; h < HIDDEN; h++) {
        o->hidden[h] = sum[h] > 0 ? sum[h] : 0;
        score += (double)(o->hidden[h] * out[h]);
    }
    return score;
}

static double score_of(const learner *l, option *o, bool change)
{
    const float *weight = change ? l->weight.now : l->weight.mean;
    double sum = 0;
    for (uint32_t i = 0; i < o->f.count; i++)
        sum += (double)weight[o->f.at[i] & l->mask];
    return sum + hidden_score(l, o, change);
}

static uint32_t draw(learner *l)
{
    l->chance = l->chance * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(l->chance >> 33);
}

static uint32_t keep(learner *l, double drop, uint32_t *feature, uint32_t count)
{
    const uint32_t limit = (uint32_t)(drop * (1u << 31));
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (draw(l) >= limit) feature[kept++] = feature[i];
    return kept;
}

/* Without a share of its features, so that no single one is relied on. */
static void hide(learner *l, option *o)
{
    o->f.count = keep(l, l->options->drop, o->f.at, o->f.count);
    o->f.bases = keep(l, l->options->hidden_drop, o->f.base, o->f.bases);
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
        rap_coref_cases_features(doc->cases, i, before[k], &o->f);
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

static void move_hidden(learner *l, const option *o, float g)
{
    const size_t kind = o->before == RAP_NONE ? HIDDEN : 0;
    const double rate = l->options->hidden_rate, calm = l->options->hidden_calm;
    float back[HIDDEN];
    for (uint32_t h = 0; h < HIDDEN; h++) {
        back[h] = o->hidden[h] > 0 ? g * l->out.now[kind + h] : 0;
        step(l, &l->out, kind + h, g * o->hidden[h], rate, calm, 0);
        if (back[h] != 0) step(l, &l->bias, kind + h, back[h], rate, calm, 0);
    }
    for (uint32_t i = 0; i < o->f.bases; i++) {
        const size_t at = (size_t)(o->f.base[i] & l->embed_mask) * HIDDEN;
        for (uint32_t h = 0; h < HIDDEN; h++)
            if (back[h] != 0) step(l, &l->embed, at + h, back[h], rate, calm, 0);
    }
}

static void move(learner *l, const option *o)
{
    enum { LEAST = 1000000 };
    if (fabs(o->gradient) < 1.0 / LEAST) return;
    const float g = (float)o->gradient;
    const rap_coref_train_options *options = l->options;
    move_hidden(l, o, g);
    for (uint32_t i = 0; i < o->f.count; i++)
        step(l, &l->weight, o->f.at[i] & l->mask, g, options->rate, options->calm,
             options->sparse);
}

static const option *best_of(const option *options, uint32_t count)
{
    const option *best = &options[count - 1];
    for (uint32_t k = 0; k + 1 < count; k++)
        if (options[k].score > best->score) best = &options[k];
    return best;
}

static void learn(learner *l, coref_document *doc, option *options, bool change,
                  bool after_first)
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
        l->steps += after_first;
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

/* As numbers of 8 bits with one scale. */
static float quantise(const parameters *p, int8_t *out)
{
    enum { MOST = 127 };
    float most = 0;
    for (size_t i = 0; i < p->count; i++)
        if (fabsf(p->mean[i]) > most) most = fabsf(p->mean[i]);
    const float scale = most > 0 ? most / MOST : 1.0f;
    for (size_t i = 0; i < p->count; i++) out[i] = (int8_t)roundf(p->mean[i] / scale);
    return scale;
}

static rap_status add_sections(const learner *l, int8_t *bytes,
                               rap_model_writer *writer, rap_error *err)
{
    const uint32_t table = l->mask + 1, two = 2;
    const uint32_t rows[] = {l->embed_mask + 1, HIDDEN}, layer[] = {2, 2, HIDDEN};
    float scale[2], hidden[4 * HIDDEN];
    memcpy(hidden, l->bias.mean, sizeof hidden / 2);
    memcpy(hidden + 2 * HIDDEN, l->out.mean, sizeof hidden / 2);
    scale[0] = quantise(&l->weight, bytes);
    rap_status status =
        rap_model_writer_add(writer, "weight", RAP_MODEL_I8, 1, &table, bytes, err);
    scale[1] = quantise(&l->embed, bytes);
    if (!status)
        status =
            rap_model_writer_add(writer, "embed", RAP_MODEL_I8, 2, rows, bytes, err);
    if (!status)
        status = rap_model_writer_add(writer, "hidden", RAP_MODEL_F32, 3, layer, hidden,
                                      err);
    if (!status)
        status =
            rap_model_writer_add(writer, "scale", RAP_MODEL_F32, 1, &two, scale, err);
    return status;
}

static rap_status save(const learner *l, const char *provenance, rap_error *err)
{
    int8_t *bytes = malloc(l->weight.count + l->embed.count);
    rap_model_writer *writer = NULL;
    if (!bytes) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the weights");
    rap_status status = rap_model_writer_new(&writer, err);
    if (!status)
        status = rap_model_writer_text(writer, RAP_MODEL_PROVENANCE,
                                       rap_slice_of(provenance), err);
    if (!status) status = add_sections(l, bytes, writer, err);
    if (!status) status = rap_model_writer_save(writer, l->options->out, err);
    rap_model_writer_free(writer);
    free(bytes);
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
            learn(l, &corpus->document[order[i]], options, true, epoch > 0);
        note("pass", epoch + 1, l);
        average(l, &l->weight);
        average(l, &l->embed);
        average(l, &l->bias);
        average(l, &l->out);
        l->right = l->all = 0;
        l->loss = 0;
        for (uint32_t i = 0; i < test->count; i++)
            learn(l, &test->document[i], options, false, false);
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

/* Small numbers, so that no two of the hidden layer learn the same. */
static void scatter(learner *l, parameters *p, float width)
{
    for (size_t i = 0; i < p->count; i++)
        p->now[i] = ((float)draw(l) / (float)(1u << 31) - 0.5f) * width;
}

static rap_status make_all(learner *l, rap_error *err)
{
    const rap_coref_train_options *options = l->options;
    enum { MOST_BITS = 22 };
    if (options->bits >= MOST_BITS || options->embed_bits >= MOST_BITS)
        return rap_fail(err, RAP_E_USAGE, 0, "a table of that many bits cannot be");
    l->mask = (1u << options->bits) - 1;
    l->embed_mask = (1u << options->embed_bits) - 1;
    l->chance = 1;
    if (!make(&l->weight, (size_t)l->mask + 1) ||
        !make(&l->embed, ((size_t)l->embed_mask + 1) * HIDDEN) ||
        !make(&l->bias, (size_t)2 * HIDDEN) || !make(&l->out, (size_t)2 * HIDDEN))
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the weights");
    scatter(l, &l->embed, 0.1f);
    scatter(l, &l->out, 1.0f);
    return RAP_OK;
}

rap_status rap_coref_train(const rap_coref_train_options *options, rap_error *err)
{
    rap_language language;
    rap_coref_knowledge *knowledge = NULL;
    coref_corpus corpus = {0}, test = {0};
    learner l = {.options = options};
    rap_status status = make_all(&l, err);
    if (!status) status = rap_language_open(options->language, &language, err);
    if (!status) status = rap_coref_open_bare(&language, &knowledge, err);
    if (!status) status = read_all(options, knowledge, &corpus, &test, err);
    if (!status) status = run(&l, &corpus, &test, err);
    if (!status && options->predicted)
        status = coref_corpus_write(&test, options->predicted, err);
    if (!status && options->out) status = save_all(&l, err);
    coref_corpus_free(&corpus);
    coref_corpus_free(&test);
    rap_coref_close(knowledge);
    drop_all(&l.weight);
    drop_all(&l.embed);
    drop_all(&l.bias);
    drop_all(&l.out);
    return status;
}
