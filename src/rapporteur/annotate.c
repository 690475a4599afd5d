/*
 * annotate.c - documents in, lines out, in the order given; nothing is kept.
 */
#include "reading_private.h"

#include <errno.h>

typedef struct annotating {
    rap_pool *pool;
    rap_teller teller;
    const rap_engine *engine;
    rapporteur_format format;
    FILE *out;
    uint64_t bad, written;
} annotating;

/* ---- formats ---------------------------------------------------------------------- */

int rapporteur_format_of(const char *name, rapporteur_format *out)
{
    static const char *const names[] = {"jsonl", "conllu",         "plover", "cameo",
                                        "gdelt", "gdelt-mentions", "brat",   "timeml"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) return *out = (rapporteur_format)i, 1;
    return 0;
}

char *rap_document_text(const rap_document *document, const rap_engine *engine,
                        rapporteur_format format, size_t *len)
{
    const rap_places *places = rap_engine_places(engine);
    switch (format) {
    case RAPPORTEUR_CONLLU_OUT:
        return rap_document_conllu(document, len);
    case RAPPORTEUR_PLOVER:
        return rap_document_coded(document, places, RAP_CODED_PLOVER, len);
    case RAPPORTEUR_CAMEO:
        return rap_document_coded(document, places, RAP_CODED_CAMEO, len);
    case RAPPORTEUR_GDELT:
        return rap_document_coded(document, places, RAP_CODED_GDELT, len);
    case RAPPORTEUR_GDELT_MENTIONS:
        return rap_document_coded(document, places, RAP_CODED_GDELT_MENTIONS, len);
    case RAPPORTEUR_BRAT:
        return rap_document_brat(document, len);
    case RAPPORTEUR_TIMEML:
        return rap_document_timeml(document, len);
    case RAPPORTEUR_EXPLAINED:
        return rap_document_json_explained(document, len);
    default:
        return rap_document_json(document, len);
    }
}

/* ---- the pool --------------------------------------------------------------------- */

/* In a thread of the pool: only reads `state`. Of formats JSON alone has a place for what
 * went wrong. */
static rap_status print_document(void *state, rap_job *job, rap_error *err)
{
    const annotating *a = state;
    const bool json =
        a->format == RAPPORTEUR_JSONL || a->format == RAPPORTEUR_EXPLAINED;
    if (job->document.error.status && !json) return RAP_OK;
    job->text = rap_document_text(&job->document, a->engine, a->format, &job->len);
    if (job->text) return RAP_OK;
    return rap_fail(err, RAP_E_NOMEM, 0, "%s: no memory to print it", job->item.path);
}

static bool is_one_a_file(rapporteur_format format)
{
    return format == RAPPORTEUR_BRAT || format == RAPPORTEUR_TIMEML;
}

static rap_status write_document(void *state, rap_job *job, rap_error *err)
{
    annotating *a = state;
    if (job->document.error.status) {
        a->bad++;
        rap_teller_complain(&a->teller, job->item.path, &job->document.error);
    }
    if (job->text && a->written++ && is_one_a_file(a->format))
        return rap_fail(err, RAP_E_USAGE, 0,
                        "%s: brat and TimeML hold one document a file; add the reports "
                        "to a record and export that",
                        job->item.path);
    if (job->text && fwrite(job->text, 1, job->len, a->out) != job->len)
        return rap_fail(err, RAP_E_IO, 0, "the output cannot be written: %s",
                        strerror(errno));
    return rap_teller_done(&a->teller, job->item.bytes.len, err);
}

static rap_status submit(void *state, const rap_item *item, rap_error *err)
{
    return rap_pool_submit(((annotating *)state)->pool, item, err);
}

rapporteur_status rapporteur_annotate(rapporteur *engine, const rapporteur_input *input,
                                      rapporteur_format format, int whole, FILE *out,
                                      uint64_t *bad, rapporteur_error *err)
{
    rap_error why = {0};
    annotating a = {.teller = {.input = input},
                    .engine = engine->engine,
                    .format = format,
                    .out = out};
    const rap_pool_options options = {.engine = engine->engine,
                                      .analysis = {.whole = whole != 0},
                                      .threads = input->threads,
                                      .state = &a,
                                      .work = print_document,
                                      .deliver = write_document};
    rap_status status = rap_pool_open(&options, &a.pool, &why);
    if (!status) status = rap_input_walk(input, submit, &a, &why);
    if (!status) status = rap_pool_drain(a.pool, &why);
    rap_pool_close(a.pool);
    if (!status && fflush(out) != 0)
        status = rap_fail(&why, RAP_E_IO, 0, "the output cannot be written: %s",
                          strerror(errno));
    if (bad) *bad = a.bad;
    return rap_face_error(status, &why, err);
}
