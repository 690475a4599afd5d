/*
 * name_code.c - what the codes of PETRARCH dictionaries say of an actor on a day; see
 * name_private.h and docs/format/dictionaries.md.
 *
 * Reads   codes such as "PSEREBHMS": chunks of three letters, the country first.
 * Writes  country, code and sector of actors.
 */
#include "name_private.h"

enum { CODE_BYTES = 3 };

static const char *const sectors[] = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY",
                                      "REB", "SPY", "UAF", "AGR", "BUS", "CRM", "CVL",
                                      "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP",
                                      "PRE", "REL", "SOC", "NGO", "IGO"};

bool code_is_sector(rap_slice chunk)
{
    for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
        if (rap_slice_is_nocase(chunk, sectors[i])) return true;
    return false;
}

/* ---- codes ------------------------------------------------------------------------- */

/* The n-th chunk of three letters; empty behind the last. */
rap_slice code_chunk(rap_slice code, uint32_t n)
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
code_parts code_parts_of(const rap_name_knowledge *knowledge, rap_slice code)
{
    code_parts parts = {RAP_NONE, {"", 0}, {"", 0}, false};
    const rap_slice first = code_chunk(code, 0);
    if (!first.len || rap_slice_find(code, RAP_LIT("/"), 0) < code.len ||
        rap_slice_find(code, RAP_LIT("-"), 0) < code.len)
        return parts;
    parts.state = state_of(knowledge, first);
    parts.bare = parts.state != RAP_NONE && code.len == CODE_BYTES;
    /* Bodies without a country have such a code in its place: IGO, NGO. */
    const bool alone = parts.state == RAP_NONE && code_is_sector(first);
    const bool body = rap_slice_is(first, "IGO") || rap_slice_is(first, "NGO");
    if (parts.state == RAP_NONE && (!alone || body)) parts.code = first;
    for (uint32_t n = alone ? 0 : 1; !parts.sector.len && code_chunk(code, n).len; n++)
        if (code_is_sector(code_chunk(code, n))) parts.sector = code_chunk(code, n);
    return parts;
}

/* What all codes of an actor share, where the day is not known. */
code_parts code_shared(const rap_name_knowledge *knowledge,
                       const rap_dictionary_code *code, uint32_t codes)
{
    code_parts shared = code_parts_of(knowledge, code[0].code);
    for (uint32_t i = 1; i < codes; i++) {
        const code_parts other = code_parts_of(knowledge, code[i].code);
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
    const code_parts parts = at == RAP_NONE ? code_shared(knowledge, code, coded->codes)
                                            : code_parts_of(knowledge, code[at].code);
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
