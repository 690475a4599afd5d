/*
 * export_json.c - entries and grids as JSON, by jansson; docs/format/jsonl.md.
 */
#include "exporting_private.h"

#include <stdlib.h>

enum { FLAGS = JSON_COMPACT | JSON_REAL_PRECISION(6) };

static json_t *text_or_null(const char *text)
{
    return text && text[0] ? json_string(text) : json_null();
}

static json_t *share_of(double confidence)
{
    return json_real((double)(int)(confidence * 100.0 + 0.5) / 100.0);
}

static json_t *party_of(const rap_party *party)
{
    if (!party) return json_null();
    json_t *item = json_object();
    json_object_set_new(item, "name", json_string(party->name));
    json_object_set_new(item, "kind", text_or_null(party->kind));
    json_object_set_new(item, "country", text_or_null(party->country));
    json_object_set_new(item, "code", text_or_null(party->code));
    json_object_set_new(item, "key", text_or_null(party->key));
    return item;
}

static json_t *parties_of(const rap_party *party, uint32_t count)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < count; i++)
        json_array_append_new(list, party_of(&party[i]));
    return list;
}

static json_t *date_of(const rap_entry *entry)
{
    json_t *date = json_object();
    json_object_set_new(date, "value", text_or_null(entry->date));
    json_object_set_new(date, "earliest", text_or_null(entry->earliest));
    json_object_set_new(date, "latest", text_or_null(entry->latest));
    json_object_set_new(date, "basis", text_or_null(entry->date_basis));
    return date;
}

static json_t *due_of(const rap_entry *entry)
{
    if (!entry->due[0]) return json_null();
    json_t *due = json_object();
    json_object_set_new(due, "value", json_string(entry->due));
    json_object_set_new(due, "earliest", text_or_null(entry->due_earliest));
    json_object_set_new(due, "latest", text_or_null(entry->due_latest));
    json_object_set_new(due, "basis", text_or_null(entry->due_basis));
    return due;
}

static json_t *span_of(rap_span at)
{
    json_t *span = json_array();
    json_array_append_new(span, json_integer(at.begin));
    json_array_append_new(span, json_integer(at.end));
    return span;
}

static json_t *address_of(const rap_evidence *evidence)
{
    rap_arena arena = RAP_ARENA(1024);
    json_t *address =
        text_or_null(rap_address(&arena, evidence->sha256, evidence->span));
    rap_arena_free(&arena);
    return address;
}

static json_t *quotation_of(const rap_evidence *evidence)
{
    json_t *item = json_object();
    json_object_set_new(item, "document", json_integer(evidence->document));
    json_object_set_new(item, "path", text_or_null(evidence->path));
    json_object_set_new(item, "outlet", text_or_null(evidence->outlet));
    json_object_set_new(item, "published", text_or_null(evidence->published));
    json_object_set_new(item, "role", text_or_null(evidence->role));
    json_object_set_new(item, "span", span_of(evidence->span));
    json_object_set_new(item, "quote", json_string(evidence->quote));
    json_object_set_new(item, "address", address_of(evidence));
    return item;
}

static json_t *evidence_of(const rap_entry *entry)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < entry->evidence_count; i++)
        json_array_append_new(list, quotation_of(&entry->evidence[i]));
    return list;
}

static json_t *claims_of(const rap_entry *entry)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < entry->claims; i++) {
        json_t *evidence = json_array();
        json_array_append_new(evidence, quotation_of(&entry->claim[i].evidence));
        json_t *item = json_object();
        json_object_set_new(item, "value", text_or_null(entry->claim[i].value));
        json_object_set_new(item, "by", text_or_null(entry->claim[i].by));
        json_object_set_new(item, "evidence", evidence);
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *first_of(const rap_party *party, uint32_t count)
{
    return count ? party_of(party) : json_null();
}

static void add_statement_fields(json_t *item, const rap_entry *e)
{
    json_object_set_new(item, "speaker", first_of(e->who, e->who_count));
    json_object_set_new(item, "speakers", parties_of(e->who, e->who_count));
    json_object_set_new(item, "said_by", text_or_null(e->said_by));
    json_object_set_new(item, "addressee", first_of(e->whom, e->whom_count));
    json_object_set_new(item, "venue", text_or_null(e->venue));
    json_object_set_new(item, "mode", text_or_null(e->mode));
    json_object_set_new(item, "act", text_or_null(e->act));
}

static void add_event_fields(json_t *item, const rap_entry *e)
{
    const bool meeting = e->kind == RAP_ENTRY_MEETING;
    json_t *who = parties_of(e->who, e->who_count);
    for (uint32_t i = 0; i < e->side_count; i++)
        json_array_append_new(who, party_of(&e->side[i]));
    json_object_set_new(item, meeting ? "participants" : "sources", who);
    if (meeting) json_object_set_new(item, "until", text_or_null(e->due));
    json_object_set_new(item, "targets", parties_of(e->whom, e->whom_count));
    json_object_set_new(item, "host", party_of(e->host));
    json_object_set_new(item, "outcome", text_or_null(meeting ? e->name : ""));
    json_object_set_new(item, "status", text_or_null(e->status));
    json_object_set_new(item, "type", text_or_null(e->type));
    json_object_set_new(item, "mode", text_or_null(e->mode));
    json_object_set_new(item, "cameo", text_or_null(e->cameo));
}

static json_t *names_of(const char *names)
{
    json_t *list = json_array();
    rap_slice rest = rap_slice_of(names), part;
    while (rap_split_next(&rest, ';', &part))
        json_array_append_new(list, json_stringn(part.at, part.len));
    return list;
}

static json_t *clauses_of(const rap_entry *entry)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < entry->clauses; i++) {
        const rap_claim *clause = &entry->clause[i];
        json_t *evidence = json_array();
        json_array_append_new(evidence, quotation_of(&clause->evidence));
        json_t *item = json_object();
        json_object_set_new(item, "commitment", text_or_null(clause->value));
        json_object_set_new(item, "who", text_or_null(clause->by));
        json_object_set_new(item, "words", json_string(clause->evidence.quote));
        json_object_set_new(item, "evidence", evidence);
        json_array_append_new(list, item);
    }
    return list;
}

static void add_document_fields(json_t *item, const rap_entry *e)
{
    json_object_set_new(item, "name", text_or_null(e->name));
    json_object_set_new(item, "names", names_of(e->names));
    json_object_set_new(item, "type", text_or_null(e->type));
    json_object_set_new(item, "parties", parties_of(e->who, e->who_count));
    json_object_set_new(item, "status", text_or_null(e->status));
    json_object_set_new(item, "clauses", clauses_of(e));
}

static void add_commitment_fields(json_t *item, const rap_entry *e)
{
    json_object_set_new(item, "who", parties_of(e->who, e->who_count));
    json_object_set_new(item, "to", parties_of(e->whom, e->whom_count));
    json_object_set_new(item, "due", due_of(e));
    json_object_set_new(item, "status", text_or_null(e->status));
    json_object_set_new(item, "document", text_or_null(e->name));
    json_object_set_new(item, "according_to", party_of(e->according_to));
}

/* "both delegations", and who they are */
static json_t *together_of(const rap_entry *e)
{
    json_t *list = parties_of(e->who, e->who_count);
    if (!e->said_by[0]) return list;
    json_t *group = json_object();
    json_object_set_new(group, "name", json_string(e->said_by));
    json_object_set_new(group, "kind", json_string("group"));
    json_array_insert_new(list, 0, group);
    return list;
}

static void add_position_fields(json_t *item, const rap_entry *e)
{
    /* one party, or those who take the stance together, first as the report calls them */
    json_object_set_new(item, "actor",
                        e->who_count > 1 ? together_of(e)
                                         : first_of(e->who, e->who_count));
    json_object_set_new(item, "actors", parties_of(e->who, e->who_count));
    json_object_set_new(item, "issue", text_or_null(e->name));
    json_object_set_new(item, "stance", text_or_null(e->stance));
    json_object_set_new(item, "on_behalf_of",
                        e->whom_count > 1 ? parties_of(e->whom, e->whom_count)
                                          : first_of(e->whom, e->whom_count));
    json_object_set_new(item, "according_to", party_of(e->according_to));
}

static void add_own_fields(json_t *item, const rap_entry *e)
{
    switch (e->kind) {
    case RAP_ENTRY_STATEMENT:
        add_statement_fields(item, e);
        break;
    case RAP_ENTRY_PASSAGE:
        break;
    case RAP_ENTRY_DOCUMENT:
        add_document_fields(item, e);
        break;
    case RAP_ENTRY_COMMITMENT:
        add_commitment_fields(item, e);
        break;
    case RAP_ENTRY_POSITION:
        add_position_fields(item, e);
        break;
    case RAP_ENTRY_DISAGREEMENT:
        json_object_set_new(item, "topic", text_or_null(e->what));
        json_object_set_new(item, "type", text_or_null(e->type));
        json_object_set_new(item, "claims", claims_of(e));
        break;
    case RAP_ENTRY_VARIANT:
        json_object_set_new(item, "speaker", first_of(e->who, e->who_count));
        json_object_set_new(item, "wordings", claims_of(e));
        break;
    default:
        add_event_fields(item, e);
    }
}

/* What the program itself reads where a person edited. */
static json_t *machine_of(const rap_entry *entry)
{
    json_t *item = json_object();
    for (uint32_t i = 0; i < entry->machines; i++)
        json_object_set_new(item, entry->machine[i].field,
                            text_or_null(entry->machine[i].value));
    return item;
}

json_t *rap_entry_object(const rap_entry *entry)
{
    json_t *item = json_object();
    json_object_set_new(item, "id", json_string(entry->id));
    json_object_set_new(item, "kind", json_string(rap_entry_kind_name(entry->kind)));
    json_object_set_new(item, "date", date_of(entry));
    json_object_set_new(item, "what", text_or_null(entry->what));
    json_object_set_new(item, "place", text_or_null(entry->place));
    add_own_fields(item, entry);
    json_object_set_new(item, "confidence", share_of(entry->confidence));
    json_object_set_new(item, "review", text_or_null(entry->review));
    if (entry->since_review)
        json_object_set_new(item, "since_review", json_integer(entry->since_review));
    if (entry->machines) json_object_set_new(item, "machine", machine_of(entry));
    json_object_set_new(item, "joined_because", text_or_null(entry->why));
    json_object_set_new(item, "documents", json_integer(entry->documents));
    json_object_set_new(item, "voices", json_integer(entry->sources));
    json_object_set_new(item, "evidence", evidence_of(entry));
    return item;
}

void rap_json_set(json_t *object, const char *name, const char *text)
{
    if (text && text[0]) json_object_set_new(object, name, json_string(text));
}

rap_status rap_json_put(json_t *item, FILE *out, rap_error *err)
{
    char *text = item ? json_dumps(item, FLAGS) : NULL;
    json_decref(item);
    if (!text) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a line of JSON");
    (void)fputs(text, out);
    free(text);
    return RAP_OK;
}

/* Writes one object of a list: "[a,\n b]" or a line each. */
static rap_status put_item(json_t *item, bool lines, bool first, FILE *out,
                           rap_error *err)
{
    if (!lines) (void)fputs(first ? "[" : ",\n ", out);
    const rap_status status = rap_json_put(item, out, err);
    if (lines && !status) (void)fputc('\n', out);
    return status;
}

static void put_end(bool lines, bool empty, FILE *out)
{
    if (!lines) (void)fputs(empty ? "[]\n" : "]\n", out);
}

rap_status rap_entries_json(const rap_entries *entries, const rap_view *view, FILE *out,
                            rap_error *err)
{
    const bool lines = view->format == RAP_FORMAT_JSONL;
    for (uint32_t i = 0; i < entries->count; i++) {
        const rap_status status =
            put_item(rap_entry_object(&entries->entry[i]), lines, i == 0, out, err);
        if (status) return status;
    }
    put_end(lines, entries->count == 0, out);
    return RAP_OK;
}

rap_status rap_passage_json(const rap_evidence *passage, const rap_entries *entries,
                            const rap_view *view, FILE *out, rap_error *err)
{
    const bool lines = view->format == RAP_FORMAT_JSONL;
    json_t *item = quotation_of(passage), *list = json_array();
    json_object_set_new(item, "sha256", json_string(passage->sha256));
    for (uint32_t i = 0; i < entries->count; i++)
        json_array_append_new(list, json_string(entries->entry[i].id));
    json_object_set_new(item, "entries", list);
    const rap_status status = put_item(item, lines, true, out, err);
    if (!status) put_end(lines, false, out);
    return status;
}

rap_status rap_grid_json(const rap_grid *grid, const rap_view *view, FILE *out,
                         rap_error *err)
{
    const bool lines = view->format == RAP_FORMAT_JSONL;
    const uint32_t rows = grid->cell.count / grid->columns;
    for (uint32_t r = 0; r < rows; r++) {
        json_t *item = json_object();
        for (uint32_t c = 0; c < grid->columns; c++) {
            const char *cell = grid->cell.at[r * grid->columns + c];
            const bool figure = grid->column[c].right && cell && cell[0];
            json_object_set_new(item, grid->column[c].name,
                                figure ? json_integer(strtoll(cell, NULL, 10))
                                       : text_or_null(cell));
        }
        const rap_status status = put_item(item, lines, r == 0, out, err);
        if (status) return status;
    }
    put_end(lines, rows == 0, out);
    return RAP_OK;
}
