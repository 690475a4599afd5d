/*
 * train_traits.c - lists of names as traits of single words.
 *
 * Reads   all files data/LANG/names/: words, alike separated by '|', and their kind.
 */
#include "train_corpus.h"
#include "train_parameter.h"

typedef struct lists {
    train_traits *out;
    rap_arena *arena;
    rap_error *err;
} lists;

static uint32_t slot_of(const train_traits *traits, uint32_t key)
{
    uint32_t at = key & (traits->slots - 1);
    while (traits->slot_key[at] && traits->slot_key[at] != key)
        at = (at + 1) & (traits->slots - 1);
    return at;
}

static rap_status kind_of(lists *l, rap_slice name, uint32_t *kind)
{
    train_traits *t = l->out;
    for (*kind = 0; *kind < t->kinds; ++*kind)
        if (rap_slice_is(name, t->name[*kind])) return RAP_OK;
    if (t->kinds == RAP_FORM_TRAITS)
        return rap_fail(l->err, RAP_E_INPUT, 0, "more than %d kinds of names: %.*s",
                        RAP_FORM_TRAITS, (int)name.len, name.at);
    const rap_slice copy = rap_arena_copy(l->arena, name);
    train_must(copy.at != NULL);
    t->name[t->kinds++] = copy.at;
    return RAP_OK;
}

/* Count the words of a file, or enter them when there are slots. */
static rap_status read_list(lists *l, rap_slice bytes)
{
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS], word;
    while (rap_tsv_next(&tsv, field)) {
        uint32_t kind;
        const rap_status status = kind_of(l, field[1], &kind);
        if (status) return status;
        while (rap_split_next(&field[0], '|', &word)) {
            rap_form form;
            if (!word.len) continue;
            l->out->words++;
            if (!l->out->slots) continue;
            rap_form_read(word, &form);
            const uint32_t at = slot_of(l->out, form.key);
            l->out->slot_key[at] = form.key;
            l->out->slot_bits[at] |= (uint8_t)(1u << kind);
        }
    }
    return RAP_OK;
}

static rap_status read_lists(lists *l, const rap_language *language)
{
    const char *name;
    rap_slice bytes;
    rap_status status = RAP_OK;
    l->out->words = 0;
    for (uint32_t n = 0;
         !status && rap_language_list(language, "names/", n, &name, &bytes); n++)
        status = read_list(l, bytes);
    return status;
}

rap_status train_traits_read(const char *language, train_types *types,
                             train_traits *out, rap_error *err)
{
    rap_language of;
    lists l = {out, types->arena, err};
    *out = (train_traits){0};
    rap_status status = rap_language_open(language, &of, err);
    if (!status) status = read_lists(&l, &of);
    if (status || !out->words) return status;
    uint32_t slots = 1;
    while (slots < out->words * 2) slots *= 2;
    out->slot_key = train_new(types->arena, uint32_t, slots);
    out->slot_bits = train_new(types->arena, uint8_t, slots);
    out->slots = slots;
    status = read_lists(&l, &of);
    for (uint32_t i = 0; i < types->all.count; i++) {
        train_type *type = &types->all.at[i];
        type->traits = out->slot_bits[slot_of(out, type->form.key)];
    }
    return status;
}
