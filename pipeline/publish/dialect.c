/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/dialect.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/period.h"

#define MONTHS_OF_YEAR 12

bool kt_month_of_period(const char *period, int *month)
{
    kt_period read;
    if (!kt_period_read(period, &read)) {
        return false;
    }
    const int months = MONTHS_OF_YEAR / (int)read.frequency;
    *month = read.index * months + months - 1;
    return true;
}

/* Rows of a period stand together, so that most of them need no reading. */
typedef struct period_memory {
    char text[KT_PERIOD_SIZE];
    int month;
} period_memory;

static kt_status month_of_row(period_memory *memory, const char *path, size_t number,
                              const char *cell, kt_error *err)
{
    if (strcmp(memory->text, cell) == 0) {
        return KT_OK;
    }
    if (strlen(cell) >= sizeof memory->text || !kt_month_of_period(cell, &memory->month)) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: row %zu, column time_period: \"%.64s\" is no period", path, number,
                       cell);
    }
    memcpy(memory->text, cell, strlen(cell) + 1);
    return KT_OK;
}

typedef struct newest_month {
    const char *path;
    const kt_schema *schema;
    period_memory memory;
    int month;
} newest_month;

static kt_status see_month(void *context, size_t number, const char *const *cells,
                           const size_t *lengths, kt_error *err)
{
    (void)lengths;
    newest_month *newest = context;
    KT_TRY(month_of_row(&newest->memory, newest->path, number, cells[newest->schema->time_period],
                        err));
    newest->month = newest->memory.month > newest->month ? newest->memory.month : newest->month;
    return KT_OK;
}

kt_status kt_finnish_first_month(const char *newest_file, const kt_schema *schema, unsigned months,
                                 int *out, kt_error *err)
{
    *out = KT_ALL_MONTHS;
    if (schema->time_period == KT_NO_COLUMN) {
        return KT_OK;
    }
    newest_month newest = {.path = newest_file, .schema = schema, .month = KT_ALL_MONTHS};
    const kt_table_events events = {
        .context = &newest, .row = see_month, .columns = schema->time_period + 1};
    KT_TRY(kt_table_read(newest_file, schema, &events, err));
    if (newest.month != KT_ALL_MONTHS) {
        *out = newest.month - (int)months + 1;
    }
    return KT_OK;
}

static void put_decimal_comma(const char *cell, kt_text *out)
{
    const size_t start = out->length;
    kt_text_put(out, cell);
    char *point = memchr(out->bytes + start, '.', out->length - start);
    if (point != NULL) {
        *point = ',';
    }
}

void kt_finnish_cell(const kt_column *column, const char *cell, kt_text *out)
{
    if (cell[0] == '\0') {
        return;
    }
    if (kt_column_is_number(column)) {
        put_decimal_comma(cell, out);
        return;
    }
    if (strchr("=+-@\t\r", cell[0]) != NULL) {
        kt_text_put_char(out, '\'');
    }
    kt_text_put(out, cell);
}

typedef struct finnish_writer {
    const kt_finnish_source *source;
    period_memory memory;
    kt_text *out;
    size_t rows;
} finnish_writer;

static void put_quoted(const kt_text *cell, kt_text *out)
{
    kt_text_put_char(out, '"');
    for (size_t i = 0; i < cell->length; i++) {
        if (cell->bytes[i] == '"') {
            kt_text_put_char(out, '"');
        }
        kt_text_put_char(out, cell->bytes[i]);
    }
    kt_text_put_char(out, '"');
}

static void put_cell(const kt_column *column, const char *cell, kt_text *out)
{
    if (strpbrk(cell, ";\"") == NULL) {
        kt_finnish_cell(column, cell, out);
        return;
    }
    KT_AUTO(text) kt_text harmless = {0};
    kt_finnish_cell(column, cell, &harmless);
    put_quoted(&harmless, out);
}

static kt_status put_row(void *context, size_t number, const char *const *cells,
                         const size_t *lengths, kt_error *err)
{
    (void)lengths;
    finnish_writer *writer = context;
    const kt_schema *schema = writer->source->schema;
    if (schema->time_period != KT_NO_COLUMN) {
        KT_TRY(month_of_row(&writer->memory, writer->source->canonical, number,
                            cells[schema->time_period], err));
        if (writer->memory.month < writer->source->first_month) {
            return KT_OK;
        }
    }
    for (size_t i = 0; i < schema->column_count; i++) {
        kt_text_put(writer->out, i == 0 ? "" : ";");
        put_cell(&schema->columns[i], cells[i], writer->out);
    }
    kt_text_put(writer->out, "\r\n");
    writer->rows++;
    return KT_OK;
}

static void put_beginning(const kt_schema *schema, kt_text *out)
{
    kt_text_put(out, "\xef\xbb\xbf");
    for (size_t i = 0; i < schema->column_count; i++) {
        kt_text_print(out, "%s%s", i == 0 ? "" : ";", schema->columns[i].name);
    }
    kt_text_put(out, "\r\n");
}

kt_status kt_finnish_make(const kt_finnish_source *source, kt_text *out, size_t *rows,
                          kt_error *err)
{
    finnish_writer writer = {.source = source, .out = out};
    if (out->length == 0) {
        put_beginning(source->schema, out);
    }
    const kt_table_events events = {.context = &writer, .row = put_row, .from = source->from};
    KT_TRY(kt_table_read(source->canonical, source->schema, &events, err));
    *rows = writer.rows;
    return KT_OK;
}
