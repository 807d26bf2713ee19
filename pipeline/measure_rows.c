/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/csv.h"
#include "core/number.h"
#include "measure_feed.h"
#include "measure_memory.h"

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
        next.names = kt_measure_names_new();
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

static kt_status add_name(const kt_measure_rows *rows, kt_measure_names *names, const char *text,
                          uint32_t *out, kt_error *err)
{
    *out = kt_measure_names_add(names, text);
    return *out != KT_NO_NAME
               ? KT_OK
               : kt_fail(err, KT_ERR_DATA, "%s: more than 4 GiB of names", rows->name);
}

static kt_status group_of(kt_measure_rows *rows, const kt_csv_row *row, uint32_t *out,
                          kt_error *err)
{
    kt_text_clear(&rows->joined);
    kt_text_put(&rows->joined, "");
    for (size_t i = 0; i < rows->by_count; i++) {
        kt_text_put(&rows->joined, row->fields[rows->by_columns[i]]);
        kt_text_put_char(&rows->joined, KT_GROUP_UNIT);
    }
    return add_name(rows, rows->groups, rows->joined.bytes, out, err);
}

/* name: that of the input, and what the column's has behind it. */
static kt_status read_number(const kt_measure_rows *rows, const kt_csv_row *row, size_t column,
                             const char *name[2], double *out, kt_error *err)
{
    *out = NAN;
    if (column == KT_NO_FEED || row->lengths[column] == 0) {
        return KT_OK;
    }
    if (!kt_number_read(row->fields[column], row->lengths[column], out)) {
        return kt_fail(err, KT_ERR_DATA, "%s: row %zu, column %zu (%s%s): \"%.40s\" is no number",
                       rows->name, row->number, column + 1, name[0], name[1], row->fields[column]);
    }
    return KT_OK;
}

static kt_status read_figure(const kt_measure_rows *rows, const kt_csv_row *row,
                             const kt_measure_feed *from, kt_figure *out, kt_error *err)
{
    const char *own[] = {from->name, ""}, *low[] = {from->name, "_low"};
    const char *high[] = {from->name, "_high"};
    KT_TRY(read_number(rows, row, from->column, own, &out->value, err));
    KT_TRY(read_number(rows, row, from->low, low, &out->low, err));
    KT_TRY(read_number(rows, row, from->high, high, &out->high, err));
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
        KT_TRY(add_name(rows, from->names, row->fields[from->column], &ids[from->id], err));
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

/* The row that the cell was met in first. */
static uint32_t row_of(const kt_measure_rows *rows, size_t cell)
{
    return kt_measure_cells_ids(rows->cells, rows->id_count - 1)[cell];
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
                   rows->name, row, from->column + 1, from->name, (unsigned)row_of(rows, cell));
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
                   rows->name, row, (unsigned)row_of(rows, cell));
}

static kt_status read_row(void *context, const kt_csv_row *row, kt_error *err)
{
    kt_measure_rows *rows = context;
    uint32_t ids[KT_MEASURE_COLUMNS + 2];
    if (row->number > ROW_LIMIT) {
        return kt_fail(err, KT_ERR_DATA, "%s: more than %zu rows", rows->name, ROW_LIMIT);
    }
    KT_TRY(group_of(rows, row, &ids[0], err));
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

/* The names of the groups, which begin in the order of their first rows. */
static void list_groups(kt_measure_rows *rows)
{
    rows->group_count = kt_measure_names_count(rows->groups);
    rows->group_name = kt_measure_take(NULL, rows->group_count, sizeof *rows->group_name);
    uint32_t at = 0;
    for (size_t i = 0; i < rows->group_count; i++) {
        rows->group_name[i] = at;
        at = kt_measure_names_next(rows->groups, at);
    }
}

static size_t group_called(const kt_measure_rows *rows, uint32_t name)
{
    size_t low = 0, high = rows->group_count;
    while (low + 1 < high) {
        const size_t middle = low + (high - low) / 2;
        if (rows->group_name[middle] <= name) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Gives each cell the number of its group for its name. True if the groups stand together. */
static bool number_groups(const kt_measure_rows *rows, uint32_t *of_cell, size_t count)
{
    bool together = true;
    uint32_t name = 0;
    size_t number = 0;
    for (size_t i = 0; i < count; i++) {
        if (of_cell[i] != name) {
            together = together && of_cell[i] > name;
            name = of_cell[i];
            number = group_called(rows, name);
        }
        of_cell[i] = (uint32_t)number;
    }
    return together;
}

/* Where each group begins, and where the last one ends. */
static void count_groups(kt_measure_rows *rows, const uint32_t *group, size_t count)
{
    const size_t places = rows->group_count + 1;
    rows->first = kt_measure_take(NULL, places, sizeof *rows->first);
    memset(rows->first, 0, places * sizeof *rows->first);
    for (size_t i = 0; i < count; i++) {
        rows->first[group[i] + 1]++;
    }
    for (size_t i = 1; i < places; i++) {
        rows->first[i] += rows->first[i - 1];
    }
}

/* A counting sort: first[group] is where its next cell goes, and so ends as where the group does.
 */
static uint32_t *order_of(const kt_measure_rows *rows, const uint32_t *group, size_t count)
{
    uint32_t *order = kt_measure_take(NULL, count, sizeof *order);
    for (size_t i = 0; i < count; i++) {
        order[rows->first[group[i]]++] = (uint32_t)i;
    }
    memmove(rows->first + 1, rows->first, rows->group_count * sizeof *rows->first);
    rows->first[0] = 0;
    return order;
}

static void forget_how_to_find(kt_measure_rows *rows)
{
    kt_measure_cells_seal(rows->cells);
    kt_measure_names_seal(rows->groups);
    for (size_t i = 0; i < rows->feed_count; i++) {
        if (rows->feeds[i].names != NULL) {
            kt_measure_names_seal(rows->feeds[i].names);
        }
    }
}

/* The cells of each group together, in the order of their first rows. */
static void order_cells(kt_measure_rows *rows)
{
    forget_how_to_find(rows);
    list_groups(rows);
    const size_t count = kt_measure_cells_count(rows->cells);
    uint32_t *group = kt_measure_cells_ids(rows->cells, 0);
    const bool together = number_groups(rows, group, count);
    count_groups(rows, group, count);
    uint32_t *order = together ? NULL : order_of(rows, group, count);
    kt_measure_cells_drop(rows->cells, 0);
    if (!together) {
        kt_measure_cells_sort(rows->cells, order);
    }
    free(order);
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
                              .groups = kt_measure_names_new()};
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
