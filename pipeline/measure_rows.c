/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure_rows.h"

#include <math.h>
#include <string.h>

#include "core/csv.h"
#include "core/number.h"
#include "measure_feed.h"

#define ROW_LIMIT ((size_t)UINT32_MAX - 1)

static size_t column_of(const kt_csv_row *header, const char *name)
{
    for (size_t i = 0; i < header->field_count; i++) {
        if (strcmp(header->fields[i], name) == 0) {
            return i;
        }
    }
    return KT_NO_FEED;
}

bool kt_measure_takes(const kt_measure *measure, const char *name)
{
    for (size_t i = 0; i < kt_measure_input_count(measure); i++) {
        if (strcmp(measure->inputs[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* A header of one field with a semicolon in it is our own csv-fi, or another file of Finnish Excel.
 */
static kt_status no_column(const kt_measure_rows *rows, const kt_csv_row *header, const char *name,
                           kt_error *err)
{
    if (header->field_count == 1 && strchr(header->fields[0], ';') != NULL) {
        return kt_fail(err, KT_ERR_DATA,
                       "%s: columns are separated by ';', expected ',' and a decimal point",
                       rows->name);
    }
    return kt_fail(err, KT_ERR_DATA,
                   "%s: no column \"%s\", which %s needs; the first of %zu is \"%s\"", rows->name,
                   name, rows->measure->id, header->field_count, header->fields[0]);
}

static kt_status find_groups(kt_measure_rows *rows, const kt_csv_row *header, kt_error *err)
{
    static const char *const usual[] = {"time_period"};
    if (!rows->by_given) {
        const bool there =
            column_of(header, usual[0]) != KT_NO_FEED && !kt_measure_takes(rows->measure, usual[0]);
        rows->by_count = there ? 1 : 0;
        rows->by = kt_arena_array(rows->arena, const char *, 1);
        rows->by[0] = usual[0];
    }
    rows->by_columns = kt_arena_array(rows->arena, size_t, rows->by_count + 1);
    for (size_t i = 0; i < rows->by_count; i++) {
        rows->by_columns[i] = column_of(header, rows->by[i]);
        if (rows->by_columns[i] == KT_NO_FEED) {
            return kt_fail(err, KT_ERR_DATA, "%s: no column \"%s\", which --by names", rows->name,
                           rows->by[i]);
        }
    }
    return KT_OK;
}

static size_t ranged_column(const kt_measure_rows *rows, const kt_csv_row *header,
                            const kt_input *input, const char *end)
{
    return input->ranged ? column_of(header, kt_arena_print(rows->arena, "%s_%s", input->name, end))
                         : KT_NO_FEED;
}

static void add_feed(kt_measure_rows *rows, kt_measure_feed next, size_t *figures)
{
    if (kt_input_is_key(next.input)) {
        next.id = rows->id_count++;
        next.keys = kt_codes_new(rows->arena);
    } else {
        next.figure = *figures;
        *figures += next.low != KT_NO_FEED || next.high != KT_NO_FEED ? 3 : 1;
    }
    rows->feeds[rows->feed_count++] = next;
}

/* Every column called name or name_*, for the input that takes many. */
static void add_many(kt_measure_rows *rows, const kt_csv_row *header, const kt_input *input,
                     size_t *figures)
{
    const size_t length = strlen(input->name);
    for (size_t i = 0; i < header->field_count; i++) {
        const char *name = header->fields[i];
        if (strncmp(name, input->name, length) == 0 &&
            (name[length] == '\0' || name[length] == '_')) {
            add_feed(rows,
                     (kt_measure_feed){.input = input,
                                       .name = kt_arena_copy(rows->arena, name),
                                       .column = i,
                                       .low = KT_NO_FEED,
                                       .high = KT_NO_FEED},
                     figures);
        }
    }
}

static kt_status find_inputs(kt_measure_rows *rows, const kt_csv_row *header, size_t *figures,
                             kt_error *err)
{
    const size_t count = kt_measure_input_count(rows->measure);
    rows->feeds = kt_arena_array(rows->arena, kt_measure_feed, count + header->field_count);
    for (size_t i = 0; i < count; i++) {
        const kt_input *input = &rows->measure->inputs[i];
        if (input->many) {
            add_many(rows, header, input, figures);
            continue;
        }
        const kt_measure_feed next = {
            .input = input,
            .name = input->name,
            .column = column_of(header, input->name),
            .low = ranged_column(rows, header, input, "low"),
            .high = ranged_column(rows, header, input, "high"),
        };
        if (next.column == KT_NO_FEED && !input->optional) {
            return no_column(rows, header, input->name, err);
        }
        if (next.column != KT_NO_FEED) {
            add_feed(rows, next, figures);
        }
    }
    return KT_OK;
}

static kt_status read_header(void *context, const kt_csv_row *header, kt_error *err)
{
    kt_measure_rows *rows = context;
    size_t figures = 0;
    rows->id_count = 1;
    KT_TRY(find_groups(rows, header, err));
    KT_TRY(find_inputs(rows, header, &figures, err));
    rows->id_count++; /* the row, last */
    const bool keep = rows->measure->repeat == KT_REPEAT_KEEP;
    rows->cells = kt_measure_cells_new(rows->id_count, keep ? 0 : rows->id_count - 1, figures);
    return KT_OK;
}

static uint32_t group_of(kt_measure_rows *rows, const kt_csv_row *row)
{
    kt_text_clear(&rows->joined);
    kt_text_put(&rows->joined, "");
    for (size_t i = 0; i < rows->by_count; i++) {
        kt_text_put(&rows->joined, row->fields[rows->by_columns[i]]);
        kt_text_put_char(&rows->joined, KT_GROUP_UNIT);
    }
    return (uint32_t)kt_codes_intern(rows->groups, rows->joined.bytes);
}

static kt_status read_number(const kt_measure_rows *rows, const kt_csv_row *row, size_t column,
                             const char *name, double *out, kt_error *err)
{
    *out = NAN;
    if (column == KT_NO_FEED || row->lengths[column] == 0) {
        return KT_OK;
    }
    if (!kt_number_read(row->fields[column], row->lengths[column], out)) {
        return kt_fail(err, KT_ERR_DATA, "%s: row %zu, column %zu (%s): \"%.40s\" is no number",
                       rows->name, row->number, column + 1, name, row->fields[column]);
    }
    return KT_OK;
}

static kt_status read_figure(const kt_measure_rows *rows, const kt_csv_row *row,
                             const kt_measure_feed *from, kt_figure *out, kt_error *err)
{
    const char *name = from->name;
    KT_TRY(read_number(rows, row, from->column, name, &out->value, err));
    KT_TRY(read_number(rows, row, from->low, name, &out->low, err));
    KT_TRY(read_number(rows, row, from->high, name, &out->high, err));
    kt_error reason = {0};
    const kt_status status = kt_figure_settle(from->input, row->number, out, &reason);
    return status == KT_OK ? KT_OK : kt_fail(err, status, "%s: %s", rows->name, reason.message);
}

static kt_status read_keys(kt_measure_rows *rows, const kt_csv_row *row, uint32_t *ids,
                           kt_error *err)
{
    for (size_t i = 0; i < rows->feed_count; i++) {
        const kt_measure_feed *from = &rows->feeds[i];
        if (!kt_input_is_key(from->input)) {
            continue;
        }
        if (row->lengths[from->column] == 0) {
            return kt_fail(err, KT_ERR_DATA, "%s: row %zu, column %zu (%s): empty", rows->name,
                           row->number, from->column + 1, from->name);
        }
        ids[from->id] = (uint32_t)kt_codes_intern(from->keys, row->fields[from->column]);
    }
    return KT_OK;
}

static void set_figure(const kt_measure_rows *rows, size_t cell, const kt_measure_feed *from,
                       const kt_figure *figure)
{
    *kt_measure_cells_figure(rows->cells, cell, from->figure) = figure->value;
    if (from->low != KT_NO_FEED || from->high != KT_NO_FEED) {
        *kt_measure_cells_figure(rows->cells, cell, from->figure + 1) = figure->low;
        *kt_measure_cells_figure(rows->cells, cell, from->figure + 2) = figure->high;
    }
}

/* Parts of one count are added, ends and all; a part without a figure leaves the sum without one.
 */
static kt_status merge_figure(const kt_measure_rows *rows, size_t cell, const kt_measure_feed *from,
                              const kt_figure *figure, size_t row, kt_error *err)
{
    double *value = kt_measure_cells_figure(rows->cells, cell, from->figure);
    if (from->input->kind == KT_INPUT_COUNT) {
        *value += figure->value;
        if (from->low != KT_NO_FEED || from->high != KT_NO_FEED) {
            *kt_measure_cells_figure(rows->cells, cell, from->figure + 1) += figure->low;
            *kt_measure_cells_figure(rows->cells, cell, from->figure + 2) += figure->high;
        }
        return KT_OK;
    }
    if (*value == figure->value || (isnan(*value) && isnan(figure->value))) {
        return KT_OK;
    }
    return kt_fail(err, KT_ERR_DATA,
                   "%s: row %zu, column %zu (%s): not what row %u says of the "
                   "same cell",
                   rows->name, row, from->column + 1, from->name,
                   (unsigned)kt_measure_cells_id(rows->cells, cell, rows->id_count - 1));
}

static kt_status store_figure(const kt_measure_rows *rows, const kt_csv_row *row, size_t cell,
                              bool is_new, const kt_measure_feed *from, kt_error *err)
{
    kt_figure figure = {0};
    if (kt_input_is_key(from->input)) {
        return KT_OK;
    }
    KT_TRY(read_figure(rows, row, from, &figure, err));
    if (!is_new) {
        return merge_figure(rows, cell, from, &figure, row->number, err);
    }
    set_figure(rows, cell, from, &figure);
    return KT_OK;
}

static kt_status store_figures(const kt_measure_rows *rows, const kt_csv_row *row, size_t cell,
                               bool is_new, kt_error *err)
{
    for (size_t i = 0; i < rows->feed_count; i++) {
        KT_TRY(store_figure(rows, row, cell, is_new, &rows->feeds[i], err));
    }
    return KT_OK;
}

static kt_status refuse_repeat(const kt_measure_rows *rows, size_t cell, size_t row, kt_error *err)
{
    return kt_fail(err, KT_ERR_DATA,
                   "%s: row %zu: the same cell of the same group as row %u; name the columns that "
                   "tell them apart with --by",
                   rows->name, row,
                   (unsigned)kt_measure_cells_id(rows->cells, cell, rows->id_count - 1));
}

static kt_status read_row(void *context, const kt_csv_row *row, kt_error *err)
{
    kt_measure_rows *rows = context;
    uint32_t ids[KT_MEASURE_COLUMNS + 2];
    if (row->number > ROW_LIMIT) {
        return kt_fail(err, KT_ERR_DATA, "%s: more than %zu rows", rows->name, ROW_LIMIT);
    }
    ids[0] = group_of(rows, row);
    KT_TRY(read_keys(rows, row, ids, err));
    ids[rows->id_count - 1] = (uint32_t)row->number;
    const size_t count = kt_measure_cells_count(rows->cells);
    const kt_repeat repeat = rows->measure->repeat;
    size_t cell = repeat == KT_REPEAT_KEEP ? count : kt_measure_cells_find(rows->cells, ids);
    const bool is_new = cell == count;
    if (!is_new && repeat == KT_REPEAT_REFUSE) {
        return refuse_repeat(rows, cell, row->number, err);
    }
    if (is_new) {
        cell = kt_measure_cells_add(rows->cells, ids);
    } else {
        rows->merged++;
    }
    return store_figures(rows, row, cell, is_new, err);
}

/* The cells of each group together, in the order of their first rows: a counting sort. */
static void order_cells(kt_measure_rows *rows)
{
    kt_measure_cells_seal(rows->cells);
    const size_t groups = kt_codes_count(rows->groups);
    const size_t count = kt_measure_cells_count(rows->cells);
    rows->first = kt_arena_array(rows->arena, size_t, groups + 2);
    rows->order = kt_arena_array(rows->arena, uint32_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        rows->first[kt_measure_cells_id(rows->cells, i, 0) + 2]++;
    }
    for (size_t i = 2; i < groups + 2; i++) {
        rows->first[i] += rows->first[i - 1];
    }
    for (size_t i = 0; i < count; i++) {
        rows->order[rows->first[kt_measure_cells_id(rows->cells, i, 0) + 1]++] = (uint32_t)i;
    }
}

kt_status kt_measure_rows_read(const kt_measure_input *input, const kt_measure *measure,
                               kt_arena *arena, kt_measure_rows **out, kt_error *err)
{
    const char *const *by = input->by;
    kt_measure_rows *rows = kt_arena_new(arena, kt_measure_rows);
    *rows = (kt_measure_rows){.name = input->name,
                              .measure = measure,
                              .arena = arena,
                              .by_given = by != NULL,
                              .by_count = input->by_count,
                              .groups = kt_codes_new(arena)};
    *out = rows;
    if (by != NULL) {
        rows->by = kt_arena_array(arena, const char *, rows->by_count);
        memcpy(rows->by, by, rows->by_count * sizeof *by);
    }
    const kt_csv_events events = {.context = rows, .header = read_header, .row = read_row};
    KT_TRY(kt_csv_read(input->file, input->name, (kt_csv_dialect){0}, &events, err));
    order_cells(rows);
    return KT_OK;
}
