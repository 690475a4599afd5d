/*
 * finding_private.h - the lists of module record and the parts of its finder.
 *
 * finding_lexicon.c     tables of words and phrases
 * finding_clause.c      clauses, dates
 * finding_party.c       who does what a verb says
 * finding_side.c        the parties a report is about
 * finding_term.c        words as joining compares them
 * finding_document.h    documents by any name, by its own parts
 * finding_bond.h        obligations, promises, terms, by its own parts
 * finding_due.c         until when something is owed
 * finding_outcome.c     whether it was kept
 * finding_stance.c      what the words of a statement say of its speaker's stance
 * finding_issue.c       which matter a passage is about
 * finding_own.c         the person's own issues
 * finding_position.c    who stands where on which issue
 * finding_detail.c      numbers, lengths, roles
 * finding_toll.c        how many were killed, wounded, driven out
 * finding_content.c     what a document is said to hold, and not to hold
 * finding_meeting.h     meetings, by its own parts
 * finding_denial.c      claims and their denials
 */
#ifndef RAP_FINDING_PRIVATE_H
#define RAP_FINDING_PRIVATE_H

#include "finding.h"

typedef enum finding_class { /* of words.tsv, in the order of its head */
                             FINDING_MUST,
                             FINDING_OBLIGE,
                             FINDING_UNDERTAKE,
                             FINDING_WILL,
                             FINDING_FIRST,
                             FINDING_NOT,
                             FINDING_AND,
                             FINDING_BREAK,
                             FINDING_RELATIVE,
                             FINDING_DEFINITE,
                             FINDING_FRESH,
                             FINDING_WITHIN,
                             FINDING_BY,
                             FINDING_EXPIRE,
                             FINDING_TERM,
                             FINDING_UNDER,
                             FINDING_MAKE,
                             FINDING_MADE,
                             FINDING_FORCE,
                             FINDING_IF,
                             FINDING_SOME,
                             FINDING_AGENT,
                             FINDING_BETWEEN,
                             FINDING_NO,
                             FINDING_PARTIES,
                             FINDING_OBLIGER,
                             FINDING_PLEDGE,
                             FINDING_HAVE,
                             FINDING_DESCRIBE,
                             FINDING_TAIL,
                             FINDING_AGREE,
                             FINDING_FALSE,
                             FINDING_MEETING,
                             FINDING_MEET,
                             FINDING_CANCEL,
                             FINDING_PLAN,
                             FINDING_OFFSET,
                             FINDING_OWN,
                             FINDING_PASSIVE,
                             FINDING_GOVERNMENT,
                             FINDING_MAY,
                             FINDING_HOLD,
                             FINDING_LACK,
                             FINDING_DENY,
                             FINDING_NEWS,
                             FINDING_ATTEND,
                             FINDING_HOST,
                             FINDING_START,
                             FINDING_SINCE,
                             FINDING_BLOC,
                             FINDING_RANK,
                             FINDING_AGAIN,
                             FINDING_CAPITAL,
                             FINDING_WHERE,
                             FINDING_REPORT,
                             FINDING_DEBATE,
                             FINDING_TIMES,
                             FINDING_TOLD,
                             FINDING_MOVED,
                             FINDING_AT,
                             FINDING_CONVENE,
                             FINDING_PLAINLY,
                             FINDING_ROUND,
                             FINDING_EACH,
                             FINDING_PROCESS,
                             FINDING_CONSULT,
                             FINDING_KEPT,
                             FINDING_BREACHED,
                             FINDING_EXTENDED,
                             FINDING_DISPUTED,
                             FINDING_DO,
                             FINDING_WHOSE,
                             FINDING_PROSPECT,
                             FINDING_SIGN,
                             FINDING_AUTHOR,
                             FINDING_JOINTLY,
                             FINDING_FAIL,
                             FINDING_FROM,
                             FINDING_OF,
                             FINDING_CLAIM,
                             FINDING_TALKS,
                             FINDING_FIGHTING,
                             FINDING_PARTED,
                             FINDING_FORCES,
                             FINDING_SITTING,
                             FINDING_GROUNDS,
                             FINDING_BECAUSE,
                             FINDING_FOR,
                             FINDING_REASON,
                             FINDING_COLLAPSE,
                             FINDING_UPON,
                             FINDING_REFUSE,
                             FINDING_PEN,
                             FINDING_LEAD,
                             FINDING_DELEGATION,
                             FINDING_OF_THREE,
                             FINDING_OF_TWO,
                             FINDING_BETWEEN_THEM,
                             FINDING_THE_TWO,
                             FINDING_PART_OF,
                             FINDING_IS,
                             FINDING_REGION,
                             FINDING_INDEPENDENT,
                             FINDING_STATEHOOD,
                             FINDING_WITH,
                             FINDING_CLASSES
} finding_class;

enum { FINDING_PHRASE_WORDS = 6, FINDING_NO_PHRASE = 0 };

typedef struct finding_phrase {
    rap_slice word[FINDING_PHRASE_WORDS];
    uint32_t words;
    uint32_t value;  /* class, stance, issue, … by table */
    uint32_t weight; /* of its row */
    uint32_t next;   /* the next phrase with the same first word, or RAP_NONE */
} finding_phrase;

typedef struct finding_table {
    rap_map first; /* folded first word -> last phrase read with it */
    RAP_LIST(finding_phrase) phrase;
} finding_table;

typedef struct finding_unit { /* a row of units.tsv */
    enum {
        FINDING_UNIT,
        FINDING_ROUGH,
        FINDING_SCALE,
        FINDING_ABOUT,
        FINDING_MORE,
        FINDING_LESS,
        FINDING_HEAD,
        FINDING_FIGURE,
        FINDING_MONEY
    } class;
    double low, high;
    const char *label; /* money: of the currency */
} finding_unit;

typedef struct finding_kind { /* a row of documents.tsv */
    const char *class;
    bool joint, any, named;
    bool pact; /* of several parties, never of one */
} finding_kind;

struct rap_finding_knowledge {
    rap_arena arena;
    finding_table words, stances, nouns, contents, issues, documents, units, roles,
        tolls;
    RAP_LIST(const char *) issue;    /* labels */
    RAP_LIST(finding_kind) document; /* by phrase value */
    RAP_LIST(finding_unit) unit;     /* by phrase value */
    RAP_LIST(const char *) role;     /* classes by phrase value; "not" among them */
    RAP_LIST(const char *) toll;     /* classes by phrase value; "person" among them */
    rap_map stop;                    /* words without content */
    rap_map renamed;                 /* phrase of the person's file -> issue */
};

extern const char *const rap_stance_name[]; /* by value; NULL at the end */
enum {
    STANCE_SUPPORTS,
    STANCE_PROPOSES,
    STANCE_DEMANDS,
    STANCE_REJECTS,
    STANCE_OPPOSES,
    STANCE_CONCEDES,
    STANCE_UNDECIDED,
    STANCES
};

typedef struct finding_stand { /* a stance while it is being found */
    uint32_t stance;           /* STANCES: none */
    uint32_t weight;           /* percent */
    bool by_words;             /* only the words said tell it, not the verb of saying */
} finding_stand;

typedef RAP_LIST(rap_finding) finding_list;

typedef struct finder {
    const rap_finding_knowledge *knowledge;
    const rap_finding_input *in;
    rap_arena *arena, *scratch;
    finding_list list;
    const rap_slice *form, *lemma; /* [T] folded */
    const uint32_t *cover;         /* [T] the widest mention over each token */
    const uint32_t *said;          /* [T] the statement whose content covers it */
    const uint32_t *cued;          /* [T] the statement whose cue covers it */
    const uint32_t *sides;         /* [sides_count] the main parties, once asked for */
    uint32_t sides_count;
    bool sides_known, sides_named;
    const char *theme; /* the issue most sentences touch, once asked for; NULL: none */
    bool theme_known;
    const char *agreed; /* what its agreement is about, once asked for; NULL: unknown */
    bool agreed_known;
    uint32_t home; /* the state most named, alone at the top; RAP_NONE: none is */
    bool union_known;
    uint32_t main_union; /* the union of states it names most, once asked for */
    uint32_t since;      /* positions of the statement or sentence at hand begin here */
    const bool *meeting; /* [events] rap_finding_is_meeting */
    bool *told;          /* [events] told by a finding of kind meeting */
    bool failed;
} finder;

/* A phrase, words parted by blanks, into a table; false: no memory. */
bool rap_finding_add_phrase(rap_finding_knowledge *k, finding_table *table,
                            rap_slice words, uint32_t value, uint32_t weight);
/* RAP_E_INPUT: a row of the person's issues cannot be read. */
rap_status rap_finding_read_own(rap_finding_knowledge *k, rap_slice own,
                                const char *path, rap_error *err) RAP_CHECKED;
/* The person's label of an issue, or `label` itself. */
rap_slice rap_renamed_issue(const finder *f, rap_slice label);

/* The longest phrase of `table` at token `at` and before `end`; NULL: none. *after: the
 * token behind it. */
const finding_phrase *rap_phrase_at(const finder *f, const finding_table *table,
                                    uint32_t at, uint32_t end, uint32_t *after);
/* A verb and a particle with its object between: "turned the offer down". */
const finding_phrase *rap_parted_phrase_at(const finder *f, const finding_table *table,
                                           uint32_t at, uint32_t end);
bool rap_word_is(const finder *f, uint32_t token, finding_class class);
/* The token behind the longest phrase of `class` at `at`, or 0. */
uint32_t rap_class_at(const finder *f, finding_class class, uint32_t at, uint32_t end);
/* Does a phrase of `class` begin within tokens [from, end)? */
bool rap_any_of(const finder *f, uint32_t from, uint32_t end, finding_class class);
/* A copy of what a token range says, one line. */
rap_slice rap_words_of(const finder *f, uint32_t first, uint32_t end);

enum { FINDING_MOST_WHO = 16 };
typedef struct finding_who { /* actors, each once */
    uint32_t at[FINDING_MOST_WHO];
    uint32_t count;
} finding_who;
void rap_who_take(finding_who *list, uint32_t actor);
/* Their number and a copy that lasts. */
uint32_t rap_who_keep(finder *f, const finding_who *list, const uint32_t **who);
/* Is the last word of its name one of `class`? */
bool rap_name_ends_in(const finder *f, const rap_actor *a, finding_class class);
bool rap_is_quote(const finder *f, uint32_t token);
/* Is `token` one of these marks? */
bool rap_is_mark(const finder *f, uint32_t token, const char *marks);

/* Bounds of the clause around `token`: from after the break before it to the next. */
void rap_clause_of(const finder *f, uint32_t token, uint32_t *begin, uint32_t *end);
/* The clause of the verb at `token` or above it, as rap_clause_of, without the clauses with
 * subjects of their own that are joined to it. */
void rap_own_clause_of(const finder *f, uint32_t token, uint32_t *begin, uint32_t *end);
/* Where the tokens behind `top` that hang on it end, by the tree; at most `end`. */
uint32_t rap_end_of_subtree(const finder *f, uint32_t top, uint32_t end);
/* The last token of the subject of `verb` by the tree; RAP_NONE: it has none. */
uint32_t rap_tree_subject(const finder *f, uint32_t verb);
/* Actors before the verb at `token`, members of a list one by one; their number, 0 if it
 * has no party for its subject. *begin: the token where the subject begins. */
uint32_t rap_subject_of(finder *f, uint32_t token, const uint32_t **who,
                        uint32_t *begin);
/* The parties a statement speaks for: a group's members, all of the list of speakers; 0: a
 * place or nobody. */
uint32_t rap_speakers_of(finder *f, const rap_statement *s, const uint32_t **who);
/* The list of parties that ends right before the verb at `token`; their number. */
uint32_t rap_listed_before(finder *f, uint32_t token, const uint32_t **who);
/* The last token of that subject; RAP_NONE: it has none. */
uint32_t rap_subject_token(const finder *f, uint32_t verb);
/* Is any word of the actor's name one of `class`? */
bool rap_names_class(const finder *f, const rap_actor *a, finding_class class);
/* "The government of A" is A: reports change between them from sentence to sentence. */
uint32_t rap_state_of(const finder *f, uint32_t actor);
/* The state whose name an adjective is made of: all but its last two letters, and an
 * ending ("Ruritanian-made" is none). */
uint32_t rap_state_of_adjective(finder *f, uint32_t token);
/* "might agree": is the verb of saying only supposed? */
bool rap_is_cue_supposed(const finder *f, const rap_statement *s);
/* Actors named at `token` and in the list that follows it; *end: the token behind. */
uint32_t rap_named_from(finder *f, uint32_t token, const uint32_t **who, uint32_t *end);
/* The party of the mention that holds `token` and ends before `before`, though it may lie
 * inside a wider one; *begin: its first token. */
uint32_t rap_named_inside(finder *f, uint32_t token, uint32_t before,
                          const uint32_t **who, uint32_t *begin);
/* The parties most named in the document, states and bodies; at most `most`. */
uint32_t rap_main_parties(finder *f, uint32_t most, const uint32_t **who);
/* The state that is named more than twice as often as any other, with all who act for it;
 * RAP_NONE: there is none. */
uint32_t rap_home_state(finder *f);
/* The two that the report says agree, sign or meet; 0: it names no such pair. */
uint32_t rap_named_pair(finder *f, const uint32_t **who);
/* Whom the report is about: its most named actors of any kind, at most `most`. */
uint32_t rap_most_named(finder *f, uint32_t most, const uint32_t **who);
/* `who`, unnamed sides replaced by the two main parties. */
uint32_t rap_name_sides(finder *f, uint32_t count, const uint32_t **who);
/* The main two and the strongest beside them: the parties of something trilateral. */
uint32_t rap_three_parties(finder *f, const uint32_t **who);
/* The state or land whose parliament `actor` is; RAP_NONE. */
uint32_t rap_land_of(const finder *f, uint32_t actor);
/* Of persons who act for a state: the states; their number. */
uint32_t rap_state_behind(finder *f, uint32_t count, const uint32_t *who,
                          const uint32_t **states);
/* `who` with the states for which its officials and soldiers act. */
uint32_t rap_add_states(finder *f, uint32_t count, const uint32_t **who);
bool rap_is_body(const finder *f, uint32_t sentence);
bool rap_is_negated(const finder *f, uint32_t token, uint32_t begin);
/* The one day on which something is said in the sentence of `token`. */
bool rap_said_at(const finder *f, uint32_t token, rap_when *out);
/* The day something at `token` is told of; statements lend theirs. */
rap_when rap_when_of(const finder *f, uint32_t token);
rap_span rap_tokens_of(const finder *f, uint32_t first, uint32_t end);
uint32_t rap_token_at(const finder *f, uint32_t byte); /* first that ends after it */
const char *rap_terms_of(finder *f, uint32_t first, uint32_t end);
/* The same without what is said of time. */
const char *rap_terms_untimed(finder *f, uint32_t first, uint32_t end);
/* The same without tokens [from, to). */
const char *rap_terms_around(finder *f, uint32_t first, uint32_t end, uint32_t from,
                             uint32_t to);
void rap_find_add(finder *f, rap_finding finding, const rap_span *evidence,
                  uint32_t count);

/* What a sentence of a statement, tokens [begin, end), says of its speaker's stance. */
finding_stand rap_stance_of(finder *f, const rap_statement *s, uint32_t begin,
                            uint32_t end);
/* The same for what stands behind a verb of stance: to insist or suggest that something is
 * so is neither a demand nor a proposal. */
finding_stand rap_stance_of_clause(const finder *f, finding_stand stand, uint32_t begin,
                                   uint32_t end);
/* "never to recognise it": does what follows a verb begin with a negation? */
bool rap_opens_negated(const finder *f, uint32_t begin, uint32_t end);
/* What one says who does not support, propose or concede it; STANCES: nothing. */
uint32_t rap_turned_stance(uint32_t stance);
/* The issue of tokens [begin, end), empty if none; *surety: 1 if their words or those near
 * by name it. */
rap_slice rap_issue_of(finder *f, uint32_t begin, uint32_t end, float *surety);
bool rap_names_issue(finder *f, uint32_t begin, uint32_t end);
/* Is the thing that they tell of a matter by itself ("a truce"), not "the talks", "a truce
 * plan"? */
bool rap_is_matter(const finder *f, uint32_t begin, uint32_t end);

typedef struct finding_due {
    const char *value; /* "" if open */
    rap_day earliest, latest;
    const char *basis;
    bool bounded; /* a term or day is named, known or not */
} finding_due;
finding_due rap_no_due(void);
/* The end of a term, or the day itself. */
finding_due rap_due_of(finder *f, const rap_timex *x);
/* The first day or term in tokens [begin, end) that a word makes an end. */
finding_due rap_due_in(finder *f, uint32_t begin, uint32_t end);
/* The first time expression at or after `token`. */
uint32_t rap_times_from(const finder *f, uint32_t token);
/* "breached", "kept", "extended", "disputed" by what is told behind tokens [begin, end) of
 * those who owe it, else `status`. */
const char *rap_outcome_of(finder *f, uint32_t begin, uint32_t end, const uint32_t *who,
                           uint32_t count, const char *status);

/* The toll that an amount at tokens [begin, end) of `noun` (RAP_NONE: of nothing named) is;
 * NULL: none. */
const char *rap_toll_of(const finder *f, uint32_t begin, uint32_t end, uint32_t noun);

/* Who takes on to do tokens [begin, end) stands for it. */
void rap_take_on(finder *f, const uint32_t *who, uint32_t count, uint32_t begin,
                 uint32_t end, float confidence);

void rap_find_documents(finder *f);
void rap_find_commitments(finder *f);
void rap_find_positions(finder *f);
void rap_find_details(finder *f);
void rap_find_contents(finder *f);
void rap_find_denials(finder *f);
void rap_find_accounts(finder *f);
/* The persons of a list took part in a meeting, as the verb at `verb` tells. */
void rap_find_attendance(finder *f, uint32_t verb, const uint32_t *who, uint32_t count);
void rap_find_meetings(finder *f);

#endif
