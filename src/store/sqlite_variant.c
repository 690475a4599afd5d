/*
 * sqlite_variant.c - wordings of one utterance, in the pieces that reports quote.
 *
 * Method  contents are cut at the ends of sentences, so that a report which quotes one
 *         sentence of a speech meets another which quotes three; rap_record_variants
 *         joins pieces; an entry has a claim a piece.
 */
#include "store_private.h"

#include "text.h"

enum {
    LEAST_BYTES = 8,
    DAY_ASPECT = 32,    /* of a disagreement about days, beside one about speakers */
    HALVES_BYTES = 320, /* both halves of an interrupted quotation, at most, */
    GAP_BYTES = 100,    /* and what stands between them */
    MOST_PIECES = 12,
    REPEAT_BYTES = 60 /* what is as long stands twice in a text on purpose */
};

typedef struct piece {
    int64_t reading;
    uint32_t ordinal; /* among the pieces of its reading */
    rap_span span;    /* in the document's text */
    rap_slice words;
    bool fresh;  /* of a document not yet joined */
    bool stated; /* its report gives the day */
    bool repeat; /* the same words elsewhere in the document */
} piece;

typedef RAP_LIST(rap_slice) slices;

typedef struct wording {
    sqlite_store *store;
    int64_t document; /* the one being joined */
    rap_error *err;
    rap_arena arena, scratch;
    sqlite_plain plain;
    RAP_LIST(piece) pieces;
    RAP_LIST(rap_fact) facts; /* [pieces] */
} wording;

static rap_status no_memory(wording *w)
{
    return rap_fail(w->err, RAP_E_NOMEM, 0, "no memory to compare the statements of %s",
                    w->store->path);
}

/* The end of the sentence that begins at `from`: behind a mark that ends one. */
static uint32_t piece_end(rap_slice s, uint32_t from)
{
    for (uint32_t i = from; i + 1 < s.len; i++) {
        const char c = s.at[i];
        if ((c == '.' || c == '!' || c == '?' || c == ';') &&
            (s.at[i + 1] == ' ' || s.at[i + 1] == '\n'))
            return i + 1;
    }
    return s.len;
}

/* The words of a piece as they are compared. */
static rap_status compare_as(wording *w, const piece *p, rap_fact *fact)
{
    fact->anchor = p->span;
    return rap_sqlite_plain_words(w->store, &w->plain, fact->document, p->span,
                                  p->words, &w->arena, &fact->anchor_words, w->err);
}

static rap_status add_pieces(wording *w, const piece *whole, const rap_fact *of)
{
    const rap_slice words = whole->words;
    uint32_t at = 0;
    for (uint32_t n = 0; at < words.len && n < MOST_PIECES; n++) {
        while (at < words.len && (words.at[at] == ' ' || words.at[at] == '\n')) at++;
        const uint32_t end = piece_end(words, at);
        const uint32_t before = w->pieces.count;
        const piece *last = before ? &w->pieces.at[before - 1] : NULL;
        piece p = *whole;
        p.ordinal = last && last->reading == p.reading ? last->ordinal + 1 : 0;
        p.span = (rap_span){whole->span.begin + at, whole->span.begin + end};
        p.words = rap_slice_sub(words, at, end);
        rap_fact fact = *of;
        at = end;
        if (p.words.len < LEAST_BYTES) continue;
        const rap_status status = compare_as(w, &p, &fact);
        if (status) return status;
        if (!rap_push(&w->arena, &w->pieces, p) ||
            !rap_push(&w->arena, &w->facts, fact))
            return no_memory(w);
    }
    return RAP_OK;
}

/* The words of a document between two bytes. */
static rap_status words_between(wording *w, int64_t document, rap_span span,
                                rap_slice *out)
{
    static const char sql[] =
        "SELECT CAST(substr(coalesce(a.text, d.bytes), ?2 + 1, ?3) AS TEXT)"
        " FROM document d JOIN article a ON a.document = d.id WHERE d.id = ?1";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(w->store, sql, &s, w->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, document);
    (void)sqlite3_bind_int64(s, 2, span.begin);
    (void)sqlite3_bind_int64(s, 3, span.end - span.begin);
    const char *words = NULL;
    if (sqlite3_step(s) != SQLITE_ROW)
        status = rap_sqlite_fail(w->store, w->err);
    else if (!(words = rap_sqlite_text(s, 0, &w->arena)))
        status = no_memory(w);
    (void)sqlite3_reset(s);
    *out = rap_slice_of(words ? words : "");
    return status;
}

static bool ends_sentence(rap_slice s)
{
    return s.len && strchr(".!?;", s.at[s.len - 1]);
}

/* "The war is over," she said. "It ended last year": the second half to the first; *taken:
 * bytes of `whole` that are now part of the piece before, 0 if it is no second half. */
static rap_status join_halves(wording *w, const piece *whole, uint32_t *taken)
{
    *taken = 0;
    if (!w->pieces.count) return RAP_OK;
    piece *p = &w->pieces.at[w->pieces.count - 1];
    rap_fact *fact = &w->facts.at[w->pieces.count - 1];
    if (p->reading != whole->reading || p->repeat || ends_sentence(p->words))
        return RAP_OK;
    if (whole->span.begin < p->span.end || whole->span.begin > p->span.end + GAP_BYTES)
        return RAP_OK;
    const uint32_t end = piece_end(whole->words, 0);
    if (whole->span.begin + end > p->span.begin + HALVES_BYTES) return RAP_OK;
    const rap_slice half = rap_slice_sub(whole->words, 0, end),
                    first = fact->anchor_words;
    const rap_span behind = {whole->span.begin, whole->span.begin + end};
    rap_slice second;
    rap_status status = rap_sqlite_plain_words(
        w->store, &w->plain, fact->document, behind, half, &w->arena, &second, w->err);
    p->span.end = fact->anchor.end = behind.end;
    if (!status) status = words_between(w, fact->document, p->span, &p->words);
    const char *both = rap_arena_printf(&w->arena, "%.*s %.*s", (int)first.len,
                                        first.at, (int)second.len, second.at);
    if (!status && !both) return no_memory(w);
    fact->anchor_words = rap_slice_of(both ? both : "");
    *taken = end;
    return status;
}

static rap_status load_speakers(wording *w, int64_t reading, rap_fact *fact)
{
    static const char sql[] =
        "SELECT a.key, CASE WHEN a.country IS NOT NULL AND a.sector IS NOT 'REB' THEN "
        "a.code END"
        " FROM reading_party p JOIN actor a ON a.document = p.document AND a.n = "
        "p.actor"
        " WHERE p.reading = ?1 AND p.role = 'who' ORDER BY p.n";
    sqlite3_stmt *s;
    slices who = {0}, country = {0};
    rap_status status = rap_sqlite_cached(w->store, sql, &s, w->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, reading);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const char *key = rap_sqlite_text(s, 0, &w->arena);
        const char *code = rap_sqlite_text(s, 1, &w->arena);
        if (!key || !code || !rap_push(&w->arena, &who, rap_slice_of(key)) ||
            !rap_push(&w->arena, &country, rap_slice_of(code)))
            break;
    }
    if (step == SQLITE_ROW)
        status = no_memory(w);
    else if (step != SQLITE_DONE)
        status = rap_sqlite_fail(w->store, w->err);
    (void)sqlite3_reset(s);
    fact->who = who.at;
    fact->country = country.at;
    fact->who_count = who.count;
    return status;
}

/* Is there a statement of its own at `begin`? */
static bool is_told(const wording *w, const rap_fact *of, uint32_t begin)
{
    for (uint32_t i = w->facts.count; i-- > 0;) {
        const rap_fact *f = &w->facts.at[i];
        if (f->document != of->document) return false;
        if (f->anchor.begin <= begin && begin < f->anchor.end) return true;
    }
    return false;
}

/* One row of the query in load_pieces: a stretch of the content of a statement. */
static rap_status take_row(wording *w, sqlite3_stmt *s)
{
    const char *words = rap_sqlite_text(s, 4, &w->arena);
    const char *mode = rap_sqlite_text(s, 8, &w->arena);
    if (!words || !mode) return no_memory(w);
    rap_fact fact = {.document = sqlite3_column_int64(s, 1),
                     .kind = RAP_ENTRY_STATEMENT,
                     .type = rap_slice_of(mode),
                     .earliest = rap_sqlite_day(s, 5),
                     .latest = rap_sqlite_day(s, 6)};
    piece p = {.reading = sqlite3_column_int64(s, 0),
               .span = {(uint32_t)sqlite3_column_int64(s, 2),
                        (uint32_t)sqlite3_column_int64(s, 3)},
               .words = rap_slice_of(words),
               .fresh = sqlite3_column_int(s, 7) != 0,
               .stated = sqlite3_column_int(s, 10) != 0};
    rap_status status = load_speakers(w, p.reading, &fact);
    if (status) return status;
    piece rest = p;
    uint32_t taken;
    status = join_halves(w, &p, &taken);
    rest.span.begin += taken;
    rest.words = rap_slice_sub(p.words, taken, p.words.len);
    if (!status) status = add_pieces(w, &rest, &fact);
    if (status) return status;
    /* in the lead or under a picture, and again in the body, but for a first "that" */
    const uint32_t first = (uint32_t)sqlite3_column_int64(s, 9);
    if (!first) return RAP_OK;
    const uint32_t space = rap_slice_find(p.words, RAP_LIT(" "), 0);
    p.words = rap_slice_sub(p.words, space < REPEAT_BYTES ? space + 1 : 0, p.words.len);
    if (first - 1 + p.words.len > p.span.begin) return RAP_OK;
    if (is_told(w, &fact, first - 1)) return RAP_OK;
    p.span = (rap_span){first - 1, first - 1 + p.words.len};
    p.repeat = true;
    return add_pieces(w, &p, &fact);
}

static rap_status load_pieces(wording *w)
{
    static const char sql[] =
        "SELECT r.number, r.document, s.span_begin, s.span_end, CAST(substr("
        " coalesce(a.text, d.bytes), s.span_begin + 1, s.span_end - s.span_begin)"
        " AS TEXT), r.earliest, r.latest, r.document = ?1, r.mode,"
        " CASE WHEN s.span_end - s.span_begin >= ?2 THEN instr("
        "  coalesce(a.text, d.bytes), substr(coalesce(a.text, d.bytes), s.span_begin + "
        "1"
        "   + instr(substr(coalesce(a.text, d.bytes), s.span_begin + 1, ?2), x'20'),"
        "   s.span_end - s.span_begin"
        "   - instr(substr(coalesce(a.text, d.bytes), s.span_begin + 1, ?2), x'20')))"
        "  END, r.date_basis = 'stated' FROM temp.near n"
        " CROSS JOIN reading r ON r.number = n.reading"
        " CROSS JOIN reading_span s ON s.reading = r.number AND s.role = 'content'"
        " JOIN document d ON d.id = r.document JOIN article a ON a.document = d.id"
        " WHERE r.confidence >= 0.5 ORDER BY r.document, r.span_begin, r.number, s.n";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(w->store, sql, &s, w->err);
    if (status) return status;
    (void)sqlite3_bind_int64(s, 1, w->document);
    (void)sqlite3_bind_int(s, 2, REPEAT_BYTES);
    int step = SQLITE_DONE;
    while (!status && (step = sqlite3_step(s)) == SQLITE_ROW) status = take_row(w, s);
    if (!status && step != SQLITE_DONE) status = rap_sqlite_fail(w->store, w->err);
    (void)sqlite3_reset(s);
    return status;
}

/* One entry: the pieces of group `g`, in their order. */
static rap_status enter_group(wording *w, const rap_joint *joint,
                              const uint32_t *member, uint32_t count)
{
    sqlite_claim *claim = rap_new(&w->scratch, sqlite_claim, count);
    if (!claim) return no_memory(w);
    const char *why = "";
    bool several = false;
    for (uint32_t i = 0; i < count; i++) {
        const piece *p = &w->pieces.at[member[i]];
        claim[i] = (sqlite_claim){p->reading, p->words.at, p->span, p->words};
        const char *value = rap_arena_copy(&w->scratch, p->words).at;
        if (!value) return no_memory(w);
        claim[i].value = value;
        if (joint->why[member[i]][0]) why = joint->why[member[i]];
        several |= p->repeat || p->reading != w->pieces.at[member[0]].reading;
    }
    if (!several) return RAP_OK;
    const sqlite_derived d = {.kind = RAP_ENTRY_VARIANT,
                              .aspect = w->pieces.at[member[0]].ordinal % 64,
                              .what = claim[0].value,
                              .type = "",
                              .claim = claim,
                              .claims = count,
                              .why = why,
                              .confidence = 0.8};
    return rap_sqlite_enter_derived(w->store, &d, w->err);
}

/* Are two wordings put in the mouths of other numbers of parties, none the same? */
static bool attributed_otherwise(const rap_fact *a, const rap_fact *b)
{
    if (a->document == b->document || a->who_count == b->who_count) return false;
    if (a->who_count < 2 || b->who_count < 2) return false;
    for (uint32_t i = 0; i < a->who_count; i++)
        for (uint32_t k = 0; k < b->who_count; k++)
            if (rap_slice_equal(a->who[i], b->who[k])) return false;
    return true;
}

static rap_status enter_attribution(wording *w, const uint32_t *member, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        const uint32_t a = member[0], b = member[i];
        if (!attributed_otherwise(&w->facts.at[a], &w->facts.at[b])) continue;
        const piece *p = &w->pieces.at[a], *q = &w->pieces.at[b];
        const sqlite_claim claim[2] = {{p->reading, "said by", p->span, p->words},
                                       {q->reading, "said by", q->span, q->words}};
        const sqlite_derived d = {.kind = RAP_ENTRY_DISAGREEMENT,
                                  .aspect = p->ordinal % 64,
                                  .what = rap_arena_copy(&w->scratch, p->words).at,
                                  .type = "attribution",
                                  .claim = claim,
                                  .claims = 2,
                                  .why = "the same words, other speakers",
                                  .confidence = 0.65};
        if (!d.what) return no_memory(w);
        return rap_sqlite_enter_derived(w->store, &d, w->err);
    }
    return RAP_OK;
}

static bool told_of_other_days(const wording *w, uint32_t a, uint32_t b)
{
    const rap_fact *f = &w->facts.at[a], *g = &w->facts.at[b];
    return w->pieces.at[a].stated && w->pieces.at[b].stated &&
           f->document != g->document && f->earliest == f->latest &&
           g->earliest == g->latest && f->earliest != RAP_NO_DAY &&
           g->earliest != RAP_NO_DAY && f->earliest != g->earliest;
}

static bool day_claim(wording *w, uint32_t member, sqlite_claim *out)
{
    char day[12];
    const piece *p = &w->pieces.at[member];
    rap_day_format(w->facts.at[member].earliest, day);
    *out = (sqlite_claim){p->reading, rap_arena_copy(&w->scratch, rap_slice_of(day)).at,
                          p->span, p->words};
    return out->value != NULL;
}

/* One utterance that two reports give other days. */
static rap_status enter_days(wording *w, const uint32_t *member, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        if (!told_of_other_days(w, member[0], member[i])) continue;
        const piece *p = &w->pieces.at[member[0]];
        sqlite_claim claim[2];
        const sqlite_derived d = {.kind = RAP_ENTRY_DISAGREEMENT,
                                  .aspect = (p->ordinal + DAY_ASPECT) % 64,
                                  .what = rap_arena_copy(&w->scratch, p->words).at,
                                  .type = "day",
                                  .claim = claim,
                                  .claims = 2,
                                  .why = "the same words, said on other days",
                                  .confidence = 0.65};
        if (!d.what || !day_claim(w, member[0], &claim[0]) ||
            !day_claim(w, member[i], &claim[1]))
            return no_memory(w);
        return rap_sqlite_enter_derived(w->store, &d, w->err);
    }
    return RAP_OK;
}

/* A group without anything new is as it was. */
static bool is_changed(const wording *w, const uint32_t *member, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (w->pieces.at[member[i]].fresh) return true;
    return false;
}

static rap_status drop_group(wording *w, const uint32_t *member, uint32_t count)
{
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < count; i++) {
        const piece *p = &w->pieces.at[member[i]];
        status = rap_sqlite_drop_claim(w->store, RAP_ENTRY_VARIANT, p->reading,
                                       p->span.begin, w->err);
        if (!status)
            status = rap_sqlite_drop_claim(w->store, RAP_ENTRY_DISAGREEMENT, p->reading,
                                           p->span.begin, w->err);
    }
    return status;
}

static rap_status enter_groups(wording *w, const rap_joint *joint)
{
    const uint32_t count = w->facts.count;
    uint32_t *next = rap_new(&w->arena, uint32_t, count);
    uint32_t *first = rap_new(&w->arena, uint32_t, joint->entries);
    uint32_t *list = rap_new(&w->arena, uint32_t, count);
    if (!next || !first || !list) return no_memory(w);
    for (uint32_t g = 0; g < joint->entries; g++) first[g] = RAP_NONE;
    for (uint32_t i = count; i-- > 0;) {
        next[i] = first[joint->entry[i]];
        first[joint->entry[i]] = i;
    }
    rap_status status = RAP_OK;
    for (uint32_t g = 0; !status && g < joint->entries; g++) {
        uint32_t n = 0;
        for (uint32_t i = first[g]; i != RAP_NONE; i = next[i]) list[n++] = i;
        rap_arena_clear(&w->scratch);
        if (!is_changed(w, list, n)) continue;
        status = drop_group(w, list, n);
        if (n > 1 && !status) status = enter_group(w, joint, list, n);
        if (n > 1 && !status) status = enter_attribution(w, list, n);
        if (n > 1 && !status) status = enter_days(w, list, n);
    }
    return status;
}

static rap_status join(wording *w)
{
    rap_map stop = {0};
    rap_joint joint;
    rap_status status = rap_sqlite_near(w->store, w->document, RAP_ENTRY_STATEMENT,
                                        RAP_ENTRY_VARIANT, &w->scratch, w->err);
    if (!status) status = load_pieces(w);
    if (!status && !rap_sqlite_senses(w->store, &w->arena, &stop))
        status = no_memory(w);
    if (!status)
        status = rap_record_variants(w->facts.at, w->facts.count, &stop, &w->arena,
                                     &w->scratch, &joint, w->err);
    return status ? status : enter_groups(w, &joint);
}

rap_status rap_sqlite_join_variants(sqlite_store *store, int64_t document,
                                    rap_error *err)
{
    wording w = {.store = store,
                 .document = document,
                 .err = err,
                 .arena = RAP_ARENA(SIZE_MAX / 4),
                 .scratch = RAP_ARENA(SIZE_MAX / 4),
                 .plain = {.arena = RAP_ARENA(SIZE_MAX / 4)}};
    const rap_status status = join(&w);
    rap_arena_free(&w.plain.arena);
    rap_arena_free(&w.arena);
    rap_arena_free(&w.scratch);
    return status;
}
