/*
 * sqlite_list.c - what a record is made of: sources, actors, zones, and texts.
 */
#include "sqlite_clause_private.h"

#include "text.h"

/* ---- sources --------------------------------------------------------------------- */

typedef RAP_LIST(rap_source_row) source_rows;

static bool read_source(sqlite3_stmt *s, rap_arena *arena, rap_source_row *out)
{
    const char *field[15];
    bool whole = true;
    for (int i = 0; i < 15; i++) {
        field[i] = rap_sqlite_text(s, 6 + i, arena);
        whole &= field[i] != NULL;
    }
    *out = (rap_source_row){.document = sqlite3_column_int64(s, 0),
                            .bytes = (uint64_t)sqlite3_column_int64(s, 1),
                            .error_at = (uint64_t)sqlite3_column_int64(s, 2),
                            .statements = (uint32_t)sqlite3_column_int64(s, 3),
                            .meetings = (uint32_t)sqlite3_column_int64(s, 4),
                            .events = (uint32_t)sqlite3_column_int64(s, 5),
                            .sha256 = field[0],
                            .path = field[1],
                            .media_type = field[2],
                            .title = field[3],
                            .author = field[4],
                            .outlet = field[5],
                            .url = field[6],
                            .language = field[7],
                            .kind = field[8],
                            .published = field[9],
                            .published_basis = field[10],
                            .error_code = field[11],
                            .error_text = field[12],
                            .added_at = field[13],
                            .copy_of = sqlite3_column_int64(s, 21),
                            .replaced_by = sqlite3_column_int64(s, 22),
                            .proposed = sqlite3_column_int64(s, 23)};
    return whole;
}

static rap_status filter_documents(sqlite_clause *c, const rap_filter *f,
                                   rap_arena *arena, rap_error *err)
{
    rap_filter_document(c, f->document, " AND d.id = @", " AND instr(d.path, @) > 0");
    if (f->after) rap_clause_number(c, " AND d.id > @", (double)f->after);
    const rap_status status =
        rap_filter_has(c, " AND rap_has(a.outlet, @)", f->outlet, arena, err);
    if (status) return status;
    return rap_filter_days(c, "a.published_earliest", "a.published_latest", f, arena,
                           err);
}

rap_status rap_sqlite_sources(rap_store *head, const rap_filter *f, rap_arena *arena,
                              rap_source_rows *out, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    sqlite_clause c = {0};
    rap_status status = filter_documents(&c, f, arena, err);
    if (status) return status;
    rap_clause_number(&c, " ORDER BY d.id LIMIT @", f->limit ? f->limit : -1.0);
    const char *sql = rap_arena_printf(
        arena,
        "SELECT d.id, length(d.bytes), a.error_at,"
        " (SELECT count(*) FROM reading r WHERE r.document = d.id AND r.kind = "
        "'statement'),"
        " (SELECT count(*) FROM reading r WHERE r.document = d.id AND r.kind = "
        "'meeting'),"
        " (SELECT count(*) FROM reading r WHERE r.document = d.id AND r.kind = "
        "'event'),"
        " d.sha256, d.path, d.media_type, a.title, a.author, a.outlet, a.url, "
        "a.language,"
        " a.kind, a.published, a.published_basis, a.error_code, a.error_text, "
        "d.added_at, '', CASE WHEN a.voice <> d.id THEN a.voice ELSE 0 END,"
        " coalesce(g.replaced_by, 0), CASE WHEN a.url IS NOT NULL AND g.replaced_by IS"
        "  NULL THEN coalesce((SELECT max(o.document) FROM article o WHERE o.url = "
        "a.url"
        "  AND o.document > d.id), 0) ELSE 0 END"
        " FROM document d LEFT JOIN article a ON a.document = d.id"
        " LEFT JOIN given g ON g.document = d.id WHERE d.purged_at IS NULL%s",
        c.sql);
    if (!sql) return rap_no_answer(err);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    rap_clause_bind(&c, s);
    source_rows list = {0};
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_source_row row;
        if (!read_source(s, arena, &row) || !rap_push(arena, &list, row)) break;
    }
    if (step == SQLITE_ROW)
        status = rap_no_answer(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_finalize(s);
    if (!status) *out = (rap_source_rows){list.at, list.count};
    return status;
}

/* ---- actors ---------------------------------------------------------------------- */

typedef RAP_LIST(rap_actor_row) actor_rows;

static bool read_actor(sqlite3_stmt *s, rap_arena *arena, rap_actor_row *out)
{
    const char *field[8];
    bool whole = true;
    for (int i = 0; i < 8; i++) {
        field[i] = rap_sqlite_text(s, i, arena);
        whole &= field[i] != NULL;
    }
    *out = (rap_actor_row){.key = field[0],
                           .name = field[1],
                           .kind = field[2],
                           .country = field[3],
                           .code = field[4],
                           .sector = field[5],
                           .roles = field[6],
                           .aliases = field[7],
                           .mentions = (uint32_t)sqlite3_column_int64(s, 8),
                           .documents = (uint32_t)sqlite3_column_int64(s, 9),
                           .statements = (uint32_t)sqlite3_column_int64(s, 10)};
    return whole;
}

/* One row a key: the fullest of its names; what max() picks lends its row to the
 * others. */
static const char actor_query[] =
    "WITH chosen AS (SELECT a.key AS key, a.name AS name, a.kind AS kind,"
    "  a.country AS country, a.code AS code, a.sector AS sector, max(length(a.name)),"
    "  count(*) AS documents FROM actor a JOIN document d ON d.id = a.document"
    "  JOIN article t ON t.document = d.id WHERE 1%s GROUP BY a.key),"
    " mentioned AS (SELECT a.key AS key, count(*) AS n FROM actor a"
    "  JOIN document d ON d.id = a.document JOIN mention m ON m.document = a.document"
    "  AND m.actor = a.n WHERE 1%s GROUP BY a.key),"
    " said AS (SELECT a.key AS key, count(*) AS n FROM reading r"
    "  JOIN reading_party p ON p.reading = r.number AND p.role = 'who'"
    "  JOIN actor a ON a.document = p.document AND a.n = p.actor"
    "  JOIN document d ON d.id = a.document WHERE r.kind = 'statement'%s GROUP BY "
    "a.key)"
    " SELECT c.key, c.name, c.kind,"
    "  (SELECT group_concat(country, '; ') FROM (SELECT a.country AS country FROM "
    "actor a"
    "   WHERE a.key = c.key AND a.country <> '' GROUP BY a.country"
    "   ORDER BY count(*) DESC, a.country)),"
    "  c.code, c.sector,"
    "  (SELECT group_concat(role, '; ') FROM (SELECT DISTINCT r.role FROM actor a"
    "   JOIN actor_role r ON r.document = a.document AND r.actor = a.n"
    "   WHERE a.key = c.key ORDER BY r.role)),"
    "  (SELECT group_concat(alias, '; ') FROM (SELECT DISTINCT l.alias FROM actor a"
    "   JOIN actor_alias l ON l.document = a.document AND l.actor = a.n"
    "   WHERE a.key = c.key ORDER BY l.alias)),"
    "  coalesce(m.n, 0) AS mentions, c.documents, coalesce(s.n, 0)"
    " FROM chosen c LEFT JOIN mentioned m ON m.key = c.key LEFT JOIN said s ON s.key = "
    "c.key"
    " WHERE 1%s ORDER BY mentions DESC, c.name, c.key LIMIT %lld";

rap_status rap_sqlite_actors(rap_store *head, const rap_filter *f, rap_arena *arena,
                             rap_actor_rows *out, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    sqlite_clause c = {0};
    rap_filter_document(&c, f->document, " AND d.id = @", " AND instr(d.path, @) > 0");
    const char *of_document = rap_arena_copy(arena, rap_slice_of(c.sql)).at;
    c.len = 0;
    c.sql[0] = 0;
    if (rap_given_text(f->actor)) {
        const rap_slice folded = rap_fold(arena, rap_slice_of(f->actor));
        if (!folded.at) return rap_no_answer(err);
        rap_clause_text(&c, " AND (c.code = @ COLLATE NOCASE", f->actor);
        rap_clause_text(&c, " OR c.key = @", f->actor);
        rap_clause_text(
            &c,
            " OR rap_has(c.name, @) OR EXISTS (SELECT 1 FROM actor a"
            " JOIN actor_alias l ON l.document = a.document AND l.actor = a.n"
            " WHERE a.key = c.key AND rap_has(l.alias, @)))",
            folded.at);
    }
    if (!of_document) return rap_no_answer(err);
    const char *sql =
        rap_arena_printf(arena, actor_query, of_document, of_document, of_document,
                         c.sql, f->limit ? (long long)f->limit : -1LL);
    if (!sql) return rap_no_answer(err);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    rap_clause_bind(&c, s);
    actor_rows list = {0};
    rap_status status = RAP_OK;
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_actor_row row;
        if (!read_actor(s, arena, &row) || !rap_push(arena, &list, row)) break;
    }
    if (step == SQLITE_ROW)
        status = rap_no_answer(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_finalize(s);
    if (!status) *out = (rap_actor_rows){list.at, list.count};
    return status;
}

/* ---- zones ----------------------------------------------------------------------- */

typedef RAP_LIST(rap_zone_row) zone_rows;

enum { ZONE_WORDS = 120 }; /* bytes of a zone that are shown */

/* The beginning of a zone's words, ending at a whole character. */
static const char *beginning(sqlite3_stmt *s, int column, rap_arena *arena)
{
    const char *bytes = sqlite3_column_blob(s, column);
    uint32_t len = (uint32_t)sqlite3_column_bytes(s, column);
    if (!bytes) return "";
    if (len > ZONE_WORDS) {
        len = ZONE_WORDS;
        while (len && ((unsigned char)bytes[len] & 0xC0) == 0x80) len--;
    }
    return rap_arena_copy(arena, (rap_slice){bytes, len}).at;
}

rap_status rap_sqlite_zones(rap_store *head, const rap_filter *f, rap_arena *arena,
                            rap_zone_rows *out, rap_error *err)
{
    sqlite_store *store = sqlite_of(head);
    sqlite_clause c = {0};
    rap_status status = filter_documents(&c, f, arena, err);
    if (status) return status;
    if (rap_given_text(f->type))
        rap_clause_text(&c, " AND z.kind = @ COLLATE NOCASE", f->type);
    rap_clause_number(&c, " ORDER BY d.id, z.n LIMIT @", f->limit ? f->limit : -1.0);
    const char *sql = rap_arena_printf(
        arena,
        "SELECT d.id, d.path, z.kind, z.sub, z.span_begin, z.span_end,"
        " substr(coalesce(a.text, d.bytes), z.span_begin + 1,"
        " min(z.span_end - z.span_begin, %d)) FROM zone z"
        " JOIN document d ON d.id = z.document JOIN article a ON a.document = d.id"
        " WHERE 1%s",
        ZONE_WORDS + 4, c.sql);
    if (!sql) return rap_no_answer(err);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    rap_clause_bind(&c, s);
    zone_rows list = {0};
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const rap_zone_row row = {.document = sqlite3_column_int64(s, 0),
                                  .path = rap_sqlite_text(s, 1, arena),
                                  .kind = rap_sqlite_text(s, 2, arena),
                                  .sub = rap_sqlite_text(s, 3, arena),
                                  .span = {(uint32_t)sqlite3_column_int64(s, 4),
                                           (uint32_t)sqlite3_column_int64(s, 5)},
                                  .words = beginning(s, 6, arena)};
        if (!row.path || !row.kind || !row.sub || !row.words ||
            !rap_push(arena, &list, row))
            break;
    }
    if (step == SQLITE_ROW)
        status = rap_no_answer(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_finalize(s);
    if (!status) *out = (rap_zone_rows){list.at, list.count};
    return status;
}

/* ---- text ------------------------------------------------------------------------ */

rap_status rap_sqlite_text_of(rap_store *head, int64_t document, rap_arena *arena,
                              rap_slice *out, rap_error *err)
{
    static const char sql[] =
        "SELECT coalesce(a.text, d.bytes) FROM document d JOIN article a"
        " ON a.document = d.id WHERE d.id = ?1";
    sqlite_store *store = sqlite_of(head);
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    const int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        const char *bytes = sqlite3_column_blob(s, 0);
        *out = rap_arena_copy(arena,
                              (rap_slice){bytes, (uint32_t)sqlite3_column_bytes(s, 0)});
        if (!out->at) status = rap_no_answer(err);
    } else if (step == SQLITE_DONE) {
        status = rap_fail(err, RAP_E_NOTFOUND, 0, "the record has no document %lld",
                          (long long)document);
    } else {
        status = rap_sqlite_fail(store, err);
    }
    (void)sqlite3_reset(s);
    return status;
}
