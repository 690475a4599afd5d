/*
 * record_verify.c - is a record whole, and does it show what its ground truth gives?
 *
 * Method  a deep check copies the record into a folder of its own, readable by nobody else,
 *         rebuilds the copy, and compares what both show; the copy is removed.
 */
#include "decide.h"
#include "reading_private.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static void print_line(void *state, const char *line)
{
    FILE *out = state;
    (void)fprintf(out, "%s\n", line);
}

/* A purge that was cut off is finished before the file is judged. */
static rap_status open_finished(const char *path, rap_store **out, rap_error *err)
{
    bool purging = false;
    rap_status status = rap_store_open(path, RAP_STORE_READ, out, err);
    if (!status) status = rap_store_is_purging(*out, &purging, err);
    if (status || !purging) return status;
    rap_store_close(*out);
    rap_error why;
    if (!rap_store_open(path, RAP_STORE_WRITE, out, &why)) rap_store_close(*out);
    return rap_store_open(path, RAP_STORE_READ, out, err);
}

rapporteur_status rapporteur_verify(const char *path, FILE *out, uint64_t *wrong,
                                    rapporteur_error *err)
{
    rap_error why = {0};
    rap_store *store = NULL;
    uint32_t count = 0;
    rap_status status = open_finished(path, &store, &why);
    if (!status) status = rap_store_verify(store, print_line, out, &count, &why);
    rap_store_close(store);
    if (wrong) *wrong = count;
    return rap_face_error(status, &why, err);
}

/* ---- against a rebuild ----------------------------------------------------------------- */

typedef struct copy {
    char folder[256], path[288];
} copy;

static rap_status make_folder(copy *c, rap_error *err)
{
    const char *temporary = getenv("TMPDIR");
    (void)snprintf(c->folder, sizeof c->folder, "%s/rapporteur-XXXXXX",
                   temporary && *temporary ? temporary : "/tmp");
    if (!mkdtemp(c->folder))
        return rap_fail(err, RAP_E_IO, 0, "%s: %s", c->folder, strerror(errno));
    (void)snprintf(c->path, sizeof c->path, "%s/rebuilt.rapporteur", c->folder);
    return RAP_OK;
}

static void remove_copy(const copy *c)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    char file[320];
    for (uint32_t i = 0; i < 4; i++) {
        (void)snprintf(file, sizeof file, "%s%s", c->path, endings[i]);
        (void)unlink(file);
    }
    (void)rmdir(c->folder);
}

static rap_status rebuild_copy(rapporteur *engine, const copy *c, rap_error *err)
{
    const rapporteur_input input = {0};
    rapporteur_error why;
    if (!rapporteur_rebuild(engine, c->path, &input, NULL, &why)) return RAP_OK;
    return rap_fail(err, (rap_status)why.status, 0, "the copy: %s", why.text);
}

static rap_status compare(rapporteur *engine, rap_store *store, FILE *out,
                          uint32_t *wrong, rap_error *err)
{
    copy c = {{0}, {0}};
    rap_status status = make_folder(&c, err);
    if (status) return status;
    status = rap_store_copy_to(store, c.path, err);
    if (!status) status = rebuild_copy(engine, &c, err);
    if (!status) status = rap_store_compare(store, c.path, print_line, out, wrong, err);
    remove_copy(&c);
    return status;
}

rapporteur_status rapporteur_verify_deep(rapporteur *engine, const char *path,
                                         FILE *out, uint64_t *wrong,
                                         rapporteur_error *err)
{
    rap_error why = {0};
    rap_store *store = NULL;
    uint32_t differ = 0;
    rapporteur_status status = rapporteur_verify(path, out, wrong, err);
    if (status || (wrong && *wrong)) return status;
    rap_status inner = rap_store_open(path, RAP_STORE_READ, &store, &why);
    if (!inner) inner = compare(engine, store, out, &differ, &why);
    rap_store_close(store);
    if (wrong) *wrong = differ;
    return rap_face_error(inner, &why, err);
}
