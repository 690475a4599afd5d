/* test_offices.c - who held which office on a day: the lists, and their use in a text. */
#include "check.h"
#include "name.h"
#include "text.h"

typedef struct reader { /* the stages up to names, over one text */
    rap_language language;
    rap_token_knowledge *token;
    rap_syntax_knowledge *syntax;
    rap_name_knowledge *name;
    rap_arena arena, scratch;
    rap_zone zone;
    rap_article article;
    rap_tokens tokens;
    rap_syntax tags;
    rap_names names;
    rap_error err;
} reader;

/* Invented states, so that no list has these offices. */
static const char own_rows[] =
    "state\tRuritania\tRUR\t\tGOV\tKingdom of Ruritania\tRuritanian\t"
    "Ruritanian/Ruritanians\tStrelsau\n"
    "state\tGraustark\tGRA\t\tGOV\t\tGraustarkian\tGraustarkian/"
    "Graustarkians\tEdelweiss\n"
    "organisation\tLeague of Small States\tIGO\t\tIGO\tLSS\n"
    "office\tforeign minister\tRUR\t2012-06\t\tminister of outer things\n"
    "held\tMira Velkova|Mira Welkowa\t2001-03-04\t2005-01-01\tf\n"
    "held\tPavel Brandt\t2005-02\t\tm\n"
    "held\t?\t2008-07-01\n"
    "held\tKasimir Roden\t2009\t\tm\n"
    "held\tIlse Marrow\t2010-05-06\t\tf\tacting\n"
    "office\tpresident\tRUR\t2012-06-30\n"
    "held\tOtto Brandt\t1999-01-01\t\tm\n"
    "held\tDana Toller\t2006-01-01\t\tf\n"
    "office\tforeign minister\tGRA\t2012\t\t=keeper of the seal\n"
    "held\tJonas Quill\t2000-01-01\t\tm\n"
    "office\tchief warden\tZz\t2012\n"
    "held\tLena Orth\t2000-01-01\t\tf\n"
    "office\tsecretary-general\tLeague of Small States\t2012\n"
    "held\tAmos Tarn\t2000-01-01\t\tm\n";

static void open_all(reader *r, const char *own)
{
    *r = (reader){.arena = RAP_ARENA(16 << 20), .scratch = RAP_ARENA(16 << 20)};
    assert_int_equal(rap_language_open("en", &r->language, &r->err), RAP_OK);
    assert_int_equal(rap_token_open(&r->language, &r->token, &r->err), RAP_OK);
    assert_int_equal(rap_syntax_open(&r->language, &r->syntax, &r->err), RAP_OK);
    assert_int_equal(
        rap_name_open(&r->language, rap_slice_of(own), "own.tsv", &r->name, &r->err),
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

static rap_date date_of(const char *iso)
{
    rap_date date;
    assert_int_equal(rap_date_read_iso(rap_slice_of(iso), &date), strlen(iso));
    return date;
}

/* The one holder on all days of that date, or how the answer stands: "?" not known, "|" several,
 * "-" no such office. */
static const char *held(const reader *r, const char *office, const char *on,
                        char out[64])
{
    rap_tenure tenure[8];
    uint32_t count = 0;
    const rap_date date = date_of(on);
    const rap_office_answer answer =
        rap_name_office(r->name, rap_slice_of(office), rap_date_earliest(date),
                        rap_date_latest(date), tenure, 8, &count);
    static const char *const word[] = {"-", "?", "|"};
    if (answer != RAP_OFFICE_HELD) return word[answer];
    assert_true(count > 0);
    (void)snprintf(out, 64, "%.*s", (int)tenure[0].person.len, tenure[0].person.at);
    return out;
}

static void check_held(const reader *r, const char *office, const char *on,
                       const char *who)
{
    char name[64];
    const char *got = held(r, office, on, name);
    if (strcmp(got, who) != 0)
        print_message("%s on %s: %s, not %s\n", office, on, got, who);
    assert_string_equal(got, who);
}

/* ---- the lists -------------------------------------------------------------------- */

typedef struct question {
    const char *office, *on, *who;
} question;

/* Over the world and the years; the last ones have no answer. */
static const question questions[] = {
    {"Armenian foreign minister", "2021-05-15", "Ara Aivazian"},
    {"Armenia's foreign minister", "2022-01-01", "Ararat Mirzoyan"},
    {"Prime Minister of Armenia", "2016-01-01", "Hovik Abrahamyan"},
    {"Azerbaijani foreign minister", "2010-06-01", "Elmar Mammadyarov"},
    {"president of Azerbaijan", "1992-09-01", "Abulfaz Elchibey"},
    {"Georgian defence minister", "2008-08-08", "Davit Kezerashvili"},
    {"Russian Foreign Minister", "1999-06-01", "Igor Ivanov"},
    {"Minister of Defense of the Russian Federation", "2008-08-08",
     "Anatoly Serdyukov"},
    {"Kremlin spokesman", "2018-03-01", "Dmitry Peskov"},
    {"Ukrainian president", "2005-12-01", "Viktor Yushchenko"},
    {"Ukraine's commander-in-chief", "2023-06-01", "Valery Zaluzhny"},
    {"Kazakh prime minister", "2015-01-01", "Karim Massimov"},
    {"US secretary of state", "1995-11-21", "Warren Christopher"},
    {"US Secretary of State", "2017-06-01", "Rex Tillerson"},
    {"American national security adviser", "2011-05-01", "Tom Donilon"},
    {"US defense secretary", "2003-03-20", "Donald Rumsfeld"},
    {"British foreign secretary", "2003-03-20", "Jack Straw"},
    {"Northern Ireland secretary", "1998-04-10", "Mo Mowlam"},
    {"Taoiseach", "1998-04-10", "Bertie Ahern"},
    {"French foreign minister", "2008-08-12", "Bernard Kouchner"},
    {"German chancellor", "1995-01-01", "Helmut Kohl"},
    {"Turkish foreign minister", "2009-10-10", "Ahmet Davutoglu"},
    {"Greek Cypriot president", "2004-04-24", "Tassos Papadopoulos"},
    {"Turkish Cypriot leader", "2004-04-20", "Rauf Denktash"},
    {"Serbian president", "1995-07-11", "Slobodan Milošević"},
    {"Croatian president", "1995-08-04", "Franjo Tuđman"},
    {"Bosnian Serb leader", "1995-07-11", "Radovan Karadžić"},
    {"prime minister of Kosovo", "2012-01-01", "Hashim Thaçi"},
    {"Macedonian president", "2001-08-13", "Boris Trajkovski"},
    {"Israeli prime minister", "1993-09-13", "Yitzhak Rabin"},
    {"Israeli defence minister", "2006-07-12", "Amir Peretz"},
    {"Egyptian foreign minister", "2015-01-01", "Sameh Shoukry"},
    {"Iranian foreign minister", "2015-07-14", "Mohammad Javad Zarif"},
    {"Iran's supreme leader", "2010-01-01", "Ali Khamenei"},
    {"Lebanese prime minister", "2006-07-12", "Fouad Siniora"},
    {"Pakistani army chief", "2005-01-01", "Pervez Musharraf"},
    {"Indian external affairs minister", "2016-01-01", "Sushma Swaraj"},
    {"Sri Lankan president", "2009-05-18", "Mahinda Rajapaksa"},
    {"North Korean leader", "2000-06-15", "Kim Jong Il"},
    {"Japanese prime minister", "2002-09-17", "Junichiro Koizumi"},
    {"Indonesian president", "2005-08-15", "Susilo Bambang Yudhoyono"},
    {"Ethiopian prime minister", "2000-12-12", "Meles Zenawi"},
    {"Eritrea's president", "2018-07-09", "Isaias Afwerki"},
    {"South African president", "2009-01-01", "Kgalema Motlanthe"},
    {"Nigerian foreign minister", "2022-11-02", "Geoffrey Onyeama"},
    {"Colombian president", "2016-09-26", "Juan Manuel Santos"},
    {"Venezuelan president", "2002-01-01", "Hugo Chávez"},
    {"UN Secretary-General", "1994-04-06", "Boutros Boutros-Ghali"},
    {"UN special envoy for Syria", "2013-06-01", "Lakhdar Brahimi"},
    {"special envoy of the United Nations for Yemen", "2016-06-01",
     "Ismail Ould Cheikh Ahmed"},
    {"EU foreign policy chief", "2013-04-19", "Catherine Ashton"},
    {"NATO secretary general", "1999-03-24", "Javier Solana"},
    {"OSCE chairman-in-office", "2016-04-05", "Frank-Walter Steinmeier"},
    {"chairperson of the African Union Commission", "2022-11-02",
     "Moussa Faki Mahamat"},
    {"Hezbollah leader", "2006-07-12", "Hassan Nasrallah"},
    {"Taliban leader", "2020-02-29", "Hibatullah Akhundzada"},
    {"Sudanese prime minister", "2023-01-01", "?"},
    {"president of Lebanon", "2015-06-01", "?"},
    {"Turkish prime minister", "2020-01-01", "?"},
    {"Armenian foreign minister", "2021-07-01", "?"},
    {"the prime minister of Israel", "2006-07", "Ehud Olmert"},
    {"White House national security adviser", "2011-05", "Tom Donilon"},
    {"White House press secretary", "2022-06-01", "Karine Jean-Pierre"},
    {"de facto leader of Northern Cyprus", "2021-05-10", "Ersin Tatar"},
    {"spokesperson of the Russian foreign ministry", "2021-05", "Maria Zakharova"},
    {"head of the AU Commission", "2021-05", "Moussa Faki Mahamat"},
    {"UN envoy for Syria", "2016", "Staffan de Mistura"},
    {"Minister of Foreign Affairs and Trade of Australia", "2000-01",
     "Alexander Downer"},
    {"Armenian foreign minister", "2021-05", "|"},
    {"French president", "2045-01-01", "?"},
    {"deputy foreign minister of Armenia", "2021-05-15", "-"},
    {"former Armenian president", "2021-05-15", "-"},
    {"Armenian opposition leader", "2021-05-15", "-"},
    {"foreign minister", "2021-05-15", "-"},
    {"", "2021-05-15", "-"},
};

static void the_world_is_known_by_the_day(void **state)
{
    (void)state;
    reader r;
    open_all(&r, "");
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        check_held(&r, questions[i].office, questions[i].on, questions[i].who);
    close_all(&r);
}

static void a_month_leaves_its_days_open_and_a_gap_stays_one(void **state)
{
    (void)state;
    reader r;
    open_all(&r, own_rows);
    check_held(&r, "Ruritanian foreign minister", "2001-03-03", "?");
    check_held(&r, "Ruritanian foreign minister", "2001-03-05", "Mira Velkova");
    check_held(&r, "Ruritanian foreign minister", "2005-01-15", "?");
    check_held(&r, "Ruritanian foreign minister", "2005-02-10", "?");
    check_held(&r, "Ruritanian foreign minister", "2005-03-01", "Pavel Brandt");
    check_held(&r, "Ruritanian foreign minister", "2008-08-01", "?");
    check_held(&r, "Ruritanian foreign minister", "2009-06-01", "|");
    check_held(&r, "Ruritanian foreign minister", "2010-03-01", "Kasimir Roden");
    check_held(&r, "Ruritanian foreign minister", "2010-05-06", "|");
    check_held(&r, "Ruritanian foreign minister", "2012-06-30", "Ilse Marrow");
    check_held(&r, "Ruritanian foreign minister", "2012-07-01", "?");
    check_held(&r, "minister of outer things of Ruritania", "2001-03-05",
               "Mira Velkova");
    check_held(&r, "keeper of the seal", "2001-03-05", "Jonas Quill");
    check_held(&r, "chief warden", "2001-03-05", "-");
    check_held(&r, "chief warden of Zz", "2001-03-05", "-");
    close_all(&r);
}

static void without_a_day_all_tenures_are_told(void **state)
{
    (void)state;
    reader r;
    open_all(&r, own_rows);
    rap_tenure tenure[8];
    uint32_t count = 0;
    assert_int_equal(rap_name_office(r.name, RAP_LIT("Ruritanian foreign minister"),
                                     RAP_NO_DAY, RAP_NO_DAY, tenure, 8, &count),
                     RAP_OFFICE_SEVERAL);
    assert_int_equal(count, 5);
    assert_int_equal(tenure[2].person.len, 0);
    assert_true(tenure[4].acting);
    assert_int_equal(tenure[4].until.precision, RAP_PRECISION_NONE);
    assert_true(rap_slice_is(tenure[0].owner[0], "Ruritania"));
    close_all(&r);
}

/* The name of the state with that code; else the code itself. */
static rap_slice state_called(const reader *r, rap_slice code)
{
    const char *path;
    rap_slice bytes, field[RAP_TSV_FIELDS];
    for (uint32_t n = 0;
         rap_language_list(&r->language, "actors/states", n, &path, &bytes); n++) {
        rap_tsv tsv = rap_tsv_open(bytes);
        while (rap_tsv_next(&tsv, field))
            if (rap_slice_equal(field[2], code)) return field[1];
    }
    return code;
}

/* Rows of the built-in lists: in order, never over one another, and every owner known. */
static void check_list(const reader *r, const char *path, rap_slice bytes)
{
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    rap_date known = {0}, from = {0}, until = {0};
    bool first = true;
    while (rap_tsv_next(&tsv, field)) {
        bool sound = true;
        if (rap_slice_is(field[0], "office")) {
            sound = rap_date_read_iso(field[3], &known) == field[3].len;
            first = true;
            char words[256];
            rap_tenure tenure[1];
            uint32_t count = 0;
            rap_slice list = field[2], owner;
            int at =
                snprintf(words, sizeof words, "%.*s", (int)field[1].len, field[1].at);
            while (list.len && rap_split_next(&list, '|', &owner)) {
                const rap_slice name = state_called(r, owner);
                at += snprintf(words + at, sizeof words - (size_t)at, " of %.*s",
                               (int)name.len, name.at);
            }
            if (sound)
                sound = rap_name_office(r->name, rap_slice_of(words), RAP_NO_DAY,
                                        RAP_NO_DAY, tenure, 1,
                                        &count) == RAP_OFFICE_SEVERAL;
        } else if (rap_slice_is(field[0], "held")) {
            rap_date date = {0}, end = {0};
            sound =
                rap_date_read_iso(field[2], &date) == field[2].len &&
                (!field[3].len || rap_date_read_iso(field[3], &end) == field[3].len) &&
                rap_date_earliest(date) <= rap_date_latest(known) &&
                (first || rap_date_earliest(date) >= rap_date_earliest(from)) &&
                (first || !until.precision ||
                 rap_date_latest(date) >= rap_date_earliest(until)) &&
                (!end.precision || rap_date_latest(end) >= rap_date_earliest(date)) &&
                (!field[4].len || rap_slice_is(field[4], "m") ||
                 rap_slice_is(field[4], "f"));
            first = false;
            from = date;
            until = end;
        }
        if (!sound) print_message("%s, line %u: not sound\n", path, tsv.line);
        assert_true(sound);
    }
}

static void the_lists_are_sound(void **state)
{
    (void)state;
    reader r;
    open_all(&r, "");
    const char *path;
    rap_slice bytes;
    uint32_t n = 0;
    for (; rap_language_list(&r.language, "actors/offices", n, &path, &bytes); n++)
        check_list(&r, path, bytes);
    assert_true(n > 1);
    close_all(&r);
}

static void a_row_without_a_day_is_refused_with_its_place(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "office\tpresident\tRUR\n", "office\tpresident\tRUR\tsometime\n",
        "office\tpresident\tRUR\t2012\nheld\tJonas Quill\n",
        "office\tpresident\tRUR\t2012\nheld\tJonas Quill\t2001-02-30x\n"};
    rap_language language;
    rap_error err;
    assert_int_equal(rap_language_open("en", &language, &err), RAP_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        rap_name_knowledge *name = NULL;
        assert_int_equal(
            rap_name_open(&language, rap_slice_of(bad[i]), "own.tsv", &name, &err),
            RAP_E_INPUT);
        assert_non_null(strstr(err.text, "own.tsv, line"));
        assert_null(name);
    }
}

/* ---- in a text ---------------------------------------------------------------------- */

static void read_text(reader *r, const char *text, const char *on)
{
    r->zone = (rap_zone){{0, (uint32_t)strlen(text)}, RAP_ZONE_BODY, NULL, RAP_NONE};
    r->article =
        (rap_article){.text = rap_slice_of(text), .zone = &r->zone, .zones = 1};
    if (on)
        r->article.published =
            (rap_published){.date = rap_date_of_day(rap_date_earliest(date_of(on))),
                            .earliest = rap_date_earliest(date_of(on)),
                            .latest = rap_date_earliest(date_of(on)),
                            .basis = RAP_BASIS_STATED};
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

/* The actor's key of the n-th mention worded so; "" if it has none. */
static rap_slice key_of(const reader *r, const char *words, uint32_t n)
{
    for (uint32_t i = 0; i < r->names.mentions; i++) {
        const rap_mention *m = &r->names.mention[i];
        if (!rap_slice_is(rap_cut(r->article.text, m->span), words) || n-- > 0)
            continue;
        return m->actor == RAP_NONE ? (rap_slice){"", 0} : r->names.actor[m->actor].key;
    }
    print_message("no mention \"%s\"\n", words);
    return (rap_slice){"", 0};
}

static void check_key(const reader *r, const char *words, const char *key)
{
    const rap_slice got = key_of(r, words, 0);
    if (!rap_slice_is(got, key))
        print_message("\"%s\" is %.*s, not %s\n", words, (int)got.len, got.at, key);
    assert_true(rap_slice_is(got, key));
}

static void check_text(const char *text, const char *on, const char *words,
                       const char *key)
{
    reader r;
    open_all(&r, own_rows);
    read_text(&r, text, on);
    check_key(&r, words, key);
    close_all(&r);
}

static void a_description_is_the_holder_on_the_day_of_the_report(void **state)
{
    (void)state;
    static const char text[] = "The Ruritanian foreign minister arrived in Edelweiss.";
    check_text(text, "2003-04-05", "The Ruritanian foreign minister",
               "person:mira velkova");
    check_text(text, "2007-04-05", "The Ruritanian foreign minister",
               "person:pavel brandt");
}

static void a_description_stays_open_where_the_lists_do(void **state)
{
    (void)state;
    static const char text[] = "The Ruritanian foreign minister arrived in Edelweiss.";
    static const char *const days[] = {"2005-02-10", "2008-08-01", "2010-05-06",
                                       "2020-01-01", NULL};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        reader r;
        open_all(&r, own_rows);
        read_text(&r, text, days[i]);
        assert_true(rap_slice_starts(key_of(&r, "The Ruritanian foreign minister", 0),
                                     "role:"));
        close_all(&r);
    }
}

static void another_year_in_the_sentence_counts_not_the_report_s(void **state)
{
    (void)state;
    check_text("In 2003 the Ruritanian foreign minister signed the treaty.",
               "2011-04-05", "the Ruritanian foreign minister", "person:mira velkova");
    reader r;
    open_all(&r, own_rows);
    read_text(&r, "In 2009 the Ruritanian foreign minister left it.", "2011-04-05");
    assert_true(
        rap_slice_starts(key_of(&r, "the Ruritanian foreign minister", 0), "role:"));
    close_all(&r);
}

static void the_holder_comes_before_another_of_the_same_rank(void **state)
{
    (void)state;
    check_text("Ruritanian Prime Minister Anna Holm spoke. The Ruritanian president "
               "listened.",
               "2003-04-05", "The Ruritanian president", "person:otto brandt");
    check_text("Ruritanian President Anna Holm spoke. The Ruritanian president left.",
               "2003-04-05", "The Ruritanian president", "person:anna holm");
}

static void a_place_after_an_office_is_no_part_of_it(void **state)
{
    (void)state;
    check_text("She met the Ruritanian president in Edelweiss.", "2003-04-05",
               "the Ruritanian president in Edelweiss", "person:otto brandt");
}

static void the_former_and_the_next_are_not_the_one_in_office(void **state)
{
    (void)state;
    static const char *const text[] = {
        "The former Ruritanian foreign minister arrived.",
        "The next Ruritanian foreign minister will arrive.",
        "The deputy Ruritanian foreign minister arrived."};
    for (size_t i = 0; i < 3; i++) {
        reader r;
        open_all(&r, own_rows);
        read_text(&r, text[i], "2003-04-05");
        for (uint32_t k = 0; k < r.names.actors; k++)
            assert_false(rap_slice_is(r.names.actor[k].key, "person:mira velkova"));
        close_all(&r);
    }
}

static void a_surname_with_its_office_is_the_person(void **state)
{
    (void)state;
    check_text("Ruritanian Foreign Minister Velkova arrived.", "2003-04-05",
               "Ruritanian Foreign Minister Velkova", "person:mira velkova");
    check_text("Envoys of Ruritania waited. Foreign Minister Velkova arrived.",
               "2003-04-05", "Foreign Minister Velkova", "person:mira velkova");
    check_text("The LSS met. Secretary-General Tarn said it would act.", "2003-04-05",
               "Secretary-General Tarn", "person:amos tarn");
    check_text("Former Ruritanian president Brandt arrived.", "2007-04-05",
               "Former Ruritanian president Brandt", "person:otto brandt");
    check_text("Ruritanian President Brandt arrived.", "2003-04-05",
               "Ruritanian President Brandt", "person:otto brandt");
    check_text("Ruritanian Foreign Minister Brandt arrived.", "2006-04-05",
               "Ruritanian Foreign Minister Brandt", "person:pavel brandt");
}

static void a_surname_of_another_country_or_time_is_nobody_s(void **state)
{
    (void)state;
    check_text("Foreign Minister Velkova arrived.", "2003-04-05",
               "Foreign Minister Velkova", "person:velkova");
    check_text("Ruritanian Foreign Minister Toller arrived.", "2003-04-05",
               "Ruritanian Foreign Minister Toller", "person:toller");
    check_text("Ruritanian Foreign Minister Marrow arrived.", "2003-04-05",
               "Ruritanian Foreign Minister Marrow", "person:marrow");
}

static void another_spelling_is_the_same_person(void **state)
{
    (void)state;
    reader r;
    open_all(&r, own_rows);
    read_text(&r, "Mira Welkowa left Ruritania. Welkowa said she would return.",
              "2003-04-05");
    check_key(&r, "Mira Welkowa", "person:mira velkova");
    check_key(&r, "Welkowa", "person:mira velkova");
    check_key(&r, "she", "person:mira velkova");
    close_all(&r);
}

static void an_unlisted_spelling_under_the_title_is_the_holder(void **state)
{
    (void)state;
    check_text("Ruritanian Foreign Minister Myra Velkova spoke.", "2003-04-05",
               "Ruritanian Foreign Minister Myra Velkova", "person:mira velkova");
    /* Another given name, another office, another time: somebody else. */
    check_text("Ruritanian Foreign Minister Anna Velkova spoke.", "2003-04-05",
               "Ruritanian Foreign Minister Anna Velkova", "person:anna velkova");
    check_text("Ruritanian President Myra Velkova spoke.", "2003-04-05",
               "Ruritanian President Myra Velkova", "person:myra velkova");
    check_text("Ruritanian Foreign Minister Myra Velkova spoke.", "2010-01-05",
               "Ruritanian Foreign Minister Myra Velkova", "person:myra velkova");
    check_text("Graustarkian Foreign Minister Myra Velkova spoke.", "2003-04-05",
               "Graustarkian Foreign Minister Myra Velkova", "person:myra velkova");
}

static void a_counterpart_holds_the_office_of_the_other(void **state)
{
    (void)state;
    check_text("Ruritanian Foreign Minister Mira Velkova met her Graustarkian "
               "counterpart.",
               "2003-04-05", "her Graustarkian counterpart", "person:jonas quill");
}

static void any_dates_and_words_give_a_sound_layer(void **state)
{
    (void)state;
    static const char text[] =
        "The \xff Ruritanian foreign minister\xc3 of of of Ruritania\xe2\x80\x99s said "
        "0000 "
        "9999 2003. Foreign Minister Foreign Minister Brandt. The of. The president.";
    reader r;
    open_all(&r, own_rows);
    read_text(&r, text, "2003-04-05");
    for (uint32_t i = 0; i < r.names.mentions; i++) {
        assert_true(r.names.mention[i].span.end <= sizeof text - 1);
        assert_true(r.names.mention[i].span.begin < r.names.mention[i].span.end);
    }
    char name[64];
    (void)held(&r, "\xff\xfe of the of", "2003-04-05", name);
    close_all(&r);
}

static void every_lost_allocation_is_clean(void **state)
{
    (void)state;
    reader r;
    open_all(&r, own_rows);
    read_text(
        &r,
        "The Ruritanian foreign minister met Foreign Minister Quill of Graustark. "
        "Mira Welkowa left.",
        "2003-04-05");
    rap_arena arena, other = RAP_ARENA(1 << 20);
    CHECK_EVERY_LOST_ALLOCATION(
        arena, 1 << 20, 4000,
        (rap_arena_clear(&other), rap_name_run(r.name, &r.article, &r.tokens, &r.tags,
                                               &arena, &other, &r.names, &r.err)));
    CHECK_EVERY_LOST_ALLOCATION(
        arena, 1 << 20, 4000,
        (rap_arena_clear(&other), rap_name_run(r.name, &r.article, &r.tokens, &r.tags,
                                               &other, &arena, &r.names, &r.err)));
    rap_arena_free(&other);
    close_all(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_world_is_known_by_the_day),
        cmocka_unit_test(a_month_leaves_its_days_open_and_a_gap_stays_one),
        cmocka_unit_test(without_a_day_all_tenures_are_told),
        cmocka_unit_test(the_lists_are_sound),
        cmocka_unit_test(a_row_without_a_day_is_refused_with_its_place),
        cmocka_unit_test(a_description_is_the_holder_on_the_day_of_the_report),
        cmocka_unit_test(a_description_stays_open_where_the_lists_do),
        cmocka_unit_test(another_year_in_the_sentence_counts_not_the_report_s),
        cmocka_unit_test(the_holder_comes_before_another_of_the_same_rank),
        cmocka_unit_test(a_place_after_an_office_is_no_part_of_it),
        cmocka_unit_test(the_former_and_the_next_are_not_the_one_in_office),
        cmocka_unit_test(a_surname_with_its_office_is_the_person),
        cmocka_unit_test(a_surname_of_another_country_or_time_is_nobody_s),
        cmocka_unit_test(another_spelling_is_the_same_person),
        cmocka_unit_test(an_unlisted_spelling_under_the_title_is_the_holder),
        cmocka_unit_test(a_counterpart_holds_the_office_of_the_other),
        cmocka_unit_test(any_dates_and_words_give_a_sound_layer),
        cmocka_unit_test(every_lost_allocation_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
