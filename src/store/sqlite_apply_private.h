/* sqlite_apply_private.h - decisions on their way to the entries, shared by two files. */
#ifndef RAP_SQLITE_APPLY_PRIVATE_H
#define RAP_SQLITE_APPLY_PRIVATE_H

#include "store_private.h"

typedef struct sqlite_applied { /* a decision of the log */
    int64_t id, target;
    const char *who, *kind;
    bool final, undone, purged;
    bool there;       /* its subject founds an entry */
    int64_t *subject; /* [anchors] what stands at its anchors; 0: nothing */
    const char *anchor_kind;
    uint32_t anchors;
    const char *state, *why;
} sqlite_applied;

typedef struct applying {
    sqlite_store *store;
    rap_error *err;
    rap_arena arena;
    RAP_LIST(sqlite_applied) log;
    rap_map owner; /* bytes of a subject -> index of the first decision on it */
    rap_map later; /* bytes of a subject -> LATER_… of the decisions that were passed */
} applying;

static inline bool is_kind(const sqlite_applied *d, const char *kind)
{
    return !strcmp(d->kind, kind);
}

static inline bool is_verdict(const sqlite_applied *d)
{
    return is_kind(d, "accept") || is_kind(d, "reject") || is_kind(d, "edit");
}

static inline void orphan(sqlite_applied *d, const char *why)
{
    d->state = "orphaned";
    d->why = why;
}

/* Does the subject found an entry? If not: did a person merge it, or the program join it? */
rap_status rap_sqlite_find_entry(applying *a, sqlite_applied *d, bool *out) RAP_CHECKED;
/* Do what a verdict says to its entry. */
rap_status rap_sqlite_judge(applying *a, sqlite_applied *d) RAP_CHECKED;
/* All verdicts of the log. */
rap_status rap_sqlite_judge_all(applying *a) RAP_CHECKED;

#endif
