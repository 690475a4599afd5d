/*
 * ingest_decode.c - UTF-8 text from bytes, and the way back; see ingest.h.
 *
 * Reads   a document's bytes.
 * Writes  UTF-8 and the run table from its offsets to the bytes' offsets.
 * Method  the order of the WHATWG Encoding standard, except that bytes which are UTF-8
 * are read as such whatever the label says; two passes over one decoder, the first to
 *         count and the second to fill, so the arrays are exact.
 * Cost    linear; nothing for UTF-8, which is the text as it stands. At most 3 bytes of
 *         text a byte, and 8 bytes of run a character that is not ASCII.
 */
#include "ingest_private.h"

#include "text.h"

#include <errno.h>
#include <iconv.h>

enum { STEP_BYTES = 64, SEQUENCE_MOST = 8 };

/* ---- which charset
 * ---------------------------------------------------------------------- */

static const rap_charset *charset_named(const char *label)
{
    return rap_charset_find(rap_slice_of(label));
}

/* UTF-8 with faults has more whole sequences than faults; another charset hardly one.
 */
static bool is_mostly_utf8(rap_slice s)
{
    uint32_t whole = 0, faults = 0;
    for (uint32_t at = 0; at < s.len;) {
        const uint32_t begin = at;
        const uint32_t c = rap_utf8_next(s, &at);
        if (c < 0x80) continue;
        if (at - begin > 1)
            whole++;
        else
            faults++;
    }
    return whole >= faults;
}

static const rap_charset *charset_declared(const rap_item *item)
{
    const rap_charset *found = rap_charset_find(item->charset);
    if (found || item->media != RAP_MEDIA_HTML) return found;
    found = rap_charset_find(rap_charset_of_page(item->bytes));
    /* A page whose <meta> could be read byte by byte is not UTF-16. */
    if (found &&
        (found->coding == RAP_CODING_UTF16LE || found->coding == RAP_CODING_UTF16BE))
        return charset_named("utf-8");
    return found;
}

static const rap_charset *charset_of(const rap_item *item)
{
    const rap_slice s = item->bytes;
    const rap_charset *utf8 = charset_named("utf-8");
    if (rap_slice_starts(s, "\xEF\xBB\xBF")) return utf8;
    if (rap_sniff_is_wide(s))
        return charset_named(s.at[0] == '\xFF' ? "utf-16le" : "utf-16be");
    const rap_charset *declared = charset_declared(item);
    const bool shifting = declared && declared->coding == RAP_CODING_SHIFTING &&
                          s.len && memchr(s.at, 27, s.len);
    if (shifting) return declared;
    if (rap_utf8_bad(s) == s.len) return utf8;
    const bool asks = !declared || declared->coding == RAP_CODING_UTF8 ||
                      declared->coding == RAP_CODING_WINDOWS_1252;
    if (!asks) return declared;
    return is_mostly_utf8(s) ? utf8 : charset_named("windows-1252");
}

/* ---- one step: some bytes to some characters
 * ----------------------------------------------- */

typedef struct decoder {
    rap_coding coding;
    iconv_t iconv;
    uint16_t high[128]; /* characters of the bytes 128 to 255, where a byte is one */
} decoder;

/* WHATWG index windows-1252, bytes 0x80 to 0x9F; the others are themselves. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

/* `count` bytes by iconv; what it consumed, 0 if it needs more or refuses. */
static uint32_t ask_iconv(decoder *d, rap_slice s, uint32_t at, uint32_t count,
                          char out[STEP_BYTES], uint32_t *out_len)
{
    char copy[SEQUENCE_MOST];
    memcpy(copy, s.at + at, count);
    char *in = copy, *to = out;
    size_t left = count, room = STEP_BYTES;
    const size_t result = iconv(d->iconv, &in, &left, &to, &room);
    if (result == (size_t)-1 || left) return 0;
    /* Some converters hold a character back until they see the next. */
    if (d->coding != RAP_CODING_SHIFTING) (void)iconv(d->iconv, NULL, NULL, &to, &room);
    *out_len = (uint32_t)(to - out);
    return count;
}

static uint32_t step_iconv(decoder *d, rap_slice s, uint32_t at, char out[STEP_BYTES],
                           uint32_t *out_len)
{
    const uint32_t rest = s.len - at;
    const uint32_t most = rest < SEQUENCE_MOST ? rest : SEQUENCE_MOST;
    for (uint32_t count = 1; count <= most; count++) {
        const uint32_t taken = ask_iconv(d, s, at, count, out, out_len);
        if (taken) return taken;
        if (errno != EINVAL) break;
        if (d->coding != RAP_CODING_SHIFTING)
            (void)iconv(d->iconv, NULL, NULL, NULL, NULL);
    }
    *out_len = rap_utf8_put(RAP_BAD_CHAR, out);
    return 1;
}

static uint32_t step_wide(const decoder *d, rap_slice s, uint32_t at,
                          char out[STEP_BYTES], uint32_t *out_len)
{
    const uint32_t high = d->coding == RAP_CODING_UTF16LE;
    uint32_t unit[2] = {0, 0};
    const uint32_t units = s.len - at >= 4 ? 2 : s.len - at >= 2 ? 1 : 0;
    for (uint32_t i = 0; i < units; i++)
        unit[i] = (uint32_t)(uint8_t)s.at[at + 2 * i + high] << 8 |
                  (uint8_t)s.at[at + 2 * i + 1 - high];
    uint32_t c = unit[0], taken = units ? 2 : 1;
    if (c >= 0xD800 && c < 0xDC00 && unit[1] >= 0xDC00 && unit[1] < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (unit[1] - 0xDC00);
        taken = 4;
    }
    const bool bad = !units || !c || (c >= 0xD800 && c < 0xE000);
    *out_len = rap_utf8_put(bad ? RAP_BAD_CHAR : c, out);
    return taken;
}

/* Decodes at s[at]: bytes taken, at least 1; `*out_len` may be 0 for a shift. */
static uint32_t step(decoder *d, rap_slice s, uint32_t at, char out[STEP_BYTES],
                     uint32_t *out_len)
{
    const uint8_t byte = (uint8_t)s.at[at];
    if (d->coding == RAP_CODING_UTF16LE || d->coding == RAP_CODING_UTF16BE)
        return step_wide(d, s, at, out, out_len);
    if (d->coding == RAP_CODING_SHIFTING) return step_iconv(d, s, at, out, out_len);
    if (byte < 0x80) {
        out[0] = (char)byte;
        *out_len = 1;
        return 1;
    }
    if (d->coding == RAP_CODING_BYTES) return step_iconv(d, s, at, out, out_len);
    if (d->coding == RAP_CODING_UTF8) {
        uint32_t next = at;
        *out_len = rap_utf8_put(rap_utf8_next(s, &next), out);
        return next - at;
    }
    *out_len = rap_utf8_put(d->high[byte - 128], out);
    return 1;
}

/* ---- passes ---------------------------------------------------------------------- */

typedef struct tally {
    uint32_t text, runs; /* bytes and runs so far */
    char *to;            /* NULL in the counting pass */
    rap_run *run;
} tally;

static void note_run(tally *t, uint32_t source_at)
{
    if (t->run) t->run[t->runs] = (rap_run){t->text, source_at};
    t->runs++;
}

/* A run goes on while text and source advance by the same count. The last, empty one
 * bounds what comes before it. */
static void run_pass(decoder *d, rap_slice s, uint32_t from, tally *t)
{
    char out[STEP_BYTES];
    uint32_t len = 0;
    if (d->iconv) (void)iconv(d->iconv, NULL, NULL, NULL, NULL);
    bool together = false;
    for (uint32_t at = from; at < s.len;) {
        const uint32_t taken = step(d, s, at, out, &len);
        if (!together && len) note_run(t, at);
        if (len) together = len == taken;
        if (!len) together = false;
        if (t->to && len) memcpy(t->to + t->text, out, len);
        t->text += len;
        at += taken;
    }
    note_run(t, s.len);
}

static rap_status fill(decoder *d, rap_slice s, rap_arena *arena, rap_decoded *out,
                       rap_error *err)
{
    const uint32_t from =
        d->coding == RAP_CODING_UTF16LE || d->coding == RAP_CODING_UTF16BE ? 2 : 0;
    tally count = {0};
    run_pass(d, s, from, &count);
    tally done = {.to = rap_new(arena, char, (size_t)count.text + 1)};
    done.run = done.to ? rap_new(arena, rap_run, count.runs) : NULL;
    if (!done.to || !done.run)
        return rap_fail(err, RAP_E_NOMEM, 0, "%u bytes of text, %u runs", count.text,
                        count.runs);
    run_pass(d, s, from, &done);
    assert(done.text == count.text && done.runs == count.runs);
    out->text = (rap_slice){done.to, done.text};
    out->runs = done.run;
    out->run_count = done.runs;
    return RAP_OK;
}

/* ---- together -------------------------------------------------------------------- */

static void read_table(decoder *d)
{
    for (uint32_t i = 0; i < 128; i++) {
        const char byte = (char)(i + 128);
        char out[STEP_BYTES];
        uint32_t len = 0, at = 0;
        const rap_slice one = {&byte, 1};
        (void)step_iconv(d, one, 0, out, &len);
        const rap_slice got = {out, len};
        const uint32_t c = len ? rap_utf8_next(got, &at) : RAP_BAD_CHAR;
        d->high[i] = (uint16_t)(c <= UINT16_MAX ? c : RAP_BAD_CHAR);
    }
}

static rap_status open_decoder(const rap_charset *charset, decoder *d, rap_error *err)
{
    *d = (decoder){.coding = charset->coding};
    for (uint32_t i = 0; i < 128; i++)
        d->high[i] = (uint16_t)(i < 32 ? windows_1252[i] : i + 128);
    if (!charset->iconv) return RAP_OK;
    const iconv_t opened = iconv_open("UTF-8", charset->iconv);
    if (opened == (iconv_t)-1) {
        if (errno == ENOMEM) return rap_fail(err, RAP_E_NOMEM, 0, "%s", charset->name);
        return rap_fail_as(
            err, RAP_E_INPUT, "charset-unknown", 0,
            "this system cannot read the charset %s: convert the file to "
            "UTF-8",
            charset->name);
    }
    d->iconv = opened;
    if (charset->coding == RAP_CODING_BYTE) read_table(d);
    return RAP_OK;
}

static rap_status check_bytes(rap_slice bytes, rap_error *err)
{
    if (bytes.len > RAP_LIMIT_PAGE_BYTES)
        return rap_fail_as(err, RAP_E_LIMIT, "page-too-large", RAP_LIMIT_PAGE_BYTES,
                           "it is larger than %u MB, the most one document may have",
                           RAP_LIMIT_PAGE_BYTES >> 20);
    return rap_sniff_nul(bytes, err);
}

rap_status rap_ingest_decode(const rap_item *item, rap_arena *arena, rap_decoded *out,
                             rap_error *err)
{
    *out = (rap_decoded){.text = {"", 0}, .charset = "utf-8"};
    rap_status status = check_bytes(item->bytes, err);
    if (status || !item->bytes.len) return status;
    const rap_charset *charset = charset_of(item);
    out->charset = charset->name;
    if (charset->coding == RAP_CODING_UTF8 &&
        rap_utf8_bad(item->bytes) == item->bytes.len) {
        out->text = item->bytes;
        return RAP_OK;
    }
    decoder d;
    status = open_decoder(charset, &d, err);
    if (!status) status = fill(&d, item->bytes, arena, out, err);
    if (d.iconv) (void)iconv_close(d.iconv);
    return status;
}

/* The last run that begins at or before `text_at`, but never past the run after it: a
 * character longer in the text than in the source ends where the next begins. */
uint32_t rap_run_source(const rap_run *runs, uint32_t run_count, uint32_t text_at)
{
    if (!run_count) return text_at;
    uint32_t low = 0, high = run_count;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (runs[middle].text_at <= text_at)
            low = middle;
        else
            high = middle;
    }
    const uint32_t source = runs[low].source_at + (text_at - runs[low].text_at);
    if (low + 1 == run_count) return source;
    const uint32_t next = runs[low + 1].source_at;
    return source < next ? source : next;
}
