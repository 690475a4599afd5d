/* Files, folders, archives and lines to documents: what arrives, in what order, and
 * what is said of what cannot be read. Archives are written here byte by byte. */
#include "check.h"

#include "ingest.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what arrived -------------------------------------------------------------------
 */

enum { MOST = 32 };
typedef struct arrival {
    char path[200], code[32], text[240], title[60], author[60], head[60];
    uint64_t at;
    uint32_t len;
    rap_media media;
    rap_sha256 sha256;
} arrival;
typedef struct arrivals {
    arrival at[MOST];
    uint32_t count, refuse_from; /* 0: never */
} arrivals;

static void keep(char *out, size_t room, rap_slice s)
{
    const size_t len = s.len < room - 1 ? s.len : room - 1;
    if (len) memcpy(out, s.at, len);
    out[len] = 0;
}

static rap_status collect(void *state, const rap_item *item, rap_error *err)
{
    arrivals *all = state;
    assert_true(all->count < MOST);
    if (all->refuse_from && all->count + 1 >= all->refuse_from)
        return rap_fail(err, RAP_E_STORE, 0, "refused");
    arrival *one = &all->at[all->count++];
    const char *name = item->path;
    const char *base = strstr(name, "rap-ingest-"); /* the folder of the test */
    if (base) name = strchr(base, '/') ? strchr(base, '/') + 1 : base;
    keep(one->path, sizeof one->path, rap_slice_of(name));
    keep(one->title, sizeof one->title, item->given.title);
    keep(one->author, sizeof one->author, item->given.author);
    keep(one->head, sizeof one->head, item->bytes);
    one->len = item->bytes.len;
    one->media = item->media;
    one->sha256 = item->sha256;
    if (!item->error) return RAP_OK;
    keep(one->code, sizeof one->code, rap_slice_of(item->error->code));
    keep(one->text, sizeof one->text, rap_slice_of(item->error->text));
    one->at = item->error->at;
    return RAP_OK;
}

/* ---- a folder for the test
 * ------------------------------------------------------------- */

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/rap-ingest-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
    (void)state;
    char command[100];
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static const char *in_folder(const char *name)
{
    static char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const void *bytes, size_t len)
{
    FILE *file = fopen(in_folder(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void put_text(const char *name, const char *text)
{
    put(name, text, strlen(text));
}

static arrivals walk_with(const char *name, const rap_ingest_options *options)
{
    arrivals all = {0};
    rap_error err = {0};
    const char *path = *name ? in_folder(name) : folder;
    assert_int_equal(rap_ingest_walk(path, options, collect, &all, &err), RAP_OK);
    return all;
}

static arrivals walk(const char *name)
{
    return walk_with(name, NULL);
}

/* ---- archives by hand
 * ------------------------------------------------------------------- */

typedef struct bytes {
    char *at;
    size_t len;
} bytes;

static void add(bytes *out, const void *more, size_t len)
{
    char *wider = realloc(out->at, out->len + len + 1);
    assert_non_null(wider);
    out->at = wider;
    if (len) memcpy(out->at + out->len, more, len);
    out->len += len;
}

static void add_number(bytes *out, uint32_t value, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++)
        add(out, &(uint8_t){(uint8_t)(i < 4 ? value >> 8 * i : 0)}, 1);
}

static uint32_t crc32_of(const char *at, size_t len)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < len; i++) {
        crc ^= (uint8_t)at[i];
        for (uint32_t bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

typedef struct member {
    const char *name, *text;
    size_t len; /* 0: of the text */
} member;

static size_t member_len(const member *m)
{
    return m->len ? m->len : strlen(m->text);
}

/* What local header and directory entry have in common. */
static void add_zip_entry(bytes *out, const member *m)
{
    const uint32_t len = (uint32_t)member_len(m);
    add_number(out, 20, 2);
    add_number(out, 0, 2);
    add_number(out, 0, 2); /* stored */
    add_number(out, 0, 4);
    add_number(out, crc32_of(m->text, len), 4);
    add_number(out, len, 4);
    add_number(out, len, 4);
    add_number(out, (uint32_t)strlen(m->name), 2);
    add_number(out, 0, 2);
}

static bytes zip_of(const member *members, uint32_t count)
{
    bytes zip = {0}, directory = {0};
    for (uint32_t i = 0; i < count; i++) {
        const member *m = &members[i];
        add(&directory, "PK\1\2", 4);
        add_number(&directory, 20, 2);
        add_zip_entry(&directory, m);
        add_number(&directory, 0, 10);
        add_number(&directory, (uint32_t)zip.len, 4);
        add(&directory, m->name, strlen(m->name));
        add(&zip, "PK\3\4", 4);
        add_zip_entry(&zip, m);
        add(&zip, m->name, strlen(m->name));
        add(&zip, m->text, member_len(m));
    }
    const uint32_t at = (uint32_t)zip.len, len = (uint32_t)directory.len;
    add(&zip, directory.at, directory.len);
    add(&zip, "PK\5\6\0\0\0\0", 8);
    add_number(&zip, count, 2);
    add_number(&zip, count, 2);
    add_number(&zip, len, 4);
    add_number(&zip, at, 4);
    add_number(&zip, 0, 2);
    free(directory.at);
    return zip;
}

static bytes tar_of(const member *members, uint32_t count)
{
    bytes tar = {0};
    for (uint32_t i = 0; i < count; i++) {
        char head[512] = {0};
        const size_t len = member_len(&members[i]);
        (void)snprintf(head, 100, "%s", members[i].name);
        (void)snprintf(head + 100, 8, "%07o", 0644u);
        (void)snprintf(head + 124, 12, "%011o", (unsigned)len);
        (void)snprintf(head + 136, 12, "%011o", 0u);
        memcpy(head + 148, "        ", 8);
        head[156] = '0';
        memcpy(head + 257, "ustar\00000", 8);
        uint32_t sum = 0;
        for (uint32_t k = 0; k < sizeof head; k++) sum += (uint8_t)head[k];
        (void)snprintf(head + 148, 8, "%06o", sum);
        add(&tar, head, sizeof head);
        add(&tar, members[i].text, len);
        const char zeros[512] = {0};
        add(&tar, zeros, (512 - len % 512) % 512);
    }
    const char end[1024] = {0};
    add(&tar, end, sizeof end);
    return tar;
}

/* Stored blocks: a gzip needs no compressor. */
static bytes gzip_of(const char *text, size_t len)
{
    bytes gzip = {0};
    add(&gzip, "\x1F\x8B\x08\0\0\0\0\0\0\3", 10);
    for (size_t at = 0; at < len || at == 0;) {
        const uint32_t block = (uint32_t)(len - at < 65535 ? len - at : 65535);
        add_number(&gzip, at + block == len, 1);
        add_number(&gzip, block, 2);
        add_number(&gzip, ~block, 2);
        add(&gzip, text + at, block);
        at += block;
        if (at == len) break;
    }
    add_number(&gzip, crc32_of(text, len), 4);
    add_number(&gzip, (uint32_t)len, 4);
    return gzip;
}

static void put_bytes(const char *name, bytes b)
{
    put(name, b.at, b.len);
    free(b.at);
}

static const member three[] = {
    {"first.txt", "The envoys of Aurelia arrived.", 0},
    {"in/second.html", "<html><body><p>They left.</p></body></html>", 0},
    {"third.jsonl", "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n", 0}};

static void check_three(const arrivals *all, const char *archive)
{
    char path[100];
    assert_int_equal(all->count, 4);
    for (uint32_t i = 0; i < 4; i++) assert_string_equal(all->at[i].code, "");
    (void)snprintf(path, sizeof path, "%s/first.txt", archive);
    assert_string_equal(all->at[0].path, path);
    assert_string_equal(all->at[0].head, three[0].text);
    (void)snprintf(path, sizeof path, "%s/in/second.html", archive);
    assert_string_equal(all->at[1].path, path);
    assert_int_equal(all->at[1].media, RAP_MEDIA_HTML);
    (void)snprintf(path, sizeof path, "%s/third.jsonl:2", archive);
    assert_string_equal(all->at[3].path, path);
    assert_string_equal(all->at[3].head, "Two.");
}

/* ---- files and folders
 * -------------------------------------------------------------------- */

static void a_folder_is_read_in_name_order_without_hidden_files(void **state)
{
    (void)state;
    put_text("b.txt", "B");
    put_text("a.txt", "A");
    put_text(".hidden", "H");
    assert_int_equal(mkdir(in_folder("ab"), 0700), 0);
    put_text("ab/c.txt", "C");
    const arrivals all = walk("");
    assert_int_equal(all.count, 3);
    assert_string_equal(all.at[0].path, "a.txt");
    assert_string_equal(all.at[1].path, "ab/c.txt");
    assert_string_equal(all.at[2].path, "b.txt");
    const rap_sha256 digest = rap_sha256_of(RAP_LIT("A"));
    assert_memory_equal(&all.at[0].sha256, &digest, sizeof digest);
}

static void links_in_a_circle_end(void **state)
{
    (void)state;
    put_text("a.txt", "A");
    assert_int_equal(mkdir(in_folder("sub"), 0700), 0);
    assert_int_equal(symlink("..", in_folder("sub/up")), 0);
    assert_int_equal(symlink("sub", in_folder("twin")), 0);
    assert_int_equal(symlink("gone", in_folder("x")), 0);
    const arrivals all = walk("");
    assert_int_equal(all.count, 2);
    assert_string_equal(all.at[0].path, "a.txt");
    assert_string_equal(all.at[1].code, "not-found");
}

static void what_is_not_there_is_an_error_item(void **state)
{
    (void)state;
    const arrivals all = walk("none.txt");
    assert_int_equal(all.count, 1);
    assert_string_equal(all.at[0].code, "not-found");
}

static void an_empty_file_is_an_empty_document(void **state)
{
    (void)state;
    put_text("a.txt", "");
    const arrivals all = walk("a.txt");
    assert_int_equal(all.count, 1);
    assert_string_equal(all.at[0].code, "");
    assert_int_equal(all.at[0].len, 0);
}

static void a_pipe_in_a_folder_does_not_block(void **state)
{
    (void)state;
    assert_int_equal(mkfifo(in_folder("p"), 0600), 0);
    const arrivals all = walk("");
    assert_int_equal(all.count, 1);
    assert_string_equal(all.at[0].code, "not-a-file");
}

static void what_the_sink_refuses_ends_the_walk(void **state)
{
    (void)state;
    put_text("a.txt", "A");
    put_text("b.txt", "B");
    arrivals all = {.refuse_from = 2};
    rap_error err = {0};
    assert_int_equal(rap_ingest_walk(folder, NULL, collect, &all, &err), RAP_E_STORE);
    assert_int_equal(all.count, 1);
}

static bool stop_at_once(void *state)
{
    (void)state;
    return true;
}

static void the_caller_can_stop(void **state)
{
    (void)state;
    put_text("a.txt", "A");
    const rap_ingest_options options = {.stop = stop_at_once};
    arrivals all = {0};
    rap_error err = {0};
    assert_int_equal(rap_ingest_walk(folder, &options, collect, &all, &err),
                     RAP_E_STOPPED);
    assert_int_equal(all.count, 0);
}

/* ---- media
 * ---------------------------------------------------------------------------------- */

static rap_media media_of(const char *name, const char *text)
{
    put_text(name, text);
    const arrivals all = walk(name);
    assert_int_equal(all.count, 1);
    assert_string_equal(all.at[0].code, "");
    return all.at[0].media;
}

static void pages_are_known_by_their_tags(void **state)
{
    (void)state;
    assert_int_equal(media_of("a", "<!DOCTYPE html><title>x</title>"), RAP_MEDIA_HTML);
    assert_int_equal(media_of("a", "\xEF\xBB\xBF \n<HTML lang=en>"), RAP_MEDIA_HTML);
    assert_int_equal(media_of("a", "<?xml version='1.0'?>\n<!-- a --><html >"),
                     RAP_MEDIA_HTML);
    assert_int_equal(media_of("a", "Warning: line 3\n<html><body>x"), RAP_MEDIA_HTML);
    assert_int_equal(media_of("a", "<div><p>One.</p><p>Two.</p></div>"),
                     RAP_MEDIA_HTML);
    assert_int_equal(media_of("a.html", "Talks <b>failed</b>."), RAP_MEDIA_HTML);
}

static void stray_marks_do_not_make_a_page(void **state)
{
    (void)state;
    assert_int_equal(media_of("a", "!-- Some tag (x.js) -->\n\nThe talks failed."),
                     RAP_MEDIA_PLAIN);
    assert_int_equal(media_of("a", "< The talks failed."), RAP_MEDIA_PLAIN);
    assert_int_equal(media_of("a", "<"), RAP_MEDIA_PLAIN);
    assert_int_equal(media_of("a", "<p"), RAP_MEDIA_PLAIN);
    assert_int_equal(media_of("a", "<b>Aurelia</b> The talks failed."),
                     RAP_MEDIA_PLAIN);
    assert_int_equal(media_of("a", "<!-- never closed, and then text"),
                     RAP_MEDIA_PLAIN);
    assert_int_equal(media_of("a", "<htmlx>"), RAP_MEDIA_PLAIN);
    assert_int_equal(media_of("a.html", "The talks failed."), RAP_MEDIA_PLAIN);
    assert_int_equal(media_of("a", "{The talks} failed."), RAP_MEDIA_PLAIN);
    assert_int_equal(media_of("a", "{\"other\":1}\n"), RAP_MEDIA_PLAIN);
}

static void ten_columns_are_conllu(void **state)
{
    (void)state;
    assert_int_equal(
        media_of("a", "# text = Go\n1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n"),
        RAP_MEDIA_CONLLU);
    assert_int_equal(media_of("a", "1\tGo\tgo\n"), RAP_MEDIA_PLAIN);
    assert_int_equal(media_of("a.conllu", "# x\n1\tGo\tgo\n"), RAP_MEDIA_CONLLU);
    assert_int_equal(media_of("a.conllu", "The talks failed.\n"), RAP_MEDIA_PLAIN);
    assert_int_equal(media_of("a", "# only a comment\n"), RAP_MEDIA_PLAIN);
}

static void the_caller_may_force_the_media(void **state)
{
    (void)state;
    put_text("a.jsonl", "{\"text\":\"One.\"}\n");
    const rap_ingest_options options = {.media = RAP_MEDIA_HTML};
    const arrivals all = walk_with("a.jsonl", &options);
    assert_int_equal(all.count, 1);
    assert_int_equal(all.at[0].media, RAP_MEDIA_HTML);
    assert_string_equal(all.at[0].path, "a.jsonl");
}

static void refuses(const char *name, const void *bytes_, size_t len, const char *code)
{
    put(name, bytes_, len);
    const arrivals all = walk(name);
    assert_int_equal(all.count, 1);
    assert_string_equal(all.at[0].code, code);
}

static void what_is_no_text_is_refused_by_name(void **state)
{
    (void)state;
    refuses("a.txt", "%PDF-1.7 ...", 12, "binary");
    refuses("a.txt", "\x89PNG\r\n\x1A\n", 8, "binary");
    refuses("a.txt", "\xFF\xD8\xFF\xE0", 4, "binary");
    refuses("a.txt", "text\0text", 9, "binary");
    refuses("a.txt", "WARC/1.0\r\n", 10, "unsupported-format");
    refuses("a.txt", "<?xml version='1.0'?><rss>", 26, "unsupported-format");
    const member office = {"[Content_Types].xml",
                           "<Types/>............................", 0};
    put_bytes("a.docx", zip_of(&office, 1));
    const arrivals all = walk("a.docx");
    assert_int_equal(all.count, 1);
    assert_string_equal(all.at[0].code, "binary");
    put("b.txt", "text\0text", 9);
    assert_int_equal(walk("b.txt").at[0].at, 4); /* the byte is named */
}

/* ---- lines ----------------------------------------------------------------------- */

static void each_line_is_a_document_with_what_it_says(void **state)
{
    (void)state;
    put_text("f.jsonl",
             "{\"text\":\"One.\",\"title\":\" T \",\"author\":[\"A\",\"B\"]}\r\n"
             "\n"
             "{\"html\":\"<p>Two.</p>\",\"author\":\"C\"}");
    const rap_ingest_options options = {.given.title = RAP_LIT("G")};
    const arrivals all = walk_with("f.jsonl", &options);
    assert_int_equal(all.count, 2);
    assert_string_equal(all.at[0].path, "f.jsonl:1");
    assert_string_equal(all.at[0].title, "T");
    assert_string_equal(all.at[0].author, "A, B");
    const rap_sha256 digest = rap_sha256_of(RAP_LIT("One."));
    assert_memory_equal(&all.at[0].sha256, &digest, sizeof digest);
    assert_string_equal(all.at[1].path, "f.jsonl:3");
    assert_int_equal(all.at[1].media, RAP_MEDIA_HTML);
    assert_string_equal(all.at[1].title, "G");
    assert_string_equal(all.at[1].author, "C");
}

static void a_bad_line_names_itself_and_the_others_go_on(void **state)
{
    (void)state;
    put_text("f", "{\"text\":\"One.\"}\n{\"text\":}\n{\"title\":\"T\"}\n[1]\n"
                  "{\"text\":\"a\",\"text\":\"b\"}\n{\"text\":\"\xFF\"}\n"
                  "{\"text\":\"Last.\"}\n");
    const arrivals all = walk("f");
    assert_int_equal(all.count, 7);
    assert_string_equal(all.at[1].path, "f:2");
    assert_string_equal(all.at[1].code, "bad-json");
    assert_in_range(all.at[1].at, 16, 26);
    assert_non_null(strstr(all.at[1].text, "line 2, byte"));
    assert_string_equal(all.at[2].code, "no-text");
    assert_string_equal(all.at[3].code, "bad-json");
    assert_string_equal(all.at[4].code, "bad-json"); /* twice the same field */
    assert_string_equal(all.at[5].code, "bad-json"); /* not UTF-8 */
    assert_string_equal(all.at[6].head, "Last.");
}

static void depth_and_size_of_a_line_are_limited(void **state)
{
    (void)state;
    bytes b = {0};
    add(&b, "{\"text\":\"One.\"}\n{\"text\":\"x\",\"a\":", 32);
    for (uint32_t i = 0; i < 100000; i++) add(&b, "[", 1);
    add(&b, "\n{\"text\":\"y\",\"a\":[", 19);
    char *values = malloc(2200000);
    assert_non_null(values);
    for (uint32_t i = 0; i < 2200000; i++) values[i] = i % 2 ? ',' : '1';
    add(&b, values, 2200000);
    free(values);
    add(&b, "1]}\n{\"text\":\"Last.\"}\n", 21);
    put_bytes("f.jsonl", b);
    const arrivals all = walk("f.jsonl");
    assert_int_equal(all.count, 4);
    assert_string_equal(all.at[1].code, "json-too-deep");
    assert_string_equal(all.at[2].code, "json-too-large");
    assert_string_equal(all.at[3].head, "Last.");
}

static void a_line_longer_than_the_limit_is_passed_over(void **state)
{
    (void)state;
    FILE *file = fopen(in_folder("f.jsonl"), "wb");
    assert_non_null(file);
    char block[65536];
    memset(block, 'x', sizeof block);
    assert_true(fputs("{\"text\":\"One.\"}\n{\"text\":\"", file) >= 0);
    for (uint32_t i = 0; i <= RAP_LIMIT_LINE_BYTES / sizeof block; i++)
        assert_int_equal(fwrite(block, 1, sizeof block, file), sizeof block);
    assert_true(fputs("\"}\n{\"text\":\"Last.\"}\n", file) >= 0);
    assert_int_equal(fclose(file), 0);
    const arrivals all = walk("f.jsonl");
    assert_int_equal(all.count, 3);
    assert_string_equal(all.at[1].path, "f.jsonl:2");
    assert_string_equal(all.at[1].code, "line-too-long");
    assert_int_equal(all.at[1].at, 16);
    assert_string_equal(all.at[2].path, "f.jsonl:3");
    assert_string_equal(all.at[2].head, "Last.");
}

/* ---- archives -------------------------------------------------------------------- */

static void members_of_archives_are_documents(void **state)
{
    (void)state;
    put_bytes("z", zip_of(three, 3)); /* the name says nothing */
    arrivals all = walk("z");
    check_three(&all, "z");
    bytes tar = tar_of(three, 3);
    put("t.tar", tar.at, tar.len);
    all = walk("t.tar");
    check_three(&all, "t.tar");
    put_bytes("t.tgz", gzip_of(tar.at, tar.len));
    free(tar.at);
    all = walk("t.tgz");
    check_three(&all, "t.tgz");
}

static void a_gzip_of_one_file_is_that_file(void **state)
{
    (void)state;
    put_bytes("a.txt.gz", gzip_of("The talks failed.", 17));
    arrivals all = walk("a.txt.gz");
    assert_int_equal(all.count, 1);
    assert_string_equal(all.at[0].path, "a.txt.gz");
    assert_string_equal(all.at[0].head, "The talks failed.");
    put_bytes("f.jsonl.gz", gzip_of(three[2].text, strlen(three[2].text)));
    all = walk("f.jsonl.gz");
    assert_int_equal(all.count, 2);
    assert_string_equal(all.at[1].path, "f.jsonl.gz:2");
}

static void archives_in_archives_are_refused_and_the_others_go_on(void **state)
{
    (void)state;
    bytes inner = zip_of(three, 3);
    bytes packed = gzip_of("x", 1);
    const member outer[] = {{"inner.zip", inner.at, inner.len},
                            {"x.gz", packed.at, packed.len},
                            {".hidden", "h", 0},
                            {"__MACOSX/a", "h", 0},
                            {"last.txt", "Last.", 0}};
    put_bytes("o.zip", zip_of(outer, 5));
    put_bytes("twice.gz", gzip_of(packed.at, packed.len));
    free(inner.at);
    free(packed.at);
    arrivals all = walk("o.zip");
    assert_int_equal(all.count, 3);
    assert_string_equal(all.at[0].path, "o.zip/inner.zip");
    assert_string_equal(all.at[0].code, "nested-archive");
    assert_string_equal(all.at[1].code, "nested-archive");
    assert_string_equal(all.at[2].head, "Last.");
    all = walk("twice.gz");
    assert_int_equal(all.count, 1);
    assert_string_equal(all.at[0].code, "nested-archive");
}

static void an_archive_cut_at_any_byte_is_never_silent(void **state)
{
    (void)state;
    bytes packed = gzip_of(three[0].text, strlen(three[0].text));
    for (size_t len = 3; len < packed.len; len++) {
        put("cut.gz", packed.at, len);
        const arrivals all = walk("cut.gz");
        assert_int_equal(all.count, 1);
        assert_string_equal(all.at[0].code, "truncated-archive");
    }
    free(packed.at);
    bytes zip = zip_of(three, 3);
    for (size_t len = 4; len < zip.len; len++) {
        put("cut.zip", zip.at, len);
        (void)walk("cut.zip"); /* members before the cut may arrive */
    }
    put("cut.zip", zip.at, 60);
    const arrivals all = walk("cut.zip");
    assert_int_equal(all.count, 2); /* the member, and what should follow it */
    assert_string_equal(all.at[0].code, "truncated-archive");
    assert_string_equal(all.at[1].code, "truncated-archive");
    free(zip.at);
}

static void damage_in_a_zip_is_found(void **state)
{
    (void)state;
    bytes zip = zip_of(three, 3);
    zip.at[30 + 9 + 4] ^= 1; /* a letter of the first member: its checksum differs */
    put_bytes("z.zip", zip);
    const arrivals all = walk("z.zip");
    assert_string_equal(all.at[0].path, "z.zip/first.txt");
    assert_string_equal(all.at[0].code, "damaged-archive");
    assert_int_equal(all.count, 4);
}

/* Deflate at its best: after this head each zero byte stands for about a thousand 'a's.
 */
static bytes bomb(void)
{
    bytes b = {0};
    add(&b,
        "\x1F\x8B\x08\0\0\0\0\0\0\3\xED\xC1\x81\0\0\0\0\xC3\x20\xD6\xF9\x4B\x1C\xE4\x55"
        "\1",
        26);
    for (uint32_t i = 0; i < 65536; i++) add(&b, "", 1);
    return b;
}

static void a_bomb_is_called_one(void **state)
{
    (void)state;
    put_bytes("bomb.gz", bomb());
    const arrivals all = walk("bomb.gz");
    assert_int_equal(all.count, 1);
    assert_string_equal(all.at[0].code, "ratio-too-high");
}

static void large_pages_are_refused_and_the_others_go_on(void **state)
{
    (void)state;
    const size_t large = RAP_LIMIT_PAGE_BYTES + 1, huge = RAP_LIMIT_INFLATED_BYTES + 1;
    char *text = malloc(huge);
    assert_non_null(text);
    memset(text, 'x', huge);
    const member members[] = {
        {"a.txt", text, huge}, {"b.txt", text, large}, {"c.txt", "Last.", 0}};
    put_bytes("t.tar", tar_of(members, 3));
    put("large.txt", text, large);
    put("most.txt", text, large - 1);
    free(text);
    arrivals all = walk("t.tar");
    assert_int_equal(all.count, 3);
    assert_string_equal(all.at[0].code, "inflated-too-large");
    assert_string_equal(all.at[1].code, "page-too-large");
    assert_string_equal(all.at[2].head, "Last.");
    all = walk("large.txt");
    assert_string_equal(all.at[0].code, "page-too-large");
    assert_int_equal(all.at[0].len, 0);
    all = walk("most.txt");
    assert_int_equal(all.at[0].len, RAP_LIMIT_PAGE_BYTES);
}

/* ---- the sheet ------------------------------------------------------------------- */

static void the_sheet_names_documents_by_path_or_name(void **state)
{
    (void)state;
    put_text("meta.csv", "\xEF\xBB\xBF"
                         "Title,file,other,author\r\n"
                         "\"A, \"\"quoted\"\"\nname\",a.txt,x,Ada\r\n"
                         "Zip,z.zip/first.txt,,\n"
                         "All,f.jsonl,,\n");
    put_text("a.txt", "A");
    put_bytes("z.zip", zip_of(three, 3));
    put_text("f.jsonl", "{\"text\":\"One.\"}\n{\"text\":\"Two.\",\"title\":\"Own\"}\n");
    char path[200];
    (void)snprintf(path, sizeof path, "%s", in_folder("meta.csv"));
    const rap_ingest_options options = {.meta = path,
                                        .given.author = RAP_LIT("Editor")};
    arrivals all = walk_with("a.txt", &options);
    assert_string_equal(all.at[0].title, "A, \"quoted\"\nname");
    assert_string_equal(all.at[0].author, "Ada");
    all = walk_with("z.zip", &options);
    assert_string_equal(all.at[0].title, "Zip");
    assert_string_equal(all.at[0].author, "Editor");
    assert_string_equal(all.at[1].title, "");
    all = walk_with("f.jsonl", &options);
    assert_string_equal(all.at[0].title, "All");
    assert_string_equal(all.at[1].title, "Own");
}

static void bad_sheet(const char *text)
{
    put_text("meta.csv", text);
    char path[200];
    (void)snprintf(path, sizeof path, "%s", in_folder("meta.csv"));
    const rap_ingest_options options = {.meta = path};
    arrivals all = {0};
    rap_error err = {0};
    assert_int_equal(rap_ingest_walk(folder, &options, collect, &all, &err),
                     RAP_E_INPUT);
    assert_string_equal(err.code, "bad-meta");
    assert_int_equal(all.count, 0);
}

static void a_sheet_that_is_unclear_is_refused(void **state)
{
    (void)state;
    bad_sheet("");
    bad_sheet("name,title\na.txt,T\n");
    bad_sheet("file,title\na.txt,\"T\n");
    bad_sheet("file,title\na.txt,\"T\"x\n");
    bad_sheet("file,title\na.txt,T\na.txt,U\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, drop_folder)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_folder_is_read_in_name_order_without_hidden_files),
        TEST(links_in_a_circle_end),
        TEST(what_is_not_there_is_an_error_item),
        TEST(an_empty_file_is_an_empty_document),
        TEST(a_pipe_in_a_folder_does_not_block),
        TEST(what_the_sink_refuses_ends_the_walk),
        TEST(the_caller_can_stop),
        TEST(pages_are_known_by_their_tags),
        TEST(stray_marks_do_not_make_a_page),
        TEST(ten_columns_are_conllu),
        TEST(the_caller_may_force_the_media),
        TEST(what_is_no_text_is_refused_by_name),
        TEST(each_line_is_a_document_with_what_it_says),
        TEST(a_bad_line_names_itself_and_the_others_go_on),
        TEST(depth_and_size_of_a_line_are_limited),
        TEST(a_line_longer_than_the_limit_is_passed_over),
        TEST(members_of_archives_are_documents),
        TEST(a_gzip_of_one_file_is_that_file),
        TEST(archives_in_archives_are_refused_and_the_others_go_on),
        TEST(an_archive_cut_at_any_byte_is_never_silent),
        TEST(damage_in_a_zip_is_found),
        TEST(a_bomb_is_called_one),
        TEST(large_pages_are_refused_and_the_others_go_on),
        TEST(the_sheet_names_documents_by_path_or_name),
        TEST(a_sheet_that_is_unclear_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
