/*
 * finding_position.c - who stands where on which issue.
 *
 * Reads   statements with their acts; stances.tsv, contents.tsv, issues.tsv.
 * Method  a statement's act is a stance ("demand", "refuse"), or its words are ("should",
 *         "never"); a clause with a party before a verb of stance is one too. The issue
 *         is the weightiest phrase of issues.tsv in those words, else their longest noun
 *         phrase. No stance, no position: to mention a matter is not to take sides.
 */
#include "finding_private.h"
#include "text.h"

enum {
    MOST_EVIDENCE = 600,
    NO_STANCE = STANCES,
    LABEL_WORDS = 4,
    KIND_WEIGHT = 6,
    AGREEMENT_WEIGHT = 3
};

typedef struct stand { /* a stance while it is being found */
    uint32_t stance;
    uint32_t weight; /* percent */
    bool by_words;   /* only the words said tell it, not the verb of saying */
} stand;

static stand none(void)
{
    return (stand){NO_STANCE, 0, false};
}

static uint32_t turned(uint32_t stance)
{
    switch (stance) {
    case STANCE_SUPPORTS:
    case STANCE_PROPOSES:
    case STANCE_CONCEDES:
        return STANCE_REJECTS;
    default:
        return NO_STANCE;
    }
}

/* ---- issues ---------------------------------------------------------------------- */

static const finding_phrase *weightiest(const finder *f, uint32_t begin, uint32_t end)
{
    const finding_table *table = &f->knowledge->issues;
    const finding_phrase *best = NULL;
    for (uint32_t i = begin; i < end; i++) {
        const finding_phrase *p = rap_phrase_at(f, table, i, end, NULL);
        if (!p) continue;
        if (!best || p->weight > best->weight ||
            (p->weight == best->weight && p->words > best->words))
            best = p;
    }
    return best;
}

/* What the agreement of the report is about, where it is called no more than that. */
static const char *kind_of_agreement(finder *f)
{
    const rap_tokens *t = f->in->tokens;
    uint32_t *count = rap_new(f->scratch, uint32_t, f->knowledge->issue.count);
    f->failed |= !count;
    uint32_t best = RAP_NONE, most = 1;
    for (uint32_t i = 0; count && i < t->count; i++) {
        if (!rap_is_body(f, t->sentence[i])) continue;
        const finding_phrase *p = rap_phrase_at(f, &f->knowledge->issues, i,
                                                t->first[t->sentence[i] + 1], NULL);
        if (!p || p->weight != KIND_WEIGHT) continue;
        if (++count[p->value] > most) most = count[p->value], best = p->value;
    }
    return best == RAP_NONE ? NULL : f->knowledge->issue.at[best];
}

static const char *issue_in(finder *f, uint32_t begin, uint32_t end)
{
    const finding_phrase *best = weightiest(f, begin, end);
    if (!best) return NULL;
    if (best->weight <= AGREEMENT_WEIGHT && !f->agreed_known) {
        f->agreed_known = true;
        f->agreed = kind_of_agreement(f);
    }
    if (best->weight <= AGREEMENT_WEIGHT && f->agreed) return f->agreed;
    return f->knowledge->issue.at[best->value];
}

static bool is_label_word(const finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    return (upos == RAP_NOUN || upos == RAP_ADJ) && f->cover[token] == RAP_NONE &&
           rap_map_get(&f->knowledge->stop, f->form[token]) == RAP_NONE;
}

/* The longest run of nouns and adjectives that ends in a noun, in its own words. */
static rap_slice noun_phrase_in(finder *f, uint32_t begin, uint32_t end)
{
    uint32_t best = 0, at = 0;
    for (uint32_t i = begin; i < end;) {
        uint32_t to = i;
        while (to < end && to - i < LABEL_WORDS && is_label_word(f, to)) to++;
        uint32_t cut = to;
        while (cut > i && f->in->syntax->upos[cut - 1] != RAP_NOUN) cut--;
        if (cut - i > best) best = cut - i, at = i;
        i = to > i ? to : i + 1;
    }
    if (!best) return (rap_slice){0};
    rap_slice label = rap_fold(f->arena, rap_words_of(f, at, at + best));
    f->failed |= !label.at;
    return label;
}

/* The issue that most sentences of the report touch. */
static const char *theme_of(finder *f)
{
    const rap_tokens *t = f->in->tokens;
    if (f->theme_known) return f->theme;
    f->theme_known = true;
    uint32_t *count = rap_new(f->scratch, uint32_t, f->knowledge->issue.count);
    f->failed |= !count;
    uint32_t most = 1;
    for (uint32_t s = 0; count && s < t->sentences; s++) {
        const char *issue =
            rap_is_body(f, s) ? issue_in(f, t->first[s], t->first[s + 1]) : NULL;
        for (uint32_t i = 0; issue && i < f->knowledge->issue.count; i++) {
            if (f->knowledge->issue.at[i] != issue) continue;
            if (++count[i] > most) most = count[i], f->theme = issue;
        }
    }
    return f->theme;
}

/* In the words themselves, else in their sentence, else in the one before it. */
static rap_slice issue_of(finder *f, uint32_t begin, uint32_t end, float *surety)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t sentence = t->sentence[begin];
    const char *issue = issue_in(f, begin, end);
    if (!issue) issue = issue_in(f, t->first[sentence], t->first[sentence + 1]);
    if (!issue && sentence && t->zone[sentence - 1] == t->zone[sentence])
        issue = issue_in(f, t->first[sentence - 1], t->first[sentence]);
    *surety = 1.0f;
    if (issue) return rap_slice_of(issue);
    *surety = 0.62f;
    issue = theme_of(f);
    if (issue) return rap_slice_of(issue);
    *surety = 0.6f;
    return noun_phrase_in(f, begin, end);
}

/* ---- stances --------------------------------------------------------------------- */

/* Is it somebody else of whom the verb at `token` speaks? "We" and "he" may be the
 * speaker; a party with a name that is not his is another. What one says that another
 * must do is one's own demand. */
static bool is_of_another(finder *f, uint32_t token, uint32_t end, uint32_t stance,
                          uint32_t speaker)
{
    const uint32_t *who;
    uint32_t begin;
    if (stance == STANCE_UNDECIDED) return false;
    /* a modal tells what others are to do; "want" tells who wants it */
    if (stance == STANCE_DEMANDS && f->in->syntax->upos[token] != RAP_VERB)
        return false;
    if (token + 1 < end && rap_word_is(f, token + 1, FINDING_AGENT)) return true;
    const uint32_t count = rap_subject_of(f, token, &who, &begin);
    /* "his side has made concessions" */
    if (count &&
        (rap_word_is(f, begin, FINDING_OWN) || rap_word_is(f, begin, FINDING_FIRST) ||
         (begin && rap_word_is(f, begin - 1, FINDING_OWN)) ||
         (begin && rap_word_is(f, begin - 1, FINDING_FIRST))))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (who[i] == speaker) return false;
    return count > 0;
}

/* "The papers were not signed": nobody is said to refuse. */
static bool is_passive_at(const finder *f, uint32_t token, uint32_t begin, uint32_t end)
{
    uint32_t verb = token;
    while (verb < end && verb < token + 3 &&
           f->in->syntax->form[verb] != RAP_FORM_PARTICIPLE)
        verb++;
    if (verb >= end || f->in->syntax->form[verb] != RAP_FORM_PARTICIPLE) return false;
    for (uint32_t i = verb > begin + 2 ? verb - 2 : begin; i < verb; i++)
        if (rap_word_is(f, i, FINDING_PASSIVE)) return true;
    return false;
}

/* What the words of a content say of its speaker. */
static stand stance_in(finder *f, const rap_statement *s, uint32_t begin, uint32_t end)
{
    stand best = none();
    const bool depends = rap_word_is(f, begin, FINDING_IF); /* on others */
    for (uint32_t i = begin; i < end; i++) {
        const finding_phrase *p =
            rap_phrase_at(f, &f->knowledge->contents, i, end, NULL);
        if (!p || p->weight <= best.weight) continue;
        if (depends && p->value != STANCE_UNDECIDED) continue;
        /* "it had to be done", "the steps needed": told, not demanded */
        const uint8_t form = f->in->syntax->form[i];
        if (p->value == STANCE_DEMANDS &&
            (form == RAP_FORM_PAST || form == RAP_FORM_PARTICIPLE))
            continue;
        if (p->value == STANCE_REJECTS && is_passive_at(f, i, begin, end)) continue;
        if (is_of_another(f, i, end, p->value, s->speaker)) continue;
        const bool plain = p->value != STANCE_SUPPORTS && p->value != STANCE_PROPOSES;
        const bool turns = !plain && rap_is_negated(f, i, begin);
        best = (stand){turns ? STANCE_REJECTS : p->value, p->weight, true};
    }
    return best;
}

/* "criticised", "celebrated": what the verb of saying itself says. */
static stand stance_of_cue(const finder *f, const rap_statement *s)
{
    for (uint32_t c = 0; c < s->cue.count; c++) {
        const uint32_t at = rap_token_at(f, s->cue.at[c].begin);
        if (at >= f->in->tokens->count) continue;
        const finding_phrase *p =
            rap_phrase_at(f, &f->knowledge->stances, at, f->in->tokens->count, NULL);
        if (p && !s->negated) return (stand){p->value, p->weight, false};
    }
    return none();
}

static stand stance_of_act(finder *f, const rap_statement *s, uint32_t begin,
                           uint32_t end)
{
    static const struct {
        rap_act act;
        stand stand;
    } table[] = {{RAP_ACT_DEMAND, {STANCE_DEMANDS, 85, false}},
                 {RAP_ACT_PROPOSE, {STANCE_PROPOSES, 85, false}},
                 {RAP_ACT_PROMISE, {STANCE_SUPPORTS, 85, false}},
                 {RAP_ACT_ACCEPT, {STANCE_SUPPORTS, 85, false}},
                 {RAP_ACT_REFUSE, {STANCE_REJECTS, 88, false}},
                 {RAP_ACT_PRAISE, {STANCE_SUPPORTS, 75, false}}};
    stand found = stance_of_cue(f, s);
    if (found.stance == STANCE_UNDECIDED) return found; /* "declined to comment" */
    found = none();
    for (uint32_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].act == s->act) found = table[i].stand;
    if (s->act == RAP_ACT_ASK && f->in->syntax->upos[begin] == RAP_PART)
        found = (stand){STANCE_DEMANDS, 75, false};
    if (found.stance == NO_STANCE) found = stance_of_cue(f, s);
    if (found.stance == NO_STANCE) return stance_in(f, s, begin, end);
    bool turns = s->negated;
    for (uint32_t i = begin;
         i < end && i < begin + 3 && found.stance == STANCE_SUPPORTS; i++)
        turns |= rap_word_is(f, i, FINDING_NOT);
    if (turns) found.stance = turned(found.stance);
    return found;
}

/* ---- positions ------------------------------------------------------------------- */

/* Has the same party taken the same stance on the same issue in overlapping words, or in
 * this statement before? */
static bool is_there(const finder *f, uint32_t from, const uint32_t *who,
                     rap_slice issue, const char *stance)
{
    for (uint32_t i = from; i < f->list.count; i++) {
        const rap_finding *p = &f->list.at[i];
        if (p->kind == RAP_ENTRY_POSITION && p->who[0] == who[0] &&
            p->stance == stance && rap_slice_equal(p->name, issue))
            return true;
    }
    return false;
}

static void add_position(finder *f, const uint32_t *who, uint32_t count, uint32_t begin,
                         uint32_t end, stand taken, uint32_t according_to,
                         float confidence)
{
    float surety;
    if (taken.stance == NO_STANCE || !count || begin >= end) return;
    const rap_slice issue = issue_of(f, begin, end, &surety);
    if (!issue.len || (taken.by_words && surety < 0.9f)) return;
    if (is_there(f, f->since, who, issue, rap_stance_name[taken.stance])) return;
    rap_span span = rap_tokens_of(f, begin, end);
    if (span.end - span.begin > MOST_EVIDENCE) return;
    confidence *= (float)taken.weight / 100.0f * surety;
    rap_find_add(f,
                 (rap_finding){.kind = RAP_ENTRY_POSITION,
                               .anchor = span,
                               .who = who,
                               .who_count = count,
                               .according_to = according_to,
                               .name = issue,
                               .class = "",
                               .stance = rap_stance_name[taken.stance],
                               .status = "",
                               .terms = rap_terms_of(f, begin, end),
                               .date = rap_when_of(f, begin),
                               .due = "",
                               .due_earliest = RAP_NO_DAY,
                               .due_latest = RAP_NO_DAY,
                               .due_basis = "",
                               .confidence = confidence},
                 &span, 1);
}

/* The parties a statement speaks for: its speaker, or a group's members. */
static uint32_t speakers_of(finder *f, const rap_statement *s, const uint32_t **who)
{
    *who = NULL;
    if (s->speaker == RAP_NONE) return 0;
    const rap_actor *a = &f->in->names->actor[s->speaker];
    if (a->kind == RAP_ACTOR_PLACE) return 0;
    if (a->members) {
        *who = a->member;
        return a->members;
    }
    uint32_t *one = rap_new(f->arena, uint32_t, 1);
    f->failed |= !one;
    if (!one) return 0;
    *one = s->speaker;
    *who = one;
    return rap_name_sides(f, 1, who);
}

/* A statement, sentence by sentence: each may be on another matter. */
static void from_statement(finder *f, const rap_statement *s)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t *who;
    const uint32_t count = speakers_of(f, s, &who);
    f->since = f->list.count;
    for (uint32_t c = 0; count && c < s->content.count; c++) {
        uint32_t at = rap_token_at(f, s->content.at[c].begin);
        while (at < t->count && t->span[at].begin < s->content.at[c].end) {
            if (!rap_is_body(f, t->sentence[at])) break;
            uint32_t end = at;
            while (end < t->count && t->sentence[end] == t->sentence[at] &&
                   t->span[end].begin < s->content.at[c].end)
                end++;
            add_position(f, who, count, at, end, stance_of_act(f, s, at, end), RAP_NONE,
                         s->confidence);
            at = end;
        }
    }
}

/* "the draft proposed by the mediators" */
static uint32_t agent_of(finder *f, uint32_t token, uint32_t end, const uint32_t **who)
{
    uint32_t after;
    *who = NULL;
    if (token + 2 >= end || !rap_word_is(f, token + 1, FINDING_AGENT)) return 0;
    return rap_named_from(f, token + 2, who, &after);
}

static bool is_wished(const finder *f, uint32_t token, uint32_t subject,
                      uint32_t clause)
{
    const bool infinitive = f->in->syntax->upos[token - 1] == RAP_PART &&
                            !rap_word_is(f, token - 1, FINDING_NOT);
    if (infinitive && subject + 1 < token && f->cover[token - 2] != RAP_NONE)
        return true;
    return rap_word_is(f, clause, FINDING_IF) ||
           (subject && rap_word_is(f, subject - 1, FINDING_IF)) ||
           (subject > 1 && rap_word_is(f, subject - 2, FINDING_IF));
}

static void from_verb(finder *f, uint32_t token, const finding_phrase *p)
{
    uint32_t begin, clause, end, subject;
    const uint32_t *who;
    rap_clause_of(f, token, &clause, &end);
    const bool passive = token > clause && rap_word_is(f, token - 1, FINDING_PASSIVE) &&
                         f->in->syntax->form[token] == RAP_FORM_PARTICIPLE;
    uint32_t count = passive ? 0 : rap_subject_of(f, token, &who, &subject);
    /* "to persuade A to accept": not yet, and "if A accepts": maybe never */
    if (count && token > subject && is_wished(f, token, subject, clause)) return;
    if (count) {
        begin = subject;
    } else {
        count = agent_of(f, token, end, &who);
        begin = clause;
    }
    if (!count || (token + 1 >= end && p->value != STANCE_REJECTS)) return;
    stand found = {p->value, p->weight, false};
    if (rap_is_negated(f, token, begin)) found.stance = turned(found.stance);
    const uint32_t said = f->said[token];
    const uint32_t by =
        said == RAP_NONE ? RAP_NONE : f->in->statements->statement[said].speaker;
    add_position(f, who, count, begin, end, found, by, 0.85f);
}

/* "The rebels would not disarm": who will not do it rejects it. */
static void from_refusal(finder *f, uint32_t token)
{
    uint32_t begin, clause, end;
    const uint32_t *who;
    if (f->said[token] != RAP_NONE || !rap_word_is(f, token, FINDING_WILL)) return;
    rap_clause_of(f, token, &clause, &end);
    if (token + 2 >= end + 1 || !rap_word_is(f, token + 1, FINDING_NOT)) return;
    const uint32_t verb = token + 2;
    if (verb >= end || f->in->syntax->upos[verb] != RAP_VERB) return;
    const uint32_t count = rap_subject_of(f, token, &who, &begin);
    if (count)
        add_position(f, who, count, begin, end, (stand){STANCE_REJECTS, 75, false},
                     RAP_NONE, 0.8f);
}

void rap_find_positions(finder *f)
{
    const rap_tokens *t = f->in->tokens;
    for (uint32_t i = 0; i < f->in->statements->count; i++)
        from_statement(f, &f->in->statements->statement[i]);
    uint32_t sentence = RAP_NONE;
    for (uint32_t i = 0; i < t->count; i++) {
        if (t->sentence[i] != sentence) f->since = f->list.count;
        sentence = t->sentence[i];
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos != RAP_VERB && upos != RAP_AUX) continue;
        if (!rap_is_body(f, t->sentence[i]) || f->cued[i] != RAP_NONE) continue;
        from_refusal(f, i);
        const finding_phrase *p = rap_phrase_at(f, &f->knowledge->stances, i,
                                                t->first[t->sentence[i] + 1], NULL);
        if (!p && upos == RAP_VERB)
            p = rap_parted_phrase_at(f, &f->knowledge->stances, i,
                                     t->first[t->sentence[i] + 1]);
        if (p) from_verb(f, i, p);
    }
}
