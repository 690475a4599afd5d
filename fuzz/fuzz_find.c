/* fuzz_find.c - any bytes as a question: never FTS5 syntax, never SQL, never an error.
 */
#include "store.h"

#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[] = "/tmp/rap-fuzz-find-XXXXXX";

static void remove_record(void)
{
    (void)unlink(path);
}

static rap_store *empty_record(void)
{
    rap_store *store = NULL;
    rap_error err;
    const int file = mkstemp(path);
    if (file < 0 || close(file) != 0 || atexit(remove_record) != 0 ||
        rap_store_open(path, RAP_STORE_CREATE, &store, &err) != RAP_OK)
        abort();
    rap_store_close(store);
    if (rap_store_open(path, RAP_STORE_READ, &store, &err) != RAP_OK) abort();
    return store;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static rap_store *store;
    if (!store) store = empty_record();
    if (size > 1u << 20) return 0;
    rap_arena arena = RAP_ARENA(1u << 26);
    char *question = malloc(size + 1);
    if (!question) return 0;
    if (size) memcpy(question, data, size);
    question[size] = 0;
    const rap_filter filter = {.about = question,
                               .actor = question,
                               .place = question,
                               .document = question,
                               .id = question};
    rap_entries entries;
    rap_error err;
    if (rap_store_find(store, question, &filter, &arena, &entries, &err) != RAP_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
        abort();
    }
    const rap_filter dated = {.since = question};
    const rap_status status = rap_store_entries(store, &dated, &arena, &entries, &err);
    if (status != RAP_OK && status != RAP_E_USAGE) {
        (void)fprintf(stderr, "%s\n", err.text);
        abort();
    }
    free(question);
    rap_arena_free(&arena);
    return 0;
}
