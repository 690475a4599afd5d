/*
 * sqlite_edit.c - a field of an entry as a person gives it, the program's own kept beside it.
 *
 * Method  the entry's row takes the person's value, so that every view, filter and export
 *         shows it; machine_value keeps the program's for `show`. A party is the actor that
 *         goes by the name, if just one does; else a name without an actor behind it.
 */
#include "store_private.h"

typedef struct field {
    const char *kinds;  /* of entries that have it, between blanks; "": all */
    const char *name;   /* as the views call it */
    const char *column; /* as the table does */
} field;

static const field fields[] = {
    {" statement ", "speaker", "who"},
    {" meeting ", "participants", "who"},
    {" meeting event ", "sources", "who"},
    {" document ", "parties", "who"},
    {" position ", "actor", "who"},
    {" position ", "actors", "who"},
    {" statement meeting event document commitment position ", "who", "who"},
    {" statement ", "addressee", "whom"},
    {" meeting event ", "targets", "whom"},
    {" commitment ", "to", "whom"},
    {" statement meeting event commitment ", "whom", "whom"},
    {" meeting ", "host", "host"},
    {" statement meeting event document commitment position ", "date", "date"},
    {" statement meeting event document ", "place", "place"},
    {" statement ", "venue", "venue"},
    {" statement ", "act", "act"},
    {" meeting event document commitment ", "status", "status"},
    {" meeting event document ", "type", "type"},
    {" meeting event ", "cameo", "cameo"},
    {" meeting event ", "mode", "mode"},
    {" document ", "name", "name"},
    {" commitment ", "document", "name"},
    {" position ", "issue", "name"},
    {" position ", "stance", "stance"},
    {" commitment ", "due", "due"}};

const char *rap_sqlite_field(const char *kind, const char *name)
{
    char spaced[24];
    (void)snprintf(spaced, sizeof spaced, " %s ", kind);
    for (uint32_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!strcmp(fields[i].name, name) && strstr(fields[i].kinds, spaced))
            return fields[i].column;
    return NULL;
}

/* Those with labels, a line each, or the others. */
static void put_fields(FILE *out, const char *kind, const char *spaced, bool labels)
{
    for (uint32_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!strstr(fields[i].kinds, spaced)) continue;
        const char *values = rap_sqlite_values(kind, fields[i].column);
        if (!values && !labels) (void)fprintf(out, " %s", fields[i].name);
        if (values && labels)
            (void)fprintf(out, "\n    %s: %s", fields[i].name, values);
    }
}

rap_status rap_store_fields(FILE *out, rap_error *err)
{
    static const char *const kinds[] = {"statement", "meeting",    "event",
                                        "document",  "commitment", "position"};
    for (uint32_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        char spaced[24];
        (void)snprintf(spaced, sizeof spaced, " %s ", kinds[k]);
        (void)fprintf(out, "  %s:", kinds[k]);
        put_fields(out, kinds[k], spaced, false);
        put_fields(out, kinds[k], spaced, true);
        (void)fputc('\n', out);
    }
    return ferror(out) ? rap_fail(err, RAP_E_IO, 0, "cannot write the fields") : RAP_OK;
}

/* ---- plain values ------------------------------------------------------------------ */

typedef struct column {
    const char *name, *keep, *set;
} column;

#define KEEP(column_)                                                                  \
    "INSERT OR IGNORE INTO machine_value SELECT number, '" column_ "', " column_       \
    " FROM entry WHERE number = ?1"
#define PLAIN(column_)                                                                 \
    {                                                                                  \
        column_, KEEP(column_), "UPDATE entry SET " column_ " = ?2 WHERE number = ?1"  \
    }
static const column columns[] = {
    PLAIN("place"),
    PLAIN("venue"),
    PLAIN("act"),
    PLAIN("status"),
    PLAIN("type"),
    PLAIN("cameo"),
    PLAIN("mode"),
    PLAIN("name"),
    PLAIN("stance"),
    {"date", KEEP("date"),
     "UPDATE entry SET date = ?2, earliest = ?3, latest = ?4,"
     " date_basis = CASE WHEN ?2 IS NULL THEN NULL ELSE 'given' END,"
     " day = coalesce(?3, ?4, '~') WHERE number = ?1"},
    {"due", KEEP("due"),
     "UPDATE entry SET due = ?2, due_earliest = ?3, due_latest = ?4,"
     " due_basis = CASE WHEN ?2 IS NULL THEN NULL ELSE 'given' END WHERE number = ?1"}};

static rap_status set_plain(sqlite_store *store, int64_t entry, const column *c,
                            const char *value, rap_error *err)
{
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_run_with(store, c->keep, entry, err);
    if (!status) status = rap_sqlite_cached(store, c->set, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, entry);
    rap_sqlite_bind(s, 2, value);
    if (sqlite3_bind_parameter_count(s) > 2) {
        rap_date date = {0};
        (void)rap_date_read_iso(rap_slice_of(value), &date);
        rap_sqlite_bind_day(s, 3, *value ? rap_date_earliest(date) : RAP_NO_DAY);
        rap_sqlite_bind_day(s, 4, *value ? rap_date_latest(date) : RAP_NO_DAY);
    }
    return rap_sqlite_done(store, s, err);
}

/* ---- parties ----------------------------------------------------------------------- */

static rap_status put_party(sqlite_store *store, int64_t entry, const char *role,
                            uint32_t n, rap_slice name, rap_error *err)
{
    static const char sql[] =
        "WITH named (key) AS (SELECT key FROM actor WHERE name = ?4 COLLATE NOCASE"
        "  UNION SELECT key FROM actor WHERE key = ?4"
        "  UNION SELECT key FROM actor WHERE code = ?4 AND kind = 'state'"
        "  UNION SELECT a.key FROM actor_alias l JOIN actor a"
        "   ON a.document = l.document AND a.n = l.actor"
        "   WHERE l.alias = ?4 COLLATE NOCASE)"
        " INSERT OR REPLACE INTO entry_party SELECT ?1, ?2, ?3, a.key,"
        "  CASE WHEN ?4 IN (a.key, a.code) THEN a.name ELSE ?4 END, a.kind, a.country,"
        "  a.code FROM (SELECT * FROM actor WHERE key = (SELECT max(key) FROM named)"
        "  ORDER BY length(name) DESC, document LIMIT 1) a"
        "  WHERE (SELECT count(*) FROM named) = 1"
        " UNION ALL SELECT ?1, ?2, ?3, 'given:' || lower(?4), ?4, '', NULL, NULL"
        "  WHERE (SELECT count(*) FROM named) <> 1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, entry);
    rap_sqlite_bind(s, 2, role);
    (void)sqlite3_bind_int64(s, 3, n);
    (void)sqlite3_bind_text(s, 4, name.at, (int)name.len, SQLITE_STATIC);
    return rap_sqlite_done(store, s, err);
}

static rap_status run_role(sqlite_store *store, const char *sql, int64_t entry,
                           const char *role, rap_error *err)
{
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, entry);
    rap_sqlite_bind(s, 2, role);
    return rap_sqlite_done(store, s, err);
}

static rap_status set_parties(sqlite_store *store, int64_t entry, const char *role,
                              const char *value, rap_error *err)
{
    static const char keep[] =
        "INSERT OR IGNORE INTO machine_value SELECT ?1, ?2, (SELECT group_concat(name,"
        " '; ') FROM (SELECT name FROM entry_party WHERE entry = ?1 AND role = ?2"
        "  ORDER BY n))";
    static const char touch[] = "UPDATE entry SET review = review WHERE number = ?1";
    static const char drop[] = "DELETE FROM entry_party WHERE entry = ?1 AND role = ?2";
    rap_status status = run_role(store, keep, entry, role, err);
    if (!status) status = rap_sqlite_run_with(store, touch, entry, err);
    if (!status) status = run_role(store, drop, entry, role, err);
    rap_slice list = rap_slice_of(value), name;
    uint32_t n = 0;
    while (!status && rap_split_next(&list, ';', &name))
        if (name.len) status = put_party(store, entry, role, n++, name, err);
    return status;
}

rap_status rap_sqlite_edit(sqlite_store *store, int64_t entry, const char *name,
                           const char *value, rap_error *err)
{
    rap_status status = rap_sqlite_keep_machine(store, entry, err);
    bool found = false;
    for (uint32_t i = 0; !status && i < sizeof columns / sizeof *columns; i++) {
        if (strcmp(columns[i].name, name) != 0) continue;
        status = set_plain(store, entry, &columns[i], value, err);
        found = true;
    }
    if (!status && !found) status = set_parties(store, entry, name, value, err);
    return status ? status : rap_sqlite_index_entry(store, entry, err);
}
