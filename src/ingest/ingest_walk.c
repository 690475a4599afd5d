/*
 * ingest_walk.c - files, folders and standard input to documents; see ingest.h.
 *
 * Reads   the file system.
 * Method  a stack of open folders, each a sorted list of names; a folder is entered
 * once (by device and number), so links in a circle end. What a file is, its bytes say.
 * Cost    one document's bytes at a time, and the names of the folders on the way.
 */
#include "ingest_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_DEPTH = 128 };
static const size_t NAMES_BYTES = (size_t)1 << 30; /* of one folder, or of all seen */
static const size_t PATHS_BYTES = (size_t)256 << 20;

/* ---- giving
 * -------------------------------------------------------------------------- */

static rap_slice first_of(rap_slice own, rap_slice row, rap_slice all)
{
    return own.len ? own : row.len ? row : all;
}

/* What the document itself says wins over the sheet, and the sheet over the options. */
static rap_given given_of(const rap_walk *walk, const rap_item *item,
                          const char *container)
{
    static const rap_given nothing = {0};
    const rap_given *row = rap_meta_find(&walk->meta, item->path);
    if (!row && container) row = rap_meta_find(&walk->meta, container);
    if (!row) row = &nothing;
    const rap_given *own = &item->given, *all = &walk->options->given;
    return (rap_given){first_of(own->title, row->title, all->title),
                       first_of(own->author, row->author, all->author),
                       first_of(own->outlet, row->outlet, all->outlet),
                       first_of(own->url, row->url, all->url),
                       first_of(own->date, row->date, all->date)};
}

rap_status rap_walk_give(rap_walk *walk, rap_item *item, const char *container)
{
    const rap_ingest_options *options = walk->options;
    if (options->stop && options->stop(options->stop_state))
        return rap_fail(walk->err, RAP_E_STOPPED, 0, "%s: stopped before it",
                        item->path);
    if (!item->bytes.at) item->bytes = (rap_slice){"", 0};
    item->given = given_of(walk, item, container);
    if (!item->error) item->sha256 = rap_sha256_of(item->bytes);
    return walk->sink(walk->state, item, walk->err);
}

rap_status rap_walk_refuse(rap_walk *walk, const char *path, const rap_error *why)
{
    if (why->status == RAP_E_NOMEM) {
        if (walk->err) *walk->err = *why;
        return RAP_E_NOMEM;
    }
    rap_item item = {.path = path, .error = why};
    return rap_walk_give(walk, &item, NULL);
}

/* ---- one source
 * ---------------------------------------------------------------------- */

static rap_status read_page(rap_source *source, rap_error *why)
{
    rap_status status = rap_source_fill(source, (size_t)RAP_LIMIT_PAGE_BYTES + 1, why);
    if (status) return status;
    if (rap_source_peek(source).len <= RAP_LIMIT_PAGE_BYTES) return RAP_OK;
    /* A member is read on, unkept, to tell a large page from a bomb. */
    while (source->inflated && !source->ended) {
        rap_source_take(source, source->end - source->begin);
        status = rap_source_fill(source, 1, why);
        if (status) return status;
    }
    return rap_fail_as(why, RAP_E_LIMIT, "page-too-large", RAP_LIMIT_PAGE_BYTES,
                       "it is larger than %u MB, the most one document may have: "
                       "split it, one report a file",
                       RAP_LIMIT_PAGE_BYTES >> 20);
}

static rap_status give_page(rap_walk *walk, rap_source *source, const char *path)
{
    rap_error why = {0};
    rap_status status = read_page(source, &why);
    const rap_slice bytes = rap_source_peek(source);
    if (!status) status = rap_sniff_nul(bytes, &why);
    if (status) return rap_walk_refuse(walk, path, &why);
    rap_item item = {.path = path, .bytes = bytes, .media = walk->options->media};
    if (item.media == RAP_MEDIA_AUTO) item.media = rap_sniff_media(bytes, path);
    return rap_walk_give(walk, &item, NULL);
}

/* Whether the first line is a document as JSON; `source` then holds the whole line. */
static bool begins_with_document(rap_source *source)
{
    rap_error why;
    size_t scanned = 0;
    for (;;) {
        const rap_slice held = rap_source_peek(source);
        const char *end = held.len > scanned
                              ? memchr(held.at + scanned, '\n', held.len - scanned)
                              : NULL;
        if (end || source->ended)
            return rap_lines_is_document(
                (rap_slice){held.at, end ? (uint32_t)(end - held.at) : held.len});
        scanned = held.len;
        if (scanned > RAP_LIMIT_LINE_BYTES) return false;
        if (rap_source_fill(source, scanned + 1, &why)) return false;
    }
}

static bool holds_lines(const rap_walk *walk, rap_source *source, const char *path)
{
    if (walk->options->media != RAP_MEDIA_AUTO) return false;
    if (rap_sniff_is_lines_name(path)) return true;
    rap_slice head = rap_source_peek(source);
    if (rap_slice_starts(head, "\xEF\xBB\xBF")) head = rap_slice_sub(head, 3, head.len);
    head = rap_slice_trim(head);
    return head.len && head.at[0] == '{' && begins_with_document(source);
}

rap_status rap_walk_source(rap_walk *walk, rap_source *source, const char *path)
{
    rap_error why = {0};
    rap_status status = rap_source_fill(source, RAP_PEEK_BYTES, &why);
    const rap_slice head = rap_source_peek(source);
    if (status) return rap_walk_refuse(walk, path, &why);
    status = rap_sniff_format(head, &why);
    if (status) return rap_walk_refuse(walk, path, &why);
    if (rap_sniff_packing(head) != RAP_PACKING_NONE) {
        if (!source->inflated) return rap_walk_archive(walk, source, path);
        rap_error_set(&why, RAP_E_INPUT, "nested-archive", 0,
                      "an archive inside an archive is not opened: unpack the outer "
                      "one, then give the inner one");
        return rap_walk_refuse(walk, path, &why);
    }
    /* The limits of what is inflated come first: a bomb should be called one. */
    if (!source->inflated && rap_sniff_nul(head, &why))
        return rap_walk_refuse(walk, path, &why);
    if (holds_lines(walk, source, path)) return rap_walk_lines(walk, source, path);
    return give_page(walk, source, path);
}

/* ---- files and folders
 * ----------------------------------------------------------------- */

static rap_status refuse_errno(rap_walk *walk, const char *path)
{
    rap_error why;
    if (errno == ENOMEM)
        rap_error_set(&why, RAP_E_NOMEM, NULL, 0, "%s", path);
    else if (errno == ENOENT)
        rap_error_set(&why, RAP_E_NOTFOUND, NULL, 0, "there is no such file or folder");
    else
        rap_error_set(&why, RAP_E_IO, NULL, 0, "cannot be opened: %s", strerror(errno));
    return rap_walk_refuse(walk, path, &why);
}

static rap_status walk_descriptor(rap_walk *walk, int descriptor, const char *path)
{
    rap_source source = rap_source_of_file(&descriptor);
    const rap_status status = rap_walk_source(walk, &source, path);
    rap_source_free(&source);
    return status;
}

static rap_status walk_file(rap_walk *walk, const char *path)
{
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return refuse_errno(walk, path);
    const rap_status status = walk_descriptor(walk, descriptor, path);
    (void)close(descriptor);
    return status;
}

typedef struct folder {
    rap_arena arena;
    const char *path;
    RAP_LIST(const char *) names;
    uint32_t next;
} folder;

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static rap_status read_names(folder *out, DIR *stream, rap_error *err)
{
    for (const struct dirent *entry; (entry = readdir(stream));) {
        if (entry->d_name[0] == '.') continue; /* hidden, or the folder itself */
        const rap_slice name = rap_arena_copy(&out->arena, rap_slice_of(entry->d_name));
        if (!name.at || !rap_push(&out->arena, &out->names, name.at))
            return rap_fail(err, RAP_E_NOMEM, 0, "%s: too many names", out->path);
    }
    if (out->names.count)
        qsort(out->names.at, out->names.count, sizeof *out->names.at, by_bytes);
    return RAP_OK;
}

/* Whether the folder was entered before; notes that it now is. */
static rap_status note_folder(rap_walk *walk, DIR *stream, bool *seen)
{
    struct stat about;
    *seen = true;
    if (fstat(dirfd(stream), &about)) return RAP_OK;
    const uint64_t number[2] = {about.st_dev, about.st_ino};
    const rap_slice key =
        rap_arena_copy(&walk->names, (rap_slice){(const char *)number, sizeof number});
    uint32_t *slot = key.at ? rap_map_put(&walk->seen, &walk->names, key) : NULL;
    if (!slot) return rap_fail(walk->err, RAP_E_NOMEM, 0, "too many folders");
    *seen = *slot != RAP_NONE;
    *slot = 1;
    return RAP_OK;
}

/* Open the folder at `path` into `out`; without names where it is refused or seen. */
static rap_status open_folder(rap_walk *walk, const char *path, folder *out)
{
    *out = (folder){.arena = RAP_ARENA(NAMES_BYTES)};
    DIR *stream = opendir(path);
    if (!stream) return refuse_errno(walk, path);
    bool seen;
    rap_status status = note_folder(walk, stream, &seen);
    if (!status && !seen) {
        rap_slice kept = rap_slice_of(path);
        while (kept.len > 1 && kept.at[kept.len - 1] == '/') kept.len--;
        kept = rap_arena_copy(&out->arena, kept);
        out->path = kept.at;
        if (kept.at)
            status = read_names(out, stream, walk->err);
        else
            status = rap_fail(walk->err, RAP_E_NOMEM, 0, "%s", path);
    }
    (void)closedir(stream);
    return status;
}

typedef struct stack {
    folder at[FOLDER_DEPTH];
    uint32_t count;
} stack;

static rap_status enter_folder(rap_walk *walk, stack *open, const char *path)
{
    if (open->count == FOLDER_DEPTH) {
        rap_error why;
        rap_error_set(&why, RAP_E_LIMIT, "folders-too-deep", 0,
                      "folders are nested deeper than %d", FOLDER_DEPTH);
        return rap_walk_refuse(walk, path, &why);
    }
    return open_folder(walk, path, &open->at[open->count++]);
}

/* Give what is at `path`, or put it on the stack if it is a folder. */
static rap_status visit(rap_walk *walk, stack *open, const char *path)
{
    struct stat about;
    if (stat(path, &about)) return refuse_errno(walk, path);
    if (S_ISDIR(about.st_mode)) return enter_folder(walk, open, path);
    if (S_ISREG(about.st_mode) || open->count == 0) return walk_file(walk, path);
    rap_error why; /* a pipe among the files would wait for ever */
    rap_error_set(&why, RAP_E_INPUT, "not-a-file", 0,
                  "it is neither a file nor a folder");
    return rap_walk_refuse(walk, path, &why);
}

static rap_status visit_next(rap_walk *walk, stack *open)
{
    folder *top = &open->at[open->count - 1];
    if (top->next == top->names.count) {
        rap_arena_free(&top->arena);
        open->count--;
        return RAP_OK;
    }
    rap_arena_clear(&walk->paths);
    const char *name = top->names.at[top->next++];
    const char *slash = strcmp(top->path, "/") == 0 ? "" : "/";
    const char *path = rap_arena_printf(&walk->paths, "%s%s%s", top->path, slash, name);
    if (!path) return rap_fail(walk->err, RAP_E_NOMEM, 0, "%s", name);
    return visit(walk, open, path);
}

static rap_status walk_tree(rap_walk *walk, const char *path)
{
    stack *open = calloc(1, sizeof *open);
    if (!open) return rap_fail(walk->err, RAP_E_NOMEM, 0, "%s", path);
    rap_status status = visit(walk, open, path);
    while (!status && open->count) status = visit_next(walk, open);
    while (open->count) rap_arena_free(&open->at[--open->count].arena);
    free(open);
    return status;
}

rap_status rap_ingest_walk(const char *path, const rap_ingest_options *options,
                           rap_item_sink sink, void *state, rap_error *err)
{
    static const rap_ingest_options none = {0};
    rap_walk walk = {.options = options ? options : &none,
                     .sink = sink,
                     .state = state,
                     .err = err,
                     .paths = RAP_ARENA(PATHS_BYTES),
                     .members = RAP_ARENA(PATHS_BYTES),
                     .lines = RAP_ARENA(PATHS_BYTES),
                     .names = RAP_ARENA(NAMES_BYTES)};
    rap_status status = RAP_OK;
    if (walk.options->meta) status = rap_meta_read(walk.options->meta, &walk.meta, err);
    if (!status)
        status = strcmp(path, "-") == 0 ? walk_descriptor(&walk, STDIN_FILENO, path)
                                        : walk_tree(&walk, path);
    rap_meta_free(&walk.meta);
    rap_arena_free(&walk.paths);
    rap_arena_free(&walk.members);
    rap_arena_free(&walk.lines);
    rap_arena_free(&walk.names);
    return status;
}
