/*
 * coref_train_corpus.c - documents with trees and chains from CoNLL-U; their prediction.
 *
 * Method  the layers are built from the file as the program's own would be: text with its
 *         spaces, a zone a paragraph; names from MISC Name=, where there are any.
 */
#include <errno.h>
#include <stdlib.h>

#include "coref_train_private.h"
#include "text.h"

enum { FILE_BYTES = 1 << 30, DOCUMENT_BYTES = 256 << 20, MOST_OPEN = 64 };

static rap_status read_file(const char *path, rap_arena *arena, rap_slice *out,
                            rap_error *err)
{
    FILE *file = fopen(path, "rb");
    if (!file) return rap_fail(err, RAP_E_NOTFOUND, 0, "%s: %s", path, strerror(errno));
    rap_status status = RAP_OK;
    long size = -1;
    if (fseek(file, 0, SEEK_END) == 0) size = ftell(file);
    char *bytes =
        size >= 0 && size < FILE_BYTES ? rap_new(arena, char, (size_t)size + 1) : NULL;
    if (!bytes)
        status = rap_fail(err, RAP_E_LIMIT, 0, "%s: too large", path);
    else if (fseek(file, 0, SEEK_SET) != 0 ||
             fread(bytes, 1, (size_t)size, file) != (size_t)size)
        status = rap_fail(err, RAP_E_IO, 0, "%s: cannot be read", path);
    else
        *out = (rap_slice){bytes, (uint32_t)size};
    (void)fclose(file);
    return status;
}

/* ---- layers ---------------------------------------------------------------------- */

typedef struct layers { /* of one document, being filled */
    const rap_conllu *file;
    rap_arena *arena;
    char *text;
    uint32_t len, words, zones, sentences;
    rap_span *span;
    uint32_t *sentence, *first, *zone, *head;
    uint8_t *kind, *flags, *upos, *xpos, *form, *relation;
    rap_slice *lemma;
    rap_zone *zone_at;
    const char **tag;
    uint32_t tags;
    rap_map tag_of;
    RAP_LIST(rap_entity) entity;
} layers;

static uint8_t flags_of(rap_slice form)
{
    uint32_t letters = 0, upper = 0;
    bool capital = false;
    for (uint32_t at = 0; at < form.len;) {
        const bool first = at == 0;
        const uint32_t c = rap_utf8_next(form, &at);
        letters += rap_is_letter(c);
        upper += rap_is_upper(c);
        if (first) capital = rap_is_upper(c);
    }
    return (uint8_t)((capital ? RAP_TOKEN_CAPITAL : 0) |
                     (letters > 1 && upper == letters ? RAP_TOKEN_ALL_CAPS : 0));
}

static uint8_t kind_of(rap_slice form)
{
    uint32_t at = 0;
    const uint32_t c = rap_utf8_next(form, &at);
    return rap_is_letter(c)  ? RAP_TOKEN_WORD
           : rap_is_digit(c) ? RAP_TOKEN_NUMBER
                             : RAP_TOKEN_PUNCT;
}

static uint8_t upos_of(rap_slice name)
{
    for (uint32_t i = 0; i < RAP_UPOS_COUNT; i++)
        if (rap_slice_is(name, rap_upos_name((rap_upos)i))) return (uint8_t)i;
    return RAP_X;
}

static uint8_t tag_index(layers *d, rap_slice name)
{
    uint32_t *slot = rap_map_put(&d->tag_of, d->arena, name);
    if (!slot) return 0;
    if (*slot == RAP_NONE) {
        if (d->tags == 255) return 0;
        const rap_slice kept = rap_arena_copy(d->arena, name);
        d->tag[d->tags] = kept.at ? kept.at : "";
        *slot = d->tags++;
    }
    return (uint8_t)*slot;
}

static void note_entity(layers *d, uint32_t t, rap_slice label)
{
    if (label.len < 3) return;
    rap_entity *last = d->entity.count ? &d->entity.at[d->entity.count - 1] : NULL;
    if (label.at[0] == 'I' && last && last->last + 1 == t) {
        last->last = t;
        return;
    }
    for (uint32_t i = 0; i < RAP_ENTITY_COUNT; i++)
        if (rap_slice_is(rap_slice_sub(label, 2, label.len),
                         rap_entity_type_name((rap_entity_type)i)) &&
            !rap_push(d->arena, &d->entity, (rap_entity){t, t, (rap_entity_type)i}))
            return;
}

static void add_word(layers *d, const rap_conllu_word *w, uint32_t first)
{
    const uint32_t t = d->words++;
    memcpy(d->text + d->len, w->form.at, w->form.len);
    d->span[t] = (rap_span){d->len, d->len + w->form.len};
    d->len += w->form.len;
    if (w->space_after) d->text[d->len++] = ' ';
    d->sentence[t] = d->sentences - 1;
    d->kind[t] = kind_of(w->form);
    d->flags[t] =
        (uint8_t)(flags_of(w->form) | (w->space_after ? RAP_TOKEN_SPACE_AFTER : 0));
    d->upos[t] = upos_of(w->upos);
    d->xpos[t] = tag_index(d, w->xpos);
    d->lemma[t] = w->lemma.len ? w->lemma : w->form;
    d->head[t] = w->head && w->head != RAP_NONE ? first + w->head - 1 : t;
    d->relation[t] = (uint8_t)rap_relation_named(w->deprel);
    note_entity(d, t, rap_conllu_value(w->misc, "Name"));
}

static void add_sentence(layers *d, const rap_conllu_sentence *s)
{
    if (!d->zones || s->new_paragraph) {
        if (d->zones) d->zone_at[d->zones - 1].span.end = d->len;
        if (d->len) d->text[d->len++] = '\n';
        d->zone_at[d->zones++] = (rap_zone){
            .span = {d->len, d->len}, .kind = RAP_ZONE_BODY, .duplicate_of = RAP_NONE};
    }
    d->zone[d->sentences] = d->zones - 1;
    d->first[d->sentences++] = d->words;
    const uint32_t first = d->words;
    for (uint32_t i = 0; i < s->count; i++)
        add_word(d, &d->file->word[s->first + i], first);
}

static bool make_room(layers *d, uint32_t words, uint32_t sentences, uint32_t bytes)
{
    d->text = rap_new(d->arena, char, bytes);
    d->span = rap_new(d->arena, rap_span, words);
    d->sentence = rap_new(d->arena, uint32_t, words);
    d->head = rap_new(d->arena, uint32_t, words);
    d->first = rap_new(d->arena, uint32_t, sentences + 1);
    d->zone = rap_new(d->arena, uint32_t, sentences);
    d->zone_at = rap_new(d->arena, rap_zone, sentences);
    d->kind = rap_new(d->arena, uint8_t, (size_t)words * 6);
    d->lemma = rap_new(d->arena, rap_slice, words);
    d->tag = rap_new(d->arena, const char *, 256);
    if (!d->text || !d->span || !d->sentence || !d->head || !d->first || !d->zone ||
        !d->zone_at || !d->kind || !d->lemma || !d->tag)
        return false;
    d->flags = d->kind + words;
    d->upos = d->flags + words;
    d->xpos = d->upos + words;
    d->form = d->xpos + words;
    d->relation = d->form + words;
    return true;
}

static bool build(coref_document *doc)
{
    uint32_t words = 0, bytes = 0;
    for (uint32_t s = 0; s < doc->sentences; s++) {
        const rap_conllu_sentence *at = &doc->file.sentence[doc->sentence + s];
        words += at->count;
        for (uint32_t i = 0; i < at->count; i++)
            bytes += doc->file.word[at->first + i].form.len + 2;
    }
    layers d = {.file = &doc->file, .arena = &doc->arena};
    if (!make_room(&d, words, doc->sentences, bytes + 2)) return false;
    for (uint32_t s = 0; s < doc->sentences; s++)
        add_sentence(&d, &doc->file.sentence[doc->sentence + s]);
    d.first[d.sentences] = d.words;
    if (d.zones) d.zone_at[d.zones - 1].span.end = d.len;
    doc->article =
        (rap_article){.text = {d.text, d.len}, .zone = d.zone_at, .zones = d.zones};
    doc->tokens = (rap_tokens){.count = words,
                               .sentences = d.sentences,
                               .span = d.span,
                               .sentence = d.sentence,
                               .kind = d.kind,
                               .flags = d.flags,
                               .first = d.first,
                               .zone = d.zone};
    doc->syntax = (rap_syntax){.count = words,
                               .upos = d.upos,
                               .xpos = d.xpos,
                               .form = d.form,
                               .lemma = d.lemma,
                               .head = d.head,
                               .relation = d.relation,
                               .entity = d.entity.at,
                               .entities = d.entity.count,
                               .xpos_name = d.tag};
    return true;
}

/* ---- chains ---------------------------------------------------------------------- */

typedef struct gold_span {
    uint32_t first, last, chain;
} gold_span;

typedef struct gold_reading {
    rap_arena *arena;
    struct {
        rap_slice id;
        uint32_t first;
    } open[MOST_OPEN];
    uint32_t opened;
    rap_map id; /* -> chain, from 1 */
    uint32_t chains;
    RAP_LIST(gold_span) spans;
} gold_reading;

static void close_span(gold_reading *g, rap_slice id, uint32_t t)
{
    for (uint32_t i = g->opened; i-- > 0;) {
        if (!rap_slice_equal(g->open[i].id, id)) continue;
        uint32_t *slot = rap_map_put(&g->id, g->arena, id);
        if (slot && *slot == RAP_NONE) *slot = ++g->chains;
        if (slot &&
            !rap_push(g->arena, &g->spans, (gold_span){g->open[i].first, t, *slot}))
            return;
        memmove(&g->open[i], &g->open[i + 1], (g->opened - i - 1) * sizeof g->open[0]);
        g->opened--;
        return;
    }
}

/* "(3-abstract-new(7-person-giv)5)": brackets and the ids after or before them. */
static void read_marks(gold_reading *g, rap_slice marks, uint32_t t)
{
    for (uint32_t at = 0; at < marks.len;) {
        const bool opens = marks.at[at] == '(';
        if (opens) at++;
        uint32_t end = at, id_end = RAP_NONE;
        while (end < marks.len && marks.at[end] != '(' && marks.at[end] != ')') {
            if (marks.at[end] == '-' && id_end == RAP_NONE) id_end = end;
            end++;
        }
        const rap_slice id =
            rap_slice_sub(marks, at, id_end == RAP_NONE ? end : id_end);
        if (opens && g->opened < MOST_OPEN) {
            g->open[g->opened].id = id;
            g->open[g->opened++].first = t;
        }
        if (end < marks.len && marks.at[end] == ')') {
            close_span(g, id, t);
            end++;
        }
        at = end > at ? end : at + 1;
    }
}

/* The mentions of the gold chains among ours. Both are few a sentence; ours are sorted. */
static void match(coref_document *doc, const gold_reading *g)
{
    const uint32_t mentions = rap_coref_cases_count(doc->cases);
    uint32_t *size = rap_new(&doc->arena, uint32_t, g->chains + 1);
    if (!size) return;
    for (uint32_t i = 0; i < g->spans.count; i++) size[g->spans.at[i].chain]++;
    for (uint32_t i = 0; i < g->spans.count; i++) {
        const gold_span *gold = &g->spans.at[i];
        doc->gold += size[gold->chain] > 1;
        uint32_t low = 0, high = mentions, first, last;
        while (low < high) {
            const uint32_t middle = low + (high - low) / 2;
            rap_coref_cases_span(doc->cases, middle, &first, &last);
            if (first < gold->first)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < mentions; low++) {
            rap_coref_cases_span(doc->cases, low, &first, &last);
            if (first != gold->first) break;
            if (last != gold->last) continue;
            doc->chain[low] = gold->chain;
            doc->gold_found += size[gold->chain] > 1;
            break;
        }
    }
}

static rap_status read_chains(coref_document *doc, rap_error *err)
{
    const uint32_t mentions = rap_coref_cases_count(doc->cases);
    doc->chain = rap_new(&doc->arena, uint32_t, mentions);
    doc->before = rap_new(&doc->arena, uint32_t, mentions);
    gold_reading *g = rap_new(&doc->arena, gold_reading, 1);
    if (!doc->chain || !doc->before || !g)
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for chains");
    g->arena = &doc->arena;
    uint32_t t = 0;
    for (uint32_t s = 0; s < doc->sentences; s++) {
        const rap_conllu_sentence *at = &doc->file.sentence[doc->sentence + s];
        for (uint32_t i = 0; i < at->count; i++, t++)
            read_marks(
                g, rap_conllu_value(doc->file.word[at->first + i].misc, "Entity"), t);
    }
    match(doc, g);
    return RAP_OK;
}

/* ---- files ----------------------------------------------------------------------- */

static rap_slice document_id(const rap_conllu_sentence *s)
{
    const rap_slice head = RAP_LIT("# newdoc id = ");
    const uint32_t at = rap_slice_find(s->comments, head, 0);
    if (at == s->comments.len) return (rap_slice){"", 0};
    const uint32_t end = rap_slice_find(s->comments, RAP_LIT("\n"), at);
    return rap_slice_trim(rap_slice_sub(s->comments, at + head.len, end));
}

static bool is_skipped(rap_slice id, rap_coref_list skip)
{
    for (uint32_t i = 0; i < skip.count; i++)
        if (rap_slice_starts(id, skip.at[i])) return true;
    return false;
}

static rap_status add_document(coref_corpus *corpus,
                               const rap_coref_knowledge *knowledge,
                               const rap_conllu *file, uint32_t from, uint32_t to,
                               rap_error *err)
{
    if (corpus->count == corpus->capacity) {
        const uint32_t capacity = corpus->capacity ? corpus->capacity * 2 : 64;
        coref_document *grown =
            realloc(corpus->document, capacity * sizeof *corpus->document);
        if (!grown) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for documents");
        corpus->document = grown;
        corpus->capacity = capacity;
    }
    coref_document *doc = &corpus->document[corpus->count++];
    *doc = (coref_document){.arena = RAP_ARENA(DOCUMENT_BYTES),
                            .file = *file,
                            .sentence = from,
                            .sentences = to - from};
    if (!build(doc)) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a document");
    doc->cases = rap_coref_cases_of(knowledge, &doc->article, &doc->tokens,
                                    &doc->syntax, &doc->arena);
    if (!doc->cases) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for mentions");
    return read_chains(doc, err);
}

rap_status coref_corpus_read(coref_corpus *corpus, const rap_coref_knowledge *knowledge,
                             const char *path, rap_coref_list skip, rap_error *err)
{
    enum { FILES = sizeof corpus->files / sizeof *corpus->files };
    if (corpus->file == FILES)
        return rap_fail(err, RAP_E_USAGE, 0, "too many treebanks");
    rap_arena *arena = &corpus->files[corpus->file++];
    *arena = RAP_ARENA((size_t)FILE_BYTES * 4);
    rap_slice bytes;
    rap_conllu file;
    rap_status status = read_file(path, arena, &bytes, err);
    if (!status) status = rap_conllu_read(bytes, arena, &file, err);
    for (uint32_t from = 0; !status && from < file.sentences;) {
        uint32_t to = from + 1;
        while (to < file.sentences && !file.sentence[to].new_document) to++;
        if (!is_skipped(document_id(&file.sentence[from]), skip))
            status = add_document(corpus, knowledge, &file, from, to, err);
        from = to;
    }
    return status;
}

/* ---- prediction ------------------------------------------------------------------ */

static void write_document(const coref_document *doc, FILE *out)
{
    const uint32_t mentions = rap_coref_cases_count(doc->cases);
    uint32_t *chain = calloc(mentions + 1, sizeof *chain), t = 0, next = 0;
    if (!chain) return;
    for (uint32_t i = 0; i < mentions; i++)
        chain[i] = doc->before[i] == RAP_NONE ? i + 1 : chain[doc->before[i]];
    for (uint32_t s = 0; s < doc->sentences; s++) {
        const rap_conllu_sentence *at = &doc->file.sentence[doc->sentence + s];
        if (!s) fputs("# newdoc\n", out);
        for (uint32_t i = 0; i < at->count; i++, t++) {
            const rap_slice form = doc->file.word[at->first + i].form;
            fprintf(out, "%u\t%.*s\t_\t%s\t_\t_\t0\t_\t_\t", i + 1, (int)form.len,
                    form.at, rap_upos_name((rap_upos)doc->syntax.upos[t]));
            uint32_t first, last, marks = 0;
            while (next < mentions) {
                rap_coref_cases_span(doc->cases, next, &first, &last);
                if (first != t) break;
                fprintf(out, "%s(%u%s", marks++ ? "" : "Entity=", chain[next],
                        last == t ? ")" : "");
                next++;
            }
            enum { BACK = 60 };
            for (uint32_t k = next; k-- > 0 && next - k < BACK;) {
                rap_coref_cases_span(doc->cases, k, &first, &last);
                if (first != t && last == t)
                    fprintf(out, "%s%u)", marks++ ? "" : "Entity=", chain[k]);
            }
            fputs(marks ? "\n" : "_\n", out);
        }
        fputc('\n', out);
    }
    free(chain);
}

rap_status coref_corpus_write(const coref_corpus *corpus, const char *path,
                              rap_error *err)
{
    FILE *out = fopen(path, "wb");
    if (!out) return rap_fail(err, RAP_E_IO, 0, "%s: %s", path, strerror(errno));
    for (uint32_t i = 0; i < corpus->count; i++)
        write_document(&corpus->document[i], out);
    return fclose(out) ? rap_fail(err, RAP_E_IO, 0, "%s: %s", path, strerror(errno))
                       : RAP_OK;
}

void coref_corpus_free(coref_corpus *corpus)
{
    for (uint32_t i = 0; i < corpus->count; i++)
        rap_arena_free(&corpus->document[i].arena);
    for (uint32_t i = 0; i < corpus->file; i++) rap_arena_free(&corpus->files[i]);
    free(corpus->document);
}
