/*
 * fuzz_lemma.c - any arrays as a lemmatiser: they are refused, or every form has a lemma
 * within its room.
 */
#include <stdlib.h>

#include "syntax_lemma.h"

typedef struct source { /* what is left of the input, and the arrays made from it */
    const uint8_t *at;
    size_t size;
    void *array[24];
    uint32_t arrays;
} source;

/* `count` elements in memory of their own, so that ASan sees one too far; zeros where the
 * input ends. */
static void *take(source *from, size_t count, size_t size)
{
    const size_t bytes = count * size;
    uint8_t *made = calloc(1, bytes ? bytes : 1);
    if (!made) abort();
    const size_t given = bytes < from->size ? bytes : from->size;
    if (given) memcpy(made, from->at, given);
    from->at += given;
    from->size -= given;
    from->array[from->arrays++] = made;
    return made;
}

static lemma_table take_table(source *from, uint32_t count, uint32_t bits, bool values)
{
    lemma_table table = {.count = count, .bits = bits};
    uint32_t *start = take(from, ((size_t)1 << bits) + 1, sizeof *start);
    start[0] = 0;
    start[(size_t)1 << bits] = count;
    table.start = start;
    table.key = take(from, count, sizeof *table.key);
    if (values) table.value = take(from, count, sizeof *table.value);
    return table;
}

static lemma_model take_model(source *from)
{
    const uint8_t *size = take(from, 10, 1);
    lemma_model m = {.tags = size[0] & 3u,
                     .classes = size[1] & 3u,
                     .scripts = size[2] & 7u,
                     .lists = size[3] & 3u};
    m.add.len = size[4] & 15u;
    m.add.at = take(from, m.add.len, 1);
    m.class_of = take(from, (size_t)RAP_UPOS_COUNT * (m.tags + 1), 1);
    m.cases = take(from, (size_t)m.classes * LEMMA_SHAPES * LEMMA_HABITS, 1);
    m.script_case = take(from, m.scripts, 1);
    m.script_strip = take(from, m.scripts, 1);
    m.script_off = take(from, m.scripts, sizeof *m.script_off);
    m.add_start = take(from, m.scripts + 1, sizeof *m.add_start);
    m.list = take(from, (size_t)m.lists * LEMMA_CHOICES, sizeof *m.list);
    m.words = take_table(from, size[5] & 7u, 1 + (size[6] & 1u), true);
    m.endings = take_table(from, size[7] & 7u, 1 + (size[6] >> 1 & 1u), true);
    m.common = take_table(from, size[8] & 7u, 1, false);
    return m;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4096) return 0;
    source from = {.at = data, .size = size};
    const lemma_model model = take_model(&from);
    const uint32_t len = (uint32_t)from.size;
    const rap_slice form = {take(&from, len, 1), len};
    char out[LEMMA_BYTES];
    if (lemma_check(&model, NULL) == RAP_OK)
        for (uint32_t tag = 0; tag <= model.tags; tag++)
            for (uint32_t room = 0; room <= sizeof out; room += 64)
                if (lemma_of(&model, form, RAP_NOUN, tag, out, room) > room) abort();
    for (uint32_t i = 0; i < from.arrays; i++) free(from.array[i]);
    return 0;
}
