/*
 * statement_candidates.c - every reading of the trees with its facts, for training.
 *
 * Reads   plain text files, named one a line on standard input.
 * Writes  a line "doc N" a file, then a line a candidate: cue's offset, reading, source
 *         "b:e" (or "-"), content "b:e,b:e", features "1234 5678 ..."; before a feature's
 *         first use a line "name 1234 template/fact/fact/fact". The readings of one cue
 *         follow one another.
 * Not installed; linked with the static libraries of a build folder, run by
 * tools/train_statement.py.
 */
#include <stdio.h>
#include <string.h>

#include "pipeline.h"
#include "statement_private.h"

enum { PATH_BYTES = 4096, LABEL_BYTES = 64, WORK_BYTES = 1 << 30, SEEN_MOST = 1 << 22 };

static void print_span(const page *p, range r)
{
    const rap_span s = rap_tokens_span(p->tokens, r.first, r.last);
    printf("%u:%u", s.begin, s.end);
}

typedef struct seen { /* features met so far, as a set */
    uint32_t key[SEEN_MOST];
    uint32_t count;
} seen;

/* The name of `key`, the first time it is met. */
static void name_feature(seen *met, const page *p, uint32_t key)
{
    uint32_t slot = (key * 2654435761u) >> 4 & (SEEN_MOST - 1);
    while (met->key[slot] && met->key[slot] != key) slot = (slot + 1) & (SEEN_MOST - 1);
    if (met->key[slot] || met->count * 2 > SEEN_MOST) return;
    met->key[slot] = key;
    met->count++;
    const template *t = &score_templates[score_template_of(key)];
    printf("name %u %s", key, t->name);
    for (uint32_t i = 0; i < TEMPLATE_FACTS; i++) {
        char label[LABEL_BYTES];
        score_label(p->knowledge, (fact_kind)t->fact[i], score_fact(key, i), label,
                    sizeof label);
        printf("/%s", t->fact[i] == FACT_NONE ? "0" : label);
    }
    putchar('\n');
}

static void see(void *whose, const page *p, const candidate *c)
{
    for (uint32_t i = 0; i < c->features; i++) name_feature(whose, p, c->feature[i]);
    printf("%u\t%d\t", p->tokens->span[c->head].begin, (int)c->kind);
    if (range_is(c->source))
        print_span(p, c->source);
    else
        printf("-");
    putchar('\t');
    for (uint32_t i = 0; i < c->contents; i++) {
        if (i) putchar(',');
        print_span(p, c->content[i]);
    }
    putchar('\t');
    for (uint32_t i = 0; i < c->features; i++) {
        if (i) putchar(' ');
        printf("%u", c->feature[i]);
    }
    putchar('\n');
}

static bool read_file(rap_arena *arena, const char *path, rap_slice *out)
{
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    char *bytes = rap_new(arena, char, RAP_LIMIT_PAGE_BYTES);
    const size_t len = bytes ? fread(bytes, 1, RAP_LIMIT_PAGE_BYTES, file) : 0;
    fclose(file);
    *out = (rap_slice){bytes, (uint32_t)len};
    return bytes != NULL;
}

static rap_status read_document(const rap_engine *engine,
                                const rap_statement_knowledge *knowledge,
                                const char *path, rap_arena *arena, rap_error *err)
{
    rap_item item = {.path = path, .media = RAP_MEDIA_PLAIN};
    if (!read_file(arena, path, &item.bytes))
        return rap_fail(err, RAP_E_IO, 0, "%s: cannot be read", path);
    static rap_document document;
    const rap_analysis_options options = {.whole = true};
    rap_status status = rap_document_read(engine, &item, &options, &document, err);
    if (!status && !document.error.status) {
        const rap_statement_input in = {&document.article, &document.tokens,
                                        &document.syntax, &document.names,
                                        &document.times};
        static seen met;
        const tree_watch watch = {see, &met};
        rap_arena scratch = RAP_ARENA(WORK_BYTES);
        rap_statements made;
        status =
            statement_run_watched(knowledge, &in, arena, &scratch, &watch, &made, err);
        rap_arena_free(&scratch);
    }
    rap_document_free(&document);
    document = (rap_document){0};
    return status;
}

int main(void)
{
    rap_error err;
    rap_engine *engine;
    rap_language language;
    rap_statement_knowledge *knowledge;
    const rap_engine_options options = {.language = "en"};
    rap_status status = rap_engine_open(&options, &engine, &err);
    if (!status) status = rap_language_open("en", &language, &err);
    if (!status) status = rap_statement_open(&language, &knowledge, &err);
    char path[PATH_BYTES];
    for (uint32_t n = 0; !status && fgets(path, sizeof path, stdin); n++) {
        path[strcspn(path, "\n")] = 0;
        printf("doc %u\n", n);
        rap_arena arena = RAP_ARENA(WORK_BYTES);
        status = read_document(engine, knowledge, path, &arena, &err);
        rap_arena_free(&arena);
    }
    if (status) fprintf(stderr, "%s\n", err.text);
    return status ? 1 : 0;
}
