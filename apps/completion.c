/*
 * completion.c - completion scripts of the shells, printed from the tables of the command, so
 * that they cannot fall behind it.
 *
 * A script knows the verbs, the options of each, the values of those that take a few words,
 * records (*.rapporteur) where a verb wants one, and files elsewhere.
 */
#include <stdio.h>
#include <string.h>

#include "command.h"

static bool takes_record(const verb *v)
{
    return strncmp(v->usage, "RECORD", 6) == 0;
}

static bool takes_option(const verb *v, const struct option *o)
{
    return strchr(v->options, o->val) != NULL;
}

/* ---- bash ------------------------------------------------------------------------ */

static void bash_values(const verb *v, const struct option *options)
{
    for (const struct option *o = options; o->name; o++) {
        if (!takes_option(v, o) || !o->has_arg) continue;
        const char *values = option_hint(o->name, v->name)->values;
        if (strcmp(values, "FILE") == 0)
            (void)printf("        %s/--%s) files=1 ;;\n", v->name, o->name);
        else
            (void)printf("        %s/--%s) values='%s' ;;\n", v->name, o->name, values);
    }
}

static void print_bash(const verb *verbs, const struct option *options)
{
    (void)puts(
        "# bash completion of rapporteur; printed by 'rapporteur completion bash'\n"
        "_rapporteur()\n{\n"
        "    local word=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]}\n"
        "    local before=${COMP_WORDS[COMP_CWORD-1]}\n"
        "    local values= files= options= records=\n"
        "    COMPREPLY=()\n"
        "    if [ \"$COMP_CWORD\" -eq 1 ]; then");
    (void)fputs("        COMPREPLY=($(compgen -W '", stdout);
    for (const verb *v = verbs; v->name; v++)
        (void)printf("%s%s", v == verbs ? "" : " ", v->name);
    (void)puts(" --help --version' -- \"$word\"))\n        return\n    fi\n"
               "    case $verb in");
    for (const verb *v = verbs; v->name; v++) {
        (void)printf("        %s) %soptions='--help", v->name,
                     takes_record(v) ? "records=1 " : "");
        for (const struct option *o = options; o->name; o++)
            if (takes_option(v, o)) (void)printf(" --%s", o->name);
        (void)puts("' ;;");
    }
    (void)puts("    esac\n    case $verb/$before in");
    for (const verb *v = verbs; v->name; v++) bash_values(v, options);
    (void)puts(
        "        *)\n"
        "            if [[ $word == -* ]]; then values=$options\n"
        "            elif [ \"$COMP_CWORD\" -eq 2 ] && [ -n \"$records\" ]; then\n"
        "                COMPREPLY=($(compgen -f -X '!*.rapporteur' -- \"$word\")"
        " $(compgen -d -- \"$word\"))\n"
        "                return\n"
        "            else files=1; fi ;;\n"
        "    esac\n"
        "    if [ -n \"$files\" ]; then COMPREPLY=($(compgen -f -- \"$word\"))\n"
        "    else COMPREPLY=($(compgen -W \"$values\" -- \"$word\")); fi\n"
        "}\n"
        "complete -o filenames -F _rapporteur rapporteur");
}

/* ---- zsh ------------------------------------------------------------------------- */

/* In single quotes, within _arguments' own brackets. */
static void zsh_words(const char *words)
{
    for (; *words; words++) {
        if (*words == '\'')
            (void)fputs("'\\''", stdout);
        else if (strchr("[]:\\", *words))
            (void)printf("\\%c", *words);
        else
            (void)putchar(*words);
    }
}

static void zsh_option(const verb *v, const struct option *o)
{
    const hint *h = option_hint(o->name, v->name);
    (void)printf(" \\\n                '--%s%s[", o->name, o->has_arg ? "=" : "");
    zsh_words(h->words);
    (void)fputs("]", stdout);
    if (o->has_arg && strcmp(h->values, "FILE") == 0)
        (void)printf(":%s:_files", o->name);
    else if (o->has_arg && h->values[0])
        (void)printf(":%s:(%s)", o->name, h->values);
    else if (o->has_arg)
        (void)printf(":%s:", o->name);
    (void)fputs("'", stdout);
}

static void print_zsh(const verb *verbs, const struct option *options)
{
    (void)puts(
        "#compdef rapporteur\n"
        "# zsh completion of rapporteur; printed by 'rapporteur completion zsh'\n"
        "_rapporteur()\n{\n"
        "    local -a verbs\n"
        "    verbs=(");
    for (const verb *v = verbs; v->name; v++) {
        (void)printf("        '%s:", v->name);
        zsh_words(v->summary);
        (void)puts("'");
    }
    (void)puts("    )\n"
               "    if (( CURRENT == 2 )); then\n"
               "        _describe command verbs\n        return\n    fi\n"
               "    local verb=$words[2]\n"
               "    shift words\n    (( CURRENT-- ))\n"
               "    case $verb in");
    for (const verb *v = verbs; v->name; v++) {
        (void)printf("        %s)\n            _arguments", v->name);
        for (const struct option *o = options; o->name; o++)
            if (takes_option(v, o)) zsh_option(v, o);
        (void)printf("%s \\\n                '*:file:_files' ;;\n",
                     takes_record(v)
                         ? " \\\n                '1:record:_files -g \"*.rapporteur\"'"
                         : "");
    }
    (void)puts("    esac\n}\n"
               "if [ \"$funcstack[1]\" = _rapporteur ]; then _rapporteur \"$@\"\n"
               "else compdef _rapporteur rapporteur; fi");
}

/* ---- fish ------------------------------------------------------------------------ */

static void fish_words(const char *words)
{
    (void)putchar('\'');
    for (; *words; words++) {
        if (*words == '\'' || *words == '\\') (void)putchar('\\');
        (void)putchar(*words);
    }
    (void)putchar('\'');
}

static void fish_option(const verb *v, const struct option *o)
{
    const hint *h = option_hint(o->name, v->name);
    (void)printf("complete -c rapporteur -n '__fish_seen_subcommand_from %s' -l %s",
                 v->name, o->name);
    if (o->has_arg && strcmp(h->values, "FILE") == 0)
        (void)fputs(" -r -F", stdout);
    else if (o->has_arg)
        (void)printf(" -x -a '%s'", h->values);
    (void)fputs(" -d ", stdout);
    fish_words(h->words);
    (void)putchar('\n');
}

static void print_fish(const verb *verbs, const struct option *options)
{
    (void)puts(
        "# fish completion of rapporteur; printed by 'rapporteur completion fish'");
    for (const verb *v = verbs; v->name; v++) {
        (void)printf("complete -c rapporteur -n __fish_use_subcommand -f -a %s -d ",
                     v->name);
        fish_words(v->summary);
        (void)putchar('\n');
        for (const struct option *o = options; o->name; o++)
            if (takes_option(v, o)) fish_option(v, o);
    }
}

bool print_completion(const char *shell, const verb *verbs,
                      const struct option *options)
{
    static const struct {
        const char *name;
        void (*print)(const verb *verbs, const struct option *options);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    for (unsigned i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shell, shells[i].name) == 0)
            return shells[i].print(verbs, options), true;
    return false;
}
