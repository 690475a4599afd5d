/*
 * ingest_private.h - what the files of ingest share: sources of bytes, the walk,
 * sniffing.
 */
#ifndef RAP_INGEST_PRIVATE_H
#define RAP_INGEST_PRIVATE_H

#include "ingest.h"

/* ---- sources: bytes read as a stream through one growing buffer ---------------- */

enum { RAP_PEEK_BYTES = 64 * 1024 }; /* what sniffing may look at */

typedef struct rap_source {
    /* Reads up to `size` bytes to `at`: how many, 0 at the end, -1 with `err` set. */
    int64_t (*read)(void *state, char *at, size_t size, rap_error *err);
    void *state;
    char *at; /* [begin, end) is read and not yet taken */
    size_t begin, end, capacity;
    uint64_t offset; /* of at[begin] in the source */
    int file;        /* descriptor that can seek, or -1 */
    bool ended;
    bool inflated;    /* a member of an archive */
    rap_error failed; /* why it cannot be read further; RAP_OK while it can */
} rap_source;

/* Make `want` bytes available, fewer only at the end. What failed once fails again. */
rap_status rap_source_fill(rap_source *source, size_t want, rap_error *err) RAP_CHECKED;
rap_slice rap_source_peek(const rap_source *source); /* at most 4 GiB - 1 */
void rap_source_take(rap_source *source, size_t count);
void rap_source_reuse(rap_source *source); /* empty, its buffer kept */
void rap_source_free(rap_source *source);
/* A source over an open descriptor; the descriptor stays the caller's. */
rap_source rap_source_of_file(int *descriptor);

/* ---- the sheet of --meta -------------------------------------------------------- */

typedef struct rap_meta {
    rap_arena arena;
    rap_map row_of; /* file name or path -> row */
    RAP_LIST(rap_given) rows;
    RAP_LIST(rap_slice) files; /* [rows] */
} rap_meta;

rap_status rap_meta_read(const char *path, rap_meta *out, rap_error *err) RAP_CHECKED;
/* The row whose file is `path` or any end of it that begins after a '/'; NULL if none.
 */
const rap_given *rap_meta_find(const rap_meta *meta, const char *path);
void rap_meta_free(rap_meta *meta);

/* ---- the walk ---------------------------------------------------------------------
 */

typedef struct rap_walk {
    const rap_ingest_options *options;
    rap_item_sink sink;
    void *state;
    rap_error *err;
    rap_meta meta;
    rap_arena paths;   /* of the file at hand */
    rap_arena members; /* of the archive's member at hand */
    rap_arena lines;   /* of the line at hand */
    rap_arena names;   /* folders seen */
    rap_map seen;      /* device and number of each folder */
} rap_walk;

/* Complete `item` and give it to the sink. `container`: its file, if that may be named
 * in the sheet instead; or NULL. What is not RAP_OK ends the walk. */
rap_status rap_walk_give(rap_walk *walk, rap_item *item,
                         const char *container) RAP_CHECKED;
/* Give an item that could not be read; a lack of memory ends the walk instead. */
rap_status rap_walk_refuse(rap_walk *walk, const char *path,
                           const rap_error *why) RAP_CHECKED;
/* Give what `source` holds: an archive (unless it is a member), lines, or one document.
 */
rap_status rap_walk_source(rap_walk *walk, rap_source *source,
                           const char *path) RAP_CHECKED;
rap_status rap_walk_archive(rap_walk *walk, rap_source *source,
                            const char *path) RAP_CHECKED;
rap_status rap_walk_lines(rap_walk *walk, rap_source *source,
                          const char *path) RAP_CHECKED;

/* ---- sniffing ----------------------------------------------------------------------
 */

typedef enum rap_packing {
    RAP_PACKING_NONE,
    RAP_PACKING_ZIP,
    RAP_PACKING_TAR,
    RAP_PACKING_STREAM /* gzip, bzip2, xz, zstd, compress: a file or a tar inside */
} rap_packing;

rap_packing rap_sniff_packing(rap_slice head);
/* Says in `err` what binary or foreign format `head` begins; RAP_OK if none. */
rap_status rap_sniff_format(rap_slice head, rap_error *err) RAP_CHECKED;
/* RAP_E_INPUT "binary" at the first NUL byte, unless `bytes` is marked as UTF-16. */
rap_status rap_sniff_nul(rap_slice bytes, rap_error *err) RAP_CHECKED;
rap_media rap_sniff_media(rap_slice head, const char *path);
bool rap_sniff_is_lines_name(
    const char *path);                   /* .jsonl, .ndjson, and those with .gz … */
bool rap_sniff_is_wide(rap_slice bytes); /* begins with a mark of UTF-16 */
/* Whether `line` is one document of JSON Lines. */
bool rap_lines_is_document(rap_slice line);

/* ---- charsets
 * ------------------------------------------------------------------------ */

typedef enum rap_coding {
    RAP_CODING_UTF8,
    RAP_CODING_UTF16LE,
    RAP_CODING_UTF16BE,
    RAP_CODING_WINDOWS_1252,
    RAP_CODING_BYTE,    /* a byte a character: a table asked of iconv once */
    RAP_CODING_BYTES,   /* one to four bytes a character, ASCII as itself: iconv */
    RAP_CODING_SHIFTING /* escape sequences: iconv, byte by byte */
} rap_coding;

typedef struct rap_charset {
    const char *name;   /* of the WHATWG Encoding standard, in lower case */
    const char *iconv;  /* what iconv calls it, or NULL where it is not needed */
    const char *labels; /* between spaces, beside the name */
    rap_coding coding;
} rap_charset;

const rap_charset *rap_charset_find(rap_slice label); /* NULL: no such label */
const rap_charset *rap_charset_at(uint32_t i); /* NULL past the last: for tests */
/* The label in <meta charset> or <meta http-equiv> of the first 1024 bytes, or empty.
 */
rap_slice rap_charset_of_page(rap_slice bytes);

#endif
