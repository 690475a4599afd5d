/* test_exchange.c - events, XML, cells and positions in the formats of others. */
#include "check.h"

#include "exchange.h"

#include <jansson.h>
#include <stdlib.h>

static char *written;
static size_t written_len;

static FILE *begin(void)
{
    free(written);
    written = NULL;
    return open_memstream(&written, &written_len);
}

static const rap_coded_actor olm = {.name = "Petra Olm",
                                    .code = "RUR",
                                    .sector = "GOV",
                                    .key = "person:petra olm",
                                    .role = "Foreign Minister"};
static const rap_coded_actor kass = {.name = "Ivo Kass",
                                     .code = "GRA",
                                     .sector = "GOV",
                                     .key = "person:ivo kass",
                                     .role = ""};
static const rap_coded_actor league = {.name = "the Harbour League",
                                       .code = "IGO",
                                       .sector = "",
                                       .key = "harbour league",
                                       .role = ""};

static rap_coded_event meeting_of(const rap_coded_actor *source, uint32_t sources)
{
    const rap_day day = rap_day_of(2031, 5, 4);
    return (rap_coded_event){.id = "m0000001",
                             .number = 77,
                             .earliest = day,
                             .latest = day,
                             .date_basis = "stated",
                             .published = day + 1,
                             .type = "CONSULT",
                             .mode = "",
                             .cameo = "046",
                             .status = "happened",
                             .source = source,
                             .sources = sources,
                             .place = {.name = "Lakeside", .known = "", .country = ""},
                             .words = "They met\tin Lakeside.",
                             .trigger = "met",
                             .begin = 10,
                             .end = 31,
                             .trigger_at = 15,
                             .address = "rap:0123456789ab/10-32",
                             .document = "0123456789ab",
                             .title = "Talks",
                             .outlet = "The Lake Post",
                             .url = "",
                             .language = "en",
                             .document_chars = 400,
                             .mentions = 2,
                             .voices = 1,
                             .articles = 1,
                             .confidence = 0.97,
                             .review = "suggested",
                             .said_by = ""};
}

static uint32_t count_of(const char *text, char mark)
{
    uint32_t n = 0;
    for (; *text; text++) n += *text == mark;
    return n;
}

static void each_met_the_other_in_tables_of_pairs(void **state)
{
    (void)state;
    const rap_coded_actor both[] = {olm, kass};
    const rap_coded_event event = meeting_of(both, 2);
    FILE *out = begin();
    assert_int_equal(rap_cameo_write(&event, out), 2);
    (void)fclose(out);
    assert_string_equal(written,
                        "20310504\tRURGOV\tGRAGOV\t046\t\tm0000001\t\tThe Lake Post\t"
                        "Petra Olm\tIvo Kass\tmet\n"
                        "20310504\tGRAGOV\tRURGOV\t046\t\tm0000001\t\tThe Lake Post\t"
                        "Ivo Kass\tPetra Olm\tmet\n");
}

static void three_who_met_are_six_pairs_and_nobody_meets_himself(void **state)
{
    (void)state;
    const rap_coded_actor all[] = {olm, kass, league};
    const rap_coded_event event = meeting_of(all, 3);
    FILE *out = begin();
    assert_int_equal(rap_gdelt_write(&event, out), 6);
    (void)fclose(out);
    for (char *line = strtok(written, "\n"); line; line = strtok(NULL, "\n")) {
        assert_int_equal(count_of(line, '\t'), 60);
        assert_true(strstr(line, "Olm") != strstr(line, "Kass"));
    }
}

static void a_missing_actor_is_left_missing(void **state)
{
    (void)state;
    rap_coded_event event = meeting_of(&olm, 1);
    event.type = "REJECT";
    event.cameo = "120";
    FILE *out = begin();
    assert_int_equal(rap_cameo_write(&event, out), 1);
    (void)fclose(out);
    assert_non_null(strstr(written, "RURGOV\t---\t120"));
    out = begin();
    assert_int_equal(rap_gdelt_write(&event, out), 1);
    (void)fclose(out);
    assert_int_equal(count_of(written, '\t'), 60);
}

static void a_mention_has_gdelts_sixteen_columns(void **state)
{
    (void)state;
    rap_coded_event event = meeting_of(&olm, 1);
    FILE *out = begin();
    assert_int_equal(rap_gdelt_write_mentions(&event, out), 1);
    (void)fclose(out);
    assert_int_equal(count_of(written, '\t'), 15);
    assert_non_null(strstr(written, "77000\t20310505000000\t20310505000000\t2\t"
                                    "The Lake Post\trap:0123456789ab/10-32\t"));
}

static void what_did_not_happen_or_has_no_actor_or_day_is_in_no_table(void **state)
{
    (void)state;
    static const char *const other[] = {"planned", "proposed", "hypothetical",
                                        "denied"};
    rap_coded_event event = meeting_of(&olm, 1);
    FILE *out = begin();
    for (uint32_t i = 0; i < 4; i++) {
        event.status = other[i];
        assert_int_equal(rap_cameo_write(&event, out), 0);
        assert_int_equal(rap_gdelt_write(&event, out), 0);
        assert_int_equal(rap_gdelt_write_mentions(&event, out), 0);
    }
    event.status = "happened";
    event.latest += 30; /* some day of a month */
    assert_int_equal(rap_cameo_write(&event, out), 0);
    event.earliest = RAP_NO_DAY; /* before some day */
    assert_int_equal(rap_cameo_write(&event, out), 0);
    event.earliest = event.latest = event.published = RAP_NO_DAY;
    assert_int_equal(rap_cameo_write(&event, out), 0);
    event = meeting_of(&olm, 0);
    assert_int_equal(rap_cameo_write(&event, out), 0);
    assert_int_equal(rap_gdelt_write(&event, out), 0);
    (void)fclose(out);
    assert_int_equal(written_len, 0);
}

static json_t *plover_of(const rap_coded_event *event)
{
    rap_error err;
    FILE *out = begin();
    assert_int_equal(rap_plover_write(event, out, &err), RAP_OK);
    (void)fclose(out);
    assert_int_equal(count_of(written, '\n'), 1);
    json_t *item = json_loads(written, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(item);
    return item;
}

static const char *first_of(const json_t *item, const char *name)
{
    return json_string_value(json_array_get(json_object_get(item, name), 0));
}

static void plover_says_by_its_own_contexts_what_did_not_happen(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"planned", "future"},
                                           {"proposed", "hypothetical"},
                                           {"hypothetical", "hypothetical"},
                                           {"denied", "negation"}};
    rap_coded_event event = meeting_of(&olm, 1);
    for (uint32_t i = 0; i < 4; i++) {
        event.status = pairs[i][0];
        json_t *item = plover_of(&event);
        assert_string_equal(first_of(item, "context"), pairs[i][1]);
        json_decref(item);
    }
}

static void plover_has_the_fields_its_manual_requires(void **state)
{
    (void)state;
    const rap_coded_actor both[] = {olm, kass};
    const rap_coded_event event = meeting_of(both, 2);
    json_t *item = plover_of(&event);
    assert_string_equal(json_string_value(json_object_get(item, "id")), "m0000001");
    assert_string_equal(json_string_value(json_object_get(item, "date")), "2031-05-04");
    assert_int_equal(json_array_size(json_object_get(item, "actor")), 2);
    assert_null(json_object_get(item, "recipient"));
    assert_null(json_object_get(item, "enddate"));
    assert_string_equal(first_of(item, "event"), "CONSULT");
    const json_t *info = json_object_get(item, "text_info");
    assert_int_equal(json_integer_value(json_object_get(info, "start")), 10);
    assert_int_equal(json_integer_value(json_object_get(info, "end")), 31);
    json_decref(item);
}

static void an_event_of_some_day_in_a_month_has_the_first_and_the_last(void **state)
{
    (void)state;
    rap_coded_event event = meeting_of(&olm, 1);
    event.earliest = rap_day_of(2031, 5, 1);
    event.latest = rap_day_of(2031, 5, 31);
    json_t *item = plover_of(&event);
    assert_string_equal(json_string_value(json_object_get(item, "date")), "2031-05-01");
    assert_string_equal(json_string_value(json_object_get(item, "enddate")),
                        "2031-05-31");
    json_decref(item);
}

static void an_event_without_a_day_takes_that_of_the_report_and_says_so(void **state)
{
    (void)state;
    rap_coded_event event = meeting_of(&olm, 1);
    event.earliest = event.latest = RAP_NO_DAY;
    json_t *item = plover_of(&event);
    assert_string_equal(json_string_value(json_object_get(item, "date")), "2031-05-05");
    assert_string_equal(json_string_value(json_object_get(
                            json_object_get(item, "rapporteur"), "date_basis")),
                        "publication");
    json_decref(item);
}

static void types_and_codes_have_their_quads(void **state)
{
    (void)state;
    assert_int_equal(rap_plover_quad("CONSULT"), 1);
    assert_int_equal(rap_plover_quad("RETREAT"), 2);
    assert_int_equal(rap_plover_quad("SANCTION"), 3);
    assert_int_equal(rap_plover_quad("ASSAULT"), 4);
    assert_int_equal(rap_plover_quad("FIGHT"), 0);
    assert_int_equal(rap_cameo_quad("046"), 1);
    assert_int_equal(rap_cameo_quad("0874"), 2);
    assert_int_equal(rap_cameo_quad("120"), 3);
    assert_int_equal(rap_cameo_quad("190"), 4);
    assert_int_equal(rap_cameo_quad("x"), 0);
}

static void no_cell_breaks_its_row(void **state)
{
    (void)state;
    FILE *out = begin();
    rap_cell_write(out, RAP_LIT("a\tb\nc\rd\x01\xc2\x85\xe2\x80\xa8 é \xff"));
    (void)fclose(out);
    assert_string_equal(written, "a b c d    é \xff");
}

static void positions_count_characters_wherever_they_are_asked(void **state)
{
    (void)state;
    char text[2000];
    uint32_t len = 0;
    while (len < 1900) {
        static const char *const part[] = {"a", "é", "—", "𝛑"};
        const char *next = part[len % 4];
        memcpy(text + len, next, strlen(next));
        len += (uint32_t)strlen(next);
    }
    rap_arena arena = RAP_ARENA(1 << 20);
    rap_points points;
    rap_error err;
    assert_int_equal(rap_points_open(&arena, (rap_slice){text, len}, &points, &err),
                     RAP_OK);
    uint32_t count = 0;
    for (uint32_t at = 0; at < len; at++) {
        if (((unsigned char)text[at] & 0xC0u) == 0x80u) continue;
        assert_int_equal(rap_points_at(&points, at), count++);
    }
    assert_int_equal(rap_points_at(&points, len), count);
    for (uint32_t cut = 0; cut <= 768; cut += 256) {
        assert_int_equal(rap_points_open(&arena, (rap_slice){"", 0}, &points, &err), 0);
        assert_int_equal(rap_points_at(&points, 0), 0);
    }
    rap_arena_free(&arena);
    CHECK_EVERY_LOST_ALLOCATION(
        arena, 1 << 20, 10,
        rap_points_open(&arena, (rap_slice){text, len}, &points, &err));
}

static void xml_is_escaped_and_holds_what_xml_can_hold(void **state)
{
    (void)state;
    rap_xml *xml;
    rap_error err;
    FILE *out = begin();
    assert_int_equal(rap_xml_open(out, false, &xml, &err), RAP_OK);
    rap_xml_begin(xml, "a");
    rap_xml_attribute(xml, "b", "<\"&\x02>");
    rap_xml_text(xml, RAP_LIT("1 < 2 & \x01\xff é"));
    rap_xml_element(xml, "c", "");
    rap_xml_end(xml);
    assert_int_equal(rap_xml_close(xml, &err), RAP_OK);
    (void)fclose(out);
    assert_string_equal(written, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                 "<a b=\"&lt;&quot;&amp;�&gt;\">1 &lt; 2 &amp; �� é"
                                 "<c/></a>\n");
}

static void xml_that_cannot_be_written_is_an_error(void **state)
{
    (void)state;
    rap_xml *xml;
    rap_error err;
    FILE *out = fopen("/dev/full", "w");
    if (!out) skip();
    assert_int_equal(rap_xml_open(out, true, &xml, &err), RAP_OK);
    rap_xml_begin(xml, "a");
    for (int i = 0; i < 100000; i++) rap_xml_element(xml, "b", "words and words");
    rap_xml_end(xml);
    assert_int_equal(rap_xml_close(xml, &err), RAP_E_IO);
    (void)fclose(out);
}

static void places_are_known_by_any_name_or_not_at_all(void **state)
{
    (void)state;
    rap_language language;
    rap_places *places;
    rap_error err;
    assert_int_equal(rap_language_open("en", &language, &err), RAP_OK);
    assert_int_equal(rap_places_open(&language, &places, &err), RAP_OK);
    const rap_coded_place geneva = rap_places_find(places, "Geneva");
    assert_string_equal(geneva.known, "Geneva");
    assert_string_equal(geneva.country, "CHE");
    assert_true(geneva.latitude > 46 && geneva.latitude < 47);
    assert_true(geneva.longitude > 6 && geneva.longitude < 7);
    assert_string_equal(rap_places_find(places, "KIEV").known, "Kyiv");
    assert_string_equal(rap_places_find(places, "Bogotá").country, "COL");
    assert_true(rap_places_find(places, "Transnistria").region);
    assert_string_equal(rap_places_find(places, "Genev").known, "");
    assert_string_equal(rap_places_find(places, "").known, "");
    assert_string_equal(rap_places_find(places, "the Geneva talks").known, "");
    rap_places_close(places);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_met_the_other_in_tables_of_pairs),
        cmocka_unit_test(three_who_met_are_six_pairs_and_nobody_meets_himself),
        cmocka_unit_test(a_missing_actor_is_left_missing),
        cmocka_unit_test(a_mention_has_gdelts_sixteen_columns),
        cmocka_unit_test(what_did_not_happen_or_has_no_actor_or_day_is_in_no_table),
        cmocka_unit_test(plover_says_by_its_own_contexts_what_did_not_happen),
        cmocka_unit_test(plover_has_the_fields_its_manual_requires),
        cmocka_unit_test(an_event_of_some_day_in_a_month_has_the_first_and_the_last),
        cmocka_unit_test(an_event_without_a_day_takes_that_of_the_report_and_says_so),
        cmocka_unit_test(types_and_codes_have_their_quads),
        cmocka_unit_test(no_cell_breaks_its_row),
        cmocka_unit_test(positions_count_characters_wherever_they_are_asked),
        cmocka_unit_test(xml_is_escaped_and_holds_what_xml_can_hold),
        cmocka_unit_test(xml_that_cannot_be_written_is_an_error),
        cmocka_unit_test(places_are_known_by_any_name_or_not_at_all)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(written);
    return failed;
}
