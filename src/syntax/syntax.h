/*
 * syntax.h - word classes, lemmas, dependency trees and typed names.
 *
 * Reads   rap_article's text, rap_tokens.
 * Writes  rap_syntax: Universal POS tags, the language's own tags, verb forms, lemmas,
 *         Universal Dependencies trees (one a sentence), entities.
 * Method  docs/method/syntax.md.
 * Cost    linear in tokens, however long a sentence is.
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

/* Universal Dependencies relations with the subtypes that are documented there. A
 * label that is not among them is read as its universal part, else as RAP_REL_DEP. */
typedef enum rap_relation {
    RAP_REL_ACL,
    RAP_REL_ACL_RELCL,
    RAP_REL_ADVCL,
    RAP_REL_ADVCL_RELCL,
    RAP_REL_ADVMOD,
    RAP_REL_AMOD,
    RAP_REL_APPOS,
    RAP_REL_AUX,
    RAP_REL_AUX_PASS,
    RAP_REL_CASE,
    RAP_REL_CC,
    RAP_REL_CC_PRECONJ,
    RAP_REL_CCOMP,
    RAP_REL_CLF,
    RAP_REL_COMPOUND,
    RAP_REL_COMPOUND_PRT,
    RAP_REL_CONJ,
    RAP_REL_COP,
    RAP_REL_CSUBJ,
    RAP_REL_CSUBJ_OUTER,
    RAP_REL_CSUBJ_PASS,
    RAP_REL_DEP,
    RAP_REL_DET,
    RAP_REL_DET_PREDET,
    RAP_REL_DISCOURSE,
    RAP_REL_DISLOCATED,
    RAP_REL_EXPL,
    RAP_REL_FIXED,
    RAP_REL_FLAT,
    RAP_REL_GOESWITH,
    RAP_REL_IOBJ,
    RAP_REL_LIST,
    RAP_REL_MARK,
    RAP_REL_NMOD,
    RAP_REL_NMOD_DESC,
    RAP_REL_NMOD_POSS,
    RAP_REL_NMOD_UNMARKED,
    RAP_REL_NSUBJ,
    RAP_REL_NSUBJ_OUTER,
    RAP_REL_NSUBJ_PASS,
    RAP_REL_NUMMOD,
    RAP_REL_OBJ,
    RAP_REL_OBL,
    RAP_REL_OBL_AGENT,
    RAP_REL_OBL_UNMARKED,
    RAP_REL_ORPHAN,
    RAP_REL_PARATAXIS,
    RAP_REL_PUNCT,
    RAP_REL_REPARANDUM,
    RAP_REL_ROOT,
    RAP_REL_VOCATIVE,
    RAP_REL_XCOMP,
    RAP_REL_COUNT
} rap_relation;
const char *rap_relation_name(rap_relation relation); /* "nsubj:pass", ... */
/* The relation of a label; see above for labels that are not listed. */
rap_relation rap_relation_named(rap_slice label);

typedef enum rap_entity_type {
    RAP_ENTITY_PER,
    RAP_ENTITY_ORG,
    RAP_ENTITY_LOC,
    RAP_ENTITY_OTHER,
    RAP_ENTITY_COUNT
} rap_entity_type;
const char *rap_entity_type_name(rap_entity_type type); /* "PER", ... */

typedef struct rap_entity {
    uint32_t first, last; /* tokens, inclusive, of one sentence */
    rap_entity_type type;
} rap_entity;

typedef struct rap_syntax {
    uint32_t count;           /* T, as in rap_tokens */
    const uint8_t *upos;      /* [T] rap_upos */
    const uint8_t *xpos;      /* [T] index into xpos_name; NULL: none */
    const uint8_t *form;      /* [T] rap_verb_form */
    const rap_slice *lemma;   /* [T] lower case but for proper nouns; borrowed */
    const uint32_t *head;     /* [T] token index, the token itself at a root; one root a
                              * sentence; NULL: no trees */
    const uint8_t *relation;  /* [T] rap_relation; NULL with head */
    const rap_entity *entity; /* [entities] in text order, never overlapping */
    uint32_t entities;
    const char *const *xpos_name; /* the language's tag set; owned by the knowledge */
    const char *made_by;          /* stage and version */
} rap_syntax;

typedef struct rap_syntax_knowledge rap_syntax_knowledge; /* const, shared by threads */
rap_status rap_syntax_open(const rap_language *language, rap_syntax_knowledge **out,
                           rap_error *err) RAP_CHECKED;
void rap_syntax_close(rap_syntax_knowledge *knowledge);
/* Stands for the model: another number, other results. */
uint64_t rap_syntax_fingerprint(const rap_syntax_knowledge *knowledge);

/* The same whatever the processor, the thread and what was read before.
 * RAP_E_NOMEM: an arena is full. On failure `out` is empty. */
rap_status rap_syntax_run(const rap_syntax_knowledge *knowledge,
                          const rap_article *article, const rap_tokens *tokens,
                          rap_arena *arena, rap_arena *scratch, rap_syntax *out,
                          rap_error *err) RAP_CHECKED;

#endif
