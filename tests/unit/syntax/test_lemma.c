/* The lemmatiser on a model of a few words, and models that must be refused. */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "syntax_lemma.h"

enum { NN, NNS, NNP, VBG, TAGS, CLASSES = TAGS };
enum { AS_IT_IS, NO_S, NO_ING, E_FOR_ING, Y_FOR_IES, MOUSE, POLE, SCRIPTS };
enum { LIST_SAME, LIST_S, LIST_ING, LIST_IES, LISTS };
enum { KEYS = 16, STARTS = 3 };

typedef struct parts { /* arrays of a table of one bit */
    uint32_t key[KEYS], start[STARTS];
    uint16_t value[KEYS];
    uint32_t count;
} parts;

typedef struct sample { /* a model that may be written to */
    uint8_t class_of[RAP_UPOS_COUNT][TAGS + 1];
    uint8_t cases[CLASSES][LEMMA_SHAPES][LEMMA_HABITS];
    uint8_t script_case[SCRIPTS], script_strip[SCRIPTS];
    uint32_t script_off[SCRIPTS], add_start[SCRIPTS + 1];
    uint16_t list[LISTS][LEMMA_CHOICES];
    parts words, endings, common;
    lemma_model model;
} sample;

static uint64_t hash_of(const char *word)
{
    uint64_t hash = 0;
    for (size_t i = strlen(word); i-- > 0;) hash = lemma_hash(hash, (uint8_t)word[i]);
    return hash;
}

static void put(parts *table, uint32_t key, uint32_t value)
{
    uint32_t at = table->count++;
    assert_true(at < KEYS);
    for (; at > 0 && table->key[at - 1] > key; at--) {
        table->key[at] = table->key[at - 1];
        table->value[at] = table->value[at - 1];
    }
    table->key[at] = key;
    table->value[at] = (uint16_t)value;
}

static lemma_table table_of(parts *table, bool values)
{
    table->start[0] = table->start[1] = 0;
    table->start[2] = table->count;
    while (table->start[1] < table->count && table->key[table->start[1]] < 1u << 31)
        table->start[1]++;
    return (lemma_table){table->key, table->start, values ? table->value : NULL,
                         table->count, 1};
}

static void make_scripts(sample *s)
{
    static const struct {
        uint8_t from, strip;
        const char *off, *add;
    } rows[SCRIPTS] = {[AS_IT_IS] = {LEMMA_BY_TABLE, 0, "", ""},
                       [NO_S] = {LEMMA_BY_TABLE, 1, "s", ""},
                       [NO_ING] = {LEMMA_BY_TABLE, 3, "ing", ""},
                       [E_FOR_ING] = {LEMMA_BY_TABLE, 3, "ing", "e"},
                       [Y_FOR_IES] = {LEMMA_BY_TABLE, 3, "ies", "y"},
                       [MOUSE] = {LEMMA_BY_TABLE, 3, "ice", "ouse"},
                       [POLE] = {LEMMA_KEPT, 1, "s", ""}};
    static const char add[] = "eyouse";
    uint32_t at = 0;
    for (uint32_t i = 0; i < SCRIPTS; i++) {
        s->script_case[i] = rows[i].from;
        s->script_strip[i] = rows[i].strip;
        s->script_off[i] = lemma_off_hash(hash_of(rows[i].off));
        s->add_start[i] = at;
        at += (uint32_t)strlen(rows[i].add);
    }
    s->add_start[SCRIPTS] = at;
    s->model.add = (rap_slice){add, at};
    const uint16_t none = LEMMA_NO_SCRIPT;
    const uint16_t lists[LISTS][LEMMA_CHOICES] = {
        [LIST_SAME] = {AS_IT_IS, none, none, none},
        [LIST_S] = {NO_S, AS_IT_IS, none, none},
        [LIST_ING] = {NO_ING, E_FOR_ING, none, none},
        [LIST_IES] = {Y_FOR_IES, NO_S, none, none}};
    memcpy(s->list, lists, sizeof lists);
}

static void make_tables(sample *s)
{
    put(&s->endings, lemma_ending_key(hash_of(""), NN), LIST_SAME);
    put(&s->endings, lemma_ending_key(hash_of(""), NNP), LIST_SAME);
    put(&s->endings, lemma_ending_key(hash_of(""), VBG), LIST_ING);
    put(&s->endings, lemma_ending_key(hash_of(""), NNS), LIST_S);
    put(&s->endings, lemma_ending_key(hash_of("s"), NNS), LIST_S);
    put(&s->endings, lemma_ending_key(hash_of("es"), NNS), LIST_S);
    put(&s->endings, lemma_ending_key(hash_of("ies"), NNS), LIST_IES);
    put(&s->words, lemma_word_key(hash_of("mice"), NNS), MOUSE);
    put(&s->words, lemma_word_key(hash_of("poles"), NNS), NO_S | LEMMA_HAS_WRITINGS);
    put(&s->words, lemma_writing_key(hash_of("poles"), NNS, LEMMA_TITLE), POLE);
    put(&s->common, lemma_common_key(hash_of("hope")) | LEMMA_COMMON, 0);
    put(&s->common, lemma_common_key(hash_of("jump")) | LEMMA_COMMON, 0);
    put(&s->common, lemma_common_key(hash_of("veldan")) | LEMMA_NAME, 0);
    s->model.words = table_of(&s->words, true);
    s->model.endings = table_of(&s->endings, true);
    s->model.common = table_of(&s->common, false);
}

static sample *made(void)
{
    static sample s;
    s = (sample){0};
    for (uint32_t u = 0; u < RAP_UPOS_COUNT; u++)
        for (uint8_t g = 0; g <= TAGS; g++) s.class_of[u][g] = g < TAGS ? g : NN;
    s.class_of[RAP_VERB][TAGS] = VBG;
    for (uint32_t c = 0; c < CLASSES; c++)
        for (uint32_t shape = 0; shape < LEMMA_SHAPES; shape++)
            for (uint32_t h = 0; h < LEMMA_HABITS; h++)
                s.cases[c][shape][h] =
                    c == NNP || h == LEMMA_NAME ? LEMMA_KEPT : LEMMA_FOLDED;
    s.cases[NNP][LEMMA_LOWER][LEMMA_NAME] = LEMMA_TITLED;
    make_scripts(&s);
    make_tables(&s);
    s.model.tags = TAGS;
    s.model.tag_names = RAP_LIT("NN\nNNS\nNNP\nVBG\n");
    s.model.classes = CLASSES;
    s.model.scripts = SCRIPTS;
    s.model.lists = LISTS;
    s.model.class_of = s.class_of[0];
    s.model.cases = s.cases[0][0];
    s.model.script_case = s.script_case;
    s.model.script_strip = s.script_strip;
    s.model.script_off = s.script_off;
    s.model.add_start = s.add_start;
    s.model.list = s.list[0];
    assert_int_equal(lemma_check(&s.model, NULL), RAP_OK);
    return &s;
}

static void check_lemma(const lemma_model *model, const char *form, uint32_t tag,
                        const char *lemma)
{
    char out[LEMMA_BYTES + 1];
    const uint32_t len =
        lemma_of(model, rap_slice_of(form), RAP_NOUN, tag, out, LEMMA_BYTES);
    out[len] = 0;
    assert_string_equal(out, lemma);
}

/* ---- lemmas -------------------------------------------------------------------- */
static void the_longest_known_ending_decides(void **state)
{
    (void)state;
    const lemma_model *model = &made()->model;
    check_lemma(model, "envoys", NNS, "envoy");
    check_lemma(model, "treaties", NNS, "treaty");
    check_lemma(model, "deer", NNS, "deer"); /* nothing to take off */
    check_lemma(model, "envoy", NN, "envoy");
}

static void of_two_lemmas_the_common_word_is_taken(void **state)
{
    (void)state;
    const lemma_model *model = &made()->model;
    check_lemma(model, "hoping", VBG, "hope");
    check_lemma(model, "jumping", VBG, "jump");
    check_lemma(model, "zorping", VBG, "zorp"); /* none is known: the likelier */
}

static void a_listed_word_goes_before_its_ending(void **state)
{
    (void)state;
    const lemma_model *model = &made()->model;
    check_lemma(model, "mice", NNS, "mouse");
    check_lemma(model, "poles", NNS, "pole");
    check_lemma(model, "Poles", NNS, "Pole");
    check_lemma(model, "POLES", NNS, "pole");
}

static void capitals_go_unless_the_word_is_a_name(void **state)
{
    (void)state;
    const lemma_model *model = &made()->model;
    check_lemma(model, "Treaties", NNS, "treaty");
    check_lemma(model, "TREATIES", NNS, "treaty");
    check_lemma(model, "Veldans", NNS, "Veldan");
    check_lemma(model, "Orlo", NNP, "Orlo");
    check_lemma(model, "veldan", NNP, "Veldan");
    check_lemma(model, "\xC3\x89toile", NN, "\xC3\xA9toile");
}

static void apostrophes_and_grouped_figures_are_made_plain(void **state)
{
    (void)state;
    const lemma_model *model = &made()->model;
    check_lemma(model,
                "o\xE2\x80\x99"
                "clock",
                NN, "o'clock");
    check_lemma(model, "12,500", NN, "12500");
    check_lemma(model, "12,500", NNP, "12,500");
}

static void an_unknown_tag_is_read_by_its_part_of_speech(void **state)
{
    (void)state;
    const lemma_model *model = &made()->model;
    assert_int_equal(lemma_tag(model, RAP_LIT("NNP")), NNP);
    assert_int_equal(lemma_tag(model, RAP_LIT("QQ")), TAGS);
    char out[LEMMA_BYTES];
    const uint32_t len = lemma_of(model, RAP_LIT("hoping"), RAP_VERB,
                                  lemma_tag(model, RAP_LIT("QQ")), out, sizeof out);
    assert_true(rap_slice_is((rap_slice){out, len}, "hope"));
}

static void what_cannot_be_read_is_its_own_lemma(void **state)
{
    (void)state;
    const lemma_model *model = &made()->model;
    check_lemma(model, "", NN, "");
    check_lemma(model, "Bad\xFF\xC3", NNS, "Bad\xFF\xC3");
    char longest[LEMMA_CHARS + 2];
    memset(longest, 'A', sizeof longest - 1);
    longest[sizeof longest - 1] = 0;
    check_lemma(model, longest, NN, longest);
    check_lemma(model, "s", NNS, "s"); /* nothing would be left */
}

static void a_lemma_without_room_is_nothing(void **state)
{
    (void)state;
    const lemma_model *model = &made()->model;
    char out[LEMMA_BYTES];
    for (uint32_t room = 0; room < 5; room++)
        assert_int_equal(lemma_of(model, RAP_LIT("mice"), RAP_NOUN, NNS, out, room), 0);
    assert_int_equal(lemma_of(model, RAP_LIT("\xFF\xFF"), RAP_NOUN, NN, out, 1), 0);
}

static void any_bytes_stay_in_their_room(void **state)
{
    (void)state;
    const lemma_model *model = &made()->model;
    uint32_t random = 1;
    for (uint32_t round = 0; round < 20000; round++) {
        char bytes[64], out[64], again[64];
        random = random * 1664525u + 1013904223u;
        const uint32_t len = random >> 26, room = (random >> 20) & 63;
        for (uint32_t i = 0; i < len; i++) {
            random = random * 1664525u + 1013904223u;
            bytes[i] = (char)(random >> (round % 2 ? 24 : 25));
        }
        const rap_slice form = {bytes, len};
        const rap_upos upos = (rap_upos)(random % RAP_UPOS_COUNT);
        const uint32_t tag = (random >> 8) % (TAGS + 2);
        const uint32_t got = lemma_of(model, form, upos, tag, out, room);
        assert_true(got <= room);
        assert_int_equal(lemma_of(model, form, upos, tag, again, room), got);
        assert_memory_equal(out, again, got);
    }
}

/* ---- models -------------------------------------------------------------------- */
typedef struct section {
    const char *name;
    rap_model_type type;
    uint32_t dims, dim[3];
    const void *data;
} section;
enum { SECTIONS = 16 };

static void list_sections(const sample *s, section out[SECTIONS])
{
    const lemma_model *m = &s->model;
    const section all[SECTIONS] = {
        {"lemma.tags", RAP_MODEL_U8, 1, {m->tag_names.len}, m->tag_names.at},
        {"lemma.script.add", RAP_MODEL_U8, 1, {m->add.len}, m->add.at},
        {"lemma.class", RAP_MODEL_U8, 2, {RAP_UPOS_COUNT, TAGS + 1}, s->class_of},
        {"lemma.case",
         RAP_MODEL_U8,
         3,
         {CLASSES, LEMMA_SHAPES, LEMMA_HABITS},
         s->cases},
        {"lemma.script.case", RAP_MODEL_U8, 1, {SCRIPTS}, s->script_case},
        {"lemma.script.strip", RAP_MODEL_U8, 1, {SCRIPTS}, s->script_strip},
        {"lemma.script.off", RAP_MODEL_U32, 1, {SCRIPTS}, s->script_off},
        {"lemma.script.start", RAP_MODEL_U32, 1, {SCRIPTS + 1}, s->add_start},
        {"lemma.list", RAP_MODEL_U16, 2, {LISTS, LEMMA_CHOICES}, s->list},
        {"lemma.words.key", RAP_MODEL_U32, 1, {s->words.count}, s->words.key},
        {"lemma.words.start", RAP_MODEL_U32, 1, {STARTS}, s->words.start},
        {"lemma.words.script", RAP_MODEL_U16, 1, {s->words.count}, s->words.value},
        {"lemma.endings.key", RAP_MODEL_U32, 1, {s->endings.count}, s->endings.key},
        {"lemma.endings.start", RAP_MODEL_U32, 1, {STARTS}, s->endings.start},
        {"lemma.endings.list", RAP_MODEL_U16, 1, {s->endings.count}, s->endings.value},
        {"lemma.common.key", RAP_MODEL_U32, 1, {s->common.count}, s->common.key}};
    memcpy(out, all, sizeof all);
}

/* Write the sections but number `without`; section `shorter` lacks its last row. */
static rap_model *opened(const sample *s, uint32_t without, uint32_t shorter)
{
    section sections[SECTIONS];
    list_sections(s, sections);
    rap_model_writer *writer;
    rap_model *model;
    assert_int_equal(rap_model_writer_new(&writer, NULL), RAP_OK);
    assert_int_equal(rap_model_writer_text(writer, RAP_MODEL_PROVENANCE,
                                           RAP_LIT("licence\tApache-2.0\n"), NULL),
                     RAP_OK);
    for (uint32_t i = 0; i < SECTIONS; i++) {
        section *is = &sections[i];
        if (i == without) continue;
        if (i == shorter) is->dim[0]--;
        assert_int_equal(rap_model_writer_add(writer, is->name, is->type, is->dims,
                                              is->dim, is->data, NULL),
                         RAP_OK);
    }
    const uint32_t starts[] = {STARTS};
    assert_int_equal(rap_model_writer_add(writer, "lemma.common.start", RAP_MODEL_U32,
                                          1, starts, s->common.start, NULL),
                     RAP_OK);
    char path[] = "/tmp/rap-lemma-XXXXXX";
    const int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    assert_int_equal(rap_model_writer_save(writer, path, NULL), RAP_OK);
    rap_model_writer_free(writer);
    assert_int_equal(rap_model_open(path, &model, NULL), RAP_OK);
    assert_int_equal(unlink(path), 0);
    return model;
}

static void a_model_from_a_file_gives_the_same_lemmas(void **state)
{
    (void)state;
    rap_model *file = opened(made(), RAP_NONE, RAP_NONE);
    lemma_model model;
    assert_int_equal(lemma_open(file, &model, NULL), RAP_OK);
    check_lemma(&model, "Treaties", NNS, "treaty");
    check_lemma(&model, "Poles", NNS, "Pole");
    check_lemma(&model, "hoping", lemma_tag(&model, RAP_LIT("VBG")), "hope");
    rap_model_close(file);
}

static void a_section_that_is_missing_or_short_is_refused(void **state)
{
    (void)state;
    const sample *s = made();
    for (uint32_t i = 0; i < 2 * SECTIONS; i++) {
        const bool missing = i < SECTIONS;
        rap_model *file =
            opened(s, missing ? i : RAP_NONE, missing ? RAP_NONE : i - SECTIONS);
        lemma_model model;
        rap_error err = {0};
        const rap_status status = lemma_open(file, &model, &err);
        /* A shorter list of keys alone, or of lists, can still be sound. */
        if (status == RAP_OK)
            assert_false(missing);
        else {
            assert_int_equal(status, RAP_E_MODEL);
            assert_true(err.text[0] != 0);
            assert_int_equal(model.tags, 0);
        }
        rap_model_close(file);
    }
}

static void check_refused(const sample *s)
{
    rap_error err = {0};
    assert_int_equal(lemma_check(&s->model, &err), RAP_E_MODEL);
    assert_string_equal(err.code, "lemma");
}

static void an_index_that_points_outside_is_refused(void **state)
{
    (void)state;
    sample *s = made();
    s->class_of[RAP_X][TAGS] = CLASSES;
    check_refused(s);
    s = made();
    s->cases[CLASSES - 1][0][3] = LEMMA_CASES;
    check_refused(s);
    s = made();
    s->script_case[POLE] = LEMMA_BY_TABLE + 1;
    check_refused(s);
    s = made();
    s->add_start[2] = 100;
    check_refused(s);
    s = made();
    s->list[LIST_ING][1] = SCRIPTS;
    check_refused(s);
    s = made();
    s->list[LIST_SAME][0] = LEMMA_NO_SCRIPT;
    check_refused(s);
    s = made();
    s->words.value[0] = SCRIPTS;
    check_refused(s);
    s = made();
    s->endings.value[1] = LISTS;
    check_refused(s);
    s = made();
    s->common.start[1] = 99;
    check_refused(s);
    s = made();
    s->model.words.bits = 0;
    check_refused(s);
    s = made();
    s->model.add = RAP_LIT("ey\xFFuse");
    check_refused(s);
}

/* Whatever bytes a model holds: it is refused, or it works. */
static void a_model_of_any_bytes_is_refused_or_works(void **state)
{
    (void)state;
    uint32_t random = 7;
    for (uint32_t round = 0; round < 20000; round++) {
        sample *s = made();
        const size_t arrays = offsetof(sample, model);
        for (uint32_t n = 0; n < 3; n++) {
            random = random * 1664525u + 1013904223u;
            ((uint8_t *)s)[(random >> 8) % arrays] ^= (uint8_t)(1u << (random >> 29));
        }
        if (lemma_check(&s->model, NULL) != RAP_OK) continue;
        static const char *const forms[] = {"treaties", "Hoping", "12,500", "mice"};
        char out[LEMMA_BYTES];
        for (uint32_t i = 0; i < 4; i++)
            for (uint32_t tag = 0; tag <= TAGS; tag++)
                assert_true(lemma_of(&s->model, rap_slice_of(forms[i]), RAP_NOUN, tag,
                                     out, sizeof out) > 0);
    }
}

static void folding_twice_is_folding_once(void **state)
{
    (void)state;
    static const char *const forms[] = {"Veldan\xE2\x80\x99s", "\xC3\x89toile", "1,200",
                                        "A-B"};
    for (uint32_t i = 0; i < 4; i++) {
        char once[LEMMA_BYTES], twice[LEMMA_BYTES];
        const uint32_t len = lemma_fold(rap_slice_of(forms[i]), once);
        assert_true(len > 0);
        assert_int_equal(lemma_fold((rap_slice){once, len}, twice), len);
        assert_memory_equal(once, twice, len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_known_ending_decides),
        cmocka_unit_test(of_two_lemmas_the_common_word_is_taken),
        cmocka_unit_test(a_listed_word_goes_before_its_ending),
        cmocka_unit_test(capitals_go_unless_the_word_is_a_name),
        cmocka_unit_test(apostrophes_and_grouped_figures_are_made_plain),
        cmocka_unit_test(an_unknown_tag_is_read_by_its_part_of_speech),
        cmocka_unit_test(what_cannot_be_read_is_its_own_lemma),
        cmocka_unit_test(a_lemma_without_room_is_nothing),
        cmocka_unit_test(any_bytes_stay_in_their_room),
        cmocka_unit_test(a_model_from_a_file_gives_the_same_lemmas),
        cmocka_unit_test(a_section_that_is_missing_or_short_is_refused),
        cmocka_unit_test(an_index_that_points_outside_is_refused),
        cmocka_unit_test(a_model_of_any_bytes_is_refused_or_works),
        cmocka_unit_test(folding_twice_is_folding_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
