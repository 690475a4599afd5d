/*
 * pipeline_brat.c - a document's layers as brat standoff (brat.nlplab.org/standoff.html).
 *
 * Writes  text-bound annotations T for mentions, times and the parts of statements; events E
 *         for statements and events with their parties; attributes A; notes #.
 * Method  offsets count characters. An annotation that runs over line ends is written as
 *         one of several fragments, for brat reads its text line by line.
 */
#include "pipeline.h"

#include <stdlib.h>

static const float SHOWN = 0.5f;

typedef struct standoff {
    FILE *out;
    const rap_document *doc;
    rap_points points;
    uint32_t *first_of; /* [actors] T of the first mention of each actor, 0: none */
    uint32_t bounds, events, attributes, notes; /* last number of each kind */
} standoff;

/* ---- text-bound annotations --------------------------------------------------------- */

/* The next stretch of `span` without line ends and white space at its edges; false at
 * the end. */
static bool next_line(rap_slice text, rap_span *rest, rap_span *line)
{
    while (rest->begin < rest->end) {
        uint32_t end = rest->begin;
        while (end < rest->end && text.at[end] != '\n' && text.at[end] != '\r') end++;
        uint32_t begin = rest->begin, stop = end;
        while (begin < stop && (text.at[begin] == ' ' || text.at[begin] == '\t'))
            begin++;
        while (stop > begin && (text.at[stop - 1] == ' ' || text.at[stop - 1] == '\t'))
            stop--;
        rest->begin = end < rest->end ? end + 1 : end;
        *line = (rap_span){begin, stop};
        if (begin < stop) return true;
    }
    return false;
}

static void put_fragments(standoff *s, rap_spans spans, bool words)
{
    const rap_slice text = s->doc->article.text;
    const char *between = "";
    for (uint32_t i = 0; i < spans.count; i++) {
        rap_span rest = spans.at[i], line;
        while (next_line(text, &rest, &line)) {
            (void)fputs(between, s->out);
            if (words)
                rap_cell_write(s->out, rap_cut(text, line));
            else
                (void)fprintf(s->out, "%u %u", rap_points_at(&s->points, line.begin),
                              rap_points_at(&s->points, line.end));
            between = words ? " " : ";";
        }
    }
}

static bool is_blank(const standoff *s, rap_spans spans)
{
    rap_span line;
    for (uint32_t i = 0; i < spans.count; i++) {
        rap_span rest = spans.at[i];
        if (next_line(s->doc->article.text, &rest, &line)) return false;
    }
    return true;
}

/* Its number, or 0 where it would be empty. */
static uint32_t put_bound(standoff *s, const char *type, rap_spans spans)
{
    if (is_blank(s, spans)) return 0;
    (void)fprintf(s->out, "T%u\t%s ", ++s->bounds, type);
    put_fragments(s, spans, false);
    (void)fputc('\t', s->out);
    put_fragments(s, spans, true);
    (void)fputc('\n', s->out);
    return s->bounds;
}

static uint32_t put_bound_at(standoff *s, const char *type, rap_span span)
{
    return put_bound(s, type, (rap_spans){&span, 1});
}

static void put_note(standoff *s, char kind, uint32_t number, rap_slice words)
{
    if (!words.len) return;
    (void)fprintf(s->out, "#%u\tAnnotatorNotes %c%u\t", ++s->notes, kind, number);
    rap_cell_write(s->out, words);
    (void)fputc('\n', s->out);
}

static void put_attribute(standoff *s, const char *name, char kind, uint32_t number,
                          const char *value)
{
    (void)fprintf(s->out, "A%u\t%s %c%u %s\n", ++s->attributes, name, kind, number,
                  value);
}

/* ---- layers ------------------------------------------------------------------------- */

static const char *type_of(rap_actor_kind kind)
{
    static const char *const type[] = {"Person", "State", "Organisation", "Group",
                                       "Place"};
    return type[kind];
}

static void put_mentions(standoff *s)
{
    const rap_names *names = &s->doc->names;
    for (uint32_t i = 0; i < names->mentions; i++) {
        const rap_mention *m = &names->mention[i];
        if (m->actor == RAP_NONE || m->modifier || m->confidence < SHOWN) continue;
        const rap_actor *actor = &names->actor[m->actor];
        const uint32_t bound = put_bound_at(s, type_of(actor->kind), m->span);
        if (!bound) continue;
        if (!s->first_of[m->actor]) s->first_of[m->actor] = bound;
        put_note(s, 'T', bound, actor->name);
    }
}

static void put_times(standoff *s)
{
    const rap_times *times = &s->doc->times;
    for (uint32_t i = 0; i < times->count; i++) {
        const uint32_t bound = put_bound_at(s, "Timex3", times->timex[i].span);
        if (bound) put_note(s, 'T', bound, rap_slice_of(times->timex[i].value));
    }
}

static void put_party(standoff *s, const char *role, uint32_t actor, uint32_t index)
{
    if (actor == RAP_NONE || !s->first_of[actor]) return;
    if (index)
        (void)fprintf(s->out, " %s%u:T%u", role, index + 1, s->first_of[actor]);
    else
        (void)fprintf(s->out, " %s:T%u", role, s->first_of[actor]);
}

/* A statement is an event of its own, anchored at its content. */
static void put_statement(standoff *s, const rap_statement *statement)
{
    const uint32_t content = put_bound(s, "Statement", statement->content);
    const uint32_t cue = put_bound(s, "Cue", statement->cue);
    const uint32_t source = put_bound(s, "Source", statement->source);
    if (!content) return;
    const uint32_t event = ++s->events;
    (void)fprintf(s->out, "E%u\tStatement:T%u", event, content);
    if (cue) (void)fprintf(s->out, " Cue:T%u", cue);
    if (source) (void)fprintf(s->out, " Source:T%u", source);
    put_party(s, "Speaker", statement->speaker, 0);
    put_party(s, "Addressee", statement->addressee, 0);
    (void)fputc('\n', s->out);
    put_attribute(s, "Act", 'E', event, rap_act_name(statement->act));
}

static void put_event(standoff *s, const rap_event *e)
{
    const uint32_t trigger = put_bound_at(s, e->type, e->trigger);
    const uint32_t place = put_bound_at(s, "EventPlace", e->place);
    if (!trigger) return;
    const uint32_t event = ++s->events;
    (void)fprintf(s->out, "E%u\t%s:T%u", event, e->type, trigger);
    for (uint32_t i = 0; i < e->sources; i++) put_party(s, "Actor", e->source[i], i);
    for (uint32_t i = 0; i < e->targets; i++)
        put_party(s, "Recipient", e->target[i], i);
    if (place) (void)fprintf(s->out, " Where:T%u", place);
    (void)fputc('\n', s->out);
    put_attribute(s, "Status", 'E', event, rap_event_status_name(e->status));
    put_note(s, 'E', event, rap_slice_of(e->cameo));
}

static void put_layers(standoff *s)
{
    const rap_statements *said = &s->doc->statements;
    const rap_events *done = &s->doc->events;
    put_mentions(s);
    put_times(s);
    for (uint32_t i = 0; i < said->count; i++)
        if (said->statement[i].confidence >= SHOWN)
            put_statement(s, &said->statement[i]);
    for (uint32_t i = 0; i < done->count; i++)
        if (done->event[i].confidence >= SHOWN) put_event(s, &done->event[i]);
}

char *rap_document_brat(const rap_document *document, size_t *len)
{
    char *text = NULL;
    rap_error err;
    rap_arena arena = RAP_ARENA(document->arena.limit);
    *len = 0;
    standoff s = {.out = open_memstream(&text, len), .doc = document};
    if (!s.out) return NULL;
    rap_status status =
        rap_points_open(&arena, document->article.text, &s.points, &err);
    s.first_of = rap_new(&arena, uint32_t, document->names.actors);
    if (!s.first_of) status = RAP_E_NOMEM;
    if (!status && !document->error.status) put_layers(&s);
    rap_arena_free(&arena);
    if (fclose(s.out) == 0 && !status) return text;
    free(text);
    return NULL;
}

/* ---- what brat needs to know of the types -------------------------------------------- */

void rap_brat_configuration(FILE *out)
{
    (void)fputs(
        "[entities]\nPerson\nState\nOrganisation\nGroup\nPlace\nTimex3\nCue\nSource\n"
        "EventPlace\n\n[relations]\n\n[events]\n"
        "Statement\tCue?:Cue, Source?:Source, Speaker?:<ENTITY>,"
        " Addressee?:<ENTITY>\n",
        out);
    for (uint32_t i = 0; i < RAP_PLOVER_TYPES; i++)
        (void)fprintf(out,
                      "%s\tActor*:<ENTITY>, Recipient*:<ENTITY>, Where?:EventPlace\n",
                      rap_plover_type[i]);
    (void)fputs("\n[attributes]\nAct\tArg:Statement, Value:", out);
    for (uint32_t i = 0; i < RAP_ACTS; i++)
        (void)fprintf(out, "%s%s", i ? "|" : "", rap_act_name((rap_act)i));
    (void)fputs("\nStatus\tArg:<EVENT>, Value:", out);
    for (int i = 0; i <= RAP_EVENT_DENIED; i++)
        (void)fprintf(out, "%s%s", i ? "|" : "",
                      rap_event_status_name((rap_event_status)i));
    (void)fputc('\n', out);
}
