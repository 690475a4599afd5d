/*
 * annotate.c - documents in, lines out, in the order given; nothing is kept.
 */
#include "reading_private.h"

#include <errno.h>

typedef struct annotating {
    rap_pool *pool;
    rap_teller teller;
    rapporteur_format format;
    FILE *out;
    uint64_t bad;
} annotating;

/* In a thread of the pool: only reads `state`. A bad document has no CoNLL-U. */
static rap_status print_document(void *state, rap_job *job, rap_error *err)
{
    const annotating *a = state;
    if (a->format == RAPPORTEUR_JSONL)
        job->text = rap_document_json(&job->document, &job->len);
    else if (!job->document.error.status)
        job->text = rap_document_conllu(&job->document, &job->len);
    else
        return RAP_OK;
    if (job->text) return RAP_OK;
    return rap_fail(err, RAP_E_NOMEM, 0, "%s: no memory to print it", job->item.path);
}

static rap_status write_document(void *state, rap_job *job, rap_error *err)
{
    annotating *a = state;
    if (job->document.error.status) {
        a->bad++;
        rap_teller_complain(&a->teller, job->item.path, &job->document.error);
    }
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
    annotating a = {.teller = {.input = input}, .format = format, .out = out};
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
