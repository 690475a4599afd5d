/* syntax_names.c - names of word classes, relations and types of names; see syntax.h. */
#include "syntax.h"
#include "text.h"

const char *rap_upos_name(rap_upos upos)
{
    static const char *const name[RAP_UPOS_COUNT] = {
        "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN", "NUM",
        "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};
    return (unsigned)upos < RAP_UPOS_COUNT ? name[upos] : "X";
}

static const char *const RELATION[RAP_REL_COUNT] = {
    "acl",          "acl:relcl",     "advcl", "advcl:relcl", "advmod",
    "amod",         "appos",         "aux",   "aux:pass",    "case",
    "cc",           "cc:preconj",    "ccomp", "clf",         "compound",
    "compound:prt", "conj",          "cop",   "csubj",       "csubj:outer",
    "csubj:pass",   "dep",           "det",   "det:predet",  "discourse",
    "dislocated",   "expl",          "fixed", "flat",        "goeswith",
    "iobj",         "list",          "mark",  "nmod",        "nmod:desc",
    "nmod:poss",    "nmod:unmarked", "nsubj", "nsubj:outer", "nsubj:pass",
    "nummod",       "obj",           "obl",   "obl:agent",   "obl:unmarked",
    "orphan",       "parataxis",     "punct", "reparandum",  "root",
    "vocative",     "xcomp"};

const char *rap_relation_name(rap_relation relation)
{
    return (unsigned)relation < RAP_REL_COUNT ? RELATION[relation] : "dep";
}

static bool relation_of(rap_slice label, rap_relation *out)
{
    for (int r = 0; r < RAP_REL_COUNT; r++)
        if (rap_slice_equal(label, rap_slice_of(RELATION[r]))) {
            *out = (rap_relation)r;
            return true;
        }
    return false;
}

rap_relation rap_relation_named(rap_slice label)
{
    rap_relation relation = RAP_REL_DEP;
    if (relation_of(label, &relation)) return relation;
    for (uint32_t i = 0; i < label.len; i++)
        if (label.at[i] == ':') {
            label.len = i;
            break;
        }
    (void)relation_of(label, &relation);
    return relation;
}

const char *rap_entity_type_name(rap_entity_type type)
{
    static const char *const name[RAP_ENTITY_COUNT] = {"PER", "ORG", "LOC", "OTHER"};
    return (unsigned)type < RAP_ENTITY_COUNT ? name[type] : "OTHER";
}
