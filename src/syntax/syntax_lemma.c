/*
 * syntax_lemma.c - the trained lemmatiser; see syntax_lemma.h.
 *
 * Reads   lemma_model.  Writes  lemmas.
 * Method  docs/method/lemma.md.
 * Cost    a known word: two or three look-ups; another: one for each character of its
 *         longest known ending and one for each lemma that this ending offers.
 */
#include "syntax_lemma.h"

#include <string.h>

#include "text.h"

enum { SCRIPT_BITS = LEMMA_HAS_WRITINGS - 1 };

/* ---- forms --------------------------------------------------------------------- */
static bool is_apostrophe(uint32_t c)
{
    const rap_quote quote = c < 0x80 ? RAP_QUOTE_NONE : rap_quote_of(c);
    return quote == RAP_QUOTE_SINGLE || quote == RAP_QUOTE_SINGLE_OPEN ||
           quote == RAP_QUOTE_SINGLE_CLOSE;
}

typedef struct capitals {
    uint32_t letters, upper, digits, commas;
    bool first; /* the first letter is a capital */
} capitals;

static void count_capital(capitals *seen, uint32_t c)
{
    if (rap_is_letter(c)) {
        const bool upper = rap_is_upper(c);
        seen->first |= seen->letters == 0 && upper;
        seen->letters++;
        seen->upper += upper;
    } else {
        seen->digits += rap_is_digit(c);
        seen->commas += c == ',';
    }
}

static lemma_shape shape_of(const capitals *seen)
{
    if (seen->letters == 0 && seen->digits > 0 && seen->commas > 0)
        return LEMMA_GROUPED;
    if (seen->upper == 0) return LEMMA_LOWER;
    if (seen->upper == seen->letters && seen->letters == 1) return LEMMA_SINGLE;
    if (seen->upper == seen->letters)
        return seen->letters <= 3 ? LEMMA_SHORT : LEMMA_UPPER;
    return seen->first && seen->upper == 1 ? LEMMA_TITLE : LEMMA_MIXED;
}

bool lemma_read(rap_slice form, lemma_form *out)
{
    capitals seen = {0};
    uint32_t n = 0;
    for (uint32_t at = 0; at < form.len; n++) {
        if (n == LEMMA_CHARS) return false;
        const uint32_t c = rap_utf8_next(form, &at);
        if (c == RAP_BAD_CHAR) return false;
        out->written[n] = c;
        out->folded[n] = is_apostrophe(c) ? '\'' : rap_lower(c);
        count_capital(&seen, c);
    }
    out->written_count = out->folded_count = n;
    out->shape = shape_of(&seen);
    if (out->shape != LEMMA_GROUPED) return true;

    out->folded_count = 0;
    for (uint32_t i = 0; i < n; i++)
        if (out->written[i] != ',') out->folded[out->folded_count++] = out->written[i];
    return true;
}

uint32_t lemma_fold(rap_slice s, char *out)
{
    lemma_form form;
    if (!lemma_read(s, &form)) return 0;
    uint32_t len = 0;
    for (uint32_t i = 0; i < form.folded_count; i++)
        len += rap_utf8_put(form.folded[i], out + len);
    assert(len <= LEMMA_BYTES);
    return len;
}

/* ---- tables -------------------------------------------------------------------- */
/* Each kind of entry has its own salt: one word hash serves all tables. */
static uint32_t finish(uint64_t hash, uint32_t salt)
{
    uint64_t x = hash ^ ((uint64_t)salt + 1) * UINT64_C(0xD6E8FEB86659FD93);
    x = (x ^ x >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    x = (x ^ x >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(x >> 32) & ~3u;
}

uint32_t lemma_word_key(uint64_t hash, uint32_t of_class)
{
    return finish(hash, of_class);
}

uint32_t lemma_writing_key(uint64_t hash, uint32_t of_class, lemma_shape shape)
{
    return finish(hash, of_class | ((uint32_t)shape + 1) << 8);
}

uint32_t lemma_ending_key(uint64_t hash, uint32_t of_class)
{
    return finish(hash, of_class | 1u << 16);
}

uint32_t lemma_common_key(uint64_t hash)
{
    return finish(hash, 1u << 17);
}

static uint32_t find(const lemma_table *table, uint32_t key)
{
    const uint32_t *start = table->start + (key >> (32 - table->bits));
    for (uint32_t i = start[0]; i < start[1]; i++)
        if ((table->key[i] & ~3u) == key) return i;
    return RAP_NONE;
}

lemma_habit lemma_habit_of(const lemma_model *model, uint64_t hash)
{
    const uint32_t at = find(&model->common, lemma_common_key(hash));
    return at == RAP_NONE ? LEMMA_UNSEEN : (lemma_habit)(model->common.key[at] & 3u);
}

/* ---- lemmas -------------------------------------------------------------------- */
typedef struct query { /* a word under way */
    const lemma_model *model;
    rap_slice bytes;
    lemma_form form;
    uint32_t of_class;
    uint64_t hash[LEMMA_CHARS + 1]; /* [folded_count + 1] of the last n characters */
} query;

static rap_slice addition(const lemma_model *model, uint32_t script)
{
    return rap_slice_sub(model->add, model->add_start[script],
                         model->add_start[script + 1]);
}

/* The hash of the folded lemma that a script would make; false if it makes none. */
static bool hash_made(const query *q, uint32_t script, uint64_t *hash)
{
    const uint32_t strip = q->model->script_strip[script];
    if (strip > q->form.folded_count) return false;
    const rap_slice add = addition(q->model, script);
    *hash = 0;
    for (uint32_t at = add.len; at > 0;)
        *hash = lemma_hash(*hash, rap_utf8_back(add, &at));
    for (uint32_t i = q->form.folded_count - strip; i-- > 0;)
        *hash = lemma_hash(*hash, q->form.folded[i]);
    return true;
}

/* Where the text does not have the form, what it says of the lemma tells as much. */
static lemma_case case_by_table(const query *q, uint32_t script)
{
    const uint8_t *rule =
        q->model->cases +
        ((size_t)q->of_class * LEMMA_SHAPES + (size_t)q->form.shape) * LEMMA_HABITS;
    if (rule[0] == rule[1] && rule[0] == rule[2] && rule[0] == rule[3])
        return (lemma_case)rule[0];
    uint64_t hash = q->hash[q->form.folded_count];
    lemma_habit habit = lemma_habit_of(q->model, hash);
    if (habit == LEMMA_UNSEEN && hash_made(q, script, &hash))
        habit = lemma_habit_of(q->model, hash);
    return (lemma_case)rule[habit];
}

/* A first capital for letters that the form does not show as one: ASCII alone, for want of
 * a table of upper case; others stay. */
static uint32_t capital(const lemma_form *form)
{
    const uint32_t c = form->written[0];
    return c >= 'a' && c <= 'z' ? c - 32 : c;
}

/* The form as it stands, or 0 if there is no room for it. */
static uint32_t itself(rap_slice form, char *out, uint32_t room)
{
    if (form.len > room) return 0;
    if (form.len > 0) memcpy(out, form.at, form.len);
    return form.len;
}

/* Capitals stay capitals in what is added ("PARTIES", kept: "PARTY"). */
static void raise(char *at, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++)
        if (at[i] >= 'a' && at[i] <= 'z') at[i] = (char)(at[i] - 32);
}

static uint32_t apply(const query *q, uint32_t script, char *out, uint32_t room)
{
    const lemma_form *form = &q->form;
    const bool by_table = q->model->script_case[script] == LEMMA_BY_TABLE;
    const lemma_case rule =
        by_table ? case_by_table(q, script) : (lemma_case)q->model->script_case[script];
    const uint32_t *from = rule == LEMMA_KEPT ? form->written : form->folded;
    const uint32_t count =
        rule == LEMMA_KEPT ? form->written_count : form->folded_count;
    const uint32_t strip = q->model->script_strip[script];
    if (strip > count) return itself(q->bytes, out, room);

    uint32_t len = 0;
    for (uint32_t i = 0; i + strip < count; i++) {
        if (room - len < 4) return 0;
        const uint32_t c = i == 0 && rule == LEMMA_TITLED ? capital(form) : from[i];
        len += rap_utf8_put(c, out + len);
    }
    const rap_slice add = addition(q->model, script);
    if (add.len > room - len) return 0;
    if (add.len > 0) memcpy(out + len, add.at, add.len);
    const bool shouted = form->shape == LEMMA_SHORT || form->shape == LEMMA_UPPER;
    if (by_table && rule == LEMMA_KEPT && shouted) raise(out + len, add.len);
    len += add.len;
    return len > 0 ? len : itself(q->bytes, out, room);
}

/* Does the lemma that a script would make occur as a common word? */
static bool makes_a_word(const query *q, uint32_t script)
{
    uint64_t hash;
    return hash_made(q, script, &hash) &&
           lemma_habit_of(q->model, hash) == LEMMA_COMMON;
}

static bool takes_off_what_is_there(const query *q, uint32_t script)
{
    const uint32_t strip = q->model->script_strip[script];
    return strip <= q->form.folded_count &&
           lemma_off_hash(q->hash[strip]) == q->model->script_off[script];
}

/* The likeliest script that makes another common word, else the likeliest. */
static uint32_t script_by_ending(const query *q)
{
    const lemma_table *endings = &q->model->endings;
    uint32_t list = RAP_NONE;
    for (uint32_t n = 0; n <= q->form.folded_count && n <= LEMMA_ENDING; n++) {
        const uint32_t at = find(endings, lemma_ending_key(q->hash[n], q->of_class));
        if (at == RAP_NONE) break;
        list = endings->value[at];
    }
    if (list == RAP_NONE) return LEMMA_AS_IT_IS;

    const uint16_t *offer = q->model->list + (size_t)list * LEMMA_CHOICES;
    const bool alone = offer[1] == LEMMA_NO_SCRIPT;
    uint32_t first = LEMMA_NO_SCRIPT;
    for (uint32_t i = 0; i < LEMMA_CHOICES && offer[i] != LEMMA_NO_SCRIPT; i++) {
        if (!takes_off_what_is_there(q, offer[i])) continue;
        /* That a plural is a word says nothing for leaving it as it is. */
        const bool checked = offer[i] != LEMMA_AS_IT_IS && makes_a_word(q, offer[i]);
        if (alone || checked) return offer[i];
        if (first == LEMMA_NO_SCRIPT) first = offer[i];
    }
    return first == LEMMA_NO_SCRIPT ? LEMMA_AS_IT_IS : first;
}

static uint32_t script_of(const query *q)
{
    const lemma_table *words = &q->model->words;
    const uint64_t hash = q->hash[q->form.folded_count];
    const uint32_t at = find(words, lemma_word_key(hash, q->of_class));
    if (at == RAP_NONE) return script_by_ending(q);
    if (words->value[at] & LEMMA_HAS_WRITINGS) {
        const uint32_t key = lemma_writing_key(hash, q->of_class, q->form.shape);
        const uint32_t written = find(words, key);
        if (written != RAP_NONE) return words->value[written] & SCRIPT_BITS;
    }
    return words->value[at] & SCRIPT_BITS;
}

uint32_t lemma_of(const lemma_model *model, rap_slice form, rap_upos upos, uint32_t tag,
                  char *out, uint32_t room)
{
    assert(upos < RAP_UPOS_COUNT);
    query q;
    q.model = model;
    q.bytes = form;
    if (form.len == 0 || !lemma_read(form, &q.form)) return itself(form, out, room);
    const uint32_t column = tag < model->tags ? tag : model->tags;
    q.of_class = model->class_of[(size_t)upos * (model->tags + 1) + column];

    const uint32_t n = q.form.folded_count;
    q.hash[0] = 0;
    for (uint32_t i = 0; i < n; i++)
        q.hash[i + 1] = lemma_hash(q.hash[i], q.form.folded[n - 1 - i]);
    return apply(&q, script_of(&q), out, room);
}

uint32_t lemma_tag(const lemma_model *model, rap_slice name)
{
    rap_slice names = model->tag_names, line;
    for (uint32_t n = 0; n < model->tags && rap_split_next(&names, '\n', &line); n++)
        if (rap_slice_equal(line, name)) return n;
    return model->tags;
}

/* ---- opening ------------------------------------------------------------------- */
static rap_status unusable(const char *what, rap_error *err)
{
    return rap_fail_as(err, RAP_E_MODEL, "lemma", 0,
                       "the model's lemma.%s does not fit the rest of it", what);
}

/* Are all of at[count] below `limit`? */
static bool all_below(const uint8_t *at, size_t count, uint32_t limit)
{
    for (size_t i = 0; i < count; i++)
        if (at[i] >= limit) return false;
    return true;
}

/* Never falling, from 0 to `last`. */
static bool is_rising(const uint32_t *at, uint32_t count, uint32_t last)
{
    if (at[0] != 0 || at[count - 1] != last) return false;
    for (uint32_t i = 1; i < count; i++)
        if (at[i] < at[i - 1]) return false;
    return true;
}

/* `mask`: the bits of a value that are an index. */
static bool check_table(const lemma_table *table, uint32_t mask, uint32_t values)
{
    if (table->bits < 1 || table->bits > 24) return false;
    if (!is_rising(table->start, (1u << table->bits) + 1, table->count)) return false;
    for (uint32_t i = 0; table->value && i < table->count; i++)
        if ((table->value[i] & mask) >= values) return false;
    return true;
}

static bool check_lists(const lemma_model *model)
{
    for (size_t i = 0; i < (size_t)model->lists * LEMMA_CHOICES; i++) {
        const uint16_t script = model->list[i];
        if (script == LEMMA_NO_SCRIPT ? i % LEMMA_CHOICES == 0
                                      : script >= model->scripts)
            return false;
    }
    return true;
}

rap_status lemma_check(const lemma_model *model, rap_error *err)
{
    if (model->classes < 1 || model->classes > 256 || model->tags > 254 ||
        !all_below(model->class_of, (size_t)RAP_UPOS_COUNT * (model->tags + 1),
                   model->classes))
        return unusable("class", err);
    if (!all_below(model->cases, (size_t)model->classes * LEMMA_SHAPES * LEMMA_HABITS,
                   LEMMA_CASES))
        return unusable("case", err);
    if (model->scripts < 1 || model->scripts > LEMMA_HAS_WRITINGS ||
        !all_below(model->script_case, model->scripts, LEMMA_BY_TABLE + 1) ||
        !is_rising(model->add_start, model->scripts + 1, model->add.len))
        return unusable("script", err);
    if (rap_utf8_bad(model->add) < model->add.len) return unusable("add", err);
    if (model->lists > LEMMA_HAS_WRITINGS || !check_lists(model))
        return unusable("list", err);
    if (!check_table(&model->words, SCRIPT_BITS, model->scripts))
        return unusable("words", err);
    if (!check_table(&model->endings, UINT16_MAX, model->lists))
        return unusable("endings", err);
    if (!check_table(&model->common, 0, 0)) return unusable("common", err);
    return RAP_OK;
}

/* One array of a model on the way into a lemma_model. */
typedef struct opening {
    const rap_model *model;
    rap_error *err;
    rap_status status;
} opening;

static rap_model_array get(opening *open, const char *name, rap_model_type type,
                           uint32_t dims)
{
    rap_model_array array = {0};
    if (open->status == RAP_OK)
        open->status =
            rap_model_array_get(open->model, name, type, dims, &array, open->err);
    return array;
}

/* The same with a size that must be met. */
static rap_model_array get_sized(opening *open, const char *name, rap_model_type type,
                                 uint32_t dims, size_t count)
{
    const rap_model_array array = get(open, name, type, dims);
    if (open->status == RAP_OK && array.count != count)
        open->status =
            rap_fail_as(open->err, RAP_E_MODEL, "lemma", 0,
                        "%s has %zu elements instead of %zu", name, array.count, count);
    return array;
}

static rap_slice get_text(opening *open, const char *name)
{
    rap_slice text = {0};
    if (open->status == RAP_OK)
        open->status = rap_model_text_get(open->model, name, &text, open->err);
    return text;
}

/* `values` may be NULL: a table of keys alone. */
static lemma_table get_table(opening *open, const char *keys, const char *starts,
                             const char *values)
{
    lemma_table table = {0};
    const rap_model_array key = get(open, keys, RAP_MODEL_U32, 1);
    const rap_model_array start = get(open, starts, RAP_MODEL_U32, 1);
    if (open->status != RAP_OK) return table;
    table.key = key.data;
    table.start = start.data;
    table.count = key.dim[0];
    while (table.bits < 24 && ((size_t)1 << table.bits) + 1 < start.count) table.bits++;
    if (((size_t)1 << table.bits) + 1 != start.count)
        open->status = unusable(starts + sizeof "lemma", open->err);
    if (values)
        table.value = get_sized(open, values, RAP_MODEL_U16, 1, table.count).data;
    return table;
}

static uint32_t count_lines(rap_slice text)
{
    uint32_t lines = 0;
    for (uint32_t i = 0; i < text.len; i++) lines += text.at[i] == '\n';
    return lines;
}

rap_status lemma_open(const rap_model *model, lemma_model *out, rap_error *err)
{
    *out = (lemma_model){0};
    opening open = {model, err, RAP_OK};
    lemma_model made = {0};
    made.tag_names = get_text(&open, "lemma.tags");
    made.tags = count_lines(made.tag_names);
    made.class_of = get_sized(&open, "lemma.class", RAP_MODEL_U8, 2,
                              (size_t)RAP_UPOS_COUNT * (made.tags + 1))
                        .data;
    const rap_model_array cases = get(&open, "lemma.case", RAP_MODEL_U8, 3);
    made.cases = cases.data;
    made.classes = cases.dim[0];
    if (open.status == RAP_OK &&
        cases.count != (size_t)made.classes * LEMMA_SHAPES * LEMMA_HABITS)
        open.status = unusable("case", err);
    const rap_model_array strip = get(&open, "lemma.script.strip", RAP_MODEL_U8, 1);
    made.script_strip = strip.data;
    made.scripts = strip.dim[0];
    made.script_off =
        get_sized(&open, "lemma.script.off", RAP_MODEL_U32, 1, made.scripts).data;
    made.script_case =
        get_sized(&open, "lemma.script.case", RAP_MODEL_U8, 1, made.scripts).data;
    made.add_start = get_sized(&open, "lemma.script.start", RAP_MODEL_U32, 1,
                               (size_t)made.scripts + 1)
                         .data;
    made.add = get_text(&open, "lemma.script.add");
    const rap_model_array list = get(&open, "lemma.list", RAP_MODEL_U16, 2);
    made.list = list.data;
    made.lists = list.dim[0];
    if (open.status == RAP_OK && list.dim[1] != LEMMA_CHOICES)
        open.status = unusable("list", err);
    made.words =
        get_table(&open, "lemma.words.key", "lemma.words.start", "lemma.words.script");
    made.endings = get_table(&open, "lemma.endings.key", "lemma.endings.start",
                             "lemma.endings.list");
    made.common = get_table(&open, "lemma.common.key", "lemma.common.start", NULL);
    if (open.status == RAP_OK) open.status = lemma_check(&made, err);
    if (open.status == RAP_OK) *out = made;
    return open.status;
}
