/*
 * sqlite_check.c - what a person says must mean something before it goes into the log.
 */
#include "store_private.h"

#include "text.h"

enum { MOST_WHO = 200, MOST_WORDS = 8192 };

static rap_status check_text(const char *text, const char *what, rap_error *err)
{
    const rap_slice s = rap_slice_of(text);
    if (rap_utf8_bad(s) < s.len)
        return rap_fail(err, RAP_E_USAGE, rap_utf8_bad(s), "the %s is not UTF-8", what);
    if (s.len > MOST_WORDS)
        return rap_fail(err, RAP_E_USAGE, MOST_WORDS,
                        "the %s is too long: %u bytes at most", what, MOST_WORDS);
    return RAP_OK;
}

/* A name that a line of the log can hold. */
static rap_status check_who(const rap_decision *by, rap_error *err)
{
    const char *who = by->who ? by->who : "";
    const size_t len = strlen(who);
    bool plain = true;
    for (size_t i = 0; i < len; i++) plain &= (unsigned char)who[i] >= ' ';
    if (!len)
        return rap_fail(err, RAP_E_USAGE, 0,
                        "a decision needs the name of the person who takes it");
    if (len > MOST_WHO)
        return rap_fail(err, RAP_E_USAGE, 0,
                        "the name of who decides is too long: %u bytes at most",
                        MOST_WHO);
    return plain ? RAP_OK
                 : rap_fail(err, RAP_E_USAGE, 0,
                            "the name of who decides holds a line end or tab");
}

/* What is said of a document stands on one line, and a URL leads somewhere on the web. */
rap_status rap_sqlite_check_said(const rap_setting *set, rap_error *err)
{
    for (const char *at = set->value; *at; at++)
        if ((unsigned char)*at < ' ')
            return rap_fail(err, RAP_E_USAGE, 0, "%.40s holds a line end or tab",
                            set->field);
    if (strcmp(set->field, "url") != 0 || !*set->value) return RAP_OK;
    if (!strncmp(set->value, "http://", 7) || !strncmp(set->value, "https://", 8))
        return RAP_OK;
    return rap_fail(err, RAP_E_USAGE, 0,
                    "\"%.80s\" is no URL; it begins with http:// or https://",
                    set->value);
}

/* What goes into the log must come out again, in every format. */
rap_status rap_sqlite_check_decision(const rap_decision *by, rap_error *err)
{
    rap_status status = check_who(by, err);
    if (!status) status = check_text(by->who, "name", err);
    if (!status) status = check_text(by->reason, "reason", err);
    if (!status) status = check_text(by->text, "note", err);
    for (uint32_t i = 0; !status && i < by->sets; i++) {
        status = check_text(by->set[i].value, by->set[i].field, err);
        for (uint32_t k = 0; !status && k < i; k++)
            if (!strcmp(by->set[i].field, by->set[k].field))
                return rap_fail(err, RAP_E_USAGE, 0, "%.40s is given twice",
                                by->set[i].field);
    }
    const bool empty = !by->text || !rap_slice_trim(rap_slice_of(by->text)).len;
    if (!status && by->kind == RAP_DECIDE_NOTE && empty)
        status = rap_fail(err, RAP_E_USAGE, 0, "a note needs words");
    if (!status && by->kind != RAP_DECIDE_UNDO && !by->count)
        status = rap_fail(err, RAP_E_USAGE, 0, "%s needs entries",
                          rap_decision_kind_name(by->kind));
    return status;
}
