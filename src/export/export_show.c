/*
 * export_show.c - one entry with its exact words in context.
 */
#include "export_private.h"
#include "text.h"

enum { REACH = 220, ARENA_LIMIT = 64 * 1024 * 1024 };

rap_span rap_context(rap_slice text, rap_span span, uint32_t reach)
{
    uint32_t begin = span.begin > reach ? span.begin - reach : 0;
    uint32_t end = text.len - span.end > reach ? span.end + reach : text.len;
    while (begin > 0 && begin < span.begin && text.at[begin - 1] != ' ' &&
           text.at[begin - 1] != '\n')
        begin++;
    while (end < text.len && end > span.end && text.at[end] != ' ' &&
           text.at[end] != '\n')
        end--;
    /* A paragraph is context enough. */
    for (uint32_t at = span.begin; at > begin; at--)
        if (text.at[at - 1] == '\n' && at >= 2 && text.at[at - 2] == '\n') {
            begin = at;
            break;
        }
    const uint32_t gap = rap_slice_find(text, RAP_LIT("\n\n"), span.end);
    if (gap < end) end = gap;
    return (rap_span){begin, end};
}

bool rap_is_quoted(const rap_entry *entry, uint32_t index)
{
    const char *role = entry->evidence[index].role;
    if (entry->kind == RAP_ENTRY_STATEMENT) return strcmp(role, "content") == 0;
    return strcmp(role, "evidence") == 0 || strcmp(role, "repeat") == 0;
}

bool rap_begins_passage(const rap_entry *entry, uint32_t index, rap_slice text,
                        uint32_t reach)
{
    const rap_evidence *own = &entry->evidence[index];
    if (!rap_is_quoted(entry, index) || own->span.end > text.len) return false;
    for (uint32_t i = 0; i < index; i++) {
        const rap_evidence *other = &entry->evidence[i];
        if (other->document == own->document && rap_is_quoted(entry, i) &&
            rap_span_holds(rap_context(text, other->span, reach), own->span))
            return false;
    }
    return true;
}

void rap_add_mark(rap_passage *passage, rap_span span)
{
    uint32_t at = passage->marks;
    for (uint32_t i = 0; i < passage->marks; i++)
        if (rap_span_overlaps(passage->mark[i], span)) return;
    if (passage->marks == RAP_MARKS) return;
    while (at > 0 && passage->mark[at - 1].begin > span.begin) {
        passage->mark[at] = passage->mark[at - 1];
        at--;
    }
    passage->mark[at] = span;
    passage->marks++;
}

rap_passage rap_passage_of(const rap_entry *entry, uint32_t index, rap_slice text,
                           uint32_t reach)
{
    const rap_evidence *own = &entry->evidence[index];
    rap_passage passage = {.around = rap_context(text, own->span, reach)};
    for (uint32_t i = index; i < entry->evidence_count; i++)
        if (entry->evidence[i].document == own->document && rap_is_quoted(entry, i) &&
            rap_span_holds(passage.around, entry->evidence[i].span))
            rap_add_mark(&passage, entry->evidence[i].span);
    return passage;
}

/* Text of a report on a terminal: line ends as spaces, no control characters. */
void rap_put_plain(FILE *out, rap_slice s)
{
    for (uint32_t at = 0; at < s.len;) {
        const uint32_t begin = at;
        const uint32_t c = rap_utf8_next(s, &at);
        if (c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0))
            (void)fputc(' ', out);
        else
            (void)fwrite(s.at + begin, 1, at - begin, out);
    }
}

void rap_put_passage(FILE *out, rap_slice text, const rap_passage *passage, bool colour)
{
    uint32_t at = passage->around.begin;
    (void)fputs(at ? "    … " : "    ", out);
    for (uint32_t i = 0; i < passage->marks; i++) {
        rap_put_plain(out, rap_slice_sub(text, at, passage->mark[i].begin));
        (void)fputs(colour ? "\033[7m" : "⟦", out);
        rap_put_plain(out, rap_cut(text, passage->mark[i]));
        (void)fputs(colour ? "\033[0m" : "⟧", out);
        at = passage->mark[i].end;
    }
    rap_put_plain(out, rap_slice_sub(text, at, passage->around.end));
    (void)fputs(passage->around.end < text.len ? " …\n" : "\n", out);
}

void rap_put_fact(FILE *out, const char *name, const char *value)
{
    if (!value || !value[0]) return;
    (void)fprintf(out, "  %-11s ", name);
    rap_put_plain(out, rap_slice_of(value));
    (void)fputc('\n', out);
}

/* What a position, commitment or document is about, under the names that views use. */
static void put_matter(FILE *out, const rap_entry *entry)
{
    if (entry->kind == RAP_ENTRY_MEETING || entry->kind == RAP_ENTRY_EVENT) return;
    rap_put_fact(out,
                 entry->kind == RAP_ENTRY_POSITION     ? "issue"
                 : entry->kind == RAP_ENTRY_COMMITMENT ? "document"
                                                       : "name",
                 entry->name);
    rap_put_fact(out, "other names", entry->names);
    rap_put_fact(out, "stance", entry->stance);
    if (entry->according_to)
        rap_put_fact(out, "according to", entry->according_to->name);
    rap_put_fact(out, "due", entry->due);
    rap_put_fact(out, "due by", entry->due_basis);
}

static void put_head(FILE *out, const rap_entry *entry, rap_arena *arena, bool colour)
{
    (void)fprintf(out, "%s%s %s%s\n", colour ? "\033[1m" : "",
                  rap_entry_kind_name(entry->kind), entry->id, colour ? "\033[0m" : "");
    rap_put_fact(out, "date", entry->date);
    rap_put_fact(out, "dated by", entry->date_basis);
    const bool said = entry->kind == RAP_ENTRY_STATEMENT;
    rap_put_fact(out, said ? "speaker" : "who",
                 rap_parties_text(arena, entry->who, entry->who_count, entry->said_by));
    rap_put_fact(out, said ? "addressee" : "whom",
                 rap_parties_text(arena, entry->whom, entry->whom_count, ""));
    if (entry->host) rap_put_fact(out, "host", entry->host->name);
    rap_put_fact(out, "place", entry->place);
    rap_put_fact(out, "venue", entry->venue);
    rap_put_fact(out, "mode", entry->mode);
    rap_put_fact(out, "act", entry->act);
    put_matter(out, entry);
    rap_put_fact(out, "type", entry->type);
    rap_put_fact(out, "cameo", entry->cameo);
    rap_put_fact(out, "status", entry->status);
    (void)fprintf(out, "  %-11s %.2f, %s\n", "confidence", entry->confidence,
                  rap_review_text(arena, entry));
    const char *machine = "";
    for (uint32_t i = 0; machine && i < entry->machines; i++)
        machine = rap_arena_printf(
            arena, "%s%s%s: %s", machine, i ? "; " : "", entry->machine[i].field,
            entry->machine[i].value[0] ? entry->machine[i].value : "none");
    rap_put_fact(out, "machine", machine);
    rap_put_fact(out, "joined", entry->why);
}

/* What people decided on it, also what is kept apart. */
static rap_status put_decisions(rap_store *store, const rap_entry *entry, FILE *out,
                                rap_error *err)
{
    rap_arena arena = RAP_ARENA(ARENA_LIMIT);
    const rap_log_filter filter = {.entry = entry->id};
    rap_log_rows rows;
    const rap_status status = rap_store_log(store, &filter, &arena, &rows, err);
    for (uint32_t i = 0; !status && i < rows.count; i++) {
        const rap_log_row *row = &rows.row[i];
        (void)fprintf(out, "  #%-10lld ", (long long)row->id);
        rap_put_plain(out, rap_slice_of(row->kind));
        (void)fputs(row->detail[0] ? " " : "", out);
        rap_put_plain(out, rap_slice_of(row->detail));
        (void)fputs(", ", out);
        rap_put_plain(out, rap_slice_of(row->who));
        (void)fprintf(out, ", %.10s", row->at);
        if (strcmp(row->state, "applied") != 0)
            (void)fprintf(out, row->why[0] ? " (%s: %s)" : " (%s)", row->state,
                          row->why);
        (void)fputs(row->reason[0] ? ": " : "", out);
        rap_put_plain(out, rap_slice_of(row->reason));
        (void)fputc('\n', out);
    }
    rap_arena_free(&arena);
    return status;
}

void rap_put_place(FILE *out, const rap_evidence *evidence)
{
    rap_arena arena = RAP_ARENA(4096);
    const char *address = rap_address(&arena, evidence->sha256, evidence->span);
    (void)fputs("\n  ", out);
    rap_put_plain(out, rap_slice_of(evidence->path));
    (void)fprintf(out, "  %s  ", address ? address : "");
    rap_put_plain(out, rap_slice_of(evidence->outlet));
    (void)fprintf(out, "%s%s\n",
                  evidence->outlet[0] && evidence->published[0] ? ", " : "",
                  evidence->published);
    rap_arena_free(&arena);
}

static rap_status put_evidence(rap_store *store, const rap_entry *entry, bool colour,
                               FILE *out, rap_error *err)
{
    rap_arena arena = RAP_ARENA(ARENA_LIMIT);
    rap_status status = RAP_OK;
    for (uint32_t i = 0; i < entry->evidence_count && !status; i++) {
        const rap_evidence *evidence = &entry->evidence[i];
        rap_slice text;
        rap_arena_clear(&arena);
        status = rap_store_text(store, evidence->document, &arena, &text, err);
        if (status || !rap_begins_passage(entry, i, text, REACH)) continue;
        const rap_passage passage = rap_passage_of(entry, i, text, REACH);
        rap_put_place(out, evidence);
        rap_put_passage(out, text, &passage, colour);
    }
    rap_arena_free(&arena);
    return status;
}

rap_status rap_show_passage(rap_store *store, const rap_view *view, rap_arena *arena,
                            FILE *out, uint64_t *rows, rap_error *err)
{
    rap_evidence passage;
    rap_entries entries = {0};
    rap_slice text = {"", 0};
    rap_status status = rap_store_passage_at(store, view->words, arena, &passage, err);
    const rap_filter filter = {.passage = &passage, .review = "all"};
    if (!status) status = rap_store_entries(store, &filter, arena, &entries, err);
    if (!status) status = rap_store_text(store, passage.document, arena, &text, err);
    if (status) return status;
    *rows = 1;
    if (view->format != RAP_FORMAT_TABLE)
        return rap_passage_json(&passage, &entries, view, out, err);
    const rap_passage shown = {.around = rap_context(text, passage.span, REACH),
                               .mark = {passage.span},
                               .marks = 1};
    const char *address = rap_address(arena, passage.sha256, passage.span);
    (void)fprintf(out, "%s\n  ", address ? address : "");
    rap_put_plain(out, rap_slice_of(passage.path));
    (void)fputs(passage.outlet[0] ? "  " : "", out);
    rap_put_plain(out, rap_slice_of(passage.outlet));
    (void)fprintf(out, "%s%s\n", passage.published[0] ? "  " : "", passage.published);
    rap_put_fact(out, "sha256", passage.sha256);
    for (uint32_t i = 0; i < entries.count; i++)
        (void)fprintf(out, "  %-11s %s, %s\n",
                      rap_entry_kind_name(entries.entry[i].kind), entries.entry[i].id,
                      entries.entry[i].review);
    (void)fputc('\n', out);
    rap_put_passage(out, text, &shown, view->colour);
    return RAP_OK;
}

rap_status rap_show(rap_store *store, const rap_entries *entries, const rap_view *view,
                    FILE *out, rap_error *err)
{
    rap_arena arena = RAP_ARENA(ARENA_LIMIT);
    rap_status status = RAP_OK;
    for (uint32_t i = 0; i < entries->count && !status; i++) {
        if (i) (void)fputc('\n', out);
        put_head(out, &entries->entry[i], &arena, view->colour);
        status = put_decisions(store, &entries->entry[i], out, err);
        if (!status)
            status = put_evidence(store, &entries->entry[i], view->colour, out, err);
    }
    rap_arena_free(&arena);
    return status;
}
