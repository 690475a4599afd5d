/* train_lemma_cases.c - rules for capitals; see train_lemma_private.h. */
#include "train_lemma_private.h"

/* A word as it is written votes once for each way to read its capitals that its lemma
 * agrees with longest. */
static void vote_for_case(trainer *t, const rap_conllu_word *word)
{
    lemma_form form, lemma;
    if (word->lemma.len == 0 || !lemma_read(word->form, &form) ||
        !lemma_read(word->lemma, &lemma))
        return;
    const uint8_t of_class = train_lemma_class_of_word(t, word);
    key_bytes key = {.len = 0};
    train_lemma_key_number(&key, KEY_CASE);
    train_lemma_key_number(&key, of_class);
    train_lemma_key_slice(&key, word->form);
    train_lemma_key_slice(&key, word->lemma);
    if (train_lemma_count_up(t, &key) != 1) return;

    uint32_t agreed[LEMMA_CASES], most = 0, base[LEMMA_CHARS];
    for (uint32_t from = 0; from < LEMMA_CASES; from++) {
        const uint32_t count = train_lemma_based(&form, (lemma_case)from, base);
        agreed[from] =
            train_lemma_shared(base, count, lemma.written, lemma.written_count);
        if (agreed[from] > most) most = agreed[from];
    }
    if (most < (form.written_count < 2 ? form.written_count : 2)) return;
    lemma_habit habit = lemma_habit_of(&t->model, train_lemma_hash_of(&form));
    if (habit == LEMMA_UNSEEN)
        habit = lemma_habit_of(&t->model, train_lemma_hash_of(&lemma));
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

bool train_lemma_cases(trainer *t)
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
