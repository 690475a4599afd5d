/*
 * ingest.h - from files, folders, archives and standard input to documents' bytes.
 *
 * Reads   plain text, HTML, CoNLL-U, JSON Lines, folders, .zip and .tar.* of those,
 * "-". Writes  one rap_item a document, then (rap_ingest_decode) its UTF-8 text. Method
 * media type sniffed, never trusted from the name alone; charset in the order of the
 *         WHATWG Encoding standard; archives streamed by libarchive, never unpacked to
 * disk. Limits  RAP_LIMIT_*: each with a named error; the other documents go on.
 */
#ifndef RAP_INGEST_H
#define RAP_INGEST_H

#include "base.h"

#define RAP_LIMIT_PAGE_BYTES (20u * 1024 * 1024)     /* "page-too-large" */
#define RAP_LIMIT_INFLATED_BYTES (64u * 1024 * 1024) /* "inflated-too-large" */
#define RAP_LIMIT_RATIO 1000u                        /* "ratio-too-high" */
#define RAP_LIMIT_LINE_BYTES (128u * 1024 * 1024)    /* "line-too-long" (JSON Lines) */
#define RAP_LIMIT_JSON_DEPTH 64u                     /* "json-too-deep" */

typedef enum rap_media {
    RAP_MEDIA_AUTO,
    RAP_MEDIA_PLAIN,
    RAP_MEDIA_HTML,
    RAP_MEDIA_CONLLU
} rap_media;
const char *rap_media_name(rap_media media); /* "text/plain", "text/html", ... */

/* What the person or the JSON line said of the document; empty slices where nothing. */
typedef struct rap_given {
    rap_slice title, author, outlet, url, date; /* date: ISO 8601, maybe partial */
} rap_given;

typedef struct rap_item {
    const char *path;  /* as given; members as "a.zip/b.html", lines as "f.jsonl:12" */
    rap_slice bytes;   /* as found */
    rap_sha256 sha256; /* of `bytes`; for a JSON line, of the text or html value */
    rap_media media;
    rap_slice charset; /* declared outside the bytes; mostly empty. "utf-8" is certain
                          for JSON values */
    rap_given given;
    const rap_error
        *error; /* not NULL: this document could not be read; bytes may be empty */
} rap_item;

typedef struct rap_ingest_options {
    rap_media media;           /* RAP_MEDIA_AUTO: sniff */
    rap_given given;           /* for every document; a JSON line's own values win */
    const char *meta;          /* CSV file with a row a document
                                  (file,title,author,outlet,url,date), or NULL */
    bool (*stop)(void *state); /* asked between documents; may be NULL */
    void *stop_state;
} rap_ingest_options;

/* Receives one document; `item` and all it points at live until it returns. A status
 * other than RAP_OK ends the walk, which then returns it. */
typedef rap_status (*rap_item_sink)(void *state, const rap_item *item, rap_error *err);

/*
 * Give every document below `path` ("-": standard input) to `sink`, folders in name
 * order. What cannot be read arrives as an item with `error`; hidden files are skipped.
 * A sheet
 * (`meta`) that cannot be used is refused before the first document.
 * RAP_E_NOMEM and what `sink` returns end the walk.
 */
rap_status rap_ingest_walk(const char *path, const rap_ingest_options *options,
                           rap_item_sink sink, void *state, rap_error *err) RAP_CHECKED;

/* Give every row of a sheet (as `meta`) to `sink`; RAP_E_INPUT "bad-meta". */
typedef rap_status (*rap_sheet_sink)(void *state, const char *file,
                                     const rap_given *given, rap_error *err);
rap_status rap_ingest_sheet(const char *path, rap_sheet_sink sink, void *state,
                            rap_error *err) RAP_CHECKED;

/* Text from bytes, with the way back. */
typedef struct rap_run { /* text[text_at ..] comes from source[source_at ..] */
    uint32_t text_at, source_at;
} rap_run;
typedef struct rap_decoded {
    rap_slice text;      /* UTF-8; for valid UTF-8 without a mark, `bytes` itself */
    const char *charset; /* name used, WHATWG label in lower case */
    const rap_run *runs; /* [run_count] rising; within a run offsets advance together */
    uint32_t run_count;  /* 0: text and bytes are the same */
} rap_decoded;

/*
 * Decode `item`: byte order mark, declared charset (for HTML also <meta>), valid UTF-8
 * overrides a false label, else windows-1252; others by iconv. What is no character
 * becomes U+FFFD, and the run table keeps the way back. A byte order mark of UTF-8
 * stays in the text, one of UTF-16 does not. RAP_E_INPUT: "binary" data, or a
 * "charset-unknown" to this system. RAP_E_LIMIT "page-too-large". RAP_E_NOMEM.
 */
rap_status rap_ingest_decode(const rap_item *item, rap_arena *arena, rap_decoded *out,
                             rap_error *err) RAP_CHECKED;
/* The source offset of `text_at`: never falling, never past the next run's. */
uint32_t rap_run_source(const rap_run *runs, uint32_t run_count, uint32_t text_at);

#endif
