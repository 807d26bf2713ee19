/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook/region_rows.h"

#include <stdint.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "core/file.h"
#include "core/parallel.h"
#include "publish/dialect.h"
#include "publish/layout.h"
#include "publish/table.h"

#define MONTHS_OF_YEAR 12
#define KEYS_MOST      4

/* Where a row of a table names a region. */
typedef struct region_key {
    size_t level, code; /* level: KT_NO_COLUMN where a code alone stands */
} region_key;

/* One table while its files go by. */
typedef struct table_job {
    const kt_region_source *from;
    const kt_codes *codes; /* of the regions */
    const size_t *regions; /* which one each of the codes is */
    kt_region_book *books;
    const kt_schema *schema;
    region_key keys[KEYS_MOST];
    size_t key_count;
    int first_month; /* of the table; KT_ALL_MONTHS where all rows count */
    size_t *counts;  /* rows by region and month from the first one on */
    int *from_month; /* of each region */
} table_job;

static region_key key_of(const kt_foreign_key *foreign)
{
    region_key key = {KT_NO_COLUMN, KT_NO_COLUMN};
    for (size_t i = 0; i < foreign->column_count; i++) {
        if (strcmp(foreign->other_names[i], "code") == 0) {
            key.code = foreign->columns[i];
        } else if (strcmp(foreign->other_names[i], "level") == 0) {
            key.level = foreign->columns[i];
        }
    }
    return key;
}

static void find_keys(table_job *job)
{
    for (size_t i = 0; i < job->schema->foreign_key_count && job->key_count < KEYS_MOST; i++) {
        const kt_foreign_key *foreign = &job->schema->foreign_keys[i];
        const region_key key = key_of(foreign);
        if (strcmp(foreign->table, "dim_region") == 0 && key.code != KT_NO_COLUMN) {
            job->keys[job->key_count++] = key;
        }
    }
}

/* The region that the key names in this row; KT_NO_CODE for none that has a book. */
static size_t region_at(const table_job *job, const region_key *key, const char *const *cells)
{
    const size_t code = kt_codes_find(job->codes, cells[key->code]);
    const size_t region = code == KT_NO_CODE ? KT_NO_CODE : job->regions[code];
    const bool fits =
        region != KT_NO_CODE && (key->level == KT_NO_COLUMN ||
                                 strcmp(cells[key->level], job->from->regions[region].level) == 0);
    return fits ? region : KT_NO_CODE;
}

/* The same, unless a key before it names that region too. */
static size_t new_region_at(const table_job *job, size_t key, const char *const *cells)
{
    const size_t region = region_at(job, &job->keys[key], cells);
    for (size_t i = 0; i < key && region != KT_NO_CODE; i++) {
        if (region_at(job, &job->keys[i], cells) == region) {
            return KT_NO_CODE;
        }
    }
    return region;
}

/* How many months after the table's first one the row is; false for an earlier row. */
static bool month_of(const table_job *job, const char *const *cells, int *month)
{
    *month = 0;
    return job->first_month == KT_ALL_MONTHS ||
           (kt_month_of_period(cells[job->schema->time_period], month) &&
            (*month -= job->first_month) >= 0);
}

static kt_status count_row(void *context, size_t number, const char *const *cells,
                           const size_t *lengths, kt_error *err)
{
    table_job *job = context;
    int month = 0;
    (void)number, (void)lengths, (void)err;
    if (!month_of(job, cells, &month) || month >= KT_WORKBOOK_MONTHS) {
        return KT_OK;
    }
    for (size_t key = 0; key < job->key_count; key++) {
        const size_t region = new_region_at(job, key, cells);
        if (region != KT_NO_CODE) {
            job->counts[region * KT_WORKBOOK_MONTHS + (size_t)month]++;
        }
    }
    return KT_OK;
}

static bool holds_long_text(const table_job *job, const size_t *lengths)
{
    for (size_t i = 0; i < job->schema->column_count; i++) {
        if (lengths[i] > KT_SHEET_MOST_TEXT) {
            return true;
        }
    }
    return false;
}

static void take(const table_job *job, kt_region_table *table, const char *const *cells,
                 const size_t *lengths)
{
    table->rows++;
    if (table->unfit == NULL && holds_long_text(job, lengths)) {
        table->unfit = "text";
    }
    for (size_t i = 0; table->unfit == NULL && i < job->schema->column_count; i++) {
        const bool fits = table->rows <= KT_SHEET_MOST_ROWS &&
                          kt_text_add(&table->cells, cells[i], lengths[i] + 1);
        table->unfit = fits ? NULL : "rows";
    }
    if (table->unfit != NULL) {
        kt_text_free(&table->cells);
    }
}

static kt_status take_row(void *context, size_t number, const char *const *cells,
                          const size_t *lengths, kt_error *err)
{
    table_job *job = context;
    int month = 0;
    (void)number, (void)err;
    if (!month_of(job, cells, &month)) {
        return KT_OK;
    }
    for (size_t key = 0; key < job->key_count; key++) {
        const size_t region = new_region_at(job, key, cells);
        if (region != KT_NO_CODE && month >= job->from_month[region]) {
            take(job, &job->books[region].tables[job->schema - job->from->contract->tables], cells,
                 lengths);
        }
    }
    return KT_OK;
}

/* The newest months that fit, at least one of those that have rows. */
static int first_that_fits(const size_t *counts)
{
    size_t rows = 0;
    int first = KT_WORKBOOK_MONTHS;
    for (int month = KT_WORKBOOK_MONTHS - 1; month >= 0; month--) {
        rows += counts[month];
        if (rows > KT_WORKBOOK_ROWS && rows > counts[month]) {
            break;
        }
        first = counts[month] > 0 ? month : first;
    }
    return first;
}

typedef struct file_list {
    const char **paths; /* in the order of their years */
    int *years;
    size_t count;
} file_list;

static kt_status list_files(const table_job *job, kt_arena *arena, file_list *out, kt_error *err)
{
    char **names = NULL;
    size_t count = 0;
    const char *folder = kt_path_join(arena, job->from->csv, job->schema->table);
    if (!kt_file_exists(folder)) {
        return KT_OK;
    }
    KT_TRY(kt_folder_list(folder, arena, &names, &count, err));
    out->paths = kt_arena_array(arena, const char *, count + 1);
    out->years = kt_arena_array(arena, int, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (kt_layout_file(job->schema, names[i], &out->years[out->count])) {
            out->paths[out->count++] = kt_path_join(arena, folder, names[i]);
        }
    }
    return KT_OK;
}

static kt_status read_files(table_job *job, const file_list *files, bool is_counting, kt_error *err)
{
    const kt_table_events events = {.context = job, .row = is_counting ? count_row : take_row};
    for (size_t i = 0; i < files->count; i++) {
        const bool too_old = job->first_month != KT_ALL_MONTHS &&
                             files->years[i] * MONTHS_OF_YEAR + MONTHS_OF_YEAR <= job->first_month;
        KT_TRY(too_old ? KT_OK : kt_table_read(files->paths[i], job->schema, &events, err));
    }
    return KT_OK;
}

/* Of a table that is split by years: which months each region's sheet has. */
static kt_status choose_months(table_job *job, const file_list *files, kt_arena *arena,
                               kt_error *err)
{
    const size_t regions = job->from->count;
    job->from_month = kt_arena_array(arena, int, regions + 1);
    if (job->schema->split != KT_SPLIT_YEAR || files->count == 0) {
        return KT_OK;
    }
    KT_TRY(kt_finnish_first_month(files->paths[files->count - 1], job->schema, KT_WORKBOOK_MONTHS,
                                  &job->first_month, err));
    if (job->first_month == KT_ALL_MONTHS) {
        return KT_OK;
    }
    job->counts = kt_arena_array(arena, size_t, regions * KT_WORKBOOK_MONTHS + 1);
    KT_TRY(read_files(job, files, true, err));
    for (size_t i = 0; i < regions; i++) {
        job->from_month[i] = first_that_fits(&job->counts[i * KT_WORKBOOK_MONTHS]);
    }
    return KT_OK;
}

bool kt_region_has_sheet(const kt_region_table *table)
{
    return table->rows > 0 && table->unfit == NULL;
}

typedef struct books_job {
    const kt_region_source *from;
    const kt_codes *codes;
    const size_t *regions;
    kt_region_book *books;
} books_job;

static kt_status read_table(void *context, size_t index, kt_error *err)
{
    const books_job *all = context;
    table_job job = {.from = all->from,
                     .codes = all->codes,
                     .regions = all->regions,
                     .books = all->books,
                     .schema = &all->from->contract->tables[index],
                     .first_month = KT_ALL_MONTHS};
    find_keys(&job);
    if (!job.schema->is_public || job.key_count == 0) {
        return KT_OK;
    }
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(job.schema->table, 0);
    file_list files = {0};
    KT_TRY(list_files(&job, arena, &files, err));
    KT_TRY(choose_months(&job, &files, arena, err));
    return read_files(&job, &files, false, err);
}

kt_status kt_region_books_read(const kt_region_source *from, kt_arena *arena, kt_region_book **out,
                               kt_error *err)
{
    const size_t tables = from->contract->table_count;
    kt_region_book *books = kt_arena_array(arena, kt_region_book, from->count + 1);
    kt_codes *codes = kt_codes_new(arena);
    size_t *regions = kt_arena_array(arena, size_t, from->count + 1);
    for (size_t i = 0; i < from->count; i++) {
        books[i] = (kt_region_book){.level = from->regions[i].level,
                                    .code = from->regions[i].code,
                                    .tables = kt_arena_array(arena, kt_region_table, tables + 1)};
        for (size_t t = 0; t < tables; t++) {
            books[i].tables[t].schema = &from->contract->tables[t];
        }
        regions[kt_codes_intern(codes, books[i].code)] = i;
    }
    *out = books;
    books_job all = {.from = from, .codes = codes, .regions = regions, .books = books};
    return kt_parallel(tables, from->threads, read_table, &all, err);
}

void kt_region_books_free(kt_region_book *books, const kt_region_source *from)
{
    for (size_t i = 0; books != NULL && i < from->count; i++) {
        for (size_t t = 0; t < from->contract->table_count; t++) {
            kt_text_free(&books[i].tables[t].cells);
        }
    }
}
