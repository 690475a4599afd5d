/*
 * dictionary_private.h - what the files of this module share; see dictionary.h.
 *
 * dictionary.c        files, lines, comments, complaints
 * dictionary_actor.c  actors with dated codes, agents with macros, discards
 * dictionary_verb.c   sets, blocks, verbs, patterns
 */
#ifndef RAP_DICTIONARY_PRIVATE_H
#define RAP_DICTIONARY_PRIVATE_H

#include "dictionary.h"
#include "text.h"

typedef struct dictionary_macro { /* !PERSON! = MAN, MEN */
    rap_slice name, words;
} dictionary_macro;

typedef struct dictionary_reader {
    rap_arena *arena;
    RAP_LIST(rap_slice) phrases;
    RAP_LIST(rap_dictionary_code) codes;
    RAP_LIST(rap_dictionary_actor) actors;
    RAP_LIST(rap_dictionary_agent) agents;
    RAP_LIST(rap_dictionary_discard) discards;
    RAP_LIST(rap_dictionary_set) sets;
    RAP_LIST(rap_dictionary_verb) verbs;
    RAP_LIST(rap_dictionary_pattern) patterns;
    RAP_LIST(rap_dictionary_element) elements;
    RAP_LIST(dictionary_macro) macros; /* of the file at hand */
    uint32_t blocks, left_out, transforms;
    rap_dictionary_complaint complain;
    void *state;
    /* Of the file at hand. */
    const char *path;
    uint32_t file, line, bad; /* bad: lines left out */
    rap_slice rest, begun;
    uint64_t at;
    bool comment;             /* inside <!-- … --> */
    bool refused;             /* the arena did */
    bool open;                /* an actor or a set takes more lines */
    bool tree;                /* patterns over trees */
    rap_dictionary_act block; /* code of the block */
} dictionary_reader;

/* The next line that says something, without comments, blanks at its end cut; false at the
 * end of the file. */
bool dictionary_line(dictionary_reader *r, rap_slice *line);
/* Leaves the line at hand out, and says why. Always true: reading goes on. */
bool dictionary_bad(dictionary_reader *r, const char *why);
/* `wording` with blanks for underscores, one between words, none at the ends; empty and
 * `refused` where the arena is full. */
rap_slice dictionary_wording(dictionary_reader *r, rap_slice wording);
/* What follows the byte at `at`; empty where there is no such byte. */
static inline rap_slice dictionary_behind(rap_slice s, uint32_t at)
{
    return at < s.len ? rap_slice_sub(s, at + 1, s.len) : (rap_slice){"", 0};
}
/* What stands between the first `open` and the `close` behind it; `after`: what follows.
 * False if there is none. */
bool dictionary_between(rap_slice s, char open, char close, rap_slice *before,
                        rap_slice *inside, rap_slice *after);

/* One file; false when the arena refused. */
bool dictionary_actors(dictionary_reader *r);
bool dictionary_agents(dictionary_reader *r);
bool dictionary_discards(dictionary_reader *r);
bool dictionary_verbs(dictionary_reader *r);

#endif
