/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/check.h"

void kt_reference_join(const kt_foreign_key *key, const char *const *cells, kt_text *out)
{
    kt_text_clear(out);
    for (size_t i = 0; i < key->column_count; i++) {
        if (i > 0) {
            kt_text_put_char(out, KT_REFERENCE_JOIN);
        }
        kt_text_put(out, cells[key->columns[i]]);
    }
}

typedef struct reference_reader {
    const kt_schema *schema;
    kt_foreign_key columns; /* positions in the referenced table */
    kt_codes *known;
    kt_text joined;
} reference_reader;

static kt_status keep_reference(void *context, size_t number, const char *const *cells,
                                const size_t *lengths, kt_error *err)
{
    (void)number;
    (void)lengths;
    (void)err;
    reference_reader *reader = context;
    kt_reference_join(&reader->columns, cells, &reader->joined);
    (void)kt_codes_intern(reader->known, reader->joined.bytes);
    return KT_OK;
}

static const kt_codes *load_reference(const char *dir, const kt_contract *contract,
                                      const kt_foreign_key *key, kt_arena *arena)
{
    const kt_schema *schema = kt_contract_find(contract, key->table);
    size_t *positions = kt_arena_array(arena, size_t, key->column_count);
    for (size_t i = 0; i < key->column_count; i++) {
        positions[i] = kt_schema_column(schema, key->other_names[i]);
    }
    reference_reader reader = {.schema = schema,
                               .columns = {.column_count = key->column_count, .columns = positions},
                               .known = kt_codes_new(arena)};
    const char *path =
        kt_arena_print(arena, "%s/csv/%s", dir, kt_table_file_name(schema, 0, arena));
    const kt_table_events events = {.context = &reader, .row = keep_reference};
    const kt_status status = kt_table_read(path, schema, &events, NULL);
    kt_text_free(&reader.joined);
    return status == KT_OK ? reader.known : NULL;
}

const kt_reference *kt_references_load(const char *dir, const kt_contract *contract,
                                       kt_arena *arena)
{
    size_t count = 0;
    for (size_t i = 0; i < contract->table_count; i++) {
        count += contract->tables[i].foreign_key_count;
    }
    kt_reference *references = kt_arena_array(arena, kt_reference, count + 1);
    kt_reference *next = references;
    for (size_t i = 0; i < contract->table_count; i++) {
        const kt_schema *schema = &contract->tables[i];
        for (size_t k = 0; k < schema->foreign_key_count; k++) {
            next++->known = load_reference(dir, contract, &schema->foreign_keys[k], arena);
        }
    }
    return references;
}
