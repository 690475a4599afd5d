/* tiny_bank.h - a small invented treebank with names, and text, in files of a folder of its
 * own. For the tests of the trainer. */
#ifndef RAP_TINY_BANK_H
#define RAP_TINY_BANK_H

#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "train.h"

enum { TINY_SENTENCES = 50 };

typedef struct tiny_files {
    char folder[64], bank[96], names[96], text[96], out[96];
    const char *bank_list[1], *names_list[1], *text_list[1];
} tiny_files;

/* Who does what to whom, where; the object may be a name of two words. */
static const char *const TINY_WHO[] = {"envoy", "minister", "general", "speaker",
                                       "mayor"};
static const char *const TINY_DOES[] = {"meets", "warns", "thanks", "calls", "leaves"};
static const char *const TINY_DID[] = {"met", "warned", "thanked", "called", "left"};
static const char *const TINY_FIRST[] = {"Ada", "Tomas", "Ilse", "Borin"};
static const char *const TINY_LAST[] = {"Velk", "Marrow", "Quill"};
static const char *const TINY_PLACE[] = {"Arlen", "Dorvik", "Saltmere"};

static inline FILE *tiny_open(const char *path)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    return file;
}

static inline void tiny_word(FILE *bank, FILE *names, int id, const char *form,
                             const char *upos, const char *xpos, const char *feats,
                             int head, const char *relation, const char *label)
{
    fprintf(bank, "%d\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t_\t_\n", id, form, form, upos, xpos,
            feats, head, relation);
    if (names) fprintf(names, "%d\t%s\t%s\t-\t-\n", id, form, label);
}

/* Sentence `n`; in every third the place stands first. */
static inline void tiny_sentence(FILE *bank, FILE *names, int n)
{
    const bool past = n % 2, front = n % 3 == 0;
    const char *verb = past ? TINY_DID[n % 5] : TINY_DOES[n % 5];
    const char *feats = past ? "Tense=Past|VerbForm=Fin" : "Tense=Pres|VerbForm=Fin";
    const int by = front ? 3 : 0, verb_at = by + 3;
    if (front) {
        tiny_word(bank, names, 1, "In", "ADP", "IN", "_", 2, "case", "O");
        tiny_word(bank, names, 2, TINY_PLACE[n % 3], "PROPN", "NNP", "_", verb_at,
                  "obl", "B-LOC");
        tiny_word(bank, names, 3, ",", "PUNCT", ",", "_", verb_at, "punct", "O");
    }
    tiny_word(bank, names, by + 1, front ? "the" : "The", "DET", "DT", "_", by + 2,
              "det", "O");
    tiny_word(bank, names, by + 2, TINY_WHO[n % 5], "NOUN", "NN", "_", verb_at, "nsubj",
              "O");
    tiny_word(bank, names, verb_at, verb, "VERB", past ? "VBD" : "VBZ", feats, 0,
              "root", "O");
    tiny_word(bank, names, by + 4, TINY_FIRST[n % 4], "PROPN", "NNP", "_", verb_at,
              "obj", "B-PER");
    tiny_word(bank, names, by + 5, TINY_LAST[n / 3 % 3], "PROPN", "NNP", "_", by + 4,
              "flat", "I-PER");
    tiny_word(bank, names, by + 6, ".", "PUNCT", ".", "_", verb_at, "punct", "O");
    fputs("\n", bank);
    if (names) fputs("\n", names);
}

static inline void tiny_files_make(tiny_files *f)
{
    snprintf(f->folder, sizeof f->folder, "/tmp/rapporteur-train-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->bank, sizeof f->bank, "%s/tiny.conllu", f->folder);
    snprintf(f->names, sizeof f->names, "%s/tiny.iob2", f->folder);
    snprintf(f->text, sizeof f->text, "%s/tiny.txt", f->folder);
    snprintf(f->out, sizeof f->out, "%s/tiny.rapmodel", f->folder);
    FILE *bank = tiny_open(f->bank), *names = tiny_open(f->names);
    FILE *text = tiny_open(f->text);
    for (int n = 0; n < TINY_SENTENCES; n++) {
        if (n % 10 == 0) fprintf(bank, "# newdoc id = tiny_%s_%d\n", n ? "b" : "a", n);
        tiny_sentence(bank, n == 7 ? NULL : names, n);
        fprintf(text, "The %s %s the %s of %s. It was late.\n", TINY_WHO[n % 5],
                TINY_DID[n % 5], TINY_WHO[n % 4], TINY_PLACE[n % 3]);
    }
    fputs("# source: nowhere, and not to be read\n", text);
    fclose(bank);
    fclose(names);
    fclose(text);
    f->bank_list[0] = f->bank;
    f->names_list[0] = f->names;
    f->text_list[0] = f->text;
}

static inline void tiny_files_remove(const tiny_files *f)
{
    unlink(f->bank);
    unlink(f->names);
    unlink(f->text);
    unlink(f->out);
    assert_int_equal(rmdir(f->folder), 0);
}

static inline rap_train_options tiny_options(const tiny_files *f)
{
    rap_train_options o = rap_train_defaults();
    o.language = "en";
    o.treebank = o.dev = (rap_train_list){f->bank_list, 1};
    o.names = o.dev_names = (rap_train_list){f->names_list, 1};
    o.text = (rap_train_list){f->text_list, 1};
    o.out = f->out;
    o.command = "rapporteur-train tiny";
    o.date = "2026-11-25";
    o.words = 200;
    o.word_width = o.row_width = o.width = o.arc = o.relation = 16;
    return o;
}

#endif
