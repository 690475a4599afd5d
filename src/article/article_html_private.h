/*
 * article_html_private.h - what the files that read HTML articles share.
 *
 * Flow    render: tree -> text, runs and blocks; roles: class words and elements -> a
 * role a node; body: blocks -> zones; meta: metadata. docs/method/html.md.
 */
#ifndef RAP_ARTICLE_HTML_PRIVATE_H
#define RAP_ARTICLE_HTML_PRIVATE_H

#include "article.h"
#include "html.h"

enum { HTML_NO_ROLE = RAP_ZONE_KINDS }; /* neither for nor against being the body */

typedef enum html_field { /* the rows of html-meta.tsv */
                          HTML_PUBLISHED,
                          HTML_TITLE,
                          HTML_AUTHOR,
                          HTML_OUTLET,
                          HTML_URL,
                          HTML_DESCRIPTION,
                          HTML_SECTION,
                          HTML_LANGUAGE,
                          HTML_BYLINE_PREFIX,
                          HTML_NO_AUTHOR,
                          HTML_KIND_OPINION,
                          HTML_KIND_INTERVIEW,
                          HTML_KIND_STATEMENT,
                          HTML_FIELDS
} html_field;

typedef struct rap_article_html_knowledge {
    rap_arena arena;
    rap_html_knowledge *html;
    const rap_calendar *calendar;
    rap_map class_words;                          /* "article-body" -> rap_zone_kind */
    rap_map line_start, line_whole, line_section; /* folded line -> rap_zone_kind */
    rap_map line_part;                            /* two words anywhere in a line */
    uint8_t tag_role[RAP_HTML_TAGS];              /* rap_zone_kind or HTML_NO_ROLE */
    rap_map meta[HTML_FIELDS];                    /* lower-case name -> rank */
} rap_article_html_knowledge;

typedef struct html_block { /* text without a block boundary in it */
    rap_span span;          /* in the text, without white space at its edges */
    uint32_t node;          /* the innermost block element that holds it */
    uint32_t first_node;    /* its first text node */
    uint32_t words, link_words;
    uint8_t role; /* of its nearest marked ancestor: rap_zone_kind or HTML_NO_ROLE */
    uint8_t line_role; /* by its own words */
    bool heading;      /* within h1 to h6 */
    bool linked;       /* its first word is in a link */
    bool ends;         /* its last words end a sentence */
    bool prose;        /* words enough, sentences, few links */
    bool kept;         /* part of the body */
    rap_zone_kind zone;
    const char *sub;
} html_block;

typedef struct html_page {
    const rap_article_html_knowledge *knowledge;
    const rap_html_tree *tree;
    rap_arena *arena, *scratch;
    char *text; /* UTF-8, from the arena */
    uint32_t len;
    RAP_LIST(rap_run) run; /* text -> decoded text */
    html_block *block;     /* [blocks] in the order of the page */
    uint32_t blocks;
    uint8_t *role;     /* [nodes] own or inherited */
    uint8_t *own_role; /* [nodes] of the element itself */
    uint32_t *around;  /* [nodes] the innermost block element that holds the node */
    uint32_t *words;   /* [nodes] below the node */
    uint32_t *links;   /* [nodes] words in links below the node */
    uint32_t *prose;   /* [nodes] words in prose blocks below the node */
    double *value;     /* [nodes] how much like an article, summed over its blocks */
} html_page;

typedef struct html_meta { /* what the page says of itself outside its visible text */
    rap_slice title, headline, author, outlet, url, description, section;
    rap_slice host;
    rap_date date; /* precision NONE: not known */
    rap_basis date_basis;
    char language[4];
} html_meta;

rap_status rap_article_html_open(const rap_language *language,
                                 const rap_calendar *calendar,
                                 rap_article_html_knowledge **out,
                                 rap_error *err) RAP_CHECKED;
void rap_article_html_close(rap_article_html_knowledge *knowledge);

/*
 * Read an HTML document: text, zones, metadata. What `item` gives wins over what the
 * page says. RAP_E_NOMEM: an arena is full; `out` is then empty.
 */
rap_status rap_article_html(const rap_article_html_knowledge *knowledge,
                            const rap_item *item, const rap_decoded *decoded,
                            rap_arena *arena, rap_arena *scratch, rap_article *out,
                            rap_error *err) RAP_CHECKED;

/* The steps; false when an arena is full. */
bool rap_article_html_render(html_page *page) RAP_CHECKED;
bool rap_article_html_roles(html_page *page) RAP_CHECKED;
bool rap_article_html_choose(html_page *page, const html_meta *meta) RAP_CHECKED;
bool rap_article_html_meta(const html_page *page, html_meta *out) RAP_CHECKED;
/* What only the visible text says: byline, dated lines. */
bool rap_article_html_fields(const html_page *page, const html_meta *meta,
                             const rap_item *item, rap_article *out) RAP_CHECKED;
/* The zone kind that the line's words give away, or HTML_NO_ROLE. */
uint8_t rap_article_html_line(const rap_article_html_knowledge *knowledge,
                              rap_slice line, bool section);
/* Bytes of the byline prefix ("by") that begins the line; 0 without one. */
uint32_t rap_article_html_prefix(const html_page *page, rap_slice line);
bool rap_article_html_is_block(rap_html_tag tag);
bool rap_article_html_is_heading(rap_html_tag tag);

#endif
