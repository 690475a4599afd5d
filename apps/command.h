/*
 * command.h - what the files of the command share: its verbs and their options.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <getopt.h>
#include <stdbool.h>

typedef struct settings settings; /* every option of every verb (rapporteur.c) */

typedef struct verb {
    const char *name, *usage, *summary;
    const char *options; /* short letters it takes */
    int (*run)(settings *set, int count, char **words);
} verb;

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
