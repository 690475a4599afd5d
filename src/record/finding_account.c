/*
 * finding_account.c - what reports account for in other ways: why something failed, who led
 * whom, how many made a document, to whom a territory belongs.
 *
 * Reads   meetings and documents found before; names; words.tsv.
 * Method  each account is a detail whose words stand next to what it is of, so that the
 *         store knows of which meeting or document: "was put off for lack of a room",
 *         "refused on principle to sign"; "Ada Quill, who led the Borduran team"; "the
 *         trilateral accord", "an accord between the two"; "the island is part of
 *         Ruritania", "the independent republic of the island".
 * Cost    a bounded stretch around each word of the lists.
 */
#include "finding_private.h"
#include "text.h"

enum {
    REACH = 6,
    REASON_WORDS = 24,
    EVENT_WORDS = 40,
    SIDE_SENTENCES = 3,
    SUBJECT_REACH = 12
};

typedef struct account { /* on its way in */
    const char *class;
    rap_slice name;
    const char *terms;
    double value;
    uint32_t who; /* actor, or RAP_NONE */
    uint32_t begin, end;
    const rap_finding *meeting; /* whose day it is of, or NULL */
} account;

static void add(finder *f, const account *a)
{
    const rap_span span = rap_tokens_of(f, a->begin, a->end);
    uint32_t *who = NULL;
    if (a->who != RAP_NONE) {
        who = rap_new(f->arena, uint32_t, 1);
        f->failed |= !who;
        if (!who) return;
        *who = a->who;
    }
    rap_find_add(
        f,
        (rap_finding){.kind = RAP_ENTRY_DETAIL,
                      .anchor = span,
                      .who = who,
                      .who_count = who != NULL,
                      .according_to = RAP_NONE,
                      .name = a->name,
                      .class = a->class,
                      .stance = "",
                      .status = "",
                      .terms = a->terms,
                      .date = a->meeting ? a->meeting->date : rap_when_of(f, a->begin),
                      .due = "",
                      .due_earliest = RAP_NO_DAY,
                      .due_latest = RAP_NO_DAY,
                      .due_basis = "",
                      .low = a->value,
                      .high = a->value,
                      .confidence = 0.7f},
        &span, 1);
}

static uint32_t sentence_end(const finder *f, uint32_t token)
{
    return f->in->tokens->first[f->in->tokens->sentence[token] + 1];
}

static uint32_t sentence_first(const finder *f, uint32_t token)
{
    return f->in->tokens->first[f->in->tokens->sentence[token]];
}

/* ---- why ----------------------------------------------------------------------------- */

/* Where the clause ends that gives a reason from `from` on. */
static uint32_t reason_end(const finder *f, uint32_t from, uint32_t end)
{
    uint32_t i = from;
    while (i < end && i < from + REASON_WORDS && f->in->syntax->upos[i] != RAP_PUNCT)
        i++;
    while (i < end && i < from + REASON_WORDS && rap_is_quote(f, i)) i++;
    return i;
}

/* The reason that tokens [from, end) give: "because …", "for technical reasons", "on
 * principle"; false: none. */
static bool reason_in(const finder *f, uint32_t from, uint32_t end, uint32_t *begin,
                      uint32_t *behind)
{
    for (uint32_t i = from; i < end; i++) {
        uint32_t after = rap_class_at(f, FINDING_GROUNDS, i, end);
        if (after) return *begin = i, *behind = after, true;
        after = rap_class_at(f, FINDING_BECAUSE, i, end);
        if (after) {
            *begin = i;
            *behind = reason_end(f, after, end);
            return *behind > after + 1;
        }
        if (!rap_word_is(f, i, FINDING_FOR)) continue;
        for (uint32_t k = i + 2; k < end && k < i + REACH; k++)
            if (rap_word_is(f, k, FINDING_REASON))
                return *begin = i, *behind = k + 1, true;
    }
    return false;
}

/* Its words, without the noun for a reason. */
static const char *terms_of_reason(finder *f, uint32_t begin, uint32_t end)
{
    while (end > begin + 1 && rap_word_is(f, end - 1, FINDING_REASON)) end--;
    return rap_terms_untimed(f, begin, end);
}

/* The meeting that is told of here; NULL: none is. */
static const rap_finding *meeting_at(const finder *f, uint32_t token)
{
    const rap_span at = f->in->tokens->span[token];
    for (uint32_t i = 0; i < f->list.count; i++) {
        const rap_finding *m = &f->list.at[i];
        if (m->kind != RAP_ENTRY_MEETING) continue;
        for (uint32_t e = 0; e < m->evidence.count; e++)
            if (rap_span_overlaps(m->evidence.at[e], at)) return m;
    }
    return NULL;
}

/* "when the host fell ill", not "after ten hours"? */
static bool is_happening(const finder *f, uint32_t token, uint32_t end)
{
    if (!rap_word_is(f, token, FINDING_UPON)) return false;
    const uint32_t time = rap_times_from(f, token + 1);
    const rap_times *t = f->in->times;
    if (time < t->count && t->timex[time].first <= token + 2) return false;
    for (uint32_t i = token + 1; i < end && i < token + SUBJECT_REACH; i++)
        if (f->in->syntax->upos[i] == RAP_VERB) return i > token + 1;
    return false;
}

/* "was put off for …", "collapsed when …": why a meeting was not held. */
static void from_failure(finder *f, uint32_t verb)
{
    const uint32_t last = sentence_end(f, verb);
    const uint32_t after = rap_class_at(f, FINDING_CANCEL, verb, last);
    const uint32_t failed =
        after ? after : rap_class_at(f, FINDING_COLLAPSE, verb, last);
    const rap_finding *meeting = failed ? meeting_at(f, verb) : NULL;
    if (!meeting || failed >= last) return;
    uint32_t begin = failed, behind = failed;
    uint32_t clause, end;
    rap_clause_of(f, verb, &clause, &end);
    if (rap_is_negated(f, verb, clause)) return;
    if (is_happening(f, failed, last)) /* all that happened then */
        behind = last < failed + EVENT_WORDS ? last - 1 : failed + EVENT_WORDS;
    else if (!reason_in(f, failed, reason_end(f, failed, last), &begin, &behind))
        return;
    if (behind <= begin + 1) return;
    add(f,
        &(account){"reason", RAP_LIT("called off"), terms_of_reason(f, begin, behind),
                   0, RAP_NONE, verb, behind, meeting});
}

/* "was not signed for …", "refused on principle to sign": why there is no signature. */
static void from_refusal(finder *f, uint32_t verb)
{
    uint32_t clause, end, begin, behind;
    const uint32_t last = sentence_end(f, verb);
    rap_clause_of(f, verb, &clause, &end);
    const bool refuses = rap_word_is(f, verb, FINDING_REFUSE);
    const bool unsigned_ =
        rap_class_at(f, FINDING_PEN, verb, last) && rap_is_negated(f, verb, clause);
    if (!refuses && !unsigned_) return;
    if (!reason_in(f, verb + 1, reason_end(f, verb + 1, last), &begin, &behind)) return;
    bool pen = unsigned_;
    uint32_t to = behind;
    for (uint32_t i = verb + 1; refuses && i < last && i < behind + REACH; i++) {
        to = rap_class_at(f, FINDING_PEN, i, last);
        pen |= to != 0;
        if (to) break;
    }
    if (!pen) return;
    uint32_t from = verb;
    while (from > clause && f->in->syntax->upos[from - 1] != RAP_PUNCT &&
           from + REACH > verb)
        from--;
    add(f,
        &(account){"reason", RAP_LIT("not signed"), terms_of_reason(f, begin, behind),
                   0, RAP_NONE, from, to > behind ? to : behind, NULL});
}

/* ---- who led ------------------------------------------------------------------------- */

/* What tells a people's or state's bodies: "place:tigray" of its fighters, the state's code. */
static rap_slice side_of(const finder *f, uint32_t actor)
{
    const rap_actor *a = &f->in->names->actor[actor];
    const bool group = rap_slice_starts(a->key, "group:"),
               people = rap_slice_starts(a->key, "people:");
    if (a->kind == RAP_ACTOR_PERSON || a->kind == RAP_ACTOR_PLACE || a->members)
        return (rap_slice){0};
    if (!group && !people)
        return a->kind == RAP_ACTOR_STATE && a->code.len ? a->code : a->key;
    const uint32_t begin = group ? 6 : 7;
    uint32_t end = a->key.len;
    while (end > begin && a->key.at[end - 1] != ':') end--;
    return end > begin + 1 ? rap_slice_sub(a->key, begin, end - 1) : (rap_slice){0};
}

/* The side named last in tokens [from, end), of the country of `code` unless it is empty. */
static rap_slice side_in(const finder *f, uint32_t from, uint32_t end, rap_slice code)
{
    for (uint32_t i = end; i-- > from;) {
        const uint32_t index = f->in->names->at_token[i];
        if (index == RAP_NONE || f->in->names->mention[index].actor == RAP_NONE)
            continue;
        const uint32_t actor = f->in->names->mention[index].actor;
        const rap_slice side = side_of(f, actor);
        if (!side.len) continue;
        if (!code.len || rap_slice_equal(code, f->in->names->actor[actor].code))
            return side;
    }
    return (rap_slice){0};
}

/* The person who does what the verb says: "X led", "X, the veteran who led". */
static uint32_t person_before(const finder *f, uint32_t verb)
{
    const uint32_t first = sentence_first(f, verb);
    for (uint32_t i = verb; i-- > first && i + SUBJECT_REACH > verb;) {
        const uint32_t index = f->in->names->at_token[i];
        if (index == RAP_NONE) {
            if (f->in->syntax->upos[i] == RAP_VERB) return RAP_NONE;
            continue;
        }
        const rap_mention *m = &f->in->names->mention[index];
        if (m->actor == RAP_NONE || m->modifier) return RAP_NONE;
        const rap_actor *a = &f->in->names->actor[m->actor];
        return rap_slice_starts(a->key, "person:") ? m->actor : RAP_NONE;
    }
    return RAP_NONE;
}

static void from_lead(finder *f, uint32_t verb)
{
    const uint32_t last = sentence_end(f, verb), first = sentence_first(f, verb);
    uint32_t body = verb + 1;
    while (body < last && body <= verb + REACH &&
           !rap_word_is(f, body, FINDING_DELEGATION)) {
        const uint8_t upos = f->in->syntax->upos[body];
        if (upos == RAP_VERB || upos == RAP_PUNCT || upos == RAP_ADP) return;
        body++;
    }
    if (body >= last || body > verb + REACH) return;
    const uint32_t who = person_before(f, verb);
    if (who == RAP_NONE) return;
    rap_slice side = side_in(f, verb + 1, body + 1, (rap_slice){0});
    if (!side.len && body > verb + 2) return; /* "the other delegation" */
    const uint32_t sentence = f->in->tokens->sentence[verb];
    const uint32_t back = sentence > SIDE_SENTENCES ? sentence - SIDE_SENTENCES : 0;
    const rap_slice code = f->in->names->actor[who].code;
    if (!side.len && code.len)
        side = side_in(f, f->in->tokens->first[back], first, code);
    if (!side.len) return;
    uint32_t begin = verb;
    while (begin > first && f->in->names->at_token[begin] == RAP_NONE) begin--;
    add(f, &(account){"leader", side, "", 0, who, begin, body + 1, NULL});
}

/* ---- how many made it ---------------------------------------------------------------- */

/* The document that is named at `token`; NULL: none is. */
static const rap_finding *document_at(const finder *f, uint32_t token)
{
    const rap_span at = f->in->tokens->span[token];
    for (uint32_t i = 0; i < f->list.count; i++) {
        const rap_finding *d = &f->list.at[i];
        for (uint32_t e = 0; d->kind == RAP_ENTRY_DOCUMENT && e < d->evidence.count;
             e++)
            if (rap_span_overlaps(d->evidence.at[e], at)) return d;
    }
    return NULL;
}

/* Has it been said of the same document? */
static bool is_said(const finder *f, uint32_t token, double sides)
{
    const rap_finding *document = document_at(f, token);
    for (uint32_t i = 0; i < f->list.count; i++) {
        const rap_finding *d = &f->list.at[i];
        if (d->kind == RAP_ENTRY_DETAIL && !strcmp(d->class, "sides") &&
            d->low == sides &&
            document_at(f, rap_token_at(f, d->anchor.end - 1)) == document)
            return true;
    }
    return false;
}

/* "the trilateral accord" is of three. */
static void from_adjective(finder *f, uint32_t token)
{
    const uint32_t last = sentence_end(f, token);
    const double sides = rap_class_at(f, FINDING_OF_THREE, token, last) ? 3
                         : rap_class_at(f, FINDING_OF_TWO, token, last) ? 2
                                                                        : 0;
    if (!sides) return;
    for (uint32_t i = token + 1; i < last && i < token + REACH; i++) {
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos == RAP_VERB || upos == RAP_ADP || upos == RAP_PUNCT) return;
        if (upos != RAP_NOUN || !document_at(f, i)) continue;
        while (i + 1 < last && f->in->syntax->upos[i + 1] == RAP_NOUN &&
               document_at(f, i + 1))
            i++;
        if (is_said(f, i, sides)) return;
        add(f, &(account){"sides", RAP_LIT("sides"), "", sides, RAP_NONE, token, i + 1,
                          NULL});
        return;
    }
}

/* "an accord between them", "between A, B and C" */
static void from_between(finder *f, uint32_t token)
{
    const uint32_t last = sentence_end(f, token);
    const uint32_t *who;
    uint32_t end = token + 2;
    if (!token || token + 1 >= last || !document_at(f, token - 1)) return;
    if (f->in->syntax->upos[token - 1] != RAP_NOUN) return;
    double sides = 0;
    const uint32_t pair = rap_class_at(f, FINDING_THE_TWO, token + 1, last);
    const bool more = pair && pair + 1 < last && rap_word_is(f, pair, FINDING_AND) &&
                      f->cover[pair + 1] != RAP_NONE; /* "them and Ruritania" */
    if (more) return;
    if (pair)
        sides = 2, end = pair;
    else
        sides = rap_named_from(f, token + 1, &who, &end);
    if (sides < 2 || sides > 3) return;
    add(f, &(account){"sides", RAP_LIT("sides"), "", sides, RAP_NONE, token - 1, end,
                      NULL});
}

/* ---- whose it is --------------------------------------------------------------------- */

static rap_slice territory_of(const finder *f, uint32_t token)
{
    uint32_t index = f->in->names->at_token[token];
    if (index == RAP_NONE) index = f->cover[token]; /* "Republic of" it */
    if (index == RAP_NONE) return (rap_slice){0};
    const uint32_t actor = f->in->names->mention[index].actor;
    if (actor == RAP_NONE) return (rap_slice){0};
    const rap_actor *a = &f->in->names->actor[actor];
    const bool land = a->kind == RAP_ACTOR_PLACE || a->kind == RAP_ACTOR_STATE;
    return land && !a->members ? a->key : (rap_slice){0};
}

/* "the region": the place named last before its sentence. */
static rap_slice place_before(const finder *f, uint32_t first)
{
    const uint32_t sentence = f->in->tokens->sentence[first];
    if (!sentence) return (rap_slice){0};
    for (uint32_t i = first; i-- > f->in->tokens->first[sentence - 1];) {
        const uint32_t index = f->in->names->at_token[i];
        if (index == RAP_NONE) continue;
        const uint32_t actor = f->in->names->mention[index].actor;
        if (actor != RAP_NONE && f->in->names->actor[actor].kind == RAP_ACTOR_PLACE)
            return f->in->names->actor[actor].key;
    }
    return (rap_slice){0};
}

/* What is said to be part of something, or `denied` to be: the land before the verb.
 * *begin: its token. */
static rap_slice land_before(const finder *f, uint32_t token, uint32_t *begin,
                             bool *denied)
{
    const uint32_t first = sentence_first(f, token);
    bool is = false, be = false;
    *denied = false;
    for (uint32_t i = token; i-- > first && i + SUBJECT_REACH > token;) {
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos == RAP_PUNCT || upos == RAP_SCONJ) break;
        is |= rap_class_at(f, FINDING_IS, i, token) != 0;
        be |= upos == RAP_AUX || upos == RAP_VERB;
        *denied |= rap_word_is(f, i, FINDING_NOT);
        if (upos != RAP_NOUN && upos != RAP_PROPN &&
            f->in->names->at_token[i] == RAP_NONE)
            continue;
        *begin = i;
        if (!is && !(be && *denied)) break;
        if (rap_word_is(f, i, FINDING_REGION) && i > first &&
            rap_word_is(f, i - 1, FINDING_DEFINITE))
            return place_before(f, first);
        return territory_of(f, i);
    }
    return (rap_slice){0};
}

/* "the island is part of Ruritania", "has never been part of it" */
static void from_part(finder *f, uint32_t token)
{
    const uint32_t last = sentence_end(f, token);
    uint32_t at = rap_class_at(f, FINDING_PART_OF, token, last), begin = token;
    if (!at) return;
    const uint32_t from = at;
    while (at < last && at < from + 3 && f->in->names->at_token[at] == RAP_NONE) at++;
    if (at >= last || f->in->names->at_token[at] == RAP_NONE) return;
    const rap_mention *m = &f->in->names->mention[f->in->names->at_token[at]];
    if (m->actor == RAP_NONE || m->modifier) return;
    if (m->last + 1 < last && (f->in->syntax->upos[m->last + 1] == RAP_NOUN ||
                               f->in->syntax->upos[m->last + 1] == RAP_PART))
        return; /* "part of Ruritania's plan" */
    const rap_actor *state = &f->in->names->actor[m->actor];
    if (state->kind != RAP_ACTOR_STATE || !state->code.len) return;
    bool denied;
    const rap_slice land = land_before(f, token, &begin, &denied);
    if (!land.len || rap_slice_equal(land, state->key)) return;
    if (!denied && rap_any_of(f, begin, token, FINDING_MAY)) return;
    if (!denied && rap_any_of(f, begin, token, FINDING_WILL)) return;
    if (!denied && rap_any_of(f, sentence_first(f, token), begin, FINDING_IF)) return;
    const rap_slice code = rap_arena_copy(f->arena, state->code);
    f->failed |= !code.at;
    if (code.at)
        add(f, &(account){"belonging", land, code.at, !denied, RAP_NONE, begin,
                          m->last + 1, NULL});
}

/* "the sovereign republic of the island": part of no other */
static void from_independent(finder *f, uint32_t token)
{
    const uint32_t last = sentence_end(f, token);
    if (!rap_word_is(f, token, FINDING_INDEPENDENT) || token + 1 >= last) return;
    uint32_t at = token + 1;
    if (rap_word_is(f, at, FINDING_STATEHOOD)) at++;
    if (at < last && rap_word_is(f, at, FINDING_OF)) at++;
    if (at >= last) return;
    const rap_slice land = territory_of(f, at);
    if (!land.len) return;
    const uint32_t end = f->in->names->mention[f->cover[at]].last + 1;
    add(f, &(account){"belonging", land, "", 0, RAP_NONE, token, end, NULL});
}

/* ---- who was there ------------------------------------------------------------------- */

void rap_find_attendance(finder *f, uint32_t verb, const uint32_t *who, uint32_t count)
{
    const uint32_t first = sentence_first(f, verb);
    const uint32_t told = rap_class_at(f, FINDING_ATTEND, verb, sentence_end(f, verb));
    uint32_t clause, end;
    rap_clause_of(f, verb, &clause, &end);
    if (rap_any_of(f, clause, verb, FINDING_WILL) ||
        rap_any_of(f, clause, verb, FINDING_MAY) || rap_is_negated(f, verb, clause))
        return;
    for (uint32_t w = 0; w < count; w++) {
        if (!rap_slice_starts(f->in->names->actor[who[w]].key, "person:")) continue;
        for (uint32_t i = verb; i-- > first;) {
            uint32_t index = f->in->names->at_token[i]; /* the inner of two */
            if (index == RAP_NONE || f->in->names->mention[index].actor != who[w])
                index = f->cover[i];
            if (index == RAP_NONE || f->in->names->mention[index].actor != who[w])
                continue;
            add(f, &(account){"participants", RAP_LIT("took part"), "", 0, who[w],
                              f->in->names->mention[index].first,
                              told ? told : verb + 1, NULL});
            break;
        }
    }
}

void rap_find_accounts(finder *f)
{
    const rap_tokens *t = f->in->tokens;
    for (uint32_t i = 0; i < t->count; i++) {
        if (!rap_is_body(f, t->sentence[i])) continue;
        from_adjective(f, i);
        from_part(f, i);
        from_independent(f, i);
        if (rap_word_is(f, i, FINDING_BETWEEN_THEM)) from_between(f, i);
        if (f->in->syntax->upos[i] != RAP_VERB) continue;
        from_failure(f, i);
        from_refusal(f, i);
        if (rap_word_is(f, i, FINDING_LEAD)) from_lead(f, i);
    }
}
