/*
 * fuzz_actors.c - any bytes as the person's own actor file, as an office, as names.
 */
#include <stdlib.h>

#include "alike.h"

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
    rap_name_knowledge *knowledge;
    rap_error err;
    if (size > 1 << 20 || rap_language_open("en", &language, &err)) return 0;
    const rap_slice own = copy_of(data, size);
    const rap_status status =
        rap_name_open(&language, own, "own.tsv", &knowledge, &err);
    if (status == RAP_OK) {
        rap_slice country, code;
        (void)rap_name_country(knowledge, own, &country, &code);
        rap_tenure tenure[4];
        uint32_t count = 0;
        (void)rap_name_office(knowledge, own, 12000, 12000, tenure, 4, &count);
        (void)rap_name_office(knowledge, rap_slice_sub(own, own.len / 2, own.len),
                              RAP_NO_DAY, RAP_NO_DAY, tenure, 4, &count);
        const rap_slice half = rap_slice_sub(own, 0, own.len / 2);
        const rap_person_known a = {.name = own, .country = half},
                               b = {.name = half, .country = half};
        rap_alike alike;
        char bucket[RAP_ALIKE_BYTES];
        (void)rap_actor_alike(knowledge, &a, &b, &alike);
        (void)rap_alike_bucket(knowledge, own, bucket);
        rap_name_close(knowledge);
    } else if (status == RAP_E_INPUT && err.at > size) {
        abort();
    }
    free((void *)(uintptr_t)own.at);
    return 0;
}
