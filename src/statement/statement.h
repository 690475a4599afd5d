/*
 * statement.h - who said what: every attributed statement.
 *
 * Reads   rap_article, rap_tokens, rap_syntax, rap_names, rap_times; the cue lexicon
 *         (data/LANG/statement).
 * Writes  rap_statements: content, cue and source spans, speaker, date.
 * Method  attribution (source, cue, content) as PolNeAR defines it: quotation marks and
 *         cues of speech by rule, beside them readings of the trees, scored by a linear
 *         model; docs/method/statement.md.
 */
#ifndef RAP_STATEMENT_H
#define RAP_STATEMENT_H

#include "article.h"
#include "base.h"
#include "name.h"
#include "syntax.h"
#include "timex.h"
#include "token.h"

typedef enum rap_statement_mode {
    RAP_MODE_DIRECT,   /* the content lies in quotation marks */
    RAP_MODE_INDIRECT, /* a clause */
    RAP_MODE_MIXED     /* a clause with quoted stretches */
} rap_statement_mode;
const char *rap_statement_mode_name(rap_statement_mode mode);

typedef enum rap_act {
    RAP_ACT_STATE,
    RAP_ACT_DEMAND,
    RAP_ACT_PROPOSE,
    RAP_ACT_PROMISE,
    RAP_ACT_ACCEPT,
    RAP_ACT_REFUSE,
    RAP_ACT_DENY,
    RAP_ACT_ACCUSE,
    RAP_ACT_THREATEN,
    RAP_ACT_PRAISE,
    RAP_ACT_ASK,
    RAP_ACTS
} rap_act;
const char *rap_act_name(rap_act act); /* "state", "demand", ... */

typedef struct rap_when { /* a date with where it comes from */
    const char *value;    /* ISO, maybe partial; "" if not known */
    rap_day earliest, latest;
    rap_basis basis;
    uint32_t timex; /* index into times, or RAP_NONE */
} rap_when;

enum { RAP_ALSO_MOST = 4 };
typedef struct rap_statement {
    rap_spans content, cue, source; /* source and cue may be empty */
    uint32_t speaker;               /* actor, or RAP_NONE while open */
    uint32_t also[RAP_ALSO_MOST];   /* [alsos] who says it with the speaker: A and B */
    uint32_t alsos;
    uint32_t within;    /* the statement that reports this one, or RAP_NONE */
    uint32_t addressee; /* actor or RAP_NONE */
    rap_span venue; /* "a press briefing", "a Russian-language tweet"; empty if none */
    rap_statement_mode mode;
    rap_act act;
    bool negated; /* "did not say whether" */
    rap_when date;
    uint32_t sentence; /* where the content begins */
    float confidence;  /* 0..1 that content and speaker are right */
} rap_statement;

typedef struct rap_statements {
    const rap_statement *statement; /* [count] by the begin of their content */
    uint32_t count;
    const char *made_by;
} rap_statements;

typedef struct rap_statement_knowledge rap_statement_knowledge; /* const, shared */
rap_status rap_statement_open(const rap_language *language,
                              rap_statement_knowledge **out,
                              rap_error *err) RAP_CHECKED;
void rap_statement_close(rap_statement_knowledge *knowledge);

typedef struct rap_statement_input {
    const rap_article *article;
    const rap_tokens *tokens;
    const rap_syntax *syntax;
    const rap_names *names;
    const rap_times *times;
} rap_statement_input;

/* RAP_E_NOMEM: an arena is full. On failure `out` is empty. */
rap_status rap_statement_run(const rap_statement_knowledge *knowledge,
                             const rap_statement_input *in, rap_arena *arena,
                             rap_arena *scratch, rap_statements *out,
                             rap_error *err) RAP_CHECKED;

#endif
