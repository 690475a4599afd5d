/* html_private.h - what the files of the html module share: tags' traits, references.
 */
#ifndef RAP_HTML_PRIVATE_H
#define RAP_HTML_PRIVATE_H

#include "html.h"

enum {
    TRAIT_VOID = 1u << 0,     /* has no end tag and no content */
    TRAIT_CLOSES_P = 1u << 1, /* its start tag ends an open paragraph */
    TRAIT_SPECIAL =
        1u << 2,            /* the end tag of an ordinary element does not reach past */
    TRAIT_SCOPE = 1u << 3,  /* an end tag of a block does not reach past */
    TRAIT_HEAD = 1u << 4,   /* belongs to <head> */
    TRAIT_RAW = 1u << 5,    /* its content is bytes up to its end tag */
    TRAIT_RCDATA = 1u << 6, /* the same, but with character references */
    TRAIT_BLOCK_END = 1u << 7, /* its end tag is looked for in scope, past specials */
    TRAIT_TABLE = 1u << 8,     /* part of a table */
    TRAIT_LEAVES_SVG = 1u << 9 /* its start tag ends <svg> or <math> */
};

enum { REFERENCE_BYTES = 8, LONGEST_NAME = 33 };

typedef struct rap_html_reference { /* what a name stands for, as UTF-8 */
    char byte[REFERENCE_BYTES];
    uint32_t len;
} rap_html_reference;

struct rap_html_knowledge {
    rap_arena arena;
    rap_map name; /* "amp;" -> index into `reference` */
    const rap_html_reference *reference;
    rap_map tag; /* lower-case name -> rap_html_tag */
};

uint32_t rap_html_traits(rap_html_tag tag);
/* The reference at s.at[at], which is '&': bytes read, 0 if there is none there. */
uint32_t rap_html_read_reference(const rap_html_knowledge *knowledge, rap_slice s,
                                 uint32_t at, bool in_attribute,
                                 rap_html_reference *out);

#endif
