/*
 * name_alike.c - may two actors be one person whose name is spelled in two ways; see
 * alike.h.
 *
 * Method  names are folded, their particles ("al", "bin") left out, and each word read as a
 * row of sounds by the list (the longest spelling wins). Two rows are aligned as in an edit
 * distance, with the costs of the list where two sounds are near or one may be missing; what
 * stands at the end of a word is heard, so that Ivanova is not Ivanov.
 */
#include "alike.h"
#include "name_private.h"

enum {
    NAME_WORDS = 8,
    WORD_SOUNDS = 48,
    SPELLING = 4, /* bytes of the longest spelling of a sound */
    FULL_COST = 100,
    MOST_APART = 90, /* of two names that may be one */
    TOO_FAR = 1000
};

/* Columns; docs/format/actors.md. */
enum { NAME = 1, COST = 2, SPELLINGS = 5 };

typedef struct sounds {
    char at[WORD_SOUNDS];
    uint32_t count;
} sounds;

typedef struct parts { /* of a folded name */
    char folded[PHRASE_BYTES];
    rap_slice word[NAME_WORDS];
    sounds sound[NAME_WORDS];
    sounds joined, whole;  /* all words in one row, without their particles and with */
    uint32_t count, words; /* without the particles, and with */
    bool initials;         /* "S. Lavrov" */
    bool suffix;           /* "Jr", "II" */
} parts;

/* ---- the list ------------------------------------------------------------------- */

static bool put_spellings(rap_name_knowledge *knowledge, rap_map *map, rap_slice list,
                          uint32_t value)
{
    rap_slice part;
    while (list.len && rap_split_next(&list, '|', &part)) {
        char folded[PHRASE_BYTES];
        const rap_slice key = rap_arena_copy(
            &knowledge->arena, (rap_slice){folded, folded_words(part, folded)});
        uint32_t *slot = key.at ? rap_map_put(map, &knowledge->arena, key) : NULL;
        if (!slot) return false;
        *slot = value;
    }
    return true;
}

/* A number of at most three figures; FULL_COST if it is none. */
static uint8_t cost_of(rap_slice s)
{
    uint32_t value = 0;
    for (uint32_t i = 0; i < s.len && i < 3; i++)
        value = value * 10 + ((uint8_t)s.at[i] - '0');
    return s.len && value < FULL_COST ? (uint8_t)value : FULL_COST;
}

bool alike_is_row(const rap_slice field[], uint32_t kind)
{
    const rap_slice name = field[NAME];
    const uint32_t signs = kind == ROW_NEAR ? 2 : 1;
    for (uint32_t i = 0; kind != ROW_SAME_NAME && i < name.len; i++)
        if ((uint8_t)name.at[i] >= ALIKE_SIGNS) return false;
    return kind == ROW_SAME_NAME || name.len == signs;
}

bool alike_read(rap_name_knowledge *knowledge, const rap_slice field[], uint32_t kind)
{
    alike_table *table = &knowledge->alike;
    if (kind == ROW_SOUND)
        return put_spellings(knowledge, &table->sound, field[SPELLINGS],
                             (uint8_t)field[NAME].at[0]);
    if (kind == ROW_SAME_NAME) {
        const uint32_t group = table->groups++;
        return put_spellings(knowledge, &table->given, field[NAME], group) &&
               put_spellings(knowledge, &table->given, field[SPELLINGS], group);
    }
    const uint8_t a = (uint8_t)field[NAME].at[0], b = (uint8_t)field[NAME].at[1];
    const uint8_t saved = (uint8_t)(FULL_COST - cost_of(field[COST]));
    table->saved[a][b] = table->saved[b][a] = saved;
    return true;
}

/* ---- names as sounds ------------------------------------------------------------- */

/* The sound that begins at `at`, the longest; *next past it. 0: no letter of the list. */
static char sound_at(const alike_table *table, rap_slice s, uint32_t at, uint32_t *next)
{
    for (uint32_t len = s.len - at < SPELLING ? s.len - at : SPELLING; len; len--) {
        const uint32_t sound =
            rap_map_get(&table->sound, rap_slice_sub(s, at, at + len));
        if (sound == RAP_NONE) continue;
        *next = at + len;
        return (char)sound;
    }
    *next = at + 1;
    return 0;
}

static bool is_vowel(const alike_table *table, char sound)
{
    return table->saved[(uint8_t)sound]['-'] > 0 && sound != 'H';
}

/* Adds the sounds of `word`; the same twice in a row counts once. */
static void add_sounds(const alike_table *table, rap_slice word, sounds *out)
{
    for (uint32_t at = 0; at < word.len && out->count < WORD_SOUNDS;) {
        const char sound = sound_at(table, word, at, &at);
        if (!sound || (out->count && out->at[out->count - 1] == sound)) continue;
        out->at[out->count++] = sound;
    }
    /* Haniyeh, Haniya: a breath at the end. */
    if (out->count > 2 && out->at[out->count - 1] == 'H' &&
        is_vowel(table, out->at[out->count - 2]))
        out->count--;
}

/* Folded words; an apostrophe parts none: "Ja'afari". */
static rap_slice fold_name(rap_slice name, char out[PHRASE_BYTES])
{
    char plain[PHRASE_BYTES];
    uint32_t len = 0;
    for (uint32_t at = 0, from = 0; at < name.len; from = at) {
        const uint32_t c = rap_utf8_next(name, &at);
        if (rap_quote_of(c)) continue;
        if (len + (at - from) > sizeof plain) return (rap_slice){out, 0};
        memcpy(plain + len, name.at + from, at - from);
        len += at - from;
    }
    return (rap_slice){out, folded_words((rap_slice){plain, len}, out)};
}

static void take_apart(const rap_name_knowledge *knowledge, rap_slice name, parts *out)
{
    const alike_table *table = &knowledge->alike;
    *out = (parts){.count = 0};
    const rap_slice s = fold_name(name, out->folded);
    for (uint32_t at = 0, end; at < s.len; at = end + 1) {
        end = rap_slice_find(s, RAP_LIT(" "), at);
        const rap_slice word = rap_slice_sub(s, at, end);
        if (is_of_class(knowledge, word, BIT(N_SUFFIX))) {
            out->suffix = true;
            continue;
        }
        const bool between = out->count && end < s.len;
        add_sounds(table, word, &out->whole);
        out->words++;
        if ((between && is_of_class(knowledge, word, BIT(N_PARTICLE))) ||
            out->count == NAME_WORDS)
            continue;
        add_sounds(table, word, &out->joined);
        out->word[out->count] = word;
        out->initials |= word.len == 1;
        add_sounds(table, word, &out->sound[out->count++]);
    }
}

/* ---- how far apart ---------------------------------------------------------------- */

static uint32_t change_cost(const alike_table *table, char a, char b)
{
    return a == b ? 0 : FULL_COST - table->saved[(uint8_t)a][(uint8_t)b];
}

/* What it costs that a sound of one row is missing in the other, at its end or not. */
static uint32_t missing_cost(const alike_table *table, char sound, bool at_end)
{
    return at_end ? FULL_COST : FULL_COST - table->saved[(uint8_t)sound]['-'];
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t distance(const alike_table *table, const sounds *a, const sounds *b)
{
    uint32_t row[WORD_SOUNDS + 1] = {0};
    for (uint32_t j = 1; j <= b->count; j++)
        row[j] = row[j - 1] + missing_cost(table, b->at[j - 1], j == b->count);
    for (uint32_t i = 1; i <= a->count; i++) {
        uint32_t corner = row[0];
        const uint32_t gone = missing_cost(table, a->at[i - 1], i == a->count);
        row[0] += gone;
        for (uint32_t j = 1; j <= b->count; j++) {
            const uint32_t above = row[j];
            const uint32_t extra = missing_cost(table, b->at[j - 1], j == b->count);
            row[j] = least(corner + change_cost(table, a->at[i - 1], b->at[j - 1]),
                           least(above + gone, row[j - 1] + extra));
            corner = above;
        }
    }
    return row[b->count];
}

/* The cost of two words that may be one, or TOO_FAR. Short ones must be nearly equal. */
static uint32_t word_cost(const rap_name_knowledge *knowledge, const parts *a,
                          uint32_t i, const parts *b, uint32_t j)
{
    if (rap_slice_equal(a->word[i], b->word[j])) return 0;
    const alike_table *table = &knowledge->alike;
    const uint32_t group = rap_map_get(&table->given, a->word[i]);
    if (group != RAP_NONE && group == rap_map_get(&table->given, b->word[j])) return 5;
    const sounds *x = &a->sound[i], *y = &b->sound[j];
    const uint32_t shorter = least(x->count, y->count);
    const uint32_t most = shorter < 3 ? 0 : shorter < 4 ? 10 : shorter < 6 ? 45 : 60;
    const uint32_t cost = distance(table, x, y);
    return cost <= most ? cost : TOO_FAR;
}

static bool is_initial(const parts *p, uint32_t i, const parts *of, uint32_t j)
{
    return p->word[i].len == 1 && p->word[i].at[0] == of->word[j].at[0];
}

/* ---- two names -------------------------------------------------------------------- */

/* Words between first and last: those of one all stand in the other, in order, or one has
 * none. "George W." is not "George H. W.". */
static uint32_t middle_cost(const rap_name_knowledge *knowledge, const parts *a,
                            const parts *b)
{
    const uint32_t x = a->count - 2, y = b->count - 2;
    if (!x || !y) return 0;
    if (x != y) return TOO_FAR;
    uint32_t sum = 0;
    for (uint32_t i = 1; i <= x; i++) {
        const uint32_t cost = is_initial(a, i, b, i) || is_initial(b, i, a, i)
                                  ? 0
                                  : word_cost(knowledge, a, i, b, i);
        if (cost == TOO_FAR) return TOO_FAR;
        sum += cost;
    }
    return sum;
}

/* First, middle and last words, each with its like. */
static uint32_t word_by_word(const rap_name_knowledge *knowledge, const parts *a,
                             const parts *b, rap_alike *out)
{
    uint32_t given = word_cost(knowledge, a, 0, b, 0);
    if (given == TOO_FAR && (is_initial(a, 0, b, 0) || is_initial(b, 0, a, 0))) {
        out->short_name = true;
        given = 0;
    }
    const uint32_t last = word_cost(knowledge, a, a->count - 1, b, b->count - 1);
    if (given == TOO_FAR || last == TOO_FAR) return TOO_FAR;
    const uint32_t middle = middle_cost(knowledge, a, b);
    return middle == TOO_FAR ? TOO_FAR : given + last + middle;
}

/* "Abdel Fattah", "Abdelfattah"; "Ben-Gvir", "Bengvir": all words in one row. */
static uint32_t run_together(const rap_name_knowledge *knowledge, const parts *a,
                             const parts *b)
{
    enum { SHORTEST = 6, MOST = 60 };
    const alike_table *table = &knowledge->alike;
    if (a->initials || b->initials || a->words == b->words ||
        least(a->joined.count, b->joined.count) < SHORTEST)
        return TOO_FAR;
    const uint32_t cost = least(distance(table, &a->joined, &b->joined),
                                distance(table, &a->whole, &b->whole));
    return cost <= MOST ? cost : TOO_FAR;
}

/* The words of the shorter, two or more, begin the longer: "Tamim bin Hamad (Al Thani)". */
static uint32_t beginning(const parts *a, const parts *b, rap_alike *out)
{
    const uint32_t words = least(a->count, b->count);
    if (words < 2 || a->count == b->count) return TOO_FAR;
    for (uint32_t i = 0; i < words; i++)
        if (!rap_slice_equal(a->word[i], b->word[i])) return TOO_FAR;
    out->short_name = true;
    return 0;
}

static uint32_t name_cost(const rap_name_knowledge *knowledge, const parts *a,
                          const parts *b, rap_alike *out)
{
    if (!a->count || !b->count || a->suffix != b->suffix) return TOO_FAR;
    uint32_t cost = TOO_FAR;
    if (a->count > 1 && b->count > 1) cost = word_by_word(knowledge, a, b, out);
    if (cost == TOO_FAR) cost = run_together(knowledge, a, b);
    if (cost == TOO_FAR) cost = beginning(a, b, out);
    if (cost != TOO_FAR || (a->count > 1 && b->count > 1)) return cost;
    out->short_name = true; /* "Kopirkin", "Oleg Kopyrkin" */
    return word_cost(knowledge, a, a->count - 1, b, b->count - 1);
}

bool names_alike(const rap_name_knowledge *knowledge, rap_slice one, rap_slice other)
{
    parts a, b;
    rap_alike found = {.short_name = false};
    take_apart(knowledge, one, &a);
    take_apart(knowledge, other, &b);
    return a.count > 1 && b.count > 1 &&
           name_cost(knowledge, &a, &b, &found) <= MOST_APART && !found.short_name;
}

/* ---- what else is known of them ------------------------------------------------------ */

/* The row of the first office that the wording names, the longest words first; RAP_NONE. */
static uint32_t office_in(const rap_name_knowledge *knowledge, rap_slice wording)
{
    char folded[PHRASE_BYTES];
    const rap_slice s = {folded, folded_words(wording, folded)};
    for (uint32_t at = 0; at < s.len; at = rap_slice_find(s, RAP_LIT(" "), at) + 1) {
        for (uint32_t end = s.len; end > at;) {
            const uint32_t found =
                rap_map_get(&knowledge->prefix, rap_slice_sub(s, at, end));
            if (found != RAP_NONE && found != PREFIX_ONLY &&
                (knowledge->phrases.at[found].is & BIT(N_ROLE)))
                return knowledge->phrases.at[found].word;
            while (end > at && s.at[--end] != ' ') {
            }
        }
    }
    return RAP_NONE;
}

static bool same_office(const rap_name_knowledge *knowledge, uint32_t a, uint32_t b)
{
    if (a == RAP_NONE || b == RAP_NONE) return false;
    return a == b || rap_slice_equal(knowledge->entries.at[a].rank,
                                     knowledge->entries.at[b].rank);
}

/* Of the offices of both: *known whether each has one, and whether one is shared. */
static bool share_office(const rap_name_knowledge *knowledge, const rap_person_known *a,
                         const rap_person_known *b, bool *known)
{
    bool of_a = false, of_b = false, shared = false;
    for (uint32_t i = 0; i < a->role_count; i++) {
        const uint32_t x = office_in(knowledge, a->roles[i]);
        of_a |= x != RAP_NONE;
        for (uint32_t j = 0; j < b->role_count; j++) {
            const uint32_t y = office_in(knowledge, b->roles[j]);
            of_b |= y != RAP_NONE;
            shared |= same_office(knowledge, x, y);
        }
    }
    *known = of_a && of_b;
    return shared;
}

bool rap_actor_alike(const rap_name_knowledge *knowledge, const rap_person_known *a,
                     const rap_person_known *b, rap_alike *out)
{
    *out = (rap_alike){.cost = TOO_FAR};
    out->country = a->country.len && rap_slice_equal(a->country, b->country);
    if (a->country.len && b->country.len && !out->country) return false;
    bool offices_known;
    out->office = share_office(knowledge, a, b, &offices_known);
    if (offices_known && !out->office) return false;
    if (!out->country && !out->office) return false;
    parts x, y;
    take_apart(knowledge, a->name, &x);
    take_apart(knowledge, b->name, &y);
    out->cost = name_cost(knowledge, &x, &y, out);
    if (out->cost > MOST_APART || (out->short_name && !(out->country && out->office)))
        return false;
    out->confidence = 0.95f - (float)out->cost / 200 - (out->country ? 0 : 0.15f) -
                      (out->office ? 0 : 0.15f) - (out->short_name ? 0.2f : 0);
    return true;
}

uint32_t rap_alike_bucket(const rap_name_knowledge *knowledge, rap_slice name,
                          char out[RAP_ALIKE_BYTES])
{
    /* Sounds that may stand for one another count as one; those that may be missing do not. */
    static const char like[][2] = {{'G', 'K'}, {'Q', 'K'}, {'F', 'V'}, {'D', 'T'},
                                   {'P', 'B'}, {'J', 'S'}, {'Z', 'S'}, {'4', 'S'},
                                   {'5', 'S'}, {'W', 'S'}, {'C', 'S'}};
    parts p;
    take_apart(knowledge, name, &p);
    uint32_t len = 0;
    for (uint32_t i = p.joined.count; i-- > 0 && len < RAP_ALIKE_BYTES;) {
        char c = p.joined.at[i];
        if (is_vowel(&knowledge->alike, c) || c == 'H' || c == 'X') continue;
        for (uint32_t n = 0; n < sizeof like / sizeof *like; n++)
            if (like[n][0] == c) c = like[n][1];
        if (!len || out[len - 1] != c) out[len++] = c;
    }
    return len;
}
