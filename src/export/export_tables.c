/*
 * export_tables.c - sections of the page for what many documents say together.
 *
 * Method  tables that read without script and print: who stands where (a row a party, a
 *         column an issue, the latest stance with the number behind it), who owes what
 *         until when, documents with a column an outlet for the clauses they quote,
 *         disagreements with their sides beside each other, wordings. Every row opens on
 *         the exact words it rests on. These entries are less sure than the others: each
 *         says how sure.
 */
#include "export_private.h"

enum {
    TABLES_ARENA = 256 * 1024 * 1024,
    MOST_ROWS = 200,
    MOST_PARTIES = 14,
    MOST_ISSUES = 9,
    MOST_OUTLETS = 8,
    QUOTE_BYTES = 400
};

typedef struct tables {
    rap_store *store;
    FILE *out;
    rap_arena arena;
} tables;

static rap_status load(tables *t, rap_entry_kind kind, rap_entries *out, rap_error *err)
{
    const rap_filter filter = {.kinds = 1u << kind,
                               .min_confidence = RAP_FOUND_CONFIDENCE,
                               .limit = MOST_ROWS};
    return rap_store_entries(t->store, &filter, &t->arena, out, err);
}

static void put(const tables *t, const char *html)
{
    (void)fputs(html, t->out);
}

static void put_escaped(const tables *t, const char *text)
{
    const char *line = NULL;
    rap_arena arena = RAP_ARENA(1 << 20);
    if (text) line = rap_one_line(&arena, text);
    rap_page_string(t->out, line ? line : "");
    rap_arena_free(&arena);
}

static void begin_section(const tables *t, const char *id, const char *title,
                          const char *hint)
{
    (void)fprintf(t->out,
                  "<section id=\"%s\"><h2>%s</h2><p class=\"hint\">%s</p><div "
                  "class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">"
                  "<table>",
                  id, title, hint, title);
}

static void end_section(const tables *t)
{
    put(t, "</tbody></table></div></section>\n");
}

static const char *outlet_of(const rap_evidence *e)
{
    const char *slash = strrchr(e->path, '/');
    return e->outlet[0] ? e->outlet : slash ? slash + 1 : e->path;
}

static void put_quote(const tables *t, const rap_evidence *e)
{
    put(t, "<q>");
    if (strlen(e->quote) > QUOTE_BYTES) {
        uint32_t cut = QUOTE_BYTES;
        while (cut && ((unsigned char)e->quote[cut] & 0xC0) == 0x80) cut--;
        rap_page_text(t->out, (rap_slice){e->quote, cut});
        put(t, " …");
    } else {
        put_escaped(t, e->quote);
    }
    (void)fprintf(t->out, "</q> <small><a href=\"#d%lld\">", (long long)e->document);
    put_escaped(t, outlet_of(e));
    put(t, "</a></small>");
}

static void put_evidence(const tables *t, const rap_entry *e)
{
    uint32_t shown = 0;
    for (uint32_t i = 0; i < e->evidence_count && shown < 3; i++) {
        if (strcmp(e->evidence[i].role, "evidence") != 0) continue;
        if (shown++) put(t, "<br>");
        put_quote(t, &e->evidence[i]);
    }
}

/* How sure, and what people decided. */
static void put_sure(const tables *t, const rap_entry *e)
{
    (void)fprintf(t->out, "<td class=\"n\">%.0f %%", e->confidence * 100);
    if (strcmp(e->review, "suggested") != 0) {
        rap_arena arena = RAP_ARENA(4096);
        (void)fprintf(t->out, " <span class=\"review %s\">%s</span>", e->review,
                      rap_review_text(&arena, e));
        rap_arena_free(&arena);
    }
    put(t, "</td>");
}

/* What became of a duty or document: of what merely happened nothing is said. */
static void put_status(const tables *t, const rap_entry *e)
{
    if (!e->status[0] || !strcmp(e->status, "happened")) return;
    put(t, " <span class=\"status\">");
    put_escaped(t, e->status);
    put(t, "</span>");
}

/* ---- positions --------------------------------------------------------------------- */

typedef struct axis { /* distinct strings, the most frequent first */
    const char *key[MOST_ROWS], *label[MOST_ROWS];
    uint32_t count[MOST_ROWS], size;
} axis;

static void count_on(axis *a, const char *key, const char *label)
{
    uint32_t i = 0;
    while (i < a->size && strcmp(a->key[i], key) != 0) i++;
    if (i == MOST_ROWS) return;
    if (i == a->size) a->key[i] = key, a->label[i] = label, a->count[a->size++] = 0;
    a->count[i]++;
    while (i && a->count[i] > a->count[i - 1]) { /* keep the order by one step up */
        const char *k = a->key[i], *l = a->label[i];
        const uint32_t n = a->count[i];
        a->key[i] = a->key[i - 1], a->label[i] = a->label[i - 1];
        a->count[i] = a->count[i - 1];
        a->key[i - 1] = k, a->label[i - 1] = l, a->count[i - 1] = n;
        i--;
    }
}

static bool takes_part(const rap_entry *e, const char *party)
{
    for (uint32_t w = 0; w < e->who_count; w++)
        if (!strcmp(e->who[w].key, party)) return true;
    return false;
}

static void put_cell(const tables *t, const rap_entries *all, const char *party,
                     const char *issue)
{
    const rap_entry *latest = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        const rap_entry *e = &all->entry[i];
        if (!takes_part(e, party) || strcmp(e->name, issue) != 0) continue;
        count++;
        if (!latest || e->date[0]) latest = e;
    }
    if (!latest) {
        put(t, "<td></td>");
        return;
    }
    (void)fprintf(t->out, "<td class=\"stance %s\"><a href=\"#in-%s\">%s</a>",
                  latest->stance, latest->id, latest->stance);
    if (latest->date[0]) (void)fprintf(t->out, " <small>%s</small>", latest->date);
    if (count > 1) (void)fprintf(t->out, " <small>%u times</small>", count);
    put(t, "</td>");
}

static void put_matrix(const tables *t, const rap_entries *all)
{
    axis *parties = &(axis){.size = 0}, *issues = &(axis){.size = 0};
    for (uint32_t i = 0; i < all->count; i++) {
        const rap_entry *e = &all->entry[i];
        if (!e->who_count) continue;
        for (uint32_t w = 0; w < e->who_count; w++)
            count_on(parties, e->who[w].key, e->who[w].name);
        count_on(issues, e->name, e->name);
    }
    begin_section(
        t, "positions", "Positions",
        "The latest stance of each party on each issue; each opens the words it "
        "was read from. The list below the table holds all of them.");
    put(t, "<thead><tr><th scope=\"col\">Party</th>");
    const uint32_t columns = issues->size < MOST_ISSUES ? issues->size : MOST_ISSUES;
    for (uint32_t k = 0; k < columns; k++) {
        put(t, "<th scope=\"col\">");
        put_escaped(t, issues->label[k]);
        put(t, "</th>");
    }
    put(t, "</tr></thead><tbody>\n");
    for (uint32_t i = 0; i < parties->size && i < MOST_PARTIES; i++) {
        put(t, "<tr><th scope=\"row\">");
        put_escaped(t, parties->label[i]);
        put(t, "</th>");
        for (uint32_t k = 0; k < columns; k++)
            put_cell(t, all, parties->key[i], issues->key[k]);
        put(t, "</tr>\n");
    }
    put(t, "</tbody></table></div><details><summary>All positions</summary><div "
           "class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"All "
           "positions\"><table><thead><tr><th scope=\"col\">Date</th><th "
           "scope=\"col\">Party</th><th scope=\"col\">Stance</th><th "
           "scope=\"col\">Issue</th><th scope=\"col\">In these words</th><th "
           "scope=\"col\" class=\"n\">Sure</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < all->count; i++) {
        const rap_entry *e = &all->entry[i];
        (void)fprintf(t->out, "<tr id=\"in-%s\"><td>%s</td><td>", e->id, e->date);
        for (uint32_t w = 0; w < e->who_count; w++) {
            if (w) put(t, ", ");
            put_escaped(t, e->who[w].name);
        }
        (void)fprintf(t->out, "</td><td>%s</td><td>", e->stance);
        put_escaped(t, e->name);
        put(t, "</td><td>");
        put_evidence(t, e);
        if (e->according_to) {
            put(t, " <small>according to ");
            put_escaped(t, e->according_to->name);
            put(t, "</small>");
        }
        put(t, "</td>");
        put_sure(t, e);
        put(t, "</tr>\n");
    }
    put(t, "</tbody></table></div></details></section>\n");
}

/* ---- commitments ------------------------------------------------------------------- */

static void put_commitments(const tables *t, const rap_entries *all)
{
    begin_section(
        t, "commitments", "Commitments",
        "Who owes what, under which text, and until when: as stated, computed "
        "from a term, or open.");
    put(t, "<thead><tr><th scope=\"col\">Due</th><th scope=\"col\">Who</th><th "
           "scope=\"col\">What</th><th scope=\"col\">Under</th><th scope=\"col\" "
           "class=\"n\">Sure</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < all->count; i++) {
        const rap_entry *e = &all->entry[i];
        (void)fprintf(t->out, "<tr id=\"in-%s\"><td>%s <small>%s</small></td><td>",
                      e->id, e->due[0] ? e->due : "open", e->due_basis);
        for (uint32_t w = 0; w < e->who_count; w++) {
            if (w) put(t, ", ");
            put_escaped(t, e->who[w].name);
        }
        put(t, "</td><td>");
        put_evidence(t, e);
        put(t, "</td><td>");
        put_escaped(t, e->name);
        put_status(t, e);
        put(t, "</td>");
        put_sure(t, e);
        put(t, "</tr>\n");
    }
    end_section(t);
}

/* ---- documents --------------------------------------------------------------------- */

static uint32_t outlets_of(const rap_entry *e, const char *outlet[MOST_OUTLETS])
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->clauses; i++) {
        const char *one = outlet_of(&e->clause[i].evidence);
        uint32_t k = 0;
        while (k < n && strcmp(outlet[k], one) != 0) k++;
        if (k == n && n < MOST_OUTLETS) outlet[n++] = one;
    }
    return n;
}

/* A row a clause, a column an outlet: in whose words each is told. */
static void put_clauses(const tables *t, const rap_entry *e)
{
    const char *outlet[MOST_OUTLETS];
    const uint32_t outlets = outlets_of(e, outlet);
    if (!outlets) return;
    put(t, "<table class=\"clauses\"><thead><tr>");
    for (uint32_t k = 0; k < outlets; k++) {
        put(t, "<th scope=\"col\">");
        put_escaped(t, outlet[k]);
        put(t, "</th>");
    }
    put(t, "</tr></thead><tbody>");
    for (uint32_t i = 0; i < e->clauses;) {
        const char *clause = e->clause[i].value;
        uint32_t end = i;
        while (end < e->clauses && !strcmp(e->clause[end].value, clause)) end++;
        put(t, "<tr>");
        for (uint32_t k = 0; k < outlets; k++) {
            put(t, "<td>");
            for (uint32_t c = i; c < end; c++) {
                if (strcmp(outlet_of(&e->clause[c].evidence), outlet[k]) != 0) continue;
                (void)fprintf(t->out, "<a href=\"#in-%s\">", clause);
                put_escaped(t, e->clause[c].evidence.quote);
                put(t, "</a> ");
            }
            put(t, "</td>");
        }
        put(t, "</tr>");
        i = end;
    }
    put(t, "</tbody></table>");
}

static void put_documents(const tables *t, const rap_entries *all)
{
    begin_section(
        t, "documents", "Documents",
        "Agreements, statements and plans under every name they are given, with "
        "what is quoted from them, outlet by outlet.");
    put(t, "<thead><tr><th scope=\"col\">Date</th><th scope=\"col\">Document</th><th "
           "scope=\"col\">Parties</th><th scope=\"col\">Also called</th><th "
           "scope=\"col\">Reports</th><th scope=\"col\" "
           "class=\"n\">Sure</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < all->count; i++) {
        const rap_entry *e = &all->entry[i];
        (void)fprintf(t->out, "<tr id=\"in-%s\"><td>%s</td><td><b>", e->id, e->date);
        put_escaped(t, e->name);
        (void)fprintf(t->out, "</b> <small>%s</small>", e->type);
        put_status(t, e);
        put_clauses(t, e);
        put(t, "</td><td>");
        for (uint32_t w = 0; w < e->who_count; w++) {
            if (w) put(t, ", ");
            put_escaped(t, e->who[w].name);
        }
        put(t, "</td><td>");
        put_escaped(t, e->names);
        (void)fprintf(t->out, "</td><td class=\"n\">%u</td>", e->sources);
        put_sure(t, e);
        put(t, "</tr>\n");
    }
    end_section(t);
}

/* ---- disagreements and wordings ------------------------------------------------------ */

static void put_claims(const tables *t, const rap_entries *all, const char *id,
                       const char *title, const char *hint)
{
    begin_section(t, id, title, hint);
    put(t, "<thead><tr><th scope=\"col\">Matter</th><th scope=\"col\">Side by "
           "side</th><th scope=\"col\" class=\"n\">Sure</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < all->count; i++) {
        const rap_entry *e = &all->entry[i];
        (void)fprintf(t->out, "<tr id=\"in-%s\"><td>", e->id);
        put_escaped(t, e->kind == RAP_ENTRY_VARIANT && e->who_count ? e->who[0].name
                                                                    : e->what);
        (void)fprintf(t->out, " <small>%s %s</small></td><td><div class=\"sides\">",
                      e->type, e->date);
        for (uint32_t c = 0; c < e->claims; c++) {
            put(t, "<div><b>");
            put_escaped(t, e->claim[c].by);
            put(t, "</b> ");
            put_quote(t, &e->claim[c].evidence);
            put(t, "</div>");
        }
        put(t, "</div></td>");
        put_sure(t, e);
        put(t, "</tr>\n");
    }
    end_section(t);
}

rap_status rap_page_tables(rap_store *store, FILE *out, rap_error *err)
{
    tables t = {.store = store, .out = out, .arena = RAP_ARENA(TABLES_ARENA)};
    rap_entries list;
    rap_status status = load(&t, RAP_ENTRY_POSITION, &list, err);
    if (!status && list.count) put_matrix(&t, &list);
    if (!status) status = load(&t, RAP_ENTRY_COMMITMENT, &list, err);
    if (!status && list.count) put_commitments(&t, &list);
    if (!status) status = load(&t, RAP_ENTRY_DOCUMENT, &list, err);
    if (!status && list.count) put_documents(&t, &list);
    if (!status) status = load(&t, RAP_ENTRY_DISAGREEMENT, &list, err);
    if (!status && list.count)
        put_claims(&t, &list, "disagreements", "Disagreements",
                   "What reports state differently, and claims with their denials.");
    if (!status) status = load(&t, RAP_ENTRY_VARIANT, &list, err);
    if (!status && list.count)
        put_claims(&t, &list, "wordings", "Wordings",
                   "One utterance in the words of several reports.");
    rap_arena_free(&t.arena);
    return status;
}
