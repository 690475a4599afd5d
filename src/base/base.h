/*
 * base.h - what every module stands on: spans, errors, arenas, lists, string tables.
 *
 * Reads   nothing.  Writes nothing.  Never prints, never exits.
 * Memory  everything lives in a rap_arena: one per document (freed at once), a second
 *         for scratch that is cleared between stages. Nothing is freed singly.
 * Errors  a rap_status and a caller-owned rap_error: where, and one sentence for a person.
 */
#ifndef RAP_BASE_H
#define RAP_BASE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define RAP_CHECKED __attribute__((warn_unused_result))
#define RAP_PRINTF(at_, first_) __attribute__((format(printf, at_, first_)))
#define RAP_NONE UINT32_MAX /* "no index" wherever an index is expected */

typedef struct rap_slice {
    const char *at; /* borrowed bytes; never NULL when len > 0 */
    uint32_t len;   /* bytes */
} rap_slice;

typedef struct rap_span {
    uint32_t begin, end; /* [begin, end), bytes into the document's text */
} rap_span;

typedef struct rap_spans {
    const rap_span *at; /* [count] rising */
    uint32_t count;
} rap_spans;

/* ---- slices ------------------------------------------------------------------ */
#define RAP_LIT(literal) ((rap_slice){"" literal, (uint32_t)sizeof(literal) - 1})
rap_slice rap_slice_of(const char *text); /* a C string; NULL gives an empty slice */
bool rap_slice_is(rap_slice s, const char *text);
bool rap_slice_equal(rap_slice a, rap_slice b);
int rap_slice_compare(rap_slice a, rap_slice b); /* by bytes, as strcmp */
bool rap_slice_starts(rap_slice s, const char *prefix);
bool rap_slice_ends(rap_slice s, const char *suffix);
/* ASCII letters compared without case. */
bool rap_slice_is_nocase(rap_slice s, const char *text);
static inline rap_slice rap_slice_sub(rap_slice s, uint32_t begin, uint32_t end)
{
    assert(begin <= end && end <= s.len);
    if (!s.at) return s; /* NULL + 0 is not defined */
    return (rap_slice){s.at + begin, end - begin};
}
rap_slice rap_slice_trim(rap_slice s); /* drops ASCII white space at both ends */
/* Offset of `needle` in `s` at or after `from`, or s.len if it is not there. */
uint32_t rap_slice_find(rap_slice s, rap_slice needle, uint32_t from);
/* Eight bytes as a number, the same on every machine: one load, once compiled. */
static inline uint64_t rap_eight_bytes(const char *at)
{
    const uint8_t *b = (const uint8_t *)at;
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 |
           (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 |
           (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}
static inline rap_slice rap_cut(rap_slice text, rap_span span)
{
    return rap_slice_sub(text, span.begin, span.end);
}
static inline bool rap_span_overlaps(rap_span a, rap_span b)
{
    return a.begin < b.end && b.begin < a.end;
}
static inline bool rap_span_holds(rap_span outer, rap_span inner)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

/* ---- errors ------------------------------------------------------------------ */
typedef enum rap_status {
    RAP_OK,
    RAP_E_INPUT,    /* the bytes are not what they should be */
    RAP_E_LIMIT,    /* a stated limit is exceeded */
    RAP_E_NOMEM,    /* the arena or the machine has no more memory */
    RAP_E_IO,       /* the system refused to read or write */
    RAP_E_MODEL,    /* a model or data file cannot be used */
    RAP_E_STORE,    /* the record cannot be used */
    RAP_E_USAGE,    /* the caller asked for what does not exist */
    RAP_E_NOTFOUND, /* nothing of that name */
    RAP_E_STOPPED   /* the caller asked to stop */
} rap_status;

typedef struct rap_error {
    rap_status status;
    char code[32];  /* short name, e.g. "page-too-large"; fit for scripts */
    uint64_t at;    /* byte offset in the input or file; 0 if none */
    char text[240]; /* one sentence for a person: what, and what to do */
} rap_error;

const char *rap_status_code(rap_status status); /* "input", "limit", ... */
void rap_error_set(rap_error *err, rap_status status, const char *code, uint64_t at,
                   const char *format, ...) RAP_PRINTF(5, 6);
/* Set `err` and yield the status. Macros, so that analysers see that it is not RAP_OK. */
#define rap_fail(err, status_, at, ...)                                                \
    (rap_error_set((err), (status_), NULL, (at), __VA_ARGS__), (status_))
#define rap_fail_as(err, status_, code, at, ...)                                       \
    (rap_error_set((err), (status_), (code), (at), __VA_ARGS__), (status_))

/* ---- arenas ------------------------------------------------------------------ */
typedef struct rap_block rap_block;
typedef struct rap_arena { /* zero it, set `limit`, use it, rap_arena_free() it */
    rap_block *newest;
    size_t used, limit;      /* bytes given out; most that may be */
    uint64_t calls, fail_at; /* tests: refuse call number fail_at (1 is the first) */
} rap_arena;

#define RAP_ARENA(limit_) ((rap_arena){.limit = (limit_)})
/* Zeroed memory for `count` items of `size` bytes, aligned for any type; NULL if refused.
 * Zero items give a valid pointer that must not be read. */
void *rap_arena_new(rap_arena *arena, size_t count, size_t size) RAP_CHECKED;
#define rap_new(arena, type, count)                                                    \
    ((type *)rap_arena_new((arena), (count), sizeof(type)))
void rap_arena_clear(rap_arena *arena); /* keeps a block of ordinary size for reuse */
void rap_arena_free(rap_arena *arena);
/* A copy of `s` in the arena, followed by a 0 byte; at == NULL if refused. */
rap_slice rap_arena_copy(rap_arena *arena, rap_slice s) RAP_CHECKED;
char *rap_arena_printf(rap_arena *arena, const char *format, ...)
    RAP_PRINTF(2, 3) RAP_CHECKED; /* NULL if refused */

/* ---- lists: arrays that grow in an arena ------------------------------------- */
/* struct { T *at; uint32_t count, capacity; } with rap_push(arena, &list, value):
 * false when the arena refuses, and then the list is as it was. */
#define RAP_LIST(T)                                                                    \
    struct {                                                                           \
        T *at;                                                                         \
        uint32_t count, capacity;                                                      \
    }
bool rap_list_room(rap_arena *arena, void **at, uint32_t count, uint32_t *capacity,
                   size_t size) RAP_CHECKED;
#define rap_push(arena, list, ...)                                                     \
    (((list)->count < (list)->capacity ||                                              \
      rap_list_room((arena), (void **)&(list)->at, (list)->count, &(list)->capacity,   \
                    sizeof *(list)->at)) &&                                            \
     ((list)->at[(list)->count++] = (__VA_ARGS__), true))

/* ---- string tables: bytes -> uint32 ------------------------------------------- */
typedef struct rap_map { /* zero it before the first put */
    struct rap_map_slot *slot;
    uint32_t count, capacity;
} rap_map;
uint64_t
rap_hash(rap_slice s); /* the same on every machine; not for hostile keys on disk */
/* The slot value for `key` (borrowed: it must outlive the map), RAP_NONE at first use of
 * the key; NULL if the arena refuses. */
uint32_t *rap_map_put(rap_map *map, rap_arena *arena, rap_slice key) RAP_CHECKED;
uint32_t rap_map_get(const rap_map *map, rap_slice key); /* RAP_NONE if absent */

/* ---- tab-separated data: our own lists and the user's ------------------------- */
/* Lines of fields between tabs; '#' starts a comment line; blank lines are skipped. */
typedef struct rap_tsv {
    rap_slice rest;
    uint32_t line; /* number of the row last read, from 1 */
    uint64_t at;   /* its byte offset */
    rap_slice begun;
} rap_tsv;
#define RAP_TSV_FIELDS 16
rap_tsv rap_tsv_open(rap_slice bytes);
/* Fills field[0..n) with trimmed fields (the others empty); returns n, or 0 at the end. */
uint32_t rap_tsv_next(rap_tsv *tsv, rap_slice field[RAP_TSV_FIELDS]);
/* The next part of `list` before `separator`, trimmed; false at the end. */
bool rap_split_next(rap_slice *list, char separator, rap_slice *part);

/* ---- digests ------------------------------------------------------------------ */
typedef struct rap_sha256 {
    uint8_t byte[32];
} rap_sha256;
rap_sha256 rap_sha256_of(rap_slice s);
/* Two inputs as one: digest of a then b. */
rap_sha256 rap_sha256_of2(rap_slice a, rap_slice b);
/* The digest of what is left to read of `file`; false: it cannot be read. */
bool rap_sha256_of_file(FILE *file, rap_sha256 *out) RAP_CHECKED;
void rap_sha256_hex(const rap_sha256 *digest, char hex[65]);

#endif
