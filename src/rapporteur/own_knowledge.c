/*
 * own_knowledge.c - what a person brings: lists of actors and issues, and dictionaries.
 *
 * Reads   what is given; else what the record remembers; else NAME.actors and
 *         NAME.issues beside NAME.rapporteur. A folder's dictionaries are read in the order of their names.
 * Writes  the memory of the engine's knowledge, and what the record shall remember.
 */
#include "reading_private.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 256, MOST_BYTES = 64 << 20, SETTING_BYTES = 1 << 16 };

static const char SETTING_ACTORS[] = "actors", SETTING_ISSUES[] = "issues",
                  SETTING_DICTIONARIES[] = "dictionaries", SETTING_PLOVER[] = "plover";
static const char NONE[] = "none", STRICT[] = "strict", PLAIN[] = "plain",
                  RECORD_ENDING[] = ".rapporteur";

/* ---- a folder of dictionaries ------------------------------------------------------ */

typedef struct folder {
    const char *path;
    char *name[MOST_FILES];  /* whole paths, malloc'ed */
    char *bytes[MOST_FILES]; /* malloc'ed */
    rap_dictionary_file file[MOST_FILES];
    uint32_t count;
    const rapporteur_options *options;
} folder;

static void close_folder(folder *f)
{
    for (uint32_t i = 0; i < MOST_FILES; i++) {
        free(f->name[i]);
        free(f->bytes[i]);
    }
    free(f);
}

static int by_name(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool is_text_file(const char *name)
{
    return name[0] != '.' && rap_slice_ends(rap_slice_of(name), ".txt");
}

static rap_status add_name(folder *f, const char *name, rap_error *err)
{
    if (f->count == MOST_FILES)
        return rap_fail(err, RAP_E_LIMIT, 0, "%s: more than %d dictionaries", f->path,
                        MOST_FILES);
    const size_t size = strlen(f->path) + strlen(name) + 2;
    char *path = malloc(size);
    if (!path) return rap_fail(err, RAP_E_NOMEM, 0, "the dictionaries");
    (void)snprintf(path, size, "%s%s%s", f->path, name[0] ? "/" : "", name);
    f->name[f->count++] = path;
    return RAP_OK;
}

static rap_status list_folder(folder *f, rap_error *err)
{
    struct stat about;
    if (stat(f->path, &about) != 0)
        return rap_fail(err, RAP_E_IO, 0, "%s: %s", f->path, strerror(errno));
    if (!S_ISDIR(about.st_mode)) return add_name(f, "", err);
    DIR *open = opendir(f->path);
    if (!open) return rap_fail(err, RAP_E_IO, 0, "%s: %s", f->path, strerror(errno));
    rap_status status = RAP_OK;
    const struct dirent *entry;
    while (!status && (entry = readdir(open)) != NULL)
        if (is_text_file(entry->d_name)) status = add_name(f, entry->d_name, err);
    (void)closedir(open);
    qsort(f->name, f->count, sizeof *f->name, by_name);
    return status;
}

static rap_status read_folder(folder *f, rap_error *err)
{
    rap_status status = list_folder(f, err);
    uint32_t known = 0;
    uint64_t bytes = 0;
    for (uint32_t i = 0; !status && i < f->count; i++) {
        uint32_t len = 0;
        status = rap_read_file(f->name[i], &f->bytes[i], &len, err);
        if (status) break;
        f->file[i] = (rap_dictionary_file){f->name[i], {f->bytes[i], len}};
        known += rap_dictionary_is_file(f->file[i]);
        bytes += len;
        if (bytes > MOST_BYTES)
            status = rap_fail(err, RAP_E_LIMIT, 0,
                              "%s: dictionaries may have %d bytes together", f->path,
                              MOST_BYTES);
    }
    if (!status && !known)
        status = rap_fail(err, RAP_E_INPUT, 0,
                          "%s: no dictionary there (*.actors.txt, *.agents.txt, "
                          "*.discards.txt, *.verbs.txt)",
                          f->path);
    return status;
}

static void tell_line(void *state, const rap_error *err)
{
    const folder *f = state;
    rapporteur_error said;
    (void)rap_face_error(err->status, err, &said);
    if (f->options->complain) f->options->complain(f->options->state, f->path, &said);
}

static rap_status open_dictionaries(const rapporteur_options *options, const char *path,
                                    rapporteur *engine, rap_error *err)
{
    folder *f = calloc(1, sizeof *f);
    if (!f) return rap_fail(err, RAP_E_NOMEM, 0, "the dictionaries");
    f->path = path;
    f->options = options;
    rap_status status = read_folder(f, err);
    if (!status)
        status = rap_dictionary_open(f->file, f->count, tell_line, f,
                                     &engine->dictionary, err);
    close_folder(f);
    return status;
}

/* ---- what is given, remembered or beside the record -------------------------------- */

typedef struct remembered {
    rap_arena arena;
    const char *actors, *issues, *dictionaries, *plover; /* "" where nothing is */
} remembered;

static rap_status recall(const char *record, remembered *out, rap_error *err)
{
    rap_store *store = NULL;
    out->arena = RAP_ARENA(SETTING_BYTES);
    out->actors = out->issues = out->dictionaries = out->plover = "";
    if (!record || access(record, F_OK) != 0) return RAP_OK; /* a new record */
    rap_status status = rap_store_open(record, RAP_STORE_READ, &store, err);
    if (status && !strcmp(err->code, "older")) /* whoever reads anew also writes */
        status = rap_store_open(record, RAP_STORE_WRITE, &store, err);
    if (!status)
        status =
            rap_store_setting(store, SETTING_ACTORS, &out->arena, &out->actors, err);
    if (!status)
        status =
            rap_store_setting(store, SETTING_ISSUES, &out->arena, &out->issues, err);
    if (!status)
        status = rap_store_setting(store, SETTING_DICTIONARIES, &out->arena,
                                   &out->dictionaries, err);
    if (!status)
        status =
            rap_store_setting(store, SETTING_PLOVER, &out->arena, &out->plover, err);
    rap_store_close(store);
    return status;
}

char *rap_file_beside(const char *record, const char *ending)
{
    rap_slice stem = rap_slice_of(record);
    if (rap_slice_ends(stem, RECORD_ENDING))
        stem.len -= (uint32_t)sizeof RECORD_ENDING - 1;
    const size_t size = stem.len + strlen(ending) + 2;
    char *path = stem.len ? malloc(size) : NULL;
    if (!path) return NULL;
    (void)snprintf(path, size, "%.*s.%s", (int)stem.len, stem.at, ending);
    if (access(path, F_OK) == 0) return path;
    free(path);
    return NULL;
}

/* What was given, as the record keeps it: a whole path, or "none". */
static rap_status keep_path(const char *given, char **out, rap_error *err)
{
    *out = strcmp(given, NONE) == 0 ? strdup(NONE) : realpath(given, NULL);
    if (*out) return RAP_OK;
    return rap_fail(err, errno == ENOMEM ? RAP_E_NOMEM : RAP_E_IO, 0, "%s: %s", given,
                    strerror(errno));
}

/* An error with a file that was not given now says where its name comes from. */
static rap_status explain(rap_status status, const char *option, rap_error *err)
{
    if (status != RAP_E_IO) return status;
    const rap_error first = *err;
    rap_error_set(err, status, NULL, 0,
                  "%.120s (the record was read with it; give --%s again, or none)",
                  first.text, option);
    return status;
}

/* The list that was given, else the one remembered, else the one beside the record. */
static rap_status open_list(const char *given, const char *old, const char *record,
                            const char *setting, rap_own_file *out, rap_error *err)
{
    char *found = NULL;
    const char *path = given ? given : old;
    rap_status status = RAP_OK;
    if (given) status = keep_path(path, &out->set, err);
    if (!*path && record) path = found = rap_file_beside(record, setting);
    if (!status && path && *path && strcmp(path, NONE) != 0) {
        /* Errors and the engine may name the path as long as it lives. */
        out->path = strdup(path);
        if (!out->path) status = rap_fail(err, RAP_E_NOMEM, 0, "%s", path);
        if (!status) status = rap_read_file(path, &out->bytes, &out->len, err);
        if (!given) status = explain(status, setting, err);
    }
    free(found);
    return status;
}

static void close_list(rap_own_file *list)
{
    free(list->bytes);
    free(list->path);
    free(list->set);
}

rap_status rap_own_open(const rapporteur_options *options, rapporteur *engine,
                        rap_engine_options *inner, rap_error *err)
{
    remembered old;
    rap_status status = recall(options->record, &old, err);
    rap_own_file *actors = &engine->actors;
    if (!status)
        status = open_list(options->actors, old.actors, options->record, SETTING_ACTORS,
                           actors, err);
    if (actors->bytes) inner->actors = (rap_slice){actors->bytes, actors->len};
    if (actors->path) inner->actors_path = actors->path;
    if (!status)
        status = open_list(options->issues, old.issues, options->record, SETTING_ISSUES,
                           &engine->issues, err);
    const char *path = options->dictionaries ? options->dictionaries : old.dictionaries;
    if (!status && options->dictionaries)
        status = keep_path(path, &engine->set_dictionaries, err);
    if (!status && *path && strcmp(path, NONE) != 0) {
        status = open_dictionaries(options, path, engine, err);
        if (!options->dictionaries) status = explain(status, SETTING_DICTIONARIES, err);
    }
    inner->dictionary = engine->dictionary;
    const char *plover = options->plover ? options->plover : old.plover;
    inner->strict = strcmp(plover, STRICT) == 0;
    if (options->plover) engine->set_plover = inner->strict ? STRICT : PLAIN;
    rap_arena_free(&old.arena);
    return status;
}

void rap_own_close(rapporteur *engine)
{
    rap_dictionary_close(engine->dictionary);
    close_list(&engine->actors);
    close_list(&engine->issues);
    free(engine->set_dictionaries);
}

rap_status rap_own_keep(const rapporteur *engine, rap_store *store, rap_error *err)
{
    const char *actors = engine->actors.set, *issues = engine->issues.set;
    if (!actors && !issues && !engine->set_dictionaries && !engine->set_plover)
        return RAP_OK;
    rap_status status = rap_store_begin(store, err);
    if (!status && actors)
        status = rap_store_set_setting(store, SETTING_ACTORS, actors, err);
    if (!status && issues)
        status = rap_store_set_setting(store, SETTING_ISSUES, issues, err);
    if (!status && engine->set_dictionaries)
        status = rap_store_set_setting(store, SETTING_DICTIONARIES,
                                       engine->set_dictionaries, err);
    if (!status && engine->set_plover)
        status = rap_store_set_setting(store, SETTING_PLOVER, engine->set_plover, err);
    return status ? status : rap_store_commit(store, err);
}
