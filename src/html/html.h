/*
 * html.h - a bounded HTML parser: bytes to a tree of elements and text.
 *
 * Reads   UTF-8 HTML, any bytes; the named character references (html/entities.tsv).
 * Writes  a flat tree in an arena: nodes in document order, a node's descendants
 * directly after it. Text is borrowed from the source or, where a character reference
 * was decoded, lives in the arena. Method  tokenizer after the WHATWG HTML standard
 * (states reduced), and a reduced tree builder: implied end tags, void and raw text
 * elements, no adoption agency and no foster parenting (they do not matter to text, and
 * so the tree keeps the order of the source). docs/method/html.md has the measurements
 * against libgumbo. Cost    linear in bytes, no recursion, depth capped at
 * RAP_HTML_DEPTH, attributes at RAP_HTML_ATTRIBUTES a tag; some 40 bytes of arena a
 * node.
 */
#ifndef RAP_HTML_H
#define RAP_HTML_H

#include "base.h"
#include "language.h"

#define RAP_HTML_DEPTH 512u      /* deeper elements become children of the 512th */
#define RAP_HTML_ATTRIBUTES 256u /* further attributes are dropped */

/* What a node is. The elements this program or its parser must know; others are OTHER.
 */
typedef enum rap_html_tag {
    RAP_HTML_TEXT, /* not an element */
    RAP_HTML_OTHER,
    RAP_HTML_A,
    RAP_HTML_ABBR,
    RAP_HTML_ACRONYM,
    RAP_HTML_ADDRESS,
    RAP_HTML_APPLET,
    RAP_HTML_AREA,
    RAP_HTML_ARTICLE,
    RAP_HTML_ASIDE,
    RAP_HTML_AUDIO,
    RAP_HTML_B,
    RAP_HTML_BASE,
    RAP_HTML_BDI,
    RAP_HTML_BDO,
    RAP_HTML_BIG,
    RAP_HTML_BLOCKQUOTE,
    RAP_HTML_BODY,
    RAP_HTML_BR,
    RAP_HTML_BUTTON,
    RAP_HTML_CANVAS,
    RAP_HTML_CAPTION,
    RAP_HTML_CENTER,
    RAP_HTML_CITE,
    RAP_HTML_CODE,
    RAP_HTML_COL,
    RAP_HTML_COLGROUP,
    RAP_HTML_DATA,
    RAP_HTML_DATALIST,
    RAP_HTML_DD,
    RAP_HTML_DEL,
    RAP_HTML_DESC,
    RAP_HTML_DETAILS,
    RAP_HTML_DFN,
    RAP_HTML_DIALOG,
    RAP_HTML_DIR,
    RAP_HTML_DIV,
    RAP_HTML_DL,
    RAP_HTML_DT,
    RAP_HTML_EM,
    RAP_HTML_EMBED,
    RAP_HTML_FIELDSET,
    RAP_HTML_FIGCAPTION,
    RAP_HTML_FIGURE,
    RAP_HTML_FONT,
    RAP_HTML_FOOTER,
    RAP_HTML_FOREIGNOBJECT,
    RAP_HTML_FORM,
    RAP_HTML_H1,
    RAP_HTML_H2,
    RAP_HTML_H3,
    RAP_HTML_H4,
    RAP_HTML_H5,
    RAP_HTML_H6,
    RAP_HTML_HEAD,
    RAP_HTML_HEADER,
    RAP_HTML_HGROUP,
    RAP_HTML_HR,
    RAP_HTML_HTML,
    RAP_HTML_I,
    RAP_HTML_IFRAME,
    RAP_HTML_IMG,
    RAP_HTML_INPUT,
    RAP_HTML_INS,
    RAP_HTML_KBD,
    RAP_HTML_LABEL,
    RAP_HTML_LEGEND,
    RAP_HTML_LI,
    RAP_HTML_LINK,
    RAP_HTML_MAIN,
    RAP_HTML_MAP,
    RAP_HTML_MARK,
    RAP_HTML_MARQUEE,
    RAP_HTML_MATH,
    RAP_HTML_MENU,
    RAP_HTML_META,
    RAP_HTML_METER,
    RAP_HTML_NAV,
    RAP_HTML_NOBR,
    RAP_HTML_NOEMBED,
    RAP_HTML_NOFRAMES,
    RAP_HTML_NOSCRIPT,
    RAP_HTML_OBJECT,
    RAP_HTML_OL,
    RAP_HTML_OPTGROUP,
    RAP_HTML_OPTION,
    RAP_HTML_OUTPUT,
    RAP_HTML_P,
    RAP_HTML_PARAM,
    RAP_HTML_PICTURE,
    RAP_HTML_PLAINTEXT,
    RAP_HTML_PRE,
    RAP_HTML_PROGRESS,
    RAP_HTML_Q,
    RAP_HTML_RP,
    RAP_HTML_RT,
    RAP_HTML_RUBY,
    RAP_HTML_S,
    RAP_HTML_SAMP,
    RAP_HTML_SCRIPT,
    RAP_HTML_SEARCH,
    RAP_HTML_SECTION,
    RAP_HTML_SELECT,
    RAP_HTML_SMALL,
    RAP_HTML_SOURCE,
    RAP_HTML_SPAN,
    RAP_HTML_STRIKE,
    RAP_HTML_STRONG,
    RAP_HTML_STYLE,
    RAP_HTML_SUB,
    RAP_HTML_SUMMARY,
    RAP_HTML_SUP,
    RAP_HTML_SVG,
    RAP_HTML_TABLE,
    RAP_HTML_TBODY,
    RAP_HTML_TD,
    RAP_HTML_TEMPLATE,
    RAP_HTML_TEXTAREA,
    RAP_HTML_TFOOT,
    RAP_HTML_TH,
    RAP_HTML_THEAD,
    RAP_HTML_TIME,
    RAP_HTML_TITLE,
    RAP_HTML_TR,
    RAP_HTML_TRACK,
    RAP_HTML_TT,
    RAP_HTML_U,
    RAP_HTML_UL,
    RAP_HTML_VAR,
    RAP_HTML_VIDEO,
    RAP_HTML_WBR,
    RAP_HTML_XMP,
    RAP_HTML_TAGS
} rap_html_tag;

typedef struct rap_html_attribute {
    rap_slice name;  /* as in the source; compare without case */
    rap_slice value; /* references decoded */
} rap_html_attribute;

typedef struct rap_html_node {
    rap_slice text;      /* TEXT: its characters; elements: the tag's name as written */
    uint32_t parent;     /* below this node's index; RAP_NONE for node 0 */
    uint32_t end;        /* one past the last descendant: [i + 1, end) lie within i */
    uint32_t source;     /* byte offset of the text, the reference or the start tag */
    uint32_t source_end; /* one past it; 0-wide for an implied element */
    uint32_t attribute;  /* first of its attributes */
    uint16_t attributes; /* how many, at most RAP_HTML_ATTRIBUTES */
    uint8_t tag;         /* rap_html_tag */
    bool decoded;        /* TEXT: a character reference, so text and source differ */
} rap_html_node;

typedef struct rap_html_tree {
    const rap_html_node *node; /* [count]; node 0 is <html>, implied if need be */
    uint32_t count;
    const rap_html_attribute *attribute;
    uint32_t attributes;
} rap_html_tree;

typedef struct rap_html_knowledge rap_html_knowledge; /* const after opening, shared */
/* RAP_E_MODEL: entities.tsv is missing or malformed. RAP_E_NOMEM. */
rap_status rap_html_open(const rap_language *language, rap_html_knowledge **out,
                         rap_error *err) RAP_CHECKED;
void rap_html_close(rap_html_knowledge *knowledge); /* NULL does nothing */

/*
 * Parse `bytes`, which must live as long as the tree. Every input gives a tree.
 * RAP_E_NOMEM: the arena is full; `out` is then empty.
 */
rap_status rap_html_parse(const rap_html_knowledge *knowledge, rap_slice bytes,
                          rap_arena *arena, rap_html_tree *out,
                          rap_error *err) RAP_CHECKED;

/* The first child of `i` and the next sibling of `i`; RAP_NONE when there is none. */
uint32_t rap_html_first(const rap_html_tree *tree, uint32_t i);
uint32_t rap_html_next(const rap_html_tree *tree, uint32_t i);
/* The value of attribute `name` (lower case) of node `i`; NULL if it has none. */
const rap_slice *rap_html_attribute_of(const rap_html_tree *tree, uint32_t i,
                                       const char *name);
/* The characters of all text below `i`, as they stand, in the arena; at == NULL if
 * refused. */
rap_slice rap_html_text_of(const rap_html_tree *tree, uint32_t i,
                           rap_arena *arena) RAP_CHECKED;
const char *rap_html_tag_name(rap_html_tag tag); /* "p"; "" for TEXT and OTHER */

#endif
