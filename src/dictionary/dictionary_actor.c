/*
 * dictionary_actor.c - actors with dated codes, agents, discards; see dictionary.h.
 *
 * Method  an actor is a wording, then lines of further wordings (+) and codes ([CODE
 * <date], [CODE >date], [CODE date-date], [CODE]); dates are YYMMDD or YYYYMMDD.
 * Cost    linear; macros of agents are bounded.
 */
#include "dictionary_private.h"

enum {
    PIVOT_YEAR = 30, /* YY up to it is 20YY */
    MOST_FORMS = 256 /* of one agent, from its macros */
};

/* ---- codes ------------------------------------------------------------------------- */

/* Digits of `s` from *at on as a day; false if they are none. */
static bool read_day(rap_slice s, uint32_t *at, rap_day *out)
{
    uint32_t digits = 0, number = 0;
    while (*at < s.len && s.at[*at] >= '0' && s.at[*at] <= '9' && digits < 9) {
        number = number * 10 + (uint32_t)(s.at[*at] - '0');
        digits++;
        (*at)++;
    }
    uint32_t year = number / 10000;
    const uint32_t month = number / 100 % 100, day = number % 100;
    if (digits == 6)
        year += year <= PIVOT_YEAR ? 2000 : 1900;
    else if (digits != 8)
        return false;
    if (!year || month < 1 || month > 12 || day < 1 ||
        day > rap_days_in_month((int32_t)year, month))
        return false;
    *out = rap_day_of((int32_t)year, month, day);
    return true;
}

static void skip_blanks(rap_slice s, uint32_t *at)
{
    while (*at < s.len && (uint8_t)s.at[*at] <= ' ') (*at)++;
}

/* "<date", ">date", "date-date" or nothing. */
static bool read_days(rap_slice s, rap_dictionary_code *out)
{
    uint32_t at = 0;
    skip_blanks(s, &at);
    if (at == s.len) return true;
    const char sign = s.at[at];
    if (sign == '<' || sign == '>') {
        at++;
        skip_blanks(s, &at);
        if (!read_day(s, &at, sign == '<' ? &out->until : &out->from)) return false;
    } else {
        if (!read_day(s, &at, &out->from)) return false;
        skip_blanks(s, &at);
        if (at == s.len || s.at[at++] != '-') return false;
        skip_blanks(s, &at);
        if (!read_day(s, &at, &out->until) || out->until < out->from) return false;
    }
    skip_blanks(s, &at);
    return at == s.len;
}

static bool is_code_byte(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '/' || c == '+';
}

/* The code at the start of `s`, its bytes; 0 if there is none. */
static uint32_t code_at(rap_slice s)
{
    uint32_t end = 0;
    while (end < s.len && is_code_byte((uint8_t)s.at[end])) end++;
    return end;
}

static bool read_code(dictionary_reader *r, rap_slice inside, rap_dictionary_actor *to)
{
    rap_dictionary_code code = {.from = RAP_NO_DAY, .until = RAP_DAY_LAST};
    const uint32_t end = code_at(inside);
    if (!end) return dictionary_bad(r, "no code between the brackets");
    code.code = rap_slice_sub(inside, 0, end);
    if (!read_days(rap_slice_sub(inside, end, inside.len), &code))
        return dictionary_bad(r, "the days of a code are <date, >date or date-date, a "
                                 "date YYMMDD or YYYYMMDD");
    if (!rap_push(r->arena, &r->codes, code)) return false;
    to->codes++;
    return true;
}

/* All [codes] of a line. */
static bool read_codes(dictionary_reader *r, rap_slice s, rap_dictionary_actor *to)
{
    rap_slice before, inside, after;
    while (s.len) {
        if (!dictionary_between(s, '[', ']', &before, &inside, &after) || before.len)
            return dictionary_bad(r, "a code stands between brackets: [CODE]");
        if (!read_code(r, inside, to)) return false;
        s = after;
    }
    return true;
}

/* ---- actors ------------------------------------------------------------------------ */

static bool add_phrase(dictionary_reader *r, rap_slice wording,
                       rap_dictionary_actor *to)
{
    const rap_slice phrase = dictionary_wording(r, wording);
    if (r->refused) return false;
    if (!phrase.len) return dictionary_bad(r, "a wording without letters");
    to->phrases++;
    return rap_push(r->arena, &r->phrases, phrase);
}

/* The actor being read is whole: it has a wording and a code, or is dropped. */
static bool close_actor(dictionary_reader *r, const rap_dictionary_actor *actor)
{
    if (!r->open) return true;
    r->open = false;
    if (actor->codes && actor->phrases) return rap_push(r->arena, &r->actors, *actor);
    const uint32_t line = r->line;
    r->line = actor->place.line;
    (void)dictionary_bad(r, "an actor without a code");
    r->line = line;
    return true;
}

static bool open_actor(dictionary_reader *r, rap_slice line,
                       rap_dictionary_actor *actor)
{
    const uint32_t bracket = rap_slice_find(line, RAP_LIT("["), 0);
    *actor = (rap_dictionary_actor){.phrase = r->phrases.count,
                                    .code = r->codes.count,
                                    .place = {r->file, r->line}};
    r->open = true;
    return add_phrase(r, rap_slice_sub(line, 0, bracket), actor) &&
           read_codes(r, rap_slice_sub(line, bracket, line.len), actor);
}

static bool add_synonym(dictionary_reader *r, rap_slice line,
                        rap_dictionary_actor *actor)
{
    const uint32_t bracket = rap_slice_find(line, RAP_LIT("["), 0);
    if (!r->open) return dictionary_bad(r, "a synonym without an actor above it");
    return add_phrase(r, rap_slice_sub(line, 1, bracket), actor) &&
           read_codes(r, rap_slice_sub(line, bracket, line.len), actor);
}

bool dictionary_actors(dictionary_reader *r)
{
    rap_slice line;
    rap_dictionary_actor actor = {0};
    while (dictionary_line(r, &line)) {
        const rap_slice trimmed = rap_slice_trim(line);
        bool fits = true;
        if (trimmed.at[0] == '+') {
            fits = add_synonym(r, trimmed, &actor);
        } else if (trimmed.at[0] == '[') {
            fits = r->open ? read_codes(r, trimmed, &actor)
                           : dictionary_bad(r, "a code without an actor above it");
        } else {
            fits = close_actor(r, &actor) && open_actor(r, trimmed, &actor);
        }
        if (!fits) return false;
    }
    return close_actor(r, &actor);
}

static bool holds(const rap_dictionary_code *code, rap_day from, rap_day to)
{
    return code->from <= from && to < code->until;
}

static bool is_dated(const rap_dictionary_code *code)
{
    return code->from != RAP_NO_DAY || code->until != RAP_DAY_LAST;
}

uint32_t rap_dictionary_code_on(const rap_dictionary_code *code, uint32_t codes,
                                rap_day from, rap_day to)
{
    if (from == RAP_NO_DAY || to == RAP_NO_DAY) {
        for (uint32_t i = 1; i < codes; i++)
            if (!rap_slice_equal(code[i].code, code[0].code)) return RAP_NONE;
        return codes ? 0 : RAP_NONE;
    }
    for (uint32_t i = 0; i < codes; i++)
        if (is_dated(&code[i]) && holds(&code[i], from, to)) return i;
    for (uint32_t i = 0; i < codes; i++) {
        /* Days that reach over the end of a dated code belong to no other. */
        if (is_dated(&code[i]) && code[i].from <= to && from < code[i].until)
            return RAP_NONE;
    }
    for (uint32_t i = 0; i < codes; i++)
        if (!is_dated(&code[i])) return i;
    return RAP_NONE;
}

/* ---- agents ------------------------------------------------------------------------ */

static rap_slice macro_of(const dictionary_reader *r, rap_slice name)
{
    for (uint32_t i = 0; i < r->macros.count; i++)
        if (rap_slice_equal(r->macros.at[i].name, name)) return r->macros.at[i].words;
    return (rap_slice){"", 0};
}

/* "!PERSON! = MAN, MEN, …" */
static bool read_macro(dictionary_reader *r, rap_slice line)
{
    const uint32_t end = rap_slice_find(line, RAP_LIT("!"), 1);
    const rap_slice name = rap_slice_sub(line, 1, end);
    const rap_slice after = rap_slice_trim(dictionary_behind(line, end));
    if (!name.len || !rap_slice_starts(after, "="))
        return dictionary_bad(r, "a substitution is !NAME! = WORD, WORD");
    const dictionary_macro macro = {name, rap_slice_sub(after, 1, after.len)};
    return rap_push(r->arena, &r->macros, macro);
}

/* The regular plural that the format implies where none is given. */
static rap_slice regular_plural(dictionary_reader *r, rap_slice phrase)
{
    const char *text;
    const char last = phrase.at[phrase.len - 1];
    if (last == 'Y')
        text = rap_arena_printf(r->arena, "%.*sIES", (int)phrase.len - 1, phrase.at);
    else if (last == 'S' || last == 'X')
        text = rap_arena_printf(r->arena, "%.*sES", (int)phrase.len, phrase.at);
    else
        text = rap_arena_printf(r->arena, "%.*sS", (int)phrase.len, phrase.at);
    if (!text) r->refused = true;
    return rap_slice_of(text);
}

static bool push_agent(dictionary_reader *r, rap_slice wording,
                       rap_dictionary_agent agent, bool regular)
{
    const bool exact = rap_slice_ends(wording, "_");
    agent.phrase = dictionary_wording(r, wording);
    if (r->refused) return false;
    if (!agent.phrase.len) return dictionary_bad(r, "an agent without letters");
    if (regular && !exact) agent.plural = regular_plural(r, agent.phrase);
    return !r->refused && rap_push(r->arena, &r->agents, agent);
}

/* One agent for each word of the macro in its wording. */
static bool push_forms(dictionary_reader *r, rap_slice wording,
                       rap_dictionary_agent agent)
{
    const uint32_t from = rap_slice_find(wording, RAP_LIT("!"), 0);
    const rap_slice lead = rap_slice_sub(wording, 0, from);
    const rap_slice named = dictionary_behind(wording, from);
    const uint32_t to = rap_slice_find(named, RAP_LIT("!"), 0);
    const rap_slice tail = dictionary_behind(named, to);
    rap_slice words = macro_of(r, rap_slice_sub(named, 0, to)), word;
    if (to == named.len || !words.len)
        return dictionary_bad(r, "no such substitution above");
    for (uint32_t n = 0; n < MOST_FORMS && rap_split_next(&words, ',', &word); n++) {
        const char *form =
            rap_arena_printf(r->arena, "%.*s%.*s%.*s", (int)lead.len, lead.at,
                             (int)word.len, word.at, (int)tail.len, tail.at);
        if (!form) return false;
        if (word.len && !push_agent(r, rap_slice_of(form), agent, false)) return false;
    }
    return true;
}

static bool read_agent(dictionary_reader *r, rap_slice line)
{
    rap_slice wording, code, after, before, plural = {"", 0};
    if (!dictionary_between(line, '[', ']', &wording, &code, &after) || !wording.len)
        return dictionary_bad(r, "an agent is WORDS {PLURAL} [~CODE]");
    rap_dictionary_agent agent = {.place = {r->file, r->line}, .plural = {"", 0}};
    const bool given = dictionary_between(wording, '{', '}', &before, &plural, &after);
    if (given) wording = before;
    agent.leads = rap_slice_ends(code, "~");
    if (!agent.leads && !rap_slice_starts(code, "~"))
        return dictionary_bad(r, "an agent's code has a ~ before or behind it");
    code = rap_slice_trim(agent.leads ? rap_slice_sub(code, 0, code.len - 1)
                                      : rap_slice_sub(code, 1, code.len));
    if (!code.len || code_at(code) != code.len)
        return dictionary_bad(r, "an agent without a code");
    agent.code = code;
    if (plural.len) agent.plural = dictionary_wording(r, plural);
    if (r->refused) return false;
    if (rap_slice_find(wording, RAP_LIT("!"), 0) < wording.len)
        return push_forms(r, wording, agent);
    return push_agent(r, wording, agent, !given);
}

bool dictionary_agents(dictionary_reader *r)
{
    rap_slice line;
    while (dictionary_line(r, &line)) {
        line = rap_slice_trim(line);
        const bool macro =
            line.at[0] == '!' && rap_slice_find(line, RAP_LIT("="), 0) < line.len;
        if (!(macro ? read_macro(r, line) : read_agent(r, line))) return false;
    }
    return true;
}

/* ---- discards ---------------------------------------------------------------------- */

bool dictionary_discards(dictionary_reader *r)
{
    rap_slice line;
    while (dictionary_line(r, &line)) {
        line = rap_slice_trim(line);
        rap_dictionary_discard discard = {.story = line.at[0] == '+',
                                          .place = {r->file, r->line}};
        if (discard.story) line = rap_slice_sub(line, 1, line.len);
        discard.phrase = dictionary_wording(r, line);
        if (r->refused) return false;
        if (!discard.phrase.len) {
            (void)dictionary_bad(r, "a discard without letters");
            continue;
        }
        if (!rap_push(r->arena, &r->discards, discard)) return false;
    }
    return true;
}
