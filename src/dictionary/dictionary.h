/*
 * dictionary.h - dictionaries in the format of the PETRARCH event coders, as plain tables.
 *
 * Reads   the bytes of actor, agent, discard and verb dictionaries of a person
 *         (docs/format/dictionaries.md); knows no language and no actor.
 * Writes  rap_dictionary: actors with dated codes, agents, discards, verbs with their
 *         patterns. Wordings are as written, with blanks for underscores.
 * Method  line by line; a line that cannot be read is told with file, line and byte, and
 *         the others load.
 * Cost    linear in bytes; about 6 bytes of memory a byte of dictionary.
 */
#ifndef RAP_DICTIONARY_H
#define RAP_DICTIONARY_H

#include "base.h"
#include "date.h"

typedef struct rap_dictionary_file {
    const char *name; /* its path, for messages; its ending tells what it holds */
    rap_slice bytes;
} rap_dictionary_file;

/* One line that was left out: err->text says which file and line, err->at is the byte. */
typedef void (*rap_dictionary_complaint)(void *state, const rap_error *err);

typedef struct rap_dictionary_place { /* where an entry was read */
    uint32_t file, line;
} rap_dictionary_place;

/* ---- actors, agents, discards ------------------------------------------------------ */
#define RAP_DAY_LAST INT32_MAX
typedef struct rap_dictionary_code {
    rap_slice code;
    rap_day from, until; /* [from, until); RAP_NO_DAY and RAP_DAY_LAST where open */
} rap_dictionary_code;

typedef struct rap_dictionary_actor {
    uint32_t phrase, phrases; /* its wordings: phrase[phrase, phrase + phrases) */
    uint32_t code, codes;     /* its codes, as written */
    rap_dictionary_place place;
} rap_dictionary_actor;

typedef struct rap_dictionary_agent {
    rap_slice phrase, plural; /* plural: empty if there is none */
    rap_slice code;
    bool leads; /* [COD~]: the code stands before the country's */
    rap_dictionary_place place;
} rap_dictionary_agent;

typedef struct rap_dictionary_discard {
    rap_slice phrase;
    bool story; /* the whole document is left out, not the sentence */
    rap_dictionary_place place;
} rap_dictionary_discard;

/* The code among `codes` that holds on all days [from, to]; dated ones first, and the first
 * of several. RAP_NO_DAY for both: the day is not known, and only an actor with one single
 * code, undated or not, has one. RAP_NONE: none holds. */
uint32_t rap_dictionary_code_on(const rap_dictionary_code *code, uint32_t codes,
                                rap_day from, rap_day to);

/* ---- verbs ------------------------------------------------------------------------- */
typedef enum rap_element_kind {
    RAP_ELEMENT_WORD,
    RAP_ELEMENT_SET,      /* any member of the set of synonyms `word` */
    RAP_ELEMENT_SOURCE,   /* $ */
    RAP_ELEMENT_TARGET,   /* + */
    RAP_ELEMENT_COMPOUND, /* %: parties joined by "and", source and target at once */
    RAP_ELEMENT_SKIP      /* ^: any noun phrase */
} rap_element_kind;

typedef enum rap_element_role {                     /* in a pattern over trees */
                                RAP_ELEMENT_LINEAR, /* a pattern over words in a row */
                                RAP_ELEMENT_HEAD,
                                RAP_ELEMENT_MODIFIER, /* of the head of its phrase */
                                RAP_ELEMENT_MARKER /* the preposition of its phrase */
} rap_element_role;

typedef struct rap_dictionary_element {
    rap_slice word; /* WORD, SET */
    rap_element_kind kind;
    rap_element_role role;
    uint32_t
        phrase;  /* elements of one phrase of a pattern over trees share this number */
    bool joined; /* follows the element before it, or the verb, without a gap */
    bool exact;  /* no other form of the word */
} rap_dictionary_element;

typedef struct rap_dictionary_set {
    rap_slice name;
    uint32_t member, members; /* wordings; one that begins with & is another set */
    uint32_t file;            /* a set is known within its file */
} rap_dictionary_set;

/* "031" or "031:032": of the act, and of what the target does; over trees: active and
 * passive. Empty: no code. */
typedef struct rap_dictionary_act {
    rap_slice code, back;
    bool silent; /* [---]: recognised, and no event */
} rap_dictionary_act;

typedef struct rap_dictionary_verb {
    rap_slice form;          /* the word itself */
    rap_slice before, after; /* words right before and behind it, parted by blanks */
    uint32_t block;
    bool given;             /* one of the {FORMS}: only so, not another form */
    rap_dictionary_act act; /* its own or its block's */
    rap_dictionary_place place;
} rap_dictionary_verb;

typedef struct rap_dictionary_pattern { /* for all verbs of its block */
    uint32_t block;
    uint32_t element, elements; /* in the order of the text, the verb apart */
    uint32_t verb;              /* elements before the verb */
    bool verb_joined;           /* no gap before the verb */
    bool tree;                  /* over trees, not over words in a row */
    rap_dictionary_act act;
    rap_dictionary_place place;
} rap_dictionary_pattern;

typedef struct rap_dictionary {
    rap_arena arena;
    const char **file; /* [files] their names, without folders */
    uint32_t files;
    rap_sha256 digest;       /* of all names and bytes */
    const rap_slice *phrase; /* wordings of actors, members of sets */
    const rap_dictionary_code *code;
    const rap_dictionary_actor *actor;
    uint32_t actors;
    const rap_dictionary_agent *agent;
    uint32_t agents;
    const rap_dictionary_discard *discard;
    uint32_t discards;
    const rap_dictionary_set *set;
    uint32_t sets;
    const rap_dictionary_verb *verb; /* by block */
    uint32_t verbs;
    const rap_dictionary_pattern *pattern; /* by block */
    uint32_t patterns;
    const rap_dictionary_element *element;
    uint32_t blocks;
    uint32_t left_out;   /* lines that could not be read */
    uint32_t transforms; /* rules that rewrite events ("~ …"): known and not used */
} rap_dictionary;

/* Is a file of this name (or with such a first block) a dictionary? */
bool rap_dictionary_is_file(rap_dictionary_file file);

/*
 * Read `files` in the order given; the tables stand on their own. RAP_E_LIMIT: more than
 * 64 MB. RAP_E_NOMEM. A file or line that cannot be read is no failure: `complain` (may be
 * NULL) is called, for the first ten lines of a file and once for the rest.
 */
rap_status rap_dictionary_open(const rap_dictionary_file *files, uint32_t count,
                               rap_dictionary_complaint complain, void *state,
                               rap_dictionary **out, rap_error *err) RAP_CHECKED;
void rap_dictionary_close(rap_dictionary *dictionary);

#endif
