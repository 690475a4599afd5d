/*
 * export_cite.c - the reports that entries rest on, as references: CSL-JSON, BibTeX, RIS.
 *
 * Method  a first pass over the entries notes their passages (16 bytes each and an id); then
 *         each cited report becomes a reference with its passages in a note: the entry, the
 *         words, the stable address, and for a report with a URL a link that opens at the
 *         words (a text fragment, "#:~:text=").
 */
#include "exporting_private.h"

#include "text.h"

#include <stdlib.h>

enum { SHORT_QUOTE = 300, EDGE_WORDS = 6, ID_BYTES = 16 };

typedef struct passage {
    uint32_t report; /* index into job->report */
    rap_span span;
    char entry[ID_BYTES];
} passage;

typedef struct citing {
    rap_exporting *job;
    RAP_LIST(passage) passage;
} citing;

/* ---- passages ----------------------------------------------------------------------- */

static rap_status note_passages(void *state, const rap_entry *entry, rap_error *err)
{
    citing *c = state;
    for (uint32_t i = 0; i < entry->evidence_count; i++) {
        const rap_evidence *evidence = &entry->evidence[i];
        if (!rap_is_quoted(entry, i)) continue;
        passage one = {.report =
                           (uint32_t)(rap_exporting_report(c->job, evidence->document) -
                                      c->job->report),
                       .span = evidence->span};
        (void)snprintf(one.entry, sizeof one.entry, "%s", entry->id);
        if (!rap_push(&c->job->arena, &c->passage, one))
            return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the passages");
    }
    return RAP_OK;
}

static int by_place(const void *left, const void *right)
{
    const passage *a = left, *b = right;
    if (a->report != b->report) return a->report < b->report ? -1 : 1;
    if (a->span.begin != b->span.begin) return a->span.begin < b->span.begin ? -1 : 1;
    if (a->span.end != b->span.end) return a->span.end < b->span.end ? -1 : 1;
    return strcmp(a->entry, b->entry);
}

static rap_status collect(rap_exporting *job, citing *c, rap_error *err)
{
    *c = (citing){.job = job};
    const rap_status status = rap_exporting_each(job, note_passages, c, err);
    if (status || !c->passage.count) return status;
    qsort(c->passage.at, c->passage.count, sizeof *c->passage.at, by_place);
    uint32_t kept = 1; /* a passage may found several readings of one entry */
    for (uint32_t i = 1; i < c->passage.count; i++)
        if (by_place(&c->passage.at[kept - 1], &c->passage.at[i]) != 0)
            c->passage.at[kept++] = c->passage.at[i];
    c->passage.count = kept;
    return RAP_OK;
}

/* ---- text fragments ----------------------------------------------------------------- */

/* Percent-encoded but for letters, figures and "._~!*": a hyphen, a comma and an ampersand
 * mean something in a fragment. */
static void put_encoded(FILE *out, rap_slice s)
{
    for (uint32_t i = 0; i < s.len; i++) {
        const unsigned char c = (unsigned char)s.at[i];
        const bool plain = (c | 32u) - 'a' < 26u || c - 48u < 10u ||
                           (c < 0x80 && c && strchr("._~!*", c));
        if (c == '\n' || c == '\r' || c == '\t')
            (void)fputs("%20", out);
        else if (plain)
            (void)fputc(c, out);
        else
            (void)fprintf(out, "%%%02X", c);
    }
}

/* The end of the first EDGE_WORDS words, or where the last ones begin. */
static uint32_t edge_of(rap_slice s, bool last)
{
    uint32_t words = 0, at = last ? s.len : 0;
    while (last ? at > 0 : at < s.len) {
        const char c = last ? s.at[at - 1] : s.at[at];
        if (c == '\n' || c == '\r') break; /* a fragment stays in its paragraph */
        if (c == ' ' && ++words == EDGE_WORDS) break;
        at += last ? -1u : 1u;
    }
    return at;
}

static void put_fragment(FILE *out, const char *url, rap_slice quote)
{
    const uint32_t first = edge_of(quote, false), last = edge_of(quote, true);
    (void)fprintf(out, "%s%s", url, strchr(url, '#') ? ":~:text=" : "#:~:text=");
    if (first >= last) {
        put_encoded(out, quote);
        return;
    }
    put_encoded(out, rap_slice_sub(quote, 0, first));
    (void)fputc(',', out);
    put_encoded(out, rap_slice_sub(quote, last, quote.len));
}

/* ---- notes -------------------------------------------------------------------------- */

/* White space runs as one space; a long quotation by its ends. */
static void put_quote(FILE *out, rap_slice quote)
{
    bool space = false;
    uint32_t half = SHORT_QUOTE / 2;
    for (uint32_t at = 0; at < quote.len;) {
        const uint32_t begin = at;
        const uint32_t c = rap_utf8_next(quote, &at);
        if (quote.len > SHORT_QUOTE && begin >= half && begin < quote.len - half) {
            if (at >= quote.len - half) (void)fputs(" … ", out);
            continue;
        }
        if (rap_is_space(c) || c < 0x20) {
            if (!space) (void)fputc(' ', out);
            space = true;
            continue;
        }
        space = false;
        (void)fwrite(quote.at + begin, 1, at - begin, out);
    }
}

static rap_status put_passage(const citing *c, const passage *p, FILE *out,
                              rap_error *err)
{
    rap_exporting *job = c->job;
    const rap_report *report = &job->report[p->report];
    (void)fprintf(out, "%s rap:%.12s/%u-%u", p->entry, report->sha256, p->span.begin,
                  p->span.end);
    if (rap_hides(job, RAP_REDACT_QUOTES)) return RAP_OK;
    const rap_status status = rap_exporting_passage(job, report->number, p->span, err);
    if (status) return status;
    const rap_slice quote = rap_cut(job->text, p->span);
    (void)fputs(" “", out);
    put_quote(out, quote);
    (void)fputs("”", out);
    if (report->url[0]) {
        (void)fputc(' ', out);
        put_fragment(out, report->url, quote);
    }
    return RAP_OK;
}

/* The passages of the report that begins at `*at`, a line each, malloc'ed; moves `*at`. */
static rap_status note_of(const citing *c, uint32_t *at, const char *between,
                          char **note, rap_error *err)
{
    size_t len = 0;
    *note = NULL;
    FILE *out = open_memstream(note, &len);
    if (!out) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for a note");
    const uint32_t report = c->passage.at[*at].report, first = *at;
    rap_status status = RAP_OK;
    for (; !status && *at < c->passage.count && c->passage.at[*at].report == report;
         ++*at) {
        if (*at > first) (void)fputs(between, out);
        status = put_passage(c, &c->passage.at[*at], out, err);
    }
    if (fclose(out) != 0 && !status)
        status = rap_fail(err, RAP_E_NOMEM, 0, "no memory for a note");
    return status;
}

/* Calls `put` for every cited report with its note. */
static rap_status
each_reference(rap_exporting *job, const char *name, const char *between,
               rap_status (*put)(const rap_report *report, const char *note, bool first,
                                 FILE *out, rap_error *err),
               const char *before, const char *after, rap_error *err)
{
    FILE *out;
    citing c;
    rap_status status = rap_out_begin(job->out, name, &out, err);
    if (!status) status = collect(job, &c, err);
    if (status) return status;
    (void)fputs(before, out);
    for (uint32_t at = 0; !status && at < c.passage.count;) {
        const bool first = at == 0;
        const rap_report *report = &job->report[c.passage.at[at].report];
        char *note;
        status = note_of(&c, &at, between, &note, err);
        if (!status) status = put(report, note, first, out, err);
        free(note);
    }
    (void)fputs(after, out);
    return status;
}

/* "2031-05-04" in parts; 0 where not known. */
static void date_parts(const char *iso, int part[3])
{
    part[0] = part[1] = part[2] = 0;
    (void)sscanf(iso, "%d-%d-%d", &part[0], &part[1], &part[2]);
}

static const char *title_of(const rap_report *report)
{
    return report->title[0] ? report->title : report->name;
}

/* ---- CSL-JSON ----------------------------------------------------------------------- */

static json_t *csl_date(const char *iso)
{
    int part[3];
    date_parts(iso, part);
    json_t *parts = json_array(), *all = json_array(), *date = json_object();
    for (int i = 0; i < 3 && part[i]; i++)
        (void)json_array_append_new(parts, json_integer(part[i]));
    (void)json_array_append_new(all, parts);
    (void)json_object_set_new(date, "date-parts", all);
    return date;
}

static json_t *csl_author(const char *name)
{
    json_t *list = json_array(), *author = json_object();
    rap_json_set(author, "literal", name);
    (void)json_array_append_new(list, author);
    return list;
}

static rap_status put_csl(const rap_report *report, const char *note, bool first,
                          FILE *out, rap_error *err)
{
    char id[32];
    (void)snprintf(id, sizeof id, "rap-%.12s", report->sha256);
    json_t *item = json_object();
    rap_json_set(item, "id", id);
    rap_json_set(item, "type", "article-newspaper");
    rap_json_set(item, "title", title_of(report));
    if (report->author[0])
        (void)json_object_set_new(item, "author", csl_author(report->author));
    rap_json_set(item, "container-title", report->outlet);
    if (report->published[0])
        (void)json_object_set_new(item, "issued", csl_date(report->published));
    rap_json_set(item, "URL", report->url);
    rap_json_set(item, "language", report->language);
    rap_json_set(item, "archive_location", report->sha256);
    rap_json_set(item, "note", note);
    (void)fputs(first ? "\n" : ",\n", out);
    return rap_json_put(item, out, err);
}

rap_status rap_export_csl(rap_exporting *job, rap_error *err)
{
    return each_reference(job, "references.json", "\n", put_csl, "[", "\n]\n", err);
}

/* ---- BibTeX ------------------------------------------------------------------------- */

/* Text between braces: what TeX reads as a command is escaped, line ends become spaces. */
static void put_tex(FILE *out, const char *text)
{
    static const char *const escaped[][2] = {{"\\", "\\textbackslash{}"},
                                             {"{", "\\{"},
                                             {"}", "\\}"},
                                             {"~", "\\textasciitilde{}"},
                                             {"^", "\\textasciicircum{}"},
                                             {"&", "\\&"},
                                             {"%", "\\%"},
                                             {"$", "\\$"},
                                             {"#", "\\#"},
                                             {"_", "\\_"}};
    for (; *text; text++) {
        size_t i = 0;
        while (i < 10 && *text != escaped[i][0][0]) i++;
        if (i < 10)
            (void)fputs(escaped[i][1], out);
        else
            (void)fputc((unsigned char)*text < 0x20 ? ' ' : *text, out);
    }
}

static void put_tex_field(FILE *out, const char *name, const char *text,
                          const char *open, const char *close)
{
    if (!text[0]) return;
    (void)fprintf(out, ",\n  %s = %s", name, open);
    put_tex(out, text);
    (void)fputs(close, out);
}

/* A URL is taken as it is; what would end the field is percent-encoded. */
static void put_tex_url(FILE *out, const char *url)
{
    if (!url[0]) return;
    (void)fputs(",\n  url = {", out);
    for (; *url; url++) {
        if (*url == '{' || *url == '}' || *url == '\\' || (unsigned char)*url <= 0x20)
            (void)fprintf(out, "%%%02X", (unsigned char)*url);
        else
            (void)fputc(*url, out);
    }
    (void)fputc('}', out);
}

static rap_status put_bibtex(const rap_report *report, const char *note, bool first,
                             FILE *out, rap_error *err)
{
    static const char *const month[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    int part[3];
    (void)err;
    date_parts(report->published, part);
    (void)fprintf(out, "%s@article{rap%.12s", first ? "" : "\n", report->sha256);
    put_tex_field(out, "title", title_of(report), "{{", "}}");
    put_tex_field(out, "author", report->author, "{{", "}}");
    put_tex_field(out, "journal", report->outlet, "{", "}");
    if (part[0]) (void)fprintf(out, ",\n  year = {%04d}", part[0]);
    if (part[1] >= 1 && part[1] <= 12)
        (void)fprintf(out, ",\n  month = %s", month[part[1] - 1]);
    if (report->published[0]) (void)fprintf(out, ",\n  date = {%s}", report->published);
    put_tex_url(out, report->url);
    put_tex_field(out, "langid", report->language, "{", "}");
    put_tex_field(out, "entrysubtype", "newspaper", "{", "}");
    put_tex_field(out, "note", note, "{", "}");
    (void)fputs("\n}\n", out);
    return RAP_OK;
}

rap_status rap_export_bibtex(rap_exporting *job, rap_error *err)
{
    return each_reference(job, "references.bib", "; ", put_bibtex, "", "", err);
}

/* ---- RIS ---------------------------------------------------------------------------- */

static void put_ris_line(FILE *out, const char *tag, const char *text)
{
    if (!text[0]) return;
    (void)fprintf(out, "%s  - ", tag);
    rap_cell_write(out, rap_slice_of(text));
    (void)fputs("\r\n", out);
}

/* The note a line a passage: RIS may repeat N1. */
static void put_ris_notes(FILE *out, const char *note)
{
    rap_slice rest = rap_slice_of(note), line;
    while (rap_split_next(&rest, '\n', &line)) {
        (void)fputs("N1  - ", out);
        rap_cell_write(out, line);
        (void)fputs("\r\n", out);
    }
}

static rap_status put_ris(const rap_report *report, const char *note, bool first,
                          FILE *out, rap_error *err)
{
    int part[3];
    char id[32];
    (void)first;
    (void)err;
    (void)snprintf(id, sizeof id, "rap%.12s", report->sha256);
    date_parts(report->published, part);
    put_ris_line(out, "TY", "NEWS");
    put_ris_line(out, "ID", id);
    put_ris_line(out, "TI", title_of(report));
    put_ris_line(out, "AU", report->author);
    put_ris_line(out, "T2", report->outlet);
    if (part[0]) (void)fprintf(out, "PY  - %04d\r\n", part[0]);
    if (part[2])
        (void)fprintf(out, "DA  - %04d/%02d/%02d/\r\n", part[0], part[1], part[2]);
    put_ris_line(out, "UR", report->url);
    put_ris_line(out, "LA", report->language);
    put_ris_line(out, "C1", report->sha256);
    put_ris_notes(out, note);
    (void)fputs("ER  - \r\n\r\n", out);
    return RAP_OK;
}

rap_status rap_export_ris(rap_exporting *job, rap_error *err)
{
    return each_reference(job, "references.ris", "\n", put_ris, "", "", err);
}
