/*
 * ingest_archive.c - the members of .zip, .tar, .tar.* and single compressed files.
 *
 * Reads   a rap_source that begins with an archive.
 * Method  libarchive, as a stream: only the formats named here, one layer of
 * compression, nothing written to disk. A zip on disk is read by its directory, at its
 * end. Limits  a member's bytes and its ratio are checked while they are inflated;
 * members that overlap (one way to build a bomb) end the archive; so does skipping too
 * much.
 */
#include "ingest_private.h"

#include "text.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <unistd.h>

static const uint64_t SKIP_BYTES = (uint64_t)1 << 30; /* inflated for nothing, in all */
enum { RATIO_FROM_BYTES = 1024 * 1024 };              /* small files may shrink well */

typedef struct reader {
    rap_walk *walk;
    const char *path;
    rap_source *source; /* the archive's own bytes */
    size_t lent;        /* bytes of it libarchive holds */
    struct archive *archive;
    rap_packing packing;
    locale_t utf8; /* for the names of members; 0 if the system has none */
    /* the member at hand */
    int64_t packed_at; /* where its bytes begin in the archive */
    uint64_t inflated;
    bool ended;
    uint64_t skipped; /* of all members */
    int64_t furthest; /* zip: end of the bytes read so far */
    uint32_t members;
} reader;

/* ---- the archive's bytes ------------------------------------------------------------
 */

static la_ssize_t lend(struct archive *archive, void *state, const void **buffer)
{
    reader *r = state;
    rap_source_take(r->source, r->lent);
    r->lent = 0;
    rap_error why;
    if (rap_source_fill(r->source, 1, &why)) {
        archive_set_error(archive, EIO, "%s", why.text);
        return -1;
    }
    const rap_slice held = rap_source_peek(r->source);
    *buffer = held.at;
    r->lent = held.len;
    return (la_ssize_t)held.len;
}

static la_int64_t seek(struct archive *archive, void *state, la_int64_t offset,
                       int whence)
{
    (void)archive;
    reader *r = state;
    const off_t at = lseek(r->source->file, offset, whence);
    if (at < 0) return ARCHIVE_FATAL;
    rap_source_reuse(r->source);
    r->source->offset = (uint64_t)at;
    r->lent = 0;
    return at;
}

static int open_reader(reader *r)
{
    struct archive *a = r->archive;
    if (r->packing == RAP_PACKING_ZIP) {
        archive_read_support_format_zip(a);
    } else {
        archive_read_support_format_tar(a);
    }
    if (r->packing == RAP_PACKING_STREAM) {
        archive_read_support_filter_gzip(a);
        archive_read_support_filter_bzip2(a);
        archive_read_support_filter_xz(a);
        archive_read_support_filter_zstd(a);
        archive_read_support_filter_compress(a);
        archive_read_support_format_raw(a);
        archive_read_support_format_empty(a);
    }
    if (r->source->file >= 0) archive_read_set_seek_callback(a, seek);
    archive_read_set_read_callback(a, lend);
    archive_read_set_callback_data(a, r);
    return archive_read_open1(a);
}

static uint64_t packed_offset(const reader *r)
{
    const int64_t at = archive_filter_bytes(r->archive, -1);
    return at > 0 ? (uint64_t)at : 0;
}

/* Whether libarchive wanted more bytes than there are. It says so in several ways: of a
 * zip by no word at all. */
static bool is_cut(const reader *r, const char *said)
{
    if (!r->source->ended) return false;
    return !said || strstr(said, "runcated") || strstr(said, "No progress is possible");
}

/* Why libarchive stopped, in our words; its own sentence is kept. */
static rap_status explain(const reader *r, rap_error *why)
{
    if (r->source->failed.status) {
        *why = r->source->failed;
        return why->status;
    }
    const char *said = archive_error_string(r->archive);
    const bool cut = is_cut(r, said);
    return rap_fail_as(
        why, RAP_E_INPUT, cut ? "truncated-archive" : "damaged-archive",
        packed_offset(r), "the archive %s (%.119s): fetch or pack it again",
        cut ? "ends too early" : "is damaged", said ? said : "after this byte");
}

/* ---- a member's bytes
 * ------------------------------------------------------------------ */

static int64_t packed_bytes(const reader *r)
{
    return archive_filter_bytes(r->archive, -1) - r->packed_at;
}

static int64_t read_member(void *state, char *at, size_t size, rap_error *err)
{
    reader *r = state;
    const la_ssize_t count = archive_read_data(r->archive, at, size);
    r->ended = count <= 0;
    if (count < 0) {
        (void)explain(r, err);
        return -1;
    }
    r->inflated += (uint64_t)count;
    const int64_t packed = packed_bytes(r);
    if (r->inflated > RATIO_FROM_BYTES &&
        r->inflated / RAP_LIMIT_RATIO > (uint64_t)(packed > 0 ? packed : 1)) {
        rap_error_set(err, RAP_E_LIMIT, "ratio-too-high", r->inflated,
                      "it inflates to more than %u times its packed size, as no report "
                      "does: it is not read further",
                      RAP_LIMIT_RATIO);
        return -1;
    }
    return count;
}

/* Lines are read one by one and have their own limit; any other member must be small.
 */
static int64_t read_page_member(void *state, char *at, size_t size, rap_error *err)
{
    reader *r = state;
    const int64_t count = read_member(state, at, size, err);
    if (count < 0 || r->inflated <= RAP_LIMIT_INFLATED_BYTES) return count;
    rap_error_set(err, RAP_E_LIMIT, "inflated-too-large", RAP_LIMIT_INFLATED_BYTES,
                  "it inflates to more than %u MB: it is not read further",
                  RAP_LIMIT_INFLATED_BYTES >> 20);
    return -1;
}

/* Pass over what is left of the member. False: the archive is not worth reading on. */
static bool skip_rest(reader *r)
{
    const void *block;
    size_t size;
    la_int64_t at;
    if (r->packing != RAP_PACKING_STREAM && r->source->file >= 0) {
        (void)archive_read_data_skip(
            r->archive); /* the next header says what is wrong */
        return true;
    }
    while (!r->ended && r->skipped <= SKIP_BYTES) {
        const int status = archive_read_data_block(r->archive, &block, &size, &at);
        if (status == ARCHIVE_EOF) return true;
        if (status < ARCHIVE_WARN) return true;
        r->skipped += size;
    }
    return r->skipped <= SKIP_BYTES;
}

/* ---- members
 * ------------------------------------------------------------------------------ */

static bool is_hidden(const char *name)
{
    if (strncmp(name, "__MACOSX/", 9) == 0) return true;
    for (const char *part = name; part; part = strchr(part, '/')) {
        part += *part == '/';
        const size_t len = strcspn(part, "/");
        const bool step = len <= 2 && strncmp(part, "..", len) == 0;
        if (*part == '.' && !step) return true;
    }
    return false;
}

/* Control bytes, and what is not UTF-8, become '?': a name is only shown. */
static void make_printable(char *name)
{
    for (char *at = name; *at; at++)
        if ((uint8_t)*at < 32 || *at == 127) *at = '?';
    rap_slice rest = rap_slice_of(name);
    for (;;) {
        const uint32_t bad = rap_utf8_bad(rest);
        if (bad == rest.len) return;
        name[bad] = '?';
        name += bad;
        rest = rap_slice_sub(rest, bad, rest.len);
    }
}

/* "archive/name" as UTF-8; a single compressed file has the archive's own path. */
static const char *member_path(reader *r, const char *name)
{
    if (archive_format(r->archive) == ARCHIVE_FORMAT_RAW) return r->path;
    while (strncmp(name, "./", 2) == 0) name += 2;
    char *path = rap_arena_printf(&r->walk->members, "%s/%s", r->path, name);
    if (!path) return NULL;
    make_printable(path + strlen(r->path));
    return path;
}

static rap_status give_member(reader *r, struct archive_entry *entry, const char *path)
{
    rap_error why;
    if (archive_entry_is_data_encrypted(entry)) {
        rap_error_set(&why, RAP_E_INPUT, "encrypted", 0,
                      "it is encrypted: give it decrypted");
        return rap_walk_refuse(r->walk, path, &why);
    }
    const bool lines = rap_sniff_is_lines_name(path);
    rap_source member = {.read = lines ? read_member : read_page_member,
                         .state = r,
                         .file = -1,
                         .inflated = true};
    const rap_status status = rap_walk_source(r->walk, &member, path);
    rap_source_free(&member);
    return status;
}

static rap_status walk_member(reader *r, struct archive_entry *entry, const char *name)
{
    if (archive_entry_filetype(entry) != AE_IFREG && archive_entry_filetype(entry) != 0)
        return RAP_OK; /* folders and links hold no document */
    if (archive_entry_hardlink(entry) || is_hidden(name)) return RAP_OK;
    rap_arena_clear(&r->walk->members);
    const char *path = member_path(r, name);
    if (!path) return rap_fail(r->walk->err, RAP_E_NOMEM, 0, "%s", r->path);
    return give_member(r, entry, path);
}

/* The next member and its name, which libarchive converts to the locale's charset. */
static int next_member(reader *r, struct archive_entry **entry, const char **name)
{
    const locale_t before = r->utf8 ? uselocale(r->utf8) : (locale_t)0;
    const int status = archive_read_next_header(r->archive, entry);
    *name = status >= ARCHIVE_WARN && status != ARCHIVE_EOF
                ? archive_entry_pathname(*entry)
                : NULL;
    if (!*name) *name = "unnamed";
    if (r->utf8) (void)uselocale(before);
    return status;
}

static rap_status refuse_rest(reader *r, rap_status status, const char *code,
                              const char *text)
{
    rap_error why;
    rap_error_set(&why, status, code, packed_offset(r),
                  "%s: the rest of the archive is not read", text);
    return rap_walk_refuse(r->walk, r->path, &why);
}

static bool overlaps(const reader *r)
{
    if (r->packing != RAP_PACKING_ZIP || r->source->file < 0) return false;
    const int64_t begin = archive_filter_bytes(r->archive, -1);
    return begin < r->furthest;
}

static void begin_member(reader *r)
{
    r->members++;
    r->packed_at = archive_filter_bytes(r->archive, -1);
    /* A filter takes its input in blocks, so what it took for members before counts for
     * this one too: of a compressed tar, the whole is measured. */
    if (r->packing == RAP_PACKING_STREAM) r->packed_at = 0;
    r->inflated = 0;
    r->ended = false;
}

/* A gzip of nothing is a document of nothing; other archives should hold something. */
static rap_status end_archive(reader *r)
{
    if (r->members) return RAP_OK;
    if (archive_format(r->archive) == ARCHIVE_FORMAT_EMPTY) {
        rap_item item = {.path = r->path, .media = RAP_MEDIA_PLAIN};
        return rap_walk_give(r->walk, &item, NULL);
    }
    rap_error why;
    rap_error_set(&why, RAP_E_INPUT, "empty-archive", 0, "the archive holds no file");
    return rap_walk_refuse(r->walk, r->path, &why);
}

/* What the first header shows of the whole: why no member is given, or NULL. */
static const char *check_layers(const reader *r, const char **code)
{
    const int layers = archive_filter_count(r->archive); /* the plain bytes are one */
    *code = layers < 2 ? "truncated-archive" : "nested-archive";
    if (r->packing == RAP_PACKING_STREAM && layers < 2)
        return "it ends within its first bytes";
    if (layers > 2) return "it is compressed more than once";
    *code = "damaged-archive";
    return overlaps(r) ? "its members overlap" : NULL;
}

static rap_status walk_members(reader *r)
{
    struct archive_entry *entry;
    const char *name, *code;
    rap_error why;
    for (;;) {
        const int got = next_member(r, &entry, &name);
        if (got == ARCHIVE_EOF) return end_archive(r);
        if (got < ARCHIVE_WARN) {
            (void)explain(r, &why);
            return rap_walk_refuse(r->walk, r->path, &why);
        }
        const char *wrong = check_layers(r, &code);
        if (wrong) return refuse_rest(r, RAP_E_INPUT, code, wrong);
        begin_member(r);
        const rap_status status = walk_member(r, entry, name);
        if (status) return status;
        r->furthest = archive_filter_bytes(r->archive, -1);
        if (!skip_rest(r))
            return refuse_rest(r, RAP_E_LIMIT, "inflated-too-large",
                               "it inflates to too much that is no report");
    }
}

rap_status rap_walk_archive(rap_walk *walk, rap_source *source, const char *path)
{
    reader r = {.walk = walk, .path = path, .source = source};
    r.packing = rap_sniff_packing(rap_source_peek(source));
    r.archive = archive_read_new();
    if (!r.archive) return rap_fail(walk->err, RAP_E_NOMEM, 0, "%s", path);
    r.utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    rap_error why;
    rap_status status;
    if (open_reader(&r) < ARCHIVE_WARN) {
        (void)explain(&r, &why);
        status = rap_walk_refuse(walk, path, &why);
    } else {
        status = walk_members(&r);
    }
    (void)archive_read_free(r.archive);
    if (r.utf8) freelocale(r.utf8);
    return status;
}
