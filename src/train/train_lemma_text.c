/* train_lemma_text.c - how words are written in running text; see train_lemma_private.h. */
#include "text.h"
#include "train_lemma_private.h"

static text_word *text_word_of(trainer *t, rap_slice folded)
{
    uint32_t *slot = train_lemma_slot_of(t, &t->text_map, folded);
    if (!slot) return NULL;
    if (*slot == RAP_NONE) {
        const rap_slice own = train_lemma_copy(t, folded);
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

void train_lemma_text(trainer *t)
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
void train_lemma_lemma_words(trainer *t)
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

lemma_habit train_lemma_habit_of(const text_word *word)
{
    const uint32_t lower = word->habit[LEMMA_COMMON], name = word->habit[LEMMA_NAME],
                   capitals = word->habit[LEMMA_CAPITALS];
    const uint32_t all = lower + name + capitals;
    if (all == 0 || word->total < HABIT_COUNT) return LEMMA_UNSEEN;
    if (2 * lower >= all) return LEMMA_COMMON;
    return name >= capitals ? LEMMA_NAME : LEMMA_CAPITALS;
}
