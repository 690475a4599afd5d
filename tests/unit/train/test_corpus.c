/* What the trainer reads: names find their sentences, documents are left out, words are
 * counted. */
#include "tiny_bank.h"
#include "train_private.h"

static const char BANK[] =
    "# newdoc id = plain_1\n"
    "1\tHello\t_\tINTJ\tUH\t_\t0\troot\t_\t_\n"
    "2\tAda\t_\tPROPN\tNNP\t_\t1\tvocative\t_\t_\n\n"
    "1\tHello\t_\tINTJ\tUH\t_\t0\troot\t_\t_\n"
    "2\tAda\t_\tPROPN\tNNP\t_\t1\tvocative\t_\t_\n\n"
    "# newdoc id = song_1\n"
    "1\tLa\t_\tINTJ\tUH\t_\t0\troot\t_\t_\n\n"
    "# newdoc id = plain_2\n"
    "1\tGone\t_\tVERB\tVBN\tTense=Past|VerbForm=Part\t0\troot\t_\t_\n\n";
static const char NAMES[] = "1\tHello\tO\t-\t-\n2\tAda\tB-PER\t-\t-\n\n"
                            "1\tHello\tO\t-\t-\n2\tAda\tB-O\t-\t-\n\n"
                            "1\tNowhere\tB-LOC\t-\t-\n\n";
static const char PLAIN[] = "# source: not to be read\n"
                            "Ada went home with the others. Yes.\n\nAda slept.\n";

typedef struct scene {
    tiny_files files;
    rap_train_options options;
    rap_arena arena;
    train_corpora corpora;
} scene;

static void write_file(const char *path, const char *text)
{
    FILE *file = tiny_open(path);
    fputs(text, file);
    fclose(file);
}

static void scene_begin(scene *s)
{
    static const char *const skip[] = {"song"};
    rap_error err;
    memset(s, 0, sizeof *s);
    tiny_files_make(&s->files);
    write_file(s->files.bank, BANK);
    write_file(s->files.names, NAMES);
    write_file(s->files.text, PLAIN);
    s->options = tiny_options(&s->files);
    s->options.skip = (rap_train_list){skip, 1};
    s->options.dev.count = s->options.dev_names.count = 0;
    s->arena = RAP_ARENA((size_t)64 << 20);
    assert_int_equal(train_corpora_read(&s->options, &s->arena, &s->corpora, &err),
                     RAP_OK);
}

static void scene_end(scene *s)
{
    rap_arena_free(&s->arena);
    tiny_files_remove(&s->files);
}

static const char *entity_at(const scene *s, uint32_t sentence, uint32_t word)
{
    const train_treebank *bank = &s->corpora.bank;
    const uint32_t at = bank->sentence.at[sentence].first + word;
    const uint8_t label = bank->word.at[at].label[RAP_NET_ENTITY];
    return label == TRAIN_NO_LABEL ? NULL
                                   : s->corpora.labels[RAP_NET_ENTITY].name[label];
}

static void names_go_to_sentences_of_the_same_words_in_turn(void **state)
{
    (void)state;
    scene s;
    scene_begin(&s);
    assert_string_equal(entity_at(&s, 0, 1), "B-PER");
    assert_string_equal(entity_at(&s, 1, 1), "B-OTH");
    assert_null(entity_at(&s, 2, 0));
    assert_int_equal(s.corpora.unaligned, 1);
    assert_int_equal(s.corpora.without_names, 1);
    scene_end(&s);
}

static void documents_of_a_name_are_left_out(void **state)
{
    (void)state;
    scene s;
    scene_begin(&s);
    assert_int_equal(s.corpora.bank.sentence.count, 3);
    assert_int_equal(s.corpora.given.count, 5);
    assert_int_equal(rap_map_get(&s.corpora.types.map, RAP_LIT("La")), RAP_NONE);
    scene_end(&s);
}

static void text_is_cut_and_very_short_sentences_are_left_out(void **state)
{
    (void)state;
    scene s;
    scene_begin(&s);
    const train_text *text = &s.corpora.text;
    assert_int_equal(text->sentence.count, 2); /* "Yes." has two words */
    assert_int_equal(text->sentence.at[0].count, 7);
    assert_int_equal(text->sentence.at[1].count, 3);
    assert_int_equal(rap_map_get(&s.corpora.types.map, RAP_LIT("source")), RAP_NONE);
    scene_end(&s);
}

static void words_with_vectors_are_the_frequent_ones(void **state)
{
    (void)state;
    scene s;
    train_vocabulary words;
    scene_begin(&s);
    train_types *types = &s.corpora.types;
    train_vocabulary_make(types, 3, &words);
    assert_int_equal(words.words, 3); /* none, Ada 2 * 3 + 2, Hello 2 * 3 */
    assert_int_equal(words.count[1], 8);
    assert_int_equal(words.count[2], 6);
    assert_int_equal(types->all.at[train_type_of(types, RAP_LIT("Ada"))].word, 1);
    assert_int_equal(types->all.at[train_type_of(types, RAP_LIT("home"))].word, 0);
    scene_end(&s);
}

static void a_deck_deals_every_sentence_once_a_round(void **state)
{
    (void)state;
    enum { COUNT = 40 };
    rap_arena arena = RAP_ARENA(1 << 20);
    train_sentence all[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) all[i] = (train_sentence){0, 1 + i % 7};
    const train_sentences list = {all, COUNT, COUNT};
    uint32_t seen[COUNT] = {0}, room[2][COUNT];
    train_deck deck[2] = {train_deck_new(&arena, &list, 5),
                          train_deck_new(&arena, &list, 5)};
    train_hand hand[2] = {{room[0], 0}, {room[1], 0}};
    uint32_t words = 0, whole = 0, dealt = 0;
    for (uint32_t i = 0; i < COUNT; i++) whole += all[i].count;
    while (words < whole - 20) { /* less than a round */
        for (uint32_t k = 0; k < 2; k++) {
            const uint32_t got = train_deck_deal(&deck[k], 2, k, 9, &hand[k]);
            uint32_t own = 0;
            for (uint32_t i = 0; i < hand[k].count; i++) {
                seen[hand[k].sentence[i]]++;
                own += all[hand[k].sentence[i]].count;
            }
            assert_true(own >= 1 && own <= 9);
            if (k) assert_int_equal(got, dealt);
            dealt = got;
        }
        words += dealt;
    }
    for (uint32_t i = 0; i < COUNT; i++) assert_true(seen[i] <= 1);
    rap_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_go_to_sentences_of_the_same_words_in_turn),
        cmocka_unit_test(documents_of_a_name_are_left_out),
        cmocka_unit_test(text_is_cut_and_very_short_sentences_are_left_out),
        cmocka_unit_test(words_with_vectors_are_the_frequent_ones),
        cmocka_unit_test(a_deck_deals_every_sentence_once_a_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
