/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows.h"

#include <string.h>

#include "core/body.h"
#include "core/csv.h"
#include "encoding.h"

static kt_status refuse(const kt_project_file *file, const char *found, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: %s, expected a list as .xlsx or CSV", file->name,
                   found);
}

static bool begins(const kt_project_file *file, const char *bytes, size_t length)
{
    return file->length >= length && memcmp(file->bytes, bytes, length) == 0;
}

bool kt_list_is_workbook(const kt_project_file *file)
{
    return begins(file, "PK\003\004", 4);
}

static kt_status decode(const kt_project_file *file, const kt_project_format *format,
                        kt_arena *arena, kt_list_body *out, kt_error *err)
{
    const kt_list_text text = {.file = file,
                               .encodings = format->encodings,
                               .encoding_count = format->encoding_count,
                               .separators = format->separators};
    return kt_list_decode(&text, arena, &out->bytes, &out->length, err);
}

static kt_status open_workbook(const kt_project_file *file, const kt_project_format *format,
                               kt_list_body *out, kt_error *err)
{
    if (!format->containers[KT_LIST_XLSX]) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: a workbook, expected a CSV of the format %s",
                       file->name, format->id);
    }
    out->container = KT_LIST_XLSX;
    out->bytes = file->bytes;
    out->length = file->length;
    out->sheet = format->sheet;
    return KT_OK;
}

kt_project_container kt_list_container(const kt_project_format *format, char separator)
{
    const bool *has = format->containers;
    return has[KT_LIST_CSV_UNQUOTED] && (!has[KT_LIST_CSV] || separator == ',')
               ? KT_LIST_CSV_UNQUOTED
               : KT_LIST_CSV;
}

static kt_status check_text(const kt_project_file *file, kt_error *err)
{
    switch (kt_body_kind_of(file->bytes, file->length)) {
    case KT_BODY_EMPTY:
        return refuse(file, "empty", err);
    case KT_BODY_PAGE:
        return refuse(file, "a web page", err);
    case KT_BODY_XML:
        return refuse(file, "XML", err);
    case KT_BODY_PACKED:
        return refuse(file, "packed", err);
    case KT_BODY_OBJECT:
    case KT_BODY_ARRAY:
        return refuse(file, "JSON", err);
    default:
        return KT_OK;
    }
}

kt_status kt_list_open(const kt_project_file *file, const kt_project_format *format,
                       kt_arena *arena, kt_list_body *out, kt_error *err)
{
    *out = (kt_list_body){.file = file};
    if (file->length > KT_LIST_BYTES) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %zu bytes, expected at most %zu MiB", file->name,
                       file->length, KT_LIST_BYTES >> 20);
    }
    if (kt_list_is_workbook(file)) {
        return open_workbook(file, format, out, err);
    }
    if (begins(file, "\xd0\xcf\x11\xe0", 4)) {
        return refuse(file, "a workbook of the old kind (.xls), or one with a password", err);
    }
    if (begins(file, "\xff\xfe", 2) || begins(file, "\xfe\xff", 2)) {
        return refuse(file, "UTF-16", err);
    }
    KT_TRY(check_text(file, err));
    if (!format->containers[KT_LIST_CSV] && !format->containers[KT_LIST_CSV_UNQUOTED]) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: a text, expected a workbook of the format %s",
                       file->name, format->id);
    }
    out->separator = format->separators[0];
    out->container = kt_list_container(format, out->separator);
    return decode(file, format, arena, out, err);
}

/* A row on its way from a CSV to the sink. */
typedef struct csv_rows {
    const kt_list_sink *sink;
    const char *name;
    size_t rows;
    kt_list_cell cells[KT_LIST_COLUMNS];
} csv_rows;

static kt_status count_row(csv_rows *rows, kt_error *err)
{
    if (++rows->rows > KT_LIST_ROWS) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: more rows than %d", rows->name, KT_LIST_ROWS);
    }
    return KT_OK;
}

static kt_status take_row(void *context, const kt_csv_row *row, kt_error *err)
{
    csv_rows *rows = context;
    KT_TRY(count_row(rows, err));
    for (size_t i = 0; i < row->field_count; i++) {
        rows->cells[i] = (kt_list_cell){.text = row->fields[i]};
    }
    const kt_list_row out = {row->line, row->field_count, rows->cells};
    return rows->sink->row(rows->sink->context, &out, err);
}

/* A copy of such a list that was saved anew may have quotes around fields all the same. */
static const char *unquote(char *field)
{
    const size_t length = strlen(field);
    if (length < 2 || field[0] != '"' || field[length - 1] != '"') {
        return field;
    }
    field[length - 1] = '\0';
    return field + 1;
}

/* Cuts a line, which is changed, at every separator. */
static kt_status cut(csv_rows *rows, char *line, size_t number, char separator, kt_error *err)
{
    size_t count = 0;
    for (char *at = line; at != NULL; count++) {
        if (count == KT_LIST_COLUMNS) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu: more than %d fields", rows->name,
                           number, KT_LIST_COLUMNS);
        }
        char *next = strchr(at, separator);
        if (next != NULL) {
            *next++ = '\0';
        }
        rows->cells[count] = (kt_list_cell){.text = unquote(at)};
        at = next;
    }
    KT_TRY(count_row(rows, err));
    const kt_list_row out = {number, count, rows->cells};
    return rows->sink->row(rows->sink->context, &out, err);
}

static kt_status cut_lines(const kt_list_body *body, csv_rows *rows, kt_error *err)
{
    kt_arena *arena = kt_arena_open(rows->name, 0);
    char *text = kt_arena_copy_n(arena, body->bytes, body->length);
    kt_status status = KT_OK;
    size_t number = 1;
    for (char *line = text; status == KT_OK && line < text + body->length; number++) {
        char *end = strchr(line, '\n');
        char *next = end == NULL ? text + body->length : end + 1;
        end = end == NULL ? next : end;
        end -= end > line && end[-1] == '\r';
        *end = '\0';
        if (*line != '\0') {
            status = cut(rows, line, number, body->separator, err);
        }
        line = next;
    }
    kt_arena_free(arena);
    return status;
}

kt_status kt_list_rows(const kt_list_body *body, const kt_list_sink *sink, kt_error *err)
{
    if (body->container == KT_LIST_XLSX) {
        const kt_workbook_file file = {body->file->name, body->bytes, body->length};
        return kt_workbook_rows(&file, body->sheet, sink, err);
    }
    csv_rows rows = {.sink = sink, .name = body->file->name};
    if (body->container == KT_LIST_CSV_UNQUOTED) {
        return cut_lines(body, &rows, err);
    }
    const kt_csv_events events = {&rows, take_row, take_row};
    return kt_csv_read_bytes(body->bytes, body->length, body->file->name,
                             (kt_csv_dialect){.separator = body->separator, .loose = true}, &events,
                             err);
}
