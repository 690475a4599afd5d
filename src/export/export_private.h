/* export_private.h - shared by the views, `show` and the page of module export. */
#ifndef RAP_EXPORT_PRIVATE_H
#define RAP_EXPORT_PRIVATE_H

#include "decide.h"
#include "export.h"

typedef struct rap_column {
    const char *name; /* heading, as in CSV */
    bool right;       /* figures are set right */
    uint8_t share;    /* 0: never cut; else its share of what a terminal leaves */
} rap_column;

typedef struct rap_grid {     /* rows x columns of words */
    const rap_column *column; /* [columns] */
    uint32_t columns;
    RAP_LIST(const char *) cell; /* row by row; NULL is empty */
} rap_grid;

/* Write a grid as table, CSV (RFC 4180) or TSV. */
void rap_grid_write(const rap_grid *grid, const rap_view *view, FILE *out);

/* Entries as JSON: a list, or a line each. */
rap_status rap_entries_json(const rap_entries *entries, const rap_view *view, FILE *out,
                            rap_error *err) RAP_CHECKED;
/* A passage and the ids of the entries that rest on it. */
rap_status rap_passage_json(const rap_evidence *passage, const rap_entries *entries,
                            const rap_view *view, FILE *out,
                            rap_error *err) RAP_CHECKED;
/* Any grid as JSON objects keyed by column name. */
rap_status rap_grid_json(const rap_grid *grid, const rap_view *view, FILE *out,
                         rap_error *err) RAP_CHECKED;
rap_status rap_show(rap_store *store, const rap_entries *entries, const rap_view *view,
                    FILE *out, rap_error *err) RAP_CHECKED;

/* A passage by its address, with the entries that rest on it; an entry that is gone; the log
 * of decisions; what changed. */
rap_status rap_show_passage(rap_store *store, const rap_view *view, rap_arena *arena,
                            FILE *out, uint64_t *rows, rap_error *err) RAP_CHECKED;
rap_status rap_show_gone(rap_store *store, const rap_view *view, rap_arena *arena,
                         FILE *out, uint64_t *rows, rap_error *err) RAP_CHECKED;
rap_status rap_view_log(rap_store *store, const rap_view *view, rap_arena *arena,
                        FILE *out, uint64_t *rows, rap_error *err) RAP_CHECKED;
rap_status rap_view_changes(rap_store *store, const rap_view *view, rap_arena *arena,
                            FILE *out, uint64_t *rows, rap_error *err) RAP_CHECKED;
/* Parties by issues, with the latest stance of each. */
rap_status rap_view_matrix(rap_store *store, const rap_view *view, rap_arena *arena,
                           FILE *out, uint64_t *rows, rap_error *err) RAP_CHECKED;
/* Write a grid in the view's format; not `whole`: memory ran out filling it. */
rap_status rap_grid_put(const rap_grid *grid, bool whole, const rap_view *view,
                        FILE *out, rap_error *err) RAP_CHECKED;
/* Text of a report on a terminal: line ends as spaces, no control characters. */
void rap_put_plain(FILE *out, rap_slice s);
void rap_put_fact(FILE *out, const char *name, const char *value);

/* Names of parties joined by ", ", or `otherwise` when there are none. */
const char *rap_parties_text(rap_arena *arena, const rap_party *party, uint32_t count,
                             const char *otherwise);
/* What people decided, and how many reports came after it: "accepted, 2 reports since". */
const char *rap_review_text(rap_arena *arena, const rap_entry *entry);
/* One line: white space runs as single spaces. NULL when the arena is full. */
const char *rap_one_line(rap_arena *arena, const char *text);
/* The part of `text` around `span`, cut at white space: at most `reach` bytes either
 * side. */
rap_span rap_context(rap_slice text, rap_span span, uint32_t reach);

/* Is the evidence what an entry is quoted by: a statement's words, else its sentence? */
bool rap_is_quoted(const rap_entry *entry, uint32_t index);
enum { RAP_MARKS = 32 };
typedef struct rap_passage {  /* words of a report with what an entry rests on */
    rap_span around;          /* what to show */
    rap_span mark[RAP_MARKS]; /* [marks] what to highlight, rising, inside `around` */
    uint32_t marks;
} rap_passage;
/* Does evidence `index` begin a passage of its own? Others are marks in an earlier one,
 * or say less than it (a cue inside a quotation). */
bool rap_begins_passage(const rap_entry *entry, uint32_t index, rap_slice text,
                        uint32_t reach);
/* The passage that evidence `index` begins in its document's text. */
rap_passage rap_passage_of(const rap_entry *entry, uint32_t index, rap_slice text,
                           uint32_t reach);

void rap_add_mark(rap_passage *passage, rap_span span);
/* A blank line, then where a passage is from. */
void rap_put_place(FILE *out, const rap_evidence *evidence);
void rap_put_passage(FILE *out, rap_slice text, const rap_passage *passage,
                     bool colour);

/* ---- export_actor.c ---------------------------------------------------------------- */
/* The actors of that key, name or other name; else all that have it in their names. */
rap_status rap_actors_called(rap_store *store, const char *words, rap_arena *arena,
                             rap_actor_rows *out, rap_error *err) RAP_CHECKED;
rap_status rap_show_actors(rap_store *store, const rap_actor_rows *rows,
                           const rap_view *view, rap_arena *arena, FILE *out,
                           rap_error *err) RAP_CHECKED;

/* ---- the page -------------------------------------------------------------------- */
/* Text as HTML: marks escaped, control characters replaced. */
void rap_page_text(FILE *out, rap_slice s);
void rap_page_string(FILE *out, const char *text);
/* Sections of what many documents say together: positions, commitments, documents,
 * disagreements and wordings, each a table whose rows open at their passage. */
rap_status rap_page_tables(rap_store *store, FILE *out, rap_error *err) RAP_CHECKED;

#endif
