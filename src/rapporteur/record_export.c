/*
 * record_export.c - the record in the formats of others.
 *
 * Method  entries are written by module export from the store alone. Words, trees and times of
 *         documents are not kept: for brat, CoNLL-U and TimeML the documents are read again,
 *         from their stored bytes. Those formats are the text, so it must be asked for.
 */
#include "export.h"
#include "reading_private.h"

/* ---- documents ----------------------------------------------------------------------- */

typedef struct rereading {
    const rap_engine *engine;
    rap_store *store;
    rap_pool *pool;
    rap_teller teller;
    rapporteur_format format;
    rap_out *out;
    FILE *single; /* CoNLL-U */
    const rap_source_rows *chosen;
    uint32_t next; /* of chosen */
    uint64_t written;
} rereading;

int rapporteur_export_reads(const char *format)
{
    return strcmp(format, "brat") == 0 || strcmp(format, "conllu") == 0 ||
           strcmp(format, "timeml") == 0;
}

/* In a thread of the pool. */
static rap_status print_document(void *state, rap_job *job, rap_error *err)
{
    const rereading *r = state;
    if (job->document.error.status) return RAP_OK;
    job->text = rap_document_text(&job->document, r->engine, r->format, &job->len);
    if (job->text) return RAP_OK;
    return rap_fail(err, RAP_E_NOMEM, 0, "%s: no memory to print it", job->item.path);
}

static rap_status put_file(rereading *r, const rap_job *job, const char *ending,
                           rap_slice bytes, rap_error *err)
{
    char hex[65], name[32];
    FILE *file = r->single;
    rap_status status = RAP_OK;
    rap_sha256_hex(&job->document.sha256, hex);
    (void)snprintf(name, sizeof name, "%.12s%s", hex, ending);
    if (!file) status = rap_out_begin(r->out, name, &file, err);
    if (status) return status;
    if (fwrite(bytes.at, 1, bytes.len, file) != bytes.len)
        return rap_fail(err, RAP_E_IO, 0, "%s cannot be written", name);
    return r->single ? RAP_OK : rap_out_end(r->out, file, err);
}

static rap_status deliver_document(void *state, rap_job *job, rap_error *err)
{
    rereading *r = state;
    rap_status status = RAP_OK;
    const rap_slice text = {job->text, (uint32_t)job->len};
    if (job->document.error.status)
        rap_teller_complain(&r->teller, job->item.path, &job->document.error);
    if (!job->text) return rap_teller_done(&r->teller, job->item.bytes.len, err);
    if (r->format == RAPPORTEUR_BRAT) {
        status = put_file(r, job, ".txt", job->document.article.text, err);
        if (!status) status = put_file(r, job, ".ann", text, err);
    } else {
        status = put_file(r, job, ".tml", text, err);
    }
    r->written++;
    return status ? status : rap_teller_done(&r->teller, job->item.bytes.len, err);
}

/* Both lists are in the order of the store: the next one chosen is met next, or later. */
static bool is_next(rereading *r, const rap_sha256 *sha256)
{
    char hex[65];
    rap_sha256_hex(sha256, hex);
    if (r->next == r->chosen->count || strcmp(r->chosen->row[r->next].sha256, hex) != 0)
        return false;
    r->next++;
    return true;
}

static rap_status submit_stored(void *state, const rap_stored_document *d,
                                rap_error *err)
{
    rereading *r = state;
    if (!is_next(r, &d->sha256)) return RAP_OK;
    const rap_item item = rap_item_of_stored(d);
    return rap_pool_submit(r->pool, &item, err);
}

static rap_status read_again(rereading *r, const rapporteur_input *input,
                             rap_error *err)
{
    const rap_pool_options options = {.engine = r->engine,
                                      .threads = input ? input->threads : 0,
                                      .state = r,
                                      .work = print_document,
                                      .deliver = deliver_document};
    FILE *file;
    rap_status status = rap_pool_open(&options, &r->pool, err);
    if (!status && r->format == RAPPORTEUR_CONLLU_OUT)
        status = rap_out_begin(r->out, "documents.conllu", &r->single, err);
    if (!status) status = rap_store_documents(r->store, false, submit_stored, r, err);
    if (!status) status = rap_pool_drain(r->pool, err);
    if (!status && r->format == RAPPORTEUR_BRAT) {
        status = rap_out_begin(r->out, "annotation.conf", &file, err);
        if (!status) rap_brat_configuration(file);
    }
    rap_pool_close(r->pool);
    return status;
}

enum { CHOSEN_BYTES = 1 << 30 };

static rap_status export_documents(rapporteur *engine, rap_store *store,
                                   const rapporteur_export *options,
                                   rapporteur_exported *out, rap_error *err)
{
    static const rapporteur_input none = {0};
    const rapporteur_input *input = options->input ? options->input : &none;
    if (!engine) return rap_fail(err, RAP_E_USAGE, 0, "documents need an engine");
    if (!options->full_text || options->redact)
        return rap_fail(
            err, RAP_E_USAGE, 0,
            "%s is the text of the reports: it leaves with --full-text only",
            options->format);
    rap_arena arena = RAP_ARENA(CHOSEN_BYTES);
    rap_source_rows chosen = {0};
    rereading r = {.engine = engine->engine,
                   .store = store,
                   .teller = {.input = input},
                   .chosen = &chosen};
    (void)rapporteur_format_of(options->format, &r.format);
    const rap_filter filter = rap_filter_of(&options->query);
    rap_status status = rap_store_sources(store, &filter, &arena, &chosen, err);
    r.teller.total = chosen.count;
    if (!status)
        status = rap_out_open(options->path, r.format != RAPPORTEUR_CONLLU_OUT,
                              options->standard, &r.out, err);
    if (!status) status = rap_out_close(r.out, read_again(&r, input, err), err);
    rap_arena_free(&arena);
    *out = (rapporteur_exported){.count = r.written, .documents = 1};
    return status;
}

/* ---- entries ------------------------------------------------------------------------- */

static rap_status kinds_of(const char *names, uint32_t *out, rap_error *err)
{
    rap_slice rest = rap_slice_of(names), name;
    *out = 0;
    while (rest.len && rap_split_next(&rest, ',', &name)) {
        int kind = 0;
        while (kind < RAP_ENTRY_PASSAGE &&
               !rap_slice_is(name, rap_entry_kind_name((rap_entry_kind)kind)))
            kind++;
        if (kind == RAP_ENTRY_PASSAGE)
            return rap_fail(err, RAP_E_USAGE, 0, "there is no kind \"%.*s\"",
                            (int)(name.len < 40 ? name.len : 40), name.at);
        *out |= 1u << kind;
    }
    return RAP_OK;
}

static rap_status export_entries(rap_store *store, const rapporteur_export *options,
                                 rapporteur_exported *out, rap_error *err)
{
    rap_exported count = {0};
    rap_export_options inner = {.format = options->format,
                                .path = options->path,
                                .standard = options->standard,
                                .filter = rap_filter_of(&options->query),
                                .full_text = options->full_text != 0};
    if (options->accepted) inner.filter.review = "accepted,edited";
    if (options->all && !inner.filter.review) inner.filter.review = "all";
    if (options->query.min_confidence < 0)
        inner.filter.min_confidence =
            options->all || options->accepted ? 0 : RAP_SHOWN_CONFIDENCE;
    if (options->redact && !rap_redact_of(options->redact, &inner.redact))
        return rap_fail(err, RAP_E_USAGE, 0,
                        "--redact takes persons, quotes and text, not \"%s\"",
                        options->redact);
    rap_status status = kinds_of(options->kinds, &inner.filter.kinds, err);
    if (!status) status = rap_export_record(store, &inner, &count, err);
    *out = (rapporteur_exported){count.entries, count.left_out, count.why, 0};
    return status;
}

rapporteur_status rapporteur_export_record(rapporteur *engine, const char *record,
                                           const rapporteur_export *options,
                                           rapporteur_exported *out,
                                           rapporteur_error *err)
{
    rap_error why = {0};
    rap_store *store = NULL;
    rapporteur_exported count = {0};
    bool folder;
    rap_status status = RAP_OK;
    const bool reads = rapporteur_export_reads(options->format) != 0;
    if (!reads && !rap_export_is(options->format, &folder))
        status =
            rap_fail(&why, RAP_E_USAGE, 0,
                     "there is no format \"%.20s\"; use csv, jsonl, webannotation, "
                     "csl, bibtex, ris, graphml, gexf, ics, plover, cameo, gdelt, "
                     "timelinejs, geojson, markdown, brat, conllu or timeml",
                     options->format);
    if (!status && options->accepted && (options->all || options->query.review))
        status = rap_fail(&why, RAP_E_USAGE, 0,
                          "accepted contradicts all and review; give one");
    if (!status) status = rap_open_joined(record, &store, &why);
    if (!status)
        status = reads ? export_documents(engine, store, options, &count, &why)
                       : export_entries(store, options, &count, &why);
    rap_store_close(store);
    if (out) *out = count;
    return rap_face_error(status, &why, err);
}
