/*
 * event_private.h - the lexicon of meetings and the parts of its finder.
 *
 * Reads   all layers before events.  Writes  found meetings, in text order.
 * event_list.c    parties named in a row: "A, B and C"
 * event_clause.c  the subject of a verb, and the words that qualify the verb
 * event_frame.c   when, where and under whom a meeting takes place
 * event_meeting.c verbs and nouns of meeting
 * event_merge.c   two tellings of one meeting
 */
#ifndef RAP_EVENT_PRIVATE_H
#define RAP_EVENT_PRIVATE_H

#include "event.h"
#include "event_lexicon_private.h"

enum { /* rap_meeting_word.classes, in the order of event/meeting.tsv's head */
       RAP_MEET = 1 << 0,
       RAP_MEETING_SIT = 1 << 1,
       RAP_MEETING_SPEAK = 1 << 2,
       RAP_MEETING_DISCUSS = 1 << 3,
       RAP_MEETING_HOST = 1 << 4,
       RAP_MEETING_VISIT = 1 << 5,
       RAP_MEETING_NOUN = 1 << 6,
       RAP_MEETING_WEAK = 1 << 7,
       RAP_MEETING_LIGHT = 1 << 8,
       RAP_MEETING_DOWN = 1 << 9,
       RAP_MEETING_JOIN = 1 << 10,
       RAP_MEETING_ADDRESS = 1 << 11,
       RAP_MEETING_PARTIES = 1 << 12,
       RAP_MEETING_OF = 1 << 13,
       RAP_MEETING_PLACE = 1 << 14,
       RAP_MEETING_AFTER = 1 << 15,
       RAP_MEETING_BEFORE = 1 << 16,
       RAP_MEETING_BESIDE = 1 << 17,
       RAP_MEETING_BY = 1 << 18,
       RAP_MEETING_EACH = 1 << 19,
       RAP_MEETING_BOTH = 1 << 20,
       RAP_MEETING_APART = 1 << 21,
       RAP_MEETING_ANOTHER = 1 << 22,
       RAP_MEETING_DONE = 1 << 23,
       RAP_MEETING_FUTURE = 1 << 24,
       RAP_MEETING_PROPOSE = 1 << 25,
       RAP_MEETING_REFUSE = 1 << 26,
       RAP_MEETING_WOULD = 1 << 27,
       RAP_MEETING_DOUBT = 1 << 28,
       RAP_MEETING_PHONE = 1 << 29,
       RAP_MEETING_MEDIATE = 1 << 30
};

typedef struct rap_meeting_word {
    uint32_t classes;
    const char *mode; /* PLOVER mode or NULL */
} rap_meeting_word;

struct rap_event_knowledge {
    rap_arena arena;
    rap_map word;            /* folded lemma -> index into words */
    rap_meeting_word *words; /* [word.count] */
    rap_act_lexicon acts;
    const struct rap_book *book; /* a person's dictionaries, or NULL */
};

typedef struct rap_found { /* a meeting while others may join it */
    rap_event event;
    bool apart;     /* one of several "separate" meetings: part of no larger one */
    bool once_more; /* "met again": not the one told before */
    uint32_t token; /* of an act over trees: its word */
    uint64_t theme; /* its word and what it is about, as a hash; 0: a meeting */
} rap_found;

typedef RAP_LIST(rap_found) rap_found_list;

typedef struct rap_finder {
    const rap_event_knowledge *knowledge;
    const rap_event_input *in;
    rap_arena *arena;
    rap_found_list *list;
    uint32_t *classes;   /* [T] classes of each token's lemma */
    uint32_t *cover;     /* [T] the widest mention over each token, or RAP_NONE */
    uint32_t *timex;     /* [T] the time expression over each token, or RAP_NONE */
    uint32_t begin, end; /* tokens of the sentence at hand */
    uint32_t sentence;
    uint32_t times_begin; /* time expressions that end before the sentence at hand */
    uint32_t passed;      /* statements that end before the sentence at hand */
} rap_finder;

enum { RAP_MOST_PARTIES = 24 };

typedef struct rap_parties {
    uint32_t actor[RAP_MOST_PARTIES];
    uint32_t count;
    uint32_t first, last; /* tokens, RAP_NONE when count is 0 */
    float sure;           /* of the least sure mention; at most 1 */
} rap_parties;

/* What a trigger tells, before it is a meeting. */
typedef struct rap_reading {
    rap_parties who;
    uint32_t first, trigger; /* tokens of the trigger */
    uint32_t after;          /* token behind the parties that follow the trigger */
    uint32_t behind;         /* token behind the verb a noun is the subject of, or 0 */
    uint32_t seen;           /* classes of the words that qualify it */
    uint32_t host;           /* actor or RAP_NONE */
    uint32_t apart_from;     /* parties before this index meet each of the others apart;
                                0: all meet together */
    const char *mode;        /* PLOVER mode or NULL */
    float sure;              /* of the pattern */
    bool aside; /* within "after …": dates of the main clause are not its own */
} rap_reading;

const rap_meeting_word *rap_meeting_word_of(const rap_event_knowledge *knowledge,
                                            rap_slice lemma);

/* ---- event_list.c ------------------------------------------------------------------
 */
bool rap_event_is_comma(const rap_finder *f, uint32_t token);
bool rap_event_is_finite(const rap_finder *f, uint32_t token);
/* "'s" and the like, that make the words before them an owner. */
bool rap_event_is_owning(const rap_finder *f, uint32_t token);
/* The particle before an infinitive. */
bool rap_event_is_infinitive(const rap_finder *f, uint32_t token);
void rap_parties_add(rap_parties *to, const rap_parties *from);
/* The resolved mention that covers `token` and is no adjective, or RAP_NONE. */
uint32_t rap_event_mention(const rap_finder *f, uint32_t token);
typedef enum rap_follows {                   /* what stands before parties */
                           RAP_FOLLOWS_ALL,  /* "between": all of them count */
                           RAP_FOLLOWS_JOIN, /* "with A, B and C said": a new clause may
                                                begin */
                           RAP_FOLLOWS_VERB  /* "met A and B said": the same without a
                                                comma */
} rap_follows;
/* Parties from `token` on. */
rap_parties rap_parties_after(const rap_finder *f, uint32_t token, rap_follows follows);
/* Parties whose last word is the one before `token`. */
rap_parties rap_parties_before(const rap_finder *f, uint32_t token);
/* "A-B talks", "the A and B talks": two adjectives of parties or more before `token`.
 */
rap_parties rap_parties_compound(const rap_finder *f, uint32_t token);

/* ---- event_clause.c ----------------------------------------------------------------
 */
/* The subject of the verb at `verb`; adds to `seen` the classes of the words between,
 * and lowers `sure` where the way to it is long. */
rap_parties rap_event_subject(const rap_finder *f, uint32_t verb, uint32_t *seen,
                              float *sure);
/* The finite verb before `token` that its phrase depends on, or RAP_NONE. */
uint32_t rap_event_governor(const rap_finder *f, uint32_t token);
/* The subject behind an opening phrase that ends before `from`: "After …, A said". */
rap_parties rap_event_subject_behind(const rap_finder *f, uint32_t from);
/* Classes of the verb group that follows a noun and its parties: "… were cancelled";
 * `behind`: the token after it, 0 if there is none. */
uint32_t rap_event_predicate(const rap_finder *f, uint32_t from, uint32_t *behind);
rap_event_status rap_event_status_of(uint32_t seen);

/* ---- event_frame.c -----------------------------------------------------------------
 */
/* When; `looks_back`: else the last day named in the sentences before. False: arena
 * full. */
bool rap_event_when(const rap_finder *f, const rap_reading *reading, bool looks_back,
                    rap_when *when);
void rap_event_place(const rap_finder *f, const rap_reading *reading, rap_event *event);
uint32_t rap_event_host(const rap_finder *f, const rap_reading *reading);
const char *rap_event_mode(const rap_finder *f, const rap_reading *reading);

/* ---- event_merge.c -----------------------------------------------------------------
 */
enum { RAP_MOST_REPEATS = 64 };
/* A noun of meeting whose parties are not named again, [first, trigger], repeats the
 * meeting told last. False: arena full. */
bool rap_event_repeat(const rap_finder *f, uint32_t first, uint32_t trigger);
bool rap_event_add_repeat(rap_arena *arena, rap_event *to, rap_span trigger);
bool rap_event_merge(const rap_finder *f);
/* Acts from index `from` on join the events before them that they tell of again. */
bool rap_acts_merge(rap_arena *arena, rap_found_list *list, uint32_t from);

/* Append the meetings of the document to `list`; false when an arena is full. */
bool rap_meetings_find(const rap_event_knowledge *knowledge, const rap_event_input *in,
                       rap_arena *arena, rap_arena *scratch, rap_found_list *list);

#endif
