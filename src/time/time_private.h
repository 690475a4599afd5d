/* time_private.h - what the files of this folder share; never included elsewhere. */
#ifndef RAP_TIME_PRIVATE_H
#define RAP_TIME_PRIVATE_H

#include "text.h"
#include "timex.h"

/* ---- what the lists say
 * -------------------------------------------------------------- */

typedef enum word_class { /* data/LANG/time/words.tsv explains each */
                          IS_NUMBER,
                          IS_ORDINAL,
                          IS_UNIT,
                          IS_UNITS,
                          IS_SEASON,
                          IS_PART,
                          IS_HALF,
                          IS_NEAR,
                          IS_ALONG,
                          IS_SPAN,
                          IS_SHIFT,
                          IS_BESIDE,
                          IS_MOD,
                          IS_EDGE,
                          IS_ABOUT,
                          IS_THE,
                          IS_ONE,
                          IS_ANOTHER,
                          IS_THESE,
                          IS_OF,
                          IS_ON,
                          IS_EACH,
                          IS_TO,
                          IS_AND,
                          IS_LONG,
                          IS_OLD,
                          IS_AHEAD_OF,
                          IS_ZONE,
                          IS_YEAR_AFTER,
                          IS_AHEAD,
                          IS_FUTURE,
                          IS_INFINITIVE,
                          IS_NUMBERED,
                          IS_UNSURE,
                          IS_UNSURE_SEASON,
                          IS_DECADE,
                          IS_WEEKDAYS,
                          IS_MARKS,
                          IS_TODAY,
                          IS_COUPLE,
                          IS_FILLER,
                          IS_EVE,
                          IS_FROM,
                          IS_NOW,
                          IS_THOUSAND,
                          IS_FISCAL,
                          IS_LATEST,
                          IS_PERIOD,
                          IS_ENDED,
                          IS_PER,
                          IS_HALVES,
                          IS_LATTER,
                          IS_CLOCK,
                          IS_OWNED,
                          IS_AT,
                          IS_MOMENT,
                          IS_OCCASION,
                          IS_PERFECT,
                          IS_DURING,
                          IS_OTHER,
                          IS_BOUND,
                          IS_MONTH,   /* from the calendar: 1..12 */
                          IS_WEEKDAY, /* from the calendar: 0..6 */
                          IS_PHRASE,  /* begins a row of phrases.tsv */
                          WORD_CLASSES
} word_class;

typedef enum unit { /* of time, by length */
                    UNIT_SECOND,
                    UNIT_MINUTE,
                    UNIT_HOUR,
                    UNIT_DAY,
                    UNIT_WEEKEND,
                    UNIT_WEEK,
                    UNIT_MONTH,
                    UNIT_QUARTER,
                    UNIT_YEAR,
                    UNIT_DECADE,
                    UNIT_CENTURY,
                    UNITS
} unit;

typedef struct word {
    uint64_t classes;           /* bit per word_class */
    int8_t value[WORD_CLASSES]; /* meaning depends on the class */
} word;

typedef enum phrase_kind {
    PHRASE_DATE,
    PHRASE_SET,
    PHRASE_DURATION,
    PHRASE_DAY,
    PHRASE_ABOUT,
    PHRASE_EXACT,
    PHRASE_AHEAD, /* a date, in the future tense only */
    PHRASE_NONE,
    PHRASE_FEAST /* a row of feasts.tsv */
} phrase_kind;

typedef struct phrase {
    phrase_kind kind;
    const char *value; /* as in the list */
    int8_t days;       /* PHRASE_DAY */
    int8_t part;       /* PHRASE_DAY: index of a part of the day, or -1 */
    uint32_t feast;    /* PHRASE_FEAST: index into feast */
} phrase;

typedef enum feast_rule { /* data/LANG/time/feasts.tsv explains each */
                          FEAST_FIXED,
                          FEAST_NTH,
                          FEAST_EASTER,
                          FEAST_ORTHODOX,
                          FEAST_ISLAMIC,
                          FEAST_RULES
} feast_rule;

typedef struct feast {
    feast_rule rule;
    uint8_t month;   /* of Easter: 4 */
    uint8_t day;     /* FIXED */
    int8_t number;   /* NTH: which, -1 the last; EASTER: days after it; ISLAMIC: day */
    uint8_t weekday; /* NTH; ISLAMIC: how many days it lasts */
} feast;

enum { WORD_BITS = 1 << 14 };

struct rap_time_knowledge {
    const rap_calendar *calendar;
    rap_arena arena;
    rap_map words; /* folded word -> index into word */
    RAP_LIST(word) word;
    rap_map phrases; /* the entries of its words in a row -> phrase, or PHRASE_OPEN */
    RAP_LIST(phrase) phrase;
    RAP_LIST(feast) feast;
    uint64_t known[WORD_BITS / 64]; /* bits of time_word_bit of all words */
};
enum { PHRASE_ATOMS = 6 };
#define PHRASE_OPEN (RAP_NONE - 1) /* begins longer phrases only */
#define HYPHEN_WORD (RAP_NONE - 2) /* stands for a hyphen among the words of a phrase */

/* A cheap hash of an ASCII word of two letters or more, whatever their case: most words of
 * a text are in no list. */
static inline uint32_t time_word_bit(rap_slice s)
{
    const uint32_t first = (uint8_t)s.at[0] | 32u, second = (uint8_t)s.at[1] | 32u,
                   last = (uint8_t)s.at[s.len - 1] | 32u;
    return (first << 20 ^ second << 12 ^ last << 5 ^ s.len) * 2654435761u >> 18;
}

extern const char *const time_unit_code[UNITS]; /* "TS" ... "CE" */
extern const char *const time_season_code[4];   /* "SP" ... */
extern const char *const time_part_code[5];     /* "MO" ... */
extern const char *const time_mod_code[3];      /* "START" ... */
extern const char *const time_about_code[5];    /* "APPROX" ... */

/* ---- atoms: tokens, cut again at hyphens
 * ------------------------------------------------ */

typedef enum atom_kind { ATOM_WORD, ATOM_FIGURES, ATOM_HYPHEN, ATOM_OTHER } atom_kind;

enum { /* atom.flags */
       ATOM_CAPITAL = 1,
       ATOM_QUOTED = 2, /* inside quotation marks */
       ATOM_CLOSE = 4   /* nothing between it and the atom before */
};

typedef struct atom {
    rap_span span;
    uint64_t classes; /* of its word; 0 if it is in no list */
    uint32_t token;
    uint32_t word;   /* index into knowledge->word, or RAP_NONE */
    int32_t figures; /* value of ATOM_FIGURES of at most 6 digits; -1 for longer */
    uint8_t digits;  /* of ATOM_FIGURES */
    uint8_t kind;    /* atom_kind */
    uint8_t flags;
} atom;

typedef struct atoms {
    const atom *at;
    uint32_t count;
    const uint32_t *first; /* [sentences+1] first atom of each sentence */
} atoms;

rap_status time_atoms_cut(const rap_time_knowledge *knowledge,
                          const rap_article *article, const rap_tokens *tokens,
                          rap_arena *scratch, atoms *out, rap_error *err) RAP_CHECKED;

/* ---- expressions found, not yet resolved
 * ------------------------------------------------- */

typedef enum form {
    FORM_DATE,     /* year, month, day; year or month may be missing */
    FORM_WEEKDAY,  /* weekday, near */
    FORM_UNIT,     /* last week, this year, the next day: unit, offset, along */
    FORM_DAY,      /* today: offset */
    FORM_SHIFT,    /* two years ago, nine days later: count, unit, along */
    FORM_DURATION, /* count, unit */
    FORM_SET,      /* every: count, unit or weekday */
    FORM_LITERAL,  /* the value is known */
    FORM_DECADE,   /* year / 10, two digits only if century is open */
    FORM_CENTURY,
    FORM_QUARTER, /* quarter in `day`, year; day 0: the quarter told of, or the unit */
    FORM_SEASON,  /* season in `day`, year */
    FORM_HALF,    /* half of a year in `day`, year */
    FORM_FEAST,   /* feast, year */
    FORM_CLOCK    /* hour and minute of a day not named */
} form;

typedef enum tense { TENSE_UNKNOWN, TENSE_PAST, TENSE_PRESENT, TENSE_FUTURE } tense;
enum { NEAR_NONE = 2, PART_NONE = -1, COUNT_OPEN = -1 };

typedef struct found {
    form form;
    rap_timex_type type;
    uint32_t first, last; /* atoms */
    uint32_t past;       /* FORM_DURATION: atom to go on at, after "to the day after" */
    const char *literal; /* FORM_LITERAL */
    const char *mod;
    int32_t year;                /* 0: not said */
    int32_t year_end;            /* of a range of years, else 0 */
    uint8_t month, day, day_end; /* 0: not said; day_end of a range "11-12" */
    uint8_t weekday;             /* 7: not said */
    int8_t near;                 /* -1 0 1, NEAR_NONE */
    bool along;                  /* counted in the story, not from the report's day */
    bool year_near;              /* "September of last year": near is the year's */
    bool year_along;             /* "September of that year" */
    bool event;        /* "the day after the meeting": from the event told of */
    bool beside;       /* a duration before "after": "two days after his meeting" */
    int8_t beside_way; /* -1 before, 1 after */
    bool exact;        /* "two years to the day after" */
    bool has_of_year;  /* a year or something like it is part of the expression */
    unit unit;
    int32_t count; /* COUNT_OPEN: not said */
    bool half;     /* and a half of the unit */
    bool week_of;  /* the week of the day */
    int8_t offset;
    int8_t part;         /* of the day; PART_NONE */
    int8_t hour, minute; /* -1: not said */
    const feast *feast;
    bool only_ahead; /* an expression in the future tense only */
    tense tense;
    bool ahead;  /* stands after "until", "by" */
    bool until;  /* after "until", "as early as": hardly before the report */
    bool joined; /* "to", "and" or a dash stands after it */
    bool leads;  /* in the first sentence of its paragraph */
    bool tail;   /* the end of a range: "1996" of "1992-1996" */
    bool quoted;
    uint32_t sentence, zone;
    rap_zone_kind zone_kind;
} found;

typedef RAP_LIST(found) found_list;

typedef struct matcher { /* one sentence to look at */
    const rap_time_knowledge *knowledge;
    rap_slice text;
    const rap_tokens *tokens;
    const rap_syntax *syntax;
    const atom *at;      /* all atoms */
    uint64_t starters;   /* time_match_starters */
    uint32_t begin, end; /* of the sentence */
} matcher;

/* The entry of a word, or NULL. */
const word *time_word_of(const rap_time_knowledge *k, rap_slice text);
static inline bool time_is(const matcher *m, uint32_t i, word_class class)
{
    return i >= m->begin && i < m->end && (m->at[i].classes >> class & 1);
}
/* What the lists say of an atom that is of the class. */
static inline int32_t time_value(const matcher *m, uint32_t i, word_class class)
{
    return m->knowledge->word.at[m->at[i].word].value[class];
}
/* The phrase that begins at `i`, the longest; *end past its last atom. NULL: none. */
const phrase *time_phrase_at(const matcher *m, uint32_t i, uint32_t *end);
/* The classes that an expression may begin with: most listed words begin none. */
uint64_t time_match_starters(void);
/* The longest expression at atom `i` of the sentence; false if there is none.
 * *skip: atoms to go on after; at least 1. */
bool time_match(const matcher *m, uint32_t i, found *out, uint32_t *skip);
tense time_tense_of(const matcher *m, const found *f);

/* ---- values
 * -------------------------------------------------------------------------------- */

typedef struct reference {    /* the report's day, as far as it is known */
    rap_day day;              /* RAP_NO_DAY */
    int32_t year;             /* 0 */
    uint8_t month;            /* 0 */
    rap_day earliest, latest; /* RAP_NO_DAY where open */
} reference;

rap_status time_resolve(const matcher *m, const found *found_at, uint32_t count,
                        reference base, rap_arena *arena, rap_timex *out,
                        rap_error *err) RAP_CHECKED;

/* The days of summits and talks, into times->occasion. */
rap_status time_occasions(const matcher *m, const found *found_at, rap_times *times,
                          rap_arena *arena, rap_error *err) RAP_CHECKED;

/* Which verbs are perfect, into times->aspect. */
rap_status time_aspects(const matcher *m, rap_times *times, rap_arena *arena,
                        rap_error *err) RAP_CHECKED;

/* What a report says of its own day without stating it. */
typedef struct inferred {
    rap_published published; /* basis RAP_BASIS_UNKNOWN: too little is said */
    int32_t year;            /* of its undated days, as far as known; else 0 */
    uint8_t month;
} inferred;
rap_status time_infer(const matcher *m, const rap_article *article,
                      const found *found_at, uint32_t count, rap_arena *arena,
                      inferred *out, rap_error *err) RAP_CHECKED;

#endif
