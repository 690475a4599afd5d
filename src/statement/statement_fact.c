/*
 * statement_fact.c - the facts of a reading: classes of meaning, relations, marks, forms;
 * no word of the text.
 */
#include "statement_tree.h"

enum { HEAD_SENSES = 4, SURE_STEPS = 10, FINITE_MOST = 80 };

uint32_t sense_at(const page *p, uint32_t token, uint8_t kind)
{
    const word_entry *word = lexicon_find(p->knowledge, p->syntax->lemma[token]);
    for (uint32_t i = 0; i < SENSES_MOST && word->sense[i]; i++)
        if (p->knowledge->sense.at[word->sense[i]].kind == kind) return word->sense[i];
    return 0;
}

static void put(candidate *c, enum score_template t, uint32_t a, uint32_t b, uint32_t d)
{
    if (c->features < FEATURES_MOST) c->feature[c->features++] = score_key(t, a, b, d);
}

static source_kind source_of_range(const page *p, range r, uint32_t head)
{
    if (!range_is(r)) return FROM_NOBODY;
    (void)head;
    uint32_t at = r.first;
    while (at < r.last && upos_at(p, at) == RAP_DET) at++;
    const uint32_t classes = classes_at(p, r.first);
    if (upos_at(p, r.first) == RAP_PRON && r.first == r.last) {
        if (classes & CLASS_RELATIVE) return FROM_RELATIVE;
        if (!(classes & CLASS_PRONOUN)) return FROM_OTHER;
        const rap_slice word = rap_cut(p->text, p->tokens->span[r.first]);
        const uint32_t m = p->look[r.first].mention;
        (void)word;
        return m != RAP_NONE ? FROM_THIRD : FROM_FIRST;
    }
    for (uint32_t t = r.first; t <= r.last && t < r.first + 12; t++)
        if (mention_is_person(p, p->look[t].mention)) return FROM_PERSON;
    /* The head: the token of the range that hangs on something outside. */
    for (uint32_t t = r.first; t <= r.last && t < r.first + 24; t++) {
        const uint32_t up = p->syntax->head[t];
        if (up >= r.first && up <= r.last && up != t) continue;
        if (p->look[t].word->document & DOCUMENT_SPEAKS) return FROM_DOCUMENT;
        if (upos_at(p, t) == RAP_PROPN) return FROM_NAME;
        if (upos_at(p, t) == RAP_NUM) return FROM_NUMBER;
        if (upos_at(p, t) == RAP_NOUN) return FROM_NOUN;
        break;
    }
    return FROM_OTHER;
}

/* 0: nothing; 1: that; 2: to; 3: whether, how; 4: a gerund; 5: a finite clause. */
static uint32_t mark_of_content(const page *p, range r)
{
    const uint32_t classes = classes_at(p, r.first);
    if (classes & CLASS_THAT) return 1;
    if (classes & CLASS_TO) return 2;
    if (classes & (CLASS_WH | CLASS_IF)) return 3;
    if (p->syntax->form[r.first] == RAP_FORM_GERUND) return 4;
    return 0;
}

static uint32_t quoted_state(const page *p, const candidate *c)
{
    const uint32_t own = p->look[c->head].quote;
    const range r = c->content[0];
    if (own != RAP_NONE) return p->quote.at[own].speech ? 5 : 4;
    if (p->look[r.first].quote != RAP_NONE)
        return p->quote.at[p->look[r.first].quote].speech ? 3 : 2;
    for (uint32_t t = r.first; t <= r.last && t < r.first + 60; t++)
        if (p->look[t].quote != RAP_NONE) return 1;
    return 0;
}

static uint32_t length_step(const candidate *c)
{
    uint32_t words = 0;
    for (uint32_t i = 0; i < c->contents; i++)
        words += c->content[i].last - c->content[i].first + 1;
    static const uint32_t step[] = {1, 2, 3, 5, 8, 12, 20, 35, 60};
    uint32_t n = 0;
    while (n < sizeof step / sizeof *step && words > step[n]) n++;
    return n;
}

static uint32_t form_of_cue(const page *p, const candidate *c)
{
    bool passive = false, modal = false;
    for (uint32_t t = c->cue.first; t <= c->cue.last && t < c->head; t++) {
        if (p->syntax->relation[t] == RAP_REL_AUX_PASS) passive = true;
        if (classes_at(p, t) & CLASS_MODAL) modal = true;
    }
    return p->syntax->form[c->head] * 4u + passive * 2u + modal;
}

static bool fits_frame(uint32_t frames, const candidate *c, uint32_t mark)
{
    switch (c->kind) {
    case READ_CCOMP:
    case READ_HOST:
    case READ_PARATAXIS:
        return frames & (FRAME_THAT | FRAME_BARE | FRAME_SAY | FRAME_WH);
    case READ_XCOMP:
    case READ_ACL:
        return frames & (mark == 4 ? FRAME_GER : FRAME_TO);
    case READ_OBJECT_XCOMP:
        return frames & (FRAME_OTO | FRAME_TELL | FRAME_COMP);
    case READ_OBJECT:
    case READ_RELATIVE:
        return frames & (FRAME_OBJ | FRAME_NP);
    case READ_OBJECT_REST:
        return frames & (FRAME_AS | FRAME_COMP | FRAME_OF | FRAME_OBJ);
    case READ_OBLIQUE:
    case READ_NMOD:
        return frames & (FRAME_OF | FRAME_AS | FRAME_ON | FRAME_AGAINST | FRAME_FOR |
                         FRAME_ABOUT | FRAME_TO_NP);
    default:
        return false;
    }
}

static void lexicon_facts(const page *p, candidate *c, uint32_t mark)
{
    const word_entry *word = p->look[c->head].word;
    const cue_node *n = upos_at(p, c->head) == RAP_NOUN ? word->noun : word->verb;
    const cue_entry *best = NULL;
    bool fits = false;
    for (; n; n = n->next) {
        if (n->entry->rests && cue_rest(p, n, c->head) == RAP_NONE) continue;
        const bool fit = fits_frame(n->entry->frames, c, mark);
        if (best && (fits || !fit)) continue;
        best = n->entry;
        fits = fit;
    }
    c->act = best ? best->act : RAP_ACT_STATE;
    c->listed = best != NULL;
    if (best) put(c, T_ACT, best->act, c->kind, 0);
    put(c, T_WEIGHT, best ? (uint32_t)(best->weight * SURE_STEPS) : SURE_STEPS + 1,
        c->kind, fits);
}

/* The preposition that the content was cut from, or 0. */
static uint32_t case_sense(const page *p, const candidate *c)
{
    const uint32_t first = c->content[0].first;
    if (c->kind != READ_OBLIQUE && c->kind != READ_NMOD && c->kind != READ_ADVCL)
        return 0;
    if (first == 0) return 0;
    return sense_at(p, first - 1, SENSE_PREPOSITION);
}

static uint32_t content_head(const page *p, const candidate *c)
{
    const range r = c->content[0];
    for (uint32_t t = r.first; t <= r.last && t < r.first + 40; t++) {
        const uint32_t up = p->syntax->head[t];
        if (up < r.first || up > r.last || up == t) return t;
    }
    return r.first;
}

static void class_facts(const page *p, candidate *c, source_kind source, uint32_t mark)
{
    const rap_upos upos = upos_at(p, c->head);
    const uint8_t kind = upos == RAP_NOUN  ? SENSE_NOUN
                         : upos == RAP_ADJ ? SENSE_ADJECTIVE
                         : upos == RAP_ADV ? SENSE_ADVERB
                                           : SENSE_VERB;
    const word_entry *word = lexicon_find(p->knowledge, p->syntax->lemma[c->head]);
    const rap_relation role = (rap_relation)p->syntax->relation[c->head];
    const uint32_t by = case_sense(p, c);
    uint32_t found = 0;
    for (uint32_t i = 0; i < SENSES_MOST && word->sense[i] && found < HEAD_SENSES;
         i++) {
        const uint32_t s = word->sense[i];
        if (p->knowledge->sense.at[s].kind != kind) continue;
        found++;
        put(c, T_CLASS, s, c->kind, 0);
        put(c, T_CLASS_CASE, s, c->kind, by);
        put(c, T_CLASS_SOURCE, s, source, 0);
        put(c, T_CLASS_ROLE, s, role, 0);
        put(c, T_CLASS_MARK, s, c->kind, mark);
        put(c, T_CLASS_READ_SOURCE, s, c->kind, source);
        put(c, T_CLASS_READ_ROLE, s, c->kind, role);
    }
    if (!found) put(c, T_UNKNOWN, c->kind, source, 0);
    if (by) put(c, T_CASE, by, c->kind, 0);
}

static void rule_facts(const tree *w, candidate *c)
{
    float same, other;
    tree_compare(w, c, &same, &other);
    const uint32_t state = c->same_cue == RAP_NONE ? 0 : 1 + (uint32_t)(same * 4.0f);
    put(c, T_RULE, state, c->kind, 0);
    if (c->same_cue != RAP_NONE)
        put(c, T_RULE_SURE, state,
            (uint32_t)(w->page->draft.at[c->same_cue].confidence * SURE_STEPS), 0);
    put(c, T_OTHER, (uint32_t)(other * 4.0f), c->kind, c->same_cue == c->agreeing);
}

/* How the readings of the tree agree with draft `d`: the likest of them. */
static void agreement_facts(const tree *w, const draft *d, candidate *c)
{
    float likest = 0;
    reading_kind kind = READ_NONE;
    for (uint32_t i = 0; i < w->count; i++) {
        if (w->made[i].kind >= READ_RULE) continue;
        const float like = tree_likeness(w, d, &w->made[i]);
        if (like <= likest) continue;
        likest = like;
        kind = w->made[i].kind;
    }
    put(c, T_RULE_TREE, (uint32_t)(likest * 5.0f), kind, d->mode);
}

static uint32_t frame_number(uint32_t frame)
{
    uint32_t n = 0;
    for (; frame; frame >>= 1) n++;
    return n;
}

static void common_facts(const page *p, candidate *c)
{
    const source_kind source = source_of_range(p, c->source, c->head);
    const rap_relation role = (rap_relation)p->syntax->relation[c->head];
    const uint32_t mark = mark_of_content(p, c->content[0]);
    const uint32_t quoted = quoted_state(p, c);
    put(c, T_READING, c->kind, 0, 0);
    lexicon_facts(p, c, mark);
    class_facts(p, c, source, mark);
    put(c, T_SOURCE_READ_ROLE, source, c->kind, role);
    put(c, T_SOURCE, source + (c->inherited ? FROM_KINDS : 0), c->kind, 0);
    put(c, T_SOURCE_ROLE, source, role, 0);
    put(c, T_ROLE, role, c->kind, 0);
    put(c, T_FORM, form_of_cue(p, c), c->kind, 0);
    put(c, T_NEGATED, c->negated, c->kind, 0);
    put(c, T_LENGTH, length_step(c), c->kind, 0);
    put(c, T_FIRST, upos_at(p, c->content[0].first), c->kind, 0);
    put(c, T_HEAD, upos_at(p, content_head(p, c)), c->kind, 0);
    put(c, T_QUOTED, quoted, c->kind, 0);
    put(c, T_MARK, mark, c->kind, 0);
    put(c, T_TITLE, p->tokens->sentence[c->head] == 0, c->kind, 0);
    range begin = c->content[0];
    if (begin.last - begin.first > FINITE_MOST) begin.last = begin.first + FINITE_MOST;
    put(c, T_FINITE, has_finite(p, begin) * 2u + (c->contents > 1), c->kind, 0);
}

/* ---- where a content was cut --------------------------------------------------------- */

static bool quotes_in(const page *p, range r)
{
    for (uint32_t t = r.first; range_is(r) && t <= r.last && t < r.first + 60; t++)
        if (p->look[t].quote != RAP_NONE) return true;
    return false;
}

/* 0 to 7: how long `r` is. */
static uint32_t length_of(range r)
{
    static const uint32_t step[] = {1, 2, 4, 7, 12, 20, 35};
    uint32_t n = 0;
    while (n < sizeof step / sizeof *step && r.last - r.first + 1 > step[n]) n++;
    return n;
}

/* What kind of word opens the words that were cut off. */
static uint32_t opening(const page *p, uint32_t t)
{
    const uint32_t classes = classes_at(p, t);
    return classes & CLASS_THAT                               ? 1
           : classes & CLASS_RELATIVE                         ? 2
           : classes & CLASS_AS                               ? 3
           : classes & CLASS_ASIDE                            ? 4
           : classes & (CLASS_IF | CLASS_WH)                  ? 5
           : classes & CLASS_CLAUSE                           ? 6
           : classes & CLASS_TO                               ? 7
           : classes & CLASS_AND                              ? 8
           : classes & CLASS_OF                               ? 9
           : classes & CLASS_PLACE                            ? 10
           : p->look[t].timex != RAP_NONE                     ? 11
           : p->syntax->form[t] == RAP_FORM_GERUND            ? 12
           : p->syntax->form[t] == RAP_FORM_PARTICIPLE        ? 13
           : p->look[t].mark == '-' || p->look[t].mark == '(' ? 14
                                                              : 0;
}

static bool is_cue_word(const page *p, uint32_t t)
{
    return p->look[t].word->verb && upos_at(p, t) == RAP_VERB;
}

/* Which relations hang on the cue, a bit each. */
static uint32_t dependents_of(const tree *w, uint32_t head)
{
    uint32_t bits = 0;
    const uint32_t end = w->from[head + 1];
    for (uint32_t i = w->from[head], n = 0; i < end && n < 32; i++, n++) {
        switch (relation_at(w, w->child[i])) {
        case RAP_REL_NSUBJ:
            bits |= 1;
            break;
        case RAP_REL_NSUBJ_PASS:
            bits |= 2;
            break;
        case RAP_REL_OBJ:
            bits |= 4;
            break;
        case RAP_REL_IOBJ:
            bits |= 8;
            break;
        case RAP_REL_CCOMP:
            bits |= 16;
            break;
        case RAP_REL_XCOMP:
            bits |= 32;
            break;
        case RAP_REL_OBL:
            bits |= 64;
            break;
        case RAP_REL_ADVCL:
            bits |= 128;
            break;
        case RAP_REL_COP:
            bits |= 256;
            break;
        default:
            break;
        }
    }
    return bits;
}

static uint32_t actor_of(const page *p, range r)
{
    if (!range_is(r)) return 0;
    const uint32_t t = tree_head_in(p, r), m = p->look[t].mention;
    if (m == RAP_NONE) return 1 + upos_at(p, t);
    const rap_mention *x = &p->names->mention[m];
    const uint32_t kind =
        x->actor == RAP_NONE ? 7 : (uint32_t)p->names->actor[x->actor].kind;
    return 32 + kind * 8 + (uint32_t)x->form;
}

static void context_facts(const tree *w, candidate *c)
{
    const page *p = w->page;
    const uint32_t head = c->head, up = head_of(w, head);
    const rap_relation role = relation_at(w, head);
    put(c, T_DEPENDENTS, dependents_of(w, head), c->kind, 0);
    put(c, T_TAG, p->syntax->xpos ? p->syntax->xpos[head] : 0, c->kind, 0);
    put(c, T_AROUND, head > p->unit.first ? upos_at(p, head - 1) : RAP_UPOS_COUNT,
        c->kind, head < p->unit.last ? upos_at(p, head + 1) : RAP_UPOS_COUNT);
    put(c, T_ACTOR, actor_of(p, c->source), c->kind, role);
    const uint32_t topic = content_head(p, c);
    const uint8_t kind = upos_at(p, topic) == RAP_NOUN ? SENSE_NOUN : SENSE_VERB;
    const uint32_t sense = sense_at(p, topic, kind);
    put(c, T_TOPIC, sense, c->kind, upos_at(p, topic));
    put(c, T_GOVERNOR,
        up == head
            ? 0
            : sense_at(p, up, upos_at(p, up) == RAP_NOUN ? SENSE_NOUN : SENSE_VERB),
        c->kind, role);
    const uint32_t s = p->tokens->sentence[head], z = p->tokens->zone[s];
    uint32_t first = s;
    while (first > 0 && p->tokens->zone[first - 1] == z && s - first < 4) first--;
    const uint32_t near = z < 4 ? z : z < 12 ? 4 : 5;
    put(c, T_PLACE, near * 8 + (s - first), c->kind, 0);
    uint32_t rivals = 0;
    for (uint32_t t = p->unit.first; t <= p->unit.last && t < p->unit.first + 60; t++)
        rivals += t != head && is_cue_word(p, t);
    put(c, T_RIVALS, rivals < 4 ? rivals : 4, c->kind, 0);
}

static void cut_facts(const tree *w, candidate *c)
{
    const page *p = w->page;
    const range kept = c->content[c->contents - 1];
    const uint32_t after = kept.last + 1;
    const uint32_t mark = after <= p->unit.last ? (uint32_t)p->look[after].mark : 0;
    const uint32_t next = after <= p->unit.last ? upos_at(p, after) : RAP_UPOS_COUNT;
    put(c, T_NEXT, mark, c->kind, next);
    if (c->cut == CUT_NONE) {
        put(c, T_CUTS, c->cuts < 5 ? c->cuts : 5, c->kind, 0);
        return;
    }
    if (c->cut != CUT_TAIL) {
        put(c, T_CUT, c->cut, 0, 0);
        put(c, T_CUT_READ, c->cut, c->kind, 0);
        return;
    }
    uint32_t first = c->tail;
    const bool comma = p->look[first].mark == ',';
    while (first < p->unit.last && p->look[first].mark == ',') first++;
    const range rest = {first, c->end > first ? c->end : first};
    const uint32_t at = tree_head_in(p, kept), base = c->cut * 2u + comma;
    put(c, T_CUT, base, c->level, c->loose);
    put(c, T_CUT_READ, base, c->kind, c->loose);
    put(c, T_CUT_FIRST, opening(p, first) * 2u + comma, upos_at(p, first), c->loose);
    put(c, T_CUT_LENGTH, comma * 8u + length_of(kept), length_of(rest), c->loose);
    put(c, T_CUT_QUOTED, comma, quotes_in(p, kept) * 2u + quotes_in(p, rest), c->loose);
    put(c, T_CUT_HEAD, comma, upos_at(p, at), c->loose);
    const uint32_t top = tree_head_in(p, rest);
    uint32_t told = p->look[top].word->document, timed = 0;
    for (uint32_t t = rest.first; t <= rest.last && t < rest.first + 12; t++)
        timed |= p->look[t].timex != RAP_NONE;
    put(c, T_CUT_CASE, sense_at(p, first, SENSE_PREPOSITION), c->kind, upos_at(p, top));
    put(c, T_CUT_NOUN, (told * 2u + timed) * 2u + comma, c->kind,
        sense_at(p, top, upos_at(p, top) == RAP_NOUN ? SENSE_NOUN : SENSE_VERB));
    put(c, T_CUT_PAIR, (uint32_t)c->loose * 2u + comma, upos_at(p, at),
        upos_at(p, top));
    uint32_t verbs = 0;
    for (uint32_t t = rest.first; t <= rest.last && t < rest.first + 12; t++) {
        if (is_finite(p, t)) verbs |= p->syntax->form[t] == RAP_FORM_PAST ? 2u : 1u;
        if (is_cue_word(p, t)) verbs |= 4u;
    }
    put(c, T_CUT_VERB, verbs * 2u + comma, p->syntax->form[at], c->loose);
}

void tree_rule_features(const tree *w, const draft *d, candidate *c)
{
    c->features = 0;
    common_facts(w->page, c);
    put(c, T_RULE_FRAME, d->type, frame_number(d->frame), d->mode);
    put(c, T_RULE_CONFIDENCE, (uint32_t)(d->confidence * 2 * SURE_STEPS), d->type, 0);
    put(c, T_RULE_PARTS, d->contents, d->mode, 0);
    agreement_facts(w, d, c);
    context_facts(w, c);
    cut_facts(w, c);
}

void tree_features(const tree *w, candidate *c)
{
    c->features = 0;
    common_facts(w->page, c);
    rule_facts(w, c);
    context_facts(w, c);
    cut_facts(w, c);
}
