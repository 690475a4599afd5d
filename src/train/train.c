/* train.c - one training run from files to a model; see train.h. */
#include "train.h"

#include <stdarg.h>

#include "train_private.h"

static const size_t MEMORY = (size_t)1 << 40; /* the system's limit comes first */

rap_train_options rap_train_defaults(void)
{
    return (rap_train_options){.workers = 2,
                               .seed = 1,
                               .words = 50000,
                               .word_width = 96,
                               .row_width = 64,
                               .width = 192,
                               .lower = 2,
                               .upper = 2,
                               .arc = 96,
                               .relation = 96,
                               .text_batch = 1000,
                               .samples = 600,
                               .text_epochs = 2,
                               .text_rate = 2e-3,
                               .text_word_drop = 0.05,
                               .text_input_drop = 0.1,
                               .batch = 500,
                               .report_every = 2,
                               .warm_words = 30000,
                               .epochs = 16,
                               .rate = 2e-3,
                               .word_drop = 0.15,
                               .input_drop = 0.2,
                               .drop = 0.33,
                               .tag_weight = 0.5,
                               .entity_weight = 0.7,
                               .embedding_rate = 1,
                               .longest = 5};
}

void train_note(const rap_train_options *options, const char *format, ...)
{
    char text[400];
    va_list list;
    va_start(list, format);
    (void)vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (options->note) options->note(options->context, text);
}

/* ---- what cannot be ---------------------------------------------------------------------- */

static rap_status check_widths(const rap_train_options *o, rap_error *err)
{
    const uint32_t lanes[] = {o->width, o->arc, o->relation};
    for (int i = 0; i < 3; i++)
        if (!lanes[i] || lanes[i] % 16 || lanes[i] > TRAIN_MOST_WIDTH)
            return rap_fail(err, RAP_E_USAGE, 0,
                            "width, arc and relation are multiples of 16 up to %d",
                            TRAIN_MOST_WIDTH);
    if (!o->word_width || o->word_width > TRAIN_MOST_WIDTH || !o->row_width ||
        o->row_width > TRAIN_MOST_WIDTH)
        return rap_fail(err, RAP_E_USAGE, 0, "widths of vectors are 1 to %d",
                        TRAIN_MOST_WIDTH);
    if (!o->lower || o->lower > TRAIN_LAYERS || !o->upper || o->upper > TRAIN_LAYERS)
        return rap_fail(err, RAP_E_USAGE, 0, "1 to %d layers of each kind",
                        TRAIN_LAYERS);
    return RAP_OK;
}

static bool is_share(double x)
{
    return x >= 0 && x < 1;
}

static rap_status check_options(const rap_train_options *o, rap_error *err)
{
    if (!o->language || !o->treebank.count || !(o->out || o->save_encoder))
        return rap_fail(err, RAP_E_USAGE, 0,
                        "a language, a treebank and an output are needed");
    if (o->workers < 1 || o->workers > TRAIN_WORKERS)
        return rap_fail(err, RAP_E_USAGE, 0, "1 to %d workers", TRAIN_WORKERS);
    if (o->words < 2 || o->words > 1u << 20)
        return rap_fail(err, RAP_E_USAGE, 0, "2 to %u words", 1u << 20);
    if (!o->batch || !o->text_batch || !o->samples || !o->report_every ||
        !(o->epochs > 0) || !(o->text_epochs >= 0) || !(o->longest > 0))
        return rap_fail(err, RAP_E_USAGE, 0, "batches and epochs are above 0");
    if (!is_share(o->word_drop) || !is_share(o->input_drop) || !is_share(o->drop) ||
        !is_share(o->text_word_drop) || !is_share(o->text_input_drop))
        return rap_fail(err, RAP_E_USAGE, 0, "shares left out are below 1");
    if (o->load_encoder && o->save_encoder)
        return rap_fail(err, RAP_E_USAGE, 0, "an encoder is loaded or saved, not both");
    return check_widths(o, err);
}

/* ---- a run -------------------------------------------------------------------------------- */

static void tell_corpora(const train_network *net)
{
    const train_corpora *c = &net->corpora;
    train_note(net->options,
               "%u sentences of treebanks with %u words, %u sentences with names; "
               "%u sentences of names not found; text of %u words",
               c->bank.sentence.count, c->bank.word.count,
               c->bank.sentence.count - c->without_names, c->unaligned,
               c->text.type.count);
    train_note(net->options,
               "%u forms, %u words with vectors; %u classes, %u tags, %u relations, "
               "%u name tags; lists of %u names",
               c->types.all.count, net->vocabulary.words, c->labels[RAP_NET_UPOS].count,
               c->labels[RAP_NET_XPOS].count, c->labels[RAP_NET_DEPREL].count,
               c->labels[RAP_NET_ENTITY].count, net->traits.words);
}

/* The lower layers: from a file, from text, or as chance has made them. */
static rap_status lower_layers(train_network *net, rap_error *err)
{
    const rap_train_options *o = net->options;
    net->encoder = train_encoder_new(&net->set, o, net->vocabulary.words);
    if (o->load_encoder) return train_encoder_load(net, o->load_encoder, err);
    if (net->corpora.text.sentence.count && net->vocabulary.words > 1 &&
        o->text_epochs > 0) {
        net->cloze = train_cloze_new(net->arena, &net->set, o, &net->vocabulary);
        train_text_phase(net);
    }
    return o->save_encoder ? train_encoder_save(net, o->save_encoder, err) : RAP_OK;
}

static rap_status train_all(train_network *net, rap_train_score *scores, rap_error *err)
{
    const rap_train_options *o = net->options;
    rap_status status = train_corpora_read(o, net->arena, &net->corpora, err);
    if (status) return status;
    train_vocabulary_make(&net->corpora.types, o->words, &net->vocabulary);
    status = train_traits_read(o->language, &net->corpora.types, &net->traits, err);
    if (status) return status;
    tell_corpora(net);
    train_parameters_begin(&net->set, net->arena, &net->crew, o->seed);
    if ((status = lower_layers(net, err)) || !o->out) return status;
    train_encoder_extend(&net->encoder, &net->set, o->upper, net->traits.slots > 0);
    net->heads = train_heads_new(&net->set, o, &net->corpora);
    train_bank_phase(net);
    status = train_model_write(net, NULL, err);
    if (!status) status = train_model_score(net, scores, err);
    if (!status) status = train_model_write(net, scores, err);
    return status;
}

rap_status rap_train_run(const rap_train_options *options, rap_train_score *scores,
                         rap_error *err)
{
    rap_status status = check_options(options, err);
    if (status) return status;
    rap_arena arena = RAP_ARENA(MEMORY);
    train_network *net = train_new(&arena, train_network, 1);
    net->options = options;
    net->arena = &arena;
    train_vector_begin();
    train_crew_begin(&net->crew, options->workers);
    status = train_all(net, scores, err);
    train_crew_end(&net->crew);
    rap_arena_free(&arena);
    return status;
}
