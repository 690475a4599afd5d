/*
 * sqlite_apply.c - the log of decisions onto the entries.
 *
 * Method  bare entries stand as the program reads them. Applying goes over the whole log: what
 *         is undone, what people said of documents, where each decision's words stand, who
 *         decided first on a passage (others are kept apart, but for final decisions); then
 *         actors and groups, then edits and verdicts, each in the order of the log. The outcome
 *         is a function of the documents, the program and the log, and of nothing else.
 *         Verdicts at the end of the log add to it what the whole would give.
 * Cost    a few look-ups a decision; a commit without decisions costs nothing.
 */
#include "sqlite_apply_private.h"

static rap_status no_memory(applying *a)
{
    return rap_fail(a->err, RAP_E_NOMEM, 0, "no memory for the decisions of %s",
                    a->store->path);
}

/* ---- bare -------------------------------------------------------------------------- */

static rap_status has_decisions(sqlite_store *store, bool *out, rap_error *err)
{
    static const char sql[] = "SELECT 1 FROM decision LIMIT 1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    *out = sqlite3_step(s) == SQLITE_ROW;
    (void)sqlite3_reset(s);
    return RAP_OK;
}

rap_status rap_sqlite_bare(sqlite_store *store, rap_error *err)
{
    bool decided = false;
    if (store->bare) return RAP_OK;
    rap_status status = has_decisions(store, &decided, err);
    if (status) return status;
    store->bare = true;
    if (!decided) return RAP_OK;
    store->due = true;
    status = rap_sqlite_regroup_bare(store, err);
    if (status) return status;
    return rap_sqlite_run(store,
                          "UPDATE entry SET review = 'suggested'"
                          " WHERE review <> 'suggested';"
                          "DELETE FROM machine_value; DELETE FROM applied;",
                          err);
}

/* ---- the log ----------------------------------------------------------------------- */

static rap_status load_log(applying *a, int64_t from)
{
    static const char sql[] =
        "SELECT id, coalesce(target, 0), who, kind, final, payload IS NULL AND"
        " kind IN ('edit', 'note') FROM decision WHERE id >= ?1 ORDER BY id";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(a->store, sql, &s, a->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, from);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const sqlite_applied d = {.id = sqlite3_column_int64(s, 0),
                                  .target = sqlite3_column_int64(s, 1),
                                  .who = rap_sqlite_text(s, 2, &a->arena),
                                  .kind = rap_sqlite_text(s, 3, &a->arena),
                                  .final = sqlite3_column_int(s, 4) != 0,
                                  .purged = sqlite3_column_int(s, 5) != 0,
                                  .state = "applied",
                                  .why = ""};
        if (!d.who || !d.kind || !rap_push(&a->arena, &a->log, d)) break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(a);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(a->store, a->err);
    (void)sqlite3_reset(s);
    return status;
}

static sqlite_applied *find_decision(applying *a, int64_t id)
{
    uint32_t low = 0, high = a->log.count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (a->log.at[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < a->log.count && a->log.at[low].id == id ? &a->log.at[low] : NULL;
}

/* From the newest to the oldest: an undo that is itself undone undoes nothing. */
static void mark_undone(applying *a)
{
    for (uint32_t i = a->log.count; i-- > 0;) {
        sqlite_applied *d = &a->log.at[i], *target;
        if (d->undone) d->state = "undone";
        if (d->undone || !is_kind(d, "undo")) continue;
        target = d->target < d->id ? find_decision(a, d->target) : NULL;
        if (target) target->undone = true;
    }
}

/* ---- where it stands --------------------------------------------------------------- */

static rap_slice words_of(sqlite3_stmt *s, int column, rap_arena *arena)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    if (!text) return (rap_slice){NULL, 0};
    return rap_arena_copy(arena,
                          (rap_slice){text, (uint32_t)sqlite3_column_bytes(s, column)});
}

typedef RAP_LIST(sqlite_anchor) anchor_list;

static rap_status load_anchors(applying *a, const sqlite_applied *d, anchor_list *out)
{
    static const char sql[] =
        "SELECT document_sha256, entry_kind, span_begin, span_end, quote, prefix, "
        "suffix,"
        " facet FROM decision_anchor WHERE decision = ?1 ORDER BY n";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(a->store, sql, &s, a->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, d->id);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const sqlite_anchor anchor = {.sha256 = rap_sqlite_text(s, 0, &a->arena),
                                      .kind = rap_sqlite_text(s, 1, &a->arena),
                                      .span = {(uint32_t)sqlite3_column_int64(s, 2),
                                               (uint32_t)sqlite3_column_int64(s, 3)},
                                      .quote = words_of(s, 4, &a->arena),
                                      .prefix = words_of(s, 5, &a->arena),
                                      .suffix = words_of(s, 6, &a->arena),
                                      .facet = rap_sqlite_text(s, 7, &a->arena)};
        if (!anchor.sha256 || !anchor.kind || !anchor.facet ||
            !rap_push(&a->arena, out, anchor))
            break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(a);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(a->store, a->err);
    (void)sqlite3_reset(s);
    return status;
}

/* Fields that the decision sets are not compared: "place,who". */
static rap_status fields_of(applying *a, const sqlite_applied *d, const char **out)
{
    static const char sql[] =
        "SELECT group_concat(j.key) FROM decision d, json_each(d.payload, '$.set') j"
        " WHERE d.id = ?1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(a->store, sql, &s, a->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, d->id);
    if (sqlite3_step(s) == SQLITE_ROW)
        *out = rap_sqlite_text(s, 0, &a->arena);
    else
        status = rap_sqlite_fail(a->store, a->err);
    (void)sqlite3_reset(s);
    return status || *out ? status : no_memory(a);
}

/* What a person judged must still be what is read: else it waits for another look. */
static rap_status check_reading(applying *a, sqlite_applied *d,
                                const sqlite_anchor *anchor)
{
    const char *except = "", *differs = "";
    rap_status status = RAP_OK;
    if (is_kind(d, "edit")) status = fields_of(a, d, &except);
    if (!status)
        status = rap_sqlite_reads_otherwise(a->store, d->subject[0], anchor->facet,
                                            except, &a->arena, &differs, a->err);
    if (status || !*differs) return status;
    const char *why =
        rap_arena_printf(&a->arena, "it is read otherwise now: %s", differs);
    if (!why) return no_memory(a);
    orphan(d, why);
    return RAP_OK;
}

static rap_status resolve_all(applying *a, sqlite_applied *d, const anchor_list *list)
{
    int64_t *subject = rap_new(&a->arena, int64_t, list->count);
    if (!subject) return no_memory(a);
    d->subject = subject;
    d->anchors = list->count;
    if (list->count) d->anchor_kind = list->at[0].kind;
    for (uint32_t i = 0; i < list->count; i++) {
        const char *why;
        const rap_status status = rap_sqlite_resolve(a->store, &list->at[i], &a->arena,
                                                     &subject[i], &why, a->err);
        if (status) return status;
        if (!subject[i] && strcmp(d->state, "applied") == 0) orphan(d, why);
    }
    return RAP_OK;
}

static bool is_about_entries(const sqlite_applied *d)
{
    return is_verdict(d) || is_kind(d, "merge") || is_kind(d, "split") ||
           is_kind(d, "note");
}

static rap_status resolve(applying *a, sqlite_applied *d)
{
    anchor_list list = {0};
    if (d->undone || !is_about_entries(d)) return RAP_OK;
    rap_status status = load_anchors(a, d, &list);
    if (!status) status = resolve_all(a, d, &list);
    if (!status && d->purged) orphan(d, "its words were purged");
    if (!status && is_verdict(d) && !strcmp(d->state, "applied"))
        status = check_reading(a, d, &list.at[0]);
    if (!status && is_verdict(d) && !strcmp(d->state, "applied"))
        status = rap_sqlite_follow(a->store, d->id, list.at[0].sha256, &a->arena,
                                   &d->subject[0], a->err);
    return status;
}

/* ---- whose word it is -------------------------------------------------------------- */

static bool counts(const sqlite_applied *d)
{
    return !d->undone && d->anchors && d->subject[0] && !is_kind(d, "note") &&
           !strcmp(d->state, "applied");
}

static bool keep_apart(applying *a, sqlite_applied *d, const char *first)
{
    d->state = "apart";
    d->why = rap_arena_printf(&a->arena, "%s decided first", first);
    return d->why != NULL;
}

/* Who decides first on a passage owns it; the others are kept apart, unless final. */
static rap_status set_apart(applying *a)
{
    for (uint32_t i = 0; i < a->log.count; i++) {
        sqlite_applied *d = &a->log.at[i];
        if (!counts(d)) continue;
        const rap_slice key = {(const char *)d->subject, sizeof *d->subject};
        uint32_t *owner = rap_map_put(&a->owner, &a->arena, key);
        if (!owner) return no_memory(a);
        if (*owner == RAP_NONE) *owner = i;
        if (d->final || strcmp(a->log.at[*owner].who, d->who) == 0) continue;
        if (!keep_apart(a, d, a->log.at[*owner].who)) return no_memory(a);
    }
    return RAP_OK;
}

/* ---- groups ------------------------------------------------------------------------ */

/* The entry that a reading stands in, claims apart; 0: none. */
static rap_status entry_of(applying *a, int64_t reading, int64_t *out)
{
    static const char sql[] =
        "SELECT entry FROM entry_reading WHERE reading = ?1 AND entry >> 52 = 0";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(a->store, sql, &s, a->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, reading);
    const int step = sqlite3_step(s);
    *out = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        status = rap_sqlite_fail(a->store, a->err);
    (void)sqlite3_reset(s);
    return status;
}

static rap_status merge(applying *a, const sqlite_applied *d)
{
    rap_status status = RAP_OK;
    const char *why = rap_arena_printf(&a->arena, "merged by %s", d->who);
    if (!why) return no_memory(a);
    for (uint32_t i = 1; !status && i < d->anchors; i++) {
        int64_t entry = 0, other = 0;
        status = entry_of(a, d->subject[0], &entry);
        if (!status) status = entry_of(a, d->subject[i], &other);
        if (!status && entry && other && entry != other)
            status = rap_sqlite_merge(a->store, entry, other, why, a->err);
    }
    return status;
}

static rap_status regroup(applying *a, const sqlite_applied *d)
{
    int64_t entry = 0;
    if (is_kind(d, "merge")) return merge(a, d);
    const rap_status status = entry_of(a, d->subject[0], &entry);
    if (status || !entry) return status;
    return rap_sqlite_split(a->store, entry, d->subject + 1, d->anchors - 1, a->err);
}

static rap_status merge_actors(applying *a, const sqlite_applied *d)
{
    rap_status status = RAP_OK;
    for (uint32_t i = 1; !status && i < d->anchors; i++)
        status =
            rap_sqlite_merge_actors(a->store, d->subject[0], d->subject[i], a->err);
    return status;
}

static rap_status regroup_all(applying *a)
{
    rap_status status = RAP_OK;
    for (int actors = 1; actors >= 0; actors--)
        for (uint32_t i = 0; !status && i < a->log.count; i++) {
            const sqlite_applied *d = &a->log.at[i];
            if (!counts(d) || is_verdict(d) ||
                (strcmp(d->anchor_kind, "actor") == 0) != actors)
                continue;
            status = actors ? merge_actors(a, d) : regroup(a, d);
        }
    return status;
}

/* ---- what became of each ------------------------------------------------------------- */

static rap_status write_down(applying *a, const sqlite_applied *d)
{
    static const char sql[] =
        "INSERT OR REPLACE INTO applied SELECT ?1, ?2, ?3, coalesce((SELECT id"
        " FROM entry WHERE number = ?3), (SELECT e.id FROM entry_reading er JOIN entry "
        "e"
        "  ON e.number = er.entry WHERE er.reading = ?3 AND er.entry >> 52 = 0)), ?4";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(a->store, sql, &s, a->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, d->id);
    rap_sqlite_bind(s, 2, d->state);
    if (d->anchors && d->subject[0] && strcmp(d->anchor_kind, "actor") != 0)
        (void)sqlite3_bind_int64(s, 3, d->subject[0]);
    rap_sqlite_bind(s, 4, d->why);
    return rap_sqlite_done(a->store, s, a->err);
}

static rap_status write_all(applying *a, bool undone)
{
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < a->log.count; i++)
        if (a->log.at[i].undone == undone) status = write_down(a, &a->log.at[i]);
    return status;
}

rap_status rap_sqlite_apply(sqlite_store *store, rap_error *err)
{
    applying a = {.store = store, .err = err, .arena = RAP_ARENA(SIZE_MAX / 4)};
    rap_status status = rap_sqlite_bare(store, err);
    if (!status) status = load_log(&a, 0);
    if (!status) mark_undone(&a);
    if (!status) status = write_all(&a, true);
    if (!status) status = rap_sqlite_fold_given(store, err);
    for (uint32_t i = 0; !status && i < a.log.count; i++)
        status = resolve(&a, &a.log.at[i]);
    if (!status) status = set_apart(&a);
    if (!status) status = regroup_all(&a);
    if (!status) status = rap_sqlite_judge_all(&a);
    if (!status) status = write_all(&a, false);
    rap_arena_free(&a.arena);
    store->bare = store->due = false;
    return status;
}

/* ---- verdicts at the end of the log ------------------------------------------------------ */

/* Who decided first on the subject of `d`, before these. *sure: it is plain from what is
 * applied; not where an orphan of the same subject may count or not. */
static rap_status first_on(applying *a, const sqlite_applied *d, const char **who,
                           bool *sure)
{
    static const char sql[] =
        "SELECT d.who, p.state FROM applied p JOIN decision d ON d.id = p.decision"
        " WHERE p.subject = ?1 AND p.state <> 'undone' AND d.kind <> 'note'"
        " ORDER BY p.state = 'orphaned' DESC, p.decision LIMIT 1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(a->store, sql, &s, a->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, d->subject[0]);
    *who = NULL;
    *sure = true;
    const int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        *sure = strcmp((const char *)sqlite3_column_text(s, 1), "orphaned") != 0;
        *who = rap_sqlite_text(s, 0, &a->arena);
        if (!*who) status = no_memory(a);
    } else if (step != SQLITE_DONE) {
        status = rap_sqlite_fail(a->store, a->err);
    }
    (void)sqlite3_reset(s);
    return status;
}

/* Does `d` end what was decided on its subject before? Then all is applied anew. */
static rap_status overtakes(applying *a, const sqlite_applied *d, bool *out)
{
    static const char sql[] =
        "SELECT 1 FROM applied p JOIN decision d ON d.id = p.decision WHERE p.subject ="
        " ?1 AND (p.state = 'applied' OR (p.state = 'apart' AND substr(p.why, 1, "
        "length(?3)) = ?3))"
        " AND d.kind IN ('reject', CASE WHEN ?2 THEN 'accept' END,"
        "  CASE WHEN ?2 THEN 'edit' END) LIMIT 1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(a->store, sql, &s, a->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, d->subject[0]);
    (void)sqlite3_bind_int(s, 2, is_kind(d, "reject"));
    (void)sqlite3_bind_text(s, 3, RAP_CAME_SINCE, -1, SQLITE_STATIC);
    const int step = sqlite3_step(s);
    *out = step == SQLITE_ROW;
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        status = rap_sqlite_fail(a->store, a->err);
    (void)sqlite3_reset(s);
    return status;
}

static rap_status apply_one(applying *a, sqlite_applied *d, bool *sure)
{
    const char *who = NULL;
    bool there = false, ends = false;
    rap_status status = resolve(a, d);
    if (!status && counts(d)) status = first_on(a, d, &who, sure);
    if (status || !*sure) return status;
    if (who && !d->final && strcmp(who, d->who) != 0 && !keep_apart(a, d, who))
        return no_memory(a);
    if (is_verdict(d) && d->subject[0] && strcmp(d->state, "orphaned") != 0)
        status = rap_sqlite_find_entry(a, d, &there);
    there &= !strcmp(d->state, "applied");
    if (!status && there) status = overtakes(a, d, &ends);
    *sure = !ends;
    if (!status && there && *sure) status = rap_sqlite_judge(a, d);
    return status || !*sure ? status : write_down(a, d);
}

rap_status rap_sqlite_apply_new(sqlite_store *store, int64_t from, rap_error *err)
{
    applying a = {.store = store, .err = err, .arena = RAP_ARENA(SIZE_MAX / 4)};
    bool sure = true;
    rap_status status = load_log(&a, from);
    for (uint32_t i = 0; !status && sure && i < a.log.count; i++)
        status = apply_one(&a, &a.log.at[i], &sure);
    rap_arena_free(&a.arena);
    return status || sure ? status : rap_sqlite_apply(store, err);
}
