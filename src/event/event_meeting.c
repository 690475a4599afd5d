/*
 * event_meeting.c - who met whom: verbs and nouns of meeting with their parties.
 *
 * Reads   tokens, tags, mentions, times of body and standfirst sentences.
 * Method  a trigger's parties are the coordinated mentions before its verb and after
 * "with", "between", "of". Two parties make a meeting; a noun without parties ("the
 * summit") repeats the meeting told before it. Words before the trigger say whether it
 *         happened, is planned, proposed, possible or denied.
 * Cost    linear in tokens; a trigger looks at no more than its own sentence.
 */
#include "event_private.h"

enum {
    MOST_PARTIES = 24,
    REACH = 12,
    LEFT_REACH = 6,
    QUALIFIER_REACH = 7,
    /* Bounds that keep a hostile document linear; no report comes near them. */
    MOST_REPEATS = 64,
    NEAR_EVENTS = 32,
    NEAR_STATEMENTS = 16
};

typedef struct parties {
    uint32_t actor[MOST_PARTIES];
    uint32_t count;
    uint32_t last; /* last token read, or RAP_NONE */
} parties;

typedef struct finder {
    const rap_event_knowledge *knowledge;
    const rap_event_input *in;
    rap_arena *arena;
    rap_event_list *list;
    uint32_t *classes; /* [T] classes of each token's lemma */
    uint32_t passed;   /* statements that end before the sentence at hand */
} finder;

/* ---- parties ----------------------------------------------------------------------
 */

static bool is_party(const rap_actor *actor)
{
    return actor->kind != RAP_ACTOR_PLACE;
}

static void add_actor(parties *who, uint32_t actor)
{
    for (uint32_t i = 0; i < who->count; i++)
        if (who->actor[i] == actor) return;
    if (who->count < MOST_PARTIES) who->actor[who->count++] = actor;
}

/* A group stands for its members, where they are known. */
static void add_party(const finder *f, parties *who, uint32_t actor)
{
    const rap_actor *party = &f->in->names->actor[actor];
    if (!is_party(party)) return;
    if (!party->members) add_actor(who, actor);
    for (uint32_t i = 0; i < party->members; i++) add_actor(who, party->member[i]);
}

/* The resolved, unmodified mention that covers `token`, or RAP_NONE. */
static uint32_t mention_at(const finder *f, uint32_t token)
{
    const uint32_t mention = rap_names_covering(f->in->names, token);
    if (mention == RAP_NONE) return RAP_NONE;
    const rap_mention *m = &f->in->names->mention[mention];
    return m->actor == RAP_NONE || m->modifier ? RAP_NONE : mention;
}

static bool is_link(const finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    if (upos == RAP_CCONJ || upos == RAP_DET) return true;
    const rap_slice word = rap_cut(f->in->article->text, f->in->tokens->span[token]);
    return rap_slice_is(word, ",");
}

/* Mentions joined by commas and conjunctions from `token` on, inside [token, end). */
static parties parties_after(const finder *f, uint32_t token, uint32_t end)
{
    parties who = {.last = RAP_NONE};
    bool linked = true;
    while (token < end) {
        const uint32_t mention = mention_at(f, token);
        if (mention == RAP_NONE) {
            if (!is_link(f, token)) break;
            linked = true;
            token++;
            continue;
        }
        if (!linked) break;
        const rap_mention *m = &f->in->names->mention[mention];
        add_party(f, &who, m->actor);
        who.last = m->last;
        token = m->last + 1;
        linked = false;
    }
    return who;
}

/* Mentions joined to the one that ends at or before `token`, going left to `begin`. */
static parties parties_before(const finder *f, uint32_t token, uint32_t begin)
{
    parties who = {.last = RAP_NONE};
    uint32_t most = LEFT_REACH;
    while (token > begin && most && mention_at(f, token - 1) == RAP_NONE) {
        const uint8_t upos = f->in->syntax->upos[token - 1];
        const bool passes = upos == RAP_AUX || upos == RAP_ADV || upos == RAP_PART ||
                            upos == RAP_ADJ || upos == RAP_VERB || upos == RAP_DET;
        if (!passes) return who;
        token--;
        most--;
    }
    bool linked = true;
    while (token > begin) {
        const uint32_t mention = mention_at(f, token - 1);
        if (mention == RAP_NONE) {
            if (!is_link(f, token - 1)) break;
            linked = true;
            token--;
            continue;
        }
        if (!linked) break;
        const rap_mention *m = &f->in->names->mention[mention];
        add_party(f, &who, m->actor);
        if (who.last == RAP_NONE) who.last = m->last;
        token = m->first > begin ? m->first : begin;
        linked = false;
    }
    return who;
}

/* The subject of the clause that holds `token`: the last mention before it that is
 * followed by a finite verb. */
static parties subject_before(const finder *f, uint32_t token, uint32_t begin)
{
    const rap_syntax *syntax = f->in->syntax;
    for (uint32_t t = token; t > begin; t--) {
        const uint32_t mention = mention_at(f, t - 1);
        if (mention == RAP_NONE) continue;
        const rap_mention *m = &f->in->names->mention[mention];
        uint32_t next = m->last + 1;
        while (next < token && syntax->upos[next] == RAP_ADV) next++;
        const bool acts =
            next < token &&
            (syntax->upos[next] == RAP_AUX ||
             (syntax->upos[next] == RAP_VERB && syntax->form[next] != RAP_FORM_GERUND));
        if (acts) return parties_before(f, m->last + 1, begin);
        if (m->first <= begin) break;
        t = m->first + 1;
    }
    return (parties){.last = RAP_NONE};
}

static void add_all(parties *to, const parties *from)
{
    for (uint32_t i = 0; i < from->count; i++) add_actor(to, from->actor[i]);
}

/* ---- place, status, mode -----------------------------------------------------------
 */

static void find_place(const finder *f, rap_event *event, uint32_t from, uint32_t end)
{
    for (uint32_t t = from; t + 1 < end && t < from + 2 * REACH; t++) {
        if (!(f->classes[t] & RAP_MEETING_PLACE)) continue;
        const uint32_t mention = rap_names_covering(f->in->names, t + 1);
        if (mention == RAP_NONE) continue;
        const rap_mention *m = &f->in->names->mention[mention];
        const bool named = m->form == RAP_MENTION_NAME && m->actor != RAP_NONE;
        if (!named) continue;
        const rap_actor_kind kind = f->in->names->actor[m->actor].kind;
        if (kind != RAP_ACTOR_PLACE && kind != RAP_ACTOR_STATE) continue;
        event->place = m->span;
        event->place_name = rap_cut(f->in->article->text, m->span);
        return;
    }
}

static rap_event_status status_of(const finder *f, uint32_t trigger, uint32_t begin)
{
    const uint32_t from =
        trigger > begin + QUALIFIER_REACH ? trigger - QUALIFIER_REACH : begin;
    uint32_t seen = 0;
    for (uint32_t t = trigger; t > from; t--) {
        /* What qualifies the trigger stands in its own clause. */
        const uint32_t before = t - 1;
        if (f->in->syntax->upos[before] == RAP_PUNCT &&
            !rap_slice_is(rap_cut(f->in->article->text, f->in->tokens->span[before]),
                          "’"))
            break;
        seen |= f->classes[before];
    }
    if (seen & RAP_MEETING_REFUSE) return RAP_EVENT_DENIED;
    if (seen & RAP_MEETING_PROPOSE) return RAP_EVENT_PROPOSED;
    if (seen & RAP_MEETING_FUTURE) return RAP_EVENT_PLANNED;
    if (seen & RAP_MEETING_DOUBT) return RAP_EVENT_HYPOTHETICAL;
    return RAP_EVENT_HAPPENED;
}

static const char *mode_of(const finder *f, uint32_t trigger, uint32_t begin)
{
    const rap_meeting_word *word =
        rap_meeting_word_of(f->knowledge, f->in->syntax->lemma[trigger]);
    for (uint32_t t = trigger; t > begin && t + 3 > trigger; t--) {
        if (f->classes[t - 1] & RAP_MEETING_PHONE) return "phone";
        if (f->classes[t - 1] & RAP_MEETING_MEDIATE) return "third-party";
    }
    return word ? word->mode : NULL;
}

/* ---- one trigger
 * --------------------------------------------------------------------- */

static rap_when when_of(const finder *f, uint32_t token)
{
    rap_when when = {
        .value = "", .earliest = RAP_NO_DAY, .latest = RAP_NO_DAY, .timex = RAP_NONE};
    rap_basis basis = RAP_BASIS_UNKNOWN;
    const uint32_t timex = rap_time_of(f->in->times, f->in->tokens, token, &basis);
    if (timex == RAP_NONE) return when;
    const rap_timex *t = &f->in->times->timex[timex];
    if (t->type == RAP_TIMEX_DURATION || t->type == RAP_TIMEX_SET ||
        t->value[0] == 'P' || t->value[0] == 'X' || t->value[0] == 'F')
        return when; /* a length or a vague past dates nothing */
    return (rap_when){t->value, t->earliest, t->latest, basis, timex};
}

static uint32_t statement_around(const finder *f, rap_span trigger)
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
static void pass_statements(finder *f, uint32_t at)
{
    const rap_statements *statements = f->in->statements;
    while (f->passed < statements->count) {
        const rap_spans content = statements->statement[f->passed].content;
        if (content.at[content.count - 1].end > at) return;
        f->passed++;
    }
}

static bool add_meeting(const finder *f, uint32_t first, uint32_t trigger,
                        uint32_t sentence, const parties *who, rap_event_status status,
                        float confidence)
{
    static const char *const diplomatic[] = {"diplomatic"};
    const rap_tokens *tokens = f->in->tokens;
    const uint32_t begin = tokens->first[sentence], end = tokens->first[sentence + 1];
    uint32_t *sources = rap_new(f->arena, uint32_t, who->count);
    if (!sources) return false;
    memcpy(sources, who->actor, who->count * sizeof *sources);
    rap_event event = {
        .trigger = rap_tokens_span(tokens, first, trigger),
        .evidence = rap_sentence_span(tokens, sentence),
        .type = "CONSULT",
        .mode = mode_of(f, trigger, begin),
        .context = diplomatic,
        .contexts = 1,
        .source = sources,
        .sources = who->count,
        .host = RAP_NONE,
        .status = status,
        .date = when_of(f, trigger),
    };
    event.cameo = event.mode && strcmp(event.mode, "phone") == 0 ? "041" : "046";
    event.statement = statement_around(f, event.trigger);
    event.confidence = confidence - (status != RAP_EVENT_HAPPENED ? 0.1f : 0) -
                       (event.statement != RAP_NONE ? 0.05f : 0);
    find_place(f, &event, trigger + 1, end);
    return rap_push(f->arena, f->list, event);
}

/* A noun of meeting whose parties are not named again repeats the meeting before it,
 * when that is of the same paragraph or the noun is definite; the dates must not
 * disagree. */
static bool add_repeat(const finder *f, uint32_t first, uint32_t trigger)
{
    if (!f->list->count) return true;
    rap_event *last = &f->list->at[f->list->count - 1];
    const rap_when when = when_of(f, trigger);
    const bool dated = when.basis == RAP_BASIS_STATED && last->date.value[0];
    if (dated &&
        (when.earliest > last->date.latest || when.latest < last->date.earliest))
        return true;
    const uint32_t count = last->repeats.count;
    if (count >= MOST_REPEATS) return true;
    rap_span *wider = rap_new(f->arena, rap_span, count + 1);
    if (!wider) return false;
    if (count) memcpy(wider, last->repeats.at, count * sizeof *wider);
    wider[count] = rap_tokens_span(f->in->tokens, first, trigger);
    last->repeats = (rap_spans){wider, count + 1};
    return true;
}

/* First token of the adjectives and compounds before a noun: "trilateral | meeting". */
static uint32_t phrase_begin(const finder *f, uint32_t trigger, uint32_t begin)
{
    uint32_t first = trigger;
    while (first > begin && first + 3 > trigger &&
           (f->in->syntax->upos[first - 1] == RAP_ADJ ||
            f->classes[first - 1] & (RAP_MEETING_MEDIATE | RAP_MEETING_PHONE)))
        first--;
    return first;
}

static bool is_definite(const finder *f, uint32_t first, uint32_t begin)
{
    if (first == begin) return false;
    const uint8_t upos = f->in->syntax->upos[first - 1];
    return upos == RAP_DET || upos == RAP_PROPN || upos == RAP_PART;
}

static bool read_noun(const finder *f, uint32_t trigger, uint32_t sentence)
{
    const rap_tokens *tokens = f->in->tokens;
    const uint32_t begin = tokens->first[sentence], end = tokens->first[sentence + 1];
    const uint32_t first = phrase_begin(f, trigger, begin);
    parties who = {.last = RAP_NONE};
    bool all = false, joined = false;
    uint32_t reach = trigger + 1 + REACH < end ? trigger + 1 + REACH : end;
    for (uint32_t t = trigger + 1; t < reach; t++) {
        if (f->in->syntax->upos[t] == RAP_VERB) break;
        const bool between = f->classes[t] & RAP_MEETING_PARTIES;
        if (!between && !(f->classes[t] & RAP_MEETING_JOIN)) continue;
        const parties found = parties_after(f, t + 1, end);
        if (!found.count) continue;
        add_all(&who, &found);
        all = between;
        joined = !between;
        break;
    }
    float confidence = 0.95f;
    if (joined) {
        /* "his meeting with", "held talks with": the other side stands before. */
        parties own = parties_before(f, first, begin);
        const bool near = own.count > 0;
        if (!near) own = subject_before(f, first, begin);
        add_all(&who, &own);
        confidence = near ? 0.95f : 0.8f;
    } else if (!all && first > begin && f->classes[first - 1] & RAP_MEETING_LIGHT) {
        who = parties_before(f, first, begin); /* "A and B held talks" */
        confidence = 0.9f;
    }
    if (who.count >= 2)
        return add_meeting(f, first, trigger, sentence, &who,
                           status_of(f, first, begin), confidence);
    const bool strong = f->classes[trigger] & RAP_MEETING_NOUN;
    return strong && !who.count && is_definite(f, first, begin)
               ? add_repeat(f, first, trigger)
               : true;
}

static bool read_verb(const finder *f, uint32_t trigger, uint32_t sentence)
{
    const rap_tokens *tokens = f->in->tokens;
    const uint32_t begin = tokens->first[sentence], end = tokens->first[sentence + 1];
    parties who = parties_before(f, trigger, begin);
    uint32_t next = trigger + 1;
    if (next < end && f->in->syntax->upos[next] == RAP_ADV) next++;
    if (next < end && f->classes[next] & RAP_MEETING_JOIN) next++;
    const parties other = parties_after(f, next, end);
    if (who.count && other.count) {
        add_all(&who, &other);
    } else if (who.count < 2) {
        return true;
    }
    return add_meeting(f, trigger, trigger, sentence, &who,
                       status_of(f, trigger, begin), 0.95f);
}

/* ---- one document
 * --------------------------------------------------------------------- */

static bool same_day(const rap_when *a, const rap_when *b)
{
    return a->value[0] && b->value[0] && a->earliest == b->earliest &&
           a->latest == b->latest;
}

static bool share_parties(const rap_event *a, const rap_event *b)
{
    uint32_t shared = 0;
    for (uint32_t i = 0; i < a->sources; i++)
        for (uint32_t j = 0; j < b->sources; j++)
            shared += a->source[i] == b->source[j];
    return shared >= 2 && (shared == a->sources || shared == b->sources);
}

/* `a` takes over what `b` tells; false when the arena is full. */
static bool take_over(const finder *f, rap_event *a, const rap_event *b)
{
    rap_span *wider =
        rap_new(f->arena, rap_span, a->repeats.count + 1 + b->repeats.count);
    if (!wider) return false;
    uint32_t n = 0;
    for (uint32_t k = 0; k < a->repeats.count; k++) wider[n++] = a->repeats.at[k];
    wider[n++] = b->trigger;
    for (uint32_t k = 0; k < b->repeats.count; k++) wider[n++] = b->repeats.at[k];
    a->repeats = (rap_spans){wider, n};
    if (b->sources > a->sources) {
        a->source = b->source;
        a->sources = b->sources;
    }
    if (!a->place_name.len) {
        a->place = b->place;
        a->place_name = b->place_name;
    }
    return true;
}

/* Two tellings of one meeting: the same day, status and parties (one may name fewer).
 */
static bool merge_repeated(const finder *f)
{
    rap_event_list *list = f->list;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const rap_event *event = &list->at[i];
        rap_event *same = NULL;
        for (uint32_t k = kept; k > 0 && k + NEAR_EVENTS > kept && !same; k--) {
            rap_event *other = &list->at[k - 1];
            if (other->status == event->status &&
                same_day(&other->date, &event->date) &&
                other->repeats.count + event->repeats.count < MOST_REPEATS &&
                share_parties(other, event))
                same = other;
        }
        if (same) {
            if (!take_over(f, same, event)) return false;
        } else {
            list->at[kept++] = *event;
        }
    }
    list->count = kept;
    return true;
}

static void classify(const finder *f)
{
    for (uint32_t t = 0; t < f->in->tokens->count; t++) {
        const rap_meeting_word *word =
            rap_meeting_word_of(f->knowledge, f->in->syntax->lemma[t]);
        f->classes[t] = word ? word->classes : 0;
    }
}

static bool reads_zone(rap_zone_kind kind)
{
    return kind == RAP_ZONE_BODY || kind == RAP_ZONE_STANDFIRST;
}

bool rap_meetings_find(const rap_event_knowledge *knowledge, const rap_event_input *in,
                       rap_arena *arena, rap_arena *scratch, rap_event_list *list)
{
    const rap_tokens *tokens = in->tokens;
    finder f = {.knowledge = knowledge,
                .in = in,
                .arena = arena,
                .list = list,
                .classes = rap_new(scratch, uint32_t, tokens->count)};
    if (!f.classes) return false;
    classify(&f);
    for (uint32_t s = 0; s < tokens->sentences; s++) {
        if (!reads_zone(in->article->zone[tokens->zone[s]].kind)) continue;
        pass_statements(&f, rap_sentence_span(tokens, s).begin);
        for (uint32_t t = tokens->first[s]; t < tokens->first[s + 1]; t++) {
            const uint8_t upos = in->syntax->upos[t];
            const bool noun = f.classes[t] & (RAP_MEETING_NOUN | RAP_MEETING_WEAK);
            bool fits = true;
            if (f.classes[t] & RAP_MEET && upos == RAP_VERB)
                fits = read_verb(&f, t, s);
            else if (noun && upos != RAP_VERB && upos != RAP_AUX)
                fits = read_noun(&f, t, s);
            if (!fits) return false;
        }
    }
    return merge_repeated(&f);
}
