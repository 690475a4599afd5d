/* reading.h - what the tests of this module share: a text read up to the names. */
#ifndef READING_H
#define READING_H

#include "check.h"
#include "statement.h"
#include "text.h"

enum { READING_ZONES = 64, READING_BYTES = 64 << 20 };

typedef struct reader { /* knowledge, opened once a program */
    rap_language language;
    rap_token_knowledge *token;
    rap_syntax_knowledge *syntax;
    rap_statement_knowledge *statement;
} reader;

typedef struct reading { /* one text and the layers below statements */
    rap_article article;
    rap_zone zone[READING_ZONES];
    rap_tokens tokens;
    rap_syntax syntax;
    rap_names names;
    rap_times times;
    rap_statements statements;
    rap_arena arena, scratch;
} reading;

static inline void reader_open(reader *r)
{
    rap_error err;
    assert_int_equal(rap_language_open("en", &r->language, &err), RAP_OK);
    assert_int_equal(rap_token_open(&r->language, &r->token, &err), RAP_OK);
    assert_int_equal(rap_syntax_open(&r->language, &r->syntax, &err), RAP_OK);
    assert_int_equal(rap_statement_open(&r->language, &r->statement, &err), RAP_OK);
}

static inline void reader_close(reader *r)
{
    rap_statement_close(r->statement);
    rap_syntax_close(r->syntax);
    rap_token_close(r->token);
}

/* Paragraphs, one a line, become zones of the body. */
static inline void cut_zones(reading *d, rap_slice text)
{
    d->article = (rap_article){.text = text, .zone = d->zone};
    uint32_t at = 0;
    while (at < text.len && d->article.zones < READING_ZONES) {
        const uint32_t end = rap_slice_find(text, RAP_LIT("\n"), at);
        if (end > at)
            d->zone[d->article.zones++] = (rap_zone){
                .span = {at, end}, .kind = RAP_ZONE_BODY, .duplicate_of = RAP_NONE};
        at = end + 1;
    }
}

/* A stand-in for the name stage: runs of proper nouns, and three pronouns that mean the
 * name before them. */
static inline void find_names(reading *d)
{
    const uint32_t count = d->tokens.count;
    rap_actor *actor = rap_new(&d->arena, rap_actor, count + 1);
    rap_mention *mention = rap_new(&d->arena, rap_mention, count + 1);
    assert_non_null(actor);
    assert_non_null(mention);
    uint32_t mentions = 0, actors = 0, last = RAP_NONE;
    for (uint32_t t = 0; t < count; t++) {
        const rap_slice word = rap_cut(d->article.text, d->tokens.span[t]);
        const bool pronoun = rap_slice_is_nocase(word, "he") ||
                             rap_slice_is_nocase(word, "she") ||
                             rap_slice_is_nocase(word, "they");
        const bool name = d->syntax.upos[t] == RAP_PROPN;
        if (!name && !pronoun) continue;
        if (name) {
            for (last = 0; last < actors; last++)
                if (rap_slice_equal(actor[last].name, word)) break;
            if (last == actors)
                actor[actors++] =
                    (rap_actor){.name = word, .kind = RAP_ACTOR_PERSON, .key = word};
        }
        mention[mentions++] =
            (rap_mention){.span = d->tokens.span[t],
                          .head = d->tokens.span[t],
                          .first = t,
                          .last = t,
                          .actor = last,
                          .form = name ? RAP_MENTION_NAME : RAP_MENTION_PRONOUN,
                          .confidence = 1.0f};
    }
    d->names = (rap_names){actor, actors, mention, mentions, NULL, "test"};
}

static inline void read_layers(const reader *r, reading *d, rap_slice text)
{
    rap_error err;
    *d = (reading){0};
    d->arena = RAP_ARENA(READING_BYTES);
    d->scratch = RAP_ARENA(READING_BYTES);
    cut_zones(d, text);
    assert_int_equal(
        rap_token_run(r->token, &d->article, &d->arena, &d->scratch, &d->tokens, &err),
        RAP_OK);
    assert_int_equal(rap_syntax_run(r->syntax, &d->article, &d->tokens, &d->arena,
                                    &d->scratch, &d->syntax, &err),
                     RAP_OK);
    find_names(d);
}

static inline rap_status read_statements(const reader *r, reading *d, rap_arena *arena,
                                         rap_arena *scratch)
{
    rap_error err;
    const rap_statement_input in = {&d->article, &d->tokens, &d->syntax, &d->names,
                                    &d->times};
    return rap_statement_run(r->statement, &in, arena, scratch, &d->statements, &err);
}

static inline void read_text(const reader *r, reading *d, rap_slice text)
{
    read_layers(r, d, text);
    assert_int_equal(read_statements(r, d, &d->arena, &d->scratch), RAP_OK);
}

static inline void reading_free(reading *d)
{
    rap_arena_free(&d->scratch);
    rap_arena_free(&d->arena);
}

#endif
