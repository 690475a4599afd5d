/*
 * event_meeting.c - who met whom: verbs and nouns of meeting with their parties.
 *
 * Reads   tokens, tags, mentions, times, statements; body and standfirst sentences.
 * Method  a verb's parties are its subject and its object; a noun's are named behind it
 * ("between A and B"), before it ("A's meeting with B", "A-B talks") or are the subject
 * of its verb ("A held talks with B"). Two parties make a meeting. Each pattern has its
 * own confidence, lowered by doubtful parties, dates and status; docs/method/event.md.
 * Cost    linear in tokens; a trigger looks at a bounded part of its sentence.
 */
#include "event_private.h"

enum {
    REACH = 12,
    PHRASE = 3,
    LIGHT_REACH = 6,
    DISCUSS_REACH = 10,
    NEAR_STATEMENTS = 16,
    FAR_DAYS = 366
};

static const rap_parties nobody = {.first = RAP_NONE, .last = RAP_NONE, .sure = 1};

/* ---- one meeting -------------------------------------------------------------------
 */

static uint32_t statement_around(const rap_finder *f, rap_span trigger)
{
    const rap_statements *statements = f->in->statements;
    for (uint32_t i = f->passed;
         i < statements->count && i < f->passed + NEAR_STATEMENTS; i++)
        for (uint32_t c = 0; c < statements->statement[i].content.count; c++)
            if (rap_span_holds(statements->statement[i].content.at[c], trigger))
                return i;
    return RAP_NONE;
}

/* Statements are by their begin: those that end before `at` are never asked again. */
static void pass_statements(rap_finder *f, uint32_t at)
{
    const rap_statements *statements = f->in->statements;
    while (f->passed < statements->count) {
        const rap_spans content = statements->statement[f->passed].content;
        if (content.count && content.at[content.count - 1].end > at) return;
        f->passed++;
    }
}

static float least(float a, float b)
{
    return a < b ? a : b;
}

/* "in March" that came out as of years ago: the year was guessed. */
static bool is_far_guess(const rap_finder *f, const rap_when *when)
{
    const rap_day today = f->in->times->published.earliest;
    if (when->timex == RAP_NONE || today == RAP_NO_DAY || when->latest == RAP_NO_DAY)
        return false;
    if (when->latest > today - FAR_DAYS) return false;
    const rap_slice words =
        rap_cut(f->in->article->text, f->in->times->timex[when->timex].span);
    for (uint32_t i = 0; i < words.len; i++)
        if (words.at[i] >= '0' && words.at[i] <= '9') return false;
    return true;
}

static float confidence_of(const rap_reading *reading, const rap_event *event,
                           bool late)
{
    float sure = reading->sure;
    if (event->status == RAP_EVENT_PLANNED)
        sure -= reading->seen & RAP_MEETING_WOULD ? 0.12f : 0.01f;
    else if (event->status != RAP_EVENT_HAPPENED)
        sure -= 0.06f;
    if (event->date.basis == RAP_BASIS_INFERRED) sure = least(sure, 0.88f);
    if (late) sure = least(sure, 0.8f);
    if (event->statement != RAP_NONE) sure -= 0.01f; /* "…, his office said" */
    return least(sure, reading->who.sure);
}

static bool is_phone(const rap_event *event)
{
    return event->mode && strcmp(event->mode, "phone") == 0;
}

/* "met again", "last met", "an earlier meeting": not the one told before. */
static bool is_once_more(const rap_finder *f, const rap_reading *reading)
{
    const uint32_t from = reading->first > f->begin ? reading->first - 1 : f->begin;
    for (uint32_t t = from; t < f->end && t < reading->trigger + 2; t++)
        if (f->classes[t] & RAP_MEETING_ANOTHER) return true;
    return false;
}

static bool add_one(const rap_finder *f, const rap_reading *reading,
                    const uint32_t *actor, uint32_t count, bool apart)
{
    static const char *const diplomatic[] = {"diplomatic"};
    uint32_t *sources = rap_new(f->arena, uint32_t, count);
    if (!sources) return false;
    memcpy(sources, actor, count * sizeof *sources);
    rap_event event = {
        .trigger = rap_tokens_span(f->in->tokens, reading->first, reading->trigger),
        .evidence = rap_sentence_span(f->in->tokens, f->sentence),
        .type = "CONSULT",
        .mode = rap_event_mode(f, reading),
        .context = diplomatic,
        .contexts = 1,
        .rule = "event/meeting.tsv",
        .source = sources,
        .sources = count,
        .host = reading->host,
        .status = rap_event_status_of(reading->seen),
    };
    const bool once_more = is_once_more(f, reading);
    const bool looks_back = event.status == RAP_EVENT_HAPPENED && !once_more;
    if (!rap_event_when(f, reading, looks_back, &event.date)) return false;
    /* What is dated after the report has not happened. */
    const rap_published *published = &f->in->times->published;
    if (event.status == RAP_EVENT_HAPPENED && event.date.earliest != RAP_NO_DAY &&
        published->latest != RAP_NO_DAY && event.date.earliest > published->latest)
        event.status = RAP_EVENT_PLANNED;
    const bool past =
        event.date.latest != RAP_NO_DAY && event.date.latest < published->earliest;
    const bool open =
        event.status != RAP_EVENT_HAPPENED && event.status != RAP_EVENT_DENIED;
    const bool late = (open && past) || is_far_guess(f, &event.date);
    event.cameo = is_phone(&event) ? "041" : "046";
    event.statement = statement_around(f, event.trigger);
    event.confidence = confidence_of(reading, &event, late);
    rap_event_place(f, reading, &event);
    return rap_push(f->arena, f->list,
                    (rap_found){event, apart, once_more, RAP_NONE, 0});
}

static bool add_meeting(const rap_finder *f, rap_reading *reading)
{
    const rap_parties *who = &reading->who;
    if (reading->host == RAP_NONE) reading->host = rap_event_host(f, reading);
    const uint32_t own = reading->apart_from;
    if (own != 1 || who->count < 3)
        return add_one(f, reading, who->actor, who->count, false);
    for (uint32_t i = own; i < who->count; i++) {
        const uint32_t pair[2] = {who->actor[0], who->actor[i]};
        if (!add_one(f, reading, pair, 2, true)) return false;
    }
    return true;
}

/* ---- verbs -------------------------------------------------------------------------
 */

static bool is_up(const rap_finder *f, uint32_t token, uint32_t class)
{
    return token < f->end && (f->classes[token] & class) != 0;
}

/* Behind a verb of meeting without object: its end, an adverb, a time, a place. */
static bool is_complete_at(const rap_finder *f, uint32_t token)
{
    if (token >= f->end || f->timex[token] != RAP_NONE) return true;
    if (f->classes[token] & RAP_MEETING_EACH) return true;
    if (f->classes[token] & RAP_MEETING_JOIN) return false;
    const bool counted = f->in->syntax->upos[token] == RAP_NUM && token + 1 < f->end;
    if (counted && f->classes[token + 1] & RAP_MEETING_EACH) return true;
    const uint8_t upos = f->in->syntax->upos[token];
    if (upos == RAP_PUNCT) return f->in->tokens->kind[token] == RAP_TOKEN_PUNCT;
    return upos == RAP_ADP || upos == RAP_ADV || upos == RAP_SCONJ ||
           upos == RAP_PART || upos == RAP_CCONJ;
}

/* "to meet" alone may be a purpose that was fulfilled: "flew in to meet". */
static float sure_of_infinitive(const rap_finder *f, uint32_t verb, uint32_t seen)
{
    const rap_syntax *syntax = f->in->syntax;
    if (verb < f->begin + 2 || syntax->form[verb] != RAP_FORM_BASE) return 0;
    if (syntax->upos[verb - 1] != RAP_PART || !rap_event_is_infinitive(f, verb - 1))
        return 0;
    if (syntax->upos[verb - 2] == RAP_AUX || f->classes[verb - 2]) return 0;
    return seen & RAP_MEETING_DONE ? 0 : 0.12f;
}

/* The subject of a verb of meeting; "after meeting B, A said" has it elsewhere. */
static rap_parties subject_of_verb(const rap_finder *f, rap_reading *reading)
{
    const uint32_t verb = reading->trigger;
    const bool gerund = f->in->syntax->form[verb] == RAP_FORM_GERUND;
    const bool bare =
        gerund && (verb == f->begin || f->in->syntax->upos[verb - 1] != RAP_AUX);
    if (!bare) return rap_event_subject(f, verb, &reading->seen, &reading->sure);
    reading->aside = true;
    reading->sure -= 0.08f;
    /* "thanked A for meeting B": A met B; "left A after meeting B": A did not. */
    const uint32_t sets = RAP_MEETING_AFTER | RAP_MEETING_BEFORE | RAP_MEETING_BESIDE;
    const bool prep = verb > f->begin + 1 && f->in->syntax->upos[verb - 1] == RAP_ADP &&
                      !(f->classes[verb - 1] & sets);
    if (prep && rap_event_mention(f, verb - 2) != RAP_NONE)
        return rap_parties_before(f, verb - 1);
    uint32_t governor = rap_event_governor(f, verb);
    if (governor == RAP_NONE) return rap_event_subject_behind(f, reading->after);
    uint32_t seen = 0;
    const rap_parties who = rap_event_subject(f, governor, &seen, &reading->sure);
    reading->seen |= seen & RAP_MEETING_FUTURE;
    return who;
}

/* Behind "in X on Monday", at which "with B" may stand. */
static uint32_t pass_frame(const rap_finder *f, uint32_t token)
{
    uint32_t t = token;
    while (t < f->end && t < token + REACH) {
        const bool frame =
            f->in->syntax->upos[t] == RAP_ADP && t + 1 < f->end &&
            (f->timex[t + 1] != RAP_NONE || (f->classes[t] & RAP_MEETING_PLACE &&
                                             rap_event_mention(f, t + 1) != RAP_NONE));
        if (f->timex[t] != RAP_NONE) {
            t++;
        } else if (frame && f->timex[t + 1] == RAP_NONE) {
            t = f->in->names->mention[f->cover[t + 1]].last + 1;
        } else if (frame) {
            t++;
        } else {
            break;
        }
    }
    return t;
}

static bool read_verb(const rap_finder *f, uint32_t trigger, uint32_t next, float sure)
{
    rap_reading reading = {.first = trigger,
                           .trigger = next - 1,
                           .after = next,
                           .host = RAP_NONE,
                           .sure = sure};
    if (is_up(f, next, RAP_MEETING_BY)) return true; /* "was met by crowds" */
    while (next < f->end && (f->in->syntax->upos[next] == RAP_ADV ||
                             f->classes[next] & RAP_MEETING_APART))
        if (f->classes[next++] & RAP_MEETING_APART) reading.apart_from = 1;
    const uint32_t behind = pass_frame(f, next);
    if (is_up(f, behind, RAP_MEETING_JOIN)) next = behind;
    const bool joined = is_up(f, next, RAP_MEETING_JOIN);
    const rap_parties other = rap_parties_after(f, next + joined, RAP_FOLLOWS_VERB);
    if (other.count)
        reading.after = other.last + 1;
    else if (!is_complete_at(f, next))
        return true;
    reading.trigger = trigger;
    reading.who = subject_of_verb(f, &reading);
    const uint32_t own = reading.who.count;
    if (!own) return true;
    if (other.count) rap_parties_add(&reading.who, &other);
    if (reading.who.count < 2 || (other.count && reading.who.count == own)) return true;
    if (own != 1) reading.apart_from = 0;
    reading.sure -= sure_of_infinitive(f, trigger, reading.seen);
    return add_meeting(f, &reading);
}

/* "A and B spoke by phone". */
static bool read_call(const rap_finder *f, uint32_t trigger)
{
    rap_reading reading = {.first = trigger,
                           .trigger = trigger,
                           .after = trigger + 1,
                           .host = RAP_NONE,
                           .sure = 0.93f};
    const char *mode = rap_event_mode(f, &reading);
    if (!mode || !is_complete_at(f, trigger + 1)) return true;
    reading.who = rap_event_subject(f, trigger, &reading.seen, &reading.sure);
    return reading.who.count < 2 || add_meeting(f, &reading);
}

/* "A spoke (by phone) with B", "A discussed the border with B". */
static bool read_speech(const rap_finder *f, uint32_t trigger, uint32_t reach,
                        float sure)
{
    const bool speaks = f->classes[trigger] & RAP_MEETING_SPEAK;
    uint32_t t = trigger + 1;
    for (; t < f->end && t < trigger + 1 + reach; t++) {
        const uint8_t upos = f->in->syntax->upos[t];
        if (is_up(f, t, RAP_MEETING_JOIN)) break;
        if (speaks && upos == RAP_ADP && is_up(f, t, RAP_MEETING_ADDRESS)) break;
        const bool topic = f->classes[t] & (RAP_MEETING_NOUN | RAP_MEETING_WEAK) ||
                           (speaks && upos == RAP_NOUN);
        if (topic && !is_up(f, t, RAP_MEETING_PHONE)) return true;
        if (upos == RAP_PUNCT || upos == RAP_VERB || upos == RAP_AUX ||
            upos == RAP_SCONJ)
            return speaks ? read_call(f, trigger) : true;
    }
    if (t >= f->end || t >= trigger + 1 + reach)
        return speaks ? read_call(f, trigger) : true;
    const rap_parties other = rap_parties_after(f, t + 1, RAP_FOLLOWS_VERB);
    rap_reading reading = {.first = trigger,
                           .trigger = trigger,
                           .after = other.last + 1,
                           .host = RAP_NONE,
                           .sure = sure};
    if (!other.count) return true;
    reading.who = subject_of_verb(f, &reading);
    const uint32_t own = reading.who.count;
    if (!own) return true;
    rap_parties_add(&reading.who, &other);
    if (reading.who.count == own) return true;
    const char *mode = rap_event_mode(f, &reading);
    if (mode && speaks) reading.sure = 0.95f;
    return add_meeting(f, &reading);
}

static bool has_person(const rap_finder *f, const rap_parties *who)
{
    for (uint32_t i = 0; i < who->count; i++)
        if (f->in->names->actor[who->actor[i]].kind == RAP_ACTOR_PERSON) return true;
    return false;
}

/* "A hosted B and C", "A was received by B". */
static bool read_host(const rap_finder *f, uint32_t trigger)
{
    rap_reading reading = {
        .first = trigger, .trigger = trigger, .host = RAP_NONE, .sure = 0.88f};
    const bool passive = is_up(f, trigger + 1, RAP_MEETING_BY);
    const rap_parties other =
        rap_parties_after(f, trigger + 1 + passive, RAP_FOLLOWS_VERB);
    if (!other.count || !has_person(f, &other)) return true;
    reading.after = other.last + 1;
    const bool talks = reading.after + 1 < f->end &&
                       f->in->syntax->upos[reading.after] == RAP_ADP &&
                       is_up(f, reading.after + 1, RAP_MEETING_NOUN | RAP_MEETING_WEAK);
    const rap_parties own = rap_event_subject(f, trigger, &reading.seen, &reading.sure);
    if (own.count != 1) return true;
    const bool auxiliary =
        trigger > f->begin && f->in->syntax->upos[trigger - 1] == RAP_AUX;
    if (passive && !auxiliary) return true;
    reading.host = passive ? other.actor[0] : own.actor[0];
    reading.who = own;
    rap_parties_add(&reading.who, &other);
    if (reading.who.count < 2) return true;
    if (talks) reading.sure += 0.05f;
    return add_meeting(f, &reading);
}

/* ---- nouns -------------------------------------------------------------------------
 */

/* First token of the adjectives and compounds before a noun: "trilateral | meeting". */
static uint32_t phrase_begin(const rap_finder *f, uint32_t trigger)
{
    const uint32_t compound =
        RAP_MEETING_MEDIATE | RAP_MEETING_PHONE | RAP_MEETING_APART;
    uint32_t first = trigger;
    while (first > f->begin && first + PHRASE > trigger &&
           f->cover[first - 1] == RAP_NONE) {
        const uint8_t upos = f->in->syntax->upos[first - 1];
        const uint8_t form = f->in->syntax->form[first - 1];
        /* "mediated | talks" is of the phrase, "A mediated | talks" is not. */
        const bool acts = upos == RAP_VERB && form != RAP_FORM_PARTICIPLE;
        if (acts || (upos != RAP_ADJ && !(f->classes[first - 1] & compound))) break;
        first--;
    }
    return first;
}

static uint32_t seen_within(const rap_finder *f, uint32_t first, uint32_t trigger)
{
    uint32_t seen = 0;
    for (uint32_t t = first; t < trigger; t++) seen |= f->classes[t];
    return seen & (RAP_MEETING_FUTURE | RAP_MEETING_REFUSE | RAP_MEETING_DOUBT |
                   RAP_MEETING_PROPOSE | RAP_MEETING_APART);
}

/* The preposition before the other party: "talks [in X] [on Monday] with", or end. */
static uint32_t find_join(const rap_finder *f, uint32_t trigger, float *sure)
{
    const uint32_t end = trigger + 1 + REACH < f->end ? trigger + 1 + REACH : f->end;
    for (uint32_t t = trigger + 1; t < end; t++) {
        const uint32_t class = f->classes[t];
        if (class & (RAP_MEETING_JOIN | RAP_MEETING_PARTIES)) return t;
        if (class & RAP_MEETING_OF && t == trigger + 1) return t;
        if (f->timex[t] != RAP_NONE) continue;
        const uint8_t upos = f->in->syntax->upos[t];
        if (upos == RAP_PUNCT || upos == RAP_VERB || upos == RAP_AUX ||
            upos == RAP_SCONJ || upos == RAP_CCONJ || upos == RAP_PRON)
            break;
        if (upos == RAP_NOUN && f->cover[t] == RAP_NONE) *sure -= 0.1f;
    }
    return f->end;
}

/* What stands before a noun of meeting. */
typedef struct lead {
    rap_parties who;
    uint32_t seen;
    uint32_t verb; /* that carries it, or RAP_NONE */
    float sure;
    bool aside; /* "after …" */
} lead;

/* The verb that carries the noun: "held [a round of] talks"; RAP_NONE if there is none
 * so near. `prep` is set to a preposition met on the way, or RAP_NONE. */
static uint32_t carrier(const rap_finder *f, uint32_t first, uint32_t *prep)
{
    *prep = RAP_NONE;
    for (uint32_t t = first; t > f->begin && t + LIGHT_REACH > first; t--) {
        const uint8_t upos = f->in->syntax->upos[t - 1];
        if (upos == RAP_VERB) return t - 1;
        const bool passes = upos == RAP_DET || upos == RAP_ADJ || upos == RAP_NUM ||
                            upos == RAP_ADV || upos == RAP_NOUN || upos == RAP_ADP;
        if (!passes || f->cover[t - 1] != RAP_NONE) return RAP_NONE;
        const bool round = f->classes[t - 1] & RAP_MEETING_OF && t - 1 > f->begin &&
                           f->classes[t - 2] & (RAP_MEETING_WEAK | RAP_MEETING_NOUN);
        if (upos == RAP_ADP && !round) {
            if (*prep != RAP_NONE) return RAP_NONE;
            *prep = t - 1;
        }
    }
    return RAP_NONE;
}

static lead lead_of_owner(const rap_finder *f, uint32_t first)
{
    lead found = {.who = nobody, .verb = RAP_NONE, .sure = 0.96f};
    if (first == f->begin) return found;
    uint32_t end = first;
    const bool owns = rap_event_is_owning(f, first - 1);
    if (owns) end--;
    const uint32_t mention = end > f->begin ? rap_event_mention(f, end - 1) : RAP_NONE;
    if (mention == RAP_NONE) return found;
    const rap_mention *m = &f->in->names->mention[mention];
    if (!owns && m->form != RAP_MENTION_PRONOUN) return found;
    found.who = rap_parties_before(f, end);
    if (m->form == RAP_MENTION_PRONOUN) found.sure = 0.95f;
    return found;
}

static lead lead_of_verb(const rap_finder *f, uint32_t first)
{
    lead found = {.who = nobody, .verb = RAP_NONE, .sure = 0.96f};
    uint32_t prep;
    const uint32_t verb = carrier(f, first, &prep);
    const uint32_t light = RAP_MEETING_LIGHT | RAP_MEETING_HOST | RAP_MEETING_MEDIATE;
    const uint32_t governs =
        RAP_MEETING_PROPOSE | RAP_MEETING_REFUSE | RAP_MEETING_FUTURE;
    const uint32_t class = verb == RAP_NONE ? 0 : f->classes[verb];
    const bool visits = class & RAP_MEETING_VISIT && prep != RAP_NONE;
    const bool carries = prep == RAP_NONE && class & (light | governs);
    const bool calls = prep != RAP_NONE && class & governs && prep == verb + 1;
    if (!carries && !calls && !visits) return found;
    found.verb = verb;
    found.seen = class & (governs | RAP_MEETING_DOUBT);
    if (!(class & light)) found.sure = visits ? 0.86f : 0.88f;
    if (f->in->syntax->form[verb] == RAP_FORM_GERUND) found.sure -= 0.08f;
    found.who = rap_event_subject(f, verb, &found.seen, &found.sure);
    return found;
}

static bool sets_aside(const rap_finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    return upos == RAP_ADP || upos == RAP_SCONJ ||
           f->classes[token] &
               (RAP_MEETING_AFTER | RAP_MEETING_BEFORE | RAP_MEETING_BESIDE);
}

/* "A, (speaking) after talks with B, said": the comma behind A, or RAP_NONE. */
static uint32_t opening_comma(const rap_finder *f, uint32_t token)
{
    uint32_t t = token;
    if (t > f->begin && f->in->syntax->form[t - 1] == RAP_FORM_GERUND) t--;
    if (t < f->begin + 2 || !rap_event_is_comma(f, t - 1)) return RAP_NONE;
    return rap_event_mention(f, t - 2) == RAP_NONE ? RAP_NONE : t - 1;
}

/* "after talks with B": the subject is that of the main clause. */
static lead lead_of_clause(const rap_finder *f, uint32_t first, uint32_t after)
{
    lead found = {.who = nobody, .verb = RAP_NONE, .sure = 0.86f, .aside = true};
    uint32_t prep = first;
    while (prep > f->begin && prep + PHRASE > first && !sets_aside(f, prep - 1)) prep--;
    if (prep == f->begin || prep + PHRASE <= first) return found;
    const uint32_t governor = rap_event_governor(f, prep - 1);
    uint32_t seen = 0;
    const uint32_t comma = opening_comma(f, prep - 1);
    if (comma != RAP_NONE)
        found.who = rap_parties_before(f, comma);
    else if (governor != RAP_NONE)
        found.who = rap_event_subject(f, governor, &seen, &found.sure);
    else
        found.who = rap_event_subject_behind(f, after);
    if (governor != RAP_NONE && f->classes[governor] & RAP_MEETING_VISIT)
        found.verb = governor;
    /* "is to …", whatever the word behind was read as. */
    if (governor != RAP_NONE && f->in->syntax->upos[governor] == RAP_AUX &&
        is_up(f, governor + 1, RAP_MEETING_ADDRESS))
        seen |= RAP_MEETING_FUTURE;
    found.seen = seen & RAP_MEETING_FUTURE;
    if (found.seen) found.sure -= 0.1f;
    return found;
}

static bool is_definite(const rap_finder *f, uint32_t first, uint32_t trigger)
{
    for (uint32_t t = first; t < trigger; t++)
        if (f->classes[t] & RAP_MEETING_ANOTHER) return false;
    if (first == f->begin || f->classes[first - 1] & RAP_MEETING_ANOTHER) return false;
    const rap_slice lemma = f->in->syntax->lemma[first - 1];
    const uint8_t upos = f->in->syntax->upos[first - 1];
    const bool article = upos == RAP_DET && lemma.len > 2; /* not "a" nor "an" */
    return article || upos == RAP_PROPN || upos == RAP_PART || upos == RAP_PRON ||
           f->cover[first - 1] != RAP_NONE || f->timex[first - 1] != RAP_NONE;
}

/* "would be followed by a summit of A and B": what is to come is told by the verb that
 * the phrase depends on. */
static void add_outlook(const rap_finder *f, rap_reading *reading, uint32_t prep)
{
    const uint32_t governor = rap_event_governor(f, prep);
    if (governor == RAP_NONE) return;
    uint32_t seen = 0;
    float sure = 1;
    (void)rap_event_subject(f, governor, &seen, &sure);
    seen |= f->classes[governor];
    seen &= RAP_MEETING_FUTURE | RAP_MEETING_WOULD | RAP_MEETING_DOUBT;
    reading->seen |= seen;
    if (seen) reading->sure -= 0.1f;
}

/* Parties "between A and B", "of A, B and C", or a compound "A-B talks". */
static bool read_all(const rap_finder *f, rap_reading *reading, uint32_t prep)
{
    if (prep < f->end && !(f->classes[prep] & RAP_MEETING_JOIN)) {
        reading->who = rap_parties_after(f, prep + 1, RAP_FOLLOWS_ALL);
        reading->sure -= f->classes[prep] & RAP_MEETING_OF ? 0.04f : 0;
        if (reading->who.count) reading->after = reading->who.last + 1;
    }
    if (reading->who.count < 2 && prep == f->end) {
        reading->who = rap_parties_compound(f, reading->first);
        reading->sure = 0.93f;
    }
    if (reading->who.count < 2) return false;
    const lead told = lead_of_verb(f, reading->first);
    reading->seen |= told.seen;
    if (told.verb != RAP_NONE) {
        const uint32_t class = f->classes[told.verb];
        if (class & (RAP_MEETING_HOST | RAP_MEETING_MEDIATE) && told.who.count == 1)
            reading->host = told.who.actor[0];
        return true;
    }
    uint32_t prep_before;
    carrier(f, reading->first, &prep_before);
    reading->aside = prep_before != RAP_NONE;
    if (reading->aside)
        add_outlook(f, reading, prep_before);
    else
        reading->seen |= rap_event_predicate(f, reading->after, &reading->behind);
    return true;
}

/* No preposition before the phrase: it may be the subject of the verb behind it. */
static bool is_subject(const rap_finder *f, uint32_t first)
{
    uint32_t t = first;
    while (t > f->begin && t + 2 * PHRASE > first && !sets_aside(f, t - 1) &&
           f->in->syntax->upos[t - 1] != RAP_PUNCT &&
           f->in->syntax->upos[t - 1] != RAP_VERB)
        t--;
    return t == f->begin || f->in->syntax->upos[t - 1] == RAP_PUNCT;
}

/* "A's meeting with B", "A held talks with B", "A said after talks with B". */
static bool read_joined(const rap_finder *f, rap_reading *reading, uint32_t prep)
{
    const rap_parties other = rap_parties_after(f, prep + 1, RAP_FOLLOWS_JOIN);
    if (!other.count) return false;
    reading->after = other.last + 1;
    lead own = lead_of_owner(f, reading->first);
    const bool owned = own.who.count > 0;
    if (!owned) own = lead_of_verb(f, reading->first);
    if (!own.who.count && own.verb == RAP_NONE)
        own = lead_of_clause(f, reading->first, reading->after);
    if (!own.who.count) return false;
    reading->sure = least(reading->sure, own.sure);
    reading->seen |= own.seen;
    if (owned)
        reading->seen |= rap_event_predicate(f, reading->after, &reading->behind);
    reading->aside = own.aside || owned;
    if (reading->aside && !is_subject(f, reading->first)) reading->behind = 0;
    if (own.verb != RAP_NONE && f->classes[own.verb] & RAP_MEETING_VISIT)
        reading->mode = "visit";
    const bool apart = reading->seen & RAP_MEETING_APART && own.who.count == 1;
    const uint32_t before = own.who.count;
    reading->who = own.who;
    rap_parties_add(&reading->who, &other);
    if (apart) reading->apart_from = 1;
    return reading->who.count > before;
}

static bool is_indefinite(const rap_finder *f, uint32_t first)
{
    if (first == f->begin || f->in->syntax->upos[first - 1] != RAP_DET) return false;
    return f->in->syntax->lemma[first - 1].len < 3; /* "a", "an" */
}

/* "A and B held talks". */
static bool read_light(const rap_finder *f, rap_reading *reading)
{
    lead own = lead_of_owner(f, reading->first);
    if (!own.who.count)
        own = lead_of_verb(f, reading->first);
    else
        own.sure = 0.8f;
    const bool light = own.verb != RAP_NONE && f->classes[own.verb] & RAP_MEETING_LIGHT;
    /* "A and B agreed on it at a meeting in X". */
    if (!own.who.count && own.verb == RAP_NONE && is_indefinite(f, reading->first))
        own = lead_of_clause(f, reading->first, reading->after);
    if (own.who.count < 2 || (!light && !own.aside)) return false;
    reading->aside = own.aside;
    reading->who = own.who;
    reading->seen |= own.seen;
    reading->sure = least(0.95f, own.sure);
    return true;
}

static bool read_noun(const rap_finder *f, uint32_t trigger)
{
    const uint32_t first = phrase_begin(f, trigger);
    rap_reading reading = {.who = nobody,
                           .first = first,
                           .trigger = trigger,
                           .after = trigger + 1,
                           .seen = seen_within(f, first, trigger),
                           .host = RAP_NONE,
                           .sure = 0.97f};
    if (first > f->begin && f->cover[first - 1] == RAP_NONE)
        reading.seen |= f->classes[first - 1] & RAP_MEETING_REFUSE; /* "no meeting" */
    const uint32_t prep = find_join(f, trigger, &reading.sure);
    const bool joined = prep < f->end && f->classes[prep] & RAP_MEETING_JOIN;
    const bool told = joined ? read_joined(f, &reading, prep)
                             : read_all(f, &reading, prep) ||
                                   (prep == f->end && read_light(f, &reading));
    if (told) return add_meeting(f, &reading);
    const bool strong = f->classes[trigger] & RAP_MEETING_NOUN;
    const bool bare = prep == f->end;
    return strong && bare && is_definite(f, first, trigger)
               ? rap_event_repeat(f, first, trigger)
               : true;
}

/* ---- one document ------------------------------------------------------------------
 */

static void classify(const rap_finder *f)
{
    const rap_names *names = f->in->names;
    const rap_times *times = f->in->times;
    for (uint32_t t = 0; t < f->in->tokens->count; t++) {
        const rap_meeting_word *word =
            rap_meeting_word_of(f->knowledge, f->in->syntax->lemma[t]);
        f->classes[t] = word ? word->classes : 0;
        f->cover[t] = f->timex[t] = RAP_NONE;
    }
    for (uint32_t i = 0; i < names->mentions; i++)
        for (uint32_t t = names->mention[i].first;
             t <= names->mention[i].last && f->cover[t] == RAP_NONE; t++)
            f->cover[t] = i;
    for (uint32_t i = 0; i < times->count; i++)
        for (uint32_t t = times->timex[i].first;
             t <= times->timex[i].last && f->timex[t] == RAP_NONE; t++)
            f->timex[t] = i;
}

/* A noun tagged as a verb: "the phone calls". */
static bool is_noun_after_all(const rap_finder *f, uint32_t token)
{
    if (token == f->begin || f->classes[token] & (RAP_MEET | RAP_MEETING_SPEAK))
        return false;
    return (f->classes[token - 1] & RAP_MEETING_PHONE) != 0;
}

static bool read_token(const rap_finder *f, uint32_t t)
{
    const uint32_t class = f->classes[t];
    const uint8_t upos = f->in->syntax->upos[t];
    if (upos == RAP_AUX || f->cover[t] != RAP_NONE) return true;
    if (upos != RAP_VERB || is_noun_after_all(f, t))
        return class & (RAP_MEETING_NOUN | RAP_MEETING_WEAK) ? read_noun(f, t) : true;
    if (class & RAP_MEET) return read_verb(f, t, t + 1, 0.97f);
    if (class & RAP_MEETING_SIT && is_up(f, t + 1, RAP_MEETING_DOWN))
        return read_verb(f, t, t + 2, 0.93f);
    if (class & RAP_MEETING_SPEAK) return read_speech(f, t, LIGHT_REACH, 0.75f);
    if (class & RAP_MEETING_DISCUSS) return read_speech(f, t, DISCUSS_REACH, 0.7f);
    if (class & RAP_MEETING_HOST) return read_host(f, t);
    return true;
}

static bool reads_zone(rap_zone_kind kind)
{
    return kind == RAP_ZONE_BODY || kind == RAP_ZONE_STANDFIRST;
}

static bool read_sentence(rap_finder *f, uint32_t sentence)
{
    const rap_times *times = f->in->times;
    f->sentence = sentence;
    f->begin = f->in->tokens->first[sentence];
    f->end = f->in->tokens->first[sentence + 1];
    while (f->times_begin < times->count &&
           times->timex[f->times_begin].first < f->begin)
        f->times_begin++;
    pass_statements(f, rap_sentence_span(f->in->tokens, sentence).begin);
    for (uint32_t t = f->begin; t < f->end; t++)
        if (!read_token(f, t)) return false;
    return true;
}

bool rap_meetings_find(const rap_event_knowledge *knowledge, const rap_event_input *in,
                       rap_arena *arena, rap_arena *scratch, rap_found_list *list)
{
    const rap_tokens *tokens = in->tokens;
    rap_finder f = {.knowledge = knowledge,
                    .in = in,
                    .arena = arena,
                    .list = list,
                    .classes = rap_new(scratch, uint32_t, tokens->count),
                    .cover = rap_new(scratch, uint32_t, tokens->count),
                    .timex = rap_new(scratch, uint32_t, tokens->count)};
    if (!f.classes || !f.cover || !f.timex) return false;
    classify(&f);
    for (uint32_t s = 0; s < tokens->sentences; s++) {
        if (!reads_zone(in->article->zone[tokens->zone[s]].kind)) continue;
        if (!read_sentence(&f, s)) return false;
    }
    return rap_event_merge(&f);
}
