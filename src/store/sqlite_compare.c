/*
 * sqlite_compare.c - what a record shows against what a rebuilt copy of it shows.
 *
 * Method  the copy is attached, and each query asked of both: rows that only one gives are
 *         told. Documents are named by digest and readings by id, never by number.
 */
#include "store_private.h"

enum { MOST_TOLD = 20 };

typedef struct question {
    const char *what; /* what a row is about */
    const char *sql;  /* first column: what names it; @ stands for the schema */
} question;

static const question questions[] = {
    {"entry",
     "SELECT id, kind, what, said_by, place, venue, mode, act, status, type, cameo, "
     "date,"
     " date_basis, earliest, latest, name, stance, due, due_basis, due_earliest,"
     " due_latest, round(confidence, 4), documents, sources, review FROM @.entry"},
    {"party of entry",
     "SELECT e.id, p.role, p.n, p.key, p.name, p.kind, p.country, p.code FROM @.entry e"
     " JOIN @.entry_party p ON p.entry = e.number"},
    {"evidence of entry",
     "SELECT e.id, r.id, er.why, s.role, s.span_begin, s.span_end FROM @.entry e"
     " JOIN @.entry_reading er ON er.entry = e.number JOIN @.reading r"
     " ON r.number = er.reading JOIN @.reading_span s ON s.reading = r.number"},
    {"side of entry",
     "SELECT e.id, c.n, c.value, c.span_begin, c.span_end, c.quote FROM @.entry e"
     " JOIN @.entry_claim c ON c.entry = e.number"},
    {"document",
     "SELECT d.path, d.sha256, a.title, a.author, a.outlet, a.url, a.language, a.kind,"
     " a.published, a.published_basis, a.text, a.error_code, (SELECT v.sha256 FROM"
     "  @.document v WHERE v.id = a.voice) FROM @.document d JOIN @.article a"
     " ON a.document = d.id"},
    {"zone of document",
     "SELECT d.path, d.sha256, z.kind, z.sub, z.span_begin, z.span_end FROM @.zone z"
     " JOIN @.document d ON d.id = z.document"},
    {"actor of document",
     "SELECT d.path, d.sha256, x.key, x.name, x.kind, x.country, x.code, x.sector"
     " FROM @.actor x JOIN @.document d ON d.id = x.document"},
    {"decision", "SELECT decision, state, entry, why FROM @.applied"}};

typedef struct comparing {
    sqlite_store *store;
    void (*report)(void *, const char *);
    void *state;
    uint32_t wrong;
    rap_arena arena;
    rap_error *err;
} comparing;

static const char *of_schema(comparing *c, const char *sql, const char *schema)
{
    const char *out = "", *at;
    while (out && (at = strchr(sql, '@')) != NULL) {
        out =
            rap_arena_printf(&c->arena, "%s%.*s%s", out, (int)(at - sql), sql, schema);
        sql = at + 1;
    }
    return out ? rap_arena_printf(&c->arena, "%s%s", out, sql) : NULL;
}

static rap_status tell_rows(comparing *c, const char *left, const char *right,
                            const char *what, const char *where)
{
    sqlite3_stmt *s = NULL;
    const char *sql = rap_arena_printf(&c->arena, "%s EXCEPT %s", left, right);
    if (!sql) return rap_fail(c->err, RAP_E_NOMEM, 0, "no memory to compare");
    if (sqlite3_prepare_v2(c->store->db, sql, -1, &s, NULL) != SQLITE_OK)
        return rap_sqlite_fail(c->store, c->err);
    int step;
    uint32_t told = 0;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        char line[400];
        c->wrong++;
        if (told++ >= MOST_TOLD || !c->report) continue;
        const char *name = (const char *)sqlite3_column_text(s, 0);
        (void)snprintf(line, sizeof line, "%s %.200s: stands so in %s alone", what,
                       name ? name : "", where);
        c->report(c->state, line);
    }
    const rap_status status =
        step == SQLITE_DONE ? RAP_OK : rap_sqlite_fail(c->store, c->err);
    (void)sqlite3_finalize(s);
    return status;
}

static rap_status ask_both(comparing *c, const question *q)
{
    rap_arena_clear(&c->arena);
    const char *ours = of_schema(c, q->sql, "main");
    const char *other = of_schema(c, q->sql, "rebuilt");
    if (!ours || !other)
        return rap_fail(c->err, RAP_E_NOMEM, 0, "no memory to compare");
    const rap_status status = tell_rows(c, ours, other, q->what, "the record");
    return status ? status : tell_rows(c, other, ours, q->what, "a rebuild");
}

static rap_status attach(comparing *c, const char *path)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(c->store->db, "ATTACH ?1 AS rebuilt", -1, &s, NULL) !=
        SQLITE_OK)
        return rap_sqlite_fail(c->store, c->err);
    (void)sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
    const rap_status status =
        sqlite3_step(s) == SQLITE_DONE ? RAP_OK : rap_sqlite_fail(c->store, c->err);
    (void)sqlite3_finalize(s);
    return status;
}

rap_status rap_sqlite_compare(rap_store *head, const char *other,
                              void (*report)(void *, const char *), void *state,
                              uint32_t *wrong, rap_error *err)
{
    comparing c = {.store = sqlite_of(head),
                   .report = report,
                   .state = state,
                   .arena = RAP_ARENA(1u << 20),
                   .err = err};
    rap_status status = attach(&c, other);
    for (uint32_t i = 0; !status && i < sizeof questions / sizeof *questions; i++)
        status = ask_both(&c, &questions[i]);
    (void)sqlite3_exec(c.store->db, "DETACH rebuilt", NULL, NULL, NULL);
    rap_arena_free(&c.arena);
    *wrong = c.wrong;
    return status;
}

rap_status rap_sqlite_copy_to(rap_store *head, const char *path, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(store->db, "VACUUM INTO ?1", -1, &s, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    (void)sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
    const rap_status status =
        sqlite3_step(s) == SQLITE_DONE ? RAP_OK : rap_sqlite_fail(store, err);
    (void)sqlite3_finalize(s);
    return status;
}
