/* test_name_dictionary.c - actors and agents of dictionaries, in sentences about invented
 * parties. */
#include "check.h"
#include "dictionary.h"
#include "name.h"

typedef struct reader {
    rap_language language;
    rap_token_knowledge *token;
    rap_syntax_knowledge *syntax;
    rap_dictionary *dictionary;
    rap_name_knowledge *name;
    rap_arena arena, scratch;
    rap_zone zone;
    rap_article article;
    rap_names names;
    rap_error err;
} reader;

static const char actors[] = "GRAUSTARK [GSK]\n"
                             "+EDELWEISS_CITY\n"
                             "THE_RIVER_GUARD [GSKREB]\n"
                             "MIRA_VELKOVA_\n"
                             "+VELKOVA_MIRA\n"
                             "\t[FRAOPP <20010101]\n"
                             "\t[FRAGOV 20010101-20050101]\n"
                             "\t[FRAELI >20050101]\n"
                             "PRESIDENT_PAVEL_BRANDT [ESPGOV]\n"
                             "PORT_HAVEN [FRA]\n"
                             "LORN_BOARD [IGOLRN]\n"
                             "JANE_DOE [FRAGOV]\n"
                             "+MADRID_WOMAN\n"
                             "TIDE_LEAGUE [FRAREB]\n"
                             "+THE_TIDE_LEAGUE_OF_HAVEN\n"
                             "+PETER_GRAY\n"
                             "+COMMANDER_PETER_J._GRAY\n"
                             "+JOHN_MARSH\n"
                             "GENERAL_FERRIES_CORP [ESPBUS]\n"
                             "LORD'S_GUARD [ESPREB]\n"
                             "FRENCH [FRA]\n"
                             "FRENCH_TROOPS [FRAMIL]\n"
                             "MAY [XYZ]\n";
static const char agents[] = "HARBOUR_PILOT [~LAB]\nLAWMAKER [~GOV]\n";
static const char own[] = "person\tJane Doe\t\tESP\tMIL\n";

static void open_all(reader *r)
{
    const rap_dictionary_file files[] = {{"t.actors.txt", rap_slice_of(actors)},
                                         {"t.agents.txt", rap_slice_of(agents)}};
    *r = (reader){.arena = RAP_ARENA(16 << 20), .scratch = RAP_ARENA(16 << 20)};
    assert_int_equal(rap_dictionary_open(files, 2, NULL, NULL, &r->dictionary, &r->err),
                     RAP_OK);
    assert_int_equal(rap_language_open("en", &r->language, &r->err), RAP_OK);
    assert_int_equal(rap_token_open(&r->language, &r->token, &r->err), RAP_OK);
    assert_int_equal(rap_syntax_open(&r->language, &r->syntax, &r->err), RAP_OK);
    assert_int_equal(rap_name_open_with(&r->language, r->dictionary, rap_slice_of(own),
                                        "own.tsv", &r->name, &r->err),
                     RAP_OK);
}

static void close_all(reader *r)
{
    rap_name_close(r->name);
    rap_syntax_close(r->syntax);
    rap_token_close(r->token);
    rap_dictionary_close(r->dictionary);
    rap_arena_free(&r->arena);
    rap_arena_free(&r->scratch);
}

/* One report of the day; RAP_NO_DAY: its day is not known. */
static void read_text(reader *r, const char *text, rap_day day)
{
    rap_tokens tokens;
    rap_syntax tags;
    rap_arena_clear(&r->arena);
    rap_arena_clear(&r->scratch);
    r->article =
        (rap_article){.text = rap_slice_of(text), .zone = &r->zone, .zones = 1};
    r->zone = (rap_zone){{0, r->article.text.len}, RAP_ZONE_BODY, NULL, RAP_NONE};
    r->article.published.earliest = r->article.published.latest = day;
    if (day != RAP_NO_DAY) r->article.published.basis = RAP_BASIS_STATED;
    assert_int_equal(
        rap_token_run(r->token, &r->article, &r->arena, &r->scratch, &tokens, &r->err),
        RAP_OK);
    assert_int_equal(rap_syntax_run(r->syntax, &r->article, &tokens, &r->arena,
                                    &r->scratch, &tags, &r->err),
                     RAP_OK);
    assert_int_equal(rap_name_run(r->name, &r->article, &tokens, &tags, &r->arena,
                                  &r->scratch, &r->names, &r->err),
                     RAP_OK);
}

static const rap_actor *actor_named(const reader *r, const char *name)
{
    for (uint32_t i = 0; i < r->names.actors; i++)
        if (rap_slice_is(r->names.actor[i].name, name)) return &r->names.actor[i];
    fail_msg("no actor \"%s\"", name);
    return NULL;
}

static void is_coded(const rap_actor *a, const char *code, const char *sector)
{
    if (!rap_slice_is(a->code, code) || !rap_slice_is(a->sector, sector))
        fail_msg("%.*s is %.*s %.*s, not %s %s", (int)a->name.len, a->name.at,
                 (int)a->code.len, a->code.at, (int)a->sector.len, a->sector.at, code,
                 sector);
}

static void synonyms_are_one_actor_with_its_code(void **state)
{
    reader *r = *state;
    read_text(
        r, "Graustark protested. Edelweiss City was quiet. The River Guard attacked.",
        RAP_NO_DAY);
    const rap_actor *a = actor_named(r, "Graustark");
    is_coded(a, "GSK", "");
    assert_int_equal(a->aliases, 2);
    is_coded(actor_named(r, "River Guard"), "GSK", "REB");
}

static void a_code_is_that_of_the_day(void **state)
{
    reader *r = *state;
    static const struct {
        int32_t year;
        const char *sector;
    } cases[] = {{1999, "OPP"}, {2003, "GOV"}, {2020, "ELI"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_text(r, "Mira Velkova spoke to the crowd on Monday.",
                  rap_day_of(cases[i].year, 6, 1));
        const rap_actor *a = actor_named(r, "Mira Velkova");
        assert_int_equal(a->kind, RAP_ACTOR_PERSON);
        is_coded(a, "FRA", cases[i].sector);
        assert_true(rap_slice_is(a->country, "France"));
    }
}

static void without_a_day_only_what_all_codes_share_is_known(void **state)
{
    reader *r = *state;
    read_text(r, "Mira Velkova spoke to the crowd on Monday.", RAP_NO_DAY);
    is_coded(actor_named(r, "Mira Velkova"), "FRA", "");
}

static void a_day_inferred_later_settles_the_code(void **state)
{
    reader *r = *state;
    rap_names dated;
    read_text(r, "Mira Velkova spoke to the crowd on Monday.", RAP_NO_DAY);
    const rap_day day = rap_day_of(2003, 6, 1);
    assert_int_equal(
        rap_name_date(r->name, &r->names, day, day, &r->arena, &dated, &r->err),
        RAP_OK);
    r->names = dated;
    is_coded(actor_named(r, "Mira Velkova"), "FRA", "GOV");
    assert_int_equal(
        rap_name_date(r->name, &r->names, RAP_NO_DAY, day, &r->arena, &dated, &r->err),
        RAP_OK);
    assert_ptr_equal(dated.actor, r->names.actor);
}

static void a_title_in_a_wording_stays_a_title(void **state)
{
    reader *r = *state;
    read_text(r, "President Pavel Brandt left. Brandt returned.", RAP_NO_DAY);
    const rap_actor *a = actor_named(r, "Pavel Brandt");
    is_coded(a, "ESP", "GOV");
    assert_int_equal(a->roles, 1);
}

static void a_state_alone_is_the_state_unless_a_place_is_meant(void **state)
{
    reader *r = *state;
    read_text(r, "Port Haven rejected the offer.", RAP_NO_DAY);
    is_coded(actor_named(r, "France"), "FRA", "GOV");
    read_text(r, "They talked in Port Haven.", RAP_NO_DAY);
    assert_int_equal(actor_named(r, "Port Haven")->kind, RAP_ACTOR_PLACE);
}

static void bodies_without_a_country_keep_their_code(void **state)
{
    reader *r = *state;
    read_text(r, "The Lorn Board met on Monday.", RAP_NO_DAY);
    is_coded(actor_named(r, "Lorn Board"), "IGO", "IGO");
}

static void a_body_and_its_leaders_have_one_code_and_stay_apart(void **state)
{
    reader *r = *state;
    read_text(
        r,
        "The Tide League attacked. Peter Gray met John Marsh. Commander Peter J. Gray "
        "left the Tide League of Haven.",
        RAP_NO_DAY);
    const rap_actor *league = actor_named(r, "Tide League");
    const rap_actor *gray = actor_named(r, "Peter Gray");
    const rap_actor *marsh = actor_named(r, "John Marsh");
    is_coded(league, "FRA", "REB");
    is_coded(gray, "FRA", "REB");
    is_coded(marsh, "FRA", "REB");
    assert_int_equal(league->kind, RAP_ACTOR_ORGANISATION);
    assert_int_equal(gray->kind, RAP_ACTOR_PERSON);
    assert_true(gray != marsh && league->aliases == 2);
}

static void a_title_that_is_part_of_a_name_stays(void **state)
{
    reader *r = *state;
    read_text(r, "General Ferries Corp bought boats. The Lord's Guard attacked.",
              RAP_NO_DAY);
    is_coded(actor_named(r, "General Ferries Corp"), "ESP", "BUS");
    is_coded(actor_named(r, "Lord S Guard"), "ESP", "REB");
}

static void the_grammar_of_the_lists_stays(void **state)
{
    reader *r = *state;
    read_text(r, "French troops left the town in May. The French president agreed.",
              RAP_NO_DAY);
    const rap_actor *a = actor_named(r, "French troops");
    assert_int_equal(a->kind, RAP_ACTOR_GROUP);
    is_coded(a, "FRA", "MIL");
    for (uint32_t i = 0; i < r->names.actors; i++)
        assert_false(rap_slice_is(r->names.actor[i].code, "XYZ"));
}

static void agents_are_unnamed_persons_of_a_sector(void **state)
{
    reader *r = *state;
    read_text(r, "French harbour pilots went on strike.", RAP_NO_DAY);
    is_coded(actor_named(r, "French harbour pilots"), "FRA", "LAB");
    read_text(r, "Harbour pilot training is dear. The harbour pilot left.", RAP_NO_DAY);
    assert_int_equal(r->names.mentions, 1); /* "the harbour pilot" */
    read_text(r, "A lawmaker of France agreed.", RAP_NO_DAY);
    bool lawmaker = false;
    for (uint32_t i = 0; i < r->names.actors; i++)
        lawmaker = lawmaker || rap_slice_is(r->names.actor[i].sector, "GOV");
    assert_true(lawmaker); /* the lists say LEG */
}

static void the_persons_own_file_wins_over_dictionaries(void **state)
{
    reader *r = *state;
    read_text(r, "Jane Doe arrived on Monday.", RAP_NO_DAY);
    is_coded(actor_named(r, "Jane Doe"), "ESP", "MIL");
}

static int set_up(void **state)
{
    static reader r;
    open_all(&r);
    *state = &r;
    return 0;
}

static int tear_down(void **state)
{
    close_all(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(synonyms_are_one_actor_with_its_code),
        cmocka_unit_test(a_code_is_that_of_the_day),
        cmocka_unit_test(without_a_day_only_what_all_codes_share_is_known),
        cmocka_unit_test(a_day_inferred_later_settles_the_code),
        cmocka_unit_test(a_title_in_a_wording_stays_a_title),
        cmocka_unit_test(a_state_alone_is_the_state_unless_a_place_is_meant),
        cmocka_unit_test(bodies_without_a_country_keep_their_code),
        cmocka_unit_test(a_body_and_its_leaders_have_one_code_and_stay_apart),
        cmocka_unit_test(a_title_that_is_part_of_a_name_stays),
        cmocka_unit_test(the_grammar_of_the_lists_stays),
        cmocka_unit_test(agents_are_unnamed_persons_of_a_sector),
        cmocka_unit_test(the_persons_own_file_wins_over_dictionaries),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
