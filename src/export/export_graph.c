/*
 * export_graph.c - who met, addressed or accused whom, with days: GraphML and GEXF.
 *
 * Method  a first pass gathers the parties that have a tie, a second writes the ties: meetings
 *         between all who took part, statements to whom they address, events to whom they are
 *         done. A tie keeps its entry's id, so that the words can be looked up. Days are
 *         attributes `start` and `end` of the edge, not spells: programs misread spells. All
 *         edges are directed, for readers refuse graphs of both sorts: `mutual` says which go
 *         both ways. GEXF is 1.2draft, which more programs read than 1.3.
 */
#include "exporting_private.h"

typedef struct node {
    const char *label, *kind, *country, *code, *sector;
} node;

typedef struct graph {
    rap_exporting *job;
    rap_xml *xml;
    bool gexf;
    rap_map index; /* key -> index into node */
    RAP_LIST(node) node;
    uint64_t edges;
} graph;

typedef struct tie {
    const rap_entry *entry;
    const rap_party *from, *to;
    const char *relation;
    bool mutual;
} tie;

/* ---- ties of an entry ---------------------------------------------------------------- */

typedef rap_status (*tie_sink)(graph *g, const tie *one, rap_error *err);

static bool is_same(const rap_party *a, const rap_party *b)
{
    return strcmp(a->key, b->key) == 0;
}

static const char *relation_of(const rap_entry *e, const char *lower)
{
    if (e->kind == RAP_ENTRY_MEETING) return "met";
    if (e->kind == RAP_ENTRY_STATEMENT) return "addressed";
    return strcmp(e->type, "ACCUSE") == 0 ? "accused" : lower;
}

/* Those who met, each with each after it. */
static rap_status mutual_ties(graph *g, const rap_entry *e, tie_sink sink,
                              rap_error *err)
{
    rap_status status = RAP_OK;
    for (uint32_t i = 0; i < e->who_count; i++)
        for (uint32_t k = i + 1; !status && k < e->who_count; k++) {
            const tie one = {e, &e->who[i], &e->who[k], "met", true};
            if (!is_same(one.from, one.to)) status = sink(g, &one, err);
        }
    return status;
}

static rap_status each_tie(graph *g, const rap_entry *e, tie_sink sink, rap_error *err)
{
    char lower[32];
    size_t len = 0;
    for (; e->type[len] && len + 1 < sizeof lower; len++)
        lower[len] = (char)(e->type[len] | 0x20);
    lower[len] = 0;
    if (e->kind == RAP_ENTRY_MEETING) return mutual_ties(g, e, sink, err);
    rap_status status = RAP_OK;
    for (uint32_t i = 0; i < e->who_count; i++)
        for (uint32_t k = 0; !status && k < e->whom_count; k++) {
            const tie one = {e, &e->who[i], &e->whom[k], relation_of(e, lower), false};
            if (!is_same(one.from, one.to)) status = sink(g, &one, err);
        }
    return status;
}

/* ---- nodes --------------------------------------------------------------------------- */

static const char *keep(graph *g, const char *text)
{
    return rap_arena_copy(&g->job->arena, rap_slice_of(text)).at;
}

static rap_status add_node(graph *g, const rap_party *party, rap_error *err)
{
    if (rap_map_get(&g->index, rap_slice_of(party->key)) != RAP_NONE) return RAP_OK;
    const rap_actor_row *actor = rap_exporting_actor(g->job, party->key);
    const char *key = keep(g, party->key);
    const node one = {.label = keep(g, party->name),
                      .kind = keep(g, party->kind),
                      .country = keep(g, party->country),
                      .code = keep(g, party->code),
                      .sector = actor ? actor->sector : ""};
    uint32_t *slot =
        key ? rap_map_put(&g->index, &g->job->arena, rap_slice_of(key)) : NULL;
    if (!slot || !one.label || !one.kind || !one.country || !one.code ||
        !rap_push(&g->job->arena, &g->node, one))
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the graph");
    *slot = g->node.count - 1;
    return RAP_OK;
}

static rap_status note_tie(graph *g, const tie *one, rap_error *err)
{
    const rap_status status = add_node(g, one->from, err);
    return status ? status : add_node(g, one->to, err);
}

static rap_status note_entry(void *state, const rap_entry *entry, rap_error *err)
{
    return each_tie(state, entry, note_tie, err);
}

/* ---- writing ------------------------------------------------------------------------- */

static void put_id(rap_xml *xml, const char *name, char letter, uint64_t number)
{
    char id[32];
    (void)snprintf(id, sizeof id, "%c%llu", letter, (unsigned long long)number);
    rap_xml_attribute(xml, name, id);
}

/* One attribute: <data key="…"> in GraphML, <attvalue for="…" value="…"/> in GEXF. */
static void put_value(graph *g, const char *name, const char *value)
{
    if (!value || !value[0]) return;
    rap_xml_begin(g->xml, g->gexf ? "attvalue" : "data");
    rap_xml_attribute(g->xml, g->gexf ? "for" : "key", name);
    if (g->gexf)
        rap_xml_attribute(g->xml, "value", value);
    else
        rap_xml_text(g->xml, rap_slice_of(value));
    rap_xml_end(g->xml);
}

static void put_node(graph *g, uint32_t index)
{
    const node *n = &g->node.at[index];
    rap_xml_begin(g->xml, "node");
    put_id(g->xml, "id", 'n', index);
    if (g->gexf) {
        rap_xml_attribute(g->xml, "label", n->label);
        rap_xml_begin(g->xml, "attvalues");
    } else {
        put_value(g, "label", n->label);
    }
    put_value(g, "kind", n->kind);
    put_value(g, "country", n->country);
    put_value(g, "code", n->code);
    put_value(g, "sector", n->sector);
    if (g->gexf) rap_xml_end(g->xml);
    rap_xml_end(g->xml);
}

static void put_tie_values(graph *g, const tie *one)
{
    const rap_entry *e = one->entry;
    const rap_evidence *quoted = rap_first_quoted(e);
    char confidence[16];
    (void)snprintf(confidence, sizeof confidence, "%.2f", e->confidence);
    put_value(g, "relation", one->relation);
    put_value(g, "mutual", one->mutual ? "true" : "false");
    put_value(g, "entry", e->id);
    put_value(g, "date", e->date);
    if (!g->gexf) {
        put_value(g, "start", e->earliest);
        put_value(g, "end", e->latest);
    }
    put_value(g, "status", e->status);
    put_value(g, "confidence", confidence);
    put_value(g, "review", e->review);
    if (quoted) put_value(g, "address", rap_exporting_address(g->job, quoted));
    put_value(g, "words", e->what);
}

static rap_status put_tie(graph *g, const tie *one, rap_error *err)
{
    (void)err;
    rap_xml *xml = g->xml;
    rap_xml_begin(xml, "edge");
    put_id(xml, "id", 'e', g->edges++);
    put_id(xml, "source", 'n', rap_map_get(&g->index, rap_slice_of(one->from->key)));
    put_id(xml, "target", 'n', rap_map_get(&g->index, rap_slice_of(one->to->key)));
    if (g->gexf) {
        rap_xml_attribute(xml, "label", one->relation);
        if (one->entry->earliest[0])
            rap_xml_attribute(xml, "start", one->entry->earliest);
        if (one->entry->latest[0]) rap_xml_attribute(xml, "end", one->entry->latest);
        rap_xml_begin(xml, "attvalues");
    }
    put_tie_values(g, one);
    if (g->gexf) rap_xml_end(xml);
    rap_xml_end(xml);
    return RAP_OK;
}

static rap_status put_entry(void *state, const rap_entry *entry, rap_error *err)
{
    graph *g = state;
    const uint64_t before = g->edges;
    const rap_status status = each_tie(g, entry, put_tie, err);
    if (!status && g->edges == before) {
        g->job->count->entries--;
        g->job->count->left_out++;
        g->job->count->why = "without two parties";
    }
    return status;
}

/* ---- the two formats ----------------------------------------------------------------- */

static const char *const node_values[] = {"kind", "country", "code", "sector", NULL};
static const char *const edge_values[] = {"relation", "mutual",     "entry",  "date",
                                          "status",   "confidence", "review", "address",
                                          "words",    NULL};

static void declare(graph *g, const char *const *name, const char *what)
{
    for (; *name; name++) {
        const char *type = strcmp(*name, "confidence") == 0 ? "double"
                           : strcmp(*name, "mutual") == 0   ? "boolean"
                                                            : "string";
        rap_xml_begin(g->xml, g->gexf ? "attribute" : "key");
        rap_xml_attribute(g->xml, "id", *name);
        if (!g->gexf) rap_xml_attribute(g->xml, "for", what);
        rap_xml_attribute(g->xml, g->gexf ? "title" : "attr.name", *name);
        rap_xml_attribute(g->xml, g->gexf ? "type" : "attr.type", type);
        rap_xml_end(g->xml);
    }
}

static rap_status put_all(graph *g, rap_error *err)
{
    if (g->gexf) rap_xml_begin(g->xml, "nodes");
    for (uint32_t i = 0; i < g->node.count; i++) put_node(g, i);
    if (g->gexf) {
        rap_xml_end(g->xml);
        rap_xml_begin(g->xml, "edges");
    }
    const rap_status status = rap_exporting_each(g->job, put_entry, g, err);
    if (g->gexf) rap_xml_end(g->xml);
    return status;
}

static rap_status put_graphml(graph *g, rap_error *err)
{
    static const char *const label[] = {"label", NULL};
    static const char *const days[] = {"start", "end", NULL};
    rap_xml_begin(g->xml, "graphml");
    rap_xml_attribute(g->xml, "xmlns", "http://graphml.graphdrawing.org/xmlns");
    declare(g, label, "node");
    declare(g, node_values, "node");
    declare(g, edge_values, "edge");
    declare(g, days, "edge");
    rap_xml_begin(g->xml, "graph");
    rap_xml_attribute(g->xml, "id", "record");
    rap_xml_attribute(g->xml, "edgedefault", "directed");
    const rap_status status = put_all(g, err);
    rap_xml_end(g->xml);
    rap_xml_end(g->xml);
    return status;
}

static void declare_gexf(graph *g, const char *const *names, const char *class)
{
    rap_xml_begin(g->xml, "attributes");
    rap_xml_attribute(g->xml, "class", class);
    rap_xml_attribute(g->xml, "mode", "static");
    declare(g, names, class);
    rap_xml_end(g->xml);
}

static rap_status put_gexf(graph *g, rap_error *err)
{
    rap_xml_begin(g->xml, "gexf");
    rap_xml_attribute(g->xml, "xmlns", "http://www.gexf.net/1.2draft");
    rap_xml_attribute(g->xml, "version", "1.2");
    rap_xml_begin(g->xml, "meta");
    rap_xml_element(g->xml, "creator", "Rapporteur");
    rap_xml_element(g->xml, "description", "who met, addressed or accused whom");
    rap_xml_end(g->xml);
    rap_xml_begin(g->xml, "graph");
    rap_xml_attribute(g->xml, "mode", "dynamic");
    rap_xml_attribute(g->xml, "defaultedgetype", "directed");
    rap_xml_attribute(g->xml, "timeformat", "date");
    declare_gexf(g, node_values, "node");
    declare_gexf(g, edge_values, "edge");
    const rap_status status = put_all(g, err);
    rap_xml_end(g->xml);
    rap_xml_end(g->xml);
    return status;
}

static rap_status put_graph(rap_exporting *job, bool gexf, const char *name,
                            rap_error *err)
{
    FILE *out;
    graph g = {.job = job, .gexf = gexf};
    rap_status status = rap_out_begin(job->out, name, &out, err);
    if (!status) status = rap_exporting_each(job, note_entry, &g, err);
    if (!status) status = rap_xml_open(out, true, &g.xml, err);
    if (status) return status;
    status = (gexf ? put_gexf : put_graphml)(&g, err);
    rap_error why;
    const rap_status closed = rap_xml_close(g.xml, &why);
    if (!status && closed) *err = why;
    return status ? status : closed;
}

rap_status rap_export_graphml(rap_exporting *job, rap_error *err)
{
    return put_graph(job, false, "record.graphml", err);
}

rap_status rap_export_gexf(rap_exporting *job, rap_error *err)
{
    return put_graph(job, true, "record.gexf", err);
}
