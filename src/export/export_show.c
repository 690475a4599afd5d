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

/* What is quoted of an entry: a statement's words; the sentence of anything else. */
static bool is_quoted(const rap_entry *entry, uint32_t index)
{
    const char *role = entry->evidence[index].role;
    if (entry->kind == RAP_ENTRY_STATEMENT) return strcmp(role, "content") == 0;
    return strcmp(role, "evidence") == 0 || strcmp(role, "repeat") == 0;
}

bool rap_begins_passage(const rap_entry *entry, uint32_t index, rap_slice text,
                        uint32_t reach)
{
    const rap_evidence *own = &entry->evidence[index];
    if (!is_quoted(entry, index) || own->span.end > text.len) return false;
    for (uint32_t i = 0; i < index; i++) {
        const rap_evidence *other = &entry->evidence[i];
        if (other->document == own->document && is_quoted(entry, i) &&
            rap_span_holds(rap_context(text, other->span, reach), own->span))
            return false;
    }
    return true;
}

static void add_mark(rap_passage *passage, rap_span span)
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
        if (entry->evidence[i].document == own->document && is_quoted(entry, i) &&
            rap_span_holds(passage.around, entry->evidence[i].span))
            add_mark(&passage, entry->evidence[i].span);
    return passage;
}

/* Text of a report on a terminal: line ends as spaces, no control characters. */
static void put_plain(FILE *out, rap_slice s)
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

static void put_passage(FILE *out, rap_slice text, const rap_passage *passage,
                        bool colour)
{
    uint32_t at = passage->around.begin;
    (void)fputs(at ? "    … " : "    ", out);
    for (uint32_t i = 0; i < passage->marks; i++) {
        put_plain(out, rap_slice_sub(text, at, passage->mark[i].begin));
        (void)fputs(colour ? "\033[7m" : "⟦", out);
        put_plain(out, rap_cut(text, passage->mark[i]));
        (void)fputs(colour ? "\033[0m" : "⟧", out);
        at = passage->mark[i].end;
    }
    put_plain(out, rap_slice_sub(text, at, passage->around.end));
    (void)fputs(passage->around.end < text.len ? " …\n" : "\n", out);
}

static void put_fact(FILE *out, const char *name, const char *value)
{
    if (!value || !value[0]) return;
    (void)fprintf(out, "  %-11s ", name);
    put_plain(out, rap_slice_of(value));
    (void)fputc('\n', out);
}

static void put_head(FILE *out, const rap_entry *entry, rap_arena *arena, bool colour)
{
    (void)fprintf(out, "%s%s %s%s\n", colour ? "\033[1m" : "",
                  rap_entry_kind_name(entry->kind), entry->id, colour ? "\033[0m" : "");
    put_fact(out, "date", entry->date);
    put_fact(out, "dated by", entry->date_basis);
    const bool said = entry->kind == RAP_ENTRY_STATEMENT;
    put_fact(out, said ? "speaker" : "who",
             rap_parties_text(arena, entry->who, entry->who_count, entry->said_by));
    put_fact(out, said ? "addressee" : "whom",
             rap_parties_text(arena, entry->whom, entry->whom_count, ""));
    if (entry->host) put_fact(out, "host", entry->host->name);
    put_fact(out, "place", entry->place);
    put_fact(out, "venue", entry->venue);
    put_fact(out, "act", entry->act);
    put_fact(out, "type", entry->type);
    put_fact(out, "status", entry->status);
    (void)fprintf(out, "  %-11s %.2f, %s\n", "confidence", entry->confidence,
                  entry->review);
    put_fact(out, "joined", entry->why);
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
        (void)fputs("\n  ", out);
        put_plain(out, rap_slice_of(evidence->path));
        (void)fprintf(out, ":%u-%u  ", evidence->span.begin, evidence->span.end);
        put_plain(out, rap_slice_of(evidence->outlet));
        (void)fprintf(out, "%s%s\n",
                      evidence->outlet[0] && evidence->published[0] ? ", " : "",
                      evidence->published);
        put_passage(out, text, &passage, colour);
    }
    rap_arena_free(&arena);
    return status;
}

rap_status rap_show(rap_store *store, const rap_entries *entries, const rap_view *view,
                    FILE *out, rap_error *err)
{
    rap_arena arena = RAP_ARENA(ARENA_LIMIT);
    rap_status status = RAP_OK;
    for (uint32_t i = 0; i < entries->count && !status; i++) {
        if (i) (void)fputc('\n', out);
        put_head(out, &entries->entry[i], &arena, view->colour);
        status = put_evidence(store, &entries->entry[i], view->colour, out, err);
    }
    rap_arena_free(&arena);
    return status;
}
