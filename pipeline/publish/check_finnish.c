/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/file.h"
#include "publish/check.h"
#include "publish/dialect.h"
#include "publish/lines.h"

static kt_status keep_row(void *context, size_t number, const char *const *cells,
                          const size_t *lengths, kt_error *err)
{
    kt_finnish_rows *rows = context;
    for (size_t i = 0; i < rows->schema->column_count; i++) {
        if (!kt_text_add(&rows->cells, cells[i], lengths[i] + 1)) {
            return kt_fail(err, KT_ERR_FORMAT, "row %zu: the file is too long", number);
        }
    }
    rows->count++;
    return KT_OK;
}

void kt_finnish_load(const char *path, kt_finnish_rows *out, kt_file_faults *faults)
{
    out->present = kt_file_exists(path);
    if (!out->present) {
        return;
    }
    kt_error err = {0};
    const kt_table_events events = {.context = out, .row = keep_row, .from = out->from};
    if (kt_lines_read(path, kt_finnish_lines, out->schema, &events, &err) != KT_OK) {
        kt_fault_line(faults, err.message);
    }
}

/* Written apart from what makes csv-fi, so that a mistake there is not made here again. */
static bool says_the_same(const kt_column *column, const char *canonical, const char *finnish)
{
    if (!kt_column_is_number(column)) {
        const bool dangerous = canonical[0] != '\0' && strchr("=+-@\t\r", canonical[0]) != NULL;
        return strcmp(canonical, finnish + (dangerous && finnish[0] == '\'' ? 1 : 0)) == 0 &&
               (!dangerous || finnish[0] == '\'');
    }
    for (; *canonical != '\0' && *finnish != '\0'; canonical++, finnish++) {
        if (*finnish != (*canonical == '.' ? ',' : *canonical)) {
            return false;
        }
    }
    return *canonical == *finnish;
}

void kt_finnish_compare(kt_finnish_rows *rows, size_t number, int month, const char *const *cells,
                        kt_file_faults *faults)
{
    if (month < rows->first_month) {
        return;
    }
    if (rows->passed >= rows->count) {
        rows->passed++;
        return;
    }
    for (size_t i = 0; i < rows->schema->column_count; i++) {
        const char *finnish = rows->cells.bytes + rows->at;
        rows->at += strlen(finnish) + 1;
        if (!says_the_same(&rows->schema->columns[i], cells[i], finnish)) {
            kt_fault(faults, rows->from.rows + rows->passed + 2, rows->schema->columns[i].name,
                     "\"%.64s\", expected what csv says in row %zu: \"%.64s\"", finnish, number,
                     cells[i]);
        }
    }
    rows->passed++;
}

void kt_finnish_end(const kt_finnish_rows *rows, kt_file_faults *faults)
{
    /* A table without a month has no first one either: its columns alone are there, as in csv. */
    const bool needed = rows->schema->split == KT_SPLIT_WHOLE || rows->passed > 0 ||
                        rows->first_month == KT_ALL_MONTHS;
    if (!rows->present && needed) {
        kt_fault(faults, 0, NULL, "is not there, expected %zu rows of csv",
                 rows->from.rows + rows->passed);
    } else if (rows->present && rows->passed != rows->count) {
        kt_fault(faults, 0, NULL, "%zu rows, expected the %zu of csv from its first month on",
                 rows->from.rows + rows->count, rows->from.rows + rows->passed);
    }
}
