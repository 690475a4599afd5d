/*
 * html.c - the table of elements, character references, and ways through a tree; see
 * html.h.
 *
 * Method  element traits after the WHATWG HTML standard, sections 12.1.2 and 13.2.4.2;
 *         references after 13.2.5.72: the longest name, without ';' only where listed
 * so.
 */
#include "html.h"

#include "html_private.h"
#include "text.h"

#include <stdlib.h>

/* ---- elements ----------------------------------------------------------------- */

static const struct element {
    const char *name;
    uint32_t traits;
} element[RAP_HTML_TAGS] = {
    [RAP_HTML_TEXT] = {"", 0},
    [RAP_HTML_OTHER] = {"", 0},
    [RAP_HTML_A] = {"a", 0},
    [RAP_HTML_ABBR] = {"abbr", 0},
    [RAP_HTML_ACRONYM] = {"acronym", 0},
    [RAP_HTML_ADDRESS] = {"address", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_APPLET] = {"applet", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_BLOCK_END},
    [RAP_HTML_AREA] = {"area", TRAIT_VOID | TRAIT_SPECIAL},
    [RAP_HTML_ARTICLE] = {"article", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                                         TRAIT_LEAVES_SVG},
    [RAP_HTML_ASIDE] = {"aside", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                                     TRAIT_LEAVES_SVG},
    [RAP_HTML_AUDIO] = {"audio", 0},
    [RAP_HTML_B] = {"b", TRAIT_LEAVES_SVG},
    [RAP_HTML_BASE] = {"base", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_HEAD},
    [RAP_HTML_BDI] = {"bdi", 0},
    [RAP_HTML_BDO] = {"bdo", 0},
    [RAP_HTML_BIG] = {"big", TRAIT_LEAVES_SVG},
    [RAP_HTML_BLOCKQUOTE] = {"blockquote", TRAIT_CLOSES_P | TRAIT_SPECIAL |
                                               TRAIT_BLOCK_END | TRAIT_LEAVES_SVG},
    [RAP_HTML_BODY] = {"body", TRAIT_SPECIAL | TRAIT_LEAVES_SVG},
    [RAP_HTML_BR] = {"br", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_LEAVES_SVG},
    [RAP_HTML_BUTTON] = {"button", TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_CANVAS] = {"canvas", 0},
    [RAP_HTML_CAPTION] = {"caption", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_TABLE},
    [RAP_HTML_CENTER] = {"center", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                                       TRAIT_LEAVES_SVG},
    [RAP_HTML_CITE] = {"cite", 0},
    [RAP_HTML_CODE] = {"code", TRAIT_LEAVES_SVG},
    [RAP_HTML_COL] = {"col", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_TABLE},
    [RAP_HTML_COLGROUP] = {"colgroup", TRAIT_SPECIAL | TRAIT_TABLE},
    [RAP_HTML_DATA] = {"data", 0},
    [RAP_HTML_DATALIST] = {"datalist", 0},
    [RAP_HTML_DD] = {"dd", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                               TRAIT_LEAVES_SVG},
    [RAP_HTML_DEL] = {"del", 0},
    [RAP_HTML_DESC] = {"desc", TRAIT_SPECIAL | TRAIT_SCOPE},
    [RAP_HTML_DETAILS] = {"details", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_DFN] = {"dfn", 0},
    [RAP_HTML_DIALOG] = {"dialog", TRAIT_CLOSES_P | TRAIT_BLOCK_END},
    [RAP_HTML_DIR] = {"dir", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_DIV] = {"div", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                                 TRAIT_LEAVES_SVG},
    [RAP_HTML_DL] = {"dl", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                               TRAIT_LEAVES_SVG},
    [RAP_HTML_DT] = {"dt", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                               TRAIT_LEAVES_SVG},
    [RAP_HTML_EM] = {"em", TRAIT_LEAVES_SVG},
    [RAP_HTML_EMBED] = {"embed", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_LEAVES_SVG},
    [RAP_HTML_FIELDSET] = {"fieldset",
                           TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_FIGCAPTION] = {"figcaption",
                             TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_FIGURE] = {"figure", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                                       TRAIT_LEAVES_SVG},
    [RAP_HTML_FONT] = {"font", 0},
    [RAP_HTML_FOOTER] = {"footer", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                                       TRAIT_LEAVES_SVG},
    [RAP_HTML_FOREIGNOBJECT] = {"foreignobject", TRAIT_SPECIAL | TRAIT_SCOPE},
    [RAP_HTML_FORM] = {"form", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_H1] = {"h1", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                               TRAIT_LEAVES_SVG},
    [RAP_HTML_H2] = {"h2", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                               TRAIT_LEAVES_SVG},
    [RAP_HTML_H3] = {"h3", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                               TRAIT_LEAVES_SVG},
    [RAP_HTML_H4] = {"h4", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                               TRAIT_LEAVES_SVG},
    [RAP_HTML_H5] = {"h5", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                               TRAIT_LEAVES_SVG},
    [RAP_HTML_H6] = {"h6", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                               TRAIT_LEAVES_SVG},
    [RAP_HTML_HEAD] = {"head", TRAIT_SPECIAL | TRAIT_LEAVES_SVG},
    [RAP_HTML_HEADER] = {"header", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                                       TRAIT_LEAVES_SVG},
    [RAP_HTML_HGROUP] = {"hgroup", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_HR] = {"hr",
                     TRAIT_VOID | TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_LEAVES_SVG},
    [RAP_HTML_HTML] = {"html", TRAIT_SPECIAL | TRAIT_SCOPE},
    [RAP_HTML_I] = {"i", TRAIT_LEAVES_SVG},
    [RAP_HTML_IFRAME] = {"iframe", TRAIT_SPECIAL | TRAIT_RAW},
    [RAP_HTML_IMG] = {"img", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_LEAVES_SVG},
    [RAP_HTML_INPUT] = {"input", TRAIT_VOID | TRAIT_SPECIAL},
    [RAP_HTML_INS] = {"ins", 0},
    [RAP_HTML_KBD] = {"kbd", 0},
    [RAP_HTML_LABEL] = {"label", 0},
    [RAP_HTML_LEGEND] = {"legend", 0},
    [RAP_HTML_LI] = {"li", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                               TRAIT_LEAVES_SVG},
    [RAP_HTML_LINK] = {"link", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_HEAD},
    [RAP_HTML_MAIN] = {"main", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_MAP] = {"map", 0},
    [RAP_HTML_MARK] = {"mark", 0},
    [RAP_HTML_MARQUEE] = {"marquee", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_BLOCK_END},
    [RAP_HTML_MATH] = {"math", 0},
    [RAP_HTML_MENU] = {"menu", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                                   TRAIT_LEAVES_SVG},
    [RAP_HTML_META] = {"meta",
                       TRAIT_VOID | TRAIT_SPECIAL | TRAIT_HEAD | TRAIT_LEAVES_SVG},
    [RAP_HTML_METER] = {"meter", 0},
    [RAP_HTML_NAV] = {"nav", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_NOBR] = {"nobr", TRAIT_LEAVES_SVG},
    [RAP_HTML_NOEMBED] = {"noembed", TRAIT_SPECIAL | TRAIT_RAW},
    [RAP_HTML_NOFRAMES] = {"noframes", TRAIT_SPECIAL | TRAIT_HEAD | TRAIT_RAW},
    [RAP_HTML_NOSCRIPT] = {"noscript", TRAIT_SPECIAL | TRAIT_HEAD | TRAIT_RAW},
    [RAP_HTML_OBJECT] = {"object", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_BLOCK_END},
    [RAP_HTML_OL] = {"ol", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                               TRAIT_LEAVES_SVG},
    [RAP_HTML_OPTGROUP] = {"optgroup", 0},
    [RAP_HTML_OPTION] = {"option", 0},
    [RAP_HTML_OUTPUT] = {"output", 0},
    [RAP_HTML_P] = {"p", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                             TRAIT_LEAVES_SVG},
    [RAP_HTML_PARAM] = {"param", TRAIT_VOID | TRAIT_SPECIAL},
    [RAP_HTML_PICTURE] = {"picture", 0},
    [RAP_HTML_PLAINTEXT] = {"plaintext", TRAIT_CLOSES_P | TRAIT_SPECIAL},
    [RAP_HTML_PRE] = {"pre", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                                 TRAIT_LEAVES_SVG},
    [RAP_HTML_PROGRESS] = {"progress", 0},
    [RAP_HTML_Q] = {"q", 0},
    [RAP_HTML_RP] = {"rp", 0},
    [RAP_HTML_RT] = {"rt", 0},
    [RAP_HTML_RUBY] = {"ruby", TRAIT_LEAVES_SVG},
    [RAP_HTML_S] = {"s", TRAIT_LEAVES_SVG},
    [RAP_HTML_SAMP] = {"samp", 0},
    [RAP_HTML_SCRIPT] = {"script", TRAIT_SPECIAL | TRAIT_HEAD | TRAIT_RAW},
    [RAP_HTML_SEARCH] = {"search", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_SECTION] = {"section", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                                         TRAIT_LEAVES_SVG},
    [RAP_HTML_SELECT] = {"select", TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_SMALL] = {"small", TRAIT_LEAVES_SVG},
    [RAP_HTML_SOURCE] = {"source", TRAIT_VOID | TRAIT_SPECIAL},
    [RAP_HTML_SPAN] = {"span", TRAIT_LEAVES_SVG},
    [RAP_HTML_STRIKE] = {"strike", TRAIT_LEAVES_SVG},
    [RAP_HTML_STRONG] = {"strong", TRAIT_LEAVES_SVG},
    [RAP_HTML_STYLE] = {"style", TRAIT_SPECIAL | TRAIT_HEAD | TRAIT_RAW},
    [RAP_HTML_SUB] = {"sub", TRAIT_LEAVES_SVG},
    [RAP_HTML_SUMMARY] = {"summary", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END},
    [RAP_HTML_SUP] = {"sup", TRAIT_LEAVES_SVG},
    [RAP_HTML_SVG] = {"svg", 0},
    [RAP_HTML_TABLE] = {"table", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_SCOPE |
                                     TRAIT_TABLE | TRAIT_LEAVES_SVG},
    [RAP_HTML_TBODY] = {"tbody", TRAIT_SPECIAL | TRAIT_TABLE},
    [RAP_HTML_TD] = {"td", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_TABLE},
    [RAP_HTML_TEMPLATE] = {"template", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_HEAD},
    [RAP_HTML_TEXTAREA] = {"textarea", TRAIT_SPECIAL | TRAIT_RCDATA},
    [RAP_HTML_TFOOT] = {"tfoot", TRAIT_SPECIAL | TRAIT_TABLE},
    [RAP_HTML_TH] = {"th", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_TABLE},
    [RAP_HTML_THEAD] = {"thead", TRAIT_SPECIAL | TRAIT_TABLE},
    [RAP_HTML_TIME] = {"time", 0},
    [RAP_HTML_TITLE] = {"title", TRAIT_SPECIAL | TRAIT_HEAD | TRAIT_RCDATA},
    [RAP_HTML_TR] = {"tr", TRAIT_SPECIAL | TRAIT_TABLE},
    [RAP_HTML_TRACK] = {"track", TRAIT_VOID | TRAIT_SPECIAL},
    [RAP_HTML_TT] = {"tt", TRAIT_LEAVES_SVG},
    [RAP_HTML_U] = {"u", TRAIT_LEAVES_SVG},
    [RAP_HTML_UL] = {"ul", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_BLOCK_END |
                               TRAIT_LEAVES_SVG},
    [RAP_HTML_VAR] = {"var", TRAIT_LEAVES_SVG},
    [RAP_HTML_VIDEO] = {"video", 0},
    [RAP_HTML_WBR] = {"wbr", TRAIT_VOID | TRAIT_SPECIAL},
    [RAP_HTML_XMP] = {"xmp", TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_RAW},
};

uint32_t rap_html_traits(rap_html_tag tag)
{
    return element[tag].traits;
}

const char *rap_html_tag_name(rap_html_tag tag)
{
    return element[tag].name;
}

static bool put_elements(rap_html_knowledge *knowledge)
{
    for (uint32_t tag = RAP_HTML_OTHER + 1; tag < RAP_HTML_TAGS; tag++) {
        assert(element[tag].name);
        uint32_t *slot = rap_map_put(&knowledge->tag, &knowledge->arena,
                                     rap_slice_of(element[tag].name));
        if (!slot) return false;
        *slot = tag;
    }
    return true;
}

/* ---- the named references -------------------------------------------------------- */

enum { KNOWLEDGE_BYTES = 4 * 1024 * 1024 };

static uint32_t hex_digit(char c)
{
    if (c >= '0' && c <= '9') return (uint32_t)(c - '0');
    const char lower = (char)(c | 32);
    return lower >= 'a' && lower <= 'f' ? (uint32_t)(lower - 'a') + 10 : 16;
}

/* "2A 20D2" as UTF-8; false if it is anything else. */
static bool read_code_points(rap_slice list, rap_html_reference *out)
{
    rap_slice part;
    *out = (rap_html_reference){.len = 0};
    while (rap_split_next(&list, ' ', &part)) {
        uint32_t c = 0;
        for (uint32_t i = 0; i < part.len; i++) {
            if (i == 6 || hex_digit(part.at[i]) > 15) return false;
            c = c * 16 + hex_digit(part.at[i]);
        }
        if (!c || c > 0x10FFFF || out->len + 4 > REFERENCE_BYTES) return false;
        out->len += rap_utf8_put(c, out->byte + out->len);
    }
    return out->len > 0;
}

static rap_status read_references(rap_html_knowledge *knowledge, rap_slice bytes,
                                  rap_error *err)
{
    RAP_LIST(rap_html_reference) list = {0};
    rap_slice field[RAP_TSV_FIELDS];
    rap_tsv tsv = rap_tsv_open(bytes);
    while (rap_tsv_next(&tsv, field)) {
        rap_html_reference reference;
        if (field[0].len >= LONGEST_NAME || !read_code_points(field[1], &reference))
            return rap_fail(err, RAP_E_MODEL, tsv.at, "html/entities.tsv: line %u",
                            tsv.line);
        uint32_t *slot = rap_map_put(&knowledge->name, &knowledge->arena, field[0]);
        if (!slot || !rap_push(&knowledge->arena, &list, reference))
            return rap_fail(err, RAP_E_NOMEM, 0, "html/entities.tsv");
        *slot = list.count - 1;
    }
    knowledge->reference = list.at;
    return RAP_OK;
}

rap_status rap_html_open(const rap_language *language, rap_html_knowledge **out,
                         rap_error *err)
{
    *out = NULL;
    rap_slice bytes;
    rap_status status = rap_language_file(language, "html/entities.tsv", &bytes, err);
    if (status) return status;
    rap_html_knowledge *knowledge = calloc(1, sizeof *knowledge);
    if (!knowledge) return rap_fail(err, RAP_E_NOMEM, 0, "the HTML tables");
    knowledge->arena = RAP_ARENA(KNOWLEDGE_BYTES);
    if (put_elements(knowledge))
        status = read_references(knowledge, bytes, err);
    else
        status = rap_fail(err, RAP_E_NOMEM, 0, "the HTML tables");
    if (status) {
        rap_html_close(knowledge);
        return status;
    }
    *out = knowledge;
    return RAP_OK;
}

void rap_html_close(rap_html_knowledge *knowledge)
{
    if (!knowledge) return;
    rap_arena_free(&knowledge->arena);
    free(knowledge);
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* What the standard makes of a number: windows-1252 for the C1 controls. */
static uint32_t mend_number(uint32_t c)
{
    static const uint16_t windows[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
        0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return RAP_BAD_CHAR;
    return c >= 0x80 && c < 0xA0 ? windows[c - 0x80] : c;
}

static uint32_t read_number(rap_slice s, uint32_t at, rap_html_reference *out)
{
    uint32_t i = at + 2; /* past "&#" */
    const bool hex = i < s.len && (s.at[i] | 32) == 'x';
    const uint32_t base = hex ? 16 : 10;
    if (hex) i++;
    const uint32_t begin = i;
    uint32_t c = 0;
    while (i < s.len && hex_digit(s.at[i]) < base) {
        if (c <= 0x10FFFF) c = c * base + hex_digit(s.at[i]);
        i++;
    }
    if (i == begin) return 0;
    out->len = rap_utf8_put(mend_number(c), out->byte);
    if (i < s.len && s.at[i] == ';') i++;
    return i - at;
}

uint32_t rap_html_read_reference(const rap_html_knowledge *knowledge, rap_slice s,
                                 uint32_t at, bool in_attribute,
                                 rap_html_reference *out)
{
    enum { LONGEST_BARE = 6 }; /* of the names that stand without ';' */
    if (at + 1 < s.len && s.at[at + 1] == '#') return read_number(s, at, out);
    const uint32_t begin = at + 1;
    uint32_t end = begin;
    while (end < s.len && end - begin < LONGEST_NAME && is_alnum(s.at[end])) end++;
    uint32_t found = RAP_NONE;
    if (end > begin && end < s.len && s.at[end] == ';')
        found = rap_map_get(&knowledge->name, rap_slice_sub(s, begin, end + 1));
    if (found != RAP_NONE) {
        *out = knowledge->reference[found];
        return end + 1 - at;
    }
    uint32_t stop = end - begin > LONGEST_BARE ? begin + LONGEST_BARE : end;
    for (; stop > begin + 1 && found == RAP_NONE; stop--)
        found = rap_map_get(&knowledge->name, rap_slice_sub(s, begin, stop));
    if (found == RAP_NONE) return 0;
    stop++; /* the loop stepped past the length it found */
    /* In addresses "&copy=1" and "&copyright" are parameters. */
    if (in_attribute && stop < s.len && (s.at[stop] == '=' || is_alnum(s.at[stop])))
        return 0;
    *out = knowledge->reference[found];
    return stop - at;
}

/* ---- ways through a tree -----------------------------------------------------------
 */

uint32_t rap_html_first(const rap_html_tree *tree, uint32_t i)
{
    assert(i < tree->count);
    return tree->node[i].end > i + 1 ? i + 1 : RAP_NONE;
}

uint32_t rap_html_next(const rap_html_tree *tree, uint32_t i)
{
    assert(i < tree->count);
    const rap_html_node *node = &tree->node[i];
    if (node->parent == RAP_NONE) return RAP_NONE;
    return node->end < tree->node[node->parent].end ? node->end : RAP_NONE;
}

const rap_slice *rap_html_attribute_of(const rap_html_tree *tree, uint32_t i,
                                       const char *name)
{
    assert(i < tree->count);
    const rap_html_node *node = &tree->node[i];
    for (uint32_t a = 0; a < node->attributes; a++) {
        const rap_html_attribute *attribute = &tree->attribute[node->attribute + a];
        if (rap_slice_is_nocase(attribute->name, name)) return &attribute->value;
    }
    return NULL;
}

rap_slice rap_html_text_of(const rap_html_tree *tree, uint32_t i, rap_arena *arena)
{
    uint32_t len = 0;
    for (uint32_t n = i; n < tree->node[i].end; n++)
        if (tree->node[n].tag == RAP_HTML_TEXT) len += tree->node[n].text.len;
    char *at = rap_new(arena, char, (size_t)len + 1);
    if (!at) return (rap_slice){NULL, 0};
    len = 0;
    for (uint32_t n = i; n < tree->node[i].end; n++) {
        const rap_html_node *node = &tree->node[n];
        if (node->tag != RAP_HTML_TEXT) continue;
        if (node->text.len) memcpy(at + len, node->text.at, node->text.len);
        len += node->text.len;
    }
    return (rap_slice){at, len};
}
