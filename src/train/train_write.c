/*
 * train_write.c - the network to a model file: 8-bit weights with one scale a row.
 *
 * Writes  the sections that src/neural/neural_open.c reads, and the provenance.
 */
#include <math.h>

#include "train_lemma.h"
#include "train_private.h"

enum { LARGEST = 127 };

typedef struct writing {
    train_network *net;
    rap_model_writer *writer;
    rap_arena scratch;
    rap_error *err;
} writing;

static rap_status add(writing *w, const char *name, rap_model_type type, uint32_t rows,
                      uint32_t cols, const void *data)
{
    const uint32_t dim[] = {rows, cols};
    return rap_model_writer_add(w->writer, name, type, cols ? 2 : 1, dim, data, w->err);
}

/* ---- weights ----------------------------------------------------------------------------- */

static void quantise_row(const float *x, uint32_t cols, int8_t *out, float *scale)
{
    float most = 0;
    for (uint32_t i = 0; i < cols; i++) most = fmaxf(most, fabsf(x[i]));
    *scale = most / LARGEST;
    for (uint32_t i = 0; i < cols; i++)
        out[i] = (int8_t)(most > 0 ? lrintf(x[i] / most * LARGEST) : 0);
}

/* `p` is called BASE.w. */
static rap_status add_matrix(writing *w, const train_parameter *p)
{
    char name[TRAIN_NAME + 8];
    rap_arena_clear(&w->scratch);
    int8_t *weight = train_new(&w->scratch, int8_t, (size_t)p->rows * p->cols);
    float *scale = train_new(&w->scratch, float, p->rows);
    for (uint32_t r = 0; r < p->rows; r++)
        quantise_row(p->value + (size_t)r * p->cols, p->cols,
                     weight + (size_t)r * p->cols, &scale[r]);
    rap_status status = add(w, p->name, RAP_MODEL_I8, p->rows, p->cols, weight);
    (void)snprintf(name, sizeof name, "%.*sscale", (int)strlen(p->name) - 1, p->name);
    return status ? status : add(w, name, RAP_MODEL_F32, p->rows, 0, scale);
}

static rap_status add_floats(writing *w, const train_parameter *p)
{
    return add(w, p->name, RAP_MODEL_F32, p->rows * p->cols, 0, p->value);
}

/* What is read in 8 bits has a name in ".w"; gates, biases and roots stay floats. What only
 * guessed words is left behind. */
static rap_status add_parameters(writing *w)
{
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < w->net->set.count; i++) {
        const train_parameter *p = &w->net->set.at[i];
        const rap_slice name = rap_slice_of(p->name);
        if (rap_slice_starts(name, "cloze.")) continue;
        status = rap_slice_ends(name, ".w") ? add_matrix(w, p) : add_floats(w, p);
    }
    return status;
}

/* ---- the rest of the network ------------------------------------------------------------- */

static rap_status add_config(writing *w)
{
    const rap_train_options *o = w->net->options;
    const uint32_t field[] = {RAP_FORM_VERSION, w->net->vocabulary.words,
                              o->word_width,    o->row_width,
                              o->width,         o->lower,
                              o->upper,         o->arc,
                              o->relation};
    enum { FIELDS = sizeof field / sizeof *field };
    int32_t config[FIELDS];
    for (int i = 0; i < FIELDS; i++) config[i] = (int32_t)field[i];
    return add(w, "net.config", RAP_MODEL_I32, FIELDS, 0, config);
}

static rap_status add_vocabulary(writing *w)
{
    const train_vocabulary *v = &w->net->vocabulary;
    rap_status status =
        add(w, "vocabulary.key", RAP_MODEL_U32, v->slots, 0, v->slot_key);
    if (!status)
        status = add(w, "vocabulary.word", RAP_MODEL_U32, v->slots, 0, v->slot_word);
    return status;
}

/* What the lists of names say; without lists there is none of it. */
static rap_status add_traits(writing *w)
{
    const train_traits *t = &w->net->traits;
    if (!t->slots) return RAP_OK;
    char *text = train_new(&w->scratch, char, 1);
    for (uint32_t i = 0; i < t->kinds; i++) {
        text = rap_arena_printf(&w->scratch, "%s%s\n", text, t->name[i]);
        train_must(text != NULL);
    }
    rap_status status =
        rap_model_writer_text(w->writer, "labels.traits", rap_slice_of(text), w->err);
    if (!status) status = add(w, "traits.key", RAP_MODEL_U32, t->slots, 0, t->slot_key);
    if (!status)
        status = add(w, "traits.bits", RAP_MODEL_U8, t->slots, 0, t->slot_bits);
    return status;
}

static rap_status add_labels(writing *w, rap_net_labels kind, const char *name)
{
    const train_labels *labels = &w->net->corpora.labels[kind];
    char *text = train_new(&w->scratch, char, 1);
    for (uint32_t i = 0; i < labels->count; i++) {
        text = rap_arena_printf(&w->scratch, "%s%s\n", text, labels->name[i]);
        train_must(text != NULL);
    }
    return rap_model_writer_text(w->writer, name, rap_slice_of(text), w->err);
}

/* The form of verb that most words of each tag have. */
static rap_status add_verb_forms(writing *w)
{
    const train_corpora *c = &w->net->corpora;
    const uint32_t tags = c->labels[RAP_NET_XPOS].count;
    uint8_t form[TRAIN_LABELS];
    for (uint32_t tag = 0; tag < tags; tag++) {
        uint32_t best = 0;
        for (uint32_t i = 1; i < TRAIN_VERB_FORMS; i++)
            if (c->verb_form[tag][i] > c->verb_form[tag][best]) best = i;
        form[tag] = (uint8_t)best;
    }
    return add(w, "labels.xpos.form", RAP_MODEL_U8, tags, 0, form);
}

static rap_status add_all_labels(writing *w)
{
    static const char *const name[] = {"labels.upos", "labels.xpos", "labels.deprel",
                                       "labels.entity"};
    rap_status status = RAP_OK;
    for (int kind = 0; !status && kind < RAP_NET_LABELS; kind++)
        status = add_labels(w, (rap_net_labels)kind, name[kind]);
    return status ? status : add_verb_forms(w);
}

/* ---- lemmas ------------------------------------------------------------------------------- */

static rap_slice all_text(const train_corpora *c, rap_arena *arena)
{
    size_t len = 0;
    for (uint32_t i = 0; i < c->running.count; i++) len += c->running.at[i].len;
    if (c->running.count == 1) return c->running.at[0];
    char *at = train_new(arena, char, len + 1);
    const rap_slice all = {at, (uint32_t)len};
    for (uint32_t i = 0; i < c->running.count; i++) {
        memcpy(at, c->running.at[i].at, c->running.at[i].len);
        at += c->running.at[i].len;
    }
    return all;
}

static rap_status add_lemmas(writing *w)
{
    const train_corpora *c = &w->net->corpora;
    rap_arena arena = RAP_ARENA(w->net->arena->limit);
    rap_train_lemma_input input = {
        .word = c->given.at, .words = c->given.count, .text = all_text(c, &arena)};
    rap_status status = RAP_OK;
    const char *forms = w->net->options->forms;
    if (forms) status = train_file_read(forms, &arena, &input.forms, w->err);
    if (!status) status = rap_train_lemma(&input, w->writer, &arena, w->err);
    rap_arena_free(&arena);
    return status;
}

/* ---- provenance --------------------------------------------------------------------------- */

static const char *line(writing *w, const char *before, const char *key,
                        const char *value)
{
    const char *text =
        rap_arena_printf(&w->scratch, "%s%s\t%s\n", before, key, value ? value : "");
    train_must(text != NULL);
    return text;
}

/* The last part of a path, without what follows its first dot. */
static rap_slice file_name(const char *path)
{
    const char *last = strrchr(path, '/');
    rap_slice name = rap_slice_of(last ? last + 1 : path);
    return rap_slice_sub(name, 0, rap_slice_find(name, RAP_LIT("."), 0));
}

static const char *score_line(writing *w, const char *before, const char *path,
                              const rap_train_score *score)
{
    char text[128];
    rap_train_score_text(score, text);
    const rap_slice name = file_name(path);
    const char *value =
        rap_arena_printf(&w->scratch, "%.*s; %s", (int)name.len, name.at, text);
    train_must(value != NULL);
    return line(w, before, "score", value);
}

static rap_status add_provenance(writing *w, const rap_train_score *scores)
{
    const rap_train_options *o = w->net->options;
    rap_arena_clear(&w->scratch);
    const char *text =
        line(w, "", "what",
             rap_arena_printf(&w->scratch,
                              "%s: words' classes, trees, relations, names and lemmas",
                              o->language));
    for (uint32_t i = 0; i < o->corpus.count; i++)
        text = line(w, text, "corpus", o->corpus.at[i]);
    if (o->licence) text = line(w, text, "licence", o->licence);
    if (o->command) text = line(w, text, "command", o->command);
    if (o->date) text = line(w, text, "date", o->date);
    text = line(w, text, "program", "rapporteur-train " RAP_VERSION);
    for (uint32_t i = 0; scores && i < o->dev.count; i++)
        text = score_line(w, text, o->dev.at[i], &scores[i]);
    return rap_model_writer_text(w->writer, RAP_MODEL_PROVENANCE, rap_slice_of(text),
                                 w->err);
}

rap_status train_model_write(train_network *net, const rap_train_score *scores,
                             rap_error *err)
{
    writing w = {.net = net, .scratch = RAP_ARENA(net->arena->limit), .err = err};
    rap_status status = rap_model_writer_new(&w.writer, err);
    if (status) return status;
    status = add_provenance(&w, scores);
    if (!status) status = add_config(&w);
    if (!status) status = add_all_labels(&w);
    if (!status) status = add_vocabulary(&w);
    if (!status) status = add_traits(&w);
    if (!status) status = add_parameters(&w);
    if (!status) status = add_lemmas(&w);
    if (!status) status = rap_model_writer_save(w.writer, net->options->out, err);
    rap_model_writer_free(w.writer);
    rap_arena_free(&w.scratch);
    return status;
}
