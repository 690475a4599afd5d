/*
 * store.c - every call goes through the table of functions of the store it is made on.
 *
 * Method  one class today, SQLite. A second one is a file with another table; what
 * chooses between them is the form of the path given to rap_store_open.
 */
#include "store_private.h"

rap_status rap_store_open(const char *path, rap_store_mode mode, rap_store **out,
                          rap_error *err)
{
    *out = NULL;
    return rap_sqlite_open(path, mode, out, err);
}

void rap_store_close(rap_store *store)
{
    if (store) store->functions->close(store);
}

rap_status rap_store_has(rap_store *store, const rap_sha256 *sha256, bool *out,
                         rap_error *err)
{
    return store->functions->has(store, sha256, out, err);
}

rap_status rap_store_begin(rap_store *store, rap_error *err)
{
    return store->functions->begin(store, err);
}

rap_status rap_store_commit(rap_store *store, rap_error *err)
{
    return store->functions->commit(store, err);
}

void rap_store_rollback(rap_store *store)
{
    store->functions->rollback(store);
}

rap_status rap_store_put(rap_store *store, const rap_stored_document *document,
                         rap_error *err)
{
    return store->functions->put(store, document, err);
}

rap_status rap_store_join(rap_store *store, rap_error *err)
{
    return store->functions->join(store, err);
}

rap_status rap_store_made_by(rap_store *store, char out[65], rap_error *err)
{
    return store->functions->made_by(store, out, err);
}

rap_status rap_store_set_made_by(rap_store *store, const char *fingerprint,
                                 rap_error *err)
{
    return store->functions->set_made_by(store, fingerprint, err);
}

rap_status rap_store_is_joined(rap_store *store, bool *out, rap_error *err)
{
    return store->functions->is_joined(store, out, err);
}

rap_status rap_store_count(rap_store *store, uint64_t *documents, rap_error *err)
{
    return store->functions->count(store, documents, err);
}

rap_status rap_store_recall(rap_store *store, const char *name, int64_t otherwise,
                            int64_t *out, rap_error *err)
{
    *out = otherwise;
    return store->functions->recall(store, name, otherwise, out, err);
}

rap_status rap_store_remember(rap_store *store, const char *name, int64_t number,
                              rap_error *err)
{
    return store->functions->remember(store, name, number, err);
}

rap_status rap_store_setting(rap_store *store, const char *name, rap_arena *arena,
                             const char **out, rap_error *err)
{
    *out = "";
    return store->functions->setting(store, name, arena, out, err);
}

rap_status rap_store_set_setting(rap_store *store, const char *name, const char *value,
                                 rap_error *err)
{
    return store->functions->set_setting(store, name, value, err);
}

rap_status rap_store_documents(rap_store *store, bool stale, rap_stored_sink sink,
                               void *state, rap_error *err)
{
    return store->functions->documents(store, stale, sink, state, err);
}

rap_status rap_store_entries(rap_store *store, const rap_filter *filter,
                             rap_arena *arena, rap_entries *out, rap_error *err)
{
    *out = (rap_entries){0};
    return store->functions->entries(store, filter, arena, out, err);
}

rap_status rap_store_hold(rap_store *store, rap_error *err)
{
    return store->functions->hold(store, err);
}

rap_status rap_store_each_entry(rap_store *store, const rap_filter *filter,
                                rap_entry_sink sink, void *state, rap_error *err)
{
    return store->functions->each_entry(store, filter, sink, state, err);
}

rap_status rap_store_find(rap_store *store, const char *question,
                          const rap_filter *filter, rap_arena *arena, rap_entries *out,
                          rap_error *err)
{
    *out = (rap_entries){0};
    return store->functions->find(store, question, filter, arena, out, err);
}

rap_status rap_store_passages(rap_store *store, int64_t document, const char *words,
                              rap_arena *arena, rap_entries *out, rap_error *err)
{
    *out = (rap_entries){0};
    return store->functions->passages(store, document, words, arena, out, err);
}

rap_status rap_store_sources(rap_store *store, const rap_filter *filter,
                             rap_arena *arena, rap_source_rows *out, rap_error *err)
{
    *out = (rap_source_rows){0};
    return store->functions->sources(store, filter, arena, out, err);
}

rap_status rap_store_actors(rap_store *store, const rap_filter *filter,
                            rap_arena *arena, rap_actor_rows *out, rap_error *err)
{
    *out = (rap_actor_rows){0};
    return store->functions->actors(store, filter, arena, out, err);
}

rap_status rap_store_mentions(rap_store *store, const char *key, uint32_t limit,
                              rap_mention_sink sink, void *state, rap_error *err)
{
    return store->functions->mentions(store, key, limit, sink, state, err);
}

rap_status rap_store_zones(rap_store *store, const rap_filter *filter, rap_arena *arena,
                           rap_zone_rows *out, rap_error *err)
{
    *out = (rap_zone_rows){0};
    return store->functions->zones(store, filter, arena, out, err);
}

rap_status rap_store_passage_at(rap_store *store, const char *address, rap_arena *arena,
                                rap_evidence *out, rap_error *err)
{
    *out = (rap_evidence){0};
    return store->functions->passage_at(store, address, arena, out, err);
}

rap_status rap_store_text(rap_store *store, int64_t document, rap_arena *arena,
                          rap_slice *out, rap_error *err)
{
    *out = (rap_slice){"", 0};
    return store->functions->text(store, document, arena, out, err);
}

rap_status rap_store_verify(rap_store *store, void (*report)(void *, const char *),
                            void *state, uint32_t *wrong, rap_error *err)
{
    *wrong = 0;
    return store->functions->verify(store, report, state, wrong, err);
}

/* ---- decide.h ---------------------------------------------------------------------- */

rap_status rap_store_decide(rap_store *store, const rap_decision *decision,
                            rap_decided *out, rap_error *err)
{
    *out = (rap_decided){0};
    return store->functions->decide(store, decision, out, err);
}

rap_status rap_store_log(rap_store *store, const rap_log_filter *filter,
                         rap_arena *arena, rap_log_rows *out, rap_error *err)
{
    *out = (rap_log_rows){0};
    return store->functions->log(store, filter, arena, out, err);
}

rap_status rap_store_decisions(rap_store *store, uint64_t *standing, uint64_t *orphaned,
                               rap_error *err)
{
    *standing = *orphaned = 0;
    return store->functions->decisions(store, standing, orphaned, err);
}

rap_status rap_store_agreement(rap_store *store, rap_arena *arena, rap_agreements *out,
                               rap_error *err)
{
    *out = (rap_agreements){0};
    return store->functions->agreement(store, arena, out, err);
}

rap_status rap_store_changes(rap_store *store, const char *since, const char *id,
                             rap_arena *arena, rap_changes *out, rap_error *err)
{
    *out = (rap_changes){0};
    return store->functions->changes(store, since, id, arena, out, err);
}

rap_status rap_store_purge(rap_store *store, const rap_decision *why,
                           const char *document, const char *person, rap_decided *out,
                           rap_error *err)
{
    *out = (rap_decided){0};
    return store->functions->purge(store, why, document, person, out, err);
}

rap_status rap_store_finish_purge(rap_store *store, rap_error *err)
{
    return store->functions->finish_purge(store, err);
}

rap_status rap_store_is_purging(rap_store *store, bool *out, rap_error *err)
{
    int64_t purging = 0;
    const rap_status status = rap_store_recall(store, "purging", 0, &purging, err);
    *out = purging != 0;
    return status;
}

rap_status rap_store_is_stale(rap_store *store, bool *out, rap_error *err)
{
    int64_t stale = 0;
    const rap_status status = rap_store_recall(store, "stale", 0, &stale, err);
    *out = stale != 0;
    return status;
}

rap_status rap_store_copy_to(rap_store *store, const char *path, rap_error *err)
{
    return store->functions->copy_to(store, path, err);
}

rap_status rap_store_compare(rap_store *store, const char *other,
                             void (*report)(void *, const char *), void *state,
                             uint32_t *wrong, rap_error *err)
{
    *wrong = 0;
    return store->functions->compare(store, other, report, state, wrong, err);
}
