/* HTML pages as articles: text, run table, zones and metadata, on invented pages. */
#include "check.h"

#include "article.h"

enum { ARENA_BYTES = 64 * 1024 * 1024 };

static rap_calendar calendar;
static rap_article_knowledge *knowledge;
static rap_arena arena, scratch;
static rap_article article;

static int open_knowledge(void **state)
{
    (void)state;
    rap_language language;
    return rap_language_open("en", &language, NULL) ||
           rap_calendar_open(&language, &calendar, NULL) ||
           rap_article_open(&language, &calendar, &knowledge, NULL);
}

static int close_knowledge(void **state)
{
    (void)state;
    rap_article_close(knowledge);
    rap_calendar_close(&calendar);
    return 0;
}

static int set_up(void **state)
{
    (void)state;
    arena = RAP_ARENA(ARENA_BYTES);
    scratch = RAP_ARENA(ARENA_BYTES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    return 0;
}

static rap_status run(const rap_item *item)
{
    static const rap_article_options options = {.whole = false};
    const rap_decoded decoded = {.text = item->bytes, .charset = "utf-8"};
    return rap_article_run(knowledge, item, &decoded, &options, &arena, &scratch,
                           &article, NULL);
}

/* Text, zones and runs as article.h promises them. */
static void check_layer(rap_slice source)
{
    uint32_t last = 0;
    for (uint32_t z = 0; z < article.zones; z++) {
        const rap_span span = article.zone[z].span;
        assert_true(last <= span.begin && span.begin < span.end);
        assert_true(span.end <= article.text.len);
        for (uint32_t i = last; i < span.begin; i++)
            assert_true(article.text.at[i] == '\n' || article.text.at[i] == ' ');
        last = span.end;
    }
    for (uint32_t r = 0; r < article.run_count; r++) {
        assert_true(article.runs[r].source_at < source.len);
        assert_true(article.runs[r].text_at < article.text.len);
        if (!r) continue;
        assert_true(article.runs[r].text_at > article.runs[r - 1].text_at);
        assert_true(article.runs[r].source_at > article.runs[r - 1].source_at);
    }
}

static void read_page(const char *html)
{
    const rap_item item = {
        .path = "page.html", .bytes = rap_slice_of(html), .media = RAP_MEDIA_HTML};
    assert_int_equal(run(&item), RAP_OK);
    check_layer(item.bytes);
}

/* The zone that holds `words`; fails if there is none. */
static const rap_zone *zone_with(const char *words)
{
    for (uint32_t z = 0; z < article.zones; z++) {
        const rap_slice text = rap_cut(article.text, article.zone[z].span);
        if (rap_slice_find(text, rap_slice_of(words), 0) < text.len)
            return &article.zone[z];
    }
    fail_msg("no zone holds '%s'", words);
    return NULL;
}

static void expect_zone(const char *words, rap_zone_kind kind)
{
    const rap_zone_kind found = zone_with(words)->kind;
    if (found != kind)
        fail_msg("'%s' is %s, not %s", words, rap_zone_name(found),
                 rap_zone_name(kind));
}

static const char page[] =
    "<!doctype html><html lang=en-GB><head>\n"
    "<title>Arland and Borland open talks - The Daily Lamp</title>\n"
    "<meta property='og:title' content='Arland and Borland open talks'>\n"
    "<meta property=og:site_name content='The Daily Lamp'>\n"
    "<meta property=article:published_time content='2031-03-04T23:30:00-05:00'>\n"
    "<link rel=canonical href='https://lamp.example/world/arland-borland-talks'>\n"
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\n"
    "\"headline\":\"Arland and Borland open talks\",\"author\":[{\"name\":\"Mira "
    "Solt\"},\n"
    "{\"name\":\"Pavel "
    "Renn\"}],\"datePublished\":\"2031-03-05T01:00:00+01:00\"}</script>\n"
    "</head><body class='has-sidebar single'>\n"
    "<nav><ul><li><a href=/>Home page</a><li><a href=/w>World news "
    "today</a></ul></nav>\n"
    "<div id=main><article class=story><h1>Arland and Borland open talks</h1>\n"
    "<p class=standfirst>Envoys of both sides sat down for the first time in a "
    "year.</p>\n"
    "<div class=byline>By <a rel=author href=/m>Mira Solt</a></div>\n"
    "<div class=meta>March 5, 2031</div>\n"
    "<figure><img src=x><figcaption>The envoys at the lake house on Tuesday, in a "
    "picture "
    "taken by the host.</figcaption></figure>\n"
    "<div class=article-body>\n"
    "<p>Envoys of Arland and Borland met on Tuesday in a house by the lake, the host "
    "said, "
    "and agreed to meet again in a week.</p>\n"
    "<p>\xE2\x80\x9CWe shall keep talking,\xE2\x80\x9D the envoy of Arland said &amp; "
    "left,"
    "\n   without   taking questions from the press outside.</p>\n"
    "<h2>What comes next</h2>\n"
    "<p>The two sides are to exchange lists of prisoners, according to the host, who "
    "has "
    "no date for it yet.</p>\n"
    "<ul><li>a list of prisoners on either side, by name and place</li>"
    "<li>a map of the mined fields</li></ul>\n"
    "<blockquote><p>No shot has been fired since.</p></blockquote>\n"
    "<div class=share-tools><p>Share this report with your friends, family and "
    "colleagues, on paper.</p></div>\n"
    "<p>Observers of the ceasefire counted no breach in the past ten days, they wrote "
    "in "
    "their daily report.</p>\n"
    "</div>\n"
    "<div class=author-bio><p>Mira Solt covers the region for this paper, and has done "
    "so for many years now.</p></div>\n"
    "</article>\n"
    "<div class=related-stories><h3>More on this</h3><ul>"
    "<li><a href=1>Borland names an envoy for talks</a></ul></div>\n"
    "<div id=comments><p>I do not believe a word of it, they said so last year, and "
    "the "
    "year before, and look.</p></div>\n"
    "</div><footer><p>Copyright 2031 The Daily Lamp, all rights "
    "reserved.</p></footer>\n"
    "<script>var hidden = 'script text';</script></body></html>\n";

static void body_keeps_paragraphs_subheads_lists_and_quotations(void **state)
{
    (void)state;
    read_page(page);
    expect_zone("Envoys of Arland and Borland met", RAP_ZONE_BODY);
    expect_zone("We shall keep talking", RAP_ZONE_BODY);
    expect_zone("What comes next", RAP_ZONE_BODY);
    assert_string_equal(zone_with("What comes next")->sub, "subhead");
    expect_zone("a map of the mined fields", RAP_ZONE_BODY);
    expect_zone("No shot has been fired", RAP_ZONE_BODY);
    expect_zone("Observers of the ceasefire", RAP_ZONE_BODY);
}

static void everything_else_has_its_own_zone(void **state)
{
    (void)state;
    read_page(page);
    expect_zone("Home page", RAP_ZONE_BOILERPLATE);
    expect_zone("Arland and Borland open talks", RAP_ZONE_TITLE);
    expect_zone("first time in a year", RAP_ZONE_STANDFIRST);
    expect_zone("By Mira Solt", RAP_ZONE_BYLINE);
    expect_zone("March 5, 2031", RAP_ZONE_DATELINE);
    expect_zone("at the lake house", RAP_ZONE_CAPTION);
    expect_zone("Share this report", RAP_ZONE_BOILERPLATE);
    expect_zone("covers the region", RAP_ZONE_BIO);
    expect_zone("names an envoy", RAP_ZONE_RELATED);
    expect_zone("do not believe a word", RAP_ZONE_COMMENTS);
    expect_zone("Copyright 2031", RAP_ZONE_BOILERPLATE);
    assert_int_equal(rap_slice_find(article.text, RAP_LIT("script text"), 0),
                     article.text.len);
}

static void metadata_come_from_the_most_explicit_source(void **state)
{
    (void)state;
    read_page(page);
    assert_true(rap_slice_is(article.title.text, "Arland and Borland open talks"));
    assert_true(rap_slice_is(rap_cut(article.text, article.title.span),
                             "Arland and Borland open talks"));
    assert_true(rap_slice_is(article.author.text, "Mira Solt, Pavel Renn"));
    assert_true(rap_slice_is(article.outlet.text, "The Daily Lamp"));
    assert_true(rap_slice_is(article.url.text,
                             "https://lamp.example/world/arland-borland-talks"));
    assert_string_equal(article.language, "en");
    assert_int_equal(article.published.date.year, 2031);
    assert_int_equal(article.published.date.month, 3);
    assert_int_equal(article.published.date.day, 5);
    assert_int_equal(article.published.basis, RAP_BASIS_STATED);
    assert_int_equal(article.published.evidence.count, 1);
    assert_true(rap_slice_is(rap_cut(article.text, article.published.evidence.at[0]),
                             "March 5, 2031"));
    assert_false(article.truncated);
}

static void what_is_given_wins(void **state)
{
    (void)state;
    const rap_item item = {.path = "page.html",
                           .bytes = rap_slice_of(page),
                           .media = RAP_MEDIA_HTML,
                           .given = {.title = RAP_LIT("Given title"),
                                     .author = RAP_LIT("Given author"),
                                     .outlet = RAP_LIT("Given outlet"),
                                     .url = RAP_LIT("https://given.example/"),
                                     .date = RAP_LIT("2030-01-02")}};
    assert_int_equal(run(&item), RAP_OK);
    assert_true(rap_slice_is(article.title.text, "Given title"));
    assert_true(rap_slice_is(article.author.text, "Given author"));
    assert_true(rap_slice_is(article.outlet.text, "Given outlet"));
    assert_true(rap_slice_is(article.url.text, "https://given.example/"));
    assert_int_equal(article.title.basis, RAP_BASIS_GIVEN);
    assert_int_equal(article.published.basis, RAP_BASIS_GIVEN);
    assert_int_equal(article.published.date.year, 2030);
}

static void runs_lead_back_to_the_bytes(void **state)
{
    (void)state;
    read_page(page);
    static const char *const words[] = {"Envoys of Arland", "& left, without taking",
                                        "Observers of the", "I do not believe"};
    static const char *const source[] = {"Envoys of Arland and", "&amp; left",
                                         "Observers", "I do not"};
    for (uint32_t i = 0; i < 4; i++) {
        const uint32_t at = rap_slice_find(article.text, rap_slice_of(words[i]), 0);
        assert_true(at < article.text.len);
        const uint32_t back = rap_run_source(article.runs, article.run_count, at);
        assert_memory_equal(page + back, source[i], strlen(source[i]));
    }
    const uint32_t word = rap_slice_find(article.text, RAP_LIT("taking questions"), 0);
    assert_memory_equal(page + rap_run_source(article.runs, article.run_count, word),
                        "taking questions", 16);
}

static void runs_go_through_the_decoder(void **state)
{
    (void)state;
    /* As if a mark of three bytes stood before the page, and 0x92 before "s". */
    const rap_slice text = RAP_LIT("<p>The envoy\xE2\x80\x99s plan</p>");
    const rap_run decoder[] = {{0, 3}, {15, 16}};
    const rap_decoded decoded = {text, "windows-1252", decoder, 2};
    const rap_item item = {.path = "p", .bytes = text, .media = RAP_MEDIA_HTML};
    const rap_article_options options = {.whole = false};
    assert_int_equal(rap_article_run(knowledge, &item, &decoded, &options, &arena,
                                     &scratch, &article, NULL),
                     RAP_OK);
    assert_int_equal(rap_run_source(article.runs, article.run_count, 0), 6);
    const uint32_t plan = rap_slice_find(article.text, RAP_LIT("s plan"), 0);
    assert_int_equal(rap_run_source(article.runs, article.run_count, plan), 16);
}

static void a_split_body_is_joined(void **state)
{
    (void)state;
    read_page(
        "<body><div class=wrap><h1>Ferry line reopens</h1>"
        "<div class=part><p>The ferry between the two banks runs again, the port "
        "master "
        "said, after a year in which nobody crossed the river.</p><p>Forty people took "
        "the first boat, most of them to see their families, he said.</p></div>"
        "<div class=ad-slot><p>Advertisement</p></div>"
        "<div class=part><p>Both armies keep a post at their end of the line, and "
        "check "
        "the papers of all who come.</p><p>A second boat is to follow in spring, if "
        "the "
        "money is found by then.</p></div></div></body>");
    expect_zone("runs again", RAP_ZONE_BODY);
    expect_zone("second boat", RAP_ZONE_BODY);
    expect_zone("Advertisement", RAP_ZONE_BOILERPLATE);
    expect_zone("Ferry line reopens", RAP_ZONE_TITLE);
}

static void teasers_are_no_part_of_the_report(void **state)
{
    (void)state;
    read_page(
        "<body><div><div><p>The council of Arland met at noon and put off its vote on "
        "the "
        "treaty, its speaker said, until the text is translated.</p><p>No new day was "
        "named, but the speaker spoke of two weeks, or three at most.</p></div><ul>"
        "<li><a href=1>Harvest is late in the south</a> <span>Farmers in the south "
        "say, "
        "that the rain came too early, and then not at all.</span>"
        "<li><a href=2>Bridge is closed for repairs</a> <span>The old bridge is "
        "closed, "
        "the city said, and will stay so until June.</span>"
        "<li><a href=3>Museum shows stolen paintings</a> <span>Paintings that were "
        "stolen, "
        "and found again, are on show from Monday.</span></ul></div></body>");
    expect_zone("council of Arland", RAP_ZONE_BODY);
    expect_zone("rain came too early", RAP_ZONE_RELATED);
    expect_zone("old bridge is closed", RAP_ZONE_RELATED);
}

static void a_wrapper_named_against_the_body_is_not_believed(void **state)
{
    (void)state;
    read_page(
        "<body><div class='comments-off sidebar-right'><p>The mediator flew to the "
        "capital of Borland on Friday, his office said, to bring the answer of the "
        "other side.</p><p>He will stay for two days, and then report to the "
        "council, his office said in a short note.</p></div></body>");
    expect_zone("The mediator flew", RAP_ZONE_BODY);
}

static void line_breaks_part_paragraphs_in_pairs(void **state)
{
    (void)state;
    read_page("<body><div>The first line of a short note.<br>The second line of it.<br>"
              "<br>A paragraph of its own, after two breaks.</div></body>");
    assert_int_equal(article.zones, 2);
    assert_true(
        rap_slice_is(rap_cut(article.text, article.zone[0].span),
                     "The first line of a short note.\nThe second line of it."));
}

static void dates_keep_the_publishers_day(void **state)
{
    (void)state;
    read_page("<meta itemprop=datePublished content='2031-06-07T23:59:00-08:00'>x");
    assert_int_equal(article.published.date.day, 7);
    read_page("<link rel=canonical href='https://lamp.example/2031/06/08/talks'>x");
    assert_int_equal(article.published.date.day, 8);
    assert_int_equal(article.published.basis, RAP_BASIS_INFERRED);
    read_page("<time datetime='2031-06-09'>Monday</time>x");
    assert_int_equal(article.published.date.day, 9);
    read_page("<p>nothing here</p>");
    assert_int_equal(article.published.date.precision, RAP_PRECISION_NONE);
    assert_int_equal(article.published.basis, RAP_BASIS_UNKNOWN);
    assert_int_equal(article.published.earliest, RAP_NO_DAY);
}

static void a_byline_is_read_up_to_its_date(void **state)
{
    (void)state;
    read_page(
        "<h1>Harbour talks go on</h1><p class=byline>By Mira Solt, Pavel Renn on "
        "Monday, June 9, 2031</p><p>The talks about the harbour go on, both sides "
        "said in the morning, and nobody has left the table.</p>");
    assert_true(rap_slice_is(article.author.text, "Mira Solt, Pavel Renn"));
    assert_int_equal(article.published.date.day, 9);
    read_page(
        "<h1>Harbour talks go on</h1><p class=byline>By admin</p><p>The talks about "
        "the harbour go on, both sides said, and nobody has left the table.</p>");
    assert_int_equal(article.author.text.len, 0);
}

static void broken_json_is_passed_over(void **state)
{
    (void)state;
    read_page("<script type=application/ld+json>{\"@type\": \"Article\", </script>"
              "<script type=application/ld+json>[[[[{\"a\":[]}]]]]</script>"
              "<script type=application/ld+json>\xFF{}</script>"
              "<meta name=author content='Mira Solt'><p>words</p>");
    assert_true(rap_slice_is(article.author.text, "Mira Solt"));
}

static void an_empty_page_is_an_empty_article(void **state)
{
    (void)state;
    read_page("");
    assert_int_equal(article.text.len, 0);
    assert_int_equal(article.zones, 0);
    read_page("<script>x</script><p>&nbsp;</p> <div></div>");
    assert_int_equal(article.zones, 0);
}

static void any_page_keeps_the_invariants(void **state)
{
    (void)state;
    static const char *const piece[] = {"<p>",
                                        "</p>",
                                        "<div class=comments>",
                                        "<li>",
                                        "&nbsp;",
                                        "word ",
                                        "\n",
                                        "<br>",
                                        "<h2>",
                                        "</div>",
                                        "&eacute;",
                                        "\xC2\xA0",
                                        "<table><td>",
                                        "One more, he said. ",
                                        "<a href=x>",
                                        "</a>",
                                        "<script>",
                                        "</script>",
                                        "<h1>",
                                        "<article>"};
    uint32_t seed = 7;
    for (uint32_t round = 0; round < 400; round++) {
        char html[1600] = "";
        for (uint32_t i = 0; i < 40; i++) {
            seed = seed * 1664525u + 1013904223u;
            strcat(html, piece[(seed >> 16) % (sizeof piece / sizeof *piece)]);
        }
        read_page(html);
        rap_arena_clear(&arena);
        rap_arena_clear(&scratch);
    }
}

/* As run(), with fresh arenas, one of which refuses an allocation. */
static rap_status run_refused(rap_arena *refusing, bool is_scratch)
{
    static const rap_article_options options = {.whole = false};
    const rap_item item = {
        .path = "p", .bytes = rap_slice_of(page), .media = RAP_MEDIA_HTML};
    const rap_decoded decoded = {.text = item.bytes, .charset = "utf-8"};
    rap_arena other = RAP_ARENA(ARENA_BYTES);
    const rap_status status = rap_article_run(
        knowledge, &item, &decoded, &options, is_scratch ? &other : refusing,
        is_scratch ? refusing : &other, &article, NULL);
    if (status) assert_int_equal(article.text.len, 0);
    rap_arena_free(&other);
    return status;
}

static void survives_every_lost_allocation(void **state)
{
    (void)state;
    rap_arena refusing;
    CHECK_EVERY_LOST_ALLOCATION(refusing, ARENA_BYTES, 1000,
                                run_refused(&refusing, false));
    CHECK_EVERY_LOST_ALLOCATION(refusing, ARENA_BYTES, 1000,
                                run_refused(&refusing, true));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(body_keeps_paragraphs_subheads_lists_and_quotations),
        TEST(everything_else_has_its_own_zone),
        TEST(metadata_come_from_the_most_explicit_source),
        TEST(what_is_given_wins),
        TEST(runs_lead_back_to_the_bytes),
        TEST(runs_go_through_the_decoder),
        TEST(a_split_body_is_joined),
        TEST(teasers_are_no_part_of_the_report),
        TEST(a_wrapper_named_against_the_body_is_not_believed),
        TEST(line_breaks_part_paragraphs_in_pairs),
        TEST(dates_keep_the_publishers_day),
        TEST(a_byline_is_read_up_to_its_date),
        TEST(broken_json_is_passed_over),
        TEST(an_empty_page_is_an_empty_article),
        TEST(any_page_keeps_the_invariants),
        TEST(survives_every_lost_allocation),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
