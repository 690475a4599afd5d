/*
 * statement_fact.c - the facts of a reading: classes of meaning, relations, marks, forms;
 * no word of the text.
 */
#include "statement_tree.h"

enum { HEAD_SENSES = 4, SURE_STEPS = 10 };

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

static void class_facts(const page *p, candidate *c, source_kind source, uint32_t mark,
                        uint32_t quoted)
{
    const rap_upos upos = upos_at(p, c->head);
    const uint8_t kind = upos == RAP_NOUN  ? SENSE_NOUN
                         : upos == RAP_ADJ ? SENSE_ADJECTIVE
                         : upos == RAP_ADV ? SENSE_ADVERB
                                           : SENSE_VERB;
    const word_entry *word = lexicon_find(p->knowledge, p->syntax->lemma[c->head]);
    const rap_relation role = (rap_relation)p->syntax->relation[c->head];
    const uint32_t by = case_sense(p, c), form = form_of_cue(p, c);
    const uint32_t topic = source_of_range(p, c->content[0], c->head);
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
        put(c, T_CLASS_FORM, s, form, 0);
        put(c, T_CLASS_MARK, s, c->kind, mark);
        put(c, T_CLASS_TOPIC, s, topic, 0);
        put(c, T_CLASS_READ_SOURCE, s, c->kind, source);
        put(c, T_CLASS_READ_ROLE, s, c->kind, role);
        put(c, T_CLASS_QUOTED, s, c->kind, quoted);
        put(c, T_CLASS_LENGTH, s, c->kind, length_step(c));
        put(c, T_CLASS_HEAD, s, c->kind, upos_at(p, content_head(p, c)));
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

/* How the readings of the tree agree with draft `d`: the likest, and the surest other. */
static void agreement_facts(const tree *w, const draft *d, candidate *c)
{
    float likest = 0, surest = 0;
    reading_kind kind = READ_NONE, rival = READ_NONE;
    for (uint32_t i = 0; i < w->count; i++) {
        const float like = tree_likeness(w, d, &w->made[i]);
        if (like > likest) {
            likest = like;
            kind = w->made[i].kind;
        }
        if (like < 0.5f && w->made[i].score > surest) {
            surest = w->made[i].score;
            rival = w->made[i].kind;
        }
    }
    put(c, T_RULE_TREE, (uint32_t)(likest * 5.0f), kind, d->mode);
    put(c, T_RULE_RIVAL, (uint32_t)(surest * SURE_STEPS), rival, 0);
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
    class_facts(p, c, source, mark, quoted);
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
    put(c, T_FINITE, has_finite(p, c->content[0]) * 2u + (c->contents > 1), c->kind, 0);
}

void tree_rule_features(const tree *w, const draft *d, candidate *c)
{
    c->features = 0;
    common_facts(w->page, c);
    put(c, T_RULE_FRAME, d->type, frame_number(d->frame), d->mode);
    put(c, T_RULE_CONFIDENCE, (uint32_t)(d->confidence * 2 * SURE_STEPS), d->type, 0);
    put(c, T_RULE_PARTS, d->contents, d->mode, 0);
    agreement_facts(w, d, c);
}

void tree_features(const tree *w, candidate *c)
{
    c->features = 0;
    common_facts(w->page, c);
    rule_facts(w, c);
}
