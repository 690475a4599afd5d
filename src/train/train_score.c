/* train_score.c - how many words and names are right. */
#include "train_private.h"

typedef struct name {
    uint32_t first, end;
    const char *type; /* "PER" of "B-PER"; NULL: no name */
} name;

static const char *tag_at(const char *const *names, const uint8_t *tags, uint32_t t)
{
    return tags[t] == TRAIN_NO_LABEL ? "O" : names[tags[t]];
}

static bool goes_on(const char *tag, const char *type)
{
    return tag[0] == 'I' && strcmp(tag + 2, type) == 0;
}

/* The first name at or after word `from`; a tag I-X that goes on with nothing begins one. */
static name next_name(const char *const *names, const uint8_t *tags, uint32_t from,
                      uint32_t count)
{
    while (from < count && tag_at(names, tags, from)[0] == 'O') from++;
    if (from == count) return (name){count, count, NULL};
    name found = {from, from + 1, tag_at(names, tags, from) + 2};
    while (found.end < count && goes_on(tag_at(names, tags, found.end), found.type))
        found.end++;
    return found;
}

static bool counts(const name *n)
{
    return n->type && strcmp(n->type, "OTH") != 0;
}

void train_score_names(const char *const *names, const uint8_t *expected,
                       const uint8_t *found, uint32_t count, rap_train_score *score)
{
    if (!count || expected[0] == TRAIN_NO_LABEL) return;
    name want = next_name(names, expected, 0, count);
    name have = next_name(names, found, 0, count);
    while (want.type || have.type) {
        const uint32_t first = want.first < have.first ? want.first : have.first;
        const bool is_want = want.type && want.first == first;
        const bool is_have = have.type && have.first == first;
        const bool same = is_want && is_have && want.end == have.end &&
                          strcmp(want.type, have.type) == 0;
        score->names_expected += is_want && counts(&want);
        score->names_found += is_have && counts(&have);
        score->names_right += same && counts(&want);
        if (is_want) want = next_name(names, expected, want.end, count);
        if (is_have) have = next_name(names, found, have.end, count);
    }
}

void train_score_add(rap_train_score *sum, const rap_train_score *part)
{
    sum->words += part->words;
    sum->sentences += part->sentences;
    sum->upos += part->upos;
    sum->xpos += part->xpos;
    sum->heads += part->heads;
    sum->relations += part->relations;
    sum->names_right += part->names_right;
    sum->names_found += part->names_found;
    sum->names_expected += part->names_expected;
    sum->loss += part->loss;
}

static double percent(uint64_t part, uint64_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

void rap_train_score_text(const rap_train_score *score, char out[128])
{
    const uint64_t names = score->names_found + score->names_expected;
    (void)snprintf(
        out, 128, "UPOS %.2f XPOS %.2f UAS %.2f LAS %.2f names F1 %.2f",
        percent(score->upos, score->words), percent(score->xpos, score->words),
        percent(score->heads, score->words), percent(score->relations, score->words),
        percent(2 * score->names_right, names));
}
