/*
 * statement_lexicon.c - the cue lists of a language, as one table from folded words.
 *
 * Reads   data/LANG/statement: words, verbs, nouns, prepositions, documents, carriers.
 * Writes  rap_statement_knowledge, const once open.
 * Cost    one look-up per token.
 */
#include <stdlib.h>

#include "statement_private.h"
#include "text.h"

enum { LEXICON_BYTES = 8 << 20, WORD_BYTES = 64 };

static const char *const class_names[] = {
    "that",  "to",       "of",     "as",         "by",         "for",   "on",
    "about", "against",  "not",    "be",         "have",       "do",    "modal",
    "and",   "relative", "wh",     "if",         "clause",     "place", "pronoun",
    "there", "adverb",   "issue",  "impersonal", "indefinite", "mute",  "nobody",
    "one",   "aside",    "answer", "unnamed"};
static const char *const frame_names[] = {
    "that", "bare",   "say",     "wh",  "tell",  "toaddr", "to",
    "oto",  "oto_to", "ger",     "obj", "np",    "of",     "as",
    "comp", "on",     "against", "for", "about", "to_np",  "to_ger"};
static const char *const act_names[RAP_ACTS] = {
    "state", "demand", "propose",  "promise", "accept", "refuse",
    "deny",  "accuse", "threaten", "praise",  "ask"};
static const char *const mode_names[] = {"direct", "indirect", "mixed"};

const char *rap_act_name(rap_act act)
{
    assert(act < RAP_ACTS);
    return act_names[act];
}

const char *rap_statement_mode_name(rap_statement_mode mode)
{
    assert(mode <= RAP_MODE_MIXED);
    return mode_names[mode];
}

/* Index of `name` in `names`, or RAP_NONE. */
static uint32_t index_of(rap_slice name, const char *const *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (rap_slice_is(name, names[i])) return i;
    return RAP_NONE;
}
#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

typedef struct reading { /* one data file being read */
    rap_statement_knowledge *knowledge;
    const char *file;
    rap_tsv tsv;
    rap_error *err;
} reading;

static rap_status bad_row(reading *r, const char *what)
{
    return rap_fail(r->err, RAP_E_MODEL, r->tsv.at, "%s, line %u: %s", r->file,
                    r->tsv.line, what);
}

static rap_status no_memory(reading *r)
{
    return rap_fail(r->err, RAP_E_NOMEM, 0, "%s: no memory", r->file);
}

/* The entry of `word`, made at first use; NULL: no memory. */
static word_entry *entry_of(rap_statement_knowledge *knowledge, rap_slice word)
{
    const rap_slice folded = rap_fold(&knowledge->arena, word);
    if (!folded.at) return NULL;
    uint32_t *slot = rap_map_put(&knowledge->map, &knowledge->arena, folded);
    if (!slot) return NULL;
    if (*slot == RAP_NONE) {
        if (!rap_push(&knowledge->arena, &knowledge->word, (word_entry){0}))
            return NULL;
        *slot = knowledge->word.count - 1;
    }
    return &knowledge->word.at[*slot];
}

static rap_status read_frames(reading *r, rap_slice list, uint32_t *out)
{
    rap_slice part;
    *out = 0;
    while (rap_split_next(&list, ' ', &part)) {
        const uint32_t frame = index_of(part, frame_names, COUNT(frame_names));
        if (frame == RAP_NONE) return bad_row(r, "unknown frame");
        *out |= 1u << frame;
    }
    return RAP_OK;
}

static rap_status read_rest(reading *r, rap_slice list, cue_entry *entry)
{
    rap_slice part;
    while (list.len > 0 && rap_split_next(&list, ' ', &part)) {
        if (entry->rests == REST_MOST) return bad_row(r, "too many further words");
        const rap_slice folded = rap_fold(&r->knowledge->arena, part);
        if (!folded.at) return no_memory(r);
        entry->rest[entry->rests++] = folded;
    }
    return RAP_OK;
}

static rap_status read_act(reading *r, rap_slice act, rap_slice weight,
                           cue_entry *entry)
{
    const uint32_t index = index_of(act, act_names, RAP_ACTS);
    if (index == RAP_NONE) return bad_row(r, "unknown act");
    entry->act = (rap_act)index;
    entry->weight = (float)strtod(weight.at, NULL) / 100.0f;
    return RAP_OK;
}

/* Hang `entry` on `*list`, one node a surface form: forms that look alike share it. */
static bool hang(rap_arena *arena, const cue_node **list, const cue_entry *entry,
                 uint32_t forms)
{
    if (*list && (*list)->entry == entry) forms |= (*list)->forms;
    cue_node *node = rap_new(arena, cue_node, 1);
    if (!node) return false;
    const bool again = *list && (*list)->entry == entry;
    *node = (cue_node){entry, forms, again ? (*list)->next : *list};
    *list = node;
    return true;
}

static rap_status read_verb(reading *r, const rap_slice *field)
{
    cue_entry *entry = rap_new(&r->knowledge->arena, cue_entry, 1);
    if (!entry) return no_memory(r);
    entry->lemma = field[0];
    rap_status status = read_rest(r, field[1], entry);
    if (!status) status = read_frames(r, field[4], &entry->frames);
    if (!status) status = read_act(r, field[3], field[5], entry);
    if (status) return status;
    rap_slice forms = field[2], form;
    for (uint32_t bit = FORM_BASE; rap_split_next(&forms, ' ', &form); bit <<= 1) {
        if (bit > FORM_GERUND) return bad_row(r, "more than five forms");
        word_entry *word = entry_of(r->knowledge, form);
        if (!word || !hang(&r->knowledge->arena, &word->verb, entry, bit))
            return no_memory(r);
    }
    return RAP_OK;
}

static rap_status read_noun(reading *r, const rap_slice *field)
{
    cue_entry *entry = rap_new(&r->knowledge->arena, cue_entry, 1);
    if (!entry) return no_memory(r);
    entry->lemma = field[0];
    rap_status status = read_frames(r, field[3], &entry->frames);
    if (!status) status = read_act(r, field[2], field[4], entry);
    if (status) return status;
    rap_slice forms = field[1], form;
    while (rap_split_next(&forms, ' ', &form)) {
        word_entry *word = entry_of(r->knowledge, form);
        if (!word || !hang(&r->knowledge->arena, &word->noun, entry, 0))
            return no_memory(r);
    }
    return RAP_OK;
}

static rap_status read_preposition(reading *r, const rap_slice *field)
{
    cue_entry *entry = rap_new(&r->knowledge->arena, cue_entry, 1);
    if (!entry) return no_memory(r);
    rap_slice words = field[0], first = {0};
    rap_split_next(&words, ' ', &first);
    entry->lemma = field[0];
    rap_status status = read_rest(r, words, entry);
    if (!status) status = read_act(r, field[2], field[3], entry);
    if (status) return status;
    entry->place = rap_slice_is(field[1], "before")  ? PLACE_BEFORE
                   : rap_slice_is(field[1], "after") ? PLACE_AFTER
                                                     : PLACE_BEFORE | PLACE_AFTER;
    word_entry *word = entry_of(r->knowledge, first);
    if (!word || !hang(&r->knowledge->arena, &word->preposition, entry, 0))
        return no_memory(r);
    return RAP_OK;
}

static rap_status read_class(reading *r, const rap_slice *field)
{
    const uint32_t index = index_of(field[0], class_names, COUNT(class_names));
    if (index == RAP_NONE) return bad_row(r, "unknown class");
    rap_slice words = field[1], part;
    while (rap_split_next(&words, ' ', &part)) {
        word_entry *word = entry_of(r->knowledge, part);
        if (!word) return no_memory(r);
        word->classes |= 1u << index;
    }
    return RAP_OK;
}

static rap_status read_document(reading *r, const rap_slice *field)
{
    rap_slice words = field[1], part;
    while (rap_split_next(&words, ' ', &part)) {
        word_entry *word = entry_of(r->knowledge, part);
        if (!word) return no_memory(r);
        if (!rap_slice_is(field[2], "venue")) word->document |= DOCUMENT_SPEAKS;
        if (!rap_slice_is(field[2], "document")) word->document |= DOCUMENT_VENUE;
    }
    return RAP_OK;
}

static rap_status read_carrier(reading *r, const rap_slice *field)
{
    rap_slice words = field[1], part;
    while (rap_split_next(&words, ' ', &part)) {
        word_entry *word = entry_of(r->knowledge, part);
        if (!word) return no_memory(r);
        word->carrier =
            rap_slice_is(field[2], "negated") ? CARRIER_NEGATED : CARRIER_PLAIN;
    }
    return RAP_OK;
}

static rap_status read_outsider(reading *r, const rap_slice *field)
{
    rap_slice words = field[1], part;
    while (rap_split_next(&words, ' ', &part)) {
        word_entry *word = entry_of(r->knowledge, part);
        if (!word) return no_memory(r);
        word->outsider = true;
    }
    return RAP_OK;
}

static const char *const sense_kinds[] = {"verb", "noun", "adjective", "preposition",
                                          "adverb"};

/* The number of the class `name`, made at first use; 0: no memory. */
static uint32_t sense_of(reading *r, rap_slice name, uint8_t kind)
{
    rap_statement_knowledge *k = r->knowledge;
    for (uint32_t i = k->sense.count; i > 1; i--) /* rows of a class are near */
        if (rap_slice_equal(k->sense.at[i - 1].name, name)) return i - 1;
    if (!rap_push(&k->arena, &k->sense, (sense_class){name, kind})) return 0;
    return k->sense.count - 1;
}

static rap_status read_sense(reading *r, const rap_slice *field)
{
    const uint32_t kind = index_of(field[1], sense_kinds, COUNT(sense_kinds));
    if (kind == RAP_NONE) return bad_row(r, "unknown kind");
    word_entry *word = entry_of(r->knowledge, field[0]);
    if (!word) return no_memory(r);
    rap_slice classes = field[2], name;
    uint32_t n = 0;
    while (n < SENSES_MOST && word->sense[n]) n++;
    for (; rap_split_next(&classes, ' ', &name); n++) {
        const uint32_t sense = sense_of(r, name, (uint8_t)kind);
        if (!sense) return no_memory(r);
        if (sense >= SENSES) return bad_row(r, "too many classes");
        if (n >= SENSES_MOST) return bad_row(r, "a word in too many classes");
        word->sense[n] = (uint16_t)sense;
    }
    return RAP_OK;
}

typedef rap_status read_row(reading *r, const rap_slice *field);

static rap_status read_file(rap_statement_knowledge *knowledge,
                            const rap_language *language, const char *file,
                            read_row *row, uint32_t columns, rap_error *err)
{
    rap_slice bytes;
    rap_status status = rap_language_file(language, file, &bytes, err);
    if (status) return status;
    reading r = {knowledge, file, rap_tsv_open(bytes), err};
    rap_slice field[RAP_TSV_FIELDS];
    uint32_t count;
    while ((count = rap_tsv_next(&r.tsv, field)) > 0) {
        if (count < columns) return bad_row(&r, "too few columns");
        status = row(&r, field);
        if (status) return status;
    }
    return RAP_OK;
}

rap_status rap_statement_open(const rap_language *language,
                              rap_statement_knowledge **out, rap_error *err)
{
    static const struct {
        const char *file;
        read_row *row;
        uint32_t columns;
    } files[] = {{"statement/words.tsv", read_class, 2},
                 {"statement/verbs.tsv", read_verb, 6},
                 {"statement/nouns.tsv", read_noun, 5},
                 {"statement/prepositions.tsv", read_preposition, 4},
                 {"statement/documents.tsv", read_document, 3},
                 {"statement/carriers.tsv", read_carrier, 3},
                 {"statement/outsiders.tsv", read_outsider, 2},
                 {"statement/classes.tsv", read_sense, 4}};
    *out = NULL;
    rap_statement_knowledge *knowledge = calloc(1, sizeof *knowledge);
    if (!knowledge) return rap_fail(err, RAP_E_NOMEM, 0, "statement: no memory");
    knowledge->arena = RAP_ARENA(LEXICON_BYTES);
    /* Entry 0 stands for every word that no list knows. */
    rap_status status = RAP_OK;
    if (!rap_push(&knowledge->arena, &knowledge->word, (word_entry){0}) ||
        !rap_push(&knowledge->arena, &knowledge->sense, (sense_class){0}))
        status = rap_fail(err, RAP_E_NOMEM, 0, "statement: no memory");
    for (uint32_t i = 0; i < COUNT(files) && !status; i++)
        status = read_file(knowledge, language, files[i].file, files[i].row,
                           files[i].columns, err);
    if (!status) status = score_open(knowledge, language, err);
    if (status) {
        rap_statement_close(knowledge);
        return status;
    }
    *out = knowledge;
    return RAP_OK;
}

void rap_statement_close(rap_statement_knowledge *knowledge)
{
    if (!knowledge) return;
    rap_arena_free(&knowledge->arena);
    free(knowledge);
}

const word_entry *lexicon_find(const rap_statement_knowledge *knowledge, rap_slice word)
{
    char folded[WORD_BYTES];
    const uint32_t len = rap_fold_into(word, folded, WORD_BYTES);
    if (len == RAP_NONE) return knowledge->word.at;
    const uint32_t index = rap_map_get(&knowledge->map, (rap_slice){folded, len});
    return &knowledge->word.at[index == RAP_NONE ? 0 : index];
}
