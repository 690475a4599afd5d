/*
 * deciding.c - the verbs by which people decide about a record: accept, reject, edit, merge,
 * split, note, undo, meta, purge.
 *
 * Who decides is --as NAME, else RAPPORTEUR_AS, else the login name; every message says who.
 */
#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

typedef struct list { /* words that grow; those of standard input are its own */
    const char **word;
    size_t count, room;
    char *lines; /* of standard input */
} list;

static bool add_word(list *l, const char *word)
{
    if (l->count == l->room) {
        const size_t room = l->room ? l->room * 2 : 64;
        const char **wider = realloc(l->word, room * sizeof *wider);
        if (!wider) return false;
        l->word = wider;
        l->room = room;
    }
    l->word[l->count++] = word;
    return true;
}

/* The first word of every line of standard input. */
static bool add_lines(list *l)
{
    size_t size = 0, room = 1 << 16;
    l->lines = malloc(room);
    while (l->lines && !feof(stdin) && !ferror(stdin)) {
        size += fread(l->lines + size, 1, room - size - 1, stdin);
        if (room - size > 1) continue;
        char *wider = realloc(l->lines, room *= 2);
        if (!wider) return false;
        l->lines = wider;
    }
    if (!l->lines) return false;
    l->lines[size] = 0;
    char *rest = NULL;
    for (char *line = strtok_r(l->lines, "\r\n", &rest); line;
         line = strtok_r(NULL, "\r\n", &rest)) {
        line += strspn(line, " \t");
        line[strcspn(line, " \t")] = 0;
        if (*line && !add_word(l, line)) return false;
    }
    return true;
}

static void free_list(list *l)
{
    free(l->word);
    free(l->lines);
}

/* NULL: --as without a name. */
static const char *person_of(const settings *set)
{
    const char *name = set->by ? set->by : getenv("RAPPORTEUR_AS");
    if (set->by && !set->by[strspn(set->by, " ")]) return NULL;
    if (name && *name) return name;
    const struct passwd *login = getpwuid(getuid());
    return login && login->pw_name ? login->pw_name : "";
}

/* What became of it, if anything else than was asked for. */
static void tell_outcome(const rapporteur_decision *d,
                         const rapporteur_decided *decided)
{
    if (decided->apart && decided->last > decided->first)
        (void)fprintf(stderr,
                      "\n  %llu of them kept apart: %s; --final makes them stand",
                      (unsigned long long)decided->apart, decided->why);
    else if (decided->apart)
        (void)fprintf(stderr, "\n  kept apart: %s; --final makes it stand",
                      decided->why);
    if (decided->ended && strcmp(d->kind, "reject") == 0)
        (void)fprintf(stderr, "\n  this ends what was accepted or edited before (%llu)",
                      (unsigned long long)decided->ended);
    else if (decided->ended)
        (void)fprintf(stderr, "\n  this ends the rejection before (%llu)",
                      (unsigned long long)decided->ended);
    if (decided->waiting)
        (void)fprintf(stderr,
                      "\n  verdicts on what was merged into the first wait (%llu): "
                      "accept it as one",
                      (unsigned long long)decided->waiting);
    if (decided->orphaned)
        (void)fprintf(stderr, "\n  %llu %s orphaned by this: see log --orphaned",
                      (unsigned long long)decided->orphaned,
                      decided->orphaned == 1 ? "decision is" : "decisions are");
}

/* "#41: accept by ana" or "#41 to #43: accept by ana; undo 41-43 takes them back". */
static void tell(const settings *set, const rapporteur_decision *d,
                 const rapporteur_decided *decided)
{
    if (set->quiet) return;
    const bool several = decided->last != decided->first;
    (void)fprintf(stderr, "#%lld", (long long)decided->first);
    if (several) (void)fprintf(stderr, " to #%lld", (long long)decided->last);
    const char *who = d->who + strspn(d->who, " ");
    int len = (int)strlen(who);
    while (len && who[len - 1] == ' ') len--;
    (void)fprintf(stderr, ": %s by %.*s", d->kind, len, who);
    if (decided->documents)
        (void)fprintf(stderr, ", %llu %s %s", (unsigned long long)decided->documents,
                      decided->documents == 1 ? "document" : "documents",
                      strcmp(d->kind, "purge") == 0 ? "changed" : "read again");
    if (several && strcmp(d->kind, "purge") != 0)
        (void)fprintf(stderr, "; undo %lld-%lld takes them back",
                      (long long)decided->first, (long long)decided->last);
    tell_outcome(d, decided);
    (void)fputc('\n', stderr);
}

static int decide(settings *set, const char *record, rapporteur_decision *d)
{
    rapporteur_error err = {0};
    rapporteur_decided decided;
    const rapporteur_options options = {.actors = set->actors,
                                        .issues = set->issues,
                                        .dictionaries = set->dictionaries,
                                        .record = record};
    d->who = person_of(set);
    if (!d->who) return usage_error("--as needs the name of who decides", "");
    d->reason = set->reason;
    d->final = set->final;
    if (rapporteur_decide(&options, record, d, &decided, &err)) return complain(&err);
    if (decided.first)
        tell(set, d, &decided);
    else if (!set->quiet)
        (void)fputs("nothing to say\n", stderr);
    return EXIT_SUCCESS;
}

/* accept, reject, edit, merge, split, undo: words with '=' are settings of `edit`. */
int run_decide(settings *set, int count, char **words)
{
    const char *kind = set->query.view;
    const bool edits = strcmp(kind, "edit") == 0;
    list what = {0}, fields = {0};
    bool whole = true;
    if (count < 1) return usage_error("a record is needed by", kind);
    for (int i = 1; i < count && whole; i++) {
        if (strcmp(words[i], "-") == 0)
            whole = add_lines(&what);
        else
            whole =
                add_word(edits && strchr(words[i], '=') ? &fields : &what, words[i]);
    }
    rapporteur_decision d = {.kind = kind,
                             .what = what.word,
                             .what_count = what.count,
                             .set = fields.word,
                             .set_count = fields.count,
                             .actors = set->names};
    const int status = whole ? decide(set, words[0], &d)
                             : usage_error("no memory for so many entries", "");
    free_list(&what);
    free_list(&fields);
    return status;
}

/* note RECORD ENTRY WORDS… */
int run_note(settings *set, int count, char **words)
{
    if (count < 3) return usage_error("note needs a record, an entry and words", "");
    char text[4096] = "";
    for (int i = 2; i < count; i++) {
        const size_t used = strlen(text);
        (void)snprintf(text + used, sizeof text - used, "%s%s", i > 2 ? " " : "",
                       words[i]);
    }
    const char *entry = words[1];
    rapporteur_decision d = {
        .kind = "note", .what = &entry, .what_count = 1, .text = text};
    return decide(set, words[0], &d);
}

/* meta RECORD DOCUMENT FIELD=VALUE… or meta RECORD --from FILE.csv */
int run_meta(settings *set, int count, char **words)
{
    if (count < (set->from ? 1 : 3))
        return usage_error("meta needs a record, a document and FIELD=VALUE, or --from",
                           "");
    const char *document = set->from ? NULL : words[1];
    rapporteur_decision d = {.kind = "meta",
                             .what = &document,
                             .what_count = set->from ? 0 : 1,
                             .sheet = set->from};
    list fields = {0};
    bool whole = true;
    for (int i = 2; i < count && whole; i++) whole = add_word(&fields, words[i]);
    d.set = fields.word;
    d.set_count = fields.count;
    const int status = whole ? decide(set, words[0], &d) : usage_error("no memory", "");
    free_list(&fields);
    return status;
}

/* "3 places in 2 documents", and what would be left. */
static void tell_places(const settings *set, const char *what,
                        const rapporteur_decided *d)
{
    if (!set->person) {
        (void)fprintf(stderr, "every byte of document '%s' would be removed\n", what);
        return;
    }
    (void)fprintf(stderr,
                  "'%s': %llu %s in %llu %s would be overwritten, and what decisions "
                  "say of them\n",
                  what, (unsigned long long)d->places,
                  d->places == 1 ? "place" : "places", (unsigned long long)d->documents,
                  d->documents == 1 ? "document" : "documents");
    if (d->left)
        (void)fprintf(stderr,
                      "%llu more %s one word of the name alone, not known to be the "
                      "person's, and %s left: see --words\n",
                      (unsigned long long)d->left,
                      d->left == 1 ? "place has" : "places have",
                      d->left == 1 ? "is" : "are");
}

/* What is purged cannot be had back: asked for, unless the person says so beforehand. */
static bool is_confirmed(const settings *set)
{
    char answer[16] = "";
    if (set->yes) return true;
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) return false;
    (void)fputs("This cannot be undone. Type yes: ", stderr);
    return fgets(answer, sizeof answer, stdin) && strcmp(answer, "yes\n") == 0;
}

/* purge RECORD DOCUMENT or purge RECORD --person NAME: first counted, then asked, then done. */
int run_purge(settings *set, int count, char **words)
{
    if (count != (set->person ? 1 : 2))
        return usage_error("purge needs a record and a document, or --person NAME", "");
    const char *document = set->person ? NULL : words[1];
    rapporteur_error err = {0};
    rapporteur_decided would = {0};
    rapporteur_decision d = {.kind = "purge",
                             .who = person_of(set),
                             .what = &document,
                             .what_count = document ? 1 : 0,
                             .person = set->person,
                             .words = set->literal,
                             .dry = 1};
    if (!d.who) return usage_error("--as needs the name of who decides", "");
    if (rapporteur_decide(NULL, words[0], &d, &would, &err)) return complain(&err);
    if (!set->quiet || set->dry)
        tell_places(set, set->person ? set->person : document, &would);
    if (set->dry) return EXIT_SUCCESS;
    if (!is_confirmed(set))
        return usage_error("nothing was purged: it wants a yes, or --yes", "");
    d.dry = 0;
    return decide(set, words[0], &d);
}
