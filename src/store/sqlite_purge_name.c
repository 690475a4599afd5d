/*
 * sqlite_purge_name.c - what a person is called, and where that stands in words.
 *
 * Method  whole names (two words at least) are found wherever they stand: in their own case,
 *         in capitals, or in any case where a URL or file name joins them. One word of a name
 *         may be another's, or no name ("Price", "price"): it is found, in its own case, only
 *         inside the mentions that the record resolves to the person, alone or in a group.
 *         Titles around a name ("spokesperson") stay.
 * Cost    forms times bytes; a person has a handful of forms.
 */
#include "sqlite_purge_private.h"

#include "text.h"

enum { LEAST_FORM = 2, MOST_FORMS = 256 };

static rap_status no_memory(rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the names of a person");
}

/* ---- where a form stands ------------------------------------------------------------- */

static uint32_t lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (uint32_t)c + 32 : (unsigned char)c;
}

static bool is_boundary(rap_slice s, uint32_t at)
{
    if (at >= s.len) return true;
    const unsigned char c = (unsigned char)s.at[at];
    return c < 0x80 && (c < '0' || c > '9') &&
           (lower(s.at[at]) < 'a' || lower(s.at[at]) > 'z');
}

/* Bytes of `s` at `at` that stand for the space of a name: white space, or what a URL or a
 * file name has there; 0: none. */
static uint32_t gap_at(rap_slice s, uint32_t at, bool *joined)
{
    uint32_t end = at;
    while (end < s.len && strchr(" \t\r\n-_+.", s.at[end]) && s.at[end]) {
        *joined |= strchr("-_+", s.at[end]) != NULL;
        end++;
    }
    const bool coded = end == at && end + 3 <= s.len && !memcmp(s.at + end, "%20", 3);
    *joined |= coded;
    if (coded) return 3;
    if (end == at && end + 2 <= s.len && !memcmp(s.at + end, "\xC2\xA0", 2)) return 2;
    return end - at;
}

/* Where `form` ends if it stands at `at`; 0: it does not. */
static uint32_t form_end(rap_slice s, uint32_t at, rap_slice form, bool any_case,
                         bool capitals)
{
    bool same = true, upper = capitals, joined = any_case;
    if (at && !is_boundary(s, at - 1)) return 0;
    for (uint32_t i = 0; i < form.len; i++) {
        if (at >= s.len) return 0;
        const uint32_t gap = form.at[i] == ' ' ? gap_at(s, at, &joined) : 0;
        if (!gap && lower(s.at[at]) != lower(form.at[i])) return 0;
        same &= gap || s.at[at] == form.at[i];
        upper &= s.at[at] < 'a' || s.at[at] > 'z';
        at += gap ? gap : 1;
    }
    return is_boundary(s, at) && (same || upper || joined) ? at : 0;
}

static uint32_t any_end(const purge_forms *forms, rap_slice s, uint32_t at, bool any,
                        bool capitals)
{
    uint32_t end = 0;
    for (uint32_t f = 0; f < forms->count && !end; f++)
        end = form_end(s, at, forms->at[f], any, capitals);
    return end;
}

uint32_t rap_purge_redact(const purge_names *names, rap_slice s, bool words, bool any,
                          char *out)
{
    uint32_t found = 0;
    for (uint32_t at = 0; at < s.len; at++) {
        uint32_t end = any_end(&names->whole, s, at, any, !names->given);
        if (!end && words) end = any_end(&names->word, s, at, any, false);
        if (!end) continue;
        for (uint32_t i = at; out && i < end; i++)
            if (out[i] != ' ' && out[i] != '\n') out[i] = '_';
        found++;
        at = end - 1;
    }
    return found;
}

uint32_t rap_purge_redact_within(const purge_names *names, rap_slice s, rap_span span,
                                 char *out)
{
    uint32_t found = 0;
    if (span.end > s.len || span.begin > span.end) return 0;
    for (uint32_t at = span.begin; at < span.end; at++) {
        /* what is overwritten already is not found again */
        const uint32_t end =
            any_end(&names->word, (rap_slice){out, s.len}, at, false, false);
        if (!end || end > span.end) continue;
        memset(out + at, '_', end - at);
        found++;
        at = end - 1;
    }
    return found;
}

/* ---- what a person is called --------------------------------------------------------- */

static bool add_form(purge_forms *list, rap_arena *arena, rap_slice form)
{
    if (form.len < LEAST_FORM || list->count >= MOST_FORMS) return true;
    uint32_t at = list->count;
    for (uint32_t i = 0; i < list->count; i++)
        if (rap_slice_equal(list->at[i], form)) return true;
    if (!rap_push(arena, list, form)) return false;
    for (; at > 0 && list->at[at - 1].len < form.len; at--)
        list->at[at] = list->at[at - 1]; /* the longest first */
    list->at[at] = form;
    return true;
}

static bool add_name(purge_names *names, rap_arena *arena, rap_slice form)
{
    const bool whole = rap_slice_find(form, RAP_LIT(" "), 0) < form.len;
    return add_form(whole ? &names->whole : &names->word, arena, form);
}

/* Where the last word of s[0, end) begins. */
static uint32_t last_word(rap_slice s, uint32_t end)
{
    while (end && s.at[end - 1] != ' ') end--;
    return end;
}

static bool is_word_of(rap_slice word, const purge_forms *full)
{
    for (uint32_t i = 0; i < full->count; i++) {
        rap_slice rest = full->at[i], one;
        while (rap_split_next(&rest, ' ', &one))
            if (rap_slice_equal(one, word)) return true;
    }
    return false;
}

/* A wording without the titles before it: its last words that are words of the name; all of
 * it where none is. */
static rap_slice name_in(rap_slice wording, const purge_forms *full)
{
    uint32_t begin = wording.len;
    while (begin) {
        const uint32_t end = begin == wording.len ? begin : begin - 1;
        const uint32_t at = last_word(wording, end);
        if (!is_word_of(rap_slice_sub(wording, at, end), full)) break;
        begin = at;
    }
    return begin < wording.len ? rap_slice_sub(wording, begin, wording.len) : wording;
}

/* The key of the one person who goes by `name`; "" when nobody does. */
static rap_status person_key(sqlite_store *store, const char *name, rap_arena *arena,
                             const char **out, rap_error *err)
{
    static const char sql[] =
        "SELECT count(DISTINCT a.key), max(a.key) FROM actor a WHERE a.kind = 'person' "
        "AND"
        " (a.key = ?1 OR a.name = ?1 COLLATE NOCASE OR EXISTS (SELECT 1"
        "  FROM actor_alias l WHERE l.document = a.document AND l.actor = a.n"
        "  AND l.alias = ?1 COLLATE NOCASE))";
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
    int64_t keys = 0;
    if (sqlite3_step(s) == SQLITE_ROW) {
        keys = sqlite3_column_int64(s, 0);
        *out = rap_sqlite_text(s, 1, arena);
    } else {
        status = rap_sqlite_fail(store, err);
    }
    (void)sqlite3_reset(s);
    if (!status && keys > 1)
        status =
            rap_fail(err, RAP_E_USAGE, 0,
                     "several persons go by \"%.80s\"; give the whole name or a key "
                     "(actors --format json)",
                     name);
    return status || *out ? status : no_memory(err);
}

/* The names of `key` by `sql`, as they are or without titles. */
static rap_status take_names(sqlite_store *store, const char *sql, const char *key,
                             const purge_forms *full, purge_names *names,
                             rap_arena *arena, rap_error *err)
{
    sqlite3_stmt *s;
    rap_status status = rap_sqlite_cached(store, sql, &s, err);
    if (status) return status;
    (void)sqlite3_bind_text(s, 1, key, -1, SQLITE_STATIC);
    bool whole = true;
    while (whole && sqlite3_step(s) == SQLITE_ROW) {
        const char *text = rap_sqlite_text(s, 0, arena);
        if (!text) break;
        const rap_slice form = rap_slice_trim(rap_slice_of(text));
        whole = add_name(names, arena, full ? name_in(form, full) : form);
    }
    (void)sqlite3_reset(s);
    return whole ? RAP_OK : no_memory(err);
}

rap_status rap_purge_find(sqlite_store *store, const char *name, bool words,
                          rap_arena *arena, purge_names *out, rap_error *err)
{
    static const char full[] = "SELECT DISTINCT name FROM actor WHERE key = ?1";
    static const char others[] =
        "SELECT l.alias FROM actor a JOIN actor_alias l ON l.document = a.document AND"
        " l.actor = a.n WHERE a.key = ?1 UNION SELECT CAST(substr(coalesce(x.text,"
        " d.bytes), m.span_begin + 1, m.span_end - m.span_begin) AS TEXT) FROM actor a"
        " JOIN mention m ON m.document = a.document AND m.actor = a.n AND m.form = "
        "'name'"
        " JOIN document d ON d.id = a.document JOIN article x ON x.document = d.id"
        " WHERE a.key = ?1";
    purge_names own = {0};
    *out = own;
    out->key = "";
    out->given = words;
    const rap_slice given = rap_slice_trim(rap_slice_of(name));
    if (given.len < 3)
        return rap_fail(err, RAP_E_USAGE, 0,
                        "a name to purge needs three letters at least");
    if (words) return add_form(&out->whole, arena, given) ? RAP_OK : no_memory(err);
    rap_status status = person_key(store, name, arena, &out->key, err);
    if (!status && !*out->key)
        return rap_fail(err, RAP_E_NOTFOUND, 0,
                        "no person of the record goes by \"%.80s\"; --words overwrites "
                        "those words wherever they stand",
                        name);
    if (!status) status = take_names(store, full, out->key, NULL, &own, arena, err);
    if (!status) status = take_names(store, full, out->key, NULL, out, arena, err);
    for (uint32_t i = 0; !status && i < own.whole.count; i++) {
        const rap_slice form = own.whole.at[i];
        const rap_slice last = rap_slice_sub(form, last_word(form, form.len), form.len);
        if (!add_form(&out->word, arena, last)) status = no_memory(err);
    }
    const purge_forms *known = own.whole.count ? &own.whole : &own.word;
    if (!status) status = take_names(store, others, out->key, known, out, arena, err);
    return status;
}
