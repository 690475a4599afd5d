/*
 * train_lemma.c - learn the tables of the lemmatiser; see train_lemma.h.
 *
 * Reads   rap_train_lemma_input.  Writes  lemma_model, into a rap_model_writer.
 * Method  docs/method/lemma.md. Three models are made, each with one table more than the
 *         one before, and each entry of the next table is where the last one errs.
 * Cost    linear in words and text; some hash look-ups for each.
 */
#include "train_lemma.h"

#include <stdlib.h>

#include "syntax_lemma.h"
#include "text.h"

enum {
    TAGS = 254,
    SCRIPT_TYPES = 3, /* an ending offers scripts of at least so many words */
    HABIT_COUNT = 3,  /* a word of the text is known if it occurs so often */
    CASE_TYPES = 3,   /* words that make a rule for capitals */
    CANDIDATES = 8    /* scripts kept for each ending on the way */
};
/* Weight of the shorter ending against words of the longer; a script is offered if it is
 * no less likely than this share of the likeliest. Chosen by cross-validation over rare
 * words of the training parts (docs/method/lemma.md). */
static const double shorter_weight = 3, offer_share = 0.3;

typedef struct script {
    rap_slice add;
    uint8_t from, strip; /* lemma_case or LEMMA_BY_TABLE; characters */
    uint32_t off;        /* lemma_off_hash of the characters */
    uint32_t types;      /* words that it makes */
} script;

typedef struct word_type { /* a folded form in one class */
    rap_slice folded, lemma;
    uint32_t tokens, votes, script;
    uint8_t of_class;
    bool kept, has_writings;
} word_type;

typedef struct writing { /* a word as it is written */
    rap_slice form, lemma;
    uint32_t type, votes;
    lemma_shape shape;
} writing;

typedef struct text_word { /* what the text says of a folded word */
    rap_slice folded;
    uint32_t total, habit[LEMMA_HABITS];
} text_word;

typedef struct ending_vote {
    uint32_t script, types, next; /* next: RAP_NONE at the last */
} ending_vote;

typedef struct candidate {
    uint32_t script;
    double share;
} candidate;

typedef struct
    ending { /* a node: its parent, one character shorter, stands before it */
    uint64_t hash;
    uint32_t parent, votes, first, list;
    uint8_t of_class, length, candidates;
    bool kept;
    candidate candidate[CANDIDATES];
} ending;

typedef struct entry {
    uint32_t key;
    uint16_t value;
} entry;
typedef RAP_LIST(entry) entry_list;

typedef struct trainer {
    rap_arena *arena;
    rap_error *err;
    const rap_train_lemma_input *input;
    bool lost;     /* an allocation was refused */
    bool too_many; /* tags, scripts or lists */

    rap_map tag_map, type_map, writing_map, vote_map, script_map, list_map, text_map,
        ending_map;
    RAP_LIST(rap_slice) tags;
    RAP_LIST(word_type) types;
    RAP_LIST(writing) writings;
    RAP_LIST(script) scripts;
    RAP_LIST(text_word) text;
    RAP_LIST(ending) endings;
    RAP_LIST(ending_vote) votes;
    RAP_LIST(uint16_t) lists;

    uint32_t tokens[RAP_UPOS_COUNT][TAGS + 1]; /* the last column: all tags */
    uint8_t *class_of;                         /* [RAP_UPOS_COUNT][tags + 1] */
    struct {
        rap_upos upos;
        uint32_t tag;
    } class_tags[256];
    uint32_t classes;
    uint32_t (*case_votes)[LEMMA_SHAPES][LEMMA_HABITS][LEMMA_CASES]; /* [classes] */
    lemma_model model;
} trainer;

/* ---- keys -------------------------------------------------------------------- */
/* The slot of a key that is copied at its first use; NULL if memory is lost. */
static uint32_t *slot_of(trainer *t, rap_map *map, rap_slice key)
{
    uint32_t *slot = NULL;
    if (rap_map_get(map, key) == RAP_NONE) {
        key = rap_arena_copy(t->arena, key);
        if (!key.at) goto lost;
    }
    slot = rap_map_put(map, t->arena, key);
    if (slot) return slot;
lost:
    t->lost = true;
    return NULL;
}

/* Keys of several parts: each with its length before it. Kinds of counts share a map. */
enum { KEY_LEMMA = 1, KEY_WRITING, KEY_CASE };
typedef struct key_bytes {
    char at[4 * LEMMA_BYTES];
    uint32_t len;
} key_bytes;

static void key_number(key_bytes *key, uint32_t number)
{
    memcpy(key->at + key->len, &number, sizeof number);
    key->len += (uint32_t)sizeof number;
}

static void key_slice(key_bytes *key, rap_slice s)
{
    assert(s.len <= LEMMA_BYTES);
    key_number(key, s.len);
    if (s.len > 0) memcpy(key->at + key->len, s.at, s.len);
    key->len += s.len;
}

static uint32_t *slot_of_key(trainer *t, rap_map *map, const key_bytes *key)
{
    return slot_of(t, map, (rap_slice){key->at, key->len});
}

/* Count one more in a map of counts; the new count. */
static uint32_t count_up(trainer *t, const key_bytes *key)
{
    uint32_t *slot = slot_of_key(t, &t->vote_map, key);
    if (!slot) return 0;
    *slot = *slot == RAP_NONE ? 1 : *slot + 1;
    return *slot;
}

static rap_slice copy(trainer *t, rap_slice s)
{
    const rap_slice made = rap_arena_copy(t->arena, s);
    if (!made.at) t->lost = true;
    return made;
}

static uint64_t hash_of(const lemma_form *form)
{
    uint64_t hash = 0;
    for (uint32_t i = form->folded_count; i-- > 0;)
        hash = lemma_hash(hash, form->folded[i]);
    return hash;
}

/* ---- classes ----------------------------------------------------------------- */
static rap_upos upos_of(const rap_conllu_word *word)
{
    for (uint32_t u = 0; u < RAP_UPOS_COUNT; u++)
        if (rap_slice_is(word->upos, rap_upos_name((rap_upos)u))) return (rap_upos)u;
    return RAP_X;
}

static uint32_t tag_of(trainer *t, rap_slice name)
{
    if (name.len == 0) return TAGS;
    const uint32_t known = rap_map_get(&t->tag_map, name);
    if (known != RAP_NONE) return known;
    if (t->tags.count == TAGS) t->too_many = true;
    if (t->too_many || t->lost) return TAGS;
    uint32_t *slot = slot_of(t, &t->tag_map, name);
    if (!slot || !rap_push(t->arena, &t->tags, name)) {
        t->lost = true;
        return TAGS;
    }
    return *slot = t->tags.count - 1;
}

static uint8_t *class_at(const trainer *t, rap_upos upos, uint32_t tag)
{
    const uint32_t column = tag < t->tags.count ? tag : t->tags.count;
    return t->class_of + (size_t)upos * (t->tags.count + 1) + column;
}

/* The class of a pair that is not in the treebanks: the commonest with this tag, or with
 * this part of speech where the tag is not known. */
static uint8_t nearest_class(const trainer *t, rap_upos upos, uint32_t tag)
{
    uint32_t best = 0, most = 0;
    for (uint32_t c = 0; c < t->classes; c++) {
        const rap_upos u = t->class_tags[c].upos;
        const uint32_t g = t->class_tags[c].tag;
        const bool near = tag < t->tags.count ? g == tag : u == upos;
        if (!near || t->tokens[u][g] <= most) continue;
        best = c;
        most = t->tokens[u][g];
    }
    return (uint8_t)best;
}

static void learn_classes(trainer *t)
{
    for (uint32_t i = 0; i < t->input->words; i++) {
        const rap_conllu_word *word = t->input->word[i];
        t->tokens[upos_of(word)][tag_of(t, word->xpos)]++;
    }
    const uint32_t columns = t->tags.count + 1;
    t->class_of = rap_new(t->arena, uint8_t, (size_t)RAP_UPOS_COUNT * columns);
    t->lost |= !t->class_of;
    for (uint32_t u = 0; u < RAP_UPOS_COUNT; u++)
        for (uint32_t g = 0; g <= TAGS; g++) {
            if (!t->tokens[u][g]) continue;
            if (t->classes == 256) t->too_many = true;
            if (t->too_many || t->lost) return;
            t->class_tags[t->classes].upos = (rap_upos)u;
            t->class_tags[t->classes++].tag = g;
        }
    for (uint32_t u = 0; u < RAP_UPOS_COUNT; u++)
        for (uint32_t g = 0; g < columns; g++)
            *class_at(t, (rap_upos)u, g) = nearest_class(t, (rap_upos)u, g);
    for (uint32_t c = 0; c < t->classes; c++)
        *class_at(t, t->class_tags[c].upos, t->class_tags[c].tag) = (uint8_t)c;
}

/* ---- what the text says of words ---------------------------------------------- */
static text_word *text_word_of(trainer *t, rap_slice folded)
{
    uint32_t *slot = slot_of(t, &t->text_map, folded);
    if (!slot) return NULL;
    if (*slot == RAP_NONE) {
        const rap_slice own = copy(t, folded);
        if (t->lost || !rap_push(t->arena, &t->text, (text_word){.folded = own})) {
            t->lost = true;
            return NULL;
        }
        *slot = t->text.count - 1;
    }
    return &t->text.at[*slot];
}

static void count_text_word(trainer *t, rap_slice word, bool initial)
{
    lemma_form form;
    char folded[LEMMA_BYTES];
    if (!lemma_read(word, &form)) return;
    text_word *known = text_word_of(t, (rap_slice){folded, lemma_fold(word, folded)});
    if (!known) return;
    known->total++;
    const bool title = form.shape == LEMMA_TITLE || form.shape == LEMMA_SINGLE;
    if (title && initial) return; /* tells nothing */
    known->habit[form.shape == LEMMA_LOWER ? LEMMA_COMMON
                 : title                   ? LEMMA_NAME
                                           : LEMMA_CAPITALS]++;
}

/* The end of the word that begins at `from`: letters, single apostrophes and hyphens
 * between letters. */
static uint32_t word_end(rap_slice text, uint32_t from)
{
    uint32_t end = from;
    for (uint32_t at = from; at < text.len;) {
        const uint32_t before = at, c = rap_utf8_next(text, &at);
        if (rap_is_letter(c))
            end = at;
        else if (before != end || (c != '\'' && c != '-' && c != 0x2019))
            break;
    }
    return end;
}

static bool opens_sentence(uint32_t c)
{
    return c == '\n' || c == '.' || c == '!' || c == '?' || c == ':' || c == 0x2022 ||
           rap_quote_of(c) != RAP_QUOTE_NONE;
}

static void learn_text(trainer *t)
{
    const rap_slice text = t->input->text;
    bool initial = true, line_start = true;
    for (uint32_t at = 0; at < text.len && !t->lost;) {
        const uint32_t from = at, c = rap_utf8_next(text, &at);
        if (line_start && c == '#') {
            at = rap_slice_find(text, RAP_LIT("\n"), at);
        } else if (rap_is_letter(c)) {
            at = word_end(text, from);
            count_text_word(t, rap_slice_sub(text, from, at), initial);
            initial = false;
        } else {
            initial |= opens_sentence(c);
        }
        line_start = c == '\n';
    }
}

/* Lemmas of the treebanks are words too, but names tell nothing of the lower case. */
static void learn_lemma_words(trainer *t)
{
    for (uint32_t i = 0; i < t->types.count && !t->lost; i++) {
        const word_type *type = &t->types.at[i];
        if (t->class_tags[type->of_class].upos == RAP_PROPN || type->lemma.len == 0)
            continue;
        text_word *known = text_word_of(t, type->lemma);
        if (!known || known->total >= HABIT_COUNT) continue;
        known->total += HABIT_COUNT;
        known->habit[LEMMA_COMMON] += HABIT_COUNT;
    }
}

static lemma_habit habit_of(const text_word *word)
{
    const uint32_t lower = word->habit[LEMMA_COMMON], name = word->habit[LEMMA_NAME],
                   capitals = word->habit[LEMMA_CAPITALS];
    const uint32_t all = lower + name + capitals;
    if (all == 0 || word->total < HABIT_COUNT) return LEMMA_UNSEEN;
    if (2 * lower >= all) return LEMMA_COMMON;
    return name >= capitals ? LEMMA_NAME : LEMMA_CAPITALS;
}

/* ---- scripts ----------------------------------------------------------------- */
static uint32_t shared(const uint32_t *a, uint32_t a_count, const uint32_t *b,
                       uint32_t b_count)
{
    uint32_t n = 0;
    while (n < a_count && n < b_count && a[n] == b[n]) n++;
    return n;
}

static uint32_t script_of(trainer *t, lemma_case from, uint32_t strip, uint32_t off,
                          const uint32_t *add, uint32_t add_count)
{
    char bytes[LEMMA_BYTES];
    uint32_t len = 0;
    for (uint32_t i = 0; i < add_count; i++) len += rap_utf8_put(add[i], bytes + len);
    key_bytes key = {.len = 0};
    key_number(&key, (uint32_t)from << 8 | strip);
    key_number(&key, off);
    key_slice(&key, (rap_slice){bytes, len});
    uint32_t *slot = slot_of_key(t, &t->script_map, &key);
    if (!slot) return 0;
    if (*slot != RAP_NONE) return *slot;
    const rap_slice own = copy(t, (rap_slice){bytes, len});
    const script made = {
        .add = own, .from = (uint8_t)from, .strip = (uint8_t)strip, .off = off};
    if (t->scripts.count == LEMMA_HAS_WRITINGS - 1) t->too_many = true;
    if (t->lost || t->too_many) return 0;
    if (!rap_push(t->arena, &t->scripts, made)) {
        t->lost = true;
        return 0;
    }
    return *slot = t->scripts.count - 1;
}

/* From the folded form to the folded lemma; capitals are for the table. */
static uint32_t folded_script(trainer *t, rap_slice folded, rap_slice lemma)
{
    lemma_form a, b;
    if (!lemma_read(folded, &a) || !lemma_read(lemma, &b)) return 0;
    const uint32_t n = shared(a.folded, a.folded_count, b.folded, b.folded_count);
    uint64_t off = 0;
    for (uint32_t i = a.folded_count; i > n; i--)
        off = lemma_hash(off, a.folded[i - 1]);
    return script_of(t, LEMMA_BY_TABLE, a.folded_count - n, lemma_off_hash(off),
                     b.folded + n, b.folded_count - n);
}

/* What a lemma_case makes of a form, before any script. */
static uint32_t based(const lemma_form *form, lemma_case from,
                      uint32_t out[LEMMA_CHARS])
{
    const bool kept = from == LEMMA_KEPT;
    const uint32_t count = kept ? form->written_count : form->folded_count;
    memcpy(out, kept ? form->written : form->folded, count * sizeof *out);
    if (from == LEMMA_TITLED && count > 0) {
        const uint32_t c = form->written[0];
        out[0] = c >= 'a' && c <= 'z' ? c - 32 : c;
    }
    return count;
}

static uint32_t written_script(trainer *t, rap_slice form, rap_slice lemma)
{
    lemma_form a, b;
    if (!lemma_read(form, &a) || !lemma_read(lemma, &b)) return 0;
    lemma_case best = LEMMA_FOLDED;
    uint32_t most = 0, strip = 0, base[LEMMA_CHARS];
    for (uint32_t from = 0; from < LEMMA_CASES; from++) {
        const uint32_t count = based(&a, (lemma_case)from, base);
        const uint32_t n = shared(base, count, b.written, b.written_count);
        if (from > 0 && n <= most) continue;
        best = (lemma_case)from;
        most = n;
        strip = count - n;
    }
    return script_of(t, best, strip, 0, b.written + most, b.written_count - most);
}

/* ---- words ------------------------------------------------------------------- */
static uint32_t type_of(trainer *t, uint8_t of_class, rap_slice folded)
{
    key_bytes key = {.len = 0};
    key_number(&key, of_class);
    key_slice(&key, folded);
    uint32_t *slot = slot_of_key(t, &t->type_map, &key);
    if (!slot || *slot != RAP_NONE) return slot ? *slot : RAP_NONE;
    const word_type type = {.folded = copy(t, folded), .of_class = of_class};
    if (t->lost || !rap_push(t->arena, &t->types, type)) {
        t->lost = true;
        return RAP_NONE;
    }
    return *slot = t->types.count - 1;
}

static void vote_for_lemma(trainer *t, uint32_t type, rap_slice folded_lemma)
{
    key_bytes key = {.len = 0};
    key_number(&key, KEY_LEMMA);
    key_number(&key, type);
    key_slice(&key, folded_lemma);
    const uint32_t votes = count_up(t, &key);
    word_type *is = &t->types.at[type];
    is->tokens++;
    if (votes <= is->votes) return;
    is->votes = votes;
    is->lemma = copy(t, folded_lemma);
}

static void vote_for_writing(trainer *t, uint32_t type, lemma_shape shape,
                             const rap_conllu_word *word)
{
    key_bytes key = {.len = 0};
    key_number(&key, KEY_WRITING);
    key_number(&key, type);
    key_number(&key, (uint32_t)shape);
    uint32_t *slot = slot_of_key(t, &t->writing_map, &key);
    if (!slot) return;
    if (*slot == RAP_NONE) {
        if (!rap_push(t->arena, &t->writings,
                      (writing){.type = type, .shape = shape})) {
            t->lost = true;
            return;
        }
        *slot = t->writings.count - 1;
    }
    writing *is = &t->writings.at[*slot];
    key_slice(&key, word->lemma);
    const uint32_t votes = count_up(t, &key);
    if (votes <= is->votes) return;
    is->votes = votes;
    is->form = word->form;
    is->lemma = word->lemma;
}

static void count_word(trainer *t, const rap_conllu_word *word)
{
    lemma_form form, lemma;
    char folded[LEMMA_BYTES], folded_lemma[LEMMA_BYTES];
    if (word->form.len == 0 || !lemma_read(word->form, &form)) return;
    /* "_" is what the reader gives as an empty slice: a word written in two has it. */
    if (word->lemma.len == 0 || !lemma_read(word->lemma, &lemma)) return;
    const uint32_t tag = word->xpos.len ? rap_map_get(&t->tag_map, word->xpos) : TAGS;
    const uint8_t of_class = *class_at(t, upos_of(word), tag);
    const uint32_t type =
        type_of(t, of_class, (rap_slice){folded, lemma_fold(word->form, folded)});
    if (type == RAP_NONE) return;
    vote_for_lemma(t, type,
                   (rap_slice){folded_lemma, lemma_fold(word->lemma, folded_lemma)});
    if (!t->lost) vote_for_writing(t, type, form.shape, word);
}

/* Words of the lists that the treebanks do not have in this class. */
static void add_listed(trainer *t)
{
    const uint32_t corpus_words = t->text.count;
    for (uint32_t i = 0; i < corpus_words && !t->lost; i++) {
        const rap_slice folded = t->text.at[i].folded;
        lemma_listed listed;
        for (uint32_t n = 0; lemma_listed_at(t->input->lists, folded, n, &listed);
             n++) {
            if (!listed.tag || listed.lemma.len > LEMMA_BYTES) continue;
            const uint32_t tag = rap_map_get(&t->tag_map, rap_slice_of(listed.tag));
            if (tag == RAP_NONE || !t->tokens[listed.upos][tag]) continue;
            const uint32_t type = type_of(t, *class_at(t, listed.upos, tag), folded);
            if (type == RAP_NONE || t->types.at[type].lemma.len > 0) continue;
            t->types.at[type].lemma = copy(t, listed.lemma);
        }
    }
}

static void learn_words(trainer *t)
{
    for (uint32_t i = 0; i < t->input->words && !t->lost; i++)
        count_word(t, t->input->word[i]);
    if (t->input->lists) add_listed(t);
    learn_lemma_words(t);
    for (uint32_t i = 0; i < t->types.count && !t->lost; i++) {
        word_type *type = &t->types.at[i];
        type->script = folded_script(t, type->folded, type->lemma);
        if (!t->lost && !t->too_many) t->scripts.at[type->script].types++;
    }
}

/* ---- capitals ---------------------------------------------------------------- */
/* A word as it is written votes once for each way to read its capitals that its lemma
 * agrees with longest. */
static void vote_for_case(trainer *t, const rap_conllu_word *word)
{
    lemma_form form, lemma;
    if (word->lemma.len == 0 || !lemma_read(word->form, &form) ||
        !lemma_read(word->lemma, &lemma))
        return;
    const uint32_t tag = word->xpos.len ? rap_map_get(&t->tag_map, word->xpos) : TAGS;
    const uint8_t of_class = *class_at(t, upos_of(word), tag);
    key_bytes key = {.len = 0};
    key_number(&key, KEY_CASE);
    key_number(&key, of_class);
    key_slice(&key, word->form);
    key_slice(&key, word->lemma);
    if (count_up(t, &key) != 1) return;

    uint32_t agreed[LEMMA_CASES], most = 0, base[LEMMA_CHARS];
    for (uint32_t from = 0; from < LEMMA_CASES; from++) {
        const uint32_t count = based(&form, (lemma_case)from, base);
        agreed[from] = shared(base, count, lemma.written, lemma.written_count);
        if (agreed[from] > most) most = agreed[from];
    }
    if (most < (form.written_count < 2 ? form.written_count : 2)) return;
    lemma_habit habit = lemma_habit_of(&t->model, hash_of(&form));
    if (habit == LEMMA_UNSEEN) habit = lemma_habit_of(&t->model, hash_of(&lemma));
    for (uint32_t from = 0; from < LEMMA_CASES; from++)
        if (agreed[from] == most) t->case_votes[of_class][form.shape][habit][from]++;
}

static void add_votes(uint32_t *sum, const uint32_t *votes)
{
    for (uint32_t from = 0; from < LEMMA_CASES; from++) sum[from] += votes[from];
}

/* The case with most votes, the first of equals; LEMMA_CASES if there are too few. */
static lemma_case elected(const uint32_t *votes)
{
    uint32_t best = 0, most = 0;
    for (uint32_t from = 0; from < LEMMA_CASES; from++) {
        if (votes[from] > votes[best]) best = from;
        if (votes[from] > most) most = votes[from];
    }
    return most >= CASE_TYPES ? (lemma_case)best : LEMMA_CASES;
}

/* The rules of one shape for one class: by the votes of class and habit; else of the class;
 * else of all classes of this part of speech; else of all. */
static void elect_cases(const trainer *t, uint32_t of_class, uint32_t shape,
                        uint8_t *out)
{
    uint32_t of_all[LEMMA_CASES] = {0}, of_upos[LEMMA_CASES] = {0},
             own[LEMMA_CASES] = {0};
    for (uint32_t c = 0; c < t->classes; c++)
        for (uint32_t h = 0; h < LEMMA_HABITS; h++) {
            const uint32_t *votes = t->case_votes[c][shape][h];
            add_votes(of_all, votes);
            if (t->class_tags[c].upos == t->class_tags[of_class].upos)
                add_votes(of_upos, votes);
            if (c == of_class) add_votes(own, votes);
        }
    for (uint32_t h = 0; h < LEMMA_HABITS; h++) {
        lemma_case rule = elected(t->case_votes[of_class][shape][h]);
        if (rule == LEMMA_CASES) rule = elected(own);
        if (rule == LEMMA_CASES) rule = elected(of_upos);
        if (rule == LEMMA_CASES) rule = elected(of_all);
        out[h] = (uint8_t)(rule == LEMMA_CASES ? LEMMA_KEPT : rule);
    }
}

static bool learn_cases(trainer *t)
{
    t->case_votes = rap_arena_new(t->arena, t->classes, sizeof *t->case_votes);
    uint8_t *cases =
        rap_new(t->arena, uint8_t, (size_t)t->classes * LEMMA_SHAPES * LEMMA_HABITS);
    if (!t->case_votes || !cases) return false;
    for (uint32_t i = 0; i < t->input->words && !t->lost; i++)
        vote_for_case(t, t->input->word[i]);
    for (uint32_t c = 0; c < t->classes; c++)
        for (uint32_t shape = 0; shape < LEMMA_SHAPES; shape++)
            elect_cases(t, c, shape, cases + (c * LEMMA_SHAPES + shape) * LEMMA_HABITS);
    t->model.cases = cases;
    return !t->lost;
}

/* ---- endings ----------------------------------------------------------------- */
static uint32_t ending_of(trainer *t, uint8_t of_class, uint32_t length, uint64_t hash,
                          uint32_t parent)
{
    key_bytes key = {.len = 0};
    key_number(&key, of_class | length << 8);
    key_slice(&key, (rap_slice){(const char *)&hash, sizeof hash});
    uint32_t *slot = slot_of_key(t, &t->ending_map, &key);
    if (!slot || *slot != RAP_NONE) return slot ? *slot : RAP_NONE;
    const ending made = {.hash = hash,
                         .parent = parent,
                         .first = RAP_NONE,
                         .of_class = of_class,
                         .length = (uint8_t)length};
    if (!rap_push(t->arena, &t->endings, made)) {
        t->lost = true;
        return RAP_NONE;
    }
    return *slot = t->endings.count - 1;
}

static void vote_for_ending(trainer *t, uint32_t at, uint32_t of_script)
{
    ending *node = &t->endings.at[at];
    node->votes++;
    for (uint32_t v = node->first; v != RAP_NONE; v = t->votes.at[v].next)
        if (t->votes.at[v].script == of_script) {
            t->votes.at[v].types++;
            return;
        }
    const ending_vote vote = {of_script, 1, node->first};
    if (!rap_push(t->arena, &t->votes, vote))
        t->lost = true;
    else
        node->first = t->votes.count - 1;
}

static void count_endings(trainer *t, const word_type *type)
{
    lemma_form form;
    if (t->scripts.at[type->script].types < SCRIPT_TYPES) return;
    if (!lemma_read(type->folded, &form)) return;
    uint64_t hash = 0;
    uint32_t at = RAP_NONE;
    for (uint32_t n = 0; n <= form.folded_count && n <= LEMMA_ENDING; n++) {
        if (n > 0) hash = lemma_hash(hash, form.folded[form.folded_count - n]);
        at = ending_of(t, type->of_class, n, hash, at);
        if (at == RAP_NONE) return;
        vote_for_ending(t, at, type->script);
        if (t->lost) return;
    }
}

/* Put one script among the candidates, which fall by share, then rise by script. */
static void put_candidate(ending *node, candidate made)
{
    uint32_t at = node->candidates;
    while (at > 0 && (node->candidate[at - 1].share < made.share ||
                      (node->candidate[at - 1].share == made.share &&
                       node->candidate[at - 1].script > made.script)))
        at--;
    if (at == CANDIDATES) return;
    if (node->candidates < CANDIDATES) node->candidates++;
    for (uint32_t i = node->candidates - 1u; i > at; i--)
        node->candidate[i] = node->candidate[i - 1];
    node->candidate[at] = made;
}

static double share_in(const ending *node, uint32_t of_script)
{
    for (uint32_t i = 0; i < node->candidates; i++)
        if (node->candidate[i].script == of_script) return node->candidate[i].share;
    return 0;
}

/* share = (types + weight * share in the shorter ending) / (all types + weight) */
static void find_candidates(trainer *t, ending *node)
{
    static const ending none = {0};
    const ending *parent =
        node->parent == RAP_NONE ? &none : &t->endings.at[node->parent];
    const double all = node->votes + shorter_weight;
    for (uint32_t v = node->first; v != RAP_NONE; v = t->votes.at[v].next) {
        const ending_vote *vote = &t->votes.at[v];
        const double prior = shorter_weight * share_in(parent, vote->script);
        put_candidate(node, (candidate){vote->script, (vote->types + prior) / all});
    }
    for (uint32_t i = 0; i < parent->candidates; i++) {
        const script *is = &t->scripts.at[parent->candidate[i].script];
        bool out = is->strip == node->length && is->off != lemma_off_hash(node->hash);
        for (uint32_t v = node->first; v != RAP_NONE && !out; v = t->votes.at[v].next)
            out = t->votes.at[v].script == parent->candidate[i].script;
        const double share = shorter_weight * parent->candidate[i].share / all;
        if (!out) put_candidate(node, (candidate){parent->candidate[i].script, share});
    }
}

static uint32_t list_of(trainer *t, const ending *node)
{
    uint16_t list[LEMMA_CHOICES];
    for (uint32_t i = 0; i < LEMMA_CHOICES; i++) {
        const bool offered =
            i < node->candidates &&
            node->candidate[i].share >= offer_share * node->candidate[0].share;
        list[i] = offered ? (uint16_t)node->candidate[i].script : LEMMA_NO_SCRIPT;
    }
    uint32_t *slot =
        slot_of(t, &t->list_map, (rap_slice){(const char *)list, sizeof list});
    if (!slot || *slot != RAP_NONE) return slot ? *slot : 0;
    const uint32_t made = t->lists.count / LEMMA_CHOICES;
    if (made == LEMMA_HAS_WRITINGS) t->too_many = true;
    for (uint32_t i = 0; i < LEMMA_CHOICES && !t->lost; i++)
        t->lost = !rap_push(t->arena, &t->lists, list[i]);
    return *slot = made;
}

/* An ending is kept if it offers other scripts than the one before it, or leads to one
 * that does. */
static void learn_endings(trainer *t, entry_list *out)
{
    for (uint32_t i = 0; i < t->types.count && !t->lost; i++)
        count_endings(t, &t->types.at[i]);
    for (uint32_t i = 0; i < t->endings.count && !t->lost; i++) {
        ending *node = &t->endings.at[i];
        find_candidates(t, node);
        node->list = list_of(t, node);
        node->kept =
            node->parent == RAP_NONE || node->list != t->endings.at[node->parent].list;
    }
    for (uint32_t i = t->endings.count; i-- > 0;)
        if (t->endings.at[i].kept && t->endings.at[i].parent != RAP_NONE)
            t->endings.at[t->endings.at[i].parent].kept = true;
    for (uint32_t i = 0; i < t->endings.count && !t->lost; i++) {
        const ending *node = &t->endings.at[i];
        const entry made = {lemma_ending_key(node->hash, node->of_class),
                            (uint16_t)node->list};
        if (node->kept) t->lost = !rap_push(t->arena, out, made);
    }
}

/* ---- tables ------------------------------------------------------------------ */
static int compare_entries(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

/* Of two entries with one hash (one pair in 2^30) the first stays. An empty table gets an
 * entry that answers for one hash in 2^30, as the others do. */
static bool build_table(trainer *t, entry_list *entries, bool values, lemma_table *out)
{
    if (entries->count == 0 && !rap_push(t->arena, entries, (entry){0})) return false;
    qsort(entries->at, entries->count, sizeof *entries->at, compare_entries);
    uint32_t *key = rap_new(t->arena, uint32_t, entries->count), count = 0, bits = 1;
    uint16_t *value = rap_new(t->arena, uint16_t, entries->count);
    if (!key || !value) return false;
    for (uint32_t i = 0; i < entries->count; i++) {
        if (count && (key[count - 1] | 3u) == (entries->at[i].key | 3u)) continue;
        key[count] = entries->at[i].key;
        value[count++] = entries->at[i].value;
    }
    while (bits < 20 && (8u << bits) < count) bits++;
    uint32_t *start = rap_new(t->arena, uint32_t, (1u << bits) + 1u), at = 0;
    if (!start) return false;
    for (uint32_t b = 0; b <= 1u << bits; b++) {
        while (at < count && key[at] >> (32 - bits) < b) at++;
        start[b] = at;
    }
    *out = (lemma_table){key, start, values ? value : NULL, count, bits};
    return true;
}

static bool build_common(trainer *t)
{
    entry_list entries = {0};
    for (uint32_t i = 0; i < t->text.count; i++) {
        lemma_form form;
        const lemma_habit habit = habit_of(&t->text.at[i]);
        if (habit == LEMMA_UNSEEN || !lemma_read(t->text.at[i].folded, &form)) continue;
        const entry made = {lemma_common_key(hash_of(&form)) | (uint32_t)habit, 0};
        if (!rap_push(t->arena, &entries, made)) return false;
    }
    return build_table(t, &entries, false, &t->model.common);
}

/* The scripts as arrays; again whenever some have come. */
static bool build_scripts(trainer *t)
{
    const uint32_t count = t->scripts.count;
    size_t bytes = 0;
    for (uint32_t i = 0; i < count; i++) bytes += t->scripts.at[i].add.len;
    uint32_t *off = rap_new(t->arena, uint32_t, count);
    uint8_t *from = rap_new(t->arena, uint8_t, count),
            *strip = rap_new(t->arena, uint8_t, count);
    uint32_t *start = rap_new(t->arena, uint32_t, count + 1u), at = 0;
    char *add = rap_new(t->arena, char, bytes);
    if (!off || !from || !strip || !start || !add) return false;
    for (uint32_t i = 0; i < count; i++) {
        const script *is = &t->scripts.at[i];
        from[i] = is->from;
        strip[i] = is->strip;
        off[i] = is->off;
        start[i] = at;
        if (is->add.len > 0) memcpy(add + at, is->add.at, is->add.len);
        at += is->add.len;
    }
    start[count] = at;
    t->model.scripts = count;
    t->model.script_case = from;
    t->model.script_strip = strip;
    t->model.script_off = off;
    t->model.add_start = start;
    t->model.add = (rap_slice){add, at};
    t->model.lists = t->lists.count / LEMMA_CHOICES;
    t->model.list = t->lists.at;
    return true;
}

static bool build_words(trainer *t, const entry_list *writings)
{
    entry_list entries = {0};
    for (uint32_t i = 0; i < t->types.count; i++) {
        const word_type *type = &t->types.at[i];
        lemma_form form;
        if (!type->kept || !lemma_read(type->folded, &form)) continue;
        const uint32_t flag = type->has_writings ? LEMMA_HAS_WRITINGS : 0;
        const entry made = {lemma_word_key(hash_of(&form), type->of_class),
                            (uint16_t)(type->script | flag)};
        if (!rap_push(t->arena, &entries, made)) return false;
    }
    for (uint32_t i = 0; i < writings->count; i++)
        if (!rap_push(t->arena, &entries, writings->at[i])) return false;
    return build_table(t, &entries, true, &t->model.words) && build_scripts(t);
}

/* ---- what the tables before get wrong ----------------------------------------- */
static rap_slice answer(const trainer *t, rap_slice form, uint8_t of_class,
                        char out[LEMMA_BYTES])
{
    const uint32_t len = lemma_of(&t->model, form, t->class_tags[of_class].upos,
                                  t->class_tags[of_class].tag, out, LEMMA_BYTES);
    return (rap_slice){out, len};
}

/* Common words are kept for speed, rare ones if their ending gives another lemma. */
static void choose_words(trainer *t)
{
    char out[LEMMA_BYTES], folded[LEMMA_BYTES];
    for (uint32_t i = 0; i < t->types.count; i++) {
        word_type *type = &t->types.at[i];
        const rap_slice made = answer(t, type->folded, type->of_class, out);
        const rap_slice seen = {folded, lemma_fold(made, folded)};
        type->kept = type->tokens > 1 || !rap_slice_equal(seen, type->lemma);
    }
}

/* Words whose capitals the table reads wrongly. */
static void choose_writings(trainer *t, entry_list *out)
{
    char bytes[LEMMA_BYTES];
    for (uint32_t i = 0; i < t->writings.count && !t->lost && !t->too_many; i++) {
        const writing *is = &t->writings.at[i];
        word_type *type = &t->types.at[is->type];
        lemma_form form;
        if (rap_slice_equal(answer(t, is->form, type->of_class, bytes), is->lemma))
            continue;
        if (!lemma_read(is->form, &form)) continue;
        type->kept = type->has_writings = true;
        const entry made = {
            lemma_writing_key(hash_of(&form), type->of_class, is->shape),
            (uint16_t)written_script(t, is->form, is->lemma)};
        t->lost |= !rap_push(t->arena, out, made);
    }
}

/* ---- all together -------------------------------------------------------------- */
static bool join_tags(trainer *t)
{
    size_t bytes = 0;
    for (uint32_t i = 0; i < t->tags.count; i++) bytes += t->tags.at[i].len + 1u;
    char *names = rap_new(t->arena, char, bytes);
    if (!names) return false;
    uint32_t at = 0;
    for (uint32_t i = 0; i < t->tags.count; i++) {
        memcpy(names + at, t->tags.at[i].at, t->tags.at[i].len);
        at += t->tags.at[i].len;
        names[at++] = '\n';
    }
    t->model.tag_names = (rap_slice){names, at};
    t->model.tags = t->tags.count;
    t->model.class_of = t->class_of;
    t->model.classes = t->classes;
    return true;
}

static bool learn(trainer *t)
{
    entry_list endings = {0}, writings = {0}, none = {0};
    learn_classes(t);
    if (t->lost || t->too_many || !join_tags(t)) return false;
    learn_text(t);
    if (t->lost) return false;
    const uint32_t as_it_is =
        script_of(t, LEMMA_BY_TABLE, 0, lemma_off_hash(0), NULL, 0);
    assert(t->lost || as_it_is == LEMMA_AS_IT_IS);
    learn_words(t);
    if (t->lost || t->too_many || !build_common(t) || !learn_cases(t)) return false;
    learn_endings(t, &endings);
    if (t->lost || t->too_many) return false;
    if (!build_table(t, &endings, true, &t->model.endings)) return false;
    if (!build_table(t, &none, true, &t->model.words) || !build_scripts(t))
        return false;
    choose_words(t);
    if (!build_words(t, &writings)) return false;
    choose_writings(t, &writings);
    return !t->lost && !t->too_many && build_words(t, &writings);
}

typedef struct section {
    const char *name;
    rap_model_type type;
    uint32_t dims, dim[3];
    const void *data;
} section;

static rap_status add_sections(const lemma_model *m, rap_model_writer *writer,
                               rap_error *err)
{
    const section sections[] = {
        {"lemma.class", RAP_MODEL_U8, 2, {RAP_UPOS_COUNT, m->tags + 1}, m->class_of},
        {"lemma.case",
         RAP_MODEL_U8,
         3,
         {m->classes, LEMMA_SHAPES, LEMMA_HABITS},
         m->cases},
        {"lemma.script.case", RAP_MODEL_U8, 1, {m->scripts}, m->script_case},
        {"lemma.script.strip", RAP_MODEL_U8, 1, {m->scripts}, m->script_strip},
        {"lemma.script.off", RAP_MODEL_U32, 1, {m->scripts}, m->script_off},
        {"lemma.script.start", RAP_MODEL_U32, 1, {m->scripts + 1}, m->add_start},
        {"lemma.list", RAP_MODEL_U16, 2, {m->lists, LEMMA_CHOICES}, m->list},
        {"lemma.words.key", RAP_MODEL_U32, 1, {m->words.count}, m->words.key},
        {"lemma.words.start",
         RAP_MODEL_U32,
         1,
         {(1u << m->words.bits) + 1},
         m->words.start},
        {"lemma.words.script", RAP_MODEL_U16, 1, {m->words.count}, m->words.value},
        {"lemma.endings.key", RAP_MODEL_U32, 1, {m->endings.count}, m->endings.key},
        {"lemma.endings.start",
         RAP_MODEL_U32,
         1,
         {(1u << m->endings.bits) + 1},
         m->endings.start},
        {"lemma.endings.list", RAP_MODEL_U16, 1, {m->endings.count}, m->endings.value},
        {"lemma.common.key", RAP_MODEL_U32, 1, {m->common.count}, m->common.key},
        {"lemma.common.start",
         RAP_MODEL_U32,
         1,
         {(1u << m->common.bits) + 1},
         m->common.start},
    };
    rap_status status = rap_model_writer_text(writer, "lemma.tags", m->tag_names, err);
    if (status == RAP_OK)
        status = rap_model_writer_text(writer, "lemma.script.add", m->add, err);
    for (size_t i = 0; status == RAP_OK && i < sizeof sections / sizeof *sections; i++)
        status = rap_model_writer_add(writer, sections[i].name, sections[i].type,
                                      sections[i].dims, sections[i].dim,
                                      sections[i].data, err);
    return status;
}

rap_status rap_train_lemma(const rap_train_lemma_input *input, rap_model_writer *writer,
                           rap_arena *arena, rap_error *err)
{
    if (input->words == 0)
        return rap_fail(err, RAP_E_INPUT, 0, "no words to learn from");
    trainer *t = rap_new(arena, trainer, 1);
    if (!t) return rap_fail(err, RAP_E_NOMEM, 0, "no memory to train");
    t->arena = arena;
    t->err = err;
    t->input = input;
    if (!learn(t))
        return t->too_many
                   ? rap_fail(err, RAP_E_LIMIT, 0,
                              "more tags or edit scripts than a model holds")
                   : rap_fail(err, RAP_E_NOMEM, 0,
                              "no memory for the lemmas of %u words", input->words);
    const rap_status status = lemma_check(&t->model, err);
    return status == RAP_OK ? add_sections(&t->model, writer, err) : status;
}
