/*
 * language.h - what is known of one language, as data: lists and rules from data/LANG.
 *
 * Reads   files compiled into the binary (rap_embed), by name.
 * Writes  nothing; const after opening, shared by all threads.
 * Nothing in the code names a language: a stage asks for "verbs.tsv" and gets the file of
 * the language it was opened with.
 */
#ifndef RAP_LANGUAGE_H
#define RAP_LANGUAGE_H

#include "base.h"

typedef struct rap_language {
    char code[4]; /* ISO 639-1 */
} rap_language;

/* Open the data of language `code`. RAP_E_NOTFOUND: the binary has none. */
rap_status rap_language_open(const char *code, rap_language *out,
                             rap_error *err) RAP_CHECKED;
/* The bytes of data file `name` ("calendar.tsv"); borrowed, for ever.
 * RAP_E_MODEL: this language has no such file. */
rap_status rap_language_file(const rap_language *language, const char *name,
                             rap_slice *out, rap_error *err) RAP_CHECKED;
/* The n-th file whose name starts with `prefix` ("actors/"), in name order: several files
 * may feed one table. False when there is no n-th. */
bool rap_language_list(const rap_language *language, const char *prefix, uint32_t n,
                       const char **name, rap_slice *bytes);

#endif
