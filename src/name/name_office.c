/*
 * name_office.c - who held which office when: the rows of the lists, and questions to
 * them; see name_office_private.h.
 *
 * Method  an office is its owners and its words; the holders stand below it in order of
 * time, each until the next unless the list says otherwise. A day is answered only when
 * one tenure surely covers it: where a date is known by its month or its year, all days
 * that it may mean are open, and so is what lies beyond the day the list was made.
 */
#include "name_private.h"

/* Columns; docs/format/actors.md. */
enum {
    NAME = 1,
    OWNERS = 2,
    KNOWN = 3,
    WORDS = 5,
    FROM = 2,
    UNTIL = 3,
    SEX = 4,
    ACTING = 5
};

/* ---- rows --------------------------------------------------------------------- */

/* Two digits at `at`; above 99 if they are none. */
static uint32_t two_digits(rap_slice s, uint32_t at)
{
    const uint32_t tens = (uint32_t)(uint8_t)s.at[at] - '0';
    const uint32_t ones = (uint32_t)(uint8_t)s.at[at + 1] - '0';
    return tens < 10 && ones < 10 ? tens * 10 + ones : 100;
}

/* YYYY, YYYY-MM, YYYY-MM-DD or nothing; there are thousands of them. */
static bool read_date(rap_slice s, rap_date *out)
{
    *out = (rap_date){0};
    if (!s.len) return true;
    if (s.len != 4 && s.len != 7 && s.len != 10) return false;
    const uint32_t century = two_digits(s, 0), year = two_digits(s, 2);
    const uint32_t month = s.len > 4 ? two_digits(s, 5) : 0;
    const uint32_t day = s.len > 7 ? two_digits(s, 8) : 0;
    if (century > 99 || year > 99 || month > 12 || (s.len > 4 && s.at[4] != '-') ||
        (s.len > 4 && !month) || (s.len > 7 && (s.at[7] != '-' || !day)))
        return false;
    *out = (rap_date){.year = (int32_t)(century * 100 + year),
                      .month = (uint8_t)month,
                      .day = (uint8_t)day,
                      .precision = day     ? RAP_PRECISION_DAY
                                   : month ? RAP_PRECISION_MONTH
                                           : RAP_PRECISION_YEAR};
    return !day || day <= rap_days_in_month(out->year, month);
}

bool office_is_row(const rap_slice field[], uint32_t kind)
{
    rap_date date;
    if (kind == ROW_HELD)
        return field[FROM].len && read_date(field[FROM], &date) &&
               read_date(field[UNTIL], &date);
    return kind != ROW_OFFICE || (field[KNOWN].len && read_date(field[KNOWN], &date));
}

/* The part of a folded name that chain `by` goes by. */
static rap_slice part_of(rap_slice folded, uint32_t by)
{
    uint32_t at = folded.len;
    if (by == BY_FIRST)
        return rap_slice_sub(folded, 0, rap_slice_find(folded, RAP_LIT(" "), 0));
    while (by == BY_LAST && at && folded.at[at - 1] != ' ') at--;
    return by == BY_LAST ? rap_slice_sub(folded, at, folded.len) : folded;
}

static uint32_t chain_of(rap_slice word)
{
    return rap_hash(word) % OFFICE_CHAINS;
}

uint32_t office_name_next(const office_table *table, uint32_t by, rap_slice word,
                          uint32_t name)
{
    uint32_t at =
        name ? table->names.at[name].next[by] : table->chain[by][chain_of(word)];
    while (at && !rap_slice_equal(part_of(table->names.at[at].folded, by), word))
        at = table->names.at[at].next[by];
    return at;
}

static uint32_t person_called(const office_table *table, rap_slice folded)
{
    const uint32_t name = office_name_next(table, BY_WHOLE, folded, 0);
    return name ? table->names.at[name].person : RAP_NONE;
}

/* One spelling of a full name. */
static bool put_name(rap_name_knowledge *knowledge, rap_slice folded, uint32_t person)
{
    office_table *table = &knowledge->offices;
    office_name name = {.folded = folded, .person = person};
    for (uint32_t by = BY_WHOLE; by <= BY_LAST; by++) {
        uint32_t *head = &table->chain[by][chain_of(part_of(folded, by))];
        name.next[by] = *head;
        *head = table->names.count;
    }
    return rap_push(&knowledge->arena, &table->names, name);
}

/* As folded_words; most names are ASCII, and need no tables. */
static uint32_t folded_name(rap_slice name, char out[PHRASE_BYTES])
{
    uint32_t len = 0;
    if (name.len >= PHRASE_BYTES) return 0;
    for (uint32_t i = 0; i < name.len; i++) {
        const uint8_t c = (uint8_t)name.at[i];
        if (c >= 0x80) return folded_words(name, out);
        if ((c | 32u) - 'a' < 26u)
            out[len++] = (char)(c | 32);
        else if (c >= '0' && c <= '9')
            out[len++] = (char)c;
        else if (len && out[len - 1] != ' ')
            out[len++] = ' ';
    }
    while (len && out[len - 1] == ' ') len--;
    return len;
}

/* "person:", then the folded name; at == NULL if the arena refused. */
static rap_slice key_of_person(rap_name_knowledge *knowledge, rap_slice folded)
{
    static const char prefix[] = "person:";
    enum { PREFIX = sizeof prefix - 1 };
    char *key = rap_new(&knowledge->arena, char, folded.len + PREFIX + 1);
    if (!key) return (rap_slice){NULL, 0};
    memcpy(key, prefix, PREFIX);
    memcpy(key + PREFIX, folded.at, folded.len);
    return (rap_slice){key, folded.len + PREFIX};
}

static uint32_t new_person(rap_name_knowledge *knowledge, rap_slice name,
                           rap_slice folded, uint8_t sex)
{
    office_table *table = &knowledge->offices;
    const rap_slice key = key_of_person(knowledge, folded);
    if (!key.at) return RAP_NONE;
    const office_person made = {.name = name,
                                .folded =
                                    rap_slice_sub(key, key.len - folded.len, key.len),
                                .key = key,
                                .holdings = RAP_NONE,
                                .home = RAP_NONE,
                                .sex = sex};
    if (!rap_push(&knowledge->arena, &table->persons, made) ||
        !put_name(knowledge, made.folded, table->persons.count - 1))
        return RAP_NONE;
    return table->persons.count - 1;
}

/* The person of a cell "name|other spelling|…"; RAP_NONE when the arena refused. */
static uint32_t person_of(rap_name_knowledge *knowledge, rap_slice names, uint8_t sex)
{
    const office_table *table = &knowledge->offices;
    char buffer[PHRASE_BYTES];
    rap_slice name;
    (void)rap_split_next(&names, '|', &name);
    rap_slice folded = {buffer, folded_name(name, buffer)};
    uint32_t person = person_called(table, folded);
    if (person == RAP_NONE) person = new_person(knowledge, name, folded, sex);
    while (person != RAP_NONE && names.len && rap_split_next(&names, '|', &name)) {
        folded.len = folded_name(name, buffer);
        if (!folded.len || person_called(table, folded) != RAP_NONE) continue;
        const rap_slice kept = rap_arena_copy(&knowledge->arena, folded);
        if (!kept.at || !put_name(knowledge, kept, person)) return RAP_NONE;
    }
    return person;
}

static uint8_t sex_of(rap_slice s)
{
    if (rap_slice_is(s, "m")) return GENDER_MALE;
    return rap_slice_is(s, "f") ? GENDER_FEMALE : GENDER_OPEN;
}

/* A tenure of the office of the last `office` row; "?" is nobody that is known. */
static bool read_held(rap_name_knowledge *knowledge, const rap_slice field[])
{
    office_table *table = &knowledge->offices;
    if (!table->offices.count) return true;
    office_holding h = {.office = table->offices.count - 1,
                        .person = RAP_NONE,
                        .next = RAP_NONE,
                        .acting = field[ACTING].len > 0};
    (void)read_date(field[FROM], &h.from);
    (void)read_date(field[UNTIL], &h.until);
    if (!rap_slice_is(field[NAME], "?")) {
        h.person = person_of(knowledge, field[NAME], sex_of(field[SEX]));
        if (h.person == RAP_NONE) return false;
        h.next = table->persons.at[h.person].holdings;
        table->persons.at[h.person].holdings = table->holdings.count;
    }
    table->offices.at[h.office].holdings++;
    return rap_push(&knowledge->arena, &table->holdings, h);
}

/* Other words for an office, whoever it belongs to. */
static bool read_synonyms(rap_name_knowledge *knowledge, const rap_slice field[])
{
    office_table *table = &knowledge->offices;
    rap_slice list = field[WORDS], part;
    if (!rap_push(&knowledge->arena, &table->synonyms, field[NAME])) return false;
    while (list.len && rap_split_next(&list, '|', &part)) {
        office_words words;
        if (!office_words_of(knowledge, part, &words)) continue;
        const rap_slice kept =
            rap_arena_copy(&knowledge->arena, (rap_slice){words.rest, words.len});
        uint32_t *slot =
            kept.at ? rap_map_put(&table->synonym, &knowledge->arena, kept) : NULL;
        if (!slot) return false;
        *slot = table->synonyms.count - 1;
    }
    return true;
}

/* "former", "incoming", "acting": words beside an office. */
static bool read_when(rap_name_knowledge *knowledge, const rap_slice field[])
{
    const office_when when = rap_slice_is(field[NAME], "before")   ? OFFICE_BEFORE
                             : rap_slice_is(field[NAME], "coming") ? OFFICE_TO_COME
                                                                   : OFFICE_NOW;
    rap_slice list = field[WORDS], part;
    while (list.len && rap_split_next(&list, '|', &part)) {
        char folded[PHRASE_BYTES];
        const rap_slice word = rap_arena_copy(
            &knowledge->arena, (rap_slice){folded, folded_words(part, folded)});
        uint32_t *slot =
            word.at ? rap_map_put(&knowledge->offices.when, &knowledge->arena, word)
                    : NULL;
        if (!slot) return false;
        *slot = when;
    }
    return true;
}

/* Room for what the built-in lists have, so that they never move. */
static bool reserve_lists(rap_name_knowledge *knowledge)
{
    enum { HOLDINGS = 10000, PERSONS = 8000, NAMES = 12000 };
    office_table *table = &knowledge->offices;
    table->holdings.at = rap_new(&knowledge->arena, office_holding, HOLDINGS);
    table->persons.at = rap_new(&knowledge->arena, office_person, PERSONS);
    table->names.at = rap_new(&knowledge->arena, office_name, NAMES);
    if (!table->holdings.at || !table->persons.at || !table->names.at) return false;
    table->holdings.capacity = HOLDINGS;
    table->persons.capacity = PERSONS;
    table->names.capacity = NAMES;
    table->names.count = 1; /* 0 is the end of a chain */
    return true;
}

bool office_read(rap_name_knowledge *knowledge, const rap_slice field[], uint32_t kind)
{
    office_table *table = &knowledge->offices;
    if (!table->names.at && !reserve_lists(knowledge)) return false;
    if (kind == ROW_HELD) return read_held(knowledge, field);
    if (kind == ROW_WHEN) return read_when(knowledge, field);
    office_row row = {.name = field[NAME],
                      .owned_by = field[OWNERS],
                      .words = field[WORDS],
                      .first = table->holdings.count};
    if (kind == ROW_SYNONYMS) /* read when the small words are known */
        row.owned_by = (rap_slice){NULL, 0};
    else
        (void)read_date(field[KNOWN], &row.known);
    return rap_push(&knowledge->arena, &table->offices, row);
}

/* ---- once all is read --------------------------------------------------------- */

/* "RUR", "RUR|Zenda", "League of Small States"; false where one of them is not listed: an
 * office of nobody would be found for everybody. */
static bool name_owners(const rap_name_knowledge *knowledge, office_row *row)
{
    rap_slice list = row->owned_by, part;
    while (list.len && rap_split_next(&list, '|', &part)) {
        const uint32_t state = rap_map_get(&knowledge->state, part);
        office_words words = {0};
        if (state != RAP_NONE)
            words = (office_words){.owner = {state}, .owners = 1};
        else if (!office_words_of(knowledge, part, &words) || words.len)
            return false; /* what is left over names somebody else */
        for (uint32_t i = 0; i < words.owners; i++)
            if (!office_add_owner(row->owner, &row->owners, words.owner[i]))
                return false;
        if (!words.owners) return false;
    }
    return row->owners > 0;
}

/* The list in force: a later row for the same words wins. */
static bool put_words(rap_name_knowledge *knowledge, const office_words *words,
                      uint32_t office)
{
    char key[OFFICE_KEY_BYTES];
    const rap_slice kept = rap_arena_copy(
        &knowledge->arena,
        (rap_slice){key, office_key(words, (rap_slice){words->rest, words->len}, key)});
    uint32_t *slot =
        kept.at ? rap_map_put(&knowledge->offices.by_words, &knowledge->arena, kept)
                : NULL;
    if (!slot) return false;
    *slot = office;
    return true;
}

/* "=" begins a wording that needs no owner beside it: "=Kremlin spokesman". */
static bool put_wording(rap_name_knowledge *knowledge, rap_slice wording,
                        uint32_t office)
{
    const office_row *row = &knowledge->offices.offices.at[office];
    office_words words;
    if (!office_words_of(knowledge, wording, &words)) return true;
    if (rap_slice_starts(wording, "=") && !put_words(knowledge, &words, office))
        return false;
    for (uint32_t i = 0; i < row->owners; i++)
        if (!office_add_owner(words.owner, &words.owners, row->owner[i])) return true;
    return put_words(knowledge, &words, office);
}

/* A tenure without an end lasts until the next begins. */
static void end_tenures(rap_name_knowledge *knowledge, const office_row *row)
{
    office_table *table = &knowledge->offices;
    for (uint32_t i = 0; i < row->holdings; i++) {
        office_holding *h = &table->holdings.at[row->first + i];
        if (!h->until.precision && i + 1 < row->holdings) h->until = h[1].from;
        if (h->person == RAP_NONE || !row->owners) continue;
        office_person *person = &table->persons.at[h->person];
        const name_entry *owner = &knowledge->entries.at[row->owner[0]];
        if (person->home == RAP_NONE && row->owners == 1 && owner->home.len)
            person->home = rap_map_get(&knowledge->state, owner->home);
    }
}

static bool link_office(rap_name_knowledge *knowledge, uint32_t index)
{
    office_row *row = &knowledge->offices.offices.at[index];
    if (!row->owned_by.at) return true; /* synonyms */
    if (!name_owners(knowledge, row)) return true;
    end_tenures(knowledge, row);
    rap_slice list = row->words, part;
    while (list.len && rap_split_next(&list, '|', &part))
        if (!put_wording(knowledge, part, index)) return false;
    return put_wording(knowledge, row->name, index);
}

bool offices_link(rap_name_knowledge *knowledge)
{
    const office_table *table = &knowledge->offices;
    for (uint32_t i = 0; i < table->offices.count; i++) {
        const office_row *row = &table->offices.at[i];
        const rap_slice field[RAP_TSV_FIELDS] = {
            [NAME] = row->name, [WORDS] = row->words};
        if (!row->owned_by.at && !read_synonyms(knowledge, field)) return false;
    }
    for (uint32_t i = 0; i < table->offices.count; i++)
        if (!link_office(knowledge, i)) return false;
    return true;
}

/* ---- questions ---------------------------------------------------------------- */

uint32_t office_called(const rap_name_knowledge *knowledge, const office_words *words,
                       uint32_t owner)
{
    const office_table *table = &knowledge->offices;
    office_words asked = *words;
    char key[OFFICE_KEY_BYTES];
    const rap_slice rest = {words->rest, words->len};
    if (!asked.owners && owner != RAP_NONE)
        office_add_owner(asked.owner, &asked.owners, owner);
    const uint32_t office =
        rap_map_get(&table->by_words, (rap_slice){key, office_key(&asked, rest, key)});
    const uint32_t synonym = rap_map_get(&table->synonym, rest);
    if (office != RAP_NONE || synonym == RAP_NONE) return office;
    return rap_map_get(
        &table->by_words,
        (rap_slice){key, office_key(&asked, table->synonyms.at[synonym], key)});
}

static bool is_open_ended(const office_holding *h)
{
    return !h->until.precision;
}

bool office_may_cover(const office_holding *h, office_days days)
{
    return rap_date_earliest(h->from) <= days.to &&
           (is_open_ended(h) || rap_date_latest(h->until) >= days.from);
}

bool office_does_cover(const rap_name_knowledge *knowledge, const office_holding *h,
                       office_days days)
{
    const rap_date end =
        is_open_ended(h) ? knowledge->offices.offices.at[h->office].known : h->until;
    return rap_date_latest(h->from) <= days.from &&
           (is_open_ended(h) ? rap_date_latest(end) : rap_date_earliest(end)) >=
               days.to;
}

uint32_t office_holder(const rap_name_knowledge *knowledge, uint32_t office,
                       office_days days)
{
    const office_row *row = &knowledge->offices.offices.at[office];
    uint32_t person = RAP_NONE;
    bool covered = false;
    for (uint32_t i = 0; i < row->holdings; i++) {
        const office_holding *h = &knowledge->offices.holdings.at[row->first + i];
        if (!office_may_cover(h, days)) continue;
        if (h->person == RAP_NONE || (person != RAP_NONE && person != h->person))
            return RAP_NONE;
        person = h->person;
        covered |= office_does_cover(knowledge, h, days);
    }
    return covered ? person : RAP_NONE;
}

static rap_tenure tenure_of(const rap_name_knowledge *knowledge, const office_row *row,
                            const office_holding *h)
{
    rap_tenure out = {.person = {"", 0},
                      .office = row->name,
                      .owners = row->owners,
                      .from = h->from,
                      .until = h->until,
                      .known = row->known,
                      .acting = h->acting};
    if (h->person != RAP_NONE)
        out.person = knowledge->offices.persons.at[h->person].name;
    for (uint32_t i = 0; i < row->owners; i++)
        out.owner[i] = knowledge->entries.at[row->owner[i]].name;
    return out;
}

/* The office asked for: by its owner's name, else by a seat that stands for the owner. */
static uint32_t office_asked(const rap_name_knowledge *knowledge, rap_slice words)
{
    office_words asked;
    for (uint32_t seats = 0; seats < 2; seats++) {
        if (!(seats ? office_words_by_seat(knowledge, words, &asked)
                    : office_words_of(knowledge, words, &asked)) ||
            asked.when != OFFICE_NOW)
            return RAP_NONE;
        const uint32_t office = office_called(knowledge, &asked, RAP_NONE);
        if (office != RAP_NONE) return office;
    }
    return RAP_NONE;
}

rap_office_answer rap_name_office(const rap_name_knowledge *knowledge, rap_slice words,
                                  rap_day from, rap_day to, rap_tenure *out,
                                  uint32_t room, uint32_t *count)
{
    *count = 0;
    const uint32_t office = office_asked(knowledge, words);
    if (office == RAP_NONE) return RAP_OFFICE_UNLISTED;
    const office_row *row = &knowledge->offices.offices.at[office];
    const office_days days = {from, to};
    for (uint32_t i = 0; i < row->holdings && *count < room; i++) {
        const office_holding *h = &knowledge->offices.holdings.at[row->first + i];
        if (from != RAP_NO_DAY && !office_may_cover(h, days)) continue;
        out[(*count)++] = tenure_of(knowledge, row, h);
    }
    if (from == RAP_NO_DAY) return RAP_OFFICE_SEVERAL;
    if (office_holder(knowledge, office, days) != RAP_NONE) return RAP_OFFICE_HELD;
    return *count > 1 ? RAP_OFFICE_SEVERAL : RAP_OFFICE_GAP;
}
