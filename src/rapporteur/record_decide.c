/*
 * record_decide.c - what people decide about a record, and what follows from it.
 *
 * Method  the log grows and is applied in one transaction. When something else is said of a
 *         document, or a name was taken out of it, that document is read again in the same
 *         transaction; no other is.
 */
#include "decide.h"
#include "reading_private.h"

#include <time.h>

enum { ARENA_BYTES = 64 << 20, MOST_FIELDS = 64 };

typedef struct asking {
    const rapporteur_options *options;
    const rapporteur_decision *decision;
    rapporteur_decided *out;
    rap_store *store;
    rap_arena arena;
    char now[32];
    const char *who; /* without blanks around it */
    rap_decided decided;
} asking;

static rap_status no_memory(rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a decision");
}

static rap_status kind_of(const char *name, rap_decision_kind *out, rap_error *err)
{
    for (int kind = 0; name && kind < RAP_DECIDE_KINDS; kind++)
        if (!strcmp(name, rap_decision_kind_name((rap_decision_kind)kind)))
            return *out = (rap_decision_kind)kind, RAP_OK;
    return rap_fail(err, RAP_E_USAGE, 0, "there is no decision \"%.40s\"",
                    name ? name : "");
}

/* "FIELD=VALUE" into its parts. */
static rap_status settings_of(asking *a, rap_setting **out, rap_error *err)
{
    const rapporteur_decision *d = a->decision;
    rap_setting *set = rap_new(&a->arena, rap_setting, d->set_count);
    if (!set) return no_memory(err);
    for (size_t i = 0; i < d->set_count; i++) {
        const char *equals = strchr(d->set[i], '=');
        if (!equals || equals == d->set[i])
            return rap_fail(err, RAP_E_USAGE, 0, "\"%.80s\" is not FIELD=VALUE",
                            d->set[i]);
        const rap_slice field = {d->set[i], (uint32_t)(equals - d->set[i])};
        const rap_slice value = rap_slice_trim(rap_slice_of(equals + 1));
        set[i].field = rap_arena_copy(&a->arena, field).at;
        set[i].value = rap_arena_copy(&a->arena, value).at;
        if (!set[i].field || !set[i].value) return no_memory(err);
    }
    *out = set;
    return RAP_OK;
}

static void take_numbers(asking *a, const rap_decided *decided)
{
    if (!a->decided.first) a->decided.first = decided->first;
    if (decided->last) a->decided.last = decided->last;
    a->decided.stale |= decided->stale;
    a->decided.ended += decided->ended;
    a->decided.waiting += decided->waiting;
}

static rap_status decide_one(asking *a, const rap_decision *d, rap_error *err)
{
    rap_decided decided;
    const rap_status status = rap_store_decide(a->store, d, &decided, err);
    if (!status) take_numbers(a, &decided);
    return status;
}

/* ---- a sheet of many documents ------------------------------------------------------- */

/* What a row says, empty cells left out, becomes one decision. */
static rap_status decide_row(void *state, const char *file, const rap_given *given,
                             rap_error *err)
{
    asking *a = state;
    const struct {
        const char *field;
        rap_slice value;
    } cells[] = {{"title", given->title},
                 {"author", given->author},
                 {"outlet", given->outlet},
                 {"url", given->url},
                 {"date", given->date}};
    rap_setting set[5];
    uint32_t sets = 0;
    for (uint32_t i = 0; i < 5; i++) {
        if (!cells[i].value.len) continue;
        const char *value = rap_arena_copy(&a->arena, cells[i].value).at;
        if (!value) return no_memory(err);
        set[sets++] = (rap_setting){cells[i].field, value};
    }
    const rap_decision d = {.kind = RAP_DECIDE_META,
                            .at = a->now,
                            .who = a->who,
                            .reason = a->decision->reason,
                            .what = &file,
                            .count = 1,
                            .set = set,
                            .sets = sets};
    return sets ? decide_one(a, &d, err) : RAP_OK;
}

/* ---- all of them --------------------------------------------------------------------- */

static rap_status append(asking *a, rap_error *err)
{
    const rapporteur_decision *d = a->decision;
    rap_decision_kind kind;
    rap_setting *set;
    const rap_slice who = rap_slice_trim(rap_slice_of(d->who));
    a->who = rap_arena_copy(&a->arena, who).at;
    if (!a->who) return no_memory(err);
    rap_status status = kind_of(d->kind, &kind, err);
    if (!status) status = settings_of(a, &set, err);
    if (status) return status;
    const rap_decision inner = {.kind = kind,
                                .at = a->now,
                                .who = a->who,
                                .reason = d->reason,
                                .final = d->final != 0,
                                .what = d->what,
                                .count = (uint32_t)d->what_count,
                                .actors = d->actors != 0,
                                .words = d->words != 0,
                                .set = set,
                                .sets = (uint32_t)d->set_count,
                                .text = d->text};
    if (kind == RAP_DECIDE_META && d->sheet)
        return rap_ingest_sheet(d->sheet, decide_row, a, err);
    if (kind != RAP_DECIDE_PURGE) return decide_one(a, &inner, err);
    rap_decided decided;
    if (!d->person == (d->what_count != 1))
        return rap_fail(err, RAP_E_USAGE, 0, "purge needs a document or a person");
    status = rap_store_purge(a->store, &inner, d->person ? NULL : d->what[0], d->person,
                             &decided, err);
    if (!status) take_numbers(a, &decided);
    if (status) return status;
    a->out->documents = decided.documents;
    a->out->places = decided.places;
    a->out->left = decided.left;
    return RAP_OK;
}

/* Read anew what is stale, with the knowledge that the record is read with. */
static rap_status read_again(asking *a, const char *path, rap_error *err)
{
    rapporteur *engine = NULL;
    rapporteur_error why;
    rapporteur_options options = {.record = path};
    if (a->options) options = *a->options;
    if (!options.record) options.record = path;
    uint64_t documents = 0;
    if (rapporteur_open(&options, &engine, &why))
        return rap_fail(err, (rap_status)why.status, 0, "%s", why.text);
    const rap_status status = rap_read_stale(engine, a->store, &documents, err);
    rapporteur_close(engine);
    if (!a->decision->kind || strcmp(a->decision->kind, "purge") != 0)
        a->out->documents = documents;
    return status;
}

/* Ids are those of a record that is read and joined. */
static rap_status bring_up_to_date(asking *a, const char *path, rap_error *err)
{
    bool stale = false, joined = true;
    rap_status status = rap_store_is_stale(a->store, &stale, err);
    if (!status && stale) status = read_again(a, path, err);
    if (!status) status = rap_store_is_joined(a->store, &joined, err);
    if (!status && !joined) status = rap_store_join(a->store, err);
    a->out->documents = 0;
    return status;
}

/* What became of it: kept apart, or others orphaned by it. */
static rap_status tell_outcome(asking *a, uint64_t orphaned, rap_error *err)
{
    rap_log_rows rows = {0};
    uint64_t standing, now = 0;
    rap_arena arena = RAP_ARENA(ARENA_BYTES);
    const rap_log_filter filter = {.from = a->decided.first};
    rap_status status = rap_store_decisions(a->store, &standing, &now, err);
    if (!status && a->decided.first)
        status = rap_store_log(a->store, &filter, &arena, &rows, err);
    for (uint32_t i = 0; !status && i < rows.count; i++) {
        if (rows.row[i].id > a->decided.last || strcmp(rows.row[i].state, "apart") != 0)
            continue;
        if (!a->out->apart++)
            (void)snprintf(a->out->why, sizeof a->out->why, "%s", rows.row[i].why);
    }
    rap_arena_free(&arena);
    a->out->orphaned = now > orphaned ? now - orphaned : 0;
    a->out->ended = a->out->apart ? 0 : a->decided.ended;
    a->out->waiting = a->decided.waiting;
    return status;
}

static rap_status run(asking *a, const char *path, rap_error *err)
{
    uint64_t standing, orphaned = 0;
    rap_status status = rap_store_open(path, RAP_STORE_WRITE, &a->store, err);
    if (!status) status = rap_store_begin(a->store, err);
    if (!status) status = bring_up_to_date(a, path, err);
    if (!status) status = rap_store_decisions(a->store, &standing, &orphaned, err);
    if (!status) status = append(a, err);
    if (a->decision->dry || status) { /* nothing of it is kept */
        rap_store_close(a->store);
        return status;
    }
    if (!status && a->decided.stale) status = read_again(a, path, err);
    if (!status) status = rap_store_commit(a->store, err);
    bool purging = false;
    if (!status) status = rap_store_is_purging(a->store, &purging, err);
    if (!status && purging) status = rap_store_finish_purge(a->store, err);
    if (!status) status = tell_outcome(a, orphaned, err);
    rap_store_close(a->store);
    return status;
}

rapporteur_status rapporteur_fields(FILE *out, rapporteur_error *err)
{
    rap_error why = {0};
    const rap_status status = rap_store_fields(out, &why);
    return rap_face_error(status, &why, err);
}

rapporteur_status rapporteur_decide(const rapporteur_options *options, const char *path,
                                    const rapporteur_decision *decision,
                                    rapporteur_decided *out, rapporteur_error *err)
{
    rap_error why = {0};
    rapporteur_decided ignored = {0};
    asking a = {.options = options,
                .decision = decision,
                .out = out ? out : &ignored,
                .arena = RAP_ARENA(ARENA_BYTES)};
    *a.out = (rapporteur_decided){0};
    const time_t now = time(NULL);
    struct tm utc;
    if (gmtime_r(&now, &utc)) (void)strftime(a.now, sizeof a.now, "%FT%TZ", &utc);
    const rap_status status = run(&a, path, &why);
    a.out->first = a.decided.first;
    a.out->last = a.decided.last;
    rap_arena_free(&a.arena);
    return rap_face_error(status, &why, err);
}
