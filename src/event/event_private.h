/* event_private.h - the lexicon of meetings and its finder. */
#ifndef RAP_EVENT_PRIVATE_H
#define RAP_EVENT_PRIVATE_H

#include "event.h"

enum { /* rap_meeting_word.classes, in the order of event/meeting.tsv's head */
       RAP_MEET = 1,
       RAP_MEETING_NOUN = 2,
       RAP_MEETING_WEAK = 4,
       RAP_MEETING_LIGHT = 8,
       RAP_MEETING_JOIN = 16,
       RAP_MEETING_PARTIES = 32,
       RAP_MEETING_PLACE = 64,
       RAP_MEETING_FUTURE = 128,
       RAP_MEETING_PROPOSE = 256,
       RAP_MEETING_REFUSE = 512,
       RAP_MEETING_DOUBT = 1024,
       RAP_MEETING_PHONE = 2048,
       RAP_MEETING_MEDIATE = 4096,
       RAP_MEETING_HOST = 8192
};

typedef struct rap_meeting_word {
    uint32_t classes;
    const char *mode; /* PLOVER mode or NULL */
} rap_meeting_word;

struct rap_event_knowledge {
    rap_arena arena;
    rap_map word;            /* folded lemma -> index into words */
    rap_meeting_word *words; /* [word.count] */
};

typedef RAP_LIST(rap_event) rap_event_list;

const rap_meeting_word *rap_meeting_word_of(const rap_event_knowledge *knowledge,
                                            rap_slice lemma);
/* Append the meetings of the document to `list`; false when an arena is full. */
bool rap_meetings_find(const rap_event_knowledge *knowledge, const rap_event_input *in,
                       rap_arena *arena, rap_arena *scratch, rap_event_list *list);

#endif
