/*
 * statement_score.c - what speaks for a reading of a cue: weights of features made of
 * facts, no words of any text among them, and a small hidden layer over them.
 *
 * Reads   data/LANG/statement/weights.tsv, made by tools/train_statement.py.
 * Writes  the table of weights in rap_statement_knowledge.
 * Cost    one look-up a feature.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "statement_private.h"

enum { TABLE_LEAST = 1024, TEMPLATE_SHIFT = 26, FACTS_MOST = 512 };

static const char *const reading_names[READ_KINDS] = {
    "none",   "ccomp",       "host",    "parataxis", "xcomp",        "object-xcomp",
    "object", "object-rest", "oblique", "passive",   "passive-rest", "raised",
    "advcl",  "relative",    "acl",     "nmod",      "csubj",        "colon",
    "left",   "right",       "both",    "quote",     "quote-before", "quote-after",
    "rule",   "rule-own"};
static const char *const source_names[FROM_KINDS] = {
    "nobody", "name",  "person", "noun",     "document",
    "number", "first", "third",  "relative", "other"};

const template score_templates[T_TEMPLATES] = {
    [T_READING] = {"reading", {FACT_READING}},
    [T_CLASS] = {"class", {FACT_CLASS, FACT_READING}},
    [T_CLASS_CASE] = {"class-case", {FACT_CLASS, FACT_READING, FACT_CLASS}},
    [T_CLASS_SOURCE] = {"class-source", {FACT_CLASS, FACT_SOURCE}},
    [T_CLASS_ROLE] = {"class-role", {FACT_CLASS, FACT_RELATION}},
    [T_CLASS_MARK] = {"class-mark", {FACT_CLASS, FACT_READING, FACT_NUMBER}},
    [T_ACT] = {"act", {FACT_ACT, FACT_READING}},
    [T_WEIGHT] = {"weight", {FACT_NUMBER, FACT_READING, FACT_NUMBER}},
    [T_SOURCE] = {"source", {FACT_NUMBER, FACT_READING}},
    [T_SOURCE_ROLE] = {"source-role", {FACT_SOURCE, FACT_RELATION}},
    [T_ROLE] = {"role", {FACT_RELATION, FACT_READING}},
    [T_FORM] = {"form", {FACT_NUMBER, FACT_READING}},
    [T_NEGATED] = {"negated", {FACT_NUMBER, FACT_READING}},
    [T_LENGTH] = {"length", {FACT_NUMBER, FACT_READING}},
    [T_FIRST] = {"first", {FACT_UPOS, FACT_READING}},
    [T_HEAD] = {"head", {FACT_UPOS, FACT_READING}},
    [T_QUOTED] = {"quoted", {FACT_NUMBER, FACT_READING}},
    [T_MARK] = {"mark", {FACT_NUMBER, FACT_READING}},
    [T_RULE] = {"rule", {FACT_NUMBER, FACT_READING}},
    [T_RULE_SURE] = {"rule-sure", {FACT_NUMBER, FACT_NUMBER}},
    [T_OTHER] = {"other", {FACT_NUMBER, FACT_READING, FACT_NUMBER}},
    [T_UNKNOWN] = {"unknown", {FACT_READING, FACT_SOURCE}},
    [T_TITLE] = {"title", {FACT_NUMBER, FACT_READING}},
    [T_FINITE] = {"finite", {FACT_NUMBER, FACT_READING}},
    [T_RULE_FRAME] = {"rule-frame", {FACT_NUMBER, FACT_NUMBER, FACT_NUMBER}},
    [T_RULE_CONFIDENCE] = {"rule-confidence", {FACT_NUMBER, FACT_NUMBER}},
    [T_RULE_TREE] = {"rule-tree", {FACT_NUMBER, FACT_READING, FACT_NUMBER}},
    [T_RULE_PARTS] = {"rule-parts", {FACT_NUMBER, FACT_NUMBER}},
    [T_CLASS_READ_SOURCE] = {"class-reading-source",
                             {FACT_CLASS, FACT_READING, FACT_SOURCE}},
    [T_CLASS_READ_ROLE] = {"class-reading-role",
                           {FACT_CLASS, FACT_READING, FACT_RELATION}},
    [T_SOURCE_READ_ROLE] = {"source-reading-role",
                            {FACT_SOURCE, FACT_READING, FACT_RELATION}},
    [T_CASE] = {"case", {FACT_CLASS, FACT_READING}},
    [T_CUT] = {"cut", {FACT_NUMBER, FACT_NUMBER, FACT_RELATION}},
    [T_CUT_READ] = {"cut-reading", {FACT_NUMBER, FACT_READING, FACT_RELATION}},
    [T_CUT_FIRST] = {"cut-first", {FACT_NUMBER, FACT_UPOS, FACT_RELATION}},
    [T_CUT_LENGTH] = {"cut-length", {FACT_NUMBER, FACT_NUMBER, FACT_RELATION}},
    [T_CUT_QUOTED] = {"cut-quoted", {FACT_NUMBER, FACT_NUMBER, FACT_RELATION}},
    [T_CUT_VERB] = {"cut-verb", {FACT_NUMBER, FACT_NUMBER, FACT_RELATION}},
    [T_CUT_HEAD] = {"cut-head", {FACT_NUMBER, FACT_UPOS, FACT_RELATION}},
    [T_CUT_CASE] = {"cut-case", {FACT_CLASS, FACT_READING, FACT_UPOS}},
    [T_CUT_NOUN] = {"cut-noun", {FACT_NUMBER, FACT_READING, FACT_CLASS}},
    [T_CUT_PAIR] = {"cut-pair", {FACT_NUMBER, FACT_UPOS, FACT_UPOS}},
    [T_CUTS] = {"cuts", {FACT_NUMBER, FACT_READING}},
    [T_DEPENDENTS] = {"dependents", {FACT_NUMBER, FACT_READING}},
    [T_TAG] = {"tag", {FACT_NUMBER, FACT_READING}},
    [T_AROUND] = {"around", {FACT_UPOS, FACT_READING, FACT_UPOS}},
    [T_ACTOR] = {"actor", {FACT_NUMBER, FACT_READING, FACT_RELATION}},
    [T_TOPIC] = {"topic", {FACT_CLASS, FACT_READING, FACT_UPOS}},
    [T_GOVERNOR] = {"governor", {FACT_CLASS, FACT_READING, FACT_RELATION}},
    [T_PLACE] = {"place", {FACT_NUMBER, FACT_READING}},
    [T_RIVALS] = {"rivals", {FACT_NUMBER, FACT_READING}},
    [T_NEXT] = {"next", {FACT_NUMBER, FACT_READING, FACT_UPOS}},
};

/* Six bits of template, then facts of 9, 8 and 9 bits: classes go first or last. A key is
 * never 0. */
static const uint32_t fact_shift[TEMPLATE_FACTS] = {17, 9, 0};
static const uint32_t fact_most[TEMPLATE_FACTS] = {511, 255, 511};

uint32_t score_key(enum score_template t, uint32_t a, uint32_t b, uint32_t c)
{
    a = a < fact_most[0] ? a : fact_most[0];
    b = b < fact_most[1] ? b : fact_most[1];
    c = c < fact_most[2] ? c : fact_most[2];
    return ((uint32_t)t + 1) << TEMPLATE_SHIFT | a << fact_shift[0] |
           b << fact_shift[1] | c << fact_shift[2];
}

uint32_t score_fact(uint32_t key, uint32_t i)
{
    return key >> fact_shift[i] & fact_most[i];
}

enum score_template score_template_of(uint32_t key)
{
    return (enum score_template)((key >> TEMPLATE_SHIFT) - 1);
}

/* The name of fact `value`; at is NULL where there is no such fact. */
static rap_slice name_of(const rap_statement_knowledge *knowledge, fact_kind kind,
                         uint32_t value)
{
    if (kind == FACT_CLASS && value == 0) return RAP_LIT("0");
    if (kind == FACT_CLASS && value < knowledge->sense.count)
        return knowledge->sense.at[value].name;
    const char *name = NULL;
    if (kind == FACT_READING && value < READ_KINDS) name = reading_names[value];
    if (kind == FACT_SOURCE && value < FROM_KINDS) name = source_names[value];
    if (kind == FACT_RELATION && value < RAP_REL_COUNT)
        name = rap_relation_name((rap_relation)value);
    if (kind == FACT_UPOS && value < RAP_UPOS_COUNT)
        name = rap_upos_name((rap_upos)value);
    if (kind == FACT_ACT && value < RAP_ACTS) name = rap_act_name((rap_act)value);
    return name ? rap_slice_of(name) : (rap_slice){NULL, 0};
}

void score_label(const rap_statement_knowledge *knowledge, fact_kind kind,
                 uint32_t value, char *out, size_t size)
{
    const rap_slice name = name_of(knowledge, kind, value);
    if (name.at)
        snprintf(out, size, "%.*s", (int)name.len, name.at);
    else
        snprintf(out, size, "%u", (unsigned)value);
}

/* The names of all facts of each kind, while the weights are read. */
typedef struct fact_names {
    rap_arena arena;
    rap_map kind[FACT_KINDS];
} fact_names;

static bool names_open(fact_names *names, const rap_statement_knowledge *knowledge)
{
    for (int kind = 0; kind < FACT_KINDS; kind++) {
        if (kind == FACT_NONE || kind == FACT_NUMBER) continue;
        for (uint32_t value = 0; value < FACTS_MOST; value++) {
            const rap_slice name = name_of(knowledge, (fact_kind)kind, value);
            if (!name.at) break;
            uint32_t *slot = rap_map_put(&names->kind[kind], &names->arena, name);
            if (!slot) return false;
            if (*slot == RAP_NONE) *slot = value;
        }
    }
    return true;
}

/* The number that `label` names; RAP_NONE: there is none (a class that is gone). */
static uint32_t fact_named(const fact_names *names, fact_kind kind, rap_slice label)
{
    if (kind == FACT_NONE) return 0;
    if (kind == FACT_NUMBER) return (uint32_t)strtoul(label.at, NULL, 10);
    return rap_map_get(&names->kind[kind], label);
}

static uint32_t slot_of(const rap_statement_knowledge *knowledge, uint32_t key)
{
    /* The low bits of a product know only the low bits of the key: fold the high in. */
    uint32_t slot = key * 2654435761u;
    slot = (slot ^ slot >> 15) & (knowledge->weights - 1);
    while (knowledge->weight_key[slot] && knowledge->weight_key[slot] != key)
        slot = (slot + 1) & (knowledge->weights - 1);
    return slot;
}

static bool make_table(rap_statement_knowledge *knowledge, uint32_t rows)
{
    uint32_t size = TABLE_LEAST;
    while (size < rows * 2) size *= 2;
    knowledge->weight_key = rap_new(&knowledge->arena, uint32_t, size);
    knowledge->weight = rap_new(&knowledge->arena, float, size);
    knowledge->weight_row = rap_new(&knowledge->arena, uint32_t, size);
    knowledge->hidden = rap_new(&knowledge->arena, int8_t, (size_t)rows * HIDDEN + 1);
    knowledge->weights = size;
    return knowledge->weight_key && knowledge->weight && knowledge->weight_row &&
           knowledge->hidden;
}

static uint32_t template_named(rap_slice name)
{
    for (uint32_t t = 0; t < T_TEMPLATES; t++)
        if (rap_slice_is(name, score_templates[t].name)) return t;
    return RAP_NONE;
}

/* Two hexadecimal digits as a number, 128 for 0; false: there are none. */
static bool read_byte(const char *at, int8_t *out)
{
    int value = 0;
    for (int i = 0; i < 2; i++) {
        const char c = at[i];
        if (c >= '0' && c <= '9')
            value = value * 16 + c - '0';
        else if (c >= 'a' && c <= 'f')
            value = value * 16 + c - 'a' + 10;
        else
            return false;
    }
    *out = (int8_t)(value - 128);
    return true;
}

/* The row of the hidden layer in `field`; none: RAP_NONE. */
static bool read_row(rap_statement_knowledge *knowledge, rap_slice field, uint32_t *row)
{
    *row = RAP_NONE;
    if (rap_slice_is(field, "-")) return true;
    if (field.len != 2 * HIDDEN) return false;
    int8_t *out = knowledge->hidden + (size_t)knowledge->hidden_rows * HIDDEN;
    for (uint32_t i = 0; i < HIDDEN; i++)
        if (!read_byte(field.at + 2 * i, &out[i])) return false;
    *row = knowledge->hidden_rows++;
    return true;
}

static bool read_weight(rap_statement_knowledge *knowledge, const fact_names *names,
                        const rap_slice *field)
{
    const uint32_t t = template_named(field[0]);
    if (t == RAP_NONE) return false;
    uint32_t fact[TEMPLATE_FACTS], row;
    for (uint32_t i = 0; i < TEMPLATE_FACTS; i++) {
        fact[i] =
            fact_named(names, (fact_kind)score_templates[t].fact[i], field[i + 1]);
        if (fact[i] == RAP_NONE) return true; /* of a class that is no more */
    }
    if (!read_row(knowledge, field[TEMPLATE_FACTS + 2], &row)) return false;
    const uint32_t key = score_key((enum score_template)t, fact[0], fact[1], fact[2]);
    const uint32_t slot = slot_of(knowledge, key);
    knowledge->weight_key[slot] = key;
    knowledge->weight[slot] = (float)strtod(field[TEMPLATE_FACTS + 1].at, NULL);
    knowledge->weight_row[slot] = row;
    return true;
}

/* A row that holds a number for each hidden unit: its scale, bias, weight. */
static bool read_units(rap_statement_knowledge *knowledge, const rap_slice *field,
                       bool *read)
{
    float *out = rap_slice_is(field[0], "=scale")  ? knowledge->hidden_scale
                 : rap_slice_is(field[0], "=bias") ? knowledge->hidden_bias
                 : rap_slice_is(field[0], "=out")  ? knowledge->hidden_out
                                                   : NULL;
    *read = out != NULL;
    if (!out) return true;
    rap_slice list = field[1], part;
    uint32_t n = 0;
    while (n < HIDDEN && rap_split_next(&list, ' ', &part))
        out[n++] = (float)strtod(part.at, NULL);
    return n == HIDDEN;
}

static rap_status read_weights(rap_statement_knowledge *knowledge,
                               const fact_names *names, const char *file,
                               rap_slice bytes, rap_error *err)
{
    rap_slice field[RAP_TSV_FIELDS];
    uint32_t count;
    rap_tsv tsv = rap_tsv_open(bytes);
    while ((count = rap_tsv_next(&tsv, field)) > 0) {
        bool units = false;
        bool ok = count >= 2 && read_units(knowledge, field, &units);
        if (ok && !units)
            ok = count >= TEMPLATE_FACTS + 3 && read_weight(knowledge, names, field);
        if (!ok)
            return rap_fail(err, RAP_E_MODEL, tsv.at, "%s, line %u: no such feature",
                            file, tsv.line);
    }
    return RAP_OK;
}

rap_status score_open(rap_statement_knowledge *knowledge, const rap_language *language,
                      rap_error *err)
{
    static const char file[] = "statement/weights.tsv";
    rap_slice bytes, field[RAP_TSV_FIELDS];
    rap_status status = rap_language_file(language, file, &bytes, err);
    if (status) return status;
    uint32_t rows = 0;
    rap_tsv tsv = rap_tsv_open(bytes);
    while (rap_tsv_next(&tsv, field) > 0) rows++;
    fact_names names = {.arena = RAP_ARENA((size_t)1 << 20)};
    if (make_table(knowledge, rows) && names_open(&names, knowledge))
        status = read_weights(knowledge, &names, file, bytes, err);
    else
        status = rap_fail(err, RAP_E_NOMEM, 0, "%s: no memory", file);
    rap_arena_free(&names.arena);
    return status;
}

float score_of(const rap_statement_knowledge *knowledge, const candidate *c)
{
    int32_t unit[HIDDEN] = {0};
    float sum = 0;
    for (uint32_t i = 0; i < c->features; i++) {
        const uint32_t slot = slot_of(knowledge, c->feature[i]);
        if (!knowledge->weight_key[slot]) continue;
        sum += knowledge->weight[slot];
        if (knowledge->weight_row[slot] == RAP_NONE) continue;
        const int8_t *row =
            knowledge->hidden + (size_t)knowledge->weight_row[slot] * HIDDEN;
        for (uint32_t k = 0; k < HIDDEN; k++) unit[k] += row[k];
    }
    for (uint32_t k = 0; k < HIDDEN; k++) {
        const float x =
            knowledge->hidden_bias[k] + knowledge->hidden_scale[k] * (float)unit[k];
        if (x > 0) sum += x * knowledge->hidden_out[k];
    }
    return sum;
}
