/*
 * fuzz_ingest.c - any bytes as a file: the walk over archives and lines, and decoding.
 *
 * The bytes go through a file in memory, so that archives are read as from disk. Every
 * text must be UTF-8 and every offset must lead back into the source.
 */
#include "ingest.h"
#include "text.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const rap_item *item, const rap_decoded *d)
{
    if (rap_utf8_bad(d->text) != d->text.len) abort();
    uint32_t last = 0;
    for (uint32_t at = 0; at <= d->text.len && at < 65536; at++) {
        const uint32_t source = rap_run_source(d->runs, d->run_count, at);
        if (source > item->bytes.len || source < last) abort();
        last = source;
    }
    if (rap_run_source(d->runs, d->run_count, d->text.len) > item->bytes.len) abort();
}

static rap_status decode(void *state, const rap_item *item, rap_error *err)
{
    (void)state;
    (void)err;
    rap_arena arena = RAP_ARENA((size_t)512 << 20);
    rap_decoded d;
    rap_error why;
    if (!item->error && !rap_ingest_decode(item, &arena, &d, &why)) check(item, &d);
    rap_arena_free(&arena);
    return RAP_OK;
}

/* The first byte chooses a label, so that all decoders are reached. */
static void decode_labelled(const uint8_t *data, size_t size)
{
    static const char *const labels[] = {"",       "gbk",    "big5",      "iso-2022-jp",
                                         "euc-jp", "euc-kr", "shift_jis", "koi8-r"};
    rap_item item = {.path = "f",
                     .media = data[0] & 8 ? RAP_MEDIA_HTML : RAP_MEDIA_PLAIN};
    item.charset = rap_slice_of(labels[data[0] & 7]);
    item.bytes = (rap_slice){(const char *)data + 1, (uint32_t)(size - 1)};
    (void)decode(NULL, &item, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size || size > 1 << 20) return 0;
    decode_labelled(data, size);
    const int file = memfd_create("fuzz", 0);
    if (file < 0) return 0;
    char path[40];
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    rap_error err;
    if (write(file, data, size) == (ssize_t)size &&
        rap_ingest_walk(path, NULL, decode, NULL, &err))
        abort();
    const rap_ingest_options sheet = {.meta = path};
    (void)!rap_ingest_walk("/dev/null", &sheet, decode, NULL, &err);
    (void)close(file);
    return 0;
}
