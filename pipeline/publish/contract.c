/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/contract.h"

#include <math.h>
#include <string.h>

#include "core/file.h"
#include "core/json.h"
#include "core/text.h"

#define COLUMN_LIMIT 64

static const char *const type_names[] = {
    [KT_COLUMN_TEXT] = "text",       [KT_COLUMN_CODE] = "code",     [KT_COLUMN_DATE] = "date",
    [KT_COLUMN_INTEGER] = "integer", [KT_COLUMN_NUMBER] = "number", [KT_COLUMN_SHARE] = "share",
    [KT_COLUMN_ALPHA] = "alpha",     [KT_COLUMN_STATUS] = "status",
};

const char *kt_column_type_name(kt_column_type type)
{
    return type_names[type];
}

bool kt_column_is_number(const kt_column *column)
{
    return column->type == KT_COLUMN_INTEGER || column->type == KT_COLUMN_NUMBER ||
           column->type == KT_COLUMN_SHARE || column->type == KT_COLUMN_ALPHA;
}

size_t kt_schema_column(const kt_schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->column_count; i++) {
        if (strcmp(schema->columns[i].name, name) == 0) {
            return i;
        }
    }
    return KT_NO_COLUMN;
}

const kt_schema *kt_contract_find(const kt_contract *contract, const char *table)
{
    for (size_t i = 0; i < contract->table_count; i++) {
        if (strcmp(contract->tables[i].table, table) == 0) {
            return &contract->tables[i];
        }
    }
    return NULL;
}

kt_status kt_schema_expect(const kt_schema *schema, const char *const *names, size_t count,
                           kt_error *err)
{
    for (size_t i = 0; i < count && i < schema->column_count; i++) {
        if (strcmp(schema->columns[i].name, names[i]) != 0) {
            return kt_fail(err, KT_ERR_CONFIG, "%s: fields[%zu]: %s, expected %s", schema->file, i,
                           schema->columns[i].name, names[i]);
        }
    }
    if (schema->column_count != count) {
        return kt_fail(err, KT_ERR_CONFIG, "%s: fields: %zu columns, expected %zu", schema->file,
                       schema->column_count, count);
    }
    return KT_OK;
}

char *kt_table_file_name(const kt_schema *schema, int year, kt_arena *arena)
{
    if (schema->split == KT_SPLIT_WHOLE) {
        return kt_arena_print(arena, "%s/%s.csv", schema->table, schema->table);
    }
    return kt_arena_print(arena, "%s/%s_%04d.csv", schema->table, schema->table, year);
}

static kt_words read_words(kt_json place)
{
    static const char *const keys[] = {"fi", "sv", "en", NULL};
    kt_json_only(place, keys);
    return (kt_words){
        .fi = kt_json_text(kt_json_member(place, "fi")),
        .sv = kt_json_text(kt_json_member(place, "sv")),
        .en = kt_json_text(kt_json_member(place, "en")),
    };
}

static kt_column_type read_type(kt_json place)
{
    const char *name = kt_json_text(place);
    if (name == NULL) {
        return KT_COLUMN_TEXT;
    }
    for (size_t i = 0; i < sizeof type_names / sizeof type_names[0]; i++) {
        if (strcmp(name, type_names[i]) == 0) {
            return (kt_column_type)i;
        }
    }
    kt_json_wrong(
        place, "\"%s\", expected text, code, date, integer, number, share, alpha or status", name);
    return KT_COLUMN_TEXT;
}

/* Links between columns are read when all columns are known. */
static void read_column(kt_json place, kt_column *out)
{
    static const char *const keys[] = {"name",    "type",    "title", "description", "unit",
                                       "minimum", "maximum", "enum",  "optional",    "unbounded",
                                       "status",  "low",     "high",  NULL};
    kt_json_only(place, keys);
    const char *name = kt_json_text(kt_json_member(place, "name"));
    *out = (kt_column){
        .name = name == NULL ? "" : name,
        .type = read_type(kt_json_member(place, "type")),
        .title = read_words(kt_json_member(place, "title")),
        .unit = kt_json_text_or(kt_json_member(place, "unit"), ""),
        .description = kt_json_text_or(kt_json_member(place, "description"), ""),
        .least =
            kt_json_number_or(kt_json_member(place, "minimum"), -INFINITY, INFINITY, -INFINITY),
        .most = kt_json_number_or(kt_json_member(place, "maximum"), -INFINITY, INFINITY, INFINITY),
        .optional = kt_json_bool_or(kt_json_member(place, "optional"), false),
        .unbounded = kt_json_bool_or(kt_json_member(place, "unbounded"), false),
        .status = KT_NO_COLUMN,
        .low = KT_NO_COLUMN,
        .high = KT_NO_COLUMN,
        .figure = KT_NO_COLUMN,
    };
    out->value_count = kt_json_texts(kt_json_member(place, "enum"), &out->values);
    if (out->type == KT_COLUMN_SHARE) {
        out->least = fmax(out->least, 0.0);
        out->most = fmin(out->most, 1.0);
    }
}

/* The column that a member names, KT_NO_COLUMN and a problem if there is none of that name. */
static size_t named_column(const kt_schema *schema, kt_json place)
{
    const char *name = kt_json_text(place);
    if (name == NULL) {
        return KT_NO_COLUMN;
    }
    const size_t column = kt_schema_column(schema, name);
    if (column == KT_NO_COLUMN) {
        kt_json_wrong(place, "\"%s\" is no column of the table", name);
    }
    return column;
}

static size_t linked_column(const kt_schema *schema, kt_json place)
{
    return kt_json_absent(place) ? KT_NO_COLUMN : named_column(schema, place);
}

static void link_end(kt_schema *schema, kt_json place, size_t figure, size_t end)
{
    if (end == KT_NO_COLUMN) {
        return;
    }
    if (!kt_column_is_number(&schema->columns[end])) {
        kt_json_wrong(place, "\"%s\" is no number", schema->columns[end].name);
    }
    if (schema->columns[end].figure != KT_NO_COLUMN) {
        kt_json_wrong(place, "\"%s\" is an end of \"%s\" already", schema->columns[end].name,
                      schema->columns[schema->columns[end].figure].name);
    }
    schema->columns[end].figure = figure;
}

static void link_column(kt_schema *schema, size_t at, kt_json place)
{
    kt_column *column = &schema->columns[at];
    if (kt_schema_column(schema, column->name) != at) {
        kt_json_wrong(kt_json_member(place, "name"), "\"%s\" is there twice", column->name);
    }
    column->status = linked_column(schema, kt_json_member(place, "status"));
    column->low = linked_column(schema, kt_json_member(place, "low"));
    column->high = linked_column(schema, kt_json_member(place, "high"));
    if (column->status != KT_NO_COLUMN &&
        schema->columns[column->status].type != KT_COLUMN_STATUS) {
        kt_json_wrong(kt_json_member(place, "status"), "\"%s\" is no status",
                      schema->columns[column->status].name);
    }
    if ((column->low == KT_NO_COLUMN) != (column->high == KT_NO_COLUMN)) {
        kt_json_wrong(place, "low without high, or high without low");
    }
    link_end(schema, kt_json_member(place, "low"), at, column->low);
    link_end(schema, kt_json_member(place, "high"), at, column->high);
}

static void read_columns(kt_json place, kt_schema *schema)
{
    schema->column_count = kt_json_count(place);
    if (schema->column_count < 2 || schema->column_count > COLUMN_LIMIT) {
        kt_json_wrong(place, "%zu columns, expected 2 to %d", schema->column_count, COLUMN_LIMIT);
        schema->column_count = 0;
        return;
    }
    schema->columns = kt_arena_array(place.arena, kt_column, schema->column_count);
    for (size_t i = 0; i < schema->column_count; i++) {
        read_column(kt_json_element(place, i), &schema->columns[i]);
    }
    for (size_t i = 0; i < schema->column_count; i++) {
        link_column(schema, i, kt_json_element(place, i));
    }
}

static size_t read_positions(kt_json place, const kt_schema *schema, const size_t **out)
{
    const size_t count = kt_json_count(place);
    size_t *positions = kt_arena_array(place.arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        positions[i] = named_column(schema, kt_json_element(place, i));
    }
    *out = positions;
    return count;
}

static void check_key_column(kt_json place, const kt_schema *schema, size_t column, size_t least)
{
    if (column == KT_NO_COLUMN) {
        return;
    }
    if (schema->columns[column].optional) {
        kt_json_wrong(place, "\"%s\" is optional and cannot be in the key",
                      schema->columns[column].name);
    }
    if (column < least) {
        kt_json_wrong(place, "\"%s\" stands before the column of the key that precedes it",
                      schema->columns[column].name);
    }
}

/* Writers compare keys as they write them, so the key's columns come in the table's own order. */
static void read_key(kt_json place, kt_schema *schema)
{
    schema->key_count = read_positions(place, schema, &schema->key);
    if (schema->key_count == 0) {
        kt_json_wrong(place, "expected the columns of the key");
    }
    for (size_t i = 0; i < schema->key_count; i++) {
        const size_t least = i == 0 || schema->key[i - 1] == KT_NO_COLUMN ? 0 : schema->key[i - 1];
        check_key_column(kt_json_element(place, i), schema, schema->key[i], least);
    }
}

static void read_foreign_key(kt_json place, const kt_schema *schema, kt_foreign_key *out)
{
    static const char *const keys[] = {"fields", "reference", NULL};
    static const char *const reference_keys[] = {"table", "fields", NULL};
    kt_json_only(place, keys);
    const kt_json reference = kt_json_member(place, "reference");
    kt_json_only(reference, reference_keys);
    out->column_count = read_positions(kt_json_member(place, "fields"), schema, &out->columns);
    out->table = kt_json_text(kt_json_member(reference, "table"));
    if (kt_json_texts(kt_json_member(reference, "fields"), &out->other_names) !=
        out->column_count) {
        kt_json_wrong(reference, "expected as many fields as there are here (%zu)",
                      out->column_count);
    }
}

static void read_foreign_keys(kt_json place, kt_schema *schema)
{
    schema->foreign_key_count = kt_json_count(place);
    if (schema->foreign_key_count > COLUMN_LIMIT) {
        kt_json_wrong(place, "%zu of them, expected at most %d", schema->foreign_key_count,
                      COLUMN_LIMIT);
        schema->foreign_key_count = 0;
    }
    schema->foreign_keys =
        kt_arena_array(place.arena, kt_foreign_key, schema->foreign_key_count + 1);
    for (size_t i = 0; i < schema->foreign_key_count; i++) {
        read_foreign_key(kt_json_element(place, i), schema, &schema->foreign_keys[i]);
    }
}

static kt_split read_split(kt_json place)
{
    const char *name = kt_json_text(place);
    if (name != NULL && strcmp(name, "whole") != 0 && strcmp(name, "year") != 0) {
        kt_json_wrong(place, "\"%s\", expected whole or year", name);
    }
    return kt_text_same(name, "year") ? KT_SPLIT_YEAR : KT_SPLIT_WHOLE;
}

/* The columns that every table, or every table with periods, must have. */
static void find_own_columns(kt_json place, kt_schema *schema)
{
    schema->time_period = kt_schema_column(schema, "time_period");
    schema->period_start = kt_schema_column(schema, "period_start");
    schema->obs_status = kt_schema_column(schema, "obs_status");
    if (schema->obs_status == KT_NO_COLUMN ||
        schema->columns[schema->obs_status].type != KT_COLUMN_STATUS) {
        kt_json_wrong(place, "expected a column obs_status of type status");
    }
    /* A table that is about other things first (what changed) may name its periods alone. */
    const bool begins = schema->time_period == 0;
    const bool has_start = schema->period_start != KT_NO_COLUMN;
    if ((begins || has_start) && schema->period_start != schema->time_period + 1) {
        kt_json_wrong(place, "expected period_start right after time_period");
    }
    if (schema->split == KT_SPLIT_YEAR && schema->time_period == KT_NO_COLUMN) {
        kt_json_wrong(place, "expected a column time_period in a table that is split by year");
    }
}

static void read_schema(kt_json place, const char *stem, kt_schema *out)
{
    static const char *const keys[] = {"table",  "contract",    "public",     "split",
                                       "title",  "description", "primaryKey", "foreignKeys",
                                       "fields", NULL};
    kt_json_only(place, keys);
    const char *table = kt_json_text(kt_json_member(place, "table"));
    if (table != NULL && strcmp(table, stem) != 0) {
        kt_json_wrong(kt_json_member(place, "table"), "\"%s\", expected the file's name \"%s\"",
                      table, stem);
    }
    kt_json_number(kt_json_member(place, "contract"), KT_CONTRACT_VERSION, KT_CONTRACT_VERSION);
    out->table = stem;
    out->file = place.file;
    out->is_public = kt_json_bool(kt_json_member(place, "public"));
    out->split = read_split(kt_json_member(place, "split"));
    out->title = read_words(kt_json_member(place, "title"));
    out->description = kt_json_text(kt_json_member(place, "description"));
    const kt_json fields = kt_json_member(place, "fields");
    read_columns(fields, out);
    read_key(kt_json_member(place, "primaryKey"), out);
    read_foreign_keys(kt_json_member(place, "foreignKeys"), out);
    find_own_columns(fields, out);
}

static void load_schema(const char *folder, const char *name, kt_arena *arena,
                        kt_problems *problems, kt_schema *out)
{
    json_auto_t *document = NULL;
    kt_json place;
    kt_json_load(kt_path_join(arena, folder, name), arena, problems, &document, &place);
    if (place.value != NULL) {
        read_schema(place, kt_arena_copy_n(arena, name, strlen(name) - strlen(".json")), out);
    }
}

static void check_foreign_key(const kt_contract *contract, const kt_schema *schema,
                              const kt_foreign_key *key, kt_problems *problems)
{
    const kt_schema *other = key->table == NULL ? NULL : kt_contract_find(contract, key->table);
    if (other == NULL) {
        kt_problems_add(problems, schema->file, "foreignKeys", "\"%s\" is no table of the contract",
                        key->table == NULL ? "" : key->table);
        return;
    }
    for (size_t i = 0; i < key->column_count; i++) {
        if (kt_schema_column(other, key->other_names[i]) == KT_NO_COLUMN) {
            kt_problems_add(problems, schema->file, "foreignKeys", "\"%s\" is no column of %s",
                            key->other_names[i], other->table);
        }
    }
}

static void check_foreign_keys(const kt_contract *contract, kt_problems *problems)
{
    for (size_t i = 0; i < contract->table_count; i++) {
        const kt_schema *schema = &contract->tables[i];
        for (size_t k = 0; k < schema->foreign_key_count; k++) {
            check_foreign_key(contract, schema, &schema->foreign_keys[k], problems);
        }
    }
}

kt_contract *kt_contract_load(const char *folder, kt_arena *arena, kt_problems *problems)
{
    const size_t before = kt_problems_count(problems);
    char **names;
    size_t count;
    kt_error err = {0};
    if (kt_folder_list(folder, arena, &names, &count, &err) != KT_OK) {
        kt_problems_add(problems, folder, "", "%s", err.message);
        return NULL;
    }
    kt_schema *tables = kt_arena_array(arena, kt_schema, count + 1);
    size_t table_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (kt_text_ends(names[i], ".json")) {
            load_schema(folder, names[i], arena, problems, &tables[table_count++]);
        }
    }
    if (table_count == 0) {
        kt_problems_add(problems, folder, "", "holds no table, expected <table>.json");
    }
    kt_contract *contract = kt_arena_new(arena, kt_contract);
    *contract = (kt_contract){.tables = tables, .table_count = table_count};
    if (kt_problems_count(problems) == before) {
        check_foreign_keys(contract, problems);
    }
    return kt_problems_count(problems) == before ? contract : NULL;
}
