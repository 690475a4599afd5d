/* test_name.c - who is named, described and meant, in sentences about invented parties.
 */
#include "check.h"
#include "name.h"
#include "text.h"

typedef struct reader { /* the stages up to names, over one text */
    rap_language language;
    rap_token_knowledge *token;
    rap_syntax_knowledge *syntax;
    rap_name_knowledge *name;
    rap_arena arena, scratch;
    rap_zone zone[16];
    rap_article article;
    rap_tokens tokens;
    rap_syntax tags;
    rap_names names;
    rap_error err;
} reader;

static const char own_rows[] =
    "# the parties of these tests\n"
    "state\tRuritania\tRUR\t\tGOV\tKingdom of Ruritania\tRuritanian\t"
    "Ruritanian/Ruritanians\tStrelsau\n"
    "state\tGraustark\tGRA\t\tGOV\t\tGraustarkian\tGraustarkian/"
    "Graustarkians\tEdelweiss\n"
    "place\tZenda\tRUR\tRUR\t\tZendaland\tZendan\tZendan/Zendans\n"
    "organisation\tRiver Liberation Front\tRUR\tRUR\tREB\tRLF\n"
    "organisation\tLeague of Small States\tIGO\t\tIGO\tLSS\n";

static void open_all(reader *r)
{
    *r = (reader){.arena = RAP_ARENA(16 << 20), .scratch = RAP_ARENA(16 << 20)};
    assert_int_equal(rap_language_open("en", &r->language, &r->err), RAP_OK);
    assert_int_equal(rap_token_open(&r->language, &r->token, &r->err), RAP_OK);
    assert_int_equal(rap_syntax_open(&r->language, &r->syntax, &r->err), RAP_OK);
    assert_int_equal(rap_name_open(&r->language, rap_slice_of(own_rows), "own.tsv",
                                   &r->name, &r->err),
                     RAP_OK);
}

static void close_all(reader *r)
{
    rap_name_close(r->name);
    rap_syntax_close(r->syntax);
    rap_token_close(r->token);
    rap_arena_free(&r->arena);
    rap_arena_free(&r->scratch);
}

/* One body zone a line. */
static void set_text(reader *r, const char *text)
{
    r->article = (rap_article){.text = rap_slice_of(text), .zone = r->zone};
    rap_slice rest = r->article.text, line;
    while (r->article.zones < 16 && rap_split_next(&rest, '\n', &line)) {
        if (!line.len) continue;
        const uint32_t begin = (uint32_t)(line.at - text);
        r->zone[r->article.zones++] =
            (rap_zone){{begin, begin + line.len}, RAP_ZONE_BODY, NULL, RAP_NONE};
    }
}

static void read_text(reader *r, const char *text)
{
    set_text(r, text);
    assert_int_equal(rap_token_run(r->token, &r->article, &r->arena, &r->scratch,
                                   &r->tokens, &r->err),
                     RAP_OK);
    assert_int_equal(rap_syntax_run(r->syntax, &r->article, &r->tokens, &r->arena,
                                    &r->scratch, &r->tags, &r->err),
                     RAP_OK);
    assert_int_equal(rap_name_run(r->name, &r->article, &r->tokens, &r->tags, &r->arena,
                                  &r->scratch, &r->names, &r->err),
                     RAP_OK);
}

/* The n-th mention worded `words`, or NULL. */
static const rap_mention *mention_of(const reader *r, const char *words, uint32_t n)
{
    for (uint32_t i = 0; i < r->names.mentions; i++)
        if (rap_slice_is(rap_cut(r->article.text, r->names.mention[i].span), words) &&
            n-- == 0)
            return &r->names.mention[i];
    return NULL;
}

static const rap_actor *actor_of(const reader *r, const char *words, uint32_t n)
{
    const rap_mention *m = mention_of(r, words, n);
    if (!m) print_message("no mention \"%s\"\n", words);
    assert_non_null(m);
    return m->actor == RAP_NONE ? NULL : &r->names.actor[m->actor];
}

static void check_actor(const reader *r, const char *words, uint32_t n, const char *key)
{
    const rap_actor *actor = actor_of(r, words, n);
    assert_non_null(actor);
    if (!rap_slice_is(actor->key, key))
        print_message("\"%s\" is %.*s\n", words, (int)actor->key.len, actor->key.at);
    assert_true(rap_slice_is(actor->key, key));
}

#define READ(text_)                                                                    \
    reader r;                                                                          \
    open_all(&r);                                                                      \
    read_text(&r, text_)

/* Words are folded eight bytes at a time: none is read over the end of the text, and
 * neither length nor case nor what stands beside a word tells. */
static void a_listed_name_is_known_in_any_place_and_case(void **state)
{
    (void)state;
    READ("Zenda asked for calm. RIVER LIBERATION FRONT, Zürich-Zenda and the "
         "“River\u00a0Liberation Front” stayed away from Zenda");
    const rap_mention *last = NULL;
    for (uint32_t i = 0; i < r.names.mentions; i++) last = &r.names.mention[i];
    assert_non_null(last);
    assert_int_equal(last->span.end, r.article.text.len);
    assert_ptr_equal(actor_of(&r, "Zenda", 0), &r.names.actor[last->actor]);
    assert_ptr_equal(actor_of(&r, "RIVER LIBERATION FRONT", 0),
                     actor_of(&r, "River\u00a0Liberation Front", 0));
    close_all(&r);
}

static void a_title_gives_role_country_and_the_bare_name(void **state)
{
    (void)state;
    READ("Ruritanian Prime Minister Anton Velkov arrived. Graustark’s ambassador to "
         "Ruritania Mira Holt spoke. Velkov listened.");
    const rap_mention *m = mention_of(&r, "Ruritanian Prime Minister Anton Velkov", 0);
    assert_non_null(m);
    assert_true(rap_slice_is(rap_cut(r.article.text, m->head), "Anton Velkov"));
    const rap_actor *actor = &r.names.actor[m->actor];
    assert_int_equal(actor->kind, RAP_ACTOR_PERSON);
    assert_true(rap_slice_is(actor->country, "Ruritania"));
    assert_true(rap_slice_is(actor->code, "RUR"));
    assert_int_equal(actor->roles, 1);
    check_actor(&r, "Velkov", 0, "person:anton velkov");
    actor = actor_of(&r, "Graustark’s ambassador to Ruritania Mira Holt", 0);
    assert_true(rap_slice_is(actor->country, "Graustark"));
    close_all(&r);
}

static void an_apposition_describes_the_name_before_it(void **state)
{
    (void)state;
    READ("Otho Brankell, senior analyst at the Hill Institute, said no. Graustark's "
         "prime minister, Yanna Quist, agreed.");
    check_actor(&r, "Otho Brankell", 0, "person:otho brankell");
    check_actor(&r, "senior analyst at the Hill Institute", 0, "person:otho brankell");
    check_actor(&r, "Graustark's prime minister, Yanna Quist", 0, "person:yanna quist");
    close_all(&r);
}

static void two_persons_of_one_surname_are_never_joined(void **state)
{
    (void)state;
    READ("Anna Velkov met Boris Velkov. Velkov said nothing.");
    const rap_mention *m = mention_of(&r, "Velkov", 0);
    assert_true(!m || m->actor == RAP_NONE);
    assert_true(actor_of(&r, "Anna Velkov", 0) != actor_of(&r, "Boris Velkov", 0));
    close_all(&r);
}

static void an_honorific_tells_two_persons_of_one_surname_apart(void **state)
{
    (void)state;
    READ("John Doe and Mary Doe arrived. Mrs Doe spoke first. Mr Doe listened. Doe "
         "left.");
    check_actor(&r, "Mrs Doe", 0, "person:mary doe");
    check_actor(&r, "Mr Doe", 0, "person:john doe");
    assert_null(mention_of(&r, "Doe", 0)); /* which? */
    close_all(&r);
}

static void a_description_takes_the_person_who_holds_the_office(void **state)
{
    (void)state;
    READ("Ruritanian President Anton Velkov met Graustarkian President Mira Holt. The "
         "Graustarkian president smiled. The Ruritanian leader did not.");
    check_actor(&r, "The Graustarkian president", 0, "person:mira holt");
    check_actor(&r, "The Ruritanian leader", 0, "person:anton velkov");
    close_all(&r);
}

static void a_description_without_a_holder_is_an_actor_of_its_own(void **state)
{
    (void)state;
    READ("The Ruritanian foreign minister left. A Graustarkian diplomat stayed.");
    const rap_actor *actor = actor_of(&r, "The Ruritanian foreign minister", 0);
    assert_non_null(actor);
    assert_true(rap_slice_is(actor->country, "Ruritania"));
    assert_false(actor->known);
    assert_true(
        rap_slice_is(actor_of(&r, "A Graustarkian diplomat", 0)->country, "Graustark"));
    close_all(&r);
}

static void a_counterpart_holds_the_same_office(void **state)
{
    (void)state;
    READ("Ruritanian President Anton Velkov met his Graustarkian counterpart Mira "
         "Holt.");
    const rap_actor *actor = actor_of(&r, "his Graustarkian counterpart Mira Holt", 0);
    assert_true(rap_slice_is(actor->country, "Graustark"));
    close_all(&r);
}

static void counterparts_of_two_nations_are_persons_or_their_states(void **state)
{
    (void)state;
    READ("Graustarkian President Mira Holt waited. Ruritanian President Anton Velkov "
         "met his Graustarkian and Norwegian counterparts.");
    const rap_actor *both =
        actor_of(&r, "his Graustarkian and Norwegian counterparts", 0);
    assert_non_null(both);
    assert_int_equal(both->members, 2);
    bool person = false, land = false;
    for (uint32_t i = 0; i < 2; i++) {
        const rap_actor *a = &r.names.actor[both->member[i]];
        person |= rap_slice_is(a->name, "Mira Holt");
        land |= a->kind == RAP_ACTOR_STATE && rap_slice_is(a->code, "NOR");
    }
    assert_true(person && land);
    close_all(&r);
}

static void plurals_take_those_named_together(void **state)
{
    (void)state;
    READ("Presidents Anton Velkov and Mira Holt met. The two leaders shook hands.\n"
         "Ruritania and Graustark signed. The two countries will trade.");
    const rap_actor *leaders = actor_of(&r, "The two leaders", 0);
    assert_int_equal(leaders->kind, RAP_ACTOR_GROUP);
    assert_int_equal(leaders->members, 2);
    const rap_actor *countries = actor_of(&r, "The two countries", 0);
    assert_int_equal(countries->members, 2);
    assert_true(rap_slice_is(r.names.actor[countries->member[0]].code, "RUR"));
    close_all(&r);
}

static void a_plural_set_off_by_a_comma_is_those_before_it(void **state)
{
    (void)state;
    READ("John Roe and Mary Kovic, the foreign ministers of Ruritania and Graustark, "
         "signed the treaty on Monday.");
    const rap_actor *group =
        actor_of(&r, "the foreign ministers of Ruritania and Graustark", 0);
    assert_non_null(group);
    assert_int_equal(group->members, 2);
    assert_true(rap_slice_is(r.names.actor[group->member[0]].key, "person:john roe"));
    assert_true(rap_slice_is(r.names.actor[group->member[1]].key, "person:mary kovic"));
    close_all(&r);
}

static void a_capital_is_its_state_but_a_town_after_in(void **state)
{
    (void)state;
    READ("Strelsau rejected the offer. They met in Strelsau on Monday.");
    check_actor(&r, "Strelsau", 0, "RUR");
    check_actor(&r, "Strelsau", 1, "place:strelsau");
    close_all(&r);
}

static void letters_in_brackets_are_the_same_organisation(void **state)
{
    (void)state;
    READ("The Harbour Reform Council (HRC) met. The HRC adjourned.");
    const rap_actor *actor = actor_of(&r, "Harbour Reform Council", 0);
    assert_int_equal(actor->kind, RAP_ACTOR_ORGANISATION);
    assert_ptr_equal(actor, actor_of(&r, "HRC", 0));
    close_all(&r);
}

static void pronouns_follow_subject_and_gender(void **state)
{
    (void)state;
    READ("Mr Velkov thanked Mrs Holt. She said that he was kind.");
    check_actor(&r, "She", 0, "person:holt");
    check_actor(&r, "he", 0, "person:velkov");
    close_all(&r);
}

static void a_possessive_names_whose_person_it_is(void **state)
{
    (void)state;
    READ(
        "Ruritania’s Anton Velkov met Graustarkian Lake Affairs Minister Mira Holt, an "
        "aide to Prime Minister Yanna Quist.");
    assert_true(rap_slice_is(actor_of(&r, "Anton Velkov", 0)->country, "Ruritania"));
    assert_true(rap_slice_is(
        actor_of(&r, "Graustarkian Lake Affairs Minister Mira Holt", 0)->country,
        "Graustark"));
    check_actor(&r, "an aide to Prime Minister Yanna Quist", 0, "person:mira holt");
    close_all(&r);
}

static void a_word_that_opens_a_sentence_is_no_part_of_a_name(void **state)
{
    (void)state;
    READ("Ruritanian President Anton Velkov spoke. “Will Velkov come?” Velkov may.");
    for (uint32_t n = 0; n < 2; n++)
        check_actor(&r, "Velkov", n, "person:anton velkov");
    close_all(&r);
}

static void sides_may_be_a_government_and_an_armed_group(void **state)
{
    (void)state;
    READ(
        "Ruritania and the River Liberation Front (RLF) agreed. Both sides will stop.");
    const rap_actor *sides = actor_of(&r, "Both sides", 0);
    assert_int_equal(sides->members, 2);
    close_all(&r);
}

static void a_surname_that_is_also_a_country_goes_to_the_person(void **state)
{
    (void)state;
    READ("Minister Ana Jordan signed. “It is a step,” Jordan told them. Then she flew "
         "to Jordan. Foreign Minister Tess Lund Wagner spoke. Wagner said no.");
    check_actor(&r, "Jordan", 0, "person:ana jordan");
    check_actor(&r, "Jordan", 1, "JOR");
    check_actor(&r, "Wagner", 0, "person:tess lund wagner");
    close_all(&r);
}

static void a_first_name_that_is_also_a_country_is_a_person(void **state)
{
    (void)state;
    READ("On Monday envoy Chad Brankell arrived. Brankell left. Chad did not vote.");
    check_actor(&r, "Brankell", 0, "person:chad brankell");
    check_actor(&r, "Chad", 0, "TCD");
    close_all(&r);
}

static void endings_of_a_name_are_the_same_person(void **state)
{
    (void)state;
    READ("Presidential adviser Carlo Velkov Jr. arrived. Velkov spoke. Minister Edmund "
         "Torv Kesh met Foreign Minister Chung Tae-gwon. Mr Torv Kesh left. Chung "
         "stayed.");
    check_actor(&r, "Velkov", 0, "person:carlo velkov jr");
    check_actor(&r, "Mr Torv Kesh", 0, "person:edmund torv kesh");
    check_actor(&r, "Foreign Minister Chung Tae-gwon", 0, "person:chung tae gwon");
    check_actor(&r, "Chung", 0, "person:chung tae gwon");
    close_all(&r);
}

static void a_role_set_off_by_commas_takes_the_name_it_introduces(void **state)
{
    (void)state;
    READ("An RLF spokesman, Goran Brankell, agreed. The head of the Ruritanian "
         "delegation, Edmund Kesh, left. The League of Small States' envoy for Zenda, "
         "Mira Holt, stayed. Omar Quist, the Front's leader, spoke.");
    check_actor(&r, "An RLF spokesman, Goran Brankell", 0, "person:goran brankell");
    const rap_actor *head =
        actor_of(&r, "The head of the Ruritanian delegation, Edmund Kesh", 0);
    assert_true(rap_slice_is(head->key, "person:edmund kesh"));
    assert_true(rap_slice_is(head->code, "RUR"));
    check_actor(&r, "The League of Small States' envoy for Zenda, Mira Holt", 0,
                "person:mira holt");
    check_actor(&r, "the Front's leader", 0, "person:omar quist");
    close_all(&r);
}

static void letters_in_brackets_stand_for_the_whole_name_never_the_place(void **state)
{
    (void)state;
    READ("The Lake Support Mission in Ruritania (LSMR) met. LSMR adjourned. The High "
         "Council for Border Peace and the Graustarkian Central News Agency (GCNA) "
         "agreed with the Supreme People's Assembly.");
    const rap_actor *mission = actor_of(&r, "Lake Support Mission in Ruritania", 0);
    assert_int_equal(mission->kind, RAP_ACTOR_ORGANISATION);
    assert_ptr_equal(mission, actor_of(&r, "LSMR", 0));
    assert_ptr_equal(mission, actor_of(&r, "LSMR", 1));
    assert_non_null(mention_of(&r, "High Council for Border Peace", 0));
    assert_ptr_equal(actor_of(&r, "Graustarkian Central News Agency", 0),
                     actor_of(&r, "GCNA", 0));
    assert_non_null(mention_of(&r, "Supreme People's Assembly", 0));
    close_all(&r);
}

static void sides_are_the_opposed_not_their_hosts(void **state)
{
    (void)state;
    READ("Ruritania accused the River Liberation Front of theft.\nThe RLF said "
         "Ruritania "
         "lied.\nFrance and Norway host the talks. Both sides are late.");
    const rap_actor *sides = actor_of(&r, "Both sides", 0);
    assert_int_equal(sides->members, 2);
    for (uint32_t i = 0; i < 2; i++)
        assert_true(rap_slice_is(r.names.actor[sides->member[i]].code, "RUR"));
    close_all(&r);
}

static void sides_without_parties_stay_in_doubt(void **state)
{
    (void)state;
    READ("Minister Anton Velkov received Mrs Holt. The two sides talked.");
    assert_true(mention_of(&r, "The two sides", 0)->confidence < 0.5f);
    close_all(&r);
}

static void capitals_codes_and_credits_name_no_actor(void **state)
{
    (void)state;
    READ("WE HAVE been here.\nThey spent P4 on Operation Sunrise Dawn.\nReuters "
         "Ruritania's Defence Minister Anton Velkov waves.\nStrelsau (Littoral Wire) - "
         "Talks began.");
    assert_null(mention_of(&r, "HAVE", 0));
    assert_null(mention_of(&r, "P4", 0));
    assert_null(mention_of(&r, "Operation Sunrise Dawn", 0));
    assert_true(rap_slice_is(
        actor_of(&r, "Ruritania's Defence Minister Anton Velkov", 0)->sector, "GOV"));
    const rap_mention *wire = mention_of(&r, "Littoral Wire", 0);
    assert_true(!wire || wire->actor == RAP_NONE ||
                r.names.actor[wire->actor].kind == RAP_ACTOR_ORGANISATION);
    close_all(&r);
}

static void a_common_noun_gives_a_title_no_country(void **state)
{
    (void)state;
    READ("Congress leader Anton Velkov spoke. Officer Mira Holt listened.");
    assert_int_equal(actor_of(&r, "Congress leader Anton Velkov", 0)->country.len, 0);
    assert_int_equal(actor_of(&r, "Officer Mira Holt", 0)->sector.len, 0);
    close_all(&r);
}

static void one_government_has_one_owner(void **state)
{
    (void)state;
    READ("River Liberation Front and Graustarkian government agree.");
    check_actor(&r, "River Liberation Front", 0, "org:river liberation front");
    assert_true(rap_slice_is(actor_of(&r, "Graustarkian government", 0)->code, "GRA"));
    close_all(&r);
}

static void unnamed_actors_are_of_their_document_only(void **state)
{
    (void)state;
    char key[2][128];
    const char *const texts[] = {"The rebels fled.", "The rebels fled again."};
    reader r;
    open_all(&r);
    for (size_t i = 0; i < 2; i++) {
        read_text(&r, texts[i]);
        const rap_slice k = actor_of(&r, "The rebels", 0)->key;
        (void)snprintf(key[i], sizeof key[i], "%.*s", (int)k.len, k.at);
    }
    assert_string_not_equal(key[0], key[1]);
    close_all(&r);
}

static void small_letters_are_no_names(void **state)
{
    (void)state;
    READ("They ate turkey and drank from china; it may help us.");
    for (uint32_t i = 0; i < r.names.mentions; i++)
        assert_int_equal(r.names.mention[i].form, RAP_MENTION_PRONOUN);
    close_all(&r);
}

static void the_persons_own_rows_win(void **state)
{
    (void)state;
    reader r;
    open_all(&r);
    rap_name_close(r.name);
    static const char rows[] = "organisation\tGeorgia\tXGE\t\tNGO\tParis|EU\n";
    assert_int_equal(
        rap_name_open(&r.language, rap_slice_of(rows), "own", &r.name, &r.err), RAP_OK);
    read_text(&r, "Georgia replied to the EU.");
    assert_int_equal(actor_of(&r, "Georgia", 0)->kind, RAP_ACTOR_ORGANISATION);
    check_actor(&r, "EU", 0, "org:georgia");
    close_all(&r);
}

static void a_row_of_no_kind_is_refused_with_its_place(void **state)
{
    (void)state;
    reader r;
    open_all(&r);
    rap_name_knowledge *knowledge;
    static const char rows[] = "state\tRuritania\tRUR\nelephant\tX\n";
    assert_int_equal(
        rap_name_open(&r.language, rap_slice_of(rows), "mine.tsv", &knowledge, &r.err),
        RAP_E_INPUT);
    assert_null(knowledge);
    assert_int_equal(r.err.at, 20);
    assert_non_null(strstr(r.err.text, "mine.tsv"));
    close_all(&r);
}

static void demonyms_name_their_country(void **state)
{
    (void)state;
    reader r;
    open_all(&r);
    rap_slice country, code;
    assert_true(rap_name_country(r.name, rap_slice_of("Ruritanian"), &country, &code));
    assert_true(rap_slice_is(country, "Ruritania"));
    assert_true(rap_name_country(r.name, rap_slice_of("French"), &country, &code));
    assert_true(rap_slice_is(code, "FRA"));
    assert_false(rap_name_country(r.name, rap_slice_of("us"), &country, &code));
    assert_false(rap_name_country(r.name, rap_slice_of("table"), &country, &code));
    close_all(&r);
}

/* Spans in bounds and in order, actors in range, whatever the bytes. */
static void check_layer(const reader *r)
{
    for (uint32_t i = 0; i < r->names.mentions; i++) {
        const rap_mention *m = &r->names.mention[i];
        assert_true(m->span.begin < m->span.end && m->span.end <= r->article.text.len);
        assert_true(rap_span_holds(m->span, m->head));
        assert_true(m->first <= m->last && m->last < r->tokens.count);
        assert_true(m->actor == RAP_NONE || m->actor < r->names.actors);
        assert_true(m->confidence >= 0 && m->confidence <= 1);
        if (i) assert_true(m[-1].span.begin <= m->span.begin);
        assert_true(rap_names_covering(&r->names, m->first) != RAP_NONE);
    }
    for (uint32_t i = 0; i < r->names.actors; i++) {
        assert_true(r->names.actor[i].name.len && r->names.actor[i].key.len);
        for (uint32_t k = 0; k < r->names.actor[i].members; k++)
            assert_true(r->names.actor[i].member[k] < r->names.actors);
    }
}

static void a_body_that_owns_what_is_no_actor_is_a_mention(void **state)
{
    (void)state;
    READ("Ruritania is at war. Reporters doubted the Ruritanian government’s policy. "
         "Lawmakers praised the Ruritanian army’s control of the town.");
    const rap_actor *actor = actor_of(&r, "the Ruritanian government", 0);
    assert_non_null(actor);
    assert_int_equal(actor->kind, RAP_ACTOR_ORGANISATION);
    assert_true(rap_slice_is(actor->code, "RUR"));
    assert_non_null(actor_of(&r, "the Ruritanian army", 0));
    assert_non_null(mention_of(&r, "Lawmakers", 0));
    close_all(&r);
}

static void any_text_gives_a_sound_layer(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "\n",
        ".",
        "The",
        "President",
        "President of",
        "the two",
        "A's B's C's",
        "“Velkov” - al- 'Abu of the (EU",
        "The the The his two Prime Minister of the of",
        "Mr Mrs President Prime Minister General King Anton",
        "U.S.-led U.S.–U.K. talks",
        "Ruritania, Graustark, Zenda, Ruritania and Graustark and they",
        "RURITANIA AND GRAUSTARK SIGN IN STRELSAU",
        "\xc3\x89lys\xc3\xa9"
        "e said \xe2\x80\x98no\xe2\x80\x99",
    };
    reader r;
    open_all(&r);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        read_text(&r, texts[i]);
        check_layer(&r);
    }
    close_all(&r);
}

static rap_status run_again(reader *r, rap_arena *arena, rap_arena *scratch)
{
    const rap_status status = rap_name_run(r->name, &r->article, &r->tokens, &r->tags,
                                           arena, scratch, &r->names, &r->err);
    if (status) assert_int_equal(r->names.mentions + r->names.actors, 0);
    return status;
}

static void every_lost_allocation_is_clean(void **state)
{
    (void)state;
    READ("Ruritanian Prime Minister Anton Velkov and Graustarkian President Mira Holt "
         "met "
         "the River Liberation Front (RLF) in Zenda. The two leaders said they agreed. "
         "He thanked her government.");
    rap_arena arena, other = RAP_ARENA(1 << 20);
    CHECK_EVERY_LOST_ALLOCATION(arena, 1 << 20, 400, run_again(&r, &arena, &other));
    CHECK_EVERY_LOST_ALLOCATION(arena, 1 << 20, 400, run_again(&r, &other, &arena));
    rap_arena_free(&other);
    close_all(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_listed_name_is_known_in_any_place_and_case),
        cmocka_unit_test(a_title_gives_role_country_and_the_bare_name),
        cmocka_unit_test(an_apposition_describes_the_name_before_it),
        cmocka_unit_test(two_persons_of_one_surname_are_never_joined),
        cmocka_unit_test(an_honorific_tells_two_persons_of_one_surname_apart),
        cmocka_unit_test(a_description_takes_the_person_who_holds_the_office),
        cmocka_unit_test(a_description_without_a_holder_is_an_actor_of_its_own),
        cmocka_unit_test(a_counterpart_holds_the_same_office),
        cmocka_unit_test(counterparts_of_two_nations_are_persons_or_their_states),
        cmocka_unit_test(plurals_take_those_named_together),
        cmocka_unit_test(a_plural_set_off_by_a_comma_is_those_before_it),
        cmocka_unit_test(a_capital_is_its_state_but_a_town_after_in),
        cmocka_unit_test(letters_in_brackets_are_the_same_organisation),
        cmocka_unit_test(pronouns_follow_subject_and_gender),
        cmocka_unit_test(a_possessive_names_whose_person_it_is),
        cmocka_unit_test(a_word_that_opens_a_sentence_is_no_part_of_a_name),
        cmocka_unit_test(sides_may_be_a_government_and_an_armed_group),
        cmocka_unit_test(a_surname_that_is_also_a_country_goes_to_the_person),
        cmocka_unit_test(a_first_name_that_is_also_a_country_is_a_person),
        cmocka_unit_test(endings_of_a_name_are_the_same_person),
        cmocka_unit_test(a_role_set_off_by_commas_takes_the_name_it_introduces),
        cmocka_unit_test(letters_in_brackets_stand_for_the_whole_name_never_the_place),
        cmocka_unit_test(sides_are_the_opposed_not_their_hosts),
        cmocka_unit_test(sides_without_parties_stay_in_doubt),
        cmocka_unit_test(capitals_codes_and_credits_name_no_actor),
        cmocka_unit_test(a_common_noun_gives_a_title_no_country),
        cmocka_unit_test(one_government_has_one_owner),
        cmocka_unit_test(unnamed_actors_are_of_their_document_only),
        cmocka_unit_test(small_letters_are_no_names),
        cmocka_unit_test(the_persons_own_rows_win),
        cmocka_unit_test(a_row_of_no_kind_is_refused_with_its_place),
        cmocka_unit_test(demonyms_name_their_country),
        cmocka_unit_test(a_body_that_owns_what_is_no_actor_is_a_mention),
        cmocka_unit_test(any_text_gives_a_sound_layer),
        cmocka_unit_test(every_lost_allocation_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
