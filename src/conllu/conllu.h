/*
 * conllu.h - words and sentences that others have cut: CoNLL-U and IOB2 files.
 *
 * Reads   the bytes of a whole file (universaldependencies.org/format.html), or of one as
 *         Universal NER writes them: id, form, label and up to two more columns.
 * Writes  rap_conllu: sentences, words and multiword tokens as slices into those bytes.
 * Method  lines are counted, then read into arrays of that size.
 * Cost    linear in bytes; 160 bytes of arena a word. Nothing recurs.
 */
#ifndef RAP_CONLLU_H
#define RAP_CONLLU_H

#include "base.h"

/* Columns are empty slices where the file has "_"; a form, and the lemma of a form "_",
 * is taken as it stands. */
typedef struct rap_conllu_word {
    rap_slice form, lemma, upos, xpos, feats, deprel, deps, misc;
    rap_slice label;  /* IOB2: "O", "B-PER", ...; empty in CoNLL-U */
    uint32_t head;    /* 0 at the root, else a word of the sentence from 1; RAP_NONE if
                       * none is given. Whether heads make a tree is not checked. */
    uint32_t multi;   /* the multiword token that holds it, or RAP_NONE */
    bool space_after; /* in a multiword token: false but for its last word */
} rap_conllu_word;

typedef struct rap_conllu_multi { /* a token of several words: "don't" */
    uint32_t first, last;         /* words, inclusive, of one sentence */
    rap_slice form, misc;
    bool space_after;
} rap_conllu_multi;

typedef struct rap_conllu_sentence {
    uint32_t first, count; /* words; never none */
    rap_slice comments;    /* the lines that begin with '#' before its first word */
    rap_slice id, text;    /* of "# sent_id =" and "# text ="; empty if not given */
    bool new_document, new_paragraph; /* "# newdoc", "# newpar" */
} rap_conllu_sentence;

typedef struct rap_conllu {
    const rap_conllu_sentence *sentence; /* [sentences] in the order of the file */
    const rap_conllu_word *word;         /* [words] */
    const rap_conllu_multi *multi;       /* [multis] rising, never overlapping */
    uint32_t sentences, words, multis;
    uint32_t empty_nodes; /* "8.1": skipped */
} rap_conllu;

/*
 * Read a whole file. `out` points into `bytes` and `arena`. A byte order mark, CR LF, a
 * missing last blank line and comments within a sentence (skipped) are accepted.
 * A space after a word is what "# text" shows if all forms are found in it in order, else
 * what SpaceAfter=No says.
 * RAP_E_INPUT "conllu": not UTF-8, too few or too many columns, an empty one, an id or a
 * multiword range out of order, a head outside the sentence; err->at is the byte.
 * RAP_E_NOMEM: the arena is full. On failure `out` is empty.
 */
rap_status rap_conllu_read(rap_slice bytes, rap_arena *arena, rap_conllu *out,
                           rap_error *err) RAP_CHECKED;
/* The same for IOB2: of the columns only form and label are filled. */
rap_status rap_iob2_read(rap_slice bytes, rap_arena *arena, rap_conllu *out,
                         rap_error *err) RAP_CHECKED;

/* The value of `name` in FEATS or MISC ("Number" in "Case=Nom|Number=Sing"), or an empty
 * slice. */
rap_slice rap_conllu_value(rap_slice list, const char *name);

#endif
