/* trees.h - sentences with trees written by hand, for tests of the coder of acts.
 * One word a line: "form lemma UPOS head relation", head 1 for the first word, 0 at the
 * root; a form after '+' has the verb form that follows it: "signed/past". */
#ifndef RAP_TEST_TREES_H
#define RAP_TEST_TREES_H

#include "check.h"
#include "event.h"

enum { TREE_WORDS = 64, TREE_BYTES = 2048 };

typedef struct tree {
    char text[TREE_BYTES];
    rap_span span[TREE_WORDS];
    uint32_t sentence[TREE_WORDS], first[2], zone_of[1], head[TREE_WORDS];
    uint8_t kind[TREE_WORDS], flags[TREE_WORDS], upos[TREE_WORDS], form[TREE_WORDS],
        relation[TREE_WORDS];
    rap_slice lemma[TREE_WORDS];
    rap_zone zone;
    rap_actor actor[TREE_WORDS];
    rap_mention mention[TREE_WORDS];
    uint32_t at_token[TREE_WORDS];
    rap_article article;
    rap_tokens tokens;
    rap_syntax syntax;
    rap_names names;
    rap_times times;
    rap_statements statements;
    rap_event_input input;
} tree;

static uint8_t tree_upos(rap_slice name)
{
    for (uint32_t i = 0; i < RAP_UPOS_COUNT; i++)
        if (rap_slice_is(name, rap_upos_name((rap_upos)i))) return (uint8_t)i;
    fail_msg("no such class: %.*s", (int)name.len, name.at);
    return 0;
}

/* VBD and the like, after '/'. */
static uint8_t tree_form(rap_slice name)
{
    static const char *const all[] = {"",     "base",       "present",
                                      "past", "participle", "gerund"};
    for (uint32_t i = 0; i < sizeof all / sizeof *all; i++)
        if (rap_slice_is(name, all[i])) return (uint8_t)i;
    fail_msg("no such form: %.*s", (int)name.len, name.at);
    return 0;
}

static uint32_t tree_number(rap_slice digits)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < digits.len; i++)
        n = n * 10 + (uint32_t)(digits.at[i] - '0');
    return n;
}

/* Every proper noun is an actor of its own name; an adjective that is written with a
 * capital is a nation's. */
static void tree_mention(tree *t, uint32_t token)
{
    t->at_token[token] = RAP_NONE;
    const rap_slice word = rap_cut(t->article.text, t->span[token]);
    const bool nation =
        t->upos[token] == RAP_ADJ && word.at[0] >= 'A' && word.at[0] <= 'Z';
    if (t->upos[token] != RAP_PROPN && !nation) return;
    uint32_t actor = t->names.actors;
    for (uint32_t i = 0; i < t->names.actors; i++)
        if (rap_slice_equal(t->actor[i].name, t->lemma[token])) actor = i;
    if (actor == t->names.actors)
        t->actor[t->names.actors++] = (rap_actor){.name = t->lemma[token],
                                                  .kind = RAP_ACTOR_STATE,
                                                  .key = t->lemma[token],
                                                  .known = true};
    t->at_token[token] = t->names.mentions;
    t->mention[t->names.mentions++] = (rap_mention){.span = t->span[token],
                                                    .head = t->span[token],
                                                    .first = token,
                                                    .last = token,
                                                    .actor = actor,
                                                    .form = RAP_MENTION_NAME,
                                                    .modifier = nation,
                                                    .confidence = 0.95f};
}

static void tree_word(tree *t, rap_slice line, uint32_t *len)
{
    rap_slice field[5];
    for (uint32_t i = 0; i < 5; i++) assert_true(rap_split_next(&line, ' ', &field[i]));
    const uint32_t token = t->tokens.count++;
    const uint32_t slash = rap_slice_find(field[0], RAP_LIT("/"), 0);
    const rap_slice form = rap_slice_sub(field[0], 0, slash);
    if (*len) t->text[(*len)++] = ' ';
    memcpy(t->text + *len, form.at, form.len);
    t->span[token] = (rap_span){*len, *len + form.len};
    *len += form.len;
    t->form[token] = slash < field[0].len
                         ? tree_form(rap_slice_sub(field[0], slash + 1, field[0].len))
                         : 0;
    t->lemma[token] = field[1];
    t->upos[token] = tree_upos(field[2]);
    const uint32_t head = tree_number(field[3]);
    t->head[token] = head ? head - 1 : token;
    t->relation[token] = (uint8_t)rap_relation_named(field[4]);
}

static void tree_read(tree *t, const char *words)
{
    memset(t, 0, sizeof *t);
    rap_slice rest = rap_slice_of(words), line;
    uint32_t len = 0;
    while (rap_split_next(&rest, '\n', &line))
        if (line.len) tree_word(t, line, &len);
    const uint32_t count = t->tokens.count;
    t->first[1] = count;
    t->zone = (rap_zone){.span = {0, len}, .kind = RAP_ZONE_BODY};
    t->article = (rap_article){.text = {t->text, len}, .zone = &t->zone, .zones = 1};
    t->tokens = (rap_tokens){count,    1,        t->span,    t->sentence, t->kind,
                             t->flags, t->first, t->zone_of, "test"};
    t->syntax = (rap_syntax){.count = count,
                             .upos = t->upos,
                             .form = t->form,
                             .lemma = t->lemma,
                             .head = t->head,
                             .relation = t->relation,
                             .made_by = "test"};
    for (uint32_t i = 0; i < count; i++) tree_mention(t, i);
    t->names.actor = t->actor;
    t->names.mention = t->mention;
    t->names.at_token = t->at_token;
    t->names.made_by = "test";
    t->times.main_occasion = RAP_NONE;
    t->times.published.earliest = t->times.published.latest = RAP_NO_DAY;
    t->input = (rap_event_input){&t->article, &t->tokens,     &t->syntax, &t->names,
                                 &t->times,   &t->statements, false};
}

#endif
