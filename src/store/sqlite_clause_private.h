/*
 * sqlite_clause_private.h - a person's filter as SQL: shared by the questions of the store.
 */
#ifndef RAP_SQLITE_CLAUSE_PRIVATE_H
#define RAP_SQLITE_CLAUSE_PRIVATE_H

#include "store_private.h"

enum { RAP_CLAUSE_BYTES = 4096, RAP_CLAUSE_VALUES = 24 };

typedef struct sqlite_clause { /* " AND …" with ?1, ?2, …; zero it first */
    char sql[RAP_CLAUSE_BYTES];
    size_t len;
    const char *text[RAP_CLAUSE_VALUES]; /* NULL: `number` */
    double number[RAP_CLAUSE_VALUES];
    int values;
} sqlite_clause;

/* Add `sql`, in which every "@" stands for the value just pushed. */
void rap_clause_add(sqlite_clause *c, const char *sql);
void rap_clause_text(sqlite_clause *c, const char *sql, const char *value);
void rap_clause_number(sqlite_clause *c, const char *sql, double value);
void rap_clause_bind(const sqlite_clause *c, sqlite3_stmt *s);

/* NULL for "". */
static inline const char *rap_given_text(const char *text)
{
    return text && *text ? text : NULL;
}
/* RAP_E_NOMEM, with its sentence. */
rap_status rap_no_answer(rap_error *err) RAP_CHECKED;

/* A document by its number, or by part of its path. */
void rap_filter_document(sqlite_clause *c, const char *document, const char *by_id,
                         const char *by_path);
rap_status rap_filter_has(sqlite_clause *c, const char *sql, const char *words,
                          rap_arena *arena, rap_error *err) RAP_CHECKED;
/* Days that may lie within [since, until]; what has no day at all does not. */
rap_status rap_filter_days(sqlite_clause *c, const char *earliest, const char *latest,
                           const rap_filter *f, rap_arena *arena,
                           rap_error *err) RAP_CHECKED;
/* Of table entry, as `e`. */
rap_status rap_filter_entries(sqlite_store *store, sqlite_clause *c,
                              const rap_filter *f, rap_arena *arena,
                              rap_error *err) RAP_CHECKED;

#endif
