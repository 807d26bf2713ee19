/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "why/keys.h"

#include <string.h>

#include "core/codes.h"
#include "core/number.h"
#include "core/period.h"
#include "core/text.h"

static kt_status unknown_table(const kt_contract *contract, const char *table, kt_arena *arena,
                               kt_error *err)
{
    kt_codes *names = kt_codes_new(arena);
    const char *all = "";
    for (size_t i = 0; i < contract->table_count; i++) {
        (void)kt_codes_add(names, contract->tables[i].table, NULL);
        all = kt_arena_print(arena, "%s%s%s", all, i == 0 ? "" : ", ", contract->tables[i].table);
    }
    const char *nearest = kt_codes_nearest(names, table);
    return kt_fail(err, KT_ERR_USAGE, "why: no table \"%s\"%s%s; there are %s", table,
                   nearest == NULL ? "" : "; the nearest is ", nearest == NULL ? "" : nearest, all);
}

kt_status kt_why_schema(const kt_contract *contract, const char *table, kt_arena *arena,
                        const kt_schema **out, kt_error *err)
{
    *out = kt_contract_find(contract, table);
    return *out == NULL ? unknown_table(contract, table, arena, err) : KT_OK;
}

static kt_status unknown_column(const kt_schema *schema, const char *name, kt_arena *arena,
                                kt_error *err)
{
    kt_codes *names = kt_codes_new(arena);
    const char *keys = "";
    for (size_t i = 0; i < schema->column_count; i++) {
        (void)kt_codes_add(names, schema->columns[i].name, NULL);
    }
    for (size_t i = 0; i < schema->key_count; i++) {
        keys = kt_arena_print(arena, "%s%s%s", keys, i == 0 ? "" : ", ",
                              schema->columns[schema->key[i]].name);
    }
    const char *nearest = kt_codes_nearest(names, name);
    return kt_fail(err, KT_ERR_USAGE, "why %s: no column \"%s\"%s%s%s; its rows are told by %s",
                   schema->table, name, nearest == NULL ? "" : " (did you mean ",
                   nearest == NULL ? "" : nearest, nearest == NULL ? "" : "?)", keys);
}

/* As the table writes it: periods and exponents may be typed in other ways. */
static kt_status settle_value(const kt_schema *schema, kt_why_key *key, kt_arena *arena,
                              kt_error *err)
{
    const kt_column *column = &schema->columns[key->column];
    kt_period period;
    char period_text[KT_PERIOD_SIZE];
    char number_text[KT_NUMBER_SIZE];
    double number = 0.0;
    if (key->column == schema->time_period) {
        if (!kt_period_read(key->value, &period)) {
            return kt_fail(err, KT_ERR_USAGE,
                           "why %s: time_period: expected a period as 2023M10, 2023Q4 or Y2023, "
                           "found \"%s\"",
                           schema->table, key->value);
        }
        key->value = kt_arena_copy(arena, kt_period_write(period, period_text));
    } else if (kt_column_is_number(column) &&
               kt_number_read(key->value, strlen(key->value), &number)) {
        (void)kt_number_write(number, number_text);
        key->value = kt_arena_copy(arena, number_text);
    }
    return KT_OK;
}

static kt_status read_key(const kt_schema *schema, const char *word, kt_arena *arena,
                          kt_why_keys *out, kt_error *err)
{
    const char *equals = strchr(word, '=');
    if (equals == NULL || equals == word) {
        return kt_fail(err, KT_ERR_USAGE, "why %s: expected COLUMN=VALUE, found \"%s\"",
                       schema->table, word);
    }
    const char *name = kt_arena_copy_n(arena, word, (size_t)(equals - word));
    kt_why_key key = {.column = kt_schema_column(schema, name), .value = equals + 1};
    if (key.column == KT_NO_COLUMN) {
        return unknown_column(schema, name, arena, err);
    }
    for (size_t i = 0; i < out->count; i++) {
        if (out->at[i].column == key.column) {
            return kt_fail(err, KT_ERR_USAGE, "why %s: %s is given twice", schema->table, name);
        }
    }
    KT_TRY(settle_value(schema, &key, arena, err));
    out->at[out->count++] = key;
    return KT_OK;
}

kt_status kt_why_keys_read(const kt_schema *schema, const char *const *words, size_t count,
                           kt_arena *arena, kt_why_keys *out, kt_error *err)
{
    *out = (kt_why_keys){.schema = schema, .at = kt_arena_array(arena, kt_why_key, count + 1)};
    for (size_t i = 0; i < count; i++) {
        KT_TRY(read_key(schema, words[i], arena, out, err));
    }
    return KT_OK;
}
