/*
 * finding_own.c - the person's own issues: seeded, named and merged in a plain text file.
 *
 * Reads   docs/format/issues.md: a label, a tab, phrases with "|" between them.
 * Method  a phrase that stands in the words of a stance makes them the person's issue,
 *         before anything the lists say; a phrase that is the label of an issue found
 *         otherwise gives that issue the person's label.
 * Cost    once a run, in proportion to the file.
 */
#include "finding_private.h"
#include "text.h"

enum { OWN_WEIGHT = 100, MOST_LABEL = 200 };

static rap_status complain(rap_error *err, const rap_tsv *tsv, const char *path,
                           const char *why)
{
    return rap_fail(err, RAP_E_INPUT, tsv->at, "%s line %u: %s", path, tsv->line, why);
}

static uint32_t words_of(rap_slice phrase)
{
    uint32_t n = 0;
    rap_slice part;
    while (rap_split_next(&phrase, ' ', &part)) n += part.len > 0;
    return n;
}

/* The issues of the lists that are called so take the person's label. */
static void rename_listed(rap_finding_knowledge *k, rap_slice phrase, const char *label)
{
    for (uint32_t i = 0; i < k->issue.count; i++)
        if (rap_slice_equal(rap_slice_of(k->issue.at[i]), phrase))
            k->issue.at[i] = label;
}

static bool take_phrase(rap_finding_knowledge *k, rap_slice phrase, uint32_t issue)
{
    const rap_slice folded = rap_fold(&k->arena, phrase);
    uint32_t *slot = folded.at ? rap_map_put(&k->renamed, &k->arena, folded) : NULL;
    if (!slot) return false;
    *slot = issue;
    rename_listed(k, folded, k->issue.at[issue]);
    return rap_finding_add_phrase(k, &k->issues, phrase, issue, OWN_WEIGHT);
}

static rap_status take_row(rap_finding_knowledge *k, const rap_slice *field,
                           const rap_tsv *tsv, const char *path, rap_error *err)
{
    const rap_slice label = field[0];
    if (!label.len) return complain(err, tsv, path, "an issue needs a label");
    if (label.len > MOST_LABEL)
        return complain(err, tsv, path, "a label may have 200 bytes");
    if (rap_utf8_bad(label) < label.len || rap_utf8_bad(field[1]) < field[1].len)
        return complain(err, tsv, path, "it is not UTF-8");
    const rap_slice kept = rap_arena_copy(&k->arena, label);
    bool whole = kept.at && rap_push(&k->arena, &k->issue, kept.at);
    const uint32_t issue = k->issue.count - 1;
    rap_slice list = field[1], part;
    if (whole) whole = take_phrase(k, label, issue);
    while (whole && rap_split_next(&list, '|', &part)) {
        if (words_of(part) > FINDING_PHRASE_WORDS)
            return complain(err, tsv, path, "a phrase may have six words");
        if (part.len) whole = take_phrase(k, part, issue);
    }
    return whole ? RAP_OK : rap_fail(err, RAP_E_NOMEM, 0, "%s", path);
}

rap_status rap_finding_read_own(rap_finding_knowledge *k, rap_slice own,
                                const char *path, rap_error *err)
{
    rap_tsv tsv = rap_tsv_open(own);
    rap_slice field[RAP_TSV_FIELDS];
    rap_status status = RAP_OK;
    for (uint32_t n; !status && (n = rap_tsv_next(&tsv, field));) {
        if (n < 2) field[1] = (rap_slice){"", 0};
        status = take_row(k, field, &tsv, path, err);
    }
    return status;
}

rap_slice rap_renamed_issue(const finder *f, rap_slice label)
{
    const uint32_t issue = rap_map_get(&f->knowledge->renamed, label);
    return issue == RAP_NONE ? label : rap_slice_of(f->knowledge->issue.at[issue]);
}
