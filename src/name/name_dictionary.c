/*
 * name_dictionary.c - actors and agents of PETRARCH dictionaries among the lists; see
 * name_private.h and docs/format/dictionaries.md.
 *
 * Reads   rap_dictionary, and the lists as they stand.
 * Writes  entries and phrases. A dictionary knows codes, not kinds: a wording that the lists
 *         have keeps its kind and identity, and takes the dictionary's country and sector;
 *         a new one is a person where its first word is a given name or its code changes
 *         with the days, else an organisation; a bare state's code makes it a seat of the
 *         state. The person's own file, read later, wins.
 * Cost    linear in wordings.
 */
#include "name_private.h"

enum { CODE_BYTES = 3, SHORT_NAME = 3 };
#define NO_MEMORY (RAP_NONE - 1) /* in place of an entry */

static const char *const sectors[] = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY",
                                      "REB", "SPY", "UAF", "AGR", "BUS", "CRM", "CVL",
                                      "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP",
                                      "PRE", "REL", "SOC", "NGO", "IGO"};

static bool is_sector(rap_slice chunk)
{
    for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
        if (rap_slice_is_nocase(chunk, sectors[i])) return true;
    return false;
}

/* ---- codes ------------------------------------------------------------------------- */

typedef struct code_parts {
    uint32_t state; /* entry, or RAP_NONE */
    rap_slice code, sector;
    bool bare; /* nothing but the state's code */
} code_parts;

/* The n-th chunk of three letters; empty behind the last. */
static rap_slice chunk_of(rap_slice code, uint32_t n)
{
    const uint32_t from = n * CODE_BYTES;
    if (from + CODE_BYTES > code.len) return (rap_slice){"", 0};
    return rap_slice_sub(code, from, from + CODE_BYTES);
}

static uint32_t state_of(const rap_name_knowledge *knowledge, rap_slice chunk)
{
    char upper[CODE_BYTES];
    if (chunk.len != CODE_BYTES) return RAP_NONE;
    for (uint32_t i = 0; i < CODE_BYTES; i++)
        upper[i] = (char)(chunk.at[i] >= 'a' && chunk.at[i] <= 'z' ? chunk.at[i] - 32
                                                                   : chunk.at[i]);
    return rap_map_get(&knowledge->state, (rap_slice){upper, CODE_BYTES});
}

/* "PSEREBHMS": the state, the first sector. A code of several, "FRO/BIL", is left open. */
static code_parts parts_of(const rap_name_knowledge *knowledge, rap_slice code)
{
    code_parts parts = {RAP_NONE, {"", 0}, {"", 0}, false};
    const rap_slice first = chunk_of(code, 0);
    if (!first.len || rap_slice_find(code, RAP_LIT("/"), 0) < code.len ||
        rap_slice_find(code, RAP_LIT("-"), 0) < code.len)
        return parts;
    parts.state = state_of(knowledge, first);
    parts.bare = parts.state != RAP_NONE && code.len == CODE_BYTES;
    /* Bodies without a country have such a code in its place: IGO, NGO. */
    const bool alone = parts.state == RAP_NONE && is_sector(first);
    const bool body = rap_slice_is(first, "IGO") || rap_slice_is(first, "NGO");
    if (parts.state == RAP_NONE && (!alone || body)) parts.code = first;
    for (uint32_t n = alone ? 0 : 1; !parts.sector.len && chunk_of(code, n).len; n++)
        if (is_sector(chunk_of(code, n))) parts.sector = chunk_of(code, n);
    return parts;
}

/* What all codes of an actor share, where the day is not known. */
static code_parts shared_parts(const rap_name_knowledge *knowledge,
                               const rap_dictionary_code *code, uint32_t codes)
{
    code_parts shared = parts_of(knowledge, code[0].code);
    for (uint32_t i = 1; i < codes; i++) {
        const code_parts other = parts_of(knowledge, code[i].code);
        if (other.state != shared.state) shared.state = RAP_NONE;
        if (!rap_slice_equal(other.code, shared.code)) shared.code.len = 0;
        if (!rap_slice_equal(other.sector, shared.sector)) shared.sector.len = 0;
    }
    return shared;
}

/* The country, code and sector of `actor` on these days. */
static void code_on(const rap_name_knowledge *knowledge, office_days days,
                    rap_actor *actor)
{
    const rap_dictionary *d = knowledge->dictionary;
    const rap_dictionary_actor *coded = &d->actor[actor->dictionary - 1];
    const rap_dictionary_code *code = &d->code[coded->code];
    const uint32_t at = rap_dictionary_code_on(code, coded->codes, days.from, days.to);
    if (at == RAP_NONE && days.from != RAP_NO_DAY) return; /* not coded on that day */
    const code_parts parts = at == RAP_NONE
                                 ? shared_parts(knowledge, code, coded->codes)
                                 : parts_of(knowledge, code[at].code);
    if (parts.state != RAP_NONE) {
        const name_entry *state = &knowledge->entries.at[parts.state];
        actor->country = state->name;
        actor->code = state->code;
    } else if (parts.code.len) {
        actor->country = (rap_slice){"", 0};
        actor->code = parts.code;
    }
    if (parts.sector.len) actor->sector = parts.sector;
}

void dictionary_code(const name_work *work, const name_entry *e, rap_actor *actor)
{
    actor->dictionary = e->dictionary;
    code_on(work->knowledge, days_of(work), actor);
}

rap_status rap_name_date(const rap_name_knowledge *knowledge, const rap_names *names,
                         rap_day from, rap_day to, rap_arena *arena, rap_names *out,
                         rap_error *err)
{
    *out = *names;
    if (!knowledge->dictionary || from == RAP_NO_DAY || to == RAP_NO_DAY) return RAP_OK;
    rap_actor *actor = rap_new(arena, rap_actor, names->actors);
    if (!actor) {
        *out = (rap_names){0};
        return rap_fail(err, RAP_E_NOMEM, 0, "names: an arena is full");
    }
    for (uint32_t i = 0; i < names->actors; i++) {
        actor[i] = names->actor[i];
        if (actor[i].dictionary) code_on(knowledge, (office_days){from, to}, &actor[i]);
    }
    out->actor = actor;
    return RAP_OK;
}

/* ---- wordings ---------------------------------------------------------------------- */

typedef struct wording { /* folded, as it will be looked up */
    char bytes[PHRASE_BYTES];
    uint32_t len;
} wording;

static rap_slice slice_of(const wording *w)
{
    return (rap_slice){w->bytes, w->len};
}

static uint32_t words_in(rap_slice s)
{
    uint32_t words = s.len > 0;
    for (uint32_t i = 0; i < s.len; i++) words += s.at[i] == ' ';
    return words;
}

static const name_phrase *known_phrase(const rap_name_knowledge *knowledge,
                                       rap_slice key)
{
    const uint32_t found = rap_map_get(&knowledge->prefix, key);
    return found == RAP_NONE || found == PREFIX_ONLY ? NULL
                                                     : &knowledge->phrases.at[found];
}

static rap_slice behind_first_word(rap_slice s)
{
    const uint32_t blank = rap_slice_find(s, RAP_LIT(" "), 0);
    return blank < s.len ? rap_slice_sub(s, blank + 1, s.len) : (rap_slice){"", 0};
}

/* Bytes of the longest office or honorific that `s` begins with; 0: none. */
static uint32_t title_of(const rap_name_knowledge *knowledge, rap_slice s)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < s.len; i++)
        if (s.at[i] == ' ' && is_of_class(knowledge, rap_slice_sub(s, 0, i),
                                          BIT(N_ROLE) | BIT(N_HONORIFIC)))
            best = i + 1;
    return best;
}

/* "un secretary general", "ruritanian troops": descriptions, which the grammar reads. */
static bool is_description(const rap_name_knowledge *knowledge, rap_slice s)
{
    const bits nation = BIT(N_STATE) | BIT(N_ADJECTIVE) | BIT(N_PEOPLE);
    const rap_slice first = rap_slice_sub(s, 0, rap_slice_find(s, RAP_LIT(" "), 0));
    const bool owned = is_of_class(knowledge, first, nation);
    const bits heads = owned ? IS_HEAD : BIT(N_ROLE) | BIT(N_ROLES);
    rap_slice tail = s;
    while (tail.len) {
        if (is_of_class(knowledge, tail, heads)) return true;
        tail = behind_first_word(tail);
    }
    return false;
}

/* Without the article and the title before it; false: no wording of a name. */
static bool wording_of(const rap_name_knowledge *knowledge, rap_slice phrase,
                       wording *out)
{
    out->len = folded_words(phrase, out->bytes);
    rap_slice s = slice_of(out);
    const uint32_t blank = rap_slice_find(s, RAP_LIT(" "), 0);
    if (blank < s.len &&
        is_of_class(knowledge, rap_slice_sub(s, 0, blank), BIT(N_DEFINITE)))
        s = behind_first_word(s);
    const uint32_t title = title_of(knowledge, s);
    if (title) s = rap_slice_sub(s, title, s.len);
    /* "President Doe" says no more than the text does; the surname alone would be too
     * much. */
    if (!s.len || (title && words_in(s) < 2) || is_description(knowledge, s))
        return false;
    memmove(out->bytes, s.at, s.len);
    out->len = s.len;
    return true;
}

static uint8_t style_of_wording(rap_slice s)
{
    return s.len <= SHORT_NAME ? 2 : 1; /* the format writes everything in capitals */
}

/* ---- actors ------------------------------------------------------------------------ */

/* Does the wording name or describe a state, or something that is no name at all? */
static bool is_taken(const name_phrase *p)
{
    const bits names = BIT(N_PLACE) | BIT(N_ORGANISATION) | BIT(N_PERSON);
    return p && (p->is & ~names);
}

static uint32_t named_entry(const rap_name_knowledge *knowledge, rap_slice key)
{
    const name_phrase *p = known_phrase(knowledge, key);
    return p && !is_taken(p) ? p->named : RAP_NONE;
}

static bool is_dated(const rap_dictionary *d, const rap_dictionary_actor *a)
{
    for (uint32_t i = 0; i < a->codes; i++)
        if (d->code[a->code + i].from != RAP_NO_DAY ||
            d->code[a->code + i].until != RAP_DAY_LAST)
            return true;
    return false;
}

/* Is any word of the wording one that bodies are called by? */
static bool has_body_word(const rap_name_knowledge *knowledge, rap_slice s)
{
    rap_slice rest = s, word;
    while (rest.len && rap_split_next(&rest, ' ', &word))
        if (word.len &&
            is_of_class(knowledge, word, BIT(N_ORGANISATION_HEAD) | IS_HEAD))
            return true;
    return false;
}

static uint32_t kind_of_new(const rap_name_knowledge *knowledge,
                            const rap_dictionary_actor *a, rap_slice s)
{
    const uint32_t blank = rap_slice_find(s, RAP_LIT(" "), 0);
    if (blank == s.len || has_body_word(knowledge, s)) return N_ORGANISATION;
    if (is_of_class(knowledge, rap_slice_sub(s, 0, blank), IS_GIVEN)) return N_PERSON;
    return is_dated(knowledge->dictionary, a) ? N_PERSON : N_ORGANISATION;
}

/* "MIRA VELKOVA" as a name is written: "Mira Velkova"; short words stay. */
static rap_slice shown_name(rap_name_knowledge *knowledge, rap_slice folded)
{
    char *out = rap_new(&knowledge->arena, char, folded.len + 1);
    if (!out) return (rap_slice){NULL, 0};
    bool begins = true;
    for (uint32_t i = 0; i < folded.len; i++) {
        const char c = folded.at[i];
        const bool small = begins && c >= 'a' && c <= 'z';
        out[i] = small || (folded.len <= SHORT_NAME && c >= 'a' && c <= 'z')
                     ? (char)(c - 32)
                     : c;
        begins = c == ' ';
    }
    return (rap_slice){out, folded.len};
}

/* The entry for all wordings of an actor: one that the lists have, or a new one. */
static uint32_t entry_of_actor(rap_name_knowledge *knowledge, uint32_t index)
{
    const rap_dictionary *d = knowledge->dictionary;
    const rap_dictionary_actor *a = &d->actor[index];
    wording w, first = {.len = 0};
    for (uint32_t i = 0; i < a->phrases; i++) {
        if (!wording_of(knowledge, d->phrase[a->phrase + i], &w)) continue;
        const uint32_t known = named_entry(knowledge, slice_of(&w));
        if (known != RAP_NONE) return known;
        if (!first.len && !is_taken(known_phrase(knowledge, slice_of(&w)))) first = w;
    }
    if (!first.len) return RAP_NONE;
    const rap_slice none = {"", 0};
    name_entry e = {.name = shown_name(knowledge, slice_of(&first)),
                    .code = none,
                    .sector = none,
                    .rank = none,
                    .offices = none,
                    .country = none,
                    .home = none,
                    .kind = kind_of_new(knowledge, a, slice_of(&first))};
    /* What stands on any day serves those it owns: "ferrymen of Ruritania". */
    const code_parts parts = shared_parts(knowledge, &d->code[a->code], a->codes);
    e.code = parts.code;
    e.sector = parts.sector;
    if (parts.state != RAP_NONE) e.home = knowledge->entries.at[parts.state].code;
    if (!e.name.at || !key_of(knowledge, &e) ||
        !rap_push(&knowledge->arena, &knowledge->entries, e))
        return NO_MEMORY;
    return knowledge->entries.count - 1;
}

static bool put_wording(rap_name_knowledge *knowledge, rap_slice s, uint32_t entry)
{
    const bool is_new = known_phrase(knowledge, s) == NULL;
    name_phrase *p = phrase_of(knowledge, s);
    if (!p) return false;
    p->is = (p->is & ~(bits)IS_NAMED) | BIT(knowledge->entries.at[entry].kind);
    p->named = entry;
    if (is_new) p->style = style_of_wording(s);
    return true;
}

static bool add_named(rap_name_knowledge *knowledge, uint32_t index)
{
    const rap_dictionary *d = knowledge->dictionary;
    const rap_dictionary_actor *a = &d->actor[index];
    const uint32_t entry = entry_of_actor(knowledge, index);
    if (entry == RAP_NONE) return true; /* the lists know all its wordings better */
    if (entry == NO_MEMORY) return false;
    knowledge->entries.at[entry].dictionary = index + 1;
    for (uint32_t i = 0; i < a->phrases; i++) {
        wording w;
        if (wording_of(knowledge, d->phrase[a->phrase + i], &w) &&
            !is_taken(known_phrase(knowledge, slice_of(&w))) &&
            !put_wording(knowledge, slice_of(&w), entry))
            return false;
    }
    return true;
}

/* A wording that stands for a state and that the lists do not have. */
static bool add_seats(rap_name_knowledge *knowledge, const rap_dictionary_actor *a,
                      uint32_t state)
{
    for (uint32_t i = 0; i < a->phrases; i++) {
        wording w;
        if (!wording_of(knowledge, knowledge->dictionary->phrase[a->phrase + i], &w))
            continue;
        if (known_phrase(knowledge, slice_of(&w))) continue;
        name_phrase *p = phrase_of(knowledge, slice_of(&w));
        if (!p) return false;
        p->is |= BIT(N_SEAT);
        p->seat = state;
        p->style = style_of_wording(slice_of(&w));
    }
    return true;
}

static bool add_actor(rap_name_knowledge *knowledge, uint32_t index)
{
    const rap_dictionary *d = knowledge->dictionary;
    const rap_dictionary_actor *a = &d->actor[index];
    const code_parts parts = parts_of(knowledge, d->code[a->code].code);
    if (a->codes == 1 && parts.bare && !is_dated(d, a))
        return add_seats(knowledge, a, parts.state);
    return add_named(knowledge, index);
}

/* ---- agents ------------------------------------------------------------------------ */

static rap_slice sector_of_agent(rap_slice code)
{
    for (uint32_t n = 0; chunk_of(code, n).len; n++)
        if (is_sector(chunk_of(code, n))) return chunk_of(code, n);
    return code;
}

/* A row for all unknown agents of one sector, or a copy of the head's row with it. */
static uint32_t row_of_agent(rap_name_knowledge *knowledge, rap_map *rows,
                             rap_slice sector, uint32_t like)
{
    char key[64];
    const int len = snprintf(key, sizeof key, "%u %.*s", like,
                             (int)(sector.len < 32 ? sector.len : 32), sector.at);
    const rap_slice kept =
        rap_arena_copy(&knowledge->arena, (rap_slice){key, (uint32_t)len});
    uint32_t *slot = kept.at ? rap_map_put(rows, &knowledge->arena, kept) : NULL;
    if (!slot) return RAP_NONE;
    if (*slot != RAP_NONE) return *slot;
    const rap_slice none = {"", 0};
    name_entry e = {.name = sector,
                    .code = none,
                    .rank = none,
                    .offices = none,
                    .country = none,
                    .home = none,
                    .key = none,
                    .kind = N_CROWD};
    if (like != RAP_NONE) e = knowledge->entries.at[like];
    e.sector = sector;
    if (!rap_push(&knowledge->arena, &knowledge->entries, e)) return RAP_NONE;
    return *slot = knowledge->entries.count - 1;
}

static bool add_agent_wording(rap_name_knowledge *knowledge, rap_map *rows,
                              rap_slice phrase, rap_slice sector)
{
    char bytes[PHRASE_BYTES];
    const uint32_t len = folded_words(phrase, bytes);
    if (!len) return true;
    const rap_slice key = {bytes, len};
    const name_phrase *known = known_phrase(knowledge, key);
    if (known && !(known->is & IS_HEAD)) return true; /* no agent in these lists */
    const uint32_t like = known ? known->word : RAP_NONE;
    if (known && (like == RAP_NONE ||
                  rap_slice_equal(knowledge->entries.at[like].sector, sector)))
        return true;
    const uint32_t row = row_of_agent(knowledge, rows, sector, like);
    name_phrase *p = row == RAP_NONE ? NULL : phrase_of(knowledge, key);
    if (!p) return false;
    if (!known) {
        p->is |= BIT(N_CROWD);
        p->style = 0;
    }
    p->word = row;
    return true;
}

bool dictionary_add(rap_name_knowledge *knowledge)
{
    const rap_dictionary *d = knowledge->dictionary;
    rap_map rows = {0};
    if (!d) return true;
    for (uint32_t i = 0; i < d->actors; i++)
        if (!add_actor(knowledge, i)) return false;
    for (uint32_t i = 0; i < d->agents; i++) {
        const rap_dictionary_agent *a = &d->agent[i];
        const rap_slice sector = sector_of_agent(a->code);
        if (!add_agent_wording(knowledge, &rows, a->phrase, sector) ||
            !add_agent_wording(knowledge, &rows, a->plural, sector))
            return false;
    }
    return true;
}
