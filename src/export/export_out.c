/*
 * export_out.c - a file or a folder that appears whole or not at all.
 *
 * Method  written beside its place under the name PATH.part, synced, and renamed; a folder
 *         takes the place of an older export of ours in one step (RENAME_EXCHANGE). What is
 *         being written is locked against a second export to the same place. A folder
 *         that holds anything but an export is never touched: what an export holds stands in
 *         its MANIFEST.sha256, which `sha256sum -c` reads.
 */
#include "export.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char MANIFEST[] = "MANIFEST.sha256";
enum { PATH_BYTES = 4096, LINE_BYTES = 4096 + 80 };

typedef struct member { /* a file of a folder */
    char *name;
    FILE *file; /* NULL: ended */
} member;

struct rap_out {
    char path[PATH_BYTES], aside[PATH_BYTES];
    bool folder;
    int lock;   /* of a folder: held while it is written; -1: none */
    FILE *file; /* of a single file, which holds its own lock */
    FILE *standard;
    member *member; /* [members] */
    size_t members, capacity;
};

static rap_status io_error(const char *path, rap_error *err)
{
    return rap_fail(err, RAP_E_IO, 0, "%s: %s", path, strerror(errno));
}

/* ---- what is there ---------------------------------------------------------------- */

/* Calls `see` for every name in `folder`; stops at the first false. */
static bool each_name(const char *folder, bool (*see)(void *state, const char *name),
                      void *state)
{
    DIR *dir = opendir(folder);
    if (!dir) return false;
    bool whole = true;
    const struct dirent *entry;
    while (whole && (entry = readdir(dir)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            whole = see(state, entry->d_name);
    (void)closedir(dir);
    return whole;
}

static bool is_folder(const char *path)
{
    struct stat stat_of;
    return lstat(path, &stat_of) == 0 && S_ISDIR(stat_of.st_mode);
}

static bool is_there(const char *path)
{
    struct stat stat_of;
    return lstat(path, &stat_of) == 0;
}

/* A device, a pipe: renaming a file over it would remove it. */
static bool is_special(const char *path)
{
    struct stat stat_of;
    return stat(path, &stat_of) == 0 && !S_ISREG(stat_of.st_mode) &&
           !S_ISDIR(stat_of.st_mode);
}

/* Removes `name` of the folder `state`: a file, or a folder of files. */
static bool remove_member(void *state, const char *name)
{
    char path[PATH_BYTES * 2];
    (void)snprintf(path, sizeof path, "%s/%s", (const char *)state, name);
    if (!is_folder(path)) return unlink(path) == 0;
    DIR *dir = opendir(path);
    if (!dir) return false;
    const struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) (void)unlinkat(dirfd(dir), entry->d_name, 0);
    (void)closedir(dir);
    return rmdir(path) == 0;
}

static bool remove_folder(char *path)
{
    return each_name(path, remove_member, path) && rmdir(path) == 0;
}

/* ---- is a folder an export of ours? ------------------------------------------------- */

typedef struct listing {
    const char *folder;
    char *manifest; /* its lines */
} listing;

/* Is `name` a file of the manifest, or a folder of such files? */
static bool is_listed(void *state, const char *name)
{
    const listing *l = state;
    char path[PATH_BYTES * 2], line[LINE_BYTES];
    if (strcmp(name, MANIFEST) == 0) return true;
    (void)snprintf(path, sizeof path, "%s/%s", l->folder, name);
    const bool folder = is_folder(path);
    (void)snprintf(line, sizeof line, "  %s%s", name, folder ? "/" : "\n");
    if (!strstr(l->manifest, line)) return false;
    if (!folder) return true;
    DIR *dir = opendir(path);
    if (!dir) return false;
    bool listed = true;
    const struct dirent *entry;
    while (listed && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.') continue;
        (void)snprintf(line, sizeof line, "  %s/%s\n", name, entry->d_name);
        listed = strstr(l->manifest, line) != NULL;
    }
    (void)closedir(dir);
    return listed;
}

static bool sees_nothing(void *state, const char *name)
{
    (void)state;
    (void)name;
    return false;
}

/* Empty, or nothing but an export. */
static bool may_replace(const char *folder)
{
    if (each_name(folder, sees_nothing, NULL)) return true;
    char path[PATH_BYTES * 2];
    (void)snprintf(path, sizeof path, "%s/%s", folder, MANIFEST);
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    listing l = {.folder = folder};
    size_t capacity = 0;
    const ssize_t len = getdelim(&l.manifest, &capacity, 0, file);
    (void)fclose(file);
    const bool ours = len > 0 && each_name(folder, is_listed, &l);
    free(l.manifest);
    return ours;
}

/* ---- begin -------------------------------------------------------------------------- */

/* Is `path` still what `fd` is open on? */
static bool is_still(int fd, const char *path)
{
    struct stat own, there;
    return fstat(fd, &own) == 0 && lstat(path, &there) == 0 &&
           own.st_ino == there.st_ino && own.st_dev == there.st_dev;
}

/* Nobody else writes there now; the system lets go of it whenever the process ends. */
static bool lock_for_us(int fd, const char *path)
{
    return flock(fd, LOCK_EX | LOCK_NB) == 0 && is_still(fd, path);
}

static rap_status busy(const rap_out *out, rap_error *err)
{
    return rap_fail(err, RAP_E_IO, 0, "%s is being written by another export",
                    out->path);
}

/* What a killed run left is cleared away; what another one is writing is not. */
static rap_status clear_aside(rap_out *out, rap_error *err)
{
    if (!is_folder(out->aside)) return RAP_OK;
    const int fd = open(out->aside, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return io_error(out->aside, err);
    rap_status status = RAP_OK;
    if (!lock_for_us(fd, out->aside))
        status = busy(out, err);
    else if (!remove_folder(out->aside))
        status = io_error(out->aside, err);
    (void)close(fd);
    return status;
}

static rap_status begin_folder(rap_out *out, rap_error *err)
{
    if (is_there(out->path) && !is_folder(out->path)) /* a device too */
        return rap_fail(err, RAP_E_USAGE, 0, "%s is a file; this format is a folder",
                        out->path);
    if (is_there(out->path) && !may_replace(out->path))
        return rap_fail(err, RAP_E_USAGE, 0,
                        "%s holds other files; name a folder that is not there yet",
                        out->path);
    const rap_status status = clear_aside(out, err);
    if (status) return status;
    if (mkdir(out->aside, 0777) != 0) return io_error(out->aside, err);
    out->lock = open(out->aside, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (out->lock >= 0 && lock_for_us(out->lock, out->aside)) return RAP_OK;
    return busy(out, err);
}

static rap_status begin_file(rap_out *out, rap_error *err)
{
    if (is_folder(out->path))
        return rap_fail(err, RAP_E_USAGE, 0, "%s is a folder; this format is one file",
                        out->path);
    if (is_special(out->path))
        return rap_fail(err, RAP_E_USAGE, 0,
                        "%s is no file that can be replaced; -o - writes to standard "
                        "output",
                        out->path);
    const int fd = open(out->aside, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0) return io_error(out->aside, err);
    rap_status status = RAP_OK;
    if (!lock_for_us(fd, out->aside))
        status = busy(out, err);
    else if (ftruncate(fd, 0) != 0 || (out->file = fdopen(fd, "wb")) == NULL)
        status = io_error(out->aside, err);
    if (status) (void)close(fd);
    return status;
}

/* PATH without slashes at its end; of a link, what it leads to. */
static bool set_paths(rap_out *out, const char *path)
{
    char *led = realpath(path, NULL);
    const char *end = led ? led : path;
    size_t len = strlen(end);
    while (len > 1 && end[len - 1] == '/') len--;
    const bool fits = len > 0 && len + sizeof ".part" <= PATH_BYTES;
    if (fits) {
        (void)snprintf(out->path, sizeof out->path, "%.*s", (int)len, end);
        (void)snprintf(out->aside, sizeof out->aside, "%.*s.part", (int)len, end);
    }
    free(led);
    return fits;
}

rap_status rap_out_open(const char *path, bool folder, FILE *standard, rap_out **result,
                        rap_error *err)
{
    *result = NULL;
    const bool named = path && strcmp(path, "-") != 0;
    if (!named && folder)
        return rap_fail(err, RAP_E_USAGE, 0, "this format is a folder; say -o DIR");
    rap_out *out = calloc(1, sizeof *out);
    if (!out) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the output");
    out->folder = folder;
    out->lock = -1;
    rap_status status = RAP_OK;
    if (!named)
        out->file = out->standard = standard;
    else if (!set_paths(out, path))
        status = rap_fail(err, RAP_E_USAGE, 0, "no such path can be written");
    else
        status = folder ? begin_folder(out, err) : begin_file(out, err);
    if (!status) *result = out;
    if (status && out->lock >= 0) (void)close(out->lock);
    if (status) free(out);
    return status;
}

/* ---- files of a folder -------------------------------------------------------------- */

static member *add_member(rap_out *out, const char *name)
{
    if (out->members == out->capacity) {
        const size_t wider = out->capacity * 2 + 16;
        member *moved = realloc(out->member, wider * sizeof *moved);
        if (!moved) return NULL;
        out->member = moved;
        out->capacity = wider;
    }
    member *added = &out->member[out->members];
    *added = (member){strdup(name), NULL};
    if (!added->name) return NULL;
    out->members++;
    return added;
}

/* "texts/0123.txt": its folder is made with its first file. */
static bool make_parent(const rap_out *out, const char *name)
{
    char path[PATH_BYTES * 2];
    const char *slash = strchr(name, '/');
    if (!slash) return true;
    (void)snprintf(path, sizeof path, "%s/%.*s", out->aside, (int)(slash - name), name);
    return mkdir(path, 0777) == 0 || errno == EEXIST;
}

rap_status rap_out_begin(rap_out *out, const char *name, FILE **file, rap_error *err)
{
    *file = out->file;
    if (!out->folder) return RAP_OK;
    member *added = add_member(out, name);
    if (!added) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for the output");
    char path[PATH_BYTES * 2];
    (void)snprintf(path, sizeof path, "%s/%s", out->aside, name);
    *file = make_parent(out, name) ? fopen(path, "wb") : NULL;
    added->file = *file;
    return *file ? RAP_OK : io_error(path, err);
}

/* Everything on the disk, and closed. */
static bool finish_file(FILE *file)
{
    const bool written = fflush(file) == 0 && !ferror(file) && fsync(fileno(file)) == 0;
    return (fclose(file) == 0) && written;
}

rap_status rap_out_end(rap_out *out, FILE *file, rap_error *err)
{
    for (size_t i = out->members; i-- > 0;) {
        if (out->member[i].file != file) continue;
        out->member[i].file = NULL;
        return finish_file(file) ? RAP_OK : io_error(out->member[i].name, err);
    }
    return RAP_OK;
}

static int by_member(const void *left, const void *right)
{
    return strcmp(((const member *)left)->name, ((const member *)right)->name);
}

static bool put_digest(const rap_out *out, const char *name, FILE *manifest)
{
    char path[PATH_BYTES * 2], hex[65];
    rap_sha256 digest;
    (void)snprintf(path, sizeof path, "%s/%s", out->aside, name);
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    const bool whole = rap_sha256_of_file(file, &digest);
    (void)fclose(file);
    rap_sha256_hex(&digest, hex);
    return whole && fprintf(manifest, "%s  %s\n", hex, name) > 0;
}

static rap_status put_manifest(rap_out *out, rap_error *err)
{
    const size_t members = out->members;
    if (members) qsort(out->member, members, sizeof *out->member, by_member);
    FILE *manifest;
    const rap_status status = rap_out_begin(out, MANIFEST, &manifest, err);
    bool whole = !status;
    for (size_t i = 0; whole && i < members; i++)
        whole = put_digest(out, out->member[i].name, manifest);
    if (status) return status;
    return whole ? rap_out_end(out, manifest, err) : io_error(out->aside, err);
}

/* ---- end ---------------------------------------------------------------------------- */

/* The names in the folder of `path` are on the disk too. */
static bool sync_parent(const char *path)
{
    char parent[PATH_BYTES];
    (void)snprintf(parent, sizeof parent, "%s", path);
    char *slash = strrchr(parent, '/');
    if (slash == parent) slash++;
    if (slash)
        *slash = 0;
    else
        (void)snprintf(parent, sizeof parent, ".");
    const int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    const bool synced = fsync(fd) == 0 || errno == EINVAL;
    (void)close(fd);
    return synced;
}

static rap_status commit_folder(rap_out *out, rap_error *err)
{
    const rap_status status = put_manifest(out, err);
    if (status) return status;
    if (!is_there(out->path))
        return rename(out->aside, out->path) == 0 && sync_parent(out->path)
                   ? RAP_OK
                   : io_error(out->path, err);
    if (renameat2(AT_FDCWD, out->aside, AT_FDCWD, out->path, RENAME_EXCHANGE) != 0)
        return rap_fail(err, RAP_E_IO, 0,
                        "%s cannot be replaced in one step here; remove it first",
                        out->path);
    return remove_folder(out->aside) && sync_parent(out->path)
               ? RAP_OK
               : io_error(out->aside, err);
}

/* Renamed while it is open, and so locked: nobody cuts it short in between. */
static rap_status commit_file(rap_out *out, rap_error *err)
{
    FILE *file = out->file;
    out->file = NULL;
    bool whole = fflush(file) == 0 && !ferror(file) && fsync(fileno(file)) == 0;
    if (whole) whole = rename(out->aside, out->path) == 0 && sync_parent(out->path);
    const rap_status status = whole ? RAP_OK : io_error(out->path, err);
    (void)fclose(file);
    return status;
}

static rap_status commit(rap_out *out, rap_error *err)
{
    if (out->standard)
        return fflush(out->standard) == 0 && !ferror(out->standard)
                   ? RAP_OK
                   : io_error("standard output", err);
    rap_status status = RAP_OK;
    for (size_t i = 0; i < out->members && !status; i++)
        if (out->member[i].file) status = rap_out_end(out, out->member[i].file, err);
    if (status) return status;
    return out->folder ? commit_folder(out, err) : commit_file(out, err);
}

static void abandon(rap_out *out)
{
    for (size_t i = 0; i < out->members; i++)
        if (out->member[i].file) (void)fclose(out->member[i].file);
    if (out->standard) return;
    if (out->file) (void)fclose(out->file);
    if (out->folder)
        (void)remove_folder(out->aside);
    else
        (void)unlink(out->aside);
}

rap_status rap_out_close(rap_out *out, rap_status so_far, rap_error *err)
{
    if (!out) return so_far;
    rap_status status = so_far;
    if (!status) {
        status = commit(out, err);
        if (status && !out->standard && !out->folder) (void)unlink(out->aside);
        if (status && out->folder) abandon(out);
    } else {
        abandon(out);
    }
    for (size_t i = 0; i < out->members; i++) free(out->member[i].name);
    if (out->lock >= 0) (void)close(out->lock);
    free(out->member);
    free(out);
    return status;
}
