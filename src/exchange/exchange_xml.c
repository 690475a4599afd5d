/*
 * exchange_xml.c - XML by libxml2's writer, which escapes and balances; see exchange.h.
 *
 * Method  the first failure is kept and what follows is not written: callers look once, at
 *         the end. Characters that XML 1.0 cannot hold (most control characters) become
 *         U+FFFD before the writer sees them.
 */
#include "exchange.h"

#include "text.h"

#include <libxml/xmlwriter.h>
#include <stdlib.h>

struct rap_xml {
    xmlTextWriterPtr writer;
    FILE *out;
    bool failed;
};

/* ---- the way out ------------------------------------------------------------------ */

/* Told of a failure, libxml2 would print it: the FILE remembers, and close looks. */
static int put_bytes(void *context, const char *bytes, int len)
{
    rap_xml *xml = context;
    (void)fwrite(bytes, 1, (size_t)len, xml->out);
    return len;
}

static int leave_open(void *context) /* the FILE is the caller's */
{
    (void)context;
    return 0;
}

static void note(rap_xml *xml, int written)
{
    xml->failed |= written < 0;
}

static const xmlChar *chars(const char *text)
{
    return (const xmlChar *)text;
}

rap_status rap_xml_open(FILE *out, bool pretty, rap_xml **result, rap_error *err)
{
    *result = NULL;
    rap_xml *xml = calloc(1, sizeof *xml);
    if (!xml) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for XML");
    xml->out = out;
    xmlOutputBufferPtr buffer =
        xmlOutputBufferCreateIO(put_bytes, leave_open, xml, NULL);
    xml->writer = buffer ? xmlNewTextWriter(buffer) : NULL;
    if (!xml->writer) {
        if (buffer) (void)xmlOutputBufferClose(buffer);
        free(xml);
        return rap_fail(err, RAP_E_NOMEM, 0, "no memory for XML");
    }
    if (pretty) {
        note(xml, xmlTextWriterSetIndent(xml->writer, 1));
        note(xml, xmlTextWriterSetIndentString(xml->writer, chars(" ")));
    }
    note(xml, xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", NULL));
    *result = xml;
    return RAP_OK;
}

rap_status rap_xml_close(rap_xml *xml, rap_error *err)
{
    if (!xml) return RAP_OK;
    if (!xml->failed) note(xml, xmlTextWriterEndDocument(xml->writer));
    if (!xml->failed) note(xml, xmlTextWriterFlush(xml->writer));
    const bool failed = xml->failed, full = ferror(xml->out) != 0;
    xmlFreeTextWriter(xml->writer);
    free(xml);
    if (full) return rap_fail(err, RAP_E_IO, 0, "the output cannot be written");
    if (failed) return rap_fail(err, RAP_E_NOMEM, 0, "no memory for XML");
    return RAP_OK;
}

/* ---- what is written -------------------------------------------------------------- */

/* XML 1.0, production 2. */
static bool is_xml_char(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

static bool is_clean(rap_slice s)
{
    for (uint32_t at = 0; at < s.len;)
        if (!is_xml_char(rap_utf8_next(s, &at))) return false;
    return rap_utf8_bad(s) == s.len;
}

/* A copy in which every character can stand, followed by a 0; NULL without memory. */
static char *clean_copy(rap_slice s)
{
    char *copy = malloc((size_t)s.len * 3 + 1); /* a byte becomes three at most */
    if (!copy) return NULL;
    size_t used = 0;
    for (uint32_t at = 0; at < s.len;) {
        const uint32_t c = rap_utf8_next(s, &at);
        used += rap_utf8_put(is_xml_char(c) ? c : RAP_BAD_CHAR, copy + used);
    }
    copy[used] = 0;
    return copy;
}

void rap_xml_begin(rap_xml *xml, const char *element)
{
    if (!xml->failed) note(xml, xmlTextWriterStartElement(xml->writer, chars(element)));
}

void rap_xml_end(rap_xml *xml)
{
    if (!xml->failed) note(xml, xmlTextWriterEndElement(xml->writer));
}

void rap_xml_attribute(rap_xml *xml, const char *name, const char *value)
{
    if (xml->failed) return;
    const rap_slice s = rap_slice_of(value);
    char *copy = is_clean(s) ? NULL : clean_copy(s);
    if (!copy && !is_clean(s))
        xml->failed = true;
    else
        note(xml, xmlTextWriterWriteAttribute(xml->writer, chars(name),
                                              chars(copy ? copy : s.at)));
    free(copy);
}

void rap_xml_text(rap_xml *xml, rap_slice text)
{
    if (xml->failed || !text.len) return;
    char *copy = clean_copy(text); /* ends with a 0, as the writer wants it */
    if (copy)
        note(xml, xmlTextWriterWriteString(xml->writer, chars(copy)));
    else
        xml->failed = true;
    free(copy);
}

void rap_xml_element(rap_xml *xml, const char *element, const char *text)
{
    rap_xml_begin(xml, element);
    rap_xml_text(xml, rap_slice_of(text));
    rap_xml_end(xml);
}
