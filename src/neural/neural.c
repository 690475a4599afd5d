/* neural.c - a batch of sentences through the network; see neural.h. */
#include "neural.h"

#include <stdlib.h>
#include <string.h>

#include "neural_private.h"

/* The first layer sees one word at a time: what it makes of a form is kept. */
enum { CACHE = 1024, WINDOW = RAP_NET_WINDOW };

struct rap_net_work {
    rap_arena arena;
    uint64_t *cache_form; /* [CACHE] exact hash of the form kept, 0: none */
    float *cache;         /* [CACHE][8 * width] */
    float *first;         /* [WINDOW][8 * width] */
    float *u;             /* [WINDOW][6 * width] */
    float *side[2][2];    /* outputs of lower layers by direction, two in turn */
    float *state[2];      /* [WINDOW][2 * width], two in turn */
    float *tags;          /* [WINDOW][tags] */
    float *arc[2];        /* [WINDOW][arc] dependent, head */
    float *product;       /* [WINDOW][arc] */
    float *parts;         /* [WINDOW][2 * relation] */
    float *hidden;        /* [WINDOW][relation] */
    float *labels;        /* [WINDOW][relation labels] */
    float *cell;          /* [width] */
    float *embedding;     /* [word_width + row_width] */
    uint8_t *inputs;      /* [WINDOW][widest] */
    float *scales;        /* [WINDOW] */
    float *best;          /* [WINDOW][entity labels], path of the best name tags */
    uint8_t *back;        /* likewise */
    uint16_t *head;       /* [WINDOW] */
    tree_work tree;
};

static uint32_t lanes(uint32_t n)
{
    return (n + RAP_LANES - 1) / RAP_LANES * RAP_LANES;
}

static uint32_t widest(const net_shape *s)
{
    uint32_t most = 2 * s->width;
    if (s->word_width + s->row_width > most) most = s->word_width + s->row_width;
    if (s->arc > most) most = s->arc;
    if (s->relation > most) most = s->relation;
    return most + 4;
}

static float *room(rap_net_work *work, size_t each, bool *ok)
{
    float *at = rap_new(&work->arena, float, (size_t)WINDOW *each);
    *ok = *ok && at;
    return at;
}

static bool work_room(const rap_net *net, rap_net_work *w)
{
    const net_shape *s = &net->shape;
    const uint32_t width = s->width;
    rap_arena *arena = &w->arena;
    bool ok = true;
    w->cache_form = rap_new(arena, uint64_t, CACHE);
    w->cache = rap_new(arena, float, (size_t)CACHE * 8 * width);
    w->first = room(w, (size_t)8 * width, &ok);
    w->u = room(w, (size_t)6 * width, &ok);
    for (int d = 0; d < 2; d++) {
        w->side[d][0] = room(w, width, &ok);
        w->side[d][1] = room(w, width, &ok);
        w->state[d] = room(w, (size_t)2 * width, &ok);
        w->arc[d] = room(w, s->arc, &ok);
    }
    w->tags = room(w, net->tags.blocks * RAP_LANES, &ok);
    w->product = room(w, s->arc, &ok);
    w->parts = room(w, (size_t)2 * s->relation, &ok);
    w->hidden = room(w, s->relation, &ok);
    w->labels = room(w, lanes(s->labels[RAP_NET_DEPREL]), &ok);
    w->scales = room(w, 1, &ok);
    w->best = room(w, s->labels[RAP_NET_ENTITY], &ok);
    w->cell = rap_new(arena, float, width);
    w->embedding = rap_new(arena, float, s->word_width + s->row_width);
    w->inputs = rap_new(arena, uint8_t, (size_t)WINDOW * widest(s));
    w->back = rap_new(arena, uint8_t, (size_t)WINDOW * s->labels[RAP_NET_ENTITY]);
    w->head = rap_new(arena, uint16_t, WINDOW);
    const size_t square = (size_t)(WINDOW + 1) * (WINDOW + 1);
    w->tree.score = rap_new(arena, float, square);
    w->tree.weight = rap_new(arena, float, square);
    w->tree.from = rap_new(arena, uint16_t, square);
    w->tree.to = rap_new(arena, uint16_t, square);
    w->tree.mark = rap_new(arena, uint16_t, (size_t)4 * (WINDOW + 1));
    return ok && w->cache_form && w->cache && w->cell && w->embedding && w->inputs &&
           w->back && w->head && w->tree.score && w->tree.weight && w->tree.from &&
           w->tree.to && w->tree.mark;
}

rap_net_work *rap_net_work_new(const rap_net *net)
{
    rap_net_work *work = calloc(1, sizeof *work);
    if (!work) return NULL;
    work->arena = RAP_ARENA((size_t)256 << 20);
    if (work_room(net, work)) return work;
    rap_net_work_free(work);
    return NULL;
}

void rap_net_work_free(rap_net_work *work)
{
    if (!work) return;
    rap_arena_free(&work->arena);
    free(work);
}

/* ---- encoder ------------------------------------------------------------------------ */

static uint32_t word_of(const rap_net *net, uint32_t key)
{
    for (uint32_t at = key & (net->slots - 1);; at = (at + 1) & (net->slots - 1)) {
        if (net->vocabulary_key[at] == key) return net->vocabulary_word[at];
        if (!net->vocabulary_key[at]) return 0;
    }
}

static void add_row(float *out, const int8_t *row, float scale, uint32_t width)
{
    for (uint32_t i = 0; i < width; i++) out[i] += scale * (float)row[i];
}

/* What lists of names say of a form: a bit a kind. */
static uint8_t traits_of(const rap_net *net, uint32_t key)
{
    for (uint32_t at = key & (net->trait_slots - 1);;
         at = (at + 1) & (net->trait_slots - 1)) {
        if (net->trait_key[at] == key) return net->trait_bits[at];
        if (!net->trait_key[at]) return 0;
    }
}

static void embed(const rap_net *net, const rap_form *form, float *out)
{
    const net_shape *s = &net->shape;
    memset(out, 0, (s->word_width + s->row_width) * sizeof *out);
    const uint32_t word = word_of(net, form->key);
    add_row(out, net->word + (size_t)word * s->word_width, net->word_scale[word],
            s->word_width);
    for (uint32_t i = 0; i < form->features; i++)
        add_row(out + s->word_width, net->row + (size_t)form->row[i] * s->row_width,
                net->row_scale[form->row[i]], s->row_width);
    const uint8_t traits = net->trait_key ? traits_of(net, form->key) : 0;
    for (uint32_t i = 0; i < RAP_FORM_TRAITS; i++)
        if (traits >> i & 1)
            add_row(out + s->word_width, net->trait + (size_t)i * s->row_width,
                    net->trait_scale[i], s->row_width);
}

uint8_t rap_net_traits(const rap_net *net, rap_slice form)
{
    rap_form features;
    if (!net->trait_key) return 0;
    rap_form_read(form, &features);
    return traits_of(net, features.key);
}

/* What the first layer makes of one form: 4 parts forward, 4 backward. */
static void first_of(const rap_net *net, rap_net_work *work, rap_slice form, float *out)
{
    const net_shape *s = &net->shape;
    const size_t bytes = (size_t)8 * s->width * sizeof(float);
    const uint64_t exact = rap_form_exact(form);
    const size_t slot = exact % CACHE;
    float *kept = work->cache + slot * 8 * s->width;
    if (work->cache_form[slot] != exact) {
        rap_form features;
        rap_form_read(form, &features);
        embed(net, &features, work->embedding);
        const float scale = rap_quantise(net->path, work->embedding,
                                         s->word_width + s->row_width, work->inputs);
        rap_matrix_times(net->path, &net->lower[0].matrix[0], 1, work->inputs, &scale,
                         kept, 8 * s->width);
        work->cache_form[slot] = exact;
    }
    memcpy(out, kept, bytes);
}

static void quantise_rows(const rap_net *net, rap_net_work *work, const float *x,
                          uint32_t count, uint32_t cols, uint32_t stride)
{
    const uint32_t bytes = rap_quant_bytes(cols);
    for (uint32_t t = 0; t < count; t++)
        work->scales[t] = rap_quantise(net->path, x + (size_t)t * stride, cols,
                                       work->inputs + (size_t)t * bytes);
}

/* One direction of a layer over all sentences of a batch. */
static void run_unit(const rap_net *net, const uint32_t *first, uint32_t sentences,
                     rap_unit_run run)
{
    const rap_unit_run all = run;
    for (uint32_t s = 0; s < sentences; s++) {
        run.count = first[s + 1] - first[s];
        run.u = all.u + (size_t)first[s] * run.u_stride;
        run.x = all.x + (size_t)first[s] * run.x_stride;
        run.y = all.y + (size_t)first[s] * run.y_stride;
        rap_unit_steps(net->path, &run);
    }
}

/* The stack of one direction below; its last outputs go to `out`, [2 * width] a word. */
static void run_lower(const rap_net *net, rap_net_work *work, const uint32_t *first,
                      uint32_t sentences, int direction, float *out)
{
    const uint32_t width = net->shape.width, count = first[sentences];
    const float *x = NULL;
    for (uint32_t i = 0; i < net->shape.lower; i++) {
        const bool last = i + 1 == net->shape.lower;
        float *y = last ? out : work->side[direction][i % 2];
        rap_unit_run run = {.width = width,
                            .backward = direction == 1,
                            .y = y,
                            .y_stride = last ? 2 * width : width,
                            .gate = net->lower[i].unit[direction].gate,
                            .cell = work->cell};
        if (i == 0) {
            run.u = work->first + (size_t)direction * 4 * width;
            run.x = run.u + (size_t)3 * width;
            run.u_stride = run.x_stride = 8 * width;
        } else {
            quantise_rows(net, work, x, count, width, width);
            rap_matrix_times(net->path, &net->lower[i].matrix[direction], count,
                             work->inputs, work->scales, work->u, 3 * width);
            run.u = work->u;
            run.u_stride = 3 * width;
            run.x = x;
            run.x_stride = width;
        }
        run_unit(net, first, sentences, run);
        x = y;
    }
}

/* A bidirectional layer: x and y hold [2 * width] a word. */
static void run_upper(const rap_net *net, rap_net_work *work, const net_layer *layer,
                      const uint32_t *first, uint32_t sentences, const float *x,
                      float *y)
{
    const uint32_t width = net->shape.width, count = first[sentences];
    quantise_rows(net, work, x, count, 2 * width, 2 * width);
    rap_matrix_times(net->path, &layer->matrix[0], count, work->inputs, work->scales,
                     work->u, 6 * width);
    for (uint32_t d = 0; d < 2; d++)
        run_unit(net, first, sentences,
                 (rap_unit_run){.width = width,
                                .backward = d == 1,
                                .u = work->u + (size_t)d * 3 * width,
                                .u_stride = 6 * width,
                                .x = x + (size_t)d * width,
                                .x_stride = 2 * width,
                                .y = y + (size_t)d * width,
                                .y_stride = 2 * width,
                                .gate = layer->unit[d].gate,
                                .cell = work->cell});
}

/* The states of all words, [2 * width] each. */
static const float *encode(const rap_net *net, rap_net_work *work,
                           const rap_slice *form, const uint32_t *first,
                           uint32_t sentences)
{
    const uint32_t width = net->shape.width, count = first[sentences];
    for (uint32_t t = 0; t < count; t++)
        first_of(net, work, form[t], work->first + (size_t)t * 8 * width);
    run_lower(net, work, first, sentences, 0, work->state[0]);
    run_lower(net, work, first, sentences, 1, work->state[0] + width);
    for (uint32_t i = 0; i < net->shape.upper; i++)
        run_upper(net, work, &net->upper[i], first, sentences, work->state[i % 2],
                  work->state[1 - i % 2]);
    return work->state[net->shape.upper % 2];
}

/* ---- tags and names ----------------------------------------------------------------- */

static uint8_t best_of(const float *score, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (score[i] > score[best]) best = i;
    return (uint8_t)best;
}

/* May tag `after` follow `before` (NULL at the begin of a sentence)? I-X only after B-X
 * and I-X. */
static bool may_follow(const char *before, const char *after)
{
    if (after[0] != 'I') return true;
    return before && before[0] != 'O' && strcmp(before + 1, after + 1) == 0;
}

/* The best sequence of name tags of one sentence (Viterbi 1967, over hard bars only). */
static void read_names(const rap_net *net, rap_net_work *work, uint32_t begin,
                       uint32_t end, rap_net_word *out)
{
    const uint32_t labels = net->shape.labels[RAP_NET_ENTITY];
    const uint32_t stride = net->tags.blocks * RAP_LANES;
    const char *const *name = net->name[RAP_NET_ENTITY];
    for (uint32_t t = begin; t < end; t++) {
        const float *score =
            work->tags + (size_t)t * stride + net->tag_at[RAP_NET_ENTITY];
        float *best = work->best + (size_t)t * labels;
        for (uint32_t b = 0; b < labels; b++) {
            float most = t == begin && may_follow(NULL, name[b]) ? 0 : -1e30f;
            for (uint32_t a = 0; t > begin && a < labels; a++) {
                const float before = best[(ptrdiff_t)a - (ptrdiff_t)labels];
                if (before <= most || !may_follow(name[a], name[b])) continue;
                most = before;
                work->back[(size_t)t * labels + b] = (uint8_t)a;
            }
            best[b] = most + score[b];
        }
    }
    uint8_t tag = best_of(work->best + (size_t)(end - 1) * labels, labels);
    for (uint32_t t = end; t-- > begin;) {
        out[t].label[RAP_NET_ENTITY] = tag;
        tag = work->back[(size_t)t * labels + tag];
    }
}

static void read_tags(const rap_net *net, rap_net_work *work, const uint32_t *first,
                      uint32_t sentences, rap_net_word *out)
{
    const uint32_t count = first[sentences], stride = net->tags.blocks * RAP_LANES;
    rap_matrix_times(net->path, &net->tags, count, work->inputs, work->scales,
                     work->tags, stride);
    for (uint32_t t = 0; t < count; t++) {
        const float *score = work->tags + (size_t)t * stride;
        out[t].label[RAP_NET_UPOS] =
            best_of(score + net->tag_at[RAP_NET_UPOS], net->shape.labels[RAP_NET_UPOS]);
        out[t].label[RAP_NET_XPOS] =
            best_of(score + net->tag_at[RAP_NET_XPOS], net->shape.labels[RAP_NET_XPOS]);
    }
    for (uint32_t s = 0; s < sentences; s++)
        read_names(net, work, first[s], first[s + 1], out);
}

/* ---- trees -------------------------------------------------------------------------- */

static void leaky(float *x, size_t count)
{
    for (size_t i = 0; i < count; i++) x[i] = x[i] > 0 ? x[i] : 0.1f * x[i];
}

/* Scores of all heads for all words of one sentence, and their tree. */
static void read_tree(const rap_net *net, rap_net_work *work, uint32_t begin,
                      uint32_t count, rap_net_word *out)
{
    const uint32_t arc = net->shape.arc;
    const float *head = work->arc[1] + (size_t)begin * arc;
    for (uint32_t i = 0; i < count; i++) {
        const float *product = work->product + (size_t)(begin + i) * arc;
        float *row = work->tree.score + (size_t)i * (count + 1);
        rap_dots(net->path, product, net->arc_root, 1, arc, row);
        rap_dots(net->path, product, head, count, arc, row + 1);
    }
    net_tree(work->tree.score, count, &work->tree, work->head);
    for (uint32_t i = 0; i < count; i++) out[begin + i].head = work->head[i];
}

static void read_trees(const rap_net *net, rap_net_work *work, const uint32_t *first,
                       uint32_t sentences, rap_net_word *out)
{
    const uint32_t count = first[sentences], arc = net->shape.arc;
    rap_matrix_times(net->path, &net->arc_dependent, count, work->inputs, work->scales,
                     work->arc[0], arc);
    rap_matrix_times(net->path, &net->arc_head, count, work->inputs, work->scales,
                     work->arc[1], arc);
    rap_matrix_times(net->path, &net->relation_parts, count, work->inputs, work->scales,
                     work->parts, 2 * net->shape.relation);
    leaky(work->arc[0], (size_t)count * arc);
    leaky(work->arc[1], (size_t)count * arc);
    quantise_rows(net, work, work->arc[0], count, arc, arc);
    rap_matrix_times(net->path, &net->arc_score, count, work->inputs, work->scales,
                     work->product, arc);
    for (uint32_t s = 0; s < sentences; s++)
        read_tree(net, work, first[s], first[s + 1] - first[s], out);
}

static void read_relations(const rap_net *net, rap_net_work *work,
                           const uint32_t *first, uint32_t sentences, rap_net_word *out)
{
    const uint32_t width = net->shape.relation, count = first[sentences];
    const uint32_t stride = lanes(net->shape.labels[RAP_NET_DEPREL]);
    for (uint32_t s = 0; s < sentences; s++)
        for (uint32_t t = first[s]; t < first[s + 1]; t++) {
            const float *own = work->parts + (size_t)t * 2 * width;
            const float *head =
                out[t].head
                    ? work->parts + ((size_t)first[s] + out[t].head - 1) * 2 * width +
                          width
                    : net->relation_root;
            for (uint32_t i = 0; i < width; i++)
                work->hidden[(size_t)t * width + i] = own[i] + head[i];
        }
    leaky(work->hidden, (size_t)count * width);
    quantise_rows(net, work, work->hidden, count, width, width);
    rap_matrix_times(net->path, &net->relation_out, count, work->inputs, work->scales,
                     work->labels, stride);
    for (uint32_t t = 0; t < count; t++)
        out[t].label[RAP_NET_DEPREL] = best_of(work->labels + (size_t)t * stride,
                                               net->shape.labels[RAP_NET_DEPREL]);
}

void rap_net_read(const rap_net *net, rap_net_work *work, const rap_slice *form,
                  const uint32_t *first, uint32_t sentences, rap_net_word *out)
{
    if (!sentences) return;
    assert(first[0] == 0 && first[sentences] <= RAP_NET_WINDOW);
    const float *state = encode(net, work, form, first, sentences);
    quantise_rows(net, work, state, first[sentences], 2 * net->shape.width,
                  2 * net->shape.width);
    read_tags(net, work, first, sentences, out);
    read_trees(net, work, first, sentences, out);
    read_relations(net, work, first, sentences, out);
}
