/*
 * exchange.c - positions in characters, cells between tabs, and what events of all tables
 * share; see exchange.h.
 */
#include "exchange.h"

#include "text.h"

enum { STRIDE = 256 }; /* bytes between two known counts */

/* ---- positions -------------------------------------------------------------------- */

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xC0u) != 0x80u;
}

rap_status rap_points_open(rap_arena *arena, rap_slice text, rap_points *out,
                           rap_error *err)
{
    *out = (rap_points){{"", 0}, NULL};
    uint32_t *before = rap_new(arena, uint32_t, text.len / STRIDE + 1);
    if (!before) return rap_fail(err, RAP_E_NOMEM, 0, "no memory to count characters");
    uint32_t count = 0;
    for (uint32_t at = 0; at < text.len; at++) {
        if (at % STRIDE == 0) before[at / STRIDE] = count;
        count += begins_character(text.at[at]);
    }
    if (text.len % STRIDE == 0) before[text.len / STRIDE] = count;
    *out = (rap_points){text, before};
    return RAP_OK;
}

uint32_t rap_points_at(const rap_points *points, uint32_t at)
{
    assert(at <= points->text.len);
    uint32_t count = points->before[at / STRIDE];
    for (uint32_t i = at / STRIDE * STRIDE; i < at; i++)
        count += begins_character(points->text.at[i]);
    return count;
}

/* ---- cells ------------------------------------------------------------------------ */

void rap_cell_write(FILE *out, rap_slice s)
{
    for (uint32_t at = 0; at < s.len;) {
        const uint32_t begin = at;
        const uint32_t c = rap_utf8_next(s, &at);
        const bool control =
            c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
        if (control)
            (void)fputc(' ', out);
        else
            (void)fwrite(s.at + begin, 1, at - begin, out);
    }
}

/* ---- events ----------------------------------------------------------------------- */

rap_day rap_coded_first_day(const rap_coded_event *event)
{
    const bool open = event->earliest == RAP_NO_DAY && event->latest == RAP_NO_DAY;
    return open ? event->published : event->earliest;
}

rap_day rap_coded_day(const rap_coded_event *event)
{
    return event->earliest == event->latest ? rap_coded_first_day(event) : RAP_NO_DAY;
}

bool rap_coded_has_actor(const rap_coded_event *event)
{
    return event->sources > 0;
}

bool rap_coded_happened(const rap_coded_event *event)
{
    return strcmp(event->status, "happened") == 0;
}

const char *const rap_plover_type[RAP_PLOVER_TYPES] = {
    "AGREE",   "CONSULT",  "SUPPORT", "CONCEDE", "COOPERATE", "AID",
    "RETREAT", "REQUEST",  "ACCUSE",  "REJECT",  "THREATEN",  "SANCTION",
    "PROTEST", "MOBILIZE", "COERCE",  "ASSAULT"};

/* The types stand in the order of their quads; SANCTION, on which the manual disagrees with
 * itself, goes with its section: 3. */
int rap_plover_quad(const char *type)
{
    for (int i = 0; i < RAP_PLOVER_TYPES; i++)
        if (strcmp(type, rap_plover_type[i]) == 0)
            return i < 4 ? 1 : i < 7 ? 2 : i < 12 ? 3 : 4;
    return 0;
}

int rap_cameo_quad(const char *cameo)
{
    if (strlen(cameo) < 2) return 0;
    const int root = (cameo[0] - '0') * 10 + (cameo[1] - '0');
    if (root < 1 || root > 20) return 0;
    return root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4;
}
