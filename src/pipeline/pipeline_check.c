/*
 * pipeline_check.c - is every layer what its header says? See rap_document_check.
 *
 * Run before anything is stored or printed: an entry whose span is wrong is worse than
 * none.
 */
#include "pipeline.h"

#include "text.h"

static rap_status wrong(rap_error *err, const char *layer, uint32_t index,
                        const char *what)
{
    return rap_fail_as(err, RAP_E_INPUT, "layer", 0,
                       "layer %s, item %u: %s; please report this with the file", layer,
                       index, what);
}

static bool is_in_text(const rap_document *doc, rap_span span)
{
    return span.begin <= span.end && span.end <= doc->article.text.len;
}

static bool are_in_text(const rap_document *doc, rap_spans spans)
{
    for (uint32_t i = 0; i < spans.count; i++)
        if (!is_in_text(doc, spans.at[i]) || spans.at[i].begin == spans.at[i].end)
            return false;
    return true;
}

static bool is_actor(const rap_document *doc, uint32_t actor)
{
    return actor == RAP_NONE || actor < doc->names.actors;
}

static bool are_actors(const rap_document *doc, const uint32_t *actor, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (actor[i] >= doc->names.actors) return false;
    return true;
}

static rap_status check_article(const rap_document *doc, rap_error *err)
{
    const rap_article *article = &doc->article;
    for (uint32_t i = 0; i < article->zones; i++) {
        const rap_zone *zone = &article->zone[i];
        if (!is_in_text(doc, zone->span))
            return wrong(err, "zones", i, "outside the text");
        if (i && zone->span.begin < zone[-1].span.end)
            return wrong(err, "zones", i, "overlaps the one before");
        if (zone->kind >= RAP_ZONE_KINDS) return wrong(err, "zones", i, "unknown kind");
    }
    for (uint32_t i = 1; i < article->run_count; i++)
        if (article->runs[i].text_at < article->runs[i - 1].text_at)
            return wrong(err, "runs", i, "falls");
    return RAP_OK;
}

static rap_status check_tokens(const rap_document *doc, rap_error *err)
{
    const rap_tokens *tokens = &doc->tokens;
    for (uint32_t i = 0; i < tokens->count; i++) {
        if (!is_in_text(doc, tokens->span[i]) ||
            tokens->span[i].begin == tokens->span[i].end)
            return wrong(err, "tokens", i, "outside the text or empty");
        if (i && tokens->span[i].begin < tokens->span[i - 1].end)
            return wrong(err, "tokens", i, "overlaps the one before");
        if (tokens->sentence[i] >= tokens->sentences)
            return wrong(err, "tokens", i, "in no sentence");
    }
    for (uint32_t s = 0; s < tokens->sentences; s++)
        if (tokens->first[s] >= tokens->first[s + 1] ||
            tokens->zone[s] >= doc->article.zones)
            return wrong(err, "sentences", s, "empty or in no zone");
    return RAP_OK;
}

/* Trees stay in their sentence and have one root; the parser promises the rest. */
static rap_status check_trees(const rap_document *doc, rap_error *err)
{
    const rap_tokens *tokens = &doc->tokens;
    const rap_syntax *syntax = &doc->syntax;
    for (uint32_t s = 0; syntax->head && s < tokens->sentences; s++) {
        const uint32_t first = tokens->first[s], end = tokens->first[s + 1];
        uint32_t roots = 0;
        for (uint32_t t = first; t < end; t++) {
            if (syntax->head[t] < first || syntax->head[t] >= end ||
                syntax->relation[t] >= RAP_REL_COUNT)
                return wrong(err, "trees", t, "a head outside the sentence");
            roots += syntax->head[t] == t;
        }
        if (roots != 1) return wrong(err, "trees", s, "not one root");
    }
    return RAP_OK;
}

static rap_status check_syntax(const rap_document *doc, rap_error *err)
{
    const rap_tokens *tokens = &doc->tokens;
    const rap_syntax *syntax = &doc->syntax;
    if (syntax->count != tokens->count)
        return wrong(err, "syntax", syntax->count, "counts other tokens");
    for (uint32_t t = 0; t < tokens->count; t++)
        if (syntax->upos[t] >= RAP_UPOS_COUNT || !syntax->lemma[t].at)
            return wrong(err, "syntax", t, "no word class or lemma");
    for (uint32_t i = 0; i < syntax->entities; i++) {
        const rap_entity *e = &syntax->entity[i];
        if (e->first > e->last || e->last >= tokens->count ||
            tokens->sentence[e->first] != tokens->sentence[e->last] ||
            (i && e->first <= e[-1].last))
            return wrong(err, "entities", i, "outside a sentence or out of order");
    }
    return check_trees(doc, err);
}

static rap_status check_chains(const rap_document *doc, rap_error *err)
{
    const rap_coref *coref = &doc->coref;
    for (uint32_t i = 0; i < coref->mentions; i++) {
        const rap_coref_mention *mention = &coref->mention[i];
        if (mention->first > mention->last || mention->last >= doc->tokens.count)
            return wrong(err, "chains", i, "outside the text");
        if (mention->chain >= coref->chains ||
            (mention->before != RAP_NONE && mention->before >= i))
            return wrong(err, "chains", i, "no such chain");
        if (i && mention->first < mention[-1].first)
            return wrong(err, "chains", i, "out of order");
    }
    return RAP_OK;
}

static rap_status check_names(const rap_document *doc, rap_error *err)
{
    const rap_names *names = &doc->names;
    for (uint32_t i = 0; i < names->actors; i++) {
        const rap_actor *actor = &names->actor[i];
        if (!actor->name.len || !actor->key.len)
            return wrong(err, "actors", i, "no name");
        if (!are_actors(doc, actor->member, actor->members))
            return wrong(err, "actors", i, "a member is no actor");
        for (uint32_t r = 0; r < actor->roles; r++)
            if (!is_in_text(doc, actor->role[r].span))
                return wrong(err, "actors", i, "a role outside the text");
    }
    for (uint32_t i = 0; i < names->mentions; i++) {
        const rap_mention *mention = &names->mention[i];
        if (!is_in_text(doc, mention->span) || mention->first > mention->last ||
            mention->last >= doc->tokens.count)
            return wrong(err, "mentions", i, "outside the text");
        if (!is_actor(doc, mention->actor))
            return wrong(err, "mentions", i, "no such actor");
        if (i && mention->span.begin < mention[-1].span.begin)
            return wrong(err, "mentions", i, "out of order");
    }
    return RAP_OK;
}

static rap_status check_times(const rap_document *doc, rap_error *err)
{
    for (uint32_t i = 0; i < doc->times.count; i++) {
        const rap_timex *timex = &doc->times.timex[i];
        if (!is_in_text(doc, timex->span) || !timex->value)
            return wrong(err, "times", i, "outside the text or without a value");
        if (i && timex->span.begin < timex[-1].span.begin)
            return wrong(err, "times", i, "out of order");
    }
    return are_in_text(doc, doc->times.published.evidence)
               ? RAP_OK
               : wrong(err, "published", 0, "evidence outside the text");
}

static rap_status check_statements(const rap_document *doc, rap_error *err)
{
    for (uint32_t i = 0; i < doc->statements.count; i++) {
        const rap_statement *s = &doc->statements.statement[i];
        if (!s->content.count || !are_in_text(doc, s->content) ||
            !are_in_text(doc, s->cue) || !are_in_text(doc, s->source) ||
            !is_in_text(doc, s->venue))
            return wrong(err, "statements", i, "spans outside the text, or no content");
        if (!is_actor(doc, s->speaker) || !is_actor(doc, s->addressee))
            return wrong(err, "statements", i, "no such actor");
        if (s->alsos > RAP_ALSO_MOST || !are_actors(doc, s->also, s->alsos))
            return wrong(err, "statements", i, "no such actor");
        if (s->within != RAP_NONE &&
            (s->within >= doc->statements.count || s->within == i))
            return wrong(err, "statements", i, "within no other statement");
        if (!s->date.value) return wrong(err, "statements", i, "no date value");
    }
    return RAP_OK;
}

static rap_status check_events(const rap_document *doc, rap_error *err)
{
    for (uint32_t i = 0; i < doc->events.count; i++) {
        const rap_event *e = &doc->events.event[i];
        if (!is_in_text(doc, e->trigger) || e->trigger.begin == e->trigger.end ||
            !are_in_text(doc, e->repeats) || !is_in_text(doc, e->evidence) ||
            !is_in_text(doc, e->place))
            return wrong(err, "events", i, "spans outside the text, or no trigger");
        if (!are_actors(doc, e->source, e->sources) ||
            !are_actors(doc, e->target, e->targets) || !is_actor(doc, e->host))
            return wrong(err, "events", i, "no such actor");
        if (!e->type || !e->date.value)
            return wrong(err, "events", i, "no type or date");
        if (e->statement != RAP_NONE && e->statement >= doc->statements.count)
            return wrong(err, "events", i, "no such statement");
    }
    return RAP_OK;
}

rap_status rap_document_check(const rap_document *document, rap_error *err)
{
    if (rap_utf8_bad(document->article.text) < document->article.text.len)
        return wrong(err, "article", 0, "the text is not UTF-8");
    rap_status status = check_article(document, err);
    if (!status) status = check_tokens(document, err);
    if (!status) status = check_syntax(document, err);
    if (!status) status = check_chains(document, err);
    if (!status) status = check_names(document, err);
    if (!status) status = check_times(document, err);
    if (!status) status = check_statements(document, err);
    if (!status) status = check_events(document, err);
    return status;
}
