/*
 * article_private.h - what the files of this module share.
 *
 * Reads   article.h.
 * Method  a plain text is cut into blocks (blocks), each block is looked up in the cue
 *         phrases of the language (cues), the blocks are given zones in order (plain),
 * and the zones give up the metadata (meta).
 */
#ifndef RAP_ARTICLE_PRIVATE_H
#define RAP_ARTICLE_PRIVATE_H

#include "article.h"
#include "text.h"

/* ---- cue phrases (article_cues.c) ----------------------------------------------- */

/* The classes of cues.tsv, in the order of cue_name[] */
typedef enum rap_cue {
    RAP_CUE_LABEL,
    RAP_CUE_OPINION,
    RAP_CUE_INTERVIEW,
    RAP_CUE_STATEMENT,
    RAP_CUE_BYLINE,
    RAP_CUE_SOURCE,
    RAP_CUE_REPORTING,
    RAP_CUE_NO_AUTHOR,
    RAP_CUE_PUBLISHED,
    RAP_CUE_UPDATED,
    RAP_CUE_AGE,
    RAP_CUE_CAPTION,
    RAP_CUE_CREDIT,
    RAP_CUE_CREDIT_END,
    RAP_CUE_SOCIAL,
    RAP_CUE_NOTICE,
    RAP_CUE_COPYRIGHT,
    RAP_CUE_DISCLAIMER,
    RAP_CUE_POLICY,
    RAP_CUE_COMMENTS,
    RAP_CUE_FORM,
    RAP_CUE_SAYS,
    RAP_CUE_RELATED,
    RAP_CUE_RELATED_LINE,
    RAP_CUE_BIO,
    RAP_CUE_MAYBE_BIO,
    RAP_CUES
} rap_cue;
#define RAP_CUE_BIT(cue) (1u << (uint32_t)(cue))

/* The classes of terms.tsv and of the word lists */
typedef enum rap_term {
    RAP_TERM_JOINER = 1,
    RAP_TERM_PERSON = 2,
    RAP_TERM_STOP = 4,
    RAP_TERM_AND = 8,
    RAP_TERM_PLACE = 16,
    RAP_TERM_CLOCK = 32,
    RAP_TERM_SIDE = 64,
    RAP_TERM_OUTLET = 128,   /* outlet-words.tsv */
    RAP_TERM_FUNCTION = 256, /* function-words.tsv */
    RAP_TERM_SELF = 512      /* person-words.tsv */
} rap_term;

typedef struct rap_cue_word { /* one word of a block, as phrases see it */
    rap_span span;            /* in the text */
    uint32_t id;              /* of the vocabulary; 0: in no phrase */
    uint16_t terms;           /* rap_term bits */
    bool colon;               /* a colon follows */
    bool number, upper;       /* all digits; begins with a capital */
} rap_cue_word;

#define RAP_CUE_WORDS 144u /* words of a block that are looked at */

typedef struct rap_cue_words {
    rap_cue_word at[RAP_CUE_WORDS];
    uint32_t count;
    uint32_t total; /* words of the block, also those beyond the array */
} rap_cue_words;

typedef struct rap_phrase {
    uint32_t first, count; /* words: into knowledge->phrase_word */
    uint32_t next;         /* next phrase with the same first word, or RAP_NONE */
    uint32_t most;         /* words a block may have */
    uint8_t cue, where;
} rap_phrase;

typedef struct rap_phrase_word {
    uint32_t id;
    bool colon;
} rap_phrase_word;

struct rap_article_knowledge {
    rap_arena arena;
    rap_map word;  /* folded word -> id, from 1 */
    rap_map terms; /* folded word -> rap_term bits */
    RAP_LIST(rap_phrase) phrase;
    RAP_LIST(rap_phrase)
    outlet; /* outlet-cues.tsv: `where` is the side, `cue` the basis */
    RAP_LIST(rap_phrase_word) phrase_word;
    RAP_LIST(uint32_t) chain; /* [words] id -> first phrase, or RAP_NONE */
    const rap_calendar *calendar;
    rap_language language;
    struct rap_article_html_knowledge *html;
};

rap_status rap_article_cues_read(rap_article_knowledge *knowledge,
                                 rap_error *err) RAP_CHECKED;
/* The words of text[span). */
void rap_article_words(const rap_article_knowledge *knowledge, rap_slice text,
                       rap_span span, rap_cue_words *out);
/* Bits of the cues that `words` answer to; *at is where the first caption cue begins.
 */
uint32_t rap_article_cues(const rap_article_knowledge *knowledge,
                          const rap_cue_words *words, uint32_t *at);
/* The end of `phrase` in `words` from `from`, or RAP_NONE. */
uint32_t rap_article_phrase_at(const rap_article_knowledge *knowledge,
                               const rap_phrase *phrase, const rap_cue_words *words,
                               uint32_t from);

/* ---- blocks (article_blocks.c) -------------------------------------------------- */

/* What a block looks like, whatever its words say: bits. */
typedef enum rap_look {
    RAP_LOOK_FULL_STOP = 1 << 0, /* ends in a full stop */
    RAP_LOOK_TERMINAL = 1 << 1,  /* ends a sentence, closing marks aside */
    RAP_LOOK_CLOSED = 1 << 2,    /* ends in a closing mark */
    RAP_LOOK_NUMBERED = 1 << 3,  /* "1. ..." */
    RAP_LOOK_BULLET = 1 << 4,    /* "- ...", "* ..." */
    RAP_LOOK_GAP = 1 << 5,       /* a blank line stands before it */
    RAP_LOOK_NAME = 1 << 6,      /* 2 to 5 capitalised words, nothing else */
    RAP_LOOK_QUOTES = 1 << 7,    /* holds a double quotation mark */
    RAP_LOOK_DATELINE = 1 << 8,  /* a date and little else */
    RAP_LOOK_TIME = 1 << 9,      /* holds a time of day */
    RAP_LOOK_RESIDUE = 1 << 10,  /* markup left over */
    RAP_LOOK_NAV = 1 << 11,      /* short pieces between separators */
    RAP_LOOK_URL = 1 << 12,      /* a web address, nothing else */
    RAP_LOOK_PAREN = 1 << 13,    /* ends in a short parenthesis */
    RAP_LOOK_SIDES = 1 << 14,    /* "(left)", ", right," */
    RAP_LOOK_BARE = 1 << 15,     /* DATELINE without other words */
    RAP_LOOK_UPPER = 1 << 16,    /* begins with a capital */
    RAP_LOOK_OUTLET = 1 << 17,   /* a name with a word of outlets' names */
    RAP_LOOK_OPEN = 1 << 18,     /* ends in a comma, colon, semicolon */
    RAP_LOOK_STAMPED = 1 << 19,  /* begins with a time and a colon */
    RAP_LOOK_PIECES = 1 << 20,   /* capitalised names between bars */
    RAP_LOOK_SIGNED = 1 << 21,   /* "Jane Doe in Geneva" */
} rap_look;

typedef struct rap_article_block {
    rap_span span;
    uint64_t key; /* of its letters and digits, without case */
    uint32_t words;
    uint32_t self;   /* first person pronouns outside quotations */
    uint32_t cues;   /* RAP_CUE_BIT */
    uint32_t looks;  /* rap_look */
    uint32_t cue_at; /* where the credit within a caption begins, or RAP_NONE */
    uint32_t number; /* with NUMBERED */
    uint32_t same;   /* index of the first block with the same words, or RAP_NONE */
    bool caption;    /* a caption, by its own looks or its neighbours' */
    bool stem;       /* `same` is a caption that goes on with its credit */
    rap_zone_kind kind;
    const char *sub;
} rap_article_block;

typedef struct rap_article_blocks {
    rap_article_block *at;
    uint32_t count;
    uint32_t title;    /* index, or RAP_NONE */
    uint32_t body;     /* index of the first block after the head */
    uint32_t body_end; /* index after the last body block */
    bool spaced;       /* blank lines part the paragraphs */
} rap_article_blocks;

/* `span` without the white space at its edges. */
rap_span rap_article_trim(rap_slice text, rap_span span);
/* Cut `text` into blocks and describe them. RAP_E_NOMEM. */
rap_status rap_article_blocks_of(const rap_article_knowledge *knowledge, rap_slice text,
                                 rap_arena *scratch, rap_article_blocks *out,
                                 rap_error *err) RAP_CHECKED;
/* Paragraphs between blank lines, undescribed. RAP_E_NOMEM. */
rap_status rap_article_paragraphs(rap_slice text, rap_arena *scratch,
                                  rap_article_blocks *out, rap_error *err) RAP_CHECKED;
/* One zone a block. */
rap_status rap_article_zones(const rap_article_blocks *blocks, rap_arena *arena,
                             rap_article *out, rap_error *err) RAP_CHECKED;

/* ---- zones and metadata (article_plain.c, article_meta.c) ----------------------- */

void rap_article_mark_zones(const rap_article_knowledge *knowledge, rap_slice text,
                            rap_article_blocks *blocks);
void rap_article_read_meta(const rap_article_knowledge *knowledge,
                           const rap_article_blocks *blocks, rap_article *out);
/* The spans of a published date live in `arena`. */
rap_status rap_article_read_published(const rap_article_knowledge *knowledge,
                                      const rap_article_blocks *blocks,
                                      rap_arena *arena, rap_article *out,
                                      rap_error *err) RAP_CHECKED;
/* What the person gave stands above what the text says. */
rap_status rap_article_take_given(const rap_item *item, rap_arena *arena,
                                  rap_article *out, rap_error *err) RAP_CHECKED;
/* The language of `text` by its function words: the code opened, or "und". */
void rap_article_guess_language(const rap_article_knowledge *knowledge, rap_slice text,
                                char out[4]);
#endif
