/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/json.h"
#include "package/parts.h"

/*
 * meta/<file>.csv-metadata.json: CSV on the Web. A foreign key may only point at a table of the
 * same document, so the tables that a file refers to stand beside it. Nothing here changes from
 * night to night by itself, so most of these files are links to the earlier run's.
 */

static json_t *datatype_of(const kt_column *column, kt_arena *arena)
{
    const char *base = kt_package_type_of(column).base;
    json_t *type = json_object();
    kt_package_set(type, "base", base);
    if (strcmp(base, "date") == 0) {
        kt_package_set(type, "format", "yyyy-MM-dd");
    } else if (strcmp(base, "string") == 0) {
        const char *pattern = kt_package_pattern(column, arena);
        kt_package_set(type, "format",
                       pattern == NULL ? NULL : kt_arena_print(arena, "^(?:%s)$", pattern));
        return type;
    }
    if (isfinite(column->least)) {
        json_object_set_new(type, "minimum", kt_package_number(column->least));
    }
    if (isfinite(column->most)) {
        json_object_set_new(type, "maximum", kt_package_number(column->most));
    }
    return type;
}

/* The header's own word is one of the titles: validators compare them. */
static json_t *column_of(const kt_column *column, kt_arena *arena)
{
    json_t *titles = json_object();
    kt_package_set(titles, "und", column->name);
    kt_package_set(titles, "fi", column->title.fi);
    kt_package_set(titles, "sv", column->title.sv);
    kt_package_set(titles, "en", column->title.en);
    json_t *out = json_pack("{s:s, s:o, s:o}", "name", column->name, "titles", titles, "datatype",
                            datatype_of(column, arena));
    if (kt_package_is_required(column)) {
        json_object_set_new(out, "required", json_true());
    }
    kt_package_set(out, "dc:description", column->description);
    return out;
}

static const char *url_of(const kt_package_table *table, size_t file, kt_arena *arena)
{
    return kt_arena_print(arena, "../%s", table->files[file].path);
}

static json_t *foreign_keys(const kt_package *package, const kt_schema *schema)
{
    json_t *list = json_array();
    for (size_t i = 0; i < schema->foreign_key_count; i++) {
        const kt_foreign_key *key = &schema->foreign_keys[i];
        const kt_package_table *other = kt_package_find(package, key->table);
        if (other == NULL) {
            continue;
        }
        json_array_append_new(
            list,
            json_pack("{s:o, s:{s:s, s:o}}", "columnReference",
                      kt_package_column_names(schema, key->columns, key->column_count), "reference",
                      "resource", url_of(other, 0, package->arena), "columnReference",
                      kt_package_texts((const char *const *)key->other_names, key->column_count)));
    }
    return list;
}

static json_t *table_of(const kt_package *package, const kt_package_table *table, size_t file)
{
    const kt_schema *schema = table->schema;
    json_t *columns = json_array();
    for (size_t i = 0; i < schema->column_count; i++) {
        json_array_append_new(columns, column_of(&schema->columns[i], package->arena));
    }
    json_t *keys = foreign_keys(package, schema);
    json_t *rules = json_pack("{s:o, s:o}", "columns", columns, "primaryKey",
                              kt_package_column_names(schema, schema->key, schema->key_count));
    if (json_array_size(keys) > 0) {
        json_object_set(rules, "foreignKeys", keys);
    }
    json_decref(keys);
    return json_pack("{s:s, s:o}", "url", url_of(table, file, package->arena), "tableSchema",
                     rules);
}

/* The tables that one refers to, and those that these refer to, each once. */
static void add_referred(const kt_package *package, const kt_schema *schema,
                         const kt_package_table **list, size_t *count)
{
    for (size_t i = 0; i < schema->foreign_key_count; i++) {
        const kt_package_table *other = kt_package_find(package, schema->foreign_keys[i].table);
        bool listed = other == NULL;
        for (size_t k = 0; k < *count && !listed; k++) {
            listed = list[k] == other;
        }
        if (!listed) {
            list[(*count)++] = other;
        }
    }
}

static json_t *table_list(const kt_package *package, const kt_package_table *table, size_t file)
{
    const kt_package_table **list =
        kt_arena_array(package->arena, const kt_package_table *, package->table_count + 1);
    size_t count = 1;
    list[0] = table;
    for (size_t i = 0; i < count; i++) {
        add_referred(package, list[i]->schema, list, &count);
    }
    json_t *tables = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(tables, table_of(package, list[i], i == 0 ? file : 0));
    }
    return tables;
}

static json_t *in_language(const char *text, const char *language)
{
    return json_pack("{s:s, s:s}", "@value", text, "@language", language);
}

static json_t *words_list(kt_words words)
{
    return json_pack("[o, o, o]", in_language(words.fi, "fi"), in_language(words.sv, "sv"),
                     in_language(words.en, "en"));
}

static json_t *licence_list(const kt_package *package)
{
    json_t *list = json_array();
    for (size_t i = 0; i < package->licence_count; i++) {
        const kt_licence *licence = &package->licences[i];
        json_array_append_new(list, licence->path[0] != '\0'
                                        ? json_pack("{s:s}", "@id", licence->path)
                                        : in_language(licence->title, "en"));
    }
    return list;
}

static json_t *source_list(const kt_publication *publication)
{
    json_t *list = json_array();
    for (size_t i = 0; i < publication->source_count; i++) {
        const kt_published_source *source = &publication->sources[i];
        if (kt_package_is_url(source->address)) {
            json_array_append_new(list, json_pack("{s:s}", "@id", source->address));
        }
        if (source->citation.fi != NULL) {
            json_array_append_new(list, in_language(source->citation.fi, "fi"));
        }
    }
    return list;
}

static json_t *dialect(void)
{
    return json_pack("{s:s, s:s, s:[s], s:s, s:b, s:b, s:i}", "encoding", "utf-8", "delimiter", ",",
                     "lineTerminators", "\n", "quoteChar", "\"", "doubleQuote", 1, "header", 1,
                     "headerRowCount", 1);
}

static json_t *document_of(const kt_package *package, const kt_package_table *table, size_t file)
{
    return json_pack("{s:[s, {s:s}], s:o, s:s, s:o, s:o, s:o, s:o}", "@context",
                     "http://www.w3.org/ns/csvw", "@language", "fi", "dc:title",
                     words_list(table->schema->title), "dc:description", table->schema->description,
                     "dc:license", licence_list(package), "dc:source",
                     source_list(package->input->publication), "dialect", dialect(), "tables",
                     table_list(package, table, file));
}

static const char *name_of(const kt_run_file *file, kt_arena *arena)
{
    return kt_arena_print(arena, "meta/%s-metadata.json", strrchr(file->path, '/') + 1);
}

static kt_status add_file(kt_package *package, const kt_package_table *table, size_t file,
                          kt_error *err)
{
    KT_AUTO(text) kt_text text = {0};
    const char *name = name_of(&table->files[file], package->arena);
    KT_TRY(kt_json_dump(document_of(package, table, file), JSON_COMPACT, name, &text, err));
    kt_text_put_char(&text, '\n');
    kt_package_add(package, name, text.bytes, text.length);
    return KT_OK;
}

static kt_status add_files(kt_package *package, const kt_package_table *table, kt_error *err)
{
    for (size_t i = 0; i < table->file_count; i++) {
        KT_TRY(add_file(package, table, i, err));
    }
    return KT_OK;
}

kt_status kt_package_csvw(kt_package *package, kt_error *err)
{
    for (size_t i = 0; i < package->table_count; i++) {
        KT_TRY(add_files(package, &package->tables[i], err));
    }
    return KT_OK;
}
