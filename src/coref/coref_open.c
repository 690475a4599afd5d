/*
 * coref_open.c - the lists and the ranker's weights of a language.
 *
 * Reads   data/LANG/coref/words.tsv, given names of data/LANG/actors/given_names.tsv,
 *         data/LANG/coref/ranker.rapmodel.
 */
#include <stdlib.h>

#include "coref_private.h"
#include "text.h"

enum { KNOWLEDGE_BYTES = 8 << 20, WORD_BYTES = 64, MOST_BITS = 22 };

static bool put(rap_coref_knowledge *knowledge, char prefix, rap_slice word,
                uint32_t value)
{
    char key[WORD_BYTES + 2] = {prefix, ':'};
    const uint32_t len = rap_fold_into(word, key + 2, WORD_BYTES);
    if (len == RAP_NONE || !len) return true;
    const rap_slice kept = rap_arena_copy(&knowledge->arena, (rap_slice){key, len + 2});
    uint32_t *slot =
        kept.at ? rap_map_put(&knowledge->word, &knowledge->arena, kept) : NULL;
    if (!slot) return false;
    if (*slot == RAP_NONE) *slot = value; /* the first row that has it */
    return true;
}

static bool put_list(rap_coref_knowledge *knowledge, char prefix, rap_slice list,
                     uint32_t value)
{
    rap_slice part;
    while (list.len && rap_split_next(&list, '|', &part))
        if (!put(knowledge, prefix, part, value)) return false;
    return true;
}

/* The place of `word` among `names`, or RAP_NONE. */
static uint32_t named(const char *const *names, uint32_t count, rap_slice word)
{
    for (uint32_t i = 0; i < count; i++)
        if (names[i][0] && rap_slice_is(word, names[i])) return i;
    return RAP_NONE;
}

static const char *const class_names[] = {
    "", "male", "female", "person", "group", "place", "time", "abstract", "thing"};
static const char *const kind_names[] = {"",           "definite",   "demonstrative",
                                         "indefinite", "possessive", ""};
static const char *const tag_names[] = {"", "plural", "singular", "relative",
                                        "existential"};
enum {
    CLASS_NAMES = sizeof class_names / sizeof *class_names,
    KIND_NAMES = sizeof kind_names / sizeof *kind_names,
    TAG_NAMES = sizeof tag_names / sizeof *tag_names
};

static uint8_t class_of_letter(rap_slice s)
{
    static const struct {
        const char *letter;
        coref_class class;
    } letters[] = {{"m", CLASS_MALE},
                   {"f", CLASS_FEMALE},
                   {"p", CLASS_PERSON},
                   {"n", CLASS_THING}};
    for (uint32_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (rap_slice_is(s, letters[i].letter)) return (uint8_t)letters[i].class;
    return CLASS_NONE;
}

static bool read_pronoun(rap_coref_knowledge *knowledge, const rap_slice field[])
{
    if (knowledge->pronouns == MOST_PRONOUNS) return true;
    coref_pronoun *pronoun = &knowledge->pronoun[knowledge->pronouns];
    const char person = field[2].len ? field[2].at[0] : '-';
    pronoun->person = (uint8_t)(person >= '1' && person <= '3' ? person - '0' : 0);
    pronoun->number = rap_slice_is(field[3], "s")   ? NUMBER_SINGULAR
                      : rap_slice_is(field[3], "p") ? NUMBER_PLURAL
                                                    : NUMBER_OPEN;
    pronoun->class = class_of_letter(field[4]);
    return put_list(knowledge, 'p', field[5], knowledge->pronouns++);
}

static bool read_row(rap_coref_knowledge *knowledge, const rap_slice field[])
{
    uint32_t value;
    if (rap_slice_is(field[0], "pronoun")) return read_pronoun(knowledge, field);
    if (rap_slice_is(field[0], "noun")) {
        value = named(class_names, CLASS_NAMES, field[1]);
        return value == RAP_NONE || put_list(knowledge, 'n', field[2], value);
    }
    if (rap_slice_is(field[0], "honorific"))
        return put_list(knowledge, 'h', field[2], class_of_letter(field[1]));
    if (rap_slice_is(field[0], "kind")) {
        value = named(kind_names, KIND_NAMES, field[1]);
        return value == RAP_NONE || put_list(knowledge, 'k', field[2], value);
    }
    if (!rap_slice_is(field[0], "tag")) return true;
    value = named(tag_names, TAG_NAMES, field[1]);
    return value == RAP_NONE || put_list(knowledge, 't', field[2], value);
}

/* Given names of both genders say nothing. */
static bool read_given(rap_coref_knowledge *knowledge, rap_slice bytes)
{
    rap_slice field[RAP_TSV_FIELDS];
    rap_tsv tsv = rap_tsv_open(bytes);
    while (rap_tsv_next(&tsv, field)) {
        if (!rap_slice_is(field[0], "given")) continue;
        if (!put_list(knowledge, 'g', field[5], class_of_letter(field[1])))
            return false;
    }
    return true;
}

static rap_status read_lists(rap_coref_knowledge *knowledge,
                             const rap_language *language, rap_error *err)
{
    rap_slice bytes, field[RAP_TSV_FIELDS];
    rap_status status = rap_language_file(language, "coref/words.tsv", &bytes, err);
    if (status) return status;
    rap_tsv tsv = rap_tsv_open(bytes);
    while (rap_tsv_next(&tsv, field))
        if (!read_row(knowledge, field))
            return rap_fail(err, RAP_E_NOMEM, 0, "coref/words.tsv: no memory");
    status = rap_language_file(language, "actors/given_names.tsv", &bytes, err);
    if (status) return status;
    return read_given(knowledge, bytes)
               ? RAP_OK
               : rap_fail(err, RAP_E_NOMEM, 0, "actors/given_names.tsv: no memory");
}

/* The exponent of a power of two below 1 << MOST_BITS; MOST_BITS for anything else. */
static uint32_t bits_of(size_t count)
{
    uint32_t bits = 0;
    while (bits < MOST_BITS && (size_t)1 << bits < count) bits++;
    return (size_t)1 << bits == count ? bits : MOST_BITS;
}

static rap_status take_weights(rap_coref_knowledge *knowledge, rap_error *err)
{
    rap_model_array weight, embed, hidden, scale;
    const rap_model *model = knowledge->model;
    rap_status status =
        rap_model_array_get(model, "weight", RAP_MODEL_I8, 1, &weight, err);
    if (!status)
        status = rap_model_array_get(model, "embed", RAP_MODEL_I8, 2, &embed, err);
    if (!status)
        status = rap_model_array_get(model, "hidden", RAP_MODEL_F32, 3, &hidden, err);
    if (!status)
        status = rap_model_array_get(model, "scale", RAP_MODEL_F32, 1, &scale, err);
    if (status) return status;
    knowledge->bits = bits_of(weight.count);
    knowledge->embed_bits = bits_of(embed.dim[0]);
    if (knowledge->bits == MOST_BITS || knowledge->embed_bits == MOST_BITS ||
        embed.dim[1] != RAP_COREF_HIDDEN || hidden.dim[0] != 2 || hidden.dim[1] != 2 ||
        hidden.dim[2] != RAP_COREF_HIDDEN || scale.count != 2)
        return rap_fail(err, RAP_E_MODEL, 0, "coref/ranker.rapmodel: a wrong size");
    knowledge->weight = weight.data;
    knowledge->embed = embed.data;
    knowledge->bias = hidden.data;
    knowledge->out = knowledge->bias + (size_t)2 * RAP_COREF_HIDDEN;
    knowledge->scale = ((const float *)scale.data)[0];
    knowledge->embed_scale = ((const float *)scale.data)[1];
    return RAP_OK;
}

static rap_status read_weights(rap_coref_knowledge *knowledge,
                               const rap_language *language, rap_error *err)
{
    rap_slice bytes;
    rap_status status =
        rap_language_file(language, "coref/ranker.rapmodel", &bytes, err);
    if (status) return status;
    status = rap_model_of(bytes, &knowledge->model, err);
    return status ? status : take_weights(knowledge, err);
}

rap_status rap_coref_open_bare(const rap_language *language, rap_coref_knowledge **out,
                               rap_error *err)
{
    *out = NULL;
    rap_coref_knowledge *knowledge = calloc(1, sizeof *knowledge);
    if (!knowledge) return rap_fail(err, RAP_E_NOMEM, 0, "coreference: no memory");
    knowledge->arena = RAP_ARENA(KNOWLEDGE_BYTES);
    const rap_status status = read_lists(knowledge, language, err);
    if (status)
        rap_coref_close(knowledge);
    else
        *out = knowledge;
    return status;
}

rap_status rap_coref_open(const rap_language *language, rap_coref_knowledge **out,
                          rap_error *err)
{
    rap_status status = rap_coref_open_bare(language, out, err);
    if (status) return status;
    status = read_weights(*out, language, err);
    if (!status) return RAP_OK;
    rap_coref_close(*out);
    *out = NULL;
    return status;
}

void rap_coref_close(rap_coref_knowledge *knowledge)
{
    if (!knowledge) return;
    rap_model_close(knowledge->model);
    rap_arena_free(&knowledge->arena);
    free(knowledge);
}
