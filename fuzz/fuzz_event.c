/*
 * fuzz_event.c - any words under any tree, read for events.
 *
 * Each pair of bytes is a token: a word of the list below or a letter, and where its head
 * is and by which relation. Every event must point into the text and at actors there are.
 */
#include "event.h"

#include <stdlib.h>

enum { FUZZ_BYTES = 64 << 20, MOST = 512, WORD = 8 };

static rap_event_knowledge *knowledge;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    rap_language language;
    rap_error err;
    if (rap_language_open("en", &language, &err) ||
        rap_event_open(&language, &knowledge, &err))
        abort();
    return 0;
}

static const char *const word[] = {
    "meet",  "with",   "attack",   "agree", "to",   "withdraw", "troop",  "from",
    "and",   "accuse", "of",       "by",    "not",  "will",     "would",  "say",
    "talks", "hold",   "between",  "sign",  "deal", "reject",   "demand", "that",
    "side",  "help",   "sanction", "on",    "the",  "call",     "for",    "visit",
    "war",   "truce",  "fight",    "each",  "it",   "whose",    "deny",   "propose",
    "both",  "they",   "host",     "peace", "a",    "mediate",  "army",   "yet"};
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
    l->upos[t] = data[1] % RAP_UPOS_COUNT;
    l->form[t] = data[2] % (RAP_FORM_GERUND + 1);
    l->relation[t] = data[3] % RAP_REL_COUNT;
    /* Any head, cycles too: a tree is promised, not trusted. */
    l->head[t] = data[4] % count;
    l->at_token[t] = RAP_NONE;
    if (data[0] < 192) return;
    l->at_token[t] = names->mentions;
    l->mention[names->mentions++] =
        (rap_mention){.span = l->span[t],
                      .head = l->span[t],
                      .first = t,
                      .last = t,
                      .actor = data[0] % 4 ? data[0] % 4 - 1 : RAP_NONE,
                      .form = (rap_mention_form)(data[1] % 3),
                      .modifier = data[2] & 1,
                      .confidence = 0.9f};
}

static void check(const rap_events *events, uint32_t len, uint32_t actors)
{
    for (uint32_t i = 0; i < events->count; i++) {
        const rap_event *e = &events->event[i];
        if (e->trigger.begin >= e->trigger.end || e->trigger.end > len || !e->sources ||
            !e->type || !e->date.value || !(e->confidence >= 0 && e->confidence <= 1))
            abort();
        for (uint32_t k = 0; k < e->sources; k++)
            if (e->source[k] >= actors) abort();
        for (uint32_t k = 0; k < e->targets; k++)
            if (e->target[k] >= actors) abort();
        for (uint32_t k = 0; e->source_words && k < e->sources; k++)
            if (e->source_words[k].end > len) abort();
        for (uint32_t k = 0; e->target_words && k < e->targets; k++)
            if (e->target_words[k].end > len) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static layers l;
    const uint32_t count = size / 5 > MOST ? MOST : (uint32_t)(size / 5);
    if (!count) return 0;
    static const rap_actor actor[3] = {{.name = {"A", 1},
                                        .kind = RAP_ACTOR_STATE,
                                        .code = {"AAA", 3},
                                        .country = {"A", 1},
                                        .known = true},
                                       {.name = {"B", 1},
                                        .kind = RAP_ACTOR_PERSON,
                                        .code = {"BBB", 3},
                                        .country = {"B", 1},
                                        .known = true},
                                       {.name = {"C", 1}, .kind = RAP_ACTOR_GROUP}};
    rap_names names = {actor, 3, l.mention, 0, l.at_token, "fuzz"};
    for (uint32_t t = 0; t < count; t++) read_token(&l, t, data + 5 * t, count, &names);
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
    const rap_event_input in = {&article, &tokens,     &syntax,           &names,
                                &times,   &statements, (data[0] & 1) != 0};
    rap_arena arena = RAP_ARENA(FUZZ_BYTES), scratch = RAP_ARENA(FUZZ_BYTES);
    rap_events events;
    rap_error err;
    if (rap_event_run(knowledge, &in, &arena, &scratch, &events, &err) == RAP_OK)
        check(&events, article.text.len, names.actors);
    rap_arena_free(&scratch);
    rap_arena_free(&arena);
    return 0;
}
