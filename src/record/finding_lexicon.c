/*
 * finding_lexicon.c - the lists of module record, read once.
 *
 * Reads   data/LANG/record: words, stances, contents, issues, documents, units; the stop
 *         words of data/LANG/store; the person's own issues (finding_own.c).
 * Method  every list is phrases by their first folded word.
 */
#include "finding_private.h"
#include "text.h"

#include <stdlib.h>

const char *const rap_stance_name[] = {"supports", "proposes", "demands",   "rejects",
                                       "opposes",  "concedes", "undecided", NULL};

static const char *const class_name[] = {
    "must",        "oblige",       "undertake", "will",       "first",      "not",
    "and",         "break",        "relative",  "definite",   "fresh",      "within",
    "by",          "expire",       "term",      "under",      "make",       "made",
    "force",       "if",           "some",      "agent",      "between",    "no",
    "parties",     "obliger",      "pledge",    "have",       "describe",   "tail",
    "agree",       "false",        "meeting",   "meet",       "cancel",     "plan",
    "offset",      "own",          "passive",   "government", "may",        "hold",
    "lack",        "deny",         "news",      "attend",     "host",       "start",
    "since",       "bloc",         "rank",      "again",      "capital",    "where",
    "report",      "debate",       "times",     "told",       "moved",      "at",
    "convene",     "plainly",      "round",     "each",       "process",    "consult",
    "kept",        "breached",     "extended",  "disputed",   "do",         "whose",
    "prospect",    "sign",         "author",    "jointly",    "fail",       "from",
    "of",          "claim",        "talks",     "fighting",   "parted",     "forces",
    "sitting",     "grounds",      "because",   "for",        "reason",     "collapse",
    "upon",        "refuse",       "pen",       "lead",       "delegation", "of three",
    "of two",      "between them", "the two",   "part of",    "is",         "region",
    "independent", "statehood",    "with"};
static const char *const unit_name[] = {"unit", "rough", "scale",  "about", "more",
                                        "less", "head",  "figure", "money"};

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

static uint32_t index_of(rap_slice name, const char *const *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (rap_slice_is(name, names[i])) return i;
    return RAP_NONE;
}

bool rap_finding_add_phrase(rap_finding_knowledge *k, finding_table *table,
                            rap_slice words, uint32_t value, uint32_t weight)
{
    finding_phrase phrase = {.value = value, .weight = weight, .next = RAP_NONE};
    rap_slice part;
    while (phrase.words < FINDING_PHRASE_WORDS && rap_split_next(&words, ' ', &part)) {
        phrase.word[phrase.words] = rap_fold(&k->arena, part);
        if (!phrase.word[phrase.words++].at) return false;
    }
    if (!phrase.words) return true;
    uint32_t *slot = rap_map_put(&table->first, &k->arena, phrase.word[0]);
    if (!slot) return false;
    phrase.next = *slot;
    *slot = table->phrase.count;
    return rap_push(&k->arena, &table->phrase, phrase);
}

/* All phrases of a field, "|" between them. */
static bool add_phrases(rap_finding_knowledge *k, finding_table *table, rap_slice list,
                        uint32_t value, uint32_t weight)
{
    rap_slice part;
    while (rap_split_next(&list, '|', &part))
        if (!rap_finding_add_phrase(k, table, part, value, weight)) return false;
    return true;
}

static uint32_t number_of(rap_slice s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.len && s.at[i] >= '0' && s.at[i] <= '9'; i++)
        n = n * 10 + (uint32_t)(s.at[i] - '0');
    return n;
}

/* ---- rows ------------------------------------------------------------------------ */

typedef enum row_result { ROW_READ, ROW_BAD, ROW_NOMEM } row_result;

static row_result took(bool whole)
{
    return whole ? ROW_READ : ROW_NOMEM;
}

static row_result words_row(rap_finding_knowledge *k, const rap_slice *field)
{
    const uint32_t class = index_of(field[0], class_name, COUNT(class_name));
    if (class == RAP_NONE) return ROW_BAD;
    /* One table a word, classes as bits, would lose phrases: the class is the value. */
    return took(add_phrases(k, &k->words, field[1], class, 0));
}

static row_result stance_row(rap_finding_knowledge *k, finding_table *table,
                             const rap_slice *field)
{
    const uint32_t stance = index_of(field[0], rap_stance_name, STANCES);
    if (stance == RAP_NONE) return ROW_BAD;
    return took(add_phrases(k, table, field[2], stance, number_of(field[1])));
}

static row_result stances_row(rap_finding_knowledge *k, const rap_slice *field)
{
    return stance_row(k, &k->stances, field);
}

static row_result nouns_row(rap_finding_knowledge *k, const rap_slice *field)
{
    return stance_row(k, &k->nouns, field);
}

static row_result contents_row(rap_finding_knowledge *k, const rap_slice *field)
{
    return stance_row(k, &k->contents, field);
}

static row_result issues_row(rap_finding_knowledge *k, const rap_slice *field)
{
    const rap_slice label = rap_arena_copy(&k->arena, field[0]);
    if (!label.at || !rap_push(&k->arena, &k->issue, label.at)) return ROW_NOMEM;
    return took(
        add_phrases(k, &k->issues, field[2], k->issue.count - 1, number_of(field[1])));
}

static row_result documents_row(rap_finding_knowledge *k, const rap_slice *field)
{
    const rap_slice class = rap_arena_copy(&k->arena, field[0]);
    const finding_kind kind = {
        class.at,
        !rap_slice_is(field[1], "own") && !rap_slice_is(field[1], "offered") &&
            !rap_slice_is(field[1], "termed"),
        rap_slice_is(field[0], "any"),
        rap_slice_is(field[1], "named") || rap_slice_is(field[1], "termed"),
        rap_slice_is(field[1], "joint")};
    if (!class.at || !rap_push(&k->arena, &k->document, kind)) return ROW_NOMEM;
    return took(add_phrases(k, &k->documents, field[2], k->document.count - 1, 0));
}

static row_result units_row(rap_finding_knowledge *k, const rap_slice *field)
{
    finding_unit unit = {0};
    const uint32_t class = index_of(field[0], unit_name, COUNT(unit_name));
    if (class == RAP_NONE) return ROW_BAD;
    unit.class = class;
    unit.label = rap_arena_copy(&k->arena, field[1]).at;
    if (!unit.label) return ROW_NOMEM;
    rap_slice value = field[1], part;
    if (value.len && value.at[0] == 'h') value = rap_slice_sub(value, 1, value.len);
    if (rap_split_next(&value, ' ', &part)) unit.low = unit.high = number_of(part);
    if (rap_split_next(&value, ' ', &part)) unit.high = number_of(part);
    if (!rap_push(&k->arena, &k->unit, unit)) return ROW_NOMEM;
    return took(add_phrases(k, &k->units, field[2], k->unit.count - 1, 0));
}

static row_result roles_row(rap_finding_knowledge *k, const rap_slice *field)
{
    const rap_slice class = rap_arena_copy(&k->arena, field[0]);
    if (!class.at || !rap_push(&k->arena, &k->role, class.at)) return ROW_NOMEM;
    return took(add_phrases(k, &k->roles, field[1], k->role.count - 1, 0));
}

static row_result tolls_row(rap_finding_knowledge *k, const rap_slice *field)
{
    const rap_slice class = rap_arena_copy(&k->arena, field[0]);
    if (!class.at || !rap_push(&k->arena, &k->toll, class.at)) return ROW_NOMEM;
    return took(add_phrases(k, &k->tolls, field[1], k->toll.count - 1, 0));
}

static row_result stop_row(rap_finding_knowledge *k, const rap_slice *field)
{
    const rap_slice word = rap_fold(&k->arena, field[0]);
    uint32_t *slot = word.at ? rap_map_put(&k->stop, &k->arena, word) : NULL;
    if (!slot) return ROW_NOMEM;
    *slot = 1;
    return ROW_READ;
}

/* ---- files ----------------------------------------------------------------------- */

static rap_status
read_file(rap_finding_knowledge *k, const rap_language *language, const char *name,
          uint32_t fields,
          row_result (*row)(rap_finding_knowledge *, const rap_slice *), rap_error *err)
{
    rap_slice bytes;
    const rap_status status = rap_language_file(language, name, &bytes, err);
    if (status) return status;
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    for (uint32_t n; (n = rap_tsv_next(&tsv, field));) {
        const row_result result = n < fields ? ROW_BAD : row(k, field);
        if (result == ROW_NOMEM) return rap_fail(err, RAP_E_NOMEM, 0, "%s", name);
        if (result == ROW_BAD)
            return rap_fail(err, RAP_E_MODEL, tsv.at, "%s line %u cannot be read", name,
                            tsv.line);
    }
    return RAP_OK;
}

rap_status rap_finding_open(const rap_language *language, rap_slice own,
                            const char *own_path, rap_finding_knowledge **out,
                            rap_error *err)
{
    *out = NULL;
    rap_finding_knowledge *k = calloc(1, sizeof *k);
    if (!k) return rap_fail(err, RAP_E_NOMEM, 0, "the lists of the record");
    k->arena = RAP_ARENA(8 << 20);
    rap_status s = read_file(k, language, "record/words.tsv", 2, words_row, err);
    if (!s) s = read_file(k, language, "record/stances.tsv", 3, stances_row, err);
    if (!s) s = read_file(k, language, "record/nouns.tsv", 3, nouns_row, err);
    if (!s) s = read_file(k, language, "record/contents.tsv", 3, contents_row, err);
    if (!s) s = read_file(k, language, "record/issues.tsv", 3, issues_row, err);
    if (!s) s = read_file(k, language, "record/documents.tsv", 3, documents_row, err);
    if (!s) s = read_file(k, language, "record/units.tsv", 3, units_row, err);
    if (!s) s = read_file(k, language, "record/roles.tsv", 2, roles_row, err);
    if (!s) s = read_file(k, language, "record/tolls.tsv", 2, tolls_row, err);
    if (!s) s = read_file(k, language, "store/stopwords.tsv", 1, stop_row, err);
    if (!s) s = rap_finding_read_own(k, own, own_path, err);
    if (s) {
        rap_finding_close(k);
        return s;
    }
    *out = k;
    return RAP_OK;
}

void rap_finding_close(rap_finding_knowledge *knowledge)
{
    if (!knowledge) return;
    rap_arena_free(&knowledge->arena);
    free(knowledge);
}

/* ---- looking up ------------------------------------------------------------------ */

/* The token behind a phrase at `at`, over a quotation mark between its words; 0: it does not
 * stand there. */
static uint32_t phrase_end(const finder *f, const finding_phrase *p, uint32_t at,
                           uint32_t end)
{
    for (uint32_t i = 0; i < p->words; i++, at++) {
        if (i && at < end && f->in->syntax->upos[at] == RAP_PUNCT &&
            rap_is_quote(f, at))
            at++;
        if (at >= end) return 0;
        if (!rap_slice_equal(p->word[i], f->form[at]) &&
            !rap_slice_equal(p->word[i], f->lemma[at]))
            return 0;
    }
    return at;
}

static const finding_phrase *longest_of(const finder *f, const finding_table *table,
                                        uint32_t first, uint32_t at, uint32_t end,
                                        uint32_t *after)
{
    const finding_phrase *best = NULL;
    for (uint32_t i = first; i != RAP_NONE; i = table->phrase.at[i].next) {
        const finding_phrase *p = &table->phrase.at[i];
        if (best && p->words <= best->words) continue;
        const uint32_t behind = phrase_end(f, p, at, end);
        if (behind) best = p, *after = behind;
    }
    return best;
}

const finding_phrase *rap_phrase_at(const finder *f, const finding_table *table,
                                    uint32_t at, uint32_t end, uint32_t *after)
{
    uint32_t behind = 0, beyond = 0;
    const finding_phrase *best =
        longest_of(f, table, rap_map_get(&table->first, f->form[at]), at, end, &behind);
    const finding_phrase *other = longest_of(
        f, table, rap_map_get(&table->first, f->lemma[at]), at, end, &beyond);
    if (!best || (other && other->words > best->words)) best = other, behind = beyond;
    if (best && after) *after = behind;
    return best;
}

enum { PARTED = 6 }; /* tokens from a verb to its particle, at most */

/* May `token` stand between a verb and its particle? */
static bool may_part(const finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    return upos == RAP_DET || upos == RAP_ADJ || upos == RAP_NOUN ||
           upos == RAP_PROPN || upos == RAP_PRON;
}

const finding_phrase *rap_parted_phrase_at(const finder *f, const finding_table *table,
                                           uint32_t at, uint32_t end)
{
    uint32_t particle = at + 1;
    while (particle < end && particle < at + PARTED && may_part(f, particle))
        particle++;
    if (particle >= end || particle == at + 1) return NULL;
    const uint8_t upos = f->in->syntax->upos[particle];
    if (upos != RAP_ADP && upos != RAP_ADV && upos != RAP_PART) return NULL;
    for (uint32_t i = rap_map_get(&table->first, f->lemma[at]); i != RAP_NONE;
         i = table->phrase.at[i].next) {
        const finding_phrase *p = &table->phrase.at[i];
        if (p->words == 2 && rap_slice_equal(p->word[1], f->form[particle])) return p;
    }
    return NULL;
}

bool rap_word_is(const finder *f, uint32_t token, finding_class class)
{
    const finding_table *table = &f->knowledge->words;
    const rap_slice key[2] = {f->form[token], f->lemma[token]};
    for (uint32_t k = 0; k < 2; k++)
        for (uint32_t i = rap_map_get(&table->first, key[k]); i != RAP_NONE;
             i = table->phrase.at[i].next)
            if (table->phrase.at[i].value == class &&
                phrase_end(f, &table->phrase.at[i], token, token + 1))
                return true;
    return false;
}

uint32_t rap_class_at(const finder *f, finding_class class, uint32_t at, uint32_t end)
{
    const finding_table *table = &f->knowledge->words;
    const rap_slice key[2] = {f->form[at], f->lemma[at]};
    uint32_t words = 0, behind = 0;
    for (uint32_t k = 0; k < 2; k++)
        for (uint32_t i = rap_map_get(&table->first, key[k]); i != RAP_NONE;
             i = table->phrase.at[i].next) {
            const finding_phrase *p = &table->phrase.at[i];
            if (p->value != class || p->words <= words) continue;
            const uint32_t after = phrase_end(f, p, at, end);
            if (after) words = p->words, behind = after;
        }
    return behind;
}

bool rap_any_of(const finder *f, uint32_t from, uint32_t end, finding_class class)
{
    for (uint32_t i = from; i < end; i++)
        if (rap_class_at(f, class, i, end)) return true;
    return false;
}
