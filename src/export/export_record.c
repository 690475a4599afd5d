/*
 * export_record.c - a whole export: which format, which entries, what they rest on.
 *
 * Method  the store is held at one state; the reports and actors of the record are loaded,
 *         entries pass one by one through the memory of one. Nothing that is written depends
 *         on the clock, on the machine or on where the record lies: names of files lose
 *         their folders, moments of adding stay home.
 * Cost    memory of the reports and actors; two passes for formats that list nodes first.
 */
#include "exporting_private.h"

#include "text.h"

enum {
    EXPORT_BYTES = 1024 * 1024 * 1024,
    ENTRY_BYTES = 256 * 1024 * 1024,
    SOURCES_AT_ONCE = 1000
};

enum {
    ACTS = 1u << RAP_ENTRY_MEETING | 1u << RAP_ENTRY_EVENT,
    TIES = ACTS | 1u << RAP_ENTRY_STATEMENT,
    DUTIES = 1u << RAP_ENTRY_COMMITMENT
};

static const rap_export_format formats[] = {
    {"csv", true, 0, true, rap_export_csv},
    {"jsonl", false, 0, false, rap_export_jsonl},
    {"webannotation", false, 0, false, rap_export_webannotation},
    {"csl", false, 0, false, rap_export_csl},
    {"bibtex", false, 0, false, rap_export_bibtex},
    {"ris", false, 0, false, rap_export_ris},
    {"graphml", false, TIES, false, rap_export_graphml},
    {"gexf", false, TIES, false, rap_export_gexf},
    {"ics", false, DUTIES, false, rap_export_ics},
    {"plover", false, ACTS, false, rap_export_plover},
    {"cameo", false, ACTS, false, rap_export_cameo},
    {"gdelt", true, ACTS, false, rap_export_gdelt},
    {"timelinejs", false, 0, false, rap_export_timelinejs},
    {"geojson", false, 0, false, rap_export_geojson},
    {"markdown", false, 0, false, rap_export_markdown}};

static const rap_export_format *format_of(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(name, formats[i].name) == 0) return &formats[i];
    return NULL;
}

bool rap_export_is(const char *format, bool *folder)
{
    const rap_export_format *found = format_of(format);
    *folder = found && found->folder;
    return found != NULL;
}

/* ---- reports and actors ------------------------------------------------------------ */

static rap_status no_memory(rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the export");
}

/* The last part of a path: folders and names of users stay home. */
static const char *bare_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

typedef RAP_LIST(rap_report) reports;

static rap_report report_of(const rap_source_row *row)
{
    return (rap_report){.number = row->document,
                        .sha256 = row->sha256,
                        .name = bare_name(row->path),
                        .title = row->title,
                        .author = row->author,
                        .outlet = row->outlet,
                        .url = row->url,
                        .language = row->language,
                        .kind = row->kind,
                        .published = row->published,
                        .published_basis = row->published_basis,
                        .media_type = row->media_type,
                        .error = row->error_code,
                        .bytes = row->bytes,
                        .copy_of = row->copy_of};
}

static rap_status load_reports(rap_exporting *job, rap_error *err)
{
    reports list = {0};
    rap_filter filter = {.limit = SOURCES_AT_ONCE};
    rap_source_rows rows = {0};
    rap_status status;
    do {
        status = rap_store_sources(job->store, &filter, &job->arena, &rows, err);
        for (uint32_t i = 0; !status && i < rows.count; i++) {
            rap_report report = report_of(&rows.row[i]);
            filter.after = report.number;
            status = rap_redact_report(job, &report, err);
            if (!status && !rap_push(&job->arena, &list, report))
                status = no_memory(err);
        }
    } while (!status && rows.count == SOURCES_AT_ONCE);
    job->report = list.at;
    job->reports = list.count;
    return status;
}

rap_report *rap_exporting_report(const rap_exporting *job, int64_t number)
{
    uint32_t low = 0, high = job->reports;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (job->report[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    assert(low < job->reports && job->report[low].number == number);
    return &job->report[low];
}

static rap_status load_actors(rap_exporting *job, rap_error *err)
{
    const rap_filter everybody = {0};
    const rap_status status =
        rap_store_actors(job->store, &everybody, &job->arena, &job->actors, err);
    for (uint32_t i = 0; !status && i < job->actors.count; i++) {
        uint32_t *slot = rap_map_put(&job->actor_of, &job->arena,
                                     rap_slice_of(job->actors.row[i].key));
        if (!slot) return no_memory(err);
        *slot = i;
    }
    return status;
}

const rap_actor_row *rap_exporting_actor(const rap_exporting *job, const char *key)
{
    const uint32_t index = rap_map_get(&job->actor_of, rap_slice_of(key));
    return index == RAP_NONE ? NULL : &job->actors.row[index];
}

/* ---- evidence ---------------------------------------------------------------------- */

rap_status rap_exporting_text(rap_exporting *job, int64_t document, rap_error *err)
{
    if (job->text_of == document) return RAP_OK;
    job->text_of = 0;
    rap_arena_clear(&job->text_arena);
    rap_status status =
        rap_store_text(job->store, document, &job->text_arena, &job->text, err);
    if (!status)
        status = rap_points_open(&job->text_arena, job->text, &job->points, err);
    if (!status) job->text_of = document;
    return status;
}

rap_status rap_exporting_passage(rap_exporting *job, int64_t document, rap_span span,
                                 rap_error *err)
{
    const rap_status status = rap_exporting_text(job, document, err);
    if (status || (span.begin <= span.end && span.end <= job->text.len)) return status;
    return rap_fail(err, RAP_E_STORE, 0,
                    "a passage of document %lld lies outside it; verify the record",
                    (long long)document);
}

const char *rap_exporting_address(rap_exporting *job, const rap_evidence *evidence)
{
    return rap_address(&job->scratch, evidence->sha256, evidence->span);
}

const rap_evidence *rap_first_quoted(const rap_entry *entry)
{
    for (uint32_t i = 0; i < entry->evidence_count; i++)
        if (rap_is_quoted(entry, i)) return &entry->evidence[i];
    return entry->evidence_count ? &entry->evidence[0] : NULL;
}

/* ---- entries ------------------------------------------------------------------------ */

typedef struct passing { /* what rap_exporting_each hands on */
    rap_exporting *job;
    rap_entry_sink sink;
    void *state;
} passing;

static rap_status pass_entry(void *state, const rap_entry *entry, rap_error *err)
{
    const passing *p = state;
    rap_exporting *job = p->job;
    rap_entry shown;
    rap_arena_clear(&job->scratch);
    rap_status status = rap_redact_entry(job, entry, &shown, err);
    if (status) return status;
    for (uint32_t i = 0; i < shown.evidence_count; i++)
        rap_exporting_report(job, shown.evidence[i].document)->cited = true;
    job->count->entries++;
    return p->sink(p->state, &shown, err);
}

rap_status rap_exporting_each(rap_exporting *job, rap_entry_sink sink, void *state,
                              rap_error *err)
{
    passing p = {job, sink, state};
    const rap_export_format *format = format_of(job->options->format);
    rap_filter filter = job->options->filter;
    job->count->entries = job->count->left_out = 0; /* of this pass */
    if (format->kinds)
        filter.kinds = filter.kinds ? filter.kinds & format->kinds : format->kinds;
    if (format->kinds && !filter.kinds) return RAP_OK; /* kinds it cannot hold */
    return rap_store_each_entry(job->store, &filter, pass_entry, &p, err);
}

/* ---- the whole ---------------------------------------------------------------------- */

static rap_status check(const rap_export_options *options, rap_error *err)
{
    const rap_export_format *format = format_of(options->format);
    if (!format)
        return rap_fail(err, RAP_E_USAGE, 0, "there is no format \"%s\"",
                        options->format);
    if (options->full_text && !format->holds_text)
        return rap_fail(err, RAP_E_USAGE, 0, "%s has no place for the full text",
                        options->format);
    if (options->full_text && options->redact)
        return rap_fail(err, RAP_E_USAGE, 0,
                        "the full text cannot leave redacted; drop one of the two");
    return RAP_OK;
}

static rap_status open_job(rap_exporting *job, rap_error *err)
{
    rap_language language;
    const char *code = job->options->language ? job->options->language : "en";
    rap_status status = rap_store_hold(job->store, err);
    if (!status) status = rap_language_open(code, &language, err);
    if (!status) status = rap_places_open(&language, &job->places, err);
    if (!status) status = load_actors(job, err);
    if (!status) status = rap_redact_open(job, err);
    if (!status) status = load_reports(job, err);
    return status;
}

rap_status rap_export_record(rap_store *store, const rap_export_options *options,
                             rap_exported *count, rap_error *err)
{
    *count = (rap_exported){0};
    rap_status status = check(options, err);
    if (status) return status;
    rap_exporting job = {.store = store,
                         .options = options,
                         .count = count,
                         .arena = RAP_ARENA(EXPORT_BYTES),
                         .scratch = RAP_ARENA(ENTRY_BYTES),
                         .text_arena = RAP_ARENA(EXPORT_BYTES)};
    const rap_export_format *format = format_of(options->format);
    status = open_job(&job, err);
    if (!status)
        status = rap_out_open(options->path, format->folder, options->standard,
                              &job.out, err);
    if (!status) status = rap_out_close(job.out, format->run(&job, err), err);
    rap_places_close(job.places);
    rap_arena_free(&job.text_arena);
    rap_arena_free(&job.scratch);
    rap_arena_free(&job.arena);
    return status;
}
