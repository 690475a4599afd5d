/*
 * event_list.c - parties named in a row.
 *
 * Reads   tokens, tags, mentions.
 * Method  mentions parted by commas and conjunctions. Commas part parties only where a
 *         conjunction joins the last of them: "A, the president of B," is one party
 *         and its description. A mention that owns or describes the word behind it
 *         ("A's envoy", "A officials") is no party.
 * Cost    at most MOST_ITEMS mentions a call.
 */
#include "event_private.h"

enum { MOST_ITEMS = 16, HEAD_REACH = 4, NOTE_REACH = 8 };

static const float SURE_NAME = 0.85f, SURE_OF_PART = 0.85f;

typedef enum separator { START, COMMA, AND } separator;

typedef struct item {
    uint32_t mention, first, last;
    separator before; /* what parts it from the item read before it */
} item;

typedef struct row {
    item at[MOST_ITEMS];
    uint32_t count;
    bool cut; /* a further party stands there that cannot be read */
} row;

static bool is_mark(const rap_finder *f, uint32_t token, const char *mark)
{
    return rap_slice_is(rap_cut(f->in->article->text, f->in->tokens->span[token]),
                        mark);
}

bool rap_event_is_comma(const rap_finder *f, uint32_t token)
{
    return is_mark(f, token, ",");
}

bool rap_event_is_finite(const rap_finder *f, uint32_t token)
{
    const uint8_t form = f->in->syntax->form[token];
    if (f->in->syntax->upos[token] == RAP_AUX)
        return form != RAP_FORM_BASE && form != RAP_FORM_GERUND &&
               form != RAP_FORM_PARTICIPLE;
    return f->in->syntax->upos[token] == RAP_VERB &&
           (form == RAP_FORM_PAST || form == RAP_FORM_PRESENT);
}

bool rap_event_is_owning(const rap_finder *f, uint32_t token)
{
    return f->in->syntax->upos[token] == RAP_PART && !f->classes[token];
}

/* "reporters", "residents": a description without a name in it is no party. */
static bool is_crowd(const rap_finder *f, const rap_mention *m)
{
    const rap_actor *actor = &f->in->names->actor[m->actor];
    if (actor->kind != RAP_ACTOR_GROUP || m->form != RAP_MENTION_NOMINAL) return false;
    if (actor->members || actor->known || actor->country.len) return false;
    for (uint32_t t = m->first; t <= m->last; t++)
        if (t > f->begin && f->in->tokens->flags[t] & RAP_TOKEN_CAPITAL) return false;
    return true;
}

uint32_t rap_event_mention(const rap_finder *f, uint32_t token)
{
    const uint32_t mention = f->cover[token];
    if (mention == RAP_NONE) return RAP_NONE;
    const rap_mention *m = &f->in->names->mention[mention];
    if (m->actor == RAP_NONE || m->modifier) return RAP_NONE;
    return is_crowd(f, m) ? RAP_NONE : mention;
}

static void add_actor(rap_parties *who, uint32_t actor)
{
    for (uint32_t i = 0; i < who->count; i++)
        if (who->actor[i] == actor) return;
    if (who->count < RAP_MOST_PARTIES) who->actor[who->count++] = actor;
}

bool rap_event_is_infinitive(const rap_finder *f, uint32_t token)
{
    return f->in->syntax->upos[token] == RAP_PART &&
           f->classes[token] & RAP_MEETING_ADDRESS;
}

void rap_parties_add(rap_parties *to, const rap_parties *from)
{
    if (!to->count) {
        *to = *from;
        return;
    }
    for (uint32_t i = 0; i < from->count; i++) add_actor(to, from->actor[i]);
    if (from->count && from->sure < to->sure) to->sure = from->sure;
}

/* A name in full or by its last part is hardly ever another's. */
static float sureness(const rap_mention *m)
{
    const bool named = m->form == RAP_MENTION_NAME && m->confidence >= SURE_NAME;
    return named ? 0.99f : m->confidence;
}

/* A group stands for its members, where they are known; a place meets nobody. */
static void add_mention(const rap_finder *f, rap_parties *who, const item *one)
{
    const rap_mention *m = &f->in->names->mention[one->mention];
    const rap_actor *actor = &f->in->names->actor[m->actor];
    if (actor->kind == RAP_ACTOR_PLACE) return;
    if (!who->count)
        *who = (rap_parties){.sure = 1, .first = one->first, .last = one->last};
    if (one->first < who->first) who->first = one->first;
    if (one->last > who->last) who->last = one->last;
    const float sure = sureness(m);
    if (sure < who->sure) who->sure = sure;
    if (!actor->members) add_actor(who, m->actor);
    for (uint32_t i = 0; i < actor->members; i++) add_actor(who, actor->member[i]);
}

static rap_parties parties_of(const rap_finder *f, const row *r, uint32_t count)
{
    rap_parties who = {.first = RAP_NONE, .last = RAP_NONE, .sure = 1};
    for (uint32_t i = 0; i < count; i++) add_mention(f, &who, &r->at[i]);
    return who;
}

/* How many items of the row count: commas alone part none. */
static uint32_t counted(const row *r)
{
    uint32_t count = r->count ? 1 : 0;
    for (uint32_t i = 1; i < r->count; i++)
        if (r->at[i].before == AND) count = i + 1;
    return count;
}

/* ---- to the right ------------------------------------------------------------------
 */

/* Does the mention that ends at `last` own or describe the word behind it? */
static bool belongs_behind(const rap_finder *f, uint32_t last)
{
    const uint32_t next = last + 1;
    if (next >= f->end || f->timex[next] != RAP_NONE) return false;
    const uint8_t upos = f->in->syntax->upos[next];
    if (rap_event_is_owning(f, next)) return true;
    if (is_mark(f, next, "-") && !(f->in->tokens->flags[last] & RAP_TOKEN_SPACE_AFTER))
        return true;
    return upos == RAP_NOUN || upos == RAP_PROPN || upos == RAP_ADJ;
}

/* "(ABC)" behind a name. */
static uint32_t pass_note(const rap_finder *f, uint32_t token)
{
    if (token >= f->end || !is_mark(f, token, "(")) return token;
    for (uint32_t t = token + 1; t < f->end && t < token + NOTE_REACH; t++)
        if (is_mark(f, t, ")")) return t + 1;
    return token;
}

/* "the leaders of | A": behind a plain noun and its preposition, or where it was. */
static uint32_t pass_head(const rap_finder *f, uint32_t token)
{
    uint32_t t = token;
    bool noun = false;
    while (t < f->end && t < token + HEAD_REACH && f->cover[t] == RAP_NONE) {
        const uint8_t upos = f->in->syntax->upos[t];
        if (noun && f->classes[t] & RAP_MEETING_OF) return t + 1;
        if (upos != RAP_NOUN && upos != RAP_ADJ && upos != RAP_DET && upos != RAP_NUM)
            return token;
        noun = upos == RAP_NOUN;
        t++;
    }
    return token;
}

static separator pass_separator(const rap_finder *f, uint32_t *token)
{
    separator found = START;
    if (*token < f->end && rap_event_is_comma(f, *token)) {
        found = COMMA;
        ++*token;
    }
    if (*token < f->end && f->in->syntax->upos[*token] == RAP_CCONJ &&
        !(f->classes[*token] & RAP_MEETING_BOTH)) {
        found = AND;
        ++*token;
    }
    if (found == AND && *token < f->end && f->classes[*token] & RAP_MEETING_JOIN)
        ++*token; /* "with A and with B" */
    return found;
}

static bool is_person(const rap_finder *f, uint32_t mention)
{
    if (mention == RAP_NONE) return false;
    const rap_mention *m = &f->in->names->mention[mention];
    return m->form == RAP_MENTION_NAME &&
           f->in->names->actor[m->actor].kind == RAP_ACTOR_PERSON;
}

/* "the", "both", and a land no list knows before a person: "Orlindian | President A". */
static bool is_before_name(const rap_finder *f, uint32_t token, uint32_t name)
{
    if (f->cover[token] != RAP_NONE || f->timex[token] != RAP_NONE) return false;
    const uint8_t upos = f->in->syntax->upos[token];
    if (upos == RAP_DET || f->classes[token] & RAP_MEETING_BOTH) return true;
    return (upos == RAP_PROPN || upos == RAP_ADJ) && name < f->end &&
           is_person(f, rap_event_mention(f, name));
}

static uint32_t pass_article(const rap_finder *f, uint32_t token)
{
    while (token < f->end && is_before_name(f, token, token + 1)) token++;
    return token;
}

/* Does a noun phrase of unknown parties begin at `token`? */
static bool starts_noun(const rap_finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    return upos == RAP_NOUN || upos == RAP_PROPN || upos == RAP_ADJ || upos == RAP_PRON;
}

/* Behind "A | of X", where the list of names gave A alone. */
static uint32_t pass_land(const rap_finder *f, uint32_t token, uint32_t mention)
{
    if (token + 1 >= f->end || !(f->classes[token] & RAP_MEETING_OF)) return token;
    if (!is_person(f, mention)) return token;
    const uint32_t land = rap_event_mention(f, token + 1);
    if (land != RAP_NONE)
        return is_person(f, land) ? token : f->in->names->mention[land].last + 1;
    const bool unknown =
        f->cover[token + 1] == RAP_NONE && f->in->syntax->upos[token + 1] == RAP_PROPN;
    return unknown ? token + 2 : token;
}

/* The same from behind: the end of A before "of X". */
static uint32_t pass_land_back(const rap_finder *f, uint32_t token)
{
    const uint32_t land = rap_event_mention(f, token - 1);
    uint32_t first = token - 1;
    if (land != RAP_NONE)
        first = f->in->names->mention[land].first;
    else if (f->in->syntax->upos[first] != RAP_PROPN)
        return token;
    if (is_person(f, land) || first < f->begin + 2) return token;
    if (!(f->classes[first - 1] & RAP_MEETING_OF)) return token;
    return is_person(f, rap_event_mention(f, first - 2)) ? first - 1 : token;
}

static row row_after(const rap_finder *f, uint32_t token)
{
    row r = {.count = 0};
    separator before = START;
    while (token < f->end && r.count < MOST_ITEMS) {
        const uint32_t first = pass_article(f, pass_head(f, token));
        if (first >= f->end) break;
        const uint32_t mention = rap_event_mention(f, first);
        if (mention == RAP_NONE) {
            r.cut = before == AND && starts_noun(f, first);
            break;
        }
        const uint32_t last = f->in->names->mention[mention].last;
        if (belongs_behind(f, last)) {
            r.cut = before == AND;
            break;
        }
        r.at[r.count++] = (item){mention, first, last, before};
        token = pass_note(f, pass_land(f, last + 1, mention));
        before = pass_separator(f, &token);
        if (before == START) break;
    }
    return r;
}

rap_parties rap_parties_after(const rap_finder *f, uint32_t token, rap_follows follows)
{
    const row r = row_after(f, token);
    uint32_t count = counted(&r);
    if (count > 1 && follows != RAP_FOLLOWS_ALL) {
        /* "met A, B and C said", "met A and B said": what follows is a new clause. */
        const uint32_t next = r.at[count - 1].last + 1;
        const bool acts = next < f->end && rap_event_is_finite(f, next);
        const bool listed = r.at[1].before == COMMA;
        if (acts && (follows == RAP_FOLLOWS_VERB || listed)) count = 1;
    }
    rap_parties who = parties_of(f, &r, count);
    if (r.cut && who.sure > SURE_OF_PART) who.sure = SURE_OF_PART;
    return who;
}

/* ---- to the left -------------------------------------------------------------------
 */

static uint32_t pass_note_back(const rap_finder *f, uint32_t token)
{
    if (token <= f->begin || !is_mark(f, token - 1, ")")) return token;
    for (uint32_t t = token - 1; t > f->begin && t + NOTE_REACH > token; t--)
        if (is_mark(f, t - 1, "(")) return t - 1;
    return token;
}

static separator pass_separator_back(const rap_finder *f, uint32_t *token)
{
    separator found = START;
    if (*token > f->begin && f->in->syntax->upos[*token - 1] == RAP_CCONJ &&
        !(f->classes[*token - 1] & RAP_MEETING_BOTH)) {
        found = AND;
        --*token;
    }
    if (*token > f->begin && rap_event_is_comma(f, *token - 1)) {
        if (found == START) found = COMMA;
        --*token;
    }
    return found;
}

static row row_before(const rap_finder *f, uint32_t token)
{
    row r = {.count = 0};
    separator before = START;
    while (token > f->begin && r.count < MOST_ITEMS) {
        token = pass_note_back(f, token);
        if (token <= f->begin) break;
        token = pass_land_back(f, token);
        const uint32_t mention = rap_event_mention(f, token - 1);
        if (mention == RAP_NONE) break;
        const rap_mention *m = &f->in->names->mention[mention];
        if (r.count && belongs_behind(f, m->last)) break;
        uint32_t first = m->first > f->begin ? m->first : f->begin;
        r.at[r.count++] = (item){mention, first, m->last, before};
        while (first > f->begin && is_before_name(f, first - 1, first)) first--;
        token = first;
        before = pass_separator_back(f, &token);
        if (before == START) break;
    }
    return r;
}

/* "In A, B and C met": A opens the sentence and is no party. */
static uint32_t without_opening(const rap_finder *f, const row *r, uint32_t count)
{
    if (count < 2 || r->at[count - 1].before != COMMA) return count;
    const uint32_t first = r->at[count - 1].first;
    const bool governed = first > f->begin && f->in->syntax->upos[first - 1] == RAP_ADP;
    return governed ? count - 1 : count;
}

rap_parties rap_parties_before(const rap_finder *f, uint32_t token)
{
    const row r = row_before(f, token);
    uint32_t count = r.count ? 1 : 0;
    if (r.count > 1 && r.at[1].before == AND) count = without_opening(f, &r, r.count);
    return parties_of(f, &r, count);
}

rap_parties rap_parties_compound(const rap_finder *f, uint32_t token)
{
    rap_parties who = {.first = RAP_NONE, .last = RAP_NONE, .sure = 1};
    for (uint32_t n = 0; n < MOST_ITEMS && token > f->begin; n++) {
        const uint32_t mention = f->cover[token - 1];
        if (mention == RAP_NONE) break;
        const rap_mention *m = &f->in->names->mention[mention];
        if (m->actor == RAP_NONE || m->form == RAP_MENTION_PRONOUN) break;
        const item one = {mention, m->first, m->last, START};
        add_mention(f, &who, &one);
        token = m->first > f->begin ? m->first : f->begin;
        if (token == f->begin) break;
        const rap_span mark = f->in->tokens->span[token - 1];
        const bool joined = f->in->syntax->upos[token - 1] == RAP_CCONJ ||
                            (f->cover[token - 1] == RAP_NONE &&
                             f->in->syntax->upos[token - 1] == RAP_PUNCT &&
                             !rap_event_is_comma(f, token - 1) &&
                             mark.end == f->in->tokens->span[token].begin);
        /* "the A and B talks" names them by adjectives; two cities are two places. */
        if (f->in->syntax->upos[token - 1] == RAP_CCONJ && !m->modifier) break;
        if (joined)
            token--;
        else if (f->cover[token - 1] == RAP_NONE)
            break;
    }
    return who;
}
