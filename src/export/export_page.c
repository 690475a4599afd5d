/*
 * export_page.c - the record as one self-contained HTML page.
 *
 * Method  everything is written by the server side of things, so that the page reads
 * without scripts and prints well; the embedded script only filters and opens passages.
 * The chart is SVG: a column for every distinct date, a lane for each of the busiest
 *         parties; a meeting joins its participants. No request leaves the page (CSP).
 */
#include "embedded.h"
#include "export_private.h"
#include "text.h"

extern const rap_embedded rap_export_files[];

enum {
    PAGE_ARENA = 1024 * 1024 * 1024,
    TEXT_ARENA = 64 * 1024 * 1024,
    REACH = 320,
    LANES = 8,
    COLUMN = 30,
    LANE = 34,
    LEFT = 190,
    TOP = 14,
    LABELS = 78
};

typedef struct page_job {
    rap_store *store;
    FILE *out;
    rap_entries entries;
    rap_source_rows sources;
    rap_actor_rows actors;
    rap_arena arena;
} page_job;

/* ---- writing text safely ------------------------------------------------------------
 */

void rap_page_text(FILE *out, rap_slice s)
{
    for (uint32_t at = 0; at < s.len;) {
        const uint32_t begin = at;
        const uint32_t c = rap_utf8_next(s, &at);
        if (c == '&')
            (void)fputs("&amp;", out);
        else if (c == '<')
            (void)fputs("&lt;", out);
        else if (c == '>')
            (void)fputs("&gt;", out);
        else if (c == '"')
            (void)fputs("&quot;", out);
        else if (c == '\'')
            (void)fputs("&#39;", out);
        else if ((c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) ||
                 c == RAP_BAD_CHAR)
            (void)fputs("\xEF\xBF\xBD", out);
        else
            (void)fwrite(s.at + begin, 1, at - begin, out);
    }
}

void rap_page_string(FILE *out, const char *text)
{
    rap_page_text(out, rap_slice_of(text));
}

static void put_file(FILE *out, const char *name)
{
    for (const rap_embedded *file = rap_export_files; file->name; file++)
        if (strcmp(file->name, name) == 0)
            (void)fwrite(file->begin, 1, (size_t)(file->end - file->begin), out);
}

/* Only web addresses become links. */
static bool is_web_address(const char *url)
{
    return strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;
}

/* ---- the chart
 * ------------------------------------------------------------------------ */

typedef struct chart_plan {
    const char *date[512]; /* [dates] distinct, rising */
    uint32_t dates;
    const char *lane[LANES]; /* [lanes] keys of the busiest parties */
    const char *label[LANES];
    uint32_t lanes;
} chart_plan;

static void collect_dates(const page_job *page, chart_plan *chart)
{
    for (uint32_t i = 0; i < page->entries.count; i++) {
        const char *date = page->entries.entry[i].date;
        if (!date[0] ||
            (chart->dates && strcmp(chart->date[chart->dates - 1], date) == 0))
            continue;
        if (chart->dates < sizeof chart->date / sizeof *chart->date)
            chart->date[chart->dates++] = date;
    }
}

/* Parties by the number of entries that they stand in, the busiest first. */
static bool collect_lanes(page_job *page, chart_plan *chart)
{
    rap_map seen = {0};
    RAP_LIST(const rap_party *) party = {0};
    RAP_LIST(uint32_t) count = {0};
    for (uint32_t i = 0; i < page->entries.count; i++) {
        const rap_entry *entry = &page->entries.entry[i];
        for (uint32_t w = 0; w < entry->who_count && entry->date[0]; w++) {
            uint32_t *at =
                rap_map_put(&seen, &page->arena, rap_slice_of(entry->who[w].key));
            if (!at) return false;
            if (*at == RAP_NONE) {
                *at = party.count;
                if (!rap_push(&page->arena, &party, &entry->who[w]) ||
                    !rap_push(&page->arena, &count, 0))
                    return false;
            }
            assert(count.at);
            count.at[*at]++;
        }
    }
    for (; chart->lanes < LANES; chart->lanes++) {
        uint32_t best = RAP_NONE;
        for (uint32_t p = 0; p < party.count; p++)
            if (count.at[p] && (best == RAP_NONE || count.at[p] > count.at[best]))
                best = p;
        if (best == RAP_NONE) break;
        chart->lane[chart->lanes] = party.at[best]->key;
        chart->label[chart->lanes] = party.at[best]->name;
        count.at[best] = 0;
    }
    return true;
}

static uint32_t lane_of(const chart_plan *chart, const char *key)
{
    for (uint32_t l = 0; l < chart->lanes; l++)
        if (strcmp(chart->lane[l], key) == 0) return l;
    return RAP_NONE;
}

static uint32_t column_of(const chart_plan *chart, const char *date)
{
    for (uint32_t d = 0; d < chart->dates; d++)
        if (strcmp(chart->date[d], date) == 0) return d;
    return RAP_NONE;
}

static uint32_t x_of(uint32_t column)
{
    return LEFT + column * COLUMN + COLUMN / 2;
}

static uint32_t y_of(uint32_t lane)
{
    return TOP + lane * LANE + LANE / 2;
}

static void put_mark_open(const page_job *page, const rap_entry *entry)
{
    (void)fprintf(page->out, "<a href=\"#%s\" class=\"mark %s\"><title>", entry->id,
                  rap_entry_kind_name(entry->kind));
    rap_page_string(page->out, entry->date);
    (void)fputs(" · ", page->out);
    rap_page_string(page->out, entry->what);
    (void)fputs("</title>", page->out);
}

/* A meeting: a dot on each participant's lane and a line that joins them. */
static void put_meeting(const page_job *page, const chart_plan *chart,
                        const rap_entry *entry)
{
    const uint32_t x = x_of(column_of(chart, entry->date));
    uint32_t high = RAP_NONE, low = 0;
    for (uint32_t w = 0; w < entry->who_count; w++) {
        const uint32_t lane = lane_of(chart, entry->who[w].key);
        if (lane == RAP_NONE) continue;
        if (high == RAP_NONE || lane < high) high = lane;
        if (lane > low) low = lane;
    }
    if (high == RAP_NONE) return;
    put_mark_open(page, entry);
    (void)fprintf(page->out, "<line x1=\"%u\" y1=\"%u\" x2=\"%u\" y2=\"%u\"/>", x,
                  y_of(high), x, y_of(low));
    for (uint32_t w = 0; w < entry->who_count; w++) {
        const uint32_t lane = lane_of(chart, entry->who[w].key);
        if (lane != RAP_NONE)
            (void)fprintf(page->out, "<path d=\"M%u %u l12 12 l-12 12 l-12 -12z\"/>", x,
                          y_of(lane) - 12);
    }
    (void)fputs("</a>", page->out);
}

/* Statements of one party on one day stand beside each other as one dot with a count.
 */
static void put_statements(const page_job *page, const chart_plan *chart,
                           uint32_t column, uint32_t lane)
{
    uint32_t count = 0;
    const rap_entry *first = NULL;
    for (uint32_t i = 0; i < page->entries.count; i++) {
        const rap_entry *entry = &page->entries.entry[i];
        if (entry->kind == RAP_ENTRY_MEETING || !entry->who_count ||
            strcmp(entry->date, chart->date[column]) != 0)
            continue;
        if (strcmp(entry->who[0].key, chart->lane[lane]) != 0) continue;
        if (!count++) first = entry;
    }
    if (!count) return;
    const uint32_t radius = count > 8 ? 11 : 5 + count * 3 / 4;
    put_mark_open(page, first);
    (void)fprintf(page->out, "<circle cx=\"%u\" cy=\"%u\" r=\"%u\"/>", x_of(column),
                  y_of(lane), radius);
    if (count > 1)
        (void)fprintf(page->out, "<text x=\"%u\" y=\"%u\" class=\"count\">%u</text>",
                      x_of(column), y_of(lane) + 4, count);
    (void)fputs("</a>", page->out);
}

static void put_frame(const page_job *page, const chart_plan *chart)
{
    const uint32_t right = LEFT + chart->dates * COLUMN,
                   bottom = TOP + chart->lanes * LANE;
    for (uint32_t l = 0; l < chart->lanes; l++) {
        char label[64];
        (void)snprintf(label, sizeof label, "%.60s", chart->label[l]);
        (void)fprintf(page->out,
                      "<line class=\"lane\" x1=\"%d\" y1=\"%u\" x2=\"%u\" y2=\"%u\"/>"
                      "<text class=\"label\" x=\"%d\" y=\"%u\">",
                      LEFT, y_of(l), right, y_of(l), LEFT - 12, y_of(l) + 5);
        rap_page_string(page->out, label);
        (void)fputs("</text>", page->out);
    }
    for (uint32_t d = 0; d < chart->dates; d++)
        (void)fprintf(
            page->out,
            "<text class=\"day\" transform=\"translate(%u %u) rotate(-55)\">%s"
            "</text>",
            x_of(d) + 4, bottom + 14, chart->date[d]);
}

static rap_status put_chart(page_job *page, rap_error *err)
{
    chart_plan chart = {0};
    collect_dates(page, &chart);
    if (!collect_lanes(page, &chart)) return rap_fail(err, RAP_E_NOMEM, 0, "the chart");
    if (!chart.dates || !chart.lanes) return RAP_OK;
    const uint32_t width = LEFT + chart.dates * COLUMN + 40;
    const uint32_t height = TOP + chart.lanes * LANE + LABELS;
    (void)fprintf(
        page->out,
        "<section id=\"chart\"><h2>Timeline</h2><p class=\"hint\">A column for "
        "every date, a lane for each of the busiest parties. Diamonds joined by a "
        "line are meetings, circles are statements and other acts; each opens its "
        "entry. The list below says the same in words.</p><div class=\"scroll\" "
        "tabindex=\"0\" role=\"region\" aria-label=\"Timeline chart\"><svg "
        "width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\" role=\"img\" "
        "aria-label=\"Who met and spoke when\">",
        width, height, width, height);
    put_frame(page, &chart);
    for (uint32_t i = 0; i < page->entries.count; i++)
        if (page->entries.entry[i].kind == RAP_ENTRY_MEETING &&
            column_of(&chart, page->entries.entry[i].date) != RAP_NONE)
            put_meeting(page, &chart, &page->entries.entry[i]);
    for (uint32_t d = 0; d < chart.dates; d++)
        for (uint32_t l = 0; l < chart.lanes; l++) put_statements(page, &chart, d, l);
    (void)fputs("</svg></div></section>\n", page->out);
    return RAP_OK;
}

/* ---- entries
 * ---------------------------------------------------------------------------- */

static void put_marked(FILE *out, rap_slice text, const rap_passage *passage)
{
    uint32_t at = passage->around.begin;
    if (at) (void)fputs("… ", out);
    for (uint32_t i = 0; i < passage->marks; i++) {
        rap_page_text(out, rap_slice_sub(text, at, passage->mark[i].begin));
        (void)fputs("<mark>", out);
        rap_page_text(out, rap_cut(text, passage->mark[i]));
        (void)fputs("</mark>", out);
        at = passage->mark[i].end;
    }
    rap_page_text(out, rap_slice_sub(text, at, passage->around.end));
    if (passage->around.end < text.len) (void)fputs(" …", out);
}

/* Evidence `index` of `entry` in its paragraph, if it begins a passage of its own. */
static rap_status put_passage(page_job *page, const rap_entry *entry, uint32_t index,
                              rap_error *err)
{
    const rap_evidence *evidence = &entry->evidence[index];
    rap_arena arena = RAP_ARENA(TEXT_ARENA);
    rap_slice text;
    const rap_status status =
        rap_store_text(page->store, evidence->document, &arena, &text, err);
    if (!status && rap_begins_passage(entry, index, text, REACH)) {
        const rap_passage passage = rap_passage_of(entry, index, text, REACH);
        (void)fputs("<blockquote><p>", page->out);
        put_marked(page->out, text, &passage);
        (void)fprintf(page->out, "</p><footer><a href=\"#d%lld\">",
                      (long long)evidence->document);
        rap_page_string(page->out,
                        evidence->outlet[0] ? evidence->outlet : evidence->path);
        (void)fputs("</a>", page->out);
        if (evidence->published[0])
            (void)fprintf(page->out, ", %s", evidence->published);
        const char *address = rap_address(&arena, evidence->sha256, evidence->span);
        (void)fprintf(page->out, ", <code>%s</code></footer></blockquote>",
                      address ? address : "");
    }
    rap_arena_free(&arena);
    return status;
}

static void put_summary(page_job *page, const rap_entry *entry)
{
    FILE *out = page->out;
    const char *who =
        rap_parties_text(&page->arena, entry->who, entry->who_count, entry->said_by);
    (void)fprintf(out, "<span class=\"kind\">%s</span> <b>",
                  rap_entry_kind_name(entry->kind));
    rap_page_string(out, who);
    (void)fputs("</b> <span class=\"what\">", out);
    const bool named = entry->kind == RAP_ENTRY_DOCUMENT && entry->name[0];
    const char *what = rap_one_line(&page->arena, named ? entry->name : entry->what);
    rap_page_string(out, what ? what : "");
    (void)fputs("</span>", out);
    if (entry->place[0]) {
        (void)fputs(" <span class=\"place\">", out);
        rap_page_string(out, entry->place);
        (void)fputs("</span>", out);
    }
    if (entry->status[0] && strcmp(entry->status, "happened") != 0) {
        (void)fputs(" <span class=\"status\">", out);
        rap_page_string(out, entry->status);
        (void)fputs("</span>", out);
    }
    if (strcmp(entry->review, "suggested") != 0)
        (void)fprintf(out, " <span class=\"review %s\">%s</span>", entry->review,
                      rap_review_text(&page->arena, entry));
    (void)fprintf(out, " <span class=\"sure\">%.0f %%</span>", entry->confidence * 100);
    if (entry->documents > 1)
        (void)fprintf(out, " <span class=\"reports\">%u reports</span>",
                      entry->documents);
}

/* What the program itself reads where a person edited. */
static void put_machine(page_job *page, const rap_entry *entry)
{
    if (!entry->machines) return;
    (void)fputs("<p class=\"why\">A person edited it; the program reads ", page->out);
    for (uint32_t i = 0; i < entry->machines; i++) {
        const rap_setting *own = &entry->machine[i];
        (void)fprintf(page->out, "%s%s: ", i ? "; " : "", own->field);
        rap_page_string(page->out, own->value[0] ? own->value : "none");
    }
    (void)fputs(".</p>", page->out);
}

static rap_status put_entry(page_job *page, const rap_entry *entry, rap_error *err)
{
    (void)fprintf(page->out, "<li id=\"%s\" class=\"entry %s\"><details><summary>",
                  entry->id, rap_entry_kind_name(entry->kind));
    put_summary(page, entry);
    (void)fputs("</summary>", page->out);
    if (entry->why[0]) {
        (void)fputs("<p class=\"why\">One entry because ", page->out);
        rap_page_string(page->out, entry->why);
        (void)fputs(".</p>", page->out);
    }
    rap_status status = RAP_OK;
    for (uint32_t i = 0; i < entry->evidence_count && !status; i++)
        status = put_passage(page, entry, i, err);
    put_machine(page, entry);
    (void)fprintf(
        page->out,
        "<p class=\"meta\">entry <code>%s</code>, %s, date %s</p></details></li>\n",
        entry->id, entry->review,
        entry->date_basis[0] ? entry->date_basis : "not known");
    return status;
}

static rap_status put_entries(page_job *page, rap_error *err)
{
    (void)fputs("<section id=\"entries\"><h2>Entries</h2><ol class=\"days\">\n",
                page->out);
    const char *day = NULL;
    rap_status status = RAP_OK;
    for (uint32_t i = 0; i < page->entries.count && !status; i++) {
        const rap_entry *entry = &page->entries.entry[i];
        if (!day || strcmp(day, entry->date) != 0) {
            if (day) (void)fputs("</ol></li>\n", page->out);
            day = entry->date;
            (void)fprintf(page->out, "<li class=\"day\"><h3>%s</h3><ol>\n",
                          day[0] ? day : "no date");
        }
        status = put_entry(page, entry, err);
    }
    (void)fputs(day ? "</ol></li></ol></section>\n" : "</ol></section>\n", page->out);
    return status;
}

/* ---- the rest of the page
 * ------------------------------------------------------------------ */

static void put_actors(const page_job *page)
{
    (void)fputs(
        "<section id=\"actors\"><h2>Actors</h2><div class=\"scroll\"><table><thead>"
        "<tr><th>Name<th>Kind<th>Country<th>Roles as stated<th class=\"n\">Mentions"
        "<th class=\"n\">Statements<th>Names seen</tr></thead><tbody>\n",
        page->out);
    for (uint32_t i = 0; i < page->actors.count && i < 60; i++) {
        const rap_actor_row *row = &page->actors.row[i];
        (void)fputs("<tr><td><b>", page->out);
        rap_page_string(page->out, row->name);
        (void)fputs("</b><td>", page->out);
        rap_page_string(page->out, row->kind);
        (void)fputs("<td>", page->out);
        rap_page_string(page->out, row->country);
        (void)fputs("<td>", page->out);
        rap_page_string(page->out, row->roles);
        (void)fprintf(page->out, "<td class=\"n\">%u<td class=\"n\">%u<td>",
                      row->mentions, row->statements);
        rap_page_string(page->out, row->aliases);
        (void)fputs("</tr>\n", page->out);
    }
    (void)fputs("</tbody></table></div></section>\n", page->out);
}

static void put_sources(const page_job *page)
{
    (void)fputs(
        "<section id=\"sources\"><h2>Sources</h2><div class=\"scroll\"><table>"
        "<thead><tr><th class=\"n\">No.<th>Published<th>Outlet<th>Title<th>Author"
        "<th class=\"n\">Statements<th class=\"n\">Meetings<th>File and SHA-256"
        "</tr></thead><tbody>\n",
        page->out);
    for (uint32_t i = 0; i < page->sources.count; i++) {
        const rap_source_row *row = &page->sources.row[i];
        (void)fprintf(
            page->out,
            "<tr id=\"d%lld\"><td class=\"n\">%lld<td>%s <small>%s</small><td>",
            (long long)row->document, (long long)row->document, row->published,
            row->published_basis);
        rap_page_string(page->out, row->outlet);
        (void)fputs("<td>", page->out);
        const bool link = is_web_address(row->url);
        if (link) {
            (void)fputs("<a rel=\"noreferrer\" href=\"", page->out);
            rap_page_string(page->out, row->url);
            (void)fputs("\">", page->out);
        }
        rap_page_string(page->out, row->error_text[0] ? row->error_text : row->title);
        (void)fputs(link ? "</a><td>" : "<td>", page->out);
        rap_page_string(page->out, row->author);
        (void)fprintf(page->out, "<td class=\"n\">%u<td class=\"n\">%u<td><code>",
                      row->statements, row->meetings);
        rap_page_string(page->out, row->path);
        (void)fprintf(page->out, "</code> <small>%.12s…</small></tr>\n", row->sha256);
    }
    (void)fputs("</tbody></table></div></section>\n", page->out);
}

/* A box to tick for each kind of entry on the page. */
static void put_filter(const page_job *page, const uint32_t of_kind[RAP_ENTRY_KINDS])
{
    (void)fputs(
        "<form id=\"filter\" hidden role=\"search\"><label>Filter entries <input "
        "type=\"search\" id=\"words\" autocomplete=\"off\"></label>",
        page->out);
    for (int kind = 0; kind < RAP_ENTRY_KINDS; kind++)
        if (of_kind[kind]) {
            const char *name = rap_entry_kind_name((rap_entry_kind)kind);
            (void)fprintf(page->out,
                          " <label><input type=\"checkbox\" value=\"%s\" checked> %ss"
                          "</label>",
                          name, name);
        }
    (void)fputs(" <output id=\"shown\"></output></form></header><main>\n", page->out);
}

/* What the page holds and how far it was checked, the way around it, and the filter. */
static void put_lead(const page_job *page)
{
    uint32_t of_kind[RAP_ENTRY_KINDS] = {0}, decided = 0;
    for (uint32_t i = 0; i < page->entries.count; i++) {
        const rap_entry *entry = &page->entries.entry[i];
        of_kind[entry->kind]++;
        decided += strcmp(entry->review, "suggested") != 0;
    }
    (void)fprintf(
        page->out,
        "</h1><p class=\"lead\">%u reports · %u meetings · %u statements · %u other "
        "events. Every entry opens the exact words it was read from. ",
        page->sources.count, of_kind[RAP_ENTRY_MEETING], of_kind[RAP_ENTRY_STATEMENT],
        of_kind[RAP_ENTRY_EVENT]);
    if (decided)
        (void)fprintf(
            page->out,
            "%u of %u entries were accepted or edited by a person and say so; "
            "the others are suggestions of the program.</p>",
            decided, page->entries.count);
    else
        (void)fputs("All entries are suggestions of the program until a person accepts "
                    "them.</p>",
                    page->out);
    (void)fputs(
        "<nav><a href=\"#chart\">Timeline</a> <a href=\"#positions\">Positions</a> <a "
        "href=\"#commitments\">Commitments</a> <a href=\"#documents\">Documents</a> <a "
        "href=\"#disagreements\">Disagreements</a> <a href=\"#entries\">Entries</a> <a "
        "href=\"#actors\">Actors</a> <a href=\"#sources\">Sources</a></nav>",
        page->out);
    put_filter(page, of_kind);
}

static void put_head(const page_job *page, const char *title)
{
    (void)fputs(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<title>",
        page->out);
    rap_page_string(page->out, title);
    (void)fputs("</title>\n<style>\n", page->out);
    put_file(page->out, "style.css");
    (void)fputs("</style></head>\n<body><header><p class=\"brand\">Rapporteur</p><h1>",
                page->out);
    rap_page_string(page->out, title);
    put_lead(page);
}

static rap_status load(page_job *page, const rap_filter *filter, rap_error *err)
{
    static const rap_filter all = {0};
    rap_status status =
        rap_store_entries(page->store, filter, &page->arena, &page->entries, err);
    if (!status)
        status =
            rap_store_sources(page->store, &all, &page->arena, &page->sources, err);
    if (!status)
        status = rap_store_actors(page->store, &all, &page->arena, &page->actors, err);
    return status;
}

rap_status rap_export_page(rap_store *store, const char *title, FILE *out,
                           rap_error *err)
{
    page_job page = {.store = store, .out = out, .arena = RAP_ARENA(PAGE_ARENA)};
    const rap_filter filter = {.min_confidence = RAP_SHOWN_CONFIDENCE};
    rap_status status = load(&page, &filter, err);
    if (!status) {
        put_head(&page, title);
        status = put_chart(&page, err);
    }
    if (!status) status = rap_page_tables(store, out, err);
    if (!status) status = put_entries(&page, err);
    if (!status) {
        put_actors(&page);
        put_sources(&page);
        (void)fputs("</main><footer class=\"end\">Made by Rapporteur " RAP_VERSION
                    " on this machine; nothing was sent anywhere.</footer>\n<script>\n",
                    out);
        put_file(out, "script.js");
        (void)fputs("</script></body></html>\n", out);
    }
    rap_arena_free(&page.arena);
    if (!status && ferror(out))
        status = rap_fail(err, RAP_E_IO, 0, "cannot write the page");
    return status;
}
