/* test_tree.c - statements that the trees show, and the classes of meaning. */
#include <math.h>

#include "reading.h"
#include "statement_private.h"

static reader know;

typedef struct sought { /* a class that a reading should have among its facts */
    rap_slice classes;
    bool found;
} sought;

static void look_for_class(void *whose, const page *p, const candidate *c)
{
    sought *s = whose;
    for (uint32_t i = 0; i < c->features; i++) {
        const enum score_template t = score_template_of(c->feature[i]);
        if (t != T_CLASS && t != T_CASE) continue;
        char label[64];
        score_label(p->knowledge, FACT_CLASS, score_fact(c->feature[i], 0), label,
                    sizeof label);
        rap_slice list = s->classes, name;
        while (rap_split_next(&list, ' ', &name))
            if (rap_slice_is(name, label)) s->found = true;
    }
}

static bool shows_class(rap_slice text, rap_slice classes)
{
    reading d;
    rap_error err;
    sought s = {classes, false};
    const tree_watch watch = {look_for_class, &s};
    read_layers(&know, &d, text);
    const rap_statement_input in = {&d.article, &d.tokens, &d.syntax, &d.names,
                                    &d.times};
    assert_int_equal(statement_run_watched(know.statement, &in, &d.arena, &d.scratch,
                                           &watch, &d.statements, &err),
                     RAP_OK);
    reading_free(&d);
    return s.found;
}

/* The tagger may take a few words for another part of speech in so short a sentence. */
static void nearly_every_example_shows_its_class(void **state)
{
    (void)state;
    enum { IN_A_HUNDRED = 85 };
    rap_slice bytes, field[RAP_TSV_FIELDS];
    rap_error err;
    assert_int_equal(
        rap_language_file(&know.language, "statement/classes.tsv", &bytes, &err),
        RAP_OK);
    rap_tsv tsv = rap_tsv_open(bytes);
    uint32_t rows = 0, shown = 0;
    while (rap_tsv_next(&tsv, field) > 0) {
        const bool one = shows_class(field[3], field[2]);
        if (!one) print_message("%u: %.*s\n", tsv.line, (int)field[3].len, field[3].at);
        shown += one;
        rows++;
    }
    print_message("%u of %u examples show their class\n", shown, rows);
    assert_true(shown * 100 >= rows * IN_A_HUNDRED);
}

static bool has_content(const reading *d, const char *content)
{
    for (uint32_t i = 0; i < d->statements.count; i++) {
        const rap_statement *s = &d->statements.statement[i];
        for (uint32_t k = 0; k < s->content.count; k++)
            if (rap_slice_is(rap_cut(d->article.text, s->content.at[k]), content))
                return true;
    }
    return false;
}

static void finds_what_is_hoped_wanted_and_expected(void **state)
{
    (void)state;
    static const struct {
        const char *text, *content;
    } table[] = {
        {"The envoys of Norland hope to meet again in the spring.",
         "to meet again in the spring"},
        {"The leaders plan to keep the road open.", "to keep the road open"},
        {"The envoys believe the truce will hold.", "the truce will hold"},
    };
    for (uint32_t i = 0; i < sizeof table / sizeof *table; i++) {
        reading d;
        read_text(&know, &d, rap_slice_of(table[i].text));
        if (!has_content(&d, table[i].content)) fail_msg("%s", table[i].text);
        reading_free(&d);
    }
}

/* A content ends before what the reporter says of the saying. */
static void ends_before_where_it_was_said(void **state)
{
    (void)state;
    static const struct {
        const char *text, *content;
    } table[] = {
        {"The minister denounced the truce while he was in Norland.", "the truce"},
        {"The minister blamed the attack on the rebels in an interview.",
         "the attack on the rebels"},
    };
    for (uint32_t i = 0; i < sizeof table / sizeof *table; i++) {
        reading d;
        read_text(&know, &d, rap_slice_of(table[i].text));
        if (!has_content(&d, table[i].content)) fail_msg("%s", table[i].text);
        reading_free(&d);
    }
}

/* "asked not to be named" is no statement, and what follows is not cut by it. */
static void takes_no_words_from_a_wish_to_stay_unnamed(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "An official who asked not to be identified told the Post that the truce had "
        "failed.",
        "A diplomat who declined to be named said that the truce had failed.",
    };
    for (uint32_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading d;
        read_text(&know, &d, rap_slice_of(texts[i]));
        assert_int_equal(d.statements.count, 1);
        assert_true(has_content(&d, "that the truce had failed"));
        reading_free(&d);
    }
}

static void finds_a_promise_that_is_reported(void **state)
{
    (void)state;
    reading d;
    read_text(&know, &d,
              RAP_LIT("Bano added that Norland had promised to open the border."));
    assert_int_equal(d.statements.count, 2);
    assert_true(has_content(&d, "that Norland had promised to open the border"));
    assert_true(has_content(&d, "to open the border"));
    assert_int_equal(d.statements.statement[1].act, RAP_ACT_PROMISE);
    assert_int_equal(d.statements.statement[1].within, 0);
    assert_int_equal(d.statements.statement[0].within, RAP_NONE);
    reading_free(&d);
}

static void marks_what_was_not_said(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Bano refused to say when the talks would begin.",
        "Bano declined to say whether the road was open.",
        "Bano did not say whether the road was open.",
        "The ministry refused to comment on the report.",
    };
    for (uint32_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading d;
        read_text(&know, &d, rap_slice_of(texts[i]));
        assert_true(d.statements.count > 0);
        if (!d.statements.statement[0].negated) fail_msg("%s", texts[i]);
        assert_int_equal(d.statements.statement[0].act, RAP_ACT_STATE);
        reading_free(&d);
    }
}

static void gives_words_to_all_who_said_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t others;
    } table[] = {
        {"Bano and Haddad said that the truce held.", 1},
        {"Bano, Haddad and Kesh said that the truce held.", 2},
        {"The envoys of Norland and Sudland said that the truce held.", 0},
        {"Bano said that Haddad and Kesh had met.", 0},
    };
    for (uint32_t i = 0; i < sizeof table / sizeof *table; i++) {
        reading d;
        read_text(&know, &d, rap_slice_of(table[i].text));
        assert_true(d.statements.count > 0);
        if (d.statements.statement[0].alsos != table[i].others)
            fail_msg("%u: %s", d.statements.statement[0].alsos, table[i].text);
        reading_free(&d);
    }
}

static void makes_nothing_of_conditions_and_of_nobody(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "If Norland hopes to meet again, the union will leave.",
        "Nobody believes the truce will hold.",
    };
    for (uint32_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading d;
        read_text(&know, &d, rap_slice_of(texts[i]));
        for (uint32_t k = 0; k < d.statements.count; k++)
            if (d.statements.statement[k].confidence >= 0.5f) fail_msg("%s", texts[i]);
        reading_free(&d);
    }
}

static void reads_on_without_trees(void **state)
{
    (void)state;
    reading d;
    read_layers(&know, &d, RAP_LIT("Bano said that the road was open."));
    d.syntax.head = NULL;
    d.syntax.relation = NULL;
    assert_int_equal(read_statements(&know, &d, &d.arena, &d.scratch), RAP_OK);
    assert_true(has_content(&d, "that the road was open"));
    reading_free(&d);
}

/* A chain, a star and a tree whose words hang on the last one. */
static void survives_trees_of_any_shape(void **state)
{
    (void)state;
    for (uint32_t shape = 0; shape < 3; shape++) {
        reading d;
        read_layers(&know, &d,
                    RAP_LIT("Bano said that he hopes to say that they want to tell us "
                            "that the plan to say so is what she believes."));
        const uint32_t count = d.tokens.count;
        uint32_t *head = rap_new(&d.arena, uint32_t, count);
        uint8_t *relation = rap_new(&d.arena, uint8_t, count);
        assert_true(head && relation);
        for (uint32_t t = 0; t < count; t++) {
            head[t] = shape == 0 ? (t ? t - 1 : 0) : shape == 1 ? 1 : count - 1;
            relation[t] = (uint8_t)((t * 7 + shape) % RAP_REL_COUNT);
        }
        d.syntax.head = head;
        d.syntax.relation = relation;
        assert_int_equal(read_statements(&know, &d, &d.arena, &d.scratch), RAP_OK);
        for (uint32_t i = 0; i < d.statements.count; i++)
            for (uint32_t k = 0; k < d.statements.statement[i].content.count; k++) {
                const rap_span s = d.statements.statement[i].content.at[k];
                assert_true(s.begin < s.end && s.end <= d.article.text.len);
            }
        reading_free(&d);
    }
}

static void weighs_the_same_facts_alike(void **state)
{
    (void)state;
    const uint32_t key = score_key(T_CLASS_CASE, 300, READ_OBLIQUE, 411);
    assert_int_equal(score_template_of(key), T_CLASS_CASE);
    assert_int_equal(score_fact(key, 0), 300);
    assert_int_equal(score_fact(key, 1), READ_OBLIQUE);
    assert_int_equal(score_fact(key, 2), 411);
    const candidate none = {.features = 0};
    assert_true(isfinite(score_of(know.statement, &none)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearly_every_example_shows_its_class),
        cmocka_unit_test(finds_what_is_hoped_wanted_and_expected),
        cmocka_unit_test(ends_before_where_it_was_said),
        cmocka_unit_test(takes_no_words_from_a_wish_to_stay_unnamed),
        cmocka_unit_test(finds_a_promise_that_is_reported),
        cmocka_unit_test(marks_what_was_not_said),
        cmocka_unit_test(gives_words_to_all_who_said_them),
        cmocka_unit_test(makes_nothing_of_conditions_and_of_nobody),
        cmocka_unit_test(reads_on_without_trees),
        cmocka_unit_test(survives_trees_of_any_shape),
        cmocka_unit_test(weighs_the_same_facts_alike)};
    reader_open(&know);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    reader_close(&know);
    return failed;
}
