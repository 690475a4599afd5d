/*
 * finding_document.c - the documents a report names, under whatever name.
 *
 * Reads   noun phrases whose head stands in documents.tsv; meetings; times.
 * Method  a phrase is another mention of a document named before when it is definite, of
 *         the same class, and nothing speaks against it: other qualifying words, another
 *         day, another author. "Text" and the like point back to the last one. A document
 *         of several parties has those of the meeting in its sentence, those named with
 *         it, or the two the report is most about.
 * Cost    linear in mentions, with at most RECENT documents looked at for each.
 */
#include "finding_document.h"
#include "text.h"

enum { RECENT = 24, ABOUT = 10, LONG_WORD = 6, MOST_EVENTS = 32 };

/* Other acts between parties do not make those of a document. */
static const float SURE_MEETING = 0.85f;

/* The meeting told of in the same sentence, behind or before the document. */
static const rap_event *meeting_beside(const finder *f, uint32_t token)
{
    const rap_tokens *t = f->in->tokens;
    const rap_events *events = f->in->events;
    const rap_span s = rap_sentence_span(t, t->sentence[token]);
    uint32_t low = 0, high = events->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (events->event[middle].trigger.begin < s.begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (uint32_t i = low, n = 0; i < events->count && n < MOST_EVENTS; i++, n++) {
        const rap_event *e = &events->event[i];
        if (e->trigger.begin >= s.end) break;
        if (e->trigger.end <= s.end && e->sources > 1 && f->meeting[i] &&
            e->confidence >= SURE_MEETING)
            return e;
    }
    return NULL;
}

/* ---- the same document again ------------------------------------------------------- */

static uint32_t shared(const named *a, const named *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->words; i++)
        for (uint32_t k = 0; k < b->words; k++)
            n += rap_slice_equal(a->word[i], b->word[k]);
    return n;
}

/* More than a day apart: the night it was signed in may be of either. */
static bool days_apart(const named *a, const named *b)
{
    return a->dated && b->dated &&
           ((int64_t)a->date.earliest > (int64_t)b->date.latest + 1 ||
            (int64_t)b->date.earliest > (int64_t)a->date.latest + 1);
}

static bool same_day(const named *a, const named *b)
{
    return a->dated && b->dated && a->date.earliest == a->date.latest &&
           a->date.earliest == b->date.earliest && a->date.latest == b->date.latest;
}

static bool same_class(const named *a, const phrase *p)
{
    return p->kind->any || a->kind->any || !strcmp(a->kind->class, p->kind->class) ||
           rap_slice_equal(a->noun, p->made.noun);
}

/* A ministry and its state speak as one; two persons do not. */
static bool is_one_voice(const finder *f, uint32_t a, uint32_t b)
{
    const rap_actor *x = &f->in->names->actor[a], *y = &f->in->names->actor[b];
    if (a == b) return true;
    return x->kind != RAP_ACTOR_PERSON && y->kind != RAP_ACTOR_PERSON && x->code.len &&
           rap_slice_equal(x->code, y->code) && rap_slice_equal(x->sector, y->sector);
}

static bool same_author(const finder *f, const named *a, const named *b)
{
    for (uint32_t i = 0; i < a->who_count; i++)
        for (uint32_t k = 0; k < b->who_count; k++)
            if (is_one_voice(f, a->who[i], b->who[k])) return true;
    return false;
}

/* "the parliamentary statement" is that of the parliament: an adjective made of a word of
 * its author's name. */
static bool is_of_author(const finder *f, const named *a, const named *b)
{
    for (uint32_t i = 0; i < a->who_count; i++) {
        rap_slice name = f->in->names->actor[a->who[i]].key, word;
        while (rap_split_next(&name, ' ', &word))
            for (uint32_t k = 0; k < b->words; k++)
                if (word.len >= LONG_WORD &&
                    rap_same_letters(word, b->word[k]) == word.len)
                    return true;
    }
    return false;
}

/* "Ruritanian proposals", "the principles that Ruritania presented": what one offers, by
 * any name, unless a noun tells one from another. */
static bool is_same_offer(const finder *f, const named *a, const phrase *p)
{
    return !a->kind->joint && !p->kind->joint && a->own && p->made.own &&
           same_author(f, a, &p->made) && !a->nouns && !p->made.nouns;
}

/* "signed a declaration in Oslo … the Oslo Declaration": the name has the place of the sentence
 * that brought it in, and nothing else. */
static bool is_named_by_place(const finder *f, const named *a, const phrase *p)
{
    const rap_names *n = f->in->names;
    if (!a->opens || !a->bare || !p->definite || p->made.words != 1 ||
        !rap_slice_equal(a->noun, p->made.noun))
        return false;
    const uint32_t sentence = f->in->tokens->sentence[a->first];
    const uint32_t end = f->in->tokens->first[sentence + 1];
    for (uint32_t k = f->in->tokens->first[sentence]; k < end; k++) {
        const uint32_t at = n->at_token[k];
        if (at == RAP_NONE || n->mention[at].actor == RAP_NONE ||
            n->actor[n->mention[at].actor].kind != RAP_ACTOR_PLACE)
            continue;
        for (uint32_t i = p->first; i < p->head; i++)
            if (rap_slice_equal(f->form[i], f->form[k])) return true;
    }
    return false;
}

/* 0: another document; the more the likelier. */
static uint32_t likeness(const finder *f, const named *a, const phrase *p)
{
    if (days_apart(a, &p->made)) return 0;
    if (p->another && p->made.dated && !same_day(a, &p->made)) return 0;
    if (is_same_offer(f, a, p)) return 3;
    if (!same_class(a, p)) return 0;
    if ((a->jointly && p->made.own) || (p->made.jointly && a->own)) return 0;
    /* "the statement of 9 May", signed on the night to the tenth */
    if (a->dated && p->made.dated && p->definite && p->made.bare) return 4;
    if (a->own && p->made.own && same_author(f, a, &p->made) && same_day(a, &p->made))
        return 4;
    const uint32_t common = shared(a, &p->made);
    if (common) return 3 + common;
    if (is_named_by_place(f, a, p)) return 3;
    if (a->own && p->definite && is_of_author(f, a, &p->made)) return 3;
    /* "the 2013 accord" is none that was named without a day */
    if (p->made.named_day && !a->dated) return 0;
    if (p->made.own && a->who_count && !same_author(f, a, &p->made)) return 0;
    if (p->fresh && a->opens && a->who_count && p->made.who_count &&
        !same_author(f, a, &p->made))
        return 0;
    if (p->fresh) return a->bare && p->made.bare ? 1 : 0;
    /* "the statement said": the one brought in as new, not one of the past */
    const bool news = a->opens && !p->kind->any && !p->kind->pact;
    if (!p->made.words) return news ? 3 : 2;
    return !p->definite || !p->made.bare ? 0 : news ? 3 : 2;
}

static named *find_same(const finder *f, named_list *list, const phrase *p)
{
    named *best = NULL;
    uint32_t most = 0;
    for (uint32_t i = list->count; i-- > 0 && list->count - i <= RECENT;) {
        const uint32_t like = likeness(f, &list->at[i], p);
        if (like > most) most = like, best = &list->at[i];
    }
    return best;
}

static void add_mention(finder *f, named *n, const phrase *p)
{
    const named *m = &p->made;
    n->bare = n->spans ? n->bare && m->bare : m->bare;
    n->opens |= m->opens;
    n->nouns |= m->nouns;
    n->jointly |= m->jointly;
    n->three |= m->three;
    n->proper = m->proper && (n->proper || !n->spans);
    if (!n->noun.len) n->noun = m->noun;
    if (!n->status[0] || !strcmp(n->status, "proposed"))
        if (m->status[0]) n->status = m->status;
    n->pointed |= p->definite;
    for (uint32_t i = 0; i < m->words; i++) rap_named_add_word(n, m->word[i]);
    if (!n->dated && m->dated) n->date = m->date, n->dated = true;
    if (!n->who_count) {
        n->who = m->who, n->who_count = m->who_count, n->own = m->own;
        n->partner = m->partner;
    }
    if (!n->name.len || m->words > n->name_words) {
        n->name = rap_words_of(f, p->first, p->end);
        n->name_words = m->words;
    }
    if (n->spans < MOST_SPANS) n->span[n->spans++] = rap_tokens_of(f, p->first, p->end);
}

static void take_phrase(finder *f, named_list *list, phrase *p)
{
    rap_phrase_status(f, p);
    rap_phrase_date(f, p);
    rap_phrase_parties(f, p);
    named *same = find_same(f, list, p);
    if (!same) {
        /* what only points back to something never named is left out */
        if (p->points_back) return;
        named fresh = {.kind = p->kind, .first = p->first, .status = ""};
        f->failed |= !rap_push(f->scratch, list, fresh);
        if (f->failed) return;
        same = &list->at[list->count - 1];
    }
    const rap_event *meeting = meeting_beside(f, p->head);
    if (meeting && p->kind->joint && !p->made.own && same->who_count < 2) {
        same->who = meeting->source;
        same->who_count = meeting->sources;
        if (!same->dated && meeting->date.earliest != RAP_NO_DAY)
            same->date = meeting->date, same->dated = true;
    }
    add_mention(f, same, p);
}

/* ---- findings ---------------------------------------------------------------------- */

static const char *terms_of_named(finder *f, const named *n)
{
    const char *out = "";
    for (uint32_t i = 0; i < n->words && out; i++) {
        char *word = rap_new(f->scratch, char, (size_t)n->word[i].len + 1);
        if (!word) return f->failed = true, "";
        memcpy(word, n->word[i].at, n->word[i].len);
        for (char *c = word; *c; c++)
            if (*c == ' ') *c = '_';
        out = *out ? rap_arena_printf(f->arena, "%s %s", out, word)
                   : rap_arena_printf(f->arena, "%s", word);
    }
    f->failed |= !out;
    return out ? out : "";
}

static bool is_among(const finder *f, uint32_t actor, const uint32_t *who,
                     uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (is_one_voice(f, actor, who[i])) return true;
    return false;
}

static void add_document(finder *f, const named *n, const uint32_t *main_who,
                         uint32_t main_count, const uint32_t *about,
                         uint32_t about_count)
{
    const bool inferred = n->kind->joint && n->who_count < (n->kind->pact ? 2 : 1);
    const rap_when open = {"", RAP_NO_DAY, RAP_NO_DAY, RAP_BASIS_UNKNOWN, RAP_NONE};
    /* "a truce with C" is none between A and B */
    const bool other = n->partner && n->who_count == 1 &&
                       !is_among(f, n->who[0], main_who, main_count);
    const bool lend = inferred && main_count && !n->proper && !other;
    const uint32_t *who = lend ? main_who : n->who;
    uint32_t who_count = lend ? main_count : n->who_count;
    if (lend && n->three) who_count = rap_three_parties(f, &who);
    /* a government's statement is its state's; a post is its author's */
    if (n->kind->joint) who_count = rap_add_states(f, who_count, &who);
    float confidence = n->words ? 0.72f : n->pointed ? 0.57f : 0.5f;
    if (!n->kind->joint && !n->who_count && !n->words) confidence = 0.4f; /* a post */
    if (n->spans > 2) confidence += 0.1f;
    if (n->dated) confidence += 0.08f;
    rap_find_add(f,
                 (rap_finding){.kind = RAP_ENTRY_DOCUMENT,
                               .anchor = n->span[0],
                               .who = who,
                               .who_count = who_count,
                               .inferred = inferred,
                               .about = about,
                               .about_count = about_count,
                               .according_to = RAP_NONE,
                               .name = n->name,
                               .class = n->kind->class,
                               .stance = "",
                               .status = n->status,
                               .terms = terms_of_named(f, n),
                               .date = n->dated ? n->date : open,
                               .due = "",
                               .due_earliest = RAP_NO_DAY,
                               .due_latest = RAP_NO_DAY,
                               .due_basis = "",
                               .confidence = confidence},
                 n->span, n->spans);
}

void rap_find_documents(finder *f)
{
    const rap_tokens *t = f->in->tokens;
    named_list list = {0};
    const uint32_t *who = NULL;
    for (uint32_t i = 0; i < t->count && !f->failed;) {
        uint32_t after = i + 1;
        phrase p;
        if (rap_is_body(f, t->sentence[i]) && rap_phrase_read(f, i, &after, &p)) {
            take_phrase(f, &list, &p);
            i = after;
        } else {
            i++;
        }
    }
    const uint32_t *about = NULL;
    const uint32_t count = rap_main_parties(f, 2, &who);
    const uint32_t most = rap_most_named(f, ABOUT, &about);
    for (uint32_t i = 0; i < list.count && !f->failed; i++)
        add_document(f, &list.at[i], who, count, about, most);
}
