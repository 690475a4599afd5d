/*
 * conllu.c - a file of words, line by line; see conllu.h.
 *
 * Method  one pass counts the lines of each sort, so that the arrays are exact and never
 *         move; the second fills them. What needs a whole sentence (heads, ends of
 *         ranges, the spaces in "# text") is checked where the sentence ends.
 */
#include "conllu.h"
#include "text.h"

enum { COLUMNS = 10, IOB2_LEAST = 3, IOB2_MOST = 5, DIGITS = 9 };
enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC };
enum { IOB2_LABEL = 2 };

typedef struct reader { /* the state of one run */
    rap_slice bytes;
    bool iob2;
    rap_conllu_sentence *sentence;
    rap_conllu_word *word;
    rap_conllu_multi *multi;
    uint32_t sentences, words, multis, empty_nodes;
    rap_conllu_sentence now; /* being read */
    uint32_t minor;          /* of the last empty node after the last word */
    uint32_t range_end;      /* words up to here are in the newest multiword token */
    rap_error *err;
} reader;

static rap_status bad(const reader *r, const char *at, const char *what)
{
    return rap_fail_as(r->err, RAP_E_INPUT, "conllu", (uint64_t)(at - r->bytes.at),
                       "%s", what);
}

/* ---- lines ----------------------------------------------------------------------- */

/* The next line of `rest` without its end; false when there is none. */
static bool next_line(rap_slice *rest, rap_slice *line)
{
    if (!rest->len) return false;
    const char *end = memchr(rest->at, '\n', rest->len);
    uint32_t len = end ? (uint32_t)(end - rest->at) : rest->len;
    const uint32_t step = len + (end ? 1 : 0);
    if (len && rest->at[len - 1] == '\r') len--;
    *line = (rap_slice){rest->at, len};
    *rest = (rap_slice){rest->at + step, rest->len - step};
    return true;
}

static bool is_blank(rap_slice line)
{
    for (uint32_t i = 0; i < line.len; i++)
        if (line.at[i] != ' ' && line.at[i] != '\t') return false;
    return true;
}

static rap_slice without_mark(rap_slice bytes)
{
    return rap_slice_starts(bytes, "\xEF\xBB\xBF") ? rap_slice_sub(bytes, 3, bytes.len)
                                                   : bytes;
}

/* The byte that says what an id is: '-' of a range, '.' of an empty node, else a word. */
static char sort_of(rap_slice line)
{
    uint32_t i = 0;
    while (i < line.len && line.at[i] >= '0' && line.at[i] <= '9') i++;
    return i < line.len && (line.at[i] == '-' || line.at[i] == '.') ? line.at[i] : 'w';
}

/* ---- comments -------------------------------------------------------------------- */

/* Splits "# name = value"; without a value `value` is empty. */
static rap_slice comment_name(rap_slice line, rap_slice *value)
{
    const rap_slice inner = rap_slice_sub(line, 1, line.len);
    const uint32_t sign = rap_slice_find(inner, RAP_LIT("="), 0);
    const uint32_t from = sign < inner.len ? sign + 1 : inner.len;
    *value = rap_slice_trim(rap_slice_sub(inner, from, inner.len));
    return rap_slice_trim(rap_slice_sub(inner, 0, sign));
}

static void read_comment(reader *r, rap_slice line)
{
    if (r->now.count) return; /* within a sentence: says nothing we read */
    if (!r->now.comments.len) r->now.comments.at = line.at;
    r->now.comments.len = (uint32_t)(line.at + line.len - r->now.comments.at);
    rap_slice value;
    const rap_slice name = comment_name(line, &value);
    if (rap_slice_is(name, "newdoc") || rap_slice_is(name, "newdoc id"))
        r->now.new_document = true;
    else if (rap_slice_is(name, "newpar") || rap_slice_is(name, "newpar id"))
        r->now.new_paragraph = true;
    else if (rap_slice_is(name, "sent_id"))
        r->now.id = value;
    else if (rap_slice_is(name, "text"))
        r->now.text = value;
}

/* ---- columns --------------------------------------------------------------------- */

/* Fills field[] with the columns of `line`; their number, or COLUMNS + 1 if more. */
static uint32_t split_columns(rap_slice line, rap_slice field[COLUMNS])
{
    uint32_t n = 0;
    for (;;) {
        if (n == COLUMNS) return COLUMNS + 1;
        const char *tab = memchr(line.at, '\t', line.len);
        const uint32_t len = tab ? (uint32_t)(tab - line.at) : line.len;
        field[n++] = (rap_slice){line.at, len};
        if (!tab) return n;
        line = (rap_slice){tab + 1, line.len - len - 1};
    }
}

/* Reads the number that `s` begins with and moves past it; false if there is none. */
static bool take_number(rap_slice *s, uint32_t *value)
{
    uint32_t i = 0;
    *value = 0;
    while (i < s->len && s->at[i] >= '0' && s->at[i] <= '9' && i < DIGITS)
        *value = *value * 10 + (uint32_t)(s->at[i++] - '0');
    *s = (rap_slice){s->at + i, s->len - i};
    return i > 0;
}

static bool is_number(rap_slice s, uint32_t *value)
{
    return take_number(&s, value) && s.len == 0;
}

/* Reads "a-b" or "a.b". */
static bool is_pair(rap_slice s, char between, uint32_t *a, uint32_t *b)
{
    if (!take_number(&s, a) || !s.len || s.at[0] != between) return false;
    s = (rap_slice){s.at + 1, s.len - 1};
    return is_number(s, b);
}

static rap_slice given(rap_slice field)
{
    return field.len == 1 && field.at[0] == '_' ? (rap_slice){field.at, 0} : field;
}

static bool has_no_space(rap_slice misc)
{
    return misc.len && rap_slice_is(rap_conllu_value(misc, "SpaceAfter"), "No");
}

static rap_status check_columns(const reader *r, rap_slice line, uint32_t count,
                                const rap_slice field[COLUMNS])
{
    const bool fits =
        r->iob2 ? count >= IOB2_LEAST && count <= IOB2_MOST : count == COLUMNS;
    if (!fits)
        return bad(r, line.at,
                   r->iob2 ? "the line has not three to five columns between tabs"
                           : "the line has not ten columns between tabs");
    for (uint32_t i = 0; i < count; i++)
        if (!field[i].len)
            return bad(r, field[i].at, "the column is empty: write _ for nothing");
    return RAP_OK;
}

/* ---- words ----------------------------------------------------------------------- */

static rap_status read_range(reader *r, const rap_slice field[COLUMNS])
{
    uint32_t first, last;
    if (!is_pair(field[ID], '-', &first, &last) || first != r->now.count + 1 ||
        last < first || first <= r->range_end)
        return bad(r, field[ID].at,
                   "the range of a multiword token begins at no word that follows it");
    const rap_slice misc = r->iob2 ? (rap_slice){field[ID].at, 0} : given(field[MISC]);
    const uint32_t base = r->now.first - 1;
    r->multi[r->multis++] = (rap_conllu_multi){.first = base + first,
                                               .last = base + last,
                                               .form = field[FORM],
                                               .misc = misc,
                                               .space_after = !has_no_space(misc)};
    r->range_end = last;
    return RAP_OK;
}

static rap_status read_empty_node(reader *r, const rap_slice field[COLUMNS])
{
    uint32_t major, minor;
    if (!is_pair(field[ID], '.', &major, &minor) || major != r->now.count ||
        minor != r->minor + 1)
        return bad(r, field[ID].at, "the id of the empty node is out of order");
    r->minor = minor;
    r->empty_nodes++;
    return RAP_OK;
}

static rap_status read_head(const reader *r, rap_slice field, uint32_t *head)
{
    if (is_number(field, head)) return RAP_OK;
    *head = RAP_NONE;
    return given(field).len ? bad(r, field.at, "the head is no number") : RAP_OK;
}

static rap_status fill_word(const reader *r, const rap_slice field[COLUMNS],
                            rap_conllu_word *word)
{
    *word = (rap_conllu_word){
        .form = field[FORM], .head = RAP_NONE, .multi = RAP_NONE, .space_after = true};
    if (r->iob2) {
        word->label = field[IOB2_LABEL];
        return RAP_OK;
    }
    word->lemma = given(field[FORM]).len ? given(field[LEMMA]) : field[LEMMA];
    word->upos = given(field[UPOS]);
    word->xpos = given(field[XPOS]);
    word->feats = given(field[FEATS]);
    word->deprel = given(field[DEPREL]);
    word->deps = given(field[DEPS]);
    word->misc = given(field[MISC]);
    word->space_after = !has_no_space(word->misc);
    return read_head(r, field[HEAD], &word->head);
}

static rap_status read_word(reader *r, const rap_slice field[COLUMNS])
{
    uint32_t id;
    if (!is_number(field[ID], &id) || id != r->now.count + 1)
        return bad(r, field[ID].at, "the id is not the next number of the sentence");
    if (!r->now.count) r->now.first = r->words;
    rap_conllu_word *word = &r->word[r->words];
    const rap_status status = fill_word(r, field, word);
    if (status) return status;
    if (id <= r->range_end) {
        const rap_conllu_multi *multi = &r->multi[r->multis - 1];
        word->multi = r->multis - 1;
        word->space_after = id == r->range_end && multi->space_after;
    }
    r->words++;
    r->now.count++;
    r->minor = 0;
    return RAP_OK;
}

static rap_status read_columns(reader *r, rap_slice line)
{
    rap_slice field[COLUMNS];
    const uint32_t count = split_columns(line, field);
    const rap_status status = check_columns(r, line, count, field);
    if (status) return status;
    if (!r->now.count) r->now.first = r->words;
    switch (sort_of(line)) {
    case '-':
        return read_range(r, field);
    case '.':
        return read_empty_node(r, field);
    default:
        return read_word(r, field);
    }
}

/* ---- sentences ------------------------------------------------------------------- */

/* The form as it is written that begins with word `at`; moves *at to its last word. */
static rap_slice surface(const reader *r, uint32_t *at)
{
    const rap_conllu_word *word = &r->word[*at];
    if (word->multi == RAP_NONE) return word->form;
    *at = r->multi[word->multi].last;
    return r->multi[word->multi].form;
}

static uint32_t skip_space(rap_slice text, uint32_t at)
{
    while (at < text.len) {
        uint32_t next = at;
        if (!rap_is_space(rap_utf8_next(text, &next))) break;
        at = next;
    }
    return at;
}

/* Walks the forms along "# text"; with `set`, notes which are followed by a space. */
static bool walk_text(reader *r, bool set)
{
    const rap_slice text = r->now.text;
    const uint32_t end = r->now.first + r->now.count;
    uint32_t at = 0;
    for (uint32_t w = r->now.first; w < end; w++) {
        const rap_slice form = surface(r, &w);
        if (text.len - at < form.len || memcmp(text.at + at, form.at, form.len) != 0)
            return false;
        const uint32_t next = skip_space(text, at + form.len);
        if (set && w + 1 < end) { /* after the last one the text ends: no news */
            const bool space = next > at + form.len;
            r->word[w].space_after = space;
            if (r->word[w].multi != RAP_NONE)
                r->multi[r->word[w].multi].space_after = space;
        }
        at = next;
    }
    return at == text.len;
}

static rap_status check_heads(const reader *r)
{
    for (uint32_t w = r->now.first; w < r->now.first + r->now.count; w++) {
        const rap_conllu_word *word = &r->word[w];
        if (word->head != RAP_NONE && word->head > r->now.count)
            return bad(r, word->form.at, "the head is no word of the sentence");
    }
    return RAP_OK;
}

/* What follows begins anew; a document or paragraph without words begins with it. */
static void begin_sentence(reader *r, bool new_document, bool new_paragraph)
{
    r->now = (rap_conllu_sentence){.new_document = new_document,
                                   .new_paragraph = new_paragraph};
    r->minor = 0;
    r->range_end = 0;
}

static rap_status end_sentence(reader *r)
{
    if (r->range_end > r->now.count)
        return bad(r, r->multi[r->multis - 1].form.at,
                   "the multiword token goes on after the sentence");
    if (!r->now.count) {
        begin_sentence(r, r->now.new_document, r->now.new_paragraph);
        return RAP_OK;
    }
    const rap_status status = check_heads(r);
    if (status) return status;
    if (r->now.text.len && walk_text(r, false)) (void)walk_text(r, true);
    r->sentence[r->sentences++] = r->now;
    begin_sentence(r, false, false);
    return RAP_OK;
}

/* ---- the whole ------------------------------------------------------------------- */

/* Room for what the lines hold, up to the first that is sure to be refused. */
static bool make_room(reader *r, rap_arena *arena)
{
    const uint32_t least = 2 * (r->iob2 ? IOB2_LEAST : COLUMNS) - 1;
    uint32_t words = 0, multis = 0, sentences = 0;
    bool open = false;
    rap_slice rest = without_mark(r->bytes), line;
    while (next_line(&rest, &line)) {
        if (is_blank(line)) open = false;
        if (is_blank(line) || line.at[0] == '#') continue;
        if (line.len < least || line.at[0] < '0' || line.at[0] > '9') break;
        const char sort = sort_of(line);
        words += sort == 'w';
        multis += sort == '-';
        sentences += !open;
        open = true;
    }
    r->word = rap_new(arena, rap_conllu_word, words);
    r->multi = rap_new(arena, rap_conllu_multi, multis);
    r->sentence = rap_new(arena, rap_conllu_sentence, sentences);
    return r->word && r->multi && r->sentence;
}

static rap_status read_lines(reader *r)
{
    rap_slice rest = without_mark(r->bytes), line;
    rap_status status = RAP_OK;
    while (!status && next_line(&rest, &line)) {
        if (is_blank(line))
            status = end_sentence(r);
        else if (line.at[0] == '#')
            read_comment(r, line);
        else
            status = read_columns(r, line);
    }
    return status ? status : end_sentence(r);
}

static rap_status read_file(rap_slice bytes, bool iob2, rap_arena *arena,
                            rap_conllu *out, rap_error *err)
{
    *out = (rap_conllu){0};
    reader r = {.bytes = bytes, .iob2 = iob2, .err = err};
    const uint32_t wrong = rap_utf8_bad(bytes);
    if (wrong < bytes.len) return bad(&r, bytes.at + wrong, "the file is not UTF-8");
    if (!make_room(&r, arena))
        return rap_fail(err, RAP_E_NOMEM, 0, "the words of %u bytes", bytes.len);
    const rap_status status = read_lines(&r);
    if (status) return status;
    *out = (rap_conllu){.sentence = r.sentence,
                        .word = r.word,
                        .multi = r.multi,
                        .sentences = r.sentences,
                        .words = r.words,
                        .multis = r.multis,
                        .empty_nodes = r.empty_nodes};
    return RAP_OK;
}

rap_status rap_conllu_read(rap_slice bytes, rap_arena *arena, rap_conllu *out,
                           rap_error *err)
{
    return read_file(bytes, false, arena, out, err);
}

rap_status rap_iob2_read(rap_slice bytes, rap_arena *arena, rap_conllu *out,
                         rap_error *err)
{
    return read_file(bytes, true, arena, out, err);
}

rap_slice rap_conllu_value(rap_slice list, const char *name)
{
    const uint32_t len = (uint32_t)strlen(name);
    while (list.len) {
        const char *bar = memchr(list.at, '|', list.len);
        const uint32_t end = bar ? (uint32_t)(bar - list.at) : list.len;
        if (end > len && list.at[len] == '=' && memcmp(list.at, name, len) == 0)
            return (rap_slice){list.at + len + 1, end - len - 1};
        list = rap_slice_sub(list, end + (bar ? 1 : 0), list.len);
    }
    return (rap_slice){"", 0};
}
