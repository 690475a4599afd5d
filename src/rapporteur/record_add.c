/*
 * record_add.c - documents into the record, and the record read anew.
 *
 * Method  the caller's thread walks, asks the store what is known, and writes; threads
 * of the pool read. A batch is one transaction. What a killed run had committed stays
 *         and is known to the next; the meetings it had not joined are joined by
 * whoever opens the record next. The same input gives the same record, whatever the
 * number of threads.
 */
#include "decide.h"
#include "reading_private.h"

#include <time.h>

enum {
    BATCH_DOCUMENTS = 100, /* syncing each document alone halves the speed */
    BATCH_BYTES = 32 * 1024 * 1024
};

typedef struct adding {
    rap_finding_knowledge *knowledge;
    rap_pool *pool;
    rap_store *store;
    rap_teller teller;
    rapporteur_added count;
    char now[32];
    bool open;      /* a transaction is */
    bool again;     /* rebuild: what is known is read once more */
    bool whole;     /* all in the caller's transaction */
    uint32_t batch; /* documents in it */
    uint64_t batch_bytes;
} adding;

/* ---- batches --------------------------------------------------------------------- */

static rap_status end_batch(adding *a, rap_error *err)
{
    if (!a->open) return RAP_OK;
    const rap_status status = rap_store_commit(a->store, err);
    if (status) return status;
    a->open = false;
    a->batch = 0;
    a->batch_bytes = 0;
    return RAP_OK;
}

static rap_status put_in_batch(adding *a, const rap_job *job, rap_error *err)
{
    rap_status status = a->open ? RAP_OK : rap_store_begin(a->store, err);
    if (status) return status;
    a->open = true;
    status = rap_store_put(a->store, &job->stored, err);
    if (status) return status;
    a->batch_bytes += job->item.bytes.len;
    if (a->whole || (++a->batch < BATCH_DOCUMENTS && a->batch_bytes < BATCH_BYTES))
        return RAP_OK;
    return end_batch(a, err);
}

/* ---- the pool's two ends --------------------------------------------------------- */

/* In a thread of the pool: only reads `state`. */
static rap_status prepare(void *state, rap_job *job, rap_error *err)
{
    const adding *a = state;
    return rap_stored_of(a->knowledge, job, a->now, err);
}

/* What could not even be fetched is no document; what was fetched and cannot be read is
 * kept, and a later version may read it. */
static rap_status keep(void *state, rap_job *job, rap_error *err)
{
    adding *a = state;
    bool known = false;
    rap_status status = RAP_OK;
    if (!job->item.error && !a->again) /* the same bytes twice in one input */
        status = rap_store_has(a->store, &job->item.sha256, &known, err);
    if (status) return status;
    if (job->document.error.status && !known) {
        a->count.bad++;
        rap_teller_complain(&a->teller, job->item.path, &job->document.error);
    } else if (known) {
        a->count.unchanged++;
    } else {
        a->count.added++;
    }
    if (!job->item.error && !known) status = put_in_batch(a, job, err);
    return status ? status : rap_teller_done(&a->teller, job->item.bytes.len, err);
}

static rap_status submit_unknown(void *state, const rap_item *item, rap_error *err)
{
    adding *a = state;
    bool known = false;
    if (!item->error) {
        const rap_status status = rap_store_has(a->store, &item->sha256, &known, err);
        if (status) return status;
    }
    if (!known) return rap_pool_submit(a->pool, item, err);
    a->count.unchanged++;
    return rap_teller_done(&a->teller, item->bytes.len, err);
}

/* ---- rebuild --------------------------------------------------------------------- */

static rap_media media_of(const char *name)
{
    for (int media = RAP_MEDIA_PLAIN; media <= RAP_MEDIA_CONLLU; media++)
        if (!strcmp(name, rap_media_name((rap_media)media))) return (rap_media)media;
    return RAP_MEDIA_AUTO;
}

rap_item rap_item_of_stored(const rap_stored_document *d)
{
    return (rap_item){
        .path = d->path,
        .bytes = d->bytes,
        .sha256 = d->sha256,
        .media = media_of(d->media_type),
        .charset = rap_slice_of(d->charset),
        .given = {rap_slice_of(d->given_title), rap_slice_of(d->given_author),
                  rap_slice_of(d->given_outlet), rap_slice_of(d->given_url),
                  rap_slice_of(d->given_date)}};
}

static rap_status submit_stored(void *state, const rap_stored_document *d,
                                rap_error *err)
{
    const rap_item item = rap_item_of_stored(d);
    return rap_pool_submit(((adding *)state)->pool, &item, err);
}

/* ---- both ------------------------------------------------------------------------ */

static rap_status join(rap_store *store, rap_error *err)
{
    bool joined = false;
    rap_status status = rap_store_is_joined(store, &joined, err);
    if (status || joined) return status;
    status = rap_store_begin(store, err);
    if (!status) status = rap_store_join(store, err);
    if (!status) status = rap_store_commit(store, err);
    return status;
}

/* What was never read, or before something else was said of it: first of all, and not
 * counted as added. */
static rap_status read_stale(adding *a, uint64_t *documents, rap_error *err)
{
    bool stale = false;
    const rapporteur_added before = a->count;
    const rapporteur_input *input = a->teller.input;
    const rapporteur_input silent = {0};
    rap_status status = rap_store_is_stale(a->store, &stale, err);
    if (status || !stale) return status;
    a->again = true;
    a->teller.input = &silent;
    status = rap_store_documents(a->store, true, submit_stored, a, err);
    if (!status) status = rap_pool_drain(a->pool, err);
    if (documents) *documents = a->count.added - before.added;
    a->again = false;
    a->count = before;
    a->teller = (rap_teller){.input = input, .total = a->teller.total};
    if (!status && !a->open) status = rap_store_begin(a->store, err);
    a->open = a->open || !status;
    return status ? status : rap_store_remember(a->store, "stale", 0, err);
}

static rap_status feed(adding *a, const rapporteur_input *input, rap_error *err)
{
    rap_status status = RAP_OK;
    if (!a->again) status = read_stale(a, NULL, err);
    if (!status)
        status = a->again ? rap_store_documents(a->store, false, submit_stored, a, err)
                          : rap_input_walk(input, submit_unknown, a, err);
    if (!status) status = rap_pool_drain(a->pool, err);
    /* Asked to stop: what was delivered is kept, and joined. */
    if (status && status != RAP_E_STOPPED) return status;
    rap_error other;
    if (!status && a->again && a->open)
        status = rap_store_remember(a->store, "stale", 0, err);
    rap_status ended = end_batch(a, &other);
    if (!ended) ended = join(a->store, &other);
    if (ended) *err = other;
    return ended ? ended : status;
}

/* Open the lists of the record with the person's issues; `made_by` names both. */
static rap_status learn_issues(const rapporteur *engine, adding *a, char made_by[65],
                               rap_error *err)
{
    rap_language language;
    const rap_own_file *own = &engine->issues;
    const rap_slice issues = {own->bytes ? own->bytes : "", own->len};
    rap_status status = rap_language_open(engine->language, &language, err);
    if (!status)
        status = rap_finding_open(&language, issues, own->path ? own->path : "",
                                  &a->knowledge, err);
    rap_sha256 digest = rap_engine_fingerprint(engine->engine);
    const rap_slice stages = {(const char *)digest.byte, sizeof digest.byte};
    if (issues.len) digest = rap_sha256_of2(stages, issues);
    rap_sha256_hex(&digest, made_by);
    return status;
}

/* The pool, once the lists are learned and the store is open. */
static rap_status start(rapporteur *engine, unsigned threads, adding *a,
                        const char *made_by, rap_error *err)
{
    const rap_pool_options options = {.engine = engine->engine,
                                      .threads = threads,
                                      .state = a,
                                      .work = prepare,
                                      .deliver = keep};
    const time_t now = time(NULL);
    struct tm utc;
    if (gmtime_r(&now, &utc)) (void)strftime(a->now, sizeof a->now, "%FT%TZ", &utc);
    const rap_status status = rap_store_set_made_by(a->store, made_by, err);
    return status ? status : rap_pool_open(&options, &a->pool, err);
}

static rap_status run(rapporteur *engine, const char *path,
                      const rapporteur_input *input, adding *a, rap_error *err)
{
    char made_by[65];
    rap_status status = learn_issues(engine, a, made_by, err);
    if (!status)
        status = rap_store_open(path, a->again ? RAP_STORE_WRITE : RAP_STORE_CREATE,
                                &a->store, err);
    if (!status) status = rap_own_keep(engine, a->store, err);
    if (!status && a->again) status = rap_store_count(a->store, &a->teller.total, err);
    if (!status) status = start(engine, input->threads, a, made_by, err);
    if (!status) status = feed(a, input, err);
    if (!status)
        status =
            rap_store_decisions(a->store, &a->count.decisions, &a->count.orphaned, err);
    rap_pool_close(a->pool);
    rap_store_close(a->store);
    rap_finding_close(a->knowledge);
    return status;
}

rap_status rap_read_stale(rapporteur *engine, rap_store *store, uint64_t *documents,
                          rap_error *err)
{
    const rapporteur_input input = {0};
    char made_by[65];
    adding a = {
        .store = store, .teller = {.input = &input}, .open = true, .whole = true};
    rap_status status = learn_issues(engine, &a, made_by, err);
    if (!status) status = start(engine, 0, &a, made_by, err);
    if (!status) status = read_stale(&a, documents, err);
    bool joined = true;
    if (!status) status = rap_store_is_joined(store, &joined, err);
    if (!status && !joined) status = rap_store_join(store, err);
    rap_pool_close(a.pool);
    rap_finding_close(a.knowledge);
    return status;
}

rapporteur_status rapporteur_add(rapporteur *engine, const char *path,
                                 const rapporteur_input *input, rapporteur_added *out,
                                 rapporteur_error *err)
{
    rap_error why = {0};
    adding a = {.teller = {.input = input}};
    const rap_status status = run(engine, path, input, &a, &why);
    if (out) *out = a.count;
    return rap_face_error(status, &why, err);
}

rapporteur_status rapporteur_rebuild(rapporteur *engine, const char *path,
                                     const rapporteur_input *input,
                                     rapporteur_added *out, rapporteur_error *err)
{
    rap_error why = {0};
    adding a = {.teller = {.input = input}, .again = true};
    const rap_status status = run(engine, path, input, &a, &why);
    if (out) *out = a.count;
    return rap_face_error(status, &why, err);
}
