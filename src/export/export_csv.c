/*
 * export_csv.c - the record as a folder of tables: one a kind of entry, then parties,
 *         evidence, claims, actors and sources, with their description (csv_tables.c).
 *
 * Method  one pass over the entries, every row written as it comes. RFC 4180 in UTF-8; cells
 *         that a spreadsheet would run as a formula get an apostrophe before them.
 * Cost    100,000 statements in docs/format/exports.md.
 */
#include "csv_private.h"

typedef struct tables {
    rap_exporting *job;
    FILE *file[RAP_CSV_TABLES];
    uint64_t rows[RAP_CSV_TABLES];
    rap_map actor;             /* keys of parties that were written */
    RAP_LIST(rap_party) party; /* [actor.count] as first met */
    FILE *out;                 /* the row at hand */
    uint32_t cells;            /* of it */
} tables;

/* ---- cells ---------------------------------------------------------------------------- */

static void begin_row(tables *t, uint32_t table)
{
    t->out = t->file[table];
    t->rows[table]++;
    t->cells = 0;
}

static void end_row(tables *t, uint32_t table)
{
    assert(t->cells == rap_csv_columns(&rap_csv_table_of[table]));
    (void)fputs("\r\n", t->out);
}

static void put(tables *t, const char *text)
{
    if (t->cells++) (void)putc_unlocked(',', t->out);
    if (!text || !text[0]) return;
    const bool formula = strchr("=+-@\t\r", text[0]) != NULL;
    if (!formula && !strpbrk(text, ",\"\r\n")) {
        (void)fputs_unlocked(text, t->out);
        return;
    }
    (void)putc_unlocked('"', t->out);
    if (formula) (void)putc_unlocked('\'', t->out);
    for (; *text; text++) {
        if (*text == '"') (void)putc_unlocked('"', t->out);
        (void)putc_unlocked(*text, t->out);
    }
    (void)putc_unlocked('"', t->out);
}

static void put_number(tables *t, uint64_t number)
{
    char text[24], *at = text + sizeof text - 1;
    *at = 0;
    do *--at = (char)('0' + number % 10);
    while (number /= 10);
    put(t, at);
}

static void put_share(tables *t, double share)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%.2f", share);
    put(t, text);
}

static void put_names(tables *t, const rap_party *party, uint32_t count)
{
    const char *text = count ? party[0].name : "";
    for (uint32_t i = 1; i < count && text; i++)
        text = rap_arena_printf(&t->job->scratch, "%s; %s", text, party[i].name);
    put(t, text);
}

static void put_party_name(tables *t, const rap_party *party)
{
    put(t, party ? party->name : "");
}

/* The first figures of a digest: how reports are named here. */
static void put_document(tables *t, int64_t number)
{
    char id[13];
    (void)snprintf(id, sizeof id, "%.12s",
                   rap_exporting_report(t->job, number)->sha256);
    put(t, id);
}

static void put_passage(tables *t, const rap_evidence *evidence)
{
    put_document(t, evidence->document);
    put_number(t, evidence->span.begin);
    put_number(t, evidence->span.end);
    put(t, evidence->quote);
    put(t, rap_exporting_address(t->job, evidence));
}

/* ---- rows of entries ------------------------------------------------------------------ */

static const char *precision_of(const rap_entry *e)
{
    switch (strlen(e->date)) {
    case 10:
        return "day";
    case 7:
        return "month";
    case 4:
        return "year";
    default:
        return e->earliest[0] || e->latest[0] ? "range" : "";
    }
}

static void put_head(tables *t, const rap_entry *e)
{
    put(t, e->id);
    put(t, e->date);
    put(t, precision_of(e));
    put(t, e->earliest);
    put(t, e->latest);
    put(t, e->date_basis);
    put_names(t, e->who, e->who_count);
    put_names(t, e->whom, e->whom_count);
    put(t, e->what);
    put(t, e->place);
}

static void put_tail(tables *t, const rap_entry *e)
{
    put_share(t, e->confidence);
    put(t, e->review);
    put_number(t, e->since_review);
    put_number(t, e->documents);
    put_number(t, e->sources);
    put(t, e->why);
}

static void put_commitment(tables *t, const rap_entry *e)
{
    put(t, e->name);
    put(t, e->due);
    put(t, e->due_earliest);
    put(t, e->due_latest);
    put(t, e->due_basis);
    put(t, e->status);
    put_party_name(t, e->according_to);
}

static void put_event(tables *t, const rap_entry *e)
{
    const bool meeting = e->kind == RAP_ENTRY_MEETING;
    if (meeting) {
        put(t, e->due);
        put_party_name(t, e->host);
        put(t, e->mode);
        put(t, e->status);
    }
    put(t, e->type);
    if (!meeting) put(t, e->mode);
    put(t, e->cameo);
    if (meeting) return;
    put(t, e->status);
    put_party_name(t, e->host);
}

static void put_own(tables *t, const rap_entry *e)
{
    switch (e->kind) {
    case RAP_ENTRY_STATEMENT:
        put(t, e->said_by), put(t, e->act), put(t, e->mode), put(t, e->venue);
        break;
    case RAP_ENTRY_DOCUMENT:
        put(t, e->name), put(t, e->names), put(t, e->type), put(t, e->status);
        break;
    case RAP_ENTRY_COMMITMENT:
        put_commitment(t, e);
        break;
    case RAP_ENTRY_POSITION:
        put(t, e->name), put(t, e->stance), put_party_name(t, e->according_to);
        break;
    case RAP_ENTRY_DISAGREEMENT:
        put(t, e->type), put_number(t, e->claims);
        break;
    case RAP_ENTRY_VARIANT:
        put_number(t, e->claims);
        break;
    default:
        put_event(t, e);
    }
}

/* ---- rows of what hangs on an entry ---------------------------------------------------- */

static bool note_actor(tables *t, const rap_party *party)
{
    if (rap_map_get(&t->actor, rap_slice_of(party->key)) != RAP_NONE) return true;
    rap_arena *arena = &t->job->arena;
    const rap_party kept = {
        .key = rap_arena_copy(arena, rap_slice_of(party->key)).at,
        .name = rap_arena_copy(arena, rap_slice_of(party->name)).at,
        .kind = rap_arena_copy(arena, rap_slice_of(party->kind)).at,
        .country = rap_arena_copy(arena, rap_slice_of(party->country)).at,
        .code = rap_arena_copy(arena, rap_slice_of(party->code)).at};
    if (!kept.key || !kept.name || !kept.kind || !kept.country || !kept.code)
        return false;
    uint32_t *slot = rap_map_put(&t->actor, arena, rap_slice_of(kept.key));
    if (!slot || !rap_push(arena, &t->party, kept)) return false;
    *slot = t->party.count - 1;
    return true;
}

static bool put_parties(tables *t, const rap_entry *e, const char *role,
                        const rap_party *party, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        begin_row(t, RAP_CSV_PARTIES);
        put(t, e->id);
        put(t, role);
        put_number(t, i + 1);
        put(t, party[i].key);
        put(t, party[i].name);
        put(t, party[i].kind);
        put(t, party[i].country);
        put(t, party[i].code);
        end_row(t, RAP_CSV_PARTIES);
        if (!note_actor(t, &party[i])) return false;
    }
    return true;
}

static void put_evidence(tables *t, const rap_entry *e)
{
    for (uint32_t i = 0; i < e->evidence_count; i++) {
        begin_row(t, RAP_CSV_EVIDENCE);
        put(t, e->id);
        put_number(t, i + 1);
        put(t, e->evidence[i].role);
        put_passage(t, &e->evidence[i]);
        end_row(t, RAP_CSV_EVIDENCE);
    }
}

static void put_claims(tables *t, const rap_entry *e)
{
    for (uint32_t i = 0; i < e->claims; i++) {
        begin_row(t, RAP_CSV_CLAIMS);
        put(t, e->id);
        put_number(t, i + 1);
        put(t, e->claim[i].value);
        put(t, e->claim[i].by);
        put_passage(t, &e->claim[i].evidence);
        end_row(t, RAP_CSV_CLAIMS);
    }
}

static uint32_t table_of(rap_entry_kind kind)
{
    uint32_t table = 0;
    while (table < RAP_CSV_KINDS && rap_csv_table_of[table].kind != kind) table++;
    assert(table < RAP_CSV_KINDS);
    return table;
}

static rap_status put_entry(void *state, const rap_entry *e, rap_error *err)
{
    tables *t = state;
    const uint32_t table = table_of(e->kind);
    begin_row(t, table);
    put_head(t, e);
    put_own(t, e);
    put_tail(t, e);
    end_row(t, table);
    const bool whole =
        put_parties(t, e, "who", e->who, e->who_count) &&
        put_parties(t, e, "whom", e->whom, e->whom_count) &&
        put_parties(t, e, "host", e->host, e->host != NULL) &&
        put_parties(t, e, "according_to", e->according_to, e->according_to != NULL);
    put_evidence(t, e);
    put_claims(t, e);
    return whole ? RAP_OK : rap_fail(err, RAP_E_NOMEM, 0, "no memory for the actors");
}

/* ---- actors and sources --------------------------------------------------------------- */

static void put_actors(tables *t)
{
    for (uint32_t i = 0; i < t->party.count; i++) {
        const rap_party *party = &t->party.at[i];
        const rap_actor_row *row = rap_exporting_actor(t->job, party->key);
        begin_row(t, RAP_CSV_ACTORS);
        put(t, party->key);
        put(t, row ? row->name : party->name);
        put(t, party->kind);
        put(t, party->country);
        put(t, party->code);
        put(t, row ? row->sector : "");
        put(t, row ? rap_redact_words(t->job, row->roles) : "");
        put(t, row ? rap_redact_words(t->job, row->aliases) : "");
        end_row(t, RAP_CSV_ACTORS);
    }
}

static void put_sources(tables *t)
{
    for (uint32_t i = 0; i < t->job->reports; i++) {
        const rap_report *report = &t->job->report[i];
        begin_row(t, RAP_CSV_SOURCES);
        put_document(t, report->number);
        put(t, report->sha256);
        put(t, report->name);
        put(t, report->media_type);
        put_number(t, report->bytes);
        put(t, report->title);
        put(t, report->author);
        put(t, report->outlet);
        put(t, report->url);
        put(t, report->language);
        put(t, report->kind);
        put(t, report->published);
        put(t, report->published_basis);
        if (report->copy_of)
            put_document(t, report->copy_of);
        else
            put(t, "");
        put(t, report->cited ? "true" : "false");
        put(t, report->error);
        end_row(t, RAP_CSV_SOURCES);
    }
}

/* ---- texts ---------------------------------------------------------------------------- */

static rap_status put_texts(rap_exporting *job, rap_error *err)
{
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < job->reports; i++) {
        const rap_report *report = &job->report[i];
        char name[32];
        FILE *out;
        if (!report->cited) continue;
        (void)snprintf(name, sizeof name, "texts/%.12s.txt", report->sha256);
        status = rap_exporting_text(job, report->number, err);
        if (!status) status = rap_out_begin(job->out, name, &out, err);
        if (status) break;
        (void)fwrite(job->text.at, 1, job->text.len, out);
        status = rap_out_end(job->out, out, err);
    }
    return status;
}

/* ---- the whole ------------------------------------------------------------------------ */

static rap_status open_table(tables *t, uint32_t table, rap_error *err)
{
    char name[64];
    (void)snprintf(name, sizeof name, "%s.csv", rap_csv_table_of[table].name);
    const rap_status status = rap_out_begin(t->job->out, name, &t->file[table], err);
    if (status) return status;
    begin_row(t, table);
    t->rows[table] = 0; /* the heading is none */
    for (uint32_t i = 0; i < rap_csv_columns(&rap_csv_table_of[table]); i++)
        put(t, rap_csv_column_at(&rap_csv_table_of[table], i)->name);
    end_row(t, table);
    return RAP_OK;
}

rap_status rap_export_csv(rap_exporting *job, rap_error *err)
{
    tables t = {.job = job};
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < RAP_CSV_TABLES; i++)
        status = open_table(&t, i, err);
    if (!status) status = rap_exporting_each(job, put_entry, &t, err);
    if (status) return status;
    put_actors(&t);
    put_sources(&t);
    for (uint32_t i = 0; !status && i < RAP_CSV_TABLES; i++)
        status = rap_out_end(job->out, t.file[i], err);
    if (!status && job->options->full_text) status = put_texts(job, err);
    return status ? status : rap_csv_describe(job, t.rows, err);
}
