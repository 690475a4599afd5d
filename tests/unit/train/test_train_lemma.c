/* The trainer of the lemmatiser on a treebank of a few made-up sentences. */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "syntax_lemma.h"
#include "train_lemma.h"

enum { LIMIT = 64 << 20, MOST = 64 };

typedef struct row {
    const char *form, *lemma, *upos, *xpos;
} row;
static const row rows[] = {{"The", "the", "DET", "DT"},
                           {"envoys", "envoy", "NOUN", "NNS"},
                           {"delegates", "delegate", "NOUN", "NNS"},
                           {"Talks", "talk", "NOUN", "NNS"},
                           {"villages", "village", "NOUN", "NNS"},
                           {"treaties", "treaty", "NOUN", "NNS"},
                           {"parties", "party", "NOUN", "NNS"},
                           {"armies", "army", "NOUN", "NNS"},
                           {"mice", "mouse", "NOUN", "NNS"},
                           {"hoping", "hope", "VERB", "VBG"},
                           {"making", "make", "VERB", "VBG"},
                           {"taking", "take", "VERB", "VBG"},
                           {"talking", "talk", "VERB", "VBG"},
                           {"working", "work", "VERB", "VBG"},
                           {"asking", "ask", "VERB", "VBG"},
                           {"Veldan", "Veldan", "PROPN", "NNP"},
                           {"Orlo", "Orlo", "PROPN", "NNP"},
                           {"Tarn", "Tarn", "PROPN", "NNP"},
                           {"better", "good", "ADJ", "JJR"},
                           {"better", "well", "ADV", "RBR"},
                           {"go", "_", "X", "GW"},
                           {"12,500", "12500", "NUM", "CD"}};
enum { ROWS = sizeof rows / sizeof *rows };

static const char TEXT[] =
    "# source: made up\n"
    "They strike, they bark, they hope. To strike is to bark. They bark and strike.\n"
    "The Marlish envoys of the Marlish side. We like the Marlish view.\n";

static uint32_t read_rows(rap_conllu_word *words, const rap_conllu_word **pointers)
{
    for (uint32_t i = 0; i < ROWS; i++) {
        words[i] = (rap_conllu_word){.form = rap_slice_of(rows[i].form),
                                     .lemma = rap_slice_of(rows[i].lemma),
                                     .upos = rap_slice_of(rows[i].upos),
                                     .xpos = rap_slice_of(rows[i].xpos)};
        if (rap_slice_is(words[i].lemma, "_")) words[i].lemma = (rap_slice){0};
        pointers[i] = &words[i];
    }
    return ROWS;
}

/* Train into the file `path`. */
static rap_status train(rap_arena *arena, rap_slice forms, const char *path)
{
    rap_conllu_word words[MOST];
    const rap_conllu_word *pointers[MOST];
    const rap_train_lemma_input input = {pointers, read_rows(words, pointers),
                                         rap_slice_of(TEXT), forms};
    rap_model_writer *writer;
    assert_int_equal(rap_model_writer_new(&writer, NULL), RAP_OK);
    rap_status status = rap_train_lemma(&input, writer, arena, NULL);
    if (status == RAP_OK) {
        status = rap_model_writer_text(writer, RAP_MODEL_PROVENANCE,
                                       RAP_LIT("licence\tApache-2.0\n"), NULL);
        if (status == RAP_OK) status = rap_model_writer_save(writer, path, NULL);
    }
    rap_model_writer_free(writer);
    return status;
}

static rap_model *trained(rap_slice forms)
{
    char path[] = "/tmp/rap-train-lemma-XXXXXX";
    const int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    rap_arena arena = RAP_ARENA(LIMIT);
    rap_model *model;
    assert_int_equal(train(&arena, forms, path), RAP_OK);
    rap_arena_free(&arena);
    assert_int_equal(rap_model_open(path, &model, NULL), RAP_OK);
    assert_int_equal(unlink(path), 0);
    return model;
}

static void check_lemma(const lemma_model *model, const char *form, rap_upos upos,
                        const char *tag, const char *lemma)
{
    char out[LEMMA_BYTES + 1];
    const uint32_t len =
        lemma_of(model, rap_slice_of(form), upos, lemma_tag(model, rap_slice_of(tag)),
                 out, LEMMA_BYTES);
    out[len] = 0;
    assert_string_equal(out, lemma);
}

static void words_of_the_treebank_get_their_lemmas(void **state)
{
    (void)state;
    rap_model *file = trained((rap_slice){"", 0});
    lemma_model model;
    assert_int_equal(lemma_open(file, &model, NULL), RAP_OK);
    for (uint32_t i = 0; i < ROWS; i++)
        for (uint32_t u = 0; u < RAP_UPOS_COUNT; u++)
            if (!strcmp(rows[i].upos, rap_upos_name((rap_upos)u)) &&
                strcmp(rows[i].lemma, "_"))
                check_lemma(&model, rows[i].form, (rap_upos)u, rows[i].xpos,
                            rows[i].lemma);
    rap_model_close(file);
}

static void words_it_has_not_seen_follow_endings_and_text(void **state)
{
    (void)state;
    rap_model *file = trained((rap_slice){"", 0});
    lemma_model model;
    assert_int_equal(lemma_open(file, &model, NULL), RAP_OK);
    check_lemma(&model, "stages", RAP_NOUN, "NNS", "stage");
    check_lemma(&model, "deputies", RAP_NOUN, "NNS", "deputy");
    check_lemma(&model, "striking", RAP_VERB, "VBG", "strike");
    check_lemma(&model, "barking", RAP_VERB, "VBG", "bark");
    check_lemma(&model, "Marl", RAP_PROPN, "NNP", "Marl");
    rap_model_close(file);
}

static void a_list_of_forms_adds_words(void **state)
{
    (void)state;
    rap_model *file = trained(RAP_LIT("# a comment\n"
                                      "mouse\tNOUN\tmice:NNS :NNS nothing mice:\n"
                                      "mouse\tNOISE\tmice:NNS\n"
                                      "cat\n"));
    lemma_model model;
    assert_int_equal(lemma_open(file, &model, NULL), RAP_OK);
    check_lemma(&model, "mice", RAP_NOUN, "NNS", "mouse");
    rap_model_close(file);
}

static void the_same_input_gives_the_same_model(void **state)
{
    (void)state;
    rap_model *one = trained((rap_slice){"", 0}), *two = trained((rap_slice){"", 0});
    assert_int_equal(rap_model_checksum(one), rap_model_checksum(two));
    rap_model_close(one);
    rap_model_close(two);
}

static void nothing_to_learn_from_is_an_error(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(LIMIT);
    const rap_train_lemma_input input = {0};
    rap_model_writer *writer;
    assert_int_equal(rap_model_writer_new(&writer, NULL), RAP_OK);
    assert_int_equal(rap_train_lemma(&input, writer, &arena, NULL), RAP_E_INPUT);
    rap_model_writer_free(writer);
    rap_arena_free(&arena);
}

static void every_lost_allocation_is_reported(void **state)
{
    (void)state;
    char path[] = "/tmp/rap-train-lemma-XXXXXX";
    const int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    rap_arena arena;
    CHECK_EVERY_LOST_ALLOCATION(arena, LIMIT, 20000,
                                train(&arena, (rap_slice){"", 0}, path));
    assert_int_equal(unlink(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_the_treebank_get_their_lemmas),
        cmocka_unit_test(words_it_has_not_seen_follow_endings_and_text),
        cmocka_unit_test(a_list_of_forms_adds_words),
        cmocka_unit_test(the_same_input_gives_the_same_model),
        cmocka_unit_test(nothing_to_learn_from_is_an_error),
        cmocka_unit_test(every_lost_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
