/*
 * fuzz_formats.c - any bytes through every stage and out in every format of documents: each is
 * written, and holds no byte that breaks it.
 *
 * The first byte chooses plain text or HTML and whether zones are read.
 */
#include "pipeline.h"
#include "text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool whole)
{
    if (!whole) abort();
}

/* Every line has `tabs` tabs, and no other control character. */
static void check_table(const char *text, size_t len, uint32_t tabs)
{
    uint32_t seen = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\t') seen++;
        if (text[i] == '\n') need(seen == tabs), seen = 0;
        need((unsigned char)text[i] >= 0x20 || text[i] == '\t' || text[i] == '\n');
    }
    need(seen == 0);
}

static void check_coded(const rap_document *document, const rap_places *places)
{
    static const uint32_t tabs[] = {0, 10, 60, 15};
    for (int format = RAP_CODED_PLOVER; format <= RAP_CODED_GDELT_MENTIONS; format++) {
        size_t len;
        char *text =
            rap_document_coded(document, places, (rap_coded_format)format, &len);
        need(text != NULL);
        check_table(text, len, tabs[format]);
        free(text);
    }
}

static void check_standoff(const rap_document *document)
{
    size_t len;
    char *text = rap_document_brat(document, &len);
    need(text != NULL);
    for (const char *line = text; *line; line = strchr(line, '\n') + 1)
        need(strchr("TEA#", *line) && strchr(line, '\n') && strchr(line, '\t'));
    free(text);
}

/* As many elements end as begin, and no character is there that XML cannot hold. */
static void check_timeml(const rap_document *document)
{
    size_t len;
    char *text = rap_document_timeml(document, &len);
    need(text != NULL);
    need(rap_utf8_bad((rap_slice){text, (uint32_t)len}) == len);
    int open = 0;
    for (const char *at = text; (at = strchr(at, '<')) != NULL; at++) {
        const char *end = strchr(at, '>');
        need(end != NULL);
        if (at[1] != '?') open += at[1] == '/' ? -1 : end[-1] == '/' ? 0 : 1;
    }
    need(open == 0);
    free(text);
}

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
    if (document.error.status) return 0;
    check_coded(&document, rap_engine_places(engine));
    check_standoff(&document);
    check_timeml(&document);
    return 0;
}
