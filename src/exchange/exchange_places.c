/*
 * exchange_places.c - where the places of the news lie; see exchange.h.
 *
 * Method  a table of folded names, filled once from data/LANG/exchange/places.tsv. A name is
 *         known as a whole or not at all: a wrong point on a map is worse than none.
 */
#include "exchange.h"

#include "text.h"

#include <stdlib.h>

enum { PLACES_BYTES = 4 * 1024 * 1024, NAME_BYTES = 256 };

struct rap_places {
    rap_arena arena;
    rap_map names; /* folded name -> index into place */
    RAP_LIST(rap_coded_place) place;
};

static bool read_degrees(rap_slice field, double most, double *out)
{
    char text[32], *end = NULL;
    if (!field.len || field.len >= sizeof text) return false;
    memcpy(text, field.at, field.len);
    text[field.len] = 0;
    *out = strtod(text, &end);
    return !*end && *out >= -most && *out <= most;
}

static rap_status no_memory(rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the list of places");
}

static rap_status add_names(rap_places *places, rap_slice names, uint32_t index,
                            rap_error *err)
{
    rap_slice name;
    while (rap_split_next(&names, '|', &name)) {
        const rap_slice folded = rap_fold(&places->arena, name);
        uint32_t *slot =
            folded.at ? rap_map_put(&places->names, &places->arena, folded) : NULL;
        if (!slot) return no_memory(err);
        *slot = index;
    }
    return RAP_OK;
}

static rap_status add_place(rap_places *places, const rap_slice field[RAP_TSV_FIELDS],
                            uint64_t at, rap_error *err)
{
    rap_slice names = field[0], first;
    rap_coded_place place = {.name = "", .region = rap_slice_is(field[4], "region")};
    if (!rap_split_next(&names, '|', &first) ||
        !read_degrees(field[2], 90, &place.latitude) ||
        !read_degrees(field[3], 180, &place.longitude))
        return rap_fail(err, RAP_E_MODEL, at, "exchange/places.tsv: no such place");
    place.known = rap_arena_copy(&places->arena, first).at;
    place.country = rap_arena_copy(&places->arena, field[1]).at;
    if (!place.known || !place.country ||
        !rap_push(&places->arena, &places->place, place))
        return no_memory(err);
    return add_names(places, field[0], places->place.count - 1, err);
}

rap_status rap_places_open(const rap_language *language, rap_places **out,
                           rap_error *err)
{
    *out = NULL;
    rap_slice bytes;
    rap_places *places = calloc(1, sizeof *places);
    if (!places) return no_memory(err);
    places->arena = RAP_ARENA(PLACES_BYTES);
    rap_status status = rap_language_file(language, "exchange/places.tsv", &bytes, err);
    if (!status) {
        rap_tsv tsv = rap_tsv_open(bytes);
        rap_slice field[RAP_TSV_FIELDS];
        while (!status && rap_tsv_next(&tsv, field))
            status = add_place(places, field, tsv.at, err);
    }
    if (status)
        rap_places_close(places);
    else
        *out = places;
    return status;
}

void rap_places_close(rap_places *places)
{
    if (!places) return;
    rap_arena_free(&places->arena);
    free(places);
}

rap_coded_place rap_places_find(const rap_places *places, const char *name)
{
    const rap_coded_place unknown = {.name = name, .known = "", .country = ""};
    char folded[NAME_BYTES];
    const uint32_t len = rap_fold_into(rap_slice_of(name), folded, sizeof folded);
    if (!len || len == RAP_NONE) return unknown;
    const uint32_t index = rap_map_get(&places->names, (rap_slice){folded, len});
    if (index == RAP_NONE) return unknown;
    rap_coded_place place = places->place.at[index];
    place.name = name;
    return place;
}
