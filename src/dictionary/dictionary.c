/*
 * dictionary.c - files, lines and comments of dictionaries; see dictionary.h.
 *
 * Reads   bytes.  Writes  one line after the other, and complaints.
 * Method  # and ; begin a comment, <!-- … --> may run over lines.
 * Cost    linear.
 */
#include "dictionary_private.h"

#include <stdlib.h>

enum {
    MOST_BYTES = 64 << 20,
    MOST_TOLD = 10,
    MEMORY_FACTOR = 256, /* for lines of two bytes */
    MEMORY_BASE = 1 << 20,
    MOST_MEMORY = 256 << 20
};

/* ---- lines ------------------------------------------------------------------------- */

bool dictionary_bad(dictionary_reader *r, const char *why)
{
    r->left_out++;
    if (r->bad++ >= MOST_TOLD || !r->complain) return true;
    rap_error err = {0};
    rap_error_set(&err, RAP_E_INPUT, "dictionary", r->at, "%s, line %u: %s", r->path,
                  r->line, why);
    r->complain(r->state, &err);
    return true;
}

/* Cuts what stands in <!-- … -->, in part or whole; `line` is what is left. */
static void cut_block_comment(dictionary_reader *r, rap_slice *line)
{
    if (r->comment) {
        const uint32_t end = rap_slice_find(*line, RAP_LIT("-->"), 0);
        if (end == line->len) {
            line->len = 0;
            return;
        }
        r->comment = false;
        *line = rap_slice_sub(*line, end + 3, line->len);
    }
    const uint32_t begin = rap_slice_find(*line, RAP_LIT("<!"), 0);
    if (begin == line->len) return;
    /* "<! -- … -->" is met too. What follows a comment on its line is not read. */
    r->comment = rap_slice_find(*line, RAP_LIT("-->"), begin) == line->len;
    line->len = begin;
}

static void cut_comment(rap_slice *line)
{
    for (uint32_t i = 0; i < line->len; i++)
        if (line->at[i] == '#' || line->at[i] == ';') line->len = i;
    while (line->len && (uint8_t)line->at[line->len - 1] <= ' ') line->len--;
}

bool dictionary_line(dictionary_reader *r, rap_slice *line)
{
    while (r->rest.len) {
        const uint32_t end = rap_slice_find(r->rest, RAP_LIT("\n"), 0);
        *line = rap_slice_sub(r->rest, 0, end);
        r->at = (uint64_t)(r->rest.at - r->begun.at);
        r->line++;
        r->rest =
            rap_slice_sub(r->rest, end < r->rest.len ? end + 1 : end, r->rest.len);
        cut_comment(line); /* first: "#<!--" opens nothing */
        cut_block_comment(r, line);
        cut_comment(line);
        if (!line->len) continue;
        const uint32_t bad = rap_utf8_bad(*line);
        if (bad == line->len) return true;
        r->at += bad;
        (void)dictionary_bad(r, "not UTF-8; save the file in that encoding");
    }
    return false;
}

rap_slice dictionary_wording(dictionary_reader *r, rap_slice wording)
{
    const rap_slice none = {"", 0};
    char *to = rap_new(r->arena, char, wording.len + 1);
    if (!to) {
        r->refused = true;
        return none;
    }
    uint32_t len = 0;
    for (uint32_t i = 0; i < wording.len; i++) {
        const uint8_t c = (uint8_t)wording.at[i];
        const bool blank = c == '_' || c <= ' ';
        if (!blank)
            to[len++] = (char)c;
        else if (len && to[len - 1] != ' ')
            to[len++] = ' ';
    }
    while (len && to[len - 1] == ' ') len--;
    return len ? (rap_slice){to, len} : none;
}

bool dictionary_between(rap_slice s, char open, char close, rap_slice *before,
                        rap_slice *inside, rap_slice *after)
{
    const rap_slice opening = {&open, 1}, closing = {&close, 1};
    const uint32_t from = rap_slice_find(s, opening, 0);
    if (from == s.len) return false;
    const uint32_t to = rap_slice_find(s, closing, from);
    if (to == s.len) return false;
    *before = rap_slice_trim(rap_slice_sub(s, 0, from));
    *inside = rap_slice_trim(rap_slice_sub(s, from + 1, to));
    *after = rap_slice_trim(rap_slice_sub(s, to + 1, s.len));
    return true;
}

/* ---- files ------------------------------------------------------------------------- */

typedef enum file_kind { NO_DICTIONARY, ACTORS, AGENTS, DISCARDS, VERBS } file_kind;

static const char *without_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* "--- SAY [010] ---": only verb dictionaries have such lines. */
static bool has_block(rap_slice bytes)
{
    rap_slice line;
    while (bytes.len && rap_split_next(&bytes, '\n', &line))
        if (rap_slice_starts(line, "---") && line.len > 6 &&
            rap_slice_find(line, RAP_LIT("["), 0) < line.len)
            return true;
    return false;
}

static file_kind kind_of(rap_dictionary_file file)
{
    static const struct {
        const char *part;
        file_kind kind;
    } known[] = {{".actors.", ACTORS},
                 {".agents.", AGENTS},
                 {".discards.", DISCARDS},
                 {".verbs.", VERBS}};
    const char *name = without_folder(file.name);
    if (!rap_slice_ends(rap_slice_of(name), ".txt")) return NO_DICTIONARY;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strstr(name, known[i].part)) return known[i].kind;
    return has_block(file.bytes) ? VERBS : NO_DICTIONARY;
}

bool rap_dictionary_is_file(rap_dictionary_file file)
{
    return kind_of(file) != NO_DICTIONARY;
}

static void tell_rest(dictionary_reader *r)
{
    if (r->bad <= MOST_TOLD || !r->complain) return;
    rap_error err = {0};
    rap_error_set(&err, RAP_E_INPUT, "dictionary", 0,
                  "%s: %u more lines could not be read", r->path, r->bad - MOST_TOLD);
    r->complain(r->state, &err);
}

static bool read_file(dictionary_reader *r, rap_dictionary_file file, uint32_t number)
{
    const rap_slice kept = rap_arena_copy(r->arena, file.bytes);
    if (!kept.at) return false;
    r->path = file.name;
    r->file = number;
    r->line = r->bad = 0;
    r->rest = r->begun = kept;
    if (rap_slice_starts(kept, "\xEF\xBB\xBF")) /* as editors do */
        r->rest = rap_slice_sub(kept, 3, kept.len);
    r->comment = r->open = false;
    r->macros.count = 0;
    bool fits = true;
    switch (kind_of(file)) {
    case ACTORS:
        fits = dictionary_actors(r);
        break;
    case AGENTS:
        fits = dictionary_agents(r);
        break;
    case DISCARDS:
        fits = dictionary_discards(r);
        break;
    case VERBS:
        fits = dictionary_verbs(r);
        break;
    case NO_DICTIONARY:
        r->line = 1;
        r->at = 0;
        return dictionary_bad(r, "not a dictionary that is known by its name "
                                 "(*.actors.txt, *.agents.txt, *.discards.txt, "
                                 "*.verbs.txt); left out");
    }
    tell_rest(r);
    return fits && !r->refused;
}

static void digest_file(rap_sha256 *digest, rap_dictionary_file file)
{
    const rap_slice so_far = {(const char *)digest->byte, sizeof digest->byte};
    const rap_sha256 named =
        rap_sha256_of2(so_far, rap_slice_of(without_folder(file.name)));
    *digest = rap_sha256_of2((rap_slice){(const char *)named.byte, sizeof named.byte},
                             file.bytes);
}

static void hand_over(const dictionary_reader *r, rap_dictionary *out)
{
    out->phrase = r->phrases.at;
    out->code = r->codes.at;
    out->actor = r->actors.at, out->actors = r->actors.count;
    out->agent = r->agents.at, out->agents = r->agents.count;
    out->discard = r->discards.at, out->discards = r->discards.count;
    out->set = r->sets.at, out->sets = r->sets.count;
    out->verb = r->verbs.at, out->verbs = r->verbs.count;
    out->pattern = r->patterns.at, out->patterns = r->patterns.count;
    out->element = r->elements.at;
    out->blocks = r->blocks;
    out->left_out = r->left_out;
    out->transforms = r->transforms;
}

static bool read_files(const rap_dictionary_file *files, uint32_t count,
                       dictionary_reader *r, rap_dictionary *out)
{
    out->file = rap_new(r->arena, const char *, count);
    if (!out->file) return false;
    for (uint32_t i = 0; i < count; i++) {
        const rap_slice name =
            rap_arena_copy(r->arena, rap_slice_of(without_folder(files[i].name)));
        if (!name.at || !read_file(r, files[i], i)) return false;
        out->file[i] = name.at;
        digest_file(&out->digest, files[i]);
    }
    out->files = count;
    hand_over(r, out);
    return true;
}

rap_status rap_dictionary_open(const rap_dictionary_file *files, uint32_t count,
                               rap_dictionary_complaint complain, void *state,
                               rap_dictionary **out, rap_error *err)
{
    uint64_t bytes = 0;
    *out = NULL;
    for (uint32_t i = 0; i < count; i++) bytes += files[i].bytes.len;
    if (bytes > MOST_BYTES)
        return rap_fail(err, RAP_E_LIMIT, 0, "dictionaries may have %d bytes together",
                        MOST_BYTES);
    rap_dictionary *d = calloc(1, sizeof *d);
    if (!d) return rap_fail(err, RAP_E_NOMEM, 0, "the dictionaries");
    const size_t limit = (size_t)bytes * MEMORY_FACTOR + MEMORY_BASE;
    d->arena = RAP_ARENA(limit < MOST_MEMORY ? limit : MOST_MEMORY);
    dictionary_reader r = {.arena = &d->arena, .complain = complain, .state = state};
    if (!read_files(files, count, &r, d)) {
        rap_dictionary_close(d);
        return rap_fail(err, RAP_E_NOMEM, 0, "the dictionaries need too much memory");
    }
    *out = d;
    return RAP_OK;
}

void rap_dictionary_close(rap_dictionary *dictionary)
{
    if (!dictionary) return;
    rap_arena_free(&dictionary->arena);
    free(dictionary);
}
