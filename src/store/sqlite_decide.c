/*
 * sqlite_decide.c - from what a person says to decisions in the log.
 *
 * Method  ids, names and addresses are looked up in what the record shows; what the log keeps
 *         is the words they stand for.
 */
#include "store_private.h"

#include <stdlib.h>

const char *rap_decision_kind_name(rap_decision_kind kind)
{
    static const char *const name[] = {"accept", "reject", "edit", "merge", "split",
                                       "note",   "undo",   "meta", "purge"};
    return kind < RAP_DECIDE_KINDS ? name[kind] : "";
}

static rap_status no_memory(rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a decision");
}

/* ---- payloads -------------------------------------------------------------------- */

/* {"set": {"place": "Lakeside", …}} or {"text": "…"}, by SQLite's JSON. */
static rap_status json_with(sqlite_store *store, const char *json, const char *path,
                            const char *field, const char *value, rap_arena *arena,
                            const char **out, rap_error *err)
{
    static const char sql[] = "SELECT json_set(?1, ?2 || '.\"' || ?3 || '\"', ?4)";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, json, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 2, path, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 3, field, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 4, value, -1, SQLITE_STATIC);
    if (sqlite3_step(s) == SQLITE_ROW)
        *out = rap_sqlite_text(s, 0, arena);
    else
        status = rap_sqlite_fail(store, err);
    (void)sqlite3_reset(s);
    return status || *out ? status : no_memory(err);
}

/* ---- one kind after another -------------------------------------------------------- */

typedef struct deciding {
    sqlite_store *store;
    const rap_decision *by;
    rap_decided *out;
    rap_arena arena, kept;
    rap_map seen; /* what the command named already, in `kept` */
    rap_error *err;
} deciding;

static rap_status append(deciding *d, const sqlite_anchor *anchor, uint32_t anchors,
                         const char *payload, int64_t target)
{
    const sqlite_decision row = {.by = d->by,
                                 .kind = rap_decision_kind_name(d->by->kind),
                                 .payload = payload,
                                 .target = target,
                                 .anchor = anchor,
                                 .anchors = anchors};
    int64_t id = 0;
    const rap_status status = rap_sqlite_append(d->store, &row, &id, d->err);
    if (status) return status;
    if (!d->out->first) d->out->first = id;
    d->out->last = id;
    return RAP_OK;
}

static rap_status anchor_of(deciding *d, const char *id, int64_t *number,
                            sqlite_anchor *out)
{
    const rap_status status = rap_sqlite_entry_of(d->store, id, number, d->err);
    return status ? status
                  : rap_sqlite_anchor_entry(d->store, *number, &d->arena, out, d->err);
}

/* The person's fields under their names here. */
static rap_status edit_payload(deciding *d, const char *kind, const char **out)
{
    rap_status status =
        d->by->sets ? RAP_OK
                    : rap_fail(d->err, RAP_E_USAGE, 0, "edit needs FIELD=VALUE");
    *out = "{\"set\":{}}";
    for (uint32_t i = 0; !status && i < d->by->sets; i++) {
        const rap_setting *set = &d->by->set[i];
        const char *column = rap_sqlite_field(kind, set->field);
        if (!column)
            return rap_fail(d->err, RAP_E_USAGE, 0,
                            "a %s has no field \"%.40s\" that can be edited", kind,
                            set->field);
        status = rap_sqlite_check_value(kind, column, set->value, d->err);
        if (!status)
            status = json_with(d->store, *out, "$.set", column, set->value, &d->arena,
                               out, d->err);
    }
    return status;
}

/* What was decided on entry `number` before. */
static rap_status review_of(deciding *d, int64_t number, char out[16])
{
    static const char sql[] = "SELECT review FROM entry WHERE number = ?1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(d->store, sql, &s, d->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, number);
    const bool there = sqlite3_step(s) == SQLITE_ROW;
    (void)snprintf(out, 16, "%s", there ? (const char *)sqlite3_column_text(s, 0) : "");
    (void)sqlite3_reset(s);
    return RAP_OK;
}

/* Does the decision end what was decided on the entry before? */
static rap_status count_ended(deciding *d, int64_t number)
{
    char review[16];
    const rap_status status = review_of(d, number, review);
    if (status || d->by->kind == RAP_DECIDE_NOTE) return status;
    const bool rejected = !strcmp(review, "rejected");
    const bool kept = !strcmp(review, "accepted") || !strcmp(review, "edited");
    d->out->ended += d->by->kind == RAP_DECIDE_REJECT ? kept : rejected;
    return RAP_OK;
}

/* Is the entry, or decision, named a second time by one command? */
static rap_status is_repeated(deciding *d, int64_t number, bool *out)
{
    const rap_slice key = {(const char *)&number, sizeof number};
    uint32_t *seen = rap_map_put(&d->seen, &d->kept, key);
    if (!seen) return no_memory(d->err);
    *out = *seen != RAP_NONE;
    *seen = 1;
    return RAP_OK;
}

static rap_status decide_each(deciding *d)
{
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < d->by->count; i++) {
        int64_t number;
        sqlite_anchor anchor;
        const char *payload = "{}";
        bool repeated = false;
        rap_arena_clear(&d->arena);
        status = anchor_of(d, d->by->what[i], &number, &anchor);
        if (!status) status = is_repeated(d, number, &repeated);
        if (!status && repeated) continue;
        if (!status) status = count_ended(d, number);
        if (!status && d->by->kind == RAP_DECIDE_EDIT)
            status = edit_payload(d, anchor.kind, &payload);
        if (!status && d->by->kind == RAP_DECIDE_NOTE)
            status =
                json_with(d->store, "{}", "$", "text", d->by->text ? d->by->text : "",
                          &d->arena, &payload, d->err);
        if (!status && d->by->kind != RAP_DECIDE_NOTE)
            status =
                rap_sqlite_add_cover(d->store, number, &d->arena, &payload, d->err);
        if (!status) status = append(d, &anchor, 1, payload, 0);
    }
    return status;
}

/* Two that are to be one must be two; and of what is refused nothing is made, unless that
 * is final. */
static rap_status check_merged(deciding *d, int64_t number, uint32_t i)
{
    char review[16];
    bool repeated;
    rap_status status = is_repeated(d, number, &repeated);
    if (!status) status = review_of(d, number, review);
    if (status) return status;
    if (repeated)
        return rap_fail(d->err, RAP_E_USAGE, 0, "%.40s is given twice", d->by->what[i]);
    if (!strcmp(review, "rejected") && !d->by->final)
        return rap_fail(d->err, RAP_E_USAGE, 0,
                        "%.40s is rejected: accept it, undo the rejection, or merge it "
                        "with --final",
                        d->by->what[i]);
    d->out->waiting += i && strcmp(review, "suggested") != 0;
    return RAP_OK;
}

/* The kind of the actor that goes by that name or key, and the key; the anchor found one. */
static rap_status actor_of(deciding *d, const char *name, const char **kind,
                           const char **key)
{
    static const char sql[] =
        "SELECT a.kind, a.key FROM actor a WHERE a.key = ?1 OR a.name = ?1 COLLATE"
        " NOCASE OR EXISTS (SELECT 1 FROM actor_alias l WHERE l.document = a.document"
        "  AND l.actor = a.n AND l.alias = ?1 COLLATE NOCASE) LIMIT 1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(d->store, sql, &s, d->err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
    const bool there = sqlite3_step(s) == SQLITE_ROW;
    *kind = there ? rap_sqlite_text(s, 0, &d->arena) : "";
    *key = there ? rap_sqlite_text(s, 1, &d->arena) : "";
    (void)sqlite3_reset(s);
    return *kind && *key ? RAP_OK : no_memory(d->err);
}

static rap_status check_actors(deciding *d, uint32_t i)
{
    const char *kind, *key, *first_kind, *first_key;
    rap_status status = actor_of(d, d->by->what[0], &first_kind, &first_key);
    if (!status) status = actor_of(d, d->by->what[i], &kind, &key);
    if (status || !i) return status;
    if (!strcmp(key, first_key))
        return rap_fail(d->err, RAP_E_USAGE, 0,
                        "\"%.60s\" and \"%.60s\" are one actor "
                        "already",
                        d->by->what[0], d->by->what[i]);
    if ((!strcmp(kind, "person")) != (!strcmp(first_kind, "person")))
        return rap_fail(d->err, RAP_E_USAGE, 0,
                        "\"%.60s\" is a %s and \"%.60s\" a %s: they cannot be one",
                        d->by->what[0], first_kind, d->by->what[i], kind);
    return RAP_OK;
}

static rap_status decide_merge(deciding *d)
{
    if (d->by->count < 2)
        return rap_fail(d->err, RAP_E_USAGE, 0, "merge needs two at least");
    sqlite_anchor *anchor = rap_new(&d->arena, sqlite_anchor, d->by->count);
    if (!anchor) return no_memory(d->err);
    const char *payload = "{}";
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < d->by->count; i++) {
        int64_t number = 0;
        if (d->by->actors)
            status = rap_sqlite_anchor_actor(d->store, d->by->what[i], &d->arena,
                                             &anchor[i], d->err);
        else
            status = anchor_of(d, d->by->what[i], &number, &anchor[i]);
        if (!status && strcmp(anchor[i].kind, anchor[0].kind) != 0)
            return rap_fail(d->err, RAP_E_USAGE, 0, "a %s and a %s cannot be one entry",
                            anchor[0].kind, anchor[i].kind);
        if (!status && (!strcmp(anchor[i].kind, "disagreement") ||
                        !strcmp(anchor[i].kind, "variant")))
            return rap_fail(d->err, RAP_E_USAGE, 0,
                            "a %s is made of other entries: merge those",
                            anchor[i].kind);
        if (!status)
            status = d->by->actors ? check_actors(d, i) : check_merged(d, number, i);
        if (!status && !d->by->actors)
            status =
                rap_sqlite_add_cover(d->store, number, &d->arena, &payload, d->err);
    }
    return status ? status : append(d, anchor, d->by->count, payload, 0);
}

/* The readings of entry `number` in a document, or that touch the passage at an address. */
static rap_status part_of(deciding *d, int64_t number, const char *part,
                          sqlite3_stmt **out)
{
    static const char sql[] =
        "SELECT r.number FROM entry_reading er JOIN reading r ON r.number = er.reading"
        " WHERE er.entry = ?1 AND r.document = ?2 AND (?4 < 0 OR EXISTS (SELECT 1"
        "  FROM reading_span s WHERE s.reading = r.number AND s.span_begin < ?4"
        "  AND s.span_end > ?3)) ORDER BY r.number";
    int64_t document = 0;
    unsigned begin = 0, end = 0;
    const bool passage = sscanf(part, "rap:%*64[0-9a-f]/%10u-%10u", &begin, &end) == 2;
    rap_status status = rap_sqlite_document_of(d->store, part, &document, d->err);
    if (!status) status = rap_sqlite_cached(d->store, sql, out, d->err);
    if (status) return status;
    (void)sqlite3_bind_int64(*out, 1, number);
    (void)sqlite3_bind_int64(*out, 2, document);
    (void)sqlite3_bind_int64(*out, 3, begin);
    (void)sqlite3_bind_int64(*out, 4, passage ? (int64_t)end : -1);
    return RAP_OK;
}

/* Something must stay with an entry that is split. */
static rap_status check_stays(deciding *d, int64_t entry, const int64_t *leaving,
                              uint32_t count)
{
    static const char sql[] = "SELECT count(*) FROM entry_reading WHERE entry = ?1";
    sqlite3_stmt *s;
    int64_t different = 0;
    bool repeated;
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < count; i++) {
        status = is_repeated(d, leaving[i], &repeated);
        if (!status) different += !repeated;
    }
    if (!status) status = rap_sqlite_cached(d->store, sql, &s, d->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, entry);
    const int64_t all = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    (void)sqlite3_reset(s);
    return different < all
               ? RAP_OK
               : rap_fail(d->err, RAP_E_USAGE, 0,
                          "that is all that %.20s rests on: nothing would stay; name a "
                          "part of it",
                          d->by->what[0]);
}

static rap_status decide_split(deciding *d)
{
    if (d->by->count < 2)
        return rap_fail(d->err, RAP_E_USAGE, 0,
                        "split needs an entry and what leaves it: an address "
                        "(rap:DOCUMENT/BEGIN-END) or a document");
    int64_t number;
    RAP_LIST(int64_t) leaving = {0};
    RAP_LIST(sqlite_anchor) anchors = {0};
    sqlite_anchor anchor;
    rap_status status = anchor_of(d, d->by->what[0], &number, &anchor);
    if (!status && !rap_push(&d->arena, &anchors, anchor)) status = no_memory(d->err);
    for (uint32_t i = 1; !status && i < d->by->count; i++) {
        sqlite3_stmt *s;
        status = part_of(d, number, d->by->what[i], &s);
        if (status) break;
        const uint32_t before = leaving.count;
        while (!status && sqlite3_step(s) == SQLITE_ROW)
            if (!rap_push(&d->arena, &leaving, sqlite3_column_int64(s, 0)))
                status = no_memory(d->err);
        (void)sqlite3_reset(s);
        if (!status && leaving.count == before)
            status =
                rap_fail(d->err, RAP_E_NOTFOUND, 0,
                         "the entry rests on nothing in \"%.80s\"", d->by->what[i]);
    }
    if (!status) status = check_stays(d, number, leaving.at, leaving.count);
    for (uint32_t i = 0; !status && i < leaving.count; i++) {
        status = rap_sqlite_anchor_entry(d->store, leaving.at[i], &d->arena, &anchor,
                                         d->err);
        if (!status && !rap_push(&d->arena, &anchors, anchor))
            status = no_memory(d->err);
    }
    return status ? status : append(d, anchors.at, anchors.count, "{}", 0);
}

/* The person's last decision that stands. */
static rap_status last_of(deciding *d, int64_t *out)
{
    static const char sql[] =
        "SELECT max(d.id) FROM decision d WHERE d.who = ?1 AND d.kind NOT IN ('undo',"
        " 'purge') AND NOT EXISTS (SELECT 1 FROM applied p WHERE p.decision = d.id"
        "  AND p.state = 'undone')";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(d->store, sql, &s, d->err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, d->by->who, -1, SQLITE_STATIC);
    if (sqlite3_step(s) == SQLITE_ROW)
        *out = sqlite3_column_int64(s, 0);
    else
        status = rap_sqlite_fail(d->store, d->err);
    (void)sqlite3_reset(s);
    if (!status && !*out)
        status = rap_fail(d->err, RAP_E_NOTFOUND, 0,
                          "the log has no decision by %.40s to undo", d->by->who);
    return status;
}

static rap_status undo(deciding *d, int64_t target)
{
    static const char sql[] =
        "SELECT d.who, d.kind, coalesce(p.state, '') = 'undone' FROM decision d"
        " LEFT JOIN applied p ON p.decision = d.id WHERE d.id = ?1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(d->store, sql, &s, d->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, target);
    if (sqlite3_step(s) != SQLITE_ROW) {
        status = rap_fail(d->err, RAP_E_NOTFOUND, 0, "the log has no decision %lld",
                          (long long)target);
    } else {
        const char *who = (const char *)sqlite3_column_text(s, 0);
        const char *kind = (const char *)sqlite3_column_text(s, 1);
        if (strcmp(who, d->by->who) != 0 && !d->by->final)
            status = rap_fail(d->err, RAP_E_USAGE, 0,
                              "decision %lld is %.40s's; undo it with --final",
                              (long long)target, who);
        else if (!strcmp(kind, "purge"))
            status = rap_fail(d->err, RAP_E_USAGE, 0, "what was purged is gone");
        else if (sqlite3_column_int(s, 2))
            status = rap_fail(d->err, RAP_E_USAGE, 0, "decision %lld is undone already",
                              (long long)target);
        else
            d->out->stale |= !strcmp(kind, "meta") || !strcmp(kind, "undo");
    }
    (void)sqlite3_reset(s);
    return status ? status : append(d, NULL, 0, "{}", target);
}

/* "5", "#5", "5-9", "#5-#9": from the first to the last. */
static bool read_range(const char *text, int64_t *first, int64_t *last)
{
    char *end;
    text += *text == '#';
    if (*text < '0' || *text > '9') return false;
    *first = *last = strtoll(text, &end, 10);
    if (!*end) return true;
    if (*end++ != '-') return false;
    end += *end == '#';
    if (*end < '0' || *end > '9') return false;
    *last = strtoll(end, &end, 10);
    return !*end && *last >= *first;
}

static rap_status decide_undo(deciding *d)
{
    int64_t target = 0;
    rap_status status = RAP_OK;
    if (!d->by->count) {
        status = last_of(d, &target);
        return status ? status : undo(d, target);
    }
    for (uint32_t i = 0; !status && i < d->by->count; i++) {
        int64_t last = 0;
        if (!read_range(d->by->what[i], &target, &last))
            return rap_fail(d->err, RAP_E_USAGE, 0,
                            "undo takes numbers of decisions (log), as 5 or 5-9, not "
                            "\"%.40s\"",
                            d->by->what[i]);
        for (; !status && target <= last; target++) {
            bool repeated = false;
            status = is_repeated(d, target, &repeated);
            if (!status && !repeated) status = undo(d, target);
        }
    }
    return status;
}

/* ---- what is said of a document ---------------------------------------------------- */

/* Does version `older` come, through what replaced it, to `newer` already? */
static rap_status check_versions(deciding *d, int64_t newer, int64_t older)
{
    static const char sql[] =
        "WITH RECURSIVE later (id) AS (VALUES (?1) UNION SELECT g.replaced_by FROM "
        "later"
        " JOIN given g ON g.document = later.id WHERE g.replaced_by IS NOT NULL)"
        " SELECT 1 FROM later WHERE id = ?2";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(d->store, sql, &s, d->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, newer);
    (void)sqlite3_bind_int64(s, 2, older);
    const bool circle = sqlite3_step(s) == SQLITE_ROW;
    (void)sqlite3_reset(s);
    return circle ? rap_fail(d->err, RAP_E_USAGE, 0,
                             "document %lld is a later version of %lld, or itself",
                             (long long)older, (long long)newer)
                  : RAP_OK;
}

static rap_status digest_of(deciding *d, int64_t document, const char **out)
{
    static const char sql[] = "SELECT sha256 FROM document WHERE id = ?1";
    sqlite3_stmt *s;
    const rap_status status = rap_sqlite_cached(d->store, sql, &s, d->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    *out = sqlite3_step(s) == SQLITE_ROW ? rap_sqlite_text(s, 0, &d->arena) : NULL;
    (void)sqlite3_reset(s);
    return *out ? RAP_OK : no_memory(d->err);
}

static bool is_said_of_documents(const char *field)
{
    static const char *const fields[] = {"title", "author", "outlet",
                                         "url",   "date",   "replaces"};
    for (uint32_t i = 0; i < 6; i++)
        if (!strcmp(fields[i], field)) return true;
    return false;
}

static rap_status meta_value(deciding *d, int64_t document, const rap_setting *set,
                             const char **out)
{
    *out = set->value;
    if (!is_said_of_documents(set->field))
        return rap_fail(
            d->err, RAP_E_USAGE, 0,
            "\"%.40s\" is not said of documents; use title, author, outlet, "
            "url, date or replaces",
            set->field);
    rap_status status = rap_sqlite_check_said(set, d->err);
    if (!status && !strcmp(set->field, "date"))
        status = rap_sqlite_check_date(set->value, d->err);
    if (status) return status;
    if (strcmp(set->field, "replaces") != 0 || !*set->value) return RAP_OK;
    int64_t older = 0;
    status = rap_sqlite_document_of(d->store, set->value, &older, d->err);
    if (!status) status = check_versions(d, document, older);
    return status ? status : digest_of(d, older, out);
}

static rap_status decide_meta(deciding *d)
{
    int64_t document = 0;
    if (d->by->count != 1 || !d->by->sets)
        return rap_fail(d->err, RAP_E_USAGE, 0,
                        "meta needs a document and FIELD=VALUE");
    rap_status status =
        rap_sqlite_document_of(d->store, d->by->what[0], &document, d->err);
    sqlite_anchor anchor = {.kind = "source",
                            .quote = RAP_LIT(""),
                            .prefix = RAP_LIT(""),
                            .suffix = RAP_LIT(""),
                            .facet = "{}"};
    if (!status) status = digest_of(d, document, &anchor.sha256);
    const char *payload = "{\"set\":{}}";
    for (uint32_t i = 0; !status && i < d->by->sets; i++) {
        const char *value = "";
        status = meta_value(d, document, &d->by->set[i], &value);
        if (!status)
            status = json_with(d->store, payload, "$.set", d->by->set[i].field, value,
                               &d->arena, &payload, d->err);
    }
    d->out->stale = true;
    return status ? status : append(d, &anchor, 1, payload, 0);
}

/* ---- all of them ------------------------------------------------------------------- */

rap_status rap_sqlite_decide(rap_store *head, const rap_decision *by, rap_decided *out,
                             rap_error *err)
{
    deciding d = {.store = sqlite_of(head),
                  .by = by,
                  .out = out,
                  .arena = RAP_ARENA(256u << 20),
                  .kept = RAP_ARENA(256u << 20),
                  .err = err};
    rap_status status = rap_sqlite_check_decision(by, err);
    if (!status)
        status = by->kind == RAP_DECIDE_MERGE   ? decide_merge(&d)
                 : by->kind == RAP_DECIDE_SPLIT ? decide_split(&d)
                 : by->kind == RAP_DECIDE_UNDO  ? decide_undo(&d)
                 : by->kind == RAP_DECIDE_META  ? decide_meta(&d)
                                                : decide_each(&d);
    const bool verdict = by->kind == RAP_DECIDE_ACCEPT ||
                         by->kind == RAP_DECIDE_REJECT || by->kind == RAP_DECIDE_EDIT ||
                         by->kind == RAP_DECIDE_NOTE;
    if (!status && !verdict) d.store->due = true;
    if (!status && verdict && !d.store->due_from) d.store->due_from = out->first;
    if (!status && out->stale) status = rap_store_remember(head, "stale", 1, err);
    /* what is said of documents must stand before they are read again */
    if (!status && out->stale) status = rap_sqlite_apply(d.store, err);
    rap_arena_free(&d.arena);
    rap_arena_free(&d.kept);
    return status;
}
