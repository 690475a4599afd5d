/*
 * sqlite_join.c - readings of many documents into entries.
 *
 * Method  documents are joined one by one, in their order, each to those before it: the
 *         outcome is the same whether they came at once or one a day. Only what shares a
 *         block (record.h) with the document is loaded, with all readings of the entries
 *         that it is in; the join is a function of those. Entries whose readings did not change are left as they are. `state` says
 *         in the same transaction whether a join is due.
 * Cost    in proportion to the documents not yet joined; to all when one was put again.
 */
#include "store_private.h"

#include <stdlib.h>

typedef RAP_LIST(rap_slice) slices;

typedef struct joining {
    sqlite_store *store;
    rap_entry_kind kind;
    int64_t document; /* the one being joined */
    rap_error *err;
    rap_arena arena, scratch;
    RAP_LIST(rap_fact) facts;
    RAP_LIST(int64_t) numbers; /* [facts] of the readings */
    RAP_LIST(bool) fresh;      /* [facts] of a document not yet joined */
    RAP_LIST(bool) stated;     /* [facts] the report itself gives the date */
} joining;

static rap_status no_memory(joining *j)
{
    return rap_fail(j->err, RAP_E_NOMEM, 0, "no memory to join the readings of %s",
                    j->store->path);
}

static rap_slice column_slice(sqlite3_stmt *s, int column, rap_arena *arena)
{
    const char *text = rap_sqlite_text(s, column, arena);
    return text ? rap_slice_of(text) : (rap_slice){NULL, 0};
}

typedef struct loading { /* the lists of the fact at hand */
    slices who, country, about;
} loading;

enum { COLUMN_PARTY = 9, COLUMN_ROLE = 20 };

static bool open_fact(joining *j, sqlite3_stmt *s, loading *l)
{
    static const int column[5] = {4, 12, 13, 14, 19};
    rap_slice text[5]; /* place, name, type, terms, words */
    const char *basis = (const char *)sqlite3_column_text(s, 11);
    const char *status = (const char *)sqlite3_column_text(s, 23);
    for (int i = 0; i < 5; i++) {
        text[i] = column_slice(s, column[i], &j->arena);
        if (!text[i].at) return false;
    }
    *l = (loading){.who = {0}};
    const rap_fact fact = {.document = sqlite3_column_int64(s, 1),
                           .kind = j->kind,
                           .anchor = {(uint32_t)sqlite3_column_int64(s, 2),
                                      (uint32_t)sqlite3_column_int64(s, 3)},
                           .anchor_words = text[4],
                           .place = text[0],
                           .name = text[1],
                           .type = text[2],
                           .terms = text[3],
                           .due_earliest = rap_sqlite_day(s, 15),
                           .due_latest = rap_sqlite_day(s, 16),
                           .low = sqlite3_column_double(s, 17),
                           .high = sqlite3_column_double(s, 18),
                           .told = rap_sqlite_day(s, 22),
                           .earliest = rap_sqlite_day(s, 5),
                           .latest = rap_sqlite_day(s, 6),
                           .happened = sqlite3_column_int(s, 7) != 0,
                           .planned = status && !strcmp(status, "planned"),
                           .confidence = (float)sqlite3_column_double(s, 8)};
    return rap_push(&j->arena, &j->numbers, sqlite3_column_int64(s, 0)) &&
           rap_push(&j->arena, &j->facts, fact) &&
           rap_push(&j->arena, &j->fresh, sqlite3_column_int(s, 21) != 0) &&
           rap_push(&j->arena, &j->stated, basis && !strcmp(basis, "stated"));
}

/* One row of the query in load_facts is one party of one reading. */
static bool take_row(joining *j, sqlite3_stmt *s, loading *l)
{
    const uint32_t n = j->numbers.count;
    if ((!n || j->numbers.at[n - 1] != sqlite3_column_int64(s, 0)) &&
        !open_fact(j, s, l))
        return false;
    if (sqlite3_column_type(s, COLUMN_PARTY) == SQLITE_NULL) return true;
    const rap_slice key = column_slice(s, COLUMN_PARTY, &j->arena);
    const rap_slice code = column_slice(s, COLUMN_PARTY + 1, &j->arena);
    if (!key.at || !code.at) return false;
    rap_fact *fact = &j->facts.at[j->facts.count - 1];
    const char *role = (const char *)sqlite3_column_text(s, COLUMN_ROLE);
    if (!strcmp(role, "where")) {
        fact->place_key = key;
        fact->place_code = code;
        return true;
    }
    if (!strcmp(role, "about")) {
        if (!rap_push(&j->arena, &l->about, key)) return false;
        fact->about = l->about.at;
        fact->about_count = l->about.count;
        return true;
    }
    if (!rap_push(&j->arena, &l->who, key) || !rap_push(&j->arena, &l->country, code))
        return false;
    fact->inferred |= !strcmp(role, "pair");
    fact->who = l->who.at;
    fact->country = l->country.at;
    fact->who_count = l->who.count;
    return true;
}

static rap_status load_facts(joining *j)
{
    static const char sql[] =
        "SELECT r.number, r.document, r.span_begin, r.span_end, r.place, r.earliest,"
        " r.latest, CASE r.kind WHEN 'document' THEN r.mode IS NULL"
        "  ELSE coalesce(r.status IN ('happened', 'planned', 'denied'), 0) END, "
        "r.confidence, "
        "a.key,"
        " CASE WHEN a.country IS NULL THEN NULL WHEN a.sector IS NOT 'REB' THEN a.code"
        "  WHEN r.kind = 'meeting' THEN a.code || ':REB' END, "
        "r.date_basis, r.name,"
        " coalesce(r.type, r.stance), r.terms, r.due_earliest, r.due_latest, r.low, "
        "r.high, r.what,"
        " p.role, r.document = ?1, t.published_earliest, r.status"
        " FROM temp.near CROSS JOIN reading r ON r.number = near.reading"
        " LEFT JOIN article t ON t.document = r.document"
        " LEFT JOIN reading_party p ON p.reading = r.number AND (p.role IN ('who',"
        "  'about', 'pair', 'where') OR (r.kind = 'meeting' AND p.role = 'host'))"
        " LEFT JOIN actor a ON a.document = p.document AND a.n = p.actor"
        " ORDER BY r.number, p.role DESC, p.n"; /* who before pair before host */
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(j->store, sql, &s, j->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, j->document);
    loading l = {.who = {0}};
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        if (!take_row(j, s, &l)) break;
    if (step == SQLITE_ROW)
        status = no_memory(j);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(j->store, j->err);
    (void)sqlite3_reset(s);
    return status;
}

rap_status rap_sqlite_load_facts(sqlite_store *store, int64_t document,
                                 rap_entry_kind kind, rap_arena *arena,
                                 sqlite_facts *out, rap_error *err)
{
    joining j = {.store = store,
                 .document = document,
                 .kind = kind,
                 .err = err,
                 .arena = *arena};
    const rap_status status = load_facts(&j);
    *arena = j.arena;
    *out = (sqlite_facts){j.facts.at, j.numbers.at, j.fresh.at, j.stated.at,
                          j.facts.count};
    return status;
}

/* Of two dates as precise, that of the report nearer to it. */
static bool is_nearer(const rap_fact *f, const rap_fact *b)
{
    return f->told != RAP_NO_DAY && b->told != RAP_NO_DAY &&
           f->earliest != RAP_NO_DAY && b->earliest != RAP_NO_DAY &&
           f->earliest != b->earliest && f->told < b->told && f->told >= f->earliest;
}

/* The reading that words the entry: the most precise date, one that its report states
 * before one inferred, then told of nearer to it, then the surest, then the first. */
static uint32_t leading(const joining *j, const uint32_t *member, uint32_t count)
{
    uint32_t best = member[0];
    for (uint32_t i = 1; i < count; i++) {
        const rap_fact *f = &j->facts.at[member[i]], *b = &j->facts.at[best];
        const int64_t days = f->earliest == RAP_NO_DAY || f->latest == RAP_NO_DAY
                                 ? INT64_MAX
                                 : (int64_t)f->latest - f->earliest;
        const int64_t least = b->earliest == RAP_NO_DAY || b->latest == RAP_NO_DAY
                                  ? INT64_MAX
                                  : (int64_t)b->latest - b->earliest;
        const bool f_stated = j->stated.at[member[i]], b_stated = j->stated.at[best];
        if (days != least          ? days < least
            : f_stated != b_stated ? f_stated
            : is_nearer(f, b)      ? true
            : is_nearer(b, f)      ? false
                                   : f->confidence > b->confidence)
            best = member[i];
    }
    return best;
}

/* Digest of an entry's readings and reasons; the same: nothing to redo. */
static bool digest_members(joining *j, const rap_joint *joint, const uint32_t *member,
                           uint32_t count, char hex[65])
{
    rap_sha256 digest = {{0}};
    for (uint32_t i = 0; i < count; i++) {
        const char *line = rap_arena_printf(&j->scratch, "%lld %s\n",
                                            (long long)j->numbers.at[member[i]],
                                            joint->why[member[i]]);
        if (!line) return false;
        digest = rap_sha256_of2((rap_slice){(const char *)digest.byte, 32},
                                rap_slice_of(line));
    }
    rap_sha256_hex(&digest, hex);
    return true;
}

static rap_status is_kept(joining *j, int64_t founder, const char *members, bool *out)
{
    static const char sql[] = "SELECT 1 FROM entry WHERE number = ?1 AND members = ?2";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(j->store, sql, &s, j->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, founder);
    rap_sqlite_bind(s, 2, members);
    const int step = sqlite3_step(s);
    (void)sqlite3_reset(s);
    *out = step == SQLITE_ROW;
    return step == SQLITE_ROW || step == SQLITE_DONE
               ? RAP_OK
               : rap_sqlite_fail(j->store, j->err);
}

static rap_status drop_entry(joining *j, int64_t number)
{
    static const char words[] = "DELETE FROM entry_fts WHERE rowid = ?1";
    static const char entry[] = "DELETE FROM entry WHERE number = ?1";
    const rap_status status = rap_sqlite_run_with(j->store, words, number, j->err);
    return status ? status : rap_sqlite_run_with(j->store, entry, number, j->err);
}

/* Every entry that one of these readings is in, before they are entered anew. */
static rap_status drop_old(joining *j, const uint32_t *member, uint32_t count)
{
    static const char sql[] =
        "SELECT er.entry FROM entry_reading er JOIN entry e ON e.number = er.entry"
        " WHERE er.reading = ?1 AND e.kind = ?2";
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < count; i++) {
        sqlite3_stmt *s;
        status = rap_sqlite_cached(j->store, sql, &s, j->err);
        if (status) break;
        (void)sqlite3_bind_int64(s, 1, j->numbers.at[member[i]]);
        rap_sqlite_bind(s, 2, rap_entry_kind_name(j->kind));
        const int step = sqlite3_step(s);
        const int64_t entry = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
        (void)sqlite3_reset(s);
        if (step == SQLITE_ROW) status = drop_entry(j, entry);
    }
    return status;
}

/* The readings of each entry: member[first[e] .. first[e + 1]), the founder first,
 * which is the earliest put, so that a later document never renames an entry. */
static bool sort_members(joining *j, const rap_joint *joint, uint32_t **first,
                         uint32_t **member)
{
    const uint32_t facts = j->facts.count;
    *first = rap_new(&j->arena, uint32_t, (size_t)joint->entries + 1);
    *member = rap_new(&j->arena, uint32_t, facts);
    uint32_t *filled = rap_new(&j->arena, uint32_t, joint->entries);
    if (!*first || !*member || !filled) return false;
    for (uint32_t i = 0; i < facts; i++) (*first)[joint->entry[i] + 1]++;
    for (uint32_t e = 0; e < joint->entries; e++) (*first)[e + 1] += (*first)[e];
    /* Facts come by number of reading; documents put again have later ones: order by
     * document and anchor instead. */
    for (uint32_t i = 0; i < facts; i++) {
        const uint32_t e = joint->entry[i];
        uint32_t at = (*first)[e] + filled[e]++;
        for (; at > (*first)[e]; at--) {
            const rap_fact *a = &j->facts.at[(*member)[at - 1]], *b = &j->facts.at[i];
            if (a->document < b->document ||
                (a->document == b->document && a->anchor.begin <= b->anchor.begin))
                break;
            (*member)[at] = (*member)[at - 1];
        }
        (*member)[at] = i;
    }
    return true;
}

typedef struct changed { /* an entry to enter anew */
    const uint32_t *member;
    uint32_t count;
    char members[65];
} changed;

static rap_status enter_changed(joining *j, const rap_joint *joint, const changed *c)
{
    int64_t *reading = rap_new(&j->scratch, int64_t, c->count);
    const char **why = rap_new(&j->scratch, const char *, c->count);
    if (!reading || !why) return no_memory(j);
    for (uint32_t i = 0; i < c->count; i++) {
        reading[i] = j->numbers.at[c->member[i]];
        why[i] = joint->why[c->member[i]];
    }
    const int64_t lead = j->numbers.at[leading(j, c->member, c->count)];
    return rap_sqlite_enter(j->store, reading, why, c->count, lead, c->members, j->err);
}

/* First drop all that changed, then enter: a reading may move from one entry to
 * another. */
static rap_status redo_entries(joining *j, const rap_joint *joint)
{
    uint32_t *first, *member;
    if (!sort_members(j, joint, &first, &member)) return no_memory(j);
    RAP_LIST(changed) redo = {0};
    rap_status status = RAP_OK;
    for (uint32_t e = 0; !status && e < joint->entries; e++) {
        changed c = {.member = member + first[e], .count = first[e + 1] - first[e]};
        bool kept = false;
        if (!digest_members(j, joint, c.member, c.count, c.members))
            return no_memory(j);
        status = is_kept(j, j->numbers.at[c.member[0]], c.members, &kept);
        if (status || kept) continue;
        if (!rap_push(&j->arena, &redo, c)) return no_memory(j);
        status = drop_old(j, c.member, c.count);
    }
    for (uint32_t i = 0; !status && i < redo.count; i++) {
        rap_arena_clear(&j->scratch);
        status = enter_changed(j, joint, &redo.at[i]);
    }
    return status;
}

static void clear_facts(joining *j)
{
    rap_arena_clear(&j->arena);
    rap_arena_clear(&j->scratch);
    j->facts.at = NULL, j->facts.count = j->facts.capacity = 0;
    j->numbers.at = NULL, j->numbers.count = j->numbers.capacity = 0;
    j->fresh.at = NULL, j->fresh.count = j->fresh.capacity = 0;
    j->stated.at = NULL, j->stated.count = j->stated.capacity = 0;
}

static rap_status join_kind(joining *j, rap_entry_kind kind)
{
    rap_joint joint;
    clear_facts(j);
    j->kind = kind;
    rap_status status =
        rap_sqlite_near(j->store, j->document, kind, kind, &j->scratch, j->err);
    if (!status) status = load_facts(j);
    if (!status)
        status = rap_record_join(j->facts.at, j->facts.count, &j->arena, &j->scratch,
                                 &joint, j->err);
    rap_arena_clear(&j->scratch);
    return status ? status : redo_entries(j, &joint);
}

/* What was compared is from now on what later documents are compared with. */
static rap_status keep_blocks(joining *j)
{
    static const char move[] =
        "INSERT OR IGNORE INTO reading_block SELECT block, reading FROM new_block"
        " WHERE document = ?1";
    static const char drop[] = "DELETE FROM new_block WHERE document = ?1";
    static const char done[] = "UPDATE article SET joined = 1 WHERE document = ?1";
    rap_status status = rap_sqlite_run_with(j->store, move, j->document, j->err);
    if (!status) status = rap_sqlite_run_with(j->store, drop, j->document, j->err);
    return status ? status : rap_sqlite_run_with(j->store, done, j->document, j->err);
}

static rap_status join_document(joining *j)
{
    rap_status status = join_kind(j, RAP_ENTRY_MEETING);
    if (!status) status = join_kind(j, RAP_ENTRY_DOCUMENT);
    if (!status) status = join_kind(j, RAP_ENTRY_COMMITMENT);
    if (!status) status = rap_sqlite_join_variants(j->store, j->document, j->err);
    if (!status) status = rap_sqlite_join_disputes(j->store, j->document, j->err);
    return status ? status : keep_blocks(j);
}

/* The first document not yet joined; 0: none is left. */
static rap_status next_document(joining *j)
{
    static const char sql[] = "SELECT document FROM article INDEXED BY article_unjoined"
                              " WHERE joined = 0 ORDER BY document LIMIT 1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(j->store, sql, &s, j->err);
    if (status) return status;
    const int step = sqlite3_step(s);
    j->document = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    (void)sqlite3_reset(s);
    return step == SQLITE_ROW || step == SQLITE_DONE
               ? RAP_OK
               : rap_sqlite_fail(j->store, j->err);
}

/* A document was put again: what later ones joined to it may not hold. All is joined from the
 * first document on, as a rebuild would; what was entered when it was put stays. */
static rap_status part_all(joining *j, rap_store *head)
{
#define JOINED                                                                         \
    "(SELECT e.number FROM entry e JOIN reading r ON r.number = e.founder"             \
    " WHERE e.kind IN ('meeting', 'document', 'commitment', 'variant')"                \
    " OR (e.kind = 'disagreement' AND r.kind <> 'disagreement'))"
    rap_status status = rap_sqlite_bare(j->store, j->err);
    if (!status)
        status = rap_sqlite_run(j->store,
                                "DELETE FROM entry_fts WHERE rowid IN " JOINED ";"
                                "DELETE FROM entry WHERE number IN " JOINED ";"
                                "INSERT OR IGNORE INTO new_block SELECT r.document,"
                                " b.reading, b.block FROM reading_block b"
                                " JOIN reading r ON r.number = b.reading;"
                                "DELETE FROM reading_block;"
                                "UPDATE article SET joined = 0;",
                                j->err);
#undef JOINED
    return status ? status : rap_store_remember(head, RAP_JOIN_AGAIN, 0, j->err);
}

rap_status rap_sqlite_join(rap_store *store, rap_error *err)
{
    joining j = {.store = sqlite_of(store),
                 .err = err,
                 .arena = RAP_ARENA(SIZE_MAX / 4),
                 .scratch = RAP_ARENA(SIZE_MAX / 4)};
    int64_t again = 0;
    rap_status status = rap_store_recall(store, RAP_JOIN_AGAIN, 0, &again, err);
    if (!status && again) status = part_all(&j, store);
    if (!status) status = next_document(&j);
    if (!status && j.document) status = rap_sqlite_bare(j.store, err);
    while (!status && j.document) {
        status = join_document(&j);
        if (!status) status = next_document(&j);
    }
    if (!status) status = rap_sqlite_due_for_join(j.store, "1", err);
    rap_arena_free(&j.arena);
    rap_arena_free(&j.scratch);
    return status;
}
