/*
 * rapporteur-train-coref.c - the command that trains the ranker of coreference.
 *
 * The model goes to a file, messages to standard error.
 * Exit status: 0 success, 2 usage or run-time error.
 */
#include <getopt.h>
#include <stdlib.h>
#include <time.h>

#include "coref_train.h"

enum { EXIT_TROUBLE = 2, MOST_GIVEN = 16 };

typedef enum kind { TEXT, LIST, WHOLE, REAL } kind;

typedef struct choice {
    const char *name;
    kind kind;
    size_t at; /* in rap_coref_train_options */
    const char *help;
} choice;

#define AT(field) offsetof(rap_coref_train_options, field)
static const choice choices[] = {
    {"language", TEXT, AT(language), "ISO 639-1 code; its lists are in data/"},
    {"treebank", LIST, AT(treebank),
     "CoNLL-U file with trees and Entity= to learn from"},
    {"skip-documents", LIST, AT(skip), "leave out documents whose id begins so"},
    {"out", TEXT, AT(out), "the weights, ranker.rapmodel"},
    {"predict", TEXT, AT(predict), "CoNLL-U file to read with the new weights"},
    {"predicted", TEXT, AT(predicted), "where the chains of that file go"},
    {"corpus", LIST, AT(corpus), "for the provenance: \"name; version; licence\""},
    {"licence", TEXT, AT(licence), "of the weights (SPDX)"},
    {"date", TEXT, AT(date), "YYYY-MM-DD for the provenance; else today"},
    {"epochs", WHOLE, AT(epochs), "passes"},
    {"bits", WHOLE, AT(bits), "the table has 2 to this many weights"},
    {"embed-bits", WHOLE, AT(embed_bits),
     "the hidden layer has 2 to this many vectors"},
    {"hidden-rate", REAL, AT(hidden_rate), "of learning of the hidden layer"},
    {"hidden-calm", REAL, AT(hidden_calm), "how slowly it learns what is rare"},
    {"hidden-drop", REAL, AT(hidden_drop), "share of features hidden from it"},
    {"rate", REAL, AT(rate), "of learning"},
    {"false-join", REAL, AT(false_join), "cost of joining what is new"},
    {"false-new", REAL, AT(false_new), "cost of taking as new what is not"},
    {"wrong-join", REAL, AT(wrong_join), "cost of joining to another chain"},
    {"sparse", REAL, AT(sparse), "how strongly weights are drawn to 0"},
    {"calm", REAL, AT(calm), "how slowly what is rare is learned"},
    {"drop", REAL, AT(drop), "share of features hidden while learning"},
};
enum { CHOICES = sizeof choices / sizeof *choices };

static int trouble(const char *what, const char *which)
{
    (void)fprintf(stderr, "rapporteur-train-coref: %s: %s\n", what, which);
    return EXIT_TROUBLE;
}

static int print_help(void)
{
    (void)puts(
        "Usage: rapporteur-train-coref --treebank FILE ... --out FILE [OPTION ...]\n"
        "Trains the ranker of coreference of a language.\n");
    for (int i = 0; i < CHOICES; i++)
        (void)printf("  --%-16s %s\n", choices[i].name, choices[i].help);
    return 0;
}

static int set_option(rap_coref_train_options *options, const char **given,
                      const choice *c, const char *text)
{
    void *at = (char *)options + c->at;
    if (c->kind == TEXT) {
        *(const char **)at = text;
        return 0;
    }
    if (c->kind == LIST) {
        rap_coref_list *list = at;
        if (list->count == MOST_GIVEN) return trouble("given too often", c->name);
        given[list->count++] = text;
        list->at = given;
        return 0;
    }
    char *end;
    const double value = strtod(text, &end);
    if (!*text || *end || !(value >= 0) || value > UINT32_MAX)
        return trouble("not a number that it can have", c->name);
    if (c->kind == WHOLE)
        *(uint32_t *)at = (uint32_t)value;
    else
        *(double *)at = value;
    return 0;
}

/* The command line as it was given, with quotes where a shell needs them. */
static char *command_of(int argc, char **argv)
{
    size_t len = 1;
    for (int i = 0; i < argc; i++) len += strlen(argv[i]) + 3;
    char *text = malloc(len + 32), *at = text;
    if (!text) return NULL;
    for (int i = 0; i < argc; i++) {
        const char *word = i ? argv[i] : "rapporteur-train-coref";
        const char *quote = strpbrk(word, " ;\t\n") ? "'" : "";
        at += sprintf(at, "%s%s%s%s", i ? " " : "", quote, word, quote);
    }
    for (char *c = text; *c; c++)
        if (*c == '\t' || *c == '\n') *c = ' ';
    return text;
}

int main(int argc, char **argv)
{
    static const char *given[CHOICES][MOST_GIVEN];
    rap_coref_train_options o = rap_coref_train_defaults();
    struct option options[CHOICES + 2] = {{0}};
    for (int i = 0; i < CHOICES; i++)
        options[i] = (struct option){choices[i].name, required_argument, NULL, 256 + i};
    options[CHOICES] = (struct option){"help", no_argument, NULL, 'h'};
    char *command = command_of(argc, argv);
    for (int c; (c = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
        if (c == 'h') return print_help();
        if (c < 256 || set_option(&o, given[c - 256], &choices[c - 256], optarg))
            return EXIT_TROUBLE;
    }
    if (!o.treebank.count || !command) return trouble("--treebank", "is needed");
    char date[16];
    const time_t now = time(NULL);
    struct tm utc;
    if (!o.date && gmtime_r(&now, &utc) &&
        strftime(date, sizeof date, "%Y-%m-%d", &utc))
        o.date = date;
    o.command = command;
    rap_error err = {0};
    const rap_status status = rap_coref_train(&o, &err);
    free(command);
    return status ? trouble(rap_status_code(status), err.text) : 0;
}
