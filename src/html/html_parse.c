/*
 * html_parse.c - tokenizer and tree builder; see html.h.
 *
 * Reads   UTF-8 HTML, any bytes.
 * Writes  nodes in the order of the source.
 * Method  one pass. A tag is read whole, then the stack of open elements is adjusted as
 * the WHATWG standard's tree construction says for it, reduced to what moves text from
 *         one element to another. Searches on the stack end at the standard's scope
 *         markers, and at once when no such element is open.
 * Cost    linear: a search walks at most RAP_HTML_DEPTH entries.
 */
#include "html.h"
#include "html_private.h"

typedef struct open_element {
    uint32_t node, hash; /* hash of the lower-case name: tells OTHER elements apart */
    rap_html_tag tag;
} open_element;

typedef struct parser {
    const rap_html_knowledge *knowledge;
    rap_slice in;
    uint32_t at;   /* next byte */
    uint32_t mark; /* where the token at hand begins */
    rap_arena *arena;
    RAP_LIST(rap_html_node) node;
    RAP_LIST(rap_html_attribute) attribute;
    open_element open[RAP_HTML_DEPTH];
    uint32_t depth;  /* open elements, at least 1 */
    uint32_t beyond; /* open elements below the deepest, not kept in `open` */
    uint16_t is_open[RAP_HTML_TAGS]; /* how many of each are in `open` */
    bool head_seen, body_seen, full;
} parser;

typedef struct tag_token {
    rap_html_tag tag;
    rap_slice name;
    uint32_t hash;
    uint32_t begin, end; /* the tag in the source */
    uint32_t attribute;
    uint16_t attributes;
    bool closes_itself; /* "/>" */
} tag_token;

/* ---- the stack of open elements
 * ------------------------------------------------------ */

static rap_html_tag top(const parser *p)
{
    return p->open[p->depth - 1].tag;
}

/* Close the elements from open[from] on. <html> stays. */
static void pop_from(parser *p, uint32_t from)
{
    assert(from > 0);
    while (p->depth > from) {
        const open_element *last = &p->open[--p->depth];
        p->node.at[last->node].end = p->node.count;
        p->is_open[last->tag]--;
    }
    p->beyond = 0;
}

/* The innermost open `tag` not hidden behind an element with one of the traits `stop`,
 * nor behind `also`; 0 if there is none. */
static uint32_t find_open(const parser *p, rap_html_tag tag, uint32_t hash,
                          uint32_t stop, rap_html_tag also)
{
    if (!p->is_open[tag]) return 0;
    for (uint32_t d = p->depth; d-- > 1;) {
        const open_element *e = &p->open[d];
        if (e->tag == tag && (tag != RAP_HTML_OTHER || e->hash == hash)) return d;
        if (e->tag == also || rap_html_traits(e->tag) & stop) return 0;
    }
    return 0;
}

static bool in_table_mask(rap_html_tag tag, rap_html_tag level)
{
    const bool cell =
        tag == RAP_HTML_TD || tag == RAP_HTML_TH || tag == RAP_HTML_CAPTION;
    if (level == RAP_HTML_TD) return cell;
    if (level == RAP_HTML_TR) return cell || tag == RAP_HTML_TR;
    return tag != RAP_HTML_TABLE && rap_html_traits(tag) & TRAIT_TABLE;
}

/* Close the parts of the current table that cannot hold a new part of `level`: TD
 * closes cells, TR cells and rows, TBODY everything but the table. */
static void close_table_parts(parser *p, rap_html_tag level)
{
    uint32_t from = 0;
    for (uint32_t d = p->depth; d-- > 1;) {
        const rap_html_tag tag = p->open[d].tag;
        if (tag == RAP_HTML_TABLE || tag == RAP_HTML_TEMPLATE) break;
        if (in_table_mask(tag, level)) from = d;
    }
    if (from) pop_from(p, from);
}

/* A table straight inside a table, outside its cells, ends it. */
static void close_bare_table(parser *p)
{
    if (!p->is_open[RAP_HTML_TABLE]) return;
    for (uint32_t d = p->depth; d-- > 1;) {
        const rap_html_tag tag = p->open[d].tag;
        if (tag == RAP_HTML_TABLE) {
            pop_from(p, d);
            return;
        }
        if (rap_html_traits(tag) & TRAIT_SCOPE) return;
    }
}

/* ---- nodes
 * --------------------------------------------------------------------------- */

static uint32_t add_node(parser *p, rap_html_node node)
{
    node.parent = p->depth ? p->open[p->depth - 1].node : RAP_NONE;
    node.end = p->node.count + 1;
    if (!rap_push(p->arena, &p->node, node)) {
        p->full = true;
        return RAP_NONE;
    }
    return p->node.count - 1;
}

static void add_text(parser *p, rap_slice text, uint32_t begin, uint32_t end,
                     bool decoded)
{
    if (!text.len || p->full) return;
    (void)add_node(p, (rap_html_node){.text = text,
                                      .source = begin,
                                      .source_end = end,
                                      .tag = RAP_HTML_TEXT,
                                      .decoded = decoded});
}

static void add_element(parser *p, const tag_token *t, bool leaf)
{
    const uint32_t i = add_node(p, (rap_html_node){.text = t->name,
                                                   .source = t->begin,
                                                   .source_end = t->end,
                                                   .attribute = t->attribute,
                                                   .attributes = t->attributes,
                                                   .tag = (uint8_t)t->tag});
    if (i == RAP_NONE || leaf) return;
    if (p->depth == RAP_HTML_DEPTH) {
        p->beyond++;
        return;
    }
    p->open[p->depth++] = (open_element){i, t->hash, t->tag};
    p->is_open[t->tag]++;
}

static void add_implied(parser *p, rap_html_tag tag)
{
    const tag_token t = {.tag = tag,
                         .name = rap_slice_of(rap_html_tag_name(tag)),
                         .begin = p->mark,
                         .end = p->mark};
    add_element(p, &t, false);
}

static void leave_head(parser *p)
{
    if (top(p) == RAP_HTML_HEAD) pop_from(p, p->depth - 1);
}

/* Content belongs to <body>: open it unless it, or an element of <head>, is open. */
static void need_body(parser *p)
{
    leave_head(p);
    if (top(p) != RAP_HTML_HTML) return;
    add_implied(p, RAP_HTML_BODY);
    p->body_seen = true;
}

/* <html> and <body> may come late or twice: their attributes count once. */
static void late_attributes(parser *p, uint32_t depth, const tag_token *t)
{
    if (depth >= p->depth) return;
    rap_html_node *node = &p->node.at[p->open[depth].node];
    if (node->attributes) return;
    node->attribute = t->attribute;
    node->attributes = t->attributes;
}

/* ---- text
 * ------------------------------------------------------------------------------ */

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Text between two tags, cut at its character references. */
static void put_text(parser *p, uint32_t begin, uint32_t end, bool references)
{
    const rap_slice text = rap_slice_sub(p->in, 0, end);
    uint32_t from = begin, at = begin;
    while (references && at < end && !p->full) {
        const char *hit = memchr(text.at + at, '&', end - at);
        if (!hit) break;
        at = (uint32_t)(hit - text.at);
        rap_html_reference reference;
        const uint32_t read =
            rap_html_read_reference(p->knowledge, text, at, false, &reference);
        if (!read) {
            at++;
            continue;
        }
        add_text(p, rap_slice_sub(text, from, at), from, at, false);
        const rap_slice copy =
            rap_arena_copy(p->arena, (rap_slice){reference.byte, reference.len});
        if (!copy.at) p->full = true;
        add_text(p, copy, at, at + read, true);
        at += read;
        from = at;
    }
    add_text(p, rap_slice_sub(text, from, end), from, end, false);
}

/* Text in the flow: white space before <body> is no content. */
static void put_flow(parser *p, uint32_t begin, uint32_t end)
{
    if (top(p) == RAP_HTML_HTML || top(p) == RAP_HTML_HEAD) {
        while (begin < end && is_space(p->in.at[begin])) begin++;
        if (begin == end) return;
        p->mark = begin;
        need_body(p);
    }
    put_text(p, begin, end, true);
}

/* ---- tags: their bytes
 * ------------------------------------------------------------------- */

static void name_tag(const parser *p, tag_token *t)
{
    char lower[24];
    uint64_t hash = 14695981039346656037u;
    for (uint32_t i = 0; i < t->name.len; i++) {
        char c = t->name.at[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c | 32);
        if (i < sizeof lower) lower[i] = c;
        hash = (hash ^ (uint8_t)c) * 1099511628211u;
    }
    t->hash = (uint32_t)(hash ^ hash >> 32);
    t->tag = RAP_HTML_OTHER;
    if (t->name.len > sizeof lower) return;
    const uint32_t tag =
        rap_map_get(&p->knowledge->tag, (rap_slice){lower, t->name.len});
    if (tag != RAP_NONE) t->tag = (rap_html_tag)tag;
}

/* A copy of an attribute's value with its references decoded; as it is without any. */
static rap_slice decode_value(parser *p, rap_slice value)
{
    const char *amp = value.len ? memchr(value.at, '&', value.len) : NULL;
    if (!amp) return value;
    /* The longest expansion, "&nGt;", turns five bytes into six. */
    char *out = rap_new(p->arena, char, (size_t)value.len * 2);
    if (!out) {
        p->full = true;
        return value;
    }
    uint32_t len = 0;
    for (uint32_t i = 0; i < value.len;) {
        rap_html_reference reference;
        const uint32_t read =
            value.at[i] == '&'
                ? rap_html_read_reference(p->knowledge, value, i, true, &reference)
                : 0;
        if (read) {
            memcpy(out + len, reference.byte, reference.len);
            len += reference.len;
            i += read;
        } else {
            out[len++] = value.at[i++];
        }
    }
    assert(len <= value.len * 2);
    return (rap_slice){out, len};
}

static void keep_attribute(parser *p, tag_token *t, rap_slice name, rap_slice value)
{
    if (t->attributes == RAP_HTML_ATTRIBUTES || p->full) return;
    const rap_html_attribute attribute = {name, decode_value(p, value)};
    if (!rap_push(p->arena, &p->attribute, attribute))
        p->full = true;
    else
        t->attributes++;
}

static uint32_t skip_space(rap_slice s, uint32_t at)
{
    while (at < s.len && is_space(s.at[at])) at++;
    return at;
}

/* The value after '='; moves `at` past it. False if its quotation mark is never closed.
 */
static bool read_value(rap_slice s, uint32_t *at, rap_slice *value)
{
    uint32_t i = skip_space(s, *at);
    uint32_t end = i;
    if (i < s.len && (s.at[i] == '"' || s.at[i] == '\'')) {
        const char *close = memchr(s.at + i + 1, s.at[i], s.len - i - 1);
        if (!close) return false;
        end = (uint32_t)(close - s.at);
        *value = rap_slice_sub(s, i + 1, end);
        *at = end + 1;
        return true;
    }
    while (end < s.len && !is_space(s.at[end]) && s.at[end] != '>') end++;
    *value = rap_slice_sub(s, i, end);
    *at = end;
    return true;
}

static uint32_t read_attribute_name(rap_slice s, uint32_t at)
{
    if (at < s.len && s.at[at] == '=') at++; /* an odd one, but a name */
    while (at < s.len && !is_space(s.at[at]) && s.at[at] != '/' && s.at[at] != '>' &&
           s.at[at] != '=')
        at++;
    return at;
}

/* The tag at '<' (or '</'): its name begins at `name`. False if the input ends within.
 */
static bool read_tag(parser *p, uint32_t name, tag_token *t)
{
    const rap_slice s = p->in;
    uint32_t at = name;
    while (at < s.len && !is_space(s.at[at]) && s.at[at] != '/' && s.at[at] != '>')
        at++;
    *t = (tag_token){.begin = p->at,
                     .name = rap_slice_sub(s, name, at),
                     .attribute = p->attribute.count};
    while (at < s.len) {
        if (s.at[at] == '>') {
            t->closes_itself = s.at[at - 1] == '/';
            t->end = at + 1;
            name_tag(p, t);
            return true;
        }
        if (is_space(s.at[at]) || s.at[at] == '/') {
            at++;
            continue;
        }
        const uint32_t begin = at;
        at = read_attribute_name(s, at);
        const rap_slice attribute = rap_slice_sub(s, begin, at);
        rap_slice value = {"", 0};
        const uint32_t after = skip_space(s, at);
        if (after < s.len && s.at[after] == '=') {
            at = after + 1;
            if (!read_value(s, &at, &value)) return false;
        }
        keep_attribute(p, t, attribute, value);
    }
    return false;
}

/* ---- raw text
 * ------------------------------------------------------------------------------ */

/* Whether `name`, as a whole word, stands at `at`. */
static bool word_at(rap_slice s, uint32_t at, const char *name)
{
    const uint32_t len = (uint32_t)strlen(name);
    if (s.len - at <= len) return false;
    const char next = s.at[at + len];
    if (!is_space(next) && next != '/' && next != '>') return false;
    return rap_slice_is_nocase(rap_slice_sub(s, at, at + len), name);
}

/* Where the end tag of a raw text element stands, from `at` on; s.len if nowhere. A
 * script may hold "<!-- <script> </script> -->". */
static uint32_t find_raw_end(rap_slice s, uint32_t at, rap_html_tag tag)
{
    const char *name = rap_html_tag_name(tag);
    bool comment = false, nested = false;
    for (; at < s.len; at++) {
        const char *hit = comment ? s.at + at : memchr(s.at + at, '<', s.len - at);
        if (!hit) return s.len;
        at = (uint32_t)(hit - s.at);
        if (s.at[at] == '-') {
            if (s.len - at > 2 && memcmp(hit, "-->", 3) == 0) comment = nested = false;
            continue;
        }
        if (s.at[at] != '<') continue;
        if (s.len - at > 1 && s.at[at + 1] == '/' && word_at(s, at + 2, name)) {
            if (!nested) return at;
            nested = false;
        } else if (tag == RAP_HTML_SCRIPT && s.len - at > 3) {
            if (memcmp(hit, "<!--", 4) == 0)
                comment = true;
            else if (comment && word_at(s, at + 1, name))
                nested = true;
        }
    }
    return s.len;
}

/* The content of an element just added whose end tag alone ends it. */
static void put_raw(parser *p, const tag_token *t)
{
    const uint32_t begin = p->at;
    const uint32_t end =
        t->tag == RAP_HTML_PLAINTEXT ? p->in.len : find_raw_end(p->in, begin, t->tag);
    put_text(p, begin, end, rap_html_traits(t->tag) & TRAIT_RCDATA);
    const char *close =
        end < p->in.len ? memchr(p->in.at + end, '>', p->in.len - end) : NULL;
    p->at = close ? (uint32_t)(close - p->in.at) + 1 : p->in.len;
    if (p->beyond)
        p->beyond--;
    else if (p->depth > 1 && top(p) == t->tag)
        pop_from(p, p->depth - 1);
}

/* ---- start tags
 * ------------------------------------------------------------------------------ */

static bool is_heading(rap_html_tag tag)
{
    return tag >= RAP_HTML_H1 && tag <= RAP_HTML_H6;
}

static void close_open(parser *p, rap_html_tag tag, uint32_t stop, rap_html_tag also)
{
    const uint32_t d = find_open(p, tag, 0, stop, also);
    if (d) pop_from(p, d);
}

/* <li>, <dt>, <dd> end the item before them, unless a list or block lies between. */
static void close_item(parser *p, rap_html_tag one, rap_html_tag other)
{
    if (!p->is_open[one] && !p->is_open[other]) return;
    for (uint32_t d = p->depth; d-- > 1;) {
        const rap_html_tag tag = p->open[d].tag;
        if (tag == one || tag == other) {
            pop_from(p, d);
            return;
        }
        const bool passes =
            tag == RAP_HTML_ADDRESS || tag == RAP_HTML_DIV || tag == RAP_HTML_P;
        if (!passes && rap_html_traits(tag) & TRAIT_SPECIAL) return;
    }
}

static bool in_foreign(const parser *p)
{
    return p->is_open[RAP_HTML_SVG] || p->is_open[RAP_HTML_MATH];
}

/* An HTML element inside <svg> or <math>, but not inside its HTML parts, ends it. */
static void leave_foreign(parser *p)
{
    for (uint32_t d = p->depth; d-- > 1;) {
        const rap_html_tag tag = p->open[d].tag;
        if (tag == RAP_HTML_SVG || tag == RAP_HTML_MATH) {
            pop_from(p, d);
            return;
        }
        if (rap_html_traits(tag) & TRAIT_SPECIAL) return;
    }
}

/* What the start tag ends, before its element is added. */
static void close_implied(parser *p, const tag_token *t)
{
    const uint32_t traits = rap_html_traits(t->tag);
    if (traits & TRAIT_LEAVES_SVG && in_foreign(p)) leave_foreign(p);
    switch (t->tag) {
    case RAP_HTML_LI:
        close_item(p, RAP_HTML_LI, RAP_HTML_LI);
        break;
    case RAP_HTML_DT:
    case RAP_HTML_DD:
        close_item(p, RAP_HTML_DT, RAP_HTML_DD);
        break;
    case RAP_HTML_A:
        close_open(p, RAP_HTML_A, TRAIT_SPECIAL, RAP_HTML_A);
        break;
    case RAP_HTML_BUTTON:
        close_open(p, RAP_HTML_BUTTON, TRAIT_SCOPE, RAP_HTML_BUTTON);
        break;
    case RAP_HTML_OPTION:
        if (top(p) == RAP_HTML_OPTION) pop_from(p, p->depth - 1);
        break;
    case RAP_HTML_OPTGROUP:
        if (top(p) == RAP_HTML_OPTION) pop_from(p, p->depth - 1);
        if (top(p) == RAP_HTML_OPTGROUP) pop_from(p, p->depth - 1);
        break;
    case RAP_HTML_TD:
    case RAP_HTML_TH:
        close_table_parts(p, RAP_HTML_TD);
        break;
    case RAP_HTML_TR:
        close_table_parts(p, RAP_HTML_TR);
        break;
    case RAP_HTML_TABLE:
        close_bare_table(p);
        break;
    default:
        if (traits & TRAIT_TABLE && t->tag != RAP_HTML_COL)
            close_table_parts(p, RAP_HTML_TBODY);
    }
    if (traits & TRAIT_CLOSES_P)
        close_open(p, RAP_HTML_P, TRAIT_SCOPE, RAP_HTML_BUTTON);
    if (is_heading(t->tag) && is_heading(top(p))) pop_from(p, p->depth - 1);
}

/* Start tags that only shape the document; true if `t` was one of them. */
static bool start_document(parser *p, const tag_token *t)
{
    if (t->tag == RAP_HTML_HTML) {
        late_attributes(p, 0, t);
        return true;
    }
    if (t->tag == RAP_HTML_HEAD) {
        if (!p->head_seen && top(p) == RAP_HTML_HTML && !p->body_seen) {
            p->head_seen = true;
            add_element(p, t, false);
        }
        return true;
    }
    if (t->tag != RAP_HTML_BODY) return false;
    if (p->body_seen) {
        late_attributes(p, 1, t);
        return true;
    }
    leave_head(p);
    if (top(p) != RAP_HTML_HTML) return true;
    p->body_seen = true;
    add_element(p, t, false);
    return true;
}

static void start_tag(parser *p, const tag_token *t)
{
    if (start_document(p, t)) return;
    const uint32_t traits = rap_html_traits(t->tag);
    if (traits & TRAIT_HEAD) {
        if (top(p) == RAP_HTML_HTML && !p->head_seen && !p->body_seen) {
            p->head_seen = true;
            add_implied(p, RAP_HTML_HEAD);
        }
    } else if (top(p) == RAP_HTML_HTML || top(p) == RAP_HTML_HEAD) {
        need_body(p);
    }
    if (t->tag == RAP_HTML_FORM && p->is_open[RAP_HTML_FORM]) return;
    close_implied(p, t);
    const bool foreign =
        in_foreign(p) || t->tag == RAP_HTML_SVG || t->tag == RAP_HTML_MATH;
    const bool leaf = traits & TRAIT_VOID || (foreign && t->closes_itself);
    add_element(p, t, leaf);
    const bool raw =
        traits & (TRAIT_RAW | TRAIT_RCDATA) || t->tag == RAP_HTML_PLAINTEXT;
    if (raw && !leaf && !p->full) put_raw(p, t);
}

/* ---- end tags
 * ------------------------------------------------------------------------------- */

static uint32_t find_heading(const parser *p)
{
    for (uint32_t d = p->depth; d-- > 1;) {
        if (is_heading(p->open[d].tag)) return d;
        if (rap_html_traits(p->open[d].tag) & TRAIT_SCOPE) return 0;
    }
    return 0;
}

/* The open element that the end tag ends; 0 if there is none. */
static uint32_t find_ended(const parser *p, const tag_token *t)
{
    const uint32_t traits = rap_html_traits(t->tag);
    if (is_heading(t->tag)) return find_heading(p);
    if (traits & TRAIT_TABLE)
        return find_open(p, t->tag, 0, 0,
                         t->tag == RAP_HTML_TABLE ? RAP_HTML_TEMPLATE : RAP_HTML_TABLE);
    if (t->tag == RAP_HTML_TEMPLATE) return find_open(p, t->tag, 0, 0, RAP_HTML_BODY);
    if (t->tag == RAP_HTML_P)
        return find_open(p, t->tag, 0, TRAIT_SCOPE, RAP_HTML_BUTTON);
    if (traits & TRAIT_BLOCK_END)
        return find_open(p, t->tag, 0, TRAIT_SCOPE, RAP_HTML_BODY);
    return find_open(p, t->tag, t->hash, TRAIT_SPECIAL, RAP_HTML_BODY);
}

static void end_tag(parser *p, const tag_token *t)
{
    if (t->tag == RAP_HTML_HTML || t->tag == RAP_HTML_BODY) return;
    if (t->tag == RAP_HTML_HEAD) {
        leave_head(p);
        return;
    }
    if (t->tag == RAP_HTML_BR) { /* as the standard has it */
        need_body(p);
        add_element(p, t, true);
        return;
    }
    if (p->beyond) {
        p->beyond--;
        return;
    }
    const uint32_t d = find_ended(p, t);
    if (d) pop_from(p, d);
}

/* ---- the pass
 * -------------------------------------------------------------------------------- */

/* The end of a comment whose text begins at `at` (after "<!--"). */
static uint32_t skip_comment(rap_slice s, uint32_t at)
{
    if (at < s.len && s.at[at] == '>') return at + 1; /* <!--> */
    if (s.len - at > 1 && memcmp(s.at + at, "->", 2) == 0) return at + 2;
    while (at < s.len) {
        at = rap_slice_find(s, RAP_LIT("--"), at);
        if (s.len - at > 2 && s.at[at + 2] == '>') return at + 3;
        if (s.len - at > 3 && s.at[at + 2] == '!' && s.at[at + 3] == '>') return at + 4;
        if (at < s.len) at++;
    }
    return s.len;
}

static uint32_t skip_past(rap_slice s, uint32_t at, rap_slice end)
{
    const uint32_t hit = rap_slice_find(s, end, at);
    return hit < s.len ? hit + end.len : s.len;
}

/* "<!...": a comment, a doctype, or, inside <svg>, CDATA. */
static void put_declaration(parser *p)
{
    const rap_slice rest = rap_slice_sub(p->in, p->at, p->in.len);
    if (rap_slice_starts(rest, "<!--")) {
        p->at = skip_comment(p->in, p->at + 4);
    } else if (in_foreign(p) && rap_slice_starts(rest, "<![CDATA[")) {
        const uint32_t begin = p->at + 9;
        const uint32_t end = rap_slice_find(p->in, RAP_LIT("]]>"), begin);
        put_text(p, begin, end, false);
        p->at = end < p->in.len ? end + 3 : p->in.len;
    } else {
        p->at = skip_past(p->in, p->at, RAP_LIT(">"));
    }
}

static void put_tag(parser *p, bool end)
{
    tag_token t;
    if (!read_tag(p, p->at + 1 + end, &t)) {
        p->at = p->in.len; /* the input ends within the tag: no tag, and no text */
        return;
    }
    p->at = t.end;
    if (end) {
        end_tag(p, &t);
        p->attribute.count = t.attribute;
    } else {
        start_tag(p, &t);
    }
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Where the next markup begins at or after `at`; in.len if there is none. */
static uint32_t find_markup(rap_slice s, uint32_t at)
{
    while (at < s.len) {
        const char *hit = memchr(s.at + at, '<', s.len - at);
        if (!hit) return s.len;
        at = (uint32_t)(hit - s.at);
        const char next = s.len - at > 1 ? s.at[at + 1] : ' ';
        if (is_letter(next) || next == '!' || next == '?') return at;
        if (next == '/' && s.len - at > 2) return at;
        at++;
    }
    return s.len;
}

static void put_markup(parser *p)
{
    const char next = p->in.at[p->at + 1];
    if (next == '!')
        put_declaration(p);
    else if (next == '?')
        p->at = skip_past(p->in, p->at, RAP_LIT(">"));
    else if (next != '/')
        put_tag(p, false);
    else if (is_letter(p->in.at[p->at + 2]))
        put_tag(p, true);
    else
        p->at = skip_past(p->in, p->at, RAP_LIT(">"));
}

static void build(parser *p)
{
    add_implied(p, RAP_HTML_HTML);
    while (p->at < p->in.len && !p->full) {
        const uint32_t markup = find_markup(p->in, p->at);
        if (markup > p->at) put_flow(p, p->at, markup);
        p->at = p->mark = markup;
        if (markup < p->in.len && !p->full) put_markup(p);
    }
    if (p->full) return;
    if (p->depth > 1) pop_from(p, 1);
    p->node.at[0].end = p->node.count;
}

rap_status rap_html_parse(const rap_html_knowledge *knowledge, rap_slice bytes,
                          rap_arena *arena, rap_html_tree *out, rap_error *err)
{
    *out = (rap_html_tree){0};
    parser *p = rap_new(arena, parser, 1);
    if (!p) return rap_fail(err, RAP_E_NOMEM, 0, "no memory to parse HTML");
    p->knowledge = knowledge;
    p->in = bytes;
    p->arena = arena;
    build(p);
    if (p->full)
        return rap_fail(err, RAP_E_NOMEM, p->at, "no memory for the page's %u nodes",
                        p->node.count);
    *out =
        (rap_html_tree){p->node.at, p->node.count, p->attribute.at, p->attribute.count};
    return RAP_OK;
}
