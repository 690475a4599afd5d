/*
 * export_geojson.c - entries whose place is known, as points on a map (RFC 7946).
 *
 * Method  a place is looked up as a whole in the list of places; what is not there is left
 *         out and counted, never guessed. A region's point stands for all of it, and says so.
 */
#include "exporting_private.h"

typedef struct map {
    rap_exporting *job;
    FILE *out;
    uint64_t written;
} map;

static json_t *point_of(const rap_coded_place *place)
{
    json_t *at = json_array(), *point = json_object();
    (void)json_array_append_new(at, json_real(place->longitude));
    (void)json_array_append_new(at, json_real(place->latitude));
    rap_json_set(point, "type", "Point");
    (void)json_object_set_new(point, "coordinates", at);
    return point;
}

static json_t *properties_of(rap_exporting *job, const rap_entry *e,
                             const rap_coded_place *place)
{
    const rap_evidence *quoted = rap_first_quoted(e);
    json_t *item = json_object();
    rap_json_set(item, "kind", rap_entry_kind_name(e->kind));
    rap_json_set(item, "date", e->date);
    rap_json_set(item, "earliest", e->earliest);
    rap_json_set(item, "latest", e->latest);
    rap_json_set(item, "who",
                 rap_parties_text(&job->scratch, e->who, e->who_count, e->said_by));
    rap_json_set(item, "whom",
                 rap_parties_text(&job->scratch, e->whom, e->whom_count, ""));
    rap_json_set(item, "what", e->what);
    rap_json_set(item, "type", e->type);
    rap_json_set(item, "status", e->status);
    rap_json_set(item, "place", e->place);
    rap_json_set(item, "known_as", place->known);
    rap_json_set(item, "country", place->country);
    rap_json_set(item, "precision", place->region ? "region" : "town");
    (void)json_object_set_new(item, "confidence", json_real(e->confidence));
    rap_json_set(item, "review", e->review);
    if (quoted) rap_json_set(item, "address", rap_exporting_address(job, quoted));
    return item;
}

static rap_status put_entry(void *state, const rap_entry *e, rap_error *err)
{
    map *m = state;
    const rap_coded_place place = rap_places_find(m->job->places, e->place);
    if (!place.known[0]) {
        m->job->count->entries--;
        m->job->count->left_out++;
        m->job->count->why = "without a known place";
        return RAP_OK;
    }
    json_t *feature = json_object();
    rap_json_set(feature, "type", "Feature");
    rap_json_set(feature, "id", e->id);
    (void)json_object_set_new(feature, "geometry", point_of(&place));
    (void)json_object_set_new(feature, "properties", properties_of(m->job, e, &place));
    (void)fputs(m->written++ ? ",\n" : "\n", m->out);
    return rap_json_put(feature, m->out, err);
}

rap_status rap_export_geojson(rap_exporting *job, rap_error *err)
{
    map m = {.job = job};
    rap_status status = rap_out_begin(job->out, "places.geojson", &m.out, err);
    if (status) return status;
    (void)fputs("{\"type\":\"FeatureCollection\",\"features\":[", m.out);
    status = rap_exporting_each(job, put_entry, &m, err);
    (void)fputs("\n]}\n", m.out);
    return status;
}
