/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "package/wide.h"

#include <stdio.h>
#include <string.h>

#include "core/file.h"
#include "core/period.h"
#include "publish/table.h"

#define GROUP_LIMIT 64 /* sources of a table: a few dozen */

/* Rows with one text in the column of which one is taken. */
typedef struct wide_group {
    const char *text;
    char period[KT_PERIOD_SIZE];
    kt_wide_row *rows;
    size_t count, room;
} wide_group;

typedef struct wide_reading {
    const kt_wide_question *question;
    const kt_schema *schema;
    size_t where[KT_WIDE_WHERES], where_count;
    size_t level, code, one_of;
    wide_group groups[GROUP_LIMIT];
    size_t group_count;
    kt_arena *arena;
} wide_reading;

static size_t column_of(const kt_schema *schema, const char *name)
{
    return name == NULL ? KT_NO_COLUMN : kt_schema_column(schema, name);
}

/* False where the table lacks a column that was asked about. */
static bool find_columns(wide_reading *reading)
{
    const kt_wide_question *question = reading->question;
    const kt_schema *schema = reading->schema;
    reading->level = column_of(schema, question->level);
    reading->code = column_of(schema, question->code);
    reading->one_of = column_of(schema, question->one_of);
    bool all = reading->code != KT_NO_COLUMN && schema->time_period != KT_NO_COLUMN &&
               (question->level == NULL || reading->level != KT_NO_COLUMN) &&
               (question->one_of == NULL || reading->one_of != KT_NO_COLUMN);
    for (size_t i = 0; i < KT_WIDE_WHERES && question->where[i].column != NULL; i++) {
        reading->where[i] = column_of(schema, question->where[i].column);
        all = all && reading->where[i] != KT_NO_COLUMN;
        reading->where_count++;
    }
    return all;
}

static bool is_wanted(const wide_reading *reading, const char *const *cells)
{
    for (size_t i = 0; i < reading->where_count; i++) {
        if (strcmp(cells[reading->where[i]], reading->question->where[i].text) != 0) {
            return false;
        }
    }
    kt_period period;
    return kt_period_read(cells[reading->schema->time_period], &period) &&
           (!reading->question->monthly || period.frequency == KT_MONTHLY);
}

static wide_group *group_of(wide_reading *reading, const char *text)
{
    for (size_t i = 0; i < reading->group_count; i++) {
        if (strcmp(reading->groups[i].text, text) == 0) {
            return &reading->groups[i];
        }
    }
    if (reading->group_count == GROUP_LIMIT) {
        return NULL;
    }
    wide_group *group = &reading->groups[reading->group_count++];
    *group = (wide_group){.text = kt_arena_copy(reading->arena, text)};
    return group;
}

static void keep(wide_reading *reading, wide_group *group, const char *const *cells)
{
    kt_arena *arena = reading->arena;
    group->rows =
        kt_arena_grow(arena, group->rows, group->count, &group->room, sizeof *group->rows);
    kt_wide_row *row = &group->rows[group->count++];
    row->cells = kt_arena_array(arena, const char *, reading->schema->column_count);
    for (size_t i = 0; i < reading->schema->column_count; i++) {
        row->cells[i] = kt_arena_copy(arena, cells[i]);
    }
    row->level = reading->level == KT_NO_COLUMN ? NULL : row->cells[reading->level];
    row->code = row->cells[reading->code];
}

static kt_status take_row(void *context, size_t number, const char *const *cells,
                          const size_t *lengths, kt_error *err)
{
    (void)number;
    (void)lengths;
    wide_reading *reading = context;
    if (!is_wanted(reading, cells)) {
        return KT_OK;
    }
    wide_group *group =
        group_of(reading, reading->one_of == KT_NO_COLUMN ? "" : cells[reading->one_of]);
    if (group == NULL) {
        return kt_fail(err, KT_ERR_DATA, "%s: more than %d different %s", reading->schema->table,
                       GROUP_LIMIT, reading->question->one_of);
    }
    const char *period = cells[reading->schema->time_period];
    const int later = strcmp(period, group->period);
    if (later > 0) {
        (void)snprintf(group->period, sizeof group->period, "%s", period);
        group->count = 0;
    }
    if (later >= 0) {
        keep(reading, group, cells);
    }
    return KT_OK;
}

kt_status kt_wide_ask(const kt_package *package, const kt_wide_question *question,
                      kt_wide_rows *out, kt_error *err)
{
    const kt_package_table *table = kt_package_find(package, question->table);
    *out = (kt_wide_rows){.schema = table == NULL ? NULL : table->schema};
    if (table == NULL) {
        return KT_OK;
    }
    wide_reading *reading = kt_arena_new(package->arena, wide_reading);
    reading->question = question;
    reading->schema = table->schema;
    reading->arena = package->arena;
    if (!find_columns(reading)) {
        return kt_fail(err, KT_ERR_CONFIG, "%s: lacks a column that maps are made of",
                       table->schema->file);
    }
    const char *path =
        kt_path_join(package->arena, package->input->dir, table->files[table->file_count - 1].path);
    const kt_table_events events = {.context = reading, .row = take_row};
    KT_TRY(kt_table_read(path, table->schema, &events, err));
    for (size_t i = 0; i < reading->group_count; i++) {
        if (reading->groups[i].count > out->count) {
            out->rows = reading->groups[i].rows;
            out->count = reading->groups[i].count;
        }
    }
    return KT_OK;
}

const kt_wide_row *kt_wide_find(const kt_wide_rows *rows, const char *level, const char *code)
{
    for (size_t i = 0; i < rows->count; i++) {
        const kt_wide_row *row = &rows->rows[i];
        if (strcmp(row->code, code) == 0 &&
            (row->level == NULL || strcmp(row->level, level) == 0)) {
            return row;
        }
    }
    return NULL;
}
