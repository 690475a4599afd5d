/* train_lemma_words.c - classes of tags, words and their lemmas; see train_lemma_private.h. */
#include "text.h"
#include "train_lemma_private.h"

/* ---- classes ----------------------------------------------------------------- */
static rap_upos upos_of(rap_slice name)
{
    for (uint32_t u = 0; u < RAP_UPOS_COUNT; u++)
        if (rap_slice_is(name, rap_upos_name((rap_upos)u))) return (rap_upos)u;
    return RAP_X;
}

static uint32_t tag_of(trainer *t, rap_slice name)
{
    if (name.len == 0) return TAGS;
    const uint32_t known = rap_map_get(&t->tag_map, name);
    if (known != RAP_NONE) return known;
    if (t->tags.count == TAGS) t->too_many = true;
    if (t->too_many || t->lost) return TAGS;
    uint32_t *slot = train_lemma_slot_of(t, &t->tag_map, name);
    if (!slot || !rap_push(t->arena, &t->tags, name)) {
        t->lost = true;
        return TAGS;
    }
    return *slot = t->tags.count - 1;
}

uint8_t *train_lemma_class_at(const trainer *t, rap_upos upos, uint32_t tag)
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

uint8_t train_lemma_class_of_word(const trainer *t, const rap_conllu_word *word)
{
    const uint32_t tag = word->xpos.len ? rap_map_get(&t->tag_map, word->xpos) : TAGS;
    return *train_lemma_class_at(t, upos_of(word->upos), tag);
}

void train_lemma_classes(trainer *t)
{
    for (uint32_t i = 0; i < t->input->words; i++) {
        const rap_conllu_word *word = t->input->word[i];
        t->tokens[upos_of(word->upos)][tag_of(t, word->xpos)]++;
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
            *train_lemma_class_at(t, (rap_upos)u, g) = nearest_class(t, (rap_upos)u, g);
    for (uint32_t c = 0; c < t->classes; c++)
        *train_lemma_class_at(t, t->class_tags[c].upos, t->class_tags[c].tag) =
            (uint8_t)c;
}

/* ---- words ------------------------------------------------------------------- */
static uint32_t type_of(trainer *t, uint8_t of_class, rap_slice folded)
{
    key_bytes key = {.len = 0};
    train_lemma_key_number(&key, of_class);
    train_lemma_key_slice(&key, folded);
    uint32_t *slot = train_lemma_slot_of_key(t, &t->type_map, &key);
    if (!slot || *slot != RAP_NONE) return slot ? *slot : RAP_NONE;
    const word_type type = {.folded = train_lemma_copy(t, folded),
                            .of_class = of_class};
    if (t->lost || !rap_push(t->arena, &t->types, type)) {
        t->lost = true;
        return RAP_NONE;
    }
    return *slot = t->types.count - 1;
}

static void vote_for_lemma(trainer *t, uint32_t type, rap_slice folded_lemma)
{
    key_bytes key = {.len = 0};
    train_lemma_key_number(&key, KEY_LEMMA);
    train_lemma_key_number(&key, type);
    train_lemma_key_slice(&key, folded_lemma);
    const uint32_t votes = train_lemma_count_up(t, &key);
    word_type *is = &t->types.at[type];
    is->tokens++;
    if (votes <= is->votes) return;
    is->votes = votes;
    is->lemma = train_lemma_copy(t, folded_lemma);
}

static void vote_for_writing(trainer *t, uint32_t type, lemma_shape shape,
                             const rap_conllu_word *word)
{
    key_bytes key = {.len = 0};
    train_lemma_key_number(&key, KEY_WRITING);
    train_lemma_key_number(&key, type);
    train_lemma_key_number(&key, (uint32_t)shape);
    uint32_t *slot = train_lemma_slot_of_key(t, &t->writing_map, &key);
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
    train_lemma_key_slice(&key, word->lemma);
    const uint32_t votes = train_lemma_count_up(t, &key);
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
    const uint8_t of_class = train_lemma_class_of_word(t, word);
    const uint32_t type =
        type_of(t, of_class, (rap_slice){folded, lemma_fold(word->form, folded)});
    if (type == RAP_NONE) return;
    vote_for_lemma(t, type,
                   (rap_slice){folded_lemma, lemma_fold(word->lemma, folded_lemma)});
    if (!t->lost) vote_for_writing(t, type, form.shape, word);
}

/* A list that people keep outweighs a few words of a treebank, which can be slips. */
static void trust_list(trainer *t, word_type *type, rap_slice lemma)
{
    const bool says_more = !rap_slice_equal(type->folded, lemma);
    if (type->tokens > (says_more ? LIST_VOTES : 0)) return;
    if (rap_slice_equal(type->lemma, lemma)) return;
    type->overruled = type->tokens > 0;
    type->lemma = train_lemma_copy(t, lemma);
}

/* One form of a list, "form:TAG". */
static void add_form(trainer *t, rap_upos upos, rap_slice lemma, rap_slice given)
{
    uint32_t colon = given.len;
    while (colon && given.at[colon - 1] != ':') colon--;
    if (colon < 2) return;
    const uint32_t tag =
        rap_map_get(&t->tag_map, rap_slice_sub(given, colon, given.len));
    if (tag == RAP_NONE || !t->tokens[upos][tag]) return;
    const uint32_t type = type_of(t, *train_lemma_class_at(t, upos, tag),
                                  rap_slice_sub(given, 0, colon - 1));
    if (type != RAP_NONE) trust_list(t, &t->types.at[type], lemma);
}

/* Words of the list that the treebanks have rarely in this class, or never. */
static void add_listed(trainer *t)
{
    rap_tsv tsv = rap_tsv_open(t->input->forms);
    rap_slice field[RAP_TSV_FIELDS], form;
    while (!t->lost && rap_tsv_next(&tsv, field)) {
        const rap_upos upos = upos_of(field[1]);
        if (field[0].len > LEMMA_BYTES) continue;
        while (!t->lost && rap_split_next(&field[2], ' ', &form))
            if (form.len && form.len <= LEMMA_BYTES) add_form(t, upos, field[0], form);
    }
}

void train_lemma_words(trainer *t)
{
    for (uint32_t i = 0; i < t->input->words && !t->lost; i++)
        count_word(t, t->input->word[i]);
    add_listed(t);
    train_lemma_lemma_words(t);
    for (uint32_t i = 0; i < t->types.count && !t->lost; i++) {
        word_type *type = &t->types.at[i];
        type->script = train_lemma_folded_script(t, type->folded, type->lemma);
        if (!t->lost && !t->too_many) t->scripts.at[type->script].types++;
    }
}
