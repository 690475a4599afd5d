/*
 * statement_cue.c - the cues of one unit (a sentence, quotations kept whole), each with
 * the words of its subject.
 *
 * Method  a listed form in verbal use; to its left auxiliaries, negation and adverbs;
 * then the subject: a noun phrase, one before an apposition or a relative clause, or
 *         that of the cue before (coordination, participle). After a quotation the
 * subject may follow ("said the envoy"). docs/method/statement.md.
 */
#include "statement_private.h"

enum {
    APPOSITION_MOST = 40,
    RELATIVE_MOST = 25,
    DESCRIPTION_MOST = 12,
    SHARED_MOST = 16
};

typedef struct group { /* the verbal group that ends in a cue */
    uint32_t first;    /* its first token, auxiliaries included */
    bool negated, be, have, modal, to;
} group;

static bool in_speech(const page *p, uint32_t token)
{
    const uint32_t q = p->look[token].quote;
    return q != RAP_NONE && p->quote.at[q].speech;
}

/* The first word of a quoted fragment may be the verb of the clause: they “agreed to …”
 */
static bool opens_fragment(const page *p, uint32_t token)
{
    const uint32_t q = p->look[token].quote;
    return q != RAP_NONE && !p->quote.at[q].speech &&
           token == p->quote.at[q].first + 1 && token > p->unit.first + 1;
}

uint32_t cue_rest(const page *p, const cue_node *node, uint32_t token)
{
    for (uint32_t i = 0; i < node->entry->rests; i++) {
        if (++token > p->unit.last) return RAP_NONE;
        const rap_slice word = rap_cut(p->text, p->tokens->span[token]);
        const rap_slice want = node->entry->rest[i];
        /* The lists hold folded ASCII words: compare without case. */
        if (word.len != want.len || !rap_slice_is_nocase(word, want.at))
            return RAP_NONE;
    }
    return token;
}

/* The tagger may take a form for a noun; forms that only verbs have overrule it. */
static bool in_verbal_use(const page *p, uint32_t token, uint32_t forms)
{
    const rap_upos upos = upos_at(p, token);
    const rap_upos before = token > p->unit.first ? upos_at(p, token - 1) : RAP_PUNCT;
    if (before == RAP_DET && token < p->unit.last && is_nominal(p, token + 1) &&
        p->look[token - 1].mention == RAP_NONE &&
        p->look[token + 1].mention == RAP_NONE && upos_at(p, token + 1) == RAP_NOUN)
        return false; /* "the said roads" */
    if (upos == RAP_VERB || upos == RAP_AUX) return true;
    if (before == RAP_DET || before == RAP_ADJ) return false;
    if (p->look[token].word->noun || p->look[token].word->document) return false;
    if (forms & FORM_GERUND) return upos != RAP_NOUN || before == RAP_PUNCT;
    if (token == p->unit.first && (forms & FORM_PAST))
        return true; /* "Continued Bano:" */
    if (before == RAP_PART && !(classes_at(p, token - 1) & (CLASS_TO | CLASS_NOT)))
        return false;
    return (forms & FORM_PAST) && upos != RAP_PROPN;
}

static group group_of(const page *p, uint32_t token)
{
    group g = {.first = token};
    while (g.first > p->unit.first) {
        const uint32_t t = g.first - 1, classes = classes_at(p, t);
        const bool auxiliary = upos_at(p, t) != RAP_NOUN && upos_at(p, t) != RAP_PROPN;
        if (p->look[t].quote != RAP_NONE) {
            /* Only the mark that opens the cue's own fragment is stepped over. */
            if (p->look[t].quote != p->look[token].quote || !p->look[t].mark) break;
            g.first = t;
            continue;
        }
        if (p->look[t].timex != RAP_NONE) break;
        if (classes & CLASS_NOT)
            g.negated = true;
        else if ((classes & CLASS_BE) && auxiliary)
            g.be = true;
        else if ((classes & CLASS_HAVE) && auxiliary)
            g.have = true;
        else if ((classes & CLASS_MODAL) && auxiliary)
            g.modal = true;
        else if (!((classes & CLASS_DO) && auxiliary) && !is_adverb(p, t))
            break;
        g.first = t;
    }
    g.to = g.first > p->unit.first && (classes_at(p, g.first - 1) & CLASS_TO);
    return g;
}

/* First token of the clause around `token`: after a conjunction, comma or quotation. */
static uint32_t clause_begin(const page *p, uint32_t token)
{
    while (token > p->unit.first) {
        const uint32_t t = token - 1;
        if (p->look[t].mark == ',' || p->look[t].mark == ';' || p->look[t].mark == ':')
            break;
        if (p->look[t].quote != RAP_NONE && quote_ending(p, t) != RAP_NONE) break;
        if (classes_at(p, t) & (CLASS_THAT | CLASS_CLAUSE)) break;
        token = t;
    }
    return token;
}

/* May a subject stand right after `token`? */
static bool ends_before_subject(const page *p, uint32_t token)
{
    if (p->look[token].mark || p->look[token].quote != RAP_NONE) return true;
    if (p->look[token].timex != RAP_NONE || is_adverb(p, token)) return true;
    return (classes_at(p, token) & (CLASS_THAT | CLASS_CLAUSE | CLASS_AND | CLASS_WH |
                                    CLASS_RELATIVE | CLASS_IF)) != 0;
}

/* The part of `r` after its last conjunction; `r` if it has none. */
static range after_conjunction(const page *p, range r)
{
    for (uint32_t t = r.last; t > r.first; t--)
        if (upos_at(p, t) == RAP_CCONJ && t < r.last) return (range){t + 1, r.last};
    return r;
}

/* The last name or description that ends in `r` but begins after its start. */
static range last_mention(const page *p, range r)
{
    const uint32_t m = p->look[r.last].mention;
    if (m == RAP_NONE) return RANGE_NONE;
    const rap_mention *mention = &p->names->mention[m];
    if (mention->first <= r.first || mention->first > r.last) return RANGE_NONE;
    const rap_upos before = upos_at(p, mention->first - 1);
    return before == RAP_ADP || before == RAP_PART ? RANGE_NONE
                                                   : (range){mention->first, r.last};
}

/* The subject that ends at `token`, repaired where the phrase hangs on something else.
 */
static range subject_ending(const page *p, uint32_t token)
{
    const range r = phrase_left(p, token);
    if (!range_is(r) || r.first <= p->unit.first) return r;
    const uint32_t before = r.first - 1;
    if (ends_before_subject(p, before)) return r;
    if (p->cues.count && before == p->cues.at[p->cues.count - 1].last)
        return r; /* "A said B had left": B, right after the cue of A */
    const range second = after_conjunction(p, r);
    if (second.first != r.first && upos_at(p, before) == RAP_VERB) return second;
    const range named = last_mention(p, r);
    if (range_is(named)) return named;
    const range whole = phrase_of_clause(p, clause_begin(p, before), r.first);
    return range_is(whole) ? whole : r;
}

/* The noun phrase before a relative word at `token`. */
static range before_relative(const page *p, uint32_t token)
{
    if (token <= p->unit.first) return RANGE_NONE;
    uint32_t end = token - 1;
    if (p->look[end].mark == ',' && end > p->unit.first) end--;
    return phrase_left(p, end);
}

/* The noun phrase whose relative clause reaches up to `token`. */
static range subject_of_relative(const page *p, uint32_t token)
{
    for (uint32_t n = 0; n < RELATIVE_MOST && token > p->unit.first; n++, token--) {
        if (p->look[token].quote != RAP_NONE || p->look[token].mark == ';') break;
        if (classes_at(p, token) & CLASS_RELATIVE) return before_relative(p, token);
    }
    return RANGE_NONE;
}

/* ", led by Y", ", asked if", ", who": a stretch about the noun before its comma. */
static bool opens_aside(const page *p, uint32_t token)
{
    if (token >= p->unit.last) return false;
    if (classes_at(p, token) & CLASS_RELATIVE) return true;
    const uint8_t form = p->syntax->form[token];
    if (upos_at(p, token) != RAP_VERB) return false;
    if (form == RAP_FORM_GERUND || form == RAP_FORM_PARTICIPLE) return true;
    const uint32_t next = token + 1;
    return form == RAP_FORM_PAST &&
           (upos_at(p, next) == RAP_ADP ||
            (classes_at(p, next) &
             (CLASS_BY | CLASS_AS | CLASS_IF | CLASS_WH | CLASS_PLACE)));
}

/* First token after the comma before `token`; the unit's start if there is none. */
static uint32_t stretch_begin(const page *p, uint32_t token)
{
    while (token > p->unit.first && p->look[token - 1].mark != ',') token--;
    return token;
}

/* The subject before an apposition that the comma at `comma` closes. */
static range before_apposition(const page *p, uint32_t comma, range *named)
{
    const uint32_t least = p->unit.first;
    uint32_t open = comma;
    for (uint32_t n = 0; n < APPOSITION_MOST && open > least + 1; n++) {
        open--;
        if (p->look[open].quote != RAP_NONE && quote_ending(p, open) != RAP_NONE) break;
        if (p->look[open].mark != ',') continue;
        const range inside = {open + 1, comma - 1};
        const bool aside = opens_aside(p, open + 1);
        const range r = phrase_left(p, open - 1);
        if (!range_is(r) || (has_finite(p, inside) && !aside)) continue;
        const uint32_t begin = stretch_begin(p, open); /* X, led by Y, known as Z */
        if (begin > least && opens_aside(p, begin)) continue;
        *named = aside ? RANGE_NONE : inside;
        /* "X, the envoy, who led the talks, said": on to the first of the phrases. */
        if (r.first > least + 1 && p->look[r.first - 1].mark == ',') {
            const range outer = phrase_left(p, r.first - 2);
            if (range_is(outer) && outer.first == least) return outer;
        }
        return r;
    }
    return RANGE_NONE;
}

/* said the leader, Omar Haddad: the phrase after the comma behind `r`. */
static range phrase_beside(const page *p, range r)
{
    if (r.last + 2 > p->unit.last || p->look[r.last + 1].mark != ',') return RANGE_NONE;
    const range beside = phrase_right(p, r.last + 2, false);
    if (!range_is(beside)) return RANGE_NONE;
    const bool closed = beside.last == p->unit.last || p->look[beside.last + 1].mark;
    return closed ? beside : RANGE_NONE;
}

/* The subject that follows the cue: “…”, said the envoy. */
static bool invert(const page *p, cue *c)
{
    if (!(c->entry->frames & FRAME_SAY) || c->last >= p->unit.last) return false;
    const range r = phrase_right(p, c->last + 1, true);
    if (!range_is(r)) return false;
    if (r.last < p->unit.last && is_finite(p, r.last + 1)) return false;
    c->subject = r;
    c->inverted = true;
    c->named = phrase_beside(p, r);
    return true;
}

/* The finite cue whose subject a later one may share; one with a content is preferred.
 */
static const cue *cue_before(const page *p)
{
    const cue *any = NULL;
    for (uint32_t i = p->cues.count, n = 0; i > 0 && n < SHARED_MOST; i--, n++) {
        const cue *c = &p->cues.at[i - 1];
        if (c->type != CUE_FINITE && c->type != CUE_PASSIVE) continue;
        if (c->frame) return c;
        if (!any) any = c;
    }
    return any;
}

/* The subject of a cue that has none of its own. */
static range shared_subject(const page *p, uint32_t token)
{
    const cue *before = cue_before(p);
    if (before) return before->subject;
    const range r = phrase_of_clause(p, p->unit.first, token);
    if (range_is(r)) return r;
    for (uint32_t t = token; t < p->unit.last; t++) /* "Accusing Y of …, X left." */
        if (p->look[t].mark == ',') return phrase_of_clause(p, t + 1, p->unit.last);
    return RANGE_NONE;
}

/* "X, who in July wrote": the token before a time expression that ends at `token`. */
static uint32_t before_time(const page *p, uint32_t token)
{
    const uint32_t x = p->look[token].timex;
    if (x == RAP_NONE) return token;
    uint32_t t = p->in->times->timex[x].first;
    if (t <= p->unit.first) return token;
    t--;
    if (upos_at(p, t) != RAP_ADP && !(classes_at(p, t) & CLASS_RELATIVE))
        return is_nominal(p, t) ? t : token;
    if (classes_at(p, t) & CLASS_RELATIVE) return t;
    if (!(classes_at(p, t) & CLASS_PLACE) || t <= p->unit.first) return token;
    return t - 1;
}

/* Subject and type of a finite cue whose verbal group starts at `first`. */
static bool find_subject(const page *p, cue *c, uint32_t first)
{
    c->begin = first;
    c->type = CUE_FINITE;
    if (first == p->unit.first) return invert(p, c);
    const uint32_t t = before_time(p, first - 1);
    const bool mark =
        quote_ending(p, t) != RAP_NONE || (p->look[t].mark && p->look[t].mark != ')');
    if (quote_ending(p, t) != RAP_NONE && p->quote.at[p->look[t].quote].words > 3 &&
        invert(p, c))
        return true;
    if (p->look[t].mark == ',') c->subject = before_apposition(p, t, &c->named);
    if (mark && !range_is(c->subject) && invert(p, c)) return true;
    if (upos_at(p, t) == RAP_CCONJ || (classes_at(p, t) & CLASS_AND)) {
        c->type = CUE_SHARED;
        c->begin = t > p->unit.first && p->look[t - 1].mark == ',' ? t - 1 : t;
        c->subject = shared_subject(p, t);
        return range_is(c->subject);
    }
    if (classes_at(p, t) & CLASS_RELATIVE) {
        c->relative = true;
        c->subject = before_relative(p, t);
        c->begin = t;
        return range_is(c->subject);
    }
    if ((classes_at(p, t) & CLASS_THAT) && t > p->unit.first) {
        c->relative = true;
        c->subject = phrase_left(p, t - 1);
        c->begin = t;
        return range_is(c->subject);
    }
    if (!range_is(c->subject) && !p->look[t].mark) c->subject = subject_ending(p, t);
    if (!range_is(c->subject)) c->subject = subject_of_relative(p, t);
    if (!range_is(c->subject) && p->look[t].mark == ',' && cue_before(p)) {
        c->type = CUE_SHARED;
        c->begin = t;
        c->subject = cue_before(p)->subject;
    } else if (range_is(c->subject)) {
        c->begin = c->subject.first;
    }
    return range_is(c->subject);
}

/* "she quoted one expert as saying", "X was quoted as saying": like "X said". */
static bool find_subject_before_as(const page *p, cue *c, uint32_t as)
{
    const range r = phrase_left(p, as - 1);
    if (range_is(r) && r.first == p->unit.first) return false;
    const uint32_t verb = range_is(r) ? r.first - 1 : as - 1;
    const group g = group_of(p, verb);
    if (g.first == p->unit.first || (!range_is(r) && !g.be)) return false;
    const range outer = subject_ending(p, g.first - 1);
    c->type = CUE_FINITE;
    c->subject = range_is(r) ? r : outer;
    c->begin = range_is(outer) ? outer.first : g.first;
    return range_is(c->subject);
}

static bool find_participle_subject(const page *p, cue *c)
{
    const uint32_t token = c->token;
    c->type = CUE_PARTICIPLE;
    c->begin = token;
    if (token == p->unit.first) {
        c->subject = shared_subject(p, token);
        return range_is(c->subject);
    }
    const uint32_t t = token - 1, classes = classes_at(p, t);
    if ((classes & CLASS_AS) && t > p->unit.first)
        return find_subject_before_as(p, c, t);
    const range with = phrase_left(p, t); /* "With X declaring that" */
    if (range_is(with) && with.first > p->unit.first &&
        upos_at(p, with.first - 1) == RAP_ADP &&
        clause_begin(p, with.first) == with.first - 1) {
        c->subject = with;
        c->begin = with.first - 1;
        return true;
    }
    const bool loose = p->look[t].mark == ',' || p->look[t].mark == '-' ||
                       quote_ending(p, t) != RAP_NONE;
    const bool joined = (classes & (CLASS_BY | CLASS_CLAUSE | CLASS_AND)) != 0;
    const bool near = p->look[t].word->document || /* "wrote to friends saying" */
                      (c->entry->weight >= 0.95f && is_nominal(p, t) && cue_before(p));
    const bool clause = is_nominal(p, t) && p->look[t].mention != RAP_NONE &&
                        token < p->unit.last && (classes_at(p, token + 1) & CLASS_THAT);
    if (!loose && !joined && !near && !clause) return false;
    c->begin = loose || joined ? t : token;
    if (joined && t > p->unit.first && p->look[t - 1].mark == ',') c->begin = t - 1;
    c->hedged = joined;
    c->subject = shared_subject(p, c->begin);
    return range_is(c->subject);
}

/* "declined to say", "went on to say": the carrier's subject; false where none carries.
 */
static bool find_carried_subject(const page *p, cue *c, const group *g)
{
    uint32_t t = g->first - 1; /* to */
    for (uint32_t n = 0; n < 2 && t > p->unit.first; n++) {
        t--;
        const uint8_t carrier = p->look[t].word->carrier;
        if (!carrier) continue;
        const group outer = group_of(p, t);
        if (carrier == CARRIER_NEGATED) c->negated = true;
        return !outer.modal && !outer.to && find_subject(p, c, outer.first);
    }
    return false;
}

static bool find_passive_subject(const page *p, cue *c, const group *g)
{
    c->type = CUE_PASSIVE;
    c->begin = g->first;
    c->subject = RANGE_NONE;
    if (c->last < p->unit.last && (classes_at(p, c->last + 1) & CLASS_BY))
        c->subject = phrase_right(p, c->last + 2, true);
    if (range_is(c->subject)) c->last = c->subject.last;
    return true;
}

static bool find_verb_subject(const page *p, cue *c, uint32_t forms)
{
    const group g = group_of(p, c->token);
    c->negated = g.negated;
    if ((forms & FORM_GERUND) && !g.be) return find_participle_subject(p, c);
    if ((forms & FORM_PARTICIPLE) && g.be) return find_passive_subject(p, c, &g);
    if (g.to) return (forms & FORM_BASE) && find_carried_subject(p, c, &g);
    if (g.modal && !g.negated) return false;
    if (forms == FORM_PARTICIPLE && !g.have) return false;
    const uint32_t next = c->last + 1;
    if (!g.have && (forms & FORM_PARTICIPLE) && next <= p->unit.last &&
        (classes_at(p, next) & CLASS_BY))
        return false; /* "a plan proposed by X" */
    return find_subject(p, c, g.first);
}

static bool has_condition(const page *p, const cue *c)
{
    return range_is(c->subject) && c->subject.first > p->unit.first &&
           c->type == CUE_FINITE && (classes_at(p, c->subject.first - 1) & CLASS_IF);
}

/* The best reading of the verb at `token`: most words, a frame that fits. */
static bool verb_cue(const page *p, uint32_t token, cue *best)
{
    bool found = false;
    for (const cue_node *n = p->look[token].word->verb; n; n = n->next) {
        const uint32_t last = cue_rest(p, n, token);
        if (last == RAP_NONE || !in_verbal_use(p, token, n->forms)) continue;
        cue c = {.token = token,
                 .last = last,
                 .entry = n->entry,
                 .subject = RANGE_NONE,
                 .named = RANGE_NONE,
                 .addressee = RANGE_NONE,
                 .venue = RANGE_NONE,
                 .content = RANGE_NONE};
        if (found && best->frame && best->entry->rests >= n->entry->rests) continue;
        if (!find_verb_subject(p, &c, n->forms) || has_condition(p, &c)) continue;
        content_match(p, &c);
        if (!c.frame && (found || !(n->entry->frames & FRAME_SAY))) continue;
        *best = c;
        found = true;
    }
    return found;
}

/* Is the clause of `c` what the cue before it reports? "A said B had left" */
static bool is_nested(const page *p, const cue *c)
{
    if (!p->cues.count || c->type != CUE_FINITE || c->inverted) return false;
    const cue *before = &p->cues.at[p->cues.count - 1];
    return range_is(before->content) && before->frame != FRAME_SAY &&
           c->begin >= before->content.first && c->begin <= before->content.first + 1;
}

/* "A said B met C and urged D": whose "urged" is it? B's if only B is a person. */
static void settle_shared(const page *p, cue *c)
{
    const cue *before = cue_before(p);
    if (c->type != CUE_SHARED || !before || !range_is(before->content)) return;
    if (before->frame != FRAME_BARE && before->frame != FRAME_THAT) return;
    if (before->content.first >= c->begin || before->nested) return;
    const range inner = phrase_right(p, before->content.first, false);
    if (!range_is(inner) || inner.last >= c->begin) return;
    const uint32_t m = p->look[inner.first].mention,
                   o = p->look[before->subject.first].mention;
    const bool person =
        mention_is_person(p, m) && p->names->mention[m].form == RAP_MENTION_NAME;
    if (!person) return;
    if (mention_is_person(p, o)) {
        c->unsure = true;
        return;
    }
    c->subject = inner;
    c->named = RANGE_NONE;
    c->nested = true;
}

/* "X’s claim that …", "the claim by X that …" */
static bool noun_cue(const page *p, uint32_t token, cue *best)
{
    const cue_node *n = p->look[token].word->noun;
    if (!n || upos_at(p, token) == RAP_VERB || token == p->unit.first) return false;
    const range r = phrase_left(p, token);
    if (!range_is(r)) return false;
    cue c = {.token = token,
             .last = token,
             .entry = n->entry,
             .type = CUE_NOUN,
             .begin = token,
             .subject = RANGE_NONE,
             .named = RANGE_NONE,
             .addressee = RANGE_NONE,
             .venue = RANGE_NONE,
             .content = RANGE_NONE};
    for (uint32_t t = token; t > r.first && !range_is(c.subject); t--)
        if (upos_at(p, t) == RAP_PART) c.subject = (range){r.first, t - 1};
    const uint32_t owner = p->look[r.first].mention;
    if (!range_is(c.subject) && owner != RAP_NONE && r.first < token &&
        p->names->mention[owner].form == RAP_MENTION_PRONOUN)
        c.subject = (range){r.first, r.first}; /* "his claim that" */
    if (token < p->unit.last && (classes_at(p, token + 1) & CLASS_BY)) {
        c.subject = phrase_right(p, token + 2, false);
        if (range_is(c.subject)) c.last = c.subject.last;
    }
    const uint32_t m = p->look[token - 1].mention;
    if (!range_is(c.subject) && m != RAP_NONE && p->names->mention[m].modifier)
        c.subject = (range){p->names->mention[m].first, token - 1};
    if (!range_is(c.subject)) return false;
    content_match(p, &c);
    c.last = token;
    *best = c;
    return c.frame != 0;
}

/* The token after a source phrase `r`; at a sentence's start what describes it up to
 * the comma belongs to it: "According to a copy seen by us, …". */
static uint32_t after_source(const page *p, uint32_t token, range r)
{
    if (token != p->unit.first) return r.last + 1;
    for (uint32_t t = r.last + 1; t < p->unit.last && t < r.last + DESCRIPTION_MOST;
         t++) {
        if (p->look[t].mark == ',') return t;
        if (p->look[t].mark || p->look[t].quote != RAP_NONE) break;
    }
    return r.last + 1;
}

/* "according to X" */
static bool source_cue(const page *p, uint32_t token, cue *best)
{
    for (const cue_node *n = p->look[token].word->preposition; n; n = n->next) {
        const uint32_t last = cue_rest(p, n, token);
        if (last == RAP_NONE || last >= p->unit.last) continue;
        range r = phrase_right(p, last + 1, true);
        if (!range_is(r)) continue;
        const range beside = phrase_beside(p, r);
        const bool quoted = range_is(beside) && beside.last + 2 <= p->unit.last &&
                            p->look[beside.last + 1].mark == ',' &&
                            quote_starting(p, beside.last + 2) != RAP_NONE;
        if (quoted) r.last = beside.last;
        *best = (cue){.token = token,
                      .last = last,
                      .entry = n->entry,
                      .type = CUE_SOURCE,
                      .begin = token,
                      .subject = r,
                      .named = RANGE_NONE,
                      .addressee = RANGE_NONE,
                      .venue = RANGE_NONE,
                      .content = RANGE_NONE,
                      .after = after_source(p, token, r)};
        return true;
    }
    return false;
}

bool cue_collect(page *p)
{
    p->cues.count = 0;
    for (uint32_t t = p->unit.first; t <= p->unit.last; t++) {
        if (in_speech(p, t)) continue;
        if (p->look[t].quote != RAP_NONE && !opens_fragment(p, t)) continue;
        cue c;
        if (!source_cue(p, t, &c) && !verb_cue(p, t, &c) && !noun_cue(p, t, &c))
            continue;
        c.nested = is_nested(p, &c);
        settle_shared(p, &c);
        if (!rap_push(p->scratch, &p->cues, c)) return false;
        if (c.last > t) t = c.type == CUE_PASSIVE ? t : c.last;
    }
    return true;
}
