/*
 * export_markdown.c - the record as a document for people: a list of entries by day, each with
 *         its words and where they stand, then the reports.
 *
 * Method  CommonMark. Words of reports are escaped, so that none of them is read as markup.
 */
#include "exporting_private.h"

#include "text.h"

typedef struct paper {
    rap_exporting *job;
    FILE *out;
    char day[16];
    bool begun;
} paper;

/* Markup of CommonMark escaped, line ends as spaces. */
static void put_words(FILE *out, rap_slice s)
{
    bool space = true; /* nothing to part at the beginning */
    for (uint32_t at = 0; at < s.len;) {
        const uint32_t begin = at;
        const uint32_t c = rap_utf8_next(s, &at);
        if (rap_is_space(c) || c < 0x20) {
            if (!space) (void)fputc(' ', out);
            space = true;
            continue;
        }
        space = false;
        if (c < 0x80 && strchr("\\`*_{}[]()<>#+-!|~&", (int)c)) (void)fputc('\\', out);
        (void)fwrite(s.at + begin, 1, at - begin, out);
    }
}

static void put_text(FILE *out, const char *before, const char *text, const char *after)
{
    if (!text || !text[0]) return;
    (void)fputs(before, out);
    put_words(out, rap_slice_of(text));
    (void)fputs(after, out);
}

static void put_head(paper *p, const rap_entry *e)
{
    rap_arena *scratch = &p->job->scratch;
    (void)fprintf(p->out, "- **%s** `%s`", rap_entry_kind_name(e->kind), e->id);
    put_text(p->out, " ", rap_parties_text(scratch, e->who, e->who_count, e->said_by),
             "");
    put_text(p->out, " → ", rap_parties_text(scratch, e->whom, e->whom_count, ""), "");
    put_text(p->out, ", ", e->place, "");
    put_text(p->out, " · ", e->name, "");
    put_text(p->out, " · ", e->act, "");
    put_text(p->out, " · ", e->stance, "");
    put_text(p->out, " · ", e->type, "");
    put_text(p->out, " · ", e->status, "");
    put_text(p->out, " · due ", e->due, "");
    (void)fprintf(p->out, " · %.2f, %s\n", e->confidence, rap_review_text(scratch, e));
}

static rap_status put_quotes(paper *p, const rap_entry *e, rap_error *err)
{
    for (uint32_t i = 0; i < e->evidence_count; i++) {
        const rap_evidence *evidence = &e->evidence[i];
        if (!rap_is_quoted(e, i)) continue;
        const char *address = rap_exporting_address(p->job, evidence);
        if (!address) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for an address");
        (void)fputs("  - ", p->out);
        put_text(p->out, "“", evidence->quote, "” ");
        put_text(p->out, "", evidence->outlet, " ");
        (void)fprintf(p->out, "`%s`\n", address);
    }
    return RAP_OK;
}

static rap_status put_entry(void *state, const rap_entry *e, rap_error *err)
{
    paper *p = state;
    const char *day = e->date[0] ? e->date : e->earliest[0] ? e->earliest : "undated";
    if (!p->begun || strcmp(day, p->day) != 0) {
        (void)fprintf(p->out, "\n## %s\n\n", day);
        (void)snprintf(p->day, sizeof p->day, "%s", day);
        p->begun = true;
    }
    put_head(p, e);
    return put_quotes(p, e, err);
}

static void put_reports(const paper *p)
{
    (void)fputs("\n## Reports\n\n", p->out);
    for (uint32_t i = 0; i < p->job->reports; i++) {
        const rap_report *report = &p->job->report[i];
        if (!report->cited) continue;
        (void)fprintf(p->out, "- `rap:%.12s` ", report->sha256);
        put_text(p->out, "", report->title[0] ? report->title : report->name, "");
        put_text(p->out, ", ", report->author, "");
        put_text(p->out, ", ", report->outlet, "");
        put_text(p->out, ", ", report->published, "");
        if (report->url[0]) {
            (void)fputs(", ", p->out);
            put_words(p->out, rap_slice_of(report->url));
        }
        (void)fprintf(p->out, ", SHA-256 `%s`\n", report->sha256);
    }
}

rap_status rap_export_markdown(rap_exporting *job, rap_error *err)
{
    paper p = {.job = job};
    rap_status status = rap_out_begin(job->out, "record.md", &p.out, err);
    if (status) return status;
    (void)fputs("# Record\n", p.out);
    status = rap_exporting_each(job, put_entry, &p, err);
    if (!status) put_reports(&p);
    return status;
}
