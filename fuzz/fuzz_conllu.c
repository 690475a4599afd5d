/*
 * fuzz_conllu.c - any bytes as CoNLL-U or IOB2, and through every stage with given tokens.
 *
 * The first byte chooses: the readers alone, or the whole way with its output read again.
 */
#include "conllu.h"
#include "pipeline.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_within(rap_slice outer, rap_slice inner)
{
    return !inner.len ||
           (inner.at >= outer.at && inner.at + inner.len <= outer.at + outer.len);
}

static void check_words(rap_slice bytes, const rap_conllu *file)
{
    uint32_t next = 0;
    for (uint32_t s = 0; s < file->sentences; s++) {
        const rap_conllu_sentence *sentence = &file->sentence[s];
        if (sentence->first != next || !sentence->count) abort();
        if (!is_within(bytes, sentence->comments) || !is_within(bytes, sentence->text))
            abort();
        next += sentence->count;
        for (uint32_t w = sentence->first; w < next; w++) {
            const rap_conllu_word *word = &file->word[w];
            if (!word->form.len || !is_within(bytes, word->form)) abort();
            if (word->head != RAP_NONE && word->head > sentence->count) abort();
            if (word->multi != RAP_NONE && (file->multi[word->multi].first > w ||
                                            file->multi[word->multi].last < w))
                abort();
        }
    }
    if (next != file->words) abort();
}

static void read_alone(rap_slice bytes, bool iob2)
{
    rap_arena arena = RAP_ARENA((size_t)16 << 20);
    rap_conllu file;
    rap_error err;
    const rap_status status = iob2 ? rap_iob2_read(bytes, &arena, &file, &err)
                                   : rap_conllu_read(bytes, &arena, &file, &err);
    if (status == RAP_OK)
        check_words(bytes, &file);
    else if (status == RAP_E_INPUT && err.at > bytes.len)
        abort();
    rap_arena_free(&arena);
}

static void read_document(const rap_engine *engine, rap_slice bytes, rap_document *doc)
{
    const rap_item item = {.path = "fuzz", .bytes = bytes, .media = RAP_MEDIA_CONLLU};
    rap_error err = {0};
    rap_document_clear(doc);
    if (rap_document_read(engine, &item, &(rap_analysis_options){0}, doc, &err))
        abort();
    if (strcmp(doc->error.code, "layer") == 0) {
        (void)fprintf(stderr, "%s\n", doc->error.text);
        abort();
    }
}

/* What is printed must be read, as the same words. */
static void go_all_the_way(rap_slice bytes)
{
    static rap_engine *engine;
    static rap_document doc, again;
    rap_error err = {0};
    if (!engine &&
        rap_engine_open(&(rap_engine_options){.language = "en"}, &engine, &err))
        abort();
    read_document(engine, bytes, &doc);
    size_t len = 0;
    char *json = rap_document_json(&doc, &len);
    if (!json || json[len - 1] != '\n') abort();
    free(json);
    char *words = rap_document_conllu(&doc, &len);
    if (!words) abort();
    if (!doc.error.status) {
        read_document(engine, (rap_slice){words, (uint32_t)len}, &again);
        if (again.error.status || again.tokens.count != doc.tokens.count ||
            again.tokens.sentences != doc.tokens.sentences)
            abort();
    }
    free(words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size || size > 1 << 16) return 0;
    const rap_slice bytes = {(const char *)data + 1, (uint32_t)size - 1};
    if (data[0] & 1)
        go_all_the_way(bytes);
    else
        read_alone(bytes, data[0] & 2);
    return 0;
}
