/*
 * article_html_render.c - a page's tree as text: blocks, and the way back to its bytes.
 *
 * Reads   the tree.
 * Writes  the text (blocks between blank lines, white space collapsed, one line break
 * for <br>), the run table, one html_block a block. Method  one walk over the nodes in
 * document order. Two pieces of text belong to one block when the same innermost block
 * element holds both and none begins between them; two <br> in a row part blocks as a
 * paragraph does. Cost    linear in nodes and bytes.
 */
#include "article_html_private.h"
#include "text.h"

bool rap_article_html_is_heading(rap_html_tag tag)
{
    return tag >= RAP_HTML_H1 && tag <= RAP_HTML_H6;
}

bool rap_article_html_is_block(rap_html_tag tag)
{
    switch (tag) {
    case RAP_HTML_HTML:
    case RAP_HTML_BODY:
    case RAP_HTML_ADDRESS:
    case RAP_HTML_ARTICLE:
    case RAP_HTML_ASIDE:
    case RAP_HTML_BLOCKQUOTE:
    case RAP_HTML_BUTTON:
    case RAP_HTML_CAPTION:
    case RAP_HTML_CENTER:
    case RAP_HTML_DD:
    case RAP_HTML_DETAILS:
    case RAP_HTML_DIALOG:
    case RAP_HTML_DIR:
    case RAP_HTML_DIV:
    case RAP_HTML_DL:
    case RAP_HTML_DT:
    case RAP_HTML_FIELDSET:
    case RAP_HTML_FIGCAPTION:
    case RAP_HTML_FIGURE:
    case RAP_HTML_FOOTER:
    case RAP_HTML_FORM:
    case RAP_HTML_H1:
    case RAP_HTML_H2:
    case RAP_HTML_H3:
    case RAP_HTML_H4:
    case RAP_HTML_H5:
    case RAP_HTML_H6:
    case RAP_HTML_HEADER:
    case RAP_HTML_HGROUP:
    case RAP_HTML_HR:
    case RAP_HTML_LEGEND:
    case RAP_HTML_LI:
    case RAP_HTML_MAIN:
    case RAP_HTML_MENU:
    case RAP_HTML_NAV:
    case RAP_HTML_OL:
    case RAP_HTML_P:
    case RAP_HTML_PRE:
    case RAP_HTML_SEARCH:
    case RAP_HTML_SECTION:
    case RAP_HTML_SUMMARY:
    case RAP_HTML_TABLE:
    case RAP_HTML_TBODY:
    case RAP_HTML_TD:
    case RAP_HTML_TFOOT:
    case RAP_HTML_TH:
    case RAP_HTML_THEAD:
    case RAP_HTML_TR:
    case RAP_HTML_UL:
        return true;
    default:
        return false;
    }
}

static bool is_unseen(rap_html_tag tag)
{
    switch (tag) {
    case RAP_HTML_HEAD:
    case RAP_HTML_SCRIPT:
    case RAP_HTML_STYLE:
    case RAP_HTML_TITLE:
    case RAP_HTML_TEMPLATE:
    case RAP_HTML_NOSCRIPT:
    case RAP_HTML_NOEMBED:
    case RAP_HTML_NOFRAMES:
    case RAP_HTML_IFRAME:
    case RAP_HTML_SVG:
    case RAP_HTML_MATH:
    case RAP_HTML_SELECT:
    case RAP_HTML_DATALIST:
    case RAP_HTML_TEXTAREA:
    case RAP_HTML_VIDEO:
    case RAP_HTML_AUDIO:
    case RAP_HTML_CANVAS:
    case RAP_HTML_OBJECT:
    case RAP_HTML_APPLET:
        return true;
    default:
        return false;
    }
}

typedef struct renderer {
    html_page *page;
    RAP_LIST(html_block) block;
    html_block now; /* the block being written */
    bool open;      /* `now` has text */
    bool space;     /* white space seen since the last character */
    bool line;      /* a <br> seen since the last character */
    bool in_word, full;
    uint32_t space_at; /* where that white space stands in the source */
    uint32_t breaks;   /* <br> since the last character */
    uint32_t around;   /* block element of the last piece */
    uint32_t end;      /* of `now`, without white space */
} renderer;

/* Where text of the source went: a new run when the two no longer advance together. */
static void add_run(renderer *r, uint32_t source_at)
{
    html_page *page = r->page;
    const uint32_t n = page->run.count;
    if (n && page->run.at[n - 1].text_at - page->run.at[n - 1].source_at ==
                 page->len - source_at)
        return;
    if (n && page->run.at[n - 1].text_at == page->len) {
        page->run.at[n - 1].source_at = source_at;
        return;
    }
    if (!rap_push(page->arena, &page->run, (rap_run){page->len, source_at}))
        r->full = true;
}

/* The runs of a block that turned out empty say nothing. */
static void drop_runs(html_page *page, uint32_t from)
{
    while (page->run.count && page->run.at[page->run.count - 1].text_at >= from)
        page->run.count--;
}

static bool ends_sentence(rap_slice text)
{
    uint32_t at = text.len;
    while (at) {
        const uint32_t c = rap_utf8_back(text, &at);
        if (c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002) return true;
        if (c != ')' && c != ']' && rap_quote_of(c) == RAP_QUOTE_NONE) return false;
    }
    return false;
}

/* End the block being written. */
static void close_block(renderer *r)
{
    html_page *page = r->page;
    if (!r->open) return;
    r->open = false;
    r->space = r->line = r->in_word = false;
    r->breaks = 0;
    page->len = r->end;
    drop_runs(page, r->end); /* of white space that is cut off */
    if (r->now.span.begin == r->end) {
        if (page->len) page->len -= 2; /* the line breaks before it */
        return;
    }
    r->now.span.end = r->end;
    r->now.ends = ends_sentence(
        rap_slice_sub((rap_slice){page->text, r->end}, r->now.span.begin, r->end));
    if (!rap_push(page->scratch, &r->block, r->now)) r->full = true;
}

static void open_block(renderer *r, uint32_t node, uint32_t around)
{
    html_page *page = r->page;
    if (page->len) {
        page->text[page->len++] = '\n';
        page->text[page->len++] = '\n';
    }
    r->open = true;
    r->now = (html_block){.span = {page->len, page->len},
                          .node = around,
                          .first_node = node,
                          .role = HTML_NO_ROLE,
                          .line_role = HTML_NO_ROLE,
                          .zone = RAP_ZONE_BOILERPLATE};
    r->end = page->len;
    r->around = around;
}

static bool is_white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The white space noted so far, as one space or line break before the next character.
 */
static void put_space(renderer *r)
{
    html_page *page = r->page;
    if (r->end > r->now.span.begin || page->len > r->end) {
        if (r->line) {
            page->text[page->len++] = '\n';
        } else if (r->space) {
            add_run(r, r->space_at);
            page->text[page->len++] = ' ';
        }
    }
    r->space = r->line = false;
    r->breaks = 0;
}

static bool is_word_byte(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c & 0x80);
}

/* Copy one character of `bytes` bytes that is not ASCII white space. */
static void put_character(renderer *r, const char *at, uint32_t bytes, bool visible,
                          bool link)
{
    html_page *page = r->page;
    const bool word = visible && is_word_byte(*at);
    const bool alone = bytes > 2 && (uint8_t)*at >= 0xE3; /* U+3000 on: no spaces */
    if (word && (!r->in_word || alone)) {
        r->now.words++;
        if (link) r->now.link_words++;
    }
    r->in_word = word;
    /* An NBSP at the start of a block is dropped as any white space. */
    if (!visible && r->end == r->now.span.begin) {
        drop_runs(page, page->len);
        return;
    }
    memcpy(page->text + page->len, at, bytes);
    page->len += bytes;
    if (visible) r->end = page->len;
}

static void put_piece(renderer *r, const rap_html_node *node, bool link)
{
    const rap_slice s = node->text;
    for (uint32_t i = 0; i < s.len && !r->full;) {
        if (is_white(s.at[i])) {
            if (!r->space) r->space_at = node->source + (node->decoded ? 0 : i);
            r->space = true;
            r->in_word = false;
            i++;
            continue;
        }
        put_space(r);
        uint32_t next = i;
        const uint32_t c = (s.at[i] & 0x80) ? rap_utf8_next(s, &next) : 0;
        if (next == i) next++;
        const bool visible = c < 0x80 || (!rap_is_space(c) && c != 0xFEFF);
        add_run(r, node->source + (node->decoded ? 0 : i));
        put_character(r, s.at + i, next - i, visible, link);
        i = next;
    }
}

static bool has_text(rap_slice s)
{
    for (uint32_t i = 0; i < s.len; i++)
        if (!is_white(s.at[i])) return true;
    return false;
}

static void put_text(renderer *r, uint32_t i, bool link)
{
    const rap_html_node *node = &r->page->tree->node[i];
    const uint32_t around = r->page->around[i];
    if (!has_text(node->text)) {
        if (r->open && !r->space) r->space_at = node->source, r->space = true;
        r->in_word = false;
        return;
    }
    if (r->open && (around != r->around || r->breaks > 1)) close_block(r);
    if (!r->open) {
        open_block(r, i, around);
        r->now.linked = link;
    }
    put_piece(r, node, link);
}

static void put_break(renderer *r)
{
    r->line = true;
    r->breaks++;
    r->in_word = false;
}

/* Text plus, for each block, two line breaks, and one byte for each <br>: all of it is
 * covered by the bytes of text and one or two a node. */
static bool make_room(html_page *page)
{
    const rap_html_tree *tree = page->tree;
    size_t room = 16;
    for (uint32_t i = 0; i < tree->count; i++)
        room += 3 + (tree->node[i].tag == RAP_HTML_TEXT ? tree->node[i].text.len : 0u);
    if (room > UINT32_MAX) return false;
    page->text = rap_new(page->arena, char, room);
    page->around = rap_new(page->scratch, uint32_t, tree->count);
    return page->text && page->around;
}

bool rap_article_html_render(html_page *page)
{
    const rap_html_tree *tree = page->tree;
    if (!make_room(page)) return false;
    renderer r = {.page = page};
    uint32_t link_end = 0;
    for (uint32_t i = 0; i < tree->count && !r.full;) {
        const rap_html_node *node = &tree->node[i];
        const rap_html_tag tag = (rap_html_tag)node->tag;
        if (is_unseen(tag)) {
            for (uint32_t n = i; n < node->end; n++) page->around[n] = 0;
            i = node->end;
            continue;
        }
        const uint32_t above =
            node->parent == RAP_NONE ? 0 : page->around[node->parent];
        const bool block = rap_article_html_is_block(tag);
        page->around[i] = block ? i : above;
        if (block)
            close_block(&r);
        else if (tag == RAP_HTML_BR)
            put_break(&r);
        else if (tag == RAP_HTML_A)
            link_end = node->end > link_end ? node->end : link_end;
        else if (tag == RAP_HTML_TEXT)
            put_text(&r, i, i < link_end);
        i++;
    }
    close_block(&r);
    if (r.full) return false;
    page->block = r.block.at;
    page->blocks = r.block.count;
    return true;
}
