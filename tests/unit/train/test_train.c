/* A whole training run on an invented treebank: what comes out is read back. */
#include "check.h"

#include "model_file.h"
#include "neural.h"
#include "tiny_bank.h"

typedef struct notes {
    char last[400]; /* of the network as it was trained, in floats */
} notes;

static void keep_note(void *context, const char *line)
{
    notes *n = context;
    snprintf(n->last, sizeof n->last, "%s", line);
}

static rap_train_options run_options(const tiny_files *f, notes *n)
{
    rap_train_options o = tiny_options(f);
    o.batch = o.text_batch = 100;
    o.samples = 20;
    o.epochs = 60;
    o.report_every = 60;
    o.text_epochs = 3;
    o.warm_words = 500;
    o.rate = 1e-2;
    o.drop = o.input_drop = o.word_drop = 0.05;
    o.note = keep_note;
    o.context = n;
    return o;
}

static double las(const rap_train_score *score)
{
    return 100.0 * (double)score->relations / (double)score->words;
}

static rap_slice bytes_of(const char *path, rap_arena *arena)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    const size_t size = (size_t)ftell(file);
    rewind(file);
    char *at = rap_new(arena, char, size);
    assert_non_null(at);
    assert_int_equal(fread(at, 1, size, file), size);
    fclose(file);
    return (rap_slice){at, (uint32_t)size};
}

static void learns_a_small_treebank_by_heart_twice_the_same(void **state)
{
    (void)state;
    tiny_files f;
    notes n = {{0}};
    rap_train_score score;
    rap_error err;
    char text[128];
    tiny_files_make(&f);
    const rap_train_options o = run_options(&f, &n);
    rap_arena arena = RAP_ARENA((size_t)256 << 20);
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_OK);
    assert_true(score.words > 300 && score.sentences == TINY_SENTENCES);
    assert_true(las(&score) > 95);
    assert_true(score.names_right > 0 && score.names_right == score.names_expected);
    rap_train_score_text(&score, text); /* 8 bits are as good as floats */
    assert_non_null(strstr(n.last, text));

    const rap_slice first = bytes_of(f.out, &arena);
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_OK);
    const rap_slice second = bytes_of(f.out, &arena);
    assert_true(rap_slice_equal(first, second));
    rap_arena_free(&arena);
    tiny_files_remove(&f);
}

static uint32_t index_of(const rap_net *net, rap_net_labels kind, const char *name)
{
    const char *const *names;
    const uint32_t count = rap_net_label_names(net, kind, &names);
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0) return i;
    fail_msg("no label %s", name);
    return 0;
}

static void check_reading(const rap_net *net)
{
    static const char *const form[] = {"The", "mayor", "warned", "Ada", "Quill", "."};
    rap_slice slices[6];
    rap_net_word out[6];
    const uint32_t first[] = {0, 6};
    for (int i = 0; i < 6; i++) slices[i] = rap_slice_of(form[i]);
    rap_net_work *work = rap_net_work_new(net);
    assert_non_null(work);
    rap_net_read(net, work, slices, first, 1, out);
    assert_int_equal(out[2].head, 0);
    assert_int_equal(out[1].head, 3);
    assert_int_equal(out[3].head, 3);
    assert_int_equal(out[1].label[RAP_NET_DEPREL],
                     index_of(net, RAP_NET_DEPREL, "nsubj"));
    assert_int_equal(out[2].label[RAP_NET_XPOS], index_of(net, RAP_NET_XPOS, "VBD"));
    assert_int_equal(out[3].label[RAP_NET_ENTITY],
                     index_of(net, RAP_NET_ENTITY, "B-PER"));
    rap_net_work_free(work);
}

static uint32_t line_of(rap_slice text, const char *wanted)
{
    rap_slice line;
    for (uint32_t n = 0; rap_split_next(&text, '\n', &line); n++)
        if (rap_slice_is(line, wanted)) return n;
    fail_msg("no line %s", wanted);
    return 0;
}

static void the_model_opens_and_says_where_it_comes_from(void **state)
{
    (void)state;
    tiny_files f;
    notes n = {{0}};
    rap_train_score score;
    rap_error err;
    rap_model *model;
    rap_net *net;
    rap_slice tags;
    rap_model_array form;
    tiny_files_make(&f);
    rap_train_options o = run_options(&f, &n);
    const char *corpus[] = {"Tiny; 1; CC0-1.0"};
    o.corpus = (rap_train_list){corpus, 1};
    o.licence = "CC0-1.0";
    o.workers = 1;
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_OK);
    assert_int_equal(rap_model_open(f.out, &model, &err), RAP_OK);
    assert_int_equal(rap_net_open(model, &net, &err), RAP_OK);
    check_reading(net);
    assert_true(rap_slice_is(rap_model_says(model, "licence"), "CC0-1.0"));
    assert_true(rap_slice_is(rap_model_says(model, "corpus"), corpus[0]));
    assert_true(rap_slice_starts(rap_model_says(model, "score"), "tiny; UPOS "));
    assert_true(rap_model_has(model, "lemma.words.key") || rap_model_count(model) > 40);
    assert_int_equal(rap_model_text_get(model, "labels.xpos", &tags, &err), RAP_OK);
    assert_int_equal(
        rap_model_array_get(model, "labels.xpos.form", RAP_MODEL_U8, 1, &form, &err),
        RAP_OK);
    const uint8_t *forms = form.data; /* rap_verb_form: 3 past, 2 present */
    assert_int_equal(forms[line_of(tags, "VBD")], 3);
    assert_int_equal(forms[line_of(tags, "VBZ")], 2);
    assert_int_equal(forms[line_of(tags, "NNP")], 0);
    rap_net_close(net);
    rap_model_close(model);
    tiny_files_remove(&f);
}

static void a_kept_encoder_begins_another_run(void **state)
{
    (void)state;
    tiny_files f;
    notes n = {{0}};
    rap_train_score score;
    rap_error err;
    char kept[96];
    tiny_files_make(&f);
    snprintf(kept, sizeof kept, "%s/tiny.encoder", f.folder);
    rap_train_options o = run_options(&f, &n);
    o.epochs = 1;
    o.save_encoder = kept;
    rap_arena arena = RAP_ARENA((size_t)256 << 20);
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_OK);
    const rap_slice first = bytes_of(f.out, &arena);
    o.save_encoder = NULL;
    o.load_encoder = kept;
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_OK);
    const rap_slice second = bytes_of(f.out, &arena);
    assert_int_equal(first.len, second.len);
    o.width = 32;
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_E_MODEL);
    o.width = 16;
    o.words = 20;
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_E_MODEL);
    assert_non_null(strstr(err.text, "words differ"));
    unlink(kept);
    rap_arena_free(&arena);
    tiny_files_remove(&f);
}

static void documents_can_be_left_out(void **state)
{
    (void)state;
    tiny_files f;
    notes n = {{0}};
    rap_train_score score;
    rap_error err;
    tiny_files_make(&f);
    rap_train_options o = run_options(&f, &n);
    const char *skip[] = {"tiny_b", "tiny_a"};
    o.skip = (rap_train_list){skip, 2};
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_E_INPUT);
    tiny_files_remove(&f);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    tiny_files f;
    notes n = {{0}};
    rap_train_score score;
    rap_error err;
    tiny_files_make(&f);
    const rap_train_options good = run_options(&f, &n);
    rap_train_options o = good;
    o.width = 20;
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_E_USAGE);
    o = good;
    o.workers = 0;
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_E_USAGE);
    o = good;
    o.drop = 1;
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_E_USAGE);
    o = good;
    o.out = NULL;
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_E_USAGE);
    o = good;
    f.bank_list[0] = "/nowhere/at/all.conllu";
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_E_NOTFOUND);
    f.bank_list[0] = f.text;
    assert_int_equal(rap_train_run(&o, &score, &err), RAP_E_INPUT);
    assert_non_null(strstr(err.text, f.text));
    tiny_files_remove(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(learns_a_small_treebank_by_heart_twice_the_same),
        cmocka_unit_test(the_model_opens_and_says_where_it_comes_from),
        cmocka_unit_test(a_kept_encoder_begins_another_run),
        cmocka_unit_test(documents_can_be_left_out),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
