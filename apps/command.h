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

/* Print the completion script of `shell` ("bash", "zsh", "fish") for these verbs, up to the
 * one without a name; false: no such shell. */
bool print_completion(const char *shell, const verb *verbs,
                      const struct option *options);

#endif
