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

const rap_evidence *rap_main_evidence(const rap_entry *entry)
{
    static const char *const order[] = {"content", "evidence", "trigger"};
    for (uint32_t o = 0; o < 3; o++)
        for (uint32_t i = 0; i < entry->evidence_count; i++)
            if (strcmp(entry->evidence[i].role, order[o]) == 0)
                return &entry->evidence[i];
    return entry->evidence_count ? entry->evidence : NULL;
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

static void put_passage(FILE *out, rap_slice text, rap_span span, bool colour)
{
    const rap_span around = rap_context(text, span, REACH);
    (void)fputs(around.begin ? "    … " : "    ", out);
    put_plain(out, rap_slice_sub(text, around.begin, span.begin));
    (void)fputs(colour ? "\033[7m" : "⟦", out);
    put_plain(out, rap_cut(text, span));
    (void)fputs(colour ? "\033[0m" : "⟧", out);
    put_plain(out, rap_slice_sub(text, span.end, around.end));
    (void)fputs(around.end < text.len ? " …\n" : "\n", out);
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

static bool is_first_of_place(const rap_entry *entry, uint32_t index)
{
    for (uint32_t i = 0; i < index; i++)
        if (entry->evidence[i].document == entry->evidence[index].document &&
            rap_span_holds(entry->evidence[i].span, entry->evidence[index].span))
            return false;
    return true;
}

static rap_status put_evidence(rap_store *store, const rap_entry *entry, bool colour,
                               FILE *out, rap_error *err)
{
    rap_arena arena = RAP_ARENA(ARENA_LIMIT);
    rap_status status = RAP_OK;
    for (uint32_t i = 0; i < entry->evidence_count && !status; i++) {
        const rap_evidence *evidence = &entry->evidence[i];
        if (!is_first_of_place(entry, i)) continue;
        rap_slice text;
        rap_arena_clear(&arena);
        status = rap_store_text(store, evidence->document, &arena, &text, err);
        if (status) break;
        (void)fputs("\n  ", out);
        put_plain(out, rap_slice_of(evidence->path));
        (void)fprintf(out, ":%u-%u  %s%s%s  (%s)\n", evidence->span.begin,
                      evidence->span.end, evidence->outlet[0] ? evidence->outlet : "",
                      evidence->outlet[0] && evidence->published[0] ? ", " : "",
                      evidence->published, evidence->role);
        if (evidence->span.end <= text.len)
            put_passage(out, text, evidence->span, colour);
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
