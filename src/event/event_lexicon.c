/*
 * event_lexicon.c - the lists of words and acts, compiled to frames by word.
 *
 * Reads   event/word_*.tsv: set, words.  event/act_*.tsv: words, class, needs, type, mode,
 *         CAMEO code, contexts, source, target, example (docs/format/events.md).
 * Writes  rap_act_lexicon: for each word its frames, those with more needs first.
 * Method  words are numbered as they come; a list of words in a need becomes a set.
 * Cost    once, at opening.
 */
#include "event_lexicon_private.h"
#include "text.h"

#include <stdlib.h>

static const char *const TYPE[RAP_PLOVER_TYPES] = {
    "AGREE",    "CONSULT",  "SUPPORT", "CONCEDE", "COOPERATE", "AID",
    "RETREAT",  "REQUEST",  "ACCUSE",  "REJECT",  "THREATEN",  "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE",  "ASSAULT"};

static const char *const KNOWN[RAP_KNOWN_SETS] = {
    "negation", "will", "modal",   "duty",     "plan",  "propose", "refuse", "doubt",
    "done",     "if",   "by",      "own",      "place", "light",   "say",    "phone",
    "third",    "past", "self",    "must",     "sides", "would",   "have",   "far",
    "measure",  "away", "rebel",   "between",  "pair",  "rival",   "open",   "whose",
    "stately",  "each", "claim",   "meeting",  "fall",  "off",     "both",   "host",
    "deny",     "yet",  "control", "conflict", "goal",  "foresee"};

const char *rap_plover_name(rap_plover type)
{
    return TYPE[type];
}

typedef RAP_LIST(rap_word_set) set_list;
typedef RAP_LIST(rap_frame) frame_list;
typedef RAP_LIST(rap_entry) entry_list;

typedef struct compiler {
    rap_arena *arena;
    rap_act_lexicon *out;
    set_list sets;
    frame_list frames;
    entry_list entries;
    rap_slice file;
    uint32_t line;
    uint64_t at;
    rap_error *err;
} compiler;

static rap_status bad(const compiler *c, const char *what)
{
    return rap_fail(c->err, RAP_E_MODEL, c->at, "%.*s line %u: %s", (int)c->file.len,
                    c->file.at, c->line, what);
}

static rap_status full(const compiler *c)
{
    return rap_fail(c->err, RAP_E_NOMEM, 0, "the event lexicon");
}

/* ---- words and sets ---------------------------------------------------------------- */

static rap_status number_word(compiler *c, rap_slice word, uint32_t *id)
{
    uint32_t *slot = rap_map_put(&c->out->word, c->arena, word);
    if (!slot) return full(c);
    if (*slot == RAP_NONE) *slot = c->out->word.count - 1;
    *id = *slot;
    return RAP_OK;
}

typedef RAP_LIST(uint32_t) id_list;

/* One member of a list: a word, or "@name" for all of a set. */
static rap_status add_member(compiler *c, rap_slice part, id_list *words)
{
    if (!rap_slice_starts(part, "@")) {
        uint32_t id = RAP_NONE;
        const rap_status status = number_word(c, part, &id);
        if (status) return status;
        return rap_push(c->arena, words, id) ? RAP_OK : full(c);
    }
    const uint32_t set = rap_map_get(&c->out->named, rap_slice_sub(part, 1, part.len));
    if (set == RAP_NONE) return bad(c, "no such set of words");
    for (uint32_t i = 0; i < c->sets.at[set].count; i++)
        if (!rap_push(c->arena, words, c->sets.at[set].word[i])) return full(c);
    return RAP_OK;
}

static rap_status make_set(compiler *c, rap_slice list, char separator, uint32_t *set)
{
    id_list words = {0};
    rap_slice part;
    while (rap_split_next(&list, separator, &part)) {
        const rap_status status = part.len ? add_member(c, part, &words) : RAP_OK;
        if (status) return status;
    }
    *set = c->sets.count;
    return rap_push(c->arena, &c->sets, (rap_word_set){words.at, words.count})
               ? RAP_OK
               : full(c);
}

static rap_status read_words_row(compiler *c, rap_slice name, rap_slice words)
{
    uint32_t set = RAP_NONE;
    const rap_status status = make_set(c, words, ' ', &set);
    if (status) return status;
    uint32_t *slot = rap_map_put(&c->out->named, c->arena, name);
    if (!slot) return full(c);
    if (*slot != RAP_NONE) return bad(c, "a set that is there already");
    *slot = set;
    return RAP_OK;
}

/* ---- frames ------------------------------------------------------------------------ */

static bool need_named(rap_slice name, rap_need_kind *kind)
{
    static const struct {
        const char *name;
        rap_need_kind kind;
    } all[] = {{"obj", RAP_NEED_OBJECT},      {"inf", RAP_NEED_COMPLEMENT},
               {"clause", RAP_NEED_CLAUSE},   {"mod", RAP_NEED_MODIFIER},
               {"light", RAP_NEED_LIGHT},     {"subj", RAP_NEED_SUBJECT},
               {"active", RAP_NEED_ACTIVE},   {"passive", RAP_NEED_PASSIVE},
               {"duty", RAP_NEED_DUTY},       {"target", RAP_NEED_TARGET},
               {"person", RAP_NEED_PERSON},   {"personal", RAP_NEED_PERSONAL},
               {"given", RAP_NEED_GIVEN},     {"owned", RAP_NEED_OWNED},
               {"negated", RAP_NEED_NEGATED}, {"under", RAP_NEED_UNDER}};
    for (uint32_t i = 0; i < sizeof all / sizeof *all; i++)
        if (rap_slice_is(name, all[i].name)) {
            *kind = all[i].kind;
            return true;
        }
    return false;
}

/* "!obj", "for", "for=a|b", "~off", "inf=@give". */
static rap_status read_need(compiler *c, rap_slice text, rap_frame *frame)
{
    if (frame->needs == RAP_MOST_NEEDS) return bad(c, "more needs than fit");
    rap_need need = {.kind = RAP_NEED_CASE, .word = RAP_NONE, .set = RAP_NONE};
    if (rap_slice_starts(text, "!")) {
        need.absent = true;
        text = rap_slice_sub(text, 1, text.len);
    }
    const uint32_t equals = rap_slice_find(text, RAP_LIT("="), 0);
    rap_slice name = rap_slice_sub(text, 0, equals);
    rap_status status = RAP_OK;
    if (rap_slice_starts(name, "~")) {
        need.kind = RAP_NEED_PARTICLE;
        status = number_word(c, rap_slice_sub(name, 1, name.len), &need.word);
    } else if (!need_named(name, &need.kind)) {
        status = number_word(c, name, &need.word);
    }
    if (!status && equals < text.len)
        status = make_set(c, rap_slice_sub(text, equals + 1, text.len), '|', &need.set);
    if (!status) frame->need[frame->needs++] = need;
    return status;
}

static bool part_named(rap_slice name, rap_part_kind *kind)
{
    static const struct {
        const char *name;
        rap_part_kind kind;
    } all[] = {{"A", RAP_PART_AGENT},
               {"P", RAP_PART_PATIENT},
               {"I", RAP_PART_RECEIVER},
               {"B", RAP_PART_BOTH},
               {"G", RAP_PART_ABOVE},
               {"X", RAP_PART_COMPLEMENT_SUBJECT},
               {"Y", RAP_PART_COMPLEMENT_OBJECT}};
    for (uint32_t i = 0; i < sizeof all / sizeof *all; i++)
        if (rap_slice_is(name, all[i].name)) {
            *kind = all[i].kind;
            return true;
        }
    return false;
}

/* "A", "A+with", "on,P": + joins, a comma tries the next. */
static rap_status read_parts(compiler *c, rap_slice text, rap_part *part,
                             uint32_t *parts)
{
    *parts = 0;
    if (rap_slice_is(text, "-")) return RAP_OK;
    uint32_t at = 0;
    bool joins = false;
    while (at < text.len) {
        uint32_t end = at;
        while (end < text.len && text.at[end] != '+' && text.at[end] != ',') end++;
        if (end == at || *parts == RAP_MOST_PARTS) return bad(c, "parts of no kind");
        rap_part one = {.kind = RAP_PART_CASE, .joins = joins, .word = RAP_NONE};
        const rap_slice name = rap_slice_sub(text, at, end);
        if (!part_named(name, &one.kind)) {
            const rap_status status = number_word(c, name, &one.word);
            if (status) return status;
        }
        part[(*parts)++] = one;
        joins = end < text.len && text.at[end] == '+';
        at = end + 1;
    }
    return RAP_OK;
}

static rap_status read_type(compiler *c, rap_slice text, rap_frame *frame)
{
    if (rap_slice_is(text, "-")) {
        frame->silent = true;
        return RAP_OK;
    }
    for (uint32_t i = 0; i < RAP_PLOVER_TYPES; i++)
        if (rap_slice_is(text, TYPE[i])) {
            frame->type = (rap_plover)i;
            return RAP_OK;
        }
    return bad(c, "no such type");
}

/* A string of its own for a field; NULL for an empty one or "-". */
static rap_status read_label(compiler *c, rap_slice text, const char **out)
{
    *out = NULL;
    if (!text.len || rap_slice_is(text, "-")) return RAP_OK;
    const rap_slice copy = rap_arena_copy(c->arena, text);
    *out = copy.at;
    return copy.at ? RAP_OK : full(c);
}

static rap_status read_contexts(compiler *c, rap_slice list, rap_frame *frame)
{
    rap_slice part;
    while (rap_split_next(&list, ' ', &part)) {
        if (!part.len || rap_slice_is(part, "-")) continue;
        if (frame->contexts == RAP_MOST_CONTEXTS) return bad(c, "too many contexts");
        const rap_status status =
            read_label(c, part, &frame->context[frame->contexts++]);
        if (status) return status;
    }
    return RAP_OK;
}

static rap_status read_frame(compiler *c, const rap_slice *field, rap_frame *frame)
{
    frame->noun = rap_slice_is(field[1], "n");
    frame->adjective = rap_slice_is(field[1], "a");
    if (!frame->noun && !frame->adjective && !rap_slice_is(field[1], "v"))
        return bad(c, "the class is not v, n or a");
    rap_slice needs = field[2], part;
    rap_status status = RAP_OK;
    while (!status && rap_split_next(&needs, ' ', &part))
        if (part.len && !rap_slice_is(part, "-")) status = read_need(c, part, frame);
    if (!status) status = read_type(c, field[3], frame);
    if (!status) status = read_label(c, field[4], &frame->mode);
    if (!status) status = read_label(c, field[5], &frame->cameo);
    if (!status) status = read_contexts(c, field[6], frame);
    if (!status) status = read_parts(c, field[7], frame->source, &frame->sources);
    if (!status) status = read_parts(c, field[8], frame->target, &frame->targets);
    if (status) return status;
    if (!frame->silent && (!frame->cameo || !frame->sources || !field[9].len))
        return bad(c, "an act needs a code, a source and an example");
    if (!frame->cameo) frame->cameo = "";
    return RAP_OK;
}

static rap_status read_act_row(compiler *c, const rap_slice *field)
{
    rap_frame frame = {.example = field[9], .file = c->file, .line = c->line};
    frame.rule =
        rap_arena_printf(c->arena, "%.*s:%u", (int)c->file.len, c->file.at, c->line);
    frame.text = rap_arena_printf(c->arena, "%.*s %.*s %.*s", (int)field[0].len,
                                  field[0].at, (int)field[1].len, field[1].at,
                                  (int)field[2].len, field[2].at);
    if (!frame.rule || !frame.text) return full(c);
    rap_status status = read_frame(c, field, &frame);
    if (status) return status;
    rap_slice words = field[0], word;
    while (rap_split_next(&words, '|', &word)) {
        rap_entry entry = {RAP_NONE, c->frames.count};
        status = number_word(c, word, &entry.word);
        if (status) return status;
        if (!rap_push(c->arena, &c->entries, entry)) return full(c);
        frame.uses++;
    }
    return rap_push(c->arena, &c->frames, frame) ? RAP_OK : full(c);
}

/* ---- files ------------------------------------------------------------------------- */

static rap_status read_file(compiler *c, const char *name, rap_slice bytes, bool acts)
{
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    c->file = rap_slice_of(name);
    while (rap_tsv_next(&tsv, field)) {
        c->line = tsv.line;
        c->at = tsv.at;
        const rap_status status =
            acts ? read_act_row(c, field) : read_words_row(c, field[0], field[1]);
        if (status) return status;
    }
    return RAP_OK;
}

static rap_status read_files(compiler *c, const rap_language *language,
                             const char *prefix, bool acts)
{
    const char *name;
    rap_slice bytes;
    for (uint32_t n = 0; rap_language_list(language, prefix, n, &name, &bytes); n++) {
        const rap_status status = read_file(c, name, bytes, acts);
        if (status) return status;
    }
    return RAP_OK;
}

static rap_status find_known(compiler *c)
{
    for (uint32_t i = 0; i < RAP_KNOWN_SETS; i++) {
        c->out->known[i] = rap_map_get(&c->out->named, rap_slice_of(KNOWN[i]));
        if (c->out->known[i] == RAP_NONE)
            return rap_fail(c->err, RAP_E_MODEL, 0, "event/word_*.tsv: no set '%s'",
                            KNOWN[i]);
    }
    return RAP_OK;
}

/* How much a frame asks for: a need with a list of words is narrower than one without; a
 * particle makes another verb of its word. */
static uint32_t weight_of(const rap_frame *frame)
{
    uint32_t weight = frame->needs;
    for (uint32_t i = 0; i < frame->needs; i++) {
        weight += frame->need[i].set != RAP_NONE;
        if (frame->need[i].kind == RAP_NEED_PARTICLE && !frame->need[i].absent)
            weight += 2;
    }
    return weight;
}

/* Entries by word; those of one word by what they ask for, then as written. */
static rap_status sort_entries(compiler *c)
{
    rap_act_lexicon *out = c->out;
    const uint32_t words = out->word.count, count = c->entries.count;
    uint32_t *first = rap_new(c->arena, uint32_t, words + 2);
    rap_entry *sorted = rap_new(c->arena, rap_entry, count);
    if (!first || !sorted) return full(c);
    for (uint32_t i = 0; i < count; i++) first[c->entries.at[i].word + 1]++;
    for (uint32_t w = 0; w < words; w++) first[w + 1] += first[w];
    out->first_entry = rap_new(c->arena, uint32_t, words + 1);
    if (!out->first_entry) return full(c);
    memcpy(out->first_entry, first, (words + 1) * sizeof *first);
    for (uint32_t weight = 3 * RAP_MOST_NEEDS + 1; weight > 0; weight--)
        for (uint32_t i = 0; i < count; i++)
            if (weight_of(&c->frames.at[c->entries.at[i].frame]) == weight - 1)
                sorted[first[c->entries.at[i].word]++] = c->entries.at[i];
    out->entry = sorted;
    out->entries = count;
    return RAP_OK;
}

rap_status rap_act_lexicon_read(const rap_language *language, rap_arena *arena,
                                rap_act_lexicon *out, rap_error *err)
{
    compiler c = {.arena = arena, .out = out, .err = err};
    rap_status status = read_files(&c, language, "event/word_", false);
    if (!status) status = find_known(&c);
    if (!status) status = read_files(&c, language, "event/act_", true);
    if (!status) status = sort_entries(&c);
    out->set = c.sets.at;
    out->sets = c.sets.count;
    out->frame = c.frames.at;
    out->frames = c.frames.count;
    return status;
}

/* ---- use --------------------------------------------------------------------------- */

uint32_t rap_act_word(const rap_act_lexicon *lexicon, rap_slice lemma)
{
    char folded[32];
    const uint32_t len = rap_fold_into(lemma, folded, sizeof folded);
    return len == RAP_NONE ? RAP_NONE
                           : rap_map_get(&lexicon->word, (rap_slice){folded, len});
}

bool rap_act_in(const rap_act_lexicon *lexicon, uint32_t set, uint32_t word)
{
    const rap_word_set *s = &lexicon->set[set];
    for (uint32_t i = 0; i < s->count; i++)
        if (s->word[i] == word) return true;
    return false;
}

static bool same_set(const rap_act_lexicon *lexicon, uint32_t a, uint32_t b)
{
    if (a == RAP_NONE || b == RAP_NONE || a == b) return a == b;
    const rap_word_set *x = &lexicon->set[a], *y = &lexicon->set[b];
    return x->count == y->count &&
           memcmp(x->word, y->word, x->count * sizeof *x->word) == 0;
}

/* Does every text that fits `late` fit `early`, which is tried before it? */
static bool hides(const rap_act_lexicon *lexicon, const rap_frame *early,
                  const rap_frame *late)
{
    if (early->noun != late->noun || early->adjective != late->adjective) return false;
    if (early->needs != late->needs) return false;
    for (uint32_t i = 0; i < early->needs; i++) {
        bool met = false;
        for (uint32_t k = 0; k < late->needs; k++)
            met = met || (early->need[i].kind == late->need[k].kind &&
                          early->need[i].absent == late->need[k].absent &&
                          early->need[i].word == late->need[k].word &&
                          same_set(lexicon, early->need[i].set, late->need[k].set));
        if (!met) return false;
    }
    return true;
}

uint32_t rap_act_lexicon_faults(const rap_act_lexicon *lexicon, const rap_frame **first)
{
    uint32_t faults = 0;
    *first = NULL;
    for (uint32_t w = 0; w < lexicon->word.count; w++)
        for (uint32_t i = lexicon->first_entry[w]; i < lexicon->first_entry[w + 1]; i++)
            for (uint32_t k = lexicon->first_entry[w]; k < i; k++) {
                const rap_frame *late = &lexicon->frame[lexicon->entry[i].frame];
                if (!hides(lexicon, &lexicon->frame[lexicon->entry[k].frame], late))
                    continue;
                if (!faults++) *first = late;
            }
    return faults;
}
