/*
 * article_html_body.c - which blocks of a page are the report, and what the others are.
 *
 * Reads   the blocks with their roles, the title the page states.
 * Writes  block.kept, block.zone, block.sub.
 * Method  each block is worth its words when it is prose, and less than nothing when it
 * is links or scraps; the element whose blocks sum highest is the region (maximum
 *         subsequence segmentation, Pasternack and Roth 2009, on the tree). From it the
 * walk descends while one child holds nearly all of its prose, and so stops above a
 * body that is split. Inside the region, blocks are kept by kind: docs/method/html.md.
 * Cost    linear in nodes and blocks.
 */
#include "article_html_private.h"
#include "text.h"

static rap_slice words_of(const html_page *page, const html_block *block)
{
    return rap_cut((rap_slice){page->text, page->len}, block->span);
}

static bool is_against(uint8_t role)
{
    return role != HTML_NO_ROLE && role != RAP_ZONE_BODY;
}

static bool is_linky(const html_block *block)
{
    return block->link_words * 2 > block->words;
}

/* ---- the region --------------------------------------------------------------------
 */

static double worth(const html_block *block)
{
    const double words = block->words;
    if (is_against(block->role)) return words < 40 ? -0.3 * words : -12;
    if (is_against(block->line_role) && block->words < 40) return -3;
    if (block->heading) return is_linky(block) ? -3 : 0;
    if (block->prose) return words - block->link_words;
    if (is_linky(block)) return -2 - 0.5 * words;
    return words >= 10 ? 0.4 * words : -1.5;
}

static void sum_up(html_page *page)
{
    const rap_html_tree *tree = page->tree;
    for (uint32_t b = 0; b < page->blocks; b++)
        page->value[page->block[b].node] += worth(&page->block[b]);
    for (uint32_t i = tree->count; i-- > 1;)
        page->value[tree->node[i].parent] += page->value[i];
}

/* Elements that say they hold the article count for more. */
static double favour(const html_page *page, uint32_t i)
{
    const rap_html_tag tag = (rap_html_tag)page->tree->node[i].tag;
    double factor = page->own_role[i] == RAP_ZONE_BODY ? 1.15 : 1;
    if (tag == RAP_HTML_ARTICLE) factor *= 1.1;
    if (tag == RAP_HTML_MAIN) factor *= 1.05;
    return factor;
}

static uint32_t best_node(const html_page *page)
{
    uint32_t best = 0;
    double most = 0;
    for (uint32_t i = 0; i < page->tree->count; i++) {
        if (page->value[i] <= 0 || is_against(page->role[i])) continue;
        const double value = page->value[i] * favour(page, i);
        if (value < most) continue;
        most = value;
        best = i;
    }
    return best;
}

/* Down to the child that holds nearly all of the value, as long as there is one. */
static uint32_t descend(const html_page *page, uint32_t i)
{
    const rap_html_tree *tree = page->tree;
    for (;;) {
        uint32_t heavy = RAP_NONE;
        for (uint32_t c = rap_html_first(tree, i); c != RAP_NONE;
             c = rap_html_next(tree, c))
            if (page->value[c] > 0.92 * page->value[i]) heavy = c;
        if (heavy == RAP_NONE ||
            !rap_article_html_is_block((rap_html_tag)tree->node[heavy].tag))
            return i;
        if (rap_article_html_is_heading((rap_html_tag)tree->node[heavy].tag) ||
            tree->node[heavy].tag == RAP_HTML_P)
            return i;
        i = heavy;
    }
}

/* ---- blocks inside the region
 * -------------------------------------------------------- */

/* The list or table around the block, or RAP_NONE. */
static uint32_t list_around(const html_page *page, const html_block *block,
                            uint32_t top)
{
    const rap_html_tree *tree = page->tree;
    for (uint32_t i = block->node, n = 0; i > top && n < 6;
         i = tree->node[i].parent, n++) {
        const rap_html_tag tag = (rap_html_tag)tree->node[i].tag;
        if (tag == RAP_HTML_UL || tag == RAP_HTML_OL || tag == RAP_HTML_DL ||
            tag == RAP_HTML_TABLE)
            return i;
    }
    return RAP_NONE;
}

typedef struct chooser {
    html_page *page;
    uint32_t region;
    uint32_t begin, end;  /* blocks of the region */
    uint32_t first, last; /* its first and last prose block */
    rap_slice title[3];   /* folded */
} chooser;

static bool is_link_list(const chooser *c, const html_block *block)
{
    const uint32_t list = list_around(c->page, block, c->region);
    if (list == RAP_NONE) return false;
    return c->page->links[list] * 2 > c->page->words[list];
}

static bool same_title(const chooser *c, rap_slice text)
{
    char folded[600];
    if (text.len > sizeof folded / 2) return false;
    const uint32_t len = rap_fold_into(text, folded, sizeof folded);
    if (len == RAP_NONE || len < 8) return false;
    for (uint32_t i = 0; i < 3; i++) {
        const rap_slice title = c->title[i];
        if (title.len < 8) continue;
        if (rap_slice_equal(title, (rap_slice){folded, len})) return true;
        /* "Headline - Outlet" holds the headline at its start. */
        if (len >= 15 && title.len > len && memcmp(title.at, folded, len) == 0)
            return true;
    }
    return false;
}

static bool is_quoted(const html_page *page, const html_block *block)
{
    for (uint32_t i = block->node, n = 0; i && n < 3;
         i = page->tree->node[i].parent, n++)
        if (page->tree->node[i].tag == RAP_HTML_BLOCKQUOTE) return true;
    return false;
}

/* Whether a block that is not full prose belongs to the body. */
static bool keep_scrap(const chooser *c, uint32_t b)
{
    const html_block *block = &c->page->block[b];
    const rap_html_tag tag = (rap_html_tag)c->page->tree->node[block->node].tag;
    const bool inside = b > c->first && b < c->last;
    if (is_quoted(c->page, block)) return b > c->first;
    if (is_linky(block) && !(inside && block->ends && block->words > 6)) return false;
    if (is_link_list(c, block)) return false;
    if (tag == RAP_HTML_P || tag == RAP_HTML_BLOCKQUOTE || tag == RAP_HTML_PRE)
        return inside || (block->ends && block->words > 3);
    if (tag == RAP_HTML_LI || list_around(c->page, block, c->region) != RAP_NONE)
        return inside || (b > c->last && block->words > 3);
    return inside ? block->words > 2 : block->ends && block->words > 5;
}

/* A linked heading stays when the report goes on right below it. */
static bool heads_prose(const chooser *c, uint32_t b)
{
    const html_block *next = &c->page->block[b + 1];
    return b + 1 <= c->last && next->prose && !is_against(next->role) &&
           !is_against(next->line_role);
}

static bool keep_block(const chooser *c, uint32_t b)
{
    const html_block *block = &c->page->block[b];
    if (is_against(block->role)) return false;
    if (is_against(block->line_role) && !(block->prose && block->words > 40))
        return false;
    if (same_title(c, words_of(c->page, block))) return false;
    if (block->heading)
        return b > c->first && b < c->last && (!is_linky(block) || heads_prose(c, b));
    if (block->prose) return !is_link_list(c, block);
    return keep_scrap(c, b);
}

/* A full paragraph, most likely of the report itself. */
static bool is_paragraph(const html_page *page, const html_block *block)
{
    enum { MANY_WORDS = 20 };
    if (!block->prose) return false;
    const rap_html_tag tag = (rap_html_tag)page->tree->node[block->node].tag;
    return block->words > MANY_WORDS || (tag == RAP_HTML_P && !block->link_words);
}

/* A heading such as "Related stories" takes what follows it with it, up to the next
 * heading or, beside links, the next full paragraph. */
static void drop_sections(const chooser *c)
{
    html_page *page = c->page;
    uint8_t section = HTML_NO_ROLE;
    for (uint32_t b = c->begin; b < c->end; b++) {
        html_block *block = &page->block[b];
        uint8_t opens = HTML_NO_ROLE;
        if (block->words < 8)
            opens = rap_article_html_line(page->knowledge, words_of(page, block), true);
        if (opens != HTML_NO_ROLE)
            section = opens;
        else if (block->heading && section != RAP_ZONE_COMMENTS && !is_linky(block))
            section = HTML_NO_ROLE;
        else if (section != RAP_ZONE_COMMENTS && is_paragraph(page, block))
            section = HTML_NO_ROLE;
        if (section != HTML_NO_ROLE) block->role = section;
    }
}

/* A short line with a date, as stands between headline and report. */
static bool is_dated_line(const html_page *page, const html_block *block)
{
    enum { MOST_WORDS = 14 };
    if (block->words > MOST_WORDS) return false;
    rap_date date;
    const rap_slice line = words_of(page, block);
    return rap_date_find(page->knowledge->calendar, line, 0, &date).begin < line.len &&
           !block->ends;
}

static bool find_prose(chooser *c)
{
    const html_page *page = c->page;
    c->first = RAP_NONE;
    for (uint32_t b = c->begin; b < c->end; b++) {
        const html_block *block = &page->block[b];
        if (!block->prose || is_against(block->role) || is_against(block->line_role) ||
            is_link_list(c, block) ||
            (c->first == RAP_NONE && is_dated_line(page, block)) ||
            same_title(c, words_of(page, block)))
            continue;
        if (c->first == RAP_NONE) c->first = b;
        c->last = b;
    }
    return c->first != RAP_NONE;
}

static void set_range(chooser *c)
{
    const html_page *page = c->page;
    const uint32_t end = page->tree->node[c->region].end;
    c->begin = 0;
    while (c->begin < page->blocks && page->block[c->begin].first_node < c->region)
        c->begin++;
    c->end = c->begin;
    while (c->end < page->blocks && page->block[c->end].first_node < end) c->end++;
}

/* ---- zones
 * ---------------------------------------------------------------------------- */

static const char *label_of(const html_page *page, const html_block *block)
{
    if (block->heading) return "subhead";
    for (uint32_t i = block->node, n = 0; i && n < 4;
         i = page->tree->node[i].parent, n++)
        switch (page->tree->node[i].tag) {
        case RAP_HTML_BLOCKQUOTE:
            return "quote";
        case RAP_HTML_LI:
            return "item";
        case RAP_HTML_TD:
        case RAP_HTML_TH:
            return "cell";
        default:
            break;
        }
    return NULL;
}

static rap_html_tag tag_of(const html_page *page, const html_block *block)
{
    return (rap_html_tag)page->tree->node[block->node].tag;
}

/* The zone of a block outside the body, the title left aside. */
static rap_zone_kind zone_outside(const html_block *block)
{
    uint8_t zone = RAP_ZONE_BOILERPLATE;
    if (is_against(block->line_role)) zone = block->line_role;
    if (is_against(block->role)) zone = block->role;
    return zone == RAP_ZONE_TITLE ? RAP_ZONE_BOILERPLATE : (rap_zone_kind)zone;
}

/* The block that repeats the stated title: a main heading, else the first other one. */
static uint32_t find_title(const chooser *c)
{
    const html_page *page = c->page;
    uint32_t other = RAP_NONE;
    for (uint32_t b = 0; b < page->blocks; b++) {
        const html_block *block = &page->block[b];
        const bool free = !is_against(block->role) || block->role == RAP_ZONE_TITLE ||
                          block->role == RAP_ZONE_STANDFIRST;
        if (block->kept || !free || (is_linky(block) && !block->heading)) continue;
        if (!same_title(c, words_of(page, block))) continue;
        if (tag_of(page, block) == RAP_HTML_H1) return b;
        if (other == RAP_NONE || (block->heading && !page->block[other].heading))
            other = b;
    }
    return other;
}

/* Without such a block: the last main heading before the body, else any heading near
 * it. */
static uint32_t guess_title(const chooser *c, uint32_t body)
{
    enum { NEAR = 12 };
    const html_page *page = c->page;
    uint32_t guess = RAP_NONE;
    for (uint32_t b = 0; b < body; b++) {
        const html_block *block = &page->block[b];
        const bool near = body - b <= NEAR;
        const bool main = tag_of(page, block) == RAP_HTML_H1;
        if (!block->heading || is_linky(block) || block->words < 2 ||
            block->role == RAP_ZONE_RELATED || block->role == RAP_ZONE_COMMENTS)
            continue;
        if (main || (near && (guess == RAP_NONE ||
                              tag_of(page, &page->block[guess]) != RAP_HTML_H1)))
            guess = b;
    }
    return guess;
}

/* Short lines between headline and report: who wrote it, and when. */
static void mark_head_lines(const chooser *c, uint32_t title, uint32_t body)
{
    enum { NEAR = 12, MOST_WORDS = 20 };
    html_page *page = c->page;
    uint32_t b = title == RAP_NONE || title > body ? 0 : title + 1;
    if (body - b > NEAR) b = body - NEAR;
    for (; b < body; b++) {
        html_block *block = &page->block[b];
        const bool open =
            block->zone == RAP_ZONE_BOILERPLATE || block->zone == RAP_ZONE_STANDFIRST;
        if (!open || block->words > MOST_WORDS) continue;
        if (rap_article_html_prefix(page, words_of(page, block)))
            block->zone = RAP_ZONE_BYLINE;
        else if (is_dated_line(page, block))
            block->zone = RAP_ZONE_DATELINE;
    }
}

static void set_zones(const chooser *c)
{
    html_page *page = c->page;
    uint32_t body = page->blocks;
    for (uint32_t b = 0; b < page->blocks; b++) {
        html_block *block = &page->block[b];
        block->zone = block->kept ? RAP_ZONE_BODY : zone_outside(block);
        if (block->kept) block->sub = label_of(page, block);
        if (block->kept && body == page->blocks) body = b;
    }
    uint32_t title = find_title(c);
    if (title == RAP_NONE && body < page->blocks) title = guess_title(c, body);
    if (title != RAP_NONE) page->block[title].zone = RAP_ZONE_TITLE;
    if (body < page->blocks) mark_head_lines(c, title, body);
}

static bool fold_titles(chooser *c, const html_meta *meta)
{
    const rap_slice stated[3] = {meta->headline, meta->title, meta->section};
    for (uint32_t i = 0; i < 2; i++) {
        c->title[i] = rap_fold(c->page->scratch, stated[i]);
        if (!c->title[i].at) return false;
    }
    return true;
}

/* Text that only repeats what an image's alternative text says is its caption. */
static bool mark_captions(html_page *page)
{
    enum { LEAST_BYTES = 8 };
    const rap_html_tree *tree = page->tree;
    rap_map alt = {0};
    for (uint32_t i = 0; i < tree->count; i++) {
        if (tree->node[i].tag != RAP_HTML_IMG) continue;
        const rap_slice *text = rap_html_attribute_of(tree, i, "alt");
        if (!text || text->len < LEAST_BYTES) continue;
        uint32_t *slot = rap_map_put(&alt, page->scratch, rap_slice_trim(*text));
        if (!slot) return false;
        *slot = i;
    }
    for (uint32_t b = 0; b < page->blocks; b++) {
        html_block *block = &page->block[b];
        if (block->line_role == HTML_NO_ROLE && !block->heading &&
            rap_map_get(&alt, words_of(page, block)) != RAP_NONE)
            block->line_role = RAP_ZONE_CAPTION;
    }
    return true;
}

/* The last paragraphs that begin with the author's name speak of the author. */
static void mark_bio(const chooser *c, rap_slice authors)
{
    enum { LAST = 4, MOST_NAMES = 12, MOST_BLOCKS = 40 };
    html_page *page = c->page;
    rap_slice name;
    for (uint32_t n = 0; n < MOST_NAMES && rap_split_next(&authors, ',', &name); n++) {
        if (!memchr(name.at, ' ', name.len)) continue; /* one word is no full name */
        uint32_t seen = 0;
        for (uint32_t b = c->end;
             b-- > c->begin && seen < LAST && c->end - b < MOST_BLOCKS;) {
            html_block *block = &page->block[b];
            if (!block->kept) continue;
            seen++;
            const rap_slice words = words_of(page, block);
            if (words.len <= name.len || memcmp(words.at, name.at, name.len) != 0)
                continue;
            block->kept = false;
            block->role = RAP_ZONE_BIO;
        }
    }
}

/* Blocks of the region that are kept; returns their words. */
static uint32_t choose_blocks(chooser *c)
{
    html_page *page = c->page;
    sum_up(page);
    c->region = descend(page, best_node(page));
    set_range(c);
    drop_sections(c);
    uint32_t words = 0;
    if (!find_prose(c)) return 0;
    for (uint32_t b = c->begin; b < c->end; b++) {
        page->block[b].kept = keep_block(c, b);
        if (page->block[b].kept) words += page->block[b].words;
    }
    return words;
}

/* Forget what class words said against parts, but for comments: elements still speak.
 */
static bool trust_elements_only(html_page *page)
{
    const rap_html_tree *tree = page->tree;
    uint8_t *role = rap_new(page->scratch, uint8_t, tree->count);
    if (!role) return false;
    role[0] = HTML_NO_ROLE;
    for (uint32_t i = 1; i < tree->count; i++) {
        const uint8_t above = role[tree->node[i].parent];
        const uint8_t tag = page->knowledge->tag_role[tree->node[i].tag];
        uint8_t own = page->own_role[i];
        if (own != RAP_ZONE_COMMENTS && own != RAP_ZONE_BODY && own != tag)
            own = HTML_NO_ROLE;
        role[i] = is_against(above) || own == HTML_NO_ROLE ? above : own;
    }
    page->role = role;
    for (uint32_t b = 0; b < page->blocks; b++)
        page->block[b].role = role[page->block[b].first_node];
    memset(page->value, 0, tree->count * sizeof *page->value);
    return true;
}

/* A body of few words on a page full of prose is suspicious: try again with less trust
 * in class words, and take the second body if it is much longer. */
static bool choose_again(chooser *c, uint32_t words)
{
    enum { FEW = 80, SHARE = 4, LONGER = 3 };
    html_page *page = c->page;
    if (words >= FEW || words * SHARE >= page->prose[0]) return true;
    const html_page first = *page;
    html_block *block = rap_new(page->scratch, html_block, page->blocks);
    if (!block) return false;
    memcpy(block, page->block, page->blocks * sizeof *block);
    if (!trust_elements_only(page)) return false;
    for (uint32_t b = 0; b < page->blocks; b++) page->block[b].kept = false;
    if (choose_blocks(c) > words * LONGER) return true;
    *page = first;
    memcpy(page->block, block, page->blocks * sizeof *block);
    return true;
}

bool rap_article_html_choose(html_page *page, const html_meta *meta)
{
    chooser c = {.page = page};
    if (!fold_titles(&c, meta) || !mark_captions(page)) return false;
    if (!choose_again(&c, choose_blocks(&c))) return false;
    mark_bio(&c, meta->author);
    set_zones(&c);
    return true;
}
