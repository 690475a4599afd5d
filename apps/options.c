/*
 * options.c - the options of the command, and what each sets.
 *
 * A letter means one thing whatever the verb; a verb takes those whose letter it lists.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

const struct option command_options[] = {
    {"to", required_argument, NULL, 't'},
    {"input", required_argument, NULL, 'i'},
    {"zones", required_argument, NULL, 'z'},
    {"date", required_argument, NULL, 'd'},
    {"threads", required_argument, NULL, 'j'},
    {"actors", required_argument, NULL, 'A'},
    {"dictionaries", required_argument, NULL, 'G'},
    {"issues", required_argument, NULL, 'Z'},
    {"plover", required_argument, NULL, 'v'},
    {"explain", no_argument, NULL, 'l'},
    {"outlet", required_argument, NULL, 'O'},
    {"author", required_argument, NULL, 'R'},
    {"url", required_argument, NULL, 'U'},
    {"title", required_argument, NULL, 'T'},
    {"meta", required_argument, NULL, 'm'},
    {"quiet", no_argument, NULL, 'q'},
    {"format", required_argument, NULL, 'f'},
    {"json", no_argument, NULL, 'J'},
    {"speaker", required_argument, NULL, 's'},
    {"actor", required_argument, NULL, 'a'},
    {"place", required_argument, NULL, 'p'},
    {"type", required_argument, NULL, 'y'},
    {"act", required_argument, NULL, 'c'},
    {"status", required_argument, NULL, 'u'},
    {"document", required_argument, NULL, 'D'},
    {"since", required_argument, NULL, 'S'},
    {"until", required_argument, NULL, 'E'},
    {"about", required_argument, NULL, 'b'},
    {"issue", required_argument, NULL, 'I'},
    {"stance", required_argument, NULL, 'K'},
    {"due-before", required_argument, NULL, 'B'},
    {"on", required_argument, NULL, 'w'},
    {"min-confidence", required_argument, NULL, 'C'},
    {"limit", required_argument, NULL, 'n'},
    {"search", required_argument, NULL, 'W'},
    {"searches", required_argument, NULL, 'L'},
    {"once", no_argument, NULL, '1'},
    {"exec", required_argument, NULL, 'X'},
    {"accepted", no_argument, NULL, '2'},
    {"all", no_argument, NULL, '3'},
    {"redact", required_argument, NULL, '4'},
    {"full-text", no_argument, NULL, '5'},
    {"kinds", required_argument, NULL, '6'},
    {"output", required_argument, NULL, 'o'},
    {"review", required_argument, NULL, 'r'},
    {"as", required_argument, NULL, 'P'},
    {"reason", required_argument, NULL, 'M'},
    {"final", no_argument, NULL, 'F'},
    {"names", no_argument, NULL, 'x'},
    {"from", required_argument, NULL, 'g'},
    {"person", required_argument, NULL, 'k'},
    {"yes", no_argument, NULL, 'Y'},
    {"words", no_argument, NULL, '9'},
    {"dry-run", no_argument, NULL, '0'},
    {"orphaned", no_argument, NULL, 'H'},
    {"agreement", no_argument, NULL, 'Q'},
    {"proposals", no_argument, NULL, '7'},
    {"matrix", no_argument, NULL, '8'},
    {"deep", no_argument, NULL, 'e'},
    {"no-color", no_argument, NULL, 'N'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0}};

static bool take_number(const char *text, double low, double high, double *out)
{
    char *end = NULL;
    *out = strtod(text, &end);
    return end != text && !*end && *out >= low && *out <= high;
}

static bool is_iso_date(const char *text)
{
    static const char shape[] = "dddd-dd-dd";
    const size_t len = strlen(text);
    if (len != 4 && len != 7 && len != 10) return false;
    for (size_t i = 0; i < len; i++)
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != '-')
            return false;
    return true;
}

static bool take_media(const char *text, rapporteur_media *out)
{
    static const char *const name[] = {"auto", "plain", "html", "conllu"};
    for (unsigned i = 0; i < 4; i++)
        if (strcmp(text, name[i]) == 0) return *out = (rapporteur_media)i, true;
    return false;
}

/* Options that need a look at their value; false when it is no good. */
static bool take_checked(settings *set, int letter, const char *value)
{
    double number = 0;
    switch (letter) {
    case 'i':
        return take_media(value, &set->input.media);
    case 'z':
        set->whole = strcmp(value, "none") == 0;
        return set->whole || strcmp(value, "auto") == 0;
    case 'v':
        set->plover = value;
        return strcmp(value, "strict") == 0 || strcmp(value, "plain") == 0;
    case 'w':
        return set->on = value, is_iso_date(value);
    case 'd':
        return set->input.date = value, is_iso_date(value);
    case 'S':
        set->query.since = value;
        return is_iso_date(value) || (strcmp(set->query.view, "changes") == 0 &&
                                      value[strspn(value, "#0123456789")] == 0);
    case 'B':
        return set->query.due_before = value, is_iso_date(value);
    case 'E':
        return set->query.until = value, is_iso_date(value);
    case 'j':
        if (!take_number(value, 0, 1024, &number)) return false;
        return set->input.threads = (unsigned)number, true;
    case 'n':
        if (!take_number(value, 0, 4e9, &number)) return false;
        return set->query.limit = (uint32_t)number, true;
    case 'C':
        return take_number(value, 0, 1, &set->query.min_confidence);
    default:
        return false;
    }
}

/* Options whose value is kept as it is, and where. */
static const struct {
    int letter;
    size_t at;
} words[] = {{'t', offsetof(settings, to)},
             {'A', offsetof(settings, actors)},
             {'G', offsetof(settings, dictionaries)},
             {'Z', offsetof(settings, issues)},
             {'O', offsetof(settings, input.outlet)},
             {'R', offsetof(settings, input.author)},
             {'U', offsetof(settings, input.url)},
             {'T', offsetof(settings, input.title)},
             {'m', offsetof(settings, input.meta)},
             {'f', offsetof(settings, query.format)},
             {'s', offsetof(settings, query.speaker)},
             {'a', offsetof(settings, query.actor)},
             {'p', offsetof(settings, query.place)},
             {'y', offsetof(settings, query.type)},
             {'c', offsetof(settings, query.act)},
             {'u', offsetof(settings, query.status)},
             {'D', offsetof(settings, query.document)},
             {'b', offsetof(settings, query.about)},
             {'I', offsetof(settings, query.issue)},
             {'K', offsetof(settings, query.stance)},
             {'r', offsetof(settings, query.review)},
             {'4', offsetof(settings, redact)},
             {'6', offsetof(settings, kinds)},
             {'o', offsetof(settings, output)},
             {'L', offsetof(settings, searches)},
             {'X', offsetof(settings, exec)},
             {'P', offsetof(settings, by)},
             {'M', offsetof(settings, reason)},
             {'g', offsetof(settings, from)},
             {'k', offsetof(settings, person)}};

static bool take_word(settings *set, int letter, const char *value)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].letter != letter) continue;
        memcpy((char *)set + words[i].at, &value, sizeof value);
        return true;
    }
    return false;
}

static bool take_flag(settings *set, int letter)
{
    switch (letter) {
    case 'l':
        return set->explain = true;
    case 'q':
        return set->quiet = true;
    case 'J':
        return set->query.format = "json", true;
    case '2':
        return set->accepted = true;
    case '3':
        return set->all = true;
    case '5':
        return set->full_text = true;
    case '1':
        return set->once = true;
    case 'N':
        return set->no_colour = true;
    case 'F':
        return set->final = true;
    case 'x':
        return set->names = true;
    case 'Y':
        return set->yes = true;
    case '9':
        return set->literal = true;
    case '0':
        return set->dry = true;
    case 'H':
        return set->query.orphaned = 1, true;
    case '8':
        return set->query.matrix = 1, true;
    case '7':
        return set->query.proposals = 1, true;
    case 'Q':
        return set->query.agreement = 1, true;
    case 'e':
        return set->deep = true;
    default:
        return false;
    }
}

bool take_option(settings *set, int letter, const char *value)
{
    if (letter == 'W') {
        if (set->search_count == MOST_SEARCHES) return false;
        return set->search[set->search_count++] = value, true;
    }
    if (!take_word(set, letter, value) && !take_flag(set, letter))
        return take_checked(set, letter, value);
    set->query.outlet =
        set->input.outlet; /* of reports to read, or of those asked for */
    set->query.by = set->by;
    return true;
}

const char *option_name(int letter)
{
    for (const struct option *o = command_options; o->name; o++)
        if (o->val == letter) return o->name;
    return "";
}
