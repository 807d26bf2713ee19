/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pages/book.h"
#include "pipeline/page_settings.h"
#include "workbook/writer.h"

/*
 * The cover: words stand in the first columns, one for each language; what is the same in all of
 * them (codes, names of sheets, numbers) stands behind these.
 */
#define WORDS_WIDTH 44.0
#define VALUE_WIDTH 24.0
#define VALUES_MOST 8

typedef struct cover {
    kt_workbook_writer *of;
    kt_workbook_sheet sheet;
    const kt_page_settings *pages;
    uint32_t row;
} cover;

/* Words of the language at that place. */
static const kt_language *language_at(const cover *to, size_t at)
{
    return to->pages->languages[at];
}

static void put_word(const cover *to, kt_word word, const char *const *filled,
                     kt_workbook_format format)
{
    for (size_t i = 0; i < to->pages->language_count; i++) {
        kt_workbook_put_text(&to->sheet, to->row, (uint16_t)i,
                             kt_say(language_at(to, i), word, filled, to->of->arena), format);
    }
}

static void put_title(const cover *to, const kt_words *title)
{
    for (size_t i = 0; i < to->pages->language_count; i++) {
        kt_workbook_put_text(&to->sheet, to->row, (uint16_t)i,
                             kt_say_title(language_at(to, i), title), KT_WORKBOOK_WRAPPED);
    }
}

static void put_value(const cover *to, size_t place, const char *text, kt_workbook_format format)
{
    kt_workbook_put_text(&to->sheet, to->row, (uint16_t)(to->pages->language_count + place), text,
                         format);
}

/* A line of words, and the value that they name. */
static void put_fact(cover *to, kt_word word, const char *value)
{
    put_word(to, word, KT_FILLED(NULL), KT_WORKBOOK_WRAPPED);
    put_value(to, 0, value, KT_WORKBOOK_PLAIN);
    to->row++;
}

static void put_note(cover *to, kt_word word, const char *const *filled)
{
    put_word(to, word, filled, KT_WORKBOOK_WRAPPED);
    to->row++;
}

/* The head of a list: what its words are, and what its values. */
static void put_heading(cover *to, kt_word word, const char *const *values)
{
    to->row++;
    put_word(to, word, KT_FILLED(NULL), KT_WORKBOOK_HEAD);
    for (size_t i = 0; values[i] != NULL; i++) {
        put_value(to, i, values[i], KT_WORKBOOK_HEAD);
    }
    to->row++;
}

static void put_run(cover *to)
{
    const kt_publication *run = to->of->input->publication;
    char as_of[KT_INSTANT_SIZE];
    for (size_t i = 0; i < to->pages->language_count; i++) {
        const char *title = kt_say(language_at(to, i), KT_WORD_book_title,
                                   KT_FILLED(to->of->names[i]), to->of->arena);
        kt_workbook_put_text(&to->sheet, to->row, (uint16_t)i, title, KT_WORKBOOK_HEAD);
    }
    to->row++;
    if (run->modelled) {
        put_note(to, KT_WORD_modelled, KT_FILLED(NULL));
    }
    put_fact(to, KT_WORD_book_region, to->of->rows->code);
    put_fact(to, KT_WORD_book_run, run->run_id);
    put_fact(to, KT_WORD_book_as_of, kt_instant_write(run->as_of, as_of));
    put_fact(to, KT_WORD_book_version, kt_arena_print(to->of->arena, "kohtaanto %s", run->version));
}

/* The first and the last period of a table's rows; NULL where it has none. */
typedef struct extent {
    const char *first, *last;
} extent;

static extent extent_of(const kt_region_table *table)
{
    const kt_schema *schema = table->schema;
    extent out = {NULL, NULL};
    const char *cell = table->cells.bytes;
    for (size_t i = 0; i < table->rows * schema->column_count; i++, cell += strlen(cell) + 1) {
        if (schema->time_period != i % schema->column_count) {
            continue;
        }
        out.first = out.first == NULL || strcmp(cell, out.first) < 0 ? cell : out.first;
        out.last = out.last == NULL || strcmp(cell, out.last) > 0 ? cell : out.last;
    }
    return out;
}

static void put_sheet_line(cover *to, const kt_region_table *table)
{
    kt_arena *arena = to->of->arena;
    put_title(to, &table->schema->title);
    if (table->unfit == NULL) {
        const extent months = extent_of(table);
        put_value(to, 0, table->schema->table, KT_WORKBOOK_PLAIN);
        put_value(to, 2, months.first, KT_WORKBOOK_PLAIN);
        put_value(to, 3, months.last, KT_WORKBOOK_PLAIN);
    } else {
        put_value(to, 0, "-", KT_WORKBOOK_PLAIN);
    }
    kt_workbook_put_number(&to->sheet, to->row, (uint16_t)(to->pages->language_count + 1),
                           (double)table->rows, KT_WORKBOOK_COUNT);
    put_value(to, 4, kt_arena_print(arena, "csv/%s/", table->schema->table), KT_WORKBOOK_PLAIN);
    to->row++;
}

static void put_sheets(cover *to)
{
    kt_arena *arena = to->of->arena;
    put_heading(to, KT_WORD_book_sheets, KT_FILLED("sheet", "rows", "first", "last", "file"));
    for (size_t i = 0; i < to->of->input->publication->contract->table_count; i++) {
        if (to->of->rows->tables[i].rows > 0) {
            put_sheet_line(to, &to->of->rows->tables[i]);
        }
    }
    put_fact(to, KT_WORD_book_columns, KT_WORKBOOK_COLUMNS);
    put_note(to, KT_WORD_book_extent,
             KT_FILLED(kt_arena_print(arena, "%d", KT_WORKBOOK_MONTHS),
                       kt_arena_print(arena, "%d", KT_WORKBOOK_ROWS)));
    put_note(to, KT_WORD_book_unfit, KT_FILLED(NULL));
}

static void put_statuses(cover *to)
{
    static const struct {
        const char *letter;
        kt_word word;
    } statuses[] = {{"A", KT_WORD_book_observed}, {"P", KT_WORD_status_P}, {"E", KT_WORD_status_E},
                    {"M", KT_WORD_status_M},      {"L", KT_WORD_status_L}, {"O", KT_WORD_status_O},
                    {"Q", KT_WORD_status_Q},      {"B", KT_WORD_status_B}};
    put_heading(to, KT_WORD_book_statuses, KT_FILLED("obs_status"));
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        put_fact(to, statuses[i].word, statuses[i].letter);
    }
    put_note(to, KT_WORD_book_empty, KT_FILLED(NULL));
}

static void put_source(cover *to, const kt_published_source *source)
{
    put_title(to, &source->title);
    put_value(to, 0, source->id, KT_WORKBOOK_PLAIN);
    put_value(to, 1, source->licence, KT_WORKBOOK_PLAIN);
    put_value(to, 2, source->last_period, KT_WORKBOOK_PLAIN);
    for (size_t i = 0; i < to->pages->language_count; i++) {
        put_value(to, 3 + i, kt_say_title(language_at(to, i), &source->citation),
                  KT_WORKBOOK_PLAIN);
    }
    to->row++;
}

void kt_workbook_put_cover(kt_workbook_writer *writer)
{
    const kt_publication *run = writer->input->publication;
    cover to = {.of = writer,
                .sheet = kt_workbook_add_sheet(writer, KT_WORKBOOK_COVER),
                .pages = run->pages};
    const size_t words = to.pages->language_count;
    for (size_t i = 0; i < words + VALUES_MOST; i++) {
        kt_workbook_set_width(&to.sheet, (uint16_t)i, i < words ? WORDS_WIDTH : VALUE_WIDTH,
                              KT_WORKBOOK_PLAIN);
    }
    put_run(&to);
    put_sheets(&to);
    put_statuses(&to);
    put_heading(&to, KT_WORD_book_sources, KT_FILLED("source", "licence", "last", "citation"));
    for (size_t i = 0; i < run->source_count; i++) {
        put_source(&to, &run->sources[i]);
    }
}

static void put_column_line(const kt_workbook_sheet *to, uint32_t row, const kt_schema *schema,
                            const kt_column *column)
{
    const char *const cells[] = {
        schema->table,    column->name,       kt_column_type_name(column->type),
        column->unit,     column->title.fi,   column->title.sv,
        column->title.en, column->description};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        kt_workbook_put_text(to, row, (uint16_t)i, cells[i], KT_WORKBOOK_PLAIN);
    }
}

void kt_workbook_put_columns(kt_workbook_writer *writer)
{
    static const char *const names[] = {"table",    "column",   "type",     "unit",
                                        "title_fi", "title_sv", "title_en", "description"};
    const kt_workbook_sheet to = kt_workbook_add_sheet(writer, KT_WORKBOOK_COLUMNS);
    uint32_t row = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        kt_workbook_set_width(&to, (uint16_t)i, VALUE_WIDTH, KT_WORKBOOK_PLAIN);
        kt_workbook_put_text(&to, 0, (uint16_t)i, names[i], KT_WORKBOOK_HEAD);
    }
    for (size_t t = 0; t < writer->input->publication->contract->table_count; t++) {
        const kt_region_table *table = &writer->rows->tables[t];
        for (size_t i = 0; kt_region_has_sheet(table) && i < table->schema->column_count; i++) {
            put_column_line(&to, ++row, table->schema, &table->schema->columns[i]);
        }
    }
    if (to.sheet != NULL) {
        worksheet_freeze_panes(to.sheet, 1, 0);
    }
}
