/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/file.h"
#include "core/number.h"
#include "core/period.h"
#include "publish/lines.h"
#include "why/why.h"

/* Every change of the row's cell, in the order of its file, which is that of time. */
typedef struct history {
    const kt_why *of;
    json_t *list;
    const char *before; /* the value after the change before the row's own; NULL: there is none */
} history;

/* True if the rows tell of one cell: all their keys but the day are the same. */
static bool is_same_cell(const history *in, const char *const *cells)
{
    const kt_schema *schema = in->of->schema;
    for (size_t i = 0; i < schema->key_count; i++) {
        const size_t column = schema->key[i];
        if (strcmp(schema->columns[column].name, "changed_on") != 0 &&
            strcmp(cells[column], in->of->cells[column]) != 0) {
            return false;
        }
    }
    return true;
}

static kt_status take_row(void *context, size_t number, const char *const *cells,
                          const size_t *lengths, kt_error *err)
{
    static const char *const shown[] = {"changed_on", "previous_value", "value", "obs_status"};
    (void)number;
    (void)lengths;
    (void)err;
    history *in = context;
    const kt_schema *schema = in->of->schema;
    if (!is_same_cell(in, cells)) {
        return KT_OK;
    }
    json_t *row = json_object();
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        const size_t column = kt_schema_column(schema, shown[i]);
        if (column != KT_NO_COLUMN) {
            kt_why_put_cell(row, &schema->columns[column], cells[column]);
        }
    }
    json_array_append_new(in->list, row);
    const size_t day = kt_schema_column(schema, "changed_on");
    const size_t value = kt_schema_column(schema, "value");
    if (day != KT_NO_COLUMN && value != KT_NO_COLUMN &&
        strcmp(cells[day], in->of->cells[day]) < 0) {
        in->before = kt_arena_copy(in->of->arena, cells[value]);
    }
    return KT_OK;
}

/* What the change began from is what the one before it ended with, or what was first known. */
static void compare(const history *in)
{
    const char *first = kt_why_cell(in->of, "first_value");
    const char *before = in->before == NULL ? first : in->before;
    double number = NAN;
    if (strcmp(kt_why_cell(in->of, "obs_status"), "Q") != 0) {
        (void)kt_number_read(before, strlen(before), &number);
        kt_why_compare(kt_why_recomputed(in->of), "previous_value", number,
                       kt_why_cell(in->of, "previous_value"));
    }
}

kt_status kt_why_revision(const kt_why *of, kt_error *err)
{
    kt_period period;
    history in = {.of = of, .list = kt_why_section(of, "inputs", json_array())};
    const kt_table_events events = {.context = &in, .row = take_row};
    const bool dated = of->schema->split == KT_SPLIT_YEAR &&
                       kt_period_read(kt_why_cell(of, "time_period"), &period);
    const char *csv = kt_path_join(of->arena, of->run.folder, "csv");
    const char *file =
        kt_table_file_name(of->schema, dated ? kt_period_year(period) : 0, of->arena);
    KT_TRY(kt_lines_read(kt_path_join(of->arena, csv, file), kt_canonical_lines, of->schema,
                         &events, err));
    compare(&in);
    return KT_OK;
}
