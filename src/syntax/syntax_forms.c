/*
 * syntax_forms.c - regular inflection and its undoing; see syntax_private.h.
 *
 * The spelling rules below are those of the endings -s, -ed, -ing in the Latin script;
 * which words they hold for is data. Words longer than FOLD_BYTES have no forms.
 */
#include "syntax_private.h"

static bool is_vowel(char c)
{
    return c && strchr("aeiou", c) != NULL;
}

static char last(rap_slice s, uint32_t back)
{
    return s.len > back ? s.at[s.len - 1 - back] : 0;
}

static uint32_t join(rap_slice base, uint32_t cut, const char *end, char *out)
{
    const uint32_t len = (uint32_t)strlen(end);
    if (base.len < cut || base.len - cut + len > FOLD_BYTES) return 0;
    memcpy(out, base.at, base.len - cut);
    memcpy(out + base.len - cut, end, len);
    return base.len - cut + len;
}

static bool ends_consonant_y(rap_slice s)
{
    return last(s, 0) == 'y' && s.len > 1 && !is_vowel(last(s, 1));
}

static bool hisses(rap_slice s)
{
    return rap_slice_ends(s, "s") || rap_slice_ends(s, "x") || rap_slice_ends(s, "z") ||
           rap_slice_ends(s, "ch") || rap_slice_ends(s, "sh");
}

bool syntax_doubles(rap_slice base)
{
    uint32_t groups = 0;
    for (uint32_t i = 0; i < base.len; i++)
        groups += is_vowel(base.at[i]) && (i == 0 || !is_vowel(base.at[i - 1]));
    const char end = last(base, 0);
    return groups == 1 && base.len > 2 && !is_vowel(end) && !strchr("wxyh", end) &&
           is_vowel(last(base, 1)) && !is_vowel(last(base, 2));
}

uint32_t syntax_with_s(rap_slice base, char *out)
{
    if (ends_consonant_y(base)) return join(base, 1, "ies", out);
    return join(base, 0, hisses(base) || rap_slice_ends(base, "o") ? "es" : "s", out);
}

static uint32_t with_doubled(rap_slice base, const char *end, char *out)
{
    char tail[8] = {last(base, 0)};
    memcpy(tail + 1, end, strlen(end) + 1);
    return join(base, 0, tail, out);
}

uint32_t syntax_with_ed(rap_slice base, bool doubled, char *out)
{
    if (doubled) return with_doubled(base, "ed", out);
    if (ends_consonant_y(base)) return join(base, 1, "ied", out);
    return join(base, 0, last(base, 0) == 'e' ? "d" : "ed", out);
}

uint32_t syntax_with_ing(rap_slice base, bool doubled, char *out)
{
    if (doubled) return with_doubled(base, "ing", out);
    if (rap_slice_ends(base, "ie")) return join(base, 2, "ying", out);
    const bool drops =
        last(base, 0) == 'e' && base.len > 2 && !strchr("eoy", last(base, 1));
    return join(base, drops ? 1 : 0, "ing", out);
}

static uint32_t without_s(rap_slice form, char *out)
{
    if (!rap_slice_ends(form, "s") || rap_slice_ends(form, "ss") || form.len < 3)
        return 0;
    if (rap_slice_ends(form, "ies") && form.len > 4) return join(form, 3, "y", out);
    if (rap_slice_ends(form, "es") &&
        (hisses((rap_slice){form.at, form.len - 2}) || last(form, 2) == 'o') &&
        !rap_slice_ends(form, "ses"))
        return join(form, 2, "", out);
    if (rap_slice_ends(form, "sses")) return join(form, 2, "", out);
    return join(form, 1, "", out);
}

static bool has_base(const rap_syntax_knowledge *knowledge, const char *at,
                     uint32_t len)
{
    const word_entry *e = len ? syntax_entry(knowledge, (rap_slice){at, len}) : NULL;
    for (uint32_t i = 0; e && i < e->count; i++)
        if (e->reading[i].state == STATE_VB) return true;
    return false;
}

/* Does a stem want its e back (negotiat-, recogniz-, forc-)? */
static bool wants_e(rap_slice stem)
{
    static const char *const ends[] = {"at", "iz", "is", "c",  "v",  "u",
                                       "dg", "ng", "rs", "ns", "bl", "pl",
                                       "tl", "ut", "ur", "id", "od"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (rap_slice_ends(stem, ends[i])) return true;
    return false;
}

static uint32_t without_ending(const rap_syntax_knowledge *knowledge, rap_slice form,
                               uint32_t ending, char *out)
{
    if (form.len < ending + 2) return 0;
    const rap_slice stem = {form.at, form.len - ending};
    if (ending == 2 && last(stem, 0) == 'i') return join(stem, 1, "y", out);
    if (has_base(knowledge, stem.at, stem.len)) return join(stem, 0, "", out);
    const uint32_t with_e = join(stem, 0, "e", out);
    if (has_base(knowledge, out, with_e)) return with_e;
    const bool doubled =
        last(stem, 0) == last(stem, 1) && !strchr("lsz", last(stem, 0));
    if (doubled) return join(stem, 1, "", out);
    return join(stem, 0, wants_e(stem) ? "e" : "", out);
}

uint32_t syntax_base_of(const rap_syntax_knowledge *knowledge, rap_slice form,
                        tag_state state, char *out)
{
    switch (state) {
    case STATE_NOUNS:
    case STATE_VBZ:
        return without_s(form, out);
    case STATE_VBD:
    case STATE_VBN:
        return rap_slice_ends(form, "ed") ? without_ending(knowledge, form, 2, out) : 0;
    case STATE_VBG:
        return rap_slice_ends(form, "ing") ? without_ending(knowledge, form, 3, out)
                                           : 0;
    default:
        return 0;
    }
}
