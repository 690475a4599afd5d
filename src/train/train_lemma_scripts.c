/* train_lemma_scripts.c - edit scripts; see train_lemma_private.h. */
#include "text.h"
#include "train_lemma_private.h"

uint32_t train_lemma_shared(const uint32_t *a, uint32_t a_count, const uint32_t *b,
                            uint32_t b_count)
{
    uint32_t n = 0;
    while (n < a_count && n < b_count && a[n] == b[n]) n++;
    return n;
}

uint32_t train_lemma_script_of(trainer *t, lemma_case from, uint32_t strip,
                               uint32_t off, const uint32_t *add, uint32_t add_count)
{
    char bytes[LEMMA_BYTES];
    uint32_t len = 0;
    for (uint32_t i = 0; i < add_count; i++) len += rap_utf8_put(add[i], bytes + len);
    key_bytes key = {.len = 0};
    train_lemma_key_number(&key, (uint32_t)from << 8 | strip);
    train_lemma_key_number(&key, off);
    train_lemma_key_slice(&key, (rap_slice){bytes, len});
    uint32_t *slot = train_lemma_slot_of_key(t, &t->script_map, &key);
    if (!slot) return 0;
    if (*slot != RAP_NONE) return *slot;
    const rap_slice own = train_lemma_copy(t, (rap_slice){bytes, len});
    const script made = {
        .add = own, .from = (uint8_t)from, .strip = (uint8_t)strip, .off = off};
    if (t->scripts.count == LEMMA_HAS_WRITINGS - 1) t->too_many = true;
    if (t->lost || t->too_many) return 0;
    if (!rap_push(t->arena, &t->scripts, made)) {
        t->lost = true;
        return 0;
    }
    return *slot = t->scripts.count - 1;
}

/* From the folded form to the folded lemma; capitals are for the table. */
uint32_t train_lemma_folded_script(trainer *t, rap_slice folded, rap_slice lemma)
{
    lemma_form a, b;
    if (!lemma_read(folded, &a) || !lemma_read(lemma, &b)) return 0;
    const uint32_t n =
        train_lemma_shared(a.folded, a.folded_count, b.folded, b.folded_count);
    uint64_t off = 0;
    for (uint32_t i = a.folded_count; i > n; i--)
        off = lemma_hash(off, a.folded[i - 1]);
    return train_lemma_script_of(t, LEMMA_BY_TABLE, a.folded_count - n,
                                 lemma_off_hash(off), b.folded + n, b.folded_count - n);
}

/* What a lemma_case makes of a form, before any script. */
uint32_t train_lemma_based(const lemma_form *form, lemma_case from,
                           uint32_t out[LEMMA_CHARS])
{
    const bool kept = from == LEMMA_KEPT;
    const uint32_t count = kept ? form->written_count : form->folded_count;
    memcpy(out, kept ? form->written : form->folded, count * sizeof *out);
    if (from == LEMMA_TITLED && count > 0) {
        const uint32_t c = form->written[0];
        out[0] = c >= 'a' && c <= 'z' ? c - 32 : c;
    }
    return count;
}

uint32_t train_lemma_written_script(trainer *t, rap_slice form, rap_slice lemma)
{
    lemma_form a, b;
    if (!lemma_read(form, &a) || !lemma_read(lemma, &b)) return 0;
    lemma_case best = LEMMA_FOLDED;
    uint32_t most = 0, strip = 0, base[LEMMA_CHARS];
    for (uint32_t from = 0; from < LEMMA_CASES; from++) {
        const uint32_t count = train_lemma_based(&a, (lemma_case)from, base);
        const uint32_t n = train_lemma_shared(base, count, b.written, b.written_count);
        if (from > 0 && n <= most) continue;
        best = (lemma_case)from;
        most = n;
        strip = count - n;
    }
    return train_lemma_script_of(t, best, strip, 0, b.written + most,
                                 b.written_count - most);
}
