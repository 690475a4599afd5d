/*
 * finding_term.c - words as joining compares them.
 *
 * Reads   word classes, lemmas, mentions, time expressions; the stop words.
 * Method  lemmas of words with content, rising, each once; a mention counts by its actor, so
 *         that other names of it compare equal.
 */
#include "finding_private.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static int by_bytes(const void *a, const void *b)
{
    return rap_slice_compare(*(const rap_slice *)a, *(const rap_slice *)b);
}

/* The word that stands for `token` in terms; empty: none. A mention counts once, by its
 * actor, so that other names of it compare equal. */
static rap_slice term_of(const finder *f, uint32_t token)
{
    const uint32_t cover = f->cover[token];
    if (cover != RAP_NONE && f->in->names->mention[cover].actor != RAP_NONE) {
        const rap_mention *m = &f->in->names->mention[cover];
        const rap_slice key = f->in->names->actor[m->actor].key;
        return rap_slice_sub(key, 0, rap_slice_find(key, RAP_LIT("#"), 0));
    }
    const uint8_t upos = f->in->syntax->upos[token];
    if (upos == RAP_PUNCT || upos == RAP_SYM || upos == RAP_ADP || upos == RAP_DET ||
        upos == RAP_PRON || upos == RAP_AUX || upos == RAP_CCONJ || upos == RAP_SCONJ ||
        upos == RAP_PART)
        return (rap_slice){0};
    const rap_slice word = f->lemma[token].len ? f->lemma[token] : f->form[token];
    if (word.len < 2 || rap_map_get(&f->knowledge->stop, word) != RAP_NONE)
        return (rap_slice){0};
    return word;
}

static const char *join_terms(rap_arena *arena, rap_slice *term, uint32_t count)
{
    if (count) qsort(term, count, sizeof *term, by_bytes);
    size_t size = 1;
    for (uint32_t i = 0; i < count; i++) size += term[i].len + 1;
    char *out = rap_new(arena, char, size);
    if (!out) return NULL;
    size_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i && rap_slice_equal(term[i], term[i - 1])) continue;
        if (used) out[used++] = ' ';
        for (uint32_t b = 0; b < term[i].len; b++)
            out[used++] = term[i].at[b] == ' ' ? '_' : term[i].at[b];
    }
    return out;
}

const char *rap_terms_of(finder *f, uint32_t first, uint32_t end)
{
    return rap_terms_around(f, first, end, end, end);
}

static bool is_time(const finder *f, uint32_t token)
{
    for (uint32_t i = 0; i < f->in->times->count; i++) {
        const rap_timex *x = &f->in->times->timex[i];
        if (x->first > token) return false;
        if (x->last >= token) return true;
    }
    return false;
}

const char *rap_terms_untimed(finder *f, uint32_t first, uint32_t end)
{
    rap_slice *term = rap_new(f->scratch, rap_slice, end - first);
    const char *joined = NULL;
    uint32_t count = 0;
    for (uint32_t i = first; term && i < end; i++) {
        const rap_slice word = is_time(f, i) ? (rap_slice){0} : term_of(f, i);
        if (word.len) term[count++] = word;
    }
    if (term) joined = join_terms(f->arena, term, count);
    f->failed |= !joined;
    return joined ? joined : "";
}

const char *rap_terms_around(finder *f, uint32_t first, uint32_t end, uint32_t from,
                             uint32_t to)
{
    rap_slice *term = rap_new(f->scratch, rap_slice, end - first);
    const char *joined = NULL;
    uint32_t count = 0;
    for (uint32_t i = first; term && i < end; i++) {
        if (i >= from && i < to) continue;
        const rap_slice word = term_of(f, i);
        if (word.len) term[count++] = word;
    }
    if (term) joined = join_terms(f->arena, term, count);
    f->failed |= !joined;
    return joined ? joined : "";
}
