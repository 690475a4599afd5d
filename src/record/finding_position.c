/*
 * finding_position.c - who stands where on which issue.
 *
 * Reads   statements with their acts; stances.tsv, contents.tsv.
 * Method  the verb of saying of a statement is a stance ("vowed", "rejected"), or its act
 *         is, or its words are ("should", "never"); a clause with a party before a verb of
 *         stance is one too, whether or not it tells of speech, and so is a noun of stance
 *         with its owner ("their opposition to"). No stance, no position: to mention a
 *         matter is not to take sides.
 */
#include "finding_private.h"
#include "text.h"

enum { MOST_EVIDENCE = 600, OWNER_REACH = 6, OPENER_REACH = 4, GROUP_WORDS = 5 };

/* A clause read by its verb, whatever the stage of statements makes of it. */
static const float BY_VERB = 0.85f;
/* A concession is one in the matter that the report is about. */
static const float CONCEDED = 0.8f;

/* ---- positions ------------------------------------------------------------------- */

typedef struct opinion { /* a position on its way in */
    const uint32_t *who;
    uint32_t count;
    uint32_t begin, end;       /* tokens: the words it rests on */
    uint32_t issue, issue_end; /* tokens: what the stance is on */
    finding_stand stand;
    rap_slice called; /* what several are called together: "both delegations" */
    uint32_t according_to;
    float confidence;
} opinion;

/* The same parties in any order, or one of them for all. */
static bool are_same(const rap_finding *p, const opinion *o)
{
    uint32_t same = 0;
    for (uint32_t i = 0; i < p->who_count; i++)
        for (uint32_t k = 0; k < o->count; k++) same += p->who[i] == o->who[k];
    return same == p->who_count || same == o->count;
}

/* The same stance of the same party on the same issue, in overlapping words or in this
 * statement; RAP_NONE: it is new. */
static uint32_t taken_before(const finder *f, const opinion *o, rap_slice issue,
                             rap_span span)
{
    for (uint32_t i = 0; i < f->list.count; i++) {
        const rap_finding *p = &f->list.at[i];
        if (p->kind != RAP_ENTRY_POSITION || !are_same(p, o)) continue;
        if (p->stance != rap_stance_name[o->stand.stance]) continue;
        if (!rap_slice_equal(p->name, issue)) continue;
        if (i >= f->since || rap_span_overlaps(p->anchor, span)) return i;
    }
    return RAP_NONE;
}

/* Is `actor` one of those who take the stance, or they as a group? */
static bool is_one_of(const finder *f, uint32_t actor, const opinion *o)
{
    if (actor == RAP_NONE) return false;
    const rap_actor *a = &f->in->names->actor[actor];
    for (uint32_t i = 0; i < o->count; i++) {
        if (o->who[i] == actor) return true;
        for (uint32_t m = 0; m < a->members; m++)
            if (a->member[m] == o->who[i]) return true;
    }
    return false;
}

static rap_finding position_of(finder *f, const opinion *o, rap_slice issue,
                               rap_span span)
{
    rap_finding p = {.kind = RAP_ENTRY_POSITION,
                     .anchor = span,
                     .who = o->who,
                     .who_count = o->count,
                     .called = o->count > 1 ? o->called : (rap_slice){0},
                     .according_to =
                         is_one_of(f, o->according_to, o) ? RAP_NONE : o->according_to,
                     .name = issue,
                     .class = "",
                     .stance = rap_stance_name[o->stand.stance],
                     .status = "",
                     .terms = rap_terms_of(f, o->begin, o->end),
                     .date = rap_when_of(f, o->begin),
                     .due = "",
                     .due_earliest = RAP_NO_DAY,
                     .due_latest = RAP_NO_DAY,
                     .due_basis = "",
                     .confidence = o->confidence};
    p.whom_count = rap_state_behind(f, o->count, o->who, &p.whom);
    return p;
}

/* "undertook not to cause harm": turned round, on a matter that no list knows; what is told
 * beside it is not rejected. */
static bool is_turned_on_nothing(finder *f, const opinion *o)
{
    if (o->stand.stance != STANCE_REJECTS ||
        !rap_opens_negated(f, o->issue, o->issue_end) ||
        rap_names_issue(f, o->issue, o->issue_end))
        return false;
    for (uint32_t i = o->issue; i < o->issue_end; i++)
        if (f->in->syntax->upos[i] == RAP_NOUN && f->cover[i] == RAP_NONE) return true;
    return false;
}

static void add_position(finder *f, const opinion *o)
{
    float surety;
    if (o->stand.stance == STANCES || !o->count || o->begin >= o->end) return;
    if (is_turned_on_nothing(f, o)) return;
    const rap_slice issue = rap_issue_of(f, o->issue, o->issue_end, &surety);
    if (!issue.len) return;
    if (o->stand.stance == STANCE_CONCEDES && surety < CONCEDED)
        surety = CONCEDED; /* "we made concessions": in the matter at hand */
    else if (o->stand.by_words && surety < 0.9f)
        return; /* words like "must" are on every page */
    const rap_span span = rap_tokens_of(f, o->begin, o->end);
    if (span.end - span.begin > MOST_EVIDENCE) return;
    opinion sure = *o;
    sure.confidence *= (float)o->stand.weight / 100.0f * surety;
    const uint32_t before = taken_before(f, o, issue, span);
    if (before == RAP_NONE) {
        const rap_finding p = position_of(f, &sure, issue, span);
        rap_find_add(f, p, &span, 1);
    } else {
        rap_finding *p = &f->list.at[before];
        if (p->confidence < sure.confidence) p->confidence = sure.confidence;
        if (p->who_count < o->count) p->who = o->who, p->who_count = o->count;
        if (p->who_count > 1 && !p->called.len) p->called = o->called;
    }
}

/* "the sides", "the leaders": not the first of a list of names. */
static bool stands_for_several(const finder *f, uint32_t noun)
{
    if (rap_word_is(f, noun, FINDING_PARTIES)) return true;
    const uint32_t cover = f->cover[noun];
    if (cover == RAP_NONE) return false;
    const rap_mention *m = &f->in->names->mention[cover];
    return m->last == noun && m->actor != RAP_NONE &&
           f->in->names->actor[m->actor].members > 1;
}

/* The words for a group at tokens [begin, end): up to its noun; empty: names, a pronoun. */
static rap_slice group_words(const finder *f, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end && i < begin + GROUP_WORDS; i++) {
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos == RAP_NOUN)
            return stands_for_several(f, i) ? rap_words_of(f, begin, i + 1)
                                            : (rap_slice){0};
        if (upos == RAP_PROPN || upos == RAP_PRON || upos == RAP_VERB) break;
    }
    return (rap_slice){0};
}

/* ---- from statements -------------------------------------------------------------- */

static bool opens(const finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    return upos == RAP_PART || upos == RAP_ADP || upos == RAP_SCONJ;
}

/* "to disarm and to open the road": where the next member of a list begins, which opens with
 * the same word; `end`: there is none. */
static uint32_t next_member(const finder *f, uint32_t begin, uint32_t end)
{
    /* "agreed to a truce and to talks": the opener may belong to the verb */
    uint32_t first = begin && opens(f, begin - 1) ? begin - 1 : begin;
    while (first < end && first < begin + OPENER_REACH && !opens(f, first)) first++;
    if (first >= end || first >= begin + OPENER_REACH) return end;
    for (uint32_t i = first + 2; i + 2 < end; i++) {
        if (f->in->syntax->upos[i] != RAP_CCONJ) continue;
        uint32_t next = i + 1;
        while (next < end && f->in->syntax->upos[next] == RAP_PUNCT) next++;
        if (next < end && opens(f, next) &&
            rap_slice_equal(f->form[next], f->form[first]))
            return next;
    }
    return end;
}

/* Without the "and" and the marks before the next member. */
static uint32_t member_end(const finder *f, uint32_t begin, uint32_t next)
{
    while (next > begin + 1 && (f->in->syntax->upos[next - 1] == RAP_PUNCT ||
                                f->in->syntax->upos[next - 1] == RAP_CCONJ))
        next--;
    return next;
}

/* One position a member of a list, where each names its own matter. `said`: the statement
 * whose words tell the stance, member by member; NULL: `o` has it. */
static void add_members(finder *f, opinion o, const rap_statement *said)
{
    const uint32_t end = o.issue_end, last = o.end;
    while (o.issue < end) {
        uint32_t next = next_member(f, o.issue, end);
        if (next < end &&
            (!rap_names_issue(f, o.issue, next) || !rap_names_issue(f, next, end)))
            next = end;
        o.issue_end = next < end ? member_end(f, o.issue, next) : end;
        o.end = next < end ? o.issue_end : last;
        if (said) o.stand = rap_stance_of(f, said, o.issue, o.issue_end);
        add_position(f, &o);
        o.begin = o.issue = next;
    }
}

/* A statement, sentence by sentence: each may be on another matter. */
static void from_statement(finder *f, const rap_statement *s)
{
    const rap_tokens *t = f->in->tokens;
    opinion o = {.according_to = RAP_NONE, .confidence = s->confidence};
    o.count = rap_is_cue_supposed(f, s) ? 0 : rap_speakers_of(f, s, &o.who);
    if (o.count > 1 && s->source.count)
        o.called = group_words(f, rap_token_at(f, s->source.at[0].begin),
                               rap_token_at(f, s->source.at[0].end - 1) + 1);
    f->since = f->list.count;
    for (uint32_t c = 0; o.count && c < s->content.count; c++) {
        uint32_t at = rap_token_at(f, s->content.at[c].begin);
        while (at < t->count && t->span[at].begin < s->content.at[c].end) {
            if (!rap_is_body(f, t->sentence[at])) break;
            uint32_t end = at;
            while (end < t->count && t->sentence[end] == t->sentence[at] &&
                   t->span[end].begin < s->content.at[c].end)
                end++;
            o.stand = rap_stance_of(f, s, at, end);
            o.begin = o.issue = at;
            o.end = o.issue_end = end;
            add_members(f, o, o.stand.by_words ? s : NULL);
            at = end;
        }
    }
}

/* ---- from clauses ------------------------------------------------------------------- */

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

static uint32_t speaker_at(const finder *f, uint32_t token)
{
    const uint32_t said = f->said[token];
    return said == RAP_NONE ? RAP_NONE : f->in->statements->statement[said].speaker;
}

/* "The rebels might accept it": as the report sees it, not as they said. */
static bool is_supposed(const finder *f, uint32_t token, const opinion *o)
{
    if (is_one_of(f, speaker_at(f, token), o)) return false;
    if (rap_is_negated(f, token, o->begin)) return false;
    for (uint32_t i = token > o->begin + 3 ? token - 3 : o->begin; i < token; i++)
        if (rap_word_is(f, i, FINDING_MAY)) return true;
    return false;
}

/* Does a thing or a clause behind the verb depend on it as its object? */
static bool has_object(const finder *f, uint32_t verb, uint32_t end)
{
    const rap_syntax *s = f->in->syntax;
    for (uint32_t i = verb + 1; i < end; i++)
        if (s->head[i] == verb &&
            (s->relation[i] == RAP_REL_OBJ || s->relation[i] == RAP_REL_IOBJ ||
             s->relation[i] == RAP_REL_CCOMP || s->relation[i] == RAP_REL_XCOMP))
            return true;
    return false;
}

/* What a verb of stance is about stands behind it; "the plan, which they rejected": before. */
static void set_issue(const finder *f, opinion *o, uint32_t token)
{
    const rap_syntax *s = f->in->syntax;
    if (s->head) o->end = rap_end_of_subtree(f, token, o->end);
    o->issue = token + 1 < o->end ? token + 1 : o->begin;
    o->issue_end = o->end;
    if (!s->head || s->relation[token] != RAP_REL_ACL_RELCL) return;
    if (has_object(f, token, o->end)) return; /* "a text in which they pledge to" */
    const uint32_t noun = s->head[token];
    if (noun >= o->begin || noun + 1 > token) return;
    o->issue = noun;
    while (o->issue && s->head[o->issue - 1] == noun && o->issue + 6 > noun) o->issue--;
    o->issue_end = o->begin;
}

/* "dismissed the deputy", "backed her as chair": a person is no matter. */
static bool is_on_person(finder *f, uint32_t verb, const opinion *o)
{
    const rap_syntax *s = f->in->syntax;
    if (o->stand.stance == STANCE_DEMANDS || o->stand.stance == STANCE_PROPOSES)
        return false; /* "urged the deputy to": it is put to him */
    for (uint32_t i = verb + 1; s->head && i < o->end; i++) {
        if (s->head[i] != verb ||
            (s->relation[i] != RAP_REL_OBJ && s->relation[i] != RAP_REL_IOBJ))
            continue;
        const uint32_t cover = f->cover[i];
        const uint32_t actor =
            cover == RAP_NONE ? RAP_NONE : f->in->names->mention[cover].actor;
        const bool person =
            actor != RAP_NONE && f->in->names->actor[actor].kind == RAP_ACTOR_PERSON;
        if (person && o->stand.stance == STANCE_REJECTS) return true;
        const bool unknown = actor == RAP_NONE && s->upos[i] == RAP_PROPN;
        return (person || unknown) && !rap_names_issue(f, o->issue, o->issue_end);
    }
    return false;
}

/* "as they had promised in May": on what is told beside it, whatever that is. */
static bool is_in_passing(finder *f, uint32_t verb, const opinion *o)
{
    const rap_syntax *s = f->in->syntax;
    return s->head && s->relation[verb] == RAP_REL_ADVCL &&
           !has_object(f, verb, o->end) && !rap_names_issue(f, o->issue, o->issue_end);
}

static void from_verb(finder *f, uint32_t token, const finding_phrase *p)
{
    uint32_t clause, subject = token;
    opinion o = {.stand = {p->value, p->weight, false}, .confidence = BY_VERB};
    rap_clause_of(f, token, &clause, &o.end);
    const bool passive = token > clause && rap_word_is(f, token - 1, FINDING_PASSIVE) &&
                         f->in->syntax->form[token] == RAP_FORM_PARTICIPLE;
    o.count = passive ? 0 : rap_subject_of(f, token, &o.who, &subject);
    /* "to persuade A to accept": not yet, and "if A accepts": maybe never */
    if (o.count && token > subject && is_wished(f, token, subject, clause)) return;
    if (o.count) {
        o.begin = subject;
        o.called = group_words(f, subject, token);
    } else {
        o.count = agent_of(f, token, o.end, &o.who);
        o.begin = clause;
    }
    if (!o.count || (token + 1 >= o.end && p->value != STANCE_REJECTS)) return;
    if (is_supposed(f, token, &o)) return;
    o.according_to = speaker_at(f, token);
    set_issue(f, &o, token);
    if (is_on_person(f, token, &o) || is_in_passing(f, token, &o)) return;
    if (rap_is_negated(f, token, o.begin) ||
        (o.issue > token && rap_opens_negated(f, o.issue, o.issue_end)))
        o.stand.stance = rap_turned_stance(o.stand.stance);
    else if (o.issue > token && o.begin == subject)
        o.stand = rap_stance_of_clause(f, o.stand, o.issue, o.issue_end);
    if (o.issue > token)
        add_members(f, o, NULL);
    else
        add_position(f, &o);
}

/* "The rebels would not disarm": who will not do it rejects it. */
static void from_refusal(finder *f, uint32_t token)
{
    uint32_t clause;
    opinion o = {.stand = {STANCE_REJECTS, 75, false},
                 .according_to = RAP_NONE,
                 .confidence = 0.8f};
    if (f->said[token] != RAP_NONE || !rap_word_is(f, token, FINDING_WILL)) return;
    rap_clause_of(f, token, &clause, &o.end);
    if (token + 2 >= o.end + 1 || !rap_word_is(f, token + 1, FINDING_NOT)) return;
    const uint32_t verb = token + 2;
    if (verb >= o.end || f->in->syntax->upos[verb] != RAP_VERB) return;
    o.count = rap_subject_of(f, token, &o.who, &o.begin);
    o.issue = o.begin;
    o.issue_end = o.end;
    if (o.count) add_position(f, &o);
}

/* The one whose stance a noun tells: "their opposition to", "voiced its support for". */
static uint32_t owner_of(finder *f, uint32_t token, const uint32_t **who,
                         uint32_t *begin)
{
    const rap_syntax *s = f->in->syntax;
    const rap_tokens *t = f->in->tokens;
    const uint32_t first = t->first[t->sentence[token]];
    for (uint32_t at = token; s->head && at > first && token - at < OWNER_REACH; at--)
        if (s->head[at - 1] == token && s->relation[at - 1] == RAP_REL_NMOD_POSS)
            return rap_named_inside(f, at - 1, token, who, begin);
    *who = NULL;
    return 0;
}

static void from_noun(finder *f, uint32_t token, const finding_phrase *p)
{
    uint32_t clause;
    opinion o = {.stand = {p->value, p->weight, false},
                 .according_to = speaker_at(f, token),
                 .confidence = BY_VERB};
    rap_clause_of(f, token, &clause, &o.end);
    o.count = owner_of(f, token, &o.who, &o.begin);
    if (!o.count || token + p->words >= o.end || is_supposed(f, token, &o)) return;
    o.issue = token + p->words;
    o.issue_end = o.end;
    add_position(f, &o);
}

static void at_token(finder *f, uint32_t token, uint32_t end)
{
    const uint8_t upos = f->in->syntax->upos[token];
    const finding_phrase *p =
        rap_phrase_at(f, &f->knowledge->stances, token, end, NULL);
    if (upos == RAP_NOUN) {
        p = rap_phrase_at(f, &f->knowledge->nouns, token, end, NULL);
        if (p) from_noun(f, token, p);
    }
    if (upos != RAP_VERB && upos != RAP_AUX) return;
    if (f->cued[token] == RAP_NONE) from_refusal(f, token);
    if (!p && upos == RAP_VERB)
        p = rap_parted_phrase_at(f, &f->knowledge->stances, token, end);
    if (p) from_verb(f, token, p);
}

void rap_take_on(finder *f, const uint32_t *who, uint32_t count, uint32_t begin,
                 uint32_t end, float confidence)
{
    const opinion o = {.who = who,
                       .count = count,
                       .begin = begin,
                       .end = end,
                       .issue = begin,
                       .issue_end = end,
                       .stand = {STANCE_SUPPORTS, 90, false},
                       .called = group_words(f, begin, end),
                       .according_to = RAP_NONE,
                       .confidence = confidence};
    if (rap_names_issue(f, begin, end)) add_position(f, &o);
}

void rap_find_positions(finder *f)
{
    const rap_tokens *t = f->in->tokens;
    for (uint32_t i = 0; i < f->in->statements->count; i++)
        from_statement(f, &f->in->statements->statement[i]);
    for (uint32_t i = 0; i < t->count; i++) {
        const uint32_t sentence = t->sentence[i];
        if (i == t->first[sentence]) f->since = f->list.count;
        if (rap_is_body(f, sentence)) at_token(f, i, t->first[sentence + 1]);
    }
}
