/*
 * event_cameo.c - the PLOVER type of a CAMEO code; see event_dictionary_private.h.
 *
 * Reads   event/cameo.tsv.  Method  the longest beginning of a code that the file has.
 */
#include "event_dictionary_private.h"

enum { CODE, TYPE, MODE, CONTEXTS };

static rap_plover type_of(rap_slice word)
{
    for (uint32_t i = 0; i < RAP_PLOVER_TYPES; i++)
        if (rap_slice_is(word, rap_plover_name((rap_plover)i))) return (rap_plover)i;
    return RAP_PLOVER_TYPES;
}

static bool keep(rap_arena *arena, rap_slice s, const char **out)
{
    const rap_slice copy = rap_arena_copy(arena, s);
    *out = copy.at;
    return copy.at != NULL;
}

static bool read_row(rap_arena *arena, const rap_slice *field, rap_cameo_row *row)
{
    *row = (rap_cameo_row){.code = field[CODE], .type = type_of(field[TYPE])};
    if (field[MODE].len && !rap_slice_is(field[MODE], "-") &&
        !keep(arena, field[MODE], &row->mode))
        return false;
    rap_slice rest = field[CONTEXTS], part;
    while (rest.len && rap_split_next(&rest, ' ', &part)) {
        if (!part.len || rap_slice_is(part, "-")) continue;
        if (row->contexts == RAP_MOST_CONTEXTS) break;
        if (!keep(arena, part, &row->context[row->contexts++])) return false;
    }
    return true;
}

rap_status rap_cameo_read(const rap_language *language, rap_arena *arena,
                          rap_cameo *out, rap_error *err)
{
    RAP_LIST(rap_cameo_row) rows = {0};
    rap_slice bytes, field[RAP_TSV_FIELDS];
    *out = (rap_cameo){0};
    rap_status status = rap_language_file(language, "event/cameo.tsv", &bytes, err);
    rap_tsv tsv = rap_tsv_open(status ? (rap_slice){"", 0} : bytes);
    while (!status && rap_tsv_next(&tsv, field)) {
        rap_cameo_row row;
        uint32_t *slot = rap_map_put(&out->code, arena, field[CODE]);
        if (!slot || !read_row(arena, field, &row) || !rap_push(arena, &rows, row))
            return rap_fail(err, RAP_E_NOMEM, 0, "the codes of CAMEO");
        if (row.type == RAP_PLOVER_TYPES)
            return rap_fail(err, RAP_E_MODEL, tsv.at,
                            "event/cameo.tsv line %u: no type", tsv.line);
        *slot = rows.count - 1;
    }
    out->row = rows.at;
    return status;
}

const rap_cameo_row *rap_cameo_of(const rap_cameo *cameo, rap_slice code)
{
    enum { SHORTEST = 2 };
    for (uint32_t len = code.len; len >= SHORTEST; len--) {
        const uint32_t row = rap_map_get(&cameo->code, rap_slice_sub(code, 0, len));
        if (row != RAP_NONE) return &cameo->row[row];
    }
    return NULL;
}
