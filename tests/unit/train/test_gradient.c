/* The trainer's gradients are those of its losses: each is compared with what a small
 * change of the number does. */
#include "check.h"

#include <math.h>

#include "tiny_bank.h"
#include "train_private.h"

enum { WORDS_MOST = 64, TRIES = 6 };

typedef struct scene {
    tiny_files files;
    rap_train_options options;
    rap_arena arena;
    train_network net;
    train_worker worker;
} scene;

/* A batch of four sentences, one of them without names. */
static void fill_batch(scene *s)
{
    train_batch *batch = &s->worker.batch;
    const train_treebank *bank = &s->net.corpora.bank;
    for (uint32_t i = 0; i < 4; i++) {
        const train_sentence sentence = bank->sentence.at[5 + i];
        batch->start[i] = batch->words;
        memcpy(batch->word + batch->words, bank->word.at + sentence.first,
               sentence.count * sizeof *batch->word);
        batch->words += sentence.count;
    }
    batch->sentences = 4;
    batch->start[4] = batch->words;
}

static void scene_begin(scene *s)
{
    rap_error err;
    memset(s, 0, sizeof *s);
    tiny_files_make(&s->files);
    s->options = tiny_options(&s->files);
    s->options.workers = 1;
    s->options.samples = 10;
    s->options.tag_weight = s->options.entity_weight = 1; /* loss counts all alike */
    s->arena = RAP_ARENA((size_t)1 << 30);
    train_network *net = &s->net;
    net->options = &s->options;
    net->arena = &s->arena;
    train_vector_begin();
    train_crew_begin(&net->crew, 1);
    assert_int_equal(train_corpora_read(&s->options, &s->arena, &net->corpora, &err),
                     RAP_OK);
    train_vocabulary_make(&net->corpora.types, s->options.words, &net->vocabulary);
    train_parameters_begin(&net->set, &s->arena, &net->crew, 1);
    net->encoder = train_encoder_new(&net->set, &s->options, net->vocabulary.words);
}

static void worker_begin(scene *s)
{
    train_worker *w = &s->worker;
    w->batch = train_batch_new(&s->arena, WORDS_MOST);
    w->encoding = train_encoding_new(&s->arena, &s->net.encoder, WORDS_MOST);
    fill_batch(s);
}

static void scene_end(scene *s)
{
    train_crew_end(&s->net.crew);
    rap_arena_free(&s->arena);
    tiny_files_remove(&s->files);
}

static const train_drops DROPS = {.word = 0.2f, .input = 0.2f, .state = 0.2f};

/* The loss a word; the gradients of all parameters are added. */
typedef double (*loss_of)(scene *s);

static double bank_loss(scene *s)
{
    rap_train_score score = {0};
    s->worker.random = train_random_new(3, 3); /* the same is left out every time */
    train_embed(&s->net, &s->worker, DROPS);
    train_lower_forward(&s->net, &s->worker);
    train_upper_forward(&s->net, &s->worker, DROPS);
    train_heads_run(&s->net, &s->worker, true, &score);
    train_upper_backward(&s->net, &s->worker, DROPS);
    train_lower_backward(&s->net, &s->worker);
    train_embed_backward(&s->net, &s->worker, DROPS);
    return score.loss / (double)s->worker.batch.words;
}

static double text_loss(scene *s)
{
    train_guesses guesses = {0};
    s->worker.random = train_random_new(4, 4);
    train_embed(&s->net, &s->worker, DROPS);
    train_lower_forward(&s->net, &s->worker);
    train_cloze_run(&s->net, &s->worker, &guesses);
    train_lower_backward(&s->net, &s->worker);
    train_embed_backward(&s->net, &s->worker, DROPS);
    return guesses.loss / (double)s->worker.batch.words;
}

/* The larger numbers of a gradient are worth a look. */
static size_t place_to_try(const float *gradient, size_t size, uint32_t try)
{
    float least = INFINITY;
    for (uint32_t i = 0; i < try; i++) {
        float most = 0;
        for (size_t k = 0; k < size; k++)
            if (fabsf(gradient[k]) > most && fabsf(gradient[k]) < least)
                most = fabsf(gradient[k]);
        least = most;
    }
    size_t best = 0;
    for (size_t k = 0; k < size; k++)
        if (fabsf(gradient[k]) < least && (fabsf(gradient[best]) >= least ||
                                           fabsf(gradient[k]) > fabsf(gradient[best])))
            best = k;
    return best;
}

static double slope(scene *s, loss_of loss, float *value, float step)
{
    const float kept = *value;
    *value = kept + step;
    const double above = loss(s);
    *value = kept - step;
    const double below = loss(s);
    *value = kept;
    return (above - below) / (2.0 * (double)step);
}

/* Where a change crosses the bend of a leaky unit, a smaller one may not. */
static bool agrees(scene *s, loss_of loss, float *value, double gradient)
{
    for (float step = 3e-3f; step > 1e-4f; step /= 3) {
        const double want = slope(s, loss, value, step);
        if (fabs(want - gradient) < 2e-4 + 0.02 * fabs(want)) return true;
    }
    return false;
}

/* What slope() has added. */
static void forget_gradients(const scene *s)
{
    for (uint32_t i = 0; i < s->net.set.count; i++) {
        const train_parameter *p = &s->net.set.at[i];
        memset(p->gradient[0], 0, (size_t)p->rows * p->cols * sizeof(float));
    }
}

static void check_all(scene *s, loss_of loss)
{
    for (uint32_t i = 0; i < s->net.set.count; i++) {
        const train_parameter *p = &s->net.set.at[i];
        const size_t size = (size_t)p->rows * p->cols;
        float *gradient = malloc(size * sizeof *gradient);
        assert_non_null(gradient);
        forget_gradients(s);
        loss(s);
        memcpy(gradient, p->gradient[0], size * sizeof *gradient);
        for (uint32_t try = 0; try < TRIES; try++) {
            const size_t k = place_to_try(gradient, size, try);
            if (!agrees(s, loss, &p->value[k], (double)gradient[k]))
                fail_msg("%s[%zu]: the gradient says %g, the loss %g", p->name, k,
                         (double)gradient[k], slope(s, loss, &p->value[k], 3e-4f));
        }
        free(gradient);
    }
}

static void heads_and_encoder_have_the_gradient_of_their_loss(void **state)
{
    (void)state;
    scene s;
    scene_begin(&s);
    for (uint32_t t = 0; t < s.net.corpora.types.all.count; t++)
        s.net.corpora.types.all.at[t].traits = (uint8_t)(t * 37);
    train_encoder_extend(&s.net.encoder, &s.net.set, s.options.upper, true);
    s.net.heads = train_heads_new(&s.net.set, &s.options, &s.net.corpora);
    worker_begin(&s);
    s.worker.heads = train_heads_state_new(&s.arena, &s.net.heads, WORDS_MOST,
                                           s.net.corpora.longest);
    check_all(&s, bank_loss);
    scene_end(&s);
}

static void guessing_words_has_the_gradient_of_its_loss(void **state)
{
    (void)state;
    scene s;
    scene_begin(&s);
    s.net.cloze = train_cloze_new(&s.arena, &s.net.set, &s.options, &s.net.vocabulary);
    worker_begin(&s);
    s.worker.cloze =
        train_cloze_state_new(&s.arena, &s.net.cloze, &s.net.encoder, WORDS_MOST);
    check_all(&s, text_loss);
    scene_end(&s);
}

static void a_step_follows_the_gradient_and_leaves_untouched_rows(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1 << 20);
    train_crew crew;
    train_parameters set;
    train_crew_begin(&crew, 1);
    train_parameters_begin(&set, &arena, &crew, 1);
    train_parameter *dense = train_parameter_new(&set, "dense", 1, 2, 0, false);
    train_parameter *table = train_parameter_new(&set, "table", 3, 2, 0, true);
    dense->gradient[0][0] = 2;
    train_touch(table, 0, 1)[0] = -1;
    train_parameters_step(&set, 0, 0.1f, 100);
    assert_true(fabsf(dense->value[0] + 0.1f) < 1e-4f); /* Adam's first step: rate */
    assert_true(dense->value[1] == 0 && dense->gradient[0][0] == 0);
    assert_true(fabsf(table->value[2] - 0.1f) < 1e-4f);
    assert_true(table->value[0] == 0 && table->value[4] == 0);
    assert_int_equal(table->touched[0].count, 0);
    train_crew_end(&crew);
    rap_arena_free(&arena);
}

static void names_count_when_both_ends_and_the_type_are_right(void **state)
{
    (void)state;
    static const char *const names[] = {"O",     "B-PER", "I-PER",
                                        "B-LOC", "I-LOC", "B-OTH"};
    const uint8_t want[] = {1, 2, 0, 3, 0, 5, 1, TRAIN_NO_LABEL};
    const uint8_t have[] = {1, 2, 0, 4, 4, 5, 3, 0};
    rap_train_score score = {0};
    train_score_names(names, want, have, 8, &score);
    assert_int_equal(score.names_expected, 3);
    assert_int_equal(score.names_found, 3);
    assert_int_equal(score.names_right, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_and_encoder_have_the_gradient_of_their_loss),
        cmocka_unit_test(guessing_words_has_the_gradient_of_its_loss),
        cmocka_unit_test(a_step_follows_the_gradient_and_leaves_untouched_rows),
        cmocka_unit_test(names_count_when_both_ends_and_the_type_are_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
