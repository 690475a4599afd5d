/* The network: the same on every path, trees always, hostile models refused. */
#include "check.h"

#include <math.h>

#include "small_net.h"

enum { WORDS = 40 };
static const char *const WORD[] = {"Envoys", "met", "in",  "Harbour", "City", ",",
                                   "and",    "the", "2nd", "talks",   "’s",   "—",
                                   "envoys", "FOE", "",    "\xff\xfe"};

static rap_slice word(uint32_t n)
{
    return rap_slice_of(WORD[n % (sizeof WORD / sizeof *WORD)]);
}

static void same_form(const char *a, const char *b)
{
    rap_form x, y;
    rap_form_read(rap_slice_of(a), &x);
    rap_form_read(rap_slice_of(b), &y);
    assert_int_equal(x.key, y.key);
}

static void
forms_that_differ_by_case_figures_or_quotation_style_share_a_key(void **state)
{
    (void)state;
    same_form("Talks", "TALKS");
    same_form("2021", "1994");
    same_form("’s", "'s");
    same_form("“", "\"");
    same_form("Zürich", "zurich");
    rap_form a, b;
    rap_form_read(RAP_LIT("talk"), &a);
    rap_form_read(RAP_LIT("walk"), &b);
    assert_int_not_equal(a.key, b.key);
    rap_form_read(RAP_LIT("\""), &a);
    rap_form_read(RAP_LIT("'"), &b);
    assert_int_not_equal(a.key, b.key);
}

static void forms_of_any_bytes_have_a_bounded_number_of_features(void **state)
{
    (void)state;
    char bytes[300];
    uint32_t seed = 7;
    for (uint32_t n = 0; n < 2000; n++) {
        const uint32_t len = small_random(&seed) % sizeof bytes;
        for (uint32_t i = 0; i < len; i++) bytes[i] = (char)small_random(&seed);
        rap_form form;
        rap_form_read((rap_slice){bytes, len}, &form);
        assert_in_range(form.features, 1, RAP_FORM_FEATURES);
        for (uint32_t i = 0; i < form.features; i++)
            assert_true(form.row[i] < RAP_FORM_ROWS);
        assert_int_not_equal(form.key, 0);
    }
}

static void products_are_the_same_on_every_path_and_near_the_exact_ones(void **state)
{
    (void)state;
    enum { ROWS = 37, COLS = 50, COUNT = 13, WIDE = 48 };
    uint32_t seed = 3;
    static int8_t weight[ROWS * COLS];
    static float scale[ROWS], x[COUNT * COLS], y[2][COUNT * WIDE], scales[COUNT];
    static uint8_t in[COUNT * 52];
    for (uint32_t i = 0; i < ROWS * COLS; i++)
        weight[i] = (int8_t)((int)(small_random(&seed) % 255) - 127);
    for (uint32_t i = 0; i < ROWS; i++) scale[i] = 0.01f;
    for (uint32_t i = 0; i < COUNT * COLS; i++)
        x[i] = (float)(small_random(&seed) % 2000) / 1000 - 1;
    rap_arena arena = RAP_ARENA(1 << 20);
    rap_matrix matrix;
    assert_true(rap_matrix_new(&arena, ROWS, COLS, weight, scale, NULL, &matrix));
    for (int path = RAP_PATH_PORTABLE; path <= (int)rap_path_best(); path++) {
        float *to = y[path > 0];
        for (uint32_t t = 0; t < COUNT; t++)
            scales[t] = rap_quantise((rap_path)path, x + t * COLS, COLS, in + t * 52);
        rap_matrix_times((rap_path)path, &matrix, COUNT, in, scales, to, WIDE);
        if (path) assert_memory_equal(y[0], y[1], sizeof y[0]);
    }
    for (uint32_t t = 0; t < COUNT; t++)
        for (uint32_t r = 0; r < ROWS; r++) {
            float exact = 0;
            for (uint32_t c = 0; c < COLS; c++)
                exact += x[t * COLS + c] * 0.01f * weight[r * COLS + c];
            assert_true(fabsf(exact - y[0][t * WIDE + r]) < 0.35f);
        }
    rap_arena_free(&arena);
}

static void units_are_the_same_on_every_path_and_follow_their_definition(void **state)
{
    (void)state;
    enum { WIDTH = 32, COUNT = 6 };
    static float u[COUNT * 3 * WIDTH], x[COUNT * WIDTH], gate[4 * WIDTH], cell[WIDTH];
    static float y[2][COUNT * WIDTH];
    uint32_t seed = 11;
    for (uint32_t i = 0; i < COUNT * 3 * WIDTH; i++)
        u[i] = (float)(small_random(&seed) % 20000) / 1000 - 10;
    for (uint32_t i = 0; i < COUNT * WIDTH; i++)
        x[i] = (float)(small_random(&seed) % 2000) / 1000 - 1;
    for (uint32_t i = 0; i < 4 * WIDTH; i++)
        gate[i] = (float)(small_random(&seed) % 2000) / 1000 - 1;
    rap_unit_run run = {.width = WIDTH,
                        .count = COUNT,
                        .backward = true,
                        .u = u,
                        .x = x,
                        .u_stride = 3 * WIDTH,
                        .x_stride = WIDTH,
                        .y_stride = WIDTH,
                        .gate = gate,
                        .cell = cell};
    for (int path = RAP_PATH_PORTABLE; path <= (int)rap_path_best(); path++) {
        run.y = y[path > 0];
        rap_unit_steps((rap_path)path, &run);
        if (path) assert_memory_equal(y[0], y[1], sizeof y[0]);
    }
    double c = 0; /* unit 5, by the definition */
    for (int t = COUNT - 1; t >= 0; t--) {
        const float *own = u + t * 3 * WIDTH + 5;
        const double f =
            1 / (1 + exp(-(own[WIDTH] + gate[5] * c + gate[2 * WIDTH + 5])));
        const double r =
            1 /
            (1 + exp(-(own[2 * WIDTH] + gate[WIDTH + 5] * c + gate[3 * WIDTH + 5])));
        c = f * c + (1 - f) * own[0];
        assert_true(fabs(r * c + (1 - r) * x[t * WIDTH + 5] - y[0][t * WIDTH + 5]) <
                    5e-5);
    }
}

/* ---- trees --------------------------------------------------------------------------- */

static tree_work tree_room(rap_arena *arena)
{
    const size_t square = (size_t)(RAP_NET_WINDOW + 1) * (RAP_NET_WINDOW + 1);
    tree_work work = {.score = rap_new(arena, float, square),
                      .weight = rap_new(arena, float, square),
                      .from = rap_new(arena, uint16_t, square),
                      .to = rap_new(arena, uint16_t, square),
                      .mark = rap_new(arena, uint16_t, 4 * (RAP_NET_WINDOW + 1))};
    assert_non_null(work.mark);
    return work;
}

static bool roots_at(const uint16_t *head, uint32_t count, uint32_t root)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = i + 1, steps = 0;
        if ((head[i] == 0) != (i == root)) return false;
        while (at && steps++ <= count) at = head[at - 1];
        if (at) return false;
    }
    return true;
}

static float sum_of(const float *score, uint32_t count, const uint16_t *head)
{
    float sum = 0;
    for (uint32_t i = 0; i < count; i++) sum += score[i * (count + 1) + head[i]];
    return sum;
}

static void the_tree_found_is_the_best_of_all_with_its_root(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1 << 21);
    tree_work work = tree_room(&arena);
    uint32_t seed = 5;
    for (uint32_t round = 0; round < 400; round++) {
        const uint32_t count = 1 + small_random(&seed) % 5;
        float score[30];
        uint16_t head[5], other[5];
        for (uint32_t i = 0; i < count * (count + 1); i++)
            score[i] = (float)(small_random(&seed) % 1000);
        net_tree(score, count, &work, head);
        uint32_t root = 0, all = 1;
        while (root < count && head[root]) root++;
        assert_true(roots_at(head, count, root));
        for (uint32_t i = 0; i < count; i++) all *= count + 1;
        for (uint32_t n = 0; n < all; n++) {
            for (uint32_t i = 0, rest = n; i < count; i++, rest /= count + 1)
                other[i] = (uint16_t)(rest % (count + 1));
            if (roots_at(other, count, root))
                assert_true(sum_of(score, count, other) <=
                            sum_of(score, count, head) + 0.01f);
        }
    }
    rap_arena_free(&arena);
}

static void the_longest_sentence_has_a_tree_whatever_the_scores(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1 << 21);
    tree_work work = tree_room(&arena);
    static float score[RAP_NET_WINDOW * (RAP_NET_WINDOW + 1)];
    uint16_t head[RAP_NET_WINDOW];
    uint32_t seed = 9;
    for (uint32_t round = 0; round < 20; round++) {
        for (size_t i = 0; i < sizeof score / sizeof *score; i++)
            score[i] = round ? (float)(small_random(&seed) % (round * 20)) : 0;
        net_tree(score, RAP_NET_WINDOW, &work, head);
        uint32_t root = 0;
        while (root < RAP_NET_WINDOW && head[root]) root++;
        assert_true(roots_at(head, RAP_NET_WINDOW, root));
    }
    rap_arena_free(&arena);
}

/* ---- whole networks ------------------------------------------------------------------- */

static void read_in(const rap_net *net, rap_net_work *work, uint32_t sentences,
                    rap_net_word *out)
{
    rap_slice form[WORDS];
    uint32_t first[WORDS + 1] = {0};
    for (uint32_t i = 0; i < WORDS; i++) form[i] = word(i * 7);
    for (uint32_t s = 0; s <= sentences; s++) first[s] = s * WORDS / sentences;
    rap_net_read(net, work, form, first, sentences, out);
}

static void a_reading_does_not_depend_on_path_cache_or_batch(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1 << 23);
    rap_model *model;
    rap_net *net;
    rap_error err;
    rap_net_word first[WORDS], again[WORDS];
    memset(first, 0, sizeof first);
    memset(again, 0, sizeof again);
    assert_int_equal(rap_model_of(small_net_bytes(1, &arena), &model, &err), RAP_OK);
    assert_int_equal(rap_net_open(model, &net, &err), RAP_OK);
    rap_net_work *work = rap_net_work_new(net);
    assert_non_null(work);
    net->path = RAP_PATH_PORTABLE;
    read_in(net, work, 4, first);
    for (uint32_t s = 0; s < 4; s++) {
        uint16_t head[WORDS / 4];
        uint32_t root = 0;
        for (uint32_t i = 0; i < WORDS / 4; i++)
            head[i] = first[s * WORDS / 4 + i].head;
        while (root < WORDS / 4 && head[root]) root++;
        assert_true(roots_at(head, WORDS / 4, root));
    }
    for (int path = 0; path <= (int)rap_path_best(); path++) {
        net->path = (rap_path)path;
        read_in(net, work, 4, again);
        assert_memory_equal(first, again, sizeof first);
    }
    rap_net_word alone[WORDS / 4];
    memset(alone, 0, sizeof alone);
    rap_slice form[WORDS / 4];
    for (uint32_t i = 0; i < WORDS / 4; i++) form[i] = word((i + WORDS / 4) * 7);
    rap_net_read(net, work, form, (uint32_t[]){0, WORDS / 4}, 1, alone);
    assert_memory_equal(alone, first + WORDS / 4, sizeof alone);
    rap_net_work_free(work);
    rap_net_close(net);
    rap_model_close(model);
    rap_arena_free(&arena);
}

static void a_name_never_continues_what_did_not_begin(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 8; seed++) {
        rap_arena arena = RAP_ARENA(1 << 23);
        rap_model *model;
        rap_net *net;
        rap_error err;
        rap_net_word out[WORDS];
        assert_int_equal(rap_model_of(small_net_bytes(seed, &arena), &model, &err),
                         RAP_OK);
        assert_int_equal(rap_net_open(model, &net, &err), RAP_OK);
        rap_net_work *work = rap_net_work_new(net);
        read_in(net, work, 2, out);
        for (uint32_t i = 0; i < WORDS; i++) {
            const uint8_t tag = out[i].label[RAP_NET_ENTITY];
            if (tag != 2 && tag != 4) continue; /* I-PER, I-LOC */
            assert_true(i != 0 && i != WORDS / 2);
            const uint8_t before = out[i - 1].label[RAP_NET_ENTITY];
            assert_true(before == tag || before == tag - 1);
        }
        rap_net_work_free(work);
        rap_net_close(net);
        rap_model_close(model);
        rap_arena_free(&arena);
    }
}

/* A model that lacks section n, or has it cut to one element, is refused by name. */
static void a_model_without_a_section_is_refused(void **state)
{
    (void)state;
    rap_arena arena = RAP_ARENA(1 << 24);
    rap_model *whole;
    rap_error err;
    assert_int_equal(rap_model_of(small_net_bytes(1, &arena), &whole, &err), RAP_OK);
    for (uint32_t skip = 0; skip < rap_model_count(whole); skip++) {
        rap_model_writer *w;
        if (strcmp(rap_model_at(whole, skip).name, RAP_MODEL_PROVENANCE) == 0) continue;
        assert_int_equal(rap_model_writer_new(&w, &err), RAP_OK);
        for (uint32_t n = 0; n < rap_model_count(whole); n++) {
            const rap_model_array a = rap_model_at(whole, n);
            if (n != skip)
                assert_int_equal(rap_model_writer_add(w, a.name, a.type, a.dims, a.dim,
                                                      a.data, &err),
                                 RAP_OK);
        }
        rap_arena other = RAP_ARENA(1 << 23);
        rap_slice bytes;
        rap_model *model;
        rap_net *net;
        assert_int_equal(rap_model_assemble(w, &other, &bytes, &err), RAP_OK);
        assert_int_equal(rap_model_of(bytes, &model, &err), RAP_OK);
        assert_int_equal(rap_net_open(model, &net, &err), RAP_E_MODEL);
        assert_null(net);
        assert_non_null(strstr(err.text, rap_model_at(whole, skip).name));
        rap_model_close(model);
        rap_arena_free(&other);
        rap_model_writer_free(w);
    }
    rap_model_close(whole);
    rap_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            forms_that_differ_by_case_figures_or_quotation_style_share_a_key),
        cmocka_unit_test(forms_of_any_bytes_have_a_bounded_number_of_features),
        cmocka_unit_test(products_are_the_same_on_every_path_and_near_the_exact_ones),
        cmocka_unit_test(units_are_the_same_on_every_path_and_follow_their_definition),
        cmocka_unit_test(the_tree_found_is_the_best_of_all_with_its_root),
        cmocka_unit_test(the_longest_sentence_has_a_tree_whatever_the_scores),
        cmocka_unit_test(a_reading_does_not_depend_on_path_cache_or_batch),
        cmocka_unit_test(a_name_never_continues_what_did_not_begin),
        cmocka_unit_test(a_model_without_a_section_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
