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

static void read_report(const char *text, rap_document *doc)
{
    const rap_item item = item_of(text, strlen(text));
    *doc = (rap_document){0};
    assert_int_equal(
        rap_document_read(engine, &item, &(rap_analysis_options){0}, doc, NULL),
        RAP_OK);
    assert_int_equal(doc->error.status, RAP_OK);
}

/* Bytes of `text` before character `n`. */
static uint32_t bytes_before(const char *text, uint32_t n)
{
    uint32_t at = 0;
    while (n && text[at]) {
        at++;
        while (((unsigned char)text[at] & 0xC0u) == 0x80u) at++;
        n--;
    }
    return at;
}

/* Every fragment of a line "T3\tType 1 4;5 9\twords more" holds the words after it. */
static void check_bound(char *line)
{
    char *offsets = strchr(strchr(line, '\t'), ' ');
    char *words = strrchr(line, '\t') + 1;
    for (char *at = offsets; at < words - 1;) {
        unsigned begin, end;
        int used = 0;
        assert_int_equal(sscanf(at + 1, "%u %u%n", &begin, &end, &used), 2);
        const uint32_t from = bytes_before(report, begin),
                       to = bytes_before(report, end);
        assert_true(to > from);
        assert_memory_equal(words, report + from, to - from);
        assert_null(memchr(report + from, '\n', to - from));
        words += to - from + 1;
        at += 1 + used;
        if (*at != ';') break;
    }
}

static void every_brat_annotation_stands_at_its_words(void **state)
{
    (void)state;
    rap_document doc;
    size_t len;
    uint32_t bounds = 0, events = 0, likely = 0;
    read_report(report, &doc);
    for (uint32_t i = 0; i < doc.events.count; i++)
        likely += doc.events.event[i].confidence >= 0.5f;
    char *text = rap_document_brat(&doc, &len), *rest = text;
    assert_non_null(text);
    for (char *line = strtok_r(rest, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        if (line[0] == 'T') check_bound(line), bounds++;
        events += line[0] == 'E';
    }
    assert_true(bounds > 10);
    assert_int_equal(events, doc.statements.count + likely);
    free(text);
    rap_document_free(&doc);
}

/* Text of an XML element with the tags inside left out, entities read. */
static void strip(const char *from, const char *to, char *out)
{
    while (from < to) {
        if (*from == '<') {
            from = strchr(from, '>') + 1;
            continue;
        }
        static const char *const entity[][2] = {
            {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}};
        uint32_t i = 0;
        while (i < 4 && strncmp(from, entity[i][0], strlen(entity[i][0])) != 0) i++;
        *out++ = i < 4 ? entity[i][1][0] : *from;
        from += i < 4 ? strlen(entity[i][0]) : 1;
    }
    *out = 0;
}

static void timeml_without_its_tags_is_the_text(void **state)
{
    (void)state;
    rap_document doc;
    size_t len;
    read_report(report, &doc);
    char *text = rap_document_timeml(&doc, &len);
    char *bare = malloc(len + 1);
    assert_true(text && bare);
    strip(strstr(text, "<TEXT>") + 6, strstr(text, "</TEXT>"), bare);
    assert_string_equal(bare, report);
    assert_non_null(strstr(text, "value=\"2021-05-04\""));
    free(text);
    free(bare);
    rap_document_free(&doc);
}

static void events_of_a_report_leave_in_every_format_of_event_data(void **state)
{
    (void)state;
    rap_document doc;
    size_t len;
    read_report(report, &doc);
    assert_true(doc.events.count > 0);
    for (int format = RAP_CODED_PLOVER; format <= RAP_CODED_GDELT_MENTIONS; format++) {
        char *text = rap_document_coded(&doc, rap_engine_places(engine),
                                        (rap_coded_format)format, &len);
        assert_non_null(text);
        assert_true(len > 0);
        free(text);
    }
    rap_document_free(&doc);
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
        cmocka_unit_test(every_brat_annotation_stands_at_its_words),
        cmocka_unit_test(timeml_without_its_tags_is_the_text),
        cmocka_unit_test(events_of_a_report_leave_in_every_format_of_event_data),
        cmocka_unit_test(layers_hold_on_damaged_reports),
        cmocka_unit_test(a_document_that_cannot_be_read_says_why),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
