/*
 * sqlite_regroup.c - entries as people group them: merged, split, actors made one; and back.
 *
 * Method  before a decision changes an entry, how the program joined it is kept in
 *         machine_entry and machine_reading, an actor's own key in machine_actor; setting
 *         back enters those again. What people group is entered the way the join enters.
 * Cost    in proportion to the entries that decisions changed.
 */
#include "store_private.h"

typedef struct group { /* the readings of an entry, its founder first */
    RAP_LIST(int64_t) reading;
    RAP_LIST(const char *) why;
    int64_t lead;
} group;

static rap_status no_memory(rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory to group entries");
}

/* Rows: reading, why, lead. */
static rap_status load_group(sqlite_store *store, const char *sql, int64_t entry,
                             rap_arena *arena, group *out, rap_error *err)
{
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, entry);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const char *why = rap_sqlite_text(s, 1, arena);
        if (!out->lead) out->lead = sqlite3_column_int64(s, 2);
        if (!why || !rap_push(arena, &out->reading, sqlite3_column_int64(s, 0)) ||
            !rap_push(arena, &out->why, why))
            break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(err);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status;
}

static rap_status load_entry(sqlite_store *store, int64_t entry, rap_arena *arena,
                             group *out, rap_error *err)
{
    static const char sql[] =
        "SELECT er.reading, er.why, e.lead FROM entry e JOIN entry_reading er"
        " ON er.entry = e.number WHERE e.number = ?1"
        " ORDER BY er.reading <> e.number, er.reading";
    return load_group(store, sql, entry, arena, out, err);
}

static rap_status drop_entry(sqlite_store *store, int64_t entry, rap_error *err)
{
    static const char words[] = "DELETE FROM entry_fts WHERE rowid = ?1";
    static const char row[] = "DELETE FROM entry WHERE number = ?1";
    const rap_status status = rap_sqlite_run_with(store, words, entry, err);
    return status ? status : rap_sqlite_run_with(store, row, entry, err);
}

static rap_status enter(sqlite_store *store, const group *g, const char *members,
                        rap_error *err)
{
    return rap_sqlite_enter(store, g->reading.at, g->why.at, g->reading.count, g->lead,
                            members, err);
}

rap_status rap_sqlite_keep_machine(sqlite_store *store, int64_t entry, rap_error *err)
{
    static const char row[] =
        "INSERT OR IGNORE INTO machine_entry SELECT number, lead, members FROM entry"
        " WHERE number = ?1 AND NOT EXISTS (SELECT 1 FROM entry_reading er"
        "  JOIN machine_reading m ON m.reading = er.reading WHERE er.entry = ?1)";
    static const char readings[] =
        "INSERT OR IGNORE INTO machine_reading SELECT er.entry, er.reading, er.why"
        " FROM machine_entry m JOIN entry_reading er ON er.entry = m.number"
        " WHERE m.number = ?1 AND NOT EXISTS (SELECT 1 FROM machine_reading o"
        "  WHERE o.entry = ?1)";
    const rap_status status = rap_sqlite_run_with(store, row, entry, err);
    return status ? status : rap_sqlite_run_with(store, readings, entry, err);
}

/* ---- merging and splitting --------------------------------------------------------- */

rap_status rap_sqlite_merge(sqlite_store *store, int64_t entry, int64_t other,
                            const char *why, rap_error *err)
{
    rap_arena arena = RAP_ARENA(64u << 20);
    group g = {0};
    rap_status status = rap_sqlite_keep_machine(store, entry, err);
    if (!status) status = rap_sqlite_keep_machine(store, other, err);
    if (!status) status = load_entry(store, entry, &arena, &g, err);
    const uint32_t own = g.reading.count;
    if (!status) status = load_entry(store, other, &arena, &g, err);
    if (!status && own && own < g.why.count) g.why.at[own] = why;
    if (!status) status = drop_entry(store, entry, err);
    if (!status) status = drop_entry(store, other, err);
    if (!status) status = enter(store, &g, "decided", err);
    rap_arena_free(&arena);
    return status;
}

static bool is_in(int64_t number, const int64_t *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (list[i] == number) return true;
    return false;
}

rap_status rap_sqlite_split(sqlite_store *store, int64_t entry, const int64_t *reading,
                            uint32_t count, rap_error *err)
{
    rap_arena arena = RAP_ARENA(64u << 20);
    group all = {0}, part[2] = {{.lead = 0}, {.lead = 0}}; /* staying, leaving */
    rap_status status = rap_sqlite_keep_machine(store, entry, err);
    if (!status) status = load_entry(store, entry, &arena, &all, err);
    for (uint32_t i = 0; !status && i < all.reading.count; i++) {
        group *to = &part[is_in(all.reading.at[i], reading, count)];
        const char *why = to->reading.count ? all.why.at[i] : "";
        if (!rap_push(&arena, &to->reading, all.reading.at[i]) ||
            !rap_push(&arena, &to->why, why))
            status = no_memory(err);
    }
    for (uint32_t k = 0; k < 2; k++) {
        group *g = &part[k];
        if (!g->reading.count) continue;
        const bool leads = is_in(all.lead, g->reading.at, g->reading.count);
        g->lead = leads ? all.lead : g->reading.at[0];
    }
    const bool parted = part[0].reading.count && part[1].reading.count;
    if (!status && parted) status = drop_entry(store, entry, err);
    for (uint32_t k = 0; !status && parted && k < 2; k++)
        status = enter(store, &part[k], "decided", err);
    rap_arena_free(&arena);
    return status;
}

/* ---- actors ------------------------------------------------------------------------ */

static rap_status key_of(sqlite_store *store, int64_t actor, rap_arena *arena,
                         const char **out, rap_error *err)
{
    static const char sql[] =
        "SELECT key FROM actor WHERE document = ?1 >> 20 AND n = ?1 & 1048575";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, actor);
    const int step = sqlite3_step(s);
    *out = step == SQLITE_ROW ? rap_sqlite_text(s, 0, arena) : "";
    if (step != SQLITE_ROW && step != SQLITE_DONE) status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status || *out ? status : no_memory(err);
}

static rap_status run_keys(sqlite_store *store, const char *sql, const char *from,
                           const char *to, rap_error *err)
{
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, from, -1, SQLITE_STATIC);
    if (sqlite3_bind_parameter_count(s) > 1)
        (void)sqlite3_bind_text(s, 2, to, -1, SQLITE_STATIC);
    return rap_sqlite_done(store, s, err);
}

/* Gather the parties anew of entries in machine_party that name `key`; of all for NULL. */
static rap_status gather_again(sqlite_store *store, const char *key, rap_error *err)
{
    static const char next[] =
        "SELECT m.entry FROM machine_party m JOIN entry e ON e.number = m.entry"
        " WHERE m.entry > ?1 AND (?2 IS NULL OR EXISTS (SELECT 1 FROM entry_party p"
        "  WHERE p.entry = m.entry AND p.key = ?2)) ORDER BY m.entry LIMIT 1";
    static const char touch[] = "UPDATE entry SET review = review WHERE number = ?1";
    static const char drop[] = "DELETE FROM entry_party WHERE entry = ?1";
    int64_t entry = 0;
    for (;;) {
        sqlite3_stmt *s;
        rap_status status = rap_sqlite_cached(store, next, &s, err);
        if (status) return status;
        (void)sqlite3_bind_int64(s, 1, entry);
        rap_sqlite_bind(s, 2, key);
        const int step = sqlite3_step(s);
        if (step == SQLITE_ROW) entry = sqlite3_column_int64(s, 0);
        (void)sqlite3_reset(s);
        if (step == SQLITE_DONE) return RAP_OK;
        if (step != SQLITE_ROW) return rap_sqlite_fail(store, err);
        status = rap_sqlite_run_with(store, touch, entry, err);
        if (!status) status = rap_sqlite_run_with(store, drop, entry, err);
        if (!status) status = rap_sqlite_gather_parties(store, entry, err);
        if (status) return status;
    }
}

rap_status rap_sqlite_merge_actors(sqlite_store *store, int64_t one, int64_t other,
                                   rap_error *err)
{
    static const char keep[] =
        "INSERT OR IGNORE INTO machine_actor SELECT document, n, key FROM actor"
        " WHERE key = ?1";
    static const char entries[] =
        "INSERT OR IGNORE INTO machine_party SELECT DISTINCT entry FROM entry_party"
        " WHERE key = ?1";
    static const char set[] = "UPDATE actor SET key = ?2 WHERE key = ?1";
    rap_arena arena = RAP_ARENA(1u << 20);
    const char *to, *from = "";
    rap_status status = key_of(store, one, &arena, &to, err);
    if (!status) status = key_of(store, other, &arena, &from, err);
    if (!status && *to && *from && strcmp(to, from) != 0) {
        status = run_keys(store, keep, from, to, err);
        if (!status) status = run_keys(store, entries, from, to, err);
        if (!status) status = run_keys(store, set, from, to, err);
        if (!status) status = gather_again(store, from, err);
    }
    rap_arena_free(&arena);
    return status;
}

/* ---- back -------------------------------------------------------------------------- */

static rap_status next_kept(sqlite_store *store, int64_t *number, bool *more,
                            rap_error *err)
{
    static const char sql[] =
        "SELECT number FROM machine_entry WHERE number > ?1 ORDER BY number LIMIT 1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, *number);
    const int step = sqlite3_step(s);
    *more = step == SQLITE_ROW;
    if (*more) *number = sqlite3_column_int64(s, 0);
    (void)sqlite3_reset(s);
    return step == SQLITE_ROW || step == SQLITE_DONE ? RAP_OK
                                                     : rap_sqlite_fail(store, err);
}

static rap_status enter_kept(sqlite_store *store, int64_t number, rap_error *err)
{
    static const char readings[] =
        "SELECT m.reading, m.why, e.lead FROM machine_reading m JOIN machine_entry e"
        " ON e.number = m.entry WHERE m.entry = ?1"
        " ORDER BY m.reading <> m.entry, m.reading";
    static const char members[] = "SELECT members FROM machine_entry WHERE number = ?1";
    rap_arena arena = RAP_ARENA(64u << 20);
    group g = {0};
    sqlite3_stmt *s;
    const char *digest = NULL;
    rap_status status = load_group(store, readings, number, &arena, &g, err);
    if (!status) status = rap_sqlite_cached(store, members, &s, err);
    if (!status) {
        (void)sqlite3_bind_int64(s, 1, number);
        if (sqlite3_step(s) == SQLITE_ROW) digest = rap_sqlite_text(s, 0, &arena);
        (void)sqlite3_reset(s);
        if (!digest) status = no_memory(err);
    }
    if (!status && g.reading.count) status = enter(store, &g, digest, err);
    rap_arena_free(&arena);
    return status;
}

rap_status rap_sqlite_regroup_bare(sqlite_store *store, rap_error *err)
{
#define SHOWN                                                                          \
    "(SELECT er.entry FROM machine_reading m JOIN entry_reading er"                    \
    " ON er.reading = m.reading WHERE er.entry >> 52 = 0)"
    static const char keys[] = "UPDATE actor SET key = m.key FROM machine_actor m"
                               " WHERE m.document = actor.document AND m.n = actor.n;"
                               "DELETE FROM entry_fts WHERE rowid IN " SHOWN ";"
                               "DELETE FROM entry WHERE number IN " SHOWN ";";
#undef SHOWN
    rap_status status = rap_sqlite_run(store, keys, err);
    int64_t number = INT64_MIN;
    for (bool more = true; !status && more;) {
        status = next_kept(store, &number, &more, err);
        if (!status && more) status = enter_kept(store, number, err);
    }
    if (!status) status = gather_again(store, NULL, err);
    if (status) return status;
    return rap_sqlite_run(store,
                          "DELETE FROM machine_entry; DELETE FROM machine_reading;"
                          "DELETE FROM machine_actor; DELETE FROM machine_party;",
                          err);
}
