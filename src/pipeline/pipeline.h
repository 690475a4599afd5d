/*
 * pipeline.h - every stage in order, for one document.
 *
 * Reads   a rap_item.  Writes  a rap_document: all its layers in one arena.
 * The engine is const after opening and shared by threads; a rap_document is one
 * thread's.
 */
#ifndef RAP_PIPELINE_H
#define RAP_PIPELINE_H

#include "article.h"
#include "coref.h"
#include "event.h"
#include "exchange.h"
#include "ingest.h"
#include "name.h"
#include "statement.h"
#include "syntax.h"
#include "timex.h"
#include "token.h"

typedef struct rap_engine rap_engine;

typedef struct rap_engine_options {
    const char *language; /* "en" */
    rap_slice actors;     /* the person's actor file; may be empty */
    const char *actors_path;
    const struct rap_dictionary *dictionary; /* must outlive the engine; NULL: none */
    bool strict; /* event types by PLOVER's own rules */
} rap_engine_options;
rap_status rap_engine_open(const rap_engine_options *options, rap_engine **out,
                           rap_error *err) RAP_CHECKED;
void rap_engine_close(rap_engine *engine);
const rap_places *rap_engine_places(const rap_engine *engine);
/* Digest of versions and data of all stages: a record made by another is stale. */
rap_sha256 rap_engine_fingerprint(const rap_engine *engine);

typedef struct rap_document {
    rap_arena arena, scratch; /* both limited by the document's size */
    rap_sha256 sha256;
    const char *path;
    rap_media media;
    uint32_t bytes; /* of the source */
    rap_decoded decoded;
    rap_article article;
    rap_tokens tokens;
    rap_syntax syntax;
    rap_coref coref;
    rap_names names;
    rap_times times;
    rap_statements statements;
    rap_events events;
    rap_error error; /* status RAP_OK: the layers are whole */
} rap_document;

typedef struct rap_analysis_options {
    bool whole; /* --zones none */
} rap_analysis_options;

/*
 * Read `item` into `out`, which must be zeroed or cleared. A document that cannot be
 * read is RAP_OK with out->error set; only a lack of memory fails. The item must
 * outlive `out`.
 */
rap_status rap_document_read(const rap_engine *engine, const rap_item *item,
                             const rap_analysis_options *options, rap_document *out,
                             rap_error *err) RAP_CHECKED;
void rap_document_clear(rap_document *document); /* for the next one, memory kept */
void rap_document_free(rap_document *document);

/* Verifies spans, order, indices and counts of every layer: RAP_E_INPUT names what is
 * wrong. Always run before a document is stored. */
rap_status rap_document_check(const rap_document *document, rap_error *err) RAP_CHECKED;

/* The document as "rapporteur.document/1" (docs/format/jsonl.md), one line with its
 * newline. The text is malloc'ed; the caller frees it. NULL if there is no memory. */
char *rap_document_json(const rap_document *document, size_t *len);
/* The same; each event has "explain": what made it (docs/format/jsonl.md). */
char *rap_document_json_explained(const rap_document *document, size_t *len);
/* The document in CoNLL-U; as above. */
char *rap_document_conllu(const rap_document *document, size_t *len);
/* Its layers as brat standoff over the document's text, its times and events as TimeML
 * (docs/format/exports.md); as above. */
char *rap_document_brat(const rap_document *document, size_t *len);
char *rap_document_timeml(const rap_document *document, size_t *len);
/* brat's annotation.conf for such files. */
void rap_brat_configuration(FILE *out);

typedef enum rap_coded_format {
    RAP_CODED_PLOVER,
    RAP_CODED_CAMEO,
    RAP_CODED_GDELT,
    RAP_CODED_GDELT_MENTIONS
} rap_coded_format;
/* Its events as rows of event data; as above. */
char *rap_document_coded(const rap_document *document, const rap_places *places,
                         rap_coded_format format, size_t *len);

#endif
