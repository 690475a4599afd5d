/*
 * export_timelinejs.c - dated entries for TimelineJS (timeline.knightlab.com/docs/json-format).
 *
 * Method  its headlines and texts are HTML: words of reports are escaped. A slide's date is as
 *         precise as the entry's; entries without a date are left out and counted.
 */
#include "exporting_private.h"

#include "text.h"

#include <stdlib.h>

enum { HEADLINE_CHARS = 90 };

typedef struct slides {
    rap_exporting *job;
    FILE *out;
    uint64_t written;
} slides;

static json_t *date_of(const char *iso)
{
    int part[3] = {0};
    static const char *const name[] = {"year", "month", "day"};
    if (sscanf(iso, "%d-%d-%d", &part[0], &part[1], &part[2]) < 1) return NULL;
    json_t *date = json_object();
    for (int i = 0; i < 3 && part[i]; i++)
        (void)json_object_set_new(date, name[i], json_integer(part[i]));
    return date;
}

/* Escaped for HTML, at most `most` characters; malloc'ed, NULL without memory. */
static char *html_of(const char *text, uint32_t most)
{
    char *html = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&html, &len);
    if (!out) return NULL;
    const rap_slice s = rap_slice_of(text);
    uint32_t at = 0;
    for (uint32_t n = 0; at < s.len && n < most; n++) (void)rap_utf8_next(s, &at);
    rap_page_text(out, rap_slice_sub(s, 0, at));
    if (at < s.len) (void)fputs("…", out);
    if (fclose(out) == 0) return html;
    free(html);
    return NULL;
}

static void set_html(json_t *object, const char *name, const char *text, uint32_t most)
{
    char *html = html_of(text, most);
    rap_json_set(object, name, html);
    free(html);
}

static json_t *text_of(rap_exporting *job, const rap_entry *e)
{
    const rap_evidence *quoted = rap_first_quoted(e);
    const char *who = rap_parties_text(&job->scratch, e->who, e->who_count, e->said_by);
    const char *headline = e->kind == RAP_ENTRY_DOCUMENT && e->name[0] ? e->name
                           : who[0]                                    ? who
                                    : rap_entry_kind_name(e->kind);
    const char *words = quoted && quoted->quote[0] ? quoted->quote : e->what;
    const char *source = quoted
                             ? rap_arena_printf(&job->scratch, "%s%s%s (%s)", words,
                                                words[0] ? " — " : "", quoted->outlet,
                                                rap_exporting_address(job, quoted))
                             : words;
    json_t *text = json_object();
    set_html(text, "headline", headline, HEADLINE_CHARS);
    set_html(text, "text", source ? source : "", UINT32_MAX);
    return text;
}

static rap_status put_entry(void *state, const rap_entry *e, rap_error *err)
{
    slides *s = state;
    const char *first = e->date[0] ? e->date : e->earliest;
    json_t *start = first[0] ? date_of(first) : NULL;
    if (!start) {
        s->job->count->entries--;
        s->job->count->left_out++;
        s->job->count->why = "without a date";
        return RAP_OK;
    }
    json_t *slide = json_object();
    rap_json_set(slide, "unique_id", e->id);
    (void)json_object_set_new(slide, "start_date", start);
    if (!e->date[0] && e->latest[0] && strcmp(e->latest, e->earliest) != 0) {
        json_t *end = date_of(e->latest);
        if (end) (void)json_object_set_new(slide, "end_date", end);
    }
    rap_json_set(slide, "group", rap_entry_kind_name(e->kind));
    (void)json_object_set_new(slide, "text", text_of(s->job, e));
    (void)fputs(s->written++ ? ",\n" : "\n", s->out);
    return rap_json_put(slide, s->out, err);
}

rap_status rap_export_timelinejs(rap_exporting *job, rap_error *err)
{
    slides s = {.job = job};
    rap_status status = rap_out_begin(job->out, "timeline.json", &s.out, err);
    if (status) return status;
    (void)fputs("{\"scale\":\"human\",\"events\":[", s.out);
    status = rap_exporting_each(job, put_entry, &s, err);
    (void)fputs("\n]}\n", s.out);
    return status;
}
