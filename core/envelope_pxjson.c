/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "core/cube.h"
#include "core/text.h"
#include "envelope_parts.h"

#define CONTENT_ID "contentscode"
#define CODE_LIMIT 256
#define KEY_BYTES  3 /* the shortest key with what parts it from the next: "", */

/* A table in PX-JSON: key columns first, then one column for each content; rows of texts. */
typedef struct px_table {
    const kt_reply *reply;
    kt_dimension *keys; /* columns of type d and t; room for one more behind them */
    size_t key_count;
    kt_codes *contents; /* columns of type c */
    size_t *places;     /* of each row's keys in their dimensions, key_count a row */
    size_t row_count;
} px_table;

static kt_status add_content(px_table *table, const char *code, const char *label, kt_error *err)
{
    if (kt_codes_add(table->contents, code, label) == KT_NO_CODE) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: a second column %s", table->reply->name, code);
    }
    return KT_OK;
}

static kt_status add_key(px_table *table, const char *code, const char *label, bool is_time,
                         kt_error *err)
{
    if (kt_codes_count(table->contents) > 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: the key column %s stands behind the contents",
                       table->reply->name, code);
    }
    KT_TRY(kt_reply_dimensions(table->reply, table->key_count + 1, err));
    for (size_t i = 0; i < table->key_count; i++) {
        if (strcmp(table->keys[i].id, code) == 0) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: a second column %s", table->reply->name, code);
        }
    }
    table->keys[table->key_count++] = (kt_dimension){
        .id = code,
        .label = label == NULL ? code : label,
        .codes = kt_codes_new(table->reply->arena),
        .is_time = is_time,
    };
    return KT_OK;
}

static kt_status read_column(px_table *table, const json_t *column, size_t position, kt_error *err)
{
    const char *code = kt_text_member(column, "code", table->reply->arena);
    const char *label = kt_text_member(column, "text", table->reply->arena);
    const char *type = json_string_value(json_object_get(column, "type"));
    if (code == NULL || type == NULL || strlen(type) != 1 || strchr("dtc", type[0]) == NULL) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: columns[%zu]: expected a code and a type of d, t or c",
                       table->reply->name, position);
    }
    return type[0] == 'c' ? add_content(table, code, label, err)
                          : add_key(table, code, label, type[0] == 't', err);
}

static kt_status read_columns(px_table *table, kt_jsonspan span, kt_error *err)
{
    json_auto_t *columns = NULL;
    KT_TRY(kt_reply_parse(table->reply, span, "columns", &columns, err));
    const size_t count = json_array_size(columns);
    table->keys = kt_arena_array(table->reply->arena, kt_dimension, count + 1);
    table->contents = kt_codes_new(table->reply->arena);
    for (size_t i = 0; i < count; i++) {
        KT_TRY(read_column(table, json_array_get(columns, i), i, err));
    }
    if (kt_codes_count(table->contents) == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"columns\": expected a column of type c",
                       table->reply->name);
    }
    return KT_OK;
}

/* The place of a key in its dimension, added there if it is new. */
static kt_status take_key(const px_table *table, kt_codes *codes, kt_jsonspan span, size_t *place,
                          kt_error *err)
{
    const size_t length = kt_jsonspan_length(span);
    if (*span.start != '"' || length - 2 >= CODE_LIMIT) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: data[%zu]: expected a key of at most %d bytes",
                       table->reply->name, table->row_count, CODE_LIMIT);
    }
    char plain[CODE_LIMIT];
    memcpy(plain, span.start + 1, length - 2);
    plain[length - 2] = '\0';
    const char *code = plain;
    if (strchr(plain, '\\') != NULL) {
        KT_TRY(kt_reply_text(table->reply, span, "key", &code, err));
    }
    *place = kt_codes_intern(codes, code);
    return KT_OK;
}

static kt_status take_keys(px_table *table, kt_jsonspan keys, kt_error *err)
{
    kt_jsonscan scan;
    KT_TRY(kt_jsonscan_open(keys.start, kt_jsonspan_length(keys), table->reply->name, &scan, err));
    size_t *places = table->places + table->row_count * table->key_count;
    for (size_t i = 0; i < table->key_count; i++) {
        kt_jsonspan none;
        kt_jsonspan key;
        bool more = false;
        KT_TRY(kt_jsonscan_next(&scan, &none, &key, &more, err));
        KT_TRY(take_key(table, table->keys[i].codes, key, &places[i], err));
    }
    return KT_OK;
}

static kt_status read_row(px_table *table, kt_jsonspan row, kt_error *err)
{
    static const char *const keys[] = {"key", "values", NULL};
    const char *name = table->reply->name;
    if (*row.start != '{') {
        return kt_fail(err, KT_ERR_FORMAT, "%s: data[%zu]: expected an object", name,
                       table->row_count);
    }
    kt_jsonspan members[2];
    KT_TRY(kt_jsonscan_members(row.start, kt_jsonspan_length(row), name, keys, members, err));
    const size_t wanted[2] = {table->key_count, kt_codes_count(table->contents)};
    for (size_t i = 0; i < 2; i++) {
        if (members[i].start == NULL || *members[i].start != '[' || members[i].count != wanted[i]) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: data[%zu]: \"%s\": expected %zu, one for each column", name,
                           table->row_count, keys[i], wanted[i]);
        }
    }
    return take_keys(table, members[0], err);
}

static kt_status read_rows(px_table *table, kt_jsonspan data, kt_error *err)
{
    const char *name = table->reply->name;
    if (data.start == NULL || *data.start != '[' || data.count > KT_CUBE_LIMIT) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"data\": expected an array of rows", name);
    }
    if (data.count > 0 && table->key_count > kt_jsonspan_length(data) / data.count / KEY_BYTES) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: \"data\": too short for %zu rows with %zu keys each", name, data.count,
                       table->key_count);
    }
    table->places = kt_arena_array(table->reply->arena, size_t, data.count * table->key_count + 1);
    kt_jsonscan scan;
    KT_TRY(kt_jsonscan_open(data.start, kt_jsonspan_length(data), name, &scan, err));
    for (;;) {
        kt_jsonspan none;
        kt_jsonspan row;
        bool more = false;
        KT_TRY(kt_jsonscan_next(&scan, &none, &row, &more, err));
        if (!more) {
            return KT_OK;
        }
        KT_TRY(read_row(table, row, err));
        table->row_count++;
    }
}

static size_t cell_of_row(const px_table *table, size_t row)
{
    size_t cell = 0;
    for (size_t i = 0; i < table->key_count; i++) {
        cell =
            cell * kt_codes_count(table->keys[i].codes) + table->places[row * table->key_count + i];
    }
    return cell;
}

/* Every combination of keys must have exactly one row, in whatever order. */
static kt_status check_rows(const px_table *table, size_t combinations, kt_error *err)
{
    const char *name = table->reply->name;
    if (table->row_count != combinations) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %zu rows, but the keys combine to %zu", name,
                       table->row_count, combinations);
    }
    uint8_t *taken = kt_arena_array(table->reply->arena, uint8_t, combinations + 1);
    for (size_t row = 0; row < table->row_count; row++) {
        const size_t cell = cell_of_row(table, row);
        if (taken[cell] != 0) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: data[%zu]: its keys are there twice", name,
                           row);
        }
        taken[cell] = 1;
    }
    return KT_OK;
}

static kt_status read_about(const kt_reply *reply, kt_jsonspan span, kt_envelope *envelope,
                            kt_error *err)
{
    if (span.start == NULL) {
        return KT_OK;
    }
    json_auto_t *metadata = NULL;
    KT_TRY(kt_reply_parse(reply, span, "metadata", &metadata, err));
    const json_t *about = json_array_get(metadata, 0);
    envelope->updated = kt_text_member(about, "updated", reply->arena);
    envelope->label = kt_text_member(about, "label", reply->arena);
    envelope->source = kt_text_member(about, "source", reply->arena);
    return KT_OK;
}

/* Every reply names what its figures are of, that of a table without a variable of contents too. */
static bool has_contents(const px_table *table, const kt_source *source)
{
    return kt_codes_count(table->contents) > 1 || table->key_count == 0 || source == NULL ||
           kt_source_variable(source, KT_ROLE_MEASURE) != NULL;
}

kt_status kt_envelope_pxjson(const kt_document *document, kt_arena *arena, kt_envelope **out,
                             kt_error *err)
{
    static const char *const keys[] = {"columns", "data", "metadata", NULL};
    const kt_reply reply = kt_reply_of(document, arena);
    kt_jsonspan members[3];
    KT_TRY(kt_reply_members(&reply, keys, members, err));
    if (members[0].start == NULL || *members[0].start != '[') {
        return kt_reply_refuse(&reply, "expected PX-JSON with \"columns\" and \"data\"", err);
    }
    px_table table = {.reply = &reply};
    KT_TRY(read_columns(&table, members[0], err));
    KT_TRY(read_rows(&table, members[1], err));
    kt_envelope *envelope = kt_arena_new(arena, kt_envelope);
    envelope->dimensions = table.keys;
    envelope->dimension_count = table.key_count + (has_contents(&table, document->source) ? 1 : 0);
    table.keys[table.key_count] = (kt_dimension){
        .id = CONTENT_ID, .label = CONTENT_ID, .codes = table.contents, .is_metric = true};
    KT_TRY(kt_envelope_count(&reply, envelope, KT_CUBE_LIMIT, err));
    KT_TRY(check_rows(&table, envelope->cells / kt_codes_count(table.contents), err));
    KT_TRY(read_about(&reply, members[2], envelope, err));
    *out = envelope;
    return KT_OK;
}
