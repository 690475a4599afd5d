/*
 * train_lemma.c - learn the tables of the lemmatiser; see train_lemma.h.
 *
 * Reads   rap_train_lemma_input.  Writes  lemma_model, into a rap_model_writer.
 * Method  docs/method/lemma.md. Three models are made, each with one table more than the
 *         one before, and each entry of the next table is where the last one errs.
 * Cost    linear in words and text; some hash look-ups for each.
 */
#include "train_lemma_private.h"

#include <stdlib.h>

/* ---- tables ------------------------------------------------------------------ */
static int compare_entries(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

/* Of two entries with one hash (one pair in 2^30) the first stays. An empty table gets an
 * entry that answers for one hash in 2^30, as the others do. */
static bool build_table(trainer *t, entry_list *entries, bool values, lemma_table *out)
{
    if (entries->count == 0 && !rap_push(t->arena, entries, (entry){0})) return false;
    qsort(entries->at, entries->count, sizeof *entries->at, compare_entries);
    uint32_t *key = rap_new(t->arena, uint32_t, entries->count), count = 0, bits = 1;
    uint16_t *value = rap_new(t->arena, uint16_t, entries->count);
    if (!key || !value) return false;
    for (uint32_t i = 0; i < entries->count; i++) {
        if (count && (key[count - 1] | 3u) == (entries->at[i].key | 3u)) continue;
        key[count] = entries->at[i].key;
        value[count++] = entries->at[i].value;
    }
    while (bits < 20 && (8u << bits) < count) bits++;
    uint32_t *start = rap_new(t->arena, uint32_t, (1u << bits) + 1u), at = 0;
    if (!start) return false;
    for (uint32_t b = 0; b <= 1u << bits; b++) {
        while (at < count && key[at] >> (32 - bits) < b) at++;
        start[b] = at;
    }
    *out = (lemma_table){key, start, values ? value : NULL, count, bits};
    return true;
}

static bool build_common(trainer *t)
{
    entry_list entries = {0};
    for (uint32_t i = 0; i < t->text.count; i++) {
        lemma_form form;
        const lemma_habit habit = train_lemma_habit_of(&t->text.at[i]);
        if (habit == LEMMA_UNSEEN || !lemma_read(t->text.at[i].folded, &form)) continue;
        const entry made = {
            lemma_common_key(train_lemma_hash_of(&form)) | (uint32_t)habit, 0};
        if (!rap_push(t->arena, &entries, made)) return false;
    }
    return build_table(t, &entries, false, &t->model.common);
}

/* The scripts as arrays; again whenever some have come. */
static bool build_scripts(trainer *t)
{
    const uint32_t count = t->scripts.count;
    size_t bytes = 0;
    for (uint32_t i = 0; i < count; i++) bytes += t->scripts.at[i].add.len;
    uint32_t *off = rap_new(t->arena, uint32_t, count);
    uint8_t *from = rap_new(t->arena, uint8_t, count),
            *strip = rap_new(t->arena, uint8_t, count);
    uint32_t *start = rap_new(t->arena, uint32_t, count + 1u), at = 0;
    char *add = rap_new(t->arena, char, bytes);
    if (!off || !from || !strip || !start || !add) return false;
    for (uint32_t i = 0; i < count; i++) {
        const script *is = &t->scripts.at[i];
        from[i] = is->from;
        strip[i] = is->strip;
        off[i] = is->off;
        start[i] = at;
        if (is->add.len > 0) memcpy(add + at, is->add.at, is->add.len);
        at += is->add.len;
    }
    start[count] = at;
    t->model.scripts = count;
    t->model.script_case = from;
    t->model.script_strip = strip;
    t->model.script_off = off;
    t->model.add_start = start;
    t->model.add = (rap_slice){add, at};
    t->model.lists = t->lists.count / LEMMA_CHOICES;
    t->model.list = t->lists.at;
    return true;
}

static bool build_words(trainer *t, const entry_list *writings)
{
    entry_list entries = {0};
    for (uint32_t i = 0; i < t->types.count; i++) {
        const word_type *type = &t->types.at[i];
        lemma_form form;
        if (!type->kept || !lemma_read(type->folded, &form)) continue;
        const uint32_t flag = type->has_writings ? LEMMA_HAS_WRITINGS : 0;
        const entry made = {lemma_word_key(train_lemma_hash_of(&form), type->of_class),
                            (uint16_t)(type->script | flag)};
        if (!rap_push(t->arena, &entries, made)) return false;
    }
    for (uint32_t i = 0; i < writings->count; i++)
        if (!rap_push(t->arena, &entries, writings->at[i])) return false;
    return build_table(t, &entries, true, &t->model.words) && build_scripts(t);
}

/* ---- what the tables before get wrong ----------------------------------------- */
static rap_slice answer(const trainer *t, rap_slice form, uint8_t of_class,
                        char out[LEMMA_BYTES])
{
    const uint32_t len = lemma_of(&t->model, form, t->class_tags[of_class].upos,
                                  t->class_tags[of_class].tag, out, LEMMA_BYTES);
    return (rap_slice){out, len};
}

/* Common words are kept for speed, rare ones if their ending gives another lemma. */
static void choose_words(trainer *t)
{
    char out[LEMMA_BYTES], folded[LEMMA_BYTES];
    for (uint32_t i = 0; i < t->types.count; i++) {
        word_type *type = &t->types.at[i];
        const rap_slice made = answer(t, type->folded, type->of_class, out);
        const rap_slice seen = {folded, lemma_fold(made, folded)};
        type->kept = type->tokens > 1 || !rap_slice_equal(seen, type->lemma);
    }
}

/* Words whose capitals the table reads wrongly. */
static void choose_writings(trainer *t, entry_list *out)
{
    char bytes[LEMMA_BYTES];
    for (uint32_t i = 0; i < t->writings.count && !t->lost && !t->too_many; i++) {
        const writing *is = &t->writings.at[i];
        word_type *type = &t->types.at[is->type];
        lemma_form form;
        if (type->overruled) continue;
        if (rap_slice_equal(answer(t, is->form, type->of_class, bytes), is->lemma))
            continue;
        if (!lemma_read(is->form, &form)) continue;
        type->kept = type->has_writings = true;
        const entry made = {
            lemma_writing_key(train_lemma_hash_of(&form), type->of_class, is->shape),
            (uint16_t)train_lemma_written_script(t, is->form, is->lemma)};
        t->lost |= !rap_push(t->arena, out, made);
    }
}

/* ---- all together -------------------------------------------------------------- */
static bool join_tags(trainer *t)
{
    size_t bytes = 0;
    for (uint32_t i = 0; i < t->tags.count; i++) bytes += t->tags.at[i].len + 1u;
    char *names = rap_new(t->arena, char, bytes);
    if (!names) return false;
    uint32_t at = 0;
    for (uint32_t i = 0; i < t->tags.count; i++) {
        memcpy(names + at, t->tags.at[i].at, t->tags.at[i].len);
        at += t->tags.at[i].len;
        names[at++] = '\n';
    }
    t->model.tag_names = (rap_slice){names, at};
    t->model.tags = t->tags.count;
    t->model.class_of = t->class_of;
    t->model.classes = t->classes;
    return true;
}

static bool learn(trainer *t)
{
    entry_list endings = {0}, writings = {0}, none = {0};
    train_lemma_classes(t);
    if (t->lost || t->too_many || !join_tags(t)) return false;
    train_lemma_text(t);
    if (t->lost) return false;
    const uint32_t as_it_is =
        train_lemma_script_of(t, LEMMA_BY_TABLE, 0, lemma_off_hash(0), NULL, 0);
    assert(t->lost || as_it_is == LEMMA_AS_IT_IS);
    train_lemma_words(t);
    if (t->lost || t->too_many || !build_common(t) || !train_lemma_cases(t))
        return false;
    train_lemma_endings(t, &endings);
    if (t->lost || t->too_many) return false;
    if (!build_table(t, &endings, true, &t->model.endings)) return false;
    if (!build_table(t, &none, true, &t->model.words) || !build_scripts(t))
        return false;
    choose_words(t);
    if (!build_words(t, &writings)) return false;
    choose_writings(t, &writings);
    return !t->lost && !t->too_many && build_words(t, &writings);
}

typedef struct section {
    const char *name;
    rap_model_type type;
    uint32_t dims, dim[3];
    const void *data;
} section;

static rap_status add_sections(const lemma_model *m, rap_model_writer *writer,
                               rap_error *err)
{
    const section sections[] = {
        {"lemma.class", RAP_MODEL_U8, 2, {RAP_UPOS_COUNT, m->tags + 1}, m->class_of},
        {"lemma.case",
         RAP_MODEL_U8,
         3,
         {m->classes, LEMMA_SHAPES, LEMMA_HABITS},
         m->cases},
        {"lemma.script.case", RAP_MODEL_U8, 1, {m->scripts}, m->script_case},
        {"lemma.script.strip", RAP_MODEL_U8, 1, {m->scripts}, m->script_strip},
        {"lemma.script.off", RAP_MODEL_U32, 1, {m->scripts}, m->script_off},
        {"lemma.script.start", RAP_MODEL_U32, 1, {m->scripts + 1}, m->add_start},
        {"lemma.list", RAP_MODEL_U16, 2, {m->lists, LEMMA_CHOICES}, m->list},
        {"lemma.words.key", RAP_MODEL_U32, 1, {m->words.count}, m->words.key},
        {"lemma.words.start",
         RAP_MODEL_U32,
         1,
         {(1u << m->words.bits) + 1},
         m->words.start},
        {"lemma.words.script", RAP_MODEL_U16, 1, {m->words.count}, m->words.value},
        {"lemma.endings.key", RAP_MODEL_U32, 1, {m->endings.count}, m->endings.key},
        {"lemma.endings.start",
         RAP_MODEL_U32,
         1,
         {(1u << m->endings.bits) + 1},
         m->endings.start},
        {"lemma.endings.list", RAP_MODEL_U16, 1, {m->endings.count}, m->endings.value},
        {"lemma.common.key", RAP_MODEL_U32, 1, {m->common.count}, m->common.key},
        {"lemma.common.start",
         RAP_MODEL_U32,
         1,
         {(1u << m->common.bits) + 1},
         m->common.start},
    };
    rap_status status = rap_model_writer_text(writer, "lemma.tags", m->tag_names, err);
    if (status == RAP_OK)
        status = rap_model_writer_text(writer, "lemma.script.add", m->add, err);
    for (size_t i = 0; status == RAP_OK && i < sizeof sections / sizeof *sections; i++)
        status = rap_model_writer_add(writer, sections[i].name, sections[i].type,
                                      sections[i].dims, sections[i].dim,
                                      sections[i].data, err);
    return status;
}

rap_status rap_train_lemma(const rap_train_lemma_input *input, rap_model_writer *writer,
                           rap_arena *arena, rap_error *err)
{
    if (input->words == 0)
        return rap_fail(err, RAP_E_INPUT, 0, "no words to learn from");
    trainer *t = rap_new(arena, trainer, 1);
    if (!t) return rap_fail(err, RAP_E_NOMEM, 0, "no memory to train");
    t->arena = arena;
    t->input = input;
    if (!learn(t))
        return t->too_many
                   ? rap_fail(err, RAP_E_LIMIT, 0,
                              "more tags or edit scripts than a model holds")
                   : rap_fail(err, RAP_E_NOMEM, 0,
                              "no memory for the lemmas of %u words", input->words);
    const rap_status status = lemma_check(&t->model, err);
    return status == RAP_OK ? add_sections(&t->model, writer, err) : status;
}
