/* record_private.h - shared by the joins of module record. */
#ifndef RAP_RECORD_PRIVATE_H
#define RAP_RECORD_PRIVATE_H

#include "record.h"

/* Indices of the facts by (earliest day, document, anchor, …); NULL: no memory. */
uint32_t *rap_record_order(const rap_fact *fact, uint32_t count, rap_arena *scratch);
/* How many parties: a state and one who acts for it count once. */
uint32_t rap_parties_of(const rap_fact *a);
/* Parties in both: by key, or as a state and one who acts for it. */
uint32_t rap_in_common(const rap_fact *a, const rap_fact *b);
/* Is every party of `part` in `whole`? Of each in the other? */
bool rap_parties_within(const rap_fact *part, const rap_fact *whole);
bool rap_parties_equal(const rap_fact *a, const rap_fact *b);
/* Both name somebody for one country, and never the same: other people. */
bool rap_parties_clash(const rap_fact *a, const rap_fact *b);
/* Whom both reports are about: most of either's main actors are the other's too. */
bool rap_same_story(const rap_fact *a, const rap_fact *b);
/* The join of meetings. */
rap_status rap_record_meetings(const rap_fact *fact, uint32_t count, rap_arena *arena,
                               rap_arena *scratch, rap_joint *out,
                               rap_error *err) RAP_CHECKED;
/* The join of documents and commitments. */
rap_status rap_record_cluster(const rap_fact *fact, uint32_t count, const rap_map *stop,
                              rap_arena *arena, rap_arena *scratch, rap_joint *out,
                              rap_error *err) RAP_CHECKED;

typedef enum verdict { VERDICT_NONE, VERDICT_ONE, VERDICT_NEVER } verdict;
/* *why: NULL unless VERDICT_ONE; then a sentence in `arena`, or NULL without memory. */
verdict rap_judge_document(const rap_fact *a, const rap_fact *b, rap_arena *arena,
                           const char **why);
verdict rap_judge_commitment(const rap_fact *a, const rap_fact *b, rap_arena *arena,
                             const char **why);
verdict rap_judge_variant(const rap_fact *a, const rap_fact *b, const rap_map *stop,
                          rap_arena *arena, const char **why);
/* One person, maybe in another spelling of the name. */
bool rap_same_person(rap_slice a, rap_slice b);
/* Terms in both; *smaller: how many the shorter list has. */
uint32_t rap_terms_shared(rap_slice a, rap_slice b, uint32_t *smaller);

#endif
