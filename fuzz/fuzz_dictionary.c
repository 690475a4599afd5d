/*
 * fuzz_dictionary.c - any bytes as a dictionary; the first byte picks the kind.
 */
#include <stdlib.h>

#include "dictionary.h"

static uint64_t size_of_input;

static void check(void *state, const rap_error *err)
{
    (void)state;
    if (err->at > size_of_input) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const name[] = {"x.actors.txt", "x.agents.txt", "x.discards.txt",
                                       "x.verbs.txt", "CAMEO.txt"};
    if (!size || size > 1 << 20) return 0;
    char *copy = malloc(size); /* exact size: ASan sees one byte too far */
    if (!copy) abort();
    memcpy(copy, data + 1, size - 1);
    size_of_input = size - 1;
    const rap_dictionary_file file = {name[data[0] % 5], {copy, (uint32_t)size - 1}};
    rap_dictionary *d;
    rap_error err;
    if (rap_dictionary_open(&file, 1, check, NULL, &d, &err) == RAP_OK) {
        for (uint32_t i = 0; i < d->actors; i++)
            (void)rap_dictionary_code_on(&d->code[d->actor[i].code], d->actor[i].codes,
                                         10000, 10001);
        rap_dictionary_close(d);
    } else if (err.status != RAP_E_NOMEM) {
        abort();
    }
    free(copy);
    return 0;
}
