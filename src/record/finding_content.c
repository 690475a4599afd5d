/*
 * finding_content.c - what a report says that a document holds, and what it does not.
 *
 * Reads   documents found before; statements whose source is a document; words.tsv.
 * Method  "the text does not name Borduria", "the statement says nothing of the islands":
 *         the party or place behind such words is not in the document; what "the truce
 *         includes" or "the statement said" names is. The words begin or end with the
 *         document, by which the store knows which entry they are on.
 * Cost    documents of a report times its sentences that name them.
 */
#include "finding_private.h"
#include "text.h"

enum { OBJECT_REACH = 8, MOST_EVIDENCE = 600, ABOUT = 8 };

/* The document whose mention ends at or holds `token`; NULL: none. */
static const rap_finding *document_at(const finder *f, uint32_t token)
{
    const rap_span at = f->in->tokens->span[token];
    for (uint32_t i = 0; i < f->list.count; i++) {
        const rap_finding *d = &f->list.at[i];
        if (d->kind != RAP_ENTRY_DOCUMENT) continue;
        for (uint32_t e = 0; e < d->evidence.count; e++)
            if (rap_span_overlaps(d->evidence.at[e], at)) return d;
    }
    return NULL;
}

/* How another report will know the actor: a people or state by the country. */
static rap_slice name_of(const finder *f, uint32_t actor)
{
    const rap_actor *a = &f->in->names->actor[actor];
    const bool people = a->kind == RAP_ACTOR_STATE || a->kind == RAP_ACTOR_GROUP;
    if (people && a->code.len && !a->members) return a->code;
    return a->kind == RAP_ACTOR_PERSON ? (rap_slice){0} : a->key;
}

static bool is_there(const finder *f, rap_slice name, const char *class, double held,
                     const rap_finding *document)
{
    for (uint32_t i = 0; i < f->list.count; i++) {
        const rap_finding *d = &f->list.at[i];
        if (d->kind == RAP_ENTRY_DETAIL && !strcmp(d->class, "content") &&
            rap_slice_equal(d->name, name) && !strcmp(d->terms, class) &&
            d->low == held &&
            document_at(f, rap_token_at(f, d->anchor.begin)) == document)
            return true;
    }
    return false;
}

static void add_content(finder *f, const char *class, rap_slice name, double held,
                        uint32_t begin, uint32_t end)
{
    if (!name.len || is_there(f, name, class, held, document_at(f, begin))) return;
    const rap_span span = rap_tokens_of(f, begin, end);
    if (span.end - span.begin > MOST_EVIDENCE) return;
    rap_find_add(f,
                 (rap_finding){.kind = RAP_ENTRY_DETAIL,
                               .anchor = span,
                               .according_to = RAP_NONE,
                               .name = name,
                               .class = "content",
                               .stance = "",
                               .status = "",
                               .terms = class,
                               .date = rap_when_of(f, begin),
                               .due = "",
                               .due_earliest = RAP_NO_DAY,
                               .due_latest = RAP_NO_DAY,
                               .due_basis = "",
                               .low = held,
                               .high = held,
                               .confidence = 0.7f},
                 &span, 1);
}

/* The end of the noun phrase that begins at `from`: before a mark, a verb, another clause. */
static uint32_t phrase_end(const finder *f, uint32_t from, uint32_t limit)
{
    uint32_t i = from;
    while (i < limit && i < from + OBJECT_REACH) {
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos == RAP_PUNCT || upos == RAP_VERB || upos == RAP_AUX ||
            upos == RAP_SCONJ || upos == RAP_CCONJ || upos == RAP_PRON)
            break;
        i++;
    }
    return i;
}

/* The party or place named first in tokens [from, end), or RAP_NONE. */
static uint32_t named_in(const finder *f, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end; i++) {
        const uint32_t index = f->in->names->at_token[i];
        if (index == RAP_NONE) continue;
        const rap_mention *m = &f->in->names->mention[index];
        if (m->actor != RAP_NONE) return m->actor;
    }
    return RAP_NONE;
}

/* A subject that is a document, right before the verb, its auxiliaries and adverbs. */
static const rap_finding *subject_document(const finder *f, uint32_t verb,
                                           uint32_t first, uint32_t *begin)
{
    for (uint32_t at = verb; at > first && verb - at < 4; at--) {
        const uint8_t upos = f->in->syntax->upos[at - 1];
        if (upos == RAP_NOUN || upos == RAP_PROPN) {
            *begin = at - 1;
            return document_at(f, at - 1);
        }
        if (upos != RAP_AUX && upos != RAP_ADV && upos != RAP_PART &&
            !rap_word_is(f, at - 1, FINDING_NOT))
            return NULL;
    }
    return NULL;
}

/* What a noun phrase says, without articles, in folded letters. */
static rap_slice plain_words(finder *f, uint32_t begin, uint32_t end)
{
    while (begin < end && f->in->syntax->upos[begin] == RAP_DET) begin++;
    if (begin == end) return (rap_slice){0};
    const rap_slice words = rap_fold(f->arena, rap_words_of(f, begin, end));
    f->failed |= !words.at;
    return words;
}

static void from_words(finder *f, uint32_t token, uint32_t first, uint32_t end)
{
    const uint32_t without = rap_class_at(f, FINDING_LACK, token, end);
    const uint32_t within = without ? 0 : rap_class_at(f, FINDING_HOLD, token, end);
    if (!without && !within) return;
    uint32_t begin = token;
    const rap_finding *d = subject_document(f, token, first, &begin);
    if (!d) return;
    const uint32_t from = without ? without : within;
    const uint32_t behind = phrase_end(f, from, end);
    if (behind == from) return;
    const uint32_t actor = named_in(f, from, behind);
    const bool held = within && !rap_is_negated(f, token, begin);
    /* "the Arvel dam": another report may not know that Arvel is a place */
    const rap_actor *a = actor == RAP_NONE ? NULL : &f->in->names->actor[actor];
    const bool known = a && (a->known || a->code.len);
    rap_slice name = known ? name_of(f, actor) : (rap_slice){0};
    if (!name.len) name = plain_words(f, from, behind);
    add_content(f, d->class, name, held, begin, behind);
}

/* The token of the document that says it: the subject of the verb of saying, else a part of
 * the source. */
static uint32_t document_of(const finder *f, const rap_statement *s)
{
    const rap_tokens *t = f->in->tokens;
    for (uint32_t c = 0; f->in->syntax->head && c < s->cue.count; c++) {
        const uint32_t verb = rap_token_at(f, s->cue.at[c].begin);
        const uint32_t subject = verb < t->count ? rap_tree_subject(f, verb) : RAP_NONE;
        if (subject != RAP_NONE) return document_at(f, subject) ? subject : RAP_NONE;
    }
    for (uint32_t i = s->source.count ? rap_token_at(f, s->source.at[0].begin)
                                      : t->count;
         i < t->count && t->span[i].begin < s->source.at[0].end; i++)
        if (document_at(f, i)) return i;
    return RAP_NONE;
}

/* What a document said names what it names. */
static void from_statement(finder *f, const rap_statement *s)
{
    const rap_tokens *t = f->in->tokens;
    if (!s->content.count || s->negated) return;
    const uint32_t source = document_of(f, s);
    const uint32_t first = rap_token_at(f, s->content.at[0].begin);
    if (source == RAP_NONE || first >= t->count) return;
    const uint32_t sentence = t->sentence[first];
    if (!rap_is_body(f, sentence) || t->sentence[source] != sentence) return;
    const char *class = document_at(f, source)->class;
    for (uint32_t i = first;
         i < t->first[sentence + 1] && t->span[i].begin < s->content.at[0].end; i++) {
        const uint32_t index = f->in->names->at_token[i];
        if (index == RAP_NONE) continue;
        const rap_mention *m = &f->in->names->mention[index];
        if (m->actor == RAP_NONE) continue;
        add_content(f, class, name_of(f, m->actor), 1, source < first ? source : first,
                    source > m->last ? source + 1 : m->last + 1);
    }
}

void rap_find_contents(finder *f)
{
    const rap_tokens *t = f->in->tokens;
    for (uint32_t i = 0; i < f->in->statements->count; i++)
        from_statement(f, &f->in->statements->statement[i]);
    for (uint32_t i = 0; i < t->count; i++) {
        const uint32_t sentence = t->sentence[i];
        const uint8_t upos = f->in->syntax->upos[i];
        if ((upos == RAP_VERB || upos == RAP_AUX) && rap_is_body(f, sentence))
            from_words(f, i, t->first[sentence], t->first[sentence + 1]);
    }
}
