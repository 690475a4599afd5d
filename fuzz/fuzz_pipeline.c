/*
 * fuzz_pipeline.c - any bytes through every stage: the layers must be what their headers say.
 *
 * The first byte chooses plain text or HTML and whether zones are read.
 */
#include "pipeline.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static rap_engine *engine;
    static rap_document document;
    rap_error err = {0};
    if (!engine &&
        rap_engine_open(&(rap_engine_options){.language = "en"}, &engine, &err))
        abort();
    if (!size) return 0;
    const rap_slice bytes = {(const char *)data + 1, (uint32_t)size - 1};
    const rap_item item = {.path = "fuzz",
                           .bytes = bytes,
                           .media = data[0] & 1 ? RAP_MEDIA_HTML : RAP_MEDIA_PLAIN};
    rap_document_clear(&document);
    if (rap_document_read(engine, &item, &(rap_analysis_options){.whole = data[0] & 2},
                          &document, &err))
        abort();
    if (strcmp(document.error.code, "layer") == 0) {
        (void)fprintf(stderr, "%s\n", document.error.text);
        abort();
    }
    size_t len = 0;
    char *json = rap_document_json(&document, &len);
    if (!json || json[len - 1] != '\n') abort();
    free(json);
    return 0;
}
