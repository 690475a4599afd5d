/* token_private.h - what the files of this folder share; never included elsewhere. */
#ifndef RAP_TOKEN_PRIVATE_H
#define RAP_TOKEN_PRIVATE_H

#include "text.h"
#include "token.h"

enum {                           /* what the lists say of a word; bits */
       WORD_TITLE = 1 << 0,      /* abbreviation before a name */
       WORD_FIGURE = 1 << 1,     /* abbreviation before a figure */
       WORD_INNER = 1 << 2,      /* abbreviation that ends no sentence */
       WORD_END = 1 << 3,        /* abbreviation that may end one */
       WORD_CLITIC = 1 << 4,     /* n't 's */
       WORD_SPLIT = 1 << 5,      /* two words written as one */
       WORD_APOSTROPHE = 1 << 6, /* begins with an apostrophe */
       WORD_UNIT = 1 << 7,       /* written close to a figure */
       WORD_PREFIX = 1 << 8,     /* its hyphen does not part */
       WORD_SUFFIX = 1 << 9,     /* nor does the hyphen before it */
       WORD_ADDRESS = 1 << 10,   /* last part of an internet name */
       WORD_STARTER = 1 << 11,   /* begins sentences */
       WORD_SAYING = 1 << 12     /* goes on after a quoted question */
};
enum { WORD_ABBREVIATION = WORD_TITLE | WORD_FIGURE | WORD_INNER | WORD_END };

struct rap_token_knowledge {
    rap_arena arena;
    rap_map words;           /* folded word -> bits */
    rap_map splits;          /* folded word -> bytes of its first part */
    uint32_t split_starts;   /* bit per first letter a-z of the split words */
    uint8_t possessive[256]; /* letters before a bare possessive apostrophe */
};

enum { FOLD_BYTES = 48 }; /* longer words are in no list */
/* The bits of a word; 0 if no list has it. */
uint32_t token_word_bits(const rap_token_knowledge *knowledge, rap_slice word);

typedef enum byte_class { /* of a character */
                          IS_OTHER,
                          IS_SPACE,
                          IS_LETTER, /* broken bytes too: they sit inside words */
                          IS_DIGIT,
                          IS_DOT,
                          IS_APOSTROPHE,
                          IS_HYPHEN,
                          IS_DASH,
                          IS_MARK, /* ! ? */
                          IS_QUOTE,
                          IS_OPEN,
                          IS_CLOSE,
                          IS_COMMA, /* , : ; */
                          IS_SYMBOL,
                          IS_ELLIPSIS
} byte_class;
/* Class of the character at `at`; *next is set past it. */
byte_class token_class(rap_slice text, uint32_t at, uint32_t *next);

typedef struct token {
    rap_span span;
    uint8_t kind, flags; /* as in token.h */
} token;
typedef RAP_LIST(token) token_list;

typedef struct cutter { /* the state of one run */
    const rap_token_knowledge *knowledge;
    rap_slice text;
    rap_arena *scratch;
    uint32_t zone_end;
    bool lost; /* the arena refused */
    token_list tokens;
} cutter;
/* Cut the chunk [begin, end), which holds no white space, into tokens. */
void token_cut_chunk(cutter *cut, uint32_t begin, uint32_t end);

/* Does a sentence end after token `at` of tokens [0, count)? Moves *at to the last
 * token of the sentence: closing quotes and brackets stay in it. */
bool token_ends_sentence(const rap_token_knowledge *knowledge, rap_slice text,
                         const token *tokens, uint32_t count, uint32_t *at);

#endif
