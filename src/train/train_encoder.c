/*
 * train_encoder.c - words to states: embeddings, two stacks of one direction each, layers
 * of both directions above.
 *
 * Method  as src/neural reads it (neural.h), with parts left out by chance in training
 *         (Srivastava et al. 2014, "Dropout").
 */
#include <math.h>

#include "train_private.h"

static train_unit layer_unit(train_parameters *set, const char *kind, int d, uint32_t n,
                             uint32_t inputs, uint32_t width, uint32_t parts)
{
    char name[TRAIN_NAME];
    (void)snprintf(name, sizeof name, "%s%u.%s", kind, n, d ? "backward" : "forward");
    return train_unit_new(set, name, inputs, width, parts, d == 1);
}

train_encoder train_encoder_new(train_parameters *set, const rap_train_options *options,
                                uint32_t words)
{
    const uint32_t width = options->width;
    const uint32_t inputs = options->word_width + options->row_width;
    train_encoder e = {.width = width, .lowers = options->lower};
    e.word = train_parameter_new(set, "embed.word.w", words, options->word_width, 0.1f,
                                 true);
    e.row = train_parameter_new(set, "embed.row.w", RAP_FORM_ROWS, options->row_width,
                                0.05f, true);
    for (uint32_t i = 0; i < e.lowers; i++)
        for (int d = 0; d < 2; d++)
            e.lower[d][i] =
                layer_unit(set, "lower", d, i, i ? width : inputs, width, i ? 3 : 4);
    return e;
}

void train_encoder_extend(train_encoder *encoder, train_parameters *set,
                          uint32_t uppers, bool traits)
{
    const uint32_t width = encoder->width;
    if (traits)
        encoder->trait = train_parameter_new(set, "embed.trait.w", RAP_FORM_TRAITS,
                                             encoder->row->cols, 0.05f, true);
    encoder->uppers = uppers;
    for (uint32_t i = 0; i < uppers; i++)
        for (int d = 0; d < 2; d++)
            encoder->upper[d][i] = layer_unit(set, "upper", d, i, 2 * width, width, 3);
}

train_encoding train_encoding_new(rap_arena *arena, const train_encoder *encoder,
                                  uint32_t words_most)
{
    const size_t words = words_most, width = encoder->width;
    const size_t inputs = encoder->word->cols + encoder->row->cols;
    train_encoding e = {.word = train_new(arena, uint32_t, words),
                        .input = train_new(arena, float, words *inputs),
                        .d_input = train_new(arena, float, words *inputs),
                        .input_mask = train_new(arena, float, words *inputs)};
    for (int d = 0; d < 2; d++)
        for (uint32_t i = 0; i < encoder->lowers; i++) {
            e.lower[d][i] =
                train_unit_state_new(arena, &encoder->lower[d][i], words_most);
            e.side[d][i] = train_new(arena, float, words *width);
            e.d_side[d][i] = train_new(arena, float, words *width);
        }
    for (int d = 0; d < 2; d++)
        for (uint32_t i = 0; i < encoder->uppers; i++)
            e.upper[d][i] =
                train_unit_state_new(arena, &encoder->upper[d][i], words_most);
    for (uint32_t i = 0; i <= encoder->uppers; i++) {
        e.state[i] = train_new(arena, float, words * 2 * width);
        e.d_state[i] = train_new(arena, float, words * 2 * width);
        e.mask[i] = train_new(arena, float, words * 2 * width);
    }
    return e;
}

/* ---- leaving out -------------------------------------------------------------------- */

static void mask_make(train_random *random, float *mask, size_t count, float share)
{
    const uint32_t limit = (uint32_t)((double)share * 4294967295.0);
    const float kept = 1 / (1 - share);
    for (size_t i = 0; i < count; i += 2) {
        const uint64_t x = train_random_next(random) * 0x2545F4914F6CDD1Du;
        mask[i] = (uint32_t)x < limit ? 0 : kept;
        if (i + 1 < count) mask[i + 1] = (uint32_t)(x >> 32) < limit ? 0 : kept;
    }
}

static void thin_out(train_random *random, float *x, float *mask, size_t count,
                     float share)
{
    if (share <= 0) return;
    mask_make(random, mask, count, share);
    train_multiply(x, mask, count);
}

/* ---- embeddings ---------------------------------------------------------------------- */

static const train_type *type_at(const train_network *net, const train_worker *worker,
                                 uint32_t t)
{
    return &net->corpora.types.all.at[worker->batch.word[t].type];
}

static void embed_one(const train_encoder *encoder, const train_type *type,
                      uint32_t word, float *out)
{
    const uint32_t cols = encoder->word->cols, row_cols = encoder->row->cols;
    const rap_form *form = &type->form;
    memcpy(out, encoder->word->value + (size_t)word * cols, cols * sizeof *out);
    memset(out + cols, 0, row_cols * sizeof *out);
    for (uint32_t i = 0; i < form->features; i++)
        train_add(out + cols, encoder->row->value + (size_t)form->row[i] * row_cols,
                  row_cols);
    for (uint32_t i = 0; encoder->trait && i < RAP_FORM_TRAITS; i++)
        if (type->traits >> i & 1)
            train_add(out + cols, encoder->trait->value + (size_t)i * row_cols,
                      row_cols);
}

void train_embed(const train_network *net, train_worker *worker, train_drops drops)
{
    const train_encoder *encoder = &net->encoder;
    train_encoding *e = &worker->encoding;
    const size_t inputs = encoder->word->cols + encoder->row->cols;
    for (uint32_t t = 0; t < worker->batch.words; t++) {
        const train_type *type = type_at(net, worker, t);
        const bool out =
            drops.word > 0 && train_random_share(&worker->random) < drops.word;
        e->word[t] = out ? 0 : type->word;
        embed_one(encoder, type, e->word[t], e->input + t * inputs);
    }
    thin_out(&worker->random, e->input, e->input_mask, worker->batch.words * inputs,
             drops.input);
}

void train_embed_backward(const train_network *net, train_worker *worker,
                          train_drops drops)
{
    const train_encoder *encoder = &net->encoder;
    const uint32_t cols = encoder->word->cols, row_cols = encoder->row->cols;
    const size_t inputs = cols + row_cols;
    train_encoding *e = &worker->encoding;
    if (drops.input > 0)
        train_multiply(e->d_input, e->input_mask, worker->batch.words * inputs);
    for (uint32_t t = 0; t < worker->batch.words; t++) {
        const float *d = e->d_input + t * inputs;
        const train_type *type = type_at(net, worker, t);
        const rap_form *form = &type->form;
        train_add(train_touch(encoder->word, worker->number, e->word[t]), d, cols);
        for (uint32_t i = 0; i < form->features; i++)
            train_add(train_touch(encoder->row, worker->number, form->row[i]), d + cols,
                      row_cols);
        for (uint32_t i = 0; encoder->trait && i < RAP_FORM_TRAITS; i++)
            if (type->traits >> i & 1)
                train_add(train_touch(encoder->trait, worker->number, i), d + cols,
                          row_cols);
    }
}

/* ---- layers below: outputs of the last go straight into state[0] ----------------------- */

static train_view lower_view(const train_network *net, const train_worker *worker,
                             int d, uint32_t layer, bool gradient)
{
    const train_encoding *e = &worker->encoding;
    const uint32_t width = net->encoder.width;
    if (layer + 1 == net->encoder.lowers)
        return train_cols(train_states(net, worker, 0, gradient), (uint32_t)d * width,
                          width);
    return train_view_of(gradient ? e->d_side[d][layer] : e->side[d][layer],
                         worker->batch.words, width);
}

static train_view input_view(const train_network *net, const train_worker *worker,
                             bool gradient)
{
    const train_encoding *e = &worker->encoding;
    return train_view_of(gradient ? e->d_input : e->input, worker->batch.words,
                         net->encoder.word->cols + net->encoder.row->cols);
}

void train_lower_forward(const train_network *net, train_worker *worker)
{
    const train_encoder *encoder = &net->encoder;
    for (int d = 0; d < 2; d++)
        for (uint32_t i = 0; i < encoder->lowers; i++) {
            const train_view x = i ? lower_view(net, worker, d, i - 1, false)
                                   : input_view(net, worker, false);
            train_unit_forward(&encoder->lower[d][i], &worker->encoding.lower[d][i],
                               &worker->batch, x, x,
                               lower_view(net, worker, d, i, false));
        }
}

void train_lower_backward(const train_network *net, train_worker *worker)
{
    const train_encoder *encoder = &net->encoder;
    train_clear(input_view(net, worker, true));
    for (int d = 0; d < 2; d++)
        for (uint32_t i = encoder->lowers; i-- > 0;) {
            const train_view x = i ? lower_view(net, worker, d, i - 1, false)
                                   : input_view(net, worker, false);
            const train_view dx = i ? lower_view(net, worker, d, i - 1, true)
                                    : input_view(net, worker, true);
            if (i) train_clear(dx);
            train_unit_backward(&encoder->lower[d][i], &worker->encoding.lower[d][i],
                                &worker->batch, worker->number, x, x,
                                lower_view(net, worker, d, i, true), dx, dx);
        }
}

/* ---- layers above ---------------------------------------------------------------------- */

static void thin_state(const train_network *net, train_worker *worker, uint32_t layer,
                       train_drops drops)
{
    train_encoding *e = &worker->encoding;
    thin_out(&worker->random, e->state[layer], e->mask[layer],
             (size_t)worker->batch.words * 2 * net->encoder.width, drops.state);
}

void train_upper_forward(const train_network *net, train_worker *worker,
                         train_drops drops)
{
    const train_encoder *encoder = &net->encoder;
    const uint32_t width = encoder->width;
    thin_state(net, worker, 0, drops);
    for (uint32_t i = 0; i < encoder->uppers; i++) {
        const train_view x = train_states(net, worker, i, false);
        const train_view y = train_states(net, worker, i + 1, false);
        for (uint32_t d = 0; d < 2; d++)
            train_unit_forward(&encoder->upper[d][i], &worker->encoding.upper[d][i],
                               &worker->batch, x, train_cols(x, d * width, width),
                               train_cols(y, d * width, width));
        thin_state(net, worker, i + 1, drops);
    }
}

void train_upper_backward(const train_network *net, train_worker *worker,
                          train_drops drops)
{
    const train_encoder *encoder = &net->encoder;
    const uint32_t width = encoder->width;
    const size_t size = (size_t)worker->batch.words * 2 * width;
    for (uint32_t i = encoder->uppers + 1; i-- > 0;) {
        const train_view dy = train_states(net, worker, i, true);
        if (drops.state > 0) train_multiply(dy.at, worker->encoding.mask[i], size);
        if (!i) return;
        const train_view x = train_states(net, worker, i - 1, false);
        const train_view dx = train_states(net, worker, i - 1, true);
        train_clear(dx);
        for (uint32_t d = 0; d < 2; d++)
            train_unit_backward(
                &encoder->upper[d][i - 1], &worker->encoding.upper[d][i - 1],
                &worker->batch, worker->number, x, train_cols(x, d * width, width),
                train_cols(dy, d * width, width), dx, train_cols(dx, d * width, width));
    }
}
