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

enum { SHORT_NAME = 3, MOST_PERSONS = 6 };

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

static bool is_given_name(const rap_name_knowledge *knowledge, rap_slice s)
{
    const rap_slice first = rap_slice_sub(s, 0, rap_slice_find(s, RAP_LIT(" "), 0));
    return is_of_class(knowledge, first, IS_GIVEN);
}

static bool is_dated(const rap_dictionary *d, const rap_dictionary_actor *a)
{
    for (uint32_t i = 0; i < a->codes; i++)
        if (d->code[a->code + i].from != RAP_NO_DAY ||
            d->code[a->code + i].until != RAP_DAY_LAST)
            return true;
    return false;
}

/* Do the codes say that it governs or commands? */
static bool is_official(const rap_name_knowledge *knowledge,
                        const rap_dictionary_actor *a)
{
    static const char *const ruling[] = {"GOV", "LEG", "JUD", "MIL", "ELI"};
    const rap_slice sector =
        code_parts_of(knowledge, knowledge->dictionary->code[a->code].code).sector;
    for (size_t i = 0; i < sizeof ruling / sizeof *ruling; i++)
        if (rap_slice_is_nocase(sector, ruling[i])) return true;
    return false;
}

/* "President Pavel Brandt", not "General Motors" and not "Lord's Army". */
static rap_slice behind_title(const rap_name_knowledge *knowledge,
                              const rap_dictionary_actor *a, rap_slice s)
{
    const rap_slice rest = rap_slice_sub(s, title_of(knowledge, s), s.len);
    if (rest.len == s.len || rap_slice_starts(rest, "s ")) return s;
    const bool may_be_person = words_in(rest) > 1 && !has_body_word(knowledge, rest);
    const bool person = is_given_name(knowledge, rest) ||
                        is_dated(knowledge->dictionary, a) ||
                        (may_be_person && is_official(knowledge, a));
    return person ? rest : s;
}

/* Without the article and the title before it; false: no wording of a name. */
static bool wording_of(const rap_name_knowledge *knowledge,
                       const rap_dictionary_actor *a, rap_slice phrase, wording *out)
{
    out->len = folded_words(phrase, out->bytes);
    rap_slice s = slice_of(out);
    const uint32_t blank = rap_slice_find(s, RAP_LIT(" "), 0);
    if (blank < s.len &&
        is_of_class(knowledge, rap_slice_sub(s, 0, blank), BIT(N_DEFINITE)))
        s = behind_first_word(s);
    const rap_slice whole = s;
    s = behind_title(knowledge, a, s);
    /* "President Jane" says too little without its surname. */
    const bool bare = s.len < whole.len && words_in(s) < 2;
    if (!s.len || bare || is_description(knowledge, s)) return false;
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

/* A person has a given name, or codes that change with the days. */
static bool is_person(const rap_name_knowledge *knowledge,
                      const rap_dictionary_actor *a, rap_slice s)
{
    if (words_in(s) < 2 || has_body_word(knowledge, s)) return false;
    return is_given_name(knowledge, s) || is_dated(knowledge->dictionary, a);
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

static bool new_entry(rap_name_knowledge *knowledge, const rap_dictionary_actor *a,
                      rap_slice s, uint32_t kind, uint32_t *out)
{
    const rap_slice none = {"", 0};
    /* What stands on any day serves those it owns: "ferrymen of Ruritania". */
    const code_parts parts =
        code_shared(knowledge, &knowledge->dictionary->code[a->code], a->codes);
    name_entry e = {.name = shown_name(knowledge, s),
                    .code = parts.code,
                    .sector = parts.sector,
                    .rank = none,
                    .offices = none,
                    .country = none,
                    .home = none,
                    .kind = kind};
    if (parts.state != RAP_NONE) e.home = knowledge->entries.at[parts.state].code;
    *out = knowledge->entries.count;
    return e.name.at && key_of(knowledge, &e) &&
           rap_push(&knowledge->arena, &knowledge->entries, e);
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

/* An actor of a dictionary may be a body and its leaders: one code. */
typedef struct actor_entries {
    const rap_dictionary_actor *coded;
    uint32_t body;                 /* entry, or RAP_NONE */
    uint32_t person[MOST_PERSONS]; /* [persons] entries, and a wording of each */
    wording name[MOST_PERSONS];
    uint32_t persons;
} actor_entries;

static bool has_word(rap_slice s, rap_slice word)
{
    rap_slice part;
    while (s.len && rap_split_next(&s, ' ', &part))
        if (rap_slice_equal(part, word)) return true;
    return false;
}

/* The person of the actor with whom `s` shares a word of some length: another spelling. */
static uint32_t person_like(const actor_entries *all, rap_slice s)
{
    enum { TELLING_BYTES = 3 };
    for (uint32_t i = 0; i < all->persons; i++) {
        rap_slice rest = s, word;
        while (rest.len && rap_split_next(&rest, ' ', &word))
            if (word.len >= TELLING_BYTES && has_word(slice_of(&all->name[i]), word))
                return all->person[i];
    }
    return RAP_NONE;
}

static void add_person(actor_entries *all, uint32_t entry, const wording *w)
{
    if (all->persons == MOST_PERSONS) return;
    all->person[all->persons] = entry;
    all->name[all->persons++] = *w;
}

/* Entries that the lists have for any of the wordings. */
static void find_known(const rap_name_knowledge *knowledge, actor_entries *all)
{
    for (uint32_t i = 0; i < all->coded->phrases; i++) {
        wording w;
        if (!wording_of(knowledge, all->coded,
                        knowledge->dictionary->phrase[all->coded->phrase + i], &w))
            continue;
        const uint32_t known = named_entry(knowledge, slice_of(&w));
        if (known == RAP_NONE) continue;
        if (knowledge->entries.at[known].kind == N_PERSON)
            add_person(all, known, &w);
        else if (all->body == RAP_NONE)
            all->body = known;
    }
}

/* The entry of a wording, made if there is none; false if the arena refuses. */
static bool entry_for(rap_name_knowledge *knowledge, actor_entries *all,
                      const wording *w, uint32_t *out)
{
    const rap_slice s = slice_of(w);
    *out = person_like(all, s);
    if (*out != RAP_NONE) return true;
    if (is_person(knowledge, all->coded, s)) {
        if (!new_entry(knowledge, all->coded, s, N_PERSON, out)) return false;
        add_person(all, *out, w);
        return true;
    }
    if (all->body == RAP_NONE &&
        !new_entry(knowledge, all->coded, s, N_ORGANISATION, &all->body))
        return false;
    *out = all->body;
    return true;
}

static bool add_named(rap_name_knowledge *knowledge, uint32_t index)
{
    const rap_dictionary *d = knowledge->dictionary;
    actor_entries all = {.coded = &d->actor[index], .body = RAP_NONE};
    find_known(knowledge, &all);
    for (uint32_t i = 0; i < all.coded->phrases; i++) {
        wording w;
        uint32_t entry;
        if (!wording_of(knowledge, all.coded, d->phrase[all.coded->phrase + i], &w) ||
            is_taken(known_phrase(knowledge, slice_of(&w))))
            continue; /* the lists know it better */
        if (!entry_for(knowledge, &all, &w, &entry) ||
            !put_wording(knowledge, slice_of(&w), entry))
            return false;
        knowledge->entries.at[entry].dictionary = index + 1;
    }
    return true;
}

/* A wording that stands for a state and that the lists do not have. */
static bool add_seats(rap_name_knowledge *knowledge, const rap_dictionary_actor *a,
                      uint32_t state)
{
    for (uint32_t i = 0; i < a->phrases; i++) {
        wording w;
        if (!wording_of(knowledge, a, knowledge->dictionary->phrase[a->phrase + i], &w))
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
    const code_parts parts = code_parts_of(knowledge, d->code[a->code].code);
    if (a->codes == 1 && parts.bare && !is_dated(d, a))
        return add_seats(knowledge, a, parts.state);
    return add_named(knowledge, index);
}

/* ---- agents ------------------------------------------------------------------------ */

static rap_slice sector_of_agent(rap_slice code)
{
    for (uint32_t n = 0; code_chunk(code, n).len; n++)
        if (code_is_sector(code_chunk(code, n))) return code_chunk(code, n);
    return code;
}

/* A row for all unknown agents of one sector, or a copy of the head's row with it. */
static uint32_t row_of_agent(rap_name_knowledge *knowledge, rap_map *rows,
                             rap_slice sector, uint32_t like, bool singular)
{
    char key[64];
    const int len = snprintf(key, sizeof key, "%u %d %.*s", like, singular,
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
    e.singular = singular && like == RAP_NONE;
    if (!rap_push(&knowledge->arena, &knowledge->entries, e)) return RAP_NONE;
    return *slot = knowledge->entries.count - 1;
}

static bool add_agent_wording(rap_name_knowledge *knowledge, rap_map *rows,
                              rap_slice phrase, rap_slice sector, bool singular)
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
    const uint32_t row = row_of_agent(knowledge, rows, sector, like, singular);
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
        const bool singular = a->plural.len > 0;
        if (!add_agent_wording(knowledge, &rows, a->phrase, sector, singular) ||
            !add_agent_wording(knowledge, &rows, a->plural, sector, false))
            return false;
    }
    return true;
}
