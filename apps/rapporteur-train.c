/*
 * rapporteur-train.c - the trainer's command: reads its arguments, shows progress.
 *
 * The model goes to a file, messages and progress to standard error.
 * Exit status: 0 success, 2 usage or run-time error.
 */
#include <getopt.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "train.h"

enum { EXIT_TROUBLE = 2, MOST_GIVEN = 64, BAR_WIDTH = 28 };
static const double TTY_TICK = 0.2, PLAIN_TICK = 30; /* seconds between reports */

typedef enum kind { TEXT, LIST, WHOLE, REAL } kind;

typedef struct choice {
    const char *name;
    kind kind;
    size_t at; /* in rap_train_options */
    const char *help;
} choice;

#define AT(field) offsetof(rap_train_options, field)
static const choice choices[] = {
    {"language", TEXT, AT(language), "ISO 639-1 code; its lists are in data/"},
    {"treebank", LIST, AT(treebank), "CoNLL-U file to learn from"},
    {"names", LIST, AT(names), "IOB2 file over sentences of the treebanks"},
    {"text", LIST, AT(text), "plain text, one paragraph a line"},
    {"forms", TEXT, AT(forms), "inflected forms with their lemmas"},
    {"dev", LIST, AT(dev), "CoNLL-U file to measure on"},
    {"dev-names", LIST, AT(dev_names), "IOB2 file over sentences of the dev files"},
    {"skip-documents", LIST, AT(skip), "leave out documents whose id begins so (A,B)"},
    {"out", TEXT, AT(out), "the model, LANG.rapmodel"},
    {"save-encoder", TEXT, AT(save_encoder),
     "keep the layers learned from text; without --out nothing else is learned"},
    {"load-encoder", TEXT, AT(load_encoder), "begin with such a file"},
    {"corpus", LIST, AT(corpus), "for the provenance: \"name; version; licence\""},
    {"licence", TEXT, AT(licence), "of the model (SPDX)"},
    {"date", TEXT, AT(date), "YYYY-MM-DD for the provenance; or SOURCE_DATE_EPOCH"},
    {"workers", WHOLE, AT(workers), "threads; another number, another model"},
    {"seed", WHOLE, AT(seed), "of all chance"},
    {"words", WHOLE, AT(words), "most words with a vector of their own"},
    {"word-width", WHOLE, AT(word_width), "numbers in such a vector"},
    {"row-width", WHOLE, AT(row_width), "numbers in a vector of parts of words"},
    {"width", WHOLE, AT(width), "of one direction of a layer"},
    {"lower", WHOLE, AT(lower), "layers of one direction each"},
    {"upper", WHOLE, AT(upper), "layers of both directions"},
    {"arc", WHOLE, AT(arc), "width of the scores of heads"},
    {"relation", WHOLE, AT(relation), "width of the choice of relations"},
    {"text-epochs", REAL, AT(text_epochs), "passes through the text"},
    {"text-batch", WHOLE, AT(text_batch), "words a worker and step"},
    {"text-rate", REAL, AT(text_rate), "of learning"},
    {"text-word-drop", REAL, AT(text_word_drop), "share of words hidden"},
    {"text-input-drop", REAL, AT(text_input_drop), "share of inputs hidden"},
    {"samples", WHOLE, AT(samples), "words drawn to compare with"},
    {"epochs", REAL, AT(epochs), "passes through the treebanks"},
    {"batch", WHOLE, AT(batch), "words a worker and step"},
    {"rate", REAL, AT(rate), "of learning"},
    {"warm-words", WHOLE, AT(warm_words), "over which the rate rises"},
    {"word-drop", REAL, AT(word_drop), "share of words hidden"},
    {"input-drop", REAL, AT(input_drop), "share of inputs hidden"},
    {"drop", REAL, AT(drop), "share of states hidden"},
    {"tag-weight", REAL, AT(tag_weight), "of tags in what is learned"},
    {"entity-weight", REAL, AT(entity_weight), "of names"},
    {"embedding-rate", REAL, AT(embedding_rate), "times rate, for words' vectors"},
    {"longest", REAL, AT(longest), "length to which gradients are cut"},
    {"report-every", WHOLE, AT(report_every), "epochs between measurements"},
};
enum { CHOICES = sizeof choices / sizeof *choices };

/* ---- arguments --------------------------------------------------------------------------- */

typedef struct arguments {
    rap_train_options options;
    const char *given[CHOICES][MOST_GIVEN]; /* what lists hold */
    char date[16];
} arguments;

static void print_help(void)
{
    rap_train_options o = rap_train_defaults();
    (void)puts("Usage: rapporteur-train --language LANG --treebank FILE ... --out FILE "
               "[OPTION "
               "...]\nTrains the model of a language; see rapporteur-train(1).\n");
    for (int i = 0; i < CHOICES; i++) {
        const choice *c = &choices[i];
        const void *at = (const char *)&o + c->at;
        (void)printf("  --%-16s %s", c->name, c->help);
        if (c->kind == WHOLE) (void)printf(" [%u]", *(const uint32_t *)at);
        if (c->kind == REAL) (void)printf(" [%g]", *(const double *)at);
        (void)puts("");
    }
}

static int trouble(const char *what, const char *which)
{
    (void)fprintf(stderr, "rapporteur-train: %s: %s\n", what, which);
    return EXIT_TROUBLE;
}

static int set_list(arguments *a, int n, char *text)
{
    rap_train_list *list = (void *)((char *)&a->options + choices[n].at);
    const bool commas = choices[n].at == AT(skip);
    for (char *save = text, *part;
         (part = commas ? strtok_r(save, ",", &save) : save);) {
        if (list->count == MOST_GIVEN)
            return trouble("given too often", choices[n].name);
        a->given[n][list->count++] = part;
        if (!commas) break;
    }
    list->at = a->given[n];
    return 0;
}

static int set_number(void *at, kind of, const char *text, const char *name)
{
    char *end;
    const double value = strtod(text, &end);
    if (!*text || *end || !(value >= 0) || value > UINT32_MAX)
        return trouble("not a number that it can have", name);
    if (of == WHOLE && value != (double)(uint32_t)value)
        return trouble("not a whole number", name);
    if (of == WHOLE)
        *(uint32_t *)at = (uint32_t)value;
    else
        *(double *)at = value;
    return 0;
}

static int set_option(arguments *a, int n, char *text)
{
    void *at = (char *)&a->options + choices[n].at;
    if (choices[n].kind == LIST) return set_list(a, n, text);
    if (choices[n].kind != TEXT)
        return set_number(at, choices[n].kind, text, choices[n].name);
    *(const char **)at = text;
    return 0;
}

/* -1: go on; else the exit status. */
static int read_arguments(arguments *a, int argc, char **argv)
{
    struct option options[CHOICES + 3] = {{0}};
    for (int i = 0; i < CHOICES; i++)
        options[i] = (struct option){choices[i].name, required_argument, NULL, 256 + i};
    options[CHOICES] = (struct option){"help", no_argument, NULL, 'h'};
    options[CHOICES + 1] = (struct option){"version", no_argument, NULL, 'V'};
    for (int c; (c = getopt_long(argc, argv, "hV", options, NULL)) != -1;) {
        if (c == 'h') return print_help(), 0;
        if (c == 'V') return puts("rapporteur-train " RAP_VERSION), 0;
        if (c < 256) return EXIT_TROUBLE;
        if (set_option(a, c - 256, optarg)) return EXIT_TROUBLE;
    }
    return optind < argc ? trouble("not an option", argv[optind]) : -1;
}

/* --date, else SOURCE_DATE_EPOCH, else today. */
static void choose_date(arguments *a)
{
    if (a->options.date) return;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    const time_t when = epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm utc;
    if (gmtime_r(&when, &utc))
        (void)strftime(a->date, sizeof a->date, "%Y-%m-%d", &utc);
    a->options.date = a->date;
}

/* The command line as it was given, with quotes where a shell needs them. */
static char *command_of(int argc, char **argv)
{
    size_t len = 1;
    for (int i = 0; i < argc; i++) len += strlen(argv[i]) + 3;
    char *text = malloc(len), *at = text;
    if (!text) return NULL;
    for (int i = 0; i < argc; i++) {
        const char *word = i ? argv[i] : "rapporteur-train";
        const char *quote = strpbrk(word, " ;\t\n") ? "'" : "";
        at += sprintf(at, "%s%s%s%s", i ? " " : "", quote, word, quote);
    }
    for (char *c = text; *c; c++)
        if (*c == '\t' || *c == '\n') *c = ' ';
    return text;
}

/* ---- progress ---------------------------------------------------------------------------- */

typedef struct screen {
    bool is_tty, bar; /* bar: one stands on the line */
    double last;      /* when the last report was shown */
} screen;

static void clear_bar(screen *s)
{
    if (s->bar) (void)fputs("\r\033[K", stderr);
    s->bar = false;
}

static void show_note(void *context, const char *line)
{
    clear_bar(context);
    (void)fprintf(stderr, "%s\n", line);
}

static void show_progress(void *context, const rap_train_progress *p)
{
    screen *s = context;
    const double gap = p->seconds - s->last;
    if (gap >= 0 && gap < (s->is_tty ? TTY_TICK : PLAIN_TICK)) return;
    s->last = p->seconds;
    const double left = p->share > 0 ? p->seconds * (1 / p->share - 1) : 0;
    clear_bar(s);
    if (s->is_tty) {
        char bar[BAR_WIDTH + 1];
        const int full = (int)(p->share * BAR_WIDTH);
        for (int i = 0; i < BAR_WIDTH; i++) bar[i] = i < full ? '#' : '.';
        bar[BAR_WIDTH] = 0;
        (void)fprintf(stderr, "%-9s [%s] ", p->phase, bar);
    } else {
        (void)fprintf(stderr, "%s: ", p->phase);
    }
    (void)fprintf(stderr, "%.1f %%, loss %.3f, %.0f words/s, %.0f min left%s",
                  100 * (p->share < 1 ? p->share : 1), p->loss, p->words_a_second,
                  left / 60, s->is_tty ? "" : "\n");
    s->bar = s->is_tty;
}

int main(int argc, char **argv)
{
    static arguments a;
    screen s = {.is_tty = isatty(STDERR_FILENO)};
    a.options = rap_train_defaults();
    char *command = command_of(argc, argv); /* before lists are cut up */
    const int done = read_arguments(&a, argc, argv);
    if (done >= 0) {
        free(command);
        return done;
    }
    choose_date(&a);
    a.options.command = command;
    a.options.report = show_progress;
    a.options.note = show_note;
    a.options.context = &s;
    rap_train_score score[MOST_GIVEN];
    rap_error err;
    const rap_status status = rap_train_run(&a.options, score, &err);
    clear_bar(&s);
    free(command);
    if (status) return trouble(rap_status_code(status), err.text);
    for (uint32_t i = 0; a.options.out && i < a.options.dev.count; i++) {
        char text[128];
        rap_train_score_text(&score[i], text);
        (void)fprintf(stderr, "%s: %s (%s)\n", a.options.out, text,
                      a.options.dev.at[i]);
    }
    return 0;
}
