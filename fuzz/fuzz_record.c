/*
 * fuzz_record.c - wordings, copies and blocks of any bytes.
 *
 * The first byte tells where the input is cut in two texts.
 */
#include "record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || size > 1u << 20) return 0;
    const char *bytes = (const char *)data + 1;
    const uint32_t len = (uint32_t)size - 1, cut = len * data[0] / 256;
    const rap_slice left = {bytes, cut}, right = {bytes + cut, len - cut};
    rap_map stop = {0};
    rap_arena arena = RAP_ARENA(16u << 20);
    const rap_alignment x = rap_record_align(left, right, &stop);
    if (x.left.end > left.len || x.right.end > right.len || x.words > x.heavy) abort();
    rap_copy copy = {0};
    if (!rap_copy_add(&copy, left, &arena)) abort();
    const rap_fact fact = {.kind = RAP_ENTRY_STATEMENT,
                           .anchor_words = left,
                           .earliest = RAP_NO_DAY,
                           .latest = RAP_NO_DAY};
    uint64_t block[RAP_RECORD_BLOCKS];
    if (rap_record_blocks(&fact, block) > RAP_RECORD_BLOCKS) abort();
    rap_arena_free(&arena);
    return 0;
}
