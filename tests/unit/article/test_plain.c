/*
 * test_plain.c - pages of invented outlets on an invented war: every line in its zone.
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

static void an_agency_report_keeps_only_its_text(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'P', "Skip to main content"},
        {'P', "World"},
        {'T', "Valdoria, Northern Front open third round of talks"},
        {'D', "Lake News Agency · May 14, 2024 · 3 min read"},
        {'C', "Foreign Minister Ilena Marr arrives at the conference centre in Port "
              "Selm. Photo: Lake News Agency"},
        {'B', "PORT SELM, Valdoria (LNA) — " OPENING},
        {'B', QUOTATION},
        {'P', "ADVERTISEMENT"},
        {'B', DEMAND},
        {'B', "Prisoners first"},
        {'B', SCHEDULE},
        {'B', BACKGROUND},
        {'R', "(Reporting by Dana Orlin in Port Selm; Editing by Paul Reck)"},
        {'P', "© 2024 Lake News Agency. All rights reserved."},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title =
                                  "Valdoria, Northern Front open third round of talks",
                              .outlet = "Lake News Agency",
                              .published = "2024-05-14"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_newspaper_page_without_blank_lines_is_cut_by_its_words(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'P', "The Selm Herald"},
        {'P', "Home > World > Valdoria"},
        {'T', "Envoy warns of collapse as river talks stall"},
        {'Y', "By Dana Orlin"},
        {'D', "Published: 2 March 2023, 10:15 am | Updated: 3 March 2023, 8:00 am"},
        {'P', "Share"},
        {'P', "Facebook"},
        {'P', "Tweet"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'L', "Read more: Who controls the Arden valley?"},
        {'B', DEMAND},
        {'B', SCHEDULE},
        {'B', BACKGROUND},
        {'L', "Related stories"},
        {'L', "Front frees twelve prisoners"},
        {'L', "Parliament in Selm postpones vote on autonomy"},
        {'L', "Explainer: the Arden question in five maps"},
    };
    const page_facts facts = {.separator = "\n",
                              .title = "Envoy warns of collapse as river talks stall",
                              .author = "Dana Orlin",
                              .outlet = "The Selm Herald",
                              .published = "2023-03-02"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void the_comments_of_a_blog_are_not_its_text(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Why the Arden truce will not last"},
        {'D', "Posted on November 7, 2022 by Marek Holub"},
        {'B', "I have followed these talks for ten years, and I have never seen the "
              "two sides further apart. " SCHEDULE},
        {'B', BACKGROUND},
        {'B', "My own view, for what it is worth, is that I would not sign it."},
        {'W', "Marek Holub is a political analyst and the author of two books on the "
              "Arden valley."},
        {'P', "Share this:"},
        {'L', "Related"},
        {'L', "The truce that was not"},
        {'M', "2 thoughts on “Why the Arden truce will not last”"},
        {'M', "Peter says:"},
        {'M', "November 8, 2022 at 7:12 am"},
        {'M', "I disagree with nearly all of this, and I think the envoy said so on 3 "
              "June 2021 already."},
        {'M', "Anna says:"},
        {'M', "November 9, 2022 at 9:00 pm"},
        {'M', "Great post!"},
        {'P', "Leave a Reply"},
        {'P', "Your email address will not be published."},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Why the Arden truce will not last",
                              .author = "Marek Holub",
                              .published = "2022-11-07",
                              .kind = RAP_KIND_OPINION};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_statement_keeps_its_numbered_points(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'P', "Home / Media / Statements"},
        {'D', "05 September 2021"},
        {'T', "Statement by the Ministry of Foreign Affairs on the talks in Port Selm"},
        {'B', "The Ministry of Foreign Affairs of the Republic of Valdoria notes the "
              "following in connection with the talks held in Port Selm:"},
        {'B', "1. The Republic reaffirms its commitment to a peaceful settlement;"},
        {'B', "2. The withdrawal of heavy weapons shall begin within ten days;"},
        {'B', "3. The exchange of prisoners shall be completed by 1 October 2021."},
        {'B', "The Ministry expresses its gratitude to the Lake States Organisation "
              "for its hospitality and its good offices."},
        {'P', "Print"},
        {'P', "Back to top"},
    };
    const page_facts facts = {
        .separator = "\n\n",
        .title =
            "Statement by the Ministry of Foreign Affairs on the talks in Port Selm",
        .published = "2021-09-05",
        .kind = RAP_KIND_STATEMENT};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_note_on_the_writer_names_author_and_outlet(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'P', "OPINION"},
        {'T', "Peace needs witnesses"},
        {'S', "A ceasefire that nobody watches is a pause between two battles"},
        {'Y', "Ruth Amsel"},
        {'D', "12 June 2023"},
        {'B', OPENING},
        {'B', SCHEDULE},
        {'B', BACKGROUND},
        {'W', "Ruth Amsel is a senior fellow at the Institute for River Studies. "
              "Follow her on Twitter @ramsel."},
        {'I', "The views expressed in this article are the author’s own and do not "
              "necessarily reflect the editorial policy of Lakeside Review."},
        {'L', "You may also like"},
        {'L', "How the Front lost the valley"},
        {'L', "A long and careful teaser describes the second article, which tells how "
              "the leader of the Front came to the capital on 4 May 2020 and said that "
              "he wanted peace."},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Peace needs witnesses",
                              .author = "Ruth Amsel",
                              .outlet = "Lakeside Review",
                              .published = "2023-06-12",
                              .kind = RAP_KIND_OPINION};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_box_in_the_middle_does_not_end_the_body(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Valley council rejects draft accord"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'L', "READ MORE"},
        {'L', "Draft accord leaked to the press"},
        {'L', "What the Front wants"},
        {'B', DEMAND},
        {'B', SCHEDULE},
        {'B', BACKGROUND},
        {'B', "“The council has spoken and we must respect its vote,” the envoy said "
              "in a short statement read out by her office in the evening."},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Valley council rejects draft accord"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void the_outlet_behind_a_bar_is_no_part_of_the_title(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Council rejects accord on Arden valley | Selm Gazette"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Council rejects accord on Arden valley",
                              .outlet = "Selm Gazette"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void plain_sentences_have_no_title(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'B', "The two ministers met in Port Selm on Tuesday."},
        {'B', "They agreed to meet again."},
    };
    const page_facts facts = {.separator = "\n\n"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_single_line_is_body(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'B', "Minister Ilena Marr met Tobin Asker in Port Selm on 3 March 2021"},
    };
    const page_facts facts = {.separator = "\n\n"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_sentence_that_begins_like_a_byline_is_body(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Envoys to return to Port Selm"},
        {'B', "By Monday the two sides had agreed on nothing at all."},
        {'B', QUOTATION},
        {'B', DEMAND},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Envoys to return to Port Selm"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_person_of_the_report_is_not_its_writer(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Who is Tobin Asker?"},
        {'B', DEMAND},
        {'B', SCHEDULE},
        {'B', "Tobin Asker is a former teacher who joined the Front in 1999 and rose "
              "to lead its delegation."},
    };
    const page_facts facts = {.separator = "\n\n", .title = "Who is Tobin Asker?"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void an_interview_is_known_by_its_title(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Interview: Ilena Marr on the Arden talks"},
        {'S', "The foreign minister speaks about prisoners, borders and the price of a "
              "truce."},
        {'D', "Selm, 3 April 2022"},
        {'B', "Q: Minister, are the talks dead?"},
        {'B', "A: No. We are still at the table, and I intend to stay there as long as "
              "I can."},
        {'B', "Q: What would you accept?"},
        {'B', "A: A withdrawal from the river, monitored by others. I have said so "
              "many times."},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Interview: Ilena Marr on the Arden talks",
                              .published = "2022-04-03",
                              .kind = RAP_KIND_INTERVIEW};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void headlines_that_hang_at_the_end_are_related(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Front frees prisoners before talks"},
        {'B', OPENING},
        {'B', DEMAND},
        {'B', SCHEDULE},
        {'P', "Tags: Valdoria, Arden, peace talks"},
        {'L', "Parliament in Selm postpones vote on autonomy"},
        {'L', "Ministers meet on the new bridge"},
        {'L', "Weather: more rain along the river"},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Front frees prisoners before talks"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_wire_report_credits_its_reporters(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Valdoria says it downed two drones"},
        {'Y', "By Dana Orlin and Paul Reck"},
        {'D', "January 9, 2024 6:14 PM GMT+2 Updated 2 hours ago"},
        {'C', "FILE PHOTO: Soldiers stand near the river Arden in Valdoria, December "
              "3, 2023. REUTERS/Olga Finn/File Photo"},
        {'B', "SELM, Jan 9 (Reuters) - " OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'B', SCHEDULE},
        {'R', "Reporting by Dana Orlin; Editing by Paul Reck"},
        {'P', "Our Standards: The Thomson Reuters Trust Principles."},
    };
    const page_facts facts = {.separator = "\n",
                              .title = "Valdoria says it downed two drones",
                              .author = "Dana Orlin and Paul Reck",
                              .published = "2024-01-09"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void captions_stay_out_of_the_body(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Rivals shake hands in Port Selm"},
        {'C', "Ilena Marr (right) and Tobin Asker shake hands in Port Selm on Tuesday"},
        {'C', "Ilena Marr (right) and Tobin Asker shake hands in Port Selm on Tuesday "
              "/ AFP"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'C', "Residents cross the bridge at Arden. [Olga Finn/AP Photo]"},
        {'B', DEMAND},
        {'B', SCHEDULE},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Rivals shake hands in Port Selm"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void notices_between_paragraphs_are_no_body(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'P', "The Lake Times"},
        {'P', "Sign in"},
        {'P', "Subscribe"},
        {'P', "Politics"},
        {'T', "Lake States offer new talks"},
        {'Y', "by Staff Writer"},
        {'P', "2 hours ago"},
        {'B', OPENING},
        {'P', "Sign up for our weekly newsletter"},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'P', "Follow us on Facebook and Twitter"},
        {'I', "This article was originally published in the River Post."},
        {'M', "Comments"},
        {'M', "Join the conversation"},
        {'M', "valley_girl: nobody asked us"},
        {'M', "Old Soldier, 3 May, 09:11: They said the same in 1998."},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Lake States offer new talks",
                              .outlet = "The Lake Times"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void the_days_of_a_chronicle_date_no_report(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Timeline of the Arden war"},
        {'B', BACKGROUND},
        {'B', "3 March 2021"},
        {'B', OPENING},
        {'B', "14 May 2021"},
        {'B', DEMAND},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Timeline of the Arden war"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void wrapped_lines_are_one_block(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Selm hosts a new round of talks"},
        {'D', "February 3, 2020"},
        {'B', "Negotiators from the republic of Valdoria and the Northern Front "
              "met\nin Port Selm on Tuesday for a third round of talks on the status "
              "of\nthe Arden valley, which both sides claim."},
        {'B', "The head of the delegation said that his side had handed over a "
              "list\nof prisoners and expected an answer before the end of the month, "
              "and\nthat it would wait."},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Selm hosts a new round of talks",
                              .published = "2020-02-03"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_text_that_breaks_off_is_marked(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Selm hosts talks"},
        {'B', OPENING},
        {'B', "The head of the Front’s delegation, Tobin Asker, said that his side had "
              "handed over a li"},
    };
    const page_facts facts = {
        .separator = "\n\n", .title = "Selm hosts talks", .truncated = true};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_list_at_the_end_is_body(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Selm accord: the main points"},
        {'B', "The accord signed on Tuesday in Port Selm obliges both parties to take "
              "the following steps:"},
        {'B', "- withdrawal of heavy weapons"},
        {'B', "- exchange of all prisoners"},
        {'B', "- return of displaced families"},
        {'B', "- opening of the river to trade"},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Selm accord: the main points"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void numbered_headlines_are_related(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Front rejects map of the valley"},
        {'D', "21/06/2022"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'B', SCHEDULE},
        {'L', "Most read"},
        {'L', "1. Storm floods Selm"},
        {'L', "2. Minister resigns over bridge"},
        {'L', "3. Football: Selm beats Arden"},
    };
    const page_facts facts = {.separator = "\n",
                              .title = "Front rejects map of the valley",
                              .published = "2022-06-21"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_byline_between_bars_gives_author_and_outlet(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'P', "NEWS ANALYSIS"},
        {'T', "Arden: parties agree on monitors"},
        {'Y', "Dana Orlin | Radio Selm"},
        {'D', "Friday, 19 August 2022"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', DEMAND},
        {'W', "Dana Orlin"},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Arden: parties agree on monitors",
                              .author = "Dana Orlin",
                              .outlet = "Radio Selm",
                              .published = "2022-08-19"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

static void a_copyright_notice_ends_the_body(void **state)
{
    (void)state;
    static const page_line page[] = {
        {'T', "Front, Valdoria trade fire"},
        {'B', OPENING},
        {'B', QUOTATION},
        {'B', "Associated Press writers Paul Reck in Selm and Olga Finn in Arden "
              "contributed to this report."},
        {'P',
         "Copyright 2022 The Associated Press. All rights reserved. This material may "
         "not be published, broadcast, rewritten or redistributed without permission."},
    };
    const page_facts facts = {.separator = "\n\n",
                              .title = "Front, Valdoria trade fire",
                              .outlet = "The Associated Press"};
    check_page(page, sizeof page / sizeof *page, &facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_agency_report_keeps_only_its_text),
        cmocka_unit_test(a_newspaper_page_without_blank_lines_is_cut_by_its_words),
        cmocka_unit_test(the_comments_of_a_blog_are_not_its_text),
        cmocka_unit_test(a_statement_keeps_its_numbered_points),
        cmocka_unit_test(a_note_on_the_writer_names_author_and_outlet),
        cmocka_unit_test(a_box_in_the_middle_does_not_end_the_body),
        cmocka_unit_test(the_outlet_behind_a_bar_is_no_part_of_the_title),
        cmocka_unit_test(plain_sentences_have_no_title),
        cmocka_unit_test(a_single_line_is_body),
        cmocka_unit_test(a_sentence_that_begins_like_a_byline_is_body),
        cmocka_unit_test(a_person_of_the_report_is_not_its_writer),
        cmocka_unit_test(an_interview_is_known_by_its_title),
        cmocka_unit_test(headlines_that_hang_at_the_end_are_related),
        cmocka_unit_test(a_wire_report_credits_its_reporters),
        cmocka_unit_test(captions_stay_out_of_the_body),
        cmocka_unit_test(notices_between_paragraphs_are_no_body),
        cmocka_unit_test(the_days_of_a_chronicle_date_no_report),
        cmocka_unit_test(wrapped_lines_are_one_block),
        cmocka_unit_test(a_text_that_breaks_off_is_marked),
        cmocka_unit_test(a_list_at_the_end_is_body),
        cmocka_unit_test(numbered_headlines_are_related),
        cmocka_unit_test(a_byline_between_bars_gives_author_and_outlet),
        cmocka_unit_test(a_copyright_notice_ends_the_body),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
