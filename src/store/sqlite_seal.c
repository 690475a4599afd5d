/*
 * sqlite_seal.c - the SQL function rap_seal, which seals documents and decisions.
 *
 * Method  SHA-256 of every value's length in bytes, a colon, its bytes and a line end; a
 *         dash for NULL: no two lists of values have the same bytes. Numbers in decimal.
 */
#include "store_private.h"

typedef RAP_LIST(char) buffer;

static bool put_bytes(rap_arena *arena, buffer *to, const char *bytes, int len)
{
    for (int i = 0; i < len; i++)
        if (!rap_push(arena, to, bytes[i])) return false;
    return true;
}

static bool put_value(rap_arena *arena, buffer *to, sqlite3_value *value)
{
    char head[24] = "-\n";
    if (sqlite3_value_type(value) == SQLITE_NULL) return put_bytes(arena, to, head, 2);
    const bool blob = sqlite3_value_type(value) == SQLITE_BLOB;
    const char *bytes =
        blob ? sqlite3_value_blob(value) : (const char *)sqlite3_value_text(value);
    const int len = sqlite3_value_bytes(value);
    const int head_len = snprintf(head, sizeof head, "%d:", len);
    if (len && !bytes) return false;
    return put_bytes(arena, to, head, head_len) && put_bytes(arena, to, bytes, len) &&
           put_bytes(arena, to, "\n", 1);
}

static void sql_seal(sqlite3_context *context, int count, sqlite3_value **value)
{
    rap_arena arena = RAP_ARENA(1u << 30);
    buffer all = {0};
    bool whole = true;
    for (int i = 0; i < count && whole; i++) whole = put_value(&arena, &all, value[i]);
    if (whole) {
        char hex[65];
        const rap_sha256 digest =
            rap_sha256_of((rap_slice){all.count ? all.at : "", all.count});
        rap_sha256_hex(&digest, hex);
        sqlite3_result_text(context, hex, 64, SQLITE_TRANSIENT);
    } else {
        sqlite3_result_error_nomem(context);
    }
    rap_arena_free(&arena);
}

rap_status rap_sqlite_add_seal(sqlite_store *store, rap_error *err)
{
    if (sqlite3_create_function(store->db, "rap_seal", -1,
                                SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                NULL, sql_seal, NULL, NULL) != SQLITE_OK)
        return rap_sqlite_fail(store, err);
    return RAP_OK;
}
