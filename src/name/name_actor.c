/*
 * name_actor.c - one actor for every name; see name_private.h.
 *
 * Method  all mentions of one wording share its clues (a title, a verb of saying, a
 *         preposition of place), so that what one sentence shows settles the others.
 * Short names belong to the only fuller name of the document that begins or ends with
 *         them; two fuller names leave them open.
 */
#include "name_private.h"

enum { MOST_WORDINGS = 64 }; /* kept of one actor: aliases, roles */

typedef struct name_wording { /* all mentions of one run */
    rap_slice word;
    uint32_t words, count, inside; /* mentions; those not first in a sentence */
    uint32_t titled, speaks, located, follows_the;
    bool organisation, organisation_end, place, given, all_caps, subject;
    name_gender sex;
    uint32_t actor;
    float confidence;
    bool tail_only; /* its first word is no part of the name */
    uint32_t
        typed[RAP_ENTITY_COUNT]; /* mentions that the network takes for such a name */
    uint32_t title; /* the first mention with an office before it, or RAP_NONE */
} name_wording;

typedef struct name_table {
    RAP_LIST(name_wording) list;
    rap_map by_word; /* folded run -> wording */
    rap_map pair;    /* first and last word -> actor: a middle name changes nobody */
    rap_map sexed;   /* "f doe" -> the only woman of that surname, AMBIGUOUS */
    rap_map first, last, ends; /* word -> actor of the fuller name, AMBIGUOUS */
    rap_map home; /* codes of the countries, keys of bodies that the document names */
} name_table;

bool is_in_list(const index_list *list, uint32_t value)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i] == value) return true;
    return false;
}

rap_slice in_one(rap_arena *arena, const rap_slice *piece, uint32_t pieces)
{
    uint32_t len = 0;
    for (uint32_t i = 0; i < pieces; i++) len += piece[i].len;
    char *out = rap_new(arena, char, (size_t)len + 1);
    if (!out) return (rap_slice){NULL, 0};
    char *at = out;
    for (uint32_t i = 0; i < pieces; i++) {
        if (piece[i].len) memcpy(at, piece[i].at, piece[i].len);
        at += piece[i].len;
    }
    return (rap_slice){out, len};
}

uint32_t actor_of_key(name_work *work, rap_slice key, rap_slice name,
                      rap_actor_kind kind)
{
    uint32_t *slot = rap_map_put(&work->by_key, work->scratch, key);
    if (!slot) return RAP_NONE;
    if (*slot != RAP_NONE) return *slot;
    name_made made = {.actor = {.name = name,
                                .kind = kind,
                                .country = {"", 0},
                                .code = {"", 0},
                                .sector = {"", 0},
                                .key = key},
                      .entry = RAP_NONE,
                      .side = RAP_NONE,
                      .seen = RAP_NONE};
    if (!rap_push(work->scratch, &work->made, made)) return RAP_NONE;
    return *slot = work->made.count - 1;
}

uint32_t actor_of_entry(name_work *work, uint32_t index)
{
    static const rap_actor_kind kinds[] = {RAP_ACTOR_STATE, RAP_ACTOR_PLACE,
                                           RAP_ACTOR_ORGANISATION, RAP_ACTOR_PERSON};
    const name_entry *e = entry_at(work, index);
    assert(e->kind <= N_PERSON);
    const uint32_t actor = actor_of_key(work, e->key, e->name, kinds[e->kind]);
    if (actor == RAP_NONE) return RAP_NONE;
    name_made *made = &work->made.at[actor];
    if (made->entry != RAP_NONE) return actor;
    made->entry = index;
    made->sex = e->sex;
    made->actor.known = true;
    made->actor.country = e->country;
    made->actor.code = e->kind == N_PERSON || !e->code.len ? e->home : e->code;
    made->actor.sector = e->sector;
    if (e->dictionary) dictionary_code(work, e, &made->actor);
    return actor;
}

void actor_country(name_work *work, uint32_t actor, uint32_t index)
{
    if (actor == RAP_NONE || index == RAP_NONE) return;
    rap_actor *a = &work->made.at[actor].actor;
    const name_entry *e = entry_at(work, index);
    if (!a->country.len) a->country = e->country;
    if (!a->code.len) a->code = e->home.len ? e->home : e->code;
}

static bool add_role(name_work *work, name_made *made, const name_found *f)
{
    if (f->owner != RAP_NONE && made->owners.count < MOST_WORDINGS &&
        !is_in_list(&made->owners, f->owner) &&
        !rap_push(work->scratch, &made->owners, f->owner))
        return false;
    if (f->role == RAP_NONE || f->role_span.end == f->role_span.begin) return true;
    const rap_slice text = words_of(work, f->role_span);
    if (!is_in_list(&made->offices, f->role) &&
        !rap_push(work->scratch, &made->offices, f->role))
        return false;
    if (!made->actor.sector.len && f->owner != RAP_NONE &&
        entry_at(work, f->owner)->kind == N_ORGANISATION)
        made->actor.sector = entry_at(work, f->owner)->sector;
    if (!made->actor.sector.len) made->actor.sector = entry_at(work, f->role)->sector;
    if (!made->actor.sector.len && f->owner != RAP_NONE) /* whose spokesman it is */
        made->actor.sector = entry_at(work, f->owner)->sector;
    if (made->roles.count >= MOST_WORDINGS) return true;
    for (uint32_t i = 0; i < made->roles.count; i++)
        if (rap_slice_equal(made->roles.at[i].text, text)) return true;
    return rap_push(work->arena, &made->roles, (rap_role){text, f->role_span});
}

static bool add_alias(name_work *work, name_made *made, rap_slice text)
{
    if (made->aliases.count >= MOST_WORDINGS) return true;
    for (uint32_t i = 0; i < made->aliases.count; i++)
        if (rap_slice_equal(made->aliases.at[i], text)) return true;
    return rap_push(work->arena, &made->aliases, text);
}

bool actor_note(name_work *work, uint32_t actor, const name_found *f)
{
    name_made *made = &work->made.at[actor];
    if (f->kind != FOUND_PRONOUN) {
        if (!add_alias(work, made, words_of(work, f->span))) return false;
        if (f->titled && !add_alias(work, made, words_of(work, f->head))) return false;
    }
    made->seen = (uint32_t)(f - work->found.at);
    if (made->actor.kind != RAP_ACTOR_PERSON) return true;
    if (f->titled && f->sex) made->sex = f->sex;
    if (!made->sex) made->sex = f->sex;
    actor_country(work, actor, f->owner);
    if (!(f->titled || f->kind == FOUND_ROLE)) return true;
    return add_role(work, made, f);
}

/* ---- the clues of each wording ----------------------------------------------------
 */

static bool is_person_entry(const name_work *work, const name_found *f)
{
    return f->kind == FOUND_NAMED && entry_at(work, f->entry)->kind == N_PERSON;
}

/* "Jane Doe, the analyst": whoever has a calling is a person. */
static void note_apposition(const name_work *work, name_table *table,
                            const name_found *f)
{
    if (f->kind != FOUND_ROLE || f->same_as == RAP_NONE) return;
    const name_found *name = &work->found.at[f->same_as];
    if (name->kind != FOUND_RUN) return;
    const uint32_t index = rap_map_get(&table->by_word, name->word);
    assert(index == RAP_NONE || table->list.at);
    if (index != RAP_NONE && !table->list.at[index].organisation)
        table->list.at[index].titled++;
}

static bool gather(name_work *work, name_table *table)
{
    for (uint32_t i = 0; i < work->found.count; i++) {
        const name_found *f = &work->found.at[i];
        note_apposition(work, table, f);
        if (f->kind != FOUND_RUN) continue;
        uint32_t *slot = rap_map_put(&table->by_word, work->scratch, f->word);
        if (!slot) return false;
        if (*slot == RAP_NONE) {
            *slot = table->list.count;
            if (!rap_push(work->scratch, &table->list,
                          (name_wording){.word = f->word,
                                         .words = f->words,
                                         .actor = RAP_NONE,
                                         .all_caps = true,
                                         .title = RAP_NONE}))
                return false;
        }
        name_wording *w = &table->list.at[*slot];
        w->count++;
        w->inside += !f->initial;
        w->titled += f->titled;
        if (f->titled && f->role != RAP_NONE && w->title == RAP_NONE) w->title = i;
        w->speaks += f->speaks;
        if (f->entity) w->typed[f->entity - 1]++;
        w->located += f->located;
        w->follows_the += f->follows_the;
        w->subject |= f->subject;
        w->organisation |= f->organisation;
        w->organisation_end |= f->organisation_end;
        w->place |= f->place;
        w->given |= f->given;
        w->all_caps &= f->all_caps;
        if (f->sex) w->sex = f->sex;
    }
    return true;
}

static bool is_home_named(const name_table *table, rap_slice code)
{
    return code.len && rap_map_get(&table->home, code) != RAP_NONE;
}

static bool note_homes(name_work *work, name_table *table)
{
    uint32_t unused;
    for (uint32_t i = 0; i < work->found.count; i++) {
        const name_found *f = &work->found.at[i];
        const uint32_t index = f->kind == FOUND_NAMED ? f->entry : f->owner;
        if (index == RAP_NONE) continue;
        const name_entry *e = entry_at(work, index);
        uint32_t *slot =
            e->home.len ? rap_map_put(&table->home, work->scratch, e->home) : &unused;
        if (!slot) return false;
        *slot = 1;
        if (e->kind == N_ORGANISATION || e->kind == N_PLACE)
            slot = rap_map_put(&table->home, work->scratch, e->key);
        if (!slot) return false;
        *slot = 1;
    }
    return true;
}

/* ---- full names ---------------------------------------------------------------------
 */

static rap_slice last_word(rap_slice s)
{
    uint32_t at = s.len;
    while (at && s.at[at - 1] != ' ') at--;
    return rap_slice_sub(s, at, s.len);
}

/* "john doe jr" -> "john doe" */
static rap_slice without_suffix(const name_work *work, rap_slice s)
{
    const rap_slice last = last_word(s);
    if (last.len == s.len || !is_of_class(work->knowledge, last, BIT(N_SUFFIX)))
        return s;
    return rap_slice_trim(rap_slice_sub(s, 0, s.len - last.len));
}

static rap_slice first_word(rap_slice s)
{
    return rap_slice_sub(s, 0, rap_slice_find(s, RAP_LIT(" "), 0));
}

static bool point(name_work *work, rap_map *map, rap_slice word, uint32_t actor)
{
    uint32_t *slot = rap_map_put(map, work->scratch, word);
    if (!slot) return false;
    *slot = *slot == RAP_NONE || *slot == actor ? actor : AMBIGUOUS;
    return true;
}

/* A fuller name answers to its first and last word, and to its last two. */
static bool point_to(name_work *work, name_table *table, rap_slice whole,
                     uint32_t actor)
{
    const rap_slice full = without_suffix(work, whole);
    const rap_slice first = first_word(full), last = last_word(full);
    if (first.len == full.len) return true;
    const rap_slice before =
        rap_slice_trim(rap_slice_sub(full, 0, full.len - last.len));
    const rap_slice two = last_word(before);
    const rap_slice ends = {two.at, two.len + 1 + last.len};
    return point(work, &table->last, last, actor) &&
           point(work, &table->first, first, actor) &&
           (ends.len >= full.len || point(work, &table->ends, ends, actor));
}

/* "m doe": of that gender and surname. False when the key is too long. */
static bool sexed_key(uint32_t sex, rap_slice last, char out[WORD_BYTES + 2],
                      rap_slice *key)
{
    if (last.len > WORD_BYTES) return false;
    out[0] = sex == GENDER_MALE ? 'm' : 'f';
    out[1] = ' ';
    memcpy(out + 2, last.at, last.len);
    *key = (rap_slice){out, last.len + 2};
    return true;
}

/* "Mrs Doe" tells Jane Doe from John Doe, where the gender of both is known. */
static bool point_by_sex(name_work *work, name_table *table, rap_slice whole,
                         uint32_t actor, uint32_t sex)
{
    char bytes[WORD_BYTES + 2];
    rap_slice key;
    const rap_slice full = without_suffix(work, whole);
    const rap_slice last = last_word(full);
    if (!sex || last.len == full.len || !sexed_key(sex, last, bytes, &key)) return true;
    key = rap_arena_copy(work->scratch, key);
    return key.at && point(work, &table->sexed, key, actor);
}

static uint32_t named_by_sex(const name_work *work, const name_table *table,
                             const name_found *f)
{
    char bytes[WORD_BYTES + 2];
    rap_slice key;
    const rap_slice last = last_word(without_suffix(work, f->word));
    if (!f->titled || !f->sex || rap_map_get(&table->last, last) != AMBIGUOUS ||
        !sexed_key(f->sex, last, bytes, &key))
        return RAP_NONE;
    const uint32_t actor = rap_map_get(&table->sexed, key);
    return actor == AMBIGUOUS ? RAP_NONE : actor;
}

typedef enum name_guess {
    GUESS_NONE,
    GUESS_PERSON,
    GUESS_ORGANISATION,
    GUESS_PLACE
} name_guess;

/* What the network takes most mentions of the wording for; GUESS_NONE: nothing or a thing. */
static name_guess guess_typed(const name_wording *w)
{
    static const name_guess of[RAP_ENTITY_COUNT] = {[RAP_ENTITY_PER] = GUESS_PERSON,
                                                    [RAP_ENTITY_ORG] =
                                                        GUESS_ORGANISATION,
                                                    [RAP_ENTITY_LOC] = GUESS_PLACE,
                                                    [RAP_ENTITY_OTHER] = GUESS_NONE};
    for (uint32_t i = 0; i < RAP_ENTITY_COUNT; i++)
        if (w->typed[i] * 2 > w->count) return of[i];
    return GUESS_NONE;
}

static bool is_typed_thing(const name_wording *w)
{
    return w->typed[RAP_ENTITY_OTHER] * 2 > w->count;
}

static name_guess guess_long(const name_table *table, const name_wording *w,
                             float *confidence)
{
    *confidence = 0.9f;
    if (w->titled) return GUESS_PERSON;
    if (w->organisation && (!w->given || (w->organisation_end && w->words > 2)))
        return GUESS_ORGANISATION;
    if (w->word.len < 2 * w->words) return GUESS_NONE; /* initials only */
    if (w->place) return GUESS_PLACE;
    if (w->given || w->speaks) return GUESS_PERSON;
    *confidence = 0.8f;
    if (guess_typed(w) != GUESS_NONE) return guess_typed(w);
    if (w->words > 4 || is_typed_thing(w)) return GUESS_NONE;
    /* Spoken of later by its last or first word alone, as a person is. */
    const uint32_t last = rap_map_get(&table->by_word, last_word(w->word));
    const uint32_t first = rap_map_get(&table->by_word, first_word(w->word));
    *confidence = 0.8f;
    if (last != RAP_NONE && !table->list.at[last].located) return GUESS_PERSON;
    if (first != RAP_NONE && table->list.at[first].speaks) return GUESS_PERSON;
    if (w->located || w->follows_the || w->all_caps)
        return w->located && !w->follows_the ? GUESS_PLACE : GUESS_ORGANISATION;
    *confidence = w->subject ? 0.6f : 0.45f;
    return w->subject || w->inside ? GUESS_PERSON : GUESS_NONE;
}

static const char *const guess_prefix[] = {"", "person", "org", "place"};
static const rap_actor_kind guess_kind[] = {RAP_ACTOR_GROUP, RAP_ACTOR_PERSON,
                                            RAP_ACTOR_ORGANISATION, RAP_ACTOR_PLACE};

static bool make_actor(name_work *work, name_wording *w, name_guess guess)
{
    if (guess == GUESS_NONE) return true;
    const rap_slice piece[] = {rap_slice_of(guess_prefix[guess]), RAP_LIT(":"),
                               w->word};
    const rap_slice key = in_one(work->arena, piece, 3);
    if (!key.at) return false;
    w->actor = actor_of_key(work, key, w->word, guess_kind[guess]);
    return w->actor != RAP_NONE;
}

/* "James C. Doe" is "James Doe". */
static bool make_person(name_work *work, name_table *table, name_wording *w)
{
    const rap_slice full = without_suffix(work, w->word);
    const rap_slice first = first_word(full), last = last_word(full);
    const rap_slice piece[] = {first, RAP_LIT(" "), last};
    const rap_slice key = in_one(work->scratch, piece, 3);
    uint32_t *slot = key.at ? rap_map_put(&table->pair, work->scratch, key) : NULL;
    if (!slot) return false;
    w->actor = *slot;
    if (w->actor == RAP_NONE) w->actor = holder_in_full(work, &table->home, w->word);
    if (w->actor == RAP_NONE && w->title != RAP_NONE)
        w->actor = holder_spelled(work, w->word, w->title);
    if (work->full) return false;
    if (w->actor == RAP_NONE && !make_actor(work, w, GUESS_PERSON)) return false;
    *slot = w->actor;
    return true;
}

/* Two words of which the first may be capitalised only because it opens a sentence:
 * "Will Doe come?" */
static bool is_doubtful(const name_wording *w)
{
    return w->words == 2 && !w->inside && !w->given && !w->titled && !w->organisation;
}

static bool settle_doubtful(name_work *work, name_table *table)
{
    for (uint32_t i = 0; i < table->list.count; i++) {
        name_wording *w = &table->list.at[i];
        if (!is_doubtful(w)) continue;
        const rap_slice last = last_word(w->word);
        const uint32_t actor = rap_map_get(&table->last, last);
        const uint32_t alone = rap_map_get(&table->by_word, last);
        w->tail_only = actor != RAP_NONE || alone != RAP_NONE;
        w->confidence = 0.8f;
        if (actor != RAP_NONE && actor != AMBIGUOUS) w->actor = actor;
        if (w->tail_only) continue;
        if (!make_actor(work, w, guess_long(table, w, &w->confidence))) return false;
    }
    return true;
}

/* "Mr Roe Doe" where the document has Jane Roe Doe. */
static bool is_ending(const name_table *table, const name_wording *w)
{
    const uint32_t actor = rap_map_get(&table->ends, w->word);
    return w->words == 2 && !w->given && !w->organisation && actor != RAP_NONE &&
           actor != AMBIGUOUS;
}

/* Names of three words and more (`longer`), then those of two. */
static bool settle_full(name_work *work, name_table *table, bool longer)
{
    for (uint32_t i = 0; i < table->list.count; i++) {
        name_wording *w = &table->list.at[i];
        if (w->words < 2 || (w->words > 2) != longer || w->actor != RAP_NONE ||
            is_doubtful(w))
            continue;
        if (is_ending(table, w)) {
            w->actor = rap_map_get(&table->ends, w->word);
            w->confidence = 0.9f;
            continue;
        }
        const name_guess guess = guess_long(table, w, &w->confidence);
        if (guess == GUESS_PERSON ? !make_person(work, table, w)
                                  : !make_actor(work, w, guess))
            return false;
        if (guess == GUESS_PERSON &&
            (!point_to(work, table, w->word, w->actor) ||
             !point_by_sex(work, table, w->word, w->actor, w->sex)))
            return false;
    }
    return true;
}

static bool settle_long(name_work *work, name_table *table)
{
    for (uint32_t i = 0; i < work->found.count; i++) {
        const name_found *f = &work->found.at[i];
        if (!is_person_entry(work, f)) continue;
        const uint32_t actor = actor_of_entry(work, f->entry);
        const name_entry *e = entry_at(work, f->entry);
        const rap_slice folded = rap_slice_starts(e->key, "person:")
                                     ? rap_slice_sub(e->key, 7, e->key.len)
                                     : e->key;
        if (actor == RAP_NONE || !point_to(work, table, folded, actor) ||
            !point_to(work, table, f->word, actor) ||
            !point_by_sex(work, table, folded, actor, e->sex))
            return false;
    }
    return settle_full(work, table, true) && settle_full(work, table, false) &&
           settle_doubtful(work, table);
}

/* ---- short names --------------------------------------------------------------------
 */

/* A known person by surname alone: only where the document names the country too. */
static uint32_t known_surname(name_work *work, const name_table *table,
                              const name_wording *w)
{
    enum { TELLING_BYTES = 5 };
    const uint32_t index = rap_map_get(&work->knowledge->surname, w->word);
    if (index == RAP_NONE || index == AMBIGUOUS || w->word.len < TELLING_BYTES)
        return RAP_NONE;
    return is_home_named(table, entry_at(work, index)->home) ? index : RAP_NONE;
}

static bool settle_short(name_work *work, name_table *table, name_wording *w)
{
    const rap_slice last = last_word(
        without_suffix(work, w->word)); /* "al-Burhan" is pointed to as Burhan */
    uint32_t actor = rap_map_get(&table->last, last);
    if (w->words > 1 && actor == RAP_NONE) return true;
    if (actor == RAP_NONE) actor = rap_map_get(&table->ends, w->word);
    if (actor == RAP_NONE && !w->located) actor = rap_map_get(&table->first, w->word);
    if (actor == AMBIGUOUS) return true;
    w->confidence = 0.9f;
    w->actor = actor;
    if (actor != RAP_NONE || w->words > 1) return true;

    const uint32_t known = known_surname(work, table, w);
    if (known != RAP_NONE) {
        w->actor = actor_of_entry(work, known);
        w->confidence = 0.8f;
        return w->actor != RAP_NONE;
    }
    if (w->title != RAP_NONE || w->speaks) {
        w->actor = holder_named(work, &table->home, w->word, w->title);
        w->confidence = w->title != RAP_NONE ? 0.9f : 0.75f;
        if (w->actor != RAP_NONE || work->full) return !work->full;
    }
    w->confidence = w->titled ? 0.9f : 0.7f;
    if (w->titled) return make_actor(work, w, GUESS_PERSON);
    if (!w->inside && guess_typed(w) == GUESS_NONE) return true;
    if (w->organisation || w->all_caps) return make_actor(work, w, GUESS_ORGANISATION);
    w->confidence = 0.65f;
    if (guess_typed(w) != GUESS_NONE) return make_actor(work, w, guess_typed(w));
    w->confidence = 0.7f;
    if (w->located) return make_actor(work, w, GUESS_PLACE);
    w->confidence = 0.6f; /* a surname, or a body that speaks */
    return make_actor(work, w, w->speaks ? GUESS_PERSON : GUESS_NONE);
}

/* ---- giving them out ----------------------------------------------------------------
 */

/* "Baku" after "in": the town, in its state. */
static uint32_t town_of(name_work *work, const name_found *f)
{
    const rap_slice piece[] = {RAP_LIT("place:"), f->word};
    const rap_slice key = in_one(work->arena, piece, 2);
    if (!key.at) return RAP_NONE;
    const uint32_t actor =
        actor_of_key(work, key, words_of(work, f->head), RAP_ACTOR_PLACE);
    actor_country(work, actor, f->entry);
    return actor;
}

/* "Ana Jordan … Jordan said": the person of that surname whom the text brought in before,
 * not the country; RAP_NONE if the list's meaning stands. */
static uint32_t surnamed(const name_work *work, const name_table *table,
                         const name_found *f)
{
    if (f->nested || f->located || f->follows_the || f->modifier || f->place)
        return RAP_NONE;
    char word[WORD_BYTES];
    const uint32_t len = rap_fold_into(words_of(work, f->head), word, sizeof word);
    if (len == RAP_NONE) return RAP_NONE;
    const uint32_t actor = rap_map_get(&table->last, (rap_slice){word, len});
    if (actor == RAP_NONE || actor == AMBIGUOUS) return RAP_NONE;
    const name_made *made = &work->made.at[actor];
    return made->actor.kind == RAP_ACTOR_PERSON && made->seen != RAP_NONE ? actor
                                                                          : RAP_NONE;
}

static bool give(name_work *work, const name_table *table, name_found *f)
{
    const uint32_t surname = f->kind == FOUND_NAMED && !is_person_entry(work, f)
                                 ? surnamed(work, table, f)
                                 : RAP_NONE;
    if (surname != RAP_NONE) {
        f->actor = surname;
        f->seat = false;
    } else if (f->kind == FOUND_NAMED) {
        f->actor =
            f->place && f->seat ? town_of(work, f) : actor_of_entry(work, f->entry);
        if (f->actor == RAP_NONE) return false;
        if (f->seat) f->confidence = 0.8f;
    } else if (f->same_as != RAP_NONE && work->found.at[f->same_as].actor != RAP_NONE) {
        f->actor = work->found.at[f->same_as].actor;
    } else {
        const name_wording *w = &table->list.at[rap_map_get(&table->by_word, f->word)];
        f->actor = w->actor;
        f->confidence = w->confidence;
        if (f->actor == RAP_NONE) {
            f->actor = named_by_sex(work, table, f);
            f->confidence = 0.85f;
        }
        if (w->tail_only) {
            f->span.begin = f->head.begin = f->tail;
            f->first = f->tail_token;
        }
    }
    if (f->actor == RAP_NONE) return true;
    name_made *made = &work->made.at[f->actor];
    const rap_slice words = words_of(work, f->head);
    /* The wording of the source, in full, not its folded form. */
    if (f->kind == FOUND_RUN && !made->actor.known &&
        (made->roles.count + made->aliases.count == 0 ||
         words.len > made->actor.name.len || (made->shouted && !f->all_caps))) {
        made->actor.name = words;
        made->shouted = f->all_caps;
    }
    return actor_note(work, f->actor, f);
}

/* The letters of "Doe Reform Council (DRC)" are the council wherever they stand. */
static bool settle_letters(name_work *work, name_table *table)
{
    for (uint32_t i = 0; i < work->found.count; i++) {
        const name_found *f = &work->found.at[i];
        if (f->kind != FOUND_RUN || f->same_as == RAP_NONE) continue;
        const name_found *full = &work->found.at[f->same_as];
        uint32_t actor = RAP_NONE;
        if (full->kind == FOUND_NAMED)
            actor = actor_of_entry(work, full->entry);
        else if (full->kind == FOUND_RUN)
            actor = table->list.at[rap_map_get(&table->by_word, full->word)].actor;
        else
            continue;
        if (actor == RAP_NONE && full->kind == FOUND_NAMED) return false;
        name_wording *w = &table->list.at[rap_map_get(&table->by_word, f->word)];
        if (w->actor == RAP_NONE) w->actor = actor;
        w->confidence = 0.9f;
    }
    return true;
}

bool actors_make(name_work *work)
{
    name_table table = {0};
    if (!gather(work, &table) || !note_homes(work, &table) ||
        !settle_long(work, &table) || !settle_letters(work, &table))
        return false;
    for (uint32_t i = 0; i < table.list.count; i++) {
        name_wording *w = &table.list.at[i];
        if (w->actor == RAP_NONE && !w->tail_only && !settle_short(work, &table, w))
            return false;
    }
    for (uint32_t i = 0; i < work->found.count; i++) {
        name_found *f = &work->found.at[i];
        if (f->kind != FOUND_NAMED && f->kind != FOUND_RUN) continue;
        if (!give(work, &table, f)) return false;
    }
    return true;
}
