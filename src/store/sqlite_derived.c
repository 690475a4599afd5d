/*
 * sqlite_derived.c - entries made of claims: wordings of one utterance, disagreements.
 *
 * Method  such an entry is founded by its first claim's reading and numbered beyond all
 *         readings, so that it never takes another entry's number; its id is that of
 *         document, kind and anchor like every other.
 */
#include "store_private.h"

enum { ASPECTS = 64 };

static int64_t number_of(const sqlite_derived *d)
{
    return ((int64_t)d->kind << 52) + d->claim[0].reading * ASPECTS + d->aspect;
}

static rap_status name_entry(sqlite_store *store, const sqlite_derived *d, char id[9],
                             rap_error *err)
{
    static const char find[] =
        "SELECT d.sha256 FROM reading r JOIN document d ON d.id = r.document"
        " WHERE r.number = ?1";
    static const char taken[] = "SELECT 1 FROM entry WHERE id = ?1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, find, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, d->claim[0].reading);
    if (sqlite3_step(s) != SQLITE_ROW) return rap_sqlite_fail(store, err);
    const rap_sha256 digest =
        rap_sha256_of(rap_slice_of((const char *)sqlite3_column_text(s, 0)));
    (void)sqlite3_reset(s);
    for (uint32_t salt = d->aspect;; salt += ASPECTS) {
        rap_entry_id(d->kind, &digest, d->claim[0].span, salt, id);
        status = rap_sqlite_cached(store, taken, &s, err);
        if (status) return status;
        (void)sqlite3_bind_text(s, 1, id, -1, SQLITE_STATIC);
        const int step = sqlite3_step(s);
        (void)sqlite3_reset(s);
        if (step == SQLITE_DONE) return RAP_OK;
        if (step != SQLITE_ROW) return rap_sqlite_fail(store, err);
    }
}

static rap_status put_row(sqlite_store *store, const sqlite_derived *d, rap_error *err)
{
    static const char sql[] =
        "INSERT INTO entry (number, id, kind, what, said_by, type, date, date_basis,"
        " earliest, latest, confidence, documents, sources, founder, day, at, members,"
        " lead)"
        " SELECT ?1, ?2, ?3, coalesce(?4, r.what), r.said_by, ?5, r.date, r.date_basis,"
        " r.earliest, r.latest, ?6, 1, 1, r.number,"
        " coalesce(r.earliest, r.latest, '~'), (r.document << 32) + r.span_begin, '',"
        " r.number"
        " FROM reading r WHERE r.number = ?7";
    char id[9];
    sqlite3_stmt *s;
    rap_status status = name_entry(store, d, id, err);
    if (!status) status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, number_of(d));
    rap_sqlite_bind(s, 2, id);
    rap_sqlite_bind(s, 3, rap_entry_kind_name(d->kind));
    rap_sqlite_bind(s, 4, d->what);
    rap_sqlite_bind(s, 5, d->type);
    (void)sqlite3_bind_double(s, 6, d->confidence);
    (void)sqlite3_bind_int64(s, 7, d->claim[0].reading);
    return rap_sqlite_done(store, s, err);
}

static rap_status put_claim(sqlite_store *store, int64_t entry, uint32_t n,
                            const sqlite_claim *c, const char *why, rap_error *err)
{
    static const char claim[] =
        "INSERT INTO entry_claim VALUES (?1, ?2, ?3, coalesce(?4, ''), ?5, ?6, ?7)";
    static const char member[] =
        "INSERT OR IGNORE INTO entry_reading VALUES (?1, ?2, coalesce(?3, ''))";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, claim, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, entry);
    (void)sqlite3_bind_int64(s, 2, n);
    (void)sqlite3_bind_int64(s, 3, c->reading);
    rap_sqlite_bind(s, 4, c->value);
    (void)sqlite3_bind_int64(s, 5, c->span.begin);
    (void)sqlite3_bind_int64(s, 6, c->span.end);
    (void)sqlite3_bind_text(s, 7, c->quote.len ? c->quote.at : "", (int)c->quote.len,
                            SQLITE_STATIC);
    status = rap_sqlite_done(store, s, err);
    if (!status) status = rap_sqlite_cached(store, member, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, entry);
    (void)sqlite3_bind_int64(s, 2, c->reading);
    rap_sqlite_bind(s, 3, n ? why : "");
    return rap_sqlite_done(store, s, err);
}

rap_status rap_sqlite_enter_derived(sqlite_store *store, const sqlite_derived *d,
                                    rap_error *err)
{
    static const char count[] =
        "UPDATE entry SET (documents, sources) = (SELECT count(DISTINCT r.document),"
        " count(DISTINCT a.voice) FROM entry_reading er"
        " JOIN reading r ON r.number = er.reading"
        " JOIN article a ON a.document = r.document WHERE er.entry = ?1)"
        " WHERE number = ?1";
    static const char words[] =
        "INSERT INTO entry_fts (rowid, words, parties, place, title)"
        " SELECT ?1, coalesce((SELECT group_concat(quote, ' ') FROM entry_claim"
        "  WHERE entry = ?1), ''), coalesce((SELECT group_concat(name, ' ')"
        "  FROM entry_party WHERE entry = ?1), ''), '', ''";
    assert(d->claims && d->aspect < ASPECTS);
    const int64_t number = number_of(d);
    rap_status status = put_row(store, d, err);
    for (uint32_t i = 0; !status && i < d->claims; i++)
        status = put_claim(store, number, i, &d->claim[i], d->why, err);
    if (!status) status = rap_sqlite_run_with(store, count, number, err);
    if (!status) status = rap_sqlite_gather_parties(store, number, err);
    return status ? status : rap_sqlite_run_with(store, words, number, err);
}

rap_status rap_sqlite_drop_claim(sqlite_store *store, rap_entry_kind kind,
                                 int64_t reading, uint32_t begin, rap_error *err)
{
#define WITH_CLAIM                                                                     \
    "(SELECT c.entry FROM entry_claim c JOIN entry e ON e.number = c.entry"            \
    " WHERE c.reading = ?1 AND c.span_begin = ?2 AND e.kind = ?3)"
    static const char words[] = "DELETE FROM entry_fts WHERE rowid IN " WITH_CLAIM;
    static const char entry[] = "DELETE FROM entry WHERE number IN " WITH_CLAIM;
#undef WITH_CLAIM
    static const char *const sql[] = {words, entry};
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < 2; i++) {
        sqlite3_stmt *s;
        status = rap_sqlite_cached(store, sql[i], &s, err);
        if (status) break;
        (void)sqlite3_bind_int64(s, 1, reading);
        (void)sqlite3_bind_int64(s, 2, begin);
        rap_sqlite_bind(s, 3, rap_entry_kind_name(kind));
        status = rap_sqlite_done(store, s, err);
    }
    return status;
}
