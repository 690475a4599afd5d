/*
 * export_jsonl.c - one JSON object an entry, the same as the views print; docs/format/jsonl.md.
 */
#include "exporting_private.h"

static rap_status put_entry(void *state, const rap_entry *entry, rap_error *err)
{
    FILE *out = state;
    const rap_status status = rap_json_put(rap_entry_object(entry), out, err);
    if (!status) (void)fputc('\n', out);
    return status;
}

rap_status rap_export_jsonl(rap_exporting *job, rap_error *err)
{
    FILE *out;
    const rap_status status = rap_out_begin(job->out, "entries.jsonl", &out, err);
    return status ? status : rap_exporting_each(job, put_entry, out, err);
}
