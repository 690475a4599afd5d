/* name_office_private.h - offices of state and who held them when; see name_private.h. */
#ifndef RAP_NAME_OFFICE_PRIVATE_H
#define RAP_NAME_OFFICE_PRIVATE_H

#include "name.h"

enum {
    OFFICE_OWNERS = 3,  /* "UN envoy for Syria": the UN, Syria */
    OFFICE_BYTES = 160, /* longest folded wording */
    OFFICE_KEY_BYTES = OFFICE_BYTES + 4 * OFFICE_OWNERS
};

typedef struct office_person {
    rap_slice name;    /* as shown */
    rap_slice folded;  /* words with one blank between */
    rap_slice key;     /* "person:…", as of any known person */
    uint32_t holdings; /* the last of them; the others by `next` */
    uint32_t home;     /* entry of the state of his first office, or RAP_NONE */
    uint8_t sex;       /* name_gender */
} office_person;

typedef struct office_holding {
    uint32_t office;
    uint32_t person; /* RAP_NONE: the list says that it is not known, or nobody */
    uint32_t next;   /* of the same person, RAP_NONE at the end */
    rap_date from, until;
    bool acting;
} office_holding;

typedef struct office_row {
    rap_slice name;           /* what it is called in its lists */
    rap_slice owned_by;       /* codes or names, parted by | */
    rap_slice words;          /* other wordings, without the owners */
    rap_date known;           /* the last holder is known to have been there then */
    uint32_t first, holdings; /* in order of time */
    uint32_t owner[OFFICE_OWNERS], owners; /* entries, rising */
} office_row;

typedef struct office_name { /* a spelling of a full name: folded, one blank between */
    rap_slice folded;
    uint32_t person;
    uint32_t next[3]; /* by whole, first and last word: another name, or 0 */
} office_name;
enum { BY_WHOLE, BY_FIRST, BY_LAST, OFFICE_CHAINS = 8192 };

typedef struct office_table {
    RAP_LIST(office_row) offices;
    RAP_LIST(office_holding) holdings;
    RAP_LIST(office_person) persons;
    RAP_LIST(office_name) names; /* the first stands for none */
    uint32_t chain[3][OFFICE_CHAINS];
    RAP_LIST(rap_slice) synonyms; /* the name that `synonym` leads to */
    rap_map when;                 /* "former" -> office_when */
    rap_map by_words;             /* owners and words -> office */
    rap_map synonym;              /* words -> synonyms */
} office_table;

/* When somebody so described held the office. */
typedef enum office_when { OFFICE_NOW, OFFICE_BEFORE, OFFICE_TO_COME } office_when;

typedef struct office_words {              /* a wording, taken apart */
    uint32_t owner[OFFICE_OWNERS], owners; /* entries, rising */
    char rest[OFFICE_BYTES];               /* folded, without the small words */
    uint32_t len;
    office_when when;
} office_words;

struct name_work;
struct name_found;

/* The days an office is asked for, both inclusive. */
typedef struct office_days {
    rap_day from, to; /* RAP_NO_DAY: not known */
} office_days;

/* Rows of the lists; docs/format/actors.md. false when the arena refused. */
bool office_is_row(const rap_slice field[], uint32_t kind);
bool office_read(rap_name_knowledge *knowledge, const rap_slice field[], uint32_t kind);
/* The names whose whole, first or last word (`by`) is `word`: the one after `name`, from 0
 * on; 0 at the end. */
uint32_t office_name_next(const office_table *table, uint32_t by, rap_slice word,
                          uint32_t name);
/* Once all lists are read: owners, wordings, the ends of tenures. */
bool offices_link(rap_name_knowledge *knowledge);

/* One more owner, in order; false when there are too many. */
bool office_add_owner(uint32_t *owner, uint32_t *owners, uint32_t entry);
/* The key of these owners and the words `rest`, into out[OFFICE_KEY_BYTES]; its length. */
uint32_t office_key(const office_words *words, rap_slice rest, char *out);
/* `text` taken apart; false if it is too long or names too many owners. */
bool office_words_of(const rap_name_knowledge *knowledge, rap_slice text,
                     office_words *out);
/* The same, where "the White House" stands for its state. */
bool office_words_by_seat(const rap_name_knowledge *knowledge, rap_slice text,
                          office_words *out);
/* The office that is called so, or RAP_NONE; `owner` for a wording without one. */
uint32_t office_called(const rap_name_knowledge *knowledge, const office_words *words,
                       uint32_t owner);
/* May the holding include a day of `days`? Does it surely include them all? */
bool office_may_cover(const office_holding *holding, office_days days);
bool office_does_cover(const rap_name_knowledge *knowledge,
                       const office_holding *holding, office_days days);
/* Who alone held it on all of these days: a person, or RAP_NONE. */
uint32_t office_holder(const rap_name_knowledge *knowledge, uint32_t office,
                       office_days days);

/* ---- in a document; each returns an actor, or RAP_NONE (work->full: no memory) ---- */
/* "the Ruritanian foreign minister" at the date of the document. */
uint32_t holder_described(struct name_work *work, const struct name_found *found,
                          rap_slice words);
/* The same, only where the sentence names another year than the document's. */
uint32_t holder_of_year(struct name_work *work, const struct name_found *found,
                        rap_slice words);
/* "Foreign Minister Doe", "Doe": the person of that short name who holds such an office.
 * `title`: RAP_NONE, or the mention with the title. `homes`: codes of the countries that
 * the document names. */
uint32_t holder_named(struct name_work *work, const rap_map *homes, rap_slice word,
                      uint32_t title);
/* A full name, in any of its spellings. */
uint32_t holder_in_full(struct name_work *work, const rap_map *homes, rap_slice word);
/* A full name in a spelling that no list has, under a title: whoever holds that office
 * then, if he is the only one whose name may be so spelled. */
uint32_t holder_spelled(struct name_work *work, rap_slice word, uint32_t title);

#endif
