/*
 * command.h - what the files of the command share: its verbs and their options.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <getopt.h>
#include <stdbool.h>

#include "rapporteur.h"

enum { MOST_SEARCHES = 64 };

/* Every option of every verb; a verb takes those whose letter it lists. */
typedef struct settings {
    rapporteur_input input;
    rapporteur_query query;
    const char *actors, *issues, *dictionaries, *plover, *output, *title, *to, *on;
    const char *search[MOST_SEARCHES], *searches, *exec; /* watch */
    unsigned search_count;
    bool once;
    bool failed; /* a report could not be read, or --exec failed */
    bool whole, explain, quiet, no_colour;
    const char *redact, *kinds; /* export */
    bool accepted, all, full_text;
    const char *by, *reason, *from, *person; /* decisions */
    bool final, names, yes, deep, literal, dry;
} settings;

typedef struct verb {
    const char *name, *usage, *summary;
    const char *options; /* short letters it takes */
    int (*run)(settings *set, int count, char **words);
} verb;

/* Every option; the row without a name ends. */
extern const struct option command_options[];
/* Set what option `letter` says; false: it cannot be that. */
bool take_option(settings *set, int letter, const char *value);
const char *option_name(int letter);

/* Say what went wrong; the exit status. */
int complain(const rapporteur_error *err);
int usage_error(const char *what, const char *word);

/* The verbs of deciding.c. */
int run_decide(settings *set, int count, char **words);
int run_note(settings *set, int count, char **words);
int run_meta(settings *set, int count, char **words);
int run_purge(settings *set, int count, char **words);

typedef struct hint {
    const char *option, *verb; /* verb NULL: of every verb */
    const char *values;        /* words between blanks; "": free; "FILE": a path */
    const char *words;
} hint;
/* What an option is; a row without words when nobody has written them. */
const hint *option_hint(const char *option, const char *verb_name);

/* The usage of one verb and its options, on standard output. */
void print_verb_help(const verb *v, const struct option *options);

/* Print the completion script of `shell` ("bash", "zsh", "fish") for these verbs, up to the
 * one without a name; false: no such shell. */
bool print_completion(const char *shell, const verb *verbs,
                      const struct option *options);

#endif
