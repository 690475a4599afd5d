/*
 * record_watch.c - watching folders: what arrives is added, told of, and searched for.
 *
 * Method  what is below the folders is added as by `add`; then each new document is told
 *         of once, in order of number. The number of the last one told of is kept in the
 *         record, so that a run that was killed between adding and telling is made good by
 *         the next. A record that was never watched begins now: what it holds is old.
 *         A copy of a known text is told of, but fires no search.
 */
#include "export.h"
#include "reading_private.h"
#include "watch_private.h"

#include <stdlib.h>

enum { WAIT_MS = 500, NEWS_BYTES = 256 * 1024 * 1024 };

static const char told_name[] = "told"; /* the last document told of */

typedef struct watch {
    rapporteur *engine;
    const char *record;
    const rapporteur_watching *given;
    rap_arena kept; /* the searches */
    char *file;     /* bytes of their file, malloc'ed */
    rap_searches saved;
    int64_t told;
} watch;

/* ---- searches -------------------------------------------------------------------- */

static rap_status read_searches(watch *w, rap_error *err)
{
    RAP_LIST(rap_search) list = {0};
    char *beside = rap_file_beside(w->record, "searches");
    const char *path = w->given->searches ? w->given->searches : beside;
    uint32_t len = 0;
    rap_status status = path ? rap_read_file(path, &w->file, &len, err) : RAP_OK;
    if (!status && path)
        status = rap_searches_read(path, (rap_slice){w->file, len}, &w->kept, &w->saved,
                                   err);
    free(beside);
    for (uint32_t i = 0; !status && i < w->saved.count; i++)
        if (!rap_push(&w->kept, &list, w->saved.search[i])) status = RAP_E_NOMEM;
    for (size_t i = 0; !status && i < w->given->word_count; i++) {
        const rap_search search = {.name = w->given->words[i],
                                   .words = w->given->words[i]};
        if (!rap_push(&w->kept, &list, search)) status = RAP_E_NOMEM;
    }
    if (status == RAP_E_NOMEM)
        return rap_fail(err, status, 0, "no memory for searches");
    w->saved = (rap_searches){list.at, list.count};
    return status;
}

/* Has the entry evidence where one of `others` has some? */
static bool meets(const rap_entry *entry, const rap_entries *others, int64_t document)
{
    for (uint32_t i = 0; i < entry->evidence_count; i++) {
        const rap_evidence *e = &entry->evidence[i];
        for (uint32_t k = 0; e->document == document && k < others->count; k++)
            for (uint32_t n = 0; n < others->entry[k].evidence_count; n++) {
                const rap_evidence *other = &others->entry[k].evidence[n];
                if (other->document == document && other->span.begin < e->span.end &&
                    e->span.begin < other->span.end)
                    return true;
            }
    }
    return false;
}

/* The members of `from` that stand, or do not stand, where `others` do. */
static rap_status sift(const rap_entries *from, const rap_entries *others, bool stand,
                       int64_t document, rap_arena *arena, rap_entries *out,
                       rap_error *err)
{
    RAP_LIST(rap_entry) kept = {0};
    for (uint32_t i = 0; i < from->count; i++)
        if (meets(&from->entry[i], others, document) == stand &&
            !rap_push(arena, &kept, from->entry[i]))
            return rap_fail(err, RAP_E_NOMEM, 0, "no memory for what was found");
    *out = (rap_entries){kept.at, kept.count};
    return RAP_OK;
}

/* Words must stand in the document's own passages: an entry is also found by its title and
 * by what other reports say of it, which is nothing new. */
static rap_status search_document(rap_store *store, const rap_search *search,
                                  int64_t document, rap_arena *arena,
                                  rap_search_hit *out, rap_error *err)
{
    rap_filter filter = search->filter;
    rap_entries passages = {0}, entries = {0};
    *out = (rap_search_hit){.search = search->name, .words = search->words};
    filter.about = search->words;
    filter.document = rap_arena_printf(arena, "%lld", (long long)document);
    if (filter.min_confidence == 0) filter.min_confidence = RAP_FOUND_CONFIDENCE;
    rap_status status = rap_store_entries(store, &filter, arena, &entries, err);
    if (status || !search->words[0]) return out->entries = entries, status;
    status = rap_store_passages(store, document, search->words, arena, &passages, err);
    if (!status)
        status = sift(&entries, &passages, true, document, arena, &out->entries, err);
    if (!status && !search->filtered)
        status =
            sift(&passages, &out->entries, false, document, arena, &out->passages, err);
    return status;
}

static rap_status search_all(const watch *w, rap_store *store,
                             const rap_source_row *source, rap_arena *arena,
                             rap_arrival *out, rap_error *err)
{
    RAP_LIST(rap_search_hit) hits = {0};
    rap_status status = RAP_OK;
    if (source->copy_of || source->error_code[0]) return RAP_OK;
    for (uint32_t i = 0; !status && i < w->saved.count; i++) {
        rap_search_hit hit;
        status = search_document(store, &w->saved.search[i], source->document, arena,
                                 &hit, err);
        if (!status && (hit.entries.count || hit.passages.count) &&
            !rap_push(arena, &hits, hit))
            status = rap_fail(err, RAP_E_NOMEM, 0, "no memory for what was found");
    }
    out->hit = hits.at;
    out->hits = hits.count;
    return status;
}

/* ---- telling --------------------------------------------------------------------- */

/* The arrival as text or JSON, malloc'ed. */
static rap_status written(const rap_arrival *arrival, bool json, char **out,
                          rap_error *err)
{
    size_t len = 0;
    FILE *file = open_memstream(out, &len);
    if (!file) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for what is new");
    rap_status status = rap_export_arrival(arrival, json, file, err);
    if (fclose(file) != 0 && !status)
        status = rap_fail(err, RAP_E_NOMEM, 0, "no memory for what is new");
    return status;
}

static rap_status tell_document(watch *w, rap_store *store,
                                const rap_source_row *source, rap_error *err)
{
    rap_arena arena = {.limit = NEWS_BYTES};
    rap_arrival arrival = {.source = source};
    char *text = NULL, *json = NULL;
    rap_status status = search_all(w, store, source, &arena, &arrival, err);
    if (!status) status = written(&arrival, false, &text, err);
    if (!status) status = written(&arrival, true, &json, err);
    if (!status && w->given->tell(w->given->state, text, json,
                                  arrival.hits > 0 || w->saved.count == 0))
        status =
            rap_fail(err, RAP_E_STOPPED, 0, "stopped while telling of document %lld",
                     (long long)source->document);
    free(text);
    free(json);
    rap_arena_free(&arena);
    return status;
}

static rap_status remember(watch *w, rap_store *store, int64_t told, rap_error *err)
{
    rap_status status = rap_store_begin(store, err);
    if (!status) status = rap_store_remember(store, told_name, told, err);
    if (!status) status = rap_store_commit(store, err);
    w->told = told;
    return status;
}

/* Tell of each document after the last one told of, and remember it. */
static rap_status tell_news(watch *w, rap_error *err)
{
    rap_arena arena = {.limit = NEWS_BYTES};
    rap_source_rows rows = {0};
    rap_store *store;
    const rap_filter newer = {.after = w->told};
    rap_status status = rap_store_open(w->record, RAP_STORE_WRITE, &store, err);
    if (!status) status = rap_store_sources(store, &newer, &arena, &rows, err);
    for (uint32_t i = 0; !status && i < rows.count; i++) {
        status = tell_document(w, store, &rows.row[i], err);
        if (!status) status = remember(w, store, rows.row[i].document, err);
    }
    rap_store_close(store);
    rap_arena_free(&arena);
    return status;
}

/* ---- the loop -------------------------------------------------------------------- */

static rap_status add(watch *w, const char *const *paths, size_t count, rap_error *err)
{
    rapporteur_input input = *w->given->input;
    rapporteur_error why;
    input.paths = paths;
    input.path_count = count;
    const rapporteur_status status =
        rapporteur_add(w->engine, w->record, &input, NULL, &why);
    if (status && status != RAPPORTEUR_E_STOPPED)
        return rap_fail(err, (rap_status)status, why.at, "%s", why.text);
    const rap_status told = tell_news(w, err);
    if (told || !status) return told;
    return rap_fail(err, RAP_E_STOPPED, 0, "%s", why.text);
}

/* Where the last run stopped; the end of the record, when it was never watched. */
static rap_status begin(watch *w, rap_error *err)
{
    rap_store *store;
    rap_arena arena = {.limit = NEWS_BYTES};
    rap_source_rows rows = {0};
    rap_status status = rap_store_open(w->record, RAP_STORE_WRITE, &store, err);
    if (status == RAP_E_NOTFOUND) return RAP_OK; /* a new record: all is news */
    const rap_filter all = {0};
    if (!status) status = rap_store_recall(store, told_name, -1, &w->told, err);
    if (!status && w->told < 0)
        status = rap_store_sources(store, &all, &arena, &rows, err);
    if (!status && w->told < 0)
        status =
            remember(w, store, rows.count ? rows.row[rows.count - 1].document : 0, err);
    rap_store_close(store);
    rap_arena_free(&arena);
    return status;
}

static rap_status wait_and_add(watch *w, rap_folder_watch *folders, rap_error *err)
{
    const rapporteur_input *input = w->given->input;
    const char *const *paths = NULL;
    size_t count = 0;
    rap_status status = rap_folder_watch_wait(folders, WAIT_MS, &paths, &count, err);
    if (!status && count) status = add(w, paths, count, err);
    if (!status && input->progress && input->progress(input->state, 0, 0, 0))
        status = rap_fail(err, RAP_E_STOPPED, 0, "stopped");
    return status;
}

rapporteur_status rapporteur_watch(rapporteur *engine, const char *record,
                                   const rapporteur_watching *watching,
                                   rapporteur_error *err)
{
    rap_error why = {0};
    watch w = {.engine = engine,
               .record = record,
               .given = watching,
               .kept = {.limit = NEWS_BYTES}};
    const rapporteur_input *input = watching->input;
    rap_folder_watch *folders = NULL;
    rap_status status = read_searches(&w, &why);
    /* Watched before the first look, so that nothing slips between the two. */
    if (!status && !watching->once)
        status = rap_folder_watch_open(input->paths, input->path_count, &folders, &why);
    if (!status) status = begin(&w, &why);
    if (!status) status = add(&w, input->paths, input->path_count, &why);
    while (!status && !watching->once) status = wait_and_add(&w, folders, &why);
    rap_folder_watch_close(folders);
    rap_arena_free(&w.kept);
    free(w.file);
    return rap_face_error(status, &why, err);
}
