/*
 * record.h - from what single documents say to entries of the record.
 *
 * Reads   rap_fact: one reading of one document, flat, as the store keeps it.
 * Writes  rap_joint: which facts are one entry, and why.
 * Method  deterministic: a function of the set of facts, not of their order. First method:
 *         one meeting told in several documents is one entry when dates agree and
 *         participants or places do; every other fact is an entry of its own.
 */
#ifndef RAP_RECORD_H
#define RAP_RECORD_H

#include "base.h"
#include "date.h"

typedef enum rap_entry_kind {
    RAP_ENTRY_MEETING,
    RAP_ENTRY_STATEMENT,
    RAP_ENTRY_EVENT,
    RAP_ENTRY_KINDS
} rap_entry_kind;
const char *rap_entry_kind_name(rap_entry_kind kind); /* "meeting", … */

typedef struct rap_fact {
    int64_t document; /* the store's number of the document */
    rap_entry_kind kind;
    rap_span anchor;        /* trigger or content: where it stands in the document */
    rap_slice anchor_words; /* the bytes there */
    const rap_slice
        *who; /* [who_count] actor keys (name.h): speaker, participants, sources */
    uint32_t who_count;
    const rap_slice *country; /* [who_count] their codes, empty where unknown */
    rap_slice place;
    rap_day earliest, latest; /* RAP_NO_DAY: open */
    bool happened;
    float confidence;
} rap_fact;

typedef struct rap_joint {
    const uint32_t *entry; /* [facts] number of the entry each fact belongs to, 0.. */
    uint32_t entries;
    const char *const *why; /* [facts] why it joined, "" for the first of its entry */
} rap_joint;

/* Join `count` facts. Stable under permutation up to the numbering, which follows the first
 * fact in (earliest day, document, anchor) order. RAP_E_NOMEM. */
rap_status rap_record_join(const rap_fact *fact, uint32_t count, rap_arena *arena,
                           rap_arena *scratch, rap_joint *out,
                           rap_error *err) RAP_CHECKED;
/*
 * The permanent name of an entry: a letter for its kind ("m", "s", "e") and seven letters
 * and digits of SHA-256(document digest, kind, anchor). The same words give the same name
 * after every rebuild. `at`: [9] with the closing 0; `salt` is raised on a collision.
 */
void rap_entry_id(rap_entry_kind kind, const rap_sha256 *document, rap_span anchor,
                  uint32_t salt, char at[9]);

#endif
