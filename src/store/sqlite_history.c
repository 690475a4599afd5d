/*
 * sqlite_history.c - when each entry came, changed and went.
 *
 * Method  triggers on `entry`, of the writing connection alone, note in `touched` what was
 *         written, with what a reader saw before; once all is joined and decided, those rows alone are compared with what is
 *         seen now. An id that went stays in `history` as a tombstone without words: when,
 *         why, and what stands in its place; where its words came from is offsets alone.
 * Cost    in proportion to the entries written.
 */
#include "store_private.h"

#define NOW "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
#define LAST "(SELECT coalesce(max(id), 0) FROM decision)"

static const char came[] =
    "INSERT INTO history (id, kind, document, span_begin, span_end, added,"
    " decision) SELECT e.id, e.kind, r.document, r.span_begin, r.span_end, " NOW
    ", " LAST
    " FROM touched t JOIN entry e ON e.id = t.id JOIN reading r ON r.number = e.founder"
    " WHERE NOT EXISTS (SELECT 1 FROM history h WHERE h.id = t.id)";
static const char came_back[] =
    "UPDATE history SET changed = " NOW ", gone = NULL, decision = " LAST
    ", fields = 'back', why = NULL, replaced_by = NULL WHERE gone IS NOT NULL"
    " AND id IN (SELECT t.id FROM touched t JOIN entry e ON e.id = t.id)";
#define SEEN RAP_ENTRY_JSON("e")
static const char changed[] =
    "UPDATE history SET changed = " NOW ", decision = " LAST ", fields = c.fields"
    " FROM (SELECT t.id AS id, (SELECT group_concat(o.key, ', ')"
    "   FROM json_each(t.was) o JOIN json_each(" SEEN ") n ON n.key = o.key"
    "   WHERE n.value IS NOT o.value) AS fields"
    "  FROM touched t JOIN entry e ON e.id = t.id WHERE t.was IS NOT NULL) c"
    " WHERE c.id = history.id AND c.fields IS NOT NULL";

/* The one entry of its kind that rests on what is left of its readings. */
#define STANDS_FOR_IT                                                                  \
    "(SELECT CASE WHEN count(DISTINCT e.id) = 1 THEN max(e.id) END FROM touched t,"    \
    " json_each(t.was, '$.readings') j JOIN entry_reading er ON er.reading = j.value"  \
    " AND er.entry >> 52 = 0 JOIN entry e ON e.number = er.entry"                      \
    " AND e.kind = history.kind WHERE t.id = history.id)"
/* What stands in the place of one that went: the entry its reading is in now, else the only
 * one of its kind that rests on a part of its words, else on its other readings. */
static const char went[] =
    "UPDATE history SET gone = " NOW ", decision = " LAST ", fields = NULL,"
    " (why, replaced_by) = (SELECT CASE WHEN d.purged_at IS NOT NULL"
    "   THEN 'its document was purged'"
    "  WHEN g.replaced_by IS NOT NULL THEN 'its document has a later version'"
    "  WHEN history.kind IN ('disagreement', 'variant')"
    "   THEN 'its sides are not told so any more'"
    "  WHEN r.number IS NULL THEN 'it is not read from its document any more'"
    "  WHEN EXISTS (SELECT 1 FROM machine_entry m WHERE m.number = r.number)"
    "   THEN 'it was merged' ELSE 'it is told in another entry' END,"
    "  coalesce(CASE WHEN g.replaced_by IS NOT NULL THEN (SELECT 'rap:' || "
    "substr(sha256, 1, 12)"
    "    FROM document WHERE id = g.replaced_by)"
    "   WHEN r.number IS NOT NULL THEN (SELECT e.id FROM entry_reading er JOIN entry e"
    "    ON e.number = er.entry WHERE er.reading = r.number AND er.entry >> 52 = 0)"
    "   ELSE (SELECT CASE WHEN count(*) = 1 THEN max(e.id) END FROM reading o"
    "    JOIN entry e ON e.founder = o.number AND e.kind = history.kind"
    "    WHERE o.document = d.id AND o.span_begin < history.span_end"
    "    AND o.span_end > history.span_begin) END, " STANDS_FOR_IT ")"
    "  FROM document d LEFT JOIN given g ON g.document = d.id"
    "  LEFT JOIN reading r ON r.id = history.id WHERE d.id = history.document)"
    " WHERE gone IS NULL AND id IN (SELECT id FROM touched)"
    " AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.id = history.id)";

/* What a reader saw of an entry, and the readings it rested on. */
#define WAS                                                                            \
    "json_set(" RAP_ENTRY_JSON("old") ", '$.readings', json((SELECT"                   \
                                      " json_group_array(reading) FROM entry_reading " \
                                      "WHERE entry = old.number)))"

/* Temporary: what the file's own triggers may call is restricted, JSON is not among it. */
rap_status rap_sqlite_watch_entries(sqlite_store *store, rap_error *err)
{
    return rap_sqlite_run(
        store,
        "CREATE TEMP TRIGGER entry_came AFTER INSERT ON main.entry BEGIN"
        " INSERT OR IGNORE INTO touched VALUES (new.id, NULL); END;"
        "CREATE TEMP TRIGGER entry_changes BEFORE UPDATE ON main.entry WHEN NOT EXISTS"
        " (SELECT 1 FROM touched WHERE id = old.id) BEGIN"
        " INSERT OR IGNORE INTO touched VALUES (old.id, " WAS "); END;"
        "CREATE TEMP TRIGGER entry_goes BEFORE DELETE ON main.entry WHEN "
        "NOT EXISTS"
        " (SELECT 1 FROM touched WHERE id = old.id) BEGIN"
        " INSERT OR IGNORE INTO touched VALUES (old.id, " WAS "); END;",
        err);
}

static rap_status is_due(sqlite_store *store, bool *out, rap_error *err)
{
    static const char sql[] = "SELECT 1 FROM touched, state WHERE name = 'joined'"
                              " AND value = '1' LIMIT 1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    *out = sqlite3_step(s) == SQLITE_ROW;
    (void)sqlite3_reset(s);
    return RAP_OK;
}

rap_status rap_sqlite_note_changes(sqlite_store *store, rap_error *err)
{
    static const char *const steps[] = {came_back, changed, went, came,
                                        "DELETE FROM touched"};
    bool due = false;
    rap_status status = is_due(store, &due, err);
    for (uint32_t i = 0; !status && due && i < 5; i++) {
        sqlite3_stmt *s;
        status = rap_sqlite_cached(store, steps[i], &s, err);
        if (!status) status = rap_sqlite_done(store, s, err);
    }
    return status;
}

/* ---- asking ------------------------------------------------------------------------ */

typedef RAP_LIST(rap_change) change_list;

static bool read_change(sqlite3_stmt *s, rap_arena *arena, rap_change *out)
{
    const char *field[8];
    bool whole = true;
    for (int i = 0; i < 8; i++) {
        field[i] = rap_sqlite_text(s, i, arena);
        whole &= field[i] != NULL;
    }
    *out = (rap_change){field[0], field[1], field[2], field[3],
                        field[4], field[5], field[6], field[7]};
    return whole;
}

rap_status rap_sqlite_changes(rap_store *head, const char *since, const char *id,
                              rap_arena *arena, rap_changes *out, rap_error *err)
{
    static const char sql[] =
        "SELECT h.id, h.kind, coalesce(gone, changed, added), CASE WHEN gone IS NOT "
        "NULL"
        " THEN 'gone' WHEN changed IS NOT NULL THEN 'changed' ELSE 'added' END, fields,"
        " why, h.replaced_by, 'rap:' || substr(d.sha256, 1, 12) || '/' || span_begin ||"
        " '-' || span_end FROM history h JOIN document d ON d.id = h.document"
        " WHERE (?1 IS NULL OR decision >= ?1) AND (?2 IS NULL OR"
        "  coalesce(gone, changed, added) >= ?2) AND (?3 IS NULL OR h.id = ?3)"
        " ORDER BY 3, h.id";
    sqlite_store *store = sqlite_of(head);
    const bool marked = since && *since == '#'; /* #2026 is a decision, 2026 a year */
    if (marked) since++;
    const bool number = since && *since && (marked || strlen(since) != 4) &&
                        strspn(since, "0123456789") == strlen(since);
    rap_date date;
    if (since && *since && !number && !rap_date_read_iso(rap_slice_of(since), &date))
        return rap_fail(err, RAP_E_USAGE, 0,
                        "\"%.40s\" is neither a day (YYYY-MM-DD) nor the number of a "
                        "decision",
                        since);
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    if (number) rap_sqlite_bind(s, 1, since);
    if (!number) rap_sqlite_bind(s, 2, since);
    rap_sqlite_bind(s, 3, id);
    change_list list = {0};
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_change change;
        if (!read_change(s, arena, &change) || !rap_push(arena, &list, change)) break;
    }
    if (step == SQLITE_ROW)
        status = rap_fail(err, RAP_E_NOMEM, 0, "no memory for the changes");
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    if (!status) *out = (rap_changes){list.at, list.count};
    return status;
}
