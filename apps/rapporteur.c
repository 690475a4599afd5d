/*
 * rapporteur.c - the command: reads its arguments, calls librapporteur, shows progress.
 *
 * Data goes to standard output, messages and progress to standard error.
 * Exit status: 0 success, 1 nothing found or a check failed, 2 usage or run-time error.
 */
#include "rapporteur.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "command.h"

enum { EXIT_NOTHING = 1, EXIT_TROUBLE = 2, EXIT_INTERRUPTED = 130 };
enum { BAR_WIDTH = 28, FALLBACK_COLUMNS = 100, PIPE_COLUMNS = 160, TICK_MS = 100 };

/* ---- messages and progress --------------------------------------------------------
 */

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

int complain(const rapporteur_error *err)
{
    (void)fprintf(stderr, "rapporteur: %s\n", err->text);
    return err->status == RAPPORTEUR_E_STOPPED ? EXIT_INTERRUPTED : EXIT_TROUBLE;
}

int usage_error(const char *what, const char *word)
{
    if (word[0])
        (void)fprintf(stderr, "rapporteur: %s: '%s'; try 'rapporteur --help'\n", what,
                      word);
    else
        (void)fprintf(stderr, "rapporteur: %s; try 'rapporteur --help'\n", what);
    return EXIT_TROUBLE;
}

static bool shows_progress(const settings *set)
{
    const char *term = getenv("TERM");
    return !set->quiet && isatty(STDERR_FILENO) && !(term && strcmp(term, "dumb") == 0);
}

static void clear_line(void)
{
    if (isatty(STDERR_FILENO)) (void)fputs("\r\033[K", stderr);
}

static void on_bad_document(void *state, const char *path, const rapporteur_error *err)
{
    settings *set = state;
    set->failed = true;
    clear_line();
    (void)fprintf(stderr, "rapporteur: %s: byte %llu: %s [%s]\n", path,
                  (unsigned long long)err->at, err->text, err->code);
}

static long now_ms(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

static int on_progress(void *state, uint64_t done, uint64_t total, uint64_t bytes)
{
    static long shown_at;
    const settings *set = state;
    if (interrupted) return 1;
    if (!shows_progress(set) || now_ms() - shown_at < TICK_MS) return 0;
    shown_at = now_ms();
    clear_line();
    if (total) {
        char bar[BAR_WIDTH + 1];
        const uint64_t full = done * BAR_WIDTH / (total > done ? total : done);
        for (uint64_t i = 0; i < BAR_WIDTH; i++) bar[i] = i < full ? '#' : '.';
        bar[BAR_WIDTH] = 0;
        (void)fprintf(stderr, "[%s] %3u %% ", bar, (unsigned)(done * 100 / total));
    }
    (void)fprintf(stderr, "%llu reports, %.1f MB", (unsigned long long)done,
                  (double)bytes / 1e6);
    (void)fflush(stderr);
    return 0;
}

static unsigned columns_of(FILE *out)
{
    struct winsize size = {0};
    if (!isatty(fileno(out))) return PIPE_COLUMNS; /* programs read csv or json */
    if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col) return size.ws_col;
    return FALLBACK_COLUMNS;
}

static bool wants_colour(const settings *set)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    return !set->no_colour && !(none && none[0]) && isatty(STDOUT_FILENO) &&
           !(term && strcmp(term, "dumb") == 0);
}

static void on_bad_line(void *state, const char *path, const rapporteur_error *err)
{
    (void)path; /* the sentence names it, with the line */
    if (((const settings *)state)->quiet) return;
    (void)fprintf(stderr, "rapporteur: %s (byte %llu)\n", err->text,
                  (unsigned long long)err->at);
}

/* `record`: the one it is for, or NULL. */
static rapporteur_status open_engine(settings *set, const char *record,
                                     rapporteur **out, rapporteur_error *err)
{
    const rapporteur_options options = {.actors = set->actors,
                                        .issues = set->issues,
                                        .dictionaries = set->dictionaries,
                                        .plover = set->plover,
                                        .record = record,
                                        .complain = on_bad_line,
                                        .state = set};
    return rapporteur_open(&options, out, err);
}

static void take_paths(settings *set, int count, char **words)
{
    set->input.paths = (const char *const *)words;
    set->input.path_count = (size_t)count;
    set->input.complain = on_bad_document;
    set->input.progress = on_progress;
    set->input.state = set;
}

/* ---- the verbs ----------------------------------------------------------------------
 */

static int run_annotate(settings *set, int count, char **words)
{
    if (count < 1)
        return usage_error("annotate needs files, or - for standard input", "");
    rapporteur_format format = RAPPORTEUR_JSONL;
    if (set->to && !rapporteur_format_of(set->to, &format))
        return usage_error("annotate --to takes jsonl, conllu, plover, cameo, gdelt, "
                           "gdelt-mentions, brat or timeml",
                           set->to);
    if (set->explain && format != RAPPORTEUR_JSONL)
        return usage_error("annotate --explain goes with --to jsonl", set->to);
    if (set->explain) format = RAPPORTEUR_EXPLAINED;
    rapporteur_error err = {0};
    rapporteur *engine = NULL;
    rapporteur_status status = open_engine(set, NULL, &engine, &err);
    uint64_t bad = 0;
    take_paths(set, count, words);
    set->input.progress = NULL;
    if (!status)
        status = rapporteur_annotate(engine, &set->input, format, set->whole, stdout,
                                     &bad, &err);
    rapporteur_close(engine);
    if (status) return complain(&err);
    return bad ? EXIT_TROUBLE : EXIT_SUCCESS;
}

static int add_or_rebuild(settings *set, const char *record, bool again)
{
    rapporteur_error err = {0};
    rapporteur *engine = NULL;
    rapporteur_added added = {0};
    (void)signal(SIGINT, on_interrupt);
    rapporteur_status status = open_engine(set, record, &engine, &err);
    if (!status)
        status = again ? rapporteur_rebuild(engine, record, &set->input, &added, &err)
                       : rapporteur_add(engine, record, &set->input, &added, &err);
    rapporteur_close(engine);
    clear_line();
    if (status) return complain(&err);
    if (set->quiet) return added.bad ? EXIT_TROUBLE : EXIT_SUCCESS;
    (void)fprintf(stderr, "%s: %llu %s, %llu unchanged, %llu could not be read", record,
                  (unsigned long long)added.added, again ? "read again" : "added",
                  (unsigned long long)added.unchanged, (unsigned long long)added.bad);
    if (added.decisions)
        (void)fprintf(stderr, "; %llu decisions kept, %llu orphaned",
                      (unsigned long long)(added.decisions - added.orphaned),
                      (unsigned long long)added.orphaned);
    (void)fputc('\n', stderr);
    return added.bad ? EXIT_TROUBLE : EXIT_SUCCESS;
}

static int run_add(settings *set, int count, char **words)
{
    if (count < 2)
        return usage_error("add needs a record, then files, folders or -", "");
    take_paths(set, count - 1, words + 1);
    return add_or_rebuild(set, words[0], false);
}

static int run_rebuild(settings *set, int count, char **words)
{
    if (count != 1)
        return usage_error("rebuild needs one record", count ? words[1] : "");
    take_paths(set, 0, NULL);
    return add_or_rebuild(set, words[0], true);
}

/* ---- watch -----------------------------------------------------------------------
 */

/* Give `json` to the person's command as its standard input. */
static bool run_command(const char *command, const char *json)
{
    FILE *child = popen(command, "w");
    if (child) (void)fputs(json, child);
    const int status = child ? pclose(child) : -1;
    if (status != 0)
        (void)fprintf(stderr, "rapporteur: --exec '%s' failed%s\n", command,
                      child ? "" : ": it could not be started");
    return status == 0;
}

static int on_news(void *state, const char *text, const char *json, int fired)
{
    settings *set = state;
    const char *format = set->query.format ? set->query.format : "table";
    clear_line();
    (void)fputs(strncmp(format, "json", 4) == 0 ? json : text, stdout);
    if (fflush(stdout) != 0) return 1;
    if (set->exec && fired && !run_command(set->exec, json)) set->failed = true;
    return 0;
}

static int run_watch(settings *set, int count, char **words)
{
    if (count < 2) return usage_error("watch needs a record, then folders", "");
    rapporteur_error err = {0};
    rapporteur *engine = NULL;
    take_paths(set, count - 1, words + 1);
    const rapporteur_watching watching = {.input = &set->input,
                                          .searches = set->searches,
                                          .words = set->search,
                                          .word_count = set->search_count,
                                          .once = set->once,
                                          .tell = on_news,
                                          .state = set};
    (void)signal(SIGINT, on_interrupt);
    (void)signal(SIGTERM, on_interrupt);
    (void)signal(SIGPIPE, SIG_IGN); /* a command that does not read its input */
    rapporteur_status status = open_engine(set, words[0], &engine, &err);
    if (!status) status = rapporteur_watch(engine, words[0], &watching, &err);
    rapporteur_close(engine);
    clear_line();
    if (status && !(status == RAPPORTEUR_E_STOPPED && interrupted))
        return complain(&err);
    return set->failed ? EXIT_TROUBLE : EXIT_SUCCESS;
}

static int run_verify(settings *set, int count, char **words)
{
    if (count != 1)
        return usage_error("verify needs one record", count ? words[1] : "");
    rapporteur_error err = {0};
    uint64_t wrong = 0;
    rapporteur *engine = NULL;
    rapporteur_status status = RAPPORTEUR_OK;
    if (set->deep) status = open_engine(set, words[0], &engine, &err);
    if (!status)
        status = set->deep
                     ? rapporteur_verify_deep(engine, words[0], stdout, &wrong, &err)
                     : rapporteur_verify(words[0], stdout, &wrong, &err);
    rapporteur_close(engine);
    if (status) return complain(&err);
    if (!set->quiet)
        (void)fprintf(stderr, "%s: %llu wrong\n", words[0], (unsigned long long)wrong);
    return wrong ? EXIT_NOTHING : EXIT_SUCCESS;
}

static int run_report(settings *set, int count, char **words)
{
    if (count != 1)
        return usage_error("report needs one record", count ? words[1] : "");
    rapporteur_error err = {0};
    const bool to_stdout = !set->output || strcmp(set->output, "-") == 0;
    char temporary[4096];
    FILE *out = stdout;
    if (!to_stdout) { /* written beside and renamed: never half a page */
        (void)snprintf(temporary, sizeof temporary, "%s.part", set->output);
        out = fopen(temporary, "wb");
        if (!out)
            return (void)fprintf(stderr, "rapporteur: %s cannot be written: %s\n",
                                 set->output, strerror(errno)),
                   EXIT_TROUBLE;
    }
    const rapporteur_status status =
        rapporteur_report(words[0], set->input.title, out, &err);
    if (to_stdout) return status ? complain(&err) : EXIT_SUCCESS;
    const bool closed = fclose(out) == 0;
    if (status || !closed || rename(temporary, set->output) != 0) {
        (void)unlink(temporary);
        return status ? complain(&err) : usage_error("cannot write", set->output);
    }
    if (!set->quiet) (void)fprintf(stderr, "wrote %s\n", set->output);
    return EXIT_SUCCESS;
}

/* What was written, what was not, and why. */
static void tell_export(const settings *set, const rapporteur_exported *done)
{
    if (set->quiet) return;
    clear_line();
    (void)fprintf(stderr, "%llu %s", (unsigned long long)done->count,
                  done->documents ? "documents" : "entries");
    if (done->left_out)
        (void)fprintf(stderr, "; %llu left out, %s", (unsigned long long)done->left_out,
                      done->why);
    if (set->output && strcmp(set->output, "-") != 0)
        (void)fprintf(stderr, " -> %s", set->output);
    (void)fputc('\n', stderr);
}

static int run_export(settings *set, int count, char **words)
{
    if (count != 1)
        return usage_error("export needs one record", count ? words[1] : "");
    if (!set->to) return usage_error("export needs --to FORMAT", "");
    rapporteur_error err = {0};
    rapporteur *engine = NULL;
    rapporteur_exported done = {0};
    take_paths(set, 0, NULL);
    (void)signal(SIGINT, on_interrupt);
    set->query.view = NULL;
    const rapporteur_export options = {.format = set->to,
                                       .path = set->output,
                                       .standard = stdout,
                                       .query = set->query,
                                       .kinds = set->kinds,
                                       .accepted = set->accepted,
                                       .all = set->all,
                                       .redact = set->redact,
                                       .full_text = set->full_text,
                                       .input = &set->input};
    rapporteur_status status = RAPPORTEUR_OK;
    if (rapporteur_export_reads(set->to))
        status = open_engine(set, words[0], &engine, &err);
    if (!status)
        status = rapporteur_export_record(engine, words[0], &options, &done, &err);
    rapporteur_close(engine);
    if (status) return complain(&err);
    tell_export(set, &done);
    return done.count ? EXIT_SUCCESS : EXIT_NOTHING;
}

/* Views in which a lower confidence would show more. */
static bool asks_for_entries(const rapporteur_query *query)
{
    static const char *const others[] = {"show",  "log",     "changes",
                                         "zones", "sources", "actors"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(query->view, others[i]) == 0) return false;
    return true;
}

static int run_view(settings *set, int count, char **words)
{
    rapporteur_error err = {0};
    uint64_t rows = 0;
    rapporteur_query *query = &set->query;
    const bool log = strcmp(query->view, "log") == 0;
    const bool takes_words =
        log || strcmp(query->view, "find") == 0 || strcmp(query->view, "show") == 0;
    if (count < (takes_words && !log ? 2 : 1) || (!takes_words && count > 1))
        return usage_error(takes_words ? "a record and words are needed by"
                                       : "one record is needed by",
                           query->view);
    char question[4096] = "";
    for (int i = 1; i < count; i++) {
        const size_t used = strlen(question);
        (void)snprintf(question + used, sizeof question - used, "%s%s",
                       i > 1 ? " " : "", words[i]);
    }
    if (takes_words && count > 1 && !question[strspn(question, " ")])
        return usage_error("an empty word asks nothing of", query->view);
    query->words = takes_words && count > 1 ? question : NULL;
    query->width = columns_of(stdout);
    query->colour = wants_colour(set);
    if (!query->format) query->format = "table";
    if (rapporteur_ask(words[0], query, stdout, &rows, &err)) return complain(&err);
    if (rows == 0 && !set->quiet && strcmp(query->format, "table") == 0)
        (void)fprintf(stderr, "nothing found%s\n",
                      query->min_confidence < 0 && asks_for_entries(query)
                          ? "; --min-confidence 0.5 shows less certain entries too"
                          : "");
    return rows ? EXIT_SUCCESS : EXIT_NOTHING;
}

/* "office Armenian foreign minister --on 2021-05-15": the words may be quoted or not. */
static int run_office(settings *set, int count, char **words)
{
    rapporteur_error err = {0};
    const rapporteur_options options = {.actors = set->actors};
    char office[1024] = "";
    int held = 0;
    if (!count) return usage_error("needs the words of an office", "");
    for (int i = 0; i < count; i++) {
        const size_t used = strlen(office);
        (void)snprintf(office + used, sizeof office - used, "%s%s", i ? " " : "",
                       words[i]);
    }
    if (rapporteur_office(&options, office, set->on, stdout, &held, &err))
        return complain(&err);
    return held ? EXIT_SUCCESS : EXIT_NOTHING;
}

static int run_completion(settings *set, int count, char **words);

#define FILTERS_ONLY "sapycuDSEbCnOIKBr"
#define FILTERS FILTERS_ONLY "fJqN"
#define DECIDES "PMFq"
static const verb verbs[] = {
    {"add", "RECORD FILE|DIR|-…", "read reports into a record", "iAGvZdORUTmjq",
     run_add},
    {"timeline", "RECORD", "dated entries: who, what, where, how sure", FILTERS,
     run_view},
    {"meetings", "RECORD", "who met whom, where and when", FILTERS, run_view},
    {"statements", "RECORD", "who said what", FILTERS, run_view},
    {"events", "RECORD", "who did what to whom (PLOVER, CAMEO)", FILTERS, run_view},
    {"documents", "RECORD", "agreements, statements and plans with their parties",
     FILTERS, run_view},
    {"commitments", "RECORD", "who owes what, under which text, until when", FILTERS,
     run_view},
    {"positions", "RECORD", "who stands where on which issue", FILTERS "8", run_view},
    {"disagreements", "RECORD", "what reports say differently", FILTERS, run_view},
    {"variants", "RECORD", "one utterance in the words of several reports", FILTERS,
     run_view},
    {"actors", "RECORD", "persons, states and bodies with their names", FILTERS "7",
     run_view},
    {"sources", "RECORD", "the reports", FILTERS, run_view},
    {"zones", "RECORD", "what was kept out of the record, and why", FILTERS, run_view},
    {"find", "RECORD WORDS…", "entries that answer a question", FILTERS, run_view},
    {"show", "RECORD ENTRY", "one entry with its exact words in context", FILTERS,
     run_view},
    {"watch", "RECORD FOLDER…", "add what arrives in folders, and tell of it",
     "iAGvZORTUmjqfJWL1X", run_watch},
    {"report", "RECORD -o FILE.html", "one self-contained page", "oTq", run_report},
    {"export", "RECORD --to FORMAT", "the record in the formats of others",
     "t23456oAGZjq" FILTERS_ONLY, run_export},
    {"annotate", "FILE…|-", "one JSON object a report (or --to another format)",
     "tizdjAGvlORUTmq", run_annotate},
    {"accept", "RECORD ENTRY…|-", "a person confirms entries", DECIDES, run_decide},
    {"reject", "RECORD ENTRY…|-", "a person refuses entries", DECIDES, run_decide},
    {"edit", "RECORD ENTRY F=V…", "a person's value for a field, the program's kept",
     DECIDES, run_decide},
    {"merge", "RECORD ENTRY ENTRY…", "entries, or with --names actors, are one",
     DECIDES "x", run_decide},
    {"split", "RECORD ENTRY PART…", "addresses or documents leave an entry", DECIDES,
     run_decide},
    {"note", "RECORD ENTRY WORDS…", "a note on an entry", DECIDES, run_note},
    {"undo", "RECORD [N…]", "take back decisions, or one's last", DECIDES "AGZ",
     run_decide},
    {"log", "RECORD [ENTRY]", "what people decided, and what became of it", "fJPHQqN",
     run_view},
    {"changes", "RECORD", "what came, changed and went: --since DATE|DECISION", "fJSqN",
     run_view},
    {"meta", "RECORD DOC F=V…", "what is known of a document; many: --from FILE.csv",
     DECIDES "gAGZ", run_meta},
    {"purge", "RECORD DOC", "remove a document, or --person NAME, for good",
     DECIDES "kY90AGZ", run_purge},
    {"rebuild", "RECORD", "recompute all that is derived", "AGvZjq", run_rebuild},
    {"verify", "RECORD", "check the file, its digests and every quotation", "qeAGZ",
     run_verify},
    {"office", "WORDS… --on DATE", "who held an office on a day", "Awq", run_office},
    {"completion", "bash|zsh|fish", "the completion script of a shell", "",
     run_completion},
    {NULL, NULL, NULL, NULL, NULL}};

static int run_completion(settings *set, int count, char **words)
{
    (void)set;
    if (count == 1 && print_completion(words[0], verbs, command_options))
        return EXIT_SUCCESS;
    return usage_error("completion needs a shell: bash, zsh or fish",
                       count ? words[0] : "");
}

/* ---- arguments
 * ------------------------------------------------------------------------ */

/* Columns of UTF-8 text of letters one column wide. */
static int columns_taken(const char *text)
{
    int columns = 0;
    for (; *text; text++) columns += ((unsigned char)*text & 0xC0) != 0x80;
    return columns;
}

static int print_help(void)
{
    enum { NAME_COLUMNS = 13, USAGE_COLUMNS = 20 };
    (void)puts(
        "Rapporteur keeps the checked, citable record of a negotiation, read from "
        "press reports.\n\n"
        "Examples:\n"
        "  rapporteur add talks.rapporteur clippings/   read a folder of reports\n"
        "  rapporteur timeline talks.rapporteur         what happened when\n"
        "  rapporteur statements talks.rapporteur --speaker Putin --format csv\n"
        "  rapporteur show talks.rapporteur s1a2b3c4    the exact words\n"
        "  rapporteur report talks.rapporteur -o talks.html\n\nCommands:");
    for (const verb *v = verbs; v->name; v++)
        (void)printf("  %-*s %s%*s %s\n", NAME_COLUMNS, v->name, v->usage,
                     USAGE_COLUMNS > columns_taken(v->usage)
                         ? USAGE_COLUMNS - columns_taken(v->usage)
                         : 0,
                     "", v->summary);
    (void)puts(
        "\n'rapporteur COMMAND --help' says what a command takes.\n"
        "Reading:   --outlet --author --title --url --date, --meta FILE.csv, "
        "--actors FILE,\n"
        "           --issues FILE, --dictionaries DIR, "
        "--input auto|plain|html|conllu,\n"
        "           --zones auto|none, --threads N\n"
        "Filters:   --speaker --actor --place --outlet --type --act --status "
        "--document\n"
        "           --since --until --about WORDS --min-confidence 0..1 --limit N\n"
        "           --issue WORDS --stance STANCE --due-before DATE\n"
        "Output:    --format table|json|jsonl|csv|tsv (--json), --to FORMAT,\n"
        "           -o FILE, --accepted, --all, --redact, --full-text, --quiet, "
        "--no-color\n"
        "Manual:    man rapporteur");
    return EXIT_SUCCESS;
}

/* Number of edits between two short words, at most `most` + 1: for "did you mean". */
static unsigned edits_between(const char *a, const char *b)
{
    unsigned row[32];
    const size_t width = strlen(b);
    if (width >= 32 || strlen(a) >= 32) return 99;
    for (unsigned j = 0; j <= width; j++) row[j] = j;
    for (unsigned i = 1; a[i - 1]; i++) {
        unsigned diagonal = row[0];
        row[0] = i;
        for (unsigned j = 1; j <= width; j++) {
            unsigned best = diagonal + (a[i - 1] != b[j - 1]);
            if (row[j] + 1 < best) best = row[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[width];
}

static int unknown_verb(const char *word)
{
    const verb *nearest = NULL;
    unsigned fewest = 3;
    for (const verb *v = verbs; v->name; v++) {
        const unsigned edits = edits_between(word, v->name);
        if (edits < fewest) fewest = edits, nearest = v;
    }
    if (!nearest) return usage_error("no such command", word);
    (void)fprintf(stderr, "rapporteur: no such command: '%s'; did you mean '%s'?\n",
                  word, nearest->name);
    return EXIT_TROUBLE;
}

static int run_verb(const verb *chosen, int argc, char **argv)
{
    settings set = {.query = {.view = chosen->name, .min_confidence = -1}};
    int letter;
    while ((letter = getopt_long(argc, argv, "t:i:d:j:f:o:n:qhV", command_options,
                                 NULL)) != -1) {
        if (letter == '?') return EXIT_TROUBLE;
        if (letter == 'h') {
            rapporteur_error err = {0};
            print_verb_help(chosen, command_options);
            if (strcmp(chosen->name, "edit") != 0) return EXIT_SUCCESS;
            (void)puts(
                "\nFields, with their values; names of parties with ';' between:");
            return rapporteur_fields(stdout, &err) ? complain(&err) : EXIT_SUCCESS;
        }
        if (letter == 'V') return puts(rapporteur_version()), EXIT_SUCCESS;
        if (!strchr(chosen->options, letter)) {
            (void)fprintf(stderr,
                          "rapporteur: %s takes no --%s; try 'rapporteur --help'\n",
                          chosen->name, option_name(letter));
            return EXIT_TROUBLE;
        }
        if (!take_option(&set, letter, optarg)) {
            (void)fprintf(stderr, "rapporteur: --%s cannot be '%s'\n",
                          option_name(letter), optarg);
            return EXIT_TROUBLE;
        }
    }
    const int status = chosen->run(&set, argc - optind, argv + optind);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        (void)fprintf(stderr, "rapporteur: cannot write to standard output: %s\n",
                      strerror(errno));
        return EXIT_TROUBLE;
    }
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0)
        return print_help(), argc < 2 ? EXIT_TROUBLE : EXIT_SUCCESS;
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0)
        return printf("rapporteur %s\n", rapporteur_version()) < 0;
    for (const verb *v = verbs; v->name; v++)
        if (strcmp(argv[1], v->name) == 0) return run_verb(v, argc - 1, argv + 1);
    return unknown_verb(argv[1]);
}
