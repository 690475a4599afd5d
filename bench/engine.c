/*
 * engine.c - tokens a second of the language engine: tokens, tags, trees, names.
 *
 * usage: bench-engine FILE...   plain text; each is read as documents of 1, 10 and 100 KB
 * Beside each figure stands the bare read of the same bytes in the same run. Times are CPU
 * seconds of the threads (best of three rounds), so that other work on the machine counts
 * little; of two threads the slower one counts.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "syntax.h"
#include "token.h"

enum { ROUNDS = 3, THREADS = 2 };

typedef struct work {
    const rap_token_knowledge *token;
    const rap_syntax_knowledge *syntax;
    rap_slice text;
    size_t document; /* bytes of one */
    uint64_t tokens, sum;
    double cut, tag, read; /* seconds */
} work;

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void must(rap_status status, const rap_error *err)
{
    if (!status) return;
    (void)fprintf(stderr, "bench-engine: %s\n", err->text);
    exit(2);
}

/* The next document: about `size` bytes, up to the end of a line. */
static rap_slice document_at(rap_slice text, uint32_t *at, size_t size)
{
    uint32_t end = *at + size < text.len ? (uint32_t)(*at + size) : text.len;
    while (end < text.len && text.at[end] != '\n') end++;
    const rap_slice document = rap_slice_sub(text, *at, end);
    *at = end;
    return document;
}

static void read_document(work *w, rap_slice text, rap_arena *arena, rap_arena *scratch)
{
    const rap_zone zone = {.span = {0, text.len}, .kind = RAP_ZONE_BODY};
    const rap_article article = {.text = text, .zone = &zone, .zones = 1};
    rap_tokens tokens;
    rap_syntax syntax;
    rap_error err;
    const double begun = now();
    must(rap_token_run(w->token, &article, arena, scratch, &tokens, &err), &err);
    const double cut = now();
    must(rap_syntax_run(w->syntax, &article, &tokens, arena, scratch, &syntax, &err),
         &err);
    w->tag += now() - cut;
    w->cut += cut - begun;
    w->tokens += tokens.count;
}

static void *run(void *context)
{
    work *w = context;
    rap_arena arena = RAP_ARENA((size_t)1 << 30), scratch = RAP_ARENA((size_t)1 << 30);
    const double begun = now();
    for (uint32_t i = 0; i < w->text.len; i++) w->sum += (uint8_t)w->text.at[i];
    w->read += now() - begun;
    for (uint32_t at = 0; at < w->text.len;) {
        read_document(w, document_at(w->text, &at, w->document), &arena, &scratch);
        rap_arena_clear(&arena);
        rap_arena_clear(&scratch);
    }
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    return NULL;
}

static double seconds(const work *w)
{
    return w->cut + w->tag;
}

static work best_of(work start)
{
    work best = {0};
    for (int n = 0; n < ROUNDS; n++) {
        work w = start;
        (void)run(&w);
        if (!n || seconds(&w) < seconds(&best)) best = w;
    }
    return best;
}

/* Both threads together, by the slower one. */
static double both(work start)
{
    double best = 0;
    for (int n = 0; n < ROUNDS; n++) {
        pthread_t thread[THREADS];
        work w[THREADS];
        double slower = 0;
        for (int i = 0; i < THREADS; i++) {
            w[i] = start;
            if (pthread_create(&thread[i], NULL, run, &w[i])) exit(2);
        }
        for (int i = 0; i < THREADS; i++) {
            (void)pthread_join(thread[i], NULL);
            if (seconds(&w[i]) > slower) slower = seconds(&w[i]);
        }
        const double rate = THREADS * (double)w[0].tokens / slower;
        if (rate > best) best = rate;
    }
    return best;
}

static rap_slice texts(int count, char **path)
{
    size_t len = 0, room = 0;
    char *all = NULL;
    for (int i = 0; i < count; i++) {
        FILE *file = fopen(path[i], "rb");
        if (!file) exit((perror(path[i]), 2));
        for (;;) {
            if (room - len < 65536 && !(all = realloc(all, room += 1 << 22))) exit(2);
            const size_t got = fread(all + len, 1, 65536, file);
            if (!got) break;
            len += got;
        }
        (void)fclose(file);
    }
    return (rap_slice){all, (uint32_t)len};
}

int main(int argc, char **argv)
{
    rap_language language;
    rap_token_knowledge *token;
    rap_syntax_knowledge *syntax;
    rap_error err;
    if (argc < 2) return (void)fprintf(stderr, "usage: bench-engine FILE...\n"), 1;
    must(rap_language_open("en", &language, &err), &err);
    must(rap_token_open(&language, &token, &err), &err);
    const double begun = now();
    must(rap_syntax_open(&language, &syntax, &err), &err);
    (void)printf("model opened in %.1f ms\n", 1e3 * (now() - begun));
    const rap_slice text = texts(argc - 1, argv + 1);
    (void)printf("%10s %9s %11s %11s %13s %10s %14s\n", "document", "tokens",
                 "read MB/s", "cut MB/s", "all tokens/s", "us/token", "two threads x");
    for (size_t size = 1000; size <= 100000; size *= 10) {
        const work start = {token, syntax, text, size, 0, 0, 0, 0, 0};
        const work w = best_of(start);
        const double rate = (double)w.tokens / seconds(&w), mega = text.len / 1e6;
        (void)printf("%10zu %9llu %11.0f %11.1f %13.0f %10.2f %14.2f\n", size,
                     (unsigned long long)w.tokens, mega / w.read, mega / w.cut, rate,
                     1e6 / rate, both(start) / rate);
    }
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    (void)printf("peak resident %.1f MB, of them %.1f MB of text\n",
                 (double)usage.ru_maxrss / 1e3, text.len / 1e6);
    rap_syntax_close(syntax);
    rap_token_close(token);
    free((void *)(uintptr_t)text.at);
    return 0;
}
