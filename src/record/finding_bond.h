/*
 * finding_bond.h - what the finder of commitments hands on.
 *
 * finding_commitment.c  the words that bind
 * finding_bond.c        a duty as a finding
 */
#ifndef RAP_FINDING_BOND_H
#define RAP_FINDING_BOND_H

#include "finding_private.h"

typedef struct bond {
    const uint32_t *who;
    uint32_t count;
    uint32_t begin, end; /* tokens */
    uint32_t at;         /* the word that binds: its term stands behind; 0: begin */
    const char *status;
    const rap_timex *term; /* of which it is said, NULL: sought */
    const uint32_t *to;    /* [to_count] to whom */
    uint32_t to_count;
    uint32_t according_to;
    float confidence;
} bond;

/* The name of a document that tokens [begin, end) tell of; empty: of none. */
rap_slice rap_document_in(finder *f, uint32_t begin, uint32_t end);
void rap_bond_add(finder *f, const bond *b);

#endif
