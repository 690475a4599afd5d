/*
 * article_html_roles.c - what elements, class words and lines say of a page's parts.
 *
 * Reads   the tree, the blocks, html-classes.tsv and html-lines.tsv.
 * Writes  a role for every node and block.
 * Method  class, id, itemprop and role values are cut into words at marks and capitals;
 * runs of up to three words are looked up, the longest first. A role against being the
 *         body is void when the element holds nearly all of the page's prose: wrappers
 * carry names such as "has-sidebar". Cost    linear.
 */
#include "article_html_private.h"
#include "text.h"

enum { CLASS_WORDS = 12, CLASS_BYTES = 96, LINE_BYTES = 96, LINE_WORDS = 8 };

/* ---- class words ---------------------------------------------------------------- */

typedef struct class_words {
    char text[CLASS_BYTES]; /* words joined by '-' */
    uint32_t len;
    uint32_t begin[CLASS_WORDS], end[CLASS_WORDS];
    uint32_t count;
} class_words;

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_name_byte(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* "articleBody__main" -> "article-body-main"; what does not fit is dropped. */
static void cut_words(rap_slice name, class_words *out)
{
    *out = (class_words){.len = 0};
    bool in = false;
    for (uint32_t i = 0; i < name.len && out->len + 2 < CLASS_BYTES; i++) {
        const char c = name.at[i];
        const bool hump = is_upper(c) && i && !is_upper(name.at[i - 1]);
        if (in && (!is_name_byte(c) || hump)) {
            out->end[out->count++] = out->len;
            in = false;
        }
        if (!is_name_byte(c)) continue;
        if (!in) {
            if (out->count == CLASS_WORDS) return;
            if (out->len) out->text[out->len++] = '-';
            out->begin[out->count] = out->len;
            in = true;
        }
        out->text[out->len++] = is_upper(c) ? (char)(c | 32) : c;
    }
    if (in) out->end[out->count++] = out->len;
}

/* The role of one class name: against beats for, longer beats shorter. */
static uint8_t role_of_name(const rap_article_html_knowledge *knowledge, rap_slice name)
{
    class_words words;
    cut_words(name, &words);
    uint8_t found = HTML_NO_ROLE;
    for (uint32_t n = 3; n > 0; n--) {
        for (uint32_t w = 0; w + n <= words.count; w++) {
            const uint32_t begin = words.begin[w], end = words.end[w + n - 1];
            const uint32_t role = rap_map_get(
                &knowledge->class_words, (rap_slice){words.text + begin, end - begin});
            if (role == RAP_NONE) continue;
            if (role != RAP_ZONE_BODY) return (uint8_t)role;
            found = RAP_ZONE_BODY;
        }
    }
    return found;
}

static uint8_t role_of_value(const rap_article_html_knowledge *knowledge,
                             rap_slice value)
{
    enum { MOST_NAMES = 24 };
    uint8_t found = HTML_NO_ROLE;
    uint32_t at = 0;
    for (uint32_t n = 0; n < MOST_NAMES; n++) {
        while (at < value.len && (uint8_t)value.at[at] <= ' ') at++;
        const uint32_t begin = at;
        while (at < value.len && (uint8_t)value.at[at] > ' ') at++;
        if (begin == at) break;
        const uint8_t role = role_of_name(knowledge, rap_slice_sub(value, begin, at));
        if (role == HTML_NO_ROLE) continue;
        if (role != RAP_ZONE_BODY) return role;
        found = role;
    }
    return found;
}

static bool is_hidden(const rap_html_attribute *attribute)
{
    if (rap_slice_is_nocase(attribute->name, "hidden")) return true;
    if (!rap_slice_is_nocase(attribute->name, "style")) return false;
    const rap_slice v = attribute->value;
    return rap_slice_find(v, RAP_LIT("display:none"), 0) < v.len ||
           rap_slice_find(v, RAP_LIT("display: none"), 0) < v.len;
}

static bool names_part(rap_slice name)
{
    return rap_slice_is_nocase(name, "class") || rap_slice_is_nocase(name, "id") ||
           rap_slice_is_nocase(name, "itemprop") || rap_slice_is_nocase(name, "role");
}

/* What an element says of itself. */
static uint8_t own_role(const html_page *page, uint32_t i)
{
    const rap_html_node *node = &page->tree->node[i];
    if (node->tag == RAP_HTML_TEXT || node->tag == RAP_HTML_BODY ||
        node->tag == RAP_HTML_HTML)
        return HTML_NO_ROLE;
    uint8_t found = page->knowledge->tag_role[node->tag];
    for (uint32_t a = 0; a < node->attributes; a++) {
        const rap_html_attribute *attribute =
            &page->tree->attribute[node->attribute + a];
        if (is_hidden(attribute)) return RAP_ZONE_BOILERPLATE;
        if (!names_part(attribute->name)) continue;
        const uint8_t role = role_of_value(page->knowledge, attribute->value);
        if (role == HTML_NO_ROLE || (role == RAP_ZONE_BODY && found != HTML_NO_ROLE))
            continue;
        if (role != RAP_ZONE_BODY) return role;
        found = role;
    }
    return found;
}

/* ---- lines ------------------------------------------------------------------------
 */

static uint8_t role_or_none(uint32_t value)
{
    return value == RAP_NONE ? HTML_NO_ROLE : (uint8_t)value;
}

/* Two words that give a line away wherever they stand in its beginning. */
static uint8_t role_of_parts(const rap_article_html_knowledge *knowledge,
                             rap_slice folded)
{
    uint32_t begin = 0, middle = 0;
    for (uint32_t end = 0; end <= folded.len; end++) {
        if (end < folded.len && is_name_byte(folded.at[end])) continue;
        if (middle > begin) {
            const uint32_t role =
                rap_map_get(&knowledge->line_part, rap_slice_sub(folded, begin, end));
            if (role != RAP_NONE) return (uint8_t)role;
        }
        if (end < folded.len && folded.at[end] != ' ') {
            begin = middle = end + 1;
            continue;
        }
        begin = middle;
        middle = end + 1;
    }
    return HTML_NO_ROLE;
}

uint8_t rap_article_html_line(const rap_article_html_knowledge *knowledge,
                              rap_slice line, bool section)
{
    char folded[LINE_BYTES * 3];
    const bool whole = line.len < LINE_BYTES;
    if (!whole) { /* its start, cut between characters */
        uint32_t end = LINE_BYTES - 1;
        while (end && (line.at[end] & 0xC0) == 0x80) end--;
        line = rap_slice_sub(line, 0, end);
    }
    uint32_t len = rap_fold_into(line, folded, sizeof folded);
    if (len == RAP_NONE || !len) return HTML_NO_ROLE;
    if (section) {
        if (folded[len - 1] == ':') len--;
        return whole ? role_or_none(rap_map_get(&knowledge->line_section,
                                                (rap_slice){folded, len}))
                     : HTML_NO_ROLE;
    }
    uint8_t role = HTML_NO_ROLE;
    if (whole)
        role =
            role_or_none(rap_map_get(&knowledge->line_whole, (rap_slice){folded, len}));
    uint32_t words = 0;
    for (uint32_t end = 1; end <= len && words < LINE_WORDS && role == HTML_NO_ROLE;
         end++) {
        const bool letter =
            end < len && is_name_byte(folded[end]) && is_name_byte(folded[end - 1]);
        if (letter) continue;
        if (folded[end - 1] == ' ') {
            words++;
            continue;
        }
        role =
            role_or_none(rap_map_get(&knowledge->line_start, (rap_slice){folded, end}));
    }
    if (role == HTML_NO_ROLE) role = role_of_parts(knowledge, (rap_slice){folded, len});
    return role;
}

/* ---- prose -------------------------------------------------------------------------
 */

/* Marks that end or part clauses, of some bytes: prose has them, menus do not. */
static uint32_t count_stops(rap_slice text)
{
    uint32_t stops = 0;
    for (uint32_t i = 0; i < text.len; i++) {
        const char c = text.at[i];
        const bool last = i + 1 == text.len || text.at[i + 1] == ' ';
        if ((c == '.' || c == ',' || c == '?' || c == '!') && last) stops++;
    }
    return stops;
}

static bool is_prose(const html_page *page, const html_block *block)
{
    if (block->heading || block->words < 10 || block->link_words * 2 > block->words)
        return false;
    const rap_slice text = rap_cut((rap_slice){page->text, page->len}, block->span);
    const uint32_t stops = count_stops(text);
    return block->ends || stops > 1 || (block->words > 25 && stops);
}

static void add_up(html_page *page)
{
    const rap_html_tree *tree = page->tree;
    for (uint32_t b = 0; b < page->blocks; b++) {
        html_block *block = &page->block[b];
        page->words[block->node] += block->words;
        page->links[block->node] += block->link_words;
        if (block->prose) page->prose[block->node] += block->words;
    }
    for (uint32_t i = tree->count; i-- > 1;) {
        page->words[tree->node[i].parent] += page->words[i];
        page->links[tree->node[i].parent] += page->links[i];
        page->prose[tree->node[i].parent] += page->prose[i];
    }
}

/* The most words of prose that an element of each role may hold: a byline does not hold
 * paragraphs. 0: no such limit, but not most of the page's prose. */
static uint32_t most_prose(uint8_t role)
{
    switch (role) {
    case RAP_ZONE_TITLE:
    case RAP_ZONE_BYLINE:
    case RAP_ZONE_DATELINE:
    case RAP_ZONE_CREDIT:
        return 40;
    case RAP_ZONE_STANDFIRST:
        return 120;
    case RAP_ZONE_CAPTION:
    case RAP_ZONE_DISCLAIMER:
        return 200;
    case RAP_ZONE_BIO:
        return 250;
    default:
        return 0;
    }
}

/* Whether an element's role against being the body can be believed. */
static bool is_believable(const html_page *page, uint32_t i, uint8_t role)
{
    enum { LEAST_OUTSIDE = 40 };
    const uint32_t all = page->prose[0], own = page->prose[i];
    if (!own) return true;
    const uint32_t most = most_prose(role);
    if (most && own > most) return false;
    if (all - own < LEAST_OUTSIDE && own > all - own) return false;
    return role == RAP_ZONE_COMMENTS || own < all / 2;
}

/* ---- teasers ------------------------------------------------------------------------
 */

/* Elements of a few dozen words under a linked headline: what may be a teaser. */
static bool mark_headed(const html_page *page, uint8_t *headed)
{
    enum { LEAST_LINK = 3 };
    uint32_t *first = rap_new(page->scratch, uint32_t, page->tree->count);
    if (!first) return false;
    for (uint32_t b = page->blocks; b-- > 0;) {
        const html_block *block = &page->block[b];
        first[block->node] = b + 1;
        const bool whole = block->link_words == block->words;
        if (block->heading && whole && block->words >= LEAST_LINK)
            headed[block->node] = 1;
    }
    for (uint32_t i = page->tree->count; i-- > 1;) {
        const uint32_t above = page->tree->node[i].parent;
        if (first[i] && (!first[above] || first[i] < first[above]))
            first[above] = first[i];
        if (headed[i]) headed[above] = 1;
    }
    for (uint32_t i = 0; i < page->tree->count; i++) {
        if (!first[i]) continue;
        const html_block *block = &page->block[first[i] - 1];
        if (block->linked && block->link_words >= LEAST_LINK) headed[i] = 1;
    }
    return true;
}

static bool is_teaser_like(const html_page *page, uint32_t i, const uint8_t *headed)
{
    enum { LEAST_WORDS = 8, MOST_WORDS = 130 };
    return headed[i] && page->words[i] >= LEAST_WORDS && page->words[i] <= MOST_WORDS &&
           rap_article_html_is_block((rap_html_tag)page->tree->node[i].tag) &&
           page->tree->node[i].tag != RAP_HTML_P;
}

/* Three or more of them side by side point to other articles. */
static bool mark_teasers(html_page *page)
{
    enum { LEAST_SIBLINGS = 3 };
    const rap_html_tree *tree = page->tree;
    uint8_t *headed = rap_new(page->scratch, uint8_t, tree->count);
    uint32_t *alike = rap_new(page->scratch, uint32_t, tree->count);
    if (!headed || !alike || !mark_headed(page, headed)) return false;
    for (uint32_t i = 1; i < tree->count; i++)
        if (is_teaser_like(page, i, headed)) alike[tree->node[i].parent]++;
    for (uint32_t i = 1; i < tree->count; i++)
        if (alike[tree->node[i].parent] >= LEAST_SIBLINGS &&
            is_teaser_like(page, i, headed))
            page->own_role[i] = RAP_ZONE_RELATED;
    return true;
}

bool rap_article_html_roles(html_page *page)
{
    const uint32_t count = page->tree->count;
    page->role = rap_new(page->scratch, uint8_t, count);
    page->own_role = rap_new(page->scratch, uint8_t, count);
    page->words = rap_new(page->scratch, uint32_t, count);
    page->links = rap_new(page->scratch, uint32_t, count);
    page->prose = rap_new(page->scratch, uint32_t, count);
    page->value = rap_new(page->scratch, double, count);
    if (!page->role || !page->own_role || !page->words || !page->links ||
        !page->prose || !page->value)
        return false;
    uint8_t *heading = rap_new(page->scratch, uint8_t, count);
    if (!heading) return false;
    for (uint32_t i = 0; i < count; i++) {
        const rap_html_node *node = &page->tree->node[i];
        heading[i] = rap_article_html_is_heading((rap_html_tag)node->tag) ||
                     (node->parent != RAP_NONE && heading[node->parent]);
    }
    for (uint32_t b = 0; b < page->blocks; b++) {
        page->block[b].heading = heading[page->block[b].first_node];
        page->block[b].prose = is_prose(page, &page->block[b]);
    }
    add_up(page);
    memset(page->own_role, HTML_NO_ROLE, count);
    if (!mark_teasers(page)) return false;
    page->role[0] = HTML_NO_ROLE;
    for (uint32_t i = 1; i < count; i++) {
        uint8_t own = page->own_role[i];
        if (own == HTML_NO_ROLE) own = own_role(page, i);
        if (own != HTML_NO_ROLE && own != RAP_ZONE_BODY && !is_believable(page, i, own))
            own = HTML_NO_ROLE;
        const uint8_t above = page->role[page->tree->node[i].parent];
        const bool free = above == HTML_NO_ROLE || above == RAP_ZONE_BODY;
        page->own_role[i] = own;
        page->role[i] = free && own != HTML_NO_ROLE ? own : above;
    }
    for (uint32_t b = 0; b < page->blocks; b++) {
        html_block *block = &page->block[b];
        block->role = page->role[block->first_node];
        block->line_role = rap_article_html_line(
            page->knowledge, rap_cut((rap_slice){page->text, page->len}, block->span),
            false);
    }
    return true;
}
