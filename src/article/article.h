/*
 * article.h - one document's text, its zones and what it says of itself.
 *
 * Reads   decoded bytes (ingest), what was given with them.
 * Writes  rap_article: the text, zones over it, metadata.
 * Method  plain text: line blocks classified by position, shape and cue lists
 *         (data/LANG/article); HTML: rendered once in document order, blocks scored by
 *         text density, link density and structure; docs/method/article.md.
 * Invariant  text is UTF-8. For UTF-8 plain text it is the file's bytes. Zones rise and do
 *         not overlap; together they hold every byte that is not white space.
 */
#ifndef RAP_ARTICLE_H
#define RAP_ARTICLE_H

#include "base.h"
#include "date.h"
#include "ingest.h"
#include "language.h"

typedef enum rap_zone_kind {
    RAP_ZONE_TITLE,
    RAP_ZONE_STANDFIRST,
    RAP_ZONE_BYLINE,
    RAP_ZONE_DATELINE, /* a line that dates the report, with or without a place */
    RAP_ZONE_BODY,     /* subheads, quotations, lists and tables included */
    RAP_ZONE_CAPTION,
    RAP_ZONE_CREDIT,
    RAP_ZONE_BIO,
    RAP_ZONE_COMMENTS,
    RAP_ZONE_RELATED,
    RAP_ZONE_DISCLAIMER,
    RAP_ZONE_BOILERPLATE,
    RAP_ZONE_DUPLICATE,
    RAP_ZONE_KINDS
} rap_zone_kind;
const char *rap_zone_name(rap_zone_kind kind); /* "title", ... as in DESIGN.md */

typedef struct rap_zone { /* one block: a paragraph, a line, a list item */
    rap_span span;        /* without white space at its edges */
    rap_zone_kind kind;
    const char *sub; /* finer label ("subhead", "comment-author", "form"), or NULL */
    uint32_t duplicate_of; /* index of the zone whose words these are, or RAP_NONE */
} rap_zone;

typedef enum rap_basis {
    RAP_BASIS_UNKNOWN,
    RAP_BASIS_STATED,   /* the document says so: dateline, metadata */
    RAP_BASIS_INFERRED, /* follows from other things it says */
    RAP_BASIS_GIVEN     /* the person said so */
} rap_basis;
const char *rap_basis_name(rap_basis basis); /* "stated", ... */

typedef struct rap_field { /* a piece of metadata */
    rap_slice text;        /* len 0: not known */
    rap_span span;         /* where the text says so; empty if not in the text */
    rap_basis basis;
} rap_field;

typedef struct rap_published {
    rap_date date;            /* as precise as known */
    rap_day earliest, latest; /* RAP_NO_DAY: open */
    rap_basis basis;
    rap_spans evidence; /* the words it was read from */
} rap_published;

typedef enum rap_article_kind {
    RAP_KIND_REPORT,
    RAP_KIND_OPINION,
    RAP_KIND_STATEMENT, /* a text issued by a party itself */
    RAP_KIND_INTERVIEW
} rap_article_kind;
const char *rap_article_kind_name(rap_article_kind kind);

typedef struct rap_article {
    rap_slice text;      /* UTF-8, all spans refer to it */
    const rap_run *runs; /* [run_count] text -> source bytes; 0 runs: the same */
    uint32_t run_count;
    const rap_zone *zone; /* [zones] */
    uint32_t zones;
    rap_field title, author, outlet, url;
    char language[4]; /* ISO 639-1, "und" when unknown */
    rap_article_kind kind;
    rap_published published; /* stated or given only: the time stage infers the rest */
    bool truncated;          /* the text breaks off within a sentence at its end */
} rap_article;

typedef struct rap_article_options {
    bool
        whole; /* --zones none: all of the text is body, paragraphs between blank lines */
} rap_article_options;

typedef struct rap_article_knowledge
    rap_article_knowledge; /* cue lists; const, shared */
rap_status rap_article_open(const rap_language *language, const rap_calendar *calendar,
                            rap_article_knowledge **out, rap_error *err) RAP_CHECKED;
void rap_article_close(rap_article_knowledge *knowledge);

/*
 * Read one document. `item` gives the media type and what was given with it; `decoded` its
 * text. The layer lives in `arena`; `scratch` may be cleared afterwards.
 * RAP_E_NOMEM: an arena is full. On failure `out` is empty.
 */
rap_status rap_article_run(const rap_article_knowledge *knowledge, const rap_item *item,
                           const rap_decoded *decoded,
                           const rap_article_options *options, rap_arena *arena,
                           rap_arena *scratch, rap_article *out,
                           rap_error *err) RAP_CHECKED;

#endif
