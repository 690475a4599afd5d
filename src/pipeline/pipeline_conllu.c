/*
 * pipeline_conllu.c - a document in CoNLL-U (universaldependencies.org/format.html).
 *
 * Byte spans and names go to MISC (Span=, Name=); without a parser HEAD and DEPREL are
 * "_".
 */
#include "pipeline.h"

#include <stdlib.h>

/* A field must hold neither tab nor line end, and CoNLL-U wants no empty one. */
static void put_field(FILE *out, rap_slice s)
{
    if (!s.len) (void)fputc('_', out);
    for (uint32_t i = 0; i < s.len; i++) {
        const char c = s.at[i];
        (void)fputc(c == '\t' || c == '\n' || c == '\r' ? ' ' : c, out);
    }
}

static void put_line(FILE *out, const char *name, rap_slice s)
{
    (void)fprintf(out, "# %s = ", name);
    put_field(out, s);
    (void)fputc('\n', out);
}

static const char *feature_of(uint8_t form)
{
    switch (form) {
    case RAP_FORM_BASE:
        return "VerbForm=Inf";
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

/* The line of a multiword token whose first word is `t`: "3-4 don't _ …". */
static void put_multiword(FILE *out, const rap_document *doc, uint32_t first,
                          uint32_t t)
{
    const rap_tokens *tokens = &doc->tokens;
    if (!(tokens->flags[t] & RAP_TOKEN_MULTI)) return;
    uint32_t last = t;
    while (last + 1 < tokens->count && tokens->flags[last + 1] & RAP_TOKEN_MULTI_REST)
        last++;
    (void)fprintf(out, "%u-%u\t", t - first + 1, last - first + 1);
    put_field(out, rap_cut(doc->article.text, rap_tokens_span(tokens, t, last)));
    (void)fprintf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n",
                  tokens->flags[last] & RAP_TOKEN_SPACE_AFTER ? "_" : "SpaceAfter=No");
}

static void put_word(FILE *out, const rap_document *doc, uint32_t first, uint32_t t)
{
    const rap_tokens *tokens = &doc->tokens;
    const rap_span span = tokens->span[t];
    (void)fprintf(out, "%u\t", t - first + 1);
    put_field(out, rap_cut(doc->article.text, span));
    (void)fputc('\t', out);
    put_field(out, doc->syntax.lemma[t]);
    (void)fprintf(out, "\t%s\t_\t%s\t_\t_\t_\t", rap_upos_name(doc->syntax.upos[t]),
                  feature_of(doc->syntax.form[t]));
    const uint32_t mention = doc->names.at_token ? doc->names.at_token[t] : RAP_NONE;
    if (mention != RAP_NONE && doc->names.mention[mention].actor != RAP_NONE)
        (void)fprintf(out, "Actor=a%u|", doc->names.mention[mention].actor + 1);
    const bool in_multi = tokens->flags[t] & (RAP_TOKEN_MULTI | RAP_TOKEN_MULTI_REST);
    if (!(tokens->flags[t] & RAP_TOKEN_SPACE_AFTER) && !in_multi)
        (void)fputs("SpaceAfter=No|", out);
    (void)fprintf(out, "Span=%u:%u\n", span.begin, span.end);
}

static void put_document(FILE *out, const rap_document *doc)
{
    const rap_tokens *tokens = &doc->tokens;
    char hex[65];
    rap_sha256_hex(&doc->sha256, hex);
    put_line(out, "newdoc id", rap_slice_of(hex));
    for (uint32_t s = 0; s < tokens->sentences; s++) {
        const uint32_t first = tokens->first[s];
        (void)fprintf(out, "# sent_id = %.12s-%u\n", hex, s + 1);
        put_line(out, "text", rap_cut(doc->article.text, rap_sentence_span(tokens, s)));
        for (uint32_t t = first; t < tokens->first[s + 1]; t++) {
            put_multiword(out, doc, first, t);
            put_word(out, doc, first, t);
        }
        (void)fputc('\n', out);
    }
}

char *rap_document_conllu(const rap_document *document, size_t *len)
{
    char *text = NULL;
    *len = 0;
    FILE *out = open_memstream(&text, len);
    if (!out) return NULL;
    if (document->error.status)
        (void)fprintf(out, "# error = %s\n\n", document->error.text);
    else
        put_document(out, document);
    if (fclose(out) == 0) return text;
    free(text);
    return NULL;
}
