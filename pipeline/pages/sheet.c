/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/sheet.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "core/file.h"
#include "core/number.h"
#include "core/period.h"
#include "core/text.h"
#include "publish/layout.h"
#include "publish/table.h"

#define COLUMNS_MOST 8

typedef struct reader {
    kt_sheet *out;
    size_t room;
    const char *period;          /* the only month that is wanted; NULL: the newest */
    const char *until;           /* its first day: what begins later is left out */
    const char *month;           /* the newest so far of a table that is split by years */
    const kt_sheet_wish *wish;   /* NULL: all rows of the newest month */
    int first_month, last_month; /* of a wish */
    size_t column;               /* that it asks for */
    kt_arena *arena;
} reader;

static void add_row(reader *of, const char *const *cells, const size_t *lengths)
{
    const kt_schema *schema = of->out->schema;
    const char **row = kt_arena_array(of->arena, const char *, schema->column_count);
    for (size_t i = 0; i < schema->column_count; i++) {
        row[i] = lengths[i] == 0 ? "" : kt_arena_copy_n(of->arena, cells[i], lengths[i]);
    }
    of->out->rows = kt_arena_grow(of->arena, (void *)of->out->rows, of->out->row_count, &of->room,
                                  sizeof *of->out->rows);
    of->out->rows[of->out->row_count++] = row;
}

/* Rows come in time, so a later month begins anew. */
static bool is_newest(reader *of, const char *period, const char *start)
{
    if (of->out->schema->split != KT_SPLIT_YEAR) {
        return of->until == NULL || strcmp(start, of->until) <= 0;
    }
    if (strchr(period, 'M') == NULL || (of->period != NULL && strcmp(of->period, period) != 0)) {
        return false;
    }
    if (!kt_text_same(of->month, period)) {
        of->month = kt_arena_copy(of->arena, period);
        of->out->row_count = 0;
    }
    return true;
}

static const char *cell_of(const char *const *cells, size_t column)
{
    return column == KT_NO_COLUMN ? "" : cells[column];
}

static kt_status take_row(void *context, size_t number, const char *const *cells,
                          const size_t *lengths, kt_error *err)
{
    reader *of = context;
    const kt_schema *schema = of->out->schema;
    (void)number, (void)err;
    if (is_newest(of, cell_of(cells, schema->time_period), cell_of(cells, schema->period_start))) {
        add_row(of, cells, lengths);
    }
    return KT_OK;
}

/* The file of a year, or the only one, and of the newest year (KT_NEWEST); NULL if there is none.
 */
#define KT_NEWEST (-1)

static const char *file_of(const kt_schema *schema, const char *folder, int *year, kt_arena *arena)
{
    char **names = NULL;
    size_t count = 0;
    const char *found = NULL;
    int last = -1;
    if (kt_folder_list(folder, arena, &names, &count, NULL) != KT_OK) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        int own = 0;
        const bool is_one = kt_layout_file(schema, names[i], &own) &&
                            (*year == KT_NEWEST ? own > last : own == *year);
        found = is_one ? kt_path_join(arena, folder, names[i]) : found;
        last = is_one ? own : last;
    }
    *year = last;
    return found;
}

/* Of the month that is wanted; false, and the newest year, where none is. */
static bool read_period(const char *month, const kt_schema *schema, kt_period *period, int *year)
{
    *year = KT_NEWEST;
    if (month == NULL || !kt_period_read(month, period)) {
        return false;
    }
    *year = schema->split == KT_SPLIT_YEAR ? kt_period_year(*period) : KT_NEWEST;
    return true;
}

static const char *first_day(const char *month, kt_arena *arena)
{
    kt_period period;
    char day[KT_PERIOD_SIZE];
    return month != NULL && kt_period_read(month, &period)
               ? kt_arena_copy(arena, kt_period_start(period, day))
               : NULL;
}

kt_status kt_sheet_read(const kt_sheet_source *from, const char *table, kt_arena *arena,
                        kt_sheet *out, kt_error *err)
{
    int year = KT_NEWEST;
    kt_period period;
    *out = (kt_sheet){.schema = kt_contract_find(from->contract, table)};
    if (out->schema != NULL) {
        (void)read_period(from->period, out->schema, &period, &year);
    }
    const char *file =
        out->schema == NULL
            ? NULL
            : file_of(out->schema, kt_path_join(arena, from->csv, table), &year, arena);
    if (file == NULL) {
        *out = (kt_sheet){0};
        return KT_OK;
    }
    reader of = {.out = out,
                 .period = from->period,
                 .until = first_day(from->period, arena),
                 .arena = arena};
    const kt_table_events events = {.context = &of, .row = take_row};
    return kt_table_read(file, out->schema, &events, err);
}

static kt_status take_wished(void *context, size_t number, const char *const *cells,
                             const size_t *lengths, kt_error *err)
{
    reader *of = context;
    const char *name = cells[of->out->schema->time_period];
    kt_period period;
    (void)number, (void)err;
    const bool wished =
        of->column == KT_NO_COLUMN || strcmp(cells[of->column], of->wish->text) == 0;
    if (wished && kt_period_read(name, &period) && period.frequency == KT_MONTHLY &&
        period.index >= of->first_month && period.index <= of->last_month) {
        add_row(of, cells, lengths);
    }
    return KT_OK;
}

static kt_status find_month(void *context, size_t number, const char *const *cells,
                            const size_t *lengths, kt_error *err)
{
    reader *of = context;
    kt_period period;
    (void)number, (void)lengths, (void)err;
    if (kt_period_read(cells[of->out->schema->time_period], &period) &&
        period.frequency == KT_MONTHLY && period.index - of->wish->months + 1 > of->first_month) {
        of->first_month = period.index - of->wish->months + 1;
    }
    return KT_OK;
}

static kt_status read_years(reader *of, const char *folder, int last, kt_error *err)
{
    const kt_table_events events = {.context = of, .row = take_wished};
    for (int year = of->first_month / KT_MONTHLY; year <= last; year++) {
        int own = year;
        const char *file = file_of(of->out->schema, folder, &own, of->arena);
        KT_TRY(file == NULL ? KT_OK : kt_table_read(file, of->out->schema, &events, err));
    }
    return KT_OK;
}

kt_status kt_sheet_read_back(const kt_sheet_source *from, const kt_sheet_wish *wish,
                             kt_arena *arena, kt_sheet *out, kt_error *err)
{
    int last = KT_NEWEST;
    kt_period period;
    const char *folder = kt_path_join(arena, from->csv, wish->table);
    *out = (kt_sheet){.schema = kt_contract_find(from->contract, wish->table)};
    const bool asked =
        out->schema != NULL && read_period(from->period, out->schema, &period, &last);
    const char *newest = out->schema == NULL ? NULL : file_of(out->schema, folder, &last, arena);
    if (newest == NULL || out->schema->time_period == KT_NO_COLUMN) {
        return KT_OK;
    }
    reader of = {.out = out,
                 .wish = wish,
                 .arena = arena,
                 .first_month = asked ? period.index - wish->months + 1 : 0,
                 .last_month = asked ? period.index : INT_MAX,
                 .column = wish->column == NULL ? KT_NO_COLUMN
                                                : kt_schema_column(out->schema, wish->column)};
    const kt_table_events events = {.context = &of, .row = find_month};
    KT_TRY(asked ? KT_OK : kt_table_read(newest, out->schema, &events, err));
    return read_years(&of, folder, last, err);
}

static bool is_wanted(const char *const *row, const size_t *columns, const char *const *texts)
{
    for (size_t i = 0; texts[i] != NULL; i++) {
        if (strcmp(row[columns[i]], texts[i]) != 0) {
            return false;
        }
    }
    return true;
}

kt_sheet kt_sheet_pick(const kt_sheet *sheet, const char *const *columns, const char *const *texts,
                       kt_arena *arena)
{
    size_t places[COLUMNS_MOST] = {0};
    kt_sheet found = {.schema = sheet->schema};
    for (size_t i = 0; sheet->schema != NULL && columns[i] != NULL; i++) {
        assert(i < COLUMNS_MOST);
        places[i] = kt_schema_column(sheet->schema, columns[i]);
        assert(places[i] != KT_NO_COLUMN);
    }
    found.rows = kt_arena_array(arena, const char *const *, sheet->row_count + 1);
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (is_wanted(sheet->rows[row], places, texts)) {
            found.rows[found.row_count++] = sheet->rows[row];
        }
    }
    return found;
}

kt_sheet_parts kt_sheet_split(const kt_sheet *sheet, const char *column, kt_arena *arena)
{
    const size_t at = kt_schema_column(sheet->schema, column);
    kt_codes *cells = kt_codes_new(arena);
    size_t *place = kt_arena_array(arena, size_t, sheet->row_count + 1);
    assert(at != KT_NO_COLUMN);
    for (size_t row = 0; row < sheet->row_count; row++) {
        place[row] = kt_codes_intern(cells, sheet->rows[row][at]);
    }
    const size_t count = kt_codes_count(cells);
    kt_sheet *parts = kt_arena_array(arena, kt_sheet, count + 1);
    for (size_t row = 0; row < sheet->row_count; row++) {
        parts[place[row]].row_count++;
    }
    for (size_t i = 0; i < count; i++) {
        parts[i].schema = sheet->schema;
        parts[i].rows = kt_arena_array(arena, const char *const *, parts[i].row_count + 1);
        parts[i].row_count = 0;
    }
    for (size_t row = 0; row < sheet->row_count; row++) {
        kt_sheet *part = &parts[place[row]];
        part->rows[part->row_count++] = sheet->rows[row];
    }
    return (kt_sheet_parts){cells, parts};
}

kt_sheet kt_sheet_part(const kt_sheet_parts *parts, const kt_sheet *sheet, const char *cell)
{
    const size_t at = kt_codes_find(parts->cells, cell);
    return at == KT_NO_CODE ? (kt_sheet){.schema = sheet->schema} : parts->at[at];
}

double kt_sheet_number(const kt_sheet *sheet, size_t row, const char *column)
{
    double number = NAN;
    const char *cell = kt_sheet_cell(sheet, row, column);
    return kt_number_read(cell, strlen(cell), &number) ? number : NAN;
}

const char *kt_sheet_cell(const kt_sheet *sheet, size_t row, const char *column)
{
    const size_t at = kt_schema_column(sheet->schema, column);
    assert(at != KT_NO_COLUMN && row < sheet->row_count);
    return sheet->rows[row][at];
}

size_t kt_sheet_find(const kt_sheet *sheet, const char *column, const char *text, size_t from)
{
    if (from >= sheet->row_count) {
        return sheet->row_count;
    }
    const size_t at = kt_schema_column(sheet->schema, column);
    assert(at != KT_NO_COLUMN);
    while (from < sheet->row_count && strcmp(sheet->rows[from][at], text) != 0) {
        from++;
    }
    return from;
}

void kt_sheet_join(kt_sheet *to, const kt_sheet *other, kt_arena *arena)
{
    const size_t count = to->row_count + other->row_count;
    const char *const **rows = kt_arena_array(arena, const char *const *, count + 1);
    for (size_t i = 0; i < count; i++) {
        rows[i] = i < to->row_count ? to->rows[i] : other->rows[i - to->row_count];
    }
    *to = (kt_sheet){other->schema, count, rows};
}
