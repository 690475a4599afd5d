/* train_corpus.c - treebanks and names to sentences with labels; see train_corpus.h. */
#include "train_corpus.h"

#include <errno.h>
#include <stdlib.h>

#include "conllu.h"
#include "train_parameter.h"

enum { BANK_WEIGHT = 3 }; /* a word of a treebank counts as so many of plain text */

static const char *const ENTITY_NONE = "O";

rap_status train_file_read(const char *path, rap_arena *arena, rap_slice *out,
                           rap_error *err)
{
    *out = (rap_slice){0};
    FILE *file = fopen(path, "rb");
    if (!file)
        return rap_fail(err, errno == ENOENT ? RAP_E_NOTFOUND : RAP_E_IO, 0, "%s: %s",
                        path, strerror(errno));
    const long size = fseek(file, 0, SEEK_END) ? -1 : ftell(file);
    rap_status status = RAP_OK;
    if (size < 0 || fseek(file, 0, SEEK_SET))
        status = rap_fail(err, RAP_E_IO, 0, "%s: %s", path, strerror(errno));
    else if ((uint64_t)size >= UINT32_MAX)
        status = rap_fail(err, RAP_E_LIMIT, 0, "%s: 4 GiB or more; cut it", path);
    char *bytes = status ? NULL : train_new(arena, char, (size_t)size + 1);
    if (bytes && fread(bytes, 1, (size_t)size, file) != (size_t)size)
        status = rap_fail(err, RAP_E_IO, 0, "%s: cannot be read", path);
    (void)fclose(file);
    if (!status) *out = (rap_slice){bytes, (uint32_t)size};
    return status;
}

/* ---- labels -------------------------------------------------------------------------- */

/* The index of a label; `add`: a new one gets the next. */
static rap_status label_of(train_corpora *corpora, rap_net_labels kind, rap_slice name,
                           bool add, uint8_t *out, rap_error *err)
{
    train_labels *labels = &corpora->labels[kind];
    *out = TRAIN_NO_LABEL;
    if (!name.len) return RAP_OK;
    const uint32_t known = rap_map_get(&labels->map, name);
    if (known != RAP_NONE) *out = (uint8_t)known;
    if (known != RAP_NONE || !add) return RAP_OK;
    if (labels->count == TRAIN_LABELS)
        return rap_fail(err, RAP_E_LIMIT, 0, "more than %d different labels: \"%.*s\"",
                        TRAIN_LABELS, (int)name.len, name.at);
    const rap_slice copy = rap_arena_copy(corpora->arena, name);
    uint32_t *slot = copy.at ? rap_map_put(&labels->map, corpora->arena, copy) : NULL;
    train_must(slot != NULL);
    *slot = labels->count;
    *out = (uint8_t)labels->count;
    labels->name[labels->count++] = copy.at;
    return RAP_OK;
}

/* ---- forms of verbs, by the majority of a tag's words --------------------------------- */

/* The number of rap_verb_form (src/syntax/syntax.h) that FEATS says. */
static uint32_t verb_form_of(rap_slice feats)
{
    enum { NONE, BASE, PRESENT, PAST, PARTICIPLE, GERUND };
    const rap_slice form = rap_conllu_value(feats, "VerbForm");
    const rap_slice tense = rap_conllu_value(feats, "Tense");
    if (rap_slice_is(rap_conllu_value(feats, "Mood"), "Imp")) return BASE;
    if (rap_slice_is(form, "Inf")) return BASE;
    if (rap_slice_is(form, "Ger")) return GERUND;
    if (rap_slice_is(form, "Fin") && rap_slice_is(tense, "Pres")) return PRESENT;
    if (rap_slice_is(form, "Fin") && rap_slice_is(tense, "Past")) return PAST;
    if (rap_slice_is(form, "Part") && rap_slice_is(tense, "Pres")) return GERUND;
    if (rap_slice_is(form, "Part") && rap_slice_is(tense, "Past")) return PARTICIPLE;
    return NONE;
}

/* ---- treebanks ------------------------------------------------------------------------ */

typedef struct reading {
    train_corpora *corpora;
    train_treebank *bank;
    const rap_train_options *options;
    bool learn; /* false: a dev file, which adds no labels and no counts */
} reading;

/* Does the document that this sentence begins have a name to be skipped? */
static bool skipped(const rap_train_options *options, rap_slice comments)
{
    rap_slice line;
    while (rap_split_next(&comments, '\n', &line)) {
        const uint32_t at = rap_slice_find(line, RAP_LIT("newdoc id"), 0);
        const uint32_t sign = rap_slice_find(line, RAP_LIT("="), at);
        if (sign == line.len) continue;
        const rap_slice id = rap_slice_trim(rap_slice_sub(line, sign + 1, line.len));
        for (uint32_t i = 0; i < options->skip.count; i++)
            if (rap_slice_starts(id, options->skip.at[i])) return true;
    }
    return false;
}

static rap_status word_of(const reading *r, const rap_conllu_word *in, train_word *out,
                          rap_error *err)
{
    train_corpora *c = r->corpora;
    *out = (train_word){.type = train_type_of(&c->types, in->form),
                        .head = in->head == RAP_NONE || in->head >= TRAIN_NO_HEAD
                                    ? TRAIN_NO_HEAD
                                    : (uint16_t)in->head};
    out->label[RAP_NET_ENTITY] = TRAIN_NO_LABEL;
    uint8_t *label = out->label;
    rap_status status =
        label_of(c, RAP_NET_UPOS, in->upos, r->learn, &label[RAP_NET_UPOS], err);
    if (!status)
        status =
            label_of(c, RAP_NET_XPOS, in->xpos, r->learn, &label[RAP_NET_XPOS], err);
    if (!status)
        status = label_of(c, RAP_NET_DEPREL, in->deprel, r->learn,
                          &label[RAP_NET_DEPREL], err);
    if (status || !r->learn) return status;
    c->types.all.at[out->type].count += BANK_WEIGHT;
    if (label[RAP_NET_XPOS] != TRAIN_NO_LABEL)
        c->verb_form[label[RAP_NET_XPOS]][verb_form_of(in->feats)]++;
    return RAP_OK;
}

static rap_status sentence_of(const reading *r, const rap_conllu *file,
                              const rap_conllu_sentence *in, rap_error *err)
{
    const train_sentence sentence = {r->bank->word.count, in->count};
    for (uint32_t i = 0; i < in->count; i++) {
        train_word word;
        rap_status status = word_of(r, &file->word[in->first + i], &word, err);
        if (status) return status;
        train_must(rap_push(r->corpora->arena, &r->bank->word, word));
        if (!r->learn) continue;
        const rap_conllu_word *kept = &file->word[in->first + i];
        train_must(rap_push(r->corpora->arena, &r->corpora->given, kept));
    }
    train_must(rap_push(r->corpora->arena, &r->bank->sentence, sentence));
    if (in->count > r->corpora->longest) r->corpora->longest = in->count;
    return RAP_OK;
}

static rap_status named(rap_error *err, const char *path)
{
    char text[sizeof err->text];
    memcpy(text, err->text, sizeof text);
    rap_error_set(err, err->status, NULL, err->at, "%s: %s", path, text);
    return err->status;
}

static rap_status treebank_read(const reading *r, const char *path, rap_error *err)
{
    rap_slice bytes;
    rap_conllu file;
    rap_status status = train_file_read(path, r->corpora->arena, &bytes, err);
    if (status) return status;
    status = rap_conllu_read(bytes, r->corpora->arena, &file, err);
    bool skip = false;
    for (uint32_t s = 0; !status && s < file.sentences; s++) {
        const rap_conllu_sentence *sentence = &file.sentence[s];
        if (sentence->new_document) skip = skipped(r->options, sentence->comments);
        if (skip && r->learn) continue;
        if (sentence->count > TRAIN_SENTENCE_WORDS) continue;
        status = sentence_of(r, &file, sentence, err);
    }
    return status ? named(err, path) : RAP_OK;
}

/* ---- names: sentences are found by their words ----------------------------------------- */

static rap_slice joined(rap_arena *arena, const rap_conllu_word *word, uint32_t count)
{
    size_t len = 0;
    for (uint32_t i = 0; i < count; i++) len += word[i].form.len + 1;
    char *at = train_new(arena, char, len);
    const rap_slice key = {at, (uint32_t)len};
    for (uint32_t i = 0; i < count; i++) {
        memcpy(at, word[i].form.at, word[i].form.len);
        at += word[i].form.len;
        *at++ = ' ';
    }
    return key;
}

static rap_slice bank_joined(const train_corpora *corpora, const train_treebank *bank,
                             train_sentence sentence, rap_arena *arena)
{
    rap_conllu_word *word = train_new(arena, rap_conllu_word, sentence.count);
    for (uint32_t i = 0; i < sentence.count; i++)
        word[i].form =
            corpora->types.all.at[bank->word.at[sentence.first + i].type].bytes;
    return joined(arena, word, sentence.count);
}

typedef struct wordings { /* of one treebank */
    rap_map sentence;     /* words, joined: the next sentence to get names */
    uint32_t *next;       /* [sentences] of the same words; RAP_NONE after the last */
} wordings;

static wordings index_bank(const train_corpora *corpora, const train_treebank *bank,
                           rap_arena *arena)
{
    wordings out = {.next = train_new(arena, uint32_t, bank->sentence.count)};
    for (uint32_t s = bank->sentence.count; s-- > 0;) {
        const rap_slice key = bank_joined(corpora, bank, bank->sentence.at[s], arena);
        uint32_t *slot = rap_map_put(&out.sentence, arena, key);
        train_must(slot != NULL);
        out.next[s] = *slot;
        *slot = s;
    }
    return out;
}

/* Sentences of the same words are taken in turn. */
static uint32_t take_sentence(wordings *index, rap_slice key, rap_arena *arena)
{
    const uint32_t sentence = rap_map_get(&index->sentence, key);
    if (sentence == RAP_NONE || index->next[sentence] == RAP_NONE) return sentence;
    uint32_t *slot = rap_map_put(&index->sentence, arena, key);
    train_must(slot != NULL);
    *slot = index->next[sentence];
    return sentence;
}

/* Some corpora write B-O for names of other types. */
static rap_slice entity_label(rap_slice label)
{
    if (rap_slice_is(label, "B-O")) return RAP_LIT("B-OTH");
    if (rap_slice_is(label, "I-O")) return RAP_LIT("I-OTH");
    return label;
}

static rap_status align(train_corpora *corpora, train_treebank *bank,
                        const rap_conllu_word *word, uint32_t count, uint32_t sentence,
                        rap_error *err)
{
    train_word *out = bank->word.at + bank->sentence.at[sentence].first;
    const bool learn = bank == &corpora->bank;
    for (uint32_t i = 0; i < count; i++) {
        rap_status status =
            label_of(corpora, RAP_NET_ENTITY, entity_label(word[i].label), learn,
                     &out[i].label[RAP_NET_ENTITY], err);
        if (status) return status;
    }
    return RAP_OK;
}

/* A sentence of names goes to the first of `banks` that has it. */
static rap_status names_of(train_corpora *corpora, train_treebank *banks,
                           uint32_t count, wordings *index, const rap_conllu *file,
                           rap_arena *scratch, rap_error *err)
{
    for (uint32_t s = 0; s < file->sentences; s++) {
        const rap_conllu_word *word = file->word + file->sentence[s].first;
        const uint32_t words = file->sentence[s].count;
        const rap_slice key = joined(scratch, word, words);
        uint32_t bank = 0, sentence = RAP_NONE;
        for (; bank < count; bank++)
            if ((sentence = take_sentence(&index[bank], key, scratch)) != RAP_NONE)
                break;
        if (sentence == RAP_NONE) {
            corpora->unaligned++;
            continue;
        }
        rap_status status = align(corpora, &banks[bank], word, words, sentence, err);
        if (status) return status;
    }
    return RAP_OK;
}

static rap_status names_read(train_corpora *corpora, train_treebank *banks,
                             uint32_t count, rap_train_list paths, rap_error *err)
{
    rap_arena scratch = RAP_ARENA(corpora->arena->limit);
    wordings *index = train_new(&scratch, wordings, count + 1);
    for (uint32_t b = 0; paths.count && b < count; b++)
        index[b] = index_bank(corpora, &banks[b], &scratch);
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < paths.count; i++) {
        rap_slice bytes;
        rap_conllu file;
        status = train_file_read(paths.at[i], &scratch, &bytes, err);
        if (!status && (status = rap_iob2_read(bytes, &scratch, &file, err)))
            status = named(err, paths.at[i]);
        if (!status)
            status = names_of(corpora, banks, count, index, &file, &scratch, err);
    }
    rap_arena_free(&scratch);
    return status;
}

static uint32_t count_without_names(const train_treebank *bank)
{
    uint32_t count = 0;
    for (uint32_t s = 0; s < bank->sentence.count; s++) {
        const train_word *word = bank->word.at + bank->sentence.at[s].first;
        count += word->label[RAP_NET_ENTITY] == TRAIN_NO_LABEL;
    }
    return count;
}

/* ---- all of it -------------------------------------------------------------------------- */

/* Every kind has a label, so that the network has an output for it. */
static rap_status some_labels(train_corpora *corpora, rap_error *err)
{
    uint8_t label;
    rap_status status = RAP_OK;
    for (int kind = 0; !status && kind < RAP_NET_LABELS; kind++)
        if (!corpora->labels[kind].count)
            status = label_of(corpora, (rap_net_labels)kind, RAP_LIT("_"), true, &label,
                              err);
    return status;
}

static rap_status banks_read(const rap_train_options *options, train_corpora *corpora,
                             rap_error *err)
{
    rap_status status = RAP_OK;
    reading r = {corpora, &corpora->bank, options, true};
    for (uint32_t i = 0; !status && i < options->treebank.count; i++)
        status = treebank_read(&r, options->treebank.at[i], err);
    if (!status) status = names_read(corpora, r.bank, 1, options->names, err);
    corpora->without_names = count_without_names(&corpora->bank);
    if (!status) status = some_labels(corpora, err);
    if (!status && !corpora->bank.sentence.count)
        return rap_fail(err, RAP_E_INPUT, 0, "the treebanks hold no sentence");
    return status;
}

static rap_status dev_read(const rap_train_options *options, train_corpora *corpora,
                           rap_error *err)
{
    rap_status status = RAP_OK;
    corpora->dev_count = options->dev.count;
    corpora->dev = train_new(corpora->arena, train_treebank, options->dev.count + 1);
    reading r = {corpora, NULL, options, false};
    for (uint32_t i = 0; !status && i < options->dev.count; i++) {
        r.bank = &corpora->dev[i];
        status = treebank_read(&r, options->dev.at[i], err);
    }
    if (!status)
        status = names_read(corpora, corpora->dev, corpora->dev_count,
                            options->dev_names, err);
    return status;
}

rap_status train_corpora_read(const rap_train_options *options, rap_arena *arena,
                              train_corpora *out, rap_error *err)
{
    *out = (train_corpora){.arena = arena, .types.arena = arena};
    rap_language language;
    uint8_t none;
    rap_status status =
        label_of(out, RAP_NET_ENTITY, rap_slice_of(ENTITY_NONE), true, &none, err);
    if (!status) status = banks_read(options, out, err);
    if (!status) status = dev_read(options, out, err);
    if (!status) status = rap_language_open(options->language, &language, err);
    for (uint32_t i = 0; !status && i < options->text.count; i++)
        status = train_text_read(&language, options->text.at[i], out, err);
    return status;
}
