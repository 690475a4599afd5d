/*
 * html.h - a bounded HTML parser: bytes to a tree of elements and text.
 *
 * Reads   UTF-8 HTML, any bytes.
 * Writes  rap_html: a flat tree in an arena, in document order.
 * Method  tokenizer after the WHATWG HTML standard (states reduced), and a reduced tree
 *         builder: implied end tags, void and raw text elements, no adoption agency (its
 *         formatting elements do not matter to text). docs/method/html.md says why, with
 *         the measurements against libgumbo.
 * Cost    linear in bytes, no recursion, depth capped at RAP_HTML_DEPTH, attributes at
 *         RAP_HTML_ATTRIBUTES a tag.
 */
#ifndef RAP_HTML_H
#define RAP_HTML_H

#include "base.h"
#include "language.h"

#define RAP_HTML_DEPTH 512u      /* deeper elements become children of the 512th */
#define RAP_HTML_ATTRIBUTES 256u /* further attributes are dropped */

/* This header is the interface that the html author completes: nodes, attributes, walking. */

#endif
