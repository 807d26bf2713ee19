/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/package.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "package/parts.h"

/* What source files write, and what Open Definition calls it. */
static const struct known_licence {
    const char *written;
    kt_licence is;
} known_licences[] = {
    {"CC BY 4.0",
     {"CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/",
      "Creative Commons Attribution 4.0 International"}},
    {"CC0",
     {"CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/",
      "Creative Commons Zero 1.0 Universal"}},
};

static kt_licence licence_of(const char *written)
{
    for (size_t i = 0; i < sizeof known_licences / sizeof known_licences[0]; i++) {
        if (strcmp(known_licences[i].written, written) == 0) {
            return known_licences[i].is;
        }
    }
    return (kt_licence){"notspecified", "", written};
}

static bool is_known(const kt_licence *list, size_t count, const kt_licence *licence)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].title, licence->title) == 0) {
            return true;
        }
    }
    return false;
}

static void find_licences(kt_package *package)
{
    const kt_publication *publication = package->input->publication;
    kt_licence *list = kt_arena_array(package->arena, kt_licence, publication->source_count + 1);
    for (size_t i = 0; i < publication->source_count; i++) {
        const char *written = publication->sources[i].licence;
        if (written == NULL) {
            continue;
        }
        list[package->licence_count] = licence_of(written);
        package->licence_count +=
            is_known(list, package->licence_count, &list[package->licence_count]) ? 0 : 1;
    }
    package->licences = list;
}

/* Paths are sorted, so the files of a table stand together. */
static kt_package_table files_of(const kt_package_input *input, const kt_schema *schema)
{
    kt_package_table table = {.schema = schema};
    for (size_t i = 0; i < input->file_count; i++) {
        if (input->files[i].schema == schema && kt_text_starts(input->files[i].path, "csv/")) {
            table.files = table.file_count == 0 ? &input->files[i] : table.files;
            table.file_count++;
        }
    }
    return table;
}

static void find_tables(kt_package *package)
{
    const kt_contract *contract = package->input->publication->contract;
    kt_package_table *tables =
        kt_arena_array(package->arena, kt_package_table, contract->table_count + 1);
    for (size_t i = 0; i < contract->table_count; i++) {
        tables[package->table_count] = files_of(package->input, &contract->tables[i]);
        package->table_count += tables[package->table_count].file_count > 0 ? 1 : 0;
    }
    package->tables = tables;
}

const kt_package_table *kt_package_find(const kt_package *package, const char *table)
{
    for (size_t i = 0; i < package->table_count; i++) {
        if (strcmp(package->tables[i].schema->table, table) == 0) {
            return &package->tables[i];
        }
    }
    return NULL;
}

void kt_package_add(kt_package *package, const char *name, const char *bytes, size_t length)
{
    package->files = kt_arena_grow(package->arena, package->files, package->file_count,
                                   &package->file_room, sizeof *package->files);
    package->files[package->file_count++] =
        (kt_made_file){.name = kt_arena_copy(package->arena, name),
                       .bytes = kt_arena_copy_n(package->arena, bytes, length),
                       .length = length};
}

void kt_package_set(json_t *object, const char *key, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        json_object_set_new(object, key, json_string(text));
    }
}

void kt_package_set_words(json_t *object, const char *key, kt_words words)
{
    KT_AUTO(text) kt_text other = {0};
    kt_package_set(object, key, words.fi);
    kt_text_print(&other, "%s_sv", key);
    kt_package_set(object, other.bytes, words.sv);
    kt_text_clear(&other);
    kt_text_print(&other, "%s_en", key);
    kt_package_set(object, other.bytes, words.en);
}

kt_package_type kt_package_type_of(const kt_column *column)
{
    switch (column->type) {
    case KT_COLUMN_DATE:
        return (kt_package_type){"date", "date", "type date"};
    case KT_COLUMN_INTEGER:
        return (kt_package_type){"integer", "integer", "Int64.Type"};
    case KT_COLUMN_NUMBER:
    case KT_COLUMN_SHARE:
        return (kt_package_type){"number", "double", "type number"};
    default: /* an alpha may be _Z, and stands in keys */
        return (kt_package_type){"string", "string", "type text"};
    }
}

bool kt_package_is_url(const char *address)
{
    return address != NULL &&
           (kt_text_starts(address, "https://") || kt_text_starts(address, "http://"));
}

/* Words of the contract may hold what means something in an expression. */
static const char *any_of(const kt_column *column, kt_arena *arena)
{
    KT_AUTO(text) kt_text out = {0};
    for (size_t i = 0; i < column->value_count; i++) {
        kt_text_put(&out, i == 0 ? "" : "|");
        for (const char *at = column->values[i]; *at != '\0'; at++) {
            kt_text_put(&out, strchr(".*+?()[]{}|\\^$-", *at) == NULL ? "" : "\\");
            kt_text_put_char(&out, *at);
        }
    }
    return kt_arena_copy(arena, out.bytes);
}

const char *kt_package_pattern(const kt_column *column, kt_arena *arena)
{
    if (column->value_count > 0) {
        return any_of(column, arena);
    }
    switch (column->type) {
    case KT_COLUMN_CODE:
        return "[0-9.\\-]*[A-Za-z_][0-9A-Za-z_.\\-]*";
    case KT_COLUMN_STATUS:
        return "[APEMLOQB]";
    case KT_COLUMN_ALPHA:
        return "_Z|-?[0-9]+(\\.[0-9]+)?";
    default:
        return NULL;
    }
}

bool kt_package_is_required(const kt_column *column)
{
    return !column->optional && column->status == KT_NO_COLUMN && column->figure == KT_NO_COLUMN;
}

json_t *kt_package_texts(const char *const *texts, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(list, json_string(texts[i]));
    }
    return list;
}

json_t *kt_package_column_names(const kt_schema *schema, const size_t *columns, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(list, json_string(schema->columns[columns[i]].name));
    }
    return list;
}

json_t *kt_package_number(double number)
{
    return number == floor(number) ? json_integer((json_int_t)number) : json_real(number);
}

bool kt_package_owns(const char *path)
{
    return strcmp(path, "datapackage.json") == 0 || strcmp(path, KT_PACKAGE_DCAT) == 0 ||
           kt_text_starts(path, "meta/") || kt_text_starts(path, "load/") ||
           kt_text_starts(path, "qgis/");
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const kt_made_file *)a)->name, ((const kt_made_file *)b)->name);
}

kt_status kt_package_make(const kt_package_input *input, kt_arena *arena, kt_made_file **out,
                          size_t *count, kt_error *err)
{
    kt_package package = {.input = input, .arena = arena};
    find_licences(&package);
    find_tables(&package);
    KT_TRY(kt_package_describe(&package, err));
    KT_TRY(kt_package_dcat(&package, err));
    KT_TRY(kt_package_csvw(&package, err));
    KT_TRY(kt_package_maps(&package, err));
    kt_package_loaders(&package);
    qsort(package.files, package.file_count, sizeof *package.files, by_name);
    *out = package.files;
    *count = package.file_count;
    return KT_OK;
}
