/*
 * event_clause.c - the subject of a verb, and what qualifies the verb.
 *
 * Reads   tokens, tags, mentions.
 * Method  a walk to the left over the verb's group, over asides between commas, back
 * from "and" to the verb before it, and from "who" to the words before it. There are no
 * trees: where the walk meets words it cannot place, there is no subject. Cost    at
 * most WALK steps a verb.
 */
#include "event_private.h"

enum { WALK = 24, ASIDE = 24, GOVERNOR_REACH = 40, PREDICATE_REACH = 14 };

/* ---- the subject -------------------------------------------------------------------
 */

static bool is_relative(const rap_finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    if (upos != RAP_PRON && upos != RAP_SCONJ) return false;
    if (f->cover[token] != RAP_NONE || token == f->begin) return false;
    const uint32_t before = rap_event_is_comma(f, token - 1) ? 2 : 1;
    return upos == RAP_PRON && token >= f->begin + before &&
           f->cover[token - before] != RAP_NONE;
}

/* The comma that opens the aside closed by the comma at `close`, right behind a
 * mention; RAP_NONE if there is none. */
static uint32_t aside_begin(const rap_finder *f, uint32_t close)
{
    for (uint32_t t = close; t > f->begin + 1 && t + ASIDE > close; t--) {
        if (!rap_event_is_comma(f, t - 1) || t - 1 == close) continue;
        return rap_event_mention(f, t - 2) == RAP_NONE ? RAP_NONE : t - 1;
    }
    return RAP_NONE;
}

/* "scheduled | to meet", "plans | to meet": the words before an infinitive. */
static bool leads_on(const rap_finder *f, uint32_t token, uint32_t verb)
{
    const uint8_t upos = f->in->syntax->upos[token];
    if (token + 1 >= verb || !rap_event_is_infinitive(f, token + 1)) return false;
    return upos == RAP_VERB || upos == RAP_ADJ || upos == RAP_NOUN;
}

static bool is_group(const rap_finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    return upos == RAP_AUX || upos == RAP_ADV || upos == RAP_PART;
}

uint32_t rap_event_governor(const rap_finder *f, uint32_t token)
{
    for (uint32_t t = token; t > f->begin && t + GOVERNOR_REACH > token; t--) {
        if (!rap_event_is_finite(f, t - 1)) continue;
        /* "has | met": the verb of the group. */
        uint32_t verb = t - 1;
        while (verb + 1 < token &&
               (is_group(f, verb + 1) || f->in->syntax->upos[verb + 1] == RAP_VERB)) {
            verb++;
            if (f->in->syntax->upos[verb] == RAP_VERB) break;
        }
        return verb;
    }
    return RAP_NONE;
}

static const rap_parties nobody = {.first = RAP_NONE, .last = RAP_NONE, .sure = 1};

/* "The leaders of A and B met": the parties stand for their leaders. */
static bool stands_for(const rap_finder *f, const rap_parties *who)
{
    const uint32_t of = who->first - 1; /* the preposition */
    if (!(f->classes[of] & RAP_MEETING_OF) || of <= f->begin) return false;
    const rap_syntax *syntax = f->in->syntax;
    const rap_span span = f->in->tokens->span[of - 1];
    const bool plural = syntax->lemma[of - 1].len != span.end - span.begin;
    return syntax->upos[of - 1] == RAP_NOUN && plural && who->count > 1;
}

/* Words before the subject that make its clause conditional. */
static uint32_t seen_before(const rap_finder *f, uint32_t first)
{
    uint32_t seen = 0;
    for (uint32_t t = first; t > f->begin && t + 3 > first; t--) {
        if (f->in->syntax->upos[t - 1] == RAP_PUNCT) break;
        seen |= f->classes[t - 1] & (RAP_MEETING_DOUBT | RAP_MEETING_REFUSE);
    }
    return seen;
}

/* "asked A | to meet B": what was asked is not yet done. */
static uint32_t seen_asking(const rap_finder *f, const rap_parties *who)
{
    const uint32_t next = who->last + 1;
    if (!rap_event_is_infinitive(f, next)) return 0;
    uint32_t seen = 0;
    for (uint32_t t = who->first; t > f->begin && t + 4 > who->first; t--)
        seen |= f->classes[t - 1];
    return seen & (RAP_MEETING_PROPOSE | RAP_MEETING_REFUSE | RAP_MEETING_FUTURE);
}

typedef struct walk {
    uint32_t at;   /* the next word to look at is the one before */
    uint32_t verb; /* where it began */
    uint32_t seen;
    float sure;
    bool collects;   /* words met still qualify the verb */
    bool infinitive; /* passed the particle of an infinitive */
    bool travels;    /* … that tells why somebody travelled */
} walk;

/* One step over what is no subject; false where the walk ends. */
static bool step(const rap_finder *f, walk *w)
{
    const rap_syntax *syntax = f->in->syntax;
    const uint32_t t = w->at - 1;
    const uint8_t upos = syntax->upos[t];
    if (f->timex[t] != RAP_NONE || (upos == RAP_ADP && f->timex[w->at] != RAP_NONE)) {
        w->at = t;
        return true;
    }
    if (w->infinitive && upos == RAP_VERB && f->classes[t] & RAP_MEETING_VISIT) {
        w->travels = true;
        w->sure -= 0.1f;
        w->at = t;
        return true;
    }
    if (is_group(f, t) || leads_on(f, t, w->verb)) {
        if (w->collects && rap_event_is_infinitive(f, t)) w->infinitive = true;
        if (w->collects) w->seen |= f->classes[t];
        w->at = t;
        return true;
    }
    if (rap_event_is_comma(f, t)) {
        const uint32_t open = aside_begin(f, t);
        if (open == RAP_NONE) return false;
        w->sure -= 0.03f;
        w->at = open;
        return true;
    }
    if (upos == RAP_CCONJ) {
        const uint32_t verb = rap_event_governor(f, t);
        if (verb == RAP_NONE) return false;
        w->collects = w->collects && syntax->form[w->verb] == RAP_FORM_BASE;
        w->sure -= 0.05f;
        w->at = verb;
        return true;
    }
    return false;
}

static rap_parties antecedent(const rap_finder *f, uint32_t relative)
{
    const uint32_t end = rap_event_is_comma(f, relative - 1) ? relative - 1 : relative;
    return rap_parties_before(f, end);
}

/* A preposition that makes what follows no subject; "before A met B" joins clauses. */
static bool is_governed(const rap_finder *f, uint32_t token)
{
    const uint32_t joins = RAP_MEETING_AFTER | RAP_MEETING_BEFORE | RAP_MEETING_BESIDE;
    return f->in->syntax->upos[token] == RAP_ADP && !(f->classes[token] & joins);
}

rap_parties rap_event_subject(const rap_finder *f, uint32_t verb, uint32_t *seen,
                              float *sure)
{
    walk w = {.at = verb, .verb = verb, .sure = *sure, .collects = true};
    /* Where the verb itself was read as another word, its particle stands for it. */
    w.infinitive = rap_event_is_infinitive(f, verb);
    rap_parties who = nobody;
    for (uint32_t n = 0; n < WALK && w.at > f->begin; n++) {
        const bool unknown = rap_event_mention(f, w.at - 1) == RAP_NONE;
        if (unknown && f->in->syntax->upos[w.at - 1] == RAP_PROPN) {
            who = rap_parties_before(f, w.at); /* "A of a land no list knows" */
            break;
        }
        if (!unknown) {
            who = rap_parties_before(f, w.at);
            /* "A in Sochi met B": the place is passed. */
            const uint32_t mention = f->cover[w.at - 1];
            const uint32_t first =
                who.count ? who.first : f->in->names->mention[mention].first;
            const bool governed = first > f->begin && is_governed(f, first - 1);
            if (!governed) break;
            if (who.count && stands_for(f, &who)) {
                w.sure -= 0.04f;
                break;
            }
            who = nobody;
            const uint32_t to =
                RAP_MEETING_PLACE | (w.infinitive ? RAP_MEETING_ADDRESS : 0);
            if (!(f->classes[first - 1] & to)) break;
            w.at = first - 1;
            continue;
        }
        if (is_relative(f, w.at - 1)) {
            who = antecedent(f, w.at - 1);
            w.sure -= 0.03f;
            break;
        }
        if (!step(f, &w)) break;
    }
    if (who.count) w.seen |= seen_before(f, who.first) | seen_asking(f, &who);
    if (w.infinitive && !w.travels) w.seen |= RAP_MEETING_FUTURE;
    *seen |= w.seen;
    *sure = w.sure;
    return who;
}

rap_parties rap_event_subject_behind(const rap_finder *f, uint32_t from)
{
    for (uint32_t t = from; t < f->end && t < from + ASIDE; t++) {
        if (rap_event_is_finite(f, t)) break;
        if (!rap_event_is_comma(f, t)) continue;
        rap_parties who = rap_parties_after(f, t + 1, RAP_FOLLOWS_ALL);
        if (!who.count) break;
        uint32_t next = who.last + 1;
        while (next < f->end &&
               (f->in->syntax->upos[next] == RAP_ADV || f->timex[next] != RAP_NONE))
            next++;
        if (next < f->end && rap_event_is_finite(f, next)) return who;
        break;
    }
    return nobody;
}

/* ---- what qualifies ----------------------------------------------------------------
 */

/* Behind ", the chief of C," that opens at `token`, or where it was. */
static uint32_t pass_aside(const rap_finder *f, uint32_t token)
{
    if (token >= f->end || !rap_event_is_comma(f, token)) return token;
    for (uint32_t t = token + 1; t < f->end && t < token + ASIDE; t++)
        if (rap_event_is_comma(f, t)) return t + 1;
    return token;
}

uint32_t rap_event_predicate(const rap_finder *f, uint32_t from, uint32_t *behind)
{
    const rap_syntax *syntax = f->in->syntax;
    uint32_t t = pass_aside(f, from), seen = 0;
    *behind = 0;
    while (t < f->end && t < from + PREDICATE_REACH && !rap_event_is_finite(f, t)) {
        if (syntax->upos[t] == RAP_PUNCT || syntax->upos[t] == RAP_SCONJ ||
            syntax->upos[t] == RAP_VERB || syntax->upos[t] == RAP_PRON)
            return 0;
        t++;
    }
    if (t >= f->end || !rap_event_is_finite(f, t)) return 0;
    for (uint32_t n = 0; t < f->end && n < PREDICATE_REACH; t++, n++) {
        const uint8_t upos = syntax->upos[t];
        if (!is_group(f, t) && upos != RAP_VERB && upos != RAP_ADJ) break;
        seen |= f->classes[t];
    }
    /* "took place", "got under way" */
    if (t < f->end && syntax->upos[t] == RAP_NOUN && f->cover[t] == RAP_NONE &&
        f->timex[t] == RAP_NONE)
        t++;
    *behind = t;
    return seen;
}

rap_event_status rap_event_status_of(uint32_t seen)
{
    if (seen & RAP_MEETING_REFUSE) return RAP_EVENT_DENIED;
    if (seen & RAP_MEETING_PROPOSE) return RAP_EVENT_PROPOSED;
    if (seen & RAP_MEETING_DOUBT) return RAP_EVENT_HYPOTHETICAL;
    if (seen & RAP_MEETING_DONE) return RAP_EVENT_HAPPENED;
    if (seen & (RAP_MEETING_FUTURE | RAP_MEETING_WOULD)) return RAP_EVENT_PLANNED;
    return RAP_EVENT_HAPPENED;
}
