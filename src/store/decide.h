/*
 * decide.h - what people decide about a record, its history, and what is removed from it.
 *
 * Writes  the log: rows that only grow, each hashed with the one before it, each anchored to
 *         a document's SHA-256, a kind, exact words and their context.
 * Method  the log is ground truth. What it does to the entries is derived: before documents
 *         are put again or joined the entries stand as the program reads them, and the commit
 *         applies the whole log anew, in the same transaction. A decision applies where its
 *         words stand exactly once with its context, or is listed as orphaned.
 */
#ifndef RAP_DECIDE_H
#define RAP_DECIDE_H

#include "store.h"

/* ---- deciding -------------------------------------------------------------------- */
typedef enum rap_decision_kind {
    RAP_DECIDE_ACCEPT,
    RAP_DECIDE_REJECT,
    RAP_DECIDE_EDIT,  /* `set` */
    RAP_DECIDE_MERGE, /* entries into the first; with `actors`, names into the first */
    RAP_DECIDE_SPLIT, /* what[0]: an entry; the others: addresses or documents whose
                         readings leave it for an entry of their own */
    RAP_DECIDE_NOTE,  /* `text` */
    RAP_DECIDE_UNDO,  /* numbers of decisions; none: the person's last */
    RAP_DECIDE_META,  /* `set` of what[0], a document: title, author, outlet, url, date,
                         replaces */
    RAP_DECIDE_PURGE, /* of the log only: see rap_store_purge */
    RAP_DECIDE_KINDS
} rap_decision_kind;
const char *rap_decision_kind_name(rap_decision_kind kind); /* "accept", … */

typedef struct rap_decision {
    rap_decision_kind kind;
    const char *at, *who;    /* ISO 8601 instant; name of the person */
    const char *reason;      /* "" or NULL: none */
    bool final;              /* it stands whoever decided before */
    const char *const *what; /* [count] ids of entries or beginnings of them */
    uint32_t count;
    bool actors;
    bool words;             /* purge: of words, not of a person */
    const rap_setting *set; /* [sets] */
    uint32_t sets;
    const char *text;
} rap_decision;

typedef struct rap_decided {
    int64_t first, last; /* numbers in the log; 0: none */
    bool stale;          /* documents are to be read again: rap_store_documents */
    uint32_t documents;  /* purge: that changed, */
    uint32_t places;     /* names overwritten in them, */
    uint32_t left;       /* places of one word of a name that is nobody's for sure */
    uint32_t ended;      /* verdicts that these end, if they apply, */
    uint32_t waiting;    /* and that a merge leaves waiting */
} rap_decided;

/* Append to the log, a decision an entry (merge, split: one in all). Within begin and
 * commit; commit applies them. RAP_E_NOTFOUND: no such entry. RAP_E_USAGE: says why. */
rap_status rap_store_decide(rap_store *store, const rap_decision *decision,
                            rap_decided *out, rap_error *err) RAP_CHECKED;

/* What `edit` can set: a line a kind, its fields, labels in brackets. */
rap_status rap_store_fields(FILE *out, rap_error *err) RAP_CHECKED;

/* ---- the log --------------------------------------------------------------------- */
typedef struct rap_log_row {
    int64_t id, target; /* target: of undo; else 0 */
    const char *at, *who, *kind, *reason;
    bool final;
    const char
        *state; /* "applied", "apart" (another decided first), "orphaned", "undone",
                          "merged" (its entry is part of another), "overtaken"
                          (by a later one) */
    const char
        *why; /* orphaned: for want of what; apart: who was first, or what came */
    const char *entry; /* the entry it stands on now; "" if none */
    const char *entry_kind, *address, *path, *quote; /* "" once purged */
    const char *detail; /* "place=Lakeside", a note's text, the other entries */
} rap_log_row;
typedef struct rap_log_rows {
    const rap_log_row *row;
    uint32_t count;
} rap_log_rows;
typedef struct rap_log_filter { /* NULL or false: no restriction */
    const char *entry, *who;
    int64_t from; /* numbers from here on */
    bool orphaned;
} rap_log_filter;
rap_status rap_store_log(rap_store *store, const rap_log_filter *filter,
                         rap_arena *arena, rap_log_rows *out,
                         rap_error *err) RAP_CHECKED;

/* Decisions in the log that nobody took back, and those of them that are orphaned. */
rap_status rap_store_decisions(rap_store *store, uint64_t *standing, uint64_t *orphaned,
                               rap_error *err) RAP_CHECKED;

/* How far two people agree on what both decided (accept, reject, edit); decisions that are
 * final are left out. */
typedef struct rap_agreement {
    const char *one, *other;
    uint32_t both, same; /* passages both decided on; alike */
    double kappa;        /* Cohen's; 1 where both always say one and the same */
} rap_agreement;
typedef struct rap_agreements {
    const rap_agreement *row;
    uint32_t count;
} rap_agreements;
rap_status rap_store_agreement(rap_store *store, rap_arena *arena, rap_agreements *out,
                               rap_error *err) RAP_CHECKED;

/* ---- history --------------------------------------------------------------------- */
typedef struct rap_change {
    const char *id, *kind, *at, *what; /* what: "added" "changed" "gone" */
    const char *fields;                /* changed: their names, commas between */
    const char *why, *replaced_by;     /* gone: why, and what stands in its place */
    const char *address;
} rap_change;
typedef struct rap_changes {
    const rap_change *row;
    uint32_t count;
} rap_changes;
/* What came, changed and went since a day (YYYY-MM-DD, or an instant) or, for a number, with
 * that decision and after it; of entry `id` alone, if given. */
rap_status rap_store_changes(rap_store *store, const char *since, const char *id,
                             rap_arena *arena, rap_changes *out,
                             rap_error *err) RAP_CHECKED;

/* ---- removing -------------------------------------------------------------------- */
/* Remove the bytes of a document (by number, digest or path), or a person's names from all
 * documents (RAP_E_NOTFOUND: no person of the record goes by that name), and every decision's words of them. What is left is a
 * number, a digest and offsets. Within begin and commit, and rap_store_finish_purge after it.
 * Documents in which a person was named are to be read again. */
rap_status rap_store_purge(rap_store *store, const rap_decision *why,
                           const char *document, const char *person, rap_decided *out,
                           rap_error *err) RAP_CHECKED;
/* Leave no byte of it in the file: after the commit, and by whoever opens a record whose
 * purge was cut off. */
rap_status rap_store_finish_purge(rap_store *store, rap_error *err) RAP_CHECKED;
rap_status rap_store_is_purging(rap_store *store, bool *out,
                                rap_error *err) RAP_CHECKED;

/* ---- comparing ------------------------------------------------------------------- */
/* Are there documents to be read again? */
rap_status rap_store_is_stale(rap_store *store, bool *out, rap_error *err) RAP_CHECKED;
/* A copy of the whole record in a new file at `path`. */
rap_status rap_store_copy_to(rap_store *store, const char *path,
                             rap_error *err) RAP_CHECKED;
/* What the record shows against what `other`, made anew of the same ground truth, shows. */
rap_status rap_store_compare(rap_store *store, const char *other,
                             void (*report)(void *, const char *), void *state,
                             uint32_t *wrong, rap_error *err) RAP_CHECKED;

#endif
