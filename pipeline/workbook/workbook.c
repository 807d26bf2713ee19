/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook/workbook.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/parallel.h"
#include "pages/site.h"
#include "pipeline/page_settings.h"
#include "workbook/writer.h"

#define FILE_LIMIT   ((size_t)1 << 30)
#define THREADS_MOST 4 /* a thread has a temporary file open for each sheet of its book */
#define CODE_WIDTH   14.0
#define TEXT_WIDTH   28.0
#define FIGURE_WIDTH 13.0

/* All of them, made side by side. */
typedef struct making {
    const kt_workbook_input *input;
    const kt_region_book *books;
    const char *const **names; /* of each region, in each language */
    kt_arena **arenas;         /* of each region */
    kt_made_file *files;
} making;

bool kt_workbooks_own(const char *path)
{
    return kt_text_starts(path, KT_WORKBOOK_FOLDER);
}

static kt_status fail_writing(lxw_error fault, const char *path, kt_error *err)
{
    return kt_fail(err, fault >= LXW_ERROR_NULL_PARAMETER_IGNORED ? KT_ERR_BUG : KT_ERR_IO,
                   "%s: cannot be written: %s", path, lxw_strerror(fault));
}

static double width_of(const kt_column *column)
{
    if (column->type == KT_COLUMN_TEXT) {
        return TEXT_WIDTH;
    }
    return kt_column_is_number(column) ? FIGURE_WIDTH : CODE_WIDTH;
}

static void put_head(const kt_workbook_sheet *to, const kt_schema *schema)
{
    for (size_t i = 0; i < schema->column_count; i++) {
        const uint16_t column = (uint16_t)i;
        kt_workbook_set_width(to, column, width_of(&schema->columns[i]), KT_WORKBOOK_PLAIN);
        kt_workbook_put_text(to, 0, column, schema->columns[i].name, KT_WORKBOOK_HEAD);
    }
}

/* Whoever scrolls or filters keeps the names of the columns; a code such as 003 is no mistake. */
static void set_manners(const kt_workbook_sheet *to, const kt_region_table *table)
{
    const lxw_row_t last = (lxw_row_t)table->rows;
    const lxw_col_t columns = (lxw_col_t)(table->schema->column_count - 1);
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    if (to->sheet == NULL) {
        return;
    }
    worksheet_freeze_panes(to->sheet, 1, 0);
    (void)worksheet_autofilter(to->sheet, 0, 0, last, columns);
    lxw_rowcol_to_range(range, 0, 0, last, columns);
    (void)worksheet_ignore_errors(to->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range);
}

static void put_table(kt_workbook_writer *writer, const kt_region_table *table)
{
    const kt_schema *schema = table->schema;
    const kt_workbook_sheet to = kt_workbook_add_sheet(writer, schema->table);
    put_head(&to, schema);
    set_manners(&to, table);
    const char *cell = table->cells.bytes;
    for (size_t row = 0; row < table->rows; row++) {
        for (size_t i = 0; i < schema->column_count; i++) {
            kt_workbook_put_cell(&to, (uint32_t)row + 1, (uint16_t)i, &schema->columns[i], cell);
            cell += strlen(cell) + 1;
        }
    }
}

static void make_formats(kt_workbook_writer *writer)
{
    /* Numbers of formats that every workbook has; the last but one are those of days and shares. */
    static const uint8_t numbers[KT_WORKBOOK_FORMATS] = {
        [KT_WORKBOOK_DAY] = 14,  [KT_WORKBOOK_COUNT] = 3,  [KT_WORKBOOK_WHOLE] = 1,
        [KT_WORKBOOK_MONEY] = 4, [KT_WORKBOOK_SHARE] = 10,
    };
    for (size_t i = KT_WORKBOOK_PLAIN + 1; i < KT_WORKBOOK_FORMATS; i++) {
        writer->formats[i] = workbook_add_format(writer->book);
        if (numbers[i] != 0) {
            format_set_num_format_index(writer->formats[i], numbers[i]);
        }
    }
    format_set_bold(writer->formats[KT_WORKBOOK_HEAD]);
    format_set_text_wrap(writer->formats[KT_WORKBOOK_WRAPPED]);
    format_set_align(writer->formats[KT_WORKBOOK_WRAPPED], LXW_ALIGN_VERTICAL_TOP);
}

/* The day of the book is the run's: no clock shows in it. The library copies what it is given. */
static void set_properties(kt_workbook_writer *writer)
{
    const kt_publication *run = writer->input->publication;
    const kt_language *words = run->pages->languages[0];
    char *version = kt_arena_print(writer->arena, "kohtaanto %s", run->version);
    lxw_doc_properties properties = {
        .title = kt_arena_copy(writer->arena, kt_say(words, KT_WORD_book_title,
                                                     KT_FILLED(writer->names[0]), writer->arena)),
        .author = version,
        .comments = kt_arena_copy(writer->arena, run->run_id),
        .created = (time_t)run->as_of,
    };
    (void)workbook_set_properties(writer->book, &properties);
}

static void put_all(kt_workbook_writer *writer)
{
    make_formats(writer);
    set_properties(writer);
    kt_workbook_put_cover(writer);
    const size_t tables = writer->input->publication->contract->table_count;
    for (size_t i = 0; i < tables; i++) {
        if (kt_region_has_sheet(&writer->rows->tables[i])) {
            put_table(writer, &writer->rows->tables[i]);
        }
    }
    kt_workbook_put_columns(writer);
}

static kt_status write_book(kt_workbook_writer *writer, const char *path, kt_error *err)
{
    lxw_workbook_options options = {.constant_memory = LXW_FALSE,
                                    .tmpdir = kt_arena_copy(writer->arena, writer->input->dir)};
    writer->book = workbook_new_opt(path, &options);
    if (writer->book == NULL) {
        return fail_writing(LXW_ERROR_MEMORY_MALLOC_FAILED, path, err);
    }
    put_all(writer);
    const lxw_error closed = workbook_close(writer->book);
    const lxw_error fault = writer->fault != LXW_NO_ERROR ? writer->fault : closed;
    return fault == LXW_NO_ERROR ? KT_OK : fail_writing(fault, path, err);
}

static kt_status make_book(void *context, size_t index, kt_error *err)
{
    const making *all = context;
    const kt_region_book *rows = &all->books[index];
    kt_arena *arena = all->arenas[index];
    kt_workbook_writer writer = {
        .input = all->input, .rows = rows, .names = all->names[index], .arena = arena};
    const char *path =
        kt_path_join(arena, all->input->dir, kt_arena_print(arena, ".book-%s.xlsx", rows->code));
    kt_status status = write_book(&writer, path, err);
    char *bytes = NULL;
    size_t length = 0;
    if (status == KT_OK) {
        status = kt_file_read(path, FILE_LIMIT, arena, &bytes, &length, err);
    }
    (void)unlink(path);
    kt_text_free(&writer.escaped);
    all->files[index] = (kt_made_file){
        kt_arena_print(arena, KT_WORKBOOK_FOLDER "%s.xlsx", rows->code), bytes, length};
    return status;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const kt_made_file *)a)->name, ((const kt_made_file *)b)->name);
}

/* The names of all regions in all languages. */
static const char *const **name_regions(const kt_page_settings *pages, kt_book *book,
                                        const kt_region_source *from, kt_arena *arena)
{
    const char *const **names = kt_arena_array(arena, const char *const *, from->count + 1);
    for (size_t i = 0; i < from->count; i++) {
        const char **own = kt_arena_array(arena, const char *, pages->language_count + 1);
        for (size_t l = 0; l < pages->language_count; l++) {
            own[l] = kt_book_name(book, "region", from->regions[i].level, from->regions[i].code,
                                  pages->languages[l]->name);
        }
        names[i] = own;
    }
    return names;
}

static unsigned threads_of(const kt_publication *run)
{
    return run->threads == 0 || run->threads > THREADS_MOST ? THREADS_MOST : run->threads;
}

/* Each book has an arena of its own, which lives as long as its bytes are copied. */
static kt_status make_all(making *all, const kt_region_source *from, kt_arena *arena, kt_error *err)
{
    all->arenas = kt_arena_array(arena, kt_arena *, from->count + 1);
    all->files = kt_arena_array(arena, kt_made_file, from->count + 1);
    for (size_t i = 0; i < from->count; i++) {
        all->arenas[i] = kt_arena_open(from->regions[i].code, 0);
    }
    const kt_status status =
        kt_parallel(from->count, threads_of(all->input->publication), make_book, all, err);
    for (size_t i = 0; i < from->count; i++) {
        kt_made_file *file = &all->files[i];
        if (status == KT_OK) {
            file->name = kt_arena_copy(arena, file->name);
            file->bytes = kt_arena_copy_n(arena, file->bytes, file->length);
        }
        kt_arena_free(all->arenas[i]);
    }
    return status;
}

kt_status kt_workbooks_make(const kt_workbook_input *input, kt_arena *arena, kt_made_file **out,
                            size_t *count, kt_error *err)
{
    const kt_publication *run = input->publication;
    const kt_book_run staged = {.folder = input->dir};
    kt_book *book = NULL;
    KT_TRY(kt_book_staged(&staged, run->contract, arena, &book, err));
    kt_region_source from = {.csv = kt_path_join(arena, input->dir, "csv"),
                             .contract = run->contract,
                             .threads = run->threads};
    from.regions = kt_site_regions(book, arena, &from.count);
    KT_TRY(kt_book_end(book, err));
    making all = {.input = input, .names = name_regions(run->pages, book, &from, arena)};
    KT_TRY(kt_book_end(book, err));
    kt_region_book *books = NULL;
    kt_status status = kt_region_books_read(&from, arena, &books, err);
    all.books = books;
    if (status == KT_OK) {
        status = make_all(&all, &from, arena, err);
    }
    kt_region_books_free(books, &from);
    if (status == KT_OK) {
        qsort(all.files, from.count, sizeof *all.files, by_name);
        *out = all.files;
        *count = from.count;
    }
    return status;
}
