/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/cleanup.h"
#include "core/instant.h"
#include "core/json.h"
#include "package/parts.h"
#include "publish/layout.h"

/* datapackage.json: Data Package 2.0. What the standard has no name for (titles in three languages,
 * units, statuses, citations) stands in members of our own beside its own. */
#define PROFILE "https://datapackage.org/profiles/2.0/"

const kt_words kt_package_title = {
    .fi = "kohtaanto: avoimet työpaikat ja työttömät työnhakijat",
    .sv = "kohtaanto: lediga platser och arbetslösa arbetssökande",
    .en = "kohtaanto: vacancies and unemployed job seekers",
};

static json_t *constraints_of(const kt_column *column, kt_arena *arena)
{
    static const char *const letters[] = {"A", "P", "E", "M", "L", "O", "Q", "B"};
    json_t *rules = json_object();
    if (kt_package_is_required(column)) {
        json_object_set_new(rules, "required", json_true());
    }
    if (column->value_count > 0) {
        json_object_set_new(
            rules, "enum",
            kt_package_texts((const char *const *)column->values, column->value_count));
    } else if (column->type == KT_COLUMN_STATUS) {
        json_object_set_new(rules, "enum",
                            kt_package_texts(letters, sizeof letters / sizeof letters[0]));
    } else if (!kt_column_is_number(column) || column->type == KT_COLUMN_ALPHA) {
        kt_package_set(rules, "pattern", kt_package_pattern(column, arena));
    } else if (isfinite(column->least)) {
        json_object_set_new(rules, "minimum", kt_package_number(column->least));
    }
    if (kt_column_is_number(column) && column->type != KT_COLUMN_ALPHA && isfinite(column->most)) {
        json_object_set_new(rules, "maximum", kt_package_number(column->most));
    }
    return rules;
}

static void set_link(json_t *field, const char *key, const kt_schema *schema, size_t column)
{
    kt_package_set(field, key, column == KT_NO_COLUMN ? NULL : schema->columns[column].name);
}

static json_t *field_of(const kt_schema *schema, const kt_column *column, kt_arena *arena)
{
    json_t *field = json_object();
    kt_package_set(field, "name", column->name);
    kt_package_set(field, "type", kt_package_type_of(column).field);
    kt_package_set(field, "format", "default");
    kt_package_set_words(field, "title", column->title);
    kt_package_set(field, "description", column->description);
    kt_package_set(field, "unit", column->unit);
    kt_package_set(field, "contractType", kt_column_type_name(column->type));
    set_link(field, "statusField", schema, column->status);
    set_link(field, "lowField", schema, column->low);
    set_link(field, "highField", schema, column->high);
    json_t *rules = constraints_of(column, arena);
    if (json_object_size(rules) > 0) {
        json_object_set(field, "constraints", rules);
    }
    json_decref(rules);
    return field;
}

static json_t *field_list(const kt_schema *schema, kt_arena *arena)
{
    json_t *list = json_array();
    for (size_t i = 0; i < schema->column_count; i++) {
        json_array_append_new(list, field_of(schema, &schema->columns[i], arena));
    }
    return list;
}

/* A key into a table that is not in this run says nothing here. */
static json_t *foreign_keys(const kt_package *package, const kt_schema *schema)
{
    json_t *list = json_array();
    for (size_t i = 0; i < schema->foreign_key_count; i++) {
        const kt_foreign_key *key = &schema->foreign_keys[i];
        if (kt_package_find(package, key->table) == NULL) {
            continue;
        }
        json_array_append_new(
            list,
            json_pack("{s:o, s:{s:s, s:o}}", "fields",
                      kt_package_column_names(schema, key->columns, key->column_count), "reference",
                      "resource", key->table, "fields",
                      kt_package_texts((const char *const *)key->other_names, key->column_count)));
    }
    return list;
}

static json_t *schema_of(const kt_package *package, const kt_schema *schema)
{
    json_t *keys = foreign_keys(package, schema);
    json_t *out = json_pack("{s:s, s:o, s:o}", "$schema", PROFILE "tableschema.json", "fields",
                            field_list(schema, package->arena), "primaryKey",
                            kt_package_column_names(schema, schema->key, schema->key_count));
    if (json_array_size(keys) > 0) {
        json_object_set(out, "foreignKeys", keys);
    }
    json_decref(keys);
    json_object_set_new(out, "missingValues", json_pack("[s]", ""));
    return out;
}

static json_t *dialect(void)
{
    return json_pack("{s:s, s:b, s:s, s:s, s:s, s:b}", "$schema", PROFILE "tabledialect.json",
                     "header", 1, "delimiter", ",", "lineTerminator", "\n", "quoteChar", "\"",
                     "doubleQuote", 1);
}

static json_t *hash_of(const kt_run_file *file, kt_arena *arena)
{
    return json_string(kt_arena_print(arena, "sha256:%s", file->is.sha256));
}

static json_t *part_list(const kt_package_table *table, kt_arena *arena)
{
    json_t *list = json_array();
    for (size_t i = 0; i < table->file_count; i++) {
        const kt_run_file *file = &table->files[i];
        json_array_append_new(list,
                              json_pack("{s:s, s:I, s:o, s:I}", "path", file->path, "bytes",
                                        (json_int_t)file->is.bytes, "hash", hash_of(file, arena),
                                        "rows", (json_int_t)file->is.rows));
    }
    return list;
}

/* bytes and hash are of a single file in the standard; `parts` has them of each. */
static void set_files(json_t *resource, const kt_package_table *table, kt_arena *arena)
{
    if (table->schema->split == KT_SPLIT_WHOLE) {
        kt_package_set(resource, "path", table->files[0].path);
        json_object_set_new(resource, "bytes", json_integer((json_int_t)table->files[0].is.bytes));
        json_object_set_new(resource, "hash", hash_of(&table->files[0], arena));
    } else {
        json_t *paths = json_array();
        for (size_t i = 0; i < table->file_count; i++) {
            json_array_append_new(paths, json_string(table->files[i].path));
        }
        json_object_set_new(resource, "path", paths);
    }
    json_object_set_new(resource, "parts", part_list(table, arena));
}

static json_t *resource_of(const kt_package *package, const kt_package_table *table)
{
    const kt_schema *schema = table->schema;
    json_t *resource = json_object();
    kt_package_set(resource, "$schema", PROFILE "dataresource.json");
    kt_package_set(resource, "name", schema->table);
    kt_package_set(resource, "type", "table");
    kt_package_set_words(resource, "title", schema->title);
    kt_package_set(resource, "description", schema->description);
    set_files(resource, table, package->arena);
    kt_package_set(resource, "format", "csv");
    kt_package_set(resource, "mediatype", "text/csv");
    kt_package_set(resource, "encoding", "utf-8");
    json_object_set_new(resource, "dialect", dialect());
    json_object_set_new(resource, "schema", schema_of(package, schema));
    return resource;
}

static json_t *source_of(const kt_published_source *source)
{
    json_t *out = json_object();
    kt_package_set_words(out, "title", source->title);
    kt_package_set(out, "path", kt_package_is_url(source->address) ? source->address : NULL);
    kt_package_set(out, "version", source->updated != NULL ? source->updated : source->last_period);
    kt_package_set(out, "name", source->id);
    kt_package_set(out, "address", source->address);
    kt_package_set(out, "first_period", source->first_period);
    kt_package_set(out, "last_period", source->last_period);
    kt_package_set(out, "licence", source->licence);
    kt_package_set_words(out, "citation", source->citation);
    return out;
}

static json_t *source_list(const kt_publication *publication)
{
    json_t *list = json_array();
    for (size_t i = 0; i < publication->source_count; i++) {
        json_array_append_new(list, source_of(&publication->sources[i]));
    }
    return list;
}

static json_t *licence_list(const kt_package *package)
{
    json_t *list = json_array();
    for (size_t i = 0; i < package->licence_count; i++) {
        const kt_licence *licence = &package->licences[i];
        json_t *out = json_object();
        kt_package_set(out, "name", licence->id);
        kt_package_set(out, "path", licence->path);
        kt_package_set(out, "title", licence->title);
        json_array_append_new(list, out);
    }
    return list;
}

static json_t *resource_list(const kt_package *package)
{
    json_t *list = json_array();
    for (size_t i = 0; i < package->table_count; i++) {
        json_array_append_new(list, resource_of(package, &package->tables[i]));
    }
    return list;
}

/* Lists that the standard wants filled are left out where they would be empty. */
static void set_list(json_t *object, const char *key, json_t *list)
{
    if (json_array_size(list) > 0) {
        json_object_set(object, key, list);
    }
    json_decref(list);
}

static json_t *document_of(const kt_package *package)
{
    const kt_publication *publication = package->input->publication;
    kt_arena *arena = package->arena;
    char as_of[KT_INSTANT_SIZE];
    char stamp[KT_INSTANT_SIZE];
    kt_instant_write(publication->as_of, as_of);
    kt_instant_write_basic(publication->as_of, stamp);
    json_t *out = json_object();
    kt_package_set(out, "$schema", PROFILE "datapackage.json");
    kt_package_set(out, "name", "kohtaanto");
    kt_package_set(out, "id",
                   kt_arena_print(arena, "kohtaanto-%s",
                                  kt_run_name(publication->as_of, publication->run_id, arena)));
    kt_package_set_words(out, "title", kt_package_title);
    kt_package_set(out, "description",
                   kt_arena_print(arena,
                                  "%sHow vacancies and unemployed job seekers meet, by region and "
                                  "occupation. An empty cell is missing; the status beside it says "
                                  "why.",
                                  publication->modelled ? "Modelled, not official. " : ""));
    kt_package_set(out, "version", kt_arena_print(arena, "%d.0.0+%s", KT_CONTRACT_VERSION, stamp));
    kt_package_set(out, "created", as_of);
    json_object_set_new(out, "contract", json_integer(KT_CONTRACT_VERSION));
    kt_package_set(out, "run_id", publication->run_id);
    kt_package_set(out, "program", kt_arena_print(arena, "kohtaanto %s", publication->version));
    json_object_set_new(out, "modelled", json_boolean(publication->modelled));
    set_list(out, "licenses", licence_list(package));
    set_list(out, "sources", source_list(publication));
    set_list(out, "resources", resource_list(package));
    return out;
}

kt_status kt_package_describe(kt_package *package, kt_error *err)
{
    static const char name[] = "datapackage.json";
    KT_AUTO(text) kt_text text = {0};
    KT_TRY(kt_json_dump(document_of(package), JSON_INDENT(1), name, &text, err));
    kt_text_put_char(&text, '\n');
    kt_package_add(package, name, text.bytes, text.length);
    return KT_OK;
}
