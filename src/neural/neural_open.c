/* neural_open.c - a network from a model file: every section's shape and every index
 * and float is checked here, so that reading needs no check. */
#include <stdlib.h>
#include <string.h>

#include "neural_private.h"

enum {
    CONFIG_VERSION,
    CONFIG_WORDS,
    CONFIG_WORD_WIDTH,
    CONFIG_ROW_WIDTH,
    CONFIG_WIDTH,
    CONFIG_LOWER,
    CONFIG_UPPER,
    CONFIG_ARC,
    CONFIG_RELATION,
    CONFIG_FIELDS
};
enum { MOST_WIDTH = 512, MOST_LABELS = 250, MOST_WORDS = 1 << 20, NAME_ROOM = 64 };
static const float MOST_FLOAT = 1e4f;

typedef struct opening {
    const rap_model *model;
    rap_net *net;
    rap_error *err;
} opening;

static rap_status bad(const opening *o, const char *name, const char *what)
{
    return rap_fail(o->err, RAP_E_MODEL, 0, "model section %s: %s", name, what);
}

static rap_status no_memory(const opening *o)
{
    return rap_fail(o->err, RAP_E_NOMEM, 0, "no memory for the network");
}

/* A section of the given shape. */
static rap_status section(const opening *o, const char *name, rap_model_type type,
                          uint32_t rows, uint32_t cols, const void **out)
{
    rap_model_array array;
    const uint32_t dims = cols ? 2 : 1;
    rap_status status = rap_model_array_get(o->model, name, type, dims, &array, o->err);
    if (status) return status;
    if (array.dim[0] != rows || (cols && array.dim[1] != cols))
        return bad(o, name, "another size than the network's");
    *out = array.data;
    return RAP_OK;
}

static rap_status floats_of(const opening *o, const char *name, uint32_t count,
                            const float **out)
{
    const void *data;
    rap_status status = section(o, name, RAP_MODEL_F32, count, 0, &data);
    if (status) return status;
    const float *f = data;
    for (uint32_t i = 0; i < count; i++)
        if (!(f[i] <= MOST_FLOAT && f[i] >= -MOST_FLOAT))
            return bad(o, name, "a number out of range");
    *out = f;
    return RAP_OK;
}

static void joined(char out[NAME_ROOM], const char *name, const char *part)
{
    size_t at = 0;
    for (; name[at] && at < NAME_ROOM - 1; at++) out[at] = name[at];
    for (size_t i = 0; part[i] && at < NAME_ROOM - 1; i++) out[at++] = part[i];
    out[at] = 0;
}

/* NAME.w, NAME.scale and, if asked for, NAME.bias as a matrix. */
static rap_status matrix_of(const opening *o, const char *name, uint32_t rows,
                            uint32_t cols, bool with_bias, rap_matrix *out)
{
    char part[NAME_ROOM];
    const void *weight;
    const float *scale, *bias = NULL;
    joined(part, name, ".w");
    rap_status status = section(o, part, RAP_MODEL_I8, rows, cols, &weight);
    joined(part, name, ".scale");
    if (!status) status = floats_of(o, part, rows, &scale);
    joined(part, name, ".bias");
    if (!status && with_bias) status = floats_of(o, part, rows, &bias);
    if (status) return status;
    if (!rap_matrix_new(&o->net->arena, rows, cols, weight, scale, bias, out))
        return no_memory(o);
    return RAP_OK;
}

static rap_status config_of(const opening *o)
{
    const void *data;
    rap_status status =
        section(o, "net.config", RAP_MODEL_I32, CONFIG_FIELDS, 0, &data);
    if (status) return status;
    const int32_t *c = data;
    if (c[CONFIG_VERSION] != RAP_FORM_VERSION)
        return bad(o, "net.config", "made for another version of this program");
    net_shape *s = &o->net->shape;
    uint32_t *const field[] = {&s->words, &s->word_width, &s->row_width, &s->width,
                               &s->lower, &s->upper,      &s->arc,       &s->relation};
    static const int32_t most[] = {MOST_WORDS, MOST_WIDTH, MOST_WIDTH, MOST_WIDTH,
                                   NET_LAYERS, NET_LAYERS, MOST_WIDTH, MOST_WIDTH};
    for (uint32_t i = 0; i < CONFIG_FIELDS - 1; i++) {
        if (c[i + 1] < 1 || c[i + 1] > most[i])
            return bad(o, "net.config", "a size out of range");
        *field[i] = (uint32_t)c[i + 1];
    }
    if (s->width % RAP_LANES || s->arc % RAP_LANES || s->relation % RAP_LANES)
        return bad(o, "net.config", "a width that is not a multiple of 16");
    return RAP_OK;
}

/* ---- labels and vocabulary ---------------------------------------------------------- */

/* The lines of a text section; `most` at most. */
static rap_status lines_of(const opening *o, const char *name, uint32_t most,
                           const char *const **out, uint32_t *count)
{
    rap_arena *arena = &o->net->arena;
    rap_slice text, line;
    rap_status status = rap_model_text_get(o->model, name, &text, o->err);
    if (status) return status;
    const char **names = rap_new(arena, const char *, most);
    if (!names) return no_memory(o);
    *count = 0;
    while (rap_split_next(&text, '\n', &line)) {
        if (!line.len) continue;
        if (*count == most) return bad(o, name, "too many labels");
        const rap_slice copy = rap_arena_copy(arena, line);
        if (!copy.at) return no_memory(o);
        names[(*count)++] = copy.at;
    }
    *out = names;
    return *count ? RAP_OK : bad(o, name, "no label");
}

static rap_status labels_of(const opening *o, rap_net_labels kind, const char *name)
{
    return lines_of(o, name, MOST_LABELS, &o->net->name[kind],
                    &o->net->shape.labels[kind]);
}

static rap_status all_labels(const opening *o)
{
    rap_status status = labels_of(o, RAP_NET_UPOS, "labels.upos");
    if (!status) status = labels_of(o, RAP_NET_XPOS, "labels.xpos");
    if (!status) status = labels_of(o, RAP_NET_DEPREL, "labels.deprel");
    if (!status) status = labels_of(o, RAP_NET_ENTITY, "labels.entity");
    return status;
}

static rap_status vocabulary_of(const opening *o)
{
    rap_net *net = o->net;
    rap_model_array key, word;
    rap_status status =
        rap_model_array_get(o->model, "vocabulary.key", RAP_MODEL_U32, 1, &key, o->err);
    if (!status)
        status = rap_model_array_get(o->model, "vocabulary.word", RAP_MODEL_U32, 1,
                                     &word, o->err);
    if (status) return status;
    const uint32_t slots = key.dim[0];
    if (!slots || (slots & (slots - 1)) || word.dim[0] != slots)
        return bad(o, "vocabulary.key", "not a table of a power of two");
    net->vocabulary_key = key.data;
    net->vocabulary_word = word.data;
    net->slots = slots;
    uint32_t empty = 0;
    for (uint32_t i = 0; i < slots; i++) {
        empty += !net->vocabulary_key[i];
        if (net->vocabulary_word[i] >= net->shape.words)
            return bad(o, "vocabulary.word", "a word that is not there");
    }
    return empty ? RAP_OK : bad(o, "vocabulary.key", "a table without room");
}

/* A network without lists of names has none of these sections. */
static rap_status traits_of(const opening *o)
{
    rap_net *net = o->net;
    rap_model_array key, bits;
    const void *data;
    if (!rap_model_has(o->model, "traits.key")) return RAP_OK;
    rap_status status =
        rap_model_array_get(o->model, "traits.key", RAP_MODEL_U32, 1, &key, o->err);
    if (!status)
        status = rap_model_array_get(o->model, "traits.bits", RAP_MODEL_U8, 1, &bits,
                                     o->err);
    if (status) return status;
    const uint32_t slots = key.dim[0];
    if (!slots || (slots & (slots - 1)) || bits.dim[0] != slots)
        return bad(o, "traits.key", "not a table of a power of two");
    const uint32_t *keys = key.data;
    uint32_t empty = 0;
    for (uint32_t i = 0; i < slots; i++) empty += !keys[i];
    if (!empty) return bad(o, "traits.key", "a table without room");
    status = section(o, "embed.trait.w", RAP_MODEL_I8, RAP_FORM_TRAITS,
                     net->shape.row_width, &data);
    if (!status)
        status = floats_of(o, "embed.trait.scale", RAP_FORM_TRAITS, &net->trait_scale);
    if (status) return status;
    status = lines_of(o, "labels.traits", RAP_FORM_TRAITS, &net->trait_name,
                      &net->trait_kinds);
    if (status) return status;
    net->trait = data;
    net->trait_bits = bits.data;
    net->trait_slots = slots;
    net->trait_key = keys;
    return RAP_OK;
}

static rap_status tables_of(const opening *o)
{
    rap_net *net = o->net;
    const net_shape *s = &net->shape;
    const void *data = NULL;
    rap_status status =
        section(o, "embed.word.w", RAP_MODEL_I8, s->words, s->word_width, &data);
    net->word = data;
    if (!status) status = floats_of(o, "embed.word.scale", s->words, &net->word_scale);
    if (!status)
        status =
            section(o, "embed.row.w", RAP_MODEL_I8, RAP_FORM_ROWS, s->row_width, &data);
    net->row = data;
    if (!status)
        status = floats_of(o, "embed.row.scale", RAP_FORM_ROWS, &net->row_scale);
    return status;
}

/* ---- layers ------------------------------------------------------------------------- */

static const char *const DIRECTION[2][2] = {{".forward", ".forward.gate"},
                                            {".backward", ".backward.gate"}};

static rap_status layer_of(const opening *o, const char *kind, uint32_t n,
                           uint32_t parts, uint32_t cols, net_layer *out)
{
    char base[NAME_ROOM], name[NAME_ROOM];
    const char digit[2] = {(char)('0' + n), 0};
    const uint32_t width = o->net->shape.width;
    out->parts = parts;
    joined(base, kind, digit);
    for (int d = 0; d < 2; d++) {
        joined(name, base, DIRECTION[d][0]);
        rap_status status =
            matrix_of(o, name, parts * width, cols, false, &out->matrix[d]);
        joined(name, base, DIRECTION[d][1]);
        if (!status) status = floats_of(o, name, 4 * width, &out->unit[d].gate);
        if (status) return status;
    }
    return RAP_OK;
}

/* Both directions take the same inputs: one matrix. */
static rap_status join_layer(const opening *o, net_layer *layer)
{
    rap_matrix both;
    if (!rap_matrix_join(&o->net->arena, &layer->matrix[0], &layer->matrix[1], &both))
        return no_memory(o);
    layer->matrix[0] = both;
    return RAP_OK;
}

static rap_status layers_of(const opening *o)
{
    rap_net *net = o->net;
    const net_shape *s = &net->shape;
    rap_status status = RAP_OK;
    for (uint32_t i = 0; i < s->lower && !status; i++)
        status = layer_of(o, "lower", i, i ? 3 : 4,
                          i ? s->width : s->word_width + s->row_width, &net->lower[i]);
    if (!status) status = join_layer(o, &net->lower[0]);
    for (uint32_t i = 0; i < s->upper && !status; i++) {
        status = layer_of(o, "upper", i, 3, 2 * s->width, &net->upper[i]);
        if (!status) status = join_layer(o, &net->upper[i]);
    }
    return status;
}

static rap_status tags_of(const opening *o)
{
    rap_net *net = o->net;
    const uint32_t *labels = net->shape.labels, cols = 2 * net->shape.width;
    static const char *const name[] = {"tag.upos", "tag.xpos", "tag.entity"};
    static const rap_net_labels kind[] = {RAP_NET_UPOS, RAP_NET_XPOS, RAP_NET_ENTITY};
    for (int i = 0; i < 3; i++) {
        rap_matrix part, whole;
        rap_status status = matrix_of(o, name[i], labels[kind[i]], cols, true, &part);
        if (status) return status;
        part.rows = part.blocks * RAP_LANES;
        net->tag_at[kind[i]] = i ? net->tags.rows : 0;
        if (!i) {
            net->tags = part;
            continue;
        }
        if (!rap_matrix_join(&net->arena, &net->tags, &part, &whole))
            return no_memory(o);
        net->tags = whole;
    }
    return RAP_OK;
}

static rap_status tree_heads_of(const opening *o)
{
    rap_net *net = o->net;
    const net_shape *s = &net->shape;
    const uint32_t cols = 2 * s->width;
    rap_matrix head;
    rap_status status =
        matrix_of(o, "arc.dependent", s->arc, cols, true, &net->arc_dependent);
    if (!status) status = matrix_of(o, "arc.head", s->arc, cols, true, &net->arc_head);
    if (!status)
        status = matrix_of(o, "arc.score", s->arc, s->arc, true, &net->arc_score);
    if (!status) status = floats_of(o, "arc.root", s->arc, &net->arc_root);
    if (!status)
        status = matrix_of(o, "relation.dependent", s->relation, cols, true,
                           &net->relation_parts);
    if (!status)
        status = matrix_of(o, "relation.head", s->relation, cols, false, &head);
    if (!status)
        status = floats_of(o, "relation.root", s->relation, &net->relation_root);
    if (!status)
        status = matrix_of(o, "relation.out", s->labels[RAP_NET_DEPREL], s->relation,
                           true, &net->relation_out);
    if (status) return status;
    rap_matrix both;
    if (!rap_matrix_join(&net->arena, &net->relation_parts, &head, &both))
        return no_memory(o);
    net->relation_parts = both;
    return RAP_OK;
}

rap_status rap_net_open(const rap_model *model, rap_net **out, rap_error *err)
{
    *out = NULL;
    rap_net *net = calloc(1, sizeof *net);
    if (!net) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the network");
    net->arena = RAP_ARENA((size_t)256 << 20);
    net->path = rap_path_best();
    const opening o = {model, net, err};
    rap_status status = config_of(&o);
    if (!status) status = all_labels(&o);
    if (!status) status = vocabulary_of(&o);
    if (!status) status = tables_of(&o);
    if (!status) status = traits_of(&o);
    if (!status) status = layers_of(&o);
    if (!status) status = tags_of(&o);
    if (!status) status = tree_heads_of(&o);
    if (status) {
        rap_net_close(net);
        return status;
    }
    *out = net;
    return RAP_OK;
}

void rap_net_close(rap_net *net)
{
    if (!net) return;
    rap_arena_free(&net->arena);
    free(net);
}

uint32_t rap_net_label_names(const rap_net *net, rap_net_labels kind,
                             const char *const **names)
{
    *names = net->name[kind];
    return net->shape.labels[kind];
}

uint32_t rap_net_trait_names(const rap_net *net, const char *const **names)
{
    *names = net->trait_name;
    return net->trait_kinds;
}
