/*
 * ingest_charset.c - charset labels, and where an HTML page states one.
 *
 * Reads   a label, or the first 1024 bytes of a page.
 * Method  the names and labels of the WHATWG Encoding standard (so "iso-8859-1" means
 *         windows-1252), and its scan of the page's first bytes for <meta>.
 */
#include "ingest_private.h"

enum { PAGE_SCAN = 1024, LABEL_MOST = 40 };

static const rap_charset charsets[] = {
    {"utf-8", NULL,
     " unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8 ",
     RAP_CODING_UTF8},
    {"utf-16le", NULL, " csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 ",
     RAP_CODING_UTF16LE},
    {"utf-16be", NULL, " unicodefffe ", RAP_CODING_UTF16BE},
    {"windows-1252", NULL,
     " ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 "
     "iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252 "
     "x-user-defined ",
     RAP_CODING_WINDOWS_1252},
    {"ibm866", "IBM866", " 866 cp866 csibm866 ", RAP_CODING_BYTE},
    {"iso-8859-2", "ISO-8859-2",
     " csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2 ",
     RAP_CODING_BYTE},
    {"iso-8859-3", "ISO-8859-3",
     " csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3 ",
     RAP_CODING_BYTE},
    {"iso-8859-4", "ISO-8859-4",
     " csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4 ",
     RAP_CODING_BYTE},
    {"iso-8859-5", "ISO-8859-5",
     " csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 "
     "iso_8859-5:1988 ",
     RAP_CODING_BYTE},
    {"iso-8859-6", "ISO-8859-6",
     " arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e "
     "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 ",
     RAP_CODING_BYTE},
    {"iso-8859-7", "ISO-8859-7",
     " csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 "
     "iso_8859-7 iso_8859-7:1987 sun_eu_greek ",
     RAP_CODING_BYTE},
    {"iso-8859-8", "ISO-8859-8",
     " csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 "
     "iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical ",
     RAP_CODING_BYTE},
    {"iso-8859-10", "ISO-8859-10",
     " csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6 ", RAP_CODING_BYTE},
    {"iso-8859-13", "ISO-8859-13", " iso8859-13 iso885913 ", RAP_CODING_BYTE},
    {"iso-8859-14", "ISO-8859-14", " iso8859-14 iso885914 ", RAP_CODING_BYTE},
    {"iso-8859-15", "ISO-8859-15", " csisolatin9 iso8859-15 iso885915 iso_8859-15 l9 ",
     RAP_CODING_BYTE},
    {"iso-8859-16", "ISO-8859-16", " ", RAP_CODING_BYTE},
    {"koi8-r", "KOI8-R", " cskoi8r koi koi8 koi8_r ", RAP_CODING_BYTE},
    {"koi8-u", "KOI8-U", " koi8-ru ", RAP_CODING_BYTE},
    {"macintosh", "MACINTOSH", " csmacintosh mac x-mac-roman ", RAP_CODING_BYTE},
    {"windows-874", "TIS-620", " dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 ",
     RAP_CODING_BYTE},
    {"windows-1250", "CP1250", " cp1250 x-cp1250 ", RAP_CODING_BYTE},
    {"windows-1251", "CP1251", " cp1251 x-cp1251 ", RAP_CODING_BYTE},
    {"windows-1253", "CP1253", " cp1253 x-cp1253 ", RAP_CODING_BYTE},
    {"windows-1254", "CP1254",
     " cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 "
     "iso_8859-9:1989 l5 latin5 x-cp1254 ",
     RAP_CODING_BYTE},
    {"windows-1255", "CP1255", " cp1255 x-cp1255 ", RAP_CODING_BYTE},
    {"windows-1256", "CP1256", " cp1256 x-cp1256 ", RAP_CODING_BYTE},
    {"windows-1257", "CP1257", " cp1257 x-cp1257 ", RAP_CODING_BYTE},
    {"windows-1258", "CP1258", " cp1258 x-cp1258 ", RAP_CODING_BYTE},
    {"x-mac-cyrillic", "MAC-UK", " x-mac-ukrainian ", RAP_CODING_BYTE},
    {"gbk", "GB18030",
     " chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk ",
     RAP_CODING_BYTES},
    {"gb18030", "GB18030", " ", RAP_CODING_BYTES},
    {"big5", "BIG5-HKSCS", " big5-hkscs cn-big5 csbig5 x-x-big5 ", RAP_CODING_BYTES},
    {"euc-jp", "EUC-JP", " cseucpkdfmtjapanese x-euc-jp ", RAP_CODING_BYTES},
    {"iso-2022-jp", "ISO-2022-JP", " csiso2022jp ", RAP_CODING_SHIFTING},
    {"shift_jis", "CP932",
     " csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis ", RAP_CODING_BYTES},
    {"euc-kr", "UHC",
     " cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 "
     "ksc_5601 windows-949 ",
     RAP_CODING_BYTES},
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

const rap_charset *rap_charset_at(uint32_t i)
{
    return i < sizeof charsets / sizeof *charsets ? &charsets[i] : NULL;
}

const rap_charset *rap_charset_find(rap_slice label)
{
    char spaced[LABEL_MOST + 3] = " ";
    label = rap_slice_trim(label);
    if (!label.len || label.len > LABEL_MOST || memchr(label.at, ' ', label.len))
        return NULL;
    for (uint32_t i = 0; i < label.len; i++) spaced[i + 1] = lower(label.at[i]);
    spaced[label.len + 1] = ' ';
    for (uint32_t i = 0; i < sizeof charsets / sizeof *charsets; i++)
        if (rap_slice_is_nocase(label, charsets[i].name) ||
            strstr(charsets[i].labels, spaced))
            return &charsets[i];
    return NULL;
}

/* ---- <meta>
 * ---------------------------------------------------------------------------- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/* The next name="value" at `*at` inside a tag; false at the tag's end. */
static bool next_attribute(rap_slice s, uint32_t *at, rap_slice *name, rap_slice *value)
{
    uint32_t i = *at;
    while (i < s.len && (is_space(s.at[i]) || s.at[i] == '/')) i++;
    if (i >= s.len || s.at[i] == '>') return false;
    const uint32_t begin = i++;
    while (i < s.len && !is_space(s.at[i]) && !strchr("/>=", s.at[i])) i++;
    *name = rap_slice_sub(s, begin, i);
    *value = (rap_slice){"", 0};
    while (i < s.len && is_space(s.at[i])) i++;
    if (i < s.len && s.at[i] == '=') {
        i++;
        while (i < s.len && is_space(s.at[i])) i++;
        const char quote =
            i < s.len && (s.at[i] == '"' || s.at[i] == '\'') ? s.at[i] : 0;
        i += quote != 0;
        const uint32_t from = i;
        while (i < s.len &&
               (quote ? s.at[i] != quote : !is_space(s.at[i]) && s.at[i] != '>'))
            i++;
        *value = rap_slice_sub(s, from, i);
        i += quote && i < s.len;
    }
    *at = i;
    return true;
}

/* The label in "text/html; charset=label". */
static rap_slice charset_in(rap_slice content)
{
    for (uint32_t i = 0; i + 8 <= content.len; i++) {
        if (!rap_slice_is_nocase(rap_slice_sub(content, i, i + 7), "charset")) continue;
        rap_slice rest = rap_slice_trim(rap_slice_sub(content, i + 7, content.len));
        if (!rest.len || rest.at[0] != '=') continue;
        rest = rap_slice_trim(rap_slice_sub(rest, 1, rest.len));
        uint32_t begin = rest.len && (rest.at[0] == '"' || rest.at[0] == '\'');
        uint32_t end = begin;
        while (end < rest.len && !is_space(rest.at[end]) &&
               !strchr(";\"'", rest.at[end]))
            end++;
        return rap_slice_sub(rest, begin, end);
    }
    return (rap_slice){"", 0};
}

/* The label of the <meta> whose attributes begin at `at`, or empty. */
static rap_slice label_of_meta(rap_slice s, uint32_t at)
{
    rap_slice name, value, own = {"", 0}, content = {"", 0};
    bool typed = false;
    while (next_attribute(s, &at, &name, &value)) {
        if (rap_slice_is_nocase(name, "charset") && !own.len) own = value;
        if (rap_slice_is_nocase(name, "http-equiv"))
            typed = rap_slice_is_nocase(value, "content-type");
        if (rap_slice_is_nocase(name, "content") && !content.len)
            content = charset_in(value);
    }
    return own.len ? own : typed ? content : (rap_slice){"", 0};
}

static bool is_meta(rap_slice s, uint32_t at)
{
    return at + 6 <= s.len &&
           rap_slice_is_nocase(rap_slice_sub(s, at, at + 5), "<meta") &&
           (is_space(s.at[at + 5]) || s.at[at + 5] == '/');
}

rap_slice rap_charset_of_page(rap_slice bytes)
{
    const rap_slice s =
        rap_slice_sub(bytes, 0, bytes.len < PAGE_SCAN ? bytes.len : PAGE_SCAN);
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.at[i] != '<') continue;
        if (rap_slice_starts(rap_slice_sub(s, i, s.len), "<!--")) {
            i = rap_slice_find(s, RAP_LIT("-->"), i + 2);
        } else if (is_meta(s, i)) {
            const rap_slice label = label_of_meta(s, i + 5);
            if (rap_charset_find(label)) return label;
        }
    }
    return (rap_slice){"", 0};
}
