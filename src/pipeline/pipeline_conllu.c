/*
 * pipeline_conllu.c - a document in CoNLL-U (universaldependencies.org/format.html).
 *
 * Writes  the sentences that are read (title, standfirst, body, captions): newdoc, newpar
 *         where a zone begins, sent_id, text; multiword tokens as ranges; words with tag,
 *         tree where there is one, and what only we know in MISC.
 * Method  FORM is the text's own bytes, so that Span= leads back to them; "# text" is the
 *         forms with one space wherever white space parts them, however much there was:
 *         the validator of Universal Dependencies wants both to agree.
 */
#include "pipeline.h"

#include "text.h"

#include <stdlib.h>

typedef struct writer {
    FILE *out;
    const rap_document *doc;
    uint32_t entity;         /* the first that does not end before the word at hand */
    uint32_t opened, closed; /* mentions of chains so far; closed: of those by end */
} writer;

/* ---- fields ---------------------------------------------------------------------- */

/* White space of any kind becomes one space, for the format allows no other. */
static void put_bytes(FILE *out, rap_slice s)
{
    uint32_t from = 0;
    bool space = false;
    for (uint32_t at = 0; at < s.len;) {
        const uint32_t begin = at;
        if (!rap_is_space(rap_utf8_next(s, &at))) {
            space = false;
            continue;
        }
        (void)fwrite(s.at + from, 1, begin - from, out);
        if (!space && begin) (void)fputc(' ', out);
        space = true;
        from = at;
    }
    (void)fwrite(s.at + from, 1, s.len - from, out);
}

/* CoNLL-U wants no empty field. */
static void put_field(FILE *out, rap_slice s)
{
    s = rap_slice_trim(s);
    if (s.len)
        put_bytes(out, s);
    else
        (void)fputc('_', out);
}

/* What a verb's form says for certain: a base form may be finite or not. */
static const char *feature_of(const rap_syntax *syntax, uint32_t t)
{
    if (syntax->upos[t] != RAP_VERB && syntax->upos[t] != RAP_AUX) return "_";
    switch (syntax->form[t]) {
    case RAP_FORM_PRESENT:
        return "Tense=Pres|VerbForm=Fin";
    case RAP_FORM_PAST:
        return "Tense=Past|VerbForm=Fin";
    case RAP_FORM_PARTICIPLE:
        return "Tense=Past|VerbForm=Part";
    case RAP_FORM_GERUND:
        return "VerbForm=Ger";
    default:
        return "_";
    }
}

static void put_xpos(FILE *out, const rap_syntax *syntax, uint32_t t)
{
    const char *name = syntax->xpos ? syntax->xpos_name[syntax->xpos[t]] : NULL;
    put_field(out, rap_slice_of(name));
}

static void put_tree(FILE *out, const rap_syntax *syntax, uint32_t first, uint32_t t)
{
    if (!syntax->head)
        (void)fputs("_\t_", out);
    else if (syntax->head[t] == t)
        (void)fputs("0\troot", out);
    else
        (void)fprintf(out, "%u\t%s", syntax->head[t] - first + 1,
                      rap_relation_name((rap_relation)syntax->relation[t]));
}

/* ---- MISC ------------------------------------------------------------------------ */

/* Whether a space follows is the affair of the multiword token, not of its words. */
static bool lacks_space(const rap_tokens *tokens, uint32_t t)
{
    return !(tokens->flags[t] &
             (RAP_TOKEN_SPACE_AFTER | RAP_TOKEN_MULTI | RAP_TOKEN_MULTI_REST));
}

static void put_name(writer *w, uint32_t t)
{
    const rap_syntax *syntax = &w->doc->syntax;
    while (w->entity < syntax->entities && syntax->entity[w->entity].last < t)
        w->entity++;
    if (w->entity == syntax->entities || syntax->entity[w->entity].first > t) return;
    const rap_entity *entity = &syntax->entity[w->entity];
    (void)fprintf(w->out, "Name=%c-%s|", t == entity->first ? 'B' : 'I',
                  rap_entity_type_name(entity->type));
}

/* "(e1(e2)e3)": chains of mentions that begin and end here, as in CorefUD. */
static void put_chains(writer *w, uint32_t t)
{
    const rap_coref *coref = &w->doc->coref;
    const char *before = "Entity=";
    for (; w->opened < coref->mentions && coref->mention[w->opened].first == t;
         w->opened++) {
        const rap_coref_mention *mention = &coref->mention[w->opened];
        (void)fprintf(w->out, "%s(e%u%s", before, mention->chain + 1,
                      mention->last == t ? ")" : "");
        before = "";
    }
    for (; w->closed < coref->mentions; w->closed++) {
        const rap_coref_mention *mention = &coref->mention[coref->by_end[w->closed]];
        if (mention->last != t) break;
        if (mention->first == t) continue;
        (void)fprintf(w->out, "%se%u)", before, mention->chain + 1);
        before = "";
    }
    if (!before[0]) (void)fputc('|', w->out);
}

/* In the order of their names, as the format wants it. */
static void put_misc(writer *w, uint32_t t)
{
    const rap_names *names = &w->doc->names;
    const rap_span span = w->doc->tokens.span[t];
    const uint32_t mention = names->at_token ? names->at_token[t] : RAP_NONE;
    if (mention != RAP_NONE && names->mention[mention].actor != RAP_NONE)
        (void)fprintf(w->out, "Actor=a%u|", names->mention[mention].actor + 1);
    put_chains(w, t);
    put_name(w, t);
    if (lacks_space(&w->doc->tokens, t)) (void)fputs("SpaceAfter=No|", w->out);
    (void)fprintf(w->out, "Span=%u:%u\n", span.begin, span.end);
}

/* ---- lines ----------------------------------------------------------------------- */

/* The last word of the token that begins with word `t` of a sentence ending at `end`. */
static uint32_t last_of(const rap_tokens *tokens, uint32_t t, uint32_t end)
{
    if (!(tokens->flags[t] & RAP_TOKEN_MULTI)) return t;
    while (t + 1 < end && tokens->flags[t + 1] & RAP_TOKEN_MULTI_REST) t++;
    return t;
}

static void put_text(writer *w, uint32_t first, uint32_t end)
{
    const rap_tokens *tokens = &w->doc->tokens;
    (void)fputs("# text = ", w->out);
    for (uint32_t t = first; t < end; t++) {
        const uint32_t last = last_of(tokens, t, end);
        put_field(w->out,
                  rap_cut(w->doc->article.text, rap_tokens_span(tokens, t, last)));
        if (tokens->flags[last] & RAP_TOKEN_SPACE_AFTER && last + 1 < end)
            (void)fputc(' ', w->out);
        t = last;
    }
    (void)fputc('\n', w->out);
}

/* The line of a multiword token: "3-4 don't _ …". */
static void put_range(writer *w, uint32_t first, uint32_t t, uint32_t last)
{
    const rap_tokens *tokens = &w->doc->tokens;
    (void)fprintf(w->out, "%u-%u\t", t - first + 1, last - first + 1);
    put_field(w->out, rap_cut(w->doc->article.text, rap_tokens_span(tokens, t, last)));
    (void)fprintf(w->out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n",
                  tokens->flags[last] & RAP_TOKEN_SPACE_AFTER ? "_" : "SpaceAfter=No");
}

static void put_word(writer *w, uint32_t first, uint32_t t)
{
    const rap_document *doc = w->doc;
    const rap_slice form = rap_cut(doc->article.text, doc->tokens.span[t]);
    (void)fprintf(w->out, "%u\t", t - first + 1);
    put_field(w->out, form);
    (void)fputc('\t', w->out);
    put_field(w->out, doc->syntax.lemma[t]);
    (void)fprintf(w->out, "\t%s\t", rap_upos_name((rap_upos)doc->syntax.upos[t]));
    put_xpos(w->out, &doc->syntax, t);
    (void)fprintf(w->out, "\t%s\t", feature_of(&doc->syntax, t));
    put_tree(w->out, &doc->syntax, first, t);
    (void)fputs("\t_\t", w->out);
    put_misc(w, t);
}

/* ---- the whole ------------------------------------------------------------------- */

static void put_head(writer *w, const char hex[65], uint32_t s)
{
    const rap_tokens *tokens = &w->doc->tokens;
    if (!s) (void)fprintf(w->out, "# newdoc id = %s\n", hex);
    if (!s && w->doc->coref.mentions) (void)fputs("# global.Entity = eid\n", w->out);
    if (!s || tokens->zone[s] != tokens->zone[s - 1]) (void)fputs("# newpar\n", w->out);
    (void)fprintf(w->out, "# sent_id = %.12s-%u\n", hex, s + 1);
}

static void put_document(writer *w)
{
    const rap_tokens *tokens = &w->doc->tokens;
    char hex[65];
    rap_sha256_hex(&w->doc->sha256, hex);
    for (uint32_t s = 0; s < tokens->sentences; s++) {
        const uint32_t first = tokens->first[s], end = tokens->first[s + 1];
        put_head(w, hex, s);
        put_text(w, first, end);
        for (uint32_t t = first; t < end; t++) {
            const uint32_t last = last_of(tokens, t, end);
            if (last > t) put_range(w, first, t, last);
            put_word(w, first, t);
        }
        (void)fputc('\n', w->out);
    }
}

char *rap_document_conllu(const rap_document *document, size_t *len)
{
    char *text = NULL;
    *len = 0;
    writer w = {.out = open_memstream(&text, len), .doc = document};
    if (!w.out) return NULL;
    if (!document->error.status) put_document(&w); /* else nothing: a file of none */
    if (fclose(w.out) == 0) return text;
    free(text);
    return NULL;
}
