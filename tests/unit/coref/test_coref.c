/* test_coref.c - mentions from trees, their chains, and what the stage promises. */
#include "check.h"

#include <stdlib.h>

#include "coref.h"
#include "coref_learn.h"

enum { MOST_WORDS = 200 };

/* A document as "form/UPOS/head/relation ..." with a full stop of its own for each sentence. */
typedef struct given {
    char text[4000];
    rap_span span[MOST_WORDS];
    uint32_t sentence[MOST_WORDS], head[MOST_WORDS], first[MOST_WORDS],
        zone[MOST_WORDS];
    uint8_t kind[MOST_WORDS], flags[MOST_WORDS], upos[MOST_WORDS], form[MOST_WORDS],
        relation[MOST_WORDS];
    rap_slice lemma[MOST_WORDS];
    rap_entity entity[8];
    rap_zone zones[1];
    rap_article article;
    rap_tokens tokens;
    rap_syntax syntax;
} given;

static uint8_t upos_named(rap_slice name)
{
    for (uint32_t i = 0; i < RAP_UPOS_COUNT; i++)
        if (rap_slice_is(name, rap_upos_name((rap_upos)i))) return (uint8_t)i;
    return RAP_X;
}

static void add_word(given *d, rap_slice word, uint32_t first, uint32_t *len)
{
    rap_slice part, field[4] = {{"", 0}};
    for (uint32_t i = 0; i < 4 && rap_split_next(&word, '/', &part); i++)
        field[i] = part;
    const uint32_t t = d->tokens.count++;
    memcpy(d->text + *len, field[0].at, field[0].len);
    d->span[t] = (rap_span){*len, *len + field[0].len};
    d->lemma[t] = (rap_slice){d->text + *len, field[0].len};
    *len += field[0].len;
    d->text[(*len)++] = ' ';
    d->sentence[t] = d->tokens.sentences;
    d->kind[t] = RAP_TOKEN_WORD;
    d->flags[t] =
        field[0].at[0] >= 'A' && field[0].at[0] <= 'Z' ? RAP_TOKEN_CAPITAL : 0;
    d->upos[t] = upos_named(field[1]);
    if (d->upos[t] == RAP_PUNCT) d->kind[t] = RAP_TOKEN_PUNCT;
    const uint32_t head = (uint32_t)strtoul(field[2].at, NULL, 10);
    d->head[t] = head ? first + head - 1 : t;
    d->relation[t] = (uint8_t)rap_relation_named(field[3]);
}

/* Sentences are parted by "|". */
static given *document(const char *sentences)
{
    given *d = calloc(1, sizeof *d);
    assert_non_null(d);
    rap_slice rest = rap_slice_of(sentences), sentence, word;
    uint32_t len = 0;
    while (rest.len && rap_split_next(&rest, '|', &sentence)) {
        const uint32_t first = d->tokens.count;
        d->first[d->tokens.sentences] = first;
        while (sentence.len && rap_split_next(&sentence, ' ', &word))
            if (word.len) add_word(d, word, first, &len);
        d->tokens.sentences++;
    }
    d->first[d->tokens.sentences] = d->tokens.count;
    d->zones[0] =
        (rap_zone){.span = {0, len}, .kind = RAP_ZONE_BODY, .duplicate_of = RAP_NONE};
    d->article = (rap_article){.text = {d->text, len}, .zone = d->zones, .zones = 1};
    d->tokens.span = d->span;
    d->tokens.sentence = d->sentence;
    d->tokens.kind = d->kind;
    d->tokens.flags = d->flags;
    d->tokens.first = d->first;
    d->tokens.zone = d->zone;
    d->syntax = (rap_syntax){.count = d->tokens.count,
                             .upos = d->upos,
                             .form = d->form,
                             .lemma = d->lemma,
                             .head = d->head,
                             .relation = d->relation,
                             .entity = d->entity};
    return d;
}

static const rap_coref_knowledge *knowledge(void)
{
    static rap_coref_knowledge *opened;
    rap_language language;
    rap_error err;
    if (opened) return opened;
    assert_int_equal(rap_language_open("en", &language, &err), RAP_OK);
    assert_int_equal(rap_coref_open(&language, &opened, &err), RAP_OK);
    return opened;
}

typedef struct reading {
    given *doc;
    rap_arena arena, scratch;
    rap_coref coref;
} reading;

static reading read_document(const char *sentences)
{
    reading r = {.doc = document(sentences),
                 .arena = RAP_ARENA(1 << 20),
                 .scratch = RAP_ARENA(8 << 20)};
    rap_error err;
    assert_int_equal(rap_coref_run(knowledge(), &r.doc->article, &r.doc->tokens,
                                   &r.doc->syntax, &r.arena, &r.scratch, &r.coref,
                                   &err),
                     RAP_OK);
    return r;
}

static void done(reading *r)
{
    rap_arena_free(&r->arena);
    rap_arena_free(&r->scratch);
    free(r->doc);
}

/* Mention `i` as words, "A B": compared with `want`. */
static bool is_mention(const reading *r, uint32_t i, const char *want)
{
    const rap_coref_mention *m = &r->coref.mention[i];
    const rap_span span = rap_tokens_span(&r->doc->tokens, m->first, m->last);
    return rap_slice_is(rap_cut(r->doc->article.text, span), want);
}

/* The n-th mention that reads so, or RAP_NONE. */
static uint32_t mention(const reading *r, const char *words, uint32_t n)
{
    for (uint32_t i = 0; i < r->coref.mentions; i++)
        if (is_mention(r, i, words) && n-- == 0) return i;
    return RAP_NONE;
}

static bool are_joined(const reading *r, uint32_t a, uint32_t b)
{
    assert_int_not_equal(a, RAP_NONE);
    assert_int_not_equal(b, RAP_NONE);
    return r->coref.mention[a].chain == r->coref.mention[b].chain;
}

/* ---- mentions -------------------------------------------------------------------- */

static void a_phrase_has_its_dependents_and_not_its_preposition(void **state)
{
    (void)state;
    reading r = read_document(
        "Envoys/NOUN/2/nsubj spoke/VERB/0/root in/ADP/6/case the/DET/6/det "
        "old/ADJ/6/amod "
        "capital/NOUN/2/obl of/ADP/8/case Ruritania/PROPN/6/nmod ./PUNCT/2/punct");
    assert_int_not_equal(mention(&r, "Envoys", 0), RAP_NONE);
    assert_int_not_equal(mention(&r, "the old capital of Ruritania", 0), RAP_NONE);
    assert_int_not_equal(mention(&r, "Ruritania", 0), RAP_NONE);
    assert_int_equal(r.coref.mentions, 3);
    done(&r);
}

static void a_series_is_one_mention_and_each_of_its_parts(void **state)
{
    (void)state;
    reading r =
        read_document("Ruritania/PROPN/4/nsubj and/CCONJ/3/cc Borduria/PROPN/1/conj "
                      "met/VERB/0/root ./PUNCT/4/punct");
    assert_int_equal(r.coref.mentions, 3);
    assert_true(is_mention(&r, 0, "Ruritania and Borduria"));
    assert_int_equal(r.coref.mention[0].form, RAP_COREF_COORDINATION);
    assert_true(is_mention(&r, 1, "Ruritania"));
    assert_true(is_mention(&r, 2, "Borduria"));
    done(&r);
}

static void an_apposition_is_a_mention_of_its_own(void **state)
{
    (void)state;
    reading r = read_document(
        "Ana/PROPN/7/nsubj Kovic/PROPN/1/flat ,/PUNCT/5/punct the/DET/5/det "
        "envoy/NOUN/1/appos ,/PUNCT/5/punct left/VERB/0/root ./PUNCT/7/punct");
    assert_int_not_equal(mention(&r, "Ana Kovic", 0), RAP_NONE);
    assert_int_not_equal(mention(&r, "the envoy", 0), RAP_NONE);
    assert_true(
        are_joined(&r, mention(&r, "Ana Kovic", 0), mention(&r, "the envoy", 0)));
    done(&r);
}

static void an_owner_lies_inside_what_it_owns(void **state)
{
    (void)state;
    reading r =
        read_document("Her/PRON/2/nmod:poss aide/NOUN/3/nsubj spoke/VERB/0/root "
                      "./PUNCT/3/punct");
    assert_true(is_mention(&r, 0, "Her aide"));
    assert_true(is_mention(&r, 1, "Her"));
    assert_int_equal(r.coref.mention[1].form, RAP_COREF_PRONOUN);
    done(&r);
}

/* ---- chains ---------------------------------------------------------------------- */

static void a_name_is_joined_to_itself_and_a_pronoun_to_its_subject(void **state)
{
    (void)state;
    reading r = read_document(
        "Maria/PROPN/3/nsubj Kovic/PROPN/1/flat arrived/VERB/0/root in/ADP/5/case "
        "Borduria/PROPN/3/obl ./PUNCT/3/punct | She/PRON/2/nsubj met/VERB/0/root "
        "reporters/NOUN/2/obj ./PUNCT/2/punct | Maria/PROPN/3/nsubj Kovic/PROPN/1/flat "
        "left/VERB/0/root Borduria/PROPN/3/obj ./PUNCT/3/punct");
    const uint32_t name = mention(&r, "Maria Kovic", 0);
    assert_true(are_joined(&r, name, mention(&r, "She", 0)));
    assert_true(are_joined(&r, name, mention(&r, "Maria Kovic", 1)));
    assert_true(are_joined(&r, mention(&r, "Borduria", 0), mention(&r, "Borduria", 1)));
    assert_false(are_joined(&r, name, mention(&r, "reporters", 0)));
    done(&r);
}

static void a_chain_points_back_to_its_first_mention(void **state)
{
    (void)state;
    reading r =
        read_document("Ruritania/PROPN/2/nsubj agreed/VERB/0/root ./PUNCT/2/punct | "
                      "Ruritania/PROPN/2/nsubj signed/VERB/0/root ./PUNCT/2/punct");
    assert_int_equal(r.coref.mentions, 2);
    assert_int_equal(r.coref.chains, 1);
    assert_int_equal(r.coref.mention[0].before, RAP_NONE);
    assert_int_equal(r.coref.mention[1].before, 0);
    assert_true(r.coref.mention[1].confidence > 0.5f &&
                r.coref.mention[1].confidence <= 1.0f);
    done(&r);
}

/* ---- what the stage promises ------------------------------------------------------ */

static void ends_are_in_order_the_inner_first(void **state)
{
    (void)state;
    reading r = read_document(
        "The/DET/2/det army/NOUN/7/nsubj of/ADP/5/case the/DET/5/det state/NOUN/2/nmod "
        "has/AUX/7/aux left/VERB/0/root ./PUNCT/7/punct");
    assert_int_equal(r.coref.mentions, 2);
    assert_int_equal(r.coref.by_end[0], 1);
    assert_int_equal(r.coref.by_end[1], 0);
    done(&r);
}

static void without_trees_there_are_no_mentions(void **state)
{
    (void)state;
    given *d = document("Envoys/NOUN/2/nsubj spoke/VERB/0/root");
    d->syntax.head = NULL;
    rap_arena arena = RAP_ARENA(1 << 20), scratch = RAP_ARENA(1 << 20);
    rap_coref out;
    rap_error err;
    assert_int_equal(rap_coref_run(knowledge(), &d->article, &d->tokens, &d->syntax,
                                   &arena, &scratch, &out, &err),
                     RAP_OK);
    assert_int_equal(out.mentions, 0);
    rap_arena_free(&arena);
    rap_arena_free(&scratch);
    free(d);
}

static void an_empty_document_has_no_mentions(void **state)
{
    (void)state;
    reading r = read_document("");
    assert_int_equal(r.coref.mentions, 0);
    assert_int_equal(r.coref.chains, 0);
    done(&r);
}

/* Heads in a circle, heads far away, bytes that are no UTF-8: spans stay sound. */
static void any_arrays_give_sound_mentions(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (uint32_t round = 0; round < 200; round++) {
        given *d =
            document("a/NOUN/0/root b/NOUN/1/conj c/PRON/1/nsubj d/PROPN/1/appos "
                     "e/PUNCT/1/punct f/NOUN/1/nmod | g/NUM/0/root h/NOUN/1/nmod");
        for (uint32_t t = 0; t < d->tokens.count; t++) {
            const uint32_t s = d->sentence[t], begin = d->first[s];
            seed = seed * 1664525 + 1013904223;
            d->head[t] = begin + (seed >> 8) % (d->first[s + 1] - begin);
            d->relation[t] = (uint8_t)((seed >> 20) % RAP_REL_COUNT);
            d->upos[t] = (uint8_t)((seed >> 4) % RAP_UPOS_COUNT);
            if (round % 3 == 0) d->text[d->span[t].begin] = (char)0xC3;
        }
        rap_arena arena = RAP_ARENA(1 << 20), scratch = RAP_ARENA(4 << 20);
        rap_coref out;
        rap_error err;
        assert_int_equal(rap_coref_run(knowledge(), &d->article, &d->tokens, &d->syntax,
                                       &arena, &scratch, &out, &err),
                         RAP_OK);
        for (uint32_t i = 0; i < out.mentions; i++) {
            const rap_coref_mention *m = &out.mention[i];
            assert_true(m->first <= m->head && m->head <= m->last);
            assert_int_equal(d->sentence[m->first], d->sentence[m->last]);
            assert_true(m->chain < out.chains);
            assert_true(m->before == RAP_NONE || m->before < i);
            assert_true(!i || m->first >= out.mention[i - 1].first);
        }
        rap_arena_free(&arena);
        rap_arena_free(&scratch);
        free(d);
    }
}

static void every_lost_allocation_is_reported(void **state)
{
    (void)state;
    given *d = document(
        "Ruritania/PROPN/4/nsubj and/CCONJ/3/cc Borduria/PROPN/1/conj "
        "met/VERB/0/root ./PUNCT/4/punct | They/PRON/2/nsubj left/VERB/0/root");
    rap_arena arena, scratch = RAP_ARENA(4 << 20);
    rap_coref out;
    rap_error err;
    CHECK_EVERY_LOST_ALLOCATION(arena, 1 << 20, 50,
                                rap_coref_run(knowledge(), &d->article, &d->tokens,
                                              &d->syntax, &arena, &scratch, &out,
                                              &err));
    rap_arena_free(&scratch);
    arena = RAP_ARENA(1 << 20);
    CHECK_EVERY_LOST_ALLOCATION(scratch, 4 << 20, 200,
                                rap_coref_run(knowledge(), &d->article, &d->tokens,
                                              &d->syntax, &arena, &scratch, &out,
                                              &err));
    rap_arena_free(&arena);
    free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_has_its_dependents_and_not_its_preposition),
        cmocka_unit_test(a_series_is_one_mention_and_each_of_its_parts),
        cmocka_unit_test(an_apposition_is_a_mention_of_its_own),
        cmocka_unit_test(an_owner_lies_inside_what_it_owns),
        cmocka_unit_test(a_name_is_joined_to_itself_and_a_pronoun_to_its_subject),
        cmocka_unit_test(a_chain_points_back_to_its_first_mention),
        cmocka_unit_test(ends_are_in_order_the_inner_first),
        cmocka_unit_test(without_trees_there_are_no_mentions),
        cmocka_unit_test(an_empty_document_has_no_mentions),
        cmocka_unit_test(any_arrays_give_sound_mentions),
        cmocka_unit_test(every_lost_allocation_is_reported)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
