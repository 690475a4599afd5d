/*
 * sqlite_write.c - putting documents, joining readings into entries.
 *
 * Method  putting a document again keeps its ground truth and replaces what was
 * derived. Statements and events become entries at once; meetings may span documents,
 * so they wait for the join, which redoes only entries whose readings changed. `state`
 *         says in the same transaction whether a join is due.
 * Cost    a join reads all meetings (not their documents) and writes what changed.
 */
#include "store_private.h"

#include <stdlib.h>

typedef struct putting { /* one document on its way in */
    sqlite_store *store;
    const rap_stored_document *document;
    int64_t id;
    char hex[65];
    rap_error *err;
} putting;

/* ---- ground truth ---------------------------------------------------------------- */

static rap_status put_ground_truth(putting *p)
{
    static const char insert[] =
        "INSERT INTO document SELECT d.*, " RAP_DOCUMENT_SEAL " FROM (SELECT"
        " coalesce(max(id), 0) + 1 AS id, ?1 AS sha256, ?2 AS bytes,"
        " coalesce(?3, '') AS path, coalesce(?4, '') AS media_type, ?5 AS charset,"
        " ?6 AS given_title, ?7 AS given_author, ?8 AS given_outlet, ?9 AS given_url,"
        " ?10 AS given_date, coalesce(?11, '') AS added_at, NULL AS redacted_sha256,"
        " NULL AS purged_at FROM document) d WHERE true"
        " ON CONFLICT (sha256) DO NOTHING";
    static const char find[] = "SELECT id FROM document WHERE sha256 = ?1";
    const rap_stored_document *d = p->document;
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(p->store, insert, &s, p->err);
    if (status) return status;
    const char *const field[] = {d->path,        d->media_type,   d->charset,
                                 d->given_title, d->given_author, d->given_outlet,
                                 d->given_url,   d->given_date,   d->added_at};
    rap_sqlite_bind(s, 1, p->hex);
    (void)sqlite3_bind_blob(s, 2, d->bytes.len ? d->bytes.at : "", (int)d->bytes.len,
                            SQLITE_STATIC);
    for (int i = 0; i < 9; i++) rap_sqlite_bind(s, 3 + i, field[i]);
    status = rap_sqlite_done(p->store, s, p->err);
    if (!status) status = rap_sqlite_cached(p->store, find, &s, p->err);
    if (status) return status;
    rap_sqlite_bind(s, 1, p->hex);
    if (sqlite3_step(s) != SQLITE_ROW) return rap_sqlite_fail(p->store, p->err);
    p->id = sqlite3_column_int64(s, 0);
    (void)sqlite3_reset(s);
    return RAP_OK;
}

/* ---- derived rows ---------------------------------------------------------------- */

rap_status rap_sqlite_run_pair(sqlite_store *store, const char *sql, int64_t one,
                               int64_t two, rap_error *err)
{
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, one);
    (void)sqlite3_bind_int64(s, 2, two);
    return rap_sqlite_done(store, s, err);
}

rap_status rap_sqlite_run_with(sqlite_store *store, const char *sql, int64_t number,
                               rap_error *err)
{
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, number);
    return rap_sqlite_done(store, s, err);
}

static rap_status run_with(putting *p, const char *sql, int64_t number)
{
    return rap_sqlite_run_with(p->store, sql, number, p->err);
}

static rap_status forget_derived(putting *p)
{
#define TOUCHED                                                                        \
    "(SELECT er.entry FROM reading r CROSS JOIN entry_reading er ON er.reading = "     \
    "r.number"                                                                         \
    " WHERE r.document = ?1)"
    static const char words[] = "DELETE FROM entry_fts WHERE rowid IN " TOUCHED;
    static const char entries[] = "DELETE FROM entry WHERE number IN " TOUCHED;
#undef TOUCHED
    static const char article[] = "DELETE FROM article WHERE document = ?1";
    /* what shared an entry with them is to be joined anew */
    static const char others[] =
        "UPDATE article SET joined = 0 WHERE document IN (SELECT o.document"
        " FROM reading r CROSS JOIN entry_reading er ON er.reading = r.number"
        " CROSS JOIN entry_reading f ON f.entry = er.entry"
        " CROSS JOIN reading o ON o.number = f.reading WHERE r.document = ?1)";
    rap_status status = run_with(p, others, p->id);
    static const char passages[] =
        "DELETE FROM passage_fts WHERE rowid >= ?1 << 20 AND rowid < (?1 + 1) << 20";
    if (!status) status = run_with(p, passages, p->id);
    if (!status) status = run_with(p, words, p->id);
    if (!status) status = run_with(p, entries, p->id);
    if (!status) status = run_with(p, article, p->id);
    return status;
}

rap_status rap_sqlite_forget(sqlite_store *store, int64_t document, rap_error *err)
{
    putting p = {.store = store, .id = document, .err = err};
    return forget_derived(&p);
}

/* Was the document read before? Then its entries go, as the program joined them. */
static rap_status forget_if_known(putting *p)
{
    static const char sql[] = "SELECT 1 FROM article WHERE document = ?1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, p->id);
    const bool known = sqlite3_step(s) == SQLITE_ROW;
    (void)sqlite3_reset(s);
    if (!known) return RAP_OK;
    status = rap_sqlite_bare(p->store, p->err);
    if (!status)
        status = rap_store_remember(&p->store->head, RAP_JOIN_AGAIN, 1, p->err);
    return status ? status : forget_derived(p);
}

/* Does a later version stand in its place? Then it says nothing of its own. */
static rap_status is_replaced(putting *p, bool *out)
{
    static const char sql[] =
        "SELECT 1 FROM given WHERE document = ?1 AND replaced_by IS NOT NULL";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, p->id);
    *out = sqlite3_step(s) == SQLITE_ROW;
    (void)sqlite3_reset(s);
    return RAP_OK;
}

static rap_status put_article(putting *p)
{
    static const char sql[] =
        "INSERT INTO article SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
        " ?13, ?14, ?15, 0, 0, ?1, ?16, ?17, ?18, " RAP_GIVEN_SEAL
        " FROM document d LEFT JOIN given g ON g.document = d.id WHERE d.id = ?1";
    const rap_stored_document *d = p->document;
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, p->id);
    (void)sqlite3_bind_text(s, 2, p->store->engine, -1, SQLITE_STATIC);
    if (!d->text_is_source)
        (void)sqlite3_bind_blob(s, 3, d->text.len ? d->text.at : "", (int)d->text.len,
                                SQLITE_STATIC);
    const char *const field[] = {d->title,    d->author, d->outlet,   d->url,
                                 d->language, d->kind,   d->published};
    for (int i = 0; i < 7; i++) rap_sqlite_bind(s, 4 + i, field[i]);
    rap_sqlite_bind_day(s, 11, d->published_earliest);
    rap_sqlite_bind_day(s, 12, d->published_latest);
    rap_sqlite_bind(s, 13, d->published_precision);
    rap_sqlite_bind(s, 14, d->published_basis);
    (void)sqlite3_bind_int(s, 15, d->truncated);
    rap_sqlite_bind(s, 16, d->error_code);
    if (d->error_code && *d->error_code)
        (void)sqlite3_bind_int64(s, 17, (sqlite3_int64)d->error_at);
    rap_sqlite_bind(s, 18, d->error_text);
    return rap_sqlite_done(p->store, s, p->err);
}

static rap_status next_row(putting *p, const char *sql, uint32_t n, rap_span span,
                           sqlite3_stmt **out)
{
    const rap_status status = rap_sqlite_cached(p->store, sql, out, p->err);
    if (status) return status;
    (void)sqlite3_bind_int64(*out, 1, p->id);
    (void)sqlite3_bind_int64(*out, 2, n);
    (void)sqlite3_bind_int64(*out, 3, span.begin);
    (void)sqlite3_bind_int64(*out, 4, span.end);
    return RAP_OK;
}

static rap_status put_zones(putting *p)
{
    static const char sql[] =
        "INSERT INTO zone VALUES (?1, ?2, ?3, ?4, coalesce(?5, ''), ?6)";
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < p->document->zone_count; i++) {
        const rap_stored_zone *z = &p->document->zones[i];
        sqlite3_stmt *s;
        status = next_row(p, sql, i, z->span, &s);
        if (status) break;
        rap_sqlite_bind(s, 5, z->kind);
        rap_sqlite_bind(s, 6, z->sub);
        status = rap_sqlite_done(p->store, s, p->err);
    }
    return status;
}

enum { MOST_PASSAGES = 1 << RAP_PASSAGE_BITS };

/* Paragraphs are searched too: not all that is asked for is an entry. */
static rap_status put_passages(putting *p)
{
    static const char sql[] = "INSERT INTO passage_fts (rowid, words) VALUES (?1, ?2)";
    const rap_stored_document *d = p->document;
    const rap_slice text = d->text_is_source ? d->bytes : d->text;
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < d->zone_count && i < MOST_PASSAGES; i++) {
        const rap_stored_zone *z = &d->zones[i];
        if (!z->kind ||
            (strcmp(z->kind, "body") != 0 && strcmp(z->kind, "standfirst") != 0))
            continue;
        if (z->span.begin >= z->span.end || z->span.end > text.len) continue;
        const rap_slice words = rap_cut(text, z->span);
        sqlite3_stmt *s;
        status = rap_sqlite_cached(p->store, sql, &s, p->err);
        if (status) break;
        (void)sqlite3_bind_int64(s, 1, (p->id << RAP_PASSAGE_BITS) + i);
        (void)sqlite3_bind_text(s, 2, words.at, (int)words.len, SQLITE_STATIC);
        status = rap_sqlite_done(p->store, s, p->err);
    }
    return status;
}

static rap_status put_times(putting *p)
{
    static const char sql[] = "INSERT INTO time VALUES (?1, ?2, ?3, ?4, coalesce(?5, "
                              "''), coalesce(?6, ''), ?7, ?8)";
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < p->document->time_count; i++) {
        const rap_stored_time *t = &p->document->times[i];
        sqlite3_stmt *s;
        status = next_row(p, sql, i, t->span, &s);
        if (status) break;
        rap_sqlite_bind(s, 5, t->type);
        rap_sqlite_bind(s, 6, t->value);
        rap_sqlite_bind_day(s, 7, t->earliest);
        rap_sqlite_bind_day(s, 8, t->latest);
        status = rap_sqlite_done(p->store, s, p->err);
    }
    return status;
}

static rap_status put_mentions(putting *p)
{
    static const char sql[] =
        "INSERT INTO mention VALUES (?1, ?2, ?3, ?4, ?5, coalesce(?6, ''), ?7)";
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < p->document->mention_count; i++) {
        const rap_stored_mention *m = &p->document->mentions[i];
        sqlite3_stmt *s;
        status = next_row(p, sql, i, m->span, &s);
        if (status) break;
        if (m->actor != RAP_NONE) (void)sqlite3_bind_int64(s, 5, m->actor);
        rap_sqlite_bind(s, 6, m->form);
        (void)sqlite3_bind_double(s, 7, m->confidence);
        status = rap_sqlite_done(p->store, s, p->err);
    }
    return status;
}

/* ---- actors ---------------------------------------------------------------------- */

static rap_status put_actor_row(putting *p, uint32_t n)
{
    static const char sql[] = "INSERT INTO actor VALUES (?1, ?2, coalesce(?3, ''),"
                              " coalesce(?4, ''), coalesce(?5, ''), ?6, ?7, ?8)";
    const rap_stored_actor *a = &p->document->actors[n];
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, p->id);
    (void)sqlite3_bind_int64(s, 2, n);
    const char *const field[] = {a->key,     a->name, a->kind,
                                 a->country, a->code, a->sector};
    for (int i = 0; i < 6; i++) rap_sqlite_bind(s, 3 + i, field[i]);
    return rap_sqlite_done(p->store, s, p->err);
}

/* A detail of actor `n`: (document, actor, number). */
static rap_status actor_detail(putting *p, const char *sql, uint32_t n, uint32_t i,
                               sqlite3_stmt **out)
{
    const rap_status status = rap_sqlite_cached(p->store, sql, out, p->err);
    if (status) return status;
    (void)sqlite3_bind_int64(*out, 1, p->id);
    (void)sqlite3_bind_int64(*out, 2, n);
    (void)sqlite3_bind_int64(*out, 3, i);
    return RAP_OK;
}

static rap_status put_actor_details(putting *p, uint32_t n)
{
    static const char role[] =
        "INSERT INTO actor_role VALUES (?1, ?2, ?3, coalesce(?4, ''), ?5, ?6)";
    static const char alias[] =
        "INSERT INTO actor_alias VALUES (?1, ?2, ?3, coalesce(?4, ''))";
    static const char member[] =
        "INSERT OR IGNORE INTO actor_member VALUES (?1, ?2, ?3)";
    const rap_stored_actor *a = &p->document->actors[n];
    rap_status status = RAP_OK;
    sqlite3_stmt *s;
    for (uint32_t i = 0; !status && i < a->role_count; i++) {
        status = actor_detail(p, role, n, i, &s);
        if (status) break;
        rap_sqlite_bind(s, 4, a->roles[i]);
        (void)sqlite3_bind_int64(s, 5, a->role_spans[i].begin);
        (void)sqlite3_bind_int64(s, 6, a->role_spans[i].end);
        status = rap_sqlite_done(p->store, s, p->err);
    }
    for (uint32_t i = 0; !status && i < a->alias_count; i++) {
        status = actor_detail(p, alias, n, i, &s);
        if (status) break;
        rap_sqlite_bind(s, 4, a->aliases[i]);
        status = rap_sqlite_done(p->store, s, p->err);
    }
    for (uint32_t i = 0; !status && i < a->member_count; i++) {
        status = actor_detail(p, member, n, a->members[i], &s);
        if (!status) status = rap_sqlite_done(p->store, s, p->err);
    }
    return status;
}

static rap_status put_actors(putting *p)
{
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < p->document->actor_count; i++) {
        status = put_actor_row(p, i);
        if (!status) status = put_actor_details(p, i);
    }
    return status;
}

/* ---- readings -------------------------------------------------------------------- */

/* The permanent name of a reading: salted until no other reading has it. */
static rap_status name_reading(putting *p, const rap_stored_reading *r, char id[9])
{
    static const char sql[] = "SELECT 1 FROM reading WHERE id = ?1";
    sqlite3_stmt *s;
    for (uint32_t salt = 0;; salt++) {
        rap_entry_id(r->kind, &p->document->sha256, r->anchor, salt, id);
        const rap_status status = rap_sqlite_cached(p->store, sql, &s, p->err);
        if (status) return status;
        (void)sqlite3_bind_text(s, 1, id, -1, SQLITE_STATIC);
        const int step = sqlite3_step(s);
        (void)sqlite3_reset(s);
        if (step == SQLITE_DONE) return RAP_OK;
        if (step != SQLITE_ROW) return rap_sqlite_fail(p->store, p->err);
    }
}

static rap_status put_reading_row(putting *p, const rap_stored_reading *r,
                                  int64_t number)
{
    static const char sql[] =
        "INSERT INTO reading (number, id, document, kind, span_begin, span_end, what, "
        "said_by,"
        " place, venue, mode, act, status, type, cameo, date, date_basis, earliest, "
        "latest,"
        " name, stance, terms, due, due_basis, due_earliest, due_latest, low, high,"
        " confidence) VALUES (?29, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
        "?13, "
        "?14,"
        " ?15, ?16, ?17, ?18, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?19)";
    char id[9];
    sqlite3_stmt *s;
    rap_status status = name_reading(p, r, id);
    if (!status) status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    rap_sqlite_bind(s, 1, id);
    (void)sqlite3_bind_int64(s, 2, p->id);
    rap_sqlite_bind(s, 3, rap_entry_kind_name(r->kind));
    (void)sqlite3_bind_int64(s, 4, r->anchor.begin);
    (void)sqlite3_bind_int64(s, 5, r->anchor.end);
    const char *const field[] = {r->what,  r->said_by, r->place,     r->venue,
                                 r->mode,  r->act,     r->status,    r->type,
                                 r->cameo, r->date,    r->date_basis};
    for (int i = 0; i < 11; i++) rap_sqlite_bind(s, 6 + i, field[i]);
    rap_sqlite_bind_day(s, 17, r->earliest);
    rap_sqlite_bind_day(s, 18, r->latest);
    (void)sqlite3_bind_double(s, 19, r->confidence);
    const char *const more[] = {r->name, r->stance, r->terms, r->due, r->due_basis};
    for (int i = 0; i < 5; i++) rap_sqlite_bind(s, 20 + i, more[i]);
    if (r->due && *r->due) {
        rap_sqlite_bind_day(s, 25, r->due_earliest);
        rap_sqlite_bind_day(s, 26, r->due_latest);
    }
    if (r->kind == RAP_ENTRY_DETAIL || (r->kind == RAP_ENTRY_MEETING && r->low > 1)) {
        (void)sqlite3_bind_double(s, 27, r->low);
        (void)sqlite3_bind_double(s, 28, r->high);
    }
    (void)sqlite3_bind_int64(s, 29, number);
    return rap_sqlite_done(p->store, s, p->err);
}

static rap_status put_parties(putting *p, int64_t reading, const char *role,
                              const uint32_t *actor, uint32_t count)
{
    static const char sql[] = "INSERT INTO reading_party VALUES (?1, ?2, ?3, ?4, ?5)";
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < count; i++) {
        assert(actor[i] < p->document->actor_count);
        sqlite3_stmt *s;
        status = rap_sqlite_cached(p->store, sql, &s, p->err);
        if (status) break;
        (void)sqlite3_bind_int64(s, 1, reading);
        rap_sqlite_bind(s, 2, role);
        (void)sqlite3_bind_int64(s, 3, i);
        (void)sqlite3_bind_int64(s, 4, p->id);
        (void)sqlite3_bind_int64(s, 5, actor[i]);
        status = rap_sqlite_done(p->store, s, p->err);
    }
    return status;
}

static rap_status put_span(putting *p, int64_t reading, uint32_t n, const char *role,
                           rap_span span, bool quoted)
{
    static const char sql[] =
        "INSERT INTO reading_span VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    const rap_slice text =
        p->document->text_is_source ? p->document->bytes : p->document->text;
    if (span.begin > span.end || span.end > text.len)
        return rap_fail(p->err, RAP_E_INPUT, span.begin,
                        "%s: a span lies outside the text", p->document->path);
    const rap_slice quote = rap_cut(text, span);
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, reading);
    (void)sqlite3_bind_int64(s, 2, n);
    rap_sqlite_bind(s, 3, role);
    (void)sqlite3_bind_int64(s, 4, span.begin);
    (void)sqlite3_bind_int64(s, 5, span.end);
    if (quoted)
        (void)sqlite3_bind_text(s, 6, quote.len ? quote.at : "", (int)quote.len,
                                SQLITE_STATIC);
    return rap_sqlite_done(p->store, s, p->err);
}

/* What an entry quotes is kept beside its span: the evidence, or all where none is
 * named. */
static bool has_evidence(const rap_stored_reading *r)
{
    for (uint32_t g = 0; g < r->span_groups; g++)
        if (!strcmp(r->spans[g].role, "evidence")) return true;
    return false;
}

static rap_status put_spans(putting *p, int64_t reading, const rap_stored_reading *r)
{
    const bool all = !has_evidence(r);
    uint32_t n = 0;
    rap_status status = RAP_OK;
    for (uint32_t g = 0; !status && g < r->span_groups; g++) {
        const rap_stored_spans *group = &r->spans[g];
        const bool quoted = all || !strcmp(group->role, "evidence");
        for (uint32_t i = 0; !status && i < group->count; i++)
            status = put_span(p, reading, n++, group->role, group->span[i], quoted);
    }
    return status;
}

/* Is it an entry at once? The others may be told by several documents: they wait for the
 * join. Details are only compared. */
static bool stands_alone(rap_entry_kind kind)
{
    return kind == RAP_ENTRY_STATEMENT || kind == RAP_ENTRY_EVENT ||
           kind == RAP_ENTRY_POSITION;
}

static rap_status put_block(putting *p, int64_t reading, uint64_t block)
{
    static const char sql[] = "INSERT OR IGNORE INTO new_block VALUES (?3, ?2, ?1)";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(p->store, sql, &s, p->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, (int64_t)block);
    (void)sqlite3_bind_int64(s, 2, reading);
    (void)sqlite3_bind_int64(s, 3, p->id);
    return rap_sqlite_done(p->store, s, p->err);
}

/* Keys of the parties, for the blocks of a reading. */
typedef struct party_keys {
    rap_slice key[RAP_RECORD_WHO], code[RAP_RECORD_WHO];
    uint32_t count;
} party_keys;

/* As load_facts of the join has them. */
static void add_keys(const putting *p, const rap_stored_reading *r, const uint32_t *who,
                     uint32_t count, party_keys *out)
{
    for (uint32_t i = 0; i < count && out->count < RAP_RECORD_WHO; i++) {
        const rap_stored_actor *a = &p->document->actors[who[i]];
        const bool rebel = a->sector && !strcmp(a->sector, "REB");
        const bool state = a->country && *a->country && a->code;
        out->key[out->count] = rap_slice_of(a->key);
        /* rebels do not act for the state they fight */
        out->code[out->count++] = rap_slice_of(
            state && !(rebel && r->kind != RAP_ENTRY_MEETING) ? a->code : "");
    }
}

static rap_status put_blocks(putting *p, int64_t reading, const rap_stored_reading *r)
{
    party_keys keys = {.count = 0};
    uint64_t block[RAP_RECORD_BLOCKS];
    const rap_slice text =
        p->document->text_is_source ? p->document->bytes : p->document->text;
    rap_fact fact = {.kind = r->kind,
                     .anchor_words = rap_cut(text, r->anchor),
                     .who = keys.key,
                     .country = keys.code,
                     .place = rap_slice_of(r->place),
                     .due_earliest = RAP_NO_DAY,
                     .due_latest = r->due && *r->due ? r->due_latest : RAP_NO_DAY,
                     .earliest = r->earliest,
                     .latest = r->latest,
                     .name = rap_slice_of(r->name),
                     .type = rap_slice_of(r->type),
                     .terms = rap_slice_of(r->terms),
                     .low = r->low,
                     .high = r->high};
    add_keys(p, r, r->who, r->who_count, &keys);
    add_keys(p, r, r->pair, r->pair_count, &keys);
    fact.who_count = keys.count;
    if (r->where) {
        const rap_stored_actor *a = &p->document->actors[r->where - 1];
        fact.place_key = rap_slice_of(a->key);
        fact.place_code = rap_slice_of(a->country && *a->country ? a->code : "");
    }
    const uint32_t count = rap_record_blocks(&fact, block);
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < count; i++)
        status = put_block(p, reading, block[i]);
    return status;
}

enum { MOST_SIDES = 8 };

/* A claim and its denial in one report: an entry with two sides. */
static rap_status enter_denial(putting *p, int64_t number, const rap_stored_reading *r)
{
    const rap_slice text =
        p->document->text_is_source ? p->document->bytes : p->document->text;
    sqlite_claim claim[MOST_SIDES];
    uint32_t n = 0;
    for (uint32_t g = 0; g < r->span_groups; g++)
        for (uint32_t i = 0; i < r->spans[g].count && n < MOST_SIDES; i++) {
            const rap_span at = r->spans[g].span[i];
            const bool last = i + 1 == r->spans[g].count;
            claim[n++] = (sqlite_claim){number, last ? "denial" : "claim", at,
                                        rap_cut(text, at)};
        }
    const sqlite_derived made = {.kind = RAP_ENTRY_DISAGREEMENT,
                                 .what = r->what,
                                 .type = r->type,
                                 .claim = claim,
                                 .claims = n,
                                 .why = "",
                                 .confidence = r->confidence};
    return n < 2 ? RAP_OK : rap_sqlite_enter_derived(p->store, &made, p->err);
}

/* Reading `n` of the document. Its number follows from both, so that a document which is
 * put again is compared in the same order as in a rebuild. */
static rap_status put_reading(putting *p, const rap_stored_reading *r, uint32_t n)
{
    const int64_t number = (p->id << RAP_PASSAGE_BITS) + n;
    if (n >= 1u << RAP_PASSAGE_BITS)
        return rap_fail(p->err, RAP_E_LIMIT, n, "%s says too much", p->document->path);
    rap_status status = put_reading_row(p, r, number);
    if (!status) status = put_parties(p, number, "who", r->who, r->who_count);
    if (!status) status = put_parties(p, number, "whom", r->whom, r->whom_count);
    if (!status) status = put_parties(p, number, "pair", r->pair, r->pair_count);
    if (!status) status = put_parties(p, number, "part", r->part, r->part_count);
    if (!status && r->host != RAP_NONE)
        status = put_parties(p, number, "host", &r->host, 1);
    const uint32_t where = r->where - 1;
    if (!status && r->where) status = put_parties(p, number, "where", &where, 1);
    if (!status) status = put_parties(p, number, "about", r->about, r->about_count);
    const uint32_t by = r->according_to - 1;
    if (!status && r->according_to)
        status = put_parties(p, number, "according", &by, 1);
    if (!status) status = put_spans(p, number, r);
    if (!status) status = put_blocks(p, number, r);
    if (!status && r->kind == RAP_ENTRY_DISAGREEMENT) return enter_denial(p, number, r);
    if (status || !stands_alone(r->kind)) return status;
    const char *why = "";
    return rap_sqlite_enter(p->store, &number, &why, 1, number, "", p->err);
}

rap_status rap_sqlite_due_for_join(sqlite_store *store, const char *joined,
                                   rap_error *err)
{
    static const char sql[] = "UPDATE state SET value = ?1 WHERE name = 'joined'";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    rap_sqlite_bind(s, 1, joined);
    return rap_sqlite_done(store, s, err);
}

/* All that was read from it, in place of what was read before. */
static rap_status put_derived(void *state)
{
    putting *p = state;
    bool replaced = false;
    rap_status status = forget_if_known(p);
    if (!status) status = is_replaced(p, &replaced);
    if (!status) status = put_article(p);
    if (!status) status = put_zones(p);
    if (!status) status = rap_sqlite_put_copy(p->store, p->document, p->id, p->err);
    if (status || replaced)
        return status ? status : rap_sqlite_due_for_join(p->store, "0", p->err);
    status = put_passages(p);
    if (!status) status = put_times(p);
    if (!status) status = put_actors(p);
    if (!status) status = put_mentions(p);
    for (uint32_t i = 0; !status && i < p->document->reading_count; i++)
        status = put_reading(p, &p->document->readings[i], i);
    return status ? status : rap_sqlite_due_for_join(p->store, "0", p->err);
}

rap_status rap_sqlite_put(rap_store *store, const rap_stored_document *document,
                          rap_error *err)
{
    putting p = {.store = sqlite_of(store), .document = document, .err = err};
    bool restated = false;
    rap_sha256_hex(&document->sha256, p.hex);
    rap_status status = put_ground_truth(&p);
    if (!status) status = rap_sqlite_is_restated(p.store, p.id, &restated, err);
    if (status || !restated) return status ? status : put_derived(&p);
    return rap_sqlite_restate(p.store, p.id, document, put_derived, &p, err);
}

/* ---- entries --------------------------------------------------------------------- */

static rap_status enter_row(sqlite_store *store, int64_t founder, int64_t lead,
                            const char *members, rap_error *err)
{
    static const char sql[] =
        "INSERT INTO entry SELECT f.number, f.id, f.kind, l.what, l.said_by, l.place,"
        " l.venue, l.mode, l.act, l.status, l.type, l.cameo, l.date, l.date_basis,"
        " l.earliest, l.latest, l.name, l.stance, l.terms, l.due, l.due_basis,"
        " l.due_earliest, l.due_latest, l.low, l.high, l.confidence, 1, 1, f.number,"
        " coalesce(l.earliest, l.latest, '~'), (f.document << 32) + f.span_begin, ?3,"
        " l.number, 'suggested'"
        " FROM reading f, reading l WHERE f.number = ?1 AND l.number = ?2";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, founder);
    (void)sqlite3_bind_int64(s, 2, lead);
    (void)sqlite3_bind_text(s, 3, members, -1, SQLITE_STATIC);
    return rap_sqlite_done(store, s, err);
}

static rap_status enter_reading(sqlite_store *store, int64_t entry, int64_t reading,
                                const char *why, rap_error *err)
{
    static const char sql[] = "INSERT INTO entry_reading VALUES (?1, ?2, ?3)";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, entry);
    (void)sqlite3_bind_int64(s, 2, reading);
    (void)sqlite3_bind_text(s, 3, why, -1, SQLITE_STATIC);
    return rap_sqlite_done(store, s, err);
}

/* What an entry takes from all its readings: the surest one's confidence, and a place,
 * a venue and a mode where the leading reading is silent. A meeting or document that several
 * voices tell of is as much surer: of two, half the doubt is left. */
static const char gather[] =
    "UPDATE entry SET"
    " status = CASE WHEN EXISTS (SELECT 1 FROM entry_reading er JOIN reading r"
    "  ON r.number = er.reading WHERE er.entry = ?1 AND r.kind = 'meeting'"
    "  AND r.status = 'happened') THEN 'happened'"
    "  WHEN EXISTS (SELECT 1 FROM entry_reading er JOIN reading r"
    "  ON r.number = er.reading WHERE er.entry = ?1 AND r.kind = 'meeting'"
    "  AND r.status = 'denied') THEN 'denied' ELSE status END,"
    " confidence = (SELECT max(r.confidence) + CASE WHEN max(r.kind) IN ('meeting',"
    "   'document') THEN max(0, 0.99 - max(r.confidence)) * (1 - 1.0 / count(DISTINCT "
    "a.voice))"
    "   ELSE 0 END FROM entry_reading er JOIN reading r ON r.number = er.reading"
    "  JOIN article a ON a.document = r.document WHERE er.entry = ?1),"
    " (documents, sources) = (SELECT count(DISTINCT r.document), count(DISTINCT "
    "a.voice)"
    "  FROM entry_reading er JOIN reading r ON r.number = er.reading"
    "  JOIN article a ON a.document = r.document WHERE er.entry = ?1),"
    " place = coalesce(place, (SELECT r.place FROM entry_reading er"
    "  JOIN reading r ON r.number = er.reading WHERE er.entry = ?1 AND r.place IS NOT "
    "NULL"
    "  GROUP BY r.place ORDER BY count(*) DESC, min(r.number) LIMIT 1)),"
    " name = coalesce(name, (SELECT r.name FROM entry_reading er"
    "  JOIN reading r ON r.number = er.reading WHERE er.entry = ?1"
    "  AND r.kind = 'meeting' AND r.name IS NOT NULL ORDER BY r.number LIMIT 1)),"
    " mode = coalesce(mode, (SELECT r.mode FROM entry_reading er"
    "  JOIN reading r ON r.number = er.reading WHERE er.entry = ?1 AND r.mode IS NOT "
    "NULL"
    "  ORDER BY r.number LIMIT 1)),"
    " venue = coalesce(venue, (SELECT r.venue FROM entry_reading er"
    "  JOIN reading r ON r.number = er.reading WHERE er.entry = ?1 AND r.venue IS NOT "
    "NULL"
    "  ORDER BY r.number LIMIT 1))"
    " WHERE number = ?1";

/* Parties of all readings, each key once, in order of first appearance, by the fullest
 * of its names (max() lends its row to the bare columns). Those that no report names with a
 * document or meeting ("pair", "inferred") count only where fewer than two are named. */
static const char gather_parties[] =
    "INSERT INTO entry_party"
    " SELECT ?1, role, row_number() OVER (PARTITION BY role ORDER BY first) - 1,"
    "  key, name, kind, country, code FROM ("
    "  SELECT CASE WHEN rp.role IN ('pair', 'part') THEN 'who' ELSE rp.role END AS "
    "role,"
    "   a.key AS key, a.name AS name, a.kind AS kind,"
    "   a.country AS country, a.code AS code, max(length(a.name)),"
    "   min((rp.role = 'pair') * 1000000000000000 + rp.reading * 65536 + rp.n) AS first"
    "  FROM entry_reading er JOIN reading_party rp ON rp.reading = er.reading"
    "  JOIN actor a ON a.document = rp.document AND a.n = rp.actor"
    "  WHERE er.entry = ?1 AND rp.role NOT IN ('about', 'where')"
    "   AND NOT (rp.role = 'pair' AND (SELECT count(DISTINCT b.key) FROM entry_reading "
    "o"
    "     JOIN reading_party q ON q.reading = o.reading AND q.role = 'who'"
    "     JOIN actor b ON b.document = q.document AND b.n = q.actor"
    "     WHERE o.entry = ?1 AND b.sector IS NOT 'IGO') > 1)"
    "   AND NOT (rp.role = 'who' AND EXISTS (SELECT 1 FROM reading i"
    "    WHERE i.number = er.reading AND i.mode = 'inferred')"
    "    AND EXISTS (SELECT 1 FROM entry_reading o JOIN reading n ON n.number = "
    "o.reading"
    "     JOIN reading_party q ON q.reading = n.number AND q.role = 'who'"
    "     WHERE o.entry = ?1 AND n.mode IS NOT 'inferred')) GROUP BY 1, a.key)";

/* The states for which those who met act, where no state is named itself. */
static const char gather_sides[] =
    "INSERT INTO entry_party SELECT ?1, 'side', row_number() OVER (ORDER BY first) - 1,"
    "  code, country, 'state', country, code FROM ("
    "  SELECT a.code AS code, a.country AS country, min(p.n) AS first"
    "  FROM entry e JOIN entry_party p ON p.entry = e.number AND p.role = 'who'"
    "  JOIN entry_reading er ON er.entry = e.number"
    "  JOIN reading r ON r.number = er.reading"
    "  JOIN actor a ON a.document = r.document AND a.key = p.key"
    "  WHERE e.number = ?1 AND e.kind = 'meeting' AND a.kind <> 'state'"
    "   AND a.kind <> 'place' AND length(a.code) = 3 AND a.code <> 'IGO'"
    "   AND a.country IS NOT NULL AND (coalesce(a.sector, 'GOV') IN ('GOV', 'MIL')"
    "    OR (a.sector = 'LEG' AND a.key LIKE 'org:' || a.code || ':%'))"
    "   AND NOT EXISTS (SELECT 1 FROM entry_party s WHERE s.entry = ?1"
    "    AND s.role = 'who' AND s.key = a.code) GROUP BY a.code)";

/* The host of an entry is one: the first named. */
static const char one_host[] =
    "DELETE FROM entry_party WHERE entry = ?1 AND role = 'host' AND n > 0";

/* What find searches: the quoted evidence (all spans where there is none), the parties
 * and their other names, places, and the titles of the documents. */
static const char index_words[] =
    "INSERT INTO entry_fts (rowid, words, parties, place, title) SELECT e.number,"
    " coalesce((SELECT group_concat(quote, ' ') FROM (SELECT DISTINCT s.quote"
    "  FROM entry_reading er JOIN reading_span s ON s.reading = er.reading"
    "  WHERE er.entry = e.number AND s.quote IS NOT NULL)), ''),"
    " coalesce((SELECT group_concat(name, ' ') FROM entry_party p"
    "  WHERE p.entry = e.number), '') || ' ' || coalesce(e.said_by, '') || ' ' ||"
    " coalesce((SELECT group_concat(country, ' ') FROM (SELECT DISTINCT country"
    "  FROM entry_party p WHERE p.entry = e.number AND country IS NOT NULL)), ''),"
    " coalesce(e.place, '') || ' ' || coalesce(e.venue, ''),"
    " coalesce((SELECT group_concat(title, ' ') FROM (SELECT DISTINCT a.title"
    "  FROM entry_reading er JOIN reading r ON r.number = er.reading"
    "  JOIN article a ON a.document = r.document WHERE er.entry = e.number)), '')"
    " FROM entry e WHERE e.number = ?1";

rap_status rap_sqlite_index_entry(sqlite_store *store, int64_t entry, rap_error *err)
{
    static const char drop[] = "DELETE FROM entry_fts WHERE rowid = ?1";
    const rap_status status = rap_sqlite_run_with(store, drop, entry, err);
    return status ? status : rap_sqlite_run_with(store, index_words, entry, err);
}

rap_status rap_sqlite_gather_parties(sqlite_store *store, int64_t entry, rap_error *err)
{
    rap_status status = rap_sqlite_run_with(store, gather_parties, entry, err);
    if (!status) status = rap_sqlite_run_with(store, gather_sides, entry, err);
    return status ? status : rap_sqlite_run_with(store, one_host, entry, err);
}

rap_status rap_sqlite_enter(sqlite_store *store, const int64_t *reading,
                            const char *const *why, uint32_t count, int64_t lead,
                            const char *members, rap_error *err)
{
    putting p = {.store = store, .err = err};
    rap_status status = enter_row(store, reading[0], lead, members, err);
    for (uint32_t i = 0; !status && i < count; i++)
        status = enter_reading(store, reading[0], reading[i], why[i], err);
    if (!status && count > 1) status = run_with(&p, gather, reading[0]);
    if (!status) status = rap_sqlite_gather_parties(store, reading[0], err);
    if (!status) status = run_with(&p, index_words, reading[0]);
    return status;
}
