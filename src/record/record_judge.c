/*
 * record_judge.c - are two readings one document, one commitment? And the blocks under which
 * readings that may be one are found.
 *
 * Method  a document is known by its class, day, parties and what qualifies its name; a
 *         commitment by who owes it and its words. Parties alone never join: the reports
 *         of one process would be glued to another that shares its actors.
 */
#include "record_private.h"
#include "text.h"

#include <string.h>

/* Documents without a qualifying word that a report points back to have as much. */
static const float POINTED_AT = 0.56f;

enum {
    PRECISE_DAYS = 3,
    SLACK_DAYS = 1,
    WINDOW = 14,
    MONTH = 31,
    MANY = 1000,
    NAME_WORD = 5
};

/* ---- terms ------------------------------------------------------------------------- */

/* "european" and "org:european_union": a word of the name of a body. */
static bool is_word_of(rap_slice term, rap_slice key)
{
    if (!rap_slice_starts(key, "org:") || term.len < NAME_WORD) return false;
    key = rap_slice_sub(key, 4, key.len);
    rap_slice part;
    while (rap_split_next(&key, '_', &part))
        if (rap_slice_equal(part, term)) return true;
    return false;
}

static bool has_term(rap_slice list, rap_slice term)
{
    rap_slice part;
    while (rap_split_next(&list, ' ', &part))
        if (rap_slice_equal(part, term) || is_word_of(part, term) ||
            is_word_of(term, part))
            return true;
    return false;
}

static uint32_t count_terms(rap_slice list)
{
    uint32_t n = 0;
    rap_slice part;
    while (rap_split_next(&list, ' ', &part)) n += part.len > 0;
    return n;
}

uint32_t rap_terms_shared(rap_slice a, rap_slice b, uint32_t *smaller)
{
    const uint32_t n = count_terms(a), m = count_terms(b);
    uint32_t shared = 0;
    rap_slice list = a, part;
    while (rap_split_next(&list, ' ', &part)) shared += part.len && has_term(b, part);
    *smaller = n < m ? n : m;
    return shared;
}

/* The key of a state, body or person among terms; a word is none, nor is a place. */
static bool is_actor(rap_slice term)
{
    if (rap_slice_starts(term, "person:") || rap_slice_starts(term, "org:") ||
        rap_slice_starts(term, "group:"))
        return true;
    for (uint32_t i = 0; i < term.len; i++)
        if (term.at[i] < 'A' || term.at[i] > 'Z') return false;
    return term.len > 0;
}

/* ---- days -------------------------------------------------------------------------- */

static bool is_dated(const rap_fact *f)
{
    return f->earliest != RAP_NO_DAY && f->latest != RAP_NO_DAY;
}

static bool is_precise(const rap_fact *f)
{
    return is_dated(f) && (int64_t)f->latest - f->earliest < PRECISE_DAYS;
}

static bool days_meet(const rap_fact *a, const rap_fact *b)
{
    return (int64_t)a->earliest <= (int64_t)b->latest + SLACK_DAYS &&
           (int64_t)b->earliest <= (int64_t)a->latest + SLACK_DAYS;
}

/* ---- documents --------------------------------------------------------------------- */

/* Parties that are named with both, and are others. */
static bool opposed_parties(const rap_fact *a, const rap_fact *b)
{
    if (!a->who_count || !b->who_count || !a->happened || !b->happened) return false;
    const uint32_t n = rap_parties_of(a), m = rap_parties_of(b), least = n < m ? n : m;
    const uint32_t common = rap_in_common(a, b);
    return least > 1 ? common < 2 : common < 1;
}

bool rap_same_story(const rap_fact *a, const rap_fact *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->about_count; i++)
        for (uint32_t k = 0; k < b->about_count; k++)
            n += rap_same_person(a->about[i], b->about[k]);
    return n >= 4;
}

/* One is told of by its year, the other by no day. */
static bool only_one_by_year(const rap_fact *a, const rap_fact *b)
{
    if (is_dated(a) == is_dated(b)) return false;
    const rap_fact *dated = is_dated(a) ? a : b;
    return (int64_t)dated->latest - dated->earliest > MONTH;
}

/* "the Oslo treaty" may be "the treaty" of others; that of a party or state is theirs. */
static bool names_other(const rap_fact *named, const rap_fact *plain)
{
    rap_slice list = named->terms, term;
    while (rap_split_next(&list, ' ', &term)) {
        bool there = !is_actor(term);
        for (uint32_t i = 0; i < plain->who_count && !there; i++)
            there = rap_slice_equal(term, plain->who[i]) ||
                    rap_slice_equal(term, plain->country[i]);
        if (!there) return true;
    }
    return false;
}

/* "the accord" alone, told of more than in passing; with the one that is so named. */
static bool are_plain(const rap_fact *a, const rap_fact *b)
{
    const rap_fact *plain = count_terms(a->terms) ? b : a, *other = plain == a ? b : a;
    if (count_terms(plain->terms) || plain->confidence < POINTED_AT) return false;
    if (!count_terms(other->terms) && other->confidence < POINTED_AT) return false;
    return !only_one_by_year(a, b) && !names_other(other, plain);
}

/* "The ceasefire agreement" of one report may be the trilateral statement of another, if
 * they are of one day and share a word; of one year and parties, nothing speaks against it. */
static verdict judge_other_kind(const rap_fact *a, const rap_fact *b)
{
    static const char pact[] = "agreement", said[] = "statement";
    const bool kinds = (rap_slice_is(a->type, pact) && rap_slice_is(b->type, said)) ||
                       (rap_slice_is(a->type, said) && rap_slice_is(b->type, pact));
    uint32_t smaller;
    const bool dated = is_dated(a) && is_dated(b);
    const uint32_t common = rap_in_common(a, b);
    if (!kinds || a->document == b->document || (dated && !days_meet(a, b)) ||
        (common < 2 && a->happened && b->happened))
        return VERDICT_NEVER;
    return is_precise(a) && is_precise(b) && common > 1 &&
                   rap_terms_shared(a->terms, b->terms, &smaller)
               ? VERDICT_ONE
               : VERDICT_NONE;
}

verdict rap_judge_document(const rap_fact *a, const rap_fact *b, rap_arena *arena,
                           const char **why)
{
    uint32_t smaller;
    const bool kind = rap_slice_equal(a->type, b->type);
    const verdict other = kind ? VERDICT_ONE : judge_other_kind(a, b);
    if (other != VERDICT_ONE) return other;
    if (a->document == b->document)
        return VERDICT_NEVER; /* its stage kept them apart */
    const bool dated = is_dated(a) && is_dated(b);
    if (dated && !days_meet(a, b)) return VERDICT_NEVER;
    if (opposed_parties(a, b)) return VERDICT_NEVER;
    const uint32_t shared = rap_terms_shared(a->terms, b->terms, &smaller);
    const uint32_t common = rap_in_common(a, b);
    const bool told = a->happened && b->happened; /* parties named with both */
    const bool one_day = told && is_precise(a) && is_precise(b) && dated;
    const bool named = shared && (shared * 2 >= smaller || shared > 1);
    const bool same_day = is_precise(a) && is_precise(b) && dated;
    /* "the accord", of the same two or of one day, in reports on the same */
    const bool plain =
        are_plain(a, b) && (common > 1 || same_day || rap_same_story(a, b));
    /* a plan of nobody named, in reports on the same */
    const bool nobodys =
        named && !(a->who_count && b->who_count) && rap_same_story(a, b);
    if (!(common && (one_day || named || plain)) && !(named && same_day) && !nobodys)
        return VERDICT_NONE;
    *why = rap_arena_printf(
        arena, "%s kind of document, %u %s and %u qualifying %s in common%s",
        kind ? "same" : "another", common, common == 1 ? "party" : "parties", shared,
        shared == 1 ? "word" : "words", one_day ? ", same day" : "");
    return VERDICT_ONE;
}

/* ---- commitments ------------------------------------------------------------------- */

verdict rap_judge_commitment(const rap_fact *a, const rap_fact *b, rap_arena *arena,
                             const char **why)
{
    uint32_t smaller;
    if (a->document == b->document) return VERDICT_NONE;
    const uint32_t common = rap_in_common(a, b);
    if (a->who_count && b->who_count && !common) return VERDICT_NEVER;
    const uint32_t shared = rap_terms_shared(a->terms, b->terms, &smaller);
    if (shared < 3 || shared * 5 < smaller * 3 || !common) return VERDICT_NONE;
    *why = rap_arena_printf(arena, "same debtor, %u of %u words in common", shared,
                            smaller);
    return VERDICT_ONE;
}

/* ---- blocks ------------------------------------------------------------------------ */

typedef struct block_list {
    uint64_t *at;
    uint32_t count;
} block_list;

static uint64_t mix(uint64_t a, uint64_t b)
{
    a ^= b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2);
    return a * 0xBF58476D1CE4E5B9u;
}

static void add_block(block_list *list, const rap_fact *f, const char *aspect,
                      uint64_t a, uint64_t b)
{
    if (list->count == RAP_RECORD_BLOCKS) return;
    const uint64_t block =
        mix(mix(rap_hash(rap_slice_of(aspect)) + (uint64_t)f->kind, a), b);
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i] == block) return;
    list->at[list->count++] = block;
}

/* The country a party acts for, or the party: what both tellings of a meeting share. */
static uint64_t side_of(const rap_fact *f, uint32_t i)
{
    return rap_hash(f->country[i].len ? f->country[i] : f->who[i]);
}

/* The days of a meeting, with those a report may be wrong by; by weeks where they are many
 * or the day is open. */
static void add_days(block_list *list, const rap_fact *f)
{
    const rap_day last = f->due_latest != RAP_NO_DAY && f->due_latest > f->latest
                             ? f->due_latest
                             : f->latest;
    if (is_precise(f))
        for (int64_t day = (int64_t)f->earliest - SLACK_DAYS;
             day <= (int64_t)f->latest + SLACK_DAYS; day++)
            for (uint32_t i = 0; i < f->who_count && i < 4; i++)
                add_block(list, f, "day", (uint64_t)day, side_of(f, i));
    if ((int64_t)last - f->earliest > 3 * MONTH) return;
    for (int64_t week = ((int64_t)f->earliest - SLACK_DAYS) / 7;
         week <= ((int64_t)last + SLACK_DAYS) / 7; week++)
        for (uint32_t i = 0; i < f->who_count && i < 4; i++)
            add_block(list, f, "week", (uint64_t)week, side_of(f, i));
}

static void add_terms(block_list *list, const rap_fact *f, const char *aspect,
                      uint64_t with)
{
    rap_slice terms = f->terms, part;
    while (rap_split_next(&terms, ' ', &part)) {
        add_block(list, f, aspect, rap_hash(part), with);
        if (!rap_slice_starts(part, "org:")) continue;
        rap_slice name = rap_slice_sub(part, 4, part.len), word;
        while (rap_split_next(&name, '_', &word)) /* as is_word_of compares */
            if (word.len >= NAME_WORD) add_block(list, f, aspect, rap_hash(word), with);
    }
}

static bool is_word_char(uint32_t c)
{
    return rap_is_letter(c) || rap_is_digit(c);
}

/* Neighbours among the longer words: what is left of a sentence in other words. */
static void add_pairs(block_list *list, const rap_fact *f)
{
    const rap_slice s = f->anchor_words;
    uint64_t before = 0;
    for (uint32_t at = 0; at < s.len;) {
        const uint32_t begin = at;
        if (!is_word_char(rap_utf8_next(s, &at))) continue;
        uint32_t end = at;
        while (at < s.len && is_word_char(rap_utf8_next(s, &at))) end = at;
        char word[48];
        const uint32_t len =
            rap_fold_into(rap_slice_sub(s, begin, end), word, sizeof word);
        if (len == RAP_NONE || len < 4) continue;
        const uint64_t hash = rap_hash((rap_slice){word, len});
        if (before) add_block(list, f, "pair", before, hash);
        before = hash;
    }
}

/* The beginning of the last name: the same in most spellings of it. */
static uint64_t surname_of(rap_slice key)
{
    uint32_t begin = 0;
    for (uint32_t i = 0; i < key.len; i++)
        if (key.at[i] == ' ') begin = i + 1;
    const uint32_t end = begin + 4 < key.len ? begin + 4 : key.len;
    return rap_hash(rap_slice_sub(key, begin, end));
}

/* The first consonants of the last name, doubled ones once: the same in spellings of other
 * vowels. */
static uint64_t skeleton_of(rap_slice key)
{
    char kept[3] = "";
    uint32_t begin = 0, n = 0;
    for (uint32_t i = 0; i < key.len; i++)
        if (key.at[i] == ' ') begin = i + 1;
    for (uint32_t i = begin; i < key.len && n < sizeof kept; i++)
        if (!strchr("aeiouy", key.at[i]) && (!n || kept[n - 1] != key.at[i]))
            kept[n++] = key.at[i];
    return rap_hash((rap_slice){kept, n});
}

/* What one said on these days, by the beginning of the surname. */
static void add_speaker(block_list *list, const rap_fact *f)
{
    if (!is_precise(f)) return;
    /* the words of a text, of which nobody is the speaker, or a body */
    if (!f->who_count || !rap_slice_starts(f->who[0], "person:"))
        add_block(list, f, "no person", (uint64_t)f->earliest, 0);
    if (!f->who_count) return;
    for (int64_t day = (int64_t)f->earliest - 2; day <= (int64_t)f->earliest + 2; day++)
        add_block(list, f, "speaker", (uint64_t)day, surname_of(f->who[0]));
    if (rap_slice_starts(f->who[0], "person:"))
        add_block(list, f, "spelt", (uint64_t)f->earliest, skeleton_of(f->who[0]));
}

static void add_parties(block_list *list, const rap_fact *f)
{
    for (uint32_t i = 0; i < f->who_count && i < 4; i++)
        for (uint32_t k = i; k < f->who_count && k < 4; k++)
            add_block(list, f, "party", side_of(f, i) ^ side_of(f, k),
                      rap_hash(f->type));
}

/* Two series of windows of days that overlap, as far as the days of a stance are open. */
static void add_windows(block_list *list, const rap_fact *f)
{
    if (!is_dated(f) || (int64_t)f->latest - f->earliest > MONTH) return;
    for (int64_t day = f->earliest; day <= f->latest; day += WINDOW / 2) {
        add_block(list, f, "early", rap_hash(f->name), (uint64_t)(day / WINDOW));
        add_block(list, f, "late", rap_hash(f->name),
                  (uint64_t)((day + WINDOW / 2) / WINDOW));
    }
}

static uint64_t week_of(const rap_fact *f)
{
    return f->earliest == RAP_NO_DAY ? 0 : (uint64_t)(f->earliest / WINDOW);
}

/* Details of which few have one name. */
static bool is_of_name(const rap_fact *f)
{
    static const char *const type[] = {"content", "belonging", "leader", "sides"};
    for (uint32_t i = 0; i < sizeof type / sizeof *type; i++)
        if (rap_slice_is(f->type, type[i])) return true;
    return false;
}

uint32_t rap_record_blocks(const rap_fact *f, uint64_t block[RAP_RECORD_BLOCKS])
{
    block_list list = {block, 0};
    switch (f->kind) {
    case RAP_ENTRY_MEETING:
        if (f->place.len) add_block(&list, f, "place", rap_hash(f->place), 0);
        if (f->place_code.len && f->who_count)
            for (uint32_t i = 0; i < f->who_count && i < 3; i++)
                add_block(&list, f, "state", rap_hash(f->place_code), side_of(f, i));
        add_terms(&list, f, "term", 0);
        if (is_dated(f)) add_days(&list, f);
        break;
    case RAP_ENTRY_DOCUMENT:
        add_parties(&list, f);
        add_terms(&list, f, "term", rap_hash(f->type));
        if (is_precise(f)) /* of whatever kind */
            for (int64_t day = (int64_t)f->earliest - SLACK_DAYS;
                 day <= (int64_t)f->latest + SLACK_DAYS; day++)
                add_block(&list, f, "of day", (uint64_t)day,
                          f->who_count ? side_of(f, 0) : 0);
        break;
    case RAP_ENTRY_COMMITMENT:
        for (uint32_t i = 0; i < f->who_count && i < 3; i++)
            add_terms(&list, f, "term", side_of(f, i));
        if (f->due_latest != RAP_NO_DAY) add_terms(&list, f, "due", 0);
        break;
    case RAP_ENTRY_STATEMENT:
        add_speaker(&list, f);
        add_pairs(&list, f);
        break;
    case RAP_ENTRY_POSITION:
        add_windows(&list, f);
        break;
    case RAP_ENTRY_DETAIL:
        if (f->who_count) add_block(&list, f, "who", surname_of(f->who[0]), 0);
        if (f->who_count) add_block(&list, f, "spelt", skeleton_of(f->who[0]), 0);
        if (rap_slice_is(f->type, "reason") || rap_slice_is(f->type, "participants"))
            add_windows(&list, f);
        if (is_of_name(f) || (rap_slice_is(f->type, "toll") && f->low >= MANY))
            add_block(&list, f, "name", rap_hash(f->name), rap_hash(f->type));
        if (rap_slice_starts(f->name, "length of"))
            add_block(&list, f, "name", rap_hash(f->name), week_of(f));
        if (rap_slice_is(f->type, "length"))
            add_terms(&list, f, "term", rap_hash(f->type));
        else if (f->name.len)
            add_terms(&list, f, "term", rap_hash(f->name));
        break;
    default:
        break;
    }
    return list.count;
}
