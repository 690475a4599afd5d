/*
 * name_parse.c - stretches that mention actors: names, titles with names, descriptions.
 *
 * Method  one walk over the units of a sentence. At each unit: a description (opening
 *         words, owners and qualities, then a head word of the lists), which becomes a
 *         titled name when a name follows it; else a name; else a pronoun.
 */
#include "name_private.h"

typedef struct name_parser {
    name_work *work;
    uint32_t sentence;
    const name_unit *unit; /* those of the sentence */
    uint32_t begin, end;   /* of them; begin is 0 */
    bool headline;         /* Most Words Are Capitalised: capitals prove nothing */
} name_parser;

typedef struct name_noun {           /* a description being read */
    uint32_t begin, at, head, inner; /* inner: after the opening words */
    uint32_t owner, owner2, of;
    uint8_t count;
    bool definite, indefinite, his, wide;
    bool several; /* "A and B …" */
} name_noun;

static const name_unit *unit_at(const name_parser *p, uint32_t i)
{
    static const name_unit none = {
        .phrase = RAP_NONE, .word = {"", 0}, .flags = UNIT_MARK};
    return i < p->end ? &p->unit[i] : &none;
}

static bool has(const name_parser *p, uint32_t i, bits is)
{
    return (unit_at(p, i)->is & is) != 0;
}

static bool is_mark(const name_parser *p, uint32_t i, char mark)
{
    const name_unit *u = unit_at(p, i);
    return i < p->end && (u->flags & UNIT_MARK) && u->span.end == u->span.begin + 1 &&
           p->work->article->text.at[u->span.begin] == mark;
}

static bool is_capital(const name_parser *p, uint32_t i)
{
    return (unit_at(p, i)->flags & UNIT_CAPITAL) != 0;
}

static const name_phrase *phrase_at(const name_parser *p, uint32_t i)
{
    static const name_phrase none = {0, RAP_NONE, RAP_NONE, RAP_NONE, RAP_NONE, 0};
    const name_unit *u = unit_at(p, i);
    return u->phrase == RAP_NONE ? &none : &p->work->knowledge->phrases.at[u->phrase];
}

static rap_upos upos_at(const name_parser *p, uint32_t i)
{
    return (rap_upos)p->work->syntax->upos[unit_at(p, i)->first];
}

static bool is_verb(const name_parser *p, uint32_t i)
{
    if (i >= p->end) return false;
    return upos_at(p, i) == RAP_VERB || upos_at(p, i) == RAP_AUX ||
           has(p, i, BIT(N_SPEECH));
}

/* The country, body or place that unit i stands for, or RAP_NONE. */
static uint32_t owner_at(const name_parser *p, uint32_t i)
{
    const name_phrase *phrase = phrase_at(p, i);
    if (has(p, i, BIT(N_ORGANISATION)) && has(p, i, BIT(N_BODY)))
        return RAP_NONE; /* "Congress leader": of which country? */
    if (has(p, i, BIT(N_STATE) | BIT(N_PLACE) | BIT(N_ORGANISATION)))
        return phrase->named;
    if (has(p, i, BIT(N_ADJECTIVE) | BIT(N_PEOPLE) | BIT(N_PEOPLES)))
        return phrase->land;
    return has(p, i, BIT(N_SEAT)) ? phrase->seat : RAP_NONE;
}

/* Is unit i the ending of a possessive: "'s", or the bare mark after an s? */
static bool is_possessive(const name_parser *p, uint32_t i)
{
    if (has(p, i, BIT(N_POSSESSIVE))) return true;
    if (i == 0 || i >= p->end || !(unit_at(p, i)->flags & UNIT_MARK)) return false;
    const name_unit *owner = unit_at(p, i - 1), *mark = unit_at(p, i);
    uint32_t at = 0;
    const rap_quote quote =
        rap_quote_of(rap_utf8_next(words_of(p->work, mark->span), &at));
    return (quote == RAP_QUOTE_SINGLE || quote == RAP_QUOTE_SINGLE_CLOSE) &&
           at == mark->span.end - mark->span.begin &&
           owner->span.end == mark->span.begin &&
           rap_slice_ends(words_of(p->work, owner->span), "s");
}

/* ---- capitalised runs ------------------------------------------------------- */

/* A hyphen or dash with no blank on either side. */
static bool is_hyphen(const name_parser *p, uint32_t i)
{
    const name_unit *u = unit_at(p, i);
    if (i <= p->begin || i >= p->end || i + 1 == p->end || !(u->flags & UNIT_MARK))
        return false;
    uint32_t at = 0;
    return rap_is_dash(rap_utf8_next(rap_cut(p->work->article->text, u->span), &at)) &&
           unit_at(p, i - 1)->span.end == u->span.begin &&
           u->span.end == unit_at(p, i + 1)->span.begin;
}

/* May unit i stand inside a name that no list holds? */
static bool is_run_word(const name_parser *p, uint32_t i)
{
    const bits closed = BIT(N_DEFINITE) | BIT(N_INDEFINITE) | BIT(N_HIS) | BIT(N_HE) |
                        BIT(N_SHE) | BIT(N_THEY) | BIT(N_OF) | BIT(N_AND) |
                        BIT(N_LOCATIVE) | BIT(N_NOT_NAME) | BIT(N_HONORIFIC) |
                        BIT(N_ROLES) | BIT(N_TWO);
    const name_unit *u = unit_at(p, i);
    if ((u->flags & UNIT_MARK) || !(u->flags & UNIT_CAPITAL)) return false;
    if (u->is & (IS_GIVEN | BIT(N_NAME_WORD))) return true;
    if (u->is & BIT(N_ROLE)) return has(p, i, BIT(N_ORGANISATION_HEAD));
    if (u->is & BIT(N_PERSON)) return false;
    return !(u->is & closed) || has(p, i, BIT(N_ORGANISATION_HEAD));
}

/* A first word that only its place in the sentence makes a capital. */
static bool is_common_opening(const name_parser *p, uint32_t i)
{
    if (i != p->begin &&
        !(i == p->begin + 1 && (unit_at(p, p->begin)->flags & UNIT_MARK)))
        return false;
    if (has(p, i, IS_GIVEN)) return false;
    /* A surname the tagger does not know may be taken for an adjective; not by the tree. */
    const rap_syntax *syntax = p->work->syntax;
    if (syntax->head && upos_at(p, i) == RAP_ADJ &&
        syntax->relation[unit_at(p, i)->last] == RAP_REL_NSUBJ)
        return false;
    return upos_at(p, i) != RAP_PROPN && upos_at(p, i) != RAP_NOUN;
}

typedef struct name_run {
    uint32_t end; /* one past its last unit; the start if there is none */
    bool organisation, organisation_end, place, thing, given, all_caps;
    bool linked; /* "Council for …" */
    name_gender sex;
    uint32_t words;
} name_run;

static void note_word(const name_parser *p, uint32_t i, name_run *run)
{
    const name_unit *u = unit_at(p, i);
    /* What a council is for does not change what it is. */
    run->thing = !run->linked && (u->is & BIT(N_THING_HEAD));
    run->place = !run->linked && (u->is & BIT(N_PLACE_HEAD));
    run->organisation_end = (u->is & BIT(N_ORGANISATION_HEAD)) != 0;
    run->organisation |= run->organisation_end;
    if (!run->words) {
        run->given = (u->is & IS_GIVEN) != 0;
        if (u->is & BIT(N_GIVEN_MALE)) run->sex = GENDER_MALE;
        if (u->is & BIT(N_GIVEN_FEMALE))
            run->sex = run->sex ? GENDER_OPEN : GENDER_FEMALE;
    }
    run->all_caps =
        (u->flags & UNIT_ALL_CAPS) && u->word.len > 1 && (!run->words || run->all_caps);
    run->words++;
}

/* "Dong-young", "Jae-in": a small second half of a given name, after a family name. */
static bool is_second_syllable(const name_parser *p, uint32_t i, const name_run *run)
{
    enum { LONGEST = 6 };
    const name_unit *u = unit_at(p, i);
    const rap_slice text = p->work->article->text;
    if (run->words < 2 || run->organisation || i == 0 || (u->flags & UNIT_CAPITAL) ||
        !u->word.len || u->word.len > LONGEST || has(p, i, BIT(N_COMPOUND) | IS_HEAD))
        return false;
    const rap_slice gap =
        rap_slice_sub(text, unit_at(p, i - 1)->span.end, u->span.begin);
    const bool hyphen = is_hyphen(p, i - 1) || rap_slice_is(gap, "-");
    return hyphen && upos_at(p, i + 1) != RAP_NOUN && upos_at(p, i + 1) != RAP_ADJ;
}

/* Unit after a small link inside a name ("of the", "al-", "bin") when a name goes on.
 */
static uint32_t over_link(const name_parser *p, uint32_t i, const name_run *run)
{
    if (is_hyphen(p, i)) i++;
    if (is_run_word(p, i)) return i;
    if (is_second_syllable(p, i, run)) return i;
    /* "Supreme People's Assembly" */
    if (is_possessive(p, i) && has(p, i - 1, BIT(N_CROWD)) &&
        has(p, i + 1, BIT(N_ORGANISATION_HEAD)) && is_run_word(p, i + 1))
        return i + 1;
    /* A short month is a name between names: Zin Mar Aung. */
    if (has(p, i, BIT(N_NOT_NAME)) && is_capital(p, i) && unit_at(p, i)->word.len < 4 &&
        is_run_word(p, i + 1))
        return i;
    if (has(p, i, BIT(N_PARTICLE)) && is_run_word(p, i + 1)) return i + 1;
    if (has(p, i, BIT(N_PARTICLE)) && is_hyphen(p, i + 1) && is_run_word(p, i + 2))
        return i + 2;
    if (!run->organisation) return RAP_NONE;
    if (has(p, i, BIT(N_NAME_LINK)) && run->organisation_end && run->words > 1)
        return is_run_word(p, i + 1) && !has(p, i + 1, IS_NAMED | IS_GIVEN) ? i + 1
                                                                            : RAP_NONE;
    if (!has(p, i, BIT(N_OF))) return RAP_NONE;
    i++;
    if (has(p, i, BIT(N_DEFINITE))) i++;
    return is_run_word(p, i) ? i : RAP_NONE;
}

/* The capitalised words from unit i on. */
static name_run run_at(const name_parser *p, uint32_t i)
{
    name_run run = {.end = i};
    uint32_t at = i;
    if (has(p, i, BIT(N_PARTICLE)) && !is_run_word(p, i)) { /* "al-Burhan" */
        at = is_hyphen(p, i + 1) ? i + 2 : i + 1;
        if (!is_run_word(p, at) || !(is_capital(p, i) || is_hyphen(p, i + 1) ||
                                     (unit_at(p, at)->flags & UNIT_JOINED)))
            return run;
    }
    if (!is_run_word(p, at) || is_common_opening(p, i)) return run;
    while (at != RAP_NONE && run.words < RUN_WORDS) {
        run.linked |=
            run.organisation && at == run.end + 1 && has(p, run.end, BIT(N_NAME_LINK));
        note_word(p, at, &run);
        run.end = at + 1;
        at = over_link(p, run.end, &run);
    }
    return run;
}

/* ---- what was found --------------------------------------------------------- */

static name_found new_found(const name_parser *p, uint32_t from, uint32_t to,
                            found_kind kind)
{
    const name_unit *a = unit_at(p, from), *b = unit_at(p, to);
    return (name_found){.span = {a->span.begin, b->span.end},
                        .head = {a->span.begin, b->span.end},
                        .first = a->first,
                        .last = b->last,
                        .sentence = p->sentence,
                        .kind = (uint8_t)kind,
                        .entry = RAP_NONE,
                        .role = RAP_NONE,
                        .owner = RAP_NONE,
                        .owner2 = RAP_NONE,
                        .word = {"", 0},
                        .actor = RAP_NONE,
                        .confidence = 0.9f,
                        .unit_first = from,
                        .unit_last = to,
                        .tail = b->span.begin,
                        .tail_token = b->first,
                        .same_as = RAP_NONE,
                        .of = RAP_NONE,
                        .quoted = (a->flags & UNIT_QUOTED) != 0};
}

/* The last mention that lies in no other, or RAP_NONE. */
static uint32_t last_outer(const name_work *work)
{
    uint32_t i = work->found.count;
    while (i && work->found.at[i - 1].nested) i--;
    return i ? i - 1 : RAP_NONE;
}

/* Does the last mention stand right before unit `from`, after a comma or "and"? */
static bool is_joined(const name_parser *p, uint32_t from)
{
    const name_work *work = p->work;
    if (last_outer(work) == RAP_NONE || from <= p->begin) return false;
    const name_found *last = &work->found.at[last_outer(work)];
    if (last->sentence != p->sentence) return false;
    uint32_t at = last->unit_last + 1;
    if (is_mark(p, at, ',')) at++;
    if (has(p, at, BIT(N_AND))) at++;
    if (at == last->unit_last + 1) return false;
    if (at < from && has(p, at, BIT(N_DEFINITE))) at++;
    while (at < from && (upos_at(p, at) == RAP_ADJ || upos_at(p, at) == RAP_NOUN)) at++;
    return at == from && at > last->unit_last + 1;
}

/* The word of a mention that hangs on a word outside it. */
static uint32_t top_of(const rap_syntax *syntax, const name_found *f)
{
    for (uint32_t t = f->first; t < f->last; t++)
        if (syntax->upos[t] != RAP_PUNCT &&
            (syntax->head[t] < f->first || syntax->head[t] > f->last))
            return t;
    return f->last;
}

/* By the tree: the subject of a clause, or joined to one. */
static bool is_tree_subject(const rap_syntax *syntax, const name_found *f)
{
    enum { MOST_JOINED = 8 };
    uint32_t t = top_of(syntax, f);
    for (uint32_t i = 0; i < MOST_JOINED && (syntax->relation[t] == RAP_REL_CONJ ||
                                             syntax->relation[t] == RAP_REL_APPOS);
         i++)
        t = syntax->head[t];
    return syntax->relation[t] == RAP_REL_NSUBJ ||
           syntax->relation[t] == RAP_REL_NSUBJ_PASS;
}

/* 1 + the type of the typed name that the last word of a name lies in; 0: none. */
static uint8_t entity_of(const rap_syntax *syntax, uint32_t token)
{
    const uint32_t at =
        rap_first_from(syntax->entity, sizeof *syntax->entity,
                       offsetof(rap_entity, last), syntax->entities, token);
    return at < syntax->entities && syntax->entity[at].first <= token
               ? (uint8_t)(syntax->entity[at].type + 1)
               : 0;
}

static bool add_found(name_parser *p, name_found f)
{
    const uint32_t after = f.unit_last + 1;
    const uint32_t before = f.unit_first > p->begin ? f.unit_first - 1 : RAP_NONE;
    const bool led =
        before != RAP_NONE && has(p, before, BIT(N_LINK) | BIT(N_LOCATIVE));
    f.joined = is_joined(p, f.unit_first);
    f.initial = f.unit_first == p->begin || (f.unit_first == p->begin + 1 &&
                                             (unit_at(p, p->begin)->flags & UNIT_MARK));
    f.located = before != RAP_NONE && has(p, before, BIT(N_LOCATIVE));
    f.follows_the = before != RAP_NONE && has(p, before, BIT(N_DEFINITE));
    f.speaks = has(p, after, BIT(N_SPEECH)) ||
               (before != RAP_NONE && has(p, before, BIT(N_SPEECH)) &&
                (unit_at(p, after)->flags & UNIT_MARK));
    f.subject = !led && (is_verb(p, after) || f.speaks ||
                         (f.joined && p->work->found.at[last_outer(p->work)].subject) ||
                         f.unit_first == p->begin);
    const rap_syntax *syntax = p->work->syntax;
    if (syntax->head) f.subject = f.speaks || is_tree_subject(syntax, &f);
    if (f.kind == FOUND_RUN) f.entity = entity_of(syntax, f.tail_token);
    return rap_push(p->work->scratch, &p->work->found, f);
}

/* The one copy of folded `word`; at == NULL if the arena refuses. */
static rap_slice kept_word(name_work *work, rap_slice word)
{
    const uint32_t known = rap_map_get(&work->word, word);
    if (known != RAP_NONE) return work->words.at[known];
    const rap_slice kept = rap_arena_copy(work->scratch, word);
    uint32_t *slot = kept.at ? rap_map_put(&work->word, work->scratch, kept) : NULL;
    if (!slot) return (rap_slice){NULL, 0};
    *slot = work->words.count;
    return rap_push(work->scratch, &work->words, kept) ? kept : (rap_slice){NULL, 0};
}

/* The folded words of a unit; RAP_NONE if they are too long. */
static uint32_t fold_unit(const name_work *work, const name_unit *u,
                          char out[PHRASE_BYTES])
{
    if (!(u->flags & UNIT_PLAIN))
        return rap_fold_into(words_of(work, u->span), out, PHRASE_BYTES);
    memcpy(out, u->word.at, u->word.len);
    return u->word.len;
}

static rap_slice folded_run(name_parser *p, uint32_t from, uint32_t to)
{
    char out[PHRASE_BYTES];
    uint32_t len = 0;
    for (uint32_t i = from; i < to; i++) {
        char word[PHRASE_BYTES];
        const name_unit *u = unit_at(p, i);
        if (u->flags & UNIT_MARK) continue;
        const uint32_t n = fold_unit(p->work, u, word);
        if (n == RAP_NONE || len + n + 1 > sizeof out) break;
        if (len) out[len++] = ' ';
        for (uint32_t k = 0; k < n; k++)
            out[len++] =
                word[k] == '-' || word[k] == '\'' || word[k] == '.' ? ' ' : word[k];
        while (len && out[len - 1] == ' ') len--;
    }
    return kept_word(p->work, (rap_slice){out, len});
}

/* First unit of the name before `end` whose initials are the letters of unit `letters`,
 * or RAP_NONE: small words may count or not, and letters count for themselves ("UN"). */
static uint32_t spelled_from(const name_parser *p, uint32_t end, uint32_t letters)
{
    const rap_slice want = unit_at(p, letters)->word;
    uint32_t left = want.len, i = end;
    while (left && i > p->begin && end - i < RUN_WORDS) {
        const name_unit *u = unit_at(p, --i);
        const rap_slice words = words_of(p->work, u->span);
        if (u->flags & UNIT_MARK) {
            if (!is_hyphen(p, i)) return RAP_NONE;
            continue;
        }
        /* The initials of a listed phrase, from its last word back. */
        uint32_t kept = left;
        const bool whole = (u->flags & UNIT_ALL_CAPS) && words.len <= left;
        if (whole &&
            rap_slice_equal(u->word, rap_slice_sub(want, left - words.len, left))) {
            left -= words.len;
            continue;
        }
        for (uint32_t k = words.len; k-- > 0;) {
            const bool begins =
                k == 0 || words.at[k - 1] == ' ' || words.at[k - 1] == '-';
            const char c = words.at[k];
            const bool capital = c >= 'A' && c <= 'Z';
            if (!begins) continue;
            if (kept && (c | 32) == want.at[kept - 1])
                kept--;
            else if (capital)
                return RAP_NONE;
        }
        left = kept;
    }
    return left || !is_capital(p, i) ? RAP_NONE : i;
}

/* The stretch from unit `from` to `to` as one organisation: what was found inside it
 * becomes nested. Its index in found, or RAP_NONE when the arena refused. */
static uint32_t whole_name(name_parser *p, uint32_t from, uint32_t to, uint32_t letters)
{
    name_work *work = p->work;
    bool inside = false;
    for (uint32_t i = work->found.count; i-- > 0;) {
        name_found *f = &work->found.at[i];
        if (f->sentence != p->sentence) break;
        if (f->unit_last < from) break;
        if (f->unit_first == from && f->unit_last == to && !f->nested) return i;
        if (f->unit_first >= from)
            f->nested = true;
        else
            inside |= !f->nested; /* "the head of the Council of … (CO)" */
    }
    const bool known = has(p, letters, BIT(N_ORGANISATION));
    name_found f = new_found(p, from, to, known ? FOUND_NAMED : FOUND_RUN);
    f.word = folded_run(p, from, to + 1);
    f.words = (uint8_t)(to + 1 - from < 2 ? 2 : to + 1 - from);
    f.organisation = f.organisation_end = true;
    f.nested = inside;
    if (known) f.entry = phrase_at(p, letters)->named;
    if (!f.word.at || !add_found(p, f)) {
        work->full = true;
        return RAP_NONE;
    }
    return work->found.count - 1;
}

/* The name that letters in brackets at unit `at` stand for, as an index of found. */
static uint32_t spelled_out(name_parser *p, uint32_t at)
{
    const uint32_t from = spelled_from(p, at, at + 1);
    if (from != RAP_NONE) return whole_name(p, from, at - 1, at + 1);
    const uint32_t last = last_outer(p->work);
    if (last == RAP_NONE) return RAP_NONE;
    const name_found *f = &p->work->found.at[last];
    const bool organisation = f->kind == FOUND_NAMED
                                  ? entry_at(p->work, f->entry)->kind == N_ORGANISATION
                                  : f->kind == FOUND_RUN && f->organisation;
    return organisation && f->unit_last + 1 == at ? last : RAP_NONE;
}

/* "European Union (EU)": the letters in brackets are the same actor. */
static uint32_t acronym_after(name_parser *p, uint32_t at)
{
    if (!is_mark(p, at, '(') || !is_mark(p, at + 2, ')')) return at;
    const name_unit *u = unit_at(p, at + 1);
    if (!(u->flags & UNIT_ALL_CAPS) || u->span.end - u->span.begin < 2) return at;
    const uint32_t named = spelled_out(p, at);
    if (named == RAP_NONE && !p->work->full) return at; /* read as a name of its own */
    name_found f = new_found(p, at + 1, at + 1, FOUND_RUN);
    f.word = folded_run(p, at + 1, at + 2);
    f.words = 1;
    f.all_caps = f.organisation = true;
    f.same_as = named;
    if (!f.word.at || !add_found(p, f)) p->work->full = true;
    return at + 3;
}

/* Names inside a longer stretch are kept too, as nested mentions. */
static bool add_nested(name_parser *p, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (!has(p, i, BIT(N_STATE) | BIT(N_PLACE) | BIT(N_ORGANISATION))) continue;
        if (owner_at(p, i) == RAP_NONE) continue;
        name_found f = new_found(p, i, i, FOUND_NAMED);
        f.entry = phrase_at(p, i)->named;
        f.nested = true;
        if (!rap_push(p->work->scratch, &p->work->found, f)) return false;
    }
    return true;
}

/* ---- names ------------------------------------------------------------------------
 */

typedef struct named {
    uint32_t end; /* one past; the start if there is none */
    name_found found;
} named;

/* "P4", "WE HAVE", "Operation Sunrise": capitals that name no actor. */
static bool is_no_name(const name_parser *p, uint32_t i, const name_run *run)
{
    enum { MOST_BACK = 8 };
    if (has(p, i, BIT(N_THING_LEAD))) return true;
    const name_unit *u = unit_at(p, i);
    /* "Follow AP's reports": letters that stand for a body end no person's name. */
    if (run->words == 2 && i == p->begin && !run->given && !run->organisation &&
        has(p, i + 1, BIT(N_ORGANISATION)) &&
        (unit_at(p, i + 1)->flags & UNIT_ALL_CAPS))
        return true;
    if (run->words > 1) return false;
    uint32_t digits = 0;
    for (uint32_t k = 0; k < u->word.len; k++)
        digits += u->word.at[k] >= '0' && u->word.at[k] <= '9';
    if (digits && digits + 1 >= u->word.len) return true;
    if (!run->all_caps || p->headline) return false;
    /* A line that opens in capitals, with a word that is no name. */
    uint32_t from = i;
    while (from > p->begin && i - from < MOST_BACK &&
           (unit_at(p, from - 1)->flags & UNIT_ALL_CAPS))
        from--;
    const rap_upos upos = upos_at(p, from);
    return from < i && from == p->begin && upos != RAP_PROPN && upos != RAP_NOUN &&
           !has(p, from, IS_NAMED | BIT(N_SEAT));
}

/* "(Littoral Wire) -": the brackets before a dash hold who reports. */
static bool is_credit_line(const name_parser *p, uint32_t from, uint32_t to)
{
    if (from == 0 || !is_mark(p, from - 1, '(') || !is_mark(p, to, ')')) return false;
    const name_unit *u = unit_at(p, to + 1);
    uint32_t at = 0;
    return to + 1 < p->end && (u->flags & UNIT_MARK) &&
           rap_is_dash(rap_utf8_next(words_of(p->work, u->span), &at));
}

static bool take_run(name_parser *p, uint32_t i, const name_run *run, named *out)
{
    if (run->end == i || run->thing || is_no_name(p, i, run)) return true;
    if (run->words == 1 && run->organisation) return true; /* "the Office": which? */
    name_found f = new_found(p, i, run->end - 1, FOUND_RUN);
    f.word = folded_run(p, i, run->end);
    if (!f.word.at) return false;
    f.words = (uint8_t)run->words;
    f.organisation = run->organisation;
    f.organisation_end = run->organisation_end;
    f.place = run->place;
    f.given = run->given && run->words > 1;
    if (!run->given && run->words > 1 && is_credit_line(p, i, run->end))
        f.organisation = true;
    f.all_caps = run->all_caps;
    f.sex = (uint8_t)run->sex;
    *out = (named){run->end, f};
    return true;
}

/* Does a run that begins with a listed name or an adjective end as an organisation's?
 */
static bool is_larger_name(const name_parser *p, uint32_t i, const name_run *run)
{
    if (run->end <= i + 1) return false;
    if (has(p, i, IS_GIVEN) && !has(p, i, BIT(N_ORGANISATION)) && run->words == 2)
        return !has(p, i + 1, IS_NAMED | BIT(N_ADJECTIVE));
    if (has(p, i, BIT(N_STATE)) && run->words == 2 && !p->headline &&
        !(run->organisation || run->place || run->thing) && !unit_at(p, i + 1)->is)
        return has(p, run->end, BIT(N_SPEECH)); /* "Chad Smith said" */
    return run->organisation && !run->thing;
}

/* "the Madrid Principles", "the Nairobi talks": the town is part of a thing's name. */
static bool names_thing(const name_parser *p, uint32_t i)
{
    return has(p, i, BIT(N_THING_HEAD)) &&
           (is_capital(p, i) ||
            (upos_at(p, i) == RAP_NOUN && !has(p, i - 2, BIT(N_AND))));
}

/* After "in" a town is a town; after "to" it is not when something of its follows:
 * "owing to Strelsau's patience". */
static bool is_there(const name_parser *p, uint32_t i)
{
    if (has(p, i + 1, BIT(N_POSSESSIVE))) return has(p, i - 1, BIT(N_WITHIN));
    return has(p, i - 1, BIT(N_LOCATIVE));
}

/* The name at unit i. `titled`: a title stands before it, so it is a person's. */
static bool name_at(name_parser *p, uint32_t i, bool titled, named *out)
{
    *out = (named){.end = i};
    const name_unit *u = unit_at(p, i);
    if (!(u->flags & UNIT_CAPITAL) && !(u->is & BIT(N_PARTICLE))) return true;
    const bits listed = u->is & (IS_NAMED | BIT(N_SEAT));
    const name_run run = run_at(p, i);
    const bool person = titled && has(p, i, BIT(N_STATE)) && run.words > 1 &&
                        !(run.organisation || run.place || run.thing);
    if (listed && !(titled && !(listed & BIT(N_PERSON))) &&
        !is_larger_name(p, i, &run)) {
        name_found f = new_found(p, i, i, FOUND_NAMED);
        /* "Brussels" is a town after "in", and the Union elsewhere. */
        const bool there =
            names_thing(p, i + 1) ||
            (i > p->begin ? is_there(p, i) : (u->flags & UNIT_ALL_CAPS) != 0);
        f.seat = (listed & BIT(N_SEAT)) && !(listed & BIT(N_STATE) && !there) &&
                 !(listed & IS_NAMED && there);
        f.entry = f.seat ? phrase_at(p, i)->seat : phrase_at(p, i)->named;
        f.place = f.seat && there;
        f.modifier =
            (is_hyphen(p, i + 1) && has(p, i + 2, IS_NAMED)) ||
            (is_hyphen(p, i - 1) && i >= p->begin + 2 && has(p, i - 2, IS_NAMED));
        if (f.seat || entry_at(p->work, f.entry)->kind == N_PERSON) {
            f.word = folded_run(p, i, i + 1);
            if (!f.word.at) return false;
        }
        *out = (named){i + 1, f};
        return true;
    }
    if (titled && listed && !person && !has(p, i, BIT(N_PERSON) | IS_GIVEN))
        return true;
    if ((u->is & (BIT(N_ADJECTIVE) | BIT(N_PEOPLE) | BIT(N_PEOPLES))) &&
        !is_larger_name(p, i, &run))
        return true;
    if (p->headline && !titled && !run.given) return true;
    if (!take_run(p, i, &run, out)) return false;
    if (titled && out->end > i && (out->found.organisation || out->found.place))
        out->end = i; /* "president of the Doe Bank": no person's name */
    return true;
}

static bool has_rank(const name_parser *p, uint32_t i, const char *rank)
{
    const uint32_t row = phrase_at(p, i)->word;
    return row != RAP_NONE && rap_slice_is(entry_at(p->work, row)->rank, rank);
}

/* ---- descriptions ------------------------------------------------------------------
 */

static void read_opening(const name_parser *p, name_noun *n)
{
    for (; n->at < p->end && n->at < n->begin + 3; n->at++) {
        const bits is = unit_at(p, n->at)->is;
        if (is & BIT(N_TWO)) n->count = 2;
        if (is & BIT(N_THREE)) n->count = 3;
        if (is & BIT(N_FOUR)) n->count = 4;
        if (is & BIT(N_HIS)) n->his = true;
        if (is & BIT(N_DEFINITE)) n->definite = true;
        if (is & BIT(N_INDEFINITE)) n->indefinite = true;
        if (!(is & (BIT(N_TWO) | BIT(N_THREE) | BIT(N_FOUR) | BIT(N_HIS) |
                    BIT(N_DEFINITE) | BIT(N_INDEFINITE))))
            return;
    }
}

static void take_owner(const name_parser *p, name_noun *n, uint32_t owner)
{
    if (n->owner == RAP_NONE) {
        n->owner = owner;
    } else if (entry_at(p->work, owner)->kind == N_ORGANISATION &&
               entry_at(p->work, n->owner)->kind == N_STATE) {
        n->owner = owner; /* "Ruritania's UN envoy" is the UN's */
    } else if (n->owner2 == RAP_NONE && owner != n->owner) {
        n->owner2 = owner;
    }
}

/* "Ruritania's peace commissioner": a word no list holds, right before the head. */
static bool is_quality(const name_parser *p, const name_noun *n, uint32_t at)
{
    const name_unit *u = unit_at(p, at);
    const bits heads = BIT(N_THING_HEAD) | BIT(N_ORGANISATION_HEAD) | BIT(N_PLACE_HEAD);
    if (at == n->begin || (u->is & ~heads) || (u->flags & (UNIT_MARK | UNIT_CAPITAL)))
        return false;
    const rap_upos upos = upos_at(p, at);
    if (is_capital(p, at + 1)) return false; /* "the name Captain Doe" */
    return (upos == RAP_NOUN || upos == RAP_ADJ) &&
           has(p, at + 1, BIT(N_ROLE) | BIT(N_ROLES) | BIT(N_CROWD) | BIT(N_BODY));
}

/* "Strategic Affairs Minister": the minister's unit after capitalised words; else `at`.
 */
static uint32_t over_portfolio(const name_parser *p, uint32_t at)
{
    enum { MOST_WORDS = 3 };
    const bits names =
        IS_NAMED | IS_GIVEN | BIT(N_SEAT) | BIT(N_ROLE) | BIT(N_HONORIFIC);
    uint32_t i = at;
    while (i < at + MOST_WORDS && is_capital(p, i) && !has(p, i, names)) i++;
    if (i > at && has(p, i, BIT(N_AND)) && is_capital(p, i + 1) &&
        !has(p, i + 1, names))
        i += 2;
    return i > at && is_capital(p, i) && has(p, i, BIT(N_ROLE)) &&
                   (has_rank(p, i, "minister") || has_rank(p, i, "adviser"))
               ? i
               : at;
}

/* A medium right before another owner: "Wire Photo Ruritania's minister" is a credit. */
static bool is_credit(const name_parser *p, uint32_t at)
{
    const uint32_t owner = owner_at(p, at);
    return owner != RAP_NONE && is_capital(p, at + 1) &&
           owner_at(p, at + 1) != RAP_NONE &&
           rap_slice_is(entry_at(p->work, owner)->sector, "MED");
}

/* One owner or quality at n->at; false when there is none. */
static bool read_quality(const name_parser *p, name_noun *n)
{
    const uint32_t at = n->at;
    const bool possessive = is_possessive(p, at + 1);
    if (has(p, at, BIT(N_PERSON))) return false;
    if (is_capital(p, at) && possessive && n->definite &&
        has(p, at, BIT(N_ORGANISATION_HEAD)) && owner_at(p, at) == RAP_NONE) {
        n->at += 2; /* "the Front's leader" */
        return true;
    }
    if (is_credit(p, at)) return false;
    if (is_capital(p, at) && owner_at(p, at) != RAP_NONE) {
        take_owner(p, n, owner_at(p, at));
        n->definite |= possessive;
        n->at += possessive ? 2 : 1;
        if (has(p, n->at, BIT(N_AND)) &&
            (owner_at(p, n->at + 1) != RAP_NONE || has(p, n->at + 1, BIT(N_WIDE)))) {
            n->at++;
            n->several = true;
        }
        return true;
    }
    if (has(p, at, BIT(N_BLOC) | BIT(N_LAND) | BIT(N_BODY)) && possessive) {
        n->at += 2;
        return true;
    }
    const uint32_t minister = over_portfolio(p, at);
    if (minister > at) {
        n->at = minister;
        return true;
    }
    if (has(p, at, BIT(N_BODY)) &&
        has(p, at + 1, BIT(N_ROLE) | BIT(N_ROLES) | BIT(N_CROWD))) {
        n->at++;
        return true;
    }
    if (is_quality(p, n, at)) {
        n->at++;
        return true;
    }
    if (has(p, at, BIT(N_STATUS) | BIT(N_WIDE)) && !has(p, at, BIT(N_LOCATIVE))) {
        n->wide |= has(p, at, BIT(N_WIDE));
        n->at++;
        return true;
    }
    if (is_hyphen(p, at)) {
        n->at++;
        return true;
    }
    return false;
}

/* One past a person's name with its title, as in "adviser to President Doe"; else `at`.
 */
static uint32_t over_person(const name_parser *p, uint32_t at)
{
    uint32_t name = at;
    while (has(p, name, BIT(N_ROLE) | BIT(N_HONORIFIC)) && is_capital(p, name)) name++;
    if (has(p, name, BIT(N_PERSON)) ||
        (is_capital(p, name) &&
         rap_map_get(&p->work->knowledge->surname, unit_at(p, name)->word) != RAP_NONE))
        return name + 1;
    if (name == at && !has(p, at, IS_GIVEN)) return at;
    const name_run run = run_at(p, name);
    return run.end > name && !run.organisation ? run.end : at;
}

/* Is unit i the last word of its noun phrase? */
static bool is_last_noun(const name_parser *p, uint32_t i)
{
    if (i + 1 >= p->end) return true;
    if (is_hyphen(p, i + 1) || (is_capital(p, i + 1) && !has(p, i + 1, BIT(N_PEOPLES))))
        return false;
    if (unit_at(p, i + 1)->flags & UNIT_MARK) return true;
    if (has(p, i + 1, IS_HEAD | BIT(N_POSSESSIVE)))
        return has(p, i + 1, BIT(N_POSSESSIVE)) != 0;
    const rap_upos upos = upos_at(p, i + 1);
    return upos != RAP_NOUN && upos != RAP_ADJ && upos != RAP_PROPN && upos != RAP_NUM;
}

/* "of Serbia and Kosovo", "to Armenia", "at the Doe Institute" after a head word. */
static void read_complement(name_parser *p, name_noun *n, bool role)
{
    for (uint32_t more = 0; more < 2; more++) {
        uint32_t at = n->at;
        const bool of = has(p, at, BIT(N_OF));
        if (!of && !role && is_capital(p, n->head)) return; /* a name of its own */
        if (!of && !(role && has(p, at, BIT(N_LINK))) && !has(p, at, BIT(N_WITHIN)))
            return;
        if (has(p, at, BIT(N_AND) | BIT(N_DEFINITE))) return;
        at++;
        if (has(p, at, BIT(N_DEFINITE))) at++;
        if (!is_capital(p, at)) return;
        if (role && over_person(p, at) > at) {
            n->at = over_person(p, at);
            return;
        }
        const uint32_t owner = owner_at(p, at);
        if (owner != RAP_NONE && !has(p, at, BIT(N_ADJECTIVE))) {
            const uint32_t held =
                has(p, at + 1, BIT(N_POSSESSIVE)) ? run_at(p, at + 2).end : 0;
            if (of || (!role && n->owner == RAP_NONE)) take_owner(p, n, owner);
            if (held > at + 2) { /* "head of Ruritania's Office for Zenda" */
                n->at = held;
                continue;
            }
            n->at = at + 1;
            if (has(p, n->at, BIT(N_AND)) && of && owner_at(p, n->at + 1) != RAP_NONE &&
                !has(p, n->at + 1, BIT(N_ADJECTIVE))) {
                take_owner(p, n, owner_at(p, n->at + 1));
                n->at += 2;
            }
            continue;
        }
        if (role && of && owner != RAP_NONE && !is_capital(p, at + 1) &&
            has(p, at + 1, BIT(N_BODY) | BIT(N_CROWD) | BIT(N_ORGANISATION_HEAD)) &&
            is_last_noun(p, at + 1)) { /* "of the Ruritanian delegation" */
            take_owner(p, n, owner);
            n->at = at + 2;
            continue;
        }
        const name_run run = run_at(p, at);
        if (!role || run.end == at || !(run.organisation || of)) return;
        n->at = run.end;
    }
}

static name_found found_of_noun(const name_parser *p, const name_noun *n, uint32_t to,
                                found_kind kind)
{
    name_found f = new_found(p, n->begin, to, kind);
    f.head = unit_at(p, n->head)->span;
    f.role_span = (rap_span){unit_at(p, n->inner)->span.begin, f.span.end};
    f.role = f.entry = phrase_at(p, n->head)->word;
    f.owner = n->owner;
    f.owner2 = n->owner2;
    f.count = n->count;
    f.definite = n->definite;
    f.indefinite = n->indefinite;
    f.his = n->his;
    f.of = n->of;
    return f;
}

/* A name after a title: same stretch, the head is the bare name. */
static bool add_titled(name_parser *p, const name_noun *n, const named *name)
{
    name_found f = name->found;
    f.span.begin = unit_at(p, n->begin)->span.begin;
    f.first = unit_at(p, n->begin)->first;
    f.role_span = (rap_span){f.span.begin, unit_at(p, n->at - 1)->span.end};
    f.role = phrase_at(p, n->head)->word;
    f.owner = n->owner;
    f.his = n->his;
    f.of = n->of;
    f.titled = true;
    f.unit_first = n->begin;
    return add_found(p, f) && add_nested(p, n->begin, n->at);
}

static bool is_name_person(const named *name, uint32_t i, const name_parser *p)
{
    if (name->end == i) return false;
    if (name->found.kind == FOUND_NAMED)
        return entry_at(p->work, name->found.entry)->kind == N_PERSON;
    return !name->found.organisation && !name->found.place;
}

/* Does a list go on at unit i, as in ", Roe and Poe"? */
static bool is_list(const name_parser *p, uint32_t i)
{
    return has(p, i, BIT(N_AND)) || is_capital(p, i);
}

static bool after_name(name_parser *p, uint32_t *next);

/* Whom an apposition describes: the name before it, but for "in Zenda, a local official". */
static uint32_t described(const name_parser *p, const name_noun *n)
{
    const uint32_t last = last_outer(p->work);
    const name_found *f = &p->work->found.at[last];
    const bool somewhere =
        n->indefinite && f->kind == FOUND_RUN && f->words == 1 && f->located;
    return somewhere ? RAP_NONE : last;
}

/* A role read up to n->at: a titled name when one follows; else a description. */
static bool end_role(name_parser *p, name_noun *n, bool apposition, uint32_t *next)
{
    named name;
    uint32_t at = n->at;
    while (has(p, at, BIT(N_ROLE) | BIT(N_HONORIFIC)) && is_capital(p, at)) at++;
    const bool comma = is_mark(p, at, ',') &&
                       (n->definite || n->owner != RAP_NONE || n->his || n->indefinite);
    uint32_t from = comma ? at + 1 : at;
    while (comma && has(p, from, BIT(N_ROLE) | BIT(N_HONORIFIC)) && is_capital(p, from))
        from++;
    if (!name_at(p, from, true, &name)) return false;
    const bool whole = !comma || name.found.words > 1 || name.found.kind == FOUND_NAMED;
    /* "a spokesman, John Doe," needs both commas, or it might begin a list. */
    const bool set_off = comma && is_mark(p, name.end, ',') && name.found.words > 1 &&
                         !is_list(p, name.end + 1) && !apposition;
    if (is_name_person(&name, from, p) && whole && (set_off || !n->indefinite)) {
        if (!comma) n->at = at;
        *next = name.end;
        if (!add_titled(p, n, &name)) return false;
        if (comma) { /* "their spokesman, John Doe": the name stands for itself too */
            name.found.nested = true;
            if (!rap_push(p->work->scratch, &p->work->found, name.found)) return false;
        }
        /* Only from the walk itself: descriptions nest two deep, never deeper. */
        return apposition || n->of != RAP_NONE || after_name(p, next);
    }
    const bool bare = n->at == n->head + 1;
    if (bare && n->indefinite && upos_at(p, n->at) == RAP_NOUN && n->at < p->end)
        return true; /* "a major town" */
    if (bare && n->owner == RAP_NONE && has_rank(p, n->head, "chief")) return true;
    if (bare && n->begin == p->begin && n->head == n->begin && is_verb(p, n->at))
        n->definite = true; /* "Prime minister hails deal" */
    const bool closed = ((unit_at(p, n->at)->flags & UNIT_MARK) && n->at < p->end) ||
                        has(p, n->at, BIT(N_LINK) | BIT(N_OF));
    if (apposition ? !closed
                   : !(n->definite || n->indefinite || n->his || n->owner != RAP_NONE ||
                       n->of != RAP_NONE))
        return true;
    name_found f = found_of_noun(p, n, n->at - 1, FOUND_ROLE);
    if (apposition) f.same_as = described(p, n);
    if (n->indefinite) f.definite = false;
    *next = n->at;
    return add_found(p, f) && add_nested(p, n->begin, n->at);
}

static bool end_noun(name_parser *p, name_noun *n, found_kind kind, bool plural,
                     uint32_t *next)
{
    name_found f = found_of_noun(p, n, n->at - 1, kind);
    f.plural = plural;
    f.definite = n->definite && !n->indefinite;
    *next = n->at;
    return add_found(p, f) && add_nested(p, n->begin, n->at);
}

/* "the Spaniard", "the Tigrayans", "Serbs": a people's name that stands alone. */
static bool people_at(name_parser *p, name_noun n, uint32_t *next)
{
    const bits is = unit_at(p, n.at)->is;
    const bool plural =
        (is & BIT(N_PEOPLES)) && (!(is & BIT(N_PEOPLE)) || !n.indefinite);
    if (!(is & (BIT(N_PEOPLE) | BIT(N_PEOPLES))) || (is & IS_NAMED)) return true;
    if (!is_last_noun(p, n.at)) return true;
    /* "the Armenian" needs its article; "the Chinese" are a people. */
    if (!plural && !(n.definite && n.begin + 1 == n.at && !n.count)) return true;
    if (!plural && has(p, n.at + 1, BIT(N_AND))) return true;
    if (plural && (is & BIT(N_ADJECTIVE)) && !n.definite) return true;
    n.head = n.at;
    n.owner = phrase_at(p, n.at)->land;
    if (n.owner == RAP_NONE) return true;
    n.at++;
    read_complement(p, &n, false);
    name_found f = found_of_noun(p, &n, n.at - 1, FOUND_PEOPLE);
    f.entry = f.role = RAP_NONE;
    f.plural = plural;
    *next = n.at;
    return add_found(p, f) && add_nested(p, n.begin, n.at);
}

static bool end_description(name_parser *p, name_noun *n, bool apposition,
                            uint32_t *next)
{
    const bits is = unit_at(p, n->at)->is;
    const bool open = n->definite || n->his || n->owner != RAP_NONE || n->indefinite;
    n->head = n->at++;
    if (!open && !n->count && upos_at(p, n->head) == RAP_VERB) return true; /* chairs */
    /* "Justice Department": a name, though it begins as a calling does. */
    if (is_capital(p, n->head) && is_capital(p, n->at) &&
        has(p, n->at, BIT(N_ORGANISATION_HEAD)))
        return true;
    /* "Front and Ruritanian government": one head, so the first is no owner of it. */
    if (n->several && (is & (BIT(N_ROLE) | BIT(N_BODY))) &&
        !(is & (BIT(N_ROLES) | BIT(N_CROWD))))
        return true;
    if (is & BIT(N_ROLE)) {
        read_complement(p, n, true);
        return end_role(p, n, apposition, next);
    }
    if (apposition || (has(p, n->at, IS_HEAD) && !has(p, n->at, BIT(N_POSSESSIVE)) &&
                       !(is & (BIT(N_ROLES) | BIT(N_CROWD)))))
        return true;
    if ((is & BIT(N_PAIR)) && (n->count || n->definite) &&
        (n->count || !(is & (BIT(N_ROLES) | BIT(N_CROWD))))) {
        if (n->owner != RAP_NONE) return true;
        return end_noun(p, n, FOUND_PAIR, true, next);
    }
    if (is & BIT(N_ROLES)) {
        read_complement(p, n, false);
        return end_noun(p, n, FOUND_ROLES, true, next);
    }
    if (is & BIT(N_BODY)) {
        if (!open || n->indefinite || !is_last_noun(p, n->head)) return true;
        read_complement(p, n, false);
        return end_noun(p, n, FOUND_BODY, false, next);
    }
    if (is & BIT(N_CROWD)) {
        const uint32_t row = phrase_at(p, n->head)->word;
        const bool bare = row != RAP_NONE && entry_at(p->work, row)->singular && !open;
        if (bare || !is_last_noun(p, n->head)) return true;
        read_complement(p, n, false);
        return end_noun(p, n, FOUND_CROWD, true, next);
    }
    if (!(is & (BIT(N_BLOC) | BIT(N_LAND))) || !(n->definite || n->his) ||
        n->owner != RAP_NONE || !is_last_noun(p, n->head))
        return true;
    return end_noun(p, n, is & BIT(N_BLOC) ? FOUND_BLOC : FOUND_LAND, false, next);
}

/* A description at unit i; *next moves past it when there is one. */
static bool description_at(name_parser *p, uint32_t i, uint32_t of, bool apposition,
                           uint32_t *next)
{
    name_noun n = {.begin = i,
                   .at = i,
                   .owner = RAP_NONE,
                   .owner2 = RAP_NONE,
                   .of = of,
                   .definite = of != RAP_NONE};
    read_opening(p, &n);
    n.inner = n.at;
    if (!people_at(p, n, next)) return false;
    name_noun owning = {
        .head = RAP_NONE}; /* "the army's loss": the army, if nothing more */
    for (uint32_t steps = 0; *next == i && steps < 8; steps++) {
        if (has(p, n.at, IS_HEAD) && !has(p, n.at + 1, BIT(N_POSSESSIVE)) &&
            !(has(p, n.at, BIT(N_STATUS) | BIT(N_WIDE) | BIT(N_BODY)) &&
              (has(p, n.at + 1, IS_HEAD) || is_quality(p, &n, n.at + 1))))
            return end_description(p, &n, apposition, next);
        if (has(p, n.at, BIT(N_ROLE) | BIT(N_ROLES)) && !is_quality(p, &n, n.at + 1))
            break;
        if (has(p, n.at, BIT(N_BLOC) | BIT(N_LAND) | BIT(N_BODY)) &&
            has(p, n.at + 1, BIT(N_POSSESSIVE)))
            owning = n;
        if (!read_quality(p, &n)) break;
    }
    /* "the prime minister's aide": the inner description stands for itself. */
    if (*next == i && has(p, n.at, IS_HEAD))
        return end_description(p, &n, apposition, next);
    if (*next == i && owning.head != RAP_NONE && !apposition)
        return end_description(p, &owning, apposition, next);
    return true;
}

/* ---- the walk -----------------------------------------------------------------------
 */

static bool pronoun_at(name_parser *p, uint32_t i, uint32_t *next)
{
    if (!has(p, i, BIT(N_HE) | BIT(N_SHE) | BIT(N_THEY))) return true;
    name_found f = new_found(p, i, i, FOUND_PRONOUN);
    if (has(p, i, BIT(N_HE))) f.sex = GENDER_MALE;
    if (has(p, i, BIT(N_SHE))) f.sex = GENDER_FEMALE;
    f.plural = has(p, i, BIT(N_THEY));
    *next = i + 1;
    return add_found(p, f);
}

/* ", John Doe's adviser,": the inner name, then what the outer one is to it. */
static bool owned_apposition(name_parser *p, uint32_t at, uint32_t *next)
{
    named name;
    if (!name_at(p, at, false, &name)) return false;
    if (!is_name_person(&name, at, p) || !has(p, name.end, BIT(N_POSSESSIVE)))
        return true;
    const uint32_t before = p->work->found.count;
    uint32_t end = name.end + 1;
    if (!description_at(p, name.end + 1, RAP_NONE, true, &end)) return false;
    if (p->work->found.count == before) return true;
    name.found.nested = true;
    *next = end;
    return rap_push(p->work->scratch, &p->work->found, name.found);
}

/* "Ruritania's Anton Velkov": his country. */
static bool owned_person(name_parser *p, uint32_t owner, uint32_t at, uint32_t *next)
{
    named name;
    const name_found *of = &p->work->found.at[owner];
    if (of->kind != FOUND_NAMED || entry_at(p->work, of->entry)->kind != N_STATE)
        return true;
    if (!name_at(p, at, false, &name)) return false;
    if (!is_name_person(&name, at, p)) return true;
    name.found.owner = of->entry;
    *next = name.end;
    return add_found(p, name.found);
}

/* What may follow a name at once: its acronym, a description, something it owns. */
static bool after_name(name_parser *p, uint32_t *next)
{
    const uint32_t at = *next, last = last_outer(p->work);
    *next = acronym_after(p, at);
    if (*next != at) return !p->work->full;
    uint32_t to = at + 1;
    if (is_possessive(p, at)) {
        uint32_t end = to;
        if (!description_at(p, to, last, false, &end)) return false;
        if (end > to) *next = end;
        if (end == to) return owned_person(p, last, to, next);
    } else if (is_mark(p, at, ',')) {
        uint32_t end = to;
        if (!description_at(p, to, RAP_NONE, true, &end)) return false;
        if (end > to) *next = end;
        if (end == to) return owned_apposition(p, to, next);
    }
    return true;
}

static bool honorific_at(name_parser *p, uint32_t i, uint32_t *next)
{
    if (!has(p, i, BIT(N_HONORIFIC)) || !is_capital(p, i)) return true;
    named name;
    if (!name_at(p, i + 1, true, &name)) return false;
    if (!is_name_person(&name, i + 1, p)) return true;
    name_found f = name.found;
    f.span.begin = unit_at(p, i)->span.begin;
    f.first = unit_at(p, i)->first;
    f.unit_first = i;
    f.titled = true;
    const uint32_t row = phrase_at(p, i)->word;
    if (row != RAP_NONE && entry_at(p->work, row)->sex)
        f.sex = (uint8_t)entry_at(p->work, row)->sex;
    *next = name.end;
    return add_found(p, f) && after_name(p, next);
}

/* May a description begin at unit i? Nearly all words that no list holds say no. */
static bool may_describe(const name_parser *p, uint32_t i)
{
    const bits opening = BIT(N_TWO) | BIT(N_THREE) | BIT(N_FOUR) | BIT(N_HIS) |
                         BIT(N_DEFINITE) | BIT(N_INDEFINITE);
    const bits owner = BIT(N_STATE) | BIT(N_PLACE) | BIT(N_ORGANISATION) | BIT(N_SEAT) |
                       BIT(N_ADJECTIVE) | BIT(N_PEOPLE) | BIT(N_PEOPLES);
    const bits quality = BIT(N_STATUS) | BIT(N_WIDE);
    return has(p, i, opening | owner | quality | IS_HEAD) || over_portfolio(p, i) > i;
}

static bool step(name_parser *p, uint32_t i, uint32_t *next)
{
    *next = i;
    /* "in", "said": in small letters they begin neither a name nor a description. */
    const bits idle = BIT(N_OF) | BIT(N_LINK) | BIT(N_AND) | BIT(N_LOCATIVE) |
                      BIT(N_WITHIN) | BIT(N_SPEECH) | BIT(N_NOT_NAME) |
                      BIT(N_POSSESSIVE);
    const name_unit *u = unit_at(p, i);
    if (!(u->is & ~idle) && !(u->flags & UNIT_CAPITAL)) { /* or a mark */
        *next = i + 1;
        return true;
    }
    if (may_describe(p, i) && !description_at(p, i, RAP_NONE, false, next))
        return false;
    if (*next == i && !honorific_at(p, i, next)) return false;
    if (*next != i) return true;
    named name;
    if (!name_at(p, i, false, &name)) return false;
    if (name.end > i) {
        *next = name.end;
        const bool nests = name.found.kind == FOUND_RUN && name.found.organisation;
        if (!add_found(p, name.found)) return false;
        if (!after_name(p, next)) return false;
        return !nests || add_nested(p, i, name.end);
    }
    if (!pronoun_at(p, i, next)) return false;
    if (*next == i) *next = i + 1;
    return true;
}

/* Six words in ten capitalised, and no stop at the end: a headline. */
static bool is_headline(const name_parser *p)
{
    uint32_t words = 0, capitals = 0;
    for (uint32_t i = p->begin; i < p->end; i++) {
        if (unit_at(p, i)->flags & UNIT_MARK) continue;
        words++;
        capitals += is_capital(p, i);
    }
    return words >= 5 && capitals * 10 >= words * 6 && !is_mark(p, p->end - 1, '.');
}

/* Room for as many mentions as most texts have, so that the list seldom grows. */
static bool reserve_found(name_work *work)
{
    enum { TOKENS_PER_MENTION = 6, AT_LEAST = 16 };
    const uint32_t room = work->tokens->count / TOKENS_PER_MENTION + AT_LEAST;
    work->found.at = rap_new(work->scratch, name_found, room);
    work->found.capacity = work->found.at ? room : 0;
    return work->found.at != NULL;
}

bool names_parse(name_work *work)
{
    if (!reserve_found(work)) return false;
    for (uint32_t s = 0; s < work->tokens->sentences; s++) {
        if (!units_read(work, s)) return false;
        name_parser p = {.work = work,
                         .sentence = s,
                         .unit = work->units.at,
                         .end = work->units.count};
        p.headline = is_headline(&p);
        uint32_t next;
        for (uint32_t i = p.begin; i < p.end; i = next)
            if (!step(&p, i, &next)) return false;
    }
    return !work->full;
}
