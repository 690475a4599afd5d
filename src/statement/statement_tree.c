/*
 * statement_tree.c - statements as the dependency trees show them.
 *
 * Reads   a page whose drafts by rule are made; the trees, if there are any.
 * Writes  drafts for what the rules did not see.
 * Method  for each verb, noun, adjective, hearsay adverb and colon the readings of its
 *         dependents as content (statement_read.c, statement_near.c), shorter ones of
 *         them (statement_cut.c) and the rules' draft; a softmax over what
 *         statement_score.c says of each; the best of each cue is kept with the share
 *         of all that say much the same; of two such cues the surer one.
 * Cost    linear: dependents, steps up the tree and rivals compared are bounded.
 */
#include <math.h>

#include "statement_tree.h"

enum { RIVALS_MOST = 24 };
/* Shares from which on a reading is printed: of a listed cue with a source, of any other,
 * of one with a quotation, of a rule's draft, of one that is more than telling. */
static const float KEEP_LISTED = 0.3f, KEEP_OTHER = 0.35f, KEEP_QUOTED = 0.28f,
                   KEEP_RULE = 0.28f, KEEP_ACT = 0.25f, KEEP_VAGUE = 0.5f,
                   KEEP_ATTITUDE = 0.4f;
/* From this share on a rule's draft is taken before readings of the tree. */
static const float RULE_LEAST = 0.25f;
/* A rule's draft with less is no surer than that. */
static const float RULE_SURE = 0.93f, RULE_UNSURE = 0.94f;
static const float NESTED_LEAST = 0.75f, NESTED_ACT = 0.49f, NESTED_SHARE = 0.25f;
typedef RAP_LIST(candidate) candidate_list;

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

static float alike(const page *p, const candidate *a, const candidate *b)
{
    rap_span x[PARTS_MOST], y[PARTS_MOST];
    const uint32_t xs = spans_of_candidate(p, a, x), ys = spans_of_candidate(p, b, y);
    return likeness(x, xs, y, ys);
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

/* Draft `d` as one more reading of its cue, with its first `contents` parts. */
static void add_rule(tree *w, uint32_t index, reading_kind kind, uint32_t contents)
{
    const page *p = w->page;
    const draft *d = &p->draft.at[index];
    if (w->count >= CANDIDATES_MOST) return;
    candidate c = {.head = d->cue_token,
                   .kind = kind,
                   .cue = {d->cue_token, d->cue_token},
                   .source = d->subject,
                   .negated = d->negated,
                   .act = d->act,
                   .agreeing = index,
                   .same_cue = index,
                   .tail = RAP_NONE};
    for (uint32_t i = 0; i < contents; i++)
        c.content[c.contents++] = (range){token_at(p, d->content[i].begin),
                                          token_at(p, d->content[i].end - 1)};
    tree_rule_features(w, d, &c);
    w->made[w->count++] = c;
}

/* ---- statements ---------------------------------------------------------------------
 */

/* What a share is worth as confidence: half at the share that balances best. */
static float confidence_of(float share, float least)
{
    if (share < least) return share / least * 0.5f;
    return 0.5f + 0.5f * (share - least) / (1.0f - least);
}

/* The share from which on the reading is printed. */
static float least_of(const tree *w, const candidate *c)
{
    const page *p = w->page;
    for (uint32_t i = 0; i < c->contents; i++)
        if (p->look[c->content[i].first].quote != RAP_NONE ||
            p->look[c->content[i].last].quote != RAP_NONE)
            return KEEP_QUOTED;
    if (c->act == RAP_ACT_ACCEPT || c->act == RAP_ACT_PRAISE) return KEEP_ATTITUDE;
    if (c->kind >= READ_RULE) return c->act == RAP_ACT_STATE ? KEEP_RULE : KEEP_ACT;
    if (!range_is(c->source) || (c->negated && c->act == RAP_ACT_STATE))
        return KEEP_VAGUE;
    return c->listed ? KEEP_LISTED : KEEP_OTHER;
}

static void fill(page *p, draft *d, const candidate *c, uint32_t index)
{
    d->contents = 0;
    d->mode = RAP_MODE_INDIRECT;
    for (uint32_t i = 0; i < c->contents; i++) content_add(p, d, c->content[i], index);
    d->own = d->contents;
}

static bool add_statement(page *p, const candidate *c)
{
    draft d = {.cue = rap_tokens_span(p->tokens, c->head, c->head),
               .cue_token = c->head,
               .subject = c->source,
               .named = RANGE_NONE,
               .addressee = RANGE_NONE,
               .venue_tokens = RANGE_NONE,
               .act = c->act,
               .negated = c->negated,
               .confidence = c->score,
               .most = 1.0f,
               .speaker = RAP_NONE};
    if (range_is(c->cue)) d.cue = rap_tokens_span(p->tokens, c->cue.first, c->cue.last);
    if (range_is(c->source))
        d.source = rap_tokens_span(p->tokens, c->source.first, c->source.last);
    fill(p, &d, c, p->draft.count);
    return content_keep(p, d);
}

/* The words of draft `d` as the tree has them; speaker and act stay. */
static void mend(page *p, uint32_t index, const candidate *c)
{
    draft *d = &p->draft.at[index];
    if (c->score < RULE_SURE && d->most > RULE_UNSURE) d->most = RULE_UNSURE;
    if (c->kind != READ_RULE || d->confidence < c->score) d->confidence = c->score;
    if (c->kind == READ_RULE) return;
    if (c->kind == READ_RULE_OWN) {
        d->contents = d->own;
        return;
    }
    fill(p, d, c, index);
    if (d->source.end > d->source.begin || !range_is(c->source)) return;
    d->subject = c->source;
    d->source = rap_tokens_span(p->tokens, c->source.first, c->source.last);
}

/* A draft without a cue that says much the same: the surer of the two stays. */
static bool has_twin(tree *w, const candidate *c)
{
    page *p = w->page;
    const uint32_t sentence = p->tokens->sentence[c->content[0].first];
    uint32_t n = 0;
    for (uint32_t i = w->by_sentence[sentence]; i != RAP_NONE && n < RIVALS_MOST;
         i = w->next[i], n++) {
        draft *d = &p->draft.at[i];
        if (d->cue.end > d->cue.begin || tree_likeness(w, d, c) < 0.5f) continue;
        if (d->confidence >= 0.5f) return true;
        d->contents = 0;
    }
    return false;
}

static bool settle(tree *w, const candidate *c)
{
    if (c->score < 0.5f || has_twin(w, c)) return true;
    const uint32_t rule = w->by_cue[c->head];
    if (rule == RAP_NONE) return add_statement(w->page, c);
    mend(w->page, rule, c);
    return true;
}

/* Does what `outer` reports hold the whole of `inner`, its cue and its own speaker? */
static bool reports(const candidate *outer, const candidate *inner)
{
    if (inner->inherited || !range_is(inner->source) || !range_is(outer->source))
        return false;
    for (uint32_t i = 0; i < outer->contents; i++) {
        const range r = outer->content[i];
        if (r.first <= inner->head && inner->head <= r.last &&
            r.first <= inner->source.first && inner->source.last <= r.last)
            return true;
    }
    return false;
}

/* Of two readings that say much the same: the one to drop; a report in a report stays.
 * The rules' cue is the verb where a noun stands with it: "gave assurances that". */
static candidate *lesser(const page *p, candidate *a, candidate *b)
{
    if (a->score <= 0 || b->score <= 0 || alike(p, a, b) < 0.5f) return NULL;
    const bool rules = a->kind >= READ_RULE && b->kind >= READ_RULE;
    if (rules && (reports(a, b) || reports(b, a)) && a->score >= NESTED_LEAST &&
        b->score >= NESTED_LEAST)
        return NULL;
    if ((a->kind >= READ_RULE) != (b->kind >= READ_RULE))
        return a->kind >= READ_RULE ? b : a;
    return a->score >= b->score ? b : a;
}

static void drop_doubles(tree *w, candidate *kept, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = i + 1; k < count && k < i + RIVALS_MOST; k++) {
            candidate *less = lesser(w->page, &kept[i], &kept[k]);
            if (!less) continue;
            const uint32_t rule = w->by_cue[less->head];
            if (rule != RAP_NONE) w->page->draft.at[rule].contents = 0;
            less->score = 0;
        }
}

/* Sums of weights to shares: one of the readings is right, or none (sum 0). */
static void share_out(tree *w)
{
    float most = 0, all = 0;
    for (uint32_t i = 0; i < w->count; i++)
        if (w->made[i].score > most) most = w->made[i].score;
    for (uint32_t i = 0; i < w->count; i++) {
        w->made[i].score = expf(w->made[i].score - most);
        all += w->made[i].score;
    }
    all += expf(-most);
    for (uint32_t i = 0; i < w->count; i++) w->made[i].score /= all;
}

/* The share of all readings that say much the same as reading `index`. */
static float mass_of(const tree *w, uint32_t index)
{
    float mass = 0;
    for (uint32_t i = 0; i < w->count; i++)
        if (alike(w->page, &w->made[i], &w->made[index]) >= 0.5f)
            mass += w->made[i].score;
    return mass;
}

/* "who asked not to be named": whatever else is read there. */
static bool is_anonymous(const tree *w)
{
    for (uint32_t i = 0; i < w->count; i++)
        if (asks_for_anonymity(w->page, w->made[i].content[0])) return true;
    return false;
}

/* The best reading of the cue at `head`, its score the share of all that say much the
 * same; score 0: none. */
static candidate best_reading(tree *w, uint32_t head)
{
    w->count = 0;
    tree_candidates(w, head);
    tree_cuts(w);
    const uint32_t readings = w->count, rule = w->by_cue[head];
    if (readings && is_anonymous(w)) return (candidate){.score = 0};
    for (uint32_t i = 0; i < readings; i++) tree_features(w, &w->made[i]);
    if (rule != RAP_NONE) {
        const draft *d = &w->page->draft.at[rule];
        add_rule(w, rule, READ_RULE, d->contents);
        if (d->own && d->own < d->contents) add_rule(w, rule, READ_RULE_OWN, d->own);
    }
    if (w->count == 0) return (candidate){.score = 0};
    uint32_t best = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        candidate *c = &w->made[i];
        c->score = score_of(w->page->knowledge, c);
        if (w->watch) w->watch->see(w->watch->whose, w->page, c);
        if (c->score > w->made[best].score) best = i;
    }
    share_out(w);
    /* The rules know where a coordinated cue's own clause begins. */
    if (rule != RAP_NONE && readings < w->count && mass_of(w, readings) >= RULE_LEAST)
        best = readings;
    candidate chosen = w->made[best];
    chosen.score = confidence_of(mass_of(w, best), least_of(w, &chosen));
    return chosen;
}

/* A draft whose cue has no reading that is sure enough is hidden. */
static void hide(tree *w, uint32_t head, float share)
{
    const uint32_t rule = w->by_cue[head];
    if (rule == RAP_NONE) return;
    draft *d = &w->page->draft.at[rule];
    const bool kept = d->nested && (d->act != RAP_ACT_STATE || share >= NESTED_SHARE);
    const float most = kept ? NESTED_ACT : share;
    if (d->confidence > most) d->confidence = most;
}

static bool read_sentence(tree *w, range r, candidate_list *kept)
{
    for (uint32_t t = r.first; t <= r.last; t++) {
        const candidate best = best_reading(w, t);
        if (best.score < 0.5f)
            hide(w, t, best.score);
        else if (!rap_push(w->page->scratch, kept, best))
            return false;
    }
    return true;
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
        if (!apart) continue;
        d->source = span;
        const uint32_t head = tree_head_in(p, r);
        if (head < d->subject.first && relation_at(w, head) == RAP_REL_NSUBJ)
            d->subject = r; /* "A, B and C said": the rules saw "B and C" */
    }
}

bool tree_read(page *p, const tree_watch *watch)
{
    if (!p->syntax->head || p->tokens->count == 0) return true;
    tree w = {.page = p, .watch = watch};
    if (!link_children(&w) || !measure(&w) || !index_drafts(&w)) return false;
    mend_sources(&w);
    candidate_list kept = {0};
    for (uint32_t s = 0; s < p->tokens->sentences; s++) {
        const range r = {p->tokens->first[s], p->tokens->first[s + 1] - 1};
        if (!range_is(r) || !is_told(p, s)) continue;
        p->unit = r;
        if (s == 0 || p->tokens->zone[s] != p->tokens->zone[s - 1])
            p->unit.first = page_past_dateline(p, r);
        if (!read_sentence(&w, r, &kept)) return false;
    }
    drop_doubles(&w, kept.at, kept.count);
    for (uint32_t i = 0; i < kept.count; i++)
        if (!settle(&w, &kept.at[i])) return false;
    return true;
}
