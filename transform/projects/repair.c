/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/text.h"
#include "rows.h"

/*
 * A row whose fields hold commas without quotes, put together again by its anchors: from the end
 * the amounts; then the first two neighbours that are dates; before them the last field that is one
 * digit. Between two anchors the fields of one column were cut: they are joined with their commas,
 * and the columns around it have one field each.
 */

typedef struct repair {
    const kt_list_row *row;
    const kt_project_column *const *columns; /* in the header's order */
    size_t column_count;
    kt_list_cell *cells;
    kt_arena *arena;
    const char *reason;
} repair;

/* Columns from first on up to the next anchor. */
static size_t stretch(const repair *work, size_t first)
{
    size_t end = first;
    while (end < work->column_count && (work->columns[end]->shape == KT_SHAPE_ONE ||
                                        work->columns[end]->shape == KT_SHAPE_JOINED)) {
        end++;
    }
    return end;
}

/*
 * A comma and one blank, however the list pads its fields; of "1,5" the comma alone. Quotes quote
 * nothing in such a list, and copies of it differ in them: they are left out.
 */
static char *put_piece(char *to, const char *piece, bool first)
{
    const size_t blanks = strspn(piece, " ");
    size_t length = strlen(piece + blanks);
    while (length > 0 && piece[blanks + length - 1] == ' ') {
        length--;
    }
    if (!first) {
        const bool decimal = blanks == 0 && kt_is_digit(to[-1]) && kt_is_digit(piece[0]);
        *to++ = ',';
        *to = ' ';
        to += !decimal;
    }
    for (size_t i = blanks; i < blanks + length; i++) {
        *to = piece[i];
        to += piece[i] != '"';
    }
    return to;
}

static const char *join(const repair *work, size_t from, size_t to)
{
    size_t length = 1;
    for (size_t i = from; i < to; i++) {
        length += strlen(work->row->cells[i].text) + 2;
    }
    char *text = kt_arena_array(work->arena, char, length + 1);
    char *at = text + 1; /* so that there is a letter before the first */
    for (size_t i = from; i < to; i++) {
        at = put_piece(at, work->row->cells[i].text, i == from);
    }
    *at = '\0';
    return text + 1;
}

/* Gives the fields from..to to the columns first..end, of which at most one takes several. */
static bool deal_out(repair *work, size_t first, size_t end, size_t from, size_t to)
{
    const size_t columns = end - first;
    size_t at = from;
    bool joins = false;
    for (size_t i = first; i < end; i++) {
        joins |= work->columns[i]->shape == KT_SHAPE_JOINED;
    }
    if (to < from || to - from < columns || (!joins && to - from != columns)) {
        work->reason =
            kt_arena_print(work->arena, "%zu fields before the next anchor, expected %s%zu",
                           to < from ? 0 : to - from, joins ? "at least " : "", columns);
        return false;
    }
    const size_t spare = to - from - columns;
    for (size_t i = first; i < end; i++) {
        const size_t takes = 1 + (work->columns[i]->shape == KT_SHAPE_JOINED ? spare : 0);
        work->cells[i] = (kt_list_cell){.text = join(work, at, at + takes)};
        at += takes;
    }
    return true;
}

/* Where the amounts at the end begin. */
static bool find_money(repair *work, const kt_project_format *format, size_t *from)
{
    size_t amounts = 0;
    while (amounts < work->column_count &&
           work->columns[work->column_count - 1 - amounts]->shape == KT_SHAPE_MONEY) {
        amounts++;
    }
    if (work->row->count < amounts) {
        work->reason = kt_arena_print(work->arena, "%zu fields, expected at least %zu",
                                      work->row->count, work->column_count);
        return false;
    }
    *from = work->row->count - amounts;
    for (size_t i = 0; i < amounts; i++) {
        const kt_list_cell *cell = &work->row->cells[*from + i];
        const size_t column = work->column_count - amounts + i;
        int64_t cents = 0;
        if (!kt_list_money(format, cell, &cents)) {
            work->reason = kt_arena_print(work->arena, "column %s: \"%.*s\", expected an amount",
                                          work->columns[column]->names[0],
                                          kt_utf8_cut(cell->text, 40), cell->text);
            return false;
        }
        work->cells[column] = *cell;
    }
    return true;
}

static bool find_dates(repair *work, const kt_project_format *format, size_t limit, size_t *at)
{
    for (*at = 0; *at + 1 < limit; ++*at) {
        if (kt_list_is_dated(format, work->row->cells[*at].text) &&
            kt_list_is_dated(format, work->row->cells[*at + 1].text)) {
            return true;
        }
    }
    work->reason = "no two dates beside one another";
    return false;
}

/* The columns between it and the dates have a field each at least. */
static bool find_digit(repair *work, size_t before, size_t *at)
{
    for (*at = before; (*at)-- > 0;) {
        const char *text = work->row->cells[*at].text;
        if (text[0] >= '0' && text[0] <= '9' && text[1] == '\0') {
            return true;
        }
    }
    work->reason = "no field of one digit before the dates";
    return false;
}

/* Everything before the dates: with or without a digit in it. */
static bool repair_front(repair *work, size_t dates)
{
    const size_t first = stretch(work, 0);
    if (work->columns[first]->shape != KT_SHAPE_DIGIT) {
        return deal_out(work, 0, first, 0, dates);
    }
    const size_t second = stretch(work, first + 1);
    /* The last field before the dates is the state's. */
    const size_t held = second > first + 1;
    size_t digit = 0;
    if (dates < held || !find_digit(work, dates - held, &digit)) {
        work->reason = "no field of one digit before the dates";
        return false;
    }
    work->cells[first] = work->row->cells[digit];
    return deal_out(work, 0, first, 0, digit) &&
           deal_out(work, first + 1, second, digit + 1, dates);
}

static bool repair_row(repair *work, const kt_project_format *format)
{
    size_t money = 0;
    size_t dates = 0;
    size_t column = 0;
    if (!find_money(work, format, &money) || !find_dates(work, format, money, &dates) ||
        !repair_front(work, dates)) {
        return false;
    }
    while (work->columns[column]->shape != KT_SHAPE_DATE) {
        column++;
    }
    work->cells[column] = work->row->cells[dates];
    work->cells[column + 1] = work->row->cells[dates + 1];
    return deal_out(work, column + 2, stretch(work, column + 2), dates + 2, money);
}

/* The letters of the shapes in the header's order: "11jd..." */
static bool has_anchors(const char *shapes)
{
    const char *dates = strstr(shapes, "DD");
    const char *digit = strchr(shapes, '#');
    const char *money = strchr(shapes, '$');
    if (dates == NULL || money == NULL || money < dates || strspn(money, "$") != strlen(money) ||
        strchr(dates + 2, 'D') != NULL || strchr(shapes, 'D') != dates) {
        return false;
    }
    return digit == NULL || (digit < dates && strchr(digit + 1, '#') == NULL);
}

kt_status kt_list_check_anchors(const kt_list_header *header, const char *name, kt_error *err)
{
    char shapes[KT_LIST_COLUMNS + 1];
    size_t joined = 0;
    for (size_t i = 0; i < header->count; i++) {
        if (header->columns[i] == NULL) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: row %zu: the column %.64s is not of this format; in a list without "
                           "quotes each must be known",
                           name, header->line,
                           header->unknown_count == 0 ? "without a name" : header->unknown[0]);
        }
        const kt_project_shape shape = header->columns[i]->shape;
        shapes[i] = "1j#D$"[shape];
        joined = shape == KT_SHAPE_JOINED ? joined + 1 : shape == KT_SHAPE_ONE ? joined : 0;
        if (joined > 1) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: row %zu: the column %.64s stands where its commas cannot be told "
                           "from those of the one before",
                           name, header->line, header->columns[i]->names[0]);
        }
    }
    shapes[header->count] = '\0';
    if (!has_anchors(shapes)) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: row %zu: expected the columns in an order with two dates beside one "
                       "another and the amounts at the end",
                       name, header->line);
    }
    return KT_OK;
}

bool kt_list_repair(const kt_project_format *format, const kt_list_header *header,
                    const kt_list_row *row, kt_arena *arena, kt_list_row *out, const char **reason)
{
    repair work = {.row = row,
                   .columns = header->columns,
                   .column_count = header->count,
                   .cells = kt_arena_array(arena, kt_list_cell, header->count),
                   .arena = arena};
    if (!repair_row(&work, format)) {
        *reason = work.reason;
        return false;
    }
    *out = (kt_list_row){.line = row->line, .count = header->count, .cells = work.cells};
    return true;
}
