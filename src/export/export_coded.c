/*
 * export_coded.c - meetings and events of the record as event data: PLOVER JSON, PETRARCH's
 *         table, GDELT's two.
 *
 * Method  an entry becomes a rap_coded_event, quoted from its first evidence; module exchange
 *         knows the formats. An event told by several reports is one record; in GDELT each
 *         report that tells it is a mention.
 */
#include "exporting_private.h"

enum { ID_BASE = 36 };

typedef struct coding {
    rap_exporting *job;
    FILE *events, *mentions; /* mentions: GDELT alone */
    uint32_t (*write)(const rap_coded_event *event, FILE *out); /* NULL: PLOVER */
} coding;

/* ---- from an entry to an event ------------------------------------------------------- */

/* The letters and figures of an id as digits: another id, another number. */
static uint64_t number_of(const char *id)
{
    uint64_t number = 0;
    for (; *id; id++) {
        const bool figure = *id >= '0' && *id <= '9';
        const uint64_t digit =
            figure ? (uint64_t)(*id - '0') : (uint64_t)((*id | 0x20) - 'a') % 26 + 10;
        number = (number * ID_BASE + digit) & ((UINT64_C(1) << 50) - 1);
    }
    return number;
}

static rap_day day_of(const char *iso, bool whole)
{
    rap_date date;
    const rap_slice s = rap_slice_of(iso);
    if (!s.len || rap_date_read_iso(s, &date) != s.len) return RAP_NO_DAY;
    if (whole && date.precision != RAP_PRECISION_DAY) return RAP_NO_DAY;
    return rap_date_earliest(date);
}

static const rap_coded_actor *actors_of(rap_exporting *job, const rap_party *party,
                                        uint32_t count)
{
    rap_coded_actor *list = rap_new(&job->scratch, rap_coded_actor, count);
    for (uint32_t i = 0; list && i < count; i++) {
        const rap_actor_row *actor = rap_exporting_actor(job, party[i].key);
        list[i] = (rap_coded_actor){.name = party[i].name,
                                    .code = party[i].code,
                                    .sector = actor ? actor->sector : "",
                                    .key = party[i].key,
                                    .role = ""};
    }
    return list;
}

static const rap_evidence *trigger_of(const rap_entry *e, int64_t document)
{
    for (uint32_t i = 0; i < e->evidence_count; i++)
        if (e->evidence[i].document == document &&
            strcmp(e->evidence[i].role, "trigger") == 0)
            return &e->evidence[i];
    return NULL;
}

static uint32_t mentions_of(const rap_entry *e)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->evidence_count; i++) n += rap_is_quoted(e, i);
    return n ? n : 1;
}

/* Where the event stands in the report of `quoted`. */
static rap_status place_in_report(rap_exporting *job, const rap_entry *e,
                                  const rap_evidence *quoted, rap_coded_event *out,
                                  rap_error *err)
{
    const rap_report *report = rap_exporting_report(job, quoted->document);
    const rap_evidence *trigger = trigger_of(e, quoted->document);
    const rap_evidence *at = trigger ? trigger : quoted;
    rap_status status = rap_exporting_passage(job, quoted->document, quoted->span, err);
    if (!status) status = rap_exporting_passage(job, at->document, at->span, err);
    if (status) return status;
    out->published = day_of(quoted->published, true);
    out->words = quoted->quote;
    out->trigger = trigger ? trigger->quote : "";
    out->begin = rap_points_at(&job->points, quoted->span.begin);
    out->end = rap_points_at(&job->points, quoted->span.end);
    out->trigger_at = rap_points_at(&job->points, at->span.begin);
    out->document_chars = rap_points_at(&job->points, job->text.len);
    out->address = rap_exporting_address(job, quoted);
    out->document = report->sha256;
    out->title = report->title;
    out->outlet = report->outlet;
    out->url = report->url;
    out->language = report->language;
    return out->address ? RAP_OK : rap_fail(err, RAP_E_NOMEM, 0, "no memory");
}

static rap_status code_entry(rap_exporting *job, const rap_entry *e,
                             const rap_evidence *quoted, rap_coded_event *out,
                             rap_error *err)
{
    const bool meeting = e->kind == RAP_ENTRY_MEETING;
    *out = (rap_coded_event){.id = e->id,
                             .number = number_of(e->id),
                             .earliest = day_of(e->earliest, true),
                             .latest = day_of(e->latest, true),
                             .date_basis = e->date_basis,
                             .type = e->type[0] || !meeting ? e->type : "CONSULT",
                             .mode = e->mode,
                             .cameo = e->cameo[0] || !meeting ? e->cameo : "040",
                             .status = e->status,
                             .source = actors_of(job, e->who, e->who_count),
                             .sources = e->who_count,
                             .target = actors_of(job, e->whom, e->whom_count),
                             .targets = e->whom_count,
                             .place = rap_places_find(job->places, e->place),
                             .mentions = mentions_of(e),
                             .voices = e->sources,
                             .articles = e->documents,
                             .confidence =
                                 (double)(int)(e->confidence * 100.0 + 0.5) / 100.0,
                             .review = e->review,
                             .said_by = ""};
    if (!out->source || !out->target)
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for an event");
    return place_in_report(job, e, quoted, out, err);
}

/* ---- writing ------------------------------------------------------------------------- */

static void leave_out(coding *c)
{
    c->job->count->entries--;
    c->job->count->left_out++;
    c->job->count->why = c->write ? "not happened, or without an actor or a known day"
                                  : "without an actor or any day";
}

/* A mention for every report that tells it. */
static rap_status put_mentions(coding *c, const rap_entry *e, rap_error *err)
{
    int64_t last = 0;
    rap_status status = RAP_OK;
    for (uint32_t i = 0; !status && i < e->evidence_count; i++) {
        rap_coded_event event;
        if (!rap_is_quoted(e, i) || e->evidence[i].document == last) continue;
        last = e->evidence[i].document;
        status = code_entry(c->job, e, &e->evidence[i], &event, err);
        if (!status) (void)rap_gdelt_write_mentions(&event, c->mentions);
    }
    return status;
}

static rap_status put_entry(void *state, const rap_entry *e, rap_error *err)
{
    coding *c = state;
    rap_coded_event event;
    const rap_evidence *quoted = rap_first_quoted(e);
    if (!quoted) return leave_out(c), RAP_OK;
    rap_status status = code_entry(c->job, e, quoted, &event, err);
    if (status) return status;
    if (!c->write &&
        (!rap_coded_has_actor(&event) || rap_coded_first_day(&event) == RAP_NO_DAY))
        return leave_out(c), RAP_OK;
    if (!c->write) return rap_plover_write(&event, c->events, err);
    if (!c->write(&event, c->events)) return leave_out(c), RAP_OK;
    return c->mentions ? put_mentions(c, e, err) : RAP_OK;
}

rap_status rap_export_plover(rap_exporting *job, rap_error *err)
{
    coding c = {.job = job};
    const rap_status status = rap_out_begin(job->out, "events.jsonl", &c.events, err);
    return status ? status : rap_exporting_each(job, put_entry, &c, err);
}

rap_status rap_export_cameo(rap_exporting *job, rap_error *err)
{
    coding c = {.job = job, .write = rap_cameo_write};
    const rap_status status = rap_out_begin(job->out, "events.tsv", &c.events, err);
    return status ? status : rap_exporting_each(job, put_entry, &c, err);
}

rap_status rap_export_gdelt(rap_exporting *job, rap_error *err)
{
    coding c = {.job = job, .write = rap_gdelt_write};
    rap_status status = rap_out_begin(job->out, "events.tsv", &c.events, err);
    if (!status) status = rap_out_begin(job->out, "mentions.tsv", &c.mentions, err);
    return status ? status : rap_exporting_each(job, put_entry, &c, err);
}
