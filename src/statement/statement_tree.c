/*
 * statement_tree.c - statements as the dependency trees show them.
 *
 * Reads   a page whose drafts by rule are made; the trees, if there are any.
 * Writes  drafts for what the rules did not see.
 * Method  for each verb, noun, adjective, hearsay adverb and colon the readings of its
 *         dependents as content (statement_read.c), each scored by statement_score.c;
 *         the best of each cue is kept, of two that say much the same the surer one.
 * Cost    linear: dependents, steps up the tree and rivals compared are bounded.
 */
#include "statement_tree.h"

enum { RIVALS_MOST = 24 };
static const float KEEP_LEAST = 0.45f;
/* A rule's draft is no surer than its share, where that is low or not high. */
static const float RULE_LEAST = 0.3f, RULE_SURE = 0.85f, RULE_UNSURE = 0.94f;
static const float RULE_LIFT = 0.60f, RULE_LIFTED = 0.75f, RULE_SPEAKER = 0.95f;

/* ---- the tree's shape ---------------------------------------------------------------
 */

/* Children by head, in text order, as offsets into one array. */
static bool link_children(tree *w)
{
    const uint32_t count = w->page->tokens->count, *head = w->page->syntax->head;
    w->from = rap_new(w->page->scratch, uint32_t, count + 2);
    w->child = rap_new(w->page->scratch, uint32_t, count + 1);
    if (!w->from || !w->child) return false;
    for (uint32_t t = 0; t < count; t++)
        if (head[t] != t) w->from[head[t] + 2]++;
    for (uint32_t t = 2; t < count + 2; t++) w->from[t] += w->from[t - 1];
    for (uint32_t t = 0; t < count; t++)
        if (head[t] != t) w->child[w->from[head[t] + 1]++] = t;
    return true;
}

/* The first and last token below each: leaves first, each head after its last child. */
static bool measure(tree *w)
{
    const uint32_t count = w->page->tokens->count, *head = w->page->syntax->head;
    w->low = rap_new(w->page->scratch, uint32_t, count + 1);
    w->high = rap_new(w->page->scratch, uint32_t, count + 1);
    uint32_t *waits = rap_new(w->page->scratch, uint32_t, count + 1);
    if (!w->low || !w->high || !waits) return false;
    for (uint32_t t = 0; t < count; t++) {
        w->low[t] = w->high[t] = t;
        waits[t] = w->from[t + 1] - w->from[t];
    }
    for (uint32_t t = 0; t < count; t++) {
        uint32_t at = t;
        /* A token is taken up once, when all below it are: by its last child, or here
         * if it has none. */
        while (waits[at] == 0) {
            waits[at] = RAP_NONE;
            const uint32_t up = head[at];
            if (up == at) break;
            if (w->low[at] < w->low[up]) w->low[up] = w->low[at];
            if (w->high[at] > w->high[up]) w->high[up] = w->high[at];
            if (waits[up] == RAP_NONE || --waits[up] > 0) break;
            at = up;
        }
    }
    return true;
}

/* Drafts by the token of their cue, and by the sentence their content begins in. */
static bool index_drafts(tree *w)
{
    const page *p = w->page;
    w->drafts = p->draft.count;
    w->by_cue = rap_new(p->scratch, uint32_t, p->tokens->count + 1);
    w->by_sentence = rap_new(p->scratch, uint32_t, p->tokens->sentences + 1);
    w->next = rap_new(p->scratch, uint32_t, w->drafts + 1);
    if (!w->by_cue || !w->by_sentence || !w->next) return false;
    for (uint32_t t = 0; t < p->tokens->count; t++) w->by_cue[t] = RAP_NONE;
    for (uint32_t s = 0; s < p->tokens->sentences; s++) w->by_sentence[s] = RAP_NONE;
    for (uint32_t i = w->drafts; i > 0; i--) {
        const draft *d = &p->draft.at[i - 1];
        if (d->contents == 0) continue;
        if (d->cue.end > d->cue.begin) w->by_cue[d->cue_token] = i - 1;
        const uint32_t s = p->tokens->sentence[d->cue_token];
        w->next[i - 1] = w->by_sentence[s];
        w->by_sentence[s] = i - 1;
    }
    return true;
}

/* ---- contents compared --------------------------------------------------------------
 */

static uint32_t bytes_of(const rap_span *at, uint32_t count)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) sum += at[i].end - at[i].begin;
    return sum;
}

static uint32_t shared_bytes(const rap_span *a, uint32_t as, const rap_span *b,
                             uint32_t bs)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < as; i++)
        for (uint32_t k = 0; k < bs; k++) {
            const uint32_t begin = a[i].begin > b[k].begin ? a[i].begin : b[k].begin;
            const uint32_t end = a[i].end < b[k].end ? a[i].end : b[k].end;
            if (end > begin) sum += end - begin;
        }
    return sum;
}

/* The share of the words of both contents that are in both. */
static float likeness(const rap_span *a, uint32_t as, const rap_span *b, uint32_t bs)
{
    const uint32_t both = shared_bytes(a, as, b, bs);
    const uint32_t all = bytes_of(a, as) + bytes_of(b, bs) - both;
    return all ? (float)both / (float)all : 0.0f;
}

static uint32_t spans_of_candidate(const page *p, const candidate *c, rap_span *out)
{
    for (uint32_t i = 0; i < c->contents; i++)
        out[i] = rap_tokens_span(p->tokens, c->content[i].first, c->content[i].last);
    return c->contents;
}

void tree_compare(const tree *w, candidate *c, float *same, float *other)
{
    const page *p = w->page;
    rap_span span[PARTS_MOST];
    const uint32_t spans = spans_of_candidate(p, c, span);
    c->agreeing = c->same_cue = RAP_NONE;
    *same = *other = 0;
    for (uint32_t t = c->cue.first; t <= c->cue.last && c->same_cue == RAP_NONE; t++)
        c->same_cue = w->by_cue[t];
    if (c->same_cue != RAP_NONE) {
        const draft *d = &p->draft.at[c->same_cue];
        *same = likeness(span, spans, d->content, d->contents);
    }
    const uint32_t sentence = p->tokens->sentence[c->head];
    uint32_t n = 0;
    for (uint32_t i = w->by_sentence[sentence]; i != RAP_NONE && n < RIVALS_MOST;
         i = w->next[i], n++) {
        const draft *d = &p->draft.at[i];
        const float like = likeness(span, spans, d->content, d->contents);
        if (like <= *other) continue;
        *other = like;
        c->agreeing = i;
    }
}

float tree_likeness(const tree *w, const draft *d, const candidate *c)
{
    rap_span span[PARTS_MOST];
    const uint32_t spans = spans_of_candidate(w->page, c, span);
    return likeness(span, spans, d->content, d->contents);
}

/* ---- the rules' drafts, judged ------------------------------------------------------
 */

/* The token that holds `offset`, or the next one. */
static uint32_t token_at(const page *p, uint32_t offset)
{
    uint32_t low = 0, high = p->tokens->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (p->tokens->span[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->tokens->count ? low : p->tokens->count - 1;
}

/* The share of drafts like `d`, whose cue's readings are in w->made, that are right. */
static void judge(tree *w, draft *d)
{
    const page *p = w->page;
    candidate c = {.head = d->cue_token,
                   .kind = READ_RULE,
                   .cue = {d->cue_token, d->cue_token},
                   .source = d->subject,
                   .negated = d->negated,
                   .agreeing = RAP_NONE,
                   .same_cue = RAP_NONE};
    for (uint32_t i = 0; i < d->contents && i < PARTS_MOST; i++)
        c.content[c.contents++] = (range){token_at(p, d->content[i].begin),
                                          token_at(p, d->content[i].end - 1)};
    tree_rule_features(w, d, &c);
    c.score = d->share = score_of(p->knowledge, &c);
    if (w->watch) w->watch->see(w->watch->whose, p, &c);
    /* A weak rule may still be right as often as not here. */
    if (d->share >= RULE_LIFT && d->confidence < d->share * RULE_SPEAKER)
        d->confidence = d->share * RULE_SPEAKER < RULE_LIFTED ? d->share * RULE_SPEAKER
                                                              : RULE_LIFTED;
    if (d->share < RULE_LEAST && d->share < d->most) d->most = d->share;
    if (d->share < RULE_SURE && d->most > RULE_UNSURE) d->most = RULE_UNSURE;
}

/* ---- statements ---------------------------------------------------------------------
 */

static bool add_statement(page *p, const candidate *c)
{
    draft d = {.cue = rap_tokens_span(p->tokens, c->head, c->head),
               .cue_token = c->head,
               .subject = c->source,
               .named = RANGE_NONE,
               .addressee = RANGE_NONE,
               .venue_tokens = RANGE_NONE,
               .mode = RAP_MODE_INDIRECT,
               .act = c->act,
               .negated = c->negated,
               .confidence =
                   0.5f + 0.5f * (c->score - KEEP_LEAST) / (1.0f - KEEP_LEAST),
               .most = 1.0f,
               .speaker = RAP_NONE};
    if (range_is(c->cue)) d.cue = rap_tokens_span(p->tokens, c->cue.first, c->cue.last);
    if (range_is(c->source))
        d.source = rap_tokens_span(p->tokens, c->source.first, c->source.last);
    for (uint32_t i = 0; i < c->contents; i++)
        content_add(p, &d, c->content[i], p->draft.count);
    return content_keep(p, d);
}

/* Is `c` new: no draft says much the same or, surer, something else of this cue? Drafts
 * that are less sure give way. */
static bool makes_way(page *p, const candidate *c, float like)
{
    if (c->agreeing != RAP_NONE && like >= 0.5f) {
        draft *d = &p->draft.at[c->agreeing];
        if (d->confidence >= 0.5f || d->confidence >= c->score) return false;
        d->contents = 0;
        return true;
    }
    if (c->same_cue == RAP_NONE) return true;
    draft *d = &p->draft.at[c->same_cue];
    /* The rules ended a content before the reporter's own words. */
    const rap_span first =
        rap_tokens_span(p->tokens, c->content[0].first, c->content[0].last);
    if (d->contents == 1 && d->content[0].begin == first.begin &&
        d->content[0].end < first.end)
        return false;
    const float share = d->share > 0 ? d->share : d->confidence;
    if (d->contents && (share >= c->score || share >= 0.5f)) return false;
    d->contents = 0;
    return true;
}

static bool settle(tree *w, candidate *kept, uint32_t count)
{
    page *p = w->page;
    for (uint32_t i = 0; i < count; i++) {
        float same, other;
        if (kept[i].score < KEEP_LEAST) continue;
        tree_compare(w, &kept[i], &same, &other);
        if (makes_way(p, &kept[i], other) && !add_statement(p, &kept[i])) return false;
    }
    return true;
}

/* Of two candidates that say much the same the less sure one is dropped. */
static void drop_doubles(tree *w, candidate *kept, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        rap_span a[PARTS_MOST], b[PARTS_MOST];
        const uint32_t as = spans_of_candidate(w->page, &kept[i], a);
        for (uint32_t k = i + 1; k < count && k < i + RIVALS_MOST; k++) {
            if (kept[i].score <= 0 || kept[k].score <= 0) continue;
            const uint32_t bs = spans_of_candidate(w->page, &kept[k], b);
            if (likeness(a, as, b, bs) < 0.5f) continue;
            if (kept[i].score >= kept[k].score)
                kept[k].score = 0;
            else
                kept[i].score = 0;
        }
    }
}

/* The best reading of the cue at `head`; score 0: none. */
static candidate best_reading(tree *w, uint32_t head)
{
    candidate best = {.score = 0};
    w->count = 0;
    tree_candidates(w, head);
    for (uint32_t i = 0; i < w->count; i++) {
        candidate *c = &w->made[i];
        tree_features(w, c);
        c->score = score_of(w->page->knowledge, c);
        if (w->watch) w->watch->see(w->watch->whose, w->page, c);
        if (c->score > best.score) best = *c;
    }
    const uint32_t rule = w->by_cue[head];
    if (rule != RAP_NONE) judge(w, &w->page->draft.at[rule]);
    return best;
}

static bool read_sentence(tree *w, range r)
{
    RAP_LIST(candidate) kept = {0};
    for (uint32_t t = r.first; t <= r.last; t++) {
        const candidate best = best_reading(w, t);
        if (best.score < KEEP_LEAST) continue;
        if (!rap_push(w->page->scratch, &kept, best)) return false;
    }
    drop_doubles(w, kept.at, kept.count);
    return settle(w, kept.at, kept.count);
}

static bool is_told(const page *p, uint32_t sentence)
{
    const rap_zone_kind kind = p->in->article->zone[p->tokens->zone[sentence]].kind;
    return kind == RAP_ZONE_BODY || kind == RAP_ZONE_STANDFIRST;
}

/* Sources of the rules' drafts with their appositions and relative clauses. */
static void mend_sources(tree *w)
{
    page *p = w->page;
    for (uint32_t i = 0; i < w->drafts; i++) {
        draft *d = &p->draft.at[i];
        if (d->contents == 0 || !range_is(d->subject)) continue;
        const rap_span own =
            rap_tokens_span(p->tokens, d->subject.first, d->subject.last);
        if (own.begin != d->source.begin || own.end != d->source.end) continue;
        const range r = tree_source(w, d->subject, d->cue_token);
        const rap_span span = rap_tokens_span(p->tokens, r.first, r.last);
        bool apart = true; /* no source holds words that were said */
        for (uint32_t k = 0; k < d->contents; k++)
            if (rap_span_overlaps(d->content[k], span)) apart = false;
        if (apart) d->source = span;
    }
}

bool tree_read(page *p, const tree_watch *watch)
{
    if (!p->syntax->head || p->tokens->count == 0) return true;
    tree w = {.page = p, .watch = watch};
    if (!link_children(&w) || !measure(&w) || !index_drafts(&w)) return false;
    mend_sources(&w);
    for (uint32_t s = 0; s < p->tokens->sentences; s++) {
        const range r = {p->tokens->first[s], p->tokens->first[s + 1] - 1};
        if (!range_is(r) || !is_told(p, s)) continue;
        p->unit = r;
        if (s == 0 || p->tokens->zone[s] != p->tokens->zone[s - 1])
            p->unit.first = page_past_dateline(p, r);
        if (!read_sentence(&w, r)) return false;
    }
    return true;
}
