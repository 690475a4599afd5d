/*
 * sqlite_value.c - the values that a field of an entry can take, where they are labels.
 *
 * Method  a closed list for each kind and column, as the program itself writes them; an empty
 *         value says that none is known. Other fields hold names, days or words.
 */
#include "store_private.h"

typedef struct label {
    const char *kinds, *column, *values; /* values: blanks between */
} label;

static const label labels[] = {
    {" meeting event ", "status", "happened planned proposed hypothetical denied"},
    {" document ", "status", "planned proposed signed in-force"},
    {" commitment ", "status",
     "in-force kept breached extended disputed planned proposed"},
    {" meeting event ", "type",
     "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT "
     "THREATEN "
     "PROTEST SANCTION MOBILIZE COERCE ASSAULT"},
    {" document ", "type",
     "agreement annex charter letter plan post principles proposal resolution "
     "statement "
     "statute"},
    {" statement ", "act",
     "state demand propose promise accept refuse deny accuse threaten praise ask"},
    {" position ", "stance",
     "proposes supports accepts demands rejects opposes concedes undecided"},
    {" meeting event ", "mode",
     "meet visit third-party multilateral phone abduct access aerial allege arrest "
     "assist "
     "beat boycott ceasefire censor change convict crowd-control curfew cyber demo "
     "deport "
     "destroy disapprove disarm discontinue expel explosives firearms heavy-weapons "
     "hunger "
     "investigate martial-law militia misinformation obstruct police primitive "
     "relations "
     "release resign restrict riot seize sexual strike targeted territory torture "
     "troops "
     "unconventional vandalize violence weapons withdraw withhold yield"}};

static bool is_one_of(const char *value, const char *values)
{
    rap_slice rest = rap_slice_of(values), one;
    while (rap_split_next(&rest, ' ', &one))
        if (rap_slice_is(one, value)) return true;
    return false;
}

const char *rap_sqlite_values(const char *kind, const char *column)
{
    char spaced[24];
    (void)snprintf(spaced, sizeof spaced, " %s ", kind);
    for (uint32_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (!strcmp(labels[i].column, column) && strstr(labels[i].kinds, spaced))
            return labels[i].values;
    return NULL;
}

static bool is_date(const char *text)
{
    rap_date date;
    const rap_slice s = rap_slice_of(text);
    return !s.len || rap_date_read_iso(s, &date) == s.len;
}

rap_status rap_sqlite_check_date(const char *value, rap_error *err)
{
    if (is_date(value)) return RAP_OK;
    return rap_fail(err, RAP_E_USAGE, 0,
                    "\"%.40s\" is no date; write YYYY, YYYY-MM or YYYY-MM-DD", value);
}

rap_status rap_sqlite_check_value(const char *kind, const char *column,
                                  const char *value, rap_error *err)
{
    enum { MOST_LISTED = 130 };
    if (!strcmp(column, "date") || !strcmp(column, "due"))
        return rap_sqlite_check_date(value, err);
    const char *values = rap_sqlite_values(kind, column);
    if (!values || !*value || is_one_of(value, values)) return RAP_OK;
    if (strlen(values) > MOST_LISTED)
        return rap_fail(
            err, RAP_E_USAGE, 0,
            "\"%.40s\" is no %s of a %s; 'rapporteur edit --help' lists them", value,
            column, kind);
    return rap_fail(err, RAP_E_USAGE, 0, "\"%.40s\" is no %s of a %s; it is one of: %s",
                    value, column, kind, values);
}
