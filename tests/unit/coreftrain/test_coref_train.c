/* test_coref_train.c - the trainer learns from a small file what the file shows. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "coref_train.h"
#include "model_file.h"

/* In this made-up treebank a name said again is the same. */
static const char treebank[] =
    "# newdoc id = MADE_up_1\n"
    "1\tZenda\tZenda\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-place)\n"
    "2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\t_\n\n"
    "1\tZenda\tZenda\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-place)\n"
    "2\trose\trise\tVERB\tVBD\t_\t0\troot\t_\t_\n\n"
    "1\tStrelsau\tStrelsau\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(2-place)\n"
    "2\trose\trise\tVERB\tVBD\t_\t0\troot\t_\t_\n\n"
    "# newdoc id = SKIP_me\n"
    "1\tZenda\tZenda\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-place)\n"
    "2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";

typedef struct files {
    char folder[32], bank[64], model[64], chains[64];
} files;

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static files make_files(const char *text)
{
    files f = {.folder = "/tmp/rap-coref-XXXXXX"};
    assert_non_null(mkdtemp(f.folder));
    (void)snprintf(f.bank, sizeof f.bank, "%s/bank.conllu", f.folder);
    (void)snprintf(f.model, sizeof f.model, "%s/ranker.rapmodel", f.folder);
    (void)snprintf(f.chains, sizeof f.chains, "%s/chains.conllu", f.folder);
    put(f.bank, text);
    return f;
}

static void drop_files(const files *f)
{
    (void)unlink(f->bank);
    (void)unlink(f->model);
    (void)unlink(f->chains);
    (void)rmdir(f->folder);
}

static rap_coref_train_options options_for(const files *f, const char **bank,
                                           const char **skip)
{
    rap_coref_train_options o = rap_coref_train_defaults();
    *bank = f->bank;
    *skip = "SKIP";
    o.treebank = (rap_coref_list){bank, 1};
    o.skip = (rap_coref_list){skip, 1};
    o.bits = o.embed_bits = 8;
    o.epochs = 40;
    o.drop = o.hidden_drop = 0;
    o.rate = 0.3;
    o.licence = "CC0-1.0";
    o.date = "2026-11-25";
    o.command = "a test";
    o.predict = f->bank;
    o.predicted = f->chains;
    o.out = f->model;
    return o;
}

static void what_is_learned_is_predicted_and_written(void **state)
{
    (void)state;
    const files f = make_files(treebank);
    const char *bank, *skip;
    const rap_coref_train_options o = options_for(&f, &bank, &skip);
    rap_error err;
    assert_int_equal(rap_coref_train(&o, &err), RAP_OK);
    char text[2000];
    FILE *file = fopen(f.chains, "rb");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    assert_int_equal(fclose(file), 0);
    const char *once = strstr(text, "Entity=(1)");
    assert_non_null(once);
    assert_non_null(strstr(once + 1, "Entity=(1)")); /* Zenda again */
    assert_non_null(strstr(text, "Entity=(3)"));     /* Strelsau is another */
    rap_model *model = NULL;
    assert_int_equal(rap_model_open(f.model, &model, &err), RAP_OK);
    assert_true(rap_slice_is(rap_model_says(model, "licence"), "CC0-1.0"));
    assert_true(rap_model_has(model, "weight") && rap_model_has(model, "embed"));
    rap_model_close(model);
    drop_files(&f);
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
    (void)state;
    const files f = make_files("1\tGo\n\n");
    const char *bank, *skip;
    rap_coref_train_options o = options_for(&f, &bank, &skip);
    rap_error err;
    assert_int_equal(rap_coref_train(&o, &err), RAP_E_INPUT);
    bank = "/no/such/file";
    assert_int_equal(rap_coref_train(&o, &err), RAP_E_NOTFOUND);
    o.bits = 40;
    assert_int_equal(rap_coref_train(&o, &err), RAP_E_USAGE);
    drop_files(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_learned_is_predicted_and_written),
        cmocka_unit_test(a_file_that_cannot_be_read_is_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
