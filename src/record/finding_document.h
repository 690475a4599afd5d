/*
 * finding_document.h - the parts of the finder of documents.
 *
 * finding_phrase.c    noun phrases that name a document
 * finding_paper.c     its day and its parties, from the words around one
 * finding_document.c  which phrases of one report are one document; the findings
 */
#ifndef RAP_FINDING_DOCUMENT_H
#define RAP_FINDING_DOCUMENT_H

#include "finding_private.h"

enum { MOST_QUALIFIERS = 8, MOST_SPANS = 24 };

typedef struct named { /* one document of this report, mention by mention */
    const finding_kind *kind;
    rap_slice word[MOST_QUALIFIERS]; /* what qualifies it, by terms */
    uint32_t words;
    rap_slice name; /* the fullest wording */
    uint32_t name_words;
    rap_when date;
    bool dated;
    const uint32_t *who;
    uint32_t who_count;
    rap_span span[MOST_SPANS];
    uint32_t spans;
    uint32_t first;     /* token of its first mention */
    const char *status; /* "signed", "in-force", "proposed", "drafted"; "" */
    rap_slice noun;     /* its head: "statement" */
    bool proper;        /* "the Harbour Treaty": whose parties are its own */
    bool jointly;       /* "trilateral": no text of one */
    bool three;         /* "trilateral" */
    bool partner;       /* "a truce with A": one of its parties is named so */
    bool nouns;         /* a noun or a body qualifies it: "peace plan" */
    bool own;           /* one author is named */
    bool pointed;       /* at: "the accord" */
    bool opens;         /* brought in as something new */
    bool named_day;     /* "the 2013 accord" */
    bool bare; /* only adjectives qualify it: they describe, they do not tell apart */
} named;

typedef struct phrase {        /* a noun phrase as it stands */
    uint32_t first, head, end; /* tokens; head: first word of the phrase of the list */
    const finding_kind *kind;
    bool definite, fresh;
    bool points_back; /* names nothing by itself */
    bool another;     /* "the previous statement" */
    bool prospect;    /* "may sign a treaty": there is none yet */
    named made;       /* what it says by itself */
} phrase;

typedef RAP_LIST(named) named_list;

/* A document phrase whose last word is at the head of its noun phrase; *after: the token
 * behind its words of the list. */
bool rap_phrase_read(finder *f, uint32_t token, uint32_t *after, phrase *out);
void rap_named_add_word(named *n, rap_slice word);
/* A document is dated by a date in its phrase or right behind, or by the verb that makes
 * it: "signed on Friday", "a statement released after the meeting". */
void rap_phrase_date(finder *f, phrase *p);
/* What its words say of it: signed, in force, only proposed. */
void rap_phrase_status(const finder *f, phrase *p);
/* "between A and B", "by A", "A's plan", "A signed the plan"; "in a statement, A said" */
void rap_phrase_parties(finder *f, phrase *p);
/* How many letters two words begin with in common. */
uint32_t rap_same_letters(rap_slice a, rap_slice b);
/* The compound marks of a noun phrase. */
bool rap_is_dash_at(const finder *f, uint32_t token);

#endif
