/*
 * name_open.c - read the lists of actors into one table of phrases; see name_private.h.
 *
 * Method  every wording is cut into folded words; each prefix of it is a key of one
 * hash table, so that the longest match is a walk that stops at the first missing key.
 */
#include <stdlib.h>

#include "name_private.h"

enum { KNOWLEDGE_BYTES = 64 << 20 };

/* Columns of a row; docs/format/actors.md. */
enum { KIND, NAME, CODE, COUNTRY, SECTOR, ALIASES, SEVENTH, EIGHTH, NINTH };

typedef struct row_kind {
    const char *word;
    uint32_t kind;
} row_kind;

static const row_kind row_kinds[] = {{"held", ROW_HELD}, /* most rows */
                                     {"state", N_STATE},
                                     {"place", N_PLACE},
                                     {"organisation", N_ORGANISATION},
                                     {"person", N_PERSON},
                                     {"role", N_ROLE},
                                     {"crowd", N_CROWD},
                                     {"pair", N_PAIR},
                                     {"body", N_BODY},
                                     {"bloc", N_BLOC},
                                     {"land", N_LAND},
                                     {"honorific", N_HONORIFIC},
                                     {"given", N_GIVEN_MALE},
                                     {"word", N_COUNT},
                                     {"office", ROW_OFFICE},
                                     {"office-name", ROW_SYNONYMS},
                                     {"office-when", ROW_WHEN},
                                     {"sound", ROW_SOUND},
                                     {"near-sound", ROW_NEAR},
                                     {"same-name", ROW_SAME_NAME}};

static const row_kind word_classes[] = {{"definite", N_DEFINITE},
                                        {"indefinite", N_INDEFINITE},
                                        {"two", N_TWO},
                                        {"three", N_THREE},
                                        {"four", N_FOUR},
                                        {"his", N_HIS},
                                        {"he", N_HE},
                                        {"she", N_SHE},
                                        {"they", N_THEY},
                                        {"male", N_MALE},
                                        {"female", N_FEMALE},
                                        {"possessive", N_POSSESSIVE},
                                        {"of", N_OF},
                                        {"link", N_LINK},
                                        {"and", N_AND},
                                        {"locative", N_LOCATIVE},
                                        {"particle", N_PARTICLE},
                                        {"status", N_STATUS},
                                        {"speech", N_SPEECH},
                                        {"organisation-head", N_ORGANISATION_HEAD},
                                        {"place-head", N_PLACE_HEAD},
                                        {"thing-head", N_THING_HEAD},
                                        {"not-name", N_NOT_NAME},
                                        {"western", N_WIDE},
                                        {"within", N_WITHIN},
                                        {"suffix", N_SUFFIX},
                                        {"compound", N_COMPOUND},
                                        {"name-word", N_NAME_WORD},
                                        {"name-link", N_NAME_LINK},
                                        {"thing-lead", N_THING_LEAD}};

static uint32_t kind_of(const row_kind *list, size_t count, rap_slice word)
{
    for (size_t i = 0; i < count; i++)
        if (rap_slice_is(word, list[i].word)) return list[i].kind;
    return RAP_NONE;
}

/* 2: two capitals or more and no small letter; 1: begins with a capital; 0: neither. */
static uint8_t style_of(rap_slice s)
{
    uint32_t at = 0, upper = 0, lower = 0;
    bool first = false;
    while (at < s.len) {
        const uint32_t c = rap_utf8_next(s, &at);
        if (!upper && !lower) first = rap_is_upper(c);
        upper += rap_is_upper(c);
        lower += rap_is_lower(c);
    }
    if (upper > 1 && !lower) return 2;
    return first;
}

uint32_t folded_words(rap_slice wording, char out[PHRASE_BYTES])
{
    char folded[PHRASE_BYTES];
    const uint32_t len = rap_fold_into(wording, folded, sizeof folded);
    if (len == RAP_NONE) return 0;
    const rap_slice s = {folded, len};
    uint32_t at = 0, to = 0;
    while (at < len) {
        const uint32_t from = at;
        const uint32_t c = rap_utf8_next(s, &at);
        if (rap_is_letter(c) || rap_is_digit(c)) {
            memcpy(out + to, folded + from, at - from);
            to += at - from;
        } else if (to && out[to - 1] != ' ') {
            out[to++] = ' ';
        }
    }
    while (to && out[to - 1] == ' ') to--;
    return to;
}

/* The phrase for folded `key`, with every prefix of it; NULL if the arena refuses. */
name_phrase *phrase_of(rap_name_knowledge *knowledge, rap_slice key)
{
    const rap_slice kept = rap_arena_copy(&knowledge->arena, key);
    if (!kept.at) return NULL;
    for (uint32_t i = 1; i < kept.len; i++) {
        if (kept.at[i] != ' ') continue;
        uint32_t *slot =
            rap_map_put(&knowledge->prefix, &knowledge->arena, (rap_slice){kept.at, i});
        if (!slot) return NULL;
        if (*slot == RAP_NONE) *slot = PREFIX_ONLY;
    }
    const uint32_t first = rap_slice_find(kept, RAP_LIT(" "), 0);
    const uint32_t bit = begin_bit(kept.at, first);
    set_bit(knowledge->begins, bit);
    if (first < kept.len) {
        const uint32_t second = rap_slice_find(kept, RAP_LIT(" "), first + 1);
        const uint32_t pair =
            pair_bit(bit, begin_bit(kept.at + first + 1, second - first - 1));
        set_bit(knowledge->pairs, pair);
    }
    uint32_t *slot = rap_map_put(&knowledge->prefix, &knowledge->arena, kept);
    if (!slot) return NULL;
    if (*slot == RAP_NONE || *slot == PREFIX_ONLY) {
        *slot = knowledge->phrases.count;
        if (!rap_push(&knowledge->arena, &knowledge->phrases,
                      (name_phrase){0, RAP_NONE, RAP_NONE, RAP_NONE, RAP_NONE, 9}))
            return NULL;
    }
    return &knowledge->phrases.at[*slot];
}

typedef struct name_reading { /* of one file */
    rap_name_knowledge *knowledge;
    bool own;
} name_reading;

/* The person's own rows replace what the lists say; among the lists the first stands.
 */
static void set(uint32_t *slot, uint32_t entry_index, bool own)
{
    if (*slot == RAP_NONE || own) *slot = entry_index;
}

static bool put_phrase(name_reading *reading, rap_slice wording, uint32_t kind,
                       uint32_t index)
{
    char key[PHRASE_BYTES];
    const uint32_t len = folded_words(wording, key);
    if (!len) return true;
    name_phrase *p = phrase_of(reading->knowledge, (rap_slice){key, len});
    if (!p) return false;
    p->is |= BIT(kind);
    if (kind == N_ADJECTIVE)
        set_bit(reading->knowledge->nations,
                begin_bit(key, rap_slice_find((rap_slice){key, len}, RAP_LIT(" "), 0)));
    const uint8_t style = style_of(wording);
    if (style < p->style) p->style = style;
    if (kind <= N_PERSON) {
        if (reading->own) p->is = (p->is & ~(bits)IS_NAMED) | BIT(kind);
        if (p->named != RAP_NONE && !reading->own &&
            reading->knowledge->entries.at[p->named].kind != kind)
            p->is &= ~BIT(kind);
        set(&p->named, index, reading->own);
    } else if (kind == N_SEAT) {
        set(&p->seat, index, reading->own);
    } else if (kind == N_ADJECTIVE || kind == N_PEOPLE || kind == N_PEOPLES) {
        set(&p->land, index, reading->own);
    } else if (BIT(kind) & (IS_HEAD | BIT(N_HONORIFIC))) {
        set(&p->word, index, reading->own);
    }
    return true;
}

static bool put_list(name_reading *reading, rap_slice list, uint32_t kind,
                     uint32_t index)
{
    rap_slice part;
    while (list.len && rap_split_next(&list, '|', &part))
        if (part.len && !put_phrase(reading, part, kind, index)) return false;
    return true;
}

/* "Spaniard/Spaniards"; a single form is both. */
static bool put_peoples(name_reading *reading, rap_slice list, uint32_t index)
{
    rap_slice part, form;
    while (list.len && rap_split_next(&list, '|', &part)) {
        uint32_t forms = 0;
        rap_slice rest = part;
        while (part.len && rap_split_next(&rest, '/', &form)) {
            const uint32_t kind = forms++ ? N_PEOPLES : N_PEOPLE;
            if (!put_phrase(reading, form, kind, index)) return false;
        }
        if (forms == 1 && !put_phrase(reading, form, N_PEOPLES, index)) return false;
    }
    return true;
}

static name_gender gender_of(rap_slice s)
{
    if (rap_slice_is(s, "m")) return GENDER_MALE;
    return rap_slice_is(s, "f") ? GENDER_FEMALE : GENDER_OPEN;
}

/* A state's code names it; a person's folded name, with the kind before it; else both.
 */
bool key_of(rap_name_knowledge *knowledge, name_entry *e)
{
    char folded[PHRASE_BYTES];
    const uint32_t len = folded_words(e->name, folded);
    if (e->kind == N_STATE && e->code.len) {
        e->key = e->code;
        return true;
    }
    const char *kind = e->kind == N_PERSON  ? "person"
                       : e->kind == N_PLACE ? "place"
                                            : "org";
    const char *key =
        rap_arena_printf(&knowledge->arena, "%s:%.*s", kind, (int)len, folded);
    e->key = rap_slice_of(key);
    return key != NULL;
}

static bool put_surname(rap_name_knowledge *knowledge, rap_slice name, uint32_t index)
{
    char folded[PHRASE_BYTES];
    const uint32_t len = folded_words(name, folded);
    uint32_t from = len;
    while (from && folded[from - 1] != ' ') from--;
    if (!from) return true;
    const rap_slice last =
        rap_arena_copy(&knowledge->arena, (rap_slice){folded + from, len - from});
    uint32_t *slot =
        last.at ? rap_map_put(&knowledge->surname, &knowledge->arena, last) : NULL;
    if (!slot) return false;
    *slot = *slot == RAP_NONE || *slot == index ? index : AMBIGUOUS;
    return true;
}

static bool put_surnames(rap_name_knowledge *knowledge, const rap_slice field[],
                         uint32_t index)
{
    rap_slice list = field[ALIASES], part;
    while (list.len && rap_split_next(&list, '|', &part))
        if (!put_surname(knowledge, part, index)) return false;
    return put_surname(knowledge, field[NAME], index);
}

static bool put_actor(name_reading *reading, const rap_slice field[], uint32_t index)
{
    const uint32_t kind = reading->knowledge->entries.at[index].kind;
    if (!put_phrase(reading, field[NAME], kind, index) ||
        !put_list(reading, field[ALIASES], kind, index))
        return false;
    if (kind == N_PERSON) return put_surnames(reading->knowledge, field, index);
    if (kind == N_STATE) {
        uint32_t *slot = rap_map_put(&reading->knowledge->state,
                                     &reading->knowledge->arena, field[CODE]);
        if (!slot) return false;
        set(slot, index, reading->own);
    }
    return put_list(reading, field[SEVENTH], N_ADJECTIVE, index) &&
           put_peoples(reading, field[EIGHTH], index) &&
           put_list(reading, field[NINTH], N_SEAT, index);
}

static bool put_row(name_reading *reading, const rap_slice field[], uint32_t kind)
{
    rap_name_knowledge *knowledge = reading->knowledge;
    if (kind >= ROW_SOUND) return alike_read(knowledge, field, kind);
    if (kind > N_COUNT) return office_read(knowledge, field, kind);
    if (kind == N_COUNT) {
        const uint32_t class = kind_of(
            word_classes, sizeof word_classes / sizeof *word_classes, field[NAME]);
        return class == RAP_NONE || put_list(reading, field[ALIASES], class, RAP_NONE);
    }
    if (kind == N_GIVEN_MALE)
        return put_list(reading, field[ALIASES],
                        gender_of(field[NAME]) == GENDER_FEMALE ? N_GIVEN_FEMALE : kind,
                        RAP_NONE);
    name_entry e = {.name = field[NAME],
                    .code = field[CODE],
                    .sector = field[SECTOR],
                    .home = field[COUNTRY],
                    .rank = field[EIGHTH],
                    .offices = field[SEVENTH],
                    .sex = gender_of(field[EIGHTH]),
                    .kind = kind};
    if (kind == N_STATE && !e.home.len) e.home = e.code;
    const uint32_t index = knowledge->entries.count;
    if (!key_of(knowledge, &e) || !rap_push(&knowledge->arena, &knowledge->entries, e))
        return false;
    if (kind <= N_PERSON) return put_actor(reading, field, index);
    return put_phrase(reading, field[NAME], kind, index) &&
           put_list(reading, field[ALIASES], kind, index) &&
           (kind != N_ROLE || put_list(reading, field[SEVENTH], N_ROLES, index));
}

/* A person's file may be in any encoding; names must be UTF-8. */
static rap_status check_encoding(rap_slice bytes, const char *path, rap_error *err)
{
    const uint32_t bad = rap_utf8_bad(bytes);
    uint32_t line = 1;
    if (bad == bytes.len) return RAP_OK;
    for (uint32_t i = 0; i < bad; i++) line += bytes.at[i] == '\n';
    return rap_fail(err, RAP_E_INPUT, bad,
                    "%s, line %u: not UTF-8; save the file in that encoding", path,
                    line);
}

static rap_status read_file(name_reading *reading, rap_slice bytes, const char *path,
                            rap_error *err)
{
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    while (rap_tsv_next(&tsv, field)) {
        const uint32_t kind =
            kind_of(row_kinds, sizeof row_kinds / sizeof *row_kinds, field[KIND]);
        if (kind == RAP_NONE || !field[NAME].len)
            return rap_fail(err, reading->own ? RAP_E_INPUT : RAP_E_MODEL, tsv.at,
                            "%s, line %u: a row begins with its kind (state, person, "
                            "organisation, place, …) and a name",
                            path, tsv.line);
        if (kind > N_COUNT && kind < ROW_SOUND && !office_is_row(field, kind))
            return rap_fail(err, reading->own ? RAP_E_INPUT : RAP_E_MODEL, tsv.at,
                            "%s, line %u: an office needs the day it is known to, and "
                            "who held it from when: YYYY, YYYY-MM or YYYY-MM-DD",
                            path, tsv.line);
        if (kind >= ROW_SOUND && !alike_is_row(field, kind))
            return rap_fail(err, reading->own ? RAP_E_INPUT : RAP_E_MODEL, tsv.at,
                            "%s, line %u: a sound has one sign, near sounds have two",
                            path, tsv.line);
        if (!put_row(reading, field, kind))
            return rap_fail(err, RAP_E_NOMEM, 0, "%s: too many actors", path);
    }
    return RAP_OK;
}

/* Country codes become names once all states are read. What is no code is the name of a
 * union whose bodies and officials act for it: it stays, and is not a code. */
static void name_countries(rap_name_knowledge *knowledge)
{
    for (uint32_t i = 0; i < knowledge->entries.count; i++) {
        name_entry *e = &knowledge->entries.at[i];
        const uint32_t state = rap_map_get(&knowledge->state, e->home);
        e->country = state == RAP_NONE ? e->home : knowledge->entries.at[state].name;
        if (state == RAP_NONE) e->home = (rap_slice){"", 0};
    }
}

static rap_status read_all(rap_name_knowledge *knowledge, const rap_language *language,
                           rap_slice own, const char *own_path, rap_error *err)
{
    const char *name;
    rap_slice bytes;
    name_reading reading = {.knowledge = knowledge};
    for (uint32_t n = 0; rap_language_list(language, "actors/", n, &name, &bytes);
         n++) {
        const rap_status status = read_file(&reading, bytes, name, err);
        if (status) return status;
    }
    if (!dictionary_add(knowledge))
        return rap_fail(err, RAP_E_NOMEM, 0, "the dictionaries name too many actors");
    reading.own = true;
    const rap_slice kept = rap_arena_copy(&knowledge->arena, own);
    if (!kept.at) return rap_fail(err, RAP_E_NOMEM, 0, "the actor file is too large");
    const char *path = own_path ? own_path : "actors";
    rap_status status = check_encoding(kept, path, err);
    if (!status) status = read_file(&reading, kept, path, err);
    if (status) return status;
    name_countries(knowledge);
    return offices_link(knowledge)
               ? RAP_OK
               : rap_fail(err, RAP_E_NOMEM, 0, "the lists of offices are too long");
}

rap_status rap_name_open_with(const rap_language *language,
                              const rap_dictionary *dictionary, rap_slice own,
                              const char *own_path, rap_name_knowledge **out,
                              rap_error *err)
{
    *out = NULL;
    rap_name_knowledge *knowledge = calloc(1, sizeof *knowledge);
    if (!knowledge) return rap_fail(err, RAP_E_NOMEM, 0, "the lists of actors");
    knowledge->arena = RAP_ARENA(KNOWLEDGE_BYTES);
    knowledge->dictionary = dictionary;
    const rap_status status = read_all(knowledge, language, own, own_path, err);
    if (status) {
        rap_name_close(knowledge);
        return status;
    }
    *out = knowledge;
    return RAP_OK;
}

rap_status rap_name_open(const rap_language *language, rap_slice own,
                         const char *own_path, rap_name_knowledge **out, rap_error *err)
{
    return rap_name_open_with(language, NULL, own, own_path, out, err);
}

void rap_name_close(rap_name_knowledge *knowledge)
{
    if (!knowledge) return;
    rap_arena_free(&knowledge->arena);
    free(knowledge);
}

bool is_of_class(const rap_name_knowledge *knowledge, rap_slice word, bits is)
{
    const uint32_t found = rap_map_get(&knowledge->prefix, word);
    return found != RAP_NONE && found != PREFIX_ONLY &&
           (knowledge->phrases.at[found].is & is);
}

bool rap_name_country(const rap_name_knowledge *knowledge, rap_slice word,
                      rap_slice *country, rap_slice *code)
{
    char key[PHRASE_BYTES];
    *country = *code = (rap_slice){"", 0};
    const uint32_t len = folded_words(word, key);
    const uint32_t found =
        len ? rap_map_get(&knowledge->prefix, (rap_slice){key, len}) : RAP_NONE;
    if (found == RAP_NONE || found == PREFIX_ONLY) return false;
    const name_phrase *p = &knowledge->phrases.at[found];
    uint32_t index = p->is & BIT(N_STATE) ? p->named : p->land;
    if (index == RAP_NONE) index = p->is & BIT(N_PLACE) ? p->named : RAP_NONE;
    if (index == RAP_NONE || !knowledge->entries.at[index].home.len) return false;
    if (style_of(word) < p->style) return false;
    *country = knowledge->entries.at[index].country;
    *code = knowledge->entries.at[index].home;
    return true;
}
