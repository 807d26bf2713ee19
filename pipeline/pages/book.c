/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/book.h"

#include <assert.h>
#include <string.h>

#include "core/file.h"
#include "why/why.h"

#define TABLES_MOST 64

#define REGION "region_code" /* what most pages ask for */

/* What was read of a table. */
typedef struct leaf {
    kt_sheet rows;
    kt_sheet_parts by_region;
    bool is_read, is_split;
} leaf;

struct kt_book {
    kt_book_run run;
    const kt_contract *contract;
    kt_arena *arena;
    const char *csv;
    const char *period;       /* NULL: the newest month */
    leaf sheets[TABLES_MOST]; /* at the place of the table in the contract */
    leaf histories[KT_HISTORIES];
    leaf none;
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

static leaf *leaf_of(kt_book *book, const char *table)
{
    const kt_schema *schema = kt_contract_find(book->contract, table);
    if (schema == NULL || book->status != KT_OK) {
        return &book->none;
    }
    const size_t at = (size_t)(schema - book->contract->tables);
    leaf *of = &book->sheets[at];
    if (!of->is_read) {
        const kt_sheet_source from = {book->csv, book->contract, book->period};
        book->status = kt_sheet_read(&from, table, book->arena, &of->rows, &book->fault);
        of->is_read = true;
    }
    return of;
}

const kt_sheet *kt_book_table(kt_book *book, const char *table)
{
    return &leaf_of(book, table)->rows;
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

/* Its rows, or only those of the region that is asked for. */
static kt_sheet rows_at(kt_book *book, leaf *of, const char *const *columns,
                        const char *const *texts)
{
    size_t at = 0;
    while (columns[at] != NULL && strcmp(columns[at], REGION) != 0) {
        at++;
    }
    if (columns[at] == NULL) {
        return of->rows;
    }
    if (!of->is_split) {
        of->by_region = kt_sheet_split(&of->rows, REGION, book->arena);
        of->is_split = true;
    }
    return kt_sheet_part(&of->by_region, &of->rows, texts[at]);
}

static kt_sheet rows_of(kt_book *book, leaf *of, const char *const *columns,
                        const char *const *texts)
{
    if (of->rows.schema == NULL || !has_columns(book, of->rows.schema, columns)) {
        return (kt_sheet){.schema = of->rows.schema};
    }
    const kt_sheet rows = rows_at(book, of, columns, texts);
    return kt_sheet_pick(&rows, columns, texts, book->arena);
}

kt_sheet kt_book_rows(kt_book *book, const char *table, const char *const *columns,
                      const char *const *texts)
{
    return rows_of(book, leaf_of(book, table), columns, texts);
}

bool kt_book_has_figures(kt_book *book, const char *level, const char *code)
{
    return kt_book_rows(book, "changes", KT_FILLED("region_level", REGION), KT_FILLED(level, code))
               .row_count > 0;
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
    leaf *all = &book->histories[which];
    if (!all->is_read && book->status == KT_OK) {
        const kt_sheet_source from = {book->csv, book->contract, book->period};
        book->status =
            kt_sheet_read_back(&from, &wishes[which], book->arena, &all->rows, &book->fault);
        all->is_read = true;
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
