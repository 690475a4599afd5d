/* train_keep.c - the lower layers, trained on text, as a file to begin another run with. */
#include "train_private.h"

static const char *const KEY = "vocabulary.key";

static uint32_t encoder_parameters(const train_network *net)
{
    uint32_t count = 0; /* they are made first */
    while (count < net->set.count &&
           !rap_slice_starts(rap_slice_of(net->set.at[count].name), "cloze."))
        count++;
    return count;
}

static rap_status add_all(const train_network *net, rap_model_writer *writer,
                          rap_error *err)
{
    const train_vocabulary *v = &net->vocabulary;
    rap_status status =
        rap_model_writer_text(writer, RAP_MODEL_PROVENANCE,
                              RAP_LIT("what\tlower layers of a network\n"), err);
    if (!status)
        status = rap_model_writer_add(writer, KEY, RAP_MODEL_U32, 1, &v->slots,
                                      v->slot_key, err);
    const uint32_t count = encoder_parameters(net);
    for (uint32_t i = 0; !status && i < count; i++) {
        const train_parameter *p = &net->set.at[i];
        const uint32_t dim[] = {p->rows, p->cols};
        status =
            rap_model_writer_add(writer, p->name, RAP_MODEL_F32, 2, dim, p->value, err);
    }
    return status;
}

rap_status train_encoder_save(const train_network *net, const char *path,
                              rap_error *err)
{
    rap_model_writer *writer;
    rap_status status = rap_model_writer_new(&writer, err);
    if (status) return status;
    status = add_all(net, writer, err);
    if (!status) status = rap_model_writer_save(writer, path, err);
    rap_model_writer_free(writer);
    return status;
}

static rap_status same_words(const train_network *net, const rap_model *model,
                             const char *path, rap_error *err)
{
    const train_vocabulary *v = &net->vocabulary;
    rap_model_array keys;
    rap_status status = rap_model_array_get(model, KEY, RAP_MODEL_U32, 1, &keys, err);
    if (status) return status;
    if (keys.dim[0] != v->slots ||
        memcmp(keys.data, v->slot_key, v->slots * sizeof *v->slot_key) != 0)
        return rap_fail(err, RAP_E_MODEL, 0,
                        "%s: made from other texts or treebanks: its words differ",
                        path);
    return RAP_OK;
}

static rap_status load_one(train_parameter *p, const rap_model *model, const char *path,
                           rap_error *err)
{
    rap_model_array array;
    rap_status status =
        rap_model_array_get(model, p->name, RAP_MODEL_F32, 2, &array, err);
    if (status) return status;
    if (array.dim[0] != p->rows || array.dim[1] != p->cols)
        return rap_fail(err, RAP_E_MODEL, 0, "%s: %s is %u x %u, asked for is %u x %u",
                        path, p->name, array.dim[0], array.dim[1], p->rows, p->cols);
    memcpy(p->value, array.data, array.count * sizeof *p->value);
    return RAP_OK;
}

rap_status train_encoder_load(train_network *net, const char *path, rap_error *err)
{
    rap_model *model;
    rap_status status = rap_model_open(path, &model, err);
    if (status) return status;
    status = same_words(net, model, path, err);
    const uint32_t count = encoder_parameters(net);
    for (uint32_t i = 0; !status && i < count; i++)
        status = load_one(&net->set.at[i], model, path, err);
    rap_model_close(model);
    return status;
}
