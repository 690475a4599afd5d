/* train_lemma_endings.c - what the endings of words say; see train_lemma_private.h. */
#include "train_lemma_private.h"

/* Weight of the shorter ending against words of the longer; a script is offered if it is
 * no less likely than this share of the likeliest. Chosen by cross-validation over rare
 * words of the training parts (docs/method/lemma.md). */
static const double shorter_weight = 3, offer_share = 0.3;

static uint32_t ending_of(trainer *t, uint8_t of_class, uint32_t length, uint64_t hash,
                          uint32_t parent)
{
    key_bytes key = {.len = 0};
    train_lemma_key_number(&key, of_class | length << 8);
    train_lemma_key_slice(&key, (rap_slice){(const char *)&hash, sizeof hash});
    uint32_t *slot = train_lemma_slot_of_key(t, &t->ending_map, &key);
    if (!slot || *slot != RAP_NONE) return slot ? *slot : RAP_NONE;
    const ending made = {.hash = hash,
                         .parent = parent,
                         .first = RAP_NONE,
                         .of_class = of_class,
                         .length = (uint8_t)length};
    if (!rap_push(t->arena, &t->endings, made)) {
        t->lost = true;
        return RAP_NONE;
    }
    return *slot = t->endings.count - 1;
}

static void vote_for_ending(trainer *t, uint32_t at, uint32_t of_script)
{
    ending *node = &t->endings.at[at];
    node->votes++;
    for (uint32_t v = node->first; v != RAP_NONE; v = t->votes.at[v].next)
        if (t->votes.at[v].script == of_script) {
            t->votes.at[v].types++;
            return;
        }
    const ending_vote vote = {of_script, 1, node->first};
    if (!rap_push(t->arena, &t->votes, vote))
        t->lost = true;
    else
        node->first = t->votes.count - 1;
}

static void count_endings(trainer *t, const word_type *type)
{
    lemma_form form;
    if (t->scripts.at[type->script].types < SCRIPT_TYPES) return;
    if (!lemma_read(type->folded, &form)) return;
    uint64_t hash = 0;
    uint32_t at = RAP_NONE;
    for (uint32_t n = 0; n <= form.folded_count && n <= LEMMA_ENDING; n++) {
        if (n > 0) hash = lemma_hash(hash, form.folded[form.folded_count - n]);
        at = ending_of(t, type->of_class, n, hash, at);
        if (at == RAP_NONE) return;
        vote_for_ending(t, at, type->script);
        if (t->lost) return;
    }
}

/* Put one script among the candidates, which fall by share, then rise by script. */
static void put_candidate(ending *node, candidate made)
{
    uint32_t at = node->candidates;
    while (at > 0 && (node->candidate[at - 1].share < made.share ||
                      (node->candidate[at - 1].share == made.share &&
                       node->candidate[at - 1].script > made.script)))
        at--;
    if (at == CANDIDATES) return;
    if (node->candidates < CANDIDATES) node->candidates++;
    for (uint32_t i = node->candidates - 1u; i > at; i--)
        node->candidate[i] = node->candidate[i - 1];
    node->candidate[at] = made;
}

static double share_in(const ending *node, uint32_t of_script)
{
    for (uint32_t i = 0; i < node->candidates; i++)
        if (node->candidate[i].script == of_script) return node->candidate[i].share;
    return 0;
}

/* share = (types + weight * share in the shorter ending) / (all types + weight) */
static void find_candidates(trainer *t, ending *node)
{
    static const ending none = {0};
    const ending *parent =
        node->parent == RAP_NONE ? &none : &t->endings.at[node->parent];
    const double all = node->votes + shorter_weight;
    for (uint32_t v = node->first; v != RAP_NONE; v = t->votes.at[v].next) {
        const ending_vote *vote = &t->votes.at[v];
        const double prior = shorter_weight * share_in(parent, vote->script);
        put_candidate(node, (candidate){vote->script, (vote->types + prior) / all});
    }
    for (uint32_t i = 0; i < parent->candidates; i++) {
        const script *is = &t->scripts.at[parent->candidate[i].script];
        bool out = is->strip == node->length && is->off != lemma_off_hash(node->hash);
        for (uint32_t v = node->first; v != RAP_NONE && !out; v = t->votes.at[v].next)
            out = t->votes.at[v].script == parent->candidate[i].script;
        const double share = shorter_weight * parent->candidate[i].share / all;
        if (!out) put_candidate(node, (candidate){parent->candidate[i].script, share});
    }
}

static uint32_t list_of(trainer *t, const ending *node)
{
    uint16_t list[LEMMA_CHOICES];
    for (uint32_t i = 0; i < LEMMA_CHOICES; i++) {
        const bool offered =
            i < node->candidates &&
            node->candidate[i].share >= offer_share * node->candidate[0].share;
        list[i] = offered ? (uint16_t)node->candidate[i].script : LEMMA_NO_SCRIPT;
    }
    uint32_t *slot = train_lemma_slot_of(t, &t->list_map,
                                         (rap_slice){(const char *)list, sizeof list});
    if (!slot || *slot != RAP_NONE) return slot ? *slot : 0;
    const uint32_t made = t->lists.count / LEMMA_CHOICES;
    if (made == LEMMA_HAS_WRITINGS) t->too_many = true;
    for (uint32_t i = 0; i < LEMMA_CHOICES && !t->lost; i++)
        t->lost = !rap_push(t->arena, &t->lists, list[i]);
    return *slot = made;
}

/* An ending is kept if it offers other scripts than the one before it, or leads to one
 * that does. */
void train_lemma_endings(trainer *t, entry_list *out)
{
    for (uint32_t i = 0; i < t->types.count && !t->lost; i++)
        count_endings(t, &t->types.at[i]);
    for (uint32_t i = 0; i < t->endings.count && !t->lost; i++) {
        ending *node = &t->endings.at[i];
        find_candidates(t, node);
        node->list = list_of(t, node);
        node->kept =
            node->parent == RAP_NONE || node->list != t->endings.at[node->parent].list;
    }
    for (uint32_t i = t->endings.count; i-- > 0;)
        if (t->endings.at[i].kept && t->endings.at[i].parent != RAP_NONE)
            t->endings.at[t->endings.at[i].parent].kept = true;
    for (uint32_t i = 0; i < t->endings.count && !t->lost; i++) {
        const ending *node = &t->endings.at[i];
        const entry made = {lemma_ending_key(node->hash, node->of_class),
                            (uint16_t)node->list};
        if (node->kept) t->lost = !rap_push(t->arena, out, made);
    }
}
