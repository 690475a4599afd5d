/*
 * reading_pool.c - many documents read at once, delivered in order.
 *
 * Method  a ring of slots. The caller's thread fills the tail and delivers the head;
 * the pool's threads take the first waiting slot, read it and mark it done. Order in is
 *         order out, so results do not depend on which thread was quicker.
 * Memory  two slots a thread and two more; source bytes waiting are at most
 * QUEUE_BYTES, or one larger document. A slot whose document was large gives its memory
 * back. Locks   one mutex guards the ring's indices and states; a slot's contents
 * belong to the caller while FREE or DONE, and to one thread while READING.
 */
#include "reading_private.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>

enum {
    MOST_THREADS = 64,
    QUEUE_BYTES = 8 * 1024 * 1024,
    KEPT_BYTES = 1024 * 1024 /* memory a slot keeps for its next document */
};

typedef enum slot_state { SLOT_FREE, SLOT_WAITING, SLOT_READING, SLOT_DONE } slot_state;

struct rap_pool {
    rap_pool_options options;
    pthread_mutex_t lock;
    pthread_cond_t work_there, job_done;
    pthread_t thread[MOST_THREADS];
    unsigned threads;
    bool closing;
    rap_job *job;      /* [slots] */
    slot_state *state; /* [slots] */
    uint32_t slots;
    uint32_t head, count; /* the oldest slot in use; slots in use */
    uint64_t bytes;       /* of sources in the ring */
};

/* ---- reading --------------------------------------------------------------------- */

static void read_job(rap_pool *pool, rap_job *job)
{
    const rap_pool_options *options = &pool->options;
    job->status = rap_document_read(options->engine, &job->item, &options->analysis,
                                    &job->document, &job->err);
    if (!job->status) job->status = options->work(options->state, job, &job->err);
}

/* The oldest slot that waits for a thread, or RAP_NONE. The lock is held. */
static uint32_t waiting_slot(const rap_pool *pool)
{
    for (uint32_t i = 0; i < pool->count; i++) {
        const uint32_t slot = (pool->head + i) % pool->slots;
        if (pool->state[slot] == SLOT_WAITING) return slot;
    }
    return RAP_NONE;
}

static void *run_thread(void *argument)
{
    rap_pool *pool = argument;
    (void)pthread_mutex_lock(&pool->lock);
    while (!pool->closing) {
        const uint32_t slot = waiting_slot(pool);
        if (slot == RAP_NONE) {
            (void)pthread_cond_wait(&pool->work_there, &pool->lock);
            continue;
        }
        pool->state[slot] = SLOT_READING;
        (void)pthread_mutex_unlock(&pool->lock);
        read_job(pool, &pool->job[slot]);
        (void)pthread_mutex_lock(&pool->lock);
        pool->state[slot] = SLOT_DONE;
        (void)pthread_cond_signal(&pool->job_done);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* ---- opening and closing --------------------------------------------------------- */

static unsigned cores(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    const int count = CPU_COUNT(&set);
    return count > 0 ? (unsigned)count : 1;
}

/* Signals stay with the caller's thread. Fewer threads than wanted will do, and with
 * none the caller reads by itself. */
static void start_threads(rap_pool *pool, unsigned wanted)
{
    sigset_t all, before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool->threads < wanted &&
           pthread_create(&pool->thread[pool->threads], NULL, run_thread, pool) == 0)
        pool->threads++;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

rap_status rap_pool_open(const rap_pool_options *options, rap_pool **out,
                         rap_error *err)
{
    *out = NULL;
    rap_pool *pool = calloc(1, sizeof *pool);
    if (!pool) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the readers");
    unsigned threads = options->threads ? options->threads : cores();
    if (threads > MOST_THREADS) threads = MOST_THREADS;
    pool->options = *options;
    pool->slots = threads * 2 + 2;
    pool->job = calloc(pool->slots, sizeof *pool->job);
    pool->state = calloc(pool->slots, sizeof *pool->state);
    (void)pthread_mutex_init(&pool->lock, NULL);
    (void)pthread_cond_init(&pool->work_there, NULL);
    (void)pthread_cond_init(&pool->job_done, NULL);
    if (!pool->job || !pool->state) {
        rap_pool_close(pool);
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the readers");
    }
    start_threads(pool, threads);
    *out = pool;
    return RAP_OK;
}

/* Make a slot ready for another document. */
static void clear_job(rap_job *job)
{
    const bool large =
        job->document.arena.used > KEPT_BYTES || job->arena.used > KEPT_BYTES;
    rap_document document = job->document;
    rap_arena arena = job->arena;
    if (large) {
        rap_document_free(&document);
        rap_arena_free(&arena);
    } else {
        rap_document_clear(&document);
        rap_arena_clear(&arena);
    }
    free(job->copied);
    free(job->text);
    *job = (rap_job){.document = document, .arena = arena};
}

void rap_pool_close(rap_pool *pool)
{
    if (!pool) return;
    (void)pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    (void)pthread_cond_broadcast(&pool->work_there);
    (void)pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->threads; i++)
        (void)pthread_join(pool->thread[i], NULL);
    for (uint32_t i = 0; pool->job && i < pool->slots; i++) {
        clear_job(&pool->job[i]);
        rap_document_free(&pool->job[i].document);
        rap_arena_free(&pool->job[i].arena);
    }
    (void)pthread_cond_destroy(&pool->job_done);
    (void)pthread_cond_destroy(&pool->work_there);
    (void)pthread_mutex_destroy(&pool->lock);
    free(pool->job);
    free(pool->state);
    free(pool);
}

/* ---- delivering ------------------------------------------------------------------ */

/* Deliver the head. Without `wait`, only if it is done: *delivered tells. */
static rap_status deliver_head(rap_pool *pool, bool wait, bool *delivered,
                               rap_error *err)
{
    const uint32_t slot = pool->head;
    rap_job *job = &pool->job[slot];
    if (!pool->threads) {
        read_job(pool, job);
        pool->state[slot] = SLOT_DONE;
    }
    (void)pthread_mutex_lock(&pool->lock);
    while (wait && pool->state[slot] != SLOT_DONE)
        (void)pthread_cond_wait(&pool->job_done, &pool->lock);
    *delivered = pool->state[slot] == SLOT_DONE;
    (void)pthread_mutex_unlock(&pool->lock);
    if (!*delivered) return RAP_OK;

    rap_status status = job->status;
    if (status)
        *err = job->err;
    else
        status = pool->options.deliver(pool->options.state, job, err);
    const uint64_t bytes = job->item.bytes.len;
    clear_job(job);
    (void)pthread_mutex_lock(&pool->lock);
    pool->state[slot] = SLOT_FREE;
    pool->head = (slot + 1) % pool->slots;
    pool->count--;
    pool->bytes -= bytes;
    (void)pthread_mutex_unlock(&pool->lock);
    return status;
}

rap_status rap_pool_drain(rap_pool *pool, rap_error *err)
{
    rap_status status = RAP_OK;
    bool delivered;
    while (!status && pool->count) status = deliver_head(pool, true, &delivered, err);
    return status;
}

/* ---- submitting ------------------------------------------------------------------ */

static char *put_bytes(char **to, const char *from, size_t len)
{
    char *at = *to;
    if (len) memcpy(at, from, len);
    at[len] = 0;
    *to += len + 1;
    return at;
}

static rap_slice put_slice(char **to, rap_slice s)
{
    return (rap_slice){put_bytes(to, s.at, s.len), s.len};
}

/* Copy the item and all it points at into one piece of memory. */
static bool copy_item(rap_job *job, const rap_item *item)
{
    const rap_given *g = &item->given;
    const char *path = item->path ? item->path : "";
    const size_t size = strlen(path) + item->bytes.len + item->charset.len +
                        g->title.len + g->author.len + g->outlet.len + g->url.len +
                        g->date.len + 8;
    char *to = malloc(size);
    if (!to) return false;
    job->copied = to;
    job->item = *item;
    job->item.bytes = put_slice(&to, item->bytes);
    job->item.path = put_bytes(&to, path, strlen(path));
    job->item.charset = put_slice(&to, item->charset);
    job->item.given = (rap_given){put_slice(&to, g->title), put_slice(&to, g->author),
                                  put_slice(&to, g->outlet), put_slice(&to, g->url),
                                  put_slice(&to, g->date)};
    if (item->error) {
        job->item_error = *item->error;
        job->item.error = &job->item_error;
    }
    assert((size_t)(to - (char *)job->copied) == size);
    return true;
}

static bool is_full(const rap_pool *pool, const rap_item *item)
{
    return pool->count == pool->slots ||
           (pool->count && pool->bytes + item->bytes.len > QUEUE_BYTES);
}

rap_status rap_pool_submit(rap_pool *pool, const rap_item *item, rap_error *err)
{
    rap_status status = RAP_OK;
    bool delivered = true;
    while (!status && delivered && pool->count)
        status = deliver_head(pool, is_full(pool, item), &delivered, err);
    if (status) return status;

    /* Only this thread adds and takes slots, so the tail is free to fill without the
     * lock. */
    const uint32_t slot = (pool->head + pool->count) % pool->slots;
    if (!copy_item(&pool->job[slot], item))
        return rap_fail(err, RAP_E_NOMEM, 0, "%s: no memory to read it", item->path);
    (void)pthread_mutex_lock(&pool->lock);
    pool->state[slot] = SLOT_WAITING;
    pool->count++;
    pool->bytes += item->bytes.len;
    (void)pthread_cond_signal(&pool->work_there);
    (void)pthread_mutex_unlock(&pool->lock);
    return RAP_OK;
}
