/*
 * rapporteur.c - the engine's handle, errors, and the walk over a caller's input.
 */
#include "reading_private.h"

#include <errno.h>
#include <stdlib.h>

enum { OWN_BYTES = 64 * 1024 * 1024 }; /* the largest file of actors or issues */

static_assert((int)RAPPORTEUR_E_STOPPED == (int)RAP_E_STOPPED,
              "the installed statuses are those of base.h");
static_assert((int)RAPPORTEUR_CONLLU == (int)RAP_MEDIA_CONLLU,
              "the installed media are those of ingest.h");

rapporteur_status rap_face_error(rap_status status, const rap_error *from,
                                 rapporteur_error *to)
{
    if (to) *to = (rapporteur_error){0};
    if (status && to) {
        to->status = (rapporteur_status)from->status;
        to->at = from->at;
        (void)snprintf(to->code, sizeof to->code, "%s", from->code);
        (void)snprintf(to->text, sizeof to->text, "%s", from->text);
    }
    return (rapporteur_status)status;
}

const char *rapporteur_version(void)
{
    return RAP_VERSION;
}

/* ---- the engine ------------------------------------------------------------------ */

static rap_status read_stream(FILE *file, const char *path, char **out, uint32_t *len,
                              rap_error *err)
{
    size_t size = 0, capacity = 64 * 1024;
    char *bytes = malloc(capacity);
    if (!bytes) return rap_fail(err, RAP_E_NOMEM, 0, "%s: no memory to read it", path);
    while (!feof(file) && !ferror(file)) {
        if (size == capacity) {
            char *wider = capacity < OWN_BYTES ? realloc(bytes, capacity * 2) : NULL;
            if (!wider) break;
            bytes = wider;
            capacity *= 2;
        }
        size += fread(bytes + size, 1, capacity - size, file);
    }
    rap_status status = RAP_OK;
    if (ferror(file))
        status = rap_fail(err, RAP_E_IO, 0, "%s: %s", path, strerror(errno));
    else if (!feof(file))
        status = rap_fail(err, RAP_E_LIMIT, size,
                          "%s: a file of this kind may have %d bytes", path, OWN_BYTES);
    if (status) {
        free(bytes);
        return status;
    }
    *out = bytes;
    *len = (uint32_t)size;
    return RAP_OK;
}

rap_status rap_read_file(const char *path, char **out, uint32_t *len, rap_error *err)
{
    FILE *file = fopen(path, "rb");
    if (!file) return rap_fail(err, RAP_E_IO, 0, "%s: %s", path, strerror(errno));
    const rap_status status = read_stream(file, path, out, len, err);
    (void)fclose(file);
    return status;
}

rapporteur_status rapporteur_open(const rapporteur_options *options, rapporteur **out,
                                  rapporteur_error *err)
{
    rap_error why = {0};
    *out = NULL;
    rapporteur *engine = calloc(1, sizeof *engine);
    if (!engine)
        return rap_face_error(
            rap_fail(&why, RAP_E_NOMEM, 0, "no memory for the engine"), &why, err);
    rap_engine_options inner = {
        .language = "en", .actors = RAP_LIT(""), .actors_path = ""};
    if (options && options->language) inner.language = options->language;
    (void)snprintf(engine->language, sizeof engine->language, "%.3s", inner.language);
    rap_status status = options ? rap_own_open(options, engine, &inner, &why) : RAP_OK;
    if (!status) status = rap_engine_open(&inner, &engine->engine, &why);
    if (status)
        rapporteur_close(engine);
    else
        *out = engine;
    return rap_face_error(status, &why, err);
}

void rapporteur_close(rapporteur *engine)
{
    if (!engine) return;
    rap_engine_close(engine->engine);
    rap_own_close(engine);
    free(engine);
}

/* ---- the caller's input ---------------------------------------------------------- */

rap_status rap_teller_done(rap_teller *teller, uint64_t bytes, rap_error *err)
{
    teller->done++;
    teller->bytes += bytes;
    const rapporteur_input *input = teller->input;
    if (input->progress &&
        input->progress(input->state, teller->done, teller->total, teller->bytes))
        return rap_fail(err, RAP_E_STOPPED, 0, "stopped after %llu documents",
                        (unsigned long long)teller->done);
    return RAP_OK;
}

void rap_teller_complain(const rap_teller *teller, const char *path,
                         const rap_error *err)
{
    rapporteur_error said;
    (void)rap_face_error(err->status, err, &said);
    if (teller->input->complain)
        teller->input->complain(teller->input->state, path, &said);
}

static rap_status check_date(const char *date, rap_error *err)
{
    rap_date read;
    const rap_slice s = rap_slice_of(date);
    if (!s.len || rap_date_read_iso(s, &read) == s.len) return RAP_OK;
    return rap_fail(err, RAP_E_USAGE, 0,
                    "\"%s\" is no date; write YYYY, YYYY-MM or YYYY-MM-DD", date);
}

rap_status rap_input_walk(const rapporteur_input *input, rap_item_sink sink,
                          void *state, rap_error *err)
{
    const rap_ingest_options options = {
        .media = (rap_media)input->media,
        .given = {rap_slice_of(input->title), rap_slice_of(input->author),
                  rap_slice_of(input->outlet), rap_slice_of(input->url),
                  rap_slice_of(input->date)},
        .meta = input->meta};
    rap_status status = check_date(input->date, err);
    for (size_t i = 0; !status && i < input->path_count; i++)
        status = rap_ingest_walk(input->paths[i], &options, sink, state, err);
    return status;
}
