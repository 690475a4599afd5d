/*
 * fuzz_issues.c - any bytes as the person's own issue file.
 */
#include <stdlib.h>

#include "finding.h"

static rap_slice copy_of(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + 1); /* exact size: ASan sees one byte too far */
    if (!copy) abort();
    memcpy(copy, data, size);
    return (rap_slice){copy, (uint32_t)size};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rap_language language;
    rap_finding_knowledge *knowledge;
    rap_error err;
    if (size > 1 << 20 || rap_language_open("en", &language, &err)) return 0;
    const rap_slice own = copy_of(data, size);
    const rap_status status =
        rap_finding_open(&language, own, "own.tsv", &knowledge, &err);
    if (status == RAP_OK)
        rap_finding_close(knowledge);
    else if (status == RAP_E_INPUT && err.at > size)
        abort();
    free((void *)(uintptr_t)own.at);
    return 0;
}
