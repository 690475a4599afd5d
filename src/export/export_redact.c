/*
 * export_redact.c - what may not leave is taken out of entries and reports.
 *
 * Method  persons become "person 1", "person 2", … in order of appearance, so that ties stay
 *         and names do not. Words of reports name people, so hiding persons hides quotations
 *         too, and titles, authors, addresses and names of files; short words that stay
 *         (places, names of documents, outlets) are dropped where they hold a capitalised
 *         word of which a known person's name is made, names of states apart. Too much is
 *         dropped rather than too little. Bytes that are no UTF-8, in a file's name or in
 *         what a person gave, become U+FFFD: every format is text.
 */
#include "exporting_private.h"

#include "text.h"

enum { SHORTEST_NAME = 3, WORDS_BYTES = 64 * 1024 };

bool rap_redact_of(const char *names, uint32_t *out)
{
    static const char *const known[] = {"persons", "quotes", "text"};
    rap_slice rest = rap_slice_of(names), name;
    *out = 0;
    while (rap_split_next(&rest, ',', &name)) {
        uint32_t i = 0;
        while (i < 3 && !rap_slice_is(name, known[i])) i++;
        if (i == 3) return false;
        *out |= 1u << i;
    }
    if (*out & RAP_REDACT_PERSONS) *out |= RAP_REDACT_QUOTES;
    return true;
}

static rap_status no_memory(rap_error *err)
{
    return rap_fail(err, RAP_E_NOMEM, 0, "no memory to redact");
}

static bool is_person(const char *kind)
{
    return strcmp(kind, "person") == 0;
}

/* ---- bytes that are no text ----------------------------------------------------------- */

const char *rap_clean_text(rap_arena *arena, const char *text)
{
    const rap_slice s = rap_slice_of(text);
    if (rap_utf8_bad(s) == s.len) return s.len ? text : "";
    char *copy = rap_new(arena, char, (size_t)s.len * 3 + 1);
    if (!copy) return NULL;
    size_t used = 0;
    for (uint32_t at = 0; at < s.len;)
        used += rap_utf8_put(rap_utf8_next(s, &at), copy + used);
    copy[used] = 0;
    return copy;
}

static bool clean_all(rap_exporting *job, const char **const *field, size_t count)
{
    bool whole = true;
    for (size_t i = 0; i < count && whole; i++) {
        *field[i] = rap_clean_text(&job->scratch, *field[i]);
        whole = *field[i] != NULL;
    }
    return whole;
}

static bool clean_entry(rap_exporting *job, rap_entry *e)
{
    const char **const field[] = {&e->what,  &e->said_by, &e->place,  &e->venue,
                                  &e->mode,  &e->act,     &e->status, &e->type,
                                  &e->cameo, &e->name,    &e->names,  &e->stance,
                                  &e->date,  &e->due,     &e->why};
    return clean_all(job, field, sizeof field / sizeof *field);
}

static bool clean_evidence(rap_exporting *job, rap_evidence *evidence)
{
    const char **const field[] = {&evidence->quote, &evidence->published};
    return clean_all(job, field, sizeof field / sizeof *field);
}

/* ---- words of names ------------------------------------------------------------------ */

/* The next run of letters of folded text; false at the end. */
static bool next_word(rap_slice s, uint32_t *at, rap_slice *word)
{
    while (*at < s.len) {
        const uint32_t begin = *at;
        uint32_t end = begin;
        while (end < s.len) {
            uint32_t next = end;
            if (!rap_is_letter(rap_utf8_next(s, &next))) break;
            end = next;
        }
        if (end > begin) {
            *word = rap_slice_sub(s, begin, end);
            *at = end;
            return true;
        }
        (void)rap_utf8_next(s, at);
    }
    return false;
}

/* Calls for every capitalised word of `name`, folded: descriptions ("the minister's
 * brother") have few, names have little else. */
static bool each_name_word(rap_exporting *job, const char *name, rap_map *into,
                           const rap_map *but)
{
    const rap_slice s = rap_slice_of(name);
    rap_slice word;
    uint32_t at = 0;
    while (next_word(s, &at, &word)) {
        uint32_t first = 0;
        if (!rap_is_upper(rap_utf8_next(word, &first))) continue;
        const rap_slice folded = rap_fold(&job->arena, word);
        if (!folded.at) return false;
        if (folded.len < SHORTEST_NAME || rap_map_get(but, folded) != RAP_NONE)
            continue;
        uint32_t *slot = rap_map_put(into, &job->arena, folded);
        if (!slot) return false;
        *slot = 1;
    }
    return true;
}

/* Words of persons' names. A person may be described by his state ("South Africa's deputy
 * president"), and another wording by his ministry: such words are nobody's name. */
static bool gather_words(rap_exporting *job)
{
    rap_map none = {0}, states = {0}, bodies = {0};
    bool whole = true;
    for (uint32_t i = 0; whole && i < job->actors.count; i++) {
        const rap_actor_row *row = &job->actors.row[i];
        const bool state = strcmp(row->kind, "state") == 0;
        const bool body = state || strcmp(row->kind, "organisation") == 0 ||
                          strcmp(row->kind, "place") == 0;
        if (state) whole = each_name_word(job, row->name, &states, &none);
        if (body && whole) whole = each_name_word(job, row->name, &bodies, &none);
    }
    for (uint32_t i = 0; whole && i < job->actors.count; i++) {
        const rap_actor_row *row = &job->actors.row[i];
        if (!is_person(row->kind)) continue;
        whole = each_name_word(job, row->name, &job->name_word, &states) &&
                each_name_word(job, row->aliases, &job->name_word, &bodies);
    }
    return whole;
}

rap_status rap_redact_open(rap_exporting *job, rap_error *err)
{
    if (!rap_hides(job, RAP_REDACT_PERSONS) || gather_words(job)) return RAP_OK;
    return no_memory(err);
}

const char *rap_redact_words(rap_exporting *job, const char *text)
{
    if (!text || !text[0] || !rap_hides(job, RAP_REDACT_PERSONS)) return text;
    const rap_slice folded = rap_fold(&job->scratch, rap_slice_of(text));
    if (!folded.at) return ""; /* no memory: nothing leaves unread */
    rap_slice word;
    uint32_t at = 0;
    while (next_word(folded, &at, &word))
        if (rap_map_get(&job->name_word, word) != RAP_NONE) return "";
    return text;
}

/* ---- persons ------------------------------------------------------------------------- */

const char *rap_redact_person(rap_exporting *job, const char *key)
{
    const rap_slice own = rap_slice_of(key);
    uint32_t number = rap_map_get(&job->person, own);
    if (number == RAP_NONE) {
        const rap_slice kept = rap_arena_copy(&job->arena, own);
        uint32_t *slot = kept.at ? rap_map_put(&job->person, &job->arena, kept) : NULL;
        if (!slot) return NULL;
        number = *slot = job->person.count;
    }
    return rap_arena_printf(&job->scratch, "person %u", number);
}

static rap_status redact_parties(rap_exporting *job, const rap_party **party,
                                 uint32_t count, rap_error *err)
{
    if (!count || !*party) return RAP_OK;
    rap_party *list = rap_new(&job->scratch, rap_party, count);
    if (!list) return no_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        rap_party *one = &list[i];
        *one = (*party)[i];
        const char **const field[] = {&one->key, &one->name, &one->country, &one->code};
        if (!clean_all(job, field, 4)) return no_memory(err);
        if (!rap_hides(job, RAP_REDACT_PERSONS)) continue;
        const bool named = rap_redact_words(job, one->name)[0] == 0 ||
                           rap_redact_words(job, one->key)[0] == 0;
        /* a name that a person gave, and no actor goes by, may be anybody's */
        const bool given = strncmp(one->key, "given:", 6) == 0;
        if (!is_person(one->kind) && !named && !given) continue;
        one->name = one->key = rap_redact_person(job, one->key);
        if (!one->name) return no_memory(err);
    }
    *party = list;
    return RAP_OK;
}

/* ---- entries ------------------------------------------------------------------------- */

static bool redact_evidence(rap_exporting *job, rap_evidence *evidence)
{
    const rap_report *report = rap_exporting_report(job, evidence->document);
    evidence->path = report->name;
    evidence->outlet = report->outlet;
    if (rap_hides(job, RAP_REDACT_QUOTES)) evidence->quote = "";
    return clean_evidence(job, evidence);
}

static rap_status redact_all_evidence(rap_exporting *job, rap_entry *entry,
                                      rap_error *err)
{
    rap_evidence *list = rap_new(&job->scratch, rap_evidence, entry->evidence_count);
    if (!list) return no_memory(err);
    for (uint32_t i = 0; i < entry->evidence_count; i++) {
        list[i] = entry->evidence[i];
        if (!redact_evidence(job, &list[i])) return no_memory(err);
    }
    entry->evidence = list;
    return RAP_OK;
}

/* The report's own path must not leave as the name of who says it. */
static const char *speaker_of(rap_exporting *job, const rap_claim *claim)
{
    const rap_report *report = rap_exporting_report(job, claim->evidence.document);
    if (strcmp(claim->by, claim->evidence.path) == 0) return report->name;
    return rap_redact_words(job, claim->by);
}

static bool redact_claim(rap_exporting *job, rap_claim *claim, bool worded)
{
    const char **const field[] = {&claim->by, &claim->value};
    claim->by = speaker_of(job, claim);
    claim->value = worded && rap_hides(job, RAP_REDACT_QUOTES)
                       ? ""
                       : rap_redact_words(job, claim->value);
    return redact_evidence(job, &claim->evidence) && clean_all(job, field, 2);
}

static rap_status redact_claims(rap_exporting *job, const rap_claim **claim,
                                uint32_t count, bool worded, rap_error *err)
{
    rap_claim *list = rap_new(&job->scratch, rap_claim, count);
    if (!list) return no_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        list[i] = (*claim)[i];
        if (!redact_claim(job, &list[i], worded)) return no_memory(err);
    }
    *claim = list;
    return RAP_OK;
}

static void redact_words_of(rap_exporting *job, rap_entry *e)
{
    if (rap_hides(job, RAP_REDACT_QUOTES)) e->machines = 0; /* words before an edit */
    if (rap_hides(job, RAP_REDACT_QUOTES) && e->kind != RAP_ENTRY_DISAGREEMENT)
        e->what = "";
    if (!rap_hides(job, RAP_REDACT_PERSONS)) return;
    e->what = rap_redact_words(job, e->what);
    e->said_by = ""; /* nobody is to be guessed from "one retired general" */
    e->place = rap_redact_words(job, e->place);
    e->venue = rap_redact_words(job, e->venue);
    e->name = rap_redact_words(job, e->name);
    e->names = rap_redact_words(job, e->names);
    e->why = rap_redact_words(job, e->why);
}

rap_status rap_redact_entry(rap_exporting *job, const rap_entry *entry, rap_entry *out,
                            rap_error *err)
{
    *out = *entry;
    rap_status status = redact_all_evidence(job, out, err);
    if (!status)
        status = redact_claims(job, &out->claim, out->claims,
                               out->kind == RAP_ENTRY_VARIANT, err);
    if (!status) status = redact_claims(job, &out->clause, out->clauses, false, err);
    if (!status) status = redact_parties(job, &out->who, out->who_count, err);
    if (!status) status = redact_parties(job, &out->whom, out->whom_count, err);
    if (!status) status = redact_parties(job, &out->side, out->side_count, err);
    if (!status) status = redact_parties(job, &out->host, out->host != NULL, err);
    if (!status)
        status =
            redact_parties(job, &out->according_to, out->according_to != NULL, err);
    if (status) return status;
    redact_words_of(job, out);
    return clean_entry(job, out) ? RAP_OK : no_memory(err);
}

rap_status rap_redact_report(rap_exporting *job, rap_report *report, rap_error *err)
{
    const char **const field[] = {&report->name, &report->title, &report->author,
                                  &report->url, &report->outlet};
    if (rap_hides(job, RAP_REDACT_PERSONS)) {
        report->outlet = rap_redact_words(job, report->outlet);
        report->name = report->title = report->author = report->url = "";
    }
    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        *field[i] = rap_clean_text(&job->arena, *field[i]);
        if (!*field[i]) return no_memory(err);
    }
    return RAP_OK;
}
