/*
 * sqlite_filter.c - a person's filter as a WHERE clause.
 *
 * Method  values are bound; nothing of the person's input ever becomes SQL.
 */
#include "sqlite_clause_private.h"

#include "text.h"

#include <ctype.h>
#include <stdlib.h>

void rap_clause_add(sqlite_clause *c, const char *sql)
{
    for (; *sql; sql++) {
        assert(c->len + 8 < RAP_CLAUSE_BYTES);
        if (*sql == '@')
            c->len += (size_t)snprintf(c->sql + c->len, 8, "?%d", c->values);
        else
            c->sql[c->len++] = *sql;
    }
    c->sql[c->len] = 0;
}

void rap_clause_text(sqlite_clause *c, const char *sql, const char *value)
{
    assert(c->values < RAP_CLAUSE_VALUES);
    c->text[c->values++] = value;
    rap_clause_add(c, sql);
}

void rap_clause_number(sqlite_clause *c, const char *sql, double value)
{
    assert(c->values < RAP_CLAUSE_VALUES);
    c->number[c->values] = value;
    c->text[c->values++] = NULL;
    rap_clause_add(c, sql);
}

void rap_clause_bind(const sqlite_clause *c, sqlite3_stmt *s)
{
    for (int i = 0; i < c->values; i++) {
        if (c->text[i])
            (void)sqlite3_bind_text(s, i + 1, c->text[i], -1, SQLITE_STATIC);
        else
            (void)sqlite3_bind_double(s, i + 1, c->number[i]);
    }
}

rap_status rap_no_answer(rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the answer");
}

/* A party by part of its name or of one of its wordings, or by its code; names that a
 * person gave stand in the entry alone. */
#define KEYS_LIKE                                                                      \
    "p.key IN (SELECT key FROM actor WHERE rap_has(name, @) UNION SELECT a.key FROM"   \
    " actor a JOIN actor_alias l ON l.document = a.document AND l.actor = a.n"         \
    " WHERE rap_has(l.alias, @))"

static rap_status filter_party(sqlite_clause *c, const char *words, bool speaker,
                               rap_arena *arena, rap_error *err)
{
    const rap_slice folded = rap_fold(arena, rap_slice_of(words));
    if (!folded.at) return rap_no_answer(err);
    /* The code is compared with the words as given: folded, "ARM" would be "arm". */
    rap_clause_text(c, " AND (", words);
    rap_clause_add(c, "EXISTS (SELECT 1 FROM entry_party p WHERE p.entry = e.number");
    if (speaker) rap_clause_add(c, " AND p.role = 'who'");
    rap_clause_add(c, " AND p.code = @ COLLATE NOCASE)");
    rap_clause_text(c,
                    " OR EXISTS (SELECT 1 FROM entry_party p WHERE p.entry = e.number",
                    folded.at);
    if (speaker) rap_clause_add(c, " AND p.role = 'who'");
    rap_clause_add(c, " AND (" KEYS_LIKE
                      " OR (substr(p.key, 1, 6) = 'given:' AND rap_has(p.name, @)))"
                      ") OR rap_has(e.said_by, @))");
    return RAP_OK;
}

rap_status rap_filter_has(sqlite_clause *c, const char *sql, const char *words,
                          rap_arena *arena, rap_error *err)
{
    if (!rap_given_text(words)) return RAP_OK;
    const rap_slice folded = rap_fold(arena, rap_slice_of(words));
    if (!folded.at) return rap_no_answer(err);
    rap_clause_text(c, sql, folded.at);
    return RAP_OK;
}

/* "2022-10" as the first or last day it allows, in the arena. */
static rap_status edge_of(const char *text, bool last, rap_arena *arena,
                          const char **out, rap_error *err)
{
    rap_date date;
    const rap_slice s = rap_slice_of(text);
    if (rap_date_read_iso(s, &date) != s.len || !s.len)
        return rap_fail(err, RAP_E_USAGE, 0,
                        "\"%s\" is no date; write YYYY, YYYY-MM or YYYY-MM-DD", text);
    char day[12];
    rap_day_format(last ? rap_date_latest(date) : rap_date_earliest(date), day);
    *out = rap_arena_copy(arena, rap_slice_of(day)).at;
    return *out ? RAP_OK : rap_no_answer(err);
}

/* Days that may lie within [since, until]; what has no day at all does not. */
rap_status rap_filter_days(sqlite_clause *c, const char *earliest, const char *latest,
                           const rap_filter *f, rap_arena *arena, rap_error *err)
{
    const char *day;
    char sql[160];
    if (rap_given_text(f->since)) {
        const rap_status status = edge_of(f->since, false, arena, &day, err);
        if (status) return status;
        (void)snprintf(sql, sizeof sql,
                       " AND (%s >= @ OR (%s IS NULL AND %s IS NOT NULL))", latest,
                       latest, earliest);
        rap_clause_text(c, sql, day);
    }
    if (rap_given_text(f->until)) {
        const rap_status status = edge_of(f->until, true, arena, &day, err);
        if (status) return status;
        (void)snprintf(sql, sizeof sql,
                       " AND (%s <= @ OR (%s IS NULL AND %s IS NOT NULL))", earliest,
                       earliest, latest);
        rap_clause_text(c, sql, day);
    }
    return RAP_OK;
}

static rap_status filter_due(sqlite_clause *c, const rap_filter *f, rap_arena *arena,
                             rap_error *err)
{
    const char *day;
    if (!rap_given_text(f->due_before)) return RAP_OK;
    const rap_status status = edge_of(f->due_before, true, arena, &day, err);
    if (!status) rap_clause_text(c, " AND e.due_earliest <= @", day);
    return status;
}

/* A document by its number, or by part of its path. */
void rap_filter_document(sqlite_clause *c, const char *document, const char *by_id,
                         const char *by_path)
{
    if (!rap_given_text(document)) return;
    bool number = *document != '0';
    for (const char *at = document; *at; at++)
        number &= isdigit((unsigned char)*at) != 0;
    if (number)
        rap_clause_number(c, by_id, strtod(document, NULL));
    else
        rap_clause_text(c, by_path, document);
}

#define IN_DOCUMENT                                                                    \
    " AND EXISTS (SELECT 1 FROM entry_reading er JOIN reading r ON r.number = "        \
    "er.reading"                                                                       \
    " JOIN document d ON d.id = r.document JOIN article a ON a.document = d.id"        \
    " WHERE er.entry = e.number AND "

static void filter_kinds(sqlite_clause *c, uint32_t kinds)
{
    if (!kinds) return;
    rap_clause_add(c, " AND e.kind IN ('-'");
    for (int kind = 0; kind < RAP_ENTRY_KINDS; kind++)
        if (kinds & 1u << kind)
            rap_clause_text(c, ", @", rap_entry_kind_name((rap_entry_kind)kind));
    rap_clause_add(c, ")");
}

static void filter_passage(sqlite_clause *c, const rap_evidence *passage)
{
    rap_clause_number(
        c,
        " AND e.number IN (SELECT er.entry FROM reading r JOIN reading_span s"
        " ON s.reading = r.number JOIN entry_reading er"
        " ON er.reading = r.number WHERE r.document = @",
        (double)passage->document);
    rap_clause_number(c, " AND s.span_begin < @", passage->span.end);
    rap_clause_number(c, " AND s.span_end > @)", passage->span.begin);
}

/* Rejected entries are shown to who asks for them, or names one. */
static void filter_review(sqlite_clause *c, const rap_filter *f)
{
    if (!rap_given_text(f->review)) {
        if (!rap_given_text(f->id)) rap_clause_add(c, " AND e.review <> 'rejected'");
        return;
    }
    if (strcmp(f->review, "all") != 0)
        rap_clause_text(c, " AND instr(',' || @ || ',', ',' || e.review || ',') > 0",
                        f->review);
}

rap_status rap_filter_entries(sqlite_store *store, sqlite_clause *c,
                              const rap_filter *f, rap_arena *arena, rap_error *err)
{
    filter_kinds(c, f->kinds);
    filter_review(c, f);
    if (rap_given_text(f->id))
        rap_clause_text(c, " AND substr(e.id, 1, length(@)) = @", f->id);
    if (f->min_confidence > 0 && !rap_given_text(f->id))
        rap_clause_number(
            c, " AND (e.confidence >= @ OR e.review IN ('accepted', 'edited'))",
            f->min_confidence);
    if (rap_given_text(f->type))
        rap_clause_text(c, " AND (e.type = @ COLLATE NOCASE OR e.cameo = @)", f->type);
    if (rap_given_text(f->stance))
        rap_clause_text(c, " AND e.stance = @ COLLATE NOCASE", f->stance);
    if (rap_given_text(f->act))
        rap_clause_text(c, " AND e.act = @ COLLATE NOCASE", f->act);
    if (rap_given_text(f->status))
        rap_clause_text(c, " AND e.status = @ COLLATE NOCASE", f->status);
    if (f->passage) filter_passage(c, f->passage);
    rap_filter_document(c, f->document, IN_DOCUMENT "d.id = @)",
                        IN_DOCUMENT "instr(d.path, @) > 0)");
    rap_status status =
        rap_filter_has(c, " AND rap_has(e.place, @)", f->place, arena, err);
    if (!status)
        status = rap_filter_has(c, IN_DOCUMENT "rap_has(a.outlet, @))", f->outlet,
                                arena, err);
    if (!status && rap_given_text(f->speaker))
        status = filter_party(c, f->speaker, true, arena, err);
    if (!status && rap_given_text(f->actor))
        status = filter_party(c, f->actor, false, arena, err);
    if (!status)
        status = rap_filter_has(c, " AND e.kind = 'position' AND rap_has(e.name, @)",
                                f->issue, arena, err);
    if (!status) status = filter_due(c, f, arena, err);
    if (!status) status = rap_filter_days(c, "e.earliest", "e.latest", f, arena, err);
    if (status || !rap_given_text(f->about)) return status;
    const char *match = rap_sqlite_match(store, f->about, "AND", arena);
    if (!match) return rap_no_answer(err);
    if (!*match)
        rap_clause_add(c, " AND 0");
    else
        rap_clause_text(c,
                        " AND e.number IN (SELECT rowid FROM entry_fts"
                        " WHERE entry_fts MATCH @)",
                        match);
    return RAP_OK;
}
