/*
 * event_strict.c - types by PLOVER's own rules.
 *
 * Reads   an event's type and status.
 * Method  the codebook has no status: help and meetings to come are AGREE, a retreat to
 *         come is CONCEDE, force to come is THREATEN, what is called off is REJECT
 *         (docs/method/event.md).
 * Cost    constant.
 */
#include "event_lexicon_private.h"

typedef struct rewrite {
    rap_plover from;
    rap_event_status status;
    rap_plover to;
    const char *mode, *cameo;
} rewrite;

static const rewrite RULES[] = {
    {RAP_CONSULT, RAP_EVENT_PLANNED, RAP_AGREE, NULL, "036"},
    {RAP_CONSULT, RAP_EVENT_PROPOSED, RAP_REQUEST, "meet", "026"},
    {RAP_CONSULT, RAP_EVENT_DENIED, RAP_REJECT, "meet", "125"},
    {RAP_SUPPORT, RAP_EVENT_PLANNED, RAP_AGREE, NULL, "032"},
    {RAP_COOPERATE, RAP_EVENT_PLANNED, RAP_AGREE, NULL, "031"},
    {RAP_AID, RAP_EVENT_PLANNED, RAP_AGREE, NULL, "033"},
    {RAP_RETREAT, RAP_EVENT_PLANNED, RAP_CONCEDE, NULL, "080"},
    {RAP_SANCTION, RAP_EVENT_PLANNED, RAP_THREATEN, "relations", "131"},
    {RAP_COERCE, RAP_EVENT_PLANNED, RAP_THREATEN, "restrict", "132"},
    {RAP_PROTEST, RAP_EVENT_PLANNED, RAP_THREATEN, NULL, "133"},
    {RAP_ASSAULT, RAP_EVENT_PLANNED, RAP_THREATEN, "violence", "138"}};

void rap_event_make_strict(rap_event *event)
{
    for (uint32_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
        const rewrite *r = &RULES[i];
        if (strcmp(event->type, rap_plover_name(r->from)) != 0 ||
            event->status != r->status)
            continue;
        event->type = rap_plover_name(r->to);
        event->mode = r->mode;
        event->cameo = r->cameo;
        event->status = RAP_EVENT_HAPPENED; /* the word is given, or taken back */
        return;
    }
}
