/*
 * record.h - from what single documents say to entries of the record.
 *
 * Reads   rap_fact: one reading of one document, flat, as the store keeps it.
 * Writes  rap_joint: which facts are one entry, and why.
 * Method  deterministic: a function of the set of facts, not of their order. One judge a
 *         kind says of two facts "one", "never one" or nothing; a group takes a fact that
 *         is one with a member and against which no member speaks; docs/method/record.md.
 */
#ifndef RAP_RECORD_H
#define RAP_RECORD_H

#include "base.h"
#include "date.h"

typedef enum rap_entry_kind {
    RAP_ENTRY_MEETING,
    RAP_ENTRY_STATEMENT,
    RAP_ENTRY_EVENT,
    RAP_ENTRY_DOCUMENT,
    RAP_ENTRY_COMMITMENT,
    RAP_ENTRY_POSITION,
    RAP_ENTRY_DISAGREEMENT,
    RAP_ENTRY_VARIANT,
    RAP_ENTRY_PASSAGE, /* find only: a paragraph that answers, and is no entry */
    RAP_ENTRY_DETAIL,  /* a reading only: what disagreements are made of */
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
    const rap_slice
        *about; /* [about_count] document: keys of whom the report is about */
    uint32_t about_count;
    rap_slice place;
    /* of meetings: the place's key and the code of its state, empty where not known;
     * named for it before, where it was moved: see `terms` */
    rap_slice place_key, place_code;
    rap_day told;             /* when the report appeared, RAP_NO_DAY: not known */
    bool planned, inferred;   /* still to come; its parties are those of the report */
    rap_day earliest, latest; /* RAP_NO_DAY: open */
    bool happened;            /* meeting; document: its parties are named with it */
    float confidence;
    rap_slice name; /* document: as worded; detail: what is measured */
    rap_slice
        type; /* document: its class; detail: "number", "length", "role", "day"; statement:
                        its mode */
    rap_slice terms; /* content words, spaces between; "" where not compared */
    rap_day due_earliest, due_latest;
    double low, high; /* detail: the amount */
} rap_fact;

typedef struct rap_joint {
    const uint32_t *entry; /* [facts] number of the entry each fact belongs to, 0.. */
    uint32_t entries;
    const char *const *why; /* [facts] why it joined, "" for the first of its entry */
} rap_joint;

/*
 * Join `count` facts of one kind: meetings, documents or commitments. Stable under permutation up to the numbering, which
 * follows the first fact in (earliest day, document, anchor) order. RAP_E_NOMEM.
 */
rap_status rap_record_join(const rap_fact *fact, uint32_t count, rap_arena *arena,
                           rap_arena *scratch, rap_joint *out,
                           rap_error *err) RAP_CHECKED;

/* A rebel's country is the state he fights with this behind. */
#define RAP_REBELS ":REB"

/* Facts that share no block are never one entry nor in conflict: what an incremental join
 * need not look at. Fills block[], returns how many. */
enum { RAP_RECORD_BLOCKS = 48, RAP_RECORD_WHO = 16 };
uint32_t rap_record_blocks(const rap_fact *fact, uint64_t block[RAP_RECORD_BLOCKS]);

/* How much two wordings have in common, and where. `stop`: folded words without content
 * (RAP_RECORD_STOP), and words of one sense, each sense with a number from
 * RAP_RECORD_SENSE. */
enum { RAP_RECORD_STOP = 1, RAP_RECORD_SENSE = 2 };
typedef struct rap_alignment {
    double common, share;                 /* weight in common; of the shorter, 0 to 1 */
    uint32_t words;                       /* words with content in common, */
    uint32_t names;                       /* of them written with a capital in both */
    uint32_t figures;                     /* numbers in digits in common, */
    uint32_t left_figures, right_figures; /* of so many */
    uint32_t heavy, most;                 /* of so many of the shorter, of the longer */
    uint32_t all;         /* words of the shorter, those without content too */
    rap_span left, right; /* bytes from the first to the last of them */
} rap_alignment;
rap_alignment rap_record_align(rap_slice left, rap_slice right, const rap_map *stop);
/* Pieces of statements that are one utterance; as rap_record_join. */
rap_status rap_record_variants(const rap_fact *fact, uint32_t count,
                               const rap_map *stop, rap_arena *arena,
                               rap_arena *scratch, rap_joint *out,
                               rap_error *err) RAP_CHECKED;

/* Are two details on one matter, and do they contradict each other? `senses`: as `stop` of
 * rap_record_align; NULL: words are compared as they stand. `story`: do their reports tell one? */
bool rap_record_same_matter(const rap_fact *a, const rap_fact *b, bool story,
                            const rap_map *senses);
bool rap_record_conflict(const rap_fact *a, const rap_fact *b, bool story,
                         const rap_map *senses);
/* Is it one matter only in reports on one story? The caller knows whether they are. */
bool rap_record_needs_story(const rap_fact *fact);
/* Are two commitments one duty with other days by which it is due? */
bool rap_record_other_due(const rap_fact *a, const rap_fact *b, const rap_map *senses);
/* Are two meetings the next one of the same parties, with other days? In reports on one story. */
bool rap_record_other_plan(const rap_fact *a, const rap_fact *b);
/* Do two readings of one meeting or document tell of other days or states ("day", "place")? NULL: no. The
 * caller gives readings whose day the report states. */
const char *rap_record_other_meeting(const rap_fact *a, const rap_fact *b);
/* Do they agree, but one says it so much more roughly that a reader should know? */
bool rap_record_less_precise(const rap_fact *a, const rap_fact *b, bool story,
                             const rap_map *senses);
/* Are two positions (name: the issue; type: the stance) of others against each other, on
 * the same days, in one report in part in the same words, in two that tell one story so or
 * surely read? */
bool rap_record_opposed(const rap_fact *a, const rap_fact *b, bool story);
/* Does position `answer` reject what position `proposal` of the same report proposes right
 * before it? */
bool rap_record_answers(const rap_fact *answer, const rap_fact *proposal);

/* ---- copies ---------------------------------------------------------------------- */
typedef struct
    rap_copy { /* a sample of a text's runs of words, hashed; zero it first */
    RAP_LIST(int64_t) sample;
    uint32_t runs; /* of which it is a sample */
} rap_copy;
/* Add a stretch of text; runs do not cross from one stretch to the next. False: no memory. */
bool rap_copy_add(rap_copy *copy, rap_slice text, rap_arena *arena);
/* Is one of two texts a copy of the other, or of a part of it, when their samples hold so
 * many numbers and share so many? */
enum { RAP_COPY_LEAST = 12, RAP_COPY_PERCENT = 50 };
bool rap_is_copy(uint32_t shared, uint32_t sample, uint32_t other);

/*
 * The permanent name of an entry: a letter for its kind (m, s, e, d, c, p, x, v) and seven letters
 * and digits of SHA-256(document digest, kind, anchor). The same words give the same name
 * after every rebuild. `at`: [9] with the closing 0; `salt` is raised on a collision.
 */
void rap_entry_id(rap_entry_kind kind, const rap_sha256 *document, rap_span anchor,
                  uint32_t salt, char at[9]);

#endif
