/* train_crew.c - memory, chance and threads of the trainer; see train_parameter.h. */
#include <math.h>
#include <stdlib.h>

#include "train_parameter.h"

/* Vectors are summed in an order that hangs on where they begin: always alike. */
enum { ALIGNMENT = 64 };

_Noreturn void train_no_memory(void)
{
    (void)fprintf(stderr, "rapporteur-train: no memory\n");
    exit(2);
}

void *train_need(rap_arena *arena, size_t count, size_t size)
{
    const size_t most = (SIZE_MAX - ALIGNMENT) / (size ? size : 1);
    char *at =
        count <= most ? rap_arena_new(arena, count * size + ALIGNMENT - 1, 1) : NULL;
    train_must(at != NULL);
    return at + (ALIGNMENT - (uintptr_t)at % ALIGNMENT) % ALIGNMENT;
}

/* ---- chance: xorshift (Marsaglia 2003), begun by splitmix64 (Steele et al. 2014) ------ */

train_random train_random_new(uint64_t seed, uint64_t stream)
{
    uint64_t x = (seed + 1) * 0x9E3779B97F4A7C15u + stream * 0xD1B54A32D192ED03u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    x ^= x >> 31;
    return (train_random){x ? x : 1};
}

uint64_t train_random_next(train_random *random)
{
    uint64_t x = random->state;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return random->state = x;
}

float train_random_share(train_random *random)
{
    return (float)(train_random_next(random) >> 40) / 16777216.0f;
}

float train_random_normal(train_random *random)
{
    const float a = train_random_share(random) + 1e-7f;
    const float b = train_random_share(random);
    return sqrtf(-2 * logf(a)) * cosf(6.2831853f * b);
}

/* ---- threads ------------------------------------------------------------------------ */

typedef struct job {
    void (*work)(void *context, uint32_t number);
    void *context;
    uint32_t number;
} job;

static void refused(const char *what)
{
    (void)fprintf(stderr, "rapporteur-train: the system refuses %s\n", what);
    exit(2);
}

void train_crew_begin(train_crew *crew, uint32_t workers)
{
    assert(workers >= 1 && workers <= TRAIN_WORKERS);
    crew->workers = workers;
    if (pthread_barrier_init(&crew->barrier, NULL, workers)) refused("a barrier");
}

void train_crew_end(train_crew *crew)
{
    pthread_barrier_destroy(&crew->barrier);
}

static void *work_of(void *at)
{
    const job *j = at;
    j->work(j->context, j->number);
    return NULL;
}

void train_crew_run(train_crew *crew, void (*work)(void *context, uint32_t number),
                    void *context)
{
    pthread_t thread[TRAIN_WORKERS];
    job jobs[TRAIN_WORKERS];
    for (uint32_t i = 0; i < crew->workers; i++) jobs[i] = (job){work, context, i};
    for (uint32_t i = 1; i < crew->workers; i++)
        if (pthread_create(&thread[i], NULL, work_of, &jobs[i])) refused("a thread");
    work(context, 0);
    for (uint32_t i = 1; i < crew->workers; i++) pthread_join(thread[i], NULL);
}

void train_crew_wait(train_crew *crew)
{
    if (crew->workers > 1) pthread_barrier_wait(&crew->barrier);
}
