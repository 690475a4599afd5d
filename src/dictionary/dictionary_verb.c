/*
 * dictionary_verb.c - sets of synonyms, blocks, verbs and patterns; see dictionary.h.
 *
 * Method  "&SET" and lines of "+MEMBER"; "--- NAME [code] ---" opens a block of verbs and
 * the patterns they share. Patterns of both generations of the coders are read: words in a
 * row around the verb, or, in a file that has {groups} and (phrases) in many of its patterns,
 *         parts of the tree.
 * Cost    linear.
 */
#include "dictionary_private.h"

enum { MOST_ELEMENTS = 32, TREE_SHARE = 10 };

/* ---- codes ------------------------------------------------------------------------- */

static bool is_code(rap_slice s)
{
    for (uint32_t i = 0; i < s.len; i++) {
        const char c = s.at[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
              (c >= 'a' && c <= 'z')))
            return false;
    }
    return true;
}

/* "031", "031:032", ":110", "---"; false if it is none. */
static bool read_act(rap_slice text, rap_dictionary_act *out)
{
    *out = (rap_dictionary_act){{"", 0}, {"", 0}, rap_slice_is(text, "---")};
    if (out->silent) return true;
    const uint32_t colon = rap_slice_find(text, RAP_LIT(":"), 0);
    out->code = rap_slice_trim(rap_slice_sub(text, 0, colon));
    out->back = rap_slice_trim(dictionary_behind(text, colon));
    if (rap_slice_is(out->back, "---")) out->back.len = 0;
    if (rap_slice_is(out->code, "---")) out->code.len = 0;
    return is_code(out->code) && is_code(out->back) &&
           out->code.len + out->back.len > 0;
}

/* ---- sets -------------------------------------------------------------------------- */

static bool open_set(dictionary_reader *r, rap_slice line)
{
    rap_slice name = rap_slice_trim(rap_slice_sub(line, 1, line.len));
    while (name.len && name.at[name.len - 1] == '_') name.len--;
    r->open = name.len > 0;
    if (!r->open) return dictionary_bad(r, "a set without a name");
    const rap_dictionary_set set = {name, r->phrases.count, 0, r->file};
    return rap_push(r->arena, &r->sets, set);
}

static bool add_member(dictionary_reader *r, rap_slice line)
{
    const rap_slice member = dictionary_wording(r, rap_slice_sub(line, 1, line.len));
    if (r->refused) return false;
    if (!member.len) return dictionary_bad(r, "a member without letters");
    r->sets.at[r->sets.count - 1].members++;
    return rap_push(r->arena, &r->phrases, member);
}

/* ---- verbs ------------------------------------------------------------------------- */

/* "KLM_+RST_UVW": the verb is the word behind the +, else the first. */
static bool push_verb(dictionary_reader *r, rap_slice wording, rap_dictionary_verb verb)
{
    const uint32_t plus = rap_slice_find(wording, RAP_LIT("+"), 0);
    rap_slice lead = {"", 0}, rest = wording;
    if (plus < wording.len) {
        lead = rap_slice_sub(wording, 0, plus);
        rest = dictionary_behind(wording, plus);
    }
    lead = dictionary_wording(r, lead);
    rest = dictionary_wording(r, rest);
    if (r->refused) return false;
    const uint32_t blank = rap_slice_find(rest, RAP_LIT(" "), 0);
    verb.form = rap_slice_sub(rest, 0, blank);
    verb.before = lead;
    verb.after = rap_slice_trim(rap_slice_sub(rest, blank, rest.len));
    if (!verb.form.len) return dictionary_bad(r, "a verb without letters");
    return rap_push(r->arena, &r->verbs, verb);
}

/* "TELL {TELLS TOLD TELLING} [010]" */
static bool read_verb(dictionary_reader *r, rap_slice line)
{
    rap_slice before, inside, after, forms, form;
    rap_dictionary_verb verb = {
        .block = r->blocks - 1, .act = r->block, .place = {r->file, r->line}};
    if (!r->blocks) return dictionary_bad(r, "a verb without a block above it");
    if (dictionary_between(line, '[', ']', &before, &inside, &after)) {
        if (!read_act(inside, &verb.act))
            return dictionary_bad(r,
                                  "a code is digits and letters, [CODE:CODE] or [---]");
        line = before;
    }
    if (dictionary_between(line, '{', '}', &before, &forms, &after)) {
        line = before;
        verb.given = true;
        while (forms.len && rap_split_next(&forms, ' ', &form))
            if (form.len && !push_verb(r, form, verb)) return false;
        verb.given = false;
    }
    return push_verb(r, line, verb);
}

/* "--- SAY [010] ---" */
static bool open_block(dictionary_reader *r, rap_slice line)
{
    rap_slice before, inside, after;
    rap_dictionary_act act;
    r->blocks++;
    r->block = (rap_dictionary_act){{"", 0}, {"", 0}, true};
    if (!dictionary_between(line, '[', ']', &before, &inside, &after) ||
        !read_act(inside, &act))
        return dictionary_bad(r, "a block is --- NAME [CODE] ---");
    r->block = act;
    return true;
}

/* ---- patterns ---------------------------------------------------------------------- */

typedef struct pattern_reader {
    dictionary_reader *r;
    rap_dictionary_pattern pattern;
    uint32_t phrase, phrases;    /* of the element at hand; how many so far */
    bool joined, braces, marker; /* marker: the next word is the preposition */
    uint32_t depth;              /* of ( */
    bool verb;                   /* the * has been read */
    const char *wrong;
} pattern_reader;

static rap_dictionary_element *last_element(pattern_reader *p)
{
    return p->pattern.elements ? &p->r->elements.at[p->r->elements.count - 1] : NULL;
}

static rap_element_role role_of(pattern_reader *p)
{
    if (!p->pattern.tree) return RAP_ELEMENT_LINEAR;
    rap_dictionary_element *last = last_element(p);
    if (p->marker) {
        p->marker = false;
        return RAP_ELEMENT_MARKER;
    }
    /* The last word of a phrase is its head. */
    if (last && last->phrase == p->phrase && last->role == RAP_ELEMENT_HEAD)
        last->role = RAP_ELEMENT_MODIFIER;
    return RAP_ELEMENT_HEAD;
}

static bool push_element(pattern_reader *p, rap_dictionary_element element)
{
    const bool alone = !p->braces && !p->depth && !p->joined;
    if (p->pattern.elements == MOST_ELEMENTS) {
        p->wrong = "a pattern has at most 32 parts";
        return true;
    }
    if (p->pattern.tree && alone) p->phrase = ++p->phrases;
    element.role = role_of(p);
    element.phrase = p->phrase;
    element.joined = p->joined;
    p->joined = false;
    p->pattern.elements++;
    return rap_push(p->r->arena, &p->r->elements, element);
}

static bool is_word_byte(char c)
{
    return (uint8_t)c > ' ' && !strchr("_{}()*$+^%&[]", c);
}

/* The word at `at`, with & before it a set. */
static bool read_word(pattern_reader *p, rap_slice s, uint32_t *at)
{
    const bool set = s.at[*at] == '&';
    if (set) (*at)++;
    const uint32_t from = *at;
    while (*at < s.len && (is_word_byte(s.at[*at]) || (set && s.at[*at] == '+')))
        (*at)++;
    const rap_slice word = rap_slice_sub(s, from, *at);
    if (!word.len) {
        p->wrong = "a mark that no pattern has";
        (*at)++;
        return true;
    }
    return push_element(
        p, (rap_dictionary_element){.word = word,
                                    .kind = set ? RAP_ELEMENT_SET : RAP_ELEMENT_WORD});
}

/* An underscore joins what is behind it, or closes a word to other forms. */
static void read_underscore(pattern_reader *p, rap_slice s, uint32_t at)
{
    rap_dictionary_element *last = last_element(p);
    const bool ends = at + 1 >= s.len || (uint8_t)s.at[at + 1] <= ' ' ||
                      strchr("})(", s.at[at + 1]) != NULL;
    if (!ends)
        p->joined = true;
    else if (last)
        last->exact = true;
}

static void read_bracket(pattern_reader *p, char mark)
{
    if (!p->pattern.tree) {
        p->wrong = "a group in a dictionary whose patterns have none";
        return;
    }
    if (mark == '{') {
        p->wrong = p->braces ? "a { inside another" : p->wrong;
        if (!p->depth) p->phrase = ++p->phrases;
        p->braces = true;
    } else if (mark == '}') {
        p->wrong = p->braces ? p->wrong : "a } without its {";
        p->braces = false;
    } else if (mark == '(') {
        p->phrase = ++p->phrases;
        p->marker = true;
        p->depth++;
    } else {
        p->wrong = p->depth ? p->wrong : "a ) without its (";
        p->depth -= p->depth > 0;
    }
}

static bool read_mark(pattern_reader *p, rap_slice s, uint32_t *at)
{
    static const char marks[] = "$+%^";
    static const rap_element_kind kinds[] = {RAP_ELEMENT_SOURCE, RAP_ELEMENT_TARGET,
                                             RAP_ELEMENT_COMPOUND, RAP_ELEMENT_SKIP};
    const char c = s.at[*at];
    const char *mark = strchr(marks, c);
    if (c == '*') {
        if (p->verb) p->wrong = "a pattern has one *";
        p->verb = true;
        p->pattern.verb = p->pattern.elements;
        p->pattern.verb_joined = p->joined;
        p->joined = false;
    } else if (c == '_') {
        read_underscore(p, s, *at);
    } else if (strchr("{}()", c)) {
        read_bracket(p, c);
    } else if (mark) {
        (*at)++;
        return push_element(
            p, (rap_dictionary_element){.word = {"", 0}, .kind = kinds[mark - marks]});
    } else {
        return read_word(p, s, at);
    }
    (*at)++;
    return true;
}

static bool read_elements(pattern_reader *p, rap_slice s)
{
    uint32_t at = 0;
    while (at < s.len && !p->wrong) {
        if ((uint8_t)s.at[at] <= ' ') {
            at++;
            continue;
        }
        if (!s.at[at]) p->wrong = "a zero byte";
        if (!p->wrong && !read_mark(p, s, &at)) return false;
    }
    if (!p->wrong && (p->braces || p->depth)) p->wrong = "a { or ( without its end";
    if (!p->wrong && !p->verb) p->wrong = "a pattern without its *";
    return true;
}

/* "- pre * post [code]" */
static bool read_pattern(dictionary_reader *r, rap_slice line)
{
    rap_slice parts, inside, after;
    pattern_reader p = {.r = r,
                        .pattern = {.block = r->blocks - 1,
                                    .element = r->elements.count,
                                    .tree = r->tree,
                                    .place = {r->file, r->line}}};
    if (!r->blocks) return dictionary_bad(r, "a pattern without a block above it");
    if (!dictionary_between(line, '[', ']', &parts, &inside, &after) ||
        !read_act(inside, &p.pattern.act))
        return dictionary_bad(r, "a pattern is - WORDS * WORDS [CODE]");
    if (!read_elements(&p, rap_slice_sub(parts, 1, parts.len))) return false;
    if (p.wrong) {
        r->elements.count = p.pattern.element;
        return dictionary_bad(r, p.wrong);
    }
    return rap_push(r->arena, &r->patterns, p.pattern);
}

/* ---- the file ---------------------------------------------------------------------- */

/* Are one in ten patterns or more over trees? */
static bool has_trees(rap_slice bytes)
{
    rap_slice line;
    uint32_t patterns = 0, trees = 0;
    while (bytes.len && rap_split_next(&bytes, '\n', &line)) {
        if (!rap_slice_starts(line, "- ")) continue;
        const uint32_t end = rap_slice_find(line, RAP_LIT("["), 0);
        const rap_slice parts = rap_slice_sub(line, 0, end);
        patterns++;
        trees += rap_slice_find(parts, RAP_LIT("{"), 0) < parts.len ||
                 rap_slice_find(parts, RAP_LIT("("), 0) < parts.len;
    }
    return trees && trees * TREE_SHARE >= patterns;
}

static bool read_row(dictionary_reader *r, rap_slice line)
{
    if (line.at[0] == '&') return open_set(r, line);
    if (line.at[0] == '+' && r->open) return add_member(r, line);
    r->open = false;
    if (rap_slice_starts(line, "---")) return open_block(r, line);
    if (line.at[0] == '-') return read_pattern(r, line);
    if (line.at[0] == '~') {
        r->transforms++;
        return true;
    }
    return read_verb(r, line);
}

bool dictionary_verbs(dictionary_reader *r)
{
    rap_slice line;
    const uint32_t first = r->blocks;
    r->tree = has_trees(r->begun);
    bool open = false; /* a block of this file */
    while (dictionary_line(r, &line)) {
        line = rap_slice_trim(line);
        open = open || rap_slice_starts(line, "---");
        const bool inside = strchr("&+~", line.at[0]) != NULL && line.at[0];
        if (!open && !inside) {
            (void)dictionary_bad(r, "nothing but sets may stand above the first block");
            continue;
        }
        if (!open && line.at[0] == '+' && !r->open) {
            (void)dictionary_bad(r, "a member without a set above it");
            continue;
        }
        if (!read_row(r, line)) return false;
    }
    assert(r->blocks >= first);
    return true;
}
