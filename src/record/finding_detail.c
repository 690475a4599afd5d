/*
 * finding_detail.c - measurable details that another report may contradict.
 *
 * Reads   numbers and what they count; lengths of time; titles of persons.
 * Method  "NUMBER [words] NOUN" is an amount of NOUN within low and high: "about" widens
 *         it, "more than" opens it, "thousands" is a range. Its terms are the words of
 *         its clause, so that only amounts told of the same thing are compared.
 */
#include "finding_private.h"
#include "text.h"

#include <stdlib.h>

enum { NOUN_REACH = 5, CONTEXT = 14 };

typedef struct amount {
    double low, high;
    uint32_t first, end; /* tokens */
} amount;

static const finding_unit *unit_at(const finder *f, uint32_t token, uint32_t end,
                                   uint32_t *after)
{
    const finding_phrase *p = rap_phrase_at(f, &f->knowledge->units, token, end, after);
    return p ? &f->knowledge->unit.at[p->value] : NULL;
}

static const finding_unit *unit_of(const finder *f, uint32_t token, uint32_t end,
                                   uint32_t class, uint32_t *after)
{
    const finding_unit *u = unit_at(f, token, end, after);
    return u && u->class == class ? u : NULL;
}

/* "2,000", "sixteen"; false: no plain number. */
static bool read_figure(const finder *f, uint32_t token, double *out)
{
    uint32_t after;
    const finding_unit *word = unit_of(f, token, token + 1, FINDING_FIGURE, &after);
    if (word) return *out = word->low, true;
    if (f->in->tokens->kind[token] != RAP_TOKEN_NUMBER) return false;
    const rap_slice s = rap_cut(f->in->article->text, f->in->tokens->span[token]);
    double n = 0;
    uint32_t digits = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.at[i] == ',') continue;
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        n = n * 10 + (s.at[i] - '0');
        digits++;
    }
    *out = n;
    return digits && digits < 12;
}

static bool in_time(const finder *f, uint32_t token, bool length_too)
{
    for (uint32_t i = 0; i < f->in->times->count; i++) {
        const rap_timex *x = &f->in->times->timex[i];
        if (x->first > token) return false;
        if (x->last >= token && (length_too || x->type != RAP_TIMEX_DURATION))
            return true;
    }
    return false;
}

/* "hand over 300": no more than 300 */
static bool is_particle(const finder *f, uint32_t token)
{
    if (token && f->in->syntax->upos[token - 1] == RAP_VERB &&
        rap_word_is(f, token - 1, FINDING_PARTED))
        return true;
    return f->in->syntax->head &&
           f->in->syntax->relation[token] == RAP_REL_COMPOUND_PRT;
}

/* A number or a rough number at `token`, with what qualifies it before. */
static bool read_amount(const finder *f, uint32_t token, uint32_t first, uint32_t end,
                        amount *out)
{
    uint32_t after = token + 1;
    double n;
    const finding_unit *rough = unit_of(f, token, end, FINDING_ROUGH, &after);
    if (read_figure(f, token, &n))
        *out = (amount){n, n, token, token + 1};
    else if (rough)
        *out = (amount){rough->low, rough->high, token, after};
    else
        return false;
    const finding_unit *scale =
        out->end < end ? unit_of(f, out->end, end, FINDING_SCALE, &after) : NULL;
    if (scale) out->low *= scale->low, out->high *= scale->low, out->end = after;
    for (uint32_t i = token > first + 2 ? token - 2 : first; i < token; i++) {
        const finding_unit *u = unit_at(f, i, token, &after);
        if (!u || after != token || is_particle(f, i)) continue;
        if (u->class == FINDING_ABOUT)
            out->low *= 1 - u->low / 100, out->high *= 1 + u->low / 100;
        else if (u->class == FINDING_MORE)
            out->high *= 1.5;
        else if (u->class == FINDING_LESS)
            out->low *= 0.5;
        else
            continue;
        out->first = i;
        break;
    }
    return true;
}

/* The noun that is counted: the last of the nouns behind the number. */
static uint32_t counted_noun(const finder *f, uint32_t from, uint32_t end)
{
    uint32_t noun = RAP_NONE;
    for (uint32_t i = from; i < end && i < from + NOUN_REACH; i++) {
        const uint8_t upos = f->in->syntax->upos[i];
        if (upos == RAP_ADP && (i > from || !rap_word_is(f, i, FINDING_OF)))
            break; /* "60,000 from their homes" */
        if (upos == RAP_NOUN || upos == RAP_PROPN)
            noun = i;
        else if (upos != RAP_ADJ && noun != RAP_NONE)
            break;
        else if (upos == RAP_VERB || upos == RAP_PUNCT)
            break;
    }
    return noun;
}

/* Where the words around an amount end that are on the same matter: at a mark, at "and",
 * at another number. */
static bool ends_matter(const finder *f, uint32_t token)
{
    const uint8_t upos = f->in->syntax->upos[token];
    return upos == RAP_PUNCT || upos == RAP_CCONJ || upos == RAP_NUM ||
           f->in->tokens->kind[token] == RAP_TOKEN_NUMBER;
}

/* An amount with the words from `begin` to `end` around it. */
static void add_detail_within(finder *f, const amount *a, uint32_t noun, uint32_t begin,
                              uint32_t end, const char *class, rap_slice name)
{
    const rap_span span = rap_tokens_of(f, a->first, noun + 1);
    rap_find_add(
        f,
        (rap_finding){.kind = RAP_ENTRY_DETAIL,
                      .anchor = span,
                      .according_to = RAP_NONE,
                      .name = name,
                      .class = class,
                      .stance = "",
                      .status = "",
                      .terms = rap_terms_around(f, begin, end, a->first, noun + 1),
                      .date = rap_when_of(f, a->first),
                      .due = "",
                      .due_earliest = RAP_NO_DAY,
                      .due_latest = RAP_NO_DAY,
                      .due_basis = "",
                      .low = a->low,
                      .high = a->high,
                      .confidence = 0.8f},
        &span, 1);
}

static void add_detail(finder *f, const amount *a, uint32_t noun, const char *class,
                       rap_slice name)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t first = t->first[t->sentence[a->first]],
                   last = t->first[t->sentence[a->first] + 1];
    if (t->sentence[a->first] != t->sentence[noun]) return;
    uint32_t begin = a->first, end = noun + 1;
    while (begin > first && a->first - begin < CONTEXT && !ends_matter(f, begin - 1))
        begin--;
    while (end < last && end - noun < CONTEXT && !ends_matter(f, end)) end++;
    add_detail_within(f, a, noun, begin, end, class, name);
}

/* "hundreds of thousands": not "thousands" as well */
static bool is_in_rough(const finder *f, uint32_t token, uint32_t first, uint32_t end)
{
    uint32_t after;
    for (uint32_t i = token > first + 2 ? token - 2 : first; i < token; i++)
        if (unit_of(f, i, end, FINDING_ROUGH, &after) && after > token) return true;
    return false;
}

/* "$300 million", "20 million euros": a sum, told of what its words say. */
static bool from_money(finder *f, amount *a, uint32_t first, uint32_t end)
{
    uint32_t after;
    const finding_unit *behind = unit_of(f, a->end, end, FINDING_MONEY, &after);
    const finding_unit *before =
        a->first > first ? unit_of(f, a->first - 1, a->first, FINDING_MONEY, &after)
                         : NULL;
    if (!behind && !before) return false;
    if (before) a->first--;
    add_detail(f, a, behind ? a->end : a->end - 1, "sum",
               rap_slice_of(behind ? behind->label : before->label));
    return true;
}

/* Of what a length of time is told: "three days of talks", "mediated for five days". */
static rap_slice length_of(const finder *f, uint32_t unit, uint32_t first, uint32_t end)
{
    uint32_t noun = RAP_NONE;
    if (unit + 1 < end && rap_word_is(f, unit + 1, FINDING_OF)) {
        noun = unit + 2;
        while (noun + 1 < end && noun < unit + 5 &&
               f->in->syntax->upos[noun] != RAP_NOUN)
            noun++;
    } else if (f->in->syntax->head && f->in->syntax->head[unit] < unit) {
        noun = f->in->syntax->head[unit];
    }
    if (noun == RAP_NONE || noun < first || noun >= end) return RAP_LIT("length");
    if (rap_word_is(f, noun, FINDING_TALKS)) return RAP_LIT("length of talks");
    if (rap_word_is(f, noun, FINDING_FIGHTING)) return RAP_LIT("length of fighting");
    return RAP_LIT("length");
}

static void from_number(finder *f, uint32_t token, uint32_t first, uint32_t end)
{
    amount a;
    if (is_in_rough(f, token, first, end)) return;
    if (!read_amount(f, token, first, end, &a) || a.end >= end) return;
    const rap_span *span = f->in->tokens->span;
    if (f->in->syntax->upos[a.end] == RAP_PUNCT && a.end + 1 < end &&
        span[a.end].begin == span[a.end - 1].end &&
        span[a.end].end == span[a.end + 1].begin)
        a.end++; /* "11-article" */
    uint32_t after;
    const finding_unit *unit = unit_of(f, a.end, end, FINDING_UNIT, &after);
    if (unit) { /* a length of time, in hours */
        const double slack = unit->low > 168 ? 0.04 : 0; /* months are not even */
        a.low *= unit->low * (1 - slack), a.high *= unit->low * (1 + slack);
        add_detail(f, &a, a.end, "length", length_of(f, a.end, first, end));
        return;
    }
    if (in_time(f, token, true)) return;
    if (from_money(f, &a, first, end)) return;
    const uint32_t noun = counted_noun(f, a.end, end);
    const char *toll = rap_toll_of(f, a.first, a.end, noun);
    if (toll) { /* where and in what they died is told in any part of the sentence */
        add_detail_within(f, &a, noun == RAP_NONE ? a.end - 1 : noun, first, end,
                          "toll", rap_slice_of(toll));
        return;
    }
    if (noun == RAP_NONE) return;
    const finding_unit *head = unit_of(f, noun, end, FINDING_HEAD, &after);
    add_detail(f, &a, noun, "number", head ? RAP_LIT("parts") : f->lemma[noun]);
}

/* "28 May", not "yesterday" */
static bool has_figure(const finder *f, const rap_timex *x)
{
    for (uint32_t i = x->first; i <= x->last; i++)
        if (f->in->tokens->kind[i] == RAP_TOKEN_NUMBER) return true;
    return false;
}

/* A day of the calendar, with all that its sentence tells of it. */
static void from_day(finder *f, const rap_timex *x)
{
    const rap_tokens *t = f->in->tokens;
    const uint32_t sentence = t->sentence[x->first];
    if (x->type != RAP_TIMEX_DATE || x->earliest == RAP_NO_DAY ||
        x->earliest != x->latest || !rap_is_body(f, sentence) || !has_figure(f, x))
        return;
    const amount day = {(double)x->earliest, (double)x->latest, x->first, x->last + 1};
    add_detail_within(f, &day, x->last, t->first[sentence], t->first[sentence + 1],
                      "day", RAP_LIT("day"));
}

/* "rank: general", not "head of state" */
static bool is_rank(const char *class)
{
    return rap_slice_starts(rap_slice_of(class), "rank:");
}

/* The one office or rank that tokens [first, end) name, by roles.tsv; RAP_NONE: none, or one
 * of the past. Ranks are told from offices: a person may hold one of each. */
static uint32_t office_in(const finder *f, uint32_t first, uint32_t end, bool rank)
{
    uint32_t found = RAP_NONE, after;
    for (uint32_t i = first; i < end; i++) {
        const finding_phrase *p =
            rap_phrase_at(f, &f->knowledge->roles, i, end, &after);
        if (!p) continue;
        const char *class = f->knowledge->role.at[p->value];
        if (!strcmp(class, "not") && !rank)
            return RAP_NONE; /* "former", not of ranks */
        if (is_rank(class) == rank && found == RAP_NONE) found = p->value;
        i = after - 1;
    }
    return found;
}

static void add_office(finder *f, uint32_t actor, rap_span span, uint32_t office)
{
    const char *class = f->knowledge->role.at[office];
    uint32_t *who = rap_new(f->arena, uint32_t, 1);
    f->failed |= !who;
    if (!who) return;
    *who = actor;
    rap_find_add(f,
                 (rap_finding){.kind = RAP_ENTRY_DETAIL,
                               .anchor = span,
                               .who = who,
                               .who_count = 1,
                               .according_to = RAP_NONE,
                               .name = rap_slice_of(class),
                               .class = is_rank(class) ? "rank" : "role",
                               .stance = "",
                               .status = "",
                               .terms = "",
                               .date = rap_when_of(f, rap_token_at(f, span.begin)),
                               .due = "",
                               .due_earliest = RAP_NO_DAY,
                               .due_latest = RAP_NO_DAY,
                               .due_basis = "",
                               .low = office,
                               .high = office,
                               .confidence = 0.8f},
                 &span, 1);
}

static void from_roles(finder *f)
{
    const rap_names *n = f->in->names;
    for (uint32_t i = 0; i < n->actors; i++) {
        const rap_actor *a = &n->actor[i];
        if (a->kind != RAP_ACTOR_PERSON || !a->roles) continue;
        const rap_span span = a->role[0].span;
        const uint32_t token = rap_token_at(f, span.begin);
        if (token >= f->in->tokens->count || span.begin == span.end) continue;
        const uint32_t end = rap_token_at(f, span.end - 1) + 1;
        const uint32_t office = office_in(f, token, end, false);
        if (office != RAP_NONE) add_office(f, i, span, office);
    }
}

/* "Ada Quill, a major in the army" */
static void from_rank_behind(finder *f, uint32_t actor)
{
    const rap_actor *a = &f->in->names->actor[actor];
    if (a->kind != RAP_ACTOR_PERSON || !rap_slice_starts(a->key, "person:")) return;
    for (uint32_t r = 0; r < a->roles; r++) {
        const rap_span span = a->role[r].span;
        const uint32_t first = rap_token_at(f, span.begin);
        if (first >= f->in->tokens->count || span.begin == span.end) continue;
        if (!rap_is_body(f, f->in->tokens->sentence[first])) continue;
        const uint32_t end = rap_token_at(f, span.end - 1) + 1;
        const uint32_t office = office_in(f, first, end, true);
        if (office == RAP_NONE) continue;
        add_office(f, actor, span, office);
        return;
    }
}

/* "Lt Gen Ada Quill": the rank before the first name in the body that has one. */
static void from_ranks(finder *f)
{
    const rap_names *n = f->in->names;
    bool *told = rap_new(f->scratch, bool, n->actors);
    f->failed |= !told;
    for (uint32_t i = 0; told && i < n->mentions; i++) {
        const rap_mention *m = &n->mention[i];
        if (m->actor == RAP_NONE || told[m->actor] || m->form != RAP_MENTION_NAME)
            continue;
        if (n->actor[m->actor].kind != RAP_ACTOR_PERSON || m->modifier) continue;
        if (!rap_is_body(f, f->in->tokens->sentence[m->first])) continue;
        const uint32_t name = rap_token_at(f, m->head.begin);
        const uint32_t office = office_in(f, m->first, name, true);
        if (office == RAP_NONE) continue;
        told[m->actor] = true;
        add_office(f, m->actor, m->span, office);
    }
    for (uint32_t i = 0; told && i < n->actors; i++)
        if (!told[i]) from_rank_behind(f, i);
}

void rap_find_details(finder *f)
{
    const rap_tokens *t = f->in->tokens;
    for (uint32_t i = 0; i < t->count; i++) {
        if (!rap_is_body(f, t->sentence[i])) continue;
        from_number(f, i, t->first[t->sentence[i]], t->first[t->sentence[i] + 1]);
    }
    for (uint32_t i = 0; i < f->in->times->count; i++)
        from_day(f, &f->in->times->timex[i]);
    from_roles(f);
    from_ranks(f);
}
