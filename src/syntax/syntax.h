/*
 * syntax.h - a word class and a lemma for every token.
 *
 * Reads   rap_article's text, rap_tokens.
 * Writes  rap_syntax: Universal POS tags and lemmas; trees once a parser stands here.
 * Method  first method: closed-class and verb lists (data/LANG/syntax), suffixes,
 *         then rules over the neighbouring tags; docs/method/syntax.md.
 * Cost    linear in tokens.
 */
#ifndef RAP_SYNTAX_H
#define RAP_SYNTAX_H

#include "article.h"
#include "base.h"
#include "language.h"
#include "token.h"

typedef enum rap_upos { /* universaldependencies.org/u/pos, in its order */
                        RAP_ADJ,
                        RAP_ADP,
                        RAP_ADV,
                        RAP_AUX,
                        RAP_CCONJ,
                        RAP_DET,
                        RAP_INTJ,
                        RAP_NOUN,
                        RAP_NUM,
                        RAP_PART,
                        RAP_PRON,
                        RAP_PROPN,
                        RAP_PUNCT,
                        RAP_SCONJ,
                        RAP_SYM,
                        RAP_VERB,
                        RAP_X,
                        RAP_UPOS_COUNT
} rap_upos;
const char *rap_upos_name(rap_upos upos); /* "ADJ", ... */

/* Finer facts of a verb form, where the tagger can tell; 0 elsewhere. */
typedef enum rap_verb_form {
    RAP_FORM_NONE,
    RAP_FORM_BASE,       /* say, to say */
    RAP_FORM_PRESENT,    /* says */
    RAP_FORM_PAST,       /* said, finite */
    RAP_FORM_PARTICIPLE, /* said, as in "was said" and "has said" */
    RAP_FORM_GERUND      /* saying */
} rap_verb_form;

typedef struct rap_syntax {
    uint32_t count;         /* T, as in rap_tokens */
    const uint8_t *upos;    /* [T] rap_upos */
    const uint8_t *form;    /* [T] rap_verb_form */
    const rap_slice *lemma; /* [T] lower case but for proper nouns; borrowed */
    const uint32_t
        *head; /* [T] token index, the token itself at a root; NULL: no trees */
    const uint8_t *relation; /* [T] UD relation; NULL with head */
    const char *made_by;     /* stage and version */
} rap_syntax;

typedef struct rap_syntax_knowledge rap_syntax_knowledge; /* const, shared by threads */
rap_status rap_syntax_open(const rap_language *language, rap_syntax_knowledge **out,
                           rap_error *err) RAP_CHECKED;
void rap_syntax_close(rap_syntax_knowledge *knowledge);

/* RAP_E_NOMEM: an arena is full. On failure `out` is empty. */
rap_status rap_syntax_run(const rap_syntax_knowledge *knowledge,
                          const rap_article *article, const rap_tokens *tokens,
                          rap_arena *arena, rap_arena *scratch, rap_syntax *out,
                          rap_error *err) RAP_CHECKED;

#endif
