/*
 * sqlite_judge.c - verdicts of people on entries: what each does, and what ends it.
 *
 * Method  the last verdict of who owns a subject counts: a rejection ends all before it,
 *         accepting and editing end a rejection. A rejection holds while the entry rests on
 *         nothing but what it covers (sqlite_cover.c).
 */
#include "sqlite_apply_private.h"

static rap_status no_memory(applying *a)
{
    return rap_fail(a->err, RAP_E_NOMEM, 0, "no memory for the decisions of %s",
                    a->store->path);
}

/* Does the subject found an entry? If not: did a person merge it, or the program join it? */
rap_status rap_sqlite_find_entry(applying *a, sqlite_applied *d, bool *out)
{
    static const char founds[] = "SELECT 1 FROM entry WHERE number = ?1";
    static const char merged[] =
        "SELECT e.id, EXISTS (SELECT 1 FROM machine_entry WHERE number = ?1)"
        " FROM entry_reading er JOIN entry e ON e.number = er.entry"
        " WHERE er.reading = ?1 AND er.entry >> 52 = 0";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(a->store, founds, &s, a->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, d->subject[0]);
    *out = sqlite3_step(s) == SQLITE_ROW;
    (void)sqlite3_reset(s);
    if (*out) return RAP_OK;
    status = rap_sqlite_cached(a->store, merged, &s, a->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, d->subject[0]);
    if (sqlite3_step(s) == SQLITE_ROW) {
        const bool by_person = sqlite3_column_int(s, 1) != 0;
        d->state = by_person ? "merged" : "orphaned";
        d->why = rap_arena_printf(&a->arena, "its entry is part of %s now",
                                  (const char *)sqlite3_column_text(s, 0));
    } else {
        orphan(d, "its words found no entry any more");
    }
    (void)sqlite3_reset(s);
    return d->why ? RAP_OK : no_memory(a);
}

static rap_status set_review(applying *a, const sqlite_applied *d, const char *review)
{
    static const char sql[] = "UPDATE entry SET review = CASE WHEN ?2 = 'accepted' AND"
                              " EXISTS (SELECT 1 FROM machine_value WHERE entry = ?1)"
                              " THEN 'edited' ELSE ?2 END WHERE number = ?1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(a->store, sql, &s, a->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, d->subject[0]);
    rap_sqlite_bind(s, 2, review);
    return rap_sqlite_done(a->store, s, a->err);
}

static rap_status edit(applying *a, const sqlite_applied *d)
{
    static const char sql[] =
        "SELECT j.key, j.value FROM decision d, json_each(d.payload, '$.set') j"
        " WHERE d.id = ?1";
    RAP_LIST(rap_setting) list = {0};
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(a->store, sql, &s, a->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, d->id);
    while (sqlite3_step(s) == SQLITE_ROW) {
        const rap_setting set = {rap_sqlite_text(s, 0, &a->arena),
                                 rap_sqlite_text(s, 1, &a->arena)};
        if (!set.field || !set.value || !rap_push(&a->arena, &list, set))
            status = no_memory(a);
    }
    (void)sqlite3_reset(s);
    for (uint32_t i = 0; !status && i < list.count; i++)
        status = rap_sqlite_edit(a->store, d->subject[0], list.at[i].field,
                                 list.at[i].value, a->err);
    return status ? status : set_review(a, d, "edited");
}

/* A rejection covers the documents that were there: an entry that rests on others too is
 * shown again, and the rejection is set apart. */
static rap_status refuse(applying *a, sqlite_applied *d)
{
    const char *beyond = "";
    const rap_status status = rap_sqlite_not_covered(a->store, d->id, d->subject[0],
                                                     &a->arena, &beyond, a->err);
    if (status) return status;
    if (!*beyond) return set_review(a, d, "rejected");
    d->state = "apart";
    d->why = rap_arena_printf(&a->arena, RAP_CAME_SINCE "%s", beyond);
    return d->why ? RAP_OK : no_memory(a);
}

rap_status rap_sqlite_judge(applying *a, sqlite_applied *d)
{
    if (is_kind(d, "reject")) return refuse(a, d);
    return is_kind(d, "edit") ? edit(a, d) : set_review(a, d, "accepted");
}

static rap_status find_entries(applying *a)
{
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < a->log.count; i++) {
        sqlite_applied *d = &a->log.at[i];
        if (d->undone || !is_verdict(d) || !d->anchors || !d->subject[0]) continue;
        if (strcmp(d->state, "orphaned") == 0) continue;
        status = rap_sqlite_find_entry(a, d, &d->there);
        d->there &= strcmp(d->state, "applied") == 0;
    }
    return status;
}

enum { LATER_REJECT = 1, LATER_OTHER = 2 };

/* The last word counts: a rejection ends what was decided before it, accepting or editing
 * ends a rejection. */
static rap_status overtake(applying *a)
{
    for (uint32_t i = a->log.count; i-- > 0;) {
        sqlite_applied *d = &a->log.at[i];
        if (!d->there) continue;
        const rap_slice key = {(const char *)d->subject, sizeof *d->subject};
        uint32_t *later = rap_map_put(&a->later, &a->arena, key);
        if (!later) return no_memory(a);
        if (*later == RAP_NONE) *later = 0;
        const bool rejects = is_kind(d, "reject");
        if (*later & LATER_REJECT || (rejects && *later)) {
            d->state = "overtaken";
            d->why = "a later decision says otherwise";
            d->there = false;
        }
        *later |= rejects ? LATER_REJECT : LATER_OTHER;
    }
    return RAP_OK;
}

rap_status rap_sqlite_judge_all(applying *a)
{
    rap_status status = find_entries(a);
    if (!status) status = overtake(a);
    for (uint32_t i = 0; !status && i < a->log.count; i++)
        if (a->log.at[i].there) status = rap_sqlite_judge(a, &a->log.at[i]);
    return status;
}
