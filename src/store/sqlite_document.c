/*
 * sqlite_document.c - the ground truth of documents, and passages by their address.
 *
 * Method  what people said of a document since (table `given`, from the log) wins over
 *         what was said when it was added; a reading keeps a seal of both, so that one that
 *         was made before is known to be stale.
 */
#include "store_private.h"

enum { SHOWN_DIGITS = 12 }; /* of a digest in an address: 48 bits */

static bool sha256_of_hex(const char *hex, rap_sha256 *out)
{
    if (strlen(hex) != 64) return false;
    for (uint32_t i = 0; i < 32; i++) {
        unsigned byte = 0;
        if (sscanf(hex + 2 * i, "%2x", &byte) != 1) return false;
        out->byte[i] = (uint8_t)byte;
    }
    return true;
}

/* The ground truth of one row; everything copied into the arena. */
static rap_status read_document(sqlite_store *store, sqlite3_stmt *row,
                                rap_arena *arena, rap_stored_document *out,
                                rap_error *err)
{
    *out = (rap_stored_document){0};
    const char *field[9];
    for (int i = 0; i < 9; i++) field[i] = rap_sqlite_text(row, 3 + i, arena);
    const void *blob = sqlite3_column_blob(row, 2);
    const rap_slice bytes = {blob, (uint32_t)sqlite3_column_bytes(row, 2)};
    const char *hex = rap_sqlite_text(row, 1, arena);
    out->bytes = rap_arena_copy(arena, bytes);
    bool whole = hex && out->bytes.at && (blob || !bytes.len);
    for (int i = 0; i < 9; i++) whole &= field[i] != NULL;
    if (!whole) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a document");
    if (!sha256_of_hex(hex, &out->sha256))
        return rap_fail_as(err, RAP_E_STORE, "damaged", 0, "%s: a digest is damaged",
                           store->path);
    out->path = field[0], out->media_type = field[1], out->charset = field[2];
    out->given_title = field[3], out->given_author = field[4];
    out->given_outlet = field[5], out->given_url = field[6], out->given_date = field[7];
    out->added_at = field[8];
    return RAP_OK;
}

rap_status rap_sqlite_documents(rap_store *head, bool stale, rap_stored_sink sink,
                                void *sink_state, rap_error *err)
{
    static const char sql[] =
        "SELECT d.id, d.sha256, d.bytes, d.path, d.media_type, d.charset,"
        " coalesce(g.title, d.given_title), coalesce(g.author, d.given_author),"
        " coalesce(g.outlet, d.given_outlet), coalesce(g.url, d.given_url),"
        " coalesce(g.date, d.given_date), d.added_at FROM document d"
        " LEFT JOIN given g ON g.document = d.id"
        " WHERE d.id > ?1 AND d.purged_at IS NULL AND (NOT ?2 OR NOT EXISTS"
        "  (SELECT 1 FROM article a WHERE a.document = d.id"
        "   AND a.given = " RAP_GIVEN_SEAL ")) ORDER BY d.id LIMIT 1";
    sqlite_store *store = sqlite_of(head);
    rap_arena arena = RAP_ARENA(1u << 30);
    rap_status status = RAP_OK;
    int64_t last = INT64_MIN;
    while (!status) {
        /* One row at a time and none held open: the sink may write and commit. */
        sqlite3_stmt *statement = NULL;
        status = rap_sqlite_cached(store, sql, &statement, err);
        if (status) break;
        (void)sqlite3_bind_int64(statement, 1, last);
        (void)sqlite3_bind_int(statement, 2, stale);
        const int step = sqlite3_step(statement);
        if (step == SQLITE_DONE) break;
        rap_stored_document document;
        rap_arena_clear(&arena);
        if (step == SQLITE_ROW) {
            last = sqlite3_column_int64(statement, 0);
            status = read_document(store, statement, &arena, &document, err);
        } else {
            status = rap_sqlite_fail(store, err);
        }
        (void)sqlite3_reset(statement);
        if (!status) status = sink(sink_state, &document, err);
    }
    rap_arena_free(&arena);
    return status;
}

/* ---- addresses ------------------------------------------------------------------- */

const char *rap_address(rap_arena *arena, const char *sha256, rap_span span)
{
    return rap_arena_printf(arena, "rap:%.*s/%u-%u", SHOWN_DIGITS, sha256, span.begin,
                            span.end);
}

/* "rap:0123abcd/10-20"; the digest in lower case. */
static bool read_address(const char *address, char digest[65], rap_span *span)
{
    unsigned begin = 0, end = 0;
    int used = 0;
    if (sscanf(address, "rap:%64[0-9a-f]/%10u-%10u%n", digest, &begin, &end, &used) !=
            3 ||
        address[used] || strlen(digest) < 8 || begin > end)
        return false;
    *span = (rap_span){begin, end};
    return true;
}

static bool read_passage(sqlite3_stmt *s, rap_span span, rap_arena *arena,
                         rap_evidence *out)
{
    *out = (rap_evidence){.document = sqlite3_column_int64(s, 0),
                          .path = rap_sqlite_text(s, 1, arena),
                          .outlet = rap_sqlite_text(s, 2, arena),
                          .published = rap_sqlite_text(s, 3, arena),
                          .role = "passage",
                          .span = span,
                          .quote = rap_sqlite_text(s, 4, arena),
                          .sha256 = rap_sqlite_text(s, 5, arena)};
    return out->path && out->outlet && out->published && out->quote && out->sha256;
}

rap_status rap_sqlite_passage_at(rap_store *head, const char *address, rap_arena *arena,
                                 rap_evidence *out, rap_error *err)
{
    static const char sql[] =
        "SELECT d.id, d.path, a.outlet, a.published, CAST(substr(coalesce(a.text,"
        " d.bytes), ?2 + 1, ?3 - ?2) AS TEXT), d.sha256,"
        " length(coalesce(a.text, d.bytes)), d.purged_at IS NOT NULL FROM document d"
        " LEFT JOIN article a ON a.document = d.id WHERE d.sha256 >= ?1"
        " AND d.sha256 < ?1 || 'g' ORDER BY d.id LIMIT 2";
    sqlite_store *store = sqlite_of(head);
    char digest[65];
    rap_span span;
    if (!read_address(address, digest, &span))
        return rap_fail(
            err, RAP_E_USAGE, 0,
            "\"%s\" is no address; write rap:DOCUMENT/BEGIN-END, with eight "
            "digits of the SHA-256 at least",
            address);
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    rap_sqlite_bind(s, 1, digest);
    (void)sqlite3_bind_int64(s, 2, span.begin);
    (void)sqlite3_bind_int64(s, 3, span.end);
    const int step = sqlite3_step(s);
    if (step == SQLITE_DONE)
        status =
            rap_fail(err, RAP_E_NOTFOUND, 0,
                     "the record has no document whose SHA-256 begins with %s", digest);
    else if (step != SQLITE_ROW)
        status = rap_sqlite_fail(store, err);
    else if (sqlite3_column_int(s, 7))
        status = rap_fail(err, RAP_E_NOTFOUND, 0, "document %lld was purged",
                          (long long)sqlite3_column_int64(s, 0));
    else if (span.end > sqlite3_column_int64(s, 6))
        status = rap_fail(err, RAP_E_NOTFOUND, 0, "document %lld ends at byte %lld",
                          (long long)sqlite3_column_int64(s, 0),
                          (long long)sqlite3_column_int64(s, 6));
    else if (!read_passage(s, span, arena, out))
        status = rap_fail(err, RAP_E_NOMEM, 0, "no memory for a passage");
    if (!status && sqlite3_step(s) == SQLITE_ROW)
        status = rap_fail(err, RAP_E_USAGE, 0,
                          "two documents have a SHA-256 that begins with %s", digest);
    (void)sqlite3_reset(s);
    return status;
}
