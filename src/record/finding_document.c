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
#include "finding_private.h"
#include "text.h"

enum {
    PHRASE_REACH = 8,
    MOST_QUALIFIERS = 8,
    MOST_SPANS = 24,
    RECENT = 24,
    ABOUT = 10,
    LONG_WORD = 6
};

/* Other acts between parties do not make those of a document. */
static const float SURE_MEETING = 0.85f;

typedef struct named { /* one document of this report, mention by mention */
    const finding_kind *kind;
    rap_slice word[MOST_QUALIFIERS]; /* what qualifies it, by terms */
    uint32_t words;
    rap_slice name; /* the fullest wording */
    uint32_t name_words;
    rap_when date;
    bool dated;
    const uint32_t *who;
    uint32_t who_count;
    rap_span span[MOST_SPANS];
    uint32_t spans;
    uint32_t first; /* token of its first mention */
    const char *status;
    bool own;       /* one author is named */
    bool pointed;   /* at: "the accord" */
    bool opens;     /* brought in as something new */
    bool named_day; /* "the 2013 accord" */
    bool bare; /* only adjectives qualify it: they describe, they do not tell apart */
} named;

typedef struct phrase {        /* a noun phrase as it stands */
    uint32_t first, head, end; /* tokens; head: first word of the phrase of the list */
    const finding_kind *kind;
    bool definite, fresh;
    bool points_back; /* names nothing by itself */
    named made;       /* what it says by itself */
} phrase;

typedef RAP_LIST(named) named_list;

static uint32_t sentence_end(const finder *f, uint32_t token)
{
    return f->in->tokens->first[f->in->tokens->sentence[token] + 1];
}

/* ---- phrases --------------------------------------------------------------------- */

static bool is_dash(const finder *f, uint32_t token)
{
    uint32_t at = 0;
    const rap_slice s = rap_cut(f->in->article->text, f->in->tokens->span[token]);
    return s.len <= 4 && rap_is_dash(rap_utf8_next(s, &at));
}

static bool is_quote(const finder *f, uint32_t token)
{
    uint32_t at = 0;
    const rap_slice s = rap_cut(f->in->article->text, f->in->tokens->span[token]);
    return rap_quote_of(rap_utf8_next(s, &at)) != RAP_QUOTE_NONE;
}

/* May `token` stand in a noun phrase before its head? */
static bool qualifies(const finder *f, uint32_t token)
{
    switch (f->in->syntax->upos[token]) {
    case RAP_ADJ:
    case RAP_NOUN:
    case RAP_PROPN:
    case RAP_NUM:
        return true;
    case RAP_VERB:
        return f->in->syntax->form[token] == RAP_FORM_PARTICIPLE;
    case RAP_PART: /* 's */
        return f->in->tokens->span[token].end - f->in->tokens->span[token].begin <= 4;
    default:
        return is_quote(f, token) || is_dash(f, token) || f->cover[token] != RAP_NONE;
    }
}

static void add_word(named *n, rap_slice word)
{
    for (uint32_t i = 0; i < n->words; i++)
        if (rap_slice_equal(n->word[i], word)) return;
    if (n->words < MOST_QUALIFIERS) n->word[n->words++] = word;
}

/* What qualifies a phrase: its content words, and actors by their keys. */
static void take_word(const finder *f, named *n, uint32_t token)
{
    const uint32_t cover = f->cover[token];
    if (cover != RAP_NONE && f->in->names->mention[cover].actor != RAP_NONE) {
        add_word(n, f->in->names->actor[f->in->names->mention[cover].actor].key);
        return;
    }
    const uint8_t upos = f->in->syntax->upos[token];
    const rap_slice word = f->lemma[token];
    if (upos != RAP_ADJ && upos != RAP_NOUN && upos != RAP_PROPN && upos != RAP_VERB)
        return;
    if (word.len > 1 && rap_map_get(&f->knowledge->stop, word) == RAP_NONE)
        add_word(n, word);
}

/* "on missing persons", "of the parliament": up to four words behind the head. */
static uint32_t take_tail(const finder *f, named *n, uint32_t from, uint32_t end)
{
    if (from + 1 >= end || !rap_word_is(f, from, FINDING_TAIL)) return from;
    /* "on missing persons", not "on ending the war" */
    if (f->in->syntax->upos[from + 1] == RAP_VERB &&
        (from + 2 >= end || f->in->syntax->upos[from + 2] != RAP_NOUN))
        return from;
    uint32_t at = from + 1;
    while (at < end && at < from + 6 &&
           (qualifies(f, at) || f->in->syntax->upos[at] == RAP_DET) &&
           !is_quote(f, at)) {
        if (f->in->times->count) {
            const uint8_t kind = f->in->tokens->kind[at];
            if (kind == RAP_TOKEN_NUMBER) break;
        }
        take_word(f, n, at++);
    }
    while (at > from + 1 && f->in->syntax->upos[at - 1] == RAP_DET) at--;
    return at == from + 1 ? from : at;
}

static const rap_timex *timex_over(const finder *f, uint32_t first, uint32_t end)
{
    for (uint32_t i = 0; i < f->in->times->count; i++) {
        const rap_timex *x = &f->in->times->timex[i];
        if (x->first >= end) break;
        if (x->first >= first && x->type == RAP_TIMEX_DATE && x->earliest != RAP_NO_DAY)
            return x;
    }
    return NULL;
}

static void set_day(named *n, const rap_timex *x, rap_basis basis)
{
    n->date = (rap_when){x->value, x->earliest, x->latest, basis, RAP_NONE};
    n->dated = true;
}

/* A document is dated by a date in its phrase or right behind, or by the verb that makes
 * it: "signed on Friday", "a statement released after the meeting". */
static void date_phrase(finder *f, phrase *p)
{
    const uint32_t end = sentence_end(f, p->head);
    const rap_timex *x = timex_over(f, p->first, p->end + 4 < end ? p->end + 4 : end);
    if (x && x->first <= p->end + 1) {
        set_day(&p->made, x, RAP_BASIS_STATED);
        p->made.named_day = x->first < p->head;
        return;
    }
    for (uint32_t i = p->end; i < end && i < p->end + 6; i++) {
        if (!rap_word_is(f, i, FINDING_MADE)) continue;
        rap_basis basis;
        const uint32_t at = rap_time_of(f->in->times, f->in->tokens, i, &basis);
        if (at != RAP_NONE) set_day(&p->made, &f->in->times->timex[at], basis);
        return;
    }
}

/* ---- parties --------------------------------------------------------------------- */

/* The meeting told of in the same sentence, behind or before the document. */
static const rap_event *meeting_beside(const finder *f, uint32_t token)
{
    const rap_tokens *t = f->in->tokens;
    const rap_span s = rap_sentence_span(t, t->sentence[token]);
    for (uint32_t i = 0; i < f->in->events->count; i++) {
        const rap_event *e = &f->in->events->event[i];
        if (e->trigger.begin >= s.begin && e->trigger.end <= s.end && e->sources > 1 &&
            f->meeting[i] && e->confidence >= SURE_MEETING)
            return e;
    }
    return NULL;
}

static void own_by(finder *f, named *n, uint32_t actor)
{
    const rap_actor *a = &f->in->names->actor[actor];
    if (a->kind == RAP_ACTOR_PLACE) return;
    uint32_t *one = rap_new(f->arena, uint32_t, 1);
    f->failed |= !one;
    if (!one) return;
    *one = actor;
    n->who = a->members ? a->member : one;
    n->who_count = a->members ? a->members : 1;
    n->own = n->who_count == 1;
}

static uint32_t same_letters(rap_slice a, rap_slice b)
{
    uint32_t n = 0;
    while (n < a.len && n < b.len && a.at[n] == b.at[n]) n++;
    return n;
}

uint32_t rap_state_of_adjective(finder *f, uint32_t token)
{
    const rap_names *n = f->in->names;
    const rap_slice word = f->form[token];
    uint32_t best = RAP_NONE, most = 3;
    for (uint32_t i = 0; i < n->actors; i++) {
        if (n->actor[i].kind != RAP_ACTOR_STATE) continue;
        const rap_slice name = rap_fold(f->scratch, n->actor[i].name);
        f->failed |= !name.at;
        if (!name.at) return RAP_NONE;
        const uint32_t same = same_letters(word, name);
        if (same > most && same + 2 >= name.len && word.len <= name.len + 4)
            most = same, best = i;
    }
    return best;
}

/* "In a statement, A said": the speaker of the sentence, outside the words said. */
static void speaker_phrase(finder *f, phrase *p)
{
    const rap_statements *s = f->in->statements;
    const uint32_t sentence = f->in->tokens->sentence[p->head];
    if (f->said[p->head] != RAP_NONE || p->first == 0) return;
    if (f->in->syntax->upos[p->first - 1] != RAP_ADP) return;
    for (uint32_t i = 0; i < s->count; i++) {
        const rap_statement *one = &s->statement[i];
        const rap_spans at = one->cue.count ? one->cue : one->content;
        if (one->speaker == RAP_NONE || !at.count) continue;
        if (f->in->tokens->sentence[rap_token_at(f, at.at[0].begin)] != sentence)
            continue;
        if (!p->made.dated && one->date.earliest != RAP_NO_DAY &&
            one->date.earliest == one->date.latest)
            p->made.date = one->date, p->made.dated = true;
        if (p->made.who_count) return;
        own_by(f, &p->made, one->speaker);
        p->made.who_count = rap_name_sides(f, p->made.who_count, &p->made.who);
        p->made.own = p->made.who_count == 1;
        return;
    }
}

/* "Ruritanian-made": each of its parts. */
static bool is_compound(const finder *f, uint32_t token)
{
    return is_dash(f, token) || is_dash(f, token + 1) ||
           (token && is_dash(f, token - 1));
}

/* "between A and B", "by A", "A's plan", "A signed the plan" */
static void party_phrase(finder *f, phrase *p)
{
    const uint32_t end = sentence_end(f, p->head);
    named *n = &p->made;
    for (uint32_t i = p->end; i + 1 < end && i < p->end + 4; i++) {
        uint32_t after;
        if (!rap_word_is(f, i, FINDING_BETWEEN)) continue;
        n->who_count = rap_named_from(f, i + 1, &n->who, &after);
        n->own = n->who_count == 1;
        if (n->who_count) return;
    }
    for (uint32_t i = p->first; i < p->head; i++) {
        const uint32_t cover = f->cover[i];
        if (p->kind->joint || is_compound(f, i)) continue;
        const uint32_t actor =
            cover != RAP_NONE ? f->in->names->mention[cover].actor
            : f->in->syntax->upos[i] == RAP_ADJ || f->in->syntax->upos[i] == RAP_PROPN
                ? rap_state_of_adjective(f, i)
                : RAP_NONE;
        if (actor != RAP_NONE) own_by(f, n, actor);
        if (n->who_count) return;
    }
    for (uint32_t i = p->first; i-- > 0 && p->first - i < 5;) {
        if (f->in->tokens->sentence[i] != f->in->tokens->sentence[p->head]) return;
        if (!rap_word_is(f, i, FINDING_MAKE) || f->in->syntax->upos[i] != RAP_VERB)
            continue;
        uint32_t begin;
        n->who_count = rap_subject_of(f, i, &n->who, &begin);
        n->own = n->who_count == 1;
        return;
    }
}

/* ---- one mention ------------------------------------------------------------------- */

static uint32_t phrase_begin(const finder *f, uint32_t head, uint32_t first)
{
    uint32_t at = head;
    while (at > first && head - at < PHRASE_REACH && qualifies(f, at - 1)) at--;
    while (at < head && (is_quote(f, at) || is_dash(f, at))) at++;
    if (at > first && is_dash(f, at) == false && at > first + 1 && is_dash(f, at - 1))
        at -= 2; /* "so-called" */
    if (at > first && f->in->syntax->upos[at - 1] == RAP_DET) at--;
    return at;
}

/* "legal agreements", "future agreements": not one document, but the kind. */
static bool is_kind_only(const finder *f, const phrase *p, bool name)
{
    if (!p->kind->joint || p->kind->any || p->definite || name) return false;
    if (f->in->syntax->upos[p->first] == RAP_DET) return false;
    return f->in->syntax->upos[p->head] == RAP_NOUN &&
           !rap_slice_equal(f->lemma[p->head], f->form[p->head]);
}

/* A document phrase whose last word is at the head of its noun phrase. */
static bool read_phrase(finder *f, uint32_t token, uint32_t *after, phrase *out)
{
    const uint32_t first = f->in->tokens->first[f->in->tokens->sentence[token]];
    const uint32_t end = sentence_end(f, token);
    const finding_phrase *p =
        rap_phrase_at(f, &f->knowledge->documents, token, end, after);
    const uint8_t upos = f->in->syntax->upos[token];
    if (!p) return false;
    /* "a tweet that": after an article a word of the list is a noun, whatever its tag */
    const bool tagged = upos == RAP_NOUN || upos == RAP_PROPN || p->words > 1;
    const uint8_t form = f->in->syntax->form[token];
    if (!tagged && (form == RAP_FORM_PAST || form == RAP_FORM_PARTICIPLE)) return false;
    if (!tagged && (token == first || (f->in->syntax->upos[token - 1] != RAP_DET &&
                                       f->in->syntax->upos[token - 1] != RAP_NOUN)))
        return false;
    if (*after < end && f->in->syntax->upos[*after] == RAP_NOUN) return false;
    *out = (phrase){.first = phrase_begin(f, token, first),
                    .head = token,
                    .end = *after,
                    .kind = &f->knowledge->document.at[p->value]};
    bool name = upos == RAP_PROPN;
    out->made.bare = true;
    for (uint32_t i = out->first; i < token; i++) {
        const uint8_t kind = f->in->syntax->upos[i];
        name |= kind == RAP_PROPN || kind == RAP_NUM;
        out->made.bare &=
            kind == RAP_DET || kind == RAP_PUNCT || rap_word_is(f, i, FINDING_DESCRIBE);
        if (rap_word_is(f, i, FINDING_NO)) return false;
        out->definite |= rap_word_is(f, i, FINDING_DEFINITE);
        out->fresh |= rap_word_is(f, i, FINDING_FRESH);
        take_word(f, &out->made, i);
    }
    if (p->words == 1 && is_kind_only(f, out, name)) return false;
    out->points_back = out->kind->any || (out->kind->named && !name);
    out->made.opens = out->fresh;
    if (p->words == 1) {
        /* a bare plural or "in agreement" names nothing */
        if (out->first == token && upos == RAP_NOUN) return false;
    } else {
        for (uint32_t i = token; i + 1 < *after; i++) take_word(f, &out->made, i);
    }
    const uint32_t words = out->made.words;
    out->end = take_tail(f, &out->made, *after, end);
    out->made.bare &= words == out->made.words;
    return true;
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

static bool days_apart(const named *a, const named *b)
{
    return a->dated && b->dated &&
           (a->date.earliest > b->date.latest || b->date.earliest > a->date.latest);
}

static bool same_class(const named *a, const phrase *p)
{
    return p->kind->any || a->kind->any || !strcmp(a->kind->class, p->kind->class);
}

static bool same_author(const named *a, const named *b)
{
    for (uint32_t i = 0; i < a->who_count; i++)
        for (uint32_t k = 0; k < b->who_count; k++)
            if (a->who[i] == b->who[k]) return true;
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
                if (word.len >= LONG_WORD && same_letters(word, b->word[k]) == word.len)
                    return true;
    }
    return false;
}

/* 0: another document; the more the likelier. */
static uint32_t likeness(const finder *f, const named *a, const phrase *p)
{
    if (!same_class(a, p) || days_apart(a, &p->made)) return 0;
    const uint32_t common = shared(a, &p->made);
    if (common) return 3 + common;
    if (a->own && p->definite && is_of_author(f, a, &p->made)) return 3;
    /* "the 2013 accord" is none that was named without a day */
    if (p->made.named_day && !a->dated) return 0;
    if (p->made.own && a->who_count && !same_author(a, &p->made)) return 0;
    if (p->fresh && a->opens && a->who_count && p->made.who_count &&
        !same_author(a, &p->made))
        return 0;
    if (p->fresh) return a->bare && p->made.bare ? 1 : 0;
    if (!p->made.words) return 2;
    return p->definite && p->made.bare ? 2 : 0;
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
    n->pointed |= p->definite;
    for (uint32_t i = 0; i < m->words; i++) add_word(n, m->word[i]);
    if (!n->dated && m->dated) n->date = m->date, n->dated = true;
    if (!n->who_count) n->who = m->who, n->who_count = m->who_count, n->own = m->own;
    if (!n->name.len || m->words > n->name_words) {
        n->name = rap_words_of(f, p->first, p->end);
        n->name_words = m->words;
    }
    if (n->spans < MOST_SPANS) n->span[n->spans++] = rap_tokens_of(f, p->first, p->end);
}

static void take_phrase(finder *f, named_list *list, phrase *p)
{
    date_phrase(f, p);
    party_phrase(f, p);
    speaker_phrase(f, p);
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

static void add_document(finder *f, const named *n, const uint32_t *main_who,
                         uint32_t main_count, const uint32_t *about,
                         uint32_t about_count)
{
    const bool inferred = n->kind->joint && n->who_count < (n->kind->pact ? 2 : 1);
    const rap_when open = {"", RAP_NO_DAY, RAP_NO_DAY, RAP_BASIS_UNKNOWN, RAP_NONE};
    const uint32_t *who = inferred && main_count ? main_who : n->who;
    uint32_t who_count = inferred && main_count ? main_count : n->who_count;
    /* a government's statement is its state's; a post is its author's */
    if (n->kind->joint) who_count = rap_add_states(f, who_count, &who);
    float confidence = n->words ? 0.72f : n->pointed ? 0.57f : 0.5f;
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
        if (rap_is_body(f, t->sentence[i]) && read_phrase(f, i, &after, &p)) {
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
