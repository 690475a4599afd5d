/*
 * fuzz_pattern.c - any verb dictionary, matched against a sentence under any tree.
 *
 * The first half is the dictionary, behind a fixed beginning that gives its words a verb;
 * each triple of bytes of the second half is a token: its word, where its head is and by
 * which relation.
 */
#include "dictionary.h"
#include "event.h"

#include <stdlib.h>

enum { FUZZ_BYTES = 64 << 20, MOST = 64, WORD = 8, MOST_BYTES = 4096 };

static rap_language language;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    rap_error err;
    if (rap_language_open("en", &language, &err)) abort();
    return 0;
}

static const char *const word[] = {"go",  "a",  "b",  "c",    "d",  "to", "of", "not",
                                   "and", "go", "by", "will", "up", "-",  "x",  "go"};
enum { WORDS = sizeof word / sizeof *word };

typedef struct layers {
    char text[MOST * WORD];
    rap_span span[MOST];
    uint32_t sentence[MOST], first[2], zone_of[1], head[MOST], at_token[MOST];
    uint8_t kind[MOST], flags[MOST], upos[MOST], form[MOST], relation[MOST];
    rap_slice lemma[MOST];
    rap_mention mention[MOST];
} layers;

static void read_token(layers *l, uint32_t t, const uint8_t *data, uint32_t count,
                       rap_names *names)
{
    const char *own = word[data[0] % WORDS];
    memset(l->text + t * WORD, ' ', WORD);
    memcpy(l->text + t * WORD, own, strlen(own));
    l->span[t] = (rap_span){t * WORD, t * WORD + (uint32_t)strlen(own)};
    l->lemma[t] = rap_slice_of(own);
    l->upos[t] = strcmp(own, "go") == 0 ? RAP_VERB : data[0] / WORDS % RAP_UPOS_COUNT;
    l->form[t] = data[0] % (RAP_FORM_GERUND + 1);
    l->relation[t] = data[2] % RAP_REL_COUNT;
    l->head[t] = data[1] % count; /* cycles too */
    l->at_token[t] = RAP_NONE;
    if (data[2] < 128) return;
    l->at_token[t] = names->mentions;
    l->mention[names->mentions++] = (rap_mention){.span = l->span[t],
                                                  .head = l->span[t],
                                                  .first = t,
                                                  .last = t,
                                                  .actor = data[0] % 3,
                                                  .form = RAP_MENTION_NAME,
                                                  .confidence = 0.9f};
}

static void run(const rap_event_knowledge *knowledge, const uint8_t *data,
                uint32_t count)
{
    static layers l;
    static const rap_actor actor[3] = {
        {.name = {"A", 1}, .kind = RAP_ACTOR_STATE, .code = {"AAA", 3}, .known = true},
        {.name = {"B", 1}, .kind = RAP_ACTOR_PERSON, .known = true},
        {.name = {"C", 1}, .kind = RAP_ACTOR_GROUP}};
    rap_names names = {actor, 3, l.mention, 0, l.at_token, "fuzz"};
    for (uint32_t t = 0; t < count; t++) read_token(&l, t, data + 3 * t, count, &names);
    l.first[1] = count;
    const rap_zone zone = {
        .span = {0, count * WORD}, .kind = RAP_ZONE_BODY, .duplicate_of = RAP_NONE};
    const rap_article article = {
        .text = {l.text, count * WORD}, .zone = &zone, .zones = 1};
    const rap_tokens tokens = {count,   1,       l.span,    l.sentence, l.kind,
                               l.flags, l.first, l.zone_of, "fuzz"};
    const rap_syntax syntax = {.count = count,
                               .upos = l.upos,
                               .form = l.form,
                               .lemma = l.lemma,
                               .head = l.head,
                               .relation = l.relation};
    const rap_times times = {
        .main_occasion = RAP_NONE,
        .published = {.earliest = RAP_NO_DAY, .latest = RAP_NO_DAY}};
    const rap_statements statements = {0};
    const rap_event_input in = {&article, &tokens, &syntax,
                                &names,   &times,  &statements};
    rap_arena arena = RAP_ARENA(FUZZ_BYTES), scratch = RAP_ARENA(FUZZ_BYTES);
    rap_events events;
    rap_error err;
    if (rap_event_run(knowledge, &in, &arena, &scratch, &events, &err) == RAP_OK)
        for (uint32_t i = 0; i < events.count; i++)
            if (!events.event[i].sources || !events.event[i].type ||
                events.event[i].trigger.end > article.text.len)
                abort();
    rap_arena_free(&scratch);
    rap_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char begin[] = "&S\n+A\n+B C\n+&S\n--- GO [040:041] ---\nGO\n+GO_UP\n";
    static char text[sizeof begin + MOST_BYTES];
    const size_t half = size / 2 > MOST_BYTES ? MOST_BYTES : size / 2;
    const uint32_t count =
        (size - half) / 3 > MOST ? MOST : (uint32_t)((size - half) / 3);
    if (!count) return 0;
    memcpy(text, begin, sizeof begin - 1);
    memcpy(text + sizeof begin - 1, data, half);
    const rap_dictionary_file files[] = {
        {"x.verbs.txt", {text, (uint32_t)(sizeof begin - 1 + half)}},
        {"x.discards.txt", RAP_LIT("X X\n+X BY\n")}};
    rap_dictionary *d;
    rap_event_knowledge *knowledge;
    rap_error err;
    if (rap_dictionary_open(files, 2, NULL, NULL, &d, &err)) return 0;
    if (rap_event_open_with(&language, d, &knowledge, &err) == RAP_OK) {
        run(knowledge, data + half, count);
        rap_event_close(knowledge);
    }
    rap_dictionary_close(d);
    return 0;
}
