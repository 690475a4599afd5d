/*
 * event.c - the face of the stage and its lexicon; see event.h.
 */
#include "event_dictionary_private.h"
#include "text.h"

#include <stdlib.h>

enum { LEXICON_BYTES = 16 << 20, DICTIONARY_BYTES = 160 << 20 };

const char *rap_event_status_name(rap_event_status status)
{
    static const char *const name[] = {"happened", "planned", "proposed",
                                       "hypothetical", "denied"};
    return name[status];
}

static uint32_t class_of(rap_slice word)
{
    static const char *const name[] = {
        "meet",  "sit",     "speak",  "discuss", "host",    "visit",   "noun",
        "weak",  "light",   "down",   "join",    "address", "parties", "of",
        "place", "after",   "before", "beside",  "by",      "each",    "both",
        "apart", "another", "done",   "future",  "propose", "refuse",  "would",
        "doubt", "phone",   "mediate"};
    for (uint32_t i = 0; i < sizeof name / sizeof *name; i++)
        if (rap_slice_is(word, name[i])) return 1u << i;
    return 0;
}

static rap_status read_lexicon(rap_event_knowledge *knowledge, rap_slice bytes,
                               rap_error *err)
{
    RAP_LIST(rap_meeting_word) words = {0};
    rap_tsv tsv = rap_tsv_open(bytes);
    rap_slice field[RAP_TSV_FIELDS];
    while (rap_tsv_next(&tsv, field)) {
        const uint32_t class = class_of(field[0]);
        if (!class || !field[1].len)
            return rap_fail(
                err, RAP_E_MODEL, tsv.at,
                "event/meeting.tsv line %u: not 'class, lemma, mode, example'",
                tsv.line);
        uint32_t *slot = rap_map_put(&knowledge->word, &knowledge->arena, field[1]);
        if (!slot) return rap_fail(err, RAP_E_NOMEM, 0, "the event lexicon");
        if (*slot == RAP_NONE) {
            *slot = words.count;
            if (!rap_push(&knowledge->arena, &words, (rap_meeting_word){0}))
                return rap_fail(err, RAP_E_NOMEM, 0, "the event lexicon");
        }
        assert(words.at);
        words.at[*slot].classes |= class;
        if (!field[2].len) continue;
        const rap_slice mode = rap_arena_copy(&knowledge->arena, field[2]);
        if (!mode.at) return rap_fail(err, RAP_E_NOMEM, 0, "the event lexicon");
        words.at[*slot].mode = mode.at;
    }
    knowledge->words = words.at;
    return RAP_OK;
}

rap_status rap_event_open(const rap_language *language, rap_event_knowledge **out,
                          rap_error *err)
{
    return rap_event_open_with(language, NULL, out, err);
}

rap_status rap_event_open_with(const rap_language *language,
                               const rap_dictionary *dictionary,
                               rap_event_knowledge **out, rap_error *err)
{
    *out = NULL;
    rap_event_knowledge *knowledge = calloc(1, sizeof *knowledge);
    if (!knowledge) return rap_fail(err, RAP_E_NOMEM, 0, "the event lexicon");
    knowledge->arena = RAP_ARENA(dictionary ? DICTIONARY_BYTES : LEXICON_BYTES);
    rap_slice bytes;
    rap_status status = rap_language_file(language, "event/meeting.tsv", &bytes, err);
    if (!status) status = read_lexicon(knowledge, bytes, err);
    if (!status)
        status =
            rap_act_lexicon_read(language, &knowledge->arena, &knowledge->acts, err);
    if (!status && dictionary)
        status = rap_book_open(language, dictionary, &knowledge->arena,
                               &knowledge->acts, &knowledge->book, err);
    if (status) {
        rap_event_close(knowledge);
        return status;
    }
    *out = knowledge;
    return RAP_OK;
}

void rap_event_close(rap_event_knowledge *knowledge)
{
    if (!knowledge) return;
    rap_arena_free(&knowledge->arena);
    free(knowledge);
}

const rap_meeting_word *rap_meeting_word_of(const rap_event_knowledge *knowledge,
                                            rap_slice lemma)
{
    char folded[32];
    const uint32_t len = rap_fold_into(lemma, folded, sizeof folded);
    if (len == RAP_NONE) return NULL;
    const uint32_t index = rap_map_get(&knowledge->word, (rap_slice){folded, len});
    return index == RAP_NONE ? NULL : &knowledge->words[index];
}

static int by_trigger(const void *left, const void *right)
{
    const rap_event *a = left, *b = right;
    if (a->trigger.begin != b->trigger.begin)
        return a->trigger.begin > b->trigger.begin ? 1 : -1;
    const uint32_t x = a->source[a->sources - 1], y = b->source[b->sources - 1];
    return (x > y) - (x < y);
}

rap_status rap_event_run(const rap_event_knowledge *knowledge,
                         const rap_event_input *in, rap_arena *arena,
                         rap_arena *scratch, rap_events *out, rap_error *err)
{
    *out = (rap_events){.made_by = "event acts 3"};
    rap_found_list found = {0};
    bool fits = rap_meetings_find(knowledge, in, arena, scratch, &found);
    if (fits && in->syntax->head)
        fits = rap_acts_find(knowledge, in, arena, scratch, &found);
    if (fits) fits = rap_discards_apply(knowledge->book, in, scratch, &found);
    rap_event *event = fits ? rap_new(arena, rap_event, found.count) : NULL;
    if (!event) {
        *out = (rap_events){0};
        return rap_fail(err, RAP_E_NOMEM, 0, "the events of a document");
    }
    for (uint32_t i = 0; i < found.count; i++) {
        event[i] = found.at[i].event;
        if (in->strict) rap_event_make_strict(&event[i]);
    }
    if (found.count) qsort(event, found.count, sizeof *event, by_trigger);
    out->event = event;
    out->count = found.count;
    return RAP_OK;
}
