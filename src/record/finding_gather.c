/*
 * finding_gather.c - each meeting of a report with all that its tellings say of it.
 *
 * Reads   tellings and the meetings they tell of; verbs of holding and of taking part.
 * Method  parties, hosts and days are of all tellings, the surer date before the others. What
 *         says nothing new of a meeting is no evidence of it, and the clause that is quoted
 *         ends where another meeting is told of. Parties that are not named with it are the
 *         two the report is about, and marked as lent.
 * Cost    linear in tellings.
 */
#include "finding_meeting.h"
#include "text.h"

enum {
    MOST_SPANS = 24,
    NEAR = 40,
    RANKS = 6,
    TOPIC = 9,
    ABOUT = 10,
    LONG_CLAUSE = 40,
    BEFORE_NOUN = 8,
    BEHIND_NOUN = 16,
    SAID_NEAR = 4,
    SAID_BYTES = 80
};

/* Parties that are the report's and not named with it. */
static const float SURE_OF_LENT = 0.62f;

/* ---- who held it, who took part ------------------------------------------------------- */

static uint32_t first_telling(const meeting_search *c, uint32_t token)
{
    uint32_t low = 0, high = c->tellings.count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (c->tellings.at[middle].head < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The telling that a verb of holding or taking part is about: the nearest of its sentence,
 * for taking part else the last before. */
static telling *told_near(meeting_search *c, const taking_part *l)
{
    const rap_tokens *t = c->f->in->tokens;
    const uint32_t begin = t->first[t->sentence[l->token]];
    uint32_t i = first_telling(c, l->token > begin + NEAR ? l->token - NEAR : begin);
    telling *best = NULL;
    uint32_t least = NEAR;
    for (uint32_t k = i; k < c->tellings.count; k++) {
        telling *one = &c->tellings.at[k];
        const uint32_t far =
            one->head < l->token ? l->token - one->head : one->head - l->token;
        if (t->sentence[one->head] != t->sentence[l->token] ||
            one->head > l->token + NEAR)
            break;
        if (one->sitting != RAP_NONE && far < least) best = one, least = far;
    }
    for (uint32_t seen = 0; !best && !l->host && i-- > 0 && seen < NEAR; seen++)
        if (c->tellings.at[i].sitting != RAP_NONE) best = &c->tellings.at[i];
    return best;
}

static void add_links(meeting_search *c)
{
    for (uint32_t i = 0; i < c->parts.count; i++) {
        const taking_part *l = &c->parts.at[i];
        telling *t = told_near(c, l);
        if (t && !l->host)
            rap_find_attendance(c->f, l->token, l->who.at, l->who.count);
        for (uint32_t k = 0; t && k < l->who.count; k++)
            rap_people_take(l->host ? &t->host : &t->part, l->who.at[k]);
    }
}

/* ---- findings ------------------------------------------------------------------------ */

/* Does the telling say more of its meeting than that there was one? */
static bool is_telling(const telling *t)
{
    if (t->form == TOLD_BY_VERB || t->event != RAP_NONE) return true;
    if (t->aside) return t->placed || t->who.count;
    return t->own_day || t->place.len || t->who.count || t->host.count;
}

/* The token behind the last of those that tell of an occasion named aside. */
static uint32_t end_of_aside(const finder *f, const telling *t)
{
    uint32_t end = t->end;
    if (t->placed) {
        const uint32_t place = rap_token_at(f, t->place_span.end - 1) + 1;
        if (place > end) end = place;
    }
    for (uint32_t i = t->end; i < t->to && i < t->end + NEAR; i++) {
        const uint32_t cover = f->cover[i];
        if (cover == RAP_NONE) continue;
        const uint32_t actor = f->in->names->mention[cover].actor;
        if (actor != RAP_NONE && rap_people_has(&t->who, actor)) end = i + 1;
    }
    return end < t->to ? end : t->to;
}

/* A mark or conjunction at the edge of what is quoted. */
static bool is_edge(const finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    return upos == RAP_PUNCT || upos == RAP_CCONJ || upos == RAP_SCONJ ||
           upos == RAP_DET || upos == RAP_ADP || upos == RAP_PART;
}

/* Where what tells of `t` begins, behind another meeting told of before it. */
static uint32_t part_from(const finder *f, const telling *other, const telling *t)
{
    for (uint32_t i = t->first; i > other->end; i--)
        if (f->in->syntax->upos[i - 1] == RAP_CCONJ ||
            f->in->syntax->upos[i - 1] == RAP_PUNCT)
            return i;
    return t->first;
}

/* Of a long clause its phrase, with its day and parties: from who began or holds it where
 * the noun is the object of such a verb. */
static uint32_t short_from(finder *f, const telling *t, uint32_t from)
{
    const rap_syntax *s = f->in->syntax;
    const uint32_t near = t->first > from + BEFORE_NOUN ? t->first - BEFORE_NOUN : from;
    if (!s->head || s->relation[t->head] != RAP_REL_OBJ) return near;
    const uint32_t verb = s->head[t->head];
    const uint32_t *who;
    uint32_t begin = verb;
    if (verb >= t->head || !rap_subject_of(f, verb, &who, &begin)) return near;
    const uint32_t cover = f->cover[begin];
    if (cover != RAP_NONE) begin = f->in->names->mention[cover].first;
    return begin < near && begin >= from && verb - begin < LONG_CLAUSE ? begin : near;
}

/* The clause, as far as it tells of this meeting: up to another one told of in it. */
static rap_span words_of(const meeting_search *c, uint32_t index)
{
    finder *f = c->f;
    const telling *t = &c->tellings.at[index];
    uint32_t from = t->aside ? t->first : t->from;
    uint32_t to = t->aside ? end_of_aside(f, t) : t->to;
    const bool long_one = t->form == TOLD_BY_NOUN && to - from > LONG_CLAUSE;
    if (long_one) { /* the phrase, its day and its parties tell enough */
        from = short_from(f, t, from);
        if (to > t->end + BEHIND_NOUN) to = t->end + BEHIND_NOUN;
    }
    for (uint32_t i = index; i-- > 0 && c->tellings.at[i].head >= from;) {
        const telling *other = &c->tellings.at[i];
        if (other->sitting == t->sitting || other->head >= t->first) continue;
        from = part_from(f, other, t);
        break;
    }
    for (uint32_t i = index + 1; i < c->tellings.count; i++) {
        const telling *other = &c->tellings.at[i];
        if (other->first >= to) break;
        if (other->sitting == t->sitting || other->first < t->end) continue;
        to = other->first;
        while (to > t->end && is_edge(f, to - 1)) to--;
        break;
    }
    while (from < t->first && (f->in->syntax->upos[from] == RAP_PUNCT ||
                               f->in->syntax->upos[from] == RAP_CCONJ))
        from++;
    return rap_tokens_of(f, from, to > t->end ? to : t->end);
}

typedef struct gathered { /* one meeting of the report */
    const telling *first, *dated, *placed;
    people who, host, part; /* part: those told elsewhere that they took part */
    rap_span span[MOST_SPANS], repeat[MOST_SPANS];
    uint32_t spans, repeats;
    const char *status, *mode;
    float confidence;
    rap_day until;
    rap_span result; /* what came of it; empty: not said */
    rap_slice moved_from, apart_by;
    uint32_t times, rank_from, rank_to;
    uint32_t topic, topic_end; /* tokens of "on the border" behind its noun; 0: none */
    bool body;
} gathered;

/* The surer date: stated before inferred, the narrower before the wider. */
static bool is_firmer(const rap_when *a, const rap_when *b)
{
    if (!a->value[0]) return false;
    if (!b->value[0]) return true;
    const bool stated = a->basis == RAP_BASIS_STATED,
               other = b->basis == RAP_BASIS_STATED;
    if (stated != other) return stated;
    return (int64_t)a->latest - a->earliest < (int64_t)b->latest - b->earliest;
}

/* "negotiations on self-management" */
static void set_topic(const finder *f, const telling *t, gathered *g)
{
    if (t->form != TOLD_BY_NOUN || t->end + 1 >= t->to) return;
    if (f->in->syntax->upos[t->end] != RAP_ADP || rap_word_is(f, t->end, FINDING_AT) ||
        !rap_word_is(f, t->end, FINDING_TAIL))
        return;
    g->topic = t->end + 1;
    g->topic_end = t->to < t->end + TOPIC ? t->to : t->end + TOPIC;
}

static void gather(const meeting_search *c, uint32_t index, gathered *g)
{
    const telling *t = &c->tellings.at[index];
    if (!g->first) {
        *g = (gathered){.first = t,
                        .dated = t,
                        .status = t->status,
                        .mode = "",
                        .until = RAP_NO_DAY,
                        .times = t->times,
                        .rank_from = t->form == TOLD_BY_VERB ? t->from : t->first,
                        .rank_to = t->to < t->end + RANKS ? t->to : t->end + RANKS,
                        .apart_by = t->apart_by};
        set_topic(c->f, t, g);
    }
    for (uint32_t i = 0; i < t->who.count; i++) rap_people_take(&g->who, t->who.at[i]);
    for (uint32_t i = 0; i < t->part.count; i++)
        rap_people_take(&g->part, t->part.at[i]);
    for (uint32_t i = 0; i < t->host.count; i++)
        rap_people_take(&g->host, t->host.at[i]);
    if (is_firmer(&t->date, &g->dated->date)) g->dated = t;
    if (!g->placed && t->place.len) g->placed = t;
    if (t->until != RAP_NO_DAY) g->until = t->until;
    if (t->moved_from.len) g->moved_from = t->moved_from;
    if (!g->mode[0]) g->mode = t->mode;
    if (!strcmp(t->status, "happened")) g->status = t->status;
    if (t->confidence > g->confidence) g->confidence = t->confidence;
    g->body |= t->body;
    if (is_telling(t)) {
        const rap_span words = words_of(c, index);
        bool there = false;
        for (uint32_t i = 0; i < g->spans && !there; i++)
            there = rap_span_holds(g->span[i], words);
        if (!there && g->spans < MOST_SPANS) g->span[g->spans++] = words;
    } else if (!t->aside && g->repeats < MOST_SPANS) {
        g->repeat[g->repeats++] = rap_tokens_of(c->f, t->first, t->end);
    }
}

static const uint32_t *keep(finder *f, const people *list)
{
    uint32_t *kept = rap_new(f->arena, uint32_t, list->count);
    f->failed |= !kept;
    if (kept) memcpy(kept, list->at, list->count * sizeof *kept);
    return kept;
}

static rap_spans keep_spans(finder *f, const rap_span *span, uint32_t count)
{
    rap_span *kept = rap_new(f->arena, rap_span, count);
    f->failed |= !kept;
    if (kept) memcpy(kept, span, count * sizeof *kept);
    return (rap_spans){kept, kept ? count : 0};
}

/* One that goes between parties, or a rank that nobody is named for. */
static bool is_third(const finder *f, uint32_t actor)
{
    const rap_actor *a = &f->in->names->actor[actor];
    return rap_slice_is(a->sector, "IGO") ||
           (a->kind == RAP_ACTOR_GROUP && !a->code.len);
}

/* Who took part: those named; else whose meeting it is; else the two of the report. Returns
 * how many of the last it lent. */
static uint32_t lend_parties(finder *f, gathered *g)
{
    const uint32_t *two;
    uint32_t named = 0;
    if (g->body) return 0;
    for (uint32_t i = 0; i < g->who.count; i++) named += !is_third(f, g->who.at[i]);
    if (named) return 0;
    if (!g->who.count && g->host.count && strcmp(g->status, "planned") == 0) {
        g->who = g->host;
        return 0;
    }
    const uint32_t before = g->who.count, count = rap_named_pair(f, &two);
    for (uint32_t i = 0; i < count; i++) rap_people_take(&g->who, two[i]);
    return g->who.count - before;
}

/* "Before the summit, A received B": on its day or the one before. */
static void date_by_aside(const meeting_search *c, gathered *g, rap_when *date)
{
    const finder *f = c->f;
    const uint32_t sentence = f->in->tokens->sentence[g->first->head];
    for (const telling *t = g->first; t-- > c->tellings.at;) {
        if (f->in->tokens->sentence[t->head] != sentence) return;
        if (!t->aside || t->sitting == RAP_NONE || t->sitting == g->first->sitting)
            continue;
        const rap_when *day = &g[(int64_t)t->sitting - g->first->sitting].dated->date;
        if (!day->value[0] || day->earliest != day->latest) return;
        *date = *day;
        date->earliest--;
        date->basis = RAP_BASIS_INFERRED;
        return;
    }
}

static const char *day_text(finder *f, rap_day day)
{
    char text[12];
    rap_day_format(day, text);
    const char *kept = rap_arena_copy(f->arena, rap_slice_of(text)).at;
    f->failed |= !kept;
    return kept ? kept : "";
}

/* A term of `kind`, once, its spaces closed. */
static const char *add_term(finder *f, const char *terms, const char *kind,
                            rap_slice word)
{
    if (!word.len) return terms;
    const rap_slice folded = rap_fold(f->scratch, word);
    char *one = folded.at ? rap_arena_printf(f->scratch, "%s%.*s", kind,
                                             (int)folded.len, folded.at)
                          : NULL;
    f->failed |= !one;
    if (!one) return terms;
    for (char *c = one + strlen(kind); *c; c++)
        if (*c == ' ' && strcmp(kind, "moved:") != 0) *c = '_';
    rap_slice list = rap_slice_of(terms), part;
    while (rap_split_next(&list, ' ', &part))
        if (rap_slice_is(part, one)) return terms;
    const char *out =
        rap_arena_printf(f->arena, "%s%s%s", terms, *terms ? " " : "", one);
    f->failed |= !out;
    return out ? out : terms;
}

/* What other reports may know it by: ranks, the noun that tells it apart, the topic. */
static const char *terms_of_meeting(finder *f, const gathered *g)
{
    const char *terms = "";
    terms = add_term(f, terms, "moved:", g->moved_from);
    terms = add_term(f, terms, "q:", g->apart_by);
    for (uint32_t i = g->topic; g->topic && i < g->topic_end; i++)
        if (f->in->syntax->upos[i] == RAP_NOUN)
            terms = add_term(f, terms, "q:", f->lemma[i]);
    for (uint32_t i = g->rank_from; i < g->rank_to; i++)
        if (rap_word_is(f, i, FINDING_RANK))
            terms = add_term(f, terms, "r:", f->lemma[i]);
    for (uint32_t i = 0; i < g->who.count; i++)
        if (rap_slice_is(f->in->names->actor[g->who.at[i]].sector, "MIL"))
            terms = add_term(f, terms, "r:", RAP_LIT("mil"));
    return terms;
}

/* "A told B that", right after both met: said there. */
static void add_said(const finder *f, gathered *g)
{
    const rap_statements *said = f->in->statements;
    if (g->who.count != 2 || strcmp(g->status, "happened") != 0) return;
    const rap_tokens *t = f->in->tokens;
    const uint32_t from = t->sentence[g->first->head];
    uint32_t low = 0, high = said->count;
    while (low < high) { /* the first statement behind the meeting */
        const uint32_t middle = low + (high - low) / 2;
        const rap_spans words = said->statement[middle].content;
        if (words.count && words.at[0].begin < t->span[g->first->head].begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (uint32_t i = low; i < said->count && g->spans < MOST_SPANS; i++) {
        const rap_statement *s = &said->statement[i];
        if (!s->content.count ||
            t->sentence[rap_token_at(f, s->content.at[0].begin)] > from + SAID_NEAR)
            return;
        if (s->speaker == RAP_NONE || s->addressee == RAP_NONE || !s->cue.count ||
            s->speaker == s->addressee || !rap_people_has(&g->who, s->speaker) ||
            !rap_people_has(&g->who, s->addressee))
            continue;
        rap_span span = s->cue.at[0];
        if (s->source.count && s->source.at[0].begin < span.begin &&
            span.begin - s->source.at[0].begin < SAID_BYTES)
            span.begin = s->source.at[0].begin;
        g->span[g->spans++] = span;
    }
}

static void add_meeting(meeting_search *c, gathered *g)
{
    finder *f = c->f;
    add_said(f, g);
    const uint32_t lent = lend_parties(f, g);
    const bool inferred = lent && lent == g->who.count;
    const telling *t = g->first;
    rap_when date = g->dated->date;
    if (!date.value[0] && date.earliest == RAP_NO_DAY) date_by_aside(c, g, &date);
    const bool dated = date.value[0] || date.earliest != RAP_NO_DAY;
    if (!dated && !g->placed && g->who.count < 2 && strcmp(g->status, "planned"))
        return;
    if (!dated && !g->who.count && !g->host.count) return; /* "a summit in Egypt" */
    float confidence = g->confidence;
    if (t->event == RAP_NONE && inferred) confidence = SURE_OF_LENT;
    /* what joins a reading that names no parties or no day */
    if (!c->about) c->about_count = rap_most_named(f, ABOUT, &c->about);
    const uint32_t about_count = lent || !dated ? c->about_count : 0;
    uint32_t *where = NULL;
    if (g->placed && g->placed->where != RAP_NONE) {
        where = rap_new(f->arena, uint32_t, 1);
        f->failed |= !where;
        if (where) *where = g->placed->where;
    }
    const rap_finding m = {
        .kind = RAP_ENTRY_MEETING,
        .anchor = t->event != RAP_NONE ? f->in->events->event[t->event].trigger
                                       : f->in->tokens->span[t->head],
        .who = keep(f, &g->who),
        .who_count = g->who.count,
        .lent = lent,
        .part = keep(f, &g->part),
        .part_count = g->part.count,
        .about = c->about,
        .about_count = about_count,
        .host = keep(f, &g->host),
        .host_count = g->host.count,
        .where = where,
        .according_to = RAP_NONE,
        .class = "CONSULT",
        .mode = g->mode,
        .stance = "",
        .status = g->status,
        .terms = terms_of_meeting(f, g),
        .date = date,
        .place = g->placed ? g->placed->place : (rap_slice){0},
        .place_span = g->placed ? g->placed->place_span : (rap_span){0},
        .trigger = rap_tokens_of(f, t->first, t->end),
        .result = g->result,
        .name = rap_cut(f->in->article->text, g->result),
        .repeats = keep_spans(f, g->repeat, g->repeats),
        .due = day_text(f, g->until),
        .due_earliest = g->until,
        .due_latest = g->until,
        .due_basis = "",
        .low = g->times,
        .high = g->times,
        .confidence = confidence};
    if (!g->spans) g->span[g->spans++] = m.trigger;
    rap_find_add(f, m, g->span, g->spans);
}

/* The first result that stands beside a telling of a meeting that was held. */
static void find_results(meeting_search *c, gathered *all)
{
    for (uint32_t i = 0; i < c->tellings.count && !c->f->failed; i++) {
        const telling *t = &c->tellings.at[i];
        if (t->sitting == RAP_NONE) continue;
        gathered *g = &all[t->sitting];
        if (g->result.end || t->past || strcmp(g->status, "happened") != 0) continue;
        uint32_t from, to;
        if (!rap_meeting_result(c->f, t, &g->who, &from, &to)) continue;
        /* up to where another meeting is told of */
        for (uint32_t k = first_telling(c, from); k < c->tellings.count; k++) {
            const telling *other = &c->tellings.at[k];
            if (other->first >= to) break;
            if (other->sitting != t->sitting && other->first > from) to = other->first;
        }
        while (to > from + 1 && is_edge(c->f, to - 1)) to--;
        g->result = rap_tokens_of(c->f, from, to);
    }
}

void rap_meetings_gather(meeting_search *c, uint32_t count)
{
    finder *f = c->f;
    add_links(c);
    gathered *all = rap_new(f->scratch, gathered, count);
    f->failed |= !all;
    for (uint32_t i = 0; i < c->tellings.count && !f->failed; i++)
        if (c->tellings.at[i].sitting != RAP_NONE)
            gather(c, i, &all[c->tellings.at[i].sitting]);
    if (!f->failed) find_results(c, all);
    for (uint32_t i = 0; i < count && !f->failed; i++)
        if (all[i].first) add_meeting(c, &all[i]);
}
