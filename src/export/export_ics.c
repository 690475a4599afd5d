/*
 * export_ics.c - when commitments fall due, as iCalendar (RFC 5545).
 *
 * Method  an all-day event a commitment whose due date is known to the day; others are left
 *         out and counted, for a calendar cannot say "some time in May". DTSTAMP is the day of
 *         the report, never the clock. Lines end in CR LF and are folded at 75 bytes between
 *         characters.
 */
#include "exporting_private.h"

enum { LINE_BYTES = 75 };

typedef struct calendar {
    rap_exporting *job;
    FILE *out;
} calendar;

/* A content line: `text` is escaped unless it is of our own making. */
static void put_line(FILE *out, const char *name, const char *text, bool escaped)
{
    uint32_t column = (uint32_t)fprintf(out, "%s", name);
    for (const char *at = text; *at;) {
        uint32_t len = 1;
        while (((unsigned char)at[len] & 0xC0u) == 0x80u) len++;
        const bool marked = escaped && strchr(",;\\\n", *at);
        const uint32_t width = marked ? 2 : len;
        if (column + width > LINE_BYTES) {
            (void)fputs("\r\n ", out);
            column = 1;
        }
        if (escaped && *at == '\n')
            (void)fputs("\\n", out);
        else if (marked)
            (void)fprintf(out, "\\%c", *at);
        else if ((unsigned char)*at < 0x20)
            (void)fputc(' ', out);
        else
            (void)fwrite(at, 1, len, out);
        column += width;
        at += len;
    }
    (void)fputs("\r\n", out);
}

/* "2031-05-04" as "20310504"; false where it is no whole day. */
static bool compact(const char *iso, char out[9])
{
    rap_date date;
    const rap_slice s = rap_slice_of(iso);
    if (s.len != 10 || rap_date_read_iso(s, &date) != s.len ||
        date.precision != RAP_PRECISION_DAY || date.year < 0 || date.year > 9999)
        return false;
    (void)snprintf(out, 9, "%.4s%.2s%.2s", iso, iso + 5, iso + 8);
    return true;
}

static void put_summary(calendar *c, const rap_entry *e)
{
    const char *who = rap_parties_text(&c->job->scratch, e->who, e->who_count, "");
    const char *text = rap_arena_printf(&c->job->scratch, "%s%s%s", who,
                                        who[0] && e->what[0] ? ": " : "",
                                        e->what[0] ? e->what
                                        : who[0]   ? ""
                                                   : e->id);
    put_line(c->out, "SUMMARY:", text ? text : e->id, true);
}

static void put_description(calendar *c, const rap_entry *e)
{
    const rap_evidence *quoted = rap_first_quoted(e);
    const char *address = quoted ? rap_exporting_address(c->job, quoted) : "";
    const char *text = rap_arena_printf(
        &c->job->scratch, "%s\nconfidence %.2f, %s\ndue: %s%s%s%s",
        address ? address : "", e->confidence, e->review, e->due_basis,
        e->name[0] ? "\nunder: " : "", e->name, quoted && quoted->quote[0] ? "\n" : "");
    if (text && quoted)
        text = rap_arena_printf(&c->job->scratch, "%s%s", text, quoted->quote);
    put_line(c->out, "DESCRIPTION:", text ? text : "", true);
}

static rap_status put_entry(void *state, const rap_entry *e, rap_error *err)
{
    calendar *c = state;
    char due[9], stamp[9];
    (void)err;
    if (!compact(e->due, due)) {
        c->job->count->entries--;
        c->job->count->left_out++;
        c->job->count->why = "not due on a known day";
        return RAP_OK;
    }
    const rap_evidence *quoted = rap_first_quoted(e);
    if (!quoted || !compact(quoted->published, stamp))
        (void)snprintf(stamp, sizeof stamp, "19700101");
    const rap_report *report =
        quoted ? rap_exporting_report(c->job, quoted->document) : NULL;
    (void)fprintf(c->out,
                  "BEGIN:VEVENT\r\nUID:%s@rapporteur\r\nDTSTAMP:%sT000000Z\r\n"
                  "DTSTART;VALUE=DATE:%s\r\nTRANSP:TRANSPARENT\r\n",
                  e->id, stamp, due);
    put_summary(c, e);
    put_description(c, e);
    if (report && report->url[0]) put_line(c->out, "URL:", report->url, false);
    (void)fputs("CATEGORIES:commitment\r\nEND:VEVENT\r\n", c->out);
    return RAP_OK;
}

rap_status rap_export_ics(rap_exporting *job, rap_error *err)
{
    calendar c = {.job = job};
    rap_status status = rap_out_begin(job->out, "commitments.ics", &c.out, err);
    if (status) return status;
    (void)fputs("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Rapporteur//record//EN\r\n"
                "CALSCALE:GREGORIAN\r\n",
                c.out);
    status = rap_exporting_each(job, put_entry, &c, err);
    (void)fputs("END:VCALENDAR\r\n", c.out);
    return status;
}
