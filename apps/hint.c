/*
 * hint.c - what each option of the command is, in a few words, and the help of one verb.
 */
#include <stdio.h>
#include <string.h>

#include "command.h"

/* An option of several meanings stands once for each verb, the general row last. */
static const hint hints[] = {
    {"to", "annotate", "jsonl conllu plover cameo gdelt gdelt-mentions brat timeml",
     "what to print"},
    {"to", "export",
     "csv jsonl webannotation csl bibtex ris graphml gexf ics plover cameo gdelt "
     "timelinejs geojson markdown brat conllu timeml",
     "format"},
    {"accepted", NULL, NULL, "only what a person accepted"},
    {"all", NULL, NULL, "of every confidence"},
    {"redact", NULL, "persons quotes text", "what may not leave"},
    {"full-text", NULL, NULL, "the texts may leave"},
    {"kinds", NULL,
     "meeting statement event document commitment position disagreement variant",
     "of these kinds only, commas between"},
    {"input", NULL, "auto plain html conllu", "how to read the reports"},
    {"zones", NULL, "auto none", "none: the whole text is body"},
    {"date", NULL, "", "day of publication, YYYY-MM-DD"},
    {"threads", NULL, "", "how many threads; 0: one a core"},
    {"actors", NULL, "FILE", "your own actors"},
    {"outlet", NULL, "", "who published"},
    {"author", NULL, "", "who wrote"},
    {"url", NULL, "", "address of the report"},
    {"title", NULL, "", "title"},
    {"dictionaries", NULL, "FILE", "a folder of PETRARCH dictionaries"},
    {"plover", NULL, "strict plain", "strict: event types by PLOVER's own rules"},
    {"explain", NULL, NULL, "tell of each event what made it"},
    {"issues", NULL, "FILE", "your own issues"},
    {"meta", NULL, "FILE", "CSV of what is known of each report"},
    {"quiet", NULL, NULL, "no messages"},
    {"format", NULL, "table json jsonl csv tsv", "how to print"},
    {"json", NULL, NULL, "the same as --format json"},
    {"speaker", NULL, "", "who says or does it"},
    {"actor", NULL, "", "who has part in it"},
    {"place", NULL, "", "where"},
    {"type", NULL, "", "PLOVER type, or kind"},
    {"act", NULL,
     "state demand propose promise accept refuse deny accuse threaten praise ask",
     "what kind of statement"},
    {"status", NULL, "happened planned proposed hypothetical denied", "of the event"},
    {"document", NULL, "", "number or path of a report"},
    {"since", NULL, "", "from this day, month or year"},
    {"until", NULL, "", "to this day, month or year"},
    {"about", NULL, "", "words"},
    {"issue", NULL, "", "part of an issue"},
    {"stance", NULL,
     "proposes supports accepts demands rejects opposes concedes undecided",
     "where the actor stands"},
    {"due-before", NULL, "", "what falls due by this day"},
    {"on", NULL, "", "day, YYYY-MM-DD"},
    {"min-confidence", NULL, "", "0 to 1"},
    {"limit", NULL, "", "at most so many rows"},
    {"search", NULL, "", "tell why, when these words arrive"},
    {"searches", NULL, "FILE", "saved searches"},
    {"once", NULL, NULL, "tell what came since the last time, and end"},
    {"exec", NULL, "", "run this with the JSON of what is new as its input"},
    {"output", NULL, "FILE", "where to write"},
    {"review", NULL, "suggested accepted rejected edited all", "what people decided"},
    {"as", "log", "", "whose decisions"},
    {"as", NULL, "", "who decides; else RAPPORTEUR_AS, else the login name"},
    {"reason", NULL, "", "why"},
    {"final", NULL, NULL, "it stands, whoever decided before"},
    {"names", NULL, NULL, "merge actors by their names"},
    {"from", NULL, "FILE", "CSV of what is known of each document"},
    {"person", NULL, "", "every name of a person, in all documents"},
    {"words", NULL, NULL, "--person is no person, but words, wherever they stand"},
    {"dry-run", NULL, NULL, "only say how many places would be overwritten"},
    {"yes", NULL, NULL, "do not ask"},
    {"orphaned", NULL, NULL, "decisions whose words are not found any more"},
    {"proposals", NULL, NULL, "actors that may be one person, and why"},
    {"matrix", NULL, NULL, "parties by issues, with the latest stance of each"},
    {"agreement", NULL, NULL, "how far people agree"},
    {"deep", NULL, NULL, "compare with a rebuild of a copy"},
    {"no-color", NULL, NULL, "no colours"},
    {"help", NULL, NULL, "help"},
    {"version", NULL, NULL, "version"},
    {NULL, NULL, NULL, NULL}};

const hint *option_hint(const char *option, const char *verb_name)
{
    static const hint unknown = {NULL, NULL, "", ""};
    for (const hint *h = hints; h->option; h++)
        if (strcmp(h->option, option) == 0 &&
            (!h->verb || strcmp(h->verb, verb_name) == 0))
            return h;
    return &unknown;
}

/* The values, as many a line as fit. */
static void print_values(const char *values)
{
    enum { INDENT = 24, LINE = 79 };
    int column = 0;
    while (*values) {
        const int len = (int)strcspn(values, " ");
        if (column && column + 1 + len > LINE) (void)putchar('\n'), column = 0;
        if (!column)
            column = printf("%*s", INDENT, "");
        else
            column += printf(" ");
        column += printf("%.*s", len, values);
        values += len + (values[len] == ' ');
    }
    (void)putchar('\n');
}

static void print_option(const struct option *o, const hint *h)
{
    char name[48];
    const bool file = h->values && strcmp(h->values, "FILE") == 0;
    (void)snprintf(name, sizeof name, "--%s%s", o->name,
                   !o->has_arg ? ""
                   : file      ? " FILE"
                               : " ...");
    (void)printf("  %-22s%s\n", name, h->words);
    if (o->has_arg && !file && h->values && h->values[0]) print_values(h->values);
}

void print_verb_help(const verb *v, const struct option *options)
{
    (void)printf("rapporteur %s %s\n  %s\n", v->name, v->usage, v->summary);
    if (v->options[0]) (void)puts("\nOptions:");
    for (const struct option *o = options; o->name; o++)
        if (strchr(v->options, o->val)) print_option(o, option_hint(o->name, v->name));
    (void)puts("\nrapporteur --help lists all commands; man rapporteur says more.");
}
