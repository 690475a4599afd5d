/* syntax_states.c - the names of the states and what they are; see syntax_private.h. */
#include "syntax_private.h"

typedef struct state_row {
    const char *name;
    rap_upos upos;
    rap_verb_form form;
} state_row;

static const state_row rows[STATES] = {
    [STATE_ADJ] = {"ADJ", RAP_ADJ, RAP_FORM_NONE},
    [STATE_ADP] = {"ADP", RAP_ADP, RAP_FORM_NONE},
    [STATE_BY] = {"BY", RAP_ADP, RAP_FORM_NONE},
    [STATE_OF] = {"OF", RAP_ADP, RAP_FORM_NONE},
    [STATE_ADV] = {"ADV", RAP_ADV, RAP_FORM_NONE},
    [STATE_NEG] = {"NEG", RAP_PART, RAP_FORM_NONE},
    [STATE_TO] = {"TO", RAP_PART, RAP_FORM_NONE},
    [STATE_POSS] = {"POSS", RAP_PART, RAP_FORM_NONE},
    [STATE_BE] = {"BE", RAP_AUX, RAP_FORM_NONE},
    [STATE_HAVE] = {"HAVE", RAP_AUX, RAP_FORM_NONE},
    [STATE_DO] = {"DO", RAP_AUX, RAP_FORM_NONE},
    [STATE_MODAL] = {"MODAL", RAP_AUX, RAP_FORM_NONE},
    [STATE_HYPH] = {"HYPH", RAP_PUNCT, RAP_FORM_NONE},
    [STATE_CCONJ] = {"CCONJ", RAP_CCONJ, RAP_FORM_NONE},
    [STATE_DET] = {"DET", RAP_DET, RAP_FORM_NONE},
    [STATE_HIS] = {"HIS", RAP_PRON, RAP_FORM_NONE},
    [STATE_INTJ] = {"INTJ", RAP_INTJ, RAP_FORM_NONE},
    [STATE_NOUN] = {"NOUN", RAP_NOUN, RAP_FORM_NONE},
    [STATE_NOUNS] = {"NOUNS", RAP_NOUN, RAP_FORM_NONE},
    [STATE_NUM] = {"NUM", RAP_NUM, RAP_FORM_NONE},
    [STATE_PRON] = {"PRON", RAP_PRON, RAP_FORM_NONE},
    [STATE_SUBJ] = {"SUBJ", RAP_PRON, RAP_FORM_NONE},
    [STATE_REL] = {"REL", RAP_PRON, RAP_FORM_NONE},
    [STATE_PROPN] = {"PROPN", RAP_PROPN, RAP_FORM_NONE},
    [STATE_PUNCT] = {"PUNCT", RAP_PUNCT, RAP_FORM_NONE},
    [STATE_SCONJ] = {"SCONJ", RAP_SCONJ, RAP_FORM_NONE},
    [STATE_SYM] = {"SYM", RAP_SYM, RAP_FORM_NONE},
    [STATE_VB] = {"VB", RAP_VERB, RAP_FORM_BASE},
    [STATE_VBP] = {"VBP", RAP_VERB, RAP_FORM_PRESENT},
    [STATE_VBZ] = {"VBZ", RAP_VERB, RAP_FORM_PRESENT},
    [STATE_VBD] = {"VBD", RAP_VERB, RAP_FORM_PAST},
    [STATE_VBN] = {"VBN", RAP_VERB, RAP_FORM_PARTICIPLE},
    [STATE_VBG] = {"VBG", RAP_VERB, RAP_FORM_GERUND},
    [STATE_X] = {"X", RAP_X, RAP_FORM_NONE},
    [STATE_START] = {"START", RAP_X, RAP_FORM_NONE},
};

rap_upos syntax_upos(tag_state state)
{
    return rows[state].upos;
}

rap_verb_form syntax_form(tag_state state)
{
    return rows[state].form;
}

bool syntax_state_named(rap_slice name, tag_state *out)
{
    for (uint32_t i = 0; i < STATES; i++) {
        if (!rap_slice_is(name, rows[i].name)) continue;
        *out = (tag_state)i;
        return true;
    }
    return false;
}

const char *rap_upos_name(rap_upos upos)
{
    static const char *const name[RAP_UPOS_COUNT] = {
        "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN", "NUM",
        "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};
    assert(upos < RAP_UPOS_COUNT);
    return name[upos];
}
