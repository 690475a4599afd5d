/*
 * base.c - slices, errors, arenas, lists, string tables, TSV and digests; see base.h.
 *
 * Method  arenas are chains of blocks, each twice the last up to 1 MiB or as large as
 *         asked; the map is open addressing with linear probing at most 3/4 full.
 */
#include "base.h"

#include <nettle/sha2.h>
#include <stdarg.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define RAP_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RAP_ASAN 1
#endif
#endif
#ifdef RAP_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

/* ---- slices ------------------------------------------------------------------ */

rap_slice rap_slice_of(const char *text)
{
    return text ? (rap_slice){text, (uint32_t)strlen(text)} : (rap_slice){"", 0};
}

bool rap_slice_equal(rap_slice a, rap_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool rap_slice_is(rap_slice s, const char *text)
{
    return rap_slice_equal(s, rap_slice_of(text));
}

int rap_slice_compare(rap_slice a, rap_slice b)
{
    const uint32_t len = a.len < b.len ? a.len : b.len;
    const int order = len ? memcmp(a.at, b.at, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool rap_slice_starts(rap_slice s, const char *prefix)
{
    const size_t len = strlen(prefix);
    return s.len >= len && memcmp(s.at, prefix, len) == 0;
}

bool rap_slice_ends(rap_slice s, const char *suffix)
{
    const size_t len = strlen(suffix);
    return s.len >= len && memcmp(s.at + s.len - len, suffix, len) == 0;
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool rap_slice_is_nocase(rap_slice s, const char *text)
{
    uint32_t i = 0;
    while (i < s.len && text[i] && ascii_lower(s.at[i]) == ascii_lower(text[i])) i++;
    return i == s.len && !text[i];
}

static bool is_ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

rap_slice rap_slice_trim(rap_slice s)
{
    while (s.len && is_ascii_space(s.at[0])) s.at++, s.len--;
    while (s.len && is_ascii_space(s.at[s.len - 1])) s.len--;
    return s;
}

uint32_t rap_slice_find(rap_slice s, rap_slice needle, uint32_t from)
{
    if (from >= s.len || !needle.len) return s.len;
    const char *hit = memmem(s.at + from, s.len - from, needle.at, needle.len);
    return hit ? (uint32_t)(hit - s.at) : s.len;
}

/* ---- errors ------------------------------------------------------------------ */

const char *rap_status_code(rap_status status)
{
    static const char *const code[] = {"ok",        "input",  "limit", "memory",
                                       "io",        "model",  "store", "usage",
                                       "not-found", "stopped"};
    return code[status];
}

void rap_error_set(rap_error *err, rap_status status, const char *code, uint64_t at,
                   const char *format, ...)
{
    assert(status != RAP_OK);
    if (!err) return;
    *err = (rap_error){.status = status, .at = at};
    (void)snprintf(err->code, sizeof err->code, "%s",
                   code ? code : rap_status_code(status));
    va_list args;
    va_start(args, format);
    (void)vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
}

/* ---- arenas ------------------------------------------------------------------ */

enum { FIRST_BLOCK = 16 * 1024, LARGEST_STEP = 1024 * 1024, ALIGN = 16 };

struct rap_block {
    rap_block *older;
    size_t size, used; /* bytes after this head */
    size_t unused_;    /* keeps the data aligned to 16 */
};
static_assert(sizeof(rap_block) % ALIGN == 0, "block data must be aligned");

static char *block_data(rap_block *block)
{
    return (char *)(block + 1);
}

static rap_block *block_add(rap_arena *arena, size_t need)
{
    size_t size = arena->newest ? arena->newest->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_STEP) size = LARGEST_STEP;
    if (size < need) size = need;
    rap_block *block = malloc(sizeof *block + size);
    if (!block) return NULL;
    *block = (rap_block){.older = arena->newest, .size = size};
    ASAN_POISON_MEMORY_REGION(block_data(block), size);
    arena->newest = block;
    return block;
}

void *rap_arena_new(rap_arena *arena, size_t count, size_t size)
{
    if (++arena->calls == arena->fail_at) return NULL;
    if (size && count > (SIZE_MAX - ALIGN) / size) return NULL;
    const size_t need = (count * size + ALIGN - 1) / ALIGN * ALIGN;
    if (need > arena->limit - arena->used) return NULL;
    rap_block *block = arena->newest;
    if (!block || block->size - block->used < need) block = block_add(arena, need);
    if (!block) return NULL;
    char *at = block_data(block) + block->used;
    block->used += need;
    arena->used += need;
    ASAN_UNPOISON_MEMORY_REGION(at, count * size);
    if (need) memset(at, 0, count * size);
    return at;
}

void rap_arena_clear(rap_arena *arena)
{
    rap_block *kept = NULL;
    for (rap_block *block = arena->newest; block;) {
        rap_block *older = block->older;
        const bool fits =
            block->size <= LARGEST_STEP; /* a giant would be kept for nothing */
        if (fits && (!kept || block->size > kept->size)) {
            free(kept);
            kept = block;
        } else {
            free(block);
        }
        block = older;
    }
    if (kept) {
        kept->older = NULL;
        kept->used = 0;
        ASAN_POISON_MEMORY_REGION(block_data(kept), kept->size);
    }
    arena->newest = kept;
    arena->used = 0;
}

void rap_arena_free(rap_arena *arena)
{
    for (rap_block *block = arena->newest; block;) {
        rap_block *older = block->older;
        free(block);
        block = older;
    }
    arena->newest = NULL;
    arena->used = 0;
}

rap_slice rap_arena_copy(rap_arena *arena, rap_slice s)
{
    char *at = rap_new(arena, char, (size_t)s.len + 1);
    if (!at) return (rap_slice){NULL, 0};
    if (s.len) memcpy(at, s.at, s.len);
    return (rap_slice){at, s.len};
}

char *rap_arena_printf(rap_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    const int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *at = len < 0 ? NULL : rap_new(arena, char, (size_t)len + 1);
    if (at) (void)vsnprintf(at, (size_t)len + 1, format, again);
    va_end(again);
    return at;
}

/* ---- lists ------------------------------------------------------------------- */

bool rap_list_room(rap_arena *arena, void **at, uint32_t count, uint32_t *capacity,
                   size_t size)
{
    if (count < *capacity) return true;
    if (count > UINT32_MAX / 2 - 8) return false;
    const uint32_t wider = count ? count * 2 : 8;
    void *moved = rap_arena_new(arena, wider, size);
    if (!moved) return false;
    if (count) memcpy(moved, *at, count * size);
    *at = moved;
    *capacity = wider;
    return true;
}

/* ---- string tables ----------------------------------------------------------- */

struct rap_map_slot {
    rap_slice key; /* at == NULL: empty */
    uint32_t hash, value;
};

/* Up to eight bytes as a number, the same on every machine; short keys by overlapping
 * loads, for they are most of all keys. */
static uint64_t load_word(const char *at, uint32_t len)
{
    const uint8_t *b = (const uint8_t *)at;
    if (len >= 8) return rap_eight_bytes(at);
    if (len >= 4) {
        const uint8_t *e = b + len - 4;
        const uint32_t low =
            b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
        const uint32_t high =
            e[0] | (uint32_t)e[1] << 8 | (uint32_t)e[2] << 16 | (uint32_t)e[3] << 24;
        return low | (uint64_t)high << 32;
    }
    return len ? (uint64_t)b[0] | (uint64_t)b[len / 2] << 8 | (uint64_t)b[len - 1] << 16
               : 0;
}

/* Multiply and fold, eight bytes at a time: words are short, and every stage looks them up. */
uint64_t rap_hash(rap_slice s)
{
    uint64_t hash = 0x9E3779B97F4A7C15u ^ s.len;
    uint32_t at = 0;
    for (; s.len - at > 8; at += 8) {
        hash = (hash ^ load_word(s.at + at, 8)) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
    }
    hash = (hash ^ load_word(s.at + at, s.len - at)) * 0xD6E8FEB86659FD93u;
    hash ^= hash >> 32;
    hash *= 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

static struct rap_map_slot *map_find(const rap_map *map, rap_slice key, uint32_t hash)
{
    const uint32_t mask = map->capacity - 1;
    uint32_t i = hash & mask;
    while (map->slot[i].key.at &&
           (map->slot[i].hash != hash || !rap_slice_equal(map->slot[i].key, key)))
        i = (i + 1) & mask;
    return &map->slot[i];
}

static bool map_widen(rap_map *map, rap_arena *arena)
{
    rap_map wide = {.count = map->count,
                    .capacity = map->capacity ? map->capacity * 2 : 16};
    wide.slot = rap_new(arena, struct rap_map_slot, wide.capacity);
    if (!wide.slot) return false;
    for (uint32_t i = 0; i < map->capacity; i++)
        if (map->slot[i].key.at)
            *map_find(&wide, map->slot[i].key, map->slot[i].hash) = map->slot[i];
    *map = wide;
    return true;
}

uint32_t *rap_map_put(rap_map *map, rap_arena *arena, rap_slice key)
{
    if (map->count >= map->capacity / 4 * 3 && !map_widen(map, arena)) return NULL;
    const uint32_t hash = (uint32_t)rap_hash(key);
    if (!key.at) key.at = "";
    struct rap_map_slot *slot = map_find(map, key, hash);
    if (!slot->key.at) {
        *slot = (struct rap_map_slot){key, hash, RAP_NONE};
        map->count++;
    }
    return &slot->value;
}

uint32_t rap_map_get(const rap_map *map, rap_slice key)
{
    if (!map->count) return RAP_NONE;
    const struct rap_map_slot *slot = map_find(map, key, (uint32_t)rap_hash(key));
    return slot->key.at ? slot->value : RAP_NONE;
}

/* ---- tab-separated data ------------------------------------------------------ */

rap_tsv rap_tsv_open(rap_slice bytes)
{
    const bool marked = rap_slice_starts(bytes, "\xEF\xBB\xBF"); /* as editors do */
    return (rap_tsv){.rest = rap_slice_sub(bytes, marked ? 3 : 0, bytes.len),
                     .begun = bytes};
}

bool rap_split_next(rap_slice *list, char separator, rap_slice *part)
{
    if (!list->at) return false;
    const char *end = list->len ? memchr(list->at, separator, list->len) : NULL;
    const uint32_t len = end ? (uint32_t)(end - list->at) : list->len;
    *part = rap_slice_trim((rap_slice){list->at, len});
    if (end)
        *list = (rap_slice){end + 1, list->len - len - 1};
    else
        *list = (rap_slice){NULL, 0};
    return true;
}

uint32_t rap_tsv_next(rap_tsv *tsv, rap_slice field[RAP_TSV_FIELDS])
{
    for (uint32_t i = 0; i < RAP_TSV_FIELDS; i++) field[i] = (rap_slice){"", 0};
    while (tsv->rest.len) {
        const char *end = memchr(tsv->rest.at, '\n', tsv->rest.len);
        rap_slice row = {tsv->rest.at,
                         end ? (uint32_t)(end - tsv->rest.at) : tsv->rest.len};
        tsv->at = (uint64_t)(row.at - tsv->begun.at);
        tsv->line++;
        const uint32_t taken = row.len + (end ? 1 : 0);
        tsv->rest = (rap_slice){tsv->rest.at + taken, tsv->rest.len - taken};
        if (!rap_slice_trim(row).len || row.at[0] == '#') continue;
        uint32_t n = 0;
        while (n < RAP_TSV_FIELDS && rap_split_next(&row, '\t', &field[n])) n++;
        return n;
    }
    return 0;
}

/* ---- digests ----------------------------------------------------------------- */

rap_sha256 rap_sha256_of2(rap_slice a, rap_slice b)
{
    rap_sha256 digest;
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, a.len, (const uint8_t *)a.at);
    sha256_update(&context, b.len, (const uint8_t *)b.at);
    sha256_digest(&context, sizeof digest.byte, digest.byte);
    return digest;
}

rap_sha256 rap_sha256_of(rap_slice s)
{
    return rap_sha256_of2(s, (rap_slice){"", 0});
}

bool rap_sha256_of_file(FILE *file, rap_sha256 *out)
{
    uint8_t bytes[16 * 1024];
    struct sha256_ctx context;
    sha256_init(&context);
    size_t len;
    while ((len = fread(bytes, 1, sizeof bytes, file)) > 0)
        sha256_update(&context, len, bytes);
    sha256_digest(&context, sizeof out->byte, out->byte);
    return !ferror(file);
}

void rap_sha256_hex(const rap_sha256 *digest, char hex[65])
{
    static const char digit[] = "0123456789abcdef";
    for (uint32_t i = 0; i < 32; i++) {
        hex[2 * i] = digit[digest->byte[i] >> 4];
        hex[2 * i + 1] = digit[digest->byte[i] & 15];
    }
    hex[64] = 0;
}
