/*
 * finding_meeting.h - the parts of the finder of meetings.
 *
 * finding_meeting.c  all tellings of a report
 * finding_telling.c  one telling: its words, place, status
 * finding_when.c     its day
 * finding_people.c   who took part, named or not
 * finding_owner.c    whose meeting a noun tells of
 * finding_sitting.c  which tellings of one report are one meeting
 * finding_result.c   what came of it
 * finding_gather.c   each meeting with all that its tellings say, as a finding
 */
#ifndef RAP_FINDING_MEETING_H
#define RAP_FINDING_MEETING_H

#include "finding_private.h"

enum { MOST_PEOPLE = 16 };

typedef struct people {
    uint32_t at[MOST_PEOPLE];
    uint32_t count;
} people;

typedef enum telling_form { TOLD_BY_VERB, TOLD_BY_NOUN } telling_form;

typedef struct telling { /* words that tell of a meeting */
    telling_form form;
    uint32_t head;          /* token: the verb, the noun */
    uint32_t first, end;    /* tokens of the noun's phrase; the verb alone */
    uint32_t from, to;      /* tokens of the clause to quote */
    uint32_t event;         /* event that tells it, or RAP_NONE */
    people who, host, part; /* part: told elsewhere that they took part */
    rap_when date;
    bool own_day;        /* the day stands with it */
    const char *weekday; /* of no known week: "XXXX-WXX-1"; NULL */
    rap_day until;       /* last day of a meeting of several, or RAP_NO_DAY */
    rap_slice place;
    rap_span place_span;
    uint32_t where; /* actor of the place, or RAP_NONE */
    rap_slice moved_from;
    const char *status, *mode;
    uint32_t times;     /* "met three times"; 1 */
    bool definite;      /* "the talks": told before, or known */
    bool another;       /* "met again", "a second round": not the one told before */
    bool placed;        /* the place stands behind it */
    rap_slice apart_by; /* "membership talks": the noun that tells it from others */
    bool past;          /* "the first summit since May": that of May */
    bool aside;         /* only dates something else: "after the summit" */
    bool light;         /* the object of a verb: "held talks" */
    bool held;          /* the verb says who holds or begins it */
    bool body; /* the parties are those of whom it is the meeting: "its summit" */
    float confidence;
    uint32_t sitting; /* the meeting it tells of, RAP_NONE: of none */
} telling;

typedef RAP_LIST(telling) telling_list;

typedef struct taking_part { /* "X hosted the talks", "X also took part" */
    uint32_t token;
    people who;
    bool host;
} taking_part;

typedef struct meeting_search { /* of one report */
    finder *f;
    telling_list tellings;
    RAP_LIST(taking_part) parts;
    const uint32_t
        *about; /* [about_count] whom the report names most, once asked for */
    uint32_t about_count;
    uint32_t *event_at; /* [T] the first event whose trigger ends there, or RAP_NONE */
} meeting_search;

/* ---- finding_people.c ---------------------------------------------------------------- */
/* Where the sentence of `token` begins, as far as words there belong together. */
uint32_t rap_near_first(const finder *f, uint32_t token);
/* The union that the report names most; RAP_NONE: it names none. */
uint32_t rap_main_union(finder *f);
void rap_people_take(people *list, uint32_t actor);
bool rap_people_has(const people *list, uint32_t actor);
/* `actor` as those who take part: the members of a group, the persons or parties that a
 * rank stands for, its union. `token` is where it is named. */
void rap_people_add(finder *f, people *list, uint32_t actor, uint32_t token);
/* Who does what the verb at `token` says; "who" and "which" are what they stand for. */
void rap_people_before(finder *f, people *list, uint32_t token);
/* Those listed from `token` on. *end: the token behind them. */
void rap_people_from(finder *f, people *list, uint32_t token, uint32_t *end);
/* "of the bloc's leaders", "of the member states": the union of the report; false: none. */
bool rap_people_of_bloc(finder *f, people *list, uint32_t from, uint32_t end);
/* Those beside a length of talks: "signed by A and B after ten days of talks". */
void rap_people_of_length(finder *f, telling *t);
/* The parties of a noun of meeting: "of the bloc's leaders", "between A and B", "its". */
void rap_people_of_noun(finder *f, telling *t);
/* The parties of an event; what it took from elsewhere for an unnamed rank gives way to
 * what the rank stands for. */
void rap_people_of_event(finder *f, telling *t);

/* ---- finding_telling.c --------------------------------------------------------------- */
/* The first time that ends at `token` or later; index into times. */
uint32_t rap_first_time(const finder *f, uint32_t token);
/* Fill in what the words around `head`, `end`, `form` and `event` say. */
void rap_telling_read(finder *f, telling *t);
/* Its day and, of several, its last. */
void rap_telling_date(finder *f, telling *t);
/* "ten days of talks": the length right before the noun; NULL: none. */
const rap_timex *rap_telling_length(const finder *f, const telling *t);
/* Its place, if it has none, from tokens [from, end); `apart`: it need not hang from it. */
void rap_telling_place(finder *f, telling *t, uint32_t from, uint32_t end, bool apart);

/* ---- finding_sitting.c --------------------------------------------------------------- */
/* Fill `sitting` of each telling: 0.., in text order; returns how many there are. */
uint32_t rap_tellings_join(finder *f, telling_list *list);

/* ---- finding_result.c ---------------------------------------------------------------- */
/* Tokens of what its parties agreed on, signed or failed to; false: the report does not say it beside. */
bool rap_meeting_result(finder *f, const telling *t, const people *who,
                        uint32_t *out_from, uint32_t *out_to);

/* ---- finding_gather.c ---------------------------------------------------------------- */
/* Findings of the tellings, which are of `count` sittings. */
void rap_meetings_gather(meeting_search *c, uint32_t count);

#endif
