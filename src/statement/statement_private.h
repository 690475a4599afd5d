/*
 * statement_private.h - what the files of this module share; never leaves the folder.
 *
 * statement_lexicon.c  the cue lists, classes   statement_quote.c    pairs of marks
 * statement_phrase.c   noun phrases, clauses    statement_cue.c      cues, subjects
 * statement_content.c  what is said             statement_turn.c     interviews, colons
 * statement_tree.c     readings of the trees    statement_read.c     what they may be
 * statement_near.c     those without a tree     statement_cut.c      shorter ones
 * statement_fact.c     the facts of a reading   statement_score.c    their weights
 * statement_emit.c     speaker, confidence      statement_date.c     dates
 * statement.c          the stage
 */
#ifndef RAP_STATEMENT_PRIVATE_H
#define RAP_STATEMENT_PRIVATE_H

#include "statement.h"

/* ---- lexicon --------------------------------------------------------------------- */
enum { /* classes of function words: bits in the order of the table in the lexicon */
       CLASS_THAT = 1u << 0,
       CLASS_TO = 1u << 1,
       CLASS_OF = 1u << 2,
       CLASS_AS = 1u << 3,
       CLASS_BY = 1u << 4,
       CLASS_FOR = 1u << 5,
       CLASS_ON = 1u << 6,
       CLASS_ABOUT = 1u << 7,
       CLASS_AGAINST = 1u << 8,
       CLASS_NOT = 1u << 9,
       CLASS_BE = 1u << 10,
       CLASS_HAVE = 1u << 11,
       CLASS_DO = 1u << 12,
       CLASS_MODAL = 1u << 13,
       CLASS_AND = 1u << 14,
       CLASS_RELATIVE = 1u << 15,
       CLASS_WH = 1u << 16,
       CLASS_IF = 1u << 17,
       CLASS_CLAUSE = 1u << 18, /* opens a subordinate clause: while, although */
       CLASS_PLACE = 1u << 19,  /* opens an adjunct: in, at, during */
       CLASS_PRONOUN = 1u << 20,
       CLASS_THERE = 1u << 21,
       CLASS_ADVERB = 1u << 22,
       CLASS_ISSUE = 1u << 23, /* releases a document */
       CLASS_IMPERSONAL = 1u << 24,
       CLASS_INDEFINITE = 1u << 25,
       CLASS_MUTE = 1u << 26,   /* refuse to: comment */
       CLASS_NOBODY = 1u << 27, /* subjects that stand for nobody */
       CLASS_ONE = 1u << 28,    /* one wonders */
       CLASS_ANSWER = 1u << 30, /* marks an answer in an interview */
       CLASS_ASIDE = 1u << 29   /* opens the reporter's own clause: although */
};
static const uint32_t CLASS_UNNAMED = 1u << 31; /* asked not to be: named */

enum { /* frames: what may follow a cue */
       FRAME_THAT = 1u << 0,
       FRAME_BARE = 1u << 1,
       FRAME_SAY = 1u << 2,
       FRAME_WH = 1u << 3,
       FRAME_TELL = 1u << 4,
       FRAME_TOADDR = 1u << 5,
       FRAME_TO = 1u << 6,
       FRAME_OTO = 1u << 7,
       FRAME_OTO_TO = 1u << 8,
       FRAME_GER = 1u << 9,
       FRAME_OBJ = 1u << 10,
       FRAME_NP = 1u << 11,
       FRAME_OF = 1u << 12,
       FRAME_AS = 1u << 13,
       FRAME_COMP = 1u << 14,
       FRAME_ON = 1u << 15,
       FRAME_AGAINST = 1u << 16,
       FRAME_FOR = 1u << 17,
       FRAME_ABOUT = 1u << 18,
       FRAME_TO_NP = 1u << 19,
       FRAME_TO_GER = 1u << 20
};

enum { /* forms of a verb, in the order of the data */
       FORM_BASE = 1,
       FORM_THIRD = 2,
       FORM_PAST = 4,
       FORM_PARTICIPLE = 8,
       FORM_GERUND = 16
};

enum { DOCUMENT_SPEAKS = 1, DOCUMENT_VENUE = 2 }; /* roles of a document noun */
enum { PLACE_BEFORE = 1, PLACE_AFTER = 2 };       /* where a source phrase may stand */
enum { CARRIER_PLAIN = 1, CARRIER_NEGATED = 2 };
enum { REST_MOST = 4 };   /* words that may have to follow a cue's first word */
enum { SENSES_MOST = 8 }; /* classes of meaning a word may be in */
enum { SENSES = 512 };    /* classes of meaning in all, at most */
enum { HIDDEN = 32 };     /* units of the scorer's hidden layer */

typedef struct cue_entry { /* a row of verbs, nouns or prepositions */
    rap_slice lemma;
    rap_slice rest[REST_MOST]; /* [rests] folded words that must follow */
    uint32_t rests;
    uint32_t frames;
    rap_act act;
    uint32_t place; /* prepositions */
    float weight;
} cue_entry;

typedef struct cue_node { /* one reading of a surface form */
    const cue_entry *entry;
    uint32_t forms;
    const struct cue_node *next;
} cue_node;

typedef struct word_entry { /* all that the lists know of one folded word */
    uint32_t classes;
    uint8_t document, carrier;
    bool outsider;               /* one who comments without having a part in it */
    uint16_t sense[SENSES_MOST]; /* classes of meaning, 0: no more of them */
    const cue_node *verb, *noun, *preposition;
} word_entry;

enum sense_kind { /* what a class of meaning holds, in the order of the data's names */
                  SENSE_VERB,
                  SENSE_NOUN,
                  SENSE_ADJECTIVE,
                  SENSE_PREPOSITION,
                  SENSE_ADVERB
};

typedef struct sense_class { /* a class of meaning: "hope" */
    rap_slice name;
    uint8_t kind; /* enum sense_kind */
} sense_class;

struct rap_statement_knowledge {
    rap_arena arena;
    rap_map map; /* folded word -> index into word */
    RAP_LIST(word_entry) word;
    RAP_LIST(sense_class) sense; /* from 1: 0 is no class */
    uint32_t *weight_key;        /* [weights] 0: free; an open table */
    float *weight;               /* [weights] */
    uint32_t *weight_row;        /* [weights] row of `hidden`, or RAP_NONE */
    uint32_t weights;            /* a power of two, or 0 */
    int8_t *hidden;              /* [rows][HIDDEN] */
    uint32_t hidden_rows;
    float hidden_scale[HIDDEN], hidden_bias[HIDDEN], hidden_out[HIDDEN];
};

/* The scorer's weights, statement_score.c; the lists must have been read. */
rap_status score_open(rap_statement_knowledge *knowledge, const rap_language *language,
                      rap_error *err) RAP_CHECKED;

/* What the lists know of `word`, or an entry of zeroes. */
const word_entry *lexicon_find(const rap_statement_knowledge *knowledge,
                               rap_slice word);

/* ---- the page: one document being read ------------------------------------------- */
typedef struct quotation { /* a top-level pair of quotation marks */
    rap_span outer, inner; /* with and without the marks */
    uint32_t first, last;  /* tokens that touch `outer`, inclusive */
    uint32_t words;
    bool closed;    /* the closing mark is there */
    bool runs_on;   /* not closed here, but the next paragraph opens again */
    bool speech;    /* a sentence of its own, not a fragment */
    uint32_t owner; /* statement whose content it is, or RAP_NONE */
} quotation;

typedef struct look { /* per token */
    const word_entry *word;
    uint32_t quote; /* index of the quotation it lies in, marks included, or RAP_NONE */
    uint32_t mention; /* widest mention that covers it, or RAP_NONE */
    uint32_t timex;
    char mark; /* ',' ';' ':' '.' '-' '(' ')' of punctuation, 0 else */
} look;

typedef struct range { /* tokens [first, last], inclusive; none if first > last */
    uint32_t first, last;
} range;
#define RANGE_NONE ((range){1, 0})
static inline bool range_is(range r)
{
    return r.first <= r.last;
}

typedef enum cue_type {
    CUE_FINITE,     /* with a subject of its own */
    CUE_SHARED,     /* coordinated: the subject of the cue before */
    CUE_PARTICIPLE, /* ", saying": the subject of the clause */
    CUE_PASSIVE,
    CUE_NOUN,
    CUE_SOURCE /* according to */
} cue_type;

typedef struct cue {
    uint32_t token, last; /* the cue's own words */
    const cue_entry *entry;
    cue_type type;
    range subject;
    range named;    /* the phrase beside the subject, between commas */
    uint32_t begin; /* first token of its clause, the comma or conjunction included */
    range addressee, venue;
    range content;  /* right of the cue; its end is cut later */
    uint32_t frame; /* the one that matched, 0: none on the right */
    uint32_t after; /* first token after cue, addressee and adjuncts */
    bool negated, inverted, relative, hedged;
    bool nested; /* reported by the cue before: A said B had accused C */
    bool unsure; /* who speaks is one of two */
} cue;

typedef struct draft { /* a statement being made */
    rap_span content[8];
    uint32_t contents;
    uint32_t own; /* of them, those that no quotation without a cue went on with */
    rap_span cue, source, venue;
    uint32_t cue_token;
    range subject, named, addressee, venue_tokens;
    rap_statement_mode mode;
    rap_act act;
    bool negated;
    bool nested; /* reported by the cue before */
    float confidence;
    float most;       /* confidence is at most this */
    uint8_t type;     /* cue_type */
    uint32_t frame;   /* the frame that matched, 0: none */
    uint32_t speaker; /* preset: a statement that goes on; RAP_NONE: from `subject` */
} draft;

typedef RAP_LIST(cue) cue_list;
typedef RAP_LIST(range) range_list;

typedef struct page {
    const rap_statement_knowledge *knowledge;
    const rap_statement_input *in;
    rap_slice text;
    const rap_tokens *tokens;
    const rap_syntax *syntax;
    const rap_names *names;
    rap_arena *scratch;
    look *look; /* [T] */
    RAP_LIST(quotation) quote;
    RAP_LIST(draft) draft;
    cue_list cues;    /* of the unit at hand */
    range_list units; /* of the paragraph at hand */
    range unit;
    uint32_t quotes_from; /* first quotation of the paragraph */
    uint32_t cut;         /* content to the left of a cue starts here at the earliest */
    uint32_t waiting;     /* draft that ended in a colon and waits for its quotation */
    uint32_t last;        /* draft made last, or RAP_NONE */
    bool interview;       /* paragraphs with labels are turns */
    uint32_t interviewee; /* actor, or RAP_NONE */
} page;

/* First token after "CAIRO, May 4 (Wire) -" at the start of `r`; else r.first. */
uint32_t page_past_dateline(const page *p, range r);

/* ---- quotations -------------------------------------------------------------------
 */
/* Pairs of the paragraph over tokens `r` within text[span]; false: no memory. */
bool quote_paragraph(page *p, rap_span span, range r);
/* The quotation that starts, or ends, at `token`; RAP_NONE if none does. */
uint32_t quote_starting(const page *p, uint32_t token);
uint32_t quote_ending(const page *p, uint32_t token);

/* ---- phrases -----------------------------------------------------------------------
 */
static inline uint32_t classes_at(const page *p, uint32_t token)
{
    return p->look[token].word->classes;
}
static inline rap_upos upos_at(const page *p, uint32_t token)
{
    return (rap_upos)p->syntax->upos[token];
}
bool is_nominal(const page *p, uint32_t token); /* may stand inside a noun phrase */
bool is_finite(const page *p, uint32_t token);
bool has_finite(const page *p, range r); /* outside of quotations */
bool is_adverb(const page *p, uint32_t token);
/* The noun phrase that ends at `token`, and the one that starts there. */
range phrase_left(const page *p, uint32_t token);
range phrase_right(const page *p, uint32_t token, bool deep);
/* The first token of `r` that hangs on something outside. */
uint32_t tree_head_in(const page *p, range r);
/* "not to be named": what an anonymous source asks says nothing. */
bool asks_for_anonymity(const page *p, range r);
/* The first noun phrase of a clause that starts at `token`, adverbials skipped. */
range phrase_of_clause(const page *p, uint32_t token, uint32_t end);

/* ---- cues ---------------------------------------------------------------------------
 */
bool cue_collect(page *p); /* fills p->cues for p->unit; false: no memory */
/* Does `node` fit at `token`: its further words follow. Last token of it, or RAP_NONE.
 */
uint32_t cue_rest(const page *p, const cue_node *node, uint32_t token);
/* Addressee, adjuncts and the frame on the right of `c`. */
void content_match(const page *p, cue *c);

/* ---- making statements
 * --------------------------------------------------------------- */
bool content_unit(page *p);      /* statements of the unit's cues */
bool content_leftovers(page *p); /* quotations of the paragraph that nobody owns */
bool content_keep(page *p, draft d);
/* The words of a quotation without the comma before "X said". */
rap_span quote_inside(const page *p, const quotation *q);

/* Content `r` of `d`, which will be draft `index`: a whole quotation gives its words. */
void content_add(page *p, draft *d, range r, uint32_t index);

/* ---- readings of the tree -----------------------------------------------------------
 */
typedef enum reading_kind { /* where the content hangs on its cue */
                            READ_NONE,
                            READ_CCOMP,
                            READ_HOST, /* the clause that "X said" is put into */
                            READ_PARATAXIS,
                            READ_XCOMP,
                            READ_OBJECT_XCOMP,
                            READ_OBJECT,
                            READ_OBJECT_REST, /* the object and all that follows it */
                            READ_OBLIQUE,
                            READ_PASSIVE,      /* the subject of a passive */
                            READ_PASSIVE_REST, /* and what follows the verb */
                            READ_RAISED,       /* X is likely to go */
                            READ_ADVCL,
                            READ_RELATIVE, /* the plan that X backs */
                            READ_ACL,
                            READ_NMOD,
                            READ_CSUBJ,
                            READ_COLON,
                            READ_LEFT,  /* all that stands before "X said" */
                            READ_RIGHT, /* all that stands behind it */
                            READ_BOTH,
                            READ_QUOTE,        /* a quotation near the cue */
                            READ_QUOTE_BEFORE, /* one that ends where its sentence begins */
                            READ_QUOTE_AFTER, /* one that begins behind its sentence */
                            READ_RULE,        /* a draft of the rules */
                            READ_RULE_OWN, /* without quotations that go on from it */
                            READ_KINDS
} reading_kind;

typedef enum source_kind {
    FROM_NOBODY,
    FROM_NAME,
    FROM_PERSON, /* a name that the name stage takes for a person */
    FROM_NOUN,
    FROM_DOCUMENT,
    FROM_NUMBER,
    FROM_FIRST, /* I, we, you */
    FROM_THIRD,
    FROM_RELATIVE,
    FROM_OTHER,
    FROM_KINDS
} source_kind;

typedef enum cut_kind { /* how the content of a reading was made shorter */
                        CUT_NONE,
                        CUT_TAIL,   /* before a dependent at its right edge */
                        CUT_FRONT,  /* what stands before "that" */
                        CUT_FIRST,  /* the first of two pieces */
                        CUT_SECOND, /* the second of them */
                        CUT_QUOTE,  /* the quotation inside */
                        CUT_JOINED, /* none: with the quotation that goes on from it */
                        CUT_KINDS
} cut_kind;

enum { FEATURES_MOST = 128, PARTS_MOST = 8 };
typedef struct candidate { /* one reading of one cue */
    uint32_t head;         /* the cue's token */
    reading_kind kind;
    range cue, source;
    range content[PARTS_MOST];
    uint32_t contents;
    uint32_t feature[FEATURES_MOST]; /* [features] keys */
    uint32_t features;
    bool negated, inherited; /* the source is that of another verb */
    bool listed;             /* the cue is in the lists of reporting words */
    rap_act act;
    uint32_t agreeing; /* draft of the rules whose content is much the same, RAP_NONE */
    uint32_t same_cue; /* draft of the rules with this cue, RAP_NONE */
    cut_kind cut;
    uint32_t tail, end;   /* first and last token that was cut off, RAP_NONE */
    rap_relation loose;   /* of what was cut off */
    uint32_t level, cuts; /* depth of the cut; how many cuts a whole reading has */
    float score;          /* sum of weights, then the share that is right */
} candidate;

/* Who wants to see every candidate, for training; NULL in use. */
typedef struct tree_watch {
    void (*see)(void *whose, const page *p, const candidate *c);
    void *whose;
} tree_watch;
/* Statements that only the trees show, and the drafts that they mend; false: no memory. */
bool tree_read(page *p, const tree_watch *watch);
/* As rap_statement_run. */
rap_status statement_run_watched(const rap_statement_knowledge *knowledge,
                                 const rap_statement_input *in, rap_arena *arena,
                                 rap_arena *scratch, const tree_watch *watch,
                                 rap_statements *out, rap_error *err) RAP_CHECKED;

/* ---- the scorer: a linear model over pairs and triples of facts ---------------------
 */
typedef enum fact_kind { /* what a number in a feature stands for */
                         FACT_NONE,
                         FACT_READING,
                         FACT_CLASS,
                         FACT_SOURCE,
                         FACT_RELATION,
                         FACT_UPOS,
                         FACT_ACT,
                         FACT_NUMBER,
                         FACT_KINDS
} fact_kind;
enum { TEMPLATE_FACTS = 3 };
typedef struct template
{ /* a kind of feature */
    const char *name;
    uint8_t fact[TEMPLATE_FACTS]; /* fact_kind */
}
template;
enum score_template {
    T_READING,
    T_CLASS,
    T_CLASS_CASE,
    T_CLASS_SOURCE,
    T_CLASS_ROLE,
    T_CLASS_MARK,
    T_ACT,
    T_WEIGHT,
    T_SOURCE,
    T_SOURCE_ROLE,
    T_ROLE,
    T_FORM,
    T_NEGATED,
    T_LENGTH,
    T_FIRST,
    T_HEAD,
    T_QUOTED,
    T_MARK,
    T_RULE,
    T_RULE_SURE,
    T_OTHER,
    T_UNKNOWN,
    T_TITLE,
    T_FINITE,
    T_CASE,
    T_RULE_FRAME,
    T_RULE_CONFIDENCE,
    T_RULE_TREE,
    T_RULE_PARTS,
    T_CLASS_READ_SOURCE,
    T_CLASS_READ_ROLE,
    T_SOURCE_READ_ROLE,
    T_CUT,
    T_CUT_READ,
    T_CUT_FIRST,
    T_CUT_LENGTH,
    T_CUT_QUOTED,
    T_CUT_VERB,
    T_CUT_HEAD,
    T_CUT_CASE,
    T_CUT_NOUN,
    T_CUT_PAIR,
    T_CUTS,
    T_NEXT,
    T_DEPENDENTS,
    T_TAG,
    T_AROUND,
    T_ACTOR,
    T_TOPIC,
    T_GOVERNOR,
    T_PLACE,
    T_RIVALS,
    T_TEMPLATES
};
extern const template score_templates[T_TEMPLATES];
uint32_t score_key(enum score_template t, uint32_t a, uint32_t b, uint32_t c);
/* Fact `i` of the feature `key`, and its template. */
uint32_t score_fact(uint32_t key, uint32_t i);
enum score_template score_template_of(uint32_t key);
/* What the features say for a reading: their weights, and the hidden layer's. */
float score_of(const rap_statement_knowledge *knowledge, const candidate *c);
/* The name of fact `value` in `out`. */
void score_label(const rap_statement_knowledge *knowledge, fact_kind kind,
                 uint32_t value, char *out, size_t size);

/* ---- turns and colons -------------------------------------------------------------- */
bool mention_is_person(const page *p, uint32_t mention);
void turn_find(page *p); /* is the document an interview? */
/* Paragraph `r` as a turn; *read: it was one, false: no memory. */
bool turn_read(page *p, range r, bool *read);
bool turn_colon(page *p); /* the unit's quotation after a colon that nobody owns */

/* Fills the layer from the drafts, in text order. */
rap_status emit_all(page *p, rap_arena *arena, rap_statements *out, rap_error *err);

#endif
