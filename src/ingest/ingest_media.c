/*
 * ingest_media.c - what a file is, by its first bytes.
 *
 * Reads   at most the first 64 KB; the name only as a hint: plain text or HTML, and a
 *         ".conllu" whose lines are wrong is refused as such, not read as prose.
 * Method  magic numbers as file formats define them; HTML by the tags that the WHATWG
 *         MIME Sniffing standard names, but more than one of them, because reports
 * begin with stray marks; CoNLL-U by lines of ten columns.
 */
#include "ingest_private.h"

enum { HTML_WITHIN = 1024, CONLLU_LINES = 3, TAR_BLOCK = 512 };

const char *rap_media_name(rap_media media)
{
    static const char *const name[] = {"application/octet-stream", "text/plain",
                                       "text/html", "text/x-conllu"};
    return name[media];
}

static bool begins(rap_slice s, const char *bytes, uint32_t len)
{
    return s.len >= len && memcmp(s.at, bytes, len) == 0;
}

static rap_slice after_mark(rap_slice s)
{
    return rap_slice_starts(s, "\xEF\xBB\xBF") ? rap_slice_sub(s, 3, s.len) : s;
}

/* ---- archives
 * -------------------------------------------------------------------------- */

/* The sum of the bytes of a tar header, its own field as spaces, stands in it in octal.
 */
static bool is_tar(rap_slice head)
{
    if (head.len < TAR_BLOCK) return false;
    uint32_t sum = 0, stated = 0;
    for (uint32_t i = 0; i < TAR_BLOCK; i++)
        sum += i >= 148 && i < 156 ? ' ' : (uint8_t)head.at[i];
    uint32_t i = 148;
    while (i < 156 && head.at[i] == ' ') i++;
    for (; i < 156 && head.at[i] >= '0' && head.at[i] <= '7'; i++)
        stated = stated * 8 + (uint32_t)(head.at[i] - '0');
    return sum == stated && memchr(head.at, 0, TAR_BLOCK);
}

rap_packing rap_sniff_packing(rap_slice head)
{
    if (begins(head, "PK\3\4", 4) || begins(head, "PK\5\6", 4)) return RAP_PACKING_ZIP;
    if (begins(head, "\x1F\x8B\x08", 3) ||
        begins(head,
               "\xFD"
               "7zXZ\0",
               6) ||
        begins(head, "\x28\xB5\x2F\xFD", 4) || begins(head, "\x1F\x9D", 2))
        return RAP_PACKING_STREAM;
    if (begins(head, "BZh", 3) && head.len > 9 && head.at[3] >= '1' &&
        head.at[3] <= '9' &&
        (memcmp(head.at + 4, "1AY&SY", 6) == 0 ||
         memcmp(head.at + 4, "\x17rE8P\x90", 6) == 0))
        return RAP_PACKING_STREAM;
    return is_tar(head) ? RAP_PACKING_TAR : RAP_PACKING_NONE;
}

/* ---- formats that are no text
 * -------------------------------------------------------------- */

typedef struct magic {
    const char *bytes;
    uint32_t len;
    const char *what;
    const char *todo;
} magic;

static const char SAVE_TEXT[] = "save its text as .txt or .html";
static const char PACK_ZIP[] = "pack the files as .zip or .tar.gz";

static const magic magics[] = {
    {"%PDF-", 5, "a PDF", SAVE_TEXT},
    {"%!PS", 4, "PostScript", SAVE_TEXT},
    {"{\\rtf", 5, "an RTF document", SAVE_TEXT},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "an old office document", SAVE_TEXT},
    {"\x89PNG\r\n\x1A\n", 8, "an image (PNG)", "give its text"},
    {"\xFF\xD8\xFF", 3, "an image (JPEG)", "give its text"},
    {"GIF87a", 6, "an image (GIF)", "give its text"},
    {"GIF89a", 6, "an image (GIF)", "give its text"},
    {"II*\0", 4, "an image (TIFF)", "give its text"},
    {"MM\0*", 4, "an image (TIFF)", "give its text"},
    {"\x7F"
     "ELF",
     4, "a program", "give text"},
    {"SQLite format 3", 16, "an SQLite file", "give the texts themselves"},
    {"7z\xBC\xAF\x27\x1C", 6, "a 7-Zip archive", PACK_ZIP},
    {"Rar!\x1A\x07", 6, "a RAR archive", PACK_ZIP},
};

/* Office files and e-books are zip archives of something else. */
static bool is_office_zip(rap_slice head)
{
    if (!begins(head, "PK\3\4", 4) || head.len < 64) return false;
    const uint32_t most = head.len < 4096 ? head.len : 4096;
    const rap_slice first = rap_slice_sub(head, 30, most);
    return rap_slice_starts(first, "mimetypeapplication/") ||
           rap_slice_find(first, RAP_LIT("[Content_Types].xml"), 0) < first.len;
}

static bool is_riff(rap_slice head)
{
    return begins(head, "RIFF", 4) && head.len >= 12 &&
           (memcmp(head.at + 8, "WEBP", 4) == 0 ||
            memcmp(head.at + 8, "WAVE", 4) == 0 || memcmp(head.at + 8, "AVI ", 4) == 0);
}

static rap_status refuse_binary(rap_error *err, const char *what, const char *todo)
{
    return rap_fail_as(err, RAP_E_INPUT, "binary", 0,
                       "it is %s by its first bytes (byte 0), not text: %s", what,
                       todo);
}

static rap_slice skip_space(rap_slice s)
{
    while (s.len && (s.at[0] == ' ' || (s.at[0] >= '\t' && s.at[0] <= '\r')))
        s = rap_slice_sub(s, 1, s.len);
    return s;
}

/* Past white space, XML declarations and comments; as far as `s` shows them whole. */
static rap_slice skip_prolog(rap_slice s)
{
    for (;;) {
        s = skip_space(s);
        const bool comment = rap_slice_starts(s, "<!--");
        if (!comment && !rap_slice_starts(s, "<?")) return s;
        const rap_slice close = comment ? RAP_LIT("-->") : RAP_LIT("?>");
        const uint32_t end = rap_slice_find(s, close, 2);
        if (end == s.len) return s;
        s = rap_slice_sub(s, end + close.len, s.len);
    }
}

static bool is_feed(rap_slice head)
{
    const rap_slice root = skip_prolog(after_mark(head));
    return rap_slice_starts(root, "<rss") || rap_slice_starts(root, "<feed") ||
           rap_slice_starts(root, "<rdf:RDF");
}

rap_status rap_sniff_format(rap_slice head, rap_error *err)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (begins(head, magics[i].bytes, magics[i].len))
            return refuse_binary(err, magics[i].what, magics[i].todo);
    if (is_office_zip(head))
        return refuse_binary(err, "an office document or e-book", SAVE_TEXT);
    if (is_riff(head))
        return refuse_binary(err, "an image, sound or film", "give text");
    if (rap_slice_starts(head, "WARC/1."))
        return rap_fail_as(err, RAP_E_INPUT, "unsupported-format", 0,
                           "WARC archives are not read: give the pages as files");
    if (is_feed(head))
        return rap_fail_as(err, RAP_E_INPUT, "unsupported-format", 0,
                           "feeds (RSS, Atom) are not read: give the pages themselves");
    return RAP_OK;
}

bool rap_sniff_is_wide(rap_slice bytes)
{
    return (begins(bytes, "\xFF\xFE", 2) && !begins(bytes, "\xFF\xFE\0\0", 4)) ||
           begins(bytes, "\xFE\xFF", 2);
}

rap_status rap_sniff_nul(rap_slice bytes, rap_error *err)
{
    if (!bytes.len || rap_sniff_is_wide(bytes)) return RAP_OK;
    const char *nul = memchr(bytes.at, 0, bytes.len);
    if (!nul) return RAP_OK;
    const uint64_t at = (uint64_t)(nul - bytes.at);
    return rap_fail_as(err, RAP_E_INPUT, "binary", at,
                       "it holds a NUL byte, so it is not text: save its text as .txt "
                       "or .html in UTF-8");
}

/* ---- HTML ------------------------------------------------------------------------ */

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The name in "<name" or "</name" at the start of `s`, if a tag may go on so; or empty.
 */
static rap_slice tag_name(rap_slice s)
{
    const uint32_t from = rap_slice_starts(s, "</") ? 2 : 1;
    uint32_t end = from;
    while (end < s.len && is_name_byte(s.at[end])) end++;
    if (end >= s.len || end == from) return (rap_slice){"", 0};
    const bool goes_on = s.at[end] == '>' || s.at[end] == '/' || s.at[end] == ' ' ||
                         (s.at[end] >= '\t' && s.at[end] <= '\r');
    return goes_on ? rap_slice_sub(s, from, end) : (rap_slice){"", 0};
}

static bool is_element(rap_slice name)
{
    static const char *const names[] = {
        "a",    "article", "b",      "blockquote", "body", "br",     "div",    "em",
        "font", "footer",  "h1",     "h2",         "h3",   "head",   "header", "html",
        "i",    "iframe",  "img",    "li",         "link", "main",   "meta",   "nav",
        "ol",   "p",       "script", "section",    "span", "strong", "style",  "table",
        "td",   "title",   "tr",     "ul"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (rap_slice_is_nocase(name, names[i])) return true;
    return false;
}

static bool opens_with_doctype(rap_slice s)
{
    if (s.len < 15 || !rap_slice_is_nocase(rap_slice_sub(s, 0, 9), "<!doctype"))
        return false;
    const rap_slice kind = skip_space(rap_slice_sub(s, 9, s.len));
    return kind.len >= 4 && rap_slice_is_nocase(rap_slice_sub(kind, 0, 4), "html");
}

/* The doctype, or the tag of the root or of what must stand in it. */
static bool opens_page(rap_slice s)
{
    if (s.len < 2 || s.at[0] != '<' || s.at[1] == '/') return false;
    const rap_slice name = tag_name(s);
    return opens_with_doctype(s) || rap_slice_is_nocase(name, "html") ||
           rap_slice_is_nocase(name, "head") || rap_slice_is_nocase(name, "body");
}

/* Known tags in `s`, and how many of them close. */
static uint32_t count_tags(rap_slice s, uint32_t *closing)
{
    uint32_t count = 0;
    *closing = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.at[i] != '<') continue;
        const rap_slice rest = rap_slice_sub(s, i, s.len);
        if (!is_element(tag_name(rest))) continue;
        count++;
        *closing += rest.at[1] == '/';
    }
    return count;
}

/* A page may come after a line of something else, such as a warning of the server. */
static bool page_on_later_line(rap_slice head)
{
    for (uint32_t at = 0; at < head.len; at++) {
        if (at && head.at[at - 1] != '\n') continue;
        if (opens_page(skip_space(rap_slice_sub(head, at, head.len)))) return true;
    }
    return false;
}

static bool is_html(rap_slice bytes, const char *path)
{
    const rap_slice start = skip_prolog(after_mark(bytes));
    if (opens_page(start)) return true;
    const rap_slice head =
        rap_slice_sub(bytes, 0, bytes.len < HTML_WITHIN ? bytes.len : HTML_WITHIN);
    if (page_on_later_line(head)) return true;
    const rap_slice first =
        rap_slice_sub(start, 0, start.len < HTML_WITHIN ? start.len : HTML_WITHIN);
    uint32_t closing;
    const uint32_t tags = count_tags(first, &closing);
    const rap_slice name = rap_slice_of(path);
    if (rap_slice_ends(name, ".html") || rap_slice_ends(name, ".htm") ||
        rap_slice_ends(name, ".xhtml"))
        return tags > 0;
    return first.len && first.at[0] == '<' && is_element(tag_name(first)) &&
           tags >= 3 && closing > 0;
}

/* ---- CoNLL-U --------------------------------------------------------------------- */

static bool is_token_line(rap_slice line)
{
    uint32_t tabs = 0;
    for (uint32_t i = 0; i < line.len; i++) tabs += line.at[i] == '\t';
    return tabs == 9 && line.at[0] >= '0' && line.at[0] <= '9';
}

/* The first lines that are neither comments nor blank are tokens; where the name says so
 * it is enough that the first one has columns. */
static bool is_conllu(rap_slice head, const char *path)
{
    rap_slice rest = after_mark(head);
    const bool named = rap_slice_ends(rap_slice_of(path), ".conllu");
    uint32_t tokens = 0;
    while (rest.len && tokens < CONLLU_LINES) {
        const char *end = memchr(rest.at, '\n', rest.len);
        const uint32_t len = end ? (uint32_t)(end - rest.at) : rest.len;
        const rap_slice line = rap_slice_sub(rest, 0, len);
        rest = rap_slice_sub(rest, len + (end ? 1 : 0), rest.len);
        if (line.len && line.at[0] == '#') continue;
        if (!rap_slice_trim(line).len) continue;
        if (named && memchr(line.at, '\t', line.len)) return true;
        if (!is_token_line(line)) return false;
        tokens++;
    }
    return tokens > 0;
}

/* ---- together -------------------------------------------------------------------- */

/* UTF-16 as the ASCII in it: every second byte is NUL. */
static rap_slice narrowed(rap_slice bytes, char *out, uint32_t room)
{
    uint32_t len = 0;
    for (uint32_t i = 2; i < bytes.len && len < room; i++)
        if (bytes.at[i]) out[len++] = bytes.at[i];
    return (rap_slice){out, len};
}

rap_media rap_sniff_media(rap_slice bytes, const char *path)
{
    char ascii[HTML_WITHIN];
    rap_slice head = rap_slice_sub(
        bytes, 0, bytes.len < RAP_PEEK_BYTES ? bytes.len : RAP_PEEK_BYTES);
    if (rap_sniff_is_wide(head)) head = narrowed(head, ascii, sizeof ascii);
    if (is_html(head, path)) return RAP_MEDIA_HTML;
    return is_conllu(head, path) ? RAP_MEDIA_CONLLU : RAP_MEDIA_PLAIN;
}

bool rap_sniff_is_lines_name(const char *path)
{
    static const char *const packed[] = {".gz", ".bz2", ".xz", ".zst"};
    rap_slice name = rap_slice_of(path);
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++)
        if (rap_slice_ends(name, packed[i])) {
            name.len -= (uint32_t)strlen(packed[i]);
            break;
        }
    return rap_slice_ends(name, ".jsonl") || rap_slice_ends(name, ".ndjson");
}
