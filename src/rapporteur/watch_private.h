/*
 * watch_private.h - the parts of watching: folders that tell what arrived, and saved searches.
 */
#ifndef RAP_WATCH_PRIVATE_H
#define RAP_WATCH_PRIVATE_H

#include "store.h"

/* ---- folders --------------------------------------------------------------------- */
/* Tells of files below some folders that were written to their end or moved in. */
typedef struct rap_folder_watch rap_folder_watch;

/* Watch every folder among `paths`, and below them. RAP_E_IO: a path is no folder, or the
 * system watches no more. Owner: rap_folder_watch_close. */
rap_status rap_folder_watch_open(const char *const *paths, size_t count,
                                 rap_folder_watch **out, rap_error *err) RAP_CHECKED;
/* Wait at most `milliseconds` for arrivals, and then until a moment passes without one. The
 * paths live until the next call; none: the time is over, or a signal came. A path may be a
 * folder: then all in it may be new. */
rap_status rap_folder_watch_wait(rap_folder_watch *watch, int milliseconds,
                                 const char *const **paths, size_t *count,
                                 rap_error *err) RAP_CHECKED;
void rap_folder_watch_close(rap_folder_watch *watch);

/* ---- saved searches -------------------------------------------------------------- */
typedef struct rap_search {
    const char *name, *words; /* words "": the filter alone */
    rap_filter filter;
    bool filtered; /* asks for entries of a kind, not for words anywhere */
} rap_search;
typedef struct rap_searches {
    const rap_search *search;
    uint32_t count;
} rap_searches;

/* Read a file of saved searches (docs/format/searches.md); strings live in the arena.
 * RAP_E_USAGE: a row is no search; the message names its line. */
rap_status rap_searches_read(const char *path, rap_slice bytes, rap_arena *arena,
                             rap_searches *out, rap_error *err) RAP_CHECKED;

#endif
