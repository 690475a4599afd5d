/*
 * test_article.c - invariants of the module: any bytes, given metadata, lost memory.
 */
#include "article_pages.h"

static const char page[] =
    "Rivals meet in Port Selm\n\nBy Dana Orlin\n\n2 March 2023\n\n"
    "The two delegations met in Port Selm on Tuesday and agreed to meet again.\n\n"
    "Nobody signed anything, said the host, but the maps are on the table.\n\n"
    "Comments (1)\n\n1. Peter said:\n\nAbout time, friends.\n";

static rap_slice page_text(void)
{
    return (rap_slice){page, sizeof page - 1};
}

static void every_zone_has_a_name(void **state)
{
    (void)state;
    for (int kind = 0; kind < RAP_ZONE_KINDS; kind++)
        assert_true(strlen(rap_zone_name((rap_zone_kind)kind)) > 2);
    assert_string_equal(rap_zone_name(RAP_ZONE_DUPLICATE), "duplicate");
    assert_string_equal(rap_basis_name(RAP_BASIS_GIVEN), "given");
    assert_string_equal(rap_article_kind_name(RAP_KIND_INTERVIEW), "interview");
}

static void check_any(rap_slice text, bool whole)
{
    rap_arena arena = RAP_ARENA(1 << 22), scratch = RAP_ARENA(1 << 22);
    const rap_item item = {.path = "any.txt", .media = RAP_MEDIA_PLAIN};
    rap_article article;
    assert_int_equal(read_text(text, &item, whole, &arena, &scratch, &article), RAP_OK);
    check_zones(&article);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
}

static void empty_and_blank_texts_have_no_zones(void **state)
{
    (void)state;
    const char *const blank[] = {"", "\n\n \t\n", "\xC2\xA0\n\xE2\x80\x8B\n", "\r\r\n"};
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++) {
        check_any(rap_slice_of(blank[i]), false);
        check_any(rap_slice_of(blank[i]), true);
    }
}

/* Bytes of all sorts from a small generator: zones must still hold every byte. */
static void any_bytes_fall_into_zones(void **state)
{
    (void)state;
    static const char *const piece[] = {
        "\n",  "\n\n",   "By ",      "said:",    "1. ",     "\xFF", "\xE2\x80",
        "“",   "photo)", ". ",       "(",        "|",       "2023", "March",
        " 3 ", "»",      "Comments", "\r",       "Related", "The ", "-",
        "©",   "@",      "14:07",    "read more"};
    uint32_t seed = 1;
    char text[400];
    for (int round = 0; round < 400; round++) {
        uint32_t len = 0;
        while (len < 380) {
            seed = seed * 1664525u + 1013904223u;
            const char *add = piece[(seed >> 16) % (sizeof piece / sizeof *piece)];
            const uint32_t more = (uint32_t)strlen(add);
            if (len + more > sizeof text) break;
            memcpy(text + len, add, more);
            len += more;
        }
        check_any((rap_slice){text, len}, round % 4 == 0);
    }
}

static void every_prefix_of_a_page_can_be_read(void **state)
{
    (void)state;
    for (uint32_t len = 0; len < sizeof page; len++)
        check_any((rap_slice){page, len}, false);
}

static void what_is_given_stands_above_what_is_read(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1 << 20), scratch = RAP_ARENA(1 << 20);
    const rap_item item = {.path = "page.txt",
                           .media = RAP_MEDIA_PLAIN,
                           .given = {.author = RAP_LIT("Olga Finn"),
                                     .outlet = RAP_LIT("Selm Herald"),
                                     .url = RAP_LIT("https://herald.example/1"),
                                     .date = RAP_LIT("2023-03")}};
    rap_article article;
    assert_int_equal(read_text(page_text(), &item, false, &arena, &scratch, &article),
                     RAP_OK);
    check_field("author", article.author, "Olga Finn");
    check_field("outlet", article.outlet, "Selm Herald");
    check_field("url", article.url, "https://herald.example/1");
    check_field("title", article.title, "Rivals meet in Port Selm");
    assert_int_equal(article.author.basis, RAP_BASIS_GIVEN);
    assert_int_equal(article.published.basis, RAP_BASIS_GIVEN);
    assert_int_equal(article.published.date.precision, RAP_PRECISION_MONTH);
    assert_int_equal(article.published.latest - article.published.earliest, 30);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
}

static void evidence_of_the_date_is_its_words(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1 << 20), scratch = RAP_ARENA(1 << 20);
    const rap_item item = {.path = "page.txt", .media = RAP_MEDIA_PLAIN};
    rap_article article;
    assert_int_equal(read_text(page_text(), &item, false, &arena, &scratch, &article),
                     RAP_OK);
    assert_int_equal(article.published.evidence.count, 1);
    assert_true(rap_slice_is(rap_cut(article.text, article.published.evidence.at[0]),
                             "2 March 2023"));
    check_field("author", article.author, "Dana Orlin");
    assert_true(article.text.at == page); /* the text is the given bytes */
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
}

static void without_zones_paragraphs_are_body(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1 << 20), scratch = RAP_ARENA(1 << 20);
    const rap_item item = {.path = "page.txt", .media = RAP_MEDIA_PLAIN};
    rap_article article;
    const rap_slice text = RAP_LIT("One line\nand its second.\n\n  \nComments\n");
    assert_int_equal(read_text(text, &item, true, &arena, &scratch, &article), RAP_OK);
    assert_int_equal(article.zones, 2);
    assert_int_equal(article.zone[0].kind, RAP_ZONE_BODY);
    assert_int_equal(article.zone[1].kind, RAP_ZONE_BODY);
    assert_true(
        rap_slice_is(rap_cut(text, article.zone[0].span), "One line\nand its second."));
    assert_int_equal(article.title.text.len, 0);
    assert_int_equal(article.published.basis, RAP_BASIS_UNKNOWN);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
}

static void another_language_is_not_guessed(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1 << 20), scratch = RAP_ARENA(1 << 20);
    const rap_item item = {.path = "page.txt", .media = RAP_MEDIA_PLAIN};
    rap_article article;
    const rap_slice text =
        RAP_LIT("Die Unterhändler trafen sich am Dienstag in der Stadt "
                "und einigten sich auf eine weitere Runde.");
    assert_int_equal(read_text(text, &item, false, &arena, &scratch, &article), RAP_OK);
    assert_string_equal(article.language, "und");
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
}

/* Runs with a fresh scratch arena, so that only `arena` loses allocations. */
static rap_status run_in(rap_arena *arena)
{
    rap_arena scratch = RAP_ARENA(1 << 20);
    const rap_item item = {.path = "page.txt",
                           .media = RAP_MEDIA_PLAIN,
                           .given = {.outlet = RAP_LIT("Selm Herald")}};
    rap_article article;
    const rap_status status =
        read_text(page_text(), &item, false, arena, &scratch, &article);
    if (status) assert_int_equal(article.zones, 0);
    rap_arena_free(&scratch);
    return status;
}

static rap_status run_with_scratch(rap_arena *scratch)
{
    rap_arena arena = RAP_ARENA(1 << 20);
    const rap_item item = {.path = "page.txt", .media = RAP_MEDIA_PLAIN};
    rap_article article;
    const rap_status status =
        read_text(page_text(), &item, false, &arena, scratch, &article);
    rap_arena_free(&arena);
    return status;
}

static void survives_every_lost_allocation(void **state)
{
    (void)state;
    rap_arena arena;
    CHECK_EVERY_LOST_ALLOCATION(arena, 1 << 20, 100, run_in(&arena));
    CHECK_EVERY_LOST_ALLOCATION(arena, 1 << 20, 100, run_with_scratch(&arena));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_zone_has_a_name),
        cmocka_unit_test(empty_and_blank_texts_have_no_zones),
        cmocka_unit_test(any_bytes_fall_into_zones),
        cmocka_unit_test(every_prefix_of_a_page_can_be_read),
        cmocka_unit_test(what_is_given_stands_above_what_is_read),
        cmocka_unit_test(evidence_of_the_date_is_its_words),
        cmocka_unit_test(without_zones_paragraphs_are_body),
        cmocka_unit_test(another_language_is_not_guessed),
        cmocka_unit_test(survives_every_lost_allocation),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
