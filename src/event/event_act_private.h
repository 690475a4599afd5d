/*
 * event_act_private.h - the lexicon of political acts and the coder over trees.
 *
 * Reads   all layers before events; event/word_*.tsv and event/act_*.tsv.
 * Writes  events of all types, in text order.
 * event_lexicon.c the lists, compiled to frames by word
 * event_tree.c    children of words, subjects and objects through voice and control
 * event_actor.c   the actors that a phrase names
 * event_status.c  happened, planned, proposed, hypothetical, denied
 * event_dating.c  when, where and inside which statement
 * event_party.c   the two parties that the report is about
 * event_need.c    the frame that stands at a word
 * event_settle.c  the type, mode and code that an act becomes
 * event_answer.c  whom an answer is directed at
 * event_confidence.c  how likely an act is right
 * event_act.c     which acts are told, by whom and to whom
 */
#ifndef RAP_EVENT_ACT_PRIVATE_H
#define RAP_EVENT_ACT_PRIVATE_H

#include "event_private.h"

/* ---- event_party.c -----------------------------------------------------------------
 */
typedef struct rap_sides { /* the two parties that the report is about */
    uint32_t actor[2];
    uint32_t count;      /* 2, or 0: none stand out */
    bool home;           /* a state and the rebels of its country */
    bool fought, talked; /* with each other, as the report tells */
} rap_sides;

/* ---- event_tree.c ------------------------------------------------------------------
 */
typedef struct rap_coder {
    const rap_event_knowledge *knowledge;
    const rap_act_lexicon *lexicon;
    const rap_event_input *in;
    rap_arena *arena;
    const uint32_t *head;
    const uint8_t *relation, *upos, *form;
    uint32_t *child, *sibling; /* [T] first child and next sibling, or RAP_NONE */
    uint32_t *word;            /* [T] word id of the lemma, or RAP_NONE */
    uint32_t *cover, *timex;   /* [T] widest mention, time expression, or RAP_NONE */
    uint32_t *act;             /* [T] frame matched at the word, or RAP_NONE */
    struct rap_patterns *patterns; /* of a person's dictionaries, or NULL */
    rap_found_list *list;
    const rap_sides *sides; /* NULL while it is read who they are */
    uint32_t sentence, begin, end;
} rap_coder;

/* The first child with one of the relations in `mask` (1 << relation), or RAP_NONE. */
uint32_t rap_tree_child(const rap_coder *c, uint32_t token, uint64_t mask);
#define RAP_REL(name) (1ull << RAP_REL_##name)
static inline bool rap_tree_is(const rap_coder *c, uint32_t token, uint64_t mask)
{
    return (1ull << c->relation[token] & mask) != 0;
}
static inline bool rap_coder_is(const rap_coder *c, uint32_t token, rap_known_set set)
{
    return c->word[token] != RAP_NONE &&
           rap_act_in(c->lexicon, c->lexicon->known[set], c->word[token]);
}
/* Finds them from mentions and from the events found so far. */
void rap_sides_find(const rap_coder *c, rap_sides *out);
/* Is the PLOVER sector of an actor in this set? */
bool rap_sector_is(const rap_coder *c, rap_slice sector, rap_known_set set);

/* The frame matched at a word, or NULL. */
static inline const rap_frame *rap_act_at(const rap_coder *c, uint32_t token)
{
    return c->act[token] == RAP_NONE ? NULL : &c->lexicon->frame[c->act[token]];
}

bool rap_tree_is_passive(const rap_coder *c, uint32_t verb);
/* The word that acts, or that is acted upon, through voice, coordination, relative
 * clauses and control; RAP_NONE: nobody is named. */
uint32_t rap_tree_agent(const rap_coder *c, uint32_t verb);
uint32_t rap_tree_patient(const rap_coder *c, uint32_t verb);
/* Who acts in the clause above the one that a gerund hangs from: "A noted that it was over,
 * urging B"; or RAP_NONE. */
uint32_t rap_tree_agent_above(const rap_coder *c, uint32_t verb);
/* The verb that carries a noun: "held talks"; RAP_NONE if there is none. */
uint32_t rap_tree_light(const rap_coder *c, uint32_t noun);
/* The n-th dependent of `token` whose case marker is `word`; RAP_NONE. */
uint32_t rap_tree_marked(const rap_coder *c, uint32_t token, uint32_t word);
/* Who owns the noun, "whose" traced to what its clause describes; or RAP_NONE. */
uint32_t rap_tree_owner(const rap_coder *c, uint32_t noun);
/* The verb of a complement (infinitive, gerund, finite clause), or RAP_NONE. */
uint32_t rap_tree_complement(const rap_coder *c, uint32_t token);
uint32_t rap_tree_clause(const rap_coder *c, uint32_t token);
/* The verb whose clause `token` stands in: itself if it is one. */
uint32_t rap_tree_predicate(const rap_coder *c, uint32_t token);

/* ---- event_actor.c -----------------------------------------------------------------
 */
typedef struct rap_cast { /* actors on one side of an act */
    uint32_t actor[RAP_MOST_PARTIES];
    rap_span words[RAP_MOST_PARTIES]; /* that name each; empty: supplied */
    uint32_t count;
    float sure; /* of the least sure mention; 1 when nobody */
    bool both;  /* the report's parties, supplied */
} rap_cast;

typedef enum rap_reach {
    RAP_REACH_HEAD,  /* the phrase's head, its apposition or its nation */
    RAP_REACH_OWNER, /* and who owns or leads it: "the decision of A" */
    RAP_REACH_PLACE, /* and where it is: "a court in A" */
    RAP_REACH_ALL    /* and whom else it concerns: "the attack on A" */
} rap_reach;
/* Adds an actor once, with the words that name it. */
void rap_cast_add(rap_cast *cast, uint32_t actor, rap_span words, float sure);
/* Adds who the phrase of `token` names, with those coordinated with it. */
void rap_cast_phrase(const rap_coder *c, uint32_t token, rap_reach reach,
                     rap_cast *cast);
bool rap_actor_is_person(const rap_coder *c, uint32_t token);
/* The parts of a frame matched at `token`. */
void rap_cast_parts(const rap_coder *c, uint32_t token, const rap_frame *frame,
                    const rap_part *part, uint32_t parts, rap_reach reach,
                    rap_cast *cast);

/* Who is named first in what depends on `token`, its subject apart: the far target of an
 * act. `verbal`: a place is none; `abroad`: nor the source's own country. */
void rap_cast_deep(const rap_coder *c, uint32_t token, bool verbal, bool abroad,
                   const rap_cast *source, rap_cast *cast);

/* "sent inspectors to B to investigate": where one goes to do it. */
void rap_cast_goal(const rap_coder *c, uint32_t verb, rap_cast *cast);
/* Is one of them a party of the report? */
bool rap_cast_is_party(const rap_coder *c, const rap_cast *cast);
/* Adds the other party of the report to one of them. False: it is none of them. */
bool rap_cast_other_side(const rap_coder *c, rap_cast *cast);
/* The report's parties, known, instead of who is there. */
void rap_cast_both(const rap_coder *c, rap_cast *cast);
/* Is `actor` of the country of one in `cast`? */
bool rap_are_compatriots(const rap_coder *c, const rap_cast *cast, uint32_t actor);

/* An act of this type by the parties in `cast` that has been told, or NULL. */
rap_event *rap_sides_told(const rap_coder *c, const rap_cast *cast, const char *type,
                          const rap_when *when);

/* Nobody, or only bodies without a country: "troops". */
bool rap_cast_is_vague(const rap_coder *c, const rap_cast *cast);

/* ---- event_status.c ----------------------------------------------------------------
 */
typedef struct rap_stand {
    rap_event_status status;
    bool will; /* said of the future with certainty */
    bool negated;
    bool governed;     /* another verb says so: "plans to" */
    bool would;        /* the future in the past, or a condition */
    bool conditional;  /* "if" */
    uint32_t governor; /* the word above that says so, or RAP_NONE */
} rap_stand;
rap_stand rap_event_stand(const rap_coder *c, uint32_t token);

/* ---- event_dating.c ----------------------------------------------------------------
 */
void rap_act_when(const rap_coder *c, uint32_t token, rap_when *when);
void rap_act_where(const rap_coder *c, uint32_t token, rap_event *event);
uint32_t rap_act_statement(const rap_coder *c, rap_span trigger);
/* The number of statements whose content begins before byte `at`. */
uint32_t rap_act_statements_before(const rap_coder *c, uint32_t at);

/* ---- event_need.c ------------------------------------------------------------------
 */
/* The frame that stands at `token`, as an index, or RAP_NONE. */
uint32_t rap_act_frame_at(const rap_coder *c, uint32_t token);
/* Is the noun spoken of as known: "the war", but not "a new war", "war crimes"? */
bool rap_act_is_given(const rap_coder *c, uint32_t noun);
/* Does the frame ask for one of certain objects: "reached a deal"? */
bool rap_frame_names_object(const rap_frame *frame);

/* ---- event_pattern.c: a person's dictionaries (event_dictionary_private.h) ----------
 */
#define RAP_ACT_SILENT (RAP_NONE - 1) /* in place of a frame: no event, by no list */
/* The frame of the dictionaries at a verb, RAP_NONE or RAP_ACT_SILENT. */
uint32_t rap_patterns_at(const rap_coder *c, uint32_t token);
/* A factor of the confidence of an act at `token`. */
float rap_patterns_sure(const rap_coder *c, uint32_t token);
/* The parties that the pattern at `token` names itself. */
void rap_patterns_cast(const rap_coder *c, uint32_t token, rap_cast *source,
                       rap_cast *target);
/* Is the act at `token` a dictionary's? Then its code stands, whatever the tense; and it
 * happened, if the words of the pattern say themselves how: "WILL NOT *". */
bool rap_patterns_settle(const rap_coder *c, uint32_t token, rap_stand *stand);

/* ---- event_settle.c ----------------------------------------------------------------
 */
/* "will support" promises; may settle the status too. */
rap_plover rap_act_settle(const rap_coder *c, uint32_t token, const rap_frame *frame,
                          rap_stand *stand);
const char *rap_act_cameo(const rap_frame *frame, rap_plover type);
const char *rap_act_mode(const rap_coder *c, uint32_t token, const rap_frame *frame,
                         rap_plover type);

/* ---- event_answer.c ----------------------------------------------------------------
 */
/* Nobody acts upon himself: those in `from` leave `cast`. */
void rap_cast_drop_shared(const rap_cast *from, rap_cast *cast);
/* Whom the act at `token` answers, if its object only points back. */
void rap_act_answered(const rap_coder *c, uint32_t token, rap_plover type,
                      const rap_cast *source, rap_cast *target);

/* ---- event_confidence.c ------------------------------------------------------------
 */
typedef struct rap_telling { /* an act and its parties, before it is an event */
    rap_cast source, target;
    rap_stand stand;
    rap_plover type;
    uint32_t host; /* actor or RAP_NONE */
} rap_telling;
/* The share of acts so read that are right. */
float rap_act_confidence(const rap_coder *c, uint32_t token, const rap_frame *frame,
                         const rap_telling *t);

/* ---- event_act.c -------------------------------------------------------------------
 */
/* Append the acts of the document to `list`; false when an arena is full. */
bool rap_acts_find(const rap_event_knowledge *knowledge, const rap_event_input *in,
                   rap_arena *arena, rap_arena *scratch, rap_found_list *list);

#endif
