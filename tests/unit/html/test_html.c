/* The HTML parser: tokens, implied end tags, references, limits. */
#include "check.h"

#include "html.h"

#include <stdlib.h>
#include <time.h>

enum { ARENA_BYTES = 64 * 1024 * 1024 };

static rap_html_knowledge *knowledge;

static int open_knowledge(void **state)
{
    (void)state;
    rap_language language;
    return rap_language_open("en", &language, NULL) ||
           rap_html_open(&language, &knowledge, NULL);
}

static int close_knowledge(void **state)
{
    (void)state;
    rap_html_close(knowledge);
    return 0;
}

/* The tree as "div(p(a-text))": element names, text between quotation marks. */
typedef struct drawing {
    char text[4096];
    size_t len;
} drawing;

static void draw(drawing *d, const char *at, size_t len)
{
    assert_true(d->len + len < sizeof d->text);
    memcpy(d->text + d->len, at, len);
    d->len += len;
    d->text[d->len] = 0;
}

static void draw_tree(const rap_html_tree *tree, drawing *d)
{
    uint32_t open[RAP_HTML_DEPTH + 2], depth = 0;
    for (uint32_t i = 0; i <= tree->count; i++) {
        while (depth && (i == tree->count || tree->node[open[depth - 1]].end <= i)) {
            draw(d, ")", 1);
            depth--;
        }
        if (i == tree->count) break;
        const rap_html_node *node = &tree->node[i];
        if (node->tag == RAP_HTML_TEXT) {
            draw(d, "'", 1);
            draw(d, node->text.at, node->text.len);
            draw(d, "'", 1);
            continue;
        }
        draw(d, node->text.at, node->text.len);
        if (node->end == i + 1) continue;
        draw(d, "(", 1);
        open[depth++] = i;
    }
}

static void check_tree(const rap_html_tree *tree, rap_slice bytes)
{
    assert_true(tree->count >= 1);
    assert_int_equal(tree->node[0].tag, RAP_HTML_HTML);
    assert_int_equal(tree->node[0].end, tree->count);
    uint32_t last = 0;
    for (uint32_t i = 0; i < tree->count; i++) {
        const rap_html_node *node = &tree->node[i];
        assert_true(node->end > i && node->end <= tree->count);
        assert_true(node->source <= node->source_end && node->source_end <= bytes.len);
        assert_true((size_t)node->attribute + node->attributes <= tree->attributes ||
                    !node->attributes);
        if (i) {
            assert_true(node->parent < i);
            assert_true(node->end <= tree->node[node->parent].end);
            assert_true(node->source >= last);
        }
        if (node->tag == RAP_HTML_TEXT) {
            assert_int_equal(node->end, i + 1);
            if (!node->decoded)
                assert_ptr_equal(node->text.at, bytes.at + node->source);
        }
        last = node->source;
    }
}

static void expect(const char *html, const char *want)
{
    rap_arena arena = RAP_ARENA(ARENA_BYTES);
    rap_html_tree tree;
    drawing d = {.len = 0};
    const rap_slice bytes = rap_slice_of(html);
    assert_int_equal(rap_html_parse(knowledge, bytes, &arena, &tree, NULL), RAP_OK);
    check_tree(&tree, bytes);
    draw_tree(&tree, &d);
    assert_string_equal(d.text, want);
    rap_arena_free(&arena);
}

static void head_and_body_are_implied(void **state)
{
    (void)state;
    expect("", "html");
    expect("talks", "html(body('talks'))");
    expect("<title>Talks</title><p>Begun",
           "html(head(title('Talks'))body(p('Begun')))");
    expect("<html><head></head><body>x</body></html>", "html(headbody('x'))");
    expect("<!doctype html>\n<meta charset=utf-8>\n<div>x",
           "html(head(meta)body(div('x')))");
    expect("x</body>y</html>z", "html(body('x''y''z'))");
}

static void paragraphs_and_items_end_by_themselves(void **state)
{
    (void)state;
    expect("<p>a<p>b<div>c</div>", "html(body(p('a')p('b')div('c')))");
    expect("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>",
           "html(body(ul(li('a')li('b'ul(li('c')))li('d'))))");
    expect("<dl><dt>a<dd>b<dt>c</dl>", "html(body(dl(dt('a')dd('b')dt('c'))))");
    expect("<select><option>a<option>b</select>c",
           "html(body(select(option('a')option('b'))'c'))");
    expect("<h2>a<h3>b</h2>c", "html(body(h2('a')h3('b')'c'))");
}

static void tables_close_their_parts(void **state)
{
    (void)state;
    expect("<table><tr><td>a<td>b<tr><td>c</table>d",
           "html(body(table(tr(td('a')td('b'))tr(td('c')))'d'))");
    expect("<table><tr><td><table><tr><td>a</table>b</table>c",
           "html(body(table(tr(td(table(tr(td('a')))'b')))'c'))");
    expect("<table><thead><tr><th>a<tbody><tr><td>b</div>c</table>",
           "html(body(table(thead(tr(th('a')))tbody(tr(td('b''c'))))))");
}

static void end_tags_match_within_their_scope(void **state)
{
    (void)state;
    expect("<div><span>a</div>b", "html(body(div(span('a'))'b'))");
    expect("<span><div>a</span>b</div>", "html(body(span(div('a''b'))))");
    expect("<x-one><x-two>a</x-one>b", "html(body(x-one(x-two('a'))'b'))");
    expect("a</p></nothing>b", "html(body('a''b'))");
    expect("<a>one<a>two</a>", "html(body(a('one')a('two')))");
}

static void void_elements_hold_nothing(void **state)
{
    (void)state;
    expect("a<br>b<img src=x>c<hr/>d", "html(body('a'br'b'img'c'hr'd'))");
    expect("<svg><path/><g>a</g></svg>b", "html(body(svg(pathg('a'))'b'))");
}

static void raw_text_ends_only_at_its_end_tag(void **state)
{
    (void)state;
    expect("<script>if (a<b) '</p>'</script >x",
           "html(head(script('if (a<b) '</p>''))body('x'))");
    expect("<script><!-- <script>a</script> --></script>x",
           "html(head(script('<!-- <script>a</script> -->'))body('x'))");
    expect("<style>p{}</style>", "html(head(style('p{}')))");
    expect("<textarea><p>&lt;</textarea>x", "html(body(textarea('<p>''<')'x'))");
    expect("<script>never ended", "html(head(script('never ended')))");
}

static void comments_and_declarations_leave_no_trace(void **state)
{
    (void)state;
    expect("a<!-- b --!>c<!-->d<!--->e<!x>f<?y?>g</ z>h</>i",
           "html(body('a''c''d''e''f''g''h''i'))");
    expect("a<!-- never ended", "html(body('a'))");
    expect("<svg><![CDATA[a<b]]></svg>", "html(body(svg('a<b')))");
    expect("a < b <3 c", "html(body('a < b <3 c'))");
    expect("a<div class=\"never ended", "html(body('a'))");
}

static void references_are_decoded(void **state)
{
    (void)state;
    expect("a&amp;b", "html(body('a''&''b'))");
    expect("&lt&#60;&#x3C;&#X3c", "html(body('<''<''<''<'))");
    expect("&notit; &not; &nothing;",
           "html(body('\xC2\xAC''it; ''\xC2\xAC'' ''\xC2\xAC'"
           "'hing;'))");
    expect("&NotEqualTilde;", "html(body('\xE2\x89\x82\xCC\xB8'))");
    expect("&#147;&#0;&#xD800;&#99999999;",
           "html(body('\xE2\x80\x9C''\xEF\xBF\xBD''\xEF\xBF\xBD''\xEF\xBF\xBD'))");
    expect("AT&T & co &; &#; &#x;", "html(body('AT&T & co &; &#; &#x;'))");
}

static void attributes_come_in_every_quoting(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(ARENA_BYTES);
    rap_html_tree tree;
    const rap_slice html = RAP_LIT("<p ID=one class = 'a b' title=\"x&amp;y\" hidden "
                                   "href='?a=1&copy=2' id=two>z");
    assert_int_equal(rap_html_parse(knowledge, html, &arena, &tree, NULL), RAP_OK);
    const uint32_t p = 2; /* html, body, p */
    assert_int_equal(tree.node[p].tag, RAP_HTML_P);
    assert_int_equal(tree.node[p].attributes, 6);
    assert_true(rap_slice_is(*rap_html_attribute_of(&tree, p, "id"), "one"));
    assert_true(rap_slice_is(*rap_html_attribute_of(&tree, p, "class"), "a b"));
    assert_true(rap_slice_is(*rap_html_attribute_of(&tree, p, "title"), "x&y"));
    assert_true(rap_slice_is(*rap_html_attribute_of(&tree, p, "href"), "?a=1&copy=2"));
    assert_int_equal(rap_html_attribute_of(&tree, p, "hidden")->len, 0);
    assert_null(rap_html_attribute_of(&tree, p, "lang"));
    const rap_slice text = rap_html_text_of(&tree, 0, &arena);
    assert_true(rap_slice_is(text, "z"));
    rap_arena_free(&arena);
}

static void children_and_siblings_can_be_walked(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(ARENA_BYTES);
    rap_html_tree tree;
    assert_int_equal(rap_html_parse(knowledge, RAP_LIT("<div><p>a</p><p>b</p></div>c"),
                                    &arena, &tree, NULL),
                     RAP_OK);
    const uint32_t body = rap_html_first(&tree, 0);
    const uint32_t div = rap_html_first(&tree, body);
    const uint32_t one = rap_html_first(&tree, div);
    const uint32_t two = rap_html_next(&tree, one);
    assert_int_equal(tree.node[two].tag, RAP_HTML_P);
    assert_int_equal(rap_html_next(&tree, two), RAP_NONE);
    assert_int_equal(tree.node[rap_html_next(&tree, div)].tag, RAP_HTML_TEXT);
    assert_int_equal(rap_html_next(&tree, 0), RAP_NONE);
    assert_int_equal(rap_html_first(&tree, rap_html_first(&tree, one)), RAP_NONE);
    rap_arena_free(&arena);
}

/* `unit` over and over, `times` times, must parse in well under a second. */
static void check_hostile(const char *before, const char *unit, uint32_t times)
{
    const size_t head = strlen(before), len = strlen(unit);
    char *bytes = malloc(head + len * times);
    assert_non_null(bytes);
    memcpy(bytes, before, head);
    for (uint32_t i = 0; i < times; i++) memcpy(bytes + head + i * len, unit, len);
    const rap_slice html = {bytes, (uint32_t)(head + len * times)};
    rap_arena arena = RAP_ARENA(ARENA_BYTES);
    rap_html_tree tree;
    const clock_t begin = clock();
    assert_int_equal(rap_html_parse(knowledge, html, &arena, &tree, NULL), RAP_OK);
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 1);
    check_tree(&tree, html);
    rap_arena_free(&arena);
    free(bytes);
}

static void hostile_pages_take_linear_time(void **state)
{
    (void)state;
    check_hostile("", "<div>", 100000);
    check_hostile("", "<p>", 100000);
    check_hostile("", "<b>", 100000);
    check_hostile("", "<a>", 100000);
    check_hostile("<a ", "x=\"y\" ", 20000);
    check_hostile("", "</b>", 100000);
    check_hostile("<b><b><b>", "</div><x>", 50000);
    check_hostile("", "<table><tr><td>", 30000);
    check_hostile("", "&", 500000);
    check_hostile("", "&ampamp", 50000);
    check_hostile("", "<", 500000);
    check_hostile("", "<!--", 100000);
    check_hostile("<script><!--", "<script>-", 50000);
    check_hostile("", "<svg><p>", 50000);
}

static void elements_below_the_deepest_become_its_children(void **state)
{
    (void)state;
    enum { DEEP = 600, BYTES = DEEP * 11 + 1 };
    char html[BYTES];
    size_t len = 0;
    for (uint32_t i = 0; i < DEEP; i++) memcpy(html + len, "<div>", 5), len += 5;
    html[len++] = 'x';
    for (uint32_t i = 0; i < DEEP; i++) memcpy(html + len, "</div>", 6), len += 6;
    rap_arena arena = RAP_ARENA(ARENA_BYTES);
    rap_html_tree tree;
    const rap_slice bytes = {html, (uint32_t)len};
    assert_int_equal(rap_html_parse(knowledge, bytes, &arena, &tree, NULL), RAP_OK);
    check_tree(&tree, bytes);
    assert_int_equal(tree.count, DEEP + 3);
    uint32_t depth = 0;
    for (uint32_t i = tree.count - 1; i != RAP_NONE; i = tree.node[i].parent) depth++;
    assert_int_equal(depth, RAP_HTML_DEPTH + 1);
    rap_arena_free(&arena);
}

static void further_attributes_are_dropped(void **state)
{
    (void)state;
    char html[3000] = "<p";
    for (uint32_t i = 0; i < 300; i++) strcat(html, " a=1");
    strcat(html, ">x");
    rap_arena arena = RAP_ARENA(ARENA_BYTES);
    rap_html_tree tree;
    assert_int_equal(rap_html_parse(knowledge, rap_slice_of(html), &arena, &tree, NULL),
                     RAP_OK);
    assert_int_equal(tree.node[2].attributes, RAP_HTML_ATTRIBUTES);
    rap_arena_free(&arena);
}

static void any_bytes_give_a_tree(void **state)
{
    (void)state;
    static const char alphabet[] = "<>/!-&;#x='\" \npabtdriv\xC3\xFF\x00";
    uint32_t seed = 1;
    for (uint32_t round = 0; round < 3000; round++) {
        char bytes[64];
        for (uint32_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        const rap_slice html = {bytes, round % 65};
        rap_arena arena = RAP_ARENA(ARENA_BYTES);
        rap_html_tree tree;
        assert_int_equal(rap_html_parse(knowledge, html, &arena, &tree, NULL), RAP_OK);
        check_tree(&tree, html);
        rap_arena_free(&arena);
    }
}

static void survives_every_lost_allocation(void **state)
{
    (void)state;
    rap_arena arena;
    rap_html_tree tree;
    const rap_slice html = RAP_LIT(
        "<title>a&amp;b</title><p class='x&lt;'>one<p>two<div>three<br>&eacute;");
    CHECK_EVERY_LOST_ALLOCATION(arena, ARENA_BYTES, 100,
                                rap_html_parse(knowledge, html, &arena, &tree, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(head_and_body_are_implied),
        cmocka_unit_test(paragraphs_and_items_end_by_themselves),
        cmocka_unit_test(tables_close_their_parts),
        cmocka_unit_test(end_tags_match_within_their_scope),
        cmocka_unit_test(void_elements_hold_nothing),
        cmocka_unit_test(raw_text_ends_only_at_its_end_tag),
        cmocka_unit_test(comments_and_declarations_leave_no_trace),
        cmocka_unit_test(references_are_decoded),
        cmocka_unit_test(attributes_come_in_every_quoting),
        cmocka_unit_test(children_and_siblings_can_be_walked),
        cmocka_unit_test(hostile_pages_take_linear_time),
        cmocka_unit_test(elements_below_the_deepest_become_its_children),
        cmocka_unit_test(further_attributes_are_dropped),
        cmocka_unit_test(any_bytes_give_a_tree),
        cmocka_unit_test(survives_every_lost_allocation),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
