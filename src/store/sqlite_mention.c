/*
 * sqlite_mention.c - where the reports mention an actor.
 *
 * Reads   the mentions of all documents whose actor has the key, in the order of documents
 *         and text.
 */
#include "store_private.h"

enum { ROW_BYTES = 1 << 20 }; /* strings of one row */

static rap_status tell_row(sqlite3_stmt *s, rap_arena *arena, rap_mention_sink sink,
                           void *state, rap_error *err)
{
    const char *text[5];
    for (int i = 0; i < 5; i++) {
        text[i] = rap_sqlite_text(s, 1 + i, arena);
        if (!text[i]) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a mention");
    }
    const rap_mention_row row = {
        .evidence = {.document = sqlite3_column_int64(s, 0),
                     .path = text[0],
                     .sha256 = text[1],
                     .outlet = text[2],
                     .published = text[3],
                     .role = text[4],
                     .span = {(uint32_t)sqlite3_column_int64(s, 6),
                              (uint32_t)sqlite3_column_int64(s, 7)},
                     .quote = ""},
        .confidence = sqlite3_column_double(s, 8)};
    return sink(state, &row, err);
}

rap_status rap_sqlite_mentions(rap_store *head, const char *key, uint32_t limit,
                               rap_mention_sink sink, void *state, rap_error *err)
{
    static const char sql[] =
        "SELECT d.id, d.path, d.sha256, t.outlet, t.published, m.form, m.span_begin,"
        " m.span_end, m.confidence FROM actor a"
        " JOIN mention m ON m.document = a.document AND m.actor = a.n"
        " JOIN document d ON d.id = a.document JOIN article t ON t.document = d.id"
        " WHERE a.key = ?1 ORDER BY d.id, m.span_begin, m.span_end DESC LIMIT ?2";
    sqlite_store *store = sqlite_of(head);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    rap_sqlite_bind(s, 1, key);
    (void)sqlite3_bind_int64(s, 2, limit ? (int64_t)limit : -1);
    rap_arena arena = RAP_ARENA(ROW_BYTES);
    rap_status status = RAP_OK;
    int step = SQLITE_DONE;
    while (!status && (step = sqlite3_step(s)) == SQLITE_ROW) {
        rap_arena_clear(&arena);
        status = tell_row(s, &arena, sink, state, err);
    }
    if (!status && step != SQLITE_DONE) status = rap_sqlite_fail(store, err);
    rap_arena_free(&arena);
    (void)sqlite3_finalize(s);
    return status;
}
