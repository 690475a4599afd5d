/*
 * name_holder.c - persons of a document by the offices they held at its date; see
 * name_office_private.h.
 *
 * Method  a description ("the Ruritanian foreign minister") is whoever alone held the
 * office on all days that the report may be of; where the sentence names another year,
 * on all days of that year. A short name with a title is the one person of that name
 * who holds such an office then, else the one who held it before; a short name alone
 * only whoever is in office, in a country that the document names.
 */
#include "name_private.h"

enum {
    FIRST_YEAR = 1900,
    LAST_YEAR = 2100,
    TELLING_BYTES = 5,
    MOST_SPAN = 366,
    AROUND = 48
};

office_days days_of(const name_work *work)
{
    const rap_published *p = &work->article->published;
    const office_days none = {RAP_NO_DAY, RAP_NO_DAY};
    if (p->basis == RAP_BASIS_UNKNOWN || p->earliest == RAP_NO_DAY ||
        p->latest == RAP_NO_DAY || p->latest < p->earliest ||
        p->latest - p->earliest > MOST_SPAN)
        return none;
    return (office_days){p->earliest, p->latest};
}

/* A bare year written in figures; 0 if the token is none. */
static int32_t year_at(const name_work *work, uint32_t token)
{
    const rap_slice s = words_of(work, work->tokens->span[token]);
    if (work->tokens->kind[token] != RAP_TOKEN_NUMBER || s.len != 4) return 0;
    int32_t year = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return 0;
        year = year * 10 + (s.at[i] - '0');
    }
    return year >= FIRST_YEAR && year < LAST_YEAR ? year : 0;
}

/* What the sentence is about: the days of the report, or all of the year it names. */
static office_days days_told(const name_work *work, const name_found *f)
{
    const office_days days = days_of(work);
    if (days.from == RAP_NO_DAY) return days;
    const rap_tokens *tokens = work->tokens;
    /* Near the description only: a sentence may be as long as a document. */
    uint32_t t = tokens->first[f->sentence], end = tokens->first[f->sentence + 1];
    if (f->first > t + AROUND) t = f->first - AROUND;
    if (end > f->last + AROUND) end = f->last + AROUND;
    for (; t < end; t++) {
        const int32_t year = year_at(work, t);
        if (!year) continue;
        const office_days told = {rap_day_of(year, 1, 1), rap_day_of(year, 12, 31)};
        if (told.to < days.from || told.from > days.to) return told;
    }
    return days;
}

static const office_person *person_at(const name_work *work, uint32_t person)
{
    return &work->knowledge->offices.persons.at[person];
}

/* The listed person, if the lists of persons have him too. */
static uint32_t entry_of(const name_work *work, const office_person *p)
{
    const uint32_t found = rap_map_get(&work->knowledge->prefix, p->folded);
    if (found == RAP_NONE || found == PREFIX_ONLY) return RAP_NONE;
    const name_phrase *phrase = &work->knowledge->phrases.at[found];
    return phrase->is & BIT(N_PERSON) ? phrase->named : RAP_NONE;
}

static uint32_t actor_of_person(name_work *work, uint32_t person)
{
    const office_person *p = person_at(work, person);
    const uint32_t entry = entry_of(work, p);
    const uint32_t actor = entry != RAP_NONE
                               ? actor_of_entry(work, entry)
                               : actor_of_key(work, p->key, p->name, RAP_ACTOR_PERSON);
    if (actor == RAP_NONE) {
        work->full = true;
        return RAP_NONE;
    }
    name_made *made = &work->made.at[actor];
    if (made->entry != RAP_NONE || made->actor.known) return actor;
    made->actor.known = true;
    made->actor.name = p->name;
    if (!made->sex) made->sex = (name_gender)p->sex;
    actor_country(work, actor, p->home);
    return actor;
}

/* "the next Ruritanian president", "the deputy Ruritanian minister": what stands right
 * before the description changes whom it means. */
static bool is_led_elsewhere(const name_work *work, const name_found *f)
{
    if (f->first == work->tokens->first[f->sentence]) return false;
    char word[WORD_BYTES];
    const uint32_t len = rap_fold_into(words_of(work, work->tokens->span[f->first - 1]),
                                       word, sizeof word);
    if (len == RAP_NONE) return false;
    const uint32_t when =
        rap_map_get(&work->knowledge->offices.when, (rap_slice){word, len});
    return when == OFFICE_BEFORE || when == OFFICE_TO_COME ||
           is_of_class(work->knowledge, (rap_slice){word, len},
                       BIT(N_STATUS) | BIT(N_ROLE));
}

/* The words up to the head where only a place follows: "the minister in Strelsau". */
static rap_slice without_place(const name_work *work, const name_found *f,
                               rap_slice words)
{
    const char *text = work->article->text.at;
    if (words.at != text + f->role_span.begin || f->head.end >= f->role_span.end)
        return words;
    const uint32_t used = f->head.end - f->role_span.begin;
    const rap_slice rest = rap_slice_trim(rap_slice_sub(words, used, words.len));
    const uint32_t end = rap_slice_find(rest, RAP_LIT(" "), 0);
    const bool place =
        is_of_class(work->knowledge, rap_slice_sub(rest, 0, end), BIT(N_WITHIN));
    return place ? rap_slice_sub(words, 0, used) : words;
}

static uint32_t holder_between(name_work *work, const name_found *f, rap_slice words,
                               office_days days)
{
    office_words asked;
    if (days.from == RAP_NO_DAY || f->indefinite || f->plural ||
        is_led_elsewhere(work, f) ||
        !office_words_of(work->knowledge, without_place(work, f, words), &asked) ||
        asked.when != OFFICE_NOW)
        return RAP_NONE;
    const uint32_t office = office_called(work->knowledge, &asked, f->owner);
    if (office == RAP_NONE) return RAP_NONE;
    const uint32_t person = office_holder(work->knowledge, office, days);
    return person == RAP_NONE ? RAP_NONE : actor_of_person(work, person);
}

uint32_t holder_described(name_work *work, const name_found *f, rap_slice words)
{
    return holder_between(work, f, words, days_told(work, f));
}

uint32_t holder_of_year(name_work *work, const name_found *f, rap_slice words)
{
    const office_days told = days_told(work, f);
    return told.from == days_of(work).from ? RAP_NONE
                                           : holder_between(work, f, words, told);
}

/* ---- short names ---------------------------------------------------------------- */

typedef struct name_search {
    const name_work *work;
    const rap_map *homes;
    office_days days;
    bool titled;
    office_words title;
    uint32_t owner;
    uint32_t now, before; /* persons in office, persons who were; AMBIGUOUS: several */
} name_search;

static void note(uint32_t *slot, uint32_t person)
{
    *slot = *slot == RAP_NONE || *slot == person ? person : AMBIGUOUS;
}

/* Is this the office of the title, or, without one, any of a country at hand? */
static bool is_such_office(const name_search *search, uint32_t office)
{
    const name_work *work = search->work;
    const office_row *row = &work->knowledge->offices.offices.at[office];
    const uint32_t owner = row->owners ? row->owner[0] : RAP_NONE;
    const bool owned = search->title.owners || search->owner != RAP_NONE;
    if (!(search->titled && owned)) {
        if (row->owners != 1) return false;
        const name_entry *e = entry_at(work, owner);
        if (e->kind != N_STATE && !search->titled) return false;
        if (rap_map_get(search->homes, e->kind == N_STATE ? e->home : e->key) ==
            RAP_NONE)
            return false;
    }
    if (!search->titled) return true;
    return office_called(work->knowledge, &search->title,
                         search->owner != RAP_NONE ? search->owner : owner) == office;
}

static void search_person(name_search *search, uint32_t person)
{
    const rap_name_knowledge *knowledge = search->work->knowledge;
    const bool dated = search->days.from != RAP_NO_DAY;
    uint32_t at = person_at(search->work, person)->holdings;
    for (; at != RAP_NONE; at = knowledge->offices.holdings.at[at].next) {
        const office_holding *h = &knowledge->offices.holdings.at[at];
        if (!is_such_office(search, h->office)) continue;
        if (dated && office_may_cover(h, search->days))
            note(&search->now, person);
        else if (!dated || rap_date_earliest(h->from) <= search->days.to)
            note(&search->before, person);
    }
}

/* Does the full name end in these words? */
static bool ends_in(rap_slice full, rap_slice words)
{
    return full.len >= words.len &&
           (full.len == words.len || full.at[full.len - words.len - 1] == ' ') &&
           memcmp(full.at + full.len - words.len, words.at, words.len) == 0;
}

static void search_name(name_search *search, rap_slice word, uint32_t by)
{
    const office_table *table = &search->work->knowledge->offices;
    uint32_t last = word.len, at = 0;
    while (last && word.at[last - 1] != ' ') last--;
    if (by == BY_FIRST && last) return;
    const rap_slice key = rap_slice_sub(word, last, word.len);
    while ((at = office_name_next(table, by, key, at)) != 0)
        if (by == BY_FIRST || ends_in(table->names.at[at].folded, word))
            search_person(search, table->names.at[at].person);
}

/* Whom the search found: who is in office, else (under a title) who was. */
static uint32_t found_by(const name_search *search)
{
    const bool past = search->titled && search->title.when == OFFICE_BEFORE;
    uint32_t person = search->now;
    if (past && search->before != RAP_NONE) person = search->before;
    if (person == RAP_NONE && search->titled) person = search->before;
    return person == AMBIGUOUS ? RAP_NONE : person;
}

uint32_t holder_named(name_work *work, const rap_map *homes, rap_slice word,
                      uint32_t title)
{
    name_search search = {.work = work,
                          .homes = homes,
                          .days = days_of(work),
                          .titled = title != RAP_NONE,
                          .owner = RAP_NONE,
                          .now = RAP_NONE,
                          .before = RAP_NONE};
    if (search.titled) {
        const name_found *f = &work->found.at[title];
        search.owner = f->owner;
        if (!office_words_of(work->knowledge, words_of(work, f->role_span),
                             &search.title) ||
            !search.title.len)
            return RAP_NONE;
    } else if (search.days.from == RAP_NO_DAY || word.len < TELLING_BYTES) {
        return RAP_NONE;
    }
    search_name(&search, word, BY_LAST);
    /* By the first word ("President Xi") only under a title. */
    if (search.titled && found_by(&search) == RAP_NONE && search.now == RAP_NONE &&
        search.before == RAP_NONE)
        search_name(&search, word, BY_FIRST);
    const uint32_t person = found_by(&search);
    return person == RAP_NONE ? RAP_NONE : actor_of_person(work, person);
}

uint32_t holder_in_full(name_work *work, const rap_map *homes, rap_slice word)
{
    const office_table *table = &work->knowledge->offices;
    const uint32_t name = office_name_next(table, BY_WHOLE, word, 0);
    const uint32_t person = name ? table->names.at[name].person : RAP_NONE;
    if (person == RAP_NONE || person_at(work, person)->home == RAP_NONE)
        return RAP_NONE;
    const rap_slice home = entry_at(work, person_at(work, person)->home)->home;
    if (rap_map_get(homes, home) == RAP_NONE) return RAP_NONE;
    return actor_of_person(work, person);
}

uint32_t holder_spelled(name_work *work, rap_slice word, uint32_t title)
{
    const rap_name_knowledge *knowledge = work->knowledge;
    const name_found *f = &work->found.at[title];
    const office_days days = days_of(work);
    office_words asked;
    if (days.from == RAP_NO_DAY ||
        !office_words_of(knowledge, words_of(work, f->role_span), &asked) ||
        asked.when != OFFICE_NOW)
        return RAP_NONE;
    const uint32_t office = office_called(knowledge, &asked, f->owner);
    if (office == RAP_NONE) return RAP_NONE;
    const office_row *row = &knowledge->offices.offices.at[office];
    uint32_t person = RAP_NONE;
    for (uint32_t i = 0; i < row->holdings; i++) {
        const office_holding *h = &knowledge->offices.holdings.at[row->first + i];
        if (h->person != RAP_NONE && office_may_cover(h, days) &&
            names_alike(knowledge, person_at(work, h->person)->name, word))
            note(&person, h->person);
    }
    return person == RAP_NONE || person == AMBIGUOUS ? RAP_NONE
                                                     : actor_of_person(work, person);
}
