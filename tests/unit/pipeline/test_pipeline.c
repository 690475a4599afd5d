/* Every stage on one document: layers hold, errors stay with their document. */
#include "check.h"

#include "pipeline.h"

#include <stdlib.h>

static rap_engine *engine;

static const char report[] =
    "Envoys of Ruritania and Graustark meet in Geneva\n\n"
    "May 4, 2021\n\n"
    "Ruritanian Foreign Minister Petra Olm met her Graustarkian counterpart Ivo Kass "
    "in "
    "Geneva on Monday. “We will not sign before the prisoners are home,” Olm said.\n\n"
    "Kass told reporters that Graustark was ready to talk. He did not say when.\n\n"
    "Leave a Reply\n\n1. Bo said: They met on June 7, 2022, “never again”.\n";

static int open_engine(void **state)
{
    (void)state;
    return rap_engine_open(&(rap_engine_options){.language = "en"}, &engine, NULL);
}

static int close_engine(void **state)
{
    (void)state;
    rap_engine_close(engine);
    return 0;
}

static rap_item item_of(const char *bytes, size_t len)
{
    return (rap_item){.path = "report.txt",
                      .bytes = {bytes, (uint32_t)len},
                      .media = RAP_MEDIA_PLAIN};
}

static void
a_report_gives_statements_with_their_words_and_none_of_the_comments(void **state)
{
    (void)state;
    rap_document doc = {0};
    const rap_item item = item_of(report, sizeof report - 1);
    assert_int_equal(
        rap_document_read(engine, &item, &(rap_analysis_options){0}, &doc, NULL),
        RAP_OK);
    assert_int_equal(doc.error.status, RAP_OK);
    assert_int_equal(doc.article.text.len, sizeof report - 1);
    assert_true(doc.statements.count >= 2);
    const uint32_t comments =
        rap_slice_find(doc.article.text, RAP_LIT("Leave a Reply"), 0);
    for (uint32_t i = 0; i < doc.statements.count; i++)
        assert_true(doc.statements.statement[i].content.at[0].end <= comments);
    for (uint32_t i = 0; i < doc.times.count; i++)
        assert_true(doc.times.timex[i].span.end <= comments);
    rap_document_free(&doc);
}

static void the_same_bytes_give_the_same_line(void **state)
{
    (void)state;
    const rap_item item = item_of(report, sizeof report - 1);
    char *line[2];
    for (int round = 0; round < 2; round++) {
        rap_document doc = {0};
        size_t len;
        assert_int_equal(
            rap_document_read(engine, &item, &(rap_analysis_options){0}, &doc, NULL),
            RAP_OK);
        line[round] = rap_document_json(&doc, &len);
        assert_int_equal(strlen(line[round]), len);
        rap_document_free(&doc);
    }
    assert_string_equal(line[0], line[1]);
    free(line[0]);
    free(line[1]);
}

/* Cut, doubled and damaged: whatever comes out must be in order. */
static void layers_hold_on_damaged_reports(void **state)
{
    (void)state;
    rap_document doc = {0};
    char bytes[sizeof report];
    uint32_t seed = 3;
    for (int round = 0; round < 600; round++) {
        memcpy(bytes, report, sizeof report);
        seed = seed * 1103515245u + 12345u;
        const size_t len = (seed >> 8) % sizeof report;
        for (int change = 0; change < round % 7; change++) {
            seed = seed * 1103515245u + 12345u;
            bytes[(seed >> 8) % sizeof report] =
                "\n “”\xE2.,\"0aA-:\xFF"[(seed >> 20) % 16];
        }
        const rap_item item = item_of(bytes, len);
        rap_document_clear(&doc);
        assert_int_equal(rap_document_read(engine, &item,
                                           &(rap_analysis_options){.whole = round % 2},
                                           &doc, NULL),
                         RAP_OK);
        assert_string_not_equal(doc.error.code, "layer");
    }
    rap_document_free(&doc);
}

static void a_document_that_cannot_be_read_says_why(void **state)
{
    (void)state;
    rap_document doc = {0};
    const rap_error why = {
        .status = RAP_E_LIMIT, .code = "page-too-large", .text = "too large"};
    rap_item item = item_of("", 0);
    item.error = &why;
    size_t len;
    assert_int_equal(
        rap_document_read(engine, &item, &(rap_analysis_options){0}, &doc, NULL),
        RAP_OK);
    char *line = rap_document_json(&doc, &len);
    assert_non_null(strstr(line, "\"code\":\"page-too-large\""));
    assert_null(strstr(line, "\"zones\""));
    free(line);
    rap_document_free(&doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_report_gives_statements_with_their_words_and_none_of_the_comments),
        cmocka_unit_test(the_same_bytes_give_the_same_line),
        cmocka_unit_test(layers_hold_on_damaged_reports),
        cmocka_unit_test(a_document_that_cannot_be_read_says_why),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
