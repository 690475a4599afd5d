/*
 * name.h - actors, and the words that mention them.
 *
 * Reads   rap_article, rap_tokens, rap_syntax; the language's lists (data/LANG/actors) and
 *         the person's own actor file, which wins.
 * Writes  rap_names: A actors and M mentions of them.
 * Method  gazetteer by longest match over folded tokens; titled and unknown names by
 *         pattern; descriptions, metonyms and pronouns resolved from the text before;
 *         docs/method/name.md.
 * Cost    linear in tokens.
 */
#ifndef RAP_NAME_H
#define RAP_NAME_H

#include "article.h"
#include "base.h"
#include "coref.h"
#include "date.h"
#include "language.h"
#include "syntax.h"
#include "token.h"

typedef enum rap_actor_kind {
    RAP_ACTOR_PERSON,
    RAP_ACTOR_STATE,
    RAP_ACTOR_ORGANISATION,
    RAP_ACTOR_GROUP, /* several actors, a people, an unnamed body of persons */
    RAP_ACTOR_PLACE
} rap_actor_kind;
const char *rap_actor_kind_name(rap_actor_kind kind);

typedef struct rap_role { /* an office or description, as the text words it */
    rap_slice text;
    rap_span span;
} rap_role;

typedef struct rap_actor {
    rap_slice name; /* the fullest name seen or known */
    rap_actor_kind kind;
    rap_slice country; /* English short name, empty if none */
    rap_slice code;    /* ISO 3166 alpha-3 (or PLOVER's KOS, IGO, …), empty if none */
    rap_slice sector;  /* PLOVER sector (GOV MIL LEG …), empty if none */
    rap_slice key; /* stable identity across documents: "Q-like" key of a known actor
                          ("ARM", "person:ilham aliyev"), folded name else; never empty */
    const rap_role *role; /* [roles] */
    uint32_t roles;
    const rap_slice *alias; /* [aliases] distinct wordings seen in this document */
    uint32_t aliases;
    const uint32_t *member; /* [members] actors of a group, by index */
    uint32_t members;
    bool known; /* from a list, not only from the text */
    uint32_t
        dictionary; /* 1 + the actor of a person's dictionaries that codes it; 0: none */
} rap_actor;

typedef enum rap_mention_form {
    RAP_MENTION_NAME,
    RAP_MENTION_NOMINAL, /* a description: "the Armenian prime minister" */
    RAP_MENTION_PRONOUN
} rap_mention_form;
const char *rap_mention_form_name(rap_mention_form form);

typedef struct rap_mention {
    rap_span span;        /* with title: "Armenian Prime Minister Nikol Pashinyan" */
    rap_span head;        /* the bare name or head noun */
    uint32_t first, last; /* tokens of `span`, inclusive */
    uint32_t actor;       /* index into actors, RAP_NONE while open */
    rap_mention_form form;
    bool nested;      /* lies inside another mention */
    bool modifier;    /* adjective or compound part: "Armenian", "Armenia-Azerbaijan" */
    float confidence; /* 0..1 that `actor` is right */
} rap_mention;

typedef struct rap_names {
    const rap_actor *actor; /* [actors] in order of first mention */
    uint32_t actors;
    const rap_mention *mention; /* [mentions] by begin, the longer first */
    uint32_t mentions;
    const uint32_t
        *at_token; /* [T] the innermost mention that starts here, or RAP_NONE */
    const char *made_by;
} rap_names;

typedef struct rap_name_knowledge rap_name_knowledge; /* const, shared by threads */
/* `own`: the person's actor file (docs/format/actors.md), may be empty; `own_path` names it
 * in errors. RAP_E_INPUT: a row of it cannot be read; err->at is its byte. */
rap_status rap_name_open(const rap_language *language, rap_slice own,
                         const char *own_path, rap_name_knowledge **out,
                         rap_error *err) RAP_CHECKED;
/* The same with dictionaries, which win over the lists and give way to the actor file;
 * they must outlive `out`; NULL: none. */
struct rap_dictionary;
rap_status rap_name_open_with(const rap_language *language,
                              const struct rap_dictionary *dictionary, rap_slice own,
                              const char *own_path, rap_name_knowledge **out,
                              rap_error *err) RAP_CHECKED;
void rap_name_close(rap_name_knowledge *knowledge);

/* RAP_E_NOMEM: an arena is full. On failure `out` is empty. */
rap_status rap_name_run(const rap_name_knowledge *knowledge, const rap_article *article,
                        const rap_tokens *tokens, const rap_syntax *syntax,
                        rap_arena *arena, rap_arena *scratch, rap_names *out,
                        rap_error *err) RAP_CHECKED;

/* The same with what the chains of `coref` settle: open mentions, pronouns that had none.
 * `out` is another place than `names` and shares its actors.
 * RAP_E_NOMEM: an arena is full. On failure `out` is empty. */
rap_status rap_name_join(const rap_names *names, const rap_coref *coref,
                         const rap_tokens *tokens, rap_arena *arena, rap_arena *scratch,
                         rap_names *out, rap_error *err) RAP_CHECKED;

/* The same once the day of publication is inferred, [from, to]: actors that dictionaries
 * code by the day take the code of that day. Mentions are shared. RAP_E_NOMEM. */
rap_status rap_name_date(const rap_name_knowledge *knowledge, const rap_names *names,
                         rap_day from, rap_day to, rap_arena *arena, rap_names *out,
                         rap_error *err) RAP_CHECKED;

/* The mention that covers `token` with the widest span, or RAP_NONE. */
uint32_t rap_names_covering(const rap_names *names, uint32_t token);
/* Country name and code known for a state or demonym ("Armenian" -> Armenia, ARM). */
bool rap_name_country(const rap_name_knowledge *knowledge, rap_slice word,
                      rap_slice *country, rap_slice *code);

/* ---- offices and who held them --------------------------------------------------- */
typedef struct rap_tenure {
    rap_slice person; /* empty: the list says that it is not known who, or nobody */
    rap_slice office;
    rap_slice owner[3]; /* [owners] the UN and Syria */
    uint32_t owners;
    rap_date from, until; /* until: no precision where he is not known to have left */
    rap_date known;       /* whoever has not left is known to have been there then */
    bool acting;
} rap_tenure;
typedef enum rap_office_answer {
    RAP_OFFICE_UNLISTED, /* no list has such an office */
    RAP_OFFICE_GAP,      /* not known: nobody, or whoever may have held it */
    RAP_OFFICE_SEVERAL, /* one of several: a handover, a date known by its month only */
    RAP_OFFICE_HELD     /* one person */
} rap_office_answer;
/* Who held the office so worded ("Ruritanian foreign minister") on all days from `from` to
 * `to`: the tenures that may include one of them, at most `room`. `from` RAP_NO_DAY: all
 * tenures, and the answer is SEVERAL. */
rap_office_answer rap_name_office(const rap_name_knowledge *knowledge, rap_slice words,
                                  rap_day from, rap_day to, rap_tenure *out,
                                  uint32_t room, uint32_t *count);

#endif
