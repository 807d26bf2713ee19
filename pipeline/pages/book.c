/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/book.h"

#include <assert.h>
#include <string.h>

#include "core/file.h"
#include "why.h"

#define TABLES_MOST 64

struct kt_book {
    kt_book_run run;
    const kt_contract *contract;
    kt_arena *arena;
    const char *csv;
    const char *period;           /* NULL: the newest month */
    kt_sheet sheets[TABLES_MOST]; /* at the place of the table in the contract */
    bool is_read[TABLES_MOST];
    kt_sheet histories[KT_HISTORIES];
    bool is_history_read[KT_HISTORIES];
    kt_sheet none;
    kt_status status; /* of the first failure, which fault tells */
    kt_error fault;
};

kt_status kt_book_staged(const kt_book_run *run, const kt_contract *contract, kt_arena *arena,
                         kt_book **out, kt_error *err)
{
    kt_book *book = kt_arena_new(arena, kt_book);
    book->run = *run;
    book->contract = contract;
    book->arena = arena;
    book->csv = kt_path_join(arena, run->folder, "csv");
    *out = book;
    return contract->table_count <= TABLES_MOST
               ? KT_OK
               : kt_fail(err, KT_ERR_BUG, "a contract of more than %d tables", TABLES_MOST);
}

kt_status kt_book_open(const char *folder, const kt_contract *contract, kt_arena *arena,
                       kt_book **out, kt_error *err)
{
    kt_why_run run;
    KT_TRY(kt_why_run_read(folder, arena, &run, err));
    const kt_book_run is = {folder, run.run_id, run.as_of, run.version, run.modelled};
    return kt_book_staged(&is, contract, arena, out, err);
}

const kt_book_run *kt_book_of(const kt_book *book)
{
    return &book->run;
}

void kt_book_turn_to(kt_book *book, const char *period)
{
    book->period = period;
}

const char *kt_book_period(const kt_book *book)
{
    return book->period;
}

const kt_sheet *kt_book_table(kt_book *book, const char *table)
{
    const kt_schema *schema = kt_contract_find(book->contract, table);
    if (schema == NULL || book->status != KT_OK) {
        return &book->none;
    }
    const size_t at = (size_t)(schema - book->contract->tables);
    if (!book->is_read[at]) {
        const kt_sheet_source from = {book->csv, book->contract, book->period};
        book->status = kt_sheet_read(&from, table, book->arena, &book->sheets[at], &book->fault);
        book->is_read[at] = true;
    }
    return &book->sheets[at];
}

/* False, and told, for a column that is none. */
static bool has_columns(kt_book *book, const kt_schema *schema, const char *const *columns)
{
    for (size_t i = 0; columns[i] != NULL; i++) {
        if (kt_schema_column(schema, columns[i]) == KT_NO_COLUMN) {
            book->status = kt_fail(&book->fault, KT_ERR_CONFIG, "%s: no column \"%s\"",
                                   schema->table, columns[i]);
            return false;
        }
    }
    return true;
}

static kt_sheet rows_of(kt_book *book, const kt_sheet *all, const char *const *columns,
                        const char *const *texts)
{
    return all->schema != NULL && has_columns(book, all->schema, columns)
               ? kt_sheet_pick(all, columns, texts, book->arena)
               : (kt_sheet){.schema = all->schema};
}

kt_sheet kt_book_rows(kt_book *book, const char *table, const char *const *columns,
                      const char *const *texts)
{
    return rows_of(book, kt_book_table(book, table), columns, texts);
}

bool kt_book_has_figures(kt_book *book, const char *level, const char *code)
{
    const kt_sheet *changes = kt_book_table(book, "changes");
    const size_t of_code =
        changes->schema == NULL ? KT_NO_COLUMN : kt_schema_column(changes->schema, "region_code");
    for (size_t row = 0; of_code != KT_NO_COLUMN && row < changes->row_count; row++) {
        if (strcmp(changes->rows[row][of_code], code) == 0 &&
            strcmp(kt_sheet_cell(changes, row, "region_level"), level) == 0) {
            return true;
        }
    }
    return false;
}

/* Where the curve has been in five years, and the groups of occupations in one. */
static const kt_sheet_wish wishes[KT_HISTORIES] = {
    [KT_HISTORY_CURVE] = {.table = "beveridge", .months = 61},
    [KT_HISTORY_OCCUPATIONS] = {"observations", "occupation_level", "isco1", 12},
    [KT_HISTORY_SERIES] = {"series", "occupation_code", "_T", 72},
};

kt_sheet kt_book_history(kt_book *book, kt_history which, const char *const *columns,
                         const char *const *texts)
{
    kt_sheet *all = &book->histories[which];
    if (!book->is_history_read[which] && book->status == KT_OK) {
        const kt_sheet_source from = {book->csv, book->contract, book->period};
        book->status = kt_sheet_read_back(&from, &wishes[which], book->arena, all, &book->fault);
        book->is_history_read[which] = true;
    }
    return rows_of(book, all, columns, texts);
}

/* The tables that name codes, the column of theirs that has the code, and the one that has the name
 * in every language; NULL: name_<language>. */
static const struct {
    const char *dim, *table, *code, *name;
} dims[] = {
    {"region", "dim_region", "code", NULL},  {"occupation", "dim_occupation", "code", NULL},
    {"sector", "dim_sector", "code", NULL},  {"indicator", "dim_indicator", "code", NULL},
    {"theme", "dim_theme", "code", NULL},    {"report", "indicators", "indicator_code", NULL},
    {"laari", "laari", "laari_id", NULL},    {"project", "projects", "project_code", "name"},
    {"model", "models", "model_id", "name"},
};

const char *kt_book_name(kt_book *book, const char *dim, const char *level, const char *code,
                         const char *language)
{
    size_t at = 0;
    while (strcmp(dims[at].dim, dim) != 0) {
        at++;
        assert(at < sizeof dims / sizeof dims[0]);
    }
    const kt_sheet *names = kt_book_table(book, dims[at].table);
    const char *column =
        dims[at].name != NULL ? dims[at].name : kt_arena_print(book->arena, "name_%s", language);
    for (size_t row = kt_sheet_find(names, dims[at].code, code, 0); row < names->row_count;
         row = kt_sheet_find(names, dims[at].code, code, row + 1)) {
        if (level == NULL || strcmp(kt_sheet_cell(names, row, "level"), level) == 0) {
            return kt_sheet_cell(names, row, column);
        }
    }
    return code;
}

kt_status kt_book_end(const kt_book *book, kt_error *err)
{
    return book->status == KT_OK ? KT_OK : kt_fail(err, book->status, "%s", book->fault.message);
}
