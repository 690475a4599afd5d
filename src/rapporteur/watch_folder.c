/*
 * watch_folder.c - which files below some folders are new.
 *
 * Method  inotify: a file counts when it was closed after writing or moved in, so half a
 *         file is never read. A folder that appears is watched, and told of as a whole,
 *         because files may have come before the watch. When the system drops events, all
 *         folders are told of. Hidden files and those still on their way (.part, .tmp, …)
 *         are passed over; they count when they get their own name.
 * Cost    one watch a folder; one system call a burst of events.
 */
#include "watch_private.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SETTLE_MS = 300,     /* a burst is over when nothing came for so long */
    MOST_WAIT_MS = 5000, /* but a steady stream is told of by then */
    MOST_FOLDERS = 65536,
    EVENT_BYTES = 64 * 1024,
    PATH_BYTES = 64 * 1024 * 1024
};
static const uint32_t watched_events =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR | IN_EXCL_UNLINK;

typedef struct watched { /* found by the number that the system gave it */
    int number;
    const char *path;
} watched;

struct rap_folder_watch {
    int events;
    rap_arena kept, told; /* folders; paths of the last wait */
    RAP_LIST(watched) folders;
    RAP_LIST(const char *) arrived;
};

/* ---- folders --------------------------------------------------------------------- */

static rap_status watch_one(rap_folder_watch *w, const char *path, rap_error *err)
{
    const int number = inotify_add_watch(w->events, path, watched_events);
    if (number < 0 && (errno == ENOENT || errno == ENOTDIR))
        return RAP_OK; /* gone again */
    if (number < 0)
        return rap_fail(err, RAP_E_IO, 0, "%s: cannot be watched: %s%s", path,
                        strerror(errno),
                        errno == ENOSPC ? "; raise fs.inotify.max_user_watches" : "");
    const watched f = {number, path};
    for (uint32_t i = 0; i < w->folders.count; i++)
        if (w->folders.at[i].number == number) return w->folders.at[i] = f, RAP_OK;
    if (w->folders.count >= MOST_FOLDERS)
        return rap_fail(err, RAP_E_LIMIT, 0, "%s: more than %d folders to watch", path,
                        MOST_FOLDERS);
    return rap_push(&w->kept, &w->folders, f)
               ? RAP_OK
               : rap_fail(err, RAP_E_NOMEM, 0, "no memory to watch %s", path);
}

/* Put the folders directly in `path` at the end of the list. */
static rap_status watch_inside(rap_folder_watch *w, const char *path, rap_error *err)
{
    DIR *open = opendir(path);
    if (!open) return RAP_OK; /* not ours to read: its files cannot be either */
    rap_status status = RAP_OK;
    const struct dirent *item;
    while (!status && (item = readdir(open))) {
        struct stat what;
        const char *inner =
            item->d_name[0] == '.'
                ? NULL
                : rap_arena_printf(&w->kept, "%s/%s", path, item->d_name);
        if (inner && lstat(inner, &what) == 0 && S_ISDIR(what.st_mode))
            status = watch_one(w, inner, err);
    }
    (void)closedir(open);
    return status;
}

/* Watch `path` and all below it: what is put at the list's end is opened in its turn. */
static rap_status watch_tree(rap_folder_watch *w, const char *path, rap_error *err)
{
    uint32_t next = w->folders.count;
    rap_status status = watch_one(w, path, err);
    for (; !status && next < w->folders.count; next++)
        status = watch_inside(w, w->folders.at[next].path, err);
    return status;
}

rap_status rap_folder_watch_open(const char *const *paths, size_t count,
                                 rap_folder_watch **out, rap_error *err)
{
    *out = NULL;
    rap_folder_watch *w = calloc(1, sizeof *w);
    if (!w) return rap_fail(err, RAP_E_NOMEM, 0, "no memory to watch folders");
    w->kept.limit = w->told.limit = PATH_BYTES;
    w->events = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    rap_status status =
        w->events < 0 ? rap_fail(err, RAP_E_IO, 0, "folders cannot be watched here: %s",
                                 strerror(errno))
                      : RAP_OK;
    for (size_t i = 0; !status && i < count; i++) {
        struct stat what;
        if (stat(paths[i], &what) != 0 || !S_ISDIR(what.st_mode))
            status = rap_fail(err, RAP_E_IO, 0, "%s: no folder; watch needs folders",
                              paths[i]);
        else
            status = watch_tree(w, paths[i], err);
    }
    if (status)
        rap_folder_watch_close(w);
    else
        *out = w;
    return status;
}

void rap_folder_watch_close(rap_folder_watch *w)
{
    if (!w) return;
    if (w->events >= 0) (void)close(w->events);
    rap_arena_free(&w->kept);
    rap_arena_free(&w->told);
    free(w);
}

/* ---- events ---------------------------------------------------------------------- */

static bool is_on_its_way(const char *name)
{
    static const char *const endings[] = {".part", ".tmp", ".crdownload", "~"};
    const size_t len = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t n = strlen(endings[i]);
        if (len >= n && strcmp(name + len - n, endings[i]) == 0) return true;
    }
    return name[0] == '.';
}

static bool tell(rap_folder_watch *w, const char *path)
{
    for (uint32_t i = 0; i < w->arrived.count; i++)
        if (strcmp(w->arrived.at[i], path) == 0) return true;
    return rap_push(&w->told, &w->arrived, path);
}

static rap_status tell_all(rap_folder_watch *w, rap_error *err)
{
    for (uint32_t i = 0; i < w->folders.count; i++)
        if (!tell(w, w->folders.at[i].path))
            return rap_fail(err, RAP_E_NOMEM, 0, "no memory for what arrived");
    return RAP_OK;
}

static const char *folder_of(const rap_folder_watch *w, int number)
{
    for (uint32_t i = 0; i < w->folders.count; i++)
        if (w->folders.at[i].number == number) return w->folders.at[i].path;
    return NULL;
}

static rap_status take_event(rap_folder_watch *w, const struct inotify_event *event,
                             rap_error *err)
{
    if (event->mask & IN_Q_OVERFLOW) return tell_all(w, err);
    const char *folder = folder_of(w, event->wd);
    if (!folder || !event->len || is_on_its_way(event->name)) return RAP_OK;
    const bool is_folder = event->mask & IN_ISDIR;
    if (!is_folder && event->mask & IN_CREATE) return RAP_OK; /* not yet written */
    const char *path =
        rap_arena_printf(is_folder ? &w->kept : &w->told, "%s/%s", folder, event->name);
    if (!path || !tell(w, path))
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for what arrived");
    return is_folder ? watch_tree(w, path, err) : RAP_OK;
}

/* Take what the system has to say now. */
static rap_status take_events(rap_folder_watch *w, rap_error *err)
{
    _Alignas(struct inotify_event) char bytes[EVENT_BYTES];
    rap_status status = RAP_OK;
    ssize_t got;
    while (!status && (got = read(w->events, bytes, sizeof bytes)) > 0)
        for (ssize_t at = 0; !status && at < got;) {
            const struct inotify_event *event = (const void *)(bytes + at);
            status = take_event(w, event, err);
            at += (ssize_t)(sizeof *event + event->len);
        }
    return status;
}

rap_status rap_folder_watch_wait(rap_folder_watch *w, int milliseconds,
                                 const char *const **paths, size_t *count,
                                 rap_error *err)
{
    struct pollfd ready = {.fd = w->events, .events = POLLIN};
    rap_status status = RAP_OK;
    rap_arena_clear(&w->told);
    w->arrived.at = NULL;
    w->arrived.count = w->arrived.capacity = 0;
    int wait = milliseconds;
    for (int waited = 0; !status && waited < MOST_WAIT_MS && poll(&ready, 1, wait) > 0;
         waited += SETTLE_MS) {
        status = take_events(w, err);
        wait = SETTLE_MS;
    }
    *paths = w->arrived.at;
    *count = w->arrived.count;
    return status;
}
