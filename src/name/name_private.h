/* name_private.h - what the files of this module share; see name.h. */
#ifndef RAP_NAME_PRIVATE_H
#define RAP_NAME_PRIVATE_H

#include "dictionary.h"
#include "name.h"
#include "name_office_private.h"
#include "text.h"

enum {
    PHRASE_BYTES = 160, /* longest folded phrase that is looked up */
    WORD_BYTES = 64,    /* longest folded word */
    RUN_WORDS = 12,     /* most units in a name */
    FOUND_MEMBERS = 6   /* most actors of one group */
};

/* What a phrase may be; the closed classes are the "word" rows of data/LANG/actors. */
typedef uint64_t bits;
#define BIT(n_) ((bits)1 << (n_))
enum {
    N_STATE,
    N_PLACE,
    N_ORGANISATION,
    N_PERSON,
    N_SEAT,
    N_ADJECTIVE,
    N_PEOPLE,
    N_PEOPLES,
    N_ROLE,
    N_ROLES,
    N_CROWD,
    N_PAIR,
    N_BODY,
    N_BLOC,
    N_LAND,
    N_HONORIFIC,
    N_GIVEN_MALE,
    N_GIVEN_FEMALE,
    N_DEFINITE,
    N_INDEFINITE,
    N_TWO,
    N_THREE,
    N_FOUR,
    N_HIS,
    N_HE,
    N_SHE,
    N_THEY,
    N_MALE,
    N_FEMALE,
    N_POSSESSIVE,
    N_OF,
    N_LINK,
    N_AND,
    N_LOCATIVE,
    N_PARTICLE,
    N_STATUS,
    N_SPEECH,
    N_ORGANISATION_HEAD,
    N_PLACE_HEAD,
    N_THING_HEAD,
    N_NOT_NAME,
    N_WIDE,
    N_WITHIN,
    N_SUFFIX,
    N_COMPOUND,
    N_NAME_WORD,
    N_NAME_LINK,
    N_THING_LEAD,
    N_COUNT,
    ROW_OFFICE, /* rows that are no phrases: name_office_private.h */
    ROW_HELD,
    ROW_SYNONYMS,
    ROW_WHEN,
    ROW_SOUND, /* name_alike.c */
    ROW_NEAR,
    ROW_SAME_NAME
};
#define IS_NAMED (BIT(N_STATE) | BIT(N_PLACE) | BIT(N_ORGANISATION) | BIT(N_PERSON))
#define IS_GIVEN (BIT(N_GIVEN_MALE) | BIT(N_GIVEN_FEMALE))
#define IS_HEAD                                                                        \
    (BIT(N_ROLE) | BIT(N_ROLES) | BIT(N_CROWD) | BIT(N_PAIR) | BIT(N_BODY) |           \
     BIT(N_BLOC) | BIT(N_LAND))

typedef enum name_gender { GENDER_OPEN, GENDER_MALE, GENDER_FEMALE } name_gender;

typedef struct name_entry { /* one row of a list */
    rap_slice name, code, sector, rank, offices;
    rap_slice country; /* English short name, or empty */
    rap_slice home;    /* the code of that country, or empty */
    rap_slice key;     /* identity of a known actor */
    name_gender sex;
    uint32_t kind; /* N_STATE .. */
    bool singular; /* a crowd's word that needs an article or an owner: "the student" */
    uint32_t dictionary; /* 1 + the actor of the dictionaries that codes it; 0: none */
} name_entry;

typedef struct name_phrase { /* all that one wording may mean; RAP_NONE: nothing */
    bits is;
    uint32_t named, seat, land,
        word;      /* entries: actor; seat of; country of; role, body */
    uint8_t style; /* the text must be: 0 anything, 1 capitalised, 2 all capitals */
} name_phrase;

enum { BEGIN_BITS = 65536, MEMO = 256, ALIKE_SIGNS = 128 };

typedef struct alike_table { /* how names are spelled */
    rap_map sound;           /* letters -> sign of a sound */
    rap_map given;           /* given name -> number of its group */
    uint32_t groups;
    /* Of 100, what two near sounds save; with '-': what is saved where one is missing. */
    uint8_t saved[ALIKE_SIGNS][ALIKE_SIGNS];
} alike_table;

struct rap_name_knowledge {
    rap_arena arena;
    uint64_t begins[BEGIN_BITS / 64];  /* bits of word_bit: words that begin a phrase */
    uint64_t nations[BEGIN_BITS / 64]; /* the same of adjectives of nations */
    uint64_t pairs[BEGIN_BITS / 64];   /* bits of pair_bit: how longer phrases begin */
    RAP_LIST(name_entry) entries;
    RAP_LIST(name_phrase) phrases;
    rap_map prefix;  /* folded words joined by blanks -> phrase, or PREFIX_ONLY */
    rap_map state;   /* code -> entry */
    rap_map surname; /* last word of a known person -> entry, or AMBIGUOUS */
    office_table offices;
    alike_table alike;
    const rap_dictionary *dictionary; /* or NULL; borrowed */
};
#define PREFIX_ONLY (RAP_NONE - 1)
#define AMBIGUOUS (RAP_NONE - 1)

enum { /* unit.flags */
       UNIT_CAPITAL = 1,
       UNIT_ALL_CAPS = 2,
       UNIT_JOINED = 4,  /* nothing but a hyphen or an apostrophe before it */
       UNIT_MARK = 8,    /* punctuation */
       UNIT_QUOTED = 16, /* inside quotation marks */
       UNIT_PLAIN = 32 /* one piece of ASCII letters and digits: `word` is all of it */
};

/* A phrase of the lists, an unknown word, or a mark: what the patterns are written
 * over. */
typedef struct name_unit {
    rap_span span;
    uint32_t first, last; /* tokens */
    uint32_t phrase;      /* RAP_NONE: not in the lists */
    bits is;
    rap_slice word; /* folded, blanks between words; empty for a mark */
    uint8_t flags;
} name_unit;

typedef enum found_kind {
    FOUND_NAMED,  /* in the lists: entry */
    FOUND_RUN,    /* capitalised words that no list holds */
    FOUND_ROLE,   /* the prime minister */
    FOUND_ROLES,  /* the presidents */
    FOUND_CROWD,  /* Russian peacekeepers */
    FOUND_PAIR,   /* the two countries */
    FOUND_BODY,   /* the Armenian government */
    FOUND_BLOC,   /* the bloc */
    FOUND_LAND,   /* the country */
    FOUND_PEOPLE, /* the Spaniard, the Tigrayans */
    FOUND_PRONOUN
} found_kind;

typedef struct name_found { /* a stretch that mentions an actor, not yet which */
    rap_span span, head;
    uint32_t first, last; /* tokens */
    uint32_t sentence;
    uint32_t entry;         /* NAMED: the actor; else the head's row, or RAP_NONE */
    uint32_t role;          /* the row of the title or description, or RAP_NONE */
    uint32_t owner, owner2; /* entry of the country or body it belongs to */
    rap_span role_span;     /* the title's words */
    rap_slice word;         /* NAMED of a person or town and RUN: folded name */
    uint32_t actor;
    float confidence;
    uint32_t unit_first, unit_last; /* of the sentence */
    uint32_t tail, tail_token;      /* RUN: where its last word begins */
    uint32_t same_as; /* earlier found of the same actor: apposition, acronym */
    uint32_t of;      /* earlier found that owns it: Doe's adviser */
    uint8_t kind;     /* found_kind */
    uint8_t words;    /* RUN: how many */
    uint8_t sex;      /* name_gender */
    uint8_t entity;   /* RUN: 1 + rap_entity_type, 0: the network sees no name */
    uint8_t count;    /* 2, 3, 4: "the three leaders"; 0 if not said */
    bool definite : 1, indefinite : 1, his : 1, plural : 1, nested : 1, subject : 1,
        quoted : 1, modifier : 1;
    bool titled : 1, speaks : 1, located : 1, follows_the : 1, organisation : 1,
        organisation_end : 1, place : 1, given : 1;
    bool all_caps : 1;
    bool seat : 1;    /* a capital or palace that may stand for its state */
    bool initial : 1; /* begins its sentence */
    bool joined : 1;  /* "A, B and C": follows the last name after , or and */
} name_found;

typedef RAP_LIST(uint32_t) index_list;

typedef struct name_made { /* an actor in the making */
    rap_actor actor;
    name_gender sex;
    uint32_t entry;
    RAP_LIST(rap_role) roles;
    RAP_LIST(rap_slice) aliases;
    index_list members;
    index_list owners;  /* entries that its titles belong to */
    index_list offices; /* entries of the roles, in order of mention */
    bool shouted;       /* its name was seen in capitals only */
    uint32_t side; /* parties: one for a state and its offices; RAP_NONE: not set */
    uint32_t sentences; /* parties: how many name it */
    uint32_t seen;      /* the last mention, as an index of found; RAP_NONE: none yet */
} name_made;

typedef struct name_work { /* one run */
    const rap_name_knowledge *knowledge;
    const rap_article *article;
    const rap_tokens *tokens;
    const rap_syntax *syntax;
    rap_arena *arena, *scratch;
    /* Of the sentence being read. */
    struct name_piece *pieces;
    uint32_t pieces_capacity;
    RAP_LIST(char) bytes; /* folded words */
    RAP_LIST(name_unit) units;
    bool quoted;       /* inside quotation marks, so far */
    struct name_memo { /* short words looked up: they come again and again */
        uint64_t word; /* its bytes; 0: none yet */
        uint32_t found;
    } memo[MEMO];
    /* Of the document. */
    rap_map word; /* folded names that were seen: one copy of each */
    RAP_LIST(rap_slice) words;
    RAP_LIST(name_found) found;
    index_list nations; /* tokens where an adjective of a nation may begin, rising */
    RAP_LIST(name_made) made;
    rap_map by_key;    /* actor key -> made */
    char document[13]; /* digest of the text; empty until it is needed */
    bool full;         /* an arena refused */
} name_work;

bool units_read(name_work *work, uint32_t sentence); /* fills units */
bool names_parse(name_work *work);                   /* fills found */
bool actors_make(name_work *work);                   /* gives an actor to every name */
bool nations_add(name_work *work);    /* adjectives of nations, as modifiers */
bool actors_resolve(name_work *work); /* and to descriptions and pronouns */

/* The actor of `key`, made if there is none; RAP_NONE when an arena refused. */
uint32_t actor_of_key(name_work *work, rap_slice key, rap_slice name,
                      rap_actor_kind kind);
uint32_t actor_of_entry(name_work *work, uint32_t entry);
/* Does folded `word` belong to the class? */
bool is_of_class(const rap_name_knowledge *knowledge, rap_slice word, bits is);
/* The actor takes the words of `f` as an alias, and its title as a role. */
bool actor_note(name_work *work, uint32_t actor, const name_found *f);
void actor_country(name_work *work, uint32_t actor, uint32_t entry);
bool is_in_list(const index_list *list, uint32_t value);
/* `wording` as folded words with one blank between; 0 if it has none or is too long. */
uint32_t folded_words(rap_slice wording, char out[PHRASE_BYTES]);

/* The pieces in one string; at == NULL if the arena refuses. */
rap_slice in_one(rap_arena *arena, const rap_slice *piece, uint32_t pieces);

/* The phrase for folded `key`, made if there is none, with every prefix of it; NULL if the
 * arena refuses. */
name_phrase *phrase_of(rap_name_knowledge *knowledge, rap_slice key);
/* Sets the identity of an entry from its kind, code and name; false if the arena refuses.
 */
bool key_of(rap_name_knowledge *knowledge, name_entry *e);

/* Rows of the sounds of names; docs/format/actors.md. false when the arena refused. */
bool alike_is_row(const rap_slice field[], uint32_t kind);
bool alike_read(rap_name_knowledge *knowledge, const rap_slice field[], uint32_t kind);
/* Are two full names spellings of one? */
bool names_alike(const rap_name_knowledge *knowledge, rap_slice one, rap_slice other);

/* The days the report may be of; RAP_NO_DAY for both if that is not known within a year. */
office_days days_of(const name_work *work);

/* name_dictionary.c: actors and agents of the dictionaries, after the lists and before the
 * person's own file; false if the arena refuses. */
bool dictionary_add(rap_name_knowledge *knowledge);
/* name_code.c: a code of the dictionaries, taken apart. */
typedef struct code_parts {
    uint32_t state; /* entry, or RAP_NONE */
    rap_slice code, sector;
    bool bare; /* nothing but the state's code */
} code_parts;
/* "PSEREBHMS": the state, the first sector. A code of several, "FRO/BIL", is left open. */
code_parts code_parts_of(const rap_name_knowledge *knowledge, rap_slice code);
/* What all codes of an actor share. */
code_parts code_shared(const rap_name_knowledge *knowledge,
                       const rap_dictionary_code *code, uint32_t codes);
/* The n-th chunk of three letters; empty behind the last. */
rap_slice code_chunk(rap_slice code, uint32_t n);
bool code_is_sector(rap_slice chunk);
/* What the dictionaries say of `e` on the days of the document goes into `actor`. */
void dictionary_code(const name_work *work, const name_entry *e, rap_actor *actor);

/* The first eight bytes of a word as a number, 0 behind its end. */
static inline uint64_t word_head(const char *word, uint32_t len)
{
    uint64_t head = 0;
    for (uint32_t i = 0; i < len && i < sizeof head; i++)
        head |= (uint64_t)(uint8_t)word[i] << i * 8;
    return head;
}

/* A cheap hash of a folded word: most words of a text begin no phrase, and need no more.
 */
static inline uint32_t word_bit(uint64_t head, uint32_t len)
{
    return (uint32_t)((head + len) * 0x9E3779B97F4A7C15u >> 48);
}
static inline uint32_t begin_bit(const char *word, uint32_t len)
{
    return word_bit(word_head(word, len), len);
}

static inline bool has_bit(const uint64_t *set, uint32_t bit)
{
    return set[bit / 64] >> bit % 64 & 1;
}
static inline void set_bit(uint64_t *set, uint32_t bit)
{
    set[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* The same of two words in a row, from the bits of each. */
static inline uint32_t pair_bit(uint32_t first, uint32_t second)
{
    return (first * 40503u + second) & (BEGIN_BITS - 1);
}

static inline const name_entry *entry_at(const name_work *work, uint32_t i)
{
    return &work->knowledge->entries.at[i];
}
static inline rap_slice words_of(const name_work *work, rap_span span)
{
    return rap_cut(work->article->text, span);
}

#endif
