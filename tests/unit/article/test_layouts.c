/*
 * test_layouts.c - more pages of invented outlets: the habits of agencies, papers,
 * blogs.
 *
 * Each page is a list of lines with the letter of the zone that each must get.
 */
#include "article_pages.h"

#define OPENING                                                                        \
    "Negotiators from the republic of Valdoria and the Northern Front met in Port "    \
    "Selm on Tuesday for a third round of talks on the status of the Arden valley."
#define QUOTATION                                                                         \
    "“We came here to listen,” Foreign Minister Ilena Marr told reporters after the " \
    "session. “A ceasefire without guarantees would not hold.”"
#define DEMAND                                                                          \
    "The head of the Front’s delegation, Tobin Asker, said that his side had handed " \
    "over a list of prisoners and expected an answer before the end of the month."
#define SCHEDULE                                                                       \
    "The talks, which are hosted by the Lake States Organisation, were due to resume " \
    "on Thursday, according to two diplomats familiar with the schedule."
#define BACKGROUND                                                                     \
    "Fighting has continued along the river despite the truce declared in March, and " \
    "aid groups say that 40,000 people have left their homes since then."

static void a_list_of_recommended_stories_does_not_end_the_body(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'P', "Explainer"},
        {'P', "News|Conflict"},
        {'T', "Why has the Arden truce collapsed?"},
        {'S', "Both sides accuse each other of breaking the deal signed in Port Selm "
              "last year."},
        {'C', "Soldiers of the Northern Front walk along the river near Arden [File: "
              "Olga Finn/Reuters]"},
        {'Y', "By Lake Staff"},
        {'D', "Published On 3 Mar 2023"},
        {'P', "Save articles to read later"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'L', "Recommended Stories"},
        {'L', "list of 3 items"},
        {'L', "Photos: life along the river"},
        {'L', "Who is Tobin Asker?"},
        {'L', "end of list"},
        {'B', DEMAND},
        {'B', SCHEDULE},
        {'B', BACKGROUND},
        {'B', "“Nobody can say how this ends,” said Ruth Amsel, who teaches at the "
              "university of Selm and has advised both delegations in the past."},
        {'R', "Source: Lake and news agencies"},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Why has the Arden truce collapsed?",
                              .published = "2023-03-03"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_post_under_a_name_confirms_the_author(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Arden talks: Rivals agree to swap prisoners"},
        {'D', "15 March 2021"},
        {'P', "Share"},
        {'Y', "Dana Orlin"},
        {'Y', "Selm correspondent"},
        {'R', "Image source, Getty Images"},
        {'C', "Image caption, The two delegations met for the third time"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'R', "Image source, Reuters"},
        {'B', SCHEDULE},
        {'B', BACKGROUND},
        {'L', "More on this story"},
        {'L', "Arden war in maps"},
        {'L', "20 January 2021"},
        {'L', "Who are the Northern Front?"},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Arden talks: Rivals agree to swap prisoners",
                              .author = "Dana Orlin",
                              .published = "2021-03-15"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_source_line_gives_outlet_and_date(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Lake States call for restraint in Arden valley"},
        {'D', "Source: Xinlake | 2021-03-12 14:07:12 | Editor: xy"},
        {'B', "SELM, March 12 (Xinlake) -- " OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'P', "Enditem"},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Lake States call for restraint in Arden valley",
                              .outlet = "Xinlake",
                              .published = "2021-03-12"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_date_without_year_dates_nothing(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'D', "12 MAR, 14:07"},
        {'T', "Front ready to return to table, says Asker"},
        {'S', "According to the delegation’s head, a list of prisoners has been handed "
              "over"},
        {'R', "© Olga Finn/LNA"},
        {'B', "SELM, March 12. /LNA/. " OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'P', "Tags"},
        {'P', "Valdoria"},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Front ready to return to table, says Asker"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void names_and_a_date_without_separators_are_a_date_line(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Selm Court Frees Two Front Commanders"},
        {'D', "Dana Orlin Selm BIRN March 12, 2021 14:07"},
        {'B', "The two men had been held since the end of the war over the shelling of "
              "Arden."},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Selm Court Frees Two Front Commanders",
                              .published = "2021-03-12"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void an_author_may_follow_the_date(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Protesters block road to Arden"},
        {'D', "12 March 2021 by Marek Holub"},
        {'C', "Protesters on the road to Arden. Photo: Marek Holub/Lake Media."},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Protesters block road to Arden",
                              .author = "Marek Holub",
                              .published = "2021-03-12"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void an_author_may_precede_the_date(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'P', "News"},
        {'T', "Parliament debates Arden map"},
        {'D', "Dana Orlin - 15/03/2021 - 14:07"},
        {'B', OPENING},
        {'B', QUOTATION},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Parliament debates Arden map",
                              .published = "2021-03-15"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void invitations_to_subscribe_are_no_body(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'P', "Peace and Security"},
        {'T', "Envoy urges both sides to respect truce"},
        {'D', "12 March 2021"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'L', "Read the full statement here."},
        {'B', DEMAND},
        {'P',
         "♦ Receive daily updates directly in your inbox - Subscribe here to a topic."},
        {'P', "Download the app"},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Envoy urges both sides to respect truce",
                              .published = "2021-03-12"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void contributors_at_the_end_are_notes_on_the_writer(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'P', "Commentary / Lake States"},
        {'D', "12 March 2021"},
        {'P', "3 minutes"},
        {'T', "A Way Out for the Arden Valley"},
        {'B', "Talks between Valdoria and the Front have stalled. In this commentary, "
              "our expert Ruth Amsel explains how outside powers can help."},
        {'B', OPENING},
        {'B', "What happened?"},
        {'B', QUOTATION},
        {'B', "What next?"},
        {'B', DEMAND
         " Fighting has continued along the river despite the truce declared in March, "
         "and aid groups say that 40,000 people have left their homes since then."},
        {'W', "Contributors"},
        {'W', "Ruth Amsel"},
        {'W', "Senior Analyst, Lake States"},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "A Way Out for the Arden Valley",
                              .author = "Ruth Amsel",
                              .published = "2021-03-12",
                              .kind = RAP_KIND_OPINION};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_byline_in_capitals_is_kept_as_written(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Arden: a plan for peace"},
        {'Y', "By RUTH AMSEL"},
        {'B', OPENING " I know this from my own years at the front."},
        {'B', QUOTATION},
        {'B',
         "I do not think that my plan is perfect. It is the only one on the table."},
        {'W',
         "Dr. Ruth Amsel is the director of the Institute for River Studies in Selm."},
        {'P', "Print Email"},
    };
    const page_facts facts = {.separator = "\n",
                              .title = "Arden: a plan for peace",
                              .author = "RUTH AMSEL",
                              .kind = RAP_KIND_OPINION};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void comments_without_numbers_are_comments(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Bridge reopens at Arden"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'M', "14 Comments"},
        {'M', "Sort by Newest"},
        {'M', "Ann Bell"},
        {'M', "Good news for everyone, the ceasefire signed on 4 May 2020 should be "
              "kept by all sides."},
        {'M', "Like · Reply · 2y"},
        {'M', "Facebook Comments Plugin"},
    };
    const page_facts facts = {.separator = "\n", .title = "Bridge reopens at Arden"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_question_to_readers_opens_the_comments(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Minister denies leak of draft treaty"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'M', "What do you think?"},
        {'M', "old_river • 2 years ago"},
        {'M',
         "She denies everything. On Monday she said that the draft did not exist."},
        {'M', "• Reply • Share ›"},
        {'M', "Powered by Disqus"},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Minister denies leak of draft treaty"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void an_old_report_in_capitals_has_a_title(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "ACCORD SIGNED IN PORT SELM"},
        {'Y', "By Dana Orlin, Special to The Selm Herald"},
        {'D', "May 4, 1999"},
        {'B', OPENING},
        {'B', QUOTATION},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "ACCORD SIGNED IN PORT SELM",
                              .author = "Dana Orlin",
                              .published = "1999-05-04"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void the_age_of_a_page_is_not_its_title(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'P', "This article is more than 2 years old"},
        {'T', "River truce holds for second day"},
        {'S',
         "Guns fall silent but families stay away from villages along the front line"},
        {'Y', "Dana Orlin in Selm"},
        {'D', "Wed 2 Oct 2019 14.07 BST"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', BACKGROUND},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "River truce holds for second day",
                              .author = "Dana Orlin",
                              .published = "2019-10-02"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void points_above_the_text_stand_first(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Valdoria offers amnesty to Front fighters"},
        {'S', "• Amnesty covers all but war crimes"},
        {'S', "• Front calls offer a trap"},
        {'D', "02 February 2022, 08:00 AM"},
        {'B', OPENING},
        {'B', QUOTATION},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Valdoria offers amnesty to Front fighters",
                              .published = "2022-02-02"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void teasers_of_other_reports_do_not_resume_the_body(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Front frees last hostages"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'B', SCHEDULE},
        {'B', BACKGROUND},
        {'L', "Related Articles"},
        {'L', "Storm destroys bridge"},
        {'L', "A storm destroyed the old bridge over the Arden on Sunday night, "
              "officials said."},
        {'L', "Minister resigns"},
        {'L', "Transport Minister Paul Reck resigned on Monday over the loss of the "
              "bridge."},
        {'I', "Disclaimer: Views expressed are those of the author."},
        {'L', "Contact us"},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Front frees last hostages",
                              .kind = RAP_KIND_OPINION};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_date_above_the_title_is_a_date_line(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'D', "27 June 2018"},
        {'T', "Mabora: Rebel Chief Says He Will Sign"},
        {'Y', "By Josephine Wani"},
        {'B', "Juvale — " OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'B', SCHEDULE},
        {'P', "Read the original article on Juvale Times."},
        {'L', "More on This"},
        {'L', "Government Delays Release of Detainees"},
    };
    const page_facts facts = {.separator = "\n",
                              .title = "Mabora: Rebel Chief Says He Will Sign",
                              .author = "Josephine Wani",
                              .published = "2018-06-27"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_numbered_comment_with_a_date_dates_nothing(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Mediators table new map at Juvale talks"},
        {'Y', "Written by Peter Lomo"},
        {'D', "Monday, 2 July 2018"},
        {'C', "Chief mediator Hanna Orre speaks to the press. | Photo: J. Wani"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'B', SCHEDULE},
        {'P', "Tweet"},
        {'P', "Next >"},
        {'M', "Comments"},
        {'M', "0 #1 Deng 2018-07-03 09:12"},
        {'M', "We are tired of talks. Nobody asked the people."},
        {'M', "Quote"},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Mediators table new map at Juvale talks",
                              .author = "Peter Lomo",
                              .published = "2018-07-02"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_credit_in_brackets_marks_a_caption(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'P', "War"},
        {'T', "Ministers agree to reopen grain corridor"},
        {'Y', "by Olga Finn"},
        {'D', "July 22, 2022 5:14 PM"},
        {'P', "2 min read"},
        {'C', "Ministers at the signing ceremony in Port Selm on July 22, 2022. (Anna "
              "Bell/Getty Images)"},
        {'P', "Listen to this article"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'P', "Support independent journalism in Valdoria. Join us in this fight."},
        {'W', "Olga Finn"},
        {'W', "Olga Finn is a reporter with the Lake Independent. She holds a degree "
              "in politics."},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Ministers agree to reopen grain corridor",
                              .author = "Olga Finn",
                              .published = "2022-07-22"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void two_authors_before_a_date_line_are_a_byline(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Rebels, government swap 40 prisoners"},
        {'Y', "Josephine Wani and Peter Lomo"},
        {'D', "Sat, September 1, 2018 at 4:03 PM GMT+2·3 min read"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'B', SCHEDULE},
        {'M', "View comments (12)"},
        {'L', "Recommended Stories"},
        {'L', "Lake Business"},
        {'L', "Grain prices fall after accord"},
        {'L', "Prices fell on Friday for the third day as traders bet that the "
              "corridor would reopen."},
    };
    const page_facts facts = {.separator = "\n",
                              .title = "Rebels, government swap 40 prisoners",
                              .published = "2018-09-01"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void share_buttons_between_paragraphs_do_not_end_the_body(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Grain corridor stays open"},
        {'P', "Post a Comment"},
        {'B', OPENING},
        {'P', "Email"},
        {'P', "Save"},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'B', "Discussion"},
        {'B', SCHEDULE},
        {'B', BACKGROUND},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Grain corridor stays open"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_of_recommended_stories_does_not_end_the_body),
        cmocka_unit_test(a_post_under_a_name_confirms_the_author),
        cmocka_unit_test(a_source_line_gives_outlet_and_date),
        cmocka_unit_test(a_date_without_year_dates_nothing),
        cmocka_unit_test(names_and_a_date_without_separators_are_a_date_line),
        cmocka_unit_test(an_author_may_follow_the_date),
        cmocka_unit_test(an_author_may_precede_the_date),
        cmocka_unit_test(invitations_to_subscribe_are_no_body),
        cmocka_unit_test(contributors_at_the_end_are_notes_on_the_writer),
        cmocka_unit_test(a_byline_in_capitals_is_kept_as_written),
        cmocka_unit_test(comments_without_numbers_are_comments),
        cmocka_unit_test(a_question_to_readers_opens_the_comments),
        cmocka_unit_test(an_old_report_in_capitals_has_a_title),
        cmocka_unit_test(the_age_of_a_page_is_not_its_title),
        cmocka_unit_test(points_above_the_text_stand_first),
        cmocka_unit_test(teasers_of_other_reports_do_not_resume_the_body),
        cmocka_unit_test(a_date_above_the_title_is_a_date_line),
        cmocka_unit_test(a_numbered_comment_with_a_date_dates_nothing),
        cmocka_unit_test(a_credit_in_brackets_marks_a_caption),
        cmocka_unit_test(two_authors_before_a_date_line_are_a_byline),
        cmocka_unit_test(share_buttons_between_paragraphs_do_not_end_the_body),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
