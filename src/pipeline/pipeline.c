/*
 * pipeline.c - every stage in order for one document; see pipeline.h.
 *
 * Memory  a document's arenas may hold MEMORY_FACTOR times its bytes and MEMORY_BASE
 * more; a document that needs more is reported ("memory") and the others go on.
 */
#include "dictionary.h"
#include "pipeline_private.h"

#include <stdlib.h>

enum { MEMORY_FACTOR = 128, MEMORY_BASE = 32 * 1024 * 1024 };

struct rap_engine {
    rap_language language;
    rap_calendar calendar;
    rap_article_knowledge *article;
    rap_token_knowledge *token;
    rap_syntax_knowledge *syntax;
    rap_coref_knowledge *coref;
    rap_name_knowledge *name;
    rap_time_knowledge *time;
    rap_statement_knowledge *statement;
    rap_event_knowledge *event;
    rap_places *places;
    bool strict;
    rap_sha256 fingerprint;
};

/* ---- the engine ------------------------------------------------------------------ */

static rap_status open_stages(rap_engine *engine, const rap_engine_options *options,
                              rap_error *err)
{
    const rap_language *language = &engine->language;
    rap_status status = rap_calendar_open(language, &engine->calendar, err);
    if (!status)
        status = rap_article_open(language, &engine->calendar, &engine->article, err);
    if (!status) status = rap_token_open(language, &engine->token, err);
    if (!status) status = rap_syntax_open(language, &engine->syntax, err);
    if (!status) status = rap_coref_open(language, &engine->coref, err);
    if (!status)
        status = rap_name_open_with(language, options->dictionary, options->actors,
                                    options->actors_path, &engine->name, err);
    if (!status)
        status = rap_time_open(language, &engine->calendar, &engine->time, err);
    if (!status) status = rap_statement_open(language, &engine->statement, err);
    if (!status)
        status =
            rap_event_open_with(language, options->dictionary, &engine->event, err);
    if (!status) status = rap_places_open(language, &engine->places, err);
    return status;
}

/* What the results depend on: the version, the model, every data file, the person's
 * actors and dictionaries. */
static rap_sha256 fingerprint_of(const rap_language *language, uint64_t model,
                                 const rap_engine_options *options)
{
    rap_sha256 digest = rap_sha256_of2(RAP_LIT(RAP_VERSION), options->actors);
    if (options->dictionary) {
        const rap_sha256 *own = &options->dictionary->digest;
        digest =
            rap_sha256_of2((rap_slice){(const char *)digest.byte, sizeof digest.byte},
                           (rap_slice){(const char *)own->byte, sizeof own->byte});
    }
    digest = rap_sha256_of2((rap_slice){(const char *)digest.byte, sizeof digest.byte},
                            (rap_slice){(const char *)&model, sizeof model});
    if (options->strict)
        digest =
            rap_sha256_of2((rap_slice){(const char *)digest.byte, sizeof digest.byte},
                           RAP_LIT("strict"));
    const char *name;
    rap_slice bytes;
    for (uint32_t n = 0; rap_language_list(language, "", n, &name, &bytes); n++) {
        const rap_slice so_far = {(const char *)digest.byte, sizeof digest.byte};
        digest = rap_sha256_of2(so_far, bytes);
    }
    return digest;
}

rap_status rap_engine_open(const rap_engine_options *options, rap_engine **out,
                           rap_error *err)
{
    *out = NULL;
    rap_engine *engine = calloc(1, sizeof *engine);
    if (!engine) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the engine");
    const char *language = options->language ? options->language : "en";
    rap_status status = rap_language_open(language, &engine->language, err);
    if (!status) status = open_stages(engine, options, err);
    if (status) {
        rap_engine_close(engine);
        return status;
    }
    engine->strict = options->strict;
    engine->fingerprint = fingerprint_of(
        &engine->language, rap_syntax_fingerprint(engine->syntax), options);
    *out = engine;
    return RAP_OK;
}

void rap_engine_close(rap_engine *engine)
{
    if (!engine) return;
    rap_places_close(engine->places);
    rap_event_close(engine->event);
    rap_statement_close(engine->statement);
    rap_time_close(engine->time);
    rap_name_close(engine->name);
    rap_coref_close(engine->coref);
    rap_syntax_close(engine->syntax);
    rap_token_close(engine->token);
    rap_article_close(engine->article);
    rap_calendar_close(&engine->calendar);
    free(engine);
}

const rap_places *rap_engine_places(const rap_engine *engine)
{
    return engine->places;
}

rap_sha256 rap_engine_fingerprint(const rap_engine *engine)
{
    return engine->fingerprint;
}

/* ---- one document ------------------------------------------------------------------
 */

/* The article and its tokens: cut by us, or as the file gives them. */
static rap_status read_words(const rap_engine *engine, const rap_item *item,
                             const rap_analysis_options *options, rap_document *doc,
                             rap_error *err)
{
    rap_arena *arena = &doc->arena, *scratch = &doc->scratch;
    if (item->media == RAP_MEDIA_CONLLU)
        return rap_pipeline_given(engine->article, engine->token, item, &doc->decoded,
                                  arena, scratch, &doc->article, &doc->tokens, err);
    const rap_article_options article = {.whole = options->whole};
    const rap_status status =
        rap_article_run(engine->article, item, &doc->decoded, &article, arena, scratch,
                        &doc->article, err);
    rap_arena_clear(scratch);
    return status ? status
                  : rap_token_run(engine->token, &doc->article, arena, scratch,
                                  &doc->tokens, err);
}

static rap_status run_stages(const rap_engine *engine, const rap_item *item,
                             const rap_analysis_options *options, rap_document *doc,
                             rap_error *err)
{
    rap_arena *arena = &doc->arena, *scratch = &doc->scratch;
    rap_status status = rap_ingest_decode(item, arena, &doc->decoded, err);
    if (!status) status = read_words(engine, item, options, doc, err);
    rap_arena_clear(scratch);
    if (!status)
        status = rap_syntax_run(engine->syntax, &doc->article, &doc->tokens, arena,
                                scratch, &doc->syntax, err);
    rap_arena_clear(scratch);
    if (!status)
        status = rap_coref_run(engine->coref, &doc->article, &doc->tokens, &doc->syntax,
                               arena, scratch, &doc->coref, err);
    rap_arena_clear(scratch);
    rap_names names = {0};
    if (!status)
        status = rap_name_run(engine->name, &doc->article, &doc->tokens, &doc->syntax,
                              arena, scratch, &names, err);
    rap_arena_clear(scratch);
    if (!status)
        status = rap_name_join(&names, &doc->coref, &doc->tokens, arena, scratch,
                               &doc->names, err);
    rap_arena_clear(scratch);
    if (!status)
        status = rap_time_run(engine->time, &doc->article, &doc->tokens, &doc->syntax,
                              arena, scratch, &doc->times, err);
    rap_arena_clear(scratch);
    const rap_names undated = doc->names;
    if (!status)
        status = rap_name_date(engine->name, &undated, doc->times.published.earliest,
                               doc->times.published.latest, arena, &doc->names, err);
    const rap_statement_input said = {&doc->article, &doc->tokens, &doc->syntax,
                                      &doc->names, &doc->times};
    if (!status)
        status = rap_statement_run(engine->statement, &said, arena, scratch,
                                   &doc->statements, err);
    rap_arena_clear(scratch);
    const rap_event_input done = {&doc->article, &doc->tokens, &doc->syntax,
                                  &doc->names,   &doc->times,  &doc->statements,
                                  engine->strict};
    if (!status)
        status = rap_event_run(engine->event, &done, arena, scratch, &doc->events, err);
    rap_arena_clear(scratch);
    return status;
}

static void drop_layers(rap_document *doc)
{
    doc->decoded = (rap_decoded){0};
    doc->article = (rap_article){0};
    doc->tokens = (rap_tokens){0};
    doc->syntax = (rap_syntax){0};
    doc->coref = (rap_coref){0};
    doc->names = (rap_names){0};
    doc->times = (rap_times){0};
    doc->statements = (rap_statements){0};
    doc->events = (rap_events){0};
}

rap_status rap_document_read(const rap_engine *engine, const rap_item *item,
                             const rap_analysis_options *options, rap_document *out,
                             rap_error *err)
{
    out->sha256 = item->sha256;
    out->path = item->path;
    out->media = item->media;
    out->bytes = item->bytes.len;
    out->error = (rap_error){0};
    const size_t limit = (size_t)item->bytes.len * MEMORY_FACTOR + MEMORY_BASE;
    out->arena.limit = limit;
    out->scratch.limit = limit;
    if (item->error) {
        out->error = *item->error;
        return RAP_OK;
    }
    rap_status status = run_stages(engine, item, options, out, &out->error);
    if (!status) status = rap_document_check(out, &out->error);
    if (!status) return RAP_OK;
    drop_layers(out);
    (void)err; /* nothing above fails but by the document itself */
    return RAP_OK;
}

void rap_document_clear(rap_document *document)
{
    drop_layers(document);
    rap_arena_clear(&document->arena);
    rap_arena_clear(&document->scratch);
    document->error = (rap_error){0};
}

void rap_document_free(rap_document *document)
{
    drop_layers(document);
    rap_arena_free(&document->arena);
    rap_arena_free(&document->scratch);
}
