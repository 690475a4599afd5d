/*
 * statement_private.h - what the files of this module share; never leaves the folder.
 *
 * statement_lexicon.c  the cue lists            statement_quote.c   pairs of quotation
 * marks statement_phrase.c   noun phrases, clauses    statement_cue.c     cues and
 * their subjects statement_content.c  what is said             statement_emit.c
 * speaker, date, confidence statement_turn.c interviews, colons statement.c the stage
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
enum { REST_MOST = 4 }; /* words that may have to follow a cue's first word */

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
    const cue_node *verb, *noun, *preposition;
} word_entry;

struct rap_statement_knowledge {
    rap_arena arena;
    rap_map map; /* folded word -> index into word */
    RAP_LIST(word_entry) word;
};

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
    rap_span cue, source, venue;
    uint32_t cue_token;
    range subject, named, addressee, venue_tokens;
    rap_statement_mode mode;
    rap_act act;
    bool negated;
    float confidence;
    float most;       /* confidence is at most this */
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

/* ---- turns and colons -------------------------------------------------------------- */
bool mention_is_person(const page *p, uint32_t mention);
void turn_find(page *p); /* is the document an interview? */
/* Paragraph `r` as a turn; *read: it was one, false: no memory. */
bool turn_read(page *p, range r, bool *read);
bool turn_colon(page *p); /* the unit's quotation after a colon that nobody owns */

/* Fills the layer from the drafts, in text order. */
rap_status emit_all(page *p, rap_arena *arena, rap_statements *out, rap_error *err);

#endif
