/*
 * csv_tables.c - what the tables of a CSV export hold, column by column: read by their writer,
 *         by datapackage.json (Frictionless Data Package) and by the codebook.
 */
#include "csv_private.h"

#include <stdlib.h>

static const rap_csv_column head[] = {
    {"id", "string", "Permanent id of the entry: the same after every rebuild."},
    {"date", "string", "Day, month or year (EDTF level 1); empty where none is known."},
    {"date_precision", "string", "day, month, year, range, or empty."},
    {"earliest", "date", "First day it may lie on."},
    {"latest", "date", "Last day it may lie on."},
    {"date_basis", "string", "Where the date comes from: stated, inferred, given."},
    {"who", "string",
     "Names, \"; \" between: speaker, participants, actors, parties, debtors."},
    {"whom", "string", "Names, \"; \" between: addressee, recipients, creditors."},
    {"what", "string",
     "In the words of the report: what was said, the sentence of an event, the topic."},
    {"place", "string", "Place, as the report names it."}};
static const rap_csv_column tail[] = {
    {"confidence", "number", "Share of such entries that are right, 0 to 1."},
    {"review", "string", "suggested, accepted, rejected, edited."},
    {"since_review", "integer",
     "Reports that came after it was accepted or edited: not yet checked with them."},
    {"documents", "integer", "Reports it rests on."},
    {"sources", "integer", "Independent voices: copies of one text count once."},
    {"joined_because", "string", "Why readings of several reports are one entry."}};

/* ---- kinds of entries ---------------------------------------------------------------- */

static const rap_csv_column meeting[] = {
    {"until", "string", "Last day of a meeting of several days."},
    {"host", "string", "Who received the others."},
    {"mode", "string", "PLOVER mode: visit, third-party, multilateral, phone."},
    {"status", "string", "happened, planned, proposed, hypothetical, denied."},
    {"type", "string", "PLOVER type."},
    {"cameo", "string", "CAMEO code."}};
static const rap_csv_column statement[] = {
    {"said_by", "string", "The speaker in the report's words, where nobody is named."},
    {"act", "string",
     "state, demand, propose, promise, accept, refuse, deny, accuse, threaten, praise, "
     "ask."},
    {"mode", "string", "direct (in quotation marks), indirect, mixed."},
    {"venue", "string", "Where or how it was said, in the report's words."}};
static const rap_csv_column event[] = {
    {"type", "string", "PLOVER type."},
    {"mode", "string", "PLOVER mode."},
    {"cameo", "string", "CAMEO code."},
    {"status", "string", "happened, planned, proposed, hypothetical, denied."},
    {"host", "string", "Who received the others."}};
static const rap_csv_column document[] = {
    {"name", "string", "What it is called."},
    {"names", "string", "Every wording of its name, \"; \" between."},
    {"type", "string", "agreement, statement, plan, …"},
    {"status", "string", "What became of it."}};
static const rap_csv_column commitment[] = {
    {"document", "string", "Name of the document it stands in."},
    {"due", "string", "When it falls due (EDTF level 1)."},
    {"due_earliest", "date", "First day it may fall due."},
    {"due_latest", "date", "Last day it may fall due."},
    {"due_basis", "string", "stated, computed, inferred."},
    {"status", "string", "What became of it, as told."},
    {"according_to", "string", "Whose account it is; empty: the report's own."}};
static const rap_csv_column position[] = {
    {"issue", "string", "What the stance is on."},
    {"stance", "string", "supports, opposes, demands, …"},
    {"according_to", "string", "Whose account it is; empty: the report's own."}};
static const rap_csv_column disagreement[] = {
    {"type", "string",
     "What they disagree on; precision: they agree, one more roughly."},
    {"claims", "integer", "Sides; claims.csv has them."}};
static const rap_csv_column variant[] = {
    {"wordings", "integer", "Wordings of one utterance; claims.csv has them."}};

/* ---- what entries rest on -------------------------------------------------------------- */

static const rap_csv_column party[] = {
    {"entry", "string", "Id of the entry."},
    {"role", "string",
     "who, whom, host, according_to; side: a state for which who acts."},
    {"n", "integer", "Order within the role, from 1."},
    {"key", "string", "Identity of the actor across reports; actors.csv has it."},
    {"name", "string", "Name."},
    {"kind", "string", "person, state, organisation, group, place."},
    {"country", "string", "Country in English."},
    {"code", "string", "ISO 3166 alpha-3, or PLOVER's code (IGO, KOS, …)."}};
static const rap_csv_column evidence[] = {
    {"entry", "string", "Id of the entry."},
    {"n", "integer", "Order within the entry, from 1."},
    {"role", "string",
     "content, cue, source, venue, trigger, repeat, place, evidence (what is quoted)."},
    {"document", "string",
     "First 12 figures of the report's SHA-256; sources.csv has it."},
    {"begin", "integer", "First byte in the report's text (UTF-8)."},
    {"end", "integer", "Byte after the last."},
    {"quote", "string", "The exact words there."},
    {"address", "string",
     "Stable address of the passage; `rapporteur show` opens it."}};
static const rap_csv_column claim[] = {
    {"entry", "string", "Id of the disagreement or variant."},
    {"n", "integer", "Order within the entry, from 1."},
    {"value", "string", "What this side says, in short; the wording of a variant."},
    {"by", "string", "Who says it: speaker, else outlet, else report."},
    {"document", "string",
     "First 12 figures of the report's SHA-256; sources.csv has it."},
    {"begin", "integer", "First byte in the report's text (UTF-8)."},
    {"end", "integer", "Byte after the last."},
    {"quote", "string", "The exact words there."},
    {"address", "string", "Stable address of the passage."}};
static const rap_csv_column actor[] = {
    {"key", "string", "Identity across reports."},
    {"name", "string", "The fullest name; no spelling is the right one."},
    {"kind", "string", "person, state, organisation, group, place."},
    {"country", "string", "Country in English."},
    {"code", "string", "ISO 3166 alpha-3, or PLOVER's code."},
    {"sector", "string", "PLOVER sector: GOV, MIL, LEG, …"},
    {"roles", "string", "Offices and descriptions as worded, \"; \" between."},
    {"names", "string", "Every wording of the name, \"; \" between."}};
static const rap_csv_column source[] = {
    {"document", "string", "First 12 figures of the SHA-256."},
    {"sha256", "string", "SHA-256 of the report's bytes."},
    {"file", "string", "Name of its file, without folders."},
    {"media_type", "string", "Media type."},
    {"bytes", "integer", "Length of the source in bytes."},
    {"title", "string", "Title."},
    {"author", "string", "Author."},
    {"outlet", "string", "Who published it."},
    {"url", "string", "Where."},
    {"language", "string", "ISO 639-1."},
    {"kind", "string", "report, opinion, statement, interview."},
    {"published", "string", "Day, month or year (EDTF level 1)."},
    {"published_basis", "string", "stated, inferred, given."},
    {"copy_of", "string", "The report of whose text it is a copy."},
    {"cited", "boolean", "An entry of this export rests on it."},
    {"error", "string", "Why it could not be read."}};

/* ---- tables ---------------------------------------------------------------------------- */

enum { HEADS = sizeof head / sizeof *head, TAILS = sizeof tail / sizeof *tail };

#define OWN(columns) columns, sizeof columns / sizeof *columns
const rap_csv_table rap_csv_table_of[RAP_CSV_TABLES] = {
    {"meetings", "Who met whom, where and when.", OWN(meeting), true, RAP_ENTRY_MEETING,
     "id", NULL},
    {"statements", "Who said what.", OWN(statement), true, RAP_ENTRY_STATEMENT, "id",
     NULL},
    {"events", "Who did what to whom, meetings apart.", OWN(event), true,
     RAP_ENTRY_EVENT, "id", NULL},
    {"documents", "Agreements, statements and plans that reports tell of.",
     OWN(document), true, RAP_ENTRY_DOCUMENT, "id", NULL},
    {"commitments", "Who owes what, under which text, until when.", OWN(commitment),
     true, RAP_ENTRY_COMMITMENT, "id", NULL},
    {"positions", "Who stands where on which issue.", OWN(position), true,
     RAP_ENTRY_POSITION, "id", NULL},
    {"disagreements", "What reports say differently.", OWN(disagreement), true,
     RAP_ENTRY_DISAGREEMENT, "id", NULL},
    {"variants", "One utterance in the words of several reports.", OWN(variant), true,
     RAP_ENTRY_VARIANT, "id", NULL},
    {"parties", "The parties of every entry, a row a party.", OWN(party), false, 0,
     NULL, "key=actors.key"},
    {"evidence", "The passages that entries rest on.", OWN(evidence), false, 0, NULL,
     "document=sources.document"},
    {"claims", "Sides of disagreements and wordings of variants.", OWN(claim), false, 0,
     NULL, "document=sources.document"},
    {"actors", "Everybody who is a party of an entry here.", OWN(actor), false, 0,
     "key", NULL},
    {"sources", "All reports of the record, cited here or not.", OWN(source), false, 0,
     "document", NULL}};
#undef OWN

uint32_t rap_csv_columns(const rap_csv_table *table)
{
    return table->owns + (table->entries ? HEADS + TAILS : 0);
}

const rap_csv_column *rap_csv_column_at(const rap_csv_table *table, uint32_t index)
{
    if (!table->entries) return &table->own[index];
    if (index < HEADS) return &head[index];
    if (index - HEADS < table->owns) return &table->own[index - HEADS];
    return &tail[index - HEADS - table->owns];
}

/* ---- datapackage.json ------------------------------------------------------------------ */

static json_t *fields_of(const rap_csv_table *table)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < rap_csv_columns(table); i++) {
        const rap_csv_column *column = rap_csv_column_at(table, i);
        json_t *field = json_object();
        rap_json_set(field, "name", column->name);
        rap_json_set(field, "type", column->type);
        rap_json_set(field, "description", column->about);
        (void)json_array_append_new(list, field);
    }
    return list;
}

/* "document=sources.document" */
static json_t *foreign_keys(const char *text)
{
    char own[32], other[32], field[32];
    json_t *list = json_array();
    if (sscanf(text, "%31[^=]=%31[^.].%31s", own, other, field) != 3) return list;
    json_t *key = json_object(), *reference = json_object();
    rap_json_set(key, "fields", own);
    rap_json_set(reference, "resource", other);
    rap_json_set(reference, "fields", field);
    (void)json_object_set_new(key, "reference", reference);
    (void)json_array_append_new(list, key);
    return list;
}

static json_t *schema_of(const rap_csv_table *table)
{
    json_t *schema = json_object(), *missing = json_array();
    (void)json_array_append_new(missing, json_string(""));
    (void)json_object_set_new(schema, "fields", fields_of(table));
    (void)json_object_set_new(schema, "missingValues", missing);
    rap_json_set(schema, "primaryKey", table->key);
    if (table->foreign)
        (void)json_object_set_new(schema, "foreignKeys", foreign_keys(table->foreign));
    return schema;
}

static json_t *resource_of(const rap_csv_table *table, uint64_t rows)
{
    char path[64];
    (void)snprintf(path, sizeof path, "%s.csv", table->name);
    json_t *item = json_object(), *dialect = json_object();
    rap_json_set(item, "name", table->name);
    rap_json_set(item, "path", path);
    rap_json_set(item, "profile", "tabular-data-resource");
    rap_json_set(item, "description", table->about);
    rap_json_set(item, "format", "csv");
    rap_json_set(item, "mediatype", "text/csv");
    rap_json_set(item, "encoding", "utf-8");
    rap_json_set(dialect, "lineTerminator", "\r\n");
    (void)json_object_set_new(item, "dialect", dialect);
    (void)json_object_set_new(item, "rows", json_integer((json_int_t)rows));
    (void)json_object_set_new(item, "schema", schema_of(table));
    return item;
}

static const char formula_note[] =
    "A text cell that begins with =, +, -, @, a tab or a carriage return has an "
    "apostrophe "
    "put before it, so that no spreadsheet runs it as a formula. The format jsonl "
    "has the exact words.";

static rap_status put_package(rap_exporting *job, const uint64_t *rows, rap_error *err)
{
    FILE *out;
    rap_status status = rap_out_begin(job->out, "datapackage.json", &out, err);
    if (status) return status;
    json_t *package = json_object(), *resources = json_array();
    for (uint32_t i = 0; i < RAP_CSV_TABLES; i++)
        (void)json_array_append_new(resources,
                                    resource_of(&rap_csv_table_of[i], rows[i]));
    rap_json_set(package, "profile", "tabular-data-package");
    rap_json_set(package, "name", "rapporteur-record");
    rap_json_set(package, "title", "A record kept by Rapporteur");
    rap_json_set(package, "description", formula_note);
    (void)json_object_set_new(package, "resources", resources);
    char *text = json_dumps(package, JSON_INDENT(1));
    json_decref(package);
    if (!text) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for datapackage.json");
    (void)fprintf(out, "%s\n", text);
    free(text);
    return rap_out_end(job->out, out, err);
}

/* ---- codebook.md ----------------------------------------------------------------------- */

static void put_table(FILE *out, const rap_csv_table *table, uint64_t rows)
{
    (void)fprintf(out,
                  "\n## %s.csv\n\n%s %llu rows.\n\n| column | type | what |\n|-|-|-|\n",
                  table->name, table->about, (unsigned long long)rows);
    for (uint32_t i = 0; i < rap_csv_columns(table); i++) {
        const rap_csv_column *column = rap_csv_column_at(table, i);
        (void)fprintf(out, "| %s | %s | %s |\n", column->name, column->type,
                      column->about);
    }
}

static rap_status put_codebook(rap_exporting *job, const uint64_t *rows, rap_error *err)
{
    FILE *out;
    const rap_status status = rap_out_begin(job->out, "codebook.md", &out, err);
    if (status) return status;
    (void)fprintf(
        out,
        "# Codebook\n\nTables of one record, in UTF-8 after RFC 4180 (a comma between "
        "cells, CR LF at line ends, quotation marks doubled). Empty cells are unknown, "
        "never a default. %s\n\nBytes count into the report's text; quotations are "
        "exact. "
        "`datapackage.json` says the same for programs; `sha256sum -c MANIFEST.sha256` "
        "checks the files.\n",
        formula_note);
    for (uint32_t i = 0; i < RAP_CSV_TABLES; i++)
        put_table(out, &rap_csv_table_of[i], rows[i]);
    return rap_out_end(job->out, out, err);
}

rap_status rap_csv_describe(rap_exporting *job, const uint64_t *rows, rap_error *err)
{
    const rap_status status = put_package(job, rows, err);
    return status ? status : put_codebook(job, rows, err);
}
