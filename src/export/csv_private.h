/* csv_private.h - the tables of a CSV export, shared by their writer and their description. */
#ifndef RAP_CSV_PRIVATE_H
#define RAP_CSV_PRIVATE_H

#include "exporting_private.h"

typedef struct rap_csv_column {
    const char *name, *type; /* type: Frictionless Table Schema */
    const char *about;
} rap_csv_column;

typedef struct rap_csv_table {
    const char *name, *about;
    const rap_csv_column *own; /* [owns] */
    uint32_t owns;
    bool entries; /* its own columns stand between those that all entries have */
    rap_entry_kind kind;
    const char *key;     /* primary key; NULL: none */
    const char *foreign; /* "document=sources.document", blanks between; NULL: none */
} rap_csv_table;

enum {
    RAP_CSV_KINDS = 8, /* tables of entries come first, in the order of their kinds */
    RAP_CSV_PARTIES = RAP_CSV_KINDS,
    RAP_CSV_EVIDENCE,
    RAP_CSV_CLAIMS,
    RAP_CSV_ACTORS,
    RAP_CSV_SOURCES,
    RAP_CSV_TABLES
};
extern const rap_csv_table rap_csv_table_of[RAP_CSV_TABLES];
uint32_t rap_csv_columns(const rap_csv_table *table);
const rap_csv_column *rap_csv_column_at(const rap_csv_table *table, uint32_t index);

/* datapackage.json and codebook.md. `rows` [RAP_CSV_TABLES]. */
rap_status rap_csv_describe(rap_exporting *job, const uint64_t *rows,
                            rap_error *err) RAP_CHECKED;

#endif
