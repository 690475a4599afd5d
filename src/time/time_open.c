/*
 * time_open.c - the lists of a language, read once; see timex.h.
 *
 * Reads   time/words.tsv, time/phrases.tsv and the calendar.
 * Writes  rap_time_knowledge, const afterwards.
 * Cost    linear in the lists.
 */
#include <stdlib.h>

#include "time_private.h"

enum { KNOWLEDGE_BYTES = 8 << 20 };

const char *const time_unit_code[UNITS] = {"TS", "TM", "TH", "D",  "WE", "W",
                                           "M",  "Q",  "Y",  "DE", "CE"};
const char *const time_season_code[4] = {"SP", "SU", "FA", "WI"};
const char *const time_part_code[5] = {"MO", "MI", "AF", "EV", "NI"};
const char *const time_mod_code[3] = {"START", "MID", "END"};

static const char *const class_name[WORD_CLASSES] = {
    "number", "ordinal",    "unit",     "units",      "season",
    "part",   "half",       "near",     "along",      "span",
    "shift",  "beside",     "mod",      "edge",       "about",
    "the",    "one",        "another",  "these",      "of",
    "on",     "each",       "to",       "and",        "long",
    "old",    "ahead-of",   "zone",     "year-after", "ahead",
    "future", "infinitive", "numbered", "unsure",     "unsure-season",
    "decade", "weekdays",   "marks",    "today",      "couple",
    "filler", "eve",        "from",     "now",        "thousand",
    "fiscal", "latest",     "period",   "ended",      "per",
    "halves", "latter",     "clock",    "owned",      "at",
    "moment", "occasion",   "perfect",  "during",     "other",
    "bound",  "",           ""};

const char *const time_about_code[5] = {"APPROX", "LESS_THAN", "MORE_THAN",
                                        "EQUAL_OR_MORE", "EQUAL_OR_LESS"};
static const char *const feast_name[] = {"fixed", "nth", "easter", "orthodox",
                                         "islamic"};
static const char *const phrase_name[] = {"DATE",  "SET",   "DURATION", "DAY",
                                          "ABOUT", "EXACT", "AHEAD",    "NONE"};

/* Index of `name` in list[0..n), or n. */
static uint32_t index_of(rap_slice name, const char *const *list, uint32_t n)
{
    uint32_t i = 0;
    while (i < n && !rap_slice_is(name, list[i])) i++;
    return i;
}

static bool read_whole(rap_slice s, int32_t *out)
{
    const bool minus = s.len && s.at[0] == '-';
    int32_t value = 0;
    for (uint32_t i = minus; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9' || value > 999) return false;
        value = value * 10 + (s.at[i] - '0');
    }
    *out = minus ? -value : value;
    return s.len > (uint32_t)minus;
}

/* The value of a row of words.tsv: a code of its class, X, or a whole number. */
static bool read_value(uint32_t class, rap_slice s, int8_t *out)
{
    int32_t value = -1;
    bool good = true;
    if (class == IS_UNIT || class == IS_UNITS)
        good = (value = (int32_t)index_of(s, time_unit_code, UNITS)) < UNITS;
    else if (class == IS_SEASON)
        good = (value = (int32_t)index_of(s, time_season_code, 4)) < 4;
    else if (class == IS_PART)
        good = (value = (int32_t)index_of(s, time_part_code, 5)) < 5;
    else if (class == IS_ABOUT)
        good = (value = (int32_t)index_of(s, time_about_code, 5)) < 5;
    else if (!rap_slice_is(s, "X"))
        good = read_whole(s, &value);
    *out = (int8_t)value;
    return good && value >= INT8_MIN && value <= INT8_MAX;
}

/* The entry of a word, made at first use; NULL if there is no memory. */
static word *word_of(rap_time_knowledge *k, rap_slice text)
{
    const rap_slice key = rap_fold(&k->arena, text);
    uint32_t *slot = key.at ? rap_map_put(&k->words, &k->arena, key) : NULL;
    if (!slot) return NULL;
    if (*slot == RAP_NONE) {
        if (!rap_push(&k->arena, &k->word, (word){0})) return NULL;
        *slot = k->word.count - 1;
        if (key.len > 1) {
            const uint32_t bit = time_word_bit(key);
            k->known[bit / 64] |= (uint64_t)1 << bit % 64;
        }
    }
    return &k->word.at[*slot];
}

static bool put_word(rap_time_knowledge *k, rap_slice text, uint32_t class,
                     int8_t value)
{
    word *w = word_of(k, text);
    if (!w) return false;
    w->classes |= (uint64_t)1 << class;
    w->value[class] = value;
    return true;
}

static rap_status read_words(rap_time_knowledge *k, rap_slice bytes, rap_error *err)
{
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    uint32_t n;
    while ((n = rap_tsv_next(&tsv, field))) {
        const uint32_t class = index_of(field[0], class_name, IS_MONTH);
        int8_t value;
        if (n < 3 || class >= IS_MONTH || !read_value(class, field[1], &value))
            return rap_fail(err, RAP_E_MODEL, tsv.at,
                            "time/words.tsv line %u: not 'class, value, words'",
                            tsv.line);
        rap_slice part;
        while (rap_split_next(&field[2], ',', &part))
            if (!put_word(k, part, class, value))
                return rap_fail(err, RAP_E_NOMEM, 0, "time/words.tsv");
    }
    return RAP_OK;
}

static rap_status read_months(rap_time_knowledge *k, const rap_map *map, uint32_t class,
                              rap_slice bytes, rap_error *err)
{
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    while (rap_tsv_next(&tsv, field)) {
        rap_slice part;
        while (rap_split_next(&field[2], ',', &part)) {
            char folded[48];
            const uint32_t len = rap_fold_into(part, folded, sizeof folded);
            if (len == RAP_NONE) continue;
            const uint32_t value = rap_map_get(map, (rap_slice){folded, len});
            if (value != RAP_NONE && !put_word(k, part, class, (int8_t)value))
                return rap_fail(err, RAP_E_NOMEM, 0, "the calendar");
        }
    }
    return RAP_OK;
}

/* Where the next piece of a folded phrase ends: "new year|'s| eve", "eid al|-|fitr". */
static uint32_t piece_end(rap_slice s, uint32_t from)
{
    if (s.at[from] == '-') return from + 1;
    uint32_t at = from + 1;
    while (at < s.len && s.at[at] != ' ' && s.at[at] != '-' && s.at[at] != '\'') at++;
    return at;
}

/* The entries of the words of a phrase; how many, 0 if the arena is full. */
static uint32_t words_of_phrase(rap_time_knowledge *k, rap_slice text,
                                uint32_t word_at[PHRASE_ATOMS])
{
    const rap_slice s = rap_fold(&k->arena, text);
    uint32_t count = 0;
    for (uint32_t at = 0, end; s.at && at < s.len && count < PHRASE_ATOMS; at = end) {
        end = piece_end(s, at);
        const rap_slice piece = rap_slice_sub(s, at, end);
        if (end < s.len && s.at[end] == ' ') end++;
        if (rap_slice_is(piece, "-")) {
            word_at[count++] = HYPHEN_WORD;
            continue;
        }
        const word *entry = word_of(k, piece);
        if (!entry) return 0;
        word_at[count++] = (uint32_t)(entry - k->word.at);
    }
    return count;
}

static bool put_phrase(rap_time_knowledge *k, rap_slice text, phrase value)
{
    uint32_t entry[PHRASE_ATOMS];
    const uint32_t count = words_of_phrase(k, text, entry);
    if (!count || !rap_push(&k->arena, &k->phrase, value)) return false;
    for (uint32_t n = 1; n <= count; n++) {
        const rap_slice key = rap_arena_copy(
            &k->arena, (rap_slice){(const char *)entry, n * (uint32_t)sizeof *entry});
        uint32_t *slot = key.at ? rap_map_put(&k->phrases, &k->arena, key) : NULL;
        if (!slot) return false;
        if (n == count)
            *slot = k->phrase.count - 1;
        else if (*slot == RAP_NONE)
            *slot = PHRASE_OPEN;
    }
    k->word.at[entry[0]].classes |= (uint64_t)1 << IS_PHRASE;
    return true;
}

static rap_status read_phrases(rap_time_knowledge *k, rap_slice bytes, rap_error *err)
{
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    uint32_t n;
    while ((n = rap_tsv_next(&tsv, field))) {
        const uint32_t kind = index_of(field[0], phrase_name, PHRASE_NONE + 1);
        const uint32_t part = index_of(field[2], time_part_code, 5);
        int32_t days = 0;
        if (n < 4 || kind > PHRASE_NONE ||
            (kind == PHRASE_DAY && !read_whole(field[1], &days)))
            return rap_fail(err, RAP_E_MODEL, tsv.at,
                            "time/phrases.tsv line %u: not 'kind, value, mod, phrases'",
                            tsv.line);
        const rap_slice value = rap_arena_copy(&k->arena, field[1]);
        if (!value.at) return rap_fail(err, RAP_E_NOMEM, 0, "time/phrases.tsv");
        const phrase p = {(phrase_kind)kind, value.at, (int8_t)days,
                          part < 5 ? (int8_t)part : PART_NONE, 0};
        rap_slice text;
        while (rap_split_next(&field[3], ',', &text))
            if (!put_phrase(k, text, p))
                return rap_fail(err, RAP_E_NOMEM, 0, "time/phrases.tsv");
    }
    return RAP_OK;
}

static bool read_feast(const rap_slice field[], feast *out)
{
    int32_t month, day, weekday;
    const uint32_t rule = index_of(field[0], feast_name, FEAST_RULES);
    if (rule == FEAST_RULES || !read_whole(field[1], &month) ||
        !read_whole(field[2], &day) || !read_whole(field[3], &weekday))
        return false;
    const int32_t most =
        rule == FEAST_ISLAMIC ? 30 : 6; /* days it lasts, or a weekday */
    if (month < 1 || month > 12 || day < -100 || day > 100 || weekday < 0 ||
        weekday > most)
        return false;
    if (rule == FEAST_FIXED && (day < 1 || day > 31)) return false;
    *out =
        (feast){(feast_rule)rule, (uint8_t)month,
                rule == FEAST_FIXED ? (uint8_t)day : 0, (int8_t)day, (uint8_t)weekday};
    return true;
}

static rap_status read_feasts(rap_time_knowledge *k, rap_slice bytes, rap_error *err)
{
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    uint32_t n;
    while ((n = rap_tsv_next(&tsv, field))) {
        feast f;
        if (n < 5 || !read_feast(field, &f))
            return rap_fail(err, RAP_E_MODEL, tsv.at,
                            "time/feasts.tsv line %u: not 'rule, month, day, weekday, "
                            "names'",
                            tsv.line);
        const phrase p = {PHRASE_FEAST, "", 0, PART_NONE, k->feast.count};
        bool kept = rap_push(&k->arena, &k->feast, f);
        rap_slice name;
        while (kept && rap_split_next(&field[4], ',', &name))
            kept = put_phrase(k, name, p);
        if (!kept) return rap_fail(err, RAP_E_NOMEM, 0, "time/feasts.tsv");
    }
    return RAP_OK;
}

rap_status rap_time_open(const rap_language *language, const rap_calendar *calendar,
                         rap_time_knowledge **out, rap_error *err)
{
    *out = NULL;
    rap_time_knowledge *k = calloc(1, sizeof *k);
    if (!k) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the lists of times");
    k->calendar = calendar;
    k->arena = RAP_ARENA(KNOWLEDGE_BYTES);
    rap_slice words, phrases, feasts, months;
    rap_status status = rap_language_file(language, "time/words.tsv", &words, err);
    if (!status)
        status = rap_language_file(language, "time/phrases.tsv", &phrases, err);
    if (!status) status = rap_language_file(language, "time/feasts.tsv", &feasts, err);
    if (!status) status = rap_language_file(language, "calendar.tsv", &months, err);
    if (!status) status = read_words(k, words, err);
    if (!status) status = read_months(k, &calendar->month, IS_MONTH, months, err);
    if (!status) status = read_months(k, &calendar->weekday, IS_WEEKDAY, months, err);
    if (!status) status = read_phrases(k, phrases, err);
    if (!status) status = read_feasts(k, feasts, err);
    if (status) {
        rap_time_close(k);
        return status;
    }
    *out = k;
    return RAP_OK;
}

void rap_time_close(rap_time_knowledge *knowledge)
{
    if (!knowledge) return;
    rap_arena_free(&knowledge->arena);
    free(knowledge);
}
