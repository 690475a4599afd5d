/*
 * neural_form.h - what the network sees of one word form: a key into the vocabulary and
 * rows of a hashed table for its affixes, character n-grams and shape.
 *
 * Reads   the bytes of one form.  Writes  rap_form.
 * Method  hashed sub-word features (Bojanowski et al. 2017, "Enriching Word Vectors with
 *         Subword Information"; Weinberger et al. 2009 for hashing).
 * Cost    constant: forms are cut after FORM_CHARS characters.
 * The trainer and the reader of models share this file: a change of one feature asks for
 * a new model, and RAP_FORM_VERSION must then change.
 */
#ifndef RAP_NEURAL_FORM_H
#define RAP_NEURAL_FORM_H

#include "base.h"

enum { RAP_FORM_VERSION = 1, RAP_FORM_ROWS = 1 << 15, RAP_FORM_FEATURES = 40 };
enum { RAP_FORM_TRAITS = 8 }; /* kinds of name words that lists may give a form */

typedef struct rap_form {
    uint32_t key; /* of the folded form with figures as 0; never 0 */
    uint32_t features;
    uint16_t row[RAP_FORM_FEATURES]; /* [features], each below RAP_FORM_ROWS */
} rap_form;

void rap_form_read(rap_slice form, rap_form *out);
/* Stands for the bytes of a form: never 0. */
uint64_t rap_form_exact(rap_slice form);

#endif
