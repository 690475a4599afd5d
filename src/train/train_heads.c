/*
 * train_heads.c - labels, heads and relations from the states of words, and how wrong they
 * are.
 *
 * Method  linear layers for labels; biaffine scores of heads and a layer for relations
 *         (Dozat and Manning 2017, "Deep Biaffine Attention for Neural Dependency
 *         Parsing"), as src/neural reads them. All are trained together.
 */
#include <math.h>

#include "train_private.h"

enum { DEPENDENT, HEAD };
static const float BARRED = -1e4f;

/* What a linear layer writes and its gradient overwrites. */
static train_view label_view(const train_worker *worker, rap_net_labels kind,
                             const train_network *net)
{
    return train_view_of(worker->heads.label[kind], worker->batch.words,
                         net->corpora.labels[kind].count);
}

train_heads train_heads_new(train_parameters *set, const rap_train_options *options,
                            const train_corpora *corpora)
{
    static const char *const name[] = {"tag.upos", "tag.xpos", "relation.out",
                                       "tag.entity"};
    const uint32_t in = 2 * options->width, arc = options->arc;
    const uint32_t relation = options->relation;
    const float deviation = sqrtf(1.0f / (float)in);
    train_heads h = {.arc = arc, .relation = relation};
    h.arc_dependent = train_linear_new(set, "arc.dependent", arc, in, deviation, true);
    h.arc_head = train_linear_new(set, "arc.head", arc, in, deviation, true);
    h.arc_score = train_linear_new(set, "arc.score", arc, arc,
                                   sqrtf(1.0f / (float)arc) / 2, true);
    for (uint32_t i = 0; i < arc; i++)
        h.arc_score.bias->value[i] = 0.1f * train_random_normal(&set->random);
    h.arc_root = train_parameter_new(set, "arc.root", 1, arc, 0.1f, false);
    h.relation_dependent =
        train_linear_new(set, "relation.dependent", relation, in, deviation, true);
    h.relation_head =
        train_linear_new(set, "relation.head", relation, in, deviation, false);
    h.relation_root =
        train_parameter_new(set, "relation.root", 1, relation, 0.1f, false);
    for (int kind = 0; kind < RAP_NET_LABELS; kind++) {
        const uint32_t inputs = kind == RAP_NET_DEPREL ? relation : in;
        h.label[kind] = train_linear_new(set, name[kind], corpora->labels[kind].count,
                                         inputs, sqrtf(1.0f / (float)inputs), true);
    }
    return h;
}

train_heads_state train_heads_state_new(rap_arena *arena, const train_heads *heads,
                                        uint32_t words_most, uint32_t longest)
{
    const size_t words = words_most;
    train_heads_state s = {0};
    for (int kind = 0; kind < RAP_NET_LABELS; kind++) {
        s.label[kind] =
            train_new(arena, float, words * heads->label[kind].weight->rows);
        s.chosen[kind] = train_new(arena, uint8_t, words);
    }
    for (int side = DEPENDENT; side <= HEAD; side++) {
        s.arc[side] = train_new(arena, float, words * heads->arc);
        s.d_arc[side] = train_new(arena, float, words * heads->arc);
        s.part[side] = train_new(arena, float, words * heads->relation);
    }
    s.product = train_new(arena, float, words * heads->arc);
    s.d_product = train_new(arena, float, words * heads->arc);
    s.hidden = train_new(arena, float, words * heads->relation);
    s.d_hidden = train_new(arena, float, words * heads->relation);
    s.d_head_part = train_new(arena, float, words * heads->relation);
    s.score = train_new(arena, float, (size_t)longest *(longest + 1));
    s.head = train_new(arena, uint16_t, words);
    return s;
}

static uint32_t best_of(const float *score, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (score[i] > score[best]) best = i;
    return best;
}

/* ---- labels ---------------------------------------------------------------------------- */

/* Loss and gradient of all words' labels of one kind, in place; the best go to `chosen`. */
static double choose_labels(const train_network *net, train_worker *worker,
                            rap_net_labels kind, float weight)
{
    const train_view scores = label_view(worker, kind, net);
    double loss = 0;
    for (uint32_t t = 0; t < scores.rows; t++) {
        float *row = train_row(scores, t);
        const uint8_t wanted = worker->batch.word[t].label[kind];
        bool right;
        worker->heads.chosen[kind][t] = (uint8_t)best_of(row, scores.cols);
        if (wanted == TRAIN_NO_LABEL)
            memset(row, 0, scores.cols * sizeof *row);
        else
            loss += (double)train_softmax(row, scores.cols, wanted, weight, &right);
    }
    return loss;
}

static void count_labels(const train_network *net, const train_worker *worker,
                         rap_train_score *score)
{
    const train_batch *batch = &worker->batch;
    const train_heads_state *h = &worker->heads;
    for (uint32_t t = 0; t < batch->words; t++) {
        const uint8_t *wanted = batch->word[t].label;
        score->upos += wanted[RAP_NET_UPOS] == h->chosen[RAP_NET_UPOS][t];
        score->xpos += wanted[RAP_NET_XPOS] == h->chosen[RAP_NET_XPOS][t];
    }
    for (uint32_t s = 0; s < batch->sentences; s++) {
        const uint32_t first = batch->start[s], count = batch->start[s + 1] - first;
        uint8_t expected[TRAIN_SENTENCE_WORDS];
        for (uint32_t i = 0; i < count; i++)
            expected[i] = batch->word[first + i].label[RAP_NET_ENTITY];
        train_score_names(net->corpora.labels[RAP_NET_ENTITY].name, expected,
                          h->chosen[RAP_NET_ENTITY] + first, count, score);
    }
}

void train_labels_run(const train_network *net, train_worker *worker, bool learn,
                      rap_train_score *score)
{
    static const rap_net_labels kinds[] = {RAP_NET_UPOS, RAP_NET_XPOS, RAP_NET_ENTITY};
    const uint32_t top = net->encoder.uppers;
    const train_view x = train_states(net, worker, top, false);
    const train_view dx = train_states(net, worker, top, true);
    for (int i = 0; i < 3; i++) {
        const train_linear layer = net->heads.label[kinds[i]];
        const train_view y = label_view(worker, kinds[i], net);
        const double share = kinds[i] == RAP_NET_ENTITY ? net->options->entity_weight
                                                        : net->options->tag_weight;
        train_linear_forward(layer, x, y);
        score->loss += choose_labels(net, worker, kinds[i],
                                     (float)share / (float)worker->batch.words);
        if (learn) train_linear_backward(layer, worker->number, x, y, dx);
    }
    count_labels(net, worker, score);
}

/* ---- heads ----------------------------------------------------------------------------- */

static train_view arc_view(const train_network *net, const train_worker *worker,
                           float *at)
{
    return train_view_of(at, worker->batch.words, net->heads.arc);
}

/* score[i][0] of the root, score[i][1 + j] of word j as the head of word i. */
static void score_arcs(const train_network *net, const train_worker *worker,
                       uint32_t first, train_view scores)
{
    const uint32_t count = scores.rows;
    const train_heads_state *h = &worker->heads;
    const train_view product =
        train_rows(arc_view(net, worker, h->product), first, count);
    const train_view head =
        train_rows(arc_view(net, worker, h->arc[HEAD]), first, count);
    train_times_turned(product, head, 0, train_cols(scores, 1, count));
    train_times_turned(product, train_value(net->heads.arc_root), 0,
                       train_cols(scores, 0, 1));
    for (uint32_t i = 0; i < count; i++) train_row(scores, i)[i + 1] = BARRED;
}

/* From the scores' gradient. */
static void arcs_back(const train_network *net, train_worker *worker, uint32_t first,
                      train_view d)
{
    const uint32_t count = d.rows;
    const train_heads_state *h = &worker->heads;
    const train_parameter *root = net->heads.arc_root;
    const train_view product =
        train_rows(arc_view(net, worker, h->product), first, count);
    const train_view d_product =
        train_rows(arc_view(net, worker, h->d_product), first, count);
    const train_view head =
        train_rows(arc_view(net, worker, h->arc[HEAD]), first, count);
    const train_view d_head =
        train_rows(arc_view(net, worker, h->d_arc[HEAD]), first, count);
    const train_view d_words = train_cols(d, 1, count), d_root = train_cols(d, 0, 1);
    train_times(d_words, head, 0, d_product);
    train_times(d_root, train_value(root), 1, d_product);
    train_turned_times(d_words, product, 0, d_head);
    train_turned_times(d_root, product, 1, train_gradient(root, worker->number));
}

/* Loss, gradient and best heads of one sentence. */
static void choose_heads(const train_network *net, train_worker *worker, uint32_t s,
                         bool learn, rap_train_score *score)
{
    const train_batch *batch = &worker->batch;
    const uint32_t first = batch->start[s], count = batch->start[s + 1] - first;
    const train_view scores = train_view_of(worker->heads.score, count, count + 1);
    score_arcs(net, worker, first, scores);
    for (uint32_t i = 0; i < count; i++) {
        float *row = train_row(scores, i);
        const uint16_t wanted = batch->word[first + i].head;
        const uint16_t best = (uint16_t)best_of(row, count + 1);
        bool right;
        score->heads += best == wanted;
        worker->heads.head[first + i] =
            learn && wanted != TRAIN_NO_HEAD ? wanted : best;
        if (wanted == TRAIN_NO_HEAD)
            memset(row, 0, (count + 1) * sizeof *row);
        else
            score->loss += (double)train_softmax(row, count + 1, wanted,
                                                 1.0f / (float)batch->words, &right);
    }
    if (learn) arcs_back(net, worker, first, scores);
}

void train_arcs_run(const train_network *net, train_worker *worker, bool learn,
                    rap_train_score *score)
{
    const train_heads *heads = &net->heads;
    const train_heads_state *h = &worker->heads;
    const uint32_t top = net->encoder.uppers;
    const train_view x = train_states(net, worker, top, false);
    const train_view dx = train_states(net, worker, top, true);
    const train_linear layer[] = {heads->arc_dependent, heads->arc_head};
    const size_t size = (size_t)worker->batch.words * heads->arc;
    for (int side = DEPENDENT; side <= HEAD; side++) {
        train_linear_forward(layer[side], x, arc_view(net, worker, h->arc[side]));
        train_leaky(h->arc[side], size);
    }
    const train_view dependent = arc_view(net, worker, h->arc[DEPENDENT]);
    train_linear_forward(heads->arc_score, dependent,
                         arc_view(net, worker, h->product));
    for (uint32_t s = 0; s < worker->batch.sentences; s++)
        choose_heads(net, worker, s, learn, score);
    if (!learn) return;
    const train_view d_dependent = arc_view(net, worker, h->d_arc[DEPENDENT]);
    train_clear(d_dependent);
    train_linear_backward(heads->arc_score, worker->number, dependent,
                          arc_view(net, worker, h->d_product), d_dependent);
    for (int side = DEPENDENT; side <= HEAD; side++) {
        train_leaky_back(h->d_arc[side], h->arc[side], size);
        train_linear_backward(layer[side], worker->number, x,
                              arc_view(net, worker, h->d_arc[side]), dx);
    }
}

/* ---- relations ------------------------------------------------------------------------- */

/* Where the head's part of word `t` of a sentence from `first` stands in `words`. */
static float *head_part(const train_heads_state *h, uint32_t width, uint32_t first,
                        uint32_t t, float *words, float *root)
{
    return h->head[t] ? words + ((size_t)first + h->head[t] - 1) * width : root;
}

static void join_parts(const train_network *net, train_worker *worker)
{
    const uint32_t width = net->heads.relation;
    const train_heads_state *h = &worker->heads;
    const train_batch *batch = &worker->batch;
    memcpy(h->hidden, h->part[DEPENDENT],
           (size_t)batch->words * width * sizeof *h->hidden);
    for (uint32_t s = 0; s < batch->sentences; s++)
        for (uint32_t t = batch->start[s]; t < batch->start[s + 1]; t++)
            train_add(h->hidden + (size_t)t * width,
                      head_part(h, width, batch->start[s], t, h->part[HEAD],
                                net->heads.relation_root->value),
                      width);
    train_leaky(h->hidden, (size_t)batch->words * width);
}

static void relations_back(const train_network *net, train_worker *worker)
{
    const train_heads *heads = &net->heads;
    const train_heads_state *h = &worker->heads;
    const train_batch *batch = &worker->batch;
    const uint32_t width = heads->relation, top = net->encoder.uppers;
    const train_view x = train_states(net, worker, top, false);
    const train_view dx = train_states(net, worker, top, true);
    const train_view hidden = train_view_of(h->hidden, batch->words, width);
    const train_view d_hidden = train_view_of(h->d_hidden, batch->words, width);
    const train_view d_head = train_view_of(h->d_head_part, batch->words, width);
    train_clear(d_hidden);
    train_clear(d_head);
    train_linear_backward(heads->label[RAP_NET_DEPREL], worker->number, hidden,
                          label_view(worker, RAP_NET_DEPREL, net), d_hidden);
    train_leaky_back(d_hidden.at, hidden.at, (size_t)batch->words * width);
    for (uint32_t s = 0; s < batch->sentences; s++)
        for (uint32_t t = batch->start[s]; t < batch->start[s + 1]; t++)
            train_add(head_part(h, width, batch->start[s], t, d_head.at,
                                heads->relation_root->gradient[worker->number]),
                      train_row(d_hidden, t), width);
    train_linear_backward(heads->relation_dependent, worker->number, x, d_hidden, dx);
    train_linear_backward(heads->relation_head, worker->number, x, d_head, dx);
}

void train_relations_run(const train_network *net, train_worker *worker, bool learn,
                         rap_train_score *score)
{
    const train_heads *heads = &net->heads;
    const train_heads_state *h = &worker->heads;
    const train_batch *batch = &worker->batch;
    const uint32_t width = heads->relation;
    const train_view x = train_states(net, worker, net->encoder.uppers, false);
    train_linear_forward(heads->relation_dependent, x,
                         train_view_of(h->part[DEPENDENT], batch->words, width));
    train_linear_forward(heads->relation_head, x,
                         train_view_of(h->part[HEAD], batch->words, width));
    join_parts(net, worker);
    train_linear_forward(heads->label[RAP_NET_DEPREL],
                         train_view_of(h->hidden, batch->words, width),
                         label_view(worker, RAP_NET_DEPREL, net));
    score->loss +=
        choose_labels(net, worker, RAP_NET_DEPREL, 1.0f / (float)batch->words);
    for (uint32_t t = 0; t < batch->words; t++)
        score->relations +=
            h->head[t] == batch->word[t].head &&
            h->chosen[RAP_NET_DEPREL][t] == batch->word[t].label[RAP_NET_DEPREL];
    if (learn) relations_back(net, worker);
}

/* ---- all ------------------------------------------------------------------------------- */

void train_heads_run(const train_network *net, train_worker *worker, bool learn,
                     rap_train_score *score)
{
    if (learn) train_clear(train_states(net, worker, net->encoder.uppers, true));
    train_labels_run(net, worker, learn, score);
    train_arcs_run(net, worker, learn, score);
    train_relations_run(net, worker, learn, score);
    score->words += worker->batch.words;
    score->sentences += worker->batch.sentences;
}
