/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/number.h"
#include "core/parallel.h"
#include "pages/site.h"
#include "publish/check.h"
#include "transform/workbook.h"
#include "workbook/region_rows.h"
#include "workbook/workbook.h"

#define BOOK_LIMIT ((size_t)256 << 20)

/* Earlier days are not the same to all programs. */
#define FIRST_REAL_DAY "1900-03-01"

/* 16 of them: what a workbook keeps of a number. */
#define DIGITS "%.15e"

/* One workbook on its way through the check. */
typedef struct book_job {
    const kt_region_book *rows;
    kt_arena *arena;
    kt_problems *problems;
} book_job;

typedef struct books_check {
    const kt_check_run *run;
    book_job *jobs;
} books_check;

/* A sheet while its rows go by. */
typedef struct sheet_check {
    const kt_region_table *table;
    const char *next; /* cell of csv/ that comes next */
    size_t passed;    /* rows */
    kt_file_faults *faults;
} sheet_check;

static bool is_same_number(const char *csv, const kt_list_cell *cell)
{
    double wanted = 0.0, found = 0.0;
    char digits[KT_NUMBER_SIZE];
    if (cell->kind != KT_CELL_NUMBER || !kt_number_read(csv, strlen(csv), &wanted) ||
        !kt_number_read(cell->text, strlen(cell->text), &found)) {
        return false;
    }
    (void)snprintf(digits, sizeof digits, DIGITS, wanted);
    return kt_number_read(digits, strlen(digits), &wanted) && wanted == found;
}

/* Written apart from what makes workbooks, so that a mistake there is not made here again. */
static bool says_the_same(const kt_column *column, const char *csv, const kt_list_cell *cell)
{
    if (*csv == '\0' || *cell->text == '\0') {
        return *csv == *cell->text;
    }
    switch (column->type) {
    case KT_COLUMN_INTEGER:
    case KT_COLUMN_NUMBER:
    case KT_COLUMN_SHARE:
        return is_same_number(csv, cell);
    case KT_COLUMN_DATE:
        return strcmp(csv, cell->text) == 0 &&
               (cell->kind == KT_CELL_DAY || strcmp(csv, FIRST_REAL_DAY) < 0);
    default:
        return cell->kind == KT_CELL_TEXT && strcmp(csv, cell->text) == 0;
    }
}

static const char *kind_of(const kt_list_cell *cell)
{
    return cell->kind == KT_CELL_TEXT  ? "the text"
           : cell->kind == KT_CELL_DAY ? "the day"
                                       : "the number";
}

static kt_list_cell cell_at(const kt_list_row *row, size_t column)
{
    return column < row->count ? row->cells[column] : (kt_list_cell){.text = ""};
}

static void check_head(const sheet_check *check, const kt_list_row *row)
{
    const kt_schema *schema = check->table->schema;
    for (size_t i = 0; i < schema->column_count || i < row->count; i++) {
        const kt_list_cell cell = cell_at(row, i);
        const char *name = i < schema->column_count ? schema->columns[i].name : "";
        if (strcmp(cell.text, name) != 0) {
            kt_fault(check->faults, row->line, NULL, "sheet %s: column \"%.64s\", expected \"%s\"",
                     schema->table, cell.text, name);
        }
    }
}

static void check_cells(sheet_check *check, const kt_list_row *row)
{
    const kt_schema *schema = check->table->schema;
    for (size_t i = 0; i < schema->column_count; i++) {
        const kt_list_cell cell = cell_at(row, i);
        if (!says_the_same(&schema->columns[i], check->next, &cell)) {
            kt_fault(check->faults, row->line, schema->columns[i].name,
                     "sheet %s: %s \"%.64s\", expected what csv says: \"%.64s\"", schema->table,
                     kind_of(&cell), cell.text, check->next);
        }
        check->next += strlen(check->next) + 1;
    }
}

static kt_status see_row(void *context, const kt_list_row *row, kt_error *err)
{
    sheet_check *check = context;
    (void)err;
    if (row->line == 1) {
        check_head(check, row);
        return KT_OK;
    }
    if (row->line != check->passed + 2) {
        kt_fault(check->faults, row->line, NULL, "sheet %s: expected row %zu",
                 check->table->schema->table, check->passed + 2);
    }
    if (check->passed < check->table->rows) {
        check_cells(check, row);
    }
    check->passed++;
    return KT_OK;
}

static void check_sheet(const kt_workbook_file *file, const kt_region_table *table,
                        kt_file_faults *faults)
{
    kt_error err = {0};
    sheet_check check = {.table = table, .next = table->cells.bytes, .faults = faults};
    const kt_list_sink sink = {&check, see_row};
    if (kt_workbook_rows(file, table->schema->table, &sink, &err) != KT_OK) {
        kt_fault_line(faults, err.message);
    } else if (check.passed != table->rows) {
        kt_fault(faults, 0, NULL, "sheet %s: %zu rows, expected the %zu of csv",
                 table->schema->table, check.passed, table->rows);
    }
}

/* What the cover has to name. */
typedef struct cover_check {
    const char *run_id, *code;
    bool has_run, has_code;
} cover_check;

static kt_status see_cover(void *context, const kt_list_row *row, kt_error *err)
{
    cover_check *check = context;
    (void)err;
    for (size_t i = 0; i < row->count; i++) {
        check->has_run = check->has_run || strcmp(row->cells[i].text, check->run_id) == 0;
        check->has_code = check->has_code || strcmp(row->cells[i].text, check->code) == 0;
    }
    return KT_OK;
}

static void check_cover(const kt_workbook_file *file, cover_check check, kt_file_faults *faults)
{
    kt_error err = {0};
    const kt_list_sink sink = {&check, see_cover};
    if (kt_workbook_rows(file, KT_WORKBOOK_COVER, &sink, &err) != KT_OK) {
        kt_fault_line(faults, err.message);
    } else if (!check.has_run || !check.has_code) {
        kt_fault(faults, 0, NULL,
                 "sheet " KT_WORKBOOK_COVER ": expected the run %s and the region %s", check.run_id,
                 check.code);
    }
}

/* The cover, then the tables that have rows, then their columns: nothing else, in this order. */
static void check_names(const kt_region_book *rows, size_t table_count, const char *const *names,
                        size_t count, kt_file_faults *faults)
{
    size_t at = 0;
    const char *wanted = KT_WORKBOOK_COVER;
    for (size_t table = 0; wanted != NULL; at++) {
        const char *found = at < count ? names[at] : "";
        if (strcmp(found, wanted) != 0) {
            kt_fault(faults, 0, NULL, "sheet %zu: \"%.64s\", expected \"%s\"", at + 1, found,
                     wanted);
            return;
        }
        while (table < table_count && !kt_region_has_sheet(&rows->tables[table])) {
            table++;
        }
        wanted = table < table_count                        ? rows->tables[table].schema->table
                 : strcmp(wanted, KT_WORKBOOK_COLUMNS) == 0 ? NULL
                                                            : KT_WORKBOOK_COLUMNS;
        table++;
    }
    if (at < count) {
        kt_fault(faults, 0, NULL, "sheet %zu: \"%.64s\", expected no more", at + 1, names[at]);
    }
}

static kt_status check_book(void *context, size_t index, kt_error *err)
{
    const books_check *check = context;
    const book_job *job = &check->jobs[index];
    const size_t table_count = check->run->contract->table_count;
    const char *path =
        kt_path_join(job->arena, check->run->dir,
                     kt_arena_print(job->arena, KT_WORKBOOK_FOLDER "%s.xlsx", job->rows->code));
    kt_file_faults faults = {.file = path, .arena = job->arena, .problems = job->problems};
    char *bytes = NULL;
    size_t length = 0, count = 0;
    const char *const *names = NULL;
    kt_error why = {0};
    (void)err;
    if (kt_file_read(path, BOOK_LIMIT, job->arena, &bytes, &length, &why) != KT_OK) {
        kt_fault_line(&faults, why.message);
        return KT_OK;
    }
    const kt_workbook_file file = {path, bytes, length};
    if (kt_workbook_sheets(&file, job->arena, &names, &count, &why) != KT_OK) {
        kt_fault_line(&faults, why.message);
        return KT_OK;
    }
    check_names(job->rows, table_count, names, count, &faults);
    check_cover(&file, (cover_check){check->run->manifest.run_id, job->rows->code, false, false},
                &faults);
    for (size_t i = 0; i < table_count; i++) {
        if (kt_region_has_sheet(&job->rows->tables[i])) {
            check_sheet(&file, &job->rows->tables[i], &faults);
        }
    }
    kt_faults_end(&faults);
    return KT_OK;
}

/* The books' lines in the order of the regions, whatever thread found them first. */
static kt_status check_books(const kt_check_run *run, const kt_region_book *rows,
                             const kt_region_source *from, kt_file_faults *faults, kt_error *err)
{
    books_check check = {run, kt_arena_array(faults->arena, book_job, from->count + 1)};
    for (size_t i = 0; i < from->count; i++) {
        kt_arena *arena = kt_arena_open(rows[i].code, 0);
        check.jobs[i] = (book_job){&rows[i], arena, kt_problems_new(arena)};
    }
    const kt_status status = kt_parallel(from->count, from->threads, check_book, &check, err);
    for (size_t i = 0; i < from->count; i++) {
        const kt_problems *found = check.jobs[i].problems;
        for (size_t line = 0; line < kt_problems_count(found); line++) {
            kt_problems_add_line(faults->problems, kt_problems_at(found, line));
        }
        kt_arena_free(check.jobs[i].arena);
    }
    return status;
}

/* Every region has its book, and every book is one's. */
static void check_list(const kt_region_source *from, const kt_sum_list *sums,
                       kt_file_faults *faults)
{
    kt_codes *paths = kt_codes_new(faults->arena);
    for (size_t i = 0; i < from->count; i++) {
        const char *path =
            kt_arena_print(faults->arena, KT_WORKBOOK_FOLDER "%s.xlsx", from->regions[i].code);
        (void)kt_codes_intern(paths, path);
        if (kt_sums_find(sums->sums, sums->count, path) == NULL) {
            kt_fault(faults, 0, NULL, "%s: is not listed, expected one of each region", path);
        }
    }
    for (size_t i = 0; i < sums->count; i++) {
        const char *path = sums->sums[i].path;
        if (kt_workbooks_own(path) && kt_codes_find(paths, path) == KT_NO_CODE) {
            kt_fault(faults, 0, NULL, "%s: belongs to no part of a run", path);
        }
    }
}

static bool has_books(const kt_sum_list *sums)
{
    for (size_t i = 0; i < sums->count; i++) {
        if (kt_workbooks_own(sums->sums[i].path)) {
            return true;
        }
    }
    return false;
}

kt_status kt_check_workbooks(const kt_check_run *run, const kt_sum_list *sums, unsigned threads,
                             kt_file_faults *faults, kt_error *err)
{
    kt_arena *arena = faults->arena;
    const kt_book_run staged = {.folder = run->dir};
    kt_region_source from = {
        .csv = kt_path_join(arena, run->dir, "csv"), .contract = run->contract, .threads = threads};
    kt_book *book = NULL;
    kt_region_book *rows = NULL;
    kt_error why = {0};
    if (!has_books(sums) || run->manifest.run_id == NULL) {
        return KT_OK;
    }
    KT_TRY(kt_book_staged(&staged, run->contract, arena, &book, err));
    from.regions = kt_site_regions(book, arena, &from.count);
    check_list(&from, sums, faults);
    /* Why a table cannot be read is told when its rows are checked. */
    const bool read = kt_book_end(book, &why) == KT_OK &&
                      kt_region_books_read(&from, arena, &rows, &why) == KT_OK;
    const kt_status status = read ? check_books(run, rows, &from, faults, err) : KT_OK;
    kt_region_books_free(rows, &from);
    return status;
}
