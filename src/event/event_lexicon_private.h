/*
 * event_lexicon_private.h - the lexicon of political acts, compiled.
 *
 * Reads   event/word_*.tsv, event/act_*.tsv (docs/format/events.md).
 * Writes  rap_act_lexicon: frames by word; const after opening.
 */
#ifndef RAP_EVENT_LEXICON_PRIVATE_H
#define RAP_EVENT_LEXICON_PRIVATE_H

#include "event.h"

typedef enum rap_need_kind { /* what must stand around the word of a frame */
                             RAP_NEED_CASE,     /* a dependent with this case marker */
                             RAP_NEED_PARTICLE, /* this word depends on it */
                             RAP_NEED_OBJECT,
                             RAP_NEED_COMPLEMENT, /* an infinitive or gerund */
                             RAP_NEED_CLAUSE,     /* a finite clause */
                             RAP_NEED_MODIFIER,   /* an adjective or compound part */
                             RAP_NEED_LIGHT, /* a noun is the object of such a verb */
                             RAP_NEED_SUBJECT,
                             RAP_NEED_ACTIVE,
                             RAP_NEED_PASSIVE,
                             RAP_NEED_DUTY,   /* a clause that says what must be done */
                             RAP_NEED_TARGET, /* somebody it is done to */
                             RAP_NEED_PERSON, /* its object is a person */
                             RAP_NEED_PERSONAL, /* so is its subject */
                             RAP_NEED_UNDER,    /* its own case marker */
                             RAP_NEED_NEGATED,  /* "not", "never" beside it */
                             RAP_NEED_OWNED,    /* somebody's: "A's attack" */
                             RAP_NEED_GIVEN     /* spoken of as known: not "a war" */
} rap_need_kind;

typedef struct rap_need {
    rap_need_kind kind;
    bool absent;   /* it must not stand there */
    uint32_t word; /* the marker or particle */
    uint32_t set;  /* its lemma is one of this set; RAP_NONE: any */
} rap_need;

typedef enum rap_part_kind { /* where a party of the act is found */
                             RAP_PART_AGENT,
                             RAP_PART_PATIENT,
                             RAP_PART_RECEIVER,           /* indirect object */
                             RAP_PART_COMPLEMENT_SUBJECT, /* "demands that B leave" */
                             RAP_PART_COMPLEMENT_OBJECT,  /* "seeks to meet B" */
                             RAP_PART_ABOVE, /* who acts where a noun stands */
                             RAP_PART_BOTH,  /* the parties that the report is about */
                             RAP_PART_CASE   /* a dependent so marked */
} rap_part_kind;

typedef struct rap_part {
    rap_part_kind kind;
    bool joins; /* with the part before; else only where that found nobody */
    uint32_t word;
} rap_part;

typedef enum rap_plover {
    RAP_AGREE,
    RAP_CONSULT,
    RAP_SUPPORT,
    RAP_CONCEDE,
    RAP_COOPERATE,
    RAP_AID,
    RAP_RETREAT,
    RAP_REQUEST,
    RAP_ACCUSE,
    RAP_REJECT,
    RAP_THREATEN,
    RAP_PROTEST,
    RAP_SANCTION,
    RAP_MOBILIZE,
    RAP_COERCE,
    RAP_ASSAULT,
    RAP_PLOVER_TYPES
} rap_plover;
const char *rap_plover_name(rap_plover type);

enum { RAP_MOST_NEEDS = 4, RAP_MOST_PARTS = 12, RAP_MOST_CONTEXTS = 3 };

typedef struct rap_frame {
    bool noun, adjective; /* else a verb */
    bool silent;          /* recognised and not written: "met a deadline" */
    rap_need need[RAP_MOST_NEEDS];
    uint32_t needs;
    rap_plover type;
    const char *mode;  /* or NULL */
    const char *cameo; /* "" for a silent frame */
    const char *context[RAP_MOST_CONTEXTS];
    uint32_t contexts;
    rap_part source[RAP_MOST_PARTS], target[RAP_MOST_PARTS];
    uint32_t sources, targets;
    const char *rule; /* "event/act_aid.tsv:12" */
    const char *text; /* "send|deploy v obj=@aid" */
    rap_slice example, file;
    uint32_t line;
    uint32_t uses; /* words that lead here */
} rap_frame;

typedef struct rap_entry { /* a word and one of its frames */
    uint32_t word, frame;
} rap_entry;

typedef struct rap_word_set {
    uint32_t *word;
    uint32_t count;
} rap_word_set;

/* Sets the coder itself asks for; the data file names them so. */
typedef enum rap_known_set {
    RAP_SET_NEGATION,
    RAP_SET_WILL,
    RAP_SET_MODAL,
    RAP_SET_DUTY,
    RAP_SET_PLAN,
    RAP_SET_PROPOSE,
    RAP_SET_REFUSE,
    RAP_SET_DOUBT,
    RAP_SET_DONE,
    RAP_SET_IF,
    RAP_SET_BY,
    RAP_SET_OWN,
    RAP_SET_PLACE,
    RAP_SET_LIGHT,
    RAP_SET_SAY,
    RAP_SET_PHONE,
    RAP_SET_THIRD,
    RAP_SET_PAST,
    RAP_SET_SELF,
    RAP_SET_MUST,
    RAP_SET_SIDES,
    RAP_SET_WOULD,
    RAP_SET_HAVE,
    RAP_SET_FAR,
    RAP_SET_MEASURE,
    RAP_SET_AWAY,
    RAP_SET_REBEL,
    RAP_SET_BETWEEN,
    RAP_SET_PAIR,
    RAP_SET_RIVAL,
    RAP_SET_OPEN,
    RAP_SET_WHOSE,
    RAP_SET_STATELY,
    RAP_SET_EACH,
    RAP_SET_CLAIM,
    RAP_SET_MEETING,
    RAP_SET_FALL,
    RAP_SET_OFF,
    RAP_SET_BOTH,
    RAP_SET_HOST,
    RAP_SET_DENY,
    RAP_SET_YET,
    RAP_SET_CONTROL,
    RAP_SET_CONFLICT,
    RAP_SET_GOAL,
    RAP_SET_FORESEE,
    RAP_KNOWN_SETS
} rap_known_set;

typedef struct rap_act_lexicon {
    rap_map word;  /* folded lemma -> word id */
    rap_map named; /* set name -> set */
    rap_word_set *set;
    uint32_t sets;
    rap_frame *frame;
    uint32_t frames;
    rap_entry *entry; /* [entries] by word, then the more needs first */
    uint32_t entries;
    uint32_t *first_entry; /* [word.count + 1] */
    uint32_t known[RAP_KNOWN_SETS];
} rap_act_lexicon;

rap_status rap_act_lexicon_read(const rap_language *language, rap_arena *arena,
                                rap_act_lexicon *out, rap_error *err) RAP_CHECKED;
uint32_t rap_act_word(const rap_act_lexicon *lexicon, rap_slice lemma);
bool rap_act_in(const rap_act_lexicon *lexicon, uint32_t set, uint32_t word);
/* Two entries of one word that no text can tell apart, or a frame that no word leads to:
 * the number of such faults; `first` names one of them. */
uint32_t rap_act_lexicon_faults(const rap_act_lexicon *lexicon,
                                const rap_frame **first);

#endif
