/* fuzz_decide.c - any bytes as decisions: each is taken or refused with a sentence, and the
 * record verifies after every one. */
#include "decide.h"

#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROUNDS = 64, MOST_PARTS = 6 }; /* the log is begun anew now and then */

static char folder[] = "/tmp/rap-fuzz-decide-XXXXXX", path[64];

static void remove_record(void)
{
    static const char *const ending[] = {"", "-wal", "-shm", "-journal"};
    char file[80];
    for (unsigned i = 0; i < 4; i++) {
        (void)snprintf(file, sizeof file, "%s%s", path, ending[i]);
        (void)unlink(file);
    }
    (void)rmdir(folder);
}

static void must(rap_status status, const rap_error *err)
{
    if (status == RAP_OK) return;
    (void)fprintf(stderr, "%s\n", err->text);
    abort();
}

/* A report in which two people say the same. */
static void put_report(rap_store *store, const char *text, const char *name)
{
    static const uint32_t first = 0, second = 1;
    const rap_span said = {4, 20};
    const rap_stored_spans spans = {"content", &said, 1};
    const rap_stored_actor actors[] = {
        {.key = "person:ada quill", .name = "Ada Quill", .kind = "person"},
        {.key = "person:bo faber", .name = "Bo Faber", .kind = "person"}};
    const rap_stored_mention mentions[] = {{{0, 3}, 0, "name", 0.9},
                                           {{21, 24}, 1, "name", 0.9}};
    rap_stored_reading reading[2];
    for (int i = 0; i < 2; i++)
        reading[i] = (rap_stored_reading){.kind = RAP_ENTRY_STATEMENT,
                                          .anchor = said,
                                          .what = "words",
                                          .who = i ? &second : &first,
                                          .who_count = 1,
                                          .host = RAP_NONE,
                                          .earliest = RAP_NO_DAY,
                                          .latest = RAP_NO_DAY,
                                          .confidence = 0.9,
                                          .spans = &spans,
                                          .span_groups = 1};
    const rap_stored_zone zone = {{0, (uint32_t)strlen(text)}, "body", NULL};
    const rap_stored_document document = {.sha256 = rap_sha256_of(rap_slice_of(text)),
                                          .bytes = rap_slice_of(text),
                                          .path = name,
                                          .added_at = "2031",
                                          .text = rap_slice_of(text),
                                          .text_is_source = true,
                                          .published_earliest = RAP_NO_DAY,
                                          .published_latest = RAP_NO_DAY,
                                          .zones = &zone,
                                          .zone_count = 1,
                                          .actors = actors,
                                          .actor_count = 2,
                                          .mentions = mentions,
                                          .mention_count = 2,
                                          .readings = reading,
                                          .reading_count = 2};
    rap_error err;
    must(rap_store_begin(store, &err), &err);
    must(rap_store_put(store, &document, &err), &err);
    must(rap_store_join(store, &err), &err);
    must(rap_store_commit(store, &err), &err);
}

static rap_store *fresh_record(void)
{
    rap_store *store = NULL;
    rap_error err;
    static bool made;
    if (!made && (!mkdtemp(folder) || atexit(remove_record) != 0)) abort();
    made = true;
    (void)snprintf(path, sizeof path, "%s/r", folder);
    (void)unlink(path);
    must(rap_store_open(path, RAP_STORE_CREATE, &store, &err), &err);
    put_report(store, "Ada said these words Bo said them as well.", "one.txt");
    put_report(store, "Ada said these words Bo said them again.", "two.txt");
    return store;
}

static void say(void *state, const char *line)
{
    (void)state;
    (void)fprintf(stderr, "%s\n", line);
}

/* The first byte says what, the lines behind it on what and how. */
static rap_status decide(rap_store *store, uint8_t how, char *const part[MOST_PARTS],
                         rap_error *err)
{
    const char *what[2] = {part[0], part[1]};
    const rap_setting set = {part[2], part[3]};
    rap_decided decided;
    const rap_decision d = {.kind = (rap_decision_kind)(how % RAP_DECIDE_KINDS),
                            .at = "2031",
                            .who = how & 64 ? "ann" : "bea",
                            .reason = part[4],
                            .final = how & 128,
                            .what = what,
                            .count = how & 32 ? 2 : 1,
                            .actors = how & 16,
                            .set = &set,
                            .sets = 1,
                            .text = part[5]};
    if (d.kind == RAP_DECIDE_PURGE)
        return rap_store_purge(store, &d, how & 16 ? NULL : part[0],
                               how & 16 ? part[0] : NULL, &decided, err);
    return rap_store_decide(store, &d, &decided, err);
}

/* False: documents are to be read again, which nobody does here. */
static bool run(rap_store *store, uint8_t how, char *const part[MOST_PARTS])
{
    rap_error err;
    must(rap_store_begin(store, &err), &err);
    const rap_status status = decide(store, how, part, &err);
    if (status && status != RAP_E_USAGE && status != RAP_E_NOTFOUND) must(status, &err);
    if (status) {
        rap_store_rollback(store);
        return true;
    }
    must(rap_store_join(store, &err), &err);
    must(rap_store_commit(store, &err), &err);
    if (how % RAP_DECIDE_KINDS == RAP_DECIDE_PURGE) {
        must(rap_store_finish_purge(store, &err), &err);
        return false;
    }
    uint32_t wrong = 0;
    must(rap_store_verify(store, say, NULL, &wrong, &err), &err);
    if (wrong) abort();
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static rap_store *store;
    static unsigned rounds;
    if (!size || size > 1u << 16) return 0;
    if (store && ++rounds % ROUNDS == 0) {
        rap_store_close(store);
        store = NULL;
    }
    if (!store) store = fresh_record();
    char *words = calloc(1, size + 1), *part[MOST_PARTS];
    if (!words) return 0;
    memcpy(words, data + 1, size - 1);
    char *rest = words;
    for (unsigned i = 0; i < MOST_PARTS; i++) {
        part[i] = rest;
        rest += strcspn(rest, "\n");
        if (*rest) *rest++ = 0;
    }
    if (!run(store, data[0], part)) {
        rap_store_close(store);
        store = NULL;
    }
    free(words);
    return 0;
}
