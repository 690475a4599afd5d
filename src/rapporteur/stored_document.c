/*
 * stored_document.c - from a document's layers to what the store keeps.
 *
 * Method  layers are parallel arrays with spans; the store wants flat rows of C
 * strings. Everything is kept, whatever its confidence: views choose. A consultation is
 * a meeting; the members of a group ("the three leaders") take part one by one. Cost
 * linear in the layers; strings are copied once into the job's arena.
 */
#include "reading_private.h"

enum { EVIDENCE_BYTES = 1200 }; /* the longest stretch quoted as one */

typedef struct builder {
    rap_arena *arena;
    const rap_document *document;
    rap_stored_document *out;
    rap_findings findings;
    bool failed; /* the arena refused: one check at the end */
} builder;

static const char *text_of(builder *b, rap_slice s)
{
    if (!s.len) return "";
    const char *at = rap_arena_copy(b->arena, s).at;
    b->failed |= !at;
    return at ? at : "";
}

static const char *words_at(builder *b, rap_span span)
{
    return text_of(b, rap_cut(b->document->article.text, span));
}

static void *room(builder *b, size_t count, size_t size)
{
    void *at = rap_arena_new(b->arena, count, size);
    b->failed |= !at;
    return at;
}
#define ROOM(b, type, count) ((type *)room((b), (count), sizeof(type)))

/* ---- metadata -------------------------------------------------------------------- */

static const char *precision_name(rap_precision precision)
{
    static const char *const name[] = {"", "day", "month", "year", "range"};
    return name[precision];
}

static void build_source(builder *b, const rap_item *item, const char *added_at)
{
    rap_stored_document *out = b->out;
    out->sha256 = item->sha256;
    out->bytes = item->bytes;
    out->path = item->path;
    out->media_type = rap_media_name(item->media);
    out->charset = text_of(b, item->charset);
    out->given_title = text_of(b, item->given.title);
    out->given_author = text_of(b, item->given.author);
    out->given_outlet = text_of(b, item->given.outlet);
    out->given_url = text_of(b, item->given.url);
    out->given_date = text_of(b, item->given.date);
    out->added_at = added_at;
}

static void build_article(builder *b)
{
    const rap_document *doc = b->document;
    const rap_article *a = &doc->article;
    rap_stored_document *out = b->out;
    out->text = a->text;
    out->text_is_source = rap_slice_equal(a->text, out->bytes);
    out->title = text_of(b, a->title.text);
    out->author = text_of(b, a->author.text);
    out->outlet = text_of(b, a->outlet.text);
    out->url = text_of(b, a->url.text);
    out->language = text_of(b, rap_slice_of(a->language));
    out->kind = rap_article_kind_name(a->kind);
    out->truncated = a->truncated;
    const rap_published *p = &doc->times.published;
    char day[12];
    rap_date_format(p->date, day);
    out->published = text_of(b, rap_slice_of(day));
    out->published_basis =
        p->basis == RAP_BASIS_UNKNOWN ? "" : rap_basis_name(p->basis);
    out->published_precision = precision_name(p->date.precision);
    out->published_earliest = p->basis == RAP_BASIS_UNKNOWN ? RAP_NO_DAY : p->earliest;
    out->published_latest = p->basis == RAP_BASIS_UNKNOWN ? RAP_NO_DAY : p->latest;
}

static void build_zones(builder *b)
{
    const rap_article *a = &b->document->article;
    rap_stored_zone *zone = ROOM(b, rap_stored_zone, a->zones);
    if (!zone) return;
    for (uint32_t i = 0; i < a->zones; i++)
        zone[i] = (rap_stored_zone){a->zone[i].span, rap_zone_name(a->zone[i].kind),
                                    a->zone[i].sub};
    b->out->zones = zone;
    b->out->zone_count = a->zones;
}

static void build_times(builder *b)
{
    const rap_times *t = &b->document->times;
    rap_stored_time *time = ROOM(b, rap_stored_time, t->count);
    if (!time) return;
    for (uint32_t i = 0; i < t->count; i++) {
        const rap_timex *x = &t->timex[i];
        time[i] = (rap_stored_time){x->span, rap_timex_type_name(x->type), x->value,
                                    x->earliest, x->latest};
    }
    b->out->times = time;
    b->out->time_count = t->count;
}

/* ---- actors ---------------------------------------------------------------------- */

static uint32_t count_spaces(rap_slice s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.len; i++) n += s.at[i] == ' ';
    return n;
}

/* A person's or land's name as the report has it: no spelling, and no name of a disputed
 * land, is the right one, and a reader looks for the one he read. */
static rap_slice name_as_told(const rap_actor *a)
{
    rap_slice told = {0};
    const bool place = a->kind == RAP_ACTOR_PLACE;
    if (a->kind != RAP_ACTOR_PERSON && !place) return a->name;
    const uint32_t spaces = count_spaces(a->name);
    for (uint32_t i = 0; i < a->aliases; i++) {
        const rap_slice alias = a->alias[i];
        if (rap_slice_equal(alias, a->name)) return a->name;
        if (place && !told.len) told = alias;
        if (!place && spaces && count_spaces(alias) == spaces && alias.len > told.len)
            told = alias;
    }
    return told.len ? told : a->name;
}

static void build_actor(builder *b, const rap_actor *a, rap_stored_actor *out)
{
    *out = (rap_stored_actor){.key = text_of(b, a->key),
                              .name = text_of(b, name_as_told(a)),
                              .kind = rap_actor_kind_name(a->kind),
                              .country = text_of(b, a->country),
                              .code = text_of(b, a->code),
                              .sector = text_of(b, a->sector),
                              .role_count = a->roles,
                              .alias_count = a->aliases,
                              .members = a->member,
                              .member_count = a->members};
    const char **role = ROOM(b, const char *, a->roles);
    rap_span *span = ROOM(b, rap_span, a->roles);
    const char **alias = ROOM(b, const char *, a->aliases);
    if (!role || !span || !alias) return;
    for (uint32_t i = 0; i < a->roles; i++) {
        role[i] = text_of(b, a->role[i].text);
        span[i] = a->role[i].span;
    }
    for (uint32_t i = 0; i < a->aliases; i++) alias[i] = text_of(b, a->alias[i]);
    out->roles = role;
    out->role_spans = span;
    out->aliases = alias;
}

static void build_names(builder *b)
{
    const rap_names *n = &b->document->names;
    rap_stored_actor *actor = ROOM(b, rap_stored_actor, n->actors);
    rap_stored_mention *mention = ROOM(b, rap_stored_mention, n->mentions);
    if (!actor || !mention) return;
    for (uint32_t i = 0; i < n->actors; i++) build_actor(b, &n->actor[i], &actor[i]);
    for (uint32_t i = 0; i < n->mentions; i++) {
        const rap_mention *m = &n->mention[i];
        mention[i] = (rap_stored_mention){
            m->span, m->actor, rap_mention_form_name(m->form), (double)m->confidence};
    }
    b->out->actors = actor;
    b->out->actor_count = n->actors;
    b->out->mentions = mention;
    b->out->mention_count = n->mentions;
}

/* ---- readings -------------------------------------------------------------------- */

typedef struct group_list { /* the span groups of one reading */
    rap_stored_spans *at;
    uint32_t count;
} group_list;

enum { MOST_GROUPS = 6 };

static void add_spans(builder *b, group_list *list, const char *role, rap_spans spans)
{
    if (!spans.count) return;
    if (!list->at) list->at = ROOM(b, rap_stored_spans, MOST_GROUPS);
    if (!list->at) return;
    assert(list->count < MOST_GROUPS);
    list->at[list->count++] = (rap_stored_spans){role, spans.at, spans.count};
}

static void add_span(builder *b, group_list *list, const char *role, rap_span span)
{
    if (span.begin == span.end) return;
    rap_span *kept = ROOM(b, rap_span, 1);
    if (!kept) return;
    *kept = span;
    add_spans(b, list, role, (rap_spans){kept, 1});
}

static void widen(rap_span *hull, rap_spans spans)
{
    for (uint32_t i = 0; i < spans.count; i++) {
        if (spans.at[i].begin < hull->begin) hull->begin = spans.at[i].begin;
        if (spans.at[i].end > hull->end) hull->end = spans.at[i].end;
    }
}

/* Who, says and what in one stretch if it is short enough to quote, else what alone. */
static void add_statement_evidence(builder *b, group_list *list, const rap_statement *s)
{
    rap_span hull = {UINT32_MAX, 0};
    widen(&hull, s->content);
    widen(&hull, s->cue);
    widen(&hull, s->source);
    if (hull.begin < hull.end && hull.end - hull.begin <= EVIDENCE_BYTES)
        add_span(b, list, "evidence", hull);
    else
        add_spans(b, list, "evidence", s->content);
}

/* The words said; an interrupted quotation is joined by an ellipsis. */
static const char *content_words(builder *b, rap_spans content)
{
    static const char gap[] = " … ";
    size_t size = 1;
    for (uint32_t i = 0; i < content.count; i++)
        size += content.at[i].end - content.at[i].begin + sizeof gap;
    char *words = ROOM(b, char, size);
    if (!words) return "";
    size_t used = 0;
    for (uint32_t i = 0; i < content.count; i++) {
        const rap_slice part = rap_cut(b->document->article.text, content.at[i]);
        if (i) {
            memcpy(words + used, gap, sizeof gap - 1);
            used += sizeof gap - 1;
        }
        memcpy(words + used, part.at, part.len);
        used += part.len;
    }
    return words;
}

static bool is_there(const uint32_t *list, uint32_t count, uint32_t actor)
{
    for (uint32_t i = 0; i < count; i++)
        if (list[i] == actor) return true;
    return false;
}

/* The actors, groups replaced by their members, each once. */
static const uint32_t *members_of(builder *b, const uint32_t *actor, uint32_t count,
                                  uint32_t *out_count)
{
    const rap_actor *all = b->document->names.actor;
    uint32_t most = 0;
    for (uint32_t i = 0; i < count; i++) most += 1 + all[actor[i]].members;
    uint32_t *list = ROOM(b, uint32_t, most);
    *out_count = 0;
    if (!list) return NULL;
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        const rap_actor *a = &all[actor[i]];
        if (!a->members && !is_there(list, n, actor[i])) list[n++] = actor[i];
        for (uint32_t k = 0; k < a->members; k++)
            if (!is_there(list, n, a->member[k])) list[n++] = a->member[k];
    }
    *out_count = n;
    return list;
}

/* The day as a calendar has it: views sort and compare it. */
static void set_date(builder *b, rap_stored_reading *out, const rap_when *when)
{
    char day[12];
    rap_date_format(rap_date_of_value(when->value, when->earliest, when->latest), day);
    const bool known = day[0] || when->earliest != RAP_NO_DAY;
    out->date = text_of(b, rap_slice_of(day));
    out->date_basis =
        known && when->basis != RAP_BASIS_UNKNOWN ? rap_basis_name(when->basis) : "";
    out->earliest = when->earliest;
    out->latest = when->latest;
}

static void build_statement(builder *b, const rap_statement *s, rap_stored_reading *out)
{
    group_list list = {0};
    *out = (rap_stored_reading){.kind = RAP_ENTRY_STATEMENT,
                                .what = content_words(b, s->content),
                                .host = RAP_NONE,
                                .said_by = s->speaker == RAP_NONE && s->source.count
                                               ? words_at(b, s->source.at[0])
                                               : "",
                                .venue = words_at(b, s->venue),
                                .mode = rap_statement_mode_name(s->mode),
                                .act = rap_act_name(s->act),
                                .confidence = (double)s->confidence};
    out->anchor = (rap_span){UINT32_MAX, 0};
    widen(&out->anchor, s->content);
    if (s->speaker != RAP_NONE)
        out->who = members_of(b, &s->speaker, 1, &out->who_count);
    if (s->addressee != RAP_NONE)
        out->whom = members_of(b, &s->addressee, 1, &out->whom_count);
    set_date(b, out, &s->date);
    add_spans(b, &list, "content", s->content);
    add_spans(b, &list, "cue", s->cue);
    add_spans(b, &list, "source", s->source);
    add_span(b, &list, "venue", s->venue);
    add_statement_evidence(b, &list, s);
    out->spans = list.at;
    out->span_groups = list.count;
}

static void build_event(builder *b, const rap_event *e, rap_stored_reading *out)
{
    group_list list = {0};
    *out = (rap_stored_reading){.kind = RAP_ENTRY_EVENT,
                                .anchor = e->trigger,
                                .what = words_at(b, e->evidence),
                                .host = e->host,
                                .said_by = "",
                                .place = text_of(b, e->place_name),
                                .mode = e->mode,
                                .status = rap_event_status_name(e->status),
                                .type = e->type,
                                .cameo = e->cameo,
                                .confidence = (double)e->confidence};
    out->who = members_of(b, e->source, e->sources, &out->who_count);
    out->whom = members_of(b, e->target, e->targets, &out->whom_count);
    set_date(b, out, &e->date);
    add_span(b, &list, "trigger", e->trigger);
    add_spans(b, &list, "repeat", e->repeats);
    add_span(b, &list, "place", e->place);
    add_span(b, &list, "evidence", e->evidence);
    out->spans = list.at;
    out->span_groups = list.count;
}

static void build_finding(builder *b, const rap_finding *f, rap_stored_reading *out)
{
    group_list list = {0};
    const bool meeting = f->kind == RAP_ENTRY_MEETING;
    *out = (rap_stored_reading){
        .kind = f->kind,
        .anchor = f->anchor,
        .what =
            words_at(b, meeting && f->evidence.count ? f->evidence.at[0] : f->anchor),
        .host = meeting && f->host_count ? f->host[0] : RAP_NONE,
        .where = meeting && f->where ? *f->where + 1 : 0,
        .said_by = text_of(b, f->called),
        .type = f->class,
        .place = text_of(b, f->place),
        .cameo = meeting ? "040" : "",
        .mode = meeting       ? f->mode
                : f->inferred ? "inferred"
                              : "",
        .status = f->status,
        .name = text_of(b, f->name),
        .stance = f->stance,
        .terms = f->terms,
        .due = f->due,
        .due_basis = f->due_basis,
        .due_earliest = f->due_earliest,
        .due_latest = f->due_latest,
        .according_to = f->according_to == RAP_NONE ? 0 : f->according_to + 1,
        .about = f->about,
        .about_count = f->about_count,
        .low = f->low,
        .high = f->high,
        .confidence = (double)f->confidence};
    out->who = members_of(b, f->who, f->who_count - f->lent, &out->who_count);
    if (f->lent)
        out->pair =
            members_of(b, f->who + f->who_count - f->lent, f->lent, &out->pair_count);
    out->whom = members_of(b, f->whom, f->whom_count, &out->whom_count);
    if (meeting) out->part = members_of(b, f->part, f->part_count, &out->part_count);
    set_date(b, out, &f->date);
    if (meeting) {
        add_span(b, &list, "trigger", f->trigger);
        add_spans(b, &list, "repeat", f->repeats);
        add_span(b, &list, "place", f->place_span);
        add_span(b, &list, "outcome", f->result);
    }
    add_spans(b, &list, "evidence", f->evidence);
    out->spans = list.at;
    out->span_groups = list.count;
}

static void build_readings(builder *b)
{
    const rap_statements *s = &b->document->statements;
    const rap_events *e = &b->document->events;
    const rap_findings *f = &b->findings;
    const uint32_t count = s->count + e->count + f->count;
    rap_stored_reading *reading = ROOM(b, rap_stored_reading, count);
    uint32_t n = 0;
    if (!reading) return;
    for (uint32_t i = 0; i < s->count; i++)
        build_statement(b, &s->statement[i], &reading[n++]);
    for (uint32_t i = 0; i < e->count; i++) /* a meeting is told by its finding */
        if (!f->told[i]) build_event(b, &e->event[i], &reading[n++]);
    for (uint32_t i = 0; i < f->count; i++)
        build_finding(b, &f->finding[i], &reading[n++]);
    b->out->readings = reading;
    b->out->reading_count = n;
}

/* What the document adds beyond statements and events. */
static rap_status find(const rap_finding_knowledge *knowledge, rap_job *job, builder *b,
                       rap_error *err)
{
    rap_document *d = &job->document;
    const rap_finding_input in = {&d->article, &d->tokens,     &d->syntax, &d->names,
                                  &d->times,   &d->statements, &d->events, &d->coref};
    rap_arena_clear(&d->scratch);
    return rap_finding_run(knowledge, &in, &job->arena, &d->scratch, &b->findings, err);
}

rap_status rap_stored_of(const rap_finding_knowledge *knowledge, rap_job *job,
                         const char *added_at, rap_error *err)
{
    const rap_document *doc = &job->document;
    builder b = {.arena = &job->arena, .document = doc, .out = &job->stored};
    job->stored = (rap_stored_document){.published_earliest = RAP_NO_DAY,
                                        .published_latest = RAP_NO_DAY};
    /* As generous as the document's own arenas: pipeline.c. */
    job->arena.limit = (size_t)job->item.bytes.len * 128 + 32u * 1024 * 1024;
    build_source(&b, &job->item, added_at);
    if (doc->error.status) {
        b.out->error_code = doc->error.code;
        b.out->error_text = doc->error.text;
        b.out->error_at = doc->error.at;
        b.out->text_is_source = true;
    } else {
        build_article(&b);
        build_zones(&b);
        build_times(&b);
        build_names(&b);
        const rap_status status = find(knowledge, job, &b, err);
        if (status) return status;
        build_readings(&b);
    }
    if (b.failed)
        return rap_fail(err, RAP_E_NOMEM, 0, "%s: no memory to keep it",
                        job->item.path);
    return RAP_OK;
}
