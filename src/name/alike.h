/*
 * alike.h - may two actors be one person whose name is spelled in two ways?
 *
 * Reads   two actors as a record knows them; the language's list of sounds.
 * Writes  whether a person should be asked, and on what grounds.
 * Method  both names are read as rows of sounds, which are aligned at the least cost; given
 *         name and surname must both be alike, and the country or the office must be the
 *         same and neither of them another. docs/method/name.md.
 * Cost    the product of the lengths of two names; no memory.
 */
#ifndef RAP_ALIKE_H
#define RAP_ALIKE_H

#include "name.h"

typedef struct rap_person_known { /* of one actor of a record */
    rap_slice name;
    rap_slice country;      /* or its code; empty: not known */
    const rap_slice *roles; /* [role_count] as worded */
    uint32_t role_count;
} rap_person_known;

typedef struct rap_alike {
    bool country;     /* the same */
    bool office;      /* the same, or one of the same rank */
    bool short_name;  /* one of them lacks a part, or has its first letter only */
    uint32_t cost;    /* how far the spellings lie apart, in hundredths of a letter */
    float confidence; /* not calibrated: for the order of proposals */
} rap_alike;

/* Are they to be proposed as one? Never on a surname alone; never where both countries or
 * both offices are known and differ. *out is filled if so. */
bool rap_actor_alike(const rap_name_knowledge *knowledge, const rap_person_known *a,
                     const rap_person_known *b, rap_alike *out);

/* The last consonants of a name, as all its spellings have them: persons with different
 * ones are hardly ever alike. Their number, 0 for a name without any. */
enum { RAP_ALIKE_BYTES = 2 };
uint32_t rap_alike_bucket(const rap_name_knowledge *knowledge, rap_slice name,
                          char out[RAP_ALIKE_BYTES]);

#endif
