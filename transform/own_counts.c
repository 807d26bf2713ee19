/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/own_counts.h"

#include <math.h>
#include <string.h>

#include "core/csv.h"
#include "core/number.h"
#include "core/text.h"
#include "projects/encoding.h"

#define ROWS_MOST   20000
#define VALUE_MOST  1e15 /* larger ones are not exact any more */
#define YEAR_LEAST  1950 /* others are slips of the pen */
#define YEAR_MOST   2099
#define FOUND_BYTES 60 /* of a cell that a message shows */

enum { REGION, PERIOD, NAME, VALUE, UNIT, SOURCE, COLUMNS };

static const char *const columns[COLUMNS] = {"region_code", "period", "name",
                                             "value",       "unit",   "source"};

/* How many letters a text may have; the others have a shape of their own. */
static const size_t letters_most[COLUMNS] = {[NAME] = 120, [UNIT] = 40, [SOURCE] = 240};

typedef struct reading {
    const kt_csv_table *table;
    size_t place[COLUMNS]; /* of each column in the file */
    char separator;
    const kt_classification *regions;
    const kt_codes *earlier; /* keys of other files */
    kt_codes *keys;          /* of this one */
    kt_arena *arena;
    const char *words, *shown; /* the first mistake; NULL: there is none */
    size_t mistakes;
} reading;

/* The cell without blanks around it. */
static const char *cell_of(const reading *of, size_t row, size_t column)
{
    const char *cell = kt_csv_cell(of->table, row, of->place[column]);
    cell += strspn(cell, " ");
    const size_t whole = strlen(cell);
    size_t length = whole;
    while (length > 0 && cell[length - 1] == ' ') {
        length--;
    }
    return length == whole ? cell : kt_arena_copy_n(of->arena, cell, length);
}

static void wrong(reading *of, size_t row, size_t column, const char *expected)
{
    const char *found = cell_of(of, row, column);
    if (of->mistakes++ > 0) {
        return;
    }
    of->shown = kt_arena_print(of->arena, "row %zu, column %s: expected %s", row + 2,
                               columns[column], expected);
    of->words = kt_arena_print(of->arena, "row %zu, column %s: \"%.*s\", expected %s", row + 2,
                               columns[column], kt_utf8_cut(found, FOUND_BYTES), found, expected);
}

static const kt_class_item *region_of(reading *of, size_t row)
{
    const char *code = cell_of(of, row, REGION);
    const kt_class_item *item = kt_class_find(of->regions, code);
    const bool is_place =
        item != NULL && strcmp(item->level, "_X") != 0 && strcmp(item->level, "unknown") != 0;
    if (!is_place) {
        const bool is_first = of->mistakes == 0; /* what is told; looking is slow */
        const char *near =
            is_first && item == NULL ? kt_codes_nearest(of->regions->index, code) : NULL;
        wrong(of, row, REGION,
              kt_arena_print(of->arena, "the code of a region, such as %s",
                             near == NULL ? "MK01" : near));
    }
    return is_place ? item : NULL;
}

static kt_period period_of(reading *of, size_t row)
{
    kt_period period = {0};
    const bool is_one = kt_period_read(cell_of(of, row, PERIOD), &period);
    if (!is_one || kt_period_year(period) < YEAR_LEAST || kt_period_year(period) > YEAR_MOST) {
        wrong(of, row, PERIOD, "a period such as 2026M06, 2026Q2 or 2026");
    }
    return period;
}

/* Where semicolons separate cells, a comma is a decimal sign; else it may be one of thousands. */
static double value_of(reading *of, size_t row)
{
    const char *cell = cell_of(of, row, VALUE);
    double value = NAN;
    const bool is_one = kt_decimal_read(cell, '.', &value) ||
                        (of->separator == ';' && kt_decimal_read(cell, ',', &value));
    if (!is_one || fabs(value) > VALUE_MOST) {
        wrong(of, row, VALUE, "a number such as 12 or 12.5");
    }
    return value;
}

static const char *text_of(reading *of, size_t row, size_t column, bool may_be_empty)
{
    const char *text = cell_of(of, row, column);
    if (kt_text_unseen(text) != NULL) {
        wrong(of, row, column, "one line without control characters and marks of direction");
    } else if (kt_utf8_letters(text) > letters_most[column] || (*text == '\0' && !may_be_empty)) {
        wrong(of, row, column,
              kt_arena_print(of->arena, "a text of %s %zu letters",
                             may_be_empty ? "at most" : "1 to", letters_most[column]));
    }
    return text;
}

/* No two rows have the same region, period and name. */
static void check_key(reading *of, size_t row, const kt_own_count *made)
{
    char period[KT_PERIOD_SIZE];
    const char *key = kt_arena_print(of->arena, "%s %s %s", made->region->code,
                                     kt_period_write(made->period, period), made->name);
    const size_t before = kt_codes_find(of->earlier, key), here = kt_codes_find(of->keys, key);
    if (before == KT_NO_CODE && here == KT_NO_CODE) {
        const char *at = kt_arena_print(of->arena, "%s row %zu", of->table->path, row + 2);
        (void)kt_codes_add(of->keys, key, at);
        return;
    }
    wrong(of, row, NAME,
          kt_arena_print(of->arena, "each region, period and name once, and %s has these",
                         here != KT_NO_CODE ? kt_codes_label(of->keys, here)
                                            : kt_codes_label(of->earlier, before)));
}

static bool is_blank(const reading *of, size_t row)
{
    bool blank = true;
    for (size_t i = 0; i < COLUMNS; i++) {
        blank = blank && *cell_of(of, row, i) == '\0';
    }
    return blank;
}

/* Rows without anything in them, as spreadsheets leave them behind the last one, are none. */
static void read_rows(reading *of, kt_own_file *file)
{
    kt_own_count *rows = kt_arena_array(of->arena, kt_own_count, of->table->row_count + 1);
    file->rows = rows;
    for (size_t row = 0; row < of->table->row_count; row++) {
        if (is_blank(of, row)) {
            continue;
        }
        const size_t before = of->mistakes;
        const kt_own_count made = {.region = region_of(of, row),
                                   .period = period_of(of, row),
                                   .name = text_of(of, row, NAME, false),
                                   .value = value_of(of, row),
                                   .unit = text_of(of, row, UNIT, true),
                                   .source = text_of(of, row, SOURCE, false)};
        if (of->mistakes == before && made.region != NULL) {
            check_key(of, row, &made);
            rows[file->row_count++] = made;
        }
    }
}

/* KT_NO_CODE where the file has no such column. */
static size_t column_named(const kt_csv_table *table, const char *name)
{
    for (size_t at = 0; at < table->column_count; at++) {
        if (strcmp(table->names[at], name) == 0) {
            return at;
        }
    }
    return KT_NO_CODE;
}

/* Every column, and no other: nobody knows what it would be. */
static bool find_columns(reading *of)
{
    bool found = of->table->column_count == COLUMNS;
    for (size_t i = 0; i < COLUMNS; i++) {
        of->place[i] = column_named(of->table, columns[i]);
        found = found && of->place[i] != KT_NO_CODE;
    }
    return found;
}

static const char *header_words(kt_arena *arena)
{
    const char *words = "row 1: expected the columns ";
    for (size_t i = 0; i < COLUMNS; i++) {
        words = kt_arena_print(arena, "%s%s%s", words, i == 0 ? "" : ", ", columns[i]);
    }
    return words;
}

static kt_status load(const kt_project_file *file, kt_arena *arena, reading *of, kt_csv_table **out,
                      kt_error *err)
{
    static const char *const encodings[] = {"utf-8", "windows-1252"};
    const kt_list_text saved = {file, encodings, 2, ";,"};
    kt_csv_text text = {.name = file->name};
    KT_TRY(kt_list_decode(&saved, arena, &text.bytes, &text.length, err));
    of->separator = text.separator = kt_list_separator(text.bytes, text.length);
    return kt_csv_load_bytes(text, arena, out, err);
}

static kt_own_file *next_file(kt_own_counts *all, const char *name, kt_arena *arena)
{
    all->files = kt_arena_grow(arena, all->files, all->count, &all->room, sizeof *all->files);
    kt_own_file *file = &all->files[all->count++];
    *file = (kt_own_file){.name = kt_arena_copy(arena, name)};
    if (all->keys == NULL) {
        all->keys = kt_codes_new(arena);
    }
    return file;
}

/* words: with the file's name, and what it has; shown: to all. */
static void hold(kt_own_counts *all, kt_own_file *file, const char *words, const char *shown,
                 kt_arena *arena)
{
    char *line = kt_arena_copy(arena, words);
    kt_text_flatten(line);
    file->held = line;
    file->held_shown = shown;
    file->rows = NULL;
    file->row_count = 0;
    all->held++;
}

void kt_own_counts_hold(kt_own_counts *all, const char *name, const char *why, kt_arena *arena)
{
    kt_own_file *file = next_file(all, name, arena);
    hold(all, file, kt_arena_print(arena, "%s: %s", name, why), why, arena);
}

/* False: a mistake was told. */
static bool read_table(reading *of, kt_own_file *out)
{
    if (!find_columns(of)) {
        of->words = of->shown = header_words(of->arena);
        of->mistakes = 1;
    } else if (of->table->row_count > ROWS_MOST) {
        of->words = of->shown = kt_arena_print(of->arena, "%zu rows, expected at most %d",
                                               of->table->row_count, ROWS_MOST);
        of->mistakes = 1;
    } else {
        read_rows(of, out);
    }
    return of->mistakes == 0;
}

void kt_own_counts_add(kt_own_counts *all, const kt_project_file *file,
                       const kt_classification *regions, kt_arena *arena)
{
    kt_own_file *out = next_file(all, file->name, arena);
    kt_csv_table *table = NULL;
    kt_error why = {0};
    reading of = {
        .regions = regions, .earlier = all->keys, .keys = kt_codes_new(arena), .arena = arena};
    if (load(file, arena, &of, &table, &why) != KT_OK) {
        hold(all, out, why.message, "cannot be read as a table", arena);
        return;
    }
    of.table = table;
    if (!read_table(&of, out)) {
        const char *more =
            of.mistakes == 1 ? "" : kt_arena_print(arena, " (and %zu more)", of.mistakes - 1);
        hold(all, out, kt_arena_print(arena, "%s: %s%s", file->name, of.words, more), of.shown,
             arena);
        return;
    }
    for (size_t i = 0; i < kt_codes_count(of.keys); i++) {
        (void)kt_codes_add(all->keys, kt_codes_at(of.keys, i), kt_codes_label(of.keys, i));
    }
}
