/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/page.h"

#include <assert.h>
#include <string.h>

#include "core/instant.h"
#include "core/text.h"

#define DAY_LENGTH 10 /* of "2026-11-24" */

void kt_page_section(kt_page *page, const char *id, const char *heading)
{
    const char *title = kt_arena_print(page->arena, "%s-title", id);
    if (page->clip != NULL) {
        page->shown = kt_shown_new(page->arena); /* rows of a chart are those of its section */
    }
    kt_html_open(&page->html, "section", KT_FILLED("id", id, "aria-labelledby", title));
    kt_html_element(&page->html, "h2", KT_FILLED("id", title), heading);
}

/* Why there is no figure, or what must be known of the one there is; NULL for nothing. */
static const char *status_words(const kt_page *page, const char *letter)
{
    static const char letters[] = "PEBQOLM";
    const char *at = *letter == '\0' ? NULL : strchr(letters, *letter);
    return at == NULL ? NULL : kt_page_say(page, (kt_word)(KT_WORD_status_P + (at - letters)));
}

/* "isco1xely" as "A × B", where both are words; else the cell itself. */
static const char *crossed(const kt_page *page, const char *prefix, const char *cell)
{
    const char *sign = strchr(cell, 'x');
    if (sign == NULL) {
        return cell;
    }
    const kt_word first =
        kt_word_named(kt_arena_print(page->arena, "%s_%.*s", prefix, (int)(sign - cell), cell));
    const kt_word second = kt_word_named(kt_arena_print(page->arena, "%s_%s", prefix, sign + 1));
    return first == KT_WORDS || second == KT_WORDS
               ? cell
               : kt_arena_print(page->arena, "%s × %s", kt_page_say(page, first),
                                kt_page_say(page, second));
}

const char *kt_page_say_named(const kt_page *page, const char *prefix, const char *cell)
{
    const kt_word word = kt_word_named(kt_arena_print(page->arena, "%s_%s", prefix, cell));
    return word == KT_WORDS ? crossed(page, prefix, cell) : kt_page_say(page, word);
}

static const char *cell_at(const kt_sheet *sheet, size_t row, size_t column)
{
    return column == KT_NO_COLUMN ? "" : sheet->rows[row][column];
}

static const char *number_words(const kt_page *page, const kt_column *column, const char *cell,
                                int decimals)
{
    return column->type == KT_COLUMN_SHARE
               ? kt_say_share(page->words, cell, page->arena)
               : kt_say_number(page->words, cell, decimals, page->arena);
}

static const char *range_words(const kt_page *page, const kt_column *column, const char *low,
                               const char *high, int decimals)
{
    const char *from = number_words(page, column, low, decimals);
    return *high == '\0'
               ? kt_say(page->words, KT_WORD_range_open, KT_FILLED(from), page->arena)
               : kt_say(page->words, KT_WORD_range,
                        KT_FILLED(from, number_words(page, column, high, decimals)), page->arena);
}

const char *kt_page_figure(const kt_page *page, const kt_sheet *sheet, size_t row, const char *name,
                           int decimals)
{
    const size_t at = kt_schema_column(sheet->schema, name);
    assert(at != KT_NO_COLUMN);
    const kt_column *column = &sheet->schema->columns[at];
    const char *cell = sheet->rows[row][at], *low = cell_at(sheet, row, column->low);
    const char *high = cell_at(sheet, row, column->high);
    /* the row's status is told of a figure that has none of its own only where it is empty */
    const bool own = column->status != KT_NO_COLUMN;
    const char *letter = cell_at(sheet, row, own ? column->status : sheet->schema->obs_status);
    const char *why = own || *cell == '\0' ? status_words(page, letter) : NULL;
    const char *figure = *cell == '\0' ? NULL : number_words(page, column, cell, decimals);
    if (*low != '\0' && strcmp(low, high) != 0) {
        const char *range = range_words(page, column, low, high, decimals);
        figure = figure == NULL ? range : kt_arena_print(page->arena, "%s (%s)", figure, range);
    }
    if (figure == NULL) {
        return why != NULL ? why : "\u2013";
    }
    return why == NULL ? figure : kt_arena_print(page->arena, "%s, %s", figure, why);
}

/* A code that is shown by its name is no code to a reader. */
const char *kt_page_title(const kt_page *page, const kt_sheet *sheet, const kt_page_column *column)
{
    const size_t at = kt_schema_column(sheet->schema, column->name);
    const bool is_code =
        strcmp(column->name, "nearest_project_code") != 0 &&
        (kt_text_ends(column->name, "_code") || kt_text_ends(column->name, "_id") ||
         strcmp(column->name, "indicator") == 0);
    if (column->dim != NULL && is_code) {
        return kt_page_say_named(page, "dim", column->dim);
    }
    return kt_say_title(page->words, &sheet->schema->columns[at].title);
}

/* "a|b" as "A, B". */
static const char *parts_of(const kt_page *page, const kt_page_column *column, const char *cell)
{
    const char *all = "";
    while (*cell != '\0') {
        const size_t length = strcspn(cell, "|");
        const char *part = kt_arena_copy_n(page->arena, cell, length);
        part = column->dim != NULL
                   ? kt_book_name(page->book, column->dim, NULL, part, page->words->name)
                   : kt_page_say_named(page, column->prefix, part);
        all = kt_arena_print(page->arena, "%s%s%s", all, *all == '\0' ? "" : ", ", part);
        cell += length + (cell[length] == '|' ? 1 : 0);
    }
    return all;
}

/* The column that says the same in the page's language: the name alone is Finnish. */
static const char *in_language(const kt_page *page, const char *name)
{
    return strcmp(page->words->name, "fi") == 0
               ? name
               : kt_arena_print(page->arena, "%s_%s", name, page->words->name);
}

/* A day with a time, as a source wrote it. */
static bool is_instant(const char *cell)
{
    kt_instant instant = 0;
    return strlen(cell) > DAY_LENGTH && cell[DAY_LENGTH] == 'T' &&
           kt_instant_read(cell, false, &instant);
}

const char *kt_page_cell(const kt_page *page, const kt_sheet *sheet, size_t row,
                         const kt_page_column *column)
{
    const size_t at = kt_schema_column(sheet->schema, column->name);
    const char *cell = sheet->rows[row][at];
    if (column->translated) {
        return kt_sheet_cell(sheet, row, in_language(page, column->name));
    }
    if ((column->dim != NULL || column->prefix != NULL) && *cell != '\0') {
        return parts_of(page, column, cell);
    }
    if (kt_column_is_number(&sheet->schema->columns[at])) {
        return kt_page_figure(page, sheet, row, column->name, column->decimals);
    }
    if (sheet->schema->columns[at].type == KT_COLUMN_DATE || is_instant(cell)) {
        return kt_say_day(page->words, kt_arena_print(page->arena, "%.10s", cell), page->arena);
    }
    return kt_text_ends(column->name, "period") ? kt_say_period(page->words, cell, page->arena)
                                                : cell;
}

static void put_row(kt_page *page, const kt_sheet *sheet, size_t row, const kt_page_column *columns)
{
    kt_html_open(&page->html, "tr", NULL);
    for (size_t i = 0; columns[i].name != NULL; i++) {
        const size_t at = kt_schema_column(sheet->schema, columns[i].name);
        const bool number = kt_column_is_number(&sheet->schema->columns[at]);
        const char *words = kt_page_cell(page, sheet, row, &columns[i]);
        kt_html_element(
            &page->html, i == 0 ? "th" : "td",
            i == 0 ? KT_FILLED("scope", "row") : KT_FILLED("class", number ? "n" : NULL), words);
    }
    kt_html_close(&page->html);
}

static void put_titles(kt_page *page, const kt_sheet *sheet, const kt_page_column *columns)
{
    kt_html_open(&page->html, "thead", NULL);
    kt_html_open(&page->html, "tr", NULL);
    for (size_t i = 0; columns[i].name != NULL; i++) {
        const size_t at = kt_schema_column(sheet->schema, columns[i].name);
        assert(at != KT_NO_COLUMN);
        const kt_column *column = &sheet->schema->columns[at];
        kt_html_element(
            &page->html, "th",
            KT_FILLED("scope", "col", "class", kt_column_is_number(column) ? "n" : NULL),
            kt_page_title(page, sheet, &columns[i]));
    }
    kt_html_close(&page->html);
    kt_html_close(&page->html);
}

void kt_page_table_begin(kt_page *page, const char *caption)
{
    kt_html_open(
        &page->html, "div",
        KT_FILLED("class", "table", "tabindex", "0", "role", "group", "aria-label", caption));
    kt_html_open(&page->html, "table", NULL);
    kt_html_element(&page->html, "caption", NULL, caption);
}

void kt_page_table_end(kt_page *page)
{
    kt_html_close(&page->html);
    kt_html_close(&page->html);
}

void kt_page_data(kt_page *page, const char *caption, const kt_sheet *sheet,
                  const kt_page_column *columns)
{
    kt_html_open(&page->html, "details", NULL);
    kt_html_element(&page->html, "summary", NULL, kt_page_say(page, KT_WORD_data_table));
    kt_page_table(page, caption, sheet, columns, 0);
    kt_html_close(&page->html);
}

void kt_page_table(kt_page *page, const char *caption, const kt_sheet *sheet,
                   const kt_page_column *columns, size_t most)
{
    kt_html *to = &page->html;
    const size_t count = most == 0 || sheet->row_count < most ? sheet->row_count : most;
    kt_page_show(page, sheet, 0, count);
    kt_page_table_begin(page, caption);
    put_titles(page, sheet, columns);
    kt_html_open(to, "tbody", NULL);
    for (size_t row = 0; row < count; row++) {
        put_row(page, sheet, row, columns);
    }
    kt_html_close(to);
    kt_page_table_end(page);
    if (count < sheet->row_count) {
        kt_html_element(to, "p", KT_FILLED("class", "note"),
                        kt_say(page->words, KT_WORD_more_rows,
                               KT_FILLED(kt_arena_print(page->arena, "%zu", count),
                                         kt_arena_print(page->arena, "%zu", sheet->row_count),
                                         sheet->schema->table),
                               page->arena));
    }
}
