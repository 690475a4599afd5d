/* language.c - look files up in the embedded table; see language.h. */
#include "language.h"

#include "embedded.h"

extern const rap_embedded rap_model_files[];

static rap_slice bytes_of(const rap_embedded *file)
{
    return (rap_slice){file->begin, (uint32_t)(file->end - file->begin)};
}

rap_status rap_language_open(const char *code, rap_language *out, rap_error *err)
{
    *out = (rap_language){0};
    const size_t len = strlen(code);
    for (const rap_embedded *file = rap_model_files; file->name; file++) {
        if (len > 3 || strncmp(file->name, code, len) != 0 || file->name[len] != '/')
            continue;
        memcpy(out->code, code, len);
        return RAP_OK;
    }
    return rap_fail(err, RAP_E_NOTFOUND, 0, "no data for language '%s' in this build",
                    code);
}

/* The name below the language's folder, or NULL if the file belongs to another. */
static const char *own_name(const rap_language *language, const rap_embedded *file)
{
    const size_t len = strlen(language->code);
    if (strncmp(file->name, language->code, len) != 0 || file->name[len] != '/')
        return NULL;
    return file->name + len + 1;
}

rap_status rap_language_file(const rap_language *language, const char *name,
                             rap_slice *out, rap_error *err)
{
    *out = (rap_slice){"", 0};
    for (const rap_embedded *file = rap_model_files; file->name; file++) {
        const char *own = own_name(language, file);
        if (!own || strcmp(own, name) != 0) continue;
        *out = bytes_of(file);
        return RAP_OK;
    }
    return rap_fail(err, RAP_E_MODEL, 0, "language '%s' has no file %s", language->code,
                    name);
}

bool rap_language_list(const rap_language *language, const char *prefix, uint32_t n,
                       const char **name, rap_slice *bytes)
{
    for (const rap_embedded *file = rap_model_files; file->name; file++) {
        const char *own = own_name(language, file);
        if (!own || strncmp(own, prefix, strlen(prefix)) != 0 || n-- > 0) continue;
        *name = own;
        *bytes = bytes_of(file);
        return true;
    }
    return false;
}
