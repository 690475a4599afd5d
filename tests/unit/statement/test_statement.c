/* test_statement.c - who said what, in sentences of our own. */
#include "reading.h"

static reader know;

typedef struct expected {
    const char *text;
    const char *content; /* pieces joined by " | " */
    const char *source;
    rap_statement_mode mode;
    rap_act act;
} expected;

/* The content of `s` as one string, pieces joined by " | ". */
static rap_slice content_of(reading *d, const rap_statement *s)
{
    char *out = NULL;
    for (uint32_t i = 0; i < s->content.count; i++) {
        const rap_slice piece = rap_cut(d->article.text, s->content.at[i]);
        out = rap_arena_printf(&d->arena, "%s%s%.*s", out ? out : "", out ? " | " : "",
                               (int)piece.len, piece.at);
        assert_non_null(out);
    }
    return rap_slice_of(out);
}

/* The statement of `d` with that content; fails the test if there is none. */
static const rap_statement *find_content(reading *d, const char *content)
{
    for (uint32_t i = 0; i < d->statements.count; i++)
        if (rap_slice_is(content_of(d, &d->statements.statement[i]), content))
            return &d->statements.statement[i];
    for (uint32_t i = 0; i < d->statements.count; i++)
        print_error("found: %s\n", content_of(d, &d->statements.statement[i]).at);
    fail_msg("not found: %s", content);
    return NULL;
}

static void check_one(const expected *e)
{
    reading d;
    read_text(&know, &d, rap_slice_of(e->text));
    const rap_statement *s = find_content(&d, e->content);
    const rap_slice source =
        s->source.count ? rap_cut(d.article.text, s->source.at[0]) : (rap_slice){"", 0};
    if (!rap_slice_is(source, e->source))
        fail_msg("%s: source '%.*s'", e->text, (int)source.len, source.at);
    assert_int_equal(s->mode, e->mode);
    assert_int_equal(s->act, e->act);
    reading_free(&d);
}

static void check_all(const expected *e, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) check_one(&e[i]);
}
#define CHECK_ALL(table) check_all(table, (uint32_t)(sizeof table / sizeof *table))

static void reads_direct_speech(void **state)
{
    (void)state;
    static const expected table[] = {
        {"“We will not leave,” General Bano said.", "We will not leave", "General Bano",
         RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"\"We will not leave,\" said Bano.", "We will not leave", "Bano",
         RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"«We will not leave», Bano said.", "We will not leave", "Bano",
         RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"‘We won’t leave Bano’s land,’ Bano said.", "We won’t leave Bano’s land",
         "Bano", RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"Bano said: “We will not leave.”", "We will not leave.", "Bano",
         RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"“The valley is ours,” Bano said. “We will not leave it.”",
         "The valley is ours | We will not leave it.", "Bano", RAP_MODE_DIRECT,
         RAP_ACT_STATE},
        {"“We stay,” Bano said on “The Morning Hour.” “We will talk.”",
         "We stay | We will talk.", "Bano", RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"“We will stay,” Bano said of a list that named the valley.", "We will stay",
         "Bano", RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"“The valley,” Bano said, “is ours.”", "The valley | is ours.", "Bano",
         RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"“We are ready,” the ministry’s statement reads.", "We are ready",
         "the ministry’s statement", RAP_MODE_DIRECT, RAP_ACT_STATE},
    };
    CHECK_ALL(table);
}

static void reads_indirect_speech(void **state)
{
    (void)state;
    static const expected table[] = {
        {"The envoy said that the road was open.", "that the road was open",
         "The envoy", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Bano told reporters the road was open.", "the road was open", "Bano",
         RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"The road is open, Bano told lawmakers after the session.", "The road is open",
         "Bano", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Rina Bano, the envoy of the union, said that the road was open.",
         "that the road was open", "Rina Bano, the envoy of the union",
         RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"A diplomat who asked not to be named said that the road was open.",
         "that the road was open", "A diplomat who asked not to be named",
         RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"According to the observers, the road was open.", "the road was open",
         "the observers", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"The road was open, according to the observers.", "The road was open",
         "the observers", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Bano claimed as well that the road was open.", "that the road was open",
         "Bano", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Bano cautioned, though, that the road was open.", "that the road was open",
         "Bano", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Norland rejects that interpretation.", "that interpretation", "Norland",
         RAP_MODE_INDIRECT, RAP_ACT_REFUSE},
        {"An estimated 300 villagers demanded that the road be opened.",
         "that the road be opened", "An estimated 300 villagers", RAP_MODE_INDIRECT,
         RAP_ACT_DEMAND},
        {"Norland asked for help in a letter adopted at noon.", "help", "Norland",
         RAP_MODE_INDIRECT, RAP_ACT_ASK},
        {"Norland asked for help in a letter to the union.", "help", "Norland",
         RAP_MODE_INDIRECT, RAP_ACT_ASK},
        {"Norland vowed to leave the valley.", "to leave the valley", "Norland",
         RAP_MODE_INDIRECT, RAP_ACT_PROMISE},
        {"Norland accused Sudland of breaking the truce.", "breaking the truce",
         "Norland", RAP_MODE_INDIRECT, RAP_ACT_ACCUSE},
        {"The union asked Norland to leave the valley.", "to leave the valley",
         "The union", RAP_MODE_INDIRECT, RAP_ACT_ASK},
        {"Bano proposed extending the mission.", "extending the mission", "Bano",
         RAP_MODE_INDIRECT, RAP_ACT_PROPOSE},
        {"Bano described the offer as an insult.", "the offer as an insult", "Bano",
         RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Norland’s claim that the road was open found few friends.",
         "that the road was open found few friends", "Norland", RAP_MODE_INDIRECT,
         RAP_ACT_STATE},
    };
    CHECK_ALL(table);
}

static void reads_mixed_speech(void **state)
{
    (void)state;
    static const expected table[] = {
        {"The envoy said that the talks were “a good start” for both.",
         "that the talks were “a good start” for both", "The envoy", RAP_MODE_MIXED,
         RAP_ACT_STATE},
        {"Bano called the offer “an insult.”", "the offer “an insult.”", "Bano",
         RAP_MODE_MIXED, RAP_ACT_STATE},
        {"The parties “agreed to stop the shelling” and “to talk about prisoners.”",
         "“agreed to stop the shelling” and “to talk about prisoners.”", "The parties",
         RAP_MODE_MIXED, RAP_ACT_ACCEPT},
    };
    CHECK_ALL(table);
}

static void gives_each_cue_of_a_sentence_its_own_content(void **state)
{
    (void)state;
    reading d;
    read_text(&know, &d,
              rap_slice_of("Bano said that the truce had held, warning that the army "
                           "was near, and urged Norland to wait."));
    assert_string_equal(content_of(&d, find_content(&d, "that the truce had held")).at,
                        "that the truce had held");
    assert_int_equal(find_content(&d, "that the army was near")->act, RAP_ACT_STATE);
    assert_int_equal(find_content(&d, "to wait")->speaker,
                     find_content(&d, "that the truce had held")->speaker);
    reading_free(&d);
}

static void parts_two_statements_of_one_sentence(void **state)
{
    (void)state;
    reading d;
    read_text(&know, &d,
              rap_slice_of("While Bano called the talks “useful,” he said that some "
                           "words had to go."));
    find_content(&d, "the talks “useful,”");
    find_content(&d, "that some words had to go");
    reading_free(&d);
}

static void gives_a_quoted_expert_his_own_words(void **state)
{
    (void)state;
    reading d;
    read_text(&know, &d,
              rap_slice_of("“We will be held,” she quoted one expert as saying."));
    const rap_statement *s = find_content(&d, "We will be held");
    assert_true(rap_slice_is(rap_cut(d.article.text, s->source.at[0]), "one expert"));
    reading_free(&d);
}

static void marks_what_was_not_said(void **state)
{
    (void)state;
    reading d;
    read_text(&know, &d, rap_slice_of("Bano did not say whether the road was open."));
    assert_true(find_content(&d, "whether the road was open")->negated);
    reading_free(&d);
    read_text(&know, &d,
              rap_slice_of("The envoy declined to say whether the road was open."));
    assert_true(find_content(&d, "whether the road was open")->negated);
    reading_free(&d);
    read_text(&know, &d, rap_slice_of("Bano refused to comment on the claim."));
    const rap_statement *s = find_content(&d, "to comment on the claim");
    assert_true(s->negated);
    assert_int_equal(s->act, RAP_ACT_STATE);
    assert_true(s->confidence < 0.6f);
    reading_free(&d);
}

static void follows_a_quotation_into_the_next_paragraph(void **state)
{
    (void)state;
    reading d;
    read_text(&know, &d,
              rap_slice_of("“The valley is ours,” Bano said. “We will stay.\n\n“And we "
                           "will talk.”\n"));
    assert_int_equal(d.statements.count, 1);
    find_content(&d, "The valley is ours | We will stay. | And we will talk.");
    reading_free(&d);
}

static void resolves_speaker_addressee_and_venue(void **state)
{
    (void)state;
    reading d;
    read_text(&know, &d,
              rap_slice_of("Bano told Rolo in a letter that the truce had held. He "
                           "added that the road was open."));
    const rap_statement *s = find_content(&d, "that the truce had held");
    assert_true(rap_slice_is(d.names.actor[s->speaker].name, "Bano"));
    assert_true(rap_slice_is(d.names.actor[s->addressee].name, "Rolo"));
    assert_true(rap_slice_is(rap_cut(d.article.text, s->venue), "a letter"));
    assert_true(s->confidence > 0.9f);
    assert_true(find_content(&d, "that the road was open")->confidence < s->confidence);
    reading_free(&d);
}

static void leaves_alone_what_nobody_said(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "The proposed road would run along the river.",
        "The so-called “peace line” runs along the river.",
        "The army’s demands were high.",
        "If Norland says that the road is open, the union will leave.",
        "The call was long.",
        "Nobody said the road was open.",
        "No one said that the road was open.",
        "How, one wonders, will the talks go on?",
        "",
    };
    for (uint32_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading d;
        read_text(&know, &d, rap_slice_of(texts[i]));
        for (uint32_t k = 0; k < d.statements.count; k++)
            if (d.statements.statement[k].confidence >= 0.5f) fail_msg("%s", texts[i]);
        reading_free(&d);
    }
}

static void keeps_the_whole_of_a_content(void **state)
{
    (void)state;
    static const expected table[] = {
        {"Bano said his plan, set out in a letter, had been ignored.",
         "his plan, set out in a letter, had been ignored", "Bano", RAP_MODE_INDIRECT,
         RAP_ACT_STATE},
        {"Bano insisted on a halt on land, in the sea and in the air.",
         "a halt on land, in the sea and in the air", "Bano", RAP_MODE_INDIRECT,
         RAP_ACT_DEMAND},
        {"Bano rejected that claim.", "that claim", "Bano", RAP_MODE_INDIRECT,
         RAP_ACT_REFUSE},
        {"Bano disputed that, saying: “Not a word is true.”", "Not a word is true.",
         "Bano", RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"According to Bano, the envoy, “the talks are over.”", "the talks are over.",
         "Bano, the envoy", RAP_MODE_DIRECT, RAP_ACT_STATE},
    };
    CHECK_ALL(table);
}

static void leaves_the_words_of_the_reporter_out(void **state)
{
    (void)state;
    static const expected table[] = {
        {"Bano has said the road was open, local media reported.", "the road was open",
         "Bano", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Bano has said the road was open, local media reported.",
         "Bano has said the road was open", "local media", RAP_MODE_INDIRECT,
         RAP_ACT_STATE},
        {"Bano said the road was open, although she gave no details.",
         "the road was open", "Bano", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"The road is open, said Bano, an envoy who led the talks.", "The road is open",
         "Bano, an envoy who led the talks", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Bano said the army will leave and went home.", "the army will leave", "Bano",
         RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Bano said Norland rejected an “open road” - a demand of the union.",
         "Norland rejected an “open road”", "Bano", RAP_MODE_MIXED, RAP_ACT_STATE},
        {"LINDHAVEN, Orlind (Littoral Wire) — The leaders will meet, Bano said.",
         "The leaders will meet", "Bano", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Lindhaven, Nov 26, 2024 (LW) - The leaders will meet, Bano said.",
         "The leaders will meet", "Bano", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"LINDHAVEN/ORVIK -- The leaders will meet, Bano said.",
         "The leaders will meet", "Bano", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Bano said her side had won and offered talks to Norland.", "her side had won",
         "Bano", RAP_MODE_INDIRECT, RAP_ACT_STATE},
    };
    CHECK_ALL(table);
}

static void finds_the_head_of_a_long_subject(void **state)
{
    (void)state;
    static const expected table[] = {
        {"The front, led by Rina Bano, known as Rolo, said it was ready.",
         "it was ready", "The front, led by Rina Bano, known as Rolo",
         RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Bano, asked if the road was open, replied: “Why not?”", "Why not?", "Bano",
         RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"Bano was quick to say that the road was open.", "that the road was open",
         "Bano", RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Bano returned from Norland claiming that the road was open.",
         "that the road was open", "Bano", RAP_MODE_INDIRECT, RAP_ACT_STATE},
    };
    CHECK_ALL(table);
}

static void gives_a_reported_clause_its_own_speaker(void **state)
{
    (void)state;
    static const expected table[] = {
        {"Bano said the rebels had accused Norland of theft.", "theft", "the rebels",
         RAP_MODE_INDIRECT, RAP_ACT_ACCUSE},
        {"Bano said Rolo rejected the truce.", "the truce", "Rolo", RAP_MODE_INDIRECT,
         RAP_ACT_REFUSE},
    };
    CHECK_ALL(table);
}

static void takes_a_warning_for_a_threat_only_of_own_deeds(void **state)
{
    (void)state;
    static const expected table[] = {
        {"Bano warned that the road was closed.", "that the road was closed", "Bano",
         RAP_MODE_INDIRECT, RAP_ACT_STATE},
        {"Norland warned it would strike again.", "it would strike again", "Norland",
         RAP_MODE_INDIRECT, RAP_ACT_THREATEN},
        {"Bano insisted that the road was open.", "that the road was open", "Bano",
         RAP_MODE_INDIRECT, RAP_ACT_STATE},
    };
    CHECK_ALL(table);
}

static void names_the_person_beside_a_description(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "A spokesman, Bano, said the road was open.",
        "“It is so: the road was open,” said the leader, Bano.",
        "The head of the delegation, Bano, said the road was open.",
    };
    for (uint32_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading d;
        read_text(&know, &d, rap_slice_of(texts[i]));
        assert_int_equal(d.statements.count, 1);
        const uint32_t speaker = d.statements.statement[0].speaker;
        assert_int_not_equal(speaker, RAP_NONE);
        assert_true(rap_slice_is(d.names.actor[speaker].name, "Bano"));
        reading_free(&d);
    }
}

static void reads_quotations_after_a_colon(void **state)
{
    (void)state;
    static const expected table[] = {
        {"Bano, the envoy of the union: “The decision is final.”",
         "The decision is final.", "Bano", RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"Rina Bano went further: “The decision is final.”", "The decision is final.",
         "Rina Bano", RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"Asked about peace, Rina Bano was cautious: “One step at a time.”",
         "One step at a time.", "Rina Bano", RAP_MODE_DIRECT, RAP_ACT_STATE},
    };
    CHECK_ALL(table);
}

static void reads_the_answers_of_an_interview(void **state)
{
    (void)state;
    static const expected table[] = {
        {"Bano spoke in the valley.\nQ: Is the road open?\nA: It is open.\nQ: And the "
         "port?\nA: It is not.\n",
         "It is open.", "A", RAP_MODE_DIRECT, RAP_ACT_STATE},
        {"Times: Is the road open?\nAngela: It is open.\nTimes: And the port?\nAngela: "
         "It "
         "is not.\n",
         "It is not.", "Angela", RAP_MODE_DIRECT, RAP_ACT_STATE},
    };
    CHECK_ALL(table);
    reading d;
    read_text(&know, &d, rap_slice_of(table[0].text));
    assert_int_equal(d.statements.count, 2);
    assert_int_not_equal(d.statements.statement[0].speaker, RAP_NONE);
    reading_free(&d);
}

static void is_less_sure_of_what_may_be_the_reporters(void **state)
{
    (void)state;
    reading d;
    read_text(&know, &d,
              rap_slice_of("Bano said that the army had left and opened the road. Bano "
                           "rejected that claim."));
    assert_true(
        find_content(&d, "that the army had left and opened the road")->confidence <
        0.9f);
    assert_true(find_content(&d, "that claim")->confidence <= 0.6f);
    reading_free(&d);
}

/* ---- properties --------------------------------------------------------------------
 */

static void check_spans(rap_spans s, uint32_t len)
{
    for (uint32_t i = 0; i < s.count; i++) {
        assert_true(s.at[i].begin < s.at[i].end && s.at[i].end <= len);
        if (i > 0) assert_true(s.at[i - 1].end <= s.at[i].begin);
    }
}

static void check_layer(const reading *d)
{
    uint32_t before = 0;
    for (uint32_t i = 0; i < d->statements.count; i++) {
        const rap_statement *s = &d->statements.statement[i];
        assert_true(s->content.count > 0);
        check_spans(s->content, d->article.text.len);
        check_spans(s->cue, d->article.text.len);
        check_spans(s->source, d->article.text.len);
        assert_true(s->content.at[0].begin >= before);
        before = s->content.at[0].begin;
        assert_true(s->speaker == RAP_NONE || s->speaker < d->names.actors);
        assert_true(s->addressee == RAP_NONE || s->addressee < d->names.actors);
        assert_true(s->sentence < d->tokens.sentences);
        assert_true(s->confidence >= 0.0f && s->confidence <= 1.0f);
        assert_non_null(s->date.value);
    }
}

/* Pieces of sentences, marks and broken bytes in every order a small generator gives.
 */
static void keeps_its_spans_in_order_on_any_text(void **state)
{
    (void)state;
    static const char *const parts[] = {"“",
                                        "”",
                                        "\"",
                                        "'",
                                        "’",
                                        " Bano ",
                                        "said ",
                                        "that ",
                                        ", ",
                                        ". ",
                                        "\n\n",
                                        " told ",
                                        "reporters ",
                                        "the road was open",
                                        "«",
                                        "»",
                                        ": ",
                                        "(",
                                        ")",
                                        "\xff\xfe",
                                        "according to ",
                                        "and warned ",
                                        "saying ",
                                        "; ",
                                        "called ",
                                        "the plan ",
                                        "as ",
                                        "“Yes,” ",
                                        "who ",
                                        "accused ",
                                        "of ",
                                        "to leave "};
    uint32_t seed = 7;
    for (uint32_t round = 0; round < 400; round++) {
        char text[2048];
        uint32_t len = 0;
        for (uint32_t n = 0; n < 40; n++) {
            seed = seed * 1664525u + 1013904223u;
            const char *part = parts[(seed >> 16) % (sizeof parts / sizeof *parts)];
            memcpy(text + len, part, strlen(part));
            len += (uint32_t)strlen(part);
        }
        reading d;
        read_text(&know, &d, (rap_slice){text, len});
        check_layer(&d);
        reading_free(&d);
    }
}

static void survives_every_lost_allocation(void **state)
{
    (void)state;
    reading d;
    read_layers(
        &know, &d,
        rap_slice_of("“We stay,” Bano said. He added that the truce had held."));
    rap_arena arena, scratch = RAP_ARENA(READING_BYTES);
    CHECK_EVERY_LOST_ALLOCATION(arena, READING_BYTES, 100,
                                read_statements(&know, &d, &arena, &scratch));
    rap_arena_free(&scratch);
    arena = RAP_ARENA(READING_BYTES);
    CHECK_EVERY_LOST_ALLOCATION(scratch, READING_BYTES, 100,
                                read_statements(&know, &d, &arena, &scratch));
    rap_arena_free(&arena);
    reading_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_direct_speech),
        cmocka_unit_test(reads_indirect_speech),
        cmocka_unit_test(reads_mixed_speech),
        cmocka_unit_test(gives_each_cue_of_a_sentence_its_own_content),
        cmocka_unit_test(parts_two_statements_of_one_sentence),
        cmocka_unit_test(gives_a_quoted_expert_his_own_words),
        cmocka_unit_test(marks_what_was_not_said),
        cmocka_unit_test(follows_a_quotation_into_the_next_paragraph),
        cmocka_unit_test(resolves_speaker_addressee_and_venue),
        cmocka_unit_test(leaves_alone_what_nobody_said),
        cmocka_unit_test(keeps_the_whole_of_a_content),
        cmocka_unit_test(leaves_the_words_of_the_reporter_out),
        cmocka_unit_test(finds_the_head_of_a_long_subject),
        cmocka_unit_test(gives_a_reported_clause_its_own_speaker),
        cmocka_unit_test(takes_a_warning_for_a_threat_only_of_own_deeds),
        cmocka_unit_test(names_the_person_beside_a_description),
        cmocka_unit_test(reads_quotations_after_a_colon),
        cmocka_unit_test(reads_the_answers_of_an_interview),
        cmocka_unit_test(is_less_sure_of_what_may_be_the_reporters),
        cmocka_unit_test(keeps_its_spans_in_order_on_any_text),
        cmocka_unit_test(survives_every_lost_allocation),
    };
    reader_open(&know);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    reader_close(&know);
    return failed;
}
