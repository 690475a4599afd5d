/* sqlite_purge_private.h - the names of a person who is purged, shared by the purge's files. */
#ifndef RAP_SQLITE_PURGE_PRIVATE_H
#define RAP_SQLITE_PURGE_PRIVATE_H

#include "store_private.h"

typedef RAP_LIST(rap_slice) purge_forms; /* the longest first */
typedef struct purge_names {
    const char *key;   /* of the actor; "": words that a person gave */
    purge_forms whole; /* names of several words */
    purge_forms word;  /* one word of them, where a mention is the person's */
    bool given;        /* words as given, in their case */
} purge_names;

/* What the person who goes by `name` is called in the record. RAP_E_NOTFOUND: nobody does.
 * `words`: no person, but these words wherever they stand. */
rap_status rap_purge_find(sqlite_store *store, const char *name, bool words,
                          rap_arena *arena, purge_names *out,
                          rap_error *err) RAP_CHECKED;
/* Overwrite (or count only, `out` NULL) every whole name in `s`, with `words` its single
 * words too; `any`: in any case. */
uint32_t rap_purge_redact(const purge_names *names, rap_slice s, bool words, bool any,
                          char *out);
/* Overwrite the single words inside a mention; `out` holds `s`, maybe overwritten in part. */
uint32_t rap_purge_redact_within(const purge_names *names, rap_slice s, rap_span span,
                                 char *out);

#endif
